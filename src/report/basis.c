#include "base/array.h"
#include "base/map.h"
#include "report/internal.h"

/* Which key figures of a recommendation's basis stand at a place that it names: blocks are counted in the order in which
 * they are read, a place is a stretch of them, and a figure stands where it is cited or shown, and in its own section. */

typedef struct {
    uint32_t from, to; /* the first block, and the one behind the last */
} Stretch;

typedef struct {
    uint32_t block;
    uint32_t before; /* the citation of the same figure before it, counted from 1; else 0 */
} Citation;

typedef struct {
    uint32_t blocks; /* so far */
    Map place_of;    /* of each id: its index */
    Map last_of;     /* of each figure's id: its last citation, counted from 1 */
    ARRAY(Stretch) place;
    ARRAY(Citation) cited;
    ARRAY(uint32_t) title; /* of each section */
} Index;

static size_t add_place(Index *x, Str id)
{
    map_put(&x->place_of, id, (uint32_t)x->place.n);
    array_push(&x->place, ((Stretch){x->blocks, x->blocks}));
    return x->place.n - 1;
}

static void end_place(Index *x, size_t place)
{
    x->place.at[place].to = x->blocks;
}

static void add_citation_in(Index *x, Str figure, uint32_t block)
{
    uint32_t before = 0;
    if (!figure.n)
        return;
    map_get(&x->last_of, figure, &before);
    array_push(&x->cited, ((Citation){block, before}));
    map_put(&x->last_of, figure, (uint32_t)x->cited.n);
}

static void add_citation(Index *x, Str figure)
{
    add_citation_in(x, figure, x->blocks);
}

static void add_inlines(void *context, Inline *in)
{
    for (; in; in = in->next) {
        if (in->kind == INLINE_FIGURE)
            add_citation(context, in->text);
        add_inlines(context, in->children);
    }
}

static void add_shown(Index *x, const Block *b)
{
    for (size_t i = 0; b->kind == BLOCK_TILES && i < b->tiles->n; i++)
        add_citation(x, b->tiles->tile[i].figure);
    for (size_t i = 0; b->kind == BLOCK_CHART && i < b->chart->n; i++)
        add_citation(x, b->chart->figure[i]);
    if (b->kind != BLOCK_CHART)
        return;
    add_citation(x, b->chart->target);
    add_citation(x, b->chart->total);
}

enum { NONE = -1 };

/* Ends the places of headings from a level on. */
static void end_places(Index *x, long open[NO_LEVEL], int level)
{
    for (int i = level; i < NO_LEVEL; i++) {
        if (open[i] != NONE)
            end_place(x, (size_t)open[i]);
        open[i] = NONE;
    }
}

/* A visit holds what is below it; headings and what is gathered end what stands below others of their level. */
static void add_blocks(Index *x, const Block *list)
{
    long open[NO_LEVEL]; /* the place of the heading of each level that goes on here, or NONE */
    for (int i = 0; i < NO_LEVEL; i++)
        open[i] = NONE;
    for (const Block *b = list; b; b = b->next) {
        end_places(x, open, block_level(b));
        Str id = block_name(b);
        size_t place = id.n ? add_place(x, id) : 0;
        block_each_inlines(b, add_inlines, x);
        add_shown(x, b);
        x->blocks++;
        add_blocks(x, b->children);
        if (id.n)
            end_place(x, place);
        if (id.n && b->kind == BLOCK_HEADING)
            open[b->level] = (long)place;
    }
    end_places(x, open, 0);
}

/* The title counts as a block, and as the one that the section's figures stand in. */
static void add_section(Index *x, const Section *s)
{
    size_t place = s->id.n ? add_place(x, s->id) : 0;
    array_push(&x->title, x->blocks);
    add_inlines(x, s->title);
    x->blocks++;
    add_blocks(x, s->blocks);
    if (s->id.n)
        end_place(x, place);
}

static bool stands_in(const Index *x, Str figure, Stretch place)
{
    uint32_t at = 0;
    bool stands = false;
    map_get(&x->last_of, figure, &at);
    for (; at && !stands; at = x->cited.at[at - 1].before) {
        uint32_t block = x->cited.at[at - 1].block;
        stands = block >= place.from && block < place.to;
    }
    return stands;
}

static void tell_figures(const Index *x, Inline *basis, Stretch place)
{
    for (Inline *in = basis; in; in = in->next)
        if (in->kind == INLINE_FIGURE && stands_in(x, in->text, place))
            in->told = true;
}

static void add_report(Index *x, const Report *r)
{
    for (size_t i = 0; i < r->sections; i++)
        add_section(x, &r->section[i]);
    for (size_t i = 0; i < r->figures && r->sections; i++) /* a wrong model may have none */
        add_citation_in(x, r->figure[i].id, x->title.at[r->figure[i].section]);
}

void basis_settle(Report *r)
{
    Index x = {0};
    if (r->recommendations)
        add_report(&x, r);
    for (size_t i = 0; i < r->recommendations; i++) {
        Inline *basis = r->recommendation[i].basis;
        for (const Inline *in = basis; in; in = in->next) {
            uint32_t place;
            bool link = in->kind == INLINE_LINK && str_starts(in->target, STR("#"));
            if (link && map_get(&x.place_of, str_cut(in->target, 1, in->target.n), &place))
                tell_figures(&x, basis, x.place.at[place]);
        }
    }
    map_drop(&x.place_of);
    map_drop(&x.last_of);
    array_drop(&x.place);
    array_drop(&x.cited);
    array_drop(&x.title);
}
