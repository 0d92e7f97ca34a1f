#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "command/command.h"
#include "layout/layout.h"
#include "model/out.h"

#define POINTS_PER_MM (72 / 25.4)

/* The layouts that a report could be made with, and what each makes. */
typedef struct {
    Telling telling;
    bool json;
    Paths paths;
    PathsFiles files;
    Diags *diags;
    Layout **layout; /* of each file; NULL where something is wrong with it */
} Lister;

/* ---- reading -------------------------------------------------------------------------------- */

typedef struct {
    const Lister *lister;
    const PathsFile *file; /* that is read; what it extends is found as ever */
    bool begun;
} Finding;

static char *find(void *context, Str name, const char *hiding)
{
    Finding *f = context;
    if (f->begun)
        return paths_layout(&f->lister->paths, name, hiding);
    f->begun = true;
    return mem_strndup(f->file->path, strlen(f->file->path));
}

static char *guess(void *context, Str name)
{
    const Finding *f = context;
    return paths_nearest(&f->lister->paths, "layouts", name, ".yaml");
}

static void read_all(Lister *l)
{
    l->layout = mem_zalloc(l->files.n * sizeof(Layout *));
    for (size_t i = 0; i < l->files.n; i++) {
        Finding finding = {.lister = l, .file = &l->files.at[i]};
        LayoutOptions options = {
            .diags = l->diags, .find = find, .guess = guess, .context = &finding, .bases = true};
        l->layout[i] = layout_read(str_from(l->files.at[i].name), (Pos){0, 0, 0}, &options);
    }
}

/* ---- as text -------------------------------------------------------------------------------- */

/* Another fact about a layout. */
static void begin_fact(StrBuf *line)
{
    if (line->n)
        strbuf_add_text(line, "; ");
}

static void add_fact(StrBuf *line, const char *message)
{
    begin_fact(line);
    strbuf_add_text(line, gettext(message));
}

static void add_millimetres(StrBuf *line, double points)
{
    double mm = points / POINTS_PER_MM;
    double whole = (double)(int64_t)(mm + 0.5);
    strbuf_add_fixed(line, mm, mm - whole < 0.05 && whole - mm < 0.05 ? 0 : 1);
}

static void add_paper(StrBuf *line, const Layout *layout)
{
    begin_fact(line);
    if (layout->paper.n) {
        strbuf_add_str(line, layout->paper);
        return;
    }
    add_millimetres(line, layout->paper_width);
    strbuf_add_text(line, " x ");
    add_millimetres(line, layout->paper_height);
    strbuf_add_text(line, " mm");
}

static void add_facts(StrBuf *line, const Layout *layout)
{
    add_fact(line, !layout->makes_file             ? N_("only for others to extend")
                   : layout->for_each == FOR_THEME ? N_("one PDF for each theme")
                                                   : N_("one PDF of the report"));
    add_paper(line, layout);
    if (layout->makes_file && layout->closed)
        add_fact(line, N_("with closed parts"));
    if (layout->sheets != SHEETS_NONE)
        add_fact(line, layout->sheets == SHEETS_BOOKLET ? N_("sheets for a booklet")
                                                        : N_("two pages on a sheet"));
    if (layout->extends.n) {
        begin_fact(line);
        strbuf_addf(line, gettext("extends %s"), layout->extends.p);
    }
}

static void print_layout(const Lister *l, size_t i, int width)
{
    const PathsFile *file = &l->files.at[i];
    const Layout *layout = l->layout[i];
    StrBuf facts = {0};
    if (layout)
        add_facts(&facts, layout);
    else
        add_fact(&facts, N_("has errors"));
    if (file->hidden_by != i) {
        begin_fact(&facts);
        strbuf_addf(&facts, gettext("hidden by %s"), l->files.at[file->hidden_by].path);
    }
    int pad = width - (int)utf8_length(str_from(file->name));
    printf("  %s%*s  %s\n", file->name, pad, "", facts.p);
    if (layout && layout->description.n)
        printf("  %*s  %s\n", width, "", layout->description.p);
    strbuf_drop(&facts);
}

static void print_text(const Lister *l)
{
    size_t width = 0;
    for (size_t i = 0; i < l->files.n; i++) {
        size_t n = utf8_length(str_from(l->files.at[i].name));
        width = n > width ? n : width;
    }
    for (size_t i = 0; i < l->files.n; i++) {
        const char *folder = l->files.at[i].folder;
        if (i == 0 || strcmp(folder, l->files.at[i - 1].folder) != 0)
            printf("%s%s:\n", i ? "\n" : "", folder);
        print_layout(l, i, (int)width);
    }
}

/* ---- as JSON -------------------------------------------------------------------------------- */

static void out_member(Out *out, const char *key, Str text)
{
    out_key(out, key);
    out_text(out, text);
}

static void out_length(Out *out, const char *key, double points)
{
    StrBuf text = {0};
    out_key(out, key);
    strbuf_add_fixed(&text, points / POINTS_PER_MM, 2);
    out_raw(out, text.p);
    strbuf_drop(&text);
}

static void out_paper(Out *out, const Layout *layout)
{
    out_key(out, "paper");
    out_open_flat(out, '{');
    if (layout->paper.n)
        out_member(out, "name", layout->paper);
    out_length(out, "width", layout->paper_width);
    out_length(out, "height", layout->paper_height);
    out_close_flat(out, '}');
}

static void out_layout(Out *out, const Layout *layout)
{
    static const char *const sheets[] = {"none", "two-up", "booklet"};
    if (layout->description.n)
        out_member(out, "description", layout->description);
    if (layout->extends.n)
        out_member(out, "extends", layout->extends);
    out_paper(out, layout);
    if (!layout->makes_file)
        return;
    out_member(out, "for-each", layout->for_each == FOR_THEME ? STR("theme") : STR("report"));
    out_member(out, "output", layout->output);
    out_member(out, "edition", layout->closed ? STR("closed") : STR("open"));
    out_member(out, "sheets", str_from(sheets[layout->sheets]));
    if (layout->sheets == SHEETS_NONE)
        return;
    out_key(out, "sheet-paper");
    out_open_flat(out, '{');
    out_length(out, "width", layout->sheet_width);
    out_length(out, "height", layout->sheet_height);
    out_close_flat(out, '}');
}

static void write_bytes(void *context, const char *bytes, size_t n)
{
    fwrite(bytes, 1, n, context);
}

static void print_json(const Lister *l)
{
    Out out = {.sink = write_bytes, .context = stdout};
    out_open(&out, '[');
    for (size_t i = 0; i < l->files.n; i++) {
        const PathsFile *file = &l->files.at[i];
        out_next(&out);
        out_open(&out, '{');
        out_member(&out, "name", str_from(file->name));
        out_member(&out, "file", str_from(file->path));
        out_member(&out, "folder", str_from(file->folder));
        if (file->hidden_by != i)
            out_member(&out, "hidden-by", str_from(l->files.at[file->hidden_by].path));
        if (l->layout[i])
            out_layout(&out, l->layout[i]);
        out_close(&out, '}');
    }
    out_close(&out, ']');
    out_finish(&out);
}

/* ---- the command ---------------------------------------------------------------------------- */

static int parse(Lister *l, int argc, char **argv)
{
    static const struct option options[] = {{"json", no_argument, NULL, OPTION_JSON},
                                            TELLING_OPTIONS};
    int option;
    while ((option = telling_option(&l->telling, argc, argv, ":", options)) != -1) {
        if (option == '?')
            return STATUS_USAGE;
        l->json = true;
    }
    if (argc - optind > 1)
        return command_fail(STATUS_USAGE, "name one report");
    if (optind < argc && !file_exists(argv[optind]) && !file_is_folder(argv[optind]))
        return command_fail(STATUS_FILE, "there is no report '%s'", argv[optind]);
    return STATUS_OK;
}

static int list(Lister *l, const char *report)
{
    paths_find(&l->paths, report);
    l->diags = diags_new();
    diags_limit(l->diags, l->telling.most);
    paths_files(&l->paths, "layouts", ".yaml", &l->files);
    read_all(l);
    if (l->json)
        print_json(l);
    else
        print_text(l);
    int status = diags_count(l->diags, DIAG_ERROR) ? STATUS_INPUT : STATUS_OK;
    telling_print(&l->telling, l->diags);
    for (size_t i = 0; i < l->files.n; i++)
        layout_drop(l->layout[i]);
    mem_free(l->layout);
    diags_drop(l->diags);
    paths_files_drop(&l->files);
    paths_drop(&l->paths);
    return status;
}

static int run(int argc, char **argv)
{
    Lister l = {.telling = telling_new()};
    int status = parse(&l, argc, argv);
    return status ? status : list(&l, optind < argc ? argv[optind] : NULL);
}

const Command command_layouts = {
    .name = "layouts",
    .summary = N_("list the layouts that reports can be made with"),
    .help =
        N_("briefpack layouts [OPTION]… [REPORT]\n"
           "\n"
           "Lists the layouts that are found, folder by folder in the order in which they are\n"
           "searched, and what each makes. With a REPORT also its own. Of two with the same name\n"
           "the first is used; the other is marked as hidden.\n"
           "\n"
           "      --json            one JSON document on standard output\n"),
    .run = run,
};
