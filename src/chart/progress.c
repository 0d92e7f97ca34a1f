#include <math.h>

#include "chart/internal.h"

/* Bars in the outline of what they are a part of: progress towards a target, and a share of its whole. */

#define ROW_GAP 18.0f /* between a name below its bar and the next bar */
#define LEAST_BAR 15.0f
#define AROUND_VALUE 1.5f /* bars are so much higher than a value in them, on both sides */
#define TICK 6.0f         /* past both sides of the bar */
#define TICK_WIDTH 1.5f
#define TICK_CLEAR 1.0f
#define LEAST_INSIDE 3.0f /* a value stands in its bar if that is so many times as long */

/* Where the bars end, and what they are seen against. */
typedef struct {
    float unit; /* points for one */
    float end;  /* of the outlines */
    float h;    /* of the bars */
} Measure;

static float bar_end(const Builder *b, const Value *v, float unit)
{
    return (float)v->high * unit + bar_more(b, v);
}

static bool is_solid(const Value *v)
{
    return v->kind != PRECISION_ABOUT && !v->estimate;
}

/* Behind its bar, and not where the outline ends. */
static float value_left(const Measure *m, float end, float width)
{
    float x = end + VALUE_GAP, clear = TICK_WIDTH / 2 + TICK_CLEAR;
    bool meets = x < m->end + clear && x + width > m->end - clear;
    return meets ? m->end + clear + TICK_CLEAR : x;
}

static bool is_hatched(const Value *v)
{
    return v->kind == PRECISION_ABOUT && !v->estimate;
}

/* In what isn't filled wherever it has room: the rest of the outline is as white. In a hatched bar it would cut a hole
 * into that, and does so only where it has no room behind it. */
static bool stands_inside(const Builder *b, const Value *v, const Measure *m, float end,
                          float width)
{
    bool whole = v->low >= v->high && bar_more(b, v) <= 0;
    bool meets = !b->of_whole && end > m->end && end - VALUE_GAP - width < m->end + TICK_WIDTH;
    if (is_hatched(v) && value_left(m, end, width) + width <= b->q->width)
        return false;
    return whole && !meets && end >= (is_solid(v) ? LEAST_INSIDE * width : width + 2 * VALUE_GAP);
}

static Measure measure_for(const Builder *b, double whole, float room)
{
    float unit = (float)(room / fmax(b->most, whole));
    float leading = (float)b->q->value.style->leading;
    float height = fmaxf(LEAST_BAR, leading + 2 * AROUND_VALUE);
    return (Measure){unit, (float)whole * unit, height};
}

/* As long as they can be: room behind them only where a value has none in its bar or the outline. */
static Measure measure(const Builder *b, double whole)
{
    Measure m = measure_for(b, whole, b->q->width - TICK_WIDTH / 2);
    float behind = 0;
    bool fits = true;
    for (size_t i = 0; i < b->rows; i++) {
        const Value *v = &b->row[i].value[0];
        float width = text_width(b, &b->q->value, v->text), end = bar_end(b, v, m.unit);
        behind = fmaxf(behind, VALUE_GAP + width + bar_more(b, v));
        fits &= stands_inside(b, v, &m, end, width) ||
                value_left(&m, end, width) + width <= b->q->width;
        fits &= end <= b->q->width;
    }
    return fits ? m : measure_for(b, whole, b->q->width - behind);
}

/* The bar is as high as the outline, which goes on from its end. */
static void draw_outlined(Builder *b, const Value *v, Fill fill, const Measure *m, float y)
{
    add_frame(b, (float)v->high * m->unit, y, m->end, m->h);
    add_bar(b, v, fill, 0, m->unit, y, m->h);
}

/* Behind a value that begins at x. */
static void add_white(Builder *b, const Value *v, float x, float middle)
{
    float width = text_width(b, &b->q->value, v->text), left = x - VALUE_GAP / 2;
    float line = (float)b->q->value.style->leading;
    add_fill(b, left, middle - line / 2, fminf(width + VALUE_GAP, b->q->width - left), line,
             colour_of(b, COLOUR_paper));
}

/* All of a hatched bar's end within its outline. */
static void clear_end(Builder *b, float left, float end, float h, float middle)
{
    float line = bar_outline(b);
    add_fill(b, left, middle - h / 2 + line, end - line - left, h - 2 * line,
             colour_of(b, COLOUR_paper));
}

static void add_value_inside(Builder *b, const Value *v, Fill fill, const Measure *m, float end,
                             float middle)
{
    float width = text_width(b, &b->q->value, v->text);
    Style clear = *b->q->value.style;
    Colour ink = colour_of(b, COLOUR_ink), paper = colour_of(b, COLOUR_paper);
    clear.colour = is_solid(v) ? colour_clearer(paper, ink, colour_of_fill(b, fill)) : ink;
    if (is_hatched(v))
        clear_end(b, end - 2 * VALUE_GAP - width, end, m->h, middle);
    ChartText inside = {b->q->value.font, &clear, b->q->value.features};
    add_words_left(b, &inside, v->text, end - VALUE_GAP, middle);
}

static void add_value(Builder *b, const Value *v, Fill fill, const Measure *m, float middle)
{
    float width = text_width(b, &b->q->value, v->text), end = bar_end(b, v, m->unit);
    if (stands_inside(b, v, m, end, width)) {
        add_value_inside(b, v, fill, m, end, middle);
        return;
    }
    float x = value_left(m, end, width);
    add_white(b, v, x, middle);
    add_words(b, &b->q->value, v->text, x, middle);
}

/* "Mål: 100", or of a share "I alt 100 pct.": the number alone would seem to be that of the white part above it. */
static Str whole_text(const Builder *b)
{
    Term pattern = b->of_whole ? TERM_whole_is : TERM_target_is;
    Str value = b->of_whole ? b->total.text : b->target.text;
    StrBuf text = {0};
    terms_fill(&text, b->q->terms->print[pattern], &(TermField){"value", value}, 1);
    return keep_text(b, &text);
}

/* What a share is of is known without words: they had better be left out than break its name. */
static bool has_room(const Builder *b, Str name, float width)
{
    return !b->of_whole || text_width(b, &b->q->label, name) + LABEL_GAP + width <= b->q->width;
}

/* The name below the bar, and what the outline stands for below its end. Returns where they end. */
static float add_names(Builder *b, Str name, Str whole, const Measure *m, float y)
{
    const ChartText *look = b->of_whole ? &b->q->label : &b->q->value;
    float leading = (float)b->q->label.style->leading, width = text_width(b, look, whole);
    bool named = has_room(b, name, width);
    width = named ? width + LABEL_GAP : 0;
    const GlyphPara *label = lay_out(b, &b->q->label, name, b->q->width - width);
    float first = y + leading / 2, edge = m->end + (b->of_whole ? 0 : TICK_WIDTH / 2);
    add_text(b, &b->q->label, label, 0, first + leading * (float)(label->lines - 1) / 2);
    if (named)
        add_words_left(b, look, whole, fminf(fmaxf(edge, label->width + width), b->q->width),
                       first);
    return first + leading * ((float)label->lines - 0.5f);
}

float draw_progress(Builder *b)
{
    float y = TICK, gap = given(b, ROW_GAP, 2 * TICK);
    Str whole = whole_text(b);
    Measure m = measure(b, b->of_whole ? b->total.low : b->target.low);
    for (size_t i = 0; i < b->rows; i++) {
        const Value *v = &b->row[i].value[0];
        Fill fill = fill_of_row(b, &b->row[i]);
        draw_outlined(b, v, fill, &m, y);
        add_value(b, v, fill, &m, y + m.h / 2);
        if (!b->of_whole)
            add_fill(b, m.end - TICK_WIDTH / 2, y - TICK, TICK_WIDTH, m.h + 2 * TICK,
                     colour_of(b, COLOUR_ink));
        y = add_names(b, b->row[i].label, whole, &m, y + m.h + TICK + TEXT_GAP) + gap;
    }
    return y - gap;
}
