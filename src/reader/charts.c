#include <stddef.h>
#include <string.h>

#include "reader/internal.h"

typedef struct {
    Reader *reader;
    ChartSpec *spec;
    Str *id;
    bool has_type;
} Context;

static void read_type(void *context, const char *name, const ConfNode *node)
{
    Context *c = context;
    size_t choice;
    c->has_type = true;
    if (conf_choice(c->reader->diags, node, name, chart_type_names, CHART_TYPES, &choice))
        c->spec->type = (ChartType)choice;
}

/* Texts, and where they stand when that is told. */
#define NO_PLACE SIZE_MAX
static const struct {
    const char *name;
    size_t text, pos;
} texts[] = {{"headline", offsetof(ChartSpec, headline), offsetof(ChartSpec, headline_pos)},
             {"subtitle", offsetof(ChartSpec, subtitle), NO_PLACE},
             {"source", offsetof(ChartSpec, source), NO_PLACE},
             {"from", offsetof(ChartSpec, from), offsetof(ChartSpec, from_pos)},
             {"target", offsetof(ChartSpec, target), offsetof(ChartSpec, target_pos)},
             {"total", offsetof(ChartSpec, total), offsetof(ChartSpec, total_pos)},
             {"row", offsetof(ChartSpec, row), NO_PLACE},
             {"emphasis", offsetof(ChartSpec, emphasis), NO_PLACE}};

static void read_text(void *context, const char *name, const ConfNode *node)
{
    Context *c = context;
    char *spec = (char *)c->spec;
    size_t i = 0;
    while (strcmp(texts[i].name, name) != 0)
        i++;
    conf_text(c->reader->diags, node, name, (Str *)(void *)(spec + texts[i].text));
    if (texts[i].pos != NO_PLACE)
        *(Pos *)(void *)(spec + texts[i].pos) = node->pos;
}

static void read_figures(void *context, const char *name, const ConfNode *node)
{
    Context *c = context;
    TextList list = texts_read(c->reader, name, node);
    c->spec->figure = list.at;
    c->spec->figure_pos = list.pos;
    c->spec->n = list.n;
}

static void read_labels(void *context, const char *name, const ConfNode *node)
{
    Context *c = context;
    TextList list = texts_read(c->reader, name, node);
    c->spec->label = list.at;
    c->spec->labels = list.n;
}

static void read_columns(void *context, const char *name, const ConfNode *node)
{
    Context *c = context;
    TextList list = texts_read(c->reader, name, node);
    c->spec->column = list.at;
    c->spec->columns = list.n;
}

static void read_id(void *context, const char *name, const ConfNode *node)
{
    Context *c = context;
    if (conf_text(c->reader->diags, node, name, c->id) && !str_is_id(*c->id)) {
        diag_error(c->reader->diags, node->pos, "an id is made of a–z, 0–9, hyphen and underscore");
        *c->id = (Str){"", 0};
    }
}

static void read_width(void *context, const char *name, const ConfNode *node)
{
    static const char *const words[] = {"full", "half"};
    Context *c = context;
    size_t choice;
    if (conf_choice(c->reader->diags, node, name, words, 2, &choice))
        c->spec->half = choice == 1;
}

static void read_table(void *context, const char *name, const ConfNode *node)
{
    Context *c = context;
    conf_bool(c->reader->diags, node, name, &c->spec->with_table);
}

static void read_main(void *context, const char *name, const ConfNode *node)
{
    Context *c = context;
    if (conf_bool(c->reader->diags, node, name, &c->spec->main))
        c->spec->minor = !c->spec->main;
}

static void read_key(void *context, const char *name, const ConfNode *node)
{
    Context *c = context;
    bool key = true;
    conf_bool(c->reader->diags, node, name, &key);
    c->spec->without_key = !key;
}

const ChartSpec *chart_read(Reader *r, Str yaml, Pos pos, Str *id)
{
    static const ConfKey keys[] = {
        {"type", read_type},       {"headline", read_text},   {"subtitle", read_text},
        {"source", read_text},     {"figures", read_figures}, {"from", read_text},
        {"target", read_text},     {"total", read_text},      {"labels", read_labels},
        {"emphasis", read_text},   {"width", read_width},     {"table", read_table},
        {"id", read_id},           {"main", read_main},       {"row", read_text},
        {"columns", read_columns}, {"key", read_key}};
    Context c = {r, arena_new(r->arena, ChartSpec), id, false};
    /* The text's strings end up in the model, the tree that they come from with them. */
    const ConfNode *root = conf_read(r->arena, r->diags, r->file, yaml, pos.line + 1);
    if (!root) {
        diag_error(r->diags, pos, "this chart says nothing");
        return NULL;
    }
    conf_keys(r->diags, root, NULL, keys, sizeof keys / sizeof *keys, &c);
    if (c.has_type && c.spec->headline.n)
        return c.spec;
    diag_error(r->diags, pos, "a chart needs 'type', 'headline', and 'figures' or 'from'");
    return NULL;
}
