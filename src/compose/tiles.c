#include <math.h>

#include "compose/internal.h"

/* Between a row of tiles and the line that says where they are from. */
#define SOURCE_GAP 6.0f
/* That the text beside a number has at least, in ems of its own. */
#define LEAST_BESIDE 8.0f

/* Key figures shown large, in rows that fill the width (the shorter row first: what the report lists
 * first is the most important). */

/* A row while it is drawn; y counts from its upper edge. */
typedef struct {
    Composer *c;
    const TileStyle *style;
    ARRAY(Draw) draws;
    float width;  /* of each tile */
    float height; /* of the row */
} Row;

static float inner_width(const TileStyle *style, float width)
{
    return width - (float)(style->padding_left + style->padding_right);
}

static float tile_width(const Composer *c, float width, size_t across)
{
    float gaps = (float)c->l->tile.gap * (float)(across - 1);
    return (width - gaps) / (float)across;
}

/* ---- drawing -------------------------------------------------------------------------------- */

static float height_of(Composer *c, const Spec *spec, StyleRole role)
{
    return spec ? spec_height(spec, style_of(c, role)) : 0;
}

static float text_height(Composer *c, const TileText *t)
{
    float gap = t->where ? (float)c->l->tile.where_gap : 0;
    return height_of(c, t->what_text, STYLE_tile_what) + gap +
           height_of(c, t->where, STYLE_tile_where);
}

static float caveat_height(Composer *c, const TileText *t)
{
    const TileStyle *s = &c->l->tile;
    if (!t->caveat)
        return 0;
    return (float)(s->caveat_before + s->caveat_rule + s->caveat_gap) +
           height_of(c, t->caveat, STYLE_tile_caveat);
}

static float tile_height(Composer *c, const TileText *t, bool alone)
{
    const TileStyle *s = &c->l->tile;
    float number = height_of(c, t->precision, STYLE_tile_what) +
                   height_of(c, t->number, STYLE_tile_number) +
                   height_of(c, t->unit_text, STYLE_tile_unit);
    float texts = text_height(c, t) + caveat_height(c, t);
    float inside = alone ? fmaxf(number, texts) : number + (float)s->number_gap + texts;
    return (float)(s->rule + s->padding_top + s->padding_foot) + inside;
}

static void add_fill(Row *row, float x, float y, float width, float height, uint32_t colour)
{
    array_push(&row->draws, ((Draw){.kind = DRAW_FILL,
                                    .owner = ARTIFACT_LAYOUT,
                                    .x = x,
                                    .y = y,
                                    .w = width,
                                    .h = height,
                                    .line = {.colour = colour}}));
}

/* Returns where the text ends. */
static float add_text(Row *row, const Spec *spec, StyleRole role, float x, float y)
{
    Composer *c = row->c;
    const Style *style = style_of(c, role);
    if (!spec)
        return y;
    array_push(&row->draws, spec_draw(c, spec, style, x, y));
    return y + spec_height(spec, style);
}

/* Below the text beside a number that stands alone; else at the foot of the row, level with the others. */
static void draw_caveat(Row *row, const TileText *t, float x, float text_x, float text_end,
                        bool alone)
{
    Composer *c = row->c;
    const TileStyle *s = row->style;
    float height = height_of(c, t->caveat, STYLE_tile_caveat);
    float caveat = alone ? text_end + caveat_height(c, t) - height
                         : row->height - (float)s->padding_foot - height;
    float rule = caveat - (float)(s->caveat_gap + s->caveat_rule);
    if (s->caveat_rule > 0)
        add_fill(row, text_x, rule, x + row->width - (float)s->padding_right - text_x,
                 (float)s->caveat_rule, colour_of(c, COLOUR_line));
    add_text(row, t->caveat, STYLE_tile_caveat, text_x, caveat);
}

static void draw_tile(Row *row, const TileText *t, float x, bool alone)
{
    Composer *c = row->c;
    const TileStyle *s = row->style;
    float left = x + (float)s->padding_left, top = (float)(s->rule + s->padding_top);
    add_fill(row, x, 0, row->width, row->height, colour_of(c, COLOUR_tint));
    add_fill(row, x, 0, row->width, (float)s->rule, colour_of(c, COLOUR_primary));
    float y = add_text(row, t->precision, STYLE_tile_what, left, top);
    y = add_text(row, t->number, STYLE_tile_number, left, y);
    y = add_text(row, t->unit_text, STYLE_tile_unit, left, y);
    float text_x = alone ? x + (float)s->alone : left;
    y = add_text(row, t->what_text, STYLE_tile_what, text_x,
                 alone ? top : y + (float)s->number_gap);
    if (t->where)
        y = add_text(row, t->where, STYLE_tile_where, text_x, y + (float)s->where_gap);
    if (t->caveat)
        draw_caveat(row, t, x, text_x, y, alone);
}

/* For the number beside the text of a wide tile; it is as far from the text as columns of tables are. */
static float number_room(const Composer *c)
{
    const TileStyle *s = &c->l->tile;
    return (float)(s->alone - s->padding_left - fmax(s->padding_right, c->l->table.column_gap));
}

/* For the text beside it. */
static float text_room(const Composer *c, float width)
{
    return width - (float)(c->l->tile.alone + c->l->tile.padding_right);
}

/* Whether the number alone has room there, and the text beside it. */
static bool stands_alone(Composer *c, const TileText *t, size_t across, float width)
{
    float least = LEAST_BESIDE * (float)style_of(c, STYLE_tile_what)->size;
    return across == 1 && c->l->tile.alone > 0 && tile_least_width(c, t) <= number_room(c) &&
           text_room(c, width) >= least;
}

/* In rows below each other units that aren't signs stand beside all of the numbers, or beside none. */
static void part_units(Composer *c, TileText *t, size_t n, float width)
{
    bool apart = false;
    for (size_t i = 0; i < n; i++)
        apart |= stands_alone(c, &t[i], 1, width) && tile_parts_unit(c, &t[i], number_room(c));
    for (size_t i = 0; i < n; i++)
        t[i].unit_apart = apart;
}

/* Rows without a fill end with a rule as they begin with one: below the last, and where a page ends below others, the
 * rule that the next would begin with. */
static void close_rows(Row *row, bool last)
{
    Composer *c = row->c;
    float rule = (float)row->style->rule;
    if (colour_of(c, COLOUR_tint) != colour_of(c, COLOUR_paper))
        return;
    add_fill(row, 0, row->height, row->width, rule, colour_of(c, COLOUR_primary));
    row->height += last ? rule : 0;
}

static void add_row(Composer *c, TileText *t, size_t n, const Column *col, Node list, bool first,
                    bool last, Str destination)
{
    const TileStyle *s = &c->l->tile;
    Row row = {.c = c, .style = s, .width = tile_width(c, col->width, n)};
    bool alone = stands_alone(c, t, n, row.width);
    float inner = inner_width(s, row.width);
    for (size_t i = 0; i < n; i++) {
        Node item = document_node(c->d, list, ROLE_LI);
        Node body = document_node(c->d, item, ROLE_LBODY);
        t[i].node = document_node(c->d, body, ROLE_P);
        t[i].row = t[i].may_stack = alone;
        t[i].may_part &= !alone;
        if (alone)
            tile_lay_out(c, &t[i], number_room(c), text_room(c, row.width));
        else
            tile_lay_out(c, &t[i], inner, inner);
        row.height = fmaxf(row.height, tile_height(c, &t[i], alone));
    }
    for (size_t i = 0; i < n; i++)
        draw_tile(&row, &t[i], (float)i * (row.width + (float)s->gap), alone);
    if (alone && (last || s->gap <= 0))
        close_rows(&row, last);
    flow_unit(c,
              (Unit){.kind = UNIT_DRAWING,
                     .x = col->x,
                     .width = col->width,
                     .height = row.height,
                     .follows = !first,
                     .floats = col->parent == c->root ? FLOATING_TILES : FLOATING_NOT,
                     .before = (float)(first ? s->before : s->gap),
                     .after = (float)s->after,
                     .node = ARTIFACT_LAYOUT,
                     .drawing = arena_copy(batch_arena(c), row.draws.at, row.draws.n, sizeof(Draw)),
                     .drawings = row.draws.n,
                     .destination = first ? destination : (Str){"", 0}});
    array_drop(&row.draws);
}

/* ---- the whole ------------------------------------------------------------------------------ */

static bool fits(Composer *c, const TileText *t, float width, size_t across)
{
    return tile_number_fits(c, t, inner_width(&c->l->tile, tile_width(c, width, across)));
}

/* Moves tiles whose numbers have no room in the longer rows into the shorter ones, which come first; else
 * they keep their order. False when that can't be. */
static bool arrange(Composer *c, TileText *t, size_t n, size_t rows, float width)
{
    size_t across = n / rows, longer = n % rows, first = (rows - longer) * across, wide = 0;
    bool *is_wide = arena_zalloc(batch_arena(c), n * sizeof *is_wide);
    for (size_t i = 0; i < n; i++) {
        is_wide[i] = longer && !fits(c, &t[i], width, across + 1);
        wide += is_wide[i];
        if (!fits(c, &t[i], width, across))
            return false;
    }
    if (wide > first)
        return false;
    TileText *old = arena_copy(batch_arena(c), t, n, sizeof *t);
    size_t others = first - wide, early = 0, late = first;
    for (size_t i = 0; i < n; i++) {
        bool goes_first = is_wide[i] || others > 0;
        others -= !is_wide[i] && others > 0;
        t[goes_first ? early++ : late++] = old[i];
    }
    return true;
}

/* How many rows. Numbers are never scaled: where one has no room, fewer tiles stand side by side. */
static size_t arrange_in_rows(Composer *c, TileText *t, size_t n, float width)
{
    size_t across = (size_t)c->l->tile.across < n ? (size_t)c->l->tile.across : n;
    for (; across > 1; across--) {
        size_t rows = (n + across - 1) / across;
        if (arrange(c, t, n, rows, width))
            return rows;
    }
    return n;
}

static void tell_too_wide(Composer *c, const TileText *t, Pos pos, float width)
{
    if (fits(c, t, width, 1))
        return;
    Str id = t->figure->id;
    diag_warning(c->diags, pos,
                 "the number of '%.*s' has no room in one line of a tile in the layout '%.*s'",
                 (int)id.n, id.p, (int)c->l->name.n, c->l->name.p);
    diag_hint(c->diags, "a larger unit makes it shorter: 1,2 mio. for 1.234.567");
}

static Str source_of(Composer *c, const TileSpec *spec, const TileText *t)
{
    const KeyFigure **figure = arena_array(batch_arena(c), spec->n, const KeyFigure *);
    for (size_t i = 0; i < spec->n; i++)
        figure[i] = t[i].figure;
    return source_line_of(c, spec->source, figure, spec->n);
}

/* "Alle nøgletal med forbehold: side 16." with a link to them, behind the source of a summary's tiles. */
static Inline *all_figures(Composer *c, const Column *col)
{
    unsigned page = col->summary && c->own->has_figures_part ? references_page(c, FIGURES_PLACE)
                                                             : 0;
    if (!page)
        return NULL;
    StrBuf text = {0};
    terms_fill(&text, c->t->print[TERM_figures_with_caveats],
               &(TermField){"page", page_words(c, page)}, 1);
    Str words = arena_str(&c->arena, strbuf_str(&text));
    strbuf_drop(&text);
    return link_to(c, FIGURES_PLACE, words, (Pos){0, 0, 0});
}

static void add_source(Composer *c, Str text, const Column *col, Node parent)
{
    const Style *style = style_of(c, STYLE_source);
    float width = col->width;
    Inline *all = all_figures(c, col);
    if (!text.n && !all)
        return;
    Piece pieces[] = {{.style = style, .text = text},
                      {.style = style, .text = STR(" ")},
                      {.style = style, .inlines = all}};
    const Piece *first = text.n ? pieces : pieces + 2;
    size_t n = text.n && all ? 3 : 1;
    array_last(&c->units).keep_next = true;
    flow_after(c, SOURCE_GAP);
    Node node = document_node(c->d, parent, ROLE_P);
    flow_unit(c, (Unit){.kind = UNIT_TEXT,
                        .x = col->x,
                        .width = width,
                        .style = style,
                        .whole = true,
                        .floats = col->parent == c->root ? FLOATING_TILES : FLOATING_NOT,
                        .after = (float)c->l->tile.after,
                        .spec = spec_queue(c, spec_new(c, batch_arena(c), first, n, node, width))});
}

/* report_check tells of figures that are missing. */
static bool find_figures(Composer *c, const TileSpec *spec, TileText *t)
{
    for (size_t i = 0; i < spec->n; i++) {
        t[i].may_part = true;
        t[i].figure = report_figure(c->e->report, spec->tile[i].figure);
        if (!t[i].figure)
            return false;
        t[i].what = spec->tile[i].what.n ? spec->tile[i].what : t[i].figure->what;
    }
    return true;
}

/* Whether nothing of a block's section stands below it: its tables may be parts of their own. */
static bool is_last(const Composer *c, const Block *b)
{
    for (b = b->next; b; b = b->next) {
        bool elsewhere = (b->kind == BLOCK_KEY_FIGURES && c->own->has_figures_part) ||
                         (b->kind == BLOCK_RECOMMENDATIONS && c->own->has_recommendations_part);
        if (!elsewhere || b->children)
            return false;
    }
    return true;
}

/* Of tiles that stand below each other none is alone at the foot of its page, nor at the head of one that they end; of
 * more than three nowhere. They are so many, the last of the flow. */
static void keep_two(Composer *c, size_t tiles, bool ends)
{
    Unit *end = c->units.at + c->units.n;
    if (tiles <= 2)
        return;
    end[-(ptrdiff_t)tiles].keep_next = true;
    end[-2].keep_next |= ends || tiles > 3;
}

/* On small pages those of a summary may begin one: their title says what they are. */
static void add_title(Composer *c, const Column *col, Node parent)
{
    const Style *style = style_of(c, STYLE_h2);
    bool below_heading = c->units.n && array_last(&c->units).keep_next;
    if (!c->l->tiles_titled || !col->summary || below_heading)
        return;
    Node node = document_node(c->d, parent, heading_role(c, 2));
    Str words = c->t->print[TERM_selected_figures];
    Unit u = text_unit(style, spec_text(c, style, words, node, col->width), col->x, col->width);
    u.keep_next = true;
    u.floats = FLOATING_TILES;
    flow_unit(c, u);
}

void tiles_add(Composer *c, const Block *b, Column col)
{
    const TileSpec *spec = b->tiles;
    TileText *t = arena_zalloc(batch_arena(c), spec->n * sizeof *t);
    if (!find_figures(c, spec, t))
        return;
    col.width = span_width(c, &col, SPAN_tiles);
    size_t rows = arrange_in_rows(c, t, spec->n, col.width);
    for (size_t i = 0; i < spec->n && rows == spec->n; i++)
        tell_too_wide(c, &t[i], spec->tile[i].pos, col.width);
    Node div = document_node(c->d, col.parent, ROLE_DIV);
    if (col.parent == c->root)
        add_title(c, &col, div);
    Node list = document_node(c->d, div, ROLE_L);
    size_t done = 0, before = c->units.n;
    if (rows == spec->n)
        part_units(c, t, rows, col.width);
    for (size_t row = 0; row < rows; row++) {
        size_t n = (spec->n - done) / (rows - row); /* the shorter ones first */
        add_row(c, t + done, n, &col, list, row == 0, row + 1 == rows, b->id);
        done += n;
        if (row + 1 < rows)
            flow_after(c, (float)c->l->tile.gap);
    }
    if (rows == spec->n && c->units.n - before == rows)
        keep_two(c, rows, is_last(c, b));
    add_source(c, source_of(c, spec, t), &col, div);
}
