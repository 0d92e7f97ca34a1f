#include "compose/internal.h"

/* Beside the text that a theme opens with, below its lead and tiles: the visits that are in it, and its key figures and
 * recommendations behind the themes, with their pages; where there is no side column these alone, in a line. In a document
 * about it alone, all parts behind it. */

#define RULE 1.5f
#define BELOW_RULE 6.0f
#define ENTRY_GAP 6.0f /* more than between lines: many names take two */
#define STOP_INDENT 9.0f
#define PAGE_ROOM 24.0f /* at the right of names */

enum { FEWEST = 2 }; /* one place is found without a list */

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

/* ---- what of it stands behind the themes ------------------------------------------------------ */

/* Where its key figures and recommendations begin; ids are empty where it has none, or where they stand in it. */
typedef struct {
    Str figures, proposals;
    unsigned first, last; /* numbers of the recommendations */
} Behind;

/* Of the theme that is being added. */
static Behind behind_theme(const Composer *c)
{
    const Edition *e = c->e;
    Behind behind = {.figures = {"", 0}, .proposals = {"", 0}};
    size_t section = c->own->section;
    for (size_t i = e->figures; i-- > 0 && c->own->has_figures_part;)
        if (e->figure[i].section == section)
            behind.figures = e->figure[i].figure->id;
    for (size_t i = e->recommendations; i-- > 0 && c->own->has_recommendations_part;) {
        const EditionRecommendation *r = &e->recommendation[i];
        if (r->section != section)
            continue;
        behind.proposals = r->recommendation->id;
        behind.first = r->number;
        behind.last = behind.last ? behind.last : r->number;
    }
    return behind;
}

/* "Anbefaling 16–22" */
static Str numbers_of(Composer *c, const Behind *behind)
{
    StrBuf numbers = {0}, text = {0};
    bool several = behind->last > behind->first;
    strbuf_add_int(&numbers, behind->first);
    if (several)
        strbuf_addf(&numbers, "\xE2\x80\x93%u", behind->last);
    terms_fill(&text, c->t->print[several ? TERM_theme_proposals : TERM_theme_proposal],
               &(TermField){"numbers", strbuf_str(&numbers)}, 1);
    Str words = arena_str(&c->arena, strbuf_str(&text));
    strbuf_drop(&numbers);
    strbuf_drop(&text);
    return words;
}

static size_t count_behind(const Behind *behind)
{
    return (size_t)(behind->figures.n > 0) + (size_t)(behind->proposals.n > 0);
}

static void add_behind(Inside *in, const Behind *behind)
{
    Composer *c = in->c;
    if (behind->figures.n)
        add_place(in, behind->figures, c->t->print[TERM_key_figures], title_place(c), 0);
    if (behind->proposals.n)
        add_place(in, behind->proposals, numbers_of(c, behind), title_place(c), 0);
}

/* "Nøgletal: side 43", and what follows it. */
static Inline *place_words(Composer *c, Str id, Str name, Inline *next)
{
    unsigned page = id.n ? references_page(c, id) : 0;
    if (!page)
        return next;
    StrBuf text = {0};
    strbuf_add_str(&text, name);
    strbuf_add_text(&text, ": ");
    strbuf_add_str(&text, page_words(c, page));
    Pos pos = title_place(c);
    Inline *link = link_to(c, id, arena_str(&c->arena, strbuf_str(&text)), pos);
    strbuf_drop(&text);
    link->next = text_inline(&c->arena, pos, next ? STR(". ") : STR("."));
    link->next->next = next;
    return link;
}

/* In a line below the lead and tiles. */
static void add_behind_line(Composer *c, const Behind *behind, const Column *col)
{
    Inline *line = NULL;
    if (behind->proposals.n)
        line = place_words(c, behind->proposals, numbers_of(c, behind), NULL);
    line = place_words(c, behind->figures, c->t->print[TERM_key_figures], line);
    if (!line)
        return;
    const Style *style = style_coloured(c, STYLE_source, COLOUR_ink);
    Node node = document_node(c->d, c->root, ROLE_P);
    Unit u = text_unit(style, spec_inlines(c, style, line, node, col->width), col->x, col->width);
    u.after = (float)style_of(c, STYLE_body)->leading;
    flow_unit(c, u);
}

/* Level with the top of what stands beside it: the first text of a box is below that. */
static void pend(Composer *c, const Block *blocks, size_t visits, const Behind *behind,
                 const Block *beside)
{
    const Style *label = style_of(c, STYLE_side_label);
    Inside in = {.c = c,
                 .side = arena_array(batch_arena(c),
                                     1 + 2 * (visits + count_behind(behind) + c->entries.n), Side),
                 .box = document_node(c->d, c->root, ROLE_DIV),
                 .width = (float)layout_side_width(c->l)};
    Node node = document_node(c->d, in.box, ROLE_P);
    Spec *title = spec_text(c, label, c->t->print[visits ? TERM_in_this_theme : TERM_see_also],
                            node, in.width);
    in.side[in.n++] = (Side){.spec = title,
                             .style = label,
                             .rise = beside->kind == BLOCK_BOX ? (float)c->l->box.padding : 0,
                             .before = RULE + BELOW_RULE,
                             .rule = {RULE, colour_of(c, COLOUR_primary)}};
    add_visits(&in, blocks, 0);
    if (c->e->theme) /* what is behind it belongs to it */
        add_parts(&in);
    else
        add_behind(&in, behind);
    c->pending.side = in.side;
    c->pending.sides = in.n;
}

void opener_add(Composer *c, const Block *blocks, Column col)
{
    size_t visits = count_visits(blocks);
    Behind behind = behind_theme(c);
    bool beside = layout_side_width(c->l) > 0;
    const Block *b = blocks;
    if (b && b->kind == BLOCK_PARAGRAPH)
        b = b->next;
    if (b && b->kind == BLOCK_TILES)
        b = b->next;
    size_t places = visits + (c->e->theme ? 0 : count_behind(&behind));
    if (!c->l->opener_inside || b == blocks || !begins_with_text(b) ||
        (beside && places < FEWEST) || (!beside && c->e->theme)) {
        blocks_add(c, blocks, col);
        return;
    }
    for (const Block *above = blocks; above != b; above = above->next) {
        blocks_add_alone(c, above, col);
        col.lead = false;
    }
    if (beside)
        pend(c, blocks, visits, &behind, b);
    else
        add_behind_line(c, &behind, &col);
    blocks_add(c, b, col);
}
