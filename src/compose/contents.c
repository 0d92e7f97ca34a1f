#include <math.h>

#include "base/utf8.h"
#include "compose/internal.h"

/* The contents, and the lists of tables and figures: label, title and page of each entry, which are one link. */

/* Measures of the three columns. */
#define LABEL_WIDTH (20 * 72 / 25.4f)
#define LABEL_GAP 9.0f
#define PAGE_WIDTH (12 * 72 / 25.4f)
#define DAYS_CLEAR                                                                                 \
    (4 * 72 / 25.4f) /* more to the days beside them, or a page and a date look like one line */
#define INDENT 12.0f /* of each level below the second */

#define CONTENTS STR("del-indhold")
#define TABLES STR("del-tabeller")
#define FIGURES STR("del-figurer")

enum { MOST_LEVEL = 6 };

/* Entries of a list, and where the next one stands in the structure. */
typedef struct {
    Composer *c;
    const Entry *entry;
    size_t n;
    bool flat;   /* all are of one level, and look so */
    float width; /* of its lines, … */
    float page;  /* … and in them of pages' numbers */
    Node toc;
    struct {
        int level;
        Node item, inner; /* inner: the list in the item, once it has one */
    } open[MOST_LEVEL + 1];
    int depth; /* how many are open */
} Listing;

static Node link_of(Listing *l, int level)
{
    Composer *c = l->c;
    while (l->depth && l->open[l->depth - 1].level >= level)
        l->depth--;
    Node toc = l->toc;
    if (l->depth) {
        Node *inner = &l->open[l->depth - 1].inner;
        if (*inner == NODE_NONE)
            *inner = document_node(c->d, l->open[l->depth - 1].item, ROLE_TOC);
        toc = *inner;
    }
    Node item = document_node(c->d, toc, ROLE_TOCI);
    l->open[l->depth].level = level;
    l->open[l->depth].item = item;
    l->open[l->depth++].inner = NODE_NONE;
    return document_node(c->d, document_node(c->d, item, ROLE_REFERENCE), ROLE_LINK);
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

/* Readers part words by spaces alone, not by the room between columns. */
static Str with_space(Composer *c, Str text)
{
    if (!text.n)
        return text;
    strbuf_clear(&c->text);
    strbuf_add_str(&c->text, text);
    strbuf_add_text(&c->text, NO_BREAK_SPACE);
    return kept_text(c);
}

#define TURN 9.0f /* so that the second line of an entry isn't taken for another entry */

static CellBox text_cell(Composer *c, StyleRole role, Str text, Node node, float x, float width)
{
    const Style *style = style_of(c, role);
    CellText *t = arena_array(batch_arena(c), 1, CellText);
    *t = (CellText){.spec = spec_text(c, style, text, node, width), .style = style};
    t->spec->turn = TURN;
    return (CellBox){.text = t, .texts = text.n ? 1 : 0, .x = x, .width = width, .node = node};
}

/* Room for the label of a theme with a number of two figures. */
static float label_width(Composer *c)
{
    float width = spec_width(c, style_of(c, STYLE_contents_label), theme_label(c, 88)) + LABEL_GAP;
    return width > LABEL_WIDTH ? width : LABEL_WIDTH;
}

/* With the space before it that separates it from the title. */
static float number_width(Composer *c, uint32_t number)
{
    StrBuf text = {0};
    strbuf_add_text(&text, NO_BREAK_SPACE);
    strbuf_add_int(&text, number);
    float strong = spec_width(c, style_of(c, STYLE_contents_1), strbuf_str(&text));
    float other = spec_width(c, style_of(c, STYLE_contents_page), strbuf_str(&text));
    strbuf_drop(&text);
    return ceilf(fmaxf(strong, other));
}

/* Room for the pages' numbers: wider ones come to be known when all pages are made. */
static float page_width(Composer *c)
{
    uint32_t wider = wider_page(c->widest_page);
    while (wider < WIDEST_PAGE && number_width(c, wider) <= PAGE_WIDTH)
        wider = wider_page(wider);
    page_needs_room(c, wider);
    return fmaxf(PAGE_WIDTH, number_width(c, c->widest_page));
}

static bool is_top(const Listing *l, const Entry *e)
{
    return l->flat || e->level == 1;
}

static void fill_cells(Listing *l, const Entry *e, Node link, CellBox cell[3])
{
    Composer *c = l->c;
    bool strong = !l->flat && e->level == 1;
    StyleRole role = strong ? STYLE_contents_1 : STYLE_contents_2;
    float page_x = l->width - l->page;
    float label_x = label_width(c),
          title_x = label_x + (e->level > 2 ? (float)(e->level - 2) * INDENT : 0);
    cell[0] = text_cell(c, STYLE_contents_label, with_space(c, e->label), link, 0, label_x);
    cell[1] = text_cell(c, role, e->title, link, title_x, page_x - title_x);
    cell[1].leader = c->l->contents.leaders;
    cell[2] =
        (CellBox){.x = page_x,
                  .width = l->page,
                  .node = link,
                  .at_foot = true,
                  .wait = WAIT_PAGE,
                  .target = e->destination,
                  .wait_style = strong ? style_of(c, role) : style_of(c, STYLE_contents_page)};
}

/* Whether an entry and the one below it stay together: a section's own and the first two in it, and the last two. */
static bool is_bound(const Listing *l, const Entry *e)
{
    const Entry *next = e + 1, *end = l->entry + l->n;
    if (l->flat || next >= end || is_top(l, next))
        return false;
    bool first = is_top(l, e) || e == l->entry || is_top(l, e - 1);
    bool last = next + 1 == end || is_top(l, next + 1);
    return first || last || next->level > e->level;
}

/* A line of the list. A hairline stands above each section. */
static void add_line(Listing *l, const Entry *e)
{
    Composer *c = l->c;
    const Entry *next = e + 1 < l->entry + l->n ? e + 1 : NULL;
    bool top = is_top(l, e);
    Node link = link_of(l, e->level);
    describe(c, link, e);
    CellBox *cell = arena_array(batch_arena(c), 3, CellBox);
    fill_cells(l, e, link, cell);
    Rule line = {0.4f, colour_of(c, COLOUR_line)};
    float space = (float)style_of(c, STYLE_contents_1)->before;
    flow_unit(c, (Unit){.kind = UNIT_ROW,
                        .width = l->width,
                        .top = top ? space : 0,
                        .bottom = !next || is_top(l, next) ? space : 0,
                        .rule = top ? line : (Rule){0, 0},
                        .rule_below = next ? (Rule){0, 0} : line,
                        .first_row = e == l->entry,
                        .last_row = true,
                        .cell = cell,
                        .cells = 3,
                        .keep_next = is_bound(l, e)});
}

static void add_lines(Composer *c, const Entry *entry, size_t n, bool flat, float width)
{
    Listing l = {
        .c = c, .entry = entry, .n = n, .flat = flat, .width = width, .page = page_width(c)};
    l.toc = document_node(c->d, c->root, ROLE_TOC);
    for (size_t i = 0; i < n; i++)
        add_line(&l, &entry[i]);
}

/* ---- the contents --------------------------------------------------------------------------- */

static float lines_height(Composer *c, const Entry *entry, size_t n)
{
    const Style *top = style_of(c, STYLE_contents_1), *inner = style_of(c, STYLE_contents_2);
    float width = (float)c->l->text_width - page_width(c) - label_width(c), height = 0;
    for (size_t i = 0; i < n; i++) {
        const Style *style = entry[i].level == 1 ? top : inner;
        float lines = ceilf(spec_width(c, style, entry[i].title) / width);
        height += fmaxf(lines, 1) * (float)style->leading;
        height += style == top ? 2 * (float)top->before : 0;
    }
    return height;
}

/* On a page, below the title. */
static float lines_room(const Composer *c)
{
    const Style *title = style_of(c, STYLE_h1);
    return measure_page(c) - (float)(title->leading + title->after);
}

/* What pages that follow have more, but for lines that stay together and go on to the next. */
static float more_room(const Composer *c)
{
    enum { BOUND = 2 };
    int more = c->l->contents.most_pages - 1;
    float bound = BOUND * (float)style_of(c, STYLE_contents_2)->leading;
    return more > 0 ? (float)more * (measure_page(c) - bound) : 0;
}

enum { AUTO_DEPTH = 2 };

/* Its first level alone: returns how many entries are left. */
static size_t shortened(Entry *entry, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (entry[i].level == 1)
            entry[kept++] = entry[i];
    return kept;
}

enum { COMMON_LEAST = 3 }; /* of so many headings that are alike, none says what stands below it */

/* How often each title of the second level is among the entries. */
static void count_titles(const Entry *entry, size_t n, Map *times)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t before = 0;
        if (entry[i].level == 1)
            continue;
        map_get(times, entry[i].title, &before);
        map_put(times, entry[i].title, before + 1);
    }
}

/* Without headings that are the same in many sections: returns how many entries are left. */
static size_t without_common(Entry *entry, size_t n)
{
    Map times = {0};
    size_t kept = 0;
    count_titles(entry, n, &times);
    for (size_t i = 0; i < n; i++) {
        uint32_t alike = 0;
        map_get(&times, entry[i].title, &alike);
        if (entry[i].level == 1 || alike < COMMON_LEAST)
            entry[kept++] = entry[i];
    }
    map_drop(&times);
    return kept;
}

static void add_contents(Composer *c)
{
    Entry *entry = arena_array(&c->arena, c->entries.n, Entry);
    size_t n = 0;
    int depth = c->l->contents.depth ? c->l->contents.depth : AUTO_DEPTH;
    for (size_t i = 0; i < c->entries.n; i++) {
        const Entry *e = &c->entries.at[i];
        if (e->level <= depth && entry_is_shown(c, e))
            entry[n++] = *e;
    }
    size_t all = n;
    n = c->l->contents.depth ? n : without_common(entry, n);
    float room = lines_room(c) - lines_height(c, entry, n);
    float more = n < all ? 0 : more_room(c);      /* few headings are worth no page more */
    if (room + more < 0 && !c->l->contents.depth) /* two levels have no room */
        n = shortened(entry, n);
    if (!n)
        return;
    part_title(c, STR(""), NULL, c->t->print[TERM_contents], STYLE_h1, CONTENTS);
    title_goes_on(c, c->t->print[TERM_contents]);
    DaysPlace days = days_place(c, room);
    if (days == DAYS_BESIDE)
        days_add(c, days);
    float clear = days == DAYS_BESIDE ? DAYS_CLEAR : 0;
    add_lines(c, entry, n, false, (float)c->l->text_width - clear);
    if (days == DAYS_BELOW)
        days_add(c, days);
}

const PartRule part_contents = {.add = add_contents};

/* ---- tables and figures --------------------------------------------------------------------- */

static Str caption_of(Composer *c, const Block *b)
{
    if (b->kind == BLOCK_CHART)
        return b->chart->headline;
    return plain_text(c, b->kind == BLOCK_TABLE ? b->table->caption : b->caption);
}

static void add_list(Composer *c, const Block *const *block, size_t n, Term title, Term label,
                     Str destination)
{
    Entry *entry = arena_array(&c->arena, n, Entry);
    size_t lines = 0;
    for (size_t i = 0; i < n; i++)
        if (references_has(c, block[i]->id))
            entry[lines++] = (Entry){.level = 1,
                                     .title = caption_of(c, block[i]),
                                     .destination = block[i]->id,
                                     .label = references_label(c, label, block[i]->number)};
    if (!lines)
        return;
    flow_part_break(c);
    part_title_here(c, STR(""), NULL, c->t->print[title], STYLE_h1, destination);
    add_lines(c, entry, lines, true, (float)c->l->text_width);
}

static void add_tables_entries(Composer *c)
{
    if (c->e->tables)
        entry_add(c, 1, 0, c->t->print[TERM_tables_list], TABLES);
}

static void add_tables(Composer *c)
{
    add_list(c, c->e->table, c->e->tables, TERM_tables_list, TERM_table_number, TABLES);
}

const PartRule part_tables_list = {.entries = add_tables_entries, .add = add_tables};

static void add_figures_entries(Composer *c)
{
    if (c->e->pictures)
        entry_add(c, 1, 0, c->t->print[TERM_figures_list], FIGURES);
}

static void add_figures(Composer *c)
{
    add_list(c, c->e->picture, c->e->pictures, TERM_figures_list, TERM_figure_number, FIGURES);
}

const PartRule part_figures_list = {.entries = add_figures_entries, .add = add_figures};
