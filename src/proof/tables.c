#include <math.h>

#include "base/utf8.h"
#include "proof/internal.h"

/* Totals that are not the sum of their parts, totals of unlike parts, percentages that don't fit their
 * counts, and shares that are more than the whole. */

enum {
    MOST_COLUMNS = 64,     /* a wider table is a sheet of data */
    FEWEST_FITS = 2,       /* rows in which a rule holds before another row is a fault */
    MOST_MISFITS = 8,      /* rows that are told */
    LARGEST_UNSUMMED = 100 /* rows of a table without a total whose shares are looked at */
};

/* Sums of so many decimals are compared within this. */
static const double EPSILON = 1e-6;

typedef enum { ROW_PART, ROW_PART_OF, ROW_TOTAL } RowRole;
typedef enum { CELL_WORDS, CELL_EMPTY, CELL_NUMBER } CellKind;

typedef struct {
    CellKind kind;
    bool vague; /* ca., mere end … */
    double low, high;
    double step;  /* of its last digit */
    double scale; /* 1000000 for mio. */
    int decimals;
    Str text, unit, scale_word;
} Number;

typedef struct {
    bool share, average, counted, rounded, spread, several;
} Head;

typedef struct {
    Proof *proof;
    const Table *t;
    RowRole *role;
    Head head[MOST_COLUMNS];
    size_t totals; /* rows */
    int units;     /* the column of units, or NOWHERE */
    Arena arena;
} Sums;

/* ---- cells ---------------------------------------------------------------------------------- */

static bool is_blank(Str s)
{
    return !s.n || str_equal(s, STR("-")) || str_equal(s, STR("\xE2\x80\x93")) ||
           str_equal(s, STR("\xE2\x80\x94"));
}

double quantity_step(const Terms *t, const Quantity *q)
{
    Quantity one = *q;
    Decimal low, high;
    one.kind = QUANTITY_NUMBER;
    one.low = one.high =
        (Decimal){1, q->low.decimals > q->high.decimals ? q->low.decimals : q->high.decimals};
    return quantity_bounds(t, &one, &low, &high) ? decimal_value(low) : 1;
}

/* What stands in a cell alone, through its emphasis. */
static const Inline *only_inline(const Table *t, size_t row, size_t column)
{
    const Inline *in = t->cell[row * t->columns + column].inlines;
    while (in && !in->next && (in->kind == INLINE_STRONG || in->kind == INLINE_EMPHASIS))
        in = in->children;
    return in;
}

/* The text of a cell, or the value of the key figure that it cites. */
static Str number_text(Sums *s, size_t row, size_t column)
{
    const Inline *in = only_inline(s->t, row, column);
    if (!in || in->next || in->kind != INLINE_FIGURE || !in->figure)
        return cell_text(s->t, row, column);
    StrBuf b = {0};
    quantity_print_with_unit(&b, s->proof->terms, &in->figure->value, in->figure->unit);
    Str text = arena_str(&s->arena, strbuf_str(&b));
    strbuf_drop(&b);
    return text;
}

static Number number_at(Sums *s, size_t row, size_t column)
{
    Number n = {.text = number_text(s, row, column), .scale = 1};
    Decimal low, high;
    if (is_blank(n.text)) {
        n.kind = s->t->cell[row * s->t->columns + column].inlines && !n.text.n ? CELL_WORDS
                                                                               : CELL_EMPTY;
        return n;
    }
    Quantity q = quantity_read(&s->arena, s->proof->terms, n.text);
    if (q.doubtful || !quantity_bounds(s->proof->terms, &q, &low, &high))
        return n;
    n.kind = CELL_NUMBER;
    n.vague = q.precision.n != 0;
    n.low = decimal_value(low);
    n.high = decimal_value(high);
    n.decimals = q.low.decimals > q.high.decimals ? q.low.decimals : q.high.decimals;
    n.step = quantity_step(s->proof->terms, &q);
    n.scale = n.step * pow(10, n.decimals);
    n.unit = q.unit;
    n.scale_word = q.scale;
    return n;
}

static Pos cell_pos(const Sums *s, size_t row, size_t column)
{
    const Inline *in = only_inline(s->t, row, column);
    return in ? in->pos : s->t->row_pos[row];
}

/* As the text has it: with so many decimals and the same scale. */
static void print_like(StrBuf *out, const Terms *t, double value, const Number *like)
{
    double digits = value / like->scale * pow(10, like->decimals);
    decimal_print(out, t, (Decimal){(int64_t)llround(digits), like->decimals});
    if (like->scale_word.n)
        strbuf_addf(out, " %.*s", (int)like->scale_word.n, like->scale_word.p);
}

/* ---- heads ---------------------------------------------------------------------------------- */

static void read_roles(Sums *s)
{
    const Table *t = s->t;
    s->role = arena_array(&s->arena, t->rows, RowRole);
    for (size_t row = 0; row < t->rows; row++) {
        Str text = cell_text(t, row, 0);
        bool total = row && terms_is_total(s->proof->terms, text, row + 1 == t->rows);
        s->role[row] = total                                     ? ROW_TOTAL
                       : terms_is_part_of(s->proof->terms, text) ? ROW_PART_OF
                                                                 : ROW_PART;
        s->totals += total;
    }
}

static Head head_of(const Terms *t, Str text)
{
    const StrList *p = t->proof;
    return (Head){.share = terms_mentions(&p[PROOF_share], text),
                  .average = terms_mentions(&p[PROOF_average], text),
                  .counted = terms_mentions(&p[PROOF_counted], text),
                  .rounded = terms_mentions(&p[PROOF_rounded], text),
                  .spread = terms_mentions(&p[PROOF_spread], text),
                  .several = terms_mentions(&p[PROOF_several], text)};
}

/* A caption says of all columns what is counted or rounded, but not which are shares or averages. */
static void read_heads(Sums *s)
{
    StrBuf caption = {0};
    inlines_text(&caption, s->proof->terms, s->t->caption);
    Head all = head_of(s->proof->terms, strbuf_str(&caption));
    strbuf_drop(&caption);
    s->units = NOWHERE;
    for (size_t j = 0; j < s->t->columns; j++) {
        Str text = cell_text(s->t, 0, j);
        Head *head = &s->head[j];
        *head = head_of(s->proof->terms, text);
        head->counted |= all.counted;
        head->rounded |= all.rounded;
        head->spread |= all.spread;
        head->several |= all.several;
        if (terms_match(s->proof->terms, WORD_column_unit, text))
            s->units = (int)j;
    }
}

/* ---- sums ----------------------------------------------------------------------------------- */

typedef struct {
    size_t n;     /* numbers */
    bool unknown; /* a part is in words or vague */
    double low, high, step, most;
    bool rounded; /* decimals or a scale: what was rounded may not add up */
    bool negative;
} Sum;

static void add_sum(Sum *to, const Sum *from)
{
    to->n += from->n;
    to->unknown |= from->unknown;
    to->low += from->low;
    to->high += from->high;
    to->step = from->step > to->step ? from->step : to->step;
    to->most = from->most > to->most ? from->most : to->most;
    to->rounded |= from->rounded;
    to->negative |= from->negative;
}

static void add_number(Sum *sum, const Number *n)
{
    sum->unknown |= n->kind == CELL_WORDS;
    if (n->kind != CELL_NUMBER)
        return;
    Sum one = {.n = 1,
               .unknown = n->vague,
               .low = n->low,
               .high = n->high,
               .step = n->step,
               .most = n->high,
               .rounded = n->decimals > 0 || n->scale_word.n,
               .negative = n->low < 0};
    add_sum(sum, &one);
}

/* Half a unit of the last digit for each number that was rounded; nothing where things are counted; one
 * unit where nobody says which. */
static double tolerance(const Sum *sum, const Number *total, const Head *head)
{
    double step = total->step > sum->step ? total->step : sum->step;
    if (head->rounded || sum->rounded || total->decimals || total->scale_word.n)
        return step * 0.5 * (double)(sum->n + 1) + EPSILON;
    return (head->counted ? 0 : step) + EPSILON;
}

static bool fits(const Sum *sum, const Number *total, const Head *head)
{
    double within = tolerance(sum, total, head);
    return fabs(sum->low - total->low) <= within && fabs(sum->high - total->high) <= within;
}

/* Whether a total that fits no sum is one at all, and no average, median or number of something else. */
static bool is_surely_sum(const Sum *sum, const Number *total, const Head *head)
{
    double ratio = sum->high != 0 ? total->high / sum->high : 0;
    if (head->average || (head->share && fabs(total->high - 100) > 1))
        return false;
    if (!head->counted && !sum->negative && total->high <= sum->most + EPSILON)
        return false;
    return ratio > 0.5 && ratio < 2;
}

static void tell_total(Sums *s, Pos pos, const Sum *sum, const Number *total)
{
    StrBuf b = {0};
    print_like(&b, s->proof->terms, sum->low, total);
    if (sum->high - sum->low > EPSILON) {
        strbuf_add_text(&b, "\xE2\x80\x93");
        print_like(&b, s->proof->terms, sum->high, total);
    }
    diag_warning(s->proof->diags, pos, "the parts of the total '%.*s' make %s [sums]",
                 (int)total->text.n, total->text.p, b.p);
    diag_hint(s->proof->diags, "is a part wrong or missing, or the total?");
    strbuf_drop(&b);
}

/* The sums that a total may be: of the parts since the last total, of all parts, of the totals. */
typedef struct {
    Sum group, all, totals;
} Running;

static void check_total(Sums *s, size_t row, size_t column, Running *r)
{
    Number total = number_at(s, row, column);
    const Head *head = &s->head[column];
    Sum chapters = r->totals;
    add_sum(&chapters, &r->group);
    const Sum *sums[] = {&r->group, &r->all, &chapters}, *nearest = NULL;
    bool good = total.kind != CELL_NUMBER || total.vague;
    for (size_t i = 0; i < 3 && !good; i++) {
        if (sums[i]->n < 2)
            continue;
        good = sums[i]->unknown || fits(sums[i], &total, head);
        if (!nearest || fabs(sums[i]->high - total.high) < fabs(nearest->high - total.high))
            nearest = sums[i];
    }
    if (!good && nearest && is_surely_sum(nearest, &total, head) &&
        !proof_accepts(s->proof, total.text))
        tell_total(s, cell_pos(s, row, column), nearest, &total);
    add_number(&r->totals, &total);
    r->group = (Sum){0};
}

/* ---- unlike parts --------------------------------------------------------------------------- */

static bool are_unlike(const Sums *s, Str a, Str b)
{
    const Terms *t = s->proof->terms;
    return a.n && b.n && !quantity_same_unit(t, a, b) &&
           !(terms_has(&t->proof[PROOF_people], a) && terms_has(&t->proof[PROOF_people], b));
}

/* The unit of a row: of the column of units, or what stands in the cell if it surely is a unit. */
static Str unit_of(const Sums *s, size_t row, const Number *n)
{
    const Terms *t = s->proof->terms;
    if (n->unit.n)
        return terms_has(&t->unit, n->unit) || terms_has(&t->proof[PROOF_people], n->unit)
                   ? n->unit
                   : (Str){"", 0};
    return s->units == NOWHERE ? (Str){"", 0} : cell_text(s->t, row, (size_t)s->units);
}

static void tell_unlike(Sums *s, Pos pos, Str total, Str a, Str b)
{
    if (proof_accepts(s->proof, total))
        return;
    diag_warning(s->proof->diags, pos, "the total '%.*s' adds '%.*s' and '%.*s' [sums]",
                 (int)total.n, total.p, (int)a.n, a.p, (int)b.n, b.p);
    diag_hint(s->proof->diags, "unlike things have no sum; give each a total of its own");
}

/* True when the total of a column adds unlike things, which was told. */
static bool find_unlike(Sums *s, size_t column)
{
    Str first = {"", 0}, other = {"", 0};
    for (size_t row = 1; row < s->t->rows; row++) {
        Number n = number_at(s, row, column);
        if (n.kind != CELL_NUMBER)
            continue;
        if (s->role[row] == ROW_TOTAL && other.n) {
            tell_unlike(s, cell_pos(s, row, column), n.text, first, other);
            return true;
        }
        Str unit = s->role[row] == ROW_PART ? unit_of(s, row, &n) : (Str){"", 0};
        if (!first.n)
            first = unit;
        else if (!other.n && are_unlike(s, first, unit))
            other = unit;
    }
    return false;
}

static void check_column(Sums *s, size_t column)
{
    Running r = {0};
    if (find_unlike(s, column))
        return;
    for (size_t row = 1; row < s->t->rows; row++) {
        if (s->role[row] == ROW_TOTAL) {
            check_total(s, row, column, &r);
        } else if (s->role[row] == ROW_PART) {
            Number n = number_at(s, row, column);
            add_number(&r.group, &n);
            add_number(&r.all, &n);
        }
    }
}

/* ---- rules that rows follow ----------------------------------------------------------------- */

typedef struct {
    size_t fitting, misfit[MOST_MISFITS], misfits; /* misfit: rows */
} Rule;

static void note_row(Rule *rule, size_t row, bool fits)
{
    if (fits)
        rule->fitting++;
    else if (rule->misfits < MOST_MISFITS)
        rule->misfit[rule->misfits++] = row;
}

/* Where it holds in too few rows, the others break no rule. */
static bool holds(const Rule *rule)
{
    return rule->fitting >= FEWEST_FITS && rule->misfits < rule->fitting;
}

/* ---- a column of totals --------------------------------------------------------------------- */

static bool row_sum(Sums *s, size_t row, size_t column, Sum *sum)
{
    *sum = (Sum){0};
    for (size_t j = 1; j < column; j++) {
        Number n = number_at(s, row, j);
        if (s->head[j].share || s->head[j].average)
            return false;
        add_number(sum, &n);
    }
    return sum->n >= 2 && !sum->unknown;
}

static void check_total_column(Sums *s, size_t column)
{
    Rule rule = {.fitting = 0};
    Sum sum;
    for (size_t row = 1; row < s->t->rows; row++) {
        Number total = number_at(s, row, column);
        if (total.kind != CELL_NUMBER || total.vague || !row_sum(s, row, column, &sum))
            continue;
        note_row(&rule, row, fits(&sum, &total, &s->head[column]));
    }
    for (size_t i = 0; holds(&rule) && i < rule.misfits; i++) {
        size_t row = rule.misfit[i];
        Number total = number_at(s, row, column);
        if (row_sum(s, row, column, &sum) && !proof_accepts(s->proof, total.text))
            tell_total(s, cell_pos(s, row, column), &sum, &total);
    }
}

/* ---- shares --------------------------------------------------------------------------------- */

/* The counts that a column of shares is of: the nearest column of numbers to its left. */
static int counts_of(Sums *s, size_t share)
{
    for (size_t j = share; j-- > 1;)
        if (!s->head[j].share && !s->head[j].average && number_at(s, 1, j).kind == CELL_NUMBER)
            return (int)j;
    return NOWHERE;
}

/* The whole: the last total, or what the parts make. */
static Number whole_of(Sums *s, size_t column)
{
    Number whole = {.scale = 1}, parts = {.kind = CELL_NUMBER, .scale = 1, .step = 1};
    for (size_t row = 1; row < s->t->rows; row++) {
        Number n = number_at(s, row, column);
        if (s->role[row] == ROW_TOTAL)
            whole = n;
        else if (s->role[row] == ROW_PART && n.kind == CELL_NUMBER)
            parts.low += n.low;
    }
    return s->totals ? whole : parts;
}

static bool share_fits(const Number *count, const Number *share, double whole)
{
    double percent = 100 * count->low / whole;
    double within = share->step / 2 + EPSILON;
    if (count->decimals || count->scale_word.n)
        within += 100 * count->step / whole;
    return fabs(percent - share->low) <= within;
}

static void tell_share(Sums *s, size_t row, size_t counts, size_t shares, double whole)
{
    Number count = number_at(s, row, counts), share = number_at(s, row, shares);
    StrBuf of = {0}, is = {0};
    if (!proof_accepts(s->proof, share.text)) {
        print_like(&of, s->proof->terms, whole, &count);
        print_like(&is, s->proof->terms, 100 * count.low / whole, &share);
        diag_warning(s->proof->diags, cell_pos(s, row, shares),
                     "the share '%.*s' doesn't fit: %.*s of %s is %s [sums]", (int)share.text.n,
                     share.text.p, (int)count.text.n, count.text.p, of.p, is.p);
    }
    strbuf_drop(&of);
    strbuf_drop(&is);
}

static void check_share_column(Sums *s, size_t shares)
{
    int counts = counts_of(s, shares);
    if (counts == NOWHERE || (!s->totals && s->t->rows > LARGEST_UNSUMMED))
        return;
    Number whole = whole_of(s, (size_t)counts);
    Rule rule = {.fitting = 0};
    for (size_t row = 1; whole.kind == CELL_NUMBER && whole.low > 0 && row < s->t->rows; row++) {
        Number count = number_at(s, row, (size_t)counts), share = number_at(s, row, shares);
        if (count.kind != CELL_NUMBER || share.kind != CELL_NUMBER || count.vague || share.vague ||
            s->role[row] == ROW_TOTAL)
            continue;
        note_row(&rule, row, share_fits(&count, &share, whole.low));
    }
    for (size_t i = 0; holds(&rule) && i < rule.misfits; i++)
        tell_share(s, rule.misfit[i], (size_t)counts, shares, whole.low);
}

/* Shares of one whole are not more than it, unless an answer counts several times. */
static void check_spread(Sums *s, size_t column)
{
    Sum sum = {0};
    const Head *head = &s->head[column];
    if (!head->share || !head->spread || head->several || s->totals)
        return;
    for (size_t row = 1; row < s->t->rows; row++) {
        Number n = number_at(s, row, column);
        if (s->role[row] == ROW_PART)
            add_number(&sum, &n);
    }
    if (sum.unknown || sum.n < 2 || sum.low <= 100 + sum.step * 0.5 * (double)sum.n + EPSILON)
        return;
    StrBuf b = {0};
    Number like = {.scale = 1, .decimals = sum.step < 1 ? 1 : 0};
    print_like(&b, s->proof->terms, sum.low, &like);
    diag_warning(s->proof->diags, cell_pos(s, 0, column),
                 "the shares of this column make %s together [sums]", b.p);
    strbuf_drop(&b);
}

/* ---- the table ------------------------------------------------------------------------------ */

static void check_columns(Sums *s)
{
    for (size_t j = 1; j < s->t->columns; j++) {
        if (s->totals && (int)j != s->units)
            check_column(s, j);
        if (j >= 3 && terms_is_total(s->proof->terms, cell_text(s->t, 0, j), false))
            check_total_column(s, j);
        if (s->head[j].share) {
            check_share_column(s, j);
            check_spread(s, j);
        }
    }
}

static void check_table(Proof *proof, void *state, const Block *block, const Passage *where)
{
    (void)state;
    Sums s = {.proof = proof, .t = block->table};
    if (where->doubted || s.t->rows < 3 || s.t->columns < 2 || s.t->columns > MOST_COLUMNS)
        return;
    read_roles(&s);
    read_heads(&s);
    check_columns(&s);
    arena_drop(&s.arena);
}

const Check check_tables = {"sums", NULL, NULL, check_table, NULL};
