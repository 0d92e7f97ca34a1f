/* Words to glyphs, through the store of words. */
#ifndef TEXT_SHAPE_H
#define TEXT_SHAPE_H

#include "base/arena.h"
#include "glyph/words.h"
#include "text/fonts.h"

/* One thread's means of shaping. */
typedef struct {
    Words *words;
    hb_buffer_t *buffer;
    Arena *kept; /* where words go: lives as long as the store */
} Shaper;

typedef struct {
    const Font *font;
    unsigned features;
    hb_script_t script;
    hb_language_t language;
    bool rtl;
    float scale; /* see GlyphWord */
    uint64_t
        apart; /* bit i: no ligature may hold bytes i - 1 and i, which belong to parts of a compound */
} ShapeStyle;

/* `apart` of what begins with a byte of the text. */
static inline uint64_t shape_apart_from(uint64_t apart, size_t byte)
{
    return byte < 64 ? apart >> byte & ~(uint64_t)1 : 0;
}

/* Shapes a piece of text, or finds it shaped. A soft hyphen at the end is drawn as a hyphen; there
 * are none elsewhere. */
const GlyphWord *shape_word(Shaper *shaper, const ShapeStyle *style, Str text);

/* Room for something that isn't text, `width` ems wide. */
const GlyphWord *shape_object(Shaper *shaper, const Font *font, float width);

#endif
