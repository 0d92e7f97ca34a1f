#include "layout/internal.h"

#include <stddef.h>

static bool field_weight(Reader *r, const ConfNode *node, const char *name, void *field)
{
    static const struct {
        const char *name;
        double weight;
    } weights[] = {{"light", 300}, {"regular", 400}, {"semibold", 600}, {"bold", 700}};
    Str text;
    if (!conf_text(r->diags, node, name, &text))
        return false;
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++) {
        if (str_equal(text, str_from(weights[i].name))) {
            *(double *)field = weights[i].weight;
            return true;
        }
    }
    diag_error(r->diags, node->pos, "'%s' must be light, regular, semibold or bold", name);
    return false;
}

static bool field_align(Reader *r, const ConfNode *node, const char *name, void *field)
{
    static const char *const words[] = {"left", "right", "centre", "justify"};
    size_t choice;
    if (!conf_choice(r->diags, node, name, words, 4, &choice))
        return false;
    *(Align *)field = (Align)choice;
    return true;
}

static bool field_figures(Reader *r, const ConfNode *node, const char *name, void *field)
{
    static const char *const words[] = {"default", "lining", "tabular", "old-style"};
    size_t choice;
    if (!conf_choice(r->diags, node, name, words, 4, &choice))
        return false;
    *(FigureShape *)field = (FigureShape)choice;
    return true;
}

static bool field_ligatures(Reader *r, const ConfNode *node, const char *name, void *field)
{
    bool ligatures;
    if (!conf_bool(r->diags, node, name, &ligatures))
        return false;
    *(bool *)field = !ligatures;
    return true;
}

/* In per cent. More would be seen: microtype's and InDesign's settings for text are 2 and 3. */
static bool field_stretch(Reader *r, const ConfNode *node, const char *name, void *field)
{
    enum { MOST_STRETCH = 3 };
    double value;
    if (!conf_number(r->diags, node, name, &value))
        return false;
    if (value < 0 || value > MOST_STRETCH) {
        diag_error(r->diags, node->pos, "'%s' must be from 0 to %d per cent", name, MOST_STRETCH);
        return false;
    }
    *(double *)field = value;
    return true;
}

static bool parse_hex(Str text, Colour *out)
{
    Colour colour = 0;
    if (text.n != 7 || text.p[0] != '#')
        return false;
    for (size_t i = 1; i < 7; i++) {
        int digit = ascii_hex(text.p[i]);
        if (digit < 0)
            return false;
        colour = colour << 4 | (Colour)digit;
    }
    *out = colour;
    return true;
}

static bool read_hex(Reader *r, const ConfNode *node, const char *name, Colour *out)
{
    Str text;
    if (!conf_text(r->diags, node, name, &text))
        return false;
    if (parse_hex(text, out))
        return true;
    diag_error(r->diags, node->pos, "'%.*s' is no colour", (int)text.n, text.p);
    diag_hint(r->diags, "colours are written \"#12464a\", in quotes");
    return false;
}

/* A style names one of the layout's colours, which a layout that extends this one may change. */
static bool field_colour(Reader *r, const ConfNode *node, const char *name, void *field)
{
    Style *style = (Style *)(void *)((char *)field - offsetof(Style, colour));
    style->colour_role = -1;
    if (node->kind == CONF_SCALAR && !str_starts(node->text, STR("#"))) {
        size_t i = find_name(node->text, layout_colour_names, COLOUR_COUNT);
        if (i == COLOUR_COUNT)
            unknown_name(r, node->pos, N_("unknown colour '%.*s'"), node->text, layout_colour_names,
                         COLOUR_COUNT);
        else
            style->colour_role = (int)i;
        return i < COLOUR_COUNT;
    }
    return read_hex(r, node, name, field);
}

static void read_colour(Reader *r, const ConfNode *node, const char *name, size_t role)
{
    r->colour_seen[role] |= read_hex(r, node, name, &r->layout->colour[role]);
    r->said_at.colour[role] = (SaidAt){node->pos, ++r->said};
}

void read_colours(void *context, const char *name, const ConfNode *map)
{
    Reader *r = context;
    if (!conf_is(r->diags, map, CONF_MAP, name))
        return;
    for (size_t i = 0; i < map->n; i++) {
        size_t role = find_name(map->key[i]->text, layout_colour_names, COLOUR_COUNT);
        if (role == COLOUR_COUNT)
            unknown_name(r, map->key[i]->pos, N_("unknown colour '%.*s'"), map->key[i]->text,
                         layout_colour_names, COLOUR_COUNT);
        else if (conf_once(r->diags, map, i))
            read_colour(r, map->item[i], name, role);
    }
}

static bool field_like(Reader *r, const ConfNode *node, const char *name, void *field)
{
    Str text;
    (void)field;
    if (!conf_text(r->diags, node, name, &text))
        return false;
    size_t i = find_name(text, layout_style_names, STYLE_COUNT);
    if (i == STYLE_COUNT)
        unknown_name(r, node->pos, N_("unknown style '%.*s'"), text, layout_style_names,
                     STYLE_COUNT);
    else if (!r->seen[i])
        diag_error(r->diags, node->pos, "the style '%.*s' has to stand above", (int)text.n, text.p);
    else
        *r->style = r->layout->style[i];
    return i < STYLE_COUNT;
}

/* What of a style its contrast depends on; its own colour says the most. */
static const ConfNode *contrast_node(const ConfNode *map)
{
    static const char *const keys[] = {"colour", "size", "weight", "like"};
    const ConfNode *node = NULL;
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !node; i++)
        node = conf_get(map, keys[i]);
    return node;
}

static const Field style_fields[] = {
    {"like", 0, field_like},
    {"family", offsetof(Style, family), field_text},
    {"size", offsetof(Style, size), field_length},
    {"leading", offsetof(Style, leading), field_length},
    {"weight", offsetof(Style, weight), field_weight},
    {"italic", offsetof(Style, italic), field_bool},
    {"colour", offsetof(Style, colour), field_colour},
    {"before", offsetof(Style, before), field_length},
    {"after", offsetof(Style, after), field_length},
    {"rise", offsetof(Style, rise), field_rise},
    {"align", offsetof(Style, align), field_align},
    {"keep-with-next", offsetof(Style, keep_next), field_bool},
    {"indent", offsetof(Style, indent), field_length},
    {"hyphenate", offsetof(Style, hyphenate), field_bool},
    {"balance", offsetof(Style, balance), field_bool},
    {"label", offsetof(Style, label), field_bool},
    {"hang-punctuation", offsetof(Style, hang), field_bool},
    {"stretch-letters", offsetof(Style, stretch), field_stretch},
    {"figures", offsetof(Style, figures), field_figures},
    {"small-capitals", offsetof(Style, small_capitals), field_bool},
    {"ligatures", offsetof(Style, no_ligatures), field_ligatures},
};

void read_styles(void *context, const char *name, const ConfNode *map)
{
    Reader *r = context;
    if (!conf_is(r->diags, map, CONF_MAP, name))
        return;
    for (size_t i = 0; i < map->n; i++) {
        size_t role = find_name(map->key[i]->text, layout_style_names, STYLE_COUNT);
        if (role == STYLE_COUNT) {
            unknown_name(r, map->key[i]->pos, N_("unknown style '%.*s'"), map->key[i]->text,
                         layout_style_names, STYLE_COUNT);
            continue;
        }
        if (!conf_once(r->diags, map, i))
            continue;
        r->style = &r->layout->style[role];
        read_fields(r, map->item[i], "a style", style_fields,
                    sizeof style_fields / sizeof *style_fields, r->style);
        r->seen[role] = true;
        const ConfNode *said = contrast_node(map->item[i]);
        if (said)
            r->said_at.style[role] = (SaidAt){said->pos, ++r->said};
    }
}

/* A family for every style that has been read so far and has none of its own. */
void read_family(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    Str family;
    if (!conf_text(r->diags, node, name, &family))
        return;
    for (size_t i = 0; i < STYLE_COUNT; i++) {
        Str *of = &r->layout->style[i].family;
        if (!of->n || str_equal(*of, r->family))
            *of = family;
    }
    r->family = family;
}

void read_fallback(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    if (!conf_is(r->diags, node, CONF_LIST, name))
        return;
    r->layout->fallbacks = 0;
    r->layout->fallback = arena_array(&r->layout->arena, node->n, Str);
    for (size_t i = 0; i < node->n; i++)
        if (conf_text(r->diags, node->item[i], name, &r->layout->fallback[r->layout->fallbacks]))
            r->layout->fallbacks++;
}

void read_divisions(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    if (!conf_is(r->diags, node, CONF_LIST, name))
        return;
    r->layout->divisions = 0;
    r->layout->division = arena_array(&r->layout->arena, node->n, WordDivision);
    for (size_t i = 0; i < node->n; i++) {
        WordDivision *d = &r->layout->division[r->layout->divisions];
        d->pos = node->item[i]->pos;
        r->layout->divisions += conf_text(r->diags, node->item[i], name, &d->word);
    }
}
