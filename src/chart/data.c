#include <math.h>

#include "base/utf8.h"
#include "chart/internal.h"

/* Characters: pct., kr. */
enum { SHORT_UNIT = 4 };

/* ---- single values -------------------------------------------------------------------------- */

static bool has(Str text, Str part)
{
    return part.n && utf8_find_fold(text, part, 0) < text.n;
}

static bool is_short_unit(const Builder *b, Str unit)
{
    return utf8_length(unit) <= SHORT_UNIT && terms_has(&b->q->terms->unit, unit);
}

/* A short unit stands at every value, a long one once, in the subtitle. */
void data_name(const Builder *b, Value *v)
{
    const Terms *t = b->q->terms;
    StrBuf text = {0}, spoken = {0};
    Quantity bare = *v->quantity, said = bare;
    bool short_unit = is_short_unit(b, v->unit);
    said.scale = v->scale.n ? v->scale : said.scale;
    quantity_print_with_unit(&spoken, t, &said, v->scale.n ? v->counted : v->unit);
    if (!short_unit)
        bare.unit = (Str){"", 0};
    quantity_print_with_unit(&text, t, &bare, short_unit ? v->unit : (Str){"", 0});
    v->text = keep_text(b, &text);
    v->spoken = keep_text(b, &spoken);
}

bool data_has_word(const Builder *b, Str text, Word word)
{
    const StrList *words = &b->q->terms->read[word];
    for (size_t i = 0; i < words->n; i++)
        if (has(text, words->at[i]))
            return true;
    return false;
}

/* ---- a scale of all ------------------------------------------------------------------------- */

static bool has_as_word(Str text, Str word)
{
    return terms_mentions(&(StrList){&word, 1}, text);
}

/* "mio. kr.", "£m", as an author writes them */
static Str unit_with_scale(const Builder *b, const Value *v)
{
    StrBuf text = {0};
    quantity_print_unit(&text, b->q->terms, v->quantity, v->unit);
    strbuf_plain_spaces(&text);
    return keep_text(b, &text);
}

static void fold(const Builder *b, Value *v)
{
    const Terms *t = b->q->terms;
    Str unit = unit_with_scale(b, v);
    Quantity *q = arena_copy(b->arena, v->quantity, 1, sizeof *q);
    Decimal low, high;
    if (!str_equal(q->scale, b->scale))
        return;
    q->scale = q->unit = (Str){"", 0};
    if (!quantity_bounds(t, q, &low, &high))
        return;
    v->scale = v->quantity->scale;
    v->counted = v->unit;
    v->quantity = q;
    v->unit = unit;
    v->low = decimal_value(low);
    v->high = decimal_value(high);
    data_name(b, v);
}

static int power_of(const Terms *t, Str scale)
{
    for (size_t i = 0; i < t->scale.n; i++)
        if (str_equal(t->scale.at[i], scale))
            return t->scale_power[i];
    return 0;
}

/* In another word for as much, too; without a subtitle the chart says the unit itself. */
static bool says_scale(const Builder *b, const Value *v)
{
    const Terms *t = b->q->terms;
    Str subtitle = b->spec->subtitle;
    QuantityParts p = quantity_parts(t, v->quantity, v->unit);
    if (!subtitle.n)
        return p.unit.n > 0 || p.before.n > 0;
    if (p.close.n)
        return p.before.n && has_as_word(subtitle, unit_with_scale(b, v));
    for (size_t i = 0; i < t->scale.n; i++)
        if (power_of(t, p.scale) == t->scale_power[i] && !terms_has(&t->attached, t->scale.at[i]) &&
            has_as_word(subtitle, t->scale.at[i]))
            return true;
    return false;
}

static bool has_scale(const Builder *b, Str id, Str scale)
{
    const KeyFigure *f = id.n ? report_figure(b->report, id) : NULL;
    return !f || str_equal(f->value.scale, scale);
}

/* The scale that all values have; empty where they have none or several. */
static Str scale_of_all(const Builder *b)
{
    Str scale = data_first(b)->quantity->scale;
    bool same = has_scale(b, b->spec->target, scale) && has_scale(b, b->spec->total, scale);
    if (b->has_total && !b->total.missing)
        same &= str_equal(b->total.quantity->scale, scale);
    for (size_t i = 0; i < b->rows; i++)
        for (size_t k = 0; k < b->series_n; k++)
            same &= b->row[i].value[k].missing ||
                    str_equal(b->row[i].value[k].quantity->scale, scale);
    return same ? scale : (Str){"", 0};
}

/* "402 mio." of kr. is then 402 of "mio. kr.", also on the axis. */
static void fold_scale(Builder *b)
{
    Str scale = scale_of_all(b);
    if (!scale.n || !says_scale(b, data_first(b)))
        return;
    b->scale = scale;
    for (size_t i = 0; i < b->rows; i++)
        for (size_t k = 0; k < b->series_n; k++)
            if (!b->row[i].value[k].missing)
                fold(b, &b->row[i].value[k]);
    if (b->has_total && !b->total.missing)
        fold(b, &b->total);
}

/* ---- reading a value ------------------------------------------------------------------------ */

/* False when it has no length, with the reason reported. */
static bool value_read(Builder *b, const Quantity *q, Str unit, Str caveat, Value *out)
{
    Decimal low, high;
    *out = (Value){.quantity = q,
                   .unit = unit.n ? unit : q->unit,
                   .kind = terms_precision(b->q->terms, q->precision),
                   .estimate = data_has_word(b, caveat, WORD_own_estimate)};
    if (q->kind == QUANTITY_ORDINAL)
        return refuse(b, "this chart would mislead: a rank has no length");
    if (!quantity_bounds(b->q->terms, q, &low, &high))
        return refuse(b, "this chart would mislead: a value in words has no length");
    out->low = decimal_value(low);
    out->high = decimal_value(high);
    data_name(b, out);
    if (b->scale.n) /* a target or total, which has it, too */
        fold(b, out);
    return true;
}

bool data_figure(Builder *b, Str id, Value *out)
{
    const KeyFigure *f = report_figure(b->report, id);
    if (!f)
        return false;
    if (!data_has_word(b, f->caveat, WORD_unconfirmed))
        return value_read(b, &f->value, f->unit, f->caveat, out);
    diag_error(b->q->diags, b->q->pos,
               "this chart would mislead: the caveat of '%.*s' says that it isn't confirmed",
               (int)id.n, id.p);
    return false;
}

/* ---- from figures --------------------------------------------------------------------------- */

static Str with_word(const Builder *b, Str text, Str word)
{
    StrBuf both = {0};
    strbuf_add_str(&both, text);
    strbuf_add_text(&both, ", ");
    strbuf_add_str(&both, word);
    return keep_text(b, &both);
}

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
    return with_word(b, f->name, f->place);
}

static bool read_figures(Builder *b)
{
    b->rows = b->spec->n;
    b->series_n = 1;
    b->row = arena_zalloc(b->arena, b->rows * sizeof *b->row);
    for (size_t i = 0; i < b->rows; i++) {
        b->row[i].label = label_of(b, i);
        if (!data_figure(b, b->spec->figure[i], &b->row[i].value[0]))
            return false;
    }
    return true;
}

/* ---- from a table --------------------------------------------------------------------------- */

static Str text_of(const Builder *b, const Inline *in)
{
    StrBuf text = {0};
    inlines_text(&text, b->q->terms, in);
    Str s = arena_str(b->arena, str_trim(strbuf_str(&text)));
    strbuf_drop(&text);
    return s;
}

static Str cell_text(const Builder *b, const Table *t, size_t row, size_t column)
{
    return text_of(b, t->cell[row * t->columns + column].inlines);
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

static bool is_called_total(const Builder *b, Str label)
{
    const Terms *t = b->q->terms;
    while (label.n && label.p[label.n - 1] == ':')
        label.n--;
    return terms_has(&t->proof[PROOF_total], label) || terms_has(&t->proof[PROOF_subtotal], label);
}

/* What sums the lines before it is neither a part beside them nor a time behind them. */
static bool is_total(const Builder *b, Str label)
{
    double at;
    Str first = b->row[0].label;
    bool in_time = b->spec->type == CHART_COLUMNS && label_time(b->q->terms, first, &at);
    bool sums = b->spec->type == CHART_SHARES || b->spec->type == CHART_LINES ||
                b->spec->type == CHART_PANELS || in_time;
    return sums && is_called_total(b, label);
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
    b->caption = text_of(b, t->caption);
    n = choose_columns(b, t, &column);
    if (!n)
        return false;
    return b->spec->row.n ? read_row(b, t, column, n) : read_columns(b, t, column, n);
}

/* Beside its parts the sum of all would be compared with them; what all are on average may be. */
static void drop_sum(Builder *b)
{
    bool compares = b->spec->type == CHART_DOTS || b->spec->type == CHART_SLOPE;
    size_t last = b->rows - 1;
    if (!compares || b->rows < 3 || !is_called_total(b, b->row[last].label))
        return;
    Value total = b->row[last].value[0];
    b->rows--;
    if (total.missing || !honest_sum(b, &total))
        b->rows++;
}

/* ---- what is seen of them all ---------------------------------------------------------------- */

const Value *data_first(const Builder *b)
{
    for (size_t i = 0; i < b->rows; i++)
        for (size_t k = 0; k < b->series_n; k++)
            if (!b->row[i].value[k].missing)
                return &b->row[i].value[k];
    return NULL;
}

/* "kr.", "kr./time", "kr. pr. time", "kr., 2025-priser" */
static bool opens_with_unit(const Terms *t, Str text)
{
    size_t n = 0;
    while (n < text.n && text.p[n] != ' ' && text.p[n] != '/' && text.p[n] != ',')
        n++;
    return terms_has(&t->unit, text) || terms_has(&t->unit, str_cut(text, 0, n));
}

/* With what multiplies it: "mio. kr.", "1.000 kr." */
static bool is_unit(const Terms *t, Str text)
{
    Arena arena = {0};
    Quantity one = {.kind = QUANTITY_NUMBER}, number = quantity_read(&arena, t, text);
    quantity_take_scale(&arena, t, &one, &text);
    bool known = opens_with_unit(t, text) ||
                 (number.kind == QUANTITY_NUMBER && opens_with_unit(t, number.unit));
    arena_drop(&arena);
    return known;
}

static Str between(Str head, char open, char close)
{
    size_t from = str_find(head, open), to = str_find(head, close);
    return from < to && to < head.n ? str_trim(str_cut(head, from + 1, to)) : (Str){"", 0};
}

/* Behind the last comma or word that a unit follows. */
static Str behind_last(const Builder *b, Str head)
{
    const StrList *words = &b->q->terms->read[WORD_counted_in];
    size_t from = head.n;
    for (size_t i = 1; i < head.n; i++) {
        Str rest = str_cut(head, i, head.n);
        if (head.p[i] == ',')
            from = i + 1;
        for (size_t k = 0; k < words->n && head.p[i - 1] == ' '; k++)
            if (str_starts(rest, words->at[k]) && rest.n > words->at[k].n &&
                rest.p[words->at[k].n] == ' ')
                from = i + words->at[k].n;
    }
    return str_trim(str_cut(head, from, head.n));
}

/* What stands apart from the words of a head, or the whole of it. */
static Str unit_in(const Builder *b, Str head, bool whole)
{
    const Str said[] = {between(head, '(', ')'), between(head, '[', ']'), behind_last(b, head),
                        whole ? str_trim(head) : (Str){"", 0}};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (said[i].n && is_unit(b->q->terms, said[i]))
            return said[i];
    return (Str){"", 0};
}

Str data_unit_of_head(const Builder *b, Str head)
{
    return unit_in(b, head, true);
}

/* Where only the table's heads or its caption say it. Heads of several series stand in the chart; "År" above years is no
 * unit of the values. */
static Str unit_of_table(const Builder *b)
{
    const Str heads[] = {b->series_n == 1 ? b->series[0] : (Str){"", 0}, b->spec->row};
    const Str others[] = {b->corner, b->caption};
    Str unit = {"", 0};
    for (size_t i = 0; i < sizeof heads / sizeof *heads && !unit.n; i++)
        unit = data_unit_of_head(b, heads[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others && !unit.n; i++)
        unit = unit_in(b, others[i], false);
    return unit;
}

Str data_unit_unsaid(const Builder *b)
{
    Str unit = data_first(b)->unit;
    if (!unit.n) {
        unit = unit_of_table(b);
        bool headline = utf8_find_fold(b->spec->headline, unit, 0) < b->spec->headline.n;
        return b->spec->subtitle.n || headline ? (Str){"", 0} : unit;
    }
    bool said = utf8_length(unit) > SHORT_UNIT && has(b->spec->headline, unit);
    return b->spec->subtitle.n || said || is_short_unit(b, unit) ? (Str){"", 0} : unit;
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
                  quantity_same_unit(b->q->terms, data_first(b)->unit, STR("%"));
    if (!b->of_whole)
        return;
    Quantity *whole = arena_copy(b->arena, data_first(b)->quantity, 1, sizeof *whole);
    whole->kind = QUANTITY_NUMBER;
    whole->low = whole->high = (Decimal){.digits = 100};
    whole->plus = false;
    whole->precision = (Str){"", 0};
    b->total = *data_first(b);
    b->total.quantity = whole;
    b->total.low = b->total.high = b->most = 100;
    data_name(b, &b->total);
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
            data_name(b, v);
        }
}

static void name_forecast(const Builder *b, Value *v)
{
    Quantity *q = arena_copy(b->arena, v->quantity, 1, sizeof *q);
    q->precision = b->q->terms->print[TERM_forecast_value];
    v->quantity = q;
    v->kind = PRECISION_ABOUT;
    data_name(b, v);
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
    bool told = data_has_word(b, b->spec->headline, WORD_own_estimate) ||
                data_has_word(b, b->spec->subtitle, WORD_own_estimate);
    for (size_t i = 0; i < b->rows; i++)
        for (size_t k = 0; k < b->series_n; k++) {
            Value *v = &b->row[i].value[k];
            bool said = told || data_has_word(b, b->row[i].label, WORD_own_estimate);
            v->named = v->estimate && !said;
            if (!v->named)
                continue;
            v->text = with_word(b, v->text, word);
            v->spoken = with_word(b, v->spoken, word);
        }
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
    const Table *table = report_table(b->report, b->spec->from);
    if (b->spec->from.n ? !table || !read_table(b, table) : !read_figures(b))
        return false;
    if (!data_first(b))
        return refuse(b, "this chart has no values");
    drop_sum(b);
    fold_scale(b);
    if (!honest_values(b))
        return false;
    name_units_alike(b);
    see_forecasts(b);
    see_estimates(b);
    find_range(b);
    see_whole(b);
    return find_emphasis(b) && honest_chart(b);
}
