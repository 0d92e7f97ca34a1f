#include <stdlib.h>

#include "base/array.h"
#include "base/utf8.h"
#include "language/internal.h"
#include "language/terms_internal.h"

/* ---- precision, and words that multiply ----------------------------------------------------- */

/* The words under several keys as one list; for each of them the value that its key has. */
static const uint8_t *read_valued(TermsReader *r, const ConfNode *map, const char *const *names,
                                  const uint8_t *value, size_t n, StrList *out)
{
    ARRAY(Str) words = {0};
    ARRAY(uint8_t) values = {0};
    for (size_t k = 0; k < n; k++) {
        StrList list = {0};
        terms_read_list(r, map, names[k], &list);
        for (size_t i = 0; i < list.n; i++) {
            array_push(&words, list.at[i]);
            array_push(&values, value[k]);
        }
    }
    terms_unknown_keys(r, map, names, n);
    *out = (StrList){arena_copy(r->arena, words.at, words.n, sizeof(Str)), words.n};
    const uint8_t *kept = arena_copy(r->arena, values.at, values.n, sizeof *kept);
    array_drop(&words);
    array_drop(&values);
    return kept;
}

static void read_precision(TermsReader *r, const ConfNode *map)
{
    static const char *const names[] = {"about", "above", "below", "target", "example"};
    static const uint8_t kind[] = {PRECISION_ABOUT, PRECISION_ABOVE, PRECISION_BELOW,
                                   PRECISION_TARGET, PRECISION_EXAMPLE};
    r->terms->precision_kind =
        read_valued(r, map, names, kind, sizeof kind, &r->terms->any_precision);
}

static void read_scale(TermsReader *r, const ConfNode *map)
{
    static const char *const names[] = {"thousand", "million", "billion", "trillion"};
    static const uint8_t power[] = {3, 6, 9, 12};
    r->terms->scale_power = read_valued(r, map, names, power, sizeof power, &r->terms->scale);
}

/* ---- units ---------------------------------------------------------------------------------- */

static void read_same_units(TermsReader *r, const ConfNode *list)
{
    Terms *t = r->terms;
    t->same_unit = arena_array(r->arena, list->n, StrList);
    for (size_t i = 0; i < list->n; i++)
        if (terms_read_items(r, list->item[i], "same-unit", &t->same_unit[t->same_units]))
            t->same_units++;
}

/* ---- numbers in words ----------------------------------------------------------------------- */

typedef ARRAY(NumberWord) NumberWords;

/* "12" or "1.5", as YAML writes numbers. */
static bool value_of_key(Str key, Decimal *out)
{
    Decimal d = {0, 0};
    size_t point = str_find(key, '.');
    for (size_t i = 0; i < key.n; i++)
        if (ascii_digit(key.p[i]))
            d.digits = d.digits * 10 + (key.p[i] - '0');
        else if (i != point)
            return false;
    d.decimals = (int)(point < key.n ? key.n - point - 1 : 0);
    *out = d;
    return key.n > 0 && key.n <= 4 && point > 0 && (point == key.n || d.decimals > 0);
}

static void read_simple_words(TermsReader *r, const ConfNode *map, const StrList *article,
                              NumberWords *out)
{
    for (size_t i = 0; i < map->n; i++) {
        Decimal value;
        StrList words = {0};
        if (!value_of_key(map->key[i]->text, &value)) {
            diag_error(r->diags, map->key[i]->pos, "'%s' is no number of the form 12 or 1.5",
                       map->key[i]->text.p);
            continue;
        }
        terms_read_items(r, map->item[i], map->key[i]->text.p, &words);
        for (size_t j = 0; j < words.n; j++)
            array_push(out, (NumberWord){arena_lower(r->arena, words.at[j]), value,
                                         terms_has(article, words.at[j])});
    }
}

static bool is_ones(const NumberWord *w)
{
    return !w->value.decimals && w->value.digits >= 1 && w->value.digits <= 9;
}

static bool is_tens(const NumberWord *w)
{
    return !w->value.decimals && w->value.digits >= 20 && w->value.digits <= 90 &&
           w->value.digits % 10 == 0;
}

static void add_compounds(TermsReader *r, Str pattern, NumberWords *out)
{
    StrBuf b = {0};
    size_t simple = out->n;
    for (size_t i = 0; i < simple; i++)
        for (size_t j = 0; j < simple; j++) {
            NumberWord ones = out->at[i], tens = out->at[j];
            if (!is_ones(&ones) || !is_tens(&tens))
                continue;
            strbuf_clear(&b);
            terms_fill(&b, pattern, (TermField[]){{"ones", ones.word}, {"tens", tens.word}}, 2);
            array_push(out, (NumberWord){arena_str(r->arena, strbuf_str(&b)),
                                         {tens.value.digits + ones.value.digits, 0},
                                         false});
        }
    strbuf_drop(&b);
}

static int by_word(const void *a, const void *b)
{
    return str_compare(((const NumberWord *)a)->word, ((const NumberWord *)b)->word);
}

static void read_words(TermsReader *r, const ConfNode *map)
{
    NumberWords words = {0};
    StrList article = {0};
    Str compound = {"", 0};
    terms_read_list(r, map, "article", &article);
    terms_read_text(r, map, "compound", &compound);
    const ConfNode *simple = conf_required_map(r->diags, map, "words");
    if (!simple)
        return;
    read_simple_words(r, simple, &article, &words);
    add_compounds(r, compound, &words);
    if (words.n)
        qsort(words.at, words.n, sizeof *words.at, by_word);
    r->terms->number_word = arena_copy(r->arena, words.at, words.n, sizeof *words.at);
    r->terms->number_words = words.n;
    array_drop(&words);
}

/* ---- reading them --------------------------------------------------------------------------- */

/* Longer words than this are no number up to hundred. */
enum { LONGEST_WORD = 40 };

static const NumberWord *number_word(const Terms *t, Str word)
{
    char small[4 * LONGEST_WORD];
    NumberWord key = {{small, 0}, {0, 0}, false};
    if (!word.n || word.n > LONGEST_WORD)
        return NULL;
    for (size_t i = 0; i < word.n;)
        key.word.n += utf8_put(small + key.word.n, utf8_lower(utf8_next(word, &i)));
    return bsearch(&key, t->number_word, t->number_words, sizeof key, by_word);
}

static const NumberWord *one_word(const Terms *t, Str s, size_t *n)
{
    size_t word = scan_word(s), letters = scan_letters(s);
    const NumberWord *found = number_word(t, str_cut(s, 0, word));
    *n = word;
    if (found || letters == word)
        return found;
    *n = letters;
    return number_word(t, str_cut(s, 0, letters)); /* of "to-tre" */
}

/* The word behind a space; *n is the length of both. */
static const NumberWord *next_word(const Terms *t, Str s, size_t *n)
{
    size_t space = scan_spaces(s);
    const NumberWord *found = space ? one_word(t, str_cut(s, space, s.n), n) : NULL;
    *n += space;
    return found;
}

enum { HUNDRED = 100, MOST_HUNDREDS = 20 };

static bool is_hundred(const NumberWord *w)
{
    return w && !w->value.decimals && w->value.digits == HUNDRED;
}

/* "to", "femten" and "halvandet" hundrede. */
static bool counts_hundreds(const NumberWord *w)
{
    Decimal most = {MOST_HUNDREDS, 0}, none = {0, 0};
    return decimal_compare(w->value, most) < 0 && decimal_compare(w->value, none) > 0;
}

/* "og tyve" behind a hundred. "Et hundrede og to hundrede" are two numbers, and "hundrede og en mand"
 * may be two things. */
static size_t rest_of_hundred(const Terms *t, Str s, NumberWord *out)
{
    size_t space = scan_spaces(s), n = 0, behind = 0;
    size_t and = space ? scan_text(str_cut(s, space, s.n), t->and) : 0;
    const NumberWord *rest = and? next_word(t, str_cut(s, space + and, s.n), &n) : NULL;
    n += space + and;
    if (!rest || rest->article || rest->value.decimals || rest->value.digits < 1 ||
        rest->value.digits >= HUNDRED || is_hundred(next_word(t, str_cut(s, n, s.n), &behind)) ||
        !decimal_add(out->value, rest->value, &out->value))
        return 0;
    out->article = false;
    return n;
}

size_t terms_number_words(const Terms *t, Str s, NumberWord *out)
{
    size_t n = 0, more = 0;
    const NumberWord *first = one_word(t, s, &n);
    if (!first)
        return 0;
    *out = *first;
    if (is_hundred(first))
        return n + rest_of_hundred(t, str_cut(s, n, s.n), out);
    if (!counts_hundreds(first) || !is_hundred(next_word(t, str_cut(s, n, s.n), &more)) ||
        !decimal_shift(first->value, 2, &out->value))
        return n;
    n += more;
    out->article = false;
    return n + rest_of_hundred(t, str_cut(s, n, s.n), out);
}

/* ---- all ------------------------------------------------------------------------------------ */

static void read_marks(TermsReader *r, const ConfNode *map)
{
    Terms *t = r->terms;
    terms_read_text(r, map, "thousands", &t->thousands);
    terms_read_text(r, map, "decimal", &t->decimal);
    if (t->thousands.n != 1 || t->decimal.n != 1 || t->thousands.p[0] == t->decimal.p[0])
        diag_error(r->diags, map->pos,
                   "'thousands' and 'decimal' must be one character each, and different");
    terms_read_list(r, map, "ordinal", &t->ordinal);
    if (t->ordinal.n != 1 && t->ordinal.n != 4)
        diag_error(r->diags, map->pos,
                   "'ordinal' must list one ending, or four: of 1, 2, 3 and the others");
}

static void read_lists(TermsReader *r, const ConfNode *map)
{
    Terms *t = r->terms;
    const struct {
        const char *name;
        StrList *list;
    } lists[] = {{"unit", &t->unit},
                 {"unit_before", &t->unit_before},
                 {"printed_before", &t->printed_before},
                 {"attached", &t->attached},
                 {"opener", &t->opener},
                 {"per", &t->per},
                 {"number_name", &t->number_name},
                 {"title", &t->title},
                 {"together", &t->together},
                 {"clock", &t->clock},
                 {"part", &t->part}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        terms_read_list(r, map, lists[i].name, lists[i].list);
}

void terms_read_numbers(TermsReader *r, const ConfNode *map)
{
    static const char *const names[] = {"thousands", "decimal",   "precision",   "scale",
                                        "unit",      "same_unit", "unit_before", "printed_before",
                                        "attached",  "opener",    "per",         "number_name",
                                        "clock",     "part",      "title",       "together",
                                        "ordinal",   "between",   "and",         "to",
                                        "words",     "compound",  "article"};
    read_marks(r, map);
    const ConfNode *precision = conf_required_map(r->diags, map, "precision");
    if (precision)
        read_precision(r, precision);
    const ConfNode *scale = conf_required_map(r->diags, map, "scale");
    if (scale)
        read_scale(r, scale);
    read_lists(r, map);
    const ConfNode *same = conf_required(r->diags, map, "same-unit");
    if (same && conf_is(r->diags, same, CONF_LIST, "same-unit"))
        read_same_units(r, same);
    terms_read_text(r, map, "between", &r->terms->between);
    terms_read_text(r, map, "and", &r->terms->and);
    terms_read_text(r, map, "to", &r->terms->to);
    read_words(r, map);
    terms_unknown_keys(r, map, names, sizeof names / sizeof *names);
}
