/* Proofreading: each check finds what is wrong, at its place, and keeps silent about what is near it. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/cpr.h"
#include "base/file.h"
#include "base/mem.h"
#include "proof/proof.h"

#include "report_support.h"
#include "suites.h"

#define HEAD                                                                                       \
    "---\ntitle: T\ndate: 2012-09-09\nperiod: 2012-08-27/2012-08-30\n---\n# Tema: A {#a}\n\n"

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

/* What proof_check says of a report that is read and checked without a word, a line for each with its
 * place. */
static void proof_says(const char *text, const char *expected)
{
    Report *report = report_of_bytes(&reports, str_from(text));
    ck_assert_ptr_nonnull(report);
    report_check(report, kit.diags);
    free(report_said(&reports));
    proof_check(report, kit.diags);
    StrBuf said = {0};
    for (size_t i = 0; diags_message(kit.diags, i); i++)
        strbuf_addf(&said, "%u:%u: %s\n", diags_pos(kit.diags, i).line,
                    diags_pos(kit.diags, i).column, diags_message(kit.diags, i));
    ck_assert_str_eq(said.p ? said.p : "", expected);
    strbuf_drop(&said);
    report_drop(report);
    free(report_said(&reports));
}

/* Of text in a theme, from line 8 of the report on. */
static void says(const char *text, const char *expected)
{
    StrBuf b = {0};
    strbuf_add_text(&b, HEAD);
    strbuf_add_text(&b, text);
    proof_says(b.p, expected);
    strbuf_drop(&b);
}

/* ---- reading -------------------------------------------------------------------------------- */

static Readability readability_of(const char *text)
{
    StrBuf b = {0};
    strbuf_add_text(&b, HEAD);
    strbuf_add_text(&b, text);
    Report *report = report_of(&reports, b.p);
    Readability section[1];
    ck_assert_uint_eq(report->sections, 1);
    proof_readability(report, section);
    report_drop(report);
    strbuf_drop(&b);
    return section[0];
}

START_TEST(words_and_sentences_are_counted)
{
    Readability r = readability_of(
        "Her er fem korte ord. Og socialudvalget *besøgte* bydelen!\n\n- Et punkt\n");
    ck_assert_uint_eq(r.words, 11);
    ck_assert_uint_eq(r.long_words, 3);
    ck_assert_uint_eq(r.sentences, 3);
    ck_assert_int_eq(readability_lix(&r), 31); /* 11 / 3 + 100 * 3 / 11 = 30.9 */
    ck_assert_int_eq(readability_lix(&(Readability){0, 0, 0}), 0);
}
END_TEST

START_TEST(a_full_stop_in_an_abbreviation_ends_no_sentence)
{
    Readability r = readability_of(
        "Det var bl.a. ca. 35 pct. af dem den 28. august, dvs. nr. 2 og kl. 9. Ja.\n");
    ck_assert_uint_eq(r.sentences, 2);
}
END_TEST

START_TEST(headings_tables_and_code_are_not_read)
{
    Readability r = readability_of(
        "To ord.\n\n## En overskrift\n\n| A | B |\n|--|--|\n| c | d |\n\n    kode her\n");
    ck_assert_uint_eq(r.words, 2);
}
END_TEST

static void add_words(StrBuf *b, size_t n, const char *word, size_t sentence)
{
    for (size_t i = 1; i <= n; i++)
        strbuf_addf(b, "%s%s", word,
                    i == n              ? ".\n"
                    : i % sentence == 0 ? ". "
                    : i % 10 == 0       ? "\n"
                                        : " ");
}

START_TEST(long_paragraphs_are_told)
{
    StrBuf b = {0};
    add_words(&b, 120, "Ord", 12);
    says(b.p, "");
    strbuf_add_text(&b, "\n\n> ");
    add_words(&b, 121, "Ord", 12);
    says(b.p, "21:3: this paragraph has 121 words [paragraphs]\n");
    strbuf_drop(&b);
}
END_TEST

START_TEST(a_section_that_is_hard_to_read_is_told)
{
    StrBuf b = {0};
    add_words(&b, 100, "Forvaltningens", 20);
    says(b.p, "6:1: this section is very hard to read: its LIX is 120 [lix]\n");
    strbuf_clear(&b);
    add_words(&b, 99, "Forvaltningens", 20);
    says(b.p, "");
    strbuf_clear(&b);
    add_words(&b, 100, "Ord", 55);
    says(b.p, "");
    strbuf_drop(&b);
}
END_TEST

/* ---- what identifies a person --------------------------------------------------------------- */

START_TEST(numbers_of_persons)
{
    static const char *const are[] = {"010170-1234",      "010170 1234",    "010170–1234",
                                      "290212-1234",      "311299 - 1234",  "(010170-1234)",
                                      "nr. 010170-1234.", "cpr 0101701234", "CPR-nr. 0101701234",
                                      "0101700003"};
    static const char *const are_not[] = {
        "2011-60279",  "010170-12345",     "2012-707055",    "5798009683007",
        "3366 1475",   "0101701234",       "320170-1234",    "011370-1234",
        "300212-1234", "1010170-1234",     "12 010170-1234", "010170-1234-5",
        "010170-123",  "010170 1234 5678", "A010170-1234",   "290213-1234"};
    size_t at, n;
    for (size_t i = 0; i < sizeof are / sizeof *are; i++)
        MUST_SAY(cpr_find(str_from(are[i]), 0, &at, &n), "'%s' is missed", are[i]);
    for (size_t i = 0; i < sizeof are_not / sizeof *are_not; i++)
        MUST_SAY(!cpr_find(str_from(are_not[i]), 0, &at, &n), "'%s' is found", are_not[i]);
}
END_TEST

START_TEST(numbers_of_persons_are_told_and_masked)
{
    says("Se sagen om\nborgeren 010170-1234 her.\n",
         "9:10: there is a personal identification number in the text [cpr]\n");
    Report *report = report_of_bytes(
        &reports, STR(HEAD "Se\n\n| A | B |\n|---|---|\n| x | [y 010170-1234](#z) |\n"));
    report_check(report, kit.diags);
    proof_check(report, kit.diags);
    char *said = report_said(&reports);
    ck_assert_ptr_nonnull(strstr(said, "12 | | x | [y ******-****](#z) |"));
    ck_assert_ptr_null(strstr(said, "1234"));
    free(said);
    report_drop(report);
}
END_TEST

START_TEST(numbers_of_persons_are_found_wherever_they_stand)
{
    says("x\n\n    010170-1234\n\n## Besøg: A {place=\"010170-1234\"}\n\n"
         "![010170-1234](a.png)\n\n[b](http://c/?010170-1234)\n\n~~~chart\ntype: bars\n"
         "headline: 010170-1234\nfigures: [K1]\n~~~\n\n## Nøgletal\n\n"
         "| Id | Nøgletal | Værdi | Forbehold |\n|--|--|--|--|\n| K1 | a | 1 | 010170-1234 |\n\n"
         "## Anbefalinger\n\n1. **Ja.** 010170-1234\n   Ansvarlig: 020270-1234\n",
         "10:5: there is a personal identification number in the text [cpr]\n"
         "12:21: there is a personal identification number in the text [cpr]\n"
         "14:3: there is a personal identification number in the text [cpr]\n"
         "16:15: there is a personal identification number in the text [cpr]\n"
         "20:11: there is a personal identification number in the text [cpr]\n"
         "28:16: there is a personal identification number in the text [cpr]\n"
         "32:12: there is a personal identification number in the text [cpr]\n"
         "33:15: there is a personal identification number in the text [cpr]\n");
}
END_TEST

/* ---- the report that is here ---------------------------------------------------------------- */

START_TEST(nothing_is_found_in_what_is_right)
{
    StrBuf text = {0};
    ck_assert_int_eq(file_read("data/studietur-london-2012/report.md", 1 << 20, &text), 0);
    proof_says(text.p, "");
    strbuf_drop(&text);
}
END_TEST

Suite *proof_suite(void)
{
    Suite *suite = suite_create("proof");
    TCase *tests = tcase_create("proof");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, words_and_sentences_are_counted);
    tcase_add_test(tests, a_full_stop_in_an_abbreviation_ends_no_sentence);
    tcase_add_test(tests, headings_tables_and_code_are_not_read);
    tcase_add_test(tests, long_paragraphs_are_told);
    tcase_add_test(tests, a_section_that_is_hard_to_read_is_told);
    tcase_add_test(tests, numbers_of_persons);
    tcase_add_test(tests, numbers_of_persons_are_told_and_masked);
    tcase_add_test(tests, numbers_of_persons_are_found_wherever_they_stand);
    tcase_add_test(tests, nothing_is_found_in_what_is_right);
    suite_add_tcase(suite, tests);
    return suite;
}
