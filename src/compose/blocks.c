#include <math.h>

#include "compose/blocks.h"

Role heading_role(const Composer *c, int level)
{
    int n = level - 1 + c->own->heading_base;
    return (Role)(ROLE_H1 + (n < 1 ? 0 : n > 6 ? 5 : n - 1));
}

Column text_column(const Composer *c)
{
    return (Column){.x = 0,
                    .width = (float)c->l->text_width,
                    .parent = c->root,
                    .style = style_of(c, STYLE_body)};
}

float span_width(const Composer *c, const Column *column, Span span)
{
    bool wide = column->x <= 0 && (c->l->columns == 1 || c->l->span[span]);
    return wide ? (float)layout_live_width(c->l) : column->width;
}

Column column_spread(const Composer *c, const Column *col, Span span)
{
    Column wide = *col;
    if (c->l->columns > 1)
        wide.width = span_width(c, col, span);
    return wide;
}

/* ---- text ----------------------------------------------------------------------------------- */

/* The last character of some words, or 0. */
static char last_character(const Inline *in)
{
    char last = '\0';
    for (; in; in = in->next) {
        char inner = in->children ? last_character(in->children) : '\0';
        last = inner ? inner : in->text.n ? in->text.p[in->text.n - 1] : last;
    }
    return last;
}

/* Whether a list's item is around it, with nothing between them. */
static bool is_in_item(const Composer *c, const Column *col)
{
    return document_role(c->d, col->parent) == ROLE_LBODY;
}

/* Whether it says what follows it: what opens a list and is no whole sentence, and what ends with a colon. */
static bool leads_on(const Block *paragraph)
{
    const Block *next = paragraph->next;
    char last = last_character(paragraph->inlines);
    return next && (next->kind == BLOCK_LIST ? last != '.' : last == ':');
}

/* The lines of an author. */
typedef struct {
    size_t breaks, length, longest; /* in bytes */
} Lines;

static void measure_lines_of(const Inline *in, Lines *lines)
{
    for (; in; in = in->next) {
        measure_lines_of(in->children, lines);
        lines->length += in->kind == INLINE_TEXT || in->kind == INLINE_CODE ? in->text.n : 0;
        if (in->kind == INLINE_LINE_BREAK) {
            lines->breaks++;
            lines->length = 0;
        }
        lines->longest = lines->length > lines->longest ? lines->length : lines->longest;
    }
}

/* Whether its lines are what is read, as in verse or an address: several, and none a paragraph in itself. */
static bool is_verse(const Inline *inlines)
{
    enum { BREAKS = 2, LONGEST = 120 };
    Lines lines = {0};
    measure_lines_of(inlines, &lines);
    return lines.breaks >= BREAKS && lines.longest <= LONGEST;
}

/* The words of a paragraph; what is too long for its line in verse goes on indented. */
static Spec *paragraph_spec(Composer *c, const Style *style, const Inline *inlines, Node node,
                            float width)
{
    Spec *spec = spec_prose(c, style, inlines, node, width);
    if (is_verse(inlines))
        spec->turn = 2 * (float)style->size;
    return spec;
}

/* Whether it says who is quoted: the last paragraph of a quotation, with a dash before it. */
static bool is_attribution(const Composer *c, const Block *b, const Column *col)
{
    Str text = b->inlines->kind == INLINE_TEXT ? b->inlines->text : (Str){"", 0};
    return document_role(c->d, col->parent) == ROLE_BLOCK_QUOTE && !b->next &&
           (str_starts(text, STR("\xE2\x80\x94 ")) || str_starts(text, STR("\xE2\x80\x93 ")));
}

/* Near to what was said, and on its page. */
static void add_attribution(Composer *c, const Block *b, const Column *col)
{
    const Style *style = style_of(c, STYLE_source);
    Node node = document_node(c->d, col->parent, ROLE_P);
    flow_after(c, (float)c->l->box.title_gap);
    array_last(&c->units).leads_on = true;
    Unit u =
        text_unit(style, spec_inlines(c, style, b->inlines, node, col->width), col->x, col->width);
    u.whole = true;
    flow_unit(c, u);
}

/* Whether the text above is a paragraph in the same style: only then is a first line indented. */
static bool follows_text(const Composer *c, const Style *style)
{
    const Unit *last = c->units.n ? &array_last(&c->units) : NULL;
    return last && last->kind == UNIT_TEXT && last->style == style && !last->mark;
}

enum { TAB = 4 }; /* code is seldom typed for more */

/* Code with blanks to the next stop for each tab, kept with the batch. */
static Str without_tabs(Composer *c, Str text)
{
    size_t column = 0;
    strbuf_clear(&c->text);
    for (size_t i = 0; i < text.n; i++) {
        size_t blanks = text.p[i] == '\t' ? TAB - column % TAB : 0;
        for (size_t k = 0; k < blanks; k++)
            strbuf_add_char(&c->text, ' ');
        if (!blanks)
            strbuf_add_char(&c->text, text.p[i]);
        bool continues = ((unsigned char)text.p[i] & 0xC0) == 0x80; /* of a character in UTF-8 */
        column = text.p[i] == '\n' ? 0 : column + (blanks ? blanks : !continues);
    }
    return kept_text(c);
}

/* The lines of a block of code, kept with the batch. */
static Str code_text(Composer *c, const Block *b)
{
    Str text = b->text;
    while (str_ends(text, STR("\n")))
        text.n--;
    return without_tabs(c, text);
}

/* The column's, or over all columns where a line would else have to go on with another. */
static float code_width(Composer *c, Str text, const Column *col)
{
    bool wide = false;
    for (size_t at = 0; c->l->columns > 1 && col->x <= 0 && !wide && at < text.n;) {
        size_t stop = at + str_find(str_cut(text, at, text.n), '\n');
        wide = spec_width(c, style_of(c, STYLE_code), str_cut(text, at, stop)) > col->width;
        at = stop + 1;
    }
    return wide ? (float)layout_live_width(c->l) : col->width;
}

/* Whether code follows a paragraph that stands in the column as it does: over all columns it would take the paragraph
 * with it, whose lines are as long as a column is wide. */
static bool is_before_code(Composer *c, const Block *paragraph, const Column *col)
{
    const Block *next = paragraph->next;
    return next && next->kind == BLOCK_CODE && code_width(c, code_text(c, next), col) <= col->width;
}

static void add_paragraph(Composer *c, const Block *b, Column *column)
{
    Column wide = column->lead ? column_spread(c, column, SPAN_lead) : *column, *col = &wide;
    if (is_attribution(c, b, col)) {
        add_attribution(c, b, col);
        return;
    }
    const Style *style = col->lead ? style_of(c, STYLE_lead) : col->style;
    Node node = document_node(c->d, col->parent, ROLE_P);
    Unit u = text_unit(style, paragraph_spec(c, style, b->inlines, node, col->width), col->x,
                       col->width);
    u.spec->flush = !follows_text(c, style);
    u.whole = col->lead;
    u.destination = b->id;
    u.leads_on = col->lead || leads_on(b);
    u.keep_next |= u.leads_on && is_before_code(c, b, col);
    if (is_in_item(c, col))
        u.after = col->gap;
    column->lead = false;
    pull_outs_add(c, &u, col->parent);
    flow_unit(c, u);
}

static void add_heading(Composer *c, const Block *b, Column *column)
{
    const Style *style = style_of(c, b->level <= 2 ? STYLE_h2 : STYLE_h3);
    Column wide = b->level <= 2 ? column_spread(c, column, SPAN_h2) : *column, *col = &wide;
    Node node = document_node(c->d, col->parent, heading_role(c, b->level));
    Unit u =
        text_unit(style, spec_inlines(c, style, b->inlines, node, col->width), col->x, col->width);
    u.keep_next = true;
    u.destination = b->id;
    if (c->own->headless && b->level <= 2 && col->parent == c->root) {
        u.opens = u.sets_running = true;
        u.running = b->inlines;
    }
    flow_unit(c, u);
}

/* Lines as inlines, in which a line's end would be a blank. */
static Inline *lines_of(Composer *c, Str text, Pos pos)
{
    Inline *first = NULL, **end = &first;
    for (size_t at = 0; at <= text.n;) {
        size_t stop = at + str_find(str_cut(text, at, text.n), '\n');
        Inline *line = arena_new(batch_arena(c), Inline), *gap = arena_new(batch_arena(c), Inline);
        *line = (Inline){.kind = INLINE_TEXT, .pos = pos, .text = str_cut(text, at, stop)};
        *gap = (Inline){.kind = INLINE_LINE_BREAK, .pos = pos};
        *end = line;
        if (stop < text.n)
            line->next = gap;
        end = &gap->next;
        at = stop + 1;
    }
    return first;
}

/* Half a line around code at least, or it runs together with the text: both make the line of a grid. None above it
 * where the mark of a list item stands beside it. */
static void clear_code(const Composer *c, const Style *style, Unit *u)
{
    float least = (float)style->leading / 2;
    u->before = c->pending.mark ? u->before : fmaxf(u->before, least);
    u->after = fmaxf(u->after, least);
}

/* Over all columns of several it cuts them, and has rules as tables there have. */
static bool cuts_columns(const Composer *c, const Unit *code)
{
    return c->l->columns > 1 && code->x <= 0 && measure_is_wide(c, code);
}

#define CODE_RULE 0.4f /* where rows of tables have none */

static Unit code_rule(const Composer *c, const Unit *code)
{
    const TableStyle *table = &c->l->table;
    Rule rule = {table->rule_row > 0 ? (float)table->rule_row : CODE_RULE,
                 colour_of(c, COLOUR_line)};
    return (Unit){.kind = UNIT_RULE,
                  .x = code->x,
                  .width = code->width,
                  .before = (float)table->row_padding,
                  .after = (float)table->row_padding,
                  .height = rule.width,
                  .rule = rule};
}

/* The space around it, as around a table, is outside of the rules. They stand with its first and its last lines, also
 * where it is broken over pages. */
static void flow_ruled_code(Composer *c, Unit code)
{
    Unit above = code_rule(c, &code), below = above;
    above.keep_next = true;
    above.before = fmaxf(code.before, (float)c->l->table.before);
    below.after = fmaxf(code.after, (float)c->l->table.after);
    code.before = code.after = above.after;
    code.keep_next = code.leads_on = true;
    flow_unit(c, above);
    flow_unit(c, code);
    flow_unit(c, below);
}

/* Every line of code is a line, and its blanks stay; what is too long goes on indented, with a sign. */
static void add_code(Composer *c, const Block *b, Column *col)
{
    const Style *style = style_of(c, STYLE_code);
    Str text = code_text(c, b);
    float width = code_width(c, text, col);
    Node paragraph = document_node(c->d, col->parent, ROLE_P);
    Node node = document_node(c->d, paragraph, ROLE_CODE);
    Str language = code_language(b->info);
    if (language.n)
        document_detail(c->d, node)->language = document_str(c->d, language);
    Piece piece = {.style = style, .inlines = lines_of(c, text, b->pos), .code = true};
    Spec *spec = spec_queue(c, spec_new(c, batch_arena(c), &piece, 1, node, width));
    spec->turn = 2 * (float)style->size;
    Unit u = text_unit(style, spec, col->x, width);
    u.turn_signs = true;
    if (is_in_item(c, col))
        u.after = col->gap;
    clear_code(c, style, &u);
    if (cuts_columns(c, &u))
        flow_ruled_code(c, u);
    else
        flow_unit(c, u);
}

static void add_rule(Composer *c, const Block *b, Column *col)
{
    const Style *body = style_of(c, STYLE_body);
    /* Between a heading and its text it stands with both. */
    bool below_heading = c->units.n && array_last(&c->units).keep_next;
    Unit u = {.kind = UNIT_RULE,
              .keep_next = below_heading && b->next,
              .x = col->x,
              .width = col->width,
              .before = (float)body->leading,
              .after = (float)body->leading,
              .height = 0.5f,
              .rule = {0.5f, colour_of(c, COLOUR_axis)}};
    flow_unit(c, u);
}

/* ---- lists ---------------------------------------------------------------------------------- */

static void add_bullet(Composer *c, Node item, float x)
{
    Node label = document_node(c->d, item, ROLE_LBL);
    document_detail(c->d, label)->actual_text = STR("\xE2\x80\xA2");
    flow_mark(c, (ItemMark){.node = label, .x = x});
}

/* A screen reader says what the tick in the box says. */
static void add_task(Composer *c, Node item, float x, TaskState task)
{
    Node label = document_node(c->d, item, ROLE_LBL);
    Str text = c->t->print[task == TASK_DONE ? TERM_task_done : TERM_task_open];
    document_detail(c->d, label)->actual_text = document_str(c->d, text);
    flow_mark(c, (ItemMark){.task = task, .node = label, .x = x});
}

/* What an item has at its left. */
typedef struct {
    Numbering numbering;
    float width;
    bool parenthesis;
} Labels;

static void add_number(Composer *c, Node item, const Column *col, const Labels *labels, int number)
{
    const Style *style = style_sized(c, STYLE_list_number, col->style);
    Node label = document_node(c->d, item, ROLE_LBL);
    strbuf_clear(&c->text);
    numbering_add(&c->text, labels->numbering, number, labels->parenthesis);
    Spec *spec = spec_text(c, style, kept_text(c), label, labels->width);
    flow_mark(c, (ItemMark){.number = spec, .style = style, .node = label, .x = col->x});
}

#define LEAST_LABEL_GAP 4.0f
#define LETTER_MORE 1.0f

/* What a number of one figure leaves of its room, less what letters are wider than figures: all others have as much
 * before their text. */
static float label_gap(Composer *c, const Style *style, bool parenthesis)
{
    Str figure = parenthesis ? STR("8)") : STR("8.");
    return fmaxf((float)c->l->list.number_indent - spec_width(c, style, figure) - LETTER_MORE,
                 LEAST_LABEL_GAP);
}

/* Long numbers need more room than the style gives. The last decimal is the widest; others may be anywhere. Bullets
 * in a numbered item are indented as letters there are. */
static Labels labels_of(Composer *c, const Block *list, const Style *text, int last)
{
    const ListStyle *style = &c->l->list;
    double indent = c->ordered ? style->number_indent : style->indent;
    if (!list->list.ordered)
        return (Labels){.numbering = NUMBERING_BULLET, .width = (float)indent};
    Labels labels = {.numbering = numbering_of(c, list->list.start, last),
                     .width = (float)style->number_indent,
                     .parenthesis = list->list.parenthesis};
    const Style *number_style = style_sized(c, STYLE_list_number, text);
    float gap = label_gap(c, number_style, labels.parenthesis);
    StrBuf number = {0};
    for (int i = labels.numbering == NUMBERING_DECIMAL ? last : list->list.start; i <= last; i++) {
        strbuf_clear(&number);
        numbering_add(&number, labels.numbering, i, labels.parenthesis);
        labels.width = fmaxf(labels.width, spec_width(c, number_style, strbuf_str(&number)) + gap);
    }
    strbuf_drop(&number);
    return labels;
}

static void set_before(Composer *c, float before)
{
    c->pending.has_before = true;
    c->pending.before = before;
}

/* The text of an item with a single paragraph belongs to its body; else, and with what is pulled out of it, it
 * has paragraphs. */
static void add_item_blocks(Composer *c, const Block *item, Column col)
{
    const Block *only = item->children;
    if (!only || only->next || only->kind != BLOCK_PARAGRAPH || pull_outs_in(c, only->inlines)) {
        blocks_add(c, item->children, col);
        flow_lone_mark(c);
        return;
    }
    Spec *spec = paragraph_spec(c, col.style, only->inlines, col.parent, col.width);
    Unit u = text_unit(col.style, spec, col.x, col.width);
    u.whole = col.point;
    flow_unit(c, u);
}

static void add_item(Composer *c, const Block *item, int number, Node node, Column body,
                     const Labels *labels)
{
    if (item->task != TASK_NONE)
        add_task(c, node, body.x, item->task);
    else if (labels->numbering != NUMBERING_BULLET)
        add_number(c, node, &body, labels, number);
    else
        add_bullet(c, node, body.x);
    body.x += labels->width;
    body.width -= labels->width;
    body.parent = document_node(c->d, node, ROLE_LBODY);
    add_item_blocks(c, item, body);
}

/* Below a list there is no more space than below the paragraphs around it. */
static float after_list(const Composer *c, const Column *col)
{
    const ListStyle *style = &c->l->list;
    return fminf((float)style->after, fmaxf((float)col->style->after, (float)style->before));
}

/* A tight list has one space everywhere in it, a loose one another; a list in an item has about it what
 * the item has between its paragraphs. */
static void add_list(Composer *c, const Block *b, Column *col)
{
    const ListStyle *style = &c->l->list;
    if (col->summary && b->list.ordered && c->l->numeral_indent > 0) {
        points_add(c, b, col);
        return;
    }
    bool inner = is_in_item(c, col);
    float gap = b->list.tight ? (float)style->item_gap : (float)style->before;
    float above = inner ? fmaxf(gap, col->gap) : (float)style->before;
    float below = inner ? above : after_list(c, col);
    int number = b->list.start;
    unsigned item_before = c->item, items_before = c->items;
    c->items = 0;
    for (const Block *item = b->children; item; item = item->next)
        c->items++;
    Labels labels = labels_of(c, b, col->style, number + (int)c->items - 1);
    Node list = document_node(c->d, col->parent, ROLE_L);
    document_detail(c->d, list)->numbering = labels.numbering;
    const Style *text = style->ragged ? style_ragged(c, col->style) : col->style;
    Column body = {.x = col->x,
                   .width = col->width,
                   .style = text,
                   .gap = gap,
                   .point = col->summary && c->l->columns > 1};
    c->ordered += b->list.ordered;
    c->lists++;
    for (const Block *item = b->children; item; item = item->next, number++) {
        if (!c->pending.mark) /* an item that begins with a list has its own space */
            set_before(c, item == b->children ? above : gap);
        c->item = (unsigned)(number - b->list.start);
        add_item(c, item, number, document_node(c->d, list, ROLE_LI), body, &labels);
        if (array_last(&c->units).kind == UNIT_TEXT)
            flow_after(c, item->next ? gap : below);
    }
    c->ordered -= b->list.ordered;
    c->lists--;
    c->item = item_before;
    c->items = items_before;
}

/* ---- gathered parts, shown where they stand when the layout has no part for them ------------ */

static void add_gathered_heading(Composer *c, const Block *b, Column *col)
{
    Block heading = *b;
    heading.level = 2;
    add_heading(c, &heading, col);
}

/* Under the first such heading of a section stands all that it has of the kind, open and closed. */
static bool is_first_of_kind(const Composer *c, const Block *b)
{
    const Block *first = c->e->section[c->own->section].blocks;
    while (first && first != b && first->kind != b->kind)
        first = first->next;
    return first == b;
}

static void add_key_figures(Composer *c, const Block *b, Column *col)
{
    if (!c->own->has_figures_part && is_first_of_kind(c, b)) {
        add_gathered_heading(c, b, col);
        figures_add_section(c, c->own->section);
    } else if (b->children) {
        add_gathered_heading(c, b, col);
    }
    blocks_add(c, b->children, *col);
}

static void add_recommendations(Composer *c, const Block *b, Column *col)
{
    if (!c->own->has_recommendations_part && is_first_of_kind(c, b)) {
        add_gathered_heading(c, b, col);
        recommendations_add_section(c, c->own->section);
    } else if (b->children) {
        add_gathered_heading(c, b, col);
    }
    blocks_add(c, b->children, *col);
}

static void add_table(Composer *c, const Block *b, Column *col)
{
    table_add_block(c, b, *col);
}

static void add_image(Composer *c, const Block *b, Column *col)
{
    image_add(c, b, *col);
}

static void add_tiles(Composer *c, const Block *b, Column *col)
{
    tiles_add(c, b, *col);
}

void blocks_add(Composer *c, const Block *list, Column column)
{
    static void (*const adders[])(Composer *, const Block *,
                                  Column *) = {[BLOCK_PARAGRAPH] = add_paragraph,
                                               [BLOCK_HEADING] = add_heading,
                                               [BLOCK_LIST] = add_list,
                                               [BLOCK_ITEM] = NULL,
                                               [BLOCK_QUOTE] = quote_add,
                                               [BLOCK_BOX] = box_add,
                                               [BLOCK_CODE] = add_code,
                                               [BLOCK_RULE] = add_rule,
                                               [BLOCK_TABLE] = add_table,
                                               [BLOCK_IMAGE] = add_image,
                                               [BLOCK_VISIT] = visit_add,
                                               [BLOCK_KEY_FIGURES] = add_key_figures,
                                               [BLOCK_RECOMMENDATIONS] = add_recommendations,
                                               [BLOCK_CHART] = NULL,
                                               [BLOCK_TILES] = add_tiles};
    bool noted = false;
    for (const Block *b = list, *above = NULL; b; above = b, b = b->next) {
        if (noted && block_is_note(c->t, b)) {
            table_add_note(c, b, column);
            continue;
        }
        noted = block_takes_notes(b);
        column.below_tiles = column.summary && above && above->kind == BLOCK_TILES;
        if (adders[b->kind])
            adders[b->kind](c, b, &column);
        if (b->kind == BLOCK_CHART && charts_add(c, b, column) > 1 && b->next)
            b = b->next; /* it stands beside this one */
        column.lead = false;
    }
}

void blocks_add_alone(Composer *c, const Block *block, Column column)
{
    Block *alone = arena_new(batch_arena(c), Block);
    *alone = *block;
    alone->next = NULL;
    blocks_add(c, alone, column);
}

void blocks_add_note(Composer *c, const Block *text, float indent, Node node)
{
    Column column = text_column(c);
    column.x = indent;
    column.width -= indent;
    column.parent = node;
    column.style = style_of(c, STYLE_note);
    blocks_add(c, text, column);
}
