#include <math.h>

#include "page/plan.h"

/* Columns of the last page that end level: the least height into which all fits that stands there. */

enum {
    BALANCE_MORE = 3
}; /* lines that columns may be longer, where less would part things badly */

/* Where the last page begins. */
static uint32_t last_page(const Search *s)
{
    uint32_t node = s->room->nodes.at[s->end].from;
    while (node != s->root && node % s->states != 0)
        node = s->room->nodes.at[node].from;
    return node;
}

/* What it costs that all from there on stands in columns of this height; the best way to break them is found. */
static float cost_of_limit(Search *s, uint32_t page, float limit)
{
    bool here = page == s->root;
    PageStart start = {.unit = 0};
    if (!here)
        start = plan_start(s, page);
    uint32_t from = here ? 0 : (page / s->states + 1) * s->states;
    for (uint32_t i = from; i < s->root; i++)
        s->room->nodes.at[i] = plan_unreached;
    s->room->nodes.at[s->end] = plan_unreached;
    s->limit = limit;
    if (here)
        plan_from_root(s);
    else
        plan_from_node(s, start.unit, start.line, 0);
    plan_on(s, start.unit, here ? 0 : start.line + 1);
    s->limit = 0;
    float before = here ? 0 : s->room->nodes.at[page].cost;
    return s->room->nodes.at[s->end].cost - before;
}

/* Less than this no column of them can be: all that stands on the page, shared out. */
static float least_limit(const Search *s, uint32_t page)
{
    const Place *p = &s->c->place;
    bool here = page == s->root;
    PageStart start = {.unit = 0};
    if (!here)
        start = plan_start(s, page);
    float height = here && p->open ? p->y - p->band_top : 0, least = height;
    for (size_t i = start.unit; i < s->n; i++) {
        height += s->room->height.at[i];
        height -= i == start.unit && start.line
                      ? (float)start.line * (float)s->unit[i].style->leading
                      : 0;
    }
    uint32_t columns = s->columns - (here && p->open ? p->column : 0);
    return fmaxf(least, height / (float)columns);
}

/* The height of the columns of the last page, least first in quarters of a line: the lowest that anything fits
 * into or, where what stands in those is badly parted, one that is few lines higher. Negative when there is
 * none. */
static float best_limit(Search *s, uint32_t page, float room)
{
    float least = least_limit(s, page), best = -1, best_cost = PARTED;
    int more = BALANCE_MORE * 4;
    for (int quarters = 0; more > 0 && best_cost >= STRANDED; quarters++) {
        float limit = least + (float)quarters * s->line / 4;
        if (limit >= room + FULL)
            break;
        float cost = cost_of_limit(s, page, limit);
        more -= best_cost < PARTED;
        if (cost < best_cost - STRANDED) {
            best = limit;
            best_cost = cost;
        }
    }
    return best;
}

/* Which column a node begins. */
static unsigned column_of(const Search *s, uint32_t node)
{
    const Place *p = &s->c->place;
    uint32_t state = node % s->states;
    if (node == s->root)
        return p->open ? p->column : 0;
    return state < s->columns ? state : state - s->columns + 1;
}

/* Height of the footnotes of the column between two nodes. */
static float notes_between(const Search *s, uint32_t node, uint32_t to, bool here)
{
    PageStart from = {.unit = 0}, end = {.unit = s->n};
    float height = 0;
    if (node != s->root) {
        from = plan_start(s, node);
        height = s->room->nodes.at[node].carry;
    }
    if (to != s->end)
        end = plan_start(s, to);
    if (here && s->c->place.open)
        height += notes_all(s->c, column_of(s, node));
    for (size_t i = 0; i < s->room->notes.n; i++) {
        const NoteNeed *note = &s->room->notes.at[i];
        bool above = note->unit < from.unit || (note->unit == from.unit && note->line < from.line);
        bool below = note->unit > end.unit || (note->unit == end.unit && note->line >= end.line);
        height += above || below ? 0 : note->height;
    }
    return height;
}

/* The highest footnotes of a column of the page. */
static float notes_of_page(const Search *s, uint32_t page)
{
    float most = 0;
    for (uint32_t to = s->end; to != page; to = s->room->nodes.at[to].from)
        most = fmaxf(most, notes_between(s, s->room->nodes.at[to].from, to, page == s->root));
    return most > 0 ? most + s->rule : 0;
}

uint32_t plan_balance(Search *s)
{
    uint32_t page = last_page(s);
    bool here = page == s->root;
    float top = here ? s->c->place.band_top : s->top;
    float room = (here ? place_bottom(s->c) : s->bottom) - top;
    if (here && !s->c->place.open)
        room = place_bottom(s->c) - place_top(s->c);
    float limit = best_limit(s, page, room - s->need);
    if (limit < 0)
        limit = best_limit(s, page, room);
    if (limit >= 0) {
        cost_of_limit(s, page, limit);
        s->c->plan.left = fmaxf(0, room - limit - notes_of_page(s, page));
        return page;
    }
    plan_all(s);
    return NOWHERE;
}
