#include "image/image_internal.h"

/* CMYK as a print shop means it, not as 1 − ink: interpolated between the measured colours of the
 * sixteen overprints (Neugebauer's primaries). They are those of FOGRA39L, coated offset paper
 * under ISO 12647-2, from Debian's icc-profiles-free, taken relative to paper white and to its
 * darkest black and converted to sRGB. Over the 1,617 patches measured there the mean distance is
 * 10 of 255; 1 − ink is 44 away. */

enum { CYAN = 1, MAGENTA = 2, YELLOW = 4, BLACK = 8 };

static const unsigned char primaries[16][3] = {
    [0] = {255, 255, 255},
    [CYAN] = {0, 159, 227},
    [MAGENTA] = {230, 0, 126},
    [CYAN | MAGENTA] = {50, 41, 132},
    [YELLOW] = {255, 237, 0},
    [CYAN | YELLOW] = {0, 151, 66},
    [MAGENTA | YELLOW] = {227, 13, 23},
    [CYAN | MAGENTA | YELLOW] = {52, 52, 50},
    [BLACK] = {32, 32, 30},
    [CYAN | BLACK] = {0, 19, 34},
    [MAGENTA | BLACK] = {40, 0, 7},
    [CYAN | MAGENTA | BLACK] = {12, 0, 17},
    [YELLOW | BLACK] = {31, 32, 0},
    [CYAN | YELLOW | BLACK] = {0, 24, 2},
    [MAGENTA | YELLOW | BLACK] = {37, 5, 0},
    [CYAN | MAGENTA | YELLOW | BLACK] = {6, 4, 0},
};

#define ONE 4096u /* full coverage */

/* Coverage a (0–1) as it works in sRGB's curve: a(3 + a)/4, fitted to the same patches. */
static uint32_t effect(unsigned char ink)
{
    const uint32_t most = 255 * (3 * 255 + 255);
    return (ink * (3u * 255 + ink) * ONE + most / 2) / most;
}

/* One colour channel; values are 1/256 of a level. */
static unsigned char mix(const uint32_t inks[4], unsigned channel)
{
    uint32_t values[16];
    for (unsigned i = 0; i < 16; i++)
        values[i] = (uint32_t)primaries[i][channel] << 8;
    for (unsigned ink = 4, half = 8; half > 0; half /= 2) {
        uint32_t share = inks[--ink];
        for (unsigned i = 0; i < half; i++)
            values[i] = (values[i] * (ONE - share) + values[i + half] * share + ONE / 2) / ONE;
    }
    return (unsigned char)((values[0] + 128) >> 8);
}

void image_cmyk_to_rgb(const unsigned char *cmyk, size_t pixels, unsigned char *rgb)
{
    for (size_t i = 0; i < pixels; i++, cmyk += 4, rgb += 3) {
        uint32_t inks[4] = {effect(cmyk[0]), effect(cmyk[1]), effect(cmyk[2]), effect(cmyk[3])};
        for (unsigned channel = 0; channel < 3; channel++)
            rgb[channel] = mix(inks, channel);
    }
}
