/* What covers and letterheads share. */
#ifndef COMPOSE_COVER_H
#define COMPOSE_COVER_H

#include "compose/internal.h"

#define TITLE_CLEAR 24.0f /* below the facts in the side column */

/* Where the page's text begins, and its side column, and how wide that is: in points; 0: there is none. */
float cover_left(const Composer *c);
float cover_side_left(const Composer *c);
float cover_side_width(const Composer *c);
/* Draws a paragraph at once, and puts the notes that are marked in it on the page; returns its height. */
float cover_draw(Composer *c, StyleRole role, const Piece *piece, Node node, float x, float y,
                 float width);
/* The same of words; nothing where there are none. */
float cover_text(Composer *c, StyleRole role, Str text, Role tag, float x, float y, float width);
/* All above the title. Returns where that may stand at the earliest. */
float cover_head(Composer *c);

#endif
