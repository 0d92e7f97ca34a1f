/* What the files of this folder share. */
#ifndef PDF_INTERNAL_H
#define PDF_INTERNAL_H

#include "base/array.h"
#include "pdf/haru.h"
#include "pdf/stream.h"
#include "pdf/syntax.h"

/* ---- fonts.c -------------------------------------------------------------------------------- */

/* How a pair of glyph and text is written. */
typedef struct {
    uint16_t code;   /* 0: not used in this file */
    int32_t advance; /* of the glyph, in font units */
} PairCode;

/* A face as a font of the file. */
typedef struct {
    const Face *face;
    PairCode *code; /* by pair */
    uint32_t pairs; /* that the face had when this font was begun */
    uint32_t *used; /* pairs by code - 1; NONE where a code isn't used */
    uint32_t codes; /* the largest code */
    bool wide;      /* codes of two bytes */
    char name[80];  /* with the tag of the subset */
    void *program;  /* compressed */
    size_t program_size, program_length;
    unsigned char *glyphs; /* two bytes a code: the glyph in the subset, or with CFF its CID */
    int32_t *widths;       /* with CFF: advances by CID, below 0 where there is none */
    const char *failure;
    uint32_t object; /* the first of its objects */
} PdfFont;

enum { FONT_TYPE0, FONT_CID, FONT_DESCRIPTOR, FONT_FILE, FONT_GLYPHS, FONT_UNICODE, FONT_OBJECTS };

typedef struct {
    ARRAY(PdfFont) list; /* in the order of first use */
    uint16_t *of_face;   /* by the number of the face: index + 1 */
    uint32_t faces;
    uint32_t narrow_map; /* object of the CMap for codes of one byte, 0 when none is needed */
} PdfFonts;

/* ---- marks.c -------------------------------------------------------------------------------- */

/* A stretch of marked content: /MCID n of its page. */
typedef struct {
    ARRAY(Node) owner;    /* of each mark, page after page */
    uint32_t *first;      /* mark of each page, and one more */
    uint32_t *by_node;    /* marks in the order of their owners … */
    uint32_t *node_first; /* … and where each node's begin, and one more */
} Marks;

/* Which marked content is open while a page is gone through. */
typedef struct {
    Node open;     /* NODE_NONE: nothing */
    uint32_t mcid; /* of the next one */
} MarkState;

/* ---- links.c -------------------------------------------------------------------------------- */

typedef struct {
    float left, top, right, bottom;
} Area;

/* A link on one page. */
typedef struct {
    Node node;
    uint32_t page, first_area, areas;
    uint32_t next; /* of the same link, on a later page: index + 1, or 0 */
} Annotation;

typedef struct {
    ARRAY(Area) areas;
    ARRAY(Annotation) list; /* page after page */
    uint32_t *of_page;      /* first annotation of each page, and one more */
    Node *link_of;      /* of each node: the link that it is in, or NODE_NONE; NULL without links */
    uint32_t *first_of; /* of each node: its first annotation, index + 1, or 0; NULL without any */
    uint32_t object;
} Links;

/* How bookmarks hang together; 0 is the root, or nothing. */
typedef struct {
    uint32_t parent, previous, next, first, last, count;
} OutlineLink;

/* ---- the file ------------------------------------------------------------------------------- */

/* The heads of the cell that is being printed, in a table whose cells name them. */
typedef struct {
    bool named, in_head;
    size_t column;
    Node group, row;
    ARRAY(Node) columns;
} CellHeads;

typedef struct {
    const Document *document;
    const PdfOptions *options;
    Haru *haru;
    PdfFonts fonts;
    Marks marks;
    Links links;
    WorkStream *stream; /* of page contents */
    struct ContentWorker *workers;

    /* numbers of objects; of the first where there are several in a row */
    uint32_t resources, pages, page_nodes, contents, images, structure, element, parent_tree,
        outline, destination_root, embedded, metadata, profile;
    uint32_t page_branches, parent_leaves, destination_leaves; /* how many there are */

    uint32_t elements;    /* number of them */
    uint32_t *element_of; /* of each node; that of its parent for ROLE_CONTENT */
    Node *first_child, *next_sibling;
    Node next_node; /* of the element that is printed next */
    Node *with_id;  /* elements that have one, in the order of their IDs */
    uint32_t ids, id_tree, id_leaves;
    CellHeads cell_heads;
    const Destination **sorted_destinations;
    OutlineLink *outline_link;
} Pdf;

static inline uint32_t page_object(const Pdf *p, uint32_t page)
{
    return p->pages + page;
}

/* Finds the fonts that the document uses, makes their codes and subsets. NULL or what is wrong. */
const char *fonts_prepare(Pdf *p);
void fonts_add(Pdf *p);
void fonts_release(Pdf *p);
void fonts_resources(const Pdf *p, StrBuf *out);

void marks_find(Pdf *p);
void marks_release(Pdf *p);
/* Makes `owner` the open one. Returns whether something has to be closed (1) and opened (2). */
unsigned marks_enter(MarkState *state, Node owner);
/* The page that a mark is on. */
uint32_t marks_page(const Pdf *p, uint32_t mark);

void links_find(Pdf *p);
void links_add(Pdf *p);
void links_release(Pdf *p);

void content_add(Pdf *p);
void content_release(Pdf *p);

void structure_prepare(Pdf *p);
void structure_add(Pdf *p);
void structure_release(Pdf *p);

void images_add(Pdf *p);

void catalog_add(Pdf *p);
void catalog_release(Pdf *p);
void xmp_print(const Metadata *m, bool tagged, StrBuf *out);
/* "D:20120909120000Z" */
void metadata_time(const DocumentTime *t, StrBuf *out);

#endif
