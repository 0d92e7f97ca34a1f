#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/work.h"
#include "command/build.h"

#define PROFILE "/usr/share/color/icc/sRGB.icc"

enum { MOST_THREADS = 8, LARGEST_PROFILE = 1 << 20, REPLACE_MISSING = 512, GREY };

BuildOptions build_options_new(void)
{
    unsigned processors = work_processors();
    return (BuildOptions){.telling = telling_new(),
                          .output = ".",
                          .threads = processors < MOST_THREADS ? processors : MOST_THREADS,
                          .terminal = isatty(STDOUT_FILENO) && isatty(STDERR_FILENO)};
}

static bool parse_threads(const char *text, unsigned *threads)
{
    unsigned long n;
    if (!option_number(text, 256, &n) || n < 1)
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

int build_options_environment(BuildOptions *o)
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

static int read_option(BuildOptions *o, int option, const char *value)
{
    if (option == 'l')
        array_push(&o->layouts, str_from(value));
    else if (option == 't')
        array_push(&o->themes, str_from(value));
    else if (option == 'o')
        o->output = value;
    else if (option == REPLACE_MISSING)
        o->replace_missing = true;
    else if (option == GREY)
        o->grey = true;
    else if (option == 'j' && !parse_threads(value, &o->threads))
        return command_fail(STATUS_USAGE, "'-j' wants a number from 1 to 256, not '%s'", value);
    return option == '?' ? STATUS_USAGE : STATUS_OK;
}

static int check_output(const char *folder)
{
    if (file_is_folder(folder))
        return STATUS_OK;
    if (file_exists(folder))
        return command_fail(STATUS_FILE, "the output folder '%s' is a file", folder);
    command_fail(STATUS_FILE, "the output folder '%s' doesn't exist", folder);
    command_hint("mkdir -p '%s' makes it", folder);
    return STATUS_FILE;
}

int build_options_read(BuildOptions *o, int argc, char **argv)
{
    static const struct option options[] = {{"layout", required_argument, NULL, 'l'},
                                            {"theme", required_argument, NULL, 't'},
                                            {"output", required_argument, NULL, 'o'},
                                            {"threads", required_argument, NULL, 'j'},
                                            {"replace-missing", no_argument, NULL, REPLACE_MISSING},
                                            {"grey", no_argument, NULL, GREY},
                                            TELLING_OPTIONS};
    int c, status;
    while ((c = telling_option(&o->telling, argc, argv, ":l:t:o:j:", options)) != -1)
        if ((status = read_option(o, c, optarg)) != STATUS_OK)
            return status;
    if (optind == argc)
        return command_fail(STATUS_USAGE, "name a report");
    status = check_output(o->output);
    return status ? status : build_options_environment(o);
}

void build_options_drop(BuildOptions *o)
{
    array_drop(&o->layouts);
    array_drop(&o->themes);
    strbuf_drop(&o->profile);
    for (size_t i = 0; i < o->made.n; i++)
        mem_free(o->made.at[i]);
    array_drop(&o->made);
    for (size_t i = 0; i < o->shared.n; i++) {
        close(o->shared.at[i].file);
        mem_free(o->shared.at[i].name);
    }
    array_drop(&o->shared);
}
