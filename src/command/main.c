#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"

static const Command *const commands[] = {
    &command_new,   &command_check,          &command_build,     &command_layouts,
    &command_model, &command_explain_breaks, &command_hyphenate, &command_read_aloud};

enum { COMMANDS = sizeof commands / sizeof *commands };

static int help(void)
{
    puts(gettext(
        "briefpack makes the PDFs that a committee meets over: from one report a pack, and a\n"
        "briefing for each theme, accessible (PDF/UA-1) and archivable (PDF/A-3a).\n"));
    for (size_t i = 0; i < COMMANDS; i++)
        printf("  briefpack %-14s %s\n", commands[i]->name, gettext(commands[i]->summary));
    puts(gettext(
        "\n"
        "  briefpack COMMAND --help or briefpack help COMMAND, briefpack --version\n"
        "\n"
        "A REPORT is a folder with a report.md, a .md file, or a .json file as 'briefpack\n"
        "model' prints it.\n"
        "\n"
        "Exit status: 0 all is well (there may be warnings), 1 errors in a report, layout or\n"
        "PDF, 2 wrong usage, 3 a file can't be read or written. More: man briefpack."));
    return STATUS_OK;
}

static int help_on(const Command *command)
{
    fputs(gettext(command->help), stdout);
    puts(gettext(
        "      --max-errors=N    show no more than N errors, warnings and pieces of advice;\n"
        "                        0 shows all (default: 100)\n"
        "      --color=WHEN      auto, always or never (default: auto, on terminals)\n"
        "      --lang=LANG       the language of messages, da or en (default: as the terminal's)\n"
        "  -h, --help            this help"));
    return STATUS_OK;
}

static bool has_option(int argc, char **argv, const char *letter, const char *name)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], letter) == 0 || strcmp(argv[i], name) == 0)
            return true;
    return false;
}

static int unknown(const char *name)
{
    const char *names[COMMANDS];
    for (size_t i = 0; i < COMMANDS; i++)
        names[i] = commands[i]->name;
    const char *nearest = diag_nearest(str_from(name), names, COMMANDS);
    if (nearest)
        return command_fail(STATUS_USAGE, "there is no command '%s'; did you mean '%s'?", name,
                            nearest);
    return command_fail(STATUS_USAGE, "there is no command '%s'", name);
}

static const Command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(name, commands[i]->name) == 0)
            return commands[i];
    return NULL;
}

/* Memory that was freed will be wanted again: taking it from the system and giving it back for each
 * document costs more than some documents. */
static void keep_memory(void)
{
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
    mallopt(M_TOP_PAD, 8 << 20);
}

/* No file that is opened later may take the place of a standard stream that was closed. Standard output
 * is opened for reading, so that writing to it is an error still. */
static void hold_standard_streams(void)
{
    for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++)
        if (fcntl(file, F_GETFD) == -1 && errno == EBADF &&
            open("/dev/null", file == STDERR_FILENO ? O_WRONLY : O_RDONLY) == -1)
            return;
}

static int run(int argc, char **argv)
{
    if (argc < 2)
        return command_fail(STATUS_USAGE, "say what to do");
    if (strcmp(argv[1], "--version") == 0) {
        puts("briefpack " BRIEFPACK_VERSION);
        return STATUS_OK;
    }
    bool asked = strcmp(argv[1], "help") == 0;
    if ((asked && argc == 2) || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return help();
    const char *name = argv[asked ? 2 : 1];
    const Command *command = find_command(name);
    if (!command)
        return unknown(name);
    if (asked || has_option(argc - 1, argv + 1, "-h", "--help"))
        return help_on(command);
    return command->run(argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    keep_memory();
    hold_standard_streams();
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of the write */
    signal(SIGPIPE, SIG_IGN); /* and so is a pipe that nobody reads */
    language_choose(argc, argv);
    return command_finish(run(argc, argv));
}
