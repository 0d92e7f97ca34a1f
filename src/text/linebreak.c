#include "text/linebreak.h"

#include <math.h>

#include "base/array.h"
#include "base/mem.h"

/* The numbers that steer the choice. Those of lines and hyphens are TeX's (The TeXbook, ch. 14). */
#define LINE_PENALTY 10.0     /* added to a line's badness: fewer lines are better */
#define UNLIKE_LINES 10000.0  /* neighbours two classes apart */
#define DOUBLE_HYPHEN 10000.0 /* two hyphens in a row */
#define TRIPLE_HYPHEN 1e7     /* three: never, unless a line would be too wide */
#define LAST_HYPHEN 5000.0    /* a hyphen on the line before the last */
/* Of the measure: a ragged line this much short is as bad (100) as a justified one that stretches its
 * spaces to the bound. */
#define RAGGED_STRETCH 0.18
#define SPACE_STRETCH 0.5          /* of a space, in justified text */
#define SPACE_SHRINK 0.33          /* … but for what would leave less than the style's least */
#define SHORTEST 0.75              /* of the measure: only the last line may be shorter … */
#define SHORTEST_PENALTY 1e7       /* … unless letters would have to be parted anywhere */
#define SHORT_LAST 0.15            /* of the measure: a last line shorter than this … */
#define SHORT_LAST_PENALTY 40000.0 /* … looks like a mistake */
/* So does a last line of one word. Instead of a scrap any ragged line may be had that fills three quarters of the
 * measure, and spaces nearly twice as wide; instead of a longer word a ragged line of some 83 per cent. */
static const double rest_demerits[] = {[REST_TEXT] = 0, [REST_WORD] = 20000, [REST_SCRAP] = 400000};
#define OVERFULL 1e20 /* more than any sum of lines that fit */
#define ROUNDING 1e-3 /* of sums of widths */
/* Of the measure: shorter lines are weighed only when nothing else is good. */
#define LIKELY 0.55

/* What each space can give. */
static double shrink_of(const BreakStyle *s)
{
    return fmin(s->space * SPACE_SHRINK, fmax(s->space - s->least_space, 0));
}

/* ---- one line ------------------------------------------------------------------------------- */

double break_ratio(const BreakStyle *s, double width, double slack, double spaces)
{
    double letters = width * s->letters, space = s->space * (spaces > 0 ? spaces : 1);
    if (slack < 0) {
        double room = spaces * shrink_of(s) + letters;
        return room > 0 ? slack / room : slack < -ROUNDING ? -2 : 0;
    }
    /* A paragraph of one long word has nothing to stretch: its lines end as ragged ones do. */
    double stretch = space > 0 ? space * SPACE_STRETCH : s->measure * RAGGED_STRETCH;
    double room = stretch + letters;
    return slack <= room ? slack / room : (slack - letters) / stretch;
}

static BreakFit fit_of(double ratio)
{
    return ratio < -0.5   ? FIT_TIGHT
           : ratio <= 0.5 ? FIT_DECENT
           : ratio <= 1   ? FIT_LOOSE
                          : FIT_VERY_LOOSE;
}

static double start_of(const BreakPoint *p, const BreakStyle *s, long a)
{
    return a < 0 ? -s->indent : p[a].forced ? p[a].from : p[a].from - s->turn;
}

/* Of the last line of a paragraph, or the one before an end that was asked for. */
static double short_end_demerits(const BreakPoint *p, const BreakStyle *s, const BreakLine *line)
{
    if (line->from < 0 || p[line->from].forced)
        return 0;
    bool is_short = line->width < s->indent || line->width < s->measure * SHORT_LAST;
    return (is_short ? SHORT_LAST_PENALTY : 0) + rest_demerits[p[line->from].rest];
}

static double own_demerits(const BreakPoint *p, const BreakStyle *s, const BreakLine *line)
{
    const BreakPoint *end = &p[line->to];
    double d = (LINE_PENALTY + line->badness) * (LINE_PENALTY + line->badness) + end->cost;
    if (end->hyphen > 0)
        d += BREAK_HYPHEN;
    if (!end->forced && line->width < s->measure * (s->shortest > 0 ? s->shortest : SHORTEST))
        d += SHORTEST_PENALTY;
    if (end->forced)
        d += short_end_demerits(p, s, line);
    return d;
}

/* Weighs the line from behind point a to point b; false when it can't be set. */
static bool weigh(const BreakPoint *p, const BreakStyle *s, long a, size_t b, BreakLine *line)
{
    double width = p[b].to + p[b].hyphen - start_of(p, s, a);
    double slack = s->measure + p[b].hang - width;
    bool free_end = p[b].forced && s->fill != BREAK_CENTRED;
    *line = (BreakLine){.from = a, .to = b, .width = width, .fit = FIT_DECENT};
    if (s->fill != BREAK_JUSTIFIED) {
        if (slack < -ROUNDING)
            return false;
        line->ratio = slack / (s->measure * RAGGED_STRETCH);
    } else {
        uint32_t first = a < 0 ? 0 : p[a].next_spaces;
        line->ratio =
            break_ratio(s, width, slack, p[b].spaces > first ? (double)(p[b].spaces - first) : 0);
        if (line->ratio < -1 - ROUNDING)
            return false;
    }
    if (!free_end || slack < 0) {
        line->badness = 100 * fabs(line->ratio * line->ratio * line->ratio);
        line->fit = fit_of(line->ratio);
    }
    line->demerits = own_demerits(p, s, line);
    return true;
}

/* ---- neighbours ----------------------------------------------------------------------------- */

/* What a line's successor depends on: how it is set, and how many lines up to it end in a hyphen. */
enum { HYPHENS = 2, STATES = FITS * HYPHENS, DECENT_START = FIT_DECENT * HYPHENS };

static bool has_hyphen(const BreakPoint *p, long a)
{
    return a >= 0 && (p[a].hyphen > 0 || p[a].dash);
}

static double together(const BreakPoint *p, size_t n, long a, unsigned state, const BreakLine *line)
{
    int apart = (int)line->fit - (int)(state / HYPHENS);
    double d = apart > 1 || apart < -1 ? UNLIKE_LINES : 0;
    if (!has_hyphen(p, a))
        return d;
    if (has_hyphen(p, (long)line->to))
        d += state % HYPHENS ? TRIPLE_HYPHEN : DOUBLE_HYPHEN;
    return line->to == n - 1 ? d + LAST_HYPHEN : d;
}

static unsigned state_after(const BreakPoint *p, long a, const BreakLine *line)
{
    bool second = has_hyphen(p, a) && has_hyphen(p, (long)line->to);
    return (unsigned)line->fit * HYPHENS + second;
}

double break_demerits(const BreakPoint *p, size_t n, const BreakStyle *s, const uint32_t *chosen,
                      size_t lines)
{
    double sum = 0;
    long a = -1;
    unsigned state = DECENT_START;
    for (size_t i = 0; i < lines; i++) {
        BreakLine line;
        if (!weigh(p, s, a, chosen[i], &line))
            return BREAK_IMPOSSIBLE;
        sum += line.demerits + together(p, n, a, state, &line);
        state = state_after(p, a, &line);
        a = (long)chosen[i];
    }
    return sum;
}

/* ---- all ways to break ---------------------------------------------------------------------- */

/* The best way to come to a point in a state. */
typedef struct {
    double demerits;
    int32_t previous; /* point of the line before, -1 the start */
    uint8_t state;    /* … and its state */
} Way;

typedef struct {
    Way state[STATES];
} Ways;

typedef struct {
    const BreakPoint *p;
    size_t n;
    const BreakStyle *style;
    const BreakTrace *trace;
    Ways *ways;        /* of the start, and then of each point */
    long *active;      /* points where a line may begin, first to last */
    size_t first, end; /* of them */
    double hang;       /* the most that anything hangs */
    double shortest;   /* line that is weighed, unless it ends where it must */
    double most; /* demerits that a way may have: more is known to be worse than another way */
} Search;

static void go_on(const Search *s, const BreakLine *line, Ways *to)
{
    const Ways *from = &s->ways[line->from + 1];
    Way *way = &to->state[state_after(s->p, line->from, line)];
    bool hyphens = has_hyphen(s->p, line->from);
    for (unsigned i = 0; i < STATES; i += hyphens ? 1 : HYPHENS) {
        if (from->state[i].demerits >= BREAK_IMPOSSIBLE)
            continue;
        double sum = from->state[i].demerits + line->demerits +
                     together(s->p, s->n, line->from, i, line);
        if (sum < way->demerits && sum <= s->most)
            *way = (Way){sum, (int32_t)line->from, (uint8_t)i};
    }
}

static unsigned best_state(const Ways *ways)
{
    unsigned best = 0;
    for (unsigned i = 1; i < STATES; i++)
        if (ways->state[i].demerits < ways->state[best].demerits)
            best = i;
    return best;
}

static bool is_reached(const Ways *ways)
{
    return ways->state[best_state(ways)].demerits < BREAK_IMPOSSIBLE;
}

/* Whether every line from a to b or a later point is too long. */
static bool too_long(const Search *s, long a, size_t b)
{
    double width = s->p[b].to - start_of(s->p, s->style, a);
    if (s->style->fill == BREAK_JUSTIFIED) {
        uint32_t first = a < 0 ? 0 : s->p[a].next_spaces;
        double spaces = s->p[b].spaces > first ? (double)(s->p[b].spaces - first) : 0;
        width -= spaces * shrink_of(s->style) + width * s->style->letters;
    }
    return width > s->style->measure + s->hang + ROUNDING;
}

/* Finds the best lines that end at b. Active points go from the longest line to the shortest; those
 * from which every line has become too long are let go. */
static void come_to(Search *s, size_t b)
{
    const BreakPoint *p = s->p;
    Ways *ways = &s->ways[b + 1];
    for (unsigned i = 0; i < STATES; i++)
        ways->state[i].demerits = BREAK_IMPOSSIBLE;
    while (s->first < s->end && too_long(s, s->active[s->first], b))
        s->first++;
    for (size_t i = s->first; i < s->end; i++) {
        long a = s->active[i];
        BreakLine line;
        if (!p[b].forced && p[b].to + p[b].hyphen - start_of(p, s->style, a) < s->shortest)
            return;
        if (!weigh(p, s->style, a, b, &line))
            continue;
        go_on(s, &line, ways);
        if (s->trace)
            s->trace->weighed(s->trace->context, &line);
    }
}

/* Nothing fits: a line that is too wide, from the nearest point. */
static void come_to_overfull(Search *s, size_t b, long latest)
{
    unsigned best = best_state(&s->ways[latest + 1]);
    double sum = s->ways[latest + 1].state[best].demerits + OVERFULL;
    s->ways[b + 1].state[DECENT_START] = (Way){sum, (int32_t)latest, (uint8_t)best};
}

/* What is looked at: places that need no hyphen; all places, in lines that are likely to be good; all. */
typedef enum { LOOK_PLAIN, LOOK_LIKELY, LOOK_ALL } Look;

static void begin(Search *s, double shortest, double most)
{
    s->shortest = shortest;
    s->most = most;
    s->first = s->end = 0;
    s->active[s->end++] = -1;
    for (unsigned i = 0; i < STATES; i++)
        s->ways[0].state[i].demerits = BREAK_IMPOSSIBLE;
    s->ways[0].state[DECENT_START] = (Way){0, -1, 0};
}

/* Whether no line that is looked at ends here. */
static bool is_passed(const Search *s, Look look, const BreakPoint *p)
{
    bool hyphen = p->hyphen > 0;
    double least = p->cost + (hyphen ? BREAK_HYPHEN : 0);
    return !p->forced && ((hyphen && look == LOOK_PLAIN) || least > s->most);
}

/* Returns the least demerits of the whole, among what is looked at; gives up where that leads nowhere. */
static double search(Search *s, Look look, double shortest, double most)
{
    begin(s, shortest, most);
    for (size_t b = 0; b < s->n; b++) {
        if (is_passed(s, look, &s->p[b]))
            continue;
        long latest = s->active[s->end - 1];
        come_to(s, b);
        bool reached = is_reached(&s->ways[b + 1]);
        if (!reached && look == LOOK_ALL)
            come_to_overfull(s, b, latest);
        if (s->p[b].forced)
            s->first = s->end;
        if (reached || look == LOOK_ALL)
            s->active[s->end++] = (long)b;
        if (s->first == s->end)
            return BREAK_IMPOSSIBLE;
    }
    return s->ways[s->n].state[best_state(&s->ways[s->n])].demerits;
}

/* The shortest line that a paragraph can have which costs no more than this: shorter ones cost more by
 * themselves. */
static double shortest_line(const BreakStyle *s, double demerits)
{
    double likely = s->measure * LIKELY;
    if (s->fill == BREAK_JUSTIFIED || demerits >= SHORTEST_PENALTY)
        return likely;
    double badness = sqrt(demerits) - LINE_PENALTY;
    double ratio = badness > 0 ? cbrt(badness / 100) : 0;
    return fmax(likely, s->measure * (1 - RAGGED_STRETCH * ratio) - ROUNDING);
}

/* What a line costs at least that ends in a hyphen; BREAK_IMPOSSIBLE where none can. */
static double least_for_hyphen(const Search *s)
{
    double least = BREAK_IMPOSSIBLE;
    for (size_t i = 0; i < s->n; i++)
        if (s->p[i].hyphen > 0)
            least = fmin(least, s->p[i].cost + BREAK_HYPHEN);
    return least;
}

/* Every line that isn't looked at would cost more than the whole does; so would every way that costs
 * more than the whole without hyphens. */
static void find_best(Search *s)
{
    double likely = s->style->measure * LIKELY, plain = BREAK_IMPOSSIBLE;
    double hyphen = least_for_hyphen(s);
    if (!s->trace && hyphen < BREAK_IMPOSSIBLE) {
        plain = search(s, LOOK_PLAIN, likely, BREAK_IMPOSSIBLE);
        if (plain <= fmin(hyphen, SHORTEST_PENALTY))
            return; /* one hyphen costs as much */
    }
    if (search(s, LOOK_LIKELY, shortest_line(s->style, plain), plain) >= SHORTEST_PENALTY)
        search(s, LOOK_ALL, -HUGE_VAL, BREAK_IMPOSSIBLE);
}

/* What fits on one line and isn't told to break has no better way to be set. */
static bool fits_one_line(const BreakPoint *p, size_t n, const BreakStyle *s)
{
    for (size_t i = 0; i + 1 < n; i++)
        if (p[i].forced)
            return false;
    return p[n - 1].to + s->indent <= s->measure + ROUNDING;
}

static size_t trace_back(const Search *s, uint32_t *chosen)
{
    size_t lines = 0;
    unsigned state = best_state(&s->ways[s->n]);
    for (long b = (long)s->n - 1; b >= 0;) {
        const Way *way = &s->ways[b + 1].state[state];
        chosen[lines++] = (uint32_t)b;
        b = way->previous;
        state = way->state;
    }
    for (size_t i = 0; i < lines / 2; i++) {
        uint32_t t = chosen[i];
        chosen[i] = chosen[lines - 1 - i];
        chosen[lines - 1 - i] = t;
    }
    return lines;
}

size_t break_lines(const BreakPoint *p, size_t n, const BreakStyle *style, const BreakTrace *trace,
                   uint32_t *chosen)
{
    if (!trace && fits_one_line(p, n, style)) {
        chosen[0] = (uint32_t)n - 1;
        return 1;
    }
    Search s = {.p = p, .n = n, .style = style, .trace = trace};
    s.ways = mem_array(n + 1, sizeof *s.ways);
    s.active = mem_array(n + 1, sizeof *s.active);
    for (size_t i = 0; i < n; i++)
        s.hang = fmax(s.hang, p[i].hang);
    find_best(&s);
    size_t lines = trace_back(&s, chosen);
    mem_free(s.ways);
    mem_free(s.active);
    return lines;
}
