/* Every example of the specification of GitHub's Markdown is read, set and accounted for: the words that
 * cmark-gfm's own HTML has of it stand on the page, or something is said of the example. */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "edition/edition.h"

#include "folder_support.h"
#include "report_support.h"
#include "suites.h"

#define HEAD "---\ntitle: T\n---\n"

/* As many as the specification of Debian 12 has; with fewer, reading it went wrong. */
enum { EXAMPLES = 673 };

/* ---- the examples --------------------------------------------------------------------------- */

#define FENCE "````````````````````````````````"

/* The specification shows tabs as arrows. */
static void add_line(StrBuf *text, Str line)
{
    for (size_t i = 0; i < line.n; i++) {
        bool tab = str_starts(str_cut(line, i, line.n), STR("\xE2\x86\x92"));
        strbuf_add_char(text, tab ? '\t' : line.p[i]);
        i += tab ? 2 : 0;
    }
    strbuf_add_char(text, '\n');
}

/* The next example's Markdown; false when there is none. */
static bool next_example(Str spec, size_t *at, StrBuf *text)
{
    enum { OUTSIDE, MARKDOWN, HTML } part = OUTSIDE;
    strbuf_clear(text);
    while (*at < spec.n) {
        size_t end = *at + str_find(str_cut(spec, *at, spec.n), '\n');
        Str line = str_cut(spec, *at, end);
        *at = end + 1;
        if (part != OUTSIDE && str_starts(line, STR(FENCE)))
            return true;
        if (part == OUTSIDE && str_starts(line, STR(FENCE " example")))
            part = MARKDOWN;
        else if (part == MARKDOWN && str_equal(line, STR(".")))
            part = HTML;
        else if (part == MARKDOWN)
            add_line(text, line);
    }
    return false;
}

/* ---- the words of cmark-gfm's HTML ---------------------------------------------------------- */

/* Blanks of every kind say nothing of whether words are lost. */
static bool is_blank(Str s, size_t *skip)
{
    static const char *const blanks[] = {
        " ", "\t", "\n", "\r", "\f", "\v", "\xC2\xA0", "\xE2\x80\xAF", "\xC2\xAD", "\xE2\x80\x8B"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        if (str_starts(s, str_from(blanks[i]))) {
            *skip = strlen(blanks[i]);
            return true;
        }
    }
    return false;
}

static void add_words(StrBuf *out, Str s)
{
    for (size_t i = 0; i < s.n;) {
        size_t skip = 1;
        if (!is_blank(str_cut(s, i, s.n), &skip))
            strbuf_add_char(out, s.p[i]);
        i += skip;
    }
}

static void add_attribute(StrBuf *out, Str tag, const char *start)
{
    const char *at = memmem(tag.p, tag.n, start, strlen(start));
    if (!at)
        return;
    Str rest = str_cut(tag, (size_t)(at - tag.p) + strlen(start), tag.n);
    strbuf_add_str(out, str_cut(rest, 0, str_find(rest, '"')));
}

/* The alternative text of a picture, and its title, count as words. */
static void add_tag(StrBuf *out, Str tag)
{
    if (!str_starts(tag, STR("<img")))
        return;
    add_attribute(out, tag, "alt=\"");
    add_attribute(out, tag, "title=\"");
}

static void replace_entities(StrBuf *text, Str html)
{
    static const struct {
        const char *name, *meant;
    } entities[] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}};
    for (size_t i = 0; i < html.n;) {
        size_t n = 0;
        for (size_t k = 0; k < 4 && !n; k++) {
            if (!str_starts(str_cut(html, i, html.n), str_from(entities[k].name)))
                continue;
            strbuf_add_text(text, entities[k].meant);
            n = strlen(entities[k].name);
        }
        if (!n)
            strbuf_add_char(text, html.p[i]);
        i += n ? n : 1;
    }
}

static void words_of_html(StrBuf *out, Str html)
{
    StrBuf bare = {0}, text = {0};
    for (size_t i = 0; i < html.n; i++) {
        if (html.p[i] != '<') {
            strbuf_add_char(&bare, html.p[i]);
            continue;
        }
        size_t end = i + str_find(str_cut(html, i, html.n), '>');
        add_tag(&bare, str_cut(html, i, end));
        i = end;
    }
    replace_entities(&text, strbuf_str(&bare));
    add_words(out, strbuf_str(&text));
    strbuf_drop(&bare);
    strbuf_drop(&text);
}

static void words_of_cmark(StrBuf *out, Str text)
{
    static const char *const extensions[] = {"table", "strikethrough", "autolink", "tasklist"};
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
    for (size_t i = 0; i < 4; i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
    cmark_parser_feed(parser, text.p, text.n);
    cmark_node *document = cmark_parser_finish(parser);
    char *html = cmark_render_html(document, CMARK_OPT_UNSAFE, NULL);
    words_of_html(out, str_from(html));
    free(html);
    cmark_node_free(document);
    cmark_parser_free(parser);
}

/* ---- the words on the page ------------------------------------------------------------------ */

/* Numbers of lists and the like are no words of the author. */
static bool is_label(const Document *d, Node n)
{
    for (; n < d->nodes.n; n = d->nodes.at[n].parent)
        if (document_role(d, n) == ROLE_LBL)
            return true;
    return false;
}

static void words_of_text(StrBuf *out, const Document *d, const Draw *draw)
{
    const GlyphPara *para = draw->text.para;
    for (uint32_t i = draw->text.first; para && i < draw->text.end; i++) {
        const GlyphLine *line = &para->line[i];
        uint32_t run = line->run;
        for (uint32_t p = line->first; p < line->end; p++) {
            run = para_run_of(para, p, run);
            uint16_t source = para->run[run].source;
            Node owner = draw->text.owner ? draw->text.owner[source] : draw->owner;
            if (draw->text.image && draw->text.image[source] && !node_is_artifact(owner))
                add_words(out, document_find_detail(d, owner)->alternative);
            if (!node_is_artifact(owner) && !is_label(d, owner))
                add_words(out, words_at(d->words, para->piece[p])->text);
        }
    }
}

/* "Figur 1" above a caption is no word of the author either. */
static void drop_label(StrBuf *words, size_t from)
{
    static const char label[] = "Figur1";
    char *at = words->n > from ? memmem(words->p + from, words->n - from, label, sizeof label - 1)
                               : NULL;
    if (!at)
        return;
    size_t end = (size_t)(at - words->p) + sizeof label - 1;
    memmove(at, words->p + end, words->n - end);
    words->n -= sizeof label - 1;
}

/* A picture's caption stands above it, its title in HTML behind what is said of it. */
static bool is_caption_of_picture(const Document *d, const Draw *draw)
{
    Node node = draw->owner;
    while (!node_is_artifact(node) && node && document_role(d, node) != ROLE_CAPTION)
        node = d->nodes.at[node].parent;
    return !node_is_artifact(node) && node &&
           document_role(d, d->nodes.at[node].parent) == ROLE_DIV;
}

static void words_of_document(StrBuf *out, const Document *d)
{
    size_t from = out->n;
    StrBuf caption = {0};
    for (size_t i = 0; i < d->draws.n; i++) {
        const Draw *draw = &d->draws.at[i];
        const NodeDetail *detail = draw->kind == DRAW_IMAGE && !node_is_artifact(draw->owner)
                                       ? document_find_detail(d, draw->owner)
                                       : NULL;
        if (draw->kind == DRAW_TEXT)
            words_of_text(is_caption_of_picture(d, draw) ? &caption : out, d, draw);
        else if (detail)
            add_words(out, detail->alternative);
        if (draw->kind == DRAW_IMAGE) {
            strbuf_add_str(out, strbuf_str(&caption));
            strbuf_clear(&caption);
        }
    }
    strbuf_drop(&caption);
    drop_label(out, from);
}

/* ---- positions ------------------------------------------------------------------------------ */

static Str source_at(Str source, Pos pos)
{
    size_t at = 0;
    for (uint32_t line = 1; line < pos.line && at < source.n; line++)
        at += str_find(str_cut(source, at, source.n), '\n') + 1;
    for (uint16_t column = 1; column < pos.column && at < source.n; column++)
        utf8_next(source, &at);
    return str_cut(source, at, source.n);
}

/* Whether a text may begin like this in the source: as itself, with a backslash or as an entity; a line's
 * end behind blanks. */
static bool begins_like(Str source, Str text)
{
    if (!source.n || !text.n)
        return !text.n;
    if (text.p[0] == '\n')
        return ascii_space(source.p[0]) || source.p[0] == '\\';
    if (source.p[0] == '\\' && source.n > 1)
        return source.p[1] == text.p[0] || text.p[0] == '\\';
    return source.p[0] == text.p[0] || source.p[0] == '&';
}

/* What the source has where an inline begins. Where marks can be taken in several ways, emphasis may
 * begin with its first word; a heading in a list has become one. */
static bool is_in_place(const Inline *in, Str at)
{
    bool word = in->children && in->children->kind == INLINE_TEXT &&
                begins_like(at, in->children->text);
    char c = at.n ? at.p[0] : 0;
    switch (in->kind) {
    case INLINE_TEXT:
        return begins_like(at, in->text);
    case INLINE_EMPHASIS:
    case INLINE_STRONG:
        return word || strchr("*_<#", c) || !in->children || is_in_place(in->children, at);
    case INLINE_LINK:
        return word || c == '[' || c == '<';
    case INLINE_IMAGE:
        return str_starts(at, STR("!["));
    case INLINE_CODE:
        return c == '`' || c == '<';
    default:
        return true;
    }
}

typedef struct {
    Str source; /* the file */
    int inlines;
} Places;

static void check_places(Places *p, const Inline *in)
{
    for (; in; in = in->next) {
        Str at = source_at(p->source, in->pos);
        ck_assert_msg(is_in_place(in, at), "'%.*s' (%d) isn't at %u:%u of\n%s", (int)in->text.n,
                      in->text.p, (int)in->kind, (unsigned)in->pos.line, (unsigned)in->pos.column,
                      p->source.p);
        p->inlines++;
        check_places(p, in->children);
    }
}

static void check_block_places(Places *p, const Block *b)
{
    for (; b; b = b->next) {
        check_places(p, b->inlines);
        if (b->kind == BLOCK_TABLE)
            for (size_t i = 0; i < b->table->rows * b->table->columns; i++)
                check_places(p, b->table->cell[i].inlines);
        check_block_places(p, b->children);
    }
}

static void check_report_places(Places *p, const Report *report, Str source)
{
    p->source = source;
    for (size_t i = 0; i < report->sections; i++) {
        check_places(p, report->section[i].title);
        check_block_places(p, report->section[i].blocks);
    }
}

/* ---- the test ------------------------------------------------------------------------------- */

typedef struct {
    Kit kit;
    ReportKit reports;
    Layout *layout;
    Places places;
} Press;

static void open_press(Press *p)
{
    kit_open(&p->kit, 1);
    report_kit_open(&p->reports, &p->kit);
    p->layout = kit_body_layout(&p->kit);
    p->layout->typing.minus = p->layout->typing.dashes = p->layout->typing.intervals = false;
}

static void close_press(Press *p)
{
    layout_drop(p->layout);
    report_kit_close(&p->reports);
    kit_close(&p->kit);
}

/* What stands on the pages that are made of a text, and what was said of it. */
static char *set(Press *p, Str text, StrBuf *words)
{
    StrBuf whole = {0};
    strbuf_add_text(&whole, HEAD);
    strbuf_add_str(&whole, text);
    Report *report = report_of_bytes(&p->reports, strbuf_str(&whole));
    ck_assert_ptr_nonnull(report);
    report_check(report, p->kit.diags);
    check_report_places(&p->places, report, strbuf_str(&whole));
    EditionChoice choice = {true, {"", 0}};
    Edition *edition = edition_new(report, &choice, p->kit.diags);
    PageRequest request = kit_request(&p->kit, edition, p->layout);
    Document *d = compose_document(&request);
    if (d) {
        ck_assert_msg(document_fault(d) == NULL, "%s in %s", document_fault(d), text.p);
        words_of_document(words, d);
        document_drop(d);
    }
    edition_drop(edition);
    report_drop(report);
    strbuf_drop(&whole);
    return report_said(&p->reports);
}

/* Something was said of the example itself, not of the report around it. */
static bool is_told(const char *said)
{
    for (const char *at = said; (at = strstr(at, "report.md:")) != NULL; at++)
        if (strtol(at + 10, NULL, 10) > 3)
            return true;
    return false;
}

/* The words on the page are those of cmark-gfm, or something is said of the example. Returns true when
 * they are the same. */
static bool check_example(Press *p, int number, Str text)
{
    StrBuf expected = {0}, found = {0};
    words_of_cmark(&expected, text);
    char *said = set(p, text, &found);
    Str a = strbuf_str(&expected), b = strbuf_str(&found);
    bool same = str_equal(a, b);
    ck_assert_msg(same || is_told(said), "example %d:\n%.*scmark-gfm: %.*s\nthe page: %.*s\n",
                  number, (int)text.n, text.p, (int)a.n, a.p, (int)b.n, b.p);
    free(said);
    strbuf_drop(&expected);
    strbuf_drop(&found);
    return same;
}

START_TEST(every_example_is_set_or_told_of)
{
    StrBuf spec = {0}, text = {0};
    char *path = build_file("spec.txt");
    Press press = {.places = {.inlines = 0}};
    int examples = 0, told = 0;
    ck_assert_int_eq(file_read(path, 1 << 22, &spec), 0);
    open_press(&press);
    for (size_t at = 0; next_example(strbuf_str(&spec), &at, &text); examples++)
        told += !check_example(&press, examples + 1, strbuf_str(&text));
    close_press(&press);
    printf("spec: %d examples, words of %d left out and told of; %d inlines in their places\n",
           examples, told, press.places.inlines);
    ck_assert_int_eq(examples, EXAMPLES);
    ck_assert_int_lt(told, EXAMPLES / 20);
    mem_free(path);
    strbuf_drop(&spec);
    strbuf_drop(&text);
}
END_TEST

Suite *spec_suite(void)
{
    Suite *suite = suite_create("spec");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 120);
    tcase_add_test(all, every_example_is_set_or_told_of);
    suite_add_tcase(suite, all);
    return suite;
}
