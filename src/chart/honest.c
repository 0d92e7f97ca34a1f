#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "chart/internal.h"

/* What would mislead, and so is refused, with the reason. */

enum { MOST_PARTS = 4 };  /* of a whole */
enum { MOST_SLOPES = 4 }; /* that are told apart */

/* ---- of values, whatever chart they are in --------------------------------------------------- */

typedef bool ValueTest(const Value *v);

static bool any_value(const Builder *b, ValueTest *is)
{
    for (size_t i = 0; i < b->rows; i++)
        for (size_t k = 0; k < b->series_n; k++)
            if (is(&b->row[i].value[k]))
                return true;
    return false;
}

static bool every_series_has_values(const Builder *b)
{
    for (size_t k = 0; k < b->series_n; k++) {
        bool any = false;
        for (size_t i = 0; i < b->rows && !any; i++)
            any = !b->row[i].value[k].missing;
        if (any)
            continue;
        diag_error(b->q->diags, b->q->pos, "the series '%.*s' of this chart has no values",
                   (int)b->series[k].n, b->series[k].p);
        return false;
    }
    return true;
}

static bool same_units_of_heads(const Builder *b)
{
    Str first = data_unit_of_head(b, b->series[0]);
    for (size_t k = 1; k < b->series_n; k++)
        if (!quantity_same_unit(b->q->terms, data_unit_of_head(b, b->series[k]), first))
            return false;
    return true;
}

static bool same_units(const Builder *b)
{
    const Value *first = data_first(b);
    if (!same_units_of_heads(b))
        return refuse(b, "this chart would mislead: its figures have different units");
    for (size_t i = 0; first && i < b->rows; i++)
        for (size_t k = 0; k < b->series_n; k++) {
            const Value *v = &b->row[i].value[k];
            if (!v->missing && !quantity_same_unit(b->q->terms, v->unit, first->unit))
                return refuse(b, "this chart would mislead: its figures have different units");
        }
    return true;
}

/* "Mål 2030", as "mål 100" is one. */
static bool is_target_word(const Builder *b, Str label)
{
    double year;
    Str word = str_trim(str_cut(label, 0, str_find(label, ' ')));
    return label_year(label, &year) && terms_precision(b->q->terms, word) == PRECISION_TARGET;
}

static bool is_target(const Value *v)
{
    return !v->missing && v->kind == PRECISION_TARGET;
}

/* They are drawn as marks beside what was measured, in charts of progress. */
static bool none_is_target(Builder *b)
{
    bool any = any_value(b, is_target);
    for (size_t i = 0; i < b->rows; i++)
        any |= is_target_word(b, b->row[i].label);
    for (size_t k = 0; k < b->series_n; k++)
        any |= is_target_word(b, b->series[k]);
    return !any || refuse(b, "this chart would mislead: a target is no measured value");
}

/* Whether a caveat forbids to compare it with whatever stands beside it: "kan ikke sammenlignes", also "… med andre
 * bydele", but not "… med tal fra før 2019". */
static bool is_incomparable(const Builder *b, Str caveat)
{
    const StrList *words = &b->q->terms->read[WORD_incomparable];
    for (size_t i = 0; i < words->n; i++) {
        Str word = words->at[i];
        for (size_t at = 0; (at = utf8_find_fold(caveat, word, at)) < caveat.n; at++) {
            Str rest = str_trim(str_cut(caveat, at + word.n, caveat.n));
            if (!rest.n || strchr(".,;:)", rest.p[0]) ||
                terms_opens(&b->q->terms->read[WORD_not_with_others], rest))
                return true;
        }
    }
    return false;
}

/* What has another basis than its neighbours stands among them only where the reader is told. */
static bool bases_are_told(const Builder *b)
{
    if (data_has_word(b, b->spec->headline, WORD_own_bases) ||
        data_has_word(b, b->spec->subtitle, WORD_own_bases))
        return true;
    for (size_t i = 0; i < b->spec->n && b->spec->n > 1; i++) {
        const KeyFigure *f = report_figure(b->report, b->spec->figure[i]);
        if (!f || !is_incomparable(b, f->caveat))
            continue;
        Str id = b->spec->figure[i];
        diag_error(b->q->diags, b->q->pos,
                   "this chart would mislead: the caveat of '%.*s' says that it can't be compared",
                   (int)id.n, id.p);
        diag_hint(b->q->diags, "a subtitle may say that each has a basis of its own");
        return false;
    }
    return true;
}

static bool is_no_year(const Value *v)
{
    return v->missing || v->unit.n || v->quantity->scale.n || v->low != v->high || v->low < 1800 ||
           v->low > 2100 || v->low != floor(v->low);
}

/* Years and other names that look like numbers. */
static void advise_years(const Builder *b)
{
    if (any_value(b, is_no_year))
        return;
    diag_advice(b->q->diags, b->q->pos,
                "the values of this chart look like years, which have no length");
    diag_hint(b->q->diags, "what is counted has a unit; a list of years is a table");
}

bool honest_values(Builder *b)
{
    bool honest = every_series_has_values(b) && same_units(b) && none_is_target(b) &&
                  bases_are_told(b);
    if (honest)
        advise_years(b);
    return honest;
}

/* ---- of the types ---------------------------------------------------------------------------- */

/* As far as it can be a point or an end. */
static bool is_exact(const Value *v)
{
    return v->kind != PRECISION_ABOVE && v->kind != PRECISION_BELOW && v->low >= v->high;
}

static bool is_missing(const Value *v)
{
    return v->missing;
}

static bool is_inexact(const Value *v)
{
    return !v->missing && !is_exact(v);
}

static bool is_interval(const Value *v)
{
    return !v->missing && v->low < v->high;
}

static bool all_exact(const Builder *b)
{
    return !any_value(b, is_inexact);
}

static bool none_missing(const Builder *b)
{
    return !any_value(b, is_missing);
}

static bool check_bars(Builder *b)
{
    if (b->series_n > 1)
        return refuse(b, "this type of chart shows one series; 'grouped' shows several");
    return none_missing(b) || refuse(b, "a value is missing");
}

/* Columns stand at equal steps, which would make a gap of years look like any other. */
static void advise_steps(const Builder *b)
{
    double year, before, step = 0;
    bool even = label_year(b->row[0].label, &before);
    if (!even)
        return;
    for (size_t i = 1; i < b->rows; i++) {
        if (!label_year(b->row[i].label, &year) || year <= before)
            return;
        even &= i == 1 || fabs(year - before - step) < 0.5;
        step = year - before;
        before = year;
    }
    if (even)
        return;
    diag_advice(b->q->diags, b->q->pos,
                "the years of this chart are not as far apart as its columns, which stand evenly");
    diag_hint(b->q->diags, "'type: lines' spaces them as they lie");
}

static bool refuse_backwards(const Builder *b)
{
    diag_error(b->q->diags, b->q->pos, "this chart would mislead: its times go backwards");
    diag_hint(b->q->diags, "the earliest first");
    return false;
}

/* Where they go from left to right, they are read in the order of time. */
static bool times_go_on(const Builder *b)
{
    double at, before;
    TimeKind first = label_time(b->q->terms, b->row[0].label, &before);
    bool backwards = false;
    for (size_t i = 1; i < b->rows; i++) {
        if (!times_compare(first, label_time(b->q->terms, b->row[i].label, &at)))
            return true;
        backwards |= at < before;
        before = at;
    }
    return !backwards || refuse_backwards(b);
}

/* So are the two that are compared. */
static bool series_go_on(const Builder *b)
{
    double first, second;
    TimeKind before = label_time(b->q->terms, b->series[0], &first);
    bool times = times_compare(before, label_time(b->q->terms, b->series[1], &second));
    return !times || first <= second || refuse_backwards(b);
}

static bool check_columns(Builder *b)
{
    if (!check_bars(b) || !times_go_on(b))
        return false;
    advise_steps(b);
    return true;
}

static bool check_pair(Builder *b)
{
    if (b->series_n != 2)
        return refuse(
            b, "this type of chart compares two values: the table needs two columns of them");
    if (!series_go_on(b))
        return false;
    if (!none_missing(b))
        return refuse(b, "a value is missing");
    return all_exact(b) ||
           refuse(b, "this chart would mislead: a bound or an interval would be drawn as a point");
}

static bool check_slope(Builder *b)
{
    if (!check_pair(b))
        return false;
    if (b->rows > MOST_SLOPES) {
        diag_advice(b->q->diags, b->q->pos,
                    "a slope of more than 4 lines is hard to read: they lie in each other's way");
        diag_hint(b->q->diags, "'type: dots' or 'grouped' shows them one below another");
    }
    return true;
}

static bool check_lines(Builder *b)
{
    if (b->rows < 2)
        return refuse(b, "a line needs two points at least");
    if (!times_go_on(b))
        return false;
    return all_exact(b) ||
           refuse(b, "this chart would mislead: a bound or an interval would be drawn as a point");
}

static bool check_grouped(Builder *b)
{
    if (b->series_n < 2)
        return refuse(b, "grouped bars need a table with two series or more");
    if (b->series_n == MOST_SERIES && any_value(b, is_interval))
        return refuse(b, "this chart would mislead: of four series one is white, as what an "
                         "interval spans is; show three");
    return true;
}

static bool is_counted(const Builder *b, Str unit)
{
    const StrList *proof = b->q->terms->proof;
    return terms_has(&proof[PROOF_people], unit) || terms_has(&proof[PROOF_counted], unit);
}

/* How far a value may be from what it was before it was rounded: of people and cases, of which there are no halves, not at
 * all, but where it says that it is about right as far as its noughts go. */
static double rounding_of(const Builder *b, const Value *v)
{
    const Quantity *q = v->quantity;
    double number = decimal_value(q->low), scale = number != 0 ? v->low / number : 1;
    double place = pow(10, -q->low.decimals);
    if (v->kind == PRECISION_ABOUT)
        while (number != 0 && fabs(fmod(number, place * 10)) < place / 2)
            place *= 10;
    else if (!q->scale.n && q->low.decimals == 0 && is_counted(b, v->unit))
        return 0;
    return 0.5 * place * fabs(scale);
}

/* Parts that do not make the whole would look as if they did. */
bool honest_sum(const Builder *b, const Value *total)
{
    double sum = 0, slack = total->kind == PRECISION_ABOUT ? rounding_of(b, total) : 0;
    for (size_t i = 0; i < b->rows; i++) {
        const Value *v = &b->row[i].value[0];
        if (v->missing)
            continue;
        sum += v->low;
        slack += rounding_of(b, v);
    }
    return fabs(sum - total->low) <= slack + 1e-9 * fabs(sum);
}

static bool check_shares(Builder *b)
{
    if (!check_bars(b))
        return false;
    if (b->rows > MOST_PARTS)
        return refuse(b, "a bar of shares holds at most 4 parts; use 'bars'");
    if (!all_exact(b))
        return refuse(b, "this chart would mislead: a bound or an interval is no exact part");
    if (b->least < 0)
        return refuse(b, "this chart would mislead: a part below zero has no length");
    for (size_t i = 0; i < b->rows; i++)
        if (terms_opens(&b->q->terms->proof[PROOF_part_of], b->row[i].label))
            return refuse(b, "this chart would mislead: a part of a part stands beside it");
    if (b->spec->total.n || (b->has_total && !b->total.missing)) {
        if (b->spec->total.n && !data_figure(b, b->spec->total, &b->total))
            return false;
        if (!quantity_same_unit(b->q->terms, b->total.unit, b->row[0].value[0].unit))
            return refuse(b, "this chart would mislead: the total has another unit than its parts");
        if (!is_exact(&b->total))
            return refuse(b, "this chart would mislead: a bound or an interval is no exact total");
        if (!honest_sum(b, &b->total))
            return refuse(b, "this chart would mislead: its parts don't sum to the total");
    } else if (quantity_same_unit(b->q->terms, b->row[0].value[0].unit, STR("%")) &&
               !honest_sum(b, &(Value){.low = 100})) {
        return refuse(b, "this chart would mislead: its parts are per cent and don't sum to 100");
    }
    return b->most > 0 || refuse(b, "this chart would be empty: all its values are zero");
}

/* "Mål: 100 pct." says itself that it is one. */
static void without_word(const Builder *b, Value *target)
{
    Quantity *bare = arena_copy(b->arena, target->quantity, 1, sizeof *bare);
    if (target->kind == PRECISION_TARGET)
        bare->precision = (Str){"", 0};
    target->quantity = bare;
    data_name(b, target);
}

static bool check_progress(Builder *b)
{
    if (!check_bars(b))
        return false;
    if (!b->spec->target.n)
        return refuse(b, "a chart of progress needs a 'target': the id of a key figure");
    if (!data_figure(b, b->spec->target, &b->target))
        return false;
    without_word(b, &b->target);
    if (!quantity_same_unit(b->q->terms, b->target.unit, b->row[0].value[0].unit))
        return refuse(b, "this chart would mislead: the target has another unit");
    if (b->target.low < b->target.high)
        return refuse(b, "this chart would mislead: a target between two numbers is no line");
    if (b->least < 0 || b->target.low <= 0)
        return refuse(b, "this chart would mislead: progress below zero can't be drawn");
    return true;
}

bool honest_chart(Builder *b)
{
    static bool (*const checks[CHART_TYPES])(Builder *) = {
        [CHART_BARS] = check_bars,         [CHART_COLUMNS] = check_columns,
        [CHART_GROUPED] = check_grouped,   [CHART_SHARES] = check_shares,
        [CHART_PROGRESS] = check_progress, [CHART_DOTS] = check_pair,
        [CHART_SLOPE] = check_slope,       [CHART_LINES] = check_lines,
        [CHART_PANELS] = check_lines};
    return checks[b->spec->type](b);
}
