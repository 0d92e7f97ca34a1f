#include <math.h>

#include "compose/internal.h"

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
#define KICKER_CLEAR 12.0f

/* "Afrapportering · Tema 2 på ét ark", and at the end the report's name where it has no room at the right. */
static Str kicker_of(Composer *c, bool named)
{
    StrBuf text = {0};
    strbuf_add_str(&text, c->e->report->genre);
    if (c->e->theme) {
        strbuf_add_text(&text, text.n ? " · " : "");
        terms_fill(&text, c->t->print[TERM_on_one_sheet],
                   &(TermField){"theme", theme_label(c, c->e->theme->theme)}, 1);
    }
    if (c->e->theme && named) {
        strbuf_add_text(&text, " · ");
        strbuf_add_str(&text, report_short_title(c->e->report));
    }
    Str kept = arena_str(&c->arena, strbuf_str(&text));
    strbuf_drop(&text);
    return kept;
}

/* What the sheet is, and of what: the report's name stands at the right where both have room. */
static void add_kicker(Panel *p)
{
    Composer *c = p->c;
    const Style *style = style_of(c, STYLE_head_right), *kicker = style_of(c, STYLE_kicker);
    Str name = c->e->theme ? report_short_title(c->e->report) : (Str){"", 0};
    float width = name.n ? spec_width(c, style, name) : 0, top = p->y;
    bool beside = spec_width(c, kicker, kicker_of(c, false)) + KICKER_CLEAR + width <= p->width;
    panel_line(p, STYLE_kicker, kicker_of(c, !beside));
    if (!beside || !name.n)
        return;
    float end = p->y;
    Piece piece = {.style = style, .text = name};
    p->y = top + style_baseline(c, kicker) - style_baseline(c, style);
    panel_text(p, &piece, 1, document_node(c->d, p->parent, ROLE_P), p->width - width, width + 1);
    p->y = end;
}

static void add_lead(Composer *c)
{
    const Style *style = style_of(c, STYLE_lead);
    float width = (float)layout_live_width(c->l);
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
    add_kicker(&p);
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

/* Tiles that are made of key figures, where the report makes none itself: of others than the chart shows. */
typedef struct {
    const Edition *e;
    const ChartSpec *chart; /* or NULL */
    Tile *tile;
    size_t n, most;
} Chosen;

static void choose(Chosen *chosen, const KeyFigure *figure)
{
    bool shown = false;
    for (size_t i = 0; i < chosen->e->figures; i++)
        shown |= chosen->e->figure[i].figure == figure;
    for (size_t i = 0; chosen->chart && i < chosen->chart->n; i++)
        shown &= !str_equal(chosen->chart->figure[i], figure->id);
    for (size_t i = 0; i < chosen->n; i++)
        shown &= !str_equal(chosen->tile[i].figure, figure->id);
    if (shown && chosen->n < chosen->most && figure->value.kind != QUANTITY_WORDS)
        chosen->tile[chosen->n++] = (Tile){.figure = figure->id, .pos = figure->pos};
}

static void choose_cited(Chosen *chosen, const Inline *in)
{
    for (; in && chosen->n < chosen->most; in = in->next) {
        if (in->kind == INLINE_FIGURE && in->figure)
            choose(chosen, in->figure);
        choose_cited(chosen, in->children);
    }
}

static void choose_in(Chosen *chosen, const Block *list)
{
    for (const Block *b = list; b && chosen->n < chosen->most; b = b->next) {
        choose_cited(chosen, b->inlines);
        choose_in(chosen, b->children);
    }
}

/* Those that the text cites first, and then the first of the table. */
static const TileSpec *made_tiles(const Composer *c, Arena *arena, size_t most)
{
    const EditionSection *s = first_section(c);
    TileSpec *tiles = arena_zalloc(arena, sizeof *tiles);
    const Block *chart = part_is_shown(c, PART_CHART) ? chart_shown(c) : NULL;
    Chosen chosen = {.e = c->e, .chart = chart ? chart->chart : NULL, .most = most};
    chosen.tile = arena_array(arena, most, Tile);
    for (size_t i = 0; i < sections(c); i++)
        choose_in(&chosen, s[i].blocks);
    for (size_t i = 0; i < c->e->figures; i++)
        choose(&chosen, c->e->figure[i].figure);
    *tiles = (TileSpec){.tile = chosen.tile, .n = chosen.n};
    return chosen.n ? tiles : NULL;
}

/* The first of the report's own: they are those that it gives most weight. */
static const TileSpec *own_tiles(Arena *arena, const Block *found, size_t most)
{
    TileSpec *tiles = arena_new(arena, TileSpec);
    *tiles = *found->tiles;
    tiles->n = tiles->n < most ? tiles->n : most;
    return tiles;
}

static bool has_tiles(const Composer *c)
{
    if (!c->l->extract.tiles)
        return false;
    bool any = find(c, is_tiles) != NULL;
    for (size_t i = 0; i < c->e->figures && !any; i++)
        any = c->e->figure[i].figure->value.kind != QUANTITY_WORDS;
    return any;
}

const TileSpec *tiles_shown(const Composer *c, Arena *arena)
{
    const Block *found = find(c, is_tiles);
    size_t most = (size_t)c->l->extract.tiles;
    if (!has_tiles(c))
        return NULL;
    return found ? own_tiles(arena, found, most) : made_tiles(c, arena, most);
}

void tiles_tell_cut(Composer *c)
{
    const Block *found = find(c, is_tiles);
    size_t most = (size_t)c->l->extract.tiles;
    if (!part_is_shown(c, PART_TILES) || !found || !most || found->tiles->n <= most)
        return;
    diag_advice(c->diags, found->pos, "the layout '%.*s' shows %zu of these %zu tiles",
                (int)c->l->name.n, c->l->name.p, most, found->tiles->n);
    diag_hint(c->diags, "the first ones; 'extract' of the layout says how many");
}

static void add_tiles(Composer *c)
{
    const Block *found = find(c, is_tiles);
    Block *block = arena_zalloc(&c->arena, sizeof *block);
    if (found)
        *block = *found;
    block->kind = BLOCK_TILES;
    block->tiles = tiles_shown(c, &c->arena);
    if (block->tiles)
        tiles_add(c, block, text_column(c));
}

const PartRule part_tiles = {.add = add_tiles, .has = has_tiles};

/* ---- a chart -------------------------------------------------------------------------------- */

static bool is_main_chart(const Block *b)
{
    return b->kind == BLOCK_CHART && b->chart->main;
}

static bool is_shown_chart(const Block *b)
{
    return b->kind == BLOCK_CHART && !b->chart->minor;
}

/* The one that the report says is the main one, else the first that it doesn't say isn't. */
const Block *chart_shown(const Composer *c)
{
    const Block *main = find(c, is_main_chart);
    return main ? main : find(c, is_shown_chart);
}

static bool has_chart(const Composer *c)
{
    return chart_shown(c) != NULL;
}

static void panel_of_chart(Panel *p)
{
    chart_panel(p, chart_shown(p->c));
}

static void add_chart(Composer *c)
{
    part_add_alone(c, &part_chart, (float)layout_live_width(c->l));
}

const PartRule part_chart = {.add = add_chart, .has = has_chart, .panel = panel_of_chart};

/* ---- a table -------------------------------------------------------------------------------- */

enum { MOST_ROWS = 13 }; /* with its head */

static bool is_small_table(const Block *b)
{
    return b->kind == BLOCK_TABLE && b->table->rows <= MOST_ROWS;
}

static bool is_small_with_caption(const Block *b)
{
    return is_small_table(b) && b->table->caption;
}

static bool is_long_table(const Block *b)
{
    return b->kind == BLOCK_TABLE && b->table->rows > MOST_ROWS;
}

const Block *compose_too_long_table(const Edition *edition, const Layout *layout, size_t *most)
{
    Composer c = {.e = edition, .l = layout, .t = edition->report->terms};
    *most = MOST_ROWS - 1;
    return layout_has_part(layout, PART_TABLE) ? find(&c, is_long_table) : NULL;
}

void table_tell_long(Composer *c)
{
    Arena scratch = {0};
    const Block *table = find(c, is_long_table);
    bool other = table_shown(c) || has_chart(c) || has_tiles(c) || lessons_shown(c, &scratch).n > 0;
    arena_drop(&scratch);
    if (!part_is_shown(c, PART_TABLE) || !table || other)
        return;
    diag_warning(c->diags, table->pos, "the layout '%.*s' shows no table of more than %d rows",
                 (int)c->l->name.n, c->l->name.p, MOST_ROWS - 1);
}

/* One that belongs to an item of a list says nothing without that. */
static const Block *small_outside_lists(const Block *list)
{
    for (const Block *b = list; b; b = b->next) {
        const Block *found = is_small_table(b)       ? b
                             : b->kind == BLOCK_LIST ? NULL
                                                     : small_outside_lists(b->children);
        if (found)
            return found;
    }
    return NULL;
}

static const Block *small_table(const Composer *c)
{
    const Block *found = find(c, is_small_with_caption);
    for (size_t i = 0; i < sections(c) && !found; i++)
        found = small_outside_lists(first_section(c)[i].blocks);
    return found;
}

/* Where there is no chart. */
const Block *table_shown(const Composer *c)
{
    return has_chart(c) ? NULL : small_table(c);
}

static bool has_table(const Composer *c)
{
    return table_shown(c) != NULL;
}

/* With its notes and source, and nothing else of what follows it. */
static Block *table_with_notes(Composer *c, const Block *found)
{
    Block *table = arena_copy(&c->arena, found, 1, sizeof *found), *last = table;
    while (last->next && block_is_note(c->t, last->next)) {
        last->next = arena_copy(&c->arena, last->next, 1, sizeof *last);
        last = last->next;
    }
    last->next = NULL;
    return table;
}

/* Without a number, as the chart is: the reader would look for the others. Its footnotes stand under it, since
 * other parts come between it and the foot of the sheet. */
static void add_table(Composer *c)
{
    const Block *found = table_shown(c);
    if (!found)
        return;
    Block *table = table_with_notes(c, found);
    table->number = 0;
    notes_number_blocks(c, table);
    notes_hold(c);
    blocks_add(c, table, text_column(c));
    notes_add_held(c, (float)c->l->table.note_gap);
}

const PartRule part_table = {.add = add_table, .has = has_table};

/* ---- whether there is anything to show ------------------------------------------------------- */

bool compose_has_something(const Edition *edition, const Layout *layout)
{
    Composer c = {.e = edition, .l = layout, .t = edition->report->terms};
    static const PartRule *const rules[PART_COUNT] = {[PART_TILES] = &part_tiles,
                                                      [PART_CHART] = &part_chart,
                                                      [PART_TABLE] = &part_table,
                                                      [PART_LESSONS] = &part_lessons};
    bool any = !layout_has_part(layout, PART_TITLE) || !edition->theme;
    for (size_t i = 0; i < layout->parts && !any; i++) {
        Part part = layout->part[i];
        bool beside = part == PART_TITLE || part == PART_CONTACT || part == PART_LINK ||
                      part == PART_CAVEATS;
        any = rules[part]                    ? rules[part]->has(&c)
              : part == PART_RECOMMENDATIONS ? edition->recommendations > 0
                                             : !beside;
    }
    return any;
}
