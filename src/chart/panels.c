#include <math.h>

#include "base/utf8.h"
#include "chart/internal.h"

/* Values over time: a small plot for each series, all on one scale. */

#define PANEL_GAP 22.0f
#define PANEL_TITLE 15.0f
#define PANEL_HEIGHT 0.6f /* of that of a plot by itself */
enum { PANELS_ACROSS = 3 };

/* All are alike unless one is emphasised. */
static LineLook look_of(const Builder *b, size_t k)
{
    bool one = false;
    for (size_t i = 0; i < b->series_n && b->emphasised; i++)
        one |= utf8_equal_fold(b->series[i], b->spec->emphasis);
    bool story = one && utf8_equal_fold(b->series[k], b->spec->emphasis);
    return (LineLook){.colour = one && !story ? rest_colour(b) : colour_of(b, COLOUR_primary),
                      .width = (story ? STORY : REST) * mark_scale(b)};
}

/* Of the values at the lines' ends, with their dots. */
static float room_of_ends(const Builder *b)
{
    float width = 0;
    for (size_t k = 0; k < b->series_n; k++) {
        size_t row = last_row(b, k);
        if (row < b->rows)
            width = fmaxf(width, text_width(b, &b->q->value, b->row[row].value[k].text));
    }
    return room_of_mark(b) + width;
}

/* Behind the line's end and level with it, but not among the times; on white where that is within the plot. Returns
 * what it takes. */
static Taken add_last_value(Builder *b, const Plot *p, size_t k, size_t row)
{
    const Value *v = &b->row[row].value[k];
    float line = (float)b->q->value.style->leading, width = text_width(b, &b->q->value, v->text);
    float left = p->left + p->width * p->x[row] + room_of_mark(b);
    float y = y_of(p, v->low), lowest = p->top + p->height - line / 2;
    float middle = p->x[row] < 1 ? fminf(y, lowest) : y;
    Taken taken = {left - 1, middle - line / 2, left + width + 1, middle + line / 2};
    if (p->x[row] < 1)
        add_fill(b, taken.left, taken.top, width + 2, line, colour_of(b, COLOUR_paper));
    add_words(b, &b->q->value, v->text, left, middle);
    return taken;
}

static void draw_panel(Builder *b, const Plot *p, size_t k, bool numbered, bool *dotted)
{
    const GlyphPara *name = lay_out(b, &b->q->value, b->series[k], p->width);
    float line = (float)b->q->value.style->leading;
    size_t row = last_row(b, k), marked = marked_row(b, k);
    LineLook look = look_of(b, k);
    add_text(b, &b->q->value, name, p->left, p->top - PANEL_TITLE - line * (float)name->lines / 2);
    add_grid(b, p, numbered);
    if (row < b->rows) {
        Taken taken = add_last_value(b, p, k, row);
        bool said = marked < b->rows &&
                    add_marked(b, p, k, marked, (Limits){p->top - PANEL_TITLE, &taken, 1});
        *dotted |= add_series(b, p, k, look);
        if (said)
            add_marked_dot(b, p, k, marked, look);
        const Value *last = &b->row[row].value[k];
        add_mark(b, p->left + p->width * p->x[row], y_of(p, last->low), look, last);
    }
    add_times(b, p, marked);
}

/* As many side by side as have room; 0 when not even one has. */
static size_t panels_across(const Builder *b, float first, float ends, float *width)
{
    size_t across = b->series_n == MOST_SERIES    ? 2
                    : b->series_n < PANELS_ACROSS ? b->series_n
                                                  : PANELS_ACROSS;
    for (; across > 0; across--) {
        *width = (b->q->width - first - PANEL_GAP * (float)(across - 1)) / (float)across - ends;
        if (plot_has_room(b, *width))
            break;
    }
    return across;
}

float draw_panels(Builder *b)
{
    Plot p = {.scale = value_scale(b), .x = places(b), .hang = (PANEL_GAP - TEXT_GAP) / 2};
    p.height =
        given(b, b->q->layout->chart.plot * (double)PANEL_HEIGHT, height_of_ticks(b, &p.scale));
    float first = widest_tick(b, &p.scale) + VALUE_GAP, ends = room_of_ends(b), y = 0;
    float line = (float)b->q->value.style->leading, names = line;
    size_t across = panels_across(b, first, ends, &p.width);
    bool dotted = false;
    if (!across)
        return draw_grouped(b);
    for (size_t k = 0; k < b->series_n; k++)
        names = fmaxf(names, line * (float)lay_out(b, &b->q->value, b->series[k], p.width)->lines);
    for (size_t k = 0; k < b->series_n; k++) {
        p.left = first + (p.width + ends + PANEL_GAP) * (float)(k % across);
        p.top = y + names + PANEL_TITLE;
        p.from = k;
        p.end = k + 1;
        draw_panel(b, &p, k, k % across == 0, &dotted);
        if (k % across == across - 1 || k + 1 == b->series_n)
            y = p.top + p.height + BELOW_PLOT + (float)b->q->axis.style->leading + LABEL_GAP;
    }
    note_axis(b, &p.scale);
    note_dotted(b, dotted);
    return y - LABEL_GAP;
}
