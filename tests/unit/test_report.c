/* What is checked of a whole report, and words printed for bookmarks. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#include "report_support.h"
#include "suites.h"

#define HEAD "---\ntitle: T\n---\n"

static Kit kit;
static ReportKit reports;

static void begin(void)
{
    kit_open(&kit, 1);
    report_kit_open(&reports, &kit);
}

static void end(void)
{
    report_kit_close(&reports);
    kit_close(&kit);
}

/* The messages of report_check alone, a line each with its place. */
static void check_says(const char *text, const char *expected)
{
    Report *report = report_of_bytes(&reports, str_from(text));
    ck_assert_ptr_nonnull(report);
    ck_assert_ptr_null(diags_message(kit.diags, 0));
    report_check(report, kit.diags);
    check_messages(kit.diags, expected);
    report_drop(report);
    free(report_said(&reports));
}

START_TEST(a_sound_report_is_passed)
{
    check_says(HEAD "# Tema: A {#a}\n\nSe [B](#b).\n\n## B {#b}\n\nx\n", "");
}
END_TEST

START_TEST(a_report_needs_text_and_wants_a_theme)
{
    check_says(HEAD, "0:0: the report has no text\n");
    check_says(HEAD "# A\n\nx\n", "0:0: the report has no theme, so it gets no theme briefings\n");
}
END_TEST

START_TEST(ids_are_unique_wherever_they_stand)
{
    check_says(HEAD "# Tema: A {#a}\n\nx\n\n## B {#a}\n\n> y\n>\n> z\n\n## C {#b}\n\nw\n\n"
                    "| K |\n|---|\n| v |\n\nTabel: D {#b}\n",
               "8:1: the id 'a' is used twice\n18:1: the id 'b' is used twice\n");
    check_says(HEAD "# Tema: A {#a}\n\nx[^n]\n\n[^n]: y\n\n    | K |\n    |---|\n    | v |\n\n"
                    "    Tabel: D {#b}\n\n## B\n\nz\n",
               "");
}
END_TEST

START_TEST(links_and_figures_lead_somewhere_wherever_they_stand)
{
    check_says(HEAD "# Tema: A [x](#p) {#a}\n\n- [x](#q)\n  - **[x](#r)**\n\n"
                    "> [!NOTE] [x](#s)\n> [@K1]\n\n| [x](#t) |\n|---|\n| [@K2] |\n",
               "4:11: nothing has the id 'p'\n"
               "6:3: nothing has the id 'q'\n"
               "7:7: nothing has the id 'r'\n"
               "9:11: nothing has the id 's'\n"
               "10:3: there is no key figure 'K1'\n"
               "12:3: nothing has the id 't'\n"
               "14:3: there is no key figure 'K2'\n");
}
END_TEST

#define FIGURES                                                                                    \
    HEAD "# Tema: A {#a}\n\nx\n\n## Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed |\n|--|--|--|--|\n"

START_TEST(doubtful_values_are_told_with_what_may_be_meant)
{
    check_says(
        FIGURES
        "| K1 | a | 5.0 | |\n| K2 | b | 5,000 | |\n| K3 | c | 1,250,000 | |\n"
        "| K4 | d | 1.25.000 | |\n| K5 | e | 123456789012345678 | |\n"
        "| K6 | f | mellem 15 og 4 | |\n| K7 | g | ca. 12 (2011) | |\n| K8 | h | ukendt | |\n"
        "| K9 | i | 20-25.000 | |\n",
        "12:12: '5.0' isn't written as this language writes numbers\n"
        "13:12: '5,000' has three decimals, or is meant as thousands\n"
        "14:12: '1,250,000' isn't written as this language writes numbers\n"
        "15:12: '1.25.000' looks like a number but isn't written as one\n"
        "16:12: '123456789012345678' has too many digits for a number\n"
        "17:1: the interval '15–4' goes downwards\n"
        "18:16: '12 (2011)' begins with a number, but what follows is no unit\n"
        "20:1: the interval '20–25.000' may lack thousands\n");
}
END_TEST

START_TEST(a_unit_stands_beside_the_value_or_in_its_column)
{
    check_says(FIGURES
               "| K1 | a | 35 pct. | kr. |\n| K2 | b | 35 % | pct. |\n| K3 | c | kr. 5 | |\n",
               "12:12: the value '35\u00A0pct.' has another unit than 'kr.'\n");
}
END_TEST

START_TEST(the_unit_of_a_value_is_that_of_its_figure)
{
    Report *report =
        report_of(&reports, FIGURES
                  "| K1 | a | 5 % | pct. |\n| K2 | b | kr. 5 | |\n| K3 | c | 2012 | sager |\n");
    ck_assert(str_equal(report->figure[0].unit, STR("pct.")));
    ck_assert(str_equal(report->figure[1].unit, STR("kr.")));
    StrBuf year = {0};
    quantity_print_with_unit(&year, kit.terms, &report->figure[2].value, report->figure[2].unit);
    ck_assert_str_eq(year.p, "2.012\u00A0sager");
    strbuf_drop(&year);
    report_drop(report);
}
END_TEST

START_TEST(the_plain_text_of_inlines)
{
    Report *report = report_of(&reports,
                               HEAD "# Tema: A {#a}\n\n**B** *c* `d` [e](#a)\\\nf\ng ~~h~~ "
                                    "[i]{lang=en} [@K1]\n\n## N\xC3\xB8gletal\n\n"
                                    "| Id | N\xC3\xB8gletal | V\xC3\xA6rdi |\n|--|--|--|\n"
                                    "| K1 | j | ca. 5 |\n");
    StrBuf out = {0};
    inlines_text(&out, kit.terms, report->section[0].blocks->inlines);
    ck_assert_str_eq(out.p, "B c d e f g h i ca.\xC2\xA0"
                            "5");
    strbuf_drop(&out);
    report_drop(report);
}
END_TEST

Suite *report_suite(void)
{
    Suite *suite = suite_create("report");
    TCase *tests = tcase_create("report");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, a_sound_report_is_passed);
    tcase_add_test(tests, a_report_needs_text_and_wants_a_theme);
    tcase_add_test(tests, ids_are_unique_wherever_they_stand);
    tcase_add_test(tests, links_and_figures_lead_somewhere_wherever_they_stand);
    tcase_add_test(tests, doubtful_values_are_told_with_what_may_be_meant);
    tcase_add_test(tests, a_unit_stands_beside_the_value_or_in_its_column);
    tcase_add_test(tests, the_unit_of_a_value_is_that_of_its_figure);
    tcase_add_test(tests, the_plain_text_of_inlines);
    suite_add_tcase(suite, tests);
    return suite;
}
