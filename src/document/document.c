#include "document/document.h"

#include "base/mem.h"

Document *document_new(const Words *words)
{
    Document *d = mem_zalloc(sizeof *d);
    d->words = words;
    d->tagged = true;
    return d;
}

void document_drop(Document *d)
{
    if (!d)
        return;
    array_drop(&d->nodes);
    array_drop(&d->details);
    array_drop(&d->pages);
    array_drop(&d->draws);
    array_drop(&d->outline);
    array_drop(&d->destinations);
    array_drop(&d->attachments);
    array_drop(&d->images);
    map_drop(&d->destination_index);
    arena_drop(&d->arena);
    mem_free(d);
}

Str document_str(Document *d, Str s)
{
    return arena_str(&d->arena, s);
}

Node document_node(Document *d, Node parent, Role role)
{
    array_push(&d->nodes, ((NodeRecord){parent, (uint16_t)role, 0}));
    return (Node)(d->nodes.n - 1);
}

NodeDetail *document_detail(Document *d, Node node)
{
    NodeRecord *record = &d->nodes.at[node];
    if (!record->detail) {
        array_push(&d->details, ((NodeDetail){.node = node}));
        record->detail = (uint32_t)d->details.n;
    }
    return &d->details.at[record->detail - 1];
}

void document_set_box(Document *d, Node node, float x, float y, float width, float height)
{
    if (node_is_artifact(node))
        return;
    NodeDetail *detail = document_detail(d, node);
    float box[4] = {x, y, x + width, y + height};
    detail->has_box = true;
    for (int i = 0; i < 4; i++)
        detail->box[i] = box[i];
}

const NodeDetail *document_find_detail(const Document *d, Node node)
{
    uint32_t detail = d->nodes.at[node].detail;
    return detail ? &d->details.at[detail - 1] : NULL;
}

void document_page(Document *d, float width, float height)
{
    uint32_t at = (uint32_t)d->draws.n;
    array_push(&d->pages, ((Page){width, height, at, at}));
}

uint32_t document_draw(Document *d, Draw draw)
{
    array_push(&d->draws, draw);
    document_last_page(d)->end = (uint32_t)d->draws.n;
    return (uint32_t)(d->draws.n - 1);
}

uint32_t document_fill(Document *d, Node owner, float x, float y, float w, float h, uint32_t colour)
{
    return document_draw(d, (Draw){.kind = DRAW_FILL,
                                   .owner = owner,
                                   .x = x,
                                   .y = y,
                                   .w = w,
                                   .h = h,
                                   .line = {.colour = colour}});
}

uint32_t document_line(Document *d, Node owner, float x, float y, float w, float h, float width,
                       uint32_t colour)
{
    return document_draw(d, (Draw){.kind = DRAW_LINE,
                                   .owner = owner,
                                   .x = x,
                                   .y = y,
                                   .w = w,
                                   .h = h,
                                   .line = {.colour = colour, .width = width}});
}

uint32_t document_text(Document *d, Node owner, float x, float baseline, float measure,
                       DrawnText text)
{
    return document_draw(
        d,
        (Draw){
            .kind = DRAW_TEXT, .owner = owner, .x = x, .y = baseline, .w = measure, .text = text});
}

void document_destination(Document *d, Str name, float x, float y)
{
    uint32_t known;
    if (!name.n || map_get(&d->destination_index, name, &known))
        return;
    name = document_str(d, name);
    map_put(&d->destination_index, name, (uint32_t)d->destinations.n);
    uint32_t page = (uint32_t)d->pages.n - 1;
    array_push(&d->destinations, ((Destination){name, page, x, y, page}));
}

const Destination *document_find_destination(const Document *d, Str name)
{
    uint32_t at;
    return map_get(&d->destination_index, name, &at) ? &d->destinations.at[at] : NULL;
}

void document_end_destination(Document *d, Str name, uint32_t last)
{
    uint32_t at;
    if (map_get(&d->destination_index, name, &at))
        d->destinations.at[at].last = last;
}

void document_outline(Document *d, int level, Str title, Str destination)
{
    array_push(&d->outline,
               ((OutlineEntry){document_str(d, title), document_str(d, destination), level}));
}

void document_attach(Document *d, Attachment a)
{
    array_push(&d->attachments,
               ((Attachment){document_str(d, a.name), document_str(d, a.type),
                             document_str(d, a.description), document_str(d, a.bytes)}));
}

uint32_t document_image(Document *d, const Image *image)
{
    for (size_t i = 0; i < d->images.n; i++)
        if (d->images.at[i] == image)
            return (uint32_t)i;
    array_push(&d->images, image);
    return (uint32_t)(d->images.n - 1);
}

const char *role_name(Role role)
{
    static const char *const names[ROLE_COUNT] = {
        "content", "Document", "Sect", "H1",   "H2",      "H3",         "H4",    "H5",
        "H6",      "P",        "L",    "LI",   "Lbl",     "LBody",      "Table", "THead",
        "TBody",   "TR",       "TH",   "TD",   "Caption", "Figure",     "Link",  "Reference",
        "TOC",     "TOCI",     "Note", "Span", "Code",    "BlockQuote", "Div"};
    return names[role];
}

/* ---- faults --------------------------------------------------------------------------------- */

static const char *fault_of_owner(const Document *d, Node owner, const bool *has_children)
{
    if (node_is_artifact(owner))
        return NULL;
    if (owner >= d->nodes.n)
        return "something is drawn for a node that isn't there";
    if (document_role(d, owner) != ROLE_CONTENT && has_children[owner])
        return "a node with children owns content directly";
    return NULL;
}

static const char *fault_of_draw(const Document *d, const Draw *draw, const bool *has_children)
{
    if (draw->kind == DRAW_PUSH || draw->kind == DRAW_POP || draw->kind == DRAW_AREA)
        return NULL;
    if (draw->kind != DRAW_TEXT)
        return fault_of_owner(d, draw->owner, has_children);
    if (!draw->text.para)
        return "a text was never filled in";
    if (!draw->text.owner)
        return fault_of_owner(d, draw->owner, has_children);
    for (uint32_t i = 0; i < draw->text.para->runs; i++) {
        Node owner = draw->text.owner[draw->text.para->run[i].source];
        const char *fault = fault_of_owner(d, owner, has_children);
        if (fault)
            return fault;
    }
    return NULL;
}

const char *document_fault(const Document *d)
{
    const char *fault = NULL;
    bool *has_children = mem_zalloc(d->nodes.n + 1);
    for (size_t i = 0; i < d->nodes.n && !fault; i++) {
        Node parent = d->nodes.at[i].parent;
        if (i == 0 ? parent != NODE_NONE : parent >= i)
            fault = "a node comes before its parent";
        else if (i > 0)
            has_children[parent] = true;
    }
    for (size_t i = 0; d->tagged && i < d->draws.n && !fault; i++)
        fault = fault_of_draw(d, &d->draws.at[i], has_children);
    for (size_t i = 0; i < d->outline.n && !fault; i++)
        if (!document_find_destination(d, d->outline.at[i].destination))
            fault = "a bookmark leads nowhere";
    for (size_t i = 0; i < d->details.n && !fault; i++) {
        Str target = d->details.at[i].target;
        if (str_starts(target, STR("#")) &&
            !document_find_destination(d, str_cut(target, 1, target.n)))
            fault = "a link leads nowhere";
    }
    mem_free(has_children);
    return fault;
}
