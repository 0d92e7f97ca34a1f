#include "pdf/stream.h"

#include <libdeflate.h>

#include "base/mem.h"

Compressor *pdf_compressor(int level)
{
    Compressor *c = libdeflate_alloc_compressor(level);
    if (!c)
        mem_fail();
    return c;
}

void pdf_compressor_drop(Compressor *c)
{
    libdeflate_free_compressor(c);
}

void *pdf_deflate(Compressor *c, const void *bytes, size_t n, size_t *size)
{
    size_t bound = libdeflate_zlib_compress_bound(c, n);
    void *out = mem_alloc(bound);
    *size = libdeflate_zlib_compress(c, bytes, n, out, bound);
    return out;
}

void pdf_stream(HaruObject *object, const void *bytes, size_t n)
{
    strbuf_add_text(object->dict, "/Filter /FlateDecode\n");
    object->owned = pdf_deflate(object->compressor, bytes ? bytes : "", n, &object->size);
    object->stream = object->owned;
}
