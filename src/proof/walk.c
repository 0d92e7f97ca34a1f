#include "base/utf8.h"
#include "proof/internal.h"

/* Blocks and inlines of a report are never nested more deeply than a reader allows, so that the walk
 * may call itself. */

typedef struct {
    Proof *proof;
    ARRAY(Segment) segments;
    StrBuf text;                               /* of a passage that has several segments */
    StrBuf line;                               /* of a passage of several lines, as one */
    Passage where;                             /* what all passages of this part have in common */
    bool foreign;                              /* within words of another language */
    bool *open_figures, *open_recommendations; /* of each section */
    Passage *note; /* of each note: where its first mark stands; segments counts its marks */
    ARRAY(const Note *) notes[2]; /* with marks in closed parts, and in open ones */
} Walk;

/* ---- one passage ---------------------------------------------------------------------------- */

static void add_segment(Walk *w, Str text, Pos pos, const KeyFigure *figure)
{
    array_push(&w->segments, ((Segment){w->text.n, text, pos, 0, figure, w->foreign}));
    strbuf_add_str(&w->text, text);
}

/* A note is read after the text, as a part of the section that has its first mark. What has no mark is
 * left out of the report. */
static void see_note(Walk *w, const Note *note)
{
    Passage *where = &w->note[note->index];
    if (!where->segments || (w->where.open && !where->open))
        array_push(&w->notes[w->where.open], note);
    if (!where->segments++) {
        where->section = w->where.section;
        where->visit = w->where.visit;
        where->doubted = true;
    }
    where->open |= w->where.open;
    where->doubted &= w->where.doubted;
}

static void add_inlines(Walk *w, const Inline *in);

/* en-GB and en-US are one language. */
static bool is_foreign(const Walk *w, Str language)
{
    Str of = w->proof->terms->language;
    return !utf8_equal_fold(str_cut(language, 0, str_find(language, '-')),
                            str_cut(of, 0, str_find(of, '-')));
}

static void add_span(Walk *w, const Inline *in)
{
    bool outer = w->foreign;
    if (in->language.n)
        w->foreign = is_foreign(w, in->language);
    add_inlines(w, in->children);
    w->foreign = outer;
}

static void add_inlines(Walk *w, const Inline *in)
{
    for (; in; in = in->next) {
        if (in->kind == INLINE_TEXT)
            add_segment(w, in->text, in->pos, NULL);
        else if (in->kind == INLINE_LINE_BREAK)
            add_segment(w, STR(BREAK_MARK), in->pos, NULL);
        else if (in->kind == INLINE_FIGURE)
            add_segment(w, STR(FIGURE_MARK), in->pos, in->figure);
        else if (in->kind == INLINE_CODE)
            add_segment(w, STR(FIGURE_MARK), in->pos, NULL);
        else if (in->kind == INLINE_NOTE)
            see_note(w, in->note);
        else if (in->kind == INLINE_SPAN)
            add_span(w, in);
        else
            add_inlines(w, in->children);
    }
}

/* Lines end where the author's editor broke them: "i alt" may have its blank there. */
static Str in_one_line(Walk *w, Str text)
{
    size_t at = str_find(text, '\n');
    if (at == text.n)
        return text;
    strbuf_clear(&w->line);
    strbuf_add_str(&w->line, text);
    for (; at < text.n; at++)
        if (text.p[at] == '\n')
            w->line.p[at] = ' ';
    return strbuf_str(&w->line);
}

/* The checks get the passage. */
static void finish(Walk *w, PassageKind kind, Str text)
{
    Passage p = w->where;
    p.kind = kind;
    p.text = in_one_line(w, text);
    p.segment = w->segments.at;
    p.segments = w->segments.n;
    if (text.n)
        proof_passage(w->proof, &p);
    w->segments.n = 0;
    strbuf_clear(&w->text);
}

/* A text of its own. Where `lines` is 0 it begins at pos, else it stands within so many lines. */
static void walk_text(Walk *w, PassageKind kind, Str text, Pos pos, uint32_t lines)
{
    array_push(&w->segments, ((Segment){0, text, pos, lines, NULL, false}));
    finish(w, kind, text);
}

static void walk_field(Walk *w, PassageKind kind, Str text, Pos pos)
{
    walk_text(w, kind, text, pos, FIELD_LINES);
}

static void walk_plain(Walk *w, PassageKind kind, Str text, Pos pos)
{
    w->where.plain = true;
    walk_field(w, kind, text, pos);
    w->where.plain = false;
}

/* Code and addresses are no part of the sentence that they stand in. */
static void walk_apart(Walk *w, const Inline *in)
{
    for (; in; in = in->next) {
        if (in->kind == INLINE_CODE)
            walk_field(w, PASSAGE_CODE, in->text, in->pos);
        if (in->kind == INLINE_FIGURE && in->pull_out)
            walk_plain(w, PASSAGE_FIELD, in->pull_out->what, in->pos);
        if (in->kind == INLINE_LINK || in->kind == INLINE_IMAGE) {
            walk_field(w, PASSAGE_ADDRESS, in->target, in->pos);
            walk_field(w, PASSAGE_FIELD, in->text, in->pos); /* its title */
        }
        walk_apart(w, in->children);
    }
}

/* A paragraph of one inline is most of a report; its text need not be copied. */
static void walk_inlines(Walk *w, PassageKind kind, const Inline *in)
{
    if (!in)
        return;
    if (!in->next && in->kind == INLINE_TEXT) {
        walk_text(w, kind, in->text, in->pos, 0);
        return;
    }
    add_inlines(w, in);
    finish(w, kind, strbuf_str(&w->text));
    walk_apart(w, in);
}

/* ---- blocks --------------------------------------------------------------------------------- */

static void walk_blocks(Walk *w, const Block *b);

static void walk_name(Walk *w, PassageKind kind, const Inline *in)
{
    w->where.names = true;
    walk_inlines(w, kind, in);
    w->where.names = false;
}

static void walk_name_field(Walk *w, Str text, Pos pos)
{
    w->where.names = true;
    walk_field(w, PASSAGE_FIELD, text, pos);
    w->where.names = false;
}

static void walk_attribute_name(Walk *w, Str text, Pos pos)
{
    w->where.plain = true;
    walk_name_field(w, text, pos);
    w->where.plain = false;
}

static void walk_visit(Walk *w, const Block *b)
{
    const Block *outer = w->where.visit;
    w->where.visit = b;
    walk_name(w, PASSAGE_TITLE, b->inlines);
    walk_attribute_name(w, b->visit->place, b->pos);
    walk_attribute_name(w, b->visit->contact, b->pos);
    walk_attribute_name(w, b->visit->organisation, b->pos);
    for (size_t i = 0; i < b->visit->facts; i++) {
        walk_plain(w, PASSAGE_FIELD, b->visit->fact[i].label, b->visit->fact[i].pos);
        walk_plain(w, PASSAGE_FIELD, b->visit->fact[i].text, b->visit->fact[i].pos);
    }
    walk_blocks(w, b->children);
    w->where.visit = outer;
}

Str cell_text(const Table *t, size_t row, size_t column)
{
    const Inline *in = t->cell[row * t->columns + column].inlines;
    while (in && !in->next && (in->kind == INLINE_STRONG || in->kind == INLINE_EMPHASIS))
        in = in->children;
    return in && !in->next && in->kind == INLINE_TEXT ? str_trim(in->text) : (Str){"", 0};
}

static void walk_table(Walk *w, const Block *b)
{
    const Table *t = b->table;
    walk_inlines(w, PASSAGE_CAPTION, t->caption);
    for (size_t i = 0; i < t->rows * t->columns; i++)
        walk_inlines(w, PASSAGE_CELL, t->cell[i].inlines);
    proof_table(w->proof, b, &w->where);
}

static void walk_chart(Walk *w, const Block *b)
{
    const ChartSpec *c = b->chart;
    walk_plain(w, PASSAGE_TITLE, c->headline, c->headline_pos);
    walk_plain(w, PASSAGE_FIELD, c->subtitle, b->pos);
    walk_plain(w, PASSAGE_FIELD, c->source, b->pos);
    for (size_t i = 0; i < c->labels; i++)
        walk_plain(w, PASSAGE_FIELD, c->label[i], b->pos);
}

static void walk_tiles(Walk *w, const Block *b)
{
    for (size_t i = 0; i < b->tiles->n; i++)
        walk_plain(w, PASSAGE_FIELD, b->tiles->tile[i].what, b->tiles->tile[i].pos);
    walk_plain(w, PASSAGE_FIELD, b->tiles->source, b->pos);
}

static void walk_box(Walk *w, const Block *b)
{
    bool outer = w->where.doubted;
    w->where.doubted |= b->box == BOX_CAVEAT || b->box == BOX_SECRETARIAT;
    walk_inlines(w, PASSAGE_TITLE, b->inlines);
    walk_blocks(w, b->children);
    w->where.doubted = outer;
}

static void walk_image(Walk *w, const Block *b)
{
    walk_inlines(w, PASSAGE_CAPTION, b->inlines);
    walk_inlines(w, PASSAGE_CAPTION, b->caption);
    walk_field(w, PASSAGE_ADDRESS, b->text, b->pos);
}

static void walk_code(Walk *w, const Block *b)
{
    walk_field(w, PASSAGE_CODE, b->text, b->pos);
}

static void walk_paragraph(Walk *w, const Block *b)
{
    walk_inlines(w, PASSAGE_TEXT, b->inlines);
    walk_blocks(w, b->children);
}

static void walk_quote(Walk *w, const Block *b)
{
    bool outer = w->where.quoted;
    w->where.quoted = true;
    walk_blocks(w, b->children);
    w->where.quoted = outer;
}

static void walk_heading(Walk *w, const Block *b)
{
    walk_inlines(w, PASSAGE_TITLE, b->inlines);
}

/* Figures and recommendations are with the report; here is seen whether all may read them. */
static void walk_gathered(Walk *w, const Block *b)
{
    bool *open = b->kind == BLOCK_KEY_FIGURES ? w->open_figures : w->open_recommendations;
    open[w->where.section] |= w->where.open;
    walk_blocks(w, b->children);
}

typedef void WalkBlock(Walk *w, const Block *b);

static WalkBlock *walker_of(BlockKind kind)
{
    static WalkBlock *const walkers[] = {[BLOCK_HEADING] = walk_heading,
                                         [BLOCK_QUOTE] = walk_quote,
                                         [BLOCK_BOX] = walk_box,
                                         [BLOCK_CODE] = walk_code,
                                         [BLOCK_TABLE] = walk_table,
                                         [BLOCK_IMAGE] = walk_image,
                                         [BLOCK_VISIT] = walk_visit,
                                         [BLOCK_CHART] = walk_chart,
                                         [BLOCK_TILES] = walk_tiles,
                                         [BLOCK_KEY_FIGURES] = walk_gathered,
                                         [BLOCK_RECOMMENDATIONS] = walk_gathered};
    bool known = (size_t)kind < sizeof walkers / sizeof *walkers && walkers[kind];
    return known ? walkers[kind] : walk_paragraph;
}

static void walk_blocks(Walk *w, const Block *b)
{
    for (; b; b = b->next) {
        bool outer = w->where.open;
        w->where.open &= !b->closed;
        walker_of(b->kind)(w, b);
        w->where.open = outer;
    }
}

/* ---- the parts of a report ------------------------------------------------------------------ */

static void walk_section(Walk *w, size_t i)
{
    const Section *s = &w->proof->report->section[i];
    w->where = (Passage){.section = (int)i, .open = !s->closed};
    walk_inlines(w, PASSAGE_TITLE, s->title);
    walk_blocks(w, s->blocks);
}

static void walk_note(Walk *w, const Note *note)
{
    w->where = w->note[note->index];
    w->where.segments = 0;
    walk_blocks(w, note->blocks);
}

/* Notes may have marks of others: the open ones first, since what they mark is open, too. */
static void walk_notes(Walk *w)
{
    for (size_t i = 0; i < w->notes[true].n; i++)
        walk_note(w, w->notes[true].at[i]);
    for (size_t i = 0; i < w->notes[false].n; i++)
        if (!w->note[w->notes[false].at[i]->index].open)
            walk_note(w, w->notes[false].at[i]);
}

static void walk_figure(Walk *w, const KeyFigure *f)
{
    w->where =
        (Passage){.section = (int)f->section, .open = w->open_figures[f->section] && !f->closed};
    walk_field(w, PASSAGE_FIELD, f->name, f->pos);
    walk_field(w, PASSAGE_FIELD, f->what, f->pos);
    walk_field(w, PASSAGE_FIELD, f->value.words, f->pos);
    walk_field(w, PASSAGE_FIELD, f->unit, f->pos);
    walk_name_field(w, f->place, f->pos);
    walk_field(w, PASSAGE_FIELD, f->period, f->pos);
    walk_field(w, PASSAGE_FIELD, f->source, f->pos);
    w->where.doubted = true;
    walk_field(w, PASSAGE_FIELD, f->caveat, f->pos);
}

static void walk_recommendation(Walk *w, const Recommendation *r)
{
    w->where = (Passage){.section = (int)r->section,
                         .open = w->open_recommendations[r->section] && !r->closed};
    walk_inlines(w, PASSAGE_TEXT, r->lead);
    walk_inlines(w, PASSAGE_TEXT, r->text);
    walk_inlines(w, PASSAGE_FIELD, r->basis);
    walk_field(w, PASSAGE_FIELD, r->responsible, r->pos);
    walk_field(w, PASSAGE_FIELD, r->deadline, r->pos);
    walk_field(w, PASSAGE_FIELD, r->economy_words, r->pos);
    walk_field(w, PASSAGE_FIELD, r->status, r->pos);
    walk_field(w, PASSAGE_FIELD, r->stated_by, r->pos);
}

static void walk_head(Walk *w, PassageKind kind, Str text)
{
    walk_text(w, kind, text, (Pos){1, 1, w->proof->report->file}, FRONT_MATTER_LINES);
}

/* Numbers of cases, documents and telephones are no text, but may be a person's. */
static void walk_front_matter(Walk *w)
{
    const Report *r = w->proof->report;
    w->where = (Passage){.section = NOWHERE, .open = true, .plain = true};
    walk_head(w, PASSAGE_TITLE, r->title);
    walk_head(w, PASSAGE_FIELD, r->short_title);
    walk_head(w, PASSAGE_FIELD, r->genre);
    walk_head(w, PASSAGE_FIELD, r->committee);
    walk_head(w, PASSAGE_FIELD, r->meeting_item);
    walk_head(w, PASSAGE_CODE, r->case_number);
    walk_head(w, PASSAGE_CODE, r->document_number);
    walk_head(w, PASSAGE_CODE, r->sender.phone);
    walk_head(w, PASSAGE_FIELD, r->version);
    walk_head(w, PASSAGE_TEXT, r->summary);
    walk_head(w, PASSAGE_FIELD, r->sender.organisation);
    walk_head(w, PASSAGE_FIELD, r->sender.unit);
    walk_head(w, PASSAGE_ADDRESS, r->sender.email);
    walk_head(w, PASSAGE_ADDRESS, r->logo);
    walk_head(w, PASSAGE_ADDRESS, r->url);
    for (size_t i = 0; i < r->sender.address_lines; i++)
        walk_head(w, PASSAGE_FIELD, r->sender.address[i]);
}

void proof_walk(Proof *proof)
{
    const Report *r = proof->report;
    Walk w = {.proof = proof};
    w.open_figures = arena_zalloc(&proof->arena, r->sections * sizeof *w.open_figures);
    w.open_recommendations =
        arena_zalloc(&proof->arena, r->sections * sizeof *w.open_recommendations);
    w.note = arena_zalloc(&proof->arena, r->notes * sizeof *w.note);
    walk_front_matter(&w);
    for (size_t i = 0; i < r->sections; i++)
        walk_section(&w, i);
    for (size_t i = 0; i < r->figures; i++)
        walk_figure(&w, &r->figure[i]);
    for (size_t i = 0; i < r->recommendations; i++)
        walk_recommendation(&w, &r->recommendation[i]);
    walk_notes(&w);
    array_drop(&w.notes[true]);
    array_drop(&w.notes[false]);
    array_drop(&w.segments);
    strbuf_drop(&w.text);
    strbuf_drop(&w.line);
}
