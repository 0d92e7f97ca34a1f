/* Charts: bars as long as their values, nothing outside, nothing that would mislead. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/colour.h"
#include "base/mem.h"
#include "chart/chart.h"

#include "page_support.h"
#include "suites.h"

enum { MOST = 12 };

#if SANITIZED
enum { TABLES = 150 };
#else
enum { TABLES = 400 };
#endif

static Kit kit;
static Layout *layout;
static Arena arena;
static ChartRequest request;
static Report report;
static ChartSpec spec;
static KeyFigure figure[MOST];
#define NBSP "\xC2\xA0"

static Str id[MOST];
static Chart chart;

static void begin(void)
{
    kit_open(&kit, 1);
    layout = kit_layout(&kit, "committee-pack");
    const Style *label = &layout->style[STYLE_chart_label];
    const Style *value = &layout->style[STYLE_chart_value];
    const Style *axis = &layout->style[STYLE_chart_axis];
    arena = (Arena){0};
    request = (ChartRequest){.layout = layout,
                             .terms = kit.terms,
                             .text = kit.text,
                             .fallback = kit.fallback,
                             .label = {kit_font(&kit, layout, STYLE_chart_label), label, 0},
                             .value = {kit_font(&kit, layout, STYLE_chart_value), value, 0},
                             .axis = {kit_font(&kit, layout, STYLE_chart_axis), axis, 0},
                             .diags = kit.diags,
                             .pos = {7, 1, 0},
                             .width = 480};
    report = (Report){.figure = figure, .terms = kit.terms};
    spec = (ChartSpec){.type = CHART_BARS, .headline = STR("Overskrift"), .figure = id};
}

static void end(void)
{
    arena_drop(&arena);
    layout_drop(layout);
    kit_close(&kit);
}

static void add(const char *name, const char *value, const char *unit)
{
    size_t i = spec.n++;
    char *text = arena_strndup(&arena, "K00", 3);
    text[1] = (char)('0' + i / 10);
    text[2] = (char)('0' + i % 10);
    id[i] = str_from(text);
    figure[i] = (KeyFigure){.id = id[i], .name = str_from(name), .unit = str_from(unit)};
    figure[i].value = quantity_read(&arena, kit.terms, str_from(value));
    report.figures = spec.n;
}

static bool make(void)
{
    return chart_make(&arena, &request, &spec, &report, &chart);
}

/* The n-th rectangle of the bars' colour and height. */
static const Draw *bar(size_t n)
{
    for (size_t i = 0; i < chart.draws; i++) {
        const Draw *d = &chart.draw[i];
        if (d->kind == DRAW_FILL && fabs((double)d->h - layout->chart.bar) < 0.01 && n-- == 0)
            return d;
    }
    return NULL;
}

static size_t count(DrawKind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < chart.draws; i++)
        n += chart.draw[i].kind == kind;
    return n;
}

START_TEST(bars_are_as_long_as_their_values)
{
    Random random = {31};
    for (int round = 0; round < 200; round++) {
        spec.n = 0;
        size_t n = 1 + random_below(&random, MOST);
        double value[MOST] = {1};
        for (size_t i = 0; i < n; i++) {
            char text[20];
            value[i] = 1 + random_below(&random, 900);
            snprintf(text, sizeof text, "%d", (int)value[i]);
            add(i % 2 ? "Et navn" : "Et noget l\xC3\xA6ngere navn", text, "kr.");
        }
        ck_assert(make());
        double unit = (double)bar(0)->w / value[0];
        for (size_t i = 0; i < n; i++) {
            MUST(fabs((double)bar(i)->w - value[i] * unit) < 0.01 * value[i] * unit + 0.01);
            MUST(bar(i)->x == bar(0)->x); /* all begin at zero */
            MUST(i == 0 || bar(i)->y > bar(i - 1)->y + bar(i - 1)->h);
        }
        MUST(bar(n) == NULL);
    }
}
END_TEST

START_TEST(nothing_is_outside)
{
    add("Et meget langt navn, der er s\xC3\xA5 langt, at det m\xC3\xA5 brydes over flere linjer i figuren",
        "1.000.000", "kroner om \xC3\xA5ret");
    add("Kort", "mere end 999.999", "kroner om \xC3\xA5ret");
    add("0", "0", "kroner om \xC3\xA5ret");
    for (int step = 0; step < 10; step++) {
        float width = 150 + 50 * (float)step;
        request.width = width;
        ck_assert(make());
        for (size_t i = 0; i < chart.draws; i++) {
            const Draw *d = &chart.draw[i];
            ck_assert_msg(d->kind == DRAW_PATH || (d->x >= -0.01F && d->x + d->w <= width + 0.5F),
                          "%f: from %f to %f", (double)width, (double)d->x, (double)(d->x + d->w));
            ck_assert(d->kind == DRAW_PATH || d->y <= chart.height + 0.01F);
        }
    }
}
END_TEST

START_TEST(what_is_not_certain_looks_so)
{
    add("A", "10", "kr.");
    add("B", "8", "kr.");
    ck_assert(make());
    size_t plain = count(DRAW_PATH);
    ck_assert_uint_eq(plain, 0);
    spec.n = 0;
    add("A", "10", "kr.");
    add("B", "ca. 8", "kr."); /* hatched */
    ck_assert(make());
    size_t about = count(DRAW_PATH);
    ck_assert_uint_gt(about, 2);
    ck_assert_ptr_null(bar(1));
    spec.n = 0;
    add("A", "10", "kr.");
    add("B", "mere end 8", "kr."); /* an arrow */
    ck_assert(make());
    ck_assert_uint_eq(count(DRAW_PATH), 1);
    spec.n = 0;
    add("A", "6-10", "kr."); /* filled to 6, white to 10 */
    ck_assert(make());
    ck_assert_ptr_nonnull(bar(0));
    ck_assert_uint_eq(count(DRAW_PATH), 1);
}
END_TEST

/* The lines of its hatching, and how far apart they begin. */
static void measure_hatching(float *pitch, float *width)
{
    const Path *first = NULL;
    *pitch = 0;
    for (size_t i = 0; i < chart.draws && *pitch <= 0; i++) {
        const Draw *d = &chart.draw[i];
        if (d->kind != DRAW_PATH || d->path->steps != 2)
            continue;
        *pitch = first ? fabsf(d->path->step[0].y - first->step[0].y) : 0;
        first = d->path;
        *width = d->path->width;
    }
}

/* Its lines are 0.9 wide: their ends at 45 degrees reach a third of a point beyond where they end. */
START_TEST(hatching_stays_within_its_outline)
{
    const float corner = 0.9F / 2 * 0.7071F;
    float left = 0, top = 0, right = 0, bottom = 0;
    size_t lines = 0;
    add("A", "ca. 8", "kr.");
    ck_assert(make());
    for (size_t i = 0; i < chart.draws; i++) {
        const Path *p = chart.draw[i].kind == DRAW_PATH ? chart.draw[i].path : NULL;
        if (!p || p->steps != 5)
            continue;
        left = p->step[0].x - p->width / 2, top = p->step[0].y - p->width / 2;
        right = p->step[2].x + p->width / 2, bottom = p->step[2].y + p->width / 2;
    }
    for (size_t i = 0; i < chart.draws; i++) {
        const Path *p = chart.draw[i].kind == DRAW_PATH ? chart.draw[i].path : NULL;
        for (uint32_t k = 0; p && p->steps == 2 && fabsf(p->width - 0.9F) < 0.01F && k < 2; k++) {
            ck_assert_float_ge(p->step[k].x - corner, left - 0.01F);
            ck_assert_float_le(p->step[k].x + corner, right + 0.01F);
            ck_assert_float_ge(p->step[k].y - corner, top - 0.01F);
            ck_assert_float_le(p->step[k].y + corner, bottom + 0.01F);
            lines++;
        }
    }
    ck_assert_uint_gt(lines, 8);
}
END_TEST

START_TEST(hatching_is_as_coarse_as_bars_are_high)
{
    float pitch = 1, width = 1, large_pitch = 0, large_width = 0;
    add("A", "ca. 8", "kr.");
    ck_assert(make());
    measure_hatching(&pitch, &width);
    Layout *house = layout; /* its styles stay in the request */
    request.layout = layout = kit_layout(&kit, "large-print");
    ck_assert(make());
    measure_hatching(&large_pitch, &large_width);
    ck_assert_float_eq_tol(pitch, 3.6F, 0.01F);
    ck_assert_float_eq_tol(large_pitch / pitch, (float)layout->chart.bar / 13.5F, 0.01F);
    ck_assert_float_eq_tol(large_width / width, (float)layout->chart.bar / 13.5F, 0.01F);
    layout_drop(house);
}
END_TEST

static const Draw *path(size_t n)
{
    for (size_t i = 0; i < chart.draws; i++)
        if (chart.draw[i].kind == DRAW_PATH && n-- == 0)
            return &chart.draw[i];
    return NULL;
}

START_TEST(forecasts_are_hatched_by_their_names)
{
    static const struct {
        const char *name;
        bool forecast;
    } cases[] = {{"Prognose 2027", true},
                 {"Prognose\u00A02027", true},
                 {"Ventet", true},
                 {"2027, prognose", false},
                 {"Prognosegruppen", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        spec.n = 0;
        add("2026", "10", "kr.");
        add(cases[i].name, "8", "kr.");
        ck_assert(make());
        ck_assert_msg((bar(1) == NULL) == cases[i].forecast, "%s", cases[i].name);
        ck_assert_str_eq(chart.value[1].p, cases[i].forecast ? "ventet\xC2\xA0"
                                                               "8\xC2\xA0kr."
                                                             : "8\xC2\xA0kr.");
    }
}
END_TEST

START_TEST(hatching_is_explained)
{
    static const struct {
        const char *value[2], *says;
        bool without_key;
    } cases[] = {
        {{"10", "8"}, "", false},
        {{"10", "mere end 8"}, "", false},
        {{"10", "ca. 8"}, "Skraveret: usikkert tal", false},
        {{"10", "ca. 8"}, "", true},
        {{"5-10", "8"}, "Hvidt:\xC2\xA0sp\xC3\xA6ndet", false},
        {{"1000-1003", "800"}, "", false}, /* too thin to be seen */
        {{"1000-1003", "ca. 8"}, "Skraveret: usikkert tal", false},
        {{"5-10", "8"}, "", true},
        {{"5-10", "ca. 8"}, "Skraveret: usikkert tal. Hvidt:\xC2\xA0sp\xC3\xA6ndet", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        spec.n = 0;
        spec.without_key = cases[i].without_key;
        add("A", cases[i].value[0], "kr.");
        add("B", cases[i].value[1], "kr.");
        ck_assert(make());
        ck_assert_str_eq(chart.source_more.n ? chart.source_more.p : "", cases[i].says);
    }
}
END_TEST

/* Filled to the nearer end, white to the farther; where it has both sides of zero the bars lie down. */
START_TEST(an_interval_stands_as_a_column)
{
    static const struct {
        const char *interval;
        double least, most;
        bool stands;
    } cases[] = {
        {"30-40", 30, 40, true}, {"-40 til -30", 30, 40, true}, {"-5 til 40", 0, 0, false}};
    for (size_t i = 0; i < 3; i++) {
        spec.n = 0;
        spec.type = CHART_COLUMNS;
        add("2026", "20", "kr.");
        add("2027", cases[i].interval, "kr.");
        ck_assert(make());
        double solid[2] = {0}; /* heights */
        unsigned bars = 0;
        float white = 0;
        for (size_t k = 0; k < chart.draws; k++) {
            const Draw *d = &chart.draw[k];
            if (d->kind == DRAW_FILL && d->line.colour == layout->colour[COLOUR_primary] &&
                bars < 2)
                solid[bars++] = (double)d->h;
            if (d->kind == DRAW_PATH && d->path->steps == 5)
                white = d->path->step[2].y - d->path->step[0].y;
        }
        ck_assert((bar(0) == NULL) == cases[i].stands);
        if (!cases[i].stands)
            continue;
        ck_assert_uint_eq(bars, 2);
        double unit = solid[0] / 20;
        ck_assert_double_eq_tol(solid[1], cases[i].least * unit, 0.1);
        ck_assert_double_eq_tol((double)white, (cases[i].most - cases[i].least) * unit, 1);
    }
}
END_TEST

/* The n-th text. */
static const Draw *text(size_t n)
{
    for (size_t i = 0; i < chart.draws; i++)
        if (chart.draw[i].kind == DRAW_TEXT && n-- == 0)
            return &chart.draw[i];
    return NULL;
}

static const Draw *bar_of_colour(ColourRole role)
{
    for (size_t i = 0; i < chart.draws; i++)
        if (chart.draw[i].kind == DRAW_FILL && chart.draw[i].line.colour == layout->colour[role])
            return &chart.draw[i];
    return NULL;
}

/* As high as the outline of the rest, its value at its end, and what the whole is below the whole's. */
START_TEST(a_share_is_seen_in_its_whole)
{
    add("I dag", "80", "pct.");
    ck_assert(make());
    const Draw *share = bar_of_colour(COLOUR_primary), *value = text(0), *whole = text(2);
    const PathStep *rest = path(0)->path->step;
    ck_assert_uint_eq(count(DRAW_PATH), 1);
    ck_assert_float_eq_tol(rest[0].x, share->w, 0.01F);
    ck_assert_float_eq_tol(share->w / rest[1].x, 0.8F, 0.01F);
    float inset = path(0)->path->width / 2; /* its line lies inside */
    ck_assert_float_eq_tol(rest[0].y, share->y + inset, 0.01F);
    ck_assert_float_eq_tol(rest[2].y, share->y + share->h - inset, 0.01F);
    ck_assert(value->x + value->w < share->w && value->x + value->w > share->w - 10);
    ck_assert_float_eq_tol(whole->x + whole->w, rest[1].x, 1);
    ck_assert_float_gt(whole->y, share->y + share->h + 8);
}
END_TEST

/* White and dashed, also where it is about right, with its value in it, as the rest is white, too. */
START_TEST(an_own_estimate_is_white_and_dashed)
{
    static const char *const values[] = {"50", "ca. 50"};
    for (size_t i = 0; i < 2; i++) {
        spec.n = 0;
        add("Egen vurdering", values[i], "pct.");
        figure[0].caveat = STR("Egen vurdering");
        ck_assert(make());
        const Path *whole = path(0)->path, *share = path(1)->path;
        ck_assert_uint_eq(count(DRAW_PATH), 2);
        ck_assert(whole->dash == 0 && fabsf(whole->width - 0.75F) < 0.01F && share->dash > 0);
        ck_assert_float_eq_tol(share->width, 0.9F, 0.01F);
        ck_assert_ptr_null(bar_of_colour(COLOUR_primary));
        ck_assert_float_eq_tol(share->step[1].x / whole->step[1].x, 0.5F, 0.01F);
        ck_assert_float_eq_tol(text(0)->x + text(0)->w, share->step[1].x - 5, 1);
    }
}
END_TEST

/* In value, source and alternative, unless the chart says it beside the bar. */
START_TEST(an_own_estimate_is_called_one)
{
    static const struct {
        const char *name, *headline;
        bool named;
    } cases[] = {{"Bikeworks", "Overskrift", true},
                 {"Bikeworks\xE2\x80\x99 egen vurdering", "Overskrift", false},
                 {"Bikeworks", "Halvdelen efter eget sk\xC3\xB8n", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        spec.n = 0;
        spec.headline = str_from(cases[i].headline);
        add(cases[i].name, "ca. 50", "timer");
        figure[0].caveat = STR("Egen vurdering; der findes ingen statistik");
        add("Clarity", "40", "timer");
        figure[1].caveat = (Str){"", 0};
        ck_assert(make());
        const Str word = STR(", egen vurdering");
        ck_assert_int_eq(str_ends(chart.value[0], word), cases[i].named);
        ck_assert(!str_ends(chart.value[1], word));
        ck_assert_int_eq(memmem(chart.alternative.p, chart.alternative.n, word.p, word.n) != NULL,
                         cases[i].named);
        ck_assert_str_eq(chart.source_more.n ? chart.source_more.p : "",
                         cases[i].named ? "Stiplet: egen vurdering" : "");
    }
}
END_TEST

/* Where the value has room neither in its part nor in the rest of the outline it stands beyond that. */
static void make_progress(const char *value, const char *target, const char *unit)
{
    spec = (ChartSpec){.type = CHART_PROGRESS, .headline = STR("Overskrift"), .figure = id};
    add("Kloak", value, unit);
    add("I alt", target, unit);
    spec.n = 1;
    spec.target = id[1];
    ck_assert(make());
}

/* Of the fills of paper that are no higher than a bar, the widest. */
static const Draw *patch(void)
{
    const Draw *widest = NULL;
    for (size_t i = 0; i < chart.draws; i++)
        if (chart.draw[i].kind == DRAW_FILL &&
            chart.draw[i].line.colour == layout->colour[COLOUR_paper] &&
            (!widest || chart.draw[i].w > widest->w))
            widest = &chart.draw[i];
    return widest;
}

/* Beyond a hatched bar's end, or on white that takes all of its end. */
START_TEST(a_value_cuts_no_hole_into_hatching)
{
    make_progress("ca. 86", "171", "km");
    ck_assert_float_eq_tol(text(0)->x, 86 * (480 - 0.75F) / 171 + 5, 1);
    make_progress("ca. 171", "171", "km");
    const Draw *clear = patch();
    float end = 480 - 0.75F;
    ck_assert_float_lt(text(0)->x + text(0)->w, end);
    ck_assert_float_eq_tol(clear->x + clear->w, end - 0.75F, 0.1F);
    ck_assert_float_eq_tol(clear->h, 15 - 1.5F, 0.1F);
    ck_assert_float_le(clear->x, text(0)->x - 4.9F);
}
END_TEST

START_TEST(no_chart_stands_without_its_unit)
{
    static const struct {
        const char *headline, *subtitle, *unit, *says;
    } cases[] = {{"Over m\u00E5let", "", "boliger", "boliger"},
                 {"Over m\u00E5let", "Nye boliger", "boliger", ""},
                 {"Flere boliger end n\u00E5et f\u00F8r", "", "boliger", ""},
                 {"Over m\u00E5let", "", "pct.", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        make_progress("120", "100", cases[i].unit);
        spec.headline = str_from(cases[i].headline);
        spec.subtitle = str_from(cases[i].subtitle);
        ck_assert(make());
        ck_assert_str_eq(chart.unit.n ? chart.unit.p : "", cases[i].says);
    }
}
END_TEST

/* In one bar while their names have room below it; else as bars that are as long as their share of the whole. */
START_TEST(parts_are_seen_in_their_whole)
{
    static const char *const names[] = {"Grundejere i f\u00F8rste r\u00E6kke",
                                        "\u00D8vrige grundejere", "Lemvad Kommune", "Staten"};
    static const char *const values[] = {"31", "15", "48", "6"};
    for (int narrow = 0; narrow < 2; narrow++) {
        spec.n = 0;
        spec.type = CHART_SHARES;
        request.width = narrow ? 230 : 190;
        for (size_t i = 0; i < 4; i++)
            add(names[(i + (size_t)narrow) % 4], values[i], "pct.");
        if (narrow)
            figure[1].name = figure[2].name = STR("Den sammenh\u00E6ngende borgerrettede indsats");
        ck_assert(make());
        ck_assert(chart.as_bars == narrow);
    }
    const Draw *largest = bar(2);
    ck_assert_ptr_nonnull(largest);
    ck_assert_float_lt(largest->w, (request.width - largest->x) / 2);
    ck_assert_float_eq_tol(bar(0)->w / largest->w, 31.0F / 48, 0.01F);
}
END_TEST

/* LOOK: 0.75 where bars have their usual height. */
START_TEST(what_a_share_is_of_has_an_outline_as_heavy_as_its_bar)
{
    add("Andel", "30", "pct.");
    ck_assert(make());
    ck_assert_float_eq_tol(path(0)->path->width, 0.75F, 0.01F);
    Layout *house = layout; /* its styles stay in the request */
    request.layout = layout = kit_layout(&kit, "large-print");
    ck_assert(make());
    ck_assert_float_eq_tol(path(0)->path->width, 0.75F * (float)layout->chart.bar / 13.5F, 0.01F);
    layout_drop(house);
}
END_TEST

START_TEST(a_value_crosses_no_outline)
{
    for (unsigned share = 0; share <= 100; share++) {
        char value[20];
        spec.n = 0;
        request.width = 200;
        snprintf(value, sizeof value, "ca. %u", share);
        add("Andel", value, "pct.");
        ck_assert(make());
        float end = 0;
        for (size_t i = 0; i < count(DRAW_PATH); i++)
            for (size_t k = 0; k < path(i)->path->steps; k++)
                end = fmaxf(end, path(i)->path->step[k].x);
        float left = text(0)->x, right = left + text(0)->w;
        MUST(left > end || right < end);
        float bar = end * (float)share / 100;
        MUST(right <= 200.1F && (left >= bar || right < bar));
    }
}
END_TEST

/* One line where what is sure ends, not the outlines of two; what is forecast is hatched to there. */
START_TEST(an_interval_has_one_line_at_its_nearer_end)
{
    static const char *const names[] = {"2027", "Prognose 2027"};
    for (size_t i = 0; i < 2; i++) {
        spec.n = 0;
        add("2026", "10.000", "kr.");
        add(names[i], "9.300-10.200", "kr.");
        ck_assert(make());
        ck_assert((bar(1) == NULL) == (i == 1));
        const Path *more = path(count(DRAW_PATH) - 1)->path;
        float line = more->width, end = bar(0)->x + bar(0)->w * 0.93F;
        ck_assert_uint_eq(more->steps, 5);
        ck_assert_float_eq_tol(more->step[0].x + line / 2, end, 0.01F);
    }
}
END_TEST

/* White on both sides of zero, to both ends, whichever is farther. */
START_TEST(an_interval_across_zero_is_white_on_both_sides)
{
    static const struct {
        const char *interval;
        float low, high;
    } cases[] = {{"-5 til 40", -5, 40}, {"-40 til 5", -40, 5}, {"-8 til 8", -8, 8}};
    for (size_t i = 0; i < 3; i++) {
        spec.n = 0;
        add("2026", "20", "kr.");
        add("2027", cases[i].interval, "kr.");
        ck_assert(make());
        float zero = bar(0)->x, unit = bar(0)->w / 20, left = zero, right = zero;
        ck_assert_uint_eq(count(DRAW_PATH), 2);
        for (size_t k = 0; k < 2; k++) {
            const Path *span = path(k)->path;
            ck_assert_uint_eq(span->steps, 5);
            left = fminf(left, span->step[0].x - span->width / 2);
            right = fmaxf(right, span->step[1].x + span->width / 2);
        }
        ck_assert_float_eq_tol(left, zero + cases[i].low * unit, 0.01F);
        ck_assert_float_eq_tol(right, zero + cases[i].high * unit, 0.01F);
    }
}
END_TEST

static unsigned outlines(void)
{
    unsigned n = 0;
    for (size_t k = 0; k < chart.draws; k++)
        n += chart.draw[k].kind == DRAW_PATH && chart.draw[k].path->steps == 5;
    return n;
}

/* A span whose white can't be seen is hatched with the rest of its forecast; what was counted ends where it is sure. */
START_TEST(a_forecast_of_a_short_span_is_hatched_to_its_end)
{
    static const struct {
        const char *name, *interval;
        bool white;
    } cases[] = {{"Prognose 2027", "9.985-9.990", false},
                 {"2027", "9.985-9.990", false},
                 {"Prognose 2027", "9.500-9.990", true}};
    for (size_t i = 0; i < 3; i++) {
        for (ChartType type = CHART_BARS; type <= CHART_COLUMNS; type++) {
            spec.n = 0;
            spec.type = type;
            add("2026", "10.000", "kr.");
            add(cases[i].name, cases[i].interval, "kr.");
            ck_assert(make());
            bool told = memmem(chart.source_more.p, chart.source_more.n, "Hvidt", 5) != NULL;
            ck_assert_msg(told == cases[i].white, "case %zu, type %d", i, type);
            ck_assert_uint_eq(outlines(), cases[i].white ? 2 : 1);
        }
    }
}
END_TEST

/* The source line of a chart is set once, and its plot may be drawn again, lower. */
START_TEST(a_span_is_explained_where_its_white_is_seen_in_every_form)
{
    unsigned explained[2] = {0, 0};
    for (int low = 9300; low < 9990; low += 10) {
        char interval[32];
        snprintf(interval, sizeof interval, "%d-9990", low);
        for (int gives = 0; gives < 2; gives++) {
            spec.n = 0;
            spec.type = CHART_COLUMNS;
            add("2026", "10000", "kr.");
            add("Prognose 2027", interval, "kr.");
            request.closest = gives ? 0.4F : 0;
            request.closer = 0;
            ck_assert(make());
            Str told = chart.source_more;
            unsigned drawn = outlines();
            request.closer = request.closest;
            ck_assert(make());
            ck_assert(str_equal(chart.source_more, told));
            ck_assert_uint_eq(outlines(), drawn);
            explained[gives] += memmem(chart.source_more.p, chart.source_more.n, "Hvidt", 5) !=
                                NULL;
        }
    }
    ck_assert_uint_gt(explained[1], 0);
    ck_assert_uint_gt(explained[0], explained[1]);
}
END_TEST

/* One from zero begins on no outline: its own takes more of its white. */
START_TEST(a_span_from_zero_is_explained_where_its_white_is_seen)
{
    unsigned explained = 0;
    for (int high = 100; high < 1200; high += 10) {
        char interval[32];
        snprintf(interval, sizeof interval, "0-%d", high);
        spec.n = 0;
        spec.type = CHART_COLUMNS;
        add("2026", "10000", "kr.");
        add("2027", interval, "kr.");
        ck_assert(make());
        ck_assert_uint_eq(count(DRAW_PATH), 1);
        const Path *span = path(0)->path;
        float white = fabsf(span->step[2].y - span->step[0].y) - span->width;
        bool told = memmem(chart.source_more.p, chart.source_more.n, "Hvidt", 5) != NULL;
        ck_assert_msg(fabsf(white - 1) < 0.01F || told == (white >= 1), "%g of white",
                      (double)white);
        explained += told;
    }
    ck_assert_uint_gt(explained, 0);
    ck_assert_uint_lt(explained, 110);
}
END_TEST

/* Where values have no room beside bars, a name is much nearer to its own bar than to the one before. */
START_TEST(names_above_bars_are_nearer_to_their_own)
{
    request.width = 150;
    add("Et noget l\xC3\xA6ngere navn", "10", "kr.");
    add("Et andet ret langt navn", "8", "kr.");
    ck_assert(make());
    for (size_t i = 0; i < chart.draws; i++) {
        const Draw *d = &chart.draw[i];
        if (d->kind != DRAW_TEXT || d->y < bar(0)->y)
            continue;
        float leading = d->text.leading,
              capital = (float)layout->style[STYLE_chart_label].size * 0.7F;
        float before = d->y - capital - bar(0)->y - bar(0)->h;
        float behind = bar(1)->y - d->y - leading * (float)(d->text.end - 1);
        ck_assert_msg(before > 3.5F * behind, "%g and %g", (double)before, (double)behind);
    }
}
END_TEST

/* As beside a chart of which a name takes more lines. */
START_TEST(names_above_bars_take_the_lines_that_they_are_told)
{
    request.width = 120;
    add("2025", "13.210", "elever");
    add("2026", "13.080", "elever");
    ck_assert(make()); /* an axis stands at the left of each bar */
    Chart as_is = chart;
    float first = bar(0)->y, second = bar(2)->y;
    ck_assert_ptr_nonnull(chart.name_lines);
    ck_assert_uint_eq(chart.name_lines[1], 1);
    uint32_t lines[] = {1, 2};
    request.name_lines = lines;
    ck_assert(make());
    float leading = (float)request.label.style->leading;
    ck_assert_uint_eq(chart.name_lines[1], 2);
    ck_assert_float_eq_tol(bar(0)->y, first, 0.01f);
    ck_assert_float_eq_tol(bar(2)->y, second + leading, 0.01f);
    ck_assert_float_eq_tol(chart.height, as_is.height + leading, 0.01f);
    lines[1] = 0; /* a name takes no less than it must */
    ck_assert(make());
    ck_assert_uint_eq(chart.name_lines[1], 1);
    ck_assert_float_eq_tol(bar(2)->y, second, 0.01f);
    request.name_lines = NULL;
    request.width = 480;
    ck_assert(make());
    ck_assert_ptr_null(chart.name_lines);
}
END_TEST

/* Values in large print need high bars. */
START_TEST(bars_are_as_high_as_the_values_in_them)
{
    static const ChartType types[] = {CHART_PROGRESS, CHART_SHARES};
    layout->style[STYLE_chart_value].size = 18;
    layout->style[STYLE_chart_value].leading = 24;
    for (size_t k = 0; k < 2; k++) {
        float highest = 0;
        spec.n = 0;
        spec.type = types[k];
        add("A", "80", "pct.");
        add("B", k ? "20" : "m\xC3\xA5l 100", "pct.");
        spec.n = k ? 2 : 1;
        spec.target = k ? (Str){"", 0} : id[1];
        ck_assert(make());
        for (size_t i = 0; i < chart.draws; i++)
            if (chart.draw[i].kind == DRAW_FILL && chart.draw[i].w > 60)
                highest = fmaxf(highest, chart.draw[i].h);
        ck_assert_float_ge(highest, 24);
    }
}
END_TEST

static void check_says(const char *why)
{
    size_t n = diags_count(kit.diags, DIAG_ERROR);
    ck_assert(!make());
    ck_assert_uint_eq(diags_count(kit.diags, DIAG_ERROR), n + 1);
    ck_assert_str_eq(diags_message(kit.diags, n), why);
    ck_assert_uint_eq(diags_pos(kit.diags, n).line, 7);
}

static void check_refused(const char *value, const char *unit, const char *why)
{
    spec.n = 0;
    add("A", "10", "kr.");
    add("B", value, unit);
    check_says(why);
}

#define MISLEAD "this chart would mislead: "

START_TEST(what_would_mislead_is_refused)
{
    check_refused("8", "pct.", MISLEAD "its figures have different units");
    check_refused("2. st\xC3\xB8rste", "kr.", MISLEAD "a rank has no length");
    check_refused("m\xC3\xA5l 8", "kr.", MISLEAD "a target is no measured value");
    check_refused("p\xC3\xA5 niveau", "kr.", MISLEAD "a value in words has no length");
    spec.type = CHART_SHARES;
    check_refused("mere end 8", "kr.", MISLEAD "a bound or an interval is no exact part");
    check_refused("6-8", "kr.", MISLEAD "a bound or an interval is no exact part");
    check_refused("-8", "kr.", MISLEAD "a part below zero has no length");
    spec.type = CHART_PROGRESS;
    check_refused("8", "kr.", "a chart of progress needs a 'target': the id of a key figure");
    spec.type = CHART_GROUPED;
    check_refused("8", "kr.", "grouped bars need a table with two series or more");
    spec.type = CHART_SLOPE;
    check_refused("8", "kr.",
                  "this type of chart compares two values: the table needs two columns of them");
}
END_TEST

/* Of figures that a caveat calls so; what can't be compared may stand beside others where the reader is told. */
START_TEST(what_caveats_forbid_is_refused)
{
    add("A", "10", "kr.");
    add("B", "8", "kr.");
    figure[1].caveat = STR("Antallet er ikke bekr\xC3\xA6"
                           "ftet");
    check_says(MISLEAD "the caveat of 'K01' says that it isn't confirmed");
    static const struct {
        const char *caveat;
        bool forbids;
    } cases[] = {{"Kan ikke sammenlignes med andre", true},
                 {"Anden opg\xC3\xB8relse; kan ikke sammenlignes.", true},
                 {"Tallene er ikke sammenlignelige", true},
                 {"Kan ikke sammenlignes med tal fra f\xC3\xB8r 2019", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        figure[1].caveat = str_from(cases[i].caveat);
        if (cases[i].forbids)
            check_says(MISLEAD "the caveat of 'K01' says that it can't be compared");
        else
            ck_assert(make());
    }
    figure[1].caveat = str_from(cases[0].caveat);
    spec.subtitle = STR("Kroner, hver med sit grundlag");
    ck_assert(make());
    spec.subtitle = (Str){"", 0};
    spec.n = 1;
    id[0] = id[1];
    ck_assert(make());
}
END_TEST

START_TEST(no_bound_is_an_exact_total_or_target)
{
    static const struct {
        ChartType type;
        const char *whole, *why;
    } cases[] = {{CHART_SHARES, "mere end 18", MISLEAD "a bound or an interval is no exact total"},
                 {CHART_SHARES, "17-19", MISLEAD "a bound or an interval is no exact total"},
                 {CHART_PROGRESS, "17-19", MISLEAD "a target between two numbers is no line"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        spec = (ChartSpec){.type = cases[i].type, .headline = STR("Overskrift"), .figure = id};
        add("A", "10", "kr.");
        add("B", "8", "kr.");
        add("I alt", cases[i].whole, "kr.");
        spec.n = 2;
        spec.total = spec.target = id[2];
        check_says(cases[i].why);
    }
}
END_TEST

START_TEST(people_are_not_rounded)
{
    static const struct {
        const char *total, *unit;
        bool good;
    } cases[] = {{"18", "borgere", true},     {"19", "borgere", false},
                 {"19", "kr.", true},         {"19", "sager", false},
                 {"ca. 20", "borgere", true}, {"ca. 30", "borgere", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        spec = (ChartSpec){.type = CHART_SHARES, .headline = STR("Overskrift"), .figure = id};
        add("A", "10", cases[i].unit);
        add("B", "8", cases[i].unit);
        add("I alt", cases[i].total, cases[i].unit);
        spec.n = 2;
        spec.total = id[2];
        if (cases[i].good)
            ck_assert(make());
        else
            check_says(MISLEAD "its parts don't sum to the total");
    }
}
END_TEST

START_TEST(parts_sum_to_their_total)
{
    static const struct {
        const char *total;
        bool good;
    } cases[] = {{"18", true},  {"18,5", true}, {"19", true},
                 {"20", false}, {"17", true},   {"15", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        spec = (ChartSpec){.type = CHART_SHARES, .headline = STR("Overskrift"), .figure = id};
        add("A", "10", "kr.");
        add("B", "8", "kr.");
        add("I alt", cases[i].total, "kr.");
        spec.n = 2;
        spec.total = id[2];
        if (cases[i].good)
            ck_assert_msg(make(), "%s", cases[i].total);
        else
            check_says(MISLEAD "its parts don't sum to the total");
    }
}
END_TEST

/* Per cent are of a hundred, whether that is said or not. */
START_TEST(shares_in_per_cent_make_a_hundred)
{
    static const struct {
        const char *a, *b, *unit;
        bool good;
    } cases[] = {{"60", "40", "pct.", true}, {"60,4", "39,6", "pct.", true},
                 {"33", "66", "pct.", true}, {"60", "20", "pct.", false},
                 {"89", "12", "%", true},    {"60", "20", "kr.", true},
                 {"60", "50", "pct.", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        spec = (ChartSpec){.type = CHART_SHARES, .headline = STR("Overskrift"), .figure = id};
        add("A", cases[i].a, cases[i].unit);
        add("B", cases[i].b, cases[i].unit);
        if (cases[i].good)
            ck_assert_msg(make(), "%s and %s", cases[i].a, cases[i].b);
        else
            check_says(MISLEAD "its parts are per cent and don't sum to 100");
    }
}
END_TEST

START_TEST(scales_are_counted)
{
    add("A", "0,5 mio.", "kr.");
    add("B", "250.000", "kr.");
    ck_assert(make());
    ck_assert(fabs((double)(bar(0)->w - 2 * bar(1)->w)) < 0.01);
}
END_TEST

/* ---- every type, with values at random ------------------------------------------------------- */

enum { MOST_ROWS = 30, MOST_COLUMNS = 4 };

static Cell cell[(MOST_ROWS + 1) * (MOST_COLUMNS + 1)];
static Inline words[(MOST_ROWS + 1) * (MOST_COLUMNS + 1)];
static Table table;
static Block table_block;
static Section section;

static Str random_label(Random *random, bool years, size_t row)
{
    static const char *const labels[] = {
        "Nord", "Socialforvaltningen", "Boroughs\xE2\x80\x99 indt\xC3\xA6gter fra staten",
        "Specialundervisningsinstitutionens enheder", "Vest for broen"};
    char year[24];
    const char *before = years && random_once_in(random, 5) ? "Prognose " : "";
    snprintf(year, sizeof year, "%s%u", before, 1990 + (unsigned)row);
    return arena_str(&arena, str_from(years ? year : labels[random_below(random, 5)]));
}

static Str random_value(Random *random, double size, bool plain, bool positive, const char *unit)
{
    char text[48];
    double value = size * (double)(1 + random_below(random, 1000)) / 1000;
    const char *sign = !positive && random_once_in(random, 6) ? "-" : "";
    static const char *const words_before[] = {"", "", "", "ca. ", "mere end ", "op til "};
    const char *before = plain ? words_before[random_below(random, 4)]
                               : words_before[random_below(random, 6)];
    if (sign[0])
        before = "";
    if (value < 100 && random_once_in(random, 3))
        snprintf(text, sizeof text, "%s%s%d,%02u %s", before, sign, (int)value,
                 random_below(random, 100), unit);
    else
        snprintf(text, sizeof text, "%s%s%llu %s", before, sign, (unsigned long long)value, unit);
    return arena_str(&arena, str_from(text));
}

static void set_cell(size_t i, Str text)
{
    words[i] = (Inline){.kind = INLINE_TEXT, .text = text};
    cell[i].inlines = text.n ? &words[i] : NULL;
}

static const struct {
    size_t least_rows, most_rows, least_columns, most_columns;
    ChartType type;
    bool plain, positive, gaps;
} kinds[] = {{1, 30, 1, 1, CHART_BARS, false, false, false},
             {1, 30, 1, 1, CHART_COLUMNS, false, false, false},
             {1, 12, 2, 4, CHART_GROUPED, false, false, true},
             {1, 4, 1, 1, CHART_SHARES, true, true, false},
             {1, 5, 1, 1, CHART_PROGRESS, false, true, false},
             {1, 30, 2, 2, CHART_DOTS, true, false, false},
             {1, 12, 2, 2, CHART_SLOPE, true, false, false},
             {2, 30, 1, 4, CHART_LINES, true, false, true},
             {2, 30, 2, 4, CHART_PANELS, true, false, true}};
enum { KINDS = sizeof kinds / sizeof *kinds };

static void make_table(Random *random, size_t kind)
{
    static const double sizes[] = {9, 100, 5000, 3e6, 4e9};
    size_t rows =
        kinds[kind].least_rows +
        random_below(random, (uint32_t)(kinds[kind].most_rows - kinds[kind].least_rows + 1));
    size_t columns =
        kinds[kind].least_columns +
        random_below(random, (uint32_t)(kinds[kind].most_columns - kinds[kind].least_columns + 1));
    bool years = random_once_in(random, 2), gaps = kinds[kind].gaps && random_once_in(random, 3);
    bool mixed = random_once_in(random, 4);
    double size = sizes[random_below(random, 5)];
    table = (Table){.rows = rows + 1, .columns = columns + 1, .cell = cell};
    for (size_t k = 0; k <= columns; k++)
        set_cell(k, k ? random_label(random, false, 0) : (Str){"", 0});
    for (size_t i = 1; i <= rows; i++) {
        set_cell(i * (columns + 1), random_label(random, years, i));
        for (size_t k = 1; k <= columns; k++) {
            bool gap = gaps && i > 1 && random_once_in(random, 5);
            size = mixed ? sizes[random_below(random, 5)] : size;
            Str value = random_value(random, size, kinds[kind].plain, kinds[kind].positive,
                                     kinds[kind].type == CHART_SHARES ? "kr." : "pct.");
            set_cell(i * (columns + 1) + k, gap ? (Str){"", 0} : value);
        }
    }
    if (rows > 3 && kinds[kind].type != CHART_SHARES && random_once_in(random, 6))
        set_cell(rows * (columns + 1), STR("I alt"));
}

typedef struct {
    float left, top, right, bottom;
} Area;

static Area line_area(const Draw *d, uint32_t line)
{
    const GlyphLine *l = &d->text.para->line[line];
    float y = d->y + (float)line * d->text.leading, size = d->text.para->run[l->run].size;
    return (Area){d->x + l->x, y - 0.72f * size, d->x + l->x + l->width, y};
}

/* Whether a box lies behind all of an area or beside it. What is drawn first is behind. */
static bool is_behind(const Draw *d, const Area *a)
{
    return d->x <= a->left + 0.1f && d->x + d->w >= a->right - 0.1f && d->y <= a->top + 0.1f &&
           d->y + d->h >= a->bottom - 0.1f;
}

static bool is_beside(const Draw *d, const Area *a)
{
    return d->x + d->w <= a->left + 0.1f || d->x >= a->right - 0.1f ||
           d->y + d->h <= a->top + 0.1f || d->y >= a->bottom - 0.1f;
}

/* No bar runs through a text: it is beside, or behind all of it and far enough from its colour. Hairlines
 * may pass behind. */
static void check_grounds(size_t kind, int round)
{
    for (size_t i = 0; i < chart.draws; i++) {
        const Draw *t = &chart.draw[i];
        for (uint32_t l = 0; t->kind == DRAW_TEXT && l < t->text.end; l++) {
            Area area = line_area(t, l);
            Colour ground = 0xFFFFFF, colour = t->text.para->run[0].colour;
            for (size_t k = 0; k < chart.draws; k++) {
                const Draw *d = &chart.draw[k];
                if (d->kind != DRAW_FILL || d->w < 1 || d->h < 1 || is_beside(d, &area))
                    continue;
                MUST_SAY(k < i, "type %zu, round %d: a box is drawn over a text", kind, round);
                bool paper = d->line.colour == layout->colour[COLOUR_paper];
                MUST_SAY(paper || is_behind(d, &area),
                         "type %zu, round %d: a box at (%g %g %g %g) runs into a text at (%g %g)",
                         kind, round, (double)d->x, (double)d->y, (double)d->w, (double)d->h,
                         (double)area.left, (double)area.bottom);
                ground = paper && !is_behind(d, &area) ? ground : d->line.colour;
            }
            MUST_SAY(colour_contrast(colour, ground) >= 4.5,
                     "type %zu, round %d: a text has a contrast of %g", kind, round,
                     colour_contrast(colour, ground));
        }
    }
}

static int by_size(const void *a, const void *b)
{
    float one = *(const float *)a, other = *(const float *)b;
    return (one > other) - (one < other);
}

static void check_areas(size_t kind, int round)
{
    ARRAY(Area) areas = {0};
    for (size_t i = 0; i < chart.draws; i++) {
        const Draw *d = &chart.draw[i];
        for (uint32_t l = 0; d->kind == DRAW_TEXT && l < d->text.end; l++)
            array_push(&areas, line_area(d, l));
        if (d->kind == DRAW_FILL)
            MUST_SAY(d->x >= -1 && d->x + d->w <= request.width + 1 && d->y >= -0.1f &&
                         d->y + d->h <= chart.height + 0.1f,
                     "type %zu, round %d: (%g %g %g %g) is outside", kind, round, (double)d->x,
                     (double)d->y, (double)d->w, (double)d->h);
    }
    for (size_t i = 0; i < areas.n; i++) {
        const Area *a = &areas.at[i];
        MUST_SAY(a->left >= -0.1f && a->right <= request.width + 0.1f && a->top >= -0.1f &&
                     a->bottom <= chart.height + 0.1f,
                 "type %zu, round %d: a text at (%g %g %g %g) is outside of %g by %g", kind, round,
                 (double)a->left, (double)a->top, (double)a->right, (double)a->bottom,
                 (double)request.width, (double)chart.height);
        for (size_t k = 0; k < i; k++) {
            const Area *o = &areas.at[k];
            bool apart = a->right <= o->left + 0.1f || o->right <= a->left + 0.1f ||
                         a->bottom <= o->top + 0.1f || o->bottom <= a->top + 0.1f;
            MUST_SAY(apart, "type %zu, round %d: texts at (%g %g) and (%g %g) overlap", kind, round,
                     (double)a->left, (double)a->top, (double)o->left, (double)o->top);
        }
    }
    array_drop(&areas);
}

/* ---- lines and their ends --------------------------------------------------------------------- */

/* What a text says. */
static Str said(const Draw *d)
{
    StrBuf text = {0};
    for (uint32_t i = 0; i < d->text.para->pieces; i++)
        strbuf_add_str(&text, words_at(text_words(kit.text), d->text.para->piece[i])->text);
    Str kept = arena_str(&arena, strbuf_str(&text));
    strbuf_drop(&text);
    return kept;
}

/* Its radius where a path is a circle, else 0. */
static float circle(const Draw *d, float *x, float *y)
{
    if (d->kind != DRAW_PATH || d->path->steps != 14)
        return 0;
    *x = (d->path->step[0].x + d->path->step[6].x) / 2;
    *y = d->path->step[0].y;
    return (d->path->step[0].x - d->path->step[6].x) / 2;
}

static bool is_stroke(const Draw *d)
{
    return d->kind == DRAW_PATH && d->path->steps == 2;
}

typedef struct {
    float x, y;
} End;

static float middle_of(const Draw *d)
{
    return d->y - (float)(request.value.style->size * request.value.font->face.cap_height /
                          request.value.font->face.upem / 2);
}

/* The ends of the lines of a chart of the house, from above; the middle of the label at each. */
static size_t find_ends(End *end, float *label, size_t most)
{
    size_t n = 0, labels = 0;
    float right = 0, first = INFINITY;
    for (size_t i = 0; i < chart.draws; i++) {
        End e = {0, 0};
        float r = circle(&chart.draw[i], &e.x, &e.y);
        size_t k = n;
        if (fabsf(r - 3) > 0.01F || n == most)
            continue;
        for (n++; k > 0 && end[k - 1].y > e.y; k--)
            end[k] = end[k - 1];
        end[k] = e;
        right = fmaxf(right, e.x);
    }
    for (size_t i = 0; i < chart.draws; i++)
        if (chart.draw[i].kind == DRAW_TEXT && chart.draw[i].x > right + 7.9F)
            first = fminf(first, chart.draw[i].x);
    for (size_t i = 0; i < chart.draws; i++) {
        const Draw *d = &chart.draw[i];
        if (d->kind == DRAW_TEXT && d->x < first + 0.01F && d->x > right + 7.9F &&
            labels < 2 * most)
            label[labels++] = middle_of(d);
    }
    return labels == n ? n : 0; /* names below their values: there are more */
}

static bool has_leader(End end, float middle)
{
    for (size_t i = 0; i < chart.draws; i++) {
        if (!is_stroke(&chart.draw[i]))
            continue;
        const PathStep *step = chart.draw[i].path->step;
        if (chart.draw[i].path->width < 0.7F && fabsf(step[0].y - end.y) < 0.1F &&
            fabsf(step[1].y - middle) < 0.1F && step[1].x > end.x)
            return true;
    }
    return false;
}

/* Each label is level with the end of its own line, or a leader goes there: the n-th from above belongs to the n-th. */
static void check_ends(int round)
{
    End end[MOST_COLUMNS] = {{0, 0}};
    float label[2 * MOST_COLUMNS] = {0};
    size_t n = find_ends(end, label, MOST_COLUMNS);
    qsort(label, n, sizeof *label, by_size);
    for (size_t i = 0; i < n; i++) {
        MUST_SAY(fabsf(label[i] - end[i].y) <= 6.1F || has_leader(end[i], label[i]),
                 "round %d: the label at %g is not that of the line's end at %g", round,
                 (double)label[i], (double)end[i].y);
    }
}

/* Whether a line passes through an area, in small steps. */
static bool passes(const PathStep *step, const Area *a)
{
    enum { STEPS = 200 };
    for (int i = 0; i <= STEPS; i++) {
        float part = (float)i / STEPS, x = step[0].x + (step[1].x - step[0].x) * part,
              y = step[0].y + (step[1].y - step[0].y) * part;
        if (x > a->left + 0.2F && x < a->right - 0.2F && y > a->top + 0.2F && y < a->bottom - 0.2F)
            return true;
    }
    return false;
}

/* Whether a mark comes into an area. */
static bool is_marked(const Draw *d, const Area *a)
{
    float x = 0, y = 0, r = circle(d, &x, &y);
    float dx = fmaxf(fmaxf(a->left - x, x - a->right), 0),
          dy = fmaxf(fmaxf(a->top - y, y - a->bottom), 0);
    return r > 0 && hypotf(dx, dy) < r;
}

static void check_lines(size_t kind, int round)
{
    for (size_t i = 0; i < chart.draws; i++)
        for (size_t k = 0; k < chart.draws && chart.draw[i].kind == DRAW_TEXT; k++) {
            Area area = line_area(&chart.draw[i], 0);
            MUST_SAY(!is_marked(&chart.draw[k], &area), "type %zu, round %d: a dot touches '%s'",
                     kind, round, said(&chart.draw[i]).p);
            MUST_SAY(!is_stroke(&chart.draw[k]) || !passes(chart.draw[k].path->step, &area),
                     "type %zu, round %d: a line passes through '%s'", kind, round,
                     said(&chart.draw[i]).p);
        }
}

/* The report has a table to be drawn, and a target. */
static void use_table(void)
{
    section.blocks = &table_block;
    table_block = (Block){.kind = BLOCK_TABLE, .id = STR("t"), .table = &table};
    report.section = &section;
    report.sections = 1;
    add("Mål", "mål 100", "pct.");
}

/* A table at random, and a chart of a kind from it. */
static void draw_table(Random *random, size_t kind)
{
    make_table(random, kind);
    spec = (ChartSpec){
        .type = kinds[kind].type, .headline = STR("Overskrift"), .from = STR("t"), .target = id[0]};
}

START_TEST(labels_never_collide_or_leave)
{
    Random random = {(uint64_t)_i + 77};
    size_t made = 0;
    use_table();
    for (int round = 0; round < TABLES; round++) {
        draw_table(&random, (size_t)_i);
        /* From half a narrow column, and a page on its side. */
        static const float widths[] = {140, 190, 229.6f, 481.9f, 720};
        static const float closer[] = {0, 0.15f, 0.3f, 1};
        request.width = widths[random_below(&random, 5)];
        request.closer = closer[random_below(&random, 4)];
        if (!make())
            continue;
        made++;
        check_areas((size_t)_i, round);
        check_grounds((size_t)_i, round);
        if (kinds[_i].type == CHART_LINES || kinds[_i].type == CHART_PANELS)
            check_lines((size_t)_i, round);
        if (kinds[_i].type == CHART_LINES && table.columns > 2)
            check_ends(round);
        for (size_t i = 0; i < chart.rows * chart.series_n; i++)
            MUST(!chart.value[i].n || memmem(chart.alternative.p, chart.alternative.n,
                                             chart.value[i].p, chart.value[i].n));
    }
    ck_assert_uint_gt(made, TABLES / 8 * 7);
}
END_TEST

/* With the same texts, no higher, and not as low as nothing could be seen in it. */
START_TEST(a_plot_gives_some_of_its_height)
{
    Random random = {(uint64_t)_i + 5};
    bool gives = false;
    use_table();
    for (int round = 0; round < 60; round++) {
        draw_table(&random, (size_t)_i);
        request.closer = 0;
        request.closest = 0.2f;
        if (!make())
            continue;
        Chart as_is = chart;
        request.closer = request.closest;
        ck_assert(make());
        gives |= chart.height < as_is.height - 1;
        MUST_SAY(chart.height <= as_is.height && chart.height >= 0.8f * as_is.height - 0.1f,
                 "type %d: %g is made %g high", _i, (double)as_is.height, (double)chart.height);
        MUST(str_equal(chart.alternative, as_is.alternative));
        MUST(str_equal(chart.source_more, as_is.source_more));
    }
    ck_assert(gives || kinds[_i].type == CHART_GROUPED || kinds[_i].type == CHART_SHARES);
}
END_TEST

/* A table of text, of so many columns, and a chart of it. */
static bool make_of(ChartType type, const char *const *cells, size_t rows, size_t columns)
{
    use_table();
    table = (Table){.rows = rows, .columns = columns, .cell = cell};
    for (size_t i = 0; i < rows * columns; i++)
        set_cell(i, str_from(cells[i]));
    spec = (ChartSpec){.type = type, .headline = STR("Overskrift"), .from = STR("t")};
    return make();
}

/* The text that says so; NULL when there is none. */
static const Draw *text_of(const char *says)
{
    for (size_t i = 0; i < chart.draws; i++)
        if (chart.draw[i].kind == DRAW_TEXT && str_equal(said(&chart.draw[i]), str_from(says)))
            return &chart.draw[i];
    return NULL;
}

START_TEST(panels_say_their_last_value_at_its_dot)
{
    static const char *const cells[] = {"",     "Havn", "Vest", "2021", "44", "30",
                                        "2023", "121",  "66",   "2025", "15", "12"};
    static const char *const last[] = {"15", "12"};
    ck_assert(make_of(CHART_PANELS, cells, 4, 3));
    size_t dots = 0;
    for (size_t i = 0; i < chart.draws; i++) {
        float x = 0, y = 0, r = circle(&chart.draw[i], &x, &y);
        if (fabsf(r - 3) > 0.01F || dots == 2)
            continue;
        const Draw *value = text_of(last[dots++]);
        ck_assert_ptr_nonnull(value);
        ck_assert_float_eq_tol(middle_of(value), y, 0.1F);
        ck_assert_float_eq_tol(value->x, x + 8, 0.1F);
    }
    ck_assert_uint_eq(dots, 2);
    ck_assert(text_of("121") && text_of("66")); /* what the lines are about */
}
END_TEST

/* Lines of all panels are alike, unless one is to be seen first. */
START_TEST(panels_stress_nothing_of_themselves)
{
    static const char *const cells[] = {"", "Havn", "Vest", "2021", "44", "30", "2025", "15", "12"};
    for (int stressed = 0; stressed < 2; stressed++) {
        ck_assert(make_of(CHART_PANELS, cells, 3, 3));
        spec.emphasis = stressed ? STR("Vest") : STR("");
        ck_assert(make());
        const Path *first = path(0)->path, *second = path(2)->path;
        ck_assert(first->steps == 2 && second->steps == 2);
        ck_assert((first->width < second->width) == stressed);
        ck_assert((first->stroke_colour != second->stroke_colour) == stressed);
    }
}
END_TEST

/* Value and name in one line, in the order of the ends, and those of one height in that of the data. */
START_TEST(names_stand_at_the_ends_of_their_lines)
{
    static const char *const cells[] = {"",     "A",  "B", "C", "D", "2020", "10", "3",  "5",  "6",
                                        "2021", "20", "4", "6", "8", "2022", "12", "12", "12", "0"};
    ck_assert(make_of(CHART_LINES, cells, 4, 5));
    const Draw *a = text_of("A"), *b = text_of("B"), *c = text_of("C"), *d = text_of("D");
    ck_assert(a && b && c && d && a->y < b->y && b->y < c->y && c->y < d->y);
    const Draw *zero = text_of("0"), *year = text_of("2022"); /* of the axis */
    ck_assert(zero && year && d->y <= zero->y && d->y + 3 < year->y);
    for (size_t i = 0; i < chart.draws; i++) {
        const Draw *value = &chart.draw[i];
        bool at_end = value->kind == DRAW_TEXT && value->x > year->x + 10 && value->x < a->x;
        ck_assert(!at_end || value->y == a->y || value->y == b->y || value->y == c->y ||
                  value->y == d->y);
    }
}
END_TEST

/* The value of a peak keeps clear of the end of another line above it, and of the leader from there. */
START_TEST(what_a_line_is_about_keeps_clear_of_others)
{
    static const char *const cells[] = {"",   "A",    "B",  "2019", "10",   "",   "2020", "50",
                                        "54", "2021", "10", "",     "2022", "10", ""};
    ck_assert(make_of(CHART_LINES, cells, 5, 3));
    check_lines(0, 0);
}
END_TEST

/* Behind the plot it would need a leader as long as a line. */
START_TEST(a_line_that_ends_early_is_named_in_the_plot)
{
    static const char *const cells[] = {"",   "A",    "B",  "2019", "10",   "40", "2020", "20",
                                        "45", "2021", "30", "",     "2022", "40", ""};
    ck_assert(make_of(CHART_LINES, cells, 5, 3));
    const Draw *name = text_of("B"), *year = text_of("2021");
    ck_assert(name && name->x < year->x);
    for (size_t i = 0; i < chart.draws; i++)
        ck_assert(!is_stroke(&chart.draw[i]) || chart.draw[i].path->width > 1);
}
END_TEST

/* All years where they have room, else evenly, with the one that the line is about. */
START_TEST(times_are_shown_that_have_room)
{
    static const char *const cells[] = {"",     "Sager", "2018", "88",  "2019", "95",
                                        "2020", "102",   "2021", "131", "2022", "120",
                                        "2023", "312",   "2024", "64",  "2025", "51"};
    static const char *const years[] = {"2018", "2019", "2020", "2021",
                                        "2022", "2023", "2024", "2025"};
    static const struct {
        float width;
        unsigned shown; /* a bit for each */
    } cases[] = {{480, 0xFF}, {200, 0xA5}, {150, 0xA1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        request.width = cases[i].width;
        ck_assert(make_of(CHART_LINES, cells, 9, 2));
        for (size_t k = 0; k < 8; k++)
            ck_assert_msg(!text_of(years[k]) == !(cases[i].shown >> k & 1), "%s in %g", years[k],
                          (double)request.width);
        const Draw *most = text_of("312");
        ck_assert_ptr_nonnull(most);
        ck_assert_float_eq_tol(most->x + most->w / 2, text_of("2023")->x + text_of("2023")->w / 2,
                               cases[i].width / 20);
    }
}
END_TEST

/* Where time goes from left to right. */
START_TEST(years_go_on)
{
    static const char *const cells[] = {"",     "A",  "B",  "2020", "10", "40",
                                        "2018", "20", "45", "2019", "30", "20"};
    static const ChartType types[] = {CHART_LINES, CHART_PANELS};
    for (size_t i = 0; i < 2; i++) {
        size_t n = diags_count(kit.diags, DIAG_ERROR);
        ck_assert(!make_of(types[i], cells, 4, 3));
        ck_assert_str_eq(diags_message(kit.diags, n), MISLEAD "its times go backwards");
    }
    ck_assert(make_of(CHART_GROUPED, cells, 4, 3));
}
END_TEST

/* Of all kinds of times, and of the two that are compared. */
START_TEST(no_time_goes_backwards)
{
    static const struct {
        const char *first, *second;
        bool good;
    } cases[] = {{"2020/21", "2019/20", false},
                 {"2019/20", "2020/21", true},
                 {"2025", "2025/26", true},
                 {"februar 2020", "januar 2020", false},
                 {"dec. 2019", "jan. 2020", true},
                 {"3. kvartal 2020", "2. kvartal 2020", false},
                 {"Q4 2019", "Q1 2020", true},
                 {"2020-03-02", "2020-03-01", false},
                 {"1. marts 2020", "2. marts 2020", true},
                 {"Prognose 2030", "2020", false},
                 {"april 2025", "Prognose maj 2025", true},
                 {"Prognose maj 2025", "april 2025", false},
                 {"1. kvartal 2025", "Prognose 2. kvartal 2025", true},
                 {"Prognose 2. kvartal 2025", "1. kvartal 2025", false},
                 {"maj 2025", "2025", true},
                 {"2025-05-01", "Prognose 2025-04-01", false},
                 {"2100 Kbh. \xC3\x98", "2000 Frb.", true},
                 {"Senere", "2019", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *rows[] = {"", "A", cases[i].first, "10", cases[i].second, "20"};
        const char *columns[] = {"", cases[i].first, cases[i].second, "A", "10", "20"};
        ck_assert_msg(make_of(CHART_LINES, rows, 3, 2) == cases[i].good, "%s", cases[i].first);
        ck_assert_msg(make_of(CHART_SLOPE, columns, 2, 3) == cases[i].good, "%s", cases[i].first);
        ck_assert_msg(make_of(CHART_DOTS, columns, 2, 3) == cases[i].good, "%s", cases[i].first);
    }
}
END_TEST

/* As far apart as they are. */
START_TEST(times_of_one_kind_are_spaced)
{
    static const char *const times[][3] = {
        {"2010", "2020", "2021"},
        {"2009/10", "2019/20", "2020/21"},
        {"maj 2010", "maj 2020", "maj 2021"},
        {"1. kvartal 2010", "1. kvartal 2020", "1. kvartal 2021"},
        {"2010-01-01", "2020-01-01", "2021-01-01"}};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        const char *cells[] = {"", "A", times[i][0], "10", times[i][1], "30", times[i][2], "20"};
        ck_assert(make_of(CHART_LINES, cells, 4, 2));
        float x[3] = {0}, y;
        size_t dots = 0;
        for (size_t k = 0; k < chart.draws; k++)
            if (circle(&chart.draw[k], &x[dots], &y) > 0)
                dots++;
        const Draw *first = text_of(times[i][0]);
        ck_assert_uint_eq(dots, 2); /* the highest value, and the last */
        float end = fmaxf(x[0], x[1]), peak = fminf(x[0], x[1]);
        ck_assert_ptr_nonnull(first);
        ck_assert_float_gt(peak - first->x, 5 * (end - peak));
    }
}
END_TEST

/* A row of all is neither a part nor a time; but the parts must sum to it. */
START_TEST(totals_are_not_drawn)
{
    static const char *const good[] = {"", "Sager", "Nord", "6", "Syd", "3", "I alt", "9"};
    static const char *const wrong[] = {"", "Sager", "Nord", "6", "Syd", "3", "I alt", "12"};
    static const char *const part[] = {"", "Sager", "Nord", "6", "Heraf unge", "3"};
    static const char *const years[] = {"", "Sager", "2019", "6", "2020", "3", "Samlet", "9"};
    ck_assert(make_of(CHART_SHARES, good, 4, 2));
    ck_assert_uint_eq(chart.rows, 2);
    ck_assert(!make_of(CHART_SHARES, wrong, 4, 2));
    ck_assert(!make_of(CHART_SHARES, part, 3, 2));
    for (size_t i = 0; i < 2; i++) {
        ck_assert(make_of(i ? CHART_COLUMNS : CHART_LINES, years, 4, 2));
        ck_assert_uint_eq(chart.rows, 2);
        ck_assert_ptr_null(text_of("Samlet"));
    }
    ck_assert(make_of(CHART_BARS, good, 4, 2));
    ck_assert_uint_eq(chart.rows, 3);
}
END_TEST

/* What all are on average is one of those that are compared, but not their sum. */
START_TEST(sums_are_not_compared_with_their_parts)
{
    static const ChartType types[] = {CHART_DOTS, CHART_SLOPE};
    static const char *const sums[] = {"",    "2020", "2025", "Nord",  "6", "8",
                                       "Syd", "3",    "2",    "I alt", "9", "10"};
    static const char *const average[] = {"",    "2020", "2025", "Nord",  "6", "8",
                                          "Syd", "3",    "2",    "I alt", "4", "5"};
    static const char *const gaps[] = {"",    "2020", "2025", "Nord",  "", "8",
                                       "Syd", "3",    "2",    "I alt", "", "10"};
    for (size_t i = 0; i < 2; i++) {
        ck_assert(make_of(types[i], sums, 4, 3));
        ck_assert_uint_eq(chart.rows, 2);
        ck_assert(make_of(types[i], average, 4, 3));
        ck_assert_uint_eq(chart.rows, 3);
        make_of(types[i], gaps, 4, 3);
    }
}
END_TEST

START_TEST(a_forecast_may_be_missing)
{
    static const char *const cells[] = {"", "A", "B", "2025", "10", "20", "Prognose 2026", "7", ""};
    ck_assert(make_of(CHART_LINES, cells, 3, 3));
    ck_assert_ptr_nonnull(memmem(chart.alternative.p, chart.alternative.n,
                                 "ventet\xC2\xA0"
                                 "7",
                                 9));
}
END_TEST

START_TEST(what_heads_say_would_mislead_is_refused)
{
    static const struct {
        ChartType type;
        const char *first, *second, *value, *why;
    } cases[] = {
        {CHART_GROUPED, "Sager (antal)", "Andel (pct.)", "20",
         MISLEAD "its figures have different units"},
        {CHART_SLOPE, "2020", "M\xC3\xA5l 2030", "20", MISLEAD "a target is no measured value"},
        {CHART_GROUPED, "Nord", "Syd", "", "the series 'Syd' of this chart has no values"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *cells[] = {"", cases[i].first, cases[i].second, "A", "10", cases[i].value};
        size_t n = diags_count(kit.diags, DIAG_ERROR);
        ck_assert(!make_of(cases[i].type, cells, 2, 3));
        ck_assert_str_eq(diags_message(kit.diags, n), cases[i].why);
    }
}
END_TEST

START_TEST(the_unit_of_a_table_may_stand_in_its_heads)
{
    static const struct {
        const char *corner, *head, *second, *value, *says;
    } cases[] = {{"Udgift (mio. kr.)", "2025", NULL, "10", "mio. kr."},
                 {"", "Udgift, kr.", NULL, "10", "kr."},
                 {"", "Udgift (1.000 kr.)", NULL, "10", "1.000 kr."},
                 {"", "Udgift i mio. kr.", NULL, "10", "mio. kr."},
                 {"", "Mio. kr.", NULL, "10", "Mio. kr."},
                 {"\xC3\x85r", "Restaffald", NULL, "10", ""},
                 {"\xC3\x85r", "Restaffald", "Plast", "10", ""},
                 {"M\xC3\xA5ned", "Udgift (kr.)", NULL, "10", "kr."},
                 {"Uge", "Udgift i kr.", NULL, "10", "kr."},
                 {"", "Udgift [mio. kr.]", NULL, "10", "mio. kr."},
                 {"", "L\xC3\xB8n (kr./time)", NULL, "10", "kr./time"},
                 {"", "L\xC3\xB8n (kr. pr. time)", NULL, "10", "kr. pr. time"},
                 {"", "Udgift (mio. kr., 2025-priser)", NULL, "10", "mio. kr., 2025-priser"},
                 {"", "Bes\xC3\xB8g i byen", NULL, "10", ""},
                 {"", "Bes\xC3\xB8g i 2025", NULL, "10", ""},
                 {"Udgift, l\xC3\xB8n", "2025", NULL, "10", ""},
                 {"Udgift (kr.)", "2025", NULL, "10 kr.", ""},
                 {"", "Drift (kr.)", "Anl\xC3\xA6g (kr.)", "10", ""}}; /* its key says it */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool two = cases[i].second != NULL;
        const char *const one_series[] = {cases[i].corner, cases[i].head, "A", cases[i].value};
        const char *const both[] = {cases[i].corner, cases[i].head, cases[i].second, "A",
                                    cases[i].value,  cases[i].value};
        ck_assert(two ? make_of(CHART_GROUPED, both, 2, 3) : make_of(CHART_BARS, one_series, 2, 2));
        ck_assert_msg(str_equal(chart.unit, str_from(cases[i].says)), "%zu: '%.*s'", i,
                      (int)chart.unit.n, chart.unit.p);
    }
    static const char *const unlike[] = {"", "Drift, mio. kr.", "Andel, pct.", "A", "10", "12"};
    ck_assert(!make_of(CHART_GROUPED, unlike, 2, 3));
    Inline caption = {.kind = INLINE_TEXT, .text = STR("Udgifter, mio. kr.")};
    const char *const plain[] = {"", "2025", "A", "10"};
    ck_assert(make_of(CHART_BARS, plain, 2, 2));
    ck_assert(!chart.unit.n);
    table.caption = &caption;
    ck_assert(make());
    ck_assert(str_equal(chart.unit, STR("mio. kr.")));
}
END_TEST

/* Not above the line that its own is below. */
START_TEST(no_line_goes_between_an_end_and_its_name)
{
    static const char *const cells[] = {"",  "Nord", "Vest", "2010", "100",  "9",  "2011", "60",
                                        "9", "2012", "14",   "9",    "2013", "14", ""};
    ck_assert(make_of(CHART_LINES, cells, 5, 3));
    const Draw *name = text_of("Vest"), *other = text_of("Nord");
    ck_assert(name && other);
    ck_assert_float_gt(name->y, other->y);
}
END_TEST

/* An open mark, at an end and on the way. */
START_TEST(uncertain_points_have_open_marks)
{
    static const char *const cells[] = {"", "A", "2019", "ca. 10", "2020", "50", "2021", "ca. 20"};
    static const float radii[] = {2.5F, 3}; /* to the middle of their lines */
    size_t open[2] = {0};
    ck_assert(make_of(CHART_LINES, cells, 4, 2));
    for (size_t i = 0; i < chart.draws; i++) {
        float x, y, r = circle(&chart.draw[i], &x, &y);
        for (size_t k = 0; k < 2; k++)
            open[k] += r > 0 && chart.draw[i].path->stroke && fabsf(r - radii[k]) < 0.01F;
    }
    ck_assert_uint_eq(open[0], 1);
    ck_assert_uint_eq(open[1], 1);
    ck_assert_str_eq(chart.source_more.p, "\xC3\x85"
                                          "bent m\xC3\xA6rke: usikkert tal");
}
END_TEST

START_TEST(a_dot_that_is_about_right_is_joined_by_dashes)
{
    static const char *const cells[] = {"",   "F\xC3\xB8r", "Nu",     "A", "10",
                                        "30", "B",          "ca. 20", "30"};
    size_t dashed = 0;
    ck_assert(make_of(CHART_DOTS, cells, 3, 3));
    for (size_t i = 0; i < chart.draws; i++)
        dashed += is_stroke(&chart.draw[i]) && chart.draw[i].path->dash > 0;
    ck_assert_uint_eq(dashed, 1);
    ck_assert_ptr_nonnull(strstr(chart.source_more.p, "Stiplet: usikkert tal"));
}
END_TEST

START_TEST(series_that_are_about_right_are_told_apart)
{
    static const char *const cells[] = {"", "F\xC3\xB8r", "Nu", "A", "ca. 10", "ca. 30"};
    size_t rises = 0, falls = 0;
    ck_assert(make_of(CHART_GROUPED, cells, 2, 3));
    for (size_t i = 0; i < chart.draws; i++) {
        if (!is_stroke(&chart.draw[i]))
            continue;
        const PathStep *step = chart.draw[i].path->step;
        rises += (step[1].x - step[0].x) * (step[1].y - step[0].y) < 0;
        falls += (step[1].x - step[0].x) * (step[1].y - step[0].y) > 0;
    }
    ck_assert(rises > 5 && falls > 5);
}
END_TEST

/* However short its bar beside others. */
START_TEST(a_value_below_zero_stands_on_its_side)
{
    add("Administration", "-9,32", "kr.");
    add("Anl\xC3\xA6g", "-178.000.000", "kr.");
    ck_assert(make());
    const Draw *value = text_of("\xE2\x88\x92"
                                "9,32\xC2\xA0kr.");
    ck_assert_ptr_nonnull(value);
    ck_assert_float_le(value->x + value->w, request.width);
    ck_assert_float_lt(value->x + value->w, bar(0)->x + bar(0)->w);
}
END_TEST

START_TEST(four_series_have_no_intervals)
{
    static const char *const four[] = {"", "A", "B", "C", "D", "Nord", "10", "20", "30", "20-40"};
    static const char *const three[] = {"", "A", "B", "C", "Nord", "10", "20", "20-40"};
    size_t n = diags_count(kit.diags, DIAG_ERROR);
    ck_assert(!make_of(CHART_GROUPED, four, 2, 5));
    ck_assert_uint_eq(diags_count(kit.diags, DIAG_ERROR), n + 1);
    ck_assert(make_of(CHART_GROUPED, three, 2, 4));
}
END_TEST

START_TEST(a_unit_is_said_at_every_value_in_one_spelling)
{
    add("Nord", "12", "pct.");
    add("Syd", "14", "procent");
    ck_assert(make());
    ck_assert_str_eq(chart.value[1].p, "14\xC2\xA0pct.");
    ck_assert_ptr_nonnull(text_of("14\xC2\xA0pct."));
}
END_TEST

/* "402" of "mio. kr." where the chart says that, at its values and on its axis; else each value says it itself. */
START_TEST(a_scale_of_all_is_said_once)
{
    static const struct {
        const char *first, *second, *unit, *subtitle, *shown, *spoken, *says;
    } cases[] = {
        {"402 mio.", "361 mio.", "kr.", "Udgift, mio. kr.", "402", "402" NBSP "mio." NBSP "kr.",
         ""},
        {"402 mio.", "361 mio.", "kr.", "", "402", "402" NBSP "mio." NBSP "kr.", "mio. kr."},
        {"402 mio.", "361 mio.", "kr.", "Udgift i millioner kroner", "402",
         "402" NBSP "mio." NBSP "kr.", ""},
        {"402 mio.", "361 mio.", "kr.", "Udgift", "402" NBSP "mio." NBSP "kr.",
         "402" NBSP "mio." NBSP "kr.", ""},
        {"402 mio.", "361 mio.", "kr.", "Udgift i mio.mio", "402" NBSP "mio." NBSP "kr.",
         "402" NBSP "mio." NBSP "kr.", ""},
        {"1,2 mio.", "950.000", "kr.", "Udgift, mio. kr.", "1,2" NBSP "mio." NBSP "kr.",
         "1,2" NBSP "mio." NBSP "kr.", ""},
        {"1,2 mia.", "950 mio.", "kr.", "", "1,2" NBSP "mia." NBSP "kr.",
         "1,2" NBSP "mia." NBSP "kr.", ""},
        {"5 mio.", "3 mio.", "", "", "5" NBSP "mio.", "5" NBSP "mio.", ""},
        {"5 mio.", "3 mio.", "", "Borgere, mio.", "5", "5" NBSP "mio.", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        spec = (ChartSpec){.type = CHART_BARS, .headline = STR("Overskrift"), .figure = id};
        spec.subtitle = str_from(cases[i].subtitle);
        add("Nord", cases[i].first, cases[i].unit);
        add("Syd", cases[i].second, cases[i].unit);
        ck_assert(make());
        ck_assert_ptr_nonnull(text_of(cases[i].shown));
        ck_assert_str_eq(chart.value[0].p, cases[i].spoken);
        ck_assert_str_eq(chart.unit.n ? chart.unit.p : "", cases[i].says);
        ck_assert_float_eq_tol(bar(1)->w / bar(0)->w,
                               i == 5 || i == 6 ? 950.0F / 1200
                               : i < 5          ? 361.0F / 402
                                                : 0.6F,
                               0.01F);
    }
}
END_TEST

/* A target in another scale keeps all as they are. */
START_TEST(a_target_has_the_scale_of_the_values)
{
    static const struct {
        const char *target, *shown;
    } cases[] = {{"5 mio.", "3"}, {"5.000.000", "3" NBSP "mio."}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        make_progress("3 mio.", cases[i].target, "borgere");
        spec.subtitle = STR("Borgere, mio.");
        ck_assert(make());
        ck_assert_ptr_nonnull(text_of(cases[i].shown));
    }
}
END_TEST

START_TEST(values_that_look_like_years_are_told)
{
    static const struct {
        const char *value, *unit;
        bool told;
    } cases[] = {{"2011", "", true}, {"2011", "sager", false}, {"12", "", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n = diags_count(kit.diags, DIAG_ADVICE);
        spec.n = 0;
        add("A", "2012", cases[i].unit);
        add("B", cases[i].value, cases[i].unit);
        ck_assert(make());
        ck_assert_uint_eq(diags_count(kit.diags, DIAG_ADVICE), n + cases[i].told);
    }
}
END_TEST

START_TEST(uneven_years_in_columns_are_told)
{
    static const struct {
        const char *year[4];
        bool told;
    } cases[] = {{{"2010", "2011", "2020", "2025"}, true},
                 {{"2010", "2015", "2020", "2025"}, false},
                 {{"2023", "2024", "2025", "Prognose 2027"}, true},
                 {{"2023", "2024", "2025", "Prognose 2026"}, false},
                 {{"2010", "2011", "2020", "i alt"}, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t before = diags_count(kit.diags, DIAG_ADVICE);
        spec.n = 0;
        spec.type = CHART_COLUMNS;
        for (size_t k = 0; k < 4; k++)
            add(cases[i].year[k], "10", "kr.");
        ck_assert(make());
        ck_assert_msg((diags_count(kit.diags, DIAG_ADVICE) > before) == cases[i].told, "%zu", i);
    }
}
END_TEST

/* Six that end close to each other are named at both ends, and told of. */
START_TEST(crowded_slopes_are_named_at_both_ends)
{
    static const char *const cells[] = {"",   "2024", "2025", "A",  "10", "20", "B",
                                        "10", "21",   "C",    "11", "20", "D",  "11",
                                        "19", "E",    "12",   "5",  "F",  "12", "20"};
    for (size_t rows = 3; rows <= 7; rows += 4) {
        size_t before = diags_count(kit.diags, DIAG_ADVICE), names = 0;
        ck_assert(make_of(CHART_SLOPE, cells, rows, 3));
        for (size_t i = 0; i < chart.draws; i++)
            names += chart.draw[i].kind == DRAW_TEXT && str_equal(said(&chart.draw[i]), STR("A"));
        ck_assert_uint_eq(names, rows == 7 ? 2 : 1);
        ck_assert_uint_eq(diags_count(kit.diags, DIAG_ADVICE) - before, rows == 7);
    }
}
END_TEST

/* In ink alone, as thick as what is read from afar needs, and told apart by dashes and marks. */
START_TEST(lines_of_large_print_are_thick_and_black)
{
    static const char *const cells[] = {"",   "A",  "B",    "C",  "2020", "10",
                                        "30", "50", "2021", "20", "40",   "60"};
    unsigned whole = 0, dashes = 0, marks = 0;
    Layout *house = layout; /* its styles stay in the request */
    request.layout = layout = kit_layout(&kit, "large-print");
    ck_assert(make_of(CHART_LINES, cells, 3, 4));
    for (size_t i = 0; i < chart.draws; i++) {
        const Path *p = chart.draw[i].kind == DRAW_PATH ? chart.draw[i].path : NULL;
        if (!p)
            continue;
        ck_assert(!p->stroke || p->stroke_colour == layout->colour[COLOUR_ink]);
        whole += p->steps == 2 &&
                 fabsf(p->width - 2.25F * (float)layout->chart.bar / 13.5F) < 0.01F;
        dashes += p->steps == 2 &&
                  fabsf(p->width - 1.5F * (float)layout->chart.bar / 13.5F) < 0.01F;
        marks += p->steps != 2;
    }
    ck_assert(whole == 1 && dashes > 20 && marks == 3);
    layout_drop(house);
}
END_TEST

/* Where they meet, both are seen: the dot has a rim, or is small within the ring. */
START_TEST(a_dot_hides_no_ring)
{
    static const char *const cells[] = {"", "F\u00F8r", "Nu", "A", "10", "10", "B", "0", "100"};
    ck_assert(make_of(CHART_DOTS, cells, 3, 3));
    float x, y, ring = 0, dot = 0;
    for (size_t i = 0; i < chart.draws && dot <= 0; i++) {
        float r = circle(&chart.draw[i], &x, &y);
        ring = ring > 0 ? ring : r;
        dot = r > 0 && !chart.draw[i].path->stroke ? r : 0;
    }
    ck_assert(dot > 0 && dot < ring - 1);
}
END_TEST

/* Its ends stand where the values are between the least and the most, not from zero. */
START_TEST(a_slope_says_where_it_begins)
{
    static const struct {
        const char *least, *says;
    } cases[] = {{"40 pct.", "Aksen begynder ved 40\xC2\xA0pct. Stiplet: fald"},
                 {"0 pct.", "Stiplet: fald"}};
    section.blocks = &table_block;
    table_block = (Block){.kind = BLOCK_TABLE, .id = STR("t"), .table = &table};
    report.section = &section;
    report.sections = 1;
    for (size_t i = 0; i < 2; i++) {
        const char *cells[] = {"",        "F\xC3\xB8r", "Nu",      "A",      cases[i].least,
                               "60 pct.", "B",          "70 pct.", "50 pct."};
        table = (Table){.rows = 3, .columns = 3, .cell = cell};
        for (size_t k = 0; k < 9; k++)
            set_cell(k, str_from(cells[k]));
        spec = (ChartSpec){.type = CHART_SLOPE, .headline = STR("Overskrift"), .from = STR("t")};
        ck_assert(make());
        ck_assert_str_eq(chart.source_more.n ? chart.source_more.p : "", cases[i].says);
    }
}
END_TEST

static bool make_from(const char *row, const Str *column, size_t columns)
{
    static const char *const cells[] = {"M\xC3\xA5l",  "Enhed", "2025", "2026", "2027",
                                        "B\xC3\xB8rn", "antal", "100",  "90",   "70-80",
                                        "Huse",        "antal", "7",    "8",    "9"};
    section.blocks = &table_block;
    table_block = (Block){.kind = BLOCK_TABLE, .id = STR("t"), .table = &table};
    report.section = &section;
    report.sections = 1;
    table = (Table){.rows = 3, .columns = 5, .cell = cell};
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++)
        set_cell(k, str_from(cells[k]));
    spec = (ChartSpec){.type = CHART_BARS,
                       .headline = STR("Overskrift"),
                       .from = STR("t"),
                       .row = str_from(row),
                       .column = column,
                       .columns = columns};
    return make();
}

START_TEST(a_row_of_a_table_is_drawn_by_its_columns)
{
    const Str years[] = {STR("2025"), STR("2027")}, wrong[] = {STR("2024"), STR("2027")};
    ck_assert(make_from("b\xC3\xB8rn", years, 2));
    ck_assert(str_equal(chart.alternative, STR("Overskrift: 2025 100; 2027 70\xE2\x80\x93"
                                               "80")));
    ck_assert(make_from("", years, 1));
    ck_assert(chart.rows == 2 && str_equal(chart.label[1], STR("Huse")));
    ck_assert(str_equal(chart.value[1], STR("7")));
    ck_assert(!make_from("Biler", years, 2));
    ck_assert(!make_from("Huse", wrong, 2));
    ck_assert(!make_from("Huse", NULL, 0)); /* its unit is no value */
}
END_TEST

START_TEST(the_alternative_says_every_value)
{
    add("Alfa", "ca. 1.200", "personer");
    add("Beta", "12-14", "personer");
    ck_assert(make());
    ck_assert(str_equal(chart.alternative, STR("Overskrift: Alfa ca.\xC2\xA0"
                                               "1.200\xC2\xA0"
                                               "personer; "
                                               "Beta 12\xE2\x80\x93"
                                               "14\xC2\xA0"
                                               "personer")));
}
END_TEST

START_TEST(labels_are_what_the_figures_differ_in)
{
    add("Befolkning", "5", "mio.");
    add("Befolkning", "3", "mio.");
    figure[0].place = STR("Skotland");
    figure[1].place = STR("Wales");
    ck_assert(make());
    ck_assert_ptr_nonnull(memmem(chart.alternative.p, chart.alternative.n, "Skotland", 8));
    ck_assert_ptr_null(memmem(chart.alternative.p, chart.alternative.n, "Befolkning", 10));
}
END_TEST

START_TEST(values_of_zero_alone_are_drawn)
{
    add("A", "0", "kr.");
    ck_assert(make());
    for (size_t i = 0; i < chart.draws; i++)
        ck_assert(isfinite(chart.draw[i].x) && isfinite(chart.draw[i].w));
}
END_TEST

Suite *chart_suite(void)
{
    Suite *suite = suite_create("chart");
    TCase *tests = tcase_create("chart");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, bars_are_as_long_as_their_values);
    tcase_add_test(tests, nothing_is_outside);
    tcase_add_test(tests, what_is_not_certain_looks_so);
    tcase_add_test(tests, forecasts_are_hatched_by_their_names);
    tcase_add_test(tests, hatching_stays_within_its_outline);
    tcase_add_test(tests, hatching_is_as_coarse_as_bars_are_high);
    tcase_add_test(tests, hatching_is_explained);
    tcase_add_test(tests, an_interval_stands_as_a_column);
    tcase_add_test(tests, a_share_is_seen_in_its_whole);
    tcase_add_test(tests, an_own_estimate_is_white_and_dashed);
    tcase_add_test(tests, an_own_estimate_is_called_one);
    tcase_add_test(tests, a_value_cuts_no_hole_into_hatching);
    tcase_add_test(tests, no_chart_stands_without_its_unit);
    tcase_add_test(tests, parts_are_seen_in_their_whole);
    tcase_add_test(tests, what_a_share_is_of_has_an_outline_as_heavy_as_its_bar);
    tcase_add_test(tests, a_value_crosses_no_outline);
    tcase_add_test(tests, an_interval_has_one_line_at_its_nearer_end);
    tcase_add_test(tests, an_interval_across_zero_is_white_on_both_sides);
    tcase_add_test(tests, a_forecast_of_a_short_span_is_hatched_to_its_end);
    tcase_add_test(tests, a_span_is_explained_where_its_white_is_seen_in_every_form);
    tcase_add_test(tests, a_span_from_zero_is_explained_where_its_white_is_seen);
    tcase_add_test(tests, names_above_bars_are_nearer_to_their_own);
    tcase_add_test(tests, names_above_bars_take_the_lines_that_they_are_told);
    tcase_add_test(tests, bars_are_as_high_as_the_values_in_them);
    tcase_add_test(tests, what_would_mislead_is_refused);
    tcase_add_test(tests, people_are_not_rounded);
    tcase_add_test(tests, no_bound_is_an_exact_total_or_target);
    tcase_add_test(tests, what_caveats_forbid_is_refused);
    tcase_add_test(tests, parts_sum_to_their_total);
    tcase_add_test(tests, shares_in_per_cent_make_a_hundred);
    tcase_add_test(tests, a_slope_says_where_it_begins);
    tcase_add_test(tests, scales_are_counted);
    tcase_add_test(tests, panels_say_their_last_value_at_its_dot);
    tcase_add_test(tests, panels_stress_nothing_of_themselves);
    tcase_add_test(tests, names_stand_at_the_ends_of_their_lines);
    tcase_add_test(tests, what_a_line_is_about_keeps_clear_of_others);
    tcase_add_test(tests, a_line_that_ends_early_is_named_in_the_plot);
    tcase_add_test(tests, times_are_shown_that_have_room);
    tcase_add_test(tests, uneven_years_in_columns_are_told);
    tcase_add_test(tests, no_line_goes_between_an_end_and_its_name);
    tcase_add_test(tests, a_scale_of_all_is_said_once);
    tcase_add_test(tests, a_target_has_the_scale_of_the_values);
    tcase_add_test(tests, values_that_look_like_years_are_told);
    tcase_add_test(tests, a_unit_is_said_at_every_value_in_one_spelling);
    tcase_add_test(tests, four_series_have_no_intervals);
    tcase_add_test(tests, a_value_below_zero_stands_on_its_side);
    tcase_add_test(tests, series_that_are_about_right_are_told_apart);
    tcase_add_test(tests, a_dot_that_is_about_right_is_joined_by_dashes);
    tcase_add_test(tests, uncertain_points_have_open_marks);
    tcase_add_test(tests, years_go_on);
    tcase_add_test(tests, no_time_goes_backwards);
    tcase_add_test(tests, times_of_one_kind_are_spaced);
    tcase_add_test(tests, totals_are_not_drawn);
    tcase_add_test(tests, sums_are_not_compared_with_their_parts);
    tcase_add_test(tests, a_forecast_may_be_missing);
    tcase_add_test(tests, what_heads_say_would_mislead_is_refused);
    tcase_add_test(tests, the_unit_of_a_table_may_stand_in_its_heads);
    tcase_add_test(tests, crowded_slopes_are_named_at_both_ends);
    tcase_add_test(tests, lines_of_large_print_are_thick_and_black);
    tcase_add_test(tests, a_dot_hides_no_ring);
    tcase_add_loop_test(tests, labels_never_collide_or_leave, 0, KINDS);
    tcase_add_loop_test(tests, a_plot_gives_some_of_its_height, 0, KINDS);
    tcase_add_test(tests, a_row_of_a_table_is_drawn_by_its_columns);
    tcase_add_test(tests, the_alternative_says_every_value);
    tcase_add_test(tests, labels_are_what_the_figures_differ_in);
    tcase_add_test(tests, values_of_zero_alone_are_drawn);
    suite_add_tcase(suite, tests);
    return suite;
}
