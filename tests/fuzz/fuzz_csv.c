/* Spreadsheets beside a report: cells lie in the file where they say, in order; what rows become belongs to
 * sections that are there; and figures that are exported are read back as the same. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/encoding.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "edition/edition.h"
#include "fuzz.h"
#include "reader/csv.h"
#include "reader/reader.h"

#define FIGURES "noegletal.csv"
#define ADVICE "anbefalinger.csv"
#define REPORT                                                                                        \
    "---\ntitle: T\n---\n# Tema: Vand {#vand}\n\nA.\n\n## Besøg: By {#by}\n\nB.\n\n## Nøgletal\n\n" \
    "| Id | Nøgletal | Værdi | Enhed |\n|--|--|--|--|\n| K1 | Rør | ca. 1,5 mio. | m |\n\n"        \
    "# Tema: El {#el}\n\nC.\n"

/* ---- the report's folder -------------------------------------------------------------------- */

static char folder[] = "/tmp/briefpack-fuzz-XXXXXX";

static void write_beside(const char *name, Str bytes)
{
    char *path = file_join(folder, name);
    FILE *out = fopen(path, "wb");
    MUST_HOLD(out && fwrite(bytes.p, 1, bytes.n, out) == bytes.n && fclose(out) == 0,
              "%s can't be written", path);
    mem_free(path);
}

static void remove_beside(const char *name)
{
    char *path = file_join(folder, name);
    remove(path);
    mem_free(path);
}

static void remove_folder(void)
{
    remove_beside("report.md");
    remove_beside(FIGURES);
    remove_beside(ADVICE);
    rmdir(folder);
}

static void make_folder(void)
{
    static bool made;
    if (made)
        return;
    made = true;
    MUST_HOLD(mkdtemp(folder), "%s can't be made", folder);
    write_beside("report.md", STR(REPORT));
    atexit(remove_folder);
}

/* ---- cells ---------------------------------------------------------------------------------- */

static size_t no_heading(void *context, const CsvCell *cell, size_t n)
{
    (void)context;
    (void)cell;
    (void)n;
    return 0;
}

static void check_cell(Str text, const CsvCell *cell, const char *after)
{
    MUST_HOLD(cell->raw.p >= after && cell->raw.p + cell->raw.n <= text.p + text.n,
              "a cell lies outside of its place");
    size_t line = 1, start = 0, at = (size_t)(cell->raw.p - text.p);
    for (size_t i = 0; i < at; i++) {
        if (text.p[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    size_t column = utf8_length(str_cut(text, start, at)) + 1;
    MUST_HOLD(cell->pos.line == line && (cell->pos.column == column || column > UINT16_MAX),
              "a cell at %zu:%zu says %u:%u", line, column, cell->pos.line, cell->pos.column);
}

static void check_cells(const uint8_t *data, size_t n)
{
    Arena arena = {0};
    StrBuf text = {0};
    Csv csv;
    strbuf_add(&text, (const char *)data, n);
    encoding_decode(&text);
    csv_open(&csv, NULL, &arena, 0, strbuf_str(&text), no_heading, NULL);
    const char *after = text.p;
    while (csv_row(&csv))
        for (size_t i = 0; i < csv.cells.n; i++) {
            check_cell(strbuf_str(&text), &csv.cells.at[i], after);
            after = csv.cells.at[i].raw.p + csv.cells.at[i].raw.n;
        }
    csv_close(&csv);
    strbuf_drop(&text);
    arena_drop(&arena);
}

/* ---- the report ----------------------------------------------------------------------------- */

static void check_sections(const Report *report)
{
    size_t before = 0;
    for (size_t i = 0; i < report->figures; i++) {
        MUST_HOLD(report->figure[i].section >= before &&
                      report->figure[i].section < report->sections,
                  "a figure is in no section");
        before = report->figure[i].section;
    }
    for (size_t i = 0; i < report->recommendations; i++)
        MUST_HOLD(report->recommendation[i].lead &&
                      report->recommendation[i].section < report->sections,
                  "a recommendation is no whole one");
}

/* The figures of the report as they are exported; false when it has errors. */
static bool export_figures(StrBuf *out)
{
    Diags *diags = diags_new();
    ReaderOptions options = {diags, fuzz_find_terms, NULL};
    bool unreadable;
    Report *report = report_read(folder, &options, &unreadable);
    MUST_HOLD(report, "the report itself is good");
    report_check(report, diags);
    check_sections(report);
    bool good = diags_count(diags, DIAG_ERROR) == 0;
    EditionChoice choice = {true, {"", 0}};
    Edition *edition = edition_new(report, &choice, NULL);
    MUST_HOLD(edition->figures == report->figures, "a figure is nowhere to be seen");
    edition_figures_csv(edition, out);
    edition_drop(edition);
    FILE *nowhere = fopen("/dev/null", "w");
    diags_print(diags, nowhere);
    fclose(nowhere);
    report_drop(report);
    diags_drop(diags);
    return good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    Str bytes = {(const char *)data, n};
    StrBuf first = {0}, second = {0}, advice = {0};
    make_folder();
    check_cells(data, n);
    write_beside(FIGURES, bytes);
    if (export_figures(&first)) {
        write_beside(FIGURES, strbuf_str(&first));
        MUST_HOLD(export_figures(&second), "what was exported has errors:\n%s", first.p);
        MUST_HOLD(str_equal(strbuf_str(&first), strbuf_str(&second)), "other figures:\n%s\n%s",
                  first.p, second.p);
    }
    remove_beside(FIGURES);
    write_beside(ADVICE, bytes);
    export_figures(&advice);
    remove_beside(ADVICE);
    strbuf_drop(&first);
    strbuf_drop(&second);
    strbuf_drop(&advice);
    return 0;
}
