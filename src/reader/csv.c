#include "reader/csv.h"

#include <string.h>

#include "base/utf8.h"

/* ---- places --------------------------------------------------------------------------------- */

/* The place of a byte in the line that is being read; asked for in order. */
static Pos place(Csv *c, size_t at)
{
    c->column += utf8_length(str_cut(c->text, c->counted, at));
    c->counted = at;
    size_t column = c->column + 1;
    return (Pos){c->line, (uint16_t)(column > UINT16_MAX ? UINT16_MAX : column), c->file};
}

static void begin_line(Csv *c, size_t at)
{
    c->line++;
    c->line_at = c->counted = at;
    c->column = 0;
}

static bool at_end(const Csv *c)
{
    return c->at >= c->text.n;
}

/* At what ends a cell. */
static bool at_mark(const Csv *c)
{
    return at_end(c) || c->text.p[c->at] == '\n' || c->text.p[c->at] == c->separator;
}

static void skip_blanks(Csv *c)
{
    while (!at_mark(c) && ascii_blank(c->text.p[c->at]))
        c->at++;
}

/* ---- cells ---------------------------------------------------------------------------------- */

static void stop(Csv *c)
{
    c->stopped = true;
    c->at = c->text.n;
}

/* Keeps what is between two bytes without the blanks at both ends. */
static CsvCell cell_between(Csv *c, size_t from, size_t to)
{
    while (from < to && ascii_space(c->text.p[from]))
        if (c->text.p[from++] == '\n')
            begin_line(c, from);
    CsvCell cell = {.pos = place(c, from)};
    cell.raw = cell.text = str_trim(str_cut(c->text, from, to));
    return cell;
}

static void read_plain(Csv *c, CsvCell *cell)
{
    size_t from = c->at;
    while (!at_mark(c))
        c->at++;
    *cell = cell_between(c, from, c->at);
}

/* Moves to the quote that closes the cell; tells whether there are doubled ones before it. */
static bool find_close(Csv *c, bool *doubled)
{
    for (;; c->at += 2) {
        c->at += str_find(str_cut(c->text, c->at, c->text.n), '"');
        if (at_end(c))
            return false;
        if (c->at + 1 >= c->text.n || c->text.p[c->at + 1] != '"')
            return true;
        *doubled = true;
    }
}

static Str undouble(Arena *arena, Str s)
{
    char *out = arena_bytes(arena, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        out[n++] = s.p[i];
        i += s.p[i] == '"';
    }
    return (Str){out, n};
}

/* What stands behind the quote that closes a cell, as in "5" rør; it is left out. */
static void skip_surplus(Csv *c)
{
    skip_blanks(c);
    if (at_mark(c))
        return;
    if (c->diags) {
        diag_error(c->diags, place(c, c->at),
                   "there is text behind the closing quote of this cell");
        diag_hint(c->diags, "a quotation mark within a cell in quotes is written twice");
    }
    while (!at_mark(c))
        c->at++;
}

static void read_quoted(Csv *c, CsvCell *cell)
{
    Pos open = place(c, c->at);
    size_t from = ++c->at;
    bool doubled = false, closed = find_close(c, &doubled);
    *cell = cell_between(c, from, c->at);
    for (size_t i = c->line_at; (i += str_find(str_cut(c->text, i, c->at), '\n')) < c->at;)
        begin_line(c, ++i);
    cell->doubled = doubled;
    if (doubled)
        cell->text = undouble(c->arena, cell->text);
    if (closed) {
        c->at++;
        skip_surplus(c);
        return;
    }
    stop(c);
    if (c->diags) {
        diag_error(c->diags, open, "this quotation mark is not closed");
        diag_hint(c->diags, "all that follows would be in this cell");
    }
}

static void check_length(Csv *c, const CsvCell *cell)
{
    if (cell->text.n <= CSV_LONGEST_CELL || utf8_length(cell->text) <= CSV_LONGEST_CELL)
        return;
    if (c->diags)
        diag_error(c->diags, cell->pos, "this cell has more than %d characters", CSV_LONGEST_CELL);
    stop(c);
}

static void read_cell(Csv *c)
{
    CsvCell cell;
    skip_blanks(c);
    if (!at_end(c) && c->text.p[c->at] == '"')
        read_quoted(c, &cell);
    else
        read_plain(c, &cell);
    if (!c->stopped)
        check_length(c, &cell);
    if (c->cells.n < CSV_MOST_CELLS) {
        array_push(&c->cells, cell);
        return;
    }
    if (c->diags)
        diag_error(c->diags, cell.pos, "this row has more than %d cells", CSV_MOST_CELLS);
    stop(c);
}

/* ---- rows ----------------------------------------------------------------------------------- */

bool csv_row(Csv *c)
{
    c->cells.n = 0;
    if (at_end(c))
        return false;
    c->row = place(c, c->at);
    if (c->rows++ == CSV_MOST_ROWS) {
        if (c->diags)
            diag_error(c->diags, c->row, "there are more than %d rows", CSV_MOST_ROWS);
        stop(c);
        return false;
    }
    for (;;) {
        read_cell(c);
        if (at_end(c) || c->text.p[c->at] == '\n')
            break;
        c->at++;
    }
    if (!at_end(c))
        begin_line(c, ++c->at);
    return true;
}

bool csv_row_is_empty(const Csv *c)
{
    for (size_t i = 0; i < c->cells.n; i++)
        if (c->cells.at[i].text.n)
            return false;
    return true;
}

/* ---- the separator -------------------------------------------------------------------------- */

enum { SAMPLE_BYTES = 64 << 10, SAMPLE_ROWS = 32 };

typedef struct {
    size_t known, alike, cells;
} Score;

static bool better(Score a, Score b)
{
    if (a.known != b.known)
        return a.known > b.known;
    return a.alike != b.alike ? a.alike > b.alike : a.cells > b.cells;
}

/* How well a separator parts the first rows. Nothing is said of them, nor kept. */
static Score try_separator(const Csv *csv, char separator, CsvKnown *known, void *context)
{
    Arena scratch = {0};
    Csv c = {
        .arena = &scratch, .text = csv->text, .line = 1, .separator = separator, .at = csv->at};
    Score score = {0};
    c.text.n = c.text.n > c.at + SAMPLE_BYTES ? c.at + SAMPLE_BYTES : c.text.n;
    while (c.rows < SAMPLE_ROWS && csv_row(&c)) {
        if (csv_row_is_empty(&c))
            continue;
        if (!score.cells) {
            score.known = known(context, c.cells.at, c.cells.n);
            score.cells = c.cells.n;
        }
        score.alike += score.cells > 1 && c.cells.n == score.cells;
    }
    csv_close(&c);
    arena_drop(&scratch);
    return score;
}

/* Excel opens a file whose first line is "sep=;" with that separator. */
static bool take_separator(Csv *c)
{
    Str line = str_cut(c->text, 0, str_find(c->text, '\n'));
    if (line.n != 5 || !utf8_equal_fold(str_cut(line, 0, 4), STR("sep=")))
        return false;
    c->separator = line.p[4];
    c->at = line.n + (line.n < c->text.n);
    c->rows = 1;
    begin_line(c, c->at);
    return true;
}

void csv_open(Csv *c, Diags *diags, Arena *arena, uint16_t file, Str text, CsvKnown *known,
              void *context)
{
    static const char separators[] = {';', ',', '\t'};
    *c = (Csv){.diags = diags, .arena = arena, .text = text, .file = file, .line = 1};
    if (take_separator(c))
        return;
    Score best = {0};
    c->separator = separators[0];
    for (size_t i = 0; i < sizeof separators; i++) {
        Score score = try_separator(c, separators[i], known, context);
        if (better(score, best)) {
            best = score;
            c->separator = separators[i];
        }
    }
}

void csv_close(Csv *c)
{
    array_drop(&c->cells);
}
