/* One font file: whether it may be used, what its measures are, and how it is pinned when it varies. */
#ifndef TEXT_FONTFILE_H
#define TEXT_FONTFILE_H

#include <ft2build.h>
#include FT_FREETYPE_H

#include "text/fonts.h"

/* Reads the file of a font whose face has its path and index, and whose weight and slant say how it is
 * pinned. NULL, or what is wrong with it. */
const char *font_open(FT_Library library, Font *font);
/* Releases the font, also one that could not be opened. */
void font_close(Font *font);

#endif
