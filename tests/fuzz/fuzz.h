/* Fuzz targets: tests/fuzz/fuzz_NAME.c has the entry point of libFuzzer, and tests/fuzz/corpus/NAME what
 * to start from and what was found. `make fuzz` looks for more; `make check` runs each file of the corpora
 * once through the same entry point, with a plain main (once.c). */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"
#include "language/terms.h"

/* Always 0, as libFuzzer asks. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Ends the program with a message when what must hold doesn't. */
#define MUST_HOLD(condition, ...)                                                                  \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: ", __FILE__, __LINE__);                                        \
            fprintf(stderr, __VA_ARGS__);                                                          \
            fprintf(stderr, "\n");                                                                 \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* The words of a language, "da" or "en", read once. The working folder is the project's. */
const Terms *fuzz_terms(const char *language);
/* The same for readers; NULL for other languages. */
const Terms *fuzz_find_terms(void *context, Str language);

/* A file of these bytes; the caller unlinks it and frees its path. */
char *fuzz_file(Str bytes);

#endif
