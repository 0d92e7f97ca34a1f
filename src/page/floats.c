#include <string.h>

#include "page/internal.h"

/* A figure or a small table that has no room on its page begins the next one, and text from below may fill the gap that
 * it leaves; so may a box where tiles leave one. The structure keeps the report's order: a figure is read aloud where it
 * is mentioned. */

enum { MOST_MOVED = 3, MOST_TRIALS = 24 };

#define MOVED 20.0f        /* must be saved: as much as four lines missing at a page's foot */
#define MOVED_COLUMNS 4.0f /* in columns: as much as two lines above the foot */
#define WORTH_MORE 100.0f  /* what pages cost that may be better for a figure that needn't move */
#define MOST_LEFT 5.0f     /* lines above the foot, below which no rows of a table stand */
#define MOST_TABLE 0.66f   /* of a page: a higher table had better be broken */

/* What may change places: units [at, end), or none. */
typedef struct {
    size_t at, end;
    Floating kind;
    bool noted; /* marks of footnotes stand in it */
} Movable;

static bool spec_has_marks(const Spec *spec)
{
    return spec && spec->marks;
}

static bool has_marks(const Unit *u)
{
    bool any = spec_has_marks(u->spec);
    for (size_t i = 0; i < u->cells && !any; i++)
        for (size_t k = 0; k < u->cell[i].texts && !any; k++)
            any = spec_has_marks(u->cell[i].text[k].spec);
    return any;
}

/* The caption of the table in which a unit stands, or that a heading announces; or n. */
static size_t caption_at(const Unit *units, size_t n, size_t i)
{
    if (units[i].kind == UNIT_ROW && units[i].table) {
        const TableHead *table = units[i].table;
        while (i > 0 && units[i].kind == UNIT_ROW && units[i].table == table)
            i--;
    }
    while (i + 1 < n && units[i].kind == UNIT_TEXT && units[i].keep_next && !units[i].floats)
        i++;
    return units[i].floats == FLOATING_TABLE ? i : n;
}

/* A whole table with its caption, and the notes that are bound to it. */
static Movable table_at(const Composer *c, const Unit *units, size_t n, size_t i)
{
    Movable block = {.at = caption_at(units, n, i), .kind = FLOATING_TABLE};
    float height = 0;
    if (block.at == n || (block.at > 0 && units[block.at - 1].leads_on))
        return (Movable){0};
    const TableHead *table = block.at + 1 < n ? units[block.at + 1].table : NULL;
    for (block.end = block.at + 1; block.end < n; block.end++) {
        const Unit *u = &units[block.end];
        if (!(u->table == table && u->kind == UNIT_ROW) && !u[-1].keep_next)
            break;
        height += measure_unit(u);
        block.noted |= has_marks(u);
    }
    const Unit *last = &units[block.end - 1];
    bool whole = table && !last->keep_next && !last->leads_on && block.end < n;
    return whole && height <= MOST_TABLE * measure_page(c) ? block : (Movable){0};
}

static Movable figure_at(const Unit *units, size_t n, size_t i)
{
    Movable block = {.at = i, .end = i, .kind = units[i].floats};
    bool announced = i > 0 && (units[i - 1].leads_on || units[i - 1].keep_next);
    if (announced || units[i].follows || !units[i].floats)
        return block;
    while (block.end + 1 < n && units[block.end + 1].floats &&
           (units[block.end].keep_next || units[block.end + 1].follows))
        block.noted |= has_marks(&units[block.end++]);
    const Unit *last = &units[block.end];
    block.noted |= has_marks(last);
    block.end = last->keep_next || last->leads_on ? i : block.end + 1;
    return block;
}

/* What a page begins with, or tears. */
static Movable block_at(const Composer *c, const Unit *units, size_t n, PageStart start)
{
    Movable block = {0};
    if (!start.line)
        block = figure_at(units, n, start.unit);
    return block.end > block.at ? block : table_at(c, units, n, start.unit);
}

static size_t end_of_box(const Unit *units, size_t n, size_t i)
{
    size_t depth = 0, end = i;
    for (; end < n; end++) {
        depth += units[end].kind == UNIT_OPEN;
        depth -= units[end].kind == UNIT_CLOSE;
        if (!depth)
            return end + 1;
    }
    return i;
}

/* The unit behind a paragraph, or a whole box, that may stand above what floats; i where none begins there. Neither may
 * announce what follows, or be what something behind it is about; and footnotes keep their order. */
static size_t end_of_filling(const Unit *units, size_t n, size_t i, const Movable *over)
{
    if (i >= n)
        return i;
    const Unit *u = &units[i];
    bool bound = u->keep_next || u->leads_on || u->follows || u->mark || u->items;
    bool begins = u->opens || u->begins_part || u->sets_running;
    bool box = u->kind == UNIT_OPEN && u->whole && over->kind == FLOATING_TILES;
    if (bound || begins || u->floats || !(u->kind == UNIT_TEXT || box))
        return i;
    size_t end = box ? end_of_box(units, n, i) : i + 1;
    for (size_t k = i; k < end && over->noted; k++)
        if (has_marks(&units[k]))
            return i;
    return end < n && units[end].follows && !units[end].of_all ? i : end;
}

static void reverse(Unit *units, size_t n)
{
    for (size_t i = 0, j = n; i + 1 < j; i++) {
        Unit u = units[i];
        units[i] = units[--j];
        units[j] = u;
    }
}

/* The first `above` of n units change places with the others. */
static void rotate(Unit *units, size_t above, size_t n)
{
    reverse(units, above);
    reverse(units + above, n - above);
    reverse(units, n);
}

static bool begins_a_page(const Plan *plan, size_t unit)
{
    for (size_t i = 0; i < plan->starts.n; i++)
        if (plan->starts.at[i].unit == unit && !plan->starts.at[i].line)
            return true;
    return false;
}

/* What is planned: the first `planned` of n units. */
typedef struct {
    Composer *c;
    Unit *units;
    size_t planned, n;
    int trials;
} Floats;

/* Moves as much of what stands below a block above it as is best, and plans the pages. Returns whether the plan is
 * another. */
static bool fill_gap(Floats *f, const Movable *block)
{
    const Plan *plan = &f->c->plan;
    size_t at = block->at, end = block->end;
    size_t n = end - at, faults = plan->faults.n, moved = 0, best = 0;
    float least = plan->cost - MOVED;
    for (int i = 0; i < MOST_MOVED; i++) {
        size_t next = end_of_filling(f->units, f->planned, end + moved, block);
        if (next == end + moved)
            break;
        rotate(f->units + at + moved, n, next - at - moved);
        moved = next - end;
        plan_pages_within(f->c, f->units, f->n, true, least);
        f->trials--;
        if (plan->cost < least && plan->faults.n <= faults && begins_a_page(plan, at + moved)) {
            best = moved;
            least = plan->cost;
        }
    }
    if (moved) {
        rotate(f->units + at + best, moved - best, moved - best + n);
        f->units[at + best].floated |= best > 0;
        plan_pages(f->c, f->units, f->n, true);
    }
    return best > 0;
}

/* Figures right below each other change places together where the first alone can't. Returns whether there are more. */
static bool take_figures_below(const Floats *f, Movable *block)
{
    size_t end = block->end;
    while (block->kind == FLOATING_FIGURE && block->end < f->planned) {
        Movable next = figure_at(f->units, f->planned, block->end);
        if (next.end <= next.at || next.kind != FLOATING_FIGURE)
            break;
        block->end = next.end;
        block->noted |= next.noted;
    }
    return block->end > end;
}

static bool fill_gap_above(Floats *f, Movable block)
{
    return fill_gap(f, &block) || (take_figures_below(f, &block) && fill_gap(f, &block));
}

/* A figure that has room where it is begins the next page all the same, where pages behind it are better for that. */
static void move_on(Floats *f)
{
    const Plan *plan = &f->c->plan;
    size_t n = plan->pages <= MOST_TRIED ? f->planned : 0;
    for (size_t i = 0; i < n && f->trials > 0 && plan->cost >= WORTH_MORE; i++) {
        Movable block = figure_at(f->units, f->planned, i);
        if (block.end > block.at && block.kind == FLOATING_FIGURE && !begins_a_page(plan, i))
            fill_gap_above(f, block);
    }
}

/* What stands on one page is drawn in the order in which it is read. */
static bool all_hold(Composer *c, Unit *units, size_t planned)
{
    bool fine = true;
    for (size_t i = 0; i < planned; i++)
        fine &= !units[i].floated || begins_a_page(&c->plan, i);
    if (!fine)
        memcpy(units, c->unmoved.at, planned * sizeof *units);
    return fine;
}

/* ---- in columns ------------------------------------------------------------------------------- */

/* What goes over all columns and follows those that are planned, if it may float. */
static Movable block_below(const Floats *f)
{
    size_t at = f->planned;
    Movable block = {0};
    if (!at || at >= f->n || !f->units[at].span)
        return block;
    block = figure_at(f->units, f->n, at);
    if (block.end <= at)
        block = table_at(f->c, f->units, f->n, at);
    return block.at == at ? block : (Movable){0};
}

/* The least that a block takes below the columns. */
static float least_height(const Composer *c, const Unit *units, const Movable *block)
{
    float height = 0;
    for (const Unit *u = units + block->at; u < units + block->end; u++)
        height += measure_unit(u) + measure_gap(u - 1, u) - measure_give(c, u - 1, u);
    return height;
}

/* Whether a unit is of the text that one above it began: of its list, or of a box about it. */
static bool goes_on(const Unit *u, size_t depth)
{
    return depth || u[-1].leads_on || u->follows || u->items;
}

/* Whether a unit may change its place with a block, as a part of what is moved. */
static bool is_movable(const Unit *u, size_t depth, const Movable *over)
{
    bool kind = u->kind == UNIT_TEXT || u->kind == UNIT_OPEN || u->kind == UNIT_CLOSE ||
                (u->kind == UNIT_ROW && !u->table && depth);
    bool heading = u->keep_next && !u->leads_on && !u->mark && !depth;
    bool begins = u->opens || u->begins_part || u->sets_running;
    return kind && !heading && !begins && !u->span && !u->floats && !(over->noted && has_marks(u));
}

/* The unit behind a paragraph, or a list or a box, with those that are about it, which may stand above what floats; i where
 * none begins there. */
static size_t end_of_chunk(const Unit *units, size_t n, size_t i, const Movable *over)
{
    size_t depth = 0, end = i;
    if (i >= n || units[i].follows || (units[i].items && (!units[i].mark || units[i].item)))
        return i;
    for (; end < n && (end == i || goes_on(&units[end], depth)); end++) {
        if (!is_movable(&units[end], depth, over))
            return i;
        depth += units[end].kind == UNIT_OPEN;
        depth -= units[end].kind == UNIT_CLOSE;
    }
    return end < n ? end : i;
}

/* What columns cost that end so far above the foot of their page. */
static float cost_of_left(const Composer *c)
{
    float lines = c->plan.left / (float)style_of(c, STYLE_body)->leading;
    return c->plan.cost + lines * lines;
}

/* The columns as they were before anything was moved. */
typedef struct {
    uint32_t pages;
    size_t faults;
    float cost;
} Before;

/* Plans again what now stands above the block. Returns whether it is on the same pages as before, at what cost. */
static bool plan_filled(Floats *f, const Before *before, float *cost)
{
    const Plan *plan = &f->c->plan;
    f->planned = plan_pages(f->c, f->units, f->n, true);
    f->trials--;
    *cost = cost_of_left(f->c);
    return plan->pages == before->pages && plan->faults.n <= before->faults;
}

/* Moves as many wholes above a block as leave the least white. Returns how many units that are. */
static size_t fill_with_wholes(Floats *f, const Movable *block, const Before *before)
{
    size_t at = block->at, end = block->end, n = end - at, moved = 0, best = 0;
    float least = before->cost - MOVED_COLUMNS, cost;
    for (bool same = true; same && f->trials > 0;) {
        size_t next = end_of_chunk(f->units, f->n, end + moved, block);
        if (next == end + moved)
            break;
        rotate(f->units + at + moved, n, next - at - moved);
        moved = next - end;
        same = plan_filled(f, before, &cost);
        if (same && cost < least) {
            best = moved;
            least = cost;
        }
    }
    rotate(f->units + at + best, moved - best, moved - best + n);
    return best;
}

/* Whether nothing is known by its line but the lines themselves. */
static bool may_be_torn(const Unit *u)
{
    const Spec *s = u->spec;
    bool plain = u->kind == UNIT_TEXT && !u->span && !u->items && !u->mark && !u->pulleds &&
                 !u->sides && !u->whole && !u->keep_next && !u->turn_signs;
    return plain && s && !s->marks && !s->references && !s->pulls &&
           measure_lines(u) >= ORPHANS + WIDOWS;
}

/* The lines [from, to) of a paragraph as one of their own. */
static Spec *part_of(Composer *c, const Spec *whole, uint32_t from, uint32_t to)
{
    GlyphPara para = *whole->para;
    Spec *part = arena_copy(batch_arena(c), whole, 1, sizeof *whole);
    para.line += from;
    para.lines = to - from;
    part->para = arena_copy(&c->d->arena, &para, 1, sizeof para);
    return part;
}

/* The paragraph behind the block is in two, its first lines above the block. */
static void tear(Floats *f, const Movable *block, const Unit *whole, uint32_t line)
{
    Unit *head = &f->units[block->at], *tail = &f->units[block->end + 1];
    *tail = *head = *whole;
    head->spec = part_of(f->c, whole->spec, 0, line);
    tail->spec = part_of(f->c, whole->spec, line, measure_lines(whole));
    head->leads_on = false;
    tail->destination = (Str){"", 0};
    tail->before = 0;
}

/* Makes room for that, … */
static void make_room(Floats *f, const Movable *block)
{
    Unit *at = f->units + block->at, *end = f->units + block->end;
    memmove(end + 1, end, (f->n - block->end) * sizeof *end);
    memmove(at + 1, at, (block->end - block->at) * sizeof *at);
    f->n++;
}

/* … and puts all back. */
static void mend(Floats *f, const Movable *block, const Unit *whole)
{
    Unit *at = f->units + block->at, *end = f->units + block->end;
    memmove(at, at + 1, (block->end - block->at) * sizeof *at);
    *end = *whole;
    f->n--;
    memmove(end + 1, end + 2, (f->n - block->end - 1) * sizeof *end);
}

/* Puts as many lines of the paragraph behind a block above it as there is room for; it takes a unit more. Returns whether
 * any have. */
static bool fill_with_lines(Floats *f, const Movable *block, const Unit *whole,
                            const Before *before)
{
    Composer *c = f->c;
    float white = c->plan.left / (float)whole->style->leading * (float)c->l->columns, cost;
    uint32_t most = measure_lines(whole) - WIDOWS;
    float least = cost_of_left(c) - MOVED_COLUMNS;
    uint32_t line = white < (float)most ? (uint32_t)white : most, best = 0;
    make_room(f, block);
    for (; line >= ORPHANS && !best && f->trials > 0; line--) {
        if (whole->spec->para->line[line - 1].flags & LINE_HYPHENATED)
            continue;
        tear(f, block, whole, line);
        if (plan_filled(f, before, &cost) && cost < least)
            best = line;
    }
    if (!best) {
        mend(f, block, whole);
        plan_filled(f, before, &cost);
    }
    return best > 0;
}

/* Whether it is a paragraph of running text whose first line may be indented. */
static bool may_be_indented(const Unit *u)
{
    return u->kind == UNIT_TEXT && u->spec && u->style->indent > 0 && !u->mark && !u->items &&
           !u->keep_next && !u->span;
}

/* Lays a paragraph out as one that stands below another, or below something else. */
static void set_indent(Composer *c, Unit *u, const Unit *above)
{
    bool flush = !may_be_indented(above) || above->style != u->style;
    if (!may_be_indented(u) || u->spec->flush == flush)
        return;
    u->spec = arena_copy(batch_arena(c), u->spec, 1, sizeof *u->spec);
    u->spec->flush = flush;
    spec_layout(c, c->request->worker, u->spec);
}

/* A table had better be torn than leave much of a page. */
static bool leaves_too_much(const Composer *c, const Movable *block)
{
    float line = (float)style_of(c, STYLE_body)->leading;
    return block->kind == FLOATING_TABLE && c->plan.left > MOST_LEFT * line;
}

/* Where what goes over all columns has no room below them, text from behind it fills them. Returns how many units then
 * stand in them. */
static size_t fill_columns(Floats *f)
{
    Movable block = block_below(f);
    const Plan *plan = &f->c->plan;
    if (block.end <= block.at || block.end >= f->n ||
        plan->left >= least_height(f->c, f->units, &block))
        return f->planned;
    Before before = {plan->pages, plan->faults.n, cost_of_left(f->c)};
    Unit *first = &f->units[block.end];
    Spec *behind = first->spec;
    float cost;
    set_indent(f->c, first, &f->units[block.at - 1]);
    size_t moved = fill_with_wholes(f, &block, &before);
    block.at += moved;
    block.end += moved;
    plan_filled(f, &before, &cost);
    Unit next = f->units[block.end];
    bool torn = may_be_torn(&next) && is_movable(&next, 0, &block) && !next.follows &&
                fill_with_lines(f, &block, &next, &before);
    if ((moved || torn) && leaves_too_much(f->c, &block)) {
        if (torn)
            mend(f, &block, &next);
        rotate(f->units + block.at - moved, moved, block.end - block.at + moved);
        moved = torn = 0;
        plan_filled(f, &before, &cost);
    }
    if (!moved && !torn)
        first->spec = behind;
    else if (!torn)
        set_indent(f->c, &f->units[block.end], &f->units[block.end - 1]);
    f->units[block.at + torn].floated = moved || torn;
    f->c->units.n += torn;
    return f->planned;
}

/* ---- the whole -------------------------------------------------------------------------------- */

size_t floats_plan(Composer *c, Unit *units, size_t planned, size_t n)
{
    Floats f = {c, units, planned, n, MOST_TRIALS};
    if (c->l->columns > 1)
        return c->place.in_columns ? fill_columns(&f) : planned;
    c->unmoved.n = 0;
    array_reserve(&c->unmoved, planned);
    memcpy(c->unmoved.at, units, planned * sizeof *units);
    for (size_t i = 0; i < c->plan.starts.n && f.trials > 0; i++) {
        Movable block = block_at(c, units, planned, c->plan.starts.at[i]);
        if (block.end > block.at && fill_gap_above(&f, block))
            i = i > 0 ? i - 1 : 0;
    }
    move_on(&f);
    if (!all_hold(c, units, planned))
        plan_pages(c, units, n, true);
    return planned;
}
