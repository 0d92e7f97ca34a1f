/* A report and what it takes to read it. */
#ifndef COMMAND_LOAD_H
#define COMMAND_LOAD_H

#include "base/diag.h"
#include "command/divide.h"
#include "report/report.h"
#include "text/fonts.h"

typedef struct {
    Diags *diags;
    Paths paths;
    Report *report; /* NULL when there is nothing to go on with */
    int status;     /* STATUS_FILE when it could not be read */
    Arena arena;    /* of the terms */
    const Terms *terms;
    Str terms_language;
    Divide divide;
} Load;

/* Reads the report at a path, with all checks of its text; what is wrong is in its diagnostics. */
void load_report(Load *load, const char *path, const Telling *telling);
/* Its status, or STATUS_INPUT where something is wrong with it. */
int load_status(const Load *load);
void load_drop(Load *load);

/* The path of a layout's file for layout_read, whose context is the Load; the caller frees. */
char *load_find_layout(void *load, Str name, const char *hiding);
/* The name of the layout that a misspelt one most likely means, in the same way, or NULL. */
char *load_guess_layout(void *load, Str name);
/* The fonts that the report may use: every folder fonts/ is searched, the program's own as well. NULL when
 * their configuration is missing, which has been reported. */
Fonts *load_fonts(Load *load);

#endif
