/* Finished PDFs as a screen reader sees them: the structure tree (ISO 32000-1, 14.7 and 14.8) with the text
 * that each element owns, whoever wrote the file. Alone includes qpdf. */
#ifndef TAGGED_TAGGED_H
#define TAGGED_TAGGED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/str.h"

/* clang-format off */

/* Standard structure types of ISO 32000-1, 14.8.4, and those of ISO 32000-2 that files have. H1 to H6, and the deeper ones of ISO 32000-2, are TAG_H with their level. */
#define TAG_NAMES(X)                                                                              \
    X(Annot) X(Art) X(Artifact) X(Aside) X(BibEntry) X(BlockQuote) X(Caption) X(Code) X(Div)      \
    X(Document) X(DocumentFragment) X(Em) X(FENote) X(Figure) X(Form) X(Formula) X(H) X(Index)    \
    X(L) X(LBody) X(LI) X(Lbl) X(Link) X(NonStruct) X(Note) X(P) X(Part) X(Private) X(Quote)      \
    X(RB) X(RP) X(RT) X(Reference) X(Ruby) X(Sect) X(Span) X(Strong) X(Sub) X(TBody) X(TD)        \
    X(TFoot) X(TH) X(THead) X(TOC) X(TOCI) X(TR) X(Table) X(Title) X(WP) X(WT) X(Warichu)
/* clang-format on */

#define TAG_ENUM(name) TAG_##name,
typedef enum { TAG_NAMES(TAG_ENUM) TAG_UNKNOWN, TAG_COUNT } Tag;

typedef enum { TAG_SCOPE_NONE, TAG_SCOPE_COLUMN, TAG_SCOPE_ROW, TAG_SCOPE_BOTH } TagScope;

#define TAG_NO_PAGE UINT32_MAX

#define SOFT_HYPHEN "\xC2\xAD"

/* A stretch of text of one language, and where it stands, in points of its page. */
typedef struct {
    Str text, language; /* empty: that of the element */
    uint32_t page;      /* from 0 */
    float x, y, end_x, end_y, size;
    bool measured; /* the end is known, since the font says how wide it is */
} TagRun;

/* What an object reference leads to: a link or a field of a form. */
typedef struct {
    Str contents;     /* what a screen reader is to say, or empty */
    Str address;      /* of links to elsewhere */
    Str field, value; /* of fields: name and value */
    uint32_t page;
} TagObject;

typedef enum { TAG_KID_NODE, TAG_KID_TEXT, TAG_KID_OBJECT } TagKidKind;

typedef struct {
    TagKidKind kind;
    uint32_t first, end; /* nodes or objects: first alone; text: of the runs */
} TagKid;

typedef struct {
    Tag tag;
    unsigned level; /* of TAG_H: 1, 2 …; 0 when it isn't said */
    Str language, alternative, actual_text, expansion, id;
    bool has_alternative, has_actual_text; /* they may be empty */
    uint32_t page;                         /* of its first text or object, or TAG_NO_PAGE */
    uint32_t first_kid, kids;
    uint32_t parent;
    TagScope scope;
    unsigned row_span, column_span; /* from 1 */
    bool in_line;                   /* its attributes say that it stands in a line of text */
    Str *header;                    /* ids of head cells */
    uint32_t headers;
} TagNode;

typedef struct {
    Arena arena;
    ARRAY(TagNode) nodes; /* 0 is the root of the tree, and no element of it */
    ARRAY(TagKid) kids;
    ARRAY(TagRun) runs;
    ARRAY(TagObject) objects;
    Str title, language;
    Str *label; /* of each page; "1", "2" … where the file gives none */
    uint32_t pages;
    uint32_t outside;    /* pages with text that is neither in the structure nor an artifact */
    uint32_t unreadable; /* characters whose font doesn't say what they are */
    bool spaced;         /* lines end with a blank where a word does (ISO 32000-1, 14.8.2.5) */
    bool repeated;       /* elements or text that occur twice in the tree, such as in a loop */
    bool cut;            /* elements nested too deeply, which are left out */
} TaggedPdf;

typedef enum { TAGGED_GOOD, TAGGED_BROKEN, TAGGED_LOCKED, TAGGED_UNTAGGED } TaggedState;

/* Reads a PDF. The bytes are borrowed until the call returns; the result is always to be dropped. Whatever
 * they are, memory and time are bounded by their number, once decompressed. */
TaggedState tagged_read(TaggedPdf *pdf, Str bytes);
void tagged_drop(TaggedPdf *pdf);

/* How text stands to the text before it: in the same word, as far as places tell; behind a gap; on another line or
 * page. */
typedef enum { TAG_JOINED, TAG_GAP, TAG_LINE } TagStep;
TagStep tagged_step(const TagRun *before, const TagRun *text);
/* Whether text has letters of a script from right to left: places tell nothing of its words. */
bool tagged_is_leftward(Str text);
bool tagged_ends_in_blank(Str text);
/* Whether text has neither a blank nor a hyphen at its end, so that one may follow. */
bool tagged_takes_blank(Str text);

#endif
