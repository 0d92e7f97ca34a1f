/* Numbers that stand in a cell of a table by themselves. */
#ifndef LANGUAGE_NUMERAL_H
#define LANGUAGE_NUMERAL_H

#include "language/quantity.h"

/* Whether the text is a number in figures, with no more beside it than a precision word, a sign, brackets,
 * an asterisk, a multiple and a unit: "ca. -3,5 pct.", "(12)", "12-14", "2.". What is doubtful but read as a
 * number is one. `arena` is for its scratch. */
bool numeral_is(Arena *arena, const Terms *terms, Str text);

/* Bytes of a text before which the decimal comma of its number stands, or where the number's whole part
 * ends: of an interval, that of its second. The text's length when it has no figures. */
size_t numeral_comma(const Terms *terms, Str text);

#endif
