#include <math.h>

#include "chart/internal.h"

/* Vertical bars, for time and short labels. */

#define SHARE 0.68f /* of its slot that a bar takes */
#define LABEL_BELOW 4.0f
#define VALUE_ABOVE 4.0f

/* Whether labels and values have room side by side, and no value is a bound or on both sides of zero. */
static bool has_room(const Builder *b, float slot)
{
    for (size_t i = 0; i < b->rows; i++) {
        const Value *v = &b->row[i].value[0];
        float label = text_width(b, &b->q->label, b->row[i].label);
        float value = text_width(b, &b->q->value, v->text);
        if (fmaxf(label, value) > slot - TEXT_GAP || (v->low < 0 && v->high > 0) ||
            v->kind == PRECISION_ABOVE || v->kind == PRECISION_BELOW)
            return false;
    }
    return true;
}

static void draw_column(Builder *b, const Row *row, float x, float w, float zero, float unit)
{
    const Value *v = &row->value[0];
    bool down = v->low < 0;
    float near = zero - (float)(down ? v->high : v->low) * unit;
    float far = zero - (float)(down ? v->low : v->high) * unit;
    float length = fabsf(far - near);
    if (is_hatched_whole(b, v, length))
        near = far;
    float half = (float)b->q->value.style->leading / 2;
    float middle = down ? far + VALUE_ABOVE + half : far - VALUE_ABOVE - half + 1.5f;
    add_measured(b, v, fill_of_row(b, row), x, fminf(near, zero), w, fabsf(near - zero));
    if (fabsf(far - near) > 0) {
        bool joined = fabsf(near - zero) > 0;
        float line = joined ? span_outline(b, length) : 0, from = down ? near - line : near + line;
        add_span(b, x, fminf(from, far), w, fabsf(far - from));
        note_span(b, length, joined);
    }
    add_words(b, &b->q->value, v->text, x + w / 2 - text_width(b, &b->q->value, v->text) / 2,
              middle);
}

/* Where the labels have no room side by side the bars lie down. */
float draw_columns(Builder *b)
{
    float slot = b->q->width / (float)b->rows, line = (float)b->q->value.style->leading;
    if (!has_room(b, slot))
        return draw_bars(b);
    float plot = given(b, b->q->layout->chart.plot, LEAST_PLOT * line);
    float value_line = line + VALUE_ABOVE;
    double least = fmin(0, b->least), most = fmax(0, b->most);
    float above = b->most >= 0 ? value_line : 0, below = b->least < 0 ? value_line : 0;
    float all = plot - above - below;
    float unit = most > least ? (float)(all / (most - least)) : 0;
    float lowest = given_at_most(b, b->q->layout->chart.plot, LEAST_PLOT * line) - above - below;
    b->lowest = all > 0 ? lowest / all : 1;
    float zero = above + (float)most * unit, bottom = zero - (float)least * unit + below;
    float leading = (float)b->q->label.style->leading, w = slot * SHARE;
    for (size_t i = 0; i < b->rows; i++) {
        float x = slot * (float)i + (slot - w) / 2;
        draw_column(b, &b->row[i], x, w, zero, unit);
        add_words(b, &b->q->label, b->row[i].label,
                  x + w / 2 - text_width(b, &b->q->label, b->row[i].label) / 2,
                  bottom + LABEL_BELOW + leading / 2);
    }
    add_fill(b, 0, zero, b->q->width, AXIS_WIDTH, colour_of(b, COLOUR_ink));
    return bottom + LABEL_BELOW + leading;
}
