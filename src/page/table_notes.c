#include <math.h>
#include <string.h>

#include "page/internal.h"

/* Notes of tables: letters at the rows, and their texts under that part of the table which stands on the page.
 * A note that rows on several pages or columns use stands on each of them; it is read where it stands first. */

/* More notes stand in two columns, where those have room: so many times the size of their type. */
enum { NOTES_IN_ONE_COLUMN = 3 };
#define WIDE_NOTES 38.0f

#define LEAST_INDENT 12.0f
#define LETTER_GAP 5.0f /* between a letter and its note */

static Spec *queue_text(Composer *c, const Style *style, Str text, Node node, float width)
{
    Piece piece = {.style = style, .text = text, .prose = true};
    return spec_queue(c, spec_new(c, &c->arena, &piece, 1, node, width));
}

static void make_note(Composer *c, TableNotes *notes, unsigned number, Str text, Node list)
{
    Node item = document_node(c->d, list, ROLE_LI), label = document_node(c->d, item, ROLE_LBL);
    Node body = document_node(c->d, item, ROLE_LBODY);
    StrBuf letter = {0};
    numbering_add_mark(&letter, number);
    Str kept = arena_str(&c->arena, strbuf_str(&letter));
    strbuf_drop(&letter);
    const Style *style = style_on_line(c, STYLE_table_mark, notes->style);
    notes->note[number - 1] =
        (TableNote){.letter = queue_text(c, style, kept, label, notes->indent),
                    .text = queue_text(c, notes->style, text, body, notes->width - notes->indent)};
}

TableNotes *table_notes(Composer *c, const Str *text, size_t n, float width, Node parent)
{
    TableNotes *notes = arena_new(&c->arena, TableNotes);
    const Style *style = style_of(c, STYLE_table_note);
    float letter = spec_width(c, style_on_line(c, STYLE_table_mark, style), STR("m"));
    bool two = n > NOTES_IN_ONE_COLUMN && width >= WIDE_NOTES * (float)style->size;
    *notes = (TableNotes){.note = arena_array(&c->arena, n, TableNote),
                          .notes = n,
                          .across = two ? 2 : 1,
                          .gap = (float)c->l->table.column_gap,
                          .above = (float)c->l->table.note_gap,
                          .between = (float)fmax(style->before, style->after),
                          .style = style,
                          .used = arena_array(&c->arena, 2 * n, unsigned)};
    float most = (float)c->l->text_width;
    notes->tried = notes->used + n;
    notes->indent = fmaxf(LEAST_INDENT, letter + LETTER_GAP);
    notes->width = two ? (width - notes->gap) / 2 : fminf(width, most);
    Node list = document_node(c->d, parent, ROLE_L);
    document_detail(c->d, list)->numbering = NUMBERING_DECIMAL;
    for (size_t i = 0; i < n; i++)
        make_note(c, notes, (unsigned)i + 1, text[i], list);
    return notes;
}

/* ---- those of a page ------------------------------------------------------------------------ */

/* In the order of their letters: one that a page before has, too, stands first. */
static size_t add_once(unsigned *at, size_t n, unsigned number)
{
    size_t i = n;
    while (i > 0 && at[i - 1] > number)
        i--;
    if (i > 0 && at[i - 1] == number)
        return n;
    memmove(at + i + 1, at + i, (n - i) * sizeof *at);
    at[i] = number;
    return n + 1;
}

void table_notes_use(TableNotes *notes, unsigned number, bool plan)
{
    if (!notes || !number)
        return;
    if (plan)
        notes->tries = add_once(notes->tried, notes->tries, number);
    else
        notes->uses = add_once(notes->used, notes->uses, number);
}

void table_notes_plan(TableNotes *notes, bool here)
{
    if (!notes)
        return;
    notes->tries = here ? notes->uses : 0;
    for (size_t i = 0; i < notes->tries; i++)
        notes->tried[i] = notes->used[i];
}

static float height_of(const TableNotes *notes, const unsigned *number, size_t n)
{
    float height = 0;
    for (size_t i = 0; i < n; i++)
        height += spec_height(notes->note[number[i] - 1].text, notes->style) +
                  (i ? notes->between : 0);
    return height;
}

float table_notes_most(const TableNotes *notes, unsigned number)
{
    return notes && number ? notes->above + height_of(notes, &number, 1) + notes->between : 0;
}

float table_notes_share(const TableNotes *notes, unsigned number)
{
    if (!notes || !number)
        return 0;
    return (height_of(notes, &number, 1) + notes->between) / (float)notes->across;
}

/* How many of them stand in the first column, so that both are about equally long: they are read down one and
 * then down the other. */
static size_t in_first(const TableNotes *notes, const unsigned *number, size_t n)
{
    size_t first = n;
    for (size_t i = 1; notes->across > 1 && i < n && first == n; i++)
        if (height_of(notes, number, i) >= height_of(notes, number + i, n - i))
            first = i;
    return first;
}

float table_notes_height(const TableNotes *notes, bool plan)
{
    if (!notes)
        return 0;
    const unsigned *number = plan ? notes->tried : notes->used;
    size_t n = plan ? notes->tries : notes->uses, first = in_first(notes, number, n);
    return n ? notes->above + fmaxf(height_of(notes, number, first),
                                    height_of(notes, number + first, n - first))
             : 0;
}

/* What was read on a page before is drawn again. */
static void hold_text(Composer *c, const Spec *spec, const Style *style, bool again, float x,
                      float y)
{
    Draw draw = spec_draw(c, spec, style, x, y);
    if (again)
        draw.owner = ARTIFACT_LAYOUT;
    array_push(&c->place.held, draw);
}

static float hold_column(Composer *c, TableNotes *notes, const unsigned *number, size_t n, float x,
                         float y)
{
    const Style *letter = style_on_line(c, STYLE_table_mark, notes->style);
    for (size_t i = 0; i < n; i++) {
        TableNote *note = &notes->note[number[i] - 1];
        y += i ? notes->between : 0;
        hold_text(c, note->letter, letter, note->said, x, y);
        hold_text(c, note->text, notes->style, note->said, x + notes->indent, y);
        y += spec_height(note->text, notes->style);
        note->said = true;
    }
    return y;
}

static float hold_all(Composer *c, TableNotes *notes, float x, float y)
{
    if (!notes->uses)
        return y;
    size_t first = in_first(notes, notes->used, notes->uses);
    float top = y + notes->above, step = notes->width + notes->gap;
    float left = hold_column(c, notes, notes->used, first, x, top);
    float right = hold_column(c, notes, notes->used + first, notes->uses - first, x + step, top);
    notes->uses = 0;
    return fmaxf(left, right);
}

float table_notes_draw(Composer *c, TableNotes *notes, float x, float y, bool next_column)
{
    if (!notes)
        return y;
    y = hold_all(c, notes, x, y);
    for (size_t i = 0; i < c->place.held.n && !next_column; i++)
        document_draw(c->d, c->place.held.at[i]);
    if (!next_column)
        c->place.held.n = 0;
    return y;
}
