/* The report: what it says, free of any file format and of any page.
 *
 * Everything lives in the arena of the Report; strings are UTF-8. Lists are linked so that parts can
 * be left out without copying their content. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/str.h"
#include "language/date.h"
#include "language/quantity.h"

typedef enum {
    INLINE_TEXT,     /* text; a line's end in the source stays in it as \n and means a space */
    INLINE_EMPHASIS, /* children */
    INLINE_STRONG,   /* children */
    INLINE_STRIKE,   /* children */
    INLINE_SUPER,    /* children, raised: m², 1st */
    INLINE_SUB,      /* children, lowered: CO₂ */
    INLINE_CODE,     /* text */
    INLINE_LINK,  /* children, target: "#id" or an address; text: the title, or empty. One into the
                         report without children is a reference, whose words are made; one into it has a
                         number once checked */
    INLINE_IMAGE, /* in the line; children are the alternative text (none: decoration), target: path
                         in the report's folder; text: the title, or empty */
    INLINE_SPAN,  /* children, language */
    INLINE_FIGURE,    /* text: id of the key figure to print; figure once checked; pull_out; told */
    INLINE_NOTE,      /* the mark of a footnote: note */
    INLINE_LINE_BREAK /* a break that the author asked for */
} InlineKind;

typedef struct KeyFigure KeyFigure;
typedef struct Note Note;

/* How a key figure is shown large beside the text that prints it. */
typedef struct {
    Str what; /* instead of the figure's name; reads on from the number */
} PullOut;

typedef struct Inline Inline;
struct Inline {
    InlineKind kind;
    Pos pos;
    uint32_t number; /* of a link into the report among its own, from 1; else 0 */
    bool decoration; /* of an image without children: what was read says that it has none */
    Inline *next, *children;
    Str text;
    union {
        Str target;
        Str language;
        struct {
            const KeyFigure *figure;
            const PullOut *pull_out; /* or NULL */
            bool told;               /* once checked: it stands at a place that its basis names */
        };
        const Note *note;
    };
};

typedef enum {
    BLOCK_PARAGRAPH, /* inlines */
    BLOCK_HEADING,   /* inlines, level 2–6 */
    BLOCK_LIST,      /* children are BLOCK_ITEM */
    BLOCK_ITEM,      /* children, task */
    BLOCK_QUOTE,     /* children */
    BLOCK_BOX,       /* children, inlines are the title */
    BLOCK_CODE,      /* text, info: what the author says of its language */
    BLOCK_RULE,
    BLOCK_TABLE,
    BLOCK_IMAGE,           /* inlines are the alternative text, text is the path, caption */
    BLOCK_VISIT,           /* inlines are the name; children; also a stop inside a visit */
    BLOCK_KEY_FIGURES,     /* where the section's table of key figures stands */
    BLOCK_RECOMMENDATIONS, /* where the section's recommendations stand */
    BLOCK_CHART,
    BLOCK_TILES
} BlockKind;

typedef enum { BOX_NOTE, BOX_CAVEAT, BOX_SECRETARIAT, BOX_MEANING, BOX_CLOSED } BoxKind;

typedef struct {
    Inline *inlines;
} Cell;

typedef enum { COLUMN_PLAIN, COLUMN_LEFT, COLUMN_CENTRE, COLUMN_RIGHT } ColumnAlign;

typedef struct {
    size_t rows, columns; /* rows include the head */
    const ColumnAlign *align;
    const Cell *cell; /* row by row */
    const Pos *row_pos;
    bool row_heads;  /* the first column names the rows */
    Inline *caption; /* NULL when there is none */
} Table;

typedef struct {
    bool ordered, tight;
    bool parenthesis; /* 1) instead of 1. */
    int start;
} List;

/* An item of a list of tasks has a box before it, ticked or not. */
typedef enum { TASK_NONE, TASK_OPEN, TASK_DONE } TaskState;

/* "Ansatte: mere end 45". */
typedef struct {
    Str label, text;
    Pos pos;
} VisitFact;

enum { MOST_FACTS = 8 };

/* A visit to a place, or a stop on it. */
typedef struct {
    bool meeting, stop;
    Str organisation, place, contact;
    Date date;
    const VisitFact *fact; /* what else is to be known at a glance; MOST_FACTS at most */
    size_t facts;
} Visit;

typedef enum {
    CHART_BARS,
    CHART_COLUMNS,
    CHART_GROUPED,
    CHART_SHARES,
    CHART_PROGRESS,
    CHART_DOTS,
    CHART_SLOPE,
    CHART_LINES,
    CHART_PANELS,
    CHART_TYPES
} ChartType;

/* As reports name them. */
extern const char *const chart_type_names[CHART_TYPES];

/* What a chart shows; drawn by the folder chart. */
typedef struct {
    ChartType type;
    Str headline, subtitle, source;
    Pos headline_pos;
    const Str *figure; /* ids of key figures … */
    const Pos *figure_pos;
    size_t n;
    Str from; /* … or the id of a table: a row for each bar or date, a column for each series */
    Pos from_pos;
    Str row;           /* of the table: its columns are the bars or dates, instead of its rows */
    const Str *column; /* heads of those that are drawn, in order; else all are */
    size_t columns;
    Str target, total; /* ids of key figures: of progress, and of shares */
    Pos target_pos, total_pos;
    const Str *label; /* of each bar, instead of the figures' names */
    size_t labels;
    Str emphasis;     /* label of the one that the headline is about */
    bool half;        /* of the width, beside another such */
    bool with_table;  /* the values stand below it, too */
    bool main;        /* it stands where the layout shows one chart alone … */
    bool minor;       /* … or never does */
    bool without_key; /* what hatching means isn't said */
} ChartSpec;

/* A key figure that is shown large. */
typedef struct {
    Str figure; /* id */
    Pos pos;
    Str what; /* instead of the figure's name; reads on from the number */
} Tile;

/* More figures at once are a table (two rows of four are the most that one takes in). */
enum { MOST_TILES = 8 };

typedef struct {
    Str source;
    const Tile *tile;
    size_t n;
} TileSpec;

typedef struct Block Block;
struct Block {
    BlockKind kind;
    bool closed; /* only for closed editions */
    int level;   /* heading */
    BoxKind box;
    Pos pos;
    unsigned
        number; /* of a table, picture or chart among those of its kind that an edition shows; 0 for none */
    Str id;   /* empty when nothing can link to it */
    Str name; /* of the place of a table, picture or chart in a PDF: its id, or made of its caption */
    Inline *inlines;
    Block *next, *children;
    Str text;
    union {
        const Table *table;
        List list;
        const Visit *visit;
        const ChartSpec *chart;
        const TileSpec *tiles;
        Inline *caption; /* image; NULL when there is none */
        TaskState task;
        Str info;
    };
};

/* What links and charts call it. */
static inline Str block_name(const Block *b)
{
    return b->name.n ? b->name : b->id;
}

/* A footnote: its text stands apart from its marks, of which there may be several. */
struct Note {
    Str label; /* as the author wrote it: "a" in [^a] */
    Pos pos;
    size_t index; /* in the report */
    Block *blocks;
};

typedef enum {
    SECTION_COMMON,
    SECTION_SUMMARY,
    SECTION_WHOLE, /* made for figures and recommendations that belong to no other; nothing links to it */
    SECTION_THEME,
    SECTION_GLOSSARY,
    SECTION_SOURCES,
    SECTION_CHANGES,
    SECTION_ANNEX,
    SECTION_RECOMMENDATIONS /* what is said of all of them, before them */
} SectionKind;

/* All under one level-1 heading. */
typedef struct {
    SectionKind kind;
    bool closed;
    Pos pos;
    Str id;
    Inline *title; /* without "Tema:" */
    Date date;
    Block *blocks;
} Section;

/* A number that a reader is to remember, with all that must follow it. */
struct KeyFigure {
    Str id;
    Pos pos;
    size_t section; /* index in the report */
    Str name, unit, place, period, caveat, source;
    Str what; /* instead of its name where it is shown large; reads on from number and unit */
    Quantity value;
    bool closed; /* it stands in a closed part of its section */
};

typedef enum { ORIGIN_NONE, ORIGIN_STATED, ORIGIN_DERIVED } Origin;
typedef enum { ECONOMY_NONE, ECONOMY_WITHIN, ECONOMY_NEEDS, ECONOMY_WORDS } Economy;

typedef struct {
    Str id;
    Pos pos;
    size_t section;
    Inline *lead;  /* the bold sentence */
    Inline *text;  /* what follows it; may be NULL */
    Inline *basis; /* links and figures; may be NULL */
    Str responsible, deadline, status, economy_words;
    Str stated_by; /* who said it, where the report says so and it is stated */
    Date deadline_date;
    Economy economy;
    Origin origin;
    bool ongoing; /* the status says that it is under way */
    bool closed;  /* it stands in a closed part of its section */
} Recommendation;

typedef struct {
    Str organisation, unit, phone, email, ean;
    Str *address;
    size_t address_lines;
} Sender;

typedef struct {
    Str name;      /* of the folder or file: the first part of output names */
    char *folder;  /* where its files are */
    uint16_t file; /* the number of report.md in the diagnostics */
    Str title, short_title, genre, committee, case_number, document_number, meeting_item, language,
        summary, version, logo, url, briefing_note;
    Pos title_pos, summary_pos, logo_pos, url_pos, briefing_note_pos;
    Date date, modified, meeting_date, period_from, period_to;
    Sender sender;
    bool draft;
    Str *layout; /* names */
    Pos *layout_pos;
    size_t layouts;
    Str *private_name; /* that may not stand in open text */
    Pos *private_pos;
    size_t private_names;
    Str *off; /* codes of checks that the author puts off */
    Pos *off_pos;
    size_t offs;
    Str *accepted; /* words that are right as they are */
    Pos *accepted_pos;
    size_t accepteds;

    Section *section;
    size_t sections;
    KeyFigure *figure;
    size_t figures;
    Recommendation *recommendation;
    size_t recommendations;
    Note **note; /* in the order of their first marks */
    size_t notes;
    size_t references; /* once the report is checked */

    const Terms *terms; /* borrowed: the words of its language */
    Map figure_of;      /* the number of each figure by its id, once the report is checked */
    Arena arena;
} Report;

void report_drop(Report *report);

/* The name of a report at a path: of its folder, or of its file without the ending, as a slug; a folder
 * given as "." has a name, too. */
Str report_name_of(Arena *arena, const char *path);

/* What is left to do when a report is read, whatever it was read from: marks all that stands below
 * closed headings, gives key figures the unit that their value says, and gives an id to recommendations, and to sections, headings and visits one made of
 * their title, where they have none. Tables, pictures and charts get a name, which is their id or made of their
 * caption. What stands elsewhere changes neither, but for what was given the same title before. */
void report_complete(Report *report);
/* Of this, the ids of recommendations, which say where each is among all. */
void report_number_recommendations(Report *report);

/* The short title, or the title of a report that has none. */
Str report_short_title(const Report *report);

/* Whether anything is for closed editions alone. */
bool report_has_closed(const Report *report);

/* Whether the author puts off a check. */
bool report_puts_off(const Report *report, Str code);

/* The table with that id, or NULL. */
const Table *report_table(const Report *report, Str id);

/* Whether one of the words ends with a unit ("Overvågningskameraer" with "kameraer"), so that the two need not stand together;
 * *before is what stands in front of it. */
bool words_name_unit(Str words, Str unit, Str *before);
/* Whether the name of a key figure does. */
bool figure_names_unit(const KeyFigure *figure);
/* The key figure with that id, or NULL. Quick once the report is checked. */
const KeyFigure *report_figure(const Report *report, Str id);

/* Calls back for each picture that the report names, its logo first: its path in the report's folder. */
typedef void PictureVisitor(void *context, Str path, Pos pos);
void report_each_picture(const Report *report, PictureVisitor *visit, void *context);

/* Calls back for each mark of a footnote, in reading order; not for those in the notes themselves. */
typedef void NoteVisitor(void *context, const Note *note);
void inlines_each_note(const Inline *inlines, NoteVisitor *visit, void *context);
/* Those of a block itself, without its children. */
void block_each_note(const Block *block, NoteVisitor *visit, void *context);
void blocks_each_note(const Block *blocks, NoteVisitor *visit, void *context);

/* The language of a block of code, where its info says one: "python {lang=en}"; else empty. */
Str code_language(Str info);

/* Whether it is a link whose words are made: "table 3 on page 7". */
bool inline_is_reference(const Inline *in);

/* Whether what is said of a block may stand right below it: of a table, or a picture with a caption. */
bool block_takes_notes(const Block *b);
/* Whether a paragraph begins as a source does ("Kilde: …"), and whether it begins as that or a note ("Note: …"): right
 * below a block that takes notes, or another of them, it is one. */
bool block_is_source(const Terms *terms, const Block *b);
bool block_is_note(const Terms *terms, const Block *b);
/* The level of a heading, and of what ends the text below headings as one does: visits, stops, key figures and
 * recommendations; NO_LEVEL of all else. */
enum { NO_LEVEL = 7 };
int block_level(const Block *b);

/* The plain text of inlines, figures printed, marks of notes left out, for bookmarks and file names. */
void inlines_text(StrBuf *out, const Terms *terms, const Inline *inlines);

/* Reports ids that are given twice, links to ids and references to figures that are not there, dates
 * out of order, values with another unit than their column says, and a report without text: all errors; a
 * report without a theme, and values that look like numbers but aren't, are warnings. Sets
 * the figure of each INLINE_FIGURE. */
void report_check(Report *report, Diags *diags);

#endif
