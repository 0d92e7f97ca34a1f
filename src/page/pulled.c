#include <math.h>

#include "page/internal.h"

bool pull_out_is(const Composer *c, const Inline *in)
{
    return in->kind == INLINE_FIGURE && in->figure && in->pull_out && layout_side_width(c->l) > 0;
}

uint32_t pull_out_line(const Unit *u, size_t i)
{
    return notes_line(u->spec, u->pulled[i].run);
}

static void place_one(Composer *c, const PulledOut *p, float y)
{
    Place *place = &c->place;
    float x = place_left(c) + (float)(c->l->text_width + c->l->gutter);
    float least = fmaxf(place->beside, place->side_y);
    if (place->pulled.n) {
        const StandingPull *last = &array_last(&place->pulled);
        y = fmaxf(y, last->y + last->height + SIDE_GAP);
    }
    y = fmaxf(y, least);
    array_push(&place->pulled,
               ((StandingPull){(uint32_t)c->d->draws.n, p->drawings, y, p->height, p->pos}));
    for (size_t i = 0; i < p->drawings; i++) {
        Draw d = p->drawing[i];
        d.x += x;
        d.y += y;
        document_draw(c->d, d);
    }
    place->side_y = least + p->height + SIDE_GAP;
}

void pull_outs_place(Composer *c, const Unit *u, float y, uint32_t from, uint32_t to)
{
    for (size_t i = 0; i < u->pulleds; i++) {
        uint32_t line = pull_out_line(u, i);
        if (line >= from && line < to)
            place_one(c, &u->pulled[i], y + (float)(line - from) * (float)u->style->leading);
    }
}

void pull_outs_settle(Composer *c, float bottom)
{
    Place *place = &c->place;
    for (size_t i = place->pulled.n; i-- > 0;) {
        StandingPull *p = &place->pulled.at[i];
        float up = fmaxf(0, p->y + p->height - bottom);
        for (size_t k = 0; k < p->draws && up > 0; k++)
            c->d->draws.at[p->draw + k].y -= up;
        bottom = p->y - up - SIDE_GAP;
    }
    place->pulled.n = 0;
}
