#include "chart/chart.h"

#include <math.h>

#include "page/internal.h"

/* Charts: a rule, number, headline, subtitle, plot and source, one below another, as wide as the page or
 * two side by side. */

#define RULE_GAP 6.0f
#define PLOT_GAP 9.0f
#define SOURCE_GAP 7.5f

/* One chart in its frame; y counts from the frame's top. */
typedef struct {
    Composer *c;
    float x, width, y;
    Node figure;
    Str destination;
    float plot_top, plot_bottom;
    ARRAY(Draw) draws;
} Frame;

static ChartText chart_text(Composer *c, StyleRole role)
{
    const Style *style = style_of(c, role);
    return (ChartText){style_font(c, style, false, false), style};
}

static void add_line(Frame *f, StyleRole role, Str text, Node parent)
{
    Composer *c = f->c;
    const Style *style = style_of(c, role);
    if (!text.n)
        return;
    Piece piece = {.style = style, .text = text};
    Node node = document_node(c->d, parent, ROLE_P);
    Spec *spec = spec_drawn(c, &piece, 1, node, f->width);
    array_push(&f->draws, spec_draw(c, spec, style, f->x, f->y));
    f->y += spec_height(spec, style);
}

static void add_plot(Frame *f, const Chart *chart, Pos pos)
{
    f->plot_top = f->y;
    for (size_t i = 0; i < chart->draws; i++) {
        Draw draw = chart->draw[i];
        draw.owner = f->figure;
        draw.x += f->x;
        draw.y += f->y;
        if (draw.kind == DRAW_TEXT)
            spec_report_missing(f->c, draw.text.para, &pos, NULL);
        array_push(&f->draws, draw);
    }
    f->y += chart->height;
    f->plot_bottom = f->y;
}

/* "Kilde: Lambeth. Aksen begynder ved 30" */
static Str source_text(Composer *c, const ChartSpec *spec, Str more)
{
    StrBuf text = {0};
    strbuf_add_str(&text, source_line(c, spec->source));
    if (text.n && more.n)
        strbuf_add_text(&text, ". ");
    strbuf_add_str(&text, more);
    Str kept = arena_str(&c->arena, strbuf_str(&text));
    strbuf_drop(&text);
    return kept;
}

/* report_check tells of those that are missing. */
static bool has_all(const Report *report, const ChartSpec *spec)
{
    for (size_t i = 0; i < spec->n; i++)
        if (!report_figure(report, spec->figure[i]))
            return false;
    return (!spec->target.n || report_figure(report, spec->target)) &&
           (!spec->total.n || report_figure(report, spec->total)) &&
           (spec->n || report_table(report, spec->from));
}

static bool make(Composer *c, const Block *b, float width, Chart *out)
{
    ChartRequest request = {.layout = c->l,
                            .terms = c->t,
                            .text = c->request->text,
                            .thread = c->request->worker,
                            .fallback = c->fallback,
                            .hyphenation = c->request->hyphenation,
                            .label = chart_text(c, STYLE_chart_label),
                            .value = chart_text(c, STYLE_chart_value),
                            .axis = chart_text(c, STYLE_chart_axis),
                            .width = width,
                            .diags = c->diags,
                            .pos = b->pos};
    if (!has_all(c->e->report, b->chart))
        return false;
    if (chart_make(&c->d->arena, &request, b->chart, c->e->report, out))
        return true;
    c->failed = true;
    return false;
}

static void draw_frame(Frame *f, const Block *b, const Chart *chart, Node parent)
{
    Composer *c = f->c;
    Node div = document_node(c->d, parent, ROLE_DIV);
    float rule = (float)c->l->chart.rule;
    array_push(&f->draws, ((Draw){.kind = DRAW_FILL,
                                  .owner = ARTIFACT_LAYOUT,
                                  .x = f->x,
                                  .w = f->width,
                                  .h = rule,
                                  .line = {.colour = colour_of(c, COLOUR_ink)}}));
    f->y = rule + RULE_GAP;
    add_line(f, STYLE_chart_number, references_label(c, TERM_figure_number, b->number), div);
    add_line(f, STYLE_chart_headline, b->chart->headline, div);
    add_line(f, STYLE_chart_subtitle, b->chart->subtitle, div);
    f->figure = document_node(c->d, div, ROLE_FIGURE);
    document_detail(c->d, f->figure)->alternative = chart->alternative;
    f->y += PLOT_GAP;
    add_plot(f, chart, b->pos);
    Str source = source_text(c, b->chart, chart->source_more);
    f->y += source.n ? SOURCE_GAP : 0;
    add_line(f, STYLE_source, source, div);
}

/* ---- the values below a chart --------------------------------------------------------------- */

typedef struct {
    Composer *c;
    const Chart *chart;
} ValueTable;

static void value_cell(void *context, size_t row, size_t column, CellContent *content)
{
    const ValueTable *t = context;
    const Chart *chart = t->chart;
    bool head = row == chart->rows;
    Str text = head && column && chart->series ? chart->series[column - 1]
               : head                          ? (Str){"", 0}
               : column                        ? chart->value[row * chart->series_n + column - 1]
                                               : chart->label[row];
    const Style *style = style_of(t->c, head ? STYLE_table_head : STYLE_table_cell);
    cell_add_text(content, (Piece){.style = style, .text = text});
}

static void add_values(Composer *c, const Chart *chart, float width, Node parent)
{
    ValueTable context = {c, chart};
    TableColumn *column = arena_zalloc(&c->arena, (chart->series_n + 1) * sizeof *column);
    column[0].rest = true;
    for (size_t k = 1; k <= chart->series_n; k++)
        column[k].align = TEXT_RIGHT;
    TableSpec spec = {.rows = chart->rows,
                      .columns = chart->series_n + 1,
                      .column = column,
                      .cell = value_cell,
                      .context = &context,
                      .head = chart->series != NULL,
                      .row_heads = true,
                      .width = width,
                      .parent = parent,
                      .group_style = style_of(c, STYLE_table_group)};
    table_add(c, &spec);
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void add_unit(Composer *c, const Frame *frame, size_t n, bool more)
{
    const ChartStyle *style = &c->l->chart;
    DrawingBox *box = arena_array(batch_arena(c), n, DrawingBox);
    size_t draws = 0;
    float height = 0;
    for (size_t i = 0; i < n; i++) {
        const Frame *f = &frame[i];
        draws += f->draws.n;
        height = fmaxf(height, f->y);
        box[i] = (DrawingBox){
            f->figure, f->x, f->plot_top, f->width, f->plot_bottom - f->plot_top, f->destination};
    }
    Draw *all = arena_array(batch_arena(c), draws, Draw);
    draws = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < frame[i].draws.n; k++)
            all[draws++] = frame[i].draws.at[k];
    flow_unit(c, (Unit){.kind = UNIT_DRAWING,
                        .width = (float)layout_live_width(c->l),
                        .height = height,
                        .before = (float)style->before,
                        .after = more ? 0 : (float)style->after,
                        .keep_next = more,
                        .drawing = all,
                        .drawings = draws,
                        .box = box,
                        .boxes = n});
}

static bool is_half(const Block *b)
{
    return b && b->kind == BLOCK_CHART && b->chart->half;
}

/* The chart in a frame at x; false when it can't be drawn, which has been reported. */
static bool draw_one(Composer *c, const Block *b, float x, float width, Node parent, Frame *f,
                     Chart *chart)
{
    *f = (Frame){.c = c, .x = x, .width = width, .destination = b->id};
    if (!make(c, b, width, chart))
        return false;
    draw_frame(f, b, chart, parent);
    return true;
}

size_t charts_add(Composer *c, const Block *b, Column col)
{
    float live = (float)layout_live_width(c->l), gap = (float)c->l->chart.gap;
    float width = is_half(b) ? (live - gap) / 2 : live;
    bool pair = is_half(b) && is_half(b->next);
    Frame frame[2];
    Chart chart[2];
    size_t n = 0;
    for (const Block *at = b; at; at = pair && at == b ? b->next : NULL)
        n += draw_one(c, at, (width + gap) * (float)n, width, col.parent, &frame[n], &chart[n]);
    if (n)
        add_unit(c, frame, n, b->chart->with_table && n == 1);
    for (size_t i = 0; i < n; i++) {
        const Block *at = i ? b->next : b;
        if (at->chart->with_table)
            add_values(c, &chart[i], width, col.parent);
        array_drop(&frame[i].draws);
    }
    return pair ? 2 : 1;
}
