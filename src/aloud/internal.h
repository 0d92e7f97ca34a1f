/* Within the folder: the reader that goes through a document. */
#ifndef ALOUD_INTERNAL_H
#define ALOUD_INTERNAL_H

#include "aloud/aloud.h"
#include "language/terms.h"

/* A piece of the line that is being made; its text stands in the line's. */
typedef struct {
    PieceKind kind;
    size_t from, to;
    Str language;
} LinePiece;

typedef struct {
    const TaggedPdf *pdf;
    const AloudWords *words;
    const AloudPages *pages;
    AloudSink sink;
    bool collects; /* words of a cell, without regard to pages */
    unsigned depth;
    uint32_t page, next_page; /* that is read; that is to be told at the end of a word */
    Str language;             /* of the element */

    ARRAY(LinePiece) pieces;
    ARRAY(Piece) shown;
    StrBuf text;
    bool has_text; /* the line has more than signs */
    bool lead;     /* it is but begun, so a paragraph goes on it */
    bool outdent;  /* it hangs out over what follows in the same item */
    bool in_paragraph, in_reference, in_contents;
    bool flat; /* paragraphs go on the line */
    bool wants_blank;
    TagRun last; /* the text before */
    bool has_last;
    uint32_t line_page;
} Speaker;

/* ---- line.c: making lines ---------------------------------------------------------------------------- */

/* Ends the line, if there is one. */
void line_end(Speaker *s);
/* Begins a paragraph: on the line that was but begun, else on a new one. */
void line_begin(Speaker *s);
/* Tells that another page is read. */
void line_go_to(Speaker *s, uint32_t page);
void line_piece(Speaker *s, PieceKind kind, Str text);
/* A line of its own that says something; the page is where it is said. */
void line_say(Speaker *s, uint32_t page, Str text);
/* Begins a line with a sign. */
void line_lead(Speaker *s, uint32_t page, Str text);
/* Text of a run; where `text` isn't what the run has, it stands for all runs up to `last`. */
void line_text(Speaker *s, Str text, const TagRun *first, const TagRun *last, Str language);
/* Between the two, the line that is begun hangs out over those that follow. */
void line_hang(Speaker *s);
void line_unhang(Speaker *s);
void line_drop(Speaker *s);

/* ---- read.c: elements ---------------------------------------------------------------------------------- */

void read_node(Speaker *s, uint32_t node);
/* What an element has, or what stands for it. */
void read_content(Speaker *s, uint32_t node);
/* Reads an element with a reader, in its language. */
void read_spoken(Speaker *s, uint32_t node, void (*reader)(Speaker *, uint32_t));
/* The words of an element alone, without signs. */
void read_words(const Speaker *s, uint32_t node, StrBuf *out);
static inline const TagNode *read_find(const Speaker *s, uint32_t node)
{
    return &s->pdf->nodes.at[node];
}
static inline Str read_word(const Speaker *s, AloudSay say)
{
    return s->words->say[say];
}
/* A pattern of the words with one field. */
void read_pattern(const Speaker *s, AloudSay say, const char *field, Str value, StrBuf *out);

/* ---- table.c ---------------------------------------------------------------------------------------------- */

void read_table(Speaker *s, uint32_t node);

#endif
