#include "base/utf8.h"
#include "compose/advice.h"

/* What stands in the cells of recommendations, in a table of them or as records. */

Str advice_keep(Advice *a)
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
    return (Piece){.style = style, .inlines = in, .names = true};
}

/* As records it has fields in their stead. */
bool advice_has_column(const Advice *a, int kind)
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
Originator advice_originator(const Recommendation *r)
{
    return r->origin == ORIGIN_DERIVED  ? DERIVED
           : r->ongoing                 ? ONGOING
           : r->origin == ORIGIN_STATED ? STATED
                                        : ORIGINATOR_NONE;
}

/* That of all of them; else none. */
Originator advice_shared_originator(const EditionRecommendation *list, size_t n)
{
    Originator first = n ? advice_originator(list[0].recommendation) : ORIGINATOR_NONE;
    for (size_t i = 1; i < n; i++)
        if (advice_originator(list[i].recommendation) != first)
            return ORIGINATOR_NONE;
    return first;
}

Str advice_shared_voice(const EditionRecommendation *list, size_t n)
{
    const Recommendation *first = NULL;
    for (size_t i = 0; i < n; i++) {
        const Recommendation *r = list[i].recommendation;
        if (advice_originator(r) != STATED)
            continue;
        first = first ? first : r;
        if (!str_equal(r->stated_by, first->stated_by))
            return (Str){"", 0};
    }
    return first ? first->stated_by : (Str){"", 0};
}

Str advice_said_by(Composer *c, Term pattern, Str who)
{
    StrBuf text = {0};
    terms_fill(&text, c->t->print[pattern], &(TermField){"who", who}, 1);
    Str kept = arena_str(&c->arena, strbuf_str(&text));
    strbuf_drop(&text);
    return kept;
}

/* The word for its kind, where it isn't the same for all. */
static Str kind_of(const Advice *a, const Recommendation *r)
{
    static const Term words[ORIGINATORS] = {[STATED] = TERM_origin_stated,
                                            [ONGOING] = TERM_origin_ongoing,
                                            [DERIVED] = TERM_origin_derived};
    Originator originator = advice_originator(r);
    return originator == ORIGINATOR_NONE || originator == a->shared
               ? (Str){"", 0}
               : a->c->t->print[words[originator]];
}

/* "Behov, udtalt af køkkenet", or what of it isn't the same for all. */
static Str origin_of(Advice *a, const Recommendation *r)
{
    Str kind = kind_of(a, r), who = r->stated_by;
    if (!who.n || str_equal(who, a->voice))
        return kind;
    Str said = advice_said_by(a->c, TERM_stated_by, who);
    if (!kind.n)
        return references_capital(a->c, said);
    strbuf_add_str(&a->scratch, kind);
    strbuf_add_text(&a->scratch, ", ");
    strbuf_add_str(&a->scratch, said);
    return advice_keep(a);
}

/* "Status: udsat", or nothing; what is under way is so by its origin. */
static Str status_of(Advice *a, const Recommendation *r)
{
    if (!r->status.n || advice_originator(r) == ONGOING)
        return (Str){"", 0};
    terms_fill(&a->scratch, a->c->t->print[TERM_status_line], &(TermField){"text", r->status}, 1);
    return advice_keep(a);
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
    Str text = advice_keep(a);
    for (size_t i = 0; i < text.n; i++)
        strbuf_add_str(&a->scratch,
                       text.p[i] == ' ' ? STR(NO_BREAK_SPACE) : str_cut(text, i, i + 1));
    return advice_keep(a);
}

static Str deadline_of(Advice *a, const Recommendation *r)
{
    if (!date_given(r->deadline_date))
        return r->deadline;
    date_print(&a->scratch, a->c->t, r->deadline_date);
    return unbroken(a);
}

static const Term advice_heads[KINDS] = {[PROPOSAL] = TERM_column_proposal,
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
                                   : advice_heads[kind];
    bool named = kind == PROPOSAL && a->shared == STATED && a->voice.n;
    Str head = named ? advice_said_by(a->c, TERM_column_proposal_stated_by, a->voice)
                     : a->c->t->print[term];
    add_part_text(content, style_of(a->c, STYLE_table_head), head, NULL);
}

/* In brief as large as the rest of the table, but as bold as everywhere. */
static const Style *lead_style(const Advice *a)
{
    const Style *style = style_of(a->c, STYLE_proposal);
    return a->c->own->brief ? style_sized(a->c, STYLE_proposal, style_of(a->c, STYLE_table_cell))
                            : style;
}

static void add_number(Advice *a, size_t row, CellContent *content)
{
    strbuf_add_int(&a->scratch, a->list[row].number);
    add_part_text(content, style_sized(a->c, STYLE_list_number, lead_style(a)), advice_keep(a),
                  NULL);
}

Str advice_section_name(Composer *c, size_t section)
{
    const EditionSection *s = &c->e->section[section];
    return s->section->kind == SECTION_RECOMMENDATIONS ? c->t->print[TERM_whole]
                                                       : section_name(c, s);
}

/* Over the proposal, with which the rest of the row begins. */
static void add_section(const Advice *a, size_t row, const Style *style, CellContent *content)
{
    content->over = a->in_rows;
    if (a->in_rows)
        add_part_text(content, style, advice_section_name(a->c, a->list[row].section), NULL);
}

/* "Økonomi: inden for rammen", or nothing. */
static Str economy_line(Advice *a, const Recommendation *r)
{
    Str economy = economy_of(a, r);
    if (!a->economy_below || !economy.n)
        return (Str){"", 0};
    strbuf_add_str(&a->scratch, a->c->t->print[advice_heads[ECONOMY]]);
    strbuf_add_text(&a->scratch, ": ");
    strbuf_add_str(&a->scratch, economy);
    return advice_keep(a);
}

static bool has_text(const Advice *a, size_t row)
{
    return !a->c->own->brief || (a->explained && a->explained[row]);
}

static void add_proposal(Advice *a, size_t row, CellContent *content)
{
    const Composer *c = a->c;
    const Recommendation *r = a->list[row].recommendation;
    Str none = {"", 0};
    add_section(a, row, style_of(c, STYLE_table_head), content);
    add_part_text(content, lead_style(a), none, r->lead);
    if (has_text(a, row))
        add_part_text(content, style_of(c, STYLE_proposal_note), none, r->text);
    add_part_text(content, style_of(c, STYLE_source), economy_line(a, r), NULL);
    add_part_text(content, style_of(c, STYLE_source), status_of(a, r), NULL);
}

/* Its kind over what it refers to: a reference in each line, on sheets without pages one behind another. */
static void add_basis(Advice *a, const Recommendation *r, CellContent *content)
{
    const Composer *c = a->c;
    bool sheet = c->l->brief != BRIEF_NEVER;
    bool apart = !sheet || c->own->paged;
    const Inline *basis = basis_inlines(a->c, r, apart, a->pages);
    add_part_text(content, style_of(c, STYLE_table_number), origin_of(a, r), NULL);
    Piece piece = basis_piece(style_of(c, apart ? STYLE_source : STYLE_table_cell), basis);
    piece.quiet_links = sheet; /* what they lead to there is the sheet itself */
    cell_add_text(content, piece);
}

void advice_cell(void *context, size_t row, size_t column, CellContent *content)
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
    strbuf_add_str(&a->scratch, a->c->t->print[advice_heads[kind]]);
    strbuf_add_text(&a->scratch, ":" NO_BREAK_SPACE);
    return strong_inline(&a->c->arena, a->list->recommendation->pos, advice_keep(a));
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

Piece advice_field(Advice *a, const Recommendation *r, int kind)
{
    const Style *style = style_of(a->c, STYLE_proposal_note);
    Str text = given(a, r, kind);
    Inline *line = NULL;
    if (text.n) {
        line = record_label(a, kind);
        line->next = text_inline(&a->c->arena, a->list->recommendation->pos, text);
    }
    return piece_of(style, (Str){"", 0}, line);
}

/* "Ansvarlig: Socialforvaltningen" and "Frist: 1. maj 2013", half of the cell each or a line each. */
static void add_fields(Advice *a, const Recommendation *r, CellContent *content)
{
    for (int kind = RESPONSIBLE; kind < KINDS; kind++) {
        Piece field = advice_field(a, r, kind);
        if (a->paired && kind == DEADLINE)
            cell_add_beside(content, field, HALF);
        else
            cell_add_text(content, field);
    }
}

/* "Ansvarlig · Frist: ": what is to be written in, in one line. */
static const Inline *fields_to_write(Advice *a, const Recommendation *r)
{
    for (int kind = RESPONSIBLE; kind <= DEADLINE; kind++) {
        if (given(a, r, kind).n || !advice_has_column(a, kind))
            continue;
        strbuf_add_text(&a->scratch, a->scratch.n ? BETWEEN : "");
        strbuf_add_str(&a->scratch, a->c->t->print[advice_heads[kind]]);
    }
    if (!a->scratch.n)
        return NULL;
    strbuf_add_text(&a->scratch, ":");
    return strong_inline(&a->c->arena, a->list->recommendation->pos, advice_keep(a));
}

static void record_proposal(Advice *a, size_t row, CellContent *content)
{
    Composer *c = a->c;
    const Recommendation *r = a->list[row].recommendation;
    const Style *small = style_of(c, STYLE_proposal_note);
    Str none = {"", 0};
    add_section(a, row, style_sized(c, STYLE_kicker, small), content);
    add_part_text(content, style_of(c, STYLE_proposal), none, r->lead);
    if (has_text(a, row))
        add_below(content, small, none, r->text);
    cell_add_line(content, basis_piece(small, record_basis(a, r)));
    add_fields(a, r, content);
    add_below(content, style_of(c, STYLE_source), status_of(a, r), NULL);
    size_t parts = content->parts;
    add_below(content, small, none, fields_to_write(a, r));
    content->leader = content->parts > parts;
}

void advice_record_cell(void *context, size_t row, size_t column, CellContent *content)
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
    add_part_text(content, style, advice_keep(a), NULL);
}

Str advice_group(void *context, size_t row)
{
    const Advice *a = context;
    if (!a->grouped || a->in_rows || (row > 0 && a->list[row].section == a->list[row - 1].section))
        return (Str){"", 0};
    return advice_section_name(a->c, a->list[row].section);
}

Str advice_destination(void *context, size_t row)
{
    const Advice *a = context;
    return a->list[row].recommendation->id;
}
