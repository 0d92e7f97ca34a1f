/* Diagnostics: what is wrong, where, and what to do about it. They are collected and printed
 * together, so that one run shows every error. Not for use by two threads at once: each has a branch.
 *
 * Messages say first what is wrong, quote their subject, and have no full stop. A format is a literal,
 * a whole sentence in English, and the key under which po/ has its translation: no words of English may
 * be arguments of it. A table of formats marks each with N_ (message.h). */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/message.h"
#include "base/str.h"

/* A place in one of the files that Diags knows. Lines and columns count from 1, columns in
 * characters; line 0 means the file as a whole (printed as 1:1), file 0 no file at all. */
typedef struct {
    uint32_t line;
    uint16_t column;
    uint16_t file;
} Pos;

/* Errors keep anything from being made. A warning is of what is likely wrong; advice of what could be
 * better. */
typedef enum { DIAG_ERROR, DIAG_WARNING, DIAG_ADVICE } DiagLevel;
enum { DIAG_LEVELS = 3 };

typedef struct Diags Diags;

Diags *diags_new(void);
void diags_drop(Diags *diags);
/* Keeps, of each level, only the first `most` by their place, so that no input can fill the memory with
 * what is wrong with it; the others are counted. 0: all, as in the beginning. */
void diags_limit(Diags *diags, size_t most);

/* Diagnostics of the same files, for work that goes on beside other work; no file may be made known
 * meanwhile. diags_join moves them to the end of those that they branched from, and drops the branch. */
Diags *diags_branch(const Diags *diags);
void diags_join(Diags *diags, Diags *branch);

/* Makes a file known and returns its number. The path is copied; the text, n bytes from mem_alloc or
 * NULL, is now the Diags' and stays until diags_release_text or diags_drop. */
uint16_t diags_file(Diags *diags, const char *path, char *text, size_t n);
/* Frees the text of a file that may be large. Should something be said of the file after all, it is read
 * and decoded again (encoding.h). */
void diags_release_text(Diags *diags, uint16_t file);
const char *diags_path(const Diags *diags, uint16_t file);
/* Where words first stand at or behind `from`, within so many lines; `from` where they don't. */
Pos diags_find(Diags *diags, Pos from, uint32_t lines, Str words);

void diag_error(Diags *diags, Pos pos, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diag_warning(Diags *diags, Pos pos, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diag_advice(Diags *diags, Pos pos, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* For functions that take a format themselves. */
void diag_say(Diags *diags, DiagLevel level, Pos pos, const char *format, va_list args)
    __attribute__((format(printf, 4, 0)));

/* Adds a second place to the newest diagnostic ("the other value is here"), shown with its line.
 * Several may be added; beyond the tenth they are left out. */
void diag_also(Diags *diags, Pos pos, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds a hint to the newest diagnostic; an empty hint adds nothing. */
void diag_hint(Diags *diags, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* How many there were of a level, whatever the limit. */
size_t diags_count(const Diags *diags, DiagLevel level);
/* The i-th diagnostic in the order they were given, for tests. NULL when there is none. */
const char *diags_message(const Diags *diags, size_t i);
Pos diags_pos(const Diags *diags, size_t i);

/* Prints and forgets what was collected, in order of file and position:
 *     path:line:column: error: message
 * then the line with a caret, then other places in the same way, then the hint. What was said twice of
 * one place is printed once. */
void diags_print(Diags *diags, FILE *out);
/* The same for a terminal that shows colours. */
void diags_print_coloured(Diags *diags, FILE *out);
/* Adds what was collected to `out` as JSON objects with commas between them, after a comma where `out`
 * isn't empty, and forgets it. docs/diagnostics.md describes them. */
void diags_json(Diags *diags, StrBuf *out);

/* The candidate that a misspelt word most likely means, or NULL; for "did you mean". Two letters that
 * changed places count as one mistake, capitals as none. */
const char *diag_nearest(Str word, const char *const *candidates, size_t n);
/* Adds that candidate to the newest diagnostic as a hint; false, and no hint, when there is none. */
bool diag_hint_nearest(Diags *diags, Str word, const char *const *candidates, size_t n);

#endif
