#include "text/fonts.h"

#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_FONT_FORMATS_H
#include FT_MULTIPLE_MASTERS_H
#include FT_TRUETYPE_TABLES_H
#include <hb-ot.h>
#include <math.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/mem.h"
#include "base/utf8.h"

/* Characters that no font was found for are remembered, too: found is NULL. */
typedef struct {
    uint32_t character;
    FontsFallback list;
    const Font *like, *found;
} Fallback;

/* A font that was asked for, and what was found or why there was none. */
typedef struct {
    Str family;
    double weight;
    bool italic;
    const Font *font;
    const char *why;
} Known;

typedef struct {
    Str *family;
    size_t n;
} Families;

enum { FEW, ALL, CONFIGS };

struct Fonts {
    FcConfig *config[CONFIGS]; /* NULL until it is needed */
    char *conf[CONFIGS];
    ARRAY(char *) folders;
    FT_Library library;
    ARRAY(Font *) list;
    ARRAY(Known) known;
    ARRAY(Families) lists; /* for fallback */
    ARRAY(Fallback) fallback;
    Arena arena; /* names of families, and messages */
    pthread_mutex_t lock;
};

Fonts *fonts_new(const char *conf, const char *more, const char *const *folders)
{
    Fonts *f = mem_zalloc(sizeof *f);
    pthread_mutex_init(&f->lock, NULL);
    f->conf[FEW] = mem_strndup(conf, strlen(conf));
    f->conf[ALL] = mem_strndup(more, strlen(more));
    for (; *folders; folders++)
        array_push(&f->folders, mem_strndup(*folders, strlen(*folders)));
    array_push(&f->lists, ((Families){NULL, 0}));
    if (FT_Init_FreeType(&f->library))
        mem_fail();
    return f;
}

static FcConfig *config_of(Fonts *f, int which)
{
    if (f->config[which])
        return f->config[which];
    FcConfig *config = FcConfigCreate();
    if (!config)
        mem_fail();
    FcConfigParseAndLoad(config, (const FcChar8 *)f->conf[which], FcTrue);
    for (size_t i = 0; i < f->folders.n; i++)
        FcConfigAppFontAddDir(config, (const FcChar8 *)f->folders.at[i]);
    FcConfigBuildFonts(config);
    f->config[which] = config;
    return config;
}

static void font_drop(Font *font)
{
    hb_font_destroy(font->hb_font);
    hb_face_destroy(font->hb_face);
    face_pairs_drop(font->face.pairs);
    if (font->face.data)
        munmap((void *)(uintptr_t)font->face.data, font->face.size);
    mem_free(font->face.path);
    mem_free(font);
}

void fonts_drop(Fonts *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->list.n; i++)
        font_drop(f->list.at[i]);
    array_drop(&f->list);
    array_drop(&f->lists);
    array_drop(&f->fallback);
    for (size_t i = 0; i < f->folders.n; i++)
        mem_free(f->folders.at[i]);
    array_drop(&f->known);
    array_drop(&f->folders);
    FT_Done_FreeType(f->library);
    for (int i = 0; i < CONFIGS; i++) {
        if (f->config[i])
            FcConfigDestroy(f->config[i]);
        mem_free(f->conf[i]);
    }
    pthread_mutex_destroy(&f->lock);
    arena_drop(&f->arena);
    mem_free(f);
}

/* ---- reading a file ------------------------------------------------------------------------- */

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
    const char *name = FT_Get_Postscript_Name(ft);
    strncpy(face->name, name ? name : "Font", sizeof face->name - 1);
}

/* What forbids embedding the font; NULL when nothing does. The OS/2 table's fsType says what the
 * maker allows (OpenType 1.9, OS/2). */
static const char *objection(FT_Face ft)
{
    const char *format = FT_Get_Font_Format(ft);
    FT_UShort allowed = FT_Get_FSType_Flags(ft);
    if (!FT_IS_SCALABLE(ft) || !FT_IS_SFNT(ft))
        return "it has no outlines";
    if (FT_HAS_COLOR(ft))
        return "it is a colour font";
    if (!format || strcmp(format, "TrueType") != 0)
        return "its outlines are not TrueType";
    if (FT_HAS_MULTIPLE_MASTERS(ft))
        return "it is a variable font";
    if (allowed & FT_FSTYPE_RESTRICTED_LICENSE_EMBEDDING)
        return "its maker forbids embedding (fsType 2)";
    if (allowed & FT_FSTYPE_NO_SUBSETTING)
        return "its maker forbids subsetting (fsType 0x100)";
    if (allowed & FT_FSTYPE_BITMAP_EMBEDDING_ONLY)
        return "its maker allows bitmaps alone (fsType 0x200)";
    if (ft->units_per_EM < 16 || ft->num_glyphs < 1)
        return "it is broken";
    return NULL;
}

static const char *check_face(Fonts *f, Face *face)
{
    FT_Face ft;
    if (!map_file(face))
        return "it can't be read";
    FT_Error error =
        FT_New_Memory_Face(f->library, face->data, (FT_Long)face->size, face->index, &ft);
    if (error == FT_Err_Out_Of_Memory)
        mem_fail();
    if (error)
        return "it is broken";
    const char *why = objection(ft);
    if (!why)
        read_metrics(face, ft);
    FT_Done_Face(ft);
    return why;
}

static void make_shaper(Font *font)
{
    const Face *face = &font->face;
    hb_blob_t *blob = hb_blob_create((const char *)face->data, (unsigned)face->size,
                                     HB_MEMORY_MODE_READONLY, NULL, NULL);
    font->hb_face = hb_face_create(blob, (unsigned)face->index);
    hb_blob_destroy(blob);
    font->hb_font = hb_font_create(font->hb_face);
    hb_font_make_immutable(font->hb_font);
}

static Font *find_loaded(const Fonts *f, const char *path, int index)
{
    for (size_t i = 0; i < f->list.n; i++)
        if (f->list.at[i]->face.index == index && strcmp(f->list.at[i]->face.path, path) == 0)
            return f->list.at[i];
    return NULL;
}

/* The font in a file; *why says what is wrong with it when NULL is given. */
static const Font *load(Fonts *f, const char *path, int index, const char **why)
{
    Font *font = find_loaded(f, path, index);
    if (font)
        return font;
    font = mem_zalloc(sizeof *font);
    font->face.path = mem_strndup(path, strlen(path));
    font->face.index = index;
    font->face.number = (uint32_t)f->list.n;
    *why = check_face(f, &font->face);
    if (*why) {
        font_drop(font);
        return NULL;
    }
    font->face.pairs = face_pairs_new();
    make_shaper(font);
    array_push(&f->list, font);
    return font;
}

/* ---- finding a file ------------------------------------------------------------------------- */

static FcPattern *pattern_new(const char *family, double weight, bool italic)
{
    FcPattern *p = FcPatternCreate();
    if (!p)
        mem_fail();
    if (family)
        FcPatternAddString(p, FC_FAMILY, (const FcChar8 *)family);
    FcPatternAddDouble(p, FC_WEIGHT, FcWeightFromOpenTypeDouble(weight));
    FcPatternAddInteger(p, FC_SLANT, italic ? FC_SLANT_ITALIC : FC_SLANT_ROMAN);
    FcPatternAddInteger(p, FC_WIDTH, FC_WIDTH_NORMAL);
    FcPatternAddBool(p, FC_OUTLINE, FcTrue);
    FcPatternAddBool(p, FC_COLOR, FcFalse);
    FcPatternAddBool(p, FC_VARIABLE, FcFalse);
    return p;
}

static bool has_family(const FcPattern *p, Str family)
{
    FcChar8 *name;
    for (int i = 0; FcPatternGetString(p, FC_FAMILY, i, &name) == FcResultMatch; i++)
        if (utf8_equal_fold(family, str_from((const char *)name)))
            return true;
    return false;
}

static const Font *load_match(Fonts *f, const FcPattern *match, const char **why)
{
    FcChar8 *path;
    int index = 0;
    if (FcPatternGetString(match, FC_FILE, 0, &path) != FcResultMatch)
        return NULL;
    FcPatternGetInteger(match, FC_INDEX, 0, &index);
    return load(f, (const char *)path, index & 0xFFFF, why);
}

/* The nearest font that the configuration has of the family; FcFontMatch gives another family
 * rather than none. */
static FcPattern *find_match(Fonts *f, int which, const char *family, double weight, bool italic)
{
    FcConfig *config = config_of(f, which);
    FcPattern *p = pattern_new(family, weight, italic);
    FcResult result;
    FcConfigSubstitute(config, p, FcMatchPattern);
    FcDefaultSubstitute(p);
    FcPattern *match = FcFontMatch(config, p, &result);
    FcPatternDestroy(p);
    if (match && !has_family(match, str_from(family))) {
        FcPatternDestroy(match);
        match = NULL;
    }
    return match;
}

static const Font *find_font(Fonts *f, const char *family, double weight, bool italic,
                             const char **why)
{
    const char *problem = "it has no file";
    const Font *font = NULL;
    StrBuf message = {0};
    FcPattern *match = find_match(f, FEW, family, weight, italic);
    if (!match)
        match = find_match(f, ALL, family, weight, italic);
    if (match) {
        FcChar8 *path = NULL;
        font = load_match(f, match, &problem);
        FcPatternGetString(match, FC_FILE, 0, &path);
        if (!font)
            strbuf_addf(&message, "the font '%s' can't be used: %s", path ? (char *)path : family,
                        problem);
        FcPatternDestroy(match);
    } else {
        strbuf_addf(&message, "there is no font family '%s'", family);
    }
    *why = font ? NULL : arena_strndup(&f->arena, message.p, message.n);
    strbuf_drop(&message);
    return font;
}

/* Called with the lock held. */
static const Font *get(Fonts *f, Str family, double weight, bool italic, const char **why)
{
    for (size_t i = 0; i < f->known.n; i++) {
        const Known *k = &f->known.at[i];
        if (k->weight == weight && k->italic == italic && str_equal(family, k->family)) {
            *why = k->why;
            return k->font;
        }
    }
    Str name = arena_str(&f->arena, family);
    const Font *font = find_font(f, name.p, weight, italic, why);
    array_push(&f->known, ((Known){name, weight, italic, font, *why}));
    return font;
}

const Font *fonts_get(Fonts *f, Str family, double weight, bool italic, const char **why)
{
    pthread_mutex_lock(&f->lock);
    const Font *font = get(f, family, weight, italic, why);
    pthread_mutex_unlock(&f->lock);
    return font;
}

/* ---- fallback ------------------------------------------------------------------------------- */

static bool covers(const Font *font, uint32_t character)
{
    hb_codepoint_t glyph;
    return hb_font_get_nominal_glyph(font->hb_font, character, &glyph) && glyph;
}

static bool same_families(const Families *a, const Str *family, size_t n)
{
    bool same = a->n == n;
    for (size_t i = 0; i < n && same; i++)
        same = str_equal(a->family[i], family[i]);
    return same;
}

FontsFallback fonts_fallback_list(Fonts *f, const Str *families, size_t n)
{
    pthread_mutex_lock(&f->lock);
    size_t i = 0;
    while (i < f->lists.n && !same_families(&f->lists.at[i], families, n))
        i++;
    if (i == f->lists.n) {
        Families list = {arena_array(&f->arena, n, Str), n};
        for (size_t k = 0; k < n; k++)
            list.family[k] = arena_str(&f->arena, families[k]);
        array_push(&f->lists, list);
    }
    pthread_mutex_unlock(&f->lock);
    return (FontsFallback)i;
}

static const Font *from_families(Fonts *f, const Families *list, const Font *like,
                                 uint32_t character)
{
    for (size_t i = 0; i < list->n; i++) {
        const char *why;
        const Font *font =
            get(f, list->family[i], like->face.weight, fabs(like->face.italic_angle) > 0.5, &why);
        if (font && covers(font, character))
            return font;
    }
    return NULL;
}

/* Any outline font that says it has the character, nearest in style first. */
static const Font *from_all(Fonts *f, const Font *like, uint32_t character)
{
    FcPattern *p = pattern_new(NULL, like->face.weight, fabs(like->face.italic_angle) > 0.5);
    FcCharSet *set = FcCharSetCreate();
    if (!set)
        mem_fail();
    FcCharSetAddChar(set, character);
    FcPatternAddCharSet(p, FC_CHARSET, set);
    FcConfig *config = config_of(f, ALL);
    FcConfigSubstitute(config, p, FcMatchPattern);
    FcDefaultSubstitute(p);
    FcResult result;
    const Font *font = NULL;
    FcFontSet *found = FcFontSort(config, p, FcFalse, NULL, &result);
    for (int i = 0; found && i < found->nfont && !font; i++) {
        FcCharSet *has;
        const char *why;
        if (FcPatternGetCharSet(found->fonts[i], FC_CHARSET, 0, &has) != FcResultMatch ||
            !FcCharSetHasChar(has, character))
            continue;
        font = load_match(f, found->fonts[i], &why);
        if (font && !covers(font, character))
            font = NULL;
    }
    if (found)
        FcFontSetDestroy(found);
    FcCharSetDestroy(set);
    FcPatternDestroy(p);
    return font;
}

const Font *fonts_fallback(Fonts *f, FontsFallback list, const Font *like, uint32_t character)
{
    const Font *font = NULL;
    bool known = false;
    pthread_mutex_lock(&f->lock);
    for (size_t i = 0; i < f->fallback.n && !known; i++) {
        const Fallback *e = &f->fallback.at[i];
        known = e->character == character && e->like == like && e->list == list;
        if (known)
            font = e->found;
    }
    if (!known) {
        font = from_families(f, &f->lists.at[list], like, character);
        if (!font)
            font = from_all(f, like, character);
        array_push(&f->fallback, ((Fallback){character, list, like, font}));
    }
    pthread_mutex_unlock(&f->lock);
    return font;
}
