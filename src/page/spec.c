#include <math.h>

#include "page/page.h"

Spec *spec_queue(Composer *c, Spec *spec)
{
    array_push(&c->specs, spec);
    return spec;
}

Spec *spec_text(Composer *c, const Style *style, Str text, Node node, float measure)
{
    Piece piece = {.style = style, .text = text};
    return spec_queue(c, spec_new(c, batch_arena(c), &piece, 1, node, measure));
}

Spec *spec_inlines(Composer *c, const Style *style, const Inline *in, Node node, float measure)
{
    Piece piece = {.style = style, .inlines = in};
    return spec_queue(c, spec_new(c, batch_arena(c), &piece, 1, node, measure));
}

Spec *spec_prose(Composer *c, const Style *style, const Inline *in, Node node, float measure)
{
    Piece piece = {.style = style, .inlines = in, .pages = true};
    return spec_queue(c, spec_new(c, batch_arena(c), &piece, 1, node, measure));
}

Spec *spec_caption(Composer *c, const Style *style, Term label, unsigned number,
                   const Inline *caption, Node node, float measure)
{
    Piece pieces[3] = {{.style = style, .text = references_label(c, label, number)},
                       {.style = style, .text = STR(": ")},
                       {.style = style, .inlines = caption}};
    size_t skip = number ? 0 : 2;
    return spec_queue(c, spec_new(c, batch_arena(c), pieces + skip, 3 - skip, node, measure));
}

TextRequest spec_request(const Composer *c, const Spec *s)
{
    return (TextRequest){.run = s->run,
                         .runs = s->runs,
                         .measure = s->measure,
                         .align = s->align,
                         .indent = s->flush ? 0 : (float)s->style->indent,
                         .turn = fminf(s->turn, s->measure / 2),
                         .letters = (float)s->style->stretch / 100,
                         .hang = s->style->hang,
                         .balance = s->style->balance,
                         .label = s->style->label,
                         .composed = s->composed,
                         .fallback = c->fallback,
                         .hyphenation = c->request->hyphenation};
}

/* Most cells are one line: laid out without a measure they serve both to find the column's width and
 * to be drawn. */
static bool layout_cell(Composer *c, unsigned thread, Spec *s)
{
    TextRequest request = {.run = s->run,
                           .runs = s->runs,
                           .measure = UNBOUNDED,
                           .composed = s->composed,
                           .fallback = c->fallback};
    if (!s->para) /* a number was laid out to find its comma */
        s->para = text_paragraph(c->request->text, thread, &request);
    float slack = s->measure - s->para->width;
    if (s->para->lines > 1 || slack < 0 || s->align == TEXT_JUSTIFY || s->para->piece_x)
        return s->measure >= UNBOUNDED;
    s->shift = s->align == TEXT_RIGHT ? slack : s->align == TEXT_CENTRE ? slack / 2 : 0;
    return true;
}

void spec_layout(Composer *c, unsigned thread, Spec *s)
{
    if (s->cell && layout_cell(c, thread, s))
        return;
    TextRequest request = spec_request(c, s);
    s->shift = 0;
    s->para = text_paragraph(c->request->text, thread, &request);
}

Spec *spec_laid_out(Composer *c, Arena *arena, const Piece *pieces, size_t n, Node node,
                    float measure)
{
    Spec *spec = spec_new(c, arena, pieces, n, node, measure);
    spec_layout(c, c->request->worker, spec);
    return spec;
}

Spec *spec_drawn(Composer *c, const Piece *pieces, size_t n, Node node, float measure)
{
    bool explaining = c->explaining;
    c->explaining = true; /* no runs have owners */
    Spec *spec = spec_laid_out(c, batch_arena(c), pieces, n, node, measure);
    c->explaining = explaining;
    spec_report_missing(c, spec->para, spec->pos, NULL);
    return spec;
}

Draw spec_draw(Composer *c, const Spec *s, const Style *style, float x, float y)
{
    Arena *arena = &c->d->arena;
    const Node *owner = s->owner ? arena_copy(arena, s->owner, s->runs, sizeof *s->owner) : NULL;
    const uint32_t *image = s->image ? arena_copy(arena, s->image, s->runs, sizeof *s->image)
                                     : NULL;
    return (Draw){.kind = DRAW_TEXT,
                  .owner = s->node,
                  .x = x + s->shift,
                  .y = y + style_baseline(c, style),
                  .w = s->measure,
                  .text = {s->para, 0, s->para->lines, (float)style->leading, owner, image}};
}

void spec_inspect(const Composer *c, const Spec *s)
{
    TextRequest request = spec_request(c, s);
    if (s->runs && s->pos[0].line)
        c->request->inspect(c->request->inspect_context, &request, s->pos[0]);
}

Str kept_text(Composer *c)
{
    Str s = arena_str(batch_arena(c), strbuf_str(&c->text));
    strbuf_clear(&c->text);
    return s;
}

float spec_pieces_width(Composer *c, const Piece *pieces, size_t n)
{
    Arena scratch = {0};
    float width = spec_laid_out(c, &scratch, pieces, n, NODE_NONE, UNBOUNDED)->para->width;
    arena_drop(&scratch);
    return width;
}

float spec_width(Composer *c, const Style *style, Str text)
{
    return spec_pieces_width(c, &(Piece){.style = style, .text = text}, 1);
}
