#include "base/utf8.h"
#include "tool.h"

/* The files are in UTF-8 or ISO 8859-1, whose bytes are Unicode's first characters. */
static Str to_utf8(Arena *arena, Str line, bool latin1)
{
    char *text = arena_bytes(arena, line.n * 2);
    size_t n = 0;
    for (size_t i = 0; i < line.n; i++) {
        if (latin1)
            n += utf8_put(text + n, (unsigned char)line.p[i]);
        else
            text[n++] = line.p[i];
    }
    return (Str){text, n};
}

static bool is_setting(Str line)
{
    return line.n && line.p[0] >= 'A' && line.p[0] <= 'Z';
}

static Pattern split_digits(Arena *arena, Str text)
{
    char *letters = arena_bytes(arena, text.n), *values = arena_bytes(arena, text.n + 1);
    size_t n = 0, characters = 0;
    values[0] = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (ascii_digit(text.p[i])) {
            values[characters] = (char)(text.p[i] - '0');
            continue;
        }
        letters[n++] = text.p[i];
        if (i + 1 < text.n && ((unsigned char)text.p[i + 1] & 0xC0) == 0x80)
            continue; /* a character goes on */
        values[++characters] = 0;
    }
    return (Pattern){{letters, n}, {values, characters + 1}};
}

void patterns_read(Patterns *p, const char *path)
{
    StrBuf file = tool_read(path);
    Str rest = strbuf_str(&file), line;
    if (!tool_line(&rest, &line))
        tool_fail("%s: it is empty", path);
    bool latin1 = str_equal(str_trim(line), STR("ISO8859-1"));
    if (!latin1 && !str_equal(str_trim(line), STR("UTF-8")))
        tool_fail("%s: it begins with no character set that is known here", path);
    while (tool_line(&rest, &line)) {
        line = str_trim(line);
        line = str_trim(str_cut(line, 0, str_find(line, '%')));
        if (str_equal(line, STR("NEXTLEVEL"))) {
            /* What came before parts compounds. */
            for (size_t i = 0; i < p->inside.n; i++)
                array_push(&p->joints, p->inside.at[i]);
            p->inside.n = 0;
        } else if (line.n && line.p[0] != '#' && !is_setting(line) &&
                   str_find(line, '/') == line.n) {
            array_push(&p->inside, split_digits(&p->arena, to_utf8(&p->arena, line, latin1)));
        }
    }
    strbuf_drop(&file);
    if (!p->inside.n)
        tool_fail("%s: it has no patterns", path);
}

void patterns_drop(Patterns *p)
{
    array_drop(&p->joints);
    array_drop(&p->inside);
    arena_drop(&p->arena);
}
