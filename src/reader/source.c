#include "base/utf8.h"
#include "reader/internal.h"

Str source_line_at(Str text, size_t at)
{
    return str_cut(text, at, at + str_find(str_cut(text, at, text.n), '\n'));
}

/* Moves the cursor to the beginning of a line; false when there is no such line. */
static bool go_to(Reader *r, uint32_t line)
{
    if (!r->cursor_line || line < r->cursor_line) {
        r->cursor_line = 1;
        r->cursor = 0;
    }
    for (; r->cursor_line < line && r->cursor < r->text.n; r->cursor_line++)
        r->cursor += source_line_at(r->text, r->cursor).n + 1;
    return r->cursor < r->text.n;
}

Str reader_line(Reader *r, uint32_t line)
{
    return go_to(r, line) ? source_line_at(r->text, r->cursor) : (Str){"", 0};
}

/* The column of a byte of a line. Positions are mostly asked for in order, so that counting goes on
 * where it ended: a paragraph may be one line of a million characters. */
static size_t column_of(Reader *r, uint32_t line, size_t byte)
{
    if (!go_to(r, line))
        return byte;
    if (r->counted.line != line || r->counted.bytes > byte - 1) {
        r->counted.line = line;
        r->counted.bytes = r->counted.characters = 0;
    }
    size_t from = r->cursor + r->counted.bytes;
    r->counted.characters += utf8_length(str_cut(r->text, from, r->cursor + byte - 1));
    r->counted.bytes = byte - 1;
    return r->counted.characters + 1;
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
    pos.column = (uint16_t)(column > UINT16_MAX ? UINT16_MAX : column);
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
