#include "language/hyphen_internal.h"

enum { SHORTEST_REST = 3 }; /* letters of a word behind a prefix */

/* The rules of Retskrivningsordbogen for a part of a word: § 15.3, which letters may stand at the
 * end of a line and at the beginning of the next; § 16.1.b–c, prefixes and suffixes; § 17, before the
 * last of several consonants. Where there is a choice, the patterns of hyphen-da have it. */

/* Consonants that may begin a word together. */
static bool may_begin(const uint32_t *c, size_t n)
{
    static const char *const onsets[] = {
        "bj", "bl", "br", "ch", "dr", "dv", "fj",  "fl",  "fr",  "gl",  "gn",  "gr",  "hj",
        "hv", "kj", "kl", "kn", "kr", "kv", "lj",  "mj",  "nj",  "pj",  "pl",  "pr",  "ps",
        "qu", "rh", "sc", "sh", "sj", "sk", "sl",  "sm",  "sn",  "sp",  "st",  "sv",  "th",
        "tj", "tr", "ts", "tv", "vr", "ph", "skr", "skv", "spl", "spr", "str", "sch", "chr"};
    if (n < 2)
        return true;
    for (size_t i = 0; i < sizeof onsets / sizeof *onsets; i++) {
        size_t k = 0;
        while (k < n && onsets[i][k] && c[k] == (uint32_t)(unsigned char)onsets[i][k])
            k++;
        if (k == n && !onsets[i][k])
            return true;
    }
    return false;
}

/* Whether the vowel at i is the weak e of an ending: alone, and with nothing behind it up to the
 * next vowel or the end but one of the letters that endings have. */
static bool weak(const Letters *w, size_t i, size_t to)
{
    if (w->letter[i] != 'e' || (i + 1 < to && danish_vowel(w->letter[i + 1])))
        return false;
    size_t end = i + 1;
    while (end < to && !danish_vowel(w->letter[end]))
        end++;
    return end - i - 1 < 2 || (end - i - 1 == 2 && (w->letter[end - 1] == 's' || end < to));
}

/* Before which of the consonants [a, b) in front of a vowel at b the rules divide. */
static size_t by_rule(const Letters *w, size_t a, size_t b, size_t to)
{
    size_t at = b - 1;
    if (weak(w, b, to))
        return at;
    while (at > a && may_begin(w->letter + at - 1, b - at + 1))
        at--;
    return at;
}

/* Where the patterns divide between two vowels, if they do so legally. */
static size_t by_patterns(const Letters *w, const uint8_t *odd, size_t a, size_t b)
{
    size_t found = 0;
    for (size_t at = a; at <= b; at++)
        if (odd[at] && (at == b || may_begin(w->letter + at, b - at)))
            found = at;
    return found;
}

static void divide_consonants(const Letters *w, const uint8_t *odd, size_t a, size_t b, size_t to,
                              uint8_t *mark)
{
    for (size_t at = a; at <= b; at++)
        if (mark[at])
            return; /* a prefix or suffix divides here */
    size_t at = by_patterns(w, odd, a, b);
    mark[at ? at : by_rule(w, a, b, to)] = MARK_INSIDE;
}

/* Marks the end of a prefix that a known word follows, and gives where that word begins. */
static size_t divide_prefix(const Language *language, const Letters *w, size_t from, size_t to,
                            uint8_t *mark)
{
    NetNode node = NET_ROOT;
    size_t found = from;
    for (size_t i = from;
         i + SHORTEST_REST < to && w->code[i] && net_step(&language->parts, &node, w->code[i]); i++)
        if (node.says && (node.what & PART_PREFIX) && split_follows(language, w, from, i + 1, to))
            found = i + 1;
    if (found > from)
        mark[found] = MARK_INSIDE;
    return found;
}

void danish_divide(const Language *language, const Letters *w, size_t from, size_t to,
                   uint8_t *mark)
{
    uint8_t odd[HYPHEN_LONGEST];
    size_t begin = from, next;
    patterns_divide(language, &language->inside, w, from, to, odd);
    while ((next = divide_prefix(language, w, begin, to, mark)) > begin) {
        patterns_divide(language, &language->inside, w, next, to, odd);
        begin = next;
    }
    size_t vowel = from;
    while (vowel < to && !danish_vowel(w->letter[vowel]))
        vowel++;
    for (size_t i = vowel + 1; i < to; i++) {
        if (!danish_vowel(w->letter[i]))
            continue;
        if (i > vowel + 1)
            divide_consonants(w, odd, vowel + 1, i, to, mark);
        else if (odd[i] && !mark[i])
            mark[i] = MARK_EMERGENCY;
        vowel = i;
    }
}
