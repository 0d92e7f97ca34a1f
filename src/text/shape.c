#include "text/shape.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/marks.h"

#define SOFT_HYPHEN "\xC2\xAD"

/* Everything that the glyphs depend on, and then the text. */
typedef struct {
    uint32_t face, features, script, rtl;
    hb_language_t language;
    uint64_t apart;
    float scale;
} KeyHead;

enum { SHORT_TEXT = 128 };

static Hash key_of(const ShapeStyle *style, Str text)
{
    char stack[sizeof(KeyHead) + SHORT_TEXT];
    char *key = text.n > SHORT_TEXT ? mem_alloc(sizeof(KeyHead) + text.n) : stack;
    KeyHead head;
    memset(&head, 0, sizeof head);
    head.face = style->font->face.number;
    head.features = style->features;
    head.script = (uint32_t)style->script;
    head.rtl = style->rtl;
    head.language = style->language;
    head.scale = style->scale;
    head.apart = style->apart;
    memcpy(key, &head, sizeof head);
    memcpy(key + sizeof head, text.p, text.n);
    Hash hash = hash_bytes(key, sizeof head + text.n);
    if (key != stack)
        mem_free(key);
    return hash;
}

static void fill_buffer(hb_buffer_t *b, const ShapeStyle *style, Str text)
{
    bool hyphen = str_ends(text, STR(SOFT_HYPHEN));
    size_t end = text.n - (hyphen ? 2 : 0);
    hb_buffer_clear_contents(b);
    for (size_t i = 0; i < end;) {
        size_t from = i;
        uint32_t c = utf8_next(text, &i);
        c = style->features & FEATURE_REPLACED  ? 0xFFFD
            : style->features & FEATURE_QUERIED ? '?'
                                                : c;
        hb_buffer_add(b, c, (unsigned)from);
    }
    if (hyphen)
        hb_buffer_add(b, '-', (unsigned)end);
    hb_buffer_set_content_type(b, HB_BUFFER_CONTENT_TYPE_UNICODE);
    hb_buffer_set_direction(b, style->rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(b, style->script);
    hb_buffer_set_language(b, style->language);
    hb_buffer_set_cluster_level(b, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
}

static void run_harfbuzz(hb_buffer_t *b, const ShapeStyle *style, bool local)
{
    static const struct {
        unsigned feature, value;
        hb_tag_t tag;
    } known[] = {{FEATURE_TABULAR, 1, HB_TAG('t', 'n', 'u', 'm')},
                 {FEATURE_TABULAR | FEATURE_LINING, 1, HB_TAG('l', 'n', 'u', 'm')},
                 {FEATURE_OLD_STYLE, 1, HB_TAG('o', 'n', 'u', 'm')},
                 {FEATURE_SMALL_CAPITALS, 1, HB_TAG('s', 'm', 'c', 'p')},
                 {FEATURE_NO_LIGATURES, 0, HB_TAG('l', 'i', 'g', 'a')},
                 {FEATURE_NO_LIGATURES, 0, HB_TAG('c', 'l', 'i', 'g')}};
    enum { KNOWN = sizeof known / sizeof *known, MOST_APART = 4 };
    hb_feature_t wanted[1 + KNOWN + 2 * MOST_APART];
    unsigned n = 0;
    if (!local)
        wanted[n++] = (hb_feature_t){HB_TAG('l', 'o', 'c', 'l'), 0, HB_FEATURE_GLOBAL_START,
                                     HB_FEATURE_GLOBAL_END};
    for (size_t i = 0; i < KNOWN; i++)
        if (style->features & known[i].feature)
            wanted[n++] = (hb_feature_t){known[i].tag, known[i].value, HB_FEATURE_GLOBAL_START,
                                         HB_FEATURE_GLOBAL_END};
    for (unsigned at = 1; at < 64 && style->apart && n + 2 <= sizeof wanted / sizeof *wanted;
         at++) {
        if (!(style->apart >> at & 1))
            continue;
        wanted[n++] = (hb_feature_t){HB_TAG('l', 'i', 'g', 'a'), 0, at - 1, at + 1};
        wanted[n++] = (hb_feature_t){HB_TAG('c', 'l', 'i', 'g'), 0, at - 1, at + 1};
    }
    hb_shape(style->font->hb_font, b, wanted, n);
    if (!hb_buffer_allocation_successful(b))
        mem_fail();
}

/* Fonts made for texts that are typed with cedillas (Open Sans of Debian) turn Romanian's commas into them where a
 * span says its language, which is another letter. */
static bool has_lost_commas(hb_buffer_t *b, const ShapeStyle *style, Str text)
{
    static const uint32_t cedilla[] = {0x15E, 0x15F, 0x162, 0x163};
    const char *language = hb_language_to_string(style->language);
    if (!language || strncmp(language, "ro", 2) != 0)
        return false;
    unsigned n;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &n);
    for (unsigned i = 0; i < n; i++) {
        size_t at = info[i].cluster;
        uint32_t typed = utf8_next(text, &at);
        hb_codepoint_t glyph;
        for (size_t k = 0; k < sizeof cedilla / sizeof *cedilla; k++)
            if (typed != cedilla[k] &&
                hb_font_get_nominal_glyph(style->font->hb_font, cedilla[k], &glyph) &&
                glyph == info[i].codepoint)
                return true;
    }
    return false;
}

/* End of the text of the cluster that glyphs [first, last] are. Clusters go up from left to right, or
 * down in text that reads from the right. */
static size_t cluster_end(const hb_glyph_info_t *info, unsigned n, unsigned first, unsigned last,
                          size_t length, bool rtl)
{
    if (rtl)
        return first > 0 ? info[first - 1].cluster : length;
    return last + 1 < n ? info[last + 1].cluster : length;
}

/* The text of glyph i. When a cluster has as many glyphs as characters they are paired, so that a
 * letter and its accent are copied as they were; else the first glyph has all of the text, and the
 * writer must say what the cluster means. */
static Str text_of(const hb_glyph_info_t *info, unsigned n, unsigned i, Str text, bool rtl)
{
    unsigned first = i, last = i;
    while (first > 0 && info[first - 1].cluster == info[i].cluster)
        first--;
    while (last + 1 < n && info[last + 1].cluster == info[i].cluster)
        last++;
    size_t from = info[i].cluster, to = cluster_end(info, n, first, last, text.n, rtl);
    Str cluster = str_cut(text, from, to);
    size_t glyphs = last - first + 1;
    if (glyphs == 1)
        return cluster;
    if (glyphs != utf8_length(cluster))
        return cluster;
    size_t nth = rtl ? last - i : i - first, at = 0, start = 0;
    for (size_t k = 0; k <= nth; k++) {
        start = at;
        utf8_next(cluster, &at);
    }
    return str_cut(cluster, start, at);
}

static int16_t small(int32_t v)
{
    return (int16_t)(v > INT16_MAX ? INT16_MAX : v < INT16_MIN ? INT16_MIN : v);
}

/* A ligature of text that reads from the right, or an empty text. Readers of PDF turn such text around
 * letter by letter, and the letters of one glyph would come out in the wrong order. */
static Str ligature_of(const hb_glyph_info_t *info, unsigned n, unsigned i, Str text)
{
    bool single = (i == 0 || info[i - 1].cluster != info[i].cluster) &&
                  (i + 1 == n || info[i + 1].cluster != info[i].cluster);
    Str means = single ? text_of(info, n, i, text, true) : (Str){"", 0};
    return utf8_length(means) > 1 ? means : (Str){"", 0};
}

static unsigned count_parts(const hb_glyph_info_t *info, unsigned n, Str text)
{
    unsigned parts = 0;
    for (unsigned i = 0; i < n; i++) {
        size_t letters = utf8_length(ligature_of(info, n, i, text));
        parts += letters ? (unsigned)letters - 1 : 0;
    }
    return parts;
}

/* The ligature's glyph stands for its last letter, and blanks without room, from left to right above it, for
 * the others. */
static void add_parts(GlyphWord *w, Str letters, uint32_t blank, int32_t own)
{
    Glyph ligature = w->glyph[w->n - 1];
    size_t n = utf8_length(letters);
    for (size_t k = n - 1; k-- > 0;) {
        size_t from = utf8_bytes(letters, k);
        Str letter = str_cut(letters, from, utf8_bytes(letters, k + 1));
        int32_t back = ligature.advance * (int32_t)(k + 1) / (int32_t)n;
        w->glyph[w->n++] =
            (Glyph){face_pair(w->face, blank, letter, own), 0, small(-back), 0, ligature.cluster};
    }
}

static bool is_space(Str text)
{
    return str_equal(text, STR(" ")) || str_equal(text, STR(NO_BREAK_SPACE));
}

static GlyphWord *make_word(Shaper *s, const ShapeStyle *style, Str text)
{
    unsigned n;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(s->buffer, &n);
    const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(s->buffer, &n);
    const Face *face = &style->font->face;
    hb_codepoint_t blank = 0;
    bool apart = style->rtl && hb_font_get_nominal_glyph(style->font->hb_font, ' ', &blank);
    unsigned parts = apart ? count_parts(info, n, text) : 0;
    GlyphWord *w = arena_alloc(s->kept, sizeof *w + (n + parts) * sizeof(Glyph));
    *w = (GlyphWord){
        .face = face,
        .scale = style->scale,
        .apart = style->apart,
        .text = arena_str(s->kept, text),
        .flags = (uint8_t)((style->rtl ? WORD_RTL : 0) | (is_space(text) ? WORD_SPACE : 0))};
    for (unsigned i = 0; i < n; i++) {
        int32_t own = hb_font_get_glyph_h_advance(style->font->hb_font, info[i].codepoint);
        Str letters = parts ? ligature_of(info, n, i, text) : (Str){"", 0};
        Str means = letters.n
                        ? str_cut(letters, utf8_bytes(letters, utf8_length(letters) - 1), letters.n)
                        : text_of(info, n, i, text, style->rtl);
        w->glyph[w->n++] = (Glyph){face_pair(face, info[i].codepoint, means, own),
                                   small(pos[i].x_advance), small(pos[i].x_offset),
                                   small(pos[i].y_offset), (uint16_t)info[i].cluster};
        w->width += w->glyph[w->n - 1].advance;
        if (letters.n)
            add_parts(w, letters, blank, hb_font_get_glyph_h_advance(style->font->hb_font, blank));
        if (!info[i].codepoint)
            w->flags |= WORD_MISSING;
    }
    return w;
}

const GlyphWord *shape_object(Shaper *s, const Font *font, float width)
{
    ShapeStyle style = {.font = font, .scale = width};
    Hash key = key_of(&style, (Str){"", 0});
    const GlyphWord *word = words_find(s->words, key);
    if (word)
        return word;
    GlyphWord *object = arena_alloc(s->kept, sizeof *object);
    *object = (GlyphWord){.face = &font->face,
                          .text = {"", 0},
                          .width = (int32_t)font->face.upem,
                          .scale = width,
                          .flags = WORD_OBJECT};
    return words_keep(s->words, key, object);
}

const GlyphWord *shape_word(Shaper *s, const ShapeStyle *style, Str text)
{
    Hash key = key_of(style, text);
    const GlyphWord *word = words_find(s->words, key);
    if (word)
        return word;
    fill_buffer(s->buffer, style, text);
    run_harfbuzz(s->buffer, style, true);
    if (has_lost_commas(s->buffer, style, text)) {
        fill_buffer(s->buffer, style, text);
        run_harfbuzz(s->buffer, style, false);
    }
    if (!style->rtl)
        marks_place(s->buffer, style->font, text);
    return words_keep(s->words, key, make_word(s, style, text));
}
