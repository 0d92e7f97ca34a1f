#include "language/internal.h"

/* ---- digits --------------------------------------------------------------------------------- */

/* Digits with what parts them from those before: a mark, or a blank for any space. */
typedef struct {
    char mark;
    size_t from, n;
} Group;

enum { MOST_GROUPS = 8 };

typedef struct {
    Str text;
    Group group[MOST_GROUPS];
    size_t groups, bytes;
    bool too_many;
    char thousands, decimal;
} Digits;

/* A space within a number: three digits follow, and so it was from the first group on. */
static size_t thousands_space(const Digits *d)
{
    Str rest = str_cut(d->text, d->bytes, d->text.n);
    size_t space = rest.n && (rest.p[0] == '\n' || rest.p[0] == '\t' || rest.p[0] == '\r')
                       ? 0
                       : scan_space(rest);
    if (!space || d->group[0].n > 3 || str_digits(rest, space) != 3)
        return 0;
    for (size_t i = 1; i < d->groups; i++)
        if (d->group[i].mark != ' ')
            return 0;
    return space;
}

static size_t next_mark(const Digits *d, char *mark)
{
    size_t i = d->bytes;
    if (i + 1 < d->text.n && (d->text.p[i] == d->thousands || d->text.p[i] == d->decimal) &&
        ascii_digit(d->text.p[i + 1])) {
        *mark = d->text.p[i];
        return 1;
    }
    *mark = ' ';
    return thousands_space(d);
}

static void split(Digits *d)
{
    char mark = 0;
    size_t skip = 0;
    do {
        size_t from = d->bytes + skip, n = str_digits(d->text, from);
        if (d->groups < MOST_GROUPS)
            d->group[d->groups++] = (Group){mark, from, n};
        else
            d->too_many = true;
        d->bytes = from + n;
    } while (d->bytes && (skip = next_mark(d, &mark)) > 0);
}

/* Groups of three digits with that mark from the second to before `end`. */
static bool in_thousands(const Digits *d, size_t end, char mark)
{
    for (size_t i = 1; i < end; i++)
        if (d->group[i].mark != mark || d->group[i].n != 3)
            return false;
    return end == 1 || d->group[0].n <= 3;
}

static bool value_of(const Digits *d, size_t decimals, Decimal *out)
{
    Decimal value = {0, (int)decimals};
    size_t digits = 0;
    for (size_t i = 0; i < d->groups; i++)
        for (size_t j = 0; j < d->group[i].n; j++) {
            if (++digits > DECIMAL_MOST)
                return false;
            value.digits = value.digits * 10 + (d->text.p[d->group[i].from + j] - '0');
        }
    *out = value;
    return true;
}

/* What the number is for a language that has these marks; false when it has no such number. */
static bool read_as(const Digits *d, char thousands, char decimal, Decimal *out)
{
    bool fraction = d->groups > 1 && d->group[d->groups - 1].mark == decimal;
    size_t whole = fraction ? d->groups - 1 : d->groups;
    char mark = whole > 1 && d->group[1].mark == ' ' ? ' ' : thousands;
    bool zero_first = d->text.p[0] == '0' && (d->group[0].n > 1 || whole > 1);
    return !zero_first && in_thousands(d, whole, mark) &&
           value_of(d, fraction ? d->group[whole].n : 0, out);
}

/* "5,000" where the comma is the decimal mark: thousands, for who thinks in another language. */
static bool like_thousands(const Digits *d)
{
    return d->groups == 2 && d->group[1].mark == d->decimal && d->group[1].n == 3 &&
           d->group[0].n <= 3 && d->text.p[0] != '0';
}

static void judge(const Digits *d, Number *out)
{
    Decimal any;
    if (d->too_many || !value_of(d, 0, &any)) {
        out->doubt = DOUBT_LENGTH;
    } else if (read_as(d, d->thousands, d->decimal, &out->value)) {
        out->sound = true;
        out->bare = d->groups == 1;
        if (like_thousands(d) && read_as(d, d->decimal, d->thousands, &out->meant))
            out->doubt = DOUBT_THOUSANDS;
    } else if (read_as(d, d->decimal, d->thousands, &out->meant)) {
        out->doubt = d->groups == 2 ? DOUBT_DECIMAL : DOUBT_THOUSANDS;
    } else {
        out->doubt = DOUBT_GROUPS;
    }
}

/* ---- halves and quarters -------------------------------------------------------------------- */

static size_t fraction_at(Str s, Decimal *out)
{
    static const struct {
        const char *sign;
        Decimal value;
    } all[] = {{"\xC2\xBD", {5, 1}}, {"\xC2\xBC", {25, 2}}, {"\xC2\xBE", {75, 2}}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (str_starts(s, str_from(all[i].sign))) {
            *out = all[i].value;
            return 2;
        }
    return 0;
}

/* "2½" and "2 ½". */
static void add_fraction(Str s, Number *out)
{
    Decimal part;
    size_t space = scan_space(str_cut(s, out->n, s.n));
    size_t n = fraction_at(str_cut(s, out->n + space, s.n), &part);
    if (n && decimal_add(out->value, part, &out->value)) {
        out->n += space + n;
        out->bare = false;
    }
}

/* ---- all ------------------------------------------------------------------------------------ */

static bool unsigned_at(const Terms *t, Str s, Number *out)
{
    if (str_digits(s, 0)) {
        Digits d = {.text = s, .thousands = t->thousands.p[0], .decimal = t->decimal.p[0]};
        split(&d);
        judge(&d, out);
        out->n = d.bytes;
        if (out->bare)
            add_fraction(s, out);
        return true;
    }
    out->n = fraction_at(s, &out->value);
    out->sound = out->n > 0;
    return out->sound;
}

static bool word_at(const Terms *t, Str s, Number *out)
{
    NumberWord word;
    size_t n = terms_number_words(t, s, &word);
    if (n)
        *out = (Number){
            .value = word.value, .article = word.article, .sound = true, .words = true, .n = n};
    return n > 0;
}

bool number_at(const Terms *t, Str s, Number *out)
{
    bool plus = str_starts(s, STR("+"));
    size_t minus = scan_minus(s);
    size_t sign = minus ? minus : plus;
    *out = (Number){.doubt = DOUBT_NONE};
    if (!unsigned_at(t, str_cut(s, sign, s.n), out))
        return !sign && word_at(t, s, out);
    out->n += sign;
    if (minus)
        out->value.digits = -out->value.digits, out->meant.digits = -out->meant.digits;
    out->plus = plus;
    out->bare &= !sign;
    return true;
}
