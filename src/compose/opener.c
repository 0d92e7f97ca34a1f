#include "compose/internal.h"

/* Beside the text that a theme opens with, below its lead and tiles: the visits that are in it, and in a document
 * about it alone the parts behind them, with their pages. */

#define RULE 1.5f
#define BELOW_RULE 6.0f
#define ENTRY_GAP 6.0f /* more than between lines: many names take two */
#define STOP_INDENT 9.0f
#define PAGE_ROOM 24.0f /* at the right of names */

enum { FEWEST = 2 }; /* one visit is found without a list */

typedef struct {
    Composer *c;
    Side *side;
    size_t n;
    Node box;
    float width;
} Inside;

static size_t count_visits(const Block *list)
{
    size_t n = 0;
    for (const Block *b = list; b; b = b->next)
        n += b->kind == BLOCK_VISIT ? 1 + count_visits(b->children) : 0;
    return n;
}

/* Whether text stands below these blocks' first, or below the heading that it is: what is wider would have to
 * stand below the list. */
static bool begins_with_text(const Block *b)
{
    if (b && b->kind == BLOCK_HEADING)
        b = b->next;
    return b && (b->kind == BLOCK_PARAGRAPH || b->kind == BLOCK_LIST || b->kind == BLOCK_QUOTE ||
                 b->kind == BLOCK_BOX);
}

/* The name, and on its last line at the right its page, which is known after the first pass. */
static void add_place(Inside *in, Str id, Str title, Pos pos, float indent)
{
    Composer *c = in->c;
    const Style *name = style_of(c, STYLE_side_value), *number = style_of(c, STYLE_table_number);
    Node node = document_node(c->d, in->box, ROLE_P);
    Piece words = {.style = name, .quiet_links = true};
    words.inlines = link_to(c, id, title, pos);
    c->explaining = true; /* abbreviations are expanded where the visit stands */
    Spec *spec = spec_drawn(c, &words, 1, node, in->width - PAGE_ROOM - indent);
    c->explaining = false;
    in->side[in->n++] = (Side){.spec = spec, .style = name, .x = indent, .before = ENTRY_GAP};
    unsigned page = references_page(c, id);
    if (!page)
        return;
    strbuf_clear(&c->text);
    strbuf_addf(&c->text, "%u", page);
    node = document_node(c->d, in->box, ROLE_P);
    Spec *at = spec_text(c, number, kept_text(c), node, in->width);
    at->align = TEXT_RIGHT;
    in->side[in->n++] = (Side){.spec = at, .style = number, .before = -(float)number->leading};
}

/* Stops of a visit are indented below it, but where parts are to have room. */
static void add_visits(Inside *in, const Block *list, float indent)
{
    for (const Block *b = list; b; b = b->next) {
        if (b->kind != BLOCK_VISIT)
            continue;
        add_place(in, b->id, plain_text(in->c, b->inlines), b->pos, indent);
        if (!in->c->e->theme)
            add_visits(in, b->children, STOP_INDENT);
    }
}

static void add_parts(Inside *in)
{
    Composer *c = in->c;
    for (size_t i = 0; i < c->entries.n; i++) {
        const Entry *e = &c->entries.at[i];
        if (e->level == 1 && !e->theme && entry_is_shown(c, e))
            add_place(in, e->destination, e->title, title_place(c), 0);
    }
}

/* Level with the top of what stands beside it: the first text of a box is below that. */
static void pend(Composer *c, const Block *blocks, size_t visits, const Block *beside)
{
    const Style *label = style_of(c, STYLE_side_label);
    Inside in = {.c = c,
                 .side = arena_array(batch_arena(c), 1 + 2 * (visits + c->entries.n), Side),
                 .box = document_node(c->d, c->root, ROLE_DIV),
                 .width = (float)layout_side_width(c->l)};
    Node node = document_node(c->d, in.box, ROLE_P);
    Spec *title = spec_text(c, label, c->t->print[TERM_in_this_theme], node, in.width);
    in.side[in.n++] = (Side){.spec = title,
                             .style = label,
                             .rise = beside->kind == BLOCK_BOX ? (float)c->l->box.padding : 0,
                             .before = RULE + BELOW_RULE,
                             .rule = {RULE, colour_of(c, COLOUR_primary)}};
    add_visits(&in, blocks, 0);
    if (c->e->theme) /* what is behind it belongs to it */
        add_parts(&in);
    c->pending.side = in.side;
    c->pending.sides = in.n;
}

void opener_add(Composer *c, const Block *blocks, Column col)
{
    size_t visits = count_visits(blocks);
    const Block *b = blocks;
    if (b && b->kind == BLOCK_PARAGRAPH)
        b = b->next;
    if (b && b->kind == BLOCK_TILES)
        b = b->next;
    if (!c->l->opener_inside || layout_side_width(c->l) <= 0 || visits < FEWEST || b == blocks ||
        !begins_with_text(b)) {
        blocks_add(c, blocks, col);
        return;
    }
    for (const Block *above = blocks; above != b; above = above->next) {
        blocks_add_alone(c, above, col);
        col.lead = false;
    }
    pend(c, blocks, visits, b);
    blocks_add(c, b, col);
}
