#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "proof/internal.h"

/* Sums and percentages in running text: "6 møder og 4 besøg, i alt 11", "12 af 30 borgere (50 pct.)",
 * "120 pct. af borgerne", "fordeler sig på drenge (55 pct.) og piger (50 pct.)". */

enum {
    MOST_NUMBERS = 12,   /* of a sentence */
    LONGEST_BETWEEN = 24 /* bytes between a number and what it belongs with */
};

/* A sum that is farther off is of something else. */
static const double NEAR = 0.25;
static const double EPSILON = 1e-6;
/* Shares that make more than this are hardly meant as those of one whole. */
static const double MOST_TOGETHER = 125;

typedef struct {
    QuantityFound found;
    double value, step;
    bool share, plain; /* plain: a whole number, not vague, in no measure */
    bool amount;       /* in a measure, not vague: 1,2 mio. kr. */
} Count;

typedef struct {
    Proof *proof;
    const Passage *passage;
    Str text; /* of the passage, with the values of the key figures that it cites */
    Str sentence;
    Count count[MOST_NUMBERS];
    size_t n;
} Sentence;

typedef struct {
    Arena scratch; /* of a passage */
    StrBuf text;
} Shares;

static void *begin_shares(Proof *proof)
{
    return arena_new(&proof->arena, Shares);
}

/* ---- key figures in the text ---------------------------------------------------------------- */

static size_t figures_of(const Passage *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->segments; i++)
        n += p->segment[i].figure != NULL;
    return n;
}

/* As an author writes it, with ordinary blanks. */
static void add_figure(StrBuf *out, const Terms *t, const KeyFigure *f)
{
    StrBuf printed = {0};
    quantity_print_with_unit(&printed, t, &f->value, f->unit);
    Str rest = strbuf_str(&printed);
    for (size_t n; rest.n; rest = str_cut(rest, n, rest.n)) {
        bool blank = str_starts(rest, STR(NO_BREAK_SPACE));
        n = blank ? sizeof NO_BREAK_SPACE - 1 : 1;
        strbuf_add_char(out, blank ? ' ' : rest.p[0]);
    }
    strbuf_drop(&printed);
}

/* The text as a reader sees it, with the values of key figures. */
static Str with_figures(StrBuf *out, const Terms *t, const Passage *p)
{
    size_t from = 0;
    strbuf_clear(out);
    for (size_t i = 0; i < p->segments; i++) {
        const Segment *s = &p->segment[i];
        if (!s->figure)
            continue;
        strbuf_add_str(out, str_cut(p->text, from, s->at));
        add_figure(out, t, s->figure);
        from = s->at + sizeof FIGURE_MARK - 1;
    }
    strbuf_add_str(out, str_cut(p->text, from, p->text.n));
    return strbuf_str(out);
}

/* Where a byte of that text is in the passage's. */
static size_t without_figures(const Terms *t, const Passage *p, size_t at)
{
    StrBuf b = {0};
    size_t behind = 0, before = 0; /* the last figure, in either text */
    for (size_t i = 0; i < p->segments; i++) {
        const Segment *s = &p->segment[i];
        size_t starts = before + (s->at - behind);
        if (!s->figure)
            continue;
        if (at < starts)
            break;
        strbuf_clear(&b);
        add_figure(&b, t, s->figure);
        behind = s->at + sizeof FIGURE_MARK - 1;
        before = starts + b.n;
        if (at < before) {
            strbuf_drop(&b);
            return s->at;
        }
    }
    strbuf_drop(&b);
    return behind + (at - before);
}

/* ---- numbers -------------------------------------------------------------------------------- */

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
    count.step = quantity_step(t, q);
    count.share = found->known_unit && terms_has(&t->proof[PROOF_share], q->unit) &&
                  !q->precision.n;
    count.plain = !q->precision.n && !q->scale.n && !low.decimals && !is_measure(t, q->unit);
    count.amount = !q->precision.n && !count.plain && !count.share && found->known_unit;
    return count;
}

/* Whether two numbers are of one kind, so that they may be added or divided. */
static bool are_alike(const Terms *t, const Count *a, const Count *b)
{
    return (a->plain && b->plain) ||
           (a->amount && b->amount &&
            quantity_same_unit(t, a->found.quantity.unit, b->found.quantity.unit));
}

/* A value as a number of the text is written: with its decimals, scale and known unit. */
static void print_like(StrBuf *out, const Terms *t, double value, const Count *like)
{
    Quantity q = like->found.quantity;
    q.low = q.high = (Decimal){(int64_t)llround(value / like->step), q.low.decimals};
    if (!like->found.known_unit)
        q.unit.n = 0;
    quantity_print_with_unit(out, t, &q, q.unit);
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
    size_t at = without_figures(s->proof->terms, s->passage, s->count[i].found.from);
    return passage_pos(s->proof, s->passage, at);
}

/* ---- 12 of 30 (40 percent) ------------------------------------------------------------------ */

static bool is_followed_by(const Sentence *s, size_t i, const char *mark)
{
    Str rest = str_trim(str_cut(s->text, s->count[i].found.to, s->text.n));
    return str_starts(rest, str_from(mark));
}

/* Within half a unit of the share's last digit; what is measured is rounded, too. */
static bool makes(const Count *part, const Count *whole, const Count *share)
{
    double percent = 100 * part->value / whole->value, within = share->step / 2 + EPSILON;
    if (part->amount && part->value > 0)
        within += percent / 2 * (part->step / part->value + whole->step / whole->value);
    return fabs(percent - share->value) <= within;
}

/* "12 af 30 borgere", as it is written or made of two numbers. */
static void add_ratio(StrBuf *out, const Sentence *s, size_t part, size_t whole)
{
    const StrList *of = &s->proof->terms->proof[PROOF_whole_of];
    if (part < whole) {
        strbuf_add_str(out, quoted(s, part, whole));
        return;
    }
    strbuf_add_str(out, quoted(s, part, part));
    strbuf_addf(out, " %.*s ", of->n ? (int)of->at[0].n : 1, of->n ? of->at[0].p : "/");
    strbuf_add_str(out, quoted(s, whole, whole));
}

static void check_ratio(const Sentence *s, size_t part, size_t whole, size_t share)
{
    const Count *a = &s->count[part], *b = &s->count[whole], *p = &s->count[share];
    Str text = quoted(s, share, share);
    if (b->value <= 0 || a->value > b->value || makes(a, b, p) || proof_accepts(s->proof, text))
        return;
    StrBuf of = {0}, is = {0};
    add_ratio(&of, s, part, whole);
    print_like(&is, s->proof->terms, 100 * a->value / b->value, p);
    diag_warning(s->proof->diags, pos_of(s, share), "'%.*s' doesn't fit: %s is %s [sums]",
                 (int)text.n, text.p, of.p, is.p);
    strbuf_drop(&of);
    strbuf_drop(&is);
}

/* Three numbers, of which one is the share that the others make. */
static void find_ratios(const Sentence *s)
{
    const StrList *of = &s->proof->terms->proof[PROOF_whole_of];
    for (size_t i = 0; i + 1 < s->n; i++) {
        const Count *t = &s->count[i];
        if (!are_alike(s->proof->terms, &t[0], &t[1]) || !terms_has(of, between(s, i)))
            continue;
        if (i + 2 < s->n && t[2].share && str_equal(between(s, i + 1), STR("(")) &&
            (t[0].plain || is_followed_by(s, i + 2, ")")))
            check_ratio(s, i, i + 1, i + 2);
        else if (i > 0 && t[-1].share && str_equal(between(s, i - 1), STR("(")))
            check_ratio(s, i, i + 1, i - 1);
    }
}

/* Whether a share in brackets is that of the number before it: "416 i job (65 pct.)". */
static bool has_share(const Sentence *s, size_t i)
{
    if (i + 1 >= s->n || !s->count[i + 1].share || !is_followed_by(s, i + 1, ")"))
        return false;
    Str text = between(s, i);
    return text.n <= LONGEST_BETWEEN && str_ends(text, STR("(")) && str_find(text, ',') == text.n &&
           str_find(text, '.') == text.n;
}

/* "6.500 ansatte, heraf 1.300 (20 pct.)". */
static bool is_part_of(const Sentence *s, size_t i)
{
    Str text = between(s, i);
    while (text.n && (text.p[0] == ',' || text.p[0] == ';' || ascii_space(text.p[0])))
        text = str_cut(text, 1, text.n);
    return text.n <= LONGEST_BETWEEN &&
           terms_has(&s->proof->terms->proof[PROOF_part_of], str_cut(text, 0, word_end(text, 0)));
}

/* "Af de 12.600 opkald blev 11.340 (90 pct.) løst" opens its sentence; but not "Af 600 mod 500 (20 pct.)". */
static bool is_taken_of(const Sentence *s, size_t i)
{
    const StrList *words = s->proof->terms->proof;
    size_t from = (size_t)(s->sentence.p - s->text.p);
    Str opening = str_trim(str_cut(s->text, from, s->count[i].found.from)), text = between(s, i);
    return i == 0 && terms_has(&words[PROOF_whole_of], opening) && text.n <= LONGEST_BETWEEN &&
           str_find(text, ',') == text.n && !terms_mentions(&words[PROOF_compared], text);
}

/* A whole, a part of it and the part's share; where the share fits another number before, that is its whole. */
static void find_parts(const Sentence *s)
{
    for (size_t i = 0; i + 2 < s->n; i++) {
        const Count *t = &s->count[i];
        bool fits = false;
        if (!are_alike(s->proof->terms, &t[0], &t[1]) || !has_share(s, i + 1) ||
            (!is_part_of(s, i) && !is_taken_of(s, i)))
            continue;
        for (size_t k = 0; k < i; k++)
            fits |= s->count[k].plain && s->count[k].value > 0 && makes(&t[1], &s->count[k], &t[2]);
        if (!fits)
            check_ratio(s, i + 1, i, i + 2);
    }
}

/* ---- 6 and 4, in all 11 --------------------------------------------------------------------- */

/* A comma, or "og" first or last, and at most a word or two. */
static bool is_list(const Sentence *s, size_t i)
{
    Str text = between(s, i);
    Str bare = text;
    if (str_ends(bare, STR(",")))
        return bare.n <= LONGEST_BETWEEN;
    Str first = str_cut(text, 0, word_end(text, 0));
    Str last = str_cut(text, word_start(text, text.n), text.n), and = s->proof->terms->and;
    return text.n <= LONGEST_BETWEEN && (utf8_equal_fold(first, and) || utf8_equal_fold(last, and));
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

/* The numbers that a total may be of: all of the list before it, or the last ones. */
typedef struct {
    double sum, step;
    size_t n;
    bool fit; /* some of them make the total */
} Parts;

static void add_part(Parts *p, const Count *part, const Count *total)
{
    p->sum += part->value;
    p->n++;
    p->step = part->step > p->step ? part->step : p->step;
    double within = part->amount ? p->step * 0.5 * (double)(p->n + 1) : 0;
    p->fit |= p->n > 1 && fabs(p->sum - total->value) <= within + EPSILON;
}

static Parts parts_of(const Sentence *s, size_t total)
{
    const Terms *t = s->proof->terms;
    const Count *of = &s->count[total];
    size_t first = total - 1;
    Parts p = {.step = of->step};
    if (!are_alike(t, &s->count[first], of) || !opens_total(s, first))
        return p;
    add_part(&p, &s->count[first], of);
    for (; first > 0 && are_alike(t, &s->count[first - 1], of) && is_list(s, first - 1); first--)
        add_part(&p, &s->count[first - 1], of);
    return p;
}

static void find_totals(const Sentence *s)
{
    for (size_t i = 2; i < s->n; i++) {
        Parts parts = parts_of(s, i);
        double off = fabs(parts.sum - s->count[i].value);
        Str text = quoted(s, i, i);
        if (parts.n < 2 || parts.fit || off > NEAR * parts.sum || proof_accepts(s->proof, text))
            continue;
        StrBuf b = {0};
        print_like(&b, s->proof->terms, parts.sum, &s->count[i]);
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

/* ---- more than a whole ---------------------------------------------------------------------- */

static void tell_together(const Sentence *s, size_t first, double sum)
{
    if (proof_accepts(s->proof, quoted(s, first, first)))
        return;
    StrBuf b = {0};
    print_like(&b, s->proof->terms, sum, &s->count[first]);
    diag_warning(s->proof->diags, pos_of(s, first),
                 "the shares from here on make %s together [sums]", b.p);
    diag_hint(s->proof->diags, "is one of them wrong?");
    strbuf_drop(&b);
}

static double within(const Sentence *s, size_t first, size_t shares)
{
    return s->count[first].step * 0.5 * (double)shares + EPSILON;
}

/* "60 pct. af pigerne" has a whole of its own. */
static bool has_own_whole(const Sentence *s, size_t i)
{
    Str rest = str_trim(str_cut(s->text, s->count[i].found.to, s->text.n));
    return terms_has(&s->proof->terms->proof[PROOF_whole_of], str_cut(rest, 0, word_end(rest, 0)));
}

/* Where the words behind which a whole is divided end; the text's end when there are none. */
static size_t divided_from(const Sentence *s)
{
    const StrList *words = &s->proof->terms->proof[PROOF_divided];
    size_t from = (size_t)(s->sentence.p - s->text.p);
    for (size_t i = 0; i < words->n; i++) {
        Str word = words->at[i];
        const char *found = memmem(s->sentence.p, s->sentence.n, word.p, word.n);
        if (found)
            return from + (size_t)(found - s->sentence.p) + word.n;
    }
    return s->text.n;
}

/* "fordeler sig på løn (60 pct.), drift (25 pct.) og huse (20 pct.)"; not the shares of two wholes. */
static void find_divided(const Sentence *s)
{
    size_t from = divided_from(s), shares = 0, first = 0;
    double sum = 0;
    for (size_t i = 0; i < s->n; i++) {
        const Count *count = &s->count[i];
        if (!count->share || count->found.from < from)
            continue;
        if (has_own_whole(s, i))
            return;
        first = shares++ ? first : i;
        sum += count->value;
        if (fabs(sum - 100) <= within(s, first, shares))
            return;
    }
    if (shares > 1 && sum > 100 && sum <= MOST_TOGETHER)
        tell_together(s, first, sum);
}

/* "resten, 20 pct.", "de øvrige 20 pct." */
static bool is_rest(const Sentence *s, size_t i)
{
    const StrList *words = &s->proof->terms->proof[PROOF_rest];
    Str before = str_trim(str_cut(s->text, 0, s->count[i].found.from));
    while (before.n && (str_ends(before, STR(",")) || str_ends(before, STR("("))))
        before = str_trim(str_cut(before, 0, before.n - 1));
    return terms_has(words, str_cut(before, word_start(before, before.n), before.n));
}

/* What is left makes a hundred with some of the shares before it; else it is too much. */
static void find_rest(const Sentence *s)
{
    for (size_t last = 1; last < s->n; last++) {
        double sum = s->count[last].value;
        size_t shares = 1;
        if (!s->count[last].share || !is_rest(s, last))
            continue;
        for (size_t first = last; first-- > 0 && sum <= 100;) {
            if (!s->count[first].share)
                continue;
            if (fabs(sum - s->count[first].value) <= within(s, first, shares))
                break; /* of which they are parts */
            sum += s->count[first].value;
            if (fabs(sum - 100) <= within(s, first, ++shares))
                break;
            if (sum > 100 && sum <= MOST_TOGETHER && !has_own_whole(s, first))
                tell_together(s, first, sum);
        }
    }
}

/* Shares of two times or of a change are no parts of one whole, nor are answers of which each gave several. */
static bool has_one_whole(const Sentence *s)
{
    const StrList *words = s->proof->terms->proof;
    return s->sentence.n && !terms_mentions(&words[PROOF_compared], s->sentence) &&
           !terms_mentions(&words[PROOF_several], s->text);
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
static bool is_worth_reading(const Proof *proof, const Passage *p, size_t figures)
{
    const StrList *words = proof->terms->proof;
    size_t numbers = proof->scan.numbers.n + figures;
    return (str_find(p->text, '(') < p->text.n &&
            (figures || has_word(&words[PROOF_share], p->text))) ||
           (numbers > 2 && has_word(&words[PROOF_total], p->text)) ||
           (numbers > 1 &&
            (has_word(&words[PROOF_divided], p->text) || has_word(&words[PROOF_rest], p->text))) ||
           has_large_share(proof, p->text);
}

static void finish_sentence(Sentence *s)
{
    find_excess(s);
    find_ratios(s);
    find_parts(s);
    find_totals(s);
    if (s->n > 1 && has_one_whole(s)) {
        find_divided(s);
        find_rest(s);
    }
    s->n = 0;
}

static void read_sentences(Sentence *s, Arena *scratch)
{
    QuantityFound found;
    size_t end = 0;
    for (size_t at = 0; quantity_find(scratch, s->proof->terms, s->text, at, &found);
         at = found.to) {
        if (found.from >= end || s->n == MOST_NUMBERS)
            finish_sentence(s);
        if (found.from >= end) {
            s->sentence = sentence_around(s->proof->terms, s->text, found.from);
            end = (size_t)(s->sentence.p - s->text.p) + s->sentence.n;
        }
        s->count[s->n++] = count_of(s->proof->terms, &found);
    }
    finish_sentence(s);
}

static void find_shares(Proof *proof, void *state, const Passage *p)
{
    Shares *shares = state;
    size_t figures = figures_of(p);
    if (p->doubted || (!proof->scan.numbers.n && !figures) || p->kind == PASSAGE_CODE ||
        p->kind == PASSAGE_ADDRESS || p->kind == PASSAGE_CELL ||
        !is_worth_reading(proof, p, figures))
        return;
    Str text = figures ? with_figures(&shares->text, proof->terms, p) : p->text;
    Sentence s = {.proof = proof, .passage = p, .text = text};
    read_sentences(&s, &shares->scratch);
    arena_reset(&shares->scratch);
}

static void end_shares(Proof *proof, void *state)
{
    (void)proof;
    Shares *shares = state;
    arena_drop(&shares->scratch);
    strbuf_drop(&shares->text);
}

const Check check_shares = {"sums", begin_shares, find_shares, NULL, end_shares};
