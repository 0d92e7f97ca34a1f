#include <string.h>

#include "base/utf8.h"
#include "compose/tables.h"
#include "language/numeral.h"

/* Tables of the report: which columns hold numbers, which rows name groups or sum what is above them. */

/* Cells that are looked at to know what a column holds. */
enum { LOOKED_AT = 512 };
/* Of the cells of a column of numbers that aren't empty so many are none, at most one for … */
enum { NUMBERS_FOR_WORD = 3 };

typedef struct {
    Composer *c;
    const Table *table;
    size_t *row; /* of the table: those that aren't titles of groups … */
    Str *group;  /* … and the title that stands above each */
    size_t rows;
    bool *decimal; /* columns */
    size_t judged; /* the row whose `total` is known, and one more */
    bool total;
    StrBuf text;
    Arena scratch;
} ReportTable;

/* The row of the report's table that is a row of ours; the head is its first. */
static size_t row_of(const ReportTable *r, size_t row)
{
    return row == r->rows ? 0 : r->row[row];
}

static const Inline *cell_of(const ReportTable *r, size_t row, size_t column)
{
    return r->table->cell[row * r->table->columns + column].inlines;
}

/* What a cell says; until the next call. */
static Str text_of(ReportTable *r, size_t row, size_t column)
{
    const Inline *in = cell_of(r, row, column);
    if (in && !in->next && in->kind == INLINE_TEXT)
        return str_trim(in->text);
    strbuf_clear(&r->text);
    inlines_text(&r->text, r->c->t, in);
    return str_trim(strbuf_str(&r->text));
}

static bool is_dash(Str text)
{
    return str_equal(text, STR("-")) || str_equal(text, STR("\xE2\x80\x93")) ||
           str_equal(text, STR("\xE2\x80\x94"));
}

static bool is_number(ReportTable *r, Str text)
{
    bool number = numeral_is(&r->scratch, r->c->t, text);
    arena_reset(&r->scratch);
    return number;
}

/* ---- columns -------------------------------------------------------------------------------- */

/* Most cells hold numbers. */
static bool holds_numbers(ReportTable *r, size_t column)
{
    size_t numbers = 0, words = 0;
    for (size_t row = 0; row < r->rows && row < LOOKED_AT; row++) {
        Str text = text_of(r, r->row[row], column);
        if (!text.n || is_dash(text))
            continue;
        bool number = is_number(r, text);
        numbers += number;
        words += !number;
    }
    return numbers && words * NUMBERS_FOR_WORD <= numbers;
}

/* What its author aligns at the left or in the middle stays there, as does what names the rows. */
static TableColumn column_of(ReportTable *r, size_t column)
{
    static const TextAlign align[] = {[COLUMN_PLAIN] = TEXT_LEFT,
                                      [COLUMN_LEFT] = TEXT_LEFT,
                                      [COLUMN_CENTRE] = TEXT_CENTRE,
                                      [COLUMN_RIGHT] = TEXT_RIGHT};
    ColumnAlign asked = r->table->align[column];
    bool may = asked == COLUMN_RIGHT || (asked == COLUMN_PLAIN && column > 0);
    bool decimal = may && holds_numbers(r, column);
    return (TableColumn){.align = decimal ? TEXT_RIGHT : align[asked],
                         .rest = column == 0 || (!decimal && asked != COLUMN_RIGHT),
                         .decimal = decimal};
}

/* ---- rows ----------------------------------------------------------------------------------- */

/* The title of a group: bold words in the first cell, and nothing else in the row. */
static bool is_group(const ReportTable *r, size_t row)
{
    const Inline *in = cell_of(r, row, 0);
    if (r->table->columns < 2 || !in || in->next || in->kind != INLINE_STRONG)
        return false;
    for (const Inline *child = in->children; child; child = child->next)
        if (child->kind != INLINE_TEXT)
            return false;
    for (size_t k = 1; k < r->table->columns; k++)
        if (cell_of(r, row, k))
            return false;
    return true;
}

/* Titles with no row below them are rows. */
static void find_rows(ReportTable *r)
{
    const Table *t = r->table;
    Str group = {"", 0};
    r->row = arena_array(&r->c->arena, t->rows, size_t);
    r->group = arena_zalloc(&r->c->arena, t->rows * sizeof *r->group);
    for (size_t row = 1; row < t->rows; row++) {
        if (is_group(r, row) && row + 1 < t->rows && !is_group(r, row + 1)) {
            group = arena_str(&r->c->arena, text_of(r, row, 0));
            continue;
        }
        r->row[r->rows] = row;
        r->group[r->rows++] = group;
        group = (Str){"", 0};
    }
}

static Str report_group(void *context, size_t row)
{
    return ((const ReportTable *)context)->group[row];
}

/* Whether the report has all of a row in bold. */
static bool is_bold(const ReportTable *r, size_t row)
{
    for (size_t k = 0; k < r->table->columns; k++) {
        const Inline *in = cell_of(r, row, k);
        if (!in || in->next || in->kind != INLINE_STRONG)
            return false;
    }
    return true;
}

/* A sum by its name, or the last row where the report has it in bold. */
static bool report_total(void *context, size_t row)
{
    ReportTable *r = context;
    if (r->judged != row + 1) {
        size_t from = row_of(r, row);
        bool last = row + 1 == r->rows;
        r->total =
            row > 0 && r->table->row_heads && r->table->columns > 1 &&
            (terms_is_total(r->c->t, text_of(r, from, 0), last) || (last && is_bold(r, from)));
        r->judged = row + 1;
    }
    return r->total;
}

/* ---- cells ---------------------------------------------------------------------------------- */

static void report_cell(void *context, size_t row, size_t column, CellContent *content)
{
    ReportTable *r = context;
    bool head = row == r->rows;
    size_t from = row_of(r, row);
    StyleRole role = head                   ? STYLE_table_head
                     : report_total(r, row) ? STYLE_table_group
                                            : STYLE_table_cell;
    Piece piece = {.style = style_of(r->c, role),
                   .inlines = cell_of(r, from, column),
                   .pages = r->c->l->table.pages};
    Str text = head ? (Str){"", 0} : text_of(r, from, column);
    if (is_dash(text))
        piece = (Piece){.style = piece.style, .text = STR("\xE2\x80\x93")};
    piece.number = content->number = !head && r->decimal[column] && is_number(r, text);
    cell_add_text(content, piece);
    content->number &= content->parts > 0;
}

static bool head_is_empty(const Table *t)
{
    for (size_t i = 0; i < t->columns; i++)
        if (t->cell[i].inlines)
            return false;
    return true;
}

void table_add_block(Composer *c, const Block *block, Column col)
{
    const Table *t = block->table;
    if (!t->rows || !t->columns)
        return;
    ReportTable r = {.c = c, .table = t};
    TableColumn *columns = arena_zalloc(&c->arena, t->columns * sizeof *columns);
    r.decimal = arena_zalloc(&c->arena, t->columns * sizeof *r.decimal);
    find_rows(&r);
    for (size_t i = 0; i < t->columns; i++) {
        columns[i] = column_of(&r, i);
        r.decimal[i] = columns[i].decimal;
    }
    bool wide = col.x <= 0; /* in the text itself, not in a box or list */
    TableSpec spec = {.rows = r.rows,
                      .columns = t->columns,
                      .column = columns,
                      .cell = report_cell,
                      .group = report_group,
                      .total = report_total,
                      .context = &r,
                      .head = !head_is_empty(t),
                      .row_heads = t->row_heads,
                      .x = col.x,
                      .width = wide ? (float)layout_live_width(c->l) : col.width,
                      .pos = block->pos,
                      .may_turn = wide,
                      .narrow = c->l->span[SPAN_table] ? 0 : col.width,
                      .caption = t->caption,
                      .number = block->number,
                      .destination = block->id,
                      .parent = col.parent,
                      .group_style = style_of(c, STYLE_table_group),
                      .group_rule = {(float)c->l->table.rule_group, colour_of(c, COLOUR_axis)}};
    table_add(c, &spec);
    strbuf_drop(&r.text);
    arena_drop(&r.scratch);
}

/* ---- what is said under a table ------------------------------------------------------------- */

/* As wide as the table, where that goes over all columns of text: else it would stand in the first of them alone. */
static Column below_table(const Composer *c, Column column)
{
    bool spans = c->units.n && array_last(&c->units).span && array_last(&c->units).table;
    if (spans && column.x <= 0)
        column.width = (float)layout_live_width(c->l);
    return column;
}

/* On the table's page, though that may be turned. */
static void add_below(Composer *c, const Style *style, Spec *spec, const Column *col)
{
    bool turned = table_stay_turned(c);
    flow_after(c, 0);
    bool first = c->units.n && array_last(&c->units).kind != UNIT_TEXT;
    if (c->units.n)
        array_last(&c->units).keep_next = true;
    flow_unit(c, (Unit){.kind = UNIT_TEXT,
                        .x = col->x,
                        .width = col->width,
                        .style = style,
                        .spec = spec,
                        .before = first ? (float)c->l->table.note_gap : (float)style->before,
                        .after = (float)c->l->table.after,
                        .whole = true});
    if (turned)
        flow_turn(c, false);
}

void table_add_note(Composer *c, const Block *block, Column column)
{
    const Style *style =
        style_of(c, block_is_source(c->t, block) ? STYLE_source : STYLE_table_note);
    column = below_table(c, column);
    Node node = document_node(c->d, column.parent, ROLE_P);
    add_below(c, style, spec_inlines(c, style, block->inlines, node, column.width), &column);
}

void table_add_source(Composer *c, Str text, Column column)
{
    const Style *style = style_of(c, STYLE_source);
    if (!text.n)
        return;
    column = below_table(c, column);
    Node node = document_node(c->d, column.parent, ROLE_P);
    add_below(c, style, spec_text(c, style, text, node, column.width), &column);
}
