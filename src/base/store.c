#include "base/store.h"

#include <pthread.h>

#include "base/mem.h"

/* Many small tables, so that threads seldom wait for each other. */
enum { SHARDS = 64 };

typedef struct {
    Hash key;
    void *thing;
} Slot;

typedef struct {
    pthread_mutex_t lock;
    Slot *slot;
    size_t n, cap;
    uint64_t asked, found;
} Shard;

struct Store {
    Shard shard[SHARDS];
};

Store *store_new(void)
{
    Store *s = mem_zalloc(sizeof *s);
    for (size_t i = 0; i < SHARDS; i++)
        pthread_mutex_init(&s->shard[i].lock, NULL);
    return s;
}

void store_drop(Store *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < SHARDS; i++) {
        pthread_mutex_destroy(&s->shard[i].lock);
        mem_free(s->shard[i].slot);
    }
    mem_free(s);
}

/* The slot of a key, or the free one where it belongs. */
static Slot *slot_of(Slot *slots, size_t cap, Hash key)
{
    for (size_t i = key.low;; i++) {
        Slot *slot = &slots[i & (cap - 1)];
        if (!slot->thing || hash_equal(slot->key, key))
            return slot;
    }
}

static void grow(Shard *s)
{
    size_t cap = s->cap ? s->cap * 2 : 16;
    Slot *slots = mem_zalloc(cap * sizeof *slots);
    for (size_t i = 0; i < s->cap; i++)
        if (s->slot[i].thing)
            *slot_of(slots, cap, s->slot[i].key) = s->slot[i];
    mem_free(s->slot);
    s->slot = slots;
    s->cap = cap;
}

void *store_find(Store *store, Hash key)
{
    Shard *s = &store->shard[key.high % SHARDS];
    pthread_mutex_lock(&s->lock);
    void *thing = s->n ? slot_of(s->slot, s->cap, key)->thing : NULL;
    s->asked++;
    s->found += thing != NULL;
    pthread_mutex_unlock(&s->lock);
    return thing;
}

void *store_keep(Store *store, Hash key, void *thing)
{
    Shard *s = &store->shard[key.high % SHARDS];
    pthread_mutex_lock(&s->lock);
    if ((s->n + 1) * 4 > s->cap * 3)
        grow(s);
    Slot *slot = slot_of(s->slot, s->cap, key);
    if (!slot->thing) {
        *slot = (Slot){key, thing};
        s->n++;
    }
    thing = slot->thing;
    pthread_mutex_unlock(&s->lock);
    return thing;
}

StoreCount store_count(Store *store)
{
    StoreCount c = {0, 0, 0};
    for (size_t i = 0; i < SHARDS; i++) {
        Shard *s = &store->shard[i];
        pthread_mutex_lock(&s->lock);
        c.kept += s->n;
        c.asked += s->asked;
        c.found += s->found;
        pthread_mutex_unlock(&s->lock);
    }
    return c;
}
