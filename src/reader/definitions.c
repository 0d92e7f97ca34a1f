#include <string.h>

#include "base/utf8.h"
#include "reader/internal.h"

/* cmark takes definitions of links out of the text and tells neither their labels nor where they were. So the
 * lines that look like definitions are gathered from the source, and behind the text cmark is given each
 * label: where it becomes a link, there is a definition, and its address says whether any link uses it. */

/* CommonMark, 4.7: link labels are shorter than this. */
enum { LONGEST_LABEL = 1000 };

/* Length of "[label]", 0 when the text doesn't begin with one. It may have several lines, but none is empty. */
static size_t label_length(Str s)
{
    bool words = false, line = true;
    s = str_cut(s, 0, LONGEST_LABEL);
    for (size_t i = 1; i < s.n; i++) {
        if (s.p[i] == ']')
            return words ? i + 1 : 0;
        if (s.p[i] == '[' || (s.p[i] == '\n' && !line))
            return 0;
        if (s.p[i] == '\n')
            line = false;
        if (s.p[i] == '\\')
            i++;
        line |= !ascii_space(s.p[i]) && s.p[i] != '>';
        words |= !ascii_space(s.p[i]);
    }
    return 0;
}

/* A label with one blank where the source has any number, and marks of quotations at the head of a line. */
static Str collapsed(Arena *arena, Str s)
{
    char *to = arena_bytes(arena, s.n + 1);
    size_t n = 0;
    bool head = false;
    for (size_t i = 0; i < s.n; i++) {
        head = s.p[i] == '\n' || (head && (ascii_space(s.p[i]) || s.p[i] == '>'));
        if (!head && !ascii_space(s.p[i]))
            to[n++] = s.p[i];
        else if (n && to[n - 1] != ' ')
            to[n++] = ' ';
    }
    while (n && to[n - 1] == ' ')
        n--;
    to[n] = 0;
    return (Str){to, n};
}

static size_t quote_marks(Str opening)
{
    size_t n = 0;
    for (size_t i = 0; i < opening.n; i++)
        n += opening.p[i] == '>';
    return n;
}

/* Whether what opens a line (quotations, lists, blanks) begins something in which a definition may be the
 * first. */
static bool opens_block(const Reader *r, Str opening)
{
    for (size_t i = 0; i < opening.n; i++)
        if (!ascii_blank(opening.p[i]) && opening.p[i] != '>')
            return true;
    return quote_marks(opening) > r->link_scan.quotes;
}

/* What may be the title or, where the line above has no more than the label, the rest of the definition. */
static bool continues_definition(const Reader *r, Str rest)
{
    return r->link_scan.bare || (rest.n && strchr("\"'(", rest.p[0]));
}

/* A definition can't break into a paragraph. */
void definitions_look_at_line(Reader *r, Str text, size_t at, uint32_t number)
{
    Str line = source_line_at(text, at);
    size_t skipped = source_skip_containers(line), n = 0;
    Str opening = str_cut(line, 0, skipped), rest = str_trim(str_cut(line, skipped, line.n));
    bool follows = number == r->link_scan.line + 1,
         may = !follows || r->link_scan.open || opens_block(r, opening), definition = false;
    if (str_starts(rest, STR("[")))
        n = label_length(str_cut(text, at + skipped, text.n));
    Str behind = str_cut(text, at + skipped + n, text.n);
    if (n && str_starts(behind, STR(":"))) {
        Str label = str_cut(text, at + skipped + 1, at + skipped + n - 1);
        Pos pos = {number, pos_column(skipped + 1), r->file}; /* what stands before it is ASCII */
        LinkLine found = {.label = collapsed(r->arena, label), .pos = pos, .text = !may};
        array_push(&r->links, found);
        definition = may;
    }
    bool goes_on = follows && r->link_scan.definition && continues_definition(r, rest);
    r->link_scan.definition = definition || goes_on;
    r->link_scan.bare = definition &&
                        (line.n < skipped + n || !str_trim(source_line_at(behind, 1)).n);
    r->link_scan.open = r->link_scan.definition || !rest.n || source_is_heading(line);
    r->link_scan.quotes = quote_marks(opening);
    r->link_scan.line = number;
}

void definitions_add_labels(const Reader *r, StrBuf *text)
{
    for (size_t i = 0; i < r->links.n; i++) {
        strbuf_add_text(text, "\n[");
        strbuf_add_str(text, r->links.at[i].label);
        strbuf_add_text(text, "]\n");
    }
}

void definitions_take_label(Reader *r, size_t i, cmark_node *paragraph)
{
    cmark_node *link = cmark_node_first_child(paragraph);
    if (!link || cmark_node_get_type(link) != CMARK_NODE_LINK || i >= r->links.n)
        return;
    LinkLine *l = &r->links.at[i];
    l->defined = true;
    l->address = arena_str(r->arena, str_from(cmark_node_get_url(link)));
    map_put(&r->link_used, l->address, 0);
}

void definitions_use(Reader *r, Str address)
{
    uint32_t used;
    if (r->link_used.n && map_get(&r->link_used, address, &used) && !used)
        map_put(&r->link_used, address, 1);
}

void definitions_skip_code(Reader *r, uint32_t first, uint32_t last)
{
    size_t low = 0, high = r->links.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (r->links.at[middle].pos.line < first)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < r->links.n && r->links.at[low].pos.line <= last; low++)
        r->links.at[low].text = true;
}

/* Words in brackets with a colon behind them are taken for a definition, too. */
static bool is_address(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (strchr("./:#@", s.p[i]))
            return true;
    return false;
}

/* "[//]: # (words)" is what other programs leave out, too. */
static bool is_comment(const LinkLine *l)
{
    return !l->address.n || str_equal(l->address, STR("#")) || str_equal(l->label, STR("//"));
}

static void report_unused(Reader *r, const LinkLine *l)
{
    int n = (int)text_shown(l->label).n;
    if (is_address(l->address)) {
        diag_advice(r->diags, l->pos, "the link definition '%.*s' is used nowhere", n, l->label.p);
        diag_hint(r->diags, "write [the words][%.*s] where the link is to stand", n, l->label.p);
    } else {
        diag_warning(r->diags, l->pos,
                     "this line is left out: it is the definition of a link '%.*s'", n, l->label.p);
        diag_hint(r->diags, "write a backslash before the bracket if it is text");
    }
}

void definitions_report(Reader *r)
{
    Map first = {0};
    for (size_t i = 0; i < r->links.n; i++) {
        const LinkLine *l = &r->links.at[i];
        uint32_t used = 0, number;
        if (l->text || !l->defined || is_comment(l))
            continue;
        Str key = arena_lower(r->arena, l->label);
        if (map_get(&first, key, &number)) {
            Str label = text_shown(l->label);
            diag_warning(r->diags, l->pos,
                         "the link definition '%.*s' is given twice, and the first one counts",
                         (int)label.n, label.p);
            diag_also(r->diags, r->links.at[number].pos, "it was given here first");
            continue;
        }
        map_put(&first, key, (uint32_t)i);
        if (map_get(&r->link_used, l->address, &used) && !used)
            report_unused(r, l);
    }
    map_drop(&first);
}

/* ---- links without a definition ------------------------------------------------------------- */

/* The label of "[label][]", which ends at a bracket. */
static Str label_before(Str text, size_t close)
{
    size_t open = close;
    while (open > 0 && text.p[open - 1] != '[' && text.p[open - 1] != ']')
        open--;
    return open > 0 && text.p[open - 1] == '[' ? str_cut(text, open, close) : (Str){"", 0};
}

/* What would define the label, or the one that is nearly it; who misspells many knows by then. */
static void hint_definition(Reader *r, Str label)
{
    Arena scratch = {0};
    const char *nearest = NULL;
    const LinkLine *text = NULL;
    if (r->undefined++ < MOST_HINTS) {
        size_t n = 0;
        const char **names = arena_array(&scratch, r->links.n + 1, const char *);
        for (size_t i = 0; i < r->links.n; i++) {
            const LinkLine *l = &r->links.at[i];
            if (l->defined)
                names[n++] = arena_strndup(&scratch, l->label.p, l->label.n);
            else if (utf8_equal_fold(l->label, label))
                text = l;
        }
        nearest = diag_nearest(label, names, n);
    }
    if (text)
        diag_hint(r->diags, "the line '[%.*s]: …' needs an empty line above it", (int)label.n,
                  label.p);
    else if (nearest)
        diag_hint(r->diags, "did you mean [%s]?", nearest);
    else
        diag_hint(r->diags, "a definition is a line '[%.*s]: address'", (int)label.n, label.p);
    arena_drop(&scratch);
}

void definitions_check(Reader *r, Str text, size_t at, Pos pos)
{
    Str rest = str_cut(text, at, at + LONGEST_LABEL);
    size_t close = str_find(rest, ']');
    Str label = close == 1 ? label_before(text, at - 1) : str_cut(rest, 1, close);
    if (!label.n || close == rest.n || strchr("@^!", label.p[0]))
        return;
    diag_warning(r->diags, pos, "there is no link definition '%.*s'; the brackets are text",
                 (int)label.n, label.p);
    hint_definition(r, label);
}

void definitions_release(Reader *r)
{
    array_drop(&r->links);
    map_drop(&r->link_used);
}
