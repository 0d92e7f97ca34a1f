/* Within the folder: objects through qpdf, and the steps of reading. */
#ifndef TAGGED_INTERNAL_H
#define TAGGED_INTERNAL_H

#include <qpdf/qpdf-c.h>

#include "tagged/tagged.h"

/* ---- object.c: values of dictionaries, without complaint about those of another type ------------ */

typedef qpdf_oh Object; /* is to be released */

static inline void object_release(qpdf_data q, Object o)
{
    qpdf_oh_release(q, o);
}
/* A null object where there is no such key, or no dictionary; the dictionary of a stream. */
Object object_get(qpdf_data q, Object o, const char *key);
/* The same, of a key that is a name without its slash. */
Object object_get_named(qpdf_data q, Object o, Str name);
/* The identity of an indirect object, or 0. */
uint64_t object_identity(qpdf_data q, Object o);
bool object_is_dict(qpdf_data q, Object o); /* or a stream */
/* A copy of what may be shown: well-formed, without controls and line ends, which become blanks (line ends stay
 * where `lines` says so), and without what turns directions or is of private use. */
Str object_clean(Arena *arena, Str s, bool lines);
/* Text strings as UTF-8, made clean. False when the key has none. */
bool object_text(Arena *arena, qpdf_data q, Object dict, const char *key, Str *out);
bool object_text_of(Arena *arena, qpdf_data q, Object o, Str *out);
/* A name without its slash, in bytes of any encoding; empty when the key has none. */
Str object_name(Arena *arena, qpdf_data q, Object dict, const char *key);
Str object_name_of(Arena *arena, qpdf_data q, Object o);
double object_number(qpdf_data q, Object dict, const char *key, double otherwise);
double object_number_of(qpdf_data q, Object o, double otherwise);
/* An integer in a range; `otherwise` for all else. */
long long object_integer(qpdf_data q, Object dict, const char *key, long long least, long long most,
                         long long otherwise);
size_t object_count(qpdf_data q, Object array); /* 0 when it is none */
/* Decoded data, to be freed with free(); NULL when it can't be had. */
char *object_data(qpdf_data q, Object stream, size_t *n);

/* ---- token.c: content streams and CMaps (ISO 32000-1, 7.2 to 7.3) ------------------------------- */

typedef enum {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_STRING, /* decoded */
    TOKEN_NAME,   /* decoded, without the slash */
    TOKEN_DICT,   /* its source, with the marks around it */
    TOKEN_OPEN,   /* [ */
    TOKEN_CLOSE,
    TOKEN_WORD /* operators, true, false, null */
} TokenKind;

typedef struct {
    TokenKind kind;
    double number;
    Str text; /* valid until the next call */
} Token;

typedef struct {
    Str source;
    size_t at;
    StrBuf text;
} Tokens;

Token token_next(Tokens *tokens);
/* Moves behind the data of an inline image; call it after the word ID. */
void token_skip_image(Tokens *tokens);

/* ---- codes.c, encodings.c: what the bytes of a string mean -------------------------------------- */

typedef struct {
    uint32_t low, high; /* codes */
    unsigned bytes;     /* of a code */
    uint32_t cid;       /* of the lowest; ascending */
    Str text;           /* of the lowest, in UTF-8 … */
    uint32_t last;      /* … without its last character, which ascends */
} CodeRange;

typedef struct {
    uint32_t low, high;
    unsigned bytes;
} CodeSpace;

typedef struct {
    ARRAY(CodeRange) ranges; /* by bytes and low once read */
    ARRAY(CodeSpace) spaces;
} CodeMap;

void codes_read(CodeMap *map, Arena *arena, Str source);
void codes_drop(CodeMap *map);
const CodeRange *codes_find(const CodeMap *map, uint32_t code, unsigned bytes);
/* The bytes of the first code of s, which isn't empty. */
unsigned codes_first(const CodeMap *map, Str s, unsigned otherwise);

/* The character of a code in the encoding of that name, or 0. */
uint32_t encoding_character(Str encoding, unsigned code);
/* Writes what a glyph name stands for (Adobe Glyph List, as far as Latin text goes; uniXXXX; uXXXXX);
 * false when it is unknown. */
bool encoding_glyph(StrBuf *out, Str name);

typedef struct {
    uint64_t identity;
    bool composite, measured;
    CodeMap to_unicode, encoding;
    bool has_to_unicode, identity_encoding;
    Str simple[256]; /* of simple fonts without ToUnicode */
    float width[256];
    float usual_width;
    ARRAY(float) cid_width; /* negative: the usual one */
    Arena arena;
} TagFont;

/* Reads a font's dictionary; never NULL. */
TagFont *font_new(qpdf_data q, Object dict);
void font_drop(TagFont *font);
/* Decodes the first code of s: its bytes, its width in thousandths of the size, whether it is a blank of one
 * byte (which word spacing counts for), and adds its text; false when the font doesn't say what it is. */
typedef struct {
    unsigned bytes;
    float width;
    bool blank;
} FontCode;
bool font_next(const TagFont *font, Str s, FontCode *code, StrBuf *text);

/* ---- content.c: marked content and its text ------------------------------------------------------ */

/* Text of a mark of a page or form; the order of the file among those of one mark. */
typedef struct {
    uint32_t stream, id, order;
    uint32_t first, end; /* runs */
    bool taken;          /* by an element */
} TagMark;

typedef struct {
    TaggedPdf *pdf;
    qpdf_data q;
    ARRAY(TagMark) marks; /* by stream, id and order once contents_read has ended */
    ARRAY(TagFont *) fonts;
    ARRAY(uint64_t)
    forms; /* identity of forms with marks of their own; streams are numbered behind pages */
    size_t budget; /* bytes of content that may still be read: forms can multiply */
    bool *outside; /* of each page */
    size_t lines_ended, lines_open; /* within texts: with a blank at the end, and without */
} Reading;

void contents_read(Reading *reading);
/* The stream number of a form; UINT32_MAX when it was not drawn. */
uint32_t contents_form(const Reading *r, uint64_t form);
/* The first of the marks with a stream and id, *n of them. */
TagMark *contents_find(Reading *reading, uint32_t stream, uint32_t id, size_t *n);

/* ---- tree.c -------------------------------------------------------------------------------------- */

/* Reads the structure; `root` is the StructTreeRoot. */
void tree_read(Reading *reading, Object root);

#endif
