/* What the commands share. */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include <getopt.h>
#include <stdbool.h>

#include "base/array.h"
#include "base/diag.h"
#include "base/str.h"

/* Exit statuses. */
enum { STATUS_OK = 0, STATUS_INPUT = 1, STATUS_USAGE = 2, STATUS_FILE = 3 };

#ifndef BRIEFPACK_VERSION
#define BRIEFPACK_VERSION "0.1.0"
#endif

/* A subcommand, described in its own file and listed in main.c. */
typedef struct {
    const char *name;
    const char *summary; /* both are msgids; the help begins with how the command is called */
    const char *help;
    int (*run)(int argc, char **argv);
} Command;

extern const Command command_new, command_check, command_build, command_layouts, command_model,
    command_explain_breaks, command_hyphenate, command_read_aloud;

/* ---- options.c: what several commands understand, and what they say --------------------------- */

/* Prints "briefpack: error: …" and, for wrong usage, where to read more. Returns the status. */
int command_fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));
void command_hint(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The end of a program: writes what is left to standard output, and gives the status, or that of what could
 * not be written. */
int command_finish(int status);

/* How diagnostics are told. */
typedef struct {
    size_t most; /* of each level; 0 for all */
    bool coloured;
    const char *language; /* as --lang says, or NULL */
} Telling;

enum { OPTION_MAX_ERRORS = 256, OPTION_COLOR, OPTION_LANG, OPTION_JSON, OPTION_LIX };

#define TELLING_OPTIONS                                                                            \
    {"max-errors", required_argument, NULL, OPTION_MAX_ERRORS},                                    \
        {"color", required_argument, NULL, OPTION_COLOR},                                          \
        {"lang", required_argument, NULL, OPTION_LANG},                                            \
    {                                                                                              \
        NULL, 0, NULL, 0                                                                           \
    }

/* As the environment and the terminal on standard error say. */
Telling telling_new(void);
/* Prints what there is to tell on standard error. */
void telling_print(const Telling *telling, Diags *diags);
/* Reads the next option that isn't one of TELLING_OPTIONS, or -1 after the last; of those and of what is
 * no option it takes care, and gives '?' where something is wrong and has been told. */
int telling_option(Telling *telling, int argc, char **argv, const char *letters,
                   const struct option *options);
/* A number in decimal digits; false when it is none or larger than `most`. */
bool option_number(const char *text, unsigned long most, unsigned long *number);

/* ---- language.c ------------------------------------------------------------------------------ */

/* Chooses the language of messages: that of --lang, else as the environment says. Nothing is loaded
 * before the first message. Call it before any thread starts. */
void language_choose(int argc, char **argv);
/* Whether it is Danish, and not English. */
bool language_is_danish(void);

/* ---- paths.c: where layouts, terms, fonts and messages are found ----------------------------- */

typedef struct {
    char *folder
        [4]; /* searched in this order: the report's, the user's, the system's, the program's */
    size_t n;
} Paths;

/* `report` is the path of one, or of its folder; it may be NULL. */
void paths_find(Paths *paths, const char *report);
void paths_drop(Paths *paths);
/* The first folder that has the file, as a path that the caller frees, or NULL. */
char *paths_file(const Paths *paths, const char *kind, Str name, const char *ending);
/* That of a layout; where `hiding` is a path and not NULL, only in the folders behind the one that it is in. */
char *paths_layout(const Paths *paths, Str name, const char *hiding);
/* All files of a kind: those of the first folder by their names, then those of the next. */
typedef struct {
    char *name, *path; /* without the ending; as it is found */
    char *folder;      /* that it is in */
    size_t hidden_by;  /* the file before of the same name, or its own index */
} PathsFile;
typedef ARRAY(PathsFile) PathsFiles;
void paths_files(const Paths *paths, const char *kind, const char *ending, PathsFiles *out);
void paths_files_drop(PathsFiles *files);
/* Where the file is that words are divided by; the caller frees it. */
char *paths_hyphenation(void);
/* The name, of those that the folders have, that a misspelt one most likely means, or NULL; the caller
 * frees it. */
char *paths_nearest(const Paths *paths, const char *kind, Str name, const char *ending);
/* A program that does part of our work, by its name; the caller frees it. */
char *paths_helper(const char *name);
/* Where translated messages are; the caller frees it. */
char *paths_messages(void);

#endif
