#include <math.h>

#include "chart/internal.h"

/* What plots of values over time share: grid, times, lines, and the value that a line is about. */

#define DOTTED 1.5f
#define DOTTED_WIDTH 1.0f
#define MARK_RADIUS 2.5f  /* where the value of a point between the ends stands */
#define OPEN_MORE 0.75f   /* of an open mark's radius */
#define MARK_GAP 2.5f     /* between that and the value */
#define CLEAR 2.0f        /* around the value */
#define TIME_GAP 8.0f     /* between times; what a line is about needs no more than other texts */
#define LEAST_WIDTH 60.0f /* of a plot */

/* ---- places --------------------------------------------------------------------------------- */

float *places(const Builder *b)
{
    float *x = arena_array(b->arena, b->rows, float);
    double *at = arena_array(b->arena, b->rows, double);
    TimeKind kind = label_time(b->q->terms, b->row[0].label, &at[0]);
    bool times = kind != TIME_NONE;
    for (size_t i = 1; i < b->rows && times; i++)
        times = label_time(b->q->terms, b->row[i].label, &at[i]) == kind && at[i] > at[i - 1];
    for (size_t i = 0; i < b->rows; i++)
        x[i] = times ? (float)((at[i] - at[0]) / (at[b->rows - 1] - at[0]))
                     : (float)i / (float)(b->rows - 1);
    return x;
}

float y_of(const Plot *p, double value)
{
    double range = scale_end(&p->scale) - p->scale.from;
    return p->top + p->height * (float)(1 - (value - p->scale.from) / range);
}

static Point point_of(const Builder *b, const Plot *p, size_t k, size_t row)
{
    return (Point){p->left + p->width * p->x[row], y_of(p, b->row[row].value[k].low)};
}

/* The next row from `row` on that has a value of the series, or b->rows. */
static size_t next_row(const Builder *b, size_t k, size_t row)
{
    while (row < b->rows && b->row[row].value[k].missing)
        row++;
    return row;
}

size_t last_row(const Builder *b, size_t k)
{
    for (size_t i = b->rows; i-- > 0;)
        if (!b->row[i].value[k].missing)
            return i;
    return b->rows;
}

bool plot_has_room(const Builder *b, float width)
{
    float times = text_width(b, &b->q->axis, b->row[0].label) + TEXT_GAP +
                  text_width(b, &b->q->axis, b->row[b->rows - 1].label);
    return width >= LEAST_WIDTH && width >= times;
}

/* ---- the frame ------------------------------------------------------------------------------ */

Scale value_scale(const Builder *b)
{
    return scale_of(b->least, b->most, b->least >= 0 && b->least <= 0.6 * b->most);
}

float widest_tick(const Builder *b, const Scale *s)
{
    float width = 0;
    for (int i = 0; i < s->ticks; i++)
        width = fmaxf(width, text_width(b, &b->q->axis, tick_text(b, s, i)));
    return width;
}

float height_of_ticks(const Builder *b, const Scale *s)
{
    return (float)(s->ticks - 1) * (float)b->q->axis.style->leading;
}

void add_grid(Builder *b, const Plot *p, bool numbered)
{
    for (int i = 0; i < p->scale.ticks; i++) {
        float y = y_of(p, p->scale.from + p->scale.step * i);
        bool base = i == 0;
        add_fill(b, p->left, y - GRID / 2, p->width, base ? 2 * GRID : GRID,
                 colour_of(b, base ? COLOUR_axis : COLOUR_line));
        if (numbered)
            add_words_left(b, &b->q->axis, tick_text(b, &p->scale, i), p->left - VALUE_GAP, y);
    }
}

/* ---- times ---------------------------------------------------------------------------------- */

typedef struct {
    float left, right;
    bool shown;
} Time;

static bool are_apart(const Time *a, const Time *o, float gap)
{
    return a->right + gap <= o->left || o->right + gap <= a->left;
}

/* Below their points, as far as the plot lets them stand out. */
static Time *place_times(const Builder *b, const Plot *p)
{
    Time *time = arena_array(b->arena, b->rows, Time);
    float least = p->left - p->hang, most = p->left + p->width + p->hang;
    for (size_t i = 0; i < b->rows; i++) {
        float width = text_width(b, &b->q->axis, b->row[i].label);
        float left = p->left + p->width * p->x[i] - width / 2;
        left = fmaxf(least, fminf(left, most - width));
        time[i] = (Time){left, left + width, false};
    }
    return time;
}

static void show_if_free(Time *time, size_t n, size_t i, float gap)
{
    bool free = true;
    for (size_t k = 0; k < n && free; k++)
        free = !time[k].shown || are_apart(&time[i], &time[k], gap);
    time[i].shown |= free;
}

/* The least step from the first at which times are apart. */
static size_t step_of(const Time *time, size_t n)
{
    for (size_t step = 1; step < n; step++) {
        bool apart = true;
        for (size_t i = 0; i + step < n && apart; i += step)
            apart = are_apart(&time[i], &time[i + step], TIME_GAP) ||
                    (i + 2 * step >= n && i + step != n - 1); /* that one isn't shown */
        if (apart)
            return step;
    }
    return n;
}

void add_times(Builder *b, const Plot *p, size_t marked)
{
    float middle = p->top + p->height + BELOW_PLOT + (float)b->q->axis.style->leading / 2;
    Time *time = place_times(b, p);
    size_t n = b->rows, step = step_of(time, n);
    time[0].shown = true;
    time[n - 1].shown = time[0].right + TEXT_GAP <= time[n - 1].left;
    if (marked < n)
        show_if_free(time, n, marked, TEXT_GAP);
    for (size_t i = step; i + step < n; i += step)
        show_if_free(time, n, i, TIME_GAP);
    for (size_t i = 0; i < n; i++)
        if (time[i].shown)
            add_words(b, &b->q->axis, b->row[i].label, time[i].left, middle);
}

/* ---- lines ---------------------------------------------------------------------------------- */

/* With so many corners, the first of them at an angle in eighths of a turn from the right. */
static void add_corners(Builder *b, Point at, float r, int corners, int first, Path path)
{
    PathStep step[5];
    for (int i = 0; i < corners; i++) {
        double angle = M_PI / 4 * first + 2 * M_PI * i / corners;
        step[i] =
            (PathStep){i ? 'l' : 'm', at.x + r * (float)cos(angle), at.y + r * (float)sin(angle)};
    }
    step[corners] = (PathStep){'z', 0, 0};
    add_path(b, step, (size_t)corners + 1, path);
}

/* Of a radius; an open one is white in its line, which lies inside. */
static void add_shape(Builder *b, Point at, float r, Mark mark, bool open, Colour colour)
{
    static const int corners[] = {[MARK_SQUARE] = 4, [MARK_DIAMOND] = 4, [MARK_TRIANGLE] = 3};
    static const int first[] = {[MARK_SQUARE] = 1, [MARK_DIAMOND] = 0, [MARK_TRIANGLE] = -2};
    static const float further[] = {
        [MARK_SQUARE] = 1.25f, [MARK_DIAMOND] = 1.35f, [MARK_TRIANGLE] = 1.4f};
    float line = mark_scale(b) * 2 * OUTLINE;
    Path path = {.fill = true,
                 .fill_colour = open ? colour_of(b, COLOUR_paper) : colour,
                 .stroke = open,
                 .stroke_colour = colour,
                 .width = line};
    if (mark == MARK_DOT)
        add_dot(b, at.x, at.y, r, !open, colour);
    else
        add_corners(b, at, further[mark] * r - (open ? line / 2 : 0), corners[mark], first[mark],
                    path);
}

/* An open one is larger, so that its white is seen. */
static void add_mark_at(Builder *b, Point at, float r, LineLook look, const Value *v)
{
    bool open = is_unsure(v);
    b->open |= open;
    add_shape(b, at, (r + (open ? OPEN_MORE : 0)) * mark_scale(b), look.mark, open, look.colour);
}

void add_mark(Builder *b, float x, float y, LineLook look, const Value *v)
{
    add_mark_at(b, (Point){x, y}, END_DOT, look, v);
}

/* But for its end, which has a mark in any case. */
static void add_open_marks(Builder *b, const Plot *p, size_t k, LineLook look)
{
    for (size_t i = next_row(b, k, 0); i < b->rows; i = next_row(b, k, i + 1))
        if (i != last_row(b, k) && is_unsure(&b->row[i].value[k]))
            add_mark_at(b, point_of(b, p, k, i), MARK_RADIUS, look, &b->row[i].value[k]);
}

bool add_series(Builder *b, const Plot *p, size_t k, LineLook look)
{
    Point *point = arena_array(b->arena, b->rows, Point);
    bool dotted = false;
    size_t n = 0, before = b->rows;
    for (size_t i = next_row(b, k, 0); i < b->rows; i = next_row(b, k, i + 1)) {
        if (n && i > before + 1) {
            Point from = point[n - 1], to = point_of(b, p, k, i);
            float scale = mark_scale(b);
            add_polyline(b, point, n, look.width, look.dash, look.colour);
            add_line(b, from.x, from.y, to.x, to.y, DOTTED_WIDTH * scale, DOTTED * scale,
                     look.colour);
            dotted = true;
            n = 0;
        }
        point[n++] = point_of(b, p, k, i);
        before = i;
    }
    add_polyline(b, point, n, look.width, look.dash, look.colour);
    add_open_marks(b, p, k, look);
    return dotted;
}

void note_dotted(Builder *b, bool dotted)
{
    if (dotted)
        note_in_source(b, b->q->terms->print[TERM_missing_dotted]);
}

/* ---- the value that a line is about ----------------------------------------------------------- */

size_t marked_row(const Builder *b, size_t k)
{
    size_t first = next_row(b, k, 0), last = last_row(b, k), best = b->rows;
    double most = 0;
    if (first >= last)
        return b->rows;
    double one = b->row[first].value[k].low, other = b->row[last].value[k].low;
    for (size_t i = next_row(b, k, first + 1); i < last; i = next_row(b, k, i + 1)) {
        double value = b->row[i].value[k].low;
        double beyond = fmax(value - fmax(one, other), fmin(one, other) - value);
        if (b->row[i].emphasis)
            return i;
        if (beyond > most) {
            most = beyond;
            best = i;
        }
    }
    return best;
}

float room_above_mark(const Builder *b)
{
    return (MARK_RADIUS + OPEN_MORE) * mark_scale(b) + MARK_GAP + capital_height(&b->q->value) +
           CLEAR * mark_scale(b);
}

/* Whether a line between two points comes into a rectangle (Liang and Barsky's clipping). */
static bool comes_into(Point from, Point to, const Taken *t)
{
    float dx = to.x - from.x, dy = to.y - from.y, enters = 0, leaves = 1;
    const float by[] = {-dx, dx, -dy, dy};
    const float room[] = {from.x - t->left, t->right - from.x, from.y - t->top, t->bottom - from.y};
    for (int i = 0; i < 4; i++) {
        if (by[i] == 0 && room[i] < 0)
            return false;
        if (by[i] < 0)
            enters = fmaxf(enters, room[i] / by[i]);
        else if (by[i] > 0)
            leaves = fminf(leaves, room[i] / by[i]);
    }
    return enters <= leaves;
}

static bool line_comes_into(const Builder *b, const Plot *p, size_t k, const Taken *t)
{
    size_t before = next_row(b, k, 0);
    for (size_t i = next_row(b, k, before + 1); i < b->rows; i = next_row(b, k, i + 1)) {
        if (comes_into(point_of(b, p, k, before), point_of(b, p, k, i), t))
            return true;
        before = i;
    }
    return false;
}

static Taken grown(const Taken *t, float by)
{
    return (Taken){t->left - by, t->top - by, t->right + by, t->bottom + by};
}

static bool open_mark_comes_into(const Builder *b, const Plot *p, size_t k, const Taken *t)
{
    Taken around = grown(t, (MARK_RADIUS + OPEN_MORE) * mark_scale(b));
    for (size_t i = next_row(b, k, 0); i < b->rows; i = next_row(b, k, i + 1)) {
        Point at = point_of(b, p, k, i);
        if (is_unsure(&b->row[i].value[k]) && comes_into(at, at, &around))
            return true;
    }
    return false;
}

/* Clear of a line and its open marks, of the mark at its end, and of the leader from there where it is to have one. */
static bool is_clear_of(const Builder *b, const Plot *p, size_t k, const Taken *t, bool leader)
{
    size_t last = last_row(b, k);
    if (last == b->rows)
        return true;
    if (line_comes_into(b, p, k, t) || open_mark_comes_into(b, p, k, t))
        return false;
    Taken around = grown(t, END_DOT * mark_scale(b));
    Point end = point_of(b, p, k, last), right = {p->left + p->width, end.y};
    return !comes_into(end, end, &around) && !(leader && comes_into(end, right, t));
}

/* `own` is the series whose end the text stands at in the stead of a leader, or none. */
static bool is_clear(const Builder *b, const Plot *p, const Taken *t, size_t own, Limits limits)
{
    if (t->left < p->left || t->right > p->left + p->width || t->top < limits.top ||
        t->bottom > p->top + p->height)
        return false;
    for (size_t i = 0; i < limits.n; i++) {
        const Taken *o = &limits.taken[i];
        if (t->left < o->right && o->left < t->right && t->top < o->bottom && o->top < t->bottom)
            return false;
    }
    for (size_t k = p->from; k < p->end; k++)
        if (!is_clear_of(b, p, k, t, k != own))
            return false;
    return true;
}

/* Whether no other line goes between a text and the end that it stands at. */
static bool is_beside_end(const Builder *b, const Plot *p, Point text, size_t own)
{
    if (own >= b->series_n)
        return true;
    Point end = point_of(b, p, own, last_row(b, own));
    float x0 = fminf(text.x, end.x), x1 = fmaxf(text.x, end.x);
    bool level = fabsf(text.y - end.y) < 1;
    Taken between = {level ? x0 : end.x - 1, fminf(text.y, end.y), level ? x1 : end.x + 1,
                     fmaxf(text.y, end.y)};
    for (size_t k = p->from; k < p->end; k++)
        if (k != own && line_comes_into(b, p, k, &between))
            return false;
    return true;
}

bool find_room(const Builder *b, const Plot *p, const Point *middle, size_t n, float width,
               size_t own, Limits limits, Taken *out)
{
    float half = capital_height(&b->q->value) / 2, clear = CLEAR * mark_scale(b);
    for (size_t i = 0; i < n; i++) {
        Point m = middle[i];
        *out = (Taken){m.x - width / 2 - clear, m.y - half - clear, m.x + width / 2 + clear,
                       m.y + half + clear};
        if (is_clear(b, p, out, own, limits) && is_beside_end(b, p, m, own))
            return true;
    }
    return false;
}

Point clear_room(Builder *b, const Taken *t)
{
    add_fill(b, t->left, t->top, t->right - t->left, t->bottom - t->top,
             colour_of(b, COLOUR_paper));
    return (Point){t->left + CLEAR * mark_scale(b), (t->top + t->bottom) / 2};
}

/* Whether a line goes up to a point from the values beside it. */
static bool is_peak(const Builder *b, size_t k, size_t row)
{
    size_t before = row - 1, behind = next_row(b, k, row + 1);
    while (b->row[before].value[k].missing)
        before--;
    return 2 * b->row[row].value[k].low >=
           b->row[before].value[k].low + b->row[behind].value[k].low;
}

/* Above a peak or below a dip, in the middle or as far to a side as its own width lets it; else beside it. */
bool add_marked(Builder *b, const Plot *p, size_t k, size_t row, Limits limits)
{
    const Value *v = &b->row[row].value[k];
    Point at = point_of(b, p, k, row);
    Taken room;
    float width = text_width(b, &b->q->value, v->text), half = capital_height(&b->q->value) / 2;
    float away = (MARK_RADIUS + (is_unsure(v) ? OPEN_MORE : 0)) * mark_scale(b) + MARK_GAP;
    float up = is_peak(b, k, row) ? -1 : 1;
    const Point middle[] = {{at.x, at.y + up * (away + half)},
                            {at.x + width / 3, at.y + up * (away + half)},
                            {at.x - width / 3, at.y + up * (away + half)},
                            {at.x + away + width / 2, at.y},
                            {at.x - away - width / 2, at.y}};
    if (!find_room(b, p, middle, sizeof middle / sizeof *middle, width, b->series_n, limits, &room))
        return false;
    Point left = clear_room(b, &room);
    add_words(b, &b->q->value, v->text, left.x, left.y);
    return true;
}

void add_marked_dot(Builder *b, const Plot *p, size_t k, size_t row, LineLook look)
{
    add_mark_at(b, point_of(b, p, k, row), MARK_RADIUS, look, &b->row[row].value[k]);
}
