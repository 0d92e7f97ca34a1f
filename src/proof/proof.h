/* Proofreading: what arithmetic, the calendar and spelling find wrong in a report, and how hard it is to
 * read. docs/report-format.md lists the checks ("What is checked") with the codes that silence them. */
#ifndef PROOF_PROOF_H
#define PROOF_PROOF_H

#include "report/report.h"

/* Says what is wrong with a report that report_check has passed over. Time is linear in its size. */
void proof_check(const Report *report, Diags *diags);

/* How hard a section is to read: LIX, the Danish and Swedish measure (C. H. Björnsson, 1968). */
typedef struct {
    size_t words, long_words, sentences; /* long: more than six letters */
} Readability;

/* Counts each section of the report; `section` has room for all of them. */
void proof_readability(const Report *report, Readability *section);
/* Words a sentence plus the long words in percent, rounded; 0 without words. */
int readability_lix(const Readability *r);

#endif
