/* What the tests of pages and of columns share: blocks to break, what a break costs, words at random, and
 * where texts and footnotes stand in a document. */
#ifndef PLAN_SUPPORT_H
#define PLAN_SUPPORT_H

#include "page/internal.h"

#include "report_support.h"

enum { MOST_UNITS = 12 };
#define LINE 15.0f

/* ---- blocks --------------------------------------------------------------------------------- */

typedef struct {
    Unit unit[MOST_UNITS];
    float lines[MOST_UNITS];
    size_t n;
} Blocks;

void add_rule_unit(Blocks *blocks, uint32_t lines, bool keep_next, bool leads_on);
/* Of the blocks from one to another. */
float lines_between(const Blocks *blocks, size_t from, size_t to);

/* What the file plan_costs.c says that a page or column costs: where so many lines are missing at its foot, and the
 * last one where it has so few of the lines of a page. */
float cost_of_missing(float lines);
float cost_of_last(float lines, float page);

/* ---- words ---------------------------------------------------------------------------------- */

void add_random_words(StrBuf *out, Random *random, uint32_t n);

/* A report of sections, tables, lists, boxes and footnotes, the same for each seed; the caller drops it. */
Report *random_report(ReportKit *reports, int seed, unsigned *notes);

/* ---- where things stand --------------------------------------------------------------------- */

Node draw_owner(const Draw *draw);
/* Whether it is text of the structure tree. */
bool draw_is_content(const Document *document, const Draw *draw);
/* The innermost node with a role that it stands in, or NODE_NONE. */
Node draw_inside(const Document *document, const Draw *draw, Role role);
bool draw_is_in_note(const Document *document, const Draw *draw);
/* The last baseline of a text. */
float draw_foot(const Draw *draw);

bool node_is_heading(const Document *document, Node node);
/* Every text is drawn whole, once, and in its order. */
void check_whole(const Document *document, int seed);
/* How many nodes have text of their own. */
size_t count_texts(const Document *document);

/* Whether it is the rule above footnotes. */
bool draw_is_note_rule(const Draw *draw, const Layout *layout);

/* All notes stand on the page of their mark, though one may begin in the next column for want of room; the
 * last `inner`, whose marks stand in other notes, may stand on another page. */
void check_note_pages(const Document *document, unsigned notes, unsigned inner, int seed);

#endif
