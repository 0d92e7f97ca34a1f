#include "reader/foreign.h"

#include <string.h>

#include "base/utf8.h"

uint32_t line_first(Str s)
{
    size_t at = 0;
    return s.n ? utf8_next(s, &at) : 0;
}

bool character_is_letter(uint32_t c)
{
    return (c < 0x80 && ascii_letter((char)c)) || (c >= 0xC0 && c < 0x2000);
}

bool character_is_capital(uint32_t c)
{
    return character_is_letter(c) && utf8_lower(c) != c;
}

Str line_behind(Str s, size_t n)
{
    return str_cut(s, n, s.n);
}

size_t line_run(Str s, char c)
{
    size_t n = 0;
    while (n < s.n && s.p[n] == c)
        n++;
    return n;
}

size_t line_digits(Str s)
{
    size_t n = 0;
    while (n < s.n && ascii_digit(s.p[n]))
        n++;
    return n;
}

bool line_opens_blank(Str s)
{
    return s.n && (ascii_blank(s.p[0]) || str_starts(s, STR(NO_BREAK_SPACE)));
}

Str line_without_end(Str s)
{
    while (s.n && ascii_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

Str node_first_line(Reader *r, cmark_node *node)
{
    Place at = source_place(r, node);
    Str line = reader_line(r, at.line);
    return str_trim(str_cut(line, at.byte < line.n ? at.byte : line.n, line.n));
}

Str line_in_block(Reader *r, uint32_t number)
{
    Str line = reader_line(r, number);
    return line_without_end(line_behind(line, source_line_text(line)));
}

bool node_is(cmark_node *node, const char *type)
{
    return node && strcmp(cmark_node_get_type_string(node), type) == 0;
}

Enumerator enumerator_of(Str s)
{
    Enumerator e = {.before = s.n && s.p[0] == '(' ? '(' : 0};
    size_t from = e.before != 0, to = from;
    bool digits = from < s.n && ascii_digit(s.p[from]);
    while (to < s.n && to < from + 4 && (digits ? ascii_digit(s.p[to]) : ascii_letter(s.p[to])))
        to++;
    if (to == from || to >= s.n || !strchr(".)", s.p[to]))
        return e;
    e.word = str_cut(s, from, to);
    e.behind = s.p[to];
    e.blank = line_opens_blank(line_behind(s, to + 1));
    e.length = e.blank || character_is_letter(line_first(line_behind(s, to + 1))) ? to + 1 : 0;
    return e;
}

static long number_of(Str digits)
{
    long n = 0;
    for (size_t i = 0; i < digits.n; i++)
        n = 10 * n + (digits.p[i] - '0');
    return n;
}

bool enumerators_follow(Str a, Str b)
{
    if (ascii_digit(a.p[0]) && ascii_digit(b.p[0]))
        return number_of(b) == number_of(a) + 1;
    if (a.n == 1 && b.n == 1)
        return b.p[0] == a.p[0] + 1;
    return utf8_equal_fold(a, STR("i")) && utf8_equal_fold(b, STR("ii"));
}

bool line_opens_month(const Terms *t, Str s)
{
    s = str_trim(s);
    size_t n = 0;
    while (n < s.n && (ascii_letter(s.p[n]) || (s.p[n] & 0x80)))
        n++;
    for (size_t i = 0; n && i < 12; i++)
        if (utf8_equal_fold(str_cut(s, 0, n), t->month[i]))
            return true;
    return false;
}
