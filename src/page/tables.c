#include <math.h>
#include <string.h>

#include "page/internal.h"

/* Rows whose widths are measured together, and rows in a TBody: arrays of a PDF file stay short. */
enum { MEASURED_ROWS = 512, BODY_ROWS = 1024 };

#define NAMES_KEEP 0.42f /* of the table's width, before other columns give way */

typedef struct {
    Composer *c;
    const TableSpec *t;
    float *natural, *least, *loose, *x, *width, *comma, *after; /* of the columns */
    TableHead *head;
    Node node, body;
} Builder;

void cell_add_text(CellContent *content, Piece piece)
{
    if (piece.text.n || piece.inlines)
        content->part[content->parts++] = (CellPart){.piece = {piece}, .pieces = 1};
}

/* ---- widths --------------------------------------------------------------------------------- */

/* Paragraphs of some cells, measured in parallel. */
typedef struct {
    Composer *c;
    ARRAY(Spec *) specs;
    ARRAY(uint32_t) column;
    ARRAY(bool) loose;
    ARRAY(float) comma;
} Measuring;

static void lay_out_one(void *context, size_t i, unsigned thread)
{
    Measuring *m = context;
    spec_layout(m->c, thread, m->specs.at[i]);
}

/* What stands in a column of numbers without being one ends at the comma, and is broken. */
static bool is_loose(const Builder *b, uint32_t column, const CellContent *content)
{
    return b->t->column[column].decimal && content->comma < 0;
}

static void add_measured(Builder *b, Measuring *m, Arena *scratch, size_t row, uint32_t column)
{
    CellContent content = {.comma = -1};
    b->t->cell(b->t->context, row, column, &content);
    if (b->t->column[column].decimal)
        b->comma[column] = fmaxf(b->comma[column], content.comma);
    for (size_t i = 0; i < content.parts; i++) {
        const CellPart *part = &content.part[i];
        Spec *spec = spec_new(b->c, scratch, part->piece, part->pieces, NODE_NONE, UNBOUNDED);
        spec->cell = true;
        array_push(&m->specs, spec);
        array_push(&m->column, column);
        array_push(&m->loose, is_loose(b, column, &content));
        array_push(&m->comma, content.comma);
    }
}

static void take_widths(Builder *b, Measuring *m)
{
    work_run(b->c->request->queue, m->specs.n, 128, lay_out_one, m);
    for (size_t i = 0; i < m->specs.n; i++) {
        uint32_t k = m->column.at[i];
        const GlyphPara *para = m->specs.at[i]->para;
        if (m->loose.at[i]) {
            b->loose[k] = fmaxf(b->loose[k], para->least);
        } else {
            b->natural[k] = fmaxf(b->natural[k], para->width);
            b->least[k] = fmaxf(b->least[k], para->least);
            b->after[k] = fmaxf(b->after[k], para->width - m->comma.at[i]);
        }
    }
    m->specs.n = m->column.n = m->loose.n = m->comma.n = 0;
}

/* Goes through all cells, a few rows at a time. */
static void measure(Builder *b)
{
    Measuring m = {.c = b->c};
    Arena scratch = {0};
    size_t rows = b->t->rows + b->t->head;
    for (size_t row = 0; row < rows; row++) {
        for (uint32_t k = 0; k < b->t->columns; k++)
            add_measured(b, &m, &scratch, row, k);
        if (row % MEASURED_ROWS == MEASURED_ROWS - 1 || row + 1 == rows) {
            take_widths(b, &m);
            arena_reset(&scratch);
        }
    }
    arena_drop(&scratch);
    array_drop(&m.specs);
    array_drop(&m.column);
    array_drop(&m.loose);
    array_drop(&m.comma);
}

static float sum(const float *v, size_t n)
{
    float total = 0;
    for (size_t i = 0; i < n; i++)
        total += v[i];
    return total;
}

/* Of the open columns, gives those that take no more than an equal share of the room what they want:
 * it is the wide ones that have to break their lines. Returns the room that is left for the others. */
static float settle_narrow(const Builder *b, bool *open, float room)
{
    size_t n = b->t->columns, left = 0;
    for (size_t i = 0; i < n; i++)
        left += open[i];
    for (bool settled = true; settled && left;) {
        float share = room / (float)left;
        settled = false;
        for (size_t i = 0; i < n; i++) {
            if (!open[i] || b->natural[i] > share)
                continue;
            b->width[i] = b->natural[i];
            room -= b->natural[i];
            open[i] = false;
            settled = true;
            left--;
        }
    }
    return room;
}

static float sum_open(const float *v, const bool *open, size_t n)
{
    float total = 0;
    for (size_t i = 0; i < n; i++)
        total += open[i] ? v[i] : 0;
    return total;
}

/* Columns that are too wide together give way: first the one that names the rows, down to two fifths of
 * the table, then the wide ones in proportion to what they can give; all of them where even that is
 * too little, and where not even the longest words have room, those are broken. */
static void shrink(Builder *b, float room, size_t rest)
{
    size_t n = b->t->columns;
    float left = room;
    bool *open = arena_array(batch_arena(b->c), n, bool);
    for (size_t i = 0; i < n; i++)
        open[i] = true;
    if (rest < n) {
        float keep = fmaxf(b->least[rest], room * NAMES_KEEP);
        float surplus = sum(b->natural, n) - room;
        float give = fminf(fmaxf(b->natural[rest] - keep, 0), surplus);
        b->width[rest] = b->natural[rest] -= give;
        left -= b->width[rest];
        open[rest] = false;
    }
    left = settle_narrow(b, open, left);
    if (sum_open(b->least, open, n) > left) {
        left = room;
        for (size_t i = 0; i < n; i++)
            open[i] = true;
    }
    float least = sum_open(b->least, open, n), natural = sum_open(b->natural, open, n);
    float share = natural > least ? fminf((left - least) / (natural - least), 1) : 0;
    for (size_t i = 0; i < n; i++) {
        if (open[i] && least >= left)
            b->width[i] = b->least[i] * left / least;
        else if (open[i])
            b->width[i] = b->least[i] + (b->natural[i] - b->least[i]) * share;
    }
}

/* Rounded up a little, so that rounding breaks no line. */
static float roomy(float width)
{
    return ceilf(width * 10 + 1) / 10;
}

static float natural_sum(Builder *b)
{
    for (size_t i = 0; i < b->t->columns; i++) {
        const TableColumn *column = &b->t->column[i];
        if (column->decimal)
            b->natural[i] = b->comma[i] + fmaxf(b->after[i], (float)b->c->l->table.decimals);
        if (column->width > 0)
            b->natural[i] = column->width;
        b->natural[i] = roomy(b->natural[i]);
    }
    return sum(b->natural, b->t->columns);
}

/* Columns of a set width are wider for a long word alone, and columns of numbers give nothing. */
static void set_least(Builder *b)
{
    for (size_t i = 0; i < b->t->columns; i++) {
        if (b->loose[i] > 0)
            b->comma[i] = fmaxf(b->comma[i], b->loose[i] + 0.1f);
        b->least[i] = roomy(b->least[i]);
        if (b->t->column[i].width > 0)
            b->natural[i] = fmaxf(b->natural[i], b->least[i]);
        if (b->t->column[i].decimal)
            b->natural[i] = fmaxf(b->natural[i], b->comma[i] + b->after[i]);
        if (b->t->column[i].width > 0 || b->t->column[i].decimal)
            b->least[i] = b->natural[i];
        b->least[i] = fminf(b->least[i], b->natural[i]);
    }
}

/* Whether the narrowest widths must be known: something has to be broken. */
static bool must_break(const Builder *b, float natural, float room)
{
    bool must = natural > room;
    for (size_t i = 0; i < b->t->columns; i++)
        must |= b->t->column[i].width > 0 || b->t->column[i].decimal;
    return must;
}

static void place_columns(Builder *b, float room)
{
    size_t n = b->t->columns, rest = n;
    float natural = sum(b->natural, n), x = 0;
    for (size_t i = 0; i < n; i++) {
        b->width[i] = b->natural[i];
        if (b->t->column[i].rest)
            rest = i;
    }
    if (natural > room)
        shrink(b, room, rest);
    else if (rest < n)
        b->width[rest] += room - natural;
    for (size_t i = 0; i < n; i++) {
        b->x[i] = x;
        x += b->width[i] + (float)b->c->l->table.column_gap;
    }
}

static void set_widths(Builder *b)
{
    float gaps = (float)b->c->l->table.column_gap * (float)(b->t->columns - 1);
    float room = b->t->width - gaps;
    measure(b);
    if (must_break(b, natural_sum(b), room))
        set_least(b);
    place_columns(b, room);
}

/* ---- cells ---------------------------------------------------------------------------------- */

static Spec *cell_spec(Builder *b, Arena *arena, const CellPart *part, size_t k, Node node,
                       float shift, bool loose)
{
    Composer *c = b->c;
    float width = loose ? b->comma[k] - shift : b->width[k] - shift;
    Spec *spec = spec_new(c, arena, part->piece, part->pieces, node, width);
    TextAlign align = loose ? TEXT_RIGHT : b->t->column[k].align;
    if (align != TEXT_LEFT)
        spec->align = align;
    spec->cell = true;
    return spec_queue(c, spec);
}

/* The text of a cell: one paragraph belongs to the cell itself, several are paragraphs in it. Words in
 * a column of numbers may use the empty cell before them. */
static void fill_cell(Builder *b, Arena *arena, CellBox *box, const CellContent *content, size_t k,
                      Node node, float room_before)
{
    bool decimal = b->t->column[k].decimal && content->comma >= 0;
    bool loose = is_loose(b, (uint32_t)k, content);
    float shift = decimal ? fmaxf(0, b->comma[k] - content->comma) : loose ? -room_before : 0;
    *box = (CellBox){.x = b->x[k], .width = b->width[k], .node = node, .dotted = content->dotted};
    box->text = arena_array(arena, content->parts, CellText);
    box->texts = content->parts;
    for (size_t i = 0; i < content->parts; i++) {
        const CellPart *part = &content->part[i];
        Node owner = node;
        if (content->parts > 1 && !node_is_artifact(node))
            owner = document_node(b->c->d, node, ROLE_P);
        Spec *spec = cell_spec(b, arena, part, k, owner, shift, loose);
        box->text[i] = (CellText){spec, part->piece[0].style, part->before, shift};
    }
}

static Role cell_role(const Builder *b, size_t row, size_t k)
{
    return row == b->t->rows || (k == 0 && b->t->row_heads) ? ROLE_TH : ROLE_TD;
}

static CellBox *fill_row(Builder *b, Arena *arena, size_t row, Node tr)
{
    CellBox *cells = arena_array(arena, b->t->columns, CellBox);
    float room_before = 0;
    for (size_t k = 0; k < b->t->columns; k++) {
        CellContent content = {.comma = -1};
        Node node = ARTIFACT_LAYOUT;
        b->t->cell(b->t->context, row, k, &content);
        if (tr != ARTIFACT_LAYOUT) {
            Role role = cell_role(b, row, k);
            node = document_node(b->c->d, tr, role);
            if (role == ROLE_TH)
                document_detail(b->c->d, node)->scope = row == b->t->rows ? SCOPE_COLUMN
                                                                          : SCOPE_ROW;
        }
        fill_cell(b, arena, &cells[k], &content, k, node, room_before);
        room_before = content.parts ? 0 : b->width[k] + (float)b->c->l->table.column_gap;
    }
    return cells;
}

/* ---- rows ----------------------------------------------------------------------------------- */

static Unit row_unit(const Builder *b, CellBox *cells, size_t n, float padding)
{
    return (Unit){.kind = UNIT_ROW,
                  .x = b->t->x,
                  .width = b->t->width,
                  .top = padding,
                  .bottom = padding,
                  .cell = cells,
                  .cells = n,
                  .table = b->head};
}

static Rule rule(double width, uint32_t colour)
{
    return (Rule){(float)width, colour};
}

/* What is drawn again on the next page: the head without its place in the structure. */
static TableHead *make_head(Builder *b)
{
    Composer *c = b->c;
    const TableStyle *style = &c->l->table;
    TableHead *head = arena_new(&c->arena, TableHead);
    *head = (TableHead){.x = b->t->x,
                        .width = b->t->width,
                        .padding = (float)style->head_padding,
                        .outer = rule(style->rule_outer, colour_of(c, COLOUR_primary)),
                        .below = rule(style->rule_head, colour_of(c, COLOUR_primary)),
                        .group_style = b->t->group_style,
                        .group_rule = b->t->group_rule};
    if (b->t->head) {
        head->cell = fill_row(b, &c->arena, b->t->rows, ARTIFACT_LAYOUT);
        head->cells = b->t->columns;
    }
    return head;
}

static void add_head(Builder *b)
{
    const TableStyle *style = &b->c->l->table;
    if (!b->t->head)
        return;
    /* PDF/UA-1 wants rows below a THead (ISO 14289-1, 7.5). */
    Node group = document_node(b->c->d, b->node, b->t->rows ? ROLE_THEAD : ROLE_TBODY);
    Node tr = document_node(b->c->d, group, ROLE_TR);
    CellBox *cells = fill_row(b, batch_arena(b->c), b->t->rows, tr);
    Unit u = row_unit(b, cells, b->t->columns, (float)style->head_padding);
    u.rule = b->head->outer;
    u.rule_below = b->head->below;
    u.keep_next = u.first_row = true;
    flow_unit(b->c, u);
}

/* A row that names the rows below it; on later pages it says that they go on. */
static void add_group(Builder *b, Str title)
{
    Composer *c = b->c;
    const TableStyle *style = &c->l->table;
    Node tr = document_node(c->d, b->body, ROLE_TR), th = document_node(c->d, tr, ROLE_TH);
    NodeDetail *detail = document_detail(c->d, th);
    detail->scope = SCOPE_COLUMN;
    detail->column_span = (unsigned)b->t->columns;
    CellBox *cell = arena_array(batch_arena(c), 1, CellBox);
    CellText *text = arena_array(batch_arena(c), 1, CellText);
    *text = (CellText){.style = b->t->group_style};
    text->spec = spec_text(c, b->t->group_style, title, th, b->t->width);
    *cell = (CellBox){.text = text, .texts = 1, .width = b->t->width, .node = th};
    Unit u = row_unit(b, cell, 1, (float)style->row_padding);
    u.top = (float)style->group_before;
    u.rule_below = b->t->group_rule;
    u.keep_next = true;
    strbuf_clear(&c->text);
    terms_fill(&c->text, c->t->print[TERM_continued], &(TermField){"title", title}, 1);
    Piece piece = {.style = b->t->group_style, .text = arena_str(&c->arena, strbuf_str(&c->text))};
    u.group = spec_queue(c, spec_new(c, &c->arena, &piece, 1, ARTIFACT_LAYOUT, b->t->width));
    flow_unit(c, u);
}

static Str group_of(const Builder *b, size_t row)
{
    return b->t->group ? b->t->group(b->t->context, row) : (Str){"", 0};
}

static void add_row(Builder *b, size_t row)
{
    Composer *c = b->c;
    const TableStyle *style = &c->l->table;
    size_t rows = b->t->rows;
    Str group = group_of(b, row);
    if (row % BODY_ROWS == 0)
        b->body = document_node(c->d, b->node, ROLE_TBODY);
    if (group.n)
        add_group(b, group);
    Node tr = document_node(c->d, b->body, ROLE_TR);
    float padding = b->t->row_padding > 0 ? b->t->row_padding : (float)style->row_padding;
    Unit u = row_unit(b, fill_row(b, batch_arena(c), row, tr), b->t->columns, padding);
    bool last = row + 1 == rows, group_ends = !last && group_of(b, row + 1).n;
    u.last_row = last;
    u.first_row = row == 0 && !b->t->head;
    if (u.first_row)
        u.rule = b->head->outer;
    if (last)
        u.rule_below = rule(style->rule_outer, colour_of(c, COLOUR_primary));
    else if (!group_ends)
        u.rule_below = rule(style->rule_row, colour_of(c, COLOUR_line));
    /* No row alone under a head or a group's title, or before its end. */
    bool alone_next = !last && (row + 2 >= rows || group_of(b, row + 2).n);
    u.keep_next = !last && !group_ends && (row == 0 || group.n || alone_next);
    if (b->t->row_destination)
        u.destination = b->t->row_destination(b->t->context, row);
    flow_unit(c, u);
}

static void add_caption(Builder *b)
{
    Composer *c = b->c;
    const Style *style = style_of(c, STYLE_caption);
    if (!b->t->caption)
        return;
    Node node = document_node(c->d, b->node, ROLE_CAPTION);
    Spec *spec =
        spec_caption(c, style, TERM_table_number, b->t->number, b->t->caption, node, b->t->width);
    flow_unit(c, (Unit){.kind = UNIT_TEXT,
                        .x = b->t->x,
                        .width = b->t->width,
                        .spec = spec,
                        .style = style,
                        .before = (float)c->l->table.before,
                        .after = (float)style->after,
                        .keep_next = true});
}

void table_add(Composer *c, const TableSpec *t)
{
    if (!t->columns || (!t->rows && !t->head))
        return;
    float *columns = arena_zalloc(&c->arena, 7 * t->columns * sizeof *columns);
    Builder b = {.c = c,
                 .t = t,
                 .natural = columns,
                 .least = columns + t->columns,
                 .x = columns + 2 * t->columns,
                 .width = columns + 3 * t->columns,
                 .comma = columns + 4 * t->columns,
                 .loose = columns + 5 * t->columns,
                 .after = columns + 6 * t->columns};
    set_widths(&b);
    b.node = document_node(c->d, t->parent, ROLE_TABLE);
    c->pending.destination = t->destination;
    add_caption(&b);
    b.head = make_head(&b);
    c->pending.has_before = true;
    c->pending.before = t->caption ? 0 : (float)c->l->table.before;
    add_head(&b);
    for (size_t row = 0; row < t->rows; row++)
        add_row(&b, row);
    flow_after(c, (float)c->l->table.after);
}

/* ---- tables of the report ------------------------------------------------------------------- */

typedef struct {
    Composer *c;
    const Table *table;
} ReportTable;

/* The head is the table's first row. */
static void report_cell(void *context, size_t row, size_t column, CellContent *content)
{
    const ReportTable *r = context;
    const Table *t = r->table;
    bool head = row + 1 == t->rows;
    size_t from = head ? 0 : row + 1;
    const Inline *in = t->cell[from * t->columns + column].inlines;
    const Style *style = style_of(r->c, head ? STYLE_table_head : STYLE_table_cell);
    cell_add_text(content, (Piece){.style = style, .inlines = in});
}

static bool head_is_empty(const Table *t)
{
    for (size_t i = 0; i < t->columns; i++)
        if (t->cell[i].inlines)
            return false;
    return true;
}

void table_add_block(Composer *c, const Block *block, Column col)
{
    static const TextAlign align[] = {[COLUMN_PLAIN] = TEXT_LEFT,
                                      [COLUMN_LEFT] = TEXT_LEFT,
                                      [COLUMN_CENTRE] = TEXT_CENTRE,
                                      [COLUMN_RIGHT] = TEXT_RIGHT};
    const Table *t = block->table;
    if (!t->rows || !t->columns)
        return;
    TableColumn *columns = arena_zalloc(&c->arena, t->columns * sizeof *columns);
    for (size_t i = 0; i < t->columns; i++)
        columns[i] = (TableColumn){.align = align[t->align[i]], .rest = i == 0};
    ReportTable context = {c, t};
    bool wide = col.x <= 0; /* in the text itself, not in a box or list */
    TableSpec spec = {.rows = t->rows - 1,
                      .columns = t->columns,
                      .column = columns,
                      .cell = report_cell,
                      .context = &context,
                      .head = !head_is_empty(t),
                      .row_heads = t->row_heads,
                      .x = col.x,
                      .width = wide ? (float)layout_live_width(c->l) : col.width,
                      .caption = t->caption,
                      .number = block->number,
                      .destination = block->id,
                      .parent = col.parent,
                      .group_style = style_of(c, STYLE_table_group)};
    table_add(c, &spec);
}
