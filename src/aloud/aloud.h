/* What a screen reader says of a tagged PDF, line by line. */
#ifndef ALOUD_ALOUD_H
#define ALOUD_ALOUD_H

#include "aloud/words.h"
#include "tagged/tagged.h"

typedef enum {
    PIECE_SIGN, /* what the reader says of itself: "Overskrift 2" */
    PIECE_TEXT, /* what is read */
    PIECE_OPEN, /* opens a stretch within the text, and says of what kind: "link" */
    PIECE_CLOSE
} PieceKind;

typedef struct {
    PieceKind kind;
    Str text, language; /* empty: the document's */
} Piece;

typedef struct {
    bool page;      /* tells that a page begins */
    unsigned depth; /* of lists, tables and quotations */
    const Piece *piece;
    size_t pieces;
} AloudLine;

/* Pages to be read, by their place in the file, counted from 1; n 0: all. */
typedef struct {
    struct {
        uint32_t first, last;
    } * range;
    size_t n;
} AloudPages;

typedef struct {
    void (*line)(void *context, const AloudLine *line);
    void *context;
} AloudSink;

/* Reads the document, in the order of its structure. Lines last as long as the call that gets them. */
void aloud_read(const TaggedPdf *pdf, const AloudWords *words, const AloudPages *pages,
                AloudSink sink);

/* "3", "3-5", "7-" and several with commas; false when the text is no such thing. Free range with mem_free. */
bool aloud_parse_pages(Str text, AloudPages *pages);
bool aloud_has_page(const AloudPages *pages, uint32_t page); /* from 0 */

/* ---- voice.c: lines as text and as speech ------------------------------------------------------------ */

/* Adds a line as people read it: indented, with what is said within the text in brackets. */
void voice_text(StrBuf *out, const AloudLine *line, const AloudWords *words, Str language);
/* Adds it as SSML (w3.org/TR/speech-synthesis11), each stretch in the voice of its language where that isn't the
 * speaker's own. */
void voice_ssml(StrBuf *out, const AloudLine *line, Str language, Str speaker);

#endif
