#include <string.h>

#include "reader/internal.h"

size_t attributes_find(Str line)
{
    Str s = line;
    while (s.n && ascii_space(s.p[s.n - 1]))
        s.n--;
    if (!str_ends(s, STR("}")))
        return line.n;
    bool quoted = false;
    for (size_t i = s.n - 1; i-- > 0;) {
        if (s.p[i] == '"')
            quoted = !quoted;
        if (s.p[i] == '{' && !quoted)
            return i;
    }
    return line.n;
}

static bool name_char(char c)
{
    return ascii_letter(c) || ascii_digit(c) || c == '-' || c == '_' || c == ':' || (c & 0x80);
}

static size_t take_name(Str s, size_t i)
{
    while (i < s.n && name_char(s.p[i]))
        i++;
    return i;
}

/* Bytes of an attribute; 0 where the text doesn't begin with one. A value with a comma or semicolon belongs to a
 * formula or program. */
static size_t like_attribute(Str s)
{
    bool mark = s.p[0] == '.' || s.p[0] == '#';
    size_t end = take_name(s, mark);
    if (mark)
        return s.n > 1 && (ascii_letter(s.p[1]) || (s.p[1] & 0x80)) ? end : 0;
    if (end + 1 >= s.n || s.p[end] != '=' || ascii_digit(s.p[0]))
        return 0;
    bool quoted = end + 1 < s.n && s.p[end + 1] == '"';
    size_t i = end + 1 + quoted;
    for (; i < s.n && (quoted ? s.p[i] != '"' : !ascii_space(s.p[i])); i++)
        if (!quoted && strchr(",;=", s.p[i]))
            return 0;
    return i + quoted;
}

bool attributes_look_like(Str braces)
{
    Str s = str_trim(str_cut(braces, 1, braces.n ? braces.n - 1 : 0));
    bool any = s.n > 0;
    while (any && s.n) {
        size_t n = like_attribute(s);
        any = n && (n >= s.n || ascii_space(s.p[n]));
        s = str_trim(str_cut(s, n, s.n));
    }
    return any;
}

typedef struct {
    Reader *reader;
    Str text;
    Pos pos; /* of the opening brace */
    size_t at;
    ARRAY(Attribute) list;
    Attributes result;
} Parse;

static Pos here(const Parse *p)
{
    return text_pos(p->pos, p->text, p->at);
}

static bool parse_id(Parse *p)
{
    size_t end = take_name(p->text, p->at + 1);
    if (p->result.id.n) {
        diag_error(p->reader->diags, here(p), "there is an id already, '%.*s'", (int)p->result.id.n,
                   p->result.id.p);
        p->at = end;
        return true;
    }
    p->result.id = arena_str(p->reader->arena, str_cut(p->text, p->at + 1, end));
    bool ok = end > p->at + 1;
    for (size_t i = 0; i < p->result.id.n; i++)
        ok &= !(p->result.id.p[i] & 0x80) && p->result.id.p[i] != ':';
    if (!ok) {
        diag_error(p->reader->diags, here(p), "an id is made of a–z, 0–9, hyphen and underscore");
        p->result.id = (Str){"", 0};
    }
    p->at = end;
    return true;
}

static bool parse_class(Parse *p)
{
    size_t end = take_name(p->text, p->at + 1);
    Str name = str_cut(p->text, p->at + 1, end);
    const Terms *terms = p->reader->terms;
    if (terms_match(terms, WORD_class_closed, name)) {
        p->result.closed = true;
    } else if (terms_match(terms, WORD_class_pull_out, name)) {
        p->result.pull_out = true;
    } else {
        diag_error(p->reader->diags, here(p), "unknown class '.%.*s'", (int)name.n, name.p);
        diag_hint(p->reader->diags, "the classes are '.%s', of headings, and '.%s', of key figures",
                  terms_word(terms, WORD_class_closed).p, terms_word(terms, WORD_class_pull_out).p);
    }
    p->at = end;
    return true;
}

static bool parse_pair(Parse *p)
{
    Attribute a = {.pos = here(p)};
    size_t end = take_name(p->text, p->at);
    if (end == p->at || end >= p->text.n || p->text.p[end] != '=')
        return false;
    a.key = str_cut(p->text, p->at, end);
    size_t from = end + 1, to = from;
    if (from < p->text.n && p->text.p[from] == '"') {
        from++;
        to = from + str_find(str_cut(p->text, from, p->text.n), '"');
        if (to >= p->text.n)
            return false;
        p->at = to + 1;
    } else {
        while (to < p->text.n && !ascii_space(p->text.p[to]))
            to++;
        p->at = to;
    }
    a.key = arena_str(p->reader->arena, a.key);
    a.value = arena_str(p->reader->arena, str_cut(p->text, from, to));
    for (size_t i = 0; i < p->list.n; i++) {
        if (!str_equal(p->list.at[i].key, a.key))
            continue;
        diag_error(p->reader->diags, a.pos, "'%.*s' is given twice", (int)a.key.n, a.key.p);
        return true;
    }
    array_push(&p->list, a);
    return true;
}

static bool parse_one(Parse *p)
{
    if (p->text.p[p->at] == '#')
        return parse_id(p);
    if (p->text.p[p->at] == '.')
        return parse_class(p);
    return parse_pair(p);
}

Attributes attributes_parse(Reader *r, Str text, Pos pos)
{
    text = str_trim(text);
    if (text.n > LONGEST_ATTRIBUTES) {
        diag_error(r->diags, pos, "these attributes are longer than %d characters",
                   LONGEST_ATTRIBUTES);
        return (Attributes){0};
    }
    Parse p = {.reader = r, .text = str_cut(text, 0, text.n ? text.n - 1 : 0), .pos = pos, .at = 1};
    while (p.at < p.text.n) {
        if (ascii_space(p.text.p[p.at])) {
            p.at++;
        } else if (!parse_one(&p)) {
            diag_error(r->diags, here(&p), "these attributes can't be read");
            diag_hint(r->diags, "attributes look like {#id key=value key=\"two words\"}");
            break;
        }
    }
    p.result.n = p.list.n;
    p.result.at = arena_copy(r->arena, p.list.at, p.list.n, sizeof *p.list.at);
    array_drop(&p.list);
    return p.result;
}

/* The first that stand in a line from `line` on. */
static size_t first_from(const Reader *r, uint32_t line)
{
    size_t low = 0, high = r->attributes.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (r->attributes.at[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A heading that is underlined, and a caption, may have several lines: its attributes end the last. */
const Attributes *attributes_of(Reader *r, cmark_node *node)
{
    static const Attributes none = {0};
    const Attributes *found = &none;
    uint32_t from = (uint32_t)cmark_node_get_start_line(node) + r->line_offset;
    uint32_t to = (uint32_t)cmark_node_get_end_line(node) + r->line_offset;
    for (size_t i = first_from(r, from); i < r->attributes.n && r->attributes.at[i].line <= to;
         i++) {
        r->attributes.at[i].used = true;
        found = &r->attributes.at[i].attributes;
    }
    return found;
}

bool attributes_end(const Reader *r, uint32_t line)
{
    size_t i = first_from(r, line);
    return i < r->attributes.n && r->attributes.at[i].line == line;
}

void attributes_report_unused(Reader *r)
{
    for (size_t i = 0; i < r->attributes.n; i++) {
        if (r->attributes.at[i].used)
            continue;
        diag_error(r->diags, r->attributes.at[i].pos, "these attributes belong to nothing");
        diag_hint(r->diags,
                  "they end a heading's line, or a caption's beside its table or picture");
    }
}

void attributes_refuse_pull_out(Reader *r, const Attributes *a, Pos pos)
{
    if (!a->pull_out)
        return;
    diag_error(r->diags, pos, "only a key figure that the text prints can be pulled out");
    diag_hint(r->diags, "write [@K1]{.%s}", terms_word(r->terms, WORD_class_pull_out).p);
}

void attributes_allow(Reader *r, const Attributes *a, const char *const *allowed)
{
    size_t n = 0;
    while (allowed[n])
        n++;
    for (size_t i = 0; i < a->n; i++) {
        bool known = false;
        for (size_t j = 0; j < n && !known; j++)
            known = str_equal(a->at[i].key, str_from(allowed[j]));
        if (known)
            continue;
        diag_error(r->diags, a->at[i].pos, "unknown attribute '%s'", a->at[i].key.p);
        diag_hint_nearest(r->diags, a->at[i].key, allowed, n);
    }
}

Str attributes_get(const Attributes *a, const char *key, Pos *pos)
{
    for (size_t i = 0; i < a->n; i++) {
        if (str_equal(a->at[i].key, str_from(key))) {
            if (pos)
                *pos = a->at[i].pos;
            return a->at[i].value;
        }
    }
    return (Str){"", 0};
}

bool attributes_say(Reader *r, const Attributes *a, const char *key, Str word)
{
    Pos pos = {0};
    Str value = attributes_get(a, key, &pos);
    if (value.n && !str_equal(value, word)) {
        diag_error(r->diags, pos, "'%s' can't be '%.*s'", key, (int)value.n, value.p);
        diag_hint(r->diags, "write '%s=%.*s', or leave it out", key, (int)word.n, word.p);
    }
    return str_equal(value, word);
}

bool attributes_date(Reader *r, const Attributes *a, const char *key, Date *out)
{
    Pos pos = {0};
    Str value = attributes_get(a, key, &pos);
    if (!value.n)
        return false;
    if (date_parse(value, out))
        return true;
    diag_error(r->diags, pos, "'%s' is no date", value.p);
    diag_hint(r->diags, "dates are written year-month-day: 2012-08-29");
    return false;
}
