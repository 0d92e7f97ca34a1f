#include <string.h>

#include "base/utf8.h"
#include "compose/internal.h"

/* The texts of a key figure that is shown large: together they are a sentence. */

/* ---- words ---------------------------------------------------------------------------------- */

/* A name reads on from its number, so it begins with a small letter, unless it is one that is written
 * with a capital: an abbreviation, or the place's own name. */
static void add_name(Composer *c, const KeyFigure *f)
{
    Str name = f->name;
    size_t at = 0, next;
    uint32_t first = utf8_next(name, &at);
    next = at;
    uint32_t second = next < name.n ? utf8_next(name, &next) : 'a';
    bool proper = second != utf8_lower(second) || ascii_digit((char)second) || second == '-' ||
                  (f->place.n && str_starts(name, f->place));
    strbuf_add_utf8(&c->text, proper ? first : utf8_lower(first));
    strbuf_add_str(&c->text, str_cut(name, at, name.n));
}

/* Of "i", "af", "har" and the like in front of a noun it isn't that which the number counts. */
static bool only_qualifies(const Terms *t, Str before)
{
    for (Str word; (word = str_next_word(&before)).n;)
        if (terms_has(&t->proof[PROOF_stop], word))
            return false;
    return true;
}

/* What is written around its number. */
static QuantityParts parts_of(const Composer *c, const TileText *t)
{
    return quantity_parts(c->t, &t->figure->value, t->figure->unit);
}

static Str unit_of(const Composer *c, const TileText *t)
{
    return parts_of(c, t).unit;
}

/* "mio. indbyggere" */
static void add_unit(Composer *c, const TileText *t)
{
    QuantityParts p = parts_of(c, t);
    quantity_print_apart(&c->text, &p);
}

/* As figure_names_unit of its name; "nye borgere over 80 år" says that borgere are counted, too. */
static bool names_unit(const Terms *terms, const TileText *t)
{
    const KeyFigure *f = t->figure;
    Str before;
    if (utf8_equal_fold(t->what.n ? t->what : f->name, f->unit))
        return true;
    if (!t->what.n)
        return figure_names_unit(f);
    return words_name_unit(t->what, f->unit, &before) && only_qualifies(terms, before);
}

/* What is counted; a unit that had no room beside the number comes first. */
static Str what_of(Composer *c, const TileText *t, bool with_unit)
{
    const KeyFigure *f = t->figure;
    bool own = t->what.n > 0;
    strbuf_clear(&c->text);
    if (with_unit) {
        if (t->parts)
            add_unit(c, t);
        else
            strbuf_add_str(&c->text, unit_of(c, t));
        strbuf_add_text(&c->text, own ? " " : ", ");
    }
    if (own)
        strbuf_add_str(&c->text, t->what);
    else
        add_name(c, f);
    return kept_text(c);
}

void add_place_and_period(StrBuf *out, const KeyFigure *f)
{
    strbuf_add_str(out, f->place);
    if (f->place.n && f->period.n)
        strbuf_add_text(out, ", ");
    strbuf_add_str(out, f->period);
}

static Str where_of(Composer *c, const KeyFigure *f)
{
    strbuf_clear(&c->text);
    add_place_and_period(&c->text, f);
    return kept_text(c);
}

/* ---- texts ---------------------------------------------------------------------------------- */

/* Whether a line but the last, which alone ends with what nobody sees, is wider than it may be. */
static bool stands_out(const GlyphPara *para, float measure)
{
    for (uint32_t i = 0; i + 1 < para->lines; i++)
        if (para->line[i].width > measure + FULL)
            return true;
    return false;
}

/* Each text ends with a space that no line breaks at and nobody sees: together they are one sentence
 * for a screen reader. */
static Spec *new_text(Composer *c, const Piece *pieces, size_t n, Node node, float measure)
{
    Piece all[8];
    memcpy(all, pieces, n * sizeof *pieces);
    all[n] = (Piece){.style = pieces[n - 1].style, .text = STR(NO_BREAK_SPACE)};
    float space = spec_width(c, all[n].style, all[n].text);
    Spec *spec = spec_drawn(c, all, n + 1, node, measure + space);
    return stands_out(spec->para, measure) ? spec_drawn(c, all, n + 1, node, measure) : spec;
}

static Spec *text_in(Composer *c, StyleRole role, Str text, Node node, float measure)
{
    Piece piece = {.style = style_of(c, role), .text = text, .prose = true};
    return text.n ? new_text(c, &piece, 1, node, measure) : NULL;
}

enum { NUMBER_PIECES = 5 };

/* "ca. 5.000 anmeldelser" on one baseline. */
static size_t number_pieces(Composer *c, const TileText *t, bool with_unit, Piece *pieces)
{
    const Quantity *q = &t->figure->value;
    QuantityParts parts = parts_of(c, t);
    const Style *number = style_of(c, STYLE_tile_number);
    const Style *words = style_of(c, STYLE_tile_precision), *unit = style_of(c, STYLE_tile_unit);
    size_t n = 0;
    strbuf_clear(&c->text);
    quantity_print_joined(&c->text, c->t, q, t->figure->unit);
    Str value = kept_text(c);
    if (with_unit)
        quantity_print_apart(&c->text, &parts);
    else if (!t->unit_text && !t->parts)
        strbuf_add_str(&c->text, parts.scale); /* a multiple is part of its number */
    Str unit_text = kept_text(c);
    if (q->precision.n && !t->precision) {
        pieces[n++] = (Piece){.style = words, .text = q->precision};
        pieces[n++] = (Piece){.style = words, .text = STR(NO_BREAK_SPACE)};
    }
    pieces[n++] = (Piece){.style = number, .text = value};
    if (unit_text.n && !parts.tight)
        pieces[n++] = (Piece){.style = unit, .text = STR(NO_BREAK_SPACE)};
    if (unit_text.n)
        pieces[n++] = (Piece){.style = unit, .text = unit_text};
    return n;
}

static Spec *number_text(Composer *c, const TileText *t, bool with_unit, float measure)
{
    Piece pieces[NUMBER_PIECES];
    size_t n = number_pieces(c, t, with_unit, pieces);
    return new_text(c, pieces, n, t->node, measure);
}

float tile_number_width(Composer *c, const TileText *t, bool with_unit)
{
    Piece pieces[NUMBER_PIECES];
    size_t n = number_pieces(c, t, with_unit, pieces);
    return spec_pieces_width(c, pieces, n);
}

static bool shows_unit(const Composer *c, const TileText *t)
{
    return unit_of(c, t).n && !names_unit(c->t, t);
}

static bool unit_fits(Composer *c, const TileText *t, float measure)
{
    return shows_unit(c, t) && tile_number_width(c, t, true) <= measure;
}

/* "pct.", "mio. kr.": it belongs to the number as it is written. */
static bool unit_is_sign(const Composer *c, const TileText *t)
{
    return quantity_unit_is_signs(unit_of(c, t));
}

bool tile_parts_unit(Composer *c, const TileText *t, float measure)
{
    return shows_unit(c, t) && !unit_is_sign(c, t) && !unit_fits(c, t, measure);
}

/* "mia. pund" isn't parted by the space between a number and the texts beside it: it stands below. */
static Spec *unit_below(Composer *c, const TileText *t, float measure)
{
    if (!t->row || !parts_of(c, t).scale.n)
        return NULL;
    strbuf_clear(&c->text);
    add_unit(c, t);
    Str text = kept_text(c);
    bool fits = spec_width(c, style_of(c, STYLE_tile_unit), text) <= measure;
    return fits ? text_in(c, STYLE_tile_unit, text, t->node, measure) : NULL;
}

static bool stands_beside(Composer *c, const TileText *t, float measure)
{
    return unit_fits(c, t, measure) && (!t->unit_apart || unit_is_sign(c, t));
}

/* Below the number, or the word of precision above it. */
static void place_unit(Composer *c, TileText *t, float measure)
{
    Str precision = t->figure->value.precision;
    bool sign = shows_unit(c, t) && unit_is_sign(c, t);
    if (shows_unit(c, t) && !stands_beside(c, t, measure))
        t->unit_text = unit_below(c, t, measure);
    if (t->may_stack && precision.n && tile_number_width(c, t, sign) > measure)
        t->precision = text_in(c, STYLE_tile_what, precision, t->node, measure);
}

float tile_least_width(Composer *c, const TileText *t)
{
    strbuf_clear(&c->text);
    quantity_print_joined(&c->text, c->t, &t->figure->value, t->figure->unit);
    float width = spec_width(c, style_of(c, STYLE_tile_number), kept_text(c));
    Str scale = parts_of(c, t).scale;
    if (scale.n && !shows_unit(c, t))
        width += spec_width(c, style_of(c, STYLE_tile_unit), scale) +
                 spec_width(c, style_of(c, STYLE_tile_unit), STR(NO_BREAK_SPACE));
    return width;
}

/* "27 mia." becomes "27" with "mia. pund" on the next line. */
static bool parts_scale(Composer *c, const TileText *t, float measure)
{
    return t->may_part && parts_of(c, t).scale.n && shows_unit(c, t) &&
           tile_number_width(c, t, false) > measure;
}

bool tile_number_fits(Composer *c, const TileText *t, float measure)
{
    TileText parted = *t;
    parted.parts = parts_scale(c, t, measure);
    return tile_number_width(c, &parted, false) <= measure;
}

void tile_lay_out(Composer *c, TileText *t, float number_measure, float text_measure)
{
    place_unit(c, t, number_measure);
    t->parts = parts_scale(c, t, number_measure);
    bool unit = shows_unit(c, t) && !t->unit_text,
         beside = unit && stands_beside(c, t, number_measure);
    t->number = number_text(c, t, beside, number_measure);
    t->what_text =
        text_in(c, STYLE_tile_what, what_of(c, t, unit && !beside), t->node, text_measure);
    t->where = text_in(c, STYLE_tile_where, where_of(c, t->figure), t->node, text_measure);
    if (!t->figure->caveat.n)
        return;
    Piece pieces[2];
    strbuf_clear(&c->text);
    strbuf_add_str(&c->text, t->figure->caveat);
    close_sentence(&c->text);
    labelled_pieces(c, style_of(c, STYLE_tile_caveat), c->t->print[TERM_caveat], t->figure->pos,
                    kept_text(c), pieces);
    pieces[1].prose = true;
    t->caveat = new_text(c, pieces, 2, t->node, text_measure);
}
