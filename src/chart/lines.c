#include <math.h>

#include "chart/internal.h"

/* Values over time: lines in one plot, or a small plot for each. */

#define GRID 0.4f
#define STORY 2.25f
#define REST 1.5f
#define DOTTED 1.5f
#define DOT 3.0f
#define BELOW 4.0f
#define LEAST_WIDTH 60.0f /* of a plot */
#define PANEL_GAP 22.0f
#define PANEL_TITLE 15.0f
#define PANEL_HEIGHT 0.6f /* of that of a plot by itself */
enum { PANELS_ACROSS = 3 };

typedef struct {
    Scale scale;
    float left, top, width, height;
} Plot;

/* ---- places --------------------------------------------------------------------------------- */

/* Years stand as far apart as they are; other labels evenly. */
static bool year_of(Str label, double *year)
{
    *year = 0;
    for (size_t i = 0; i < label.n; i++) {
        if (!ascii_digit(label.p[i]))
            return false;
        *year = *year * 10 + (label.p[i] - '0');
    }
    return label.n == 4;
}

static float *places(const Builder *b)
{
    float *x = arena_array(b->arena, b->rows, float);
    double first, last, year, before = 0;
    bool years = year_of(b->row[0].label, &first) && year_of(b->row[b->rows - 1].label, &last) &&
                 last > first;
    for (size_t i = 0; i < b->rows && years; i++) {
        years = year_of(b->row[i].label, &year) && year > before;
        before = year;
        x[i] = years ? (float)((year - first) / (last - first)) : 0;
    }
    for (size_t i = 0; i < b->rows && !years; i++)
        x[i] = (float)i / (float)(b->rows - 1);
    return x;
}

static float y_of(const Plot *p, double value)
{
    double range = scale_end(&p->scale) - p->scale.from;
    return p->top + p->height * (float)(1 - (value - p->scale.from) / range);
}

/* ---- the frame ------------------------------------------------------------------------------ */

static float widest_tick(const Builder *b, const Scale *s)
{
    float width = 0;
    for (int i = 0; i < s->ticks; i++)
        width = fmaxf(width, text_width(b, &b->q->axis, tick_text(b, s, i)));
    return width;
}

/* That the numbers of an axis need at least, with as much white between them as they are high. */
static float height_of_ticks(const Builder *b, const Scale *s)
{
    return (float)(s->ticks - 1) * (float)b->q->axis.style->leading;
}

static void add_grid(Builder *b, const Plot *p, bool numbered)
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

/* The first and the last, and what the headline is about where it has room between them. */
static void add_times(Builder *b, const Plot *p, const float *x)
{
    float middle = p->top + p->height + BELOW + (float)b->q->axis.style->leading / 2;
    Str last = b->row[b->rows - 1].label;
    float last_width = text_width(b, &b->q->axis, last), right = p->left + p->width;
    float end = add_words(b, &b->q->axis, b->row[0].label, p->left, middle);
    float last_left = right - last_width;
    if (last_left >= end + TEXT_GAP)
        add_words(b, &b->q->axis, last, last_left, middle);
    for (size_t i = 1; i + 1 < b->rows; i++) {
        float width = text_width(b, &b->q->axis, b->row[i].label);
        float left = p->left + p->width * x[i] - width / 2;
        if (b->row[i].emphasis && left >= end + TEXT_GAP && left + width + TEXT_GAP <= last_left)
            add_words(b, &b->q->axis, b->row[i].label, left, middle);
    }
}

/* ---- lines ---------------------------------------------------------------------------------- */

static bool is_story(const Builder *b, size_t k)
{
    bool rows = false;
    for (size_t i = 0; i < b->rows; i++)
        rows |= b->row[i].emphasis;
    if (!b->emphasised || rows)
        return k == 0;
    return str_equal(b->series[k], b->spec->emphasis);
}

/* Where values are missing the line is dotted. Returns the last point's row, or b->rows. */
static size_t draw_line(Builder *b, const Plot *p, const float *x, size_t k, bool *dotted)
{
    bool story = is_story(b, k);
    Colour colour = colour_of(b, story ? COLOUR_primary : COLOUR_secondary);
    size_t last = b->rows;
    for (size_t i = 0; i < b->rows; i++) {
        const Value *v = &b->row[i].value[k];
        if (v->missing)
            continue;
        if (last < b->rows) {
            bool gap = i > last + 1;
            add_line(b, p->left + p->width * x[last], y_of(p, b->row[last].value[k].low),
                     p->left + p->width * x[i], y_of(p, v->low),
                     gap     ? 1
                     : story ? STORY
                             : REST,
                     gap ? DOTTED : 0, colour);
            *dotted |= gap;
        }
        last = i;
    }
    return last;
}

static void note_dotted(Builder *b, bool dotted)
{
    if (dotted)
        note_in_source(b, b->q->terms->print[TERM_missing_dotted]);
}

static Scale value_scale(const Builder *b)
{
    return scale_of(b->least, b->most, b->least >= 0 && b->least <= 0.6 * b->most);
}

static float widest_value(const Builder *b)
{
    float width = 0;
    for (size_t i = 0; i < b->rows; i++)
        for (size_t k = 0; k < b->series_n; k++)
            if (!b->row[i].value[k].missing)
                width = fmaxf(width, text_width(b, &b->q->value, b->row[i].value[k].text));
    return width;
}

static float name_room(const Builder *b)
{
    float width = widest_value(b);
    for (size_t k = 0; k < b->series_n; k++)
        width = fmaxf(width, text_width(b, &b->q->label, b->series[k]));
    return width + DOT + VALUE_GAP;
}

typedef struct {
    size_t series, row;
    float y;
} LineEnd;

/* Value and name at the end of each line, one above the other. */
static void add_names(Builder *b, const Plot *p, const float *x, const LineEnd *end, size_t n)
{
    float line = (float)b->q->value.style->leading, lines = b->series[0].n ? 2 : 1;
    float middle[MOST_SERIES];
    for (size_t i = 0; i < n; i++)
        middle[i] = end[i].y;
    push_apart(middle, n, lines * line + 2, p->top + line * (lines - 1) / 2,
               p->top + p->height + line * (lines - 1) / 2);
    for (size_t i = 0; i < n; i++) {
        const Value *v = &b->row[end[i].row].value[end[i].series];
        float left = p->left + p->width + DOT + VALUE_GAP;
        bool story = is_story(b, end[i].series);
        add_dot(b, p->left + p->width * x[end[i].row], end[i].y, DOT, true,
                colour_of(b, story ? COLOUR_primary : COLOUR_secondary));
        add_words(b, &b->q->value, v->text, left, middle[i] - line * (lines - 1) / 2);
        if (b->series[end[i].series].n)
            add_words(b, &b->q->label, b->series[end[i].series], left, middle[i] + line / 2);
    }
}

/* Whether a plot is wide enough to see anything in it, and for its times. */
static bool has_room(const Builder *b, float width)
{
    float times = text_width(b, &b->q->axis, b->row[0].label) + TEXT_GAP +
                  text_width(b, &b->q->axis, b->row[b->rows - 1].label);
    return width >= LEAST_WIDTH && width >= times;
}

float draw_lines(Builder *b)
{
    Plot p = {.scale = value_scale(b)};
    float line = (float)b->q->value.style->leading;
    float *x = places(b);
    bool dotted = false;
    LineEnd end[MOST_SERIES];
    size_t ends = 0;
    p.left = widest_tick(b, &p.scale) + VALUE_GAP;
    p.top = line;
    p.width = b->q->width - p.left - name_room(b);
    if (!has_room(b, p.width))
        return draw_grouped(b);
    p.height = fmaxf(given(b, b->q->layout->chart.plot, height_of_ticks(b, &p.scale)),
                     (2 * line + 2) * (float)b->series_n);
    add_grid(b, &p, true);
    for (size_t k = b->series_n; k-- > 0;) { /* the story is drawn last, on top */
        size_t row = draw_line(b, &p, x, k, &dotted);
        if (row == b->rows)
            continue;
        LineEnd e = {k, row, y_of(&p, b->row[row].value[k].low)};
        size_t i = ends++;
        for (; i > 0 && end[i - 1].y > e.y; i--)
            end[i] = end[i - 1];
        end[i] = e;
    }
    add_names(b, &p, x, end, ends);
    add_times(b, &p, x);
    note_axis(b, &p.scale);
    note_dotted(b, dotted);
    return p.top + p.height + fmaxf(BELOW + (float)b->q->axis.style->leading, line);
}

/* ---- panels --------------------------------------------------------------------------------- */

/* The last value stands above the end of its line. */
static void add_last_value(Builder *b, const Plot *p, const float *x, size_t k, size_t row)
{
    const Value *v = &b->row[row].value[k];
    float line = (float)b->q->value.style->leading, y = p->top + p->height;
    for (size_t i = 0; i < b->rows; i++) /* clear of the line below the text */
        if (!b->row[i].value[k].missing && x[i] > 0.4f)
            y = fminf(y, y_of(p, b->row[i].value[k].low));
    float width = text_width(b, &b->q->value, v->text);
    float left = fmaxf(p->left, p->left + p->width * x[row] - width);
    add_fill(b, left - 1, y - 3 - line, width + 1, line, colour_of(b, COLOUR_paper));
    add_words(b, &b->q->value, v->text, left, y - 3 - line / 2);
}

static void draw_panel(Builder *b, const Plot *p, const float *x, size_t k, bool numbered,
                       bool *dotted)
{
    const GlyphPara *name = lay_out(b, &b->q->value, b->series[k], p->width);
    float line = (float)b->q->value.style->leading;
    add_text(b, &b->q->value, name, p->left, p->top - PANEL_TITLE - line * (float)name->lines / 2);
    add_grid(b, p, numbered);
    size_t row = draw_line(b, p, x, k, dotted);
    if (row < b->rows)
        add_last_value(b, p, x, k, row);
    add_times(b, p, x);
}

/* As many side by side as have room; 0 when not even one has. */
static size_t panels_across(const Builder *b, float first, float *width)
{
    size_t across = b->series_n == MOST_SERIES    ? 2
                    : b->series_n < PANELS_ACROSS ? b->series_n
                                                  : PANELS_ACROSS;
    float value = widest_value(b);
    for (; across > 0; across--) {
        *width = (b->q->width - first - PANEL_GAP * (float)(across - 1)) / (float)across;
        if (has_room(b, *width) && *width >= value)
            break;
    }
    return across;
}

float draw_panels(Builder *b)
{
    Plot p = {.scale = value_scale(b)};
    p.height =
        given(b, b->q->layout->chart.plot * (double)PANEL_HEIGHT, height_of_ticks(b, &p.scale));
    float *x = places(b), first = widest_tick(b, &p.scale) + VALUE_GAP, y = 0;
    float line = (float)b->q->value.style->leading, names = line;
    size_t across = panels_across(b, first, &p.width);
    bool dotted = false;
    if (!across)
        return draw_grouped(b);
    for (size_t k = 0; k < b->series_n; k++)
        names = fmaxf(names, line * (float)lay_out(b, &b->q->value, b->series[k], p.width)->lines);
    for (size_t k = 0; k < b->series_n; k++) {
        p.left = first + (p.width + PANEL_GAP) * (float)(k % across);
        p.top = y + names + PANEL_TITLE;
        draw_panel(b, &p, x, k, k % across == 0, &dotted);
        if (k % across == across - 1 || k + 1 == b->series_n)
            y = p.top + p.height + BELOW + (float)b->q->axis.style->leading + LABEL_GAP;
    }
    note_axis(b, &p.scale);
    note_dotted(b, dotted);
    return y - LABEL_GAP;
}
