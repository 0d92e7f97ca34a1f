#include <string.h>

#include "base/utf8.h"
#include "reader/internal.h"

Inline *inline_new(Reader *r, InlineKind kind, Pos pos)
{
    Inline *in = arena_new(r->arena, Inline);
    in->kind = kind;
    in->pos = pos;
    return in;
}

static bool is_text(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    return type == CMARK_NODE_TEXT || type == CMARK_NODE_SOFTBREAK;
}

static Str literal(cmark_node *node)
{
    if (cmark_node_get_type(node) == CMARK_NODE_SOFTBREAK)
        return STR("\n");
    return str_from(cmark_node_get_literal(node));
}

/* Joins the neighbouring texts that cmark leaves; *node moves to what follows them. */
static Inline *read_text(Reader *r, cmark_node **node, Pos fallback)
{
    Pos pos = pos_of(r, *node);
    Inline *in = inline_new(r, INLINE_TEXT, pos.line ? pos : fallback);
    cmark_node *end = *node;
    size_t n = 0;
    for (; end && is_text(end); end = cmark_node_next(end))
        n += literal(end).n;
    char *p = arena_bytes(r->arena, n + 1);
    in->text = (Str){p, n};
    for (cmark_node *t = *node; t != end; t = cmark_node_next(t)) {
        Str s = literal(t);
        memcpy(p, s.p, s.n);
        p += s.n;
    }
    *p = 0;
    *node = end;
    return in;
}

static Inline *read_container(Reader *r, cmark_node *node, InlineKind kind)
{
    Inline *in = inline_new(r, kind, pos_of(r, node));
    in->children = inlines_read(r, node);
    return in;
}

static Inline *read_link(Reader *r, cmark_node *node, InlineKind kind)
{
    Inline *in = read_container(r, node, kind);
    in->target = arena_str(r->arena, str_from(cmark_node_get_url(node)));
    if (kind == INLINE_LINK && !in->target.n)
        diag_error(r->diags, in->pos, "this link leads nowhere");
    return in;
}

/* The few HTML tags with a meaning here; others are reported and left out. */
static Inline *read_html(Reader *r, cmark_node *node)
{
    Str html = literal(node);
    if (str_starts(html, STR("<!--")))
        return NULL;
    if (str_starts(html, STR("<br")) && html.n >= 4 && !ascii_letter(html.p[3]))
        return inline_new(r, INLINE_LINE_BREAK, pos_of(r, node));
    diag_warning(r->diags, pos_of(r, node), "HTML is left out: %.*s",
                 (int)(html.n > 40 ? 40 : html.n), html.p);
    return NULL;
}

static Inline *parenthesis(Reader *r, Inline *content, Pos pos)
{
    Inline *open = inline_new(r, INLINE_TEXT, pos), *close = inline_new(r, INLINE_TEXT, pos);
    open->text = STR(" (");
    close->text = STR(")");
    open->next = content;
    Inline *last = open;
    while (last->next)
        last = last->next;
    last->next = close;
    return open;
}

/* The reference's literal is the number of the footnote. */
static cmark_node *footnote_of(const Reader *r, cmark_node *reference)
{
    double number;
    if (!conf_parse_number(literal(reference), &number) || number < 1 ||
        number > (double)r->notes.n)
        return NULL;
    return r->notes.at[(size_t)number - 1];
}

static Inline *read_footnote(Reader *r, cmark_node *node)
{
    cmark_node *definition = footnote_of(r, node);
    Inline *content = NULL, **end = &content;
    Pos pos = pos_of(r, node);
    for (cmark_node *p = definition ? cmark_node_first_child(definition) : NULL; p;
         p = cmark_node_next(p)) {
        if (content) {
            *end = inline_new(r, INLINE_TEXT, pos);
            (*end)->text = STR(" ");
            end = &(*end)->next;
        }
        *end = inlines_read(r, p);
        while (*end)
            end = &(*end)->next;
    }
    diag_warning(r->diags, pos, "footnotes are not typeset yet; the note stands in the text");
    return content ? parenthesis(r, content, pos) : NULL;
}

/* A paragraph of its own makes a picture; between words its alternative text has to do. */
static void warn_of_inline_image(Reader *r, cmark_node *node)
{
    cmark_node *parent = cmark_node_parent(node);
    if (cmark_node_get_type(parent) == CMARK_NODE_PARAGRAPH && !cmark_node_previous(node) &&
        !cmark_node_next(node))
        return;
    diag_warning(r->diags, pos_of(r, node),
                 "a picture inside text is not shown; its alternative text stands in its place");
    diag_hint(r->diags, "give it a paragraph of its own");
}

static Inline *read_other(Reader *r, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    Inline *in;
    if (type == CMARK_NODE_EMPH)
        return read_container(r, node, INLINE_EMPHASIS);
    if (type == CMARK_NODE_STRONG)
        return read_container(r, node, INLINE_STRONG);
    if (type == CMARK_NODE_LINK)
        return read_link(r, node, INLINE_LINK);
    if (type == CMARK_NODE_IMAGE) {
        warn_of_inline_image(r, node);
        return read_link(r, node, INLINE_IMAGE);
    }
    if (type == CMARK_NODE_LINEBREAK) {
        in = inline_new(r, INLINE_LINE_BREAK, pos_of(r, node));
        r->after_break = true;
        return in;
    }
    if (type == CMARK_NODE_HTML_INLINE)
        return read_html(r, node);
    if (type == CMARK_NODE_FOOTNOTE_REFERENCE)
        return read_footnote(r, node);
    if (type == CMARK_NODE_CODE) {
        in = inline_new(r, INLINE_CODE, pos_of(r, node));
        in->text = arena_str(r->arena, literal(node));
        return in;
    }
    if (strcmp(cmark_node_get_type_string(node), "strikethrough") == 0)
        return read_container(r, node, INLINE_STRIKE);
    diag_warning(r->diags, pos_of(r, node), "this is not supported: %s",
                 cmark_node_get_type_string(node));
    return read_container(r, node, INLINE_SPAN);
}

/* ---- [@K13] and [words]{lang=en}, which cmark leaves as text -------------------------------- */

/* The column at which a line of a text stands in the file: behind indents and marks of quotations,
 * which the text is without. */
static size_t column_in_file(Reader *r, uint32_t number, Str line)
{
    Str source = reader_line(r, number);
    const char *at = line.n ? memmem(source.p, source.n, line.p, line.n) : NULL;
    return at ? utf8_length(str_cut(source, 0, (size_t)(at - source.p))) + 1 : 1;
}

/* The position of a byte in the text of an inline. */
static Pos pos_in(Reader *r, const Inline *in, size_t at)
{
    Pos pos = in->pos;
    size_t start = 0, column = pos.column;
    for (size_t i = 0; i < at; i++) {
        if (in->text.p[i] == '\n') {
            pos.line++;
            start = i + 1;
        }
    }
    if (start) {
        Str line = str_cut(in->text, start, in->text.n);
        column = column_in_file(r, pos.line, str_cut(line, 0, str_find(line, '\n')));
    }
    column += utf8_length(str_cut(in->text, start, at));
    pos.column = (uint16_t)(column > UINT16_MAX ? UINT16_MAX : column);
    return pos;
}

/* Splits a text in two; returns the second part, linked behind the first. */
static Inline *split_text(Reader *r, Inline *in, size_t at)
{
    Inline *second = inline_new(r, INLINE_TEXT, pos_in(r, in, at));
    second->text = str_cut(in->text, at, in->text.n);
    second->next = in->next;
    in->text.n = at;
    in->next = second;
    return second;
}

/* Length of "@K13]" behind an opening bracket, 0 when it is no figure. */
static size_t figure_length(Str s)
{
    if (s.n < 3 || s.p[0] != '@')
        return 0;
    size_t i = 1;
    while (i < s.n &&
           (ascii_letter(s.p[i]) || ascii_digit(s.p[i]) || s.p[i] == '-' || s.p[i] == '_'))
        i++;
    return i > 1 && i < s.n && s.p[i] == ']' ? i + 1 : 0;
}

/* Turns "[@K13]" at `at` into a figure; returns the text behind it. */
static Inline *make_figure(Reader *r, Inline *in, size_t at, size_t length)
{
    Inline *figure = split_text(r, in, at);
    Inline *rest = split_text(r, figure, length + 1);
    figure->kind = INLINE_FIGURE;
    figure->text = str_cut(figure->text, 2, length);
    return rest;
}

typedef struct {
    Inline *in;
    size_t at;
} Bracket;

/* Wraps what stands between the bracket and the end of `close` (which now ends before "]{…}") in a
 * span; returns the text behind the attributes. */
static Inline *make_span(Reader *r, Bracket open, Inline *close, size_t at, size_t length)
{
    static const char *const allowed[] = {"lang", NULL};
    Inline *tail = split_text(r, close, at);
    Inline *rest = split_text(r, tail, length);
    Str braces = str_cut(tail->text, 1, tail->text.n);
    Attributes a = attributes_parse(r, braces, pos_in(r, tail, 1));
    attributes_allow(r, &a, allowed);
    Inline *inside = split_text(r, open.in, open.at);
    inside->text = str_cut(inside->text, 1, inside->text.n);
    Inline *span = inline_new(r, INLINE_SPAN, inside->pos);
    span->language = attributes_get(&a, "lang", NULL);
    span->children = inside;
    open.in->next = span;
    span->next = rest;
    for (Inline *i = inside; i; i = i->next)
        if (i->next == tail)
            i->next = NULL;
    return rest;
}

/* Finds figures and spans in a list of inlines. */
static void find_marked(Reader *r, Inline *list)
{
    ARRAY(Bracket) open = {0};
    for (Inline *in = list; in; in = in->next) {
        if (in->kind != INLINE_TEXT)
            continue;
        for (size_t i = 0; i < in->text.n; i++) {
            char c = in->text.p[i];
            if (c == '[') {
                size_t n = figure_length(str_cut(in->text, i + 1, in->text.n));
                if (n) {
                    in = make_figure(r, in, i, n);
                    i = (size_t)-1;
                } else {
                    array_push(&open, ((Bracket){in, i}));
                }
            } else if (c == ']' && open.n) {
                Bracket b = array_last(&open);
                open.n--;
                Str after = str_cut(in->text, i + 1, in->text.n);
                size_t close = str_find(after, '}');
                if (!str_starts(after, STR("{")) || close == after.n)
                    continue;
                in = make_span(r, b, in, i, close + 2);
                i = (size_t)-1;
            }
        }
    }
    array_drop(&open);
}

static bool has_bracket(const Inline *in)
{
    for (; in; in = in->next)
        if (in->kind == INLINE_TEXT && str_find(in->text, '[') < in->text.n)
            return true;
    return false;
}

/* Drops the empty texts that splitting leaves. */
static Inline *without_empty(Inline *list)
{
    Inline *first = NULL, **end = &first;
    for (Inline *in = list; in; in = in->next) {
        if (in->kind == INLINE_TEXT && !in->text.n)
            continue;
        in->children = without_empty(in->children);
        *end = in;
        end = &in->next;
    }
    *end = NULL;
    return first;
}

Inline *inlines_read(Reader *r, cmark_node *parent)
{
    Inline *first = NULL, **end = &first;
    Pos fallback = pos_of(r, parent);
    if (!nesting_enter(r, fallback))
        return NULL;
    for (cmark_node *node = cmark_node_first_child(parent); node;) {
        if (is_text(node)) {
            *end = read_text(r, &node, fallback);
        } else {
            *end = read_other(r, node);
            node = cmark_node_next(node);
        }
        while (*end)
            end = &(*end)->next;
    }
    nesting_leave(r);
    if (has_bracket(first)) {
        find_marked(r, first);
        first = without_empty(first);
    }
    return first;
}

Str inlines_opening(const Inline *in)
{
    return in && in->kind == INLINE_TEXT ? in->text : (Str){"", 0};
}

Inline *inlines_skip(Reader *r, Inline *in, size_t n)
{
    Inline *rest = split_text(r, in, n < in->text.n ? n : in->text.n);
    size_t blanks = 0;
    while (blanks < rest->text.n && ascii_space(rest->text.p[blanks]))
        blanks++;
    if (blanks)
        rest = split_text(r, rest, blanks);
    return rest->text.n ? rest : rest->next;
}

Inline *inlines_split_line(Reader *r, Inline *in, Inline **rest)
{
    Inline *first = in, *last = NULL;
    *rest = NULL;
    for (; in; last = in, in = in->next) {
        size_t at = in->kind == INLINE_TEXT ? str_find(in->text, '\n') : 0;
        if (in->kind == INLINE_LINE_BREAK) {
            *rest = in->next;
            if (last)
                last->next = NULL;
            return last ? first : NULL;
        }
        if (in->kind != INLINE_TEXT || at == in->text.n)
            continue;
        Inline *second = split_text(r, in, at);
        in->next = NULL;
        *rest = inlines_skip(r, second, 1);
        if (in->text.n)
            return first;
        if (!last)
            return NULL;
        last->next = NULL;
        return first;
    }
    return first;
}
