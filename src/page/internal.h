/* What the files of this folder share.
 *
 * A part of the layout turns the edition's content into units: paragraphs, rows, rules, one below
 * another. Units gather in the flow until there are many; then their paragraphs are laid out on the
 * work queue and the units are placed on pages, in order. */
#ifndef PAGE_INTERNAL_H
#define PAGE_INTERNAL_H

#include "base/array.h"
#include "page/page.h"
#include "report/glossary.h"

/* The first mark of a footnote in a document: where the note's number leads back to. */
typedef struct {
    uint32_t run;
    unsigned number;
} NoteMark;

/* A reference in a paragraph: its number among the report's. */
typedef struct {
    uint32_t run;
    uint32_t number;
} ReferenceMark;

/* A key figure in a paragraph that is pulled out. */
typedef struct {
    uint32_t run;
    const Inline *figure;
} PullMark;

/* A paragraph that is to be laid out. */
typedef struct {
    TextRun *run;
    Pos *pos;             /* of each run in the report */
    const Inline *source; /* what of the report is in it, if that is inlines */
    Node *owner;          /* of each run, or NULL when all belong to `node` */
    uint32_t *image;      /* of each run that is a picture its image's index + 1, else 0; or NULL */
    size_t runs;
    Node node;
    float measure;
    float turn;         /* indent of lines that go on with one of the author's */
    const Style *style; /* of its first piece: how lines are broken */
    TextAlign align;
    BidiComposed composed; /* which text from the right is in */
    bool flush;            /* its first line isn't indented, whatever the style says */
    bool cell;             /* of a table: laid out on one line first, whatever the measure */
    bool told;             /* that its words have no room */
    const GlyphPara *para; /* once it is laid out */
    float shift;           /* of that one line, to where its alignment puts it */
    const NoteMark *mark;
    size_t marks;
    const ReferenceMark *reference;
    size_t references;
    const PullMark *pull;
    size_t pulls;
} Spec;

typedef struct {
    float width;
    uint32_t colour;
} Rule;

/* Which number a text waits for. */
typedef enum { WAIT_NOTHING, WAIT_PAGE, WAIT_SIDE_PAGE, WAIT_FOLIO } Wait;

/* A paragraph in a cell; the paragraphs of a cell stand one below another. */
typedef struct {
    Spec *spec;
    const Style *style;
    float before;
    float shift; /* to the right; aligns numbers at the decimal comma */
} CellText;

typedef struct {
    CellText *text;
    size_t texts;
    float x, width; /* x from the unit's left */
    Node node;
    Wait wait;  /* instead of texts: a text made when pages are known … */
    Str target; /* … that of this destination */
    const Style *wait_style;
    bool dotted;   /* a line to write on … */
    float down;    /* … so far below the first one */
    bool at_foot;  /* its last line stands level with those of its neighbours */
    bool leader;   /* dots lead from the end of its text to its right edge … */
    bool to_write; /* … to write on */
} CellBox;

/* A note of a table: its letter and its text, in the structure, and as they are drawn again on later pages. */
typedef struct {
    Spec *letter, *text;
    bool said; /* it is drawn in the structure */
} TableNote;

/* Notes of a table, each on every page whose rows use it, under them. */
typedef struct {
    TableNote *note;
    size_t notes;
    size_t across;             /* columns of them */
    float width;               /* of a column */
    float indent;              /* of the texts in it */
    float gap, above, between; /* between columns, above the first of them, and between them */
    const Style *style;
    unsigned *used; /* on the page that is being filled, in the order of their rows … */
    size_t uses;
    unsigned *tried; /* … and on one that is being planned */
    size_t tries;
} TableNotes;

/* What a table draws again on each page that it goes on to. It outlives the units. */
typedef struct {
    CellBox *cell;
    size_t cells;
    float x, width, padding;
    Rule outer, below;
    Str title;          /* by which it is known where it goes on, or empty … */
    float title_height; /* … and what that takes at most, with the space below it */
    bool is_part;       /* it is the title of a part that is nothing else */
    const Style *group_style;
    Spec *group; /* the group that is being placed, with "fortsat" */
    Rule group_rule;
    TableNotes *notes; /* or NULL */
} TableHead;

/* A note in the side column, level with a unit's top. */
typedef struct {
    Spec *spec;
    const Style *style;
    float x;      /* in the column */
    float before; /* with the rule, if it has one above it */
    float rise;   /* the first: above the unit's top */
    Rule rule;
} Side;

/* Notes that stand under each other. */
typedef struct {
    Side at[2 * (4 + MOST_FACTS)]; /* what visits and senders have: a label and a text each */
    size_t n;
} Sides;

/* A key figure in the side column, level with the line of the unit that prints it if it can be. */
typedef struct {
    uint32_t run;  /* of its paragraph */
    Draw *drawing; /* with their origin at the upper left */
    size_t drawings;
    float height;
    Pos pos; /* of the figure in the text */
} PulledOut;

/* One that stands on the page that is being filled, and may still move up. */
typedef struct {
    uint32_t draw;
    size_t draws;
    float y, height;
    Pos pos;
} StandingPull;

typedef enum {
    UNIT_TEXT, /* a paragraph */
    UNIT_ROW,  /* cells side by side */
    UNIT_RULE,
    UNIT_IMAGE,
    UNIT_DRAWING, /* things of fixed height */
    UNIT_OPEN,    /* what follows has a background and a bar at its left … */
    UNIT_CLOSE,   /* … until here */
    UNIT_NEW_PAGE,
    UNIT_PART_BREAK, /* a new page, unless little stands on this one */
    UNIT_BACK_BREAK, /* before back matter: a new page if most of this one is used, or has no room */
    UNIT_TURN        /* a new page, in landscape or, without `turned`, upright again */
} UnitKind;

/* What has no room on its page, and begins the next, may change places with what fills the page: a figure or a small table
 * with text, tiles with text and boxes. Of a table its caption says so. */
typedef enum { FLOATING_NOT, FLOATING_FIGURE, FLOATING_TABLE, FLOATING_TILES } Floating;

/* What of a drawing is a figure of the structure. */
typedef struct {
    Node node;
    float x, y, width, height;
    Str destination; /* the name of the place where the drawing begins, or empty */
} DrawingBox;

/* What a drawing of charts is made of, to make it lower. */
typedef struct ChartsUnit ChartsUnit;

/* What stands before the first line of a list's item or a note: a number, a square, or a box to tick. */
typedef struct ItemMark ItemMark;
struct ItemMark {
    Spec *number; /* NULL: … */
    const Style *style;
    TaskState task; /* … a box to tick, or a square where there is none */
    Node node;
    float x;    /* from the left of the live area */
    bool hangs; /* its capitals' tops are level with those of the line, not its baseline */
    const ItemMark *next; /* of an item that begins with a list: that of the list's first item */
};

typedef struct {
    UnitKind kind;
    float x, width;           /* from the left of the live area */
    float before, after;      /* space above and below; of two that meet, the larger counts */
    float top, bottom;        /* padding of rows and boxes … */
    float given;              /* … of which a row that is set closer has given this share */
    float height;             /* of images, drawings and whole boxes */
    bool keep_next;           /* not the last on a page, and not broken */
    bool leads_on;            /* had better not be the last on a page: it says what follows */
    bool follows;             /* had better not be the first on a page: it is about what is above */
    bool caveat;              /* … and says how far it holds, … */
    bool of_all;              /* … or is about more than the last of that */
    bool span;                /* over all columns of the page */
    bool whole;               /* not broken over pages; a box: when it has few lines */
    bool opens;               /* a title stands here: the running head need not say it */
    bool heads_visit;         /* the rule above a visit's head */
    bool first_row, last_row; /* of its table */
    bool turned;              /* pages from here on */
    Floating floats;      /* whether what it is of may change places with what stands below, … */
    bool floated;         /* … and begins with this unit, and has */
    bool at_foot;         /* of its page, and nothing follows it */
    bool begins_part;     /* of the layout */
    bool sets_running;    /* from here on the running head shows this section */
    unsigned item, items; /* of the innermost list that it is in: from 0, and of how many */
    unsigned lists;       /* that it is in */
    bool turn_signs;      /* at lines that go on with others: it is code */
    const ItemMark *mark; /* before its first line */
    Spec *spec;
    const Style *style;
    Node node;
    uint32_t fill; /* of a box */
    CellBox *cell;
    size_t cells;
    Rule rule, rule_below; /* above and below a row; `rule` is also the rule itself */
    TableHead *table;
    unsigned note; /* of its table, from 1, that a row uses, or 0 */
    Spec *group;   /* of a row that begins a group: the title for pages to come */
    Rule bar;
    uint32_t image;
    unsigned running_theme;
    const Draw *drawing; /* with their origin at the unit's upper left */
    size_t drawings;
    const DrawingBox *box;
    size_t boxes;
    ChartsUnit *charts; /* whose plots can give, or NULL */
    Side *side;
    size_t sides;
    bool sides_follow; /* they are read behind the unit's text rather than before it */
    const PulledOut *pulled;
    size_t pulleds;
    Str destination;          /* the name of the place where the unit begins */
    const Inline *running;    /* what that says, … */
    const Inline *running_on; /* … and on later pages, where that is something else */
} Unit;

typedef ARRAY(Unit) Flow;

/* Whether a page ends here in any case. */
static inline bool unit_is_break(const Unit *u)
{
    return u->kind == UNIT_NEW_PAGE || u->kind == UNIT_PART_BREAK || u->kind == UNIT_BACK_BREAK ||
           u->kind == UNIT_TURN;
}

/* A box with a rule between it and the one above. */
static inline bool unit_is_joined(const Unit *u)
{
    return u->kind == UNIT_OPEN && u->follows && u->rule.width > 0;
}

/* What follows such a break may begin on the page as it stands. */
static inline bool unit_lets_follow(const Unit *u)
{
    return u->kind == UNIT_PART_BREAK || u->kind == UNIT_BACK_BREAK;
}
/* Whether its table has begun above it. */
static inline bool unit_goes_on(const Unit *u)
{
    return u->kind == UNIT_ROW && u->table && !u->first_row;
}

/* The text of a footnote: units that stand at the foot of the page of its mark. */
typedef struct {
    unsigned number;
    const Unit *unit;
    size_t units;
} Footnote;

/* A footnote that is to stand on this page, or what of it the page before had no room for. */
typedef struct {
    const Footnote *note;
    size_t unit;   /* first that isn't drawn … */
    uint32_t line; /* … from this line on */
    bool carried;  /* from the page before */
} FootnoteRest;

/* What stands in a head or foot for the number of pages, and for "Side 3 af 14": no text has these. */
enum { FOLIO_PAGES = 1, FOLIO_PAGE_OF = 2, FOLIO_OVERLEAF = 3 };

/* A text that waits for page numbers. */
typedef struct {
    uint32_t draw, page; /* page: that it stands on, from 0 */
    Wait wait;
    Str target; /* a destination, or the text of a head or foot */
    const Style *style;
    TextAlign align;
    float measure;
} Waiting;

/* A box that is open on this page. */
typedef struct {
    uint32_t fill_draw, bar_draw;
    float x, width, top;
    uint32_t fill;
    Rule bar;
} OpenBox;

typedef ARRAY(FootnoteRest) FootnoteRests;

/* Lines of a footnote that a column has at its foot. */
typedef struct {
    unsigned number;
    const Unit *unit;
    unsigned column;
    float y;
    uint32_t from, to;
} NotePart;

/* The page that is being filled; y counts from the upper edge of the paper. Where text stands in columns a
 * page is made of bands, one below another: text in columns side by side, or what goes over all of them. */
typedef struct {
    float y;
    float side_y; /* below what is in the side column, when that stands as high as it can */
    float beside; /* pull-outs may stand so high … */
    bool wide;    /* … but below the last unit: a title, or what goes over the side column */
    ARRAY(StandingPull) pulled;
    unsigned column; /* that is being filled; 0 outside columns */
    bool in_columns; /* a band of columns is open */
    bool begins;     /* nothing stands on this page yet of it, or of what is over all columns */
    float band_top, band_end; /* where its columns begin, and the lowest of their ends */
    float foot[PAGE_COLUMNS]; /* where the footnotes begin that have been drawn, or the page ends */
    float filled[PAGE_COLUMNS]; /* how far down each column of the page is used … */
    float signs[PAGE_COLUMNS];  /* … with what says there that a table goes on */
    float after;                /* space that the last unit wants below */
    bool open, empty;           /* there is a page; nothing stands on it yet */
    uint32_t part_page;         /* where the last part that began a page begins, from 1 … */
    size_t part_begun;          /* … which it is, … */
    size_t part_faults;         /* … how many faults there were before it, … */
    bool part_whole;            /* … and whether it was planned as a whole */
    Pos last;                   /* of the last unit in the report, or line 0 */
    bool fresh;                 /* no unit has been placed since the last forced break */
    bool turned;                /* pages are in landscape */
    bool after_open;            /* the last unit opened a box */
    bool bound;                 /* the next unit belongs to the last one … */
    bool led;                   /* … or had better follow it */
    bool title, below_title;    /* the last unit is a title; it is the lead below one */
    bool opening;               /* what opens a part over all columns is there, and no text of it */
    size_t unit;                /* of the plan: the one that is being placed */
    unsigned gaps;              /* above parts on this page … */
    float slack;                /* … and above what stands at its foot */
    const Inline *running;
    unsigned running_theme;
    const Unit *coming;         /* changes the running head where it is placed, or NULL */
    const Inline *running_on;   /* what pages behind this one say, if that is something else: */
    uint32_t running_from;      /* its number */
    bool at_head;               /* nothing but titles stands on this page yet */
    const Inline *foot_running; /* what the page's foot names: what it begins with, … */
    unsigned foot_theme;        /* … or else the first that begins on it */
    ARRAY(OpenBox) boxes;
    ARRAY(Draw) held; /* notes of a table, read behind its rows in the next column */
    FootnoteRests notes[PAGE_COLUMNS]; /* for the foot of each column */
    ARRAY(NotePart) note_parts;        /* that are settled there */
} Place;

/* How it was tried to save a part's last page, on which little stands, or to put more on it. */
typedef enum {
    PULL_NOT_TRIED,
    PULL_HALF,    /* set closer, half as much as may be … */
    PULL_CLOSER,  /* … and as much as may be */
    PULL_SHORTER, /* with shorter pages … */
    PULL_SHORTEST,
    PULL_DONE
} PullBack;

typedef struct {
    uint32_t pages;
    float used;
    size_t faults;
} PartBefore;

/* The pages of a part, from one forced break to the next. */
typedef struct {
    uint32_t pages;   /* 0 until it is placed */
    float used, page; /* of the last page, and the height of it */
    size_t faults;
    bool alone;        /* on its pages, and not planned as a whole */
    PullBack way;      /* that is being tried … */
    float closer;      /* … and what it is: from 0 to 1, … */
    float shorter;     /* … or how much shorter its pages are than the layout has them */
    PartBefore before; /* as it was without */
} PartPages;

/* Where a page or a column of it begins: before a unit, or before a line of it. */
typedef struct {
    size_t unit;
    uint32_t line;
    bool page;   /* rather than a column */
    bool parted; /* from what it should be kept together with */
} PageStart;

/* What no arrangement of pages could keep from happening. */
typedef enum {
    FAULT_PARTED,   /* what should be kept together */
    FAULT_STRANDED, /* a heading at a page's foot */
    FAULT_ORPHAN,   /* the first line of a paragraph there */
    FAULT_WIDOW,    /* its last line at a page's head */
    FAULT_HYPHEN,   /* a word that goes on over the page */
    FAULT_LITTLE,   /* a last page with hardly anything on it */
    FAULT_HOLE,     /* what goes over the side column had to make room for pull-outs above it */
    FAULT_COUNT
} FaultKind;

typedef struct {
    FaultKind kind;
    Pos pos;
    uint32_t page; /* from 1 */
} Fault;

/* The pages and columns to come, and what finding them needs room for. */
typedef struct {
    ARRAY(Fault) faults;
    float cost;     /* of all of it */
    uint32_t pages; /* the one that stood open, and those that begin */
    float last;     /* height of what stands on the last of them */
    bool ends;      /* nothing follows on that page */
    bool whole;     /* the part ends there */
    ARRAY(PageStart) starts;
    ARRAY(float) tighten; /* of each page from now on: how much of its give is taken, … */
    ARRAY(float) white;   /* … and what stays free at its foot */
    size_t next;          /* start */
    size_t balanced; /* from this start on all columns stand on the last page, equally long … */
    float left;      /* … and so far from its foot, or 0 where they are not */
    struct PlanRoom *room;
} Plan;

/* What a page has left over, and how many parts begin on it below others. */
typedef struct {
    unsigned gaps;
    float room;
} Leftover;

/* An entry of the contents and the bookmarks. */
typedef struct {
    int level;      /* 1 or more */
    unsigned theme; /* number, 0 when it is no theme */
    Str title, destination;
    Str label;     /* before the title: of a theme or table */
    bool unlisted; /* it has a bookmark alone */
} Entry;

typedef struct {
    const Font *font[2][2]; /* [bold][italic]; loaded when first asked for */
} StyleFonts;

/* A style of the layout in another size, or with lines that are closer to each other. */
typedef struct {
    const Style *of;
    double size, leading; /* shares of its own */
    bool ragged;          /* not justified */
    const Style *style;
} ScaledStyle;

/* A style of the layout's in another colour or size. */
typedef struct {
    Style style;
    StyleRole role; /* whose fonts it has */
} DerivedStyle;

/* Boxes have titles in three colours, and lists numbers as large as the text of the place. */
enum { MOST_DERIVED = 24 };

/* What the next paragraph is to have: the marks of list items, notes beside it, other space above. */
typedef struct {
    bool has_before;
    float before;
    ItemMark *mark;       /* the first … */
    ItemMark *last_mark;  /* … and the last */
    Str mark_destination; /* a place at the mark */
    Str destination;      /* a place where the next unit begins, whatever it is */
    bool begins_part;     /* the next unit does */
    bool ends_running;    /* from the next unit on the running head shows no section */
    Side *side;
    size_t sides;
} Pending;

/* The footnotes of a document, numbered in the order in which they are met. */
typedef struct {
    ARRAY(const Note *) met; /* of this pass */
    unsigned *number;        /* of each note of the report, 0 until it is met */
    bool *marked;            /* a mark of each note was set */
    unsigned depth;          /* notes within notes that are being made */
    float indent;            /* of the texts of all: room for their numbers */
    bool hold;               /* those that are marked now wait … */
    ARRAY(unsigned) held;    /* … here, by their numbers, for notes_add_held */
    const Footnote *
        *made; /* of each number, until it is put on a page; lives with the batch of its mark */
} Notes;

/* Pages from 1; `last` is 0 or `first` where it is one, `first` 0 where there is none. */
typedef struct {
    unsigned first, last;
} PageSpan;

/* A page number that was printed in running text, which its own width may make wrong. */
typedef struct {
    Str destination;
    Str from;      /* what stands on the same page has none; empty for nothing */
    unsigned page; /* that was printed, 0 for none */
    unsigned last; /* of those that were printed, or 0 */
    uint32_t
        reference; /* that prints it: none when it stands on the page itself; 0 for other texts */
} PageClaim;

typedef struct {
    uint32_t *page,
        *page_before; /* where each reference stands, from 1: in this pass and the one before */
    bool *without;    /* it is printed without its page, since that wouldn't come to rest */
    bool all_without;
    ARRAY(PageClaim) claims; /* of this pass */
    ARRAY(Str) targets;      /* of links of this pass */
    unsigned pass;           /* from 0 */
} References;

/* A run while its paragraph is made; its text is a length until the end. */
typedef struct {
    TextRun run;
    Pos pos;
    struct Element *element; /* the link or span that it is in */
    const Note *note;        /* that it is the mark of */
    uint32_t reference;      /* its number, or 0 */
    const Inline *pulled;    /* the figure that it prints, if that is pulled out */
    uint32_t image;          /* that it is: the index + 1, or 0 */
    bool decoration;         /* it says nothing */
} BuiltRun;

typedef struct {
    StrBuf text; /* of all runs */
    ARRAY(BuiltRun) runs;
    ARRAY(uint32_t) parts; /* bytes that its pieces end at */
} SpecBuilding;

enum { ADVICE_COLUMNS = 6 }; /* of a table of recommendations, at most */

typedef struct {
    const PageRequest *request;
    const Edition *e;
    const Layout *l;
    const Terms *t;
    unsigned spanning;    /* boxes over all columns that are open */
    unsigned quoting;     /* how many quotations are around what is added … */
    unsigned ordered;     /* … and how many ordered lists */
    unsigned item, items; /* of the list that is added: from 0, and of how many; or 0 */
    unsigned lists;       /* around what is added */
    Diags *diags;
    Document *d;
    StyleFonts fonts[STYLE_COUNT];
    FontsFallback fallback;
    DerivedStyle derived[MOST_DERIVED];
    size_t deriveds;
    size_t section;            /* of the edition, whose blocks are being added … */
    bool headless;             /* … and which has no title */
    ARRAY(ScaledStyle) scaled; /* of this pass */
    Arena arena;               /* of this pass */
    Arena batch[2];            /* of the units of this batch and of the one before */
    unsigned current;          /* batch */
    Flow units;
    size_t flow_part;    /* that the newest of those that are set belongs to */
    size_t waited;       /* of these, so many since the batch before */
    ARRAY(Spec *) specs; /* that wait to be laid out */
    ARRAY(Waiting) waiting;
    ARRAY(Entry) entries;
    SpecBuilding building; /* room for the paragraph that is being made */
    Pending pending;
    Notes notes;
    References references;
    Place place;
    Plan plan;
    Plan plan_best; /* of the ways that a part is tried closer … */
    Flow best;      /* … and its units */
    float closer;   /* than they want things stand, in the part that is being placed: 0 to 1 */
    float
        page_price; /* what each page costs that begins, beside how the one before ends, while it is tried */
    Flow apart;               /* its units as they want to stand, in the order of the report */
    Flow unmoved;             /* in that order, as close as they are planned */
    size_t part;              /* how many forced breaks there were before what is being placed */
    ARRAY(PartPages) parts;   /* kept with the document, not with the pass */
    ARRAY(Fault) faults;      /* of this pass */
    ARRAY(Leftover) leftover; /* of each page … */
    bool spreading;           /* … that stands between its parts in this pass */
    StrBuf text;              /* scratch */
    Node root;
    Role part_role;     /* of the titles of parts and sections */
    int heading_base;   /* level in the structure of a level-1 heading of the report */
    Map pages_before;   /* where things stood in the last pass, pages from 0 */
    Map lasts_before;   /* … and where sections ended */
    Arena names_before; /* its keys */
    bool has_figures_part, has_recommendations_part;
    bool left_out
        [PART_COUNT];   /* since the layout's pages have no room for all, or few pages no need */
    bool brief;         /* recommendations are … */
    bool explained;     /* … but have their text, which has room in small type … */
    bool introduced;    /* … and so has what introduces them */
    bool whole_lessons; /* in several sentences, which have room */
    bool lessons_shortened; /* in this pass, and could be told in more sentences … */
    bool lessons_cut;       /* … or have no room even so */
    size_t unexplained;     /* recommendations of this pass that lost it in brief */
    unsigned lined;         /* pages to write on at the end */
    bool contact_alone;     /* it would stand on a page of its own */
    bool contact_on_cover;  /* all of it stands there, too */
    bool below_letterhead;  /* what comes next stands on its page */
    struct {
        bool behind;  /* the summary stands on a page behind the cover, … */
        size_t words; /* … which has room for so many of its words */
    } lead;
    const Abbreviation *abbreviation; /* of the report's glossary; they live in `words` */
    Map abbreviation_of;              /* the index of each */
    Arena words;
    float advice
        [ADVICE_COLUMNS]; /* widths of the columns of recommendations in all documents of the kind, … */
    bool advice_known;  /* … when they are; 0: as each table needs it */
    bool economy_below; /* of recommendations it stands below the proposal */
    bool own_columns;   /* this one has others, to take fewer pages */
    bool stacked; /* parts that stand side by side stand below each other, to take fewer pages */
    Map form_of; /* how tables with the same heads are set, by what those say; keys live in `words` */
    uint32_t
        widest_page; /* 88, or 888 where passes have shown that there are so many: no number of theirs is wider */
    uint32_t
        too_wide_page; /* the least that something in this pass needs more room for, or UINT32_MAX */
    bool uneven;       /* in this pass some are set in two ways */
    bool explaining;   /* abbreviations need no expansion here: it stands beside them */
    bool closed;       /* a copy with what is closed, where anything is */
    bool failed;
} Composer;

/* ---- compose.c ------------------------------------------------------------------------------ */

enum { WIDEST_PAGE = 888888 }; /* no page's number is wider */

/* The widest number of a figure more than those of 88, 888 … */
static inline uint32_t wider_page(uint32_t number)
{
    return number * 10 + 8;
}

/* A part has no room in the layout, which is told: passes from now on are without it. */
void page_leave_out(Composer *c, Part part);

/* Something is set for the widest page so far, and would be set otherwise for this one: should there be such, all is made
 * again. */
static inline void page_needs_room(Composer *c, uint32_t number)
{
    c->too_wide_page = number < c->too_wide_page ? number : c->too_wide_page;
}

/* ---- styles.c ------------------------------------------------------------------------------- */

static inline const Style *style_of(const Composer *c, StyleRole role)
{
    return &c->l->style[role];
}
static inline uint32_t colour_of(const Composer *c, ColourRole role)
{
    return c->l->colour[role];
}
/* A font for a style, or NULL: the layout asks for one that isn't there, which is reported once. */
const Font *style_font(Composer *c, const Style *style, bool bold, bool italic);
/* From the top of a line to its baseline: capitals stand in the middle of the line. */
float style_baseline(Composer *c, const Style *style);
/* Loads the fonts of all styles. False when one is missing. */
bool styles_load(Composer *c);
/* A style of the layout's in another colour, or in the size of some text. */
const Style *style_coloured(Composer *c, StyleRole role, ColourRole colour);
/* A style in another size (a share of its own), kept with the pass; itself at 1. */
const Style *style_scaled(Composer *c, const Style *style, float size);
/* A style that is set to the left, line by line, where it would be justified or its lines be made equal, kept with the
 * pass; else itself. */
const Style *style_ragged(Composer *c, const Style *style);
/* A style with lines that are closer to each other, kept with the pass; itself at 1. */
const Style *style_closer(Composer *c, const Style *style, float leading);
const Style *style_sized(Composer *c, StyleRole role, const Style *text);
/* The same of what is raised elsewhere, on the line of that text. */
const Style *style_on_line(Composer *c, StyleRole role, const Style *text);
TextAlign style_align(const Style *style);
/* Of its font, as it is to be asked for. */
uint8_t style_features(const Style *style);

/* ---- spec_build.c --------------------------------------------------------------------------- */

static inline Arena *batch_arena(Composer *c)
{
    return &c->batch[c->current];
}
/* A paragraph is made of pieces: plain text or inlines in a style, one behind another. */
typedef struct {
    const Style *style;
    Str text;
    const Inline *inlines; /* when there is no text */
    bool quiet_links;      /* links look like the text around them */
    bool code;             /* as it was typed, in its own style */
    bool without_notes;    /* words that stand elsewhere as well, with their notes and pictures */
    bool number;           /* in tabular figures, and with a true minus */
    bool refers;           /* the mark of a note */
    bool pages;            /* links into the document say their pages behind them */
    bool names;            /* what links say are names, whose words had better stay together */
    bool prose;            /* the text is the report's words, typed as those of inlines are */
} Piece;

/* Nothing is laid out yet. The first piece's style says how the paragraph is aligned. Links and words
 * in other languages become nodes below `node`, which may be an artifact. The spec lives in `arena`,
 * the inlines must live as long. */
Spec *spec_new(Composer *c, Arena *arena, const Piece *pieces, size_t n, Node node, float measure);

/* ---- spec.c --------------------------------------------------------------------------------- */

/* What was gathered in c->text, kept with the batch. */
Str kept_text(Composer *c);
/* The two common cases, in the batch: they are laid out with it. */
Spec *spec_text(Composer *c, const Style *style, Str text, Node node, float measure);
Spec *spec_inlines(Composer *c, const Style *style, const Inline *in, Node node, float measure);
/* Running text, whose links say their pages to those who read on paper. */
Spec *spec_prose(Composer *c, const Style *style, const Inline *in, Node node, float measure);
/* "Tabel 3: Udgifter"; without a number the caption alone. */
Spec *spec_caption(Composer *c, const Style *style, Term label, unsigned number,
                   const Inline *caption, Node node, float measure);
/* Queues a paragraph to be laid out with the batch. */
Spec *spec_queue(Composer *c, Spec *spec);
/* Room for any line. */
#define UNBOUNDED 1e6f
/* Lays it out now. */
void spec_layout(Composer *c, unsigned thread, Spec *spec);
/* Makes a paragraph and lays it out now. */
Spec *spec_laid_out(Composer *c, Arena *arena, const Piece *pieces, size_t n, Node node,
                    float measure);
TextRequest spec_request(const Composer *c, const Spec *spec);
/* Shows it to who wants to know how lines are broken. */
void spec_inspect(const Composer *c, const Spec *spec);
/* A paragraph in the batch for what stands in a drawing, laid out now and reported. */
Spec *spec_drawn(Composer *c, const Piece *pieces, size_t n, Node node, float measure);
/* How one is drawn whose first line's box begins at y. */
Draw spec_draw(Composer *c, const Spec *spec, const Style *style, float x, float y);
/* Width of pieces on one line. */
float spec_pieces_width(Composer *c, const Piece *pieces, size_t n);
/* Width of a text in a style, on one line. */
float spec_width(Composer *c, const Style *style, Str text);
static inline float spec_height(const Spec *s, const Style *style)
{
    return (float)s->para->lines * (float)style->leading;
}

/* ---- missing.c ------------------------------------------------------------------------------ */

/* Reports what could not be set as it should be. */
void spec_report(Composer *c, const Spec *spec);
/* Reports characters that no font has where they stand in `source`; those that aren't there, or all when
 * it is NULL, at the position of their run. */
void spec_report_missing(Composer *c, const GlyphPara *para, const Pos *pos, const Inline *source);

/* ---- notes.c -------------------------------------------------------------------------------- */

/* Begins a pass. */
void notes_begin(Composer *c);
void notes_release(Composer *c);
/* Numbers the footnotes whose marks stand in these blocks or words, before what stands in them is made in
 * another order. */
void notes_number_blocks(Composer *c, const Block *blocks);
void notes_number_inlines(Composer *c, const Inline *inlines);
unsigned notes_number(Composer *c, const Note *note);
/* Where a mark leads: "#note:7", kept with the pass. */
Str notes_target(Composer *c, const Note *note);
/* Whether it is such a place rather than an id of the report. */
bool notes_is_target(Str target);
/* Makes the texts of the notes whose first marks stand in a unit. */
void notes_add(Composer *c, const Unit *unit);
/* From here on the texts of notes wait instead, until notes_add_held puts them into the flow, `before` below what
 * is there and on its page: they stand under what they are about, not at the foot of the page. */
void notes_hold(Composer *c);
void notes_add_held(Composer *c, float before);
/* Lines of a paragraph are drawn, the first with its box at y: the notes whose first marks stand in them
 * come to this page, and the marks' places are known. */
void notes_place_marks(Composer *c, const Spec *spec, float y, float leading, uint32_t from,
                       uint32_t to);
/* The line of a paragraph that a run of it begins in. */
uint32_t notes_line(const Spec *spec, uint32_t run);
/* Height of a footnote from one of its units' lines on, and of what of it a page must have at least. */
float notes_height(const Footnote *note, size_t unit, uint32_t line);
float notes_least(const Footnote *note);
/* Height of the rule over the footnotes of a column, and the space around it. */
float notes_rule(const Composer *c);
/* Heights of the footnotes of a column: all of them, and those that come from the one before. */
float notes_all(const Composer *c, unsigned column);
float notes_carried(const Composer *c, unsigned column);
/* Room that the footnotes of the column that is being filled must have, with their rule: of the last, and of
 * those that come from the one before, something may go to the next. Over all columns it is the most that
 * any of them needs. */
float notes_room(const Composer *c);
/* Settles where the footnotes of the column that is being filled stand at its foot, and draws the rule over them and
 * the signs of those that go on; what has no room stays for the next. */
void notes_settle(Composer *c);
/* Draws the footnotes that are settled on the page, each with all that columns have of it: that is the order in
 * which they are read. */
void notes_draw(Composer *c);
/* What has had no room goes to the next column, from the last to the first of the next page. */
void notes_carry(Composer *c, unsigned column);

/* ---- flow.c --------------------------------------------------------------------------------- */

/* A paragraph with the spaces of its style. */
Unit text_unit(const Style *style, Spec *spec, float x, float width);
void flow_unit(Composer *c, Unit unit);
/* Lays out and places all that waits. */
void flow_flush(Composer *c);
/* Begins a new page with the next unit. */
void flow_new_page(Composer *c);
/* Pages in landscape from here on, or upright again. */
void flow_turn(Composer *c, bool turned);
/* Ends the page when more than two fifths of it are used; before back matter, when three quarters are, or what begins
 * it has no room. */
void flow_part_break(Composer *c);
void flow_back_break(Composer *c);
/* The next line of text has this mark before it, behind those that wait already. */
void flow_mark(Composer *c, ItemMark mark);
/* Gives the marks that wait a line of their own: there is no text beside them. */
void flow_lone_mark(Composer *c);
/* Sets the space below the newest unit. */
void flow_after(Composer *c, float after);

/* ---- measure.c: heights in points ------------------------------------------------------------ */

/* Room for text on a page. */
float measure_page(const Composer *c);
/* The whole of a unit; of a box only its padding. */
float measure_unit(const Unit *u);
/* That padding; a joined box that is the first of its page or column has its own. */
float measure_open(const Composer *c, const Unit *u, bool first);
uint32_t measure_lines(const Unit *u);
/* What stands in a cell, and a row with its padding. */
float measure_cell(const CellBox *cell);
float measure_row(const CellBox *cell, size_t n, float top, float bottom);
/* Whether it is a row that takes so much of a page that it may be broken. */
bool measure_is_large(const Composer *c, const Unit *u);
/* Whether it leaves the text column. */
bool measure_is_wide(const Composer *c, const Unit *u);
/* The notes in the side column. */
float measure_sides(const Unit *u);
/* The space between neighbours, and how much of it a page may take. */
float measure_gap(const Unit *a, const Unit *b);
float measure_give(const Composer *c, const Unit *a, const Unit *b);
/* Where a unit begins that would stand at y: what is wider than the text column stands below the notes
 * in the side column. */
float measure_clear(const Composer *c, const Unit *u, float y, float side_y);
/* The same of text in a column that begins at `top`, `gap` below what is above it and not in a box: level with
 * lines of the columns beside it, where the layout wants that. */
float measure_level(const Composer *c, const Unit *u, float top, float y, float gap);
/* Whether a table's head is drawn again on each page: not one that would leave little room for rows. */
bool measure_repeats(const Composer *c, const TableHead *t);
/* What a table draws again on a new page above a row, whose padding it shares. `group` is that which goes on, or NULL. */
float measure_head(const Composer *c, const Unit *row, const Spec *group);
/* What is kept for "fortsættes på næste side" below a table, with footnotes below that or with nothing. */
float measure_continues(const Composer *c, bool notes);

/* ---- plan_pages.c --------------------------------------------------------------------------- */

/* Lines of a paragraph that stay together at a page's foot and head. */
enum { ORPHANS = 2, WIDOWS = 2 };

#define FULL 0.02f /* rounding of sums of heights */
#define CONTINUES_ROOM                                                                             \
    15.0f /* for "fortsættes på næste side" under a table, where the margin is below it, … */
#define CONTINUES_GAP 3.0f   /* … so far from the table … */
#define CONTINUES_CLEAR 9.0f /* … and from the rule over footnotes at least */
#define SIDE_GAP 12.0f       /* between notes in the side column */
#define MOST_CARRIED 0.5f    /* of the page, for footnotes that go on from the page before */
#define LARGE_ROW (1.0f / 3) /* of the page: rows higher than this may be broken */

/* Finds the best pages for units that follow each other without a forced break, from where the page
 * now stands: c->plan, with the places where nothing keeps together what should be. Returns how many of the
 * n units the plan is of: it ends at a forced break or behind a row that may itself be broken. `ends` tells
 * whether nothing follows the last of them. */
size_t plan_pages(Composer *c, const Unit *units, size_t n, bool ends);
/* Looks for no plan that costs more than `most`: where there is none, the cost in c->plan is FLT_MAX, and the rest of
 * it of no use. */
size_t plan_pages_within(Composer *c, const Unit *units, size_t n, bool ends, float most);
void plan_drop(Plan *plan);

/* Longer parts, in pages, aren't planned in other ways to fill their holes. */
enum { MOST_TRIED = 40 };

/* ---- floats.c ------------------------------------------------------------------------------- */

/* Where the first `planned` of n units, with nothing behind them, are planned: figures and tiles that begin a
 * page change places with what stands below and fills what they left of the page before, and the pages are planned
 * again. The units are then in the order of the pages; c->unmoved has them in that of the report. In columns it is what
 * goes over all of them and follows the planned units that changes places, a paragraph may become two units, for which
 * there is room in c->units, and what floats is to begin a page. Returns how many units are planned. */
size_t floats_plan(Composer *c, Unit *units, size_t planned, size_t n);

/* ---- closer.c ------------------------------------------------------------------------------- */

/* The same, with what may change places; a part of which little would stand on its last page, or whose pages have large
 * holes, is set closer, as far as the layout allows it and evenly on all of its pages, where that saves the page or
 * fills the holes. */
size_t closer_plan(Composer *c, Unit *units, size_t n, bool ends);

/* Sets a unit closer to others, and its lines. */
void closer_set_unit(Composer *c, Unit *u, float closer);

/* ---- pullback.c ------------------------------------------------------------------------------ */

/* A last page with less than this share of it is nearly empty. */
#define NEARLY_EMPTY 0.2f

PartPages *pullback_part(Composer *c, size_t part);
/* How much shorter pages are in the part that is being placed. */
float pullback_shorter(const Composer *c);
bool pullback_is_little(const PartPages *part);
/* When all is placed: what is tried in the next pass against pages that are nearly empty. False when there is
 * nothing more to try. */
bool pullback_try(Composer *c);
/* Sets the units that are new in the flow as their parts are to be. */
void pullback_set_units(Composer *c);

/* ---- faults.c: what is told of the pages when they are made ----------------------------------- */

/* Where a unit, or else the nearest above it, stands in the report; line 0 where none of them is there. */
Pos faults_place(const Unit *units, size_t i);
/* Of the plan as it is now. */
void faults_keep(Composer *c);
/* The part ends on the page that is being filled. */
void faults_look_at_last(Composer *c);
/* What a unit leaves empty above it to stand below the pull-outs of the page. */
void faults_look_at_hole(Composer *c, float height);
void faults_tell(Composer *c);

/* ---- bands.c -------------------------------------------------------------------------------- */

/* A page begins, or a band of columns on it. */
void bands_open(Composer *c);
/* From a unit on text stands in columns, below what is on the page: all of them begin at the same height. */
void bands_begin(Composer *c, const Unit *u);
/* What follows stands below the longest of the columns. */
void bands_end(Composer *c);
/* The next column of the band is filled from here on. */
void bands_next_column(Composer *c);
/* The page is full: its columns end, and their footnotes are drawn. */
void bands_end_page(Composer *c);

/* ---- place.c -------------------------------------------------------------------------------- */

/* Places the first n of the composer's units, or somewhat fewer; the others are looked at only. Returns how many it placed:
 * one may have become two. */
size_t place_units(Composer *c, size_t n);
/* Opens a page. With `opens` the running head leaves out the theme, with `bare` all of it. */
void place_new_page(Composer *c, bool opens, bool bare);
void place_finish_page(Composer *c);
/* The same, and as many more as its footnotes need. */
void place_finish_part(Composer *c);
/* Draws a laid-out paragraph whose first line's box begins at y; x is from the paper's left. */
void place_spec(Composer *c, const Spec *spec, const Style *style, float x, float y);
/* Of the page as it lies: its height, and its width between the margins. */
float place_paper_height(const Composer *c);
float place_width(const Composer *c);
/* Whether it is the mirror of those in front of it. */
bool place_is_left_hand(const Composer *c);
/* A line that is no part of the report: in a box `width` wide whose upper left corner is at x, y. */
void place_line(Composer *c, Str text, const Style *style, Node artifact, TextAlign align, float x,
                float y, float width);
/* The same of pieces of text. */
void place_pieces(Composer *c, const Piece *pieces, size_t n, Node artifact, TextAlign align,
                  float x, float y, float width);
/* Names the place that a link leads to: somewhat over y, if it has a name. */
void place_mark(Composer *c, Str name, float y);
/* Draws a unit that has room at a height, or lines of it. */
void place_unit_at(Composer *c, const Unit *unit, float y, uint32_t from, uint32_t to);
/* Of the column that is being filled, or of all of them outside columns; of the next page where none is
 * open. */
float place_bottom(const Composer *c);
/* Of a column of the page. */
float place_column_bottom(const Composer *c, unsigned column);
float place_top(const Composer *c);
/* So much of the page or column may be taken by footnotes that go on from the one before. */
float place_most_carried(const Composer *c);
/* The left of the live area of the page that is being filled, or of its column. */
float place_left(const Composer *c);
/* The same of one of its columns, from 0. */
float place_column_left(const Composer *c, unsigned column);

/* ---- running.c ------------------------------------------------------------------------------ */

/* The head of a page that has just been opened. With `opens` it leaves out the theme, but for that of a briefing behind
 * its first page; with `bare` all but the words for a draft and a closed copy. */
void running_draw_head(Composer *c, bool opens, bool bare);
void running_draw_foot(Composer *c);

/* ---- wait.c --------------------------------------------------------------------------------- */

/* A text that waits for a page number. */
void wait_add(Composer *c, const Style *style, Node node, Wait wait, Str target, float x,
              float baseline, float measure);
/* Makes all of them, when every page is there. */
void wait_resolve(Composer *c);

/* ---- references.c: words that are made of what a link leads to ------------------------------- */

void references_begin(Composer *c, unsigned pass);
void references_release(Composer *c);
/* The words of a reference, kept with the pass. */
Str references_text(Composer *c, const Inline *in);
/* The same with a capital where they open a sentence, behind a text of their paragraph. */
Str references_printed(Composer *c, Str text, Str before);
/* ", side 12" behind a link with words of its own, or " (side 12)" where its sentence goes on; empty where that is
 * the page that the link stands on. */
Str references_page_behind(Composer *c, const Inline *in);
/* With a capital, where its first letter has one. */
Str references_capital(Composer *c, Str text);
/* A pattern with a list of words in the place of {words}, at its beginning: "Frist og økonomi er ikke oplyst"; another
 * pattern where there are several. Empty without any. It is kept with the batch. */
Str references_sentence(Composer *c, const Term *words, size_t n, Term one, Term several);
/* What a link into the report is said to lead to whose own words are these: where they are but a number, its name
 * and title ("anbefaling 7: Mål effekten fra start"); kept with the pass. */
Str references_said(Composer *c, Str target, Str words);
/* Whether the document has the place that a link is to lead to. */
bool references_has(Composer *c, Str destination);
/* Whether a link into the report leads to what this document has. */
bool references_lead(Composer *c, Str target);
/* The page of a destination for a text in the flow, from 1: as it was in the pass before. 0 when none may be
 * printed. */
unsigned references_page(Composer *c, Str destination);
/* The same of a section, with the page that it ends on, if that is near. */
PageSpan references_pages(Composer *c, Str destination);
/* The same for a text at another destination, which need not name its own page: then 0, too. */
unsigned references_page_from(Composer *c, Str destination, Str from);
/* Lines of a paragraph are drawn on the newest page: its references stand there. */
void references_place(Composer *c, const Spec *spec, uint32_t from, uint32_t to);
/* Whether all page numbers in the text are right. */
bool references_settled(const Composer *c);
/* Keeps where things stand for the next pass. */
void references_remember(Composer *c);
/* "Tabel 3", or nothing for what has no number. */
Str references_label(Composer *c, Term term, unsigned number);

/* ---- blocks.c ------------------------------------------------------------------------------- */

/* Adds blocks in a column. */
typedef struct {
    float x, width;
    Node parent;
    const Style *style; /* of paragraphs */
    bool lead;          /* the first paragraph is set as a lead */
    bool joined;        /* the box above goes on with the next */
    float gap;          /* in a list: between the paragraphs of an item and around lists in it */
    bool summary;       /* it is the report's in short … */
    bool below_tiles;   /* … and tiles stand right above */
    bool point;         /* what is in it is a point of that, which isn't parted over columns */
} Column;
void blocks_add(Composer *c, const Block *list, Column column);
/* One block by itself, what follows it left out. */
void blocks_add_alone(Composer *c, const Block *block, Column column);
/* The blocks of a theme, and beside those below its lead and tiles what is in it, if the layout wants that. */
void opener_add(Composer *c, const Block *blocks, Column col);
/* A heading's role; level 1 is that of a section. */
Role heading_role(const Composer *c, int level);
Column text_column(const Composer *c);
/* How wide something stands in a column that it may leave: in the text itself it has the whole page, unless
 * the page has several columns and the layout lets it stay in one. */
float span_width(const Composer *c, const Column *column, Span span);

/* ---- visits.c: notes in the side column, and what is to be clarified ------------------------- */

/* A label over its value in the side column; nothing when there is no value. */
void side_add(Composer *c, Sides *sides, Str label, Str value, Node parent);
/* Lets the notes stand level with the next paragraph, and be read before it. */
void sides_pend(Composer *c, const Sides *sides);
/* Whether a fact of a visit says what is to be clarified. */
bool fact_is_doubt(const Composer *c, const VisitFact *fact);
/* "Afklares: 29. eller 30. august", in the colour of what is to be taken with care; and the space above it. */
void doubt_pieces(Composer *c, const VisitFact *fact, Piece pieces[2]);
#define DOUBT_GAP 3.0f
/* Where there is no text under the heading for pending notes to stand beside, they stand there by
 * themselves. */
void sides_alone(Composer *c, const Block *children, const Style *heading);

/* ---- points.c ------------------------------------------------------------------------------- */

/* The numbered list of a summary, with large numerals and the pages of what its points lead to. */
void points_add(Composer *c, const Block *list, const Column *column);

/* ---- tables.c ------------------------------------------------------------------------------- */

enum { CELL_PARTS = 9, CELL_PIECES = 3 };

typedef struct {
    Piece piece[CELL_PIECES];
    size_t pieces;
    const Style *lines; /* whose lines it has, or NULL: its first piece's */
    float before;
    float aside; /* on the line of the part before it, from this share of the cell on; else 0 */
} CellPart;

static inline const Style *cell_part_style(const CellPart *part)
{
    return part->lines ? part->lines : part->piece[0].style;
}

typedef struct {
    size_t parts;
    bool dotted;
    bool leader; /* dots to write on lead from its end to the edge */
    bool over; /* its first text stands over the row: the other cells begin level with the second */
    bool number; /* its first text is one: its decimal comma is found there */
    bool words;  /* among numbers: they begin at the left and may use the empty cell behind them */
    float comma; /* width of what stands left of the decimal comma, or below 0 */
    CellPart part[CELL_PARTS];
} CellContent;

typedef struct {
    TextAlign align;
    float width;    /* wider only for a long word; 0: as wide as its content */
    float least;    /* at least, where it is as wide as its content */
    bool rest;      /* shares what all leave with others like it, by their widths */
    bool decimal;   /* numbers meet at the decimal comma … */
    float decimals; /* … behind which there is so much room at least */
} TableColumn;

typedef struct {
    size_t rows, columns;
    const TableColumn *column;
    /* The content of a cell; row rows is the head. Called more than once for a cell. */
    void (*cell)(void *context, size_t row, size_t column, CellContent *content);
    /* The title of the group that begins with a row, or empty. May be NULL. */
    Str (*group)(void *context, size_t row);
    /* Whether a row sums those above it. May be NULL. */
    bool (*total)(void *context, size_t row);
    void *context;
    bool head, row_heads;
    size_t head_column; /* that the rows are called by, where row_heads says that one is */
    float x, width, row_padding;
    Pos pos;       /* of what is said of it; line 0: nothing is */
    bool records;  /* each row is one, of several lines */
    bool may_turn; /* its page, where it is too wide */
    float narrow;  /* where it can, the table is only so wide; 0: never */
    const Inline *caption;
    Str title;       /* that it is known by where it has no number or no caption, or empty */
    unsigned number; /* before the caption; 0 for none */
    bool of_figure;  /* the number is a figure's, and stands with the title above the table */
    Str destination;
    Node parent;
    const Style *group_style;
    Rule group_rule;
    Str (*row_destination)(void *context, size_t row); /* may be NULL */
    const Str *note;                                   /* texts of notes … */
    size_t notes;
    unsigned (*row_note)(void *context, size_t row); /* … and that of a row, from 1, or 0 */
} TableSpec;

/* The title of a table that goes on from a page, or from the column before with 0, laid out; and its style. */
Spec *table_title_again(Composer *c, const TableHead *t, uint32_t page);
const Style *table_title_style(Composer *c, const TableHead *t);
/* What it takes, with the space below it. */
float table_title_height(Composer *c, const TableHead *t, const Spec *title);

/* One more text of a cell, unless it is empty. */
void cell_add_text(CellContent *content, Piece piece);
/* The same in a record, a little below the line above it. */
void cell_add_line(CellContent *content, Piece piece);
/* The same on the line of the text before it, which has that style, too, and ends left of this share of the cell's
 * width; it has room in one line there. */
void cell_add_beside(CellContent *content, Piece piece, float aside);
void table_add(Composer *c, const TableSpec *table);
/* The widths that its columns would get, in points; nothing is added. False where it isn't a table of its full size
 * on an upright page: then they are none for others. */
bool table_measure(Composer *c, const TableSpec *table, float *width);
/* Whether pages are so narrow for their type that key figures and recommendations are set as records: few wide
 * columns, whose cells have several lines. The same for all tables of a layout. */
bool table_in_records(const Composer *c);
/* What is said under a table stands on its page. Takes back the turn that ends that, where it was turned: then
 * flow_turn has to follow what is added. */
bool table_stay_turned(Composer *c);

/* ---- table_notes.c -------------------------------------------------------------------------- */

/* Notes of a table of key figures that is `width` wide; the list of them stands in `parent`. They are laid out
 * with the batch and live as long as the pass. */
TableNotes *table_notes(Composer *c, const Str *text, size_t n, float width, Node parent);
/* A row is on the page that is being filled, or, with `plan`, planned. */
void table_notes_use(TableNotes *notes, unsigned number, bool plan);
/* A page begins to be planned, behind what stands on the one that is being filled or without anything. */
void table_notes_plan(TableNotes *notes, bool here);
/* Height of those of the page with the space above them. */
float table_notes_height(const TableNotes *notes, bool plan);
/* The most that one of them takes, with its spaces; nothing for number 0. */
float table_notes_most(const TableNotes *notes, unsigned number);
/* What one of them takes of their columns, on average, among others. */
float table_notes_share(const TableNotes *notes, unsigned number);
/* Draws them from y, `x` from the paper's left: the column has no more of the table. Where it goes on in the next column
 * of the page they wait for the last notes there, since they are read behind its rows. Returns where they end. */
float table_notes_draw(Composer *c, TableNotes *notes, float x, float y, bool next_column);

/* ---- table_blocks.c ------------------------------------------------------------------------- */

/* A table of the report itself. */
void table_add_block(Composer *c, const Block *block, Column column);
/* What is said of a table or a picture right above (block_is_note). */
void table_add_note(Composer *c, const Block *block, Column column);
/* A line that says where what is in a table comes from (source_line); nothing where that is empty. */
void table_add_source(Composer *c, Str text, Column column);

/* ---- figures.c, recommendations.c: the tables of one section, where the layout gathers none - */

/* Where all key figures stand, if that is a part. */
#define FIGURES_PLACE STR("del-noegletal")

void figures_add_section(Composer *c, size_t section);
void recommendations_add_section(Composer *c, size_t section);
/* The name of the place where their part begins. */
Str recommendations_place(const Composer *c);
/* What the report says of its recommendations: the section of that name, or NULL. */
const EditionSection *recommendations_introduction(const Composer *c);

/* ---- basis.c, statuses.c: what recommendations are founded on, and how far they have come ---- */

/* Which pages a basis says: its own, or, where it is but measured, none or any for each. */
typedef enum { BASIS_PAGES, BASIS_NO_PAGES, BASIS_ANY_PAGES } BasisPages;

/* What is printed of its basis, or NULL; `apart`: each part of it on a line of its own. */
Inline *basis_inlines(Composer *c, const Recommendation *r, bool apart, BasisPages pages);
/* How many recommendations have come how far, where they differ in that. */
void statuses_add(Composer *c);

/* ---- numbering.c: the numbers of lists ------------------------------------------------------- */

/* How an ordered list at this place counts from the first number to the last. */
Numbering numbering_of(const Composer *c, int first, int last);
void numbering_add(StrBuf *out, Numbering numbering, int number, bool parenthesis);
/* The mark of a table's note, "a" … "z", "aa" … of a number from 1, without l and o: small as marks are, they look
 * like figures. */
void numbering_add_mark(StrBuf *out, unsigned number);

/* ---- days.c --------------------------------------------------------------------------------- */

typedef enum { DAYS_NOWHERE, DAYS_BELOW, DAYS_BESIDE } DaysPlace;

/* Where the days of the report and their visits stand: below the contents in so much room, or beside them,
 * which is added before the contents are. Nowhere where the layout doesn't want them, fewer than two days have
 * visits, or there is no room. */
DaysPlace days_place(Composer *c, float room);
void days_add(Composer *c, DaysPlace place);

/* ---- panels.c: what can stand side by side --------------------------------------------------- */

/* Drawings in a column of their own; y counts from the panel's top. */
typedef struct {
    Composer *c;
    float x, width, y; /* y: where the next thing goes */
    Node parent;
    ARRAY(Draw) draws;
    ARRAY(DrawingBox) boxes;
} Panel;

void panel_draw(Panel *panel, Draw draw);
void panel_fill(Panel *panel, float x, float y, float width, float height, uint32_t colour);
/* A paragraph, where it stands from the panel's left; y moves below it. */
void panel_text(Panel *panel, const Piece *pieces, size_t n, Node node, float x, float width);
/* The same of one plain text as a paragraph of its own; nothing when it is empty. */
void panel_line(Panel *panel, StyleRole role, Str text);
/* Gives a unit the drawings of panels that stand side by side, in the arena, and their size, and empties them. */
void panels_gather(Arena *arena, Panel *panel, size_t n, Unit *unit);
/* Adds panels that stand side by side as one thing that is not broken, and empties them. Of `unit` the
 * spaces, the destination and keep_next are used. */
void panels_flow(Composer *c, Panel *panel, size_t n, Unit unit);

/* ---- tile_texts.c: a key figure that is shown large ------------------------------------------ */

/* Its texts, which are one sentence: one paragraph of the structure. */
typedef struct {
    const KeyFigure *figure;
    Str what; /* instead of its name, or empty */
    Node node;
    bool
        may_stack; /* a precision word that has no room beside the number and its sign stands above it */
    Spec *precision; /* that word, or NULL */
    Spec *number;
    Spec *what_text, *where, *caveat; /* NULL where there is nothing to say */
    bool row;                         /* its texts stand beside its number */
    bool unit_apart;                  /* so does the unit, unless it is a sign of the number */
    Spec *unit_text; /* below the number, NULL unless a unit with a scale has no room beside it */
    bool
        may_part; /* a scale that has no room beside the number opens the next line with its unit … */
    bool parts; /* … and does */
} TileText;

/* Width of the number with its precision word, where that stands beside it, and unit. */
float tile_number_width(Composer *c, const TileText *text, bool with_unit);
/* The same where the precision word stands above it, and a unit with a scale below it. */
float tile_least_width(Composer *c, const TileText *text);
/* Whether its unit isn't one that the text says, nor a sign of the number, and has no room beside the number. */
bool tile_parts_unit(Composer *c, const TileText *text, float measure);
/* Whether its number has room in so much, with the word before it and the scale, unless that may be parted from it. */
bool tile_number_fits(Composer *c, const TileText *text, float measure);
/* Makes the texts and lays them out; a unit that has no room beside the number opens what is counted. */
void tile_lay_out(Composer *c, TileText *text, float number_measure, float text_measure);

/* ---- pull_outs.c: key figures in the side column, level with the lines that print them --------- */

/* Whether it prints a figure that is pulled out, in a layout that has a side column … */
bool pull_out_is(const Composer *c, const Inline *in);
/* … and whether one of these or those in them does. */
bool pull_outs_in(const Composer *c, const Inline *inlines);
/* Makes those of a unit of text, which stand in the structure behind it. */
void pull_outs_add(Composer *c, Unit *unit, Node parent);
/* The line of its paragraph that one stands level with. */
uint32_t pull_out_line(const Unit *unit, size_t i);
/* Lines [from, to) of a unit have been drawn, the first with its box at y: so far its pull-outs stand where
 * they are level with them, or below others. */
void pull_outs_place(Composer *c, const Unit *unit, float y, uint32_t from, uint32_t to);
/* Nothing more comes to those of the page that stand above `bottom`: what would go below it moves up. */
void pull_outs_settle(Composer *c, float bottom);

/* ---- drawings ------------------------------------------------------------------------------- */

void image_add(Composer *c, const Block *block, Column column);
/* Its width as it is, in points. */
double image_natural_width(const Image *image);
/* What a figure's node says to who can't see it. */
void image_describe(Composer *c, Node node, const Inline *alternative);
/* A chart, or two that stand side by side; returns how many. One that is higher than a page is set as a table of its
 * values, which is told. */
size_t charts_add(Composer *c, const Block *block, Column column);
void tiles_add(Composer *c, const Block *block, Column column);
/* A chart in a panel; it has no number there. False when it can't be drawn, which has been reported, or is higher than
 * a page: then the part is left out. */
bool chart_panel(Panel *panel, const Block *block);
/* Makes a unit of charts so much lower that its plots give this share of what the layout lets them give, rounded up to a
 * half of it. What it is drawn as is made when it is first wanted, and lives as long as the pass. */
void charts_set_closer(Composer *c, Unit *unit, float closer);
/* The opposite. */
void charts_set_apart(Unit *unit);

/* ---- lined.c -------------------------------------------------------------------------------- */

/* How many pages to write on the layout wants at the end of its booklet; and one of them. */
unsigned lined_wanted(const Composer *c);
void lined_add_page(Composer *c);

/* ---- spread.c ------------------------------------------------------------------------------- */

/* A page is full: keeps what is left over on it. */
void spread_page(Composer *c);
/* How much of that goes above a unit that isn't the first of its page. */
float spread_above(const Composer *c, const Unit *u);

/* ---- parts ---------------------------------------------------------------------------------- */

typedef struct {
    void (*entries)(Composer *c); /* what the part adds to the contents; NULL for nothing */
    void (*add)(Composer *c);
    /* Of those that can stand beside others: whether there is anything to show, and showing it. */
    bool (*has)(const Composer *c);
    void (*panel)(Panel *panel);
} PartRule;

/* Adds the parts [from, to) of the layout, which stand side by side. */
void parts_add_row(Composer *c, const PartRule *const *rules, size_t from, size_t to);
/* A part that can stand beside others, by itself. */
void part_add_alone(Composer *c, const PartRule *rule, float width);

/* ---- what a sheet shows ---------------------------------------------------------------------- */

/* Its tiles, their list made in the arena where the report has none; its chart; its table. NULL for nothing. */
const TileSpec *tiles_shown(const Composer *c, Arena *arena);
const Block *chart_shown(const Composer *c);
/* Whether the layout has a part that isn't left out for want of room. */
static inline bool part_is_shown(const Composer *c, Part part)
{
    return layout_has_part(c->l, part) && !c->left_out[part];
}
const Block *table_shown(const Composer *c);
/* The boxes and items that its lessons are from, and whether one is of no place in particular, or what is said is what the
 * theme is about. */
typedef struct {
    const Block **from;
    size_t n;
    bool of_all;
} LessonsShown;
LessonsShown lessons_shown(const Composer *c, Arena *arena);

/* Where the contact stands. */
#define CONTACT_PLACE STR("del-kontakt")
/* Whether the report's address stands with the contact: where the layout has no part for it. */
bool contact_shows_web(const Composer *c);
/* "Rådhuset, 1599 København V": until the next such text is made. */
Str contact_in_one_line(Composer *c, const Str *text, size_t n);

extern const PartRule part_letterhead, part_cover, part_contents, part_tables_list,
    part_figures_list, part_summary, part_body, part_key_figures, part_recommendations,
    part_open_questions, part_contact, part_block_title, part_tiles, part_chart, part_table,
    part_lessons, part_caveats, part_link, part_glossary, part_sources, part_changes;

/* ---- cover.c -------------------------------------------------------------------------------- */

/* Advises of a summary that has no room on the cover. */
void cover_tell(Composer *c);

/* ---- glossary.c ----------------------------------------------------------------------------- */

/* Whether every item of a list is a term and what it means. */
bool glossary_is_list(Composer *c, const Block *block);
/* Such a list in columns over the whole width. */
void glossary_add(Composer *c, const Block *block, Node parent);

/* ---- titles --------------------------------------------------------------------------------- */

/* The address of the whole report, with its scheme; and a link to it, as it is printed. */
Str web_address(Composer *c);
/* The same as it is printed. */
Str web_words(Composer *c);
const Inline *web_link(Composer *c);
/* An e-mail address as a link behind the label, which may be empty; as words where it is no address. */
const Inline *mail_link(Composer *c, Str label, Str address);
/* A link to a place of the report; kept with the pass, as its words must be. */
Inline *link_to(Composer *c, Str id, Str words, Pos pos);
void entry_add(Composer *c, int level, unsigned theme, Str title, Str destination);
/* A part's title below the given kicker (may be empty), on a new page or on this one. */
void part_title(Composer *c, Str kicker, const Inline *title, Str text, StyleRole role,
                Str destination);
void part_title_here(Composer *c, Str kicker, const Inline *title, Str text, StyleRole role,
                     Str destination);
/* Whether a part of so many rows stands below what is above it: in a briefing that wouldn't fill a page. */
bool part_follows(const Composer *c, size_t rows);
/* The plain text of inlines, kept with the pass. */
Str plain_text(Composer *c, const Inline *in);
/* Where the title of the document stands in the report: that of its theme, or the report's own. */
Pos title_place(const Composer *c);
/* Words as if the report had them at `pos`; the text must live as long as the arena. */
Inline *text_inline(Arena *arena, Pos pos, Str text);
Inline *strong_inline(Arena *arena, Pos pos, Str text);
/* "Forbehold: Skøn", the label in bold; in the batch, where the text must live, too. */
void labelled_pieces(Composer *c, const Style *style, Str label, Pos pos, Str text,
                     Piece pieces[2]);
/* "side 6"; kept with the pass. */
Str page_words(Composer *c, unsigned page);
/* "side 12–13", or of one page "side 12". */
Str page_span_words(Composer *c, PageSpan span);
/* The title that a theme is known by: "Tema 2" */
Str theme_label(Composer *c, unsigned theme);
/* "Kilde: Lambeth", or nothing. */
Str source_line(Composer *c, Str source);
/* The same for the sources of n key figures, each once. */
Str source_line_of(Composer *c, const KeyFigure *const *figure, size_t n);
/* Adds a full stop where no other sign ends the text. */
void close_sentence(StrBuf *text);

#endif
