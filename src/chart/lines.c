#include <math.h>

#include "base/utf8.h"
#include "chart/internal.h"

/* Values over time: lines in one plot, with value and name at their ends. */

#define BESIDE 0.4f   /* of the width, that a plot keeps beside values and names in one line */
#define NAME_GAP 3.0f /* between a value and the name behind it */
#define LINE_GAP 5.0f /* between the values and names of two lines */

/* ---- looks ---------------------------------------------------------------------------------- */

static bool is_story(const Builder *b, size_t k)
{
    bool rows = false;
    for (size_t i = 0; i < b->rows; i++)
        rows |= b->row[i].emphasis;
    if (!b->emphasised || rows)
        return k == 0;
    return utf8_equal_fold(b->series[k], b->spec->emphasis);
}

/* Lines of one colour are told apart by their dashes, and where there is no colour at all by their marks, too. */
static LineLook look_of(const Builder *b, size_t k)
{
    static const float dashes[MOST_SERIES] = {0, 8, 4, 2};
    static const Mark marks[MOST_SERIES] = {MARK_DOT, MARK_DIAMOND, MARK_SQUARE, MARK_TRIANGLE};
    float scale = mark_scale(b);
    if (is_story(b, k))
        return (LineLook){colour_of(b, COLOUR_primary), STORY * scale, 0, MARK_DOT};
    size_t of_rest = 0;
    for (size_t i = 0; i < k; i++)
        of_rest += !is_story(b, i);
    bool ink = is_ink_only(b);
    size_t which = of_rest + ink < MOST_SERIES ? of_rest + ink : MOST_SERIES - 1;
    return (LineLook){rest_colour(b), REST * scale, dashes[which] * scale,
                      ink ? marks[which] : MARK_DOT};
}

/* ---- ends ----------------------------------------------------------------------------------- */

typedef struct {
    size_t series;
    const Value *value;
    float x, y;   /* of the mark */
    float middle; /* of value and name */
    bool within;  /* they stand in the plot, at a line that ends before it does */
} LineEnd;

/* What stands at the ends, and how. */
typedef struct {
    LineEnd end[MOST_SERIES]; /* from above; of those at one height in the order of the data */
    size_t n;
    int lines;    /* the name behind its value, or below it */
    float height; /* of both */
    float width;
    float gap;  /* from the plot */
    bool moved; /* one of them at least, and then all have leaders */
} Ends;

static void find_ends(const Builder *b, const Plot *p, Ends *ends)
{
    ends->n = 0;
    for (size_t k = 0; k < b->series_n; k++) {
        size_t row = last_row(b, k), i = ends->n;
        if (row == b->rows)
            continue;
        LineEnd e = {.series = k, .value = &b->row[row].value[k], .x = p->x[row]};
        e.y = y_of(p, e.value->low);
        for (; i > 0 && ends->end[i - 1].y > e.y; i--)
            ends->end[i] = ends->end[i - 1];
        ends->end[i] = e;
        ends->n++;
    }
}

static float width_of_ends(const Builder *b, int lines)
{
    float most = 0;
    for (size_t k = 0; k < b->series_n; k++) {
        size_t row = last_row(b, k);
        if (row == b->rows)
            continue;
        float value = text_width(b, &b->q->value, b->row[row].value[k].text);
        float name = text_width(b, &b->q->label, b->series[k]);
        float both = b->series[k].n ? value + NAME_GAP + name : value;
        most = fmaxf(most, lines == 1 ? both : fmaxf(value, name));
    }
    return most;
}

/* Each level with its line's end, or as near to it as the others let it, and above the axis. */
static void place_ends(const Builder *b, const Plot *p, Ends *ends)
{
    float middle[MOST_SERIES];
    find_ends(b, p, ends);
    ends->moved = false;
    for (size_t i = 0; i < ends->n; i++)
        middle[i] = ends->end[i].y;
    push_apart(middle, ends->n, ends->height, ends->height / 2,
               p->top + p->height - ends->height / 2);
    for (size_t i = 0; i < ends->n; i++) {
        ends->end[i].middle = middle[i];
        ends->moved |= fabsf(middle[i] - ends->end[i].y) > moved_most(b);
    }
    ends->gap = room_of_mark(b) + (ends->moved ? LEADER_ROOM : 0);
}

/* From the mark; where the line ends before the plot does, first to where it would have ended. */
static void lead_to_label(Builder *b, const Plot *p, const Ends *ends, const LineEnd *e, float left)
{
    float x = p->left + p->width * e->x, right = p->left + p->width;
    if (e->x < 1)
        add_line(b, x + END_DOT * mark_scale(b), e->y, right + END_DOT * mark_scale(b), e->y,
                 LEADER * mark_scale(b), 0, colour_of(b, COLOUR_axis));
    if (e->x < 1 || ends->moved)
        add_leader(b, right, e->y, left, e->middle);
}

/* Value and name at lines that end before the plot does, where they have room there; behind it they would need a
 * leader that looks like a line. Returns how many, and what they take. */
static size_t add_ends_within(Builder *b, const Plot *p, Ends *ends, Taken *taken)
{
    float half = capital_height(&b->q->value) / 2, away = room_of_mark(b);
    size_t n = 0;
    for (size_t i = 0; i < ends->n; i++) {
        LineEnd *e = &ends->end[i];
        float value = text_width(b, &b->q->value, e->value->text) + NAME_GAP;
        float width = value + text_width(b, &b->q->label, b->series[e->series]);
        float x = p->left + p->width * e->x;
        const Point middle[] = {{x + away + width / 2, e->y},
                                {x + width / 2, e->y - away - half},
                                {x + width / 2, e->y + away + half},
                                {x, e->y - away - half},
                                {x, e->y + away + half}};
        Limits limits = {0, taken, n};
        e->within = e->x < 1 && find_room(b, p, middle, sizeof middle / sizeof *middle, width,
                                          e->series, limits, &taken[n]);
        if (!e->within)
            continue;
        Point left = clear_room(b, &taken[n++]);
        add_words(b, &b->q->value, e->value->text, left.x, left.y);
        if (b->series[e->series].n)
            add_words(b, &b->q->label, b->series[e->series], left.x + value, left.y);
    }
    return n;
}

static void add_ends(Builder *b, const Plot *p, const Ends *ends)
{
    float line = (float)b->q->value.style->leading, left = p->left + p->width + ends->gap;
    for (size_t i = 0; i < ends->n; i++) {
        const LineEnd *e = &ends->end[i];
        if (e->within)
            continue;
        lead_to_label(b, p, ends, e, left);
        float down = ends->lines == 1 ? 0 : line / 2;
        float end = add_words(b, &b->q->value, e->value->text, left, e->middle - down);
        if (b->series[e->series].n)
            add_words(b, &b->q->label, b->series[e->series], down > 0 ? left : end + NAME_GAP,
                      e->middle + down);
    }
    for (size_t i = ends->n; i-- > 0;) /* what is said first lies on top */
        add_mark(b, p->left + p->width * ends->end[i].x, ends->end[i].y,
                 look_of(b, ends->end[i].series), ends->end[i].value);
}

/* ---- the whole ------------------------------------------------------------------------------ */

static Ends ends_in(const Builder *b, int lines)
{
    float line = (float)b->q->value.style->leading;
    return (Ends){.lines = lines,
                  .width = width_of_ends(b, lines),
                  .height = lines == 1 ? line : (float)lines * line + LINE_GAP,
                  .gap = room_of_mark(b)};
}

/* Names behind their values, or below them where that leaves the plot too little. */
static Ends ends_for(const Builder *b, const Plot *p)
{
    Ends ends = ends_in(b, 1);
    float width = b->q->width - p->left - ends.gap - ends.width;
    return width < BESIDE * b->q->width && b->series[0].n ? ends_in(b, 2) : ends;
}

static size_t story(const Builder *b)
{
    size_t k = 0;
    while (k + 1 < b->series_n && !is_story(b, k))
        k++;
    return k;
}

static Plot plot_for(const Builder *b, size_t marked)
{
    Plot p = {.scale = value_scale(b), .x = places(b), .end = b->series_n};
    p.left = widest_tick(b, &p.scale) + VALUE_GAP;
    p.top = (float)b->q->value.style->leading;
    if (marked < b->rows)
        p.top = fmaxf(p.top, room_above_mark(b));
    p.height = given(b, b->q->layout->chart.plot, height_of_ticks(b, &p.scale));
    return p;
}

float draw_lines(Builder *b)
{
    size_t k = story(b), marked = marked_row(b, k);
    Plot p = plot_for(b, marked);
    Ends ends = ends_for(b, &p);
    bool dotted = false;
    p.height = fmaxf(p.height, ends.height * (float)b->series_n);
    place_ends(b, &p, &ends);
    p.width = b->q->width - p.left - ends.gap - ends.width;
    p.hang = fminf(p.left, b->q->width - p.left - p.width);
    if (!plot_has_room(b, p.width))
        return draw_grouped(b);
    add_grid(b, &p, true);
    Taken taken[MOST_SERIES];
    Limits limits = {0, taken, add_ends_within(b, &p, &ends, taken)};
    bool said = marked < b->rows && add_marked(b, &p, k, marked, limits);
    for (size_t i = b->series_n; i-- > 0;)
        dotted |= i != k && add_series(b, &p, i, look_of(b, i));
    dotted |= add_series(b, &p, k, look_of(b, k)); /* on top */
    if (said)
        add_marked_dot(b, &p, k, marked, look_of(b, k));
    add_ends(b, &p, &ends);
    add_times(b, &p, marked);
    note_axis(b, &p.scale);
    note_dotted(b, dotted);
    return p.top + p.height + BELOW_PLOT + (float)b->q->axis.style->leading;
}
