/* Goldens: each tests/golden/NAME.md is read, checked and composed; what was said of it is compared
 * with NAME.said, and the document with NAME.dump. UPDATE_GOLDEN=1 in the environment writes them
 * anew: look at the difference before it is committed. */
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "edition/edition.h"

#include "folder_support.h"
#include "report_support.h"
#include "suites.h"

#define FOLDER "tests/golden"

static char **names;
static int count;

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void find_names(void)
{
    DIR *there = opendir(FOLDER);
    if (!there)
        return;
    for (struct dirent *entry; (entry = readdir(there)) != NULL;) {
        size_t n = strlen(entry->d_name);
        if (n < 4 || strcmp(entry->d_name + n - 3, ".md") != 0)
            continue;
        names = mem_realloc(names, (size_t)(count + 1) * sizeof *names);
        names[count++] = mem_strndup(entry->d_name, n - 3);
    }
    closedir(there);
    if (count)
        qsort(names, (size_t)count, sizeof *names, by_name);
}

/* ---- composing ------------------------------------------------------------------------------ */

/* The layout's name may stand in a comment on the first line behind the front matter:
 * <!-- theme-briefing --> */
static const char *layout_name(Str text)
{
    static const char *const all[] = {"theme-briefing", "closed-pack", "committee-pack", "handout"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char mark[40];
        snprintf(mark, sizeof mark, "<!-- %s -->", all[i]);
        if (memmem(text.p, text.n, mark, strlen(mark)))
            return all[i];
    }
    return NULL;
}

/* Without a layout, only the body of the pack, so that goldens stay short. */
static Document *compose(Kit *kit, const Report *report, const char *name)
{
    Layout *layout = name ? kit_layout(kit, name) : kit_body_layout(kit);
    EditionChoice choice = {layout->closed, {"", 0}};
    if (layout->for_each == FOR_THEME)
        for (size_t i = 0; i < report->sections && !choice.theme.n; i++)
            if (report->section[i].kind == SECTION_THEME)
                choice.theme = report->section[i].id;
    Edition *edition = edition_new(report, &choice, kit->diags);
    PageRequest request = kit_request(kit, edition, layout);
    Document *d = compose_document(&request);
    edition_drop(edition);
    layout_drop(layout);
    return d;
}

static char *golden_path(const char *name, const char *ending)
{
    StrBuf path = {0};
    strbuf_addf(&path, FOLDER "/%s.%s", name, ending);
    return path.p;
}

/* NAME.noegletal.csv lies beside the report as noegletal.csv. */
static void add_spreadsheets(ReportKit *reports, const char *name)
{
    static const char *const files[] = {"noegletal.csv", "anbefalinger.csv"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *path = golden_path(name, files[i]);
        StrBuf bytes = {0};
        if (file_exists(path)) {
            ck_assert_int_eq(file_read(path, 1 << 20, &bytes), 0);
            report_beside(reports, files[i], strbuf_str(&bytes));
        }
        strbuf_drop(&bytes);
        mem_free(path);
    }
}

/* What is said of a report, and the dump of what is made of it; both are freed by the caller. */
static void make(const char *name, Str text, unsigned threads, char **said, StrBuf *dump)
{
    Kit kit;
    ReportKit reports;
    kit_open(&kit, threads);
    report_kit_open(&reports, &kit);
    add_spreadsheets(&reports, name);
    Document *d = NULL;
    Report *report = report_of_bytes(&reports, text);
    if (report)
        report_check(report, kit.diags);
    if (report && diags_count(kit.diags, DIAG_ERROR) == 0)
        d = compose(&kit, report, layout_name(text));
    if (d) {
        ck_assert_msg(document_fault(d) == NULL, "%s", document_fault(d));
        document_dump(d, dump);
    }
    *said = report_said(&reports);
    if (d)
        document_drop(d);
    if (report)
        report_drop(report);
    report_kit_close(&reports);
    kit_close(&kit);
}

/* ---- comparing ------------------------------------------------------------------------------ */

static void update(const char *path, Str text)
{
    if (text.n)
        file_of_bytes(path, text);
    else
        remove(path);
}

/* The first line that differs, in both. */
static void fail_where(const char *path, Str expected, Str found)
{
    size_t at = 0, start = 0, line = 1;
    while (at < expected.n && at < found.n && expected.p[at] == found.p[at])
        if (expected.p[at++] == '\n') {
            start = at;
            line++;
        }
    Str a = str_cut(expected, start, expected.n), b = str_cut(found, start, found.n);
    ck_abort_msg("%s:%zu:\n  expected '%.*s'\n  found    '%.*s'", path, line,
                 (int)str_find(a, '\n'), a.p, (int)str_find(b, '\n'), b.p);
}

static void compare(const char *name, const char *ending, Str found)
{
    char *path = golden_path(name, ending);
    StrBuf expected = {0};
    if (getenv("UPDATE_GOLDEN"))
        update(path, found);
    else if (file_exists(path))
        ck_assert_int_eq(file_read(path, 1 << 24, &expected), 0);
    if (!getenv("UPDATE_GOLDEN") && !str_equal(strbuf_str(&expected), found))
        fail_where(path, strbuf_str(&expected), found);
    strbuf_drop(&expected);
    mem_free(path);
}

START_TEST(golden)
{
    const char *name = names[_i];
    char *path = golden_path(name, "md"), *said = NULL, *again = NULL;
    StrBuf text = {0}, dump = {0}, second = {0};
    ck_assert_int_eq(file_read(path, 1 << 20, &text), 0);
    make(name, strbuf_str(&text), 1, &said, &dump);
    ck_assert_msg(dump.n || *said, "%s: nothing was made, and nothing said", name);
    compare(name, "said", str_from(said));
    compare(name, "dump", strbuf_str(&dump));
    make(name, strbuf_str(&text), 7, &again, &second);
    ck_assert_str_eq(again, said);
    ck_assert(str_equal(strbuf_str(&second), strbuf_str(&dump)));
    strbuf_drop(&text);
    strbuf_drop(&dump);
    strbuf_drop(&second);
    free(said);
    free(again);
    mem_free(path);
}
END_TEST

START_TEST(there_are_goldens)
{
    ck_assert_int_gt(count, 10);
}
END_TEST

/* ---- faults --------------------------------------------------------------------------------- */

START_TEST(faults_of_a_document_are_found)
{
    Document *d = document_new(NULL);
    Node root = document_node(d, NODE_NONE, ROLE_DOCUMENT);
    Node p = document_node(d, root, ROLE_P);
    document_page(d, 595, 842);
    document_fill(d, p, 0, 0, 10, 10, 0);
    ck_assert_ptr_null(document_fault(d));
    Node span = document_node(d, p, ROLE_SPAN);
    ck_assert_ptr_nonnull(strstr(document_fault(d), "children"));
    document_drop(d);

    d = document_new(NULL);
    document_node(d, NODE_NONE, ROLE_DOCUMENT);
    document_page(d, 595, 842);
    document_fill(d, span + 7, 0, 0, 10, 10, 0);
    ck_assert_ptr_nonnull(strstr(document_fault(d), "isn't there"));
    document_drop(d);
}
END_TEST

Suite *document_suite(void)
{
    Suite *suite = suite_create("document");
    TCase *goldens = tcase_create("goldens"), *faults = tcase_create("faults");
    find_names();
    tcase_set_timeout(goldens, 60);
    tcase_add_loop_test(goldens, golden, 0, count);
    tcase_add_test(goldens, there_are_goldens);
    suite_add_tcase(suite, goldens);
    tcase_add_test(faults, faults_of_a_document_are_found);
    suite_add_tcase(suite, faults);
    return suite;
}
