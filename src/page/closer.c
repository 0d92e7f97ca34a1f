#include <string.h>

#include "page/internal.h"

/* A part that would end with little on its last page is set closer, as a compositor does who has to save a
 * page: the space between things, the padding of rows and the leading of text give a little, all by the
 * same share and on all pages of the part, so that no page differs from the one that it faces. */

enum { STEPS = 8 }; /* from what things want to what they keep at least */

#define SAVED_PAGE 100.0f /* so much more may the pages cost that are left */

/* What is kept at a step of what is to be kept at least. */
static float kept(double least, float closer)
{
    return least > 0 ? 1 - closer * (1 - (float)least) : 1;
}

/* On a grid all lines are as far apart as its own. */
static float kept_of_leading(const Composer *c, float closer)
{
    return c->l->column_grid ? 1 : kept(c->l->last_page.leading, closer);
}

void closer_set_unit(Composer *c, Unit *u, float closer)
{
    const LastPageStyle *by = &c->l->last_page;
    float space = kept(by->space, closer), rows = kept(by->rows, closer);
    u->before *= space;
    if (!u->opens) /* below titles all pages that open a part are alike */
        u->after *= space;
    if (u->kind == UNIT_ROW) {
        u->top *= rows;
        u->bottom *= rows;
    }
    if (u->kind == UNIT_TEXT && !u->keep_next)
        u->style = style_closer(c, u->style, kept_of_leading(c, closer));
}

/* The share of what things can give that they give at a step. */
static float closeness(int step)
{
    return (float)step / STEPS;
}

/* Sets all units of the part so much closer than they are in c->apart. */
static void set_units(Composer *c, Unit *units, size_t n, int step)
{
    memcpy(units, c->apart.at, n * sizeof *units);
    c->closer = closeness(step);
    for (size_t i = 0; i < n && step; i++)
        closer_set_unit(c, &units[i], c->closer);
}

/* Whether all of the part is known, little of it stands on its last page, and it can be set closer. */
static bool is_wanted(const Composer *c)
{
    const LastPageStyle *by = &c->l->last_page;
    const Plan *plan = &c->plan;
    return c->closer <= 0 && c->place.fresh && plan->ends && c->l->columns == 1 &&
           plan->pages > 1 && plan->last < (float)by->little * measure_page(c);
}

/* The least step at which the plan kept in c->plan_apart has a page more, or 0. */
static int find_step(Composer *c, Unit *units, size_t n, size_t known, bool ends)
{
    const Plan *apart = &c->plan_apart;
    float most = apart->cost + SAVED_PAGE;
    int found = 0;
    for (int step = STEPS, change = STEPS / 2;; change /= 2) {
        set_units(c, units, n, step);
        plan_pages_within(c, units, known, ends, most);
        bool saves = c->plan.cost <= most && c->plan.pages < apart->pages &&
                     c->plan.faults.n <= apart->faults.n;
        found = saves ? step : found;
        if (!found || !change)
            return found;
        step += saves ? -change : change;
    }
}

static void swap_plans(Composer *c)
{
    Plan plan = c->plan;
    c->plan = c->plan_apart;
    c->plan_apart = plan;
}

/* The plan is that of the units as they are, which holds where they can't be set closer. */
static void plan_closer(Composer *c, Unit *units, size_t planned, size_t n, bool ends)
{
    c->apart.n = 0;
    array_reserve(&c->apart, planned);
    memcpy(c->apart.at, units, planned * sizeof *units);
    swap_plans(c);
    int step = find_step(c, units, planned, n, ends);
    if (!step) {
        swap_plans(c);
        set_units(c, units, planned, 0);
    } else if (c->closer != closeness(step)) {
        set_units(c, units, planned, step);
        plan_pages(c, units, n, ends);
    }
}

size_t closer_plan(Composer *c, Unit *units, size_t n, bool ends)
{
    c->closer = pullback_part(c, c->part)->closer;
    size_t planned = plan_pages(c, units, n, ends);
    if (ends)
        planned = floats_plan(c, units, planned, n);
    if (c->place.fresh)
        c->place.part_whole = c->plan.ends && c->l->columns == 1;
    if (is_wanted(c)) {
        plan_closer(c, units, planned, n, ends);
        if (!floats_hold(c, units, planned)) {
            c->closer = 0;
            plan_pages(c, units, n, ends);
            plan_closer(c, units, planned, n, ends);
        }
    }
    faults_keep(c);
    return planned;
}
