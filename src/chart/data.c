#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "chart/internal.h"

enum { MOST_PARTS = 4 };  /* of a whole */
enum { MOST_SLOPES = 4 }; /* that are told apart */

/* Characters: pct., kr. */
enum { SHORT_UNIT = 4 };

/* tools/messages knows it. */
#define refuse(b, why) (diag_error((b)->q->diags, (b)->q->pos, why), false)

/* ---- single values -------------------------------------------------------------------------- */

static bool has(Str text, Str part)
{
    for (size_t i = 0; i + part.n <= text.n && part.n; i++)
        if (utf8_equal_fold(str_cut(text, i, i + part.n), part))
            return true;
    return false;
}

static bool is_short_unit(const Builder *b, Str unit)
{
    return utf8_length(unit) <= SHORT_UNIT && terms_has(&b->q->terms->unit, unit);
}

/* A short unit stands at every value, a long one once, in the subtitle. */
static void name_value(const Builder *b, Value *v)
{
    const Terms *t = b->q->terms;
    StrBuf text = {0}, spoken = {0};
    Quantity bare = *v->quantity;
    bool short_unit = is_short_unit(b, v->unit);
    quantity_print_with_unit(&spoken, t, v->quantity, v->unit);
    if (!short_unit)
        bare.unit = (Str){"", 0};
    if (has(b->spec->subtitle, bare.scale))
        bare.scale = (Str){"", 0};
    quantity_print_with_unit(&text, t, &bare, short_unit ? v->unit : (Str){"", 0});
    v->text = keep_text(b, &text);
    v->spoken = keep_text(b, &spoken);
}

static bool has_word(const Builder *b, Str text, Word word)
{
    const StrList *words = &b->q->terms->read[word];
    for (size_t i = 0; i < words->n; i++)
        if (has(text, words->at[i]))
            return true;
    return false;
}

/* False when it has no length, with the reason reported. */
static bool value_read(Builder *b, const Quantity *q, Str unit, Str caveat, Value *out)
{
    Decimal low, high;
    *out = (Value){.quantity = q,
                   .unit = unit.n ? unit : q->unit,
                   .kind = terms_precision(b->q->terms, q->precision),
                   .estimate = has_word(b, caveat, WORD_own_estimate)};
    if (q->kind == QUANTITY_ORDINAL)
        return refuse(b, "this chart would mislead: a rank has no length");
    if (!quantity_bounds(b->q->terms, q, &low, &high))
        return refuse(b, "this chart would mislead: a value in words has no length");
    out->low = decimal_value(low);
    out->high = decimal_value(high);
    name_value(b, out);
    return true;
}

static bool read_figure(Builder *b, Str id, Value *out)
{
    const KeyFigure *f = report_figure(b->report, id);
    if (!f)
        return false;
    if (!has_word(b, f->caveat, WORD_unconfirmed))
        return value_read(b, &f->value, f->unit, f->caveat, out);
    diag_error(b->q->diags, b->q->pos,
               "this chart would mislead: the caveat of '%.*s' says that it isn't confirmed",
               (int)id.n, id.p);
    return false;
}

/* ---- from figures --------------------------------------------------------------------------- */

/* What the figures differ in: what they are of, or where, or both. */
static Str label_of(const Builder *b, size_t i)
{
    const KeyFigure *f = report_figure(b->report, b->spec->figure[i]);
    size_t same = 0;
    if (b->spec->labels)
        return b->spec->label[i];
    for (size_t k = 0; k < b->spec->n && f; k++) {
        const KeyFigure *other = report_figure(b->report, b->spec->figure[k]);
        same += other && str_equal(other->name, f->name);
    }
    if (!f || same == 1 || !f->place.n)
        return f ? f->name : (Str){"", 0};
    if (same == b->spec->n)
        return f->place;
    StrBuf both = {0};
    strbuf_add_str(&both, f->name);
    strbuf_add_text(&both, ", ");
    strbuf_add_str(&both, f->place);
    return keep_text(b, &both);
}

static bool read_figures(Builder *b)
{
    b->rows = b->spec->n;
    b->series_n = 1;
    b->row = arena_zalloc(b->arena, b->rows * sizeof *b->row);
    for (size_t i = 0; i < b->rows; i++) {
        b->row[i].label = label_of(b, i);
        if (!read_figure(b, b->spec->figure[i], &b->row[i].value[0]))
            return false;
    }
    return true;
}

/* ---- from a table --------------------------------------------------------------------------- */

static Str cell_text(const Builder *b, const Table *t, size_t row, size_t column)
{
    StrBuf text = {0};
    inlines_text(&text, b->q->terms, t->cell[row * t->columns + column].inlines);
    Str s = arena_str(b->arena, str_trim(strbuf_str(&text)));
    strbuf_drop(&text);
    return s;
}

static bool is_missing(Str text)
{
    return !text.n || str_equal(text, STR("-")) || str_equal(text, STR("\xE2\x80\x93")) ||
           str_equal(text, STR(".")) || str_equal(text, STR("..")) ||
           str_equal(text, STR("\xE2\x80\xA6"));
}

static bool read_cell(Builder *b, Str text, Value *out)
{
    *out = (Value){.missing = true};
    if (is_missing(text))
        return true;
    Quantity *q = arena_new(b->arena, Quantity);
    *q = quantity_read(b->arena, b->q->terms, text);
    return value_read(b, q, (Str){"", 0}, (Str){"", 0}, out);
}

/* The column of that head, or the row of that name; 0, which holds the names, with an error. */
static size_t find_line(const Builder *b, const Table *t, Str name, bool column)
{
    for (size_t i = 1; i < (column ? t->columns : t->rows); i++)
        if (utf8_equal_fold(cell_text(b, t, column ? 0 : i, column ? i : 0), name))
            return i;
    if (column)
        diag_error(b->q->diags, b->q->pos,
                   "no column of the table that this chart is from is called '%.*s'", (int)name.n,
                   name.p);
    else
        diag_error(b->q->diags, b->q->pos,
                   "no row of the table that this chart is from is called '%.*s'", (int)name.n,
                   name.p);
    return 0;
}

/* What sums the lines before it is neither a part beside them nor a time behind them. */
static bool is_total(const Builder *b, Str label)
{
    const Terms *t = b->q->terms;
    double at;
    Str first = b->row[0].label;
    bool in_time = b->spec->type == CHART_COLUMNS && label_time(t, first, &at);
    bool sums = b->spec->type == CHART_SHARES || b->spec->type == CHART_LINES ||
                b->spec->type == CHART_PANELS || in_time;
    while (label.n && label.p[label.n - 1] == ':')
        label.n--;
    return sums && (terms_has(&t->proof[PROOF_total], label) ||
                    terms_has(&t->proof[PROOF_subtotal], label));
}

/* Which columns are drawn, and how many; 0 when one of those asked for isn't there. */
static size_t choose_columns(const Builder *b, const Table *t, size_t **column)
{
    size_t n = b->spec->columns ? b->spec->columns : t->columns - 1;
    *column = arena_array(b->arena, n, size_t);
    bool found = true;
    for (size_t k = 0; k < n; k++) {
        (*column)[k] = b->spec->columns ? find_line(b, t, b->spec->column[k], true) : k + 1;
        found &= (*column)[k] > 0;
    }
    return found ? n : 0;
}

/* Reads a value of a row or a column of that name, which is drawn next, or the total of all. */
static bool read_next(Builder *b, Str label, Str text)
{
    Row *row = &b->row[b->rows];
    row->label = label;
    if (is_total(b, label)) {
        b->has_total = true;
        return read_cell(b, text, &b->total);
    }
    b->rows++;
    return read_cell(b, text, &row->value[0]);
}

/* A bar or date for each column. */
static bool read_row(Builder *b, const Table *t, const size_t *column, size_t n)
{
    size_t row = find_line(b, t, b->spec->row, false);
    b->series_n = 1;
    b->row = arena_zalloc(b->arena, n * sizeof *b->row);
    for (size_t k = 0; row && k < n; k++)
        if (!read_next(b, cell_text(b, t, 0, column[k]), cell_text(b, t, row, column[k])))
            return false;
    return row > 0;
}

static bool read_columns(Builder *b, const Table *t, const size_t *column, size_t n)
{
    if (n > MOST_SERIES)
        return refuse(b, "a chart holds at most 4 series; use several charts or the table alone");
    b->series_n = n;
    b->row = arena_zalloc(b->arena, t->rows * sizeof *b->row);
    b->corner = cell_text(b, t, 0, 0);
    for (size_t k = 0; k < n; k++)
        b->series[k] = cell_text(b, t, 0, column[k]);
    for (size_t i = 1; i < t->rows; i++) {
        Row *row = &b->row[b->rows];
        if (!read_next(b, cell_text(b, t, i, 0), cell_text(b, t, i, column[0])))
            return false;
        for (size_t k = 1; k < n && row < b->row + b->rows; k++)
            if (!read_cell(b, cell_text(b, t, i, column[k]), &row->value[k]))
                return false;
    }
    return true;
}

static bool read_table(Builder *b, const Table *t)
{
    size_t *column, n;
    if (t->rows < 2 || t->columns < 2)
        return refuse(b, "the table that this chart is from has no values");
    n = choose_columns(b, t, &column);
    if (!n)
        return false;
    return b->spec->row.n ? read_row(b, t, column, n) : read_columns(b, t, column, n);
}

/* ---- what would mislead --------------------------------------------------------------------- */

static const Value *first_value(const Builder *b)
{
    for (size_t i = 0; i < b->rows; i++)
        for (size_t k = 0; k < b->series_n; k++)
            if (!b->row[i].value[k].missing)
                return &b->row[i].value[k];
    return NULL;
}

Str data_unit_unsaid(const Builder *b)
{
    Str unit = first_value(b)->unit;
    bool said = utf8_length(unit) > SHORT_UNIT && has(b->spec->headline, unit);
    return b->spec->subtitle.n || said || is_short_unit(b, unit) ? (Str){"", 0} : unit;
}

/* The unit that a head says in brackets: "Andel (pct.)". */
static Str unit_of_head(const Builder *b, Str head)
{
    size_t open = str_find(head, '('), close = str_find(head, ')');
    Str said = open < close && close < head.n ? str_trim(str_cut(head, open + 1, close))
                                              : (Str){"", 0};
    return terms_has(&b->q->terms->unit, said) ? said : (Str){"", 0};
}

static bool same_units_of_heads(const Builder *b)
{
    Str first = unit_of_head(b, b->series[0]);
    for (size_t k = 1; k < b->series_n; k++)
        if (!quantity_same_unit(b->q->terms, unit_of_head(b, b->series[k]), first))
            return false;
    return true;
}

static bool same_units(const Builder *b)
{
    const Value *first = first_value(b);
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

/* As far as it can be a point or an end. */
static bool is_exact(const Value *v)
{
    return v->kind != PRECISION_ABOVE && v->kind != PRECISION_BELOW && v->low >= v->high;
}

static bool all_exact(const Builder *b)
{
    for (size_t i = 0; i < b->rows; i++)
        for (size_t k = 0; k < b->series_n; k++) {
            const Value *v = &b->row[i].value[k];
            if (!v->missing && !is_exact(v))
                return false;
        }
    return true;
}

static bool none_missing(const Builder *b)
{
    for (size_t i = 0; i < b->rows; i++)
        for (size_t k = 0; k < b->series_n; k++)
            if (b->row[i].value[k].missing)
                return false;
    return true;
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
    double at, before = -INFINITY;
    bool backwards = false;
    for (size_t i = 0; i < b->rows; i++) {
        if (!label_time(b->q->terms, b->row[i].label, &at))
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
    bool times = label_time(b->q->terms, b->series[0], &first) &&
                 label_time(b->q->terms, b->series[1], &second);
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
    for (size_t i = 0; i < b->rows && b->series_n == MOST_SERIES; i++)
        for (size_t k = 0; k < b->series_n; k++) {
            const Value *v = &b->row[i].value[k];
            if (!v->missing && v->low < v->high)
                return refuse(b, "this chart would mislead: of four series one is white, as what "
                                 "an interval spans is; show three");
        }
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

/* Parts that do not make the whole would look as if they did. Each may be rounded. */
static bool sums_to(const Builder *b, const Value *total)
{
    double sum = 0, slack = total->kind == PRECISION_ABOUT ? rounding_of(b, total) : 0;
    for (size_t i = 0; i < b->rows; i++) {
        const Value *v = &b->row[i].value[0];
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
        if (b->spec->total.n && !read_figure(b, b->spec->total, &b->total))
            return false;
        if (!quantity_same_unit(b->q->terms, b->total.unit, b->row[0].value[0].unit))
            return refuse(b, "this chart would mislead: the total has another unit than its parts");
        if (!is_exact(&b->total))
            return refuse(b, "this chart would mislead: a bound or an interval is no exact total");
        if (!sums_to(b, &b->total))
            return refuse(b, "this chart would mislead: its parts don't sum to the total");
    } else if (quantity_same_unit(b->q->terms, b->row[0].value[0].unit, STR("%")) &&
               !sums_to(b, &(Value){.low = 100})) {
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
    name_value(b, target);
}

static bool check_progress(Builder *b)
{
    if (!check_bars(b))
        return false;
    if (!b->spec->target.n)
        return refuse(b, "a chart of progress needs a 'target': the id of a key figure");
    if (!read_figure(b, b->spec->target, &b->target))
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

static void find_range(Builder *b)
{
    b->least = INFINITY;
    b->most = -INFINITY;
    for (size_t i = 0; i < b->rows; i++)
        for (size_t k = 0; k < b->series_n; k++) {
            const Value *v = &b->row[i].value[k];
            if (v->missing)
                continue;
            b->least = fmin(b->least, fmin(v->low, v->high));
            b->most = fmax(b->most, fmax(v->low, v->high));
        }
}

/* A share by itself is seen against the whole; one of more than all of it has none. */
static void see_whole(Builder *b)
{
    bool alone = b->rows == 1 && b->series_n == 1 && b->spec->type == CHART_BARS;
    b->of_whole = alone && b->least >= 0 && b->most <= 100 &&
                  quantity_same_unit(b->q->terms, first_value(b)->unit, STR("%"));
    if (!b->of_whole)
        return;
    Quantity *whole = arena_copy(b->arena, first_value(b)->quantity, 1, sizeof *whole);
    whole->kind = QUANTITY_NUMBER;
    whole->low = whole->high = (Decimal){.digits = 100};
    whole->plus = false;
    whole->precision = (Str){"", 0};
    b->total = *first_value(b);
    b->total.quantity = whole;
    b->total.low = b->total.high = b->most = 100;
    name_value(b, &b->total);
}

/* Where one says "pct." and another "procent" all say the short one. */
static void name_units_alike(Builder *b)
{
    Str word = {"", 0};
    for (size_t i = 0; i < b->rows && !word.n; i++)
        for (size_t k = 0; k < b->series_n && !word.n; k++)
            if (!b->row[i].value[k].missing && is_short_unit(b, b->row[i].value[k].unit))
                word = b->row[i].value[k].unit;
    for (size_t i = 0; i < b->rows && word.n; i++)
        for (size_t k = 0; k < b->series_n; k++) {
            Value *v = &b->row[i].value[k];
            if (v->missing || is_short_unit(b, v->unit))
                continue;
            Quantity *q = arena_copy(b->arena, v->quantity, 1, sizeof *q);
            q->unit = v->unit = word;
            v->quantity = q;
            name_value(b, v);
        }
}

/* "Mål 2030", as "mål 100" is one. */
static bool is_target_word(const Builder *b, Str label)
{
    double year;
    Str word = str_trim(str_cut(label, 0, str_find(label, ' ')));
    return label_year(label, &year) && terms_precision(b->q->terms, word) == PRECISION_TARGET;
}

/* They are drawn as marks beside what was measured, in charts of progress. */
static bool none_is_target(Builder *b)
{
    for (size_t i = 0; i < b->rows; i++)
        for (size_t k = 0; k < b->series_n; k++)
            if ((!b->row[i].value[k].missing && b->row[i].value[k].kind == PRECISION_TARGET) ||
                is_target_word(b, b->row[i].label) || is_target_word(b, b->series[k]))
                return refuse(b, "this chart would mislead: a target is no measured value");
    return true;
}

static void name_forecast(const Builder *b, Value *v)
{
    Quantity *q = arena_copy(b->arena, v->quantity, 1, sizeof *q);
    q->precision = b->q->terms->print[TERM_forecast_value];
    v->quantity = q;
    v->kind = PRECISION_ABOUT;
    name_value(b, v);
}

/* "Prognose 2027" says it of its number, which then is written without a word, and has one here as all that are hatched
 * have; an interval shows itself how sure it is, and is hatched to its nearer end. */
static void see_forecasts(Builder *b)
{
    const StrList *words = &b->q->terms->read[WORD_forecast];
    for (size_t i = 0; i < b->rows; i++)
        for (size_t k = 0; k < b->series_n; k++) {
            Value *v = &b->row[i].value[k];
            bool said = terms_opens(words, b->row[i].label) || terms_opens(words, b->series[k]);
            if (v->missing)
                continue;
            if (said && v->kind == PRECISION_EXACT && v->low >= v->high)
                name_forecast(b, v);
            v->forecast = said && v->low < v->high;
        }
}

/* The word stands at the value, unless the chart's own words have it beside the mark. */
static void see_estimates(Builder *b)
{
    Str word = b->q->terms->print[TERM_value_own_estimate];
    bool told = has_word(b, b->spec->headline, WORD_own_estimate) ||
                has_word(b, b->spec->subtitle, WORD_own_estimate);
    for (size_t i = 0; i < b->rows; i++)
        for (size_t k = 0; k < b->series_n; k++) {
            Value *v = &b->row[i].value[k];
            bool said = told || has_word(b, b->row[i].label, WORD_own_estimate);
            Str *const texts[] = {&v->text, &v->spoken};
            for (size_t t = 0; t < 2 && v->estimate && !said; t++) {
                StrBuf text = {0};
                strbuf_add_str(&text, *texts[t]);
                strbuf_add_text(&text, ", ");
                strbuf_add_str(&text, word);
                *texts[t] = keep_text(b, &text);
            }
            v->named = v->estimate && !said;
        }
}

/* Whether a caveat forbids to compare it with whatever stands beside it: "kan ikke sammenlignes", also "… med andre
 * bydele", but not "… med tal fra før 2019". */
static bool is_incomparable(const Builder *b, Str caveat)
{
    const StrList *words = &b->q->terms->read[WORD_incomparable];
    for (size_t i = 0; i < words->n; i++)
        for (size_t at = 0; at + words->at[i].n <= caveat.n; at++) {
            size_t end = at + words->at[i].n;
            if (!utf8_equal_fold(str_cut(caveat, at, end), words->at[i]))
                continue;
            Str rest = str_trim(str_cut(caveat, end, caveat.n));
            if (!rest.n || strchr(".,;:)", rest.p[0]) ||
                terms_opens(&b->q->terms->read[WORD_not_with_others], rest))
                return true;
        }
    return false;
}

/* What has another basis than its neighbours stands among them only where the reader is told. */
static bool bases_are_told(const Builder *b)
{
    if (has_word(b, b->spec->headline, WORD_own_bases) ||
        has_word(b, b->spec->subtitle, WORD_own_bases))
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

/* Years and other names that look like numbers. */
static void advise_years(const Builder *b)
{
    for (size_t i = 0; i < b->rows; i++)
        for (size_t k = 0; k < b->series_n; k++) {
            const Value *v = &b->row[i].value[k];
            if (v->missing || v->unit.n || v->quantity->scale.n || v->low != v->high ||
                v->low < 1800 || v->low > 2100 || v->low != floor(v->low))
                return;
        }
    diag_advice(b->q->diags, b->q->pos,
                "the values of this chart look like years, which have no length");
    diag_hint(b->q->diags, "what is counted has a unit; a list of years is a table");
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

static bool find_emphasis(Builder *b)
{
    Str wanted = b->spec->emphasis;
    for (size_t i = 0; i < b->rows && wanted.n; i++)
        b->emphasised |= b->row[i].emphasis = utf8_equal_fold(b->row[i].label, wanted);
    for (size_t k = 0; k < b->series_n && wanted.n; k++)
        b->emphasised |= utf8_equal_fold(b->series[k], wanted);
    if (!wanted.n || b->emphasised)
        return true;
    diag_error(b->q->diags, b->q->pos, "nothing in this chart is called '%.*s'", (int)wanted.n,
               wanted.p);
    return false;
}

bool data_read(Builder *b)
{
    static bool (*const checks[CHART_TYPES])(Builder *) = {
        [CHART_BARS] = check_bars,         [CHART_COLUMNS] = check_columns,
        [CHART_GROUPED] = check_grouped,   [CHART_SHARES] = check_shares,
        [CHART_PROGRESS] = check_progress, [CHART_DOTS] = check_pair,
        [CHART_SLOPE] = check_slope,       [CHART_LINES] = check_lines,
        [CHART_PANELS] = check_lines};
    const Table *table = report_table(b->report, b->spec->from);
    if (b->spec->from.n ? !table || !read_table(b, table) : !read_figures(b))
        return false;
    if (!first_value(b))
        return refuse(b, "this chart has no values");
    if (!every_series_has_values(b))
        return false;
    if (!same_units(b) || !none_is_target(b) || !bases_are_told(b))
        return false;
    advise_years(b);
    name_units_alike(b);
    see_forecasts(b);
    see_estimates(b);
    find_range(b);
    see_whole(b);
    return find_emphasis(b) && checks[b->spec->type](b);
}
