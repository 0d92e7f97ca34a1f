#include "language/date.h"

static bool leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && leap(year));
}

static int digits(Str s, size_t from, size_t n)
{
    int value = 0;
    for (size_t i = from; i < from + n; i++) {
        if (!ascii_digit(s.p[i]))
            return -1;
        value = value * 10 + (s.p[i] - '0');
    }
    return value;
}

bool date_exists(Date d)
{
    return d.year >= 0 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
           d.day <= days_in(d.year, d.month);
}

int64_t date_days(Date d)
{
    int64_t before = d.year - 1, days = before * 365 + before / 4 - before / 100 + before / 400;
    for (int month = 1; month < d.month; month++)
        days += days_in(d.year, month);
    return days + d.day;
}

int date_weekday(Date d)
{
    return (int)((date_days(d) + 6) % 7) + 1; /* 1 January of year 1 is a Monday */
}

Date date_next(Date d)
{
    d.day++;
    if (!date_exists(d))
        d.day = 1, d.month++;
    if (d.month > 12)
        d.month = 1, d.year++;
    return d;
}

bool date_parse(Str s, Date *out)
{
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
        return false;
    Date d = {digits(s, 0, 4), digits(s, 5, 2), digits(s, 8, 2)};
    if (d.year < 1 || !date_exists(d))
        return false;
    *out = d;
    return true;
}

void date_print_iso(StrBuf *out, Date d)
{
    strbuf_addf(out, "%04d-%02d-%02d", d.year, d.month, d.day);
}

int date_compare(Date a, Date b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

static void fill(StrBuf *out, const Terms *t, Str pattern, Date a, Date b)
{
    StrBuf n = {0};
    strbuf_addf(&n, "%d %d %d %d", a.day, a.year, b.day, b.year);
    Str rest = strbuf_str(&n), part[4];
    for (size_t i = 0; i < 4; i++) {
        size_t blank = str_find(rest, ' ');
        part[i] = str_cut(rest, 0, blank);
        rest = str_cut(rest, blank + 1, rest.n);
    }
    const TermField fields[] = {
        {"day", part[0]},  {"month", t->month[a.month - 1]},  {"year", part[1]},
        {"day2", part[2]}, {"month2", t->month[b.month - 1]}, {"year2", part[3]}};
    terms_fill(out, pattern, fields, sizeof fields / sizeof *fields);
    strbuf_drop(&n);
}

void date_print(StrBuf *out, const Terms *t, Date d)
{
    fill(out, t, t->date, d, d);
}

void date_print_day(StrBuf *out, const Terms *t, Date d)
{
    fill(out, t, t->day, d, d);
}

void period_print(StrBuf *out, const Terms *t, Date from, Date to)
{
    if (date_compare(from, to) == 0)
        date_print(out, t, from);
    else if (from.year != to.year)
        fill(out, t, t->period, from, to);
    else
        fill(out, t, from.month == to.month ? t->period_month : t->period_year, from, to);
}
