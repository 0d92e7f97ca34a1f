#include "pdf/pdf.h"

#include "base/mem.h"
#include "pdf/internal.h"

/* An upper bound of the number of objects, for libharu's table. */
static uint32_t object_bound(const Pdf *p)
{
    const Document *d = p->document;
    size_t n = 64 + d->nodes.n + 3 * d->pages.n + p->links.list.n + d->outline.n +
               d->destinations.n + 2 * d->attachments.n + 2 * d->images.n +
               FONT_OBJECTS * p->fonts.list.n;
    return n > 0x7FFFFFFF ? 0x7FFFFFFF : (uint32_t)n;
}

/* Every object gets its number here, before the first byte is written. */
static void add_objects(Pdf *p)
{
    catalog_add(p);
    fonts_add(p);
    images_add(p);
    content_add(p);
    if (!p->document->tagged)
        return;
    links_add(p);
    structure_add(p);
}

const char *pdf_write(const Document *document, const PdfOptions *options, PdfSink *sink,
                      void *context)
{
    Pdf p = {.document = document, .options = options};
    const char *failure = fonts_prepare(&p);
    if (!failure) {
        marks_find(&p);
        links_find(&p);
        if (document->tagged)
            structure_prepare(&p);
        p.haru = haru_new(object_bound(&p));
        add_objects(&p);
        failure = haru_write(p.haru, sink, context);
    }
    content_release(&p);
    haru_drop(p.haru);
    catalog_release(&p);
    structure_release(&p);
    links_release(&p);
    marks_release(&p);
    fonts_release(&p);
    return failure;
}
