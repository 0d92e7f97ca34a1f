#include <math.h>

#include "page/internal.h"

/* How high things are, before anything is drawn. */

/* The most that a space gives where a page would else be nearly empty (in points), and what of it stays
 * in any case. */
#define MOST_GIVE 6.0f
#define GIVE_SHARE (1.0f / 3)

float measure_cell(const CellBox *cell)
{
    float height = 0;
    for (size_t i = 0; i < cell->texts; i++)
        height += cell->text[i].before + spec_height(cell->text[i].spec, cell->text[i].style);
    if (cell->wait)
        height = (float)cell->wait_style->leading;
    return height;
}

float measure_row(const CellBox *cell, size_t n, float top, float bottom)
{
    float height = 0;
    for (size_t i = 0; i < n; i++)
        height = fmaxf(height, measure_cell(&cell[i]));
    return top + height + bottom;
}

float measure_page(const Composer *c)
{
    double height = c->place.turned ? c->l->paper_width : c->l->paper_height;
    return (float)(height - c->l->bottom - c->l->top) - pullback_shorter(c);
}

bool measure_is_large(const Composer *c, const Unit *u)
{
    return u->kind == UNIT_ROW && !u->whole && measure_unit(u) > measure_page(c) * LARGE_ROW;
}

float measure_sides(const Unit *u)
{
    float height = 0;
    for (size_t i = 0; i < u->sides; i++)
        height += u->side[i].before + spec_height(u->side[i].spec, u->side[i].style);
    return height;
}

/* The mark of a list item stands on a line also where there is no text beside it. */
uint32_t measure_lines(const Unit *u)
{
    uint32_t lines = u->spec->para->lines;
    return lines || !u->mark ? lines : 1;
}

float measure_unit(const Unit *u)
{
    switch (u->kind) {
    case UNIT_TEXT:
        return (float)measure_lines(u) * (float)u->style->leading;
    case UNIT_ROW:
        return measure_row(u->cell, u->cells, u->top, u->bottom);
    case UNIT_OPEN:
        return u->top;
    case UNIT_CLOSE:
        return u->bottom;
    case UNIT_NEW_PAGE:
    case UNIT_PART_BREAK:
    case UNIT_BACK_BREAK:
    case UNIT_TURN:
        return 0;
    default:
        return u->height;
    }
}

float measure_open(const Composer *c, const Unit *u, bool first)
{
    return first && unit_is_joined(u) ? (float)c->l->box.padding : u->top;
}

float measure_gap(const Unit *a, const Unit *b)
{
    if (a->kind == UNIT_OPEN || b->kind == UNIT_CLOSE)
        return 0;
    return fmaxf(a->after, b->before);
}

static bool is_figure(const Unit *u)
{
    return u->kind == UNIT_IMAGE || u->kind == UNIT_DRAWING;
}

static bool is_level(const Composer *c)
{
    return c->l->column_grid && c->place.in_columns;
}

float measure_give(const Composer *c, const Unit *a, const Unit *b)
{
    if (c->closer > 0 || is_level(c))
        return 0;                                         /* all pages of the part give the same */
    bool caption = a->kind == UNIT_IMAGE && a->keep_next; /* that is its space to its picture */
    if (caption)
        return 0;
    bool section = b->heads_visit || (b->kind == UNIT_TEXT && b->style == style_of(c, STYLE_h2));
    bool figure = is_figure(a) || is_figure(b) || a->last_row || b->first_row;
    return section || figure ? fminf(MOST_GIVE, measure_gap(a, b) * GIVE_SHARE) : 0;
}

bool measure_is_wide(const Composer *c, const Unit *u)
{
    return u->x + u->width > (float)c->l->text_width + 1;
}

/* Whether it stands in the column itself: paragraphs and headings, not lists and labels. */
static bool is_running(const Composer *c, const Unit *u)
{
    static const StyleRole roles[] = {STYLE_body, STYLE_h2, STYLE_h3, STYLE_kicker};
    bool running = false;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        running |= u->style == style_of(c, roles[i]);
    return running && u->x <= 0 && !u->mark;
}

/* So much of the space above it is left at least. */
#define LEVEL_SHARE 0.6f

float measure_level(const Composer *c, const Unit *u, float top, float y, float gap)
{
    if (!is_level(c) || u->kind != UNIT_TEXT || !is_running(c, u))
        return y;
    float line = (float)style_of(c, STYLE_body)->leading;
    float above = top + floorf((y - top + FULL) / line) * line;
    return y - above <= fmaxf((1 - LEVEL_SHARE) * gap, FULL) ? above : above + line;
}

float measure_clear(const Composer *c, const Unit *u, float y, float side_y)
{
    return measure_is_wide(c, u) ? fmaxf(y, side_y) : y;
}

bool measure_repeats(const Composer *c, const TableHead *t)
{
    return t->cells &&
           measure_row(t->cell, t->cells, t->padding, t->padding) <= measure_page(c) * LARGE_ROW;
}

float measure_continues(const Composer *c, bool notes)
{
    float line = CONTINUES_GAP + (float)style_of(c, STYLE_table_continues)->leading;
    float sign = (float)style_of(c, STYLE_source)->leading / 2; /* of a note, beside its rule */
    float above_rule = fmaxf(CONTINUES_CLEAR, sign) -
                       (float)c->l->note.before; /* what its own space lacks */
    return notes ? fmaxf(CONTINUES_ROOM, line + above_rule) : CONTINUES_ROOM;
}

float measure_head(const Composer *c, const Unit *row, const Spec *group)
{
    const TableHead *t = row->table;
    float kept = 1 - row->given, padding = t->padding * kept;
    float height = measure_repeats(c, t) ? measure_row(t->cell, t->cells, padding, padding) : 0;
    height += t->title_height;
    if (group)
        height += spec_height(group, t->group_style) +
                  (float)(c->l->table.group_before + c->l->table.row_padding) * kept;
    return height;
}
