#include <string.h>

#include "base/utf8.h"
#include "reader/internal.h"

/* Wider tables fit on no page. cmark makes cells also where a row has none, so a few characters may ask for
 * many; and it takes time for all of a word for each parenthesis at the end of a word. */
enum { MOST_COLUMNS = 256, MOST_CELLS = 2000000, MOST_PARENTHESES = 1000 };

/* ---- attributes at the ends of lines -------------------------------------------------------- */

/* The character of a code fence that the line opens or closes, or 0. */
static char fence_of(Str line, size_t *length)
{
    size_t at = source_indent(line), n = at;
    if (at > 3 || at >= line.n || (line.p[at] != '`' && line.p[at] != '~'))
        return 0;
    while (n < line.n && line.p[n] == line.p[at])
        n++;
    *length = n - at;
    return *length >= 3 ? line.p[at] : 0;
}

/* Of a picture alone, up to the attributes that end it. */
static bool is_image_line(Str line, size_t open)
{
    line = str_trim(str_cut(line, 0, open));
    bool another = line.n > 2 && memmem(line.p + 2, line.n - 2, "![", 2);
    return str_starts(line, STR("![")) && str_ends(line, STR(")")) && !another;
}

/* Whether they are those of a picture in the line. */
static bool belongs_to_picture(Str line, size_t open)
{
    return open > 0 && line.p[open - 1] == ')' &&
           str_starts(str_cut(line, open, line.n), STR("{alt="));
}

static bool is_caption_line(const Reader *r, Str line)
{
    Str rest;
    return terms_label(r->terms, WORD_table, str_trim(line), &rest) ||
           terms_label(r->terms, WORD_figure, str_trim(line), &rest);
}

/* The text on its way to cmark. */
typedef struct {
    Reader *reader;
    cmark_parser *parser;
    Str text;
    size_t fed; /* so much of it */
    char fence; /* that is open, or 0 */
    size_t fence_length;
    bool caption;   /* the lines are those of a caption */
    size_t columns; /* of the table that the lines belong to, or 0 */
    size_t cells;   /* of all tables */
    bool skipping;  /* the table is left out, for it is too large */
} Feed;

/* Whether the line belongs to a code block. */
static bool in_code(Feed *f, Str line)
{
    size_t length = 0;
    char mark = fence_of(line, &length), open = f->fence;
    if (open) {
        if (mark == open && length >= f->fence_length)
            f->fence = 0;
        return true;
    }
    f->fence = mark;
    f->fence_length = length;
    return mark != 0;
}

/* cmark gets the text up to a place, and next what stands from another one on. */
static void leave_out(Feed *f, size_t from, size_t to)
{
    cmark_parser_feed(f->parser, f->text.p + f->fed, from - f->fed);
    f->fed = to;
}

/* Keeps the attributes that end a line, and gives cmark what stands before them. */
static void take_attributes(Feed *f, size_t at, Str line, uint32_t number)
{
    Reader *r = f->reader;
    size_t open = attributes_find(line), next = at + line.n + 1;
    Str after = next < f->text.n ? source_line_at(f->text, next) : (Str){"", 0};
    bool image = is_image_line(line, open);
    if (open == line.n || (!image && belongs_to_picture(line, open)) ||
        !(f->caption || source_is_heading(line) || source_is_underline(after) || image))
        return;
    size_t column = utf8_length(str_cut(line, 0, open)) + 1;
    Pos pos = {number, pos_column(column), r->file};
    LineAttributes a = {number, pos, attributes_parse(r, str_cut(line, open, line.n), pos), false};
    attributes_refuse_pull_out(r, &a.attributes, pos);
    array_push(&r->attributes, a);
    leave_out(f, at + open, at + line.n);
}

/* ---- limits --------------------------------------------------------------------------------- */

size_t hyphen_columns(Str line)
{
    size_t bars = 0, last = 0;
    bool hyphen = false, first = false;
    for (size_t i = 0; i < line.n; i++) {
        if (!strchr("|-: \t", line.p[i]))
            return 0;
        hyphen |= line.p[i] == '-';
        bars += line.p[i] == '|';
        first |= i == 0 && line.p[i] == '|';
        last = line.p[i] == '|';
    }
    return hyphen && bars ? bars + 1 - first - last : 0;
}

/* In a quotation, too. */
static size_t columns_of(Str line)
{
    line = str_trim(line);
    while (line.n && (line.p[0] == '>' || ascii_blank(line.p[0])))
        line = str_cut(line, 1, line.n);
    return hyphen_columns(line);
}

/* Whether the line is left out, as part of a table that is too large. */
static bool is_too_large(Feed *f, Str line, uint32_t number)
{
    Pos pos = {number, 1, f->reader->file};
    size_t columns = columns_of(line);
    if (!str_trim(line).n) {
        f->skipping = false;
        f->columns = 0;
    } else if (columns > f->columns) {
        f->columns = columns;
    }
    if (f->skipping)
        return true;
    if (columns > MOST_COLUMNS) {
        diag_error(f->reader->diags, pos, "a table has at most %d columns; this one has %zu",
                   MOST_COLUMNS, columns);
        f->skipping = true;
    }
    f->cells += f->columns;
    if (f->columns && f->cells > MOST_CELLS && !f->skipping) {
        diag_error(f->reader->diags, pos, "the tables of a report have at most %d cells",
                   MOST_CELLS);
        f->skipping = true;
    }
    return f->skipping;
}

static bool has_long_word(Str line)
{
    size_t parentheses = 0;
    for (size_t i = 0; i < line.n; i++) {
        parentheses += line.p[i] == ')';
        if (ascii_space(line.p[i]))
            parentheses = 0;
        if (parentheses > MOST_PARENTHESES)
            return true;
    }
    return false;
}

static bool is_left_out(Feed *f, Str line, uint32_t number)
{
    if (is_too_large(f, line, number))
        return true;
    if (!has_long_word(line))
        return false;
    diag_error(f->reader->diags, (Pos){number, 1, f->reader->file},
               "a word in this line has more than %d parentheses", MOST_PARENTHESES);
    return true;
}

/* ---- the whole ------------------------------------------------------------------------------ */

/* cmark would take quotes and underscores in attributes for emphasis. What follows on the line is nothing,
 * so positions stay. */
uint32_t feed_text(Reader *r, cmark_parser *parser, Str text)
{
    Feed f = {.reader = r, .parser = parser, .text = text};
    uint32_t number = r->line_offset + 1;
    for (size_t at = 0; at < text.n; number++) {
        Str line = source_line_at(text, at), bare = str_trim(line);
        if (is_left_out(&f, line, number)) {
            leave_out(&f, at, at + line.n);
        } else if (!in_code(&f, line)) {
            footnotes_look_at_line(r, line, number);
            definitions_look_at_line(r, text, at, number);
            f.caption = bare.n && (f.caption || is_caption_line(r, line));
            if (str_ends(bare, STR("}")))
                take_attributes(&f, at, line, number);
        }
        at += line.n + 1;
    }
    cmark_parser_feed(parser, text.p + f.fed, text.n - f.fed);
    footnotes_feed(r, parser);
    return number;
}
