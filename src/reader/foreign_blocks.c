#include <string.h>

#include "reader/foreign.h"

/* Blocks that are not what was meant: they came to be by how a line happens to begin or end. */

static bool is_key_line(Str s)
{
    size_t n = 0;
    while (n < s.n && (ascii_letter(s.p[n]) || (s.p[n] & 0x80) || s.p[n] == '-' || s.p[n] == '_'))
        n++;
    return n > 0 && n < s.n && s.p[n] == ':' && (n + 1 == s.n || ascii_blank(s.p[n + 1]));
}

/* The line that makes a heading of those above it, or 0: cmark's headings end anywhere behind it. */
static uint32_t underline_of(Reader *r, cmark_node *heading)
{
    uint32_t line = (uint32_t)cmark_node_get_start_line(heading) + r->line_offset,
             last = (uint32_t)cmark_node_get_end_line(heading) + r->line_offset;
    if (source_is_heading(node_first_line(r, heading)))
        return 0;
    while (++line <= last)
        if (source_is_underline(line_in_block(r, line)))
            return line;
    return 0;
}

static bool has_keys(Reader *r, uint32_t first, uint32_t end)
{
    for (uint32_t line = first; line < end; line++)
        if (!is_key_line(line_in_block(r, line)))
            return false;
    return first < end;
}

/* "-----   -----" */
static bool is_parted(Str rule)
{
    size_t parts = 0, shortest = SIZE_MAX;
    for (size_t i = 0; i < rule.n;) {
        size_t n = line_run(line_behind(rule, i), '-');
        parts += n > 0;
        shortest = n && n < shortest ? n : shortest;
        i += n ? n : 1;
    }
    return parts > 1 && shortest > 1 && shortest < SIZE_MAX;
}

void foreign_check_rule(Reader *r, cmark_node *node)
{
    Place at = source_place(r, node);
    cmark_node *next = cmark_node_next(node);
    if (is_parted(node_first_line(r, node))) {
        diag_warning(r->diags, pos_of(r, node),
                     "this looks like part of a table and is set as a rule");
        diag_hint(r->diags, "write rows as '| a | b |', and below the first one '|---|---|'");
    }
    if (!node_is(next, "heading"))
        return;
    uint32_t from = (uint32_t)cmark_node_get_start_line(next) + r->line_offset;
    if (from == at.line + 1 && has_keys(r, from, underline_of(r, next))) {
        diag_warning(r->diags, pos_of(r, node),
                     "this looks like front matter and is set as a rule and a heading");
        diag_hint(r->diags, "front matter opens the file, and there is one alone");
    }
}

void foreign_check_heading(Reader *r, cmark_node *node)
{
    enum { LONGEST = 200 };
    uint32_t from = (uint32_t)cmark_node_get_start_line(node) + r->line_offset,
             under = cmark_node_get_heading_level(node) == 2 ? underline_of(r, node) : 0;
    if (!under)
        return;
    size_t length = 0;
    for (uint32_t line = from; line < under; line++)
        length += line_in_block(r, line).n;
    if (length > LONGEST || str_ends(line_in_block(r, under - 1), STR("."))) {
        diag_warning(r->diags, pos_of(r, node),
                     "this paragraph is a heading, since hyphens stand in the line below it");
        diag_hint(r->diags, "an empty line above the hyphens makes them a rule");
    }
}

/* Whether another item of the list counts on from this one. */
static bool goes_on(Reader *r, cmark_node *item, Enumerator e)
{
    cmark_node *next = cmark_node_next(item);
    Enumerator other = next ? enumerator_of(node_first_line(r, next)) : (Enumerator){0};
    return other.length && enumerators_follow(e.word, other.word);
}

/* A paragraph that begins with "27. august" or "2012." */
static void check_first_item(Reader *r, cmark_node *list)
{
    cmark_node *item = cmark_node_first_child(list);
    int start = cmark_node_get_list_start(list);
    Str line = node_first_line(r, item);
    Enumerator e = enumerator_of(line);
    bool year = start >= 1900 && start <= 2100,
         day = start <= 31 && line_opens_month(r->terms, line_behind(line, e.length));
    if (cmark_node_get_list_type(list) != CMARK_ORDERED_LIST || !e.length || e.behind != '.' ||
        !(year || day) || goes_on(r, item, e))
        return;
    diag_warning(r->diags, pos_of(r, item),
                 "this is an item of a list, since it begins with '%.*s.'", (int)e.word.n,
                 e.word.p);
    diag_hint(r->diags, "write '%.*s\\.' if it is no number of an item", (int)e.word.n, e.word.p);
}

static bool check_indent(Reader *r, cmark_node *above, cmark_node *node)
{
    if (cmark_node_get_start_column(node) <= cmark_node_get_start_column(above))
        return false;
    diag_warning(r->diags, pos_of(r, node),
                 "this is indented, but too little to stand below the item above it");
    diag_hint(r->diags, "indent it as far as the text of that item");
    return true;
}

void foreign_check_list(Reader *r, cmark_node *list)
{
    cmark_node *first = cmark_node_first_child(list), *next = cmark_node_next(list);
    if (!first)
        return;
    check_first_item(r, list);
    bool bullets = cmark_node_get_list_type(list) == CMARK_BULLET_LIST;
    for (cmark_node *item = cmark_node_next(first); bullets && item; item = cmark_node_next(item))
        if (check_indent(r, first, item))
            break;
    if (node_is(next, "list") &&
        cmark_node_get_start_line(next) == cmark_node_get_end_line(list) + 1)
        check_indent(r, list, next);
}

/* Words, or what begins like a block, are seldom meant as code because blanks stand before them. */
static bool is_prose(Str s)
{
    size_t words = 0;
    Enumerator e = enumerator_of(s);
    if (e.length && e.blank)
        return true;
    if (s.n > 2 && ascii_blank(s.p[1]) && strchr("-*+>|#", s.p[0]))
        return true;
    for (size_t i = 0; i < s.n; i++) {
        words += s.p[i] == ' ' && !character_is_capital(line_first(line_behind(s, i + 1)));
        if (strchr("{}<>=;$\\|`_/", s.p[i]))
            return false;
    }
    return words > 2 && character_is_capital(line_first(s));
}

static bool is_closed(Reader *r, cmark_node *node, char mark, size_t length)
{
    uint32_t last = (uint32_t)cmark_node_get_end_line(node) + r->line_offset;
    Str line = str_trim(line_in_block(r, last));
    return cmark_node_get_end_line(node) > cmark_node_get_start_line(node) &&
           line_run(line, mark) == line.n && line.n >= length;
}

void foreign_check_code(Reader *r, cmark_node *node, Str info)
{
    static const char *const kinds[] = {"chart", "tiles", "facts"};
    int length = 0, offset = 0;
    char mark = 0;
    if (!cmark_node_get_fenced(node, &length, &offset, &mark)) {
        if (is_prose(node_first_line(r, node))) {
            diag_warning(r->diags, pos_of(r, node),
                         "these lines are set as code, since blanks stand before them");
            diag_hint(r->diags, "take the blanks away, or put lines of ~~~ around what is code");
        }
        return;
    }
    if (!is_closed(r, node, mark, (size_t)length)) {
        diag_warning(r->diags, pos_of(r, node), "this block is not ended");
        diag_hint(r->diags, "a line with the same marks as its first ends it");
    }
    while (info.n && strchr("{.", info.p[0]))
        info = line_behind(info, 1);
    if (str_ends(info, STR("}")))
        info.n--;
    info = str_trim(info);
    if (info.n && diag_nearest(info, kinds, sizeof kinds / sizeof *kinds)) {
        diag_warning(r->diags, pos_of(r, node),
                     "this is set as code: '%.*s' is neither 'chart', 'tiles' nor 'facts'",
                     (int)info.n, info.p);
        diag_hint_nearest(r->diags, info, kinds, sizeof kinds / sizeof *kinds);
    }
}
