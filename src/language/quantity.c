#include "language/quantity.h"

#include "base/utf8.h"
#include "language/internal.h"

/* ---- reading -------------------------------------------------------------------------------- */

static Str trimmed(Str s)
{
    s = str_cut(s, scan_spaces(s), s.n);
    for (size_t at; s.n && (at = scan_back(s, s.n), scan_space(str_cut(s, at, s.n)));)
        s.n = at;
    return s;
}

static Str blank(void)
{
    return (Str){"", 0};
}

/* Words of precision belong to a value in words when an amount follows them: "over halvdelen", but not
 * "under udarbejdelse". */
static Quantity in_words(Arena *arena, const Terms *t, const Taken *taken, Str text,
                         QuantityDoubt doubt)
{
    NumberWord word;
    size_t which, at = taken->before;
    Str rest = str_cut(text, at, text.n);
    bool amount = doubt || scan_list(rest, &t->part, &which) || terms_number_words(t, rest, &word);
    Quantity q = {.kind = QUANTITY_WORDS, .doubtful = doubt, .scale = blank(), .unit = blank()};
    q.precision = amount ? quantity_keep(arena, taken).precision : blank();
    q.words = arena_str(arena, amount ? rest : text);
    if (doubt)
        q.meant = taken->quantity.meant;
    return q;
}

static bool has_digit(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (ascii_digit(s.p[i]))
            return true;
    return false;
}

/* Not what would make the number another one when it is read again. */
static bool may_follow(const Terms *t, Str rest)
{
    NumberWord word;
    size_t which;
    const StrList *lists[] = {&t->part, &t->clock, &t->scale};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (scan_list(rest, lists[i], &which))
            return false;
    return !terms_number_words(t, rest, &word) && !scan_text(rest, t->to) &&
           !scan_text(rest, t->and) && (scan_letter(rest) || scan_list(rest, &t->unit, &which));
}

/* Money may be printed before the number: then what is behind it follows the number, too. */
static bool all_may_follow(const Terms *t, Str rest)
{
    size_t which, money = 1;
    while (money && rest.n) {
        if (!may_follow(t, rest))
            return false;
        money = scan_list(rest, &t->unit_before, &which);
        rest = str_cut(rest, money, rest.n);
        rest = str_cut(rest, scan_spaces(rest), rest.n);
    }
    return true;
}

/* Whether what follows the number, behind a space, may be what it counts. */
static bool is_unit(const Terms *t, const Taken *taken, Str rest)
{
    size_t which;
    bool unsure = taken->first.article && !taken->quantity.scale.n;
    return !has_digit(rest) && all_may_follow(t, rest) &&
           (!unsure || scan_list(rest, &t->unit, &which));
}

/* What follows the number without a space: "35%", but not "15-årige". */
static bool is_attached(const Terms *t, const Taken *taken, Str rest)
{
    size_t which, n = scan_list(rest, &t->unit, &which);
    return n > 0 && (n == rest.n || scan_space(str_cut(rest, n, rest.n))) &&
           is_unit(t, taken, rest);
}

static bool is_compound(Str rest)
{
    size_t dash = scan_dash(rest);
    return dash && scan_letter(str_cut(rest, dash, rest.n));
}

/* The words of a text with one blank between them. */
static void add_words(StrBuf *out, Str s)
{
    for (size_t at = 0; at < s.n;) {
        size_t space = scan_spaces(str_cut(s, at, s.n));
        if (space && out->n)
            strbuf_add_char(out, ' ');
        at += space;
        if (at < s.n)
            strbuf_add_char(out, s.p[at++]);
    }
}

/* The unit before a number and what follows it: "kr." and "om ugen". A unit of the terms is spelt as there. */
static void set_unit(Arena *arena, const Terms *t, Quantity *q, Str rest)
{
    StrBuf b = {0};
    size_t which, known = scan_list(rest, &t->unit, &which);
    strbuf_add_str(&b, q->unit);
    if (q->unit.n && rest.n)
        strbuf_add_char(&b, ' ');
    if (known)
        strbuf_add_str(&b, t->unit.at[which]);
    add_words(&b, str_cut(rest, known, rest.n));
    q->unit = arena_str(arena, strbuf_str(&b));
    strbuf_drop(&b);
}

static Quantity finish(Arena *arena, const Terms *t, const Taken *taken, Str text)
{
    Str rest = str_cut(text, taken->n, text.n);
    size_t space = scan_spaces(rest);
    Str unit = str_cut(rest, space, rest.n);
    Quantity q = quantity_keep(arena, taken);
    if (q.kind == QUANTITY_ORDINAL && (space || !rest.n)) {
        q.words = arena_str(arena, unit);
        return q;
    }
    if (rest.n && !(space ? is_unit(t, taken, unit) : is_attached(t, taken, rest))) {
        bool plain = taken->first.words || is_compound(rest) || (space && scan_letter(unit));
        return in_words(arena, t, taken, text, plain ? DOUBT_NONE : DOUBT_REST);
    }
    if (taken->first.article && !rest.n && taken->precisions)
        return in_words(arena, t, taken, text, DOUBT_NONE); /* "op til en" is no number */
    set_unit(arena, t, &q, unit);
    q.maybe_year = !q.unit.n && quantity_year(taken);
    return q;
}

/* Bytes of a time of the day: "07.30". */
static size_t time_at(Str s)
{
    size_t hours = str_digits(s, 0), minutes = str_digits(s, hours + 1);
    bool parted = hours && hours <= 2 && hours < s.n && (s.p[hours] == '.' || s.p[hours] == ':');
    if (!parted || minutes != 2 || s.p[hours + 1] > '5')
        return 0;
    int hour = s.p[0] - '0';
    if (hours == 2)
        hour = hour * 10 + s.p[1] - '0';
    return hour <= 24 ? hours + 1 + minutes : 0;
}

/* "07.30-16.00": when it is open. */
static bool is_opening_time(Str s)
{
    size_t n = time_at(s);
    Str rest = trimmed(str_cut(s, n, s.n));
    size_t dash = scan_dash(rest);
    rest = trimmed(str_cut(rest, dash, rest.n));
    return n && dash && rest.n && time_at(rest) == rest.n;
}

Quantity quantity_read(Arena *arena, const Terms *t, Str text)
{
    Taken taken;
    DateFound date;
    text = trimmed(text);
    size_t n = quantity_at(t, text, false, &taken);
    if (!n || date_at(t, str_cut(text, taken.before, text.n), &date))
        return in_words(arena, t, &taken, text, DOUBT_NONE);
    if (!taken.first.sound)
        return in_words(arena, t, &taken, text,
                        is_opening_time(text) ? DOUBT_NONE : taken.first.doubt);
    return finish(arena, t, &taken, text);
}

static bool decimal_equal(Decimal a, Decimal b)
{
    return a.digits == b.digits && a.decimals == b.decimals;
}

bool quantity_equal(const Quantity *a, const Quantity *b)
{
    return a->kind == b->kind && a->doubtful == b->doubtful && a->maybe_year == b->maybe_year &&
           a->plus == b->plus && decimal_equal(a->low, b->low) && decimal_equal(a->high, b->high) &&
           decimal_equal(a->meant, b->meant) && str_equal(a->precision, b->precision) &&
           str_equal(a->scale, b->scale) && str_equal(a->unit, b->unit) &&
           str_equal(a->words, b->words);
}

/* ---- values and units ----------------------------------------------------------------------- */

bool quantity_bounds(const Terms *t, const Quantity *q, Decimal *low, Decimal *high)
{
    int power = 0;
    if (q->kind != QUANTITY_NUMBER && q->kind != QUANTITY_INTERVAL)
        return false;
    for (size_t i = 0; i < t->scale.n; i++)
        if (str_equal(t->scale.at[i], q->scale))
            power = t->scale_power[i];
    return decimal_shift(q->low, power, low) && decimal_shift(q->high, power, high);
}

static Str without_stop(Str s)
{
    return str_ends(s, STR(".")) ? str_cut(s, 0, s.n - 1) : s;
}

static bool same_spelling(Str a, Str b)
{
    return utf8_equal_fold(without_stop(a), without_stop(b));
}

static bool has_unit(const StrList *list, Str unit)
{
    for (size_t i = 0; i < list->n; i++)
        if (same_spelling(list->at[i], unit))
            return true;
    return false;
}

bool quantity_same_unit(const Terms *t, Str a, Str b)
{
    if (same_spelling(a, b))
        return true;
    for (size_t i = 0; i < t->same_units; i++)
        if (has_unit(&t->same_unit[i], a) && has_unit(&t->same_unit[i], b))
            return true;
    return false;
}

bool quantity_set_unit(const Terms *t, Quantity *q, Str unit)
{
    if (!unit.n || q->kind == QUANTITY_WORDS || q->kind == QUANTITY_ORDINAL)
        return true;
    if (q->unit.n && !quantity_same_unit(t, q->unit, unit))
        return false;
    if (!q->unit.n)
        q->maybe_year = false; /* with a unit it is no year */
    q->unit = unit;
    return true;
}

void quantity_take_scale(Arena *arena, const Terms *t, Quantity *q, Str *unit)
{
    size_t which, other;
    if ((q->kind != QUANTITY_NUMBER && q->kind != QUANTITY_INTERVAL) || q->scale.n || q->unit.n)
        return;
    size_t sign = scan_list(*unit, &t->printed_before, &other);
    Str behind = str_cut(*unit, sign, unit->n);
    size_t space = scan_spaces(behind);
    behind = str_cut(behind, space, behind.n);
    size_t n = scan_opening(behind, &t->scale, &which);
    bool letter = n && scan_opening(behind, &t->attached, &other);
    Str rest = trimmed(str_cut(behind, n, behind.n));
    bool money = sign ? !space : rest.n && scan_list(rest, &t->printed_before, &other) == rest.n;
    if (!n || (letter ? !money : !sign && !rest.n)) /* "m" is metres, but for "£m" and "m £" */
        return;
    StrBuf b = {0};
    strbuf_add_str(&b, str_cut(*unit, 0, sign));
    strbuf_add_text(&b, sign && rest.n ? " " : "");
    strbuf_add_str(&b, rest);
    q->scale = t->scale.at[which];
    *unit = arena_str(arena, strbuf_str(&b));
    strbuf_drop(&b);
}
