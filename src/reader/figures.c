#include <string.h>

#include "reader/internal.h"

/* Which column of the table holds what. */
enum { ID, NAME, VALUE, UNIT, PLACE, PERIOD, CAVEAT, SOURCE, COLUMNS };

static const Word words[COLUMNS] = {
    [ID] = WORD_column_id,         [NAME] = WORD_column_figure,  [VALUE] = WORD_column_value,
    [UNIT] = WORD_column_unit,     [PLACE] = WORD_column_where,  [PERIOD] = WORD_column_period,
    [CAVEAT] = WORD_column_caveat, [SOURCE] = WORD_column_source};

enum { NOWHERE = -1 };

static Str cell_text(Reader *r, const Table *t, size_t row, int column)
{
    if (column == NOWHERE)
        return (Str){"", 0};
    return inlines_plain(r, t->cell[row * t->columns + (size_t)column].inlines);
}

static void hint_columns(Reader *r)
{
    StrBuf b = {0};
    for (int i = 0; i < COLUMNS; i++) {
        strbuf_add_text(&b, i ? ", " : "");
        strbuf_add_str(&b, r->terms->read[words[i]].at[0]);
    }
    diag_hint(r->diags, "the columns are %s", b.p);
    strbuf_drop(&b);
}

static bool find_columns(Reader *r, const Table *t, int column[COLUMNS])
{
    for (int i = 0; i < COLUMNS; i++)
        column[i] = NOWHERE;
    for (size_t j = 0; j < t->columns; j++) {
        Str head = cell_text(r, t, 0, (int)j);
        int found = 0;
        while (found < COLUMNS && !terms_match(r->terms, words[found], head))
            found++;
        if (found == COLUMNS || column[found] != NOWHERE) {
            diag_error(r->diags, t->row_pos[0],
                       found == COLUMNS ? N_("unknown column '%s' in a table of key figures")
                                        : N_("the column '%s' comes twice"),
                       head.p);
            hint_columns(r);
        } else {
            column[found] = (int)j;
        }
    }
    bool complete = true;
    for (int i = ID; i <= VALUE; i++) {
        if (column[i] != NOWHERE)
            continue;
        diag_error(r->diags, t->row_pos[0], "the column '%s' is missing",
                   r->terms->read[words[i]].at[0].p);
        complete = false;
    }
    return complete;
}

static void read_row(Reader *r, const Table *t, size_t row, const int column[COLUMNS],
                     size_t section)
{
    Str text[COLUMNS];
    for (int i = 0; i < COLUMNS; i++)
        text[i] = cell_text(r, t, row, column[i]);
    KeyFigure f = {.id = text[ID],
                   .pos = t->row_pos[row],
                   .section = section,
                   .name = text[NAME],
                   .unit = text[UNIT],
                   .place = text[PLACE],
                   .period = text[PERIOD],
                   .caveat = text[CAVEAT],
                   .source = text[SOURCE]};
    if (!f.id.n || !f.name.n || !text[VALUE].n) {
        diag_error(r->diags, f.pos, "a key figure needs an id, a name and a value");
        return;
    }
    f.value = quantity_read(r->arena, r->terms, text[VALUE]);
    array_push(&r->figures, f);
}

void figures_read(Reader *r, cmark_node *node, size_t section)
{
    const Table *t = table_read(r, node);
    int column[COLUMNS];
    if (!t->rows || !find_columns(r, t, column))
        return;
    for (size_t row = 1; row < t->rows; row++)
        read_row(r, t, row, column, section);
}
