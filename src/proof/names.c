#include <string.h>

#include "base/utf8.h"
#include "proof/internal.h"

/* One name spelt two ways: with and without a hyphen or space, with a letter changed, left out, doubled or
 * swapped, or without the s that it ends in. What only differs as the forms of a word do is passed over,
 * and so is what the report itself tells apart in one sentence. */

enum {
    SHORTEST_CAPITALS = 4, /* letters: GAIA, but SSP and CSP are two things */
    SHORTEST_DOUBLED = 5,  /* Brixon and Brixxon: a doubled letter is a slip of the hand */
    SHORTEST_FREQUENT = 6, /* where the other spelling is frequent */
    SHORTEST = 7,
    SHORTEST_IN_PHRASE = 4, /* where the other words are the same: Maria Ayub */
    LONGEST = 64,           /* bytes of a word; a longer one is no name */
    MOST_WORDS = 5,         /* of a name of several words */
    MOST_NEAR = 16,         /* names looked at that share all letters but one */
    MOST_RARE = 2           /* occurrences of a spelling that may be a slip */
};

typedef struct {
    Str text;
    Place place; /* of the first occurrence */
    int section; /* of that */
    uint32_t count;
    uint8_t words;
    bool known;    /* has its capital not only because it opens a sentence */
    bool strong;   /* names a visit, place or contact */
    bool whole;    /* ends the name of a place, so that an s is its own and no genitive */
    bool capitals; /* GAIA */
    bool opener;   /* of several words, of which the first opens a sentence: "Hos Lambeth" */
    bool told;
} Name;

typedef struct {
    ARRAY(Name) names;
    Map known; /* text to number */
    StrBuf key;
} Names;

static void *begin_names(Proof *proof)
{
    return arena_new(&proof->arena, Names);
}

/* ---- gathering ------------------------------------------------------------------------------ */

/* Without the English genitive. */
static size_t without_genitive(Str s, size_t from, size_t to)
{
    Str word = str_cut(s, from, to);
    if (str_ends(word, STR("'s")))
        return to - 2;
    return str_ends(word, STR("\xE2\x80\x99s")) ? to - 4 : to;
}

static Name *find_name(Proof *proof, Names *all, Str text, bool *fresh)
{
    uint32_t i;
    *fresh = !map_get(&all->known, text, &i);
    if (!*fresh)
        return &all->names.at[i];
    text = arena_str(&proof->arena, text);
    map_put(&all->known, text, (uint32_t)all->names.n);
    array_push(&all->names, ((Name){.text = text}));
    return &array_last(&all->names);
}

static void add_name(Proof *proof, Names *all, const Passage *p, Str text, size_t at, Name as)
{
    bool fresh;
    Name *name = find_name(proof, all, text, &fresh);
    if (fresh) {
        name->place = passage_place(p, at);
        name->section = p->section;
        name->words = as.words;
        name->opener = true;
    }
    name->count++;
    name->known |= as.known;
    name->strong |= as.strong;
    name->whole |= as.whole;
    name->capitals = as.capitals;
    name->opener &= as.opener;
}

static void add_word(Proof *proof, Names *all, const Passage *p, const Capitalised *c)
{
    size_t to = without_genitive(p->text, c->from, c->to);
    if (to - c->from > LONGEST || to - c->from < 3)
        return;
    Name as = {.words = 1,
               .known = !c->opens || c->capitals || p->names,
               .strong = p->names,
               .whole = p->names && p->kind == PASSAGE_FIELD && c->to == p->text.n,
               .capitals = c->capitals};
    add_name(proof, all, p, str_cut(p->text, c->from, to), c->from, as);
}

/* The names from the one to the other, with one space between them, as one. */
static void add_phrase(Proof *proof, Names *all, const Passage *p, size_t first, size_t last)
{
    const Capitalised *c = proof->scan.names.at;
    StrBuf *key = &all->key;
    strbuf_clear(key);
    for (size_t i = first; i <= last; i++) {
        size_t to = i == last ? without_genitive(p->text, c[i].from, c[i].to) : c[i].to;
        if (i > first)
            strbuf_add_char(key, ' ');
        strbuf_add_str(key, str_cut(p->text, c[i].from, to));
    }
    if (key->n > LONGEST * MOST_WORDS)
        return;
    Name as = {.words = (uint8_t)(last - first + 1),
               .known = true,
               .opener = c[first].opens && !p->names,
               .strong = p->names,
               .whole = p->names && p->kind == PASSAGE_FIELD && c[last].to == p->text.n};
    add_name(proof, all, p, strbuf_str(key), c[first].from, as);
}

static void gather(Proof *proof, void *state, const Passage *p)
{
    Names *all = state;
    const Capitalised *c = proof->scan.names.at;
    size_t n = proof->scan.names.n;
    if (p->doubted || p->kind == PASSAGE_CODE || p->kind == PASSAGE_ADDRESS)
        return;
    for (size_t i = 0, last; i < n; i = last + 1) {
        last = i;
        while (last + 1 < n && c[last + 1].follows)
            last++;
        for (size_t k = i; k <= last; k++)
            add_word(proof, all, p, &c[k]);
        size_t words = last - i + 1;
        if (words < 2 || words > MOST_WORDS)
            continue;
        add_phrase(proof, all, p, i, last);
        if (c[i].opens && words > 2) /* "Hos Tower Hamlets" */
            add_phrase(proof, all, p, i + 1, last);
    }
}

/* ---- two spellings -------------------------------------------------------------------------- */

/* Whether the sentence in which a name first stands has the other, too. */
static bool same_sentence(const Terms *t, const Name *a, const Name *b)
{
    Str s = sentence_around(t, a->place.text, a->place.at);
    const char *found;
    while (s.n && (found = memmem(s.p, s.n, b->text.p, b->text.n)) != NULL) {
        s = str_cut(s, (size_t)(found - s.p) + b->text.n, s.n);
        if (!letter_at(s, 0))
            return true;
    }
    return false;
}

/* Names of the language that are alike and yet two, such as "Irland / Island". */
static bool are_distinct(const Terms *t, Str a, Str b)
{
    const StrList *list = &t->proof[PROOF_distinct];
    for (size_t i = 0; i < list->n; i++) {
        size_t slash = str_find(list->at[i], '/');
        Str one = str_trim(str_cut(list->at[i], 0, slash));
        Str other = str_trim(str_cut(list->at[i], slash + 1, list->at[i].n));
        if ((str_equal(one, a) && str_equal(other, b)) ||
            (str_equal(one, b) && str_equal(other, a)))
            return true;
    }
    return false;
}

/* Which of two spellings is told: the rarer one, or the later. Both are of one array. */
static bool is_rarer(const Name *a, const Name *b)
{
    if (a->count != b->count)
        return a->count < b->count;
    return a->strong != b->strong ? b->strong : a > b;
}

static void tell(Proof *proof, Name *a, Name *b)
{
    Name *rare = is_rarer(a, b) ? a : b, *usual = rare == a ? b : a;
    if (rare->told || proof_accepts(proof, rare->text) || proof_accepts(proof, usual->text) ||
        are_distinct(proof->terms, rare->text, usual->text) ||
        same_sentence(proof->terms, rare, usual) || same_sentence(proof->terms, usual, rare))
        return;
    rare->told = true;
    diag_warning(proof->diags, place_pos(proof, rare->place),
                 "'%.*s' is elsewhere spelt '%.*s' [names]", (int)rare->text.n, rare->text.p,
                 (int)usual->text.n, usual->text.p);
    diag_also(proof->diags, place_pos(proof, usual->place), "the other spelling is here");
    diag_hint(proof->diags, "where both are right, list one under  checks: {accept: [...]}");
}

/* Whether several words are one name: their first is known to be a name elsewhere. */
static bool is_name(const Names *all, const Name *name)
{
    uint32_t first;
    return !name->opener ||
           (map_get(&all->known, str_cut(name->text, 0, str_find(name->text, ' ')), &first) &&
            all->names.at[first].known);
}

/* ---- with and without hyphens and spaces ---------------------------------------------------- */

static Str squeezed(StrBuf *out, Str s)
{
    strbuf_clear(out);
    for (size_t at = 0; at < s.n;) {
        size_t n = letter_at(s, at);
        if (n || ascii_digit(s.p[at]))
            strbuf_add_utf8(out, utf8_lower(utf8_next(s, &at)));
        else
            utf8_next(s, &at);
    }
    return strbuf_str(out);
}

static bool has_joints(Str s)
{
    return str_find(s, '-') < s.n || str_find(s, ' ') < s.n;
}

static void find_joined(Proof *proof, Names *all)
{
    Map keys = {0};
    for (size_t i = 0; i < all->names.n; i++) {
        Name *name = &all->names.at[i];
        if (!name->known || (name->words > 1 && !is_name(all, name)))
            continue;
        Str key = squeezed(&all->key, name->text);
        uint32_t other;
        if (!map_get(&keys, key, &other)) {
            map_put(&keys, arena_str(&proof->arena, key), (uint32_t)i);
            continue;
        }
        Name *first = &all->names.at[other];
        if (has_joints(first->text) != has_joints(name->text) || first->words != name->words)
            tell(proof, first, name);
    }
    map_drop(&keys);
}

/* ---- with another letter -------------------------------------------------------------------- */

typedef struct {
    uint32_t c[LONGEST];
    size_t n;
} Letters;

static void read_letters(Letters *out, Str s)
{
    out->n = 0;
    for (size_t at = 0; at < s.n && out->n < LONGEST;)
        out->c[out->n++] = utf8_lower(utf8_next(s, &at));
}

typedef enum { SAME_LETTERS, CHANGED, INSERTED, SWAPPED, DIFFERENT } Difference;

/* How two words differ in one letter; *at is where, *behind how many letters follow. */
static Difference difference(const Letters *a, const Letters *b, size_t *at, size_t *behind)
{
    size_t head = 0, tail = 0, least = a->n < b->n ? a->n : b->n;
    while (head < least && a->c[head] == b->c[head])
        head++;
    while (tail < least - head && a->c[a->n - 1 - tail] == b->c[b->n - 1 - tail])
        tail++;
    size_t x = a->n - head - tail, y = b->n - head - tail;
    *at = head;
    *behind = tail;
    if (x + y == 0)
        return SAME_LETTERS;
    if (x == 1 && y == 1)
        return CHANGED;
    if (x + y == 1)
        return INSERTED;
    bool swapped = x == 2 && y == 2 && a->c[head] == b->c[head + 1] && a->c[head + 1] == b->c[head];
    return swapped ? SWAPPED : DIFFERENT;
}

static bool ends_in(const Letters *w, const char *ending)
{
    size_t n = strlen(ending);
    for (size_t i = 0; i < n; i++)
        if (w->n < n || w->c[w->n - n + i] != (unsigned char)ending[i])
            return false;
    return true;
}

/* Forms of one word differ at its end (kommune, kommuner; mester, mestre) or in the vowel (mand,
 * mænd). */
static bool are_forms(const Letters *a, const Letters *b, Difference d, size_t at, size_t behind)
{
    bool genitives = ends_in(a, "s") && ends_in(b, "s");
    if (behind <= genitives)
        return true;
    uint32_t x = a->c[at], y = b->c[at];
    return d == CHANGED && ((x == 'a' && y == 0xE6) || (x == 0xE6 && y == 'a'));
}

static bool is_doubled(const Letters *a, const Letters *b, size_t at)
{
    const Letters *longer = a->n > b->n ? a : b;
    return (at > 0 && at < longer->n && longer->c[at] == longer->c[at - 1]) ||
           (at + 1 < longer->n && longer->c[at] == longer->c[at + 1]);
}

/* Two abbreviations of which one is written once, in the part of the report that has the other. */
static bool is_slip_in_capitals(const Name *a, const Name *b, size_t letters)
{
    const Name *rare = a->count < b->count ? a : b, *usual = rare == a ? b : a;
    return letters >= SHORTEST_CAPITALS && a->section == b->section && rare->count == 1 &&
           usual->count > 1;
}

static bool is_rare_beside(const Name *rare, const Name *usual)
{
    return rare->count <= MOST_RARE && rare->count <= usual->count &&
           (rare->count * 2 <= usual->count || usual->count == 1 ||
            (usual->strong && !rare->strong));
}

static bool are_two_spellings(const Name *a, const Name *b)
{
    Letters x = {.n = 0}, y = {.n = 0};
    size_t at, behind;
    read_letters(&x, a->text);
    read_letters(&y, b->text);
    Difference d = difference(&x, &y, &at, &behind);
    size_t letters = x.n > y.n ? x.n : y.n;
    if (d == SAME_LETTERS || d == DIFFERENT || at == 0)
        return false;
    if (a->capitals && b->capitals)
        return d != INSERTED && is_slip_in_capitals(a, b, letters);
    if (are_forms(&x, &y, d, at, behind) || (ends_in(&x, "sen") && ends_in(&y, "sen")) ||
        (a->strong && b->strong))
        return false;
    const Name *rare = a->count <= b->count ? a : b, *usual = rare == a ? b : a;
    if (!is_rare_beside(rare, usual) && !is_rare_beside(usual, rare))
        return false;
    if (d == INSERTED && is_doubled(&x, &y, at))
        return letters >= (a->known && b->known ? SHORTEST_DOUBLED : SHORTEST);
    bool frequent = rare->known && (usual->strong || usual->count > MOST_RARE);
    return letters >= (frequent ? SHORTEST_FREQUENT : SHORTEST);
}

/* The word without its i-th letter. */
static Str without_letter(StrBuf *out, Str s, size_t i)
{
    size_t at = utf8_bytes(s, i), next = at;
    utf8_next(s, &next);
    strbuf_clear(out);
    strbuf_add(out, s.p, at);
    strbuf_add_str(out, str_cut(s, next, s.n));
    return strbuf_str(out);
}

typedef struct {
    uint32_t name, next; /* next: link, plus one */
} Link;

/* Names that share all letters but one have a key in common: each of them without one of its letters,
 * and the whole (W. Garbe's symmetric deletes). */
typedef struct {
    Map keys; /* to a link, plus one */
    ARRAY(Link) links;
} Index;

static void add_key(Proof *proof, Index *index, Str key, size_t name)
{
    uint32_t before = 0;
    map_get(&index->keys, key, &before);
    array_push(&index->links, ((Link){(uint32_t)name, before}));
    map_put(&index->keys, arena_str(&proof->arena, key), (uint32_t)index->links.n);
}

static void compare(Proof *proof, Names *all, const Index *index, Str key, size_t i)
{
    uint32_t link = 0;
    map_get(&index->keys, key, &link);
    for (int n = 0; link && n < MOST_NEAR; n++) {
        const Link *l = &index->links.at[link - 1];
        Name *a = &all->names.at[i], *b = &all->names.at[l->name];
        if (l->name != i && are_two_spellings(a, b))
            tell(proof, a, b);
        link = l->next;
    }
}

static void add_known(Proof *proof, Names *all, Index *index)
{
    for (size_t i = 0; i < all->names.n; i++) {
        const Name *name = &all->names.at[i];
        size_t letters = name->known && name->words == 1 ? utf8_length(name->text) : 0;
        if (letters < SHORTEST_CAPITALS)
            continue;
        add_key(proof, index, name->text, i);
        for (size_t k = 1; k < letters; k++)
            add_key(proof, index, without_letter(&all->key, name->text, k), i);
    }
}

/* Each rare name with those that are known. */
static void find_near(Proof *proof, Names *all)
{
    Index index = {0};
    add_known(proof, all, &index);
    for (size_t i = 0; index.links.n && i < all->names.n; i++) {
        const Name *name = &all->names.at[i];
        size_t letters = name->words == 1 && name->count <= MOST_RARE ? utf8_length(name->text) : 0;
        if (letters < (name->known ? SHORTEST_CAPITALS : SHORTEST))
            continue;
        compare(proof, all, &index, name->text, i);
        for (size_t k = 1; k < letters; k++)
            compare(proof, all, &index, without_letter(&all->key, name->text, k), i);
    }
    map_drop(&index.keys);
    array_drop(&index.links);
}

/* ---- names of several words ----------------------------------------------------------------- */

/* The i-th word. */
static Str word_of(Str s, size_t i)
{
    while (i-- > 0)
        s = str_cut(s, str_find(s, ' ') + 1, s.n);
    return str_cut(s, 0, str_find(s, ' '));
}

static bool are_two_phrases(const Name *a, const Name *b, size_t word)
{
    Letters x = {.n = 0}, y = {.n = 0};
    size_t at, behind;
    read_letters(&x, word_of(a->text, word));
    read_letters(&y, word_of(b->text, word));
    Difference d = difference(&x, &y, &at, &behind);
    size_t letters = x.n > y.n ? x.n : y.n;
    return d != SAME_LETTERS && d != DIFFERENT && at > 0 && letters >= SHORTEST_IN_PHRASE &&
           !are_forms(&x, &y, d, at, behind) && !(a->strong && b->strong && letters < SHORTEST);
}

/* The word that differs need not be told again. */
static void tell_phrases(Proof *proof, Names *all, Name *a, Name *b, size_t word)
{
    uint32_t i;
    tell(proof, a, b);
    const Name *told = a->told ? a : b;
    if (told->told && map_get(&all->known, word_of(told->text, word), &i))
        all->names.at[i].told = true;
}

/* The name with a star for one of its words. */
static Str without_word(StrBuf *out, Str name, size_t i)
{
    Str word = word_of(name, i);
    size_t from = (size_t)(word.p - name.p);
    strbuf_clear(out);
    strbuf_add(out, name.p, from);
    strbuf_add_char(out, '*');
    strbuf_add_str(out, str_cut(name, from + word.n, name.n));
    return strbuf_str(out);
}

static void compare_phrase(Proof *proof, Names *all, const Index *index, size_t i, size_t word)
{
    Name *name = &all->names.at[i];
    uint32_t link = 0;
    map_get(&index->keys, strbuf_str(&all->key), &link);
    for (int n = 0; link && link <= index->links.n && n < MOST_NEAR; n++) {
        const Link *l = &index->links.at[link - 1];
        Name *other = &all->names.at[l->name];
        if (are_two_phrases(name, other, word))
            tell_phrases(proof, all, name, other, word);
        link = l->next;
    }
}

/* Two names whose words are the same but one. */
static void find_phrases(Proof *proof, Names *all)
{
    Index index = {0};
    for (size_t i = 0; i < all->names.n; i++) {
        const Name *name = &all->names.at[i];
        size_t words = name->words > 1 && is_name(all, name) ? name->words : 0;
        for (size_t k = 0; k < words; k++) {
            Str key = without_word(&all->key, name->text, k);
            compare_phrase(proof, all, &index, i, k);
            add_key(proof, &index, key, i);
        }
    }
    map_drop(&index.keys);
    array_drop(&index.links);
}

/* ---- without the last s --------------------------------------------------------------------- */

static void find_shortened(Proof *proof, Names *all)
{
    /* names of several words come behind those of one, and are told first */
    for (size_t i = all->names.n; i-- > 0;) {
        Name *name = &all->names.at[i];
        uint32_t other;
        if (!name->whole || !str_ends(name->text, STR("s")) ||
            !map_get(&all->known, str_cut(name->text, 0, name->text.n - 1), &other))
            continue;
        Name *shorter = &all->names.at[other];
        if (shorter->strong || !shorter->known || shorter->count > name->count)
            continue;
        if (name->words > 1)
            tell_phrases(proof, all, shorter, name, name->words - 1u);
        else
            tell(proof, shorter, name);
    }
}

static void end_names(Proof *proof, void *state)
{
    Names *all = state;
    find_joined(proof, all);
    find_phrases(proof, all);
    find_shortened(proof, all);
    find_near(proof, all);
    array_drop(&all->names);
    map_drop(&all->known);
    strbuf_drop(&all->key);
}

const Check check_names = {"names", begin_names, gather, NULL, end_names};
