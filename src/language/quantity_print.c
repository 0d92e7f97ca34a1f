#include "language/internal.h"

/* Digits between marks of thousands, which stand from four digits on: "1.000". */
enum { GROUP = 3 };

static void print_digits(StrBuf *out, const Terms *t, Decimal d, bool marks)
{
    char digits[32] = {0};
    size_t n = 0, decimals = (size_t)d.decimals;
    uint64_t u = d.digits < 0 ? 0 - (uint64_t)d.digits : (uint64_t)d.digits;
    do
        digits[n++] = (char)('0' + u % 10);
    while ((u /= 10) || n <= decimals);
    if (d.digits < 0)
        strbuf_add_str(out, STR(MINUS));
    size_t whole = n - decimals;
    while (n > decimals) {
        size_t left = n - decimals;
        if (marks && left < whole && left % GROUP == 0)
            strbuf_add_str(out, t->thousands);
        strbuf_add_char(out, digits[--n]);
    }
    if (n)
        strbuf_add_str(out, t->decimal);
    while (n)
        strbuf_add_char(out, digits[--n]);
}

void decimal_print(StrBuf *out, const Terms *t, Decimal d)
{
    print_digits(out, t, d, true);
}

static void print_bound(StrBuf *out, const Terms *t, const Quantity *q, Decimal d)
{
    if (q->plus && d.digits >= 0)
        strbuf_add_char(out, '+');
    print_digits(out, t, d, !q->maybe_year);
}

/* A dash beside a minus or plus would be misread. */
static void print_link(StrBuf *out, const Terms *t, const Quantity *q)
{
    if (!q->plus && q->low.digits >= 0 && q->high.digits >= 0) {
        strbuf_add_str(out, STR(EN_DASH));
        return;
    }
    strbuf_add_str(out, STR(NO_BREAK_SPACE));
    strbuf_add_str(out, t->to);
    strbuf_add_str(out, STR(NO_BREAK_SPACE));
}

static Str ordinal_ending(const Terms *t, int64_t digits)
{
    int64_t last = digits % 10, tens = digits / 10 % 10;
    if (t->ordinal.n == 1)
        return t->ordinal.at[0];
    return t->ordinal.at[last >= 1 && last <= 3 && tens != 1 ? last - 1 : 3];
}

void quantity_print(StrBuf *out, const Terms *t, const Quantity *q)
{
    if (q->kind == QUANTITY_WORDS) {
        strbuf_add_str(out, q->words);
        return;
    }
    print_bound(out, t, q, q->low);
    if (q->kind == QUANTITY_INTERVAL) {
        print_link(out, t, q);
        print_bound(out, t, q, q->high);
    } else if (q->kind == QUANTITY_ORDINAL) {
        strbuf_add_str(out, ordinal_ending(t, q->low.digits));
    }
    if (q->words.n) {
        strbuf_add_str(out, STR(NO_BREAK_SPACE));
        strbuf_add_str(out, q->words);
    }
}

bool quantity_unit_is_sign(Str unit)
{
    enum { SIGN = 2, ABBREVIATION = 5 }; /* characters at most; that ends in a full stop */
    size_t n = 0, at = 0;
    for (; at < unit.n; n++)
        if (utf8_next(unit, &at) == ' ')
            return false;
    return n && (n <= SIGN || (n <= ABBREVIATION && unit.p[unit.n - 1] == '.'));
}

bool quantity_unit_is_signs(Str unit)
{
    for (size_t from = 0, to; from < unit.n; from = to + 1) {
        for (to = from; to < unit.n && unit.p[to] != ' ';)
            to++;
        if (!quantity_unit_is_sign(str_cut(unit, from, to)))
            return false;
    }
    return unit.n > 0;
}

/* ---- what stands around a number ------------------------------------------------------------ */

QuantityParts quantity_parts(const Terms *t, const Quantity *q, Str unit)
{
    QuantityParts p = {.before = {"", 0}, .close = {"", 0}, .scale = q->scale};
    p.unit = unit.n ? unit : q->unit;
    size_t which;
    size_t before = q->kind == QUANTITY_WORDS ? 0
                                              : scan_opening(p.unit, &t->printed_before, &which);
    if (before) {
        p.before = str_cut(p.unit, 0, before);
        p.unit = str_cut(p.unit, before + scan_spaces(str_cut(p.unit, before, p.unit.n)), p.unit.n);
    }
    if (scan_opening(p.scale, &t->attached, &which)) {
        p.close = p.scale;
        p.scale.n = 0;
    }
    p.tight = q->kind != QUANTITY_WORDS && !q->scale.n &&
              scan_opening(p.unit, &t->attached, &which);
    return p;
}

static void add_apart(StrBuf *out, Str gap, Str word)
{
    if (word.n)
        strbuf_add_str(out, gap);
    strbuf_add_str(out, word);
}

void quantity_print_apart(StrBuf *out, const QuantityParts *p)
{
    strbuf_add_str(out, p->scale);
    add_apart(out, p->scale.n ? STR(NO_BREAK_SPACE) : (Str){"", 0}, p->unit);
}

void quantity_print_joined(StrBuf *out, const Terms *t, const Quantity *q, Str unit)
{
    QuantityParts p = quantity_parts(t, q, unit);
    Quantity number = *q;
    if (p.before.n && q->kind == QUANTITY_NUMBER && q->low.digits < 0) {
        strbuf_add_str(out, STR(MINUS));
        number.low.digits = number.high.digits = -q->low.digits;
    }
    strbuf_add_str(out, p.before);
    quantity_print(out, t, &number);
    strbuf_add_str(out, p.close);
}

void quantity_print_column(StrBuf *out, const Terms *t, const Quantity *q, Str unit)
{
    QuantityParts p = quantity_parts(t, q, unit);
    quantity_print(out, t, q);
    if (!p.before.n)
        strbuf_add_str(out, p.close);
}

void quantity_print_unit(StrBuf *out, const Terms *t, const Quantity *q, Str unit)
{
    QuantityParts p = quantity_parts(t, q, unit);
    strbuf_add_str(out, p.before);
    if (p.before.n)
        strbuf_add_str(out, p.close);
    if (p.before.n && (p.scale.n || p.unit.n))
        strbuf_add_str(out, STR(NO_BREAK_SPACE));
    quantity_print_apart(out, &p);
}

void quantity_print_with_unit(StrBuf *out, const Terms *t, const Quantity *q, Str unit)
{
    /* Between words a line may break; a number stays with its neighbours. */
    bool words = q->kind == QUANTITY_WORDS;
    Str gap = words ? STR(" ") : STR(NO_BREAK_SPACE);
    QuantityParts p = quantity_parts(t, q, unit);
    Str precision = q->precision;
    for (Str word; (word = str_next_word(&precision)).n;) {
        strbuf_add_str(out, word);
        strbuf_add_str(out, gap);
    }
    quantity_print_joined(out, t, q, unit);
    add_apart(out, gap, p.scale);
    add_apart(out, p.tight ? (Str){"", 0} : gap, p.unit);
}
