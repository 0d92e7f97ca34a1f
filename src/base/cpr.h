/* Danish personal identification numbers. They are in base because a diagnostic may not show one. */
#ifndef BASE_CPR_H
#define BASE_CPR_H

#include <stdbool.h>

#include "base/str.h"

/* The first number from `from` on, and its bytes; false when there is none. It is the date of birth as
 * ddmmyy (or dd.mm.yy and the like) and four digits, with a hyphen, a dash or a space between them, or
 * what else behind the letters "cpr". Where nothing parts them, the number must satisfy the check digit
 * (modulus 11) or follow these letters, since so many other numbers have ten digits. */
bool cpr_find(Str s, size_t from, size_t *at, size_t *n);
/* Puts a star for each digit of the numbers in a text. */
void cpr_mask(char *text, size_t length);
/* The same in a line of a source, where marks, tags, names of characters ("&#8209;") and signs that nobody sees may stand
 * between digits: rather one too many is masked. */
void cpr_mask_source(char *text, size_t length);

#endif
