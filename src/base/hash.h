/* 128-bit content hashes (XXH3): the names under which paragraphs and word shapes are kept, and
 * the /ID of a file. Equal hashes are taken for equal content: by chance that happens once in
 * 2^64 pairs. Not for defence against an adversary. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t high, low;
} Hash;

Hash hash_bytes(const void *p, size_t n);
static inline bool hash_equal(Hash a, Hash b)
{
    return a.low == b.low && a.high == b.high;
}

/* Hashing of a stream of bytes. */
typedef struct HashState HashState;
HashState *hash_begin(void);
void hash_update(HashState *state, const void *p, size_t n);
Hash hash_value(const HashState *state);
void hash_end(HashState *state);

#endif
