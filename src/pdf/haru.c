#include "pdf/haru.h"

#include <hpdf.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/message.h"

_Static_assert(HPDF_MAJOR_VERSION == 2 && HPDF_MINOR_VERSION == 3,
               "libharu 2.3 is needed: other versions lay out their structs in another way");

typedef struct {
    uint32_t first, n;
    HaruPrint *print;
    void *context;
} Range;

struct Haru {
    HPDF_Doc pdf;
    HPDF_Dict object;   /* stands for all objects of the ranges, one after another */
    HPDF_Stream source; /* of the stream of the object that is being written */
    Range fixed[HARU_FIRST];
    ARRAY(Range) ranges;
    size_t range;  /* of the next object */
    uint32_t next; /* its number */
    StrBuf dict;
    HaruObject current;
    size_t read; /* bytes of its stream that libharu has taken */
    PdfSink *sink;
    void *context;
    bool sink_failed;
    HashState *hash;
};

static void HPDF_STDCALL on_error(HPDF_STATUS code, HPDF_STATUS detail, void *user)
{
    /* Every call's result is looked at where it is made. */
    (void)code;
    (void)detail;
    (void)user;
}

/* ---- printing an object: libharu calls these while it writes -------------------------------- */

static void print(Haru *h, const Range *range, uint32_t number)
{
    mem_free(h->current.owned);
    strbuf_clear(&h->dict);
    h->current = (HaruObject){.dict = &h->dict};
    h->read = 0;
    range->print(range->context, number - range->first, &h->current);
}

static HPDF_STATUS before_object(HPDF_Dict dict)
{
    Haru *h = dict->attr;
    while (h->next >= h->ranges.at[h->range].first + h->ranges.at[h->range].n)
        h->range++;
    print(h, &h->ranges.at[h->range], h->next++);
    dict->stream = h->current.stream ? h->source : NULL;
    if (h->current.stream) {
        strbuf_add_text(&h->dict, "/Length ");
        strbuf_add_int(&h->dict, (int64_t)h->current.size);
        strbuf_add_char(&h->dict, '\n');
    }
    return HPDF_OK;
}

static HPDF_STATUS write_object(HPDF_Dict dict, HPDF_Stream stream)
{
    Haru *h = dict->attr;
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)h->dict.p, (HPDF_UINT)h->dict.n);
}

static HPDF_STATUS write_fixed(HPDF_Dict dict, HPDF_Stream stream)
{
    Haru *h = dict->attr;
    const Range *range = &h->fixed[dict->header.obj_id & 0x00FFFFFF];
    print(h, range, range->first);
    return write_object(dict, stream);
}

static HPDF_STATUS read_stream(HPDF_Stream stream, HPDF_BYTE *to, HPDF_UINT *size)
{
    Haru *h = stream->attr;
    size_t left = h->current.size - h->read, n = left < *size ? left : *size;
    memcpy(to, (const char *)h->current.stream + h->read, n);
    h->read += n;
    *size = (HPDF_UINT)n;
    return h->read == h->current.size ? HPDF_STREAM_EOF : HPDF_OK;
}

static HPDF_STATUS seek_stream(HPDF_Stream stream, HPDF_INT pos, HPDF_WhenceMode mode)
{
    Haru *h = stream->attr;
    if (mode != HPDF_SEEK_SET || pos != 0)
        return HPDF_INVALID_OPERATION;
    h->read = 0;
    return HPDF_OK;
}

static HPDF_INT32 tell_stream(HPDF_Stream stream)
{
    const Haru *h = stream->attr;
    return (HPDF_INT32)h->read;
}

static HPDF_UINT32 size_stream(HPDF_Stream stream)
{
    const Haru *h = stream->attr;
    return (HPDF_UINT32)h->current.size;
}

static HPDF_STATUS write_out(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT n)
{
    Haru *h = stream->attr;
    hash_update(h->hash, bytes, n);
    if (h->sink(h->context, bytes, n))
        return HPDF_OK;
    h->sink_failed = true;
    return HPDF_FILE_IO_ERROR;
}

/* The trailer is written last: its /ID is a hash of all that went before. */
static HPDF_STATUS write_id(HPDF_Dict trailer, HPDF_Stream stream)
{
    Haru *h = trailer->attr;
    Hash hash = hash_value(h->hash);
    char id[96];
    int n = snprintf(id, sizeof id,
                     "/ID [<%016" PRIx64 "%016" PRIx64 "> <%016" PRIx64 "%016" PRIx64 ">]\n",
                     hash.high, hash.low, hash.high, hash.low);
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)id, (HPDF_UINT)n);
}

/* ---- setting up ----------------------------------------------------------------------------- */

static void require(const void *made)
{
    if (!made)
        mem_fail(); /* libharu's constructors fail for nothing else */
}

/* A stream's /Length must be an indirect object for libharu to write the stream. Ours is printed
 * with the rest of the dictionary, so this one is hidden and belongs to no file. */
static void hide_length(Haru *h)
{
    HPDF_Number length = HPDF_Number_New(h->pdf->mmgr, 0);
    require(length);
    length->header.obj_id = HPDF_OTYPE_INDIRECT;
    if (HPDF_Dict_Add(h->object, "Length", length) != HPDF_OK)
        mem_fail();
    HPDF_DictElement element = HPDF_List_ItemAt(h->object->list, 0);
    ((HPDF_Obj_Header *)element->value)->obj_id |= HPDF_OTYPE_HIDDEN;
    h->object->attr = h;
}

static void make_object(Haru *h)
{
    h->object = HPDF_Dict_New(h->pdf->mmgr);
    require(h->object);
    hide_length(h);
    h->object->before_write_fn = before_object;
    h->object->write_fn = write_object;
    h->source = HPDF_CallbackReader_New(h->pdf->mmgr, read_stream, seek_stream, tell_stream,
                                        size_stream, h);
    require(h->source);
}

static void adopt(Haru *h, HPDF_Dict dict)
{
    dict->before_write_fn = NULL;
    dict->write_fn = write_fixed;
    dict->attr = h;
}

Haru *haru_new(uint32_t objects)
{
    Haru *h = mem_zalloc(sizeof *h);
    h->pdf = HPDF_New(on_error, NULL);
    require(h->pdf);
    h->pdf->pdf_version = HPDF_VER_17;
    /* The list of objects grows by copying itself byte by byte. */
    h->pdf->xref->entries->items_per_block = objects + HARU_FIRST;
    HPDF_Dict_RemoveElement(h->pdf->root_pages, "Kids");
    HPDF_Dict_RemoveElement(h->pdf->root_pages, "Count");
    HPDF_Dict_RemoveElement(h->pdf->info, "Producer");
    adopt(h, h->pdf->catalog);
    adopt(h, h->pdf->root_pages);
    adopt(h, h->pdf->info);
    make_object(h);
    h->pdf->trailer->write_fn = write_id;
    h->pdf->trailer->attr = h;
    h->hash = hash_begin();
    h->next = HARU_FIRST;
    return h;
}

/* The one object stands in many places of the table, but is to be released once. */
static void forget_repeated(Haru *h)
{
    HPDF_List entries = h->pdf->xref->entries;
    for (HPDF_UINT i = 0; i < entries->count; i++) {
        HPDF_XrefEntry entry = HPDF_List_ItemAt(entries, i);
        if (entry->obj == h->object)
            entry->obj = NULL;
    }
    h->object->stream = NULL;
    HPDF_Proxy length = ((HPDF_DictElement)HPDF_List_ItemAt(h->object->list, 0))->value;
    HPDF_FreeMem(h->pdf->mmgr, length->obj);
    HPDF_Dict_Free(h->object);
    HPDF_Stream_Free(h->source);
}

void haru_drop(Haru *h)
{
    if (!h)
        return;
    forget_repeated(h);
    HPDF_Free(h->pdf);
    hash_end(h->hash);
    array_drop(&h->ranges);
    strbuf_drop(&h->dict);
    mem_free(h->current.owned);
    mem_free(h);
}

uint32_t haru_add(Haru *h, uint32_t n, HaruPrint *print_one, void *context)
{
    uint32_t first = h->pdf->xref->entries->count;
    array_push(&h->ranges, ((Range){first, n, print_one, context}));
    for (uint32_t i = 0; i < n; i++) {
        h->object->header.obj_id = 0;
        if (HPDF_Xref_Add(h->pdf->xref, h->object) != HPDF_OK)
            mem_fail();
    }
    return first;
}

void haru_fixed(Haru *h, uint32_t object, HaruPrint *print_one, void *context)
{
    h->fixed[object] = (Range){object, 1, print_one, context};
}

/* ---- writing -------------------------------------------------------------------------------- */

const char *haru_write(Haru *h, PdfSink *sink, void *context)
{
    static const char header[] = "%PDF-1.7\n%\xB7\xBE\xAD\xAA\n";
    HPDF_Stream out = HPDF_CallbackWriter_New(h->pdf->mmgr, write_out, h);
    require(out);
    h->sink = sink;
    h->context = context;
    HPDF_STATUS status = HPDF_Dict_Add(h->pdf->trailer, "Root", h->pdf->catalog);
    if (status == HPDF_OK)
        status = HPDF_Dict_Add(h->pdf->trailer, "Info", h->pdf->info);
    if (status == HPDF_OK)
        status = HPDF_Stream_WriteStr(out, header);
    if (status == HPDF_OK)
        status = HPDF_Xref_WriteToStream(h->pdf->xref, out, NULL);
    HPDF_Stream_Free(out);
    if (status == HPDF_OK)
        status = HPDF_GetError(h->pdf);
    if (status == HPDF_FAILD_TO_ALLOC_MEM)
        mem_fail();
    if (status == HPDF_OK)
        return NULL;
    if (h->sink_failed)
        return gettext("the file can't be written");
    return gettext("libharu could not write the file");
}
