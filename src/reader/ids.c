#include "base/utf8.h"
#include "reader/internal.h"

typedef struct {
    Reader *reader;
    Map taken;
} Ids;

static void take_given(Ids *ids, const Block *b)
{
    for (; b; b = b->next) {
        if (b->id.n)
            map_put(&ids->taken, b->id, 0);
        take_given(ids, b->children);
    }
}

/* An id of the title that nothing else has: partnervold, partnervold-2 … */
static Str made_of(Ids *ids, const Inline *title)
{
    Reader *r = ids->reader;
    StrBuf text = {0}, slug = {0};
    inlines_text(&text, r->terms, title);
    strbuf_add_slug(&slug, strbuf_str(&text));
    if (!slug.n)
        strbuf_add_text(&slug, "afsnit");
    size_t stem = slug.n;
    uint32_t n;
    if (map_get(&ids->taken, str_cut(strbuf_str(&slug), 0, stem), &n)) {
        do {
            slug.n = stem;
            strbuf_addf(&slug, "-%u", (unsigned)(n = n < 2 ? 2 : n + 1));
        } while (map_get(&ids->taken, strbuf_str(&slug), &(uint32_t){0}));
        map_put(&ids->taken, arena_str(r->arena, str_cut(strbuf_str(&slug), 0, stem)), n);
    }
    Str id = arena_str(r->arena, strbuf_str(&slug));
    map_put(&ids->taken, id, 0);
    strbuf_drop(&text);
    strbuf_drop(&slug);
    return id;
}

static void assign_blocks(Ids *ids, Block *b)
{
    for (; b; b = b->next) {
        if (!b->id.n && (b->kind == BLOCK_HEADING || b->kind == BLOCK_VISIT))
            b->id = made_of(ids, b->inlines);
        assign_blocks(ids, b->children);
    }
}

void ids_assign(Reader *r)
{
    Ids ids = {.reader = r};
    for (size_t i = 0; i < r->sections.n; i++) {
        if (r->sections.at[i].id.n)
            map_put(&ids.taken, r->sections.at[i].id, 0);
        take_given(&ids, r->sections.at[i].blocks);
    }
    for (size_t i = 0; i < r->figures.n; i++)
        map_put(&ids.taken, r->figures.at[i].id, 0);
    for (size_t i = 0; i < r->recommendations.n; i++)
        map_put(&ids.taken, r->recommendations.at[i].id, 0);
    for (size_t i = 0; i < r->sections.n; i++) {
        Section *s = &r->sections.at[i];
        if (!s->id.n && s->title)
            s->id = made_of(&ids, s->title);
        assign_blocks(&ids, s->blocks);
    }
    map_drop(&ids.taken);
}
