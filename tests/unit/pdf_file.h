/* Reads PDF files as they are written here: enough of ISO 32000-1 to see whether one is sound, and what
 * it says. Whatever is wrong fails the test. */
#ifndef PDF_FILE_H
#define PDF_FILE_H

#include "base/array.h"
#include "base/str.h"
#include "document/document.h"
#include "pdf/pdf.h"

/* ---- tokens --------------------------------------------------------------------------------- */

typedef enum {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_NAME,   /* text: as it is written, without the slash */
    TOKEN_STRING, /* text: what is between the parentheses or brackets, as it is written */
    TOKEN_HEX,
    TOKEN_OPEN, /* << [ */
    TOKEN_CLOSE,
    TOKEN_WORD, /* R, obj, operators */
} TokenKind;

typedef struct {
    TokenKind kind;
    Str text;
    double number;
} Token;

/* Reads the token at *at and moves behind it. */
Token pdf_token(Str from, size_t *at);
bool token_is(const Token *token, const char *word);
/* The bytes of a TOKEN_STRING or TOKEN_HEX. */
void token_bytes(const Token *token, StrBuf *out);

/* ---- files ---------------------------------------------------------------------------------- */

typedef struct {
    Str bytes;
    ARRAY(Str) objects; /* by number: what is between obj and endobj; 0 is empty */
    StrBuf *packed;     /* by number of object streams: what is in them */
    Str trailer;        /* the dictionary of the cross-reference stream */
} PdfFile;

/* Takes the file apart and checks its cross-references, object streams, the lengths of its streams and that every
 * reference leads to an object. */
void pdf_file_open(PdfFile *file, Str bytes);
void pdf_file_close(PdfFile *file);

/* What stands behind a key of an object's dictionary, up to the dictionary's end; empty when it has no
 * such key. */
Str pdf_value(const PdfFile *file, uint32_t object, const char *key);
/* The same for a dictionary by itself. */
Str pdf_value_in(Str dictionary, const char *key);
/* The number of the object that a reference leads to; 0 when there is none. */
uint32_t pdf_ref(Str value);
uint32_t pdf_key_ref(const PdfFile *file, uint32_t object, const char *key);
int64_t pdf_int(Str value);
/* All references and numbers of an array. */
typedef ARRAY(uint32_t) Numbers;
void pdf_refs(Str array, Numbers *out);
/* An array or dictionary with all that is in it, at the beginning of a value. */
Str pdf_whole(Str value);
/* The content of a stream, decompressed unless it is a picture. */
void pdf_stream_bytes(const PdfFile *file, uint32_t object, StrBuf *out);
uint32_t pdf_root(const PdfFile *file);
/* The pages in order, found through the page tree, whose counts and parents are checked. */
void pdf_pages(const PdfFile *file, Numbers *out);

/* Checks that marked content, text objects and graphics states nest in every page; that each mark
 * leads to a structure element which names it; that each link's annotation is named by its element,
 * and nothing is named twice. */
void pdf_check_structure(const PdfFile *file);
/* The text of a page in the order of its content, by the fonts' ToUnicode tables. */
void pdf_page_text(const PdfFile *file, uint32_t page, StrBuf *out);

/* ---- writing -------------------------------------------------------------------------------- */

/* Writes a document to memory with so many threads; fails when it can't be written. */
void pdf_write_bytes(const Document *document, unsigned threads, StrBuf *out);

#endif
