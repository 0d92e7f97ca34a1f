#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suites.h"

static bool is_chosen(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return true;
    return argc == 1;
}

static bool chosen_exist(int argc, char **argv)
{
#define NAME(name) #name,
    static const char *const names[] = {SUITES(NAME)};
#undef NAME
    for (int i = 1; i < argc; i++) {
        size_t n = 0;
        while (n < sizeof names / sizeof *names && strcmp(argv[i], names[n]) != 0)
            n++;
        if (n == sizeof names / sizeof *names) {
            fprintf(stderr, "there is no suite '%s'\n", argv[i]);
            return false;
        }
    }
    return true;
}

/* Runs the suites named by the arguments, or all; CK_FORK=no (in the environment) runs them in one
 * process, for debuggers and sanitizers. */
int main(int argc, char **argv)
{
    if (!chosen_exist(argc, argv))
        return EXIT_FAILURE;
    SRunner *runner = srunner_create(NULL);
#define ADD(name)                                                                                  \
    if (is_chosen(#name, argc, argv))                                                              \
        srunner_add_suite(runner, name##_suite());
    SUITES(ADD)
#undef ADD
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
