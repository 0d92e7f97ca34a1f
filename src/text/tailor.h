/* Where typography asks for other breaks than Unicode (UAX #14, 8: tailorings). */
#ifndef TEXT_TAILOR_H
#define TEXT_TAILOR_H

#include <stdint.h>

#include "base/str.h"

enum { BREAK_NEVER = 0, BREAK_ALLOWED = 1, BREAK_ADDRESS = 2 /* inside an address of the web */ };

/* Changes what breaks_find has found. No line begins behind a dash between figures, nor behind the sign of an
 * amount of money. Addresses of the web break as
 * The Chicago Manual of Style has it (17th edition, 7.46): after a colon or a double slash, before or after an
 * equals sign or an ampersand, before other signs, so that no sign at the end of a line can be taken for the
 * sentence's; never with a hyphen. Those of mail break behind their @, long ones also before their last full stop and
 * hyphens, and before hyphens and full stops of a long name. */
void tailor_breaks(Str text, uint8_t *allowed);

#endif
