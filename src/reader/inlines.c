#include <string.h>

#include "base/utf8.h"
#include "reader/foreign.h"

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
    Inline *in = inline_new(r, INLINE_TEXT, fallback);
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
    Pos pos = source_text_pos(r, *node, in->text);
    if (pos.line)
        in->pos = pos;
    *node = end;
    return in;
}

/* What emphasis, links and pictures open with. */
#define MARKS "*_~[!<"

static Inline *read_container(Reader *r, cmark_node *node, InlineKind kind)
{
    Inline *in = inline_new(r, kind, source_mark_pos(r, node, MARKS));
    in->children = inlines_read(r, node);
    if (in->pos.line)
        return in;
    unsigned marks = kind == INLINE_STRONG || kind == INLINE_STRIKE || kind == INLINE_IMAGE ? 2 : 1;
    in->pos = in->children ? source_before(r, in->children->pos, MARKS, marks) : pos_of(r, node);
    return in;
}

static Inline *read_link(Reader *r, cmark_node *node, InlineKind kind)
{
    Inline *in = read_container(r, node, kind);
    Str address = str_from(cmark_node_get_url(node));
    if (address.n > LONGEST_ADDRESS) {
        diag_error(r->diags, in->pos, "this address is longer than %d characters", LONGEST_ADDRESS);
        return in;
    }
    in->target = arena_str(r->arena, address);
    definitions_use(r, in->target);
    in->text = arena_str(r->arena, str_from(cmark_node_get_title(node)));
    if (kind == INLINE_LINK && !in->target.n)
        diag_error(r->diags, in->pos, "this link leads nowhere");
    return in;
}

static Inline *read_note(Reader *r, cmark_node *node)
{
    Pos pos = source_mark_pos(r, node, "[");
    Inline *in = inline_new(r, INLINE_NOTE, pos.line ? pos : pos_of(r, node));
    in->note = footnote_of(r, node);
    return in->note ? in : NULL;
}

/* Other programs lower what stands between single tildes. */
static Inline *read_strike(Reader *r, cmark_node *node)
{
    Inline *in = read_container(r, node, INLINE_STRIKE);
    Str words = inlines_opening(in->children);
    bool one_word = in->children && !in->children->next && str_find(words, ' ') == words.n;
    if (one_word && !source_stands_at(r, in->pos, STR("~~"))) {
        diag_warning(r->diags, in->pos, "'%.*s' is struck out", (int)words.n, words.p);
        diag_hint(r->diags, "write <sub>%.*s</sub> to lower it, ~~%.*s~~ to strike it out",
                  (int)words.n, words.p, (int)words.n, words.p);
    }
    return in;
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
    if (type == CMARK_NODE_IMAGE)
        return read_link(r, node, INLINE_IMAGE);
    if (type == CMARK_NODE_LINEBREAK) {
        return inline_new(r, INLINE_LINE_BREAK, pos_of(r, node));
    }
    if (type == CMARK_NODE_FOOTNOTE_REFERENCE)
        return read_note(r, node);
    if (type == CMARK_NODE_CODE) {
        in = inline_new(r, INLINE_CODE, source_code_pos(r, node));
        in->text = arena_str(r->arena, literal(node));
        return in;
    }
    if (strcmp(cmark_node_get_type_string(node), "strikethrough") == 0)
        return read_strike(r, node);
    diag_warning(r->diags, pos_of(r, node), "this has no place in a report: '%s'",
                 cmark_node_get_type_string(node));
    return read_container(r, node, INLINE_SPAN);
}

/* ---- what cmark leaves as text -------------------------------------------------------------- */

Inline *inline_split(Reader *r, Inline *in, size_t at)
{
    Inline *second = inline_new(r, INLINE_TEXT, source_pos_in(r, in->pos, in->text, at));
    second->text = str_cut(in->text, at, in->text.n);
    second->next = in->next;
    in->text.n = at;
    in->next = second;
    return second;
}

static bool has(const Inline *in, char c)
{
    for (; in; in = in->next)
        if (in->kind == INLINE_TEXT && str_find(in->text, c) < in->text.n)
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

/* What a bracket begins that has no definition. */
typedef void CheckBracket(Reader *r, Str text, size_t at, Pos pos);

static CheckBracket *check_for(Str text, size_t i)
{
    if (text.p[i] != '[' || i + 1 >= text.n)
        return NULL;
    if (text.p[i + 1] == '^')
        return footnotes_check_mark;
    return i > 0 && text.p[i - 1] == ']' ? definitions_check : NULL;
}

/* Reports marks of footnotes, and links, that have no definition, which cmark leaves as text. A backslash
 * before one says that it is meant as text. */
static void check_brackets(Reader *r, const Inline *list)
{
    for (const Inline *in = list; in; in = in->next) {
        Walk walk = source_walk(in);
        for (size_t i = 0; in->kind == INLINE_TEXT && i < in->text.n; i++) {
            CheckBracket *check = check_for(in->text, i);
            if (!check)
                continue;
            Pos pos = source_walk_to(r, &walk, i);
            if (!source_is_escaped(r, pos))
                check(r, in->text, i, pos);
        }
    }
}

/* What the list of inlines needs that cmark doesn't know. */
static Inline *finish(Reader *r, Inline *first)
{
    bool brackets = has(first, '['), braces = has(first, '{');
    if (brackets) {
        check_brackets(r, first);
        spans_in_brackets(r, first);
    }
    if (braces)
        first = spans_behind_marks(r, first);
    citations_gather(r, first);
    for (const Inline *in = first; in; in = in->next)
        if (in->kind == INLINE_TEXT)
            foreign_check_text(r, in);
    return brackets || braces ? without_empty(first) : first;
}

/* Pictures have words for who can't see them. Spans are made of a list, what else holds pictures is read by itself. */
static void check_pictures(Reader *r, const Inline *list)
{
    for (const Inline *in = list; in; in = in->next) {
        if (in->kind == INLINE_IMAGE && !in->children && !in->decoration)
            picture_without_words(r, in->pos);
        if (in->kind == INLINE_SPAN)
            check_pictures(r, in->children);
    }
}

/* ---- HTML ----------------------------------------------------------------------------------- */

typedef struct {
    Inline *in;
    const HtmlTag *tag;
} OpenTag;

/* Inlines that are being read, in the tags that are open. */
typedef struct {
    Reader *r;
    Inline *first, **end;
    ARRAY(OpenTag) open;
} Reading;

static void open_tag(Reading *g, const HtmlTag *tag, Pos pos)
{
    if (!nesting_enter(g->r, pos))
        return;
    Inline *in = inline_new(g->r, tag->kind, pos);
    array_push(&g->open, ((OpenTag){in, tag}));
    *g->end = in;
    g->end = &in->children;
}

/* Ends the innermost tag. Code has text alone. */
static void close_tag(Reading *g)
{
    Inline *in = array_last(&g->open).in;
    g->open.n--;
    nesting_leave(g->r);
    in->children = finish(g->r, in->children);
    check_pictures(g->r, in->children);
    if (in->kind == INLINE_CODE) {
        StrBuf text = {0};
        inlines_text(&text, g->r->terms, in->children);
        in->text = arena_str(g->r->arena, strbuf_str(&text));
        in->children = NULL;
        strbuf_drop(&text);
    }
    g->end = &in->next;
}

/* Ends the tags beyond the first `keep` that the author left open. */
static void close_forgotten(Reading *g, size_t keep)
{
    while (g->open.n > keep) {
        const OpenTag *open = &array_last(&g->open);
        diag_warning(g->r->diags, open->in->pos, "<%s> is not ended", open->tag->name);
        close_tag(g);
    }
}

static void read_tag(Reading *g, const HtmlTag *tag, bool closes, Pos pos)
{
    if (!closes) {
        open_tag(g, tag, pos);
        return;
    }
    size_t i = g->open.n;
    while (i > 0 && g->open.at[i - 1].tag != tag)
        i--;
    if (!i) {
        diag_warning(g->r->diags, pos, "there is no <%s> that this ends", tag->name);
        return;
    }
    close_forgotten(g, i);
    close_tag(g);
}

static void read_html(Reading *g, cmark_node *node)
{
    Str html = literal(node);
    Pos pos = source_text_pos(g->r, node, html);
    bool closes = false;
    const HtmlTag *tag = html_tag(html, &closes);
    if (!tag) {
        html_left_out(g->r, html, pos, false);
    } else if (tag->kind == INLINE_LINE_BREAK) {
        *g->end = inline_new(g->r, INLINE_LINE_BREAK, pos);
        g->end = &(*g->end)->next;
    } else {
        read_tag(g, tag, closes, pos);
    }
}

static bool is_inline(cmark_node *node)
{
    return (cmark_node_get_type(node) & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_INLINE;
}

/* ---- the whole ------------------------------------------------------------------------------ */

Inline *inlines_read(Reader *r, cmark_node *parent)
{
    Reading g = {.r = r};
    g.end = &g.first;
    Pos fallback = pos_of(r, parent);
    if (!is_inline(parent))
        source_begin(r, parent);
    if (!nesting_enter(r, fallback))
        return NULL;
    for (cmark_node *node = cmark_node_first_child(parent); node;) {
        if (cmark_node_get_type(node) == CMARK_NODE_HTML_INLINE) {
            read_html(&g, node);
            node = cmark_node_next(node);
            continue;
        }
        if (is_text(node)) {
            *g.end = read_text(r, &node, fallback);
        } else {
            *g.end = read_other(r, node);
            node = cmark_node_next(node);
        }
        if (*g.end)
            g.end = &(*g.end)->next;
    }
    close_forgotten(&g, 0);
    array_drop(&g.open);
    nesting_leave(r);
    Inline *list = finish(r, g.first);
    if (!is_picture_alone(parent)) /* it may have attributes of a block */
        check_pictures(r, list);
    return list;
}

/* What becomes plain text can have neither marks of notes nor words that are made later. */
static void refuse_made(Reader *r, const Inline *in)
{
    for (; in; in = in->next) {
        if (in->kind == INLINE_NOTE) {
            diag_error(r->diags, in->pos, "a footnote can't stand here");
            diag_hint(r->diags, "let a sentence of the text have it");
        }
        if (inline_is_reference(in)) {
            diag_error(r->diags, in->pos, "a reference needs words of its own here");
            diag_hint(r->diags, "write [words](%.*s)", (int)in->target.n, in->target.p);
        }
        refuse_made(r, in->children);
    }
}

Str inlines_plain(Reader *r, const Inline *in)
{
    StrBuf b = {0};
    refuse_made(r, in);
    inlines_text(&b, r->terms, in);
    Str text = arena_str(r->arena, str_trim(strbuf_str(&b)));
    strbuf_drop(&b);
    return text;
}

Str inlines_opening(const Inline *in)
{
    return in && in->kind == INLINE_TEXT ? in->text : (Str){"", 0};
}

Inline *inlines_skip(Reader *r, Inline *in, size_t n)
{
    Inline *rest = inline_split(r, in, n < in->text.n ? n : in->text.n);
    size_t blanks = 0;
    while (blanks < rest->text.n && ascii_space(rest->text.p[blanks]))
        blanks++;
    if (blanks)
        rest = inline_split(r, rest, blanks);
    return rest->text.n ? rest : rest->next;
}

Inline *inlines_join_lines(Reader *r, Inline *text, Inline **last, Inline *line)
{
    Inline *end = *last ? *last : text;
    *last = line;
    if (!text)
        return line;
    while (end->next)
        end = end->next;
    end->next = inline_new(r, INLINE_TEXT, line->pos);
    end->next->text = STR("\n");
    end->next->next = line;
    return text;
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
        Inline *second = inline_split(r, in, at);
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
