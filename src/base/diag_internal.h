/* What the files about diagnostics share. */
#ifndef BASE_DIAG_INTERNAL_H
#define BASE_DIAG_INTERNAL_H

#include "base/array.h"
#include "base/diag.h"

typedef struct {
    char *path, *text;
    size_t n;
    size_t *line, lines; /* where each begins, once one was asked for */
} DiagFile;

/* A second place. */
typedef struct {
    Pos pos;
    char *message;
} DiagPlace;

typedef struct {
    DiagLevel level;
    Pos pos;
    size_t order;
    const char *format; /* in English, whatever the language */
    char *message, *hint;
    DiagPlace *also;
    size_t places;
} Diag;

struct Diags {
    const Diags *stem; /* that has the files of a branch */
    ARRAY(DiagFile) files;
    ARRAY(Diag) list;
    size_t most;  /* of each level that are kept, or 0 */
    size_t given; /* in all */
    size_t count[DIAG_LEVELS], held[DIAG_LEVELS];
    /* Of what is left out: several documents may say the same. */
    ARRAY(uint64_t) left_out[DIAG_LEVELS];
};

/* Sorts by place, forgets repetitions, and keeps no more than the limit. */
void diags_settle(Diags *diags);
void diags_forget(Diags *diags);
/* A sentence on those of a level that were left out. `out` is empty when none were. */
void diags_add_left_out(Diags *diags, DiagLevel level, StrBuf *out);
DiagFile *diags_file_of(Diags *diags, Pos pos);
/* The line of a place; empty where there is none. */
Str diags_line(Diags *diags, Pos pos);

#endif
