#include <string.h>

#include "base/mem.h"
#include "pdf/internal.h"

/* Keys in a leaf of the parent tree, and of the tree of IDs: leaves stay small enough for any reader. */
enum { LEAF_KEYS = 256, LEAF_IDS = 128 };

/* ---- numbering ------------------------------------------------------------------------------ */

static void number_elements(Pdf *p)
{
    const Document *d = p->document;
    p->element_of = mem_array(d->nodes.n + 1, sizeof *p->element_of);
    for (Node i = 0; i < d->nodes.n; i++) {
        if (document_role(d, i) == ROLE_CONTENT)
            p->element_of[i] = p->element_of[d->nodes.at[i].parent];
        else
            p->element_of[i] = p->elements++;
    }
}

static void link_children(Pdf *p)
{
    const Document *d = p->document;
    size_t n = d->nodes.n;
    p->first_child = mem_array(n + 1, sizeof(Node));
    p->next_sibling = mem_array(n + 1, sizeof(Node));
    for (size_t i = 0; i < n; i++)
        p->first_child[i] = p->next_sibling[i] = NODE_NONE;
    for (size_t i = n; i-- > 1;) {
        Node parent = d->nodes.at[i].parent;
        p->next_sibling[i] = p->first_child[parent];
        p->first_child[parent] = (Node)i;
    }
}

/* ---- elements (ISO 32000-1, 14.7.2) --------------------------------------------------------- */

static uint32_t element_object(const Pdf *p, Node node)
{
    return p->element + p->element_of[node];
}

/* The first mark of a node's own content, or of its content children: its page is the element's. */
static bool first_mark(const Pdf *p, Node node, uint32_t *mark)
{
    const Marks *m = &p->marks;
    if (m->node_first[node] < m->node_first[node + 1]) {
        *mark = m->by_node[m->node_first[node]];
        return true;
    }
    for (Node c = p->first_child[node]; c != NODE_NONE; c = p->next_sibling[c])
        if (document_role(p->document, c) == ROLE_CONTENT && first_mark(p, c, mark))
            return true;
    return false;
}

typedef struct {
    const Pdf *p;
    StrBuf *out;
    uint32_t page; /* of the element; marks of other pages say theirs */
    size_t kids;
} Kids;

static void begin_kid(Kids *k)
{
    if (k->kids++)
        strbuf_add_char(k->out, ' ');
}

static void add_marks(Kids *k, Node node)
{
    const Marks *m = &k->p->marks;
    for (uint32_t i = m->node_first[node]; i < m->node_first[node + 1]; i++) {
        uint32_t mark = m->by_node[i], page = marks_page(k->p, mark);
        begin_kid(k);
        if (page != k->page) {
            syntax_key_ref(k->out, "<</Type/MCR/Pg", page_object(k->p, page));
            strbuf_add_text(k->out, "/MCID ");
        }
        strbuf_add_int(k->out, mark - m->first[page]);
        if (page != k->page)
            strbuf_add_text(k->out, ">>");
    }
}

/* The annotations of a link element, one for each page that it is on. */
static void add_annotations(Kids *k, Node node)
{
    const Links *l = &k->p->links;
    if (!l->first_of)
        return;
    for (uint32_t i = l->first_of[node]; i; i = l->list.at[i - 1].next) {
        begin_kid(k);
        syntax_key_ref(k->out, "<</Type/OBJR/Obj", l->object + i - 1);
        syntax_key_ref(k->out, "/Pg", page_object(k->p, l->list.at[i - 1].page));
        strbuf_add_text(k->out, ">>");
    }
}

/* One kid needs no array. */
static void print_kids(const Pdf *p, Node node, uint32_t page, StrBuf *out)
{
    Kids k = {p, out, page, 0};
    strbuf_add_text(out, "/K[");
    size_t start = out->n;
    add_marks(&k, node);
    for (Node c = p->first_child[node]; c != NODE_NONE; c = p->next_sibling[c]) {
        if (document_role(p->document, c) == ROLE_CONTENT) {
            add_marks(&k, c);
        } else {
            begin_kid(&k);
            syntax_ref(out, element_object(p, c));
        }
    }
    if (document_role(p->document, node) == ROLE_LINK)
        add_annotations(&k, node);
    if (k.kids == 1)
        out->p[start - 1] = ' ';
    else
        strbuf_add_char(out, ']');
}

/* A rectangle in the coordinates of the page. */
static void print_box(const Pdf *p, const float *box, uint32_t page, StrBuf *out)
{
    double height = (double)p->document->pages.at[page].height;
    strbuf_add_text(out, "/BBox [");
    syntax_number(out, (double)box[0]);
    syntax_number(out, height - (double)box[3]);
    syntax_number(out, (double)box[2]);
    syntax_number(out, height - (double)box[1]);
    strbuf_add_text(out, "] ");
}

static void print_attributes(const Pdf *p, const NodeDetail *a, uint32_t page, StrBuf *out)
{
    static const char *const numbering[] = {[NUMBERING_DECIMAL] = "Decimal",
                                            [NUMBERING_LETTERS] = "LowerAlpha",
                                            [NUMBERING_ROMAN] = "LowerRoman",
                                            [NUMBERING_BULLET] = "Square"};
    if (a->numbering) {
        strbuf_addf(out, "/A << /O /List /ListNumbering /%s >>\n", numbering[a->numbering]);
    } else if (a->has_box) {
        strbuf_addf(out, "/A << /O /Layout /Placement /%s ", a->in_line ? "Inline" : "Block");
        print_box(p, a->box, page, out);
        strbuf_add_text(out, ">>\n");
    }
}

static void print_text(StrBuf *out, const char *key, Str text)
{
    if (!text.n)
        return;
    strbuf_add_text(out, key);
    syntax_text(out, text);
    strbuf_add_char(out, '\n');
}

static void print_detail(const Pdf *p, const NodeDetail *a, uint32_t page, StrBuf *out)
{
    if (a->language.n) {
        strbuf_add_text(out, "/Lang ");
        syntax_bytes(out, a->language);
        strbuf_add_char(out, '\n');
    }
    print_text(out, "/Alt ", a->alternative);
    print_text(out, "/ActualText ", a->actual_text);
    print_text(out, "/E ", a->expansion);
    print_attributes(p, a, page, out);
}

/* ---- cells ---------------------------------------------------------------------------------- */

/* A head of a table whose cells name theirs: below its row and that one's group. */
static bool is_head_with_id(const Document *d, Node node)
{
    if (document_role(d, node) != ROLE_TH)
        return false;
    for (int i = 0; i < 3 && node != NODE_NONE; i++)
        node = d->nodes.at[node].parent;
    const NodeDetail *table = node == NODE_NONE ? NULL : document_find_detail(d, node);
    return table && table->named_heads;
}

/* PDF/UA-1 wants one of each note (ISO 14289-1, 7.9); heads have one where cells name them. */
static bool has_id(const Document *d, Node node)
{
    return document_role(d, node) == ROLE_NOTE || is_head_with_id(d, node);
}

static void print_id(const Pdf *p, StrBuf *out, Node node)
{
    bool note = document_role(p->document, node) == ROLE_NOTE;
    strbuf_addf(out, note ? "(note%010u)" : "(th%010u)", (unsigned)node);
}

static void print_head(const Pdf *p, StrBuf *out, Node head)
{
    if (head != NODE_NONE)
        print_id(p, out, head);
}

/* Its column's, its group's and its row's. */
static void print_heads(const Pdf *p, StrBuf *out)
{
    const CellHeads *h = &p->cell_heads;
    strbuf_add_text(out, "/Headers[");
    if (h->column < h->columns.n)
        print_head(p, out, h->columns.at[h->column]);
    print_head(p, out, h->group);
    print_head(p, out, h->row);
    strbuf_add_char(out, ']');
}

static void print_cell(const Pdf *p, const NodeDetail *a, bool heads, StrBuf *out)
{
    static const char *const scope[] = {"", "/Scope/Column", "/Scope/Row", "/Scope/Both"};
    unsigned span = a ? a->column_span : 0;
    if (!heads && span < 2 && !(a && a->scope))
        return;
    strbuf_add_text(out, "/A<</O/Table");
    if (a && a->scope)
        strbuf_add_text(out, scope[a->scope]);
    if (span > 1)
        strbuf_addf(out, "/ColSpan %u", span);
    if (heads)
        print_heads(p, out);
    strbuf_add_text(out, ">>");
}

/* Cells come in the order in which they are read, each behind its heads. */
static void go_through_cell(CellHeads *h, Node node, const NodeDetail *a, bool head)
{
    unsigned span = a && a->column_span > 1 ? a->column_span : 1;
    if (h->in_head)
        array_push(&h->columns, node);
    else if (span > 1)
        h->group = node;
    else if (head)
        h->row = node;
    h->column += span;
}

static void add_cell(Pdf *p, Node node, const NodeDetail *a, StrBuf *out)
{
    CellHeads *h = &p->cell_heads;
    Role role = document_role(p->document, node);
    switch (role) {
    case ROLE_TABLE:
        h->named = a && a->named_heads;
        h->columns.n = 0;
        h->group = NODE_NONE;
        break;
    case ROLE_THEAD:
    case ROLE_TBODY:
        h->in_head = role == ROLE_THEAD;
        break;
    case ROLE_TR:
        h->column = 0;
        h->row = NODE_NONE;
        break;
    case ROLE_TH:
    case ROLE_TD:
        print_cell(p, a, h->named && !h->in_head && !(a && a->column_span > 1), out);
        if (h->named)
            go_through_cell(h, node, a, role == ROLE_TH);
        break;
    default:
        break;
    }
}

/* Elements are printed in the order of the nodes, without the nodes that are content. */
static void print_element(void *context, uint32_t i, HaruObject *object)
{
    Pdf *p = context;
    const Document *d = p->document;
    Node node = i == 0 ? 0 : p->next_node;
    while (document_role(d, node) == ROLE_CONTENT)
        node++;
    p->next_node = node + 1;
    uint32_t mark = 0, page = 0;
    Node parent = d->nodes.at[node].parent;
    StrBuf *out = object->dict;
    strbuf_add_text(out, "/S/");
    strbuf_add_text(out, role_name(document_role(d, node)));
    syntax_key_ref(out, "/P", parent == NODE_NONE ? p->structure : element_object(p, parent));
    if (first_mark(p, node, &mark)) {
        page = marks_page(p, mark);
        syntax_key_ref(out, "/Pg", page_object(p, page));
    }
    if (has_id(d, node)) {
        strbuf_add_text(out, "/ID ");
        print_id(p, out, node);
    }
    const NodeDetail *detail = document_find_detail(d, node);
    add_cell(p, node, detail, out);
    if (detail)
        print_detail(p, detail, page, out);
    print_kids(p, node, page, out);
}

/* ---- the root and its parent tree (14.7.4.4) ------------------------------------------------ */

static uint32_t parent_keys(const Pdf *p)
{
    return (uint32_t)(p->document->pages.n + p->links.list.n);
}

static void print_root(void *context, uint32_t i, HaruObject *object)
{
    const Pdf *p = context;
    (void)i;
    strbuf_addf(object->dict,
                "/Type /StructTreeRoot\n/K [%u 0 R]\n/ParentTree %u 0 R\n/ParentTreeNextKey %u\n",
                p->element, p->parent_tree, parent_keys(p));
    if (p->ids)
        strbuf_addf(object->dict, "/IDTree %u 0 R\n", p->id_tree);
}

/* The root of a tree of names or numbers, whose leaves are the objects behind it. */
static void print_leaves(uint32_t root, uint32_t leaves, StrBuf *out)
{
    strbuf_add_text(out, "/Kids [");
    for (uint32_t leaf = 0; leaf < leaves; leaf++)
        strbuf_addf(out, "%u 0 R ", root + 1 + leaf);
    strbuf_add_text(out, "]\n");
}

static void print_id_leaf(const Pdf *p, uint32_t leaf, StrBuf *out)
{
    uint32_t from = leaf * LEAF_IDS, to = from + LEAF_IDS < p->ids ? from + LEAF_IDS : p->ids;
    strbuf_add_text(out, "/Limits [");
    print_id(p, out, p->with_id[from]);
    print_id(p, out, p->with_id[to - 1]);
    strbuf_add_text(out, "]\n/Names [");
    for (uint32_t i = from; i < to; i++) {
        print_id(p, out, p->with_id[i]);
        strbuf_addf(out, " %u 0 R\n", element_object(p, p->with_id[i]));
    }
    strbuf_add_text(out, "]\n");
}

static void print_id_tree(void *context, uint32_t i, HaruObject *object)
{
    const Pdf *p = context;
    if (i > 0)
        print_id_leaf(p, i - 1, object->dict);
    else
        print_leaves(p->id_tree, p->id_leaves, object->dict);
}

static void add_ids(Pdf *p, bool notes)
{
    const Document *d = p->document;
    for (Node i = 0; i < d->nodes.n; i++)
        if ((document_role(d, i) == ROLE_NOTE) == notes && has_id(d, i))
            p->with_id[p->ids++] = i;
}

/* In the order of their IDs. */
static void find_ids(Pdf *p)
{
    const Document *d = p->document;
    size_t n = 0;
    for (Node i = 0; i < d->nodes.n; i++)
        n += has_id(d, i);
    p->with_id = mem_array(n + 1, sizeof *p->with_id);
    add_ids(p, true);
    add_ids(p, false);
}

static void print_parents_of_page(const Pdf *p, uint32_t page, StrBuf *out)
{
    strbuf_add_char(out, '[');
    for (uint32_t m = p->marks.first[page]; m < p->marks.first[page + 1]; m++) {
        syntax_ref(out, element_object(p, p->marks.owner.at[m]));
        strbuf_add_char(out, ' ');
    }
    strbuf_add_text(out, "]\n");
}

static void print_parent_leaf(const Pdf *p, uint32_t leaf, StrBuf *out)
{
    uint32_t pages = (uint32_t)p->document->pages.n, from = leaf * LEAF_KEYS;
    uint32_t to = from + LEAF_KEYS < parent_keys(p) ? from + LEAF_KEYS : parent_keys(p);
    strbuf_addf(out, "/Limits [%u %u]\n/Nums [", from, to - 1);
    for (uint32_t key = from; key < to; key++) {
        strbuf_addf(out, "%u ", key);
        if (key < pages)
            print_parents_of_page(p, key, out);
        else
            strbuf_addf(out, "%u 0 R\n", element_object(p, p->links.list.at[key - pages].node));
    }
    strbuf_add_text(out, "]\n");
}

static void print_parent_tree(void *context, uint32_t i, HaruObject *object)
{
    const Pdf *p = context;
    if (i > 0)
        print_parent_leaf(p, i - 1, object->dict);
    else
        print_leaves(p->parent_tree, p->parent_leaves, object->dict);
}

void structure_prepare(Pdf *p)
{
    number_elements(p);
    link_children(p);
    find_ids(p);
}

void structure_add(Pdf *p)
{
    p->parent_leaves = (parent_keys(p) + LEAF_KEYS - 1) / LEAF_KEYS;
    p->structure = haru_add(p->haru, 1, print_root, p);
    p->parent_tree = haru_add(p->haru, 1 + p->parent_leaves, print_parent_tree, p);
    p->element = haru_add(p->haru, p->elements, print_element, p);
    p->id_leaves = (p->ids + LEAF_IDS - 1) / LEAF_IDS;
    if (p->ids)
        p->id_tree = haru_add(p->haru, 1 + p->id_leaves, print_id_tree, p);
}

void structure_release(Pdf *p)
{
    mem_free(p->element_of);
    mem_free(p->with_id);
    array_drop(&p->cell_heads.columns);
    mem_free(p->first_child);
    mem_free(p->next_sibling);
}
