#include <string.h>

#include "base/utf8.h"
#include "reader/internal.h"

Str source_line_at(Str text, size_t at)
{
    return str_cut(text, at, at + str_find(str_cut(text, at, text.n), '\n'));
}

size_t source_skip_containers(Str line)
{
    size_t i = 0;
    for (;;) {
        size_t from = i;
        while (i < line.n && (ascii_blank(line.p[i]) || line.p[i] == '>'))
            i++;
        size_t digits = i + str_digits(line, i);
        bool numbered = digits > i && digits < line.n && strchr(".)", line.p[digits]);
        bool bullet = i < line.n && strchr("-+*", line.p[i]);
        size_t after = numbered ? digits + 1 : i + 1;
        if ((numbered || bullet) && after < line.n && ascii_blank(line.p[after]))
            i = after;
        if (i == from)
            return i;
    }
}

size_t source_indent(Str line)
{
    size_t n = 0;
    while (n < line.n && line.p[n] == ' ')
        n++;
    return n;
}

bool source_is_heading(Str line)
{
    size_t at = source_indent(line), n = at;
    while (n < line.n && line.p[n] == '#')
        n++;
    return at <= 3 && n > at && n - at <= 6 && n < line.n && ascii_space(line.p[n]);
}

bool source_is_underline(Str line)
{
    Str s = str_trim(line);
    if (!s.n || source_indent(line) > 3 || (s.p[0] != '=' && s.p[0] != '-'))
        return false;
    for (size_t i = 1; i < s.n; i++)
        if (s.p[i] != s.p[0])
            return false;
    return true;
}

static void find_lines(Reader *r)
{
    for (size_t at = 0; at < r->text.n; at += source_line_at(r->text, at).n + 1)
        array_push(&r->line_start, at);
}

Str reader_line(Reader *r, uint32_t line)
{
    if (!r->line_start.n)
        find_lines(r);
    if (line < 1 || line > r->line_start.n)
        return (Str){"", 0};
    size_t start = r->line_start.at[line - 1];
    size_t end = line < r->line_start.n ? r->line_start.at[line] - 1 : r->text.n;
    Str found = str_cut(r->text, start, end);
    return str_ends(found, STR("\n")) ? str_cut(found, 0, found.n - 1) : found;
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
        at = utf8_start(line, at - 1);
        r->cursor.characters--;
    }
    r->cursor.bytes = at;
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
static size_t source_length(const Reader *r, Str s, Str meant)
{
    size_t next = 0;
    if (r->cell && cell_doubles_quotes(r->cell) && str_starts(s, STR("\"\"")))
        return 2;
    if (s.n > 1 && s.p[0] == '\\' && ascii_punctuation(s.p[1]))
        return 2;
    if (s.n && s.p[0] == '&')
        return entity_length(s, meant.p[0]);
    utf8_next(meant, &next);
    return next;
}

size_t source_line_text(Str line)
{
    size_t i = 0;
    while (i < line.n && (ascii_blank(line.p[i]) || line.p[i] == '>'))
        i++;
    return i;
}

/* Moves to a place; gives its line. */
static Str seek_pos(Reader *r, Pos pos)
{
    Str line = reader_line(r, pos.line);
    seek_line(r, pos.line);
    seek_character(r, line, pos.column - 1u);
    return line;
}

Pos source_pos_in(Reader *r, Pos from, Str text, size_t at)
{
    if (from.column == UINT16_MAX || !from.line)
        return from;
    uint32_t number = from.line;
    Str line = seek_pos(r, from);
    size_t byte = r->cursor.bytes, i = r->cell ? cell_opener(r->cell, from, text) : 0;
    while (i < at) {
        if (text.p[i] == '\n') {
            i++;
            line = reader_line(r, ++number);
            byte = source_line_text(line);
            continue;
        }
        byte += source_length(r, str_cut(line, byte, line.n), str_cut(text, i, text.n));
        utf8_next(text, &i);
    }
    return source_pos(r, (Place){number, byte});
}

Walk source_walk(const Inline *text)
{
    return (Walk){text->text, 0, text->pos};
}

Pos source_walk_to(Reader *r, Walk *w, size_t at)
{
    size_t steps = at - w->at;
    w->pos = source_pos_in(r, w->pos, w->rest, steps);
    w->rest = str_cut(w->rest, steps, w->rest.n);
    w->at = at;
    return w->pos;
}

Pos source_before(Reader *r, Pos pos, const char *marks, unsigned most)
{
    if (pos.column == UINT16_MAX || !pos.line)
        return pos;
    Str line = seek_pos(r, pos);
    size_t at = r->cursor.bytes;
    for (; most && at > 0 && strchr(marks, line.p[at - 1]); most--, at--)
        pos.column--;
    return pos;
}

bool source_is_escaped(Reader *r, Pos pos)
{
    if (pos.column == UINT16_MAX)
        return true;
    Str line = seek_pos(r, pos);
    return r->cursor.bytes < line.n && line.p[r->cursor.bytes] == '\\';
}

bool source_stands_at(Reader *r, Pos pos, Str bytes)
{
    if (pos.column == UINT16_MAX)
        return false;
    Str line = seek_pos(r, pos);
    return str_starts(str_cut(line, r->cursor.bytes, line.n), bytes);
}

bool source_escapes_before(Reader *r, Pos pos, char c)
{
    if (pos.column == UINT16_MAX)
        return true;
    Str line = seek_pos(r, pos);
    size_t at = r->cursor.bytes;
    while (at > 0 && line.p[at - 1] != c)
        at--;
    return at > 1 && line.p[at - 2] == '\\';
}

/* ---- where inlines stand -------------------------------------------------------------------- */

/* cmark gives no position to line ends and to addresses that become links, and a wrong one behind code, in
 * text below definitions of links, behind escaped bars in tables and behind a backslash that breaks a line.
 * So a position counts only if the text is there; else it is looked for, from where the text before it
 * ended. */
enum { LOOK_AHEAD = 1024, LOOK_AT = 24 };

Pos source_pos(Reader *r, Place at)
{
    if (!at.line)
        return (Pos){0, 0, r->file};
    Str line = reader_line(r, at.line);
    seek_line(r, at.line);
    seek_byte(r, line, at.byte < line.n ? at.byte : line.n);
    return (Pos){at.line, pos_column(r->cursor.characters + 1), r->file};
}

static bool is_before(Place a, Place b)
{
    return a.line < b.line || (a.line == b.line && a.byte < b.byte);
}

Place source_place(Reader *r, cmark_node *node)
{
    int line = cmark_node_get_start_line(node), column = cmark_node_get_start_column(node);
    if (line <= 0)
        return (Place){0, 0};
    if (r->cell)
        return cell_place(r, line, column);
    return (Place){(uint32_t)line + r->line_offset, column > 0 ? (size_t)column - 1 : 0};
}

/* Moves over one character of a text in the source; false when it isn't there. A line's end in the text
 * is one, behind blanks and a backslash. */
static bool step(Reader *r, Place *at, Str text, size_t *i)
{
    Str line = reader_line(r, at->line);
    Str rest = str_cut(line, at->byte, line.n);
    if (text.p[*i] == '\n') {
        if (str_trim(rest).n && !str_equal(rest, STR("\\")))
            return false;
        at->line++;
        at->byte = source_line_text(reader_line(r, at->line));
        ++*i;
        return true;
    }
    if (!rest.n)
        return false;
    size_t n = source_length(r, rest, str_cut(text, *i, text.n)), next = *i;
    utf8_next(text, &next);
    Str meant = str_cut(text, *i, next);
    bool escaped = rest.p[0] == '\\' && n == 2;
    if (escaped ? rest.p[1] != meant.p[0]
                : !str_starts(rest, meant) && !(rest.p[0] == '&' && n > 1))
        return false;
    at->byte += n;
    *i = next;
    return true;
}

/* Whether a byte of the source means itself wherever it stands. */
static bool is_plain(char c)
{
    return c >= ' ' && c < 0x7F && c != '\\' && c != '&' && c != '"';
}

/* Moves over characters of text[*i, end) that stand in the source as they are: most do. */
static void skip_plain(Reader *r, Place *at, Str text, size_t *i, size_t end)
{
    Str line = reader_line(r, at->line);
    while (*i < end && at->byte < line.n && line.p[at->byte] == text.p[*i] &&
           is_plain(text.p[*i])) {
        at->byte++;
        ++*i;
    }
}

static bool stands_at(Reader *r, Place at, Str text)
{
    size_t i = 0, end = text.n < LOOK_AT ? text.n : LOOK_AT;
    skip_plain(r, &at, text, &i, end);
    while (i < end)
        if (!step(r, &at, text, &i))
            return false;
    return true;
}

/* The next place from `from` on where the text stands. */
static bool look_for(Reader *r, Place from, Str text, Place *out)
{
    Place at = from;
    for (size_t looked = 0; looked < LOOK_AHEAD; looked++, at.byte++) {
        if (stands_at(r, at, text)) {
            *out = at;
            return true;
        }
        if (at.byte < reader_line(r, at.line).n)
            continue;
        if (at.line >= r->line_start.n)
            return false;
        at.line++;
        at.byte = (size_t)-1; /* the loop goes on to 0 */
    }
    return false;
}

void source_begin(Reader *r, cmark_node *block)
{
    Place at = source_place(r, block);
    if (at.line)
        r->last = at;
}

Pos source_text_pos(Reader *r, cmark_node *node, Str text)
{
    Place at = source_place(r, node);
    bool sure = at.line && !is_before(at, r->last) && stands_at(r, at, text);
    if (!sure && !look_for(r, r->last, text, &at))
        return source_pos(r, at.line ? at : r->last);
    Place end = at;
    size_t i = 0;
    do
        skip_plain(r, &end, text, &i, text.n);
    while (i < text.n && step(r, &end, text, &i));
    r->last = end;
    return source_pos(r, at);
}

/* Number of backticks. */
static size_t ticks(Str s)
{
    size_t n = 0;
    while (n < s.n && s.p[n] == '`')
        n++;
    return n;
}

/* The next run of n backticks; *at is left behind it. */
static bool skip_ticks(Reader *r, Place *at, size_t n)
{
    while (at->line <= r->line_start.n) {
        Str line = reader_line(r, at->line);
        while (at->byte < line.n) {
            size_t found = ticks(str_cut(line, at->byte, line.n));
            at->byte += found ? found : 1;
            if (found == n)
                return true;
        }
        at->line++;
        at->byte = 0;
    }
    return false;
}

/* cmark gives code the place behind its opening backticks. */
Pos source_code_pos(Reader *r, cmark_node *node)
{
    Place at = source_place(r, node);
    Str line = reader_line(r, at.line);
    bool sure = !is_before(at, r->last) && at.byte > 0 && at.byte <= line.n &&
                line.p[at.byte - 1] == '`';
    if (sure) {
        while (at.byte > 0 && line.p[at.byte - 1] == '`' &&
               !is_before((Place){at.line, at.byte - 1}, r->last))
            at.byte--;
    } else if (!look_for(r, r->last, STR("`"), &at)) {
        return pos_of(r, node);
    }
    line = reader_line(r, at.line);
    size_t n = ticks(str_cut(line, at.byte, line.n));
    Place end = {at.line, at.byte + n};
    if (skip_ticks(r, &end, n))
        r->last = end;
    return source_pos(r, at);
}

Pos source_mark_pos(Reader *r, cmark_node *node, const char *marks)
{
    Place at = source_place(r, node);
    Str line = reader_line(r, at.line);
    if (!at.line || is_before(at, r->last) || at.byte >= line.n || !strchr(marks, line.p[at.byte]))
        return (Pos){0, 0, r->file};
    r->last = (Place){at.line, at.byte + 1};
    return source_pos(r, at);
}

Pos pos_of(Reader *r, cmark_node *node)
{
    return source_pos(r, source_place(r, node));
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
