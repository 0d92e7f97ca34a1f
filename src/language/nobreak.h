/* Spaces at which a line may not break: 35 pct., 28. august, § 8, ca. 120, pr. måned, 12 til 14, a dash after its word. */
#ifndef LANGUAGE_NOBREAK_H
#define LANGUAGE_NOBREAK_H

#include "language/terms.h"

/* Adds the text to `out` with no-break spaces (U+00A0) where the language wants them; a line of the source may end there. `out` may
 * already hold text that this text continues; a space at the end of that stays what it is. */
void nobreak_add(StrBuf *out, const Terms *terms, Str text);

#endif
