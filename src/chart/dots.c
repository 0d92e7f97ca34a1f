#include <math.h>

#include "chart/internal.h"

/* Two values of each row: as dots on one scale, or as the ends of a slope. */

#define LEAST_ROOM 0.25f /* of the width, for the scale */
#define PITCH 18.0f
#define DOT 4.0f
#define JOIN 1.5f
#define TICKS_BELOW 4.0f
#define FALLS 3.0f  /* the dashes of a line that does */
#define UNSURE 3.0f /* the dashes between two dots of which one is about right */
#define HALO 1.0f   /* around a dot that covers a part of its ring */

/* ---- dots ----------------------------------------------------------------------------------- */

static float widest_value(const Builder *b, size_t k)
{
    float width = 0;
    for (size_t i = 0; i < b->rows; i++)
        width = fmaxf(width, text_width(b, &b->q->value, b->row[i].value[k].text));
    return width;
}

typedef struct {
    Scale scale;
    float left, unit;
} DotAxis;

static float dot_x(const DotAxis *a, const Value *v)
{
    return a->left + (float)(v->low - a->scale.from) * a->unit;
}

static void add_scale(Builder *b, const DotAxis *a, float height)
{
    float half = (float)b->q->axis.style->leading / 2, last = -INFINITY;
    for (int i = 0; i < a->scale.ticks; i++) {
        float x = a->left + (float)(a->scale.step * i) * a->unit;
        Str text = tick_text(b, &a->scale, i);
        float width = text_width(b, &b->q->axis, text);
        add_fill(b, x - GRID / 2, 0, GRID, height, colour_of(b, COLOUR_line));
        if (x - width / 2 < last + TEXT_GAP || x + width / 2 > b->q->width)
            continue;
        last = add_words(b, &b->q->axis, text, x - width / 2, height + TICKS_BELOW + half);
    }
}

static float radius_of(const Builder *b)
{
    return DOT * mark_scale(b);
}

/* Values stand outside of both dots, on white where a gridline passes. */
static void add_dot_value(Builder *b, const Value *v, float x, float middle, bool before)
{
    float width = text_width(b, &b->q->value, v->text), high = (float)b->q->value.style->leading;
    float away = radius_of(b) + VALUE_GAP * mark_scale(b),
          left = before ? x - away - width : x + away;
    add_fill(b, left - 1, middle - high / 2, width + 2, high, colour_of(b, COLOUR_paper));
    add_words(b, &b->q->value, v->text, left, middle);
}

/* A ring and a dot, which both are seen where they meet: the dot cuts into the ring, or is small within it. */
static void add_dots(Builder *b, float ring, float dot, float y)
{
    float r = radius_of(b), apart = fabsf(dot - ring);
    Colour colour = colour_of(b, COLOUR_primary), paper = colour_of(b, COLOUR_paper);
    add_dot(b, ring, y, r, false, colour);
    if (apart >= r / 2 && apart < 2 * r)
        add_dot(b, dot, y, r + HALO * mark_scale(b), true, paper);
    add_dot(b, dot, y, apart < r / 2 ? r / 2 : r, true, colour);
}

static void draw_dot_row(Builder *b, const Row *row, const DotAxis *a, float middle)
{
    const Value *before = &row->value[0], *now = &row->value[1];
    float x0 = dot_x(a, before), x1 = dot_x(a, now);
    bool rises = x1 >= x0;
    add_dot_value(b, before, x0, middle, rises);
    add_dot_value(b, now, x1, middle, !rises);
    bool unsure = is_unsure(before) || is_unsure(now);
    b->joined_unsure |= unsure;
    add_line(b, x0, middle, x1, middle, JOIN * mark_scale(b), unsure ? UNSURE * mark_scale(b) : 0,
             rest_colour(b));
    add_dots(b, x0, x1, middle);
}

static void note_dots(Builder *b)
{
    const TermField fields[] = {{"before", b->series[0]}, {"now", b->series[1]}};
    StrBuf text = {0};
    if (b->series[0].n && b->series[1].n)
        terms_fill(&text, b->q->terms->print[TERM_dots_key], fields, 2);
    note_in_source(b, strbuf_str(&text));
    strbuf_drop(&text);
}

static float pitch_of(const Builder *b, const GlyphPara *label)
{
    float text = (float)label->lines * (float)b->q->label.style->leading +
                 given(b, PADDING, PADDING / 2);
    float scale = mark_scale(b);
    return fmaxf(given(b, PITCH * scale, 3 * DOT * scale), text);
}

float draw_dots(Builder *b)
{
    float labels;
    const GlyphPara **label = lay_out_labels(b, &labels);
    float side = fmaxf(widest_value(b, 0), widest_value(b, 1)) + radius_of(b) +
                 VALUE_GAP * mark_scale(b);
    DotAxis a = {.scale = scale_of(b->least, b->most, b->least >= 0 && b->least < b->most / 3)};
    a.left = labels + LABEL_GAP + side;
    double range = scale_end(&a.scale) - a.scale.from;
    float room = b->q->width - side - a.left;
    if (room < b->q->width * LEAST_ROOM)
        return draw_grouped(b);
    a.unit = (float)(room / range);
    float height = 0;
    for (size_t i = 0; i < b->rows; i++)
        height += pitch_of(b, label[i]);
    add_scale(b, &a, height);
    float y = 0;
    for (size_t i = 0; i < b->rows; i++) {
        float pitch = pitch_of(b, label[i]);
        add_text(b, &b->q->label, label[i], 0, y + pitch / 2);
        draw_dot_row(b, &b->row[i], &a, y + pitch / 2);
        y += pitch;
    }
    note_dots(b);
    note_axis(b, &a.scale);
    return height + TICKS_BELOW + (float)b->q->axis.style->leading;
}

/* ---- slopes --------------------------------------------------------------------------------- */

typedef struct {
    size_t row;
    float point, middle; /* y of the value, and of its label */
} End;

static void sort_ends(End *end, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        End e = end[i];
        size_t k = i;
        for (; k > 0 && end[k - 1].point > e.point; k--)
            end[k] = end[k - 1];
        end[k] = e;
    }
}

/* The labels of one side. */
typedef struct {
    End *end;   /* in the order of their points */
    float gap;  /* from the axis */
    bool moved; /* one of them at least, and then all have leaders */
    bool named;
} Side;

/* Clear of each other. */
static Side place_ends(const Builder *b, const float *point, float height)
{
    float gap = (float)b->q->value.style->leading;
    Side side = {.end = arena_array(b->arena, b->rows, End)};
    float *middle = arena_array(b->arena, b->rows, float);
    for (size_t i = 0; i < b->rows; i++)
        side.end[i] = (End){i, point[i], point[i]};
    sort_ends(side.end, b->rows);
    for (size_t i = 0; i < b->rows; i++)
        middle[i] = side.end[i].point;
    push_apart(middle, b->rows, gap, gap / 2, height - gap / 2);
    for (size_t i = 0; i < b->rows; i++) {
        side.end[i].middle = middle[i];
        side.moved |= fabsf(middle[i] - point[side.end[i].row]) > moved_most(b);
    }
    side.gap = room_of_mark(b) + (side.moved ? LEADER_ROOM : 0);
    return side;
}

static void draw_ends(Builder *b, const Side *side, float x, size_t k)
{
    float at = k ? x + side->gap : x - side->gap;
    for (size_t i = 0; i < b->rows; i++) {
        const End *e = &side->end[i];
        const Row *row = &b->row[e->row];
        Str value = row->value[k].text;
        if (side->moved)
            add_leader(b, x, e->point, at, e->middle);
        float end = k ? add_words(b, &b->q->value, value, at, e->middle)
                      : add_words_left(b, &b->q->value, value, at, e->middle);
        if (side->named && k)
            add_words(b, &b->q->label, row->label, end + VALUE_GAP, e->middle);
        else if (side->named)
            add_words_left(b, &b->q->label, row->label, end - VALUE_GAP, e->middle);
    }
}

static void draw_slope_line(Builder *b, const Row *row, float x0, float y0, float x1, float y1)
{
    bool story = !b->emphasised || row->emphasis, falls = row->value[1].low < row->value[0].low;
    Colour colour = story ? colour_of(b, COLOUR_primary) : rest_colour(b);
    float scale = mark_scale(b);
    add_line(b, x0, y0, x1, y1, (story ? STORY : REST) * scale, falls ? FALLS * scale : 0, colour);
    LineLook look = {.colour = colour, .mark = MARK_DOT};
    add_mark(b, x0, y0, look, &row->value[0]);
    add_mark(b, x1, y1, look, &row->value[1]);
}

/* Where the name of an axis begins: in its middle, within the width. */
static float name_left(const Builder *b, float x, Str name)
{
    float width = text_width(b, &b->q->axis, name);
    return fminf(fmaxf(0, x - width / 2), b->q->width - width);
}

static void add_slope_axis(Builder *b, float x, Str name, float height)
{
    add_fill(b, x - GRID / 2, 0, GRID, height, colour_of(b, COLOUR_line));
    add_words(b, &b->q->axis, name, name_left(b, x, name),
              height + TICKS_BELOW + (float)b->q->axis.style->leading / 2);
}

static bool names_meet(const Builder *b, float left, float right)
{
    float end = name_left(b, left, b->series[0]) + text_width(b, &b->q->axis, b->series[0]);
    return end + TEXT_GAP > name_left(b, right, b->series[1]);
}

static float width_of_side(const Builder *b, const Side *side, size_t k)
{
    float width = 0;
    for (size_t i = 0; i < b->rows; i++) {
        float name = text_width(b, &b->q->label, b->row[i].label) + VALUE_GAP;
        width = fmaxf(width, text_width(b, &b->q->value, b->row[i].value[k].text) +
                                 (side->named ? name : 0));
    }
    return width + side->gap;
}

/* Whether a slope has room between its labels. */
static bool slope_has_room(const Builder *b, float left, float right)
{
    return right - left >= b->q->width * LEAST_ROOM && !names_meet(b, left, right);
}

static void note_falls(Builder *b)
{
    bool falls = false;
    for (size_t i = 0; i < b->rows; i++)
        falls |= b->row[i].value[1].low < b->row[i].value[0].low;
    if (falls)
        note_in_source(b, b->q->terms->print[TERM_dashed_fall]);
}

/* The foot of the axes is the least value, which nobody reads off them. */
static void note_foot(Builder *b)
{
    const Value *least = &b->row[0].value[0];
    for (size_t i = 0; i < b->rows; i++)
        for (size_t k = 0; k < 2; k++)
            if (b->row[i].value[k].low < least->low)
                least = &b->row[i].value[k];
    StrBuf text = {0};
    terms_fill(&text, b->q->terms->print[TERM_axis_begins], &(TermField){"value", least->text}, 1);
    if (least->low != 0 && b->least < b->most)
        note_in_source(b, strbuf_str(&text));
    strbuf_drop(&text);
}

/* Where a label had to be moved names stand at both ends, if they have room. */
float draw_slope(Builder *b)
{
    float line = (float)b->q->value.style->leading;
    float height =
        fmaxf(given(b, b->q->layout->chart.plot, LEAST_PLOT * line), (float)b->rows * line);
    double range = b->most - b->least;
    bool same = range <= 0;
    float *y[2] = {arena_array(b->arena, b->rows, float), arena_array(b->arena, b->rows, float)};
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < b->rows; i++)
            y[k][i] = line / 2 +
                      (same ? 0.5f : (float)((b->most - b->row[i].value[k].low) / range)) *
                          (height - line);
    Side before = place_ends(b, y[0], height), now = place_ends(b, y[1], height);
    before.named = true;
    now.named = now.moved;
    float left = width_of_side(b, &before, 0), right = b->q->width - width_of_side(b, &now, 1);
    if (now.named && !slope_has_room(b, left, right)) {
        now.named = false;
        right = b->q->width - width_of_side(b, &now, 1);
    }
    if (!slope_has_room(b, left, right))
        return draw_dots(b);
    add_slope_axis(b, left, b->series[0], height);
    add_slope_axis(b, right, b->series[1], height);
    for (size_t i = 0; i < b->rows; i++)
        draw_slope_line(b, &b->row[i], left, y[0][i], right, y[1][i]);
    draw_ends(b, &before, left, 0);
    draw_ends(b, &now, right, 1);
    note_foot(b);
    note_falls(b);
    return height + TICKS_BELOW + (float)b->q->axis.style->leading;
}
