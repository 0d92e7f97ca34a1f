#include <math.h>

#include "page/tables.h"

/* Tables that are too wide for their page, as blocks: for each row its cells one below another, each behind
 * what the head says of its column. In the structure it is a table all the same. */

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

void table_begin_stack(TableBuilder *b)
{
    float widest = 0;
    for (size_t k = 0; k < b->t->columns && b->t->head; k++) {
        CellContent content = table_cell(b, b->t->rows, k);
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

/* A line of a block. The first block's labels are the table's head; later ones repeat them. */
static Unit line_unit(TableBuilder *b, size_t row, size_t k, const CellContent *content, Node node)
{
    CellBox *cells = arena_zalloc(batch_arena(b->c), 2 * sizeof *cells);
    float x = b->t->head ? b->label + (float)b->c->l->table.column_gap : 0;
    size_t n = 0;
    if (b->t->head) {
        CellContent label = table_cell(b, b->t->rows, k);
        Node owner = row == 0 ? b->head_node[k] : ARTIFACT_LAYOUT;
        cells[n++] = cell_box(b, &label, owner, 0, b->label);
    }
    cells[n++] = cell_box(b, content, node, x, b->room - x);
    return (Unit){
        .kind = UNIT_ROW, .x = b->t->x, .width = b->room, .cell = cells, .cells = n, .whole = true};
}

/* Whether a cell has a line: without it the head of its column would never be read. */
static bool has_line(const CellContent *content, size_t row)
{
    return content->parts || content->dotted || row == 0;
}

/* Text of the report may be of any length. */
static bool is_long(const CellContent *content)
{
    bool any = false;
    for (size_t i = 0; i < content->parts; i++)
        any |= content->part[i].piece[0].inlines != NULL;
    return any;
}

void table_stack_row(TableBuilder *b, size_t row, const Node *cell, Str destination)
{
    const TableStyle *style = &b->c->l->table;
    float padding = b->t->row_padding > 0 ? b->t->row_padding : (float)style->row_padding;
    bool first = true, last_row = row + 1 == b->t->rows;
    size_t lines = 0, line = 0;
    for (size_t k = 0; k < b->t->columns; k++) {
        CellContent content = table_cell(b, row, k);
        lines += has_line(&content, row);
    }
    for (size_t k = 0; k < b->t->columns; k++) {
        CellContent content = table_cell(b, row, k);
        if (!has_line(&content, row))
            continue;
        Unit u = line_unit(b, row, k, &content, cell[k]);
        bool last = ++line == lines;
        u.top = first ? padding : padding * INNER;
        u.bottom = last ? padding : 0;
        u.keep_next = !last && (first || line + 1 == lines || !is_long(&content));
        if (first) {
            u.rule = (Rule){(float)(row == 0 ? style->rule_outer : style->rule_head),
                            colour_of(b->c, COLOUR_primary)};
            u.destination = destination;
        }
        if (last && last_row)
            u.rule_below = (Rule){(float)style->rule_outer, colour_of(b->c, COLOUR_primary)};
        flow_unit(b->c, u);
        first = false;
    }
}
