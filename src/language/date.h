/* Dates of the Gregorian calendar. */
#ifndef LANGUAGE_DATE_H
#define LANGUAGE_DATE_H

#include "language/terms.h"

typedef struct {
    int year; /* 0 when there is no date, or the year isn't said */
    int month, day;
} Date;

static inline bool date_given(Date d)
{
    return d.year != 0;
}
/* Reads 2012-08-28; false when it isn't of that form or no such day exists. */
bool date_parse(Str text, Date *out);
int date_compare(Date a, Date b);
/* Whether the calendar has such a day; 29 February does in year 0, which isn't said. */
bool date_exists(Date date);
/* Days since 31 December of the year before year 1. For dates that exist in a year from 1 on. */
int64_t date_days(Date date);
/* The day behind a date that exists in a year from 1 on. */
Date date_next(Date date);
/* 1 for Monday to 7 for Sunday. For dates that exist in a year from 1 on. */
int date_weekday(Date date);

typedef struct {
    size_t from, to; /* bytes of the text: weekday, date and year, or the whole interval */
    Date date;       /* year 0: not said; months are 1 to 12 */
    Date second; /* of an interval; month 0 when there is none. A year said once is that of both */
    int weekday; /* 1 to 7 as named before or behind the date, 0 when none is */
    bool impossible; /* one of the dates doesn't exist: 31. juni */
} DateFound;

/* The next date of a text at or after a byte; false when there is none. Found are "mandag den 27. august
 * 2012", "27. august (mandag)", "27. august, en mandag", "27. aug. 2012", "27.–30. august 2012", "27. august – 2. september 2012", "August 27,
 * 2012", 2012-08-27, 27/8 2012, 27/8-2012, 27.8.2012 and 27.08.12 (00 to 69 are of this century). A text read
 * from one `to` to the next takes time linear in its size. */
bool date_find(const Terms *terms, Str text, size_t from, DateFound *found);

/* Adds 2012-08-28, which date_parse reads. */
void date_print_iso(StrBuf *out, Date date);
/* Adds "28. august 2012", or as the language writes it. */
void date_print(StrBuf *out, const Terms *terms, Date date);
/* The same without its year: "28. august". */
void date_print_day(StrBuf *out, const Terms *terms, Date date);
/* Adds "27.–30. august 2012"; one date when they are equal. */
void period_print(StrBuf *out, const Terms *terms, Date from, Date to);

#endif
