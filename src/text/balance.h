/* Lines of titles and headings: no more than need be, and of one length. */
#ifndef TEXT_BALANCE_H
#define TEXT_BALANCE_H

#include "text/linebreak.h"

/* As break_lines, with the fewest lines that it finds, as even as they can be. `style` then holds the measure,
 * in points, for which they were chosen. */
size_t break_balanced(const BreakPoint *points, size_t n, BreakStyle *style,
                      const BreakTrace *trace, uint32_t *chosen);

#endif
