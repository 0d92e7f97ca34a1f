/* Files to a Report. */
#ifndef READER_READER_H
#define READER_READER_H

#include "report/report.h"

/* Gives the words of a language, or NULL when there is no such terms file; what is wrong with the
 * file itself has been reported. The words must outlive the Report. */
typedef const Terms *ReaderTerms(void *context, Str language);

typedef struct {
    Diags *diags;
    ReaderTerms *terms;
    void *context;
} ReaderOptions;

/* Reads a report: a folder with a report.md, or a .md file. Everything that is wrong is reported,
 * as far as reading gets. The caller owns the Report and drops it with report_drop. NULL, with an error reported, when there is nothing to
 * go on with; *unreadable then tells whether a file could not be read. */
Report *report_read(const char *path, const ReaderOptions *options, bool *unreadable);

#endif
