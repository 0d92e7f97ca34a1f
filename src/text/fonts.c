#include "text/fonts.h"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/mem.h"
#include "base/message.h"
#include "base/utf8.h"
#include "text/fontfile.h"

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
    /* A path that begins with no slash would be sought in fontconfig's own folder. */
    char *path = realpath(f->conf[which], NULL);
    FcConfigParseAndLoad(config, (const FcChar8 *)(path ? path : f->conf[which]), FcTrue);
    free(path);
    for (size_t i = 0; i < f->folders.n; i++)
        FcConfigAppFontAddDir(config, (const FcChar8 *)f->folders.at[i]);
    FcConfigBuildFonts(config);
    f->config[which] = config;
    return config;
}

void fonts_drop(Fonts *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->list.n; i++)
        font_close(f->list.at[i]);
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

/* ---- files that were read ------------------------------------------------------------------- */

/* A face of a file, in the weight and slant that are asked of a variable font. */
typedef struct {
    const char *path;
    int index;
    double weight;
    bool italic;
} Wanted;

static Font *find_loaded(const Fonts *f, const Wanted *w)
{
    for (size_t i = 0; i < f->list.n; i++) {
        Font *font = f->list.at[i];
        bool same = font->face.index == w->index && strcmp(font->face.path, w->path) == 0;
        if (same && (!font->face.axes || (font->weight == w->weight && font->italic == w->italic)))
            return font;
    }
    return NULL;
}

/* The font in a file; *why says what is wrong with it when NULL is given. */
static const Font *load(Fonts *f, const Wanted *w, const char **why)
{
    Font *font = find_loaded(f, w);
    if (font)
        return font;
    font = mem_zalloc(sizeof *font);
    font->face.path = mem_strndup(w->path, strlen(w->path));
    font->face.index = w->index;
    font->face.number = (uint32_t)f->list.n;
    font->weight = w->weight;
    font->italic = w->italic;
    *why = font_open(f->library, font);
    if (*why) {
        font_close(font);
        return NULL;
    }
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

/* fontconfig's defaults, without the language of the user's locale: it would count for more than weight. */
static void complete(FcConfig *config, FcPattern *p)
{
    FcConfigSubstitute(config, p, FcMatchPattern);
    FcDefaultSubstitute(p);
    FcPatternDel(p, FC_LANG);
    FcPatternDel(p, FC_NAMELANG);
}

static bool has_family(const FcPattern *p, Str family)
{
    FcChar8 *name;
    for (int i = 0; FcPatternGetString(p, FC_FAMILY, i, &name) == FcResultMatch; i++)
        if (utf8_equal_fold(family, str_from((const char *)name)))
            return true;
    return false;
}

static const Font *load_match(Fonts *f, const FcPattern *match, double weight, bool italic,
                              const char **why)
{
    FcChar8 *path;
    int index = 0;
    if (FcPatternGetString(match, FC_FILE, 0, &path) != FcResultMatch)
        return NULL;
    FcPatternGetInteger(match, FC_INDEX, 0, &index); /* the upper half is an instance */
    Wanted wanted = {(const char *)path, index & 0xFFFF, weight, italic};
    return load(f, &wanted, why);
}

/* The nearest font of the family in these sets; fontconfig gives another family rather than none. */
static FcPattern *match_in(FcConfig *config, FcFontSet **sets, int n, FcPattern *p,
                           const char *family)
{
    FcResult result;
    FcPattern *match = n ? FcFontSetMatch(config, sets, n, p, &result) : NULL;
    if (match && !has_family(match, str_from(family))) {
        FcPatternDestroy(match);
        match = NULL;
    }
    return match;
}

/* Files that were put into a folder fonts/ win over the system's. */
static FcPattern *find_match(Fonts *f, int which, const char *family, double weight, bool italic)
{
    FcConfig *config = config_of(f, which);
    FcPattern *p = pattern_new(family, weight, italic);
    complete(config, p);
    FcFontSet *own = FcConfigGetFonts(config, FcSetApplication);
    FcFontSet *system = FcConfigGetFonts(config, FcSetSystem);
    FcPattern *match = match_in(config, &own, own != NULL, p, family);
    if (!match)
        match = match_in(config, &system, system != NULL, p, family);
    FcPatternDestroy(p);
    return match;
}

static const Font *find_font(Fonts *f, const char *family, double weight, bool italic,
                             const char **why)
{
    const char *problem = N_("it has no file");
    const Font *font = NULL;
    StrBuf message = {0};
    FcPattern *match = find_match(f, FEW, family, weight, italic);
    if (!match)
        match = find_match(f, ALL, family, weight, italic);
    if (match) {
        FcChar8 *path = NULL;
        font = load_match(f, match, weight, italic, &problem);
        FcPatternGetString(match, FC_FILE, 0, &path);
        if (!font)
            strbuf_addf(&message, gettext("the font '%s' can't be used: %s"),
                        path ? (char *)path : family, gettext(problem));
        FcPatternDestroy(match);
    } else {
        strbuf_addf(&message, gettext("there is no font family '%s'"), family);
    }
    *why = font ? NULL : arena_strndup(&f->arena, message.p, message.n);
    strbuf_drop(&message);
    return font;
}

/* ---- a family that is the name of a file ---------------------------------------------------- */

static bool names_file(Str family)
{
    static const char *const ends[] = {".ttf", ".otf", ".ttc", ".TTF", ".OTF", ".TTC"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(family, str_from(ends[i])))
            return str_find(family, '/') == family.n;
    return false;
}

/* The file in one of the folders, in the arena, or NULL. */
static const char *find_file(Fonts *f, const char *name)
{
    for (size_t i = 0; i < f->folders.n; i++) {
        StrBuf path = {0};
        strbuf_addf(&path, "%s/%s", f->folders.at[i], name);
        const char *found = access(path.p, R_OK) == 0 ? arena_strndup(&f->arena, path.p, path.n)
                                                      : NULL;
        strbuf_drop(&path);
        if (found)
            return found;
    }
    return NULL;
}

/* The font in a file that stands for a family, as it is when nothing but its regular was asked for, or
 * when it is variable; else the nearest of the family whose name it bears. */
static const Font *find_by_file(Fonts *f, const char *name, double weight, bool italic,
                                const char **why)
{
    const char *path = find_file(f, name), *problem = NULL;
    StrBuf message = {0};
    Wanted wanted = {path, 0, weight, italic};
    const Font *font = path ? load(f, &wanted, &problem) : NULL;
    if (!path)
        strbuf_addf(&message, gettext("there is no font file '%s' in a folder fonts/"), name);
    else if (!font)
        strbuf_addf(&message, gettext("the font '%s' can't be used: %s"), path, gettext(problem));
    *why = font ? NULL : arena_strndup(&f->arena, message.p, message.n);
    strbuf_drop(&message);
    if (!font || (weight == 400 && !italic))
        return font;
    int count;
    FcPattern *own = FcFreeTypeQuery((const FcChar8 *)path, 0, NULL, &count);
    FcChar8 *family;
    const char *none;
    const Font *other = NULL;
    if (own && FcPatternGetString(own, FC_FAMILY, 0, &family) == FcResultMatch)
        other = find_font(f, (const char *)family, weight, italic, &none);
    if (own)
        FcPatternDestroy(own);
    return other ? other : font;
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
    const Font *font = names_file(name) ? find_by_file(f, name.p, weight, italic, why)
                                        : find_font(f, name.p, weight, italic, why);
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
    bool italic = fabs(like->face.italic_angle) > 0.5;
    FcPattern *p = pattern_new(NULL, like->face.weight, italic);
    FcCharSet *set = FcCharSetCreate();
    if (!set)
        mem_fail();
    FcCharSetAddChar(set, character);
    FcPatternAddCharSet(p, FC_CHARSET, set);
    FcConfig *config = config_of(f, ALL);
    complete(config, p);
    FcResult result;
    const Font *font = NULL;
    FcFontSet *found = FcFontSort(config, p, FcFalse, NULL, &result);
    for (int i = 0; found && i < found->nfont && !font; i++) {
        FcCharSet *has;
        const char *why;
        if (FcPatternGetCharSet(found->fonts[i], FC_CHARSET, 0, &has) != FcResultMatch ||
            !FcCharSetHasChar(has, character))
            continue;
        font = load_match(f, found->fonts[i], like->face.weight, italic, &why);
        if (font && !covers(font, character))
            font = NULL;
    }
    if (found)
        FcFontSetDestroy(found);
    FcCharSetDestroy(set);
    FcPatternDestroy(p);
    return font;
}

/* Characters of private use mean something in the font that they were made for alone. */
static bool is_private(uint32_t c)
{
    return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
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
        if (!font && !is_private(character))
            font = from_all(f, like, character);
        array_push(&f->fallback, ((Fallback){character, list, like, font}));
    }
    pthread_mutex_unlock(&f->lock);
    return font;
}
