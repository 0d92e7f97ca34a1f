/* Dates of the Gregorian calendar. */
#ifndef LANGUAGE_DATE_H
#define LANGUAGE_DATE_H

#include "language/terms.h"

typedef struct {
    int year; /* 0 when there is no date */
    int month, day;
} Date;

static inline bool date_given(Date d)
{
    return d.year != 0;
}
/* Reads 2012-08-28; false when it isn't of that form or no such day exists. */
bool date_parse(Str text, Date *out);
int date_compare(Date a, Date b);
/* Adds "28. august 2012", or as the language writes it. */
void date_print(StrBuf *out, const Terms *terms, Date date);
/* Adds "27.–30. august 2012"; one date when they are equal. */
void period_print(StrBuf *out, const Terms *terms, Date from, Date to);

#endif
