#include <math.h>

#include "chart/internal.h"

/* Hatching says that a value is about right (LOOK: 45°, lines of 0.9 at 3.6). */
#define HATCH_PITCH 3.6f
#define HATCH_WIDTH 0.9f
#define DASH 3.0f
#define DASHED 0.9f     /* what somebody thinks himself: white in this line */
#define HATCH_BAR 13.5f /* … in bars of this height; in higher ones marks grow as they do */
#define RING 1.5f       /* the line of rings */
#define SEEN 1.0f /* of white between lines: a thinner strip explains nothing, its number does */

Str keep_text(const Builder *b, StrBuf *text)
{
    Str s = arena_str(b->arena, strbuf_str(text));
    strbuf_drop(text);
    return s;
}

Colour colour_of(const Builder *b, ColourRole role)
{
    return b->q->layout->colour[role];
}

const GlyphPara *lay_out(const Builder *b, const ChartText *look, Str text, float measure)
{
    TextRun run = {.text = text,
                   .font = look->font,
                   .language = b->q->terms->language,
                   .size = (float)look->style->size,
                   .colour = look->style->colour,
                   .features = look->features};
    TextRequest request = {.run = &run,
                           .runs = 1,
                           .measure = measure,
                           .align = TEXT_LEFT,
                           .fallback = b->q->fallback,
                           .hyphenation = b->q->hyphenation};
    return text_paragraph(b->q->text, b->q->thread, &request);
}

const GlyphPara **lay_out_labels(const Builder *b, float *width)
{
    const GlyphPara **label = arena_array(b->arena, b->rows, const GlyphPara *);
    float most = b->q->width * (float)b->q->layout->chart.label_share;
    *width = 0;
    for (size_t i = 0; i < b->rows; i++) {
        label[i] = lay_out(b, &b->q->label, b->row[i].label, most);
        *width = fmaxf(*width, label[i]->width);
    }
    return label;
}

#define ONE_LINE 1e6f

float text_width(const Builder *b, const ChartText *look, Str text)
{
    return lay_out(b, look, text, ONE_LINE)->width;
}

float capital_height(const ChartText *look)
{
    return (float)(look->style->size * look->font->face.cap_height / look->font->face.upem);
}

static void add(Builder *b, Draw d)
{
    array_push(&b->draws, d);
}

void add_fill(Builder *b, float x, float y, float w, float h, Colour colour)
{
    if (w > 0 && h > 0)
        add(b,
            (Draw){.kind = DRAW_FILL, .x = x, .y = y, .w = w, .h = h, .line = {.colour = colour}});
}

void add_line(Builder *b, float x, float y, float x2, float y2, float width, float dash,
              Colour colour)
{
    const PathStep step[] = {{'m', x, y}, {'l', x2, y2}};
    add_path(b, step, 2,
             (Path){.stroke = true, .stroke_colour = colour, .width = width, .dash = dash});
}

void add_path(Builder *b, const PathStep *step, size_t n, Path path)
{
    Path *kept = arena_new(b->arena, Path);
    path.step = arena_copy(b->arena, step, n, sizeof *step);
    path.steps = (uint32_t)n;
    *kept = path;
    add(b, (Draw){.kind = DRAW_PATH, .path = kept});
}

float add_text(Builder *b, const ChartText *look, const GlyphPara *para, float x, float middle)
{
    float leading = (float)look->style->leading;
    float first = middle - leading * (float)(para->lines - 1) / 2;
    add(b, (Draw){.kind = DRAW_TEXT,
                  .x = x,
                  .y = first + capital_height(look) / 2,
                  .w = para->width,
                  .text = {.para = para, .end = para->lines, .leading = leading}});
    return x + para->width;
}

float add_words(Builder *b, const ChartText *look, Str text, float x, float middle)
{
    return add_text(b, look, lay_out(b, look, text, ONE_LINE), x, middle);
}

float add_words_left(Builder *b, const ChartText *look, Str text, float right, float middle)
{
    const GlyphPara *para = lay_out(b, look, text, ONE_LINE);
    add_text(b, look, para, right - para->width, middle);
    return right - para->width;
}

/* ---- boxes ---------------------------------------------------------------------------------- */

float mark_scale(const Builder *b)
{
    return fmaxf(1, (float)b->q->layout->chart.bar / HATCH_BAR);
}

/* How much finer they are in what is too thin for them: a share of that. */
static float fineness(const Builder *b, float thickness)
{
    return fminf(1, thickness / (HATCH_PITCH * mark_scale(b)));
}

float bar_outline(const Builder *b)
{
    return OUTLINE * mark_scale(b);
}

float span_outline(const Builder *b, float length)
{
    return bar_outline(b) * fineness(b, length);
}

/* Whether white is seen between the lines of an interval that takes so much, in every form that the plot may have. */
static bool has_white(const Builder *b, float length, bool joined)
{
    float lowest = length * b->lowest;
    float thickness = lowest + (joined ? span_outline(b, lowest) : 0);
    return thickness - 2 * span_outline(b, thickness) >= SEEN;
}

bool is_hatched_whole(const Builder *b, const Value *v, float length)
{
    return v->forecast && !has_white(b, length, true);
}

/* Strokes lie inside, so that a bar ends where its value is. */
static void add_stroked(Builder *b, float x, float y, float w, float h, Path line)
{
    float inset = line.width / 2;
    if (w < line.width || h < line.width)
        return;
    PathStep box[] = {{'m', x + inset, y + inset},
                      {'l', x + w - inset, y + inset},
                      {'l', x + w - inset, y + h - inset},
                      {'l', x + inset, y + h - inset},
                      {'z', 0, 0}};
    line.stroke = true;
    add_path(b, box, 5, line);
}

static void add_outline(Builder *b, float x, float y, float w, float h, float scale)
{
    add_stroked(b, x, y, w, h,
                (Path){.stroke_colour = colour_of(b, COLOUR_primary), .width = OUTLINE * scale});
}

static void add_dashed(Builder *b, float x, float y, float w, float h)
{
    float scale = mark_scale(b);
    add_stroked(b, x, y, w, h,
                (Path){.stroke_colour = colour_of(b, COLOUR_primary),
                       .width = DASHED * scale,
                       .dash = DASH * scale});
}

void add_frame(Builder *b, float from, float y, float to, float h)
{
    float line = bar_outline(b), inset = line / 2;
    float x = fmaxf(from, inset), right = to - inset;
    if (right <= x)
        return;
    PathStep side[] = {{'m', x, y + inset},
                       {'l', right, y + inset},
                       {'l', right, y + h - inset},
                       {'l', x, y + h - inset},
                       {'z', 0, 0}};
    add_path(b, side, from < line ? 5 : 4,
             (Path){.stroke = true, .stroke_colour = colour_of(b, COLOUR_axis), .width = line});
}

Colour colour_of_fill(const Builder *b, Fill fill)
{
    static const ColourRole role[] = {[FILL_PRIMARY] = COLOUR_primary,
                                      [FILL_SECONDARY] = COLOUR_secondary,
                                      [FILL_TERTIARY] = COLOUR_tertiary,
                                      [FILL_WHITE] = COLOUR_paper};
    return colour_of(b, role[fill]);
}

void add_box(Builder *b, Fill fill, float x, float y, float w, float h)
{
    add_fill(b, x, y, w, h, colour_of_fill(b, fill));
    if (fill == FILL_TERTIARY || fill == FILL_WHITE)
        add_outline(b, x, y, w, h, mark_scale(b));
}

/* Lines end so far inside that the corners of their ends don't stick out; in what is very thin a little of them may.
 * Fills that stand beside each other are told apart by their ground, the colour of lines, and which way these go. */
static void add_hatching(Builder *b, Fill fill, float x, float y, float w, float h)
{
    bool falls = fill == FILL_TERTIARY || fill == FILL_WHITE;
    Colour colour = colour_of_fill(b, fill == FILL_SECONDARY ? fill : FILL_PRIMARY);
    if (fill == FILL_TERTIARY)
        add_fill(b, x, y, w, h, colour_of_fill(b, fill));
    float scale = mark_scale(b);
    float pitch = HATCH_PITCH * scale;
    float corner = HATCH_WIDTH * scale / 2 * sqrtf(0.5f);
    float inset = fminf(corner, fminf(w, h) / 4);
    Path line = {.stroke = true, .stroke_colour = colour, .width = HATCH_WIDTH * scale};
    int lines = (int)((w + h) / pitch);
    x += inset, y += inset, w -= 2 * inset, h -= 2 * inset;
    for (int i = 1; i <= lines; i++) {
        float at = pitch * (float)i - 2 * inset;
        if (at <= 0 || at >= w + h)
            continue;
        float x0 = fmaxf(0, at - h), x1 = fminf(w, at);
        float y0 = fminf(at, h), y1 = fmaxf(0, at - w);
        PathStep step[] = {{'m', x + x0, y + (falls ? h - y0 : y0)},
                           {'l', x + x1, y + (falls ? h - y1 : y1)}};
        add_path(b, step, 2, line);
    }
}

void add_span(Builder *b, float x, float y, float w, float h)
{
    add_outline(b, x, y, w, h, mark_scale(b) * fineness(b, fminf(w, h)));
}

void note_span(Builder *b, float length, bool joined)
{
    b->spans |= has_white(b, length, joined);
}

void add_measured(Builder *b, const Value *v, Fill fill, float x, float y, float w, float h)
{
    if (v->estimate) {
        add_dashed(b, x, y, w, h);
        b->dashed |= v->named;
    } else if (v->kind == PRECISION_ABOUT || v->forecast) {
        add_hatching(b, fill, x, y, w, h);
        add_outline(b, x, y, w, h, mark_scale(b));
        b->unsure |= w > 0 && h > 0;
    } else {
        add_box(b, fill, x, y, w, h);
    }
}

Fill fill_of_row(const Builder *b, const Row *row)
{
    return b->emphasised && !row->emphasis ? FILL_SECONDARY : FILL_PRIMARY;
}

/* A circle of four curves (the usual constant, off by 0.03 %). */
void add_dot(Builder *b, float x, float y, float radius, bool filled, Colour colour)
{
    float line = RING * mark_scale(b), r = filled ? radius : radius - line / 2, k = r * 0.5523f;
    PathStep step[] = {{'m', x + r, y}, {'c', x + r, y + k}, {'c', x + k, y + r},
                       {'c', x, y + r}, {'c', x - k, y + r}, {'c', x - r, y + k},
                       {'c', x - r, y}, {'c', x - r, y - k}, {'c', x - k, y - r},
                       {'c', x, y - r}, {'c', x + k, y - r}, {'c', x + r, y - k},
                       {'c', x + r, y}, {'z', 0, 0}};
    Path path = {.fill = true,
                 .fill_colour = filled ? colour : colour_of(b, COLOUR_paper),
                 .stroke = !filled,
                 .stroke_colour = colour,
                 .width = line};
    add_path(b, step, sizeof step / sizeof *step, path);
}

/* ---- lines ---------------------------------------------------------------------------------- */

bool is_ink_only(const Builder *b)
{
    return colour_of(b, COLOUR_muted) == colour_of(b, COLOUR_ink);
}

Colour rest_colour(const Builder *b)
{
    return colour_of(b, is_ink_only(b) ? COLOUR_ink : COLOUR_secondary);
}

/* From a place of a line between two points to another, both in points of length. */
static void add_piece(Builder *b, Point from, Point to, float length, float first, float end,
                      float width, Colour colour)
{
    float dx = (to.x - from.x) / length, dy = (to.y - from.y) / length;
    add_line(b, from.x + dx * first, from.y + dy * first, from.x + dx * end, from.y + dy * end,
             width, 0, colour);
}

/* Dashes are pieces of their own: a corner of one path has a point that reaches beyond its value. */
void add_polyline(Builder *b, const Point *point, size_t n, float width, float dash, Colour colour)
{
    float gone = 0; /* since the last dash or gap began */
    bool on = true;
    for (size_t i = 1; i < n; i++) {
        Point from = point[i - 1], to = point[i];
        float length = hypotf(to.x - from.x, to.y - from.y), at = 0;
        while (at < length) {
            float end = dash > 0 ? fminf(length, at + dash - gone) : length;
            if (on)
                add_piece(b, from, to, length, at, end, width, colour);
            gone += end - at;
            at = end;
            if (dash > 0 && gone >= dash - 0.01f) {
                on = !on;
                gone = 0;
            }
        }
    }
}

float room_of_mark(const Builder *b)
{
    return (END_DOT + VALUE_GAP) * mark_scale(b);
}

float moved_most(const Builder *b)
{
    return fmaxf(MOVED, (float)b->q->value.style->leading / 2);
}

void add_leader(Builder *b, float x, float y, float label, float middle)
{
    float side = label < x ? -1 : 1, edge = side * END_DOT * mark_scale(b);
    add_line(b, x + edge, y, label - side * LEADER_CLEAR, middle, LEADER * mark_scale(b), 0,
             colour_of(b, COLOUR_axis));
}

/* ---- bars ----------------------------------------------------------------------------------- */

static bool is_bound(const Value *v)
{
    return v->kind == PRECISION_ABOVE || v->kind == PRECISION_BELOW;
}

float bar_more(const Builder *b, const Value *v)
{
    return is_bound(v) ? (ARROW_GAP + ARROW_LENGTH) * mark_scale(b) : 0;
}

/* An arrow point beyond the end, outward for more, inward for less. */
static void add_arrow(Builder *b, float end, float y, float h, bool outward, float sign)
{
    float scale = sign * mark_scale(b);
    float near = end + scale * ARROW_GAP, far = near + scale * ARROW_LENGTH;
    float tip = outward ? far : near, base = outward ? near : far;
    PathStep step[] = {{'m', base, y}, {'l', tip, y + h / 2}, {'l', base, y + h}, {'z', 0, 0}};
    add_path(b, step, 4, (Path){.fill = true, .fill_colour = colour_of(b, COLOUR_primary)});
}

bool is_unsure(const Value *v)
{
    return v->kind == PRECISION_ABOUT || v->estimate;
}

bool is_left(const Value *v)
{
    return v->low < 0 && fabs(v->low) >= fabs(v->high);
}

/* From zero to the nearer end as the fill, on to the farther end hatched. */
float add_bar(Builder *b, const Value *v, Fill fill, float zero, float unit, float y, float h)
{
    double near = fabs(v->low) < fabs(v->high) ? v->low : v->high;
    double far = fabs(v->low) < fabs(v->high) ? v->high : v->low;
    double beyond = v->low < 0 && v->high > 0 ? near : 0; /* on the other side of zero */
    if (beyond != 0)
        near = 0;
    float x1 = zero + (float)near * unit, x2 = zero + (float)far * unit, length = fabsf(x2 - x1);
    if (is_hatched_whole(b, v, length))
        x1 = x2;
    float sign = is_left(v) ? -1 : 1, left = fminf(zero, x1), width = fabsf(x1 - zero);
    add_measured(b, v, fill, left, y, width, h);
    if (fabsf(x2 - x1) > 0.01f) {
        float from = width > 0 ? x1 - sign * span_outline(b, length) : x1;
        add_span(b, fminf(from, x2), y, fabsf(x2 - from), h);
        note_span(b, length, width > 0);
    }
    if (beyond != 0) {
        float other = fabsf((float)beyond) * unit;
        add_span(b, fminf(zero, zero + (float)beyond * unit), y, other, h);
        note_span(b, other, false);
    }
    if (is_bound(v))
        add_arrow(b, x2, y, h, v->kind == PRECISION_ABOVE, sign);
    return x2 + sign * bar_more(b, v);
}

static float so_close(double height, float least, float closer)
{
    float all = (float)height;
    return fmaxf(all * (1 - closer), fminf(least, all));
}

float given(const Builder *b, double height, float least)
{
    return so_close(height, least, b->q->closer);
}

float given_at_most(const Builder *b, double height, float least)
{
    return so_close(height, least, fmaxf(b->q->closer, b->q->closest));
}

/* The middles less what all before them need: only their order has to be kept then, by the mean of those that would break
 * it (pool adjacent violators). */
void push_apart(float *middle, size_t n, float gap, float top, float bottom)
{
    float lowest = bottom - gap * (float)(n > 0 ? n - 1 : 0);
    for (size_t i = 0; i < n; i++)
        middle[i] -= gap * (float)i;
    for (size_t i = 1; i < n; i++) {
        size_t first = i;
        float sum = middle[i], mean = sum;
        while (first > 0 && middle[first - 1] > mean) {
            sum += middle[--first];
            mean = sum / (float)(i - first + 1);
        }
        for (size_t k = first; k <= i; k++)
            middle[k] = mean;
    }
    for (size_t i = 0; i < n; i++)
        middle[i] = fmaxf(fminf(middle[i], lowest), top) + gap * (float)i;
}
