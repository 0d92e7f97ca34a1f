/* Fonts: found by fontconfig in a configuration of our own, checked by FreeType, used by HarfBuzz. */
#ifndef TEXT_FONTS_H
#define TEXT_FONTS_H

#include <hb.h>

#include "glyph/face.h"

typedef struct {
    Face face;
    hb_face_t *hb_face;
    hb_font_t *hb_font; /* immutable, one unit a font unit: for any thread */
    double weight;      /* that was asked for: a variable font is another for each */
    bool italic;
} Font;

/* What a font is asked for beside its defaults; one that hasn't got it does without. */
enum {
    FEATURE_TABULAR = 1, /* digits of one width, all of one height */
    FEATURE_LINING = 2,  /* digits of one height */
    FEATURE_OLD_STYLE = 4,
    FEATURE_SMALL_CAPITALS = 8,
    FEATURE_NO_LIGATURES = 16, /* but those that a script can't be written without */
    FEATURE_REPLACED = 64,     /* not the characters, but U+FFFD for each … */
    FEATURE_QUERIED = 128      /* … or a question mark */
};

/* The font of a face that a word has. */
static inline const Font *font_of_face(const Face *face)
{
    return (const Font *)(const void *)face; /* its first member */
}

typedef struct Fonts Fonts;

/* The configurations say where fonts are, and no others are read: `conf` names the few folders of the
 * families that layouts use; `more` those of all the others, and is read when something is not found
 * in the first. The folders (NULL ends the list) are searched before both. All are copied. */
Fonts *fonts_new(const char *conf, const char *more, const char *const *folders);
void fonts_drop(Fonts *fonts);

/* The font of a family; weight 100 to 900. A variable font is pinned to that weight. The family may also
 * be the name of a file (.ttf, .otf, .ttc) in one of the folders: that is the regular font, and its
 * family's others are found by the name that is written in it. It is the same pointer for the same font.
 * NULL when there is none that may be used; *why then says so, as long as the Fonts live. Safe from
 * several threads, as are the next two. */
const Font *fonts_get(Fonts *fonts, Str family, double weight, bool italic, const char **why);

/* A list of families to try, in order, for characters that a font lacks: the same number for the same
 * families. 0 is the empty list. */
typedef uint32_t FontsFallback;
FontsFallback fonts_fallback_list(Fonts *fonts, const Str *families, size_t n);

/* A font that has the character, near in weight and slant to `like`: of the list, or of any family
 * when none of those has it. NULL when no font has. */
const Font *fonts_fallback(Fonts *fonts, FontsFallback list, const Font *like, uint32_t character);

#endif
