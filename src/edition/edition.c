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
    size_t *index;             /* of each section of the report in the edition, or NOWHERE */
    ARRAY(const Note *) notes; /* with marks in what is shown */
    bool *noted;               /* of each note of the report: it is among them */
} Selection;

#define NOWHERE ((size_t)-1)

static bool is_question(const Block *b)
{
    return b->kind == BLOCK_BOX && b->box == BOX_SECRETARIAT;
}

static bool is_shown(Selection *s, const Block *b)
{
    if (b->closed && !s->choice->closed)
        return false;
    if (!is_question(b) || s->report->draft)
        return true;
    if (s->diags) {
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
        copy->children = select_blocks(s, b->children, section);
        if (s->report->notes)
            block_each_note(copy, add_note, s);
        if (is_question(copy))
            add_question(s, copy, section);
        if (copy->id.n)
            map_put(&s->edition->ids, copy->id, 0);
        *end = copy;
        end = &copy->next;
    }
    return first;
}

static bool has_theme_id(const Selection *s, const Section *section)
{
    return section->kind == SECTION_THEME && str_equal(section->id, s->choice->theme);
}

/* Themes are numbered among those that this openness shows, also where one alone is wanted. */
static void select_sections(Selection *s)
{
    unsigned theme = 0;
    bool all = !s->choice->theme.n;
    for (size_t i = 0; i < s->report->sections; i++) {
        const Section *section = &s->report->section[i];
        s->index[i] = NOWHERE;
        if (section->closed && !s->choice->closed)
            continue;
        theme += section->kind == SECTION_THEME;
        if (!all && !has_theme_id(s, section))
            continue;
        s->index[i] = s->sections.n;
        EditionSection e = {section, section->kind == SECTION_THEME ? theme : 0, NULL};
        inlines_each_note(section->title, add_note, s);
        e.blocks = select_blocks(s, section->blocks, s->sections.n);
        if (section->id.n)
            map_put(&s->edition->ids, section->id, 0);
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
        if (at != NOWHERE && shown[f->section])
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
        if (!shown[r->section])
            continue;
        number++;
        size_t at = s->index[r->section];
        if (at == NOWHERE)
            continue;
        array_push(&s->recommendations, ((EditionRecommendation){r, at, number}));
        map_put(&s->edition->ids, r->id, 0);
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
    if (choice->theme.n && e->sections)
        e->theme = &e->section[0];
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

bool edition_has(const Edition *e, Str id)
{
    uint32_t value;
    return map_get(&e->ids, id, &value);
}
