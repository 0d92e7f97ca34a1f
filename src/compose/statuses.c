#include "base/utf8.h"
#include "compose/internal.h"

/* The overview of recommendations by status. */

/* Recommendations of one status. */
typedef struct {
    Str status;
    unsigned count;
    const Inline *numbers; /* as links, with commas between them */
} Status;

typedef struct {
    Composer *c;
    Status *status;
    size_t n;
} Statuses;

static const Inline *numbers_of(Composer *c, Str status)
{
    Inline *first = NULL, *last = NULL;
    for (size_t i = 0; i < c->e->recommendations; i++) {
        const EditionRecommendation *r = &c->e->recommendation[i];
        if (!utf8_equal_fold(r->recommendation->status, status))
            continue;
        Pos pos = r->recommendation->pos;
        strbuf_clear(&c->text);
        strbuf_add_int(&c->text, r->number);
        Str number = arena_str(&c->arena, strbuf_str(&c->text));
        Inline *link = link_to(c, r->recommendation->id, number, pos);
        if (last) {
            last->next = text_inline(&c->arena, pos, STR(", "));
            last->next->next = link;
        } else {
            first = link;
        }
        last = link;
    }
    return first;
}

/* In the order in which they are met. */
static Statuses find_statuses(Composer *c)
{
    const Edition *e = c->e;
    Statuses s = {.c = c, .status = arena_array(&c->arena, e->recommendations + 1, Status)};
    for (size_t i = 0; i < e->recommendations; i++) {
        Str status = e->recommendation[i].recommendation->status;
        size_t k = 0;
        while (k < s.n && !utf8_equal_fold(s.status[k].status, status))
            k++;
        if (status.n && k == s.n)
            s.status[s.n++] = (Status){.status = status};
        if (status.n)
            s.status[k].count++;
    }
    for (size_t k = 0; k < s.n; k++)
        s.status[k].numbers = numbers_of(c, s.status[k].status);
    return s;
}

static void status_cell(void *context, size_t row, size_t column, CellContent *content)
{
    static const Term heads[] = {TERM_column_status, TERM_column_count, TERM_column_numbers};
    const Statuses *s = context;
    Composer *c = s->c;
    Piece piece = {.style = style_of(c, row == s->n ? STYLE_table_head : STYLE_table_cell)};
    if (row == s->n) {
        piece.text = c->t->print[heads[column]];
    } else if (column == 0) {
        piece.text = s->status[row].status;
    } else if (column == 1) {
        strbuf_clear(&c->text);
        strbuf_add_int(&c->text, s->status[row].count);
        piece.text = arena_str(&c->arena, strbuf_str(&c->text));
    } else {
        piece.inlines = s->status[row].numbers;
        piece.quiet_links = true;
    }
    cell_add_text(content, piece);
}

void statuses_add(Composer *c)
{
    static const TableColumn columns[] = {{0}, {.align = TEXT_RIGHT}, {.rest = true}};
    Statuses statuses = find_statuses(c);
    if (statuses.n < 2)
        return;
    Inline caption = {.kind = INLINE_TEXT, .text = c->t->print[TERM_status_overview]};
    TableSpec spec = {.rows = statuses.n,
                      .columns = 3,
                      .column = columns,
                      .cell = status_cell,
                      .context = &statuses,
                      .head = true,
                      .row_heads = true,
                      .caption = arena_copy(&c->arena, &caption, 1, sizeof caption),
                      .width = (float)c->l->text_width,
                      .parent = c->root,
                      .group_style = style_of(c, STYLE_table_group)};
    table_add(c, &spec);
}
