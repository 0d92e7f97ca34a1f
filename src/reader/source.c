#include "base/utf8.h"
#include "reader/internal.h"

Str source_line_at(Str text, size_t at)
{
    return str_cut(text, at, at + str_find(str_cut(text, at, text.n), '\n'));
}

static void find_lines(Reader *r)
{
    for (size_t at = 0; at < r->text.n; at += source_line_at(r->text, at).n + 1)
        array_push(&r->line_start, at);
}

/* The beginning of a line; false when there is no such line. */
static bool find_line(Reader *r, uint32_t line, size_t *start)
{
    if (!r->line_start.n)
        find_lines(r);
    if (line < 1 || line > r->line_start.n)
        return false;
    *start = r->line_start.at[line - 1];
    return true;
}

Str reader_line(Reader *r, uint32_t line)
{
    size_t start;
    return find_line(r, line, &start) ? source_line_at(r->text, start) : (Str){"", 0};
}

/* The cursor stands at a byte of a line and knows how many characters are before it. Positions are mostly
 * asked for near each other, so that counting goes on from there: a paragraph may be one line of a million
 * characters. */
static void seek_line(Reader *r, uint32_t line)
{
    if (r->cursor.line == line)
        return;
    r->cursor.line = line;
    r->cursor.bytes = r->cursor.characters = 0;
}

static void seek_byte(Reader *r, Str line, size_t byte)
{
    size_t at = r->cursor.bytes;
    if (byte >= at)
        r->cursor.characters += utf8_length(str_cut(line, at, byte));
    else
        r->cursor.characters -= utf8_length(str_cut(line, byte, at));
    r->cursor.bytes = byte;
}

static void seek_character(Reader *r, Str line, size_t characters)
{
    size_t at = r->cursor.bytes;
    while (r->cursor.characters < characters && at < line.n) {
        utf8_next(line, &at);
        r->cursor.characters++;
    }
    while (r->cursor.characters > characters && at > 0) {
        do
            at--;
        while (at > 0 && ((unsigned char)line.p[at] & 0xC0) == 0x80);
        r->cursor.characters--;
    }
    r->cursor.bytes = at;
}

static uint16_t as_column(size_t column)
{
    return (uint16_t)(column > UINT16_MAX ? UINT16_MAX : column);
}

static size_t column_of(Reader *r, uint32_t line, size_t byte)
{
    Str text = reader_line(r, line);
    seek_line(r, line);
    seek_byte(r, text, byte - 1 < text.n ? byte - 1 : text.n);
    return r->cursor.characters + 1;
}

/* Length of "&amp;" and its kin, 1 for an ampersand that is one. */
static size_t entity_length(Str s, char meant)
{
    enum { LONGEST = 34 };
    if (meant == '&' && !str_starts(s, STR("&amp;")) && !str_starts(s, STR("&#")))
        return 1;
    for (size_t i = 1; i < s.n && i < LONGEST; i++) {
        if (s.p[i] == ';')
            return i + 1;
        if (!ascii_letter(s.p[i]) && !ascii_digit(s.p[i]) && s.p[i] != '#')
            break;
    }
    return 1;
}

/* Bytes of a line that were read as the character `meant`. */
static size_t source_length(Str s, Str meant)
{
    size_t next = 0;
    if (s.n > 1 && s.p[0] == '\\' && ascii_punctuation(s.p[1]))
        return 2;
    if (s.n && s.p[0] == '&')
        return entity_length(s, meant.p[0]);
    utf8_next(meant, &next);
    return next;
}

/* Where the text of a paragraph goes on in a line: behind indents and marks of quotations. */
static size_t line_text(Str line)
{
    size_t i = 0;
    while (i < line.n && (ascii_blank(line.p[i]) || line.p[i] == '>'))
        i++;
    return i;
}

Pos source_pos_in(Reader *r, Pos from, Str text, size_t at)
{
    if (from.column == UINT16_MAX || !from.line)
        return from;
    Pos pos = from;
    Str line = reader_line(r, pos.line);
    seek_line(r, pos.line);
    seek_character(r, line, pos.column - 1u);
    size_t byte = r->cursor.bytes;
    for (size_t i = 0; i < at;) {
        if (text.p[i] == '\n') {
            i++;
            line = reader_line(r, ++pos.line);
            byte = line_text(line);
            continue;
        }
        byte += source_length(str_cut(line, byte, line.n), str_cut(text, i, text.n));
        utf8_next(text, &i);
    }
    seek_line(r, pos.line);
    seek_byte(r, line, byte < line.n ? byte : line.n);
    pos.column = as_column(r->cursor.characters + 1);
    return pos;
}

bool source_is_escaped(Reader *r, Pos pos)
{
    if (pos.column == UINT16_MAX)
        return true;
    Str line = reader_line(r, pos.line);
    seek_line(r, pos.line);
    seek_character(r, line, pos.column - 1u);
    return r->cursor.bytes < line.n && line.p[r->cursor.bytes] == '\\';
}

/* cmark counts on in the same line behind a backslash that breaks it. */
static void mend_line(Reader *r, int *line, int *column)
{
    Str text = reader_line(r, (uint32_t)*line + r->line_offset);
    while (str_ends(text, STR("\\")) && (size_t)*column > text.n + 1) {
        *column -= (int)text.n + 1;
        *line += 1;
        text = reader_line(r, (uint32_t)*line + r->line_offset);
        for (size_t i = 0; i < text.n && (text.p[i] == ' ' || text.p[i] == '\t'); i++)
            *column += 1;
    }
}

/* cmark counts bytes. */
Pos pos_of(Reader *r, cmark_node *node)
{
    int line = cmark_node_get_start_line(node), byte = cmark_node_get_start_column(node);
    if (line <= 0)
        return (Pos){0, 0, r->file};
    if (r->after_break)
        mend_line(r, &line, &byte);
    Pos pos = {(uint32_t)line + r->line_offset, 1, r->file};
    size_t column = byte > 1 ? column_of(r, pos.line, (size_t)byte) : 1;
    pos.column = as_column(column);
    return pos;
}

bool nesting_enter(Reader *r, Pos pos)
{
    if (r->depth < DEEPEST_NESTING) {
        r->depth++;
        return true;
    }
    if (!r->too_deep)
        diag_error(r->diags, pos, "nested more than %d levels deep", DEEPEST_NESTING);
    r->too_deep = true;
    return false;
}

void nesting_leave(Reader *r)
{
    r->depth--;
}
