/* Compressed streams. */
#ifndef PDF_STREAM_H
#define PDF_STREAM_H

#include "pdf/haru.h"

/* One for as many streams as one thread makes: making it takes longer than a small stream. */
Compressor *pdf_compressor(int level);
void pdf_compressor_drop(Compressor *compressor);

/* Compresses as a zlib stream; the caller frees. */
void *pdf_deflate(Compressor *compressor, const void *bytes, size_t n, size_t *size);
/* Gives an object a stream of these bytes, compressed by its file's compressor. */
void pdf_stream(HaruObject *object, const void *bytes, size_t n);

#endif
