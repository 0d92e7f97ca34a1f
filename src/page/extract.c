#include <math.h>

#include "page/internal.h"

/* What a sheet about one thing has of it: its title, its tiles and a chart. They are of the theme that a
 * document is about, else of the whole report, and stand in the body, too. */

static const EditionSection *first_section(const Composer *c)
{
    return c->e->theme ? c->e->theme : c->e->section;
}

static size_t sections(const Composer *c)
{
    return c->e->theme ? 1 : c->e->sections;
}

typedef bool Wanted(const Block *b);

static const Block *find_in(const Block *list, Wanted *wanted)
{
    for (const Block *b = list; b; b = b->next) {
        const Block *inner = wanted(b) ? b : find_in(b->children, wanted);
        if (inner)
            return inner;
    }
    return NULL;
}

static const Block *find(const Composer *c, Wanted *wanted)
{
    const EditionSection *s = first_section(c);
    const Block *found = NULL;
    for (size_t i = 0; i < sections(c) && !found; i++)
        found = find_in(s[i].blocks, wanted);
    return found;
}

/* ---- the title ------------------------------------------------------------------------------ */

#define RULE 3.0f
#define RULE_BELOW 18.0f
#define KICKER_BELOW 9.0f

/* "Tema 2 på ét ark" */
static Str kicker_of(Composer *c)
{
    StrBuf text = {0};
    if (!c->e->theme)
        return c->e->report->genre;
    terms_fill(&text, c->t->print[TERM_on_one_sheet],
               &(TermField){"theme", theme_label(c, c->e->theme->theme)}, 1);
    Str kept = arena_str(&c->arena, strbuf_str(&text));
    strbuf_drop(&text);
    return kept;
}

/* On the line of the kicker, at the right: what the sheet is of. */
static void add_report_name(Panel *p, float top)
{
    Composer *c = p->c;
    const Report *r = c->e->report;
    const Style *style = style_of(c, STYLE_head_right), *kicker = style_of(c, STYLE_kicker);
    Str name = r->short_title.n ? r->short_title : r->title;
    float width = spec_width(c, style, name), y = p->y;
    if (!c->e->theme || width > p->width / 2)
        return;
    Piece piece = {.style = style, .text = name};
    p->y = top + style_baseline(c, kicker) - style_baseline(c, style);
    panel_text(p, &piece, 1, document_node(c->d, p->parent, ROLE_P), p->width - width, width + 1);
    p->y = y;
}

static void add_lead(Composer *c)
{
    const Style *style = style_of(c, STYLE_lead);
    float width = (float)c->l->text_width;
    const Block *first = c->e->theme ? c->e->theme->blocks : NULL;
    const Inline *words = first && first->kind == BLOCK_PARAGRAPH ? first->inlines : NULL;
    Piece piece = {.style = style,
                   .text = c->e->theme ? (Str){"", 0} : c->e->report->summary,
                   .inlines = words,
                   .without_notes = true};
    if (!piece.text.n && !words)
        return;
    Node node = document_node(c->d, c->root, ROLE_P);
    Spec *spec = spec_queue(c, spec_new(c, batch_arena(c), &piece, 1, node, width));
    flow_unit(c, (Unit){.kind = UNIT_TEXT,
                        .width = width,
                        .style = style,
                        .whole = true,
                        .after = (float)style->after,
                        .spec = spec});
}

static void add_title(Composer *c)
{
    const EditionSection *theme = c->e->theme;
    const Style *style = style_of(c, STYLE_h1);
    Panel p = {.c = c, .width = (float)layout_live_width(c->l), .parent = c->root};
    Piece title = {.style = style,
                   .text = theme ? (Str){"", 0} : c->e->report->title,
                   .inlines = theme ? theme->section->title : NULL,
                   .without_notes = true};
    panel_fill(&p, 0, 0, p.width, RULE, colour_of(c, COLOUR_primary));
    p.y = RULE + RULE_BELOW;
    float top = p.y;
    panel_line(&p, STYLE_kicker, kicker_of(c));
    add_report_name(&p, top);
    p.y += KICKER_BELOW;
    panel_text(&p, &title, 1, document_node(c->d, c->root, ROLE_H1), 0, p.width);
    panels_flow(c, &p, 1,
                (Unit){.after = (float)style->after,
                       .keep_next = true,
                       .opens = true,
                       .destination = theme ? theme->section->id : STR("del-forside")});
    add_lead(c);
}

const PartRule part_block_title = {.add = add_title};

/* ---- tiles ---------------------------------------------------------------------------------- */

static bool is_tiles(const Block *b)
{
    return b->kind == BLOCK_TILES;
}

/* The first ones: they are those that the report gives most weight. */
static void add_tiles(Composer *c)
{
    const Block *found = find(c, is_tiles);
    size_t most = (size_t)c->l->extract.tiles;
    if (!found || !most)
        return;
    Block *block = arena_new(&c->arena, Block);
    TileSpec *tiles = arena_new(&c->arena, TileSpec);
    *block = *found;
    *tiles = *found->tiles;
    tiles->n = tiles->n < most ? tiles->n : most;
    block->tiles = tiles;
    tiles_add(c, block, text_column(c));
}

const PartRule part_tiles = {.add = add_tiles};

/* ---- a chart -------------------------------------------------------------------------------- */

static bool is_main_chart(const Block *b)
{
    return b->kind == BLOCK_CHART && b->chart->main;
}

static bool is_chart(const Block *b)
{
    return b->kind == BLOCK_CHART;
}

/* The one that the report says is the main one, else the first. */
static const Block *chart_of(const Composer *c)
{
    const Block *main = find(c, is_main_chart);
    return main ? main : find(c, is_chart);
}

static bool has_chart(const Composer *c)
{
    return chart_of(c) != NULL;
}

static void panel_of_chart(Panel *p)
{
    chart_panel(p, chart_of(p->c));
}

static void add_chart(Composer *c)
{
    part_add_alone(c, &part_chart, (float)layout_live_width(c->l));
}

const PartRule part_chart = {.add = add_chart, .has = has_chart, .panel = panel_of_chart};
