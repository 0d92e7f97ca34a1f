/* Document to PDF: PDF/UA-1 and PDF/A-3a in one file, or PDF/A-3u for a document without structure.
 * The only folder that knows libharu. */
#ifndef PDF_PDF_H
#define PDF_PDF_H

#include "base/work.h"
#include "document/document.h"

typedef struct {
    WorkQueue *queue;
    Str icc; /* the sRGB profile of the output intent */
} PdfOptions;

/* Takes n bytes of the file; returns false when they can't be kept. */
typedef bool PdfSink(void *context, const void *bytes, size_t n);

/* Writes a document. The bytes depend on the document alone. Returns NULL, or what went wrong, in the
 * language of the run; when the sink failed, its context knows why. */
const char *pdf_write(const Document *document, const PdfOptions *options, PdfSink *sink,
                      void *context);

#endif
