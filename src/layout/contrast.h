/* Contrast of text on its ground, by the Web Content Accessibility Guidelines 2.2 (1.4.3). */
#ifndef LAYOUT_CONTRAST_H
#define LAYOUT_CONTRAST_H

#include "layout/layout.h"

/* Where something was said, and after how much else. */
typedef struct {
    Pos pos;
    unsigned order;
} SaidAt;

typedef struct {
    SaidAt style[STYLE_COUNT]; /* the colour of each style, or its size or weight */
    SaidAt colour[COLOUR_COUNT];
} Said;

/* What text of a style needs: less when it is large. */
double contrast_needed(const Style *style);
/* The colour nearest to this one, darker or else lighter, that has so much contrast on a ground. */
Colour contrast_mend(Colour colour, Colour ground, double needed);
/* Reports, where it was said last, what makes a text too pale for its ground: each place once. */
void contrast_check(const Layout *layout, const Said *said_at, Diags *diags);

#endif
