#include "base/array.h"

#include <stdint.h>

#include "base/mem.h"

void *array_grown(void *at, size_t *cap, size_t need, size_t size)
{
    size_t want = *cap ? *cap : 8;
    while (want < need)
        want += want / 2;
    if (want > SIZE_MAX / size)
        mem_fail();
    *cap = want;
    return mem_realloc(at, want * size);
}

void array_release(void *at)
{
    mem_free(at);
}
