#include <math.h>
#include <stdlib.h>

#include "compose/internal.h"

/* The days of the report with the visits on each: under the contents, one beside another on a line, or in the side
 * column where the contents leave no room for that. */

#define BELOW_RULE 6.0f
#define BELOW_TITLE 9.0f
#define MARKER 10.0f /* diameter of a day on the line */
#define LINE 1.5f
#define BELOW_LINE 4.5f
#define NAME_GAP 1.5f
#define ROW_GAP 15.0f
#define ROUGH 1.1f      /* lines are not filled */
#define NARROWEST 84.0f /* room for a name */
#define SIDE_RULE 1.5f
#define DAY_GAP 9.0f /* between days in the side column */

/* A longer period shows the days with visits alone. */
enum { LONGEST_PERIOD = 7, FRIDAY = 5, FEWEST = 2 };

typedef struct {
    Date date;
    size_t first, visits; /* of all, in the order of their dates */
} Day;

typedef struct {
    const Block *block;
    size_t order;
} DatedVisit;

typedef struct {
    ARRAY(DatedVisit) visit;
    ARRAY(Day) day;
    bool any_meeting, any_visit;
} Days;

/* ---- which they are ------------------------------------------------------------------------- */

static void find_visits(Days *days, const Block *list)
{
    for (const Block *b = list; b; b = b->next) {
        if (b->kind != BLOCK_VISIT || !date_given(b->visit->date))
            continue;
        array_push(&days->visit, ((DatedVisit){b, days->visit.n}));
        days->any_meeting |= b->visit->meeting;
        days->any_visit |= !b->visit->meeting;
    }
}

/* By date; those of one day stay as the report has them. */
static int compare_visits(const void *a, const void *b)
{
    const DatedVisit *x = a, *y = b;
    int dates = date_compare(x->block->visit->date, y->block->visit->date);
    return dates ? dates : (x->order > y->order) - (x->order < y->order);
}

/* Days of a short period without visits before a date, from `from` on; returns the day behind them. */
static Date add_empty(Days *days, Date from, Date to)
{
    for (; date_compare(from, to) < 0; from = date_next(from))
        array_push(&days->day, ((Day){.date = from, .first = days->visit.n}));
    return from;
}

static void find_days(Days *days, const Report *r)
{
    bool whole = date_given(r->period_from) &&
                 date_days(r->period_to) - date_days(r->period_from) < LONGEST_PERIOD;
    Date next = r->period_from;
    for (size_t i = 0; i < days->visit.n; i++) {
        Date date = days->visit.at[i].block->visit->date;
        if (days->day.n && date_compare(array_last(&days->day).date, date) == 0) {
            array_last(&days->day).visits++;
            continue;
        }
        if (whole && date_compare(date, r->period_to) <= 0)
            next = add_empty(days, next, date);
        array_push(&days->day, ((Day){.date = date, .first = i, .visits = 1}));
        if (whole && date_compare(date, next) == 0)
            next = date_next(next);
    }
    if (whole)
        add_empty(days, next, date_next(r->period_to));
}

static void find_all(Days *days, const Edition *e)
{
    for (size_t i = 0; i < e->sections; i++)
        find_visits(days, e->section[i].blocks);
    if (days->visit.n)
        qsort(days->visit.at, days->visit.n, sizeof *days->visit.at, compare_visits);
    find_days(days, e->report);
}

static void drop(Days *days)
{
    array_drop(&days->visit);
    array_drop(&days->day);
}

static bool are_several(const Days *days)
{
    size_t n = 0;
    for (size_t i = 0; i < days->day.n; i++)
        n += days->day.at[i].visits > 0;
    return n >= FEWEST;
}

/* ---- words ---------------------------------------------------------------------------------- */

static Piece date_piece(Composer *c, const Days *days, Date date)
{
    bool one_year = days->day.at[0].date.year == array_last(&days->day).date.year;
    strbuf_clear(&c->text);
    if (one_year)
        date_print_day(&c->text, c->t, date);
    else
        date_print(&c->text, c->t, date);
    return (Piece){.style = style_of(c, STYLE_table_head), .text = kept_text(c)};
}

static Piece visit_piece(Composer *c, const Days *days, size_t visit)
{
    const Block *b = days->visit.at[visit].block;
    return (Piece){.style = style_of(c, STYLE_chart_label),
                   .quiet_links = true,
                   .inlines = link_to(c, b->id, plain_text(c, b->inlines), b->pos)};
}

static size_t count_doubts(const Composer *c, const Visit *v)
{
    size_t n = 0;
    for (size_t i = 0; i < v->facts; i++)
        n += fact_is_doubt(c, &v->fact[i]);
    return n;
}

/* How high they are in so narrow a column, about. */
static float doubts_height(Composer *c, const Visit *v, float width)
{
    const Style *style = style_of(c, STYLE_tile_caveat);
    float height = 0;
    for (size_t i = 0; i < v->facts; i++) {
        if (!fact_is_doubt(c, &v->fact[i]))
            continue;
        float words = spec_width(c, style, v->fact[i].label) +
                      spec_width(c, style, v->fact[i].text);
        height += ceilf(words * ROUGH / width) * (float)style->leading + DOUBT_GAP;
    }
    return height;
}

/* What a day without visits says, in how many pieces: nothing on a weekend; a draft asks. */
static size_t empty_pieces(Composer *c, Date date, Piece pieces[2])
{
    const Style *quiet = style_of(c, STYLE_tile_where), *loud = style_of(c, STYLE_tile_caveat);
    if (date_weekday(date) > FRIDAY)
        return 0;
    if (!c->e->report->draft) {
        pieces[0] = (Piece){.style = quiet, .text = c->t->print[TERM_day_empty]};
        return 1;
    }
    labelled_pieces(c, loud, c->t->print[TERM_to_clarify], (Pos){0}, c->t->print[TERM_day_undated],
                    pieces);
    return 2;
}

static Piece title_piece(Composer *c)
{
    return (Piece){.style = style_of(c, STYLE_chart_headline),
                   .text = c->t->print[TERM_day_by_day]};
}

static Piece subtitle_piece(Composer *c, const Days *days)
{
    Term what = !days->any_meeting ? TERM_day_visits
                : !days->any_visit ? TERM_day_meetings
                                   : TERM_day_visits_and_meetings;
    strbuf_clear(&c->text);
    strbuf_add_str(&c->text, c->t->print[what]);
    strbuf_add_text(&c->text, ", ");
    period_print(&c->text, c->t, days->day.at[0].date, array_last(&days->day).date);
    return (Piece){.style = style_of(c, STYLE_chart_subtitle), .text = kept_text(c)};
}

/* ---- where they are set ----------------------------------------------------------------------- */

/* Where lines go: into a drawing, or into the side column. */
typedef struct {
    Panel *panel;   /* or NULL */
    float x, width; /* in the panel */
    Composer *c;
    Side *side;
    size_t sides;
    float before; /* the next line in the side column */
} Lines;

static void add_line(Lines *l, const Piece *pieces, size_t n, Node node, float after)
{
    if (l->panel) {
        panel_text(l->panel, pieces, n, node, l->x, l->width);
        l->panel->y += after;
        return;
    }
    Spec *spec = spec_drawn(l->c, pieces, n, node, l->width);
    l->side[l->sides++] = (Side){.spec = spec, .style = pieces[0].style, .before = l->before};
    l->before = after;
}

/* Returns the list of the days. */
static Node add_head(Lines *l, const Days *days, Node box)
{
    Composer *c = l->c;
    Piece title = title_piece(c), subtitle = subtitle_piece(c, days);
    add_line(l, &title, 1, document_node(c->d, box, c->own->part_role), 0);
    add_line(l, &subtitle, 1, document_node(c->d, box, ROLE_P), BELOW_TITLE);
    return document_node(c->d, box, ROLE_L);
}

static void add_visit(Lines *l, const Days *days, size_t visit, Node body)
{
    Composer *c = l->c;
    const Visit *v = days->visit.at[visit].block->visit;
    Piece pieces[2] = {visit_piece(c, days, visit)};
    c->explaining = true; /* abbreviations are expanded where the visit stands */
    add_line(l, pieces, 1, document_node(c->d, body, ROLE_P), NAME_GAP);
    for (size_t i = 0; i < v->facts; i++) {
        if (!fact_is_doubt(c, &v->fact[i]))
            continue;
        doubt_pieces(c, &v->fact[i], pieces);
        add_line(l, pieces, 2, document_node(c->d, body, ROLE_P), DOUBT_GAP);
    }
    c->explaining = false;
}

static void add_day(Lines *l, const Days *days, const Day *day, Node list)
{
    Composer *c = l->c;
    Piece pieces[2] = {date_piece(c, days, day->date)};
    Node item = document_node(c->d, list, ROLE_LI);
    add_line(l, pieces, 1, document_node(c->d, item, ROLE_LBL), NAME_GAP);
    size_t n = day->visits ? 1 : empty_pieces(c, day->date, pieces);
    Node body = n ? document_node(c->d, item, ROLE_LBODY) : NODE_NONE;
    for (size_t i = 0; i < day->visits; i++)
        add_visit(l, days, day->first + i, body);
    if (!day->visits && n)
        add_line(l, pieces, n, document_node(c->d, body, ROLE_P), 0);
}

/* ---- on a line ------------------------------------------------------------------------------ */

typedef struct {
    size_t rows, across;
    float pitch; /* from one day to the next */
} Strip;

static Strip strip_of(const Composer *c, const Days *days)
{
    float width = (float)layout_live_width(c->l), gap = (float)c->l->tile.gap;
    size_t most = (size_t)fmaxf(1, floorf((width + gap) / (NARROWEST + gap)));
    size_t rows = (days->day.n + most - 1) / most, across = (days->day.n + rows - 1) / rows;
    return (Strip){.rows = rows, .across = across, .pitch = (width + gap) / (float)across};
}

/* Names and what is to be clarified, about so high: words break before a line is full. */
static float visits_height(Composer *c, const Days *days, const Day *day, float width)
{
    const float full = 0.85f;
    const Style *style = style_of(c, STYLE_chart_label);
    float height = 0;
    for (size_t i = day->first; i < day->first + day->visits; i++) {
        const Block *visit = days->visit.at[i].block;
        float name = spec_width(c, style, plain_text(c, visit->inlines));
        float lines = name <= width ? 1 : ceilf(name / (full * width));
        height += lines * (float)style->leading + NAME_GAP + doubts_height(c, visit->visit, width);
    }
    return height;
}

/* Somewhat more than it will be. */
static float strip_height(Composer *c, const Days *days)
{
    Strip s = strip_of(c, days);
    float line = (float)style_of(c, STYLE_chart_label)->leading + NAME_GAP, height = 0;
    for (size_t from = 0; from < days->day.n; from += s.across) {
        float most = 2 * line; /* those that say that there is no visit */
        for (size_t i = from; i < from + s.across && i < days->day.n; i++) {
            const Day *day = &days->day.at[i];
            most = fmaxf(most, visits_height(c, days, day, s.pitch - (float)c->l->tile.gap));
        }
        height += MARKER + BELOW_LINE + most + line + ROW_GAP;
    }
    return height + (float)c->l->chart.rule + BELOW_RULE + BELOW_TITLE +
           (float)(style_of(c, STYLE_chart_headline)->leading +
                   style_of(c, STYLE_chart_subtitle)->leading);
}

/* A disc, or a ring where nothing happens. */
static void draw_marker(Panel *p, float x, float y, bool filled)
{
    Composer *c = p->c;
    Arena *arena = &c->d->arena;
    float width = filled ? 0 : LINE, r = MARKER / 2 - width / 2, k = r * 0.5523f; /* of a circle */
    float cx = x + MARKER / 2;
    const PathStep circle[] = {{'m', cx + r, y}, {'c', cx + r, y + k}, {'c', cx + k, y + r},
                               {'c', cx, y + r}, {'c', cx - k, y + r}, {'c', cx - r, y + k},
                               {'c', cx - r, y}, {'c', cx - r, y - k}, {'c', cx - k, y - r},
                               {'c', cx, y - r}, {'c', cx + k, y - r}, {'c', cx + r, y - k},
                               {'c', cx + r, y}, {'z', 0, 0}};
    size_t steps = sizeof circle / sizeof *circle;
    Path path = {.step = arena_copy(arena, circle, steps, sizeof *circle),
                 .steps = (uint32_t)steps,
                 .fill = true,
                 .stroke = !filled,
                 .fill_colour = colour_of(c, filled ? COLOUR_primary : COLOUR_paper),
                 .stroke_colour = colour_of(c, COLOUR_primary),
                 .width = width};
    panel_draw(p, (Draw){.kind = DRAW_PATH,
                         .owner = ARTIFACT_LAYOUT,
                         .path = arena_copy(arena, &path, 1, sizeof path)});
}

/* The days of a row stand at the left of equal parts of the line. */
static void add_row(Lines *l, const Days *days, size_t from, const Strip *s, Node list)
{
    Panel *p = l->panel;
    float top = p->y, foot = top;
    panel_fill(p, 0, top + (MARKER - LINE) / 2, p->width, LINE, colour_of(l->c, COLOUR_tertiary));
    for (size_t i = 0; i < s->across && from + i < days->day.n; i++) {
        const Day *day = &days->day.at[from + i];
        l->x = (float)i * s->pitch;
        l->width = s->pitch - (float)l->c->l->tile.gap;
        draw_marker(p, l->x, top + MARKER / 2, day->visits > 0);
        p->y = top + MARKER + BELOW_LINE;
        add_day(l, days, day, list);
        foot = fmaxf(foot, p->y);
    }
    p->y = foot;
}

static void add_strip(Composer *c, const Days *days)
{
    Strip strip = strip_of(c, days);
    Panel panel = {.c = c, .width = (float)layout_live_width(c->l)};
    Lines lines = {.panel = &panel, .c = c, .width = panel.width};
    float rule = (float)c->l->chart.rule;
    panel_fill(&panel, 0, 0, panel.width, rule, colour_of(c, COLOUR_ink));
    panel.y = rule + BELOW_RULE;
    Node list = add_head(&lines, days, document_node(c->d, c->root, ROLE_DIV));
    for (size_t from = 0; from < days->day.n; from += strip.across) {
        panel.y += from ? ROW_GAP : 0;
        add_row(&lines, days, from, &strip, list);
    }
    panels_flow(c, &panel, 1,
                (Unit){.before = (float)c->l->chart.before, .at_foot = !c->l->run_on});
}

/* ---- in the side column --------------------------------------------------------------------- */

static void add_beside(Composer *c, const Days *days)
{
    enum { HEAD = 2 };
    size_t most = HEAD + 2 * days->day.n + days->visit.n;
    for (size_t i = 0; i < days->visit.n; i++)
        most += count_doubts(c, days->visit.at[i].block->visit);
    Lines lines = {.c = c,
                   .width = (float)layout_side_width(c->l),
                   .side = arena_array(batch_arena(c), most, Side),
                   .before = SIDE_RULE + BELOW_RULE};
    Node list = add_head(&lines, days, document_node(c->d, c->root, ROLE_DIV));
    lines.side[0].rule = (Rule){SIDE_RULE, colour_of(c, COLOUR_primary)};
    for (size_t i = 0; i < days->day.n; i++) {
        add_day(&lines, days, &days->day.at[i], list);
        lines.before = DAY_GAP;
    }
    c->pending.side = lines.side;
    c->pending.sides = lines.sides;
}

/* The same without setting anything; more than any page where there are too many to look at. */
static float beside_height(Composer *c, const Days *days)
{
    float width = (float)layout_side_width(c->l), names = 0, doubts = 0;
    float line = (float)style_of(c, STYLE_chart_label)->leading;
    float dates = (float)(days->day.n + 1) * (2 * line + NAME_GAP + DAY_GAP);
    float least = dates + (float)days->visit.n * (line + NAME_GAP);
    if (least > measure_page(c))
        return least;
    for (size_t i = 0; i < days->visit.n; i++) {
        Str name = plain_text(c, days->visit.at[i].block->inlines);
        names += ceilf(spec_width(c, style_of(c, STYLE_chart_label), name) / width) - 1;
        doubts += doubts_height(c, days->visit.at[i].block->visit, width);
    }
    return least + names * line + doubts;
}

/* ---- either --------------------------------------------------------------------------------- */

DaysPlace days_place(Composer *c, float room)
{
    Days days = {0};
    DaysPlace place = DAYS_NOWHERE;
    find_all(&days, c->e);
    if (!c->l->contents.days || !are_several(&days))
        place = DAYS_NOWHERE;
    else if (strip_height(c, &days) <= room)
        place = DAYS_BELOW;
    else if (layout_side_width(c->l) > 0 && beside_height(c, &days) <= measure_page(c))
        place = DAYS_BESIDE;
    drop(&days);
    return place;
}

void days_add(Composer *c, DaysPlace place)
{
    Days days = {0};
    if (place == DAYS_NOWHERE)
        return;
    find_all(&days, c->e);
    if (days.day.n && place == DAYS_BELOW)
        add_strip(c, &days);
    else if (days.day.n)
        add_beside(c, &days);
    drop(&days);
}
