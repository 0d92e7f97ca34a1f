#include <string.h>

#include "aloud/internal.h"
#include "base/map.h"
#include "base/mem.h"

/* A table has this many columns at most: cells may claim to span any number. */
enum { MOST_COLUMNS = 2000 };

typedef struct {
    uint32_t node;
    unsigned column; /* from 0 */
    Str words;       /* of head cells */
} Cell;

typedef struct {
    uint32_t node;
    size_t first, cells;
    bool head; /* in a THead, or all of its cells are heads */
} Row;

/* A cell that takes a column in the rows below it, too. */
typedef struct {
    const Cell *cell;
    size_t left; /* rows, with its own */
} Reach;

/* A head of a column, and the row behind it. */
typedef struct {
    const Cell *cell;
    size_t row;
} ColumnHead;

typedef ARRAY(ColumnHead) ColumnHeads;

typedef struct {
    Speaker *s;
    Arena arena;
    ARRAY(Row) rows;
    ARRAY(Cell) cells;
    size_t columns;
    Reach *reach;       /* of each column: cells while they are placed, then heads of rows */
    ColumnHeads *heads; /* of each column */
    Map ids;            /* of head cells: their places in cells */
} Table;

static const TagNode *node_of(const Table *t, const Cell *cell)
{
    return read_find(t->s, cell->node);
}

/* ---- the grid ------------------------------------------------------------------------------------------ */

static void add_row(Table *t, uint32_t node, bool head)
{
    const TagNode *n = read_find(t->s, node);
    Row row = {node, t->cells.n, 0, true};
    for (uint32_t i = n->first_kid; i < n->first_kid + n->kids; i++) {
        const TagKid *kid = &t->s->pdf->kids.at[i];
        if (kid->kind != TAG_KID_NODE)
            continue;
        const TagNode *cell = read_find(t->s, kid->first);
        row.head &= cell->tag == TAG_TH && cell->scope != TAG_SCOPE_ROW;
        array_push(&t->cells, (Cell){kid->first, 0, {"", 0}});
    }
    row.cells = t->cells.n - row.first;
    row.head = row.cells && (row.head || head);
    array_push(&t->rows, row);
}

/* Rows may stand in groups, and in elements that mean nothing. */
static void add_rows(Table *t, uint32_t node, bool head)
{
    const TagNode *n = read_find(t->s, node);
    for (uint32_t i = n->first_kid; i < n->first_kid + n->kids; i++) {
        const TagKid *kid = &t->s->pdf->kids.at[i];
        Tag tag = kid->kind == TAG_KID_NODE ? read_find(t->s, kid->first)->tag : TAG_COUNT;
        if (tag == TAG_TR)
            add_row(t, kid->first, head);
        else if (tag == TAG_THead || tag == TAG_TBody || tag == TAG_TFoot || tag == TAG_Div ||
                 tag == TAG_NonStruct || tag == TAG_UNKNOWN)
            add_rows(t, kid->first, head || tag == TAG_THead);
    }
}

/* Cells stand beside each other, but for where one from above reaches down. */
static void place_cells(Table *t)
{
    for (size_t r = 0; r < t->rows.n; r++) {
        size_t column = 0;
        for (size_t i = t->rows.at[r].first; i < t->rows.at[r].first + t->rows.at[r].cells; i++) {
            Cell *cell = &t->cells.at[i];
            const TagNode *n = node_of(t, cell);
            while (column < MOST_COLUMNS - 1 && t->reach[column].left)
                column++;
            cell->column = (unsigned)column;
            for (size_t k = 0; k < n->column_span && column < MOST_COLUMNS; k++)
                t->reach[column++] = (Reach){cell, n->row_span};
            column = column < MOST_COLUMNS ? column : MOST_COLUMNS - 1;
            t->columns = column > t->columns ? column : t->columns;
        }
        for (size_t k = 0; k < t->columns; k++)
            t->reach[k].left -= t->reach[k].left > 0;
    }
}

static void find_heads(Table *t)
{
    for (size_t i = 0; i < t->cells.n; i++) {
        const TagNode *n = node_of(t, &t->cells.at[i]);
        StrBuf words = {0};
        if (n->tag != TAG_TH)
            continue;
        read_words(t->s, t->cells.at[i].node, &words);
        t->cells.at[i].words = arena_str(&t->arena, str_trim(strbuf_str(&words)));
        strbuf_drop(&words);
        if (n->id.n)
            map_put(&t->ids, n->id, (uint32_t)i);
    }
}

/* ---- which heads a cell has (ISO 32000-1, 14.8.5.7) ----------------------------------------------------- */

/* Where it isn't said, a head is one of columns where all of its row are. */
static TagScope scope_of(const Table *t, const Row *row, const Cell *cell)
{
    TagScope scope = node_of(t, cell)->scope;
    return scope != TAG_SCOPE_NONE ? scope : row->head ? TAG_SCOPE_COLUMN : TAG_SCOPE_ROW;
}

static bool heads(const Table *t, const Row *row, const Cell *cell, TagScope scope)
{
    TagScope own = scope_of(t, row, cell);
    return node_of(t, cell)->tag == TAG_TH && (own == scope || own == TAG_SCOPE_BOTH);
}

static void add_head(StrBuf *out, Str words)
{
    if (!words.n)
        return;
    if (out->n)
        strbuf_add_text(out, ", ");
    strbuf_add_str(out, words);
}

static void add_listed_heads(const Table *t, const TagNode *n, StrBuf *out)
{
    for (uint32_t i = 0; i < n->headers; i++) {
        uint32_t head;
        if (map_get(&t->ids, n->header[i], &head))
            add_head(out, t->cells.at[head].words);
    }
}

/* Those before it in its row, and those that reach down to it from rows above. */
static void add_row_heads(const Table *t, const Cell *cell, StrBuf *out)
{
    const Cell *before = NULL;
    for (size_t k = 0; k < cell->column; k++) {
        const Cell *head = t->reach[k].left ? t->reach[k].cell : NULL;
        if (head && head != before)
            add_head(out, head->words);
        before = head;
    }
}

static void add_column_heads(const Table *t, const Cell *cell, StrBuf *out)
{
    const ColumnHeads *above = &t->heads[cell->column];
    for (size_t i = 0; i < above->n; i++)
        add_head(out, above->at[i].cell->words);
}

/* A head takes the place of one as wide that doesn't stand right above it: HTML's rule (4.9.12.2), by which the
 * heads of columns hold under those of groups of rows. */
static void add_column_head(const Table *t, ColumnHeads *above, const Cell *cell, size_t row)
{
    const TagNode *n = node_of(t, cell);
    size_t kept = 0;
    for (size_t i = 0; i < above->n; i++) {
        const ColumnHead *old = &above->at[i];
        if (old->row == row || old->cell->column != cell->column ||
            node_of(t, old->cell)->column_span != n->column_span)
            above->at[kept++] = *old;
    }
    above->n = kept;
    array_push(above, (ColumnHead){cell, row + n->row_span});
}

/* What the cells below and behind a head have from it. */
static void remember_head(Table *t, size_t r, const Cell *cell)
{
    const Row *row = &t->rows.at[r];
    const TagNode *n = node_of(t, cell);
    for (size_t k = cell->column; k < cell->column + n->column_span && k < t->columns; k++) {
        if (heads(t, row, cell, TAG_SCOPE_ROW))
            t->reach[k] = (Reach){cell, n->row_span};
        if (heads(t, row, cell, TAG_SCOPE_COLUMN))
            add_column_head(t, &t->heads[k], cell, r);
    }
}

/* ---- reading -------------------------------------------------------------------------------------------- */

static void read_inside(Speaker *s, uint32_t node)
{
    Tag tag = read_find(s, node)->tag;
    if (tag == TAG_TH || tag == TAG_TD)
        read_spoken(s, node, read_content);
    else
        read_node(s, node);
}

/* "Karens, Beløb: 1.200" */
static void read_cell(const Table *t, const Cell *cell)
{
    Speaker *s = t->s;
    const TagNode *n = node_of(t, cell);
    StrBuf sign = {0};
    if (n->headers) {
        add_listed_heads(t, n, &sign);
    } else {
        add_row_heads(t, cell, &sign);
        add_column_heads(t, cell, &sign);
    }
    line_end(s);
    if (sign.n)
        line_lead(s, n->page, strbuf_str(&sign));
    s->lead = true;
    line_hang(s);
    read_inside(s, cell->node);
    if (s->outdent && !s->has_text) /* nothing was said */
        line_piece(s, PIECE_SIGN, read_word(s, SAY_empty));
    line_unhang(s);
    strbuf_drop(&sign);
}

static void read_head_row(const Table *t, const Row *row)
{
    Speaker *s = t->s;
    bool outer = s->flat;
    bool group = row->cells == 1 && t->columns > 1;
    line_lead(s, read_find(s, row->node)->page,
              read_word(s, group ? SAY_group_head : SAY_column_heads));
    s->flat = true;
    for (size_t i = row->first; i < row->first + row->cells; i++) {
        const Cell *cell = &t->cells.at[i];
        if (i > row->first)
            line_piece(s, PIECE_TEXT, STR("; "));
        if (cell->words.n || node_of(t, cell)->tag != TAG_TH)
            read_inside(s, cell->node);
        else
            line_piece(s, PIECE_TEXT, read_word(s, SAY_empty));
    }
    s->flat = outer;
    line_end(s);
}

static void read_row(Table *t, size_t r)
{
    Speaker *s = t->s;
    const Row *row = &t->rows.at[r];
    StrBuf number = {0}, sign = {0};
    Str outer = s->language;
    const TagNode *n = read_find(s, row->node);
    if (n->language.n)
        s->language = n->language;
    if (row->head) {
        read_head_row(t, row);
    } else {
        strbuf_add_int(&number, (int64_t)r + 1);
        read_pattern(s, SAY_row, "n", strbuf_str(&number), &sign);
        line_say(s, n->page, strbuf_str(&sign));
    }
    s->depth++;
    for (size_t i = row->first; i < row->first + row->cells; i++) {
        if (!row->head)
            read_cell(t, &t->cells.at[i]);
        if (node_of(t, &t->cells.at[i])->tag == TAG_TH)
            remember_head(t, r, &t->cells.at[i]);
    }
    s->depth--;
    for (size_t k = 0; k < t->columns; k++)
        t->reach[k].left -= t->reach[k].left > 0;
    s->language = outer;
    strbuf_drop(&number);
    strbuf_drop(&sign);
}

/* "Tabel med 4 kolonner og 9 rækker: Udgifter" */
static void say_table(const Table *t, uint32_t node)
{
    Speaker *s = t->s;
    const TagNode *n = read_find(s, node);
    StrBuf columns = {0}, rows = {0}, sign = {0};
    words_add_count(s->words, COUNT_columns, t->columns, &columns);
    words_add_count(s->words, COUNT_rows, t->rows.n, &rows);
    TermField fields[] = {{"columns", strbuf_str(&columns)}, {"rows", strbuf_str(&rows)}};
    terms_fill(&sign, read_word(s, SAY_table), fields, 2);
    line_lead(s, n->page, strbuf_str(&sign));
    for (uint32_t i = n->first_kid; i < n->first_kid + n->kids; i++) {
        const TagKid *kid = &s->pdf->kids.at[i];
        if (kid->kind == TAG_KID_NODE && read_find(s, kid->first)->tag == TAG_Caption)
            read_spoken(s, kid->first, read_content);
    }
    line_end(s);
    strbuf_drop(&columns);
    strbuf_drop(&rows);
    strbuf_drop(&sign);
}

static void drop_table(Table *t)
{
    for (size_t k = 0; k < t->columns; k++)
        array_drop(&t->heads[k]);
    array_drop(&t->rows);
    array_drop(&t->cells);
    map_drop(&t->ids);
    mem_free(t->reach);
    mem_free(t->heads);
    arena_drop(&t->arena);
}

void read_table(Speaker *s, uint32_t node)
{
    Table t = {.s = s};
    bool outer = s->in_paragraph;
    if (s->collects) { /* words alone */
        read_content(s, node);
        return;
    }
    s->in_paragraph = false;
    line_end(s);
    add_rows(&t, node, false);
    t.reach = mem_zalloc(MOST_COLUMNS * sizeof *t.reach);
    t.heads = mem_zalloc(MOST_COLUMNS * sizeof *t.heads);
    place_cells(&t);
    memset(t.reach, 0, MOST_COLUMNS * sizeof *t.reach);
    find_heads(&t);
    say_table(&t, node);
    s->depth++;
    for (size_t r = 0; r < t.rows.n; r++)
        read_row(&t, r);
    s->depth--;
    line_say(s, TAG_NO_PAGE, read_word(s, SAY_table_end));
    drop_table(&t);
    s->in_paragraph = outer;
}
