/* An edition of a report and a layout to a Document: its parts, one behind another, on pages. */
#ifndef COMPOSE_COMPOSE_H
#define COMPOSE_COMPOSE_H

#include "page/request.h"

/* Composes a document; the caller drops it. NULL when a font is missing or a character can't be
 * shown, which has been reported. */
Document *compose_document(const PageRequest *q);

/* Whether a sheet about one theme has more of it than its title and lead. */
bool compose_has_something(const Edition *edition, const Layout *layout);
/* The first table of a theme that has too many rows for the layout's sheets, or NULL; *most is how many rows they
 * show. */
const Block *compose_too_long_table(const Edition *edition, const Layout *layout, size_t *most);

#endif
