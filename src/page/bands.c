#include <math.h>
#include <string.h>

#include "page/internal.h"

/* Bands of columns on a page, above and below what goes over all of them. */

/* The column ends where it is filled to, or what goes over all of them. */
static void fill_column(Composer *c)
{
    Place *p = &c->place;
    if (p->begins || (p->in_columns && p->empty)) /* nothing has been put there */
        return;
    for (unsigned i = 0; i < PAGE_COLUMNS; i++)
        if (!p->in_columns || i == p->column)
            p->filled[i] = fmaxf(p->filled[i], p->y);
    p->band_end = fmaxf(p->band_end, p->y);
}

/* Lines between the columns of the band. */
static void draw_column_rules(Composer *c)
{
    const Layout *l = c->l;
    const Place *p = &c->place;
    if (l->column_rule <= 0 || p->band_end <= p->band_top)
        return;
    for (int i = 1; i < l->columns; i++)
        document_fill(c->d, ARTIFACT_LAYOUT,
                      place_column_left(c, (unsigned)i) - (float)(l->gutter + l->column_rule) / 2,
                      p->band_top, (float)l->column_rule, p->band_end - p->band_top,
                      colour_of(c, COLOUR_line));
}

/* A table with nothing beside it is set over all columns in the next pass, as are those like it. */
static void look_at_lone_table(Composer *c)
{
    const Place *p = &c->place;
    uint32_t known;
    if (!p->in_columns || p->column || p->band.more || !p->band.table.n ||
        map_get(&c->lone, p->band.table, &known))
        return;
    map_put(&c->lone, p->band.table, 1);
    c->uneven = true;
}

void bands_hold(Composer *c, const Unit *u)
{
    Place *p = &c->place;
    bool row = u->kind == UNIT_ROW && u->table, note = p->band.row && p->bound;
    if (row && !p->band.table.n)
        p->band.table = u->table->form;
    p->band.more |= !row && !note && !u->keep_next;
    p->band.row = row;
}

void bands_open(Composer *c)
{
    Place *p = &c->place;
    memset(&p->band, 0, sizeof p->band);
    p->column = 0;
    p->band_top = p->band_end = p->y;
    p->begins = true;
}

void bands_begin(Composer *c, const Unit *u)
{
    Place *p = &c->place;
    if (p->in_columns)
        return;
    if (p->open)
        fill_column(c);
    p->in_columns = true;
    if (!p->open)
        return;
    if (!p->empty)
        p->y = fmaxf(p->y + fmaxf(p->after, u->before), p->side_y);
    p->after = 0;
    bands_open(c);
}

void bands_end(Composer *c)
{
    Place *p = &c->place;
    if (!p->in_columns)
        return;
    if (p->open) {
        look_at_lone_table(c);
        fill_column(c);
        draw_column_rules(c);
        p->y = p->band_end;
        p->empty = p->y <= place_top(c);
    }
    p->in_columns = false;
    p->begins = true;
    p->column = 0;
}

/* Nothing that comes later on this page goes below a column that has been filled; below columns that end at
 * the same height there may be more. */
void bands_next_column(Composer *c)
{
    Place *p = &c->place;
    fill_column(c);
    if (c->plan.next < c->plan.balanced) {
        notes_settle(c);
        notes_carry(c, p->column);
    }
    p->column++;
    p->y = p->side_y = p->band_top;
    p->after = 0;
    p->empty = true;
    p->after_open = p->begins = false;
}

/* Footnotes stand at the foot of their columns. */
static void draw_all_notes(Composer *c)
{
    Place *p = &c->place;
    for (p->column = 0; p->column < (unsigned)c->l->columns; p->column++) {
        p->y = p->filled[p->column];
        p->empty = p->y <= place_top(c);
        notes_settle(c);
        notes_carry(c, p->column);
    }
    notes_draw(c);
    p->column = 0;
}

void bands_end_page(Composer *c)
{
    look_at_lone_table(c);
    fill_column(c);
    if (c->place.in_columns)
        draw_column_rules(c);
    draw_all_notes(c);
}
