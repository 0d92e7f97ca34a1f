#include <math.h>

#include "base/utf8.h"
#include "page/internal.h"

const Style *table_title_style(Composer *c, const TableHead *t)
{
    return style_of(c, t->is_part ? STYLE_h2 : STYLE_caption);
}

/* How much of the text from the title on has its style: the comma behind it, too, which behind a full stop ("kr.,") would
 * look like a misprint in another colour. */
static size_t styled_title(Str title, Str text)
{
    return title.n + str_starts(str_cut(text, title.n, text.n), STR(","));
}

/* The title as it was set where the table began, and quietly that it goes on, whichever comes first. */
Spec *table_title_again(Composer *c, const TableHead *t, uint32_t page)
{
    const Style *quiet = t->is_part ? style_coloured(c, STYLE_body, COLOUR_muted)
                                    : style_sized(c, STYLE_source, style_of(c, STYLE_caption));
    StrBuf number = {0};
    strbuf_add_int(&number, page);
    const TermField fields[] = {{"title", t->title}, {"page", strbuf_str(&number)}};
    strbuf_clear(&c->text);
    terms_fill(&c->text, c->t->print[page ? TERM_continued_from : TERM_continued], fields, 2);
    strbuf_drop(&number);
    Str text = kept_text(c);
    size_t at = 0;
    while (at < text.n && !str_starts(str_cut(text, at, text.n), t->title))
        at++;
    size_t end = at + styled_title(t->title, str_cut(text, at, text.n));
    const Piece all[] = {{.style = quiet, .text = str_cut(text, 0, at)},
                         {.style = table_title_style(c, t), .text = str_cut(text, at, end)},
                         {.style = quiet, .text = str_cut(text, end, text.n)}};
    Spec *spec = spec_new(c, batch_arena(c), all + !at, at ? 3 : 2, ARTIFACT_LAYOUT, t->width);
    spec->align = TEXT_LEFT;
    spec_layout(c, c->request->worker, spec);
    return spec;
}

Spec *table_key_again(Composer *c, const TableHead *t)
{
    const Piece piece = {.style = style_coloured(c, STYLE_source, COLOUR_ink), .inlines = t->key};
    if (!t->key)
        return NULL;
    Spec *spec = spec_new(c, batch_arena(c), &piece, 1, ARTIFACT_LAYOUT, t->width);
    spec_layout(c, c->request->worker, spec);
    return spec;
}

float table_title_height(Composer *c, const TableHead *t, const Spec *title, const Spec *key)
{
    const Style *style = table_title_style(c, t);
    float below = fmaxf((float)style->after, (float)style_of(c, STYLE_caption)->after);
    float keyed = key ? spec_height(key, style_of(c, STYLE_source)) + below : 0;
    return spec_height(title, style) + below + keyed;
}
