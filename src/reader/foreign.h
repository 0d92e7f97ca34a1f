/* What other programs would read otherwise, and what was hardly meant as it is set. All of it is set as
 * CommonMark says; these tell of it. */
#ifndef READER_FOREIGN_H
#define READER_FOREIGN_H

#include "reader/internal.h"

/* ---- what the files share ------------------------------------------------------------------- */

/* The first character of a text; 0 when there is none. */
uint32_t line_first(Str s);
bool character_is_letter(uint32_t c);
bool character_is_capital(uint32_t c);
Str line_behind(Str s, size_t n);
/* How often a text has a character at its head. */
size_t line_run(Str s, char c);
/* How many digits it has at its head. */
size_t line_digits(Str s);
/* Whether it opens with a blank, be it one where no line breaks. */
bool line_opens_blank(Str s);
Str line_without_end(Str s);
bool line_opens_month(const Terms *t, Str s);

/* What a node's first line has from where the node begins; and a line below it, from its text on. */
Str node_first_line(Reader *r, cmark_node *node);
Str line_in_block(Reader *r, uint32_t number);
bool node_is(cmark_node *node, const char *type);

/* What numbers an item. */
typedef struct {
    Str word;      /* 2, b, ii */
    size_t length; /* with its marks; 0 when there is none */
    char before, behind;
    bool blank; /* one follows */
} Enumerator;
Enumerator enumerator_of(Str s);
/* Whether the second word counts on from the first. */
bool enumerators_follow(Str a, Str b);

/* ---- what they tell of ---------------------------------------------------------------------- */

/* foreign_lines.c: paragraphs, by how their lines begin. */
void foreign_check_paragraph(Reader *r, cmark_node *node);

/* foreign_blocks.c: blocks that came to be by how a line happens to begin or end. */
void foreign_check_rule(Reader *r, cmark_node *node);
void foreign_check_heading(Reader *r, cmark_node *node);
void foreign_check_list(Reader *r, cmark_node *list);
void foreign_check_code(Reader *r, cmark_node *node, Str info);

/* foreign_words.c: texts, by marks in them. The inline behind it counts where it ends. */
void foreign_check_text(Reader *r, const Inline *text);

#endif
