#include "aloud/words.h"

#include <string.h>

#include "base/utf8.h"
#include "conf/conf.h"
#include "language/terms.h"

typedef struct {
    Arena *arena;
    Diags *diags;
    AloudWords *words;
} Reader;

/* The value of a key, whose name has _ for -. */
static const ConfNode *required(Reader *r, const ConfNode *map, const char *name, Str *key)
{
    char *text = arena_strndup(r->arena, name, strlen(name));
    for (char *p = text; *p; p++)
        if (*p == '_')
            *p = '-';
    *key = str_from(text);
    const ConfNode *node = conf_get(map, text);
    if (!node)
        diag_error(r->diags, map->pos, "'%s' is missing", text);
    return node;
}

static void read_text(Reader *r, const ConfNode *map, const char *name, Str *out)
{
    Str key;
    const ConfNode *node = required(r, map, name, &key);
    if (node)
        conf_text(r->diags, node, key.p, out);
}

static const ConfNode *read_map(Reader *r, const ConfNode *root, const char *name)
{
    Str key;
    const ConfNode *map = required(r, root, name, &key);
    return map && conf_is(r->diags, map, CONF_MAP, name) ? map : NULL;
}

#define NAME(name) #name,

static void read_said(Reader *r, const ConfNode *map)
{
    static const char *const names[] = {ALOUD_SAID(NAME)};
    for (size_t i = 0; i < SAY_KINDS; i++)
        read_text(r, map, names[i], &r->words->say[i]);
}

static void read_counted(Reader *r, const ConfNode *map)
{
    static const char *const names[] = {ALOUD_COUNTED(NAME)};
    for (size_t i = 0; i < COUNT_KINDS; i++) {
        Str key;
        const ConfNode *pair = required(r, map, names[i], &key);
        if (!pair || !conf_is(r->diags, pair, CONF_LIST, key.p))
            continue;
        if (pair->n == 2) {
            conf_text(r->diags, pair->item[0], key.p, &r->words->one[i]);
            conf_text(r->diags, pair->item[1], key.p, &r->words->many[i]);
        } else {
            diag_error(r->diags, pair->pos, "'%s' must list %zu names", key.p, (size_t)2);
        }
    }
}

static void read_languages(Reader *r, const ConfNode *map)
{
    AloudWords *w = r->words;
    w->known = arena_array(r->arena, map->n, AloudLanguage);
    for (size_t i = 0; i < map->n; i++) {
        AloudLanguage *one = &w->known[w->languages];
        one->tag = map->key[i]->text;
        if (conf_text(r->diags, map->item[i], one->tag.p, &one->name))
            w->languages++;
    }
}

const AloudWords *words_read(Arena *arena, Diags *diags, uint16_t file, Str text)
{
    static const char *const names[] = {"say", "count", "languages"};
    static void (*const readers[])(Reader *, const ConfNode *) = {read_said, read_counted,
                                                                  read_languages};
    size_t errors = diags_count(diags, DIAG_ERROR);
    Reader r = {arena, diags, arena_new(arena, AloudWords)};
    const ConfNode *root = conf_read(arena, diags, file, text, 1);
    if (!root || !conf_is(diags, root, CONF_MAP, NULL)) {
        if (!root && diags_count(diags, DIAG_ERROR) == errors)
            diag_error(diags, (Pos){1, 1, file}, "the file is empty");
        return NULL;
    }
    read_text(&r, root, "language", &r.words->language);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        const ConfNode *map = read_map(&r, root, names[i]);
        if (map)
            readers[i](&r, map);
    }
    return diags_count(diags, DIAG_ERROR) == errors ? r.words : NULL;
}

void words_add_count(const AloudWords *w, AloudCount count, size_t n, StrBuf *out)
{
    StrBuf number = {0};
    strbuf_add_int(&number, (int64_t)n);
    TermField field = {"n", strbuf_str(&number)};
    terms_fill(out, n == 1 ? w->one[count] : w->many[count], &field, 1);
    strbuf_drop(&number);
}

Str words_primary(Str tag)
{
    size_t n = 0;
    while (n < tag.n && tag.p[n] != '-' && tag.p[n] != '_')
        n++;
    return str_cut(tag, 0, n);
}

bool words_same_language(Str a, Str b)
{
    return !a.n || !b.n || utf8_equal_fold(words_primary(a), words_primary(b));
}

void words_add_language(const AloudWords *w, Str tag, StrBuf *out)
{
    Str primary = words_primary(tag);
    for (size_t i = 0; i < w->languages; i++)
        if (utf8_equal_fold(w->known[i].tag, primary)) {
            TermField field = {"language", w->known[i].name};
            terms_fill(out, w->say[SAY_in_language], &field, 1);
            return;
        }
    TermField field = {"tag", tag};
    terms_fill(out, w->say[SAY_unknown_language], &field, 1);
}
