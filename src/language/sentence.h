/* Where sentences end. */
#ifndef LANGUAGE_SENTENCE_H
#define LANGUAGE_SENTENCE_H

#include "language/terms.h"

/* The length of the text's first sentence, with its mark and what closes behind it (”, »). A full stop ends
 * it at the end of the text and where a blank and something else than a small letter follow, unless it
 * belongs to a single letter, to an abbreviation with a stop inside (bl.a.), or to one that opens something
 * (nr., dr.) or says how precise it is (ca., maks.). */
size_t sentence_first(const Terms *terms, Str text);
/* Whether the text ends with such a mark, whatever follows. */
bool sentence_ends(const Terms *terms, Str text);

#endif
