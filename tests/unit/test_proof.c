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

START_TEST(a_number_opens_a_sentence_behind_a_whole_word)
{
    Readability r =
        readability_of("De får plaster med nikotin. 10 pct. er røgfri. 27 er på vej.\n");
    ck_assert_uint_eq(r.sentences, 3);
    r = readability_of("Se journalnr. 10, bilag nr. 10, side 3. 4 og den 27. august kl. 9.\n");
    ck_assert_uint_eq(r.sentences, 1);
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
    add_words(&b, 150, "Ord", 12);
    says(b.p, "");
    strbuf_add_text(&b, "\n\n> ");
    add_words(&b, 151, "Ord", 12);
    says(b.p, "23:3: this paragraph has 151 words [paragraphs]\n");
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
    static const char *const are[] = {
        "010170-1234",        "010170 1234",       "010170–1234",         "290212-1234",
        "311299 - 1234",      "(010170-1234)",     "nr. 010170-1234.",    "cpr 0101701234",
        "CPR-nr. 0101701234", "0101700003",        "01 01 70-1234",       "01.01.70-1234",
        "01-01-70 - 1234",    "CPR 01 01 70 1234", "cpr-nr. 010170/1234", "CPR 010170.1234"};
    static const char *const are_not[] = {
        "2011-60279",       "010170-12345",   "2012-707055", "5798009683007",    "3366 1475",
        "0101701234",       "320170-1234",    "011370-1234", "300212-1234",      "1010170-1234",
        "12 010170-1234",   "010170-1234-5",  "010170-123",  "010170 1234 5678", "A010170-1234",
        "290213-1234",      "01 01 70 1234",  "010170/1234", "32.01.70-1234",    "01.01-70-1234",
        "12 01 01 70-1234", "01.01.1970-1234"};
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

START_TEST(numbers_of_cases_may_be_those_of_persons)
{
    proof_says(
        "---\ntitle: T\ncase-number: 010170-1234\nsender: {phone: \"33 66 33 66\"}\n---\n# A\n\nTekst.\n",
        "3:14: there is a personal identification number in the text [cpr]\n");
    proof_says(
        "---\ntitle: T\ncase-number: 2012-010170\ndocument-number: 2012-707055-1234\n---\n# A\n\nTekst.\n",
        "");
}
END_TEST

/* Whatever stands between the digits in the source. */
START_TEST(no_line_of_a_source_shows_a_number_of_a_person)
{
    static const char *const lines[][2] = {
        {"a 010170&#8209;1234 b", "a ******&#8209;**** b"},
        {"010170&ndash;&nbsp;1234", "******&ndash;&nbsp;****"},
        {"**010170**-1234", "**"
                            "******"
                            "**-****"},
        {"010170<!-- x -->-1234", "******<!-- x -->-****"},
        {"0101\xC2\xAD"
         "70-1234",
         "****\xC2\xAD"
         "**-****"},
        {"010170-<b>1234</b>", "******-<b>****</b>"},
        {"010170-1234", "******-****"},
        {"320170&#8209;1234 og 010170&#8209;12345", "320170&#8209;1234 og 010170&#8209;12345"},
        {"[010170]{lang=en}-1234 [010170](#a)-1234", "[******]{lang=en}-**** [******](#a)-****"},
        {"0&#49;0170-&#x31;234", "*&#**;****-&#x**;***"},
        {"01 01 70 1234", "01 01 70 1234"},
        {"251.200 kr. 2012", "251.200 kr. 2012"},
        {"5798009683007", "5798009683007"}};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char line[64];
        snprintf(line, sizeof line, "%s", lines[i][0]);
        cpr_mask_source(line, strlen(line));
        ck_assert_str_eq(line, lines[i][1]);
    }
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

/* ---- private names -------------------------------------------------------------------------- */

/* With names that are private, from line 9 on. */
static void says_in_private(const char *text, const char *expected)
{
    StrBuf b = {0};
    strbuf_add_text(&b, "---\ntitle: T\nprivate: [Viv Askeland, Bo, \"Øster Å\"]\n---\n\n\n"
                        "# Tema: A {#a}\n\n");
    strbuf_add_text(&b, text);
    proof_says(b.p, expected);
    strbuf_drop(&b);
}

#define PRIVATE(name) "the private name '" name "' stands in open text [private]\n"

START_TEST(private_names_are_told_in_every_form)
{
    says_in_private("Guiden viv\nASKELANDs tur og *Viv* Askeland’s by.\n",
                    "9:8: " PRIVATE("Viv Askeland") "10:19: " PRIVATE("Viv Askeland"));
    says_in_private("Hos Bo, Bos og Bo's.\n",
                    "9:5: " PRIVATE("Bo") "9:9: " PRIVATE("Bo") "9:16: " PRIVATE("Bo"));
    says_in_private("Ved øster å.\n", "9:5: " PRIVATE("Øster Å"));
    says_in_private("Hos Viv Aske\xC2\xAD"
                    "land og V\xE2\x80\x8Biv Askeland.\n",
                    "9:5: " PRIVATE("Viv Askeland") "9:22: " PRIVATE("Viv Askeland"));
    says_in_private("Nr. 010170-12\xC2\xAD"
                    "34.\n",
                    "9:5: there is a personal identification "
                    "number in the text [cpr]\n");
}
END_TEST

START_TEST(private_names_are_told_wherever_they_stand)
{
    says_in_private(
        "x[^n]\n\n## Besøg: Bo {place=\"Øster Å\"}\n\n![Bo](viv-askeland.jpg)\n\n"
        "Figur: Bo\n\n[x](mailto:Bo@b.dk)\n\n`Bo`\n\n[^n]: Bo\n",
        "11:11: " PRIVATE("Bo") "11:22: " PRIVATE("Øster Å") "13:3: " PRIVATE("Bo") "15:8: " PRIVATE("Bo") "13:7: " PRIVATE(
            "Viv Askeland") "17:5: " PRIVATE("Bo") "19:2: " PRIVATE("Bo") "21:7: " PRIVATE("Bo"));
}
END_TEST

START_TEST(private_names_are_told_in_notes)
{
    says_in_private("## Anbefalinger\n\n1. **Ja.** x[^n]\n\n[^n]: Bo[^m]\n\n[^m]: Bo\n",
                    "13:7: " PRIVATE("Bo") "15:7: " PRIVATE("Bo"));
    says_in_private("> [!LUKKET] Grund\n> x[^n]\n\nx[^m]\n\n[^n]: Bo\n\n[^m]: x[^n]\n",
                    "14:7: " PRIVATE("Bo"));
}
END_TEST

START_TEST(a_note_without_a_mark_is_left_out)
{
    Inline text = {.kind = INLINE_TEXT, .text = STR("Den 31. september 2012.")};
    Block paragraph = {.kind = BLOCK_PARAGRAPH, .inlines = &text};
    Note note = {.blocks = &paragraph}, *notes[] = {&note};
    Report report = {.terms = kit.terms, .note = notes, .notes = 1};
    proof_check(&report, kit.diags);
    ck_assert_ptr_null(diags_message(kit.diags, 0));
}
END_TEST

START_TEST(private_names_may_stand_in_closed_parts)
{
    says_in_private("> [!LUKKET] Grund\n> Bo[^n]\n\n## B {.lukket}\n\nViv Askeland\n\n[^n]: Bo\n",
                    "");
}
END_TEST

START_TEST(what_is_near_a_private_name_is_none)
{
    says_in_private("Viv og Askeland, Boet, Bor, Bosted, Viv Askelandsen, Øster Ås.\n",
                    "9:54: " PRIVATE("Øster Å"));
}
END_TEST

/* ---- names ---------------------------------------------------------------------------------- */

#define SPELT(place, rare, usual) place ": '" rare "' is elsewhere spelt '" usual "' [names]\n"

START_TEST(one_name_spelt_two_ways)
{
    says("Vi så Brixton. Det er i Brixten.\n", SPELT("8:25", "Brixten", "Brixton"));
    says("Hos Brixton. I Brixton og i Birxton.\n", "");
    says("Hos Brixton. I Brixton.\n\nSe Birxton.\n", SPELT("10:4", "Birxton", "Brixton"));
    says("Vi talte med Maria Ayyub.\n\nSiden kom\nMaria Ayub.\n",
         SPELT("11:1", "Maria Ayub", "Maria Ayyub"));
    says("GAIA er et krisecenter. Det fortalte GAIA.\n\nVi mødte GAIS.\n",
         SPELT("10:10", "GAIS", "GAIA"));
    says("Her er Bikeworks.\n\nOg hos Bike-Works.\n", SPELT("10:8", "Bike-Works", "Bikeworks"));
    says("Mødet med SEUK.\n\nSiden med SE UK.\n", SPELT("10:11", "SE UK", "SEUK"));
    says(
        "## Besøg: Bydelen {place=\"Tower Hamlets\"}\n\nHer i Tower Hamlet bor\nmange. Så Tower Hamlets.\n",
        SPELT("10:7", "Tower Hamlet", "Tower Hamlets"));
}
END_TEST

START_TEST(two_slips_in_one_name)
{
    says("Se Brixeton.\n\nSe Birixton.\n\nSe Brixton. Og Brixton og i Brixton.\n\n"
         "Arbejdsmarkedsuddannelsesforvaltningerne er store.\n",
         SPELT("8:4", "Brixeton", "Brixton") SPELT("10:4", "Birixton", "Brixton"));
}
END_TEST

START_TEST(a_name_that_only_opens_a_sentence)
{
    says("Her i Brixton og i Brixton.\n\nBrixten er langt væk.\n",
         SPELT("10:1", "Brixten", "Brixton"));
    says("Her er Barnet.\n\nBarnes er et ord.\n", "");
}
END_TEST

START_TEST(two_names_that_are_alike)
{
    static const char *const texts[] = {
        "Her er Lambeth og Lambeths strategi. Se Lambeth.\n\nOgså i Lambeths råd.\n",
        "Se Irland.\n\nOg se Island. Så Irland og Irland.\n",
        "Se Holland.\n\nOg se Polland.\n",
        "Hos Jensen.\n\nOg hos Jansen.\n",
        "Hos KFUM. Og KFUM.\n\nMen KFUM og KFUK samarbejder.\n",
        "Vi så SSP.\n\nVi så CSP.\n",
        "Den Kristina.\n\nOg en Kristine.\n",
        "Her Kommunen.\n\nHer Kommuner.\n\nHer Kommunes.\n",
        "Se Borgmester.\n\nSe Borgmestre.\n",
        "Et Community Safety Partnership.\n\nFlere Community Safety Partnerships.\n",
        "Se Nørrebro.\n\nSe Østerbro. Se Vesterbro.\n",
        "Amager Øst.\n\nSe Amager Vest.\n",
        "Hos Per Hansen.\n\nHos Pia Hansen.\n",
        "> [!FORBEHOLD] Navnet\n> Grundlaget skriver Brixten.\n\nSe Brixton.\n",
        "Se `Brixten` og [x](http://Brixten).\n\n    Brixten\n\nSe Brixton.\n",
        "Socialudvalget mødtes.\n\nI Socialudvalgets navn. Et Socialudvalg.\n",
        "London er stor.\n\nLondons gader. Som i London’s gader. I London.\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        says(texts[i], "");
}
END_TEST

/* ---- ages ----------------------------------------------------------------------------------- */

#define FALLS(place, band)                                                                         \
    place ": '" band "' can't be an age band: it ends before it begins [bands]\n"

START_TEST(an_age_band_that_falls)
{
    says("Af dem er 59 pct. mellem 15 og 4 år.\n", FALLS("8:26", "15 og 4 år"));
    says("Unge på 16-14 år og *18–15-årige*.\n",
         FALLS("8:9", "16-14 år") FALLS("8:22", "18–15-årige"));
    says("| Gruppe | Antal |\n|---|---|\n| 16-14 | 3 |\n", "");
    says("| Alder | Antal |\n|---|---|\n| 16-14 | 3 |\n", FALLS("10:3", "16-14"));
    says("## Nøgletal\n\n| Id | Nøgletal | Værdi |\n|--|--|--|\n| K1 | Andel på 16-14 år | 3 |\n",
         FALLS("12:17", "16-14 år"));
}
END_TEST

START_TEST(what_is_no_age_band_that_falls)
{
    static const char *const texts[] = {
        "Fra 18 til 16 år sænkes grænsen.\n",
        "Sag 16-14 og 2012-10. Tlf. 33-14. De vandt 3-2.\n",
        "Mellem 15 og 44 år, 12-14 år, 12-12 år, 0-2-årige.\n",
        "Den 30.-27. dag, kl. 16-14, side 12-10, 16-14.5 år, 2016-14 år.\n",
        "> [!FORBEHOLD] Ikke sikkert\n> Der står 16-14 år.\n",
        "Det er ”fra 2016-2014 år for år”.\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        says(texts[i], "");
}
END_TEST

START_TEST(age_bands_that_overlap_or_leave_a_gap)
{
    says("Tilbud til 10-12, 12-15 og 16-18 år.\n",
         "8:19: the age bands 10-12 and 12-15 overlap [bands]\n");
    says("- 10-12 år\n- 13-15 år\n- 17-18 år\n",
         "10:3: between the age bands 13-15 and 17-18 ages are missing [bands]\n");
    says("| Alder | Antal |\n|---|---|\n| 0-5 | 3 |\n| 6-9 | 1 |\n| 9-12 | 3 |\n| 13+ | 3 |\n",
         "12:3: the age bands 6-9 and 9-12 overlap [bands]\n");
}
END_TEST

START_TEST(lists_of_age_bands_that_are_right)
{
    static const char *const texts[] = {
        "Tilbud til 10-12, 13-15 og 16-18 år.\n",
        "Unge på 10-12 år og unge på 12-15 år og unge på 15-18 år.\n",
        "Tilbud til 10-12, 13-15 og 17-18 år.\n",
        "| Point | Antal |\n|---|---|\n| 0-5 | 3 |\n| 5-9 | 1 |\n| 9-12 | 3 |\n",
        "- 10-12 år\n- 12-15 år\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        says(texts[i], "");
}
END_TEST

/* ---- dates ---------------------------------------------------------------------------------- */

START_TEST(dates_that_cannot_be)
{
    says("Mandag den 28. august 2012 gik vi.\n",
         "8:1: 'Mandag den 28. august 2012' is a tirsdag [dates]\n");
    says("Det var\nmandag 28. august.\n", "9:1: 'mandag 28. august' is a tirsdag [dates]\n");
    says("Den 31. september 2012 og 30. februar.\n",
         "8:5: '31. september 2012' is no date: the month has no such day [dates]\n"
         "8:27: '30. februar' is no date: the month has no such day [dates]\n");
    says("Torsdag den 31. august.\n", "8:1: 'Torsdag den 31. august' is a fredag [dates]\n");
    says("Den 27. august 2012 (tirsdag), 28/8 2012, en onsdag.\n",
         "8:5: '27. august 2012 (tirsdag)' is a mandag [dates]\n"
         "8:32: '28/8 2012, en onsdag' is a tirsdag [dates]\n");
    says("Fra 27.-25. august 2012.\n",
         "8:5: '27.-25. august 2012' ends before it begins [dates]\n");
}
END_TEST

START_TEST(dates_that_are_right)
{
    static const char *const texts[] = {
        "Tirsdag den 28. august 2012, tirsdag 28. august, mandag den 3. maj, 29. februar 2012.\n",
        "Fra 28. december til 3. januar, 27.–30. august 2012, 30. august – 2. september.\n",
        "Den 27. august 2012 (mandag), 27. august 2012, tirsdag den 28. august, og 29. august 2012.\n",
        "Version 30.2.12 og § 31.9.\n",
        "> [!SEKRETARIAT] Datoen\n> Der står mandag den 28. august 2012.\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        says(texts[i], "");
}
END_TEST

#define TWO_THEMES(box, last)                                                                          \
    "## Besøg: X {date=2012-08-27}\n\nx\n\n# Tema: B {#b}\n\nx\n\n## Besøg: Y {date=2012-08-28}\n\n" \
    "x\n\n# Tema: C {#c}\n\n" box                                                                      \
    "\n\n## Besøg: Z {date=2012-08-29}\n\nx\n\n# Tema: D {#d}\n\nx\n\n"                               \
    "## Besøg: V {date=" last "}\n\nx\n"

#define VISIT "## Besøg: B {#b place=\"B\" date=2012-08-28}\n\n"
#define OUTSIDE(place, date) place ": '" date "' is outside the report's period [dates]\n"

START_TEST(days_of_a_visit_outside_the_period)
{
    says(VISIT "Vi kom den 31. august 2012.\n", OUTSIDE("10:12", "31. august 2012"));
    says(VISIT "Vi kom 26. august,\nmandag den 3. september.\n",
         OUTSIDE("10:8", "26. august") OUTSIDE("11:1", "mandag den 3. september"));
    says(VISIT "| Dag | Hvad |\n|---|---|\n| 31/8-2012 | x |\n", OUTSIDE("12:3", "31/8-2012"));
    says(VISIT "Ugen 13.–15. august og dagene 31. august – 2. september.\n",
         OUTSIDE("10:31", "31. august – 2. september"));
    proof_says(
        "---\ntitle: T\ndate: 2013-01-09\nperiod: 2012-12-30/2013-01-02\n---\n# Tema: A {#a}\n\n"
        "## Besøg: B {#b place=\"B\" date=2013-01-01}\n\nDen 28. december, 31. december, "
        "2. januar og 4. januar.\n",
        OUTSIDE("10:5", "28. december") OUTSIDE("10:46", "4. januar"));
}
END_TEST

START_TEST(days_that_are_of_no_visit)
{
    static const char *const texts[] = {
        "Udvalget rejste den 31. august.\n",
        VISIT "Vi kom den 30. august, i ugen 25.–27. august.\n",
        VISIT "Loven er af 31. august 2011, planen fra 12. juni, målet 7. september 2012.\n",
        VISIT "Han sagde: ”Vi begyndte den 31. august, og »1. september« var for sent.”\n",
        VISIT "> Vi begyndte den 31. august.\n",
        VISIT "> [!FORBEHOLD] Datoen\n> Kilden skriver den 31. august.\n",
        VISIT "Se `31. august` og [planen](plan-31-08-2012.pdf).\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        says(texts[i], "");
    proof_says(
        "---\ntitle: T\ndate: 2013-01-09\nperiod: 2012-01-01/2012-12-20\n---\n# Tema: A {#a}\n\n" VISIT
        "Vi kom 24. december 2012.\n",
        "");
    proof_says(
        "---\ntitle: T\ndate: 2013-01-09\nperiod: 2012-08-28\nchecks: {accept: [31. august]}\n"
        "---\n# Tema: A {#a}\n\n" VISIT "Vi kom 31. august.\n",
        "");
}
END_TEST

START_TEST(two_themes_on_a_day_while_another_is_empty)
{
    says(
        TWO_THEMES("x", "2012-08-29"),
        "32:1: two themes are dated 29. august 2012, while nothing is dated 30. august 2012 [dates]\n");
    says(TWO_THEMES("x", "2012-08-30"), "");
    says(TWO_THEMES("> [!FORBEHOLD] Datoen\n> Grundlaget skriver den 29. august.", "2012-08-29"),
         "");
    says(
        TWO_THEMES("> [!FORBEHOLD] Datoen\n> Grundlaget skriver den 28. august.", "2012-08-29"),
        "33:1: two themes are dated 29. august 2012, while nothing is dated 30. august 2012 [dates]\n");
}
END_TEST

START_TEST(what_comes_before_the_report)
{
    proof_says(
        "---\ntitle: T\ndate: 2012-09-09\nmodified: 2012-09-08\nmeeting:\n  date: 2012-09-01\n---\n"
        "# Tema: A {#a}\n\nx\n\n## Anbefalinger\n\n1. **Ja.** Tekst.\n   Frist: 2012-09-10\n"
        "2. **Nej.** Tekst.\n   Frist: 2012-03-01\n3. **Måske.**\n   Frist: snart\n",
        "6:9: the meeting is before the date of the report [dates]\n"
        "4:11: the report was modified before its date [dates]\n"
        "17:11: the deadline '2012-03-01' is before the date of the report [dates]\n");
}
END_TEST

START_TEST(deadlines_that_look_like_dates)
{
    proof_says(
        "---\ntitle: T\n---\n# Tema: A {#a}\n\nx\n\n## Anbefalinger\n\n"
        "1. **Ja.** Tekst.\n   Frist: 2026-13-01\n2. **Nej.** Tekst.\n   Frist: 32/13/26\n"
        "3. **A.**\n   Frist: 2026-02-30\n4. **B.**\n   Frist: 2026-12-01\n"
        "5. **C.**\n   Frist: 2026-27\n6. **D.**\n   Frist: 1.2.3\n7. **E.**\n   Frist: 2026-1/2\n",
        "15:11: '2026-02-30' is no date: the month has no such day [dates]\n"
        "11:11: the deadline '2026-13-01' looks like a date, but is none [dates]\n"
        "13:11: the deadline '32/13/26' looks like a date, but is none [dates]\n");
}
END_TEST

/* ---- sums ----------------------------------------------------------------------------------- */

START_TEST(totals_that_are_not_the_sum_of_their_parts)
{
    says("| Post | Antal |\n|---|--:|\n| A | 12 |\n| B | 30 |\n| I alt | 43 |\n",
         "12:11: the parts of the total '43' make 42 [sums]\n");
    says("| Post | Mio. kr. |\n|---|--:|\n| A | 1,2 |\n| B | −0,5 |\n| **I alt** | **0,9** |\n",
         "12:17: the parts of the total '0,9' make 0,7 [sums]\n");
    says("| Post | Antal |\n|---|--:|\n| A | 10-12 |\n| B | 30 |\n| I alt | 40-44 |\n",
         "12:11: the parts of the total '40-44' make 40–42 [sums]\n");
    says(
        "| Post | Beløb |\n|---|--:|\n| A | 1,2 mio. kr. |\n| B | 2,4 mio. kr. |\n| I alt | 4,6 mio. kr. |\n",
        "12:11: the parts of the total '4,6 mio. kr.' make 3,6 mio. [sums]\n");
    says(
        "| Post | Antal |\n|---|--:|\n| A | 1 |\n| B | 2 |\n| A og B i alt | 3 |\n| C | 4 |\n| D | 5 |\n"
        "| C og D i alt | 9 |\n| I alt | 21 |\n",
        "16:11: the parts of the total '21' make 12 [sums]\n");
    says(
        "| By | 2011 | 2012 | I alt |\n|--|--|--|--|\n| A | 1 | 2 | 3 |\n| B | 4 | 5 | 9 |\n| C | 6 | 7 | 14 |\n"
        "\nTabel: Antal besøg\n",
        "12:15: the parts of the total '14' make 13 [sums]\n");
    says("Der var 6 møder og 4 besøg, i alt 11 steder.\n",
         "8:35: the parts of the total '11' make 10 [sums]\n");
}
END_TEST

START_TEST(totals_that_are_right)
{
    static const char *const texts[] = {
        "| Post | Antal |\n|---|--:|\n| A | 12 |\n| Heraf B | 5 |\n| C | 30 |\n| I alt | 42 |\n",
        "| Post | Mio. kr. |\n|---|--:|\n| A | 1,3 |\n| B | 2,3 |\n| C | 3,3 |\n| I alt | 7,0 |\n",
        "| Post | Antal |\n|--|--:|\n| A | 1 |\n| B | 2 |\n| I alt, A | 3 |\n| C | 4 |\n| I alt | 7 |\n",
        "| Post | Pct. |\n|---|--:|\n| A | 33 |\n| B | 33 |\n| C | 33 |\n| I alt | 100 |\n",
        "| Post | Andel |\n|---|--:|\n| A | 40 |\n| B | 60 |\n| I alt | 52 |\n",
        "| Post | Gennemsnit |\n|---|--:|\n| A | 40 |\n| B | 60 |\n| I alt | 92 |\n",
        "| Post | Værdi |\n|---|--:|\n| A | 40 |\n| B | 60 |\n| I alt | 55 |\n",
        "| Post | Antal |\n|---|--:|\n| A | ca. 40 |\n| B | 60 |\n| I alt | 110 |\n",
        "| Post | Antal |\n|---|--:|\n| A | ukendt |\n| B | 60 |\n| I alt | 110 |\n",
        "| Post | Antal |\n|---|--:|\n| A | – |\n| B | 60 |\n| C | |\n| D | 1 |\n| I alt | 61 |\n",
        "| Post | 2012 |\n|---|--:|\n| A | 10 |\n| B | 20 |\n| I alt | 31 |\n",
        "| By | 2011 | 2012 | I alt |\n|--|--|--|--|\n| A | 1 | 2 | 8 |\n| B | 4 | 5 | 19 |\n",
        "> [!FORBEHOLD] Summen\n>\n> | Post | Antal |\n> |---|--:|\n> | A | 12 |\n> | B | 30 |\n> | I alt | 43 |\n",
        "De 3 temaer og 10 besøg kostede i alt 500.000 kr. på 4 dage.\n",
        "Der var 6 møder og 4 besøg, i alt 10 steder. Og 3 år og 2 måneder, i alt 4.\n",
        "Der var 6 møder og 4 besøg, i alt ca. 11 steder.\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        says(texts[i], "");
}
END_TEST

START_TEST(a_total_of_unlike_parts)
{
    says(
        "| Hvad | Tal | Enhed |\n|---|--:|---|\n| A | 12 | besøg |\n| B | 30 | personer |\n| I alt | 42 | |\n",
        "12:11: the total '42' adds 'besøg' and 'personer' [sums]\n");
    says("| Hvad | Tal |\n|---|--:|\n| A | 12 timer |\n| B | 30 kr. |\n| I alt | 42 |\n",
         "12:11: the total '42' adds 'timer' and 'kr.' [sums]\n");
    says(
        "| Hvad | Tal | Enhed |\n|---|--:|---|\n| A | 12 | kvinder |\n| B | 30 | mænd |\n| I alt | 42 | personer |\n",
        "");
    says("| Hvad | Tal | Enhed |\n|---|--:|---|\n| A | 12 | pct. |\n| B | 30 | % |\n", "");
}
END_TEST

START_TEST(percentages_that_do_not_fit)
{
    says(
        "| By | Antal | Pct. |\n|--|--:|--:|\n| A | 10 | 20 |\n| B | 15 | 30 |\n| C | 25 | 55 |\n| I alt | 50 | 100 |\n",
        "13:16: the parts of the total '100' make 105 [sums]\n"
        "12:12: the share '55' doesn't fit: 25 of 50 is 50 [sums]\n");
    says("| Svar | Fordeling i pct. |\n|--|--:|\n| Ja | 60 |\n| Nej | 45 |\n| Ved ikke | 5 |\n",
         "8:10: the shares of this column make 110 together [sums]\n");
    says("Det sagde 560 af 700 borgere (89 pct.), og\n50 pct. (15 af 30) sagde nej.\n",
         "8:31: '89 pct.' doesn't fit: 560 af 700 borgere is 80\xC2\xA0pct. [sums]\n");
    says("Her er 120 pct. af borgerne med.\n", "8:8: '120 pct.' is more than all of them [sums]\n");
}
END_TEST

START_TEST(parts_of_amounts_in_the_text)
{
    says("Vi har 84 huse, hvoraf 63 (57 pct.) er nye. Af de 640 borgere kom 461 i job (65 pct.).\n",
         "8:28: '57 pct.' doesn't fit: 63 af 84 is 75\xC2\xA0pct. [sums]\n"
         "8:78: '65 pct.' doesn't fit: 461 af 640 borgere is 72\xC2\xA0pct. [sums]\n");
    says("Det er 15,7 mio. kr. ud\naf 24,5 mio. kr. (61,4 pct.).\n",
         "9:19: '61,4 pct.' doesn't fit: 15,7 mio. kr. ud af 24,5 mio. kr. is 64,1\xC2\xA0pct. "
         "[sums]\n");
    says("Drift koster 2,5 mio. kr. og anlæg 500.000 kr., i\nalt 3,5 mio. kr.\n",
         "9:5: the parts of the total '3,5 mio. kr.' make 3,0\xC2\xA0mio.\xC2\xA0kr. [sums]\n");
    says("Vi har 84 huse, hvoraf 63 (75 pct.) er nye og 12 (20 pct. af dem) gamle.\n", "");
    says("Af 600 borgere mod 500 (20 pct.) kom 1,2 og 3,4 mio. kr., i alt 4,7 mio. kr.\n", "");
    says("Af 90 huse er 60, heraf 45 (50 pct.) små, nye.\n", "");
}
END_TEST

#define CITED                                                                                      \
    "\n\n## Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed |\n|--|--|--|--|\n"                     \
    "| K1 | Elever | 700 | elever |\n| K2 | Andel, der svarer | 80 | pct. |\n"                     \
    "| K3 | Lærere | ca. 90 | lærere |\n"

START_TEST(cited_figures_are_counted)
{
    says(
        "Det sagde 560 af [@K1] (89 pct.).\n\nDer er [@K1],\n[@K2] af dem her, 60 voksne, 30 børn og 10 "
        "andre, i alt 110. Se [@K3]." CITED,
        "8:25: '89 pct.' doesn't fit: 560 af 700 is 80\xC2\xA0pct. [sums]\n"
        "11:57: the parts of the total '110' make 100 [sums]\n");
    says("Det sagde 540 af [@K1] ([@K2]). Se [@K3]." CITED,
         "8:25: '80 pct.' doesn't fit: 540 af 700 is 77\xC2\xA0pct. [sums]\n");
    says("Ja siger [@K2], og resten, 30 pct., siger nej. Se [@K1] og [@K3]." CITED,
         "8:10: the shares from here on make 110\xC2\xA0pct. together [sums]\n");
    says("Det sagde 560 af [@K1] ([@K2]), og der er [@K1], [@K3] og 10 andre, i alt 810." CITED,
         "");
    says(
        "Se [@K2] og [@K3].\n\n| A | Antal |\n|--|--:|\n| x | [@K1] |\n| y | 50 |\n| I alt | 760 |" CITED,
        "14:11: the parts of the total '760' make 750 [sums]\n");
}
END_TEST

START_TEST(shares_of_one_whole_in_the_text)
{
    says("Udgifterne fordeler sig på løn (60 pct.), drift (25 pct.) og huse (20 pct.).\n",
         "8:33: the shares from here on make 105\xC2\xA0pct. together [sums]\n");
    says("I 2012 var det fordelt på 55,5 procent drenge og 45,5 procent piger.\n",
         "8:27: the shares from here on make 101,0\xC2\xA0procent together [sums]\n");
    says("Det siger 60 pct., mens 30 pct. tier, og resten, 15 pct., ved det endnu.\n",
         "8:11: the shares from here on make 105\xC2\xA0pct. together [sums]\n");
    says("Ja siger 70 pct.; de øvrige 40 pct. siger nej.\n",
         "8:10: the shares from here on make 110\xC2\xA0pct. together [sums]\n");
}
END_TEST

START_TEST(percentages_that_fit)
{
    static const char *const texts[] = {
        "| By | Antal | Pct. |\n|--|--:|--:|\n| A | 10 | 33 |\n| B | 10 | 33 |\n| C | 10 | 33 |\n| I alt | 30 | 100 |\n",
        "| By | Antal | Andel kvinder |\n|--|--:|--:|\n| A | 10 | 52 |\n| B | 15 | 48 |\n| C | 25 | 51 |\n| I alt | 50 | 50 |\n",
        "| Svar | Fordeling i pct., flere svar |\n|--|--:|\n| Ja | 60 |\n| Nej | 45 |\n",
        "Det sagde 560 af 700 borgere (80 pct.), ca. 3 af 10 (33 pct.) og 2 af 3 (67 pct.).\n",
        "Det er 120 pct. af budgettet, 120 pct. af normeringen og 100 pct. af borgerne.\n",
        "Blandt 560 af de adspurgte svarede 700 borgere (89 pct.).\n",
        "De fordeler sig på ja (33 pct.), nej (33 pct.) og ved ikke (34 pct.).\n",
        "De er fordelt på ja (33,4 pct.), nej (33,4 pct.) og måske (33,3 pct.), fordelt på køn.\n",
        "Ja-svar fordeler sig på 60 pct. af pigerne og 55 pct. af drengene.\n",
        "Andelen fordeler sig med 40 pct. i Nord, 45 pct. i Syd og 30 pct. i Vest.\n",
        "De fordeler sig på piger (60 pct.) og drenge (40 pct.), lærerne på 70 pct. og 30 pct.\n",
        "Svar (flere svar) fordeler sig på bus (60 pct.) og cykel (55 pct.).\n",
        "De fordeler sig på drenge (55 pct. mod 50 pct. før) og piger.\n",
        "Det er 80 pct., der svarer; 60 pct. siger ja, 25 pct. nej og resten, 15 pct., måske.\n",
        "10 pct. er syge. 60 pct. siger ja og resten, 30 pct., nej.\n",
        "Af de 60 pct. er 40 pct. piger og de øvrige 20 pct. drenge.\n",
        "Det gør 40 pct., heraf 30 pct. i dag og de øvrige 10 pct. siden.\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        says(texts[i], "");
}
END_TEST

/* ---- how numbers are written ---------------------------------------------------------------- */

#define UNWRITTEN(place, number)                                                                   \
    place ": '" number "' isn't written as this language writes numbers [numbers]\n"
#define THOUSANDS(place, number)                                                                   \
    place ": '" number "' has three decimals, or is meant as thousands [numbers]\n"

/* Of text in a theme of an English report, from line 6 on. */
static void says_in_english(const char *text, const char *expected)
{
    StrBuf b = {0};
    strbuf_addf(&b, "---\ntitle: T\nlanguage: en\n---\n# Theme: A {#a}\n%s", text);
    proof_says(b.p, expected);
    strbuf_drop(&b);
}

START_TEST(numbers_of_another_language)
{
    says("Det er 8.4 pct. af dem, og 1,250,000 kr.\n",
         UNWRITTEN("8:8", "8.4 pct.") UNWRITTEN("8:28", "1,250,000 kr."));
    says("Det er ca. 2.5 mio. kr., kr. 12.50 eller 1,250.50 i alt.\n",
         UNWRITTEN("8:8", "ca. 2.5 mio. kr.") UNWRITTEN("8:26", "kr. 12.50")
             UNWRITTEN("8:42", "1,250.50"));
    says("Det er fra 8.4 til 9.2 pct. og 2.5–3.5 mio. kr.\n",
         UNWRITTEN("8:12", "8.4 til 9.2 pct.") UNWRITTEN("8:32", "2.5–3.5 mio. kr."));
    says("Snittet er 5.0 mod 4.5 i gennemsnit.\n",
         UNWRITTEN("8:12", "5.0") UNWRITTEN("8:20", "4.5"));
    says("Der er 3.5 elever, 5,000 kr., 12,500 træer og 1,234 borgere.\n",
         UNWRITTEN("8:8", "3.5") THOUSANDS("8:20", "5,000 kr.") THOUSANDS("8:31", "12,500")
             THOUSANDS("8:47", "1,234 borgere"));
    says("Det er 1.25.000 kr.\n",
         "8:8: '1.25.000 kr.' looks like a number but isn't written as one [numbers]\n");
    says("x\n\n| A | B |\n|---|--:|\n| x | 8.4 pct. |\n\nTabel: Andelen er 8.4 pct.\n",
         UNWRITTEN("14:19", "8.4 pct.") UNWRITTEN("12:7", "8.4 pct."));
    says_in_english("It is 8,4% of 1.250.000 people, DKK 5.000 and 2.500 children.\n",
                    UNWRITTEN("6:7", "8,4%") UNWRITTEN("6:15", "1.250.000 people")
                        THOUSANDS("6:33", "DKK 5.000") THOUSANDS("6:47", "2.500"));
}
END_TEST

START_TEST(numbers_that_only_look_like_those_of_another_language)
{
    static const char *const texts[] = {
        "Se afsnit 2.1 og 2.2, kapitel 3.4, figur 3.2, tabel 4.1, jf. 2.3, bilag 1.2 og punkt 3.1.\n",
        "Den 27.8.2012, 27.8.12 og 1.9., kl. 8.30, klokken 8.30 og 9.30-16.00, fra 8.00 til 16.15.\n",
        "Version 2.1, WCAG 2.1, Windows 8.1, web 2.0, Java 17.0.2, IP 192.168.1.1 og 10.20.30.40.\n",
        "Lov nr. 12.5, § 2.1, stk. 1.2, sag 2012-1.234, tlf. 33.66.33.66 og 2.-3. plads, 2-1.\n",
        "2.1 Borgere i tal\n\n- 2.2 Personer\n\n## 3.1 Sager\n\n## 3.2 Kr. og øre\n\nSe 2.1 om gennemsnit.\n",
        "Det er 1.250.000 kr., 8,4 pct., 0,005 m, 1,250 mio. kr., 1,235 kr. pr. kWh, 2,125 ha og 5.000.\n",
        "> [!FORBEHOLD] Tallet\n> Grundlaget skriver 8.4 pct.\n",
        "Der står [8.4 pct. and 1,250,000 people]{lang=en} og `8.4 pct.` her.\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        says(texts[i], "");
    says_in_english("Section 2,1 at 192.168.100.200, 8.4% in 2.0, 1,250,000 people and 1.125 km.\n",
                    "");
    proof_says(
        "---\ntitle: T\nchecks: {accept: [8.4 pct.]}\n---\n# Tema: A {#a}\n\nDet er 8.4 pct.\n",
        "");
}
END_TEST

/* ---- key figures ---------------------------------------------------------------------------- */

#define FIGURES                                                                                    \
    "\n\n## Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed | Hvor |\n|--|--|--|--|--|\n"           \
    "| K1 | Overvågningskameraer | 380 | kameraer | Tower Hamlets |\n"                            \
    "| K2 | Arbejdsløshed | ca. 8,4 | pct. | Storbritannien |\n"                                  \
    "| K3 | Programmets længde | 3 | måneder | Bikeworks |\n"

#define YEARLY                                                                                     \
    "\n\n## Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed |\n|--|--|--|--|\n"                     \
    "| K1 | Anmeldelser om året | 5.000 | anmeldelser |\n"                                        \
    "| K2 | Udgift pr. skoleelev | 81.000 | kr. |\n"

START_TEST(numbers_that_repeat_a_figure)
{
    says("Her er 380 kameraer." FIGURES,
         "8:8: '380 kameraer' repeats the key figure K1 [figures]\n");
    says("Programmet varer 3 måneder." FIGURES,
         "8:18: '3 måneder' repeats the key figure K3 [figures]\n");
}
END_TEST

START_TEST(numbers_that_disagree_with_a_figure)
{
    says(
        "I Tower Hamlets er der\n350 kameraer til overvågning. Af overvågningskameraer er der 390 kameraer." FIGURES,
        "9:62: '390 kameraer' disagrees with the key figure K1, which is 380\xC2\xA0kameraer [figures]\n");
    says("Arbejdsløsheden er 9,8 pct. i dag." FIGURES,
         "8:20: '9,8 pct.' disagrees with the key figure K2, which is ca.\xC2\xA0"
         "8,4\xC2\xA0pct. [figures]\n");
    says("Der er 350 overvågningskameraer, og 360 kameraer til overvågningskameraerne.\n" FIGURES,
         "8:8: '350' disagrees with the key figure K1, which is 380\xC2\xA0kameraer [figures]\n");
    says("Der kommer 6.500 anmeldelser om året. Udgiften pr. skoleelev er 91.500 kr." YEARLY,
         "8:12: '6.500' disagrees with the key figure K1, which is "
         "5.000\xC2\xA0"
         "anmeldelser [figures]\n"
         "8:65: '91.500 kr.' disagrees with the key figure K2, which is 81.000\xC2\xA0kr. "
         "[figures]\n");
}
END_TEST

START_TEST(numbers_that_are_other_ones)
{
    static const char *const texts[] = {
        "Arbejdsløsheden var tidligere 9,8 pct." FIGURES,
        "Arbejdsløsheden steg til 9,8 pct." FIGURES,
        "Arbejdsløsheden er 9,8 pct. i Danmark." FIGURES,
        "Arbejdsløsheden er [@K2], i London dog 9,8 pct. Se [@K1], [@K3]." FIGURES,
        "Arbejdsløsheden er [@K2] og ikke 9,8 pct. Se [@K1], [@K3]." FIGURES,
        "Arbejdsløsheden er ca. 8 pct." FIGURES,
        "Der kom 6.500 anmeldelser om året før." YEARLY,
        "Der ventes 6.500 anmeldelser om året." YEARLY,
        "Udgiften pr. skoleelev var sidste år 91.500 kr." YEARLY,
        "Der er 6.500 anmeldelser." YEARLY,
        "To af de fem overvågningskameraer er nye, og 380 af 390 kameraer virker." FIGURES,
        "Arbejdsløsheden blandt unge er 98 procentpoint fra 10 måneder." FIGURES,
        "Forløbet varer 3 måneder. De fik 12 pct. rabat på 2 måneder." FIGURES,
        "> [!FORBEHOLD] Tallet\n> Grundlaget skriver 380 kameraer." FIGURES};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        says(texts[i], "");
}
END_TEST

START_TEST(what_nothing_leads_to)
{
    says("Der er [@K1], [@K2] og [@K3]." FIGURES, "");
    says("Der er [@K2]." FIGURES, "14:1: the key figure 'K1' is cited nowhere [unused]\n"
                                  "16:1: the key figure 'K3' is cited nowhere [unused]\n");
    const char *table = "\n\n| A | B |\n|--|--|\n| x | y |\n\nTabel: Ord {#ord}\n";
    StrBuf b = {0};
    strbuf_addf(&b, "Ord.%s", table);
    says(b.p, "10:1: nothing leads to the id 'ord' [unused]\n");
    strbuf_clear(&b);
    strbuf_addf(&b, "Se [ordene](#ord).%s", table);
    says(b.p, "");
    strbuf_drop(&b);
}
END_TEST

#define PLAIN(field) "---\ntitle: T\n" field "\n---\n# A\n\nTekst.\n"

START_TEST(marks_where_there_are_none)
{
    proof_says(PLAIN("short-title: Et *kort* og **godt**"),
               "3:17: '*kort*' is printed as text [marks]\n");
    proof_says(PLAIN("summary: Se [alt](#a) om [@K1]"),
               "3:13: '[alt](#a)' is printed as text [marks]\n");
    says("## Besøg: B {place=\"Kaj _1_\"}\n\n```facts\nSide: \"[@K1]\"\nAreal: 3 "
         "m<sup>2</sup>\n```\n\nx",
         "8:25: '_1_' is printed as text [marks]\n11:8: '[@K1]' is printed as text [marks]\n"
         "12:11: '<sup>' is printed as text [marks]\n");
    says("## Besøg: B\n\n```facts\n\"*Ansatte*\": 12\n```\n\nx",
         "11:2: '*Ansatte*' is printed as text [marks]\n");
}
END_TEST

START_TEST(signs_that_stand_for_themselves)
{
    proof_says(PLAIN("genre: 5 * 3 * 2\nsummary: 12* og 13*, * og *, a_b_c, [a] (b), [x], 3 < 5 > "
                     "2, <a@b.dk>"),
               "");
    proof_says(PLAIN("url: https://www.by.dk/_a_/b"), "");
    says("*Ord* og **[ord](#a)**, m<sup>2</sup> og \\*ord\\*.", "");
    proof_says(PLAIN("genre: Et *kort* et\nchecks:\n  accept: [\"*kort*\"]"), "");
    proof_says(PLAIN("genre: Et *kort* et\nchecks:\n  off: [marks]"), "");
}
END_TEST

#define TWO(a, b)                                                                                  \
    "x\n\n## Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed | Forbehold |\n|--|--|--|--|--|\n" a b

START_TEST(figures_that_do_not_fit_each_other)
{
    says(TWO("| K1 | Fattigdomsgrænse | 540 | pund om ugen | |\n",
             "| K2 | Medianindkomst | 500 | pund om ugen | |\n"),
         "14:1: K1 can't be above K2 [figures]\n");
    says(
        TWO("| K1 | Deltagere | 54 | personer | |\n", "| K2 | Heraf kvinder | 60 | personer | |\n"),
        "15:1: K2 can't be above K1 [figures]\n");
    says(TWO("| K1 | Mindste husleje | 54 | kr. | |\n", "| K2 | Største husleje | 50 | kr. | |\n"),
         "14:1: K1 can't be above K2 [figures]\n");
}
END_TEST

START_TEST(figures_that_fit)
{
    says(TWO("| K1 | Fattigdomsgrænse | 254 | pund om ugen | |\n",
             "| K2 | Medianindkomst | 500 | pund om ugen | |\n"),
         "");
    says(TWO("| K1 | Fattigdomsgrænse | 540 | pund om ugen | Ser ikke ud til at passe |\n",
             "| K2 | Medianindkomst | 500 | pund om ugen | Ser ikke ud til at passe |\n"),
         "");
    says(TWO("| K1 | Mindste lejlighed | 54 | m² | |\n", "| K2 | Største vindue | 5 | m² | |\n"),
         "");
    says(TWO("| K1 | Deltagere | 54 | personer | |\n", "| K2 | Heraf kvinder | 60 | pct. | |\n"),
         "");
}
END_TEST

/* ---- what the author decides ---------------------------------------------------------------- */

START_TEST(checks_can_be_put_off)
{
    proof_says("---\ntitle: T\nchecks: {off: [bands]}\n---\n# Tema: A {#a}\n\nPå 16-14 år.\n", "");
    proof_says("---\ntitle: T\nchecks: {off: [pages]}\n---\n# Tema: A {#a}\n\nTekst.\n", "");
    proof_says("---\ntitle: T\nchecks:\n  off: [band]\n---\n# Tema: A {#a}\n\nPå 16-15 år.\n",
               "4:9: there is no check 'band'\n" FALLS("8:4", "16-15 år"));
}
END_TEST

START_TEST(words_can_be_accepted)
{
    proof_says("---\ntitle: T\nchecks: {accept: [Brixten, 16-14 år]}\n---\n# Tema: A {#a}\n\n"
               "På 16-14 år.\n\nSe Brixton.\n\nSe Brixten og 16-15 år.\n",
               FALLS("11:15", "16-15 år"));
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

/* A report with faults of the kinds that the source of the first report had. */
START_TEST(each_fault_of_the_example_is_found)
{
    StrBuf text = {0};
    ck_assert_int_eq(file_read("tests/reports/faults/report.md", 1 << 20, &text), 0);
    Report *report = report_of_bytes(&reports, strbuf_str(&text));
    ck_assert_ptr_nonnull(report);
    report_check(report, kit.diags);
    proof_check(report, kit.diags);
    char *said = report_said(&reports);
    static const char *const faults[] = {
        "16:22: warning: 'mandag den 28. august 2012' is a tirsdag",
        "20:19: warning: 'Tower Hamlet' is elsewhere spelt 'Tower Hamlets'",
        "20:65: warning: '15 og 4 \xC3\xA5r' can't be an age band",
        "21:1: warning: '350 kameraer' disagrees with the key figure K01",
        "23:48: warning: the age bands 10-12 and 12-15 overlap",
        "29:18: warning: the total '22' adds 'bes\xC3\xB8g' and 'personer'",
        "38:1: warning: K02 can't be above K03",
        "47:5: warning: 'Bike-Works' is elsewhere spelt 'Bikeworks'",
        "47:43: warning: '89 pct.' doesn't fit: 560 af 700 borgere is 80\xC2\xA0pct.",
        "53:20: warning: the parts of the total '2,1' make 1,7",
        "59:1: warning: two themes are dated 29. august 2012, while nothing is dated 30. august 2012",
        "64:25: warning: 'GAIS' is elsewhere spelt 'GAIA'",
        "71:11: warning: the deadline '2012-03-01' is before the date of the report",
        "79:18: warning: '31. september' is no date"};
    size_t found = 0;
    for (const char *at = said; (at = strstr(at, ": warning: ")) != NULL; at++)
        found++;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        MUST_SAY(strstr(said, faults[i]), "missed: %s", faults[i]);
    ck_assert_uint_eq(found, sizeof faults / sizeof *faults);
    free(said);
    report_drop(report);
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
    tcase_add_test(tests, a_number_opens_a_sentence_behind_a_whole_word);
    tcase_add_test(tests, headings_tables_and_code_are_not_read);
    tcase_add_test(tests, long_paragraphs_are_told);
    tcase_add_test(tests, a_section_that_is_hard_to_read_is_told);
    tcase_add_test(tests, numbers_of_persons);
    tcase_add_test(tests, numbers_of_persons_are_told_and_masked);
    tcase_add_test(tests, no_line_of_a_source_shows_a_number_of_a_person);
    tcase_add_test(tests, numbers_of_cases_may_be_those_of_persons);
    tcase_add_test(tests, numbers_of_persons_are_found_wherever_they_stand);
    tcase_add_test(tests, private_names_are_told_in_every_form);
    tcase_add_test(tests, private_names_are_told_wherever_they_stand);
    tcase_add_test(tests, private_names_are_told_in_notes);
    tcase_add_test(tests, a_note_without_a_mark_is_left_out);
    tcase_add_test(tests, private_names_may_stand_in_closed_parts);
    tcase_add_test(tests, what_is_near_a_private_name_is_none);
    tcase_add_test(tests, one_name_spelt_two_ways);
    tcase_add_test(tests, two_slips_in_one_name);
    tcase_add_test(tests, a_name_that_only_opens_a_sentence);
    tcase_add_test(tests, two_names_that_are_alike);
    tcase_add_test(tests, an_age_band_that_falls);
    tcase_add_test(tests, what_is_no_age_band_that_falls);
    tcase_add_test(tests, age_bands_that_overlap_or_leave_a_gap);
    tcase_add_test(tests, lists_of_age_bands_that_are_right);
    tcase_add_test(tests, dates_that_cannot_be);
    tcase_add_test(tests, dates_that_are_right);
    tcase_add_test(tests, days_of_a_visit_outside_the_period);
    tcase_add_test(tests, days_that_are_of_no_visit);
    tcase_add_test(tests, two_themes_on_a_day_while_another_is_empty);
    tcase_add_test(tests, what_comes_before_the_report);
    tcase_add_test(tests, deadlines_that_look_like_dates);
    tcase_add_test(tests, totals_that_are_not_the_sum_of_their_parts);
    tcase_add_test(tests, totals_that_are_right);
    tcase_add_test(tests, a_total_of_unlike_parts);
    tcase_add_test(tests, percentages_that_do_not_fit);
    tcase_add_test(tests, parts_of_amounts_in_the_text);
    tcase_add_test(tests, cited_figures_are_counted);
    tcase_add_test(tests, shares_of_one_whole_in_the_text);
    tcase_add_test(tests, percentages_that_fit);
    tcase_add_test(tests, numbers_of_another_language);
    tcase_add_test(tests, numbers_that_only_look_like_those_of_another_language);
    tcase_add_test(tests, numbers_that_repeat_a_figure);
    tcase_add_test(tests, numbers_that_disagree_with_a_figure);
    tcase_add_test(tests, numbers_that_are_other_ones);
    tcase_add_test(tests, what_nothing_leads_to);
    tcase_add_test(tests, marks_where_there_are_none);
    tcase_add_test(tests, signs_that_stand_for_themselves);
    tcase_add_test(tests, figures_that_do_not_fit_each_other);
    tcase_add_test(tests, figures_that_fit);
    tcase_add_test(tests, checks_can_be_put_off);
    tcase_add_test(tests, words_can_be_accepted);
    tcase_add_test(tests, nothing_is_found_in_what_is_right);
    tcase_add_test(tests, each_fault_of_the_example_is_found);
    suite_add_tcase(suite, tests);
    return suite;
}
