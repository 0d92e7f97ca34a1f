/* Exact decimal numbers, as figures are written: 8,40 has two decimals and keeps them. */
#ifndef LANGUAGE_DECIMAL_H
#define LANGUAGE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

/* digits / 10^decimals; decimals from 0 to DECIMAL_MOST. */
typedef struct {
    int64_t digits;
    int decimals;
} Decimal;

/* More digits than this are no figure that a committee reads; so many never overflow. */
enum { DECIMAL_MOST = 17 };

/* The nearest that a double has. */
double decimal_value(Decimal d);
/* By value: 8,40 equals 8,4. Never overflows. */
int decimal_compare(Decimal a, Decimal b);

/* Each gives false, and leaves *out alone, when the result has more than DECIMAL_MOST digits. */
bool decimal_add(Decimal a, Decimal b, Decimal *out);
/* times 10^power; 1,2 with 6 is 1200000. `power` from 0 to DECIMAL_MOST. */
bool decimal_shift(Decimal d, int power, Decimal *out);

#endif
