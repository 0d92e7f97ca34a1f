#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/array.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/work.h"
#include "command/command.h"
#include "command/pictures.h"
#include "deliver/deliver.h"
#include "page/page.h"
#include "pdf/pdf.h"
#include "proof/proof.h"
#include "reader/reader.h"
#include "sheet/sheet.h"

#define PRODUCER "briefpack " BRIEFPACK_VERSION " (libharu 2.3.0)"
#define PROFILE "/usr/share/color/icc/sRGB.icc"

enum { MOST_THREADS = 8, LARGEST_PROFILE = 1 << 20, LARGEST_TERMS = 1 << 20 };

typedef struct {
    ARRAY(Str) layouts, themes; /* that were asked for */
    const char *output;
    unsigned threads;
    bool terminal; /* progress and a table are shown */
    DocumentTime time;
    bool has_time;
    StrBuf profile;
    ARRAY(char *) made; /* paths that this run has written */
} Options;

/* One document of a report, made beside the others. */
typedef struct {
    const Layout *layout;
    Str theme; /* id; empty for the whole report */
    Edition *edition;
    StrBuf name;
    Diags *diags;
    DeliveryFile *file;
    const char *failure; /* of writing */
    uint32_t pages;
    double composing, writing; /* seconds */
} Job;

/* The work on one report. */
typedef struct {
    const Options *options;
    Diags *diags;
    Paths paths;
    Arena arena; /* of the terms */
    const Terms *terms;
    Str terms_language;
    Report *report;
    Fonts *fonts;
    Text *text;
    WorkQueue *queue;
    Pictures *pictures;
    Delivery *delivery;
    ARRAY(Job) jobs; /* in the order of the delivery's files */
    bool good;       /* nothing is wrong so far: what is composed is worth writing */
    double reading;  /* seconds */
    int status;
} Build;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- what is found by name ------------------------------------------------------------------ */

static const Terms *find_terms(void *context, Str language)
{
    Build *b = context;
    if (b->terms && str_equal(language, b->terms_language))
        return b->terms;
    char *path = paths_file(&b->paths, "layouts/terms", language, ".yaml");
    if (!path)
        return NULL;
    StrBuf text = {0};
    int error = file_read(path, LARGEST_TERMS, &text);
    uint16_t file = diags_file(b->diags, path, text.p, text.n);
    mem_free(path);
    if (error) {
        diag_error(b->diags, (Pos){0, 0, file}, "can't read it: %s", strerror(error));
        return NULL;
    }
    b->terms = terms_read(&b->arena, b->diags, file, strbuf_str(&text));
    b->terms_language = arena_str(&b->arena, language);
    return b->terms;
}

static char *find_layout(void *context, Str name)
{
    Build *b = context;
    return paths_file(&b->paths, "layouts", name, ".yaml");
}

/* ---- one document --------------------------------------------------------------------------- */

/* One write each: threads do not mix their lines. */
static void show_progress(const Build *b, const char *what, Str name)
{
    if (b->options->terminal)
        fprintf(stderr, "\r\033[K%s %.*s …", what, (int)name.n, name.p);
}

static void hide_progress(const Build *b)
{
    if (b->options->terminal)
        fputs("\r\033[K", stderr);
}

static Document *compose(const Build *b, Job *job, unsigned worker)
{
    const Layout *layout = job->layout;
    PictureView view = {b->pictures, job->diags, layout->image_resolution,
                        layout_live_width(layout)};
    PageRequest request = {.edition = job->edition,
                           .layout = layout,
                           .fonts = b->fonts,
                           .text = b->text,
                           .queue = b->queue,
                           .worker = worker,
                           .diags = job->diags,
                           .image = pictures_get,
                           .context = &view,
                           .producer = STR(PRODUCER),
                           .time = b->options->has_time ? &b->options->time : NULL};
    return page_compose(&request);
}

static void write_document(const Build *b, Job *job, const Document *document)
{
    Document *sheets = NULL;
    PdfOptions options = {b->queue, strbuf_str(&b->options->profile)};
    Sheets order = job->layout->sheets;
    if (order != SHEETS_NONE)
        sheets = sheet_impose(document, order == SHEETS_BOOKLET ? SHEET_BOOKLET : SHEET_TWO_UP);
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
    show_progress(b, "composing", strbuf_str(&job->name));
    Document *document = compose(b, job, worker);
    double composed = now();
    job->composing = composed - start;
    if (document && b->good && !diags_count(job->diags, DIAG_ERROR)) {
        show_progress(b, "writing", strbuf_str(&job->name));
        write_document(b, job, document);
        job->writing = now() - composed;
    }
    document_drop(document);
}

/* Reports a file that could not be written. */
static void fail_file(Build *b, const char *path, const char *why)
{
    Pos pos = {0, 0, diags_file(b->diags, path, NULL, 0)};
    diag_error(b->diags, pos, "can't write it: %s", why);
    b->status = STATUS_FILE;
}

static bool already_made(const Options *o, const char *folder, Str name)
{
    StrBuf path = {0};
    strbuf_add_text(&path, folder);
    strbuf_add_char(&path, '/');
    strbuf_add_str(&path, name);
    bool found = false;
    for (size_t i = 0; i < o->made.n && !found; i++)
        found = strcmp(o->made.at[i], path.p) == 0;
    strbuf_drop(&path);
    return found;
}

/* Names the document, chooses what is in it, and begins its file. `tells` says what is left out. */
static void plan_one(Build *b, const Layout *layout, Str theme, bool tells)
{
    Job job = {.layout = layout, .theme = theme};
    EditionChoice choice = {layout->closed, theme};
    job.edition = edition_new(b->report, &choice,
                              tells && !diags_count(b->diags, DIAG_ERROR) ? b->diags : NULL);
    page_fill_pattern(&job.name, layout->output, job.edition);
    if (already_made(b->options, b->options->output, strbuf_str(&job.name))) {
        diag_error(b->diags, layout->output_pos, "'%s' was already made from another report",
                   job.name.p);
        diag_hint(b->diags, "give the reports' folders different names");
    } else {
        job.file = delivery_begin(b->delivery, strbuf_str(&job.name), b->diags, layout->output_pos);
    }
    array_push(&b->jobs, job);
}

/* ---- the layouts of a report ---------------------------------------------------------------- */

static bool wanted(const Options *o, Str theme)
{
    for (size_t i = 0; i < o->themes.n; i++)
        if (str_equal(o->themes.at[i], theme))
            return true;
    return o->themes.n == 0;
}

static void plan_layout(Build *b, const Layout *layout, bool first)
{
    Str none = {"", 0};
    if (layout->for_each == FOR_REPORT) {
        if (!b->options->themes.n || b->options->layouts.n)
            plan_one(b, layout, none, first);
        return;
    }
    for (size_t i = 0; i < b->report->sections; i++) {
        const Section *s = &b->report->section[i];
        if (s->kind == SECTION_THEME && wanted(b->options, s->id) && (!s->closed || layout->closed))
            plan_one(b, layout, s->id, false);
    }
}

/* The name of the i-th layout and where it was given: on the command line, in the report, or nowhere.
 * Empty when there are no more. */
static Str layout_name(const Build *b, size_t i, Pos *asked)
{
    static const char *const usual[] = {"committee-pack", "theme-briefing"};
    const Options *o = b->options;
    *asked = (Pos){0, 0, 0};
    if (o->layouts.n)
        return i < o->layouts.n ? o->layouts.at[i] : (Str){"", 0};
    if (!b->report->layouts)
        return i < 2 ? str_from(usual[i]) : (Str){"", 0};
    if (i >= b->report->layouts)
        return (Str){"", 0};
    *asked = b->report->layout_pos[i];
    return b->report->layout[i];
}

/* All documents at the same time; what each has to say is told in their order. Where there are errors
 * already they are composed for the sake of more, and not written. */
static void run_jobs(Build *b)
{
    b->good = !diags_count(b->diags, DIAG_ERROR);
    for (size_t i = 0; i < b->jobs.n; i++)
        b->jobs.at[i].diags = diags_branch(b->diags);
    work_run(b->queue, b->jobs.n, 1, run_job, b);
    for (size_t i = 0; i < b->jobs.n; i++)
        diags_join(b->diags, b->jobs.at[i].diags);
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
    char *path = find_layout(b, name);
    bool found = path != NULL;
    mem_free(path);
    return b->options->layouts.n && !found;
}

static void build_layouts(Build *b)
{
    LayoutOptions options = {b->diags, find_layout, b};
    Pos asked;
    size_t n = 0;
    while (layout_name(b, n, &asked).n)
        n++;
    Layout **layouts = mem_zalloc(n * sizeof *layouts);
    for (size_t i = 0; i < n; i++) {
        Str name = layout_name(b, i, &asked);
        layouts[i] = layout_read(name, asked, &options);
        if (!layouts[i] && is_wrong_usage(b, name))
            b->status = STATUS_USAGE;
    }
    bool first = true; /* one document tells what the edition leaves out */
    for (size_t i = 0; i < n; i++) {
        if (!layouts[i])
            continue;
        plan_layout(b, layouts[i], first);
        first &= layouts[i]->for_each != FOR_REPORT;
    }
    run_jobs(b);
    for (size_t i = 0; i < n; i++)
        layout_drop(layouts[i]);
    mem_free(layouts);
}

static void check_themes(Build *b)
{
    const Options *o = b->options;
    for (size_t i = 0; i < o->themes.n; i++) {
        const char **ids = mem_array(b->report->sections, sizeof *ids);
        size_t n = 0;
        bool found = false;
        for (size_t k = 0; k < b->report->sections; k++) {
            if (b->report->section[k].kind != SECTION_THEME)
                continue;
            ids[n++] = b->report->section[k].id.p;
            found |= str_equal(b->report->section[k].id, o->themes.at[i]);
        }
        if (!found) {
            diag_error(b->diags, (Pos){0, 0, b->report->file}, "the report has no theme '%s'",
                       o->themes.at[i].p);
            const char *nearest = diag_nearest(o->themes.at[i], ids, n);
            if (nearest)
                diag_hint(b->diags, "did you mean '%s'?", nearest);
            b->status = STATUS_USAGE;
        }
        mem_free(ids);
    }
}

/* ---- one report ----------------------------------------------------------------------------- */

/* Every folder fonts/ is searched, the program's own as well. */
static void open_fonts(Build *b)
{
    const char *folders[5] = {NULL};
    char *folder[4];
    char *conf = paths_file(&b->paths, "fonts", STR("fonts"), ".conf");
    char *more = paths_file(&b->paths, "fonts", STR("more-fonts"), ".conf");
    size_t n = 0;
    for (size_t i = 0; i < b->paths.n; i++) {
        folder[i] = file_join(b->paths.folder[i], "fonts");
        if (file_is_folder(folder[i]))
            folders[n++] = folder[i];
    }
    if (conf && more) {
        b->fonts = fonts_new(conf, more, folders);
        b->text = text_new(b->fonts, work_threads(b->queue));
    } else {
        diag_error(b->diags, (Pos){0, 0, 0}, "the file 'fonts/%s' is missing",
                   conf ? "more-fonts.conf" : "fonts.conf");
        b->status = STATUS_FILE;
    }
    for (size_t i = 0; i < b->paths.n; i++)
        mem_free(folder[i]);
    mem_free(conf);
    mem_free(more);
}

static void publish(Build *b)
{
    const char *path = NULL;
    if (diags_count(b->diags, DIAG_ERROR) || b->status)
        return;
    int error = delivery_publish(b->delivery, &path);
    if (error)
        fail_file(b, path, strerror(error));
}

static void print_size(size_t bytes)
{
    if (bytes < 1000 * 1000)
        printf("%zu kB", (bytes + 999) / 1000);
    else
        printf("%zu.%zu MB", bytes / 1000000, bytes / 100000 % 10);
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
        const char *pages = job->pages == 1 ? "page" : "pages";
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
    ReaderOptions options = {b->diags, find_terms, b};
    bool unreadable = false;
    show_progress(b, "reading", str_from(path));
    double start = now();
    b->report = report_read(path, &options, &unreadable);
    b->reading = now() - start;
    if (unreadable)
        b->status = STATUS_FILE;
    if (!b->report)
        return;
    report_check(b->report, b->diags);
    proof_check(b->report, b->diags);
    check_themes(b);
    b->pictures = pictures_new(b->report->folder);
    b->delivery = delivery_new(b->options->output);
    open_fonts(b);
    if (b->fonts)
        build_layouts(b);
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
    report_drop(b->report);
    diags_drop(b->diags);
    paths_drop(&b->paths);
    arena_drop(&b->arena);
    drop_jobs(b);
}

static void remember_made(Options *o, const Build *b)
{
    for (size_t i = 0; i < delivery_count(b->delivery); i++) {
        const char *path = delivery_path(b->delivery, i);
        array_push(&o->made, mem_strndup(path, strlen(path)));
    }
}

static int build_report(Options *o, WorkQueue *queue, const char *path)
{
    Build b = {.options = o, .diags = diags_new(), .queue = queue};
    paths_find(&b.paths, path);
    read_and_build(&b, path);
    hide_progress(&b);
    size_t errors = diags_count(b.diags, DIAG_ERROR);
    diags_print(b.diags, stderr);
    if (errors && !b.status)
        b.status = STATUS_INPUT;
    print_stats(&b);
    if (!b.status) {
        print_summary(&b);
        remember_made(o, &b);
    }
    release(&b);
    return b.status;
}

/* ---- options -------------------------------------------------------------------------------- */

static bool parse_threads(const char *text, unsigned *threads)
{
    char *end;
    errno = 0;
    unsigned long n = strtoul(text, &end, 10);
    if (errno || end == text || *end || n < 1 || n > 256 || text[0] == '-')
        return false;
    *threads = (unsigned)n;
    return true;
}

/* Seconds since 1970 as a date, without the C library's calendar, which obeys the time zone
 * (Howard Hinnant, chrono-compatible low-level date algorithms). */
static DocumentTime time_of_epoch(uint64_t seconds)
{
    uint64_t days = seconds / 86400 + 719468, rest = seconds % 86400;
    uint64_t era = days / 146097, doe = days % 146097;
    uint64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    uint64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    int month = (int)(mp < 10 ? mp + 3 : mp - 9);
    return (DocumentTime){(int)(yoe + era * 400) + (month <= 2),
                          month,
                          (int)(doy - (153 * mp + 2) / 5 + 1),
                          (int)(rest / 3600),
                          (int)(rest / 60 % 60),
                          (int)(rest % 60)};
}

static int read_environment(Options *o)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    if (epoch && epoch[0]) {
        char *end;
        errno = 0;
        unsigned long long seconds = strtoull(epoch, &end, 10);
        if (errno || *end || epoch[0] == '-' || seconds > 253402300799ULL)
            return command_fail(STATUS_USAGE, "SOURCE_DATE_EPOCH is no number of seconds: '%s'",
                                epoch);
        o->time = time_of_epoch(seconds);
        o->has_time = true;
    }
    int error = file_read(PROFILE, LARGEST_PROFILE, &o->profile);
    if (error)
        return command_fail(STATUS_FILE, "can't read the colour profile %s: %s", PROFILE,
                            strerror(error));
    return STATUS_OK;
}

static int parse(Options *o, int argc, char **argv)
{
    static const struct option options[] = {{"layout", required_argument, NULL, 'l'},
                                            {"theme", required_argument, NULL, 't'},
                                            {"output", required_argument, NULL, 'o'},
                                            {"threads", required_argument, NULL, 'j'},
                                            {NULL, 0, NULL, 0}};
    int c;
    opterr = 0;
    while ((c = getopt_long(argc, argv, ":l:t:o:j:", options, NULL)) != -1) {
        if (c == 'l')
            array_push(&o->layouts, str_from(optarg));
        else if (c == 't')
            array_push(&o->themes, str_from(optarg));
        else if (c == 'o')
            o->output = optarg;
        else if (c == 'j' && !parse_threads(optarg, &o->threads))
            return command_fail(STATUS_USAGE, "'-j' wants a number from 1 to 256, not '%s'",
                                optarg);
        else if (c == ':')
            return command_fail(STATUS_USAGE, "'%s' wants a value", argv[optind - 1]);
        else if (c == '?')
            return command_fail(STATUS_USAGE, "unknown option '%s'", argv[optind - 1]);
    }
    if (optind == argc)
        return command_fail(STATUS_USAGE, "name a report");
    if (!file_is_folder(o->output)) {
        bool file = file_exists(o->output);
        command_fail(STATUS_FILE, "the output folder '%s' %s", o->output,
                     file ? "is a file" : "doesn't exist");
        if (!file)
            fprintf(stderr, "  hint: mkdir -p '%s' makes it\n", o->output);
        return STATUS_FILE;
    }
    return read_environment(o);
}

static void release_options(Options *o)
{
    array_drop(&o->layouts);
    array_drop(&o->themes);
    strbuf_drop(&o->profile);
    for (size_t i = 0; i < o->made.n; i++)
        mem_free(o->made.at[i]);
    array_drop(&o->made);
}

int command_build(int argc, char **argv)
{
    unsigned processors = work_processors();
    Options o = {.output = ".",
                 .threads = processors < MOST_THREADS ? processors : MOST_THREADS,
                 .terminal = isatty(STDOUT_FILENO) && isatty(STDERR_FILENO)};
    int status = parse(&o, argc, argv);
    if (status == STATUS_OK) {
        WorkQueue *queue = work_new(o.threads);
        for (int i = optind; i < argc; i++) {
            int one = build_report(&o, queue, argv[i]);
            status = one > status ? one : status;
        }
        work_drop(queue);
    }
    release_options(&o);
    return status;
}
