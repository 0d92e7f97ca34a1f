#include <math.h>

#include "layout/layout.h"

/* Series of charts lie so far apart, in L*, and so far from the paper: what a grey printer keeps apart. */
#define SERIES_APART 18.0

enum { SERIES = 3 };

static const ColourRole series[SERIES] = {COLOUR_primary, COLOUR_secondary, COLOUR_tertiary};

/* What a role must have against the lightest and darkest of its grounds. */
static double contrast_of(int role)
{
    switch (role) {
    case COLOUR_ink:
    case COLOUR_primary:
    case COLOUR_primary_text:
    case COLOUR_caution:
    case COLOUR_muted:
        return CONTRAST_TEXT;
    case COLOUR_secondary:
    case COLOUR_axis:
        return CONTRAST_GRAPHICS;
    default:
        return 0; /* fills and hairlines */
    }
}

static double contrast_here(const Layout *l, int role, Colour colour)
{
    static const ColourRole grounds[] = {COLOUR_paper, COLOUR_tint, COLOUR_caution_tint};
    double least = INFINITY;
    /* What is drawn on paper alone need not stand out from tints. */
    size_t n = contrast_of(role) < CONTRAST_TEXT ? 1 : sizeof grounds / sizeof *grounds;
    for (size_t i = 0; i < n; i++)
        least = fmin(least, colour_contrast(colour, l->colour[grounds[i]]));
    return least;
}

/* The lightest that still has its contrast, at most as light as it is. */
static double lightest(const Layout *l, int role, double lightness)
{
    while (lightness > 0 &&
           contrast_here(l, role, colour_grey_of_lightness(lightness)) < contrast_of(role))
        lightness -= 0.5;
    return fmax(lightness, 0);
}

static void sort_by_lightness(ColourRole *role, const Layout *l)
{
    for (int i = 1; i < SERIES; i++)
        for (int k = i; k > 0 && colour_lightness(l->colour[role[k]]) <
                                     colour_lightness(l->colour[role[k - 1]]);
             k--) {
            ColourRole other = role[k];
            role[k] = role[k - 1];
            role[k - 1] = other;
        }
}

/* Moves the series apart, in their order; where there is no room towards the paper, darker. */
static void spread_series(Layout *l)
{
    ColourRole role[SERIES] = {series[0], series[1], series[2]};
    double at[SERIES], next = colour_lightness(l->colour[COLOUR_paper]);
    sort_by_lightness(role, l);
    for (int i = 0; i < SERIES; i++) {
        at[i] = colour_lightness(l->colour[role[i]]);
        if (i)
            at[i] = fmax(at[i], at[i - 1] + SERIES_APART);
    }
    for (int i = SERIES; i-- > 0;) {
        at[i] = lightest(l, (int)role[i], fmin(at[i], next - SERIES_APART));
        next = at[i];
    }
    for (int i = 0; i < SERIES; i++)
        l->colour[role[i]] = colour_grey_of_lightness(at[i]);
}

void layout_make_grey(Layout *l)
{
    l->grey = true;
    for (int i = 0; i < COLOUR_COUNT; i++)
        l->colour[i] = colour_grey(l->colour[i]);
    for (int i = 0; i < COLOUR_COUNT; i++)
        if (contrast_of(i) > 0)
            l->colour[i] = colour_grey_of_lightness(lightest(l, i, colour_lightness(l->colour[i])));
    spread_series(l);
    for (int i = 0; i < STYLE_COUNT; i++)
        l->style[i].colour = l->style[i].colour_role >= 0 ? l->colour[l->style[i].colour_role]
                                                          : colour_grey(l->style[i].colour);
}
