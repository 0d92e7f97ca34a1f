#include <math.h>

#include "compose/blocks.h"
#include "text/bidi.h"

static void open_box(Composer *c, const Column *col, uint32_t fill, ColourRole bar)
{
    const BoxStyle *style = &c->l->box;
    flow_unit(c,
              (Unit){.kind = UNIT_OPEN,
                     .x = col->x,
                     .width = col->width,
                     .whole = true,
                     .before = (float)style->before,
                     .top = (float)style->padding,
                     .fill = fill,
                     .bar = {(float)style->bar, colour_of(c, style->ink_bars ? COLOUR_ink : bar)}});
}

/* Two caveats, or a caveat and what the secretariat is asked of it. */
static bool is_doubt(const Block *b)
{
    return b && b->kind == BLOCK_BOX && (b->box == BOX_CAVEAT || b->box == BOX_SECRETARIAT);
}

static bool is_joined(const Block *b)
{
    return is_doubt(b) && is_doubt(b->next);
}

/* The newest units end a box and begin one, right below each other with a rule between, as rows have. */
static void join_below(Composer *c)
{
    Unit *close = &array_last(&c->units);
    close->after = 0;
    close->bottom = (float)c->l->box.joint;
}

static void join_above(Composer *c)
{
    Unit *open = &array_last(&c->units);
    open->before = 0;
    open->top = (float)c->l->box.joint;
    open->rule = (Rule){(float)c->l->table.rule_row, open->bar.colour};
}

static void close_box(Composer *c, const Column *col)
{
    const BoxStyle *style = &c->l->box;
    flow_unit(c, (Unit){.kind = UNIT_CLOSE,
                        .x = col->x,
                        .width = col->width,
                        .bottom = (float)style->padding,
                        .after = (float)style->after});
}

/* What has no fill stands nearer to its bar's ends and as far to the right as the text around it. */
static void bare_box(Composer *c, Unit *open, Column *in)
{
    open->top = (float)c->l->list.item_gap;
    in->width += (float)c->l->box.padding_side;
}

static Column inside(Composer *c, const Column *col, Node parent, const Style *style)
{
    float side = (float)(c->l->box.bar + c->l->box.padding_side);
    float end = (float)c->l->box.padding_side;
    return (Column){.x = col->x + side,
                    .width = col->width - side - end,
                    .parent = parent,
                    .style = c->l->box.ragged ? style_ragged(c, style) : style};
}

static bool text_reads_from_right(Composer *c, const Inline *inlines)
{
    StrBuf text = {0};
    inlines_text(&text, c->t, inlines);
    bool right = bidi_needed(strbuf_str(&text));
    if (right) {
        uint8_t *levels = arena_array(batch_arena(c), text.n, uint8_t);
        right = bidi_levels(strbuf_str(&text), &(BidiComposed){.parts = 0}, levels) & 1;
    }
    strbuf_drop(&text);
    return right;
}

/* Whether all paragraphs of a quotation do. */
static bool reads_from_right(Composer *c, const Block *quote)
{
    bool any = false;
    for (const Block *b = quote->children; b; b = b->next) {
        if (b->kind != BLOCK_PARAGRAPH || !text_reads_from_right(c, b->inlines))
            return false;
        any = true;
    }
    return any;
}

/* The bar stands where the lines begin. At the right it is all of its box, which has no fill to be seen. */
void quote_add(Composer *c, const Block *b, Column *column)
{
    Column wide = column_spread(c, column, SPAN_box), *col = &wide, bar = wide;
    Node node = document_node(c->d, col->parent, ROLE_BLOCK_QUOTE);
    Column in = inside(c, col, node, col->style);
    if (reads_from_right(c, b)) {
        bar.width = (float)c->l->box.bar;
        bar.x = col->x + col->width - bar.width;
        in.x -= bar.width;
    }
    open_box(c, &bar, colour_of(c, COLOUR_paper), COLOUR_line);
    c->quoting++;
    blocks_add(c, b->children, in);
    c->quoting--;
    close_box(c, &bar);
}

typedef struct {
    Term label;
    ColourRole bar, fill, title;
    bool bare; /* as the text around it, with a bar; who says so stands at the right */
} BoxLook;

static const BoxLook box_looks[] = {
    [BOX_NOTE] = {TERM_note, COLOUR_primary, COLOUR_tint, COLOUR_primary, false},
    [BOX_CAVEAT] = {TERM_caveat, COLOUR_caution, COLOUR_caution_tint, COLOUR_caution, false},
    [BOX_SECRETARIAT] = {TERM_to_secretariat, COLOUR_caution, COLOUR_caution_tint, COLOUR_caution,
                         false},
    [BOX_MEANING] = {TERM_meaning, COLOUR_secondary, COLOUR_paper, COLOUR_ink, true},
    [BOX_CLOSED] = {TERM_closed, COLOUR_caution, COLOUR_caution_tint, COLOUR_caution, false}};

static CellBox title_cell(Composer *c, float x, float width, const Style *style, Spec *spec)
{
    CellText *text = arena_new(batch_arena(c), CellText);
    *text = (CellText){.spec = spec, .style = style};
    return (CellBox){.text = text, .texts = 1, .x = x, .width = width, .node = spec->node};
}

/* That of a box in the text's own type is one of its headings, unless those are lighter than other boxes' titles. */
static const Style *box_title_style(Composer *c, const BoxLook *look)
{
    const Style *heading = style_of(c, STYLE_h3), *title = style_of(c, STYLE_box_title);
    return look->bare && heading->weight >= title->weight
               ? heading
               : style_coloured(c, STYLE_box_title, look->title);
}

/* What the box is, and at the right on the same line who says so. */
static void add_signed_title(Composer *c, const Block *b, const Column *col, const BoxLook *look)
{
    const Style *style = box_title_style(c, look);
    const Style *who = style_of(c, STYLE_source);
    float room = (float)c->l->box.padding_side;
    float width = fminf(spec_width(c, style, c->t->print[look->label]) + 1, col->width / 2);
    Node title = document_node(c->d, col->parent, ROLE_P);
    Node by = document_node(c->d, col->parent, ROLE_P);
    Spec *first = spec_text(c, style, c->t->print[look->label], title, width);
    Spec *second = spec_inlines(c, who, b->inlines, by, col->width - width - room);
    second->align = TEXT_RIGHT;
    CellBox *cells = arena_array(batch_arena(c), 2, CellBox);
    cells[0] = title_cell(c, 0, width, style, first);
    cells[1] = title_cell(c, width + room, col->width - width - room, who, second);
    cells[1].text->before = style_baseline(c, style) - style_baseline(c, who);
    flow_unit(c, (Unit){.kind = UNIT_ROW,
                        .x = col->x,
                        .width = col->width,
                        .after = (float)c->l->box.title_gap,
                        .keep_next = true,
                        .whole = true,
                        .cell = cells,
                        .cells = 2});
}

/* "Forbehold: aldersgruppen" in one line; a note needs no more than its own title. */
static void add_box_title(Composer *c, const Block *b, const Column *col, const BoxLook *look)
{
    if (look->bare && b->inlines) {
        add_signed_title(c, b, col, look);
        return;
    }
    const Style *style = box_title_style(c, look);
    bool label = b->box != BOX_NOTE || !b->inlines;
    Node node = document_node(c->d, col->parent, ROLE_P);
    Piece pieces[3] = {{.style = style, .text = c->t->print[look->label]},
                       {.style = style, .text = STR(": ")},
                       {.style = style, .inlines = b->inlines}};
    const Piece *first = label ? pieces : pieces + 2;
    size_t n = label && b->inlines ? 3 : 1;
    Spec *spec = spec_queue(c, spec_new(c, batch_arena(c), first, n, node, col->width));
    Unit u = text_unit(style, spec, col->x, col->width);
    u.keep_next = true;
    u.after = (float)c->l->box.title_gap;
    flow_unit(c, u);
}

/* Below tiles of a summary it is as wide as they are. */
void box_add(Composer *c, const Block *b, Column *column)
{
    Column wide = column_spread(c, column, SPAN_box), *col = &wide;
    if (column->below_tiles)
        wide.width = span_width(c, column, SPAN_tiles);
    const BoxLook *look = &box_looks[b->box];
    Node node = document_node(c->d, col->parent, ROLE_DIV);
    Column in = inside(c, col, node, look->bare ? col->style : style_of(c, STYLE_box_text));
    open_box(c, col, colour_of(c, look->fill), look->bar);
    if (look->bare)
        bare_box(c, &array_last(&c->units), &in);
    array_last(&c->units).destination = b->id;
    array_last(&c->units).follows = b->box != BOX_NOTE && b->box != BOX_CLOSED;
    array_last(&c->units).caveat = b->box == BOX_CAVEAT;
    array_last(&c->units).of_all = b->box == BOX_MEANING;
    if (column->joined)
        join_above(c);
    add_box_title(c, b, &in, look);
    blocks_add(c, b->children, in);
    close_box(c, col);
    if (look->bare)
        array_last(&c->units).bottom = (float)c->l->list.item_gap;
    column->joined = is_joined(b);
    if (column->joined)
        join_below(c);
}
