#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "page/internal.h"
#include "text/bidi.h"

Role heading_role(const Composer *c, int level)
{
    int n = level - 1 + c->heading_base;
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

/* The same column over all columns where the layout says so. */
static Column spread(const Composer *c, const Column *col, Span span)
{
    Column wide = *col;
    if (c->l->columns > 1)
        wide.width = span_width(c, col, span);
    return wide;
}

static Unit text_unit(const Style *style, Spec *spec, float x, float width)
{
    return (Unit){.kind = UNIT_TEXT,
                  .x = x,
                  .width = width,
                  .before = (float)style->before,
                  .after = (float)style->after,
                  .keep_next = style->keep_next,
                  .spec = spec,
                  .style = style};
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

/* Whether it says what follows it: what opens a list, and what ends with a colon. */
static bool leads_on(const Block *paragraph)
{
    const Block *next = paragraph->next;
    return next && (next->kind == BLOCK_LIST || last_character(paragraph->inlines) == ':');
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
    Column wide = column->lead ? spread(c, column, SPAN_lead) : *column, *col = &wide;
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
    Column wide = b->level <= 2 ? spread(c, column, SPAN_h2) : *column, *col = &wide;
    Node node = document_node(c->d, col->parent, heading_role(c, b->level));
    Unit u =
        text_unit(style, spec_inlines(c, style, b->inlines, node, col->width), col->x, col->width);
    u.keep_next = true;
    u.destination = b->id;
    if (c->headless && b->level <= 2 && col->parent == c->root) {
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
    flow_unit(c, text_unit(col.style, spec, col.x, col.width));
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
    Column body = {.x = col->x, .width = col->width, .style = text, .gap = gap};
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

/* ---- quotations and boxes ------------------------------------------------------------------- */

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

#define JOINT_RULE 0.4f

/* Two caveats, or a caveat and what the secretariat is asked of it. */
static bool is_doubt(const Block *b)
{
    return b && b->kind == BLOCK_BOX && (b->box == BOX_CAVEAT || b->box == BOX_SECRETARIAT);
}

static bool is_joined(const Block *b)
{
    return is_doubt(b) && is_doubt(b->next);
}

/* The newest units end a box and begin one, right below each other with a rule between. */
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
    open->rule = (Rule){JOINT_RULE, open->bar.colour};
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
static void add_quote(Composer *c, const Block *b, Column *column)
{
    Column wide = spread(c, column, SPAN_box), *col = &wide, bar = wide;
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
static void add_box(Composer *c, const Block *b, Column *column)
{
    Column wide = spread(c, column, SPAN_box), *col = &wide;
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

/* ---- visits --------------------------------------------------------------------------------- */

#define MOST_HUNG 0.5f /* of the width: a value with less room goes on below its label */

/* Without a side column what would stand there is a line of the text: "Dato  29. august 2012"; where it takes more
 * lines they stand below the value. */
static void add_fact(Composer *c, Str label, Str value, bool doubt, Node parent)
{
    const Style *name = style_of(c, STYLE_side_label), *text = style_of(c, STYLE_side_value);
    if (doubt) {
        name = style_coloured(c, STYLE_side_label, COLOUR_caution);
        text = style_coloured(c, STYLE_side_value, COLOUR_caution);
    }
    float width = (float)c->l->text_width;
    Node node = document_node(c->d, parent, ROLE_P);
    Piece pieces[] = {{.style = name, .text = label},
                      {.style = text, .text = STR(NO_BREAK_SPACE " ")},
                      {.style = text, .text = value}};
    Spec *spec = spec_new(c, batch_arena(c), pieces, 3, node, width);
    float value_at = spec_width(c, name, label) +
                     spec_width(c, text, STR(NO_BREAK_SPACE NO_BREAK_SPACE));
    spec->turn = value_at <= width * MOST_HUNG ? value_at : 0;
    Unit u = text_unit(text, spec_queue(c, spec), 0, width);
    u.before = u.after = 0;
    u.keep_next = true;
    flow_unit(c, u);
}

void side_add(Composer *c, Sides *s, Str label, Str value, Node parent)
{
    const Style *name = style_of(c, STYLE_side_label), *text = style_of(c, STYLE_side_value);
    float width = (float)layout_side_width(c->l);
    if (!value.n)
        return;
    if (width <= 0) {
        add_fact(c, label, value, false, parent);
        return;
    }
    Node label_node = document_node(c->d, parent, ROLE_P);
    Node value_node = document_node(c->d, parent, ROLE_P);
    s->at[s->n] = (Side){.spec = spec_text(c, name, label, label_node, width),
                         .style = name,
                         .before = s->n ? (float)name->before : 0};
    s->at[s->n + 1] = (Side){.spec = spec_text(c, text, value, value_node, width), .style = text};
    s->n += 2;
}

void sides_pend(Composer *c, const Sides *sides)
{
    if (layout_side_width(c->l) <= 0) {
        const Style *value = style_of(c, STYLE_side_value);
        flow_after(c, (float)fmax(value->after, style_of(c, STYLE_body)->after));
        return;
    }
    c->pending.side = arena_copy(batch_arena(c), sides->at, sides->n, sizeof(Side));
    c->pending.sides = sides->n;
}

static Str printed_date(Composer *c, Date date)
{
    strbuf_clear(&c->text);
    if (date_given(date))
        date_print(&c->text, c->t, date);
    return kept_text(c);
}

bool fact_is_doubt(const Composer *c, const VisitFact *fact)
{
    return utf8_equal_fold(fact->label, c->t->print[TERM_to_clarify]);
}

void doubt_pieces(Composer *c, const VisitFact *fact, Piece pieces[2])
{
    labelled_pieces(c, style_of(c, STYLE_tile_caveat), fact->label, fact->pos, fact->text, pieces);
}

static void add_doubt(Composer *c, Sides *s, const VisitFact *fact, Node parent)
{
    const Style *style = style_of(c, STYLE_tile_caveat);
    Piece pieces[2];
    doubt_pieces(c, fact, pieces);
    Node node = document_node(c->d, parent, ROLE_P);
    float width = (float)layout_side_width(c->l);
    Spec *spec = spec_queue(c, spec_new(c, batch_arena(c), pieces, 2, node, width));
    s->at[s->n] = (Side){.spec = spec, .style = style, .before = s->n ? DOUBT_GAP : 0};
    s->n++;
}

/* What is to be clarified stands right below the date, which it is mostly about; else facts keep their order. */
static void add_facts(Composer *c, Sides *s, const Visit *v, bool doubts, Node parent)
{
    bool beside = layout_side_width(c->l) > 0;
    for (size_t i = 0; i < v->facts; i++) {
        const VisitFact *fact = &v->fact[i];
        bool doubt = fact_is_doubt(c, fact);
        if (doubt != doubts)
            continue;
        if (doubt && beside)
            add_doubt(c, s, fact, parent);
        else if (doubt)
            add_fact(c, fact->label, fact->text, true, parent);
        else
            side_add(c, s, fact->label, fact->text, parent);
    }
}

/* Date, organisation, place, contact and what else is known stand in the side column, level with the text that
 * follows. */
static void add_visit_sides(Composer *c, const Visit *v, Node parent)
{
    Sides s = {.n = 0};
    bool any = date_given(v->date) || v->organisation.n || v->place.n || v->contact.n || v->facts;
    if (!any)
        return;
    Node box = document_node(c->d, parent, ROLE_DIV);
    const Str *print = c->t->print;
    side_add(c, &s, print[TERM_date], printed_date(c, v->date), box);
    add_facts(c, &s, v, true, box);
    side_add(c, &s, print[TERM_organisation], v->organisation, box);
    side_add(c, &s, print[TERM_place], v->place, box);
    side_add(c, &s, print[TERM_contact_person], v->contact, box);
    add_facts(c, &s, v, false, box);
    sides_pend(c, &s);
}

/* Whether notes can stand beside what these blocks begin with. */
static bool begins_with_text(const Block *list)
{
    static const bool is_text[] = {
        [BLOCK_PARAGRAPH] = true, [BLOCK_HEADING] = true, [BLOCK_LIST] = true,
        [BLOCK_QUOTE] = true,     [BLOCK_BOX] = true,     [BLOCK_CODE] = true,
        [BLOCK_VISIT] = true,     [BLOCK_TILES] = false};
    return list && is_text[list->kind];
}

void sides_alone(Composer *c, const Block *children, const Style *heading)
{
    const Style *style = style_of(c, STYLE_body);
    if (!c->pending.sides || begins_with_text(children))
        return;
    flow_after(c, 0);
    Spec *spec = spec_text(c, style, STR(""), ARTIFACT_LAYOUT, 1);
    Unit u = text_unit(style, spec, 0, 1);
    u.before = 0;
    u.after = (float)heading->after;
    u.keep_next = children != NULL;
    flow_unit(c, u);
}

static void add_visit_head(Composer *c, const Block *b, Column *col)
{
    float width = span_width(c, col, SPAN_h2);
    const Style *kicker = style_of(c, STYLE_kicker);
    Rule rule = {2.25f, colour_of(c, COLOUR_primary)};
    flow_unit(c, (Unit){.kind = UNIT_RULE,
                        .x = 0,
                        .width = width,
                        .before = (float)c->l->style[STYLE_h2].before,
                        .after = 9,
                        .height = rule.width,
                        .rule = rule,
                        .keep_next = true});
    Node node = document_node(c->d, col->parent, ROLE_P);
    Str text = c->t->print[b->visit->meeting ? TERM_meeting : TERM_visit];
    Unit u = text_unit(kicker, spec_text(c, kicker, text, node, col->width), col->x, col->width);
    u.keep_next = true;
    u.before = 0;
    u.destination = b->id;
    flow_unit(c, u);
}

static void add_visit(Composer *c, const Block *b, Column *col)
{
    bool stop = b->visit->stop;
    const Style *style = style_of(c, stop ? STYLE_h3 : STYLE_h2);
    if (!stop)
        add_visit_head(c, b, col);
    Node node = document_node(c->d, col->parent, heading_role(c, stop ? 3 : 2));
    Column wide = stop ? *col : spread(c, col, SPAN_h2);
    Unit u =
        text_unit(style, spec_inlines(c, style, b->inlines, node, wide.width), wide.x, wide.width);
    u.keep_next = true;
    if (stop)
        u.destination = b->id;
    else
        u.before = 0;
    flow_unit(c, u);
    add_visit_sides(c, b->visit, col->parent);
    sides_alone(c, b->children, style);
    blocks_add(c, b->children, *col);
}

/* ---- gathered parts, shown where they stand when the layout has no part for them ------------ */

static void add_gathered_heading(Composer *c, const Block *b, Column *col)
{
    Block heading = *b;
    heading.level = 2;
    add_heading(c, &heading, col);
}

static void add_key_figures(Composer *c, const Block *b, Column *col)
{
    if (!c->has_figures_part) {
        add_gathered_heading(c, b, col);
        figures_add_section(c, c->section);
    } else if (b->children) {
        add_gathered_heading(c, b, col);
    }
    blocks_add(c, b->children, *col);
}

static void add_recommendations(Composer *c, const Block *b, Column *col)
{
    if (!c->has_recommendations_part) {
        add_gathered_heading(c, b, col);
        recommendations_add_section(c, c->section);
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
                                               [BLOCK_QUOTE] = add_quote,
                                               [BLOCK_BOX] = add_box,
                                               [BLOCK_CODE] = add_code,
                                               [BLOCK_RULE] = add_rule,
                                               [BLOCK_TABLE] = add_table,
                                               [BLOCK_IMAGE] = add_image,
                                               [BLOCK_VISIT] = add_visit,
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
