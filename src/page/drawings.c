#include <math.h>

#include "page/internal.h"

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

static Node figure_node(Composer *c, const Inline *alternative, Node parent)
{
    if (!alternative)
        return ARTIFACT_LAYOUT; /* decoration */
    Node node = document_node(c->d, parent, ROLE_FIGURE);
    image_describe(c, node, alternative);
    return node;
}

/* Above and below pictures; less in boxes and lists. */
static float space_around(const Composer *c, const Column *col, bool above)
{
    if (col->parent != c->root)
        return (float)c->l->box.padding;
    return (float)(above ? c->l->chart.before : c->l->chart.after);
}

#define CAPTION_GAP 6.0f /* between a picture and its caption */

static void add_caption(Composer *c, const Block *b, Column col, Node parent)
{
    const Style *style = style_of(c, STYLE_source);
    if (!b->caption)
        return;
    /* Of decoration there is no figure that it could be the caption of. */
    Node node = document_node(c->d, parent, b->inlines ? ROLE_CAPTION : ROLE_P);
    flow_unit(c, (Unit){.kind = UNIT_TEXT,
                        .x = col.x,
                        .width = col.width,
                        .style = style,
                        .whole = true,
                        .before = (float)style->before,
                        .after = space_around(c, &col, false),
                        .spec = spec_caption(c, style, TERM_figure_number, b->number, b->caption,
                                             node, col.width)});
}

void image_add(Composer *c, const Block *b, Column col)
{
    const Image *image = c->request->image(c->request->context, b->text, b->pos);
    if (!image)
        return;
    if (c->l->columns > 1)
        col.width = span_width(c, &col, SPAN_image);
    double width = fmin(image_natural_width(image), (double)col.width);
    double height = width * image->height / image->width;
    double most = c->l->paper_height - c->l->top - c->l->bottom - 60;
    if (height > most) {
        width *= most / height;
        height = most;
    }
    Unit u = {.kind = UNIT_IMAGE,
              .x = col.x,
              .width = (float)width,
              .height = (float)height,
              .before = space_around(c, &col, true),
              .after = b->caption ? CAPTION_GAP : space_around(c, &col, false),
              .keep_next = b->caption != NULL,
              .destination = b->id};
    u.image = document_image(c->d, image);
    /* ISO 14289-1, 7.3: the caption is tagged as one, beside the figure. */
    bool captioned = b->inlines && b->caption;
    Node parent = captioned ? document_node(c->d, col.parent, ROLE_DIV) : col.parent;
    u.node = figure_node(c, b->inlines, parent);
    flow_unit(c, u);
    add_caption(c, b, col, parent);
}
