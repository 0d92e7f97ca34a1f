/* The Compact Font Format as far as a PDF's fonts need to know it (Adobe Technical Note 5176). */
#ifndef PDF_CFF_H
#define PDF_CFF_H

#include <stddef.h>
#include <stdint.h>

/* Writes the CID of each glyph of a CFF font: in a CID-keyed font that which its charset gives, in others
 * the glyph's own number (ISO 32000-1, 9.7.4.2). Returns how many glyphs there are, at most `room`; 0 when
 * the bytes are no such font. */
size_t cff_cids(const void *cff, size_t n, uint16_t *cid, size_t room);

#endif
