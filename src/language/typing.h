/* What people type for want of the key, as it is printed: quotation marks, dashes and the minus. */
#ifndef LANGUAGE_TYPING_H
#define LANGUAGE_TYPING_H

#include "language/terms.h"

typedef struct {
    Str open, close;    /* for straight quotation marks; empty: they stay */
    bool dashes;        /* a hyphen between spaces becomes a dash */
    bool minus;         /* a hyphen before a figure becomes a minus */
    bool intervals;     /* one between numbers that surely are an interval's ends becomes a dash */
    bool number;        /* the text is a number: one between any two of at most four figures does */
    const Terms *terms; /* that say which numbers are names and no intervals; may be NULL */
} Typing;

static inline bool typing_changes(const Typing *t)
{
    return t->open.n || t->dashes || t->minus || t->intervals || t->number;
}

/* Adds the text to `out`. `before` is the text that it goes on from: a quotation mark opens at the
 * beginning, behind a space, an opening bracket or a dash. */
void typing_add(StrBuf *out, const Typing *typing, Str before, Str text);

#endif
