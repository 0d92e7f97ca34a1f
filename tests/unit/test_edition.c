/* What each reader gets of a report, and what must not be felt of the rest. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "edition/edition.h"

#include "report_support.h"
#include "suites.h"

#define N "\xC3\xB8"

/* Two themes and a common part; parts of each are closed, each has figures and recommendations. */
static const char text[] =
    "---\ntitle: T\nstatus: draft\n---\n"
    "# Baggrund {#bag}\n\nx\n\n## N" N "gletal\n\n| Id | N" N
    "gletal | V\xC3\xA6rdi | Enhed | Forbehold |\n"
    "|--|--|--|--|--|\n| K0 | Nul; \"anf" N "rt\" | ca. 1.000 | kr. | =1+1 |\n\n"
    "# Tema: Et {#et}\n\nx\n\n> [!SEKRETARIAT]\n> Er det sandt?\n\n"
    "## Lukket {#hemmeligt .lukket}\n\n[@K2]\n\n> [!SEKRETARIAT]\n> Lukket?\n\n"
    "## Anbefalinger\n\n1. **En.**\n   Oprindelse: udledt\n   Grundlag: [x](#bag)\n\n"
    "# Tema: Skjult {#skjult .lukket}\n\nx\n\n## N" N "gletal\n\n| Id | N" N
    "gletal | V\xC3\xA6rdi |\n"
    "|--|--|--|\n| K2 | To | 2 |\n\n"
    "## Anbefalinger\n\n1. **To.**\n   Oprindelse: udledt\n   Grundlag: [x](#bag)\n\n"
    "# Tema: Tre {#tre}\n\nx\n\n## Anbefalinger\n\n1. **Tre.**\n   Oprindelse: udledt\n"
    "   Grundlag: [x](#bag)\n2. **Fire.**\n   Oprindelse: udledt\n   Grundlag: [x](#bag)\n";

static Kit kit;
static ReportKit reports;
static Report *report;

static void begin(void)
{
    kit_open(&kit, 1);
    report_kit_open(&reports, &kit);
    report = report_of(&reports, text);
    free(report_said(&reports));
}

static void end(void)
{
    report_drop(report);
    report_kit_close(&reports);
    kit_close(&kit);
}

static Edition *edition_of(bool closed, const char *theme)
{
    EditionChoice choice = {closed, str_from(theme)};
    return edition_new(report, &choice, kit.diags);
}

/* "number section-id" of all sections; themes are numbered. */
static void check_sections(const Edition *e, const char *expected)
{
    StrBuf out = {0};
    for (size_t i = 0; i < e->sections; i++)
        strbuf_addf(&out, "%u %.*s\n", e->section[i].theme, (int)e->section[i].section->id.n,
                    e->section[i].section->id.p);
    ck_assert_str_eq(out.p, expected);
    strbuf_drop(&out);
}

static void check_recommendations(const Edition *e, const char *expected)
{
    StrBuf out = {0};
    for (size_t i = 0; i < e->recommendations; i++) {
        strbuf_addf(&out, "%u ", e->recommendation[i].number);
        inlines_text(&out, kit.terms, e->recommendation[i].recommendation->lead);
        strbuf_add_char(&out, '\n');
    }
    ck_assert_str_eq(out.p ? out.p : "", expected);
    strbuf_drop(&out);
}

START_TEST(the_open_pack_knows_nothing_of_what_is_closed)
{
    Edition *e = edition_of(false, "");
    check_sections(e, "0 bag\n1 et\n2 tre\n");
    check_recommendations(e, "1 En.\n2 Tre.\n3 Fire.\n");
    ck_assert_uint_eq(e->figures, 1);
    ck_assert_uint_eq(e->questions, 1);
    ck_assert(edition_has(e, STR("bag")) && edition_has(e, STR("tre")));
    ck_assert(!edition_has(e, STR("hemmeligt")) && !edition_has(e, STR("skjult")));
    ck_assert_ptr_null(e->theme);
    edition_drop(e);
}
END_TEST

START_TEST(the_closed_pack_has_it_all)
{
    Edition *e = edition_of(true, "");
    check_sections(e, "0 bag\n1 et\n2 skjult\n3 tre\n");
    check_recommendations(e, "1 En.\n2 To.\n3 Tre.\n4 Fire.\n");
    ck_assert_uint_eq(e->figures, 2);
    ck_assert_uint_eq(e->questions, 2);
    ck_assert(edition_has(e, STR("hemmeligt")) && edition_has(e, STR("skjult")));
    edition_drop(e);
}
END_TEST

START_TEST(a_briefing_keeps_the_numbers_of_the_pack)
{
    Edition *e = edition_of(false, "tre");
    check_sections(e, "2 tre\n");
    check_recommendations(e, "2 Tre.\n3 Fire.\n");
    ck_assert_uint_eq(e->figures, 0);
    ck_assert_uint_eq(e->questions, 0);
    ck_assert_ptr_eq(e->theme, &e->section[0]);
    ck_assert(!edition_has(e, STR("bag")));
    edition_drop(e);
    e = edition_of(true, "tre");
    check_sections(e, "3 tre\n");
    check_recommendations(e, "3 Tre.\n4 Fire.\n");
    edition_drop(e);
}
END_TEST

START_TEST(questions_are_for_drafts)
{
    report->draft = false;
    Edition *e = edition_of(false, "");
    ck_assert_uint_eq(e->questions, 0);
    ck_assert_uint_eq(diags_count(kit.diags, DIAG_WARNING), 1);
    for (size_t i = 0; i < e->sections; i++)
        for (const Block *b = e->section[i].blocks; b; b = b->next)
            ck_assert(b->kind != BLOCK_BOX || b->box != BOX_SECRETARIAT);
    edition_drop(e);
}
END_TEST

static void check_no_closed(const Block *b)
{
    for (; b; b = b->next) {
        ck_assert(!b->closed);
        check_no_closed(b->children);
    }
}

START_TEST(no_closed_block_is_left)
{
    Edition *e = edition_of(false, "");
    for (size_t i = 0; i < e->sections; i++)
        check_no_closed(e->section[i].blocks);
    edition_drop(e);
}
END_TEST

/* A note exists where a mark of it is shown, and what is closed in it is left out like elsewhere. */
START_TEST(notes_follow_their_marks)
{
    report_drop(report);
    report = report_of(&reports, "---\ntitle: T\n---\n# Tema: A {#a}\n\nx[^aaben]\n\n"
                                 "# Tema: B {#b .lukket}\n\ny[^hemmelig][^aaben]\n\n"
                                 "[^aaben]: Se[^indre].\n\n    > [!LUKKET]\n    > z[^lukket]\n\n"
                                 "[^hemmelig]: h\n[^indre]: i\n[^lukket]: l\n");
    free(report_said(&reports));
    Edition *open = edition_of(false, ""), *closed = edition_of(true, "");
    for (size_t i = 0; i < report->notes; i++) {
        const Note *note = report->note[i];
        bool shown = str_equal(note->label, STR("aaben")) || str_equal(note->label, STR("indre"));
        ck_assert_msg((edition_note(open, note) != NULL) == shown, "%.*s", (int)note->label.n,
                      note->label.p);
        ck_assert_ptr_nonnull(edition_note(closed, note));
    }
    const Block *text_of_it = edition_note(open, report->note[0]);
    ck_assert_ptr_null(text_of_it->next);
    ck_assert_int_eq(edition_note(closed, report->note[0])->next->kind, BLOCK_BOX);
    edition_drop(open);
    edition_drop(closed);
}
END_TEST

START_TEST(figures_as_a_spreadsheet)
{
    Edition *e = edition_of(true, "");
    StrBuf csv = {0};
    edition_figures_csv(e, &csv);
    ck_assert(str_starts(strbuf_str(&csv), STR("\xEF\xBB\xBF")));
    ck_assert_ptr_nonnull(strstr(csv.p, "\"Nul; \"\"anf" N "rt\"\"\""));
    ck_assert_ptr_nonnull(strstr(csv.p, "K2;"));
    /* what opens with = would be taken for a formula */
    ck_assert_ptr_null(strstr(csv.p, ";=1+1"));
    ck_assert_ptr_nonnull(strstr(csv.p, "=1+1"));
    size_t lines = 0;
    for (size_t i = 0; i < csv.n; i++)
        lines += csv.p[i] == '\n';
    ck_assert_uint_eq(lines, 3);
    strbuf_drop(&csv);
    edition_drop(e);
}
END_TEST

#define TABLE(id) "| A |\n|---|\n| b |\n\nTabel: T {#" id "}\n\n"

/* What has the id: its number, and whether the edition shows it; 'x' for nothing. */
static void check_target(const Edition *e, const char *id, int number, char shown)
{
    const EditionTarget *target = edition_target(e, str_from(id));
    ck_assert_msg((shown == 'x') == !target, "%s", id);
    if (target)
        ck_assert_msg((int)target->number == number && target->shown == (shown == 'y'), "%s: %u",
                      id, target->number);
}

START_TEST(tables_and_figures_have_the_numbers_of_the_pack)
{
    report_drop(report);
    report = report_of(
        &reports,
        "---\ntitle: T\n---\n# Baggrund {#bag}\n\nx\n\n" TABLE(
            "t-bag") "| uden |\n|---|\n| overskrift |\n\n"
                     "# Tema: Et {#et}\n\nx\n\n## Skjult {#skjult .lukket}\n\n" TABLE("t-skjult") "# Tema: To {#to}\n\nx[^n]\n\n" TABLE(
                         "t-to") "[^n]: y\n\n    | A |\n    |---|\n    | b |\n\n    Tabel: Note {#t-note}\n");
    Edition *pack = edition_of(false, ""), *closed = edition_of(true, ""),
            *two = edition_of(false, "to");
    check_target(pack, "t-bag", 1, 'y');
    check_target(pack, "t-skjult", 0, 'x');
    check_target(pack, "t-to", 2, 'y');
    check_target(pack, "t-note", 0, 'y');
    check_target(closed, "t-skjult", 2, 'y');
    check_target(closed, "t-to", 3, 'y');
    check_target(two, "t-bag", 1, 'n');
    check_target(two, "t-skjult", 0, 'x');
    check_target(two, "t-to", 2, 'y');
    check_target(two, "et", 1, 'n');
    check_target(two, "to", 2, 'y');
    check_target(two, "bag", 0, 'n');
    check_target(two, "nowhere", 0, 'x');
    ck_assert(!edition_has(two, STR("t-bag")) && edition_has(two, STR("t-to")));
    ck_assert_uint_eq(pack->tables, 2);
    ck_assert_uint_eq(two->tables, 1);
    ck_assert_uint_eq(two->table[0]->number, 2);
    edition_drop(pack);
    edition_drop(closed);
    edition_drop(two);
}
END_TEST

/* What is said of all recommendations, in briefings that have any. */
START_TEST(briefings_have_what_recommendations_open_with)
{
    report_drop(report);
    report = report_of(&reports, "---\ntitle: T\n---\n# Tema: Et {#et}\n\nx\n\n"
                                 "## Anbefalinger\n\n1. **Ja.** Fordi.\n\n"
                                 "# Anbefalinger {#om}\n\nAlle.\n\n# Tema: To {#to}\n\nx\n");
    Edition *one = edition_of(false, "et"), *two = edition_of(false, "to");
    ck_assert_uint_eq(one->sections, 2);
    ck_assert_int_eq(one->section[1].section->kind, SECTION_RECOMMENDATIONS);
    ck_assert_ptr_eq(one->theme, &one->section[0]);
    check_target(one, "om", 0, 'y');
    ck_assert_uint_eq(two->sections, 1);
    ck_assert_uint_eq(two->theme->theme, 2);
    check_target(two, "om", 0, 'n');
    edition_drop(one);
    edition_drop(two);
}
END_TEST

START_TEST(nothing_is_said_without_diagnostics)
{
    EditionChoice choice = {false, {"", 0}};
    report->draft = false;
    Edition *e = edition_new(report, &choice, NULL);
    ck_assert_uint_eq(e->sections, 3);
    edition_drop(e);
}
END_TEST

Suite *edition_suite(void)
{
    Suite *suite = suite_create("edition");
    TCase *tests = tcase_create("edition");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, the_open_pack_knows_nothing_of_what_is_closed);
    tcase_add_test(tests, the_closed_pack_has_it_all);
    tcase_add_test(tests, a_briefing_keeps_the_numbers_of_the_pack);
    tcase_add_test(tests, questions_are_for_drafts);
    tcase_add_test(tests, no_closed_block_is_left);
    tcase_add_test(tests, notes_follow_their_marks);
    tcase_add_test(tests, figures_as_a_spreadsheet);
    tcase_add_test(tests, tables_and_figures_have_the_numbers_of_the_pack);
    tcase_add_test(tests, briefings_have_what_recommendations_open_with);
    tcase_add_test(tests, nothing_is_said_without_diagnostics);
    suite_add_tcase(suite, tests);
    return suite;
}
