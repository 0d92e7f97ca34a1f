#include <math.h>
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "tool.h"

/* Which words of the dictionary are compounds of others, and how likely each of the others is as the
 * first or last part of one. A word is a compound when its likeliest parts cost fewer bits than the
 * word by itself; costs come from how often a part is used in the dictionary's own compounds, which
 * are counted anew each time they have been found (Viterbi training of a unigram model, as
 * Creutz & Lagus, Unsupervised Discovery of Morphemes, 2002, use it). */

#define WHOLE_BITS 26.0       /* of a word of WHOLE_LETTERS letters … */
#define WHOLE_LETTER_BITS 0.5 /* … and for each letter more: long words are rarely simple */
#define SHORT_BITS 3.0        /* for each letter that a part has fewer than SHORT_LETTERS */
#define PREFIXED_BITS 4.0     /* a word with a prefix must be this much likelier as a compound */
#define GUESS_BITS 5.0        /* of a first part that the dictionary doesn't give as one */
#define UNSEEN 0.4     /* a part that no compound of the dictionary has counts as this many */
#define PREFIX_COST 10 /* of a prefix in a word that the dictionary doesn't have */
#define KNOWN_BITS 8   /* of a simple word by itself: no other way to read it is likelier */
enum {
    WHOLE_LETTERS = 6,
    SHORT_LETTERS = 4,
    ROUNDS = 4,
    SHORTEST_PART = 2,
    SHORTEST_COMPOUND = 5,
    SHORTEST_GUESS = 3
};

/* Words that make no compound with the word behind them: § 16.1.b and particles. */
static const char *const prefixes[] = {
    "af",    "an",  "anti",   "auto",   "bag", "be",     "bi",   "de",    "des",     "dis",
    "efter", "eks", "ekstra", "er",     "for", "forbi",  "fore", "foran", "forud",   "fra",
    "frem",  "ge",  "gen",    "gennem", "hen", "her",    "i",    "imod",  "ind",     "inde",
    "inter", "kon", "med",    "mellem", "mis", "mod",    "ned",  "neo",   "om",      "op",
    "over",  "på",  "pro",    "re",     "sam", "sammen", "sub",  "til",   "tilbage", "trans",
    "u",     "ud",  "ude",    "under",  "ur",  "van",    "ved",  "vel",   "vide",    "å"};

/* Suffixes that are words as well: § 16.1.c. */
static const char *const suffixes[] = {"hed", "hede", "agtig"};

/* Words of two letters that are parts; what else has two letters looks like one by chance. */
static const char *const short_parts[] = {"by", "is", "år", "øl", "sø", "æg", "ål", "ko", "tv",
                                          "ø",  "å",  "ud", "af", "an", "op", "på", "om"};

/* Words that look like the ends of others: as the last part of a compound they are far rarer. */
static const char *const never_last[] = {
    "arisk", "ister", "isere", "isering", "anten", "ater",  "lig",  "lige", "ring", "nik",
    "agere", "ske",   "ker",   "on",      "al",    "in",    "te",   "ti",   "si",   "er",
    "et",    "en",    "ri",    "mat",     "ren",   "rende", "ende", "rus",  "rune", "gere",
    "kere",  "ner",   "tor",   "ter",     "tet",   "den",   "der",  "sel",  "ling", "ning",
    "ist",   "isme",  "ion",   "tion",    "tive",  "tik",   "iv",   "nal",  "ral",  "dom",
    "som",   "bar",   "else",  "sion",    "len",   "ler"};

/* Words that look like compounds and are none. */
static const char *const never_split[] = {
    "centrum",  "deltage",  "deltager", "generation", "konkret",  "orientere", "orienteret",
    "patetisk", "redagere", "renovere", "renovering", "spastisk", "varetage",  "varetagelse"};

/* A form, all its entries together. */
typedef struct {
    Str text;
    uint32_t word; /* that it is a form of, as the last part of a compound */
    uint8_t roles;
    double first; /* how often it is the first part */
} Surface;

/* A word of the dictionary. */
typedef struct {
    Str text;
    double last;    /* how often it is the last part */
    uint32_t split; /* bytes of its first part, 0 when it is simple */
} Word;

typedef struct {
    Map surface_of, word_of;
    ARRAY(Surface) surfaces;
    ARRAY(Word) words;
    double splits; /* of all words together */
    Arena *kept;   /* for texts that the result has */
} Model;

static uint32_t word_number(Model *m, Str text)
{
    uint32_t number;
    if (map_get(&m->word_of, text, &number))
        return number;
    number = (uint32_t)m->words.n;
    map_put(&m->word_of, text, number);
    array_push(&m->words, ((Word){.text = text}));
    return number;
}

static Surface *find_surface(const Model *m, Str text)
{
    uint32_t number;
    return map_get(&m->surface_of, text, &number) ? &m->surfaces.at[number] : NULL;
}

static void add_surface(Model *m, const Form *form, uint32_t word)
{
    Surface *s = find_surface(m, form->form);
    if (!s) {
        map_put(&m->surface_of, form->form, (uint32_t)m->surfaces.n);
        array_push(&m->surfaces, ((Surface){.text = form->form, .word = word}));
        s = &array_last(&m->surfaces);
    }
    /* "hus" is a genitive of "hu", too, and "huset" a form of "hus" and "huse": the longest word has
     * them all. */
    if ((form->roles & FORM_LAST) &&
        (!(s->roles & FORM_LAST) || m->words.at[word].text.n > m->words.at[s->word].text.n))
        s->word = word;
    s->roles |= form->roles;
}

/* Dictionaries give a word one linking letter, and the language sometimes another: any word may be a
 * first part, and any with an s. */
static void guess_firsts(Model *m, const Dictionary *d)
{
    for (size_t i = 0; i < d->forms.n; i++) {
        const Form *f = &d->forms.at[i];
        if (!(f->roles & FORM_WHOLE) || !str_equal(f->form, d->words.at[f->word]) ||
            f->form.n < SHORTEST_GUESS)
            continue;
        uint32_t word = word_number(m, d->words.at[f->word]);
        add_surface(m, &(Form){f->form, 0, FORM_GUESS}, word);
        char *with_s = arena_bytes(m->kept, f->form.n + 1);
        memcpy(with_s, f->form.p, f->form.n);
        with_s[f->form.n] = 's';
        add_surface(m, &(Form){{with_s, f->form.n + 1}, 0, FORM_GUESS}, word);
    }
}

static double whole_bits(Str text)
{
    double letters = (double)utf8_length(text);
    return WHOLE_BITS +
           (letters > WHOLE_LETTERS ? WHOLE_LETTER_BITS * (letters - WHOLE_LETTERS) : 0);
}

static bool is_among(Str text, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(text, str_from(list[i])))
            return true;
    return false;
}

#define IS_AMONG(text, list) is_among(text, list, sizeof(list) / sizeof *(list))

static double short_bits(Str text)
{
    size_t letters = utf8_length(text);
    return letters < SHORT_LETTERS ? SHORT_BITS * (double)(SHORT_LETTERS - letters) : 0;
}

static double first_bits(const Model *m, const Surface *s)
{
    return log2((m->splits + 1) / (s->first + UNSEEN)) + short_bits(s->text) +
           (s->roles & FORM_FIRST ? 0 : GUESS_BITS);
}

static double last_bits(const Model *m, const Surface *s)
{
    const Word *w = &m->words.at[s->word];
    return log2((m->splits + 1) / (w->last + UNSEEN)) + short_bits(w->text);
}

static bool has_vowel(Str s)
{
    for (size_t i = 0; i < s.n;)
        if (danish_vowel(utf8_next(s, &i)))
            return true;
    return false;
}

static bool can_be_part(Str text)
{
    return has_vowel(text) && (utf8_length(text) > 2 || IS_AMONG(text, short_parts));
}

static bool can_be_first(const Surface *s)
{
    return (s->roles & (FORM_FIRST | FORM_GUESS)) && can_be_part(s->text);
}

static bool can_be_last(const Model *m, const Surface *s)
{
    Str word = m->words.at[s->word].text;
    return (s->roles & FORM_LAST) && can_be_part(s->text) && can_be_part(word) &&
           !IS_AMONG(s->text, never_last) && !IS_AMONG(word, never_last);
}

/* The two parts before and behind a byte, when they can be parts. */
static bool parts_at(const Model *m, Str text, size_t at, Surface **first, Surface **last)
{
    if (((unsigned char)text.p[at] & 0xC0) == 0x80)
        return false;
    Str before = str_cut(text, 0, at), behind = str_cut(text, at, text.n);
    *first = find_surface(m, before);
    if (!*first || !can_be_first(*first) || IS_AMONG(before, prefixes))
        return false; /* a word with a prefix is a part by itself */
    *last = find_surface(m, behind);
    return *last && can_be_last(m, *last);
}

/* ---- training ------------------------------------------------------------------------------- */

/* Every way to part a word counts, all together as one. */
static void count_all(Model *m, const Word *w)
{
    size_t n = 0;
    Surface *first, *last;
    for (int counting = 0; counting < 2; counting++)
        for (size_t at = SHORTEST_PART; at + SHORTEST_PART <= w->text.n; at++) {
            if (!parts_at(m, w->text, at, &first, &last))
                continue;
            if (!counting) {
                n++;
            } else {
                first->first += 1 / (double)n;
                m->words.at[last->word].last += 1 / (double)n;
            }
        }
    m->splits += n > 0;
}

/* Whether it is a prefix and a word (for-trolig). */
static bool has_prefix(const Model *m, Str text)
{
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        Str prefix = str_from(prefixes[i]);
        const Surface *rest =
            str_starts(text, prefix) ? find_surface(m, str_cut(text, prefix.n, text.n)) : NULL;
        if (rest && (rest->roles & FORM_WHOLE) && rest->text.n > prefix.n)
            return true;
    }
    return false;
}

static void split_best(Model *m, Word *w)
{
    double best = whole_bits(w->text) - (has_prefix(m, w->text) ? PREFIXED_BITS : 0);
    Surface *first, *last;
    w->split = 0;
    for (size_t at = SHORTEST_PART; at + SHORTEST_PART <= w->text.n; at++) {
        if (!parts_at(m, w->text, at, &first, &last))
            continue;
        double bits = first_bits(m, first) + last_bits(m, last);
        if (bits < best) {
            best = bits;
            w->split = (uint32_t)at;
        }
    }
}

static bool may_be_compound(const Model *m, const Word *w)
{
    const Surface *s = find_surface(m, w->text);
    return s && (s->roles & FORM_WHOLE) && w->text.n >= SHORTEST_COMPOUND &&
           !IS_AMONG(w->text, prefixes) && !IS_AMONG(w->text, never_split);
}

static void forget_counts(Model *m)
{
    m->splits = 0;
    for (size_t i = 0; i < m->words.n; i++)
        m->words.at[i].last = 0;
    for (size_t i = 0; i < m->surfaces.n; i++)
        m->surfaces.at[i].first = 0;
}

static void count_split(Model *m, const Word *w)
{
    Surface *first, *last;
    if (!w->split || !parts_at(m, w->text, w->split, &first, &last))
        return;
    first->first += 1;
    m->words.at[last->word].last += 1;
    m->splits += 1;
}

static void train(Model *m)
{
    for (size_t i = 0; i < m->words.n; i++)
        if (may_be_compound(m, &m->words.at[i]))
            count_all(m, &m->words.at[i]);
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < m->words.n; i++)
            if (may_be_compound(m, &m->words.at[i]))
                split_best(m, &m->words.at[i]);
        if (round + 1 == ROUNDS)
            break; /* so that what is a compound is one by the counts that are written */
        forget_counts(m);
        for (size_t i = 0; i < m->words.n; i++)
            count_split(m, &m->words.at[i]);
    }
}

/* A prefix before a compound makes a word of several parts, too (over-borg=mester). */
static void split_prefixed(Model *m)
{
    for (size_t i = 0; i < m->words.n; i++) {
        Word *w = &m->words.at[i];
        for (size_t k = 0; k < sizeof prefixes / sizeof *prefixes && !w->split; k++) {
            Str prefix = str_from(prefixes[k]);
            const Surface *first = find_surface(m, prefix), *rest;
            if (!first || !can_be_first(first) || !str_starts(w->text, prefix))
                continue;
            rest = find_surface(m, str_cut(w->text, prefix.n, w->text.n));
            if (rest && (rest->roles & FORM_LAST) && m->words.at[rest->word].split)
                w->split = (uint32_t)prefix.n;
        }
    }
}

/* ---- the result ----------------------------------------------------------------------------- */

static uint32_t cost(double bits)
{
    return bits < 0 ? 0 : bits > 60 ? 60 : (uint32_t)lround(bits);
}

static uint32_t says(const Model *m, const Surface *s)
{
    const Word *w = &m->words.at[s->word];
    bool simple = !w->split;
    uint32_t whole = (s->roles & FORM_WHOLE) && simple ? KNOWN_BITS : PART_NEVER;
    bool prefix = IS_AMONG(s->text, prefixes);
    uint32_t first = !can_be_first(s) || !simple ? PART_NEVER
                     : prefix                    ? PREFIX_COST
                                                 : cost(first_bits(m, s));
    uint32_t last = can_be_last(m, s) && simple ? cost(last_bits(m, s)) : PART_NEVER;
    return whole | first << 8 | last << 16 | (s->roles & FORM_NAME ? PART_NAME : 0) |
           (prefix ? PART_PREFIX : 0) |
           (IS_AMONG(w->text, suffixes) || IS_AMONG(s->text, suffixes) ? PART_SUFFIX : 0);
}

/* Whether a form is written as what it is by the parts that it consists of. */
static bool is_written(const Model *m, Str text, unsigned role)
{
    const Surface *s = find_surface(m, text);
    if (!s || m->words.at[s->word].split)
        return false;
    return role == FORM_FIRST ? can_be_first(s) : can_be_last(m, s);
}

static uint32_t least(uint32_t a, uint32_t b, unsigned shift)
{
    uint32_t x = a >> shift & 255u, y = b >> shift & 255u;
    return (x < y ? x : y) << shift;
}

/* The same letters may be a part for several reasons. */
static void put_part(Map *numbers, Parts *parts, Str text, uint32_t what)
{
    uint32_t number;
    if (map_get(numbers, text, &number)) {
        uint32_t *had = &parts->at[number].says;
        *had = least(*had, what, 0) | least(*had, what, 8) | least(*had, what, 16) |
               ((*had | what) & 0xFF000000u);
        return;
    }
    map_put(numbers, text, (uint32_t)parts->n);
    array_push(parts, ((Part){text, what}));
}

/* Forms of a compound go on from its first part as no form of its last part does (deltag-er-e): then
 * what goes on is a part, too. */
static void write_rest(const Model *m, const Surface *s, unsigned role, Map *numbers, Parts *parts)
{
    const Word *w = &m->words.at[s->word];
    Surface *first, *last;
    if (!(s->roles & role) || !w->split || s->text.n <= w->split + SHORTEST_PART ||
        memcmp(s->text.p, w->text.p, w->split) != 0 ||
        !parts_at(m, w->text, w->split, &first, &last))
        return;
    Str rest = str_cut(s->text, w->split, s->text.n);
    if (is_written(m, rest, role) || m->words.at[last->word].split)
        return;
    uint32_t what = role == FORM_FIRST
                        ? PART_NEVER | cost(log2(m->splits / UNSEEN)) << 8 | PART_NEVER << 16
                        : PART_NEVER | PART_NEVER << 8 | cost(last_bits(m, last)) << 16;
    put_part(numbers, parts, rest, what);
}

static void write_parts(const Model *m, Parts *parts)
{
    Map numbers = {0};
    for (size_t i = 0; i < m->surfaces.n; i++) {
        const Surface *s = &m->surfaces.at[i];
        uint32_t what = says(m, s);
        if ((what & 0xFFFFFF) != 0xFFFFFF || (what & PART_NAME))
            put_part(&numbers, parts, s->text, what);
        write_rest(m, s, FORM_FIRST, &numbers, parts);
        write_rest(m, s, FORM_LAST, &numbers, parts);
    }
    map_drop(&numbers);
}

void parts_find(const Dictionary *d, Arena *arena, Parts *parts)
{
    Model m = {.kept = arena};
    for (size_t i = 0; i < d->forms.n; i++) {
        const Form *f = &d->forms.at[i];
        add_surface(&m, f, word_number(&m, d->words.at[f->word]));
    }
    guess_firsts(&m, d);
    train(&m);
    split_prefixed(&m);
    write_parts(&m, parts);
    map_drop(&m.surface_of);
    map_drop(&m.word_of);
    array_drop(&m.surfaces);
    array_drop(&m.words);
}
