/* What the files that read a model share. */
#ifndef MODEL_IN_H
#define MODEL_IN_H

#include "base/array.h"
#include "model/internal.h"
#include "model/json.h"

/* Blocks and inlines nested more deeply than this are no report. */
enum { DEEPEST_NESTING = 64 };

/* A section or note as something else names it. */
typedef struct {
    Str id;        /* empty: by number */
    size_t number; /* from 1 */
    Pos pos;
} Reference;

typedef struct {
    Inline *in;
    size_t reference;
} NoteMark;

typedef struct {
    Json json;
    Diags *diags;
    Arena *arena; /* the report's */
    Report *report;
    uint16_t file;          /* of the JSON */
    ARRAY(uint16_t) places; /* the files of positions; 0 for one that isn't there */
    int depth;
    bool too_deep;  /* reported once */
    unsigned hints; /* of ids, given so far */
    ARRAY(Section) sections;
    ARRAY(KeyFigure) figures;
    ARRAY(Recommendation) proposals;
    ARRAY(Note *) notes;
    ARRAY(NoteMark) marks;
    ARRAY(Reference)
    references;        /* until all is read, a thing's section is the number of one of these */
    ARRAY(Cell) cells; /* of the table that is read */
    ARRAY(Pos) rows;
} In;

/* Blocks know where they stand in the JSON, too. */
typedef struct {
    Block block;
    Pos json;
} ReadBlock;

/* head.c: what must be known before the rest can be understood: the version, the language, the folder
 * and the files of positions; and whether it is JSON at all. False when there is nothing to go on with.
 * `base` is the folder of the file. */
bool head_read(In *in, Str text, const char *base, const ModelInput *input);

/* read.c */
/* Reads the object that a token opened into a draft; false when it isn't whole, which has been reported. */
bool object_read(In *in, const Shape *shape, JsonToken open, void *draft);
/* Whether a value is of a kind; when not, that is reported and it is skipped. */
bool value_is(In *in, const char *key, JsonToken value, JsonKind kind);
/* The elements of a list: calls back for each. */
typedef void ReadElement(In *in, const Field *field, void *thing, JsonToken value);
void list_read(In *in, const Field *field, void *thing, JsonToken value, ReadElement *read);
/* The index of the text among the field's words, or their number when it is none of them. */
size_t word_read(In *in, const Field *field, JsonToken value);
/* Room for another level; reports once when there is none. */
bool depth_enter(In *in, Pos pos);
/* The reader of a type. */
typedef void ReadField(In *in, const Field *field, void *thing, JsonToken value);
ReadField read_decimal;
static inline void *thing_member(void *thing, size_t offset)
{
    return (char *)thing + offset;
}

/* content.c: inlines, blocks, tables, values */
ReadField read_inlines, read_blocks, read_items, read_align, read_rows, read_cells, read_tiles,
    read_facts, read_value;

/* references.c: finds the sections and notes that are named. */
void references_resolve(In *in);

/* check.c: what can be written in JSON but not in Markdown: things where they have no place, levels that
 * skip, tables of no shape. */
void content_check(In *in);

#endif
