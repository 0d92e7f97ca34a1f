#include "language/terms.h"

#include <string.h>

#include "base/utf8.h"
#include "language/internal.h"
#include "language/terms_internal.h"

void terms_read_text(TermsReader *r, const ConfNode *map, const char *name, Str *out)
{
    conf_required_text(r->diags, map, conf_key(r->arena, name), out);
}

bool terms_read_items(TermsReader *r, const ConfNode *node, const char *key, StrList *out)
{
    if (!conf_is(r->diags, node, CONF_LIST, key))
        return false;
    *out = (StrList){arena_array(r->arena, node->n, Str), 0};
    for (size_t i = 0; i < node->n; i++)
        if (conf_text(r->diags, node->item[i], key, &out->at[out->n]))
            out->n++;
    return true;
}

void terms_read_list(TermsReader *r, const ConfNode *map, const char *name, StrList *out)
{
    const char *key = conf_key(r->arena, name);
    const ConfNode *node = conf_required(r->diags, map, key);
    if (node)
        terms_read_items(r, node, key, out);
}

static bool is_key(Str key, const char *name)
{
    size_t i = 0;
    while (i < key.n && name[i] && key.p[i] == (name[i] == '_' ? '-' : name[i]))
        i++;
    return i == key.n && !name[i];
}

void terms_unknown_keys(TermsReader *r, const ConfNode *map, const char *const *names, size_t n)
{
    for (size_t i = 0; i < map->n; i++) {
        bool known = false;
        for (size_t j = 0; j < n && !known; j++)
            known = is_key(map->key[i]->text, names[j]);
        if (!known)
            diag_error(r->diags, map->key[i]->pos, "unknown key '%s'", map->key[i]->text.p);
    }
}

static void read_printed(TermsReader *r, const ConfNode *map)
{
#define NAME(name) #name,
    static const char *const names[] = {TERMS_PRINTED(NAME)};
    for (size_t i = 0; i < TERM_COUNT; i++)
        terms_read_text(r, map, names[i], &r->terms->print[i]);
    terms_unknown_keys(r, map, names, TERM_COUNT);
}

static void read_recognised(TermsReader *r, const ConfNode *map)
{
    static const char *const names[] = {TERMS_READ(NAME)};
    for (size_t i = 0; i < WORD_COUNT; i++)
        terms_read_list(r, map, names[i], &r->terms->read[i]);
    terms_unknown_keys(r, map, names, WORD_COUNT);
}

static void read_proof(TermsReader *r, const ConfNode *map)
{
    static const char *const names[] = {TERMS_PROOF(NAME)};
#undef NAME
    for (size_t i = 0; i < PROOF_COUNT; i++)
        terms_read_list(r, map, names[i], &r->terms->proof[i]);
    terms_unknown_keys(r, map, names, PROOF_COUNT);
}

static void read_names(TermsReader *r, const ConfNode *map, const char *key, Str *out, size_t n)
{
    StrList names = {0};
    terms_read_list(r, map, key, &names);
    if (names.n == n)
        memcpy(out, names.at, n * sizeof *out);
    else
        diag_error(r->diags, map->pos, "'%s' must list %zu names", conf_key(r->arena, key), n);
}

static void read_dates(TermsReader *r, const ConfNode *map)
{
    static const char *const names[] = {
        "months", "months_short", "weekdays",     "before_day",  "before_weekday",
        "date",   "day",          "period_month", "period_year", "period"};
    Terms *t = r->terms;
    read_names(r, map, "months", t->month, 12);
    read_names(r, map, "months_short", t->month_short, 12);
    read_names(r, map, "weekdays", t->weekday, 7);
    terms_read_list(r, map, "before_day", &t->before_day);
    terms_read_list(r, map, "before_weekday", &t->before_weekday);
    terms_read_text(r, map, "date", &t->date);
    terms_read_text(r, map, "day", &t->day);
    terms_read_text(r, map, "period_month", &t->period_month);
    terms_read_text(r, map, "period_year", &t->period_year);
    terms_read_text(r, map, "period", &t->period);
    terms_unknown_keys(r, map, names, sizeof names / sizeof *names);
}

const Terms *terms_read(Arena *arena, Diags *diags, uint16_t file, Str text)
{
    static const char *const names[] = {"language", "print", "read", "dates", "numbers", "proof"};
    static void (*const readers[])(TermsReader *, const ConfNode *) = {
        read_printed, read_recognised, read_dates, terms_read_numbers, read_proof};
    size_t errors = diags_count(diags, DIAG_ERROR);
    TermsReader r = {arena, diags, arena_new(arena, Terms)};
    const ConfNode *root = conf_read_map(arena, diags, file, text);
    if (!root)
        return NULL;
    terms_read_text(&r, root, "language", &r.terms->language);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        const ConfNode *map = conf_required_map(diags, root, names[i + 1]);
        if (map)
            readers[i](&r, map);
    }
    terms_unknown_keys(&r, root, names, sizeof names / sizeof *names);
    terms_find_openings(r.terms);
    return diags_count(diags, DIAG_ERROR) == errors ? r.terms : NULL;
}

Str terms_word(const Terms *t, Word word)
{
    return t->read[word].n ? t->read[word].at[0] : (Str){"", 0};
}

bool terms_match(const Terms *t, Word word, Str text)
{
    return terms_has(&t->read[word], str_trim(text));
}

bool terms_has(const StrList *list, Str text)
{
    for (size_t i = 0; i < list->n; i++)
        if (scan_may_begin_alike(text, list->at[i]) && utf8_equal_fold(text, list->at[i]))
            return true;
    return false;
}

/* Whether bytes of a word that stand at `at` are all of it, or all of it but what is no letter. */
static bool stands_alone(Str text, size_t at, size_t n)
{
    bool before = at && (ascii_letter(text.p[at - 1]) || (text.p[at - 1] & 0x80));
    bool behind = at + n < text.n && (ascii_letter(text.p[at + n]) || (text.p[at + n] & 0x80));
    return !before && !behind;
}

bool terms_mentions(const StrList *list, Str text)
{
    for (size_t i = 0; i < list->n; i++) {
        Str word = list->at[i];
        for (size_t at = 0; (at = utf8_find_fold(text, word, at)) < text.n; at++)
            if (stands_alone(text, at, word.n))
                return true;
    }
    return false;
}

bool terms_opens(const StrList *list, Str text)
{
    size_t which;
    return scan_list(text, list, &which) > 0;
}

/* "-nr." wants a letter before it, any other word none. */
static bool ends_in_name(Str text, Str word)
{
    bool ending = str_starts(word, STR("-"));
    word = str_cut(word, ending, word.n);
    if (str_ends(word, STR(".")) && !str_ends(text, STR(".")))
        word.n--;
    if (text.n < word.n || !utf8_equal_fold(str_cut(text, text.n - word.n, text.n), word))
        return false;
    Str before = str_cut(text, 0, text.n - word.n);
    size_t last = scan_back(before, before.n);
    bool inside = before.n && (scan_letter(str_cut(before, last, before.n)) > 0 ||
                               strchr("./-", before.p[last]) != NULL);
    return ending ? inside : !inside;
}

bool terms_names_number(const Terms *t, Str text)
{
    for (size_t i = 0; i < t->number_name.n; i++)
        if (ends_in_name(text, t->number_name.at[i]))
            return true;
    return false;
}

void terms_add_joiner(StrBuf *out, const Terms *t, size_t at, size_t n)
{
    if (at > 0 && at + 1 == n)
        strbuf_addf(out, " %s ", t->print[TERM_list_and].p);
    else if (at > 0)
        strbuf_add_text(out, ", ");
}

bool terms_label(const Terms *t, Word word, Str text, Str *rest)
{
    size_t colon = str_find(text, ':');
    if (colon == text.n || !terms_match(t, word, str_cut(text, 0, colon)))
        return false;
    *rest = str_trim(str_cut(text, colon + 1, text.n));
    return true;
}

bool terms_opening(const Terms *t, Word word, Str text, Str *rest)
{
    size_t which, n = scan_list(text, &t->read[word], &which);
    *rest = n ? str_trim(str_cut(text, n, text.n)) : (Str){"", 0};
    return n > 0;
}

static Str field_value(Str name, const TermField *fields, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(name, str_from(fields[i].name)))
            return fields[i].value;
    return (Str){"", 0};
}

void terms_fill(StrBuf *out, Str pattern, const TermField *fields, size_t n)
{
    for (size_t i = 0; i < pattern.n;) {
        Str rest = str_cut(pattern, i, pattern.n);
        size_t open = str_find(rest, '{'), close = str_find(rest, '}');
        strbuf_add(out, rest.p, open);
        if (open >= close || close == rest.n) {
            strbuf_add(out, rest.p + open, rest.n - open);
            return;
        }
        strbuf_add_str(out, field_value(str_cut(rest, open + 1, close), fields, n));
        i += close + 1;
    }
}

PrecisionKind terms_precision(const Terms *t, Str words)
{
    /* What decides where several are said, from the weakest on. */
    static const PrecisionKind order[] = {PRECISION_EXACT,  PRECISION_ABOUT, PRECISION_EXAMPLE,
                                          PRECISION_TARGET, PRECISION_BELOW, PRECISION_ABOVE};
    size_t rank = 0, n, which = 0;
    for (size_t at = 0; at < words.n; at += n ? n : 1) {
        n = scan_list(str_cut(words, at, words.n), &t->any_precision, &which);
        for (size_t i = rank; n && i < sizeof order / sizeof *order; i++)
            if (order[i] == t->precision_kind[which])
                rank = i;
    }
    return order[rank];
}

void terms_add_precision(StrBuf *out, const Terms *t, Str words)
{
    size_t which = 0;
    for (size_t at = 0; at < words.n;) {
        size_t n = scan_list(str_cut(words, at, words.n), &t->any_precision, &which);
        size_t end = at + (n ? n : 1);
        for (; at < end; at++)
            if (n && words.p[at] == ' ')
                strbuf_add_text(out, NO_BREAK_SPACE);
            else
                strbuf_add_char(out, words.p[at]);
    }
}

/* ---- rows of tables ------------------------------------------------------------------------- */

static bool ends_in_word(Str text, Str word)
{
    return text.n > word.n + 1 && text.p[text.n - word.n - 1] == ' ' &&
           utf8_equal_fold(str_cut(text, text.n - word.n, text.n), word);
}

static bool opens_with_word(Str text, Str word)
{
    return text.n > word.n + 1 && (text.p[word.n] == ' ' || text.p[word.n] == ',') &&
           utf8_equal_fold(str_cut(text, 0, word.n), word);
}

bool terms_is_total(const Terms *t, Str text, bool last)
{
    if (str_ends(text, STR(":")))
        text.n--;
    const StrList *total = &t->proof[PROOF_total];
    if (!text.n || terms_has(total, text) || terms_has(&t->proof[PROOF_subtotal], text))
        return text.n != 0;
    for (size_t i = 0; i < total->n; i++) {
        Str word = total->at[i];
        if (ends_in_word(text, word) ||
            (opens_with_word(text, word) && (last || text.p[word.n] == ',')))
            return true;
    }
    return false;
}

bool terms_is_part_of(const Terms *t, Str text)
{
    const StrList *words = &t->proof[PROOF_part_of];
    while (text.n && (ascii_space(text.p[0]) || text.p[0] == '-'))
        text = str_cut(text, 1, text.n);
    for (size_t i = 0; i < words->n; i++)
        if (opens_with_word(text, words->at[i]))
            return true;
    return false;
}
