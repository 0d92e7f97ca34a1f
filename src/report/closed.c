#include "base/map.h"
#include "report/internal.h"

/* What stands in a closed part but would be printed in an open one: a key figure that is cited, a table that
 * a chart is drawn from, a heading that a recommendation rests on. */

typedef struct {
    const Report *report;
    Diags *diags;
    bool *figures_open; /* of each section: its key figures are shown to all */
    bool *note_seen;    /* of each footnote */
    const Note **note;  /* those seen, which may ask for each other without end */
    size_t notes;
    Map ids; /* of what is closed */
} Closed;

/* Whether a block of a kind is among these that is open, or that is closed. */
static bool has(const Block *b, BlockKind kind, bool closed)
{
    for (; b; b = b->next)
        if ((b->kind == kind && b->closed == closed) || has(b->children, kind, closed))
            return true;
    return false;
}

/* What a section gathers is closed where the heading that it stands under is. */
static bool is_shown(const Section *s, BlockKind kind)
{
    return !s->closed && (has(s->blocks, kind, false) || !has(s->blocks, kind, true));
}

static void collect_ids(Closed *c, const Block *b, bool closed)
{
    for (; b; b = b->next) {
        Str id = block_name(b);
        if (id.n && (closed || b->closed))
            map_put(&c->ids, id, 0);
        collect_ids(c, b->children, closed || b->closed);
    }
}

static void check_figure(Closed *c, const KeyFigure *figure, Pos pos)
{
    if (!figure || (c->figures_open[figure->section] && !figure->closed))
        return;
    diag_error(c->diags, pos, "the key figure '%.*s' is closed, and would be printed for all",
               (int)figure->id.n, figure->id.p);
    diag_also(c->diags, figure->pos, "it stands in a closed part");
}

static void check_id(Closed *c, Str id, Pos pos)
{
    check_figure(c, report_figure(c->report, id), pos);
}

static void walk_inlines(void *context, Inline *in)
{
    Closed *c = context;
    for (; in; in = in->next) {
        if (in->kind == INLINE_FIGURE)
            check_figure(c, in->figure, in->pos);
        if (in->kind == INLINE_NOTE && !c->note_seen[in->note->index]) {
            c->note_seen[in->note->index] = true;
            c->note[c->notes++] = in->note;
        }
        walk_inlines(c, in->children);
    }
}

static bool is_closed(const Closed *c, Str id)
{
    uint32_t found;
    return map_get(&c->ids, id, &found);
}

static void walk_chart(Closed *c, const ChartSpec *chart)
{
    for (size_t i = 0; i < chart->n; i++)
        check_id(c, chart->figure[i], chart->figure_pos[i]);
    check_id(c, chart->target, chart->target_pos);
    check_id(c, chart->total, chart->total_pos);
    if (is_closed(c, chart->from))
        diag_error(c->diags, chart->from_pos,
                   "the table '%.*s' is closed, and would be drawn for all", (int)chart->from.n,
                   chart->from.p);
}

static void walk_blocks(Closed *c, const Block *b)
{
    for (; b; b = b->next) {
        if (b->closed)
            continue;
        block_each_inlines(b, walk_inlines, c);
        if (b->kind == BLOCK_CHART)
            walk_chart(c, b->chart);
        for (size_t i = 0; b->kind == BLOCK_TILES && i < b->tiles->n; i++)
            check_id(c, b->tiles->tile[i].figure, b->tiles->tile[i].pos);
        walk_blocks(c, b->children);
    }
}

/* A spreadsheet names headings by their ids alone, and their titles are printed. */
static void check_basis(Closed *c, const Inline *in)
{
    for (; in; in = in->next) {
        Str id = in->kind == INLINE_LINK && str_starts(in->target, STR("#"))
                     ? str_cut(in->target, 1, in->target.n)
                     : (Str){"", 0};
        if (id.n && is_closed(c, id))
            diag_error(c->diags, in->pos, "'%.*s' is closed, and would be named as a basis for all",
                       (int)id.n, id.p);
        check_basis(c, in->children);
    }
}

static void walk_recommendation(Closed *c, const Recommendation *r)
{
    if (r->closed || !is_shown(&c->report->section[r->section], BLOCK_RECOMMENDATIONS))
        return;
    walk_inlines(c, r->lead);
    walk_inlines(c, r->text);
    walk_inlines(c, r->basis);
    check_basis(c, r->basis);
}

static void collect(Closed *c)
{
    const Report *r = c->report;
    for (size_t i = 0; i < r->sections; i++) {
        const Section *s = &r->section[i];
        c->figures_open[i] = is_shown(s, BLOCK_KEY_FIGURES);
        if (s->closed && s->id.n)
            map_put(&c->ids, s->id, 0);
        collect_ids(c, s->blocks, s->closed);
    }
}

static bool any_closed(const Block *b)
{
    for (; b; b = b->next)
        if (b->closed || any_closed(b->children))
            return true;
    return false;
}

bool report_has_closed(const Report *r)
{
    bool has = false;
    for (size_t i = 0; i < r->sections && !has; i++)
        has = r->section[i].closed || any_closed(r->section[i].blocks);
    for (size_t i = 0; i < r->notes && !has; i++)
        has = any_closed(r->note[i]->blocks);
    return has;
}

void closed_check(const Report *r, Diags *diags)
{
    Arena arena = {0};
    Closed c = {.report = r, .diags = diags};
    c.figures_open = arena_zalloc(&arena, r->sections * sizeof *c.figures_open);
    c.note_seen = arena_zalloc(&arena, (r->notes + 1) * sizeof *c.note_seen);
    c.note = arena_alloc(&arena, (r->notes + 1) * sizeof *c.note);
    collect(&c);
    for (size_t i = 0; i < r->sections; i++) {
        if (r->section[i].closed)
            continue;
        walk_inlines(&c, r->section[i].title);
        walk_blocks(&c, r->section[i].blocks);
    }
    for (size_t i = 0; i < r->recommendations; i++)
        walk_recommendation(&c, &r->recommendation[i]);
    for (size_t i = 0; i < c.notes; i++) /* they add to themselves */
        walk_blocks(&c, c.note[i]->blocks);
    map_drop(&c.ids);
    arena_drop(&arena);
}
