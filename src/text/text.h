/* Paragraphs: runs of styled text in, broken lines of glyphs out. Lengths are in points. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "glyph/para.h"
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
    bool hyphenate;   /* where its language can be */
} TextRun;

typedef struct {
    const TextRun *run;
    size_t runs;
    float measure; /* width to fill */
    TextAlign align;
    float indent; /* of the first line */
    float
        letters; /* part of their width, 0.03 at most, that justified text may give letters or take */
    bool hang;   /* punctuation stands beyond the right margin */
    FontsFallback fallback; /* for characters that a run's font lacks */
} TextRequest;

typedef struct Text Text;

/* `threads` may ask at the same time, each with its own number below it. The Fonts are borrowed. */
Text *text_new(Fonts *fonts, unsigned threads);
void text_drop(Text *text);
const Words *text_words(const Text *text);

/* The paragraph for a request: laid out now, or found as it was laid out before. It is a pure
 * function of the request and lives as long as the Text. */
const GlyphPara *text_paragraph(Text *text, unsigned thread, const TextRequest *request);

/* Hears how a paragraph is broken: first of each place where a line may end, then of the lines that are
 * weighed, then of the places that are chosen. */
typedef struct {
    /* `at` is the byte of the paragraph's text that the next line would begin with. */
    void (*place)(void *context, size_t number, uint32_t at, const BreakPoint *point);
    void (*weighed)(void *context, const BreakLine *line);
    void (*chosen)(void *context, const uint32_t *places, size_t n);
    void *context;
} TextTrace;

/* Lays a paragraph out as text_paragraph does, though it was laid out before, and tells. */
void text_trace(Text *text, unsigned thread, const TextRequest *request, const TextTrace *trace);

StoreCount text_words_count(const Text *text);
StoreCount text_paragraphs_count(const Text *text);

#endif
