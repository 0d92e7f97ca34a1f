#include <string.h>

#include "reader/internal.h"

/* Key figures in running text: "[@K1]" prints one, "[@K1; @K2]" several. What else citations say in other
 * programs that read Markdown is text here, and told once all key figures are known. */

enum { LONGEST_CITATION = 500 };

static size_t id_length(Str s)
{
    size_t n = 0;
    while (n < s.n && (ascii_letter(s.p[n]) || ascii_digit(s.p[n]) || s.p[n] == '-' ||
                       s.p[n] == '_' || (unsigned char)s.p[n] >= 0x80))
        n++;
    return n;
}

/* From the end of an id to the next "@"; 0 where no other follows. */
static size_t separator_length(Str s)
{
    size_t n = 1;
    if (!str_starts(s, STR(";")))
        return 0;
    while (n < s.n && ascii_space(s.p[n]))
        n++;
    return n < s.n && s.p[n] == '@' ? n : 0;
}

size_t citation_length(Str s)
{
    size_t i = 0;
    while (i < s.n && s.p[i] == '@') {
        size_t n = id_length(str_cut(s, i + 1, s.n));
        if (!n)
            return 0;
        i += n + 1;
        if (i < s.n && s.p[i] == ']')
            return i + 1;
        i += separator_length(str_cut(s, i, s.n));
    }
    return 0;
}

/* What stands between figures of a list. */
static Str joiner(Reader *r, bool last)
{
    StrBuf b = {0};
    if (!last)
        return STR(", ");
    strbuf_addf(&b, " %s ", r->terms->print[TERM_list_and].p);
    Str text = arena_str(r->arena, strbuf_str(&b));
    strbuf_drop(&b);
    return text;
}

Inline *citation_make(Reader *r, Inline *in, size_t at, size_t length)
{
    Inline *figure = inline_split(r, in, at), *rest = inline_split(r, figure, length + 1);
    Str all = figure->text;
    Pos pos = figure->pos;
    for (size_t i = 1;;) {
        size_t n = id_length(str_cut(all, i + 1, all.n));
        figure->kind = INLINE_FIGURE;
        figure->text = str_cut(all, i + 1, i + 1 + n);
        i += n + 1;
        size_t skip = separator_length(str_cut(all, i, all.n));
        if (!skip)
            break;
        i += skip;
        size_t end = str_find(str_cut(all, i, all.n), ';');
        Inline *between = inline_new(r, INLINE_TEXT, figure->pos);
        between->text = joiner(r, i + end == all.n);
        figure->next = between;
        figure = between->next = inline_new(r, INLINE_FIGURE, source_pos_in(r, pos, all, i));
    }
    figure->next = rest;
    return figure;
}

/* ---- what is text --------------------------------------------------------------------------- */

static bool is_word(char c)
{
    return ascii_letter(c) || ascii_digit(c) || (c & 0x80);
}

/* Whether an "@" opens a word: it doesn't in an address. */
static bool opens_word(Str text, size_t at)
{
    if (at > 0 && text.p[at - 1] == '-')
        at--;
    return at == 0 || !(is_word(text.p[at - 1]) || strchr("@._+-/\\", text.p[at - 1]));
}

/* The bracket that is open before a place, and closed behind it, or the text's length. Much text between them
 * is no citation. */
static size_t open_bracket(Str text, size_t at)
{
    size_t i = at, least = at > LONGEST_CITATION ? at - LONGEST_CITATION : 0;
    while (i > least && text.p[i - 1] != '[' && text.p[i - 1] != ']')
        i--;
    Str behind = str_cut(text, at, at + LONGEST_CITATION);
    bool closed = str_find(behind, ']') < str_find(behind, '[');
    return i > least && text.p[i - 1] == '[' && closed ? i - 1 : text.n;
}

static void gather(Reader *r, const Inline *in)
{
    Walk walk = source_walk(in);
    for (size_t at = 0; at < in->text.n; at++) {
        at += str_find(str_cut(in->text, at, in->text.n), '@');
        if (at == in->text.n)
            return;
        Str id = str_cut(in->text, at + 1, in->text.n);
        id.n = id_length(id);
        Pos pos = source_walk_to(r, &walk, at);
        size_t bracket = open_bracket(in->text, at);
        Citation found = {.id = id,
                          .pos = pos,
                          .bracket = bracket < at,
                          .first = bracket + 1 == at ||
                                   str_equal(str_cut(in->text, bracket, at), STR("[-"))};
        if (id.n && opens_word(in->text, at) && !source_is_escaped(r, pos) &&
            !(found.bracket && source_escapes_before(r, pos, '[')))
            array_push(r->citations, found);
    }
}

void citations_gather(Reader *r, const Inline *list)
{
    for (; list; list = list->next)
        if (list->kind == INLINE_TEXT)
            gather(r, list);
}

void citations_report(Reader *r)
{
    const Report *report = r->report;
    Map figures = {0};
    uint32_t number;
    for (size_t i = 0; r->citations->n && i < report->figures; i++)
        map_put(&figures, report->figure[i].id, 0);
    for (size_t i = 0; i < r->citations->n; i++) {
        const Citation *c = &r->citations->at[i];
        bool known = map_get(&figures, c->id, &number);
        if (c->bracket && (known || (c->first && report->figures))) {
            diag_warning(r->diags, c->pos,
                         "this is printed as text: brackets hold the ids of key figures alone");
            diag_hint(r->diags, "write [@%.*s], and what belongs to it before or behind it",
                      (int)c->id.n, c->id.p);
        } else if (known) {
            diag_advice(r->diags, c->pos, "'@%.*s' is printed as text", (int)c->id.n, c->id.p);
            diag_hint(r->diags, "write [@%.*s] to print the key figure", (int)c->id.n, c->id.p);
        }
    }
    map_drop(&figures);
}
