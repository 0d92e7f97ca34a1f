#include <float.h>
#include <math.h>

#include "base/mem.h"
#include "page/plan.h"

/* Where the plan must end: at a forced break, where columns begin or end, or behind a row that may be
 * broken itself. */
static void count_units(Search *s, size_t n)
{
    const Unit *units = s->unit;
    for (s->n = 0; s->n < n; s->n++) {
        const Unit *u = &units[s->n];
        if (unit_is_break(u)) {
            s->ends = !unit_lets_follow(u);
            s->balances = true;
            return;
        }
        if (u->span != units->span && s->c->l->columns > 1) {
            s->ends = false;
            s->balances = true;
            return;
        }
        if (measure_is_large(s->c, u)) {
            s->ends = s->balances = false;
            s->n++;
            return;
        }
    }
}

/* So much of a unit stands together, and may make one column longer than others. */
static float least_part(const Unit *u)
{
    bool text = u->kind == UNIT_TEXT && measure_lines(u) >= ORPHANS + WIDOWS;
    return text ? 0 : measure_unit(u);
}

#define TABLE_BELOW_TITLE 0.33f /* of a column */

/* Below a part that opens over all columns: lines of its text, or a third of a table that it begins with; all of it, where
 * it has less. */
static float lines_below_title(const Search *s, size_t n)
{
    const Unit *next = s->unit + s->n, *end = s->unit + n;
    bool opens = false;
    for (size_t i = 0; i < s->n && !opens; i++)
        opens = s->unit[i].opens;
    const Unit *first = next;
    while (first + 1 < end && first->kind == UNIT_TEXT && first->keep_next)
        first++;
    bool table = first < end && first->kind == UNIT_ROW && first->table;
    float least = table ? TABLE_BELOW_TITLE * s->page : LINES_BELOW_TITLE * s->line;
    float columns = (float)s->c->l->columns, height = 0, whole = 0, most = least * columns;
    const Unit *u = next;
    for (; opens && u < end && !u->span && !unit_is_break(u) && height < most; u++) {
        height += measure_unit(u) + (u > next ? measure_gap(u - 1, u) : 0);
        whole = fmaxf(whole, least_part(u));
    }
    return fminf(height + (columns - 1) * whole, most) / columns;
}

/* Below the last of these units, what follows must have room on the same page as far as it belongs to it. */
static float needed_below(const Search *s, size_t n)
{
    const Unit *last = s->unit + s->n - 1;
    float need = 0;
    if (!s->n || s->n == n || last->span == last[1].span)
        return 0;
    for (const Unit *u = last; (u->keep_next || u->leads_on) && u + 1 < s->unit + n; u++) {
        if (unit_is_break(&u[1]))
            break;
        bool broken = u[1].kind == UNIT_TEXT && !u[1].keep_next && !u[1].whole &&
                      measure_lines(&u[1]) >= ORPHANS + WIDOWS;
        need += measure_gap(u, u + 1);
        need += broken ? (float)ORPHANS * (float)u[1].style->leading : measure_unit(&u[1]);
    }
    return fminf(fmaxf(need, lines_below_title(s, n)), s->page / 2);
}

size_t plan_pages(Composer *c, const Unit *units, size_t n, bool ends)
{
    return plan_pages_within(c, units, n, ends, FLT_MAX);
}

size_t plan_pages_within(Composer *c, const Unit *units, size_t n, bool ends, float most)
{
    if (!c->plan.room)
        c->plan.room = mem_zalloc(sizeof *c->plan.room);
    Search s = {.c = c,
                .room = c->plan.room,
                .unit = units,
                .top = (float)c->l->top,
                .bottom = (float)c->l->top + measure_page(c),
                .page = measure_page(c),
                .line = (float)style_of(c, STYLE_body)->leading,
                .rule = notes_rule(c),
                .columns = c->place.in_columns ? (uint32_t)c->l->columns : 1,
                .ends = ends,
                .balances = ends,
                .most = most,
                .price = c->page_price,
                .last = &c->plan.last};
    s.states = 2 * s.columns - 1;
    count_units(&s, n);
    s.need = needed_below(&s, n);
    c->plan.left = 0;
    plan_know(&s);
    plan_all(&s);
    c->plan.cost = s.room->nodes.at[s.end].cost;
    if (c->plan.cost >= FLT_MAX)
        return s.n;
    plan_keep(c, &s, s.balances && s.columns > 1 && s.n ? plan_balance(&s) : NOWHERE);
    return s.n;
}

void plan_drop(Plan *plan)
{
    if (plan->room) {
        array_drop(&plan->room->nodes);
        array_drop(&plan->room->first);
        array_drop(&plan->room->height);
        array_drop(&plan->room->group);
        array_drop(&plan->room->small);
        array_drop(&plan->room->tiny);
        array_drop(&plan->room->few);
        array_drop(&plan->room->rest);
        array_drop(&plan->room->about);
        array_drop(&plan->room->step);
        array_drop(&plan->room->keep);
        array_drop(&plan->room->notes);
        array_drop(&plan->room->note);
    }
    mem_free(plan->room);
    array_drop(&plan->starts);
    array_drop(&plan->faults);
    array_drop(&plan->tighten);
    array_drop(&plan->white);
}
