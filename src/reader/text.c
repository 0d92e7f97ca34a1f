#include "base/utf8.h"
#include "reader/internal.h"

enum { MOST_BAD_LINES = 10 };

uint16_t pos_column(size_t column)
{
    return (uint16_t)(column > UINT16_MAX ? UINT16_MAX : column);
}

Pos text_pos(Pos from, Str text, size_t at)
{
    Pos pos = from;
    size_t line = 0;
    for (size_t i = 0; i < at; i++) {
        if (text.p[i] == '\n') {
            pos.line++;
            pos.column = 1;
            line = i + 1;
        }
    }
    pos.column = pos_column(pos.column + utf8_length(str_cut(text, line, at)));
    return pos;
}

uint32_t text_line_ends(Str text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

Str text_shown(Str text)
{
    enum { SHOWN = 60 };
    return str_cut(text, 0, utf8_start(text, text.n > SHOWN ? SHOWN : text.n));
}

/* The first byte from `from` on that is no text. */
static size_t find_bad(Str text, size_t from, bool *zero)
{
    Str rest = str_cut(text, from, text.n);
    size_t bad = utf8_invalid(rest), nul = str_find(rest, 0);
    *zero = nul < bad;
    return from + (*zero ? nul : bad);
}

static void report_bad(Diags *diags, Pos pos, Encoding encoding, bool zero)
{
    if (zero)
        diag_error(diags, pos, "there is a NUL byte in the text");
    else if (encoding == ENCODING_UTF8)
        diag_error(diags, pos, "this is not UTF-8");
    else if (encoding == ENCODING_WINDOWS_1252)
        diag_error(diags, pos, "this is neither UTF-8 nor Windows-1252");
    else
        diag_error(diags, pos, "this is half a character of UTF-16");
    diag_hint(diags, "save the file as UTF-8 text");
}

/* The first in each line; in a file of another encoding there would be no end of them. */
bool text_check(Diags *diags, uint16_t file, Str text, Encoding encoding)
{
    bool zero;
    size_t at = find_bad(text, 0, &zero);
    if (at == text.n)
        return true;
    for (int told = 0; at < text.n && told < MOST_BAD_LINES; told++) {
        report_bad(diags, text_pos((Pos){1, 1, file}, text, at), encoding, zero);
        at += str_find(str_cut(text, at, text.n), '\n');
        at = find_bad(text, at, &zero);
    }
    return false;
}

size_t text_beyond_ascii(Str text)
{
    size_t at = 0;
    while (at < text.n && !(text.p[at] & 0x80))
        at++;
    return at;
}
