#include <string.h>

#include "model/in.h"

/* ---- inlines -------------------------------------------------------------------------------- */

static Inline *text_new(In *in, JsonToken value)
{
    Str text = json_text(in->arena, value);
    if (!text.n)
        return NULL;
    Inline *i = arena_new(in->arena, Inline);
    *i = (Inline){.kind = INLINE_TEXT, .pos = value.pos, .text = text};
    return i;
}

static bool has_link(const Inline *in)
{
    for (; in; in = in->next)
        if (in->kind == INLINE_LINK || has_link(in->children))
            return true;
    return false;
}

static const PullOut *pull_out_of(In *in, const InlineDraft *draft, Pos pos)
{
    if (draft->what.n && !draft->pull_out)
        diag_error(in->diags, pos, "'what' is of a key figure that is pulled out");
    if (!draft->pull_out)
        return NULL;
    PullOut *pull_out = arena_new(in->arena, PullOut);
    pull_out->what = draft->what;
    return pull_out;
}

static Inline *read_inline(In *in, JsonToken open)
{
    InlineDraft draft = {.in = {.kind = INLINE_TEXT}};
    if (!object_read(in, &inline_shape, open, &draft))
        return NULL;
    Inline *i = arena_new(in->arena, Inline);
    *i = draft.in;
    if (i->kind == INLINE_LINK || i->kind == INLINE_IMAGE)
        i->target = draft.target;
    else if (i->kind == INLINE_SPAN)
        i->language = draft.language;
    else if (i->kind == INLINE_FIGURE)
        i->pull_out = pull_out_of(in, &draft, open.pos);
    else if (i->kind == INLINE_NOTE)
        array_push(&in->marks, ((NoteMark){i, draft.reference}));
    if (i->kind == INLINE_LINK && has_link(i->children))
        diag_error(in->diags, open.pos, "a link in a link");
    return i;
}

/* The next part of a list of inlines: `thing` is where it is linked. */
static void read_part(In *in, const Field *f, void *thing, JsonToken value)
{
    Inline ***end = thing;
    if (value.kind == JSON_TEXT)
        **end = text_new(in, value);
    else if (value_is(in, f->key, value, JSON_OBJECT))
        **end = read_inline(in, value);
    if (**end)
        *end = &(**end)->next;
}

/* A text, or a list of texts and objects. */
static Inline *inlines_of(In *in, const Field *f, JsonToken value)
{
    Inline *first = NULL, **end = &first;
    if (value.kind == JSON_TEXT)
        return text_new(in, value);
    if (!depth_enter(in, value.pos)) {
        json_skip(&in->json, value);
        return NULL;
    }
    list_read(in, f, &end, value, read_part);
    in->depth--;
    return first;
}

void read_inlines(In *in, const Field *f, void *thing, JsonToken value)
{
    *(Inline **)thing_member(thing, f->offset) = inlines_of(in, f, value);
}

/* ---- tables --------------------------------------------------------------------------------- */

static void read_cell(In *in, const Field *f, void *thing, JsonToken value)
{
    RowDraft *row = thing;
    row->cells++;
    array_push(&in->cells, ((Cell){inlines_of(in, f, value)}));
}

void read_cells(In *in, const Field *f, void *thing, JsonToken value)
{
    list_read(in, f, thing, value, read_cell);
}

/* A row: its cells, or an object that knows its place as well. */
static void read_row(In *in, const Field *f, void *thing, JsonToken value)
{
    Table *table = thing;
    RowDraft row = {.cells = 0};
    if (value.kind == JSON_OBJECT) {
        object_read(in, &row_shape, value, &row);
    } else {
        row.pos = value.pos;
        list_read(in, f, &row, value, read_cell);
    }
    if (!in->rows.n)
        table->columns = row.cells;
    if (!row.cells)
        diag_error(in->diags, value.pos, "a row without cells");
    else if (row.cells != table->columns)
        diag_error(in->diags, value.pos,
                   ngettext("this row has %zu cell, but the first row has %zu",
                            "this row has %zu cells, but the first row has %zu", row.cells),
                   row.cells, table->columns);
    array_push(&in->rows, row.pos);
}

void read_rows(In *in, const Field *f, void *thing, JsonToken value)
{
    Table *table = &((BlockDraft *)thing)->table;
    in->rows.n = in->cells.n = 0;
    list_read(in, f, table, value, read_row);
    table->rows = in->rows.n;
    table->row_pos = arena_copy(in->arena, in->rows.at, in->rows.n, sizeof(Pos));
    table->cell = arena_copy(in->arena, in->cells.at, in->cells.n, sizeof(Cell));
    if (!table->rows && value.kind == JSON_LIST)
        diag_error(in->diags, value.pos, "a table without rows");
}

typedef struct {
    ARRAY(ColumnAlign) at;
} Aligns;

static void read_one_align(In *in, const Field *f, void *thing, JsonToken value)
{
    Aligns *aligns = thing;
    array_push(&aligns->at, (ColumnAlign)word_read(in, f, value));
}

void read_align(In *in, const Field *f, void *thing, JsonToken value)
{
    BlockDraft *draft = thing;
    Aligns aligns = {{0}};
    list_read(in, f, &aligns, value, read_one_align);
    draft->aligned = aligns.at.n;
    draft->table.align = arena_copy(in->arena, aligns.at.at, aligns.at.n, sizeof(ColumnAlign));
    array_drop(&aligns.at);
}

static const Table *table_of(In *in, BlockDraft *d, Pos pos)
{
    Table *t = arena_new(in->arena, Table);
    *t = d->table;
    if (!d->aligned)
        t->align = arena_zalloc(in->arena, t->columns * sizeof(ColumnAlign));
    else if (d->aligned != t->columns)
        diag_error(in->diags, pos, "'align' is for %zu columns, but the table has %zu", d->aligned,
                   t->columns);
    t->row_heads = !d->plain_rows && t->columns > 1 && t->cell[0].inlines;
    t->caption = d->caption;
    return t;
}

/* ---- tiles ---------------------------------------------------------------------------------- */

static void read_tile(In *in, const Field *f, void *thing, JsonToken value)
{
    TileSpec *tiles = thing;
    Tile tile = {.pos = value.pos};
    if (value.kind == JSON_TEXT) {
        tile.figure = json_text(in->arena, value);
    } else if (value_is(in, f->key, value, JSON_OBJECT)) {
        tile.pos.file = 0;
        object_read(in, &tile_shape, value, &tile);
    }
    if (tiles->n == MOST_TILES) {
        diag_error(in->diags, value.pos, "there are more than %d tiles", MOST_TILES);
        diag_hint(in->diags, "so many figures are better read in a table");
    }
    if (tiles->n < MOST_TILES)
        ((Tile *)tiles->tile)[tiles->n] = tile;
    tiles->n++;
}

void read_tiles(In *in, const Field *f, void *thing, JsonToken value)
{
    TileSpec *tiles = &((BlockDraft *)thing)->tiles;
    tiles->tile = arena_zalloc(in->arena, MOST_TILES * sizeof(Tile));
    list_read(in, f, tiles, value, read_tile);
    if (!tiles->n && value.kind == JSON_LIST)
        diag_error(in->diags, value.pos, "there are no tiles here");
}

/* ---- facts ---------------------------------------------------------------------------------- */

static void read_fact(In *in, const Field *f, void *thing, JsonToken value)
{
    Visit *visit = thing;
    VisitFact fact = {.pos = value.pos};
    (void)f;
    fact.pos.file = 0;
    if (!object_read(in, &fact_shape, value, &fact))
        return;
    if (visit->facts == MOST_FACTS)
        diag_error(in->diags, value.pos, "there are more than %d facts", MOST_FACTS);
    if (visit->facts < MOST_FACTS)
        ((VisitFact *)visit->fact)[visit->facts++] = fact;
}

void read_facts(In *in, const Field *f, void *thing, JsonToken value)
{
    Visit *visit = &((BlockDraft *)thing)->visit;
    visit->fact = arena_zalloc(in->arena, MOST_FACTS * sizeof(VisitFact));
    list_read(in, f, visit, value, read_fact);
}

/* ---- blocks --------------------------------------------------------------------------------- */

/* What belongs to the kind of a block alone. */
static void complete_block(In *in, Block *b, BlockDraft *d, Pos pos)
{
    if (b->kind == BLOCK_LIST) {
        b->list = (List){.ordered = d->list.ordered,
                         .tight = !d->loose,
                         .parenthesis = d->list.parenthesis,
                         .start = d->start >= 0 ? d->start : d->list.ordered};
    } else if (b->kind == BLOCK_TABLE) {
        b->table = table_of(in, d, pos);
    } else if (b->kind == BLOCK_VISIT) {
        b->visit = arena_copy(in->arena, &d->visit, 1, sizeof d->visit);
        b->level = d->visit.stop ? 3 : 2;
    } else if (b->kind == BLOCK_CHART) {
        d->chart.source = d->source;
        b->chart = arena_copy(in->arena, &d->chart, 1, sizeof d->chart);
    } else if (b->kind == BLOCK_TILES) {
        d->tiles.source = d->source;
        b->tiles = arena_copy(in->arena, &d->tiles, 1, sizeof d->tiles);
    } else if (b->kind == BLOCK_ITEM) {
        b->task = d->task;
    } else if (b->kind == BLOCK_CODE) {
        b->info = d->info;
    } else if (b->kind == BLOCK_IMAGE) {
        b->caption = d->caption;
    } else if (b->kind == BLOCK_KEY_FIGURES || b->kind == BLOCK_RECOMMENDATIONS) {
        b->level = 2;
    }
    b->closed |= b->kind == BLOCK_BOX && b->box == BOX_CLOSED;
}

static Block *block_new(In *in, Block block, Pos json)
{
    ReadBlock *b = arena_new(in->arena, ReadBlock);
    b->block = block;
    b->json = json;
    return &b->block;
}

static Block *read_block(In *in, BlockKind kind, JsonToken open)
{
    BlockDraft draft = {.block = {.kind = kind}, .start = -1};
    if (!object_read(in, &block_shape, open, &draft))
        return NULL;
    if (draft.block.kind == BLOCK_PARAGRAPH && !draft.block.inlines)
        return NULL; /* nothing to set */
    Block *b = block_new(in, draft.block, open.pos);
    complete_block(in, b, &draft, open.pos);
    return b;
}

static Block *paragraph_of(In *in, JsonToken value)
{
    Inline *text = text_new(in, value);
    Block paragraph = {.kind = BLOCK_PARAGRAPH, .pos = value.pos, .inlines = text};
    return text ? block_new(in, paragraph, value.pos) : NULL;
}

static void append(Block ***end, Block *b)
{
    **end = b;
    if (b)
        *end = &b->next;
}

static void read_one_block(In *in, const Field *f, void *thing, JsonToken value)
{
    Block ***end = thing;
    if (value.kind == JSON_TEXT)
        append(end, paragraph_of(in, value));
    else if (value_is(in, f->key, value, JSON_OBJECT))
        append(end, read_block(in, BLOCK_PARAGRAPH, value));
}

static void read_one_item(In *in, const Field *f, void *thing, JsonToken value)
{
    Block ***end = thing;
    Block item = {.kind = BLOCK_ITEM, .pos = value.pos};
    if (value.kind == JSON_TEXT) {
        item.children = paragraph_of(in, value);
        append(end, block_new(in, item, value.pos));
    } else if (value_is(in, f->key, value, JSON_OBJECT)) {
        append(end, read_block(in, BLOCK_ITEM, value));
    }
}

static void read_children(In *in, const Field *f, void *thing, JsonToken value, ReadElement *read)
{
    Block *first = NULL, **end = &first;
    if (!depth_enter(in, value.pos)) {
        json_skip(&in->json, value);
        return;
    }
    list_read(in, f, &end, value, read);
    in->depth--;
    *(Block **)thing_member(thing, f->offset) = first;
}

void read_blocks(In *in, const Field *f, void *thing, JsonToken value)
{
    read_children(in, f, thing, value, read_one_block);
}

void read_items(In *in, const Field *f, void *thing, JsonToken value)
{
    read_children(in, f, thing, value, read_one_item);
}

/* ---- values --------------------------------------------------------------------------------- */

static Quantity quantity_of_text(In *in, JsonToken value)
{
    Str text = json_text(in->arena, value);
    if (!str_trim(text).n)
        diag_error(in->diags, value.pos, "'%s' is empty", "value");
    return quantity_read(in->arena, in->report->terms, text);
}

/* A value that is taken apart may also say how people write it; it never says two things. */
static void check_text_of(In *in, const QuantityDraft *draft, Pos pos)
{
    if (!draft->text.n)
        return;
    Quantity said = quantity_read(in->arena, in->report->terms, draft->text);
    if (quantity_equal(&said, &draft->quantity))
        return;
    diag_error(in->diags, pos, "'%s' is not what the other parts of this value say", draft->text.p);
    diag_hint(in->diags, "leave 'text' out, or give the text alone");
}

static Quantity quantity_of_object(In *in, JsonToken value)
{
    QuantityDraft draft = {.quantity = {.kind = QUANTITY_NUMBER}};
    Quantity *q = &draft.quantity;
    if (!object_read(in, &quantity_shape, value, &draft))
        return *q;
    if (q->kind != QUANTITY_INTERVAL)
        q->high = q->low;
    if (q->kind == QUANTITY_WORDS && !q->words.n)
        diag_error(in->diags, value.pos, "'%s' is missing", "words");
    check_text_of(in, &draft, value.pos);
    return *q;
}

void read_value(In *in, const Field *f, void *thing, JsonToken value)
{
    Quantity *q = thing_member(thing, f->offset);
    if (value.kind == JSON_NUMBER) {
        const Field low = {.key = f->key, .offset = (uint32_t)offsetof(Quantity, low)};
        *q = (Quantity){.kind = QUANTITY_NUMBER};
        read_decimal(in, &low, q, value);
        q->high = q->low;
    } else if (value.kind == JSON_TEXT) {
        *q = quantity_of_text(in, value);
    } else if (value_is(in, f->key, value, JSON_OBJECT)) {
        *q = quantity_of_object(in, value);
    }
}
