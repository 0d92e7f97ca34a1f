/* The report model in the open: a whole Report as JSON, and back. docs/report-model.md says what it holds
 * and docs/report-model.schema.json is its schema, printed from the same tables (shapes.c) that drive
 * writing and reading. */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "report/report.h"

/* Takes the next bytes of what is printed. */
typedef void ModelSink(void *context, const char *bytes, size_t n);

typedef struct {
    const Diags *diags; /* knows the files of positions */
    /* The folder that the file will stand in: paths are written as seen from there. */
    const char *folder;
    ModelSink *sink;
    void *context;
    bool placeless; /* without positions, and texts alone where they are all there is to say */
} ModelOutput;

/* Prints the model: UTF-8, the same bytes for the same report. Returns false when the report's folder is
 * not in the folder that the file will stand in, so that pictures are not found from there. */
bool model_write(const Report *report, const ModelOutput *output);

/* Prints the JSON Schema of what model_write prints and model_read reads. */
void model_schema(ModelSink *sink, void *context);

typedef struct {
    Diags *diags;
    TermsFind *terms; /* the words must outlive the Report */
    void *context;
} ModelInput;

/* Reads a file that model_write or anybody else wrote. Everything that is wrong is reported at its place in
 * the file; what is found wrong later, by report_check and the like, at the place that the file names
 * where that file is there, too. The caller owns the Report. NULL, with an error reported, when there is
 * nothing to go on with; *unreadable then tells whether the file could not be read. */
Report *model_read(const char *path, const ModelInput *input, bool *unreadable);
/* The same of a text that was read from there; it is now the Diags'. */
Report *model_read_text(const char *path, StrBuf text, const ModelInput *input);

#endif
