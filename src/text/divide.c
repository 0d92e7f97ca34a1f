#include "base/map.h"
#include "base/mem.h"
#include "text/internal.h"

/* Most words of a report come again and again. */

enum { MOST_PLACES = 160, MOST_KEPT = 1 << 20 };

/* Where the places of a word are kept. */
typedef struct {
    uint32_t first, n;
} Range;

struct Divisions {
    Map words; /* by what key_of makes of them; the value is the index of their range */
    ARRAY(Range) ranges;
    ARRAY(Joint) places;
    Arena arena; /* of the keys */
    StrBuf key;
};

Divisions *divisions_new(void)
{
    return mem_zalloc(sizeof(Divisions));
}

static void forget(Divisions *d)
{
    map_drop(&d->words);
    array_drop(&d->ranges);
    array_drop(&d->places);
    arena_drop(&d->arena);
}

void divisions_drop(Divisions *d)
{
    if (!d)
        return;
    forget(d);
    strbuf_drop(&d->key);
    mem_free(d);
}

static Str key_of(Divisions *d, const Hyphenation *hyphenation, Str language, Str word)
{
    Hash hash = hyphenation_hash(hyphenation);
    strbuf_clear(&d->key);
    strbuf_add(&d->key, (const char *)&hash, sizeof hash);
    strbuf_add_str(&d->key, language);
    strbuf_add_char(&d->key, 0);
    strbuf_add_str(&d->key, word);
    return strbuf_str(&d->key);
}

static Range find_places(Divisions *d, const Hyphenation *hyphenation, Str language, Str word)
{
    static const uint8_t part[] = {
        [HYPHEN_JOINT] = PART_JOINT, [HYPHEN_INSIDE] = PART_NORMAL, [HYPHEN_EMERGENCY] = PART_RARE};
    HyphenBreak at[MOST_PLACES];
    size_t n = hyphenate(hyphenation, language, word, at, MOST_PLACES);
    Range range = {(uint32_t)d->places.n, (uint32_t)n};
    for (size_t i = 0; i < n; i++)
        array_push(&d->places, ((Joint){at[i].at, part[at[i].kind]}));
    return range;
}

size_t divide_word(Divisions *d, const Hyphenation *hyphenation, Str language, Str word,
                   const Joint **places)
{
    Str key = key_of(d, hyphenation, language, word);
    uint32_t number;
    if (!map_get(&d->words, key, &number)) {
        if (d->ranges.n == MOST_KEPT) /* text without end that never repeats itself */
            forget(d);
        number = (uint32_t)d->ranges.n;
        map_put(&d->words, arena_str(&d->arena, key), number);
        array_push(&d->ranges, find_places(d, hyphenation, language, word));
    }
    Range range = d->ranges.at[number];
    *places = range.n ? d->places.at + range.first : NULL;
    return range.n;
}
