#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "command/command.h"

enum { LARGEST_TEMPLATE = 1 << 20 };

#define REPORT "report.md"

/* The text that a report in a language begins with: the user's own, or the program's. */
static int read_template(const char *language, StrBuf *text)
{
    Paths paths;
    StrBuf kind = {0};
    strbuf_addf(&kind, "templates/%s", language);
    paths_find(&paths, NULL);
    char *path = paths_file(&paths, kind.p, STR(REPORT), "");
    int error = path ? file_read(path, LARGEST_TEMPLATE, text) : ENOENT;
    if (!path)
        command_fail(STATUS_FILE, "the file '%s/report.md' is missing", kind.p);
    else if (error)
        command_fail(STATUS_FILE, "can't read '%s': %s", path, strerror(error));
    mem_free(path);
    paths_drop(&paths);
    strbuf_drop(&kind);
    return error ? STATUS_FILE : STATUS_OK;
}

/* A folder with a hidden name beside the one that is wanted; NULL and errno when it can't be made. */
static char *hidden_folder(const char *folder)
{
    StrBuf path = {0};
    const char *slash = strrchr(folder, '/');
    const char *name = slash ? slash + 1 : folder;
    strbuf_addf(&path, "%.*s.%s.XXXXXX", (int)(name - folder), folder, name);
    if (!mkdtemp(path.p))
        strbuf_drop(&path);
    return path.p;
}

/* As other programs make folders; mkdtemp makes them for the user alone. */
static int open_to_others(const char *folder)
{
    mode_t mask = umask(0);
    umask(mask);
    return chmod(folder, 0777 & ~mask) ? errno : 0;
}

static int write_report(const char *path, Str text)
{
    OutFile *file = outfile_open(path);
    outfile_write(file, text.p, text.n);
    int error = outfile_finish(file);
    if (!error)
        error = outfile_publish(file);
    outfile_drop(file);
    return error;
}

/* All or nothing: the folder takes its name when what is in it is complete, and the name of no folder
 * that has something in it. Returns 0 or errno. */
static int make_folder(const char *folder, Str text)
{
    char *hidden = hidden_folder(folder);
    if (!hidden)
        return errno;
    char *path = file_join(hidden, REPORT);
    int error = write_report(path, text);
    if (!error)
        error = open_to_others(hidden);
    if (!error && rename(hidden, folder) != 0)
        error = errno;
    if (error) {
        unlink(path);
        rmdir(hidden);
    }
    mem_free(path);
    mem_free(hidden);
    return error;
}

static int fail_folder(const char *folder, int error)
{
    if (error != EEXIST && error != ENOTEMPTY && error != ENOTDIR)
        return command_fail(STATUS_FILE, "can't make the folder '%s': %s", folder, strerror(error));
    command_fail(STATUS_FILE, "'%s' is there already", folder);
    command_hint("nothing was written; give the new report a name of its own");
    return STATUS_FILE;
}

static int make(char *folder, const char *language)
{
    StrBuf text = {0};
    for (size_t n = strlen(folder); n > 1 && folder[n - 1] == '/'; n--)
        folder[n - 1] = 0;
    int status = read_template(language, &text);
    int error = status ? 0 : make_folder(folder, strbuf_str(&text));
    strbuf_drop(&text);
    if (error)
        return fail_folder(folder, error);
    if (!status)
        printf(
            gettext(
                "%s/report.md is there: write in it; 'briefpack check %s' tells what is wrong\n"),
            folder, folder);
    return status;
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {TELLING_OPTIONS};
    Telling telling = telling_new();
    if (telling_option(&telling, argc, argv, ":", options) != -1)
        return STATUS_USAGE;
    if (optind + 1 != argc || !argv[optind][0])
        return command_fail(STATUS_USAGE, "name one new folder");
    return make(argv[optind], telling.language ? telling.language : "da");
}

const Command command_new = {
    .name = "new",
    .summary = N_("make a small report to start from"),
    .help = N_(
        "briefpack new [OPTION]… FOLDER\n"
        "\n"
        "Makes a folder with a small report that explains itself, to be written over: in Danish,\n"
        "or in English with --lang=en. A folder that has something in it is left alone.\n"
        "\n"),
    .run = run,
};
