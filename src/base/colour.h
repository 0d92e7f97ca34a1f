/* What eyes see of colours: luminance, contrast and lightness, and shades of grey that keep them. */
#ifndef BASE_COLOUR_H
#define BASE_COLOUR_H

#include <stddef.h>
#include <stdint.h>

/* 0xRRGGBB in sRGB. */
typedef uint32_t Colour;

/* WCAG 2.1: of text, and of large text and graphics that carry meaning. */
#define CONTRAST_TEXT 4.5
#define CONTRAST_GRAPHICS 3.0

/* Relative luminance (WCAG 2.1), from 0 to 1. */
double colour_luminance(Colour colour);
/* The contrast of two colours (WCAG 2.1), from 1 to 21. */
double colour_contrast(Colour a, Colour b);
/* CIE L*, from 0 to 100: equal steps look equal. */
double colour_lightness(Colour colour);
/* Of the two, the one that has more contrast to the ground. */
Colour colour_clearer(Colour a, Colour b, Colour ground);

/* The shade of grey of that luminance or lightness. It is rounded to where contrast grows: dark ones down,
 * light ones up. */
Colour colour_grey_of_luminance(double luminance);
Colour colour_grey_of_lightness(double lightness);
static inline Colour colour_grey(Colour colour)
{
    return colour_grey_of_luminance(colour_luminance(colour));
}

/* The same for many: n pixels of three samples to one sample each, to the nearest shade. `grey` may be
 * `rgb` itself. */
void colour_greys(const unsigned char *rgb, size_t n, unsigned char *grey);

#endif
