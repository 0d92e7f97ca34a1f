#include "language/hyphen_internal.h"

/* The likeliest way to read a word as parts: the one that costs the fewest bits (Viterbi). */

enum {
    COST_NONE = 1 << 20,
    WHOLE_UNKNOWN = 14,  /* of a word that is known to no dictionary, … */
    PART_UNKNOWN = 18,   /* of such a part of a compound, … */
    LETTER_OF_WHOLE = 5, /* and of each letter of the one … */
    LETTER_OF_PART = 5,  /* … and of the other */
    SHORTEST_UNKNOWN = 5,
    LONG_PREFIX = 4,    /* letters of prefixes that hardly begin other words, */
    LONG_REST = 6,      /* and of words that hardly end others by chance */
    LIKELY_LAST = 15,   /* bits below which a part is common behind others */
    COMPOUND_READ = 24, /* below which a reader may take two parts for a compound */
    JOINT_COST = 3      /* of each joint: few parts are likelier than many */
};

typedef enum { READ_PART, READ_PREFIX, READ_SUFFIX, READ_UNKNOWN } ReadAs;

/* The best way to read the letters before one, as parts that another follows. */
typedef struct {
    int cost;
    uint8_t from; /* where the last of these parts begins */
    uint8_t as;
} Reading;

typedef struct {
    const Language *language;
    const Letters *word;
    Reading before[HYPHEN_LONGEST + 1];
    Reading end; /* of the whole word */
    bool name;
} Splitter;

static void improve(Reading *r, int cost, size_t from, ReadAs as)
{
    if (cost < r->cost)
        *r = (Reading){cost, (uint8_t)from, (uint8_t)as};
}

static void read_part(Splitter *s, size_t from, size_t to, uint32_t says)
{
    int so_far = s->before[from].cost;
    ReadAs suffix = says & PART_SUFFIX ? READ_SUFFIX : READ_PART;
    bool last = to == s->word->n;
    if (last && from == 0 && (says & PART_NAME))
        s->name = true;
    if (last && from == 0 && PART_WHOLE(says) != PART_NEVER)
        improve(&s->end, (int)PART_WHOLE(says), 0, READ_PART);
    if (last && from > 0 && PART_LAST(says) != PART_NEVER)
        improve(&s->end, so_far + (int)PART_LAST(says), from, suffix);
    if (!last && PART_FIRST(says) != PART_NEVER)
        improve(&s->before[to], so_far + (int)PART_FIRST(says) + JOINT_COST, from,
                says & PART_PREFIX ? READ_PREFIX : suffix);
}

static void read_parts_from(Splitter *s, size_t from)
{
    NetNode node = NET_ROOT;
    for (size_t i = from; i < s->word->n && s->word->code[i] &&
                          net_step(&s->language->parts, &node, s->word->code[i]);
         i++)
        if (node.says)
            read_part(s, from, i + 1, node.what);
}

/* A part that no dictionary knows, at the beginning or at the end. */
static void read_unknown_from(Splitter *s, size_t from)
{
    size_t n = s->word->n;
    if (from > 0) {
        if (n - from >= SHORTEST_UNKNOWN && letters_have_vowel(s->word, from, n))
            improve(&s->end, s->before[from].cost + PART_UNKNOWN + LETTER_OF_PART * (int)(n - from),
                    from, READ_UNKNOWN);
        return;
    }
    improve(&s->end, WHOLE_UNKNOWN + LETTER_OF_WHOLE * (int)n, 0, READ_UNKNOWN);
    for (size_t to = SHORTEST_UNKNOWN; to + 1 < n; to++)
        if (letters_have_vowel(s->word, 0, to))
            improve(&s->before[to], PART_UNKNOWN + LETTER_OF_PART * (int)to, 0, READ_UNKNOWN);
}

SplitResult split_word(const Language *language, const Letters *word, uint8_t *mark)
{
    Splitter s = {.language = language, .word = word, .end = {COST_NONE, 0, READ_UNKNOWN}};
    for (size_t i = 1; i < word->n; i++)
        s.before[i].cost = COST_NONE;
    for (size_t i = 0; i < word->n; i++)
        if (s.before[i].cost < COST_NONE) {
            read_parts_from(&s, i);
            read_unknown_from(&s, i);
        }
    bool unknown = s.end.as == READ_UNKNOWN, suffix = s.end.as == READ_SUFFIX;
    for (size_t i = s.end.from; i > 0;) {
        const Reading *r = &s.before[i];
        unknown |= r->as == READ_UNKNOWN;
        mark[i] = r->as == READ_PREFIX || suffix ? MARK_INSIDE : MARK_JOINT;
        suffix = r->as == READ_SUFFIX;
        i = r->from;
    }
    return s.name && (unknown || s.end.from) ? SPLIT_NAME : unknown ? SPLIT_UNKNOWN : SPLIT_KNOWN;
}

/* What the dictionary says of letters [from, to), 0 for nothing. */
static uint32_t look_up(const Language *language, const Letters *word, size_t from, size_t to)
{
    NetNode node = NET_ROOT;
    for (size_t i = from; i < to; i++)
        if (!word->code[i] || !net_step(&language->parts, &node, word->code[i]))
            return 0;
    return node.says ? node.what : 0;
}

bool split_follows(const Language *language, const Letters *word, size_t from, size_t at, size_t to)
{
    uint32_t says = look_up(language, word, at, to);
    if (at - from < LONG_PREFIX - 1 && to - at < LONG_REST - 1)
        return false;
    bool word_or_last = says && (PART_WHOLE(says) != PART_NEVER || PART_LAST(says) != PART_NEVER);
    if (!danish_vowel(word->letter[at]) || at - from >= LONG_PREFIX || to - at >= LONG_REST)
        return word_or_last;
    return says && PART_LAST(says) < LIKELY_LAST;
}

bool split_reads_as_compound(const Language *language, const Letters *word, size_t from, size_t at,
                             size_t to)
{
    uint32_t first = look_up(language, word, from, at), last = look_up(language, word, at, to);
    return first && last && PART_FIRST(first) != PART_NEVER && PART_LAST(last) != PART_NEVER &&
           !(first & PART_PREFIX) && !(last & PART_SUFFIX) &&
           PART_FIRST(first) + PART_LAST(last) < COMPOUND_READ;
}
