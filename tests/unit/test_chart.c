/* Charts: bars as long as their values, nothing outside, nothing that would mislead. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "chart/chart.h"

#include "page_support.h"
#include "suites.h"

enum { MOST = 12 };

static Kit kit;
static Layout *layout;
static Arena arena;
static ChartRequest request;
static Report report;
static ChartSpec spec;
static KeyFigure figure[MOST];
static Str id[MOST];
static Chart chart;

static void begin(void)
{
    kit_open(&kit, 1);
    layout = kit_layout(&kit, "committee-pack");
    const Style *label = &layout->style[STYLE_chart_label];
    const Style *value = &layout->style[STYLE_chart_value];
    arena = (Arena){0};
    request = (ChartRequest){.layout = layout,
                             .terms = kit.terms,
                             .text = kit.text,
                             .fallback = kit.fallback,
                             .label = {kit_font(&kit, layout, STYLE_chart_label), label},
                             .value = {kit_font(&kit, layout, STYLE_chart_value), value},
                             .width = 480};
    report = (Report){.figure = figure, .terms = kit.terms};
    spec = (ChartSpec){.type = STR("bars"), .headline = STR("Overskrift"), .figure = id};
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

static const char *make(void)
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
        ck_assert_ptr_null(make());
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
        ck_assert_ptr_null(make());
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
    ck_assert_ptr_null(make());
    size_t plain = count(DRAW_PATH);
    ck_assert_uint_eq(plain, 0);
    spec.n = 0;
    add("A", "10", "kr.");
    add("B", "ca. 8", "kr."); /* hatched */
    ck_assert_ptr_null(make());
    size_t about = count(DRAW_PATH);
    ck_assert_uint_gt(about, 2);
    ck_assert_ptr_null(bar(1));
    spec.n = 0;
    add("A", "10", "kr.");
    add("B", "mere end 8", "kr."); /* an arrow */
    ck_assert_ptr_null(make());
    ck_assert_uint_eq(count(DRAW_PATH), 1);
    spec.n = 0;
    add("A", "6-10", "kr."); /* filled to 6, hatched to 10 */
    ck_assert_ptr_null(make());
    ck_assert_ptr_nonnull(bar(0));
    ck_assert_uint_gt(count(DRAW_PATH), 1);
}
END_TEST

static void check_refused(const char *value, const char *unit, const char *why)
{
    spec.n = 0;
    add("A", "10", "kr.");
    add("B", value, unit);
    const char *said = make();
    ck_assert_ptr_nonnull(said);
    ck_assert_str_eq(said, why);
}

START_TEST(what_would_mislead_is_refused)
{
    check_refused("8", "pct.", "its figures have different units");
    check_refused("8 mio.", "kr.", "its figures have different units");
    check_refused("2. st\xC3\xB8rste", "kr.", "a rank is no length");
    check_refused("p\xC3\xA5 niveau", "kr.", "a value in words has no length");
    spec.n = 0;
    add("A", "10", "kr.");
    id[0] = STR("K99");
    ck_assert_ptr_nonnull(make());
}
END_TEST

START_TEST(the_alternative_says_every_value)
{
    add("Alfa", "ca. 1.200", "personer");
    add("Beta", "12-14", "personer");
    ck_assert_ptr_null(make());
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
    ck_assert_ptr_null(make());
    ck_assert_ptr_nonnull(memmem(chart.alternative.p, chart.alternative.n, "Skotland", 8));
    ck_assert_ptr_null(memmem(chart.alternative.p, chart.alternative.n, "Befolkning", 10));
}
END_TEST

START_TEST(values_of_zero_alone_are_drawn)
{
    add("A", "0", "kr.");
    ck_assert_ptr_null(make());
    for (size_t i = 0; i < chart.draws; i++)
        ck_assert(isfinite(chart.draw[i].x) && isfinite(chart.draw[i].w));
}
END_TEST

Suite *chart_suite(void)
{
    Suite *suite = suite_create("chart");
    TCase *tests = tcase_create("chart");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, bars_are_as_long_as_their_values);
    tcase_add_test(tests, nothing_is_outside);
    tcase_add_test(tests, what_is_not_certain_looks_so);
    tcase_add_test(tests, what_would_mislead_is_refused);
    tcase_add_test(tests, the_alternative_says_every_value);
    tcase_add_test(tests, labels_are_what_the_figures_differ_in);
    tcase_add_test(tests, values_of_zero_alone_are_drawn);
    suite_add_tcase(suite, tests);
    return suite;
}
