/* Preloaded into a program: its FAIL_AT-th allocation fails, and with FAIL_ALL every one after it.
 * With FAIL_COUNT, a file, the number of allocations is written there at the end. */
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static atomic_long count;
static long fail_at;
static int fail_all;

static long number_of(const char *name)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : 0;
}

__attribute__((constructor)) static void begin(void)
{
    fail_at = number_of("FAIL_AT");
    fail_all = number_of("FAIL_ALL") != 0;
    atomic_store(&count, 0);
}

__attribute__((destructor)) static void end(void)
{
    long n = atomic_load(&count);
    const char *path = getenv("FAIL_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file)
        return;
    fprintf(file, "%ld\n", n);
    fclose(file);
}

static int fails(void)
{
    long i = atomic_fetch_add(&count, 1) + 1;
    if (!fail_at || (fail_all ? i < fail_at : i != fail_at))
        return 0;
    errno = ENOMEM;
    return 1;
}

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

/* What src/command/memory.c calls. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);

void *__libc_malloc(size_t size)
{
    static void *(*real)(size_t);
    if (!real)
        *(void **)&real = next("__libc_malloc");
    return fails() ? NULL : real(size);
}

void *__libc_calloc(size_t n, size_t size)
{
    static void *(*real)(size_t, size_t);
    if (!real)
        *(void **)&real = next("__libc_calloc");
    return fails() ? NULL : real(n, size);
}

void *__libc_realloc(void *p, size_t size)
{
    static void *(*real)(void *, size_t);
    if (!real)
        *(void **)&real = next("__libc_realloc");
    return fails() ? NULL : real(p, size);
}
