/* Total-fit line breaking (Knuth & Plass, Breaking Paragraphs into Lines, 1981). A pure function of
 * widths; all lengths in points. */
#ifndef TEXT_LINEBREAK_H
#define TEXT_LINEBREAK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A place where a line may end. Widths are measured along the paragraph as if it were one line. */
typedef struct {
    double to;            /* from the paragraph's start to where a line that breaks here ends */
    double from;          /* … to where the next line begins, behind the space that goes */
    double hyphen;        /* width of the hyphen that breaking here adds, 0 for none */
    double cost;          /* demerits of breaking here, beside those of the line and the hyphen */
    uint32_t spaces;      /* spaces before this place that justified text stretches */
    uint32_t next_spaces; /* the same, counted to where the next line begins */
    bool forced;          /* a line must end here; the last break of a paragraph is forced */
} BreakPoint;

typedef struct {
    double measure;
    bool justify;
    double space; /* natural width of a space, for justified text */
} BreakStyle;

/* Chooses the breaks whose lines together have the fewest demerits. points[n - 1] must be forced.
 * Writes the indices of the chosen points to `chosen` (room for n) and returns how many there are.
 * A line may be wider than the measure only where no break could have made it narrower. */
size_t break_lines(const BreakPoint *points, size_t n, const BreakStyle *style, uint32_t *chosen);

/* What a line from after point a (-1: the start) to point b costs; a huge number when it doesn't
 * fit. The sum over a paragraph is what break_lines makes least. */
double break_demerits(const BreakPoint *points, size_t n, const BreakStyle *style, long a,
                      size_t b);

/* What break_demerits gives for a line that doesn't fit. */
#define BREAK_IMPOSSIBLE 1e30

#endif
