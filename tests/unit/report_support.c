#include "report_support.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

#include "folder_support.h"

void report_kit_open(ReportKit *reports, Kit *kit)
{
    *reports = (ReportKit){.kit = kit, .folder = "/tmp/briefpack-unit-XXXXXX"};
    ck_assert_ptr_nonnull(mkdtemp(reports->folder));
    reports->english = terms_of_language(&kit->arena, kit->diags, "en");
}

void report_kit_close(ReportKit *reports)
{
    folder_remove(reports->folder);
}

static const Terms *terms_of(void *context, Str language)
{
    const ReportKit *reports = context;
    return str_equal(language, STR("en"))   ? reports->english
           : str_equal(language, STR("da")) ? reports->kit->terms
                                            : NULL;
}

void report_beside(ReportKit *reports, const char *name, Str bytes)
{
    char *path = file_join(reports->folder, name);
    file_of_bytes(path, bytes);
    mem_free(path);
}

Report *report_of_bytes(ReportKit *reports, Str text)
{
    report_beside(reports, "report.md", text);
    bool unreadable = false;
    ReaderOptions options = {reports->kit->diags, terms_of, reports};
    Report *report = report_read(reports->folder, &options, &unreadable);
    ck_assert(!unreadable);
    return report;
}

Report *report_of(ReportKit *reports, const char *text)
{
    Report *report = report_of_bytes(reports, str_from(text));
    ck_assert_ptr_nonnull(report);
    report_check(report, reports->kit->diags);
    kit_check_clean(reports->kit);
    return report;
}

char *report_said(ReportKit *reports)
{
    char *text = diags_text(reports->kit->diags, diags_print);
    size_t prefix = strlen(reports->folder) + 1;
    for (char *at; (at = strstr(text, reports->folder)) != NULL;)
        memmove(at, at + prefix, strlen(at + prefix) + 1);
    return text;
}

void check_str(Str found, const char *expected)
{
    ck_assert_msg(str_equal(found, str_from(expected)), "'%.*s' instead of '%s'", (int)found.n,
                  found.p, expected);
}

void check_inlines(const Kit *kit, const Inline *inlines, const char *expected)
{
    StrBuf out = {0};
    inlines_text(&out, kit->terms, inlines);
    check_str(strbuf_str(&out), expected);
    strbuf_drop(&out);
}
