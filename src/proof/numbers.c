#include "proof/internal.h"

/* Numbers that the report's language doesn't write so: "8.4 pct." and "1,250,000 kr." in a Danish report;
 * "5,000 kr.", which has three decimals or is meant as thousands. A number with a full stop may be that of a
 * section, a version, a time: without a unit it is told only where it can't be. */

enum {
    MEAN_WORDS = 5, /* before a number, of which one may be "gennemsnittet" */
    BYTE_GROUPS = 4 /* of an address of the Internet (192.168.100.200) */
};

static void *begin_numbers(Proof *proof)
{
    return arena_new(&proof->arena, Arena);
}

/* ---- which passages ------------------------------------------------------------------------- */

/* Whether the digits at a byte go on as the language doesn't write them, or with three decimals. */
static bool is_odd_at(const Terms *t, Str s, size_t at)
{
    size_t n = str_digits(s, at), end = at + n;
    for (size_t group; end < s.n && (group = str_digits(s, end + 1)) > 0; end += 1 + group) {
        if (s.p[end] == t->thousands.p[0] && (group != 3 || n > 3))
            return true;
        if (s.p[end] == t->decimal.p[0] && group == 3)
            return true;
        if (s.p[end] != t->thousands.p[0] && s.p[end] != t->decimal.p[0])
            return false;
    }
    return false;
}

static bool is_worth_reading(const Proof *proof, const Passage *p)
{
    if (p->doubted || p->kind > PASSAGE_CAPTION)
        return false;
    for (size_t i = 0; i < proof->scan.numbers.n; i++)
        if (is_odd_at(proof->terms, p->text, proof->scan.numbers.at[i]))
            return true;
    return false;
}

/* ---- what stands beside a number ------------------------------------------------------------ */

typedef struct {
    const Terms *terms;
    Str text;
    const QuantityFound *found;
    size_t from, to; /* of the digits and the marks between them */
} Number;

static Number number_of(const Terms *t, Str s, const QuantityFound *found)
{
    Number n = {t, s, found, found->from, 0};
    while (n.from < s.n && !ascii_digit(s.p[n.from]))
        n.from++;
    n.to = n.from;
    for (size_t group; (group = str_digits(s, n.to)) > 0;) {
        n.to += group;
        if (n.to + 1 >= s.n || (s.p[n.to] != '.' && s.p[n.to] != ',') ||
            !ascii_digit(s.p[n.to + 1]))
            break;
        n.to++;
    }
    return n;
}

static Str word_behind(const Number *n)
{
    size_t at = n->to;
    while (at < n->text.n && ascii_space(n->text.p[at]))
        at++;
    return str_cut(n->text, at, word_end(n->text, at));
}

/* "2.1 Borgere i tal" is a title with its number; "2.1 DKK" is none. */
static bool numbers_a_title(const Number *n)
{
    Str word = word_behind(n);
    return word.n > 1 && is_capital_at(word, 0) && !is_capital_at(word, 1);
}

static bool has_word(const StrList *list, Str word)
{
    return word.n && terms_has(list, word);
}

/* Whether the unit is money, or counts what has no decimals. */
static bool is_whole(const Number *n)
{
    const StrList *proof = n->terms->proof;
    Str unit = n->found->quantity.unit;
    return has_word(&n->terms->unit_before, unit) || has_word(&proof[PROOF_people], unit) ||
           has_word(&proof[PROOF_counted], unit);
}

/* "Gennemsnittet er 5.0", "5.0 i snit". */
static bool is_mean(const Number *n)
{
    const StrList *mean = &n->terms->proof[PROOF_mean];
    size_t at = n->found->from;
    for (int i = 0; i < MEAN_WORDS && at; i++) {
        size_t start = word_start(n->text, at);
        Str word = str_trim(str_cut(n->text, start, at));
        if (has_word(mean, word))
            return true;
        if (start == at || word_end(word, 0) < word.n)
            break; /* a mark stands between */
        at = start;
    }
    Str rest = str_trim(str_cut(n->text, n->to, n->text.n));
    for (size_t i = 0; i < mean->n; i++) {
        Str words = str_cut(rest, 0, mean->at[i].n);
        if (str_find(words, ' ') < words.n && terms_has(mean, words) && !letter_at(rest, words.n))
            return true;
    }
    return false;
}

/* Four numbers up to 255. */
static bool is_address(const Number *n)
{
    size_t groups = 0;
    for (size_t at = n->from; at < n->to; groups++) {
        size_t digits = str_digits(n->text, at);
        int value = 0;
        for (size_t i = at; i < at + digits && value <= UINT8_MAX; i++)
            value = value * 10 + (n->text.p[i] - '0');
        if (value > UINT8_MAX)
            return false;
        at += digits + 1;
    }
    return groups == BYTE_GROUPS;
}

/* ---- which are told ------------------------------------------------------------------------- */

static bool has_measure(const Number *n)
{
    return n->found->known_unit || n->found->quantity.scale.n || is_whole(n);
}

/* "1,235 kr. pr. kWh". */
static bool is_rate(const Number *n)
{
    Str rest = str_trim(str_cut(n->text, n->found->to, n->text.n));
    Str word = str_cut(rest, 0, str_find(rest, ' '));
    return has_word(&n->terms->proof[PROOF_average], word);
}

/* Three decimals that end in zeros say nothing, and nothing counted has any; but "1,250 mio." has them. */
static bool may_be_thousands(const Number *n)
{
    bool zeros = str_ends(str_cut(n->text, n->from, n->to), STR("00"));
    return !n->found->quantity.scale.n && (zeros || (is_whole(n) && !is_rate(n)));
}

static bool is_told(const Number *n)
{
    const Quantity *q = &n->found->quantity;
    if (numbers_a_title(n))
        return false;
    switch (q->doubtful) {
    case DOUBT_DECIMAL:
        return has_measure(n) || is_mean(n);
    case DOUBT_THOUSANDS:
        return q->low.digits ? may_be_thousands(n) : has_measure(n) || !is_address(n);
    case DOUBT_GROUPS:
        return n->found->known_unit && n->text.p[n->from] != '0';
    default:
        return false;
    }
}

static void tell(Proof *proof, Pos pos, Str text, const Quantity *q)
{
    StrBuf meant = {0};
    decimal_print(&meant, proof->terms, q->meant);
    if (q->doubtful == DOUBT_GROUPS) {
        diag_warning(proof->diags, pos,
                     "'%.*s' looks like a number but isn't written as one [numbers]", (int)text.n,
                     text.p);
        diag_hint(proof->diags, "thousands are parted by '%s' and decimals by '%s'",
                  proof->terms->thousands.p, proof->terms->decimal.p);
    } else if (q->low.digits) {
        diag_warning(proof->diags, pos,
                     "'%.*s' has three decimals, or is meant as thousands [numbers]", (int)text.n,
                     text.p);
        diag_hint(proof->diags, "write %s if thousands are meant", meant.p);
    } else {
        diag_warning(proof->diags, pos,
                     "'%.*s' isn't written as this language writes numbers [numbers]", (int)text.n,
                     text.p);
        diag_hint(proof->diags, "is %s meant?", meant.p);
    }
    strbuf_drop(&meant);
}

static void find_numbers(Proof *proof, void *state, const Passage *p)
{
    Arena *scratch = state;
    QuantityFound found;
    if (!is_worth_reading(proof, p))
        return;
    for (size_t at = 0; quantity_find_doubtful(scratch, proof->terms, p->text, at, &found);
         at = found.to) {
        Number n = number_of(proof->terms, p->text, &found);
        Str text = str_cut(p->text, found.from, found.to);
        if (is_told(&n) && !passage_is_foreign(p, n.from) && !proof_accepts(proof, text))
            tell(proof, passage_pos(proof, p, found.from), text, &found.quantity);
    }
    arena_reset(scratch);
}

static void end_numbers(Proof *proof, void *state)
{
    (void)proof;
    arena_drop(state);
}

const Check check_numbers = {"numbers", begin_numbers, find_numbers, NULL, end_numbers};
