#include "glyph/face.h"

#include <pthread.h>
#include <string.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/map.h"
#include "base/mem.h"

struct FacePairs {
    pthread_mutex_t lock;
    Map index; /* glyph number and text to pair */
    Arena arena;
    ARRAY(GlyphPair) list;
};

FacePairs *face_pairs_new(void)
{
    FacePairs *p = mem_zalloc(sizeof *p);
    pthread_mutex_init(&p->lock, NULL);
    return p;
}

void face_pairs_drop(FacePairs *p)
{
    if (!p)
        return;
    pthread_mutex_destroy(&p->lock);
    map_drop(&p->index);
    arena_drop(&p->arena);
    array_drop(&p->list);
    mem_free(p);
}

static uint32_t find_or_add(FacePairs *p, uint32_t glyph, Str text, int32_t advance)
{
    char key[4 + 64];
    uint32_t number = 0;
    if (text.n > sizeof key - 4)
        text.n = sizeof key - 4;
    memcpy(key, &glyph, 4);
    if (text.n)
        memcpy(key + 4, text.p, text.n);
    if (map_get(&p->index, (Str){key, 4 + text.n}, &number))
        return number;
    number = (uint32_t)p->list.n;
    Str kept = arena_str(&p->arena, (Str){key, 4 + text.n});
    map_put(&p->index, kept, number);
    array_push(&p->list, ((GlyphPair){glyph, advance, str_cut(kept, 4, kept.n)}));
    return number;
}

uint32_t face_pair(const Face *face, uint32_t glyph, Str text, int32_t advance)
{
    pthread_mutex_lock(&face->pairs->lock);
    uint32_t number = find_or_add(face->pairs, glyph, text, advance);
    pthread_mutex_unlock(&face->pairs->lock);
    return number;
}

const GlyphPair *face_pair_at(const Face *face, uint32_t pair)
{
    return &face->pairs->list.at[pair];
}

uint32_t face_pair_count(const Face *face)
{
    return (uint32_t)face->pairs->list.n;
}
