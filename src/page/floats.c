#include <string.h>

#include "page/internal.h"

/* A figure that has no room on its page begins the next one, and text from below may fill the gap that it leaves.
 * The structure keeps the report's order, so that it is read aloud where it is mentioned. */

enum { MOST_TEXTS = 3, MOST_TRIALS = 24 };

#define MOVED 20.0f /* must be saved: as much as four lines missing at a page's foot */

/* The unit behind a figure's last, or i where none begins that may change places with text. */
static size_t end_of_figure(const Unit *units, size_t n, size_t i)
{
    size_t end = i;
    if (i > 0 && (units[i - 1].leads_on || units[i - 1].keep_next))
        return i;
    while (end < n && units[end].floats && units[end].keep_next)
        end++;
    return end < n && units[end].floats && !units[end].leads_on ? end + 1 : i;
}

/* A paragraph that neither announces what follows nor is what a box behind it is about. */
static bool may_move(const Unit *units, size_t n, size_t i)
{
    if (i >= n)
        return false;
    const Unit *u = &units[i];
    bool bound = u->keep_next || u->leads_on || u->follows || u->mark || u->items;
    bool begins = u->opens || u->begins_part || u->sets_running;
    return u->kind == UNIT_TEXT && !bound && !begins && !(i + 1 < n && units[i + 1].follows);
}

/* The unit at `from` changes places with the `figure` units above it. */
static void move_up(Unit *units, size_t from, size_t figure)
{
    Unit text = units[from];
    memmove(units + from - figure + 1, units + from - figure, figure * sizeof *units);
    units[from - figure] = text;
}

static void move_down(Unit *units, size_t at, size_t figure)
{
    Unit text = units[at];
    memmove(units + at, units + at + 1, figure * sizeof *units);
    units[at + figure] = text;
}

static bool begins_a_page(const Plan *plan, size_t unit)
{
    for (size_t i = 0; i < plan->starts.n; i++)
        if (plan->starts.at[i].unit == unit && !plan->starts.at[i].line)
            return true;
    return false;
}

/* Moves as many of the texts below the figure [at, end) above it as is best, and plans the pages. Returns whether
 * the plan is another. */
static bool move_texts(Composer *c, Unit *units, size_t planned, size_t n, size_t at, size_t end,
                       int *trials)
{
    const Plan *plan = &c->plan;
    size_t figure = end - at, faults = plan->faults.n, moved = 0, best = 0;
    float least = plan->cost - MOVED;
    while (moved < MOST_TEXTS && may_move(units, planned, end + moved)) {
        move_up(units, end + moved, figure);
        moved++;
        plan_pages(c, units, n, true);
        --*trials;
        if (plan->cost < least && plan->faults.n <= faults && begins_a_page(plan, at + moved)) {
            best = moved;
            least = plan->cost;
        }
    }
    bool tried = moved > 0;
    for (; moved > best; moved--)
        move_down(units, at + moved - 1, figure);
    if (tried)
        plan_pages(c, units, n, true);
    return best > 0;
}

size_t floats_plan(Composer *c, Unit *units, size_t n, bool ends)
{
    size_t planned = plan_pages(c, units, n, ends);
    int trials = MOST_TRIALS;
    for (size_t i = 0; ends && c->l->columns == 1 && i < c->plan.starts.n && trials > 0; i++) {
        size_t at = c->plan.starts.at[i].unit, end = at;
        if (!c->plan.starts.at[i].line)
            end = end_of_figure(units, planned, at);
        if (end > at && move_texts(c, units, planned, n, at, end, &trials))
            i = i > 0 ? i - 1 : 0;
    }
    return planned;
}
