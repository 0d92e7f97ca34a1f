#include "text/internal.h"

/* What parts of a paragraph are never broken, for who looks for its measure. */

static TextParting parting_of(const Item *item)
{
    static const TextParting of[] = {
        [PART_NONE] = TEXT_PARTS_WORDS,       [PART_JOINT] = TEXT_PARTS_JOINT,
        [PART_NORMAL] = TEXT_PARTS_SYLLABLES, [PART_ADDRESS] = TEXT_PARTS_WORDS,
        [PART_TIED] = TEXT_PARTS_NOTHING,     [PART_RARE] = TEXT_PARTS_NOTHING,
        [PART_NAME] = TEXT_PARTS_NOTHING,     [PART_ANYWHERE] = TEXT_PARTS_NOTHING};
    return item->may_break ? of[item->part] : TEXT_PARTS_NOTHING;
}

static float hyphen_width(TextWorker *w, const TextRequest *q, const Item *item)
{
    ShapeStyle style = segment_style(&q->run[item->run]);
    const GlyphWord *hyphen = shape_word(&w->shaper, &style, STR("\xC2\xAD"));
    return (float)segment_width(hyphen, 0, (uint32_t)hyphen->text.n, q->run[item->run].size);
}

/* A space that doesn't break is part of what stands around it. */
static void add_item(TextWorker *w, const TextRequest *q, const Item *item, TextParts *out)
{
    TextPart *last = out->n ? &array_last(out) : NULL;
    if (item->kind == ITEM_NEWLINE) {
        array_push(out, ((TextPart){.parting = TEXT_PARTS_LINES}));
    } else if (item->kind == ITEM_SPACE && item->may_break && item->part != PART_TIED) {
        array_push(out, ((TextPart){.space = (float)item->width, .parting = TEXT_PARTS_WORDS}));
    } else if (!last || (item->kind == ITEM_WORD && last->width > 0 &&
                         parting_of(item) != TEXT_PARTS_NOTHING)) {
        TextPart part = {.width = (float)item->width,
                         .parting = last ? parting_of(item) : TEXT_PARTS_LINES};
        part.hyphen = item->hyphen ? hyphen_width(w, q, item) : 0;
        array_push(out, part);
    } else {
        last->width += (float)item->width;
    }
}

void parts_find(TextWorker *w, const TextRequest *request, TextParts *out)
{
    TextRequest q = *request;
    TextRun *run = arena_array(&w->scratch, q.runs, TextRun);
    for (size_t i = 0; i < q.runs; i++) {
        run[i] = q.run[i];
        run[i].hyphenate = true;
    }
    q.run = run;
    q.measure = 1e6f;
    out->n = 0;
    segment(w, &q, true);
    for (size_t i = 0; i < w->segments.items.n; i++)
        add_item(w, &q, &w->segments.items.at[i], out);
}
