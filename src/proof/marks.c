#include "base/utf8.h"
#include "proof/internal.h"

/* Marks where there are none: titles, facts, addresses of visits and what charts say are words alone. */

enum { FURTHEST = 200 }; /* bytes, to the end of what marks enclose */

static bool is_word_at(Str s, size_t at)
{
    return at < s.n && (letter_at(s, at) || ascii_digit(s.p[at]));
}

/* The bytes of *words*, **words** and the like; 0 where signs stand for themselves, as in 5 * 3 and 12*. */
static size_t emphasis(Str s, size_t at)
{
    char sign = s.p[at];
    size_t from = at;
    while (from < s.n && s.p[from] == sign)
        from++;
    size_t signs = from - at, end = from + FURTHEST < s.n ? from + FURTHEST : s.n;
    char before = at > 0 ? s.p[at - 1] : ' ';
    bool joined = ascii_letter(before) || ascii_digit(before) || (before & 0x80);
    if (signs > 3 || joined || from == s.n || ascii_space(s.p[from]))
        return 0;
    for (size_t i = from + 1; i + signs <= end; i++) {
        size_t n = 0;
        while (i + n < s.n && s.p[i + n] == sign)
            n++;
        if (n == signs && !ascii_space(s.p[i - 1]) && !is_word_at(s, i + n))
            return i + n - at;
        i += n;
    }
    return 0;
}

/* Of [words](address) and [@K1]. */
static size_t brackets(Str s, size_t at)
{
    Str rest = str_cut(s, at, at + FURTHEST);
    size_t close = str_find(rest, ']');
    if (close == rest.n)
        return 0;
    if (str_starts(rest, STR("[@")))
        return close + 1;
    size_t end = str_find(rest, ')');
    return close + 1 < rest.n && rest.p[close + 1] == '(' && end < rest.n ? end + 1 : 0;
}

/* Of <sup>, </b> and <br/>, but neither of <name@place.dk> nor of 3 < 5. */
static size_t tag(Str s, size_t at)
{
    size_t i = at + 1;
    i += i < s.n && s.p[i] == '/';
    size_t from = i;
    while (i < s.n && ascii_letter(s.p[i]))
        i++;
    if (i == from)
        return 0;
    i += i < s.n && s.p[i] == '/';
    return i < s.n && s.p[i] == '>' ? i + 1 - at : 0;
}

static size_t mark_at(Str s, size_t at)
{
    switch (s.p[at]) {
    case '*':
    case '_':
        return emphasis(s, at);
    case '[':
        return brackets(s, at);
    case '<':
        return tag(s, at);
    default:
        return 0;
    }
}

/* One of a text is told: who mends it sees the others. */
static void find_marks(Proof *proof, void *state, const Passage *p)
{
    (void)state;
    bool words = p->plain && p->kind != PASSAGE_ADDRESS;
    for (size_t at = 0; words && at < p->text.n; at++) {
        size_t n = mark_at(p->text, at);
        Str shown = str_cut(p->text, at, at + n);
        if (!n || proof_accepts(proof, shown))
            continue;
        diag_warning(proof->diags, passage_pos(proof, p, at), "'%.*s' is printed as text [marks]",
                     (int)shown.n, shown.p);
        diag_hint(proof->diags, "here are words alone: no bold, no links, and a number instead of "
                                "its id");
        return;
    }
}

const Check check_marks = {"marks", NULL, find_marks, NULL, NULL};
