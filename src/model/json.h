/* JSON (RFC 8259) as tokens with positions, for people who fill a file by hand or by a program of their
 * own: what is wrong is said with line and column, of values as well as of syntax. */
#ifndef MODEL_JSON_H
#define MODEL_JSON_H

#include "base/arena.h"
#include "base/diag.h"

typedef enum {
    JSON_END, /* of the file */
    JSON_OBJECT,
    JSON_OBJECT_END,
    JSON_LIST,
    JSON_LIST_END,
    JSON_KEY,
    JSON_TEXT,
    JSON_NUMBER,
    JSON_TRUE,
    JSON_FALSE,
    JSON_NULL,
    JSON_BROKEN /* reported; from now on there is nothing else */
} JsonKind;

typedef struct {
    JsonKind kind;
    Str raw; /* of a number, or of a key or text what stands between the quotes */
    Pos pos;
} JsonToken;

/* Nested more deeply than this is no report; what is read from tokens may recurse so far. */
enum { JSON_DEEPEST = 400 };

typedef struct {
    Str text;
    Diags *diags;
    size_t at;
    struct {
        size_t at;
        Pos pos;
    } counted;               /* positions are counted on from here */
    char open[JSON_DEEPEST]; /* the brackets that are open */
    unsigned depth;
    unsigned expected;
    bool broken;
} Json;

/* The text is UTF-8. Errors of syntax go to `diags`. */
void json_open(Json *json, Diags *diags, uint16_t file, Str text);
JsonToken json_next(Json *json);
/* The position of a byte, at or behind the newest token. */
Pos json_pos(Json *json, size_t at);
/* Skips the rest of the value that begins with a token. */
void json_skip(Json *json, JsonToken first);
/* What a key or text says, escapes undone, in the arena, with a zero behind it. */
Str json_text(Arena *arena, JsonToken token);

#endif
