#include <math.h>
#include <stdlib.h>

#include "page/plan.h"

/* What is known of each unit before pages are planned: its height, its footnotes, and what it is bound to. */

#define SMALL_TABLE 0.5f /* of a page: a table that is lower had better not be broken */

/* Where a box ends that has so few lines that it is not broken, with the boxes that are joined to it while all
 * of them are so few; or i. */
static size_t end_of_whole_box(const Search *s, size_t i)
{
    uint32_t lines = 0, most = (uint32_t)s->c->l->box.whole_lines;
    unsigned depth = 0;
    size_t end = i;
    for (bool whole = s->unit[i].whole; whole && i < s->n && lines <= most; i++) {
        const Unit *u = &s->unit[i];
        depth += u->kind == UNIT_OPEN;
        depth -= u->kind == UNIT_CLOSE;
        bool outside = depth == 0 || (depth == 1 && u->kind == UNIT_OPEN);
        lines += u->kind == UNIT_TEXT ? measure_lines(u) : !outside;
        if (depth == 0 && lines <= most)
            end = i + 1;
        if (depth == 0 && (i + 1 == s->n || !unit_is_joined(u + 1)))
            break;
    }
    return end;
}

/* Whether so many lines, and those above a unit that are bound to it, don't look stranded though a figure behind them does
 * not follow: the head of a visit with its facts. How close they stand is no matter, or a part that is set closer would
 * cost more. */
static bool is_much(const Search *s, size_t i, uint32_t lines)
{
    enum { MUCH = 7 };
    for (const Unit *u = &s->unit[i]; u->keep_next; u--) {
        lines += u->kind == UNIT_TEXT ? measure_lines(u) : 0;
        if (u == s->unit)
            break;
    }
    return lines >= MUCH;
}

/* Whether it begins what a heading and few lines below it announce: a table, a figure, another heading. With
 * what they say on the next page these look as stranded as a heading. */
static bool is_announced(const Search *s, size_t i)
{
    const Unit *u = &s->unit[i];
    if (i < 2 || (u->kind == UNIT_TEXT && !u->keep_next))
        return false;
    const Unit *lead = u - 1, *heading = u - 2;
    return heading->kind == UNIT_TEXT && heading->keep_next && lead->kind == UNIT_TEXT &&
           !lead->mark && measure_lines(lead) < ORPHANS + WIDOWS &&
           !(u->floats && is_much(s, i - 2, measure_lines(lead)));
}

/* Code of few lines is read as a whole. */
static bool is_short_code(const Unit *u)
{
    enum { CODE_WHOLE = 10 };
    return u->kind == UNIT_TEXT && u->turn_signs && measure_lines(u) <= CODE_WHOLE;
}

static void know_keeps(Search *s)
{
    size_t open = s->c->place.boxes.n, whole_to = 0;
    bool bound = s->c->place.open && (s->c->place.bound || s->c->place.after_open);
    for (size_t i = 0; i < s->n; i++) {
        const Unit *u = &s->unit[i];
        bool whole = i < whole_to, joint = whole && unit_is_joined(u);
        bool with_last = bound || (whole && !joint) || u->kind == UNIT_CLOSE;
        bool led = i > 0 ? s->unit[i - 1].leads_on : s->c->place.open && s->c->place.led;
        bool announced = is_announced(s, i);
        if (u->kind == UNIT_OPEN) {
            open++;
            whole_to = whole ? whole_to : end_of_whole_box(s, i);
            whole |= i < whole_to;
        }
        uint8_t keep =
            (uint8_t)((with_last ? KEEP_WITH_LAST : 0) | (open ? KEEP_IN_BOX : 0) |
                      (joint ? KEEP_JOINT : 0) | (led || announced ? KEEP_NEAR_LAST : 0) |
                      (announced ? KEEP_NEAR_HEADING : 0) |
                      (whole || u->whole || (u->keep_next && !u->leads_on) || is_short_code(u)
                           ? KEEP_WHOLE
                           : 0));
        open -= u->kind == UNIT_CLOSE && open;
        array_push(&s->room->keep, keep);
        bound = u->keep_next || u->kind == UNIT_OPEN;
    }
}

static int by_line(const void *pa, const void *pb)
{
    const NoteNeed *a = pa, *b = pb;
    return a->line < b->line ? -1 : a->line > b->line;
}

/* What of a unit stands on the page of what it is bound to. */
static float bound_part(const Unit *u)
{
    bool goes_on = u->kind == UNIT_TEXT && !u->keep_next && !u->whole;
    float lines = (float)ORPHANS * (float)(u->style ? u->style->leading : 0);
    return goes_on ? fminf(lines, measure_unit(u)) : measure_unit(u);
}

/* Whether a page has room for a unit, what it is bound to, and its notes from one on: all of them but the last, and what
 * of that must stand there. */
static bool has_room(const Search *s, size_t i, size_t note)
{
    const Unit *unit = s->unit;
    float height = bound_part(&unit[i]) + s->rule;
    for (size_t k = i; k > 0 && unit[k - 1].keep_next; k--)
        height += measure_gap(&unit[k - 1], &unit[k]) + bound_part(&unit[k - 1]);
    for (size_t k = i; k + 1 < s->n && unit[k].keep_next; k++)
        height += measure_gap(&unit[k], &unit[k + 1]) + bound_part(&unit[k + 1]);
    for (; note + 1 < s->room->notes.n; note++)
        height += s->room->notes.at[note].height;
    return height + array_last(&s->room->notes).least <= s->page + FULL;
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
    NoteNeed need = {unit, line, notes_height(note, 0, 0), notes_least(note), false};
    size_t first = s->room->notes.n;
    array_push(&s->room->notes, need);
    for (size_t i = 0; i < note->units; i++)
        know_notes_of(s, unit, &line, &note->unit[i]);
    if (first + 1 < s->room->notes.n && !has_room(s, unit, first))
        for (size_t i = first + 1; i < s->room->notes.n; i++)
            s->room->notes.at[i].goes_on = true;
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

/* Rows of a table that should stand on a page at least; the last one often sums those above it. */
enum { ROWS_ABOVE = 2, ROWS_BELOW = 3 };

enum { TINY_TABLE = 7 }; /* rows, with head and total */

/* Without the notes of its table. */
static float height_with_footnotes(const Search *s, size_t i)
{
    const PlanRoom *room = s->room;
    float height = room->height.at[i];
    for (size_t k = room->note.at[i]; k < room->note.at[i + 1]; k++)
        height += room->notes.at[k].height;
    return height;
}

/* What stands on the page of the unit above unit i in any case. */
static float height_bound_below(const Search *s, size_t i)
{
    float height = 0;
    for (; i < s->n && s->unit[i - 1].keep_next; i++)
        height += measure_gap(s->unit + i - 1, s->unit + i) + s->room->height.at[i];
    return height;
}

bool plan_is_alone_in_group(const Search *s, size_t i)
{
    const Unit *u = &s->unit[i];
    bool above = i > 1 && u[-2].kind == UNIT_ROW && u[-2].group && !u->group;
    bool below = i + 1 < s->n && u[1].kind == UNIT_ROW && u[1].group && !u->group;
    return above || below;
}

/* What the rows [from, to) of a table, which may have more behind them, need down to its end, at most and as its notes
 * stand beside each other, and to the next place where a page may end. */
static void know_rests(Search *s, size_t from, size_t to)
{
    PlanRoom *room = s->room;
    float rest = s->unit[to - 1].last_row ? height_bound_below(s, to) : INFINITY, step = rest;
    float about = rest;
    for (size_t i = to; i-- > from;) {
        bool ends = i + 1 < to && !room->few.at[i + 1] &&
                    !(room->keep.at[i + 1] & KEEP_WITH_LAST) && !plan_is_alone_in_group(s, i + 1);
        const Unit *u = &s->unit[i];
        const TableNotes *notes = u->table ? u->table->notes : NULL;
        float height = height_with_footnotes(s, i);
        height += i + 1 < to ? measure_gap(u, u + 1) : 0;
        about += height + table_notes_share(notes, u->note);
        height += table_notes_most(notes, u->note);
        rest += height;
        step = ends ? height : step + height;
        room->rest.at[i] = rest;
        room->about.at[i] = about;
        room->step.at[i] = step;
    }
}

/* Whether a table's last row is a record of several lines and has company below it, such as the contact: it does not look
 * left over then. */
static bool has_company(const Search *s, size_t last)
{
    enum { RECORD = 3, COMPANY = 5 }; /* lines */
    return s->room->height.at[last] >= RECORD * s->line &&
           height_bound_below(s, last + 1) >= COMPANY * s->line;
}

/* Rows of one table follow each other; what of it was placed before counts as much as it can. */
static void know_tables(Search *s)
{
    PlanRoom *room = s->room;
    float most = s->page * SMALL_TABLE;
    room->small.n = room->tiny.n = room->few.n = room->rest.n = room->about.n = room->step.n = 0;
    for (size_t i = 0, end; i < s->n; i = end) {
        const TableHead *table = s->unit[i].kind == UNIT_ROW ? s->unit[i].table : NULL;
        float height = 0;
        for (end = i; end < s->n && (end == i || (table && s->unit[end].kind == UNIT_ROW &&
                                                  s->unit[end].table == table));
             end++)
            height += room->height.at[end];
        bool first = s->unit[i].first_row, last = s->unit[end - 1].last_row;
        size_t below = last && !has_company(s, end - 1) ? ROWS_BELOW : 0;
        for (size_t k = i; k < end; k++) {
            bool small = table && first && last && height < most;
            array_push(&room->small, small);
            array_push(&room->tiny, small && end - i <= TINY_TABLE);
            array_push(&room->few, (first && k - i < ROWS_ABOVE) || end - k < below);
            array_push(&room->rest, 0);
            array_push(&room->about, 0);
            array_push(&room->step, 0);
        }
        know_rests(s, i, end);
    }
}

/* The last part, if it has room on a page, at whose head nothing is left above its title. */
static void know_section(Search *s)
{
    float height = 0;
    s->section = s->n;
    for (size_t i = s->n; s->ends && s->columns == 1 && i-- > 1 && height <= s->page;) {
        height += s->room->height.at[i];
        if (s->unit[i].opens && !s->unit[i - 1].opens) {
            s->section = height <= s->page ? i : s->n;
            return;
        }
        height += measure_gap(s->unit + i - 1, s->unit + i);
    }
}

void plan_know(Search *s)
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
    room->bases = node;
    s->root = node * s->states;
    s->end = s->root + 1;
    know_tables(s);
    know_section(s);
}
