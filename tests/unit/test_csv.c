/* Spreadsheets as Excel and LibreOffice save them: cells and places from bytes, then the model that rows
 * become. What is said of wrong ones, word by word, is in tests/golden. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "base/mem.h"
#include "edition/edition.h"
#include "reader/csv.h"

#include "report_support.h"
#include "suites.h"

/* ---- cells ---------------------------------------------------------------------------------- */

static size_t count_capitals(void *context, const CsvCell *cell, size_t n)
{
    static const char *const known[] = {"Id", "N\xC3\xB8gletal", "V\xC3\xA6rdi"};
    size_t found = 0;
    (void)context;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < 3; k++)
            found += str_equal(cell[i].text, str_from(known[k]));
    return found;
}

/* Cells between bars, rows between line ends. */
static void read_all(StrBuf *bytes, Diags *diags, StrBuf *out)
{
    Arena arena = {0};
    Csv csv;
    encoding_decode(bytes);
    csv_open(&csv, diags, &arena, 0, strbuf_str(bytes), count_capitals, NULL);
    while (csv_row(&csv)) {
        for (size_t i = 0; i < csv.cells.n; i++) {
            strbuf_add_text(out, i ? "|" : "");
            strbuf_add_str(out, csv.cells.at[i].text);
        }
        strbuf_add_char(out, '\n');
    }
    csv_close(&csv);
    arena_drop(&arena);
}

#define BYTES(s) s, sizeof(s) - 1

static const struct {
    const char *what, *bytes;
    size_t n;
    const char *cells;
} dialects[] = {
    {"Excel in Danish: semicolons, Windows-1252", BYTES("Id;N\xF8gletal\r\nK1;\x80 5\r\n"),
     "Id|N\xC3\xB8gletal\nK1|\xE2\x82\xAC 5\n"},
    {"Excel: CSV UTF-8", BYTES("\xEF\xBB\xBFId;V\xC3\xA6rdi\r\nK1;8,4\r\n"),
     "Id|V\xC3\xA6rdi\nK1|8,4\n"},
    {"Excel: Unicode text",
     BYTES("\xFF\xFEI\0d\0\t\0V\0\xE6\0r\0d\0i\0\r\0\n\0K\0\x31\0\t\0\x38\0,\0"
           "\x34\0\r\0\n\0"),
     "Id|V\xC3\xA6rdi\nK1|8,4\n"},
    {"Excel's first line", BYTES("sep=|\r\nId|V;\xC3\xA6|\r\n"), "Id|V;\xC3\xA6|\n"},
    {"commas, points in numbers", BYTES("Id,V\xC3\xA6rdi\nK1,8.4\nK2,\"8,4\"\n"),
     "Id|V\xC3\xA6rdi\nK1|8.4\nK2|8,4\n"},
    {"semicolons, though there are more commas",
     BYTES("Id;V\xC3\xA6rdi\nK1, a, b, c;1,5\nK2, d, e, f;2,5\n"),
     "Id|V\xC3\xA6rdi\nK1, a, b, c|1,5\nK2, d, e, f|2,5\n"},
    {"headings that nobody knows", BYTES("a,b;c\nd,e\nf,g\n"), "a|b;c\nd|e\nf|g\n"},
    {"tabs", BYTES("Id\tV\xC3\xA6rdi\nK1\t1;2,3\n"), "Id|V\xC3\xA6rdi\nK1|1;2,3\n"},
    {"quotes", BYTES("Id;V\xC3\xA6rdi\n\"a;b\";\"c \"\"d\"\"\r\ne\"\n\"\";\"\"\"\"\n"),
     "Id|V\xC3\xA6rdi\na;b|c \"d\"\ne\n|\"\n"},
    {"quotation marks within", BYTES("Id;V\xC3\xA6rdi\n5\" r\xC3\xB8r;a \"b\"\n"),
     "Id|V\xC3\xA6rdi\n5\" r\xC3\xB8r|a \"b\"\n"},
    {"blanks", BYTES(" Id ; V\xC3\xA6rdi\t\n  \"a; b\"  ;\" c \"\n"), "Id|V\xC3\xA6rdi\na; b|c\n"},
    {"no line's end at the end", BYTES("Id;V\xC3\xA6rdi\nK1;1"), "Id|V\xC3\xA6rdi\nK1|1\n"},
    {"a Macintosh", BYTES("Id;V\xC3\xA6rdi\rK1;1\r"), "Id|V\xC3\xA6rdi\nK1|1\n"},
    {"empty lines and separators at the end", BYTES("\n;;\nId;V\xC3\xA6rdi;\n;;\n"),
     "\n||\nId|V\xC3\xA6rdi|\n||\n"},
    {"nothing", BYTES(""), ""},
};

START_TEST(every_dialect)
{
    StrBuf bytes = {0}, out = {0};
    Diags *diags = diags_new();
    strbuf_add(&bytes, dialects[_i].bytes, dialects[_i].n);
    read_all(&bytes, diags, &out);
    ck_assert_msg(str_equal(strbuf_str(&out), str_from(dialects[_i].cells)), "%s: %s",
                  dialects[_i].what, out.p);
    ck_assert_ptr_null(diags_message(diags, 0));
    diags_drop(diags);
    strbuf_drop(&bytes);
    strbuf_drop(&out);
}
END_TEST

START_TEST(cells_know_their_places)
{
    Arena arena = {0};
    Csv csv;
    Str text = STR("Id;V\xC3\xA6rdi\n\"\xC3\xA6\n\xC3\xB8\xC3\xA5\"; b;\"\n\n c\"\n\nd");
    static const struct {
        uint32_t line;
        uint16_t column;
    } places[] = {{1, 1}, {1, 4}, {2, 2}, {3, 6}, {5, 2}, {6, 1}, {7, 1}};
    size_t n = 0;
    csv_open(&csv, NULL, &arena, 3, text, count_capitals, NULL);
    while (csv_row(&csv))
        for (size_t i = 0; i < csv.cells.n; i++, n++) {
            ck_assert_uint_lt(n, sizeof places / sizeof *places);
            ck_assert_msg(csv.cells.at[i].pos.line == places[n].line &&
                              csv.cells.at[i].pos.column == places[n].column,
                          "cell %zu: %u:%u", n, csv.cells.at[i].pos.line,
                          csv.cells.at[i].pos.column);
            ck_assert_uint_eq(csv.cells.at[i].pos.file, 3);
        }
    ck_assert_uint_eq(n, sizeof places / sizeof *places);
    csv_close(&csv);
    arena_drop(&arena);
}
END_TEST

static void repeat(StrBuf *b, const char *text, size_t n)
{
    while (n-- > 0)
        strbuf_add_text(b, text);
}

/* Bytes that repeat a text so often behind a heading, and whether that is too much. */
static const struct {
    const char *repeated;
    size_t n;
    const char *said;
} limits[] = {
    {";", CSV_MOST_CELLS - 1, NULL},
    {";", CSV_MOST_CELLS, "this row has more than 1024 cells"},
    {"\xC3\xA6", CSV_LONGEST_CELL, NULL},
    {"\xC3\xA6", CSV_LONGEST_CELL + 1, "this cell has more than 32767 characters"},
    {"1;2\n", CSV_MOST_ROWS - 1, NULL},
    {"1;2\n", CSV_MOST_ROWS, "there are more than 1048576 rows"},
};

START_TEST(limits_are_where_they_are_said_to_be)
{
    StrBuf bytes = {0}, out = {0};
    Diags *diags = diags_new();
    strbuf_add_text(&bytes, "Id;V\xC3\xA6rdi\n");
    repeat(&bytes, limits[_i].repeated, limits[_i].n);
    read_all(&bytes, diags, &out);
    if (limits[_i].said)
        ck_assert_str_eq(diags_message(diags, 0), limits[_i].said);
    ck_assert_uint_eq(diags_count(diags, DIAG_ERROR), limits[_i].said != NULL);
    diags_drop(diags);
    strbuf_drop(&bytes);
    strbuf_drop(&out);
}
END_TEST

/* ---- the model ------------------------------------------------------------------------------ */

static Kit kit;
static ReportKit reports;
static Report *report;

static void begin(void)
{
    kit_open(&kit, 1);
    report_kit_open(&reports, &kit);
    report = NULL;
}

static void end(void)
{
    if (report)
        report_drop(report);
    report_kit_close(&reports);
    kit_close(&kit);
}

#define FIGURES "noegletal.csv"
#define ADVICE "anbefalinger.csv"
#define HEAD "---\ntitle: T\n---\n"
#define THEMES HEAD "# Tema: Vand {#vand}\n\nX.\n\n# Tema: El & lys\n\nY.\n"

/* Id, section, precision and value of every figure. */
static void check_figures(const char *expected)
{
    StrBuf out = {0};
    for (size_t i = 0; i < report->figures; i++) {
        const KeyFigure *f = &report->figure[i];
        strbuf_addf(&out, "%s%.*s@%zu ", i ? " | " : "", (int)f->id.n, f->id.p, f->section);
        quantity_print_with_unit(&out, kit.terms, &f->value, f->unit);
    }
    check_str(strbuf_str(&out), expected);
    strbuf_drop(&out);
}

static void check_said(const char *expected)
{
    char *said = report_said(&reports);
    ck_assert_str_eq(said, expected);
    free(said);
}

#define N "\xC2\xA0"
#define FIGURE_HEAD "Id;N\xC3\xB8gletal;V\xC3\xA6rdi;Enhed;Tema\n"

START_TEST(figures_have_their_sections)
{
    report_beside(&reports, FIGURES,
                  STR(FIGURE_HEAD "K1;A;254000;m;El & lys\nK2;B;254.000,5;m;vand\n;;;;\n"
                                  "K3;C;-3,5;pct.;Tema: vand\nK4;D;12-14;m;\nK5;E;1;m;el-lys\n"
                                  "K6;F;2;m;F\xC3\xA6lles\n"));
    report = report_of(&reports, THEMES);
    check_figures("K2@0 254.000,5" N "m | K3@0 \xE2\x88\x92"
                  "3,5" N "pct. | K1@1 254.000" N "m | K5@1 1" N "m | K4@2 12\xE2\x80\x93"
                  "14" N "m | K6@2 2" N "m");
    ck_assert_uint_eq(report->sections, 3);
    ck_assert_int_eq(report->section[2].kind, SECTION_WHOLE);
    for (size_t i = 0; i < 3; i++) {
        const Block *b = report->section[i].blocks;
        while (b->next)
            b = b->next;
        ck_assert_int_eq(b->kind, BLOCK_KEY_FIGURES);
        check_inlines(&kit, b->inlines, "N\xC3\xB8gletal");
    }
    ck_assert_ptr_eq(report_figure(report, STR("K4")), &report->figure[4]);
    ck_assert_uint_eq(report->figure[0].pos.line, 3);
}
END_TEST

START_TEST(headings_take_what_belongs_to_them)
{
    report_beside(&reports, FIGURES, STR(FIGURE_HEAD "K1;A;1;m;\nK2;B;2;m;vand\n"));
    report = report_of(&reports, HEAD "# Tema: Vand {#vand}\n\nX.\n\n## N\xC3\xB8gletal\n\n"
                                      "# F\xC3\xA6lles\n\nZ.\n\n## N\xC3\xB8gletal\n");
    check_figures("K2@0 2" N "m | K1@1 1" N "m");
    ck_assert_uint_eq(report->sections, 2);
    ck_assert_ptr_null(report->section[0].blocks->next->next);
}
END_TEST

START_TEST(a_heading_without_figures_is_told)
{
    report_beside(&reports, FIGURES, STR(FIGURE_HEAD "K1;A;1;m;el-lys\n"));
    report =
        report_of_bytes(&reports, STR(HEAD "# Tema: Vand {#vand}\n\nX.\n\n## N\xC3\xB8gletal\n\n"
                                           "# Tema: El & lys\n\nY.\n"));
    check_said("report.md:8:1: error: there is no table under this heading\n"
               "     8 | ## N\xC3\xB8gletal\n"
               "       | ^\n");
}
END_TEST

START_TEST(a_closed_place_stays_closed)
{
    report_beside(&reports, FIGURES,
                  STR(FIGURE_HEAD "K1;A;1;m;\nK2;B;2;m;vand\nK3;C;3;m;el-lys\nK4;D;4;m;andet\n"));
    report = report_of(&reports,
                       HEAD "# Tema: Vand {#vand}\n\nX.\n\n## N\xC3\xB8gletal {.lukket}\n\n"
                            "# Tema: El & lys {.lukket}\n\nY.\n\n"
                            "# Andet\n\nZ.\n\n## N\xC3\xB8gletal {.lukket}\n");
    EditionChoice choice = {false, {"", 0}};
    Edition *open = edition_new(report, &choice, NULL);
    ck_assert_uint_eq(open->figures, 1);
    check_str(open->figure[0].figure->id, "K1");
    edition_drop(open);
    choice.closed = true;
    Edition *closed = edition_new(report, &choice, NULL);
    ck_assert_uint_eq(closed->figures, 4);
    edition_drop(closed);
}
END_TEST

#define TABLE                                                                                      \
    HEAD "# Tema: Vand {#vand}\n\nX.\n\n## N\xC3\xB8gletal\n\n"                                    \
         "| Id | N\xC3\xB8gletal | V\xC3\xA6rdi | Enhed | Hvor |\n|--|--|--|--|--|\n"              \
         "| K1 | A | 1,2 mio. | m | Her |\n| K2 | B | ca. 8,0 | | |\n\n"                           \
         "# Tema: El & lys\n\nY.\n"

START_TEST(a_figure_may_stand_in_both_places)
{
    report_beside(&reports, FIGURES,
                  STR("Id;N\xC3\xB8gletal;Pr\xC3\xA6"
                      "cision;V\xC3\xA6rdi;Enhed;Kilde;Hvor\nK3;C;;3;m;;\n"
                      "K2;B;ca.;8;kr.;Bogen;Der\nK1;A;;1.200.000;m;;\nK1;a;;1,20;mio. m;Ham;\n"));
    report = report_of(&reports, TABLE);
    check_figures("K1@0 1,2" N "mio." N "m | K2@0 ca." N "8,0" N "kr. | K3@2 3" N "m");
    check_str(report->figure[0].place, "Her");
    check_str(report->figure[0].source, "Ham");
    check_str(report->figure[1].source, "Bogen");
    check_str(report->figure[1].place, "Der");
    ck_assert_uint_eq(diags_count(kit.diags, DIAG_WARNING), 0);
}
END_TEST

START_TEST(a_figure_says_one_thing)
{
    report_beside(&reports, FIGURES,
                  STR("Id;N\xC3\xB8gletal;V\xC3\xA6rdi;Enhed;Hvor;Tema\nK1;A;1,3 mio.;m;Her;\n"
                      "K2;B;ca. 8,0;m;;\nK2;B;8;m;;\nK1;A;1,2 mio.;m;Hist;el-lys\n"));
    report = report_of_bytes(&reports, STR(TABLE));
    check_said("noegletal.csv:2:6: error: the key figure 'K1' has two values, '1,2" N "mio." N
               "m' and '1,3" N "mio." N "m'\n"
               "     2 | K1;A;1,3 mio.;m;Her;\n"
               "       |      ^\n"
               "report.md:12:1: note: the other value is here\n"
               "    12 | | K1 | A | 1,2 mio. | m | Her |\n"
               "       | ^\n"
               "noegletal.csv:4:6: error: the key figure 'K2' has two values, 'ca." N "8,0" N
               "m' and '8" N "m'\n"
               "     4 | K2;B;8;m;;\n"
               "       |      ^\n"
               "report.md:13:1: note: the other value is here\n"
               "    13 | | K2 | B | ca. 8,0 | | |\n"
               "       | ^\n"
               "noegletal.csv:5:17: warning: 'Hvor' of the key figure 'K1' says two things\n"
               "     5 | K1;A;1,2 mio.;m;Hist;el-lys\n"
               "       |                 ^\n"
               "report.md:12:1: note: what stands here is used\n"
               "    12 | | K1 | A | 1,2 mio. | m | Her |\n"
               "       | ^\n"
               "noegletal.csv:5:22: warning: the key figure 'K1' stands in another section\n"
               "     5 | K1;A;1,2 mio.;m;Hist;el-lys\n"
               "       |                      ^\n"
               "report.md:12:1: note: it is shown here\n"
               "    12 | | K1 | A | 1,2 mio. | m | Her |\n"
               "       | ^\n");
}
END_TEST

START_TEST(text_that_looks_like_a_formula_is_text)
{
    report_beside(&reports, FIGURES, STR(FIGURE_HEAD "K1;'=A;1;'@m;\nK2;''+B;2;;\nK3;'C;3;- x;\n"));
    report = report_of(&reports, THEMES);
    check_str(report->figure[0].name, "=A");
    check_str(report->figure[0].unit, "@m");
    check_str(report->figure[1].name, "'+B");
    check_str(report->figure[2].name, "'C");
    ck_assert_uint_eq(diags_count(kit.diags, DIAG_WARNING), 0);
}
END_TEST

/* Excel leaves out the last separators where sixteen rows have nothing in the last columns. */
START_TEST(rows_may_be_short_together)
{
    StrBuf csv = {0};
    strbuf_add_text(&csv, FIGURE_HEAD);
    for (int i = 1; i < 40; i++)
        strbuf_addf(&csv, i < 16 || i >= 32 ? "K%d;A;1;m;\n" : "K%d;A;1;m\n", i);
    report_beside(&reports, FIGURES, strbuf_str(&csv));
    report = report_of(&reports, THEMES);
    ck_assert_uint_eq(report->figures, 39);
    strbuf_drop(&csv);
}
END_TEST

START_TEST(what_is_exported_can_be_read_back)
{
    static const char text[] = HEAD
        "# Tema: Vand {#vand}\n\nX.\n\n## N\xC3\xB8gletal\n\n"
        "| Id | N\xC3\xB8gletal | V\xC3\xA6rdi | Enhed | Hvor | Periode | Forbehold | Kilde | Flise |\n"
        "|--|--|--|--|--|--|--|--|--|\n"
        "| K1 | A; \"b\" | ansl\xC3\xA5"
        "et mere end 1,20 mio. | kr. | Her | 2012 | Ca. \\| tal | Ham | g\xC3\xA5r til a |\n"
        "| K2 | =1+1 | \xE2\x88\x92"
        "3,5 | pct. | '+x | | @y | |\n"
        "| K3 | D | 12-14 | \xC3\xA5r | | | | |\n| K4 | E | 2. st\xC3\xB8rste | by | | | | |\n"
        "| K5 | F | p\xC3\xA5 sidste \xC3\xA5rs niveau | | | | | |\n"
        "| K6 | G | ca. 5.000 | | -a | | ''=b | |\n\n"
        "# Tema: El & lys\n\nY.\n\n## N\xC3\xB8gletal\n\n"
        "| Id | N\xC3\xB8gletal | V\xC3\xA6rdi |\n|--|--|--|\n| K7 | H | 8,0 |\n\n"
        "# Andet\n\nZ.\n\n## N\xC3\xB8gletal\n\n"
        "| Id | N\xC3\xB8gletal | V\xC3\xA6rdi |\n|--|--|--|\n| K8 | I | 9 |\n";
    EditionChoice choice = {true, {"", 0}};
    StrBuf first = {0}, second = {0};
    report = report_of(&reports, text);
    Edition *e = edition_new(report, &choice, NULL);
    edition_figures_csv(e, &first);
    edition_drop(e);
    report_drop(report);
    report_beside(&reports, FIGURES, strbuf_str(&first));
    report = report_of(&reports, HEAD "# Tema: Vand {#vand}\n\nX.\n\n# Tema: El & lys\n\nY.\n\n"
                                      "# Andet\n\nZ.\n");
    ck_assert_uint_eq(report->figures, 8);
    ck_assert_uint_eq(report->sections, 3);
    ck_assert_uint_eq(report->figure[6].section, 1);
    ck_assert_uint_eq(report->figure[7].section, 2);
    ck_assert_uint_eq(diags_count(kit.diags, DIAG_WARNING), 0);
    e = edition_new(report, &choice, NULL);
    edition_figures_csv(e, &second);
    edition_drop(e);
    ck_assert_str_eq(second.p, first.p);
    check_str(report->figure[1].name, "=1+1");
    check_str(report->figure[5].caveat, "''=b");
    check_str(report->figure[0].what, "g\xC3\xA5r til a");
    check_str(report->figure[0].unit, "kr.");
    check_str(report->figure[0].value.scale, "mio.");
    strbuf_drop(&first);
    strbuf_drop(&second);
}
END_TEST

/* ---- recommendations ------------------------------------------------------------------------ */

#define ADVICE_REPORT                                                                              \
    HEAD "# Tema: Vand {#vand}\n\nX.\n\n## Bes\xC3\xB8g: V\xC3\xA6rket {#vaerk}\n\nY.\n\n"         \
         "## Anbefalinger\n\n1. **F\xC3\xB8rst.** Ja.\n   Grundlag: [v](#vaerk)\n\n"               \
         "## N\xC3\xB8gletal\n\n| Id | N\xC3\xB8gletal | V\xC3\xA6rdi |\n|--|--|--|\n"             \
         "| K1 | A | 7 |\n\n# Tema: El {#el}\n\nZ.\n"

START_TEST(recommendations_are_as_in_a_list)
{
    report_beside(
        &reports, ADVICE,
        STR("Anbefaling;Tekst;Tema;Ansvarlig;Frist;\xC3\x98konomi;Grundlag;Status;Oprindelse;Id\n"
            "G\xC3\xB8r det.;\"Fordi *x*\n[@K1].\";el;Nogen;2013-01-31;kr\xC3\xA6ver ressourcer;"
            "vaerk, #K1;i gang;udledt;goer\n"
            "**Og det.**;;vand;;snarest;;\"[v](#vaerk)\nvand\";;udtalt;\n"
            "2. fase;;;;;;M\xC3\xB8"
            "de, mandag;;;\n"));
    report = report_of(&reports, ADVICE_REPORT);
    ck_assert_uint_eq(report->recommendations, 4);
    const Recommendation *r = report->recommendation;
    check_inlines(&kit, r[0].lead, "F\xC3\xB8rst.");
    check_str(r[0].id, "anbefaling-1");
    check_inlines(&kit, r[1].lead, "Og det.");
    check_str(r[1].id, "anbefaling-2");
    ck_assert_int_eq(r[1].lead->kind, INLINE_TEXT);
    ck_assert_ptr_null(r[1].text);
    ck_assert_int_eq(r[1].origin, ORIGIN_STATED);
    check_str(r[1].deadline, "snarest");
    check_inlines(&kit, r[1].basis, "v Vand");
    check_inlines(&kit, r[2].lead, "G\xC3\xB8r det.");
    check_inlines(&kit, r[2].text, "Fordi x 7.");
    check_str(r[2].id, "goer");
    ck_assert_uint_eq(r[2].section, 1);
    check_str(r[2].responsible, "Nogen");
    ck_assert_int_eq(r[2].deadline_date.day, 31);
    ck_assert_int_eq(r[2].economy, ECONOMY_NEEDS);
    ck_assert_int_eq(r[2].origin, ORIGIN_DERIVED);
    ck_assert(r[2].ongoing);
    ck_assert_int_eq(r[2].basis->kind, INLINE_LINK);
    check_str(r[2].basis->target, "#vaerk");
    check_inlines(&kit, r[2].basis, "V\xC3\xA6rket, 7");
    check_inlines(&kit, r[3].lead, "2. fase");
    check_str(r[3].id, "anbefaling-4");
    check_inlines(&kit, r[3].basis,
                  "M\xC3\xB8"
                  "de, mandag");
    ck_assert_int_eq(report->section[2].kind, SECTION_WHOLE);
}
END_TEST

START_TEST(what_is_left_in_the_report_is_told)
{
    report_beside(&reports, ADVICE,
                  STR("Anbefaling;Grundlag\nF\xC3\xB8rst.;vaerk\nSidst.;vaerk\nSidst.;el\n"));
    report = report_of_bytes(&reports, STR(ADVICE_REPORT));
    check_said("anbefalinger.csv:2:1: warning: this recommendation is there twice\n"
               "     2 | F\xC3\xB8rst.;vaerk\n       | ^\n"
               "report.md:14:1: note: the other one is here\n"
               "    14 | 1. **F\xC3\xB8rst.** Ja.\n       | ^\n"
               "anbefalinger.csv:4:1: warning: this recommendation is there twice\n"
               "     4 | Sidst.;el\n       | ^\n"
               "anbefalinger.csv:3:1: note: the other one is here\n"
               "     3 | Sidst.;vaerk\n       | ^\n");
}
END_TEST

START_TEST(places_in_cells_are_right)
{
    report_beside(&reports, ADVICE,
                  STR("Tema;Anbefaling;Tekst\n"
                      "vand;\xC3\xA6 [@K7];\"\xC3\xB8 \"\"q\"\" [@K8]\n\xC3\xA5 *b [@K9]*\"\n"
                      "vand;- [@K6];[@K5] x\n"));
    report = report_of_bytes(&reports, STR(ADVICE_REPORT));
    static const struct {
        const char *id;
        uint32_t line;
        uint16_t column;
    } places[] = {{"K7", 2, 8}, {"K8", 2, 23}, {"K9", 3, 6}, {"K6", 4, 8}, {"K5", 4, 14}};
    ck_assert_ptr_nonnull(report);
    Diags *before = kit.diags;
    kit.diags = diags_new();
    report_check(report, kit.diags);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        bool found = false;
        for (size_t k = 0; diags_message(kit.diags, k); k++)
            if (strstr(diags_message(kit.diags, k), places[i].id)) {
                Pos pos = diags_pos(kit.diags, k);
                found = true;
                ck_assert_msg(pos.line == places[i].line && pos.column == places[i].column,
                              "%s: %u:%u", places[i].id, pos.line, pos.column);
            }
        ck_assert_msg(found, "%s", places[i].id);
    }
    diags_drop(kit.diags);
    kit.diags = before;
}
END_TEST

/* ---- whatever comes ------------------------------------------------------------------------- */

START_TEST(mutations_are_read_or_refused)
{
    static const char *const pieces[] = {"\"", "\"\"", ";",    ",",    "\t",   "\n", "\r", "=",
                                         "'",  "#N/A", "-dec", "sep=", "\xFF", "\0", "[@", "*"};
    static const char sheet[] =
        "Id;N\xC3\xB8gletal;V\xC3\xA6rdi;Enhed;Tema\nK1;\"a \"\"b\"\"\nc\";1,5;m;vand\nK1;x;1,5;m;\n";
    static const char advice[] =
        "Anbefaling;Tekst;Tema;Grundlag\n\"A *b*\n\";\"[c](#vand)\";vand;K1,"
        " vand\n";
    Random random = {5};
    for (int i = 0; i < 3000; i++) {
        bool figures = i % 2 == 0;
        StrBuf text = {0}, out = {0};
        strbuf_add_text(&text, figures ? sheet : advice);
        for (uint32_t n = 1 + random_below(&random, 4); n > 0; n--) {
            size_t at = random_below(&random, (uint32_t)text.n + 1);
            const char *piece = pieces[random_below(&random, 16)];
            strbuf_clear(&out);
            strbuf_add(&out, text.p, at);
            strbuf_add(&out, piece, *piece ? strlen(piece) : 1);
            at += random_below(&random, 4);
            strbuf_add_str(&out, str_cut(strbuf_str(&text), at < text.n ? at : text.n, text.n));
            strbuf_clear(&text);
            strbuf_add_str(&text, strbuf_str(&out));
        }
        report_beside(&reports, figures ? FIGURES : ADVICE, strbuf_str(&text));
        Diags *before = kit.diags;
        kit.diags = diags_new();
        Report *made = report_of_bytes(&reports, STR(THEMES));
        MUST(made);
        report_check(made, kit.diags);
        report_drop(made);
        free(report_said(&reports));
        diags_drop(kit.diags);
        kit.diags = before;
        strbuf_drop(&text);
        strbuf_drop(&out);
    }
}
END_TEST

Suite *csv_suite(void)
{
    Suite *suite = suite_create("csv");
    TCase *cells = tcase_create("cells"), *model = tcase_create("model");
    tcase_set_timeout(cells, 60);
    tcase_add_loop_test(cells, every_dialect, 0, sizeof dialects / sizeof *dialects);
    tcase_add_test(cells, cells_know_their_places);
    tcase_add_loop_test(cells, limits_are_where_they_are_said_to_be, 0,
                        sizeof limits / sizeof *limits);
    suite_add_tcase(suite, cells);
    tcase_add_checked_fixture(model, begin, end);
    tcase_set_timeout(model, 120);
    tcase_add_test(model, figures_have_their_sections);
    tcase_add_test(model, headings_take_what_belongs_to_them);
    tcase_add_test(model, a_heading_without_figures_is_told);
    tcase_add_test(model, a_closed_place_stays_closed);
    tcase_add_test(model, a_figure_may_stand_in_both_places);
    tcase_add_test(model, a_figure_says_one_thing);
    tcase_add_test(model, text_that_looks_like_a_formula_is_text);
    tcase_add_test(model, rows_may_be_short_together);
    tcase_add_test(model, what_is_exported_can_be_read_back);
    tcase_add_test(model, recommendations_are_as_in_a_list);
    tcase_add_test(model, what_is_left_in_the_report_is_told);
    tcase_add_test(model, places_in_cells_are_right);
    tcase_add_test(model, mutations_are_read_or_refused);
    suite_add_tcase(suite, model);
    return suite;
}
