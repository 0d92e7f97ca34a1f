#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"

/* Small first chunk: a report of a few pages touches few memory pages. The largest stays below what
 * malloc takes straight from the system, so that memory that others have freed is used again. */
enum { FIRST_CHUNK = 8 << 10, LARGEST_CHUNK = 120 << 10 };

/* What anything in an arena is aligned for; nothing there is a long double. */
typedef union {
    void *pointer;
    double number;
    int64_t integer;
} Aligned;

struct ArenaChunk {
    ArenaChunk *next;
    size_t size;
    alignas(Aligned) char bytes[];
};

static void arena_grow(Arena *a, size_t size)
{
    size_t want = a->chunk_size ? a->chunk_size : FIRST_CHUNK;
    if (size > SIZE_MAX / 2)
        mem_fail();
    a->chunk_size = want * 2 < LARGEST_CHUNK ? want * 2 : LARGEST_CHUNK;
    if (want < size)
        want = size;
    ArenaChunk *chunk = mem_alloc(sizeof *chunk + want);
    chunk->size = want;
    chunk->next = a->chunks;
    a->chunks = chunk;
    a->next = chunk->bytes;
    a->end = chunk->bytes + want;
}

void *arena_alloc(Arena *a, size_t size)
{
    size_t align = alignof(Aligned);
    size_t pad = (align - (uintptr_t)a->next % align) % align;
    if (!a->next || (size_t)(a->end - a->next) < pad || (size_t)(a->end - a->next) - pad < size) {
        arena_grow(a, size);
        pad = 0;
    }
    void *p = a->next + pad;
    a->next += pad + size;
    return p;
}

void *arena_zalloc(Arena *a, size_t size)
{
    return memset(arena_alloc(a, size), 0, size);
}

char *arena_bytes(Arena *a, size_t size)
{
    if ((size_t)(a->end - a->next) < size)
        arena_grow(a, size);
    char *p = a->next;
    a->next += size;
    return p;
}

char *arena_strndup(Arena *a, const char *s, size_t n)
{
    char *p = arena_bytes(a, n + 1);
    if (n)
        memcpy(p, s, n);
    p[n] = 0;
    return p;
}

Str arena_str(Arena *a, Str s)
{
    return (Str){arena_strndup(a, s.p, s.n), s.n};
}

void *arena_copy(Arena *a, const void *from, size_t n, size_t size)
{
    void *to = arena_alloc(a, n * size);
    if (from && n)
        memcpy(to, from, n * size);
    return to;
}

void arena_reset(Arena *a)
{
    ArenaChunk *keep = a->chunks;
    if (!keep)
        return;
    for (ArenaChunk *c = keep->next, *next; c; c = next) {
        next = c->next;
        mem_free(c);
    }
    keep->next = NULL;
    a->next = keep->bytes;
    a->end = keep->bytes + keep->size;
}

void arena_drop(Arena *a)
{
    for (ArenaChunk *c = a->chunks, *next; c; c = next) {
        next = c->next;
        mem_free(c);
    }
    *a = (Arena){0};
}
