#include <math.h>

#include "base/utf8.h"
#include "chart/internal.h"

/* One bar of parts that make a whole. */

#define BAR 21.0f        /* at least, and so high that a value has room in it … */
#define BAR_PADDING 3.0f /* … with so much above and below it */
#define GAP 1.5f         /* between parts */
#define LEADER 0.6f
#define LEADER_GAP 3.0f
enum { MOST_LEVELS = 16 };

typedef struct {
    float left, right; /* of the share in the bar */
    float x, width;    /* of its name */
    float leader;      /* x; below 0 when it needs none */
    int level;
    Str name; /* with the value, where that has no room in the bar */
} Share;

static const Fill fills[MOST_SERIES] = {FILL_PRIMARY, FILL_SECONDARY, FILL_TERTIARY, FILL_WHITE};

static float bar_height(const Builder *b)
{
    return fmaxf(BAR, (float)b->q->value.style->leading + 2 * BAR_PADDING);
}

static bool value_fits(const Builder *b, const Share *p, const Value *v)
{
    return text_width(b, &b->q->value, v->text) + 2 * TEXT_GAP <= p->right - p->left;
}

static Str name_of(const Builder *b, const Row *row, bool with_value)
{
    StrBuf text = {0};
    strbuf_add_str(&text, row->label);
    if (with_value) {
        strbuf_add_text(&text, NO_BREAK_SPACE);
        strbuf_add_str(&text, row->value[0].text);
    }
    return keep_text(b, &text);
}

static void place_parts(const Builder *b, Share *share)
{
    double sum = 0;
    float x = 0, room = b->q->width - GAP * (float)(b->rows - 1);
    for (size_t i = 0; i < b->rows; i++)
        sum += b->row[i].value[0].low;
    for (size_t i = 0; i < b->rows; i++) {
        float w = (float)(b->row[i].value[0].low / sum) * room;
        share[i] = (Share){.left = x, .right = x + w, .leader = -1};
        share[i].name = name_of(b, &b->row[i], !value_fits(b, &share[i], &b->row[i].value[0]));
        share[i].width = text_width(b, &b->q->label, share[i].name);
        x += w + GAP;
    }
}

/* Whether a name at a level meets another's name or leader, or its own leader another's name. */
static bool is_free(const Share *share, size_t n, const Share *p)
{
    for (size_t i = 0; i < n; i++) {
        const Share *o = &share[i];
        bool beside = p->x + p->width + TEXT_GAP <= o->x || o->x + o->width + TEXT_GAP <= p->x;
        if (o->level == p->level && !beside)
            return false;
        if (o->leader >= 0 && o->level >= p->level && o->leader > p->x - LEADER_GAP &&
            o->leader < p->x + p->width + LEADER_GAP)
            return false;
        if (p->leader >= 0 && o->level < p->level && p->leader > o->x - LEADER_GAP &&
            p->leader < o->x + o->width + LEADER_GAP)
            return false;
    }
    return true;
}

/* Below its part where it has room there, else at a leader that steps down; false when there is no room. */
static bool place_name(const Builder *b, const Share *share, size_t i, Share *p)
{
    p->x = p->left;
    if (p->width <= p->right - p->left && is_free(share, i, p))
        return true;
    p->leader = (p->left + p->right) / 2;
    float side[] = {p->leader - LEADER_GAP - p->width, p->leader + LEADER_GAP};
    for (int k = 0; k < 2;
         k++) /* to the right they would be in the way of the next ones' leaders */
        for (p->level = 0; p->level < MOST_LEVELS; p->level++) {
            p->x = side[k];
            if (p->x >= 0 && p->x + p->width <= b->q->width && is_free(share, i, p))
                return true;
        }
    return false;
}

/* Where there is room below a part, behind what stands there already. */
static float left_below(const Share *share, size_t n, const Share *p)
{
    float left = p->left;
    for (size_t i = 0; i < n; i++)
        if (share[i].level == 0 && share[i].x + share[i].width > p->left - LABEL_GAP)
            left = fmaxf(left, share[i].x + share[i].width + LABEL_GAP);
    return left;
}

/* Names from the i-th on at leaders on either side, none deeper than a level; those before them stand. */
static bool place_from(const Builder *b, Share *share, size_t i, int deepest)
{
    Share *p = &share[i];
    if (i == b->rows)
        return true;
    *p = (Share){p->left, p->right, left_below(share, i, p), p->width, -1, 0, p->name};
    if (p->x + p->width <= p->right && is_free(share, i, p) && place_from(b, share, i + 1, deepest))
        return true;
    p->leader = (p->left + p->right) / 2;
    for (int at = 0; at < 2 * (deepest + 1); at++) {
        p->level = at / 2;
        p->x = at % 2 ? p->leader + LEADER_GAP : p->leader - LEADER_GAP - p->width;
        if (p->x >= 0 && p->x + p->width <= b->q->width && is_free(share, i, p) &&
            place_from(b, share, i + 1, deepest))
            return true;
    }
    return false;
}

/* One by one, or else in the first way of all that has room for them. */
static bool place_names(const Builder *b, Share *share)
{
    bool placed = true;
    for (size_t i = 0; i < b->rows && placed; i++)
        placed = place_name(b, share, i, &share[i]);
    for (int deepest = 0; !placed && deepest < MOST_SERIES; deepest++)
        placed = place_from(b, share, 0, deepest);
    return placed;
}

/* Beside bars long names have more room; what they are parts of is as long as all bars could be. */
static float draw_as_bars(Builder *b)
{
    b->most = 0;
    for (size_t i = 0; i < b->rows; i++)
        b->most += b->row[i].value[0].low;
    b->as_bars = true;
    return draw_bars(b);
}

static void draw_part(Builder *b, const Share *p, size_t i)
{
    const Value *v = &b->row[i].value[0];
    float leading = (float)b->q->label.style->leading;
    float h = bar_height(b), middle = h + TEXT_GAP + leading / 2 + (float)p->level * leading;
    add_measured(b, v, fills[i], p->left, 0, p->right - p->left, h);
    if (value_fits(b, p, v)) {
        Style style = *b->q->value.style;
        bool filled = v->kind != PRECISION_ABOUT && !v->estimate;
        Colour paper = colour_of(b, COLOUR_paper), ink = colour_of(b, COLOUR_ink);
        style.colour = filled ? colour_clearer(ink, paper, colour_of_fill(b, fills[i])) : ink;
        ChartText inside = {b->q->value.font, &style, b->q->value.features};
        float width = text_width(b, &inside, v->text), x = (p->left + p->right - width) / 2;
        if (v->kind == PRECISION_ABOUT)
            add_fill(b, x - 2, 2, width + 4, h - 4, colour_of(b, COLOUR_paper));
        add_words(b, &inside, v->text, x, h / 2);
    }
    if (p->leader >= 0)
        add_fill(b, p->leader - LEADER / 2, h, LEADER, middle - h + 3, colour_of(b, COLOUR_axis));
    add_words(b, &b->q->label, p->name, p->x, middle);
}

float draw_shares(Builder *b)
{
    Share *share = arena_array(b->arena, b->rows, Share);
    int levels = 0;
    place_parts(b, share);
    if (!place_names(b, share))
        return draw_as_bars(b);
    for (size_t i = 0; i < b->rows; i++)
        levels = share[i].level > levels ? share[i].level : levels;
    for (size_t i = 0; i < b->rows; i++)
        draw_part(b, &share[i], i);
    return bar_height(b) + TEXT_GAP + (float)b->q->label.style->leading +
           (float)levels * (float)b->q->label.style->leading;
}
