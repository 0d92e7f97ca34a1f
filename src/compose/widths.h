/* How wide the columns of a table had best be. A pure function of the widths of words; lengths are in
 * points. docs/typography.md says what is weighed. */
#ifndef COMPOSE_WIDTHS_H
#define COMPOSE_WIDTHS_H

#include "text/text.h"

/* A paragraph in a cell. */
typedef struct {
    const TextPart *part;
    size_t parts;
    float leading, before;
} WidthText;

/* A cell whose lines may be broken. */
typedef struct {
    uint32_t row, column;
    const WidthText *text;
    size_t texts;
    bool head; /* of a column: where its words are divided, that costs less */
} WidthCell;

typedef struct {
    size_t rows, columns;
    const WidthCell *cell;
    size_t cells;
    const float *base;           /* of each row: it is as high as this at least */
    const float *least, *widest; /* of each column: bounds of its width */
    float room;                  /* for all columns together */
} WidthTable;

/* Height of a cell at a width. Adds to *divided how many words have to be divided there, and tells by
 * *over that a part of one is wider than the width all the same; either may be NULL. */
float widths_cell(const WidthCell *cell, float width, unsigned *divided, bool *over);

/* The narrowest that a cell can be: its widest word, or, with `divide`, the widest part of one. */
float widths_least(const WidthCell *cell, bool divide);

/* The narrowest at which a cell has no more than so many lines in each of its texts, with no word divided: its
 * widest word where that is enough. */
float widths_folded(const WidthCell *cell, unsigned lines);

/* What a table costs with its columns so wide: the heights of its rows, and something for every cell
 * whose lines are broken and every word that is divided. */
float widths_cost(const WidthTable *table, const float *width);

/* Chooses widths within their bounds and the room, of which `width` gets one for each column, at the
 * least cost: the best there is where few ways have to be tried, else one that no exchange between two
 * columns makes better. The bounds' least widths must have room together. */
void widths_choose(const WidthTable *table, float *width);

#endif
