#include "pdf/stream.h"

#include <libdeflate.h>

#include "base/mem.h"

void *pdf_deflate(const void *bytes, size_t n, int level, size_t *size)
{
    struct libdeflate_compressor *c = libdeflate_alloc_compressor(level);
    if (!c)
        mem_fail();
    size_t bound = libdeflate_zlib_compress_bound(c, n);
    void *out = mem_alloc(bound);
    *size = libdeflate_zlib_compress(c, bytes, n, out, bound);
    libdeflate_free_compressor(c);
    return out;
}

void pdf_stream(HaruObject *object, const void *bytes, size_t n)
{
    strbuf_add_text(object->dict, "/Filter /FlateDecode\n");
    object->owned = pdf_deflate(bytes ? bytes : "", n, 6, &object->size);
    object->stream = object->owned;
}
