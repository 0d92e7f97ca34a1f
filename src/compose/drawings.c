#include <math.h>

#include "compose/internal.h"

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

#define RULE_GAP 6.0f    /* as of charts: below the rule, … */
#define PICTURE_GAP 9.0f /* … and below what stands above the picture */

/* Like a chart's: a rule as wide as what may stand there, the number, and what the picture shows. In a box or a
 * list there is no rule. */
static void add_rule(Composer *c, const Column *col)
{
    float rule = (float)c->l->chart.rule;
    flow_unit(c, (Unit){.kind = UNIT_RULE,
                        .x = col->x,
                        .width = col->width,
                        .before = space_around(c, col, true),
                        .after = RULE_GAP,
                        .height = rule,
                        .rule = {rule, colour_of(c, COLOUR_ink)},
                        .keep_next = true,
                        .floats = FLOATING_FIGURE});
}

static Unit line_unit(const Style *style, Spec *spec, const Column *col)
{
    return (Unit){.kind = UNIT_TEXT,
                  .x = col->x,
                  .width = col->width,
                  .style = style,
                  .spec = spec,
                  .whole = true,
                  .floats = FLOATING_FIGURE,
                  .keep_next = true};
}

static void add_caption(Composer *c, const Block *b, Column col, Node parent)
{
    const Style *number = style_of(c, STYLE_chart_number),
                *words = style_of(c, STYLE_chart_headline);
    bool framed = col.parent == c->root;
    /* Of decoration there is no figure that it could be the caption of. */
    Node caption = b->inlines ? document_node(c->d, parent, ROLE_CAPTION) : parent;
    float before = framed ? 0 : space_around(c, &col, true);
    c->pending.destination = b->id;
    if (framed)
        add_rule(c, &col);
    if (b->number) {
        Node node = document_node(c->d, caption, ROLE_P);
        Str label = references_label(c, TERM_figure_number, b->number);
        Unit u = line_unit(number, spec_text(c, number, label, node, col.width), &col);
        u.before = before;
        before = 0;
        flow_unit(c, u);
    }
    Node node = document_node(c->d, caption, ROLE_P);
    Unit u = line_unit(words, spec_inlines(c, words, b->caption, node, col.width), &col);
    u.before = before;
    u.after = PICTURE_GAP;
    flow_unit(c, u);
}

#define ROOM_ABOVE 60.0f /* for a heading, of the highest pictures */

/* Of the usual ones, in two lines. */
static float room_of_caption(const Composer *c)
{
    return RULE_GAP + PICTURE_GAP +
           (float)(c->l->chart.rule + style_of(c, STYLE_chart_number)->leading +
                   2 * style_of(c, STYLE_chart_headline)->leading);
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
    double most = c->l->paper_height - c->l->top - c->l->bottom - ROOM_ABOVE -
                  (b->caption ? room_of_caption(c) : 0);
    if (height > most) {
        width *= most / height;
        height = most;
    }
    /* ISO 14289-1, 7.3: the caption is tagged as one, beside the figure. */
    bool captioned = b->inlines && b->caption;
    Node parent = captioned ? document_node(c->d, col.parent, ROLE_DIV) : col.parent;
    Unit u = {.kind = UNIT_IMAGE,
              .x = col.x,
              .width = (float)width,
              .height = (float)height,
              .before = b->caption ? 0 : space_around(c, &col, true),
              .after = space_around(c, &col, false),
              .floats = col.parent == c->root ? FLOATING_FIGURE : FLOATING_NOT};
    if (b->caption)
        add_caption(c, b, col, parent);
    else
        u.destination = b->id;
    u.image = document_image(c->d, image);
    u.node = figure_node(c, b->inlines, parent);
    flow_unit(c, u);
}
