/* What the files of this folder share. */
#ifndef READER_INTERNAL_H
#define READER_INTERNAL_H

#include <cmark-gfm.h>

#include "base/array.h"
#include "base/encoding.h"
#include "base/map.h"
#include "conf/conf.h"
#include "reader/reader.h"

/* Blocks and inlines nested more deeply than this are no report; nor has one so many misspelt labels that
 * each needs a hint, which takes time for all labels that there are. */
enum { DEEPEST_NESTING = 64, MOST_HINTS = 20 };

/* More characters than this between braces are no attributes, and so long an address is none. */
enum { LONGEST_ATTRIBUTES = 4096, LONGEST_ADDRESS = 2048 };

/* {#id .class key="value"} as the author wrote it. */
typedef struct {
    Str key, value;
    Pos pos;
} Attribute;

typedef struct {
    Str id;
    bool closed, pull_out;
    Attribute *at;
    size_t n;
} Attributes;

/* The attributes that were taken off the end of a line before cmark saw it. */
typedef struct {
    uint32_t line;
    Pos pos;
    Attributes attributes;
    bool used; /* something took them */
} LineAttributes;

/* A byte of a line of the file. */
typedef struct {
    uint32_t line;
    size_t byte;
} Place;

/* A line of the source that looks like the definition of a footnote. */
typedef struct {
    Str label;
    Pos pos;
    bool kept; /* it is one */
    bool code; /* it stands in a code block */
} NoteLine;

/* A line of the source that looks like the definition of a link. */
typedef struct {
    Str label;
    Pos pos;
    bool text;    /* it is none: it stands in a paragraph or in code */
    bool defined; /* the label has a definition … */
    Str address;  /* … that leads here */
} LinkLine;

/* An "@" before a word, as it would cite a key figure in brackets. */
typedef struct {
    Str id;
    Pos pos;
    bool bracket; /* it stands in brackets … */
    bool first;   /* … and opens them */
} Citation;
typedef ARRAY(Citation) Citations;

/* A footnote as cmark numbers them. */
typedef struct {
    cmark_node *node;
    Note *note;
    bool used; /* some mark in the text asks for it */
} NoteDefinition;

/* Where cmark is in a cell of a spreadsheet: a line and byte of its text, and a byte of what it was made of
 * in the file. */
typedef struct {
    const struct CsvCell *cell;
    size_t opener; /* bytes before its text that aren't in the file */
    int line, byte;
    size_t at;
} CellPlace;

/* A key-figures or recommendations heading without a table or list. */
typedef struct {
    const Block *block;
    size_t section;
} Unfilled;

typedef struct {
    Report *report;
    Diags *diags;
    Arena *arena; /* the report's */
    const Terms *terms;
    uint16_t file;
    Str text;             /* the whole file */
    uint32_t line_offset; /* lines of front matter before the text that cmark reads */
    ARRAY(LineAttributes) attributes;
    ARRAY(Section) sections;
    ARRAY(KeyFigure) figures;
    ARRAY(Recommendation) recommendations;
    ARRAY(LinkLine) links;
    Map link_used; /* 1 for each address of a definition that some link has, else 0 */
    struct {
        uint32_t line;
        size_t quotes;
        bool open;       /* what follows may be a definition */
        bool definition; /* it is one … */
        bool bare;       /* … whose address follows */
    } link_scan;         /* the line that was looked at last */
    ARRAY(Unfilled) unfilled;
    ARRAY(NoteLine) note_lines;
    ARRAY(NoteDefinition) definitions;
    ARRAY(NoteDefinition *) notes; /* in the order of first marks */
    StrBuf behind;                 /* what is fed to cmark behind the text */
    struct {
        size_t look;
        uint32_t end;
    } foreign;            /* what was told last of lines that are text, and the last of them */
    Citations *citations; /* of the report and its spreadsheets */
    uint32_t undefined;   /* marks and links without a definition */
    bool marks_lost; /* a block without an end took the marks: cmark dropped unused footnotes */
    ARRAY(size_t) line_start; /* of each line of the text, once one is asked for */
    struct {
        uint32_t line;
        size_t bytes, characters;
    } cursor;        /* the part of a line whose characters are counted */
    CellPlace *cell; /* that is read, or NULL */
    int depth;
    bool too_deep;  /* reported once */
    bool gathering; /* the next table is one of key figures */
    struct {
        const cmark_node *at, *next; /* captions, or NULL */
        bool above, told;
    } captions; /* of the run of tables and captions that was judged last */
    Place last; /* where the inlines that were read last end */
} Reader;

/* text.c: the text of a file. A column as places have it: all beyond the last are the last. */
uint16_t pos_column(size_t column);
/* Where a byte of a text stands that begins at `from`. */
Pos text_pos(Pos from, Str text, size_t at);
uint32_t text_line_ends(Str text);
/* The part of a text that a message quotes: of whole characters. */
Str text_shown(Str text);
/* Reports what is no text in what encoding_decode gave; false when there is any. */
bool text_check(Diags *diags, uint16_t file, Str text, Encoding encoding);
/* The first byte that is no ASCII, or the text's length. */
size_t text_beyond_ascii(Str text);

/* reader.c: a parser of Markdown; the caller frees it. */
cmark_parser *reader_parser(void);

/* source.c: a line of the file as it was written. */
Str reader_line(Reader *r, uint32_t line);
/* From a byte of a text to the line's end. */
Str source_line_at(Str text, size_t at);
/* Bytes of a line before its text: blanks, and marks of quotations and lists, all ASCII. */
size_t source_skip_containers(Str line);
/* Where the text of a paragraph goes on in a line: behind indents and marks of quotations. */
size_t source_line_text(Str line);
/* Number of blanks before a line's text. */
size_t source_indent(Str line);
/* Whether the line is a heading with marks before it, or may make one of the line above it. */
bool source_is_heading(Str line);
bool source_is_underline(Str line);
Pos pos_of(Reader *r, cmark_node *node);
/* Where a byte of a paragraph's text stands that begins at `from`: escapes and entities are longer in the
 * source than in the text. */
Pos source_pos_in(Reader *r, Pos from, Str text, size_t at);
/* A walk through a text: where bytes of it stand that are asked for in order, so that none is passed twice. */
typedef struct {
    Str rest;
    size_t at; /* where it begins in the text */
    Pos pos;
} Walk;
Walk source_walk(const Inline *text);
Pos source_walk_to(Reader *r, Walk *walk, size_t at);
Pos source_pos(Reader *r, Place at);
/* Where cmark says that a node begins; line 0 when it doesn't. */
Place source_place(Reader *r, cmark_node *node);
/* Where inlines of a block stand; they are asked for in order. */
void source_begin(Reader *r, cmark_node *block);
Pos source_text_pos(Reader *r, cmark_node *node, Str text);
Pos source_code_pos(Reader *r, cmark_node *node);
/* Line 0 when none of the marks is where cmark says. */
Pos source_mark_pos(Reader *r, cmark_node *node, const char *marks);
/* The place of at most so many marks that stand right before a place. */
Pos source_before(Reader *r, Pos pos, const char *marks, unsigned most);
/* Whether the character of a text that stands there is written with a backslash. */
bool source_is_escaped(Reader *r, Pos pos);
/* Whether the source has these bytes there, as far as columns are counted. */
bool source_stands_at(Reader *r, Pos pos, Str bytes);
/* Whether the last of these characters before a place, on its line, is. */
bool source_escapes_before(Reader *r, Pos pos, char c);
/* True when there is room for another level; reports once when there is not. */
bool nesting_enter(Reader *r, Pos pos);
void nesting_leave(Reader *r);

/* frontmatter.c: fills the report from the YAML at the head of the file. Returns the number of
 * bytes it takes, 0 when there is none. */
size_t frontmatter_length(Str text, Str *yaml);
/* The language that the front matter asks for, before anything else of it is read. */
Str frontmatter_language(const ConfNode *root);
void frontmatter_read(Reader *r, const ConfNode *root);
/* A list of texts that know their places, of a setting. */
typedef struct {
    Str *at;
    Pos *pos;
    size_t n;
} TextList;
TextList texts_read(Reader *r, const char *name, const ConfNode *node);

/* feed.c: gives cmark the text, but for attributes at the ends of lines, which are kept, and for what is
 * larger than any report needs, which is reported. Returns the number of lines of the file. */
uint32_t feed_text(Reader *r, cmark_parser *parser, Str text);
/* Number of columns of a line of hyphens under a table's head; 0 when it is none. */
size_t hyphen_columns(Str line);

/* attributes.c */
/* Parses "{…}"; what is wrong is reported. */
Attributes attributes_parse(Reader *r, Str text, Pos pos);
/* Reports that something else than a key figure is to be pulled out. */
void attributes_refuse_pull_out(Reader *r, const Attributes *a, Pos pos);
/* Where the braces at the end of a line open, or the line's length when there are none. */
size_t attributes_find(Str line);
/* Those that end a line of the node; none when it has none. */
const Attributes *attributes_of(Reader *r, cmark_node *node);
/* Whether a line of the file ends in some. */
bool attributes_end(const Reader *r, uint32_t line);
/* Reports those that nothing has asked for. */
void attributes_report_unused(Reader *r);
/* Reports attributes that are not among the allowed ones (NULL ends the list). */
void attributes_allow(Reader *r, const Attributes *a, const char *const *allowed);
/* Whether braces hold what nobody writes but as attributes: .class, #id, key=value. */
bool attributes_look_like(Str braces);
Str attributes_get(const Attributes *a, const char *key, Pos *pos);
/* Whether an attribute is there that can say one word only; another is an error. */
bool attributes_say(Reader *r, const Attributes *a, const char *key, Str word);
bool attributes_date(Reader *r, const Attributes *a, const char *key, Date *out);

/* inlines.c */
/* The inline children of a cmark node. */
Inline *inlines_read(Reader *r, cmark_node *parent);
Inline *inline_new(Reader *r, InlineKind kind, Pos pos);
/* Splits a text in two; returns the second part, linked behind the first. */
Inline *inline_split(Reader *r, Inline *in, size_t at);
/* The plain text without blanks at its ends, where nothing else can stand: footnotes are reported. */
Str inlines_plain(Reader *r, const Inline *in);
/* The text of the first inline, or empty when it isn't text. */
Str inlines_opening(const Inline *in);
/* Without the first n bytes of the opening text and the blanks behind them. */
Inline *inlines_skip(Reader *r, Inline *in, size_t n);
/* The text so far, and one more line of it. *last begins as NULL and remembers where it ends, so that many
 * lines take no longer each. */
Inline *inlines_join_lines(Reader *r, Inline *text, Inline **last, Inline *line);
/* Splits at the first line's end of the source; *rest is what follows it, NULL when there is none. */
Inline *inlines_split_line(Reader *r, Inline *in, Inline **rest);

/* spans.c: makes spans of words in brackets, and figures of citations, in a list that opens with a text. */
void spans_in_brackets(Reader *r, Inline *list);
/* Makes spans of emphasis, code and links with attributes behind them; reports those that are text. */
Inline *spans_behind_marks(Reader *r, Inline *list);

/* citations.c. Length of "@K1; @K2]" behind an opening bracket, 0 when it is something else. */
size_t citation_length(Str s);
/* Makes figures of it, behind the text before the bracket, and returns the last of them: what followed the
 * bracket stands behind that. */
Inline *citation_make(Reader *r, Inline *in, size_t at, size_t length);
/* Remembers what is text and may be meant to print a figure … */
void citations_gather(Reader *r, const Inline *list);
/* … and reports what is, once the report has all its figures. */
void citations_report(Reader *r);

/* footnotes.c: footnotes. Before the text is read: remembers a line that looks like one, and gives cmark
 * marks for all of them behind the text. */
void footnotes_look_at_line(Reader *r, Str line, uint32_t number);
void footnotes_feed(Reader *r, cmark_parser *parser);
/* Takes footnotes and added marks out of the document, whose last line is given. */
void footnotes_collect(Reader *r, cmark_node *document, uint32_t last_line);
/* The footnote that a mark asks for, or NULL. */
const Note *footnote_of(Reader *r, cmark_node *mark);
/* In these lines of code are none. */
void footnotes_skip_code(Reader *r, uint32_t first, uint32_t last);
/* Reports a text with "[^label]" at a byte: it would be a mark if there were such a footnote. */
void footnotes_check_mark(Reader *r, Str text, size_t at, Pos pos);
/* Reads those that the text asks for, and reports the others. */
void footnotes_read(Reader *r);
void footnotes_release(Reader *r);

/* definitions.c: definitions of links. Before the text is read: remembers a line that looks like one, and adds the
 * labels to what cmark is given behind the text. */
void definitions_look_at_line(Reader *r, Str text, size_t at, uint32_t number);
void definitions_add_labels(const Reader *r, StrBuf *text);
/* What cmark made of the i-th label. */
void definitions_take_label(Reader *r, size_t i, cmark_node *paragraph);
/* Some link leads to an address, which stays as it is. */
void definitions_use(Reader *r, Str address);
/* In these lines of code are none. */
void definitions_skip_code(Reader *r, uint32_t first, uint32_t last);
/* Reports a "[label]" behind "[words]", both text, that has no definition. */
void definitions_check(Reader *r, Str text, size_t at, Pos pos);
/* Reports definitions that no link uses, and second ones of a label. */
void definitions_report(Reader *r);
void definitions_release(Reader *r);

/* html.c: the few tags with a meaning here. */
typedef struct {
    const char *name;
    InlineKind kind;
} HtmlTag;
/* The tag that a piece of inline HTML opens or closes, or NULL. */
const HtmlTag *html_tag(Str html, bool *closes);
/* Reports HTML that is left out, line by line where words stand in it. */
void html_left_out(Reader *r, Str html, Pos pos, bool block);

/* blocks.c */
void blocks_read_document(Reader *r, cmark_node *document);
Block *block_new(Reader *r, BlockKind kind, Pos pos);
/* Whether a paragraph holds a picture and nothing else. */
bool is_picture_alone(cmark_node *paragraph);
void picture_without_words(Reader *r, Pos pos);
/* Reads the children of a node; enters and leaves one level of nesting. */
Block *blocks_read(Reader *r, cmark_node *node);

/* columns.c: which columns a table of key figures or a spreadsheet may have; the first of them must be
 * there. */
enum { KNOWN_COLUMNS = 12 };
#define NO_COLUMN SIZE_MAX
typedef struct {
    const Word *word;
    size_t n, required;
} Columns;
/* Adds a hint that names them all. */
void columns_hint(Reader *r, const Columns *set);
/* The number of the column that has the heading; set->n when there is none. */
size_t column_of_heading(const Terms *terms, const Columns *set, Str heading);
/* Finds where each column is among n headings, of which empty ones are no column. False when one that must
 * be there is missing; all that is wrong is reported. */
bool columns_find(Reader *r, const Columns *set, const Str *heading, const Pos *pos, size_t n,
                  size_t *column);

/* tables.c */
const Table *table_read(Reader *r, cmark_node *node);

/* The part of a report that key figures and recommendations are of. */
typedef struct {
    size_t section;
    bool closed; /* the heading that they stand under is */
} Gathered;

/* figures.c: the rows of a table as key figures. */
void figures_read(Reader *r, cmark_node *node, Gathered to);

/* sheet.c: where a byte of a line of the cell that is read is in the file; both count from 1. */
Place cell_place(Reader *r, int line, int byte);
/* Bytes of a text at a place that aren't in the file. */
size_t cell_opener(const CellPlace *place, Pos pos, Str text);
/* Whether a quotation mark of its text is two in the file. */
bool cell_doubles_quotes(const CellPlace *place);

/* recommendations.c: the items of a list as recommendations. */
void recommendations_read(Reader *r, cmark_node *list, Gathered to);

/* charts.c: the YAML of a `chart` block. */
const ChartSpec *chart_read(Reader *r, Str yaml, Pos pos, Str *id);

/* facts.c: the YAML of a `facts` block, which stands right below the heading of its visit. */
void facts_read(Reader *r, Visit *visit, Str yaml, Pos pos);
/* tiles.c: the YAML of a `tiles` block. */
const TileSpec *tiles_read(Reader *r, Str yaml, Pos pos);

#endif
