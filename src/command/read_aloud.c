#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "command/build.h"

/* Reading PDFs takes a library that making them doesn't need to wait for, so it is a program of its own. */
#define READER "briefpack-read-aloud"

enum { OPTION_PAGES = 1000 };

typedef struct {
    BuildOptions build;
    WorkQueue *queue;      /* NULL until a report is made */
    ARRAY(char *) command; /* of the reader; all are owned */
} Aloud;

static void add_word(Aloud *a, const char *word)
{
    array_push(&a->command, mem_strndup(word, strlen(word)));
}

static void add_option(Aloud *a, const char *name, const char *value)
{
    StrBuf word = {0};
    strbuf_addf(&word, "--%s=%s", name, value);
    add_word(a, word.p);
    strbuf_drop(&word);
}

/* Each PDF is a path to open and a name to call it by. */
static void add_pdf(Aloud *a, const char *path, const char *name)
{
    add_word(a, path);
    add_word(a, name);
}

static int read_option(Aloud *a, int option, const char *value)
{
    if (option == 'l')
        array_push(&a->build.layouts, str_from(value));
    else if (option == 't')
        array_push(&a->build.themes, str_from(value));
    else if (option == 'o')
        add_option(a, "wav", value);
    else if (option == OPTION_PAGES)
        add_option(a, "pages", value);
    return option == '?' ? STATUS_USAGE : STATUS_OK;
}

static int parse(Aloud *a, int argc, char **argv)
{
    static const struct option options[] = {{"layout", required_argument, NULL, 'l'},
                                            {"theme", required_argument, NULL, 't'},
                                            {"wav", required_argument, NULL, 'o'},
                                            {"pages", required_argument, NULL, OPTION_PAGES},
                                            TELLING_OPTIONS};
    Telling *telling = &a->build.telling;
    int c, status;
    while ((c = telling_option(telling, argc, argv, ":l:t:o:", options)) != -1)
        if ((status = read_option(a, c, optarg)) != STATUS_OK)
            return status;
    if (optind == argc)
        return command_fail(STATUS_USAGE, "name a PDF or a report");
    if (telling->language)
        add_option(a, "lang", telling->language);
    add_option(a, "color", telling->coloured ? "always" : "never");
    add_word(a, "--");
    return STATUS_OK;
}

/* By its name, or by how it begins; what isn't there is taken for what it is called. */
static bool is_pdf(const char *path)
{
    char begin[5] = {0};
    size_t n = strlen(path);
    if (n > 4 && strcasecmp(path + n - 4, ".pdf") == 0 && !file_is_folder(path))
        return true;
    FILE *file = file_is_folder(path) ? NULL : fopen(path, "re");
    bool found = file && fread(begin, 1, sizeof begin, file) == sizeof begin &&
                 memcmp(begin, "%PDF-", sizeof begin) == 0;
    if (file)
        fclose(file);
    return found;
}

/* Makes the PDFs of a report, which stay in memory. */
static int add_report(Aloud *a, const char *path)
{
    size_t from = a->build.shared.n;
    int status = STATUS_OK;
    if (!a->queue) {
        status = build_options_environment(&a->build);
        a->queue = work_new(a->build.threads);
    }
    if (!status)
        status = build_report(&a->build, a->queue, path);
    for (size_t i = from; i < a->build.shared.n; i++) {
        StrBuf file = {0};
        strbuf_addf(&file, "/proc/self/fd/%d", a->build.shared.at[i].file);
        add_pdf(a, file.p, a->build.shared.at[i].name);
        strbuf_drop(&file);
    }
    if (!status && from == a->build.shared.n && a->build.sheets)
        return command_fail(STATUS_USAGE, "sheets for the printer have nothing to read aloud");
    return status;
}

/* Returns when the reader can't be started. */
static int start_reader(Aloud *a)
{
    char *reader = paths_helper(READER);
    array_push(&a->command, NULL);
    fflush(stdout);
    execv(reader, a->command.at);
    command_fail(STATUS_FILE, "can't start '%s': %s", reader, strerror(errno));
    mem_free(reader);
    return STATUS_FILE;
}

static int run(int argc, char **argv)
{
    Aloud a = {.build = build_options_new()};
    a.build.output = NULL;
    a.build.terminal = false;
    add_word(&a, READER);
    int status = parse(&a, argc, argv);
    for (int i = optind; i < argc && !status; i++) {
        if (is_pdf(argv[i]))
            add_pdf(&a, argv[i], argv[i]);
        else
            status = add_report(&a, argv[i]);
    }
    if (a.queue)
        work_drop(a.queue);
    if (!status)
        status = start_reader(&a);
    for (size_t i = 0; i < a.command.n; i++)
        mem_free(a.command.at[i]);
    array_drop(&a.command);
    build_options_drop(&a.build);
    return status;
}

const Command command_read_aloud = {
    .name = "read-aloud",
    .summary = N_("print what a screen reader says of PDFs"),
    .help = N_(
        "briefpack read-aloud [OPTION]… PDF|REPORT…\n"
        "\n"
        "Prints what a screen reader says of a finished PDF, page by page: its structure is read, not\n"
        "what it looks like, and any tagged PDF will do. Of a report, the PDFs are read that 'briefpack\n"
        "build' would make; none of them is written.\n"
        "\n"
        "  -l, --layout=LAYOUT   of reports: read this layout (again for more)\n"
        "  -t, --theme=THEME     of reports: read the briefing of the theme with this id (again for\n"
        "                        more)\n"
        "      --pages=RANGE     read these pages alone, counted from 1: 3, 2-5, 7-, or 1,4-6\n"
        "  -o, --wav=FILE        speak it into a sound file, with espeak-ng, instead of printing it\n"),
    .run = run,
};
