/* Layouts: those of the project, and what is said of wrong ones. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/colour.h"
#include "base/file.h"
#include "base/mem.h"
#include "layout/contrast.h"
#include "layout/layout.h"

#include "page_support.h"
#include "suites.h"
#include "folder_support.h"

static Diags *diags;
static Layout *layout;

static void begin(void)
{
    folder_begin();
    diags = diags_new();
    layout = NULL;
}

static void end(void)
{
    if (layout)
        layout_drop(layout);
    diags_drop(diags);
    folder_end();
}

/* In the test's folder, then among those of the project. */
static char *find(void *context, Str name, const char *hiding)
{
    static const char *const folders[] = {folder, "layouts"};
    (void)context;
    for (size_t i = hiding != NULL; i < 2; i++) {
        StrBuf path = {0};
        strbuf_addf(&path, "%s/%.*s.yaml", folders[i], (int)name.n, name.p);
        if (file_exists(path.p))
            return path.p;
        strbuf_drop(&path);
    }
    return NULL;
}

static void write_layout(const char *name, const char *text)
{
    StrBuf path = {0};
    strbuf_addf(&path, "%s/%s.yaml", folder, name);
    file_of_bytes(path.p, str_from(text));
    strbuf_drop(&path);
}

static Layout *read_layout(const char *name)
{
    LayoutOptions options = {.diags = diags, .find = find};
    layout_drop(layout);
    return layout = layout_read(str_from(name), (Pos){0, 0, 0}, &options);
}

/* "line:column: message" of all that is said of a layout with this text. */
static void check_says(const char *text, const char *expected)
{
    write_layout("wrong", text);
    ck_assert_ptr_null(read_layout("wrong"));
    char *said = diags_text(diags, diags_print);
    StrBuf found = {0};
    for (char *line = said; *line;) {
        size_t length = strcspn(line, "\n");
        Str s = {line, length};
        if (str_starts(s, str_from(folder))) {
            size_t from = strlen(folder) + strlen("/wrong.yaml:");
            strbuf_add_str(&found, str_cut(s, from < s.n ? from : 0, s.n));
            strbuf_add_char(&found, '\n');
        }
        line += length + (line[length] != 0);
    }
    ck_assert_str_eq(found.p ? found.p : said, expected);
    strbuf_drop(&found);
    free(said);
}

START_TEST(the_layouts_of_the_project_are_sound)
{
    static const char *const names[] = {"committee-pack", "theme-briefing", "closed-pack",
                                        "committee-pack-booklet", "handout"};
    for (size_t i = 0; i < 5; i++) {
        ck_assert_msg(read_layout(names[i]) != NULL, "%s", diags_message(diags, 0));
        ck_assert_ptr_null(diags_message(diags, 0));
        ck_assert(layout->output.n && layout->parts && layout->style[STYLE_body].family.n);
        bool folded = layout->sheets == SHEETS_BOOKLET;
        ck_assert(fabs(layout->paper_width - (folded ? 419.53 : 595.28)) < 0.01);
        ck_assert(fabs(layout->sheet_width - 595.28) < 0.01);
        ck_assert(layout_live_width(layout) >= layout->text_width + layout->gutter - 0.01);
        for (int s = 0; s < STYLE_COUNT; s++)
            ck_assert(layout->style[s].size > 0 && layout->style[s].leading > 0);
    }
}
END_TEST

START_TEST(a_layout_says_what_differs)
{
    write_layout("mine", "extends: committee-pack\n"
                         "output: '{report}-mine.pdf'\n"
                         "paper: A5\n"
                         "margins: {left: 10mm, right: 10mm}\n"
                         "columns: {text: 80mm, gutter: 5mm}\n"
                         "family: Noto Sans\n"
                         "colours: {primary: '#010203'}\n"
                         "styles:\n"
                         "  body: {size: 4mm, colour: primary}\n"
                         "parts: [body]\n"
                         "edition: closed\n"
                         "sheets: two-up\n"
                         "attach: none\n");
    ck_assert_msg(read_layout("mine") != NULL, "%s", diags_message(diags, 0));
    ck_assert(str_equal(layout->name, STR("mine")));
    ck_assert(str_equal(layout->output, STR("{report}-mine.pdf")));
    ck_assert(fabs(layout->paper_width - 419.53) < 0.01);
    ck_assert(str_equal(layout->style[STYLE_h1].family, STR("Noto Sans")));
    ck_assert(fabs(layout->style[STYLE_body].size - 11.339) < 0.001);
    ck_assert_uint_eq(layout->style[STYLE_body].colour, 0x010203);
    ck_assert_uint_eq(layout->style[STYLE_h1].colour, 0x010203); /* by its role */
    ck_assert_uint_eq(layout->parts, 1);
    ck_assert_int_eq(layout->part[0], PART_BODY);
    ck_assert(layout->closed && !layout->attach_figures);
    ck_assert_int_eq(layout->sheets, SHEETS_TWO_UP);
    ck_assert(fabs(layout->sheet_height - 595.28) < 0.01); /* as its pages */
}
END_TEST

#define PARTS                                                                                                               \
    "letterhead, cover, contents, tables-list, figures-list, summary, body, key-figures, recommendations, open-questions, " \
    "contact, glossary, sources, changes, annexes, title, tiles, chart, table, lessons, caveats, link"

START_TEST(everything_that_is_wrong_is_told_at_once)
{
    check_says("extends: committee-pack\n"
               "outptu: x\n"
               "paper: A9\n"
               "parts: [body, bdoy, 7]\n"
               "colours:\n"
               "  primry: '#000000'\n"
               "  ink: black\n"
               "styles:\n"
               "  body: {size: big, wieght: 400}\n"
               "  nonsense: {}\n"
               "margins: {left: -5}\n"
               "sheets: folded\n"
               "brief: seldom\n"
               "tile: {across: 2.5}\n"
               "box: {whole-lines: -1}\n"
               "sheet-paper: A44\n",
               "2:1: error: unknown key 'outptu'\n"
               "3:8: error: there is no paper 'A9'\n"
               "4:15: error: 'parts' must be one of " PARTS ", not 'bdoy'\n"
               "4:21: error: 'parts' must be one of " PARTS ", not '7'\n"
               "6:3: error: unknown colour 'primry'\n"
               "7:8: error: 'black' is no colour\n"
               "9:16: error: 'size' must be a length, such as 12 (points) or 22mm\n"
               "9:21: error: unknown key 'wieght'\n"
               "10:3: error: unknown style 'nonsense'\n"
               "11:17: error: 'left' must be from 0 to 14400 points\n"
               "12:9: error: 'sheets' must be one of none, two-up, booklet, not 'folded'\n"
               "13:8: error: 'brief' must be one of false, true, needed, not 'seldom'\n"
               "14:16: error: 'across' must be a whole number from 0 to 1000\n"
               "15:20: error: 'whole-lines' must be a whole number from 0 to 1000\n"
               "16:14: error: there is no paper 'A44'\n");
}
END_TEST

START_TEST(fields_that_are_not_there)
{
    check_says("output: \"{report}-{them}.pdf\"\n"
               "document-title: \"{title\"\n"
               "head: {left: [\"{short-title} {case} {no}\"]}\n"
               "foot: {right: [\"{page-of} x\"]}\n"
               "parts: [body, cover, body]\n",
               "1:9: error: 'output' has no field '{them}'\n"
               "2:17: error: 'document-title' has a brace that isn't closed\n"
               "3:15: error: 'left' has no field '{no}'\n"
               "5:22: error: the part 'body' comes twice\n");
}
END_TEST

/* Else "{report}.md" would be the report itself. */
START_TEST(what_is_made_is_a_pdf)
{
    check_says("output: \"{report}.md\"\n", "1:9: error: 'output' must end in '.pdf'\n");
    check_says("output: \"{report}.pdf.txt\"\n", "1:9: error: 'output' must end in '.pdf'\n");
    check_says("output: pdf\n", "1:9: error: 'output' must end in '.pdf'\n");
}
END_TEST

START_TEST(nothing_is_given_twice)
{
    check_says("extends: house\n"
               "margins: {top: 50, bottom: 50, top: 60}\n"
               "colours: {ink: \"#000000\", ink: \"#111111\"}\n"
               "styles:\n"
               "  body: {size: 10, size: 11}\n"
               "  lead: {size: 12}\n"
               "  body: {size: 12}\n"
               "margins: {left: 40}\n",
               "2:32: error: 'top' is given twice\n"
               "3:27: error: 'ink' is given twice\n"
               "5:20: error: 'size' is given twice\n"
               "7:3: error: 'body' is given twice\n"
               "8:1: error: 'margins' is given twice\n");
}
END_TEST

START_TEST(parts_stand_side_by_side)
{
    write_layout("sheet",
                 "extends: handout\nparts: [title, [lessons: 7, chart: 5, link], contact]\n"
                 "may-leave-out: [chart]\nmost-pages: 3\n");
    ck_assert_msg(read_layout("sheet") != NULL, "%s", diags_message(diags, 0));
    static const struct {
        Part part;
        bool beside;
        double share;
    } expected[] = {{PART_TITLE, false, 0},
                    {PART_LESSONS, false, 7},
                    {PART_CHART, true, 5},
                    {PART_LINK, true, 1},
                    {PART_CONTACT, false, 0}};
    ck_assert_uint_eq(layout->parts, 5);
    for (size_t i = 0; i < 5; i++) {
        const PartPlace *place = &layout->place[expected[i].part];
        ck_assert_int_eq(layout->part[i], expected[i].part);
        ck_assert(place->beside == expected[i].beside && place->share == expected[i].share);
    }
    ck_assert_int_eq(layout->most_pages, 3);
    ck_assert(layout->may_leave_outs == 1 && layout->may_leave_out[0] == PART_CHART &&
              layout->run_on);
    check_says("parts: [[lessons, body], [chart: 0], [{link: 1, contact: 2}], [chart, lessons]]\n"
               "may-leave-out: [everything]\n",
               "1:19: error: the part 'body' can't stand beside others\n"
               "1:34: error: a share of the width must be above 0\n"
               "1:39: error: 'parts' wants one name here, with its share of the width\n"
               "1:71: error: the part 'lessons' comes twice\n"
               "2:17: error: 'may-leave-out' must be one of " PARTS ", not 'everything'\n");
}
END_TEST

START_TEST(a_layout_that_is_not_there)
{
    ck_assert_ptr_null(read_layout("committee-pakc"));
    ck_assert_uint_eq(diags_count(diags, DIAG_ERROR), 1);
    ck_assert_ptr_nonnull(strstr(diags_message(diags, 0), "committee-pakc"));
    check_says("extends: nowhere\n", "1:10: error: there is no layout 'nowhere'\n");
}
END_TEST

START_TEST(layouts_do_not_extend_each_other_in_a_circle)
{
    write_layout("a", "extends: b\n");
    write_layout("b", "extends: a\n");
    ck_assert_ptr_null(read_layout("a"));
    ck_assert_uint_ge(diags_count(diags, DIAG_ERROR), 1);
}
END_TEST

START_TEST(papers_have_names_and_sizes)
{
    static const struct {
        const char *paper, *name;
        double width, height; /* mm */
    } papers[] = {{"A4", "A4", 210, 297},
                  {"A5 landscape", "A5 landscape", 210, 148},
                  {"Letter", "Letter", 215.9, 279.4},
                  {"[200mm, 250mm]", "", 200, 250}};
    for (size_t i = 0; i < 4; i++) {
        StrBuf text = {0};
        strbuf_addf(&text, "extends: committee-pack\npaper: %s\ncolumns: {text: 100mm}\n",
                    papers[i].paper);
        write_layout("paper", text.p);
        ck_assert_ptr_nonnull(read_layout("paper"));
        ck_assert_str_eq(layout->paper.n ? layout->paper.p : "", papers[i].name);
        ck_assert_double_eq_tol(layout->paper_width * 25.4 / 72, papers[i].width, 0.001);
        ck_assert_double_eq_tol(layout->paper_height * 25.4 / 72, papers[i].height, 0.001);
        strbuf_drop(&text);
    }
    check_says("extends: committee-pack\npaper: A44\n", "2:8: error: there is no paper 'A44'\n");
    check_says("extends: committee-pack\npaper: [200mm]\n",
               "2:8: error: 'paper' must be a name or [width, height]\n");
}
END_TEST

START_TEST(a_layout_may_extend_the_one_that_it_hides)
{
    write_layout("committee-pack", "extends: committee-pack\ndescription: Ours.\n"
                                   "output: \"ours-{report}.pdf\"\n");
    write_layout("pack", "extends: committee-pack\n");
    ck_assert_ptr_nonnull(read_layout("pack"));
    ck_assert_str_eq(layout->output.p, "ours-{report}.pdf");
    ck_assert_str_eq(layout->extends.p, "committee-pack");
    ck_assert_uint_eq(layout->description.n, 0); /* it has none of its own */
    ck_assert_uint_eq(layout->parts, 12);
    ck_assert_ptr_nonnull(read_layout("committee-pack"));
    ck_assert_str_eq(layout->description.p, "Ours.");
    write_layout("lonely", "extends: lonely\n");
    ck_assert_ptr_null(read_layout("lonely"));
}
END_TEST

START_TEST(contrast_is_that_of_the_guidelines)
{
    /* White on grey #767676 is the well-known smallest grey that passes. */
    static const struct {
        Colour a, b;
        double ratio;
    } pairs[] = {{0x000000, 0xFFFFFF, 21},   {0xFFFFFF, 0xFFFFFF, 1},   {0x767676, 0xFFFFFF, 4.54},
                 {0x777777, 0xFFFFFF, 4.48}, {0xFF0000, 0xFFFFFF, 4.0}, {0x0000FF, 0xFFFFFF, 8.59}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        ck_assert_double_eq_tol(colour_contrast(pairs[i].a, pairs[i].b), pairs[i].ratio, 0.005);
        ck_assert_double_eq_tol(colour_contrast(pairs[i].b, pairs[i].a), pairs[i].ratio, 0.005);
    }
    static const struct {
        double size, weight, needed;
    } styles[] = {{17.9, 400, 4.5}, {18, 400, 3}, {13.9, 700, 4.5}, {14, 700, 3}, {14, 600, 4.5}};
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
        Style style = {.size = styles[i].size, .weight = styles[i].weight};
        ck_assert_double_eq(contrast_needed(&style), styles[i].needed);
    }
}
END_TEST

START_TEST(colours_are_mended_no_more_than_needed)
{
    Random random = {7};
    for (int i = 0; i < 2000; i++) {
        Colour text = random_below(&random, 0x1000000), ground = random_below(&random, 0x1000000);
        double needed = i % 2 ? 4.5 : 3;
        Colour mended = contrast_mend(text, ground, needed);
        MUST(colour_contrast(mended, ground) >= needed);
        if (colour_contrast(text, ground) >= needed)
            MUST(mended == text);
    }
    ck_assert_uint_eq(contrast_mend(0x777777, 0xFFFFFF, 4.5), 0x767676);
    MUST(contrast_mend(0x777777, 0x000000, 7) > 0x777777);
}
END_TEST

START_TEST(text_that_is_too_pale_is_an_error_where_it_was_said)
{
    check_says("extends: committee-pack\n"
               "colours:\n"
               "  tint: \"#b0b0b0\"\n"
               "styles:\n"
               "  kicker: {colour: secondary}\n"
               "  numeral: {size: 12}\n"
               "  note: {colour: \"#999999\", size: 8}\n",
               "3:9: error: the style 'source' has a contrast of 2.89 on the colour 'tint' and "
               "needs 4.5\n"
               "5:20: error: the style 'kicker' has a contrast of 3.39 on the page and needs 4.5\n"
               "6:19: error: the style 'numeral' has a contrast of 3.39 on the page and needs 4.5\n"
               "7:18: error: the style 'note' has a contrast of 2.84 on the page and needs 4.5\n");
}
END_TEST

START_TEST(names_do_not_leave_the_folders)
{
    static const char *const names[] = {"../x", "/etc/passwd", "a/b", ".", ""};
    for (size_t i = 0; i < 5; i++) {
        ck_assert_ptr_null(read_layout(names[i]));
        ck_assert_uint_eq(diags_count(diags, DIAG_ERROR), i + 1);
    }
}
END_TEST

START_TEST(random_layouts_are_read_or_refused)
{
    StrBuf house = {0};
    Random random = {12};
    ck_assert_int_eq(file_read("layouts/house.yaml", 1 << 20, &house), 0);
    for (int i = 0; i < 150; i++) {
        Diags *before = diags;
        diags = diags_new();
        StrBuf text = {0};
        strbuf_add_text(&text, "output: x.pdf\n");
        strbuf_add_str(&text, strbuf_str(&house));
        for (uint32_t n = 1 + random_below(&random, 4); n > 0; n--)
            text.p[random_below(&random, (uint32_t)text.n)] =
                " :#-[]{}x0,"[random_below(&random, 11)];
        write_layout("random", text.p);
        MUST(read_layout("random") || diags_count(diags, DIAG_ERROR) > 0);
        strbuf_drop(&text);
        diags_drop(diags);
        diags = before;
    }
    strbuf_drop(&house);
}
END_TEST

Suite *layout_suite(void)
{
    Suite *suite = suite_create("layout");
    TCase *tests = tcase_create("layout");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, the_layouts_of_the_project_are_sound);
    tcase_add_test(tests, a_layout_says_what_differs);
    tcase_add_test(tests, everything_that_is_wrong_is_told_at_once);
    tcase_add_test(tests, fields_that_are_not_there);
    tcase_add_test(tests, what_is_made_is_a_pdf);
    tcase_add_test(tests, nothing_is_given_twice);
    tcase_add_test(tests, parts_stand_side_by_side);
    tcase_add_test(tests, a_layout_that_is_not_there);
    tcase_add_test(tests, layouts_do_not_extend_each_other_in_a_circle);
    tcase_add_test(tests, papers_have_names_and_sizes);
    tcase_add_test(tests, a_layout_may_extend_the_one_that_it_hides);
    tcase_add_test(tests, contrast_is_that_of_the_guidelines);
    tcase_add_test(tests, colours_are_mended_no_more_than_needed);
    tcase_add_test(tests, text_that_is_too_pale_is_an_error_where_it_was_said);
    tcase_add_test(tests, names_do_not_leave_the_folders);
    tcase_add_test(tests, random_layouts_are_read_or_refused);
    suite_add_tcase(suite, tests);
    return suite;
}
