#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/mem.h"
#include "command/divide.h"

enum { OPTION_LANGUAGE = 1000, OPTION_EXCEPTIONS, OPTION_EMERGENCY, MOST_BREAKS = 200 };

typedef struct {
    Telling telling;
    Str language;
    ARRAY(const char *) exceptions;
    bool emergency; /* shown, too */
    HyphenData *data;
    Hyphenation *hyphenation;
} Shower;

static void print_word(const Shower *s, Str word)
{
    static const char sign[] = {
        [HYPHEN_JOINT] = '=', [HYPHEN_INSIDE] = '-', [HYPHEN_EMERGENCY] = '~'};
    HyphenBreak at[MOST_BREAKS];
    size_t from = 0, n = hyphenate(s->hyphenation, s->language, word, at, MOST_BREAKS);
    for (size_t i = 0; i < n; i++) {
        if (at[i].kind == HYPHEN_EMERGENCY && !s->emergency)
            continue;
        fwrite(word.p + from, 1, at[i].at - from, stdout);
        putchar(sign[at[i].kind]);
        from = at[i].at;
    }
    fwrite(word.p + from, 1, word.n - from, stdout);
}

/* The words of a line, with the blanks between them. */
static void print_line(const Shower *s, Str line)
{
    for (size_t i = 0, end; i < line.n; i = end) {
        for (end = i; end < line.n && !ascii_space(line.p[end]); end++)
            ;
        print_word(s, str_cut(line, i, end));
        for (; end < line.n && ascii_space(line.p[end]); end++)
            putchar(line.p[end]);
    }
}

static int print_input(const Shower *s)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t n;
    while ((n = getline(&line, &room, stdin)) > 0)
        print_line(s, (Str){line, (size_t)n});
    free(line); /* getline's own */
    return ferror(stdin) ? command_fail(STATUS_FILE, "can't read standard input") : STATUS_OK;
}

static int parse(Shower *s, int argc, char **argv)
{
    static const struct option options[] = {
        {"language", required_argument, NULL, OPTION_LANGUAGE},
        {"exceptions", required_argument, NULL, OPTION_EXCEPTIONS},
        {"emergency", no_argument, NULL, OPTION_EMERGENCY},
        TELLING_OPTIONS};
    int option;
    while ((option = telling_option(&s->telling, argc, argv, ":", options)) != -1) {
        if (option == '?')
            return STATUS_USAGE;
        if (option == OPTION_LANGUAGE)
            s->language = str_from(optarg);
        else if (option == OPTION_EXCEPTIONS)
            array_push(&s->exceptions, optarg);
        else
            s->emergency = true;
    }
    return STATUS_OK;
}

static int read_exceptions(Shower *s)
{
    Diags *diags = diags_new();
    int status = STATUS_OK;
    diags_limit(diags, s->telling.most);
    for (size_t i = 0; i < s->exceptions.n; i++)
        if (!divide_read(s->hyphenation, diags, s->exceptions.at[i]))
            status = STATUS_FILE;
    if (!status && diags_count(diags, DIAG_ERROR))
        status = STATUS_INPUT;
    telling_print(&s->telling, diags);
    diags_drop(diags);
    return status;
}

/* Reads what words are divided by. */
static int prepare(Shower *s)
{
    char *path = NULL;
    s->data = divide_open(&path);
    int status = STATUS_OK;
    if (!s->data)
        status = command_fail(STATUS_FILE, "can't read what words are divided by: %s", path);
    mem_free(path);
    s->hyphenation = hyphenation_new(s->data);
    if (!status && !hyphenation_knows(s->hyphenation, s->language))
        status = command_fail(STATUS_USAGE, "words of the language '%s' can't be divided",
                              s->language.p);
    return status ? status : read_exceptions(s);
}

static int run(int argc, char **argv)
{
    Shower s = {.telling = telling_new(), .language = STR("da")};
    int status = parse(&s, argc, argv);
    if (!status)
        status = prepare(&s);
    for (int i = optind; i < argc && !status; i++) {
        print_line(&s, str_from(argv[i]));
        putchar('\n');
    }
    if (optind == argc && !status)
        status = print_input(&s);
    hyphenation_drop(s.hyphenation);
    hyphen_data_drop(s.data);
    array_drop(&s.exceptions);
    return status;
}

const Command command_hyphenate = {
    .name = "hyphenate",
    .summary = N_("show where words are divided at the ends of lines"),
    .help = N_(
        "briefpack hyphenate [OPTION]… [WORD…]\n"
        "\n"
        "Prints words with = at the joints of a compound and - at other places where they may be\n"
        "divided: the form in which orddeling.txt says otherwise. Without a WORD it reads text from\n"
        "standard input.\n"
        "\n"
        "      --language=TAG    of the words: da, en, sv, nb, nn, de or is (default: da)\n"
        "      --exceptions=FILE also by what this file says, such as a report's orddeling.txt;\n"
        "                        again for more\n"
        "      --emergency       also, as ~, where words are divided only when nothing else fits\n"),
    .run = run,
};
