/* Text that no report has: read to its end or refused with an error, in time that grows with its size: each
 * text is so long that what takes its square would need many times the time that a test has. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report_support.h"
#include "suites.h"

/* The number of the turn, and of the next one. */
#define TURN "\1"
#define NEXT "\2"

/* `open` that many times, then `middle`, then `close` that many times. */
typedef struct {
    const char *name, *before, *open, *middle, *close;
    unsigned times;
} Hostile;

#if SANITIZED
enum { MANY = 50000 }; /* for what goes wrong; what takes too long is seen without */
#else
enum { MANY = 200000 };
#endif

static const Hostile cases[] = {
    /* those of cmark's own pathological tests */
    {"nested strong emphasis", "", "*a **a ", "b", " a** a*", MANY / 4},
    {"closers of emphasis", "", "a_ ", "", "", MANY},
    {"openers of emphasis", "", "_a ", "", "", MANY},
    {"closers of links", "", "a]", "", "", MANY},
    {"openers of links", "", "[a", "", "", MANY},
    {"openers and closers that don't match", "", "*a_ ", "", "", MANY},
    {"closers that three divides", "a**b", "c* ", "", "", MANY},
    {"openers of links, closers of emphasis", "", "[ a_", "", "", MANY},
    {"links within their addresses", "", "[ (](", "", "", MANY},
    {"links and emphasis", "", "**x [a*b**c*](d)", "", "", MANY / 8},
    {"nested brackets", "", "[", "a", "]", MANY},
    {"nested quotations", "", ">", "a", "", MANY},
    {"nested quotations with blanks", "", "> ", "a", "", MANY / 8},
    {"nested lists on a line", "", "- ", "a", "", MANY / 4},
    {"nested numbered lists on a line", "", "1. ", "a", "", MANY / 16},
    {"links that aren't closed", "", "[a](<b", "", "", MANY},
    {"links that aren't closed either", "", "[a](b", "", "", MANY},
    {"comments that aren't closed", "</", "<!--", "", "", MANY},
    {"tables that are none", "", "aaa\rbbb\n-\v\n", "", "", MANY / 8},
    /* brackets with a meaning here */
    {"spans", "", "[a]{lang=en} ", "", "", MANY / 4},
    {"nested spans", "", "[", "a", "]{lang=en}", MANY / 4},
    {"spans that aren't closed", "", "[a]{", "", "", MANY},
    {"figures that aren't there", "", "[@K" TURN "] ", "", "", MANY / 8},
    {"links to ids that aren't there", "", "[a](#x" TURN ") ", "", "", MANY / 8},
    {"link definitions that aren't there", "", "[a][b" TURN "] ", "", "", MANY / 4},
    {"link definitions", "", "[r" TURN "]: /u\n", "\n[a][r7]\n", "", MANY / 2},
    {"link definitions that are used", "", "[r" TURN "]: http://e.org/" TURN "\n", "\n",
     "[r" TURN "]\n", MANY / 8},
    {"a long address, often", "[a]: http://e.org/", "x", "\n\n", "[a] ", MANY / 8},
    /* footnotes */
    {"footnotes", "", "a[^n" TURN "]\n\n", "", "[^n" TURN "]: b\n", MANY / 4},
    {"footnotes that ask for each other", "x[^n0]\n\n", "[^n" TURN "]: a[^n" NEXT "]\n", "", "",
     MANY / 8},
    {"one footnote, many marks", "", "a[^n] ", "\n\n[^n]: b\n", "", MANY / 4},
    {"footnotes without marks", "", "[^n" TURN "]: b\n", "", "", MANY / 8},
    {"marks without footnotes", "", "a[^n" TURN "] ", "\n\n", "[^m" TURN "]: b\n", MANY / 8},
    {"one label, many footnotes", "a[^n]\n\n", "[^n]: b\n", "", "", MANY / 8},
    /* tags, code, addresses */
    {"lesser than", "", "<", "", "", MANY},
    {"openings of tags", "", "<a ", "", "", MANY},
    {"tags that aren't ended", "", "x <b>", "", "", MANY / 4},
    {"tags that aren't begun", "", "x </b>", "", "", MANY / 4},
    {"tags", "", "<b>x</b>", "", "", MANY / 4},
    {"blocks of HTML", "", "<div>\n\n", "", "", MANY / 4},
    {"backticks", "", "`", "a", "", MANY},
    {"code that isn't closed", "", "`a ", "``", "", MANY},
    {"fences", "", "```\nx\n```\n", "", "", MANY / 4},
    {"addresses", "", "http://a.b ", "", "", MANY / 4},
    {"addresses without blanks", "", "www.", "", "", MANY},
    {"addresses in parentheses", "", "www.a.b", "", ")", MANY / 4},
    {"mail", "", "a@b.c ", "", "", MANY / 4},
    {"at signs", "", "a@", "", "", MANY},
    {"strikes", "", "~a~ ", "", "", MANY / 4},
    {"entities", "", "&amp;", "&", "a", MANY},
    {"escapes", "", "\\[", "", "", MANY},
    {"broken lines", "", "[a](#b)\\\n", "", "", MANY / 8},
    /* blocks */
    {"a list", "", "- a\n", "", "", MANY},
    {"headings", "", "## a\n", "", "", MANY / 2},
    {"headings with one id", "", "## a {#b}\n", "", "", MANY / 4},
    {"many attributes", "## a {", "x=1 ", "}\n", "", MANY},
    {"many braces", "## ", "{", "}\n", "", MANY},
    {"captions of nothing", "", "Tabel: a {#b}\n\n", "", "", MANY / 4},
    {"boxes", "", "> [!NOTE]\n> a\n\n", "", "", MANY / 8},
    {"sections", "", "# s\n\na\n\n", "", "", MANY / 8},
    {"a wide table", "", "|a", "|\n", "|-", MANY},
    {"a table of short rows", "|a|b|c|d|e|f|g|h|\n|-|-|-|-|-|-|-|-|\n", "|x|\n", "", "", MANY},
    {"surplus cells", "|a|\n|-|\n", "|1|2|\n", "", "", MANY / 4},
    {"a word", "", "ab", "", "", MANY * 2},
    {"a line", "", "\xC3\xA6 b ", "", "", MANY * 2}};

enum { CASES = sizeof cases / sizeof *cases };

static void add_turns(StrBuf *text, const char *s, unsigned times)
{
    for (unsigned i = 0; i < times; i++) {
        for (const char *at = s; *at; at++) {
            if (*at == TURN[0] || *at == NEXT[0])
                strbuf_addf(text, "%u", i + (*at == NEXT[0]));
            else
                strbuf_add_char(text, *at);
        }
    }
}

START_TEST(hostile_text_is_read_or_refused)
{
    const Hostile *h = &cases[_i];
    Kit kit;
    ReportKit reports;
    StrBuf text = {0};
    strbuf_add_text(&text, "---\ntitle: T\n---\n# A\n\n");
    strbuf_add_text(&text, h->before);
    add_turns(&text, h->open, h->times);
    strbuf_add_text(&text, h->middle);
    add_turns(&text, h->close, h->times);
    kit_open(&kit, 1);
    report_kit_open(&reports, &kit);
    Report *report = report_of_bytes(&reports, strbuf_str(&text));
    ck_assert_msg(report || diags_count(kit.diags, DIAG_ERROR),
                  "%s: nothing was read, and nothing said", h->name);
    if (report) {
        report_check(report, kit.diags);
        report_drop(report);
    }
    report_kit_close(&reports);
    kit_close(&kit);
    strbuf_drop(&text);
}
END_TEST

Suite *hostile_suite(void)
{
    Suite *suite = suite_create("hostile");
    TCase *tests = tcase_create("hostile");
    tcase_set_timeout(tests, 30);
    tcase_add_loop_test(tests, hostile_text_is_read_or_refused, 0, CASES);
    suite_add_tcase(suite, tests);
    return suite;
}
