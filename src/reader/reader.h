/* Files to a Report. */
#ifndef READER_READER_H
#define READER_READER_H

#include "report/report.h"

typedef struct {
    Diags *diags;
    TermsFind *terms; /* the words must outlive the Report */
    void *context;
} ReaderOptions;

/* Reads a report: a folder with a report.md, or a .md file. Everything that is wrong is reported,
 * as far as reading gets. The caller owns the Report and drops it with report_drop. NULL, with an error reported, when there is nothing to
 * go on with; *unreadable then tells whether a file could not be read. */
Report *report_read(const char *path, const ReaderOptions *options, bool *unreadable);

#endif
