#include "compose/internal.h"
#include "language/sentence.h"

/* The caveats of what a sheet shows, in compact text: those of the theme's lead, and those that stand where a figure,
 * chart, table or lesson of the sheet does. Where lessons are of the whole theme, all of its caveats are theirs. What stands
 * right below figures is about these, and shown if most of them are. */

/* What a caveat is about: the blocks [from, to) of a list, or what any sheet says. */
typedef struct {
    const Block *from, *to;
    bool all;
} Range;

typedef struct {
    const Composer *c;
    const TileSpec *tiles; /* of the sheet; NULL where it has none, and so on */
    const Block *chart, *table;
    LessonsShown lessons;
    ARRAY(const Block *) found;
} Caveats;

/* ---- what is shown -------------------------------------------------------------------------- */

static bool shows_figure(const Caveats *s, Str id)
{
    bool shown = false;
    for (size_t i = 0; s->tiles && i < s->tiles->n; i++)
        shown |= str_equal(s->tiles->tile[i].figure, id);
    for (size_t i = 0; s->chart && i < s->chart->chart->n; i++)
        shown |= str_equal(s->chart->chart->figure[i], id);
    return shown;
}

static bool shows_lesson(const Caveats *s, const Block *from)
{
    bool shown = false;
    for (size_t i = 0; i < s->lessons.n; i++)
        shown |= s->lessons.from[i] == from;
    return shown;
}

/* How many figures are cited, and how many of them are shown. */
static void count_cited(const Caveats *s, const Inline *in, unsigned *cited, unsigned *shown)
{
    for (; in; in = in->next) {
        bool figure = in->kind == INLINE_FIGURE && in->figure;
        *cited += figure;
        *shown += figure && shows_figure(s, in->figure->id);
        count_cited(s, in->children, cited, shown);
    }
}

static bool cites_shown(const Caveats *s, const Inline *in)
{
    unsigned cited = 0, shown = 0;
    count_cited(s, in, &cited, &shown);
    return shown > 0;
}

/* Whether a caveat right below a paragraph is about figures most of which aren't shown. */
static bool is_about_others(const Caveats *s, const Block *above)
{
    unsigned cited = 0, shown = 0;
    if (!above || above->kind != BLOCK_PARAGRAPH)
        return false;
    count_cited(s, above->inlines, &cited, &shown);
    return cited > 0 && 2 * shown < cited;
}

static bool shows_any(const Caveats *s, const Block *from, const Block *to)
{
    for (const Block *b = from; b != to; b = b->next)
        if (b == s->chart || b == s->table || cites_shown(s, b->inlines) || shows_lesson(s, b) ||
            shows_any(s, b->children, NULL))
            return true;
    return false;
}

/* ---- finding them --------------------------------------------------------------------------- */

static Range below_heading(const Block *heading)
{
    const Block *to = heading->next;
    while (to && block_level(to) > heading->level)
        to = to->next;
    return (Range){heading, to, false};
}

/* In what isn't a part of the report by itself, as a quotation, it is that around it. */
static Range scope_inside(const Caveats *s, const Block *b, Range around)
{
    if (b->kind == BLOCK_VISIT)
        return (Range){b->children, NULL, false};
    if (b->kind == BLOCK_KEY_FIGURES)
        return (Range){b->children, NULL, s->tiles != NULL};
    if (b->kind == BLOCK_RECOMMENDATIONS)
        return (Range){b->children, NULL, part_is_shown(s->c, PART_RECOMMENDATIONS)};
    return around;
}

static void find_caveats(Caveats *s, const Block *list, Range scope)
{
    const Block *above = NULL;
    for (const Block *b = list; b; b = b->next) {
        if (b->kind == BLOCK_HEADING)
            scope = below_heading(b);
        if (b->kind != BLOCK_BOX || b->box != BOX_CAVEAT)
            find_caveats(s, b->children, scope_inside(s, b, scope));
        else if (scope.all || (!is_about_others(s, above) &&
                               (s->lessons.of_all || shows_any(s, scope.from, scope.to))))
            array_push(&s->found, b);
        if (b->kind != BLOCK_BOX || b->box == BOX_MEANING)
            above = b;
    }
}

/* ---- of figures that a chart shows ----------------------------------------------------------- */

static void add_figure_name(StrBuf *text, const KeyFigure *f)
{
    strbuf_add_text(text, text->n ? "; " : "");
    strbuf_add_str(text, f->name);
    if (f->place.n)
        strbuf_addf(text, " (%.*s)", (int)f->place.n, f->place.p);
}

/* "Svar (Nord); Svar (Syd): Kun to skoler har svaret." The names of all figures of the chart that have the caveat. */
static Block *figure_caveat(Composer *c, const ChartSpec *chart, const KeyFigure *f)
{
    StrBuf text = {0};
    for (size_t i = 0; i < chart->n; i++) {
        const KeyFigure *other = report_figure(c->e->report, chart->figure[i]);
        if (other && str_equal(other->caveat, f->caveat))
            add_figure_name(&text, other);
    }
    strbuf_add_text(&text, ": ");
    strbuf_add_str(&text, f->caveat);
    close_sentence(&text);
    Block *said = arena_new(&c->arena, Block), *box = arena_new(&c->arena, Block);
    *said = (Block){.kind = BLOCK_PARAGRAPH, .pos = f->pos};
    said->inlines = text_inline(&c->arena, f->pos, arena_str(&c->arena, strbuf_str(&text)));
    *box = (Block){.kind = BLOCK_BOX, .pos = f->pos, .box = BOX_CAVEAT, .children = said};
    strbuf_drop(&text);
    return box;
}

/* Tiles have theirs; what a chart shows has them here. The next of its figures from `*i` on whose caveat none before it has,
 * or NULL. */
static const KeyFigure *next_with_caveat(const Composer *c, const Block *chart, size_t *i)
{
    for (; chart && *i < chart->chart->n; ++*i) {
        const KeyFigure *f = report_figure(c->e->report, chart->chart->figure[*i]);
        bool told = !f || !f->caveat.n;
        for (size_t k = 0; k < *i && !told; k++) {
            const KeyFigure *before = report_figure(c->e->report, chart->chart->figure[k]);
            told = before && str_equal(before->caveat, f->caveat);
        }
        if (told)
            continue;
        ++*i;
        return f;
    }
    return NULL;
}

static void add_figure_caveats(Composer *c, Caveats *s)
{
    const KeyFigure *f;
    for (size_t i = 0; (f = next_with_caveat(c, s->chart, &i));)
        array_push(&s->found, figure_caveat(c, s->chart->chart, f));
}

/* ---- all of them ----------------------------------------------------------------------------- */

/* The caller drops them. */
static Caveats caveats_of(const Composer *c)
{
    Arena scratch = {0};
    const Edition *e = c->e;
    Caveats s = {.c = c,
                 .tiles = part_is_shown(c, PART_TILES) ? tiles_shown(c, &scratch) : NULL,
                 .chart = part_is_shown(c, PART_CHART) ? chart_shown(c) : NULL,
                 .table = part_is_shown(c, PART_TABLE) ? table_shown(c) : NULL,
                 .lessons = part_is_shown(c, PART_LESSONS) ? lessons_shown(c, &scratch)
                                                           : (LessonsShown){0}};
    if (e->theme)
        find_caveats(&s, e->theme->blocks, (Range){.all = part_is_shown(c, PART_TITLE)});
    for (size_t i = 0; !e->theme && i < e->sections; i++)
        find_caveats(&s, e->section[i].blocks, (Range){e->section[i].blocks, NULL, false});
    arena_drop(&scratch);
    return s;
}

static bool has_caveats(const Composer *c)
{
    Caveats s = caveats_of(c);
    size_t first = 0;
    bool any = s.found.n > 0 || next_with_caveat(c, s.chart, &first);
    array_drop(&s.found);
    return any;
}

/* ---- setting them --------------------------------------------------------------------------- */

enum { PIECES = 5 };

/* "Forbehold: Muren er ikke prøvet. " before the first of its paragraphs. */
static size_t title_pieces(Composer *c, const Block *box, Piece *pieces)
{
    const Style *style = style_ragged(c, style_coloured(c, STYLE_box_title, COLOUR_caution));
    size_t n = 0;
    pieces[n++] = (Piece){.style = style, .text = c->t->print[TERM_caveat]};
    pieces[n++] = (Piece){.style = style, .text = STR(": ")};
    if (!box->inlines)
        return n;
    bool ends = sentence_ends(c->t, plain_text(c, box->inlines));
    pieces[n++] = (Piece){.style = style, .inlines = box->inlines, .without_notes = true};
    pieces[n++] = (Piece){.style = style, .text = ends ? STR(" ") : STR(". ")};
    return n;
}

/* Without a box it is only measured. */
static void add_paragraph(Panel *p, const Piece *pieces, size_t n, Node box)
{
    Composer *c = p->c;
    float side = (float)(c->l->box.bar + c->l->box.padding_side);
    float width = p->width - side - (float)c->l->box.padding_side;
    if (box != NODE_NONE) {
        panel_text(p, pieces, n, document_node(c->d, box, ROLE_P), side, width);
        return;
    }
    Spec *spec = spec_laid_out(c, batch_arena(c), pieces, n, NODE_NONE, width);
    p->y += spec_height(spec, pieces[0].style);
}

/* The paragraphs below a block, also those of lists; pieces that wait open the first. */
static void add_paragraphs(Panel *p, const Block *list, Node box, Piece *pieces, size_t *n)
{
    for (const Block *b = list; b; b = b->next) {
        if (b->kind != BLOCK_PARAGRAPH) {
            add_paragraphs(p, b->children, box, pieces, n);
            continue;
        }
        pieces[(*n)++] = (Piece){.style = style_of(p->c, STYLE_box_text),
                                 .inlines = b->inlines,
                                 .quiet_links = true,
                                 .without_notes = true};
        add_paragraph(p, pieces, *n, box);
        *n = 0;
    }
}

static void add_caveat(Panel *p, const Block *caveat, Node box)
{
    Piece pieces[PIECES];
    size_t n = title_pieces(p->c, caveat, pieces);
    add_paragraphs(p, caveat->children, box, pieces, &n);
    if (n) /* it is all in the title, without what stands before a text */
        add_paragraph(p, pieces, n - 1, box);
}

/* How many of them have room below what stands in the panel; the others are told. */
static size_t count_fitting(Panel *p, const Caveats *s)
{
    const BoxStyle *style = &p->c->l->box;
    float top = p->y, room = measure_page(p->c) - (float)style->padding;
    size_t n = 0;
    p->y += (float)style->padding;
    for (; n < s->found.n; n++) {
        p->y += n ? (float)style->joint : 0;
        add_caveat(p, s->found.at[n], NODE_NONE);
        if (p->y > room)
            break;
    }
    p->y = top;
    if (n < s->found.n)
        diag_warning(p->c->diags, s->found.at[n]->pos,
                     "this caveat and those behind it have no room on one page");
    return n;
}

/* The bar and the ground are as high as what then is set on them. */
static void draw_box(Panel *p, const Caveats *s, size_t n)
{
    Composer *c = p->c;
    const BoxStyle *style = &c->l->box;
    Node box = document_node(c->d, p->parent, ROLE_DIV);
    float top = p->y;
    size_t ground = p->draws.n;
    panel_fill(p, 0, top, p->width, 0, colour_of(c, COLOUR_caution_tint));
    panel_fill(p, 0, top, (float)style->bar, 0,
               colour_of(c, style->ink_bars ? COLOUR_ink : COLOUR_caution));
    p->y += (float)style->padding;
    for (size_t i = 0; i < n; i++) {
        p->y += i ? (float)style->joint : 0;
        add_caveat(p, s->found.at[i], box);
    }
    p->y += (float)style->padding;
    p->draws.at[ground].h = p->draws.at[ground + 1].h = p->y - top;
}

static void panel_of_caveats(Panel *p)
{
    Caveats s = caveats_of(p->c);
    add_figure_caveats(p->c, &s);
    size_t n = count_fitting(p, &s);
    if (n)
        draw_box(p, &s, n);
    array_drop(&s.found);
}

static void add_caveats(Composer *c)
{
    part_add_alone(c, &part_caveats, (float)layout_live_width(c->l));
}

const PartRule part_caveats = {.add = add_caveats, .has = has_caveats, .panel = panel_of_caveats};
