#include <stdio.h>

#include "chart/chart.h"
#include "command/lix.h"
#include "command/load.h"
#include "command/pictures.h"

typedef struct {
    Telling telling;
    bool json, lix;
    StrBuf objects; /* of all reports */
} Check;

/* As building it would tell. */
static void check_what_is_drawn(const Report *report, Diags *diags)
{
    charts_check(report, diags);
    pictures_check(report, diags);
}

static int check_report(Check *c, const char *path)
{
    Load load;
    load_report(&load, path, &c->telling);
    if (load.report)
        check_what_is_drawn(load.report, load.diags);
    int status = load_status(&load);
    if (c->json)
        diags_json(load.diags, &c->objects);
    else
        telling_print(&c->telling, load.diags);
    if (c->lix && load.report)
        lix_print(stdout, load.report);
    load_drop(&load);
    return status;
}

static int parse(Check *c, int argc, char **argv)
{
    static const struct option options[] = {{"json", no_argument, NULL, OPTION_JSON},
                                            {"lix", no_argument, NULL, OPTION_LIX},
                                            TELLING_OPTIONS};
    int option;
    while ((option = telling_option(&c->telling, argc, argv, ":", options)) != -1) {
        if (option == '?')
            return STATUS_USAGE;
        c->json |= option == OPTION_JSON;
        c->lix |= option == OPTION_LIX;
    }
    if (c->json && c->lix)
        return command_fail(STATUS_USAGE, "'--json' and '--lix' exclude each other");
    return optind == argc ? command_fail(STATUS_USAGE, "name a report") : STATUS_OK;
}

static int run(int argc, char **argv)
{
    Check c = {.telling = telling_new()};
    int status = parse(&c, argc, argv);
    if (status)
        return status;
    for (int i = optind; i < argc; i++) {
        int one = check_report(&c, argv[i]);
        status = one > status ? one : status;
    }
    if (c.json)
        printf("[%s]\n", c.objects.p ? c.objects.p : "");
    strbuf_drop(&c.objects);
    return status;
}

const Command command_check = {
    .name = "check",
    .summary = N_("tell what is wrong or doubtful in reports"),
    .help =
        N_("briefpack check [OPTION]… REPORT…\n"
           "\n"
           "Reads reports and tells, each with its place, what is wrong in them (errors), what is\n"
           "likely wrong (warnings) and what could be better (advice). Nothing is written.\n"
           "\n"
           "      --json            one JSON document on standard output, for editors\n"
           "      --lix             how hard each section is to read, on standard output\n"),
    .run = run,
};
