/* Where combining marks stand over and under letters that the font doesn't attach them to. */
#ifndef TEXT_MARKS_H
#define TEXT_MARKS_H

#include <hb.h>

#include "text/fonts.h"

/* Places the marks U+0300 to U+036F of a shaped text that reads from the left. HarfBuzz leaves them to any font with a
 * GPOS table, even one that is empty (Open Sans) or has anchors for some letters alone, and wrong ones for others
 * (Vollkorn: what is below x, and above Q). Marks that a font attaches to the middle of their letter stay there. */
void marks_place(hb_buffer_t *shaped, const Font *font, Str text);

#endif
