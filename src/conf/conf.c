#include "conf/conf.h"

#include <stdarg.h>
#include <string.h>
#include <yaml.h>

#include "base/array.h"
#include "base/mem.h"

/* Deeper nesting than this is no settings file. */
enum { DEEPEST = 32 };

typedef struct {
    yaml_parser_t parser;
    Arena *arena;
    Diags *diags;
    uint16_t file;
    uint32_t first_line;
    bool failed;
} Reader;

static Pos pos_at(const Reader *r, yaml_mark_t mark)
{
    size_t column = mark.column + 1;
    return (Pos){(uint32_t)mark.line + r->first_line,
                 column > UINT16_MAX ? UINT16_MAX : (uint16_t)column, r->file};
}

__attribute__((format(printf, 3, 4))) static void fail(Reader *r, yaml_mark_t mark,
                                                       const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (!r->failed)
        diag_say(r->diags, DIAG_ERROR, pos_at(r, mark), format, args);
    va_end(args);
    r->failed = true;
}

/* What libyaml says of the mistakes that people make; other remarks of its stay in English. */
static const char *translated(const char *said)
{
    static const char *const known[] = {
        N_("while parsing a block mapping"),
        N_("while parsing a block collection"),
        N_("while parsing a block node"),
        N_("while parsing a flow mapping"),
        N_("while parsing a flow sequence"),
        N_("while parsing a flow node"),
        N_("while scanning a simple key"),
        N_("while scanning for the next token"),
        N_("while scanning a quoted scalar"),
        N_("while scanning a plain scalar"),
        N_("while scanning a block scalar"),
        N_("while parsing a quoted scalar"),
        N_("did not find expected key"),
        N_("did not find expected ',' or '}'"),
        N_("did not find expected ',' or ']'"),
        N_("did not find expected '-' indicator"),
        N_("did not find expected node content"),
        N_("did not find expected <document start>"),
        N_("could not find expected ':'"),
        N_("mapping values are not allowed in this context"),
        N_("block sequence entries are not allowed in this context"),
        N_("found character that cannot start any token"),
        N_("found a tab character that violates indentation"),
        N_("found a tab character where an indentation space is expected"),
        N_("found unexpected end of stream"),
        N_("found unexpected document indicator"),
        N_("found unknown escape character"),
        N_("found unexpected ':'"),
        N_("control characters are not allowed"),
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i], said) == 0)
            return gettext(known[i]);
    return said;
}

static void fail_parser(Reader *r)
{
    if (r->parser.error == YAML_MEMORY_ERROR)
        mem_fail();
    if (r->failed)
        return;
    r->failed = true;
    Pos pos = pos_at(r, r->parser.problem_mark);
    if (r->parser.error == YAML_READER_ERROR) {
        pos = (Pos){r->first_line, 1, r->file};
        diag_error(r->diags, pos, "broken YAML: %s", translated(r->parser.problem));
        return;
    }
    if (r->parser.context)
        diag_error(r->diags, pos, "broken YAML: %s, %s", translated(r->parser.context),
                   translated(r->parser.problem));
    else
        diag_error(r->diags, pos, "broken YAML: %s", translated(r->parser.problem));
    diag_hint(r->diags, "a text with a colon, a hash or quotes in it is best put in quotes");
}

static bool next_event(Reader *r, yaml_event_t *event)
{
    if (r->failed)
        return false;
    if (yaml_parser_parse(&r->parser, event))
        return true;
    fail_parser(r);
    return false;
}

static ConfNode *node_new(Reader *r, ConfKind kind, yaml_mark_t mark)
{
    ConfNode *node = arena_new(r->arena, ConfNode);
    node->kind = kind;
    node->pos = pos_at(r, mark);
    return node;
}

static ConfNode *read_node(Reader *r, yaml_event_t *event, int depth);

typedef ARRAY(ConfNode *) Nodes;

static ConfNode **keep(Reader *r, Nodes *nodes)
{
    ConfNode **kept = arena_array(r->arena, nodes->n, ConfNode *);
    for (size_t i = 0; i < nodes->n; i++)
        kept[i] = nodes->at[i];
    array_drop(nodes);
    return kept;
}

static void read_list(Reader *r, ConfNode *list, int depth)
{
    Nodes items = {0};
    yaml_event_t event;
    while (next_event(r, &event)) {
        bool end = event.type == YAML_SEQUENCE_END_EVENT;
        ConfNode *item = end ? NULL : read_node(r, &event, depth + 1);
        yaml_event_delete(&event);
        if (end)
            break;
        if (item)
            array_push(&items, item);
    }
    list->n = items.n;
    list->item = keep(r, &items);
}

static void read_map(Reader *r, ConfNode *map, int depth)
{
    Nodes keys = {0}, values = {0};
    yaml_event_t event;
    while (next_event(r, &event)) {
        bool end = event.type == YAML_MAPPING_END_EVENT;
        ConfNode *node = end ? NULL : read_node(r, &event, depth + 1);
        if (node && keys.n == values.n && node->kind != CONF_SCALAR)
            fail(r, event.start_mark, "a key must be a word, not a list or mapping");
        yaml_event_delete(&event);
        if (end || !node)
            break;
        if (keys.n == values.n)
            array_push(&keys, node);
        else
            array_push(&values, node);
    }
    map->n = values.n;
    map->key = keep(r, &keys);
    map->item = keep(r, &values);
}

static ConfNode *read_scalar(Reader *r, const yaml_event_t *event)
{
    ConfNode *node = node_new(r, CONF_SCALAR, event->start_mark);
    node->text = arena_str(
        r->arena, (Str){(const char *)event->data.scalar.value, event->data.scalar.length});
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    return node;
}

static bool has_tag(const yaml_event_t *e)
{
    return (e->type == YAML_SCALAR_EVENT && e->data.scalar.tag) ||
           (e->type == YAML_SEQUENCE_START_EVENT && e->data.sequence_start.tag) ||
           (e->type == YAML_MAPPING_START_EVENT && e->data.mapping_start.tag);
}

static bool has_anchor(const yaml_event_t *e)
{
    return (e->type == YAML_SCALAR_EVENT && e->data.scalar.anchor) ||
           (e->type == YAML_SEQUENCE_START_EVENT && e->data.sequence_start.anchor) ||
           (e->type == YAML_MAPPING_START_EVENT && e->data.mapping_start.anchor);
}

static ConfNode *read_node(Reader *r, yaml_event_t *event, int depth)
{
    ConfNode *node = NULL;
    if (depth > DEEPEST)
        fail(r, event->start_mark, "nested too deeply");
    else if (event->type == YAML_ALIAS_EVENT || has_anchor(event))
        fail(r, event->start_mark, "anchors and aliases are not supported");
    else if (has_tag(event))
        fail(r, event->start_mark, "tags are not supported");
    if (r->failed)
        return NULL;
    if (event->type == YAML_SCALAR_EVENT)
        return read_scalar(r, event);
    if (event->type == YAML_SEQUENCE_START_EVENT) {
        node = node_new(r, CONF_LIST, event->start_mark);
        read_list(r, node, depth);
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        node = node_new(r, CONF_MAP, event->start_mark);
        read_map(r, node, depth);
    }
    return node;
}

static ConfNode *read_document(Reader *r)
{
    ConfNode *root = NULL;
    yaml_event_t event;
    bool end = false;
    while (!end && next_event(r, &event)) {
        end = event.type == YAML_STREAM_END_EVENT;
        if (event.type == YAML_DOCUMENT_START_EVENT && root)
            fail(r, event.start_mark, "only one YAML document is allowed");
        else if (event.type != YAML_STREAM_START_EVENT && event.type != YAML_DOCUMENT_START_EVENT &&
                 event.type != YAML_DOCUMENT_END_EVENT && !end)
            root = read_node(r, &event, 0);
        yaml_event_delete(&event);
    }
    return r->failed ? NULL : root;
}

ConfNode *conf_read(Arena *arena, Diags *diags, uint16_t file, Str text, uint32_t first_line)
{
    Reader r = {.arena = arena, .diags = diags, .file = file, .first_line = first_line};
    if (!yaml_parser_initialize(&r.parser))
        mem_fail();
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)text.p, text.n);
    ConfNode *root = read_document(&r);
    yaml_parser_delete(&r.parser);
    if (root && root->kind == CONF_SCALAR && !root->quoted && str_empty(root->text))
        return NULL;
    return root;
}

bool conf_is(Diags *diags, const ConfNode *node, ConfKind kind, const char *what)
{
    static const char *const wrong[][3] = {
        [CONF_SCALAR] = {[CONF_LIST] = N_("'%s' must be a text, not a list"),
                         [CONF_MAP] = N_("'%s' must be a text, not a mapping")},
        [CONF_LIST] = {[CONF_SCALAR] = N_("'%s' must be a list, not a text"),
                       [CONF_MAP] = N_("'%s' must be a list, not a mapping")},
        [CONF_MAP] = {[CONF_SCALAR] = N_("'%s' must be a mapping, not a text"),
                      [CONF_LIST] = N_("'%s' must be a mapping, not a list")}};
    if (node->kind == kind)
        return true;
    if (what)
        diag_error(diags, node->pos, wrong[kind][node->kind], what);
    else
        diag_error(diags, node->pos, "there must be lines such as  key: value  here");
    return false;
}

bool conf_text(Diags *diags, const ConfNode *node, const char *what, Str *out)
{
    if (!conf_is(diags, node, CONF_SCALAR, what))
        return false;
    *out = node->text;
    return true;
}

bool conf_bool(Diags *diags, const ConfNode *node, const char *what, bool *out)
{
    if (!conf_is(diags, node, CONF_SCALAR, what))
        return false;
    bool yes = str_equal(node->text, STR("true"));
    if (node->quoted || (!yes && !str_equal(node->text, STR("false")))) {
        diag_error(diags, node->pos, "'%s' must be true or false", what);
        return false;
    }
    *out = yes;
    return true;
}

bool conf_parse_number(Str s, double *out)
{
    size_t i = 0;
    double value = 0, unit = 1;
    bool negative = s.n && s.p[0] == '-';
    i += negative;
    size_t digits = 0;
    for (; i < s.n && ascii_digit(s.p[i]) && digits < 15; i++, digits++)
        value = value * 10 + (s.p[i] - '0');
    if (i < s.n && s.p[i] == '.' && digits)
        for (i++; i < s.n && ascii_digit(s.p[i]) && digits < 15; i++, digits++)
            value += (s.p[i] - '0') * (unit /= 10);
    if (!digits || i < s.n || s.p[s.n - 1] == '.')
        return false;
    *out = negative ? -value : value;
    return true;
}

bool conf_number(Diags *diags, const ConfNode *node, const char *what, double *out)
{
    if (!conf_is(diags, node, CONF_SCALAR, what))
        return false;
    if (!node->quoted && conf_parse_number(node->text, out))
        return true;
    diag_error(diags, node->pos, "'%s' must be a number, such as 12 or 10.5", what);
    return false;
}

bool conf_choice(Diags *diags, const ConfNode *node, const char *what, const char *const *words,
                 size_t n, size_t *out)
{
    if (!conf_is(diags, node, CONF_SCALAR, what))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (str_equal(node->text, str_from(words[i]))) {
            *out = i;
            return true;
        }
    }
    StrBuf b = {0};
    for (size_t i = 0; i < n; i++)
        strbuf_addf(&b, "%s%s", i ? ", " : "", words[i]);
    diag_error(diags, node->pos, "'%s' must be one of %s, not '%.*s'", what, b.p, (int)node->text.n,
               node->text.p);
    diag_hint_nearest(diags, node->text, words, n);
    strbuf_drop(&b);
    return false;
}

static const ConfKey *find_key(const ConfKey *keys, size_t n, Str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(name, str_from(keys[i].name)))
            return &keys[i];
    return NULL;
}

static void unknown_key(Diags *diags, const ConfNode *key, const ConfKey *keys, size_t n)
{
    const char **names = mem_array(n, sizeof *names);
    for (size_t i = 0; i < n; i++)
        names[i] = keys[i].name;
    diag_error(diags, key->pos, "unknown key '%.*s'", (int)key->text.n, key->text.p);
    diag_hint_nearest(diags, key->text, names, n);
    mem_free(names);
}

bool conf_once(Diags *diags, const ConfNode *map, size_t i)
{
    Str key = map->key[i]->text;
    for (size_t j = 0; j < i; j++) {
        if (str_equal(map->key[j]->text, key)) {
            diag_error(diags, map->key[i]->pos, "'%s' is given twice", key.p);
            return false;
        }
    }
    return true;
}

void conf_keys(Diags *diags, const ConfNode *map, const char *what, const ConfKey *keys, size_t n,
               void *context)
{
    if (!conf_is(diags, map, CONF_MAP, what))
        return;
    for (size_t i = 0; i < map->n; i++) {
        const ConfKey *key = find_key(keys, n, map->key[i]->text);
        if (!key)
            unknown_key(diags, map->key[i], keys, n);
        else if (conf_once(diags, map, i))
            key->read(context, key->name, map->item[i]);
    }
}

const ConfNode *conf_get(const ConfNode *map, const char *key)
{
    if (!map || map->kind != CONF_MAP)
        return NULL;
    for (size_t i = 0; i < map->n; i++)
        if (str_equal(map->key[i]->text, str_from(key)))
            return map->item[i];
    return NULL;
}

const ConfNode *conf_read_map(Arena *arena, Diags *diags, uint16_t file, Str text)
{
    size_t errors = diags_count(diags, DIAG_ERROR);
    const ConfNode *root = conf_read(arena, diags, file, text, 1);
    if (!root && diags_count(diags, DIAG_ERROR) == errors)
        diag_error(diags, (Pos){1, 1, file}, "the file is empty");
    return root && conf_is(diags, root, CONF_MAP, NULL) ? root : NULL;
}

const ConfNode *conf_required(Diags *diags, const ConfNode *map, const char *key)
{
    const ConfNode *node = conf_get(map, key);
    if (!node)
        diag_error(diags, map->pos, "'%s' is missing", key);
    return node;
}

const ConfNode *conf_required_map(Diags *diags, const ConfNode *map, const char *key)
{
    const ConfNode *node = conf_required(diags, map, key);
    return node && conf_is(diags, node, CONF_MAP, key) ? node : NULL;
}

bool conf_required_text(Diags *diags, const ConfNode *map, const char *key, Str *out)
{
    const ConfNode *node = conf_required(diags, map, key);
    return node && conf_text(diags, node, key, out);
}

const char *conf_key(Arena *arena, const char *name)
{
    char *key = arena_strndup(arena, name, strlen(name));
    for (char *p = key; *p; p++)
        if (*p == '_')
            *p = '-';
    return key;
}
