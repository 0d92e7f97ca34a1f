#include "language/hyphenate.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "language/hyphen_internal.h"

struct Hyphenation {
    const HyphenData *data;
    Exceptions exceptions;
};

Hyphenation *hyphenation_new(const HyphenData *data)
{
    Hyphenation *h = mem_zalloc(sizeof *h);
    h->data = data;
    exceptions_init(&h->exceptions, data ? hyphen_data_hash(data) : (Hash){0, 0});
    return h;
}

void hyphenation_drop(Hyphenation *h)
{
    if (!h)
        return;
    exceptions_drop(&h->exceptions);
    mem_free(h);
}

Exceptions *hyphenation_exceptions(Hyphenation *h)
{
    return &h->exceptions;
}

Hash hyphenation_hash(const Hyphenation *h)
{
    return h->exceptions.value;
}

bool hyphenation_knows(const Hyphenation *h, Str language)
{
    return hyphen_language(h->data, language) != NULL;
}

/* ---- letters -------------------------------------------------------------------------------- */

static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return ascii_letter((char)c);
    return c >= 0xC0 && c < HYPHEN_LETTERS && c != 0xD7 && c != 0xF7;
}

/* Signs that stand around words. */
static bool stands_around(uint32_t c)
{
    return c == 0xAB || c == 0xBB || c == 0xA0 || (c >= 0x2010 && c <= 0x203A) ||
           (c < 0x80 && strchr(".,;:!?()[]\"'*", (int)c));
}

bool letters_add(Letters *w, uint32_t c, size_t byte)
{
    uint32_t lower = utf8_lower(c);
    if (!is_letter(c) || w->n == HYPHEN_LONGEST)
        return false;
    w->capital |= w->n == 0 && lower != c;
    w->capitals |= w->n > 0 && lower != c;
    w->byte[w->n] = (uint32_t)byte;
    w->letter[w->n++] = lower;
    return true;
}

bool letters_have_vowel(const Letters *w, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (danish_vowel(w->letter[i]))
            return true;
    return false;
}

/* Finds the letters of a word between the signs around it. False when it is no word. */
static bool find_letters(Str text, Letters *w)
{
    bool behind = false;
    w->n = 0;
    w->capital = w->capitals = false;
    for (size_t i = 0; i < text.n;) {
        size_t at = i;
        uint32_t c = utf8_next(text, &i);
        if (stands_around(c))
            behind = w->n > 0;
        else if (behind || !letters_add(w, c, at))
            return false;
    }
    return w->n >= HYPHEN_SHORTEST;
}

static void find_codes(const Language *language, Letters *w)
{
    for (size_t i = 0; i < w->n; i++)
        w->code[i] = language->code[w->letter[i]] % HYPHEN_CODES;
}

/* ---- marks ---------------------------------------------------------------------------------- */

/* Divides the parts between joints, and keeps for emergencies what leaves two letters of one or
 * reads as a compound that it isn't. */
static void divide_parts(const Language *language, const Letters *w, uint8_t *mark)
{
    for (size_t from = 0, to; from < w->n; from = to) {
        for (to = from + 1; to < w->n && mark[to] != MARK_JOINT; to++)
            ;
        danish_divide(language, w, from, to, mark);
        for (size_t i = from + 1; i < to; i++) {
            if (mark[i] != MARK_INSIDE)
                continue;
            if (i - from < HYPHEN_EDGE || to - i < HYPHEN_EDGE ||
                split_reads_as_compound(language, w, from, i, to))
                mark[i] = MARK_EMERGENCY;
        }
    }
}

static void mark_danish(const Language *language, const Letters *w, uint8_t *mark)
{
    SplitResult result = split_word(language, w, mark);
    if (w->capital && result != SPLIT_KNOWN) { /* a name, or as good as one */
        memset(mark, MARK_NONE, w->n);
        return;
    }
    divide_parts(language, w, mark);
}

/* Every piece wants a vowel; patterns of two levels that don't know of each other may leave one without
 * (sozi-a-l-verwaltung). */
static void drop_pieces_without_vowel(const Letters *w, uint8_t *mark)
{
    size_t from = 0;
    for (size_t to = 1; to <= w->n; to++) {
        if (to < w->n && !mark[to])
            continue;
        if (!letters_have_vowel(w, from, to))
            mark[from > 0 ? from : to] = MARK_NONE;
        from = to;
    }
}

/* Where the first level of patterns finds parts of compounds, prefixes among them. */
static void mark_joints(const Language *language, const Letters *w, uint8_t *mark)
{
    uint8_t odd[HYPHEN_LONGEST];
    size_t from = 0;
    if (!language->joints.n)
        return;
    patterns_divide(language, &language->joints, w, 0, w->n, odd);
    for (size_t i = 1; i < w->n; i++) {
        if (!odd[i])
            continue;
        mark[i] = i - from > HYPHEN_EDGE ? MARK_JOINT : MARK_INSIDE;
        from = i;
    }
}

/* Other languages have patterns alone. */
static void mark_by_patterns(const Language *language, const Letters *w, uint8_t *mark)
{
    uint8_t odd[HYPHEN_LONGEST];
    mark_joints(language, w, mark);
    for (size_t from = 0, to; from < w->n; from = to) {
        for (to = from + 1; to < w->n && mark[to] != MARK_JOINT; to++)
            ;
        patterns_divide(language, &language->inside, w, from, to, odd);
        for (size_t i = from + 1; i < to; i++)
            if (odd[i] || mark[i])
                mark[i] = i - from < HYPHEN_EDGE || to - i < HYPHEN_EDGE ? MARK_EMERGENCY
                                                                         : MARK_INSIDE;
    }
    drop_pieces_without_vowel(w, mark);
}

/* ---- the answer ----------------------------------------------------------------------------- */

/* The first and last `edge` letters stay together. */
static size_t write_breaks(const Letters *w, const uint8_t *mark, size_t edge, HyphenBreak *out,
                           size_t max)
{
    size_t n = 0;
    for (size_t i = edge; i + edge <= w->n && n < max; i++)
        if (mark[i])
            out[n++] = (HyphenBreak){w->byte[i], mark[i] == MARK_JOINT    ? HYPHEN_JOINT
                                                 : mark[i] == MARK_INSIDE ? HYPHEN_INSIDE
                                                                          : HYPHEN_EMERGENCY};
    return n;
}

size_t hyphenate(const Hyphenation *h, Str language, Str word, HyphenBreak *out, size_t max)
{
    Letters w;
    uint8_t mark[HYPHEN_LONGEST + 1] = {0};
    if (word.n < HYPHEN_SHORTEST || !find_letters(word, &w))
        return 0;
    if (exceptions_find(&h->exceptions, &w, mark))
        return write_breaks(&w, mark, 1, out, max);
    const Language *l = hyphen_language(h->data, language);
    if (!l || w.capitals)
        return 0;
    find_codes(l, &w);
    if (l->danish)
        mark_danish(l, &w, mark);
    else
        mark_by_patterns(l, &w, mark);
    return write_breaks(&w, mark, HYPHEN_EDGE, out, max);
}
