/* How hard a report is to read, as a table. */
#ifndef COMMAND_LIX_H
#define COMMAND_LIX_H

#include <stdio.h>

#include "report/report.h"

/* A line for each section with its words and its LIX, and one for all of them. */
void lix_print(FILE *out, const Report *report);

#endif
