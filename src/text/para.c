#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/bidi.h"
#include "text/internal.h"
#include "text/linebreak.h"

#define SOFT_HYPHEN "\xC2\xAD"
#define EMERGENCY_COST 1e8 /* any other way to break the paragraph is better */

/* Where a break leaves off and where the next line begins. */
typedef struct {
    uint32_t end, next; /* items */
    bool hyphen;
} Cut;

typedef struct {
    TextWorker *w;
    const TextRequest *request;
    const Segments *seg;
    LineArrays *out;
    BreakPoint *point;
    Cut *cut;
    size_t points;
    float widest;
} Compose;

static ShapeStyle style_of_item(const Compose *c, const Item *item)
{
    ShapeStyle style = segment_style(&c->request->run[item->run]);
    style.font = font_of_face(item->word->face);
    style.script = item->script;
    style.rtl = (item->word->flags & WORD_RTL) != 0;
    return style;
}

static double hyphen_width(Compose *c, const Item *item)
{
    ShapeStyle style = style_of_item(c, item);
    const GlyphWord *hyphen = shape_word(&c->w->shaper, &style, STR(SOFT_HYPHEN));
    return segment_width(hyphen, 0, (uint32_t)hyphen->text.n, c->request->run[item->run].size);
}

/* A part of a word, shaped anew because letters at its ends no longer have their neighbours. */
static const GlyphWord *part_of(Compose *c, const Item *item, uint32_t from, uint32_t to,
                                bool hyphen)
{
    const GlyphWord *whole = item->word;
    if (from == 0 && to >= whole->text.n && !hyphen)
        return whole;
    ShapeStyle style = style_of_item(c, item);
    char *text = arena_bytes(&c->w->scratch, to - from + 3);
    memcpy(text, whole->text.p + from, to - from);
    size_t n = to - from;
    if (hyphen)
        n += utf8_put(text + n, 0xAD);
    return shape_word(&c->w->shaper, &style, (Str){text, n});
}

/* What the letters [from, to) of a word gain when they stand alone: kerning is shared between both
 * letters of a pair. */
static double gain_alone(Compose *c, const Item *item, uint32_t from, uint32_t to)
{
    float size = c->request->run[item->run].size;
    const GlyphWord *alone = part_of(c, item, from, to, false);
    return segment_width(alone, 0, (uint32_t)alone->text.n, size) -
           segment_width(item->word, from, to, size);
}

/* The letter at the end of one item, and that at the beginning of the next, where a word is cut. */
static void widen_cut(Compose *c, const Item *before, const Item *after, BreakPoint *p)
{
    if (before->kind != ITEM_WORD || before->word != after->word)
        return;
    uint32_t last = segment_last_cluster(before->word, before->to);
    uint32_t first = segment_next_cluster(after->word, after->from + 1);
    last = last < before->from ? before->from : last;
    first = first > after->to ? after->to : first;
    p->to += gain_alone(c, before, last, before->to);
    p->from -= gain_alone(c, after, after->from, first);
}

static void add_point(Compose *c, BreakPoint point, Cut cut)
{
    c->point[c->points] = point;
    c->cut[c->points++] = cut;
}

/* Turns items into places to break and the widths between them. */
static void find_points(Compose *c)
{
    size_t n = c->seg->items.n;
    double at = 0;
    uint32_t spaces = 0;
    c->point = arena_array(&c->w->scratch, n + 1, BreakPoint);
    c->cut = arena_array(&c->w->scratch, n + 1, Cut);
    for (uint32_t i = 0; i < n; i++) {
        const Item *item = &c->seg->items.at[i];
        BreakPoint p = {.to = at, .from = at, .spaces = spaces, .next_spaces = spaces};
        if (item->kind == ITEM_NEWLINE) {
            p.forced = true;
            add_point(c, p, (Cut){i, i + 1, false});
        } else if (item->kind == ITEM_SPACE) {
            p.from += item->width;
            p.next_spaces = ++spaces;
            if (item->may_break)
                add_point(c, p, (Cut){i, i + 1, false});
        } else if (item->may_break && i > 0) {
            p.hyphen = item->hyphen ? hyphen_width(c, item) : 0;
            p.cost = item->emergency ? EMERGENCY_COST : 0;
            widen_cut(c, item - 1, item, &p);
            add_point(c, p, (Cut){i, i, item->hyphen});
        }
        at += item->width;
    }
    add_point(
        c,
        (BreakPoint){.to = at, .from = at, .spaces = spaces, .next_spaces = spaces, .forced = true},
        (Cut){(uint32_t)n, (uint32_t)n, false});
}

/* ---- lines ---------------------------------------------------------------------------------- */

static void push_piece(Compose *c, const Item *item, const GlyphWord *word)
{
    const TextRun *r = &c->request->run[item->run];
    if (!c->out->runs.n || array_last(&c->out->runs).source != item->run)
        array_push(&c->out->runs, ((GlyphRun){(uint32_t)c->out->pieces.n, item->run, r->flags,
                                              r->size, r->rise, r->colour}));
    array_push(&c->out->pieces, word->id);
    if (c->seg->bidi)
        array_push(&c->out->levels, item->level);
}

/* Adds the items of a line as pieces; items that are parts of one word become one piece again. */
static void push_pieces(Compose *c, uint32_t from, const Cut *cut)
{
    const Item *items = c->seg->items.at;
    for (uint32_t i = from; i < cut->end;) {
        const Item *first = &items[i];
        uint32_t to = first->to;
        for (i++; i < cut->end && items[i].kind == ITEM_WORD && items[i].word == first->word &&
                  items[i].from == to && items[i].from > 0;
             i++)
            to = items[i].to;
        push_piece(c, first, part_of(c, first, first->from, to, cut->hyphen && i == cut->end));
    }
}

static float natural_width(const Compose *c, const GlyphLine *line, uint32_t end, uint32_t *spaces)
{
    float width = 0;
    uint32_t run = line->run;
    for (uint32_t p = line->first; p < end; p++) {
        const GlyphWord *word = words_at(c->w->shaper.words, c->out->pieces.at[p]);
        while (run + 1 < c->out->runs.n && c->out->runs.at[run + 1].first <= p)
            run++;
        width += (float)word->width * c->out->runs.at[run].size / (float)word->face->upem;
        *spaces += (word->flags & WORD_SPACE) != 0;
    }
    return width;
}

static void align(const Compose *c, GlyphLine *line, uint32_t spaces, bool last)
{
    float slack = c->request->measure - line->width;
    TextAlign how = c->request->align;
    if (how == TEXT_LEFT && (c->seg->base & 1))
        how = TEXT_RIGHT;
    if (how == TEXT_RIGHT) {
        line->x = slack;
    } else if (how == TEXT_CENTRE) {
        line->x = slack / 2;
    } else if (how == TEXT_JUSTIFY && spaces && (!last || slack < 0)) {
        line->extra = slack / (float)spaces;
        line->width = c->request->measure;
    }
}

/* Places the pieces of a line from left to right by their levels. The space that the line was
 * broken at keeps to the end, where it is not seen. */
static void place_bidi(Compose *c, GlyphLine *line, uint32_t visible)
{
    uint32_t n = visible - line->first;
    int32_t *order = arena_array(&c->w->scratch, n + 1, int32_t);
    while (c->out->x.n < line->end)
        array_push(&c->out->x, 0);
    bidi_order(c->out->levels.at + line->first, n, order);
    float x = 0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t p = line->first + (uint32_t)order[k], run = line->run;
        while (run + 1 < c->out->runs.n && c->out->runs.at[run + 1].first <= p)
            run++;
        const GlyphWord *word = words_at(c->w->shaper.words, c->out->pieces.at[p]);
        c->out->x.at[p] = x;
        x += piece_width(word, &c->out->runs.at[run], line);
    }
    for (uint32_t p = visible; p < line->end; p++)
        c->out->x.at[p] = c->seg->base & 1 ? 0 : x;
    line->flags |= LINE_BIDI;
}

static void add_line(Compose *c, uint32_t from, const Cut *cut, bool forced)
{
    GlyphLine line = {.first = (uint32_t)c->out->pieces.n,
                      .flags = cut->hyphen ? LINE_HYPHENATED : 0,
                      .run = c->out->runs.n ? (uint32_t)c->out->runs.n - 1 : 0};
    push_pieces(c, from, cut);
    uint32_t visible = (uint32_t)c->out->pieces.n, spaces = 0;
    if (cut->end < c->seg->items.n && c->seg->items.at[cut->end].kind == ITEM_SPACE)
        push_piece(c, &c->seg->items.at[cut->end], c->seg->items.at[cut->end].word);
    line.end = (uint32_t)c->out->pieces.n;
    if (line.run + 1 < c->out->runs.n && c->out->runs.at[line.run + 1].first <= line.first)
        line.run++;
    line.width = natural_width(c, &line, visible, &spaces);
    align(c, &line, spaces, forced);
    if (c->seg->bidi)
        place_bidi(c, &line, visible);
    if (line.width > c->widest)
        c->widest = line.width;
    array_push(&c->out->lines, line);
}

static void make_lines(Compose *c)
{
    bool justify = c->request->align == TEXT_JUSTIFY;
    BreakStyle style = {(double)c->request->measure, justify, 0};
    for (size_t i = 0; i < c->seg->items.n && style.space <= 0; i++)
        if (c->seg->items.at[i].kind == ITEM_SPACE)
            style.space = c->seg->items.at[i].width;
    uint32_t *chosen = arena_array(&c->w->scratch, c->points, uint32_t);
    size_t n = break_lines(c->point, c->points, &style, chosen);
    uint32_t from = 0;
    for (size_t i = 0; i < n; i++) {
        const Cut *cut = &c->cut[chosen[i]];
        add_line(c, from, cut, c->point[chosen[i]].forced);
        from = cut->next;
    }
}

/* ---- the result ----------------------------------------------------------------------------- */

/* Puts an array at *at and moves it on. */
static const void *put(char **at, const void *from, size_t bytes)
{
    void *to = *at;
    if (bytes)
        memcpy(to, from, bytes);
    *at += bytes;
    return to;
}

/* Of the words that can't be parted from each other, with the hyphen that parts them from the next. */
static float widest_part(Compose *c)
{
    double part = 0, widest = 0;
    for (size_t i = 0; i < c->seg->items.n; i++) {
        const Item *item = &c->seg->items.at[i];
        if (item->hyphen)
            widest = fmax(widest, part + hyphen_width(c, item));
        if (item_parts(item))
            part = 0;
        if (!item_parts(item) || item->kind == ITEM_WORD)
            part += item->width;
        widest = fmax(widest, part);
    }
    return (float)widest;
}

/* One block of memory: most paragraphs are the single word of a table's cell. Every array holds
 * things of four bytes' alignment. */
static GlyphPara *keep_result(Compose *c)
{
    size_t lines = c->out->lines.n * sizeof(GlyphLine), runs = c->out->runs.n * sizeof(GlyphRun);
    size_t pieces = c->out->pieces.n * sizeof(uint32_t),
           missing = c->seg->missing.n * sizeof(GlyphMissing);
    size_t x = c->seg->bidi ? c->out->x.n * sizeof(float) : 0;
    char *at = arena_alloc(&c->w->kept, sizeof(GlyphPara) + lines + runs + pieces + missing + x);
    GlyphPara *p = (GlyphPara *)(void *)at;
    at += sizeof *p;
    *p = (GlyphPara){.lines = (uint32_t)c->out->lines.n,
                     .runs = (uint32_t)c->out->runs.n,
                     .pieces = (uint32_t)c->out->pieces.n,
                     .missing_count = (uint32_t)c->seg->missing.n,
                     .width = c->widest,
                     .least = widest_part(c),
                     .emergency = c->seg->emergency};
    p->line = put(&at, c->out->lines.at, lines);
    p->run = put(&at, c->out->runs.at, runs);
    p->piece = put(&at, c->out->pieces.at, pieces);
    p->missing = put(&at, c->seg->missing.at, missing);
    if (c->seg->bidi)
        p->piece_x = put(&at, c->out->x.at, x);
    return p;
}

GlyphPara *para_compose(TextWorker *w, const TextRequest *request)
{
    Compose c = {.w = w, .request = request, .seg = &w->segments, .out = &w->lines};
    c.out->lines.n = c.out->runs.n = c.out->pieces.n = c.out->levels.n = c.out->x.n = 0;
    segment(w, request);
    if (c.seg->items.n) {
        find_points(&c);
        make_lines(&c);
    }
    return keep_result(&c);
}
