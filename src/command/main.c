#include <malloc.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "command/command.h"

typedef struct {
    const char *name, *arguments, *summary;
    int (*run)(int argc, char **argv);
} Command;

static const Command commands[] = {
    {"build", "[-l LAYOUT]… [-t THEME]… [-o FOLDER] [-j THREADS] REPORT…",
     "make the PDFs of reports", command_build},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

int command_fail(int status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("briefpack: error: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    if (status == STATUS_USAGE)
        fputs("  hint: 'briefpack --help' shows how it is used\n", stderr);
    return status;
}

static int help(void)
{
    puts("briefpack makes the PDFs that a committee meets over: from one report a pack, and a\n"
         "briefing for each theme, accessible (PDF/UA-1) and archivable (PDF/A-3a).\n");
    for (size_t i = 0; i < COMMANDS; i++)
        printf("  briefpack %s %s\n      %s\n", commands[i].name, commands[i].arguments,
               commands[i].summary);
    puts(
        "  briefpack --help, briefpack --version\n\n"
        "A REPORT is a folder with a report.md, or a .md file.\n\n"
        "  -l, --layout LAYOUT   make this layout (again for more); else those that the report\n"
        "                        names, else committee-pack and theme-briefing\n"
        "  -t, --theme THEME     make only the briefing of the theme with this id (again for more)\n"
        "  -o, --output FOLDER   where the PDFs go; the folder must exist (default: here)\n"
        "  -j, --threads N       how many threads work; the PDFs are the same (default: one for\n"
        "                        each processor, eight at most)\n\n"
        "Exit status: 0 made (there may be warnings), 1 errors in the input, 2 wrong usage,\n"
        "3 a file can't be read or written. More: man briefpack.");
    return STATUS_OK;
}

static int finish(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    return command_fail(STATUS_FILE, "can't write to standard output");
}

static int unknown(const char *name)
{
    const char *names[COMMANDS];
    for (size_t i = 0; i < COMMANDS; i++)
        names[i] = commands[i].name;
    const char *nearest = diag_nearest(str_from(name), names, COMMANDS);
    if (nearest)
        return command_fail(STATUS_USAGE, "there is no command '%s'; did you mean '%s'?", name,
                            nearest);
    return command_fail(STATUS_USAGE, "there is no command '%s'", name);
}

/* Memory that was freed will be wanted again: taking it from the system and giving it back for each
 * document costs more than some documents. */
static void keep_memory(void)
{
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
    mallopt(M_TOP_PAD, 8 << 20);
}

int main(int argc, char **argv)
{
    keep_memory();
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of the write */
    if (argc < 2)
        return command_fail(STATUS_USAGE, "say what to do");
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0)
        return finish(help());
    if (strcmp(argv[1], "--version") == 0) {
        puts("briefpack " BRIEFPACK_VERSION);
        return finish(STATUS_OK);
    }
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return finish(commands[i].run(argc - 1, argv + 1));
    return unknown(argv[1]);
}
