#include "edition/edition.h"

/* A field in quotes where it needs them (RFC 4180). A value that a spreadsheet would take for a
 * formula is led in by an apostrophe. */
static void add_field(StrBuf *out, Str s, bool last)
{
    bool quote = str_find(s, ';') < s.n || str_find(s, '"') < s.n || str_find(s, '\n') < s.n;
    bool formula = s.n && (s.p[0] == '=' || s.p[0] == '+' || s.p[0] == '@');
    if (quote)
        strbuf_add_char(out, '"');
    if (formula)
        strbuf_add_char(out, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            strbuf_add_char(out, '"');
        strbuf_add_char(out, s.p[i]);
    }
    if (quote)
        strbuf_add_char(out, '"');
    strbuf_add_text(out, last ? "\r\n" : ";");
}

enum { COLUMNS = 9 };

static void add_row(StrBuf *out, const Str field[COLUMNS])
{
    for (size_t i = 0; i < COLUMNS; i++)
        add_field(out, field[i], i + 1 == COLUMNS);
}

/* Spaces that only typesetting needs are ordinary ones in data. */
static void plain_spaces(StrBuf *b)
{
    size_t to = 0;
    for (size_t i = 0; i < b->n; i++) {
        bool no_break = (unsigned char)b->p[i] == 0xC2 && i + 1 < b->n &&
                        (unsigned char)b->p[i + 1] == 0xA0;
        b->p[to++] = no_break ? ' ' : b->p[i];
        i += no_break;
    }
    b->n = to;
}

void edition_figures_csv(const Edition *e, StrBuf *out)
{
    const Terms *t = e->report->terms;
    const Str head[COLUMNS] = {t->read[WORD_column_id].at[0],     t->read[WORD_column_figure].at[0],
                               t->print[TERM_precision],          t->read[WORD_column_value].at[0],
                               t->read[WORD_column_unit].at[0],   t->read[WORD_column_where].at[0],
                               t->read[WORD_column_period].at[0], t->print[TERM_caveat],
                               t->read[WORD_column_source].at[0]};
    StrBuf value = {0}, unit = {0};
    strbuf_add_text(out, "\xEF\xBB\xBF");
    add_row(out, head);
    for (size_t i = 0; i < e->figures; i++) {
        const KeyFigure *f = e->figure[i].figure;
        strbuf_clear(&value);
        strbuf_clear(&unit);
        quantity_print(&value, t, &f->value);
        quantity_print_unit(&unit, &f->value, f->unit);
        plain_spaces(&value);
        plain_spaces(&unit);
        const Str row[COLUMNS] = {
            f->id,    f->name,   f->value.precision, strbuf_str(&value), strbuf_str(&unit),
            f->place, f->period, f->caveat,          f->source};
        add_row(out, row);
    }
    strbuf_drop(&value);
    strbuf_drop(&unit);
}
