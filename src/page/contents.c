#include "page/internal.h"

/* Measures of the three columns (theme label, entry, page). */
#define LABEL_WIDTH (20 * 72 / 25.4f)
#define LABEL_GAP 9.0f
#define PAGE_WIDTH (12 * 72 / 25.4f)
#define DESTINATION STR("del-indhold")

static Node add_item(Composer *c, Node toc)
{
    Node item = document_node(c->d, toc, ROLE_TOCI);
    Node reference = document_node(c->d, item, ROLE_REFERENCE);
    return document_node(c->d, reference, ROLE_LINK);
}

static void describe(Composer *c, Node link, const Entry *e)
{
    StrBuf target = {0}, contents = {0};
    strbuf_add_char(&target, '#');
    strbuf_add_str(&target, e->destination);
    terms_fill(&contents, c->t->print[TERM_link_to], &(TermField){"text", e->title}, 1);
    NodeDetail *detail = document_detail(c->d, link);
    detail->target = document_str(c->d, strbuf_str(&target));
    detail->contents = document_str(c->d, strbuf_str(&contents));
    strbuf_drop(&target);
    strbuf_drop(&contents);
}

static CellBox text_cell(Composer *c, StyleRole role, Str text, Node node, float x, float width)
{
    const Style *style = style_of(c, role);
    CellText *t = arena_array(batch_arena(c), 1, CellText);
    *t = (CellText){.spec = spec_text(c, style, text, node, width), .style = style};
    return (CellBox){.text = t, .texts = text.n ? 1 : 0, .x = x, .width = width, .node = node};
}

/* Room for the label of a theme with a number of two figures. */
static float label_width(Composer *c)
{
    float width = spec_width(c, style_of(c, STYLE_contents_label), theme_label(c, 88)) + LABEL_GAP;
    return width > LABEL_WIDTH ? width : LABEL_WIDTH;
}

/* A line of the contents: label, title and page number are one link. */
static void add_entry(Composer *c, const Entry *e, Node link, bool first, bool last)
{
    bool top = e->level == 1;
    StyleRole role = top ? STYLE_contents_1 : STYLE_contents_2;
    float width = (float)c->l->text_width, page_x = width - PAGE_WIDTH, label_x = label_width(c);
    CellBox *cell = arena_array(batch_arena(c), 3, CellBox);
    Str label = e->theme ? theme_label(c, e->theme) : (Str){"", 0};
    cell[0] = text_cell(c, STYLE_contents_label, label, link, 0, label_x);
    cell[1] = text_cell(c, role, e->title, link, label_x, page_x - label_x);
    cell[2] = (CellBox){.x = page_x,
                        .width = PAGE_WIDTH,
                        .node = link,
                        .wait = WAIT_PAGE,
                        .target = e->destination,
                        .wait_style = top ? style_of(c, role) : style_of(c, STYLE_contents_page)};
    Rule line = {0.4f, colour_of(c, COLOUR_line)};
    float space = (float)style_of(c, role)->before;
    Unit u = {.kind = UNIT_ROW,
              .width = width,
              .top = top ? space : 0,
              .last_row = true,
              .bottom = last ? space : 0,
              .cell = cell,
              .cells = 3,
              .keep_next = top && !last};
    if (top)
        u.rule = line;
    if (last)
        u.rule_below = line;
    u.first_row = first;
    flow_unit(c, u);
}

static void add_part(Composer *c)
{
    Node toc = NODE_NONE, inner = NODE_NONE, item = NODE_NONE;
    if (!c->entries.n)
        return;
    part_title(c, STR(""), NULL, c->t->print[TERM_contents], STYLE_h1, DESTINATION);
    toc = document_node(c->d, c->root, ROLE_TOC);
    for (size_t i = 0; i < c->entries.n; i++) {
        const Entry *e = &c->entries.at[i];
        bool last = i + 1 == c->entries.n;
        if (e->level > 2)
            continue;
        while (!last && c->entries.at[i + 1].level > 2)
            last = ++i + 1 == c->entries.n;
        bool above = !last && c->entries.at[i + 1].level == 1; /* a rule follows: space above it */
        if (e->level == 2 && inner == NODE_NONE)
            inner = document_node(c->d, item == NODE_NONE ? toc : item, ROLE_TOC);
        Node link = add_item(c, e->level == 1 ? toc : inner);
        if (e->level == 1) {
            inner = NODE_NONE;
            item = c->d->nodes.at[c->d->nodes.at[link].parent].parent;
        }
        describe(c, link, e);
        add_entry(c, e, link, i == 0, last);
        if (above)
            array_last(&c->units).bottom = (float)style_of(c, STYLE_contents_1)->before;
    }
}

const PartRule part_contents = {.add = add_part};
