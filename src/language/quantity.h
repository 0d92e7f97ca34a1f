/* Values as people write them in tables: numbers, intervals, ordinals, words. */
#ifndef LANGUAGE_QUANTITY_H
#define LANGUAGE_QUANTITY_H

#include "language/terms.h"

typedef enum { QUANTITY_NUMBER, QUANTITY_INTERVAL, QUANTITY_ORDINAL, QUANTITY_WORDS } QuantityKind;

/* digits / 10^decimals */
typedef struct {
    int64_t digits;
    int decimals;
} Decimal;

typedef struct {
    QuantityKind kind;
    Str precision;     /* ca., mere end …, or empty */
    Decimal low, high; /* equal unless an interval */
    Str scale;         /* mio., mia., or empty */
    Str words;         /* behind an ordinal ("største"), or the whole of a value in words */
    bool doubtful;     /* opens like a number but isn't written as the language writes numbers */
} Quantity;

/* Reads a value; strings of the result live in the arena. Never fails: what is no number is
 * QUANTITY_WORDS. */
Quantity quantity_read(Arena *arena, const Terms *terms, Str text);

/* Adds the number itself: "254.000", "8,4", "12–14", "2.", or the words. */
void quantity_print(StrBuf *out, const Terms *terms, const Quantity *quantity);
/* Adds the whole, with no-break spaces: precision word, number, scale, unit. */
void quantity_print_with_unit(StrBuf *out, const Terms *terms, const Quantity *quantity, Str unit);
/* Adds scale and unit as one, with a no-break space: "mio. indbyggere". */
void quantity_print_unit(StrBuf *out, const Quantity *quantity, Str unit);

#endif
