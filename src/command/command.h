/* What the commands share. */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include "base/str.h"

/* Exit statuses. */
enum { STATUS_OK = 0, STATUS_INPUT = 1, STATUS_USAGE = 2, STATUS_FILE = 3 };

#ifndef BRIEFPACK_VERSION
#define BRIEFPACK_VERSION "0.1.0"
#endif

int command_build(int argc, char **argv);

/* Prints "briefpack: error: …" and, for wrong usage, where to read more. Returns the status. */
int command_fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- paths.c: where layouts, terms and fonts are found -------------------------------------- */

typedef struct {
    char *folder
        [4]; /* searched in this order: the report's, the user's, the system's, the program's */
    size_t n;
} Paths;

void paths_find(Paths *paths, const char *report_folder);
void paths_drop(Paths *paths);
/* The first folder that has the file, as a path that the caller frees, or NULL. */
char *paths_file(const Paths *paths, const char *kind, Str name, const char *ending);

#endif
