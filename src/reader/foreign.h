/* What other programs would read otherwise, and what was hardly meant as it is set. All of it is set as
 * CommonMark says; these tell of it. */
#ifndef READER_FOREIGN_H
#define READER_FOREIGN_H

#include "reader/internal.h"

/* foreign.c: by how lines begin. */
void foreign_check_paragraph(Reader *r, cmark_node *paragraph);
void foreign_check_rule(Reader *r, cmark_node *rule);
void foreign_check_heading(Reader *r, cmark_node *heading);
void foreign_check_list(Reader *r, cmark_node *list);
void foreign_check_code(Reader *r, cmark_node *code, Str info);

/* foreign_words.c: by marks in a text; the inlines behind it count where it ends. */
void foreign_check_text(Reader *r, const Inline *text);

#endif
