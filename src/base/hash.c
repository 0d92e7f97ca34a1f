#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/mem.h"

struct HashState {
    XXH3_state_t xxh;
};

static Hash from_xxh(XXH128_hash_t h)
{
    return (Hash){h.high64, h.low64};
}

Hash hash_bytes(const void *p, size_t n)
{
    return from_xxh(XXH3_128bits(p, n));
}

HashState *hash_begin(void)
{
    HashState *state = NULL;
    if (posix_memalign((void **)&state, 64, sizeof *state) != 0)
        mem_fail();
    XXH3_INITSTATE(&state->xxh);
    XXH3_128bits_reset(&state->xxh);
    return state;
}

void hash_update(HashState *state, const void *p, size_t n)
{
    XXH3_128bits_update(&state->xxh, p, n);
}

Hash hash_value(const HashState *state)
{
    return from_xxh(XXH3_128bits_digest(&state->xxh));
}

void hash_end(HashState *state)
{
    mem_free(state);
}
