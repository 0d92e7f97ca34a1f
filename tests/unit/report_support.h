/* What the tests of reader, report, edition and document share: reports that are read from text. */
#ifndef REPORT_SUPPORT_H
#define REPORT_SUPPORT_H

#include "page_support.h"
#include "reader/reader.h"

typedef struct {
    Kit *kit;
    const Terms *english;
    char folder[32];
} ReportKit;

/* A folder for reports, beside what sets type. */
void report_kit_open(ReportKit *reports, Kit *kit);
void report_kit_close(ReportKit *reports);

/* Writes a file beside the report. */
void report_beside(ReportKit *reports, const char *name, Str bytes);
/* The report with these bytes; NULL when there is nothing to go on with. The caller drops it. */
Report *report_of_bytes(ReportKit *reports, Str text);
/* The same, checked, of a text without errors. */
Report *report_of(ReportKit *reports, const char *text);

/* What was said, without the folder; the caller frees. It is forgotten. */
char *report_said(ReportKit *reports);

void check_str(Str found, const char *expected);
/* The text of inlines in Danish. */
void check_inlines(const Kit *kit, const Inline *inlines, const char *expected);

#endif
