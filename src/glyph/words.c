#include "glyph/words.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/mem.h"

/* Chunks of the table of numbers never move, so that it can be read while it grows. */
enum { CHUNK = 4096, CHUNKS = 1 << 14 };

struct Words {
    Store *store;
    _Atomic(uint32_t) next;
    _Atomic(const GlyphWord **) *chunk; /* CHUNKS of them */
    pthread_mutex_t grow;
};

Words *words_new(void)
{
    Words *w = mem_zalloc(sizeof *w);
    w->store = store_new();
    pthread_mutex_init(&w->grow, NULL);
    w->chunk = mem_zalloc(CHUNKS * sizeof *w->chunk);
    return w;
}

void words_drop(Words *w)
{
    if (!w)
        return;
    for (size_t i = 0; i < CHUNKS && w->chunk[i]; i++)
        mem_free(w->chunk[i]);
    store_drop(w->store);
    pthread_mutex_destroy(&w->grow);
    mem_free(w->chunk);
    mem_free(w);
}

const GlyphWord *words_find(Words *w, Hash key)
{
    return store_find(w->store, key);
}

static const GlyphWord **new_chunk(Words *w, size_t at)
{
    pthread_mutex_lock(&w->grow);
    const GlyphWord **chunk = atomic_load(&w->chunk[at]);
    if (!chunk) {
        chunk = mem_zalloc(CHUNK * sizeof *chunk);
        atomic_store(&w->chunk[at], chunk);
    }
    pthread_mutex_unlock(&w->grow);
    return chunk;
}

const GlyphWord *words_keep(Words *w, Hash key, GlyphWord *word)
{
    word->id = atomic_fetch_add(&w->next, 1);
    size_t at = word->id / CHUNK;
    if (at >= CHUNKS)
        mem_fail(); /* 67 million different words */
    const GlyphWord **chunk = atomic_load(&w->chunk[at]);
    if (!chunk)
        chunk = new_chunk(w, at);
    chunk[word->id % CHUNK] = word;
    return store_keep(w->store, key, word);
}

const GlyphWord *words_at(const Words *w, uint32_t id)
{
    return atomic_load_explicit(&w->chunk[id / CHUNK], memory_order_acquire)[id % CHUNK];
}

uint32_t words_numbered(const Words *w)
{
    return atomic_load(&w->next);
}

StoreCount words_count(const Words *w)
{
    return store_count(w->store);
}
