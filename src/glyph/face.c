#include "glyph/face.h"

#include <pthread.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"

/* Chunks never move, so that a pair can be read while others are added; each is twice the one before. */
enum { FIRST_CHUNK = 64, CHUNKS = 24 };

struct FacePairs {
    pthread_mutex_t lock;
    Map index; /* glyph number and text to pair */
    Arena arena;
    GlyphPair *chunk[CHUNKS];
    uint32_t n;
};

static GlyphPair *pair_at(const FacePairs *p, uint32_t number)
{
    uint32_t first = 0, size = FIRST_CHUNK;
    unsigned chunk = 0;
    for (; number - first >= size; chunk++) {
        first += size;
        size *= 2;
    }
    return &p->chunk[chunk][number - first];
}

/* Room for the next pair. */
static GlyphPair *new_pair(FacePairs *p)
{
    uint32_t first = 0, size = FIRST_CHUNK;
    for (unsigned chunk = 0; chunk < CHUNKS; chunk++) {
        if (p->n == first)
            p->chunk[chunk] = arena_array(&p->arena, size, GlyphPair);
        first += size;
        size *= 2;
    }
    if (p->n >= first)
        mem_fail(); /* a thousand million pairs */
    return pair_at(p, p->n++);
}

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
    number = p->n;
    Str kept = arena_str(&p->arena, (Str){key, 4 + text.n});
    map_put(&p->index, kept, number);
    *new_pair(p) = (GlyphPair){glyph, advance, str_cut(kept, 4, kept.n)};
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
    return pair_at(face->pairs, pair);
}

uint32_t face_pair_count(const Face *face)
{
    pthread_mutex_lock(&face->pairs->lock);
    uint32_t n = face->pairs->n;
    pthread_mutex_unlock(&face->pairs->lock);
    return n;
}
