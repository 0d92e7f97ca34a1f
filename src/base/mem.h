/* Memory that is there or ends the program.
 *
 * briefpack is a command: without memory it can finish nothing, and every output file is written
 * under no name until it is complete (file.h), so the best it can do is to say so and stop. These
 * functions never return NULL; when memory runs out they print "briefpack: error: out of memory"
 * and leave with status 3. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

#define MEM_NEVER_NULL __attribute__((returns_nonnull))
void *mem_alloc(size_t size) MEM_NEVER_NULL;
void *mem_zalloc(size_t size) MEM_NEVER_NULL;
void *mem_realloc(void *p, size_t size) MEM_NEVER_NULL;
/* Room for n things of the given size; an overflowing product counts as out of memory. */
void *mem_array(size_t n, size_t size) MEM_NEVER_NULL;
char *mem_strndup(const char *s, size_t n) MEM_NEVER_NULL;
void mem_free(void *p);

/* The end when memory runs out; for libraries that report it instead of asking us for memory. */
_Noreturn void mem_fail(void);

/* Whether a sanitizer brings an allocator and address space of its own. */
#ifdef __has_feature
#define SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#elif defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

#endif
