#include <string.h>

#include "page/internal.h"

enum { NUMBER, PROPOSAL, BASIS, RESPONSIBLE, DEADLINE, ECONOMY, KINDS };

typedef struct {
    Composer *c;
    const EditionRecommendation *list;
    size_t n;
    bool grouped;
    int kind[KINDS];
    size_t columns;
    StrBuf scratch;
} Advice;

static Str keep(Advice *a)
{
    Str s = arena_str(&a->c->arena, strbuf_str(&a->scratch));
    strbuf_clear(&a->scratch);
    return s;
}

static void add_part_text(CellContent *content, const Style *style, Str text, const Inline *in)
{
    cell_add_text(content,
                  (Piece){.style = style, .text = text, .inlines = in, .quiet_links = true});
}

/* ---- cells ---------------------------------------------------------------------------------- */

/* Who stands behind it: a stated need, work under way, or a lesson that was derived. */
static Str origin_of(const Advice *a, const Recommendation *r)
{
    const Terms *t = a->c->t;
    if (r->ongoing)
        return t->print[TERM_origin_ongoing];
    return r->origin == ORIGIN_STATED    ? t->print[TERM_origin_stated]
           : r->origin == ORIGIN_DERIVED ? t->print[TERM_origin_derived]
                                         : (Str){"", 0};
}

/* ", side 6" behind a link into the document. */
static Inline *page_behind(Advice *a, const Inline *link)
{
    Composer *c = a->c;
    Str id = str_cut(link->target, 1, link->target.n);
    if (link->kind != INLINE_LINK || !link->children || !str_starts(link->target, STR("#")) ||
        !edition_has(c->e, id))
        return NULL;
    unsigned page = references_page(c, id);
    if (!page)
        return NULL;
    StrBuf number = {0};
    strbuf_add_int(&number, page);
    strbuf_add_text(&a->scratch, ", ");
    terms_fill(&a->scratch, c->t->print[TERM_page], &(TermField){"page", strbuf_str(&number)}, 1);
    strbuf_drop(&number);
    Inline *in = arena_new(&c->arena, Inline);
    *in = (Inline){.kind = INLINE_TEXT, .pos = link->pos, .text = keep(a)};
    return in;
}

/* The basis with the pages of what it links to. */
static const Inline *basis_of(Advice *a, const Recommendation *r)
{
    Inline *first = NULL, **end = &first;
    for (const Inline *in = r->basis; in; in = in->next) {
        *end = arena_new(&a->c->arena, Inline);
        **end = *in;
        end = &(*end)->next;
        *end = page_behind(a, in);
        if (*end)
            end = &(*end)->next;
        *end = NULL;
    }
    return first;
}

static Str economy_of(const Advice *a, const Recommendation *r)
{
    const Terms *t = a->c->t;
    return r->economy == ECONOMY_WITHIN  ? t->print[TERM_economy_within]
           : r->economy == ECONOMY_NEEDS ? t->print[TERM_economy_needs]
                                         : r->economy_words;
}

static Str deadline_of(Advice *a, const Recommendation *r)
{
    if (!date_given(r->deadline_date))
        return r->deadline;
    date_print(&a->scratch, a->c->t, r->deadline_date);
    return keep(a);
}

static void head_cell(const Advice *a, int kind, CellContent *content)
{
    static const Term heads[KINDS] = {[PROPOSAL] = TERM_column_proposal,
                                      [BASIS] = TERM_column_basis,
                                      [RESPONSIBLE] = TERM_column_responsible,
                                      [DEADLINE] = TERM_column_deadline,
                                      [ECONOMY] = TERM_column_economy};
    /* The column of numbers has a head, too: no column may be without a name. */
    Str text = kind == NUMBER ? a->c->t->print[TERM_column_number] : a->c->t->print[heads[kind]];
    add_part_text(content, style_of(a->c, STYLE_table_head), text, NULL);
}

static void advice_cell(void *context, size_t row, size_t column, CellContent *content)
{
    Advice *a = context;
    Composer *c = a->c;
    int kind = a->kind[column];
    const Style *cell = style_of(c, STYLE_table_cell);
    if (row == a->n) {
        head_cell(a, kind, content);
        return;
    }
    const Recommendation *r = a->list[row].recommendation;
    switch (kind) {
    case NUMBER:
        strbuf_add_int(&a->scratch, a->list[row].number);
        add_part_text(content, style_of(c, STYLE_list_number), keep(a), NULL);
        break;
    case PROPOSAL:
        add_part_text(content, style_of(c, STYLE_proposal), (Str){"", 0}, r->lead);
        add_part_text(content, style_of(c, STYLE_proposal_note), (Str){"", 0}, r->text);
        break;
    case BASIS:
        add_part_text(content, cell, origin_of(a, r), NULL);
        add_part_text(content, style_of(c, STYLE_source), (Str){"", 0}, basis_of(a, r));
        break;
    case RESPONSIBLE:
        add_part_text(content, cell, r->responsible, NULL);
        break;
    case DEADLINE:
        add_part_text(content, cell, deadline_of(a, r), NULL);
        break;
    default:
        add_part_text(content, cell, economy_of(a, r), NULL);
    }
    content->dotted = !content->parts && (kind == RESPONSIBLE || kind == DEADLINE);
}

static Str advice_group(void *context, size_t row)
{
    const Advice *a = context;
    if (!a->grouped || (row > 0 && a->list[row].section == a->list[row - 1].section))
        return (Str){"", 0};
    return plain_text(a->c, a->c->e->section[a->list[row].section].section->title);
}

static Str advice_destination(void *context, size_t row)
{
    const Advice *a = context;
    return a->list[row].recommendation->id;
}

/* ---- the table ------------------------------------------------------------------------------ */

static bool any_given(const Advice *a, int kind)
{
    for (size_t i = 0; i < a->n; i++) {
        const Recommendation *r = a->list[i].recommendation;
        if ((kind == RESPONSIBLE && r->responsible.n) || (kind == DEADLINE && r->deadline.n) ||
            (kind == ECONOMY && r->economy != ECONOMY_NONE))
            return true;
    }
    return false;
}

/* A column that is empty in every row is left out with a sentence, unless it is to be filled in by
 * hand. */
static void choose_columns(Advice *a)
{
    for (int kind = 0; kind < KINDS; kind++) {
        bool by_hand = a->c->l->write_in && (kind == RESPONSIBLE || kind == DEADLINE);
        if (kind <= BASIS || by_hand || any_given(a, kind))
            a->kind[a->columns++] = kind;
    }
}

static bool has_column(const Advice *a, int kind)
{
    for (size_t i = 0; i < a->columns; i++)
        if (a->kind[i] == kind)
            return true;
    return false;
}

static void add_left_out(Advice *a)
{
    static const struct {
        int kind;
        Term sentence;
    } left_out[] = {{RESPONSIBLE, TERM_no_responsible},
                    {DEADLINE, TERM_no_deadline},
                    {ECONOMY, TERM_no_economy}};
    Composer *c = a->c;
    const Style *style = style_of(c, STYLE_source);
    for (size_t i = 0; i < 3; i++) {
        if (has_column(a, left_out[i].kind))
            continue;
        strbuf_add_text(&a->scratch, a->scratch.n ? " " : "");
        strbuf_add_str(&a->scratch, c->t->print[left_out[i].sentence]);
    }
    if (!a->scratch.n)
        return;
    flow_after(c, (float)c->l->table.note_gap);
    Node node = document_node(c->d, c->root, ROLE_P);
    float width = (float)layout_live_width(c->l);
    flow_unit(c, (Unit){.kind = UNIT_TEXT,
                        .width = width,
                        .style = style,
                        .spec = spec_text(c, style, keep(a), node, width),
                        .before = (float)c->l->table.note_gap,
                        .after = (float)c->l->table.after});
}

static void add_table(Composer *c, const EditionRecommendation *list, size_t n, bool grouped)
{
    static const float widths[KINDS] = {
        [NUMBER] = 16, [RESPONSIBLE] = 71, [DEADLINE] = 54, [BASIS] = 108, [ECONOMY] = 62};
    Advice a = {.c = c, .list = list, .n = n, .grouped = grouped};
    TableColumn column[KINDS] = {{0}};
    if (!n)
        return;
    choose_columns(&a);
    for (size_t i = 0; i < a.columns; i++)
        column[i] = (TableColumn){.width = widths[a.kind[i]], .rest = a.kind[i] == PROPOSAL};
    TableSpec spec = {.rows = n,
                      .columns = a.columns,
                      .column = column,
                      .cell = advice_cell,
                      .group = advice_group,
                      .context = &a,
                      .head = true,
                      .width = (float)layout_live_width(c->l),
                      .row_padding = 6,
                      .parent = c->root,
                      .group_style = style_of(c, STYLE_proposal),
                      .group_rule = {(float)c->l->table.rule_head, colour_of(c, COLOUR_primary)},
                      .row_destination = advice_destination};
    table_add(c, &spec);
    add_left_out(&a);
    strbuf_drop(&a.scratch);
}

void recommendations_add_section(Composer *c, size_t section)
{
    const Edition *e = c->e;
    size_t from = 0, to;
    while (from < e->recommendations && e->recommendation[from].section != section)
        from++;
    for (to = from; to < e->recommendations && e->recommendation[to].section == section; to++)
        continue;
    add_table(c, e->recommendation + from, to - from, false);
}

/* ---- the part ------------------------------------------------------------------------------- */

#define DESTINATION STR("del-anbefalinger")

static void add_entries(Composer *c)
{
    if (c->e->recommendations)
        entry_add(c, 1, 0, c->t->print[TERM_recommendations], DESTINATION);
}

/* Says which kinds of recommendation there are, in one line. */
static void add_key(Composer *c)
{
    const Style *style = style_of(c, STYLE_source);
    Node node = document_node(c->d, c->root, ROLE_P);
    float width = (float)c->l->text_width;
    flow_unit(c, (Unit){.kind = UNIT_TEXT,
                        .width = width,
                        .style = style,
                        .after = 6,
                        .keep_next = true,
                        .spec = spec_text(c, style, c->t->print[TERM_origin_key], node, width)});
}

static void add_part(Composer *c)
{
    if (!c->e->recommendations)
        return;
    part_title(c, STR(""), NULL, c->t->print[TERM_recommendations], STYLE_h1, DESTINATION);
    add_key(c);
    add_table(c, c->e->recommendation, c->e->recommendations, !c->e->theme);
}

const PartRule part_recommendations = {add_entries, add_part};
