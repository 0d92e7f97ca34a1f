#include "reader/sheet.h"

#include <string.h>

#include "base/file.h"

/* What is larger was given by mistake: the longest table that Excel holds is about as large. */
enum { LARGEST_SHEET = 256 << 20 };

/* ---- what spreadsheets make of a cell ------------------------------------------------------- */

static bool opens_formula(char c)
{
    return c == '=' || c == '+' || c == '-' || c == '@';
}

/* An apostrophe says that a text is no formula; what briefpack exports has one, too. */
static bool is_marked_text(Str s)
{
    size_t n = 0;
    while (n < s.n && s.p[n] == '\'')
        n++;
    return n > 0 && n < s.n && opens_formula(s.p[n]);
}

/* "-3", "+ 5" and "- a word" are none. */
static bool is_formula(Str s)
{
    return s.n > 1 && (s.p[0] == '=' || (opens_formula(s.p[0]) &&
                                         (ascii_letter(s.p[1]) || s.p[1] == '(' || s.p[1] == '$')));
}

static bool only(Str s, char c)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != c)
            return false;
    return s.n > 1;
}

/* #REF!, #DIV/0!, #NAVN? in any language of a spreadsheet, #N/A and its Danish #I/T, Err:502. */
static bool is_error(Str s)
{
    static const char *const calls[] = {"Err:", "Fejl:"};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (str_starts(s, str_from(calls[i])) && s.n == strlen(calls[i]) + 3 &&
            ascii_digit(s.p[s.n - 1]))
            return true;
    if (str_equal(s, STR("#N/A")) || str_equal(s, STR("#I/T")))
        return true;
    if (s.n < 4 || s.p[0] != '#' || (s.p[s.n - 1] != '!' && s.p[s.n - 1] != '?'))
        return false;
    for (size_t i = 1; i + 1 < s.n; i++) {
        char c = s.p[i];
        bool capital = (ascii_letter(c) && c != ascii_lower(c)) || (c & 0x80);
        if (!capital && !ascii_digit(c) && c != '/' && c != '_')
            return false;
    }
    return true;
}

static void drop_apostrophe(CsvCell *cell)
{
    cell->text = str_cut(cell->text, 1, cell->text.n);
    cell->raw = str_cut(cell->raw, 1, cell->raw.n);
    cell->pos.column++;
}

static void check_cell(Reader *r, CsvCell *cell)
{
    Str s = cell->text;
    if (is_marked_text(s)) {
        drop_apostrophe(cell);
    } else if (only(s, '#')) {
        diag_error(r->diags, cell->pos, "the column of this cell was too narrow for its number");
        diag_hint(r->diags, "make the column wider in the spreadsheet, and save it again");
    } else if (is_error(s)) {
        diag_error(r->diags, cell->pos, "'%.*s' is an error of the spreadsheet", (int)s.n, s.p);
        diag_hint(r->diags, "mend its formula in the spreadsheet, and save it again");
    } else if (is_formula(s)) {
        Str piece = text_shown(s);
        diag_warning(r->diags, cell->pos, "'%.*s' is a formula, which is kept as text",
                     (int)piece.n, piece.p);
        diag_hint(r->diags, "save the spreadsheet with values; an apostrophe before a text says "
                            "that it is no formula");
    }
}

/* ---- rows of the right length --------------------------------------------------------------- */

static void end_block(Sheet *s)
{
    for (size_t i = 0; s->least != s->most && i < s->short_rows; i++)
        diag_error(s->r.diags, s->short_row[i].pos,
                   "this row has fewer cells (%zu) than there are headings (%zu)",
                   s->short_row[i].cells, s->headings);
    s->short_rows = s->most = 0;
    s->least = SIZE_MAX;
}

static void check_length(Sheet *s)
{
    size_t n = s->csv.cells.n;
    if (s->csv.rows > s->block_end) {
        end_block(s);
        s->block_end = (s->csv.rows + SHEET_BLOCK - 1) / SHEET_BLOCK * SHEET_BLOCK;
    }
    if (n == 1 && !s->csv.cells.at[0].text.n)
        return; /* an empty line */
    s->least = n < s->least ? n : s->least;
    s->most = n > s->most ? n : s->most;
    if (n < s->headings)
        s->short_row[s->short_rows++] = (ShortRow){s->csv.row, n};
}

/* Reports the first cell that belongs to no column. */
static void check_surplus(Sheet *s)
{
    for (size_t i = 0; i < s->csv.cells.n; i++) {
        const CsvCell *cell = &s->csv.cells.at[i];
        if (!cell->text.n || (i < s->headings && s->named[i]))
            continue;
        if (i < s->headings)
            diag_error(s->r.diags, cell->pos, "the column of this cell has no heading");
        else
            diag_error(s->r.diags, cell->pos,
                       "this row has more cells (%zu) than there are headings (%zu)",
                       s->csv.cells.n, s->headings);
        return;
    }
}

/* ---- the sheet ------------------------------------------------------------------------------ */

static size_t count_known(void *context, const CsvCell *cell, size_t n)
{
    const Sheet *s = context;
    size_t known = 0;
    for (size_t i = 0; i < n; i++)
        known += column_of_heading(s->r.terms, s->columns, cell[i].text) < s->columns->n;
    return known;
}

/* The Danish letters of Excel's "CSV (MS-DOS)" and "CSV (Macintosh)", read as Windows-1252. */
static const struct {
    const char *read, *meant;
} foreign[] = {{"\u2018", "æ"}, {"\u203A", "ø"}, {"\u2020", "å"},
               {"\u00BE", "æ"}, {"\u00BF", "ø"}, {"\u0152", "å"}};

static void add_meant(StrBuf *out, Str s)
{
    for (size_t i = 0, n; i < s.n; i += n) {
        const char *meant = NULL;
        for (size_t k = 0; !meant && k < sizeof foreign / sizeof *foreign; k++)
            if (str_starts(str_cut(s, i, s.n), str_from(foreign[k].read))) {
                meant = foreign[k].meant;
                n = strlen(foreign[k].read);
            }
        if (!meant)
            strbuf_add(out, s.p + i, n = 1);
        else
            strbuf_add_text(out, meant);
    }
}

/* Whether a heading would be known if its letters were those of another system; its own are reported. */
static bool is_foreign(Sheet *s, Str heading, Pos pos)
{
    StrBuf meant = {0};
    if (column_of_heading(s->r.terms, s->columns, heading) < s->columns->n)
        return false;
    add_meant(&meant, heading);
    bool known = column_of_heading(s->r.terms, s->columns, strbuf_str(&meant)) < s->columns->n;
    strbuf_drop(&meant);
    if (!known)
        return false;
    diag_error(s->r.diags, pos, "'%.*s' has letters of MS-DOS or an old Macintosh", (int)heading.n,
               heading.p);
    diag_hint(s->r.diags, "save the spreadsheet again as 'CSV UTF-8'");
    return true;
}

static bool read_headings(Sheet *s)
{
    Csv *c = &s->csv;
    do
        if (!csv_row(c))
            return false;
    while (csv_row_is_empty(c));
    size_t n = s->headings = c->cells.n;
    Str *heading = arena_array(s->r.arena, n, Str);
    Pos *pos = arena_array(s->r.arena, n, Pos);
    s->named = arena_array(s->r.arena, n, bool);
    for (size_t i = 0; i < n; i++) {
        heading[i] = c->cells.at[i].text;
        pos[i] = c->cells.at[i].pos;
        s->named[i] = heading[i].n > 0;
        if (is_foreign(s, heading[i], pos[i]))
            return false;
    }
    check_length(s);
    if (!count_known(s, c->cells.at, n)) {
        diag_error(s->r.diags, c->row, "none of the headings in this row is known");
        columns_hint(&s->r, s->columns);
        return false;
    }
    return columns_find(&s->r, s->columns, heading, pos, n, s->column);
}

bool sheet_open(Sheet *s, const Reader *of, const char *path, const Columns *columns)
{
    StrBuf text = {0};
    int error = file_read(path, LARGEST_SHEET, &text);
    Encoding encoding = encoding_decode(&text);
    Reader *r = &s->r;
    *s = (Sheet){.columns = columns, .least = SIZE_MAX};
    *r = (Reader){.report = of->report,
                  .diags = of->diags,
                  .arena = of->arena,
                  .terms = of->terms,
                  .citations = of->citations,
                  .text = strbuf_str(&text)};
    r->file = diags_file(of->diags, path, text.p, text.n);
    if (error)
        diag_error(r->diags, (Pos){0, 0, r->file}, "can't read it: %s", strerror(error));
    if (error || !text_check(r->diags, r->file, r->text, encoding))
        return false;
    csv_open(&s->csv, r->diags, r->arena, r->file, r->text, count_known, s);
    return read_headings(s);
}

bool sheet_row(Sheet *s)
{
    while (csv_row(&s->csv) && !s->csv.stopped) {
        check_length(s);
        if (csv_row_is_empty(&s->csv))
            continue;
        check_surplus(s);
        for (size_t i = 0; i < s->csv.cells.n; i++)
            check_cell(&s->r, &s->csv.cells.at[i]);
        return true;
    }
    end_block(s);
    return false;
}

CsvCell sheet_cell(const Sheet *s, size_t column)
{
    size_t at = s->column[column];
    if (at < s->csv.cells.n)
        return s->csv.cells.at[at];
    return (CsvCell){.text = {"", 0}, .raw = {"", 0}, .pos = s->csv.row};
}

void sheet_close(Sheet *s)
{
    csv_close(&s->csv);
    array_drop(&s->r.line_start);
    diags_release_text(s->r.diags, s->r.file);
}

/* ---- text with marks in a cell -------------------------------------------------------------- */

/* A character that begins nothing in Markdown, before a text that may begin something: a cell is a
 * paragraph, whatever it begins with. */
#define OPENER "("

static bool needs_opener(Str s)
{
    bool reference = s.p[0] == '[' && memmem(s.p, s.n, "]:", 2);
    bool bold = s.n > 2 && str_starts(s, STR("**")) && !ascii_space(s.p[2]) && s.p[2] != '*';
    bool plain = ascii_letter(s.p[0]) || (s.p[0] & 0x80) || str_find(STR("[(\"'"), s.p[0]) < 4;
    return reference || !(plain || bold);
}

static void advance(CellPlace *p)
{
    const char *c = p->cell->raw.p + p->at;
    p->byte = *c == '\n' ? 1 : p->byte + 1;
    p->line += *c == '\n';
    p->at += *c == '"' && p->cell->doubled ? 2 : 1;
}

Place cell_place(Reader *r, int line, int byte)
{
    CellPlace *p = r->cell;
    if (line == 1)
        byte -= (int)p->opener;
    if (!p->line || line < p->line || (line == p->line && byte < p->byte)) {
        p->line = p->byte = 1;
        p->at = 0;
    }
    while (p->at < p->cell->raw.n && (p->line < line || (p->line == line && p->byte < byte)))
        advance(p);
    uint32_t number = p->cell->pos.line + (uint32_t)p->line - 1;
    return (Place){number, (size_t)(p->cell->raw.p + p->at - reader_line(r, number).p)};
}

size_t cell_opener(const CellPlace *p, Pos pos, Str text)
{
    bool first = pos.line == p->cell->pos.line && pos.column == p->cell->pos.column;
    return first && str_starts(text, STR(OPENER)) ? p->opener : 0;
}

bool cell_doubles_quotes(const CellPlace *p)
{
    return p->cell->doubled;
}

static Inline *read_paragraphs(Reader *r, cmark_node *document)
{
    Inline *text = NULL, *last = NULL;
    for (cmark_node *p = cmark_node_first_child(document); p; p = cmark_node_next(p)) {
        if (cmark_node_get_type(p) != CMARK_NODE_PARAGRAPH) {
            diag_error(r->diags, pos_of(r, p), "a cell holds text alone, no lists or headings");
            continue;
        }
        Inline *in = inlines_read(r, p);
        if (in && !cmark_node_previous(p))
            in = r->cell->opener ? inlines_skip(r, in, r->cell->opener) : in;
        if (in)
            text = inlines_join_lines(r, text, &last, in);
    }
    return text;
}

Inline *sheet_inlines(Sheet *s, size_t column)
{
    Reader *r = &s->r;
    CsvCell cell = sheet_cell(s, column);
    CellPlace place = {.cell = &cell};
    if (!cell.text.n)
        return NULL;
    cmark_parser *parser = reader_parser();
    place.opener = needs_opener(cell.text) ? strlen(OPENER) : 0;
    cmark_parser_feed(parser, OPENER, place.opener);
    cmark_parser_feed(parser, cell.text.p, cell.text.n);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    r->cell = &place;
    Inline *in = read_paragraphs(r, document);
    r->cell = NULL;
    cmark_node_free(document);
    return in;
}
