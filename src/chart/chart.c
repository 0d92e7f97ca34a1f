#include "chart/chart.h"

#include <math.h>

#include "base/array.h"
#include "base/message.h"

/* Between a label and its bar, and a bar and its value. */
#define LABEL_GAP 12.0f
#define VALUE_GAP 5.0f
#define AXIS_WIDTH 0.9f
/* Marks for what is not certain: hatching, and an arrow beyond the end of a bar for a bound. */
#define HATCH_PITCH 3.6f
#define HATCH_WIDTH 0.9f
#define OUTLINE 0.75f
#define ARROW_GAP 1.8f
#define ARROW_LENGTH 5.0f

typedef struct {
    const KeyFigure *figure;
    double low, high; /* in the unit */
    const GlyphPara *label, *value;
    float y; /* upper edge of the bar */
} Bar;

typedef struct {
    Arena *arena;
    const ChartRequest *q;
    Bar *bar;
    size_t bars;
    ARRAY(Draw) draws;
    float axis, unit; /* x of zero; points for one of the unit */
} Builder;

/* ---- values --------------------------------------------------------------------------------- */

static double number_of(Decimal d)
{
    return (double)d.digits / pow(10, d.decimals);
}

static const char *objection(const KeyFigure *f, const KeyFigure *first)
{
    const Quantity *q = &f->value;
    if (q->kind == QUANTITY_ORDINAL)
        return N_("a rank is no length");
    if (q->kind == QUANTITY_WORDS)
        return N_("a value in words has no length");
    if (number_of(q->low) < 0)
        return N_("bars below zero can't be drawn");
    if (!str_equal(f->unit, first->unit) || !str_equal(q->scale, first->value.scale))
        return N_("its figures have different units");
    return NULL;
}

static Str label_of(const Builder *b, const KeyFigure *f)
{
    bool same_name = true;
    for (size_t i = 0; i < b->bars; i++)
        same_name &= str_equal(b->bar[i].figure->name, f->name);
    return same_name && f->place.n ? f->place
                                   : f->name; /* the figures differ in what they are of */
}

static Str value_of(const Builder *b, const KeyFigure *f)
{
    StrBuf s = {0};
    quantity_print_with_unit(&s, b->q->terms, &f->value, f->unit);
    Str kept = arena_str(b->arena, strbuf_str(&s));
    strbuf_drop(&s);
    return kept;
}

static const GlyphPara *lay_out(const Builder *b, const ChartText *look, Str text, float measure)
{
    TextRun run = {.text = text,
                   .font = look->font,
                   .language = b->q->terms->language,
                   .size = (float)look->style->size,
                   .colour = look->style->colour};
    TextRequest request = {.run = &run,
                           .runs = 1,
                           .measure = measure,
                           .fallback = b->q->fallback,
                           .hyphenation = b->q->hyphenation};
    return text_paragraph(b->q->text, b->q->thread, &request);
}

/* ---- drawing -------------------------------------------------------------------------------- */

static void add(Builder *b, Draw d)
{
    array_push(&b->draws, d);
}

static void add_fill(Builder *b, float x, float y, float w, float h, uint32_t colour)
{
    add(b, (Draw){.kind = DRAW_FILL, .x = x, .y = y, .w = w, .h = h, .line = {.colour = colour}});
}

/* Text with the middle of its first line's capitals at y. */
static void add_text(Builder *b, const ChartText *look, const GlyphPara *para, float x,
                     float middle)
{
    const Face *face = &look->font->face;
    float capital = (float)(look->style->size * face->cap_height / face->upem);
    float leading = (float)look->style->leading;
    float top = middle - leading * (float)(para->lines - 1) / 2;
    add(b, (Draw){.kind = DRAW_TEXT,
                  .x = x,
                  .y = top + capital / 2,
                  .w = para->width,
                  .text = {para, 0, para->lines, leading, NULL}});
}

static void add_path(Builder *b, const PathStep *step, size_t n, Path path)
{
    Path *kept = arena_new(b->arena, Path);
    path.step = arena_copy(b->arena, step, n, sizeof *step);
    path.steps = (uint32_t)n;
    *kept = path;
    add(b, (Draw){.kind = DRAW_PATH, .path = kept});
}

/* Lines at 45° inside a rectangle, and its outline within its edges. */
static void add_hatched(Builder *b, float x, float y, float w, float h)
{
    uint32_t colour = b->q->layout->colour[COLOUR_primary];
    Path line = {.stroke = true, .stroke_colour = colour, .width = HATCH_WIDTH};
    float inset = OUTLINE / 2;
    int lines = (int)((w + h) / HATCH_PITCH);
    for (int i = 1; i <= lines; i++) {
        float at = HATCH_PITCH * (float)i;
        float x0 = fmaxf(0, at - h), x1 = fminf(w, at);
        PathStep step[] = {{'m', x + x0, y + fminf(at, h)}, {'l', x + x1, y + fmaxf(0, at - w)}};
        add_path(b, step, 2, line);
    }
    PathStep box[] = {{'m', x + inset, y + inset},
                      {'l', x + w - inset, y + inset},
                      {'l', x + w - inset, y + h - inset},
                      {'l', x + inset, y + h - inset},
                      {'z', 0, 0}};
    line.width = OUTLINE;
    add_path(b, box, 5, line);
}

/* An arrow point beyond the end: the value is a bound. Returns where it ends. */
static float add_arrow(Builder *b, float x, float y, float h, bool back)
{
    float tip = x + ARROW_GAP + (back ? 0 : ARROW_LENGTH),
          base = x + ARROW_GAP + (back ? ARROW_LENGTH : 0);
    PathStep step[] = {{'m', base, y}, {'l', tip, y + h / 2}, {'l', base, y + h}, {'z', 0, 0}};
    add_path(b, step, 4, (Path){.fill = true, .fill_colour = b->q->layout->colour[COLOUR_primary]});
    return x + ARROW_GAP + ARROW_LENGTH;
}

static void draw_bar(Builder *b, const Bar *bar)
{
    float h = (float)b->q->layout->chart.bar, x = b->axis, y = bar->y;
    float low = (float)bar->low * b->unit, high = (float)bar->high * b->unit, end = x + high;
    uint32_t colour = b->q->layout->colour[COLOUR_primary];
    PrecisionKind kind = terms_precision(b->q->terms, bar->figure->value.precision);
    if (kind == PRECISION_ABOUT) {
        add_hatched(b, x, y, high, h);
    } else {
        add_fill(b, x, y, low, h, colour);
        if (high > low)
            add_hatched(b, x + low, y, high - low, h);
    }
    if (kind == PRECISION_ABOVE || kind == PRECISION_BELOW)
        end = add_arrow(b, end, y, h, kind == PRECISION_BELOW);
    add_text(b, &b->q->value, bar->value, end + VALUE_GAP, y + h / 2);
    add_text(b, &b->q->label, bar->label, 0, y + h / 2);
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void place_bars(Builder *b)
{
    float labels = 0, values = 0, most = b->q->width * (float)b->q->layout->chart.label_share;
    double largest = 0;
    for (size_t i = 0; i < b->bars; i++) {
        Bar *bar = &b->bar[i];
        bar->label = lay_out(b, &b->q->label, label_of(b, bar->figure), most);
        bar->value = lay_out(b, &b->q->value, value_of(b, bar->figure), b->q->width / 2);
        labels = fmaxf(labels, bar->label->width);
        values = fmaxf(values, bar->value->width);
        largest = fmax(largest, bar->high);
    }
    b->axis = labels + LABEL_GAP;
    float room = b->q->width - b->axis - values - VALUE_GAP - ARROW_GAP - ARROW_LENGTH;
    b->unit = largest > 0 ? room / (float)largest : 0;
}

static float draw_bars(Builder *b)
{
    const ChartStyle *style = &b->q->layout->chart;
    float y = 0, leading = (float)b->q->label.style->leading;
    for (size_t i = 0; i < b->bars; i++) {
        uint32_t label = b->bar[i].label->lines, value = b->bar[i].value->lines;
        float lines = (float)(label > value ? label : value) * leading;
        float pitch = fmaxf((float)style->pitch, lines + 6);
        b->bar[i].y = y + (pitch - (float)style->bar) / 2;
        draw_bar(b, &b->bar[i]);
        y += pitch;
    }
    add_fill(b, b->axis - AXIS_WIDTH, 0, AXIS_WIDTH, y, b->q->layout->colour[COLOUR_ink]);
    return y;
}

static Str alternative(const Builder *b, const ChartSpec *spec)
{
    StrBuf s = {0};
    strbuf_add_str(&s, spec->headline);
    strbuf_add_char(&s, ':');
    for (size_t i = 0; i < b->bars; i++) {
        strbuf_add_text(&s, i ? "; " : " ");
        strbuf_add_str(&s, label_of(b, b->bar[i].figure));
        strbuf_add_char(&s, ' ');
        strbuf_add_str(&s, value_of(b, b->bar[i].figure));
    }
    Str kept = arena_str(b->arena, strbuf_str(&s));
    strbuf_drop(&s);
    return kept;
}

const char *chart_make(Arena *arena, const ChartRequest *request, const ChartSpec *spec,
                       const Report *report, Chart *out)
{
    Builder b = {.arena = arena, .q = request, .bars = spec->n};
    b.bar = arena_zalloc(arena, spec->n * sizeof *b.bar);
    for (size_t i = 0; i < spec->n; i++) {
        const KeyFigure *f = report_figure(report, spec->figure[i]);
        if (!f)
            return N_("one of its figures is missing");
        b.bar[i] =
            (Bar){.figure = f, .low = number_of(f->value.low), .high = number_of(f->value.high)};
        const char *why = objection(f, b.bar[0].figure);
        if (why)
            return why;
    }
    place_bars(&b);
    float height = draw_bars(&b);
    *out = (Chart){.draw = arena_copy(arena, b.draws.at, b.draws.n, sizeof *out->draw),
                   .draws = b.draws.n,
                   .height = height,
                   .alternative = alternative(&b, spec)};
    array_drop(&b.draws);
    return NULL;
}
