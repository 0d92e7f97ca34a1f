#include <string.h>

#include "base/cpr.h"
#include "base/utf8.h"
#include "reader/sheets.h"

/* The columns of a table; a spreadsheet says of each figure where it belongs, too. */
enum { ID, NAME, VALUE, UNIT, PLACE, PERIOD, CAVEAT, SOURCE, PRECISION, TILE, THEME, COLUMNS };

static const Word words[COLUMNS] = {
    [ID] = WORD_column_id,         [NAME] = WORD_column_figure,
    [VALUE] = WORD_column_value,   [UNIT] = WORD_column_unit,
    [PLACE] = WORD_column_where,   [PERIOD] = WORD_column_period,
    [CAVEAT] = WORD_column_caveat, [SOURCE] = WORD_column_source,
    [THEME] = WORD_column_theme,   [PRECISION] = WORD_column_precision,
    [TILE] = WORD_column_tile};

static const Columns table_columns = {words, THEME, VALUE + 1};
static const Columns sheet_columns = {words, COLUMNS, VALUE + 1};

/* The cells of one figure, and where they stand. */
typedef struct {
    Str text[COLUMNS];
    Pos pos[COLUMNS];
    Pos row;
} Row;

/* ---- a row as a figure ---------------------------------------------------------------------- */

static Quantity read_with_precision(Reader *r, Str precision, Str value)
{
    StrBuf b = {0};
    strbuf_addf(&b, "%.*s %.*s", (int)precision.n, precision.p, (int)value.n, value.p);
    Quantity q = quantity_read(r->arena, r->terms, strbuf_str(&b));
    strbuf_drop(&b);
    return q;
}

/* The value with the precision words of their own column before it. */
static Quantity read_value(Reader *r, const Row *row)
{
    Str precision = row->text[PRECISION];
    size_t at, n;
    if (cpr_find(row->text[VALUE], 0, &at,
                 &n)) { /* not read: a message would show it as an interval */
        diag_error(r->diags, row->pos[VALUE],
                   "there is a personal identification number in the value [cpr]");
        return quantity_read(r->arena, r->terms, STR("*"));
    }
    Quantity q = quantity_read(r->arena, r->terms, row->text[VALUE]), with;
    if (!precision.n || utf8_equal_fold(precision, q.precision))
        return q;
    with = read_with_precision(r, precision, row->text[VALUE]);
    if (!str_equal(with.precision, q.precision))
        return with;
    with = read_with_precision(r, precision, STR("7")); /* before words, as "1 ud af 10" */
    if (q.kind == QUANTITY_WORDS && with.kind != QUANTITY_WORDS && with.precision.n) {
        q.precision = with.precision;
        return q;
    }
    Str example = terms_word(r->terms, WORD_column_caveat);
    diag_error(r->diags, row->pos[PRECISION], "'%.*s' is no precision word", (int)precision.n,
               precision.p);
    diag_hint(r->diags, "what else is to be known of a figure stands in the column '%.*s'",
              (int)example.n, example.p);
    return q;
}

static bool make_figure(Reader *r, const Row *row, KeyFigure *f)
{
    const Str *text = row->text;
    *f = (KeyFigure){.id = text[ID],
                     .pos = row->row,
                     .name = text[NAME],
                     .unit = text[UNIT],
                     .place = text[PLACE],
                     .period = text[PERIOD],
                     .caveat = text[CAVEAT],
                     .source = text[SOURCE],
                     .what = text[TILE]};
    if (!f->id.n || !f->name.n || !text[VALUE].n) {
        diag_error(r->diags, f->pos, "a key figure needs an id, a name and a value");
        return false;
    }
    f->value = read_value(r, row);
    quantity_take_scale(r->arena, r->terms, &f->value, &f->unit);
    return true;
}

/* ---- tables --------------------------------------------------------------------------------- */

static Str cell_text(Reader *r, const Table *t, size_t row, size_t column)
{
    if (column == NO_COLUMN)
        return (Str){"", 0};
    return inlines_plain(r, t->cell[row * t->columns + column].inlines);
}

static bool find_columns(Reader *r, const Table *t, size_t column[COLUMNS])
{
    Str *heading = arena_array(r->arena, t->columns, Str);
    Pos *pos = arena_array(r->arena, t->columns, Pos);
    for (size_t i = 0; i < t->columns; i++) {
        heading[i] = cell_text(r, t, 0, i);
        pos[i] = t->row_pos[0];
        if (!heading[i].n)
            diag_error(r->diags, pos[i], "a column of this table has no heading");
    }
    return columns_find(r, &table_columns, heading, pos, t->columns, column);
}

static void read_row(Reader *r, const Table *t, size_t number, const size_t column[COLUMNS],
                     Gathered to)
{
    Row row = {.row = t->row_pos[number]};
    for (size_t i = 0; i < COLUMNS; i++) {
        row.text[i] = i < THEME ? cell_text(r, t, number, column[i]) : (Str){"", 0};
        row.pos[i] = row.row;
    }
    KeyFigure f;
    if (!make_figure(r, &row, &f))
        return;
    f.section = to.section;
    f.closed = to.closed;
    array_push(&r->figures, f);
}

void figures_read(Reader *r, cmark_node *node, Gathered to)
{
    const Table *t = table_read(r, node);
    size_t column[COLUMNS];
    if (!t->rows || !find_columns(r, t, column))
        return;
    for (size_t row = 1; row < t->rows; row++)
        read_row(r, t, row, column, to);
}

/* ---- what spreadsheets make of a value ------------------------------------------------------ */

static bool is_month(const Terms *t, Str word)
{
    static const char english[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (size_t i = 0; i < 12; i++)
        if (word.n >= 3 && (utf8_equal_fold(word, str_cut(t->month[i], 0, word.n)) ||
                            utf8_equal_fold(word, (Str){english + 3 * i, 3})))
            return true;
    return false;
}

static size_t part_length(Str s)
{
    size_t n = 0;
    while (n < s.n && (ascii_digit(s.p[n]) || ascii_letter(s.p[n])))
        n++;
    return n;
}

static bool all_digits(Str s)
{
    return s.n > 0 && str_digits(s, 0) == s.n;
}

/* "14-dec", "dec-14", "14-12-2012": what becomes of 12-14 where a cell may be a date. */
static bool is_date(const Terms *t, Str s)
{
    enum { MOST_PARTS = 3 };
    size_t months = 0, short_parts = 0, years = 0, parts = 0;
    for (size_t i = 0; i < s.n; parts++) {
        Str part = str_cut(s, i, i + part_length(str_cut(s, i, s.n)));
        if (!part.n || parts == MOST_PARTS)
            return false;
        months += is_month(t, part);
        short_parts += all_digits(part) && part.n <= 2;
        years += all_digits(part) && part.n == 4;
        i += part.n;
        while (i < s.n && (s.p[i] == '-' || s.p[i] == '.' || s.p[i] == '/' || s.p[i] == ' '))
            i++;
    }
    if (months + short_parts + years != parts || years > 1)
        return false;
    return months == 1 ? parts > 1 : parts == MOST_PARTS && short_parts >= 2;
}

/* "1,23E+11": the digits that a narrow cell doesn't show are gone. */
static bool is_shortened(Str s)
{
    size_t e = str_find(s, 'E');
    return e > 0 && e + 2 < s.n && ascii_digit(s.p[0]) && ascii_digit(s.p[e - 1]) &&
           (s.p[e + 1] == '+' || s.p[e + 1] == '-') && all_digits(str_cut(s, e + 2, s.n));
}

/* True when there is something to say of it. */
static bool check_value(Reader *r, Str value, Pos pos)
{
    if (is_shortened(value)) {
        diag_error(r->diags, pos, "the spreadsheet has shortened this number to '%.*s'",
                   (int)value.n, value.p);
        diag_hint(r->diags, "give the cell a number format without E, and save it again");
        return true;
    }
    if (is_date(r->terms, value)) {
        diag_warning(r->diags, pos,
                     "'%.*s' looks like a date that the spreadsheet made of a number", (int)value.n,
                     value.p);
        diag_hint(r->diags, "format the cell as text, and write the number or interval again");
        return true;
    }
    return false;
}

/* ---- spreadsheets --------------------------------------------------------------------------- */

static void print_whole(Reader *r, StrBuf *out, const KeyFigure *f)
{
    quantity_print_with_unit(out, r->terms, &f->value, f->unit);
}

/* Whether two figures say the same, as far as both say anything: 8,0 is 8, a unit may be missing, and a
 * scale may stand with the value or with the unit. */
static bool same_value(Reader *r, const KeyFigure *a, const KeyFigure *b)
{
    StrBuf first = {0}, second = {0};
    print_whole(r, &first, a);
    print_whole(r, &second, b);
    bool same = utf8_equal_fold(strbuf_str(&first), strbuf_str(&second));
    Quantity one = quantity_read(r->arena, r->terms, strbuf_str(&first));
    Quantity two = quantity_read(r->arena, r->terms, strbuf_str(&second));
    strbuf_drop(&first);
    strbuf_drop(&second);
    Decimal low[2], high[2];
    bool units = !one.unit.n || !two.unit.n || quantity_same_unit(r->terms, one.unit, two.unit);
    return same ||
           (units && quantity_bounds(r->terms, &one, &low[0], &high[0]) &&
            quantity_bounds(r->terms, &two, &low[1], &high[1]) &&
            decimal_compare(low[0], low[1]) == 0 && decimal_compare(high[0], high[1]) == 0 &&
            utf8_equal_fold(one.precision, two.precision));
}

static void report_two_values(Reader *r, const KeyFigure *a, const KeyFigure *b, Pos pos)
{
    StrBuf first = {0}, second = {0};
    print_whole(r, &first, a);
    print_whole(r, &second, b);
    diag_error(r->diags, pos, "the key figure '%.*s' has two values, '%s' and '%s'", (int)a->id.n,
               a->id.p, first.p, second.p);
    diag_also(r->diags, a->pos, "the other value is here");
    strbuf_drop(&first);
    strbuf_drop(&second);
}

/* Gives a figure what it lacks and another place knows of it. */
static void fill(Reader *r, KeyFigure *to, KeyFigure *from, const Row *row)
{
    const struct {
        Str *to, *from;
        int column;
    } fields[] = {{&to->name, &from->name, NAME},       {&to->unit, &from->unit, UNIT},
                  {&to->place, &from->place, PLACE},    {&to->period, &from->period, PERIOD},
                  {&to->caveat, &from->caveat, CAVEAT}, {&to->source, &from->source, SOURCE},
                  {&to->what, &from->what, TILE}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        int column = fields[i].column;
        if (!fields[i].to->n)
            *fields[i].to = *fields[i].from;
        if (!fields[i].from->n || column == UNIT || utf8_equal_fold(*fields[i].to, *fields[i].from))
            continue;
        Str heading = terms_word(r->terms, words[column]);
        diag_warning(r->diags, row->pos[column], "'%.*s' of the key figure '%.*s' says two things",
                     (int)heading.n, heading.p, (int)to->id.n, to->id.p);
        diag_also(r->diags, to->pos, "what stands here is used");
    }
}

/* A figure may stand in several places, if it says one thing. Returns its number. */
static size_t add_figure(Reader *r, Sheets *sheets, KeyFigure *f, const Row *row)
{
    uint32_t at;
    if (!map_get(&sheets->figure_of, f->id, &at)) {
        map_put(&sheets->figure_of, f->id, (uint32_t)r->figures.n);
        array_push(&r->figures, *f);
        return r->figures.n - 1;
    }
    KeyFigure *known = &r->figures.at[at];
    if (same_value(r, known, f))
        fill(r, known, f, row);
    else
        report_two_values(r, known, f, row->pos[VALUE]);
    return at;
}

static void read_sheet_row(Reader *r, Sheets *sheets, Sheet *s)
{
    Row row = {.row = s->csv.row};
    KeyFigure f;
    for (size_t i = 0; i < COLUMNS; i++) {
        CsvCell cell = sheet_cell(s, i);
        row.text[i] = arena_str(r->arena, cell.text);
        row.pos[i] = cell.pos;
    }
    if (!make_figure(&s->r, &row, &f))
        return;
    if (check_value(&s->r, row.text[VALUE], row.pos[VALUE]))
        f.value.doubtful = DOUBT_NONE;
    size_t before = r->figures.n, at = add_figure(r, sheets, &f, &row);
    array_push(&sheets->figures, ((Claim){.at = at,
                                          .theme = row.text[THEME],
                                          .pos = row.pos[THEME],
                                          .own = r->figures.n > before}));
}

void figures_read_sheet(Reader *r, Sheets *sheets, const char *path)
{
    Sheet s;
    for (size_t i = 0; i < r->figures.n; i++)
        if (!map_get(&sheets->figure_of, r->figures.at[i].id, &(uint32_t){0}))
            map_put(&sheets->figure_of, r->figures.at[i].id, (uint32_t)i);
    if (sheet_open(&s, r, path, &sheet_columns))
        while (sheet_row(&s))
            read_sheet_row(r, sheets, &s);
    sheet_close(&s);
}
