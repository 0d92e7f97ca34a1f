#include "reader/internal.h"

typedef struct {
    Reader *reader;
    ChartSpec *spec;
} Context;

static void read_type(void *context, const char *name, const ConfNode *node)
{
    static const char *const types[] = {"bars"};
    Context *c = context;
    size_t choice;
    if (conf_choice(c->reader->diags, node, name, types, 1, &choice))
        c->spec->type = str_from(types[choice]);
}

static void read_headline(void *context, const char *name, const ConfNode *node)
{
    Context *c = context;
    conf_text(c->reader->diags, node, name, &c->spec->headline);
    c->spec->headline_pos = node->pos;
}

static void read_subtitle(void *context, const char *name, const ConfNode *node)
{
    Context *c = context;
    conf_text(c->reader->diags, node, name, &c->spec->subtitle);
}

static void read_source(void *context, const char *name, const ConfNode *node)
{
    Context *c = context;
    conf_text(c->reader->diags, node, name, &c->spec->source);
}

static void read_figures(void *context, const char *name, const ConfNode *node)
{
    Context *c = context;
    Reader *r = c->reader;
    if (!conf_is(r->diags, node, CONF_LIST, name))
        return;
    Str *id = arena_array(r->arena, node->n, Str);
    Pos *pos = arena_array(r->arena, node->n, Pos);
    for (size_t i = 0; i < node->n; i++) {
        if (!conf_text(r->diags, node->item[i], name, &id[c->spec->n]))
            continue;
        pos[c->spec->n++] = node->item[i]->pos;
    }
    c->spec->figure = id;
    c->spec->figure_pos = pos;
}

const ChartSpec *chart_read(Reader *r, Str yaml, Pos pos)
{
    static const ConfKey keys[] = {{"type", read_type},
                                   {"headline", read_headline},
                                   {"subtitle", read_subtitle},
                                   {"source", read_source},
                                   {"figures", read_figures}};
    Context c = {r, arena_new(r->arena, ChartSpec)};
    /* The text's strings end up in the model, the tree that they come from with them. */
    const ConfNode *root = conf_read(r->arena, r->diags, r->file, yaml, pos.line + 1);
    if (!root) {
        diag_error(r->diags, pos, "this chart says nothing");
        return NULL;
    }
    conf_keys(r->diags, root, NULL, keys, sizeof keys / sizeof *keys, &c);
    if (!c.spec->type.n || !c.spec->headline.n || !c.spec->n) {
        diag_error(r->diags, pos, "a chart needs 'type', 'headline' and 'figures'");
        return NULL;
    }
    return c.spec;
}
