#include "layout/contrast.h"

#include <math.h>

#include "base/array.h"
#include "base/colour.h"

#define LARGE_SIZE 18.0 /* points */
#define LARGE_BOLD 14.0
#define BOLD 700.0
#define NEEDED 4.5
#define NEEDED_LARGE 3.0
#define WHITE 0xFFFFFFu

/* ---- ratios --------------------------------------------------------------------------------- */

double contrast_needed(const Style *s)
{
    bool large = s->size >= LARGE_SIZE || (s->size >= LARGE_BOLD && s->weight >= BOLD);
    return large ? NEEDED_LARGE : NEEDED;
}

/* So many 255ths of the way from a colour to black or white: the hue stays. */
static Colour mixed(Colour colour, bool lighter, unsigned part)
{
    Colour out = 0;
    for (unsigned shift = 0; shift < 24; shift += 8) {
        unsigned c = colour >> shift & 0xFF;
        c = lighter ? c + (255 - c) * part / 255 : c - (c * part + 254) / 255;
        out |= c << shift;
    }
    return out;
}

Colour contrast_mend(Colour colour, Colour ground, double needed)
{
    for (int lighter = 0; lighter < 2; lighter++) {
        for (unsigned part = 0; part <= 255; part++) {
            Colour tried = mixed(colour, lighter, part);
            if (colour_contrast(tried, ground) >= needed)
                return tried;
        }
    }
    return colour_clearer(0, WHITE, ground);
}

/* ---- what stands on what -------------------------------------------------------------------- */

enum { ON_PAGE = 1, ON_TILE = 2, IN_BOX = 4 };

/* Styles that stand elsewhere than on the page alone. */
static unsigned places_of(int style)
{
    switch (style) {
    case STYLE_tile_number:
    case STYLE_tile_unit:
    case STYLE_tile_precision:
    case STYLE_tile_what:
    case STYLE_tile_where:
    case STYLE_tile_caveat:
        return ON_TILE;
    case STYLE_box_text:
        return IN_BOX;
    case STYLE_box_title:
        return 0; /* its colour is that of the box */
    case STYLE_h2:
    case STYLE_h3:
    case STYLE_code:
    case STYLE_link:
    case STYLE_list_number:
    case STYLE_caption:
    case STYLE_source:
    case STYLE_table_head:
    case STYLE_table_cell:
        return ON_PAGE | IN_BOX;
    default:
        return ON_PAGE;
    }
}

/* A text that is too pale, and where that was said. */
typedef struct {
    SaidAt at;
    int style, ground; /* of the ColourRole, -1 for the white of the page */
    Colour colour, under;
    double ratio, needed;
} Failure;

typedef struct {
    const Layout *layout;
    const Said *said_at;
    ARRAY(Failure) failures; /* the worst of each place */
} Checker;

static SaidAt later(SaidAt a, SaidAt b)
{
    return a.order < b.order ? b : a;
}

static void add_failure(Checker *c, Failure new)
{
    for (size_t i = 0; i < c->failures.n; i++) {
        Failure *f = &c->failures.at[i];
        if (f->at.order != new.at.order)
            continue;
        if (new.needed / new.ratio > f->needed / f->ratio)
            *f = new;
        return;
    }
    array_push(&c->failures, new);
}

/* `role` is that of the text's colour, or -1. */
static void check_one(Checker *c, int style, Colour colour, int role, int ground)
{
    const Layout *l = c->layout;
    Colour under = ground < 0 ? WHITE : l->colour[ground];
    double needed = contrast_needed(&l->style[style]), ratio = colour_contrast(colour, under);
    if (ratio >= needed)
        return;
    SaidAt at = c->said_at->style[style];
    if (role >= 0)
        at = later(at, c->said_at->colour[role]);
    if (ground >= 0)
        at = later(at, c->said_at->colour[ground]);
    add_failure(c, (Failure){at, style, ground, colour, under, ratio, needed});
}

/* ---- telling -------------------------------------------------------------------------------- */

/* Downwards, so that nothing too small looks like enough. */
static void add_ratio(StrBuf *out, double ratio)
{
    strbuf_add_fixed(out, floor(ratio * 100) / 100, 2);
}

static void tell_colour(const Failure *f, Diags *diags)
{
    Colour mend = contrast_mend(f->colour, f->under, f->needed);
    if (colour_luminance(mend) < colour_luminance(f->colour))
        diag_hint(diags, "the nearest darker colour of text with enough is \"#%06x\"",
                  (unsigned)mend);
    else
        diag_hint(diags, "the nearest lighter colour of text with enough is \"#%06x\"",
                  (unsigned)mend);
}

static void tell(const Failure *f, Diags *diags)
{
    StrBuf is = {0}, must = {0}, name = {0}, on = {0};
    layout_add_style_name(&name, (StyleRole)f->style);
    if (f->ground >= 0)
        layout_add_colour_name(&on, (ColourRole)f->ground);
    add_ratio(&is, f->ratio);
    strbuf_add_fixed(&must, f->needed, 1);
    if (f->ground < 0)
        diag_error(diags, f->at.pos, "the style '%s' has a contrast of %s on the page and needs %s",
                   name.p, is.p, must.p);
    else
        diag_error(diags, f->at.pos,
                   "the style '%s' has a contrast of %s on the colour '%s' and needs %s", name.p,
                   is.p, on.p, must.p);
    tell_colour(f, diags);
    strbuf_drop(&is);
    strbuf_drop(&must);
    strbuf_drop(&name);
    strbuf_drop(&on);
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void check_style(Checker *c, int style)
{
    const Style *s = &c->layout->style[style];
    unsigned places = places_of(style);
    if (places & ON_PAGE)
        check_one(c, style, s->colour, s->colour_role, -1);
    if (places & (ON_TILE | IN_BOX))
        check_one(c, style, s->colour, s->colour_role, COLOUR_tint);
    if (places & IN_BOX) {
        check_one(c, style, s->colour, s->colour_role, COLOUR_caution_tint);
        check_one(c, style, s->colour, s->colour_role, COLOUR_paper);
    }
}

/* Titles of boxes have the colour of the box. */
static void check_titles(Checker *c)
{
    static const struct {
        ColourRole text, ground;
    } boxes[] = {{COLOUR_primary, COLOUR_tint},
                 {COLOUR_caution, COLOUR_caution_tint},
                 {COLOUR_ink, COLOUR_paper}};
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++)
        check_one(c, STYLE_box_title, c->layout->colour[boxes[i].text], (int)boxes[i].text,
                  (int)boxes[i].ground);
}

/* Values in the bars of charts have the clearer of two colours. */
static void check_bars(Checker *c)
{
    static const ColourRole bars[] = {COLOUR_primary, COLOUR_secondary, COLOUR_tertiary};
    const Colour *colour = c->layout->colour;
    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++) {
        Colour ground = colour[bars[i]];
        bool dark = colour_clearer(colour[COLOUR_ink], colour[COLOUR_paper], ground) ==
                    colour[COLOUR_ink];
        ColourRole text = dark ? COLOUR_ink : COLOUR_paper;
        check_one(c, STYLE_chart_value, colour[text], (int)text, (int)bars[i]);
    }
}

void contrast_check(const Layout *l, const Said *said_at, Diags *diags)
{
    Checker c = {.layout = l, .said_at = said_at};
    for (int i = 0; i < STYLE_COUNT; i++)
        check_style(&c, i);
    check_titles(&c);
    check_bars(&c);
    for (size_t i = 0; i < c.failures.n; i++)
        tell(&c.failures.at[i], diags);
    array_drop(&c.failures);
}
