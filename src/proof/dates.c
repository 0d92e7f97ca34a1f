#include <string.h>

#include "base/utf8.h"
#include "proof/internal.h"

/* Days that don't exist, weekdays that a day isn't, periods that end before they begin, days of a visit
 * outside the report's period, deadlines and meetings before the report, and two themes on one day while
 * another is empty. */

enum {
    LONGEST_PERIOD = 62, /* days, in which empty ones mean something */
    NEAR_PERIOD = 7      /* days; what is farther off is not meant to be in the period */
};
/* Bytes in which a date stands around its first number: "onsdag den 27. september 2012 – 2. …". */
enum { BEFORE_NUMBER = 24, BEHIND_NUMBER = 64 };

/* What a section's visits say of its date. */
typedef struct {
    Date date;
    Pos pos;              /* of the first visit */
    bool several;         /* its visits have different dates */
    size_t doubt, doubts; /* days that its caveats and questions mention */
} Dated;

typedef struct {
    Dated *of; /* each section */
    bool used[LONGEST_PERIOD];
    ARRAY(Date) doubts;
} Dates;

static void *begin_dates(Proof *proof)
{
    Dates *dates = arena_new(&proof->arena, Dates);
    dates->of = arena_zalloc(&proof->arena, proof->report->sections * sizeof *dates->of);
    return dates;
}

/* ---- dates in the text ---------------------------------------------------------------------- */

static bool in_period(const Report *r, Date d)
{
    return date_given(d) && date_given(r->period_from) && date_compare(d, r->period_from) >= 0 &&
           date_compare(d, r->period_to) <= 0;
}

/* A month in letters or a whole year: 30.2.12 may be something else. */
static bool is_surely_date(Str s)
{
    size_t digits = 0, most = 0;
    for (size_t i = 0; i < s.n; i++) {
        digits = ascii_digit(s.p[i]) ? digits + 1 : 0;
        most = digits > most ? digits : most;
        if (letter_at(s, i))
            return true;
    }
    return most >= 4;
}

static void tell_impossible(Proof *proof, Pos pos, Str text)
{
    diag_warning(proof->diags, pos, "'%.*s' is no date: the month has no such day [dates]",
                 (int)text.n, text.p);
}

static void tell_weekday(Proof *proof, Pos pos, Str text, int weekday)
{
    Str name = proof->terms->weekday[weekday - 1];
    diag_warning(proof->diags, pos, "'%.*s' is a %.*s [dates]", (int)text.n, text.p, (int)name.n,
                 name.p);
    diag_hint(proof->diags, "correct the weekday or the date");
}

static void tell_backwards(Proof *proof, Pos pos, Str text)
{
    diag_warning(proof->diags, pos, "'%.*s' ends before it begins [dates]", (int)text.n, text.p);
}

/* ---- days outside the period ---------------------------------------------------------------- */

static bool has_short_period(const Report *r)
{
    return date_given(r->period_from) &&
           date_days(r->period_to) - date_days(r->period_from) < LONGEST_PERIOD;
}

/* Whether a date with a year is one of the few days before or behind the period. */
static bool is_beside_period(const Report *r, Date d)
{
    if (!date_exists(d) || in_period(r, d))
        return false;
    int64_t day = date_days(d);
    return day >= date_days(r->period_from) - NEAR_PERIOD &&
           day <= date_days(r->period_to) + NEAR_PERIOD;
}

/* A date without a year may be of either year of a period over New Year. */
static bool is_just_outside(const Report *r, Date d)
{
    int first = d.year ? d.year : r->period_from.year;
    int last = d.year ? d.year : r->period_to.year;
    bool beside = false;
    for (d.year = first; d.year <= last; d.year++) {
        if (in_period(r, d))
            return false;
        beside |= is_beside_period(r, d);
    }
    return beside;
}

/* A date without a year is one of the report's period or of the days around it, or of no year that is known. */
static Date with_year(const Report *r, Date d)
{
    int last = has_short_period(r) ? r->period_to.year : r->period_from.year;
    if (d.year || !date_given(r->period_from))
        return d;
    for (d.year = r->period_from.year; d.year <= last; d.year++)
        if (date_exists(d) && (in_period(r, d) || (has_short_period(r) && is_beside_period(r, d))))
            return d;
    return (Date){0, d.month, d.day};
}

/* Whether a byte stands within quotation marks, of whichever kind; those within them are of another. */
static bool is_in_quotes(Str s, size_t at)
{
    static const struct {
        const char *mark;
        unsigned kind;
    } all[] = {{"\"", 1},           {"\xC2\xAB", 2},     {"\xC2\xBB", 2},
               {"\xE2\x80\x9C", 4}, {"\xE2\x80\x9D", 4}, {"\xE2\x80\x9E", 4}};
    unsigned open = 0;
    for (size_t i = 0; i < at; i++)
        for (size_t k = 0; k < sizeof all / sizeof *all; k++)
            if (str_starts(str_cut(s, i, at), str_from(all[k].mark)))
                open ^= all[k].kind;
    return open != 0;
}

static void tell_outside(Proof *proof, Pos pos, Str text)
{
    const Report *r = proof->report;
    StrBuf period = {0};
    period_print(&period, proof->terms, r->period_from, r->period_to);
    diag_advice(proof->diags, pos, "'%.*s' is outside the report's period [dates]", (int)text.n,
                text.p);
    diag_hint(proof->diags,
              "the period is %s; where the date is right, list it under  checks: {accept: [...]}",
              period.p);
    strbuf_drop(&period);
}

/* What the text of a visit tells of days happened during it, unless it quotes. */
static bool is_of_visit(const Passage *p)
{
    return p->visit && !p->quoted && p->kind <= PASSAGE_CAPTION;
}

static bool is_outside(const Report *r, const Passage *p, const DateFound *found)
{
    return is_of_visit(p) && has_short_period(r) && is_just_outside(r, found->date) &&
           (!found->second.month || is_just_outside(r, found->second)) &&
           !is_in_quotes(p->text, found->from);
}

/* ---- each date ------------------------------------------------------------------------------ */

/* Within one month or with a year; "28. december – 3. januar" crosses the new year. */
static bool is_backwards(const DateFound *found)
{
    Date a = found->date, b = found->second;
    return b.month && (a.year || a.month == b.month) && date_compare(a, b) > 0;
}

static void check_date(Proof *proof, const Passage *p, const DateFound *found)
{
    Str text = str_cut(p->text, found->from, found->to);
    Date date = with_year(proof->report, found->date);
    bool wrong = found->impossible ? is_surely_date(text)
                                   : is_backwards(found) || (found->weekday && date.year &&
                                                             date_weekday(date) != found->weekday);
    bool outside = !wrong && !found->impossible && is_outside(proof->report, p, found);
    if ((!wrong && !outside) || proof_accepts(proof, text))
        return;
    Pos pos = passage_pos(proof, p, found->from);
    if (outside)
        tell_outside(proof, pos, text);
    else if (found->impossible)
        tell_impossible(proof, pos, text);
    else if (is_backwards(found))
        tell_backwards(proof, pos, text);
    else
        tell_weekday(proof, pos, text, date_weekday(date));
}

/* ---- the days of the visits ----------------------------------------------------------------- */

static void use_day(Proof *proof, Dates *dates, Date d)
{
    const Report *r = proof->report;
    if (!in_period(r, d))
        return;
    int64_t day = date_days(d) - date_days(r->period_from);
    if (day < LONGEST_PERIOD)
        dates->used[day] = true;
}

static void note_day(Proof *proof, Dates *dates, int section, Date d, Pos pos)
{
    if (section == NOWHERE || !date_given(d))
        return;
    Dated *of = &dates->of[section];
    use_day(proof, dates, d);
    if (!date_given(of->date)) {
        of->date = d;
        of->pos = pos;
    }
    of->several |= date_compare(of->date, d) != 0;
}

/* A section's boxes come one after the other. */
static void note_doubt(Dates *dates, const Passage *p, const DateFound *found)
{
    if (p->section == NOWHERE || p->kind == PASSAGE_FIELD)
        return;
    Dated *of = &dates->of[p->section];
    if (!of->doubts)
        of->doubt = dates->doubts.n;
    array_push(&dates->doubts, found->date);
    array_push(&dates->doubts, found->second);
    of->doubts += 2;
}

/* Whether a number may belong to a date: 27. august, 27/8, 2012-08-27, August 27; not 254.000 or 8,4. */
static bool may_be_date(Str s, size_t at)
{
    size_t n = str_digits(s, at), next = at + n;
    if (n == 3 || n > 4 || next >= s.n)
        return n == 4 && at > 1 && is_capital_at(s, word_start(s, at));
    if (s.p[next] == '.' || s.p[next] == '/' || s.p[next] == '-')
        return str_digits(s, next + 1) != 3;
    if ((unsigned char)s.p[next] >= 0x80)
        return true; /* a dash */
    return (ascii_space(s.p[next]) && is_capital_at(s, next + 1)) ||
           (at > 1 && is_capital_at(s, word_start(s, at)));
}

/* A date has a number; around each of them it is looked for, which saves reading the rest. */
static void find_near_numbers(Proof *proof, Dates *dates, const Passage *p)
{
    size_t end = 0;
    for (size_t i = 0; i < proof->scan.numbers.n; i++) {
        size_t at = proof->scan.numbers.at[i];
        if (at < end || !may_be_date(p->text, at))
            continue;
        size_t from = at > BEFORE_NUMBER ? utf8_start(p->text, at - BEFORE_NUMBER) : 0;
        Str text = str_cut(p->text, 0, utf8_start(p->text, at + BEHIND_NUMBER));
        DateFound found;
        if (!date_find(proof->terms, text, from > end ? from : end, &found))
            continue;
        end = found.to;
        if (p->doubted)
            note_doubt(dates, p, &found);
        else
            check_date(proof, p, &found);
    }
}

static void find_dates(Proof *proof, void *state, const Passage *p)
{
    Dates *dates = state;
    if (p->visit && p->names && p->kind == PASSAGE_TITLE)
        note_day(proof, dates, p->section, p->visit->visit->date, p->visit->pos);
    if (p->kind != PASSAGE_CODE && p->kind != PASSAGE_ADDRESS)
        find_near_numbers(proof, dates, p);
}

static bool is_doubted(const Dates *dates, const Dated *of)
{
    for (size_t i = of->doubt; i < of->doubt + of->doubts; i++)
        if (dates->doubts.at[i].month == of->date.month && dates->doubts.at[i].day == of->date.day)
            return true;
    return false;
}

/* The day after a date. */
static Date next_day(Date d)
{
    d.day++;
    if (date_exists(d))
        return d;
    return (Date){d.year + (d.month == 12), d.month % 12 + 1, 1};
}

/* The last working day of the period on which nothing is dated; false when there is none. */
static bool empty_day(const Proof *proof, const Dates *dates, Date *out)
{
    const Report *r = proof->report;
    bool found = false;
    if (!has_short_period(r))
        return false;
    Date d = r->period_from;
    for (size_t i = 0; date_compare(d, r->period_to) <= 0; i++, d = next_day(d)) {
        if (dates->used[i] || date_weekday(d) > 5)
            continue;
        *out = d;
        found = true;
    }
    return found;
}

static void tell_same_day(Proof *proof, const Dated *first, const Dated *second, Date empty)
{
    StrBuf same = {0}, other = {0};
    date_print(&same, proof->terms, second->date);
    date_print(&other, proof->terms, empty);
    diag_warning(proof->diags, second->pos,
                 "two themes are dated %s, while nothing is dated %s [dates]", same.p, other.p);
    diag_also(proof->diags, first->pos, "the other theme has its first visit here");
    diag_hint(proof->diags, "correct a date; or say in a caveat of the theme what is uncertain");
    strbuf_drop(&same);
    strbuf_drop(&other);
}

/* Each theme with a single date is compared with the one before it that has the same. */
static void check_themes(Proof *proof, const Dates *dates)
{
    const Report *r = proof->report;
    const Dated *on_day[LONGEST_PERIOD] = {NULL};
    Date empty;
    if (!empty_day(proof, dates, &empty))
        return;
    for (size_t i = 0; i < r->sections; i++) {
        const Dated *of = &dates->of[i];
        if (r->section[i].kind != SECTION_THEME || of->several || !in_period(r, of->date))
            continue;
        const Dated **day = &on_day[date_days(of->date) - date_days(r->period_from)];
        if (*day && !is_doubted(dates, of) && !is_doubted(dates, *day))
            tell_same_day(proof, *day, of, empty);
        *day = of;
    }
}

/* ---- the front matter and the deadlines ----------------------------------------------------- */

/* Where the front matter has a date, as it is written there. */
static Pos date_place(const Proof *proof, Date d)
{
    StrBuf b = {0};
    date_print_iso(&b, d);
    Pos pos = diags_find(proof->diags, (Pos){1, 1, proof->report->file}, FRONT_MATTER_LINES,
                         strbuf_str(&b));
    strbuf_drop(&b);
    return pos;
}

/* Three numbers with the same mark between them, one of which may be a year: 2026-13-01, 32/1/26. */
static bool looks_like_date(Str s)
{
    size_t n[3], at = 0;
    char mark = 0;
    for (size_t i = 0; i < 3; i++) {
        n[i] = str_digits(s, at);
        at += n[i];
        if (i == 2)
            break;
        if (at >= s.n || !strchr("-./", s.p[at]) || (i && s.p[at] != mark))
            return false;
        mark = s.p[at++];
    }
    bool year_first = n[0] == 4, year_last = !year_first && (n[2] == 2 || n[2] == 4);
    bool others = n[1] >= 1 && n[1] <= 2 &&
                  (year_first ? n[2] >= 1 && n[2] <= 2 : n[0] >= 1 && n[0] <= 2);
    return others && (year_first || year_last) && (at == s.n || ascii_space(s.p[at]));
}

/* What is found in it is told as in any text. */
static void check_written_deadline(Proof *proof, const Recommendation *r)
{
    DateFound found;
    Place place = {r->pos, FIELD_LINES, r->deadline, 0};
    if (date_given(r->deadline_date) || !looks_like_date(r->deadline) ||
        date_find(proof->terms, r->deadline, 0, &found) || proof_accepts(proof, r->deadline))
        return;
    diag_warning(proof->diags, place_pos(proof, place),
                 "the deadline '%.*s' looks like a date, but is none [dates]", (int)r->deadline.n,
                 r->deadline.p);
    diag_hint(proof->diags, "dates are written year-month-day: 2012-08-29");
}

static void check_deadline(Proof *proof, const Recommendation *r)
{
    Place place = {r->pos, FIELD_LINES, r->deadline, 0};
    if (!date_given(r->deadline_date) || date_compare(r->deadline_date, proof->report->date) >= 0 ||
        proof_accepts(proof, r->deadline))
        return;
    diag_warning(proof->diags, place_pos(proof, place),
                 "the deadline '%.*s' is before the date of the report [dates]", (int)r->deadline.n,
                 r->deadline.p);
}

static void check_order(Proof *proof)
{
    const Report *r = proof->report;
    for (size_t i = 0; i < r->recommendations; i++)
        check_written_deadline(proof, &r->recommendation[i]);
    if (!date_given(r->date))
        return;
    if (date_given(r->meeting_date) && date_compare(r->meeting_date, r->date) < 0)
        diag_warning(proof->diags, date_place(proof, r->meeting_date),
                     "the meeting is before the date of the report [dates]");
    if (date_given(r->modified) && date_compare(r->modified, r->date) < 0)
        diag_warning(proof->diags, date_place(proof, r->modified),
                     "the report was modified before its date [dates]");
    for (size_t i = 0; i < r->recommendations; i++)
        check_deadline(proof, &r->recommendation[i]);
}

static void end_dates(Proof *proof, void *state)
{
    Dates *dates = state;
    check_themes(proof, dates);
    check_order(proof);
    array_drop(&dates->doubts);
}

const Check check_dates = {"dates", begin_dates, find_dates, NULL, end_dates};
