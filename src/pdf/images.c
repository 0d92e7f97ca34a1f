#include "base/mem.h"
#include "pdf/internal.h"

/* Images and, behind all of them, the soft masks that some have (ISO 32000-1, 8.9.5). */

static void print_common(const Image *image, bool rgb, StrBuf *out)
{
    strbuf_addf(out,
                "/Type /XObject\n/Subtype /Image\n/Width %u\n/Height %u\n/BitsPerComponent 8\n"
                "/ColorSpace /%s\n",
                image->width, image->height, rgb ? "DeviceRGB" : "DeviceGray");
}

static void print_mask(const Image *image, HaruObject *object)
{
    print_common(image, false, object->dict);
    pdf_stream(object, image->alpha, image->alpha_size);
}

static void print_pixels(const Image *image, HaruObject *object)
{
    print_common(image, image->colour == IMAGE_RGB, object->dict);
    if (image->coding == IMAGE_RAW) {
        pdf_stream(object, image->data, image->size);
        return;
    }
    strbuf_add_text(object->dict, "/Filter /DCTDecode\n");
    object->stream = image->data;
    object->size = image->size;
}

/* The n-th image that has a mask. */
static const Image *masked(const Pdf *p, uint32_t n)
{
    size_t i = 0;
    for (;; i++)
        if (p->document->images.at[i]->alpha && n-- == 0)
            return p->document->images.at[i];
}

/* How many of the first n images have a mask. */
static uint32_t masks_before(const Pdf *p, size_t n)
{
    uint32_t masks = 0;
    for (size_t i = 0; i < n; i++)
        masks += p->document->images.at[i]->alpha != NULL;
    return masks;
}

static void print_image(void *context, uint32_t i, HaruObject *object)
{
    const Pdf *p = context;
    uint32_t images = (uint32_t)p->document->images.n;
    if (i >= images) {
        print_mask(masked(p, i - images), object);
        return;
    }
    if (p->document->images.at[i]->alpha)
        strbuf_addf(object->dict, "/SMask %u 0 R\n", p->images + images + masks_before(p, i));
    print_pixels(p->document->images.at[i], object);
}

void images_add(Pdf *p)
{
    uint32_t n = (uint32_t)p->document->images.n;
    if (n)
        p->images = haru_add(p->haru, n + masks_before(p, n), print_image, p);
}
