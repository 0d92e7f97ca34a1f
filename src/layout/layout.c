#include "layout/layout.h"

#include <errno.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "conf/conf.h"
#include "layout/contrast.h"

/* No layout file is larger, and no chain of extends longer. */
enum { LARGEST_FILE = 1 << 20, LONGEST_CHAIN = 8 };

/* Of anything that is counted. */
enum { MOST = 1000 };

typedef struct {
    Layout *layout;
    const LayoutOptions *options;
    Diags *diags;
    uint16_t file;
    int chain;
    const char *path; /* of the file that is being read */
    Style *style;     /* that is being read */
    Said said_at;
    unsigned said; /* how many things so far that colours depend on */
    Str family;    /* that the key `family` gave last */
    bool seen[STYLE_COUNT], colour_seen[COLOUR_COUNT], parts_seen, for_each_seen;
} Reader;

#define MM (72 / 25.4)
#define LEAST_SIDE 48 /* points: no note is legible in a narrower column */
#define LARGEST 14400 /* points: no page of a PDF is larger (ISO 32000-1, annex C) */

/* "12" is points, "22mm" millimetres. */
static bool read_length(Reader *r, const ConfNode *node, const char *name, double *out)
{
    Str text;
    if (!conf_text(r->diags, node, name, &text))
        return false;
    double unit = 1;
    if (str_ends(text, STR("mm")))
        unit = MM, text.n -= 2;
    else if (str_ends(text, STR("pt")))
        text.n -= 2;
    double value;
    if (!conf_parse_number(str_trim(text), &value)) {
        diag_error(r->diags, node->pos, "'%s' must be a length, such as 12 (points) or 22mm", name);
        return false;
    }
    *out = value * unit;
    return true;
}

/* ---- tables of keys: a field of a struct and how it is read --------------------------------- */

typedef bool ReadField(Reader *r, const ConfNode *node, const char *name, void *field);

typedef struct {
    const char *name;
    size_t offset;
    ReadField *read;
} Field;

static bool field_length(Reader *r, const ConfNode *node, const char *name, void *field)
{
    double length;
    if (!read_length(r, node, name, &length))
        return false;
    if (length < 0 || length > LARGEST) {
        diag_error(r->diags, node->pos, "'%s' must be from 0 to %d points", name, LARGEST);
        return false;
    }
    *(double *)field = length;
    return true;
}

/* Up, or down when it is below 0. */
static bool field_rise(Reader *r, const ConfNode *node, const char *name, void *field)
{
    return read_length(r, node, name, field);
}

static bool field_number(Reader *r, const ConfNode *node, const char *name, void *field)
{
    return conf_number(r->diags, node, name, field);
}

/* A part of something, up to the whole of it. */
static bool field_share(Reader *r, const ConfNode *node, const char *name, void *field)
{
    double *share = field;
    if (!field_number(r, node, name, share))
        return false;
    if (*share <= 0 || *share > 1)
        diag_error(r->diags, node->pos, "'%s' must be above 0, and 1 at most", name);
    return *share > 0 && *share <= 1;
}

/* Of lines, tiles … */
static bool field_count(Reader *r, const ConfNode *node, const char *name, void *field)
{
    double value;
    if (!conf_number(r->diags, node, name, &value))
        return false;
    if (value < 0 || value > MOST || value != floor(value)) {
        diag_error(r->diags, node->pos, "'%s' must be a whole number from 0 to %d", name, MOST);
        return false;
    }
    *(int *)field = (int)value;
    return true;
}

/* Quotation marks around an ellipsis. */
static bool field_quotes(Reader *r, const ConfNode *node, const char *name, void *field)
{
    static const char *const words[] = {"\"\"", "\u201D\u2026\u201D", "\u00BB\u2026\u00AB",
                                        "\u201C\u2026\u201D", "\u201E\u2026\u201C"};
    static const char *const open[] = {"", "\u201D", "\u00BB", "\u201C", "\u201E"};
    static const char *const close[] = {"", "\u201D", "\u00AB", "\u201D", "\u201C"};
    size_t choice;
    if (!conf_choice(r->diags, node, name, words, sizeof words / sizeof *words, &choice))
        return false;
    Str *pair = field; /* the one that opens, and the one behind it */
    pair[0] = str_from(open[choice]);
    pair[1] = str_from(close[choice]);
    return true;
}

static bool field_bool(Reader *r, const ConfNode *node, const char *name, void *field)
{
    return conf_bool(r->diags, node, name, field);
}

static bool field_text(Reader *r, const ConfNode *node, const char *name, void *field)
{
    return conf_text(r->diags, node, name, field);
}

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

static bool field_numbering(Reader *r, const ConfNode *node, const char *name, void *field)
{
    static const char *const words[] = {"levels", "decimal"};
    size_t choice;
    if (!conf_choice(r->diags, node, name, words, 2, &choice))
        return false;
    *(bool *)field = choice == 1;
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

#define NAME(name) #name,
static const char *const colour_names[] = {LAYOUT_COLOURS(NAME)};
static const char *const style_names[] = {LAYOUT_STYLES(NAME)};
#undef NAME

/* Names are written with hyphens in the file. */
static bool same_name(Str text, const char *name)
{
    size_t n = strlen(name);
    if (text.n != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (text.p[i] != (name[i] == '_' ? '-' : name[i]))
            return false;
    return true;
}

static void add_name(StrBuf *out, const char *name)
{
    for (; *name; name++)
        strbuf_add_char(out, *name == '_' ? '-' : *name);
}

void layout_add_style_name(StrBuf *out, StyleRole role)
{
    add_name(out, style_names[role]);
}

void layout_add_colour_name(StrBuf *out, ColourRole role)
{
    add_name(out, colour_names[role]);
}

static size_t find_name(Str text, const char *const *names, size_t n)
{
    size_t i = 0;
    while (i < n && !same_name(text, names[i]))
        i++;
    return i;
}

__attribute__((format(printf, 3, 0))) static void
unknown_name(Reader *r, Pos pos, const char *format, Str text, const char *const *names, size_t n)
{
    Arena scratch = {0};
    const char **hyphened = arena_array(&scratch, n, const char *);
    StrBuf hyphens = {0};
    for (size_t i = 0; i < n; i++) {
        strbuf_clear(&hyphens);
        add_name(&hyphens, names[i]);
        hyphened[i] = arena_strndup(&scratch, hyphens.p, hyphens.n);
    }
    strbuf_drop(&hyphens);
    diag_error(r->diags, pos, format, (int)text.n, text.p);
    diag_hint_nearest(r->diags, text, hyphened, n);
    arena_drop(&scratch);
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
        size_t i = find_name(node->text, colour_names, COLOUR_COUNT);
        if (i == COLOUR_COUNT)
            unknown_name(r, node->pos, N_("unknown colour '%.*s'"), node->text, colour_names,
                         COLOUR_COUNT);
        else
            style->colour_role = (int)i;
        return i < COLOUR_COUNT;
    }
    return read_hex(r, node, name, field);
}

static const Field *find_field(const Field *fields, size_t n, Str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(name, str_from(fields[i].name)))
            return &fields[i];
    return NULL;
}

static void read_fields(Reader *r, const ConfNode *map, const char *what, const Field *fields,
                        size_t n, void *base)
{
    if (!conf_is(r->diags, map, CONF_MAP, what))
        return;
    for (size_t i = 0; i < map->n; i++) {
        const Field *f = find_field(fields, n, map->key[i]->text);
        if (f) {
            if (conf_once(r->diags, map, i))
                f->read(r, map->item[i], f->name, (char *)base + f->offset);
            continue;
        }
        const char **names = mem_array(n, sizeof *names);
        for (size_t j = 0; j < n; j++)
            names[j] = fields[j].name;
        unknown_name(r, map->key[i]->pos, N_("unknown key '%.*s'"), map->key[i]->text, names, n);
        mem_free(names);
    }
}

/* ---- styles and colours --------------------------------------------------------------------- */

static void read_colour(Reader *r, const ConfNode *node, const char *name, size_t role)
{
    r->colour_seen[role] |= read_hex(r, node, name, &r->layout->colour[role]);
    r->said_at.colour[role] = (SaidAt){node->pos, ++r->said};
}

static void read_colours(void *context, const char *name, const ConfNode *map)
{
    Reader *r = context;
    if (!conf_is(r->diags, map, CONF_MAP, name))
        return;
    for (size_t i = 0; i < map->n; i++) {
        size_t role = find_name(map->key[i]->text, colour_names, COLOUR_COUNT);
        if (role == COLOUR_COUNT)
            unknown_name(r, map->key[i]->pos, N_("unknown colour '%.*s'"), map->key[i]->text,
                         colour_names, COLOUR_COUNT);
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
    size_t i = find_name(text, style_names, STYLE_COUNT);
    if (i == STYLE_COUNT)
        unknown_name(r, node->pos, N_("unknown style '%.*s'"), text, style_names, STYLE_COUNT);
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
    {"hang-punctuation", offsetof(Style, hang), field_bool},
    {"stretch-letters", offsetof(Style, stretch), field_stretch},
    {"figures", offsetof(Style, figures), field_figures},
    {"small-capitals", offsetof(Style, small_capitals), field_bool},
    {"ligatures", offsetof(Style, no_ligatures), field_ligatures},
};

static void read_styles(void *context, const char *name, const ConfNode *map)
{
    Reader *r = context;
    if (!conf_is(r->diags, map, CONF_MAP, name))
        return;
    for (size_t i = 0; i < map->n; i++) {
        size_t role = find_name(map->key[i]->text, style_names, STYLE_COUNT);
        if (role == STYLE_COUNT) {
            unknown_name(r, map->key[i]->pos, N_("unknown style '%.*s'"), map->key[i]->text,
                         style_names, STYLE_COUNT);
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
static void read_family(void *context, const char *name, const ConfNode *node)
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

static void read_fallback(void *context, const char *name, const ConfNode *node)
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

static void read_divisions(void *context, const char *name, const ConfNode *node)
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

/* ---- page ----------------------------------------------------------------------------------- */

/* Two lengths: width and height. */
static void read_size(Reader *r, const ConfNode *node, const char *name)
{
    double size[2];
    if (node->n != 2) {
        diag_error(r->diags, node->pos, "'%s' must be a name or [width, height]", name);
        return;
    }
    for (size_t i = 0; i < 2; i++)
        if (!field_length(r, node->item[i], name, &size[i]))
            return;
    r->layout->paper = (Str){"", 0};
    r->layout->paper_width = size[0];
    r->layout->paper_height = size[1];
}

/* By name in millimetres (ISO 216; ANSI/ASME Y14.1), as it stands or on its side. */
static void read_paper(void *context, const char *name, const ConfNode *node)
{
    static const char landscape[] = " landscape";
    static const struct {
        const char *name;
        double width, height;
    } papers[] = {{"A3", 297, 420},         {"A4", 210, 297},       {"A5", 148, 210},
                  {"A6", 105, 148},         {"B4", 250, 353},       {"B5", 176, 250},
                  {"Letter", 215.9, 279.4}, {"Legal", 215.9, 355.6}};
    enum { PAPERS = sizeof papers / sizeof *papers };
    Reader *r = context;
    Str text;
    if (node->kind == CONF_LIST) {
        read_size(r, node, name);
        return;
    }
    if (!conf_text(r->diags, node, name, &text))
        return;
    bool turned = str_ends(text, str_from(landscape));
    Str plain = turned ? str_cut(text, 0, text.n - (sizeof landscape - 1)) : text;
    const char *names[PAPERS];
    for (size_t i = 0; i < PAPERS; i++) {
        names[i] = papers[i].name;
        if (!str_equal(plain, str_from(papers[i].name)))
            continue;
        double width = papers[i].width * MM, height = papers[i].height * MM;
        r->layout->paper = text;
        r->layout->paper_width = turned ? height : width;
        r->layout->paper_height = turned ? width : height;
        return;
    }
    unknown_name(r, node->pos, N_("there is no paper '%.*s'"), text, names, PAPERS);
}

/* Of what is a group of keys in the file; `groups` names them. */
#define AT(field) offsetof(Layout, field)

static const Field margins_fields[] = {
    {"left", AT(left), field_length},  {"right", AT(right), field_length},
    {"inner", AT(left), field_length}, {"outer", AT(right), field_length},
    {"top", AT(top), field_length},    {"bottom", AT(bottom), field_length}};

static const Field first_fields[] = {{"top", AT(first_top), field_length},
                                     {"bottom", AT(first_bottom), field_length}};

static bool field_columns(Reader *r, const ConfNode *node, const char *name, void *field)
{
    double value;
    if (!conf_number(r->diags, node, name, &value))
        return false;
    if (value < 1 || value > PAGE_COLUMNS || value != floor(value)) {
        diag_error(r->diags, node->pos, "'%s' must be a whole number from 1 to %d", name,
                   PAGE_COLUMNS);
        return false;
    }
    *(int *)field = (int)value;
    return true;
}

static const Field columns_fields[] = {{"count", AT(columns), field_columns},
                                       {"text", AT(text_width), field_length},
                                       {"gutter", AT(gutter), field_length},
                                       {"rule", AT(column_rule), field_length},
                                       {"grid", AT(column_grid), field_bool}};

/* The fields that src/page fills. */
static const char *const document_fields[] = {"report", "theme", "title", "theme-title"};
static const char *const running_fields[] = {
    "theme",        "title",        "short-title", "genre", "report",   "committee",
    "organisation", "unit",         "email",       "phone", "ean",      "case",
    "document",     "version",      "status",      "date",  "modified", "period",
    "meeting-date", "meeting-item", "page",        "pages", "page-of"};

static bool one_of(Str word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(word, str_from(words[i])))
            return true;
    return false;
}

static bool check_field(Reader *r, const ConfNode *node, const char *name, Str field,
                        const char *const *fields, size_t n)
{
    if (one_of(field, fields, n))
        return true;
    const char *nearest = diag_nearest(field, fields, n);
    diag_error(r->diags, node->pos, "'%s' has no field '{%.*s}'", name, (int)field.n, field.p);
    if (nearest)
        diag_hint(r->diags, "did you mean '{%s}'?", nearest);
    return false;
}

/* A text with fields in braces. */
static bool read_pattern(Reader *r, const ConfNode *node, const char *name,
                         const char *const *fields, size_t n, Str *out)
{
    bool good = conf_text(r->diags, node, name, out);
    Str rest = good ? *out : (Str){"", 0};
    for (size_t open = str_find(rest, '{'); open < rest.n; open = str_find(rest, '{')) {
        rest = str_cut(rest, open + 1, rest.n);
        size_t close = str_find(rest, '}');
        if (close == rest.n) {
            diag_error(r->diags, node->pos, "'%s' has a brace that isn't closed", name);
            return false;
        }
        good &= check_field(r, node, name, str_cut(rest, 0, close), fields, n);
        rest = str_cut(rest, close + 1, rest.n);
    }
    return good;
}

static bool field_pieces(Reader *r, const ConfNode *node, const char *name, void *field)
{
    Pieces *p = field;
    if (!conf_is(r->diags, node, CONF_LIST, name))
        return false;
    p->n = 0;
    p->at = arena_array(&r->layout->arena, node->n, Str);
    for (size_t i = 0; i < node->n; i++) {
        Str *piece = &p->at[p->n];
        p->n += read_pattern(r, node->item[i], name, running_fields,
                             sizeof running_fields / sizeof *running_fields, piece);
    }
    return true;
}

static const Field head_fields[] = {{"centre", AT(head_centre), field_length},
                                    {"rule", AT(head_rule), field_length},
                                    {"rule-width", AT(head_rule_width), field_length},
                                    {"draft", AT(head_draft), field_length},
                                    {"left", AT(head_left), field_pieces},
                                    {"middle", AT(head_middle), field_pieces},
                                    {"right", AT(head_right), field_pieces}};

static const Field foot_fields[] = {
    {"centre", AT(foot_centre), field_length},         {"rule", AT(foot_rule), field_length},
    {"rule-width", AT(foot_rule_width), field_length}, {"left", AT(foot_left), field_pieces},
    {"middle", AT(foot_middle), field_pieces},         {"right", AT(foot_right), field_pieces}};

/* ---- parts of the page that have measures of their own -------------------------------------- */

static const Field table_fields[] = {{"row-padding", AT(table.row_padding), field_length},
                                     {"head-padding", AT(table.head_padding), field_length},
                                     {"column-gap", AT(table.column_gap), field_length},
                                     {"decimals", AT(table.decimals), field_length},
                                     {"rule-outer", AT(table.rule_outer), field_length},
                                     {"rule-head", AT(table.rule_head), field_length},
                                     {"rule-group", AT(table.rule_group), field_length},
                                     {"rule-row", AT(table.rule_row), field_length},
                                     {"before", AT(table.before), field_length},
                                     {"after", AT(table.after), field_length},
                                     {"group-before", AT(table.group_before), field_length},
                                     {"note-gap", AT(table.note_gap), field_length},
                                     {"smallest", AT(table.smallest), field_share},
                                     {"turn", AT(table.turn), field_bool},
                                     {"stack", AT(table.stack), field_bool}};

static const Field list_fields[] = {{"indent", AT(list.indent), field_length},
                                    {"number-indent", AT(list.number_indent), field_length},
                                    {"item-gap", AT(list.item_gap), field_length},
                                    {"before", AT(list.before), field_length},
                                    {"after", AT(list.after), field_length},
                                    {"bullet", AT(list.bullet), field_length},
                                    {"numbering", AT(list.decimal), field_numbering}};

static const Field box_fields[] = {{"bar", AT(box.bar), field_length},
                                   {"padding", AT(box.padding), field_length},
                                   {"padding-side", AT(box.padding_side), field_length},
                                   {"title-gap", AT(box.title_gap), field_length},
                                   {"before", AT(box.before), field_length},
                                   {"after", AT(box.after), field_length},
                                   {"whole-lines", AT(box.whole_lines), field_count}};

static const Field chart_fields[] = {{"rule", AT(chart.rule), field_length},
                                     {"bar", AT(chart.bar), field_length},
                                     {"pitch", AT(chart.pitch), field_length},
                                     {"label-share", AT(chart.label_share), field_number},
                                     {"plot", AT(chart.plot), field_length},
                                     {"gap", AT(chart.gap), field_length},
                                     {"before", AT(chart.before), field_length},
                                     {"after", AT(chart.after), field_length}};

static const Field tile_fields[] = {{"across", AT(tile.across), field_count},
                                    {"rule", AT(tile.rule), field_length},
                                    {"gap", AT(tile.gap), field_length},
                                    {"padding-top", AT(tile.padding_top), field_length},
                                    {"padding-left", AT(tile.padding_left), field_length},
                                    {"padding-right", AT(tile.padding_right), field_length},
                                    {"padding-foot", AT(tile.padding_foot), field_length},
                                    {"number-gap", AT(tile.number_gap), field_length},
                                    {"caveat-before", AT(tile.caveat_before), field_length},
                                    {"caveat-gap", AT(tile.caveat_gap), field_length},
                                    {"caveat-rule", AT(tile.caveat_rule), field_length},
                                    {"alone", AT(tile.alone), field_length},
                                    {"before", AT(tile.before), field_length},
                                    {"after", AT(tile.after), field_length}};

static const Field note_fields[] = {{"rule", AT(note.rule), field_length},
                                    {"rule-width", AT(note.rule_width), field_length},
                                    {"before", AT(note.before), field_length},
                                    {"after", AT(note.after), field_length},
                                    {"indent", AT(note.indent), field_length}};

static const Field last_page_fields[] = {{"little", AT(last_page.little), field_share},
                                         {"leading", AT(last_page.leading), field_share},
                                         {"space", AT(last_page.space), field_share},
                                         {"rows", AT(last_page.rows), field_share}};

static const Field summary_fields[] = {{"box-first", AT(box_first), field_bool}};

static const Field opener_fields[] = {{"inside", AT(opener_inside), field_bool}};

static const Field extract_fields[] = {{"tiles", AT(extract.tiles), field_count},
                                       {"lessons", AT(extract.lessons), field_count}};

static const Field cover_fields[] = {{"sender", AT(cover.sender), field_length},
                                     {"logo", AT(cover.logo), field_length},
                                     {"rule", AT(cover.rule), field_length},
                                     {"rule-width", AT(cover.rule_width), field_length},
                                     {"address", AT(cover.address), field_length},
                                     {"date", AT(cover.date), field_length},
                                     {"title", AT(cover.title), field_length},
                                     {"lead", AT(cover.lead), field_length},
                                     {"letter-title", AT(cover.letter_title), field_length},
                                     {"entry-indent", AT(cover.entry_indent), field_length},
                                     {"entry-page", AT(cover.entry_page), field_length},
                                     {"entry-before", AT(cover.entry_before), field_length},
                                     {"entry-after", AT(cover.entry_after), field_length},
                                     {"least-pages", AT(cover.least_pages), field_count}};

static const Field typing_fields[] = {{"quotes", AT(typing.open), field_quotes},
                                      {"dashes", AT(typing.dashes), field_bool},
                                      {"minus", AT(typing.minus), field_bool},
                                      {"intervals", AT(typing.intervals), field_bool}};

static const Field image_fields[] = {{"resolution", AT(image_resolution), field_number}};

/* ---- groups of fields ----------------------------------------------------------------------- */

typedef struct {
    const char *name;
    const Field *field;
    size_t fields;
} Group;

static bool field_depth(Reader *r, const ConfNode *node, const char *name, void *field)
{
    enum { DEEPEST = 6 };
    double value;
    if (node->kind == CONF_SCALAR && str_equal(node->text, STR("auto"))) {
        *(int *)field = 0;
        return true;
    }
    if (!conf_number(r->diags, node, name, &value))
        return false;
    if (value < 1 || value > DEEPEST || value != floor(value)) {
        diag_error(r->diags, node->pos, "'%s' must be a whole number from 1 to %d", name, DEEPEST);
        return false;
    }
    *(int *)field = (int)value;
    return true;
}

static const Field contents_fields[] = {
    {"depth", offsetof(Layout, contents.depth), field_depth},
    {"leaders", offsetof(Layout, contents.leaders), field_bool},
    {"least-pages", offsetof(Layout, contents.least_pages), field_count}};

#define FIELDS(table) (table), sizeof(table) / sizeof *(table)
static const Group groups[] = {
    {"margins", FIELDS(margins_fields)},     {"first-page", FIELDS(first_fields)},
    {"columns", FIELDS(columns_fields)},     {"head", FIELDS(head_fields)},
    {"foot", FIELDS(foot_fields)},           {"table", FIELDS(table_fields)},
    {"list", FIELDS(list_fields)},           {"box", FIELDS(box_fields)},
    {"chart", FIELDS(chart_fields)},         {"tile", FIELDS(tile_fields)},
    {"extract", FIELDS(extract_fields)},     {"note", FIELDS(note_fields)},
    {"cover", FIELDS(cover_fields)},         {"typing", FIELDS(typing_fields)},
    {"contents", FIELDS(contents_fields)},   {"image", FIELDS(image_fields)},
    {"last-page", FIELDS(last_page_fields)}, {"summary", FIELDS(summary_fields)},
    {"opener", FIELDS(opener_fields)}};
#undef FIELDS

static void read_group(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (!strcmp(groups[i].name, name))
            read_fields(r, node, name, groups[i].field, groups[i].fields, r->layout);
}

/* ---- what is made --------------------------------------------------------------------------- */

static void read_output(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    read_pattern(r, node, name, document_fields, sizeof document_fields / sizeof *document_fields,
                 &r->layout->output);
    r->layout->output_pos = node->pos;
}

static void read_document_title(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    read_pattern(r, node, name, document_fields, sizeof document_fields / sizeof *document_fields,
                 &r->layout->document_title);
}

static void read_for_each(void *context, const char *name, const ConfNode *node)
{
    static const char *const words[] = {"report", "theme"};
    Reader *r = context;
    size_t choice;
    if (conf_choice(r->diags, node, name, words, 2, &choice))
        r->layout->for_each = (ForEach)choice;
    r->for_each_seen = true;
}

static const char *const part_names[PART_COUNT] = {[PART_LETTERHEAD] = "letterhead",
                                                   [PART_COVER] = "cover",
                                                   [PART_CONTENTS] = "contents",
                                                   [PART_TABLES_LIST] = "tables-list",
                                                   [PART_FIGURES_LIST] = "figures-list",
                                                   [PART_SUMMARY] = "summary",
                                                   [PART_BODY] = "body",
                                                   [PART_KEY_FIGURES] = "key-figures",
                                                   [PART_RECOMMENDATIONS] = "recommendations",
                                                   [PART_OPEN_QUESTIONS] = "open-questions",
                                                   [PART_CONTACT] = "contact",
                                                   [PART_TITLE] = "title",
                                                   [PART_TILES] = "tiles",
                                                   [PART_CHART] = "chart",
                                                   [PART_TABLE] = "table",
                                                   [PART_LESSONS] = "lessons",
                                                   [PART_LINK] = "link",
                                                   [PART_GLOSSARY] = "glossary",
                                                   [PART_SOURCES] = "sources",
                                                   [PART_CHANGES] = "changes"};

/* Those that can stand side by side. */
static bool is_panel(size_t part)
{
    return part == PART_CHART || part == PART_LESSONS || part == PART_CONTACT || part == PART_LINK;
}

static bool read_part(Reader *r, const ConfNode *node, const char *name, bool beside, double share)
{
    size_t part;
    Layout *l = r->layout;
    if (!conf_choice(r->diags, node, name, part_names, PART_COUNT, &part))
        return false;
    if (layout_has_part(l, (Part)part)) {
        diag_error(r->diags, node->pos, "the part '%s' comes twice", part_names[part]);
        return false;
    }
    if (share > 0 && !is_panel(part)) {
        diag_error(r->diags, node->pos, "the part '%s' can't stand beside others",
                   part_names[part]);
        return false;
    }
    l->place[part] = (PartPlace){beside, share};
    l->part[l->parts++] = (Part)part;
    return true;
}

/* "lessons" or "lessons: 7": its share of the width. */
static bool read_share(Reader *r, const ConfNode *node, const char *name, const ConfNode **part,
                       double *share)
{
    *part = node;
    *share = 1;
    if (node->kind != CONF_MAP)
        return true;
    if (node->n != 1) {
        diag_error(r->diags, node->pos, "'%s' wants one name here, with its share of the width",
                   name);
        return false;
    }
    *part = node->key[0];
    if (!conf_number(r->diags, node->item[0], name, share))
        return false;
    if (*share <= 0)
        diag_error(r->diags, node->item[0]->pos, "a share of the width must be above 0");
    return *share > 0;
}

/* Parts that stand side by side. */
static void read_row(Reader *r, const ConfNode *row, const char *name)
{
    bool beside = false;
    for (size_t i = 0; i < row->n; i++) {
        const ConfNode *part;
        double share;
        if (read_share(r, row->item[i], name, &part, &share))
            beside |= read_part(r, part, name, beside, share);
    }
}

static size_t count_items(const ConfNode *list)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++)
        n += list->item[i]->kind == CONF_LIST ? list->item[i]->n : 1;
    return n;
}

static void read_parts(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    r->parts_seen = true;
    if (!conf_is(r->diags, node, CONF_LIST, name))
        return;
    r->layout->parts = 0;
    r->layout->part = arena_array(&r->layout->arena, count_items(node), Part);
    for (size_t i = 0; i < node->n; i++) {
        if (node->item[i]->kind == CONF_LIST)
            read_row(r, node->item[i], name);
        else
            read_part(r, node->item[i], name, false, 0);
    }
}

/* A list of what goes over all columns. */
static void read_span(void *context, const char *name, const ConfNode *node)
{
#define NAME(name) #name,
    static const char *const words[] = {LAYOUT_SPANS(NAME)};
#undef NAME
    Reader *r = context;
    if (!conf_is(r->diags, node, CONF_LIST, name))
        return;
    for (size_t i = 0; i < SPAN_COUNT; i++)
        r->layout->span[i] = false;
    for (size_t i = 0; i < node->n; i++) {
        size_t choice;
        if (conf_choice(r->diags, node->item[i], name, words, SPAN_COUNT, &choice))
            r->layout->span[choice] = true;
    }
}

static Part *read_part_names(Reader *r, const char *name, const ConfNode *node, size_t *n)
{
    Part *list = arena_array(&r->layout->arena, node->n, Part);
    *n = 0;
    for (size_t i = 0; i < node->n; i++) {
        size_t part;
        if (conf_choice(r->diags, node->item[i], name, part_names, PART_COUNT, &part))
            list[(*n)++] = (Part)part;
    }
    return list;
}

static void read_may_leave_out(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    Layout *l = r->layout;
    if (conf_is(r->diags, node, CONF_LIST, name))
        l->may_leave_out = read_part_names(r, name, node, &l->may_leave_outs);
}

static void read_fill(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    Layout *l = r->layout;
    if (conf_is(r->diags, node, CONF_LIST, name))
        l->fill = read_part_names(r, name, node, &l->fills);
}

/* Keys that stand by themselves, not in a group. */
static const Field root_fields[] = {
    {"most-pages", AT(most_pages), field_count}, {"run-on", AT(run_on), field_bool},
    {"two-sided", AT(two_sided), field_bool},    {"brief", AT(brief), field_bool},
    {"write-in", AT(write_in), field_bool},      {"grey", AT(grey), field_bool}};

static void read_root_field(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    const Field *f =
        find_field(root_fields, sizeof root_fields / sizeof *root_fields, str_from(name));
    f->read(r, node, name, (char *)r->layout + f->offset);
}

static void read_attach(void *context, const char *name, const ConfNode *node)
{
    static const char *const words[] = {"none", "figures"};
    Reader *r = context;
    size_t choice;
    if (conf_choice(r->diags, node, name, words, 2, &choice))
        r->layout->attach_figures = choice == 1;
}

static void read_edition(void *context, const char *name, const ConfNode *node)
{
    static const char *const words[] = {"open", "closed"};
    Reader *r = context;
    size_t choice;
    if (conf_choice(r->diags, node, name, words, 2, &choice))
        r->layout->closed = choice == 1;
}

static void read_sheets(void *context, const char *name, const ConfNode *node)
{
    static const char *const words[] = {"none", "two-up", "booklet"};
    Reader *r = context;
    size_t choice;
    if (conf_choice(r->diags, node, name, words, 3, &choice))
        r->layout->sheets = (Sheets)choice;
}

static void read_description(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    Str *text = &r->layout->description;
    if (!conf_text(r->diags, node, name, text))
        return;
    for (size_t i = 0; i < text->n; i++) {
        unsigned char byte = (unsigned char)text->p[i];
        if (byte < 0x20 || byte == 0x7F) {
            diag_error(r->diags, node->pos, "'%s' must be one line", name);
            return;
        }
    }
}

static void skip_extends(void *context, const char *name, const ConfNode *node)
{
    (void)context; /* read before everything else */
    (void)name;
    (void)node;
}

/* ---- files ---------------------------------------------------------------------------------- */

static void read_file(Reader *r, Str name, Pos asked, const char *hiding);

/* What is said of one file alone. */
static void read_base(Reader *r, const ConfNode *base, Str own)
{
    Str name;
    if (!base || !conf_text(r->diags, base, "extends", &name))
        name = (Str){"", 0};
    else
        read_file(r, name, base->pos, str_equal(name, own) ? r->path : NULL);
    r->layout->extends = name;
    r->layout->description = (Str){"", 0};
}

static void read_root(Reader *r, const ConfNode *root, Str name)
{
    static const ConfKey keys[] = {{"extends", skip_extends},
                                   {"description", read_description},
                                   {"paper", read_paper},
                                   {"margins", read_group},
                                   {"columns", read_group},
                                   {"head", read_group},
                                   {"foot", read_group},
                                   {"family", read_family},
                                   {"fallback", read_fallback},
                                   {"divisions", read_divisions},
                                   {"colours", read_colours},
                                   {"styles", read_styles},
                                   {"table", read_group},
                                   {"list", read_group},
                                   {"box", read_group},
                                   {"chart", read_group},
                                   {"tile", read_group},
                                   {"note", read_group},
                                   {"last-page", read_group},
                                   {"summary", read_group},
                                   {"opener", read_group},
                                   {"typing", read_group},
                                   {"image", read_group},
                                   {"output", read_output},
                                   {"document-title", read_document_title},
                                   {"for-each", read_for_each},
                                   {"parts", read_parts},
                                   {"attach", read_attach},
                                   {"edition", read_edition},
                                   {"sheets", read_sheets},
                                   {"write-in", read_root_field},
                                   {"grey", read_root_field},
                                   {"most-pages", read_root_field},
                                   {"run-on", read_root_field},
                                   {"brief", read_root_field},
                                   {"extract", read_group},
                                   {"first-page", read_group},
                                   {"span", read_span},
                                   {"cover", read_group},
                                   {"two-sided", read_root_field},
                                   {"contents", read_group},
                                   {"fill", read_fill},
                                   {"may-leave-out", read_may_leave_out}};
    uint16_t file = r->file;
    read_base(r, conf_get(root, "extends"), name);
    r->file = file;
    conf_keys(r->diags, root, NULL, keys, sizeof keys / sizeof *keys, r);
}

static void hint_layout(const Reader *r, Str name)
{
    char *meant = r->options->guess ? r->options->guess(r->options->context, name) : NULL;
    if (meant)
        diag_hint(r->diags, "did you mean '%s'?", meant);
    mem_free(meant);
}

static void read_file(Reader *r, Str name, Pos asked, const char *hiding)
{
    if (++r->chain > LONGEST_CHAIN) {
        diag_error(r->diags, asked, "layouts extend each other without end");
        return;
    }
    char *path = r->options->find(r->options->context, name, hiding);
    if (!path) {
        diag_error(r->diags, asked, "there is no layout '%.*s'", (int)name.n, name.p);
        hint_layout(r, name);
        return;
    }
    StrBuf text = {0};
    int error = file_read(path, LARGEST_FILE, &text);
    r->file = diags_file(r->diags, path, text.p, text.n);
    Pos whole = {0, 0, r->file};
    if (error)
        diag_error(r->diags, whole, "can't read it: %s", strerror(error));
    const ConfNode *root =
        error ? NULL : conf_read(&r->layout->arena, r->diags, r->file, strbuf_str(&text), 1);
    r->path = path;
    if (root)
        read_root(r, root, name);
    r->layout->pos = whole;
    mem_free(path);
}

/* Columns share the page; the first page is as the others are where nothing else is said. */
static void resolve_page(Layout *l)
{
    double live = layout_live_width(l);
    if (l->columns > 1)
        l->text_width = (live - l->gutter * (l->columns - 1)) / l->columns;
    else if (l->text_width <= 0)
        l->text_width = live;
    if (l->first_top <= 0)
        l->first_top = l->top;
    if (l->first_bottom <= 0)
        l->first_bottom = l->bottom;
}

static void resolve_colours(Layout *l)
{
    for (size_t i = 0; i < STYLE_COUNT; i++)
        if (l->style[i].colour_role >= 0)
            l->style[i].colour = l->colour[l->style[i].colour_role];
}

static void check_colours(Reader *r)
{
    for (size_t i = 0; i < COLOUR_COUNT; i++) {
        StrBuf name = {0};
        layout_add_colour_name(&name, (ColourRole)i);
        if (!r->colour_seen[i])
            diag_error(r->diags, r->layout->pos, "the colour '%s' is missing", name.p);
        strbuf_drop(&name);
    }
}

static void check_styles(Reader *r)
{
    for (size_t i = 0; i < STYLE_COUNT; i++) {
        const Style *s = &r->layout->style[i];
        StrBuf name = {0};
        layout_add_style_name(&name, (StyleRole)i);
        if (!r->seen[i])
            diag_error(r->diags, r->layout->pos, "the style '%s' is missing", name.p);
        else if (s->size < 1 || s->leading < s->size * 0.5 || s->size > 200 || !s->family.n)
            diag_error(r->diags, r->layout->pos,
                       "the style '%s' needs a family, a size and a leading", name.p);
        strbuf_drop(&name);
    }
}

static void check(Reader *r)
{
    Layout *l = r->layout;
    l->makes_file = l->output.n && r->parts_seen && r->for_each_seen;
    if (!l->makes_file && r->options->bases)
        return;
    if (!l->makes_file) {
        diag_error(r->diags, l->pos,
                   !l->output.n     ? N_("'%.*s' makes no file by itself: it lacks 'output'")
                   : !r->parts_seen ? N_("'%.*s' makes no file by itself: it lacks 'parts'")
                                    : N_("'%.*s' makes no file by itself: it lacks 'for-each'"),
                   (int)l->name.n, l->name.p);
        return;
    }
    check_colours(r);
    check_styles(r);
    double live = layout_live_width(l);
    double height = l->paper_height - fmax(l->top, l->first_top) - fmax(l->bottom, l->first_bottom);
    if (!(live > 72 && height > 72 && l->text_width > 36 && l->text_width <= live + 0.01))
        diag_error(r->diags, l->pos, "paper, margins and columns leave no room for text");
}

Layout *layout_read(Str name, Pos asked, const LayoutOptions *options)
{
    Layout *l = mem_zalloc(sizeof *l);
    size_t errors = diags_count(options->diags, DIAG_ERROR);
    Reader r = {.layout = l, .options = options, .diags = options->diags};
    l->name = arena_str(&l->arena, name);
    l->attach_figures = true;
    l->columns = 1;
    l->span[SPAN_h1] = l->span[SPAN_lead] = true;
    l->image_resolution = 200;
    l->extract = (ExtractStyle){.tiles = 5, .lessons = 6};
    l->contents.depth = 2;
    l->document_title = STR("{title}");
    read_file(&r, l->name, asked, NULL);
    resolve_colours(l);
    resolve_page(l);
    if (diags_count(options->diags, DIAG_ERROR) == errors)
        check(&r);
    if (diags_count(options->diags, DIAG_ERROR) == errors && l->makes_file)
        contrast_check(l, &r.said_at, r.diags);
    if (l->grey)
        layout_make_grey(l);
    if (diags_count(options->diags, DIAG_ERROR) == errors)
        return l;
    layout_drop(l);
    return NULL;
}

void layout_drop(Layout *l)
{
    if (!l)
        return;
    arena_drop(&l->arena);
    mem_free(l);
}

const char *layout_part_name(Part part)
{
    return part_names[part];
}

double layout_side_width(const Layout *l)
{
    double rest = layout_live_width(l) - l->text_width - l->gutter;
    return l->columns > 1 || rest < LEAST_SIDE ? 0 : rest;
}

bool layout_has_part(const Layout *l, Part part)
{
    for (size_t i = 0; i < l->parts; i++)
        if (l->part[i] == part)
            return true;
    return false;
}
