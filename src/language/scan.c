#include <string.h>

#include "base/utf8.h"
#include "language/internal.h"

static bool beyond_ascii(Str s)
{
    return s.n && (unsigned char)s.p[0] >= 0x80;
}

size_t scan_space(Str s)
{
    if (!beyond_ascii(s))
        return s.n && ascii_space(s.p[0]);
    if (str_starts(s, STR(NO_BREAK_SPACE)))
        return 2;
    return str_starts(s, STR(NARROW_SPACE)) || str_starts(s, STR(THIN_SPACE)) ? 3 : 0;
}

size_t scan_spaces(Str s)
{
    size_t n = 0;
    for (size_t one; (one = scan_space(str_cut(s, n, s.n))) > 0;)
        n += one;
    return n;
}

/* Letters beyond ASCII, as far as it matters here: whatever is no punctuation, sign or space of Latin-1 and of the
 * blocks from General Punctuation to symbols. */
static bool is_letter(uint32_t c)
{
    if (c < 0xC0)
        return c == 0xB2 || c == 0xB3 || c == 0xB5; /* m², m³, µg */
    return c != 0xD7 && c != 0xF7 && (c < 0x2000 || c > 0x2BFF) && (c < 0x3000 || c > 0x303F) &&
           c != UTF8_REPLACEMENT && c != 0xFEFF;
}

size_t scan_letter(Str s)
{
    size_t n = 0;
    if (!beyond_ascii(s))
        return s.n && ascii_letter(s.p[0]);
    return is_letter(utf8_next(s, &n)) ? n : 0;
}

size_t scan_letters(Str s)
{
    size_t n = 0;
    for (size_t one; (one = scan_letter(str_cut(s, n, s.n))) > 0;)
        n += one;
    return n;
}

size_t scan_word(Str s)
{
    size_t n = scan_letters(s), more;
    while (n && n < s.n && s.p[n] == '-' && (more = scan_letters(str_cut(s, n + 1, s.n))) > 0)
        n += 1 + more;
    return n;
}

size_t scan_dash(Str s)
{
    if (!beyond_ascii(s))
        return s.n && s.p[0] == '-';
    return str_starts(s, STR(EN_DASH)) ? 3 : 0;
}

size_t scan_minus(Str s)
{
    return str_starts(s, STR(MINUS)) ? sizeof MINUS - 1 : scan_dash(s);
}

/* Bytes of s that are the word but for capitals. A blank of the word is any space. */
static size_t folded(Str s, Str word)
{
    size_t i = 0, j = 0, space;
    while (j < word.n) {
        Str rest = str_cut(s, i, s.n);
        if (word.p[j] == ' ' && (space = scan_space(rest)) > 0)
            i += space, j++;
        else if (!rest.n || !scan_may_fold(s.p[i], word.p[j]) ||
                 utf8_lower(utf8_next(s, &i)) != utf8_lower(utf8_next(word, &j)))
            return 0;
    }
    return i;
}

static bool word_goes_on(Str s, size_t at)
{
    return scan_letter(str_cut(s, at, s.n)) > 0;
}

static bool ends_in_letter(Str word)
{
    return scan_letter(str_cut(word, scan_back(word, word.n), word.n)) > 0;
}

size_t scan_like(Str s, Str word)
{
    size_t n = folded(s, word);
    if (n)
        return word_goes_on(s, n) && ends_in_letter(word) ? 0 : n;
    if (!str_ends(word, STR(".")))
        return 0;
    n = folded(s, str_cut(word, 0, word.n - 1));
    return n && !word_goes_on(s, n) ? n : 0;
}

size_t scan_list(Str s, const StrList *list, size_t *which)
{
    size_t longest = 0;
    for (size_t i = 0; i < list->n; i++) {
        size_t n = scan_text(s, list->at[i]);
        if (n > longest)
            longest = n, *which = i;
    }
    return longest;
}

size_t scan_opening(Str s, const StrList *list, size_t *which)
{
    size_t n = scan_list(s, list, which);
    return n == s.n || scan_space(str_cut(s, n, s.n)) ? n : 0;
}

/* Bytes of the bracket or quotation mark that opens there. */
static size_t opening(Str s)
{
    if (!beyond_ascii(s) && (!s.n || !strchr("([\"'", s.p[0])))
        return 0;
    static const char *const mark[] = {"(", "[", "\"", "'", "\u201C", "\u201D", "\u00BB", "\u00AB"};
    for (size_t i = 0; i < sizeof mark / sizeof *mark; i++)
        if (str_starts(s, str_from(mark[i])))
            return strlen(mark[i]);
    return 0;
}

Str scan_word_before(Str s)
{
    size_t from = s.n;
    while (from > 0 && !ascii_space(s.p[from - 1]) &&
           !str_ends(str_cut(s, 0, from), STR(NO_BREAK_SPACE)))
        from--;
    for (size_t n; (n = opening(str_cut(s, from, s.n))) > 0;)
        from += n;
    return str_cut(s, from, s.n);
}

size_t scan_back(Str s, size_t at)
{
    return at ? utf8_start(s, at - 1) : 0;
}

bool scan_begins(Str s, size_t at)
{
    size_t before = scan_back(s, at);
    return before == at || (!ascii_digit(s.p[before]) && !scan_letter(str_cut(s, before, at)));
}
