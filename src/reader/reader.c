#include "reader/reader.h"

#include <cmark-gfm-core-extensions.h>
#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "reader/sheets.h"

/* A report of 10,000 pages is 50 MB; what is larger was given by mistake. */
enum { LARGEST_REPORT = 512 << 20 };

/* ---- the text ------------------------------------------------------------------------------- */

static void *cmark_calloc(size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size)
        mem_fail();
    return mem_zalloc(n * size);
}

static cmark_mem cmark_memory = {cmark_calloc, mem_realloc, mem_free};

cmark_parser *reader_parser(void)
{
    static const char *const extensions[] = {"table", "strikethrough", "autolink", "tasklist"};
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser =
        cmark_parser_new_with_mem(CMARK_OPT_SOURCEPOS | CMARK_OPT_FOOTNOTES, &cmark_memory);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        cmark_syntax_extension *e = cmark_find_syntax_extension(extensions[i]);
        if (e)
            cmark_parser_attach_syntax_extension(parser, e);
    }
    return parser;
}

static void read_body(Reader *r, Str body)
{
    cmark_parser *parser = reader_parser();
    uint32_t lines = feed_text(r, parser, body);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    footnotes_collect(r, document, lines);
    blocks_read_document(r, document);
    footnotes_read(r);
    definitions_report(r);
    attributes_report_unused(r);
    cmark_node_free(document);
}

static void keep_results(Reader *r)
{
    Report *to = r->report;
    to->sections = r->sections.n;
    to->figures = r->figures.n;
    to->recommendations = r->recommendations.n;
    to->section = arena_copy(r->arena, r->sections.at, to->sections, sizeof *to->section);
    to->figure = arena_copy(r->arena, r->figures.at, to->figures, sizeof *to->figure);
    to->recommendation = arena_copy(r->arena, r->recommendations.at, to->recommendations,
                                    sizeof *to->recommendation);
    to->notes = r->notes.n;
    to->note = arena_array(r->arena, to->notes, Note *);
    for (size_t i = 0; r->notes.at && i < to->notes; i++)
        to->note[i] = r->notes.at[i]->note;
    footnotes_release(r);
    definitions_release(r);
    array_drop(&r->line_start);
    array_drop(&r->sections);
    array_drop(&r->figures);
    array_drop(&r->recommendations);
    array_drop(&r->attributes);
}

/* Where the language is unknown, the text is read with the words of the usual one, for the sake of its
 * other errors. */
static void find_terms(Reader *r, const ReaderOptions *options, const ConfNode *root)
{
    Str language = frontmatter_language(root);
    r->terms = options->terms(options->context, language);
    if (!r->terms) {
        const ConfNode *node = conf_get(root, "language");
        diag_error(r->diags, node ? node->pos : (Pos){0, 0, r->file},
                   "there are no terms for the language '%.*s'", (int)language.n, language.p);
        r->terms = options->terms(options->context, frontmatter_language(NULL));
    }
    r->report->language = language;
    r->report->terms = r->terms;
}

/* Letters that were read by another table than they were written by would be other letters, so this is
 * not done in silence. */
static void warn_of_windows(Reader *r)
{
    diag_warning(r->diags, text_pos((Pos){1, 1, r->file}, r->text, text_beyond_ascii(r->text)),
                 "the file is not UTF-8; it is read as Windows-1252");
    diag_hint(r->diags, "if this line looks right, save the file as UTF-8, and all is well");
}

static bool read_text(Reader *r, const ReaderOptions *options)
{
    Str yaml = {"", 0}, text = r->text;
    size_t head = frontmatter_length(text, &yaml);
    r->line_offset = text_line_ends(str_cut(text, 0, head));
    const ConfNode *root = conf_read(r->arena, r->diags, r->file, yaml, 2);
    if (!root && !diags_count(r->diags, DIAG_ERROR)) {
        diag_error(r->diags, (Pos){1, 1, r->file}, "the report has no front matter");
        diag_hint(r->diags, "begin with a line of ---, then  title: …, then a line of ---");
    }
    find_terms(r, options, root);
    if (!r->terms)
        return false;
    frontmatter_read(r, root);
    read_body(r, str_cut(text, head, text.n));
    return true;
}

static int read_file(const char *path, char **file, char **folder, StrBuf *text)
{
    if (file_is_folder(path)) {
        *folder = mem_strndup(path, strlen(path));
        *file = file_join(path, "report.md");
    } else {
        *folder = file_folder(path);
        *file = mem_strndup(path, strlen(path));
    }
    return file_read(*file, LARGEST_REPORT, text);
}

Report *report_read(const char *path, const ReaderOptions *options, bool *unreadable)
{
    Report *report = mem_zalloc(sizeof *report);
    char *file = NULL;
    StrBuf text = {0};
    Sheets sheets = {0};
    Citations citations = {0};
    int error = read_file(path, &file, &report->folder, &text);
    Encoding encoding = encoding_decode(&text);
    report->name = report_name_of(&report->arena, path);
    Reader r = {.report = report,
                .diags = options->diags,
                .arena = &report->arena,
                .citations = &citations,
                .text = strbuf_str(&text)};
    report->file = r.file = diags_file(options->diags, file, text.p, text.n);
    bool ok = !error;
    *unreadable = error != 0;
    if (error)
        diag_error(r.diags, (Pos){0, 0, r.file}, "can't read it: %s", strerror(error));
    else
        ok = text_check(r.diags, r.file, r.text, encoding) && read_text(&r, options);
    if (ok && encoding == ENCODING_WINDOWS_1252)
        warn_of_windows(&r);
    if (error == ENOENT && file_is_folder(path))
        diag_hint(r.diags, "a report is a folder with a file report.md in it");
    if (ok && file_is_folder(path))
        sheets_read(&r, &sheets);
    keep_results(&r);
    diags_release_text(r.diags, r.file);
    mem_free(file);
    if (ok) {
        report_complete(report);
        sheets_place(&r, &sheets);
        citations_report(&r);
    }
    array_drop(&citations);
    array_drop(&r.unfilled);
    if (ok)
        return report;
    report_drop(report);
    return NULL;
}
