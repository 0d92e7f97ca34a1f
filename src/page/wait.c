#include "base/utf8.h"
#include "page/page.h"

void wait_add(Composer *c, const Style *style, Node node, Wait wait, Str target, float x,
              float baseline, float measure)
{
    DrawnText text = {.para = NULL, .leading = (float)style->leading};
    uint32_t draw = document_text(c->d, node, x, baseline, measure, text);
    array_push(&c->waiting, ((Waiting){.draw = draw,
                                       .page = document_page_count(c->d) - 1,
                                       .wait = wait,
                                       .target = arena_str(&c->arena, target),
                                       .style = style,
                                       .align = TEXT_RIGHT,
                                       .measure = measure}));
}

static void add_number(StrBuf *out, const Terms *t, Term term, unsigned a, unsigned b)
{
    StrBuf page = {0}, pages = {0};
    strbuf_add_int(&page, a);
    strbuf_add_int(&pages, b);
    const TermField fields[] = {{"page", strbuf_str(&page)}, {"pages", strbuf_str(&pages)}};
    terms_fill(out, t->print[term], fields, 2);
    strbuf_drop(&page);
    strbuf_drop(&pages);
}

/* On the front of a sheet on whose back the recommendations begin: that they do. */
static Str overleaf(const Composer *c, size_t page)
{
    const Destination *to = document_find_destination(c->d, c->overleaf);
    bool is = to && page % 2 == 0 && to->page == page + 1;
    return is ? c->t->print[TERM_overleaf] : (Str){"", 0};
}

/* A head or foot with its numbers. */
static void make_folio(Composer *c, const Waiting *w, unsigned pages)
{
    for (size_t i = 0; i < w->target.n; i++) {
        if (w->target.p[i] == FOLIO_PAGES)
            strbuf_add_int(&c->text, pages);
        else if (w->target.p[i] == FOLIO_OVERLEAF)
            strbuf_add_str(&c->text, overleaf(c, w->page));
        else if (w->target.p[i] == FOLIO_PAGE_OF)
            add_number(&c->text, c->t, TERM_page_of, w->page + 1, pages);
        else
            strbuf_add_char(&c->text, w->target.p[i]);
    }
}

static void make_text(Composer *c, const Waiting *w)
{
    unsigned pages = document_page_count(c->d);
    if (w->wait == WAIT_FOLIO) {
        make_folio(c, w, pages);
        return;
    }
    const Destination *to = document_find_destination(c->d, w->target);
    unsigned page = to ? to->page + 1 : 0;
    if (w->wait == WAIT_SIDE_PAGE) {
        add_number(&c->text, c->t, TERM_page, page, pages);
        return;
    }
    strbuf_add_text(&c->text, NO_BREAK_SPACE); /* for those who hear it behind its title */
    strbuf_add_int(&c->text, page);
}

static void resolve(Composer *c, const Waiting *w)
{
    make_text(c, w);
    Piece piece = {.style = w->style, .text = kept_text(c)};
    Spec *spec = spec_new(c, batch_arena(c), &piece, 1, NODE_NONE, w->measure);
    spec->align = w->align;
    spec_layout(c, c->request->worker, spec);
    DrawnText *text = &c->d->draws.at[w->draw].text;
    text->para = spec->para;
    text->end = spec->para->lines;
}

void wait_resolve(Composer *c)
{
    for (size_t i = 0; i < c->waiting.n; i++)
        resolve(c, &c->waiting.at[i]);
}
