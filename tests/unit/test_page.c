/* Reports are made here at random, composed, and looked at as a reader would: is everything there once
 * and in order, inside the frame, nothing on top of anything else? Every word of a report ends with a
 * number of its own, so that it is known wherever it is met. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "compose/compose.h"

#include "page_support.h"
#include "pdf_file.h"
#include "suites.h"

#define TOLERANCE 0.1f

/* ---- making reports ------------------------------------------------------------------------- */

typedef struct {
    Kit *kit;
    Random random;
    Report report;
    ARRAY(Section) sections;
    ARRAY(KeyFigure) figures;
    uint32_t words; /* made so far */
    unsigned ids;
    ARRAY(uint32_t) headings; /* the first word of each */
} Maker;

static Arena *arena_of(Maker *m)
{
    return &m->report.arena;
}

static void add_word(Maker *m, StrBuf *out)
{
    static const char *const letters[] = {"a", "b", "d",        "e",        "f",       "g", "i",
                                          "l", "m", "n",        "o",        "r",       "s", "t",
                                          "u", "v", "\xC3\xA6", "\xC3\xB8", "\xC3\xA5"};
    for (uint32_t n = random_below(&m->random, 11); n > 0; n--)
        strbuf_add_text(out, letters[random_below(&m->random, 19)]);
    strbuf_addf(out, "x%u", m->words++);
}

static Str make_words(Maker *m, uint32_t n)
{
    StrBuf text = {0};
    for (uint32_t i = 0; i < n; i++) {
        if (i)
            strbuf_add_char(&text, random_once_in(&m->random, 9) ? '\n' : ' ');
        add_word(m, &text);
    }
    Str kept = arena_str(arena_of(m), strbuf_str(&text));
    strbuf_drop(&text);
    return kept;
}

static Inline *make_inline(Maker *m, InlineKind kind)
{
    Inline *in = arena_new(arena_of(m), Inline);
    in->kind = kind;
    in->pos = (Pos){1, 1, 0};
    return in;
}

/* A stretch of text, perhaps bold, a link or a span. */
static Inline *make_stretch(Maker *m, uint32_t n)
{
    static const InlineKind kinds[] = {INLINE_STRONG, INLINE_EMPHASIS, INLINE_STRIKE, INLINE_LINK,
                                       INLINE_SPAN};
    Inline *text = make_inline(m, INLINE_TEXT);
    text->text = make_words(m, n);
    if (!random_once_in(&m->random, 4))
        return text;
    Inline *around = make_inline(m, kinds[random_below(&m->random, 5)]);
    around->children = text;
    if (around->kind == INLINE_LINK)
        around->target = STR("https://example.org/");
    if (around->kind == INLINE_SPAN)
        around->language = STR("en");
    return around;
}

static Inline *make_text(Maker *m, uint32_t n)
{
    Inline *first = NULL, **end = &first;
    while (n > 0) {
        uint32_t take = 1 + random_below(&m->random, n);
        *end = make_stretch(m, take);
        end = &(*end)->next;
        n -= take;
        if (n) {
            *end = make_inline(m, INLINE_TEXT);
            (*end)->text = STR(" ");
            end = &(*end)->next;
        }
    }
    return first;
}

static Block *make_block(Maker *m, BlockKind kind)
{
    Block *b = arena_new(arena_of(m), Block);
    b->kind = kind;
    b->pos = (Pos){1, 1, 0};
    return b;
}

static Str make_id(Maker *m)
{
    char id[24];
    snprintf(id, sizeof id, "id-%u", m->ids++);
    return arena_str(arena_of(m), str_from(id));
}

static Block *make_paragraph(Maker *m, uint32_t most)
{
    Block *b = make_block(m, BLOCK_PARAGRAPH);
    b->inlines = make_text(m, 1 + random_below(&m->random, most));
    return b;
}

static Block *make_heading(Maker *m, int level)
{
    Block *b = make_block(m, BLOCK_HEADING);
    array_push(&m->headings, m->words);
    b->level = level;
    b->id = make_id(m);
    b->inlines = make_text(m, 1 + random_below(&m->random, 6));
    return b;
}

static Block *make_blocks(Maker *m, uint32_t n, int depth);

static Block *make_list(Maker *m, int depth)
{
    Block *b = make_block(m, BLOCK_LIST), **end = &b->children;
    b->list = (List){random_once_in(&m->random, 2), random_once_in(&m->random, 2), false,
                     1 + (int)random_below(&m->random, 99)};
    for (uint32_t n = 1 + random_below(&m->random, 6); n > 0; n--) {
        *end = make_block(m, BLOCK_ITEM);
        (*end)->children = random_once_in(&m->random, 3) ? make_blocks(m, 2, depth + 1)
                                                         : make_paragraph(m, 30);
        end = &(*end)->next;
    }
    return b;
}

static Block *make_box(Maker *m, int depth)
{
    static const BoxKind kinds[] = {BOX_NOTE, BOX_CAVEAT, BOX_MEANING};
    Block *b = make_block(m, random_once_in(&m->random, 4) ? BLOCK_QUOTE : BLOCK_BOX);
    b->box = kinds[random_below(&m->random, 3)];
    if (b->kind == BLOCK_BOX && random_once_in(&m->random, 2))
        b->inlines = make_text(m, 1 + random_below(&m->random, 5));
    b->children = make_blocks(m, 1 + random_below(&m->random, 4), depth + 1);
    return b;
}

static Block *make_code(Maker *m)
{
    Block *b = make_block(m, BLOCK_CODE);
    StrBuf text = {0};
    for (uint32_t n = 1 + random_below(&m->random, 9); n > 0; n--) {
        add_word(m, &text);
        strbuf_add_text(&text, random_once_in(&m->random, 3) ? "\n  " : "\n");
    }
    b->text = arena_str(arena_of(m), strbuf_str(&text));
    strbuf_drop(&text);
    return b;
}

static Block *make_table(Maker *m)
{
    Block *b = make_block(m, BLOCK_TABLE);
    Table *t = arena_new(arena_of(m), Table);
    t->columns = 1 + random_below(&m->random, 5);
    t->rows = 2 + random_below(&m->random, random_once_in(&m->random, 3) ? 60 : 8);
    t->row_heads = random_once_in(&m->random, 2);
    if (random_once_in(&m->random, 2))
        t->caption = make_text(m, 4);
    Cell *cells = arena_zalloc(arena_of(m), t->rows * t->columns * sizeof *cells);
    ColumnAlign *align = arena_zalloc(arena_of(m), t->columns * sizeof *align);
    for (size_t i = 0; i < t->columns; i++)
        align[i] = (ColumnAlign)random_below(&m->random, 4);
    for (size_t i = 0; i < t->rows * t->columns; i++)
        if (i < t->columns || !random_once_in(&m->random, 8))
            cells[i].inlines =
                make_text(m, 1 + random_below(&m->random, i < t->columns                   ? 2
                                                          : random_once_in(&m->random, 15) ? 40
                                                                                           : 5));
    t->cell = cells;
    t->align = align;
    b->table = t;
    return b;
}

static Block *make_image(Maker *m)
{
    Block *b = make_block(m, BLOCK_IMAGE);
    b->text = random_once_in(&m->random, 2) ? STR("small.png") : STR("large.png");
    if (random_once_in(&m->random, 2))
        b->caption = make_text(m, 8);
    return b;
}

static Str add_figure(Maker *m)
{
    static const char *const values[] = {"0",        "8,4", "ca. 120", "12-14", "mere end 3.000",
                                         "1.250.000"};
    KeyFigure f = {.id = make_id(m),
                   .name = make_words(m, 1 + random_below(&m->random, 5)),
                   .unit = STR("personer")};
    f.value =
        quantity_read(arena_of(m), m->kit->terms, str_from(values[random_below(&m->random, 6)]));
    array_push(&m->figures, f);
    return f.id;
}

static Block *make_chart(Maker *m)
{
    Block *b = make_block(m, BLOCK_CHART);
    ChartSpec *spec = arena_new(arena_of(m), ChartSpec);
    Str *ids = arena_array(arena_of(m), 8, Str);
    spec->headline = make_words(m, 5);
    spec->n = 1 + random_below(&m->random, 8);
    for (size_t i = 0; i < spec->n; i++)
        ids[i] = add_figure(m);
    spec->figure = ids;
    spec->source = make_words(m, 3);
    b->chart = spec;
    return b;
}

static Block *make_any(Maker *m, int depth)
{
    uint32_t choice = random_below(&m->random, depth ? 5 : 14);
    switch (choice) {
    case 3:
        return depth < 2 ? make_list(m, depth) : make_paragraph(m, 10);
    case 4:
        return make_code(m);
    case 5:
    case 6:
        return make_box(m, depth);
    case 7:
    case 8:
        return make_table(m);
    case 9:
        return make_image(m);
    case 10:
        return make_block(m, BLOCK_RULE);
    case 11:
        return make_chart(m);
    default:
        return make_paragraph(m, random_once_in(&m->random, 5) ? 300 : 60);
    }
}

static Block *make_blocks(Maker *m, uint32_t n, int depth)
{
    Block *first = NULL, **end = &first;
    for (uint32_t i = 0; i < n; i++) {
        if (!depth && random_once_in(&m->random, 4)) {
            *end = make_heading(m, random_once_in(&m->random, 2) ? 2 : 3);
            end = &(*end)->next;
            *end = make_paragraph(m, 40);
            end = &(*end)->next;
        }
        *end = make_any(m, depth);
        end = &(*end)->next;
    }
    return first;
}

static Block **last_of(Block **list)
{
    while (*list)
        list = &(*list)->next;
    return list;
}

/* Notes in the side column come before what stands beside them. */
static Block *make_visit(Maker *m, bool stop)
{
    Block *b = make_block(m, BLOCK_VISIT);
    Visit *v = arena_new(arena_of(m), Visit);
    array_push(&m->headings, m->words);
    b->id = make_id(m);
    b->inlines = make_text(m, 1 + random_below(&m->random, 5));
    v->stop = stop;
    v->meeting = random_once_in(&m->random, 3);
    if (random_once_in(&m->random, 2))
        v->date = (Date){2012, 8, 28};
    if (!random_once_in(&m->random, 3))
        v->place = make_words(m, 1 + random_below(&m->random, 8));
    if (random_once_in(&m->random, 2))
        v->contact = make_words(m, 2);
    b->visit = v;
    b->children = make_blocks(m, random_below(&m->random, 3), 0);
    *last_of(&b->children) = make_paragraph(m, 30);
    return b;
}

static void make_section(Maker *m, SectionKind kind)
{
    Section s = {.kind = kind, .id = make_id(m), .pos = {1, 1, 0}};
    array_push(&m->headings, m->words);
    s.title = make_text(m, 1 + random_below(&m->random, 4));
    s.blocks = make_paragraph(m, 30);
    *last_of(&s.blocks) = make_blocks(m, random_below(&m->random, 9), 0);
    for (uint32_t n = random_below(&m->random, 4); n > 0; n--)
        *last_of(&s.blocks) = make_visit(m, random_once_in(&m->random, 2));
    array_push(&m->sections, s);
}

static void maker_begin(Maker *m, Kit *kit, uint64_t seed)
{
    *m = (Maker){.kit = kit, .random = {seed}};
    m->report = (Report){.name = STR("report"),
                         .title = STR("The title of it all"),
                         .language = STR("da"),
                         .committee = STR("Udvalget"),
                         .date = {2012, 9, 9},
                         .terms = kit->terms};
}

/* In the order in which the contact is read. */
static void make_sender(Maker *m)
{
    Sender *s = &m->report.sender;
    bool phone = !random_once_in(&m->random, 3), email = !random_once_in(&m->random, 3),
         ean = !random_once_in(&m->random, 3);
    if (!random_once_in(&m->random, 3))
        s->organisation = make_words(m, 2);
    s->address_lines = random_below(&m->random, 6);
    bool anything = phone || email || ean || s->address_lines;
    if (!anything || random_once_in(&m->random, 2)) /* a name alone makes no contact */
        s->unit = make_words(m, 1);
    s->address = arena_array(arena_of(m), s->address_lines, Str);
    for (size_t i = 0; i < s->address_lines; i++)
        s->address[i] = make_words(m, 1 + random_below(&m->random, 8));
    if (phone)
        s->phone = make_words(m, 2);
    if (email)
        s->email = make_words(m, 1);
    if (ean)
        s->ean = make_words(m, 1);
}

static void maker_end(Maker *m)
{
    make_sender(m);
    m->report.section = m->sections.at;
    m->report.sections = m->sections.n;
    m->report.figure = m->figures.at;
    m->report.figures = m->figures.n;
}

static void make_report(Maker *m, Kit *kit, uint64_t seed)
{
    maker_begin(m, kit, seed);
    if (random_once_in(&m->random, 3))
        make_section(m, SECTION_SUMMARY);
    for (uint32_t n = 1 + random_below(&m->random, 3); n > 0; n--)
        make_section(m, random_once_in(&m->random, 3) ? SECTION_COMMON : SECTION_THEME);
    maker_end(m);
}

static void maker_drop(Maker *m)
{
    arena_drop(arena_of(m));
    array_drop(&m->sections);
    array_drop(&m->figures);
    array_drop(&m->headings);
}

/* ---- composing ------------------------------------------------------------------------------ */

static const Image *give_image(void *context, Str path, Pos pos)
{
    static const Image small = {.colour = IMAGE_GREY, .width = 200, .height = 90};
    static const Image large = {.colour = IMAGE_RGB, .width = 1200, .height = 1000};
    (void)context;
    (void)pos;
    return str_equal(path, STR("small.png")) ? &small : &large;
}

static Document *compose_edition(Kit *kit, const Edition *edition, const Layout *layout)
{
    PageRequest request = kit_request(kit, edition, layout);
    request.image = give_image;
    return compose_document(&request);
}

/* The document of a whole report; NULL when it can't be composed. */
static Document *try_compose(Kit *kit, const Report *report, const Layout *layout)
{
    EditionChoice choice = {false, {"", 0}};
    Edition *edition = edition_new(report, &choice, NULL);
    Document *d = compose_edition(kit, edition, layout);
    edition_drop(edition);
    return d;
}

static Document *compose(Kit *kit, const Report *report, const Layout *layout)
{
    Document *d = try_compose(kit, report, layout);
    kit_check_clean(kit);
    ck_assert_ptr_nonnull(d);
    ck_assert_msg(document_fault(d) == NULL, "%s", document_fault(d));
    return d;
}

static void set_parts(Layout *layout, const Part *parts, size_t n)
{
    layout->part = arena_copy(&layout->arena, parts, n, sizeof *parts);
    layout->parts = n;
}

static Layout *body_layout(Kit *kit)
{
    static const Part parts[] = {PART_BODY, PART_CONTACT};
    Layout *layout = kit_layout(kit, "committee-pack");
    layout->opener_inside = false; /* it says the names of visits once more */
    set_parts(layout, parts, 2);
    return layout;
}

/* ---- looking at pages ----------------------------------------------------------------------- */

/* A line of text, or anything else that is drawn. */
typedef struct {
    float left, top, right, bottom;
    uint32_t draw, line;
    Node owner;
    bool text, image;
} Mark;

typedef ARRAY(Mark) Marks;

static Node owner_of(const Draw *draw, const GlyphLine *line)
{
    const GlyphPara *para = draw->text.para;
    return draw->text.owner && para->runs ? draw->text.owner[para->run[line->run].source]
                                          : draw->owner;
}

static float largest_size(const GlyphPara *para, const GlyphLine *line)
{
    float size = 0;
    for (uint32_t r = line->run; r < para->runs && para->run[r].first < line->end; r++)
        size = para->run[r].size > size ? para->run[r].size : size;
    return size;
}

static void add_lines(const Draw *draw, uint32_t index, Marks *out)
{
    for (uint32_t l = draw->text.first; l < draw->text.end; l++) {
        const GlyphLine *line = &draw->text.para->line[l];
        float y = draw->y + (float)(l - draw->text.first) * draw->text.leading,
              x = draw->x + line->x;
        float size = largest_size(draw->text.para, line);
        if (line->first < line->end)
            array_push(out, ((Mark){x, y - 0.72f * size, x + line->width, y, index, l,
                                    owner_of(draw, line), true, false}));
    }
}

static void page_marks(const Document *d, uint32_t page, Marks *out)
{
    out->n = 0;
    for (uint32_t i = d->pages.at[page].first; i < d->pages.at[page].end; i++) {
        const Draw *draw = &d->draws.at[i];
        if (draw->kind == DRAW_TEXT)
            add_lines(draw, i, out);
        else if (draw->kind == DRAW_FILL || draw->kind == DRAW_IMAGE || draw->kind == DRAW_LINE)
            array_push(out, ((Mark){draw->x, draw->y, draw->x + draw->w, draw->y + draw->h, i, 0,
                                    draw->owner, false, draw->kind == DRAW_IMAGE}));
    }
}

/* Adds what a line says to the texts of the nodes that own its runs. */
static void add_runs(const Document *d, const Mark *mark, StrBuf *texts)
{
    const Draw *draw = &d->draws.at[mark->draw];
    const GlyphPara *para = draw->text.para;
    const GlyphLine *line = &para->line[mark->line];
    uint32_t run = line->run;
    for (uint32_t i = line->first; i < line->end; i++) {
        run = para_run_of(para, i, run);
        Node owner = draw->text.owner ? draw->text.owner[para->run[run].source] : draw->owner;
        strbuf_add_str(&texts[owner], words_at(d->words, para->piece[i])->text);
    }
}

/* The text of each node, in the order in which it is drawn. */
static StrBuf *node_texts(const Document *d)
{
    StrBuf *texts = mem_zalloc(d->nodes.n * sizeof *texts);
    Marks marks = {0};
    for (uint32_t i = 0; i < d->pages.n; i++) {
        page_marks(d, i, &marks);
        for (size_t k = 0; k < marks.n; k++)
            if (marks.at[k].text && marks.at[k].owner < d->nodes.n) {
                add_runs(d, &marks.at[k], texts);
                if (document_role(d, marks.at[k].owner) == ROLE_FIGURE)
                    strbuf_add_char(&texts[marks.at[k].owner], ' ');
            }
    }
    array_drop(&marks);
    return texts;
}

static void add_subtree(const Document *d, Node node, const Node *child, const Node *sibling,
                        const StrBuf *texts, StrBuf *out)
{
    strbuf_add_str(out, strbuf_str(&texts[node]));
    if (document_role(d, node) != ROLE_CONTENT && document_role(d, node) != ROLE_SPAN &&
        document_role(d, node) != ROLE_LINK)
        strbuf_add_char(out, ' ');
    for (Node c = child[node]; c != NODE_NONE; c = sibling[c])
        add_subtree(d, c, child, sibling, texts, out);
}

/* All text in the order of the structure, as it is read aloud. */
static void read_aloud(const Document *d, StrBuf *out)
{
    StrBuf *texts = node_texts(d);
    Node *child = mem_array(d->nodes.n, sizeof *child);
    Node *sibling = mem_array(d->nodes.n, sizeof *sibling);
    for (size_t i = 0; i < d->nodes.n; i++)
        child[i] = sibling[i] = NODE_NONE;
    for (size_t i = d->nodes.n; i-- > 1;) {
        sibling[i] = child[d->nodes.at[i].parent];
        child[d->nodes.at[i].parent] = (Node)i;
    }
    add_subtree(d, 0, child, sibling, texts, out);
    for (size_t i = 0; i < d->nodes.n; i++)
        strbuf_drop(&texts[i]);
    mem_free(texts);
    mem_free(child);
    mem_free(sibling);
}

/* The next word's number; false when there are no more. */
static bool next_word(Str text, size_t *at, uint32_t *number)
{
    while (*at + 1 < text.n && !(text.p[*at] == 'x' && ascii_digit(text.p[*at + 1])))
        ++*at;
    if (*at + 1 >= text.n)
        return false;
    for (*number = 0, ++*at; *at < text.n && ascii_digit(text.p[*at]); ++*at)
        *number = *number * 10 + (uint32_t)(text.p[*at] - '0');
    return true;
}

static bool overlap(const Mark *a, const Mark *b)
{
    return a->left < b->right - TOLERANCE && b->left < a->right - TOLERANCE &&
           a->top < b->bottom - TOLERANCE && b->top < a->bottom - TOLERANCE;
}

static bool contains(const Mark *outer, const Mark *inner)
{
    return outer->left <= inner->left + TOLERANCE && outer->right >= inner->right - TOLERANCE &&
           outer->top <= inner->top + TOLERANCE && outer->bottom >= inner->bottom - TOLERANCE;
}

static bool is_running(Node owner)
{
    return owner == ARTIFACT_HEADER || owner == ARTIFACT_FOOTER;
}

/* ---- what holds of every document ----------------------------------------------------------- */

static void check_each_once(const Document *d, uint32_t words, uint64_t seed)
{
    StrBuf text = {0};
    uint32_t expected = 0, number;
    read_aloud(d, &text);
    for (size_t at = 0; next_word(strbuf_str(&text), &at, &number); expected++)
        MUST_SAY(number == expected, "report %d: word %u where %u was due", (int)seed, number,
                 expected);
    MUST_SAY(expected == words, "report %d: %u of %u words", (int)seed, expected, words);
    strbuf_drop(&text);
}

static void check_frame(const Layout *l, const Mark *m, uint32_t page, uint64_t seed)
{
    float left = (float)l->left, right = (float)(l->paper_width - l->right);
    float top = (float)(page ? l->top : l->first_top);
    float bottom = (float)(l->paper_height - l->bottom);
    bool inside = m->left >= left - TOLERANCE && m->right <= right + TOLERANCE;
    if (!is_running(m->owner))
        inside = inside && m->top >= top - TOLERANCE && m->bottom <= bottom + TOLERANCE;
    MUST_SAY(inside, "report %d, page %u: (%d %d %d %d) is outside of the frame", (int)seed,
             page + 1, (int)m->left, (int)m->top, (int)m->right, (int)m->bottom);
}

/* Lines of text and pictures keep clear of each other; a box has its own text in it, and none other. */
static void check_overlaps(const Marks *marks, uint32_t page, uint64_t seed)
{
    for (size_t i = 0; i < marks->n; i++) {
        const Mark *a = &marks->at[i];
        bool box = !a->text && !a->image && node_is_artifact(a->owner) && a->bottom - a->top > 8 &&
                   a->right - a->left > 50;
        for (size_t k = 0; k < marks->n; k++) {
            const Mark *b = &marks->at[k];
            if (i == k || !b->text || !overlap(a, b))
                continue;
            bool fine = box ? contains(a, b) : !a->text && a->bottom - a->top < 8;
            MUST_SAY(fine || (!a->text && !box && a->right - a->left < 8),
                     "report %d, page %u: something at (%d %d) is drawn over (%d %d)", (int)seed,
                     page + 1, (int)a->left, (int)a->top, (int)b->left, (int)b->top);
        }
    }
}

/* A page's part of a box that has nothing in it. */
static void check_boxes(const Marks *marks, uint32_t page, uint64_t seed)
{
    for (size_t i = 0; i < marks->n; i++) {
        const Mark *a = &marks->at[i];
        bool any = a->text || a->image || !node_is_artifact(a->owner) || a->right - a->left < 50 ||
                   a->bottom - a->top < 3.5f;
        for (size_t k = 0; k < marks->n && !any; k++)
            any = marks->at[k].text && contains(a, &marks->at[k]);
        MUST_SAY(any, "report %d, page %u: an empty box at %d", (int)seed, page + 1, (int)a->top);
    }
}

static bool is_heading(const Document *d, Node owner)
{
    while (owner < d->nodes.n &&
           (document_role(d, owner) == ROLE_CONTENT || document_role(d, owner) == ROLE_LINK ||
            document_role(d, owner) == ROLE_SPAN))
        owner = d->nodes.at[owner].parent;
    return owner < d->nodes.n && document_role(d, owner) >= ROLE_H1 &&
           document_role(d, owner) <= ROLE_H6;
}

/* The lowest thing of the text column's content on a page isn't a heading, unless nothing follows. */
static void check_foot(const Document *d, const Marks *marks, uint32_t page, uint64_t seed)
{
    const Mark *last = NULL;
    for (size_t i = 0; i < marks->n; i++)
        if (marks->at[i].owner < d->nodes.n)
            last = &marks->at[i];
    MUST_SAY(!last || !is_heading(d, last->owner),
             "report %d, page %u: a heading is the last thing", (int)seed, page + 1);
}

static void check_pages(const Document *d, const Layout *l, bool whole, uint64_t seed)
{
    Marks marks = {0};
    for (uint32_t i = 0; i < d->pages.n; i++) {
        page_marks(d, i, &marks);
        for (size_t k = 0; k < marks.n && (i || !whole); k++)
            check_frame(l, &marks.at[k], i, seed);
        check_overlaps(&marks, i, seed);
        check_boxes(&marks, i, seed);
        if (i || !whole)
            check_foot(d, &marks, i, seed);
    }
    array_drop(&marks);
}

#if SANITIZED
enum { REPORTS = 80 };
#else
enum { REPORTS = 200 };
#endif

START_TEST(everything_is_there_once_and_in_order)
{
    Kit kit;
    kit_open(&kit, 2);
    Layout *layout = body_layout(&kit);
    for (uint64_t seed = 1; seed <= REPORTS; seed++) {
        Maker m;
        make_report(&m, &kit, seed);
        Document *d = compose(&kit, &m.report, layout);
        check_each_once(d, m.words, seed);
        document_drop(d);
        maker_drop(&m);
    }
    layout_drop(layout);
    kit_close(&kit);
}
END_TEST

START_TEST(nothing_is_outside_or_on_top)
{
    Kit kit;
    kit_open(&kit, 2);
    Layout *body = body_layout(&kit), *pack = kit_layout(&kit, "committee-pack");
    for (uint64_t seed = 1; seed <= REPORTS; seed++) {
        Maker m;
        make_report(&m, &kit, seed);
        bool whole = seed % 2;
        Document *d = compose(&kit, &m.report, whole ? pack : body);
        check_pages(d, pack, whole, seed);
        document_drop(d);
        maker_drop(&m);
    }
    layout_drop(body);
    layout_drop(pack);
    kit_close(&kit);
}
END_TEST

/* Of a theme at random: what a sheet shows of it stays within its pages, or it is told that it can't. */
START_TEST(handouts_stay_within_their_sheet)
{
    Kit kit;
    size_t made = 0;
    kit_open(&kit, 2);
    Layout *layout = kit_layout(&kit, "handout");
    for (uint64_t seed = 1; seed <= REPORTS; seed++) {
        Maker m;
        maker_begin(&m, &kit, seed);
        make_section(&m, SECTION_THEME);
        for (uint32_t n = random_below(&m.random, 12); n > 0; n--) {
            Block *box = make_box(&m, 0);
            box->box = BOX_MEANING;
            *last_of(&m.sections.at[0].blocks) = box;
        }
        m.report.url = random_once_in(&m.random, 3) ? (Str){"", 0} : STR("www.example.org/a");
        maker_end(&m);
        EditionChoice choice = {false, m.sections.at[0].id};
        Edition *edition = edition_new(&m.report, &choice, NULL);
        size_t errors = diags_count(kit.diags, DIAG_ERROR);
        Document *d = compose_edition(&kit, edition, layout);
        MUST(d || diags_count(kit.diags, DIAG_ERROR) > errors);
        made += d != NULL;
        if (d) {
            MUST(document_page_count(d) <= 2);
            MUST_SAY(!document_fault(d), "report %d: %s", (int)seed, document_fault(d));
            check_pages(d, layout, false, seed);
        }
        document_drop(d);
        edition_drop(edition);
        maker_drop(&m);
    }
    ck_assert_uint_gt(made, REPORTS * 9 / 10);
    layout_drop(layout);
    kit_close(&kit);
}
END_TEST

Suite *page_suite(void)
{
    Suite *suite = suite_create("page");
    TCase *tests = tcase_create("random");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, everything_is_there_once_and_in_order);
    tcase_add_test(tests, nothing_is_outside_or_on_top);
    tcase_add_test(tests, handouts_stay_within_their_sheet);
    suite_add_tcase(suite, tests);
    return suite;
}
