#include "text/balance.h"

#include <math.h>

/* The narrowest measure leaves no choice. So much more of it lets a line end at a better word. */
#define CHOICE 0.15
enum { HALVINGS = 10 }; /* to a thousandth of the measure */

static bool fits(const BreakPoint *p, size_t n, const BreakStyle *s, uint32_t *chosen, size_t most)
{
    size_t lines = break_lines(p, n, s, NULL, chosen);
    return lines <= most && break_demerits(p, n, s, chosen, lines) < BREAK_IMPOSSIBLE;
}

/* The least that the lines need. */
static double narrowest(const BreakPoint *p, size_t n, const BreakStyle *style, uint32_t *chosen,
                        size_t lines)
{
    BreakStyle s = *style;
    double low = 0, high = style->measure;
    for (int i = 0; i < HALVINGS; i++) {
        s.measure = (low + high) / 2;
        if (fits(p, n, &s, chosen, lines))
            high = s.measure;
        else
            low = s.measure;
    }
    return high;
}

size_t break_balanced(const BreakPoint *points, size_t n, BreakStyle *style,
                      const BreakTrace *trace, uint32_t *chosen)
{
    size_t lines = break_lines(points, n, style, NULL, chosen);
    if (lines > 1 && break_demerits(points, n, style, chosen, lines) < BREAK_IMPOSSIBLE) {
        double least = narrowest(points, n, style, chosen, lines);
        style->measure = fmin(style->measure, least * (1 + CHOICE));
        style->fill = BREAK_CENTRED; /* whose last line counts as the others do */
        if (!fits(points, n, style, chosen, lines))
            style->measure = least;
    }
    return break_lines(points, n, style, trace, chosen);
}
