#include <math.h>

#include "page/internal.h"

/* What is left over on a page goes between the parts that stand on it, up to what the layout lets each gap
 * have: once all stands where it will, the pages are made again with it. The plan doesn't know of it, since
 * it takes what no plan had use for. */

#define KEPT_BELOW 15.0f /* a table that goes on says so there */

void spread_page(Composer *c)
{
    const Place *p = &c->place;
    float free = place_bottom(c) - notes_room(c) - fmaxf(p->y, p->side_y) - KEPT_BELOW;
    Leftover left = {.gaps = p->gaps, .room = p->slack + fmaxf(0, free)};
    if (!c->spreading && c->l->spread > 0 && c->l->columns == 1)
        array_push(&c->leftover, left);
}

float spread_above(const Composer *c, const Unit *u)
{
    size_t page = document_page_count(c->d);
    if (!c->spreading || !u->begins_part || !page || page > c->leftover.n)
        return 0;
    const Leftover *left = &c->leftover.at[page - 1];
    return left->gaps ? fminf((float)c->l->spread, left->room / (float)left->gaps) : 0;
}
