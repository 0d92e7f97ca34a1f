#include "language/interval.h"

#include <string.h>

#include "language/internal.h"

typedef struct {
    Str text;
    bool ordinal; /* a stop stands behind it */
} End;

static bool parts_digits(char c)
{
    return c == '.' || c == ',' || c == ':';
}

/* "Sagsnr.", "dok.nr.", "tlf.": what follows is a number as a name. "nr. 3-5" are three of them. */
static bool announces_name(const Terms *t, Str s)
{
    while (s.n > 0 && (strchr(" :\n", s.p[s.n - 1]) || str_ends(s, STR(NO_BREAK_SPACE))))
        s.n -= str_ends(s, STR(NO_BREAK_SPACE)) ? 2 : 1;
    return t && terms_names_number(t, s);
}

/* The number that the text ends with; nothing when it is part of something else. */
static End number_before(const Terms *t, Str s)
{
    size_t to = s.n - (s.n > 0 && s.p[s.n - 1] == '.'), from = to;
    while (from > 0 && (ascii_digit(s.p[from - 1]) || (from < to && parts_digits(s.p[from - 1]) &&
                                                       from > 1 && ascii_digit(s.p[from - 2]))))
        from--;
    bool alone = !announces_name(t, str_cut(s, 0, from)) &&
                 (from == 0 || strchr(" \n\t([\"", s.p[from - 1]) ||
                  str_ends(str_cut(s, 0, from), STR(NO_BREAK_SPACE)));
    return (End){alone ? str_cut(s, from, to) : (Str){"", 0}, to < s.n};
}

/* The number that the text begins with. Behind a hyphen that follows it a word may stand: 0-2-årige. */
static End number_after(Str s)
{
    size_t to = 0;
    while (to < s.n && (ascii_digit(s.p[to]) || (to > 0 && parts_digits(s.p[to]) && to + 1 < s.n &&
                                                 ascii_digit(s.p[to + 1]))))
        to++;
    char next = to < s.n ? s.p[to] : ' ', second = to + 1 < s.n ? s.p[to + 1] : ' ';
    bool part = ascii_letter(next) || (next && strchr("/@_", next)) ||
                (next == '-' && (ascii_digit(second) || second == ' ')) ||
                (next == '.' && ascii_letter(second));
    return (End){part ? (Str){"", 0} : str_cut(s, 0, to), next == '.'};
}

/* Where a stop or comma isn't followed by three figures it begins the decimals, or minutes. */
static double value_of(Str s)
{
    double value = 0, place = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (ascii_digit(s.p[i])) {
            value = place > 0 ? value + (s.p[i] - '0') * place : value * 10 + (s.p[i] - '0');
            place /= 10;
        } else if (str_digits(s, i + 1) != 3) {
            place = 0.1;
        }
    }
    return value;
}

static bool is_plain(Str s)
{
    return str_digits(s, 0) == s.n;
}

static bool is_year(Str s)
{
    double value = value_of(s);
    return value >= 1500 && value < 2200;
}

/* 08.30 is a time, 0098 part of a case number. */
static bool may_be_end(Str s)
{
    return s.n && (s.p[0] != '0' || s.n == 1 || !ascii_digit(s.p[1]) || !is_plain(s));
}

bool interval_is_sure(const Terms *t, Str before, Str after)
{
    enum { FIGURES = 4 };
    End a = number_before(t, before), b = number_after(after);
    if (!may_be_end(a.text) || !may_be_end(b.text) || (a.ordinal && !b.ordinal))
        return false;
    bool long_numbers = is_plain(a.text) && is_plain(b.text) && a.text.n >= FIGURES &&
                        b.text.n >= FIGURES;
    if (long_numbers &&
        !(a.text.n == FIGURES && b.text.n == FIGURES && is_year(a.text) && is_year(b.text)))
        return false;
    return value_of(a.text) < value_of(b.text);
}
