#include <string.h>

#include "page/internal.h"

/* A figure that has no room on its page begins the next one, and text from below may fill the gap that it leaves; so
 * may a box where tiles leave one. The structure keeps the report's order: a figure is read aloud where it is
 * mentioned. */

enum { MOST_MOVED = 3, MOST_TRIALS = 24 };

#define MOVED 20.0f /* must be saved: as much as four lines missing at a page's foot */

/* The unit behind the last of what begins at i and may change places; i where nothing does. */
static size_t end_of_floating(const Unit *units, size_t n, size_t i)
{
    size_t end = i;
    bool announced = i > 0 && (units[i - 1].leads_on || units[i - 1].keep_next);
    if (announced || units[i].follows || !units[i].floats)
        return i;
    while (end + 1 < n && units[end + 1].floats && (units[end].keep_next || units[end + 1].follows))
        end++;
    return units[end].keep_next || units[end].leads_on ? i : end + 1;
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
 * announce what follows, or be what something behind it is about. */
static size_t end_of_filling(const Unit *units, size_t n, size_t i, Floating over)
{
    if (i >= n)
        return i;
    const Unit *u = &units[i];
    bool bound = u->keep_next || u->leads_on || u->follows || u->mark || u->items;
    bool begins = u->opens || u->begins_part || u->sets_running;
    bool box = u->kind == UNIT_OPEN && u->whole && over == FLOATING_TILES;
    if (bound || begins || !(u->kind == UNIT_TEXT || box))
        return i;
    size_t end = box ? end_of_box(units, n, i) : i + 1;
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

/* Moves as much of what stands below [at, end) above it as is best, and plans the pages. Returns whether the plan is
 * another. */
static bool fill_gap(Floats *f, size_t at, size_t end)
{
    const Plan *plan = &f->c->plan;
    size_t n = end - at, faults = plan->faults.n, moved = 0, best = 0;
    float least = plan->cost - MOVED;
    Floating over = f->units[at].floats;
    for (int i = 0; i < MOST_MOVED; i++) {
        size_t next = end_of_filling(f->units, f->planned, end + moved, over);
        if (next == end + moved)
            break;
        rotate(f->units + at + moved, n, next - at - moved);
        moved = next - end;
        plan_pages(f->c, f->units, f->n, true);
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
        PageStart start = c->plan.starts.at[i];
        size_t end = start.line ? start.unit : end_of_floating(units, planned, start.unit);
        if (end > start.unit && fill_gap(&f, start.unit, end))
            i = i > 0 ? i - 1 : 0;
    }
    if (!floats_hold(c, units, planned))
        plan_pages(c, units, n, true);
}
