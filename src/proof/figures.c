#include <math.h>

#include "base/utf8.h"
#include "proof/internal.h"

/* Numbers of the text beside the key figures of their section: what repeats one, and what disagrees with
 * one. Key figures beside each other: a lower bound above the upper one, a part above its whole. */

enum {
    MOST_FIGURES = 60, /* of a section; where there are more, the text is not held against them */
    MOST_WORDS = 12,   /* of a figure's name */
    SHORTEST_WORD = 4, /* letters of a word with a subject */
    TELLING_WORD = 8,  /* letters of a word that is a subject alone */
    TELLING_DIGITS = 3 /* of a number that is the same hardly by chance */
};

static const double CLOSE = 0.1; /* "ca. 8" for 8,4 */

typedef struct {
    size_t first, n; /* figures of a section */
} Range;

typedef struct {
    Str at[MOST_WORDS]; /* stems in small letters */
    size_t n;
    bool telling; /* one of them is long */
} Words;

typedef struct {
    Range *of;             /* each section */
    Words **words;         /* of each figure's name, once it was asked for */
    Arena scratch;         /* of a passage */
    const KeyFigure *told; /* with which a number of the sentence disagrees */
    Map stems;             /* of the words of the sentence that is looked at, in small letters */
} Figures;

static void *begin_figures(Proof *proof)
{
    const Report *r = proof->report;
    Figures *f = arena_new(&proof->arena, Figures);
    f->of = arena_zalloc(&proof->arena, r->sections * sizeof *f->of);
    f->words = arena_zalloc(&proof->arena, r->figures * sizeof *f->words);
    for (size_t i = 0; i < r->figures; i++) {
        Range *of = &f->of[r->figure[i].section];
        if (!of->n)
            of->first = i;
        of->n = i - of->first + 1;
    }
    return f;
}

/* ---- words ---------------------------------------------------------------------------------- */

/* Without the ending of its form, as long as a word remains. */
static Str stem(const Terms *t, Str word)
{
    const StrList *endings = &t->proof[PROOF_endings];
    for (size_t i = 0; i < endings->n; i++) {
        Str ending = endings->at[i];
        if (word.n >= ending.n + SHORTEST_WORD && str_ends(word, ending))
            return str_cut(word, 0, word.n - ending.n);
    }
    return word;
}

static bool has_subject(const Terms *t, Str word)
{
    return utf8_length(word) >= SHORTEST_WORD && !terms_has(&t->proof[PROOF_stop], word);
}

/* The stem of a word in small letters, in the arena. */
static Str small_stem(Arena *arena, const Terms *t, Str word)
{
    return stem(t, arena_lower(arena, word));
}

/* The next word at or behind a byte; empty when there is none. */
static Str next_word(Str text, size_t at)
{
    while (at < text.n && !letter_at(text, at))
        at++;
    return at < text.n ? str_cut(text, at, word_end(text, at)) : (Str){"", 0};
}

static size_t behind(Str text, Str word)
{
    return (size_t)(word.p - text.p) + word.n;
}

static Words words_of(Arena *arena, const Terms *t, Str text)
{
    Words w = {.n = 0};
    Str word;
    for (size_t at = 0; (word = next_word(text, at)).n && w.n < MOST_WORDS;
         at = behind(text, word)) {
        if (!has_subject(t, word))
            continue;
        w.telling |= utf8_length(word) >= TELLING_WORD;
        w.at[w.n++] = small_stem(arena, t, word);
    }
    return w;
}

static const Words *words_of_figure(Proof *proof, Figures *figures, size_t i)
{
    if (!figures->words[i]) {
        figures->words[i] = arena_new(&proof->arena, Words);
        *figures->words[i] = words_of(&proof->arena, proof->terms, proof->report->figure[i].name);
    }
    return figures->words[i];
}

static bool has_word(const Terms *t, Str text, Str wanted)
{
    Str word;
    for (size_t at = 0; (word = next_word(text, at)).n; at = behind(text, word))
        if (utf8_equal_fold(stem(t, word), wanted))
            return true;
    return false;
}

static void read_stems(Figures *figures, const Terms *t, Str sentence)
{
    Str word;
    map_drop(&figures->stems);
    for (size_t at = 0; (word = next_word(sentence, at)).n; at = behind(sentence, word))
        map_put(&figures->stems, small_stem(&figures->scratch, t, word), 0);
}

/* ---- a number and a figure ------------------------------------------------------------------ */

/* "350 overvågningskameraer" are kameraer of the figure "Overvågningskameraer", and "4.500 modtagere" borgere of
 * "Modtagere af hjemmehjælp". */
static bool counts_same(const Terms *t, const KeyFigure *f, Str word, Str unit)
{
    Str counted = stem(t, word);
    if (word.n > unit.n + SHORTEST_WORD &&
        utf8_equal_fold(str_cut(word, word.n - unit.n, word.n), unit))
        return has_word(t, f->name, counted);
    return has_subject(t, word) && terms_has(&t->proof[PROOF_people], unit) &&
           utf8_equal_fold(stem(t, next_word(f->name, 0)), counted);
}

/* "pund om ugen" of a figure is "pund" beside a number. */
static bool same_unit(const Terms *t, const KeyFigure *f, Str unit)
{
    Str of = f->unit.n ? f->unit : f->value.unit;
    if (!unit.n || !of.n)
        return false;
    return quantity_same_unit(t, of, unit) ||
           quantity_same_unit(t, str_cut(of, 0, str_find(of, ' ')), unit) ||
           counts_same(t, f, unit, of);
}

typedef enum { UNRELATED, REPEATS, CLOSE_TO, DISAGREES } Relation;

/* 380 and 8,4, but not 100 or 12. */
static bool is_telling(const Quantity *q)
{
    int64_t digits = q->low.digits < 0 ? -q->low.digits : q->low.digits;
    bool round = true;
    int n = 0;
    for (; digits; digits /= 10, n++)
        round &= digits < 10 || digits % 10 == 0;
    return (n >= TELLING_DIGITS && !round) || (n > 1 && q->low.decimals);
}

/* Every name in the sentence is one of the figure's place or name. */
static bool is_at_place(const Proof *proof, const KeyFigure *f, size_t from, size_t to, Str text)
{
    const Capitalised *c = proof->scan.names.at;
    size_t low = 0, high = proof->scan.names.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c[middle].from < from)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < proof->scan.names.n && c[low].from < to; low++) {
        Str name = stem(proof->terms, str_cut(text, c[low].from, c[low].to));
        if (!c[low].opens && !has_word(proof->terms, f->place, name) &&
            !has_word(proof->terms, f->name, name))
            return false;
    }
    return true;
}

static bool are_close(Decimal a, Decimal b)
{
    double x = decimal_value(a), y = decimal_value(b);
    return fabs(x - y) <= CLOSE * (fabs(x) > fabs(y) ? fabs(x) : fabs(y));
}

typedef struct {
    const Passage *passage;
    const QuantityFound *found;
    Str sentence;
    size_t from;   /* of the sentence */
    bool compared; /* a word of change or comparison stands in the sentence */
} Spot;

static size_t shared_words(const Figures *figures, const Words *words)
{
    size_t n = 0;
    uint32_t found;
    for (size_t i = 0; i < words->n; i++)
        n += map_get(&figures->stems, words->at[i], &found);
    return n;
}

/* Whether a word makes the number another one than the figure: "året før"; but not "om året" of a figure that
 * is called so, nor the "hvoraf" of another number behind it. */
static bool is_compared(const Terms *t, const Spot *spot, const KeyFigure *f)
{
    const StrList *words = &t->proof[PROOF_compared];
    for (size_t i = 0; spot->compared && i < words->n; i++) {
        StrList word = {&words->at[i], 1};
        bool of_next = terms_has(&t->proof[PROOF_part_of], words->at[i]);
        Str where =
            str_cut(spot->sentence, 0, of_next ? spot->found->from - spot->from : spot->sentence.n);
        if (terms_mentions(&word, where) && !terms_mentions(&word, f->name))
            return true;
    }
    return false;
}

static Relation relation(Proof *proof, Figures *figures, size_t i, const Spot *spot)
{
    const Terms *t = proof->terms;
    const KeyFigure *f = &proof->report->figure[i];
    const Quantity *q = &spot->found->quantity;
    Decimal low, high, flow, fhigh;
    if (!same_unit(t, f, q->unit) || !quantity_bounds(t, q, &low, &high) ||
        !quantity_bounds(t, &f->value, &flow, &fhigh))
        return UNRELATED;
    bool equal = decimal_compare(low, flow) == 0 && decimal_compare(high, fhigh) == 0;
    if (equal && is_telling(q))
        return REPEATS;
    const Words *words = words_of_figure(proof, figures, i);
    size_t shared = shared_words(figures, words);
    if (equal)
        return shared ? REPEATS : UNRELATED;
    bool subject = shared && shared == words->n && (words->n > 1 || words->telling);
    if (!subject || is_compared(t, spot, f) ||
        !is_at_place(proof, f, spot->from, spot->from + spot->sentence.n, spot->passage->text))
        return UNRELATED;
    bool about = terms_precision(t, q->precision) != PRECISION_EXACT ||
                 terms_precision(t, f->value.precision) != PRECISION_EXACT;
    return about && are_close(low, flow) ? CLOSE_TO : DISAGREES;
}

static bool is_cited(const Spot *spot, const KeyFigure *f)
{
    for (size_t i = 0; i < spot->passage->segments; i++) {
        const Segment *s = &spot->passage->segment[i];
        if (s->figure == f && s->at >= spot->from && s->at < spot->from + spot->sentence.n)
            return true;
    }
    return false;
}

static void tell_repeated(Proof *proof, const Spot *spot, Str text, const KeyFigure *f)
{
    diag_advice(proof->diags, passage_pos(proof, spot->passage, spot->found->from),
                "'%.*s' repeats the key figure %.*s [figures]", (int)text.n, text.p, (int)f->id.n,
                f->id.p);
    diag_hint(proof->diags, "write [@%.*s], so that it is written once", (int)f->id.n, f->id.p);
}

/* "To af kommunens fem haller" has the figure, and another number beside it. */
static bool stands_beside(const Proof *proof, Figures *figures, const Spot *spot,
                          const KeyFigure *f)
{
    QuantityFound found;
    Decimal low, high, flow, fhigh;
    if (!quantity_bounds(proof->terms, &f->value, &flow, &fhigh))
        return false;
    for (size_t at = 0; quantity_find(&figures->scratch, proof->terms, spot->sentence, at, &found);
         at = found.to)
        if (quantity_bounds(proof->terms, &found.quantity, &low, &high) &&
            decimal_compare(low, flow) == 0 && decimal_compare(high, fhigh) == 0)
            return true;
    return false;
}

static void tell_disagreement(Proof *proof, const Spot *spot, Str text, const KeyFigure *f)
{
    StrBuf b = {0};
    quantity_print_with_unit(&b, proof->terms, &f->value, f->unit);
    diag_warning(proof->diags, passage_pos(proof, spot->passage, spot->found->from),
                 "'%.*s' disagrees with the key figure %.*s, which is %s [figures]", (int)text.n,
                 text.p, (int)f->id.n, f->id.p, b.p);
    diag_also(proof->diags, f->pos, "the key figure is here");
    diag_hint(proof->diags, "write [@%.*s], or correct one of them", (int)f->id.n, f->id.p);
    strbuf_drop(&b);
}

/* A number that is one figure of the section is no other one. */
static void check_spot(Proof *proof, Figures *figures, const Range *of, const Spot *spot)
{
    const KeyFigure *repeated = NULL, *other = NULL;
    Str text = str_cut(spot->passage->text, spot->found->from, spot->found->to);
    for (size_t i = of->first; i < of->first + of->n; i++) {
        const KeyFigure *f = &proof->report->figure[i];
        Relation is = relation(proof, figures, i, spot);
        if (is == CLOSE_TO || (is != UNRELATED && is_cited(spot, f)))
            return;
        if (is == REPEATS && !repeated)
            repeated = f;
        if (is == DISAGREES && !other)
            other = f;
    }
    if ((!repeated && !other) || proof_accepts(proof, text))
        return;
    if (repeated)
        tell_repeated(proof, spot, text, repeated);
    else if (other != figures->told && !stands_beside(proof, figures, spot, other)) {
        tell_disagreement(proof, spot, text, other);
        figures->told = other; /* of two numbers of one sentence one is likely another thing */
    }
}

static void find_numbers(Proof *proof, void *state, const Passage *p)
{
    Figures *figures = state;
    QuantityFound found;
    Str sentence = {"", 0};
    if (p->section == NOWHERE || p->doubted || !proof->scan.numbers.n ||
        (p->kind != PASSAGE_TEXT && p->kind != PASSAGE_CAPTION))
        return;
    const Range *of = &figures->of[p->section];
    if (!of->n || of->n > MOST_FIGURES)
        return;
    bool compared = false;
    for (size_t at = 0; quantity_find(&figures->scratch, proof->terms, p->text, at, &found);
         at = found.to) {
        if (found.quantity.doubtful || found.quantity.maybe_year || !found.quantity.unit.n)
            continue;
        if (!sentence.n || p->text.p + found.from >= sentence.p + sentence.n) {
            sentence = sentence_around(proof->terms, p->text, found.from);
            compared = terms_mentions(&proof->terms->proof[PROOF_compared], sentence);
            read_stems(figures, proof->terms, sentence);
            figures->told = NULL;
        }
        Spot spot = {p, &found, sentence, (size_t)(sentence.p - p->text.p), compared};
        check_spot(proof, figures, of, &spot);
    }
    arena_reset(&figures->scratch);
}

/* ---- figures beside each other -------------------------------------------------------------- */

/* Whether two names are the same but for the words of the rule. */
static bool same_rest(Figures *figures, const Terms *t, Str a, Str word_a, Str b, Str word_b)
{
    Words x = words_of(&figures->scratch, t, a), y = words_of(&figures->scratch, t, b);
    size_t n = 0, m = 0;
    for (size_t i = 0; i < x.n; i++)
        n += utf8_find_fold(word_a, x.at[i], 0) == word_a.n &&
             utf8_find_fold(x.at[i], stem(t, word_a), 0) == x.at[i].n;
    for (size_t i = 0; i < y.n; i++) {
        if (utf8_find_fold(word_b, y.at[i], 0) < word_b.n ||
            utf8_find_fold(y.at[i], stem(t, word_b), 0) < y.at[i].n)
            continue;
        m++;
        if (!has_word(t, a, y.at[i]))
            return false;
    }
    return n == m;
}

static bool are_comparable(const Terms *t, const KeyFigure *a, const KeyFigure *b)
{
    return utf8_equal_fold(a->place, b->place) && utf8_equal_fold(a->period, b->period) &&
           !(a->caveat.n && b->caveat.n) && quantity_same_unit(t, a->unit, b->unit);
}

static void tell_pair(Proof *proof, const KeyFigure *low, const KeyFigure *high)
{
    if (proof_accepts(proof, low->id) || proof_accepts(proof, high->id))
        return;
    diag_warning(proof->diags, low->pos, "%.*s can't be above %.*s [figures]", (int)low->id.n,
                 low->id.p, (int)high->id.n, high->id.p);
    diag_also(proof->diags, high->pos, "the other key figure is here");
    diag_hint(proof->diags, "correct one of them, or say in the caveats of both what is uncertain");
}

static void check_pair(Proof *proof, Figures *figures, const KeyFigure *a, const KeyFigure *b)
{
    const StrList *rules = &proof->terms->proof[PROOF_below];
    Decimal alow, ahigh, blow, bhigh;
    if (!are_comparable(proof->terms, a, b) ||
        !quantity_bounds(proof->terms, &a->value, &alow, &ahigh) ||
        !quantity_bounds(proof->terms, &b->value, &blow, &bhigh) ||
        decimal_compare(alow, bhigh) <= 0)
        return;
    for (size_t i = 0; i < rules->n; i++) {
        size_t mark = str_find(rules->at[i], '<');
        Str low = str_trim(str_cut(rules->at[i], 0, mark));
        Str high = str_trim(str_cut(rules->at[i], mark + 1, rules->at[i].n));
        if (utf8_find_fold(a->name, low, 0) < a->name.n &&
            utf8_find_fold(b->name, high, 0) < b->name.n &&
            same_rest(figures, proof->terms, a->name, low, b->name, high)) {
            tell_pair(proof, a, b);
            return;
        }
    }
}

static bool is_part(const Terms *t, Str name)
{
    const StrList *words = &t->proof[PROOF_part_of];
    for (size_t i = 0; i < words->n; i++) {
        size_t n = words->at[i].n;
        if (name.n > n + 1 && name.p[n] == ' ' &&
            utf8_equal_fold(str_cut(name, 0, n), words->at[i]))
            return str_trim(str_cut(name, n, name.n)).n != 0;
    }
    return false;
}

/* "Heraf kvinder" is a part of the figure above that is none itself. */
static void check_part(Proof *proof, const KeyFigure *whole, const KeyFigure *part)
{
    Decimal low, high, wlow, whigh;
    if (!whole || !are_comparable(proof->terms, whole, part) ||
        !quantity_bounds(proof->terms, &part->value, &low, &high) ||
        !quantity_bounds(proof->terms, &whole->value, &wlow, &whigh) ||
        decimal_compare(low, whigh) <= 0 || whole->value.precision.n)
        return;
    tell_pair(proof, part, whole);
}

static void check_section(Proof *proof, Figures *figures, const Range *of)
{
    const KeyFigure *f = &proof->report->figure[of->first], *whole = NULL;
    for (size_t i = 0; i < of->n; i++) {
        if (is_part(proof->terms, f[i].name))
            check_part(proof, whole, &f[i]);
        else
            whole = &f[i];
        for (size_t k = 0; k < of->n && of->n <= MOST_FIGURES; k++)
            if (k != i)
                check_pair(proof, figures, &f[i], &f[k]);
    }
}

static void end_figures(Proof *proof, void *state)
{
    Figures *figures = state;
    for (size_t i = 0; i < proof->report->sections; i++)
        if (figures->of[i].n)
            check_section(proof, figures, &figures->of[i]);
    map_drop(&figures->stems);
    arena_drop(&figures->scratch);
}

const Check check_figures = {"figures", begin_figures, find_numbers, NULL, end_figures};
