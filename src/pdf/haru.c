#include "pdf/haru.h"

#include <hpdf.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/message.h"
#include "pdf/stream.h"

_Static_assert(HPDF_MAJOR_VERSION == 2 && HPDF_MINOR_VERSION == 3,
               "libharu 2.3 is needed: other versions lay out their structs in another way");

typedef struct {
    uint32_t first, n;
    HaruPrint *print;
    void *context;
} Range;

enum {
    COMPRESSION = 5, /* structure takes a third less time than at 6 and grows by a fiftieth */
    PACK_MOST = 200, /* objects in an object stream: readers decompress all of it to see one */
    PACKED_ENTRY = 'p',
    ROW_KIND = 1, /* bytes in a row of the cross-reference stream */
    ROW_PLACE = 4,
    ROW_INDEX = 2,
    ROW = ROW_KIND + ROW_PLACE + ROW_INDEX,
};

/* Objects that wait for their object stream (7.5.7). In libharu's table the number of the stream stands
 * for their offset, and their place in it for the generation. */
typedef struct {
    uint32_t number; /* of the stream */
    uint32_t n;
    StrBuf index;       /* number and place of each */
    StrBuf objects;     /* as libharu writes them */
    HPDF_Stream writer; /* into `objects` */
} Pack;

struct Haru {
    HPDF_Doc pdf;
    HPDF_Dict object;   /* stands for all objects of the ranges, one after another */
    HPDF_Stream source; /* of the stream of the object that is being written */
    Range fixed[HARU_FIRST];
    ARRAY(Range) ranges;
    size_t range; /* of the object that is being written */
    StrBuf dict;
    HaruObject current;
    size_t read; /* bytes of its stream that libharu has taken */
    Compressor *compressor;
    Pack pack;
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

/* ---- what libharu calls while it writes ------------------------------------------------------ */

static HPDF_STATUS write_object(HPDF_Dict dict, HPDF_Stream stream)
{
    Haru *h = dict->attr;
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)h->dict.p, (HPDF_UINT)h->dict.n);
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

static HPDF_STATUS write_packed(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT n)
{
    Haru *h = stream->attr;
    strbuf_add(&h->pack.objects, (const char *)bytes, n);
    return HPDF_OK;
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
    h->object->write_fn = write_object;
    h->source = HPDF_CallbackReader_New(h->pdf->mmgr, read_stream, seek_stream, tell_stream,
                                        size_stream, h);
    require(h->source);
}

static void adopt(Haru *h, HPDF_Dict dict)
{
    dict->before_write_fn = NULL;
    dict->write_fn = write_object;
    dict->attr = h;
}

Haru *haru_new(uint32_t objects)
{
    Haru *h = mem_zalloc(sizeof *h);
    h->pdf = HPDF_New(on_error, NULL);
    require(h->pdf);
    h->pdf->pdf_version = HPDF_VER_17;
    /* The list of objects grows by copying itself byte by byte. */
    h->pdf->xref->entries->items_per_block = objects + objects / PACK_MOST + HARU_FIRST + 2;
    HPDF_Dict_RemoveElement(h->pdf->root_pages, "Kids");
    HPDF_Dict_RemoveElement(h->pdf->root_pages, "Count");
    HPDF_Dict_RemoveElement(h->pdf->info, "Producer");
    adopt(h, h->pdf->catalog);
    adopt(h, h->pdf->root_pages);
    adopt(h, h->pdf->info);
    make_object(h);
    h->pack.writer = HPDF_CallbackWriter_New(h->pdf->mmgr, write_packed, h);
    require(h->pack.writer);
    h->hash = hash_begin();
    h->compressor = pdf_compressor(COMPRESSION);
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
    HPDF_Stream_Free(h->pack.writer);
    HPDF_Free(h->pdf);
    strbuf_drop(&h->pack.index);
    strbuf_drop(&h->pack.objects);
    hash_end(h->hash);
    array_drop(&h->ranges);
    strbuf_drop(&h->dict);
    mem_free(h->current.owned);
    pdf_compressor_drop(h->compressor);
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

/* ---- objects in the file -------------------------------------------------------------------- */

static HPDF_XrefEntry entry_of(const Haru *h, uint32_t number)
{
    return HPDF_List_ItemAt(h->pdf->xref->entries, number);
}

static void begin_object(Haru *h)
{
    mem_free(h->current.owned);
    strbuf_clear(&h->dict);
    h->current = (HaruObject){.dict = &h->dict, .compressor = h->compressor};
    h->read = 0;
}

static void print_object(Haru *h, uint32_t number)
{
    if (number >= HARU_FIRST)
        while (number >= h->ranges.at[h->range].first + h->ranges.at[h->range].n)
            h->range++;
    const Range *range = number < HARU_FIRST ? &h->fixed[number] : &h->ranges.at[h->range];
    begin_object(h);
    range->print(range->context, number - range->first, &h->current);
}

/* Writes the object that was printed, which has a stream. */
static HPDF_STATUS write_alone(Haru *h, HPDF_Stream out, uint32_t number)
{
    char head[24];
    snprintf(head, sizeof head, "%" PRIu32 " 0 obj\n", number);
    strbuf_add_text(&h->dict, "/Length ");
    strbuf_add_int(&h->dict, (int64_t)h->current.size);
    strbuf_add_char(&h->dict, '\n');
    h->object->stream = h->source;
    entry_of(h, number)->byte_offset = out->size;
    HPDF_STATUS status = HPDF_Stream_WriteStr(out, head);
    if (status == HPDF_OK)
        status = HPDF_Obj_WriteValue(h->object, out, NULL);
    if (status == HPDF_OK)
        status = HPDF_Stream_WriteStr(out, "\nendobj\n");
    return status;
}

static HPDF_STATUS write_pack(Haru *h, HPDF_Stream out)
{
    Pack *pack = &h->pack;
    if (!pack->n)
        return HPDF_OK;
    begin_object(h);
    strbuf_addf(&h->dict, "/Type /ObjStm\n/N %u\n/First %zu\n", (unsigned)pack->n, pack->index.n);
    strbuf_add_str(&pack->index, strbuf_str(&pack->objects));
    pdf_stream(&h->current, pack->index.p, pack->index.n);
    pack->n = 0;
    strbuf_clear(&pack->index);
    strbuf_clear(&pack->objects);
    return write_alone(h, out, pack->number);
}

/* Puts the object that was printed, which has no stream, into the object stream. */
static HPDF_STATUS pack_object(Haru *h, HPDF_Stream out, uint32_t number)
{
    Pack *pack = &h->pack;
    if (!pack->n)
        pack->number = haru_add(h, 1, NULL, NULL);
    HPDF_XrefEntry entry = entry_of(h, number);
    entry->entry_typ = PACKED_ENTRY;
    entry->byte_offset = pack->number;
    entry->gen_no = (HPDF_UINT16)pack->n++;
    strbuf_add_int(&pack->index, number);
    strbuf_add_char(&pack->index, ' ');
    strbuf_add_int(&pack->index, (int64_t)pack->objects.n);
    strbuf_add_char(&pack->index, '\n');
    h->object->stream = NULL;
    HPDF_STATUS status = HPDF_Obj_WriteValue(entry->obj, pack->writer, NULL);
    strbuf_add_char(&pack->objects, '\n');
    return status == HPDF_OK && pack->n == PACK_MOST ? write_pack(h, out) : status;
}

/* ---- the cross-reference stream (7.5.8) ----------------------------------------------------- */

static void add_big_endian(StrBuf *out, uint32_t value, int bytes)
{
    while (bytes--)
        strbuf_add_char(out, (char)(value >> 8 * bytes & 0xFF));
}

/* Each row as its difference from the one above (PNG's filter Up), which compresses to a third. */
static void add_rows(const Haru *h, StrBuf *out)
{
    char above[ROW] = {0};
    uint32_t n = h->pdf->xref->entries->count;
    StrBuf row = {0};
    for (uint32_t i = 0; i < n; i++) {
        HPDF_XrefEntry entry = entry_of(h, i);
        strbuf_clear(&row);
        add_big_endian(&row, i == 0 ? 0 : entry->entry_typ == PACKED_ENTRY ? 2 : 1, ROW_KIND);
        add_big_endian(&row, i == 0 ? 0 : entry->byte_offset, ROW_PLACE);
        add_big_endian(&row, i == 0 ? 0xFFFF : entry->gen_no, ROW_INDEX);
        strbuf_add_char(out, 2);
        for (size_t k = 0; k < ROW; k++)
            strbuf_add_char(out, (char)(row.p[k] - above[k]));
        memcpy(above, row.p, ROW);
    }
    strbuf_drop(&row);
}

/* Its /ID is a hash of all that went before. */
static HPDF_STATUS write_crossref(Haru *h, HPDF_Stream out)
{
    uint32_t number = haru_add(h, 1, NULL, NULL);
    entry_of(h, number)->byte_offset = out->size;
    StrBuf rows = {0};
    add_rows(h, &rows);
    Hash hash = hash_value(h->hash);
    begin_object(h);
    strbuf_addf(&h->dict,
                "/Type /XRef\n/Size %u\n/W [%d %d %d]\n/Root %d 0 R\n/Info %d 0 R\n"
                "/DecodeParms << /Predictor 12 /Columns %d >>\n",
                (unsigned)number + 1, ROW_KIND, ROW_PLACE, ROW_INDEX, HARU_CATALOG, HARU_INFO, ROW);
    strbuf_addf(&h->dict, "/ID [<%016" PRIx64 "%016" PRIx64 "> <%016" PRIx64 "%016" PRIx64 ">]\n",
                hash.high, hash.low, hash.high, hash.low);
    pdf_stream(&h->current, rows.p, rows.n);
    strbuf_drop(&rows);
    return write_alone(h, out, number);
}

/* ---- writing -------------------------------------------------------------------------------- */

static HPDF_STATUS write_objects(Haru *h, HPDF_Stream out)
{
    uint32_t n = h->pdf->xref->entries->count;
    HPDF_STATUS status = HPDF_OK;
    for (uint32_t number = HARU_CATALOG; number < n && status == HPDF_OK; number++) {
        print_object(h, number);
        status = h->current.stream ? write_alone(h, out, number) : pack_object(h, out, number);
    }
    return status == HPDF_OK ? write_pack(h, out) : status;
}

static HPDF_STATUS write_file(Haru *h, HPDF_Stream out)
{
    HPDF_STATUS status = HPDF_Stream_WriteStr(out, "%PDF-1.7\n%\xB7\xBE\xAD\xAA\n");
    if (status == HPDF_OK)
        status = write_objects(h, out);
    uint32_t start = out->size;
    if (status == HPDF_OK)
        status = write_crossref(h, out);
    char end[40];
    snprintf(end, sizeof end, "startxref\n%" PRIu32 "\n%%%%EOF\n", start);
    return status == HPDF_OK ? HPDF_Stream_WriteStr(out, end) : status;
}

const char *haru_write(Haru *h, PdfSink *sink, void *context)
{
    HPDF_Stream out = HPDF_CallbackWriter_New(h->pdf->mmgr, write_out, h);
    require(out);
    h->sink = sink;
    h->context = context;
    HPDF_STATUS status = write_file(h, out);
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
