#include "language/terms.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "conf/conf.h"

typedef struct {
    Arena *arena;
    Diags *diags;
    Terms *terms;
} Reader;

/* Keys in the file are written with hyphens. */
static Str key_of(Arena *arena, const char *name)
{
    char *key = arena_strndup(arena, name, strlen(name));
    for (char *p = key; *p; p++)
        if (*p == '_')
            *p = '-';
    return str_from(key);
}

static const ConfNode *required(Reader *r, const ConfNode *map, Str key)
{
    const ConfNode *node = conf_get(map, key.p);
    if (!node)
        diag_error(r->diags, map->pos, "'%s' is missing", key.p);
    return node;
}

static void read_text(Reader *r, const ConfNode *map, const char *name, Str *out)
{
    Str key = key_of(r->arena, name);
    const ConfNode *node = required(r, map, key);
    if (node)
        conf_text(r->diags, node, key.p, out);
}

static void read_list(Reader *r, const ConfNode *map, const char *name, StrList *out)
{
    Str key = key_of(r->arena, name);
    const ConfNode *node = required(r, map, key);
    if (!node || !conf_is(r->diags, node, CONF_LIST, key.p))
        return;
    out->at = arena_array(r->arena, node->n, Str);
    for (size_t i = 0; i < node->n; i++)
        if (conf_text(r->diags, node->item[i], key.p, &out->at[out->n]))
            out->n++;
}

static const ConfNode *read_map(Reader *r, const ConfNode *root, const char *name)
{
    const ConfNode *map = required(r, root, str_from(name));
    return map && conf_is(r->diags, map, CONF_MAP, name) ? map : NULL;
}

static void unknown_keys(Reader *r, const ConfNode *map, const char *const *names, size_t n)
{
    for (size_t i = 0; i < map->n; i++) {
        bool known = false;
        for (size_t j = 0; j < n && !known; j++)
            known = str_equal(map->key[i]->text, key_of(r->arena, names[j]));
        if (!known)
            diag_error(r->diags, map->key[i]->pos, "unknown key '%s'", map->key[i]->text.p);
    }
}

static void read_printed(Reader *r, const ConfNode *map)
{
#define NAME(name) #name,
    static const char *const names[] = {TERMS_PRINTED(NAME)};
    for (size_t i = 0; i < TERM_COUNT; i++)
        read_text(r, map, names[i], &r->terms->print[i]);
    unknown_keys(r, map, names, TERM_COUNT);
}

static void read_recognised(Reader *r, const ConfNode *map)
{
    static const char *const names[] = {TERMS_READ(NAME)};
#undef NAME
    for (size_t i = 0; i < WORD_COUNT; i++)
        read_list(r, map, names[i], &r->terms->read[i]);
    unknown_keys(r, map, names, WORD_COUNT);
}

static void read_dates(Reader *r, const ConfNode *map)
{
    static const char *const names[] = {"months", "date", "period_month", "period_year", "period"};
    StrList months = {0};
    read_list(r, map, "months", &months);
    if (months.n == 12)
        memcpy(r->terms->month, months.at, sizeof r->terms->month);
    else
        diag_error(r->diags, map->pos, "'months' must list twelve names");
    read_text(r, map, "date", &r->terms->date);
    read_text(r, map, "period_month", &r->terms->period_month);
    read_text(r, map, "period_year", &r->terms->period_year);
    read_text(r, map, "period", &r->terms->period);
    unknown_keys(r, map, names, 5);
}

static int longer_first(const void *pa, const void *pb)
{
    const Str *a = pa, *b = pb;
    return a->n != b->n ? (a->n > b->n ? -1 : 1) : str_compare(*a, *b);
}

static void read_precision(Reader *r, const ConfNode *map)
{
    static const char *const names[PRECISION_KINDS] = {[PRECISION_ABOUT] = "about",
                                                       [PRECISION_ABOVE] = "above",
                                                       [PRECISION_BELOW] = "below",
                                                       [PRECISION_TARGET] = "target",
                                                       [PRECISION_EXAMPLE] = "example"};
    Terms *t = r->terms;
    size_t n = 0;
    for (int kind = PRECISION_ABOUT; kind < PRECISION_KINDS; kind++) {
        read_list(r, map, names[kind], &t->precision[kind]);
        n += t->precision[kind].n;
    }
    unknown_keys(r, map, names + 1, PRECISION_KINDS - 1);
    t->any_precision.at = arena_array(r->arena, n, Str);
    for (int kind = PRECISION_ABOUT; kind < PRECISION_KINDS; kind++)
        for (size_t i = 0; i < t->precision[kind].n; i++)
            t->any_precision.at[t->any_precision.n++] = t->precision[kind].at[i];
    if (n)
        qsort(t->any_precision.at, n, sizeof(Str), longer_first);
}

static void read_numbers(Reader *r, const ConfNode *map)
{
    static const char *const names[] = {"thousands", "decimal", "precision",
                                        "scale",     "unit",    "opener"};
    Terms *t = r->terms;
    read_text(r, map, "thousands", &t->thousands);
    read_text(r, map, "decimal", &t->decimal);
    if (t->thousands.n != 1 || t->decimal.n != 1)
        diag_error(r->diags, map->pos, "'thousands' and 'decimal' must be one character each");
    const ConfNode *precision = required(r, map, STR("precision"));
    if (precision && conf_is(r->diags, precision, CONF_MAP, "precision"))
        read_precision(r, precision);
    read_list(r, map, "scale", &t->scale);
    read_list(r, map, "unit", &t->unit);
    read_list(r, map, "opener", &t->opener);
    unknown_keys(r, map, names, 6);
}

const Terms *terms_read(Arena *arena, Diags *diags, uint16_t file, Str text)
{
    static const char *const names[] = {"language", "print", "read", "dates", "numbers"};
    static void (*const readers[])(Reader *, const ConfNode *) = {read_printed, read_recognised,
                                                                  read_dates, read_numbers};
    size_t errors = diags_count(diags, DIAG_ERROR);
    Reader r = {arena, diags, arena_new(arena, Terms)};
    const ConfNode *root = conf_read(arena, diags, file, text, 1);
    if (!root || !conf_is(diags, root, CONF_MAP, "the file")) {
        if (!root && diags_count(diags, DIAG_ERROR) == errors)
            diag_error(diags, (Pos){1, 1, file}, "the file is empty");
        return NULL;
    }
    read_text(&r, root, "language", &r.terms->language);
    for (size_t i = 0; i < 4; i++) {
        const ConfNode *map = read_map(&r, root, names[i + 1]);
        if (map)
            readers[i](&r, map);
    }
    unknown_keys(&r, root, names, 5);
    return diags_count(diags, DIAG_ERROR) == errors ? r.terms : NULL;
}

bool terms_match(const Terms *t, Word word, Str text)
{
    text = str_trim(text);
    for (size_t i = 0; i < t->read[word].n; i++)
        if (utf8_equal_fold(text, t->read[word].at[i]))
            return true;
    return false;
}

bool terms_label(const Terms *t, Word word, Str text, Str *rest)
{
    size_t colon = str_find(text, ':');
    if (colon == text.n || !terms_match(t, word, str_cut(text, 0, colon)))
        return false;
    *rest = str_trim(str_cut(text, colon + 1, text.n));
    return true;
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

static bool has_word(const StrList *list, Str words)
{
    for (size_t i = 0; i < list->n; i++)
        for (size_t at = 0; at + list->at[i].n <= words.n; at++)
            if (utf8_equal_fold(str_cut(words, at, at + list->at[i].n), list->at[i]))
                return true;
    return false;
}

PrecisionKind terms_precision(const Terms *t, Str words)
{
    static const PrecisionKind order[] = {PRECISION_ABOVE, PRECISION_BELOW, PRECISION_TARGET,
                                          PRECISION_EXAMPLE, PRECISION_ABOUT};
    for (size_t i = 0; words.n && i < sizeof order / sizeof *order; i++)
        if (has_word(&t->precision[order[i]], words))
            return order[i];
    return PRECISION_EXACT;
}
