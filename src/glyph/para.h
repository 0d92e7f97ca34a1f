/* A paragraph broken into lines. It is a pure function of what was asked for and holds nothing of
 * where it came from, so that every document can share it. Lengths are in points. */
#ifndef GLYPH_PARA_H
#define GLYPH_PARA_H

#include "glyph/words.h"

enum {
    RUN_UNDERLINE = 1,
    RUN_STRIKE = 2,
    RUN_VERBATIM =
        4 /* as code is: every blank counts, and no word is divided by rules of language */
};

/* Neighbouring pieces of one style and one source. */
typedef struct {
    uint32_t first;  /* piece */
    uint16_t source; /* number of the run in the request: which inline it comes from */
    uint8_t flags;
    float size, rise; /* rise lifts it off the baseline */
    uint32_t colour;  /* 0xRRGGBB */
} GlyphRun;

enum {
    LINE_HYPHENATED = 1, /* ends with a hyphen within a word, be it in the text or not */
    LINE_BIDI = 2,       /* pieces don't follow each other from left to right */
    LINE_TURNED = 4, /* goes on with a line that had no room, in text whose lines mean something */
    LINE_BRACKETED = 8 /* ends within brackets that it or a line above it has opened */
};

typedef struct {
    uint32_t first, end; /* pieces; those of the space that it was broken at come last */
    uint32_t run;        /* of the first piece */
    float x;             /* of its left end, from the paragraph's left edge */
    float width;         /* without the space that it was broken at */
    float extra;         /* added to every space, in justified text */
    float scale; /* of the letters' widths, 1 but for justified text that may stretch them */
    uint32_t flags;
} GlyphLine;

/* A character that no font has; or, with `mark`, a letter whose fonts lack that mark, which others have. */
typedef struct {
    uint32_t character, mark;
    uint16_t source;
} GlyphMissing;

typedef struct {
    const GlyphLine *line;
    const GlyphRun *run;
    const uint32_t *piece; /* words of the store, in reading order */
    const float *piece_x;  /* from the line's left end; NULL when no line is LINE_BIDI */
    const GlyphMissing *missing;
    uint32_t lines, runs, pieces, missing_count;
    float width;    /* of the widest line */
    float least;    /* of the widest part that is never broken */
    bool emergency; /* a word had to be broken where it shouldn't */
} GlyphPara;

/* Index of the run that a piece belongs to, starting the search at `from`. */
static inline uint32_t para_run_of(const GlyphPara *p, uint32_t piece, uint32_t from)
{
    while (from + 1 < p->runs && p->run[from + 1].first <= piece)
        from++;
    return from;
}

/* Width of a piece in points, with what justification adds to a space. */
static inline float piece_width(const GlyphWord *w, const GlyphRun *run, const GlyphLine *line)
{
    float width = (float)w->width * run->size * w->scale / (float)w->face->upem * line->scale;
    return w->flags & WORD_SPACE ? width + line->extra : width;
}

#endif
