#include <math.h>

#include "compose/internal.h"

/* A glossary's entries in columns, first to last down each: the term, and on the next lines what it means. */

enum { MOST_COLUMNS = 3 };

#define LEAST_COLUMN 13.0f /* sizes of its type: narrower columns break every other line */
#define LEAST_WIDTH                                                                                \
    34.0f              /* of it, for more than one: words are looked up down the page, not across */
#define LEAST_GAP 1.2f /* sizes of it, between columns */
#define ENTRY_GAP 9.0f
#define FIRST                                                                                      \
    0.6f /* of the page: so high are the first columns at most, since a title stands above them … */
#define ALL 0.85f   /* … unless that is all of them … */
#define LATER 0.98f /* … and those of the pages to come, which have all of it */

typedef struct {
    Spec *term, *meaning; /* meaning may be NULL */
    float height;         /* with the gap below it */
} Explained;

typedef struct {
    Composer *c;
    const Style *term_style, *style;
    Node list;
    Explained *entry;
    size_t n, columns;
    float width, gap; /* of a column, between two */
} Glossary;

bool glossary_is_list(Composer *c, const Block *b)
{
    GlossaryEntry entry;
    bool all = b->kind == BLOCK_LIST && b->children && !b->list.ordered;
    for (const Block *item = b->children; all && item; item = item->next)
        all = glossary_entry(batch_arena(c), c->t, item, &entry);
    return all;
}

static Spec *laid_out(Composer *c, Piece piece, Node node, float width)
{
    Spec *spec = spec_laid_out(c, batch_arena(c), &piece, 1, node, width);
    spec_report(c, spec);
    if (c->request->inspect)
        spec_inspect(c, spec);
    return spec;
}

static Explained make_entry(Glossary *g, const Block *item)
{
    Composer *c = g->c;
    GlossaryEntry entry;
    glossary_entry(batch_arena(c), c->t, item, &entry);
    Node li = document_node(c->d, g->list, ROLE_LI), label = document_node(c->d, li, ROLE_LBL);
    Node body = document_node(c->d, li, ROLE_LBODY);
    Inline *words = arena_new(batch_arena(c), Inline);
    *words = (Inline){.kind = INLINE_TEXT, .pos = entry.pos, .text = entry.term};
    Piece term = {.style = g->term_style, .inlines = words};
    Piece meaning = {.style = g->style, .inlines = entry.meaning};
    Explained e = {.height = ENTRY_GAP};
    c->explaining = true; /* an abbreviation needs no expansion beside it */
    e.term = laid_out(c, term, label, g->width);
    e.height += spec_height(e.term, g->term_style);
    if (entry.meaning) {
        e.meaning = laid_out(c, meaning, body, g->width);
        e.height += spec_height(e.meaning, g->style);
    }
    c->explaining = false;
    return e;
}

/* Where the columns of the entries [from, to) end when none is higher than `most`; false when they aren't
 * enough. */
static bool fill_columns(const Glossary *g, size_t from, size_t to, float most, size_t *end)
{
    size_t column = 0;
    float height = 0;
    for (size_t i = from; i < to; i++) {
        if (height > 0 && height + g->entry[i].height > most + FULL) {
            end[column++] = i;
            height = 0;
        }
        if (column == g->columns || g->entry[i].height > most + FULL)
            return false;
        height += g->entry[i].height;
    }
    while (column < g->columns)
        end[column++] = to;
    return true;
}

/* The lowest columns that hold the entries [from, to): a column is as high as some of them together. */
static float balance(const Glossary *g, size_t from, size_t to, size_t *end)
{
    float best = 0;
    size_t tried[MOST_COLUMNS];
    for (size_t i = from; i < to; i++)
        best += g->entry[i].height;
    for (size_t i = from; i < to; i++) {
        float height = 0;
        for (size_t k = i; k < to && height < best; k++) {
            height += g->entry[k].height;
            if (height < best && fill_columns(g, from, to, height, tried))
                best = height;
        }
    }
    fill_columns(g, from, to, best, end);
    return best;
}

static CellBox make_cell(const Glossary *g, size_t column, size_t from, size_t to)
{
    Arena *arena = batch_arena(g->c);
    CellBox cell = {.x = (float)column * (g->width + g->gap),
                    .width = g->width,
                    .node = g->list,
                    .text = arena_array(arena, 2 * (to - from) + 1, CellText)};
    for (size_t i = from; i < to; i++) {
        const Explained *e = &g->entry[i];
        float before = i == from ? 0 : ENTRY_GAP;
        cell.text[cell.texts++] = (CellText){e->term, g->term_style, before, 0};
        if (e->meaning)
            cell.text[cell.texts++] = (CellText){e->meaning, g->style, 0, 0};
    }
    return cell;
}

/* In one column the last entry of several doesn't begin a page by itself. */
static bool is_last_but_one(const Glossary *g, size_t to)
{
    return g->columns == 1 && to + 1 == g->n && to > 1;
}

static void add_row(const Glossary *g, size_t from, size_t to, float x, float width)
{
    size_t end[MOST_COLUMNS] = {0}, begin = from;
    balance(g, from, to, end);
    CellBox *cells = arena_array(batch_arena(g->c), g->columns, CellBox);
    for (size_t i = 0; i < g->columns; begin = end[i++])
        cells[i] = make_cell(g, i, begin, end[i]);
    flow_unit(g->c, (Unit){.kind = UNIT_ROW,
                           .x = x,
                           .width = width,
                           .before = ENTRY_GAP,
                           .after = to < g->n ? ENTRY_GAP : (float)g->c->l->list.after,
                           .whole = true,
                           .keep_next = is_last_but_one(g, to),
                           .cell = cells,
                           .cells = g->columns});
}

/* The end of the entries from here on that stand together: as many as a page's columns hold; in one column each
 * by itself, and pages end between them. */
static size_t set_end(const Glossary *g, size_t from)
{
    float page = measure_page(g->c), height = page * (from ? LATER : FIRST);
    size_t end[MOST_COLUMNS], to = from + 1;
    if (g->columns == 1)
        return to;
    if (fill_columns(g, from, g->n, page * ALL, end))
        return g->n;
    while (to < g->n && fill_columns(g, from, to + 1, height, end))
        to++;
    return to;
}

static void choose_columns(Glossary *g, float live)
{
    float size = (float)g->style->size, least = LEAST_COLUMN * size;
    g->gap = fmaxf((float)g->c->l->tile.gap + 6, LEAST_GAP * size);
    float fit = floorf((live + g->gap) / (least + g->gap));
    g->columns = live < LEAST_WIDTH * size ? 1 : (size_t)fminf(MOST_COLUMNS, fmaxf(1, fit));
    g->width = (live - g->gap * (float)(g->columns - 1)) / (float)g->columns;
}

void glossary_add(Composer *c, const Block *b, Node parent)
{
    float live = (float)layout_live_width(c->l);
    Glossary g = {.c = c};
    g.term_style = style_of(c, STYLE_table_head);
    g.style = style_of(c, STYLE_table_cell);
    choose_columns(&g, live);
    g.list = document_node(c->d, parent, ROLE_L);
    for (const Block *item = b->children; item; item = item->next)
        g.n++;
    g.entry = arena_array(batch_arena(c), g.n, Explained);
    g.n = 0;
    for (const Block *item = b->children; item; item = item->next)
        g.entry[g.n++] = make_entry(&g, item);
    for (size_t from = 0, to; from < g.n; from = to) {
        to = set_end(&g, from);
        add_row(&g, from, to, 0, live);
    }
}
