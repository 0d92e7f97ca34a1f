#include <float.h>
#include <math.h>

#include "page/plan_fill.h"

float filling_tighten(const Search *s, const Filling *f, float y)
{
    float least = fmaxf(filling_notes(s, f) - f->spare - f->carried_spare, f->others);
    float over = fmaxf(y + least - f->bottom, f->side_end - f->bottom);
    if (s->limit > 0)
        over = fmaxf(y - f->top - s->limit, over);
    if (over <= FULL)
        return 0;
    bool gives = f->give > 0 && f->side_end <= f->bottom + FULL && s->limit <= 0;
    return gives ? over / f->give : FLT_MAX;
}

void filling_add_note(Filling *f, const NoteNeed *need)
{
    f->notes += need->height;
    f->spare = need->goes_on ? f->spare + need->height : need->height - need->least;
}

size_t filling_skip_pull_outs(const Unit *u, uint32_t line)
{
    size_t i = 0;
    while (i < u->pulleds && pull_out_line(u, i) < line)
        i++;
    return i;
}

size_t filling_add_pull_outs(Filling *f, const Unit *u, size_t next, uint32_t line)
{
    for (; next < u->pulleds && pull_out_line(u, next) < line; next++) {
        f->side_end = fmaxf(f->side_y, f->beside) + u->pulled[next].height;
        f->side_y = f->side_end + SIDE_GAP;
    }
    return next;
}

float filling_top(const Search *s, Filling *f, size_t i)
{
    const Unit *u = &s->unit[i];
    if (f->empty)
        return f->y;
    float gap = f->after_open || u->kind == UNIT_CLOSE ? 0 : fmaxf(f->after, u->before);
    if (i > 0 && gap > 0)
        f->give += measure_give(s->c, u - 1, u);
    /* What stands below notes in the side column comes no higher than they end. */
    float y = f->y + gap, held = measure_clear(s->c, u, 0, f->side_y);
    f->give = fmaxf(0, fminf(f->give, y - held));
    if (s->room->keep.at[i] & KEEP_IN_BOX)
        return fmaxf(y, held);
    return measure_level(s->c, u, f->top, fmaxf(y, held), gap);
}

bool filling_has_room_beside(const Filling *f, const Unit *u, uint32_t from, uint32_t to)
{
    float end = fmaxf(f->side_y, f->beside);
    bool fits = true;
    for (size_t i = 0; i < u->pulleds; i++) {
        uint32_t line = pull_out_line(u, i);
        if (line < from || line >= to)
            continue;
        fits &= end + u->pulled[i].height <= f->bottom + FULL;
        end += u->pulled[i].height + SIDE_GAP;
    }
    return fits;
}
