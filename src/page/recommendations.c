#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "page/internal.h"

enum { NUMBER, PROPOSAL, BASIS, RESPONSIBLE, DEADLINE, ECONOMY, KINDS = ADVICE_COLUMNS };

/* Who stands behind a recommendation. */
typedef enum { ORIGINATOR_NONE, STATED, ONGOING, DERIVED, ORIGINATORS } Originator;

typedef struct {
    Composer *c;
    const EditionRecommendation *list;
    size_t n;
    bool grouped;      /* by theme … */
    bool in_rows;      /* … where each has one, its name stands in the row */
    Originator shared; /* by all of them: the head says it */
    BasisPages pages;
    int kind[KINDS];
    size_t columns;
    bool economy_below; /* below the proposal, rather than in a column of its own */
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

/* The places in it are names. */
static Piece basis_piece(const Style *style, const Inline *in)
{
    return (Piece){.style = style, .inlines = in, .quiet_links = true, .names = true};
}

/* As records it has fields in their stead. */
static bool has_column(const Advice *a, int kind)
{
    for (size_t i = 0; i < a->columns; i++)
        if (a->kind[i] == kind)
            return true;
    return false;
}

static void add_part_text(CellContent *content, const Style *style, Str text, const Inline *in)
{
    cell_add_text(content, piece_of(style, text, in));
}

/* ---- cells ---------------------------------------------------------------------------------- */

/* What is under way is nobody's need any longer; a lesson stays one. */
static Originator originator_of(const Recommendation *r)
{
    return r->origin == ORIGIN_DERIVED  ? DERIVED
           : r->ongoing                 ? ONGOING
           : r->origin == ORIGIN_STATED ? STATED
                                        : ORIGINATOR_NONE;
}

/* That of all of them; else none. */
static Originator shared_originator(const EditionRecommendation *list, size_t n)
{
    Originator first = n ? originator_of(list[0].recommendation) : ORIGINATOR_NONE;
    for (size_t i = 1; i < n; i++)
        if (originator_of(list[i].recommendation) != first)
            return ORIGINATOR_NONE;
    return first;
}

/* The word for it, where it isn't the same for all. */
static Str origin_of(const Advice *a, const Recommendation *r)
{
    static const Term words[ORIGINATORS] = {[STATED] = TERM_origin_stated,
                                            [ONGOING] = TERM_origin_ongoing,
                                            [DERIVED] = TERM_origin_derived};
    Originator originator = originator_of(r);
    return originator == ORIGINATOR_NONE || originator == a->shared
               ? (Str){"", 0}
               : a->c->t->print[words[originator]];
}

/* "Status: udsat", or nothing; what is under way is so by its origin. */
static Str status_of(Advice *a, const Recommendation *r)
{
    if (!r->status.n || originator_of(r) == ONGOING)
        return (Str){"", 0};
    terms_fill(&a->scratch, a->c->t->print[TERM_status_line], &(TermField){"text", r->status}, 1);
    return keep(a);
}

static Str economy_of(const Advice *a, const Recommendation *r)
{
    const Terms *t = a->c->t;
    return r->economy == ECONOMY_WITHIN  ? t->print[TERM_economy_within]
           : r->economy == ECONOMY_NEEDS ? t->print[TERM_economy_needs]
                                         : r->economy_words;
}

/* What was gathered, on one line. */
static Str unbroken(Advice *a)
{
    Str text = keep(a);
    for (size_t i = 0; i < text.n; i++)
        strbuf_add_str(&a->scratch,
                       text.p[i] == ' ' ? STR(NO_BREAK_SPACE) : str_cut(text, i, i + 1));
    return keep(a);
}

static Str deadline_of(Advice *a, const Recommendation *r)
{
    if (!date_given(r->deadline_date))
        return r->deadline;
    date_print(&a->scratch, a->c->t, r->deadline_date);
    return unbroken(a);
}

static const Term field_heads[KINDS] = {[PROPOSAL] = TERM_column_proposal,
                                        [BASIS] = TERM_column_basis,
                                        [RESPONSIBLE] = TERM_column_responsible,
                                        [DEADLINE] = TERM_column_deadline,
                                        [ECONOMY] = TERM_column_economy};

static void head_cell(const Advice *a, int kind, CellContent *content)
{
    static const Term shared[ORIGINATORS] = {TERM_column_proposal, TERM_column_proposal_stated,
                                             TERM_column_proposal_ongoing,
                                             TERM_column_proposal_derived};
    /* The column of numbers has a head, too: no column may be without a name. */
    Term term = kind == NUMBER     ? TERM_column_number
                : kind == PROPOSAL ? shared[a->shared]
                                   : field_heads[kind];
    add_part_text(content, style_of(a->c, STYLE_table_head), a->c->t->print[term], NULL);
}

/* In brief as large as the rest of the table. */
static const Style *lead_style(const Advice *a)
{
    return style_of(a->c, a->c->brief ? STYLE_table_number : STYLE_proposal);
}

static void add_number(Advice *a, size_t row, CellContent *content)
{
    const Style *first = a->in_rows ? style_of(a->c, STYLE_table_head) : lead_style(a);
    strbuf_add_int(&a->scratch, a->list[row].number);
    add_part_text(content, style_sized(a->c, STYLE_list_number, first), keep(a), NULL);
}

/* Of the theme or section that it belongs to. */
static Str title_of(const Advice *a, size_t row)
{
    return plain_text(a->c, a->c->e->section[a->list[row].section].section->title);
}

static void add_section(const Advice *a, size_t row, StyleRole role, CellContent *content)
{
    if (a->in_rows)
        add_part_text(content, style_of(a->c, role), title_of(a, row), NULL);
}

/* "Økonomi: inden for rammen", or nothing. */
static Str economy_line(Advice *a, const Recommendation *r)
{
    Str economy = economy_of(a, r);
    if (!a->economy_below || !economy.n)
        return (Str){"", 0};
    strbuf_add_str(&a->scratch, a->c->t->print[field_heads[ECONOMY]]);
    strbuf_add_text(&a->scratch, ": ");
    strbuf_add_str(&a->scratch, economy);
    return keep(a);
}

static void add_proposal(Advice *a, size_t row, CellContent *content)
{
    const Composer *c = a->c;
    const Recommendation *r = a->list[row].recommendation;
    Str none = {"", 0};
    add_section(a, row, STYLE_table_head, content);
    add_part_text(content, lead_style(a), none, r->lead);
    if (!c->brief)
        add_part_text(content, style_of(c, STYLE_proposal_note), none, r->text);
    add_part_text(content, style_of(c, STYLE_source), economy_line(a, r), NULL);
    add_part_text(content, style_of(c, STYLE_source), status_of(a, r), NULL);
}

/* Its kind over what it refers to: a reference in each line, on sheets one behind another. */
static void add_basis(Advice *a, const Recommendation *r, CellContent *content)
{
    const Composer *c = a->c;
    bool sheet = c->l->brief != BRIEF_NEVER;
    const Inline *basis = basis_inlines(a->c, r, !sheet, a->pages);
    add_part_text(content, style_of(c, STYLE_table_number), origin_of(a, r), NULL);
    cell_add_text(content,
                  basis_piece(style_of(c, sheet ? STYLE_table_cell : STYLE_source), basis));
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
        add_number(a, row, content);
        break;
    case PROPOSAL:
        add_proposal(a, row, content);
        break;
    case BASIS:
        add_basis(a, r, content);
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

/* "Frist: ", to which its value is bound. */
static Inline *record_label(Advice *a, int kind)
{
    strbuf_add_str(&a->scratch, a->c->t->print[field_heads[kind]]);
    strbuf_add_text(&a->scratch, ":" NO_BREAK_SPACE);
    return strong_inline(&a->c->arena, a->list->recommendation->pos, keep(a));
}

/* "Læring · Unseen Tours, side 12", or where no kind opens it "Grundlag: 214 it-systemer". */
static const Inline *record_basis(Advice *a, const Recommendation *r)
{
    Arena *arena = &a->c->arena;
    Pos pos = a->list->recommendation->pos;
    Str origin = origin_of(a, r);
    Inline *basis = basis_inlines(a->c, r, false, a->pages);
    if (!basis)
        return origin.n ? strong_inline(arena, pos, origin) : NULL;
    if (!origin.n) {
        Inline *label = record_label(a, BASIS);
        label->next = basis;
        return label;
    }
    Inline *line = strong_inline(arena, pos, origin);
    line->next = text_inline(arena, pos, STR(BETWEEN));
    line->next->next = basis;
    return line;
}

static Str given(Advice *a, const Recommendation *r, int kind)
{
    return kind == RESPONSIBLE ? r->responsible
           : kind == DEADLINE  ? deadline_of(a, r)
                               : economy_of(a, r);
}

static void add_below(CellContent *content, const Style *style, Str text, const Inline *in)
{
    cell_add_line(content, piece_of(style, text, in));
}

/* "Ansvarlig: Socialforvaltningen" and "Frist: 1. maj 2013", a line each. */
static void add_fields(Advice *a, const Recommendation *r, const Style *style, CellContent *content)
{
    for (int kind = RESPONSIBLE; kind < KINDS; kind++) {
        Str text = given(a, r, kind);
        if (!text.n)
            continue;
        Inline *line = record_label(a, kind);
        line->next = text_inline(&a->c->arena, a->list->recommendation->pos, text);
        add_part_text(content, style, (Str){"", 0}, line);
    }
}

/* "Ansvarlig · Frist: ": what is to be written in, in one line. */
static const Inline *fields_to_write(Advice *a, const Recommendation *r)
{
    for (int kind = RESPONSIBLE; kind <= DEADLINE; kind++) {
        if (given(a, r, kind).n || !has_column(a, kind))
            continue;
        strbuf_add_text(&a->scratch, a->scratch.n ? BETWEEN : "");
        strbuf_add_str(&a->scratch, a->c->t->print[field_heads[kind]]);
    }
    if (!a->scratch.n)
        return NULL;
    strbuf_add_text(&a->scratch, ":");
    return strong_inline(&a->c->arena, a->list->recommendation->pos, keep(a));
}

static void record_proposal(Advice *a, size_t row, CellContent *content)
{
    const Composer *c = a->c;
    const Recommendation *r = a->list[row].recommendation;
    const Style *small = style_of(c, STYLE_proposal_note);
    Str none = {"", 0};
    add_section(a, row, STYLE_proposal_note, content);
    add_part_text(content, style_of(c, STYLE_proposal), none, r->lead);
    if (!c->brief)
        add_below(content, small, none, r->text);
    cell_add_line(content, basis_piece(small, record_basis(a, r)));
    add_fields(a, r, small, content);
    add_below(content, style_of(c, STYLE_source), status_of(a, r), NULL);
    size_t parts = content->parts;
    add_below(content, small, none, fields_to_write(a, r));
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
        record_proposal(a, row, content);
        return;
    }
    strbuf_add_int(&a->scratch, a->list[row].number);
    const Style *style = style_coloured(a->c, STYLE_proposal, COLOUR_primary);
    add_part_text(content, style, keep(a), NULL);
}

static Str advice_group(void *context, size_t row)
{
    const Advice *a = context;
    if (!a->grouped || a->in_rows || (row > 0 && a->list[row].section == a->list[row - 1].section))
        return (Str){"", 0};
    return title_of(a, row);
}

static Str advice_destination(void *context, size_t row)
{
    const Advice *a = context;
    return a->list[row].recommendation->id;
}

/* ---- the table ------------------------------------------------------------------------------ */

static bool is_given(const Recommendation *r, int kind)
{
    return (kind == RESPONSIBLE && r->responsible.n) || (kind == DEADLINE && r->deadline.n) ||
           (kind == ECONOMY && r->economy != ECONOMY_NONE);
}

/* By any of the table, or what is to be given at all: by any of the report that isn't closed. The briefings of its
 * themes have the same columns, and lines to write on where others have what is given. */
static bool any_given(const Advice *a, int kind)
{
    const Report *report = a->c->e->report;
    for (size_t i = 0; i < a->n; i++)
        if (is_given(a->list[i].recommendation, kind))
            return true;
    for (size_t i = 0; i < report->recommendations && kind != ECONOMY; i++) {
        const Recommendation *r = &report->recommendation[i];
        if (!report->section[r->section].closed && is_given(r, kind))
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

/* Its column is the last. */
static void fold_economy(Advice *a)
{
    a->economy_below = has_column(a, ECONOMY);
    a->columns -= a->economy_below;
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

/* Where there is a line to write on in it, it is as long as a pen needs, and as what is given wants up to some
 * width. */
static float width_to_write(const Wish *wish, int kind)
{
    static const struct {
        float least, most;
    } widths[KINDS] = {[RESPONSIBLE] = {60, 90}, [DEADLINE] = {46, 84}};
    float natural = fminf(wish->natural, widths[kind].most);
    return fmaxf(fmaxf(wish->least, natural), widths[kind].least) + 1;
}

/* All that may be read in one line or in several is as wide as makes the table lowest, and what is left is the
 * proposals'. */
static void set_columns(Advice *a, TableColumn *column)
{
    column[0] = (TableColumn){.width = NUMBER_WIDTH};
    column[1] = (TableColumn){.rest = true};
    for (size_t i = 2; i < a->columns; i++) {
        Wish wish = wish_of(a, i);
        column[i].width = wish.dotted ? width_to_write(&wish, a->kind[i]) : 0;
    }
}

#define RECORD_PADDING 6.0f
#define WRITE_IN_PADDING 7.5f /* for a pen */
/* Half a line of a proposal is free between two of them. */
#define PADDING_OF_LINE 0.25f

static float row_padding(const Composer *c)
{
    float line = (float)style_of(c, STYLE_proposal)->leading;
    return c->l->write_in        ? WRITE_IN_PADDING
           : table_in_records(c) ? RECORD_PADDING
                                 : fmaxf(line * PADDING_OF_LINE, (float)c->l->table.row_padding);
}

/* ---- in all documents of a kind the same ---------------------------------------------------- */

enum {
    MEASURED_MOST = 64
}; /* proposals; of more each so many-th, so that documents of many themes aren't slower */

/* The words alone: what they refer to may not be in this document. */
static void measured_cell(void *context, size_t row, size_t column, CellContent *content)
{
    Advice *a = context;
    advice_cell(a, row, column, content);
    for (size_t i = 0; i < content->parts; i++) {
        for (size_t k = 0; k < content->part[i].pieces; k++) {
            Piece *piece = &content->part[i].piece[k];
            piece->text = piece->inlines ? plain_text(a->c, piece->inlines) : piece->text;
            piece->inlines = NULL;
        }
    }
}

/* Those of the whole report but of what is closed, which mustn't be felt. */
static EditionRecommendation *gather_all(Composer *c, size_t *n)
{
    const Report *report = c->e->report;
    size_t step = (report->recommendations + MEASURED_MOST - 1) / MEASURED_MOST;
    EditionRecommendation *list = arena_array(&c->arena, MEASURED_MOST, EditionRecommendation);
    *n = 0;
    for (size_t i = 0; i < report->recommendations; i += step) {
        const Recommendation *r = &report->recommendation[i];
        if (!report->section[r->section].closed)
            list[(*n)++] = (EditionRecommendation){.recommendation = r, .number = 1};
    }
    return list;
}

/* Whether a table of them stands on its page as it is, with columns so wide. */
static bool measure_columns(Advice *a, float width[KINDS])
{
    Composer *c = a->c;
    TableColumn column[KINDS] = {{0}};
    set_columns(a, column);
    TableSpec spec = {.rows = a->n,
                      .columns = a->columns,
                      .column = column,
                      .cell = measured_cell,
                      .context = a,
                      .head = true,
                      .width = (float)layout_live_width(c->l),
                      .row_padding = row_padding(c)};
    return table_measure(c, &spec, width);
}

/* The proposals are what the table is for: so much of its width is theirs, or the economy has no column. */
#define LEAST_OF_PROPOSALS 0.4f

static void measure_all(Advice *a)
{
    Composer *c = a->c;
    float width[KINDS] = {0};
    choose_columns(a);
    bool fits = measure_columns(a, width);
    float least = LEAST_OF_PROPOSALS * (float)layout_live_width(c->l);
    if (has_column(a, ECONOMY) && (!fits || width[1] < least)) {
        c->economy_below = true;
        fold_economy(a);
        fits = measure_columns(a, width);
    }
    for (size_t i = 2; i < a->columns && fits; i++)
        c->advice[a->kind[i]] = width[i];
}

/* Documents of themes are laid side by side: their columns are as wide as one table of all recommendations, with
 * all their text, would have them. */
static void measure_common(Composer *c)
{
    if (c->advice_known)
        return;
    Advice all = {.c = c};
    bool brief = c->brief;
    c->brief = false;
    c->advice_known = true;
    all.list = gather_all(c, &all.n);
    all.shared = shared_originator(all.list, all.n);
    all.pages = layout_has_part(c->l, PART_BODY) ? BASIS_ANY_PAGES : BASIS_NO_PAGES;
    if (all.n)
        measure_all(&all);
    strbuf_drop(&all.scratch);
    c->brief = brief;
}

/* A column of its own, where the common widths haven't it, is as wide as the table needs it. */
static void use_common_widths(const Advice *a, TableColumn *column)
{
    const float *common = a->c->advice;
    measure_common(a->c);
    for (size_t i = 2; i < a->columns; i++)
        column[i].width = common[a->kind[i]] > 0 ? common[a->kind[i]] : column[i].width;
}

/* In all tables of a report, and of its documents, the economy stands in the same place. */
static void place_economy(Advice *a)
{
    if (!has_column(a, ECONOMY))
        return;
    measure_common(a->c);
    if (a->c->economy_below)
        fold_economy(a);
}

static bool says(const Advice *a, int kind)
{
    return has_column(a, kind) || (kind == ECONOMY && a->economy_below);
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
        n += !says(a, each[i].kind);
    if (!n)
        return (Str){"", 0};
    for (size_t i = 0; i < EACH; i++) {
        if (says(a, each[i].kind))
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
    if (!sentence.n || c->l->brief != BRIEF_NEVER)
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

/* Whether more belong together nowhere: as many groups as rows would stand in each other's way. */
static bool each_alone(const EditionRecommendation *list, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (list[i].section == list[i - 1].section)
            return false;
    return n > 1;
}

/* `title` is that of its part, or empty. */
static void add_table(Composer *c, const EditionRecommendation *list, size_t n, bool grouped,
                      Str title)
{
    Advice a = {.c = c, .list = list, .n = n, .grouped = grouped};
    TableColumn column[KINDS] = {{0}};
    if (!n)
        return;
    a.shared = shared_originator(list, n);
    a.in_rows = grouped && each_alone(list, n);
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
                      .row_padding = row_padding(c),
                      .parent = c->root,
                      .group_style = style_coloured(c, STYLE_proposal, COLOUR_primary),
                      .group_rule = {(float)c->l->table.rule_head, colour_of(c, COLOUR_primary)},
                      .row_destination = advice_destination};
    if (table_in_records(c)) {
        column[1] = (TableColumn){.rest = true};
        spec.columns = 2;
        spec.records = true;
        spec.cell = record_cell;
    } else {
        place_economy(&a);
        spec.columns = a.columns;
        set_columns(&a, column);
        if (c->e->theme && !c->own_columns)
            use_common_widths(&a, column);
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

#define KEY_GAP 1.5f

static bool any_of(const Composer *c, Originator originator)
{
    for (size_t i = 0; i < c->e->recommendations; i++)
        if (originator_of(c->e->recommendation[i].recommendation) == originator)
            return true;
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

/* Says which kinds of recommendation there are, a sentence each; none where the table's head says it. */
static size_t key_of(const Composer *c, Str key[ORIGINATORS])
{
    const Term terms[ORIGINATORS] = {[STATED] = TERM_key_stated,
                                     [ONGOING] = TERM_key_ongoing,
                                     [DERIVED] = has_visits(c) ? TERM_key_derived_visits
                                                               : TERM_key_derived};
    size_t n = 0;
    if (shared_originator(c->e->recommendation, c->e->recommendations))
        return 0;
    for (Originator i = STATED; i < ORIGINATORS; i++)
        if (any_of(c, i))
            key[n++] = c->t->print[terms[i]];
    return n;
}

/* In one line, where it has no text to stand beside. */
static void add_key_line(Composer *c, const Str *key, size_t n)
{
    const Style *style = style_of(c, STYLE_source);
    strbuf_clear(&c->text);
    for (size_t i = 0; i < n; i++) {
        strbuf_add_text(&c->text, i ? " " : "");
        strbuf_add_str(&c->text, key[i]);
    }
    Node node = document_node(c->d, c->root, ROLE_P);
    float width = (float)layout_measure(c->l);
    flow_unit(c, (Unit){.kind = UNIT_TEXT,
                        .width = width,
                        .style = style,
                        .before = KEY_GAP * 4,
                        .after = 6,
                        .keep_next = true,
                        .spec = spec_text(c, style, kept_text(c), node, width)});
}

/* "Behov: udtalt af forvaltningen." with its word in bold. */
static Spec *key_entry(Composer *c, Str sentence, Node node)
{
    const Style *style = style_of(c, STYLE_side_value);
    size_t word = str_find(sentence, ':');
    Inline *strong = strong_inline(&c->arena, (Pos){0, 0, 0}, str_cut(sentence, 0, word));
    strong->next = text_inline(&c->arena, (Pos){0, 0, 0}, str_cut(sentence, word, sentence.n));
    return spec_inlines(c, style, strong, node, (float)layout_side_width(c->l));
}

static void add_key_beside(Composer *c, const Str *key, size_t n)
{
    const Style *style = style_of(c, STYLE_side_value);
    Node box = document_node(c->d, c->root, ROLE_DIV);
    Sides sides = {.n = n};
    for (size_t i = 0; i < n; i++)
        sides.at[i] = (Side){.spec = key_entry(c, key[i], document_node(c->d, box, ROLE_P)),
                             .style = style,
                             .before = i ? KEY_GAP : 0};
    sides_pend(c, &sides);
}

/* What the report says of its recommendations: the section of that name. Sheets have no room for it. */
static const EditionSection *introduction(const Composer *c)
{
    if (c->l->brief != BRIEF_NEVER)
        return NULL;
    for (size_t i = 0; i < c->e->sections; i++)
        if (c->e->section[i].section->kind == SECTION_RECOMMENDATIONS)
            return &c->e->section[i];
    return NULL;
}

static void add_introduction(Composer *c)
{
    const EditionSection *s = introduction(c);
    const Block *text = s ? s->blocks : NULL;
    Str key[ORIGINATORS];
    size_t n = key_of(c, key);
    bool beside = text && text->kind == BLOCK_PARAGRAPH && layout_side_width(c->l) > 0;
    if (n && beside)
        add_key_beside(c, key, n);
    if (text) {
        notes_number_blocks(c, text);
        c->section = (size_t)(s - c->e->section);
        Column col = text_column(c);
        col.width = (float)layout_measure(c->l); /* as wide as the table that it is about */
        blocks_add(c, text, col);
    }
    if (n && !beside)
        add_key_line(c, key, n);
}

Str recommendations_place(const Composer *c)
{
    const EditionSection *s = introduction(c);
    return s ? s->section->id : STR("del-anbefalinger");
}

static Str title_of_part(const Composer *c)
{
    return c->t->print[c->e->recommendations > 1 ? TERM_recommendations : TERM_recommendation];
}

static void add_entries(Composer *c)
{
    if (c->e->recommendations)
        entry_add(c, 1, 0, title_of_part(c), recommendations_place(c));
}

static void add_part(Composer *c)
{
    if (!c->e->recommendations)
        return;
    Str title = title_of_part(c);
    if (part_follows(c, c->e->recommendations))
        part_title_here(c, STR(""), NULL, title, STYLE_h2, recommendations_place(c));
    else
        part_title(c, STR(""), NULL, title, STYLE_h1, recommendations_place(c));
    add_introduction(c);
    if (!c->brief)
        statuses_add(c);
    add_table(c, c->e->recommendation, c->e->recommendations, !c->e->theme, title);
}

static bool has_part(const Composer *c)
{
    return c->e->recommendations > 0;
}

const PartRule part_recommendations = {.entries = add_entries, .add = add_part, .has = has_part};
