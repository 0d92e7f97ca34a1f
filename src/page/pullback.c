#include <math.h>

#include "page/internal.h"

/* What can't be helped while a part is planned, since it is planned in pieces (in columns, or with rows that are
 * broken themselves): the document is made again, with the part closer or, where that saves no page, with its
 * pages all as many lines shorter as its last one needs of them. */

enum { MOST_PAGES = 300 }; /* in longer documents nobody misses one */

#define NEEDED 0.25f  /* of the last page */
#define SHORTEST 0.3f /* of the page: more is not taken from the others */

/* Whether its last page has less than a share of it. */
static bool has_less(const PartPages *p, float share)
{
    return p->pages > 1 && p->used < share * p->page;
}

bool pullback_is_little(const PartPages *p)
{
    return has_less(p, NEARLY_EMPTY);
}

/* Each page gives as many whole lines as what is missing on the last one, shared out, or twice as many. */
static float lines_to_give(const Composer *c, const PartPages *p, float times)
{
    float line = (float)style_of(c, STYLE_body)->leading;
    float missing = NEEDED * p->page - p->before.used;
    float others = (float)(p->before.pages - 1);
    return fminf(ceilf(missing * times / others / line) * line,
                 floorf(SHORTEST * p->page / line) * line);
}

/* Whether the layout lets anything stand closer. */
static bool gives(const Composer *c)
{
    const LastPageStyle *by = &c->l->last_page;
    return by->little > 0 && fmax(by->leading, fmax(by->space, by->rows)) > 0;
}

static void set(PartPages *p, PullBack way, float closer, float shorter)
{
    p->way = way;
    p->closer = closer;
    p->shorter = shorter;
}

/* Whether the way that was tried helps, and harms nothing. */
static bool helps(const PartPages *p)
{
    if (p->faults > p->before.faults)
        return false;
    if (p->closer > 0)
        return p->pages < p->before.pages;
    return !pullback_is_little(p) && p->pages == p->before.pages;
}

/* The next way for a part, if there is one. */
static bool try_next(const Composer *c, PartPages *p)
{
    switch (p->way) {
    case PULL_NOT_TRIED:
        p->before = (PartBefore){p->pages, p->used, p->faults};
        if (!p->alone ||
            !(gives(c) ? has_less(p, (float)c->l->last_page.little) : pullback_is_little(p)))
            return false;
        if (gives(c))
            set(p, PULL_HALF, 0.5f, 0);
        else
            set(p, PULL_SHORTER, 0, lines_to_give(c, p, 1));
        return true;
    case PULL_HALF:
        set(p, PULL_CLOSER, 1, 0);
        return true;
    case PULL_CLOSER:
        if (p->before.used >= NEARLY_EMPTY * p->page)
            break;
        set(p, PULL_SHORTER, 0, lines_to_give(c, p, 1));
        return true;
    case PULL_SHORTER:
        set(p, PULL_SHORTEST, 0, lines_to_give(c, p, 2));
        return true;
    default:
        break;
    }
    set(p, PULL_DONE, 0, 0);
    return true;
}

bool pullback_try(Composer *c)
{
    bool any = false;
    if (document_page_count(c->d) > MOST_PAGES)
        return false;
    for (size_t i = 0; i < c->parts.n; i++) {
        PartPages *p = &c->parts.at[i];
        if (p->way == PULL_DONE)
            continue;
        if (p->way != PULL_NOT_TRIED && helps(p))
            p->way = PULL_DONE;
        else
            any |= try_next(c, p);
    }
    return any;
}

PartPages *pullback_part(Composer *c, size_t part)
{
    while (c->parts.n <= part)
        array_push(&c->parts, ((PartPages){.way = PULL_NOT_TRIED}));
    return &c->parts.at[part];
}

float pullback_shorter(const Composer *c)
{
    return c->part < c->parts.n ? c->parts.at[c->part].shorter : 0;
}

/* Of the units that are new in the flow. */
void pullback_set_units(Composer *c)
{
    for (size_t i = c->waited; i < c->units.n; i++) {
        Unit *u = &c->units.at[i];
        c->flow_part += unit_is_break(u);
        float closer = c->flow_part < c->parts.n ? c->parts.at[c->flow_part].closer : 0;
        if (closer > 0)
            closer_set_unit(c, u, closer);
    }
}
