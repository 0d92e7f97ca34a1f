#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "page/internal.h"

/* Where pages begin: the cheapest way through all places where one may, found as Knuth and Plass (1981)
 * find lines. From each place that a page can begin at, units are added until the page is full, and each
 * place that it could end at is reached at the cost of so ending it. */

/* What a page costs. A line that is missing at its foot costs its square; all else is weighed against
 * that. */
#define SHORT_FREE 5.0f /* lines that may be missing before it shows */
#define SHORT_MORE 8.0f /* for the square of each line beyond those */
#define SHORT_MOST                                                                                 \
    15.0f /* pages shorter than this by so many lines are tried only for want of others */
#define SPLIT_TEXT 3.0f   /* a paragraph goes on over the page */
#define SPLIT_LIST 2.0f   /* a list */
#define SPLIT_TABLE 5.0f  /* a table, where no group of it begins */
#define SPLIT_SMALL 60.0f /* a table that takes less than half of a page */
#define SMALL_TABLE 0.5f
#define SPLIT_BOX 60.0f  /* a box: as much as seven lines missing */
#define STRANDED 200.0f  /* what opens a list stands at the foot, and the list on the next page */
#define TIGHT 30.0f      /* all the space that a page can give is taken */
#define LEAST_LINES 8.0f /* on the last page of a part */
#define LEAST_MISSING 40.0f /* for each line that is missing there */
#define SPLIT_NOTE 60.0f    /* a footnote goes on at the foot of the next page */
#define HYPHEN 2e3f /* a word goes on over the page: only if nothing but what follows helps */
#define PARTED 1e6f /* what should be kept together is parted */

typedef struct {
    float cost, tighten;
    float carry;   /* height of the footnotes that the page before had no room for */
    uint32_t from; /* node where the page began that ends here */
    bool parted;
} Reached;

/* A footnote whose mark stands in a line of a unit. */
typedef struct {
    uint32_t unit, line;
    float height, least;
} NoteNeed;

typedef struct PlanRoom {
    ARRAY(Reached) nodes;
    ARRAY(uint32_t) first; /* node of each unit's beginning; those of its lines follow */
    ARRAY(float) height;
    ARRAY(const Spec *) group; /* of its table that goes on at a row */
    ARRAY(bool) small;         /* a row: its table takes less than half of a page */
    ARRAY(uint8_t) keep;       /* how it is bound to what is around it */
    ARRAY(NoteNeed) notes;     /* in the order of their marks */
    ARRAY(uint32_t) note;      /* first of those of each unit, and the end */
} PlanRoom;

enum { KEEP_WITH_LAST = 1, KEEP_WHOLE = 2, KEEP_IN_BOX = 4, KEEP_NEAR_LAST = 8 };

typedef struct {
    const Composer *c;
    PlanRoom *room;
    const Unit *unit;
    size_t n;
    float top, bottom, page, line;
    float rule;         /* over footnotes, with its spaces */
    uint32_t root, end; /* nodes beside those of units: the page as it stands, and the end */
    bool ends;
} Search;

/* How a page ends. */
typedef struct {
    float cost, tighten, carry;
} Ending;

/* A page that is being filled. */
typedef struct {
    uint32_t node;
    float cost; /* of what came before */
    float y, side_y, side_end, after, give;
    float notes; /* height of its footnotes */
    float spare,
        carried_spare; /* of the last, and of those that were carried here, so much may go on */
    bool empty, after_open, fresh;
    bool reached;           /* some place at a fair cost */
    uint32_t legal, parted; /* the last places that could be reached otherwise, and at what cost */
    Ending legal_end, parted_end;
} Filling;

#define NOWHERE UINT32_MAX

/* ---- what is known of each unit ------------------------------------------------------------- */

/* Whether a box has so few lines that it is not broken. */
static bool is_whole_box(const Search *s, size_t i)
{
    uint32_t lines = 0, most = (uint32_t)s->c->l->box.whole_lines;
    unsigned depth = 0;
    for (bool whole = s->unit[i].whole; whole && i < s->n && lines <= most + 2; i++) {
        const Unit *u = &s->unit[i];
        depth += u->kind == UNIT_OPEN;
        lines += u->kind == UNIT_TEXT ? measure_lines(u) : 1;
        if (u->kind == UNIT_CLOSE && --depth == 0)
            return lines <= most + 2; /* opening and closing count as lines */
    }
    return false;
}

static void know_keeps(Search *s)
{
    size_t open = s->c->place.boxes.n, whole = 0;
    bool bound = s->c->place.open && (s->c->place.bound || s->c->place.after_open);
    for (size_t i = 0; i < s->n; i++) {
        const Unit *u = &s->unit[i];
        bool with_last = bound || whole || u->kind == UNIT_CLOSE;
        bool led = i > 0 ? s->unit[i - 1].leads_on : s->c->place.open && s->c->place.led;
        if (u->kind == UNIT_OPEN) {
            open++;
            whole += whole || is_whole_box(s, i);
        }
        uint8_t keep = (uint8_t)((with_last ? KEEP_WITH_LAST : 0) | (open ? KEEP_IN_BOX : 0) |
                                 (led ? KEEP_NEAR_LAST : 0) |
                                 (whole || u->whole || u->keep_next ? KEEP_WHOLE : 0));
        if (u->kind == UNIT_CLOSE && open) {
            open--;
            whole -= whole > 0;
        }
        array_push(&s->room->keep, keep);
        bound = u->keep_next || u->kind == UNIT_OPEN;
    }
}

static int by_line(const void *pa, const void *pb)
{
    const NoteNeed *a = pa, *b = pb;
    return a->line < b->line ? -1 : a->line > b->line;
}

/* Notes in the text of notes stand behind them. */
static void know_footnote(Search *s, uint32_t unit, uint32_t line, const Footnote *note);

static void know_marks(Search *s, uint32_t unit, const uint32_t *line, const Spec *spec)
{
    for (size_t i = 0; spec && i < spec->marks; i++) {
        const Footnote *note = s->c->notes.made[spec->mark[i].number];
        if (note)
            know_footnote(s, unit, line ? *line : notes_line(spec, spec->mark[i].run), note);
    }
}

static void know_notes_of(Search *s, uint32_t unit, const uint32_t *line, const Unit *u)
{
    static const uint32_t row = 0;
    know_marks(s, unit, line, u->spec);
    for (size_t i = 0; i < u->cells; i++)
        for (size_t k = 0; k < u->cell[i].texts; k++)
            know_marks(s, unit, line ? line : &row, u->cell[i].text[k].spec);
}

static void know_footnote(Search *s, uint32_t unit, uint32_t line, const Footnote *note)
{
    NoteNeed need = {unit, line, notes_height(note, 0, 0), notes_least(note)};
    array_push(&s->room->notes, need);
    for (size_t i = 0; i < note->units; i++)
        know_notes_of(s, unit, &line, &note->unit[i]);
}

static void know_notes(Search *s)
{
    PlanRoom *room = s->room;
    room->notes.n = room->note.n = 0;
    for (size_t i = 0; i < s->n; i++) {
        size_t first = room->notes.n;
        array_push(&room->note, (uint32_t)first);
        if (s->c->notes.met.n)
            know_notes_of(s, (uint32_t)i, NULL, &s->unit[i]);
        if (room->notes.n - first > 1)
            qsort(room->notes.at + first, room->notes.n - first, sizeof(NoteNeed), by_line);
    }
    array_push(&room->note, (uint32_t)room->notes.n);
}

/* Rows of one table follow each other; what of it was placed before counts as much as it can. */
static void know_tables(Search *s)
{
    PlanRoom *room = s->room;
    float most = s->page * SMALL_TABLE;
    room->small.n = 0;
    for (size_t i = 0, end; i < s->n; i = end) {
        const TableHead *table = s->unit[i].kind == UNIT_ROW ? s->unit[i].table : NULL;
        float height = 0;
        for (end = i; end < s->n && (end == i || (table && s->unit[end].kind == UNIT_ROW &&
                                                  s->unit[end].table == table));
             end++)
            height += room->height.at[end];
        bool whole = s->unit[i].first_row && s->unit[end - 1].last_row;
        for (size_t k = i; k < end; k++)
            array_push(&room->small, table && whole && height < most);
    }
}

static void know_units(Search *s)
{
    PlanRoom *room = s->room;
    const TableHead *table = NULL;
    const Spec *group = NULL;
    uint32_t node = 0;
    room->first.n = room->height.n = room->group.n = room->keep.n = 0;
    know_keeps(s);
    know_notes(s);
    for (size_t i = 0; i < s->n; i++) {
        const Unit *u = &s->unit[i];
        if (u->kind == UNIT_ROW && u->table != table) {
            table = u->table;
            group = table ? table->group : NULL;
        }
        array_push(&room->group, u->group ? NULL : group);
        group = u->group ? u->group : group;
        array_push(&room->first, node);
        array_push(&room->height, measure_unit(u));
        node += u->kind == UNIT_TEXT && measure_lines(u) > 1 ? measure_lines(u) : 1;
    }
    s->root = node;
    s->end = node + 1;
    know_tables(s);
}

/* ---- pages ---------------------------------------------------------------------------------- */

static void reach(const Search *s, const Filling *f, uint32_t node, Ending end, bool parted)
{
    Reached *to = &s->room->nodes.at[node];
    if (f->cost + end.cost < to->cost)
        *to = (Reached){f->cost + end.cost, end.tighten, end.carry, f->node, parted};
}

static float cost_of_short(const Search *s, float missing)
{
    float lines = missing > 0 ? missing / s->line : 0;
    float more = lines > SHORT_FREE ? lines - SHORT_FREE : 0;
    return lines * lines + SHORT_MORE * more * more;
}

/* With the rule over them. */
static float notes_of(const Search *s, const Filling *f)
{
    return f->notes > 0 ? f->notes + s->rule : 0;
}

/* How much of the page's give must be taken for its text to end at y; above 1 there is no room. */
static float tighten_to(const Search *s, const Filling *f, float y)
{
    float least = notes_of(s, f) - f->spare - f->carried_spare;
    float over = fmaxf(y + least - s->bottom, f->side_end - s->bottom);
    if (over <= FULL)
        return 0;
    return f->give > 0 && f->side_end <= s->bottom + FULL ? over / f->give : FLT_MAX;
}

/* What it costs that the page's text ends at y, if it can (tighten is above 1 when it can't). */
static Ending ending_at(const Search *s, const Filling *f, float y, float room)
{
    Ending end = {.tighten = tighten_to(s, f, y + room)};
    float over = y + room + notes_of(s, f) - s->bottom - end.tighten * f->give;
    end.cost = TIGHT * end.tighten * end.tighten;
    if (over > FULL && f->notes > 0) {
        /* Where it will be broken is not known to the line. */
        end.carry = fminf(over + 2 * s->line, f->notes);
        end.cost += SPLIT_NOTE;
    }
    return end;
}

static float cost_before(const Search *s, size_t i, uint32_t line)
{
    const Unit *u = &s->unit[i];
    float cost = s->room->keep.at[i] & KEEP_IN_BOX && u->kind != UNIT_OPEN ? SPLIT_BOX : 0;
    if (line == 0 && s->room->keep.at[i] & KEEP_NEAR_LAST)
        cost += STRANDED;
    if (line > 0) {
        bool hyphen = (u->spec->para->line[line - 1].flags & LINE_HYPHENATED) != 0;
        return cost + SPLIT_TEXT + (hyphen ? HYPHEN : 0);
    }
    if (unit_goes_on(u))
        return cost + (s->room->small.at[i] ? SPLIT_SMALL : u->group ? 0 : SPLIT_TABLE);
    return cost + (i > 0 && u->mark ? SPLIT_LIST : 0);
}

/* The page ends at y, and the next begins with a line of a unit. */
static void try_end(const Search *s, Filling *f, size_t i, uint32_t line, float y, bool parted)
{
    uint32_t node = s->room->first.at[i] + line;
    Ending end = ending_at(s, f, y, unit_goes_on(&s->unit[i]) ? CONTINUES_ROOM : 0);
    if (end.tighten > 1)
        return;
    float missing = s->bottom - y - notes_of(s, f);
    end.cost += cost_of_short(s, missing) + cost_before(s, i, line);
    if (parted) {
        end.cost += PARTED;
        f->parted = node;
        f->parted_end = end;
    } else if (missing > SHORT_MOST * s->line) {
        f->legal = node;
        f->legal_end = end;
    } else {
        reach(s, f, node, end, false);
        f->reached = true;
    }
}

static void add_note(Filling *f, const NoteNeed *need)
{
    f->notes += need->height;
    f->spare = need->height - need->least;
}

/* The page ends with a line of a paragraph. */
static void try_lines(const Search *s, Filling *f, size_t i, uint32_t from, float y)
{
    const Unit *u = &s->unit[i];
    uint32_t lines = measure_lines(u);
    bool whole = (s->room->keep.at[i] & KEEP_WHOLE) != 0;
    float leading = (float)u->style->leading;
    const NoteNeed *note = s->room->notes.at;
    size_t next = s->room->note.at[i], end_note = s->room->note.at[i + 1];
    while (next < end_note && note[next].line < from)
        next++;
    for (uint32_t line = from + 1; line < lines; line++) {
        float end = y + (float)(line - from) * leading;
        for (; next < end_note && note[next].line < line; next++)
            add_note(f, &note[next]);
        if (end > s->bottom + f->give + FULL)
            return;
        bool few = line - from < ORPHANS || lines - line < WIDOWS;
        try_end(s, f, i, line, end, whole || few);
    }
    for (; next < end_note; next++)
        add_note(f, &note[next]);
}

/* The notes beside it, then the unit itself; what of it must be on this page. */
static void add_unit(const Search *s, Filling *f, size_t i, uint32_t from, float y)
{
    const Unit *u = &s->unit[i];
    float height = s->room->height.at[i];
    if (from > 0)
        height -= (float)from * (float)u->style->leading;
    else if (u->sides) {
        f->side_end = fmaxf(y, f->side_y) + measure_sides(u);
        f->side_y = f->side_end + SIDE_GAP;
    }
    if (u->kind == UNIT_ROW && !u->whole)
        height = fminf(height, s->page * LARGE_ROW);
    if (u->kind == UNIT_TEXT)
        try_lines(s, f, i, from, y);
    for (size_t k = s->room->note.at[i]; u->kind != UNIT_TEXT && k < s->room->note.at[i + 1]; k++)
        add_note(f, &s->room->notes.at[k]);
    float bottom = s->bottom - notes_of(s, f) + f->spare + f->carried_spare;
    f->y = u->kind == UNIT_CLOSE ? fminf(y + height, fmaxf(y, bottom)) : y + height;
    f->empty &= u->kind == UNIT_OPEN;
    f->after = u->after;
    f->after_open = u->kind == UNIT_OPEN;
}

/* Where a unit's top is behind what the page holds. */
static float top_of(const Search *s, Filling *f, size_t i)
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
    return fmaxf(y, held);
}

/* The last page of the part. */
static void try_last(const Search *s, Filling *f)
{
    Ending end = ending_at(s, f, f->y, 0);
    if (end.tighten > 1)
        return;
    float missing = LEAST_LINES - (f->y - s->top) / s->line;
    if (s->ends && end.carry > 0)
        end.cost += LEAST_MISSING * LEAST_LINES; /* a page of footnotes alone */
    else if (s->ends && f->fresh && missing > 0)
        end.cost += LEAST_MISSING * missing;
    reach(s, f, s->end, end, false);
    f->reached = true;
}

/* Where nothing fits as it should, the page ends where it can. */
static void settle(const Search *s, Filling *f, size_t i, uint32_t line)
{
    if (f->reached)
        return;
    if (f->legal != NOWHERE) {
        reach(s, f, f->legal, f->legal_end, false);
    } else if (f->parted != NOWHERE) {
        reach(s, f, f->parted, f->parted_end, true);
    } else { /* not even one thing has room */
        bool more = s->unit[i].kind == UNIT_TEXT && line + 1 < measure_lines(&s->unit[i]);
        uint32_t next = more           ? s->room->first.at[i] + line + 1
                        : i + 1 < s->n ? s->room->first.at[i + 1]
                                       : s->end;
        reach(s, f, next, (Ending){.cost = PARTED}, true);
    }
}

/* Fills the page that begins with a line of a unit. */
static void fill(const Search *s, Filling *f, size_t first, uint32_t line)
{
    size_t i = first;
    for (; i < s->n; i++) {
        bool begins = i == first;
        if (!f->empty && !(begins && f->fresh))
            try_end(s, f, i, 0, f->y, (s->room->keep.at[i] & KEEP_WITH_LAST) != 0);
        float y = begins && f->fresh ? f->y : top_of(s, f, i);
        if (begins && f->fresh && unit_goes_on(&s->unit[i]))
            y += measure_head(s->c, s->unit[i].table, s->room->group.at[i]);
        add_unit(s, f, i, begins ? line : 0, y);
        if (tighten_to(s, f, f->y) > 1)
            break;
    }
    if (i == s->n)
        try_last(s, f);
    settle(s, f, first, line);
}

/* Of footnotes that the page before had no room for, so much may go on again. */
static float spare_of_carried(const Search *s, float carried)
{
    return fmaxf(0, carried - s->page * MOST_CARRIED);
}

static void fill_from_node(const Search *s, size_t i, uint32_t line)
{
    uint32_t node = s->room->first.at[i] + line;
    float carry = s->room->nodes.at[node].carry;
    Filling f = {.node = node,
                 .cost = s->room->nodes.at[node].cost,
                 .notes = carry,
                 .carried_spare = spare_of_carried(s, carry),
                 .y = s->top,
                 .side_y = s->top,
                 .empty = true,
                 .fresh = true,
                 .legal = NOWHERE,
                 .parted = NOWHERE};
    if (f.cost < FLT_MAX)
        fill(s, &f, i, line);
}

static void fill_from_root(const Search *s)
{
    const Place *p = &s->c->place;
    Filling f = {.node = s->root,
                 .y = s->top,
                 .side_y = s->top,
                 .empty = true,
                 .fresh = !p->open,
                 .legal = NOWHERE,
                 .parted = NOWHERE};
    if (p->open) {
        f.y = p->y;
        f.side_y = p->side_y;
        f.after = p->after;
        f.empty = p->empty;
        f.after_open = p->after_open;
    }
    if (p->notes.n) {
        f.notes = notes_all(s->c);
        f.carried_spare = spare_of_carried(s, notes_carried(s->c));
        f.spare = f.notes + s->rule - f.carried_spare - notes_room(s->c);
    }
    fill(s, &f, 0, 0);
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void find_all(const Search *s)
{
    s->room->nodes.n = 0;
    array_reserve(&s->room->nodes, s->end + 1u);
    for (uint32_t i = 0; i <= s->end; i++)
        array_push(&s->room->nodes, ((Reached){FLT_MAX, 0, 0, NOWHERE, false}));
    fill_from_root(s);
    for (size_t i = 0; i < s->n; i++) {
        uint32_t next = i + 1 < s->n ? s->room->first.at[i + 1] : s->root;
        for (uint32_t line = 0; s->room->first.at[i] + line < next; line++)
            fill_from_node(s, i, line);
    }
}

static PageStart start_of(const Search *s, uint32_t node)
{
    size_t low = 0, high = s->n;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (s->room->first.at[middle] <= node)
            low = middle;
        else
            high = middle;
    }
    return (PageStart){low, node - s->room->first.at[low]};
}

/* What is parted, or the nearest thing above it that has a place in the report. */
static void warn(Composer *c, const Search *s, size_t i)
{
    for (size_t k = i + 1; k-- > 0;) {
        const Spec *spec = s->unit[k].spec;
        if (!spec || !spec->runs || !spec->pos[0].line)
            continue;
        diag_warning(c->diags, spec->pos[0],
                     "what belongs together here has no room on one page, and is parted");
        return;
    }
}

static void keep_path(Composer *c, const Search *s)
{
    Plan *plan = &c->plan;
    plan->starts.n = plan->tighten.n = plan->next = 0;
    for (uint32_t node = s->end; node != s->root; node = s->room->nodes.at[node].from) {
        const Reached *n = &s->room->nodes.at[node];
        array_push(&plan->tighten, n->tighten);
        if (node != s->end)
            array_push(&plan->starts, start_of(s, node));
        if (n->parted)
            warn(c, s, node == s->end ? s->n - 1 : start_of(s, node).unit);
    }
    for (size_t i = 0, j = plan->starts.n; i + 1 < j; i++) {
        PageStart start = plan->starts.at[i];
        plan->starts.at[i] = plan->starts.at[--j];
        plan->starts.at[j] = start;
    }
    for (size_t i = 0, j = plan->tighten.n; i + 1 < j; i++) {
        float tighten = plan->tighten.at[i];
        plan->tighten.at[i] = plan->tighten.at[--j];
        plan->tighten.at[j] = tighten;
    }
}

/* Where the plan must end: at a forced break, or behind a row that may be broken itself. */
static size_t count_units(const Composer *c, const Unit *units, size_t n, bool *ends)
{
    for (size_t i = 0; i < n; i++) {
        if (unit_is_break(&units[i])) {
            *ends = units[i].kind != UNIT_PART_BREAK;
            return i;
        }
        if (measure_is_large(c, &units[i])) {
            *ends = false;
            return i + 1;
        }
    }
    return n;
}

size_t plan_pages(Composer *c, const Unit *units, size_t n, bool ends)
{
    if (!c->plan.room)
        c->plan.room = mem_zalloc(sizeof *c->plan.room);
    Search s = {.c = c,
                .room = c->plan.room,
                .unit = units,
                .top = (float)c->l->top,
                .bottom = place_bottom(c),
                .page = measure_page(c),
                .line = (float)style_of(c, STYLE_body)->leading,
                .rule = notes_rule(c)};
    s.n = count_units(c, units, n, &ends);
    s.ends = ends;
    know_units(&s);
    find_all(&s);
    keep_path(c, &s);
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
        array_drop(&plan->room->keep);
        array_drop(&plan->room->notes);
        array_drop(&plan->room->note);
    }
    mem_free(plan->room);
    array_drop(&plan->starts);
    array_drop(&plan->tighten);
}
