#include "aloud/words.h"

#include "base/utf8.h"
#include "conf/conf.h"
#include "language/terms.h"

typedef struct {
    Arena *arena;
    Diags *diags;
    AloudWords *words;
} Reader;

#define NAME(name) #name,

static void read_said(Reader *r, const ConfNode *map)
{
    static const char *const names[] = {ALOUD_SAID(NAME)};
    for (size_t i = 0; i < SAY_KINDS; i++)
        conf_required_text(r->diags, map, conf_key(r->arena, names[i]), &r->words->say[i]);
}

static void read_counted(Reader *r, const ConfNode *map)
{
    static const char *const names[] = {ALOUD_COUNTED(NAME)};
    for (size_t i = 0; i < COUNT_KINDS; i++) {
        const char *key = conf_key(r->arena, names[i]);
        const ConfNode *pair = conf_required(r->diags, map, key);
        if (!pair || !conf_is(r->diags, pair, CONF_LIST, key))
            continue;
        if (pair->n == 2) {
            conf_text(r->diags, pair->item[0], key, &r->words->one[i]);
            conf_text(r->diags, pair->item[1], key, &r->words->many[i]);
        } else {
            diag_error(r->diags, pair->pos, "'%s' must list %zu names", key, (size_t)2);
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
    const ConfNode *root = conf_read_map(arena, diags, file, text);
    if (!root)
        return NULL;
    conf_required_text(diags, root, "language", &r.words->language);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        const ConfNode *map = conf_required_map(diags, root, names[i]);
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
