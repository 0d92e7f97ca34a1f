#include "edition/edition.h"

#include "base/utf8.h"

/* What a spreadsheet would take for a formula, and what looks as if it were led in against that. */
static bool needs_apostrophe(Str s)
{
    size_t n = 0;
    while (n < s.n && s.p[n] == '\'')
        n++;
    return n < s.n && (s.p[n] == '=' || s.p[n] == '+' || s.p[n] == '-' || s.p[n] == '@');
}

/* A field in quotes where it needs them (RFC 4180). What would be a formula is led in by an apostrophe,
 * which the reader of spreadsheets takes off again. */
static void add_field(StrBuf *out, Str s, bool last)
{
    bool quote = str_find(s, ';') < s.n || str_find(s, '"') < s.n || str_find(s, '\n') < s.n;
    if (quote)
        strbuf_add_char(out, '"');
    if (needs_apostrophe(s))
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

enum { COLUMNS = 11 };

static void add_row(StrBuf *out, const Str field[COLUMNS])
{
    for (size_t i = 0; i < COLUMNS; i++)
        add_field(out, field[i], i + 1 == COLUMNS);
}

/* The words by which a spreadsheet beside a report is read: what is attached can be read back. */
static void add_head(StrBuf *out, const Terms *t)
{
    static const Word words[COLUMNS] = {
        WORD_column_id,     WORD_column_figure, WORD_column_precision, WORD_column_value,
        WORD_column_unit,   WORD_column_where,  WORD_column_period,    WORD_column_caveat,
        WORD_column_source, WORD_column_tile,   WORD_column_theme};
    Str head[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        head[i] = terms_word(t, words[i]);
    add_row(out, head);
}

static void add_figure(StrBuf *out, const Edition *e, const EditionFigure *ef)
{
    const Terms *t = e->report->terms;
    const KeyFigure *f = ef->figure;
    StrBuf value = {0}, unit = {0}, theme = {0};
    quantity_print_column(&value, t, &f->value, f->unit);
    quantity_print_unit(&unit, t, &f->value, f->unit);
    inlines_text(&theme, t, e->section[ef->section].section->title);
    strbuf_plain_spaces(&value); /* only typesetting needs the others */
    strbuf_plain_spaces(&unit);
    const Str row[COLUMNS] = {f->id,
                              f->name,
                              f->value.precision,
                              strbuf_str(&value),
                              strbuf_str(&unit),
                              f->place,
                              f->period,
                              f->caveat,
                              f->source,
                              f->what,
                              strbuf_str(&theme)};
    add_row(out, row);
    strbuf_drop(&value);
    strbuf_drop(&unit);
    strbuf_drop(&theme);
}

void edition_figures_csv(const Edition *e, StrBuf *out)
{
    strbuf_add_text(out, "\xEF\xBB\xBF");
    add_head(out, e->report->terms);
    for (size_t i = 0; i < e->figures; i++)
        add_figure(out, e, &e->figure[i]);
}
