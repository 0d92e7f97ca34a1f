#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "command/load.h"
#include "model/model.h"

typedef struct {
    Telling telling;
    const char *output; /* path, or NULL for standard output */
    bool schema, placeless;
} Options;

static void to_file(void *context, const char *bytes, size_t n)
{
    outfile_write(context, bytes, n);
}

static void to_standard_output(void *context, const char *bytes, size_t n)
{
    (void)context;
    fwrite(bytes, 1, n, stdout);
}

static int fail_file(const char *path, int error)
{
    return command_fail(STATUS_FILE, "can't write '%s': %s", path, strerror(error));
}

/* The file appears when it is complete. */
static int publish(OutFile *file, const char *path)
{
    int error = outfile_finish(file);
    if (!error)
        error = outfile_publish(file);
    return error ? fail_file(path, error) : STATUS_OK;
}

static void note_picture(void *context, Str path, Pos pos)
{
    (void)path;
    (void)pos;
    *(bool *)context = true;
}

static bool needs_its_folder(const Report *r)
{
    bool pictures = false;
    report_each_picture(r, note_picture, &pictures);
    return pictures;
}

static void warn_of_folder(const Load *l)
{
    diag_warning(l->diags, (Pos){0, 0, l->report->file},
                 "the report's pictures are not found from where its model is written");
    diag_hint(l->diags, "write the model into the report's folder, or copy the pictures beside it");
}

static int write_to_file(const Options *o, const Load *l)
{
    OutFile *file = outfile_open(o->output);
    char *folder = file_folder(o->output);
    ModelOutput output = {l->diags, folder, to_file, file, o->placeless};
    bool found = model_write(l->report, &output);
    int status = publish(file, o->output);
    if (!found && !status && needs_its_folder(l->report))
        warn_of_folder(l);
    mem_free(folder);
    outfile_drop(file);
    return status;
}

static int write_model(const Options *o, const Load *l)
{
    if (o->output)
        return write_to_file(o, l);
    ModelOutput output = {l->diags, l->report->folder, to_standard_output, NULL, o->placeless};
    model_write(l->report, &output);
    return STATUS_OK;
}

static int print_model(const Options *o, const char *path)
{
    Load l;
    load_report(&l, path, &o->telling);
    int status = load_status(&l);
    if (!status)
        status = write_model(o, &l);
    telling_print(&o->telling, l.diags);
    load_drop(&l);
    return status;
}

static int print_schema(const Options *o)
{
    if (!o->output) {
        model_schema(to_standard_output, NULL);
        return STATUS_OK;
    }
    OutFile *file = outfile_open(o->output);
    model_schema(to_file, file);
    int status = publish(file, o->output);
    outfile_drop(file);
    return status;
}

enum { OPTION_SCHEMA = 1000, OPTION_NO_PLACES };

static int parse(Options *o, int argc, char **argv)
{
    static const struct option options[] = {{"output", required_argument, NULL, 'o'},
                                            {"no-places", no_argument, NULL, OPTION_NO_PLACES},
                                            {"schema", no_argument, NULL, OPTION_SCHEMA},
                                            TELLING_OPTIONS};
    int option;
    while ((option = telling_option(&o->telling, argc, argv, ":o:", options)) != -1) {
        if (option == '?')
            return STATUS_USAGE;
        if (option == 'o')
            o->output = optarg;
        o->schema |= option == OPTION_SCHEMA;
        o->placeless |= option == OPTION_NO_PLACES;
    }
    if (o->schema && optind < argc)
        return command_fail(STATUS_USAGE, "the schema is the same for every report: name none");
    if (!o->schema && optind == argc)
        return command_fail(STATUS_USAGE, "name a report");
    if (!o->schema && optind + 1 < argc)
        return command_fail(STATUS_USAGE, "name one report, not %d", argc - optind);
    return STATUS_OK;
}

static int run(int argc, char **argv)
{
    Options o = {.telling = telling_new()};
    int status = parse(&o, argc, argv);
    if (status)
        return status;
    return o.schema ? print_schema(&o) : print_model(&o, argv[optind]);
}

const Command command_model = {
    .name = "model",
    .summary = N_("print a report's content as JSON"),
    .help =
        N_("briefpack model [OPTION]… REPORT\n"
           "\n"
           "Prints all that is in a report as JSON, each part with its place, for other programs.\n"
           "'briefpack build' and 'briefpack check' read such a file, too.\n"
           "\n"
           "  -o, --output=FILE     write it there instead of to standard output\n"
           "      --no-places       leave out where things stand, and be brief\n"
           "      --schema          print the JSON Schema of such files\n"),
    .run = run,
};
