/* Settings files: YAML as a tree with positions, and readers that check types and keys.
 *
 * The tree lives in the arena it was read into. Anchors, aliases and tags are errors: the files
 * that people write here need none, and aliases make small files large. */
#ifndef CONF_CONF_H
#define CONF_CONF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

typedef enum { CONF_SCALAR, CONF_LIST, CONF_MAP } ConfKind;

typedef struct ConfNode ConfNode;
struct ConfNode {
    ConfKind kind;
    bool quoted; /* scalar in quotes or a block: text, never a number or nothing */
    Pos pos;
    Str text; /* scalar */
    size_t n; /* items of a list, values of a map */
    ConfNode **item;
    ConfNode **key; /* scalars; map only */
};

/* Reads one YAML document. `first_line` is the line of the file on which the text starts (1 for a
 * whole file). NULL when it is empty or broken; what is broken is reported. */
ConfNode *conf_read(Arena *arena, Diags *diags, uint16_t file, Str text, uint32_t first_line);

/* Each returns false and reports when the node is of another type. `what` is the key of the setting;
 * NULL for a map that is all of a text. */
bool conf_text(Diags *diags, const ConfNode *node, const char *what, Str *out);
bool conf_bool(Diags *diags, const ConfNode *node, const char *what, bool *out);
bool conf_number(Diags *diags, const ConfNode *node, const char *what, double *out);
bool conf_is(Diags *diags, const ConfNode *node, ConfKind kind, const char *what);
/* One of n words; gives its index. */
bool conf_choice(Diags *diags, const ConfNode *node, const char *what, const char *const *words,
                 size_t n, size_t *out);

/* A table of keys drives the reading of a map. */
typedef struct {
    const char *name;
    void (*read)(void *context, const char *name, const ConfNode *value);
} ConfKey;

/* Calls the reader of each key in the map; unknown and repeated keys are errors. */
void conf_keys(Diags *diags, const ConfNode *map, const char *what, const ConfKey *keys, size_t n,
               void *context);

/* Whether no key before the i-th of a map is the same; reports it where one is. */
bool conf_once(Diags *diags, const ConfNode *map, size_t i);

/* The value of a key, or NULL. */
const ConfNode *conf_get(const ConfNode *map, const char *key);

/* Files all of whose keys are required. The first reads such a file, which must be a map; what lacks or is of
 * another kind is reported, and NULL or false given. */
const ConfNode *conf_read_map(Arena *arena, Diags *diags, uint16_t file, Str text);
const ConfNode *conf_required(Diags *diags, const ConfNode *map, const char *key);
const ConfNode *conf_required_map(Diags *diags, const ConfNode *map, const char *key);
bool conf_required_text(Diags *diags, const ConfNode *map, const char *key, Str *out);
/* The key of a name in the program, which has _ for -. */
const char *conf_key(Arena *arena, const char *name);

/* A number as settings write it, "12" or "-3.5", in any locale. */
bool conf_parse_number(Str text, double *out);

#endif
