/* An edition of a report and a layout to a Document: text, tables, contents, page breaks. */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "base/work.h"
#include "document/document.h"
#include "edition/edition.h"
#include "text/text.h"

/* Gives the image at a path in the report's folder, or NULL when it can't be had (which has been
 * reported). It stays as long as the Document is used. */
typedef const Image *PageImage(void *context, Str path, Pos pos);

/* Hears of each paragraph that is laid out as lines and where it is in the report, in order. */
typedef void PageInspect(void *context, const TextRequest *request, Pos pos);

typedef struct {
    const Edition *edition;
    const Layout *layout;
    Fonts *fonts;
    Text *text;
    WorkQueue *queue;
    unsigned worker; /* which of the queue's workers the calling thread is */
    Diags *diags;
    PageImage *image;
    void *context;
    Str producer;
    PageInspect *inspect; /* may be NULL; gets `inspect_context` */
    void *inspect_context;
    bool replace_missing;           /* a mark stands for characters that no font has */
    const Hyphenation *hyphenation; /* by which words are divided */
    const DocumentTime *time;       /* of the document; NULL for that of the report */
} PageRequest;

/* Composes a document; the caller drops it. NULL when a font is missing or a character can't be
 * shown, which has been reported. */
Document *page_compose(const PageRequest *q);

/* Whether a sheet about one theme has more of it than its title and lead. */
bool page_has_something(const Edition *edition, const Layout *layout);
/* The first table of a theme that has too many rows for the layout's sheets, or NULL; *most is how many rows they
 * show. */
const Block *page_too_long_table(const Edition *edition, const Layout *layout, size_t *most);

/* Adds a name made of a layout's pattern: {report} and {theme} are the report's name and the theme's
 * id, {title} and {theme-title} their titles. */
void page_fill_pattern(StrBuf *out, Str pattern, const Edition *edition);

#endif
