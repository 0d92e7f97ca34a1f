#include <math.h>

#include "compose/tables.h"

/* Tables that are too wide for their page, as blocks: for each row its cells one below another, the first as its
 * headline, each other behind what the head says of its column. In the structure it is a table all the same. */

#define LABELS_MOST 0.4f /* of the width */
#define INNER (1.0f / 3) /* of the padding of rows, between the lines of a block */

static Spec *part_spec(TableBuilder *b, const CellPart *part, Node node, float width)
{
    Spec *spec = spec_new(b->c, batch_arena(b->c), part->piece, part->pieces, node, width);
    spec->cell = true;
    return spec;
}

static float natural_width(TableBuilder *b, const CellContent *content)
{
    float width = 0;
    for (size_t i = 0; i < content->parts; i++) {
        Spec *spec = part_spec(b, &content->part[i], NODE_NONE, UNBOUNDED);
        spec_layout(b->c, b->c->request->worker, spec);
        width = fmaxf(width, spec->para->width);
    }
    return width;
}

bool table_has_headlines(const TableBuilder *b)
{
    return b->t->row_heads && b->t->head && b->t->columns > 1;
}

static bool is_headline(const TableBuilder *b, size_t k)
{
    return k == 0 && table_has_headlines(b);
}

void table_begin_stack(TableBuilder *b)
{
    float widest = 0;
    for (size_t k = is_headline(b, 0); k < b->t->columns && b->t->head; k++) {
        CellContent content;
        table_cell(b, b->t->rows, k, &content);
        widest = fmaxf(widest, natural_width(b, &content));
    }
    b->label = fminf(ceilf(widest), b->room * LABELS_MOST);
}

static CellBox cell_box(TableBuilder *b, const CellContent *content, Node node, float x,
                        float width)
{
    CellBox box = {.x = x, .width = width, .node = node, .dotted = content->dotted};
    box.text = arena_array(batch_arena(b->c), content->parts, CellText);
    box.texts = content->parts;
    for (size_t i = 0; i < content->parts; i++) {
        const CellPart *part = &content->part[i];
        Node owner = node;
        if (content->parts > 1 && !node_is_artifact(node))
            owner = document_node(b->c->d, node, ROLE_P);
        Spec *spec = spec_queue(b->c, part_spec(b, part, owner, width));
        box.text[i] = (CellText){
            .spec = spec, .style = cell_part_style(part), .before = i ? part->before : 0};
    }
    return box;
}

/* A line of a block. The first block's labels are the table's head; later ones repeat them. What names the
 * block is its headline, without a label. */
static Unit line_unit(TableBuilder *b, size_t row, size_t k, const CellContent *content, Node node)
{
    CellBox *cells = arena_zalloc(batch_arena(b->c), 2 * sizeof *cells);
    bool labelled = b->t->head && !is_headline(b, k);
    float x = labelled ? b->label + (float)b->c->l->table.column_gap : 0;
    size_t n = 0;
    if (labelled) {
        CellContent label;
        table_cell(b, b->t->rows, k, &label);
        Node owner = row == 0 ? b->head_node[k] : ARTIFACT_LAYOUT;
        cells[n++] = cell_box(b, &label, owner, 0, b->label);
    }
    cells[n++] = cell_box(b, content, node, x, b->room - x);
    return (Unit){.kind = UNIT_ROW,
                  .x = b->t->x,
                  .width = b->room,
                  .cell = cells,
                  .cells = n,
                  .table = b->head};
}

/* Whether a cell has a line: without it the head of its column would never be read. */
static bool has_line(const CellContent *content, size_t row)
{
    return content->parts || content->dotted || row == 0;
}

static size_t length_of(TableBuilder *b, const CellContent *content)
{
    size_t length = 0;
    for (size_t i = 0; i < content->parts; i++) {
        strbuf_clear(&b->text);
        inlines_text(&b->text, b->c->t, content->part[i].piece[0].inlines);
        length += b->text.n;
    }
    return length;
}

/* The block's name for the page that it goes on to. */
static Spec *continued(TableBuilder *b, const CellContent *content)
{
    strbuf_clear(&b->text);
    if (content->parts)
        inlines_text(&b->text, b->c->t, content->part[0].piece[0].inlines);
    return table_continued(b, strbuf_str(&b->text));
}

void table_stack_head(TableBuilder *b)
{
    const TableStyle *style = &b->c->l->table;
    CellContent content;
    table_cell(b, b->t->rows, 0, &content);
    CellBox *cell = arena_zalloc(batch_arena(b->c), sizeof *cell);
    *cell = cell_box(b, &content, b->head_node[0], 0, b->room);
    flow_unit(b->c, (Unit){.kind = UNIT_ROW,
                           .x = b->t->x,
                           .width = b->room,
                           .cell = cell,
                           .cells = 1,
                           .top = (float)style->head_padding,
                           .bottom = (float)style->head_padding,
                           .rule = b->head->outer,
                           .rule_below = b->head->below,
                           .table = b->head,
                           .keep_next = true,
                           .first_row = true});
}

/* Bytes of text in a block that is kept whole: about a third of a page. */
enum { WHOLE_BLOCK = 500 };

/* How many lines a block has, and whether so much stands in them that it may be broken. */
static size_t count_lines(TableBuilder *b, size_t row, bool *is_long)
{
    size_t lines = 0, length = 0;
    for (size_t k = 0; k < b->t->columns; k++) {
        CellContent content;
        table_cell(b, row, k, &content);
        lines += has_line(&content, row);
        length += length_of(b, &content);
    }
    *is_long = length > WHOLE_BLOCK;
    return lines;
}

/* In the type of a group, also a number that would be larger in a table of records. */
static void style_headline(TableBuilder *b, CellPart *part)
{
    double size = b->group_style->size;
    for (size_t i = 0; i < part->pieces; i++)
        if (i == 0 || (part->piece[i].style && part->piece[i].style->size > size))
            part->piece[i].style = b->group_style;
    if (part->lines && part->lines->size > size)
        part->lines = NULL;
}

void table_stack_row(TableBuilder *b, size_t row, const Node *cell, Str destination)
{
    const TableStyle *style = &b->c->l->table;
    float padding = b->t->row_padding > 0 ? b->t->row_padding : (float)style->row_padding;
    bool first = true, last_row = row + 1 == b->t->rows, is_long;
    size_t lines = count_lines(b, row, &is_long), line = 0;
    for (size_t k = 0; k < b->t->columns; k++) {
        CellContent content;
        table_cell(b, row, k, &content);
        if (!has_line(&content, row))
            continue;
        if (is_headline(b, k) && content.parts)
            style_headline(b, &content.part[0]);
        Unit u = line_unit(b, row, k, &content, cell[k]);
        bool last = ++line == lines;
        u.whole = !is_long;
        u.top = first ? padding : padding * INNER;
        u.bottom = last ? padding : 0;
        u.keep_next = !last && (first || line + 1 == lines || !is_long);
        u.first_row = first && row == 0 && !b->t->head;
        u.last_row = last && last_row;
        if (first) {
            if (row > 0 || !b->t->head)
                u.rule = (Rule){(float)(row == 0 ? style->rule_outer : style->rule_row),
                                colour_of(b->c, row == 0 ? COLOUR_primary : COLOUR_line)};
            u.destination = destination;
            u.group = is_headline(b, k) ? continued(b, &content) : NULL;
        }
        if (last && last_row)
            u.rule_below = (Rule){(float)style->rule_outer, colour_of(b->c, COLOUR_primary)};
        flow_unit(b->c, u);
        first = false;
    }
}
