#include "text/fontfile.h"

#include <fcntl.h>
#include FT_FONT_FORMATS_H
#include FT_MULTIPLE_MASTERS_H
#include FT_TRUETYPE_TABLES_H
#include <hb-ot.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/message.h"

static bool map_file(Face *face)
{
    int fd = open(face->path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0)
        return false;
    if (fstat(fd, &st) == 0 && st.st_size > 0) {
        void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (p != MAP_FAILED) {
            face->data = p;
            face->size = (size_t)st.st_size;
        }
    }
    close(fd);
    return face->data != NULL;
}

static bool has_table(FT_Face ft, FT_ULong tag)
{
    FT_ULong size = 0;
    return FT_Load_Sfnt_Table(ft, tag, 0, NULL, &size) == 0 && size > 0;
}

/* Cap and x height from OS/2 (version 2 on), else from the letters themselves. */
static int letter_height(FT_Face ft, FT_ULong letter)
{
    FT_UInt glyph = FT_Get_Char_Index(ft, letter);
    if (!glyph || FT_Load_Glyph(ft, glyph, FT_LOAD_NO_SCALE))
        return ft->ascender * 7 / 10;
    return (int)ft->glyph->metrics.horiBearingY;
}

static void read_metrics(Face *face, FT_Face ft)
{
    const TT_OS2 *os2 = FT_Get_Sfnt_Table(ft, FT_SFNT_OS2);
    const TT_Postscript *post = FT_Get_Sfnt_Table(ft, FT_SFNT_POST);
    bool heights = os2 && os2->version >= 2 && os2->sCapHeight > 0 && os2->sxHeight > 0;
    face->upem = ft->units_per_EM;
    face->ascent = ft->ascender;
    face->descent = ft->descender;
    face->cap_height = heights ? os2->sCapHeight : letter_height(ft, 'H');
    face->x_height = heights ? os2->sxHeight : letter_height(ft, 'x');
    face->box[0] = (int)ft->bbox.xMin;
    face->box[1] = (int)ft->bbox.yMin;
    face->box[2] = (int)ft->bbox.xMax;
    face->box[3] = (int)ft->bbox.yMax;
    face->italic_angle = post ? (double)post->italicAngle / 65536 : 0;
    face->weight = os2 ? os2->usWeightClass : 400;
    for (unsigned i = 0; i < face->axes; i++) {
        if (face->axis[i].tag == FT_MAKE_TAG('w', 'g', 'h', 't'))
            face->weight = (double)face->axis[i].value;
        if (face->axis[i].tag == FT_MAKE_TAG('s', 'l', 'n', 't'))
            face->italic_angle = (double)face->axis[i].value;
    }
    face->cff = has_table(ft, FT_MAKE_TAG('C', 'F', 'F', ' '));
    const char *name = FT_Get_Postscript_Name(ft);
    strncpy(face->name, name ? name : "Font", sizeof face->name - 1);
}

/* ---- variable fonts ------------------------------------------------------------------------- */

/* Where an axis is pinned: weight and slant as they were asked for, the others where the maker put them
 * (OpenType 1.9, registered axes). Values are 16.16. */
static FT_Fixed axis_value(const FT_Var_Axis *axis, const Font *font)
{
    FT_Fixed value = axis->def;
    if (axis->tag == FT_MAKE_TAG('w', 'g', 'h', 't'))
        value = (FT_Fixed)(font->weight * 65536);
    else if (axis->tag == FT_MAKE_TAG('i', 't', 'a', 'l') && font->italic)
        value = axis->maximum;
    else if (axis->tag == FT_MAKE_TAG('s', 'l', 'n', 't') && font->italic)
        value = axis->minimum; /* leaning right is below 0 */
    return value < axis->minimum ? axis->minimum : value > axis->maximum ? axis->maximum : value;
}

static const char *pin_axes(FT_Library library, Font *font, FT_Face ft)
{
    FT_MM_Var *axes;
    FT_Fixed value[FACE_AXES];
    Face *face = &font->face;
    if (FT_Get_MM_Var(ft, &axes))
        return N_("it is broken");
    bool few = axes->num_axis <= FACE_AXES;
    for (FT_UInt i = 0; few && i < axes->num_axis; i++) {
        value[i] = axis_value(&axes->axis[i], font);
        face->axis[i] = (FaceAxis){(uint32_t)axes->axis[i].tag, (float)value[i] / 65536};
    }
    face->axes = few ? axes->num_axis : 0;
    FT_Done_MM_Var(library, axes);
    if (!few)
        return N_("it has too many axes");
    return FT_Set_Var_Design_Coordinates(ft, face->axes, value) ? N_("it is broken") : NULL;
}

/* ---- checking ------------------------------------------------------------------------------- */

/* Several permissions may be set in old fonts: the most generous counts. */
static bool is_restricted(FT_UShort allowed)
{
    FT_UShort generous = FT_FSTYPE_PREVIEW_AND_PRINT_EMBEDDING | FT_FSTYPE_EDITABLE_EMBEDDING;
    return (allowed & FT_FSTYPE_RESTRICTED_LICENSE_EMBEDDING) && !(allowed & generous);
}

/* What forbids embedding the font; NULL when nothing does. The OS/2 table's fsType says what the
 * maker allows (OpenType 1.9, OS/2). */
static const char *objection(FT_Face ft)
{
    const char *format = FT_Get_Font_Format(ft);
    FT_UShort allowed = FT_Get_FSType_Flags(ft);
    if (!FT_IS_SCALABLE(ft) || !FT_IS_SFNT(ft))
        return N_("it has no outlines");
    if (FT_HAS_COLOR(ft))
        return N_("it is a colour font");
    if (has_table(ft, FT_MAKE_TAG('C', 'F', 'F', '2')))
        return N_("its outlines are CFF2, which a PDF can't hold");
    if (!format || (strcmp(format, "TrueType") != 0 && strcmp(format, "CFF") != 0))
        return N_("its outlines are neither TrueType nor CFF");
    if (is_restricted(allowed))
        return N_("its maker forbids embedding (fsType 2)");
    if (allowed & FT_FSTYPE_NO_SUBSETTING)
        return N_("its maker forbids subsetting (fsType 0x100)");
    if (allowed & FT_FSTYPE_BITMAP_EMBEDDING_ONLY)
        return N_("its maker allows bitmaps alone (fsType 0x200)");
    if (ft->units_per_EM < 16 || ft->num_glyphs < 1)
        return N_("it is broken");
    return NULL;
}

static const char *check_face(FT_Library library, Font *font)
{
    FT_Face ft;
    Face *face = &font->face;
    if (!map_file(face))
        return N_("it can't be read");
    FT_Error error = FT_New_Memory_Face(library, face->data, (FT_Long)face->size, face->index, &ft);
    if (error == FT_Err_Out_Of_Memory)
        mem_fail();
    if (error)
        return N_("it is broken");
    const char *why = objection(ft);
    if (!why && FT_HAS_MULTIPLE_MASTERS(ft))
        why = pin_axes(library, font, ft);
    if (!why)
        read_metrics(face, ft);
    FT_Done_Face(ft);
    return why;
}

/* ---- opening -------------------------------------------------------------------------------- */

static void make_shaper(Font *font)
{
    const Face *face = &font->face;
    hb_blob_t *blob = hb_blob_create((const char *)face->data, (unsigned)face->size,
                                     HB_MEMORY_MODE_READONLY, NULL, NULL);
    font->hb_face = hb_face_create(blob, (unsigned)face->index);
    hb_blob_destroy(blob);
    font->hb_font = hb_font_create(font->hb_face);
    hb_variation_t pinned[FACE_AXES];
    for (unsigned i = 0; i < face->axes; i++)
        pinned[i] = (hb_variation_t){face->axis[i].tag, face->axis[i].value};
    if (face->axes)
        hb_font_set_variations(font->hb_font, pinned, face->axes);
    hb_font_make_immutable(font->hb_font);
}

const char *font_open(FT_Library library, Font *font)
{
    const char *why = check_face(library, font);
    if (why)
        return why;
    font->face.pairs = face_pairs_new();
    make_shaper(font);
    return NULL;
}

void font_close(Font *font)
{
    hb_font_destroy(font->hb_font);
    hb_face_destroy(font->hb_face);
    face_pairs_drop(font->face.pairs);
    if (font->face.data)
        munmap((void *)(uintptr_t)font->face.data, font->face.size);
    mem_free(font->face.path);
    mem_free(font);
}
