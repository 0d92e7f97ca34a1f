#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "pdf/internal.h"

/* Names in a leaf of a name tree, and kids in a node of the page tree. */
enum { LEAF_NAMES = 128, BRANCH_PAGES = 64 };

/* ---- pages ---------------------------------------------------------------------------------- */

static void print_resources(void *context, uint32_t i, HaruObject *object)
{
    const Pdf *p = context;
    (void)i;
    fonts_resources(p, object->dict);
    if (!p->document->images.n)
        return;
    strbuf_add_text(object->dict, "/XObject <<");
    for (uint32_t k = 0; k < p->document->images.n; k++)
        strbuf_addf(object->dict, " /I%u %u 0 R", k + 1, p->images + k);
    strbuf_add_text(object->dict, " >>\n");
}

static void print_page(void *context, uint32_t i, HaruObject *object)
{
    const Pdf *p = context;
    const Page *page = &p->document->pages.at[i];
    StrBuf *out = object->dict;
    strbuf_addf(out, "/Type /Page\n/Parent %u 0 R\n/MediaBox [0 0 ",
                p->page_branches ? p->page_nodes + i / BRANCH_PAGES : HARU_PAGES);
    syntax_number(out, (double)page->width);
    syntax_number(out, (double)page->height);
    /* An array, so that a mark for one recipient can be a stream of its own. */
    strbuf_addf(out, "]\n/Resources %u 0 R\n/Contents [%u 0 R]\n", p->resources, p->contents + i);
    if (!p->document->tagged)
        return;
    strbuf_addf(out, "/StructParents %u\n/Tabs /S\n", i);
    uint32_t from = p->links.of_page[i], to = p->links.of_page[i + 1];
    if (from == to)
        return;
    strbuf_add_text(out, "/Annots [");
    for (uint32_t k = from; k < to; k++)
        strbuf_addf(out, "%u 0 R ", p->links.object + k);
    strbuf_add_text(out, "]\n");
}

static void print_kids(StrBuf *out, uint32_t first, uint32_t n, uint32_t count)
{
    strbuf_add_text(out, "/Kids [");
    for (uint32_t i = 0; i < n; i++)
        strbuf_addf(out, "%u 0 R ", first + i);
    strbuf_addf(out, "]\n/Count %u\n", count);
}

static uint32_t pages_in_branch(const Pdf *p, uint32_t branch)
{
    uint32_t left = (uint32_t)p->document->pages.n - branch * BRANCH_PAGES;
    return left < BRANCH_PAGES ? left : BRANCH_PAGES;
}

static void print_branch(void *context, uint32_t i, HaruObject *object)
{
    const Pdf *p = context;
    uint32_t n = pages_in_branch(p, i);
    strbuf_addf(object->dict, "/Type /Pages\n/Parent %d 0 R\n", HARU_PAGES);
    print_kids(object->dict, page_object(p, i * BRANCH_PAGES), n, n);
}

static void print_page_root(void *context, uint32_t i, HaruObject *object)
{
    const Pdf *p = context;
    uint32_t pages = (uint32_t)p->document->pages.n;
    (void)i;
    if (p->page_branches)
        print_kids(object->dict, p->page_nodes, p->page_branches, pages);
    else
        print_kids(object->dict, p->pages, pages, pages);
}

/* ---- destinations: a name tree in the order of bytes (7.9.6) -------------------------------- */

static int by_name(const void *pa, const void *pb)
{
    const Destination *const *a = pa, *const *b = pb;
    return str_compare((*a)->name, (*b)->name);
}

static void sort_destinations(Pdf *p)
{
    uint32_t n = (uint32_t)p->document->destinations.n;
    p->sorted_destinations = mem_array(n, sizeof *p->sorted_destinations);
    for (uint32_t i = 0; i < n; i++)
        p->sorted_destinations[i] = &p->document->destinations.at[i];
    qsort(p->sorted_destinations, n, sizeof *p->sorted_destinations, by_name);
    p->destination_leaves = (n + LEAF_NAMES - 1) / LEAF_NAMES;
}

static void print_destination(const Pdf *p, const Destination *d, StrBuf *out)
{
    const Page *page = &p->document->pages.at[d->page];
    syntax_bytes(out, d->name);
    strbuf_addf(out, " [%u 0 R /XYZ null ", page_object(p, d->page));
    syntax_number(out, (double)page->height - (double)d->y);
    strbuf_add_text(out, "null]\n");
}

static void print_destinations(void *context, uint32_t i, HaruObject *object)
{
    const Pdf *p = context;
    StrBuf *out = object->dict;
    if (i == 0) {
        strbuf_add_text(out, "/Kids [");
        for (uint32_t k = 0; k < p->destination_leaves; k++)
            strbuf_addf(out, "%u 0 R ", p->destination_root + 1 + k);
        strbuf_add_text(out, "]\n");
        return;
    }
    uint32_t n = (uint32_t)p->document->destinations.n, from = (i - 1) * LEAF_NAMES;
    uint32_t to = from + LEAF_NAMES < n ? from + LEAF_NAMES : n;
    strbuf_add_text(out, "/Limits [");
    syntax_bytes(out, p->sorted_destinations[from]->name);
    syntax_bytes(out, p->sorted_destinations[to - 1]->name);
    strbuf_add_text(out, "]\n/Names [");
    for (uint32_t k = from; k < to; k++)
        print_destination(p, p->sorted_destinations[k], out);
    strbuf_add_text(out, "]\n");
}

/* ---- bookmarks (12.3.3) --------------------------------------------------------------------- */

/* Entries whose level is deeper than the one before are below it. */
static void link_outline(Pdf *p)
{
    size_t n = p->document->outline.n;
    OutlineLink *link = p->outline_link = mem_zalloc((n + 1) * sizeof *link);
    for (uint32_t i = 1; i <= n; i++) { /* 0 is the root */
        int level = p->document->outline.at[i - 1].level;
        uint32_t above = i - 1;
        while (above && p->document->outline.at[above - 1].level >= level)
            above = link[above].parent;
        link[i].parent = above;
        link[i].previous = link[above].last;
        if (link[above].last)
            link[link[above].last].next = i;
        else
            link[above].first = i;
        link[above].last = i;
        link[above].count++;
    }
}

static void print_link(const Pdf *p, const char *key, uint32_t to, StrBuf *out)
{
    if (to)
        strbuf_addf(out, "/%s %u 0 R\n", key, p->outline + to);
}

static void print_outline(void *context, uint32_t i, HaruObject *object)
{
    const Pdf *p = context;
    const OutlineLink *link = &p->outline_link[i];
    StrBuf *out = object->dict;
    print_link(p, "First", link->first, out);
    print_link(p, "Last", link->last, out);
    if (i == 0) {
        strbuf_addf(out, "/Type /Outlines\n/Count %u\n", link->count);
        return;
    }
    const OutlineEntry *entry = &p->document->outline.at[i - 1];
    strbuf_addf(out, "/Parent %u 0 R\n", p->outline + link->parent);
    print_link(p, "Prev", link->previous, out);
    print_link(p, "Next", link->next, out);
    if (link->count) /* closed, so that the outline is an overview */
        strbuf_addf(out, "/Count -%u\n", link->count);
    strbuf_add_text(out, "/Title ");
    syntax_text(out, entry->title);
    strbuf_add_text(out, "\n/Dest ");
    syntax_bytes(out, entry->destination);
    strbuf_add_char(out, '\n');
}

/* ---- attachments (ISO 19005-3, 6.8) --------------------------------------------------------- */

static void print_attachment(void *context, uint32_t i, HaruObject *object)
{
    const Pdf *p = context;
    const Attachment *a = &p->document->attachments.at[i / 2];
    StrBuf *out = object->dict;
    if (i % 2) {
        strbuf_add_text(out, "/Type /EmbeddedFile\n/Subtype ");
        syntax_name(out, a->type);
        strbuf_addf(out, "\n/Params << /Size %zu /ModDate (", a->bytes.n);
        metadata_time(&p->document->metadata.time, out);
        strbuf_add_text(out, ") >>\n");
        pdf_stream(object, a->bytes.p, a->bytes.n);
        return;
    }
    strbuf_add_text(out, "/Type /Filespec\n/AFRelationship /Data\n/F ");
    syntax_bytes(out, a->name);
    strbuf_add_text(out, "\n/UF ");
    syntax_text(out, a->name);
    strbuf_add_text(out, "\n/Desc ");
    syntax_text(out, a->description);
    uint32_t file = p->embedded + i + 1;
    strbuf_addf(out, "\n/EF << /F %u 0 R /UF %u 0 R >>\n", file, file);
}

/* ---- metadata ------------------------------------------------------------------------------- */

void metadata_time(const DocumentTime *t, StrBuf *out)
{
    strbuf_addf(out, "D:%04d%02d%02d%02d%02d%02dZ", t->year, t->month, t->day, t->hour, t->minute,
                t->second);
}

static void print_field(StrBuf *out, const char *key, Str text)
{
    if (!text.n)
        return;
    strbuf_add_text(out, key);
    syntax_text(out, text);
    strbuf_add_char(out, '\n');
}

static void print_info(void *context, uint32_t i, HaruObject *object)
{
    const Pdf *p = context;
    const Metadata *m = &p->document->metadata;
    StrBuf *out = object->dict;
    (void)i;
    print_field(out, "/Title ", m->title);
    print_field(out, "/Author ", m->author);
    print_field(out, "/Subject ", m->subject);
    print_field(out, "/Keywords ", m->keywords);
    print_field(out, "/Producer ", m->producer);
    strbuf_add_text(out, "/CreationDate (");
    metadata_time(&m->time, out);
    strbuf_add_text(out, ")\n/ModDate (");
    metadata_time(&m->time, out);
    strbuf_add_text(out, ")\n");
}

static void print_metadata(void *context, uint32_t i, HaruObject *object)
{
    const Pdf *p = context;
    StrBuf xmp = {0};
    (void)i;
    xmp_print(&p->document->metadata, p->document->tagged, &xmp);
    strbuf_add_text(object->dict, "/Type /Metadata\n/Subtype /XML\n");
    object->stream = object->owned = xmp.p; /* uncompressed, so that any tool can find it */
    object->size = xmp.n;
}

static void print_profile(void *context, uint32_t i, HaruObject *object)
{
    const Pdf *p = context;
    (void)i;
    strbuf_add_text(object->dict, "/N 3\n");
    pdf_stream(object, p->options->icc.p, p->options->icc.n);
}

/* ---- the catalog ---------------------------------------------------------------------------- */

static void print_names(const Pdf *p, StrBuf *out)
{
    size_t attachments = p->document->attachments.n;
    strbuf_add_text(out, "/Names <<");
    if (p->document->destinations.n)
        strbuf_addf(out, " /Dests %u 0 R", p->destination_root);
    if (attachments) {
        strbuf_add_text(out, " /EmbeddedFiles << /Names [");
        for (uint32_t k = 0; k < attachments; k++) {
            syntax_text(out, p->document->attachments.at[k].name);
            strbuf_addf(out, " %u 0 R ", p->embedded + 2 * k);
        }
        strbuf_add_text(out, "] >>");
    }
    strbuf_add_text(out, " >>\n");
    if (!attachments)
        return;
    strbuf_add_text(out, "/AF [");
    for (uint32_t k = 0; k < attachments; k++)
        strbuf_addf(out, "%u 0 R ", p->embedded + 2 * k);
    strbuf_add_text(out, "]\n");
}

static void print_catalog(void *context, uint32_t i, HaruObject *object)
{
    const Pdf *p = context;
    const Document *d = p->document;
    StrBuf *out = object->dict;
    (void)i;
    strbuf_add_text(out, "/Lang ");
    syntax_bytes(out, d->metadata.language);
    strbuf_addf(out, "\n/Metadata %u 0 R\n/ViewerPreferences << /DisplayDocTitle true >>\n",
                p->metadata);
    strbuf_addf(out,
                "/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier "
                "(sRGB) /Info (sRGB IEC61966-2.1) /DestOutputProfile %u 0 R >>]\n",
                p->profile);
    strbuf_add_text(out, "/PageLabels << /Nums [0 << /S /D >>] >>\n");
    if (d->tagged)
        strbuf_addf(out, "/MarkInfo << /Marked true >>\n/StructTreeRoot %u 0 R\n", p->structure);
    if (d->outline.n)
        strbuf_addf(out, "/PageMode /UseOutlines\n/Outlines %u 0 R\n", p->outline);
    if (d->destinations.n || d->attachments.n)
        print_names(p, out);
}

void catalog_add(Pdf *p)
{
    const Document *d = p->document;
    uint32_t pages = (uint32_t)d->pages.n;
    haru_fixed(p->haru, HARU_CATALOG, print_catalog, p);
    haru_fixed(p->haru, HARU_PAGES, print_page_root, p);
    haru_fixed(p->haru, HARU_INFO, print_info, p);
    p->metadata = haru_add(p->haru, 1, print_metadata, p);
    p->profile = haru_add(p->haru, 1, print_profile, p);
    p->resources = haru_add(p->haru, 1, print_resources, p);
    p->page_branches = pages > BRANCH_PAGES ? (pages + BRANCH_PAGES - 1) / BRANCH_PAGES : 0;
    p->page_nodes = haru_add(p->haru, p->page_branches, print_branch, p);
    p->pages = haru_add(p->haru, pages, print_page, p);
    if (d->outline.n) {
        link_outline(p);
        p->outline = haru_add(p->haru, 1 + (uint32_t)d->outline.n, print_outline, p);
    }
    if (d->destinations.n) {
        sort_destinations(p);
        p->destination_root = haru_add(p->haru, 1 + p->destination_leaves, print_destinations, p);
    }
    if (d->attachments.n)
        p->embedded = haru_add(p->haru, 2 * (uint32_t)d->attachments.n, print_attachment, p);
}

void catalog_release(Pdf *p)
{
    mem_free(p->sorted_destinations);
    mem_free(p->outline_link);
}
