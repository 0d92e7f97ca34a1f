#include <string.h>

#include "page/internal.h"

/* A figure or a small table that has no room on its page begins the next one, and text from below may fill the gap that
 * it leaves; so may a box where tiles leave one. The structure keeps the report's order: a figure is read aloud where it
 * is mentioned. */

enum { MOST_MOVED = 3, MOST_TRIALS = 24 };

#define MOVED 20.0f      /* must be saved: as much as four lines missing at a page's foot */
#define MOST_TABLE 0.66f /* of a page: a higher table had better be broken */

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
    return end < n && units[end].follows ? i : end;
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

/* What stands on one page is drawn in the order in which it is read. */
bool floats_hold(Composer *c, Unit *units, size_t planned)
{
    bool fine = true;
    for (size_t i = 0; i < planned; i++)
        fine &= !units[i].floated || begins_a_page(&c->plan, i);
    if (!fine)
        memcpy(units, c->unmoved.at, planned * sizeof *units);
    return fine;
}

void floats_plan(Composer *c, Unit *units, size_t planned, size_t n)
{
    Floats f = {c, units, planned, n, MOST_TRIALS};
    if (c->l->columns > 1)
        return;
    c->unmoved.n = 0;
    array_reserve(&c->unmoved, planned);
    memcpy(c->unmoved.at, units, planned * sizeof *units);
    for (size_t i = 0; i < c->plan.starts.n && f.trials > 0; i++) {
        Movable block = block_at(c, units, planned, c->plan.starts.at[i]);
        if (block.end > block.at && fill_gap(&f, &block))
            i = i > 0 ? i - 1 : 0;
    }
    if (!floats_hold(c, units, planned))
        plan_pages(c, units, n, true);
}
