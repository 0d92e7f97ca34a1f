/* An arena: many small allocations that are released together. Not for use by two threads at once. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/str.h"

typedef struct ArenaChunk ArenaChunk;

typedef struct {
    ArenaChunk *chunks; /* newest first */
    char *next, *end;   /* free room in the newest chunk */
    size_t chunk_size;  /* of the next chunk; grows to a bound */
} Arena;

/* An Arena of zeros is ready for use. */
void arena_drop(Arena *arena);
/* Forgets everything but keeps the newest chunk for reuse. */
void arena_reset(Arena *arena);

/* Memory for `size` bytes, aligned for any type but long double; the arena owns it. */
void *arena_alloc(Arena *arena, size_t size);
void *arena_zalloc(Arena *arena, size_t size);
/* Like arena_alloc without alignment; for text. */
char *arena_bytes(Arena *arena, size_t size);
Str arena_str(Arena *arena, Str s);
/* A copy of n things of the given size; `from` may be NULL when there are none. */
void *arena_copy(Arena *arena, const void *from, size_t n, size_t size);
/* A copy of n bytes with a zero behind them. */
char *arena_strndup(Arena *arena, const char *s, size_t n);

#define arena_new(arena, type) ((type *)arena_zalloc((arena), sizeof(type)))
#define arena_array(arena, n, type) ((type *)arena_alloc((arena), (size_t)(n) * sizeof(type)))

#endif
