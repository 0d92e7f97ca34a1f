#include <math.h>
#include <string.h>

#include "compose/tables.h"
#include "text/bidi.h"

/* What the rightmost number of a column may seem too wide by. */
#define ROUNDING 0.05f

/* Where a page is narrower than so many times the size of its tables' type, six columns have no room. */
#define RECORDS 40
#define RECORD_LINE 3.0f /* between the lines of a cell there */

enum { FEW_ROWS = 10, VERY_FEW_ROWS = 5 };

/* Rows in a TBody: arrays of a PDF file stay short. */
enum { BODY_ROWS = 1024 };

void cell_add_text(CellContent *content, Piece piece)
{
    if (piece.text.n || piece.inlines)
        content->part[content->parts++] = (CellPart){.piece = {piece}, .pieces = 1};
}

void cell_add_line(CellContent *content, Piece piece)
{
    size_t parts = content->parts;
    cell_add_text(content, piece);
    if (content->parts > parts)
        content->part[parts].before = RECORD_LINE;
}

void cell_add_beside(CellContent *content, Piece piece, float aside)
{
    size_t parts = content->parts;
    cell_add_text(content, piece);
    if (content->parts == parts)
        return;
    CellPart *part = &content->part[parts];
    part->before = -(float)cell_part_style(part)->leading; /* up again to that line */
    part->aside = aside;
}

static bool is_total(const TableBuilder *b, size_t row)
{
    return b->t->total && b->t->total(b->t->context, row);
}

void table_cell(const TableBuilder *b, size_t row, size_t column, CellContent *content)
{
    memset(content, 0, offsetof(CellContent, part));
    content->comma = -1;
    b->t->cell(b->t->context, row, column, content);
    for (size_t i = 0; i < content->parts; i++) {
        CellPart *part = &content->part[i];
        for (size_t k = 0; k < part->pieces; k++)
            part->piece[k].style = style_scaled(b->c, part->piece[k].style, b->scale);
        if (part->lines)
            part->lines = style_scaled(b->c, part->lines, b->scale);
        part->before *= b->scale;
    }
    if (content->comma > 0)
        content->comma *= b->scale;
    bool name = b->above && column == 0 && row < b->t->rows && content->parts;
    if (name && !is_total(b, row)) /* a total is bold as it is */
        content->part[0].piece[0].style = style_of(b->c, STYLE_table_number);
}

/* ---- cells ---------------------------------------------------------------------------------- */

/* A number stands where its comma meets those of the others. Returns how far it is moved for that. */
static float shift_number(TableBuilder *b, Spec *spec, size_t k, float comma, bool find)
{
    if (find) {
        spec->measure = UNBOUNDED;
        spec_layout(b->c, b->c->request->worker, spec);
        comma = table_comma(b, spec);
    }
    float shift = fmaxf(0, b->comma[k] - comma);
    spec->measure = b->width[k] - shift + ROUNDING;
    spec->align = TEXT_LEFT;
    return shift;
}

/* Room of the empty cells that a cell may use. */
typedef struct {
    float before, behind;
} Empty;

/* Words in the stead of a number end where its comma would be, too, if they have room on one line before it; else they
 * begin at the left, and may use the empty cell behind them. */
static bool reaches_comma(TableBuilder *b, Spec *spec, size_t k, Empty empty)
{
    spec->measure = UNBOUNDED;
    spec_layout(b->c, b->c->request->worker, spec);
    return spec->para->width <= b->comma[k] + empty.before;
}

/* What reads from the right ends where the widest cell of its column does, not beside the next column, which would have
 * the room between them on its other side. A name over its numbers has a line of its own. */
static float measure_of(const TableBuilder *b, const Spec *spec, size_t k)
{
    bool bidi = false;
    for (size_t i = 0; i < spec->runs; i++)
        bidi |= bidi_needed(spec->run[i].text);
    bool beside = k + 1 < b->t->columns && !(b->above && !k);
    bool narrower = bidi && beside && b->natural[k] > 0;
    return narrower ? fminf(b->width[k], b->natural[k]) : b->width[k];
}

/* One paragraph of a cell. Words in a column of numbers end where their commas are, and may use the empty
 * cell before them. */
static CellText cell_text(TableBuilder *b, Arena *arena, const CellContent *content, size_t part,
                          size_t row, size_t k, Node node, Empty empty)
{
    const CellPart *p = &content->part[part];
    CellText text = {.style = cell_part_style(p), .before = part ? p->before : 0};
    text.spec = spec_new(b->c, arena, p->piece, p->pieces, node, b->width[k]);
    text.spec->cell = true;
    text.spec->told = b->broken;
    bool loose = table_is_loose(b, row, k, content) ||
                 (content->words && reaches_comma(b, text.spec, k, empty));
    if (row == b->t->rows && b->fold[k] > 0) {
        text.spec->measure = fminf(b->fold[k], b->width[k]);
        text.shift = b->width[k] - text.spec->measure;
        text.spec->align = TEXT_RIGHT;
    } else if (loose) {
        text.shift = -empty.before;
        text.spec->measure = b->comma[k] - text.shift;
        text.spec->align = TEXT_RIGHT;
    } else if (content->words) {
        text.spec->measure = b->width[k] + empty.behind;
        text.spec->align = TEXT_LEFT;
    } else if (b->t->column[k].decimal && (content->number || content->comma >= 0)) {
        text.shift = shift_number(b, text.spec, k, content->comma, content->number);
    } else if (b->t->column[k].align != TEXT_LEFT) {
        text.spec->align = b->t->column[k].align;
    } else {
        text.shift = p->aside * b->width[k];
        text.spec->measure = measure_of(b, text.spec, k) - text.shift;
    }
    spec_queue(b->c, text.spec);
    return text;
}

/* The text of a cell: one paragraph belongs to the cell itself, several are paragraphs in it. */
static void fill_cell(TableBuilder *b, Arena *arena, CellBox *box, const CellContent *content,
                      size_t row, size_t k, Empty empty)
{
    Node node = box->node;
    box->x = b->x[k];
    box->width = b->width[k] + (content->words ? empty.behind : 0);
    box->dotted = content->dotted;
    box->leader = box->to_write = content->leader;
    box->at_foot = row == b->t->rows && (k > 0 || !b->above);
    box->text = arena_array(arena, content->parts, CellText);
    box->texts = content->parts;
    for (size_t i = 0; i < content->parts; i++) {
        Node owner = node;
        if (content->parts > 1 && !node_is_artifact(node))
            owner = document_node(b->c->d, node, ROLE_P);
        box->text[i] = cell_text(b, arena, content, i, row, k, owner, empty);
    }
}

static Role cell_role(const TableBuilder *b, size_t row, size_t k)
{
    return row == b->t->rows || (k == b->t->head_column && b->t->row_heads) ? ROLE_TH : ROLE_TD;
}

static Node cell_node(TableBuilder *b, size_t row, size_t k, Node tr)
{
    if (node_is_artifact(tr))
        return ARTIFACT_LAYOUT;
    Role role = cell_role(b, row, k);
    Node node = document_node(b->c->d, tr, role);
    if (role == ROLE_TH)
        document_detail(b->c->d, node)->scope = row == b->t->rows ? SCOPE_COLUMN : SCOPE_ROW;
    return node;
}

/* Where the text of a cell begins. */
static float left_of(TableBuilder *b, const CellBox *cell)
{
    float left = cell->x + cell->width;
    for (size_t i = 0; i < cell->texts; i++) {
        const CellText *text = &cell->text[i];
        Spec *spec = text->spec;
        spec_layout(b->c, b->c->request->worker, spec);
        float free = fmaxf(0, spec->measure - spec->para->width);
        float before = spec->align == TEXT_RIGHT ? free : spec->align == TEXT_CENTRE ? free / 2 : 0;
        left = fminf(left, cell->x + text->shift + before);
    }
    return left;
}

/* Where the name that a row has in its first cell ends, with the gap behind it. */
static float end_of_name(TableBuilder *b, const CellBox *cell)
{
    float right = 0;
    for (size_t i = 0; i < cell->texts; i++) {
        Spec *spec = cell->text[i].spec;
        spec_layout(b->c, b->c->request->worker, spec);
        right = fmaxf(right, spec->para->width);
    }
    return right + b->gap;
}

/* Whether what names a row stands on the line of its numbers: "I alt" stands beside its sums where it has room.
 * The names of other rows stand above, short ones as well: they are to be found in the same place. */
static bool is_beside(TableBuilder *b, size_t row, const CellBox *cell)
{
    for (size_t k = 1; k < b->t->columns; k++)
        if (cell[k].texts)
            return is_total(b, row) && end_of_name(b, cell) <= left_of(b, &cell[k]);
    return true;
}

/* The other heads stand below that of the names where they have no room beside it. */
static void set_below_name(TableBuilder *b, CellBox *cells)
{
    bool any = false;
    float end = end_of_name(b, cells);
    for (size_t k = 1; k < b->t->columns && cells[0].texts; k++) {
        if (!cells[k].texts || left_of(b, &cells[k]) >= end)
            continue;
        cells[k].text[0].before += (float)cells[0].text[0].style->leading;
        any = true;
    }
    cells[0].at_foot = !any;
}

static float room_behind(const TableBuilder *b, size_t row, size_t k)
{
    CellContent content;
    if (k + 1 >= b->t->columns)
        return 0;
    table_cell(b, row, k + 1, &content);
    return content.parts ? 0 : b->gap + b->width[k + 1];
}

/* From the top of a line to that of its capitals. */
static float air_above(const TableBuilder *b, const CellText *text)
{
    return (float)text->style->leading - style_baseline(b->c, text->style);
}

/* The digits of a record's number, which have more air in their line, are as far from the rule above them as what stands
 * beside them. */
static void align_tops(const TableBuilder *b, CellBox *cells)
{
    float least = HUGE_VALF;
    for (size_t k = 0; k < b->t->columns; k++)
        if (cells[k].texts)
            least = fminf(least, air_above(b, &cells[k].text[0]));
    for (size_t k = 0; k < b->t->columns; k++)
        if (cells[k].texts)
            cells[k].text[0].before += least - air_above(b, &cells[k].text[0]);
}

/* First lines in larger or smaller type are on one line, too, as are those to write on: in the cell that has a text over
 * its row the first below that. */
static void align_lines(const TableBuilder *b, CellBox *cells, size_t over)
{
    float lowest = 0;
    for (size_t k = 0; k < b->t->columns; k++)
        if (cells[k].texts)
            lowest = fmaxf(lowest, style_baseline(b->c, cells[k].text[k == over].style));
    for (size_t k = 0; k < b->t->columns; k++) {
        CellText *text = cells[k].texts ? &cells[k].text[k == over] : NULL;
        const Style *style = text ? text->style : style_of(b->c, STYLE_table_cell);
        *(text ? &text->before : &cells[k].down) += lowest - style_baseline(b->c, style);
    }
}

/* All but the first text of this cell begin below that. */
static void set_below_first(TableBuilder *b, CellBox *cells, size_t over)
{
    const CellText *first = cells[over].text;
    spec_layout(b->c, b->c->request->worker, first->spec);
    float down = spec_height(first->spec, first->style) + first[1].before;
    for (size_t k = 0; k < b->t->columns; k++) {
        if (k == over)
            continue;
        cells[k].down = down;
        if (cells[k].texts)
            cells[k].text[0].before += down;
    }
}

static CellBox *fill_row(TableBuilder *b, Arena *arena, size_t row, Node tr)
{
    CellBox *cells = arena_zalloc(arena, b->t->columns * sizeof *cells);
    float before = 0;
    size_t over = b->t->columns;
    for (size_t k = 0; k < b->t->columns; k++) {
        CellContent content;
        table_cell(b, row, k, &content);
        cells[k].node = cell_node(b, row, k, tr);
        Empty empty = {before, content.words ? room_behind(b, row, k) : 0};
        fill_cell(b, arena, &cells[k], &content, row, k, empty);
        before = content.parts || (b->above && !k) ? 0 : b->width[k] + b->gap;
        over = content.over && content.parts > 1 ? k : over;
    }
    if (b->above && row == b->t->rows)
        set_below_name(b, cells);
    if (over < b->t->columns)
        set_below_first(b, cells, over);
    else if (b->t->records)
        align_tops(b, cells);
    if (row < b->t->rows && !b->t->records)
        align_lines(b, cells, over);
    return cells;
}

/* ---- rows ----------------------------------------------------------------------------------- */

static Unit row_unit(const TableBuilder *b, CellBox *cells, size_t n, float padding)
{
    return (Unit){.kind = UNIT_ROW,
                  .x = b->t->x,
                  .width = b->room,
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

/* "Tabel 45: Takster", or the number alone where that had no room on two lines. */
static Str title_of(TableBuilder *b, const TableHead *head)
{
    Composer *c = b->c;
    if (!b->t->number)
        return b->t->title;
    TableHead named = *head;
    Term term = b->t->of_figure ? TERM_figure_number : TERM_table_number;
    Str label = references_label(c, term, b->t->number);
    Str words = b->t->caption ? plain_text(c, b->t->caption) : b->t->title;
    if (!words.n)
        return label;
    strbuf_clear(&b->text);
    strbuf_add_str(&b->text, label);
    strbuf_add_text(&b->text, ": ");
    strbuf_add_str(&b->text, words);
    named.title = arena_str(&c->arena, strbuf_str(&b->text));
    return table_title_again(c, &named, c->widest_page)->para->lines > 2 ? label : named.title;
}

static float title_height(Composer *c, const TableHead *head, const Spec *key, uint32_t page)
{
    return table_title_height(c, head, table_title_again(c, head, page), key);
}

/* For as wide a page number as there was; wider ones may need another line. */
static void keep_title_room(const TableBuilder *b, TableHead *head)
{
    Composer *c = b->c;
    const Spec *key = table_key_again(c, head);
    head->title_height = title_height(c, head, key, c->widest_page);
    if (title_height(c, head, key, WIDEST_PAGE) <= head->title_height)
        return;
    uint32_t wider = wider_page(c->widest_page);
    while (wider < WIDEST_PAGE && title_height(c, head, key, wider) <= head->title_height)
        wider = wider_page(wider);
    page_needs_room(c, wider);
}

/* What is drawn again on the next page: the head without its place in the structure. */
static TableHead *make_head(TableBuilder *b)
{
    Composer *c = b->c;
    const TableStyle *style = &c->l->table;
    TableHead *head = arena_new(&c->arena, TableHead);
    *head = (TableHead){.x = b->t->x,
                        .width = b->room,
                        .padding = (float)style->head_padding,
                        .is_part = !b->t->number,
                        .key = b->t->key,
                        .form = b->form,
                        .outer = rule(style->rule_outer, colour_of(c, COLOUR_primary)),
                        .below = rule(style->rule_head, colour_of(c, COLOUR_primary)),
                        .group_style = b->group_style,
                        .group_rule = b->t->group_rule};
    head->title = title_of(b, head);
    if (head->title.n)
        keep_title_room(b, head);
    if (b->t->head && (!b->stacked || table_has_headlines(b))) {
        head->cell = fill_row(b, &c->arena, b->t->rows, ARTIFACT_LAYOUT);
        head->cells = b->stacked ? 1 : b->t->columns;
    }
    return head;
}

static void add_head(TableBuilder *b)
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

Spec *table_continued(TableBuilder *b, Str title)
{
    Composer *c = b->c;
    strbuf_clear(&c->text);
    terms_fill(&c->text, c->t->print[TERM_continued], &(TermField){"title", title}, 1);
    Piece piece = {.style = b->group_style, .text = arena_str(&c->arena, strbuf_str(&c->text))};
    return spec_queue(c, spec_new(c, &c->arena, &piece, 1, ARTIFACT_LAYOUT, b->room));
}

/* A row that names the rows below it; on later pages it says that they go on. */
static void add_group(TableBuilder *b, Str title)
{
    Composer *c = b->c;
    const TableStyle *style = &c->l->table;
    Node tr = document_node(c->d, b->body, ROLE_TR), th = document_node(c->d, tr, ROLE_TH);
    NodeDetail *detail = document_detail(c->d, th);
    detail->scope = SCOPE_COLUMN;
    detail->column_span = (unsigned)b->t->columns;
    document_detail(c->d, b->node)->named_heads = true;
    CellBox *cell = arena_array(batch_arena(c), 1, CellBox);
    CellText *text = arena_array(batch_arena(c), 1, CellText);
    *text = (CellText){.style = b->group_style};
    text->spec = spec_text(c, b->group_style, title, th, b->room);
    *cell = (CellBox){.text = text, .texts = 1, .width = b->room, .node = th};
    Unit u = row_unit(b, cell, 1, (float)style->row_padding);
    u.top = (float)style->group_before;
    u.rule_below = b->t->group_rule;
    u.keep_next = true;
    u.group = table_continued(b, title);
    flow_unit(c, u);
}

static Str group_of(const TableBuilder *b, size_t row)
{
    return b->t->group ? b->t->group(b->t->context, row) : (Str){"", 0};
}

/* The nodes of a row's cells. */
static const Node *row_nodes(TableBuilder *b, size_t row, Node tr)
{
    Node *nodes = arena_array(&b->c->arena, b->t->columns, Node);
    for (size_t k = 0; k < b->t->columns; k++)
        nodes[k] = cell_node(b, row, k, tr);
    return nodes;
}

/* The head stands before the cells of the first row. */
static void begin_stack(TableBuilder *b)
{
    table_begin_stack(b);
    if (!b->t->head)
        return;
    Node group = document_node(b->c->d, b->node, b->t->rows ? ROLE_THEAD : ROLE_TBODY);
    b->head_node = row_nodes(b, b->t->rows, document_node(b->c->d, group, ROLE_TR));
    if (table_has_headlines(b))
        table_stack_head(b);
}

static void add_stacked(TableBuilder *b, size_t row)
{
    Str group = group_of(b, row), destination = {"", 0};
    if (row % BODY_ROWS == 0)
        b->body = document_node(b->c->d, b->node, ROLE_TBODY);
    if (group.n)
        add_group(b, group);
    if (b->t->row_destination)
        destination = b->t->row_destination(b->t->context, row);
    Node tr = document_node(b->c->d, b->body, ROLE_TR);
    table_stack_row(b, row, row_nodes(b, row, tr), destination);
}

/* What names a row, on a line of its own; leaves what stands below that. */
static void add_name(TableBuilder *b, Unit *u)
{
    Unit name = *u;
    name.cells = 1;
    name.bottom = 0;
    name.rule_below = (Rule){0, 0};
    name.keep_next = true;
    name.leads_on = name.last_row = false;
    flow_unit(b->c, name);
    u->cell++;
    u->cells--;
    u->top = 0;
    u->rule = (Rule){0, 0};
    u->first_row = false;
    u->destination = (Str){"", 0};
}

/* A table of very few rows is never torn over two columns of text. */
static bool stands_whole(const TableBuilder *b)
{
    return b->c->l->columns > 1 && b->t->rows <= VERY_FEW_ROWS && b->t->narrow > 0 &&
           b->t->width <= b->t->narrow;
}

static void add_row(TableBuilder *b, size_t row)
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
    bool total_next = !last && is_total(b, row + 1);
    u.last_row = last;
    u.first_row = row == 0 && !b->t->head;
    if (u.first_row)
        u.rule = b->head->outer;
    if (last)
        u.rule_below = rule(style->rule_outer, colour_of(c, COLOUR_primary));
    else if (total_next)
        u.rule_below = rule(style->rule_group, colour_of(c, COLOUR_axis));
    else if (!group_ends)
        u.rule_below = rule(style->rule_row, colour_of(c, COLOUR_line));
    /* No row alone under a head or a group's title, or before its end, not even where its group has no other; and no
     * total without what it sums. */
    bool alone_next = !last && (row + 2 >= rows || group_of(b, row + 2).n);
    bool alone = row == 0 || group.n || alone_next; /* a record is as much as several rows */
    u.keep_next = !last && !group_ends && ((alone && !b->t->records) || total_next);
    u.keep_next |= !last && row == 0 && !b->t->records;
    u.keep_next |= !last && stands_whole(b);
    /* A table of few rows had better stand whole: its sum belongs to all of them. */
    u.leads_on = !last && rows <= FEW_ROWS && !b->t->records;
    if (b->t->row_destination)
        u.destination = b->t->row_destination(b->t->context, row);
    if (b->t->row_note)
        u.note = b->t->row_note(b->t->context, row);
    if (b->above && !is_beside(b, row, u.cell))
        add_name(b, &u);
    flow_unit(c, u);
}

/* Right below a heading it stands closer: the heading is the table's as well. */
static float before_caption(const Composer *c)
{
    const TableStyle *style = &c->l->table;
    const Unit *above = c->units.n ? &array_last(&c->units) : NULL;
    bool heading = above && above->kind == UNIT_TEXT && above->keep_next;
    return (float)(heading ? fmin(style->before, style->group_before) : style->before);
}

/* A table in the text whose number finds it wherever it stands. */
static bool floats(const TableBuilder *b)
{
    return b->t->number && b->t->parent == b->c->root && !b->turned;
}

static void add_caption(TableBuilder *b)
{
    Composer *c = b->c;
    const Style *style = style_of(c, STYLE_caption);
    if (!b->t->caption)
        return;
    Node node = document_node(c->d, b->node, ROLE_CAPTION);
    Spec *spec =
        spec_caption(c, style, TERM_table_number, b->t->number, b->t->caption, node, b->room);
    flow_unit(c, (Unit){.kind = UNIT_TEXT,
                        .x = b->t->x,
                        .width = b->room,
                        .spec = spec,
                        .style = style,
                        .before = before_caption(c),
                        .after = (float)style->after,
                        .keep_next = true,
                        .floats = floats(b) ? FLOATING_TABLE : FLOATING_NOT});
}

bool table_in_records(const Composer *c)
{
    return c->l->table.stack &&
           layout_live_width(c->l) < RECORDS * style_of(c, STYLE_table_cell)->size;
}

bool table_stay_turned(Composer *c)
{
    bool turned = c->units.n && array_last(&c->units).kind == UNIT_TURN;
    c->units.n -= turned;
    return turned;
}

/* `fitted` becomes a copy of the table, whose width may become less. */
static TableBuilder builder_of(Composer *c, const TableSpec *t, TableSpec *fitted)
{
    size_t n = t->columns;
    float *columns = arena_zalloc(&c->arena, 8 * n * sizeof *columns);
    *fitted = *t;
    return (TableBuilder){.c = c,
                          .t = fitted,
                          .natural = columns,
                          .least = columns + n,
                          .x = columns + 2 * n,
                          .width = columns + 3 * n,
                          .comma = columns + 4 * n,
                          .loose = columns + 5 * n,
                          .after = columns + 6 * n,
                          .fold = columns + 7 * n};
}

bool table_measure(Composer *c, const TableSpec *t, float *width)
{
    TableSpec fitted;
    TableBuilder b = builder_of(c, t, &fitted);
    table_set_widths(&b);
    for (size_t i = 0; i < t->columns; i++)
        width[i] = b.width[i];
    return !b.stacked && !b.turned && !b.broken && b.scale >= 1 &&
           b.gap >= (float)c->l->table.column_gap;
}

void table_add(Composer *c, const TableSpec *t)
{
    if (!t->columns || (!t->rows && !t->head))
        return;
    TableSpec fitted;
    TableBuilder b = builder_of(c, t, &fitted);
    table_set_widths(&b);
    b.group_style = style_scaled(c, t->group_style, b.scale);
    if (b.turned)
        flow_turn(c, true);
    b.node = document_node(c->d, t->parent, ROLE_TABLE);
    c->pending.destination = t->destination;
    add_caption(&b);
    b.head = make_head(&b);
    if (t->notes && !b.stacked)
        b.head->notes = table_notes(c, t->note, t->notes, b.room, t->parent);
    c->pending.has_before = true;
    c->pending.before = t->caption ? 0 : before_caption(c);
    if (b.stacked)
        begin_stack(&b);
    else
        add_head(&b);
    for (size_t row = 0; row < t->rows; row++)
        (b.stacked ? add_stacked : add_row)(&b, row);
    strbuf_drop(&b.text);
    flow_after(c, (float)c->l->table.after);
    if (b.turned)
        flow_turn(c, false);
}
