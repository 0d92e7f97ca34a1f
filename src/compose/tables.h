/* What the files on tables share. */
#ifndef COMPOSE_TABLES_H
#define COMPOSE_TABLES_H

#include "compose/internal.h"

/* A table that is being made. Lengths are in points; arrays have one element for each column. */
typedef struct {
    Composer *c;
    TableSpec *t;   /* whose width may become less */
    float *natural; /* without a line broken */
    float *least;   /* with no word broken */
    float *loose;   /* the longest word among numbers, or in the stead of one */
    float *comma;   /* from the left of a column of numbers to the decimal comma … */
    float *after;   /* … and from there to where they end */
    float *fold;    /* of the head of a column of numbers that is set in two lines, else 0 */
    float *x, *width;
    float scale;  /* of the sizes of its type */
    float gap;    /* between columns */
    bool turned;  /* its page */
    bool folded;  /* the heads of numbers are broken, … */
    bool agreed;  /* … as those of a table with the same heads are */
    bool broken;  /* it is too wide all the same: words are broken anywhere, which was told */
    bool above;   /* what names a row stands over its numbers */
    bool stacked; /* each row is a block of lines … */
    float label;  /* … with so much room for what the head says … */
    const Node *head_node; /* … and these cells of the head */
    float room;            /* for the table as its page lies */
    Str form;              /* as its head has it */
    const Style *group_style;
    TableHead *head;
    Node node, body;
    StrBuf text; /* scratch */
} TableBuilder;

/* What stands in a column of numbers without being one ends at the comma, and is broken. */
static inline bool table_is_loose(const TableBuilder *b, size_t row, size_t column,
                                  const CellContent *content)
{
    return b->t->column[column].decimal && !content->number && !content->words &&
           content->comma < 0 && row < b->t->rows;
}

/* Finds the content of a cell, in the size that the table is set in. Of its parts those are set that it has: all of them
 * are a kilobyte and a half. */
void table_cell(const TableBuilder *b, size_t row, size_t column, CellContent *content);
/* What a page says that rows under a title go on to; it outlives the batch. */
Spec *table_continued(TableBuilder *b, Str title);

/* ---- table_stacked.c ------------------------------------------------------------------------ */

/* Measures what the head says. */
void table_begin_stack(TableBuilder *b);
/* Adds the head of the first column, where that has the blocks' headlines: pages repeat it. */
void table_stack_head(TableBuilder *b);
bool table_has_headlines(const TableBuilder *b);
/* Adds a row as a block of lines; `cell` has the nodes of its cells. */
void table_stack_row(TableBuilder *b, size_t row, const Node *cell, Str destination);

/* ---- table_numbers.c ------------------------------------------------------------------------ */

/* From the left of a number that is laid out on one line to its decimal comma. */
float table_comma(TableBuilder *b, const Spec *spec);

/* ---- table_widths.c ------------------------------------------------------------------------- */

/* Measures all cells and sets the columns' widths and places. A table that is too wide is set smaller or
 * turns its page, as far as the layout lets it, and says so; or its rows are to be stacked. */
void table_set_widths(TableBuilder *b);

#endif
