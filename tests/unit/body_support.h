/* What the tests of blocks and of tiles share: reports composed with nothing but their body, and what is said
 * there. */
#ifndef BODY_SUPPORT_H
#define BODY_SUPPORT_H

#include "report_support.h"

extern Kit kit;
extern ReportKit reports;
extern Layout *layout;

/* Fixtures: all of these. */
void body_begin(void);
void body_end(void);

/* The words of a drawn text, from its first line on. */
void add_drawn_words(StrBuf *out, const Document *document, const DrawnText *text);
/* The text that begins with these words; fails when there is none. */
const Draw *find(const Document *document, const char *words);

#endif
