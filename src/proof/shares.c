#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "proof/internal.h"

/* Sums and percentages in running text: "6 møder og 4 besøg, i alt 11", "12 af 30 borgere (50 pct.)",
 * "120 pct. af borgerne". */

enum {
    MOST_NUMBERS = 12,   /* of a sentence */
    LONGEST_BETWEEN = 24 /* bytes between a number and what it belongs with */
};

/* A sum that is farther off is of something else. */
static const double NEAR = 0.25;
static const double EPSILON = 1e-6;

typedef struct {
    QuantityFound found;
    double value, step;
    bool share, plain; /* plain: a whole number, not vague, in no measure */
} Count;

typedef struct {
    Proof *proof;
    const Passage *passage;
    Str text;
    Count count[MOST_NUMBERS];
    size_t n;
} Sentence;

static void *begin_shares(Proof *proof)
{
    return arena_new(&proof->arena, Arena);
}

/* Whether a unit measures: kr., år, pct.; those that a language writes in several ways do. */
static bool is_measure(const Terms *t, Str unit)
{
    for (size_t i = 0; i < t->same_units; i++)
        if (terms_has(&t->same_unit[i], unit))
            return true;
    return false;
}

static Count count_of(const Terms *t, const QuantityFound *found)
{
    const Quantity *q = &found->quantity;
    Decimal low, high;
    Count count = {.found = *found};
    if (q->kind != QUANTITY_NUMBER || q->doubtful || q->maybe_year ||
        !quantity_bounds(t, q, &low, &high))
        return count;
    count.value = decimal_value(low);
    count.step = pow(10, -low.decimals);
    count.share = found->known_unit && terms_has(&t->proof[PROOF_share], q->unit) &&
                  !q->precision.n;
    count.plain = !q->precision.n && !q->scale.n && !low.decimals && !is_measure(t, q->unit);
    return count;
}

/* What stands between two numbers, without the unit of the first. */
static Str between(const Sentence *s, size_t i)
{
    const QuantityFound *found = &s->count[i].found;
    Str text = str_cut(s->text, found->to, s->count[i + 1].found.from);
    Str rest = str_trim(text);
    Str unit = found->known_unit ? (Str){"", 0} : found->quantity.unit;
    if (unit.n && unit.n < rest.n && str_starts(rest, unit) &&
        !terms_has(&s->proof->terms->proof[PROOF_whole_of], unit))
        rest = str_trim(str_cut(rest, unit.n, rest.n));
    return rest;
}

static Str quoted(const Sentence *s, size_t first, size_t last)
{
    return str_cut(s->text, s->count[first].found.from, s->count[last].found.to);
}

static Pos pos_of(const Sentence *s, size_t i)
{
    return passage_pos(s->proof, s->passage, s->count[i].found.from);
}

/* ---- 12 of 30 (40 percent) ------------------------------------------------------------------ */

static void check_ratio(const Sentence *s, size_t part, size_t share)
{
    const Count *a = &s->count[part], *b = &s->count[part + 1], *p = &s->count[share];
    double percent = b->value > 0 ? 100 * a->value / b->value : 0;
    Str text = quoted(s, share, share);
    if (b->value <= 0 || a->value > b->value || fabs(percent - p->value) <= p->step / 2 + EPSILON ||
        proof_accepts(s->proof, text))
        return;
    StrBuf is = {0};
    Quantity right = p->found.quantity;
    int decimals = right.low.decimals;
    right.low = right.high = (Decimal){(int64_t)llround(percent * pow(10, decimals)), decimals};
    quantity_print_with_unit(&is, s->proof->terms, &right, right.unit);
    Str of = quoted(s, part, part + 1);
    diag_warning(s->proof->diags, pos_of(s, share), "'%.*s' doesn't fit: %.*s is %s [sums]",
                 (int)text.n, text.p, (int)of.n, of.p, is.p);
    strbuf_drop(&is);
}

/* Three numbers, of which one is the share that the others make. */
static void find_ratios(const Sentence *s)
{
    const StrList *of = &s->proof->terms->proof[PROOF_whole_of];
    for (size_t i = 0; i + 1 < s->n; i++) {
        const Count *t = &s->count[i];
        if (!t[0].plain || !t[1].plain || !terms_has(of, between(s, i)))
            continue;
        if (i + 2 < s->n && t[2].share && str_equal(between(s, i + 1), STR("(")))
            check_ratio(s, i, i + 2);
        else if (i > 0 && t[-1].share && str_equal(between(s, i - 1), STR("(")))
            check_ratio(s, i, i - 1);
    }
}

/* ---- 6 and 4, in all 11 --------------------------------------------------------------------- */

/* "og" or a comma and at most a word or two. */
static bool is_list(const Sentence *s, size_t i)
{
    Str text = between(s, i);
    Str bare = text;
    if (str_ends(bare, STR(",")))
        return bare.n <= LONGEST_BETWEEN;
    size_t from = word_start(text, text.n);
    return text.n <= LONGEST_BETWEEN &&
           utf8_equal_fold(str_cut(text, from, text.n), s->proof->terms->and);
}

static bool opens_total(const Sentence *s, size_t i)
{
    const StrList *total = &s->proof->terms->proof[PROOF_total];
    Str text = between(s, i);
    for (size_t k = 0; k < total->n; k++) {
        Str word = total->at[k];
        if (text.n > word.n && text.n <= LONGEST_BETWEEN &&
            utf8_equal_fold(str_cut(text, text.n - word.n, text.n), word))
            return str_find(text, ',') < text.n || str_find(text, '(') < text.n;
    }
    return false;
}

static void find_totals(const Sentence *s)
{
    for (size_t i = 2; i < s->n; i++) {
        size_t first = i - 1;
        double sum = s->count[first].value;
        if (!s->count[i].plain || !s->count[first].plain || !opens_total(s, first))
            continue;
        for (; first > 0 && s->count[first - 1].plain && is_list(s, first - 1); first--)
            sum += s->count[first - 1].value;
        double off = fabs(sum - s->count[i].value);
        Str text = quoted(s, i, i);
        if (first + 1 >= i || off < EPSILON || off > NEAR * sum || proof_accepts(s->proof, text))
            continue;
        StrBuf b = {0};
        decimal_print(&b, s->proof->terms, (Decimal){(int64_t)llround(sum), 0});
        diag_warning(s->proof->diags, pos_of(s, i), "the parts of the total '%.*s' make %s [sums]",
                     (int)text.n, text.p, b.p);
        strbuf_drop(&b);
    }
}

/* ---- more than all -------------------------------------------------------------------------- */

static void find_excess(const Sentence *s)
{
    const Terms *t = s->proof->terms;
    for (size_t i = 0; i < s->n; i++) {
        if (!s->count[i].share || s->count[i].value <= 100)
            continue;
        Str rest = str_trim(str_cut(s->text, s->count[i].found.to, s->text.n));
        size_t end = word_end(rest, 0);
        if (!terms_has(&t->proof[PROOF_whole_of], str_cut(rest, 0, end)))
            continue;
        rest = str_trim(str_cut(rest, end, rest.n));
        Str whole = str_cut(rest, 0, word_end(rest, 0)), text = quoted(s, i, i);
        if (terms_has(&t->proof[PROOF_people], whole) && !proof_accepts(s->proof, text))
            diag_warning(s->proof->diags, pos_of(s, i), "'%.*s' is more than all of them [sums]",
                         (int)text.n, text.p);
    }
}

/* ---- sentences ------------------------------------------------------------------------------ */

/* Whether a word of a list stands in the text as it is written in the list. */
static bool has_word(const StrList *list, Str text)
{
    for (size_t i = 0; i < list->n; i++) {
        Str word = list->at[i], rest = text;
        const char *found;
        while ((found = memmem(rest.p, rest.n, word.p, word.n)) != NULL) {
            size_t at = (size_t)(found - text.p);
            rest = str_cut(text, at + word.n, text.n);
            if ((!at || !letter_at(text, at - 1)) && !letter_at(rest, 0))
                return true;
        }
    }
    return false;
}

/* A number of three digits with a share behind it may be more than all. */
static bool has_large_share(const Proof *proof, Str text)
{
    for (size_t i = 0; i < proof->scan.numbers.n; i++) {
        size_t at = proof->scan.numbers.at[i], n = str_digits(text, at);
        Str rest = str_trim(str_cut(text, at + n, at + n + LONGEST_BETWEEN));
        if (n >= 3 && has_word(&proof->terms->proof[PROOF_share], rest))
            return true;
    }
    return false;
}

/* Most text has neither a total nor a share beside its parts, and needn't be read for numbers. */
static bool is_worth_reading(const Proof *proof, Str text)
{
    const StrList *words = proof->terms->proof;
    return (str_find(text, '(') < text.n && has_word(&words[PROOF_share], text)) ||
           (proof->scan.numbers.n > 2 && has_word(&words[PROOF_total], text)) ||
           has_large_share(proof, text);
}

static void finish_sentence(Sentence *s)
{
    find_excess(s);
    find_ratios(s);
    find_totals(s);
    s->n = 0;
}

static void find_shares(Proof *proof, void *state, const Passage *p)
{
    Arena *scratch = state;
    Sentence s = {.proof = proof, .passage = p, .text = p->text};
    QuantityFound found;
    size_t end = 0;
    if (p->doubted || !proof->scan.numbers.n || p->kind == PASSAGE_CODE ||
        p->kind == PASSAGE_ADDRESS || p->kind == PASSAGE_CELL || !is_worth_reading(proof, p->text))
        return;
    for (size_t at = 0; quantity_find(scratch, proof->terms, p->text, at, &found); at = found.to) {
        if (found.from >= end || s.n == MOST_NUMBERS)
            finish_sentence(&s);
        if (found.from >= end) {
            Str sentence = sentence_around(p->text, found.from);
            end = (size_t)(sentence.p - p->text.p) + sentence.n;
        }
        s.count[s.n++] = count_of(proof->terms, &found);
    }
    finish_sentence(&s);
    arena_reset(scratch);
}

static void end_shares(Proof *proof, void *state)
{
    (void)proof;
    arena_drop(state);
}

const Check check_shares = {"sums", begin_shares, find_shares, NULL, end_shares};
