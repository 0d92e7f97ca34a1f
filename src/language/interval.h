/* Whether a hyphen between figures stands for a dash. */
#ifndef LANGUAGE_INTERVAL_H
#define LANGUAGE_INTERVAL_H

#include "language/terms.h"

/* Whether the numbers on both sides of a hyphen in running text surely are the ends of an interval: 2-4,
 * 27.-30., 9.30-11, 2023-2027, 1.100-1.150. Dates, case numbers, telephone numbers, addresses and what goes down are
 * none. What announces a number as a name is in the terms, which may be NULL. */
bool interval_is_sure(const Terms *terms, Str before, Str after);

#endif
