/* The store of shaped words. A word is shaped once for all sizes, paragraphs and documents. */
#ifndef GLYPH_WORDS_H
#define GLYPH_WORDS_H

#include "base/arena.h"
#include "base/store.h"
#include "glyph/face.h"

typedef struct {
    uint32_t pair;   /* of the face */
    int16_t advance; /* with kerning */
    int16_t dx, dy;  /* from where it would stand */
    uint16_t
        cluster; /* byte of the word's text that it begins at; glyphs of one cluster share it */
} Glyph;

enum {
    WORD_SPACE = 1,   /* a space between words: justified text stretches it */
    WORD_RTL = 2,     /* its text reads from right to left; glyphs are in visual order */
    WORD_MISSING = 4, /* the face lacks a glyph: not to be drawn */
    WORD_OBJECT = 8   /* room for a picture: it has no text and no glyphs */
};

typedef struct {
    const Face *face;
    Str text;      /* what it says, in reading order */
    int32_t width; /* sum of the advances */
    float scale;   /* of its size to that of the text around it: a fallback's letters are as high */
    uint64_t apart; /* bytes that no ligature joins to the one before them, in the first 64 */
    uint32_t id;
    uint16_t n;
    uint8_t flags;
    Glyph glyph[]; /* n of them, from left to right */
} GlyphWord;

typedef struct Words Words;

Words *words_new(void);
void words_drop(Words *words);

/* The word kept under a key, or NULL. Safe from several threads, as are the next two. */
const GlyphWord *words_find(Words *words, Hash key);
/* Keeps a word under a key and numbers it; the word must live as long as the store. When another
 * thread was faster, its word is given. */
const GlyphWord *words_keep(Words *words, Hash key, GlyphWord *word);
/* The word with a number that words_keep gave. */
const GlyphWord *words_at(const Words *words, uint32_t id);

/* One more than the largest number given so far. */
uint32_t words_numbered(const Words *words);
/* How many words are kept, and how often one was asked for and found. */
StoreCount words_count(const Words *words);

#endif
