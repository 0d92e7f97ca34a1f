/* Numbers, dates and spaces as Danish and English write them. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "language/date.h"
#include "language/nobreak.h"
#include "language/numeral.h"
#include "language/quantity.h"
#include "language/sentence.h"
#include "language/typing.h"

#include "page_support.h"
#include "suites.h"

#define NBSP "\xC2\xA0"
#define DASH "\xE2\x80\x93"
#define NB_DASH_JOIN "\xE2\x81\xA0"

static Arena arena;
static Diags *diags;
static const Terms *da, *en;

static void begin(void)
{
    arena = (Arena){0};
    diags = diags_new();
    da = terms_of_language(&arena, diags, "da");
    en = terms_of_language(&arena, diags, "en");
}

static void end(void)
{
    diags_drop(diags);
    arena_drop(&arena);
}

static void check_str(const char *what, Str s, const char *expected)
{
    ck_assert_msg(str_equal(s, str_from(expected)), "%s: '%.*s' instead of '%s'", what, (int)s.n,
                  s.p, expected);
}

/* ---- quantities: more in test_number.c ------------------------------------------------------- */

START_TEST(whole_values_do_not_break)
{
    StrBuf out = {0};
    Quantity q = quantity_read(&arena, da, STR("mere end 27 mia."));
    quantity_print_with_unit(&out, da, &q, STR("pund"));
    ck_assert_str_eq(out.p, "mere" NBSP "end" NBSP "27" NBSP "mia." NBSP "pund");
    strbuf_clear(&out);
    q = quantity_read(&arena, da, STR("62 mio."));
    quantity_print_unit(&out, da, &q, STR("indbyggere"));
    ck_assert_str_eq(out.p, "mio." NBSP "indbyggere");
    strbuf_drop(&out);
}
END_TEST

/* What stands in a column of its own is read back from there. */
START_TEST(number_and_unit_stand_apart)
{
    static const struct {
        bool danish;
        const char *value, *unit, *number, *column, *joined;
    } cases[] = {{true, "1,2 mio.", "kr.", "1,2", "mio. kr.", "1,2"},
                 {true, "1,2 mio. kr.", "", "1,2", "mio. kr.", "1,2"},
                 {true, "12", "m", "12", "m", "12"},
                 {true, "12-14 tusind", "borgere", "12–14", "tusind borgere", "12–14"},
                 {false, "£1.2m", "", "1.2", "£m", "£1.2m"},
                 {false, "-£3.5bn", "", "−3.5", "£bn", "−£3.5bn"},
                 {false, "£1.2m", "£ a week", "1.2", "£m a week", "£1.2m"},
                 {false, "£1.2 million", "", "1.2", "£ million", "£1.2"},
                 {false, "£7.50", "", "7.50", "£", "£7.50"},
                 {false, "12", "m", "12", "m", "12"},
                 {false, "35%", "", "35", "%", "35"},
                 {false, "5m", "bathers", "5m", "bathers", "5m"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const Terms *t = cases[i].danish ? da : en;
        StrBuf number = {0}, column = {0}, whole = {0}, again = {0};
        Str unit = str_from(cases[i].unit);
        Quantity q = quantity_read(&arena, t, str_from(cases[i].value));
        quantity_print_column(&number, t, &q, unit);
        quantity_print_unit(&column, t, &q, unit);
        for (char *at; (at = strstr(column.p, NBSP));) {
            *at = ' ';
            memmove(at + 1, at + 2, strlen(at + 1));
        }
        ck_assert_str_eq(number.p, cases[i].number);
        ck_assert_str_eq(column.p, cases[i].column);
        quantity_print_joined(&again, t, &q, unit);
        ck_assert_str_eq(again.p, cases[i].joined);
        quantity_print_with_unit(&whole, t, &q, unit);
        q = quantity_read(&arena, t, strbuf_str(&number));
        unit = str_from(column.p);
        quantity_take_scale(&arena, t, &q, &unit);
        strbuf_clear(&again);
        quantity_print_with_unit(&again, t, &q, unit);
        ck_assert_str_eq(again.p, whole.p);
        strbuf_drop(&number);
        strbuf_drop(&column);
        strbuf_drop(&whole);
        strbuf_drop(&again);
    }
}
END_TEST

START_TEST(a_scale_is_taken_from_its_unit_alone)
{
    static const struct {
        const char *value, *unit, *scale, *rest;
    } cases[] = {{"1.2", "m £", "m", "£"},
                 {"1.2", "m", "", "m"},
                 {"1.2", "k people", "", "k people"},
                 {"1.2", "million", "", "million"},
                 {"1.2m", "million £", "m", "million £"},
                 {"most", "million £", "", "million £"},
                 {"2nd", "million £", "", "million £"},
                 {"1.2", "£ million a year", "million", "£ a year"},
                 {"1.2", "£ m", "", "£ m"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Quantity q = quantity_read(&arena, en, str_from(cases[i].value));
        Str unit = str_from(cases[i].unit);
        quantity_take_scale(&arena, en, &q, &unit);
        check_str(cases[i].unit, q.scale, cases[i].scale);
        check_str(cases[i].unit, unit, cases[i].rest);
    }
}
END_TEST

START_TEST(signs_are_units_of_a_number_and_count_nothing)
{
    static const char *const sign[] = {"pct.", "%", "kr.", "km", "m²", "år"};
    static const char *const word[] = {"", "børn", "virksomheder", "pund i timen", "kr. om året"};
    for (size_t i = 0; i < sizeof sign / sizeof *sign; i++)
        ck_assert_msg(quantity_unit_is_sign(str_from(sign[i])), "%s is no sign", sign[i]);
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        ck_assert_msg(!quantity_unit_is_sign(str_from(word[i])), "%s is a sign", word[i]);
}
END_TEST

/* "fortsat fra side 12" */
START_TEST(what_goes_on_is_said_on_one_line)
{
    const Terms *const terms[] = {da, en};
    for (size_t i = 0; i < 2; i++) {
        Str text = terms[i]->print[TERM_continued_from];
        size_t comma = str_find(text, ',');
        ck_assert_uint_eq(str_find(str_cut(text, comma + 2, text.n), ' '), text.n - comma - 2);
    }
}
END_TEST

START_TEST(precision_words_say_what_they_mean)
{
    static const struct {
        const char *words;
        PrecisionKind kind;
    } all[] = {{"", PRECISION_EXACT},
               {"ca.", PRECISION_ABOUT},
               {"mere end", PRECISION_ABOVE},
               {"op til", PRECISION_BELOW},
               {"m\xC3\xA5l", PRECISION_TARGET},
               {"fx", PRECISION_EXAMPLE},
               {"ansl\xC3\xA5"
                "et mere end",
                PRECISION_ABOVE},
               {"Knap", PRECISION_ABOUT}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_msg(terms_precision(da, str_from(all[i].words)) == all[i].kind, "%s",
                      all[i].words);
}
END_TEST

START_TEST(precision_words_that_are_one_are_bound)
{
    StrBuf out = {0};
    terms_add_precision(&out, da, STR("ca. mere end"));
    ck_assert(str_equal(strbuf_str(&out), STR("ca. mere\xC2\xA0\x65nd")));
    strbuf_drop(&out);
}
END_TEST

/* ---- dates ---------------------------------------------------------------------------------- */

START_TEST(dates_are_of_the_calendar)
{
    static const char *const good[] = {"2012-08-28", "2000-02-29", "1999-12-31", "0001-01-01"};
    static const char *const bad[] = {"2012-8-28",  "2012-02-30", "1900-02-29", "2012-13-01",
                                      "2012-00-10", "2012-01-00", "28.08.2012", "2012-08-28 ",
                                      "",           "0000-01-01", "-2012-01-01"};
    Date d;
    for (size_t i = 0; i < 4; i++)
        ck_assert_msg(date_parse(str_from(good[i]), &d), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!date_parse(str_from(bad[i]), &d), "%s", bad[i]);
    ck_assert_int_lt(date_compare((Date){2012, 8, 28}, (Date){2012, 9, 1}), 0);
    ck_assert_int_gt(date_compare((Date){2013, 1, 1}, (Date){2012, 12, 31}), 0);
    ck_assert_int_eq(date_compare((Date){2012, 8, 28}, (Date){2012, 8, 28}), 0);
    StrBuf out = {0};
    date_print_iso(&out, (Date){812, 3, 4});
    ck_assert_str_eq(out.p, "0812-03-04");
    strbuf_drop(&out);
}
END_TEST

START_TEST(days_are_counted)
{
    ck_assert_int_eq(date_days((Date){1, 1, 1}), 1);
    ck_assert_int_eq(date_days((Date){1970, 1, 1}), 719163);
    ck_assert_int_eq(date_weekday((Date){1, 1, 1}), 1);
    ck_assert_int_eq(date_weekday((Date){2012, 8, 27}), 1);
    ck_assert_int_eq(date_weekday((Date){2000, 2, 29}), 2);
    ck_assert_int_eq(date_weekday((Date){2026, 11, 29}), 7);
    ck_assert(date_exists((Date){0, 2, 29}) && !date_exists((Date){2011, 2, 29}));
    ck_assert(!date_exists((Date){2012, 6, 31}) && !date_exists((Date){2012, 13, 1}));
    int64_t before = date_days((Date){1899, 12, 31});
    for (int year = 1900; year <= 2100; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; date_exists((Date){year, month, day}); day++) {
                Date date = {year, month, day};
                MUST(date_days(date) == ++before);
                MUST(date_exists(date_next(date)) && date_days(date_next(date)) == before + 1);
            }
}
END_TEST

/* Every date as "text|date|second|weekday|impossible". */
static void check_dates(const Terms *terms, const char *text, const char *expected)
{
    StrBuf out = {0};
    DateFound f;
    for (size_t at = 0; date_find(terms, str_from(text), at, &f); at = f.to) {
        strbuf_addf(&out, "%s[%.*s] %d-%d-%d", out.n ? "; " : "", (int)(f.to - f.from),
                    text + f.from, f.date.year, f.date.month, f.date.day);
        if (f.second.month)
            strbuf_addf(&out, " to %d-%d-%d", f.second.year, f.second.month, f.second.day);
        if (f.weekday)
            strbuf_addf(&out, " day %d", f.weekday);
        strbuf_add_text(&out, f.impossible ? " impossible" : "");
    }
    ck_assert_msg(str_equal(strbuf_str(&out), str_from(expected)), "%s: '%s' instead of '%s'", text,
                  out.p ? out.p : "", expected);
    strbuf_drop(&out);
}

START_TEST(dates_are_found)
{
    static const char *const danish[][2] = {
        {"Det var mandag den 27. august 2012, at", "[mandag den 27. august 2012] 2012-8-27 day 1"},
        {"tirsdag 28. august", "[tirsdag 28. august] 0-8-28 day 2"},
        {"27.–30. august 2012", "[27.–30. august 2012] 2012-8-27 to 2012-8-30"},
        {"27.-30. august", "[27.-30. august] 0-8-27 to 0-8-30"},
        {"den 27. til 30. aug. 2012.", "[27. til 30. aug. 2012] 2012-8-27 to 2012-8-30"},
        {"27. august – 2. september 2012",
         "[27. august – 2. september 2012] 2012-8-27 to 2012-9-2"},
        {"27. december til 2. januar 2013",
         "[27. december til 2. januar 2013] 2012-12-27 to 2013-1-2"},
        {"fra 2012-08-27 og 2012-08-27/2012-08-30",
         "[2012-08-27] 2012-8-27; [2012-08-27/2012-08-30] 2012-8-27 to 2012-8-30"},
        {"27/8 2012, 27/8-2012, 27/8/2012, 27.8.2012 og 27-08-2012",
         "[27/8 2012] 2012-8-27; [27/8-2012] 2012-8-27; [27/8/2012] 2012-8-27; [27.8.2012] 2012-8-27; "
         "[27-08-2012] 2012-8-27"},
        {"27.08.12 og 27.08.98", "[27.08.12] 2012-8-27; [27.08.98] 1998-8-27"},
        {"31. juni", "[31. juni] 0-6-31 impossible"},
        {"29. februar 2011 og 29. februar",
         "[29. februar 2011] 2011-2-29 impossible; [29. februar] 0-2-29"},
        {"28.–31. juni", "[28.–31. juni] 0-6-28 to 0-6-31 impossible"},
        {"ONSDAG D. 29. AUGUST", "[ONSDAG D. 29. AUGUST] 0-8-29 day 3"},
        {"27. august 12 personer", "[27. august] 0-8-27"},
        {"mandag kom 27 borgere i august", ""},
        {"1.2.3, 27/8, 12/13 2012, 2012-13-01, 2011-60279, 1.27.8.2012", ""},
        {"27. augustdag", ""},
        {"fra tema 2 til 29. august", "[29. august] 0-8-29"},
        {"27. august 2012 (Mandag) og 28/8 2012 (en tirsdag)",
         "[27. august 2012 (Mandag)] 2012-8-27 day 1; [28/8 2012 (en tirsdag)] 2012-8-28 day 2"},
        {"den 27. august 2012, en mandag i regn, og 28. august, som var en tirsdag",
         "[27. august 2012, en mandag] 2012-8-27 day 1; "
         "[28. august, som var en tirsdag] 0-8-28 day 2"},
        {"den 27. august, mandag, kom de; 28. august, tirsdag.",
         "[27. august, mandag] 0-8-27 day 1; [28. august, tirsdag] 0-8-28 day 2"},
        {"27. august, tirsdag den 28. august",
         "[27. august] 0-8-27; [tirsdag den 28. august] 0-8-28 day 2"},
        {"27. august, onsdag og torsdag, og 3. maj, fredag, lørdag",
         "[27. august] 0-8-27; [3. maj] 0-5-3"},
        {"27. august (mandag eftermiddag), 28. august mandag",
         "[27. august] 0-8-27; [28. august] 0-8-28"},
        {"27.–28. august (mandag)", "[27.–28. august] 0-8-27 to 0-8-28"},
    };
    static const char *const english[][2] = {
        {"Monday 27 August 2012 and 27th August",
         "[Monday 27 August 2012] 2012-8-27 day 1; [27th August] 0-8-27"},
        {"August 27, 2012 and August 27 people", "[August 27, 2012] 2012-8-27"},
        {"27–30 August 2012", "[27–30 August 2012] 2012-8-27 to 2012-8-30"},
        {"27 August 2012 (a Monday), and August 28, 2012, a Tuesday",
         "[27 August 2012 (a Monday)] 2012-8-27 day 1; [August 28, 2012, a Tuesday] 2012-8-28 day 2"},
        {"August 27–30, 2012", "[August 27–30, 2012] 2012-8-27 to 2012-8-30"},
    };
    for (size_t i = 0; i < sizeof danish / sizeof *danish; i++)
        check_dates(da, danish[i][0], danish[i][1]);
    for (size_t i = 0; i < sizeof english / sizeof *english; i++)
        check_dates(en, english[i][0], english[i][1]);
}
END_TEST

static void check_period(const Terms *terms, const char *from, const char *to, const char *expected)
{
    Date a, b;
    StrBuf out = {0};
    ck_assert(date_parse(str_from(from), &a) && date_parse(str_from(to), &b));
    period_print(&out, terms, a, b);
    /* spaces may be of the kind that doesn't break */
    for (char *p; (p = strstr(out.p, NBSP)) != NULL;) {
        *p = ' ';
        memmove(p + 1, p + 2, strlen(p + 2) + 1);
    }
    ck_assert_str_eq(out.p, expected);
    strbuf_drop(&out);
}

START_TEST(dates_as_people_write_them)
{
    check_period(da, "2012-08-27", "2012-08-27", "27. august 2012");
    check_period(da, "2012-08-27", "2012-08-30", "27." DASH "30. august 2012");
    check_period(da, "2012-08-27", "2012-09-02", "27. august " DASH " 2. september 2012");
    check_period(da, "2012-12-27", "2013-01-02", "27. december 2012 " DASH " 2. januar 2013");
    check_period(en, "2012-08-27", "2012-08-30", "27" DASH "30 August 2012");
    check_period(en, "2012-05-01", "2012-05-01", "1 May 2012");
}
END_TEST

/* ---- words ---------------------------------------------------------------------------------- */

START_TEST(words_are_recognised)
{
    Str rest;
    ck_assert(terms_match(da, WORD_key_figures, STR("N\xC3\x98GLETAL")));
    ck_assert(!terms_match(da, WORD_key_figures, STR("N\xC3\xB8gletallet")));
    ck_assert(terms_match(en, WORD_summary, STR("in short")));
    ck_assert(terms_label(da, WORD_theme, STR("Tema: Bander"), &rest));
    check_str("rest", rest, "Bander");
    ck_assert(!terms_label(da, WORD_theme, STR("Temaet: Bander"), &rest));
    ck_assert(!terms_label(da, WORD_theme, STR("Tema Bander"), &rest));
    StrBuf out = {0};
    terms_fill(&out, STR("{a} af {b}{c}"), (TermField[]){{"a", STR("1")}, {"b", STR("{a}")}}, 2);
    ck_assert_str_eq(out.p, "1 af {a}");
    strbuf_drop(&out);
}
END_TEST

static void check_nobreak(const Terms *terms, const char *text, const char *expected)
{
    StrBuf out = {0};
    nobreak_add(&out, terms, str_from(text));
    ck_assert_str_eq(out.p, expected);
    strbuf_drop(&out);
}

START_TEST(some_spaces_do_not_break)
{
    check_nobreak(da, "35 pct. af dem", "35" NBSP "pct. af dem");
    check_nobreak(da, "den 28. august 2012", "den 28." NBSP "august 2012");
    check_nobreak(da, "den 28. august" NBSP "2012", "den 28." NBSP "august" NBSP "2012");
    check_nobreak(da, "mellem 3 og" NBSP "4 dage", "mellem 3" NBSP "og" NBSP "4" NBSP "dage");
    check_nobreak(da, "mere end" NBSP "150 sager", "mere" NBSP "end" NBSP "150" NBSP "sager");
    check_nobreak(da, "efter \xC2\xA7 8 i loven", "efter \xC2\xA7" NBSP "8 i loven");
    check_nobreak(da, "ca. 120 personer", "ca." NBSP "120" NBSP "personer");
    check_nobreak(da, "et ord " DASH " og et til", "et ord" NBSP DASH " og et til");
    check_nobreak(da, "intet at se her", "intet at se her");
    check_nobreak(da, "skrev \xE2\x80\x9Dmellem 15 og 4 \xC3\xA5r\xE2\x80\x9D; det",
                  "skrev \xE2\x80\x9Dmellem 15" NBSP "og" NBSP "4" NBSP
                  "\xC3\xA5r\xE2\x80\x9D; det");
    check_nobreak(da, "eller 22\nmio. kr.\nmere", "eller 22" NBSP "mio." NBSP "kr.\nmere");
    check_nobreak(da, "kong Frederik X. I 2024", "kong Frederik" NBSP "X. I 2024");
    check_nobreak(da, "fra Bangladesh. I forhold", "fra Bangladesh. I forhold");
    check_nobreak(da, "Frederik Xenia", "Frederik Xenia");
    check_nobreak(da, "hos Social Enterprise UK, som", "hos Social Enterprise" NBSP "UK, som");
    check_nobreak(da, "Om CIC i byen OPP og Socialt EU-krav",
                  "Om CIC i byen OPP og Socialt EU-krav");
    check_nobreak(da, "mere end 150 sager", "mere" NBSP "end" NBSP "150" NBSP "sager");
    check_nobreak(da, "Anslået mere\nend 150 sager",
                  "Anslået" NBSP "mere" NBSP "end" NBSP "150" NBSP "sager");
    check_nobreak(da, "mere end 2 af de flere end ventet",
                  "mere" NBSP "end" NBSP "2 af de flere end ventet");
    check_nobreak(en, "12 per cent", "12" NBSP "per" NBSP "cent");
    check_nobreak(en, "between 3 and 5 years", "between 3" NBSP "and" NBSP "5" NBSP "years");
}
END_TEST

START_TEST(what_is_typed_for_want_of_the_key)
{
    static const Typing danish = {
        .open = {"\xC2\xBB", 2}, .close = {"\xC2\xAB", 2}, .dashes = true, .minus = true};
    static const char *const typed[][2] = {
        {"han sagde \"nej\".", "han sagde \xC2\xBBnej\xC2\xAB."},
        {"(\"a b\", \"c\")", "(\xC2\xBB"
                             "a b\xC2\xAB, \xC2\xBB"
                             "c\xC2\xAB)"},
        {"ord - og ord", "ord " DASH " og ord"},
        {"fra -5 til 12-14", "fra \xE2\x88\x92"
                             "5 til 12-14"},
        {"2012-09-09, 2011-60279", "2012-09-09, 2011-60279"},
        {"b\xC3\xB8rne- og ungehus", "b\xC3\xB8rne- og ungehus"},
        {"pc'er og A's 'ting'", "pc\xE2\x80\x99"
                                "er og A\xE2\x80\x99s 'ting'"},
    };
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        StrBuf out = {0};
        typing_add(&out, &danish, (Str){"", 0}, str_from(typed[i][0]));
        ck_assert_str_eq(out.p, typed[i][1]);
        strbuf_drop(&out);
    }
    StrBuf out = {0};
    typing_add(&out, &danish, STR("ord"), STR("\" - x"));
    ck_assert_str_eq(out.p, "\xC2\xAB " DASH " x");
    strbuf_drop(&out);
    ck_assert(!typing_changes(&(Typing){.dashes = false}));
}
END_TEST

START_TEST(intervals_typed_in_tables)
{
    static const Typing numbers = {.minus = true, .number = true};
    static const char *const typed[][2] = {{"12-14", "12" DASH "14"},
                                           {"ca. -5", "ca. \xE2\x88\x92"
                                                      "5"},
                                           {"2012-2013", "2012" DASH "2013"},
                                           {"2011-60279", "2011-60279"},
                                           {"a-5", "a-5"}};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        StrBuf out = {0};
        typing_add(&out, &numbers, (Str){"", 0}, str_from(typed[i][0]));
        ck_assert_str_eq(out.p, typed[i][1]);
        strbuf_drop(&out);
    }
}
END_TEST

START_TEST(intervals_typed_in_text)
{
    const Typing text = {.intervals = true, .terms = da};
    static const char *const intervals[] = {
        "2-4 kroner",     "0-2-\xC3\xA5rige",       "1,2-1,8.",        "2023-2027,",
        "(9.300-10.200)", "27.-30. august",         "kl. 08.30-11.00", "500-1000 kr.",
        "nr. 3-5",        "\xC2\xA7\xC2\xA0\x38-10"};
    static const char *const others[] = {"2012-09-09",
                                         "2011-60279",
                                         "2026-0098",
                                         "2026-0098-12",
                                         "33-66-33-66",
                                         "3366-7788",
                                         "covid-19",
                                         "B-52",
                                         "24-7",
                                         "a@b12-14.dk",
                                         "https://x.dk/12-14",
                                         "x12-14",
                                         "12-14b",
                                         "12-14/3",
                                         "0-2-",
                                         "1-2-3",
                                         "27.-30 august",
                                         "sagsnr. 12-34",
                                         "(Sagsnr.\xC2\xA0\x31\x32-34)",
                                         "tlf. 33-66",
                                         "dok.nr.: 12-34",
                                         "Telefon 33-66",
                                         "Sagsnummer 12-34",
                                         "2026-8 b-4"};
    for (size_t i = 0; i < sizeof intervals / sizeof *intervals; i++) {
        StrBuf out = {0};
        typing_add(&out, &text, (Str){"", 0}, str_from(intervals[i]));
        ck_assert_msg(strstr(out.p, DASH), "%s", out.p);
        strbuf_drop(&out);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        StrBuf out = {0};
        typing_add(&out, &text, (Str){"", 0}, str_from(others[i]));
        ck_assert_str_eq(out.p, others[i]);
        strbuf_drop(&out);
    }
}
END_TEST

/* What stands before the decimal comma is before the bar. */
START_TEST(numerals_in_cells)
{
    static const char *const numbers[] = {
        "254|",          "1.234|,5",       "8|,4 %",   "-3|,5",       "ca. 260|", "12-14|",
        "mere end 1| %", "-112 til -104|", "(12|,5)",  "\xC2\xB1 2|", "2011|",    "12|,5*",
        "3| mio. kr.",   "1 234|",         "1,5-2|,5", "254.000|",    "−7|",      "2|.",
        "+1|,25 pct."};
    static const char *const words[] = {"",
                                        "ukendt",
                                        "halvdelen",
                                        "K46",
                                        "3 af 7",
                                        "33 66 33 66",
                                        "2011-60279",
                                        "12.5.2012",
                                        "side 4",
                                        "1. kvartal",
                                        "12 møder om ugen i byen"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        Str with = str_from(numbers[i]);
        size_t bar = str_find(with, '|');
        StrBuf text = {0};
        strbuf_add_str(&text, str_cut(with, 0, bar));
        strbuf_add_str(&text, str_cut(with, bar + 1, with.n));
        ck_assert_msg(numeral_is(&arena, da, strbuf_str(&text)), "%s", text.p);
        ck_assert_msg(numeral_comma(da, strbuf_str(&text)) == bar, "%s", numbers[i]);
        strbuf_drop(&text);
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        ck_assert_msg(!numeral_is(&arena, da, str_from(words[i])), "%s", words[i]);
    ck_assert_uint_eq(numeral_comma(da, STR("ord")), 3);
}
END_TEST

/* A test for each row of the table in nobreak.c, and for what looks like one and is none. */
START_TEST(every_rule_for_spaces)
{
    static const char *const written[][2] = {
        {"i 2012 3 procent", "i 2012 3_procent"},
        {"godt 3 mio. kr. mere", "godt 3_mio._kr. mere"},
        {"koster kr. 500 nu", "koster kr._500 nu"},
        {"den 28. august og 1. maj", "den 28._august og 1._maj"},
        {"kl. 9 og s. 4, nr. 2, stk. 2 og side 11", "kl._9 og s._4, nr._2, stk._2 og side_11"},
        {"jf. \xC2\xA7 8, ca. kl. 9", "jf._\xC2\xA7_8, ca._kl._9"},
        {"efter \xC2\xA7\xC2\xA7 8 og 9", "efter \xC2\xA7\xC2\xA7_8 og 9"},
        {"hos dr. Hansen og hr. \xC3\x98st", "hos dr._Hansen og hr._\xC3\x98st"},
        {"H.C. Andersen og P. Hansen", "H.C._Andersen og P._Hansen"},
        {"\xC3\x98.A. \xC3\x85rup", "\xC3\x98.A._\xC3\x85rup"},
        {"f. eks. her, bl. a. der", "f._eks. her, bl._a. der"},
        {"et ord " DASH " og et", "et ord_" DASH " og et"},
        {"pr. m\xC3\xA5ned og Pr. \xC3\xA5r", "pr._m\xC3\xA5ned og Pr._\xC3\xA5r"},
        {"2 per bruger, pr. vuggestueplads", "2 per_bruger, pr. vuggestueplads"},
        {"super god, pr. 3", "super god, pr. 3"},
        {"fra 12 til 14 pund", "fra 12_til_14_pund"},
        {"\xE2\x80\x9Dmellem 15 og 4\xE2\x80\x9D", "\xE2\x80\x9Dmellem 15_og_4\xE2\x80\x9D"},
        {"mellem 3 og 5 \xC3\xA5r", "mellem 3_og_5_\xC3\xA5r"},
        {"i 2027 og 2028", "i 2027 og 2028"},
        {"tema 2 til 29. august", "tema_2 til 29._august"},
        {"27. til 29. august", "27._til_29._august"},
        {"Det er sagt. Derefter gik de.", "Det er sagt. Derefter gik de."},
        {"i EU. Det er", "i EU. Det er"},
        {"hos dr. med.", "hos dr. med."},
        {"f.eks. her", "f.eks. her"},
    };
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        StrBuf expected = {0};
        for (const char *c = written[i][1]; *c; c++)
            if (*c == '_')
                strbuf_add_text(&expected, NBSP);
            else
                strbuf_add_char(&expected, *c);
        check_nobreak(da, written[i][0], expected.p);
        strbuf_drop(&expected);
    }
}
END_TEST

START_TEST(a_text_in_pieces_has_the_same_spaces)
{
    static const char text[] = "den 28. august er ca. 120 personer og 35 pct. af \xC2\xA7 8 "
                               "ved P. Hansen og dr. Olsen, jf. \xC2\xA7 3, "
                               "\xE2\x80\x93 mere end 27 mia. kr.";
    StrBuf whole = {0};
    nobreak_add(&whole, da, str_from(text));
    for (size_t i = 0; i <= strlen(text); i++) {
        StrBuf parts = {0};
        if (i && text[i] && text[i] != ' ')
            continue; /* pieces meet between words */
        nobreak_add(&parts, da, (Str){text, i});
        nobreak_add(&parts, da, str_from(text + i));
        ck_assert_str_eq(parts.p ? parts.p : "", whole.p);
        strbuf_drop(&parts);
    }
    strbuf_drop(&whole);
}
END_TEST

/* ---- terms files ---------------------------------------------------------------------------- */

START_TEST(all_that_a_terms_file_lacks_is_told)
{
    static const char text[] = "language: xx\nprint:\n  page: side\n  nonsense: x\n";
    uint16_t file = diags_file(diags, "xx.yaml", mem_strndup(text, strlen(text)), strlen(text));
    ck_assert_ptr_null(terms_read(&arena, diags, file, str_from(text)));
    ck_assert_uint_ge(diags_count(diags, DIAG_ERROR), 3);
    bool key = false, lacks = false;
    for (size_t i = 0; diags_message(diags, i); i++) {
        key |= strstr(diags_message(diags, i), "nonsense") != NULL;
        lacks |= strstr(diags_message(diags, i), "contents") != NULL;
    }
    ck_assert(key && lacks);
}
END_TEST

/* A copy of a text with the first `old` replaced. */
static StrBuf with(const char *text, const char *old, const char *new)
{
    StrBuf b = {0};
    const char *at = strstr(text, old);
    ck_assert_msg(at != NULL, "%s", old);
    strbuf_add(&b, text, (size_t)(at - text));
    strbuf_add_text(&b, new);
    strbuf_add_text(&b, at + strlen(old));
    return b;
}

START_TEST(what_is_wrong_with_numbers_of_a_terms_file_is_told)
{
    static const char *const all[][3] = {
        {"decimal: \",\"", "decimal: \".\"",
         "'thousands' and 'decimal' must be one character each, and different"},
        {"thousands: \".\"", "thousands: \"..\"",
         "'thousands' and 'decimal' must be one character each, and different"},
        {"ordinal: [\".\"]", "ordinal: [a, b]",
         "'ordinal' must list one ending, or four: of 1, 2, 3 and the others"},
        {"    12: [tolv]", "    tolv: [tolv]", "'tolv' is no number of the form 12 or 1.5"},
        {"    12: [tolv]", "    12: tolv", "'12' must be a list, not a text"},
        {"fredag, ", "", "'weekdays' must list 7 names"},
        {"maj, jun.", "jun.", "'months-short' must list 12 names"},
        {"  between: mellem\n", "", "'between' is missing"},
        {"    million: [", "    millioner: [", "'million' is missing"},
        {"    - [‰, promille]", "    - promille", "'same-unit' must be a list, not a text"},
    };
    StrBuf text = {0};
    ck_assert_int_eq(file_read("layouts/terms/da.yaml", 1 << 20, &text), 0);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        Diags *said = diags_new();
        StrBuf wrong = with(text.p, all[i][0], all[i][1]);
        uint16_t file = diags_file(said, "xx.yaml", mem_strndup(wrong.p, wrong.n), wrong.n);
        ck_assert_ptr_null(terms_read(&arena, said, file, strbuf_str(&wrong)));
        ck_assert_str_eq(diags_message(said, 0), all[i][2]);
        diags_drop(said);
        strbuf_drop(&wrong);
    }
    strbuf_drop(&text);
}
END_TEST

START_TEST(months_and_fixed_words_are_those_of_the_language)
{
    check_str("august", da->month[7], "august");
    check_str("August", en->month[7], "August");
    check_str("language", da->language, "da-DK");
    check_str("contents", da->print[TERM_contents], "Indhold");
    check_str("contents", en->print[TERM_contents], "Contents");
}
END_TEST

START_TEST(sentences_end_where_they_end)
{
    static const struct {
        const char *text, *first;
    } all[] = {{"En. To.", "En."},
               {"Ingen slutter", "Ingen slutter"},
               {"", ""},
               {"Er det? Ja.", "Er det?"},
               {"Hun sagde: ”Kom!” Og gik.", "Hun sagde: ”Kom!”"},
               {"Ca. 5 pct. af dem. To.", "Ca. 5 pct. af dem."},
               {"Det er 5 pct. Lambeth har 6.", "Det er 5 pct."},
               {"Det er omkr. 5 år. To.", "Det er omkr. 5 år."},
               {"Det er ca.\u00A05. To.", "Det er ca.\u00A05."},
               {"Det er 5\u00A0pct.. To.", "Det er 5\u00A0pct.."},
               {"Med bl.a. Lambeth og S. Looney. To.", "Med bl.a. Lambeth og S. Looney."},
               {"Den 2. august kom hr. Hansen. To.", "Den 2. august kom hr. Hansen."},
               {"Se www.kk.dk/a.b nu. To.", "Se www.kk.dk/a.b nu."},
               {"Nr. 12 (se side 3.) 14 andre.", "Nr. 12 (se side 3.)"},
               {"Han gik … og kom. Å, ja.", "Han gik … og kom."}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        Str text = str_from(all[i].text);
        check_str(all[i].text, str_cut(text, 0, sentence_first(da, text)), all[i].first);
    }
}
END_TEST

Suite *language_suite(void)
{
    Suite *suite = suite_create("language");
    TCase *tests = tcase_create("language");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, whole_values_do_not_break);
    tcase_add_test(tests, number_and_unit_stand_apart);
    tcase_add_test(tests, a_scale_is_taken_from_its_unit_alone);
    tcase_add_test(tests, signs_are_units_of_a_number_and_count_nothing);
    tcase_add_test(tests, what_goes_on_is_said_on_one_line);
    tcase_add_test(tests, precision_words_say_what_they_mean);
    tcase_add_test(tests, precision_words_that_are_one_are_bound);
    tcase_add_test(tests, dates_are_of_the_calendar);
    tcase_add_test(tests, dates_are_found);
    tcase_add_test(tests, days_are_counted);
    tcase_add_test(tests, dates_as_people_write_them);
    tcase_add_test(tests, words_are_recognised);
    tcase_add_test(tests, some_spaces_do_not_break);
    tcase_add_test(tests, what_is_typed_for_want_of_the_key);
    tcase_add_test(tests, intervals_typed_in_tables);
    tcase_add_test(tests, intervals_typed_in_text);
    tcase_add_test(tests, numerals_in_cells);
    tcase_add_test(tests, every_rule_for_spaces);
    tcase_add_test(tests, a_text_in_pieces_has_the_same_spaces);
    tcase_add_test(tests, all_that_a_terms_file_lacks_is_told);
    tcase_add_test(tests, what_is_wrong_with_numbers_of_a_terms_file_is_told);
    tcase_add_test(tests, months_and_fixed_words_are_those_of_the_language);
    tcase_add_test(tests, sentences_end_where_they_end);
    suite_add_tcase(suite, tests);
    return suite;
}
