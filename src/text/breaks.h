/* Where Unicode allows a line to break (UAX #14), before the rules of typography have their say. */
#ifndef TEXT_BREAKS_H
#define TEXT_BREAKS_H

#include <stdint.h>

#include "base/str.h"

/* One thread's means of finding breaks. */
typedef struct Breaks Breaks;

Breaks *breaks_new(void);
void breaks_drop(Breaks *breaks);

/* Sets allowed[i] to 1 where a line may begin with byte i of the text and to 0 elsewhere, for i
 * from 0 to text.n - 1. Text of letters, digits and common punctuation is decided here, the rest by
 * ICU with the same result. */
void breaks_find(Breaks *breaks, Str text, uint8_t *allowed);

/* The same by ICU alone, for tests. */
void breaks_find_icu(Breaks *breaks, Str text, uint8_t *allowed);

#endif
