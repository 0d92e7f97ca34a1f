/* Units, the pages that are made of them, and who makes both. */
#ifndef PAGE_COMPOSER_H
#define PAGE_COMPOSER_H

#include "base/array.h"
#include "page/request.h"
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
    const Inline *key;  /* … with what explains its words below that, or NULL … */
    float title_height; /* … and what they take at most, with the space below them */
    bool is_part;       /* it is the title of a part that is nothing else */
    Str form; /* where it stands in a column: what those have in common that are set like it */
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
    const Inline *visit;      /* that it belongs to, or NULL */
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
    const Footnote *note;
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
    struct {
        Str table; /* the form of the first table in it … */
        bool row;  /* … whether the last unit is a row … */
        bool more; /* … and whether there is more than a table with its heading and notes */
    } band;
    bool begins; /* nothing stands on this page yet of it, or of what is over all columns */
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
    const Inline *visit; /* that the last unit belongs to, or NULL */
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

typedef struct Composer Composer;

/* What is asked of those who fill the flow, when its pages are made. */
typedef struct {
    /* Adds the text of a footnote to the flow, so far from the left of the text. */
    void (*add_note)(Composer *c, const Block *text, float indent, Node node);
    /* Makes a unit of charts so much lower that its plots give this share of what the layout lets them give, rounded up
     * to a half of it, or as high again as they want to be. What it is drawn as is made when it is first wanted, and
     * lives as long as the pass. */
    void (*set_closer)(Composer *c, Unit *unit, float closer);
    void (*set_apart)(Unit *unit);
} Filler;

struct Composer {
    const Filler *filler;
    struct Own *own; /* what those who fill the flow have decided, and pages needn't know */
    Str overleaf;    /* on the front of a sheet is told that this place begins on its back */
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
    Map pages_before;      /* where things stood in the last pass, pages from 0 */
    Map lasts_before;      /* … and where sections ended */
    Arena names_before;    /* its keys */
    float sender_from;     /* where the name begins behind the logo at the head of the first page */
    bool below_letterhead; /* what comes next stands on its page */
    const Abbreviation *abbreviation; /* of the report's glossary; they live in `words` */
    Map abbreviation_of;              /* the index of each */
    Arena words;
    Map lone; /* forms of tables that stood in a column with nothing beside them */
    uint32_t
        widest_page; /* 88, or 888 where passes have shown that there are so many: no number of theirs is wider */
    uint32_t
        too_wide_page; /* the least that something in this pass needs more room for, or UINT32_MAX */
    bool uneven;       /* in this pass some are set in two ways */
    const Inline *visit; /* the name of the one that text is made of, or NULL */
    bool explaining;     /* abbreviations need no expansion here: it stands beside them */
    bool closed;         /* a copy with what is closed, where anything is */
    bool failed;
};

#endif
