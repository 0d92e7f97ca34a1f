/* Memory for the whole program, its libraries too: where it runs out the run ends with a clear error.
 * Some libraries answer a failed allocation with a crash, or with a worse result that nobody would
 * notice. Sanitizers bring an allocator of their own. */
#include <stdlib.h>

#include "base/mem.h"

#if defined __GLIBC__ && !SANITIZED

/* The allocator behind the names that a program may replace. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);

void *malloc(size_t size)
{
    void *p = __libc_malloc(size);
    if (!p)
        mem_fail();
    return p;
}

void *calloc(size_t nmemb, size_t size)
{
    void *p = __libc_calloc(nmemb, size);
    if (!p)
        mem_fail();
    return p;
}

void *realloc(void *ptr, size_t size)
{
    void *p = __libc_realloc(ptr, size);
    if (!p && size)
        mem_fail();
    return p;
}

#endif
