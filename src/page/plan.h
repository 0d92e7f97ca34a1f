/* What the files that plan pages share: plan_units.c knows what is bound to what, plan.c searches the cheapest way to
 * break it all, plan_columns.c makes the last columns equally long, plan_keep.c keeps what was found. plan_pages.c calls
 * them in turn. */
#ifndef PAGE_PLAN_H
#define PAGE_PLAN_H

#include "page/internal.h"

#define STRANDED 200.0f /* what opens a list stands at the foot, and the list on the next page */
#define PARTED 1e6f     /* what should be kept together is parted */

typedef struct {
    float cost, tighten;
    float carry;   /* height of the footnotes that the page before had no room for */
    float white;   /* what that page has left at its foot */
    uint32_t from; /* node where the page began that ends here */
    bool parted;
} Reached;

/* A footnote whose mark stands in a line of a unit. */
typedef struct {
    uint32_t unit, line;
    float height, least;
    bool goes_on; /* where the one before it does, in whose text its mark stands */
} NoteNeed;

typedef struct PlanRoom {
    ARRAY(Reached) nodes;
    ARRAY(uint32_t) first; /* number of each unit's beginning; those of its lines follow */
    uint32_t bases;        /* of all such numbers; each has nodes for all states */
    ARRAY(float) height;
    ARRAY(const Spec *) group; /* of its table that goes on at a row */
    ARRAY(bool) small;         /* a row: its table takes less than half of a page, … */
    ARRAY(bool) tiny;          /* … and has few rows */
    ARRAY(bool) few;           /* a row: hardly any of its table is above it, or from it on */
    ARRAY(float) rest; /* a row: height of what is left of its table, with footnotes, at most … */
    ARRAY(float) about;    /* … about, with its notes side by side … */
    ARRAY(float) step;     /* … and down to where a page may end next; infinite if not known */
    ARRAY(uint8_t) keep;   /* how it is bound to what is around it */
    ARRAY(NoteNeed) notes; /* in the order of their marks */
    ARRAY(uint32_t) note;  /* first of those of each unit, and the end */
} PlanRoom;

enum {
    KEEP_WITH_LAST = 1,
    KEEP_WHOLE = 2,
    KEEP_IN_BOX = 4,
    KEEP_NEAR_LAST = 8,
    KEEP_NEAR_HEADING = 16,
    KEEP_JOINT = 32
};

/* A place that a page or column may begin at is a node for each state: the first to the last column of a
 * new page, then the second to the last of the page as it stands. In one column there is a single state. */
typedef struct {
    Composer *c;
    PlanRoom *room;
    const Unit *unit;
    size_t n;
    float top, bottom, page, line;
    float rule;         /* over footnotes, with its spaces */
    uint32_t root, end; /* nodes beside those of units: the page as it stands, and the end */
    uint32_t columns, states;
    float need;  /* height of what must stand on the page of the last unit, below it */
    float most;  /* that the whole may cost */
    float price; /* of each page that begins */
    float limit; /* of the columns of a page whose columns are to be equally long, from its top */
    bool ends;
    bool balances;  /* nothing follows in these columns */
    size_t section; /* where the last part begins, if below others and with room on a page; or n */
    float *last;    /* height of what stands on the last page, as it is reached at the least cost */
} Search;

#define NOWHERE UINT32_MAX

/* What should stand below the title of a part, where others stand above it; in each column. */
enum { LINES_BELOW_TITLE = 6 };

/* ---- plan_units.c --------------------------------------------------------------------------- */

/* Fills the room with what is known of each unit. */
void plan_know(Search *s);
/* Whether a page that ends before a row has one row of its group on one side. */
bool plan_is_alone_in_group(const Search *s, size_t i);

/* ---- plan.c --------------------------------------------------------------------------------- */

extern const Reached plan_unreached;

/* The ways that begin with the page as it stands, with a line of a unit in a state, and with all lines from one on. */
void plan_from_root(const Search *s);
void plan_from_node(const Search *s, size_t i, uint32_t line, uint32_t state);
void plan_on(const Search *s, size_t i, uint32_t line);
/* All of them, anew. */
void plan_all(const Search *s);
/* The place that a node stands for. */
PageStart plan_start(const Search *s, uint32_t node);

/* ---- plan_keep.c ---------------------------------------------------------------------------- */

/* Keeps the way to the end as the composer's plan. `balanced` is where the page begins whose columns are equally long,
 * or NOWHERE. */
void plan_keep(Composer *c, const Search *s, uint32_t balanced);

/* ---- plan_columns.c ------------------------------------------------------------------------- */

/* The columns of the last page are made equally long. Returns the node where that page begins, or NOWHERE
 * when there is no way: then they stay as they are. */
uint32_t plan_balance(Search *s);

#endif
