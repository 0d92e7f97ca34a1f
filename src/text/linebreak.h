/* Total-fit line breaking (Knuth & Plass, Breaking Paragraphs into Lines, 1981). A pure function of
 * widths; all lengths in points. docs/typography.md tells what each number is for. */
#ifndef TEXT_LINEBREAK_H
#define TEXT_LINEBREAK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What stands behind a place to the end of the paragraph, or to the next break that was asked for: words, one word,
 * or a scrap: one short word, or the rest of a divided one. */
typedef enum { REST_TEXT, REST_WORD, REST_SCRAP, RESTS } BreakRest;

/* A place where a line may end. Widths are measured along the paragraph as if it were one line. */
typedef struct {
    double to;     /* from the paragraph's start to where a line that breaks here ends */
    double from;   /* … to where the next line begins, behind the space that goes */
    double hyphen; /* width of the hyphen that breaking here adds, 0 for none */
    double hang;   /* how far what ends here may stand beyond the measure */
    double cost; /* demerits of breaking here, beside those of the line and the hyphen; below 0 only
                  * where a trace is given */
    uint32_t spaces;      /* spaces before this place that justified text stretches */
    uint32_t next_spaces; /* the same, counted to where the next line begins */
    bool forced;          /* a line must end here; the last break of a paragraph is forced */
    bool dash;            /* the text itself has a hyphen or dash here */
    BreakRest rest;       /* what follows up to the next forced break */
} BreakPoint;

/* How lines fill the measure. Centred ones want to be of one length, the last as well. */
typedef enum { BREAK_RAGGED, BREAK_JUSTIFIED, BREAK_CENTRED } BreakFill;

typedef struct {
    double measure;
    BreakFill fill;
    double space;       /* natural width of a space, for justified text, … */
    double least_space; /* … which is shrunk to no less than this */
    double letters; /* part of their width that justified letters may give or take, 0 for none */
    double indent;  /* of the first line; a last line shorter than it looks like a mistake */
    double turn;    /* of lines behind a break that nobody asked for */
    double
        shortest; /* part of the measure that only the last line may be shorter than; 0 for 0.75 */
} BreakStyle;

/* How tight a line is set. Lines beside each other shouldn't be two classes apart. */
typedef enum { FIT_TIGHT, FIT_DECENT, FIT_LOOSE, FIT_VERY_LOOSE, FITS } BreakFit;

/* A line that could be, as it was weighed. */
typedef struct {
    long from;           /* point that it begins after, -1 the start */
    size_t to;           /* point that it ends at */
    double width, ratio; /* of the room that is left to what the line can give, below 0 to shrink */
    double badness, demerits; /* of the line alone */
    BreakFit fit;
} BreakLine;

/* Hears of every line that was weighed, some twice, and nothing of those that can't be set. */
typedef struct {
    void (*weighed)(void *context, const BreakLine *line);
    void *context;
} BreakTrace;

/* How far a justified line of this width stretches (or, below 0, shrinks) to take up the slack: at 1
 * and -1 its letters and spaces are at their bounds; beyond, spaces alone go on. */
double break_ratio(const BreakStyle *style, double width, double slack, double spaces);

/* Chooses the breaks whose lines together have the fewest demerits. points[n - 1] must be forced.
 * Writes the indices of the chosen points to `chosen` (room for n) and returns how many there are.
 * A line may be wider than the measure only where no break could have made it narrower. `trace` may
 * be NULL. */
size_t break_lines(const BreakPoint *points, size_t n, const BreakStyle *style,
                   const BreakTrace *trace, uint32_t *chosen);

/* What break_lines makes least: the demerits of lines that end at these points, with those of
 * neighbours that don't go together. BREAK_IMPOSSIBLE when a line doesn't fit. */
double break_demerits(const BreakPoint *points, size_t n, const BreakStyle *style,
                      const uint32_t *chosen, size_t lines);

/* What a hyphen at a line's end costs, beside its place: as much as a line of badness 50 (The TeXbook, ch. 14). */
#define BREAK_HYPHEN 2500.0
/* More than any sum of lines that fit. */
#define BREAK_IMPOSSIBLE 1e30

#endif
