/* What the files that turn a report's blocks into units share: blocks.c adds text and lists and calls the others,
 * boxes.c adds quotations and boxes, visits.c visits. */
#ifndef COMPOSE_BLOCKS_H
#define COMPOSE_BLOCKS_H

#include "compose/internal.h"

/* The same column over all columns where the layout says so. */
Column column_spread(const Composer *c, const Column *col, Span span);

void quote_add(Composer *c, const Block *b, Column *column);
void box_add(Composer *c, const Block *b, Column *column);
void visit_add(Composer *c, const Block *b, Column *col);

#endif
