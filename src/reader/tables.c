#include <cmark-gfm-core-extensions.h>
#include <string.h>

#include "reader/internal.h"

static const ColumnAlign *read_align(Reader *r, cmark_node *node, size_t columns)
{
    uint8_t *letters = cmark_gfm_extensions_get_table_alignments(node);
    ColumnAlign *align = arena_array(r->arena, columns, ColumnAlign);
    for (size_t i = 0; i < columns; i++)
        align[i] = letters[i] == 'l'   ? COLUMN_LEFT
                   : letters[i] == 'c' ? COLUMN_CENTRE
                   : letters[i] == 'r' ? COLUMN_RIGHT
                                       : COLUMN_PLAIN;
    return align;
}

/* Number of cells in a row of the source: bars that are not escaped, less those at the ends. */
static size_t source_cells(Str line)
{
    line = str_trim(line);
    if (str_starts(line, STR("|")))
        line = str_cut(line, 1, line.n);
    size_t n = 1;
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == '\\')
            i++;
        else if (line.p[i] == '|' && i + 1 < line.n)
            n++;
    }
    return n;
}

static size_t count_rows(cmark_node *node)
{
    size_t n = 0;
    for (cmark_node *row = cmark_node_first_child(node); row; row = cmark_node_next(row))
        n++;
    return n;
}

/* cmark drops cells beyond the last column without a word. */
static void check_surplus(Reader *r, Pos row, size_t columns)
{
    Str line = row.line ? reader_line(r, row.line) : (Str){"", 0};
    /* What stands before a row in a quote or a list is ASCII, one byte a column. */
    size_t before = row.column && row.column <= line.n ? row.column - 1u : 0;
    size_t cells = source_cells(str_cut(line, before, line.n));
    if (cells > columns)
        diag_error(r->diags, row, "this row has %zu cells, but the table has %zu columns", cells,
                   columns);
}

const Table *table_read(Reader *r, cmark_node *node)
{
    Table *t = arena_new(r->arena, Table);
    t->columns = cmark_gfm_extensions_get_table_columns(node);
    t->rows = count_rows(node);
    t->align = read_align(r, node, t->columns);
    Cell *cell = arena_zalloc(r->arena, t->rows * t->columns * sizeof *cell);
    Pos *pos = arena_array(r->arena, t->rows, Pos);
    t->cell = cell;
    t->row_pos = pos;
    for (cmark_node *row = cmark_node_first_child(node), *next; row; row = next) {
        next = cmark_node_next(row);
        *pos = pos_of(r, row);
        check_surplus(r, *pos++, t->columns);
        size_t i = 0;
        for (cmark_node *c = cmark_node_first_child(row); c && i < t->columns;
             c = cmark_node_next(c), i++)
            cell[i].inlines = inlines_read(r, c);
        cell += t->columns;
        cmark_node_free(row); /* so that a long table isn't in memory twice */
    }
    t->row_heads = t->columns > 1 && t->rows > 0 && t->cell[0].inlines != NULL;
    return t;
}
