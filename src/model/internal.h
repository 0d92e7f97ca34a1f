/* What the files of this folder share: the shapes of things. One table of fields describes how a thing of
 * the model looks in JSON; writing, reading and the schema all go by it. */
#ifndef MODEL_INTERNAL_H
#define MODEL_INTERNAL_H

#include <stddef.h>

#include "model/model.h"

/* Of the format; what was written for another is not read. */
enum { MODEL_VERSION = 1 };
#define MODEL_VERSION_KEY "briefpack-model"

/* Types of values, each with a writer, a reader and a schema. */
typedef enum {
    TYPE_VERSION,   /* int: MODEL_VERSION */
    TYPE_NAME,      /* Str that may begin a file's name */
    TYPE_FOLDER,    /* of the report, known to both sides */
    TYPE_FILES,     /* those of positions, known to both sides */
    TYPE_TEXT,      /* Str */
    TYPE_ID,        /* Str of a-z, A-Z, 0-9, _ and - */
    TYPE_BOOL,      /* bool */
    TYPE_SWITCH,    /* bool, as one of two words */
    TYPE_INT,       /* int */
    TYPE_CHOICE,    /* an enum, as one of its words */
    TYPE_WORD,      /* Str that is one of some words */
    TYPE_DATE,      /* Date */
    TYPE_PERIOD,    /* the Report's */
    TYPE_DECIMAL,   /* Decimal, as text or number */
    TYPE_PLACE,     /* Pos, as [line, column] or [line, column, file] */
    TYPE_TEXTS,     /* Str * and a count, perhaps Pos * */
    TYPE_OBJECT,    /* fields of the same thing in an object of their own */
    TYPE_INLINES,   /* Inline * */
    TYPE_BLOCKS,    /* Block * */
    TYPE_ITEMS,     /* Block *, items of a list */
    TYPE_ROWS,      /* of the Table of a BlockDraft */
    TYPE_CELLS,     /* of a RowDraft */
    TYPE_ALIGN,     /* of the columns of the Table of a BlockDraft */
    TYPE_VALUE,     /* Quantity, as text, number or object */
    TYPE_SECTION,   /* size_t: index of a section of the report, by its id or number */
    TYPE_NOTE,      /* of an InlineDraft: the note, by its label or number */
    TYPE_FACTS,     /* of the Visit of a BlockDraft */
    TYPE_TILES,     /* of the TileSpec of a BlockDraft */
    TYPE_SECTIONS,  /* the Report's */
    TYPE_FIGURES,   /* the Report's */
    TYPE_PROPOSALS, /* the Report's */
    TYPE_NOTES,     /* the Report's */
    TYPES
} FieldType;

typedef struct Shape Shape;
typedef struct Field Field;

typedef struct {
    int least, most;
    int absent; /* means that nothing was said */
} Range;

typedef struct {
    const char *const *at;
    size_t n;
} Words;

/* Where the other parts of TYPE_TEXTS are. */
typedef struct {
    size_t count, pos;
    bool marked; /* there is a pos */
} Texts;

struct Field {
    const char *key;
    FieldType type;
    uint32_t offset;   /* in the draft */
    uint32_t kinds;    /* of thing that have it; 0: all */
    uint32_t required; /* kinds that must have it; EVERY_KIND */
    union {
        Range range;
        Words words;
        Texts texts;
        const Shape *shape;
        const char *of; /* TYPE_PLACE: the key whose place it is, NULL for the whole thing */
    };
    const char *about;
    bool may_be_empty; /* though it is required */
};

enum { MOST_FIELDS = 56 };
#define EVERY_KIND UINT32_MAX

struct Shape {
    const char *name; /* in the schema */
    const char *about;
    const Field *field;
    size_t fields;
    const Words *kinds; /* words of the field "kind"; NULL when there is one kind alone */
    size_t kind_offset; /* of the enum in the draft */
};

/* A field that things of a kind have. */
static inline bool field_is_of(const Field *f, unsigned kind)
{
    return !f->kinds || f->kinds >> kind & 1;
}
static inline bool field_is_required(const Field *f, unsigned kind)
{
    return f->required >> kind & 1;
}

extern const Shape report_shape, section_shape, block_shape, inline_shape, figure_shape,
    proposal_shape, quantity_shape, row_shape, mark_shape, tile_shape, fact_shape, note_shape;

/* ---- drafts: things without unions, so that their fields may come in any order ---------------- */

typedef struct {
    Block block;
    List list;
    bool loose; /* list: not tight */
    int start;  /* list: -1 when nothing was said */
    Table table;
    size_t aligned;  /* table: the number of columns that 'align' is for */
    bool plain_rows; /* table: no row heads */
    Visit visit;
    ChartSpec chart;
    TileSpec tiles;
    Str source; /* chart and tiles */
    Inline *caption;
    TaskState task; /* item */
    Str info;       /* code */
} BlockDraft;

typedef struct {
    Inline in;
    Str target, language;
    bool pull_out;    /* figure */
    Str what;         /* … that is pulled out */
    const Note *note; /* to write */
    size_t reference; /* to the note, when it is read */
} InlineDraft;

typedef struct {
    Quantity quantity;
    Str text; /* as people write it */
} QuantityDraft;

typedef struct {
    Pos pos;
    const Cell *cell;
    size_t cells;
} RowDraft;

/* One of several texts. */
typedef struct {
    Str text;
    Pos pos;
} MarkDraft;

#endif
