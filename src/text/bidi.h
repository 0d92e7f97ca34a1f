/* Directions of text (UAX #9), by ICU. */
#ifndef TEXT_BIDI_H
#define TEXT_BIDI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Whether the text has characters that may read from right to left. When not, there is nothing to
 * be done for it. */
bool bidi_needed(Str text);

/* A text that is composed of names and what is said of them reads as its language does, if any letter of it does; none
 * of its parts changes how others read. Without a language the first strong character decides. */
typedef struct {
    Str language;         /* BCP 47 */
    const uint32_t *part; /* bytes that all but the first begin with, in order */
    size_t parts;         /* so many */
} BidiComposed;

/* Writes the embedding level of each byte of the text. Returns the level of the paragraph. */
uint8_t bidi_levels(Str text, const BidiComposed *composed, uint8_t *levels);

/* Puts n neighbours of a line into visual order, from left to right (rule L2): order[k] is the
 * index of the k-th. */
void bidi_order(const uint8_t *levels, uint32_t n, int32_t *order);

#endif
