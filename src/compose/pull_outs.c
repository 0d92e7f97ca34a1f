#include <math.h>

#include "compose/internal.h"

/* The rule above one, and the spaces between its parts. */
#define RULE 1.5f
#define BELOW_RULE 6.0f
#define BELOW_NUMBER 3.0f
#define ABOVE_WHERE 3.0f
#define ABOVE_CAVEAT 4.5f

/* Of a page, for those of one paragraph, and with the notes that stand above them: what is higher moves to the next page
 * with its text, and leaves a hole. */
#define MOST_SHARE 0.5f
#define MOST_SHARE_WITH_NOTES 0.6f

bool pull_outs_in(const Composer *c, const Inline *in)
{
    bool any = false;
    for (; in && !any; in = in->next)
        any = pull_out_is(c, in) || pull_outs_in(c, in->children);
    return any;
}

typedef struct {
    Composer *c;
    Draw draw[6];
    size_t draws;
    float y;
} Drawing;

static void add_text(Drawing *d, const Spec *spec, StyleRole role, float above)
{
    const Style *style = style_of(d->c, role);
    if (!spec)
        return;
    d->draw[d->draws++] = spec_draw(d->c, spec, style, 0, d->y + above);
    d->y += above + spec_height(spec, style);
}

static PulledOut draw(Composer *c, const TileText *t, const PullMark *mark)
{
    Drawing d = {.c = c, .draws = 1, .y = RULE + BELOW_RULE};
    d.draw[0] = (Draw){.kind = DRAW_FILL,
                       .owner = ARTIFACT_LAYOUT,
                       .w = (float)layout_side_width(c->l),
                       .h = RULE,
                       .line.colour = colour_of(c, t->caveat ? COLOUR_caution : COLOUR_primary)};
    add_text(&d, t->precision, STYLE_tile_what, 0);
    add_text(&d, t->number, STYLE_tile_number, 0);
    add_text(&d, t->what_text, STYLE_tile_what, BELOW_NUMBER);
    add_text(&d, t->where, STYLE_tile_where, ABOVE_WHERE);
    add_text(&d, t->caveat, STYLE_tile_caveat, ABOVE_CAVEAT);
    return (PulledOut){.run = mark->run,
                       .pos = mark->figure->pos,
                       .drawing = arena_copy(batch_arena(c), d.draw, d.draws, sizeof(Draw)),
                       .drawings = d.draws,
                       .height = d.y};
}

/* The notes that wait for the text stand beside its first line. */
static float room(Composer *c)
{
    Unit notes = {.side = c->pending.side, .sides = c->pending.sides};
    for (size_t i = 0; i < notes.sides; i++)
        spec_layout(c, c->request->worker, notes.side[i].spec);
    float above = notes.sides ? measure_sides(&notes) + SIDE_GAP : 0;
    return measure_page(c) * fminf(MOST_SHARE, MOST_SHARE_WITH_NOTES - above / measure_page(c));
}

/* They are one paragraph of the structure. */
static void own(Composer *c, PulledOut *made, Node parent)
{
    Node node = document_node(c->d, document_node(c->d, parent, ROLE_DIV), ROLE_P);
    for (size_t i = 0; i < made->drawings; i++)
        if (made->drawing[i].kind == DRAW_TEXT)
            made->drawing[i].owner = node;
}

/* False when it has no room, which is told: the text has the figure in any case. */
static bool make(Composer *c, const PullMark *mark, Node parent, float height, PulledOut *made)
{
    float width = (float)layout_side_width(c->l);
    const KeyFigure *figure = mark->figure->figure;
    Str what = mark->figure->pull_out->what;
    TileText t = {.figure = figure,
                  .what = what.n ? what : figure->what,
                  .node = NODE_NONE,
                  .may_stack = true};
    tile_lay_out(c, &t, width, width);
    *made = draw(c, &t, mark);
    if (tile_number_width(c, &t, false) <= width && made->height <= height) {
        own(c, made, parent);
        return true;
    }
    diag_warning(c->diags, mark->figure->pos,
                 "the key figure '%.*s' has no room in the side column", (int)figure->id.n,
                 figure->id.p);
    return false;
}

void pull_outs_add(Composer *c, Unit *u, Node parent)
{
    if (!u->spec->pulls)
        return;
    PulledOut *made = arena_array(batch_arena(c), u->spec->pulls, PulledOut);
    float height = room(c);
    u->pulled = made;
    for (size_t i = 0; i < u->spec->pulls; i++)
        if (make(c, &u->spec->pull[i], parent, height, &made[u->pulleds]))
            height -= made[u->pulleds++].height + SIDE_GAP;
}
