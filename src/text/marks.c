#include "text/marks.h"

#include <math.h>

#include "base/utf8.h"

/* What a letter and the marks that have been placed on it take up, in font units from where the letter stands. */
typedef struct {
    const Font *font;
    double left, right, bottom, top;
    double middle;       /* between the letter's own top and bottom */
    bool moved, lowered; /* the last mark above, or below, is not where the font had it */
} Stack;

/* Marks that belong on the middle of a letter: not a horn, nor a comma at its upper right, nor what spans two
 * letters, nor hooks (Unicode's combining classes). */
static bool is_centred(uint32_t c)
{
    enum { OVERLAY = 1, ATTACHED_BELOW = 202, BELOW = 220, ABOVE = 230, CEDILLA = 0x327 };
    unsigned class = hb_unicode_combining_class(hb_unicode_funcs_get_default(), c);
    return utf8_is_mark(c) && (class == OVERLAY || class == BELOW || class == ABOVE ||
                               (class == ATTACHED_BELOW && c >= CEDILLA));
}

static bool has_marks(Str text)
{
    for (size_t i = 0; i < text.n;)
        if (utf8_is_mark(utf8_next(text, &i)))
            return true;
    return false;
}

/* Whether a cluster is a letter and marks that belong on the middle of it. */
static bool is_letter_with_marks(Str cluster)
{
    size_t i = 0;
    if (!cluster.n || utf8_is_mark(utf8_next(cluster, &i)) || i == cluster.n)
        return false;
    while (i < cluster.n)
        if (!is_centred(utf8_next(cluster, &i)))
            return false;
    return true;
}

/* Makes room for a mark of such extents, and says by how much it is raised (or lowered: below 0). Marks are drawn
 * for small letters without ascender or descender. */
static double stack_mark(Stack *s, const hb_glyph_extents_t *mark)
{
    double gap = s->font->face.upem / 16.0; /* as HarfBuzz's */
    double top = mark->y_bearing, bottom = top + mark->height;
    if (top + bottom < 0) {
        double drop = fmin(0, s->bottom - (top > 0 ? 0 : gap + top));
        s->bottom = bottom + drop;
        return drop;
    }
    double rise = bottom > s->middle ? fmax(0, s->top + gap - bottom) : 0;
    s->top = fmax(s->top, top + rise);
    return rise;
}

/* How far the middle of what is leans from the middle of an upright letter, at a height. */
static double lean_at(const Stack *s, double y)
{
    const double degree = 3.14159265358979 / 180;
    return (y - s->middle) * tan(-s->font->face.italic_angle * degree);
}

/* Whether a mark is on the side of its letter that it was drawn for, and its middle within the letter's width. */
static bool is_in_place(const Stack *s, const hb_glyph_extents_t *mark, double x, double y)
{
    double centre = x + mark->x_bearing + mark->width / 2.0;
    double height = y + mark->y_bearing + mark->height / 2.0;
    bool above = mark->y_bearing + mark->height > s->middle;
    return centre > s->left && centre < s->right && (!above || height > s->middle);
}

/* `x`: from where the letter stands to where the mark does. */
static void place_mark(Stack *s, hb_codepoint_t glyph, hb_glyph_position_t *pos, double x)
{
    hb_glyph_extents_t mark;
    if (!hb_font_get_glyph_extents(s->font->hb_font, glyph, &mark))
        return;
    bool below = 2 * mark.y_bearing + mark.height < 0;
    bool *moved = below ? &s->lowered : &s->moved;
    double height = mark.y_bearing + mark.height / 2.0;
    double centre = x + mark.x_bearing + mark.width / 2.0;
    bool attached = pos->x_offset || pos->y_offset;
    if (attached && !*moved && is_in_place(s, &mark, x + pos->x_offset, pos->y_offset)) {
        s->top = fmax(s->top, mark.y_bearing + pos->y_offset);
        s->bottom = fmin(s->bottom, mark.y_bearing + mark.height + pos->y_offset);
        return;
    }
    *moved = true;
    pos->y_offset = (int32_t)stack_mark(s, &mark);
    double wanted = (s->left + s->right) / 2 + lean_at(s, height + pos->y_offset);
    pos->x_offset = (int32_t)lround(wanted - centre);
}

/* Glyphs [from, to) are one cluster. */
static void place_cluster(const Font *font, const hb_glyph_info_t *info, hb_glyph_position_t *pos,
                          unsigned from, unsigned to)
{
    hb_glyph_extents_t letter;
    if (!hb_font_get_glyph_extents(font->hb_font, info[from].codepoint, &letter) || !letter.width)
        return;
    Stack s = {.font = font, .left = letter.x_bearing, .top = letter.y_bearing};
    s.right = s.left + letter.width;
    s.bottom = s.top + letter.height;
    s.middle = (s.top + s.bottom) / 2;
    double x = pos[from].x_advance;
    for (unsigned i = from + 1; i < to; i++) {
        place_mark(&s, info[i].codepoint, &pos[i], x);
        x += pos[i].x_advance;
    }
}

void marks_place(hb_buffer_t *shaped, const Font *font, Str text)
{
    unsigned n;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(shaped, &n);
    hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(shaped, &n);
    if (!has_marks(text))
        return;
    for (unsigned from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && info[to].cluster == info[from].cluster;)
            to++;
        size_t end = to < n ? info[to].cluster : text.n;
        if (to > from + 1 && is_letter_with_marks(str_cut(text, info[from].cluster, end)))
            place_cluster(font, info, pos, from, to);
    }
}
