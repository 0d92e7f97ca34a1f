#include <string.h>

#include "page/internal.h"

/* A part that would end with little on its last page, or whose pages have large holes, is set closer, as a compositor does
 * who has to save a page: the space between things, the padding of rows, the leading of text and the plots of charts give
 * a little, all by the same share and on all pages of the part, so that no page differs from the one that it faces: but
 * where a page has room for what things gave. */

enum {
    STEPS = 8,     /* from what things want to what they keep at least */
    HOLES_STEP = 2 /* so many at once, where holes are to be filled */
};

#define SAVED_PAGE 100.0f
#define HOLES 250.0f  /* pages that cost so much have holes */
#define FILLED 150.0f /* must be saved where no page is: as much as seven lines missing at a foot */
#define ROUNDING 0.5f /* of sums of heights */
#define A_STEP 10.0f  /* things had better stand as they want to */

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

static void scale_space(Unit *u, float by)
{
    if (u->kind != UNIT_DRAWING ||
        !u->follows) /* rows of tiles stay as far apart as tiles in them */
        u->before *= by;
    if (!u->opens) /* below titles all pages that open a part are alike */
        u->after *= by;
}

void closer_set_unit(Composer *c, Unit *u, float closer)
{
    const LastPageStyle *by = &c->l->last_page;
    float rows = kept(by->rows, closer);
    scale_space(u, kept(by->space, closer));
    if (u->kind == UNIT_ROW) {
        u->top *= rows;
        u->bottom *= rows;
        u->given = 1 - rows;
    }
    if (u->kind == UNIT_TEXT && !u->keep_next)
        u->style = style_closer(c, u->style, kept_of_leading(c, closer));
    if (u->charts)
        c->filler->set_closer(c, u, closer);
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

/* ---- trials ---------------------------------------------------------------------------------- */

/* A part that is tried closer, and its pages as things want to stand. */
typedef struct {
    Composer *c;
    Unit *units;
    size_t planned, n; /* the part, and all that is known */
    bool ends;
    float most; /* that pages may cost before things change places */
    float cost; /* without what pages cost as such, as all costs here */
    uint32_t pages;
    size_t faults;
    float closer; /* the best so far */
} Trials;

static void swap_plans(Composer *c)
{
    Plan plan = c->plan;
    c->plan = c->plan_best;
    c->plan_best = plan;
}

static void copy_units(Flow *to, const Unit *units, size_t n)
{
    to->n = 0;
    array_reserve(to, n);
    memcpy(to->at, units, n * sizeof *units);
}

/* The plan and its units are the best so far. */
static void keep_best(Trials *t)
{
    copy_units(&t->c->best, t->units, t->planned);
    swap_plans(t->c);
    t->closer = t->c->closer;
}

static void take_best(Trials *t)
{
    memcpy(t->units, t->c->best.at, t->planned * sizeof *t->units);
    swap_plans(t->c);
    t->c->closer = t->closer;
}

/* Plans the pages at a step, where things change places anew. Returns whether the plan can be taken. */
static bool plan_step(Trials *t, int step)
{
    Composer *c = t->c;
    float most = t->most + SAVED_PAGE * (float)(t->pages - 1);
    set_units(c, t->units, t->planned, step);
    c->page_price = SAVED_PAGE;
    plan_pages_within(c, t->units, t->n, t->ends, most);
    bool any = c->plan.cost <= most;
    if (any && t->ends)
        floats_plan(c, t->units, t->planned, t->n);
    c->page_price = 0;
    if (any)
        c->plan.cost -= SAVED_PAGE * (float)(c->plan.pages - 1);
    return any && c->plan.faults.n <= t->faults && c->plan.pages <= t->pages;
}

/* What the plan costs more than what is worth the pages that it saves. */
static float cost_of_plan(const Trials *t)
{
    const Plan *plan = &t->c->plan;
    return plan->cost - SAVED_PAGE * (float)(t->pages - plan->pages);
}

/* The least step that saves as many pages as the last one does. */
static bool save_pages(Trials *t)
{
    bool found = false;
    uint32_t most = t->pages - 1;
    for (int step = STEPS, change = STEPS / 2;; change /= 2) {
        bool saves = plan_step(t, step) && t->c->plan.pages <= most && cost_of_plan(t) <= t->cost;
        if (saves) {
            most = t->c->plan.pages;
            keep_best(t);
        }
        found |= saves;
        if (!found || !change)
            return found;
        step += saves ? -change : change;
    }
}

/* The step whose pages have the fewest holes, if they have clearly fewer or are fewer themselves. */
static void fill_holes(Trials *t)
{
    float least = t->cost;
    for (int step = HOLES_STEP; step <= STEPS; step += HOLES_STEP) {
        if (!plan_step(t, step))
            continue;
        float cost = cost_of_plan(t) + A_STEP * (float)step;
        cost += t->c->plan.pages < t->pages ? 0 : FILLED;
        if (cost < least) {
            least = cost;
            keep_best(t);
        }
    }
}

/* ---- what has room -------------------------------------------------------------------------- */

/* What gets back what it gave, … */
typedef enum {
    BACK_NOTHING,
    BACK_ROWS,
    BACK_CHARTS, /* … with those before it */
    BACK_SPACE
} Back;

/* The opposite of closer_set_unit, but for the leading of text: lines of pages that face each other are alike. */
static void set_apart(const Composer *c, Unit *u, Back back)
{
    if (u->kind == UNIT_ROW && back >= BACK_ROWS) {
        float rows = 1 - u->given;
        u->top /= rows;
        u->bottom /= rows;
        u->given = 0;
    }
    if (back >= BACK_CHARTS && u->charts)
        c->filler->set_apart(u);
    if (back >= BACK_SPACE)
        scale_space(u, 1 / kept(c->l->last_page.space, c->closer));
}

/* Pages of the plan that no table connects with others. */
typedef struct {
    size_t pages;
    size_t from, to; /* units */
    bool parted;     /* a row goes over from one to another */
} PageGroup;

static size_t page_start(const Plan *plan, size_t page, size_t n)
{
    return page == 0 ? 0 : page > plan->starts.n ? n : plan->starts.at[page - 1].unit;
}

static PageGroup group_from(const Plan *plan, const Unit *units, size_t n, size_t page)
{
    PageGroup g = {.from = page_start(plan, page, n)};
    do {
        g.pages++;
        g.to = page_start(plan, page + g.pages, n);
        g.parted |= g.to < n && units[g.to].kind == UNIT_ROW &&
                    plan->starts.at[page + g.pages - 1].line > 0;
    } while (g.to < n && unit_goes_on(&units[g.to]));
    return g;
}

/* What the head has given that is drawn again above a row. */
static float given_by_head(const Composer *c, const Unit *row, const Unit *units)
{
    const Unit *u = row;
    while (u > units && !u->group && unit_goes_on(u))
        u--;
    const Spec *group = u != row ? u->group : NULL;
    Unit apart = *row;
    apart.given = 0;
    return measure_head(c, &apart, group) - measure_head(c, row, group);
}

/* Whether a page has room for what things on it have given. Beside pull-outs nothing moves. */
static bool has_room(const Composer *c, const Unit *units, size_t n, size_t page, Back back)
{
    const Plan *plan = &c->plan;
    size_t start = page_start(plan, page, n);
    bool again = start < n && unit_goes_on(&units[start]);
    float given = again ? given_by_head(c, &units[start], units) : 0;
    const Unit *above = NULL;
    Unit above_apart, apart;
    for (size_t i = start; i < page_start(plan, page + 1, n); i++) {
        const Unit *u = &units[i];
        if (u->pulleds || u->sides)
            return false;
        if (unit_is_break(u))
            continue;
        apart = *u;
        set_apart(c, &apart, back);
        given += measure_unit(&apart) - measure_unit(u);
        if (above)
            given += measure_gap(&above_apart, &apart) - measure_gap(above, u);
        above = u;
        above_apart = apart;
    }
    return given + ROUNDING <= plan->white.at[page];
}

/* Whether all that stands on these pages is in the plan. */
static bool is_known(const Composer *c, const PageGroup *g, size_t page)
{
    const Plan *plan = &c->plan;
    bool begun = page == 0 && !c->place.fresh;
    return !begun && (plan->ends || page + g->pages < plan->white.n);
}

static bool have_room(const Composer *c, const Unit *units, size_t n, size_t page,
                      const PageGroup *g, Back back)
{
    for (size_t i = 0; i < g->pages; i++)
        if (!has_room(c, units, n, page + i, back))
            return false;
    return true;
}

/* Things stand as they want to on pages that have the room, though the part is set closer: what they gave there saves
 * nothing. All of a page and of the tables on it are alike. */
static void give_back(Composer *c, Unit *units, size_t n)
{
    const Plan *plan = &c->plan;
    if (c->closer <= 0 || c->l->columns > 1)
        return;
    PageGroup g = {.pages = 0};
    for (size_t page = 0; page < plan->white.n; page += g.pages) {
        g = group_from(plan, units, n, page);
        if (g.parted || !is_known(c, &g, page))
            continue;
        Back back = BACK_SPACE;
        while (back > BACK_NOTHING && !have_room(c, units, n, page, &g, back))
            back--;
        for (size_t i = g.from; i < g.to; i++)
            set_apart(c, &units[i], back);
    }
}

/* ---- parts ----------------------------------------------------------------------------------- */

/* Whether all of the part is known, and it can be set closer. */
static bool can_be_closer(const Composer *c)
{
    const Plan *plan = &c->plan;
    return c->l->last_page.little > 0 && c->closer <= 0 && c->place.fresh && plan->whole &&
           c->l->columns == 1 && plan->pages > 1;
}

static bool has_little(const Composer *c)
{
    return c->plan.ends && c->plan.last < (float)c->l->last_page.little * measure_page(c);
}

static bool has_holes(const Composer *c)
{
    return c->l->last_page.holes && c->plan.cost >= HOLES && c->plan.pages <= MOST_TRIED;
}

/* `cost` is that of the pages before things changed places, `units` as they are since. */
static void plan_closer(Composer *c, Unit *units, size_t planned, size_t n, bool ends, float cost)
{
    bool little = has_little(c), holes = has_holes(c);
    if (!little && !holes)
        return;
    Trials t = {.c = c,
                .units = units,
                .planned = planned,
                .n = n,
                .ends = ends,
                .most = cost + SAVED_PAGE,
                .cost = c->plan.cost,
                .pages = c->plan.pages,
                .faults = c->plan.faults.n};
    copy_units(&c->apart, ends ? c->unmoved.at : units, planned);
    keep_best(&t);
    if (!(little && save_pages(&t)) && holes)
        fill_holes(&t);
    take_best(&t);
}

size_t closer_plan(Composer *c, Unit *units, size_t n, bool ends)
{
    c->closer = pullback_part(c, c->part)->closer;
    size_t planned = plan_pages(c, units, n, ends);
    float cost = c->plan.cost;
    if (ends)
        planned = floats_plan(c, units, planned, n);
    if (c->place.fresh)
        c->place.part_whole = c->plan.ends && c->l->columns == 1;
    if (can_be_closer(c))
        plan_closer(c, units, planned, n, ends, cost);
    give_back(c, units, planned);
    faults_keep(c);
    return planned;
}
