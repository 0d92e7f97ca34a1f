#include "base/mem.h"
#include "document/address.h"
#include "pdf/internal.h"

/* A link's area is where its text stands: nothing has to be said twice, and nothing can disagree. */

static bool find_link_nodes(Pdf *p)
{
    const Document *d = p->document;
    bool any = false;
    p->links.link_of = mem_array(d->nodes.n + 1, sizeof(Node));
    for (Node i = 0; i < d->nodes.n; i++) {
        Node parent = d->nodes.at[i].parent;
        bool link = document_role(d, i) == ROLE_LINK;
        p->links.link_of[i] = link ? i : parent == NODE_NONE ? NODE_NONE : p->links.link_of[parent];
        any |= link;
    }
    return any;
}

static Node link_of(const Pdf *p, Node owner)
{
    return node_is_artifact(owner) ? NODE_NONE : p->links.link_of[owner];
}

static Annotation *annotation_of(Pdf *p, uint32_t page, Node node)
{
    Links *l = &p->links;
    for (size_t i = l->of_page[page]; i < l->list.n; i++)
        if (l->list.at[i].node == node)
            return &l->list.at[i];
    array_push(&l->list, ((Annotation){.node = node, .page = page}));
    return &array_last(&l->list);
}

typedef struct {
    Node node;
    Area area;
} Found;

typedef ARRAY(Found) FoundList;

static void add(FoundList *found, Node node, Area area)
{
    array_push(found, ((Found){node, area}));
}

/* Where the runs of a line that belong to links stand. */
static void find_on_line(const Pdf *p, const Draw *draw, const GlyphLine *line, float baseline,
                         FoundList *found)
{
    const GlyphPara *para = draw->text.para;
    float x = draw->x + line->x;
    uint32_t run = line->run;
    for (uint32_t i = line->first; i < line->end; i++) {
        run = para_run_of(para, i, run);
        const GlyphRun *r = &para->run[run];
        const GlyphWord *word = words_at(p->document->words, para->piece[i]);
        float width = piece_width(word, r, line);
        float left = line->flags & LINE_BIDI ? draw->x + line->x + para->piece_x[i] : x;
        x += width;
        Node owner = draw->text.owner ? draw->text.owner[r->source] : draw->owner;
        Node node = link_of(p, owner);
        bool last_space = i + 1 == line->end && (word->flags & WORD_SPACE);
        if (node == NODE_NONE || last_space)
            continue;
        float scale = word->flags & WORD_OBJECT ? 1 : word->scale;
        float unit = r->size * scale / (float)word->face->upem;
        float up = (float)word->face->ascent * unit, down = (float)word->face->descent * unit;
        Area area = {left, baseline - up, left + width, baseline - down};
        Found *before = found->n ? &array_last(found) : NULL;
        if (before && before->node == node && before->area.top == area.top &&
            area.left <= before->area.right + 0.1f)
            before->area.right = area.right;
        else
            add(found, node, area);
    }
}

static void find_in_draw(const Pdf *p, const Draw *draw, FoundList *found)
{
    if (draw->kind == DRAW_AREA) {
        Node node = link_of(p, draw->owner);
        if (node != NODE_NONE)
            add(found, node, (Area){draw->x, draw->y, draw->x + draw->w, draw->y + draw->h});
    }
    if (draw->kind != DRAW_TEXT)
        return;
    for (uint32_t l = draw->text.first; l < draw->text.end; l++) {
        float baseline = draw->y + (float)(l - draw->text.first) * draw->text.leading;
        find_on_line(p, draw, &draw->text.para->line[l], baseline, found);
    }
}

/* Gathers the areas of each link of a page. */
static void keep_page(Pdf *p, uint32_t page, const FoundList *found)
{
    Links *l = &p->links;
    size_t first = l->list.n;
    for (size_t i = 0; i < found->n; i++)
        annotation_of(p, page, found->at[i].node)->areas++;
    for (size_t k = first; k < l->list.n; k++) {
        l->list.at[k].first_area = (uint32_t)l->areas.n;
        for (size_t i = 0; i < found->n; i++)
            if (found->at[i].node == l->list.at[k].node)
                array_push(&l->areas, found->at[i].area);
    }
}

/* Makes a chain of the annotations of each link. */
static void chain_by_node(Pdf *p)
{
    Links *l = &p->links;
    if (!l->list.n)
        return;
    l->first_of = mem_zalloc(p->document->nodes.n * sizeof *l->first_of);
    for (uint32_t i = (uint32_t)l->list.n; i > 0; i--) {
        Annotation *a = &l->list.at[i - 1];
        a->next = l->first_of[a->node];
        l->first_of[a->node] = i;
    }
}

void links_find(Pdf *p)
{
    const Document *d = p->document;
    FoundList found = {0};
    bool any = d->tagged && find_link_nodes(p);
    p->links.of_page = mem_zalloc((d->pages.n + 1) * sizeof(uint32_t));
    for (uint32_t i = 0; any && i < d->pages.n; i++) {
        p->links.of_page[i] = (uint32_t)p->links.list.n;
        found.n = 0;
        for (uint32_t k = d->pages.at[i].first; k < d->pages.at[i].end; k++)
            find_in_draw(p, &d->draws.at[k], &found);
        keep_page(p, i, &found);
    }
    p->links.of_page[d->pages.n] = (uint32_t)p->links.list.n;
    chain_by_node(p);
    array_drop(&found);
}

/* ---- objects (ISO 32000-1, 12.5.6.5; ISO 14289-1, 7.18.5) ----------------------------------- */

static void print_points(const Pdf *p, const Annotation *a, StrBuf *out)
{
    double height = (double)p->document->pages.at[a->page].height;
    strbuf_add_text(out, "/QuadPoints [");
    for (uint32_t i = 0; i < a->areas; i++) {
        const Area *area = &p->links.areas.at[a->first_area + i];
        double x[] = {(double)area->left, (double)area->right};
        double y[] = {height - (double)area->top, height - (double)area->bottom};
        for (int k = 0; k < 4; k++) { /* upper left, upper right, lower left, lower right */
            syntax_number(out, x[k & 1]);
            syntax_number(out, y[k >> 1]);
        }
    }
    strbuf_add_text(out, "]\n");
}

static void print_rect(const Pdf *p, const Annotation *a, StrBuf *out)
{
    Area all = p->links.areas.at[a->first_area];
    double height = (double)p->document->pages.at[a->page].height;
    for (uint32_t i = 1; i < a->areas; i++) {
        const Area *area = &p->links.areas.at[a->first_area + i];
        all.left = area->left < all.left ? area->left : all.left;
        all.top = area->top < all.top ? area->top : all.top;
        all.right = area->right > all.right ? area->right : all.right;
        all.bottom = area->bottom > all.bottom ? area->bottom : all.bottom;
    }
    strbuf_add_text(out, "/Rect [");
    syntax_number(out, (double)all.left);
    syntax_number(out, height - (double)all.bottom);
    syntax_number(out, (double)all.right);
    syntax_number(out, height - (double)all.top);
    strbuf_add_text(out, "]\n");
}

static void print_annotation(void *context, uint32_t i, HaruObject *object)
{
    const Pdf *p = context;
    const Annotation *a = &p->links.list.at[i];
    const NodeDetail *detail = document_find_detail(p->document, a->node);
    StrBuf *out = object->dict;
    strbuf_addf(out, "/Type /Annot\n/Subtype /Link\n/F 4\n/Border [0 0 0]\n/P %u 0 R\n",
                page_object(p, a->page));
    strbuf_addf(out, "/StructParent %u\n", (unsigned)p->document->pages.n + i);
    print_rect(p, a, out);
    print_points(p, a, out);
    strbuf_add_text(out, "/Contents ");
    syntax_text(out, detail->contents);
    if (str_starts(detail->target, STR("#"))) {
        strbuf_add_text(out, "\n/Dest ");
        syntax_bytes(out, str_cut(detail->target, 1, detail->target.n));
    } else {
        strbuf_add_text(out, "\n/A << /S /URI /URI ");
        StrBuf address = {0};
        address_print(&address, detail->target);
        syntax_bytes(out, strbuf_str(&address));
        strbuf_drop(&address);
        strbuf_add_text(out, " >>");
    }
    strbuf_add_char(out, '\n');
}

void links_add(Pdf *p)
{
    p->links.object = haru_add(p->haru, (uint32_t)p->links.list.n, print_annotation, p);
}

void links_release(Pdf *p)
{
    array_drop(&p->links.areas);
    array_drop(&p->links.list);
    mem_free(p->links.of_page);
    mem_free(p->links.link_of);
    mem_free(p->links.first_of);
}
