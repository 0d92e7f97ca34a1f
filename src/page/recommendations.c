#include <math.h>
#include <string.h>

#include "base/utf8.h"
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

static Piece piece_of(const Style *style, Str text, const Inline *in)
{
    return (Piece){.style = style, .text = text, .inlines = in, .quiet_links = true};
}

static void add_part_text(CellContent *content, const Style *style, Str text, const Inline *in)
{
    cell_add_text(content, piece_of(style, text, in));
}

/* ---- cells ---------------------------------------------------------------------------------- */

/* Who stands behind it: a stated need or a lesson that was derived; or that it is under way, where that
 * is all that is known. */
static Str origin_of(const Advice *a, const Recommendation *r)
{
    const Terms *t = a->c->t;
    return r->origin == ORIGIN_STATED    ? t->print[TERM_origin_stated]
           : r->origin == ORIGIN_DERIVED ? t->print[TERM_origin_derived]
           : r->ongoing                  ? t->print[TERM_origin_ongoing]
                                         : (Str){"", 0};
}

/* "Status: i gang", or nothing. */
static Str status_of(Advice *a, const Recommendation *r)
{
    if (!r->status.n)
        return r->status;
    terms_fill(&a->scratch, a->c->t->print[TERM_status_line], &(TermField){"text", r->status}, 1);
    return keep(a);
}

/* ", side 6" behind a link into the document. */
static Inline *page_behind(Advice *a, const Inline *link)
{
    Composer *c = a->c;
    Str id = str_cut(link->target, 1, link->target.n);
    if (link->kind != INLINE_LINK || !link->children || !str_starts(link->target, STR("#")) ||
        !references_lead(c, link->target))
        return NULL;
    unsigned page = references_page(c, id);
    if (!page)
        return NULL;
    StrBuf number = {0};
    strbuf_add_int(&number, page);
    strbuf_add_text(&a->scratch, ", ");
    terms_fill(&a->scratch, c->t->print[TERM_page], &(TermField){"page", strbuf_str(&number)}, 1);
    strbuf_drop(&number);
    return text_inline(&c->arena, link->pos, keep(a));
}

/* "Børn med støtte: " before a key figure that no words stand before; in brief its name alone. */
static Inline *name_before(Advice *a, const Inline *in)
{
    if (in->kind != INLINE_FIGURE || !in->figure || !in->figure->name.n)
        return NULL;
    strbuf_add_str(&a->scratch, in->figure->name);
    strbuf_add_text(&a->scratch, a->c->l->brief ? "" : ": ");
    return text_inline(&a->c->arena, in->pos, keep(a));
}

/* With a capital where its first words are the report's own. */
static void capitalise(Advice *a, Inline *in)
{
    if (in->kind == INLINE_TEXT) {
        in->text = references_capital(a->c, in->text);
    } else if (in->children && in->kind != INLINE_SPAN) {
        Inline *first = arena_new(&a->c->arena, Inline);
        *first = *in->children;
        capitalise(a, first);
        in->children = first;
    }
}

typedef struct {
    Inline *first, *last;
} Chain;

static void append(Chain *chain, Inline *in)
{
    if (!in)
        return;
    if (chain->last)
        chain->last->next = in;
    else
        chain->first = in;
    while (in->next)
        in = in->next;
    chain->last = in;
}

/* Parts of a basis may have commas in them. */
static void append_part(Advice *a, Chain *chain, const Chain *part)
{
    if (chain->last && part->first)
        append(chain, text_inline(&a->c->arena, part->first->pos, STR("; ")));
    append(chain, part->first);
}

/* Takes the comma or semicolon that text ends with, if any, which ends a part. */
static bool ends_part(Inline *in)
{
    Str text = str_trim(in->text);
    if (in->kind != INLINE_TEXT || !text.n ||
        (text.p[text.n - 1] != ',' && text.p[text.n - 1] != ';'))
        return false;
    in->text = str_cut(in->text, 0, (size_t)(text.p - in->text.p) + text.n - 1);
    return true;
}

/* A piece of a part, with the page of what it links to and the name of its key figure. */
static void append_piece(Advice *a, Chain *part, Inline *in)
{
    Inline *name = part->first ? NULL : name_before(a, in);
    append(part, name);
    if ((!name || !a->c->l->brief) && (in->kind != INLINE_TEXT || in->text.n))
        append(part, in);
    append(part, page_behind(a, in));
}

/* The basis: where it stands, and behind that its key figures; in brief the places alone, where there are any. */
static Inline *basis_of(Advice *a, const Recommendation *r)
{
    Chain places = {0}, figures = {0}, part = {0};
    bool figure = true;
    for (const Inline *in = r->basis; in; in = in->next) {
        Inline *copy = arena_copy(&a->c->arena, in, 1, sizeof *in);
        copy->next = NULL;
        bool ends = ends_part(copy);
        figure &= copy->kind == INLINE_FIGURE || (ends && !str_trim(copy->text).n);
        append_piece(a, &part, copy);
        if (!ends && in->next)
            continue;
        append_part(a, figure ? &figures : &places, &part);
        part = (Chain){0};
        figure = true;
    }
    if (!a->c->l->brief || !places.first)
        append_part(a, &places, &figures);
    if (places.first)
        capitalise(a, places.first);
    return places.first;
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

static const Term field_heads[KINDS] = {[PROPOSAL] = TERM_column_proposal,
                                        [BASIS] = TERM_column_basis,
                                        [RESPONSIBLE] = TERM_column_responsible,
                                        [DEADLINE] = TERM_column_deadline,
                                        [ECONOMY] = TERM_column_economy};

static void head_cell(const Advice *a, int kind, CellContent *content)
{
    /* The column of numbers has a head, too: no column may be without a name. */
    Str text = kind == NUMBER ? a->c->t->print[TERM_column_number]
                              : a->c->t->print[field_heads[kind]];
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
        if (!c->l->brief)
            add_part_text(content, style_of(c, STYLE_proposal_note), (Str){"", 0}, r->text);
        add_part_text(content, style_of(c, STYLE_source), status_of(a, r), NULL);
        break;
    case BASIS:
        add_part_text(content, style_of(c, STYLE_table_number), origin_of(a, r), NULL);
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

/* ---- as records ----------------------------------------------------------------------------- */

#define BETWEEN NO_BREAK_SPACE "\xC2\xB7 "

/* "Læring · Unseen Tours, side 12" */
static const Inline *record_basis(Advice *a, const Recommendation *r)
{
    Arena *arena = &a->c->arena;
    Pos pos = a->list->recommendation->pos;
    Chain line = {0};
    Str origin = origin_of(a, r);
    Inline *basis = basis_of(a, r);
    if (origin.n)
        append(&line, strong_inline(arena, pos, origin));
    if (origin.n && basis)
        append(&line, text_inline(arena, pos, STR(BETWEEN)));
    append(&line, basis);
    return line.first;
}

static Str given(Advice *a, const Recommendation *r, int kind)
{
    return kind == RESPONSIBLE ? r->responsible
           : kind == DEADLINE  ? deadline_of(a, r)
                               : economy_of(a, r);
}

/* "Ansvarlig: Socialforvaltningen · Frist: 1. maj 2013", or the heads of what is to be written in. */
static Str record_fields(Advice *a, const Recommendation *r, bool to_write)
{
    StrBuf line = {0};
    for (int kind = RESPONSIBLE; kind < KINDS; kind++) {
        Str text = given(a, r, kind);
        bool by_hand = a->c->l->write_in && kind != ECONOMY;
        if (to_write ? text.n || !by_hand : !text.n)
            continue;
        strbuf_add_text(&line, line.n ? BETWEEN : "");
        strbuf_add_str(&line, a->c->t->print[field_heads[kind]]);
        strbuf_add_text(&line, to_write ? "" : ":" NO_BREAK_SPACE);
        strbuf_add_str(&line, text);
    }
    Str kept = arena_str(&a->c->arena, strbuf_str(&line));
    strbuf_drop(&line);
    return kept;
}

static void add_below(CellContent *content, const Style *style, Str text, const Inline *in)
{
    cell_add_line(content, piece_of(style, text, in));
}

static void record_proposal(Advice *a, const Recommendation *r, CellContent *content)
{
    const Composer *c = a->c;
    const Style *small = style_of(c, STYLE_proposal_note);
    Str none = {"", 0};
    add_part_text(content, style_of(c, STYLE_proposal), none, r->lead);
    if (!c->l->brief)
        add_below(content, small, none, r->text);
    add_below(content, small, none, record_basis(a, r));
    add_below(content, small, record_fields(a, r, false), NULL);
    add_below(content, style_of(c, STYLE_source), status_of(a, r), NULL);
    size_t parts = content->parts;
    add_below(content, small, record_fields(a, r, true), NULL);
    content->leader = content->parts > parts;
}

static void record_cell(void *context, size_t row, size_t column, CellContent *content)
{
    Advice *a = context;
    if (row == a->n) {
        head_cell(a, column ? PROPOSAL : NUMBER, content);
        return;
    }
    if (column) {
        record_proposal(a, a->list[row].recommendation, content);
        return;
    }
    strbuf_add_int(&a->scratch, a->list[row].number);
    const Style *style = style_coloured(a->c, STYLE_proposal, COLOUR_primary);
    add_part_text(content, style, keep(a), NULL);
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

/* What a column has to say. */
typedef struct {
    float least, natural; /* the widest word, and the widest cell on one line, head and all */
    bool dotted;          /* there is a line to write on in it */
} Wish;

static Wish wish_of(Advice *a, size_t column)
{
    Arena scratch = {0};
    Wish wish = {0};
    for (size_t row = 0; row <= a->n; row++) {
        CellContent content = {.comma = -1};
        advice_cell(a, row, column, &content);
        wish.dotted |= content.dotted;
        for (size_t i = 0; i < content.parts; i++) {
            const CellPart *part = &content.part[i];
            Spec *spec = spec_new(a->c, &scratch, part->piece, part->pieces, NODE_NONE, UNBOUNDED);
            spec_layout(a->c, a->c->request->worker, spec);
            wish.natural = fmaxf(wish.natural, spec->para->width);
            wish.least = fmaxf(wish.least, spec->para->least);
        }
        arena_reset(&scratch);
    }
    arena_drop(&scratch);
    return wish;
}

#define NUMBER_WIDTH 16.0f
#define PROPOSAL_SHARE                                                                             \
    0.45f /* of the table, for what is to be read, where the others' words allow it */

/* Beside the proposals stands as much as the columns have to say, up to some width; a line to write on is
 * as long as a pen needs. */
static Wish bounds_of(Advice *a, size_t i)
{
    static const struct {
        float least, most, to_write;
    } widths[KINDS] = {[BASIS] = {68, 120, 0},
                       [RESPONSIBLE] = {0, 90, 71},
                       [DEADLINE] = {0, 84, 54},
                       [ECONOMY] = {0, 84, 0}};
    int kind = a->kind[i];
    Wish wish = wish_of(a, i);
    if (wish.dotted)
        wish.least = fmaxf(wish.least, widths[kind].to_write);
    wish.least = fmaxf(wish.least, fminf(wish.natural, widths[kind].least));
    wish.natural = fmaxf(fminf(wish.natural, widths[kind].most), wish.least) + 1;
    wish.least += 1;
    return wish;
}

/* As much as all columns that want more may have at most so that they have the room together. */
static float level_of(const Wish *wish, size_t n, float room)
{
    float low = 0, high = room;
    for (int step = 0; step < 20; step++) {
        float level = (low + high) / 2, all = 0;
        for (size_t i = 0; i < n; i++)
            all += fmaxf(fminf(wish[i].natural, level), wish[i].least);
        if (all > room)
            high = level;
        else
            low = level;
    }
    return low;
}

static void set_columns(Advice *a, TableColumn *column)
{
    float width = (float)layout_live_width(a->c->l), gap = (float)a->c->l->table.column_gap;
    float proposal = fminf(PROPOSAL_SHARE * width, wish_of(a, 1).natural + 1), least = 0;
    float room = width - gap * (float)(a->columns - 1) - NUMBER_WIDTH - proposal;
    Wish wish[KINDS] = {{0}};
    column[0] = (TableColumn){.width = NUMBER_WIDTH};
    for (size_t i = 2; i < a->columns; i++) {
        wish[i] = bounds_of(a, i);
        least += wish[i].least;
    }
    /* Without the room a table may be stacked instead; else the others' words come first. */
    bool wide = least <= room || a->c->l->table.stack;
    column[1] = (TableColumn){.rest = true, .width = wide ? proposal : 0};
    float level = level_of(wish + 2, a->columns - 2, room);
    for (size_t i = 2; i < a->columns; i++)
        column[i].width = fmaxf(fminf(wish[i].natural, level), wish[i].least);
    if (a->columns == 3) /* the basis alone: both are as wide as makes the table lowest */
        column[1].width = column[2].width = 0;
}

/* "Ansvarlig, frist og økonomi er ikke oplyst for noget punkt." */
static Str left_out_sentence(Advice *a)
{
    static const struct {
        int kind;
        Term word;
    } each[] = {{RESPONSIBLE, TERM_word_responsible},
                {DEADLINE, TERM_word_deadline},
                {ECONOMY, TERM_word_economy}};
    enum { EACH = sizeof each / sizeof *each };
    const Terms *t = a->c->t;
    size_t n = 0, at = 0;
    for (size_t i = 0; i < EACH; i++)
        n += !has_column(a, each[i].kind);
    if (!n)
        return (Str){"", 0};
    for (size_t i = 0; i < EACH; i++) {
        if (has_column(a, each[i].kind))
            continue;
        terms_add_joiner(&a->scratch, t, at++, n);
        strbuf_add_str(&a->scratch, t->print[each[i].word]);
    }
    Str words = references_capital(a->c, keep(a));
    terms_fill(&a->scratch, t->print[n > 1 ? TERM_not_given_several : TERM_not_given],
               &(TermField){"words", words}, 1);
    return keep(a);
}

static void add_left_out(Advice *a)
{
    Composer *c = a->c;
    const Style *style = style_of(c, STYLE_source);
    Str sentence = left_out_sentence(a);
    if (!sentence.n)
        return;
    bool turned = table_stay_turned(c);
    flow_after(c, (float)c->l->table.note_gap);
    array_last(&c->units).keep_next = true;
    Node node = document_node(c->d, c->root, ROLE_P);
    float width = (float)layout_live_width(c->l);
    flow_unit(c, (Unit){.kind = UNIT_TEXT,
                        .width = width,
                        .style = style,
                        .spec = spec_text(c, style, sentence, node, width),
                        .before = (float)c->l->table.note_gap,
                        .after = (float)c->l->table.after});
    if (turned)
        flow_turn(c, false);
}

/* `title` is that of its part, or empty. */
static void add_table(Composer *c, const EditionRecommendation *list, size_t n, bool grouped,
                      Str title)
{
    Advice a = {.c = c, .list = list, .n = n, .grouped = grouped};
    TableColumn column[KINDS] = {{0}};
    if (!n)
        return;
    choose_columns(&a);
    TableSpec spec = {.rows = n,
                      .columns = a.columns,
                      .column = column,
                      .cell = advice_cell,
                      .group = advice_group,
                      .context = &a,
                      .head = true,
                      .row_heads = true, /* a row is called by its number */
                      .width = (float)layout_live_width(c->l),
                      .title = title,
                      .pos = list->recommendation->pos,
                      .may_turn = true,
                      .row_padding = 6,
                      .parent = c->root,
                      .group_style = style_coloured(c, STYLE_proposal, COLOUR_primary),
                      .group_rule = {(float)c->l->table.rule_head, colour_of(c, COLOUR_primary)},
                      .row_destination = advice_destination};
    if (table_in_records(c)) {
        column[1] = (TableColumn){.rest = true};
        spec.columns = 2;
        spec.cell = record_cell;
    } else {
        set_columns(&a, column);
    }
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
    add_table(c, e->recommendation + from, to - from, false, (Str){"", 0});
}

/* ---- the part ------------------------------------------------------------------------------- */

#define DESTINATION STR("del-anbefalinger")

static void add_entries(Composer *c)
{
    if (c->e->recommendations)
        entry_add(c, 1, 0, c->t->print[TERM_recommendations], DESTINATION);
}

static bool any_of(const Composer *c, Origin origin, bool ongoing)
{
    for (size_t i = 0; i < c->e->recommendations; i++) {
        const Recommendation *r = c->e->recommendation[i].recommendation;
        if (r->origin == origin && (origin != ORIGIN_NONE || r->ongoing == ongoing))
            return true;
    }
    return false;
}

static bool has_visits(const Composer *c)
{
    for (size_t i = 0; i < c->e->sections; i++)
        for (const Block *b = c->e->section[i].blocks; b; b = b->next)
            if (b->kind == BLOCK_VISIT)
                return true;
    return false;
}

/* Says which kinds of recommendation there are, in one line. */
static Str key_of(Composer *c)
{
    const struct {
        bool there;
        Term term;
    } kinds[] = {{any_of(c, ORIGIN_STATED, false), TERM_key_stated},
                 {any_of(c, ORIGIN_NONE, true), TERM_key_ongoing},
                 {any_of(c, ORIGIN_DERIVED, false),
                  has_visits(c) ? TERM_key_derived_visits : TERM_key_derived}};
    strbuf_clear(&c->text);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!kinds[i].there)
            continue;
        strbuf_add_text(&c->text, c->text.n ? " " : "");
        strbuf_add_str(&c->text, c->t->print[kinds[i].term]);
    }
    return kept_text(c);
}

static void add_key(Composer *c)
{
    const Style *style = style_of(c, STYLE_source);
    Str key = key_of(c);
    if (!key.n)
        return;
    Node node = document_node(c->d, c->root, ROLE_P);
    float width = (float)c->l->text_width;
    flow_unit(c, (Unit){.kind = UNIT_TEXT,
                        .width = width,
                        .style = style,
                        .after = 6,
                        .keep_next = true,
                        .spec = spec_text(c, style, key, node, width)});
}

/* ---- the overview by status ----------------------------------------------------------------- */

/* Recommendations of one status. */
typedef struct {
    Str status;
    unsigned count;
    const Inline *numbers; /* as links, with commas between them */
} Status;

typedef struct {
    Composer *c;
    Status *status;
    size_t n;
} Statuses;

static const Inline *numbers_of(Composer *c, Str status)
{
    Inline *first = NULL, **end = &first;
    for (size_t i = 0; i < c->e->recommendations; i++) {
        const EditionRecommendation *r = &c->e->recommendation[i];
        if (!utf8_equal_fold(r->recommendation->status, status))
            continue;
        Inline *link = arena_zalloc(&c->arena, 3 * sizeof *link), *number = link + 1,
               *comma = link + 2;
        Pos pos = r->recommendation->pos;
        strbuf_clear(&c->text);
        strbuf_addf(&c->text, "#%.*s", (int)r->recommendation->id.n, r->recommendation->id.p);
        *link = (Inline){.kind = INLINE_LINK, .pos = pos, .children = number};
        link->target = arena_str(&c->arena, strbuf_str(&c->text));
        strbuf_clear(&c->text);
        strbuf_add_int(&c->text, r->number);
        *number = (Inline){.kind = INLINE_TEXT, .pos = pos};
        number->text = arena_str(&c->arena, strbuf_str(&c->text));
        *comma = (Inline){.kind = INLINE_TEXT, .pos = pos, .text = STR(", ")};
        if (first) {
            *end = comma;
            end = &comma->next;
        }
        *end = link;
        end = &link->next;
    }
    return first;
}

/* In the order in which they are met. */
static Statuses find_statuses(Composer *c)
{
    const Edition *e = c->e;
    Statuses s = {.c = c, .status = arena_array(&c->arena, e->recommendations + 1, Status)};
    for (size_t i = 0; i < e->recommendations; i++) {
        Str status = e->recommendation[i].recommendation->status;
        size_t k = 0;
        while (k < s.n && !utf8_equal_fold(s.status[k].status, status))
            k++;
        if (status.n && k == s.n)
            s.status[s.n++] = (Status){.status = status};
        if (status.n)
            s.status[k].count++;
    }
    for (size_t k = 0; k < s.n; k++)
        s.status[k].numbers = numbers_of(c, s.status[k].status);
    return s;
}

static void status_cell(void *context, size_t row, size_t column, CellContent *content)
{
    static const Term heads[] = {TERM_column_status, TERM_column_count, TERM_column_numbers};
    const Statuses *s = context;
    Composer *c = s->c;
    Piece piece = {.style = style_of(c, row == s->n ? STYLE_table_head : STYLE_table_cell)};
    if (row == s->n) {
        piece.text = c->t->print[heads[column]];
    } else if (column == 0) {
        piece.text = s->status[row].status;
    } else if (column == 1) {
        strbuf_clear(&c->text);
        strbuf_add_int(&c->text, s->status[row].count);
        piece.text = arena_str(&c->arena, strbuf_str(&c->text));
    } else {
        piece.inlines = s->status[row].numbers;
        piece.quiet_links = true;
    }
    cell_add_text(content, piece);
}

/* How far the recommendations have come, where they differ in that. */
static void add_overview(Composer *c)
{
    static const TableColumn columns[] = {{0}, {.align = TEXT_RIGHT}, {.rest = true}};
    Statuses statuses = find_statuses(c);
    if (statuses.n < 2)
        return;
    Inline caption = {.kind = INLINE_TEXT, .text = c->t->print[TERM_status_overview]};
    TableSpec spec = {.rows = statuses.n,
                      .columns = 3,
                      .column = columns,
                      .cell = status_cell,
                      .context = &statuses,
                      .head = true,
                      .row_heads = true,
                      .caption = arena_copy(&c->arena, &caption, 1, sizeof caption),
                      .width = (float)c->l->text_width,
                      .parent = c->root,
                      .group_style = style_of(c, STYLE_table_group)};
    table_add(c, &spec);
}

static void add_part(Composer *c)
{
    if (!c->e->recommendations)
        return;
    Str title = c->t->print[TERM_recommendations];
    if (part_follows(c, c->e->recommendations))
        part_title_here(c, STR(""), NULL, title, STYLE_h2, DESTINATION);
    else
        part_title(c, STR(""), NULL, title, STYLE_h1, DESTINATION);
    add_key(c);
    if (!c->l->brief)
        add_overview(c);
    add_table(c, c->e->recommendation, c->e->recommendations, !c->e->theme, title);
}

static bool has_part(const Composer *c)
{
    return c->e->recommendations > 0;
}

const PartRule part_recommendations = {.entries = add_entries, .add = add_part, .has = has_part};
