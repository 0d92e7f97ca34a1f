#include "page/page.h"

/* Pictures that say nothing of their size are taken to be made for a screen. */
#define DEFAULT_DPI 144.0

double image_natural_width(const Image *image)
{
    return image->width * 72.0 / (image->dpi_x > 0 ? image->dpi_x : DEFAULT_DPI);
}

void image_describe(Composer *c, Node node, const Inline *alternative)
{
    StrBuf text = {0};
    inlines_text(&text, c->t, alternative);
    Str kept = document_str(c->d, strbuf_str(&text));
    document_detail(c->d, node)->alternative = kept;
    strbuf_drop(&text);
}
