/* What a document is to be made of. */
#ifndef PAGE_REQUEST_H
#define PAGE_REQUEST_H

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
    PageImage *layout_image; /* of what the layout names, in the folder of its file */
    void *context;
    Str producer;
    PageInspect *inspect; /* may be NULL; gets `inspect_context` */
    void *inspect_context;
    bool replace_missing;           /* a mark stands for characters that no font has */
    const Hyphenation *hyphenation; /* by which words are divided */
    const DocumentTime *time;       /* of the document; NULL for that of the report */
    const Document *pack; /* in which more of the report is, whose pages are said; or NULL */
} PageRequest;

#endif
