/* What words are divided by at the ends of lines. */
#ifndef COMMAND_DIVIDE_H
#define COMMAND_DIVIDE_H

#include "command/command.h"
#include "language/hyphenate.h"
#include "layout/layout.h"

/* Maps the file that was made when the program was built, and gives its path, which the caller frees.
 * NULL when it isn't there or can't be used. */
HyphenData *divide_open(char **path);

/* Reads a file of exceptions. False when it can't be read; that and what is wrong in it is reported. */
bool divide_read(Hyphenation *hyphenation, Diags *diags, const char *path);

/* For a report: the mapped file, and the report's own exceptions from orddeling.txt. */
typedef struct {
    HyphenData *data;
    Hyphenation *hyphenation;
    uint16_t file; /* of exceptions; 0 when there is none */
    Str exceptions;
} Divide;

/* Warns where words can't be divided, and reports what is wrong with the report's exceptions. */
void divide_load(Divide *divide, Diags *diags, const char *folder);
void divide_drop(Divide *divide);
/* The report's exceptions and those of a layout, which come second. The caller drops it. */
Hyphenation *divide_for_layout(const Divide *divide, Diags *diags, const Layout *layout);

#endif
