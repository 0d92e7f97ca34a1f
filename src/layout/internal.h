/* What the files of this folder share. */
#ifndef LAYOUT_INTERNAL_H
#define LAYOUT_INTERNAL_H

#include "conf/conf.h"
#include "layout/contrast.h"

/* A layout that is being read. */
typedef struct {
    Layout *layout;
    const LayoutOptions *options;
    Diags *diags;
    uint16_t file;
    int chain;
    const char *path; /* of the file that is being read */
    Style *style;     /* that is being read */
    Said said_at;
    unsigned said; /* how many things so far that colours depend on */
    Str family;    /* that the key `family` gave last */
    bool seen[STYLE_COUNT], colour_seen[COLOUR_COUNT], parts_seen, for_each_seen;
} Reader;

#define MM (72 / 25.4)

/* How a value is read into a field of a struct. False when it is wrong, which has been reported. */
typedef bool ReadField(Reader *r, const ConfNode *node, const char *name, void *field);

/* A key of the file, and the field that it fills. */
typedef struct {
    const char *name;
    size_t offset;
    ReadField *read;
} Field;

/* A length from 0, in points. */
ReadField field_length;
/* A length up, or down when it is below 0. */
ReadField field_rise;
ReadField field_number;
/* A part of something, up to the whole of it. */
ReadField field_share;
/* Of lines, tiles … */
ReadField field_count;
ReadField field_bool;
ReadField field_brief;
ReadField field_text;
/* Texts with fields in braces, which each page fills. */
ReadField field_pieces;
/* A whole number within these bounds. */
bool read_whole(Reader *r, const ConfNode *node, const char *name, int least, int most, int *out);
const Field *find_field(const Field *fields, size_t n, Str name);
/* Reads the keys of `map` into the struct at `base`. `what` says in errors what it is. */
void read_fields(Reader *r, const ConfNode *map, const char *what, const Field *fields, size_t n,
                 void *base);

extern const char *const layout_colour_names[COLOUR_COUNT], *const layout_style_names[STYLE_COUNT];
/* Its number, or `n`. Names are written with hyphens in the file. */
size_t find_name(Str text, const char *const *names, size_t n);
/* Reports a name that isn't among these, and the one that comes nearest. */
__attribute__((format(printf, 3, 0))) void
unknown_name(Reader *r, Pos pos, const char *format, Str text, const char *const *names, size_t n);

/* What reads the keys of a file; `context` is the Reader. */
typedef void ReadKey(void *context, const char *name, const ConfNode *node);

ReadKey read_colours, read_styles, read_family, read_fallback, read_divisions;
ReadKey read_paper;
ReadKey read_sheet_paper;
ReadKey read_output, read_document_title, read_pages_of;
ReadKey read_parts, read_span, read_may_leave_out, read_fill;
/* Of a group of keys, and of one that stands by itself. */
ReadKey read_group, read_root_field;

#endif
