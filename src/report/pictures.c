#include "report/internal.h"

/* The pictures that a report names. */

typedef struct {
    PictureVisitor *visit;
    void *context;
} Walk;

static void walk_inlines(void *context, Inline *in)
{
    const Walk *w = context;
    for (; in; in = in->next) {
        if (in->kind == INLINE_IMAGE)
            w->visit(w->context, in->target, in->pos);
        walk_inlines(context, in->children);
    }
}

static void walk_blocks(Walk *w, const Block *b)
{
    for (; b; b = b->next) {
        if (b->kind == BLOCK_IMAGE)
            w->visit(w->context, b->text, b->pos);
        block_each_inlines(b, walk_inlines, w);
        walk_blocks(w, b->children);
    }
}

void report_each_picture(const Report *r, PictureVisitor *visit, void *context)
{
    Walk w = {visit, context};
    if (r->logo.n)
        visit(context, r->logo, r->logo_pos);
    for (size_t i = 0; i < r->sections; i++) {
        walk_inlines(&w, r->section[i].title);
        walk_blocks(&w, r->section[i].blocks);
    }
    for (size_t i = 0; i < r->recommendations; i++) {
        walk_inlines(&w, r->recommendation[i].lead);
        walk_inlines(&w, r->recommendation[i].text);
        walk_inlines(&w, r->recommendation[i].basis);
    }
    for (size_t i = 0; i < r->notes; i++)
        walk_blocks(&w, r->note[i]->blocks);
}
