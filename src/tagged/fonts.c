#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "tagged/internal.h"

/* CIDs whose widths are kept, and how wide a character is taken to be whose font doesn't say. */
enum { MOST_CIDS = 65536, USUAL_WIDTH = 500, USUAL_CID_WIDTH = 1000 };

/* ---- simple fonts (ISO 32000-1, 9.6) --------------------------------------------------------------- */

static Str character_str(Arena *arena, uint32_t c)
{
    char bytes[4];
    return c ? arena_str(arena, (Str){bytes, utf8_put(bytes, c)}) : (Str){"", 0};
}

/* Codes and glyph names: [39 /quotesingle /a 96 /grave]. */
static void read_differences(TagFont *f, qpdf_data q, Object encoding)
{
    Object list = object_get(q, encoding, "/Differences");
    size_t n = object_count(q, list);
    double code = 0;
    StrBuf text = {0};
    for (size_t i = 0; i < n; i++) {
        Object item = qpdf_oh_get_array_item(q, list, (int)i);
        if (qpdf_oh_is_number(q, item)) {
            code = qpdf_oh_get_numeric_value(q, item);
        } else if (code >= 0 && code < 256) {
            strbuf_clear(&text);
            Str name = object_name_of(&f->arena, q, item);
            bool known = encoding_glyph(&text, name);
            f->simple[(size_t)code++] = known ? arena_str(&f->arena, strbuf_str(&text))
                                              : (Str){"", 0};
        }
        object_release(q, item);
    }
    strbuf_drop(&text);
    object_release(q, list);
}

static void read_encoding(TagFont *f, qpdf_data q, Object dict)
{
    Object encoding = object_get(q, dict, "/Encoding");
    Str name = object_name_of(&f->arena, q, encoding);
    if (!name.n)
        name = object_name(&f->arena, q, encoding, "/BaseEncoding");
    for (unsigned code = 0; code < 256; code++)
        f->simple[code] = code >= 0x20 ? character_str(&f->arena, encoding_character(name, code))
                                       : (Str){"", 0};
    read_differences(f, q, encoding);
    object_release(q, encoding);
}

static void read_widths(TagFont *f, qpdf_data q, Object dict)
{
    Object widths = object_get(q, dict, "/Widths");
    Object descriptor = object_get(q, dict, "/FontDescriptor");
    size_t n = object_count(q, widths);
    size_t first = (size_t)object_integer(q, dict, "/FirstChar", 0, 255, 0);
    f->measured = n > 0;
    f->usual_width =
        (float)object_number(q, descriptor, "/MissingWidth", f->measured ? 0 : USUAL_WIDTH);
    for (size_t i = 0; i < 256; i++)
        f->width[i] = f->usual_width;
    for (size_t i = 0; i < n && first + i < 256; i++) {
        Object width = qpdf_oh_get_array_item(q, widths, (int)i);
        f->width[first + i] = (float)object_number_of(q, width, 0);
        object_release(q, width);
    }
    object_release(q, widths);
    object_release(q, descriptor);
}

/* ---- composite fonts (9.7) ------------------------------------------------------------------------- */

static void set_width(TagFont *f, double cid, double width)
{
    if (cid < 0 || cid >= MOST_CIDS)
        return;
    while (f->cid_width.n <= (size_t)cid)
        array_push(&f->cid_width, -1);
    f->cid_width.at[(size_t)cid] = (float)width;
}

static void set_listed(TagFont *f, qpdf_data q, double first, Object list)
{
    size_t n = object_count(q, list);
    for (size_t i = 0; i < n && i < MOST_CIDS; i++) {
        Object width = qpdf_oh_get_array_item(q, list, (int)i);
        set_width(f, first + (double)i, object_number_of(q, width, -1));
        object_release(q, width);
    }
}

/* "c [w1 w2 …]" and "first last w" (9.7.4.3). */
static void read_cid_widths(TagFont *f, qpdf_data q, Object descendant)
{
    Object list = object_get(q, descendant, "/W");
    size_t n = object_count(q, list), have = 0;
    double number[3] = {0};
    f->measured = true;
    f->usual_width = (float)object_number(q, descendant, "/DW", USUAL_CID_WIDTH);
    for (size_t i = 0; i < n; i++) {
        Object item = qpdf_oh_get_array_item(q, list, (int)i);
        if (qpdf_oh_is_array(q, item)) {
            set_listed(f, q, number[0], item);
            have = 0;
        } else {
            number[have++] = object_number_of(q, item, 0);
        }
        object_release(q, item);
        if (have < 3)
            continue;
        for (int cid = 0;
             number[0] >= 0 && number[0] + cid <= number[1] && number[0] + cid < MOST_CIDS; cid++)
            set_width(f, number[0] + cid, number[2]);
        have = 0;
    }
    object_release(q, list);
}

static bool read_map(TagFont *f, qpdf_data q, Object dict, const char *key, CodeMap *map)
{
    Object stream = object_get(q, dict, key);
    size_t n = 0;
    char *data = object_data(q, stream, &n);
    if (data)
        codes_read(map, &f->arena, (Str){data, n});
    free(data); /* qpdf's own */
    object_release(q, stream);
    return data != NULL;
}

static void read_composite(TagFont *f, qpdf_data q, Object dict)
{
    Object list = object_get(q, dict, "/DescendantFonts");
    Object descendant = object_count(q, list) ? qpdf_oh_get_array_item(q, list, 0)
                                              : qpdf_oh_new_null(q);
    read_cid_widths(f, q, descendant);
    f->identity_encoding = !read_map(f, q, dict, "/Encoding", &f->encoding);
    object_release(q, descendant);
    object_release(q, list);
}

/* ---- both ------------------------------------------------------------------------------------------- */

TagFont *font_new(qpdf_data q, Object dict)
{
    TagFont *f = mem_zalloc(sizeof *f);
    f->identity = object_identity(q, dict);
    f->composite = str_equal(object_name(&f->arena, q, dict, "/Subtype"), STR("Type0"));
    f->has_to_unicode = read_map(f, q, dict, "/ToUnicode", &f->to_unicode);
    if (f->composite) {
        read_composite(f, q, dict);
    } else {
        read_encoding(f, q, dict);
        read_widths(f, q, dict);
    }
    return f;
}

void font_drop(TagFont *f)
{
    codes_drop(&f->to_unicode);
    codes_drop(&f->encoding);
    array_drop(&f->cid_width);
    arena_drop(&f->arena);
    mem_free(f);
}

static float code_width(const TagFont *f, uint32_t code, unsigned bytes)
{
    if (!f->composite)
        return f->width[code & 0xFF];
    const CodeRange *range = f->identity_encoding ? NULL : codes_find(&f->encoding, code, bytes);
    uint32_t cid = range ? range->cid + (code - range->low) : f->identity_encoding ? code : 0;
    float width = cid < f->cid_width.n ? f->cid_width.at[cid] : -1;
    return width < 0 ? f->usual_width : width;
}

/* Some files write the codes of simple fonts with two bytes there. */
static const CodeRange *find_text(const TagFont *f, uint32_t code, unsigned bytes)
{
    const CodeRange *range = codes_find(&f->to_unicode, code, bytes);
    return range || f->composite ? range : codes_find(&f->to_unicode, code, 2);
}

bool font_next(const TagFont *font, Str s, FontCode *code, StrBuf *text)
{
    uint32_t value = 0;
    unsigned bytes = font->composite ? codes_first(&font->encoding, s, 2) : 1;
    for (unsigned i = 0; i < bytes; i++)
        value = value << 8 | (unsigned char)s.p[i];
    *code = (FontCode){bytes, code_width(font, value, bytes), bytes == 1 && value == ' '};
    const CodeRange *range = find_text(font, value, bytes);
    if (range && range->last) {
        uint32_t c = range->last + (value - range->low);
        strbuf_add_str(text, range->text);
        strbuf_add_utf8(text, c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? UTF8_REPLACEMENT : c);
        return true;
    }
    if (range || font->composite)
        return range != NULL; /* a target that is empty says that there is nothing to read */
    strbuf_add_str(text, font->simple[value]);
    return font->simple[value].n > 0;
}
