#include <math.h>

#include "chart/internal.h"

/* Horizontal bars: one series, and several. */

#define LEAST_ROOM 0.25f /* of the width, for bars beside their labels and values … */
#define LEAST_BARS 90.0f /* … and at least so much, or unlike values look alike */
#define GROUP_GAP 6.0f
#define BELOW_GAP 9.0f /* between a bar and the name above the next, which is nearer to its own */
#define PAIR_GAP 1.5f
#define PAIR_BAR 10.5f

/* ---- bars beside their labels ---------------------------------------------------------------- */

/* Where zero is and how long one of the unit, so that bars, arrows and values have room on both sides. */
typedef struct {
    float zero, unit;
    bool fits;
} Axis;

static float value_width(const Builder *b, const Value *v)
{
    return v->missing ? 0 : text_width(b, &b->q->value, v->text) + VALUE_GAP + bar_more(b, v);
}

static Axis axis_between(const Builder *b, float left, float right)
{
    float before = 0, behind = 0;
    for (size_t i = 0; i < b->rows; i++)
        for (size_t k = 0; k < b->series_n; k++) {
            const Value *v = &b->row[i].value[k];
            float width = value_width(b, v);
            if (!v->missing && v->low < 0)
                before = fmaxf(before, width);
            if (!v->missing && v->high >= 0)
                behind = fmaxf(behind, width);
        }
    double least = fmin(0, b->least), most = fmax(0, b->most);
    float room = right - left - before - behind;
    float unit = most > least ? (float)(room / (most - least)) : 0;
    float needed = fmaxf(b->q->width * LEAST_ROOM, LEAST_BARS);
    return (Axis){left + before - (float)least * unit, unit, room >= needed};
}

static void add_value(Builder *b, const Value *v, float end, float middle)
{
    if (is_left(v))
        add_words_left(b, &b->q->value, v->text, end - VALUE_GAP, middle);
    else
        add_words(b, &b->q->value, v->text, end + VALUE_GAP, middle);
}

/* ---- where that leaves too little room for bars: texts above, bars below them ---------------- */

static float widest_arrow(const Builder *b)
{
    float most = 0;
    for (size_t i = 0; i < b->rows; i++)
        for (size_t k = 0; k < b->series_n; k++)
            most = fmaxf(most, bar_more(b, &b->row[i].value[k]));
    return most;
}

static Axis axis_below(const Builder *b)
{
    double least = fmin(0, b->least), most = fmax(0, b->most);
    float arrow = widest_arrow(b), room = b->q->width - 2 * arrow;
    float unit = most > least ? (float)(room / (most - least)) : 0;
    return (Axis){(least < 0 ? arrow : 0) - (float)least * unit, unit, true};
}

/* A name of at least so many lines at the left, its value at the right, and their bar. Returns where it ends, and in
 * `name_lines` how many there are. */
static float draw_below(Builder *b, Str name, uint32_t *name_lines, const Value *v, Fill fill,
                        Axis axis, float y)
{
    float leading = (float)b->q->label.style->leading, h = (float)b->q->layout->chart.bar;
    float value = v->missing ? 0 : text_width(b, &b->q->value, v->text) + LABEL_GAP;
    bool beside = b->q->width - value >= b->q->width * LEAST_ROOM;
    const GlyphPara *label = lay_out(b, &b->q->label, name, b->q->width - (beside ? value : 0));
    uint32_t lines = name.n ? label->lines : 0, own = lines + (!beside || !lines);
    *name_lines = own > *name_lines ? own : *name_lines;
    if (name.n) /* it ends where one of more lines would */
        add_text(b, &b->q->label, label, 0,
                 y + ((float)(*name_lines - own) + (float)lines / 2) * leading);
    lines = *name_lines;
    if (v->missing)
        return y + (float)lines * leading + BELOW_GAP;
    add_words_left(b, &b->q->value, v->text, b->q->width, y + ((float)lines - 0.5f) * leading);
    y += (float)lines * leading;
    add_bar(b, v, fill, axis.zero, axis.unit, y, h);
    add_fill(b, axis.zero - (axis.zero > 0 ? AXIS_WIDTH : 0), y, AXIS_WIDTH, h,
             colour_of(b, COLOUR_ink));
    return y + h + BELOW_GAP;
}

/* ---- one series ----------------------------------------------------------------------------- */

#define LEAST_PITCH 1.45f /* times the thickness of bars: white between them is seen as such */
#define MOST_APART 2.75f  /* times their pitch, beside a higher chart … */
#define MOST_THICK 1.5f   /* … and their thickness */

static float pitch_of(const Builder *b, const GlyphPara *label)
{
    const ChartStyle *style = &b->q->layout->chart;
    float leading = (float)b->q->label.style->leading;
    float pitch = given(b, style->pitch, (float)style->bar * LEAST_PITCH);
    return fmaxf(pitch, (float)label->lines * leading + given(b, PADDING, PADDING / 2));
}

/* How many times further apart rows are than they must be. */
static float apart(const Builder *b, const GlyphPara **label)
{
    float height = 0;
    for (size_t i = 0; i < b->rows; i++)
        height += pitch_of(b, label[i]);
    return fmaxf(1, fminf(b->q->height / height, MOST_APART));
}

/* Names above bars. */
static float draw_bars_below(Builder *b)
{
    float y = 0;
    Axis axis = axis_below(b);
    b->name_lines = arena_zalloc(b->arena, b->rows * sizeof *b->name_lines);
    for (size_t i = 0; i < b->rows; i++) {
        b->name_lines[i] = b->q->name_lines ? b->q->name_lines[i] : 0;
        y = draw_below(b, b->row[i].label, &b->name_lines[i], &b->row[i].value[0],
                       fill_of_row(b, &b->row[i]), axis, y);
    }
    return y - BELOW_GAP;
}

float draw_bars(Builder *b)
{
    if (b->of_whole)
        return draw_progress(b);
    const ChartStyle *style = &b->q->layout->chart;
    float labels, y = 0;
    const GlyphPara **label = lay_out_labels(b, &labels);
    Axis axis = axis_between(b, labels + LABEL_GAP, b->q->width);
    float further = apart(b, label), h = (float)style->bar * fminf(further, MOST_THICK);
    if (!axis.fits)
        return draw_bars_below(b);
    for (size_t i = 0; i < b->rows; i++) {
        const Row *row = &b->row[i];
        float pitch = further * pitch_of(b, label[i]), middle = y + pitch / 2;
        add_text(b, &b->q->label, label[i], 0, middle);
        float end = add_bar(b, &row->value[0], fill_of_row(b, row), axis.zero, axis.unit,
                            middle - h / 2, h);
        add_value(b, &row->value[0], end, middle);
        y += pitch;
    }
    add_fill(b, axis.zero - AXIS_WIDTH, 0, AXIS_WIDTH, y, colour_of(b, COLOUR_ink));
    return y;
}

/* ---- several series ------------------------------------------------------------------------- */

/* The last series is the one that the reader compares with those before. */
static Fill fill_of_series(const Builder *b, size_t k)
{
    static const Fill fills[MOST_SERIES] = {FILL_WHITE, FILL_TERTIARY, FILL_SECONDARY,
                                            FILL_PRIMARY};
    if (b->series_n == 2)
        return k ? FILL_PRIMARY : FILL_TERTIARY;
    return fills[MOST_SERIES - b->series_n + k];
}

/* The names of the series stand at the bars of the first row. */
static float name_width(const Builder *b)
{
    float width = 0;
    for (size_t k = 0; k < b->series_n; k++)
        width = fmaxf(width, text_width(b, &b->q->label, b->series[k]) + VALUE_GAP);
    return width;
}

static float draw_group(Builder *b, const Row *row, Axis axis, float y, bool named)
{
    float h = fmaxf(PAIR_BAR, (float)b->q->value.style->leading - PAIR_GAP);
    for (size_t k = 0; k < b->series_n; k++) {
        const Value *v = &row->value[k];
        float end = axis.zero, middle = y + h / 2;
        if (!v->missing) {
            end = add_bar(b, v, fill_of_series(b, k), axis.zero, axis.unit, y, h);
            add_value(b, v, end, middle);
            end = is_left(v) ? axis.zero : end + VALUE_GAP + text_width(b, &b->q->value, v->text);
        }
        if (named)
            add_words(b, &b->q->label, b->series[k], end + VALUE_GAP, middle);
        y += h + PAIR_GAP;
    }
    return y - PAIR_GAP;
}

static float draw_groups_below(Builder *b)
{
    float leading = (float)b->q->label.style->leading, y = 0;
    Axis axis = axis_below(b);
    for (size_t i = 0; i < b->rows; i++) {
        const GlyphPara *label = lay_out(b, &b->q->value, b->row[i].label, b->q->width);
        if (b->row[i].label.n) {
            add_text(b, &b->q->value, label, 0, y + (float)label->lines * leading / 2);
            y += (float)label->lines * leading;
        }
        for (size_t k = 0; k < b->series_n; k++) {
            uint32_t lines = 0;
            y = draw_below(b, b->series[k], &lines, &b->row[i].value[k], fill_of_series(b, k), axis,
                           y);
        }
        y += GROUP_GAP;
    }
    return y - BELOW_GAP - GROUP_GAP;
}

float draw_grouped(Builder *b)
{
    float labels, y = 0, leading = (float)b->q->label.style->leading;
    const GlyphPara **label = lay_out_labels(b, &labels);
    Axis axis = axis_between(b, labels + LABEL_GAP, b->q->width - name_width(b));
    if (!axis.fits)
        return draw_groups_below(b);
    for (size_t i = 0; i < b->rows; i++) {
        float top = y + GROUP_GAP / 2, before = y;
        float end = draw_group(b, &b->row[i], axis, top, i == 0) + GROUP_GAP / 2;
        y = fmaxf(end, before + (float)label[i]->lines * leading + GROUP_GAP);
        add_text(b, &b->q->label, label[i], 0, (before + end) / 2 + fmaxf(0, (y - end) / 2));
    }
    add_fill(b, axis.zero - AXIS_WIDTH, 0, AXIS_WIDTH, y, colour_of(b, COLOUR_ink));
    return y;
}
