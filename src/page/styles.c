#include <math.h>

#include "page/internal.h"

static StyleFonts *fonts_of(Composer *c, const Style *style)
{
    for (size_t i = 0; i < c->deriveds; i++)
        if (style == &c->derived[i].style)
            return &c->fonts[c->derived[i].role];
    for (size_t i = 0; i < c->scaled.n; i++)
        if (style == c->scaled.at[i].style)
            return fonts_of(c, c->scaled.at[i].of);
    return &c->fonts[style - c->l->style];
}

/* fontconfig gives the family's nearest where it has none of its own: emphasis then can't be seen. */
static void tell_missing(Composer *c, const Style *style, const Face *face, double weight,
                         bool italic)
{
    static const double least_bold = 600, least_angle = 0.5;
    bool slanted = fabs(face->italic_angle) > least_angle;
    if (weight >= least_bold && face->weight < least_bold)
        diag_warning(c->diags, c->l->pos,
                     "the font family '%.*s' has no bold: what is bold looks like other text",
                     (int)style->family.n, style->family.p);
    if (italic && !slanted)
        diag_warning(c->diags, c->l->pos,
                     "the font family '%.*s' has no italic: emphasis looks like other text",
                     (int)style->family.n, style->family.p);
}

static const Font *load_font(Composer *c, const Style *style, bool bold, bool italic)
{
    const char *why;
    bool upright = c->l->upright;
    double weight = fmax(bold ? 700 : upright && italic ? 600 : 0, style->weight);
    italic = italic && !upright;
    const Font *font =
        fonts_get(c->request->fonts, style->family, weight, italic != style->italic, &why);
    if (!font && !c->failed) {
        diag_error(c->diags, c->l->pos, "a style can't be set: %s", why);
        diag_hint(c->diags, "install its Debian package, or put the font's files into fonts/");
    }
    if (font)
        tell_missing(c, style, &font->face, weight, italic != style->italic);
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

static bool same_number(double a, double b)
{
    return a >= b && a <= b;
}

/* `leading` is what lines of that size keep of theirs. */
static const Style *scale(Composer *c, const Style *style, double size, double leading, bool ragged)
{
    for (size_t i = 0; i < c->scaled.n; i++) {
        const ScaledStyle *known = &c->scaled.at[i];
        if (known->of == style && same_number(known->size, size) &&
            same_number(known->leading, leading) && known->ragged == ragged)
            return known->style;
    }
    Style *scaled = arena_new(&c->arena, Style);
    *scaled = *style;
    scaled->size *= size;
    scaled->leading *= size * leading;
    scaled->rise *= size;
    scaled->align = ragged ? ALIGN_LEFT : style->align;
    scaled->balance &= !ragged;
    array_push(&c->scaled, ((ScaledStyle){style, size, leading, ragged, scaled}));
    return scaled;
}

const Style *style_scaled(Composer *c, const Style *style, float size)
{
    return size >= 1 ? style : scale(c, style, (double)size, 1, false);
}

const Style *style_closer(Composer *c, const Style *style, float leading)
{
    return leading >= 1 ? style : scale(c, style, 1, (double)leading, false);
}

const Style *style_ragged(Composer *c, const Style *style)
{
    return style->align == ALIGN_JUSTIFY || style->balance ? scale(c, style, 1, 1, true) : style;
}

static bool same_style(const Style *a, const Style *b)
{
    return a->colour == b->colour && same_number(a->size, b->size) &&
           same_number(a->leading, b->leading) && same_number(a->rise, b->rise);
}

static const Style *derive(Composer *c, StyleRole role, const Style *style)
{
    if (same_style(style, style_of(c, role)))
        return style_of(c, role);
    for (size_t i = 0; i < c->deriveds; i++)
        if (c->derived[i].role == role && same_style(&c->derived[i].style, style))
            return &c->derived[i].style;
    if (c->deriveds == MOST_DERIVED)
        return style_of(c, role);
    c->derived[c->deriveds] = (DerivedStyle){*style, role};
    return &c->derived[c->deriveds++].style;
}

const Style *style_coloured(Composer *c, StyleRole role, ColourRole colour)
{
    Style style = *style_of(c, role);
    style.colour = colour_of(c, colour);
    return derive(c, role, &style);
}

const Style *style_sized(Composer *c, StyleRole role, const Style *text)
{
    Style style = *style_of(c, role);
    style.size = text->size;
    style.leading = text->leading;
    return derive(c, role, &style);
}

const Style *style_on_line(Composer *c, StyleRole role, const Style *text)
{
    Style style = *style_of(c, role);
    style.size = text->size;
    style.leading = text->leading;
    style.rise = 0;
    return derive(c, role, &style);
}

uint8_t style_features(const Style *s)
{
    static const uint8_t figures[] = {[FIGURES_DEFAULT] = 0,
                                      [FIGURES_LINING] = FEATURE_LINING,
                                      [FIGURES_TABULAR] = FEATURE_TABULAR,
                                      [FIGURES_OLD_STYLE] = FEATURE_OLD_STYLE};
    return (uint8_t)(figures[s->figures] | (s->small_capitals ? FEATURE_SMALL_CAPITALS : 0) |
                     (s->no_ligatures ? FEATURE_NO_LIGATURES : 0));
}

TextAlign style_align(const Style *style)
{
    static const TextAlign align[] = {[ALIGN_LEFT] = TEXT_LEFT,
                                      [ALIGN_RIGHT] = TEXT_RIGHT,
                                      [ALIGN_CENTRE] = TEXT_CENTRE,
                                      [ALIGN_JUSTIFY] = TEXT_JUSTIFY};
    return align[style->align];
}
