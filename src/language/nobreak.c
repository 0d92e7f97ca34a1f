#include "language/nobreak.h"

#include <string.h>

#include "base/utf8.h"
#include "language/internal.h"

static Str word_after(Str s)
{
    size_t n = 0;
    while (n < s.n && !scan_space(str_cut(s, n, s.n)))
        n++;
    return str_cut(s, 0, n);
}

/* What stands behind the first word and a space. */
static Str behind_word(Str s)
{
    s = str_cut(s, word_after(s).n, s.n);
    return str_cut(s, scan_space(s), s.n);
}

/* How many bytes a stop, bracket or quotation mark takes that a text ends with. */
static size_t mark_at_end(Str text)
{
    static const char *const quotes[] = {"\xE2\x80\x9D", "\xE2\x80\x9C", "\xE2\x80\x99", "\xC2\xBB",
                                         "\xC2\xAB"};
    if (text.n && strchr(",;:)!?.\"'", text.p[text.n - 1]))
        return 1;
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (str_ends(text, str_from(quotes[i])))
            return strlen(quotes[i]);
    return 0;
}

/* Without the comma, full stop, bracket or quotation mark of the sentence around it. */
static bool same_word(Str text, Str word)
{
    if (!scan_may_begin_alike(text, word))
        return false;
    if (utf8_equal_fold(text, word))
        return true;
    for (size_t n; (n = mark_at_end(text)) > 0;)
        text.n -= n;
    if (str_ends(word, STR(".")))
        return text.n + 1 == word.n && utf8_equal_fold(text, str_cut(word, 0, word.n - 1));
    return utf8_equal_fold(text, word);
}

static bool in_list(StrList list, Str text)
{
    for (size_t i = 0; i < list.n; i++)
        if (scan_may_begin_alike(text, list.at[i]) && same_word(text, list.at[i]))
            return true;
    return false;
}

static bool month(const Terms *t, Str text)
{
    for (size_t i = 0; i < 12; i++)
        if (same_word(text, t->month[i]))
            return true;
    return false;
}

/* ---- the rules ------------------------------------------------------------------------------ */

typedef bool Is(const Terms *t, Str word);

/* A number, or an ordinal such as 28. */
static bool number(const Terms *t, Str s)
{
    bool digit = false;
    (void)t;
    for (size_t i = 0; i < s.n; i++) {
        if (ascii_digit(s.p[i]))
            digit = true;
        else if (!strchr(".,-", s.p[i]) && (unsigned char)s.p[i] < 0x80)
            return false;
    }
    return digit;
}

static bool ordinal(const Terms *t, Str s)
{
    (void)t;
    return s.n >= 2 && s.p[s.n - 1] == '.' && ascii_digit(s.p[s.n - 2]);
}

static bool figure(const Terms *t, Str s)
{
    (void)t;
    return s.n && ascii_digit(s.p[0]);
}

static bool unit(const Terms *t, Str s)
{
    return in_list(t->unit, s);
}

static bool scale(const Terms *t, Str s)
{
    return in_list(t->scale, s);
}

static bool opener(const Terms *t, Str s)
{
    return in_list(t->opener, s);
}

static bool short_opener(const Terms *t, Str s)
{
    return str_ends(s, STR(".")) && in_list(t->opener, s);
}

static bool unit_before(const Terms *t, Str s)
{
    return in_list(t->unit_before, s);
}

static bool title(const Terms *t, Str s)
{
    return in_list(t->title, s);
}

/* H.C., P., J.P.E. */
static bool initials(const Terms *t, Str s)
{
    size_t i = 0;
    (void)t;
    while (i < s.n) {
        uint32_t c = utf8_next(s, &i);
        if (utf8_lower(c) == c || i >= s.n || s.p[i++] != '.')
            return false;
    }
    return s.n > 0;
}

/* A capital and then a small letter. */
static bool name(const Terms *t, Str s)
{
    size_t i = 0;
    (void)t;
    if (!s.n)
        return false;
    uint32_t first = utf8_next(s, &i);
    uint32_t second = i < s.n ? utf8_next(s, &i) : 0;
    bool small = second >= 'a' && utf8_lower(second) == second;
    return utf8_lower(first) != first && small;
}

/* XIV, as behind a name: with what ends a clause. */
static bool roman(const Terms *t, Str s)
{
    size_t n = 0;
    (void)t;
    while (n < s.n && strchr("IVX", s.p[n]))
        n++;
    return n > 0 && (n == s.n || (n + 1 == s.n && strchr(",;:)!?.", s.p[n])));
}

/* UK, as the end of a name: two capitals or three, with what ends a clause. */
static bool acronym(const Terms *t, Str s)
{
    size_t n = 0;
    (void)t;
    while (n < s.n && s.p[n] >= 'A' && s.p[n] <= 'Z')
        n++;
    bool ends = n == s.n || (n + 1 == s.n && strchr(",;:)!?.", s.p[n]));
    return (n == 2 || n == 3) && ends;
}

/* A name that goes on behind it: no sentence or clause ends there. */
static bool whole_name(const Terms *t, Str s)
{
    return name(t, s) && !strchr(",;:)!?.", s.p[s.n - 1]);
}

/* Short ones with a capital mostly open a sentence: "Om CIC". */
static bool long_name(const Terms *t, Str s)
{
    enum { SHORTEST = 5 };
    return whole_name(t, s) && utf8_length(s) >= SHORTEST;
}

static bool dash(const Terms *t, Str s)
{
    (void)t;
    return str_equal(s, STR(EN_DASH));
}

static bool word(const Terms *t, Str s)
{
    (void)t;
    return s.n > 0;
}

static bool per(const Terms *t, Str s)
{
    return terms_has(&t->per, s);
}

/* Longer ones would make columns wide that are read as well in two lines. */
static bool short_word(const Terms *t, Str s)
{
    enum { LONGEST = 10 };
    (void)t;
    return scan_letter(s) > 0 && utf8_length(s) <= LONGEST;
}

/* What stands before a space that doesn't break, and what behind it. The words are in the terms files. */
static const struct {
    Is *before, *after;
} rules[] = {
    {number, unit},         /* 35 pct. */
    {number, scale},        /* 3 mio. */
    {scale, unit},          /* mio. kr. */
    {unit_before, figure},  /* kr. 500 */
    {ordinal, month},       /* 28. august */
    {opener, figure},       /* § 8, kl. 9, s. 4, nr. 2, stk. 2, ca. 120 */
    {short_opener, opener}, /* jf. § 8, ca. kl. 9 */
    {title, name},          /* dr. Hansen */
    {initials, name},       /* H.C. Andersen, P. Hansen */
    {whole_name, roman},    /* Frederik X */
    {long_name, acronym},   /* Social Enterprise UK */
    {per, short_word},      /* pr. måned */
    {word, dash},           /* a dash stays with the word before it */
};

/* Whether the list has these two words as one entry: f. eks., mere end. */
static bool are_entry(StrList list, Str before, Str after)
{
    for (size_t i = 0; i < list.n; i++) {
        Str both = list.at[i];
        if (!scan_may_begin_alike(before, both))
            continue;
        size_t space = str_find(both, ' ');
        if (space < both.n && same_word(before, str_cut(both, 0, space)) &&
            same_word(after, str_cut(both, space + 1, both.n)))
            return true;
    }
    return false;
}

/* The text without the spaces that it ends with. */
static Str before_space(Str s)
{
    for (;;) {
        if (s.n && ascii_space(s.p[s.n - 1]))
            s.n--;
        else if (str_ends(s, STR(NO_BREAK_SPACE)))
            s.n -= 2;
        else
            return s;
    }
}

/* 12 til 14, and behind "mellem" 12 og 14: both spaces of it. "tema 2 til 29. august" is none. */
static bool ends_of_interval(const Terms *t, Str before, Str joint, Str behind)
{
    Str word = scan_word_before(before);
    if (!figure(t, word) || !number(t, word) || !figure(t, behind) ||
        ordinal(t, word) != ordinal(t, behind))
        return false;
    if (utf8_equal_fold(joint, t->to))
        return true;
    before.n -= word.n;
    return utf8_equal_fold(joint, t->and) &&
           utf8_equal_fold(scan_word_before(before_space(before)), t->between);
}

/* Whether the space is one of the two in an interval. */
static bool in_interval(const Terms *t, Str before, Str after)
{
    Str last = scan_word_before(before), next = word_after(after);
    if (figure(t, next))
        return ends_of_interval(t, before_space(str_cut(before, 0, before.n - last.n)), last, next);
    return ends_of_interval(t, before, next, word_after(behind_word(after)));
}

enum { MOST_BEFORE_FIGURE = 2 };

/* How many words stand before the first figure of a text, or before its end: it may stand in what is added next. More than
 * MOST_BEFORE_FIGURE are not counted. */
static size_t words_before_figure(const Terms *t, Str text)
{
    size_t words = 0;
    for (; text.n && !figure(t, text) && words <= MOST_BEFORE_FIGURE; words++)
        text = behind_word(text);
    return words;
}

/* anslået mere end 150: the spaces between words of precision, and the one before their number. */
static bool in_precision(const Terms *t, Str before, Str after)
{
    size_t words = words_before_figure(t, after);
    if (!after.n || words > MOST_BEFORE_FIGURE)
        return false;
    Str last = scan_word_before(before), next = word_after(after);
    if (words == 0) {
        Str above = before_space(str_cut(before, 0, before.n - last.n));
        return are_entry(t->any_precision, scan_word_before(above), last);
    }
    if (words == 1)
        return are_entry(t->any_precision, last, next);
    if (!in_list(t->any_precision, last))
        return false;
    return are_entry(t->any_precision, next, word_after(behind_word(after)));
}

/* `before` is all that stands before the space, `after` all behind it. */
static bool tied(const Terms *t, Str before, Str after)
{
    Str last = scan_word_before(before), next = word_after(after);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (rules[i].before(t, last) && rules[i].after(t, next))
            return true;
    return are_entry(t->together, last, next) || in_interval(t, before, after);
}

static bool ends_in_per(const Terms *t, Str text)
{
    for (size_t i = 0; i < t->per.n; i++)
        if (str_ends(text, t->per.at[i]))
            return true;
    return false;
}

/* A Roman number or an acronym. */
static bool may_be_capitals(Str text)
{
    char c = text.p[0], next = text.n > 1 ? text.p[1] : ' ';
    return c == 'I' || c == 'V' || c == 'X' || (c >= 'A' && c <= 'Z' && next >= 'A' && next <= 'Z');
}

/* Most spaces stand between plain words: look closer only beside a digit, a full stop, a character beyond ASCII, or
 * what may be "per", a Roman number or an acronym. */
static bool worth_a_look(const Terms *t, Str before, Str after)
{
    if (!before.n || !after.n)
        return false;
    char last = before.p[before.n - 1], first = after.p[0];
    return ascii_digit(last) || last == '.' || ascii_digit(first) || (unsigned char)first == 0xE2 ||
           may_be_capitals(after) || ends_in_per(t, before);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n';
}

/* Every rule wants a digit, a dash, a full stop, "per", a Roman number or an acronym beside the space, or goes on from a number. */
static bool may_tie(const Terms *t, Str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (ascii_digit(text.p[i]) || (unsigned char)text.p[i] == 0xE2 ||
            (is_blank(text.p[i]) && i > 0 && text.p[i - 1] == '.') ||
            (i > 0 && is_blank(text.p[i - 1]) && may_be_capitals(str_cut(text, i, text.n))))
            return true;
    for (size_t i = 0; i < t->per.n; i++)
        if (memmem(text.p, text.n, t->per.at[i].p, t->per.at[i].n))
            return true;
    return false;
}

static bool ends_in_number(const StrBuf *out)
{
    return out->n && (ascii_digit(out->p[out->n - 1]) || out->p[out->n - 1] == '.');
}

void nobreak_add(StrBuf *out, const Terms *t, Str text)
{
    if (!ends_in_number(out) && !may_tie(t, text)) {
        strbuf_add_str(out, text);
        return;
    }
    strbuf_reserve(out, text.n + text.n / 8);
    for (size_t i = 0; i < text.n;) {
        Str rest = str_cut(text, i, text.n);
        size_t space = 0;
        while (space < rest.n && !is_blank(rest.p[space]))
            space++;
        strbuf_add(out, rest.p, space);
        i += space;
        if (i >= text.n)
            return;
        Str after = str_cut(text, i + 1, text.n);
        Str so_far = strbuf_str(out);
        if ((worth_a_look(t, so_far, after) && tied(t, so_far, after)) ||
            in_precision(t, so_far, after))
            strbuf_add_str(out, STR(NO_BREAK_SPACE));
        else
            strbuf_add_char(out, text.p[i]);
        i++;
    }
}
