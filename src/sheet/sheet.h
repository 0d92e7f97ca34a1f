/* Pages to print sheets: the same drawings, two to a side. */
#ifndef SHEET_SHEET_H
#define SHEET_SHEET_H

#include "document/document.h"

typedef enum {
    SHEET_TWO_UP, /* pages 1 and 2 side by side, then 3 and 4 … */
    SHEET_BOOKLET /* in the order in which sheets printed on both sides are folded together */
} SheetKind;

/* A document of sheets in landscape, each of the size of a page turned. It has no structure: print
 * copies are for paper alone. It borrows from `from`, which must outlive it. */
Document *sheet_impose(const Document *from, SheetKind kind);

/* The page (from 0) on each half of a sheet's side; pages or more for an empty half. Sides count
 * from 0. */
void sheet_pages(SheetKind kind, uint32_t pages, uint32_t side, uint32_t half[2]);
uint32_t sheet_sides(SheetKind kind, uint32_t pages);

#endif
