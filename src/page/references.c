#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "language/sentence.h"
#include "page/internal.h"

/* References: words made of what a link leads to, with its page where that is another than theirs. The page
 * may be wider or narrower than the one that the words were set with, and so move things; the document is
 * composed again until every number is right. The few that never come to rest (on page 9 when it says 10, on
 * page 10 when it says 9) are printed without their page: that is right wherever they stand. */

/* Passes after which references that are wrong lose their page, and after which all do. */
enum { TRIES = 4, MOST_TRIES = 6 };

void references_begin(Composer *c, unsigned pass)
{
    References *r = &c->references;
    size_t n = c->e->report->references + 1;
    if (!r->page) {
        r->page = mem_zalloc(n * sizeof *r->page);
        r->page_before = mem_zalloc(n * sizeof *r->page_before);
        r->without = mem_zalloc(n * sizeof *r->without);
    }
    memset(r->page, 0, n * sizeof *r->page);
    r->claims.n = r->targets.n = 0;
    r->pass = pass;
}

void references_release(Composer *c)
{
    References *r = &c->references;
    mem_free(r->page);
    mem_free(r->page_before);
    mem_free(r->without);
    array_drop(&r->claims);
    array_drop(&r->targets);
    *r = (References){.pass = 0};
}

/* ---- pages ---------------------------------------------------------------------------------- */

/* As it was in the pass before; in the first, a page like any other. */
static unsigned page_before(const Composer *c, Str destination)
{
    uint32_t page;
    return map_get(&c->pages_before, destination, &page) ? page + 1 : 1;
}

unsigned references_page_from(Composer *c, Str destination, Str from)
{
    References *r = &c->references;
    if (r->all_without)
        return 0;
    unsigned page = page_before(c, destination);
    if (from.n && page_before(c, from) == page)
        page = 0;
    array_push(&r->claims, ((PageClaim){destination, from, page, 0, 0}));
    return page;
}

unsigned references_page(Composer *c, Str destination)
{
    return references_page_from(c, destination, (Str){"", 0});
}

/* Pages of a section that are told: of more the first is enough to find it. */
enum { MOST_SPAN = 4 };

/* Of kickers and rules above a title, at most; a line and the space above a heading are more. */
#define HEAD_LINES 1.5f

/* Whether nothing but the head of what begins there can stand above it, nor in a column before it. */
static bool begins_page(const Composer *c, const Destination *d)
{
    float top = (float)(d->page ? c->l->top : c->l->first_top);
    float second = (float)(fmin(c->l->left, c->l->right) + c->l->text_width);
    bool first_column = c->l->columns == 1 || d->x < second;
    return first_column && d->y <= top + HEAD_LINES * (float)style_of(c, STYLE_body)->leading;
}

/* The page, from 1, that what an entry leads to ends on: that of the next of its level, or where that begins its page the
 * one before. Of a longer section it is where its own text ends, before what has a heading in it. */
static unsigned last_page_of(const Composer *c, const Entry *entry, unsigned page)
{
    const Entry *next = entry + 1, *end = c->entries.at + c->entries.n;
    unsigned own = 0, last = 0;
    for (; next < end && !last; next++) {
        const Destination *d = document_find_destination(c->d, next->destination);
        unsigned before = !d ? 0 : begins_page(c, d) ? d->page : d->page + 1;
        own = own ? own : before;
        last = next->level <= entry->level ? before : 0;
    }
    last = last < page + MOST_SPAN ? last : own;
    return last > page && last < page + MOST_SPAN ? last : page;
}

/* `page` of what has no entry. */
static unsigned last_page_now(const Composer *c, Str destination, unsigned page)
{
    for (size_t i = 0; i < c->entries.n; i++)
        if (str_equal(c->entries.at[i].destination, destination))
            return last_page_of(c, &c->entries.at[i], page);
    return page;
}

PageSpan references_pages(Composer *c, Str destination)
{
    References *r = &c->references;
    PageSpan span = {references_page(c, destination), 0};
    uint32_t last;
    if (!span.first || r->pass >= TRIES) /* numbers that don't come to rest are not given */
        return span;
    span.last = map_get(&c->lasts_before, destination, &last) ? last : span.first;
    array_last(&r->claims).last = span.last;
    return span;
}

/* The page that a reference prints, 0 when it stands there itself. */
static unsigned page_of(Composer *c, const Inline *in, Str destination)
{
    References *r = &c->references;
    uint32_t n = in->number;
    if (!n || r->all_without || r->without[n])
        return 0;
    unsigned page = page_before(c, destination);
    if (r->pass && r->page_before[n] == page)
        page = 0;
    array_push(&r->claims, ((PageClaim){destination, {"", 0}, page, 0, n}));
    return page;
}

void references_place(Composer *c, const Spec *s, uint32_t from, uint32_t to)
{
    for (size_t i = 0; i < s->references; i++) {
        const ReferenceMark *mark = &s->reference[i];
        uint32_t *page = &c->references.page[mark->number];
        uint32_t line = *page ? to : notes_line(s, mark->run);
        if (line >= from && line < to)
            *page = document_page_count(c->d);
    }
}

static unsigned page_now(const Composer *c, Str destination)
{
    const Destination *d = document_find_destination(c->d, destination);
    return d ? d->page + 1 : 0;
}

static bool holds(const Composer *c, const PageClaim *claim)
{
    unsigned page = page_now(c, claim->destination);
    if (claim->reference && c->references.page[claim->reference] == page)
        page = 0;
    if (claim->from.n && page_now(c, claim->from) == page)
        page = 0;
    return claim->page == page &&
           (!claim->last || claim->last == last_page_now(c, claim->destination, page));
}

bool references_settled(const Composer *c)
{
    const References *r = &c->references;
    for (size_t i = 0; i < r->claims.n; i++)
        if (!holds(c, &r->claims.at[i]))
            return false;
    for (size_t i = 0; i < r->targets.n; i++)
        if (!document_find_destination(c->d, r->targets.at[i]))
            return false;
    return true;
}

void references_remember(Composer *c)
{
    References *r = &c->references;
    for (size_t i = 0; r->pass + 1 >= TRIES && i < r->claims.n; i++)
        if (!holds(c, &r->claims.at[i]))
            r->without[r->claims.at[i].reference] = true;
    r->all_without = r->pass + 1 >= MOST_TRIES;
    uint32_t *page = r->page;
    r->page = r->page_before;
    r->page_before = page;
    map_drop(&c->pages_before);
    map_drop(&c->lasts_before);
    arena_drop(&c->names_before);
    for (size_t i = 0; i < c->d->destinations.n; i++) {
        const Destination *d = &c->d->destinations.at[i];
        map_put(&c->pages_before, arena_str(&c->names_before, d->name), d->page);
    }
    for (size_t i = 0; i < r->claims.n; i++) {
        Str name = r->claims.at[i].destination;
        unsigned first = r->claims.at[i].last ? page_now(c, name) : 0;
        if (first)
            map_put(&c->lasts_before, arena_str(&c->names_before, name),
                    last_page_now(c, name, first));
    }
}

void references_end(Composer *c)
{
    const References *r = &c->references;
    for (size_t i = 0; i < r->claims.n; i++) {
        const PageClaim *claim = &r->claims.at[i];
        if (claim->last)
            document_end_destination(c->d, claim->destination, claim->last - 1);
    }
}

/* ---- words ---------------------------------------------------------------------------------- */

bool references_has(Composer *c, Str destination)
{
    References *r = &c->references;
    uint32_t page;
    if (r->pass && !map_get(&c->pages_before, destination, &page))
        return false;
    array_push(&r->targets, destination);
    return true;
}

/* Parts are in the contents by places that the report doesn't name. */
static bool begins_part(const Composer *c, Str id)
{
    bool begins = false;
    for (size_t i = 0; i < c->entries.n && !begins; i++)
        begins = str_equal(c->entries.at[i].destination, id);
    return begins;
}

bool references_lead(Composer *c, Str target)
{
    Str id = str_cut(target, 1, target.n);
    return (edition_has(c->e, id) || begins_part(c, id)) && references_has(c, id);
}

/* What it is called, without its page. */
static Term name_of(const EditionTarget *target)
{
    static const Term names[] = {[TARGET_SECTION] = TERM_reference_section,
                                 [TARGET_THEME] = TERM_reference_theme,
                                 [TARGET_HEADING] = TERM_reference_section,
                                 [TARGET_VISIT] = TERM_reference_visit,
                                 [TARGET_MEETING] = TERM_reference_meeting,
                                 [TARGET_TABLE] = TERM_reference_table,
                                 [TARGET_FIGURE] = TERM_reference_figure,
                                 [TARGET_BOX] = TERM_reference_box,
                                 [TARGET_KEY_FIGURE] = TERM_reference_key_figure,
                                 [TARGET_RECOMMENDATION] = TERM_reference_recommendation};
    if (target->number || (target->kind != TARGET_TABLE && target->kind != TARGET_FIGURE))
        return names[target->kind];
    return target->kind == TARGET_TABLE ? TERM_reference_table_alone : TERM_reference_figure_alone;
}

static Str filled(Composer *c, Term pattern, const TermField *fields, size_t n)
{
    StrBuf text = {0};
    terms_fill(&text, c->t->print[pattern], fields, n);
    Str kept = arena_str(&c->arena, strbuf_str(&text));
    strbuf_drop(&text);
    return kept;
}

static Str with_number(Composer *c, Term pattern, const char *name, unsigned number, Str text,
                       const char *text_name)
{
    StrBuf digits = {0};
    strbuf_add_int(&digits, number);
    const TermField fields[] = {{name, strbuf_str(&digits)}, {text_name, text}};
    Str kept = filled(c, pattern, fields, 2);
    strbuf_drop(&digits);
    return kept;
}

Str references_label(Composer *c, Term term, unsigned number)
{
    return number ? with_number(c, term, "number", number, (Str){"", 0}, "text") : (Str){"", 0};
}

static bool is_visit(const EditionTarget *target)
{
    return target->kind == TARGET_VISIT || target->kind == TARGET_MEETING;
}

Str references_text(Composer *c, const Inline *in)
{
    Str id = str_cut(in->target, 1, in->target.n);
    const EditionTarget *target = edition_target(c->e, id);
    if (!target)
        return c->t->print[TERM_reference_closed];
    Str title = target->title ? plain_text(c, target->title) : target->name;
    Str name = with_number(c, name_of(target), "number", target->number, title, "title");
    if (!target->shown) {
        Term away = is_visit(target) ? TERM_reference_visit_elsewhere : TERM_reference_elsewhere;
        return filled(c, away, &(TermField){"text", name}, 1);
    }
    unsigned page = target->kind == TARGET_RECOMMENDATION ? 0 : page_of(c, in, id);
    if (!page || !references_lead(c, in->target))
        return name;
    return with_number(c, is_visit(target) ? TERM_reference_visit_page : TERM_reference_page,
                       "page", page, name, "text");
}

/* Whether the sentence goes on behind an inline: then what is put in stands in parentheses. */
static bool goes_on(const Inline *in)
{
    const Inline *next = in->next;
    if (!next || next->kind == INLINE_LINE_BREAK)
        return false;
    Str text = next->kind == INLINE_TEXT ? str_trim(next->text) : (Str){"", 0};
    return text.n ? !ascii_punctuation(text.p[0]) : next->kind != INLINE_TEXT || next->next;
}

/* Whether the report itself says the page: "[udgifterne](#u) ([](#u))". */
static bool reference_follows(const Inline *in)
{
    const Inline *next = in->next && in->next->kind == INLINE_TEXT ? in->next->next : in->next;
    return next && inline_is_reference(next) && str_equal(next->target, in->target);
}

Str references_page_behind(Composer *c, const Inline *in)
{
    if (reference_follows(in))
        return (Str){"", 0};
    unsigned page = page_of(c, in, str_cut(in->target, 1, in->target.n));
    if (!page)
        return (Str){"", 0};
    bool inside = goes_on(in);
    StrBuf text = {0};
    strbuf_add_text(&text, inside ? " (" : ", ");
    strbuf_add_str(&text, page_words(c, page));
    strbuf_add_text(&text, inside ? ")" : "");
    Str kept = arena_str(&c->arena, strbuf_str(&text));
    strbuf_drop(&text);
    return kept;
}

static bool is_number(Str words)
{
    return words.n && str_digits(words, 0) == words.n;
}

Str references_said(Composer *c, Str target, Str words)
{
    const EditionTarget *to = edition_target(c->e, str_cut(target, 1, target.n));
    if (!is_number(words) || !to)
        return words;
    Str title = to->title ? plain_text(c, to->title) : to->name;
    Str name = with_number(c, name_of(to), "number", to->number, title, "title");
    StrBuf said = {0};
    strbuf_add_str(&said, name);
    if (to->kind == TARGET_RECOMMENDATION) {
        strbuf_add_text(&said, ": ");
        strbuf_add_str(&said, title);
    }
    Str kept = arena_str(&c->arena, strbuf_str(&said));
    strbuf_drop(&said);
    return kept;
}

static bool opens_sentence(const Terms *t, Str before)
{
    while (before.n &&
           (ascii_space(before.p[before.n - 1]) || str_ends(before, STR(NO_BREAK_SPACE))))
        before.n -= ascii_space(before.p[before.n - 1]) ? 1 : sizeof NO_BREAK_SPACE - 1;
    return !before.n || sentence_ends(t, before);
}

Str references_capital(Composer *c, Str text)
{
    size_t n = 0;
    uint32_t letter = text.n ? utf8_next(text, &n) : 0;
    bool small = (letter >= 'a' && letter <= 'z') ||
                 (letter >= 0xE0 && letter <= 0xFE && letter != 0xF7);
    if (!small)
        return text;
    StrBuf capital = {0};
    strbuf_add_utf8(&capital, letter - 0x20);
    strbuf_add_str(&capital, str_cut(text, n, text.n));
    Str kept = arena_str(&c->arena, strbuf_str(&capital));
    strbuf_drop(&capital);
    return kept;
}

Str references_sentence(Composer *c, const Term *words, size_t n, Term one, Term several)
{
    if (!n)
        return (Str){"", 0};
    strbuf_clear(&c->text);
    for (size_t i = 0; i < n; i++) {
        terms_add_joiner(&c->text, c->t, i, n);
        strbuf_add_str(&c->text, c->t->print[words[i]]);
    }
    Str list = references_capital(c, kept_text(c));
    strbuf_clear(&c->text);
    terms_fill(&c->text, c->t->print[n > 1 ? several : one], &(TermField){"words", list}, 1);
    return kept_text(c);
}

Str references_printed(Composer *c, Str text, Str before)
{
    return opens_sentence(c->t, before) ? references_capital(c, text) : text;
}
