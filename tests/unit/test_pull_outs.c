/* Pull-outs: reports made at random are composed, and the side column looked at. Does each stand on the page of
 * the line that prints it, level with it unless something is in its way, in the column and over nothing? */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#include "body_support.h"
#include "plan_support.h"
#include "suites.h"

enum { MOST_FIGURES = 60 };
#define TOLERANCE 0.1f
#define RULE 1.5f
#define WITH_CAPTION 45.0f /* from a pull-out to the table below it */

/* ---- reports at random ---------------------------------------------------------------------- */

typedef struct {
    StrBuf text, rows;
    Random *random;
    unsigned figures;
} Written;

/* Their values are told from all else by a thousand. */
static void add_figure(Written *w, bool pulled)
{
    static const char *const units[] = {"", "pct.", "anholdelser om måneden"};
    static const char *const caveats[] = {"", "", "Skøn",
                                          "Egen vurdering; der findes ingen statistik"};
    if (w->figures == MOST_FIGURES)
        return;
    strbuf_addf(&w->rows, "|K%u|Tal|1.%03u|%s|Lambeth|%s|\n", w->figures, w->figures,
                units[random_below(w->random, 3)], caveats[random_below(w->random, 4)]);
    strbuf_addf(&w->text, " [@K%u]", w->figures++);
    if (pulled)
        strbuf_add_text(&w->text, random_once_in(w->random, 2) ? "{.fremhæv what=\"af dem alle\"}"
                                                               : "{.fremhæv}");
}

static void add_text(Written *w, uint32_t words, uint32_t once_in)
{
    for (; words > 0; words -= words < 12 ? words : 12) {
        add_random_words(&w->text, w->random, words < 12 ? words : 12);
        if (random_once_in(w->random, once_in))
            add_figure(w, !random_once_in(w->random, 4));
        strbuf_add_char(&w->text, ' ');
    }
}

static void add_block(Written *w, uint32_t once_in)
{
    strbuf_add_text(&w->text, "\n\n");
    switch (random_below(w->random, 10)) {
    case 0:
        strbuf_addf(&w->text, "## Besøg: Et sted {place=\"Gaden\" date=2012-08-2%u}\n\n",
                    random_below(w->random, 9));
        add_text(w, 1 + random_below(w->random, 60), once_in);
        break;
    case 1:
        strbuf_add_text(&w->text, "| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\nTabel: En tabel");
        break;
    case 2:
    case 3:
        for (uint32_t n = 1 + random_below(w->random, 6); n > 0; n--) {
            strbuf_add_text(&w->text, "\n- ");
            add_text(w, 1 + random_below(w->random, 40), once_in);
        }
        break;
    case 4:
        strbuf_add_text(&w->text, "> [!NOTE] En boks\n> Tekst.");
        break;
    case 5:
        strbuf_add_text(&w->text, "## Et afsnit\n\n");
        break;
    case 6:
        strbuf_add_text(&w->text, "En note.[^a]");
        break;
    default:
        add_text(w, 3 + random_below(w->random, 150), once_in);
    }
}

static Report *pulling_report(Random *random)
{
    Written w = {.random = random};
    uint32_t once_in = 1 + random_below(random, 8);
    strbuf_add_text(&w.text, "---\ntitle: T\n---\n# Tema: Tal {#tal}\n\nEt ledeafsnit.");
    for (uint32_t n = 5 + random_below(random, 40); n > 0; n--)
        add_block(&w, once_in);
    strbuf_addf(&w.text,
                "\n\n[^a]: Om det.\n\n## Nøgletal\n\n|Id|Nøgletal|Værdi|Enhed|Hvor|"
                "Forbehold|\n|-|-|-|-|-|-|\n|K|Tal|1||||\n%s",
                w.rows.n ? w.rows.p : "");
    Report *report = report_of(&reports, w.text.p);
    strbuf_drop(&w.text);
    strbuf_drop(&w.rows);
    return report;
}

/* ---- looking at them ------------------------------------------------------------------------ */

/* What stands in the side column, or goes over it. */
typedef struct {
    uint32_t page;
    float top, foot;
    int figure; /* that is pulled out, or -1 */
    uint32_t draw;
} Thing;

typedef struct {
    Thing at[512];
    size_t n;
} Things;

typedef struct {
    uint32_t page, draw;
    float top;
    bool there;
} Mention;

static float side_x(void)
{
    return (float)(layout->left + layout->text_width + layout->gutter);
}

/* From the top of a line to its baseline, with capitals in the middle. */
static float baseline_of(float leading, StyleRole role)
{
    const Face *face = &kit_font(&kit, layout, role)->face;
    return leading / 2 + (float)(layout->style[role].size * face->cap_height / face->upem / 2);
}

static bool is_pull_out_rule(const Draw *d)
{
    return d->kind == DRAW_FILL && fabsf(d->x - side_x()) < TOLERANCE && d->h == RULE &&
           fabsf(d->w - (float)layout_side_width(layout)) < TOLERANCE;
}

static bool is_running(const Draw *d)
{
    return d->owner == ARTIFACT_HEADER || d->owner == ARTIFACT_FOOTER;
}

static bool reaches_side(const Draw *d)
{
    float width = d->kind == DRAW_TEXT ? d->text.para->width : d->w;
    return d->kind != DRAW_PATH && d->x + width > side_x() + 1 && !is_running(d);
}

static float top_of(const Draw *d)
{
    return d->kind == DRAW_TEXT ? d->y - d->text.leading * 0.7f : d->y;
}

static float foot_of(const Draw *d)
{
    return d->kind == DRAW_TEXT ? draw_foot(d) + 2 : d->y + d->h;
}

/* The number of a figure that a line has, or -1. */
static int figure_in(const Document *d, const DrawnText *text, uint32_t line, int after)
{
    DrawnText one = *text;
    StrBuf words = {0};
    one.first = line;
    one.end = line + 1;
    add_drawn_words(&words, d, &one);
    int found = -1;
    for (int i = after + 1; i < MOST_FIGURES && found < 0; i++) {
        char value[8];
        snprintf(value, sizeof value, "1.%03d", i);
        if (words.n && strstr(words.p, value))
            found = i;
    }
    strbuf_drop(&words);
    return found;
}

/* A pull-out goes on with the texts of its paragraph, and so does the title of a list of visits. Returns the last
 * draw of it. */
static uint32_t take_pull_out(const Document *d, Thing *thing, uint32_t end)
{
    uint32_t i = thing->draw + 1;
    Node node = d->draws.at[i].owner;
    ck_assert_int_eq(document_role(d, node), ROLE_P);
    ck_assert_int_eq(document_role(d, d->nodes.at[node].parent), ROLE_DIV);
    for (; i < end && d->draws.at[i].kind == DRAW_TEXT && d->draws.at[i].owner == node; i++) {
        const Draw *draw = &d->draws.at[i];
        ck_assert(fabsf(draw->x - side_x()) < TOLERANCE && draw->y > thing->foot);
        if (thing->figure < 0)
            thing->figure = figure_in(d, &draw->text, 0, -1);
        thing->foot = foot_of(draw);
    }
    return i - 1;
}

static void find_things(const Document *d, Things *things)
{
    things->n = 0;
    for (uint32_t p = 0; p < d->pages.n; p++)
        for (uint32_t i = d->pages.at[p].first; i < d->pages.at[p].end; i++) {
            const Draw *draw = &d->draws.at[i];
            if (!reaches_side(draw))
                continue;
            ck_assert_uint_lt(things->n, 512);
            Thing *thing = &things->at[things->n++];
            *thing = (Thing){p, top_of(draw), foot_of(draw), -1, i};
            if (is_pull_out_rule(draw))
                i = take_pull_out(d, thing, d->pages.at[p].end);
        }
}

/* Where the text prints each figure first. */
static void find_mentions(const Document *d, Mention *mention)
{
    for (uint32_t p = 0; p < d->pages.n; p++)
        for (uint32_t i = d->pages.at[p].first; i < d->pages.at[p].end; i++) {
            const Draw *draw = &d->draws.at[i];
            if (!draw_is_content(d, draw) || reaches_side(draw) ||
                draw_inside(d, draw, ROLE_TABLE) != NODE_NONE)
                continue;
            float top = draw->y - baseline_of(draw->text.leading, STYLE_body);
            for (uint32_t l = draw->text.first; l < draw->text.end; l++)
                for (int f = -1; (f = figure_in(d, &draw->text, l, f)) >= 0;)
                    mention[f] = (Mention){
                        p, i, top + (float)(l - draw->text.first) * draw->text.leading, true};
        }
}

/* Whether something of the page ends right above a height, or begins right below one; or the page does. */
static bool is_pushed_down(const Things *things, const Thing *pull)
{
    bool pushed = false;
    for (size_t i = 0; i < things->n; i++) {
        const Thing *other = &things->at[i];
        pushed |= other->page == pull->page && other != pull && other->foot <= pull->top &&
                  pull->top - other->foot < 20;
    }
    return pushed;
}

static float page_foot(void)
{
    return (float)(layout->paper_height - layout->bottom);
}

static bool is_pushed_up(const Things *things, const Thing *pull)
{
    bool pushed = page_foot() - pull->foot < 8;
    for (size_t i = 0; i < things->n; i++) {
        const Thing *other = &things->at[i];
        pushed |= other->page == pull->page && other != pull && other->top >= pull->foot - 1 &&
                  other->top - pull->foot < WITH_CAPTION;
    }
    return pushed;
}

static void check_alone(const Things *things, const Thing *pull)
{
    for (size_t i = 0; i < things->n; i++) {
        const Thing *other = &things->at[i];
        if (other->page == pull->page && other != pull)
            MUST_SAY(other->foot <= pull->top + TOLERANCE || other->top >= pull->foot - 1,
                     "page %u: K%d at %g to %g stands over what is at %g to %g", pull->page + 1,
                     pull->figure, (double)pull->top, (double)pull->foot, (double)other->top,
                     (double)other->foot);
    }
}

typedef struct {
    unsigned level, down, up;
} Totals;

static void check_place(const Things *things, const Thing *pull, const Mention *mention,
                        Totals *totals)
{
    float off = pull->top - mention->top;
    ck_assert_msg(mention->there && mention->page == pull->page,
                  "K%d stands on page %u and its line on page %u", pull->figure, pull->page + 1,
                  mention->page + 1);
    ck_assert_uint_gt(pull->draw, mention->draw);
    ck_assert(pull->top > (float)layout->top - TOLERANCE && pull->foot < page_foot() + 1);
    if (off > TOLERANCE)
        ck_assert_msg(is_pushed_down(things, pull), "K%d stands %g too low", pull->figure,
                      (double)off);
    else if (off < -TOLERANCE)
        ck_assert_msg(is_pushed_up(things, pull), "K%d stands %g too high", pull->figure,
                      (double)-off);
    totals->down += off > TOLERANCE;
    totals->up += off < -TOLERANCE;
    totals->level += fabsf(off) <= TOLERANCE;
}

/* How many figures of a report are pulled out. */
static unsigned count_pulled(const Inline *in)
{
    unsigned n = 0;
    for (; in; in = in->next)
        n += (in->kind == INLINE_FIGURE && in->pull_out) + count_pulled(in->children);
    return n;
}

static unsigned count_in(const Block *b)
{
    unsigned n = 0;
    for (; b; b = b->next)
        n += count_pulled(b->inlines) + count_in(b->children);
    return n;
}

static unsigned check_report(const Report *report, Totals *totals)
{
    static Things things;
    Mention mention[MOST_FIGURES] = {{0, 0, 0, false}};
    unsigned left_out = 0, found = 0;
    Document *d = kit_compose(&kit, report, layout);
    char *said =
        diags_text(kit.diags, diags_print); /* each once, though pages are made several times */
    for (const char *at = said; (at = strstr(at, "no room in the side column")); at++)
        left_out++;
    free(said);
    find_things(d, &things);
    find_mentions(d, mention);
    for (size_t i = 0; i < things.n; i++) {
        if (things.at[i].figure < 0)
            continue;
        check_place(&things, &things.at[i], &mention[things.at[i].figure], totals);
        check_alone(&things, &things.at[i]);
        found++;
    }
    ck_assert_uint_eq(found + left_out, count_in(report->section[0].blocks));
    document_drop(d);
    return found;
}

START_TEST(each_stands_beside_its_line)
{
    Totals totals = {0};
    unsigned found = 0;
    for (unsigned i = 0; i < 40; i++) {
        Random random = {(uint64_t)(unsigned)_i * 1000 + i + 1};
        Report *report = pulling_report(&random);
        found += check_report(report, &totals);
        report_drop(report);
    }
    ck_assert_uint_gt(found, 100);
    ck_assert_uint_gt(totals.level, found / 8);
    ck_assert_uint_gt(totals.down, 10);
    ck_assert_uint_gt(totals.up, 10);
}
END_TEST

/* ---- one alone ------------------------------------------------------------------------------ */

/* A report of a paragraph that prints the figure K, and of what follows it. */
static Document *one_pulled(const char *what, const char *row, const char *more)
{
    StrBuf text = {0};
    strbuf_addf(
        &text,
        "---\ntitle: T\n---\n# Tema: Tal {#tal}\n\nLeder.\n\nDer er [@K]{.fremhæv%s}.\n\n%s\n\n"
        "## Nøgletal\n\n|Id|Nøgletal|Værdi|Enhed|Hvor|Periode|Forbehold|\n|-|-|-|-|-|-|-|\n%s",
        what, more, row);
    Report *report = report_of(&reports, text.p);
    Document *d = kit_compose(&kit, report, layout);
    report_drop(report);
    strbuf_drop(&text);
    return d;
}

/* The rule of the only pull-out, or NULL. */
static const Draw *rule_of(const Document *d)
{
    const Draw *found = NULL;
    for (uint32_t i = 0; i < d->draws.n; i++)
        found = is_pull_out_rule(&d->draws.at[i]) ? &d->draws.at[i] : found;
    return found;
}

START_TEST(it_reads_as_a_sentence_and_warns_in_its_colour)
{
    static const struct {
        const char *what, *row, *words;
        bool caution;
    } cases[] = {
        {"", "|K|Befolkning|254.000|indbyggere|Lambeth|2011||\n",
         "254.000 indbyggere, befolkning Lambeth, 2011 ", false},
        {" what=\"bor her\"", "|K|Unge|ca. 60|pct.|||Skøn|\n",
         "ca. 60 pct. bor her Forbehold: Skøn. ", true},
        {"", "|K|Talte sprog|anslået mere end 150|sprog||||\n", "anslået mere end 150 talte sprog ",
         false},
    };
    Document *d = one_pulled(cases[_i].what, cases[_i].row, "");
    const Draw *rule = rule_of(d);
    ck_assert_ptr_nonnull(rule);
    ck_assert_uint_eq(rule->line.colour,
                      layout->colour[cases[_i].caution ? COLOUR_caution : COLOUR_primary]);
    StrBuf text = {0};
    for (const Draw *t = rule + 1; t->kind == DRAW_TEXT && t->owner == rule[1].owner; t++)
        add_drawn_words(&text, d, &t->text);
    for (char *at = text.p;
         at && (at = strstr(at, "\xC2\xA0"));) { /* a space that no line breaks at */
        *at = ' ';
        memmove(at + 1, at + 2, strlen(at + 2) + 1);
    }
    ck_assert_str_eq(text.p, cases[_i].words);
    strbuf_drop(&text);
    document_drop(d);
}
END_TEST

/* Its element stands right behind the paragraph's. */
START_TEST(it_is_read_behind_its_paragraph)
{
    Document *d = one_pulled("", "|K|Tal|7|||||\n", "Efter.");
    Node paragraph = find(d, "Der er")->owner, after = find(d, "Efter")->owner;
    Node own = rule_of(d)[1].owner, box = d->nodes.at[own].parent;
    ck_assert_uint_eq(d->nodes.at[box].parent, d->nodes.at[paragraph].parent);
    ck_assert(paragraph < box && own < after);
    document_drop(d);
}
END_TEST

START_TEST(the_later_of_two_moves_down)
{
    const char *const more =
        "Og [@L]{.fremhæv}.\n\nEn.\n\nTo.\n\nTre.\n\nFire.\n\nFem.\n\nSeks.\n\nSyv.";
    Document *d = one_pulled("", "|K|Tal|7|||||\n|L|Tal|8|||||\n", more);
    const Draw *rule[2] = {NULL, NULL};
    for (size_t i = d->draws.n; i-- > 0;)
        if (is_pull_out_rule(&d->draws.at[i])) {
            rule[1] = rule[0];
            rule[0] = &d->draws.at[i];
        }
    ck_assert_ptr_nonnull(rule[1]);
    const Draw *text = find(d, "Der er");
    float level = text->y - baseline_of(text->text.leading, STYLE_body);
    const Draw *last = rule[0] + 1;
    while (last[1].kind == DRAW_TEXT && last[1].owner == last->owner)
        last++;
    float between = rule[1]->y - foot_of(last);
    ck_assert_msg(fabsf(rule[0]->y - level) < TOLERANCE, "the first isn't level");
    ck_assert_msg(between > 10 && between < 18, "the second is %g below it", (double)between);
    document_drop(d);
}
END_TEST

START_TEST(without_a_side_column_the_text_has_it)
{
    layout->text_width = layout_live_width(layout);
    Document *d = one_pulled("", "|K|Tal|7|||||\n", "");
    ck_assert_ptr_null(rule_of(d));
    find(d, "Der er 7.");
    kit_check_clean(&kit);
    document_drop(d);
}
END_TEST

static void check_said(const char *what, const char *row, const char *more, const char *message)
{
    Document *d = one_pulled(what, row, more);
    char *said = diags_text(kit.diags, diags_print);
    ck_assert_msg(strstr(said, message) != NULL, "'%s' isn't in '%s'", message, said);
    free(said);
    document_drop(d);
}

START_TEST(what_has_no_room_is_told)
{
    const char *const table = "| A | B | C |\n|---|---|---|\n| 1 | 2 | 3 |";
    StrBuf what = {0};
    check_said("", "|K|Tal|123.456.789.012|kr.||||\n", "",
               "8:8: warning: the key figure 'K' has no room in the side column");
    strbuf_add_text(&what, " what=\"");
    for (int i = 0; i < 150; i++)
        strbuf_add_text(&what, "ord og ");
    strbuf_add_text(&what, "ord\"");
    check_said(what.p, "|K|Tal|7|||||\n", "",
               "8:8: warning: the key figure 'K' has no room in the side column");
    check_said(
        "",
        "|K|Tal|7||Lambeth|2011|Et skøn, som ingen kan sige noget sikkert om, og som er fra 2011|\n",
        table, "8:8: warning: what is pulled out here leaves a hole in the text on page 1");
    strbuf_drop(&what);
}
END_TEST

/* A page of a visit begins with its heading and the first lines, however many facts stand above what is pulled out. */
START_TEST(a_long_card_leaves_no_room_for_it)
{
    enum { FACTS = 8, FEW = 3 };
    StrBuf text = {0};
    strbuf_add_text(&text, "---\ntitle: T\n---\n# Tema: Tal {#tal}\n\nLeder.\n\n"
                           "## Besøg: Et sted {place=\"Gaden\" date=2012-08-29}\n\n```facts\n");
    for (int i = 0; i < _i; i++)
        strbuf_addf(&text,
                    "Fakta %d: sagt med så mange ord, at det fylder fire korte linjer ved "
                    "siden af en anden tekst\n",
                    i);
    strbuf_add_text(&text, "```\n\nDer er [@K]{.fremhæv what=\"som nogen har talt, og som er sagt "
                           "med mange ord, der fylder\"}.\n\n## Nøgletal\n\n"
                           "|Id|Nøgletal|Værdi|Forbehold|\n|-|-|-|-|\n|K|Tal|7|Et skøn, som ingen "
                           "kan sige noget sikkert om|\n");
    Report *report = report_of(&reports, text.p);
    Document *d = kit_compose(&kit, report, layout);
    char *said = diags_text(kit.diags, diags_print);
    ck_assert_msg(!strstr(said, "[pages]"), "%s", said);
    if (_i <= FEW || _i == FACTS) {
        ck_assert_int_eq(rule_of(d) != NULL, _i <= FEW);
        ck_assert_int_eq(strstr(said, "the key figure 'K' has no room") != NULL, _i > FEW);
    }
    free(said);
    document_drop(d);
    report_drop(report);
    strbuf_drop(&text);
}
END_TEST

Suite *pull_outs_suite(void)
{
    Suite *s = suite_create("pull_outs");
    TCase *c = tcase_create("pull_outs");
    tcase_add_checked_fixture(c, body_begin, body_end);
    tcase_set_timeout(c, 120);
    tcase_add_loop_test(c, each_stands_beside_its_line, 0, 4);
    tcase_add_loop_test(c, it_reads_as_a_sentence_and_warns_in_its_colour, 0, 3);
    tcase_add_test(c, it_is_read_behind_its_paragraph);
    tcase_add_test(c, the_later_of_two_moves_down);
    tcase_add_test(c, without_a_side_column_the_text_has_it);
    tcase_add_test(c, what_has_no_room_is_told);
    tcase_add_loop_test(c, a_long_card_leaves_no_room_for_it, 1, 9);
    suite_add_tcase(s, c);
    return s;
}
