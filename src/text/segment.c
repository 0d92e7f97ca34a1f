#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/bidi.h"
#include "text/internal.h"
#include "text/tailor.h"

enum { TIE = 0xA0, SOFT_HYPHEN = 0xAD, ZERO_WIDTH_SPACE = 0x200B, OBJECT = 0xFFFC };

/* Bytes of a word that is shaped as a whole: its glyphs are counted in 16 bits. */
enum { LONGEST_WORD = 1 << 14 };

/* The paragraph as one text, with what is known of each byte. */
typedef struct {
    TextWorker *w;
    const TextRequest *request;
    Segments *out;
    Str text;
    uint8_t *allowed, *levels; /* levels is NULL without bidi */
    bool divide;               /* words where they may be */
    bool plain;                /* Latin alone: no need to look at scripts */
    ShapeStyle style;          /* of the run */
    const GlyphWord *space;    /* of the run, once there was one */
    /* the word that is being gathered, without its soft hyphens */
    char *word;
    size_t n;
    uint32_t start;    /* where it stands in the text */
    uint32_t piece;    /* byte of it that the piece that is pushed begins with */
    uint8_t before;    /* what parts that piece from the one before it */
    bool soft;         /* its joints are soft hyphens of the text */
    uint8_t may_break; /* before it */
    bool loosens;      /* the last tie may give way */
    uint16_t run;
    uint8_t level;
    hb_script_t script;
} Segmenter;

ShapeStyle segment_style(const TextRun *run)
{
    return (ShapeStyle){.font = run->font,
                        .features = run->features,
                        .script = HB_SCRIPT_LATIN,
                        .language = hb_language_from_string(run->language.p, (int)run->language.n),
                        .scale = 1};
}

static const Glyph *nth_glyph(const GlyphWord *word, uint32_t i)
{
    return &word->glyph[word->flags & WORD_RTL ? word->n - 1 - i : i];
}

/* Clusters ascend in reading order. */
static uint32_t glyphs_before(const GlyphWord *word, uint32_t byte)
{
    uint32_t from = 0, to = word->n;
    while (from < to) {
        uint32_t middle = (from + to) / 2;
        if (nth_glyph(word, middle)->cluster < byte)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

uint32_t segment_next_cluster(const GlyphWord *word, uint32_t byte)
{
    uint32_t i = glyphs_before(word, byte);
    return i < word->n ? nth_glyph(word, i)->cluster : (uint32_t)word->text.n;
}

uint32_t segment_last_cluster(const GlyphWord *word, uint32_t byte)
{
    uint32_t i = glyphs_before(word, byte);
    return i ? nth_glyph(word, i - 1)->cluster : 0;
}

const Glyph *segment_only_glyph(const GlyphWord *word, uint32_t from, uint32_t to)
{
    uint32_t first = glyphs_before(word, from);
    return glyphs_before(word, to) == first + 1 ? nth_glyph(word, first) : NULL;
}

double segment_width(const GlyphWord *word, uint32_t from, uint32_t to, float size)
{
    double units = 0;
    if (from == 0 && to >= word->text.n) {
        units = word->width;
    } else {
        uint32_t end = glyphs_before(word, to);
        for (uint32_t i = glyphs_before(word, from); i < end; i++)
            units += nth_glyph(word, i)->advance;
    }
    return units * (double)(size * word->scale) / word->face->upem;
}

static bool is_verbatim(const Segmenter *s)
{
    return (s->request->run[s->run].flags & RUN_VERBATIM) != 0;
}

/* Of the lines that go on with others, which may be indented. */
static double narrowest(const TextRequest *q)
{
    return (double)(q->measure - q->turn);
}

static void push_item(Segmenter *s, Item item)
{
    array_push(&s->out->items, item);
}

/* Where a byte of the word stands in the paragraph: soft hyphens are not in the word. */
static uint32_t source_of(const Segmenter *s, uint32_t byte)
{
    const Segments *out = s->out;
    uint32_t softs = 0;
    byte += s->piece;
    while (softs < out->joints.n && out->joints.at[softs].at <= byte)
        softs++;
    return s->start + byte + (s->soft ? 2 * softs : 0);
}

static Item first_item(const Segmenter *s, const GlyphWord *word)
{
    bool joint = s->before != PART_NONE;
    return (Item){.kind = ITEM_WORD,
                  .may_break = joint || s->may_break != BREAK_NEVER,
                  .hyphen = joint,
                  .part = joint                           ? s->before
                          : s->may_break == BREAK_ADDRESS ? PART_ADDRESS
                                                          : PART_NONE,
                  .level = s->level,
                  .run = s->run,
                  .script = s->script,
                  .word = word};
}

/* Adds bytes [item->from, to) of the word and goes on behind them. */
static void push_part(Segmenter *s, Item *item, uint32_t to)
{
    item->to = to;
    item->at = source_of(s, item->from);
    item->width = segment_width(item->word, item->from, to, s->request->run[s->run].size);
    push_item(s, *item);
    item->from = to;
    item->may_break = true;
}

/* Adds the word, cut where it may be hyphenated. */
static void push_word(Segmenter *s, const GlyphWord *word, const Joint *joint, size_t joints)
{
    Item item = first_item(s, word);
    for (size_t i = 0; i <= joints; i++) {
        uint32_t to = i < joints ? joint[i].at : (uint32_t)word->text.n;
        if (to <= item.from)
            continue;
        push_part(s, &item, to);
        item.hyphen = true;
        item.part = i < joints ? joint[i].part : 0;
    }
}

/* A word wider than the line is broken between any two letters rather than run off the page. */
static void push_too_wide(Segmenter *s, const GlyphWord *word)
{
    Item item = first_item(s, word);
    for (size_t at = 0; at < word->text.n;) {
        utf8_next(word->text, &at);
        if (segment_next_cluster(word, (uint32_t)at) != at)
            continue;
        push_part(s, &item, (uint32_t)at);
        item.part = PART_ANYWHERE;
    }
    s->out->emergency |= !is_verbatim(s);
}

static double hyphen_width(Segmenter *s, const ShapeStyle *style, float size)
{
    const GlyphWord *hyphen = shape_word(&s->w->shaper, style, STR("\xC2\xAD"));
    return segment_width(hyphen, 0, (uint32_t)hyphen->text.n, size);
}

static bool too_wide(Segmenter *s, const ShapeStyle *style, const GlyphWord *word,
                     const Joint *joint, size_t joints)
{
    uint32_t from = 0;
    float size = s->request->run[s->run].size;
    if (segment_width(word, 0, (uint32_t)word->text.n, size) <= narrowest(s->request))
        return false;
    double hyphen = joints ? hyphen_width(s, style, size) : 0;
    for (size_t i = 0; i <= joints; i++) {
        uint32_t to = i < joints ? joint[i].at : (uint32_t)word->text.n;
        double width = segment_width(word, from, to, size) + (i < joints ? hyphen : 0);
        if (width > narrowest(s->request))
            return true;
        from = to;
    }
    return false;
}

/* The places where a word may be divided, or none. */
static size_t find_joints(Segmenter *s, Str text, const Joint **joint)
{
    const Hyphenation *hyphenation = s->request->hyphenation;
    if (!hyphenation || text.n < HYPHEN_SHORTEST)
        return 0;
    return divide_word(s->w->divisions, hyphenation, s->request->run[s->run].language, text, joint);
}

/* Divides a word that is wider than the line and stands where words are not divided: at the joints of a
 * compound if that is enough, else wherever it may be. False when even that is not. */
static bool push_divided(Segmenter *s, const ShapeStyle *style, const GlyphWord *word, Str text)
{
    const Joint *all;
    size_t n = s->request->run[s->run].hyphenate ? 0 : find_joints(s, text, &all), joints = 0;
    if (!n)
        return false;
    Joint *joint = arena_array(&s->w->scratch, n, Joint);
    for (size_t i = 0; i < n; i++)
        if (all[i].part == PART_JOINT)
            joint[joints++] = all[i];
    if (joints && !too_wide(s, style, word, joint, joints)) {
        push_word(s, word, joint, joints);
        return true;
    }
    if (too_wide(s, style, word, all, n))
        return false;
    push_word(s, word, all, n);
    return true;
}

static void push_shaped(Segmenter *s, const ShapeStyle *style, const GlyphWord *word,
                        const Joint *joint, size_t joints)
{
    if (!too_wide(s, style, word, joint, joints))
        push_word(s, word, joint, joints);
    else if (joints || is_verbatim(s) || !push_divided(s, style, word, word->text))
        push_too_wide(s, word);
}

/* Characters that take the font of what they follow. */
static bool follows(uint32_t c)
{
    return utf8_is_mark(c) || (c >= 0x200B && c <= 0x200F) || c == 0x2060 ||
           (c >= 0xFE00 && c <= 0xFE0F) || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
}

static bool covers(const Font *font, uint32_t c)
{
    hb_codepoint_t glyph;
    return hb_font_get_nominal_glyph(font->hb_font, c, &glyph) && glyph;
}

static const Font *other_font(const Segmenter *s, const Font *own, uint32_t c)
{
    return fonts_fallback(s->w->fonts, s->request->fallback, own, c);
}

/* Small letters of a fallback are as high as those around them, within bounds: fonts of scripts without
 * small letters give odd heights. */
static float scale_to(const Font *own, const Font *font)
{
    const float least = 0.7F, most = 1.4F;
    const Face *a = &own->face, *b = &font->face;
    if (own == font || a->x_height <= 0 || b->x_height <= 0)
        return 1;
    float scale = (float)a->x_height * (float)b->upem / ((float)b->x_height * (float)a->upem);
    return scale < least ? least : scale > most ? most : scale;
}

static void note_missing(Segmenter *s, uint32_t c, uint32_t mark)
{
    array_push(&s->out->missing, ((GlyphMissing){c, mark, s->run}));
}

/* What stands for characters that no font has. */
static ShapeStyle substitute(const Segmenter *s, const ShapeStyle *own)
{
    enum { REPLACEMENT = 0xFFFD };
    ShapeStyle style = *own;
    const Font *font = covers(own->font, REPLACEMENT) ? own->font
                                                      : other_font(s, own->font, REPLACEMENT);
    style.font = font ? font : own->font;
    style.features = font ? FEATURE_REPLACED : FEATURE_QUERIED;
    style.scale = scale_to(own->font, style.font);
    return style;
}

static ShapeStyle style_for(Segmenter *s, const ShapeStyle *own, uint32_t c)
{
    ShapeStyle style = *own;
    if (covers(own->font, c))
        return style;
    style.font = other_font(s, own->font, c);
    if (!style.font) {
        note_missing(s, c, 0);
        return substitute(s, own);
    }
    style.scale = scale_to(own->font, style.font);
    return style;
}

/* Letters of Greek with a breathing or an accent of old. A font that hasn't them as such has no places for their marks
 * either: those of capitals stand before them. */
static bool is_polytonic(uint32_t c)
{
    return c >= 0x1F00 && c <= 0x1FFF;
}

/* By what Unicode says, where segment_is_letter takes signs for letters, too. */
static bool is_letter(uint32_t c)
{
    hb_unicode_general_category_t category =
        hb_unicode_general_category(hb_unicode_funcs_get_default(), c);
    return category >= HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER &&
           category <= HB_UNICODE_GENERAL_CATEGORY_UPPERCASE_LETTER;
}

/* The next letter and its marks as one character, where Unicode has one; else the last of them that it has. */
static uint32_t next_whole(Str text, size_t *at)
{
    hb_codepoint_t letter = utf8_next(text, at), whole;
    for (size_t behind = *at; behind < text.n; *at = behind) {
        uint32_t mark = utf8_next(text, &behind);
        if (!utf8_is_mark(mark))
            break;
        bool composed = hb_unicode_compose(hb_unicode_funcs_get_default(), letter, mark, &whole);
        letter = composed ? whole : mark;
    }
    return letter;
}

static bool lacks_polytonic(const Font *font, Str text)
{
    bool lacks = false;
    for (size_t at = 0; at < text.n && !lacks;) {
        uint32_t c = next_whole(text, &at);
        lacks = is_polytonic(c) && !covers(font, c);
    }
    return lacks;
}

/* Of a word that is shaped. */
static bool is_lacking(const ShapeStyle *style, const GlyphWord *word)
{
    return (word->flags & WORD_MISSING) != 0 ||
           (style->script == HB_SCRIPT_GREEK && lacks_polytonic(style->font, word->text));
}

static bool lacks_glyphs(Segmenter *s, const ShapeStyle *style, Str text)
{
    return is_lacking(style, shape_word(&s->w->shaper, style, text));
}

/* The end of a character with the marks that follow it. */
static size_t cluster_end(Str text, size_t at)
{
    for (size_t next = at; at < text.n; at = next)
        if (!follows(utf8_next(text, &next)))
            break;
    return at;
}

/* A mark that the font of its letter lacks: with the letter, where another font has it. */
static void note_missing_mark(Segmenter *s, const Font *own, uint32_t letter, uint32_t mark)
{
    bool other = covers(own, mark) || other_font(s, own, mark);
    note_missing(s, other ? letter : mark, other ? mark : 0);
}

/* A letter with its marks is set in one font, which has them all, or can compose them. Where none does, they are
 * reported. */
static ShapeStyle style_for_cluster(Segmenter *s, const ShapeStyle *own, Str cluster)
{
    if (!lacks_glyphs(s, own, cluster))
        return *own;
    for (size_t at = 0; at < cluster.n;) {
        ShapeStyle style = *own;
        style.font = other_font(s, own->font, utf8_next(cluster, &at));
        if (!style.font)
            continue;
        style.scale = scale_to(own->font, style.font);
        if (!lacks_glyphs(s, &style, cluster))
            return style;
    }
    size_t at = 0, missing = s->out->missing.n;
    uint32_t letter = utf8_next(cluster, &at);
    ShapeStyle style = style_for(s, own, letter);
    while (at < cluster.n) {
        uint32_t mark = utf8_next(cluster, &at);
        if (utf8_is_mark(mark) && style.features == own->features && !covers(style.font, mark))
            note_missing_mark(s, own->font, letter, mark);
    }
    return s->out->missing.n > missing ? substitute(s, own) : style;
}

static bool same_font(const ShapeStyle *a, const ShapeStyle *b)
{
    return a->font == b->font && a->features == b->features;
}

static void push_piece_of(Segmenter *s, const ShapeStyle *style, Str text, size_t from, size_t to)
{
    if (from == to)
        return;
    Joint *joint = arena_array(&s->w->scratch, s->out->joints.n, Joint);
    size_t n = 0;
    for (size_t i = 0; i < s->out->joints.n; i++) {
        Joint j = s->out->joints.at[i];
        if (j.at == from)
            s->before = j.part;
        else if (j.at > from && j.at < to)
            joint[n++] = (Joint){j.at - (uint32_t)from, j.part};
    }
    s->piece = (uint32_t)from;
    ShapeStyle own = *style;
    own.apart = shape_apart_from(style->apart, from);
    const GlyphWord *word = shape_word(&s->w->shaper, &own, str_cut(text, from, to));
    push_shaped(s, &own, word, joint, n);
    s->may_break = BREAK_NEVER;
    s->before = PART_NONE;
    s->piece = 0;
}

/* Where a font lacks a letter, the whole word is set in the one that has it, if that has all of them: no word changes
 * its type within. */
static bool push_in_other(Segmenter *s, const ShapeStyle *own, Str text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t c = next_whole(text, &at);
        ShapeStyle style = *own;
        if (!is_letter(c) || covers(own->font, c))
            continue;
        style.font = other_font(s, own->font, c);
        if (!style.font || lacks_glyphs(s, &style, text))
            return false;
        style.scale = scale_to(own->font, style.font);
        push_piece_of(s, &style, text, 0, text.n);
        return true;
    }
    return false;
}

/* The word's font lacks something: set it in pieces, each in a font that has its characters. What
 * no font has is reported, and a mark stands for it. */
static void push_pieced(Segmenter *s, const ShapeStyle *own, Str text)
{
    ShapeStyle style = *own;
    size_t from = 0;
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        size_t end = cluster_end(text, at);
        ShapeStyle next = end == at ? style_for(s, own, c)
                                    : style_for_cluster(s, own, str_cut(text, start, end));
        at = end;
        if (!same_font(&style, &next))
            push_piece_of(s, &style, text, from, start);
        if (!same_font(&style, &next))
            from = start;
        style = next;
    }
    push_piece_of(s, &style, text, from, text.n);
}

bool segment_is_letter(uint32_t c)
{
    return (c < 0x80 && ascii_letter((char)c)) ||
           (c >= 0xC0 && (c < 0x2000 || c > 0x206F) && c != OBJECT);
}

/* The character that ends before a byte of the text, or 0. */
static uint32_t character_before(Str text, size_t at)
{
    size_t from = at ? utf8_start(text, at - 1) : 0;
    return at ? utf8_next(text, &from) : 0;
}

/* Whether letters of another run stand right before or behind the word: it is a part, not a word. */
static bool is_part_of_word(const Segmenter *s)
{
    size_t end = s->start + s->n;
    bool before = s->start > 0 && segment_is_letter(character_before(s->text, s->start));
    return before || (end < s->text.n && segment_is_letter(utf8_next(s->text, &end)));
}

static bool is_capital(Str text)
{
    size_t i = 0;
    while (i < text.n && strchr("(\"'[", text.p[i]))
        i++;
    if (i < text.n && text.p[i] >= 'A' && text.p[i] <= 'Z')
        return true;
    return i + 1 < text.n && (unsigned char)text.p[i] == 0xC3 &&
           (unsigned char)text.p[i + 1] <= 0x9E;
}

/* A capital that no sentence asks for. */
static bool is_name(const Segmenter *s, Str text)
{
    size_t at = s->start;
    while (at > 0 && strchr(" (\"'[", s->text.p[at - 1]))
        at--;
    return at > 0 && is_capital(text) && !strchr(".!?:", s->text.p[at - 1]);
}

/* What the text itself says by soft hyphens counts alone. Names are divided where little else is good, and best
 * where parts of a compound meet, as those of authorities do. */
static void add_joints(Segmenter *s, Str text)
{
    const Joint *joint;
    size_t n = is_part_of_word(s) ? 0 : find_joints(s, text, &joint);
    bool name = n && is_name(s, text);
    for (size_t i = 0; i < n; i++) {
        Joint j = joint[i];
        if (name)
            j.part = j.part == PART_JOINT ? PART_RARE : PART_NAME;
        array_push(&s->out->joints, j);
    }
}

/* Where the parts of a compound meet in letters that fonts tie together: chef=indkøb. */
static uint64_t find_apart(Segmenter *s, Str text)
{
    uint64_t apart = 0;
    bool tied = false;
    for (size_t i = 1; i < text.n && !tied; i++)
        tied = text.p[i - 1] == 'f' && strchr("bfhijklt", text.p[i]);
    const Joint *joint;
    size_t n = tied ? find_joints(s, text, &joint) : 0;
    for (size_t i = 0; i < n; i++)
        if (joint[i].part == PART_JOINT && joint[i].at < 64 && text.p[joint[i].at - 1] == 'f')
            apart |= (uint64_t)1 << joint[i].at;
    return apart;
}

static void finish_word(Segmenter *s)
{
    if (!s->n)
        return;
    ShapeStyle style = s->style;
    style.script = s->script;
    style.rtl = s->level & 1;
    Str text = {s->word, s->n};
    s->soft = s->out->joints.n > 0;
    style.apart = find_apart(s, text);
    if (!s->soft && s->divide && s->request->run[s->run].hyphenate)
        add_joints(s, text);
    const GlyphWord *word = shape_word(&s->w->shaper, &style, text);
    if (!is_lacking(&style, word))
        push_shaped(s, &style, word, s->out->joints.at, s->out->joints.n);
    else if (!push_in_other(s, &style, text))
        push_pieced(s, &style, text);
    s->n = 0;
    s->out->joints.n = 0;
}

static void drop_last_space(Segments *out)
{
    while (out->items.n && array_last(&out->items).kind == ITEM_SPACE)
        out->items.n--;
}

static const GlyphWord *space_of(Segmenter *s)
{
    if (!s->space)
        s->space = shape_word(&s->w->shaper, &s->style, STR(" "));
    return s->space;
}

/* Who copies or listens to the text gets a blank between the words on both sides of it. */
static void add_newline(Segmenter *s, size_t at)
{
    drop_last_space(s->out);
    Item item = {.kind = ITEM_NEWLINE, .run = s->run, .at = (uint32_t)at};
    item.level = s->levels ? s->levels[at] : 0;
    item.word = space_of(s);
    item.to = 1;
    push_item(s, item);
}

static void add_space(Segmenter *s, size_t at)
{
    const Item *last = s->out->items.n ? &array_last(&s->out->items) : NULL;
    if (!is_verbatim(s) && (!last || last->kind != ITEM_WORD))
        return; /* blanks at the head of a line, and the second of two */
    Item item = {.kind = ITEM_SPACE,
                 .run = s->run,
                 .level = s->levels ? s->levels[at] : 0,
                 .at = (uint32_t)at};
    item.word = space_of(s);
    item.to = 1;
    item.width = segment_width(item.word, 0, 1, s->request->run[s->run].size);
    push_item(s, item);
}

static hb_script_t script_of(uint32_t c)
{
    return hb_unicode_script(hb_unicode_funcs_get_default(), c);
}

static bool is_neutral(hb_script_t script)
{
    return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED ||
           script == HB_SCRIPT_UNKNOWN;
}

/* Whether the character can't stand in the word that is being gathered. */
static bool must_cut(Segmenter *s, size_t at, uint32_t c, bool after_soft)
{
    if (!s->n)
        return false;
    if (s->levels && s->levels[at] != s->level)
        return true;
    if (s->n >= LONGEST_WORD && !follows(c))
        return true;
    if (!s->plain) {
        hb_script_t script = script_of(c);
        if (!is_neutral(script) && script != s->script && s->script != HB_SCRIPT_COMMON)
            return true;
    }
    return s->allowed[at] && !after_soft;
}

/* Whether more than blanks stand on the line so far. */
static bool follows_text(const Segments *out)
{
    size_t i = out->items.n;
    while (i > 0 && out->items.at[i - 1].kind == ITEM_SPACE)
        i--;
    return i > 0 && out->items.at[i - 1].kind == ITEM_WORD;
}

static void begin_word(Segmenter *s, size_t at, uint32_t c)
{
    Item *last = s->out->items.n ? &array_last(&s->out->items) : NULL;
    bool follows_word = at > 0 && last && last->kind == ITEM_WORD;
    if (last && last->kind == ITEM_SPACE)
        last->may_break = (last->part == PART_TIED ? s->loosens && segment_is_letter(c)
                                                   : s->allowed[at] != BREAK_NEVER) &&
                          follows_text(s->out);
    s->may_break = follows_word ? s->allowed[at] : BREAK_NEVER;
    s->start = (uint32_t)at;
    s->level = s->levels ? s->levels[at] : 0;
    s->script = HB_SCRIPT_LATIN;
    if (!s->plain) {
        hb_script_t script = script_of(c);
        s->script = is_neutral(script) ? HB_SCRIPT_COMMON : script;
    }
}

static void add_character(Segmenter *s, size_t at, uint32_t c, bool after_soft)
{
    if (must_cut(s, at, c, after_soft))
        finish_word(s);
    if (!s->n)
        begin_word(s, at, c);
    else if (s->script == HB_SCRIPT_COMMON && !s->plain && !is_neutral(script_of(c)))
        s->script = script_of(c);
    s->n += utf8_put(s->word + s->n, c);
}

/* Characters that end a line by themselves: classes BK, CR, LF and NL of UAX #14. */
static bool ends_line(uint32_t c)
{
    return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static void add_blank(Segmenter *s, uint32_t c, size_t at, size_t next)
{
    finish_word(s);
    bool half = c == '\r' && next < s->text.n && s->text.p[next] == '\n';
    if (ends_line(c) && !half)
        add_newline(s, at);
    else if (c == ' ' || c == '\t')
        add_space(s, at);
}

/* What is wider than the line gets smaller. */
static void push_object(Segmenter *s, size_t start)
{
    const TextRun *run = &s->request->run[s->run];
    float width = fminf(run->object, (float)narrowest(s->request));
    const GlyphWord *word = shape_object(&s->w->shaper, run->font, width / run->size);
    begin_word(s, start, OBJECT);
    Item item = first_item(s, word);
    push_part(s, &item, 0);
}

/* A tie may give way before a long word where a line would else be far too short, or too loose: 55.000 /
 * virksomheder, but not 35 / pct., nor 28. / august, nor in the narrow columns of tables. */
static bool may_loosen(const Segmenter *s, Str text, size_t at, size_t next)
{
    const float wide = 20, unbounded = 200; /* sizes; what is measured by itself has no lines */
    enum { LONG_WORD = 5 };
    const TextRequest *q = s->request;
    size_t letters = 0;
    float size = q->run[s->run].size;
    bool narrow = q->measure < wide * size || q->measure > unbounded * size;
    if ((q->align != TEXT_JUSTIFY && narrow) ||
        (at > 1 && text.p[at - 1] == '.' && ascii_digit(text.p[at - 2])))
        return false;
    while (next < text.n && letters < LONG_WORD && segment_is_letter(utf8_next(text, &next)))
        letters++;
    return letters == LONG_WORD;
}

/* Justified text stretches a no-break space between words as it does others, and divides the words beside it. */
static bool add_tie(Segmenter *s, Str text, size_t start, size_t at, size_t next)
{
    if (is_verbatim(s) || !s->n || next >= text.n)
        return false;
    s->loosens = may_loosen(s, text, at, next);
    if (s->request->align != TEXT_JUSTIFY && !s->loosens)
        return false;
    uint32_t behind = utf8_next(text, &(size_t){next});
    const GlyphWord *space = shape_word(&s->w->shaper, &s->style, str_cut(text, at, next));
    if (behind == ' ' || behind == '\t' || behind == TIE || behind == SOFT_HYPHEN ||
        ends_line(behind) || space->flags & WORD_MISSING)
        return false;
    finish_word(s);
    add_space(s, start + at);
    Item *item = &array_last(&s->out->items);
    item->part = PART_TIED;
    item->word = space;
    item->to = (uint32_t)(next - at);
    item->width = segment_width(space, 0, item->to, s->request->run[s->run].size);
    return true;
}

static void segment_run(Segmenter *s, size_t start)
{
    Str text = s->request->run[s->run].text;
    bool after_soft = false;
    s->style = segment_style(&s->request->run[s->run]);
    s->space = NULL;
    if (s->request->run[s->run].object > 0) {
        push_object(s, start);
        return;
    }
    for (size_t i = 0; i < text.n;) {
        size_t at = i;
        uint32_t c = utf8_next(text, &i);
        if (c == SOFT_HYPHEN) {
            if (s->n && s->allowed[start + i])
                array_push(&s->out->joints, ((Joint){(uint32_t)s->n, PART_JOINT}));
            after_soft = true;
            continue;
        }
        if (c == ' ' || c == '\t' || c == ZERO_WIDTH_SPACE || ends_line(c))
            add_blank(s, c, start + at, start + i);
        else if (c != TIE || !add_tie(s, text, start, at, i))
            add_character(s, start + at, c, after_soft);
        after_soft = false;
    }
    finish_word(s);
}

/* Latin letters with their accents, and general punctuation. */
static bool is_plain(Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c < 0xC0 || (c >= 0xC2 && c <= 0xC9))
            continue;
        if (c != 0xE2 || i + 1 >= text.n || (unsigned char)text.p[i + 1] > 0x82)
            return false;
    }
    return true;
}

Str segment_text(TextWorker *w, const TextRequest *q)
{
    if (q->runs == 1)
        return q->run[0].text;
    size_t n = 0;
    for (size_t i = 0; i < q->runs; i++)
        n += q->run[i].text.n;
    char *p = arena_bytes(&w->scratch, n + 1);
    Str joined = {p, n};
    for (size_t i = 0; i < q->runs; i++) {
        if (q->run[i].text.n)
            memcpy(p, q->run[i].text.p, q->run[i].text.n);
        p += q->run[i].text.n;
    }
    *p = 0;
    return joined;
}

/* Where a name, number or text begins behind a comma, an opening bracket, a slash or the like. */
static bool follows_punctuation(Str text, size_t at)
{
    char before = text.p[at - 1], c = text.p[at];
    bool begins = ascii_letter(c) || ascii_digit(c) || (c && strchr("_$\"'", c));
    return begins && before && strchr(",;({[=|/", before);
}

/* Code is broken at blanks alone; where its lines go on indented, behind punctuation rather than anywhere. */
static void keep_verbatim(const TextRequest *q, Str text, uint8_t *allowed)
{
    size_t start = 0;
    for (size_t i = 0; i < q->runs; start += q->run[i++].text.n)
        for (size_t at = start; q->run[i].flags & RUN_VERBATIM && at < start + q->run[i].text.n;
             at++)
            if (at > start && text.p[at - 1] != ' ')
                allowed[at] = q->turn > 0 && follows_punctuation(text, at) ? BREAK_ADDRESS
                                                                           : BREAK_NEVER;
}

/* Makes a break of every joint in items [from, end). */
static void part_group(Segments *out, const TextRequest *q, size_t from, size_t end)
{
    for (size_t k = from + 1; k < end; k++) {
        Item *item = &out->items.at[k];
        out->emergency |= !(q->run[item->run].flags & RUN_VERBATIM);
        if (item->kind == ITEM_SPACE) {
            item->may_break = true;
        } else if (out->items.at[k - 1].kind != ITEM_SPACE) {
            item->may_break = true;
            item->part = PART_ANYWHERE;
        }
    }
}

/* Words of several styles, and words with spaces that don't break, fit each by itself; where they
 * don't together, they are parted after all. */
static void part_wide_groups(Segments *out, const TextRequest *q)
{
    double measure = narrowest(q);
    for (size_t i = 0, end; i < out->items.n; i = end) {
        const Item *first = &out->items.at[i];
        double width = first->kind == ITEM_WORD || !item_parts(first) ? first->width : 0;
        for (end = i + 1; end < out->items.n && !item_parts(&out->items.at[end]); end++)
            width += out->items.at[end].width;
        if (width > measure && end > i + 1)
            part_group(out, q, i, end);
    }
}

void segment(TextWorker *w, const TextRequest *q, bool divide)
{
    Segments *out = &w->segments;
    Segmenter s = {.w = w, .request = q, .out = out, .divide = divide};
    out->items.n = out->missing.n = out->joints.n = 0;
    out->bidi = out->emergency = false;
    out->base = 0;
    s.text = segment_text(w, q);
    if (!s.text.n)
        return;
    s.allowed = arena_alloc(&w->scratch, s.text.n + 1);
    s.word = arena_bytes(&w->scratch, s.text.n + 1);
    s.plain = is_plain(s.text);
    breaks_find(w->breaks, s.text, s.allowed);
    tailor_breaks(s.text, s.allowed);
    keep_verbatim(q, s.text, s.allowed);
    s.allowed[s.text.n] = 1;
    out->bidi = !s.plain && bidi_needed(s.text);
    if (out->bidi) {
        s.levels = arena_alloc(&w->scratch, s.text.n);
        out->base = bidi_levels(s.text, &q->composed, s.levels);
    }
    size_t start = 0;
    for (; s.run < q->runs; s.run++) {
        segment_run(&s, start);
        start += q->run[s.run].text.n;
    }
    drop_last_space(out);
    part_wide_groups(out, q);
}
