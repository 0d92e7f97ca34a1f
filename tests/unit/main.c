#include <stdbool.h>
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

/* Runs the suites named by the arguments, or all; CK_FORK=no (in the environment) runs them in one
 * process, for debuggers and sanitizers. */
int main(int argc, char **argv)
{
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
