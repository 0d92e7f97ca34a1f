#include "base/colour.h"

#include <math.h>

/* Shares of the primaries in luminance (ITU-R BT.709). */
#define RED 0.2126
#define GREEN 0.7152
#define BLUE 0.0722

/* IEC 61966-2-1. */
static double linear(double v)
{
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double encoded(double v)
{
    return v <= 0.0031308 ? v * 12.92 : 1.055 * pow(v, 1 / 2.4) - 0.055;
}

static double channel(Colour colour, int shift)
{
    return linear((double)(colour >> shift & 0xFF) / 255);
}

double colour_luminance(Colour c)
{
    return RED * channel(c, 16) + GREEN * channel(c, 8) + BLUE * channel(c, 0);
}

double colour_contrast(Colour a, Colour b)
{
    double x = colour_luminance(a) + 0.05, y = colour_luminance(b) + 0.05;
    return x > y ? x / y : y / x;
}

/* CIE 15: cube root above, a line below (6/29)³. */
#define DARK (216.0 / 24389)
#define SLOPE (24389.0 / 27)

double colour_lightness(Colour c)
{
    double y = colour_luminance(c);
    return y > DARK ? 116 * cbrt(y) - 16 : SLOPE * y;
}

Colour colour_clearer(Colour a, Colour b, Colour ground)
{
    return colour_contrast(a, ground) >= colour_contrast(b, ground) ? a : b;
}

Colour colour_grey_of_luminance(double luminance)
{
    double exact = 255 * encoded(fmin(fmax(luminance, 0), 1));
    /* What is a whole shade but for rounding stays that shade. */
    double shade = exact < 128 ? floor(exact + 1e-6) : ceil(exact - 1e-6);
    Colour v = (Colour)shade;
    return v << 16 | v << 8 | v;
}

Colour colour_grey_of_lightness(double l)
{
    return colour_grey_of_luminance(l > 8 ? pow((l + 16) / 116, 3) : l / SLOPE);
}

/* Shades of luminance in so many steps: finer than the difference of the two darkest shades. */
enum { STEPS = 8192 };

void colour_greys(const unsigned char *rgb, size_t n, unsigned char *grey)
{
    double red[256], green[256], blue[256];
    unsigned char shade[STEPS + 1];
    for (int i = 0; i < 256; i++) {
        double v = linear((double)i / 255) * STEPS;
        red[i] = RED * v;
        green[i] = GREEN * v;
        blue[i] = BLUE * v;
    }
    for (int i = 0; i <= STEPS; i++)
        shade[i] = (unsigned char)(255 * encoded((double)i / STEPS) + 0.5);
    for (size_t i = 0; i < n; i++, rgb += 3)
        grey[i] = shade[(int)(red[rgb[0]] + green[rgb[1]] + blue[rgb[2]] + 0.5)];
}
