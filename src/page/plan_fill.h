/* A page or column that the search fills: what stands on it (plan_fill.c), and what it costs so to end it
 * (plan_costs.c). */
#ifndef PAGE_PLAN_FILL_H
#define PAGE_PLAN_FILL_H

#include "page/plan.h"

/* How a page ends. */
typedef struct {
    float cost, tighten, carry;
    float white; /* left at the foot */
} Ending;

/* A page or column that is being filled. */
typedef struct {
    uint32_t node;
    uint32_t column;
    bool here; /* on the page as it stands */
    bool
        may_skip; /* it is lower than others: what has no room here may have some on the next page */
    float cost;   /* of what came before */
    float top, bottom; /* of the column */
    float others;      /* height of the footnotes of other columns, where this is all of them */
    float y, side_y, side_end, beside, after, give; /* as in Place */
    float opened;               /* where the title of a part ends that stands below others, or 0 */
    float notes;                /* height of its footnotes */
    float table_notes;          /* height of those of the table that it ends in */
    float spare, carried_spare; /* of the last, and of those carried here, so much may go on */
    bool empty, after_open, fresh, wide;
    bool reached;    /* some place where nothing is parted */
    uint32_t parted; /* the last place that could be reached otherwise, and at what cost */
    Ending parted_end;
} Filling;

/* ---- plan_fill.c ---------------------------------------------------------------------------- */

/* Height of its footnotes, with the rule over them. */
static inline float filling_notes(const Search *s, const Filling *f)
{
    return f->notes > 0 ? f->notes + s->rule : 0;
}

/* The height that the text may not use. */
static inline float filling_foot(const Search *s, const Filling *f)
{
    return fmaxf(filling_notes(s, f), f->others);
}

/* How much is missing at the foot of a page or column whose text ends at y. */
static inline float filling_missing(const Search *s, const Filling *f, float y)
{
    float missing = s->limit > 0 ? f->top + s->limit - y : f->bottom - y - filling_foot(s, f);
    return missing - f->table_notes;
}

/* How much of the page's give must be taken for its text to end at y; above 1 there is no room. */
float filling_tighten(const Search *s, const Filling *f, float y);
/* Where a unit's top is behind what the page holds. */
float filling_top(const Search *s, Filling *f, size_t i);
void filling_add_note(Filling *f, const NoteNeed *need);
/* The first of a unit's pull-outs that stands beside its lines from `line` on. */
size_t filling_skip_pull_outs(const Unit *u, uint32_t line);
/* Those from `next` on that stand beside lines above `line`, as high in the side column as they can. Returns the
 * one behind them. */
size_t filling_add_pull_outs(Filling *f, const Unit *u, size_t next, uint32_t line);
/* Whether the pull-outs of lines [from, to) have room in the side column. */
bool filling_has_room_beside(const Filling *f, const Unit *u, uint32_t from, uint32_t to);

/* ---- plan_costs.c --------------------------------------------------------------------------- */

/* What it costs that the page's text ends at y, with so much room below it, if it can (tighten is above 1 when it can't). */
Ending filling_cost_of_end(const Search *s, const Filling *f, float y, float room);
/* … that the page is short then, before a line of a unit: it costs no less. */
float filling_cost_of_foot(const Search *s, const Filling *f, size_t i, uint32_t line, float y);
/* … that the next page begins before a unit, behind another on this one; … */
float filling_cost_between(const Search *s, const Filling *f, size_t i);
/* … before a line of a unit of which lines from `from` on stand here, from y down; … */
float filling_cost_within(const Search *s, const Filling *f, size_t i, uint32_t from, uint32_t line,
                          float y);
/* … and before the line that would have begun here, where nothing stands. */
float filling_cost_of_nothing(const Search *s, const Filling *f, size_t i, uint32_t line);
/* … that little stands below the title of a part when the page ends at y before a unit; of what nothing stands on,
 * none. */
float filling_cost_of_opening(const Search *s, const Filling *f, const Unit *next, float y,
                              bool untouched);
/* … that the part's last page is used so far, with its footnotes, of which some go on or none. */
float filling_cost_of_last(const Search *s, const Filling *f, float used, bool carries);

#endif
