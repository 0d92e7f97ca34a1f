#include "text/linebreak.h"

#include "base/array.h"
#include "base/mem.h"

/* The numbers that steer the choice. The first four are TeX's (The TeXbook, ch. 14). */
#define LINE_PENALTY 10.0     /* added to a line's badness: fewer lines are better */
#define HYPHEN_PENALTY 50.0   /* a hyphen costs as much as a line of badness 50 */
#define DOUBLE_HYPHEN 10000.0 /* two hyphens in a row */
#define LAST_HYPHEN 5000.0    /* a hyphen on the line before the last */
#define RAGGED_STRETCH                                                                             \
    0.12                  /* of the measure: a ragged line this much short is as bad (100)
                                    * as a justified one that stretches its spaces to the bound */
#define SPACE_STRETCH 0.5 /* of a space, in justified text */
#define SPACE_SHRINK 0.33
#define SHORT_LAST 0.15            /* of the measure: a last line shorter than this … */
#define SHORT_LAST_PENALTY 40000.0 /* … looks like a mistake */
#define OVERFULL 1e20              /* more than any sum of lines that fit */
#define FITS 1e-3                  /* rounding of sums of widths */

static double cubed(double r)
{
    return 100 * r * r * r;
}

/* Badness of a line with this much room left, negative when it has to shrink. */
static double badness(double slack, double spaces, const BreakStyle *s, bool last)
{
    if (!s->justify)
        return last ? 0 : cubed(slack / (s->measure * RAGGED_STRETCH));
    if (slack >= 0)
        return last         ? 0
               : spaces > 0 ? cubed(slack / (spaces * s->space * SPACE_STRETCH))
                            : cubed(slack / (s->space * SPACE_STRETCH));
    double room = spaces * s->space * SPACE_SHRINK;
    return -slack <= room + FITS ? cubed(room > 0 ? -slack / room : 0) : BREAK_IMPOSSIBLE;
}

double break_demerits(const BreakPoint *p, size_t n, const BreakStyle *s, long a, size_t b)
{
    double start = a < 0 ? 0 : p[a].from;
    uint32_t first_space = a < 0 ? 0 : p[a].next_spaces;
    double width = p[b].to + p[b].hyphen - start;
    double slack = s->measure - width;
    bool last = p[b].forced;
    if (slack < -FITS && !s->justify)
        return BREAK_IMPOSSIBLE;
    double spaces = p[b].spaces > first_space ? (double)(p[b].spaces - first_space) : 0;
    double bad = badness(slack, spaces, s, last);
    if (bad >= BREAK_IMPOSSIBLE)
        return bad;
    double d = (LINE_PENALTY + bad) * (LINE_PENALTY + bad) + p[b].cost;
    bool hyphen = p[b].hyphen > 0, after_hyphen = a >= 0 && p[a].hyphen > 0;
    if (hyphen)
        d += HYPHEN_PENALTY * HYPHEN_PENALTY;
    if (hyphen && after_hyphen)
        d += DOUBLE_HYPHEN;
    if (b == n - 1 && after_hyphen)
        d += LAST_HYPHEN;
    if (b == n - 1 && a >= 0 && width < s->measure * SHORT_LAST)
        d += SHORT_LAST_PENALTY;
    return d;
}

/* The best way to break at a point. */
typedef struct {
    double demerits;
    long previous; /* point of the line before, -1 the start */
} Best;

/* Finds the best line that ends at b, among those that begin at one of the active points. Points
 * from which every line has become too long are let go. */
static Best best_line(const BreakPoint *p, size_t n, const BreakStyle *s, const Best *best,
                      long *active, size_t *actives, size_t b)
{
    Best found = {BREAK_IMPOSSIBLE, -1};
    long latest = active[*actives - 1];
    double widest = s->justify ? s->measure * (1 + SPACE_SHRINK) : s->measure;
    size_t kept = 0;
    for (size_t i = 0; i < *actives; i++) {
        long a = active[i];
        double sum = break_demerits(p, n, s, a, b) + (a < 0 ? 0 : best[a].demerits);
        if (sum < found.demerits)
            found = (Best){sum, a};
        if (p[b].to - (a < 0 ? 0 : p[a].from) <= widest + FITS)
            active[kept++] = a;
    }
    *actives = kept;
    if (found.demerits >= BREAK_IMPOSSIBLE) /* nothing fits: overfull from the nearest point */
        found = (Best){(latest < 0 ? 0 : best[latest].demerits) + OVERFULL, latest};
    return found;
}

/* What fits on one line and isn't told to break has no better way to be set. */
static bool fits_one_line(const BreakPoint *p, size_t n, const BreakStyle *s)
{
    for (size_t i = 0; i + 1 < n; i++)
        if (p[i].forced)
            return false;
    return p[n - 1].to <= s->measure + FITS;
}

size_t break_lines(const BreakPoint *p, size_t n, const BreakStyle *s, uint32_t *chosen)
{
    if (fits_one_line(p, n, s)) {
        chosen[0] = (uint32_t)n - 1;
        return 1;
    }
    Best *best = mem_array(n, sizeof *best);
    long *active = mem_array(n + 1, sizeof *active);
    size_t actives = 1;
    active[0] = -1;
    for (size_t b = 0; b < n; b++) {
        best[b] = best_line(p, n, s, best, active, &actives, b);
        if (p[b].forced)
            actives = 0;
        active[actives++] = (long)b;
    }
    size_t lines = 0;
    for (long b = (long)n - 1; b >= 0; b = best[b].previous)
        chosen[lines++] = (uint32_t)b;
    for (size_t i = 0; i < lines / 2; i++) {
        uint32_t t = chosen[i];
        chosen[i] = chosen[lines - 1 - i];
        chosen[lines - 1 - i] = t;
    }
    mem_free(best);
    mem_free(active);
    return lines;
}
