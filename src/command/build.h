/* What `briefpack build` was asked for. */
#ifndef COMMAND_BUILD_H
#define COMMAND_BUILD_H

#include "base/array.h"
#include "base/work.h"
#include "command/load.h"
#include "deliver/deliver.h"
#include "document/document.h"

/* A finished PDF in memory. */
typedef struct {
    int file; /* its descriptor, which programs inherit */
    char *name;
} BuiltFile;

typedef struct {
    Telling telling;
    ARRAY(Str) layouts, themes; /* that were asked for */
    const char *output;         /* the folder, or NULL */
    unsigned threads;
    bool replace_missing; /* characters that no font has */
    bool grey;            /* in shades of grey, in files of their own names */
    bool terminal;        /* progress and a table are shown */
    DocumentTime time;
    bool has_time;
    StrBuf profile;
    ARRAY(char *) made; /* paths that this run has written */
    /* Without an output folder: what was made for readers, in memory; all that is owned here. */
    ARRAY(BuiltFile) shared;
    size_t sheets; /* how many were made for the printer instead */
} BuildOptions;

BuildOptions build_options_new(void);
/* Reads the command line up to the reports, from argv[optind], and the environment. Returns a status;
 * what is wrong has been told. */
int build_options_read(BuildOptions *options, int argc, char **argv);
/* The part of it that reads the environment. */
int build_options_environment(BuildOptions *options);
void build_options_drop(BuildOptions *options);

/* Makes the PDFs of the report at a path, and tells what there is to tell. Returns a status. */
int build_report(BuildOptions *options, WorkQueue *queue, const char *path);

#endif
