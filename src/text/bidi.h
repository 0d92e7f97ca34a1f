/* Directions of text (UAX #9), by ICU. */
#ifndef TEXT_BIDI_H
#define TEXT_BIDI_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Whether the text has characters that may read from right to left. When not, there is nothing to
 * be done for it. */
bool bidi_needed(Str text);

/* Writes the embedding level of each byte of the text. Returns the level of the paragraph, which
 * its first strong character decides. */
uint8_t bidi_levels(Str text, uint8_t *levels);

/* Puts n neighbours of a line into visual order, from left to right (rule L2): order[k] is the
 * index of the k-th. */
void bidi_order(const uint8_t *levels, uint32_t n, int32_t *order);

#endif
