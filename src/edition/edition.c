#include "edition/edition.h"

#include <string.h>

#include "base/array.h"
#include "base/mem.h"

typedef struct {
    const Report *report;
    const EditionChoice *choice;
    Diags *diags;
    Edition *edition;
    ARRAY(EditionSection) sections;
    ARRAY(EditionFigure) figures;
    ARRAY(EditionRecommendation) recommendations;
    ARRAY(EditionQuestion) questions;
    ARRAY(const Block *) tables;
    ARRAY(const Block *) pictures;
    ARRAY(EditionTarget) targets;
    unsigned numbered_tables, numbered_pictures; /* so far, in the whole report */
    bool in_note;              /* blocks of a footnote are selected: nothing in them has a number */
    size_t *index;             /* of each section of the report in the edition, or NOWHERE */
    ARRAY(const Note *) notes; /* with marks in what is shown */
    bool *noted;               /* of each note of the report: it is among them */
} Selection;

#define NOWHERE ((size_t)-1)

static bool is_question(const Block *b)
{
    return b->kind == BLOCK_BOX && b->box == BOX_SECRETARIAT;
}

static bool is_left_out(const Selection *s, const Block *b)
{
    return (b->closed && !s->choice->closed) || (is_question(b) && !s->report->draft);
}

static bool is_shown(Selection *s, const Block *b)
{
    if (!is_left_out(s, b))
        return true;
    if (s->diags && (!b->closed || s->choice->closed)) {
        diag_warning(s->diags, b->pos, "this question to the secretariat is left out");
        diag_hint(s->diags, "questions are shown while the report has 'status: draft'");
    }
    return false;
}

static void add_question(Selection *s, Block *b, size_t section)
{
    StrBuf id = {0};
    strbuf_addf(&id, "spoergsmaal-%zu", s->questions.n + 1);
    if (!b->id.n)
        b->id = arena_str(&s->edition->arena, strbuf_str(&id));
    strbuf_drop(&id);
    array_push(&s->questions, ((EditionQuestion){b, section, b->id}));
}

static void add_note(void *context, const Note *note)
{
    Selection *s = context;
    if (!s->noted[note->index])
        array_push(&s->notes, note);
    s->noted[note->index] = true;
}

/* ---- numbers, and what links lead to -------------------------------------------------------- */

static void add_target(Selection *s, Str id, EditionTarget target)
{
    if (!id.n)
        return;
    map_put(&s->edition->ids, id, (uint32_t)s->targets.n);
    array_push(&s->targets, target);
}

static TargetKind kind_of(const Block *b)
{
    switch (b->kind) {
    case BLOCK_VISIT:
        return b->visit->stop ? TARGET_HEADING : b->visit->meeting ? TARGET_MEETING : TARGET_VISIT;
    case BLOCK_TABLE:
        return TARGET_TABLE;
    case BLOCK_IMAGE:
    case BLOCK_CHART:
        return TARGET_FIGURE;
    case BLOCK_HEADING:
    case BLOCK_KEY_FIGURES:
    case BLOCK_RECOMMENDATIONS:
        return TARGET_HEADING;
    default:
        return TARGET_BOX;
    }
}

/* Tables and pictures have a number when they have a caption; charts have a headline. */
static unsigned number_of(Selection *s, const Block *b)
{
    if (s->in_note)
        return 0;
    if (b->kind == BLOCK_TABLE && b->table->caption)
        return ++s->numbered_tables;
    if (b->kind == BLOCK_CHART || (b->kind == BLOCK_IMAGE && b->caption))
        return ++s->numbered_pictures;
    return 0;
}

static void add_block_target(Selection *s, const Block *b, unsigned number, bool shown)
{
    add_target(s, block_name(b), (EditionTarget){kind_of(b), number, b->inlines, {"", 0}, shown});
}

/* Blocks that this edition doesn't show count as well: numbers are the same in all PDFs. */
static void count_blocks(Selection *s, const Block *list)
{
    for (const Block *b = list; b; b = b->next) {
        if (is_left_out(s, b))
            continue;
        add_block_target(s, b, number_of(s, b), false);
        count_blocks(s, b->children);
    }
}

static void keep_numbered(Selection *s, const Block *b)
{
    if (b->number && b->kind == BLOCK_TABLE)
        array_push(&s->tables, b);
    else if (b->number)
        array_push(&s->pictures, b);
}

/* ---- what is shown -------------------------------------------------------------------------- */

/* A copy of a list of blocks without what isn't shown; what is in the blocks is shared. */
static Block *select_blocks(Selection *s, const Block *list, size_t section)
{
    Block *first = NULL, **end = &first;
    for (const Block *b = list; b; b = b->next) {
        if (!is_shown(s, b))
            continue;
        Block *copy = arena_new(&s->edition->arena, Block);
        *copy = *b;
        copy->next = NULL;
        copy->id = block_name(b);
        copy->number = number_of(s, copy);
        keep_numbered(s, copy);
        if (s->report->notes)
            block_each_note(copy, add_note, s);
        if (is_question(copy))
            add_question(s, copy, section);
        copy->children = select_blocks(s, b->children, section);
        add_block_target(s, copy, copy->number, true);
        *end = copy;
        end = &copy->next;
    }
    return first;
}

static bool has_theme_id(const Selection *s, const Section *section)
{
    return section->kind == SECTION_THEME && str_equal(section->id, s->choice->theme);
}

/* Whether the theme that is wanted is open and has recommendations: what is said of all of them is said there,
 * too. */
static bool has_advice(const Selection *s)
{
    const Report *r = s->report;
    for (size_t i = 0; i < r->recommendations; i++) {
        const Section *section = &r->section[r->recommendation[i].section];
        if (has_theme_id(s, section) && (!section->closed || s->choice->closed))
            return true;
    }
    return false;
}

static void add_section_target(Selection *s, const Section *section, unsigned theme, bool shown)
{
    bool is_theme = section->kind == SECTION_THEME;
    if (section->kind != SECTION_WHOLE)
        add_target(s, section->id,
                   (EditionTarget){is_theme ? TARGET_THEME : TARGET_SECTION,
                                   is_theme ? theme : 0,
                                   section->title,
                                   {"", 0},
                                   shown});
}

/* Themes are numbered among those that this openness shows, also where one alone is wanted. */
static void select_sections(Selection *s)
{
    unsigned theme = 0;
    bool all = !s->choice->theme.n, advice = !all && has_advice(s);
    for (size_t i = 0; i < s->report->sections; i++) {
        const Section *section = &s->report->section[i];
        s->index[i] = NOWHERE;
        if (section->closed && !s->choice->closed)
            continue;
        theme += section->kind == SECTION_THEME;
        bool shown = all || has_theme_id(s, section) ||
                     (advice && section->kind == SECTION_RECOMMENDATIONS);
        add_section_target(s, section, theme, shown);
        if (!shown) {
            count_blocks(s, section->blocks);
            continue;
        }
        s->index[i] = s->sections.n;
        EditionSection e = {section, section->kind == SECTION_THEME ? theme : 0, NULL};
        inlines_each_note(section->title, add_note, s);
        e.blocks = select_blocks(s, section->blocks, s->sections.n);
        array_push(&s->sections, e);
    }
}

/* Whether the block that holds a section's figures or recommendations is shown. */
static bool shows(const Selection *s, const Block *list, BlockKind kind)
{
    for (const Block *b = list; b; b = b->next) {
        if (b->closed && !s->choice->closed)
            continue;
        if (b->kind == kind || shows(s, b->children, kind))
            return true;
    }
    return false;
}

/* For each section of the report, whether its figures or recommendations are shown. */
static bool *sections_that_show(const Selection *s, BlockKind kind)
{
    bool *shown = mem_array(s->report->sections, sizeof *shown);
    for (size_t i = 0; i < s->report->sections; i++) {
        const Section *section = &s->report->section[i];
        shown[i] = (!section->closed || s->choice->closed) && shows(s, section->blocks, kind);
    }
    return shown;
}

static void select_figures(Selection *s)
{
    bool *shown = sections_that_show(s, BLOCK_KEY_FIGURES);
    for (size_t i = 0; i < s->report->figures; i++) {
        const KeyFigure *f = &s->report->figure[i];
        size_t at = s->index[f->section];
        if (!shown[f->section] || (f->closed && !s->choice->closed))
            continue;
        add_target(s, f->id, (EditionTarget){TARGET_KEY_FIGURE, 0, NULL, f->name, at != NOWHERE});
        if (at != NOWHERE)
            array_push(&s->figures, ((EditionFigure){f, at}));
    }
    mem_free(shown);
}

static void select_recommendations(Selection *s)
{
    bool *shown = sections_that_show(s, BLOCK_RECOMMENDATIONS);
    unsigned number = 0;
    for (size_t i = 0; i < s->report->recommendations; i++) {
        const Recommendation *r = &s->report->recommendation[i];
        if (!shown[r->section] || (r->closed && !s->choice->closed))
            continue;
        number++;
        size_t at = s->index[r->section];
        add_target(s, r->id,
                   (EditionTarget){TARGET_RECOMMENDATION, number, r->lead, {"", 0}, at != NOWHERE});
        if (at == NOWHERE)
            continue;
        array_push(&s->recommendations, ((EditionRecommendation){r, at, number}));
        inlines_each_note(r->lead, add_note, s);
        inlines_each_note(r->text, add_note, s);
        inlines_each_note(r->basis, add_note, s);
    }
    mem_free(shown);
}

/* The texts of notes may have marks of others. Questions in them are of the first section. */
static void select_notes(Selection *s)
{
    Edition *e = s->edition;
    s->in_note = true;
    e->note = arena_zalloc(&e->arena, (s->report->notes + 1) * sizeof *e->note);
    for (size_t i = 0; i < s->notes.n; i++)
        e->note[s->notes.at[i]->index] = select_blocks(s, s->notes.at[i]->blocks, 0);
}

/* ---- links from what is shown to what is closed --------------------------------------------- */

static void check_links(Selection *s, const Inline *in)
{
    for (; in; in = in->next) {
        check_links(s, in->children);
        if (in->kind != INLINE_LINK || !str_starts(in->target, STR("#")))
            continue;
        if (!edition_has(s->edition, str_cut(in->target, 1, in->target.n)))
            diag_warning(s->diags, in->pos,
                         "this link leads to a closed part; it is plain text in the open edition");
    }
}

static void check_blocks(Selection *s, const Block *b)
{
    for (; b; b = b->next) {
        check_links(s, b->inlines);
        check_blocks(s, b->children);
    }
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void keep(Selection *s)
{
    Edition *e = s->edition;
#define KEEP(to, from)                                                                             \
    (e->to##s = s->from.n, e->to = arena_copy(&e->arena, s->from.at, s->from.n, sizeof *e->to),    \
     array_drop(&s->from))
    KEEP(section, sections);
    KEEP(figure, figures);
    KEEP(recommendation, recommendations);
    KEEP(question, questions);
    KEEP(table, tables);
    KEEP(picture, pictures);
    KEEP(target, targets);
#undef KEEP
    array_drop(&s->notes);
    mem_free(s->noted);
    mem_free(s->index);
}

Edition *edition_new(const Report *report, const EditionChoice *choice, Diags *diags)
{
    Edition *e = mem_zalloc(sizeof *e);
    Selection s = {.report = report, .choice = choice, .diags = diags, .edition = e};
    e->report = report;
    s.index = mem_array(report->sections, sizeof *s.index);
    s.noted = mem_zalloc((report->notes + 1) * sizeof *s.noted);
    select_sections(&s);
    select_figures(&s);
    select_recommendations(&s);
    select_notes(&s);
    keep(&s);
    for (size_t i = 0; choice->theme.n && i < e->sections; i++)
        if (e->section[i].theme)
            e->theme = &e->section[i];
    for (size_t i = 0; diags && !choice->theme.n && !choice->closed && i < e->sections; i++)
        check_blocks(&s, e->section[i].blocks);
    for (size_t i = 0; diags && !choice->theme.n && !choice->closed && i < report->notes; i++)
        check_blocks(&s, e->note[i]);
    return e;
}

void edition_drop(Edition *e)
{
    if (!e)
        return;
    map_drop(&e->ids);
    arena_drop(&e->arena);
    mem_free(e);
}

const Block *edition_note(const Edition *e, const Note *note)
{
    return e->note[note->index];
}

const EditionTarget *edition_target(const Edition *e, Str id)
{
    uint32_t index;
    return map_get(&e->ids, id, &index) ? &e->target[index] : NULL;
}

bool edition_has(const Edition *e, Str id)
{
    const EditionTarget *target = edition_target(e, id);
    return target && target->shown;
}

void edition_fill_pattern(StrBuf *out, Str pattern, const Edition *e)
{
    StrBuf theme = {0};
    Str id = {"", 0};
    if (e->theme) {
        inlines_text(&theme, e->report->terms, e->theme->section->title);
        id = e->theme->section->id;
    }
    const TermField fields[] = {{"report", e->report->name},
                                {"theme", id},
                                {"title", e->report->title},
                                {"theme-title", strbuf_str(&theme)}};
    terms_fill(out, pattern, fields, sizeof fields / sizeof *fields);
    strbuf_drop(&theme);
}
