#include "base/utf8.h"
#include "chart/internal.h"

/* What labels say of time. */

#define FIRST_YEAR 1000
#define END_YEAR 2100 /* a larger number of four figures is of something else */

static size_t trailing_digits(Str text)
{
    size_t n = 0;
    while (n < text.n && ascii_digit(text.p[text.n - 1 - n]))
        n++;
    return n;
}

static int number(Str digits)
{
    int value = 0;
    for (size_t i = 0; i < digits.n; i++)
        value = value * 10 + (digits.p[i] - '0');
    return value;
}

/* Cuts a year off the end: "Prognose 2026", but neither "2100 Kbh." nor "A4 2026-3". */
static bool cut_year(Str *label, int *year)
{
    size_t n = trailing_digits(*label);
    Str before = str_cut(*label, 0, label->n - n);
    *year = n == 4 ? number(str_cut(*label, before.n, label->n)) : 0;
    for (size_t i = 0; i < before.n; i++)
        if (ascii_digit(before.p[i]))
            return false;
    *label = str_trim(before);
    return *year >= FIRST_YEAR && *year < END_YEAR;
}

bool label_year(Str label, double *year)
{
    int found;
    bool is = cut_year(&label, &found);
    *year = found;
    return is;
}

/* "2021/22" or "2021/2022": from the summer of a year to that of the next. */
static bool read_season(Str label, double *at)
{
    size_t n = trailing_digits(label);
    if ((n != 2 && n != 4) || n + 5 > label.n || label.p[label.n - n - 1] != '/')
        return false;
    int second = number(str_cut(label, label.n - n, label.n)), year;
    Str first = str_cut(label, 0, label.n - n - 1);
    if (!cut_year(&first, &year) || (year + 1) % (n == 2 ? 100 : 10000) != second)
        return false;
    *at = year + 0.5;
    return true;
}

static Str last_word(Str text)
{
    size_t from = text.n;
    while (from > 0 && text.p[from - 1] != ' ')
        from--;
    return str_cut(text, from, text.n);
}

/* "maj 2020", "Prognose dec. 2020". */
static bool read_month(const Terms *t, Str label, double *at)
{
    int year;
    if (!cut_year(&label, &year))
        return false;
    Str word = last_word(label);
    for (int month = 0; month < 12; month++)
        if (utf8_equal_fold(word, t->month[month]) ||
            utf8_equal_fold(word, t->month_short[month])) {
            *at = year + month / 12.0;
            return true;
        }
    return false;
}

/* "2. kvartal 2020", "Prognose Q2 2020". */
static bool read_quarter(const Terms *t, Str label, double *at)
{
    size_t n = trailing_digits(label), digits = 0, digit = 0;
    Str before = str_trim(str_cut(label, 0, label.n - n)), word = last_word(before);
    int year = n == 4 ? number(str_cut(label, label.n - n, label.n)) : 0;
    for (size_t i = 0; i < before.n; i++)
        if (ascii_digit(before.p[i])) {
            digits++;
            digit = (size_t)(before.p[i] - '0');
        }
    bool sign = word.n == 2 && (word.p[0] == 'Q' || word.p[0] == 'K') && ascii_digit(word.p[1]);
    if (year < FIRST_YEAR || year >= END_YEAR || digits != 1 || digit < 1 || digit > 4 ||
        (!sign && !terms_mentions(&t->read[WORD_quarter], before)))
        return false;
    *at = year + (double)(digit - 1) / 4;
    return true;
}

static bool read_date(const Terms *t, Str label, double *at)
{
    DateFound found;
    if (!date_find(t, label, 0, &found) || found.to < label.n || found.second.month ||
        !date_exists(found.date) || !date_given(found.date))
        return false;
    Date first = {found.date.year, 1, 1};
    *at = found.date.year + (double)(date_days(found.date) - date_days(first)) / 366;
    return true;
}

TimeKind label_time(const Terms *t, Str label, double *at)
{
    if (read_season(label, at))
        return TIME_SEASON;
    if (read_date(t, label, at))
        return TIME_DATE;
    if (read_month(t, label, at))
        return TIME_MONTH;
    if (read_quarter(t, label, at))
        return TIME_QUARTER;
    return label_year(label, at) ? TIME_YEAR : TIME_NONE;
}

bool times_compare(TimeKind a, TimeKind b)
{
    bool years = (a == TIME_YEAR || a == TIME_SEASON) && (b == TIME_YEAR || b == TIME_SEASON);
    return a != TIME_NONE && (a == b || years);
}
