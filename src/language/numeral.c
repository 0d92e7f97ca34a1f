#include "language/numeral.h"

#include "language/internal.h"

enum { LONGEST_UNIT = 16 /* bytes; more beside a number are words */ };

/* A mark between groups of three figures. */
static size_t mark_at(const Terms *t, Str s)
{
    size_t n = str_starts(s, t->thousands) ? t->thousands.n : scan_space(s);
    return n && str_digits(s, n) == 3 ? n : 0;
}

/* The whole part of a number that begins with a figure. */
static size_t whole_at(const Terms *t, Str s)
{
    size_t n = str_digits(s, 0);
    if (n > 3)
        return n;
    for (size_t mark; (mark = mark_at(t, str_cut(s, n, s.n))) > 0;)
        n += mark + 3;
    return n;
}

static size_t decimals_at(const Terms *t, Str s)
{
    if (!str_starts(s, t->decimal))
        return 0;
    size_t n = str_digits(s, t->decimal.n);
    return n ? t->decimal.n + n : 0;
}

static size_t sign_at(Str s)
{
    return s.n && s.p[0] == '+' ? 1 : scan_minus(s);
}

/* From the end of a number to a second one that makes it an interval, or 0. */
static size_t join_at(const Terms *t, Str s)
{
    size_t n = scan_spaces(s);
    Str rest = str_cut(s, n, s.n);
    size_t join = scan_dash(rest);
    if (!join && n)
        join = scan_text(rest, t->to);
    if (!join && n)
        join = scan_text(rest, t->and);
    if (!join)
        return 0;
    n += join;
    n += scan_spaces(str_cut(s, n, s.n));
    n += sign_at(str_cut(s, n, s.n));
    return str_digits(s, n) ? n : 0;
}

size_t numeral_comma(const Terms *t, Str text)
{
    size_t at = 0;
    while (at < text.n && !ascii_digit(text.p[at]))
        at++;
    for (;;) {
        at += whole_at(t, str_cut(text, at, text.n));
        size_t end = at + decimals_at(t, str_cut(text, at, text.n));
        size_t join = join_at(t, str_cut(text, end, text.n));
        if (!join)
            return at;
        at = end + join;
    }
}

static Str without_brackets(Str s)
{
    s = str_trim(s);
    if (s.n > 2 && s.p[0] == '(' && s.p[s.n - 1] == ')')
        s = str_cut(s, 1, s.n - 1);
    while (s.n && s.p[s.n - 1] == '*')
        s.n--;
    return str_trim(s);
}

/* More figures than a number has without marks, behind a hyphen: 2011-60279. */
static bool is_case_number(Str s)
{
    enum { MOST_FIGURES = 4 };
    for (size_t i = 1; i + 1 < s.n; i++)
        if (s.p[i] == '-' && ascii_digit(s.p[i - 1]) && str_digits(s, i + 1) > MOST_FIGURES)
            return true;
    return false;
}

bool numeral_is(Arena *arena, const Terms *t, Str text)
{
    text = without_brackets(text);
    if (str_starts(text, STR("\xC2\xB1"))) /* ± */
        text = str_trim(str_cut(text, 2, text.n));
    size_t plain = whole_at(t, text);
    plain += decimals_at(t, str_cut(text, plain, text.n));
    if (plain == text.n)
        return text.n > 0;
    bool figures = false;
    for (size_t i = 0; i < text.n && !figures; i++)
        figures = ascii_digit(text.p[i]);
    if (!figures)
        return false;
    if (is_case_number(text))
        return false;
    Quantity q = quantity_read(arena, t, text);
    return q.kind != QUANTITY_WORDS && q.unit.n <= LONGEST_UNIT &&
           !(q.kind == QUANTITY_ORDINAL && q.words.n);
}
