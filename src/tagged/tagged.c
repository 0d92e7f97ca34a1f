#include "tagged/tagged.h"

#include <string.h>

#include "base/mem.h"
#include "tagged/internal.h"

/* Nodes of a number tree that are walked: loops end there. */
enum { MOST_LEAVES = 100000, DEEPEST_LEAF = 32 };

/* ---- page labels (ISO 32000-1, 12.4.2) ----------------------------------------------------------------- */

/* How pages are numbered from one on. */
typedef struct {
    bool given;
    Str prefix;
    char style; /* D R r A a, or 0 */
    uint32_t first;
} Labels;

static void add_roman(StrBuf *out, uint32_t n, bool small)
{
    static const struct {
        uint32_t value;
        const char *digits;
    } steps[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"},
                 {90, "XC"},  {50, "L"},   {40, "XL"}, {10, "X"},   {9, "IX"},
                 {5, "V"},    {4, "IV"},   {1, "I"}};
    if (n >= 4000)
        n %= 1000; /* no page has such a number */
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        for (; n >= steps[i].value; n -= steps[i].value)
            for (const char *p = steps[i].digits; *p; p++)
                strbuf_add_char(out, small ? ascii_lower(*p) : *p);
}

/* A to Z, AA to ZZ … */
static void add_letters(StrBuf *out, uint32_t n, bool small)
{
    enum { LONGEST = 20 };
    for (uint32_t i = 0; n && i <= (n - 1) / 26 && i < LONGEST; i++)
        strbuf_add_char(out, (char)((small ? 'a' : 'A') + (n - 1) % 26));
}

static Str label(Arena *arena, const Labels *labels, uint32_t n)
{
    StrBuf out = {0};
    strbuf_add_str(&out, labels->prefix);
    if (labels->style == 'D')
        strbuf_addf(&out, "%u", n);
    else if (ascii_lower(labels->style) == 'r')
        add_roman(&out, n, labels->style == 'r');
    else if (labels->style)
        add_letters(&out, n, labels->style == 'a');
    Str copy = arena_str(arena, strbuf_str(&out));
    strbuf_drop(&out);
    return copy;
}

typedef struct {
    Reading *r;
    Labels *from; /* for each page */
    size_t left;
} Walk;

static void add_labels(Walk *w, long long page, Object dict)
{
    Arena *arena = &w->r->pdf->arena;
    if (page < 0 || page >= w->r->pdf->pages)
        return;
    Labels *labels = &w->from[page];
    Str style = object_name(arena, w->r->q, dict, "/S");
    *labels = (Labels){.given = true, .prefix = {"", 0}};
    object_text(arena, w->r->q, dict, "/P", &labels->prefix);
    labels->style = style.n == 1 && strchr("DRrAa", style.p[0]) ? style.p[0] : 0;
    labels->first = (uint32_t)object_integer(w->r->q, dict, "/St", 1, INT32_MAX, 1);
}

static void walk_labels(Walk *w, Object tree, unsigned depth)
{
    qpdf_data q = w->r->q;
    Object numbers = object_get(q, tree, "/Nums"), kids = object_get(q, tree, "/Kids");
    size_t n = object_count(q, numbers), m = object_count(q, kids);
    for (size_t i = 0; i + 1 < n && w->left; i += 2, w->left--) {
        Object key = qpdf_oh_get_array_item(q, numbers, (int)i);
        Object value = qpdf_oh_get_array_item(q, numbers, (int)i + 1);
        if (qpdf_oh_is_integer(q, key))
            add_labels(w, qpdf_oh_get_int_value(q, key), value);
        object_release(q, key);
        object_release(q, value);
    }
    for (size_t i = 0; i < m && depth < DEEPEST_LEAF && w->left; i++, w->left--) {
        Object kid = qpdf_oh_get_array_item(q, kids, (int)i);
        walk_labels(w, kid, depth + 1);
        object_release(q, kid);
    }
    object_release(q, numbers);
    object_release(q, kids);
}

static void read_labels(Reading *r, Object catalog)
{
    TaggedPdf *pdf = r->pdf;
    Labels plain = {true, {"", 0}, 'D', 1}, *at = &plain;
    Walk walk = {r, mem_zalloc(((size_t)pdf->pages + 1) * sizeof *walk.from), MOST_LEAVES};
    Object tree = object_get(r->q, catalog, "/PageLabels");
    walk_labels(&walk, tree, 0);
    object_release(r->q, tree);
    pdf->label = arena_array(&pdf->arena, pdf->pages + 1, Str);
    for (uint32_t i = 0, start = 0; i < pdf->pages; i++) {
        if (walk.from[i].given) {
            at = &walk.from[i];
            start = i;
        }
        pdf->label[i] = label(&pdf->arena, at, at->first + (i - start));
        if (!pdf->label[i].n)
            pdf->label[i] = label(&pdf->arena, &plain, i + 1);
    }
    mem_free(walk.from);
}

/* ---- the file ------------------------------------------------------------------------------------------ */

static void read_title(Reading *r)
{
    Object trailer = qpdf_get_trailer(r->q), info = object_get(r->q, trailer, "/Info");
    object_text(&r->pdf->arena, r->q, info, "/Title", &r->pdf->title);
    object_release(r->q, info);
    object_release(r->q, trailer);
}

static TaggedState read_structure(Reading *r)
{
    Object catalog = qpdf_get_root(r->q);
    Object structure = object_get(r->q, catalog, "/StructTreeRoot");
    Object kids = object_get(r->q, structure, "/K");
    bool tagged = !qpdf_oh_is_null(r->q, kids);
    read_title(r);
    object_text(&r->pdf->arena, r->q, catalog, "/Lang", &r->pdf->language);
    if (tagged) {
        read_labels(r, catalog);
        contents_read(r);
        tree_read(r, structure);
    }
    object_release(r->q, kids);
    object_release(r->q, structure);
    object_release(r->q, catalog);
    return tagged ? TAGGED_GOOD : TAGGED_UNTAGGED;
}

static TaggedState open_and_read(Reading *r, Str bytes)
{
    qpdf_set_suppress_warnings(r->q, QPDF_TRUE);
    qpdf_silence_errors(r->q);
    if (qpdf_read_memory(r->q, "", bytes.p, bytes.n, NULL) & QPDF_ERRORS)
        return qpdf_has_error(r->q) &&
                       qpdf_get_error_code(r->q, qpdf_get_error(r->q)) == qpdf_e_password
                   ? TAGGED_LOCKED
                   : TAGGED_BROKEN;
    int pages = qpdf_get_num_pages(r->q);
    if (pages < 0)
        return TAGGED_BROKEN;
    r->pdf->pages = (uint32_t)pages;
    return read_structure(r);
}

TaggedState tagged_read(TaggedPdf *pdf, Str bytes)
{
    *pdf = (TaggedPdf){.title = {"", 0}, .language = {"", 0}};
    Reading r = {.pdf = pdf, .q = qpdf_init()};
    TaggedState state = open_and_read(&r, bytes);
    for (size_t i = 0; i < r.fonts.n; i++)
        font_drop(r.fonts.at[i]);
    array_drop(&r.fonts);
    array_drop(&r.marks);
    array_drop(&r.forms);
    qpdf_cleanup(&r.q);
    return state;
}

void tagged_drop(TaggedPdf *pdf)
{
    array_drop(&pdf->nodes);
    array_drop(&pdf->kids);
    array_drop(&pdf->runs);
    array_drop(&pdf->objects);
    arena_drop(&pdf->arena);
}
