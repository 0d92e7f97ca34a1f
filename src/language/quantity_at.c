#include "base/utf8.h"
#include "language/internal.h"

/* A year that stands alone is between these. */
enum { FIRST_YEAR = 1900, LAST_YEAR = 2100 };

static Str rest_of(Str s, size_t at)
{
    return str_cut(s, at, s.n);
}

static size_t take_precision(const Terms *t, Str s, Taken *out)
{
    size_t at = 0, n, which;
    while (out->precisions < MOST_PRECISION &&
           (n = scan_list(rest_of(s, at), &t->any_precision, &which)) > 0) {
        out->precision[out->precisions++] = t->any_precision.at[which];
        at += n;
        at += scan_spaces(rest_of(s, at));
    }
    return at;
}

/* A number and what multiplies it. */
typedef struct {
    Number number;
    Str scale;
    size_t n;
} Scaled;

static bool scaled_at(const Terms *t, Str s, Scaled *out)
{
    *out = (Scaled){.scale = {"", 0}};
    if (!number_at(t, s, &out->number))
        return false;
    out->n = out->number.n;
    size_t space = scan_spaces(rest_of(s, out->n)), which;
    size_t scale = scan_list(rest_of(s, out->n + space), &t->scale, &which);
    if (scale) {
        out->scale = t->scale.at[which];
        out->n += space + scale;
    }
    return true;
}

/* ---- intervals ------------------------------------------------------------------------------ */

static size_t word_between(Str s, Str word)
{
    size_t space = scan_spaces(s), n = space ? scan_text(rest_of(s, space), word) : 0;
    size_t behind = n ? scan_spaces(rest_of(s, space + n)) : 0;
    return behind ? space + n + behind : 0;
}

static size_t dash_between(Str s, bool prose)
{
    size_t space = prose ? 0 : scan_spaces(s), dash = scan_dash(rest_of(s, space));
    size_t behind = dash ? scan_spaces(rest_of(s, space + dash)) : 0;
    bool alike = (space > 0) == (behind > 0);
    return dash && alike ? space + dash + behind : 0;
}

/* The second number of an interval, whose scale is that of both. */
static bool goes_on(const Terms *t, Str s, size_t link, const Scaled *first, Scaled *second)
{
    if (!link || !scaled_at(t, rest_of(s, link), second))
        return false;
    bool same = !first->scale.n || str_equal(first->scale, second->scale);
    return same && first->number.sound && second->number.sound;
}

/* The same of an interval whose ends are written as another language writes numbers. */
static bool goes_on_doubtful(const Terms *t, Str s, size_t link, const Scaled *first,
                             Scaled *second)
{
    return link && !first->number.sound && !first->scale.n &&
           scaled_at(t, rest_of(s, link), second) && second->number.doubt == first->number.doubt;
}

static void doubt(Quantity *q, const Number *number)
{
    q->doubtful = number->doubt;
    q->meant = number->meant;
}

/* "20-25.000" may leave out the thousands of its lower end. */
static bool lacks_thousands(const Quantity *q)
{
    return !q->scale.n && !q->low.decimals && !q->high.decimals && q->low.digits > 0 &&
           q->low.digits < 1000 && q->low.digits * 1000 <= q->high.digits;
}

static void doubt_interval(Quantity *q, const Number *first, const Number *second)
{
    q->doubtful = DOUBT_NONE;
    q->meant = (Decimal){0, 0};
    if (decimal_compare(q->low, q->high) > 0) {
        q->doubtful = DOUBT_INTERVAL;
    } else if (lacks_thousands(q)) {
        q->doubtful = DOUBT_SPAN;
        q->meant = (Decimal){q->low.digits * 1000, 0};
    } else {
        doubt(q, first->doubt ? first : second);
    }
}

static void set_interval(Taken *out, const Scaled *first, const Scaled *second)
{
    Quantity *q = &out->quantity;
    q->kind = QUANTITY_INTERVAL;
    q->low = first->number.value;
    q->high = second->number.value;
    q->plus = first->number.plus || second->number.plus;
    q->scale = second->scale;
    doubt_interval(q, &first->number, &second->number);
    out->first.bare &= second->number.bare;
}

static size_t between_at(const Terms *t, Str s, Taken *out)
{
    Scaled first, second;
    size_t word = scan_text(s, t->between), space = word ? scan_spaces(rest_of(s, word)) : 0;
    if (!space || !scaled_at(t, rest_of(s, word + space), &first))
        return 0;
    size_t at = word + space + first.n, link = word_between(rest_of(s, at), t->and);
    if (!goes_on(t, rest_of(s, at), link, &first, &second))
        return 0;
    out->first = first.number;
    set_interval(out, &first, &second);
    return at + link + second.n;
}

/* ---- numbers and ordinals ------------------------------------------------------------------- */

static bool small_letter_follows(Str s)
{
    size_t space = scan_spaces(s), letter = scan_letter(rest_of(s, space));
    if (!space || !letter)
        return false;
    Str c = str_cut(s, space, space + letter);
    size_t i = 0;
    uint32_t code = utf8_next(c, &i);
    return utf8_lower(code) == code;
}

static size_t ordinal_at(const Terms *t, Str s, const Number *number, bool prose)
{
    size_t which, n = scan_list(s, &t->ordinal, &which);
    if (!n || number->words || number->value.decimals || number->value.digits < 0 || number->plus)
        return 0;
    Str rest = rest_of(s, n);
    if (scan_letter(s))
        return n; /* "2nd" */
    bool end = prose ? small_letter_follows(rest) : !rest.n || scan_space(rest);
    return end ? n : 0;
}

static size_t number_or_interval(const Terms *t, Str s, bool prose, Taken *out)
{
    Scaled first, second;
    if (!scaled_at(t, s, &first))
        return 0;
    Quantity *q = &out->quantity;
    out->first = first.number;
    q->low = q->high = first.number.value;
    q->scale = first.scale;
    q->plus = first.number.plus;
    doubt(q, &first.number);
    Str rest = rest_of(s, first.n);
    size_t dash = dash_between(rest, prose), to = word_between(rest, t->to), ordinal;
    size_t link = dash ? dash : to;
    if (goes_on(t, rest, link, &first, &second)) {
        out->hyphen = dash && rest.p[0] == '-';
        set_interval(out, &first, &second);
        return first.n + link + second.n;
    }
    if (goes_on_doubtful(t, rest, link, &first, &second)) {
        q->scale = second.scale;
        return first.n + link + second.n;
    }
    if (!first.scale.n && (ordinal = ordinal_at(t, rest, &first.number, prose)) > 0) {
        q->kind = QUANTITY_ORDINAL;
        return first.n + ordinal;
    }
    return first.n;
}

/* "£5k-£10k": the second end of an interval may have the unit again. Returns its bytes with what links it, or 0. */
static size_t again_with_unit(const Terms *t, Str s, size_t n, size_t unit, bool prose, Taken *out)
{
    Scaled first, second;
    size_t which;
    if (out->quantity.kind != QUANTITY_NUMBER || !scaled_at(t, s, &first) || first.n != n)
        return 0;
    Str rest = rest_of(s, n);
    size_t dash = dash_between(rest, prose), link = dash ? dash : word_between(rest, t->to);
    size_t again = link ? scan_list(rest_of(rest, link), &t->unit_before, &which) : 0;
    if (!again || which != unit || !goes_on(t, rest, link + again, &first, &second))
        return 0;
    set_interval(out, &first, &second);
    return link + again + second.n;
}

static size_t unit_and_number(const Terms *t, Str s, bool prose, Taken *out)
{
    size_t which, minus = scan_minus(s),
                  unit = scan_list(rest_of(s, minus), &t->unit_before, &which);
    if (!unit)
        return 0;
    size_t at = minus + unit + scan_spaces(rest_of(s, minus + unit)),
           n = number_or_interval(t, rest_of(s, at), prose, out);
    Quantity *q = &out->quantity;
    n += n ? again_with_unit(t, rest_of(s, at), n, which, prose, out) : 0;
    if (!n || q->kind == QUANTITY_ORDINAL || out->first.words)
        return 0;
    if (minus && (q->kind != QUANTITY_NUMBER || q->low.digits <= 0 || q->plus))
        return 0;
    if (minus) { /* "-£5" */
        q->low.digits = q->high.digits = -q->low.digits;
        q->meant.digits = -q->meant.digits;
    }
    q->unit = t->unit_before.at[which];
    return at + n;
}

size_t quantity_at(const Terms *t, Str s, bool prose, Taken *out)
{
    static const Quantity nothing = {.kind = QUANTITY_NUMBER,
                                     .precision = {"", 0},
                                     .scale = {"", 0},
                                     .unit = {"", 0},
                                     .words = {"", 0}};
    *out = (Taken){.quantity = nothing};
    out->before = take_precision(t, s, out);
    Str rest = rest_of(s, out->before);
    size_t n = between_at(t, rest, out);
    if (!n)
        n = unit_and_number(t, rest, prose, out);
    if (!n) {
        out->quantity = nothing;
        n = number_or_interval(t, rest, prose, out);
    }
    out->n = n ? out->before + n : 0;
    return out->n;
}

static bool year_like(Decimal d)
{
    return !d.decimals && d.digits >= FIRST_YEAR && d.digits <= LAST_YEAR;
}

bool quantity_year(const Taken *taken)
{
    const Quantity *q = &taken->quantity;
    return q->kind <= QUANTITY_INTERVAL && taken->first.bare && !taken->precisions && !q->scale.n &&
           !q->unit.n && year_like(q->low) && year_like(q->high);
}

Quantity quantity_keep(Arena *arena, const Taken *taken)
{
    Quantity q = taken->quantity;
    StrBuf b = {0};
    for (size_t i = 0; i < taken->precisions; i++) {
        if (i)
            strbuf_add_char(&b, ' ');
        strbuf_add_str(&b, taken->precision[i]);
    }
    q.precision = arena_str(arena, strbuf_str(&b));
    strbuf_drop(&b);
    return q;
}
