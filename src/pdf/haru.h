/* libharu as what it is best at: a table of numbered objects and their serialiser. Objects are not
 * built of its dictionaries, which take a kilobyte each, but printed as bytes when their turn comes:
 * a report of 10,000 pages or a table of 100,000 rows then needs little more memory than its text. */
#ifndef PDF_HARU_H
#define PDF_HARU_H

#include "pdf/pdf.h"

typedef struct Haru Haru;
/* libdeflate's; makes one stream after another. */
typedef struct libdeflate_compressor Compressor;

/* What an object is made of. The dictionary is without << and >>; /Length is added for streams. */
typedef struct {
    StrBuf *dict;
    Compressor *compressor; /* for its stream */
    const void *stream;     /* NULL for an object without a stream */
    size_t size;
    void *owned; /* freed once the stream is written; may be NULL */
} HaruObject;

/* Prints the i-th object of a range. */
typedef void HaruPrint(void *context, uint32_t i, HaruObject *object);

/* The objects that libharu makes by itself. */
enum { HARU_CATALOG = 1, HARU_PAGES = 2, HARU_INFO = 3, HARU_FIRST = 4 };

/* NULL when libharu can't begin a document. `objects` is the number of objects there will be. */
Haru *haru_new(uint32_t objects);
void haru_drop(Haru *haru);

/* Adds n objects and returns the number of the first; they follow each other. */
uint32_t haru_add(Haru *haru, uint32_t n, HaruPrint *print, void *context);
/* What catalog, root of the page tree and information dictionary hold beside what libharu writes:
 * /Type and /Pages in the catalog, /Type in the pages. */
void haru_fixed(Haru *haru, uint32_t object, HaruPrint *print, void *context);

/* Writes the file, objects in the order of their numbers, each printed just before it is written.
 * Returns NULL or what went wrong. */
const char *haru_write(Haru *haru, PdfSink *sink, void *context);

#endif
