#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "page/internal.h"

/* Footnotes: raised numbers in the text, and the texts of the notes at the foot of their page. */

/* Footnotes whose marks stand in footnotes whose marks stand in footnotes … */
enum { DEEPEST_NOTES = 16 };

#define LABEL_GAP 0.6f /* of the size, between the widest number and its text */

/* Names of places that no id can have. */
#define NOTE_PLACE "note:"
#define MARK_PLACE "mark:"

/* All notes of a document have their text at the same distance. */
static float indent_of(Composer *c)
{
    StrBuf widest = {0};
    strbuf_add_int(&widest, (int64_t)c->e->report->notes);
    const Style *style = style_of(c, STYLE_note_number);
    float width = spec_width(c, style, strbuf_str(&widest)) + LABEL_GAP * (float)style->size;
    strbuf_drop(&widest);
    return width > (float)c->l->note.indent ? width : (float)c->l->note.indent;
}

void notes_begin(Composer *c)
{
    Notes *n = &c->notes;
    size_t notes = c->e->report->notes;
    notes_release(c);
    n->number = mem_zalloc((notes + 1) * sizeof *n->number);
    n->marked = mem_zalloc((notes + 1) * sizeof *n->marked);
    n->made = mem_zalloc((notes + 1) * sizeof *n->made);
    if (notes)
        n->indent = indent_of(c);
}

void notes_release(Composer *c)
{
    array_drop(&c->notes.met);
    array_drop(&c->notes.held);
    mem_free(c->notes.number);
    mem_free(c->notes.marked);
    mem_free(c->notes.made);
    c->notes = (Notes){.number = NULL};
}

unsigned notes_number(Composer *c, const Note *note)
{
    Notes *n = &c->notes;
    if (!n->number[note->index]) {
        array_push(&n->met, note);
        n->number[note->index] = (unsigned)n->met.n;
    }
    return n->number[note->index];
}

/* A note whose mark stands in another's text is read behind that, so it has the next number. */
static void number_one(void *context, const Note *note)
{
    Composer *c = context;
    Notes *n = &c->notes;
    if (n->number[note->index])
        return;
    notes_number(c, note);
    if (n->depth == DEEPEST_NOTES) /* making it is an error */
        return;
    n->depth++;
    blocks_each_note(edition_note(c->e, note), number_one, c);
    n->depth--;
}

void notes_number_blocks(Composer *c, const Block *blocks)
{
    if (c->e->report->notes)
        blocks_each_note(blocks, number_one, c);
}

void notes_number_inlines(Composer *c, const Inline *inlines)
{
    if (c->e->report->notes)
        inlines_each_note(inlines, number_one, c);
}

/* "#note:7" */
static Str place(Composer *c, const char *name, unsigned number)
{
    StrBuf text = {0};
    strbuf_addf(&text, "#%s%u", name, number);
    Str kept = arena_str(&c->arena, strbuf_str(&text));
    strbuf_drop(&text);
    return kept;
}

static Str without_hash(Str target)
{
    return str_cut(target, 1, target.n);
}

Str notes_target(Composer *c, const Note *note)
{
    return place(c, NOTE_PLACE, notes_number(c, note));
}

bool notes_is_target(Str target)
{
    return str_starts(target, STR("#" NOTE_PLACE)) || str_starts(target, STR("#" MARK_PLACE));
}

/* The first run of a paragraph that comes from a run of the request. */
static uint32_t run_from(const GlyphPara *para, uint32_t source)
{
    uint32_t low = 0, high = para->runs ? para->runs - 1 : 0;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (para->run[middle].source < source)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t notes_line(const Spec *spec, uint32_t run)
{
    const GlyphPara *para = spec->para;
    uint32_t first = para->run[run_from(para, run)].first;
    uint32_t low = 0, high = para->lines ? para->lines - 1 : 0;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (para->line[middle].end <= first)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void put_on_page(Composer *c, unsigned number);

static void put_marked(Composer *c, const Spec *spec)
{
    for (size_t i = 0; spec && i < spec->marks; i++)
        put_on_page(c, spec->mark[i].number);
}

static void each_spec(Composer *c, const Unit *u, void (*visit)(Composer *, const Spec *))
{
    visit(c, u->spec);
    for (size_t i = 0; i < u->cells; i++)
        for (size_t k = 0; k < u->cell[i].texts; k++)
            visit(c, u->cell[i].text[k].spec);
}

/* With the notes that are marked in its own text. */
static void put_on_page(Composer *c, unsigned number)
{
    const Footnote *note = c->notes.made[number];
    if (!note)
        return;
    c->notes.made[number] = NULL;
    array_push(&c->place.notes[c->place.column], ((FootnoteRest){note, 0, 0, false}));
    for (size_t i = 0; i < note->units; i++)
        each_spec(c, &note->unit[i], put_marked);
}

void notes_place_marks(Composer *c, const Spec *spec, float y, float leading, uint32_t from,
                       uint32_t to)
{
    size_t first = 0, beyond = spec->marks; /* marks stand in the order of their lines */
    while (first < beyond) {
        size_t middle = (first + beyond) / 2;
        if (notes_line(spec, spec->mark[middle].run) < from)
            first = middle + 1;
        else
            beyond = middle;
    }
    for (size_t i = first; i < spec->marks; i++) {
        unsigned number = spec->mark[i].number;
        uint32_t line = notes_line(spec, spec->mark[i].run);
        if (line >= to)
            break;
        Str name = without_hash(place(c, MARK_PLACE, number));
        place_mark(c, name, y + (float)(line - from) * leading);
        put_on_page(c, number);
    }
}

/* ---- the texts ------------------------------------------------------------------------------ */

/* The number before a note leads back to its mark. */
static void pend_label(Composer *c, Node note, unsigned number, float width)
{
    const Style *style = style_of(c, STYLE_note_number);
    Node label = document_node(c->d, note, ROLE_LBL);
    Inline *words = arena_new(batch_arena(c), Inline), *link = arena_new(batch_arena(c), Inline);
    strbuf_clear(&c->text);
    strbuf_add_int(&c->text, number);
    *words = (Inline){.kind = INLINE_TEXT, .text = kept_text(c)};
    *link = (Inline){.kind = INLINE_LINK, .children = words};
    link->target = place(c, MARK_PLACE, number);
    Piece piece = {.style = style, .inlines = link, .quiet_links = true};
    Spec *spec = spec_queue(c, spec_new(c, batch_arena(c), &piece, 1, label, width));
    flow_mark(c, (ItemMark){.number = spec, .style = style, .node = label});
}

static void add_text(Composer *c, const Note *note)
{
    const Block *blocks = edition_note(c->e, note);
    float indent = c->notes.indent;
    Node node = document_node(c->d, c->root, ROLE_NOTE);
    notes_number_blocks(c, blocks);
    pend_label(c, node, notes_number(c, note), indent);
    c->pending.mark_destination = without_hash(notes_target(c, note));
    c->filler->add_note(c, blocks, indent, node);
    flow_lone_mark(c);
}

/* The units of a note don't go into the flow, and whatever is pending there waits for its own. */
static const Footnote *make(Composer *c, const Note *note)
{
    Footnote *made = arena_new(batch_arena(c), Footnote);
    Pending pending = c->pending;
    Flow flow = c->units;
    unsigned ordered = c->ordered;
    memset(&c->units, 0, sizeof c->units);
    c->ordered = 0;
    c->pending = (Pending){.has_before = false};
    add_text(c, note);
    *made = (Footnote){.number = notes_number(c, note),
                       .unit = arena_copy(batch_arena(c), c->units.at, c->units.n, sizeof(Unit)),
                       .units = c->units.n};
    array_drop(&c->units);
    c->units = flow;
    c->pending = pending;
    c->ordered = ordered;
    return made;
}

static void add_marked(Composer *c, const Spec *spec)
{
    Notes *n = &c->notes;
    for (size_t i = 0; spec && i < spec->marks; i++) {
        unsigned number = spec->mark[i].number;
        const Note *note = n->met.at[number - 1];
        if (n->hold) {
            array_push(&n->held, number);
            continue;
        }
        if (n->depth == DEEPEST_NOTES) {
            diag_error(c->diags, note->pos,
                       "footnotes have their marks in each other more than %d deep", DEEPEST_NOTES);
            c->failed = true;
            return;
        }
        n->depth++;
        n->made[number] = make(c, note);
        n->depth--;
    }
}

void notes_add(Composer *c, const Unit *u)
{
    each_spec(c, u, add_marked);
}

void notes_hold(Composer *c)
{
    c->notes.hold = true;
}

void notes_add_held(Composer *c, float before)
{
    Notes *n = &c->notes;
    float after = c->units.n ? array_last(&c->units).after : 0;
    for (size_t i = 0; i < n->held.n; i++) { /* and behind them those that are marked in them */
        if (c->units.n) {
            array_last(&c->units).keep_next = true;
            array_last(&c->units).after = i ? array_last(&c->units).after : before;
        }
        add_text(c, n->met.at[n->held.at[i] - 1]);
    }
    if (n->held.n)
        flow_after(c, after);
    n->held.n = 0;
    n->hold = false;
}

/* ---- at the foot of the page ---------------------------------------------------------------- */

static float height_from(const Unit *u, uint32_t line)
{
    return measure_unit(u) - (line ? (float)line * (float)u->style->leading : 0);
}

float notes_height(const Footnote *note, size_t unit, uint32_t line)
{
    float height = 0;
    for (size_t i = unit; i < note->units; i++) {
        height += height_from(&note->unit[i], i == unit ? line : 0);
        height += i + 1 < note->units ? measure_gap(&note->unit[i], &note->unit[i + 1])
                                      : note->unit[i].after;
    }
    return height;
}

/* Lines that a note has at least whose text goes on: one of fewer would hardly begin. */
enum { PARTED_NOTE = 5 };

/* Whether a word goes on behind so many lines. */
static bool is_divided(const Unit *u, uint32_t lines)
{
    return lines > 0 && lines < measure_lines(u) &&
           u->spec->para->line[lines - 1].flags & LINE_HYPHENATED;
}

/* The fewest lines of a text that the page of its mark has. */
static uint32_t least_lines(const Unit *u)
{
    uint32_t lines = measure_lines(u), least = ORPHANS;
    while (is_divided(u, least))
        least++;
    return lines < PARTED_NOTE || least + 1 >= lines ? lines : least;
}

float notes_least(const Footnote *note)
{
    const Unit *u = note->unit;
    uint32_t least = note->units && u->kind == UNIT_TEXT ? least_lines(u) : 0;
    if (!least || (note->units == 1 && least == measure_lines(u)))
        return notes_height(note, 0, 0);
    return (float)least * (float)u->style->leading;
}

float notes_rule(const Composer *c)
{
    const NoteStyle *s = &c->l->note;
    return (float)(s->before + s->rule_width + s->after);
}

static float rest_height(const FootnoteRest *rest)
{
    return notes_height(rest->note, rest->unit, rest->line);
}

float notes_all(const Composer *c, unsigned column)
{
    const FootnoteRests *notes = &c->place.notes[column];
    float height = 0;
    for (size_t i = 0; i < notes->n; i++)
        height += rest_height(&notes->at[i]);
    return height;
}

float notes_carried(const Composer *c, unsigned column)
{
    const FootnoteRests *notes = &c->place.notes[column];
    float height = 0;
    for (size_t i = 0; i < notes->n; i++)
        height += notes->at[i].carried ? rest_height(&notes->at[i]) : 0;
    return height;
}

/* Room that those want whose marks stand in this column. */
static float fresh_room(const Composer *c, unsigned column)
{
    const FootnoteRests *notes = &c->place.notes[column];
    float height = 0;
    for (size_t i = 0; i < notes->n; i++) {
        const FootnoteRest *rest = &notes->at[i];
        if (!rest->carried)
            height += i + 1 == notes->n ? notes_least(rest->note) : rest_height(rest);
    }
    return height;
}

static float room_of(const Composer *c, unsigned column)
{
    float carried = fminf(notes_carried(c, column), place_most_carried(c));
    return c->place.notes[column].n ? carried + fresh_room(c, column) + notes_rule(c) : 0;
}

float notes_room(const Composer *c)
{
    float most = room_of(c, c->place.column);
    for (unsigned i = 1; i < (unsigned)c->l->columns && !c->place.in_columns; i++)
        most = fmaxf(most, room_of(c, i));
    return most;
}

void notes_carry(Composer *c, unsigned column)
{
    unsigned next = (column + 1) % (unsigned)c->l->columns;
    FootnoteRests *from = &c->place.notes[column], *to = &c->place.notes[next];
    if (from == to)
        return;
    for (size_t i = 0; i < from->n; i++)
        array_push(to, from->at[i]);
    from->n = 0;
}

/* So many lines from one on, or as many fewer as keep a word from going on over the page: what has begun may wait for the
 * next with all that is left of it. */
static uint32_t without_divided(const Unit *u, uint32_t from, uint32_t take)
{
    uint32_t least = from ? 0 : ORPHANS, fewer = take;
    while (fewer > least && is_divided(u, from + fewer))
        fewer--;
    return fewer && is_divided(u, from + fewer) ? take : fewer;
}

/* What has to stand on the page of what isn't text: no box begins without a line, and no total stands alone. */
static float height_bound(const Unit *u)
{
    float height = measure_unit(u);
    for (const Unit *inside = u; inside->kind == UNIT_OPEN; inside++)
        height += inside[1].kind == UNIT_TEXT ? (float)inside[1].style->leading
                                              : measure_unit(&inside[1]);
    if (u->kind == UNIT_ROW && u->table && !u->last_row && u[1].kind == UNIT_ROW && u[1].last_row)
        height += measure_gap(u, u + 1) + measure_unit(u + 1);
    return height;
}

/* Lines of a unit that have room; all or nothing of what isn't text. `must` takes one line in any case. */
static uint32_t lines_with_room(const Unit *u, uint32_t from, float room, bool must)
{
    uint32_t lines = u->kind == UNIT_TEXT ? measure_lines(u) : 1;
    if (u->kind != UNIT_TEXT)
        return must || height_bound(u) <= room + FULL ? lines : from;
    float fit = (room + FULL) / (float)u->style->leading;
    uint32_t take = fit > 0 ? (uint32_t)fit : 0;
    take = take > lines - from ? lines - from : take;
    if (from + take + 1 == lines && take > ORPHANS)
        take--; /* the last line isn't left alone */
    take = without_divided(u, from, take);
    return from + (must && !take ? 1 : take);
}

/* Parts of one note stay in the order in which they are settled, behind those of the notes before it. */
static void settle_part(Composer *c, NotePart part)
{
    Place *p = &c->place;
    array_push(&p->note_parts, part);
    for (size_t i = p->note_parts.n - 1; i > 0; i--) {
        NotePart *above = &p->note_parts.at[i - 1];
        if (above->note->number <= part.note->number)
            break;
        above[1] = above[0];
        above[0] = part;
    }
}

/* Of lines [from, to) of a unit; of what isn't text all or nothing. */
static float height_of(const Unit *u, uint32_t from, uint32_t to)
{
    return u->kind == UNIT_TEXT ? (float)(to - from) * (float)u->style->leading
           : to > from          ? measure_unit(u)
                                : 0;
}

/* Settles what of a footnote has room above `bottom`; true when nothing of it is left. */
static bool settle_rest(Composer *c, FootnoteRest *rest, float *y, float bottom, bool must)
{
    const Footnote *note = rest->note;
    for (; rest->unit < note->units; rest->unit++, rest->line = 0) {
        const Unit *u = &note->unit[rest->unit];
        uint32_t lines = u->kind == UNIT_TEXT ? measure_lines(u) : 1;
        uint32_t to = lines_with_room(u, rest->line, bottom - *y, must);
        if (to > rest->line)
            settle_part(c, (NotePart){note, u, c->place.column, *y, rest->line, to});
        *y += height_of(u, rest->line, to);
        rest->line = to;
        if (to < lines)
            return false;
        must = false;
        *y += rest->unit + 1 < note->units ? measure_gap(u, u + 1) : u->after;
    }
    return true;
}

static bool find_mark(const Footnote *note, unsigned number, FootnoteRest *from)
{
    for (size_t i = 0; i < note->units; i++) {
        const Spec *spec = note->unit[i].spec;
        for (size_t k = 0; spec && k < spec->marks; k++)
            if (spec->mark[k].number == number) {
                from->unit = i;
                from->line = notes_line(spec, spec->mark[k].run);
                return true;
            }
    }
    return false;
}

/* How low a note may go that has room down to its end: where the next has its mark in it and has no room there, the
 * lines from that mark on wait for the next page with it. */
static float bottom_above_mark(const FootnoteRest *rest, const FootnoteRest *next, float y,
                               float bottom)
{
    const Footnote *note = rest->note;
    FootnoteRest from = *rest;
    if (!note->units)
        return bottom;
    float end = y + rest_height(rest), after = note->unit[note->units - 1].after;
    if (end - after > bottom + FULL || end + notes_least(next->note) <= bottom + FULL ||
        !find_mark(note, next->note->number, &from))
        return bottom;
    float above = rest_height(rest) - rest_height(&from);
    return above > FULL ? y + above : bottom;
}

/* What goes on from the page before comes first. */
static int by_number(const void *pa, const void *pb)
{
    const FootnoteRest *a = pa, *b = pb;
    if (a->carried != b->carried)
        return a->carried ? -1 : 1;
    return a->note->number < b->note->number ? -1 : a->note->number > b->note->number;
}

typedef ARRAY(unsigned) NoteNumbers;

static bool is_begun(const FootnoteRest *rest)
{
    return rest->carried && (rest->unit || rest->line);
}

/* Settles them from y on; what is left of them stays for the next page. Returns whether any has room, and puts those
 * that go on here into `begun`. Those that come from the page before leave room for those whose marks stand on this
 * one. */
static bool settle_all(Composer *c, float y, NoteNumbers *begun)
{
    Place *p = &c->place;
    FootnoteRests *notes = &p->notes[p->column];
    float from = y, fresh = fresh_room(c, p->column);
    bool full = false, stopped = false; /* for all; for those from the page before */
    size_t left = 0;
    for (size_t i = 0; i < notes->n; i++) {
        FootnoteRest rest = notes->at[i];
        float bottom = place_column_bottom(c, p->column) - (rest.carried ? fresh : 0);
        if (i + 1 < notes->n && !is_begun(&notes->at[i + 1]))
            bottom = bottom_above_mark(&rest, &notes->at[i + 1], y, bottom);
        bool waits = full || (stopped && rest.carried), goes_on = is_begun(&rest);
        float above = y;
        bool ends = !waits && settle_rest(c, &rest, &y, bottom, p->empty && y <= from);
        if (goes_on && y > above)
            array_push(begun, rest.note->number);
        if (ends)
            continue;
        full |= !rest.carried;
        stopped |= rest.carried;
        rest.carried = true;
        notes->at[left++] = rest;
    }
    notes->n = left;
    return y > from;
}

/* ---- signs that a note goes on -------------------------------------------------------------- */

#define SIGN_GAP 6.0f /* between the rule and what stands beside it */

/* Behind numbers that follow each other: two are named, three are a range. */
static size_t range_end(const NoteNumbers *numbers, size_t from)
{
    size_t end = from + 1;
    while (end < numbers->n && numbers->at[end] == numbers->at[end - 1] + 1)
        end++;
    return end - from == 2 ? from + 1 : end;
}

/* "1, 3–5 og 7" */
static void add_numbers(Composer *c, StrBuf *out, const NoteNumbers *numbers)
{
    size_t ranges = 0, at = 0;
    for (size_t i = 0; i < numbers->n; i = range_end(numbers, i))
        ranges++;
    for (size_t i = 0, end; i < numbers->n; i = end) {
        end = range_end(numbers, i);
        terms_add_joiner(out, c->t, at++, ranges);
        strbuf_add_int(out, numbers->at[i]);
        if (end - i > 1)
            strbuf_addf(out, "–%u", numbers->at[end - 1]);
    }
}

static Str sign_with(Composer *c, Term pattern, const StrBuf *numbers)
{
    StrBuf sign = {0};
    TermField field = {"number", strbuf_str(numbers)};
    terms_fill(&sign, c->t->print[pattern], &field, 1);
    Str kept = arena_str(&c->arena, strbuf_str(&sign));
    strbuf_drop(&sign);
    return kept;
}

/* "note 4, fortsat" of notes that go on, or nothing. Where all numbers have no room on a line, the first and the last
 * stand for them. */
static Str sign_of(Composer *c, const NoteNumbers *numbers, Term one, Term several, float room)
{
    if (!numbers->n)
        return STR("");
    const Style *style = style_of(c, STYLE_source);
    Term pattern = numbers->n > 1 ? several : one;
    StrBuf said = {0};
    add_numbers(c, &said, numbers);
    Str sign = sign_with(c, pattern, &said);
    if (spec_width(c, style, sign) > room) {
        strbuf_clear(&said);
        strbuf_addf(&said, "%u … %u", numbers->at[0], array_last(numbers));
        sign = sign_with(c, pattern, &said);
    }
    strbuf_drop(&said);
    return spec_width(c, style, sign) <= room ? sign : STR("");
}

/* Small words from x on, in a box whose upper edge is y; nobody reads them aloud. */
static void draw_sign(Composer *c, Str text, float x, float y, TextAlign align)
{
    place_line(c, text, style_of(c, STYLE_source), ARTIFACT_LAYOUT, align, place_left(c) + x, y,
               (float)c->l->text_width - x);
}

/* Beside the rule over what comes from the page before. */
static void draw_begun(Composer *c, const NoteNumbers *begun, float rule)
{
    float leading = (float)style_of(c, STYLE_source)->leading;
    float x = (float)c->l->note.rule + SIGN_GAP;
    Str sign =
        sign_of(c, begun, TERM_note_continued, TERM_notes_continued, (float)c->l->text_width - x);
    if (sign.n)
        draw_sign(c, sign, x, rule - leading / 2, TEXT_LEFT);
}

/* In the margin below, where the page's foot leaves room. */
static void draw_goes_on(Composer *c)
{
    const Style *foot = style_of(c, STYLE_foot_left);
    const FootnoteRests *notes = &c->place.notes[c->place.column];
    NoteNumbers left = {.n = 0};
    for (size_t i = 0; i < notes->n; i++)
        if (is_begun(&notes->at[i]))
            array_push(&left, notes->at[i].note->number);
    Str sign = sign_of(c, &left, TERM_note_continues, TERM_notes_continue, (float)c->l->text_width);
    array_drop(&left);
    float y = place_column_bottom(c, c->place.column);
    double above = c->l->paper_height - c->l->foot_centre + foot->leading / 2;
    float room = document_last_page(c->d)->height - (float)above;
    if (sign.n && y + (float)style_of(c, STYLE_source)->leading <= room)
        draw_sign(c, sign, 0, y, TEXT_RIGHT);
}

/* They stand on the foot of the column; where the text leaves too little room they begin right below it. */
void notes_settle(Composer *c)
{
    const NoteStyle *s = &c->l->note;
    Place *p = &c->place;
    FootnoteRests *notes = &p->notes[p->column];
    if (!notes->n)
        return;
    qsort(notes->at, notes->n, sizeof notes->at[0], by_number);
    float above = p->empty ? 0 : (float)s->before;
    float below = (float)(s->rule_width + s->after);
    float text = fmaxf(p->y, p->signs[p->column]);
    float top =
        fmaxf(text + above, place_column_bottom(c, p->column) - notes_all(c, p->column) - below);
    NoteNumbers begun = {.n = 0};
    bool any = settle_all(c, top + below, &begun);
    if (any)
        draw_begun(c, &begun, top);
    array_drop(&begun);
    if (!any)
        return;
    draw_goes_on(c);
    p->foot[p->column] = top - above;
    document_fill(c->d, ARTIFACT_LAYOUT, place_left(c), top, (float)s->rule, (float)s->rule_width,
                  colour_of(c, COLOUR_axis));
}

static bool follow(const NotePart *a, const NotePart *b)
{
    return a->note == b->note && a->column == b->column;
}

/* Boxes in a note go on over the page with it; those of the text stand outside. */
void notes_draw(Composer *c)
{
    Place *p = &c->place;
    size_t outside = p->boxes.n, n = p->note_parts.n;
    bool after_open = p->after_open;
    for (size_t i = 0; i < n; i++) {
        const NotePart *part = &p->note_parts.at[i];
        p->column = part->column;
        if (!i || !follow(part - 1, part))
            place_boxes_again(c, part->note->unit, (size_t)(part->unit - part->note->unit),
                              part->y);
        place_unit_at(c, part->unit, part->y, part->from, part->to);
        if (i + 1 == n || !follow(part, part + 1))
            place_boxes_end(c, outside, part->y + height_of(part->unit, part->from, part->to));
    }
    p->after_open = after_open;
    p->note_parts.n = 0;
}
