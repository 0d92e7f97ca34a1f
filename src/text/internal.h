/* What the files of this folder share. */
#ifndef TEXT_INTERNAL_H
#define TEXT_INTERNAL_H

#include "base/array.h"
#include "text/breaks.h"
#include "text/shape.h"
#include "text/text.h"

/* Part of a paragraph that is never broken, or a space, or an end of a line that was asked for. */
typedef enum { ITEM_WORD, ITEM_SPACE, ITEM_NEWLINE } ItemKind;

/* What lies between an item and the one before it, from the best place to part them to the worst. */
typedef enum {
    PART_NONE,    /* words */
    PART_JOINT,   /* parts of a compound, or what the text itself says by a soft hyphen */
    PART_NORMAL,  /* syllables */
    PART_ADDRESS, /* places in an address, without a hyphen */
    PART_TIED,    /* words with a no-break space between them */
    PART_RARE,    /* letters that are parted only where nothing else is good */
    PART_NAME,    /* letters of a name */
    PART_ANYWHERE /* letters of what is too long for its line */
} Parting;

typedef struct {
    ItemKind kind;
    bool may_break; /* a line may begin with this word, or end at this space */
    bool hyphen;    /* a line that ends before this word gets a hyphen */
    uint8_t part;   /* a Parting */
    uint8_t level;  /* of bidi; odd reads from the right */
    uint16_t run;   /* in the request */
    hb_script_t script;
    const GlyphWord *word; /* of which bytes [from, to) are this item */
    uint32_t from, to;
    uint32_t at; /* byte of the paragraph's text that it begins with */
    double width;
} Item;

/* A place inside the word that is being gathered where it may be parted with a hyphen. */
typedef struct {
    uint32_t at; /* byte of the word */
    uint8_t part;
} Joint;

/* divide.c: one thread's memory of how words are divided. */
typedef struct Divisions Divisions;
Divisions *divisions_new(void);
void divisions_drop(Divisions *divisions);
/* The places where a word may be divided; they stay until the next call. */
size_t divide_word(Divisions *divisions, const Hyphenation *hyphenation, Str language, Str word,
                   const Joint **places);

/* Whether a line may end before or at it. */
static inline bool item_parts(const Item *item)
{
    return item->kind == ITEM_NEWLINE || item->may_break;
}

/* A request as items. */
typedef struct {
    ARRAY(Item) items;
    ARRAY(GlyphMissing) missing;
    ARRAY(Joint) joints; /* of the word that is being gathered */
    bool bidi;
    uint8_t base; /* level of the paragraph */
    bool emergency;
} Segments;

/* The lines of a paragraph while it is composed. */
typedef struct {
    ARRAY(GlyphLine) lines;
    ARRAY(GlyphRun) runs;
    ARRAY(uint32_t) pieces;
    ARRAY(uint8_t) levels; /* of the pieces, with bidi */
    ARRAY(float) x;        /* of the pieces, with bidi */
} LineArrays;

/* What one thread needs to lay out paragraphs. Arrays keep their room from one to the next. */
typedef struct {
    Fonts *fonts;
    Arena kept;    /* words and paragraphs */
    Arena scratch; /* emptied after each paragraph */
    Shaper shaper;
    Breaks *breaks;
    Divisions *divisions;
    StrBuf key;
    Segments segments;
    LineArrays lines;
} TextWorker;

/* segment.c: fills w->segments; with `divide` words are divided where they may be. */
void segment(TextWorker *w, const TextRequest *q, bool divide);
/* The text of all runs, of which there are none or more. */
Str segment_text(TextWorker *w, const TextRequest *q);
/* How text of a run is shaped where no special script or font is needed. */
ShapeStyle segment_style(const TextRun *run);
/* Width in points of bytes [from, to) of a word. */
double segment_width(const GlyphWord *word, uint32_t from, uint32_t to, float size);
/* The glyph of bytes [from, to) of a word when there is only one, or NULL. */
const Glyph *segment_only_glyph(const GlyphWord *word, uint32_t from, uint32_t to);
/* The first cluster of a word that begins at a byte or behind it (the text's end when there is none),
 * and the last one that begins before it. */
uint32_t segment_next_cluster(const GlyphWord *word, uint32_t byte);
uint32_t segment_last_cluster(const GlyphWord *word, uint32_t byte);
/* Whether it is taken for one: of any script, and from À on all but general punctuation. */
bool segment_is_letter(uint32_t character);

/* parts.c: fills `out`. */
void parts_find(TextWorker *w, const TextRequest *request, TextParts *out);

/* para.c: lays a paragraph out; the result is in the worker's kept arena. `trace` may be NULL. */
GlyphPara *para_compose(TextWorker *w, const TextRequest *request, const TextTrace *trace);

#endif
