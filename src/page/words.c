#include "page/page.h"

/* Words that are made for a document, and what the report says of itself. */

Str plain_text(Composer *c, const Inline *in)
{
    StrBuf b = {0};
    inlines_text(&b, c->t, in);
    Str s = arena_str(&c->arena, strbuf_str(&b));
    strbuf_drop(&b);
    return s;
}

Pos title_place(const Composer *c)
{
    return c->e->theme ? c->e->theme->section->pos : c->e->report->title_pos;
}

Inline *text_inline(Arena *arena, Pos pos, Str text)
{
    Inline *in = arena_new(arena, Inline);
    *in = (Inline){.kind = INLINE_TEXT, .pos = pos, .text = text};
    return in;
}

Inline *strong_inline(Arena *arena, Pos pos, Str text)
{
    Inline *in = arena_new(arena, Inline);
    *in = (Inline){.kind = INLINE_STRONG, .pos = pos, .children = text_inline(arena, pos, text)};
    return in;
}

Str page_words(Composer *c, unsigned page)
{
    return page_span_words(c, (PageSpan){page, page});
}

Str page_span_words(Composer *c, PageSpan span)
{
    Term words = span.last > span.first ? TERM_page_span : TERM_page;
    StrBuf first = {0}, last = {0}, b = {0};
    strbuf_add_int(&first, span.first);
    strbuf_add_int(&last, span.last);
    const TermField fields[] = {{"page", strbuf_str(&first)}, {"last", strbuf_str(&last)}};
    terms_fill(&b, c->t->print[words], fields, 2);
    Str s = arena_str(&c->arena, strbuf_str(&b));
    strbuf_drop(&first);
    strbuf_drop(&last);
    strbuf_drop(&b);
    return s;
}
