#include "language/internal.h"

/* A number of four digits behind a day is a year within these. */
enum { FIRST_YEAR = 1500, LAST_YEAR = 2199, CENTURY = 2000, LAST_OF_CENTURY = 69 };

/* What is still to be read; each function below takes what it reads off the front, or nothing. */
typedef struct {
    const Terms *terms;
    Str rest;
    bool ordinal; /* the day that was taken last is one: "27." */
    bool word;    /* what joined two days last was a word: "til" */
} Front;

static bool take(Front *f, size_t n)
{
    f->rest = str_cut(f->rest, n, f->rest.n);
    return n > 0;
}

static bool take_spaces(Front *f)
{
    return take(f, scan_spaces(f->rest));
}

static bool take_char(Front *f, char c)
{
    return take(f, f->rest.n && f->rest.p[0] == c);
}

/* A whole run of digits, `least` to `most` of them; no letter behind it, unless it ends an ordinal. */
static bool take_int(Front *f, size_t least, size_t most, int *out)
{
    size_t n = str_digits(f->rest, 0);
    if (n < least || n > most)
        return false;
    *out = 0;
    for (size_t i = 0; i < n; i++)
        *out = *out * 10 + (f->rest.p[i] - '0');
    return take(f, n);
}

/* What stands between the digits of a number or date. */
static bool is_mark(char c)
{
    return c == '.' || c == '/' || c == '-' || c == ',';
}

static bool number_goes_on(Str s)
{
    if (!s.n)
        return false;
    return ascii_digit(s.p[0]) || scan_letter(s) ||
           (is_mark(s.p[0]) && s.n > 1 && ascii_digit(s.p[1]));
}

/* ---- 27. august 2012 ------------------------------------------------------------------------ */

static bool take_day(Front *f, int *day)
{
    Front start = *f;
    size_t which;
    if (!take_int(f, 1, 2, day) || *day < 1) {
        *f = start;
        return false;
    }
    f->ordinal = take(f, scan_list(f->rest, &f->terms->ordinal, &which));
    return true;
}

static bool take_month(Front *f, int *month)
{
    size_t longest = 0;
    for (int i = 0; i < 12; i++) {
        size_t whole = scan_text(f->rest, f->terms->month[i]);
        size_t brief = scan_text(f->rest, f->terms->month_short[i]);
        size_t n = whole > brief ? whole : brief;
        if (n > longest)
            longest = n, *month = i + 1;
    }
    return take(f, longest);
}

static bool take_year(Front *f, int *year)
{
    Front start = *f;
    take_char(f, ',');
    if (take_spaces(f) && take_int(f, 4, 4, year) && *year >= FIRST_YEAR && *year <= LAST_YEAR &&
        !number_goes_on(f->rest))
        return true;
    *year = 0;
    *f = start;
    return false;
}

/* Between the ends of an interval. */
static bool take_to(Front *f)
{
    Front start = *f;
    bool space = take_spaces(f), dash = take(f, scan_dash(f->rest));
    f->word = !dash && space && take(f, scan_text(f->rest, f->terms->to));
    if (dash || f->word) {
        take_spaces(f);
        return true;
    }
    *f = start;
    return false;
}

static bool take_day_month(Front *f, Date *date)
{
    Front start = *f;
    if (take_day(f, &date->day)) {
        take_spaces(f);
        if (take_month(f, &date->month)) {
            take_year(f, &date->year);
            return true;
        }
    }
    *f = start;
    return false;
}

/* "27.–30. august 2012", all of it; but not "tema 2 til 29. august". */
static bool days_of_month(Front *f, DateFound *out)
{
    if (!take_day(f, &out->date.day))
        return false;
    bool ordinal = f->ordinal;
    if (!take_to(f) || !take_day_month(f, &out->second) || (f->word && f->ordinal != ordinal))
        return false;
    out->date.month = out->second.month;
    out->date.year = out->second.year;
    return true;
}

/* The year of the second date, or the one before when a new year lies between. */
static int year_before(Date first, Date second)
{
    return second.year ? second.year - (first.month - second.month >= 6) : 0;
}

static bool day_and_month(Front *f, DateFound *out)
{
    if (!take_day_month(f, &out->date))
        return false;
    Front end = *f;
    Date second = {0, 0, 0};
    if (take_to(f) && take_day_month(f, &second)) {
        out->second = second;
        if (!out->date.year)
            out->date.year = year_before(out->date, second);
        return true;
    }
    *f = end;
    return true;
}

/* "August 27, 2012"; without the year the number may count what follows. */
static bool month_and_day(Front *f, DateFound *out)
{
    Date *date = &out->date, *second = &out->second;
    if (!take_month(f, &date->month) || !take_spaces(f) || !take_day(f, &date->day))
        return false;
    Front end = *f;
    if (take_to(f) && take_day(f, &second->day))
        second->month = date->month;
    else
        *f = end;
    if (!take_year(f, &date->year))
        return false;
    if (second->month)
        second->year = date->year;
    return true;
}

/* ---- 2012-08-27, 27/8 2012, 27.8.2012 -------------------------------------------------------- */

static bool take_iso(Front *f, Date *d)
{
    return take_int(f, 4, 4, &d->year) && take_char(f, '-') && take_int(f, 2, 2, &d->month) &&
           take_char(f, '-') && take_int(f, 2, 2, &d->day) && d->year && d->month >= 1 &&
           d->month <= 12 && d->day && (!number_goes_on(f->rest) || f->rest.p[0] == '/');
}

static bool iso(Front *f, DateFound *out)
{
    if (!take_iso(f, &out->date))
        return false;
    Front end = *f;
    Date second = {0, 0, 0};
    if (take_char(f, '/') && take_iso(f, &second)) {
        out->second = second;
        return true;
    }
    *f = end;
    return true;
}

static bool take_short_year(Front *f, size_t month_digits, int *year)
{
    if (month_digits != 2 || !take_int(f, 2, 2, year))
        return false;
    *year += *year <= LAST_OF_CENTURY ? CENTURY : CENTURY - 100;
    return true;
}

static bool in_numbers(Front *f, DateFound *out)
{
    Date *d = &out->date;
    if (!take_int(f, 1, 2, &d->day) || !f->rest.n)
        return false;
    char mark = f->rest.p[0];
    if (!take_char(f, '/') && !take_char(f, '.') && !take_char(f, '-'))
        return false;
    size_t digits = str_digits(f->rest, 0);
    if (!take_int(f, 1, 2, &d->month))
        return false;
    bool same = take_char(f, mark);
    if (!same && (mark != '/' || (!take_char(f, '-') && !take_spaces(f))))
        return false;
    if (!take_int(f, 4, 4, &d->year) && (!same || !take_short_year(f, digits, &d->year)))
        return false;
    return d->day >= 1 && d->day <= 31 && d->month >= 1 && d->month <= 12 &&
           d->year >= FIRST_YEAR && d->year <= LAST_YEAR && !number_goes_on(f->rest);
}

/* ---- all ------------------------------------------------------------------------------------ */

static int take_weekday(Front *f)
{
    for (int i = 0; i < 7; i++)
        if (take(f, scan_text(f->rest, f->terms->weekday[i])))
            return i + 1;
    return 0;
}

static int weekday_before(Front *f)
{
    size_t which;
    int weekday = take_weekday(f);
    if (weekday) {
        take_char(f, ',');
        take_spaces(f);
        if (take(f, scan_list(f->rest, &f->terms->before_day, &which)))
            take_spaces(f);
    }
    return weekday;
}

/* Not ", onsdag den 28. august" and ", onsdag og torsdag", where it belongs to what follows. */
static bool clause_ends(Front f)
{
    if (!f.rest.n || f.rest.p[0] == '.' || f.rest.p[0] == ';' || f.rest.p[0] == ')')
        return true;
    if (!take_char(&f, ','))
        return false;
    take_spaces(&f);
    return !take_weekday(&f);
}

/* " (onsdag)", ", en onsdag" and ", onsdag,". */
static int weekday_behind(Front *f)
{
    Front start = *f;
    size_t which;
    take_spaces(f);
    bool bracket = take_char(f, '('), comma = !bracket && take_char(f, ',');
    take_spaces(f);
    bool article = take(f, scan_list(f->rest, &f->terms->before_weekday, &which));
    take_spaces(f);
    int weekday = bracket || comma ? take_weekday(f) : 0;
    if (weekday && (bracket ? take_char(f, ')') : article || clause_ends(*f)))
        return weekday;
    *f = start;
    return 0;
}

size_t date_at(const Terms *terms, Str s, DateFound *found)
{
    static bool (*const forms[])(Front *, DateFound *) = {days_of_month, day_and_month,
                                                          month_and_day, iso, in_numbers};
    Front start = {.terms = terms, .rest = s};
    int weekday = weekday_before(&start);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        Front f = start;
        DateFound d = {.weekday = weekday};
        if (!forms[i](&f, &d))
            continue;
        if (!weekday && !d.second.month)
            d.weekday = weekday_behind(&f);
        d.to = s.n - f.rest.n;
        d.impossible = !date_exists(d.date) || (d.second.month && !date_exists(d.second));
        *found = d;
        return d.to;
    }
    return 0;
}

/* Not within "1.27.8.2012". */
static bool date_begins(Str s, size_t at)
{
    size_t before = scan_back(s, at);
    bool mark = before < at && is_mark(s.p[before]);
    return scan_begins(s, at) && !(mark && before > 0 && ascii_digit(s.p[before - 1]));
}

bool date_find(const Terms *terms, Str text, size_t from, DateFound *found)
{
    for (size_t at = from; at < text.n;) {
        Str rest = str_cut(text, at, text.n);
        size_t word = scan_letters(rest), run = word ? word : str_digits(rest, 0);
        bool open = word ? terms_may_open(terms, rest) : run > 0;
        if (open && date_begins(text, at) && date_at(terms, rest, found)) {
            found->from = at;
            found->to += at;
            return true;
        }
        at += run ? run : 1;
    }
    return false;
}
