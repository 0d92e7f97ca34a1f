#include "base/mem.h"
#include "pdf/internal.h"

unsigned marks_enter(MarkState *s, Node owner)
{
    if (s->open == owner)
        return 0;
    unsigned what = (s->open != NODE_NONE ? 1u : 0u) | (owner != NODE_NONE ? 2u : 0u);
    s->open = owner;
    return what;
}

static void enter(Pdf *p, MarkState *s, Node owner)
{
    if ((marks_enter(s, owner) & 2) && !node_is_artifact(owner))
        array_push(&p->marks.owner, owner);
}

/* The same turns as content.c takes when it writes the text. */
static void enter_text(Pdf *p, MarkState *s, const Draw *draw)
{
    const GlyphPara *para = draw->text.para;
    for (uint32_t l = draw->text.first; l < draw->text.end; l++) {
        const GlyphLine *line = &para->line[l];
        if (line->first == line->end)
            continue;
        if (!draw->text.owner) {
            enter(p, s, draw->owner);
            continue;
        }
        for (uint32_t r = line->run; r < para->runs && para->run[r].first < line->end; r++)
            enter(p, s, draw->text.owner[para->run[r].source]);
    }
}

static void find_on_page(Pdf *p, const Page *page)
{
    MarkState s = {NODE_NONE, 0};
    for (uint32_t i = page->first; i < page->end; i++) {
        const Draw *draw = &p->document->draws.at[i];
        if (draw->kind == DRAW_TEXT)
            enter_text(p, &s, draw);
        else if (draw->kind == DRAW_PUSH || draw->kind == DRAW_POP)
            enter(p, &s, NODE_NONE);
        else if (draw->kind != DRAW_AREA)
            enter(p, &s, draw->owner);
    }
}

/* Sorts the marks by owner, keeping their order. */
static void sort_by_node(Pdf *p)
{
    Marks *m = &p->marks;
    size_t nodes = p->document->nodes.n;
    m->node_first = mem_zalloc((nodes + 2) * sizeof *m->node_first);
    m->by_node = mem_array(m->owner.n + 1, sizeof *m->by_node);
    for (size_t i = 0; i < m->owner.n; i++)
        m->node_first[m->owner.at[i] + 2]++;
    for (size_t i = 2; i < nodes + 2; i++)
        m->node_first[i] += m->node_first[i - 1];
    for (uint32_t i = 0; i < m->owner.n; i++)
        m->by_node[m->node_first[m->owner.at[i] + 1]++] = i;
}

void marks_find(Pdf *p)
{
    size_t pages = p->document->pages.n;
    p->marks.first = mem_array(pages + 1, sizeof *p->marks.first);
    for (size_t i = 0; i < pages; i++) {
        p->marks.first[i] = (uint32_t)p->marks.owner.n;
        if (p->document->tagged)
            find_on_page(p, &p->document->pages.at[i]);
    }
    p->marks.first[pages] = (uint32_t)p->marks.owner.n;
    sort_by_node(p);
}

void marks_release(Pdf *p)
{
    array_drop(&p->marks.owner);
    mem_free(p->marks.first);
    mem_free(p->marks.by_node);
    mem_free(p->marks.node_first);
}

uint32_t marks_page(const Pdf *p, uint32_t mark)
{
    uint32_t low = 0, high = (uint32_t)p->document->pages.n;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (p->marks.first[middle] <= mark)
            low = middle;
        else
            high = middle;
    }
    return low;
}
