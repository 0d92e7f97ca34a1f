#include <math.h>

#include "chart/chart.h"
#include "page/internal.h"

/* Pictures that say nothing of their size are taken to be made for a screen. */
#define DEFAULT_DPI 144.0

static Node figure_node(Composer *c, const Inline *alternative, Node parent)
{
    if (!alternative)
        return ARTIFACT_LAYOUT; /* decoration */
    Node node = document_node(c->d, parent, ROLE_FIGURE);
    StrBuf text = {0};
    inlines_text(&text, c->t, alternative);
    Str kept = document_str(c->d, strbuf_str(&text));
    document_detail(c->d, node)->alternative = kept;
    strbuf_drop(&text);
    return node;
}

static void add_caption(Composer *c, const Inline *caption, Node parent, float x, float width,
                        StyleRole role, Str text, float after)
{
    const Style *style = style_of(c, role);
    if (!caption && !text.n)
        return;
    Node node = document_node(c->d, parent, ROLE_P);
    Unit u = {.kind = UNIT_TEXT,
              .x = x,
              .width = width,
              .style = style,
              .before = (float)style->before,
              .after = after};
    u.spec = caption ? spec_inlines(c, style, caption, node, width)
                     : spec_text(c, style, text, node, width);
    flow_unit(c, u);
}

void image_add(Composer *c, const Block *b, Column col)
{
    const Image *image = c->request->image(c->request->context, b->text, b->pos);
    if (!image)
        return;
    const ChartStyle *space = &c->l->chart;
    double dpi = image->dpi_x > 0 ? image->dpi_x : DEFAULT_DPI;
    double width = fmin(image->width * 72.0 / dpi, (double)col.width);
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
              .before = (float)space->before,
              .after = (float)space->after,
              .keep_next = b->caption != NULL,
              .destination = b->id};
    u.image = document_image(c->d, image);
    u.node = figure_node(c, b->inlines, col.parent);
    flow_unit(c, u);
    add_caption(c, b->caption, col.parent, col.x, col.width, STYLE_source, (Str){"", 0},
                (float)space->after);
}

/* ---- charts --------------------------------------------------------------------------------- */

static void add_line(Composer *c, StyleRole role, Str text, Node parent, float width, bool first)
{
    const Style *style = style_of(c, role);
    if (!text.n)
        return;
    Node node = document_node(c->d, parent, ROLE_P);
    Unit u = {.kind = UNIT_TEXT,
              .width = width,
              .style = style,
              .keep_next = true,
              .before = first ? 6 : 0,
              .after = (float)style->after,
              .spec = spec_text(c, style, text, node, width)};
    flow_unit(c, u);
}

static ChartText chart_text(Composer *c, StyleRole role)
{
    const Style *style = style_of(c, role);
    return (ChartText){style_font(c, style, false, false), style};
}

/* report_check tells of those that are missing. */
static bool has_figures(const Report *report, const ChartSpec *spec)
{
    for (size_t i = 0; i < spec->n; i++)
        if (!report_figure(report, spec->figure[i]))
            return false;
    return true;
}

void chart_add(Composer *c, const Block *b, Column col)
{
    const ChartSpec *spec = b->chart;
    const ChartStyle *space = &c->l->chart;
    float width = (float)layout_live_width(c->l);
    ChartRequest request = {.layout = c->l,
                            .terms = c->t,
                            .text = c->request->text,
                            .thread = c->request->worker,
                            .fallback = c->fallback,
                            .hyphenation = c->request->hyphenation,
                            .label = chart_text(c, STYLE_chart_label),
                            .value = chart_text(c, STYLE_chart_value),
                            .width = width};
    if (!has_figures(c->e->report, spec))
        return;
    Node div = document_node(c->d, col.parent, ROLE_DIV);
    Rule rule = {(float)space->rule, colour_of(c, COLOUR_ink)};
    Chart chart;
    const char *refusal = chart_make(&c->d->arena, &request, spec, c->e->report, &chart);
    if (refusal) {
        diag_error(c->diags, b->pos, "this chart would mislead: %s", gettext(refusal));
        c->failed = true;
        return;
    }
    flow_unit(c, (Unit){.kind = UNIT_RULE,
                        .width = width,
                        .height = rule.width,
                        .rule = rule,
                        .before = (float)space->before,
                        .keep_next = true});
    add_line(c, STYLE_chart_headline, spec->headline, div, width, true);
    add_line(c, STYLE_chart_subtitle, spec->subtitle, div, width, false);
    Node node = document_node(c->d, div, ROLE_FIGURE);
    document_detail(c->d, node)->alternative = chart.alternative;
    for (size_t i = 0; i < chart.draws; i++) {
        Draw *draw = &chart.draw[i];
        draw->owner = node;
        if (draw->kind == DRAW_TEXT)
            spec_report_missing(c, draw->text.para, &b->pos, NULL);
    }
    flow_unit(c, (Unit){.kind = UNIT_DRAWING,
                        .width = width,
                        .height = chart.height,
                        .before = 9,
                        .after = 7.5f,
                        .keep_next = spec->source.n > 0,
                        .node = node,
                        .drawing = chart.draw,
                        .drawings = chart.draws,
                        .destination = b->id});
    add_caption(c, NULL, div, 0, width, STYLE_source, source_line(c, spec->source),
                (float)space->after);
    flow_after(c, (float)space->after);
}
