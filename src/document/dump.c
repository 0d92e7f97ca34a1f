#include "document/document.h"

/* ---- structure ------------------------------------------------------------------------------ */

static void dump_detail(const NodeDetail *a, StrBuf *out)
{
    static const char *const scope[] = {"", " scope=column", " scope=row", " scope=both"};
    static const char *const numbering[] = {[NUMBERING_NONE] = "",
                                            [NUMBERING_DECIMAL] = " decimal",
                                            [NUMBERING_BULLET] = " bullet",
                                            [NUMBERING_LETTERS] = " letters",
                                            [NUMBERING_ROMAN] = " roman"};
    strbuf_add_text(out, scope[a->scope]);
    strbuf_add_text(out, numbering[a->numbering]);
    if (a->named_heads)
        strbuf_add_text(out, " named-heads");
    if (a->column_span > 1)
        strbuf_addf(out, " span=%u", a->column_span);
    if (a->language.n)
        strbuf_addf(out, " lang=%s", a->language.p);
    if (a->alternative.n)
        strbuf_addf(out, " alt=\"%s\"", a->alternative.p);
    if (a->expansion.n)
        strbuf_addf(out, " expands=\"%s\"", a->expansion.p);
    if (a->in_line)
        strbuf_add_text(out, " in-line");
    if (a->actual_text.n)
        strbuf_addf(out, " actual=\"%s\"", a->actual_text.p);
    if (a->target.n)
        strbuf_addf(out, " to=%s says=\"%s\"", a->target.p, a->contents.p);
}

static int depth_of(const Document *d, Node node)
{
    int depth = 0;
    while (d->nodes.at[node].parent != NODE_NONE) {
        node = d->nodes.at[node].parent;
        depth++;
    }
    return depth;
}

static void dump_nodes(const Document *d, StrBuf *out)
{
    for (Node i = 0; i < d->nodes.n; i++) {
        const NodeDetail *detail = document_find_detail(d, i);
        strbuf_addf(out, "%*s%s #%u", 2 * depth_of(d, i), "", role_name(document_role(d, i)),
                    (unsigned)i);
        if (detail)
            dump_detail(detail, out);
        strbuf_add_char(out, '\n');
    }
}

/* ---- pages ---------------------------------------------------------------------------------- */

static void dump_owner(const Document *d, Node owner, StrBuf *out)
{
    static const char *const artifact[] = {"artifact", "artifact:header", "artifact:footer"};
    if (node_is_artifact(owner))
        strbuf_add_text(out, artifact[ARTIFACT_LAYOUT - owner]);
    else if (owner < d->nodes.n)
        strbuf_addf(out, "#%u", (unsigned)owner);
    else
        strbuf_add_text(out, "-");
}

static void dump_number(StrBuf *out, const char *name, float value)
{
    strbuf_addf(out, " %s=", name);
    strbuf_add_fixed(out, (double)value, 2);
}

static void dump_box(const Draw *draw, StrBuf *out)
{
    dump_number(out, "x", draw->x);
    dump_number(out, "y", draw->y);
    dump_number(out, "w", draw->w);
    dump_number(out, "h", draw->h);
}

static void dump_colour(StrBuf *out, uint32_t colour)
{
    strbuf_addf(out, " #%06x", (unsigned)colour);
}

/* A stretch of a line in one style, for one owner. */
static void dump_run(const Document *d, const Draw *draw, const GlyphLine *line, uint32_t run,
                     uint32_t from, uint32_t to, StrBuf *out)
{
    const GlyphPara *para = draw->text.para;
    const GlyphRun *r = &para->run[run];
    strbuf_add_text(out, "      ");
    dump_owner(d, draw->text.owner ? draw->text.owner[r->source] : draw->owner, out);
    strbuf_addf(out, " %s ", words_at(d->words, para->piece[from])->face->name);
    strbuf_add_fixed(out, (double)r->size, 2);
    dump_colour(out, r->colour);
    if (draw->text.image && draw->text.image[r->source])
        strbuf_addf(out, " image=%u", (unsigned)draw->text.image[r->source] - 1);
    if (para->piece_x && (line->flags & LINE_BIDI))
        dump_number(out, "at", para->piece_x[from]);
    strbuf_add_text(out, " \"");
    for (uint32_t p = from; p < to; p++)
        strbuf_add_str(out, words_at(d->words, para->piece[p])->text);
    strbuf_add_text(out, "\"\n");
}

static void dump_line(const Document *d, const Draw *draw, uint32_t index, StrBuf *out)
{
    const GlyphPara *para = draw->text.para;
    const GlyphLine *line = &para->line[index];
    strbuf_add_text(out, "    line");
    dump_number(out, "x", draw->x + line->x);
    dump_number(out, "y", draw->y + (float)(index - draw->text.first) * draw->text.leading);
    dump_number(out, "w", line->width);
    if (line->scale != 1)
        dump_number(out, "scale", line->scale);
    strbuf_add_char(out, '\n');
    uint32_t run = line->run;
    for (uint32_t from = line->first; from < line->end;) {
        run = para_run_of(para, from, run);
        const Face *face = words_at(d->words, para->piece[from])->face;
        uint32_t to = from + 1;
        while (to < line->end && para_run_of(para, to, run) == run &&
               words_at(d->words, para->piece[to])->face == face)
            to++;
        dump_run(d, draw, line, run, from, to, out);
        from = to;
    }
}

static void dump_text(const Document *d, const Draw *draw, StrBuf *out)
{
    strbuf_add_text(out, "  text ");
    dump_owner(d, draw->owner, out);
    strbuf_add_char(out, '\n');
    for (uint32_t i = draw->text.first; draw->text.para && i < draw->text.end; i++)
        dump_line(d, draw, i, out);
}

static void dump_path(const Path *p, StrBuf *out)
{
    if (p->fill) {
        strbuf_add_text(out, " fill");
        dump_colour(out, p->fill_colour);
    }
    if (p->stroke) {
        strbuf_add_text(out, " stroke");
        dump_colour(out, p->stroke_colour);
        dump_number(out, "width", p->width);
    }
    for (uint32_t i = 0; i < p->steps; i++) {
        strbuf_addf(out, " %c", p->step[i].op);
        strbuf_add_fixed(out, (double)p->step[i].x, 2);
        strbuf_add_char(out, ',');
        strbuf_add_fixed(out, (double)p->step[i].y, 2);
    }
}

static void dump_draw(const Document *d, const Draw *draw, StrBuf *out)
{
    static const char *const names[] = {"text",  "fill", "line", "path",
                                        "image", "area", "push", "pop"};
    if (draw->kind == DRAW_TEXT) {
        dump_text(d, draw, out);
        return;
    }
    strbuf_addf(out, "  %s ", names[draw->kind]);
    dump_owner(d, draw->owner, out);
    dump_box(draw, out);
    if (draw->kind == DRAW_FILL || draw->kind == DRAW_LINE)
        dump_colour(out, draw->line.colour);
    if (draw->kind == DRAW_LINE)
        dump_number(out, "width", draw->line.width);
    if (draw->kind == DRAW_PATH)
        dump_path(draw->path, out);
    if (draw->kind == DRAW_IMAGE)
        strbuf_addf(out, " image=%u", (unsigned)draw->image);
    strbuf_add_char(out, '\n');
}

static void dump_pages(const Document *d, StrBuf *out)
{
    for (size_t i = 0; i < d->pages.n; i++) {
        const Page *page = &d->pages.at[i];
        strbuf_addf(out, "page %zu", i + 1);
        dump_number(out, "width", page->width);
        dump_number(out, "height", page->height);
        strbuf_add_char(out, '\n');
        for (uint32_t k = page->first; k < page->end; k++)
            dump_draw(d, &d->draws.at[k], out);
    }
}

void document_dump(const Document *d, StrBuf *out)
{
    const Metadata *m = &d->metadata;
    strbuf_addf(out, "title %s\nauthor %s\nlanguage %s\n", m->title.p ? m->title.p : "",
                m->author.p ? m->author.p : "", m->language.p ? m->language.p : "");
    dump_nodes(d, out);
    for (size_t i = 0; i < d->outline.n; i++)
        strbuf_addf(out, "bookmark %d \"%s\" #%s\n", d->outline.at[i].level,
                    d->outline.at[i].title.p, d->outline.at[i].destination.p);
    for (size_t i = 0; i < d->destinations.n; i++) {
        strbuf_addf(out, "destination %s page %u", d->destinations.at[i].name.p,
                    (unsigned)d->destinations.at[i].page + 1);
        dump_number(out, "y", d->destinations.at[i].y);
        strbuf_add_char(out, '\n');
    }
    for (size_t i = 0; i < d->attachments.n; i++)
        strbuf_addf(out, "attachment %s %s %zu bytes\n", d->attachments.at[i].name.p,
                    d->attachments.at[i].type.p, d->attachments.at[i].bytes.n);
    dump_pages(d, out);
}
