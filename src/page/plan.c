#include <float.h>
#include <math.h>

#include "page/plan_fill.h"

/* Where pages begin: the cheapest way through all places where one may, found as Knuth and Plass (1981)
 * find lines. From each place that a page can begin at, units are added until the page is full, and each
 * place that it could end at is reached at the cost of so ending it. */

static void reach(const Search *s, const Filling *f, uint32_t node, Ending end, bool parted)
{
    Reached *to = &s->room->nodes.at[node];
    if (f->cost + end.cost < to->cost)
        *to = (Reached){f->cost + end.cost, end.tighten, end.carry, end.white, f->node, parted};
}

/* The state of the column behind this one, or of the next page. */
static uint32_t next_state(const Search *s, const Filling *f, bool page)
{
    uint32_t next = f->column + 1;
    if (page || next >= s->columns)
        return 0;
    return f->here ? s->columns + next - 1 : next;
}

/* Whether nothing stands on the page yet of these columns, or over them. */
static bool is_untouched(const Search *s, const Filling *f, size_t i, uint32_t line)
{
    const Place *p = &s->c->place;
    return p->open && p->begins && f->node == s->root && !i && !line;
}

/* Columns that are to be equally long have no page behind them, and send no notes on. */
static bool is_possible(const Search *s, const Ending *end, uint32_t state)
{
    return end->tighten <= 1 && (s->limit <= 0 || (state > 0 && end->carry <= 0));
}

/* Whether what follows is already reached for less than that alone, so that nothing else of how the page ends need be
 * known. All that short pages lead to is reached by fuller ones, which come first. */
static bool is_beaten(const Search *s, const Filling *f, size_t i, uint32_t line, float y)
{
    uint32_t base = s->room->first.at[i] + line;
    if (!f->reached || s->states > 1)
        return false;
    float least = s->room->nodes.at[base].cost;
    return f->cost >= least || f->cost + filling_cost_of_foot(s, f, i, line, y) >= least;
}

/* The page or column ends at y, and the next begins with a line of a unit, at a cost. */
static void try_end(const Search *s, Filling *f, size_t i, uint32_t line, float y, float cost,
                    bool parted)
{
    uint32_t base = s->room->first.at[i] + line;
    bool untouched = is_untouched(s, f, i, line);
    bool skipped = f->node >= base * s->states && f->node - base * s->states < s->states;
    uint32_t state = next_state(s, f, skipped || untouched), node = base * s->states + state;
    Ending end = {.cost = 0};
    if (skipped) /* nothing is put there but notes */
        end.carry = fmaxf(0, filling_notes(s, f) - (f->bottom - f->top));
    else if (!untouched)
        end = filling_cost_of_end(
            s, f, y,
            unit_goes_on(&s->unit[i]) ? f->table_notes + measure_continues(s->c, f->notes > 0) : 0);
    if (!is_possible(s, &end, state))
        return;
    end.cost += filling_cost_of_opening(s, f, &s->unit[i], y, untouched);
    end.cost += filling_cost_of_foot(s, f, i, line, y) + cost + (state ? 0 : s->price);
    if (parted) {
        end.cost += PARTED;
        f->parted = node;
        f->parted_end = end;
    } else {
        reach(s, f, node, end, false);
        f->reached = true;
    }
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
    size_t pulled = filling_skip_pull_outs(u, from);
    for (uint32_t line = from + 1; line < lines; line++) {
        float end = y + (float)(line - from) * leading;
        for (; next < end_note && note[next].line < line; next++)
            filling_add_note(f, &note[next]);
        pulled = filling_add_pull_outs(f, u, pulled, line);
        if (end > f->bottom + f->give + FULL)
            return;
        if (is_beaten(s, f, i, line, end))
            continue;
        bool few = line - from < ORPHANS || lines - line < WIDOWS;
        try_end(s, f, i, line, end, filling_cost_within(s, f, i, from, line, y), whole || few);
    }
    for (; next < end_note; next++)
        filling_add_note(f, &note[next]);
    filling_add_pull_outs(f, u, pulled, lines);
}

/* Below its last row the notes of a table are there. */
static void add_table_notes(Filling *f, const Unit *u)
{
    TableNotes *notes = u->table->notes;
    table_notes_use(notes, u->note, true);
    float height = table_notes_height(notes, true);
    f->table_notes = u->last_row ? 0 : height;
    f->y += u->last_row ? height : 0;
}

/* The notes beside it, then the unit itself; what of it must be on this page. */
static void add_unit(const Search *s, Filling *f, size_t i, uint32_t from, float y)
{
    const Unit *u = &s->unit[i];
    float height = s->room->height.at[i];
    bool wide = measure_is_wide(s->c, u), below = !f->empty;
    if (f->wide && !wide)
        f->beside = y;
    f->wide = wide || u->opens;
    if (from > 0)
        height -= (float)from * (float)u->style->leading;
    else if (u->sides) {
        f->side_end = fmaxf(y, f->side_y) + measure_sides(u);
        f->side_y = f->side_end + SIDE_GAP;
    }
    if (u->kind == UNIT_OPEN)
        height = measure_open(s->c, u, f->empty);
    if (u->kind == UNIT_ROW && !u->whole)
        height = fminf(height, s->page * LARGE_ROW);
    if (u->kind == UNIT_TEXT)
        try_lines(s, f, i, from, y);
    for (size_t k = s->room->note.at[i]; u->kind != UNIT_TEXT && k < s->room->note.at[i + 1]; k++)
        filling_add_note(f, &s->room->notes.at[k]);
    f->y = y + height;
    if (u->opens && u->style == style_of(s->c, STYLE_h1))
        f->opened = below ? f->y : 0;
    if (u->kind == UNIT_ROW && u->table && u->table->notes)
        add_table_notes(f, u);
    f->empty &= u->kind == UNIT_OPEN;
    f->after = u->after;
    f->after_open = u->kind == UNIT_OPEN;
}

/* The last page of the part. What must stand below columns that end level is below all of them. */
static void try_last(const Search *s, Filling *f)
{
    Ending end = filling_cost_of_end(s, f, f->y, s->limit > 0 ? 0 : s->need);
    if (!is_possible(s, &end, 1))
        return;
    float used = f->y - f->top + filling_notes(s, f);
    end.cost += filling_cost_of_last(s, f, used, end.carry > 0);
    if (f->cost + end.cost < s->room->nodes.at[s->end].cost)
        *s->last = used;
    reach(s, f, s->end, end, false);
    f->reached = true;
}

/* Where nothing fits as it should, the page ends where it can. */
static void settle(const Search *s, Filling *f, size_t i, uint32_t line)
{
    if (f->reached)
        return;
    if (f->parted != NOWHERE) {
        reach(s, f, f->parted, f->parted_end, true);
    } else { /* not even one thing has room */
        bool more = s->unit[i].kind == UNIT_TEXT && line + 1 < measure_lines(&s->unit[i]);
        uint32_t next = more           ? s->room->first.at[i] + line + 1
                        : i + 1 < s->n ? s->room->first.at[i + 1]
                                       : s->room->bases;
        uint32_t node = next < s->room->bases ? next * s->states + next_state(s, f, false) : s->end;
        if (s->limit <= 0)
            reach(s, f, node, (Ending){.cost = PARTED}, true);
    }
}

/* Fills the page that begins with a line of a unit. */
static void fill(const Search *s, Filling *f, size_t first, uint32_t line)
{
    size_t i = first;
    const TableHead *table = NULL;
    for (; i < s->n; i++) {
        bool begins = i == first;
        uint32_t before = begins ? line : 0;
        const Unit *u = &s->unit[i];
        if (u->kind == UNIT_ROW && u->table && u->table != table) {
            table = u->table;
            table_notes_plan(table->notes, f->node == s->root);
        }
        bool tried = f->may_skip && begins ? f->empty : !f->empty && !(begins && f->fresh);
        if (tried && !is_beaten(s, f, i, before, f->y))
            try_end(s, f, i, before, f->y,
                    begins ? filling_cost_of_nothing(s, f, i, before)
                           : filling_cost_between(s, f, i),
                    !before && (s->room->keep.at[i] & KEEP_WITH_LAST) != 0);
        float y = begins && f->fresh ? f->y : filling_top(s, f, i);
        if (begins && f->fresh && unit_goes_on(&s->unit[i]))
            y += measure_head(s->c, &s->unit[i], s->room->group.at[i]);
        add_unit(s, f, i, begins ? line : 0, y);
        if (filling_tighten(s, f, f->y) > 1)
            break;
    }
    if (i == s->n)
        try_last(s, f);
    settle(s, f, first, line);
}

/* Of footnotes that the page before had no room for, so much may go on again. */
static float spare_of_carried(const Filling *f, float carried)
{
    return fmaxf(0, carried - (f->bottom - f->top) * MOST_CARRIED);
}

void plan_from_node(const Search *s, size_t i, uint32_t line, uint32_t state)
{
    uint32_t node = (s->room->first.at[i] + line) * s->states + state;
    const Place *p = &s->c->place;
    float carry = s->room->nodes.at[node].carry;
    bool here = state >= s->columns;
    uint32_t column = here ? state - s->columns + 1 : state;
    Filling f = {.node = node,
                 .column = column,
                 .here = here,
                 .cost = s->room->nodes.at[node].cost,
                 .notes = carry,
                 .top = here ? p->band_top : s->top,
                 .bottom = here ? place_column_bottom(s->c, column) : s->bottom,
                 .empty = true,
                 .fresh = true,
                 .parted = NOWHERE};
    if (here && !p->open)
        f.top = place_top(s->c);
    if (here && p->open) {
        f.notes += notes_all(s->c, f.column);
        f.may_skip = p->band_top > place_top(s->c) + FULL;
    }
    f.y = f.side_y = f.beside = f.top;
    f.carried_spare = spare_of_carried(&f, carry);
    if (f.cost < FLT_MAX && f.cost <= s->most) /* what comes is only added to it */
        fill(s, &f, i, line);
}

void plan_from_root(const Search *s)
{
    const Place *p = &s->c->place;
    Filling f = {.node = s->root,
                 .column = p->open ? p->column : 0,
                 .here = true,
                 .top = p->open && p->in_columns ? p->band_top : place_top(s->c),
                 .bottom = place_bottom(s->c),
                 .empty = true,
                 .fresh = !p->open,
                 .parted = NOWHERE};
    f.y = f.side_y = f.beside = f.top;
    if (p->open) {
        f.y = p->y;
        f.side_y = p->side_y;
        f.beside = p->beside;
        f.wide = p->wide;
        f.after = p->after;
        f.empty = p->empty;
        f.after_open = p->after_open || (p->in_columns && p->begins);
    }
    if (p->notes[f.column].n) {
        f.notes = notes_all(s->c, f.column);
        float carried = notes_carried(s->c, f.column);
        f.carried_spare = fmaxf(0, carried - place_most_carried(s->c));
        f.spare = f.notes + s->rule - f.carried_spare - notes_room(s->c);
    }
    for (unsigned i = 1; i < (unsigned)s->c->l->columns && !p->in_columns; i++)
        if (p->notes[i].n)
            f.others = fmaxf(f.others, notes_all(s->c, i) + s->rule);
    fill(s, &f, 0, 0);
}

const Reached plan_unreached = {FLT_MAX, 0, 0, 0, NOWHERE, false};

/* The page as it stands comes before the next, where a column of it may leave what it has no room for. */
static void fill_from_states(const Search *s, size_t i, uint32_t line)
{
    for (uint32_t state = s->columns; state < s->states; state++)
        plan_from_node(s, i, line, state);
    for (uint32_t state = 0; state < s->columns; state++)
        plan_from_node(s, i, line, state);
}

/* From a line of a unit to the end. */
void plan_on(const Search *s, size_t i, uint32_t line)
{
    for (; i < s->n; i++, line = 0) {
        uint32_t next = i + 1 < s->n ? s->room->first.at[i + 1] : s->room->bases;
        for (; s->room->first.at[i] + line < next; line++)
            fill_from_states(s, i, line);
    }
}

void plan_all(const Search *s)
{
    s->room->nodes.n = 0;
    array_reserve(&s->room->nodes, s->end + 1u);
    for (uint32_t i = 0; i <= s->end; i++)
        array_push(&s->room->nodes, plan_unreached);
    plan_from_root(s);
    plan_on(s, 0, 0);
}

PageStart plan_start(const Search *s, uint32_t node)
{
    uint32_t base = node / s->states;
    size_t low = 0, high = s->n;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (s->room->first.at[middle] <= base)
            low = middle;
        else
            high = middle;
    }
    return (PageStart){.unit = low,
                       .line = base - s->room->first.at[low],
                       .page = node % s->states == 0,
                       .parted = s->room->nodes.at[node].parted};
}
