#include "text/text.h"

#include <string.h>

#include "base/mem.h"
#include "text/internal.h"

struct Text {
    Fonts *fonts;
    Words *words;
    Store *paragraphs;
    unsigned threads;
    TextWorker *worker;
};

Text *text_new(Fonts *fonts, unsigned threads)
{
    Text *t = mem_zalloc(sizeof *t);
    t->fonts = fonts;
    t->words = words_new();
    t->paragraphs = store_new();
    t->threads = threads;
    t->worker = mem_zalloc(threads * sizeof *t->worker);
    for (unsigned i = 0; i < threads; i++) {
        TextWorker *w = &t->worker[i];
        w->fonts = fonts;
        w->breaks = breaks_new();
        w->divisions = divisions_new();
        w->shaper = (Shaper){t->words, hb_buffer_create(), &w->kept};
        if (!hb_buffer_allocation_successful(w->shaper.buffer))
            mem_fail();
    }
    return t;
}

void text_drop(Text *t)
{
    if (!t)
        return;
    for (unsigned i = 0; i < t->threads; i++) {
        TextWorker *w = &t->worker[i];
        arena_drop(&w->kept);
        arena_drop(&w->scratch);
        breaks_drop(w->breaks);
        divisions_drop(w->divisions);
        hb_buffer_destroy(w->shaper.buffer);
        strbuf_drop(&w->key);
        array_drop(&w->segments.items);
        array_drop(&w->segments.missing);
        array_drop(&w->segments.joints);
        array_drop(&w->lines.lines);
        array_drop(&w->lines.runs);
        array_drop(&w->lines.pieces);
        array_drop(&w->lines.levels);
        array_drop(&w->lines.x);
    }
    mem_free(t->worker);
    store_drop(t->paragraphs);
    words_drop(t->words);
    mem_free(t);
}

const Words *text_words(const Text *t)
{
    return t->words;
}

StoreCount text_words_count(const Text *t)
{
    return words_count(t->words);
}

StoreCount text_paragraphs_count(const Text *t)
{
    return store_count(t->paragraphs);
}

static void add_bytes(StrBuf *key, const void *p, size_t n)
{
    strbuf_add(key, p, n);
}

/* Everything that the result depends on. */
static Hash key_of(StrBuf *key, const TextRequest *q)
{
    strbuf_clear(key);
    add_bytes(key, &q->measure, sizeof q->measure);
    add_bytes(key, &q->align, sizeof q->align);
    add_bytes(key, &q->fallback, sizeof q->fallback);
    add_bytes(key, &q->indent, sizeof q->indent);
    add_bytes(key, &q->turn, sizeof q->turn);
    add_bytes(key, &q->letters, sizeof q->letters);
    add_bytes(key, &q->hang, sizeof q->hang);
    add_bytes(key, &q->balance, sizeof q->balance);
    add_bytes(key, &q->label, sizeof q->label);
    if (q->composed.language.n) {
        add_bytes(key, &q->composed.parts, sizeof q->composed.parts);
        add_bytes(key, q->composed.part, q->composed.parts * sizeof *q->composed.part);
        add_bytes(key, q->composed.language.p, q->composed.language.n);
    }
    if (q->hyphenation) {
        Hash hyphenation = hyphenation_hash(q->hyphenation);
        add_bytes(key, &hyphenation, sizeof hyphenation);
    }
    for (size_t i = 0; i < q->runs; i++) {
        const TextRun *r = &q->run[i];
        struct {
            uint64_t text, language;
            uint32_t face, colour;
            float size, rise, object;
            uint8_t flags, features, hyphenate, name;
        } head;
        memset(&head, 0, sizeof head);
        head.text = r->text.n;
        head.language = r->language.n;
        head.face = r->font->face.number;
        head.colour = r->colour;
        head.size = r->size;
        head.rise = r->rise;
        head.object = r->object;
        head.flags = r->flags;
        head.features = r->features;
        head.hyphenate = r->hyphenate;
        head.name = r->name;
        add_bytes(key, &head, sizeof head);
        add_bytes(key, r->text.p, r->text.n);
        add_bytes(key, r->language.p, r->language.n);
    }
    return hash_bytes(key->p, key->n);
}

const GlyphPara *text_paragraph(Text *t, unsigned thread, const TextRequest *request)
{
    TextWorker *w = &t->worker[thread];
    Hash key = key_of(&w->key, request);
    GlyphPara *para = store_find(t->paragraphs, key);
    if (para)
        return para;
    para = para_compose(w, request, NULL);
    arena_reset(&w->scratch);
    return store_keep(t->paragraphs, key, para);
}

void text_parts(Text *t, unsigned thread, const TextRequest *request, TextParts *parts)
{
    TextWorker *w = &t->worker[thread];
    parts_find(w, request, parts);
    arena_reset(&w->scratch);
}

void text_trace(Text *t, unsigned thread, const TextRequest *request, const TextTrace *trace)
{
    TextWorker *w = &t->worker[thread];
    para_compose(w, request, trace);
    arena_reset(&w->scratch);
}
