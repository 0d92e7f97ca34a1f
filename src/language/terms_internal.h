/* Within the folder: reading a terms file in two parts. */
#ifndef LANGUAGE_TERMS_INTERNAL_H
#define LANGUAGE_TERMS_INTERNAL_H

#include "conf/conf.h"
#include "language/terms.h"

typedef struct {
    Arena *arena;
    Diags *diags;
    Terms *terms;
} TermsReader;

/* Names are keys with _ for -. What lacks or is of another kind is reported. */
void terms_read_text(TermsReader *reader, const ConfNode *map, const char *name, Str *out);
void terms_read_list(TermsReader *reader, const ConfNode *map, const char *name, StrList *out);
/* The words of a list by itself; false when the node is none. `key` is said of what is wrong. */
bool terms_read_items(TermsReader *reader, const ConfNode *node, const char *key, StrList *out);
void terms_unknown_keys(TermsReader *reader, const ConfNode *map, const char *const *names,
                        size_t n);

/* Fills the set of openings, once all is read. */
void terms_find_openings(Terms *terms);

/* The part `numbers:`. */
void terms_read_numbers(TermsReader *reader, const ConfNode *map);

#endif
