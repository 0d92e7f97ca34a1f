#include "language/sentence.h"

#include <string.h>

#include "base/utf8.h"
#include "language/internal.h"

/* ß to ſ: letters that have capitals, behind ASCII. */
enum { FIRST_SMALL = 0xDF, LAST_SMALL = 0x17F };

static bool is_abbreviation(const Terms *t, Str word)
{
    Str letters = str_cut(word, 0, word.n - 1);
    /* A key figure's unit may have a stop of its own before that of the sentence: "12 pct..". */
    if (str_ends(letters, STR(".")) && !str_ends(letters, STR("..")))
        return false;
    bool inside = memchr(letters.p, '.', letters.n) != NULL && !ascii_digit(letters.p[0]);
    bool initial = utf8_length(letters) == 1 && !ascii_digit(letters.p[0]);
    return inside || initial || terms_has(&t->opener, word) || terms_has(&t->title, word) ||
           terms_has(&t->any_precision, word);
}

bool sentence_ends(const Terms *t, Str text)
{
    if (!text.n || !strchr(".!?", text.p[text.n - 1]) || !text.p[text.n - 1])
        return false;
    return text.p[text.n - 1] != '.' || !is_abbreviation(t, scan_word_before(text));
}

/* Behind what closes at `at`. */
static size_t skip_closing(Str s, size_t at)
{
    static const char *const closing[] = {"\"", "'", ")", "\u201D", "\u2019", "\u00BB"};
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++) {
        Str mark = str_from(closing[i]);
        if (str_starts(str_cut(s, at, s.n), mark))
            return skip_closing(s, at + mark.n);
    }
    return at;
}

/* Whether a small letter is the next thing. */
static bool goes_on(Str s, size_t at)
{
    while (at < s.n && ascii_space(s.p[at]))
        at++;
    if (at >= s.n)
        return false;
    uint32_t c = utf8_next(s, &at);
    bool latin = c >= FIRST_SMALL && c <= LAST_SMALL;
    return (c < 0x80 ? c >= 'a' && c <= 'z' : latin) && utf8_lower(c) == c;
}

size_t sentence_first(const Terms *terms, Str text)
{
    for (size_t at = 0; at < text.n; at++) {
        if (!strchr(".!?", text.p[at]) || !text.p[at])
            continue;
        size_t end = skip_closing(text, at + 1);
        if (end < text.n && !ascii_space(text.p[end]))
            continue;
        if (end >= text.n ||
            (!goes_on(text, end) && sentence_ends(terms, str_cut(text, 0, at + 1))))
            return end;
    }
    return text.n;
}
