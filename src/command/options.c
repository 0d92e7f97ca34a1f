#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"

enum { USUAL_MOST = 100, MOST_OPTIONS = 32 };

int command_fail(int status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "briefpack: %s: ", gettext("error"));
    vfprintf(stderr, gettext(format), args);
    fputc('\n', stderr);
    va_end(args);
    if (status == STATUS_USAGE)
        command_hint("'briefpack --help' shows how it is used");
    return status;
}

void command_hint(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "  %s: ", gettext("hint"));
    vfprintf(stderr, gettext(format), args);
    fputc('\n', stderr);
    va_end(args);
}

/* Who reads a pipe and stops needs no message. */
static bool is_broken_pipe(int file)
{
    struct pollfd asked = {.fd = file, .events = POLLOUT};
    return poll(&asked, 1, 0) == 1 && (asked.revents & POLLERR);
}

int command_finish(int status)
{
    bool written = fflush(stdout) == 0 && !ferror(stdout);
    if (!written && !is_broken_pipe(STDOUT_FILENO))
        return command_fail(STATUS_FILE, "can't write to standard output");
    return written && !ferror(stderr) ? status : STATUS_FILE;
}

bool option_number(const char *text, unsigned long most, unsigned long *number)
{
    char *end;
    if (!ascii_digit(text[0]))
        return false;
    errno = 0;
    *number = strtoul(text, &end, 10);
    return !errno && !*end && *number <= most;
}

/* no-color.org; a terminal that is dumb shows no colours either. */
static bool wants_colours(void)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return !(no && no[0]) && term && term[0] && strcmp(term, "dumb") != 0 && isatty(STDERR_FILENO);
}

Telling telling_new(void)
{
    return (Telling){.most = USUAL_MOST, .coloured = wants_colours()};
}

void telling_print(const Telling *telling, Diags *diags)
{
    if (telling->coloured)
        diags_print_coloured(diags, stderr);
    else
        diags_print(diags, stderr);
}

static bool read_colour(Telling *t, const char *when)
{
    bool always = strcmp(when, "always") == 0, never = strcmp(when, "never") == 0;
    if (always || never)
        t->coloured = always;
    else if (strcmp(when, "auto") != 0)
        return false;
    return true;
}

/* What getopt found wrong with the option it just read. */
static void fail_option(int found, char **argv, const struct option *options)
{
    const char *names[MOST_OPTIONS];
    const char *word = argv[optind - 1];
    size_t n = 0;
    if (found == ':') {
        command_fail(STATUS_USAGE, "'%s' wants a value", word);
        return;
    }
    if (optopt && strncmp(word, "--", 2) != 0) {
        command_fail(STATUS_USAGE, "unknown option '-%c'", optopt);
        return;
    }
    for (; n < MOST_OPTIONS && options[n].name; n++)
        names[n] = options[n].name;
    Str name = str_from(word + strspn(word, "-"));
    name.n = str_find(name, '=');
    const char *nearest = diag_nearest(name, names, n);
    if (nearest)
        command_fail(STATUS_USAGE, "unknown option '%s'; did you mean '--%s'?", word, nearest);
    else
        command_fail(STATUS_USAGE, "unknown option '%s'", word);
}

/* Whether the value of one of TELLING_OPTIONS is good. */
static bool read_telling(Telling *t, int option, const char *value)
{
    unsigned long most = 0;
    if (option == OPTION_MAX_ERRORS && !option_number(value, SIZE_MAX / 4, &most)) {
        command_fail(STATUS_USAGE, "'--max-errors' wants a number, not '%s'", value);
        return false;
    }
    if (option == OPTION_MAX_ERRORS)
        t->most = most;
    if (option == OPTION_COLOR && !read_colour(t, value)) {
        command_fail(STATUS_USAGE, "'--color' wants auto, always or never, not '%s'", value);
        return false;
    }
    if (option == OPTION_LANG && strcmp(value, "da") != 0 && strcmp(value, "en") != 0) {
        command_fail(STATUS_USAGE, "'--lang' wants da or en, not '%s'", value);
        return false;
    }
    if (option == OPTION_LANG)
        t->language = value;
    return true;
}

int telling_option(Telling *t, int argc, char **argv, const char *letters,
                   const struct option *options)
{
    opterr = 0;
    for (;;) {
        int c = getopt_long(argc, argv, letters, options, NULL);
        if (c == ':' || c == '?') {
            fail_option(c, argv, options);
            return '?';
        }
        if (c != OPTION_MAX_ERRORS && c != OPTION_COLOR && c != OPTION_LANG)
            return c;
        if (!read_telling(t, c, optarg))
            return '?';
    }
}
