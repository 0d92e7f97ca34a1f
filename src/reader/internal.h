/* What the files of this folder share. */
#ifndef READER_INTERNAL_H
#define READER_INTERNAL_H

#include <cmark-gfm.h>

#include "base/array.h"
#include "base/encoding.h"
#include "base/map.h"
#include "conf/conf.h"
#include "reader/reader.h"

/* Blocks and inlines nested more deeply than this are no report. */
enum { DEEPEST_NESTING = 64 };

/* {#id .class key="value"} as the author wrote it. */
typedef struct {
    Str key, value;
    Pos pos;
} Attribute;

typedef struct {
    Str id;
    bool closed;
    Attribute *at;
    size_t n;
} Attributes;

/* The attributes that were taken off the end of a line before cmark saw it. */
typedef struct {
    uint32_t line;
    Attributes attributes;
} LineAttributes;

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
    ARRAY(cmark_node *) notes; /* footnotes, in the order of their numbers */
    uint32_t cursor_line;      /* where source.c is in the text */
    size_t cursor;
    struct {
        uint32_t line;
        size_t bytes, characters;
    } counted; /* the part of a line whose characters are counted */
    int depth;
    bool too_deep;    /* reported once */
    bool after_break; /* behind a break in a paragraph's text */
} Reader;

/* text.c: the text of a file. */
Pos text_pos(Str text, size_t at, uint16_t file);
/* Reports what is no text in what encoding_decode gave; false when there is any. */
bool text_check(Diags *diags, uint16_t file, Str text, Encoding encoding);
/* The first byte that is no ASCII, or the text's length. */
size_t text_beyond_ascii(Str text);

/* source.c: a line of the file as it was written; quick when lines are asked for in order. */
Str reader_line(Reader *r, uint32_t line);
/* From a byte of a text to the line's end. */
Str source_line_at(Str text, size_t at);
Pos pos_of(Reader *r, cmark_node *node);
/* True when there is room for another level; reports once when there is not. */
bool nesting_enter(Reader *r, Pos pos);
void nesting_leave(Reader *r);

/* frontmatter.c: fills the report from the YAML at the head of the file. Returns the number of
 * bytes it takes, 0 when there is none. */
size_t frontmatter_length(Str text, Str *yaml);
/* The language that the front matter asks for, before anything else of it is read. */
Str frontmatter_language(const ConfNode *root);
void frontmatter_read(Reader *r, const ConfNode *root);

/* attributes.c */
/* Parses "{…}"; what is wrong is reported. */
Attributes attributes_parse(Reader *r, Str text, Pos pos);
/* Where the braces at the end of a line open, or the line's length when there are none. */
size_t attributes_find(Str line);
const Attributes *attributes_of_line(const Reader *r, uint32_t line);
/* Reports attributes that are not among the allowed ones (NULL ends the list). */
void attributes_allow(Reader *r, const Attributes *a, const char *const *allowed);
Str attributes_get(const Attributes *a, const char *key, Pos *pos);
bool attributes_date(Reader *r, const Attributes *a, const char *key, Date *out);

/* inlines.c */
/* The inline children of a cmark node. */
Inline *inlines_read(Reader *r, cmark_node *parent);
Inline *inline_new(Reader *r, InlineKind kind, Pos pos);
/* The text of the first inline, or empty when it isn't text. */
Str inlines_opening(const Inline *in);
/* Without the first n bytes of the opening text and the blanks behind them. */
Inline *inlines_skip(Reader *r, Inline *in, size_t n);
/* Splits at the first line's end of the source; *rest is what follows it, NULL when there is none. */
Inline *inlines_split_line(Reader *r, Inline *in, Inline **rest);

/* blocks.c */
void blocks_read_document(Reader *r, cmark_node *document);
Block *block_new(Reader *r, BlockKind kind, Pos pos);
/* Reads the children of a node; enters and leaves one level of nesting. */
Block *blocks_read(Reader *r, cmark_node *node);

/* tables.c */
const Table *table_read(Reader *r, cmark_node *node);

/* figures.c: the rows of a table as key figures of a section. */
void figures_read(Reader *r, cmark_node *node, size_t section);

/* recommendations.c: the items of a list as recommendations of a section. */
void recommendations_read(Reader *r, cmark_node *list, size_t section);

/* charts.c: the YAML of a `chart` block. */
const ChartSpec *chart_read(Reader *r, Str yaml, Pos pos);

/* tiles.c: the YAML of a `tiles` block. */
const TileSpec *tiles_read(Reader *r, Str yaml, Pos pos);

#endif
