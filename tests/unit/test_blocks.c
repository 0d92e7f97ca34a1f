/* Blocks of text: small reports are composed, and the places of their lines looked at, as one would with
 * a ruler on the page. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#include "body_support.h"
#include "suites.h"

#define TOLERANCE 0.02f

/* ---- composing and finding ------------------------------------------------------------------ */

typedef struct {
    Report *report;
    Document *d;
} Made;

static Made compose_by(const Layout *by, const char *body)
{
    StrBuf text = {0};
    strbuf_addf(&text, "---\ntitle: Prøve\n---\n# Tema: Et {#et}\n\nIndledning.\n\n%s", body);
    Made page = {.report = report_of(&reports, text.p)};
    page.d = kit_compose(&kit, page.report, by);
    strbuf_drop(&text);
    return page;
}

static Made compose(const char *body)
{
    return compose_by(layout, body);
}

static void drop(Made *page)
{
    document_drop(page->d);
    report_drop(page->report);
}

static uint32_t page_of(const Document *d, const Draw *draw)
{
    uint32_t page = 0, i = (uint32_t)(draw - d->draws.at);
    while (d->pages.at[page].end <= i)
        page++;
    return page;
}

/* The space between two lines of body text of the same size. */
static float gap(const Document *d, const char *above, const char *below)
{
    const Draw *a = find(d, above), *b = find(d, below);
    ck_assert_uint_eq(page_of(d, a), page_of(d, b));
    float last = a->y + a->text.leading * (float)(a->text.end - a->text.first - 1);
    return b->y - last - b->text.leading;
}

static void check_gap(const Made *page, const char *above, const char *below, double expected)
{
    float found = gap(page->d, above, below);
    ck_assert_msg(fabsf(found - (float)expected) < TOLERANCE, "between '%s' and '%s': %g, not %g",
                  above, below, (double)found, expected);
}

/* ---- lists ---------------------------------------------------------------------------------- */

START_TEST(tight_lists_have_one_space_at_every_depth)
{
    Made p = compose(
        "Før.\n\n- aa\n- bb\n  1. cc\n     - dd\n       - ee\n         - ff\n  2. gg\n- hh\n\nEfter.\n");
    double item = layout->list.item_gap;
    static const char *const lines[] = {"aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh"};
    for (size_t i = 1; i < sizeof lines / sizeof *lines; i++)
        check_gap(&p, lines[i - 1], lines[i], item);
    check_gap(&p, "Før", "aa", layout->style[STYLE_body].after);
    check_gap(&p, "hh", "Efter", layout->list.after);
    drop(&p);
}
END_TEST

static float left_of(const Made *page, const char *words)
{
    return find(page->d, words)->x;
}

START_TEST(marks_keep_their_distance_and_levels_their_indent)
{
    Made p = compose(
        "1. aa\n   1. bb\n      1. cc\n      2. dd\n      3. ee\n2. ff\n   - gg\n\nText.\n\n- hh\n");
    const Draw *mark = find(p.d, "iii.");
    float indent = (float)layout->list.number_indent;
    ck_assert_float_eq_tol(left_of(&p, "aa"), left_of(&p, "Text") + indent, TOLERANCE);
    ck_assert_float_eq_tol(left_of(&p, "bb"), left_of(&p, "gg"), TOLERANCE);
    ck_assert_float_eq_tol(left_of(&p, "hh"), left_of(&p, "Text") + (float)layout->list.indent,
                           TOLERANCE);
    const Font *font = kit_font(&kit, layout, STYLE_list_number);
    float size = (float)layout->style[STYLE_list_number].size;
    float width = kit_para(&kit, font, size, "iii.", 1000)->width;
    ck_assert_float_ge(left_of(&p, "ee") - mark->x - width, 5.5F);
    ck_assert_float_eq_tol(left_of(&p, "cc"), left_of(&p, "ee"), TOLERANCE);
    drop(&p);
}
END_TEST

START_TEST(loose_lists_have_another)
{
    Made p = compose("Før.\n\n- aa\n\n  bb\n\n- cc\n\n  - dd\n  - ee\n\n  ff\n\n- gg\n");
    double loose = layout->list.before;
    check_gap(&p, "aa", "bb", loose);
    check_gap(&p, "bb", "cc", loose);
    check_gap(&p, "cc", "dd", loose);
    check_gap(&p, "dd", "ee", layout->list.item_gap);
    check_gap(&p, "ee", "ff", loose);
    check_gap(&p, "ff", "gg", loose);
    drop(&p);
}
END_TEST

START_TEST(a_mark_stands_beside_what_its_item_begins_with)
{
    Made p = compose("1. 7. aa\n   8. bb\n2. > cc\n3. ~~~\n   dd\n   ~~~\n");
    const char *const numbers[] = {"1.", "g.", "2.", "3."}, *const texts[] = {"aa", "aa", "cc",
                                                                              "dd"};
    for (size_t i = 0; i < 4; i++)
        ck_assert_float_eq_tol(find(p.d, numbers[i])->y, find(p.d, texts[i])->y, 1.0f);
    ck_assert(find(p.d, "1.")->x < find(p.d, "g.")->x);
    ck_assert(find(p.d, "g.")->x < find(p.d, "aa")->x);
    drop(&p);
}
END_TEST

START_TEST(numbers_are_as_large_as_their_text)
{
    Made p = compose("> [!NOTE] Boks\n> 1. aa\n> 2. bb\n");
    ck_assert_float_eq_tol(find(p.d, "1.")->text.para->run[0].size,
                           (float)layout->style[STYLE_box_text].size, 0.01f);
    ck_assert_float_eq_tol(find(p.d, "1.")->y, find(p.d, "aa")->y, 0.01f);
    drop(&p);
}
END_TEST

/* ---- the points of a summary ------------------------------------------------------------------ */

static bool says(const Document *d, const Draw *draw, const char *words)
{
    StrBuf text = {0};
    add_drawn_words(&text, d, &draw->text);
    Str all = strbuf_str(&text);
    bool found = memmem(all.p, all.n, words, strlen(words)) != NULL;
    strbuf_drop(&text);
    return found;
}

/* Whether "Side …" stands on the baseline of a text, in the side column. */
static bool has_page_beside(const Document *d, const Draw *text)
{
    double x = layout->left + layout->text_width + layout->gutter;
    for (uint32_t i = 0; i < d->draws.n; i++) {
        const Draw *draw = &d->draws.at[i];
        if (draw->kind == DRAW_TEXT && says(d, draw, "Side") &&
            fabsf(draw->y - text->y) < TOLERANCE && fabs((double)draw->x - x) < (double)TOLERANCE)
            return true;
    }
    return false;
}

START_TEST(points_have_numerals_and_pages)
{
    Made p =
        compose("# Kort fortalt\n\n1. **Fundet er sagt.** Resten kommer her. Se [temaet](#x).\n"
                "2. Bare ord.\n\n# Tema: Xyz {#x}\n\nBrødtekst.\n");
    const Draw *numeral = find(p.d, "1"), *finding = find(p.d, "Fundet"),
               *rest = find(p.d, "Resten");
    ck_assert_float_eq_tol(numeral->text.para->run[0].size,
                           (float)layout->style[STYLE_numeral].size, 0.01f);
    ck_assert_float_eq_tol(finding->x, numeral->x + (float)layout->numeral_indent, TOLERANCE);
    ck_assert_float_eq_tol(rest->x, finding->x, TOLERANCE);
    ck_assert_float_gt(rest->y, finding->y);
    ck_assert(has_page_beside(p.d, finding));
    ck_assert(!has_page_beside(p.d, find(p.d, "Bare")));
    ck_assert(!says(p.d, rest, "temaet"));
    ck_assert_float_eq_tol(find(p.d, "Bare")->x, finding->x, TOLERANCE);
    drop(&p);
}
END_TEST

/* A sentence of more words than those before a link stays; the page stands beside it all the same. */
START_TEST(points_keep_what_says_more_than_where)
{
    Made p = compose("# Kort fortalt\n\n1. **Fundet.** Mere om det står i [temaet](#x).\n\n"
                     "# Tema: Xyz {#x}\n\nBrødtekst.\n");
    ck_assert(says(p.d, find(p.d, "Mere"), "temaet"));
    ck_assert(has_page_beside(p.d, find(p.d, "Fundet")));
    drop(&p);
}
END_TEST

START_TEST(other_lists_have_no_numerals)
{
    Made p = compose("# Kort fortalt\n\n> [!NOTE] Boks\n> 1. **aa.** bb\n\n1. cc\n   1. dd\n\n"
                     "# Tema: Xyz {#x}\n\n1. **ee.** ff\n");
    ck_assert(says(p.d, find(p.d, "aa."), "bb"));
    ck_assert(says(p.d, find(p.d, "ee."), "ff"));
    ck_assert_float_eq_tol(find(p.d, "a.")->y, find(p.d, "dd")->y, TOLERANCE);
    drop(&p);
}
END_TEST

/* ---- what leads on -------------------------------------------------------------------------- */

/* So many paragraphs of one line above it, and a page of them below. */
static Made below_lines(int lines, const char *body)
{
    StrBuf text = {0};
    for (int i = 0; i < lines; i++)
        strbuf_addf(&text, "Linje %d.\n\n", i);
    strbuf_add_text(&text, body);
    for (int i = 0; i < 20; i++)
        strbuf_addf(&text, "\n\nSenere %d.", i);
    Made p = compose(text.p);
    strbuf_drop(&text);
    return p;
}

/* Wherever the foot of the page falls, the line that opens a list has an item of it below. */
START_TEST(what_opens_a_list_is_not_left_behind)
{
    static const char *const bodies[] = {"En liste:\n\n- aa\n- bb\n- cc\n",
                                         "- Et punkt:\n  - aa\n  - bb\n- Andet\n",
                                         "Et citat:\n\n> aa\n", "**Kode:**\n\n~~~\naa\n~~~\n"};
    static const char *const openers[] = {"En liste", "Et punkt", "Et citat", "Kode"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        bool second = false;
        for (int lines = 18; lines < 32; lines++) {
            Made p = below_lines(lines, bodies[i]);
            uint32_t page = page_of(p.d, find(p.d, openers[i]));
            ck_assert_msg(page == page_of(p.d, find(p.d, "aa")),
                          "'%s' is left behind below %d lines", openers[i], lines);
            second |= page > 0;
            drop(&p);
        }
        ck_assert(second);
    }
}
END_TEST

static bool is_on_one_page(const Document *d, const char *first, const char *last)
{
    return page_of(d, find(d, first)) == page_of(d, find(d, last));
}

/* … while a whole sentence above it may end a page that the list has no room on. */
START_TEST(a_sentence_above_a_list_stands_alone)
{
    bool parted = false;
    for (int lines = 18; lines < 32; lines++) {
        Made p = below_lines(lines, "En sætning for sig.\n\n- aa\n- bb\n- cc\n");
        parted |= !is_on_one_page(p.d, "En sætning", "aa");
        drop(&p);
    }
    ck_assert(parted);
}
END_TEST

/* Wherever the foot of the page falls: few items stay together, and of many at least two. */
START_TEST(lists_are_not_torn)
{
    bool second = false;
    for (int lines = 18; lines < 30; lines++) {
        Made p = below_lines(lines, "En liste:\n\n- aa\n- bb\n- cc\n- dd\n");
        ck_assert(is_on_one_page(p.d, "aa", "dd"));
        drop(&p);
        p = below_lines(lines, "En liste:\n\n- aa\n- bb\n- cc\n- dd\n- ee\n- ff\n");
        ck_assert(is_on_one_page(p.d, "aa", "bb"));
        ck_assert(is_on_one_page(p.d, "ee", "ff"));
        second |= !is_on_one_page(p.d, "aa", "ff");
        drop(&p);
    }
    ck_assert(second);
}
END_TEST

/* A caveat, and what is learnt, stand where something is said of it. */
START_TEST(boxes_are_not_left_alone)
{
    static const char *const boxes[] = {"FORBEHOLD", "LÆRING"};
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++) {
        for (int lines = 18; lines < 30; lines++) {
            StrBuf body = {0};
            strbuf_addf(&body, "Det siges.\n\n> [!%s] Om det\n> Derfor bb\n", boxes[i]);
            Made p = below_lines(lines, body.p);
            ck_assert(is_on_one_page(p.d, "Det siges", "Derfor"));
            strbuf_drop(&body);
            drop(&p);
        }
    }
}
END_TEST

/* One below the other with a rule between; each has its own title, and stands in a part of its own. */
START_TEST(caveats_that_follow_each_other_are_one_box)
{
    Made p =
        compose("> [!FORBEHOLD] Det\n> Noget aa.\n\n> [!FORBEHOLD] Andet\n> Mere bb.\n\nEfter.\n");
    const Draw *above = find(p.d, "Noget"), *title = find(p.d, "Forbehold: Andet");
    double between = 2 * layout->box.padding;
    float found = gap(p.d, "Noget", "Forbehold: Andet");
    ck_assert_float_lt(found, (float)between);
    ck_assert_float_gt(found, (float)between / 2);
    unsigned rules = 0;
    for (uint32_t i = 0; i < p.d->draws.n; i++) {
        const Draw *d = &p.d->draws.at[i];
        rules += d->kind == DRAW_FILL && d->h < 1 && d->y > above->y && d->y < title->y;
    }
    ck_assert_uint_eq(rules, 1);
    drop(&p);
    p = compose("> [!FORBEHOLD] Det\n> Noget aa.\n\n> [!NOTE] Andet\n> Mere bb.\n\nEfter.\n");
    ck_assert_float_gt(gap(p.d, "Noget", "Andet"), (float)between);
    drop(&p);
}
END_TEST

/* Code of ten lines is whole, wherever the foot of the page falls, and the line that announces it is above it. */
START_TEST(short_code_is_whole)
{
    StrBuf body = {0};
    strbuf_add_text(&body, "Koden er:\n\n~~~\nkode\n");
    for (int i = 0; i < 9; i++)
        strbuf_addf(&body, "linje %d\n", i);
    strbuf_add_text(&body, "~~~\n");
    for (int lines = 16; lines < 30; lines++) {
        Made p = below_lines(lines, body.p);
        const Draw *code = find(p.d, "kode");
        ck_assert_uint_eq(code->text.end, 10);
        ck_assert(is_on_one_page(p.d, "Koden er", "kode"));
        drop(&p);
    }
    strbuf_drop(&body);
}
END_TEST

/* Two charts of half the width stand in rows of their own where the text is large, or the layout wants them wider. */
START_TEST(charts_have_room_beside_each_other)
{
    double size = layout->style[STYLE_body].size;
    for (int i = 0; i < 4; i++) {
        bool large = i == 1 || i == 3;
        layout->style[STYLE_body].size = i == 1 || i == 2 ? 18 : size;
        layout->chart.half = i == 2 ? 100 : i == 3 ? 400 : 0;
        Made p = compose("```chart\ntype: bars\nwidth: half\nheadline: Alfa\nfigures: [A]\n```\n\n"
                         "```chart\ntype: bars\nwidth: half\nheadline: Beta\nfigures: [A]\n```\n\n"
                         "## Nøgletal\n\n|Id|Nøgletal|Værdi|\n|-|-|-|\n|A|Tal|7|\n");
        const Draw *first = find(p.d, "Alfa"), *second = find(p.d, "Beta");
        ck_assert((first->x < second->x) == !large);
        ck_assert((first->y < second->y) == large);
        drop(&p);
    }
    layout->style[STYLE_body].size = size;
    layout->chart.half = 0;
}
END_TEST

/* Each has a rule above it, but one stands above both where the text around them is in columns. */
START_TEST(charts_across_columns_have_one_rule)
{
    Layout *notat = kit_layout(&kit, "notat");
    const Layout *by[] = {layout, notat};
    for (int i = 0; i < 2; i++) {
        Made p = compose_by(
            by[i], "```chart\ntype: bars\nwidth: half\nheadline: Alfa\nfigures: [A]\n```\n\n"
                   "```chart\ntype: bars\nwidth: half\nheadline: Beta\nfigures: [A]\n```\n\n"
                   "## Nøgletal\n\n|Id|Nøgletal|Værdi|\n|-|-|-|\n|A|Tal|7|\n");
        const Draw *first = find(p.d, "Alfa"), *second = find(p.d, "Beta");
        float all = (float)layout_live_width(by[i]), half = (all - (float)by[i]->chart.gap) / 2;
        int rules = 0;
        for (uint32_t k = 0; k < p.d->draws.n; k++) {
            const Draw *d = &p.d->draws.at[k];
            if (d->kind != DRAW_FILL || fabs((double)d->h - by[i]->chart.rule) > TOLERANCE ||
                d->y > first->y || d->y < first->y - 50)
                continue;
            ck_assert_float_eq_tol(d->x, rules ? second->x : first->x, TOLERANCE);
            ck_assert_float_eq_tol(d->w, i ? all : half, TOLERANCE);
            rules++;
        }
        ck_assert_int_eq(rules, i ? 1 : 2);
        drop(&p);
    }
    layout_drop(notat);
}
END_TEST

/* One of half the width without another beside it is drawn as if it were of full width. */
START_TEST(a_chart_alone_has_all_of_the_width)
{
    float x[3] = {0}, rule[3] = {0};
    for (int i = 0; i < 3; i++) {
        StrBuf body = {0};
        for (int k = 0; k < (i == 2 ? 3 : 1); k++) /* the third of three is alone, too */
            strbuf_addf(&body,
                        "```chart\ntype: bars\n%sheadline: Alfa%d\nlabels: [Beta]\n"
                        "figures: [A]\n```\n\n",
                        i ? "width: half\n" : "", i == 2 ? k - 2 : k);
        strbuf_add_text(&body, "## Nøgletal\n\n|Id|Nøgletal|Værdi|\n|-|-|-|\n|A|Tal|7|\n");
        Made p = compose(body.p);
        const Draw *headline = find(p.d, "Alfa0");
        x[i] = headline->x;
        for (const Draw *d = headline; d > headline - 4; d--)
            rule[i] = d->kind == DRAW_FILL ? fmaxf(rule[i], d->w) : rule[i];
        drop(&p);
        strbuf_drop(&body);
    }
    for (int i = 1; i < 3; i++) {
        ck_assert_float_eq(x[i], x[0]);
        ck_assert_float_eq(rule[i], rule[0]);
    }
    ck_assert_float_gt(rule[0], 0);
}
END_TEST

/* Plots and sources that stand side by side are level, whatever is higher above one of them; a subtitle follows its
 * own headline. */
START_TEST(charts_beside_each_other_are_level)
{
    Made p = compose(
        "```chart\ntype: bars\nwidth: half\nheadline: Alfa\nsubtitle: Gamma\nfigures: [A, B]\n"
        "source: Eta\n```\n\n```chart\ntype: columns\nwidth: half\n"
        "headline: Betas overskrift er s\u00E5 lang, at den har brug for to linjer i figuren\n"
        "subtitle: Delta\nfigures: [A, B]\nsource: Theta\n```\n\n"
        "## N\u00F8gletal\n\n|Id|N\u00F8gletal|V\u00E6rdi|\n|-|-|-|\n|A|Tal|7|\n|B|Antal|9|\n");
    float line = (float)layout->style[STYLE_chart_headline].leading;
    ck_assert_float_eq_tol(find(p.d, "Gamma")->y + line, find(p.d, "Delta")->y, TOLERANCE);
    ck_assert_float_eq_tol(find(p.d, "Kilde: Eta.")->y, find(p.d, "Kilde: Theta.")->y, TOLERANCE);
    const Draw *bar = NULL; /* the lower of two at the left, as far down as the columns */
    for (uint32_t i = 0; i < p.d->draws.n; i++) {
        const Draw *draw = &p.d->draws.at[i];
        if (draw->kind == DRAW_FILL && draw->y > find(p.d, "Gamma")->y && draw->w > 60 &&
            draw->x < 300 && draw->h > 5)
            bar = draw;
    }
    ck_assert_ptr_nonnull(bar);
    ck_assert_float_eq_tol(bar->h, 1.5f * (float)layout->chart.bar, TOLERANCE);
    ck_assert_float_lt(find(p.d, "Kilde: Eta.")->y - bar->y - bar->h, 50);
    drop(&p);
}
END_TEST

/* At the end of the source line, or in its place. */
START_TEST(a_chart_says_what_its_hatching_means)
{
    static const struct {
        const char *more, *says;
    } cases[] = {{"source: Eta\n", "Kilde: Eta. Skraveret: usikkert tal."},
                 {"", "Skraveret: usikkert tal."},
                 {"source: Eta\nkey: false\n", "Kilde: Eta."}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        StrBuf body = {0};
        strbuf_add_text(&body, "```chart\ntype: bars\nheadline: Alfa\nfigures: [A]\n");
        strbuf_add_text(&body, cases[i].more);
        strbuf_add_text(&body, "```\n\n## N\u00F8gletal\n\n|Id|N\u00F8gletal|V\u00E6rdi|\n"
                               "|-|-|-|\n|A|Tal|ca. 7|\n");
        Made p = compose(body.p);
        ck_assert_ptr_nonnull(find(p.d, cases[i].says));
        drop(&p);
        strbuf_drop(&body);
    }
}
END_TEST

START_TEST(a_chart_without_subtitle_prints_its_unit)
{
    Made p =
        compose("```chart\ntype: bars\nheadline: Alfa\nfigures: [A]\n```\n\n## N\u00F8gletal\n\n"
                "|Id|N\u00F8gletal|V\u00E6rdi|Enhed|\n|-|-|-|-|\n|A|Tal|7|boliger|\n");
    const Draw *unit = find(p.d, "Boliger"), *headline = find(p.d, "Alfa");
    ck_assert_ptr_nonnull(unit);
    ck_assert(unit->y > headline->y && unit->y < headline->y + 20);
    drop(&p);
}
END_TEST

/* ---- code and lines that mean something ----------------------------------------------------- */

static const Face *face_of(const Document *d, const GlyphPara *para, uint32_t run)
{
    return words_at(d->words, para->piece[para->run[run].first])->face;
}

/* Of 7 points at least, in the type of the numbers before the notes. */
START_TEST(marks_of_notes_can_be_read)
{
    Made p = compose("Alfa[^n] er her.\n\n| Beta | Gamma |\n|---|---|\n| Delta[^m] | 7 |\n\n"
                     "[^n]: Et.\n[^m]: To.\n");
    static const char *const texts[] = {"Alfa1 er her.", "Delta2"};
    for (size_t i = 0; i < 2; i++) {
        const GlyphPara *para = find(p.d, texts[i])->text.para;
        ck_assert_uint_ge(para->runs, 2);
        ck_assert_float_eq_tol(para->run[1].size, fmaxf(7, 0.65f * para->run[0].size), TOLERANCE);
        ck_assert_ptr_ne(face_of(p.d, para, 1), face_of(p.d, para, 0));
        ck_assert_ptr_eq(face_of(p.d, para, 1), face_of(p.d, find(p.d, "1")->text.para, 0));
    }
    drop(&p);
}
END_TEST

static bool is_bar(const Draw *d)
{
    return d->kind == DRAW_FILL && d->w < 5 && d->h > 5;
}

/* Whether a bar of the page stands left of a line. */
static bool has_bar_beside(const Document *d, uint32_t page, const Draw *line)
{
    float middle = line->y - 2; /* above its baseline */
    bool found = false;
    for (uint32_t i = page ? d->pages.at[page - 1].end : 0; i < d->pages.at[page].end; i++) {
        const Draw *bar = &d->draws.at[i];
        found |= is_bar(bar) && bar->x < line->x && bar->y <= middle && middle <= bar->y + bar->h;
    }
    return found;
}

/* Quotations in notes have their bars beside them alone, on each page that the notes go on to; a box of the text that
 * goes over the page at the same place keeps its own. */
START_TEST(bars_in_notes_stand_beside_their_lines)
{
    StrBuf text = {0};
    const char *mark = _i ? "> " : "";
    strbuf_addf(&text, "%sAlfa.[^n]\n", _i ? "> [!NOTE] Boks\n> " : "");
    for (int i = 0; i < 60; i++)
        strbuf_addf(&text, "%s\n%sTekst %d.\n", mark, mark, i);
    strbuf_add_text(&text, "\n[^n]: Note.\n\n");
    for (int i = 0; i < 60; i++)
        strbuf_addf(&text, "    > Citat %d.\n    >\n", i);
    strbuf_add_text(&text, "\n    Slut.\n");
    Made p = compose(text.p);
    uint32_t last = 0;
    for (int i = 0; i < 60; i++) {
        char words[32];
        snprintf(words, sizeof words, "Citat %d.", i);
        const Draw *quoted = find(p.d, words);
        last = page_of(p.d, quoted);
        ck_assert_msg(has_bar_beside(p.d, last, quoted), "none beside '%s'", words);
        snprintf(words, sizeof words, "Tekst %d.", i);
        const Draw *said = find(p.d, words);
        ck_assert_msg(has_bar_beside(p.d, page_of(p.d, said), said) == (_i > 0), "%s", words);
    }
    ck_assert_uint_gt(last, 0);
    ck_assert(!has_bar_beside(p.d, page_of(p.d, find(p.d, "Slut.")), find(p.d, "Slut.")));
    strbuf_drop(&text);
    drop(&p);
}
END_TEST

START_TEST(totals_of_tables_in_notes_stand_below_a_row)
{
    bool parted = false;
    for (int rows = 10; rows < 60; rows++) {
        StrBuf text = {0};
        char words[32];
        for (int i = 0; i < 30; i++)
            strbuf_add_text(&text, i ? "Tekst.\n\n" : "Alfa.[^n]\n\n");
        strbuf_add_text(&text, "[^n]: Note.\n\n    | Vej | Beløb |\n    |---|---|\n");
        for (int i = 0; i < rows; i++)
            strbuf_addf(&text, "    | Vej %d | 1 |\n", i);
        strbuf_add_text(&text, "    | I alt | 30 |\n");
        Made p = compose(text.p);
        snprintf(words, sizeof words, "Vej %d", rows - 1);
        uint32_t last = page_of(p.d, find(p.d, words));
        ck_assert_uint_eq(page_of(p.d, find(p.d, "I alt")), last);
        parted |= page_of(p.d, find(p.d, "Vej 1")) != last;
        strbuf_drop(&text);
        drop(&p);
    }
    ck_assert(parted);
}
END_TEST

/* Each point of a summary stands in one column, however long the points are. */
START_TEST(points_are_not_parted_over_columns)
{
    Layout *notat = kit_layout(&kit, "notat");
    size_t texts = 0;
    for (int words = 8; words < 24; words++) {
        StrBuf text = {0};
        strbuf_add_text(&text,
                        "---\ntitle: Prøve\n---\n# Kort fortalt {#kort-fortalt}\n\nLed.\n\n");
        for (int point = 1; point <= 3; point++) {
            strbuf_addf(&text, "%d. **Punktet.**", point);
            for (int i = 0; i < words + 2 * point; i++)
                strbuf_add_text(&text, " ordene");
            strbuf_add_text(&text, ".\n");
        }
        Report *report = report_of(&reports, text.p);
        Document *d = kit_compose(&kit, report, notat);
        for (uint32_t i = 0; i < d->draws.n; i++) {
            const Draw *draw = &d->draws.at[i];
            if (draw->kind != DRAW_TEXT || draw->text.para->lines < 3)
                continue;
            ck_assert_uint_eq(draw->text.end - draw->text.first, draw->text.para->lines);
            texts++;
        }
        document_drop(d);
        report_drop(report);
        strbuf_drop(&text);
    }
    ck_assert_uint_gt(texts, 20);
    layout_drop(notat);
}
END_TEST

/* A letterhead's second rule: thin, close below the first, and both in ink. */
START_TEST(a_letterhead_may_have_two_rules)
{
    Layout *notat = kit_layout(&kit, "notat");
    Made p = compose_by(notat, "Alfa.\n");
    const Draw *rule[2] = {NULL};
    size_t n = 0;
    for (uint32_t i = 0; i < p.d->pages.at[0].end && n < 2; i++)
        if (p.d->draws.at[i].kind == DRAW_FILL)
            rule[n++] = &p.d->draws.at[i];
    ck_assert_uint_eq(n, 2);
    ck_assert_float_eq_tol(rule[0]->h, 1.5f, TOLERANCE);
    ck_assert_float_eq_tol(rule[1]->h, 0.4f, TOLERANCE);
    ck_assert_float_gt(rule[1]->y, rule[0]->y + rule[0]->h);
    ck_assert_float_lt(rule[1]->y, rule[0]->y + rule[0]->h + 2);
    ck_assert_uint_eq(rule[0]->line.colour, notat->colour[COLOUR_ink]);
    ck_assert_uint_eq(rule[1]->line.colour, notat->colour[COLOUR_ink]);
    drop(&p);
    layout_drop(notat);
}
END_TEST

/* Lines that go on with others are indented, and none leaves the column. */
static void check_turned(const GlyphPara *para, float measure, uint32_t turned)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < para->lines; i++) {
        bool goes_on = (para->line[i].flags & LINE_TURNED) != 0;
        ck_assert_float_ge(para->line[i].x, goes_on ? 1.0f : 0.0f);
        ck_assert_float_le(para->line[i].x + para->line[i].width, measure + TOLERANCE);
        ck_assert(goes_on || para->line[i].x <= 0);
        found += goes_on;
    }
    ck_assert_uint_eq(found, turned);
}

START_TEST(code_is_set_as_it_was_typed)
{
    StrBuf body = {0};
    strbuf_add_text(&body, "~~~\nif (x)  {\n    fi \"a\" - b;\n\n\tTab\n");
    for (int i = 0; i < 150; i++)
        strbuf_add_char(&body, 'x');
    strbuf_add_text(&body,
                    "\nog ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord "
                    "ord ord ord\n~~~\n");
    Made p = compose(body.p);
    const Draw *code = find(p.d, "if (x)  {");
    const GlyphPara *para = code->text.para;
    StrBuf text = {0};
    add_drawn_words(&text, p.d, &code->text);
    ck_assert(strstr(text.p, "if (x)  {     fi \"a\" - b;      Tab xxx") != NULL);
    check_turned(para, (float)layout->text_width, 3);
    for (uint32_t i = 0; i < para->pieces; i++) /* nothing is tied, and all are of one width */
        for (uint32_t k = 0; k < words_at(p.d->words, para->piece[i])->n; k++)
            ck_assert_int_eq(words_at(p.d->words, para->piece[i])->glyph[k].advance,
                             words_at(p.d->words, para->piece[0])->glyph[0].advance);
    strbuf_drop(&text);
    strbuf_drop(&body);
    drop(&p);
}
END_TEST

/* Where a layout has no italics emphasis is semibold, between text and bold, and foreign words are as the text. */
START_TEST(emphasis_is_upright_where_the_layout_says_so)
{
    static const char body[] = "Ord *em* ord **fed** ord *[work]{lang=en}* slut.\n";
    double weight[2][4] = {{0}}, angle[2] = {0};
    for (int upright = 0; upright < 2; upright++) {
        layout->upright = upright;
        Made p = compose(body);
        const GlyphPara *para = find(p.d, "Ord")->text.para;
        for (uint32_t i = 0, k = 0; i < para->runs && k < 4; i += i ? 2 : 1, k++)
            weight[upright][k] = face_of(p.d, para, i)->weight;
        for (uint32_t i = 0; i < para->runs; i++)
            angle[upright] = fmin(angle[upright], face_of(p.d, para, i)->italic_angle);
        drop(&p);
    }
    ck_assert(angle[0] < -1 && angle[1] > -0.1 && weight[0][1] < 500);
    ck_assert(weight[1][1] > 500 && weight[1][1] < weight[1][2] && weight[1][3] < 500);
}
END_TEST

START_TEST(code_in_text_is_as_high_as_the_text)
{
    Made p = compose("Ord `kode` ord, **fed `kode`**.\n");
    const GlyphPara *para = find(p.d, "Ord")->text.para;
    const Face *text = face_of(p.d, para, 0), *code = face_of(p.d, para, 1);
    ck_assert(text != code && code->x_height > 0);
    ck_assert_float_eq_tol(para->run[0].size * (float)text->x_height / (float)text->upem,
                           para->run[1].size * (float)code->x_height / (float)code->upem, 0.01f);
    ck_assert(face_of(p.d, para, 4) != code);
    ck_assert_int_eq(document_role(p.d, find(p.d, "Ord")->text.owner[1]), ROLE_CODE);
    drop(&p);
}
END_TEST

START_TEST(lines_of_verse_are_indented_where_they_go_on)
{
    Made p = compose(
        "Vers et\\\nvers to er så umådeligt langt, at det aldrig kan stå på én linje i spalten, men må "
        "bøjes\\\nvers tre\n\n"
        "Prosa et\\\nog resten af den, der er så lang, at den ikke kan stå på én linje i "
        "spalten, og derfor brydes\n");
    check_turned(find(p.d, "Vers et")->text.para, (float)layout->text_width, 1);
    check_turned(find(p.d, "Prosa")->text.para, (float)layout->text_width, 0);
    StrBuf text = {0};
    add_drawn_words(&text, p.d, &find(p.d, "Vers et")->text);
    ck_assert(strstr(text.p, "Vers et vers to") != NULL); /* for who copies or listens */
    strbuf_drop(&text);
    drop(&p);
}
END_TEST

START_TEST(who_is_quoted_stands_near_the_words)
{
    Made p = compose("> Ord et.\n>\n> \xE2\x80\x94 Lederen\n");
    const Draw *said = find(p.d, "Ord et"), *who = find(p.d, "\xE2\x80\x94 Lederen");
    ck_assert_float_eq_tol(who->text.para->run[0].size, (float)layout->style[STYLE_source].size,
                           0.01f);
    ck_assert_float_lt(who->y - said->y, (float)layout->style[STYLE_body].leading + 3);
    drop(&p);
}
END_TEST

/* Where the bar beside a quotation of this text stands. */
static float bar_of(const char *quote)
{
    Made p = compose(quote);
    float x = -1;
    for (uint32_t i = 0; i < p.d->draws.n; i++) {
        const Draw *draw = &p.d->draws.at[i];
        if (draw->kind == DRAW_FILL && draw->h > 10 &&
            draw->line.colour == layout->colour[COLOUR_line])
            x = draw->x;
    }
    ck_assert_msg(x > 0, "%s has no bar", quote);
    drop(&p);
    return x;
}

START_TEST(the_bar_of_a_quotation_stands_where_its_lines_begin)
{
    const char *hebrew = "> \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D, 12.\n", *danish = "> Ord et.\n";
    float left = bar_of(danish);
    ck_assert_float_eq_tol(left, (float)layout->left, TOLERANCE);
    ck_assert_float_gt(bar_of(hebrew), left + 200);
    ck_assert_float_eq_tol(bar_of("> Ord \xD7\xA9\xD7\x9C.\n"), left, TOLERANCE);
    ck_assert_float_eq_tol(bar_of("> \xD7\xA9\xD7\x9C.\n>\n> Ord.\n"), left, TOLERANCE);
}
END_TEST

static bool has_bar(const char *body, Colour colour)
{
    Made p = compose(body);
    bool any = false;
    for (uint32_t i = 0; i < p.d->draws.n; i++)
        any |= p.d->draws.at[i].kind == DRAW_FILL && p.d->draws.at[i].h > 20 &&
               p.d->draws.at[i].w < 10 && p.d->draws.at[i].line.colour == colour;
    drop(&p);
    return any;
}

START_TEST(all_bars_are_in_ink_where_a_layout_says_so)
{
    const char *const body[] = {"> Ord et.\n", "> [!LÆRING]\n> Ord to.\n",
                                "> [!FORBEHOLD]\n> Ord tre.\n"};
    for (size_t i = 0; i < sizeof body / sizeof *body; i++) {
        layout->box.ink_bars = false;
        ck_assert(!has_bar(body[i], layout->colour[COLOUR_ink]));
        layout->box.ink_bars = true;
        ck_assert(has_bar(body[i], layout->colour[COLOUR_ink]));
    }
}
END_TEST

/* ---- pictures ------------------------------------------------------------------------------- */

static const Draw *find_picture(const Document *d)
{
    uint32_t i = 0;
    while (i < d->draws.n && d->draws.at[i].kind != DRAW_IMAGE)
        i++;
    ck_assert_uint_lt(i, d->draws.n);
    return &d->draws.at[i];
}

START_TEST(a_caption_is_near_to_its_picture)
{
    for (int lines = 0; lines < 30; lines++) {
        Made p = below_lines(lines, "![x](x.png)\n\nFigur: Billedteksten\n");
        const Draw *picture = find_picture(p.d), *caption = find(p.d, "Billedteksten");
        const Draw *number = find(p.d, "Figur");
        ck_assert_uint_eq(page_of(p.d, picture), page_of(p.d, caption));
        float leading = caption->text.leading;
        ck_assert_float_gt(picture->y - caption->y, leading / 4);
        ck_assert_float_lt(picture->y - caption->y, leading + 6);
        ck_assert_float_gt(caption->y, number->y);
        ck_assert_float_eq_tol(number->x, picture->x, TOLERANCE);
        drop(&p);
    }
}
END_TEST

/* ---- recommendations ------------------------------------------------------------------------ */

#define SHORT_ADVICE                                                                               \
    "   Grundlag: [et](#et)\n   Ansvarlig: Rådet\n   Frist: 2027-12-31\n   Økonomi: inden for rammen\n"

static size_t links_to(const Document *d, const char *target)
{
    size_t n = 0;
    for (uint32_t i = 0; i < d->nodes.n; i++)
        n += document_role(d, i) == ROLE_LINK &&
             str_equal(document_find_detail(d, i)->target, str_from(target));
    return n;
}

/* The text on the line of another. */
static const Draw *find_on_line(const Document *d, const Draw *other, const char *words)
{
    for (uint32_t i = 0; i < d->draws.n; i++) {
        const Draw *draw = &d->draws.at[i];
        if (draw->kind != DRAW_TEXT || fabsf(draw->y - other->y) > TOLERANCE)
            continue;
        StrBuf text = {0};
        add_drawn_words(&text, d, &draw->text);
        bool same = text.p && strcmp(text.p, words) == 0;
        strbuf_drop(&text);
        if (same)
            return draw;
    }
    return NULL;
}

/* The line to write on that is nearest to a text. */
static const Draw *dots_near(const Document *d, const Draw *text)
{
    const Draw *found = NULL;
    for (uint32_t i = 0; i < d->draws.n; i++) {
        const Draw *draw = &d->draws.at[i];
        bool dots = draw->kind == DRAW_LINE && draw->line.dash > 0;
        if (dots && (!found || fabsf(draw->y - text->y) < fabsf(found->y - text->y)))
            found = draw;
    }
    ck_assert_ptr_nonnull(found);
    return found;
}

/* Where each theme has one, its name stands over the proposal. */
START_TEST(rows_begin_with_the_proposal_below_its_theme)
{
    static const char *by[] = {"committee-pack", "tablet"};
    for (size_t i = 0; i < 2; i++) {
        Layout *whole = kit_layout(&kit, by[i]);
        Made p = compose_by(whole, "## Anbefalinger\n\n1. **Aa.** Tekst.\n" SHORT_ADVICE
                                   "\n# Tema: To {#to}\n\nIndledning.\n\n## Anbefalinger\n\n"
                                   "1. **Bb.** Tekst.\n   Grundlag: [et](#et)\n");
        const Draw *proposal = find(p.d, "Aa."), *theme = proposal;
        const Draw *number = find_on_line(p.d, proposal, "1");
        ck_assert_ptr_nonnull(number);
        ck_assert_float_lt(number->x, proposal->x);
        while (theme > p.d->draws.at && !(theme->kind == DRAW_TEXT && theme->y < proposal->y))
            theme--;
        StrBuf text = {0};
        add_drawn_words(&text, p.d, &theme->text);
        ck_assert_str_eq(text.p, "Tema\xC2\xA0"
                                 "1: Et");
        strbuf_drop(&text);
        if (i == 0) { /* the others begin on the proposal's line */
            ck_assert_float_gt(find(p.d, "Rådet")->y, theme->y + 10);
            ck_assert_float_eq_tol(find(p.d, "Rådet")->y, proposal->y, TOLERANCE);
            ck_assert_float_eq_tol(dots_near(p.d, find(p.d, "Bb."))->y, find(p.d, "Bb.")->y + 2,
                                   TOLERANCE);
        }
        drop(&p);
        layout_drop(whole);
    }
}
END_TEST

START_TEST(recommendations_have_an_overview_by_status)
{
    Layout *pack = kit_layout(&kit, "committee-pack");
    Made p = compose_by(pack,
                        "## Anbefalinger\n\n1. **Aa.** Tekst.\n   Status: Vedtaget\n"
                        "   Oprindelse: udtalt\n" SHORT_ADVICE "2. **Bb.** Tekst.\n" SHORT_ADVICE
                        "4. **Dd.** Tekst.\n   Status: afvist\n" SHORT_ADVICE
                        "3. **Cc.** Tekst.\n   Status: vedtaget\n" SHORT_ADVICE);
    float overview = find(p.d, "Overblik efter status")->y;
    ck_assert_float_gt(find(p.d, "Vedtaget")->y, overview);
    ck_assert_float_eq_tol(find(p.d, "1, 4")->y, find(p.d, "Vedtaget")->y, TOLERANCE);
    ck_assert_float_gt(find(p.d, "Aa.")->y, find(p.d, "afvist")->y);
    ck_assert_uint_eq(links_to(p.d, "#anbefaling-1"), 1);
    find(p.d, "Status: Vedtaget");
    find(p.d, "Behov");
    drop(&p);
    p = compose_by(pack, "## Anbefalinger\n\n1. **Aa.** Tekst.\n" SHORT_ADVICE);
    for (uint32_t i = 0; i < p.d->draws.n; i++)
        if (p.d->draws.at[i].kind == DRAW_TEXT && p.d->draws.at[i].text.para->lines) {
            StrBuf text = {0};
            add_drawn_words(&text, p.d, &p.d->draws.at[i].text);
            ck_assert(!strstr(text.p ? text.p : "", "Overblik efter status"));
            strbuf_drop(&text);
        }
    drop(&p);
    layout_drop(pack);
}
END_TEST

/* What the other columns don't need is the proposals'. */
START_TEST(proposals_get_the_room_that_is_left)
{
    Layout *pack = kit_layout(&kit, "committee-pack");
    Made p = compose_by(pack, "## Anbefalinger\n\n1. **Aa.** Tekst.\n" SHORT_ADVICE);
    float proposal = find(p.d, "Aa.")->x, basis = find(p.d, "Grundlag")->x;
    ck_assert_float_gt(basis - proposal, 0.3f * (float)layout_live_width(pack));
    ck_assert_uint_eq(find(p.d, "31.")->text.para->lines, 1);
    drop(&p);
    layout_drop(pack);
}
END_TEST

/* A key figure that a recommendation is founded on leads to its row, as a section leads there; where the row isn't in the
 * document, its words are plain. */
START_TEST(a_basis_leads_to_the_row_of_its_key_figure)
{
    static const char *by[] = {"committee-pack", "tablet"};
    for (size_t i = 0; i < 4; i++) {
        Layout *part = kit_layout(&kit, by[i / 2]);
        bool has_row = i % 2 == 0;
        if (!has_row) {
            part->parts = 1;
            part->part[0] = PART_RECOMMENDATIONS;
        }
        Made p = compose_by(part, "## Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed |\n"
                                  "|---|---|---|---|\n| K1 | Brønde | 12 | stk. |\n\n"
                                  "## Anbefalinger\n\n1. **Aa.**\n   Grundlag: [@K1]\n");
        ck_assert_uint_eq(links_to(p.d, "#K1"), has_row);
        const Draw *words = find(p.d, i < 2 ? "Brønde (12" : "Grundlag:");
        const GlyphPara *para = words->text.para;
        bool underlined = false;
        for (uint32_t k = 0; k < para->runs; k++)
            underlined |= para->run[k].flags & RUN_UNDERLINE;
        ck_assert_int_eq(underlined, has_row);
        for (uint32_t k = 0; has_row && k < p.d->nodes.n; k++)
            if (document_role(p.d, k) == ROLE_LINK &&
                str_equal(document_find_detail(p.d, k)->target, STR("#K1")))
                check_str(document_find_detail(p.d, k)->contents, "Gå til Brønde (12\xC2\xA0stk.)");
        drop(&p);
        layout_drop(part);
    }
}
END_TEST

/* Texts that begin with "Frist:"; of them those that stand on the line of one with "Ansvarlig:", all at one place. */
static size_t deadlines(const Document *d, size_t *beside)
{
    size_t n = 0;
    const Draw *before = NULL, *first = NULL;
    *beside = 0;
    for (uint32_t i = 0; i < d->draws.n; i++) {
        const Draw *draw = &d->draws.at[i];
        if (draw->kind != DRAW_TEXT)
            continue;
        StrBuf text = {0};
        add_drawn_words(&text, d, &draw->text);
        if (str_starts(strbuf_str(&text), STR("Frist:"))) {
            n++;
            if (fabsf(draw->y - before->y) < TOLERANCE) {
                first = first ? first : draw;
                ck_assert_float_eq_tol(draw->x, first->x, TOLERANCE);
                ck_assert_float_gt(draw->x, before->x + before->text.para->width + 5);
                ++*beside;
            }
        }
        strbuf_drop(&text);
        before = draw;
    }
    return n;
}

/* Who is responsible and the deadline share a line in all records of a list, or in none of them. */
START_TEST(short_fields_of_records_share_a_line)
{
    static const struct {
        const char *other;
        size_t deadlines, beside;
    } lists[] = {
        {"   Ansvarlig: Økonomi\n   Frist: 2027-05-01\n", 2, 2},
        {"   Ansvarlig: Økonomiudvalgets sekretariat i København\n   Frist: 2027-05-01\n", 2, 0},
        {"   Frist: 2027-05-01\n", 2, 0},
        {"   Ansvarlig: Økonomi\n", 2, 0}}; /* the line to write on */
    Layout *tablet = kit_layout(&kit, "tablet");
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        StrBuf body = {0};
        strbuf_add_text(&body, "## Anbefalinger\n\n1. **Aa.** Tekst.\n" SHORT_ADVICE
                               "2. **Bb.** Tekst.\n");
        strbuf_add_text(&body, lists[i].other);
        Made p = compose_by(tablet, body.p);
        size_t beside;
        ck_assert_uint_eq(deadlines(p.d, &beside), lists[i].deadlines);
        ck_assert_uint_eq(beside, lists[i].beside);
        const Draw *economy = find(p.d, "\xC3\x98konomi:"), *responsible = find(p.d, "Ansvarlig:");
        float lines = lists[i].beside ? 1 : 2;
        ck_assert_float_eq_tol(economy->y, responsible->y + lines * economy->text.leading,
                               TOLERANCE);
        ck_assert_float_eq_tol(economy->x, responsible->x, TOLERANCE);
        drop(&p);
        strbuf_drop(&body);
    }
    layout_drop(tablet);
}
END_TEST

/* ---- glossary, sources, changes ------------------------------------------------------------- */

static const char glossary_text[] =
    "Om CIC, OPP, MARAC-møder, SSP og CCTV, og `CIC` i kode.\n\n"
    "# Ordliste\n\n- **Borough:** bydel.\n- **CCTV:** kameraer.\n"
    "- **CIC:** [community interest company]{lang=en}, en form.\n- MARAC: multi agency risk "
    "assessment conference, et møde.\n- **OPP**: offentlig-privat partnerskab.\n"
    "- **SSP:** samarbejde.\n\n# Kilder\n\nDe stammer fra turen.\n\n# Ændringer\n\nIngen.\n";

/* The expansion of the first node of a document that has one, from node `from` on; moves it behind. */
static const NodeDetail *next_expansion(const Document *d, uint32_t *from)
{
    for (; *from < d->nodes.n; ++*from) {
        const NodeDetail *detail = document_find_detail(d, *from);
        if (detail && detail->expansion.n) {
            ++*from;
            return detail;
        }
    }
    return NULL;
}

START_TEST(abbreviations_are_expanded_where_they_stand)
{
    static const char *const expected[] = {"community interest company",
                                           "offentlig-privat partnerskab",
                                           "multi agency risk assessment conference"};
    Made p = compose(glossary_text);
    uint32_t from = 0;
    for (size_t i = 0; i < 3; i++) {
        const NodeDetail *detail = next_expansion(p.d, &from);
        ck_assert(detail != NULL);
        ck_assert_int_eq(document_role(p.d, detail->node), ROLE_SPAN);
        check_str(detail->expansion, expected[i]);
        check_str(detail->language, i ? "" : "en");
    }
    StrBuf text = {0};
    add_drawn_words(&text, p.d, &find(p.d, "Om CIC")->text);
    ck_assert(strstr(text.p, "Om CIC, OPP, MARAC-møder, SSP og CCTV, og CIC i kode.") != NULL);
    strbuf_drop(&text);
    drop(&p);
}
END_TEST

START_TEST(abbreviations_are_not_expanded_beside_their_words)
{
    static const char *const beside[] = {
        "Et [Multi-Agency Risk Assessment Conference]{lang=en} (MARAC) om vold.",
        "Et MARAC (*multi agency risk assessment conference*) om vold.",
        "Et MARAC, multi agency risk assessment conference, om vold."};
    static const char *const apart[] = {
        "Et MARAC (på engelsk: multi agency risk assessment conference).",
        "Et multi agency risk assessment conference-møde, som er et MARAC.", "Et MARAC."};
    StrBuf text = {0};
    for (size_t i = 0; i < 6; i++) {
        strbuf_clear(&text);
        strbuf_addf(&text,
                    "%s\n\n# Ordliste\n\n- MARAC: multi agency risk assessment conference.\n",
                    i < 3 ? beside[i] : apart[i - 3]);
        Made p = compose(text.p);
        uint32_t from = 0;
        ck_assert_msg((next_expansion(p.d, &from) != NULL) == (i >= 3), "%s", text.p);
        drop(&p);
    }
    strbuf_drop(&text);
}
END_TEST

START_TEST(code_has_a_language_where_it_says_one)
{
    static const struct {
        const char *info, *language;
    } known[] = {{"python", ""},
                 {"{lang=en}", "en"},
                 {"python {lang=en-GB}", "en-GB"},
                 {"{.python lang=\"de\"}", "de"},
                 {"{slang=de}", ""},
                 {"lang=de", ""}};
    StrBuf text = {0};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        strbuf_clear(&text);
        strbuf_addf(&text, "~~~%s\nHello\n~~~\n", known[i].info);
        Made p = compose(text.p);
        const Draw *draw = find(p.d, "Hello");
        const NodeDetail *detail = document_find_detail(p.d, draw->owner);
        ck_assert_int_eq(document_role(p.d, draw->owner), ROLE_CODE);
        check_str(detail ? detail->language : STR(""), known[i].language);
        drop(&p);
    }
    strbuf_drop(&text);
}
END_TEST

START_TEST(a_glossary_part_has_columns)
{
    Layout *pack = kit_layout(&kit, "committee-pack");
    Made p = compose_by(pack, glossary_text);
    const Draw *first = find(p.d, "Borough"), *second = find(p.d, "CIC"), *last = find(p.d, "OPP");
    ck_assert_float_eq_tol(first->y, second->y, TOLERANCE);
    ck_assert_float_eq_tol(first->y, last->y, TOLERANCE);
    ck_assert(first->x < second->x && second->x < last->x);
    ck_assert(find(p.d, "CCTV")->y > first->y && find(p.d, "bydel")->y > first->y);
    float sources = find(p.d, "De stammer")->y, changes = find(p.d, "Ingen.")->y;
    ck_assert(sources > find(p.d, "CCTV")->y && changes > sources);
    uint32_t from = 0, expansions = 0;
    while (next_expansion(p.d, &from))
        expansions++;
    ck_assert_uint_eq(expansions, 3); /* none in the glossary itself */
    drop(&p);
    layout_drop(pack);
}
END_TEST

/* Every term once, in order, and nothing below the frame; on each page down the columns from left to right,
 * once. */
static void check_long_glossary(const char *name, size_t columns)
{
    Layout *pack = kit_layout(&kit, name);
    StrBuf text = {0};
    strbuf_add_text(&text, "# Ordliste\n\n");
    for (int i = 100; i < 300; i++)
        strbuf_addf(&text,
                    "- **Ord%d:** det betyder noget, der ikke kan siges på en linje alene.\n", i);
    Made p = compose_by(pack, text.p);
    const Draw *last = find(p.d, "Ord100");
    size_t seen = 1, most = 1;
    for (int i = 101; i < 300; i++) {
        char word[16];
        snprintf(word, sizeof word, "Ord%d", i);
        const Draw *term = find(p.d, word);
        bool same_page = page_of(p.d, term) == page_of(p.d, last);
        ck_assert_uint_ge(page_of(p.d, term), page_of(p.d, last));
        ck_assert(!same_page || (term->x == last->x ? term->y > last->y : term->x > last->x));
        seen = !same_page ? 1 : term->x > last->x ? seen + 1 : seen;
        most = seen > most ? seen : most;
        ck_assert_float_lt(term->y, (float)(pack->paper_height - pack->bottom));
        last = term;
    }
    ck_assert_uint_eq(most, columns);
    drop(&p);
    strbuf_drop(&text);
    layout_drop(pack);
}

START_TEST(a_long_glossary_goes_over_pages)
{
    check_long_glossary("committee-pack", 3);
}
END_TEST

/* Down each column once, unless it takes more than three quarters of the page. */
START_TEST(a_glossary_that_has_room_on_a_page_is_read_down_once)
{
    Layout *pack = kit_layout(&kit, "committee-pack-booklet");
    size_t high = 0;
    for (int n = 10; n < 40; n++) {
        StrBuf text = {0};
        strbuf_add_text(&text, "# Ordliste\n\n");
        for (int i = 100; i < 100 + n; i++)
            strbuf_addf(&text, "- **Ord%d:** det betyder noget.\n", i);
        Made p = compose_by(pack, text.p);
        char word[16];
        snprintf(word, sizeof word, "Ord%d", 99 + n);
        const Draw *first = find(p.d, "Ord100"), *last = find(p.d, word), *second = NULL;
        float lowest = first->y;
        for (int i = 101; i < 100 + n; i++) {
            snprintf(word, sizeof word, "Ord%d", i);
            const Draw *term = find(p.d, word);
            second = !second && term->x > first->x ? term : second;
            lowest = fmaxf(lowest, term->y);
        }
        float used = (lowest - first->y) / (float)(pack->paper_height - pack->top - pack->bottom);
        bool once = second && last->x > first->x && second->y == first->y;
        for (int i = 101; once && i < 100 + n; i++) {
            snprintf(word, sizeof word, "Ord%d", i);
            once = find(p.d, word)->x == first->x || find(p.d, word) >= second;
        }
        ck_assert(once || used > 0.75f || page_of(p.d, last) > page_of(p.d, first));
        high += once && used > 0.62f;
        drop(&p);
        strbuf_drop(&text);
    }
    ck_assert_uint_gt(high, 0);
    layout_drop(pack);
}
END_TEST

START_TEST(a_glossary_on_narrow_pages_has_one_column)
{
    check_long_glossary("tablet", 1);
}
END_TEST

/* ---- visits --------------------------------------------------------------------------------- */

START_TEST(a_visit_says_whose_it_is_and_who_learnt)
{
    Made p =
        compose("## Besøg: Bikeworks {#bike organisation=\"Foreningen\" place=\"Kings Cross\"}\n\n"
                "> [!LÆRING] Udledt af os\n> Lær det.\n");
    const Draw *title = find(p.d, "Det kan vi lære"), *who = find(p.d, "Udledt af os");
    ck_assert_float_eq_tol(title->y, who->y, TOLERANCE);
    ck_assert_float_gt(who->x, title->x + title->w - TOLERANCE);
    float right = who->x + who->text.para->line[0].x + who->text.para->line[0].width;
    ck_assert_float_eq_tol(right, (float)(layout->left + layout->text_width), 0.5f);
    const Draw *label = find(p.d, "Organisation");
    ck_assert_float_gt(find(p.d, "Foreningen")->y, label->y);
    ck_assert_float_gt(find(p.d, "Kings Cross")->y, find(p.d, "Foreningen")->y);
    ck_assert_float_eq_tol(label->y, title->y, 3.0f);
    drop(&p);
}
END_TEST

Suite *blocks_suite(void)
{
    Suite *s = suite_create("blocks");
    TCase *c = tcase_create("blocks");
    tcase_add_checked_fixture(c, body_begin, body_end);
    tcase_set_timeout(c, 60);
    tcase_add_test(c, tight_lists_have_one_space_at_every_depth);
    tcase_add_test(c, marks_keep_their_distance_and_levels_their_indent);
    tcase_add_test(c, marks_keep_their_distance_and_levels_their_indent);
    tcase_add_test(c, loose_lists_have_another);
    tcase_add_test(c, a_mark_stands_beside_what_its_item_begins_with);
    tcase_add_test(c, numbers_are_as_large_as_their_text);
    tcase_add_test(c, the_bar_of_a_quotation_stands_where_its_lines_begin);
    tcase_add_test(c, all_bars_are_in_ink_where_a_layout_says_so);
    tcase_add_test(c, what_opens_a_list_is_not_left_behind);
    tcase_add_test(c, a_sentence_above_a_list_stands_alone);
    tcase_add_test(c, lists_are_not_torn);
    tcase_add_test(c, boxes_are_not_left_alone);
    tcase_add_test(c, short_code_is_whole);
    tcase_add_test(c, charts_have_room_beside_each_other);
    tcase_add_test(c, charts_across_columns_have_one_rule);
    tcase_add_test(c, a_chart_alone_has_all_of_the_width);
    tcase_add_test(c, charts_beside_each_other_are_level);
    tcase_add_test(c, a_chart_says_what_its_hatching_means);
    tcase_add_test(c, marks_of_notes_can_be_read);
    tcase_add_loop_test(c, bars_in_notes_stand_beside_their_lines, 0, 2);
    tcase_add_test(c, totals_of_tables_in_notes_stand_below_a_row);
    tcase_add_test(c, a_letterhead_may_have_two_rules);
    tcase_add_test(c, points_are_not_parted_over_columns);
    tcase_add_test(c, a_chart_without_subtitle_prints_its_unit);
    tcase_add_test(c, caveats_that_follow_each_other_are_one_box);
    tcase_add_test(c, code_is_set_as_it_was_typed);
    tcase_add_test(c, code_in_text_is_as_high_as_the_text);
    tcase_add_test(c, emphasis_is_upright_where_the_layout_says_so);
    tcase_add_test(c, lines_of_verse_are_indented_where_they_go_on);
    tcase_add_test(c, who_is_quoted_stands_near_the_words);
    tcase_add_test(c, a_caption_is_near_to_its_picture);
    tcase_add_test(c, points_have_numerals_and_pages);
    tcase_add_test(c, points_keep_what_says_more_than_where);
    tcase_add_test(c, other_lists_have_no_numerals);
    tcase_add_test(c, rows_begin_with_the_proposal_below_its_theme);
    tcase_add_test(c, recommendations_have_an_overview_by_status);
    tcase_add_test(c, proposals_get_the_room_that_is_left);
    tcase_add_test(c, a_basis_leads_to_the_row_of_its_key_figure);
    tcase_add_test(c, short_fields_of_records_share_a_line);
    tcase_add_test(c, abbreviations_are_expanded_where_they_stand);
    tcase_add_test(c, abbreviations_are_not_expanded_beside_their_words);
    tcase_add_test(c, code_has_a_language_where_it_says_one);
    tcase_add_test(c, a_glossary_part_has_columns);
    tcase_add_test(c, a_long_glossary_goes_over_pages);
    tcase_add_test(c, a_glossary_that_has_room_on_a_page_is_read_down_once);
    tcase_add_test(c, a_glossary_on_narrow_pages_has_one_column);
    tcase_add_test(c, a_visit_says_whose_it_is_and_who_learnt);
    suite_add_tcase(s, c);
    return s;
}
