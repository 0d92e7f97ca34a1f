#include "base/map.h"

#include "base/hash.h"
#include "base/mem.h"

void map_drop(Map *m)
{
    mem_free(m->slot);
    *m = (Map){0};
}

/* The slot of the key, or the free one where it belongs. */
static MapSlot *find(const Map *m, Str key, uint32_t hash)
{
    for (size_t i = hash;; i++) {
        MapSlot *s = &m->slot[i & (m->cap - 1)];
        if (!s->used || (s->hash == hash && str_equal(s->key, key)))
            return s;
    }
}

static void grow(Map *m)
{
    Map bigger = {.cap = m->cap ? m->cap * 2 : 16, .n = m->n};
    bigger.slot = mem_zalloc(bigger.cap * sizeof *bigger.slot);
    for (size_t i = 0; i < m->cap; i++)
        if (m->slot[i].used)
            *find(&bigger, m->slot[i].key, m->slot[i].hash) = m->slot[i];
    mem_free(m->slot);
    *m = bigger;
}

bool map_put(Map *m, Str key, uint32_t value)
{
    if ((m->n + 1) * 4 > m->cap * 3)
        grow(m);
    uint32_t hash = (uint32_t)hash_bytes(key.p, key.n).low;
    MapSlot *s = find(m, key, hash);
    bool fresh = !s->used;
    *s = (MapSlot){key, value, hash, true};
    m->n += fresh;
    return fresh;
}

bool map_get(const Map *m, Str key, uint32_t *value)
{
    if (!m->n)
        return false;
    const MapSlot *s = find(m, key, (uint32_t)hash_bytes(key.p, key.n).low);
    if (s->used)
        *value = s->value;
    return s->used;
}
