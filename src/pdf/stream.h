/* Compressed streams. */
#ifndef PDF_STREAM_H
#define PDF_STREAM_H

#include "pdf/haru.h"

/* Compresses as a zlib stream; the caller frees. `level` is libdeflate's. */
void *pdf_deflate(const void *bytes, size_t n, int level, size_t *size);
/* Gives an object a compressed stream of these bytes. */
void pdf_stream(HaruObject *object, const void *bytes, size_t n);

#endif
