/* What `briefpack build` was asked for. */
#ifndef COMMAND_BUILD_H
#define COMMAND_BUILD_H

#include "base/array.h"
#include "command/load.h"
#include "deliver/deliver.h"
#include "document/document.h"

typedef struct {
    Telling telling;
    ARRAY(Str) layouts, themes; /* that were asked for */
    const char *output;
    unsigned threads;
    bool replace_missing; /* characters that no font has */
    bool grey;            /* in shades of grey, in files of their own names */
    bool terminal;        /* progress and a table are shown */
    DocumentTime time;
    bool has_time;
    StrBuf profile;
    ARRAY(char *) made; /* paths that this run has written */
} BuildOptions;

BuildOptions build_options_new(void);
/* Reads the command line up to the reports, from argv[optind], and the environment. Returns a status;
 * what is wrong has been told. */
int build_options_read(BuildOptions *options, int argc, char **argv);
void build_options_drop(BuildOptions *options);

#endif
