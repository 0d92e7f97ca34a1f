#include <math.h>

#include "base/utf8.h"
#include "compose/internal.h"

/* The numbered points of a summary: a large numeral, the finding in bold on lines of its own, what there is to say
 * of it, and beside the finding the page of what the point leads to. */

#define NUMERAL_GAP                                                                                \
    6.0f /* to the text, of a numeral that takes more room than the layout has for it */

/* A point in pieces. */
typedef struct {
    const Inline *finding; /* or NULL: it doesn't open with one */
    const Inline *text;    /* what follows it, or NULL */
    Str id;                /* of what it leads to, whose page is shown, or empty */
    unsigned page;         /* that page */
    bool other;            /* the text leads to other places, too, and says the pages itself */
} Point;

static bool is_sentence_end(char sign)
{
    return sign == '.' || sign == '?' || sign == '!';
}

static bool is_blank(char sign)
{
    return sign == ' ' || sign == '\n';
}

/* Bold words with which a point begins are what it says, where they are a sentence or all of it. */
static bool opens_with_finding(Composer *c, const Inline *in)
{
    if (!in || in->kind != INLINE_STRONG)
        return false;
    Str words = plain_text(c, in->children);
    return !in->next || (words.n && is_sentence_end(words.p[words.n - 1]));
}

static Inline *copies(Composer *c, const Inline *in)
{
    Inline *first = NULL, **end = &first;
    for (; in; in = in->next) {
        *end = arena_new(&c->arena, Inline);
        **end = *in;
        end = &(*end)->next;
    }
    return first;
}

/* The words without the blanks that part them from the finding; NULL where there are none. */
static Inline *without_blanks(Inline *in)
{
    while (in && in->kind == INLINE_LINE_BREAK)
        in = in->next;
    if (!in || in->kind != INLINE_TEXT)
        return in;
    while (in->text.n && is_blank(in->text.p[0]))
        in->text = str_cut(in->text, 1, in->text.n);
    return in->text.n || in->number ? in : without_blanks(in->next);
}

/* Whether it is a link into what the document has. */
static bool leads(Composer *c, const Inline *in)
{
    return in->kind == INLINE_LINK && str_starts(in->target, STR("#")) &&
           references_lead(c, in->target);
}

/* The last one of some words, or NULL. */
static const Inline *last_link(Composer *c, const Inline *in)
{
    const Inline *last = NULL;
    for (; in; in = in->next)
        last = leads(c, in) ? in : last;
    return last;
}

static bool leads_elsewhere(Composer *c, const Inline *in, Str id)
{
    for (; in; in = in->next) {
        if ((leads(c, in) && !str_equal(str_cut(in->target, 1, in->target.n), id)) ||
            leads_elsewhere(c, in->children, id))
            return true;
    }
    return false;
}

enum { LEAD_IN = 2 }; /* words before a link that says where to read more: "Se", "Se også" */

/* Where the sentence begins that ends a text, when it is no more than the words before a link; else text.n + 1. */
static size_t lead_in(Str text)
{
    size_t from = text.n, words = 0;
    while (from && !(from > 1 && is_blank(text.p[from - 1]) && is_sentence_end(text.p[from - 2])))
        from--;
    for (size_t i = from; i < text.n; i++)
        words += !is_blank(text.p[i]) && (i == from || is_blank(text.p[i - 1]));
    return words <= LEAD_IN ? from : text.n + 1;
}

/* Leaves out the last sentence of a point's words, where it is a link and what leads to it: the page says as much.
 * Returns what is left. */
static Inline *without_link(Inline *in, const Inline *link)
{
    Inline *before = NULL;
    for (Inline *at = in; at && at->target.p != link->target.p; at = at->next)
        before = at;
    const Inline *end = link->next;
    bool ends = !end || (!end->next && end->kind == INLINE_TEXT &&
                         str_equal(str_trim(end->text), STR(".")));
    if (!ends || (before && before->kind != INLINE_TEXT))
        return in;
    if (!before)
        return NULL;
    size_t from = lead_in(before->text);
    if (from > before->text.n || (!from && before != in))
        return in;
    while (from && is_blank(before->text.p[from - 1]))
        from--;
    before->text = str_cut(before->text, 0, from);
    before->next = NULL;
    return without_blanks(in);
}

/* The page of what the point leads to is shown where there is a side column and the page is known; without one its
 * link says it. */
static Point point_of(Composer *c, const Block *paragraph)
{
    Point point = {.text = paragraph->inlines};
    if (opens_with_finding(c, point.text)) {
        point.finding = point.text->children;
        point.text = without_blanks(copies(c, point.text->next));
    }
    const Inline *link = layout_side_width(c->l) > 0 ? last_link(c, point.text) : NULL;
    Str id = link ? str_cut(link->target, 1, link->target.n) : (Str){"", 0};
    point.page = link ? references_page(c, id) : 0;
    if (!point.page)
        return point;
    point.id = id;
    if (point.finding)
        point.text = without_link(copies(c, point.text), link);
    point.other = leads_elsewhere(c, point.text, id);
    return point;
}

/* Beside the first line of the newest unit, on its baseline; it is read behind it. */
static void add_page(Composer *c, const Point *point, const Style *text, Node parent, Pos pos)
{
    Unit *u = &array_last(&c->units);
    Str words = references_capital(c, page_words(c, point->page));
    const Style *style = style_coloured(c, STYLE_cover_page, COLOUR_primary);
    Piece piece = {.style = style, .quiet_links = true};
    piece.inlines = link_to(c, point->id, words, pos);
    Node node = document_node(c->d, parent, ROLE_P);
    Side *side = arena_new(batch_arena(c), Side);
    *side = (Side){.spec = spec_queue(c, spec_new(c, batch_arena(c), &piece, 1, node,
                                                  (float)layout_side_width(c->l))),
                   .style = style,
                   .before = style_baseline(c, text) - style_baseline(c, style)};
    u->side = side;
    u->sides = 1;
    u->sides_follow = true;
}

static Unit point_unit(const Style *style, Spec *spec, const Column *col, float after)
{
    spec->flush = true;
    return (Unit){.kind = UNIT_TEXT,
                  .x = col->x,
                  .width = col->width,
                  .after = after,
                  .spec = spec,
                  .style = style};
}

/* The first paragraph of a point. `col` is that of its text. */
static void add_first(Composer *c, const Block *paragraph, const Column *col)
{
    const Style *style = col->style;
    Point point = point_of(c, paragraph);
    float after = (float)c->l->box.title_gap;
    if (point.finding) {
        Node node = document_node(c->d, col->parent, ROLE_P);
        Inline *words = arena_new(&c->arena, Inline);
        *words = *paragraph->inlines;
        words->next = NULL;
        Unit u = point_unit(style, spec_prose(c, style, words, node, col->width), col, after);
        u.keep_next = point.text != NULL;
        u.whole = true;
        u.destination = paragraph->id;
        flow_unit(c, u);
        if (point.page)
            add_page(c, &point, style, col->parent, paragraph->pos);
    }
    if (!point.text)
        return;
    Node node = document_node(c->d, col->parent, ROLE_P);
    Spec *spec = point.page && !point.other ? spec_inlines(c, style, point.text, node, col->width)
                                            : spec_prose(c, style, point.text, node, col->width);
    flow_unit(c, point_unit(style, spec, col, (float)style->after));
    if (!point.finding && point.page)
        add_page(c, &point, style, col->parent, paragraph->pos);
}

/* The tops of the numeral's figures stand level with those of the capitals beside it. */
static void add_numeral(Composer *c, Node item, const Column *col, int number, float width)
{
    const Style *style = style_of(c, STYLE_numeral);
    Node label = document_node(c->d, item, ROLE_LBL);
    strbuf_clear(&c->text);
    strbuf_add_int(&c->text, number);
    flow_mark(c, (ItemMark){.number = spec_text(c, style, kept_text(c), label, width),
                            .style = style,
                            .node = label,
                            .x = col->x,
                            .hangs = true});
}

static float numeral_width(Composer *c, int last)
{
    StrBuf number = {0};
    strbuf_add_int(&number, last);
    float width = spec_width(c, style_of(c, STYLE_numeral), strbuf_str(&number)) + NUMERAL_GAP;
    strbuf_drop(&number);
    return fmaxf(width, (float)c->l->numeral_indent);
}

static void add_point(Composer *c, const Block *item, Node node, Column col)
{
    const Block *first = item->children;
    col.parent = document_node(c->d, node, ROLE_LBODY);
    if (first && first->kind == BLOCK_PARAGRAPH) {
        add_first(c, first, &col);
        first = first->next;
    }
    blocks_add(c, first, col);
    flow_lone_mark(c);
}

void points_add(Composer *c, const Block *list, const Column *column)
{
    int number = list->list.start, last = number - 1;
    float gap = (float)(column->style->leading + c->l->box.title_gap);
    for (const Block *item = list->children; item; item = item->next)
        last++;
    float width = numeral_width(c, last);
    Node node = document_node(c->d, column->parent, ROLE_L);
    document_detail(c->d, node)->numbering = NUMBERING_DECIMAL;
    Column col = {.x = column->x + width,
                  .width = column->width - width,
                  .style = column->style,
                  .gap = (float)c->l->list.before};
    c->item = 0;
    c->items = (unsigned)(last - number + 1);
    c->ordered++;
    for (const Block *item = list->children; item; item = item->next, c->item++) {
        Node li = document_node(c->d, node, ROLE_LI);
        add_numeral(c, li, column, number + (int)c->item, width);
        c->pending.has_before = true;
        c->pending.before = gap;
        add_point(c, item, li, col);
        flow_after(c, gap);
    }
    c->ordered--;
    c->item = c->items = 0;
}
