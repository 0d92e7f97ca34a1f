#include "reader/internal.h"

typedef struct {
    Reader *reader;
    TileSpec *spec;
    Tile *tile; /* that is being read */
} Context;

static void read_source(void *context, const char *name, const ConfNode *node)
{
    Context *c = context;
    conf_text(c->reader->diags, node, name, &c->spec->source);
}

static void read_figure(void *context, const char *name, const ConfNode *node)
{
    Context *c = context;
    conf_text(c->reader->diags, node, name, &c->tile->figure);
    c->tile->pos = node->pos;
}

static void read_what(void *context, const char *name, const ConfNode *node)
{
    Context *c = context;
    conf_text(c->reader->diags, node, name, &c->tile->what);
}

/* The id of a figure, or a map with its id and what to say of it. */
static void read_tile(Context *c, const ConfNode *node)
{
    static const ConfKey keys[] = {{"figure", read_figure}, {"what", read_what}};
    if (node->kind == CONF_SCALAR)
        read_figure(c, "figures", node);
    else
        conf_keys(c->reader->diags, node, NULL, keys, sizeof keys / sizeof *keys, c);
}

static void read_figures(void *context, const char *name, const ConfNode *node)
{
    Context *c = context;
    Reader *r = c->reader;
    if (!conf_is(r->diags, node, CONF_LIST, name))
        return;
    if (node->n > MOST_TILES) {
        diag_error(r->diags, node->item[MOST_TILES]->pos, "there are more than %d tiles",
                   MOST_TILES);
        diag_hint(r->diags, "so many figures are better read in a table");
        return;
    }
    Tile *tile = arena_zalloc(r->arena, node->n * sizeof *tile);
    c->spec->tile = tile;
    for (size_t i = 0; i < node->n; i++) {
        c->tile = &tile[c->spec->n];
        read_tile(c, node->item[i]);
        if (c->tile->figure.n)
            c->spec->n++;
        else if (node->item[i]->kind == CONF_MAP)
            diag_error(r->diags, node->item[i]->pos, "this tile names no 'figure'");
    }
}

const TileSpec *tiles_read(Reader *r, Str yaml, Pos pos)
{
    static const ConfKey keys[] = {{"figures", read_figures}, {"source", read_source}};
    Context c = {r, arena_new(r->arena, TileSpec), NULL};
    size_t errors = diags_count(r->diags, DIAG_ERROR);
    const ConfNode *root = conf_read(r->arena, r->diags, r->file, yaml, pos.line + 1);
    if (root)
        conf_keys(r->diags, root, NULL, keys, sizeof keys / sizeof *keys, &c);
    if (c.spec->n)
        return c.spec;
    if (diags_count(r->diags, DIAG_ERROR) == errors) {
        diag_error(r->diags, pos, "there are no tiles here");
        diag_hint(r->diags, "write the figures' ids:  figures: [K01, K02]");
    }
    return NULL;
}
