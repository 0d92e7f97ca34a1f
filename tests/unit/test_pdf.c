/* Documents are written to memory and taken apart again. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "pdf/internal.h"

#include "page_support.h"
#include "pdf_file.h"
#include "suites.h"

#define WIDTH 400.0f
#define HEIGHT 500.0f
#define LEADING 14.0f

/* ---- making documents ----------------------------------------------------------------------- */

typedef struct {
    Kit kit;
    Layout *layout;
    const Font *body, *bold;
    Document *d;
    Node root;
    float y; /* of the next baseline */
} Maker;

static void maker_open(Maker *m)
{
    *m = (Maker){.y = 0};
    kit_open(&m->kit, 1);
    m->layout = kit_layout(&m->kit, "committee-pack");
    m->body = kit_font(&m->kit, m->layout, STYLE_body);
    m->bold = kit_font(&m->kit, m->layout, STYLE_h1);
}

static void begin_document(Maker *m)
{
    m->d = document_new(text_words(m->kit.text));
    m->root = document_node(m->d, NODE_NONE, ROLE_DOCUMENT);
    m->d->metadata = (Metadata){.title = STR("A title"),
                                .author = STR("Somebody"),
                                .language = STR("da-DK"),
                                .producer = STR("a test"),
                                .time = {2012, 9, 9, 12, 30, 15}};
}

static void maker_close(Maker *m)
{
    document_drop(m->d);
    layout_drop(m->layout);
    kit_close(&m->kit);
}

static void begin_page(Maker *m)
{
    document_page(m->d, WIDTH, HEIGHT);
    m->y = 40;
}

/* Text in a font for a node, on a line of its own or broken into several. */
static void add_text(Maker *m, const Font *font, Node node, const char *text)
{
    const GlyphPara *para = kit_para(&m->kit, font, 10, text, 320);
    DrawnText drawn = {.para = para, .end = para->lines, .leading = LEADING};
    document_text(m->d, node, 40, m->y, 320, drawn);
    m->y += (float)para->lines * LEADING;
}

static void add_paragraph(Maker *m, const char *text)
{
    add_text(m, m->body, document_node(m->d, m->root, ROLE_P), text);
}

typedef struct {
    const char *text;
    Node owner;
    uint8_t flags;
} Stretch;

/* One paragraph whose parts have owners of their own. */
static void add_parts(Maker *m, Node node, const Stretch *part, size_t n)
{
    TextRun *run = arena_zalloc(&m->kit.arena, n * sizeof *run);
    Node *owner = arena_array(&m->d->arena, n, Node);
    for (size_t i = 0; i < n; i++) {
        run[i] = (TextRun){.text = str_from(part[i].text),
                           .font = m->body,
                           .language = STR("da-DK"),
                           .size = 10,
                           .flags = part[i].flags};
        owner[i] = part[i].owner;
    }
    TextRequest request = {
        .run = run, .runs = n, .measure = 320, .align = TEXT_LEFT, .fallback = m->kit.fallback};
    const GlyphPara *para = text_paragraph(m->kit.text, 0, &request);
    document_text(
        m->d, node, 40, m->y, 320,
        (DrawnText){.para = para, .end = para->lines, .leading = LEADING, .owner = owner});
    m->y += (float)para->lines * LEADING;
}

static Node add_link_node(Maker *m, Node parent, const char *target)
{
    Node link = document_node(m->d, parent, ROLE_LINK);
    NodeDetail *detail = document_detail(m->d, link);
    detail->target = document_str(m->d, str_from(target));
    detail->contents = document_str(m->d, STR("Go there"));
    return link;
}

/* "before link behind", the link underlined. */
static Node add_linked(Maker *m, const char *before, const char *text, const char *behind,
                       const char *target)
{
    Node p = document_node(m->d, m->root, ROLE_P);
    Node first = document_node(m->d, p, ROLE_CONTENT), link = add_link_node(m, p, target);
    Node last = document_node(m->d, p, ROLE_CONTENT);
    const Stretch parts[] = {{before, first, 0}, {text, link, RUN_UNDERLINE}, {behind, last, 0}};
    add_parts(m, p, parts, 3);
    return link;
}

/* ---- checking files ------------------------------------------------------------------------- */

typedef struct {
    StrBuf bytes;
    PdfFile file;
    Numbers pages;
} Written;

static void write_and_open(const Maker *m, Written *w)
{
    *w = (Written){.bytes = {0}};
    ck_assert_msg(document_fault(m->d) == NULL, "%s", document_fault(m->d));
    pdf_write_bytes(m->d, 1, &w->bytes);
    pdf_file_open(&w->file, strbuf_str(&w->bytes));
    pdf_pages(&w->file, &w->pages);
    ck_assert_uint_eq(w->pages.n, m->d->pages.n);
    if (m->d->tagged)
        pdf_check_structure(&w->file);
}

static void close_written(Written *w)
{
    pdf_file_close(&w->file);
    array_drop(&w->pages);
    strbuf_drop(&w->bytes);
}

/* The text of a page without line ends. */
static void check_page_says(const Written *w, size_t page, const char *expected)
{
    StrBuf text = {0}, plain = {0};
    pdf_page_text(&w->file, w->pages.at[page], &text);
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != '\n')
            strbuf_add_char(&plain, text.p[i]);
    strbuf_add_char(&plain, 0);
    ck_assert_str_eq(plain.p, expected);
    strbuf_drop(&text);
    strbuf_drop(&plain);
}

static void content_of(const Written *w, size_t page, StrBuf *out)
{
    Numbers streams = {0};
    pdf_refs(pdf_value(&w->file, w->pages.at[page], "Contents"), &streams);
    for (size_t i = 0; i < streams.n; i++)
        pdf_stream_bytes(&w->file, streams.at[i], out);
    strbuf_add_char(out, 0);
    array_drop(&streams);
}

static bool content_has(const Written *w, size_t page, const char *text)
{
    StrBuf content = {0};
    content_of(w, page, &content);
    bool found = strstr(content.p, text) != NULL;
    strbuf_drop(&content);
    return found;
}

static bool value_is(Str value, const char *text)
{
    return str_starts(str_trim(value), str_from(text));
}

/* ---- the file ------------------------------------------------------------------------------- */

START_TEST(an_empty_page)
{
    Maker m;
    Written w;
    maker_open(&m);
    begin_document(&m);
    begin_page(&m);
    write_and_open(&m, &w);
    ck_assert(value_is(pdf_value(&w.file, w.pages.at[0], "MediaBox"), "[0 0 400 500 ]"));
    uint32_t root = pdf_root(&w.file);
    ck_assert(value_is(pdf_value(&w.file, root, "Lang"), "(da-DK)"));
    ck_assert(value_is(pdf_value(&w.file, root, "MarkInfo"), "<< /Marked true >>"));
    ck_assert_uint_eq(pdf_value(&w.file, root, "Outlines").n, 0);
    ck_assert_uint_eq(pdf_value(&w.file, root, "Names").n, 0);
    close_written(&w);
    maker_close(&m);
}
END_TEST

/* The tree of pages has branches from 65 on. */
START_TEST(any_number_of_pages)
{
    static const uint32_t counts[] = {1, 2, 63, 64, 65, 128, 129, 700};
    Maker m;
    maker_open(&m);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        Written w;
        begin_document(&m);
        for (uint32_t k = 0; k < counts[i]; k++) {
            char text[32];
            begin_page(&m);
            snprintf(text, sizeof text, "number %u", k);
            add_paragraph(&m, text);
        }
        write_and_open(&m, &w);
        for (uint32_t k = 0; k < counts[i]; k++) {
            char text[32];
            snprintf(text, sizeof text, "number %u", k);
            check_page_says(&w, k, text);
        }
        close_written(&w);
        document_drop(m.d);
        m.d = NULL;
    }
    maker_close(&m);
}
END_TEST

static bool give_up(void *context, const void *bytes, size_t n)
{
    size_t *left = context;
    (void)bytes;
    if (*left < n)
        return false;
    *left -= n;
    return true;
}

/* Wherever a disk is full, it is told, and nothing is lost or left behind. */
START_TEST(a_sink_that_fails_is_told)
{
    Maker m;
    StrBuf whole = {0};
    maker_open(&m);
    begin_document(&m);
    for (int i = 0; i < 3; i++) {
        begin_page(&m);
        add_paragraph(&m, "some text");
    }
    pdf_write_bytes(m.d, 1, &whole);
    WorkQueue *queue = work_new(2);
    PdfOptions options = {queue, STR("x")};
    for (size_t room = 0; room < whole.n - 200; room += 997) {
        size_t left = room;
        const char *failure = pdf_write(m.d, &options, give_up, &left);
        ck_assert_ptr_nonnull(failure);
        ck_assert_str_eq(failure, "the file can't be written");
    }
    size_t left = SIZE_MAX;
    ck_assert_ptr_null(pdf_write(m.d, &options, give_up, &left));
    work_drop(queue);
    strbuf_drop(&whole);
    maker_close(&m);
}
END_TEST

/* ---- text ----------------------------------------------------------------------------------- */

START_TEST(text_is_read_back)
{
    static const char *const texts[] = {"Plain words",
                                        "(brackets) and \\ back\\slashes\\",
                                        "\xC3\xA6\xC3\xB8\xC3\xA5 \xC3\x86\xC3\x98\xC3\x85",
                                        "1.234,50 kr.",
                                        "office affluent fjord ff fi ffi",
                                        "\xE2\x80\x93 \xE2\x80\x9Cquoted\xE2\x80\x9D \xE2\x82\xAC",
                                        "AVATAR To Ty",
                                        "\xCE\xB1\xCE\xB2\xCE\xB3 \xD0\x96\xD1\x83\xD0\xBA"};
    Maker m;
    Written w;
    StrBuf expected = {0};
    maker_open(&m);
    begin_document(&m);
    begin_page(&m);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        add_paragraph(&m, texts[i]);
        strbuf_add_text(&expected, texts[i]);
    }
    write_and_open(&m, &w);
    check_page_says(&w, 0, expected.p);
    close_written(&w);
    strbuf_drop(&expected);
    maker_close(&m);
}
END_TEST

/* PDF/UA-1, 7.21.7: no text may be U+FEFF. */
START_TEST(a_mark_of_byte_order_within_text_is_a_word_joiner)
{
    Maker m;
    Written w;
    maker_open(&m);
    begin_document(&m);
    begin_page(&m);
    add_paragraph(&m, "one\xEF\xBB\xBFword");
    write_and_open(&m, &w);
    check_page_says(&w, 0, "one\xE2\x81\xA0word");
    close_written(&w);
    maker_close(&m);
}
END_TEST

/* Every printable character of Latin-1 and Latin Extended-A in two fonts: more than a font of one byte
 * a code can take. */
START_TEST(many_characters_make_codes_of_two_bytes)
{
    Maker m;
    Written w;
    StrBuf text = {0};
    maker_open(&m);
    begin_document(&m);
    for (uint32_t c = 0x21; c < 0x250; c++) {
        if ((c >= 0x7F && c <= 0xA0) || c == 0xAD || c == 0x2D)
            continue;
        strbuf_add_utf8(&text, c);
        if (c % 7 == 0)
            strbuf_add_char(&text, ' ');
    }
    begin_page(&m);
    add_paragraph(&m, text.p);
    begin_page(&m);
    add_text(&m, m.bold, document_node(m.d, m.root, ROLE_P), "few letters");
    write_and_open(&m, &w);
    check_page_says(&w, 0, text.p);
    check_page_says(&w, 1, "few letters");
    ck_assert(content_has(&w, 1, "(f")); /* ASCII keeps its codes */
    close_written(&w);
    strbuf_drop(&text);
    maker_close(&m);
}
END_TEST

/* Random text of a few letters: brackets, backslashes, kerning pairs, ligatures. */
START_TEST(random_text_is_read_back)
{
    static const char *const bits[] = {"(",         ")", "\\", "A", "V", "f",        "i",
                                       "l",         "T", "o",  ".", " ", "\xC3\xA6", "\xC3\xA9",
                                       "e\xCC\x81", "1", "%",  "/", "<", "]"};
    Random random = {3};
    Maker m;
    maker_open(&m);
    for (int i = 0; i < 60; i++) {
        Written w;
        StrBuf text = {0};
        size_t n = 1 + random_below(&random, 200);
        for (size_t k = 0; k < n; k++) {
            bool blank = text.n && text.p[text.n - 1] == ' '; /* one may go where a line ends */
            strbuf_add_text(&text, bits[random_below(&random, blank ? 11 : 20)]);
        }
        strbuf_add_char(&text, 'x'); /* blanks at the end aren't drawn */
        Str trimmed = str_trim(strbuf_str(&text));
        begin_document(&m);
        begin_page(&m);
        add_paragraph(&m, trimmed.p);
        write_and_open(&m, &w);
        check_page_says(&w, 0, trimmed.p);
        close_written(&w);
        document_drop(m.d);
        m.d = NULL;
        strbuf_drop(&text);
    }
    maker_close(&m);
}
END_TEST

/* ---- structure ------------------------------------------------------------------------------ */

START_TEST(links_are_named_by_their_elements)
{
    Maker m;
    Written w;
    maker_open(&m);
    begin_document(&m);
    begin_page(&m);
    document_destination(m.d, STR("here"), 0, 20);
    add_linked(&m, "Read ", "this", " and more", "#here");
    add_linked(&m, "Or ", "that", ", which is elsewhere", "https://example.org/(a)");
    begin_page(&m);
    add_linked(&m, "Again ", "here", ".", "#here");
    write_and_open(&m, &w);
    Numbers first = {0}, second = {0};
    pdf_refs(pdf_value(&w.file, w.pages.at[0], "Annots"), &first);
    pdf_refs(pdf_value(&w.file, w.pages.at[1], "Annots"), &second);
    ck_assert_uint_eq(first.n, 2);
    ck_assert_uint_eq(second.n, 1);
    ck_assert(value_is(pdf_value(&w.file, first.at[0], "Dest"), "(here)"));
    Str action = pdf_value(&w.file, first.at[1], "A");
    ck_assert(value_is(pdf_value_in(action, "URI"), "(https://example.org/\\(a\\))"));
    ck_assert_uint_eq(pdf_value(&w.file, first.at[1], "Dest").n, 0);
    array_drop(&first);
    array_drop(&second);
    close_written(&w);
    maker_close(&m);
}
END_TEST

/* A link whose words are all in another language has no content of its own. */
START_TEST(a_link_around_a_span_has_its_annotation)
{
    Maker m;
    Written w;
    maker_open(&m);
    begin_document(&m);
    begin_page(&m);
    document_destination(m.d, STR("here"), 0, 20);
    Node p = document_node(m.d, m.root, ROLE_P), link = add_link_node(&m, p, "#here");
    Node span = document_node(m.d, link, ROLE_SPAN);
    document_detail(m.d, span)->language = STR("en");
    const Stretch parts[] = {{"Bikeworks", span, RUN_UNDERLINE}};
    add_parts(&m, p, parts, 1);
    write_and_open(&m, &w);
    check_page_says(&w, 0, "Bikeworks");
    ck_assert_uint_gt(pdf_value(&w.file, w.pages.at[0], "Annots").n, 0);
    close_written(&w);
    maker_close(&m);
}
END_TEST

/* The text of one link on so many pages. */
static void add_long_link(Maker *m, int pages)
{
    Node p = document_node(m->d, m->root, ROLE_P), link = add_link_node(m, p, "#here");
    for (int i = 0; i < pages; i++) {
        begin_page(m);
        const Stretch parts[] = {{"a link that goes on and on", link, RUN_UNDERLINE}};
        add_parts(m, p, parts, 1);
    }
}

START_TEST(a_link_over_several_pages)
{
    for (int pages = 1; pages <= 5; pages++) {
        Maker m;
        Written w;
        maker_open(&m);
        begin_document(&m);
        begin_page(&m);
        document_destination(m.d, STR("here"), 0, 20);
        add_linked(&m, "see ", "there", ".", "#here");
        add_long_link(&m, pages);
        begin_page(&m);
        add_linked(&m, "and ", "there", ".", "#here");
        write_and_open(&m, &w);
        close_written(&w);
        maker_close(&m);
    }
}
END_TEST

/* The rectangle of a link's annotation lies on its words. */
START_TEST(a_link_lies_where_its_text_stands)
{
    Maker m;
    Written w;
    maker_open(&m);
    begin_document(&m);
    begin_page(&m);
    document_destination(m.d, STR("here"), 0, 20);
    add_linked(&m, "Before ", "link", " behind", "#here");
    write_and_open(&m, &w);
    Numbers list = {0};
    pdf_refs(pdf_value(&w.file, w.pages.at[0], "Annots"), &list);
    Str rect = pdf_value(&w.file, list.at[0], "Rect");
    size_t at = 0;
    double v[4];
    pdf_token(rect, &at);
    for (int i = 0; i < 4; i++)
        v[i] = pdf_token(rect, &at).number;
    float before = kit_para(&m.kit, m.body, 10, "Before x", 1000)->width -
                   kit_para(&m.kit, m.body, 10, "x", 1000)->width;
    float link = kit_para(&m.kit, m.body, 10, "link", 1000)->width;
    ck_assert_double_eq_tol(v[0], 40 + (double)before, 0.2);
    ck_assert_double_eq_tol(v[2], 40 + (double)(before + link), 0.2);
    ck_assert_double_lt(v[1], (double)HEIGHT - 40); /* the baseline is inside */
    ck_assert_double_gt(v[3], (double)HEIGHT - 40 + 7);
    ck_assert_double_lt(v[3] - v[1], 16);
    array_drop(&list);
    close_written(&w);
    maker_close(&m);
}
END_TEST

START_TEST(an_area_belongs_to_its_link)
{
    Maker m;
    Written w;
    maker_open(&m);
    begin_document(&m);
    begin_page(&m);
    document_destination(m.d, STR("here"), 0, 20);
    Node link = add_link_node(&m, document_node(m.d, m.root, ROLE_P), "#here");
    add_text(&m, m.body, link, "in the area");
    document_draw(m.d,
                  (Draw){.kind = DRAW_AREA, .owner = link, .x = 10, .y = 20, .w = 300, .h = 90});
    write_and_open(&m, &w);
    Numbers list = {0};
    pdf_refs(pdf_value(&w.file, w.pages.at[0], "Annots"), &list);
    ck_assert_uint_eq(list.n, 1);
    ck_assert(value_is(pdf_value(&w.file, list.at[0], "Rect"), "[10 390 310 480 ]"));
    array_drop(&list);
    close_written(&w);
    maker_close(&m);
}
END_TEST

/* Owners change with every drawing, over pages, with artifacts between. */
static Node random_owner(Maker *m, Random *random, Node parent)
{
    if (random_once_in(random, 4))
        return random_once_in(random, 2) ? ARTIFACT_LAYOUT : ARTIFACT_FOOTER;
    return document_node(m->d, parent, random_once_in(random, 3) ? ROLE_TD : ROLE_CONTENT);
}

static void add_random_parts(Maker *m, Random *random, Node parent)
{
    enum { MOST = 6 };
    static const char *const words[] = {"one ", "two ", "three four five ", "(six) ", "seven\n"};
    Stretch parts[MOST];
    size_t n = 1 + random_below(random, MOST);
    for (size_t i = 0; i < n; i++) {
        parts[i].text = words[random_below(random, 5)];
        parts[i].flags = (uint8_t)random_below(random, 4);
        parts[i].owner = random_owner(m, random, parent);
        if (random_once_in(random, 5)) {
            parts[i].owner = add_link_node(m, parent, "#here");
            if (random_once_in(random, 3))
                parts[i].owner = document_node(m->d, parts[i].owner, ROLE_SPAN);
        }
    }
    add_parts(m, parent, parts, n);
}

static void add_random_page(Maker *m, Random *random, const Image *image)
{
    static const PathStep steps[] = {{'m', 0, 0}, {'l', 9, 9}, {'c', 1, 2},
                                     {'c', 3, 4}, {'c', 5, 6}, {'z', 0, 0}};
    static const Path path = {.step = steps, .steps = 6, .fill = true, .stroke = true, .width = 2};
    begin_page(m);
    for (uint32_t i = random_below(random, 12); i > 0; i--) {
        Node div = document_node(m->d, m->root, ROLE_DIV);
        Node owner = random_owner(m, random, div);
        switch (random_below(random, 6)) {
        case 0:
            document_fill(m->d, owner, 1, 2, 30, 40, 0x123456);
            break;
        case 1:
            document_line(m->d, owner, 1, 2, 30, 40, 1.5f, 0x654321);
            break;
        case 2:
            document_draw(m->d, (Draw){.kind = DRAW_PATH, .owner = owner, .path = &path});
            break;
        case 3: {
            Draw draw = {.kind = DRAW_IMAGE, .owner = owner, .w = 50, .h = 60};
            draw.image = document_image(m->d, image);
            document_draw(m->d, draw);
            break;
        }
        default:
            add_random_parts(m, random, div);
        }
    }
}

START_TEST(structure_of_random_documents)
{
    unsigned char pixels[12] = {1, 2, 3}, mask[4] = {0, 255, 9, 9};
    Image image = {.colour = IMAGE_RGB,
                   .width = 2,
                   .height = 2,
                   .data = pixels,
                   .size = 12,
                   .alpha = mask,
                   .alpha_size = 4};
    Maker m;
    maker_open(&m);
    for (uint64_t seed = 1; seed <= 150; seed++) {
        Random random = {seed};
        Written w;
        begin_document(&m);
        begin_page(&m);
        document_destination(m.d, STR("here"), 0, 20);
        for (uint32_t i = 1 + random_below(&random, 6); i > 0; i--)
            add_random_page(&m, &random, &image);
        write_and_open(&m, &w);
        close_written(&w);
        document_drop(m.d);
        m.d = NULL;
    }
    maker_close(&m);
}
END_TEST

START_TEST(details_of_nodes)
{
    Maker m;
    Written w;
    maker_open(&m);
    begin_document(&m);
    begin_page(&m);
    Node th = document_node(m.d, m.root, ROLE_TH), figure = document_node(m.d, m.root, ROLE_FIGURE);
    NodeDetail *detail = document_detail(m.d, th);
    detail->scope = SCOPE_COLUMN;
    detail->column_span = 3;
    add_text(&m, m.body, th, "head");
    detail = document_detail(m.d, figure);
    detail->alternative = STR("An (old) picture");
    detail->has_box = true;
    detail->box[0] = 10, detail->box[1] = 20, detail->box[2] = 110, detail->box[3] = 220;
    document_fill(m.d, figure, 10, 20, 100, 200, 0);
    write_and_open(&m, &w);
    bool has_th = false, has_figure = false;
    for (uint32_t i = 1; i < w.file.objects.n; i++) {
        Str s = pdf_value(&w.file, i, "S");
        if (value_is(s, "/TH")) {
            has_th = true;
            ck_assert(value_is(pdf_value(&w.file, i, "A"), "<</O/Table/Scope/Column/ColSpan 3>>"));
        } else if (value_is(s, "/Figure")) {
            has_figure = true;
            ck_assert(
                value_is(pdf_value_in(pdf_value(&w.file, i, "A"), "BBox"), "[10 280 110 480 ]"));
            Str alt = pdf_value(&w.file, i, "Alt");
            ck_assert(value_is(alt, "<FEFF0041006E00200028006F006C0064002900200070"));
        }
    }
    ck_assert(has_th && has_figure);
    close_written(&w);
    maker_close(&m);
}
END_TEST

/* ---- catalog -------------------------------------------------------------------------------- */

static void string_bytes(Str from, size_t *at, StrBuf *out)
{
    Token token = pdf_token(from, at);
    ck_assert(token.kind == TOKEN_STRING || token.kind == TOKEN_HEX);
    strbuf_clear(out);
    token_bytes(&token, out);
    strbuf_add_char(out, 0);
    out->n--;
}

/* One leaf: its names are in order, between its limits, and lead to the right page. */
static uint32_t check_leaf(const Written *w, const Maker *m, uint32_t leaf, StrBuf *last)
{
    StrBuf name = {0}, low = {0}, high = {0};
    Str limits = pdf_value(&w->file, leaf, "Limits"),
        names = pdf_whole(pdf_value(&w->file, leaf, "Names"));
    size_t at = 1;
    uint32_t n = 0;
    limits = str_cut(limits, str_find(limits, '[') + 1, limits.n);
    size_t limit = 0;
    string_bytes(limits, &limit, &low);
    string_bytes(limits, &limit, &high);
    names = str_trim(names);
    for (;; n++) {
        size_t next = at;
        Token token = pdf_token(names, &next);
        if (token.kind == TOKEN_CLOSE)
            break;
        string_bytes(names, &at, &name);
        if (n == 0)
            ck_assert_str_eq(name.p, low.p);
        ck_assert_int_lt(str_compare(strbuf_str(last), strbuf_str(&name)), 0);
        strbuf_clear(last);
        strbuf_add_str(last, strbuf_str(&name));
        const Destination *d = document_find_destination(m->d, strbuf_str(&name));
        ck_assert_ptr_nonnull(d);
        Str value = str_cut(names, at, names.n);
        value = pdf_whole(value);
        ck_assert_uint_eq(pdf_ref(str_cut(value, str_find(value, '[') + 1, value.n)),
                          w->pages.at[d->page]);
        at += value.n;
    }
    ck_assert_str_eq(name.p, high.p);
    strbuf_drop(&name);
    strbuf_drop(&low);
    strbuf_drop(&high);
    return n;
}

START_TEST(destinations_are_sorted)
{
    static const uint32_t counts[] = {1, 127, 128, 129, 1000};
    Maker m;
    maker_open(&m);
    for (size_t i = 0; i < 5; i++) {
        Written w;
        Random random = {i};
        StrBuf last = {0};
        Numbers leaves = {0};
        uint32_t n = 0;
        begin_document(&m);
        for (int page = 0; page < 3; page++) {
            begin_page(&m);
            while (m.d->destinations.n < counts[i] * (size_t)(page + 1) / 3) {
                char name[20];
                snprintf(name, sizeof name, "n(%u", random_below(&random, 10000000));
                document_destination(m.d, str_from(name), 0, 100);
            }
        }
        write_and_open(&m, &w);
        uint32_t names =
            pdf_ref(pdf_value_in(pdf_value(&w.file, pdf_root(&w.file), "Names"), "Dests"));
        pdf_refs(pdf_value(&w.file, names, "Kids"), &leaves);
        for (size_t k = 0; k < leaves.n; k++)
            n += check_leaf(&w, &m, leaves.at[k], &last);
        ck_assert_uint_eq(n, counts[i]);
        array_drop(&leaves);
        strbuf_drop(&last);
        close_written(&w);
        document_drop(m.d);
        m.d = NULL;
    }
    maker_close(&m);
}
END_TEST

/* Goes through bookmarks in the order in which a reader shows them; checks parents and counts. */
static size_t read_outline(const Written *w, uint32_t parent, int level, int *levels, size_t n)
{
    uint32_t previous = 0, count = 0;
    for (uint32_t at = pdf_key_ref(&w->file, parent, "First"); at;
         at = pdf_key_ref(&w->file, at, "Next")) {
        ck_assert_uint_eq(pdf_key_ref(&w->file, at, "Parent"), parent);
        ck_assert(pdf_value(&w->file, at, "Prev").n ? pdf_key_ref(&w->file, at, "Prev") == previous
                                                    : previous == 0);
        levels[n++] = level;
        n = read_outline(w, at, level + 1, levels, n);
        previous = at;
        count++;
    }
    if (count) {
        ck_assert_uint_eq(pdf_key_ref(&w->file, parent, "Last"), previous);
        ck_assert_int_eq(llabs(pdf_int(pdf_value(&w->file, parent, "Count"))), count);
    }
    return n;
}

START_TEST(bookmarks_hang_together)
{
    static const int levels[] = {1, 2, 2, 3, 2, 1, 1, 2, 3, 3, 1};
    enum { N = sizeof levels / sizeof *levels };
    int found[N];
    Maker m;
    Written w;
    maker_open(&m);
    begin_document(&m);
    begin_page(&m);
    document_destination(m.d, STR("here"), 0, 20);
    for (int i = 0; i < N; i++)
        document_outline(m.d, levels[i], STR("Bookmark (1)"), STR("here"));
    write_and_open(&m, &w);
    size_t n = read_outline(&w, pdf_key_ref(&w.file, pdf_root(&w.file), "Outlines"), 1, found, 0);
    ck_assert_uint_eq(n, N);
    for (int i = 0; i < N; i++)
        ck_assert_int_eq(found[i], levels[i]);
    close_written(&w);
    maker_close(&m);
}
END_TEST

START_TEST(attachments_are_there)
{
    Maker m;
    Written w;
    StrBuf bytes = {0};
    maker_open(&m);
    begin_document(&m);
    begin_page(&m);
    document_attach(m.d,
                    (Attachment){STR("a (b).csv"), STR("text/csv"), STR("Numbers"), STR("1;2\n")});
    write_and_open(&m, &w);
    Numbers list = {0};
    pdf_refs(pdf_value(&w.file, pdf_root(&w.file), "AF"), &list);
    ck_assert_uint_eq(list.n, 1);
    ck_assert(value_is(pdf_value(&w.file, list.at[0], "F"), "(a \\(b\\).csv)"));
    uint32_t file = pdf_ref(pdf_value_in(pdf_value(&w.file, list.at[0], "EF"), "F"));
    ck_assert(value_is(pdf_value(&w.file, file, "Subtype"), "/text#2Fcsv"));
    pdf_stream_bytes(&w.file, file, &bytes);
    ck_assert_str_eq(bytes.p, "1;2\n");
    array_drop(&list);
    strbuf_drop(&bytes);
    close_written(&w);
    maker_close(&m);
}
END_TEST

/* ---- pictures ------------------------------------------------------------------------------- */

START_TEST(pictures_and_their_masks)
{
    unsigned char rgb[12] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, mask[] = {0, 50, 100, 255};
    unsigned char grey[] = {9, 8}, jpeg[] = "not decoded here";
    Image images[] = {{.colour = IMAGE_GREY, .width = 2, .height = 1, .data = grey, .size = 2},
                      {.colour = IMAGE_RGB,
                       .width = 2,
                       .height = 2,
                       .data = rgb,
                       .size = 12,
                       .alpha = mask,
                       .alpha_size = 4},
                      {.coding = IMAGE_JPEG,
                       .colour = IMAGE_RGB,
                       .width = 8,
                       .height = 8,
                       .data = jpeg,
                       .size = sizeof jpeg},
                      {.colour = IMAGE_GREY,
                       .width = 2,
                       .height = 1,
                       .data = grey,
                       .size = 2,
                       .alpha = mask + 2,
                       .alpha_size = 2}};
    Maker m;
    Written w;
    maker_open(&m);
    begin_document(&m);
    begin_page(&m);
    for (int i = 0; i < 4; i++) {
        Draw draw = {
            .kind = DRAW_IMAGE, .owner = ARTIFACT_LAYOUT, .x = 10, .y = 20, .w = 50, .h = 60};
        draw.image = document_image(m.d, &images[i]);
        document_draw(m.d, draw);
    }
    write_and_open(&m, &w);
    ck_assert(content_has(&w, 0, "q 50 0 0 60 10 420 cm /I3 Do Q"));
    Str names = pdf_value(&w.file, pdf_key_ref(&w.file, w.pages.at[0], "Resources"), "XObject");
    for (int i = 0; i < 4; i++) {
        StrBuf bytes = {0};
        char key[] = {'I', (char)('1' + i), 0};
        uint32_t object = pdf_ref(pdf_value_in(names, key));
        pdf_stream_bytes(&w.file, object, &bytes);
        ck_assert_uint_eq(bytes.n, images[i].size);
        ck_assert_mem_eq(bytes.p, images[i].data, bytes.n);
        ck_assert(value_is(pdf_value(&w.file, object, "ColorSpace"),
                           images[i].colour == IMAGE_RGB ? "/DeviceRGB" : "/DeviceGray"));
        ck_assert_int_eq(pdf_int(pdf_value(&w.file, object, "Width")), images[i].width);
        uint32_t soft = pdf_key_ref(&w.file, object, "SMask");
        ck_assert_int_eq(soft != 0, images[i].alpha != NULL);
        strbuf_clear(&bytes);
        if (soft) {
            pdf_stream_bytes(&w.file, soft, &bytes);
            ck_assert_uint_eq(bytes.n, images[i].alpha_size);
            ck_assert_mem_eq(bytes.p, images[i].alpha, bytes.n);
        }
        strbuf_drop(&bytes);
    }
    close_written(&w);
    maker_close(&m);
}
END_TEST

/* ---- sheets --------------------------------------------------------------------------------- */

/* What is inside a placed page is scaled with it, underlines as well. */
START_TEST(placed_pages_keep_what_they_say)
{
    Maker m;
    Written w;
    maker_open(&m);
    begin_document(&m);
    m.d->tagged = false;
    begin_page(&m);
    document_draw(m.d,
                  (Draw){.kind = DRAW_PUSH, .owner = ARTIFACT_LAYOUT, .x = 5, .y = 6, .w = 0.5f});
    document_fill(m.d, ARTIFACT_LAYOUT, 1, 2, 3, 4, 0xFF0000);
    const Stretch parts[] = {{"under", m.root, RUN_UNDERLINE}};
    add_parts(&m, m.root, parts, 1);
    document_draw(m.d, (Draw){.kind = DRAW_POP, .owner = ARTIFACT_LAYOUT});
    document_draw(m.d, (Draw){.kind = DRAW_PUSH, .owner = ARTIFACT_LAYOUT, .w = 1, .h = 1});
    add_text(&m, m.body, m.root, "second");
    document_draw(m.d, (Draw){.kind = DRAW_POP, .owner = ARTIFACT_LAYOUT});
    write_and_open(&m, &w);
    check_page_says(&w, 0, "undersecond");
    StrBuf content = {0};
    content_of(&w, 0, &content);
    const char *push = strstr(content.p, "q 0.5 0 0 0.5 5 494 cm"),
               *rule = strstr(content.p, " re f\nQ");
    ck_assert_ptr_nonnull(push);
    ck_assert_ptr_nonnull(rule); /* the underline comes before the graphics state goes */
    ck_assert_ptr_nonnull(strstr(push, "1 -6 3 4 re f"));
    ck_assert_ptr_nonnull(strstr(rule, "q 0 1 -1 0 0 500 cm"));
    ck_assert_ptr_null(strstr(content.p, "BDC"));
    ck_assert_uint_eq(pdf_value(&w.file, pdf_root(&w.file), "StructTreeRoot").n, 0);
    strbuf_drop(&content);
    close_written(&w);
    maker_close(&m);
}
END_TEST

/* ---- the same bytes ------------------------------------------------------------------------- */

static const char *const sentences[] = {"First come the words of this sentence.",
                                        "Then others, \xC3\xA6 and \xC3\xB8.",
                                        "AVATAR, Type, fjord.",
                                        "12.345,67 kr. (about)",
                                        "The quick brown fox jumps over the lazy dog.",
                                        "\xCE\xB1\xCE\xB2 \xD0\x96"};
enum { SENTENCES = 6 };

/* The words are shaped in another order, as threads might have done. */
static void shape_backwards(Maker *m)
{
    for (int i = SENTENCES; i-- > 0;)
        for (int k = 0; k < 2; k++)
            kit_para(&m->kit, k ? m->bold : m->body, 10, sentences[i], 320);
}

static void write_sentences(Maker *m, bool backwards, unsigned threads, StrBuf *out)
{
    maker_open(m);
    if (backwards)
        shape_backwards(m);
    begin_document(m);
    for (int i = 0; i < 90; i++) {
        begin_page(m);
        Node h = document_node(m->d, m->root, ROLE_H1);
        add_text(m, m->bold, h, sentences[i % SENTENCES]);
        add_paragraph(m, sentences[(i + 1) % SENTENCES]);
    }
    pdf_write_bytes(m->d, threads, out);
    maker_close(m);
}

static void check_same(const StrBuf *a, const StrBuf *b)
{
    ck_assert_uint_eq(a->n, b->n);
    ck_assert_mem_eq(a->p, b->p, a->n);
}

START_TEST(bytes_depend_on_the_document_alone)
{
    static const unsigned threads[] = {1, 2, 7};
    Maker m;
    StrBuf first = {0};
    write_sentences(&m, false, 1, &first);
    for (int i = 0; i < 3; i++) {
        for (int backwards = 0; backwards < 2; backwards++) {
            StrBuf again = {0};
            write_sentences(&m, backwards, threads[i], &again);
            check_same(&first, &again);
            strbuf_drop(&again);
        }
    }
    strbuf_drop(&first);
}
END_TEST

START_TEST(bytes_are_the_same_with_a_decimal_comma)
{
    Maker m;
    StrBuf first = {0}, comma = {0};
    write_sentences(&m, false, 2, &first);
    ck_assert(comma_locale_begin());
    write_sentences(&m, false, 2, &comma);
    comma_locale_end();
    check_same(&first, &comma);
    strbuf_drop(&first);
    strbuf_drop(&comma);
}
END_TEST

/* A file's /ID tells it from others, also when they differ in packed objects alone. */
START_TEST(the_id_follows_the_content)
{
    Maker m;
    StrBuf a = {0}, b = {0};
    maker_open(&m);
    begin_document(&m);
    begin_page(&m);
    pdf_write_bytes(m.d, 1, &a);
    m.d->metadata.title = STR("B title");
    pdf_write_bytes(m.d, 1, &b);
    PdfFile file_a, file_b;
    pdf_file_open(&file_a, strbuf_str(&a));
    pdf_file_open(&file_b, strbuf_str(&b));
    Str id_a = pdf_whole(pdf_value_in(file_a.trailer, "ID"));
    Str id_b = pdf_whole(pdf_value_in(file_b.trailer, "ID"));
    ck_assert(!str_equal(id_a, id_b));
    pdf_file_close(&file_a);
    pdf_file_close(&file_b);
    strbuf_drop(&a);
    strbuf_drop(&b);
    maker_close(&m);
}
END_TEST

/* ---- metadata ------------------------------------------------------------------------------- */

static bool has(const StrBuf *in, const char *text)
{
    return memmem(in->p, in->n, text, strlen(text)) != NULL;
}

static void print_xmp(StrBuf *out, Str title, bool tagged)
{
    Metadata m = {.title = title,
                  .author = STR("A & B"),
                  .subject = STR("<b>"),
                  .keywords = STR("\"k\""),
                  .language = STR("da-DK"),
                  .producer = STR("it's"),
                  .time = {2012, 9, 9, 1, 2, 3}};
    xmp_print(&m, tagged, out);
}

START_TEST(xmp_is_escaped)
{
    StrBuf out = {0};
    print_xmp(&out, STR("R&D <i>\"it's\"</i> ]]> &amp;"), true);
    ck_assert(has(&out, ">R&amp;D &lt;i&gt;\"it's\"&lt;/i&gt; ]]&gt; &amp;amp;</rdf:li>"));
    ck_assert(has(&out, "<rdf:li>A &amp; B</rdf:li>"));
    ck_assert(has(&out, ">&lt;b&gt;</rdf:li>"));
    ck_assert(has(&out, "<pdf:Keywords>\"k\"</pdf:Keywords>"));
    ck_assert(has(&out, "<pdf:Producer>it's</pdf:Producer>"));
    strbuf_drop(&out);
}
END_TEST

/* XML 1.0 has no way to write these. */
START_TEST(xmp_has_no_control_characters)
{
    char title[40] = "a";
    for (int c = 1; c < 32; c++)
        title[c] = (char)c;
    title[32] = 'z';
    StrBuf out = {0};
    print_xmp(&out, (Str){title, 33}, false);
    ck_assert(has(&out, ">a\t\nz</rdf:li>"));
    for (size_t i = 0; i < out.n; i++)
        ck_assert((unsigned char)out.p[i] >= 32 || out.p[i] == '\n' || out.p[i] == '\t');
    strbuf_drop(&out);
}
END_TEST

/* Every tag that is opened is closed, in order, and no & stands alone. */
static void check_well_formed(const StrBuf *xml)
{
    Str open[32];
    size_t depth = 0;
    for (size_t i = 0; i < xml->n; i++) {
        Str rest = str_cut(strbuf_str(xml), i, xml->n);
        if (rest.p[0] == '&')
            ck_assert(str_starts(rest, STR("&amp;")) || str_starts(rest, STR("&lt;")) ||
                      str_starts(rest, STR("&gt;")));
        if (rest.p[0] != '<' || rest.p[1] == '?')
            continue;
        Str tag = str_cut(rest, 1, str_find(rest, '>'));
        Str name = str_cut(tag, 0, strcspn(tag.p, " >"));
        if (tag.p[0] == '/') {
            ck_assert_uint_gt(depth, 0);
            ck_assert(str_equal(open[--depth], str_cut(name, 1, name.n)));
        } else if (!str_ends(tag, STR("/"))) {
            ck_assert_uint_lt(depth, 32);
            open[depth++] = name;
        }
    }
    ck_assert_uint_eq(depth, 0);
}

START_TEST(xmp_is_well_formed)
{
    Random random = {5};
    for (int i = 0; i < 500; i++) {
        char title[30];
        size_t n = random_below(&random, sizeof title);
        for (size_t k = 0; k < n; k++)
            title[k] = "<>&\"'/ ?!-]abc\x01\x1F\r\n"[random_below(&random, 18)];
        StrBuf out = {0};
        print_xmp(&out, (Str){title, n}, random_once_in(&random, 2));
        check_well_formed(&out);
        strbuf_drop(&out);
    }
}
END_TEST

START_TEST(xmp_says_what_the_file_is)
{
    StrBuf tagged = {0}, plain = {0};
    print_xmp(&tagged, STR("T"), true);
    print_xmp(&plain, STR("T"), false);
    ck_assert(has(&tagged, "<pdfaid:part>3</pdfaid:part>\n<pdfaid:conformance>A<"));
    ck_assert(has(&tagged, "<pdfuaid:part>1</pdfuaid:part>"));
    ck_assert(has(&plain, "<pdfaid:conformance>U<"));
    ck_assert(!has(&plain, "pdfuaid"));
    ck_assert(has(&plain, "<xmp:CreateDate>2012-09-09T01:02:03Z</xmp:CreateDate>"));
    strbuf_drop(&tagged);
    strbuf_drop(&plain);
}
END_TEST

START_TEST(metadata_is_said_twice_and_the_same)
{
    Maker m;
    Written w;
    StrBuf xmp = {0}, title = {0};
    maker_open(&m);
    begin_document(&m);
    m.d->metadata.title = STR("K\xC3\xB8"
                              "benhavn & <omegn>");
    begin_page(&m);
    write_and_open(&m, &w);
    uint32_t root = pdf_root(&w.file);
    pdf_stream_bytes(&w.file, pdf_key_ref(&w.file, root, "Metadata"), &xmp);
    ck_assert(has(&xmp, ">K\xC3\xB8"
                        "benhavn &amp; &lt;omegn&gt;</rdf:li>"));
    uint32_t info = pdf_ref(pdf_value_in(w.file.trailer, "Info"));
    syntax_text(&title, m.d->metadata.title);
    ck_assert(value_is(pdf_value(&w.file, info, "Title"), title.p));
    ck_assert(value_is(pdf_value(&w.file, info, "CreationDate"), "(D:20120909123015Z)"));
    ck_assert(value_is(pdf_value(&w.file, info, "ModDate"), "(D:20120909123015Z)"));
    ck_assert_uint_eq(pdf_value(&w.file, info, "Subject").n, 0);
    strbuf_drop(&xmp);
    strbuf_drop(&title);
    close_written(&w);
    maker_close(&m);
}
END_TEST

static void add_file_tests(Suite *suite)
{
    TCase *tests = tcase_create("file");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, an_empty_page);
    tcase_add_test(tests, any_number_of_pages);
    tcase_add_test(tests, a_sink_that_fails_is_told);
    tcase_add_test(tests, text_is_read_back);
    tcase_add_test(tests, a_mark_of_byte_order_within_text_is_a_word_joiner);
    tcase_add_test(tests, many_characters_make_codes_of_two_bytes);
    tcase_add_test(tests, random_text_is_read_back);
    tcase_add_test(tests, pictures_and_their_masks);
    tcase_add_test(tests, placed_pages_keep_what_they_say);
    tcase_add_test(tests, bytes_depend_on_the_document_alone);
    tcase_add_test(tests, bytes_are_the_same_with_a_decimal_comma);
    tcase_add_test(tests, the_id_follows_the_content);
    suite_add_tcase(suite, tests);
}

static void add_structure_tests(Suite *suite)
{
    TCase *tests = tcase_create("structure");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, links_are_named_by_their_elements);
    tcase_add_test(tests, a_link_around_a_span_has_its_annotation);
    tcase_add_test(tests, a_link_over_several_pages);
    tcase_add_test(tests, a_link_lies_where_its_text_stands);
    tcase_add_test(tests, an_area_belongs_to_its_link);
    tcase_add_test(tests, structure_of_random_documents);
    tcase_add_test(tests, details_of_nodes);
    tcase_add_test(tests, destinations_are_sorted);
    tcase_add_test(tests, bookmarks_hang_together);
    tcase_add_test(tests, attachments_are_there);
    suite_add_tcase(suite, tests);
}

static void add_metadata_tests(Suite *suite)
{
    TCase *tests = tcase_create("metadata");
    tcase_add_test(tests, xmp_is_escaped);
    tcase_add_test(tests, xmp_has_no_control_characters);
    tcase_add_test(tests, xmp_is_well_formed);
    tcase_add_test(tests, xmp_says_what_the_file_is);
    tcase_add_test(tests, metadata_is_said_twice_and_the_same);
    suite_add_tcase(suite, tests);
}

Suite *pdf_suite(void)
{
    Suite *suite = suite_create("pdf");
    add_file_tests(suite);
    add_structure_tests(suite);
    add_metadata_tests(suite);
    return suite;
}
