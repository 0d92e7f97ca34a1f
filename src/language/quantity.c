#include "language/quantity.h"

#include "base/utf8.h"

#define NO_BREAK_SPACE "\xC2\xA0"
#define EN_DASH "\xE2\x80\x93"
#define MINUS "\xE2\x88\x92"

/* More digits than this are no figure that a committee reads, and may not overflow. */
enum { MOST_DIGITS = 17 };

static bool fold_starts(Str s, Str prefix)
{
    size_t i = 0, j = 0;
    while (j < prefix.n) {
        if (i >= s.n || utf8_lower(utf8_next(s, &i)) != utf8_lower(utf8_next(prefix, &j)))
            return false;
    }
    return true;
}

static bool word_ends(Str s, size_t at)
{
    return at >= s.n || ascii_space(s.p[at]) || s.p[at] == '.' || ascii_digit(s.p[at]) ||
           (unsigned char)s.p[at] == 0xC2; /* a no-break space opens with this byte */
}

/* Blanks and no-break spaces. */
static Str skip_space(Str s)
{
    for (;;) {
        if (s.n && ascii_space(s.p[0]))
            s.p++, s.n--;
        else if (str_starts(s, STR(NO_BREAK_SPACE)))
            s.p += 2, s.n -= 2;
        else
            return s;
    }
}

static size_t precision_length(const Terms *t, Str s)
{
    for (size_t i = 0; i < t->any_precision.n; i++) {
        Str word = t->any_precision.at[i];
        if (fold_starts(s, word) && (str_ends(word, STR(".")) || word_ends(s, word.n)))
            return word.n;
        /* "ca" for "ca." */
        Str bare = str_cut(word, 0, word.n - 1);
        if (str_ends(word, STR(".")) && fold_starts(s, bare) && s.n > bare.n &&
            ascii_space(s.p[bare.n]))
            return bare.n;
    }
    return 0;
}

/* Takes the precision words in front of a value: "anslået mere end". */
static Str take_precision(Arena *arena, const Terms *t, Str *s)
{
    StrBuf b = {0};
    for (size_t n; (n = precision_length(t, *s)) > 0;) {
        if (b.n)
            strbuf_add_char(&b, ' ');
        for (size_t i = 0; i < t->any_precision.n; i++) {
            Str word = t->any_precision.at[i];
            if (word.n >= n && fold_starts(*s, str_cut(word, 0, n)) && word.n - n <= 1) {
                strbuf_add_str(&b, word);
                break;
            }
        }
        *s = skip_space(str_cut(*s, n, s->n));
    }
    Str precision = arena_str(arena, strbuf_str(&b));
    strbuf_drop(&b);
    return precision;
}

/* Reads digits in groups of three and decimals; returns the number of bytes, 0 when there is no
 * number. *doubtful tells that separators stand where the language has none. */
static size_t take_number(const Terms *t, Str s, Decimal *out, bool *doubtful)
{
    char thousands = t->thousands.p[0], decimal = t->decimal.p[0];
    size_t i = 0, digits = 0, group = 0, groups = 0;
    bool negative = false;
    Decimal d = {0, 0};
    if (str_starts(s, STR(MINUS)))
        negative = true, i = 3;
    else if (s.n && s.p[0] == '-')
        negative = true, i = 1;
    for (; i < s.n; i++) {
        if (ascii_digit(s.p[i]) && digits < MOST_DIGITS) {
            d.digits = d.digits * 10 + (s.p[i] - '0');
            digits++, group++;
        } else if (s.p[i] == thousands && i + 1 < s.n && ascii_digit(s.p[i + 1]) && group) {
            *doubtful |= groups ? group != 3 : group > 3;
            groups++, group = 0;
        } else {
            break;
        }
    }
    if (!digits)
        return 0;
    *doubtful |= groups && group != 3;
    if (i + 1 < s.n && s.p[i] == decimal && ascii_digit(s.p[i + 1])) {
        for (i++; i < s.n && ascii_digit(s.p[i]) && digits < MOST_DIGITS; i++, digits++) {
            d.digits = d.digits * 10 + (s.p[i] - '0');
            d.decimals++;
        }
    }
    if (negative)
        d.digits = -d.digits;
    *doubtful |= i < s.n && ascii_digit(s.p[i]);
    *out = d;
    return i;
}

static size_t dash_length(Str s)
{
    return str_starts(s, STR("-")) ? 1 : str_starts(s, STR(EN_DASH)) ? 3 : 0;
}

static Str take_scale(Arena *arena, const Terms *t, Str *s)
{
    for (size_t i = 0; i < t->scale.n; i++) {
        Str word = t->scale.at[i];
        if (fold_starts(*s, word) && (word.n == s->n || ascii_space(s->p[word.n]))) {
            *s = skip_space(str_cut(*s, word.n, s->n));
            return arena_str(arena, word);
        }
    }
    return (Str){"", 0};
}

static Quantity in_words(Arena *arena, Str precision, Str text, bool doubtful)
{
    return (Quantity){.kind = QUANTITY_WORDS,
                      .precision = precision,
                      .scale = {"", 0},
                      .words = arena_str(arena, text),
                      .doubtful = doubtful};
}

Quantity quantity_read(Arena *arena, const Terms *t, Str text)
{
    Str s = skip_space(str_trim(text));
    Str precision = take_precision(arena, t, &s);
    Str whole = s;
    bool doubtful = false;
    Quantity q = {.kind = QUANTITY_NUMBER, .precision = precision, .scale = {"", 0}};
    size_t n = take_number(t, s, &q.low, &doubtful);
    if (!n || doubtful)
        return in_words(arena, precision, whole, doubtful);
    q.high = q.low;
    s = str_cut(s, n, s.n);
    size_t dash = dash_length(s);
    if (dash && (n = take_number(t, str_cut(s, dash, s.n), &q.high, &doubtful)) && !doubtful) {
        q.kind = QUANTITY_INTERVAL;
        s = str_cut(s, dash + n, s.n);
    } else if (dash) {
        return in_words(arena, precision, whole, true);
    } else if (str_starts(s, STR(".")) && q.low.decimals == 0) {
        q.kind = QUANTITY_ORDINAL;
        s = str_cut(s, 1, s.n);
    }
    bool apart = s.n == 0 || ascii_space(s.p[0]) || str_starts(s, STR(NO_BREAK_SPACE));
    if (!apart)
        return in_words(arena, precision, whole, true);
    s = skip_space(s);
    if (q.kind != QUANTITY_ORDINAL)
        q.scale = take_scale(arena, t, &s);
    q.words = arena_str(arena, s);
    return q;
}

static void print_decimal(StrBuf *out, const Terms *t, Decimal d)
{
    char digits[32] = {0};
    size_t n = 0;
    uint64_t u = d.digits < 0 ? 0 - (uint64_t)d.digits : (uint64_t)d.digits;
    do
        digits[n++] = (char)('0' + u % 10);
    while ((u /= 10) || n <= (size_t)d.decimals);
    if (d.digits < 0)
        strbuf_add_str(out, STR(MINUS));
    size_t whole = n - (size_t)d.decimals;
    while (n > (size_t)d.decimals) {
        size_t left = n - (size_t)d.decimals;
        if (left < whole && left % 3 == 0)
            strbuf_add_str(out, t->thousands);
        strbuf_add_char(out, digits[--n]);
    }
    if (n)
        strbuf_add_str(out, t->decimal);
    while (n)
        strbuf_add_char(out, digits[--n]);
}

void quantity_print(StrBuf *out, const Terms *t, const Quantity *q)
{
    if (q->kind == QUANTITY_WORDS) {
        strbuf_add_str(out, q->words);
        return;
    }
    print_decimal(out, t, q->low);
    if (q->kind == QUANTITY_INTERVAL) {
        strbuf_add_str(out, STR(EN_DASH));
        print_decimal(out, t, q->high);
    } else if (q->kind == QUANTITY_ORDINAL) {
        strbuf_add_char(out, '.');
    }
    if (q->words.n) {
        strbuf_add_str(out, STR(NO_BREAK_SPACE));
        strbuf_add_str(out, q->words);
    }
}

void quantity_print_unit(StrBuf *out, const Quantity *q, Str unit)
{
    strbuf_add_str(out, q->scale);
    if (q->scale.n && unit.n)
        strbuf_add_str(out, STR(NO_BREAK_SPACE));
    strbuf_add_str(out, unit);
}

void quantity_print_with_unit(StrBuf *out, const Terms *t, const Quantity *q, Str unit)
{
    /* Between words a line may break; a number stays with its neighbours. */
    Str gap = q->kind == QUANTITY_WORDS ? STR(" ") : STR(NO_BREAK_SPACE);
    if (q->precision.n) {
        strbuf_add_str(out, q->precision);
        strbuf_add_str(out, gap);
    }
    quantity_print(out, t, q);
    if (q->scale.n || unit.n)
        strbuf_add_str(out, gap);
    quantity_print_unit(out, q, unit);
}
