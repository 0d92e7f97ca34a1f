#include "reader/internal.h"

/* Words with attributes: [words]{lang=en}, *words*{lang=en}; pictures in a line: ![](line.png){alt=""}. */

static void refuse_those_of_others(Reader *r, const Attributes *a, Pos words, Pos braces)
{
    if (a->closed)
        diag_error(r->diags, words, "words in a sentence can't be closed");
    attributes_refuse_pull_out(r, a, words);
    if (a->id.n) {
        diag_warning(r->diags, braces, "the id '%.*s' is left out: words in a sentence have none",
                     (int)a->id.n, a->id.p);
        diag_hint(r->diags, "headings, captions and pictures have ids");
    }
}

/* Fills in what the braces say of the words. */
static void set_attributes(Reader *r, Inline *span, Str braces, Pos pos)
{
    static const char *const allowed[] = {"lang", NULL};
    Attributes a = attributes_parse(r, braces, pos);
    attributes_allow(r, &a, allowed);
    span->language = attributes_get(&a, "lang", NULL);
    refuse_those_of_others(r, &a, span->pos, pos);
}

/* Bytes of the braces that the text begins with, 0 when there are none. */
static size_t braces_length(Str text)
{
    text = str_cut(text, 0, LONGEST_ATTRIBUTES);
    size_t close = str_find(text, '}');
    return str_starts(text, STR("{")) && close < text.n ? close + 1 : 0;
}

/* Marks among the words, or blanks that no quotation marks stand around, make text of braces. */
static void check_braces_of_figure(Reader *r, const Inline *braces)
{
    if (!str_starts(braces->text, STR("{.")) || source_is_escaped(r, braces->pos))
        return;
    diag_warning(r->diags, braces->pos, "these braces are printed as text");
    diag_hint(r->diags, "write {.%s what=\"…\"}, with neither marks nor links among the words",
              terms_word(r->terms, WORD_class_pull_out).p);
}

/* What braces behind a citation say of its figure; they go. */
static void set_figure(Reader *r, const Inline *first, Inline *last)
{
    static const char *const allowed[] = {"what", NULL};
    Inline *braces = last->next;
    size_t n = braces_length(braces->text);
    if (!n || !attributes_look_like(str_cut(braces->text, 0, n)) ||
        source_is_escaped(r, braces->pos)) {
        check_braces_of_figure(r, braces);
        return;
    }
    Attributes a = attributes_parse(r, str_cut(braces->text, 0, n), braces->pos);
    Pos what = {0};
    PullOut pull_out = {attributes_get(&a, "what", &what)};
    attributes_allow(r, &a, allowed);
    last->next = inline_split(r, braces, n);
    if (a.pull_out && first == last)
        last->pull_out = arena_copy(r->arena, &pull_out, 1, sizeof pull_out);
    if (a.pull_out && first != last) {
        diag_error(r->diags, first->pos, "only one key figure can be pulled out here");
        diag_hint(r->diags, "give it brackets of its own");
    } else if (what.line && !a.pull_out) {
        diag_error(r->diags, what, "'what' is of a key figure that is pulled out");
        diag_hint(r->diags, "write {.%s what=\"…\"}", terms_word(r->terms, WORD_class_pull_out).p);
    }
    a.pull_out = false;
    refuse_those_of_others(r, &a, first->pos, braces->pos);
}

static void make_figures(Reader *r, Inline *in, size_t at, size_t length)
{
    Inline *last = citation_make(r, in, at, length);
    set_figure(r, in->next, last);
}

/* ---- in brackets ---------------------------------------------------------------------------- */

typedef struct {
    Inline *in;
    size_t at;
} Bracket;

/* Wraps what stands between the bracket and the end of `close` (which now ends before "]{…}") in a
 * span, which is returned. */
static Inline *make_span(Reader *r, Bracket open, Inline *close, size_t at, size_t length)
{
    Inline *tail = inline_split(r, close, at);
    Inline *rest = inline_split(r, tail, length);
    Inline *inside = inline_split(r, open.in, open.at);
    inside->text = str_cut(inside->text, 1, inside->text.n);
    Inline *span = inline_new(r, INLINE_SPAN, inside->pos);
    span->children = inside;
    set_attributes(r, span, str_cut(tail->text, 1, tail->text.n),
                   source_pos_in(r, tail->pos, tail->text, 1));
    open.in->next = span;
    span->next = rest;
    for (Inline *i = inside; i; i = i->next)
        if (i->next == tail)
            i->next = NULL;
    span->children = spans_behind_marks(r, inside);
    return span;
}

/* Spans in brackets that are still open would be in too many others. */
static bool may_nest(Reader *r, const Inline *in, size_t open)
{
    if (open + (size_t)r->depth < DEEPEST_NESTING)
        return true;
    r->depth += DEEPEST_NESTING;
    nesting_enter(r, in->pos);
    r->depth -= DEEPEST_NESTING;
    return false;
}

void spans_in_brackets(Reader *r, Inline *list)
{
    ARRAY(Bracket) open = {0};
    for (Inline *in = list; in; in = in->next) {
        Walk walk = source_walk(in);
        for (size_t i = 0; in->kind == INLINE_TEXT && i < in->text.n; i++) {
            char c = in->text.p[i];
            if (c == '[') {
                size_t n = citation_length(str_cut(in->text, i + 1, in->text.n));
                if (n && !source_is_escaped(r, source_walk_to(r, &walk, i)))
                    make_figures(r, in, i, n); /* where the text ends now */
                else
                    array_push(&open, ((Bracket){in, i}));
            } else if (c == ']' && open.n) {
                Bracket b = array_last(&open);
                open.n--;
                size_t n = braces_length(str_cut(in->text, i + 1, in->text.n));
                if (n && may_nest(r, in, open.n))
                    in = make_span(r, b, in, i, n + 1);
            }
        }
    }
    array_drop(&open);
}

/* ---- behind marks --------------------------------------------------------------------------- */

static bool may_have_attributes(InlineKind kind)
{
    return kind == INLINE_EMPHASIS || kind == INLINE_STRONG || kind == INLINE_STRIKE ||
           kind == INLINE_SUPER || kind == INLINE_SUB || kind == INLINE_CODE || kind == INLINE_LINK;
}

/* What braces behind a picture say of it; they go. */
static void set_picture(Reader *r, Inline *picture, size_t length)
{
    static const char *const allowed[] = {"alt", NULL};
    Inline *braces = picture->next;
    Attributes a = attributes_parse(r, str_cut(braces->text, 0, length), braces->pos);
    Pos alt = {0};
    attributes_allow(r, &a, allowed);
    attributes_get(&a, "alt", &alt);
    refuse_those_of_others(r, &a, picture->pos, braces->pos);
    picture->decoration = alt.line != 0;
    picture->next = inline_split(r, braces, length);
}

/* The words, and what stands before the braces that follow them, as a span. */
static Inline *wrap(Reader *r, Inline *words, size_t length)
{
    Inline *braces = words->next;
    Inline *span = inline_new(r, INLINE_SPAN, words->pos);
    span->next = inline_split(r, braces, length);
    span->children = words;
    words->next = NULL;
    set_attributes(r, span, braces->text, braces->pos);
    return span;
}

/* Braces that look like attributes where nothing can have any. */
static void check_text(Reader *r, const Inline *in)
{
    Walk walk = source_walk(in);
    for (size_t i = 0; i < in->text.n; i++) {
        Str rest = str_cut(in->text, i, in->text.n);
        size_t n = rest.p[0] == '{' ? braces_length(rest) : 0;
        if (!n || !attributes_look_like(str_cut(rest, 0, n)))
            continue;
        Pos pos = source_walk_to(r, &walk, i);
        if (source_is_escaped(r, pos))
            continue;
        diag_warning(r->diags, pos, "these braces are printed as text");
        diag_hint(r->diags, "headings, captions and pictures have attributes, and words in "
                            "brackets: [words]{lang=en}");
    }
}

Inline *spans_behind_marks(Reader *r, Inline *list)
{
    for (Inline **at = &list; *at; at = &(*at)->next) {
        Inline *in = *at, *next = in->next;
        size_t n = next && next->kind == INLINE_TEXT ? braces_length(next->text) : 0;
        bool own = n && attributes_look_like(str_cut(next->text, 0, n)) &&
                   !source_is_escaped(r, next->pos);
        if (own && in->kind == INLINE_IMAGE)
            set_picture(r, in, n);
        else if (own && may_have_attributes(in->kind))
            *at = wrap(r, in, n);
        else if (in->kind == INLINE_TEXT)
            check_text(r, in);
    }
    return list;
}
