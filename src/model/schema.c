#include <string.h>

#include "model/internal.h"
#include "model/out.h"

#define DATE_PATTERN "[0-9]{4}-[0-9]{2}-[0-9]{2}"

/* The schemas of simple types; of others, see below. */
static const char *const fragments[TYPES] = {
    [TYPE_NAME] = "\"type\": \"string\", \"pattern\": \"^[a-z0-9]+(-[a-z0-9]+)*$\"",
    [TYPE_FOLDER] = "\"type\": \"string\", \"pattern\": \"^[^/]\"",
    [TYPE_FILES] = "\"type\": \"array\", \"items\": {\"type\": \"string\"}",
    [TYPE_TEXT] = "\"type\": \"string\"",
    [TYPE_ID] = "\"type\": \"string\", \"pattern\": \"^[A-Za-z0-9_-]+$\"",
    [TYPE_BOOL] = "\"type\": \"boolean\"",
    [TYPE_DATE] = "\"type\": \"string\", \"format\": \"date\", \"pattern\": \"^" DATE_PATTERN "$\"",
    [TYPE_PERIOD] = "\"type\": \"string\", \"pattern\": \"^" DATE_PATTERN "(/" DATE_PATTERN ")?$\"",
    [TYPE_DECIMAL] = "\"anyOf\": [{\"type\": \"number\"}, "
                     "{\"type\": \"string\", \"pattern\": \"^-?[0-9]+(\\\\.[0-9]+)?$\"}]",
    [TYPE_PLACE] = "\"type\": \"array\", \"items\": {\"type\": \"integer\", \"minimum\": 0}, "
                   "\"minItems\": 2, \"maxItems\": 3",
    [TYPE_INLINES] = "\"$ref\": \"#/$defs/inlines\"",
    [TYPE_BLOCKS] = "\"$ref\": \"#/$defs/blocks\"",
    [TYPE_ITEMS] = "\"type\": \"array\", \"minItems\": 1, "
                   "\"items\": {\"anyOf\": [{\"type\": \"string\"}, {\"$ref\": \"#/$defs/item\"}]}",
    [TYPE_ROWS] = "\"type\": \"array\", \"minItems\": 1, "
                  "\"items\": {\"anyOf\": [{\"$ref\": \"#/$defs/cells\"}, {\"$ref\": "
                  "\"#/$defs/row\"}]}",
    [TYPE_CELLS] = "\"$ref\": \"#/$defs/cells\"",
    [TYPE_VALUE] = "\"anyOf\": [{\"type\": \"number\"}, {\"type\": \"string\", \"minLength\": 1}, "
                   "{\"$ref\": \"#/$defs/quantity\"}]",
    [TYPE_SECTION] = "\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"integer\", \"minimum\": 1}]",
    [TYPE_NOTE] = "\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"integer\", \"minimum\": 1}]",
    [TYPE_TILES] = "\"type\": \"array\", \"minItems\": 1, \"maxItems\": 8, "
                   "\"items\": {\"anyOf\": [{\"type\": \"string\"}, {\"$ref\": \"#/$defs/tile\"}]}",
    [TYPE_FACTS] = "\"type\": \"array\", \"minItems\": 1, \"maxItems\": 8, "
                   "\"items\": {\"$ref\": \"#/$defs/fact\"}",
    [TYPE_NOTES] = "\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/note\"}",
    [TYPE_SECTIONS] = "\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/section\"}",
    [TYPE_FIGURES] = "\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/figure\"}",
    [TYPE_PROPOSALS] = "\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/recommendation\"}"};

/* A key and a value that is JSON already. */
static void add_raw(Out *o, const char *key, const char *json)
{
    out_key(o, key);
    out_raw(o, json);
}

static void add_text(Out *o, const char *key, const char *text)
{
    out_key(o, key);
    out_text(o, str_from(text));
}

static void add_int(Out *o, const char *key, int number)
{
    out_key(o, key);
    out_int(o, number);
}

static void add_words(Out *o, const Words *words)
{
    out_key(o, "enum");
    out_open(o, '[');
    for (size_t i = 0; i < words->n; i++) {
        out_next(o);
        out_text(o, str_from(words->at[i]));
    }
    out_close(o, ']');
}

static void add_reference(Out *o, const char *name)
{
    StrBuf path = {0};
    strbuf_addf(&path, "#/$defs/%s", name);
    add_text(o, "$ref", path.p);
    strbuf_drop(&path);
}

static void add_texts(Out *o, const Field *f)
{
    add_text(o, "type", "array");
    if (f->required)
        add_int(o, "minItems", 1);
    add_raw(o, "items",
            f->texts.marked
                ? "{\"anyOf\": [{\"type\": \"string\"}, {\"$ref\": \"#/$defs/placed-text\"}]}"
                : "{\"type\": \"string\"}");
}

static void add_type(Out *o, const Field *f)
{
    if (f->type == TYPE_VERSION) {
        add_int(o, "const", MODEL_VERSION);
    } else if (f->type == TYPE_CHOICE || f->type == TYPE_WORD || f->type == TYPE_SWITCH) {
        add_words(o, &f->words);
    } else if (f->type == TYPE_ALIGN) {
        add_text(o, "type", "array");
        out_key(o, "items");
        out_open(o, '{');
        add_words(o, &f->words);
        out_close(o, '}');
    } else if (f->type == TYPE_INT) {
        add_text(o, "type", "integer");
        add_int(o, "minimum", f->range.least);
        add_int(o, "maximum", f->range.most);
    } else if (f->type == TYPE_TEXTS) {
        add_texts(o, f);
    } else if (f->type == TYPE_OBJECT) {
        add_reference(o, f->shape->name);
    } else {
        out_next(o);
        out_raw(o, fragments[f->type]);
        if (f->type == TYPE_TEXT && f->required && !f->may_be_empty)
            add_raw(o, "pattern", "\"\\\\S\"");
    }
}

/* The fields of one kind of thing. */
static void add_properties(Out *o, const Shape *shape, unsigned kind)
{
    out_key(o, "properties");
    out_open(o, '{');
    for (size_t i = 0; i < shape->fields; i++) {
        const Field *f = &shape->field[i];
        if (!field_is_of(f, kind))
            continue;
        out_key(o, f->key);
        out_open_flat(o, '{');
        if (shape->kinds && i == 0)
            add_text(o, "const", shape->kinds->at[kind]);
        else
            add_type(o, f);
        add_text(o, "description", f->about);
        out_close_flat(o, '}');
    }
    out_close(o, '}');
}

static void add_required(Out *o, const Shape *shape, unsigned kind)
{
    out_key(o, "required");
    out_open_flat(o, '[');
    for (size_t i = 0; i < shape->fields; i++) {
        if (!field_is_required(&shape->field[i], kind))
            continue;
        out_next(o);
        out_text(o, str_from(shape->field[i].key));
    }
    out_close_flat(o, ']');
}

static void add_object(Out *o, const Shape *shape, unsigned kind)
{
    add_text(o, "type", "object");
    add_properties(o, shape, kind);
    add_required(o, shape, kind);
    add_raw(o, "additionalProperties", "false");
}

/* The name of the schema of a kind, such as block-paragraph; an item is never among the others. */
static void kind_name(StrBuf *out, const Shape *shape, unsigned kind)
{
    strbuf_clear(out);
    strbuf_addf(out, "%s-%s", shape->name, shape->kinds->at[kind]);
}

static bool is_item(const Shape *shape, unsigned kind)
{
    return shape == &block_shape && kind == BLOCK_ITEM;
}

static void add_one_of(Out *o, const Shape *shape)
{
    StrBuf name = {0};
    out_key(o, shape->name);
    out_open(o, '{');
    add_text(o, "description", shape->about);
    out_key(o, "oneOf");
    out_open(o, '[');
    for (unsigned kind = 0; kind < shape->kinds->n; kind++) {
        if (is_item(shape, kind))
            continue;
        kind_name(&name, shape, kind);
        out_next(o);
        out_open_flat(o, '{');
        add_reference(o, name.p);
        out_close_flat(o, '}');
    }
    out_close(o, ']');
    out_close(o, '}');
    strbuf_drop(&name);
}

static void add_shape(Out *o, const Shape *shape)
{
    StrBuf name = {0};
    if (shape->kinds)
        add_one_of(o, shape);
    for (unsigned kind = 0; kind < (shape->kinds ? shape->kinds->n : 1); kind++) {
        if (shape->kinds)
            kind_name(&name, shape, kind);
        out_key(o, is_item(shape, kind) ? "item" : shape->kinds ? name.p : shape->name);
        out_open(o, '{');
        if (!shape->kinds)
            add_text(o, "description", shape->about);
        add_object(o, shape, kind);
        out_close(o, '}');
    }
    strbuf_drop(&name);
}

static void add_definitions(Out *o)
{
    static const Shape *const shapes[] = {
        &section_shape,  &block_shape, &row_shape,  &inline_shape, &figure_shape, &quantity_shape,
        &proposal_shape, &mark_shape,  &tile_shape, &fact_shape,   &note_shape};
    out_key(o, "$defs");
    out_open(o, '{');
    for (size_t i = 0; i < report_shape.fields; i++)
        if (report_shape.field[i].type == TYPE_OBJECT)
            add_shape(o, report_shape.field[i].shape);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        add_shape(o, shapes[i]);
    add_raw(o, "blocks",
            "{\"type\": \"array\", \"items\": {\"anyOf\": [{\"type\": \"string\"}, "
            "{\"$ref\": \"#/$defs/block\"}]}, \"description\": \"A text alone is a paragraph.\"}");
    add_raw(o, "inlines",
            "{\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"array\", \"items\": {\"anyOf\": "
            "[{\"type\": \"string\"}, {\"$ref\": \"#/$defs/inline\"}]}}], "
            "\"description\": \"Running text: plain, or in pieces.\"}");
    add_raw(o, "cells",
            "{\"type\": \"array\", \"minItems\": 1, \"items\": {\"$ref\": \"#/$defs/inlines\"}}");
    out_close(o, '}');
}

void model_schema(ModelSink *sink, void *context)
{
    Out o = {.sink = sink, .context = context};
    out_open(&o, '{');
    add_text(&o, "$schema", "https://json-schema.org/draft/2020-12/schema");
    add_text(&o, "title", "briefpack report model");
    add_text(&o, "description", report_shape.about);
    add_object(&o, &report_shape, 0);
    add_definitions(&o);
    out_close(&o, '}');
    out_finish(&o);
}
