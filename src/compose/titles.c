#include <string.h>

#include "base/utf8.h"
#include "compose/internal.h"

void entry_add(Composer *c, int level, unsigned theme, Str title, Str destination)
{
    Str label = theme ? theme_label(c, theme) : (Str){"", 0};
    array_push(&c->entries, ((Entry){level, theme, title, destination, label, false}));
}

void entry_add_unlisted(Composer *c, int level, Str title, Str destination)
{
    entry_add(c, level, 0, title, destination);
    array_last(&c->entries).unlisted = true;
}

bool entry_is_shown(Composer *c, const Entry *e)
{
    return !e->unlisted && references_has(c, e->destination);
}

void labelled_pieces(Composer *c, const Style *style, Str label, Pos pos, Str text, Piece pieces[2])
{
    StrBuf b = {0};
    strbuf_add_str(&b, label);
    strbuf_add_text(&b, ": ");
    Arena *arena = batch_arena(c);
    pieces[0] = (Piece){.style = style,
                        .inlines = strong_inline(arena, pos, arena_str(arena, strbuf_str(&b)))};
    pieces[1] = (Piece){.style = style, .text = text};
    strbuf_drop(&b);
}

Str theme_label(Composer *c, unsigned theme)
{
    StrBuf b = {0};
    strbuf_add_str(&b, c->t->print[TERM_theme]);
    strbuf_addf(&b, NO_BREAK_SPACE "%u", theme);
    Str s = arena_str(&c->arena, strbuf_str(&b));
    strbuf_drop(&b);
    return s;
}

Str section_name(Composer *c, const EditionSection *s)
{
    Str title = plain_text(c, s->section->title);
    if (!s->theme)
        return title;
    StrBuf b = {0};
    strbuf_add_str(&b, theme_label(c, s->theme));
    strbuf_add_text(&b, ": ");
    strbuf_add_str(&b, title);
    Str name = arena_str(&c->arena, strbuf_str(&b));
    strbuf_drop(&b);
    return name;
}

void close_sentence(StrBuf *text)
{
    Str s = strbuf_str(text);
    if (s.n && !strchr(".!?:", s.p[s.n - 1]) && !str_ends(s, STR("\xE2\x80\xA6")))
        strbuf_add_char(text, '.');
}

Str source_line(Composer *c, Str source)
{
    StrBuf b = {0};
    if (source.n)
        terms_fill(&b, c->t->print[TERM_source_line], &(TermField){"text", source}, 1);
    close_sentence(&b);
    Str s = arena_str(&c->arena, strbuf_str(&b));
    strbuf_drop(&b);
    return s;
}

Str source_line_of(Composer *c, Str of_all, const KeyFigure *const *figure, size_t n)
{
    StrBuf sources = {0};
    strbuf_add_str(&sources, of_all);
    for (size_t i = 0; i < n; i++) {
        Str source = figure[i]->source;
        bool again = !source.n || of_all.n;
        for (size_t k = 0; k < i && !again; k++)
            again = str_equal(figure[k]->source, source);
        if (again)
            continue;
        strbuf_add_text(&sources, sources.n ? "; " : "");
        strbuf_add_str(&sources, source);
    }
    Str line = source_line(c, strbuf_str(&sources));
    strbuf_drop(&sources);
    return line;
}

static void add_kicker(Composer *c, Str kicker, float width)
{
    const Style *style = style_of(c, STYLE_kicker);
    Node node = document_node(c->d, c->root, ROLE_P);
    Unit u = text_unit(style, spec_text(c, style, kicker, node, width), 0, width);
    u.keep_next = true;
    u.opens = true;
    flow_unit(c, u);
}

void part_title_here(Composer *c, Str kicker, const Inline *title, Str text, StyleRole role,
                     Str destination)
{
    const Style *style = style_of(c, role);
    Column column = text_column(c);
    float width = span_width(c, &column, SPAN_h1);
    if (kicker.n)
        add_kicker(c, kicker, width);
    Node node = document_node(c->d, c->root, c->own->part_role);
    bool sheet = c->l->run_on && c->e->theme; /* its head names the theme throughout */
    Unit u = {.kind = UNIT_TEXT,
              .width = width,
              .style = style,
              .before = (float)style->before,
              .after = (float)style->after,
              .keep_next = true,
              .opens = !sheet,
              .sets_running = !sheet,
              .destination = destination};
    if (!title) {
        Inline *words = arena_new(&c->arena, Inline);
        *words = (Inline){.kind = INLINE_TEXT, .text = text};
        u.running = words;
    }
    u.spec = title ? spec_inlines(c, style, title, node, width)
                   : spec_text(c, style, text, node, width);
    flow_unit(c, u);
}

enum { FEW_ROWS = 16 };

bool part_follows(const Composer *c, size_t rows)
{
    return c->e->theme && !c->l->run_on && rows <= FEW_ROWS;
}

void part_title(Composer *c, Str kicker, const Inline *title, Str text, StyleRole role,
                Str destination)
{
    flow_new_page(c);
    if (layout_has_part(c->l, PART_TITLE)) /* a sheet's own title is the largest */
        role = STYLE_h2;
    part_title_here(c, kicker, title, text, role, destination);
}

void title_goes_on(Composer *c, Str title)
{
    StrBuf text = {0};
    Inline *words = arena_new(&c->arena, Inline);
    terms_fill(&text, c->t->print[TERM_continued], &(TermField){"title", title}, 1);
    *words = (Inline){.kind = INLINE_TEXT, .text = arena_str(&c->arena, strbuf_str(&text))};
    array_last(&c->units).running_on = words;
    strbuf_drop(&text);
}
