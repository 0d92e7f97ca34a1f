#include "language/nobreak.h"

#include <string.h>

#include "base/utf8.h"

/* The word that ends at s.n, without opening brackets and quotes in front of it. */
static Str word_before(Str s)
{
    size_t from = s.n;
    while (from > 0 && !ascii_space(s.p[from - 1]) && s.p[from - 1] != '(' &&
           (unsigned char)s.p[from - 1] != 0xA0)
        from--;
    return str_cut(s, from, s.n);
}

static Str word_after(Str s)
{
    size_t n = 0;
    while (n < s.n && !ascii_space(s.p[n]))
        n++;
    return str_cut(s, 0, n);
}

/* Without the comma, full stop or bracket of the sentence around it. */
static bool same_word(Str text, Str word)
{
    if (utf8_equal_fold(text, word))
        return true;
    while (text.n && strchr(",;:)!?.", text.p[text.n - 1]))
        text.n--;
    if (str_ends(word, STR(".")))
        return text.n + 1 == word.n && utf8_equal_fold(text, str_cut(word, 0, word.n - 1));
    return utf8_equal_fold(text, word);
}

static bool in_list(StrList list, Str text)
{
    for (size_t i = 0; i < list.n; i++)
        if (same_word(text, list.at[i]))
            return true;
    return false;
}

static bool is_month(const Terms *t, Str text)
{
    for (size_t i = 0; i < 12; i++)
        if (same_word(text, t->month[i]))
            return true;
    return false;
}

/* A number, or an ordinal such as 28. */
static bool is_number(Str s)
{
    bool digit = false;
    for (size_t i = 0; i < s.n; i++) {
        if (ascii_digit(s.p[i]))
            digit = true;
        else if (!strchr(".,-", s.p[i]) && (unsigned char)s.p[i] < 0x80)
            return false;
    }
    return digit;
}

static bool is_ordinal(Str s)
{
    return s.n >= 2 && s.p[s.n - 1] == '.' && ascii_digit(s.p[s.n - 2]);
}

typedef bool Rule(const Terms *t, Str before, Str after);

static bool number_and_unit(const Terms *t, Str before, Str after)
{
    return is_number(before) && (in_list(t->unit, after) || in_list(t->scale, after));
}

static bool day_and_month(const Terms *t, Str before, Str after)
{
    return is_ordinal(before) && is_month(t, after);
}

static bool opener_and_number(const Terms *t, Str before, Str after)
{
    return after.n && ascii_digit(after.p[0]) && in_list(t->opener, before);
}

static bool scale_and_unit(const Terms *t, Str before, Str after)
{
    return in_list(t->scale, before) && in_list(t->unit, after);
}

static bool dash(const Terms *t, Str before, Str after)
{
    (void)t;
    return before.n && str_equal(after, STR("\xE2\x80\x93"));
}

static bool tied(const Terms *t, Str before, Str after)
{
    static Rule *const rules[] = {number_and_unit, day_and_month, opener_and_number, scale_and_unit,
                                  dash};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (rules[i](t, before, after))
            return true;
    return false;
}

/* Most spaces stand between plain words: look closer only beside a digit, a full stop or a
 * character beyond ASCII. */
static bool worth_a_look(Str before, Str after)
{
    if (!before.n || !after.n)
        return false;
    char last = before.p[before.n - 1], first = after.p[0];
    return ascii_digit(last) || last == '.' || ascii_digit(first) || (unsigned char)first == 0xE2;
}

/* Every rule wants a digit or a dash on one side of the space, or goes on from a number. */
static bool may_tie(Str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (ascii_digit(text.p[i]) || (unsigned char)text.p[i] == 0xE2)
            return true;
    return false;
}

static bool ends_in_number(const StrBuf *out)
{
    return out->n && (ascii_digit(out->p[out->n - 1]) || out->p[out->n - 1] == '.');
}

void nobreak_add(StrBuf *out, const Terms *t, Str text)
{
    if (!ends_in_number(out) && !may_tie(text)) {
        strbuf_add_str(out, text);
        return;
    }
    strbuf_reserve(out, text.n + text.n / 8);
    for (size_t i = 0; i < text.n;) {
        Str rest = str_cut(text, i, text.n);
        size_t space = str_find(rest, ' ');
        strbuf_add(out, rest.p, space);
        i += space;
        if (i >= text.n)
            return;
        Str after = str_cut(text, i + 1, text.n);
        Str so_far = strbuf_str(out);
        if (worth_a_look(so_far, after) && tied(t, word_before(so_far), word_after(after)))
            strbuf_add_str(out, STR("\xC2\xA0"));
        else
            strbuf_add_char(out, ' ');
        i++;
    }
}
