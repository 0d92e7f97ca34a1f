/* Pages to print sheets: the same drawings, two to a side. */
#ifndef SHEET_SHEET_H
#define SHEET_SHEET_H

#include "document/document.h"

typedef enum {
    SHEET_TWO_UP, /* pages 1 and 2 side by side, then 3 and 4 … */
    SHEET_BOOKLET /* in the order in which sheets printed on both sides are folded together */
} SheetKind;

/* In points, upright as the pages are. */
typedef struct {
    float width, height;
} SheetPaper;

/* A document of sheets, each of the size of the paper turned. Pages keep their size where half a sheet has
 * room for them, else they are as large as it allows. It has no structure: print copies are for paper
 * alone. It borrows from `from`, which must outlive it. */
Document *sheet_impose(const Document *from, SheetKind kind, SheetPaper paper);

/* The page (from 0) on each half of a sheet's side; pages or more for an empty half. Sides count
 * from 0. */
void sheet_pages(SheetKind kind, uint32_t pages, uint32_t side, uint32_t half[2]);
uint32_t sheet_sides(SheetKind kind, uint32_t pages);

#endif
