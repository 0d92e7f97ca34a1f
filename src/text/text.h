/* Paragraphs: runs of styled text in, broken lines of glyphs out. Lengths are in points. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "base/array.h"
#include "glyph/para.h"
#include "language/hyphenate.h"
#include "text/bidi.h"
#include "text/fonts.h"
#include "text/linebreak.h"

typedef enum { TEXT_LEFT, TEXT_RIGHT, TEXT_CENTRE, TEXT_JUSTIFY } TextAlign;

/* Text of one style. A line end (\n) in it ends a line; soft hyphens and zero-width spaces are
 * places where it may. */
typedef struct {
    Str text;
    const Font *font;
    Str language; /* BCP 47 */
    float size, rise;
    uint32_t colour;  /* 0xRRGGBB */
    uint8_t flags;    /* RUN_UNDERLINE … */
    uint8_t features; /* FEATURE_TABULAR … */
    bool hyphenate;   /* words may be divided; without it only those that are wider than the line */
    bool name;        /* its words had better stay on one line, but for what follows a comma */
    float
        object; /* width of what is drawn here instead of the text, which is TEXT_OBJECT; else 0 */
} TextRun;

/* The character that a picture stands in a line as (U+FFFC). A line may be broken beside it as beside an
 * ideograph. */
#define TEXT_OBJECT "\xEF\xBF\xBC"

typedef struct {
    const TextRun *run;
    size_t runs;
    float measure; /* width to fill */
    TextAlign align;
    float indent; /* of the first line */
    float
        turn; /* indent of lines that go on with one that had no room; 0: no line means anything */
    float
        letters; /* part of their width, 0.03 at most, that justified text may give letters or take */
    bool hang;   /* punctuation stands beyond the right margin */
    bool balance; /* lines that aren't justified are of one length, and no more than need be */
    bool
        label; /* a few words in little room: its last line isn't one short word, its last sentence begins a line */
    BidiComposed composed;          /* in which direction it reads */
    FontsFallback fallback;         /* for characters that a run's font lacks */
    const Hyphenation *hyphenation; /* by which words are divided; NULL for soft hyphens alone */
} TextRequest;

typedef struct Text Text;

/* `threads` may ask at the same time, each with its own number below it. The Fonts are borrowed. */
Text *text_new(Fonts *fonts, unsigned threads);
void text_drop(Text *text);
const Words *text_words(const Text *text);

/* The paragraph for a request: laid out now, or found as it was laid out before. It is a pure
 * function of the request and lives as long as the Text. */
const GlyphPara *text_paragraph(Text *text, unsigned thread, const TextRequest *request);

/* What lies between a part of a paragraph and the one before it. */
typedef enum {
    TEXT_PARTS_NOTHING,   /* they are never parted */
    TEXT_PARTS_LINES,     /* a line begins here in any case */
    TEXT_PARTS_WORDS,     /* a line may begin here */
    TEXT_PARTS_JOINT,     /* … if a word may be divided, at the joint of a compound … */
    TEXT_PARTS_SYLLABLES, /* … or between syllables */
} TextParting;

/* What is never broken. */
typedef struct {
    float width;
    float space;  /* before it, when the part before is on the same line */
    float hyphen; /* behind the part before, when that isn't */
    TextParting parting;
} TextPart;
typedef ARRAY(TextPart) TextParts;

/* The parts of a paragraph for any measure, whether its words may be divided or not; `parts` is emptied
 * before. */
void text_parts(Text *text, unsigned thread, const TextRequest *request, TextParts *parts);

/* How a paragraph is broken: the places where its lines may end, and those that were chosen. */
typedef struct {
    Str text; /* of all runs */
    const BreakPoint *point;
    const uint32_t *next; /* byte of the text that the next line would begin with, of each point */
    size_t points;
    const BreakStyle *style;
    const uint32_t *chosen; /* points */
    size_t lines;
} TextBreaking;

/* Hears of each line that is weighed (NULL: doesn't want to), and then of the whole. */
typedef struct {
    void (*weighed)(void *context, const BreakLine *line);
    void (*chosen)(void *context, const TextBreaking *breaking);
    void *context;
} TextTrace;

/* Lays a paragraph out as text_paragraph does, though it was laid out before, and tells. */
void text_trace(Text *text, unsigned thread, const TextRequest *request, const TextTrace *trace);

StoreCount text_words_count(const Text *text);
StoreCount text_paragraphs_count(const Text *text);

#endif
