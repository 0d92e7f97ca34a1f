/* Diagnostics: what is wrong, where, and what to do about it. They are collected and printed
 * together, so that one run shows every error. Not for use by two threads at once: each has a branch. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/str.h"

/* A place in one of the files that Diags knows. Lines and columns count from 1, columns in
 * characters; line 0 means the file as a whole (printed as 1:1), file 0 no file at all. */
typedef struct {
    uint32_t line;
    uint16_t column;
    uint16_t file;
} Pos;

typedef enum { DIAG_ERROR, DIAG_WARNING } DiagLevel;

typedef struct Diags Diags;

Diags *diags_new(void);
void diags_drop(Diags *diags);

/* Diagnostics of the same files, for work that goes on beside other work; no file may be made known
 * meanwhile. diags_join moves them to the end of those that they branched from, and drops the branch. */
Diags *diags_branch(const Diags *diags);
void diags_join(Diags *diags, Diags *branch);

/* Makes a file known and returns its number. The path is copied; the text, n bytes from mem_alloc or
 * NULL, is now the Diags' and stays until diags_release_text or diags_drop. */
uint16_t diags_file(Diags *diags, const char *path, char *text, size_t n);
/* Frees the text of a file that may be large. Should something be said of the file after all, it is read
 * again. */
void diags_release_text(Diags *diags, uint16_t file);
const char *diags_path(const Diags *diags, uint16_t file);

/* Messages say first what is wrong, quote their subject, and have no full stop. */
void diag_error(Diags *diags, Pos pos, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diag_warning(Diags *diags, Pos pos, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds a hint to the newest diagnostic; an empty hint adds nothing. */
void diag_hint(Diags *diags, const char *format, ...) __attribute__((format(printf, 2, 3)));

size_t diags_count(const Diags *diags, DiagLevel level);
/* The i-th diagnostic in the order they were given, for tests. NULL when there is none. */
const char *diags_message(const Diags *diags, size_t i);
Pos diags_pos(const Diags *diags, size_t i);

/* Prints and forgets what was collected, in order of file and position:
 *     path:line:column: error: message
 * then the line with a caret, then the hint. What was said twice of one place is printed once. */
void diags_print(Diags *diags, FILE *out);

/* The candidate that a misspelt word most likely means, or NULL; for "did you mean". */
const char *diag_nearest(Str word, const char *const *candidates, size_t n);

#endif
