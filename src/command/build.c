#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/work.h"
#include "chart/chart.h"
#include "command/build.h"
#include "command/pictures.h"
#include "compose/compose.h"
#include "pdf/pdf.h"
#include "sheet/sheet.h"

#define PRODUCER "briefpack " BRIEFPACK_VERSION " (libharu 2.3.0)"

/* One document of a report, made beside the others. */
typedef struct {
    const Layout *layout;
    const Hyphenation *hyphenation;
    const Document *pack;
    Str theme; /* id; empty for the whole report */
    Edition *edition;
    StrBuf name;
    Diags *diags;
    DeliveryFile *file;
    const char *failure; /* of writing */
    uint32_t pages;
    bool sheets;               /* for the printer */
    double composing, writing; /* seconds */
} Job;

/* What is made with one layout. */
typedef struct {
    Layout *layout;
    Hyphenation *hyphenation; /* the layout's, or NULL for the report's */
    Document *pack;           /* whose pages are said, or NULL */
} Series;

/* The work on one report. */
typedef struct {
    const BuildOptions *options;
    Load load;
    Fonts *fonts;
    Text *text;
    WorkQueue *queue;
    Pictures *pictures;
    Delivery *delivery;
    ARRAY(Job) jobs; /* in the order of the delivery's files */
    bool good;       /* nothing is wrong so far: what is composed is worth writing */
    double reading;  /* seconds */
} Build;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- one document --------------------------------------------------------------------------- */

/* One write each: threads do not mix their lines. */
__attribute__((format(printf, 2, 0))) static void show_progress(const Build *b, const char *format,
                                                                Str name)
{
    StrBuf line = {0};
    if (!b->options->terminal)
        return;
    strbuf_add_text(&line, "\r\033[K");
    strbuf_addf(&line, gettext(format), (int)name.n, name.p);
    fwrite(line.p, 1, line.n, stderr);
    fflush(stderr);
    strbuf_drop(&line);
}

static void hide_progress(const Build *b)
{
    if (b->options->terminal)
        fputs("\r\033[K", stderr);
}

static Document *compose(const Build *b, Job *job, unsigned worker)
{
    const Layout *layout = job->layout;
    PictureView view = pictures_view(b->pictures, job->diags, layout);
    PageRequest request = {.edition = job->edition,
                           .layout = layout,
                           .fonts = b->fonts,
                           .text = b->text,
                           .queue = b->queue,
                           .worker = worker,
                           .diags = job->diags,
                           .image = pictures_get,
                           .layout_image = pictures_get_of_layout,
                           .context = &view,
                           .producer = STR(PRODUCER),
                           .replace_missing = b->options->replace_missing,
                           .hyphenation = job->hyphenation,
                           .time = b->options->has_time ? &b->options->time : NULL,
                           .pack = job->pack};
    return compose_document(&request);
}

static void write_document(const Build *b, Job *job, const Document *document)
{
    Document *sheets = NULL;
    PdfOptions options = {b->queue, strbuf_str(&b->options->profile)};
    Sheets order = job->layout->sheets;
    job->sheets = order != SHEETS_NONE;
    if (job->sheets) {
        SheetPaper paper = {(float)job->layout->sheet_width, (float)job->layout->sheet_height};
        sheets =
            sheet_impose(document, order == SHEETS_BOOKLET ? SHEET_BOOKLET : SHEET_TWO_UP, paper);
    }
    job->failure = pdf_write(sheets ? sheets : document, &options, delivery_write, job->file);
    int error = delivery_end(job->file);
    if (error)
        job->failure = strerror(error);
    job->pages = document_page_count(sheets ? sheets : document);
    document_drop(sheets);
}

static void run_job(void *context, size_t i, unsigned worker)
{
    Build *b = context;
    Job *job = &b->jobs.at[i];
    double start = now();
    show_progress(b, N_("composing %.*s …"), strbuf_str(&job->name));
    Document *document = compose(b, job, worker);
    double composed = now();
    job->composing = composed - start;
    if (document && b->good && !diags_count(job->diags, DIAG_ERROR)) {
        show_progress(b, N_("writing %.*s …"), strbuf_str(&job->name));
        write_document(b, job, document);
        job->writing = now() - composed;
    }
    document_drop(document);
}

/* Reports a file that could not be written. */
static void fail_file(Build *b, const char *path, const char *why)
{
    Pos pos = {0, 0, diags_file(b->load.diags, path, NULL, 0)};
    diag_error(b->load.diags, pos, "can't write it: %s", why);
    b->load.status = STATUS_FILE;
}

static bool already_made(const BuildOptions *o, const char *folder, Str name)
{
    if (!folder)
        return false;
    char *file = mem_strndup(name.p, name.n), *path = file_join(folder, file);
    bool found = false;
    for (size_t i = 0; i < o->made.n && !found; i++)
        found = strcmp(o->made.at[i], path) == 0;
    mem_free(path);
    mem_free(file);
    return found;
}

/* Grey PDFs may lie beside those in colour: "pakke-graa.pdf". */
static void name_grey(StrBuf *name, const Terms *terms)
{
    const Str ending = STR(".pdf");
    bool ends = str_ends(strbuf_str(name), ending);
    if (ends)
        name->n -= ending.n;
    strbuf_add_char(name, '-');
    strbuf_add_slug(name, terms->print[TERM_grey]);
    strbuf_add_str(name, ends ? ending : STR(""));
}

static void tell_nothing_to_show(Build *b, const Layout *layout, const Edition *edition)
{
    const Section *theme = edition->theme->section;
    StrBuf title = {0};
    size_t most;
    const Block *table = compose_too_long_table(edition, layout, &most);
    inlines_text(&title, b->load.report->terms, theme->title);
    if (table) {
        diag_warning(b->load.diags, theme->pos,
                     "the table of '%s' is too long for the layout '%.*s', and there is nothing "
                     "else to show, so no PDF is made of it",
                     title.p, (int)layout->name.n, layout->name.p);
        diag_also(b->load.diags, table->pos, "it has %zu rows; at most %zu are shown",
                  table->table->rows - 1, most);
    } else {
        diag_warning(b->load.diags, theme->pos,
                     "'%s' has nothing but its title and lead for the layout '%.*s', so no PDF is "
                     "made of it",
                     title.p, (int)layout->name.n, layout->name.p);
    }
    strbuf_drop(&title);
}

static const Hyphenation *hyphenation_of(const Build *b, const Series *series)
{
    return series->hyphenation ? series->hyphenation : b->load.divide.hyphenation;
}

/* Names the document, chooses what is in it, and begins its file. `tells` says what is left out. */
static void plan_one(Build *b, const Series *series, Str theme, bool tells)
{
    const Layout *layout = series->layout;
    Job job = {.layout = layout,
               .hyphenation = hyphenation_of(b, series),
               .pack = series->pack,
               .theme = theme};
    EditionChoice choice = {layout->closed, theme};
    job.edition =
        edition_new(b->load.report, &choice,
                    tells && !diags_count(b->load.diags, DIAG_ERROR) ? b->load.diags : NULL);
    if (!compose_has_something(job.edition, layout)) {
        tell_nothing_to_show(b, layout, job.edition);
        edition_drop(job.edition);
        return;
    }
    edition_fill_pattern(&job.name, layout->output, job.edition);
    if (b->options->grey)
        name_grey(&job.name, b->load.report->terms);
    if (already_made(b->options, b->options->output, strbuf_str(&job.name))) {
        diag_error(b->load.diags, layout->output_pos, "'%s' was already made from another report",
                   job.name.p);
        diag_hint(b->load.diags, "give the reports' folders different names");
    } else {
        job.file =
            delivery_begin(b->delivery, strbuf_str(&job.name), b->load.diags, layout->output_pos);
    }
    array_push(&b->jobs, job);
}

/* ---- the layouts of a report ---------------------------------------------------------------- */

static bool wanted(const BuildOptions *o, Str theme)
{
    for (size_t i = 0; i < o->themes.n; i++)
        if (str_equal(o->themes.at[i], theme))
            return true;
    return o->themes.n == 0;
}

static void tell_nothing_closed(Build *b, const Layout *layout)
{
    const Report *report = b->load.report;
    if (layout->closed && !report_has_closed(report))
        diag_warning(b->load.diags, report->title_pos,
                     "the report has nothing closed: what the layout '%.*s' makes is as the "
                     "open papers are, and isn't marked",
                     (int)layout->name.n, layout->name.p);
}

static void plan_layout(Build *b, const Series *series, bool first)
{
    const Layout *layout = series->layout;
    Str none = {"", 0};
    tell_nothing_closed(b, layout);
    if (layout->for_each == FOR_REPORT) {
        if (!b->options->themes.n || b->options->layouts.n)
            plan_one(b, series, none, first);
        return;
    }
    for (size_t i = 0; i < b->load.report->sections; i++) {
        const Section *s = &b->load.report->section[i];
        if (s->kind == SECTION_THEME && wanted(b->options, s->id) && (!s->closed || layout->closed))
            plan_one(b, series, s->id, false);
    }
}

/* The name of the i-th layout that a report is made with when no other is asked for, and where it was given: in the
 * report, or nowhere. Empty when there are no more. */
static Str layout_name_of_report(const Build *b, size_t i, Pos *asked)
{
    static const char *const usual[] = {"committee-pack", "theme-briefing"};
    *asked = (Pos){0, 0, 0};
    if (!b->load.report->layouts)
        return i < 2 ? str_from(usual[i]) : (Str){"", 0};
    if (i >= b->load.report->layouts)
        return (Str){"", 0};
    *asked = b->load.report->layout_pos[i];
    return b->load.report->layout[i];
}

/* The same of all that are to be made, or of those that the command line names. */
static Str layout_name(const Build *b, size_t i, Pos *asked)
{
    const BuildOptions *o = b->options;
    if (!o->layouts.n)
        return layout_name_of_report(b, i, asked);
    *asked = (Pos){0, 0, 0};
    return i < o->layouts.n ? o->layouts.at[i] : (Str){"", 0};
}

/* All documents at the same time; what each has to say is told in their order. Where there are errors
 * already they are composed for the sake of more, and not written. */
static void run_jobs(Build *b)
{
    b->good = !diags_count(b->load.diags, DIAG_ERROR);
    for (size_t i = 0; i < b->jobs.n; i++)
        b->jobs.at[i].diags = diags_branch(b->load.diags);
    work_run(b->queue, b->jobs.n, 1, run_job, b);
    for (size_t i = 0; i < b->jobs.n; i++)
        diags_join(b->load.diags, b->jobs.at[i].diags);
    for (size_t i = 0; i < b->jobs.n; i++)
        if (b->jobs.at[i].failure)
            fail_file(b, delivery_path(b->delivery, i), b->jobs.at[i].failure);
}

static void drop_jobs(Build *b)
{
    for (size_t i = 0; i < b->jobs.n; i++) {
        edition_drop(b->jobs.at[i].edition);
        strbuf_drop(&b->jobs.at[i].name);
    }
    array_drop(&b->jobs);
}

/* A layout that the command line names and nobody has is the user's error, not a file's. */
static bool is_wrong_usage(Build *b, Str name)
{
    char *path = load_find_layout(&b->load, name, NULL);
    bool found = path != NULL;
    mem_free(path);
    return b->options->layouts.n && !found;
}

static Series series_new(Build *b, Layout *layout)
{
    Series series = {.layout = layout};
    if (layout && layout->divisions)
        series.hyphenation = divide_for_layout(&b->load.divide, b->load.diags, layout);
    return series;
}

static void series_drop(Series *series)
{
    layout_drop(series->layout);
    hyphenation_drop(series->hyphenation);
    document_drop(series->pack);
}

/* ---- the pack whose pages sheets say --------------------------------------------------------- */

static bool is_usual(const Build *b, Str name)
{
    Pos asked;
    Str usual = layout_name_of_report(b, 0, &asked);
    for (size_t i = 1; usual.n && !str_equal(usual, name); i++)
        usual = layout_name_of_report(b, i, &asked);
    return usual.n > 0;
}

static void tell_not_whole(Build *b, const Layout *of, const Layout *layout)
{
    diag_error(b->load.diags, of->pages_of_pos,
               "the layout '%.*s' makes no PDF of the whole report, whose pages could be said",
               (int)layout->name.n, layout->name.p);
}

/* As it is when it is made by itself; of what is said about it then only errors are told. */
static Document *compose_pack(Build *b, Layout *layout)
{
    EditionChoice choice = {.closed = layout->closed};
    Series series = series_new(b, layout);
    Job job = {.layout = layout,
               .hyphenation = hyphenation_of(b, &series),
               .edition = edition_new(b->load.report, &choice, NULL),
               .diags = diags_branch(b->load.diags)};
    Document *document = compose(b, &job, 0);
    if (diags_count(job.diags, DIAG_ERROR))
        diags_join(b->load.diags, job.diags);
    else
        diags_drop(job.diags);
    edition_drop(job.edition);
    series_drop(&series);
    return document;
}

/* NULL where a theme's layout says no pages, or those who read the report don't get that pack. */
static Document *pack_of(Build *b, const Layout *of, const LayoutOptions *options)
{
    if (of->for_each != FOR_THEME || !of->pages_of.n || !is_usual(b, of->pages_of))
        return NULL;
    Layout *layout = layout_read(of->pages_of, of->pages_of_pos, options);
    if (!layout || layout->for_each == FOR_REPORT)
        return layout ? compose_pack(b, layout) : NULL;
    tell_not_whole(b, of, layout);
    layout_drop(layout);
    return NULL;
}

static void build_layouts(Build *b)
{
    LayoutOptions options = {.diags = b->load.diags,
                             .find = load_find_layout,
                             .context = &b->load,
                             .guess = load_guess_layout};
    Pos asked;
    size_t n = 0;
    while (layout_name(b, n, &asked).n)
        n++;
    Series *series = mem_zalloc(n * sizeof *series);
    for (size_t i = 0; i < n; i++) {
        Str name = layout_name(b, i, &asked);
        series[i] = series_new(b, layout_read(name, asked, &options));
        if (!series[i].layout && is_wrong_usage(b, name))
            b->load.status = STATUS_USAGE;
    }
    bool first = true; /* one document tells what the edition leaves out */
    for (size_t i = 0; i < n; i++) {
        Layout *layout = series[i].layout;
        if (!layout)
            continue;
        if (b->options->grey)
            layout_make_grey(layout);
        series[i].pack = pack_of(b, layout, &options);
        plan_layout(b, &series[i], first);
        first &= layout->for_each != FOR_REPORT;
    }
    run_jobs(b);
    for (size_t i = 0; i < n; i++)
        series_drop(&series[i]);
    mem_free(series);
}

static void check_themes(Build *b)
{
    const BuildOptions *o = b->options;
    for (size_t i = 0; i < o->themes.n; i++) {
        const char **ids = mem_array(b->load.report->sections, sizeof *ids);
        size_t n = 0;
        bool found = false;
        for (size_t k = 0; k < b->load.report->sections; k++) {
            if (b->load.report->section[k].kind != SECTION_THEME)
                continue;
            ids[n++] = b->load.report->section[k].id.p;
            found |= str_equal(b->load.report->section[k].id, o->themes.at[i]);
        }
        if (!found) {
            diag_error(b->load.diags, (Pos){0, 0, b->load.report->file},
                       "the report has no theme '%s'", o->themes.at[i].p);
            diag_hint_nearest(b->load.diags, o->themes.at[i], ids, n);
            b->load.status = STATUS_USAGE;
        }
        mem_free(ids);
    }
}

/* ---- one report ----------------------------------------------------------------------------- */

static void publish(Build *b)
{
    const char *path = NULL;
    if (diags_count(b->load.diags, DIAG_ERROR) || b->load.status || !b->options->output)
        return;
    int error = delivery_publish(b->delivery, &path);
    if (error)
        fail_file(b, path, strerror(error));
}

static void print_size(size_t bytes)
{
    if (bytes < 1000 * 1000)
        printf(gettext("%zu kB"), (bytes + 999) / 1000);
    else
        printf(gettext("%zu.%zu MB"), bytes / 1000000, bytes / 100000 % 10);
}

static void print_summary(const Build *b)
{
    size_t widest = 0;
    for (size_t i = 0; i < delivery_count(b->delivery); i++) {
        size_t n = strlen(delivery_path(b->delivery, i));
        widest = n > widest ? n : widest;
    }
    for (size_t i = 0; i < delivery_count(b->delivery); i++) {
        const char *path = delivery_path(b->delivery, i);
        const Job *job = &b->jobs.at[i];
        const char *pages = ngettext("page", "pages", job->pages);
        if (b->options->terminal)
            printf("%-*s  %5u %-5s  ", (int)widest, path, job->pages, pages);
        else
            printf("%s: %u %s, ", path, job->pages, pages);
        print_size(delivery_size(b->delivery, i));
        if (b->options->terminal)
            printf("  %6.0f ms", (job->composing + job->writing) * 1000);
        putchar('\n');
    }
}

static void read_and_build(Build *b, const char *path)
{
    show_progress(b, N_("reading %.*s …"), str_from(path));
    double start = now();
    load_report(&b->load, path, &b->options->telling);
    b->reading = now() - start;
    if (!b->load.report)
        return;
    charts_check(b->load.report, b->load.diags);
    check_themes(b);
    b->pictures = pictures_new(b->load.report->folder);
    b->delivery = delivery_new(b->options->output);
    b->fonts = load_fonts(&b->load);
    if (b->fonts) {
        b->text = text_new(b->fonts, work_threads(b->queue));
        build_layouts(b);
    }
    if (diags_count(b->load.diags, DIAG_ERROR)) /* also where nothing was made that has them */
        pictures_check(b->load.report, b->load.diags);
    publish(b);
}

/* For those who measure: what the stores saved. */
static void print_stats(const Build *b)
{
    const char *wanted = getenv("BRIEFPACK_STATS");
    if (!wanted || !b->text)
        return;
    StoreCount words = text_words_count(b->text), paragraphs = text_paragraphs_count(b->text);
    fprintf(stderr, "stats words kept %" PRIu64 " asked %" PRIu64 " found %" PRIu64 "\n",
            words.kept, words.asked, words.found);
    fprintf(stderr, "stats paragraphs kept %" PRIu64 " asked %" PRIu64 " found %" PRIu64 "\n",
            paragraphs.kept, paragraphs.asked, paragraphs.found);
    double composing = 0, writing = 0; /* of all documents, which are made at the same time */
    for (size_t i = 0; i < b->jobs.n; i++) {
        composing += b->jobs.at[i].composing;
        writing += b->jobs.at[i].writing;
    }
    fprintf(stderr, "stats seconds reading %.3f composing %.3f writing %.3f\n", b->reading,
            composing, writing);
}

static void release(Build *b)
{
    delivery_drop(b->delivery);
    pictures_drop(b->pictures);
    text_drop(b->text);
    fonts_drop(b->fonts);
    load_drop(&b->load);
    drop_jobs(b);
}

static void remember_made(BuildOptions *o, const Build *b)
{
    for (size_t i = 0; i < delivery_count(b->delivery); i++) {
        const char *path = delivery_path(b->delivery, i);
        array_push(&o->made, mem_strndup(path, strlen(path)));
    }
}

/* Sheets for the printer have no structure that a reader could follow. */
static void share_made(BuildOptions *o, Build *b)
{
    for (size_t i = 0; i < delivery_count(b->delivery); i++) {
        const char *name = delivery_path(b->delivery, i);
        int file = -1;
        if (b->jobs.at[i].sheets)
            o->sheets++;
        else if ((file = delivery_share(b->delivery, i)) < 0)
            fail_file(b, name, strerror(errno));
        if (file >= 0)
            array_push(&o->shared, (BuiltFile){file, mem_strndup(name, strlen(name))});
    }
}

int build_report(BuildOptions *o, WorkQueue *queue, const char *path)
{
    Build b = {.options = o, .queue = queue};
    read_and_build(&b, path);
    hide_progress(&b);
    int status = load_status(&b.load);
    telling_print(&o->telling, b.load.diags);
    print_stats(&b);
    if (!status && o->output) {
        print_summary(&b);
        remember_made(o, &b);
    } else if (!status) {
        share_made(o, &b);
    }
    release(&b);
    return status;
}

static int run(int argc, char **argv)
{
    BuildOptions o = build_options_new();
    int status = build_options_read(&o, argc, argv);
    if (status == STATUS_OK) {
        WorkQueue *queue = work_new(o.threads);
        for (int i = optind; i < argc; i++) {
            int one = build_report(&o, queue, argv[i]);
            status = one > status ? one : status;
        }
        work_drop(queue);
    }
    build_options_drop(&o);
    return status;
}

const Command command_build = {
    .name = "build",
    .summary = N_("make the PDFs of reports"),
    .help = N_(
        "briefpack build [OPTION]… REPORT…\n"
        "\n"
        "Makes the PDFs of reports, and tells what 'briefpack check' would tell. Where there are\n"
        "errors nothing is written, and older PDFs stay as they are.\n"
        "\n"
        "  -l, --layout=LAYOUT   make this layout (again for more); else those that the report\n"
        "                        names, else committee-pack and theme-briefing\n"
        "  -t, --theme=THEME     make only the briefing of the theme with this id (again for more)\n"
        "  -o, --output=FOLDER   where the PDFs go; the folder must exist (default: here)\n"
        "  -j, --threads=N       how many threads work; the PDFs are the same (default: one for\n"
        "                        each processor, eight at most)\n"
        "      --grey            in shades of grey, for printers without colours; the names of the\n"
        "                        PDFs say so\n"
        "      --replace-missing let a mark stand for a character that no font has, with a warning\n"),
    .run = run,
};
