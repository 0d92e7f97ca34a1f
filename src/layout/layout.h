/* Layout definitions: what a PDF looks like, which parts it has and what it is called. All lengths
 * are in points. Everything lives in the arena of the Layout. */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/colour.h"
#include "base/str.h"

/* clang-format off */

/* The colours that every layout has. What each may be used for: docs/layout-format.md. */
#define LAYOUT_COLOURS(X)                                                                         \
    X(ink) X(primary) X(primary_text) X(secondary) X(tertiary) X(tint) X(caution)                 \
    X(caution_tint) X(muted) X(axis) X(line) X(paper)

/* The styles that every layout has. */
#define LAYOUT_STYLES(X)                                                                          \
    X(title) X(h1) X(h2) X(h3) X(lead) X(body) X(kicker) X(code) X(link) X(caption) X(source)     \
    X(list_number) X(question_number) X(table_head) X(table_cell) X(table_number) X(table_group)  \
    X(table_note) X(table_mark) X(table_continues) X(box_title) X(box_text) X(side_label)         \
    X(side_value)                                                                                 \
    X(head_left) X(head_right) X(foot_left) X(foot_right) X(contents_1) X(contents_2)             \
    X(contents_label) X(contents_page) X(numeral) X(cover_organisation) X(cover_unit)             \
    X(cover_addressee) X(cover_entry) X(cover_note) X(cover_page) X(proposal) X(proposal_note)    \
    X(chart_number) X(chart_axis) X(chart_headline) X(chart_subtitle) X(chart_label) X(chart_value) X(tile_number)              \
    X(tile_unit) X(tile_precision) X(tile_what) X(tile_where) X(tile_caveat) X(note) \
    X(note_number) X(draft)
/* clang-format on */

#define LAYOUT_ENUM_COLOUR(name) COLOUR_##name,
#define LAYOUT_ENUM_STYLE(name) STYLE_##name,
typedef enum { LAYOUT_COLOURS(LAYOUT_ENUM_COLOUR) COLOUR_COUNT } ColourRole;
typedef enum { LAYOUT_STYLES(LAYOUT_ENUM_STYLE) STYLE_COUNT } StyleRole;

typedef enum { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE, ALIGN_JUSTIFY } Align;

/* Shapes of figures: the font's own; of capitals' height; those of one width, too; with ascenders. */
typedef enum { FIGURES_DEFAULT, FIGURES_LINING, FIGURES_TABULAR, FIGURES_OLD_STYLE } FigureShape;

typedef struct {
    Str family; /* as fontconfig knows it */
    double size, leading;
    double weight; /* 100 to 900; 400 is regular, 700 bold */
    bool italic;
    Colour colour;
    int colour_role; /* of the ColourRole that `colour` comes from, -1 when it is its own */
    double before, after;
    double rise; /* lifted off the baseline */
    Align align;
    bool keep_next;       /* never the last thing on a page */
    double indent;        /* of a paragraph's first line */
    double stretch;       /* per cent of their width that justified letters may give or take */
    bool hyphenate, hang; /* hang: punctuation stands beyond the right margin */
    bool balance;         /* lines are of one length */
    bool label;           /* a few words in little room */
    FigureShape figures;
    bool small_capitals, no_ligatures;
} Style;

/* Units that parts of a page are built of, each in the file under its own heading. */
typedef struct {
    double row_padding, head_padding, column_gap, decimals;
    double rule_outer, rule_head, rule_group, rule_row;
    double before, after, group_before, note_gap;
    double smallest; /* of its size, that a table may be set in which is too wide; 0 or 1: none */
    bool stack;      /* one that is too wide becomes a block of lines for each row */
    bool turn;       /* one that is too wide all the same may turn its page */
    bool pages;      /* links in cells say the pages that they lead to, as those in text do */
} TableStyle;

typedef struct {
    double indent, number_indent, item_gap, before, after, bullet;
    bool decimal; /* numbers of lists in lists are as the others */
    bool ragged;  /* items aren't justified where the text around them is */
} ListStyle;

typedef struct {
    double bar, padding, padding_side, title_gap, before, after;
    double joint;    /* around the rule between two set as one; between a sheet's caveats */
    int whole_lines; /* boxes of at most this many lines are not broken */
    bool ragged;     /* nor is text in boxes and quotations justified where that around them is */
    bool ink_bars;   /* all bars are in ink, also of quotations */
} BoxStyle;

typedef struct {
    double rule, bar, pitch, label_share, before, after;
    double plot; /* height of plots with an upright scale */
    double half; /* least width of one that stands beside another; 0: by the size of the text */
    double gap;  /* between two that stand side by side */
} ChartStyle;

/* Tiles stand in rows that fill the live width. */
typedef struct {
    int across; /* at most so many in a row */
    double rule, gap, padding_top, padding_left, padding_right, padding_foot;
    double number_gap;                             /* below the number */
    double where_gap;                              /* between what it is and where */
    double caveat_before, caveat_gap, caveat_rule; /* above and below the rule over a caveat */
    double alone;                                  /* where the text of a single wide tile begins */
    double before, after;
} TileStyle;

/* The first page: a cover, or a letterhead above the text. */
typedef struct {
    double sender, logo;     /* top of the sender's name; height of the logo beside it */
    double rule, rule_width; /* below them */
    double rule_double;      /* width of a second one close below it; both are in ink then */
    double address, date;    /* top of the addressee; how far to the right the date stands */
    double title, lead;      /* on a cover: tops of the title and of the summary */
    double letter_title;     /* in a letterhead: top of the title */
    double entry_indent,
        entry_page; /* of the cover's list of themes: before its names, for page numbers */
    double entry_before, entry_after; /* space in each of its rows */
    int least_pages; /* of a document with a cover; a shorter one begins with a letterhead */
    bool themes;     /* a letterhead lists them with their pages */
} CoverStyle;

/* The contents, and the lists of tables and figures. */
typedef struct {
    int depth; /* of headings that are in the contents; 1: those of sections alone; 0: two levels, or one where two
                * have no room on so many pages */
    int most_pages;
    bool leaders;    /* dots lead from an entry to its page */
    bool days;       /* with them stand the days of the report and their visits */
    int least_pages; /* of a document that has contents */
} ContentsStyle;

/* The footnotes of a page. */
typedef struct {
    double rule, rule_width; /* over them */
    double before, after;    /* above and below the rule */
    double indent;           /* of their texts, for numbers of few digits */
} NoteStyle;

/* What may be given so that a part has no last page with little on it. */
typedef struct {
    double little; /* of the page: a last one with less is tried to be saved; 0: none is */
    double leading, space,
        rows;      /* what lines, the space between things, and the padding of rows keep of
                                  * theirs at least; 0 or 1: all */
    double charts; /* and the plots of charts of their height */
    bool holes;    /* so are parts whose pages have large holes */
} LastPageStyle;

typedef enum {
    PART_LETTERHEAD,
    PART_COVER,
    PART_CONTENTS,
    PART_TABLES_LIST,
    PART_FIGURES_LIST,
    PART_SUMMARY,
    PART_BODY,
    PART_KEY_FIGURES,
    PART_RECOMMENDATIONS,
    PART_OPEN_QUESTIONS,
    PART_CONTACT,
    PART_GLOSSARY,
    PART_SOURCES,
    PART_CHANGES,
    PART_ANNEXES,
    /* What a sheet about one thing has of it. */
    PART_TITLE,
    PART_TILES,
    PART_CHART,
    PART_TABLE,
    PART_LESSONS,
    PART_CAVEATS,
    PART_LINK,
    PART_COUNT
} Part;

/* How a part stands. */
typedef struct {
    bool beside;  /* the one before it, not below */
    double share; /* of the width, of all that stand side by side */
} PartPlace;

/* Where a sheet shows some of many, so many at most. */
typedef struct {
    int tiles, lessons;
} ExtractStyle;

typedef enum { FOR_REPORT, FOR_THEME } ForEach;
typedef enum { BRIEF_NEVER, BRIEF_ALWAYS, BRIEF_NEEDED } Brief;
typedef enum { SHEETS_NONE, SHEETS_TWO_UP, SHEETS_BOOKLET } Sheets;

/* Parts that may go over all columns of a page. */
#define LAYOUT_SPANS(X) X(h1) X(h2) X(lead) X(table) X(chart) X(tiles) X(image) X(box)
#define LAYOUT_ENUM_SPAN(name) SPAN_##name,
typedef enum { LAYOUT_SPANS(LAYOUT_ENUM_SPAN) SPAN_COUNT } Span;
enum { PAGE_COLUMNS = 3 };

/* What is made of what people type for want of the key. */
typedef struct {
    Str open, close; /* quotation marks; empty: straight ones stay */
    bool dashes, minus, intervals;
} TypingStyle;

/* A word with = at its joints and - at other places where it may be divided. */
typedef struct {
    Str word;
    Pos pos;
} WordDivision;

/* A running head or foot: pieces with fields such as {theme}; a piece whose field is empty is left
 * out, and what remains is set apart by three spaces. */
typedef struct {
    Str *at;
    size_t n;
} Pieces;

typedef struct {
    Str name;
    Pos pos;         /* of the file as a whole */
    Str extends;     /* the layout that it says it extends, or empty */
    Str description; /* its own, in a line; not that of the one it extends */
    bool makes_file; /* it says all that is needed to make a PDF */
    Str paper;       /* its name, such as "A4" or "A4 landscape"; empty when only a size is given */
    double paper_width, paper_height;
    double left, right, top, bottom; /* margins; of right-hand pages where it is two-sided */
    double first_top, first_bottom;  /* of the first page */
    bool two_sided;                  /* left-hand pages are the mirror of right-hand ones */
    int columns;                     /* of text */
    double text_width; /* of a text column; the side column takes the rest after the gutter */
    double gutter;
    double column_rule; /* width of a line between two columns of text; 0: none */
    bool column_grid;   /* lines of text in neighbouring columns stand level */
    bool span[SPAN_COUNT];
    double head_centre, head_rule, head_rule_width, foot_centre, foot_rule,
        foot_rule_width; /* from the top of the page */
    double head_draft;   /* the same, of the word that says a draft is one; 0: without it */
    Pieces head_left, head_middle, head_right, foot_left, foot_middle, foot_right;
    Style style[STYLE_COUNT];
    Colour colour[COLOUR_COUNT];
    Str *fallback; /* families for characters that a style's family lacks */
    size_t fallbacks;
    WordDivision *division; /* exceptions from how words are divided */
    size_t divisions;
    TableStyle table;
    ListStyle list;
    BoxStyle box;
    ChartStyle chart;
    TileStyle tile;
    NoteStyle note;
    LastPageStyle last_page;
    bool opener_inside; /* beside what a theme opens with stands where more of it is */
    double
        numeral_indent; /* of the points of a summary, beside large numerals; 0: it has a list like others */
    bool tiles_titled; /* those of the summary have a title */
    bool box_first;    /* in the summary, a box right below tiles stands above them */
    CoverStyle cover;
    Str logo; /* path of a picture in the folder of the layout's file; empty: the report's alone */
    Pos logo_pos;
    Str logo_folder;
    ContentsStyle contents;
    TypingStyle typing;
    double image_resolution; /* dots per inch at most */
    ForEach for_each;
    Str output, document_title; /* patterns */
    Pos output_pos;
    Str pages_of; /* the layout of the pack whose pages are said, or empty */
    Pos pages_of_pos;
    Part *part;
    size_t parts;
    PartPlace place[PART_COUNT]; /* of each that it has */
    Part *may_leave_out;         /* the first goes first when there are too many pages */
    size_t may_leave_outs;
    Part *fill; /* those that go where the document has a page less without them */
    size_t fills;
    int most_pages;  /* 0: any number */
    bool run_on;     /* parts begin no pages */
    bool upright;    /* emphasis is semibold, never italic */
    bool note_pages; /* a booklet's blank leaves have lines to write on */
    double spread;   /* what is left over on a page goes between its parts, so much at most */
    Brief brief;     /* recommendations without the text below their sentences */
    ExtractStyle extract;
    bool attach_figures, closed, write_in, repeat_key;
    bool grey; /* all colours are shades of grey */
    Sheets sheets;
    double sheet_width,
        sheet_height; /* of their paper as it is before it is turned to lie; without one said: of the pages' */
    Arena arena;
} Layout;

/* Finds a layout's file: gives its path (the caller frees) or NULL. Where `hiding` isn't NULL it is the
 * path of a layout of this name, and the one that it hides is asked for. */
typedef char *LayoutFind(void *context, Str name, const char *hiding);
/* Gives the name that was meant where there is no such layout, or NULL; the caller frees. */
typedef char *LayoutGuess(void *context, Str name);

typedef struct {
    Diags *diags;
    LayoutFind *find;
    void *context;
    LayoutGuess *guess; /* may be NULL */
    bool bases;         /* layouts that make no file by themselves are read, too */
} LayoutOptions;

/* Reads a layout and those that it extends. `asked` is where the name was given (line 0 for the
 * command line). NULL when something is wrong; everything that is wrong has been reported. */
Layout *layout_read(Str name, Pos asked, const LayoutOptions *options);
void layout_drop(Layout *layout);
/* Turns all colours into shades of grey of the same luminance. Text and graphics that carry meaning get the
 * contrast that they may lack, and series of charts that would come too near each other are moved apart. */
void layout_make_grey(Layout *layout);
/* Add their names as a layout's file writes them. */
void layout_add_style_name(StrBuf *out, StyleRole role);
void layout_add_colour_name(StrBuf *out, ColourRole role);
const char *layout_part_name(Part part);
bool layout_has_part(const Layout *layout, Part part);

static inline double layout_live_width(const Layout *l)
{
    return l->paper_width - l->left - l->right;
}
/* Room for notes beside the text; 0 where there is too little of it, and beside several columns. */
double layout_side_width(const Layout *l);
/* As wide as text is that stands in no column: a cover's, or an address. */
static inline double layout_measure(const Layout *l)
{
    return l->columns > 1 ? layout_live_width(l) : l->text_width;
}

#endif
