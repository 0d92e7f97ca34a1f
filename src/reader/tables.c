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

static size_t skip_blanks(Str s, size_t i)
{
    while (i < s.n && ascii_blank(s.p[i]))
        i++;
    return i;
}

/* Number of cells in a row of the source: bars that are escaped part none, and those at the ends open and
 * close the row. *start is set to where the cell behind `before` others begins. */
static size_t count_cells(Str row, size_t before, size_t *start)
{
    size_t n = 1, i = skip_blanks(row, 0);
    while (row.n > i && ascii_space(row.p[row.n - 1]))
        row.n--;
    if (i < row.n && row.p[i] == '|')
        i++;
    for (; i < row.n; i++) {
        if (row.p[i] == '\\')
            i++;
        else if (row.p[i] == '|' && i + 1 < row.n && n++ == before)
            *start = skip_blanks(row, i + 1);
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

/* cmark drops cells beyond the last column without a word; and any line right below a table is a row. */
static void check_row(Reader *r, cmark_node *row, size_t columns)
{
    Place at = source_place(r, row);
    Str line = reader_line(r, at.line);
    if (at.line && columns > 1 && str_find(line, '|') == line.n) {
        diag_warning(r->diags, source_pos(r, at), "this line is a row of the table above it");
        diag_hint(r->diags, "an empty line ends the table");
    }
    size_t start = 0, cells = count_cells(str_cut(line, at.byte, line.n), columns, &start);
    if (!at.line || cells <= columns)
        return;
    at.byte += start;
    diag_error(r->diags, source_pos(r, at),
               "this cell is one too many: the table has %zu columns, the row %zu cells", columns,
               cells);
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
        *pos++ = pos_of(r, row);
        check_row(r, row, t->columns);
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
