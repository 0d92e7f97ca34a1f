/* JSON as text: indented, with what is said to be flat on one line. */
#ifndef MODEL_OUT_H
#define MODEL_OUT_H

#include "model/model.h"

typedef struct {
    ModelSink *sink;
    void *context;
    StrBuf text; /* not yet given to the sink */
    size_t indent;
    int flat;            /* how many flat things are open */
    bool inside;         /* something stands before the next value in its list or object */
    const char *waiting; /* key of an object that is printed once there is something in it */
} Out;

void out_open(Out *out, char bracket);
void out_close(Out *out, char bracket);
/* The same of a list or object that stands on one line with all that is in it. */
void out_open_flat(Out *out, char bracket);
void out_close_flat(Out *out, char bracket);
void out_key(Out *out, const char *key);
/* An object under a key, and nothing at all when nothing is put in it. */
void out_open_if_filled(Out *out, const char *key);
void out_close_if_filled(Out *out);
/* What comes before a value in a list. */
void out_next(Out *out);
void out_text(Out *out, Str text);
void out_int(Out *out, int64_t number);
void out_raw(Out *out, const char *json);
/* Gives the rest to the sink and releases. */
void out_finish(Out *out);

#endif
