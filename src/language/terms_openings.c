#include "language/internal.h"
#include "language/terms_internal.h"

/* A word is known by so many of its first bytes, if it has them. */
enum { BYTES = 3 };

/* Capitals and small letters beyond ASCII differ in bytes: all of those are one here. */
static uint32_t folded(char c)
{
    return (unsigned char)c >= 0x80 ? 0x80 : (unsigned char)ascii_lower(c);
}

static uint32_t slot(Str s, size_t n)
{
    uint32_t key = 0;
    for (size_t i = 0; i < n; i++)
        key = key << 8 | folded(s.p[i]);
    return key * 2654435761u >> 21 & (TERMS_OPENING - 1); /* Fibonacci hashing */
}

/* A space in a word may be of any kind, and an abbreviation may lack its full stop. */
static void add(Terms *t, Str word)
{
    size_t n = 0;
    while (n < BYTES && n < word.n && word.p[n] != ' ' && !(word.p[n] == '.' && n + 1 == word.n))
        n++;
    uint32_t i = slot(word, n);
    if (n)
        t->opening[i / 64] |= (uint64_t)1 << i % 64;
}

static void add_list(Terms *t, const Str *word, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add(t, word[i]);
}

void terms_find_openings(Terms *t)
{
    add_list(t, t->month, 12);
    add_list(t, t->month_short, 12);
    add_list(t, t->weekday, 7);
    add_list(t, t->any_precision.at, t->any_precision.n);
    add_list(t, t->unit_before.at, t->unit_before.n);
    add(t, t->between);
    for (size_t i = 0; i < t->number_words; i++)
        add(t, t->number_word[i].word);
}

bool terms_may_open(const Terms *t, Str s)
{
    for (size_t n = 1; n <= BYTES && n <= s.n; n++) {
        uint32_t i = slot(s, n);
        if (t->opening[i / 64] >> i % 64 & 1)
            return true;
    }
    return false;
}
