#include <string.h>

#include "base/utf8.h"
#include "compose/internal.h"
#include "language/sentence.h"

/* ---- body and summary ----------------------------------------------------------------------- */

/* Whether parts of their own show all that the section has. */
static bool is_gathered(const Composer *c, const EditionSection *s)
{
    bool all = true;
    for (const Block *b = s->blocks; b && all; b = b->next)
        all = b->kind == BLOCK_KEY_FIGURES       ? c->own->has_figures_part
              : b->kind == BLOCK_RECOMMENDATIONS ? c->own->has_recommendations_part
                                                 : false;
    return all;
}

/* Whether the body shows the section: those of some kinds may have parts of their own. */
static bool in_body(const Composer *c, const EditionSection *s)
{
    static const Part parts[] = {[SECTION_COMMON] = PART_COUNT,
                                 [SECTION_SUMMARY] = PART_SUMMARY,
                                 [SECTION_WHOLE] = PART_COUNT,
                                 [SECTION_THEME] = PART_COUNT,
                                 [SECTION_GLOSSARY] = PART_GLOSSARY,
                                 [SECTION_SOURCES] = PART_SOURCES,
                                 [SECTION_CHANGES] = PART_CHANGES,
                                 [SECTION_ANNEX] = PART_ANNEXES,
                                 [SECTION_RECOMMENDATIONS] = PART_RECOMMENDATIONS};
    if (s->section->kind == SECTION_WHOLE)
        return !is_gathered(c, s);
    if (s->section->kind == SECTION_RECOMMENDATIONS && !c->e->recommendations)
        return true;
    Part part = parts[s->section->kind];
    return part == PART_COUNT || !layout_has_part(c->l, part);
}

/* The section of what belongs to no other is no place that an author links to. */
static Str destination_of(const EditionSection *s)
{
    return s->section->kind == SECTION_WHOLE ? STR("del-hele-rapporten") : s->section->id;
}

static void add_inner_entries(Composer *c, const Block *list)
{
    for (const Block *b = list; b; b = b->next) {
        bool visit = b->kind == BLOCK_VISIT;
        int level = visit ? (b->visit->stop ? 3 : 2) : b->level;
        if (visit || b->kind == BLOCK_HEADING)
            entry_add(c, level, 0, plain_text(c, b->inlines), b->id);
        if (visit)
            add_inner_entries(c, b->children);
    }
}

static void add_section_entries(Composer *c, const EditionSection *s)
{
    if (s->section->title && s != c->e->theme)
        entry_add(c, 1, s->theme, plain_text(c, s->section->title), destination_of(s));
    add_inner_entries(c, s->blocks);
}

static void add_body_entries(Composer *c)
{
    for (size_t i = 0; i < c->e->sections; i++)
        if (in_body(c, &c->e->section[i]))
            add_section_entries(c, &c->e->section[i]);
}

/* The running head names the section from its first unit on. */
static void set_running(Composer *c, const EditionSection *s)
{
    array_last(&c->units).running = s->section->title;
    array_last(&c->units).running_theme = s->theme;
    if (s->section->kind == SECTION_GLOSSARY)
        title_goes_on(c, plain_text(c, s->section->title));
}

/* Whether it stands in the part of the annexes. */
static bool is_annex(const Composer *c, const EditionSection *s)
{
    return s->section->kind == SECTION_ANNEX && !in_body(c, s);
}

/* The section that the body or the summary shows before one, or before an annex its part; or NULL. */
static const EditionSection *shown_before(const Composer *c, const EditionSection *s)
{
    bool annex = is_annex(c, s);
    while (s-- > c->e->section)
        if (annex ? is_annex(c, s) : s->section->kind == SECTION_SUMMARY || in_body(c, s))
            return s;
    return NULL;
}

/* Themes begin a page, and so do annexes; a common section follows another, or the letterhead, on the same page, and the
 * summary where that ends with little on a page, as an annex does another. */
static bool begins_page(const Composer *c, const EditionSection *s, const EditionSection *above)
{
    if (c->l->run_on || c->below_letterhead)
        return false;
    return s->theme || !above || above->theme || is_annex(c, above) ||
           above->section->kind == SECTION_SUMMARY || above->section->kind == SECTION_WHOLE;
}

/* The blocks of a section; those of a summary with the box below tiles above them, if the layout wants that. */
static const Block *blocks_of(Composer *c, const EditionSection *s)
{
    Block *first = NULL, **end = &first;
    if (!c->l->box_first || s->section->kind != SECTION_SUMMARY)
        return s->blocks;
    for (const Block *b = s->blocks; b; b = b->next) {
        Block *copy = arena_new(&c->arena, Block);
        *copy = *b;
        *end = copy;
        end = &copy->next;
    }
    for (Block **at = &first; *at && (*at)->next; at = &(*at)->next) {
        Block *tiles = *at, *box = tiles->next;
        if (tiles->kind != BLOCK_TILES || box->kind != BLOCK_BOX)
            continue;
        tiles->next = box->next;
        box->next = tiles;
        *at = box;
    }
    return first;
}

/* Terms are set as such; all else as elsewhere. */
static void add_glossary_blocks(Composer *c, const Block *blocks, Column col)
{
    for (const Block *b = blocks; b; b = b->next) {
        if (glossary_is_list(c, b))
            glossary_add(c, b, c->root);
        else
            blocks_add_alone(c, b, col);
        col.lead = false;
    }
}

/* A briefing's only theme has its title in the letterhead. */
static void add_section(Composer *c, const EditionSection *s)
{
    Column col = text_column(c);
    const Block *blocks = blocks_of(c, s);
    col.lead = true;
    col.summary = s->section->kind == SECTION_SUMMARY;
    notes_number_inlines(c, s->section->title);
    notes_number_blocks(c, blocks);
    c->own->section = (size_t)(s - c->e->section);
    bool only = s == c->e->theme;
    const EditionSection *above = shown_before(c, s);
    bool follows = !s->theme && above &&
                   (above->section->kind == SECTION_SUMMARY || is_annex(c, above));
    if (!only && begins_page(c, s, above))
        (follows ? flow_part_break : flow_new_page)(c);
    c->below_letterhead = false;
    if (!only && s->section->title) {
        Str kicker = s->theme ? theme_label(c, s->theme) : (Str){"", 0};
        part_title_here(c, kicker, s->section->title, (Str){"", 0},
                        s->theme ? STYLE_title : STYLE_h1, destination_of(s));
        set_running(c, s);
    }
    /* Where the section has no heading of its own, those in it stand right below the title, and the running
     * head has nothing to say above the first. */
    bool headless = !only && !s->section->title;
    c->pending.ends_running = headless;
    c->own->headless = headless;
    c->own->heading_base -= headless;
    if (s->theme)
        opener_add(c, blocks, col);
    else if (s->section->kind == SECTION_GLOSSARY)
        add_glossary_blocks(c, blocks, col);
    else
        blocks_add(c, blocks, col);
    c->own->heading_base += headless;
    c->own->headless = false;
}

static void add_body(Composer *c)
{
    for (size_t i = 0; i < c->e->sections; i++)
        if (in_body(c, &c->e->section[i]))
            add_section(c, &c->e->section[i]);
}

static void add_entries_of(Composer *c, SectionKind kind)
{
    for (size_t i = 0; i < c->e->sections; i++)
        if (c->e->section[i].section->kind == kind)
            add_section_entries(c, &c->e->section[i]);
}

static void add_all_of(Composer *c, SectionKind kind)
{
    for (size_t i = 0; i < c->e->sections; i++)
        if (c->e->section[i].section->kind == kind)
            add_section(c, &c->e->section[i]);
}

static void add_summary_entries(Composer *c)
{
    add_entries_of(c, SECTION_SUMMARY);
}

static void add_summary(Composer *c)
{
    add_all_of(c, SECTION_SUMMARY);
}

static void add_annex_entries(Composer *c)
{
    add_entries_of(c, SECTION_ANNEX);
}

static void add_annexes(Composer *c)
{
    add_all_of(c, SECTION_ANNEX);
}

const PartRule part_body = {.entries = add_body_entries, .add = add_body};
const PartRule part_summary = {.entries = add_summary_entries, .add = add_summary};
const PartRule part_annexes = {.entries = add_annex_entries, .add = add_annexes};

/* ---- glossary, sources, changes ------------------------------------------------------------- */

static bool has_sections_of(const Composer *c, SectionKind kind)
{
    for (size_t i = 0; i < c->e->sections; i++)
        if (c->e->section[i].section->kind == kind)
            return true;
    return false;
}

/* Whether another of these parts stands right before one. */
static bool follows_another(const Composer *c, Part part)
{
    static const SectionKind kinds[PART_COUNT] = {[PART_GLOSSARY] = SECTION_GLOSSARY,
                                                  [PART_SOURCES] = SECTION_SOURCES,
                                                  [PART_CHANGES] = SECTION_CHANGES};
    bool follows = false;
    for (size_t i = 0; i < c->l->parts && c->own->order[i] != part; i++) {
        SectionKind before = kinds[c->own->order[i]];
        follows = before != SECTION_COMMON && (follows || has_sections_of(c, before));
    }
    return follows;
}

/* Sections of a kind below each other and below those of the kinds that they follow; else where the part
 * before ends, if they have room there. */
static void add_sections_of(Composer *c, Part part, SectionKind kind)
{
    bool follows = follows_another(c, part);
    for (size_t i = 0; i < c->e->sections; i++) {
        const EditionSection *s = &c->e->section[i];
        if (s->section->kind != kind)
            continue;
        notes_number_inlines(c, s->section->title);
        notes_number_blocks(c, s->blocks);
        c->own->section = i;
        if (!follows)
            flow_back_break(c);
        follows = true;
        part_title_here(c, STR(""), s->section->title, STR(""), STYLE_h1, destination_of(s));
        set_running(c, s);
        if (kind == SECTION_GLOSSARY)
            add_glossary_blocks(c, s->blocks, text_column(c));
        else
            for (const Block *b = s->blocks; b; b = b->next)
                blocks_add_alone(c, b, text_column(c));
    }
}

static void add_glossary_entries(Composer *c)
{
    add_entries_of(c, SECTION_GLOSSARY);
}

static void add_glossary(Composer *c)
{
    add_sections_of(c, PART_GLOSSARY, SECTION_GLOSSARY);
}

static void add_source_entries(Composer *c)
{
    add_entries_of(c, SECTION_SOURCES);
}

static void add_sources(Composer *c)
{
    add_sections_of(c, PART_SOURCES, SECTION_SOURCES);
}

static void add_change_entries(Composer *c)
{
    add_entries_of(c, SECTION_CHANGES);
}

static void add_changes(Composer *c)
{
    add_sections_of(c, PART_CHANGES, SECTION_CHANGES);
}

const PartRule part_glossary = {.entries = add_glossary_entries, .add = add_glossary};
const PartRule part_sources = {.entries = add_source_entries, .add = add_sources};
const PartRule part_changes = {.entries = add_change_entries, .add = add_changes};

/* ---- open questions ------------------------------------------------------------------------- */

#define QUESTIONS STR("del-spoergsmaal")

static void add_question_entries(Composer *c)
{
    if (c->e->questions)
        entry_add(c, 1, 0, c->t->print[TERM_open_questions], QUESTIONS);
}

static const Inline *first_words(const Block *box)
{
    return box->children ? box->children->inlines : NULL;
}

/* What is asked: the sentences of the box's first paragraph from the first on that ends with a question mark, up to
 * the last of those. Empty when there is none. */
static Str question_asked(Composer *c, const Block *box)
{
    Str text = plain_text(c, first_words(box));
    size_t from = text.n, to = 0;
    for (size_t at = 0, n; at < text.n; at += n) {
        n = sentence_first(c->t, str_cut(text, at, text.n));
        if (!n)
            break;
        if (!str_ends(str_trim(str_cut(text, at, at + n)), STR("?")))
            continue;
        from = from < at ? from : at;
        to = at + n;
    }
    return from < to ? str_trim(str_cut(text, from, to)) : (Str){"", 0};
}

/* The number of the question's page, as a link to it. */
static const Inline *question_link(Composer *c, const EditionQuestion *q)
{
    unsigned page = references_page(c, q->id);
    strbuf_clear(&c->text);
    if (page)
        strbuf_add_int(&c->text, page);
    return link_to(c, q->id, arena_str(&c->arena, strbuf_str(&c->text)), q->box->pos);
}

/* Its title and what it asks; without a title its first paragraph. */
static void add_question(Composer *c, const Block *box, Piece piece, CellContent *content)
{
    Piece title = piece;
    if (!box->inlines) {
        piece.inlines = first_words(box);
        cell_add_text(content, piece);
        return;
    }
    title.style = style_of(c, STYLE_table_number);
    title.inlines = box->inlines;
    cell_add_text(content, title);
    piece.text = question_asked(c, box);
    if (piece.text.n)
        cell_add_text(content, piece);
}

static void question_cell(void *context, size_t row, size_t column, CellContent *content)
{
    Composer *c = context;
    bool head = row == c->e->questions;
    const Style *style = style_of(c, head ? STYLE_table_head : STYLE_table_cell);
    Piece piece = {.style = style, .quiet_links = true, .without_notes = true};
    if (head)
        piece.text = c->t->print[column == 0   ? TERM_column_number
                                 : column == 1 ? TERM_question
                                               : TERM_column_page];
    else if (column == 0) {
        strbuf_clear(&c->text);
        strbuf_addf(&c->text, "%zu", row + 1);
        piece.style = style_of(c, STYLE_question_number);
        piece.text = arena_str(&c->arena, strbuf_str(&c->text));
    } else if (column == 1) {
        add_question(c, c->e->question[row].box, piece, content);
        return;
    } else {
        piece.style = style_of(c, STYLE_table_number);
        piece.inlines = question_link(c, &c->e->question[row]);
    }
    cell_add_text(content, piece);
}

enum { FEW_QUESTIONS = 8 };

/* Few stand where the part before ends, as a glossary does; so do all below one. */
static void add_question_title(Composer *c)
{
    Str title = c->t->print[TERM_open_questions];
    bool follows = follows_another(c, PART_OPEN_QUESTIONS);
    if (c->l->run_on || (!follows && c->e->questions > FEW_QUESTIONS)) {
        part_title(c, STR(""), NULL, title, STYLE_h1, QUESTIONS);
        return;
    }
    if (!follows)
        flow_back_break(c);
    part_title_here(c, STR(""), NULL, title, STYLE_h1, QUESTIONS);
}

static void add_questions(Composer *c)
{
    static const TableColumn columns[] = {{.width = 16}, {.rest = true}, {.align = TEXT_RIGHT}};
    if (!c->e->questions)
        return;
    add_question_title(c);
    TableSpec spec = {.rows = c->e->questions,
                      .columns = 3,
                      .column = columns,
                      .cell = question_cell,
                      .context = c,
                      .title = c->t->print[TERM_open_questions],
                      .head = true,
                      .row_heads = true,
                      .width = (float)c->l->text_width,
                      .parent = c->root,
                      .group_style = style_of(c, STYLE_table_group)};
    table_add(c, &spec);
}

const PartRule part_open_questions = {.entries = add_question_entries, .add = add_questions};
