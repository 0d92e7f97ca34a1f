/* The contract between composing and writing: pages of things to draw, and the structure that they
 * belong to. Knows no PDF library.
 *
 * Lengths are in points; the origin of a page is its upper left corner and y grows downwards. What
 * is drawn stands in reading order, and each thing names the node of the structure tree that owns
 * it, or that it is an artifact. Strings that are handed over are copied. */
#ifndef DOCUMENT_DOCUMENT_H
#define DOCUMENT_DOCUMENT_H

#include "base/arena.h"
#include "base/array.h"
#include "base/map.h"
#include "glyph/para.h"
#include "image/image.h"

/* ---- structure: the standard types of ISO 32000-1, 14.8.4 that are used --------------------- */

typedef enum {
    ROLE_CONTENT, /* not an element: a stretch of its parent's own content, between child elements */
    ROLE_DOCUMENT,
    ROLE_SECT,
    ROLE_H1,
    ROLE_H2,
    ROLE_H3,
    ROLE_H4,
    ROLE_H5,
    ROLE_H6,
    ROLE_P,
    ROLE_L,
    ROLE_LI,
    ROLE_LBL,
    ROLE_LBODY,
    ROLE_TABLE,
    ROLE_THEAD,
    ROLE_TBODY,
    ROLE_TR,
    ROLE_TH,
    ROLE_TD,
    ROLE_CAPTION,
    ROLE_FIGURE,
    ROLE_LINK,
    ROLE_REFERENCE,
    ROLE_TOC,
    ROLE_TOCI,
    ROLE_NOTE,
    ROLE_SPAN,
    ROLE_CODE,
    ROLE_BLOCK_QUOTE,
    ROLE_DIV,
    ROLE_COUNT
} Role;

typedef uint32_t Node;

/* Owners that are no nodes. Artifacts are not read aloud. */
#define ARTIFACT_LAYOUT ((Node)0xFFFFFFFF) /* rules, backgrounds, repeated heads */
#define ARTIFACT_HEADER ((Node)0xFFFFFFFE)
#define ARTIFACT_FOOTER ((Node)0xFFFFFFFD)
#define NODE_FIRST_ARTIFACT ARTIFACT_FOOTER
#define NODE_NONE ((Node)0xFFFFFFFC)
static inline bool node_is_artifact(Node n)
{
    return n >= NODE_FIRST_ARTIFACT;
}

typedef enum { SCOPE_NONE, SCOPE_COLUMN, SCOPE_ROW, SCOPE_BOTH } Scope;
typedef enum {
    NUMBERING_NONE,
    NUMBERING_DECIMAL,
    NUMBERING_BULLET,
    NUMBERING_LETTERS, /* small ones, as the Roman numbers */
    NUMBERING_ROMAN
} Numbering;

/* What few nodes have. */
typedef struct {
    Node node;
    Str language, alternative, actual_text;
    Str expansion; /* spans: what an abbreviation stands for */
    Scope scope;
    unsigned column_span; /* 0 is 1 */
    bool
        named_heads; /* tables: heads stand between the rows, so cells name those that are theirs */
    Numbering numbering;
    bool in_line; /* figures: it stands in a line of text */
    bool has_box; /* figures: set when the figure is placed */
    float box[4]; /* left, top, right, bottom */
    Str target;   /* links: "#name" of a destination, or a URI */
    Str contents; /* links: what a screen reader says */
} NodeDetail;

typedef struct {
    Node parent; /* comes before its children; NODE_NONE for the root */
    uint16_t role;
    uint32_t detail; /* index + 1 in details, or 0 */
} NodeRecord;

/* ---- drawing -------------------------------------------------------------------------------- */

typedef enum {
    DRAW_TEXT, /* lines of a paragraph */
    DRAW_FILL, /* a rectangle */
    DRAW_LINE, /* from (x, y) to (x + w, y + h) */
    DRAW_PATH,
    DRAW_IMAGE,
    DRAW_AREA, /* nothing to see: makes a rectangle part of the link that owns it */
    DRAW_PUSH, /* what follows is scaled by w and turned by h quarters, then moved to (x, y) … */
    DRAW_POP   /* … until here */
} DrawKind;

typedef struct {
    char op; /* 'm' move, 'l' line, 'c' curve (two control points come before), 'z' close */
    float x, y;
} PathStep;

typedef struct {
    const PathStep *step;
    uint32_t steps;
    bool fill, stroke;
    uint32_t fill_colour, stroke_colour;
    float width, dash; /* dash 0: solid */
} Path;

typedef struct {
    const GlyphPara *para; /* NULL until a text that waits for page numbers is known */
    uint32_t first, end;   /* lines */
    float leading;
    const Node *owner; /* of each run of the request, or NULL: all belong to the drawing's owner */
    const uint32_t
        *image; /* of each run that is a picture its image's index + 1, else 0; or NULL */
} DrawnText;

typedef struct {
    uint8_t kind;
    Node owner;
    float x, y, w, h; /* text: x of the left edge, y of the first baseline, w the measure */
    union {
        DrawnText text;
        struct {
            uint32_t colour;
            float width, dash;
        } line; /* fill uses the colour alone */
        const Path *path;
        uint32_t image;
    };
} Draw;

typedef struct {
    float width, height;
    uint32_t first, end; /* draws */
} Page;

/* ---- the rest ------------------------------------------------------------------------------- */

typedef struct {
    Str name;
    uint32_t page; /* from 0 */
    float x, y;
    uint32_t last; /* page that what begins there ends on; the same where nobody asked */
} Destination;

typedef struct {
    Str title, destination;
    int level; /* 1, 2 … */
} OutlineEntry;

typedef struct {
    Str name, type, description, bytes; /* type: MIME */
} Attachment;

typedef struct {
    int year, month, day, hour, minute, second;
} DocumentTime; /* UTC */

typedef struct {
    Str title, author, subject, keywords, language, producer;
    DocumentTime time;
} Metadata;

typedef struct {
    ARRAY(NodeRecord) nodes;
    ARRAY(NodeDetail) details;
    ARRAY(Page) pages;
    ARRAY(Draw) draws;
    ARRAY(OutlineEntry) outline;
    ARRAY(Destination) destinations;
    ARRAY(Attachment) attachments;
    ARRAY(const Image *) images; /* borrowed */
    Map destination_index;
    Metadata metadata;
    bool tagged;        /* false for print sheets, which have no structure */
    bool grey;          /* all colours and pictures are shades of grey */
    const Words *words; /* borrowed */
    Arena arena;
} Document;

Document *document_new(const Words *words);
void document_drop(Document *document);

Str document_str(Document *document, Str s);

/* Adds a child to a node; the parent's children stand in the order in which they were added. */
Node document_node(Document *document, Node parent, Role role);
/* The details of a node, made when it has none; valid until the next call. */
NodeDetail *document_detail(Document *document, Node node);
const NodeDetail *document_find_detail(const Document *document, Node node);
static inline Role document_role(const Document *d, Node n)
{
    return (Role)d->nodes.at[n].role;
}

/* Opens a page; what is drawn goes to the newest page. */
void document_page(Document *document, float width, float height);
static inline uint32_t document_page_count(const Document *d)
{
    return (uint32_t)d->pages.n;
}
static inline Page *document_last_page(Document *d)
{
    return &array_last(&d->pages);
}

/* Each returns the index of the drawing. */
uint32_t document_draw(Document *document, Draw draw);
uint32_t document_fill(Document *document, Node owner, float x, float y, float w, float h,
                       uint32_t colour);
uint32_t document_line(Document *document, Node owner, float x, float y, float w, float h,
                       float width, uint32_t colour);
uint32_t document_text(Document *document, Node owner, float x, float baseline, float measure,
                       DrawnText text);

/* Makes a place on the newest page known by name: its left and upper edge, in points from those of the page. The first one of a
 * name counts. */
void document_destination(Document *document, Str name, float x, float y);
const Destination *document_find_destination(const Document *document, Str name);
/* What begins at a place that is known ends on this page, from 0. */
void document_end_destination(Document *document, Str name, uint32_t last);
void document_outline(Document *document, int level, Str title, Str destination);
void document_attach(Document *document, Attachment attachment);
uint32_t document_image(Document *document, const Image *image);

/* Where a picture stands that is in a line of text: a DRAW_IMAGE with the owner of its run. `x` is the
 * left end of its piece. */
Draw document_image_in_line(const Document *document, const Draw *text, const GlyphLine *line,
                            uint32_t piece, uint32_t run, float x, float baseline);
/* Gives a node the box of a figure, from its upper left corner; artifacts have none. */
void document_set_box(Document *document, Node node, float x, float y, float width, float height);
/* Gives the figures that are in lines of text their boxes, once all is drawn. */
void document_box_images_in_lines(Document *document);

/* The whole as text, page by page, for tests and for the eye. */
void document_dump(const Document *document, StrBuf *out);

/* What is wrong with the document's structure, or NULL: an owner that has both content and children,
 * a node out of order, a destination that isn't there. For tests. */
const char *document_fault(const Document *document);

const char *role_name(Role role);

#endif
