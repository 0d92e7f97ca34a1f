#include <hb-subset.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/message.h"
#include "base/utf8.h"
#include "pdf/cff.h"
#include "pdf/internal.h"

#define NONE 0xFFFFFFFFu
#define CODE_MAP "Briefpack-Code-H"
enum { COMPRESSION = 6 };

/* ---- which pairs are used ------------------------------------------------------------------- */

static PdfFont *font_of(Pdf *p, const Face *face)
{
    PdfFonts *f = &p->fonts;
    if (face->number >= f->faces) {
        uint32_t n = face->number + 8;
        f->of_face = mem_realloc(f->of_face, n * sizeof *f->of_face);
        memset(f->of_face + f->faces, 0, (n - f->faces) * sizeof *f->of_face);
        f->faces = n;
    }
    if (!f->of_face[face->number]) {
        PdfFont font = {.face = face};
        /* Documents that are made meanwhile may add pairs, which this one has no use for. */
        font.pairs = face_pair_count(face);
        font.code = mem_zalloc(font.pairs * sizeof *font.code);
        array_push(&f->list, font);
        f->of_face[face->number] = (uint16_t)f->list.n;
    }
    return &f->list.at[f->of_face[face->number] - 1];
}

static void use_word(Pdf *p, const GlyphWord *word)
{
    if (word->flags & WORD_OBJECT)
        return;
    PdfFont *font = font_of(p, word->face);
    for (size_t i = 0; i < word->n; i++)
        font->code[word->glyph[i].pair].code = 1;
}

static void use_lines(Pdf *p, const Draw *draw, unsigned char *seen)
{
    const GlyphPara *para = draw->text.para;
    for (uint32_t l = draw->text.first; l < draw->text.end; l++) {
        for (uint32_t i = para->line[l].first; i < para->line[l].end; i++) {
            uint32_t id = para->piece[i];
            if (seen[id / 8] & (1u << (id % 8)))
                continue;
            seen[id / 8] |= (unsigned char)(1u << (id % 8));
            use_word(p, words_at(p->document->words, id));
        }
    }
}

/* Goes through the pages in order, so that fonts are numbered as they appear. */
static void find_used(Pdf *p)
{
    const Document *d = p->document;
    unsigned char *seen = mem_zalloc(words_numbered(d->words) / 8 + 1);
    for (size_t i = 0; i < d->draws.n; i++)
        if (d->draws.at[i].kind == DRAW_TEXT)
            use_lines(p, &d->draws.at[i], seen);
    mem_free(seen);
}

/* ---- codes ---------------------------------------------------------------------------------- */

typedef struct {
    const GlyphPair *pair;
    uint32_t index;
} Used;

/* Pairs are numbered as threads came by; glyph and text don't depend on that. */
static int by_content(const void *pa, const void *pb)
{
    const Used *a = pa, *b = pb;
    if (a->pair->glyph != b->pair->glyph)
        return a->pair->glyph < b->pair->glyph ? -1 : 1;
    return str_compare(a->pair->text, b->pair->text);
}

static Used *sorted_pairs(const PdfFont *font, uint32_t *n)
{
    Used *list = mem_array(font->pairs, sizeof *list);
    *n = 0;
    for (uint32_t i = 0; i < font->pairs; i++)
        if (font->code[i].code)
            list[(*n)++] = (Used){face_pair_at(font->face, i), i};
    qsort(list, *n, sizeof *list, by_content);
    return list;
}

static void give_code(PdfFont *font, const Used *used, uint32_t code)
{
    PairCode *c = &font->code[used->index];
    c->code = (uint16_t)code;
    c->advance = used->pair->advance;
    font->used[code - 1] = used->index;
    if (code > font->codes)
        font->codes = code;
}

/* Codes of one byte where 255 are enough: half of the bytes to compress. ASCII keeps its own, so
 * that content streams can be read; the others fill what is left. */
static void give_narrow_codes(PdfFont *font, const Used *list, uint32_t n)
{
    uint32_t next = 0x80;
    for (uint32_t i = 0; i < n; i++) {
        Str text = list[i].pair->text;
        font->code[list[i].index].code = 0;
        if (text.n == 1 && text.p[0] > 0 && font->used[(unsigned char)text.p[0] - 1] == NONE)
            give_code(font, &list[i], (unsigned char)text.p[0]);
    }
    for (uint32_t i = 0; i < n; i++) {
        if (font->code[list[i].index].code)
            continue;
        while (font->used[next - 1] != NONE)
            next = next == 255 ? 1 : next + 1;
        give_code(font, &list[i], next);
    }
}

static void give_codes(PdfFont *font)
{
    uint32_t n;
    Used *list = sorted_pairs(font, &n);
    font->wide = n > 255;
    uint32_t room = font->wide ? n : 255;
    font->used = mem_array(room, sizeof *font->used);
    for (uint32_t i = 0; i < room; i++)
        font->used[i] = NONE;
    if (n > 65534)
        font->failure = gettext("a font has more glyphs than a PDF file can name");
    else if (font->wide)
        for (uint32_t i = 0; i < n; i++)
            give_code(font, &list[i], i + 1);
    else
        give_narrow_codes(font, list, n);
    mem_free(list);
}

/* ---- subsets -------------------------------------------------------------------------------- */

/* Tables that a PDF font program has no use for. The layout tables would also draw in glyphs that no
 * text has. */
static const hb_tag_t dropped[] = {
    HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
    HB_TAG('k', 'e', 'r', 'n'), HB_TAG('D', 'S', 'I', 'G'), HB_TAG('n', 'a', 'm', 'e'),
    HB_TAG('p', 'o', 's', 't'), HB_TAG('O', 'S', '/', '2'), HB_TAG('c', 'm', 'a', 'p'),
    HB_TAG('g', 'a', 's', 'p'), HB_TAG('m', 'e', 't', 'a'), HB_TAG('S', 'T', 'A', 'T')};

static hb_subset_input_t *subset_input(const PdfFont *font, hb_face_t *face)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        mem_fail();
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    hb_set_add(glyphs, 0);
    for (uint32_t c = 0; c < font->codes; c++)
        if (font->used[c] != NONE)
            hb_set_add(glyphs, face_pair_at(font->face, font->used[c])->glyph);
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        hb_set_add(drop, dropped[i]);
    for (unsigned i = 0; i < font->face->axes; i++)
        if (!hb_subset_input_pin_axis_location(input, face, font->face->axis[i].tag,
                                               font->face->axis[i].value))
            mem_fail();
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NOTDEF_OUTLINE | HB_SUBSET_FLAGS_NO_HINTING);
    return input;
}

static void map_glyphs(PdfFont *font, const hb_subset_plan_t *plan)
{
    const hb_map_t *new_glyph = hb_subset_plan_old_to_new_glyph_mapping((hb_subset_plan_t *)plan);
    font->glyphs = mem_zalloc(2 * ((size_t)font->codes + 1));
    for (uint32_t c = 0; c < font->codes; c++) {
        if (font->used[c] == NONE)
            continue;
        hb_codepoint_t g = hb_map_get(new_glyph, face_pair_at(font->face, font->used[c])->glyph);
        font->glyphs[2 * c + 2] = (unsigned char)(g >> 8);
        font->glyphs[2 * c + 3] = (unsigned char)g;
    }
}

/* In a CFF program a CID leads to its glyph by itself; there is no map as for TrueType. Codes that
 * stand for one glyph with different texts become one CID, by a CMap of the font's own. */
static bool use_cids(PdfFont *font, const char *cff, size_t n)
{
    enum { MOST = 65536 };
    uint16_t *cid = mem_array(MOST, sizeof *cid);
    size_t glyphs = cff_cids(cff, n, cid, MOST);
    font->widths = mem_array(MOST, sizeof *font->widths);
    memset(font->widths, 0xFF, MOST * sizeof *font->widths);
    for (uint32_t c = 0; c < font->codes; c++) {
        unsigned char *at = &font->glyphs[2 * c + 2];
        size_t glyph = (size_t)at[0] << 8 | at[1];
        if (font->used[c] == NONE || glyph >= glyphs)
            continue;
        at[0] = (unsigned char)(cid[glyph] >> 8);
        at[1] = (unsigned char)cid[glyph];
        font->widths[cid[glyph]] = face_pair_at(font->face, font->used[c])->advance;
    }
    mem_free(cid);
    return glyphs > 0;
}

static void name_subset(PdfFont *font, const void *bytes, size_t n)
{
    uint64_t h = hash_bytes(bytes, n).low;
    char tag[7] = "";
    for (int i = 0; i < 6; i++, h /= 26)
        tag[i] = (char)('A' + h % 26);
    snprintf(font->name, sizeof font->name, "%s+%s", tag, font->face->name);
}

static void make_subset(void *context, size_t i, unsigned worker)
{
    Pdf *p = context;
    PdfFont *font = &p->fonts.list.at[i];
    (void)worker;
    give_codes(font);
    if (font->failure)
        return;
    hb_blob_t *blob = hb_blob_create((const char *)font->face->data, (unsigned)font->face->size,
                                     HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, (unsigned)font->face->index);
    hb_subset_input_t *input = subset_input(font, face);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(face, input);
    hb_face_t *subset = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    if (subset) {
        hb_blob_t *program = font->face->cff
                                 ? hb_face_reference_table(subset, HB_TAG('C', 'F', 'F', ' '))
                                 : hb_face_reference_blob(subset);
        unsigned n;
        const char *bytes = hb_blob_get_data(program, &n);
        map_glyphs(font, plan);
        if (font->face->cff && !use_cids(font, bytes, n))
            font->failure = gettext("a font with CFF outlines can't be subset");
        name_subset(font, bytes, n);
        font->program_length = n;
        Compressor *compressor = pdf_compressor(COMPRESSION);
        font->program = pdf_deflate(compressor, bytes, n, &font->program_size);
        pdf_compressor_drop(compressor);
        hb_blob_destroy(program);
    } else {
        font->failure = gettext("a font can't be subset");
    }
    hb_face_destroy(subset);
    hb_subset_plan_destroy(plan);
    hb_subset_input_destroy(input);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
}

const char *fonts_prepare(Pdf *p)
{
    find_used(p);
    work_run(p->options->queue, p->fonts.list.n, 1, make_subset, p);
    for (size_t i = 0; i < p->fonts.list.n; i++)
        if (p->fonts.list.at[i].failure)
            return p->fonts.list.at[i].failure;
    return NULL;
}

void fonts_release(Pdf *p)
{
    for (size_t i = 0; i < p->fonts.list.n; i++) {
        PdfFont *font = &p->fonts.list.at[i];
        mem_free(font->code);
        mem_free(font->used);
        mem_free(font->program);
        mem_free(font->glyphs);
        mem_free(font->widths);
    }
    array_drop(&p->fonts.list);
    mem_free(p->fonts.of_face);
}

/* ---- objects (ISO 32000-1, 9.7) ------------------------------------------------------------- */

static double thousandths(const Face *face, int units)
{
    return units * 1000.0 / face->upem;
}

static void print_type0(const Pdf *p, const PdfFont *f, StrBuf *out)
{
    strbuf_addf(out, "/Type /Font\n/Subtype /Type0\n/BaseFont ");
    /* One on CFF outlines is named after its CMap, too (ISO 32000-1, 9.7.6.1). */
    StrBuf name = {0};
    strbuf_addf(&name, f->face->cff ? "%s-" CODE_MAP : "%s", f->name);
    syntax_name(out, strbuf_str(&name));
    strbuf_drop(&name);
    strbuf_add_text(out, "\n/Encoding ");
    if (f->face->cff)
        syntax_ref(out, f->object + FONT_GLYPHS);
    else if (f->wide)
        strbuf_add_text(out, "/Identity-H");
    else
        syntax_ref(out, p->fonts.narrow_map);
    strbuf_addf(out, "\n/DescendantFonts [%u 0 R]\n/ToUnicode %u 0 R\n", f->object + FONT_CID,
                f->object + FONT_UNICODE);
}

/* The advance of a CID, which is a code where glyphs are found through a map; below 0 when it isn't
 * used. */
static int32_t cid_advance(const PdfFont *f, uint32_t cid)
{
    if (f->widths)
        return f->widths[cid];
    uint32_t pair = cid > 0 ? f->used[cid - 1] : NONE;
    return pair == NONE ? -1 : face_pair_at(f->face, pair)->advance;
}

/* Widths of neighbouring CIDs in one array: [1 [500 600] 7 [250]]. */
static void print_widths(const PdfFont *f, StrBuf *out)
{
    bool open = false;
    uint32_t last = f->widths ? 0xFFFF : f->codes;
    strbuf_add_text(out, "/W [");
    for (uint32_t cid = 0; cid <= last; cid++) {
        int32_t advance = cid_advance(f, cid);
        if (advance < 0) {
            strbuf_add_text(out, open ? "] " : "");
            open = false;
            continue;
        }
        if (!open)
            strbuf_addf(out, "%u [", cid);
        open = true;
        syntax_number(out, thousandths(f->face, advance));
    }
    strbuf_add_text(out, open ? "]]\n" : "]\n");
}

static void print_cid(const Pdf *p, const PdfFont *f, StrBuf *out)
{
    (void)p;
    strbuf_addf(out, "/Type /Font\n/Subtype /CIDFontType%d\n/BaseFont ", f->face->cff ? 0 : 2);
    syntax_name(out, str_from(f->name));
    strbuf_addf(out,
                "\n/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>\n"
                "/FontDescriptor %u 0 R\n/DW 0\n",
                f->object + FONT_DESCRIPTOR);
    if (!f->face->cff)
        strbuf_addf(out, "/CIDToGIDMap %u 0 R\n", f->object + FONT_GLYPHS);
    print_widths(f, out);
}

static void print_descriptor(const Pdf *p, const PdfFont *f, StrBuf *out)
{
    enum { SYMBOLIC = 4, ITALIC = 64 };
    const Face *face = f->face;
    bool italic = fabs(face->italic_angle) > 0.01;
    (void)p;
    strbuf_add_text(out, "/Type /FontDescriptor\n/FontName ");
    syntax_name(out, str_from(f->name));
    strbuf_addf(out, "\n/Flags %d\n/ItalicAngle ", SYMBOLIC | (italic ? ITALIC : 0));
    syntax_number(out, face->italic_angle);
    strbuf_add_text(out, "\n/Ascent ");
    syntax_number(out, thousandths(face, face->ascent));
    strbuf_add_text(out, "\n/Descent ");
    syntax_number(out, thousandths(face, face->descent));
    strbuf_add_text(out, "\n/CapHeight ");
    syntax_number(out, thousandths(face, face->cap_height));
    /* The stem's width isn't in the font; this is how it follows from the weight. */
    strbuf_addf(out, "\n/StemV %d\n/FontBBox [", (int)(10 + 220 * (face->weight - 50) / 900));
    for (int i = 0; i < 4; i++)
        syntax_number(out, thousandths(face, face->box[i]));
    strbuf_addf(out, "]\n/FontFile%d %u 0 R\n", face->cff ? 3 : 2, f->object + FONT_FILE);
}

/* A mark of byte order within text is read as what Unicode has for it since: PDF/UA forbids it (7.21.7). */
#define BYTE_ORDER_MARK 0xFEFFu
#define WORD_JOINER 0x2060u

static void print_unicode_entry(uint32_t code, bool wide, Str text, StrBuf *out)
{
    char bytes[] = {(char)(code >> 8), (char)code};
    StrBuf utf16 = {0};
    for (size_t i = 0; i < text.n;) {
        uint32_t c = utf8_next(text, &i);
        strbuf_add_utf16be(&utf16, c == BYTE_ORDER_MARK ? WORD_JOINER : c);
    }
    syntax_hex(out, wide ? (Str){bytes, 2} : (Str){bytes + 1, 1});
    strbuf_add_char(out, ' ');
    syntax_hex(out, strbuf_str(&utf16));
    strbuf_add_char(out, '\n');
    strbuf_drop(&utf16);
}

/* A CMap from codes to text (ISO 32000-1, 9.10.3). */
static void print_to_unicode(const PdfFont *f, StrBuf *out)
{
    ARRAY(uint32_t) codes = {0};
    for (uint32_t c = 1; c <= f->codes; c++)
        if (f->used[c - 1] != NONE)
            array_push(&codes, c);
    strbuf_addf(out,
                "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                "1 begincodespacerange\n%s\nendcodespacerange\n",
                f->wide ? "<0000> <FFFF>" : "<00> <FF>");
    for (size_t i = 0; i < codes.n; i += 100) { /* no more are allowed at a time */
        size_t end = i + 100 < codes.n ? i + 100 : codes.n;
        strbuf_addf(out, "%zu beginbfchar\n", end - i);
        for (size_t k = i; k < end; k++)
            print_unicode_entry(codes.at[k], f->wide,
                                face_pair_at(f->face, f->used[codes.at[k] - 1])->text, out);
        strbuf_add_text(out, "endbfchar\n");
    }
    strbuf_add_text(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    array_drop(&codes);
}

/* ---- CMaps from codes to CIDs (Adobe Technical Note 5014) ------------------------------------- */

static void begin_cmap(StrBuf *out, StrBuf *dict, const char *name, bool wide)
{
    strbuf_addf(dict,
                "/Type /CMap\n/CMapName /%s\n/WMode 0\n"
                "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>\n",
                name);
    strbuf_addf(out,
                "%%!PS-Adobe-3.0 Resource-CMap\n%%%%DocumentNeededResources: ProcSet (CIDInit)\n"
                "%%%%IncludeResource: ProcSet (CIDInit)\n%%%%BeginResource: CMap (%s)\n"
                "%%%%Title: (%s Adobe Identity 0)\n%%%%Version: 1\n%%%%EndComments\n"
                "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                "/CIDSystemInfo 3 dict dup begin\n/Registry (Adobe) def\n/Ordering (Identity) def\n"
                "/Supplement 0 def\nend def\n/CMapName /%s def\n/CMapVersion 1 def\n"
                "/CMapType 1 def\n/WMode 0 def\n1 begincodespacerange\n%s\nendcodespacerange\n",
                name, name, name, wide ? "<0000> <FFFF>" : "<00> <FF>");
}

static void end_cmap(StrBuf *out)
{
    strbuf_add_text(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
                         "%%EndResource\n%%EOF\n");
}

/* One byte is one CID. */
static void print_narrow_map(void *context, uint32_t i, HaruObject *object)
{
    StrBuf cmap = {0};
    (void)context;
    (void)i;
    begin_cmap(&cmap, object->dict, "Briefpack-Byte-H", false);
    strbuf_add_text(&cmap, "1 begincidrange\n<00> <FF> 0\nendcidrange\n");
    end_cmap(&cmap);
    pdf_stream(object, cmap.p, cmap.n);
    strbuf_drop(&cmap);
}

/* The codes of a font with CFF outlines. */
static void print_code_map(const PdfFont *f, StrBuf *dict, StrBuf *out)
{
    begin_cmap(out, dict, CODE_MAP, f->wide);
    for (uint32_t c = 1; c <= f->codes;) {
        uint32_t n = 0;
        StrBuf entries = {0};
        for (; c <= f->codes && n < 100; c++) { /* no more are allowed at a time */
            char code[] = {(char)(c >> 8), (char)c};
            if (f->used[c - 1] == NONE)
                continue;
            syntax_hex(&entries, f->wide ? (Str){code, 2} : (Str){code + 1, 1});
            strbuf_addf(&entries, " %d\n", f->glyphs[2 * c] << 8 | f->glyphs[2 * c + 1]);
            n++;
        }
        if (n)
            strbuf_addf(out, "%u begincidchar\n%sendcidchar\n", n, entries.p);
        strbuf_drop(&entries);
    }
    end_cmap(out);
}

/* ---- the objects of a font ------------------------------------------------------------------ */

static void print_font(void *context, uint32_t i, HaruObject *object)
{
    static void (*const dicts[])(const Pdf *, const PdfFont *, StrBuf *) = {print_type0, print_cid,
                                                                            print_descriptor};
    const Pdf *p = context;
    const PdfFont *f = &p->fonts.list.at[i / FONT_OBJECTS];
    uint32_t which = i % FONT_OBJECTS;
    if (which < FONT_FILE) {
        dicts[which](p, f, object->dict);
    } else if (which == FONT_FILE) {
        strbuf_add_text(object->dict, "/Filter /FlateDecode\n");
        if (f->face->cff)
            strbuf_add_text(object->dict, "/Subtype /CIDFontType0C\n");
        else
            strbuf_addf(object->dict, "/Length1 %zu\n", f->program_length);
        object->stream = f->program;
        object->size = f->program_size;
    } else if (which == FONT_GLYPHS && f->face->cff) {
        StrBuf cmap = {0};
        print_code_map(f, object->dict, &cmap);
        pdf_stream(object, cmap.p, cmap.n);
        strbuf_drop(&cmap);
    } else if (which == FONT_GLYPHS) {
        pdf_stream(object, f->glyphs, 2 * ((size_t)f->codes + 1));
    } else {
        StrBuf cmap = {0};
        print_to_unicode(f, &cmap);
        pdf_stream(object, cmap.p, cmap.n);
        strbuf_drop(&cmap);
    }
}

void fonts_add(Pdf *p)
{
    uint32_t n = (uint32_t)p->fonts.list.n;
    if (!n)
        return;
    p->fonts.narrow_map = haru_add(p->haru, 1, print_narrow_map, p);
    uint32_t first = haru_add(p->haru, n * FONT_OBJECTS, print_font, p);
    for (uint32_t i = 0; i < n; i++)
        p->fonts.list.at[i].object = first + i * FONT_OBJECTS;
}

void fonts_resources(const Pdf *p, StrBuf *out)
{
    if (!p->fonts.list.n)
        return;
    strbuf_add_text(out, "/Font <<");
    for (size_t i = 0; i < p->fonts.list.n; i++)
        strbuf_addf(out, " /F%zu %u 0 R", i + 1, p->fonts.list.at[i].object);
    strbuf_add_text(out, " >>\n");
}
