#include "page/internal.h"

/* The colours that the titles of boxes may have. */
static const ColourRole box_colours[3] = {COLOUR_primary, COLOUR_caution, COLOUR_ink};

static StyleFonts *fonts_of(Composer *c, const Style *style)
{
    for (size_t i = 0; i < 3; i++)
        if (style == &c->box_title[i])
            return &c->fonts[STYLE_box_title];
    return &c->fonts[style - c->l->style];
}

static const Font *load_font(Composer *c, const Style *style, bool bold, bool italic)
{
    const char *why;
    double weight = bold && style->weight < 700 ? 700 : style->weight;
    const Font *font =
        fonts_get(c->request->fonts, style->family, weight, italic != style->italic, &why);
    if (!font && !c->failed) {
        diag_error(c->diags, c->l->pos, "a style can't be set: %s", why);
        diag_hint(c->diags, "install its Debian package, or put the font's files into fonts/");
    }
    c->failed |= !font;
    return font;
}

const Font *style_font(Composer *c, const Style *style, bool bold, bool italic)
{
    const Font **font = &fonts_of(c, style)->font[bold][italic];
    if (!*font)
        *font = load_font(c, style, bold, italic);
    return *font;
}

float style_baseline(Composer *c, const Style *style)
{
    const Face *face = &style_font(c, style, false, false)->face;
    double capital = style->size * face->cap_height / face->upem;
    return (float)(style->leading / 2 + capital / 2);
}

bool styles_load(Composer *c)
{
    for (size_t i = 0; i < STYLE_COUNT; i++)
        style_font(c, &c->l->style[i], false, false);
    return !c->failed;
}

const Style *box_title_style(Composer *c, ColourRole colour)
{
    size_t i = 0;
    while (i < 2 && box_colours[i] != colour)
        i++;
    c->box_title[i] = c->l->style[STYLE_box_title];
    c->box_title[i].colour = colour_of(c, box_colours[i]);
    return &c->box_title[i];
}
