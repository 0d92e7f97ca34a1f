#include "base/map.h"
#include "tagged/internal.h"

/* Elements within elements, names in a chain of the role map, attribute objects of an element, rows and columns
 * of a cell and ids of heads that are followed: more than any document has. */
enum {
    DEEPEST = 200,
    LONGEST_ROLE = 32,
    MOST_ATTRIBUTES = 64,
    MOST_SPAN = 1000,
    MOST_HEADERS = 64
};

typedef struct {
    Reading *r;
    Object roles, classes;
    Arena ids;   /* identities, as keys of what follows */
    Map seen;    /* what was read: everything in a tree is there once */
    Map page_of; /* numbers of pages */
} Tree;

/* ---- types (ISO 32000-1, 14.8.4) ------------------------------------------------------------------- */

/* The type of a name, and the level of a heading. */
static Tag tag_of(Str name, unsigned *level)
{
#define NAME(tag) #tag,
    static const char *const names[] = {TAG_NAMES(NAME)};
#undef NAME
    *level = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(name, str_from(names[i])))
            return (Tag)i;
    if (name.n < 2 || name.n > 4 || name.p[0] != 'H')
        return TAG_UNKNOWN;
    for (size_t i = 1; i < name.n; i++) {
        if (!ascii_digit(name.p[i]))
            return TAG_UNKNOWN;
        *level = *level * 10 + (unsigned)(name.p[i] - '0');
    }
    return *level ? TAG_H : TAG_UNKNOWN;
}

static Str mapped(Tree *t, Object roles, Str name)
{
    qpdf_data q = t->r->q;
    Object to = object_get_named(q, roles, name);
    if (object_count(q, to)) { /* a name and its namespace (ISO 32000-2, 14.8.6) */
        Object first = qpdf_oh_get_array_item(q, to, 0);
        object_release(q, to);
        to = first;
    }
    Str result = object_name_of(&t->r->pdf->arena, q, to);
    object_release(q, to);
    return result;
}

static void read_type(Tree *t, Object element, TagNode *node)
{
    qpdf_data q = t->r->q;
    Str name = object_name(&t->r->pdf->arena, q, element, "/S");
    Object space = object_get(q, element, "/NS"), roles = object_get(q, space, "/RoleMapNS");
    for (int i = 0; i < LONGEST_ROLE; i++) {
        node->tag = tag_of(name, &node->level);
        if (node->tag != TAG_UNKNOWN)
            break;
        Str next = mapped(t, roles, name);
        if (!next.n)
            next = mapped(t, t->roles, name);
        if (!next.n)
            break;
        name = next;
    }
    object_release(q, roles);
    object_release(q, space);
}

/* ---- attributes (14.7.5, 14.8.5) -------------------------------------------------------------------- */

static TagScope scope_of(Str name)
{
    return str_equal(name, STR("Column")) || str_equal(name, STR("Col")) ? TAG_SCOPE_COLUMN
           : str_equal(name, STR("Row"))                                 ? TAG_SCOPE_ROW
           : str_equal(name, STR("Both"))                                ? TAG_SCOPE_BOTH
                                                                         : TAG_SCOPE_NONE;
}

static void read_headers(Tree *t, Object attributes, TagNode *node)
{
    qpdf_data q = t->r->q;
    Object list = object_get(q, attributes, "/Headers");
    size_t n = object_count(q, list);
    n = n < MOST_HEADERS ? n : MOST_HEADERS;
    if (n)
        node->header = arena_array(&t->r->pdf->arena, n, Str);
    for (size_t i = 0; i < n; i++) {
        Object id = qpdf_oh_get_array_item(q, list, (int)i);
        if (object_text_of(&t->r->pdf->arena, q, id, &node->header[node->headers]))
            node->headers++;
        object_release(q, id);
    }
    object_release(q, list);
}

static void read_attribute(Tree *t, Object attributes, TagNode *node)
{
    qpdf_data q = t->r->q;
    Arena *arena = &t->r->pdf->arena;
    Str owner = object_name(arena, q, attributes, "/O");
    if (str_equal(owner, STR("Layout")))
        node->in_line |= str_equal(object_name(arena, q, attributes, "/Placement"), STR("Inline"));
    if (!str_equal(owner, STR("Table")))
        return;
    TagScope scope = scope_of(object_name(arena, q, attributes, "/Scope"));
    if (scope != TAG_SCOPE_NONE)
        node->scope = scope;
    node->row_span =
        (unsigned)object_integer(q, attributes, "/RowSpan", 1, MOST_SPAN, node->row_span);
    node->column_span =
        (unsigned)object_integer(q, attributes, "/ColSpan", 1, MOST_SPAN, node->column_span);
    if (!node->headers)
        read_headers(t, attributes, node);
}

/* A dictionary, or an array of them with revision numbers between. */
static void read_attributes(Tree *t, Object value, TagNode *node)
{
    qpdf_data q = t->r->q;
    size_t n = object_count(q, value);
    if (object_is_dict(q, value))
        read_attribute(t, value, node);
    for (size_t i = 0; i < n && i < MOST_ATTRIBUTES; i++) {
        Object item = qpdf_oh_get_array_item(q, value, (int)i);
        if (object_is_dict(q, item))
            read_attribute(t, item, node);
        object_release(q, item);
    }
}

static void read_class(Tree *t, Object name, TagNode *node)
{
    qpdf_data q = t->r->q;
    if (!qpdf_oh_is_name(q, name))
        return;
    Object value = object_get(q, t->classes, qpdf_oh_get_name(q, name));
    read_attributes(t, value, node);
    object_release(q, value);
}

static void read_classes(Tree *t, Object element, TagNode *node)
{
    qpdf_data q = t->r->q;
    Object value = object_get(q, element, "/C");
    size_t n = object_count(q, value);
    read_class(t, value, node);
    for (size_t i = 0; i < n && i < MOST_ATTRIBUTES; i++) {
        Object item = qpdf_oh_get_array_item(q, value, (int)i);
        read_class(t, item, node);
        object_release(q, item);
    }
    object_release(q, value);
}

static void read_element(Tree *t, Object element, TagNode *node)
{
    qpdf_data q = t->r->q;
    Arena *arena = &t->r->pdf->arena;
    read_type(t, element, node);
    object_text(arena, q, element, "/Lang", &node->language);
    node->has_alternative = object_text(arena, q, element, "/Alt", &node->alternative);
    node->has_actual_text = object_text(arena, q, element, "/ActualText", &node->actual_text);
    object_text(arena, q, element, "/E", &node->expansion);
    object_text(arena, q, element, "/ID", &node->id);
    read_classes(t, element, node);
    Object attributes = object_get(q, element, "/A");
    read_attributes(t, attributes, node);
    object_release(q, attributes);
}

/* ---- what was read ------------------------------------------------------------------------------------ */

static bool put(Tree *t, Map *map, uint64_t id, uint32_t value)
{
    return map_put(map, (Str){arena_copy(&t->ids, &id, 1, sizeof id), sizeof id}, value);
}

/* False when an indirect object was met before. */
static bool is_new(Tree *t, Object o)
{
    uint64_t id = object_identity(t->r->q, o);
    bool fresh = !id || put(t, &t->seen, id, 0);
    t->r->pdf->repeated |= !fresh;
    return fresh;
}

/* ---- kids (14.7.2 to 14.7.4) ----------------------------------------------------------------------- */

static uint32_t page_number(const Tree *t, Object page)
{
    uint64_t id = object_identity(t->r->q, page);
    uint32_t number = TAG_NO_PAGE;
    Str key = {(const char *)&id, sizeof id};
    return id && map_get(&t->page_of, key, &number) ? number : TAG_NO_PAGE;
}

static uint32_t page_in(const Tree *t, Object dict, uint32_t otherwise)
{
    Object page = object_get(t->r->q, dict, "/Pg");
    uint32_t number = page_number(t, page);
    object_release(t->r->q, page);
    return number == TAG_NO_PAGE ? otherwise : number;
}

/* Kids of one element are put together before those of its children, so that they stand side by side. */
typedef struct {
    Tree *tree;
    uint32_t node, page; /* of marks that say none */
    ARRAY(TagKid) kids;
    ARRAY(Object) elements; /* of the nodes among the kids */
} Kids;

static void add_text(Kids *k, uint32_t stream, uint32_t id)
{
    size_t n;
    Reading *r = k->tree->r;
    TagMark *mark = contents_find(r, stream, id, &n);
    for (size_t i = 0; i < n; i++) {
        if (mark[i].taken)
            r->pdf->repeated = true;
        else if (mark[i].first < mark[i].end)
            array_push(&k->kids, (TagKid){TAG_KID_TEXT, mark[i].first, mark[i].end});
        mark[i].taken = true;
    }
}

/* Marked content of another page, or of a form. */
static void add_reference(Kids *k, Object kid)
{
    Reading *r = k->tree->r;
    Object stream = object_get(r->q, kid, "/Stm");
    uint32_t where = qpdf_oh_is_stream(r->q, stream)
                         ? contents_form(r, object_identity(r->q, stream))
                         : page_in(k->tree, kid, k->page);
    long long id = object_integer(r->q, kid, "/MCID", 0, INT32_MAX, -1);
    if (id >= 0 && where != TAG_NO_PAGE)
        add_text(k, where, (uint32_t)id);
    object_release(r->q, stream);
}

static void read_action(Tree *t, Object annotation, TagObject *object)
{
    qpdf_data q = t->r->q;
    Object action = object_get(q, annotation, "/A");
    object_text(&t->r->pdf->arena, q, action, "/URI", &object->address);
    object_release(q, action);
}

static void add_object(Kids *k, Object kid)
{
    qpdf_data q = k->tree->r->q;
    TaggedPdf *pdf = k->tree->r->pdf;
    TagObject object = {.page = page_in(k->tree, kid, k->page)};
    Object annotation = object_get(q, kid, "/Obj");
    Str subtype = object_name(&pdf->arena, q, annotation, "/Subtype");
    object_text(&pdf->arena, q, annotation, "/Contents", &object.contents);
    read_action(k->tree, annotation, &object);
    if (str_equal(subtype, STR("Widget")) &&
        !object_text(&pdf->arena, q, annotation, "/TU", &object.field))
        object_text(&pdf->arena, q, annotation, "/T", &object.field);
    if (str_equal(subtype, STR("Widget")))
        object_text(&pdf->arena, q, annotation, "/V", &object.value);
    object_release(q, annotation);
    array_push(&k->kids, (TagKid){TAG_KID_OBJECT, (uint32_t)pdf->objects.n, 0});
    array_push(&pdf->objects, object);
}

static void add_element(Kids *k, Object kid)
{
    TaggedPdf *pdf = k->tree->r->pdf;
    TagNode node = {.page = TAG_NO_PAGE, .parent = k->node, .row_span = 1, .column_span = 1};
    if (!is_new(k->tree, kid))
        return;
    read_element(k->tree, kid, &node);
    array_push(&k->kids, (TagKid){TAG_KID_NODE, (uint32_t)pdf->nodes.n, 0});
    array_push(&k->elements, qpdf_oh_new_object(k->tree->r->q, kid));
    array_push(&pdf->nodes, node);
}

static void add_kid(Kids *k, Object kid, unsigned depth)
{
    qpdf_data q = k->tree->r->q;
    size_t n = object_count(q, kid);
    if (qpdf_oh_is_integer(q, kid)) {
        long long id = qpdf_oh_get_int_value(q, kid);
        if (id >= 0 && id <= INT32_MAX && k->page != TAG_NO_PAGE)
            add_text(k, k->page, (uint32_t)id);
    } else if (n) {
        if (depth < DEEPEST && is_new(k->tree, kid))
            for (size_t i = 0; i < n; i++) {
                Object item = qpdf_oh_get_array_item(q, kid, (int)i);
                add_kid(k, item, depth + 1);
                object_release(q, item);
            }
    } else if (qpdf_oh_is_dictionary(q, kid)) {
        Str type = object_name(&k->tree->r->pdf->arena, q, kid, "/Type");
        if (str_equal(type, STR("MCR")))
            add_reference(k, kid);
        else if (str_equal(type, STR("OBJR")))
            add_object(k, kid);
        else
            add_element(k, kid);
    }
}

/* Where an element begins: its first text, object or child that stands on a page. */
static uint32_t first_page(const TaggedPdf *pdf, const TagNode *node)
{
    for (uint32_t i = node->first_kid; i < node->first_kid + node->kids; i++) {
        const TagKid *kid = &pdf->kids.at[i];
        uint32_t page = kid->kind == TAG_KID_NODE   ? pdf->nodes.at[kid->first].page
                        : kid->kind == TAG_KID_TEXT ? pdf->runs.at[kid->first].page
                                                    : pdf->objects.at[kid->first].page;
        if (page != TAG_NO_PAGE)
            return page;
    }
    return node->page;
}

static void read_kids(Tree *t, uint32_t node, Object element, uint32_t page, unsigned depth)
{
    qpdf_data q = t->r->q;
    TaggedPdf *pdf = t->r->pdf;
    Kids k = {.tree = t, .node = node, .page = page_in(t, element, page)};
    Object value = object_get(q, element, "/K");
    if (depth < DEEPEST)
        add_kid(&k, value, depth);
    else if (!qpdf_oh_is_null(q, value))
        pdf->cut = true;
    object_release(q, value);
    pdf->nodes.at[node].first_kid = (uint32_t)pdf->kids.n;
    pdf->nodes.at[node].kids = (uint32_t)k.kids.n;
    for (size_t i = 0; i < k.kids.n; i++)
        array_push(&pdf->kids, k.kids.at[i]);
    for (size_t i = 0, n = 0; i < k.kids.n; i++) {
        if (k.kids.at[i].kind != TAG_KID_NODE)
            continue;
        read_kids(t, k.kids.at[i].first, k.elements.at[n], k.page, depth + 1);
        object_release(q, k.elements.at[n++]);
    }
    pdf->nodes.at[node].page = first_page(pdf, &pdf->nodes.at[node]);
    array_drop(&k.kids);
    array_drop(&k.elements);
}

static void find_pages(Tree *t)
{
    qpdf_data q = t->r->q;
    for (uint32_t i = 0; i < t->r->pdf->pages; i++) {
        Object page = qpdf_get_page_n(q, i);
        uint64_t id = object_identity(q, page);
        if (id)
            put(t, &t->page_of, id, i);
        object_release(q, page);
    }
}

void tree_read(Reading *r, Object root)
{
    Tree t = {.r = r};
    t.roles = object_get(r->q, root, "/RoleMap");
    t.classes = object_get(r->q, root, "/ClassMap");
    find_pages(&t);
    array_push(&r->pdf->nodes, (TagNode){.tag = TAG_Document, .page = TAG_NO_PAGE});
    read_kids(&t, 0, root, TAG_NO_PAGE, 0);
    object_release(r->q, t.roles);
    object_release(r->q, t.classes);
    map_drop(&t.page_of);
    map_drop(&t.seen);
    arena_drop(&t.ids);
}
