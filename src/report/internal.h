/* Within the folder. */
#ifndef REPORT_INTERNAL_H
#define REPORT_INTERNAL_H

#include "report/report.h"

/* Says what is doubtful of the value of a key figure, and where it says another unit than the figure. */
void figure_check_value(const KeyFigure *figure, const Terms *terms, Diags *diags);

/* Calls back for each list of inlines that a block has itself, in reading order: its children have their own. */
typedef void InlinesVisitor(void *context, Inline *inlines);
void block_each_inlines(const Block *block, InlinesVisitor *visit, void *context);

/* closed.c: reports what stands in closed parts but would be printed in open ones. The figures of inlines are
 * known. */
void closed_check(const Report *report, Diags *diags);

/* basis.c: marks the key figures of recommendations' bases that stand at places which these name. */
void basis_settle(Report *report);

/* pull_outs.c: reports key figures that are pulled out where nothing can stand beside the text, or twice in a
 * theme or another section. */
void pull_outs_check(const Report *report, Diags *diags);

#endif
