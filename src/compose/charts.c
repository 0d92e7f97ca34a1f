#include "chart/chart.h"

#include <math.h>

#include "compose/internal.h"

/* Charts: a rule, number, headline, subtitle, plot and source, one below another, as wide as the page or
 * two side by side. */

#define RULE_GAP 6.0f
#define PLOT_GAP 9.0f
#define SOURCE_GAP 7.5f
#define MOST_HOLE 2.0f   /* lines between a plot and its source that stands level with another's */
#define LEAST_HALF 16.0f /* of two side by side, in ems of the text, where the layout doesn't say */
#define HIGHEST_HALF                                                                               \
    0.5f /* of a page: plots of half the width that were higher are as wide as all */

static ChartText chart_text(Composer *c, StyleRole role)
{
    const Style *style = style_of(c, role);
    return (ChartText){style_font(c, style, false, false), style, style_features(style)};
}

static void draw_plot(Panel *p, const Chart *chart, DrawingBox box)
{
    for (size_t i = 0; i < chart->draws; i++) {
        Draw draw = chart->draw[i];
        draw.owner = box.node;
        draw.y += p->y;
        panel_draw(p, draw);
    }
    box.y = p->y;
    box.height = chart->height;
    array_push(&p->boxes, box);
    p->y += chart->height;
}

static void add_plot(Panel *p, const Chart *chart, const Block *b)
{
    Composer *c = p->c;
    Node node = document_node(c->d, p->parent, ROLE_FIGURE);
    document_detail(c->d, node)->alternative = chart->alternative;
    for (size_t i = 0; i < chart->draws; i++)
        if (chart->draw[i].kind == DRAW_TEXT)
            spec_report_missing(c, chart->draw[i].text.para, &b->pos, NULL);
    draw_plot(p, chart,
              (DrawingBox){.node = node, .x = p->x, .width = p->width, .destination = b->id});
}

static Str source_of(Composer *c, const ChartSpec *spec)
{
    const KeyFigure **figure = arena_array(batch_arena(c), spec->n, const KeyFigure *);
    size_t n = 0;
    for (size_t i = 0; i < spec->n; i++) {
        figure[n] = report_figure(c->e->report, spec->figure[i]);
        n += figure[n] != NULL;
    }
    return source_line_of(c, spec->source, figure, n);
}

/* "Kilde: Lambeth. Aksen begynder ved 30." */
static Str source_text(Composer *c, const ChartSpec *spec, Str more)
{
    StrBuf text = {0};
    strbuf_add_str(&text, source_of(c, spec));
    if (text.n && more.n)
        strbuf_add_char(&text, ' ');
    strbuf_add_str(&text, more);
    close_sentence(&text);
    Str kept = arena_str(&c->arena, strbuf_str(&text));
    strbuf_drop(&text);
    return kept;
}

/* How a chart is made. */
typedef struct {
    float width;
    float height;               /* of a chart beside it, or 0 */
    const uint32_t *name_lines; /* that names above bars take at least, or NULL */
    float closer;               /* the share of its height that its plot gives up */
} Making;

/* The share of their height that plots give up at most where a part is set closer. */
static float may_give(const Composer *c)
{
    const LastPageStyle *by = &c->l->last_page;
    return by->little > 0 && by->charts > 0 && by->charts < 1 ? 1 - (float)by->charts : 0;
}

static bool make(Composer *c, const Block *b, Making how, Chart *out)
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
                            .width = how.width,
                            .height = how.height,
                            .name_lines = how.name_lines,
                            .closer = how.closer,
                            .closest = may_give(c),
                            .diags = c->diags,
                            .pos = b->pos};
    if (!chart_has_data(b->chart, c->e->report))
        return false;
    if (chart_make(&c->d->arena, &request, b->chart, c->e->report, out))
        return true;
    c->failed = true;
    return false;
}

/* A chart, its block, and the panel and node that it is drawn in. */
typedef struct {
    Panel panel;
    Chart chart;
    const Block *block;
    Node div;
    size_t plot; /* first draw of its plot, … */
    float top;   /* … and where that begins */
    float foot;  /* where what comes below it begins */
} Drawn;

/* What is counted, as the report has it, or else the unit of its values. */
static Str subtitle_of(Composer *c, const Block *b, const Chart *chart)
{
    return b->chart->subtitle.n ? b->chart->subtitle : references_capital(c, chart->unit);
}

/* Below a rule so long; `number` is empty for a chart that is the only one. */
static void draw_head(Drawn *drawn, float length, Str number)
{
    Panel *p = &drawn->panel;
    Composer *c = p->c;
    float rule = (float)c->l->chart.rule;
    drawn->div = document_node(c->d, p->parent, ROLE_DIV);
    if (length > 0)
        panel_fill(p, 0, p->y, length, rule, colour_of(c, COLOUR_ink));
    p->y += rule + RULE_GAP;
    p->parent = document_node(c->d, drawn->div, ROLE_CAPTION);
    panel_line(p, STYLE_chart_number, number);
    panel_line(p, STYLE_chart_headline, drawn->block->chart->headline);
    panel_line(p, STYLE_chart_subtitle, subtitle_of(c, drawn->block, &drawn->chart));
    p->parent = drawn->div;
    p->y += PLOT_GAP;
}

static void draw_foot(Panel *p, const Block *b, const Chart *chart)
{
    Composer *c = p->c;
    Str source = source_text(c, b->chart, chart->source_more);
    p->y += source.n ? SOURCE_GAP : 0;
    panel_line(p, STYLE_source, source);
}

static float line_height(Composer *c, StyleRole role, Str text, float width)
{
    const Style *style = style_of(c, role);
    Piece piece = {.style = style, .text = text};
    Spec *spec = spec_laid_out(c, batch_arena(c), &piece, 1, NODE_NONE, width);
    return text.n ? spec_height(spec, style) : 0;
}

/* Whether what draw_head, add_plot and draw_foot draw has no room on an upright page, at its full height in every
 * pass. */
static bool is_too_high(Composer *c, const Block *b, const Chart *chart, float width)
{
    Str source = source_text(c, b->chart, chart->source_more);
    float page = (float)(c->l->paper_height - c->l->bottom - c->l->top);
    float lines = (float)style_of(c, STYLE_chart_number)->leading +
                  line_height(c, STYLE_chart_headline, b->chart->headline, width) +
                  line_height(c, STYLE_chart_subtitle, subtitle_of(c, b, chart), width) +
                  line_height(c, STYLE_source, source, width);
    float gaps = (float)c->l->chart.rule + RULE_GAP + PLOT_GAP + (source.n ? SOURCE_GAP : 0);
    return lines + gaps + chart->height > page;
}

/* What comes next begins at one height in all of them, unless that left a larger hole in one. */
static void align(Drawn *drawn, size_t n, float most)
{
    float least = UNBOUNDED, y = 0;
    for (size_t i = 0; i < n; i++) {
        least = fminf(least, drawn[i].panel.y);
        y = fmaxf(y, drawn[i].panel.y);
    }
    for (size_t i = 0; i < n && y - least <= most; i++)
        drawn[i].panel.y = y;
}

static void align_feet(Drawn *drawn, size_t n)
{
    float hole = n ? MOST_HOLE * (float)style_of(drawn[0].panel.c, STYLE_body)->leading : 0;
    align(drawn, n, hole);
    for (size_t i = 0; i < n; i++)
        drawn[i].foot = drawn[i].panel.y;
}

/* Of the rule above one of a pair, or of a chart alone. A pair across columns of text has one: with a rule each, they
 * would seem to stand in the columns. */
static float rule_length(const Drawn *drawn, size_t n, size_t i)
{
    const Panel *p = &drawn[i].panel, *last = &drawn[n - 1].panel;
    bool across = n > 1 && p->c->l->columns > 1;
    return !across ? p->width : i == 0 ? last->x + last->width : 0;
}

/* Reading order is chart by chart: the nodes are made when they are drawn, below each chart's own. */
static void draw_frames(Drawn *drawn, size_t n, bool numbered)
{
    for (size_t i = 0; i < n; i++)
        draw_head(&drawn[i], rule_length(drawn, n, i),
                  numbered ? references_label(drawn[i].panel.c, TERM_figure_number,
                                              drawn[i].block->number)
                           : (Str){"", 0});
    align(drawn, n, UNBOUNDED);
    for (size_t i = 0; i < n; i++) {
        drawn[i].top = drawn[i].panel.y;
        drawn[i].plot = drawn[i].panel.draws.n;
        add_plot(&drawn[i].panel, &drawn[i].chart, drawn[i].block);
    }
    align_feet(drawn, n);
    for (size_t i = 0; i < n; i++)
        draw_foot(&drawn[i].panel, drawn[i].block, &drawn[i].chart);
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
               : head                          ? chart->corner
               : column                        ? chart->value[row * chart->series_n + column - 1]
                                               : chart->label[row];
    const Style *style = style_of(t->c, head ? STYLE_table_head : STYLE_table_cell);
    cell_add_text(content, (Piece){.style = style, .text = text});
}

static TableSpec value_table(Composer *c, ValueTable *context, float width, Node parent)
{
    const Chart *chart = context->chart;
    TableColumn *column = arena_zalloc(&c->arena, (chart->series_n + 1) * sizeof *column);
    column[0].rest = true;
    for (size_t k = 1; k <= chart->series_n; k++)
        column[k].align = TEXT_RIGHT;
    return (TableSpec){.rows = chart->rows,
                       .columns = chart->series_n + 1,
                       .column = column,
                       .cell = value_cell,
                       .context = context,
                       .head = chart->series != NULL,
                       .row_heads = true,
                       .width = width,
                       .parent = parent,
                       .group_style = style_of(c, STYLE_table_group)};
}

static void add_values(Composer *c, const Chart *chart, float width, Node parent)
{
    ValueTable context = {c, chart};
    TableSpec spec = value_table(c, &context, width, parent);
    table_add(c, &spec);
}

/* ---- in the stead of a chart that has no room on a page --------------------------------------- */

static void tell_too_high(Composer *c, Pos pos)
{
    diag_advice(c->diags, pos,
                "this chart is higher than a page of the layout '%.*s', and is set as a table "
                "there",
                (int)c->l->name.n, c->l->name.p);
    diag_hint(c->diags, "show fewer values, or several charts of them; long names take room, too");
}

/* Its values with number, headline, subtitle and source, as the chart has them; the table goes on over pages. */
static void add_as_table(Composer *c, const Block *b, const Chart *chart, Column col)
{
    Drawn head = {
        .panel = {.c = c, .width = col.width, .parent = col.parent}, .chart = *chart, .block = b};
    ValueTable context = {c, chart};
    draw_head(&head, col.width, references_label(c, TERM_figure_number, b->number));
    head.panel.y -= PLOT_GAP; /* tables have a space above them */
    panels_flow(c, &head.panel, 1,
                (Unit){.x = col.x,
                       .before = (float)c->l->chart.before,
                       .keep_next = true,
                       .destination = b->id});
    col.parent = head.div;
    TableSpec spec = value_table(c, &context, col.width, col.parent);
    spec.x = col.x;
    spec.pos = b->pos;
    spec.number = b->number;
    spec.title = b->chart->headline;
    spec.of_figure = true;
    table_add(c, &spec);
    table_add_source(c, source_text(c, b->chart, chart->target), col);
    tell_too_high(c, b->pos);
}

/* ---- the whole ------------------------------------------------------------------------------ */

static bool is_half(const Block *b)
{
    return b && b->kind == BLOCK_CHART && b->chart->half;
}

static void tell_as_bars(Composer *c, const Block *b, const Chart *chart)
{
    if (!chart->as_bars)
        return;
    diag_advice(c->diags, b->pos,
                "the parts of this chart have no room for their names below one bar in the layout "
                "'%.*s', and are set as bars there",
                (int)c->l->name.n, c->l->name.p);
    diag_hint(c->diags, "shorter names (labels), or 'width: full'");
}

bool chart_panel(Panel *p, const Block *b)
{
    Drawn drawn = {.panel = *p, .block = b};
    if (!make(p->c, b, (Making){.width = p->width}, &drawn.chart))
        return false;
    if (is_too_high(p->c, b, &drawn.chart, p->width)) {
        compose_leave_out(p->c, PART_CHART);
        diag_hint(p->c->diags, "'main: true' at another chart shows that one");
        p->c->uneven = true; /* its room is for the others */
        return false;
    }
    tell_as_bars(p->c, b, &drawn.chart);
    draw_frames(&drawn, 1, false);
    *p = drawn.panel;
    return true;
}

/* Two charts with names above as many bars have each bar at one height: a name that takes one line has as much room as
 * one beside it that takes two. */
static void level_rows(Composer *c, Drawn *drawn, Making how)
{
    const Chart *one = &drawn[0].chart, *other = &drawn[1].chart;
    if (!one->name_lines || !other->name_lines || one->rows != other->rows)
        return;
    uint32_t *lines = arena_zalloc(batch_arena(c), one->rows * sizeof *lines);
    bool level = true;
    for (size_t i = 0; i < one->rows; i++) {
        uint32_t a = one->name_lines[i], b = other->name_lines[i];
        level &= a == b;
        lines[i] = a > b ? a : b;
    }
    how.name_lines = lines;
    for (size_t i = 0; i < 2 && !level; i++)
        make(c, drawn[i].block, how, &drawn[i].chart);
}

/* Bars beside a higher chart of another type stand further apart, so that both end level; rows of bars beside rows of
 * bars are level but for their names. */
static void even(Composer *c, Drawn *drawn, Making how)
{
    level_rows(c, drawn, how);
    for (size_t i = 0; i < 2; i++) {
        const Drawn *other = &drawn[1 - i];
        bool alone = other->block->chart->type != CHART_BARS;
        how.height = other->chart.height;
        if (drawn[i].block->chart->type == CHART_BARS && alone)
            make(c, drawn[i].block, how, &drawn[i].chart);
    }
}

/* ---- lower ones ------------------------------------------------------------------------------ */

enum { FORMS = 2 }; /* a half and all of what plots can give */

struct ChartsUnit {
    size_t n;
    Drawn chart[2]; /* as they want to stand … */
    Unit apart;     /* … with their draws; given once they are set closer */
    Unit form[FORMS];
};

/* Keeps of what is drawn what lower forms need. */
static ChartsUnit *keep_charts(Composer *c, const Drawn *drawn, size_t n)
{
    if (may_give(c) <= 0)
        return NULL;
    ChartsUnit *kept = arena_zalloc(batch_arena(c), sizeof *kept);
    kept->n = n;
    for (size_t i = 0; i < n; i++)
        kept->chart[i] = drawn[i];
    return kept;
}

/* Below the lower plot, what stood below the higher one. */
static void move_foot(Drawn *drawn, const Drawn *before, const Unit *as_is, size_t first)
{
    Panel *p = &drawn->panel;
    size_t foot = first + before->plot + before->chart.draws, end = first + before->panel.draws.n;
    for (size_t i = foot; i < end; i++) {
        Draw draw = as_is->drawing[i];
        draw.y += drawn->foot - before->foot;
        array_push(&p->draws, draw);
    }
    p->y = before->panel.y + drawn->foot - before->foot;
}

static void draw_lower(Composer *c, const ChartsUnit *charts, const Unit *as_is, float closer,
                       Unit *form)
{
    Drawn drawn[2];
    Panel panel[2];
    size_t first[2] = {0, charts->chart[0].panel.draws.n};
    Making how = {.width = charts->chart[0].panel.width, .closer = closer};
    for (size_t i = 0; i < charts->n; i++) {
        const Panel *before = &charts->chart[i].panel;
        drawn[i] = charts->chart[i];
        drawn[i].panel = (Panel){.c = c, .x = before->x, .width = before->width};
        make(c, drawn[i].block, how, &drawn[i].chart);
    }
    if (charts->n == 2)
        even(c, drawn, how);
    for (size_t i = 0; i < charts->n; i++) {
        Panel *p = &drawn[i].panel;
        for (size_t k = 0; k < drawn[i].plot; k++)
            array_push(&p->draws, as_is->drawing[first[i] + k]);
        p->y = drawn[i].top;
        draw_plot(p, &drawn[i].chart, as_is->box[i]);
    }
    align_feet(drawn, charts->n);
    for (size_t i = 0; i < charts->n; i++) {
        move_foot(&drawn[i], &charts->chart[i], as_is, first[i]);
        panel[i] = drawn[i].panel;
    }
    panels_gather(&c->arena, panel, charts->n, form);
}

static void take_form(Unit *u, const Unit *form)
{
    u->drawing = form->drawing;
    u->drawings = form->drawings;
    u->box = form->box;
    u->boxes = form->boxes;
    u->height = form->height;
}

void charts_set_closer(Composer *c, Unit *u, float closer)
{
    ChartsUnit *charts = u->charts;
    if (closer <= 0)
        return;
    int half = (int)ceilf(closer * FORMS);
    Unit *form = &charts->form[half - 1];
    float gives = may_give(c);
    if (!charts->apart.drawing)
        charts->apart = *u;
    if (!form->drawing)
        draw_lower(c, charts, u, gives * (float)half / FORMS, form);
    take_form(u, form);
}

void charts_set_apart(Unit *u)
{
    if (u->charts->apart.drawing)
        take_form(u, &u->charts->apart);
}

/* Narrower ones stand in rows of their own. */
static float least_half(const Composer *c)
{
    return c->l->chart.half > 0 ? (float)c->l->chart.half
                                : LEAST_HALF * (float)style_of(c, STYLE_body)->size;
}

/* Whether a chart and the next may share the width that there is: one alone has all of it. */
static bool may_be_pair(const Composer *c, const Block *b, float half, float full)
{
    bool columns = full > (float)c->l->text_width + 1 || c->l->columns == 1;
    return is_half(b) && is_half(b->next) && columns && half >= least_half(c);
}

/* A chart of many bars would be a tower in half the width. */
static bool are_low(Composer *c, const Drawn *drawn, size_t n, float width)
{
    bool low = true;
    for (size_t i = 0; i < n; i++)
        low &= drawn[i].chart.height <= HIGHEST_HALF * measure_page(c) &&
               !is_too_high(c, drawn[i].block, &drawn[i].chart, width);
    return low;
}

/* Makes a chart, or a pair. Returns how many there are: report_check tells of what one lacks. */
static size_t make_beside(Composer *c, const Block *b, bool pair, Making how, Drawn *drawn)
{
    size_t n = 0;
    for (const Block *at = b; at; at = pair && at == b ? b->next : NULL) {
        drawn[n] = (Drawn){.block = at};
        n += make(c, at, how, &drawn[n].chart);
    }
    return n;
}

size_t charts_add(Composer *c, const Block *b, Column col)
{
    const ChartStyle *style = &c->l->chart;
    float gap = (float)style->gap;
    col.width = span_width(c, &col, SPAN_chart);
    float half = (col.width - gap) / 2;
    bool pair = may_be_pair(c, b, half, col.width);
    Making how = {.width = pair ? half : col.width};
    Drawn drawn[2];
    Panel panel[2];
    size_t n = make_beside(c, b, pair, how, drawn);
    if (pair && !are_low(c, drawn, n, half)) {
        how.width = col.width;
        pair = false;
        n = make_beside(c, b, pair, how, drawn);
    }
    if (n == 1 && !pair && is_too_high(c, b, &drawn[0].chart, how.width)) {
        add_as_table(c, b, &drawn[0].chart, col);
        return 1;
    }
    if (n == 2)
        even(c, drawn, how);
    for (size_t i = 0; i < n; i++) {
        drawn[i].panel = (Panel){
            .c = c, .x = (how.width + gap) * (float)i, .width = how.width, .parent = col.parent};
        tell_as_bars(c, drawn[i].block, &drawn[i].chart);
    }
    draw_frames(drawn, n, true);
    for (size_t i = 0; i < n; i++)
        panel[i] = drawn[i].panel;
    bool table_below = n == 1 && b->chart->with_table;
    if (n)
        panels_flow(c, panel, n,
                    (Unit){.x = col.x,
                           .before = (float)style->before,
                           .after = table_below ? 0 : (float)style->after,
                           .keep_next = table_below,
                           .charts = keep_charts(c, drawn, n),
                           .floats = !table_below && col.parent == c->root ? FLOATING_FIGURE
                                                                           : FLOATING_NOT});
    for (size_t i = 0; i < n; i++)
        if (drawn[i].block->chart->with_table)
            add_values(c, &drawn[i].chart, how.width, col.parent);
    return pair ? 2 : 1;
}
