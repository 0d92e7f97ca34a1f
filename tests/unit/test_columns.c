/* Text in columns: against every other way to break the same units, and what holds of random reports
 * whatever the number of columns. */
#include <check.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#include "plan_support.h"
#include "report_support.h"
#include "suites.h"

enum { COLUMN_LINES = 20 };

#if SANITIZED
enum { BLOCKS = 150, FLOATED = 24, REPORTS = 40 };
#else
enum { BLOCKS = 600, FLOATED = 60, REPORTS = 150 };
#endif

static Kit kit;
static Layout *layout;

/* A layout with nothing but the report's text, in columns. */
static Layout *columned(int columns, double rule)
{
    Layout *l = kit_body_layout(&kit);
    l->columns = columns;
    l->gutter = 20;
    l->column_rule = rule;
    l->text_width = (layout_live_width(l) - l->gutter * (columns - 1)) / columns;
    return l;
}

static void begin(void)
{
    kit_open(&kit, 1);
}

static void end(void)
{
    kit_close(&kit);
}

/* ---- against all other ways ----------------------------------------------------------------- */

static Blocks random_blocks(Random *random)
{
    Blocks b = {.n = 0};
    for (uint32_t n = 3 + random_below(random, MOST_UNITS - 2); n > 0; n--) {
        uint32_t lines = 1 + random_below(random, 9);
        add_rule_unit(&b, lines, n > 1 && random_once_in(random, 5), false);
    }
    return b;
}

/* The cost of the `at`-th column of all, with these blocks; FLT_MAX when it can't be. */
static float cost_of_column(const Blocks *b, size_t from, size_t to, size_t at)
{
    float lines = lines_between(b, from, to), missing = COLUMN_LINES - lines;
    if (missing < 0 || (to < b->n && b->unit[to - 1].keep_next))
        return FLT_MAX;
    bool begins_page = at > 0 && at % (size_t)layout->columns == 0;
    if (to == b->n)
        return begins_page ? cost_of_last(lines / (float)layout->columns, COLUMN_LINES) : 0;
    return cost_of_missing(missing);
}

/* `breaks` has a bit for each block that begins a column. Gives the block that begins the last page. */
static float cost_of(const Blocks *b, unsigned breaks, size_t *last_page)
{
    float cost = 0;
    size_t from = 0, column = 0;
    *last_page = 0;
    for (size_t i = 1; i <= b->n; i++) {
        if (i < b->n && !(breaks >> i & 1))
            continue;
        float one = cost_of_column(b, from, i, column);
        if (one >= FLT_MAX)
            return FLT_MAX;
        if (column % (size_t)layout->columns == 0)
            *last_page = from;
        cost += one;
        from = i;
        column++;
    }
    return cost;
}

/* The least height that the blocks from `from` on have in so many columns. */
static float least_height(const Blocks *b, size_t from, int columns)
{
    float least = FLT_MAX;
    for (size_t to = from + 1; to <= b->n; to++) {
        if (to < b->n && (columns == 1 || b->unit[to - 1].keep_next))
            continue;
        float rest = to < b->n ? least_height(b, to, columns - 1) : 0;
        least = fminf(least, fmaxf(lines_between(b, from, to), rest));
    }
    return least;
}

typedef struct {
    unsigned earlier; /* breaks before the last page, and that at its beginning */
    size_t last_page;
    float height; /* of the highest column there */
} Found;

static Found found_by(const Composer *c, const Blocks *b)
{
    Found found = {.last_page = 0};
    size_t begins = 0;
    for (size_t i = 0; i < c->plan.starts.n; i++) {
        PageStart start = c->plan.starts.at[i];
        MUST(start.line == 0 && start.unit > 0);
        if (start.page) {
            found.last_page = start.unit;
            begins = i + 1;
        }
    }
    for (size_t i = 0; i < begins; i++)
        found.earlier |= 1u << c->plan.starts.at[i].unit;
    size_t from = found.last_page;
    for (size_t i = begins; i <= c->plan.starts.n; i++) {
        size_t to = i < c->plan.starts.n ? c->plan.starts.at[i].unit : b->n;
        found.height = fmaxf(found.height, lines_between(b, from, to));
        from = to;
    }
    return found;
}

/* What the pages cost at least, all ways or only those that have these before the last page. */
static float least_cost(const Blocks *b, const Found *only)
{
    float least = FLT_MAX;
    for (unsigned breaks = 0; breaks < 1u << b->n; breaks += 2) {
        size_t last;
        float cost = cost_of(b, breaks, &last);
        unsigned earlier = last ? breaks & ((2u << last) - 1) : 0;
        if (!only || (last == only->last_page && earlier == only->earlier))
            least = fminf(least, cost);
    }
    return least;
}

static void check_blocks(Random *random, int round, size_t *balanced)
{
    Blocks b = random_blocks(random);
    Document *document = document_new(text_words(kit.text));
    Composer c = {.l = layout, .diags = kit.diags, .d = document};
    c.place.in_columns = true;
    MUST(plan_pages(&c, b.unit, b.n, true) == b.n);
    Found found = found_by(&c, &b);
    float least = least_cost(&b, NULL), chosen = least_cost(&b, &found);
    if (least < FLT_MAX) {
        MUST_SAY(chosen <= least + 0.01f, "round %d: %g is not the least, %g", round,
                 (double)chosen, (double)least);
        float best = least_height(&b, found.last_page, layout->columns);
        MUST_SAY(found.height <= best + 0.3f, "round %d: columns of %g lines could have %g", round,
                 (double)found.height, (double)best);
        *balanced += c.plan.starts.n > 0;
    }
    plan_drop(&c.plan);
    document_drop(document);
}

START_TEST(no_other_way_is_better)
{
    Random random = {(uint64_t)_i};
    size_t balanced = 0;
    layout = columned(_i, 0);
    layout->bottom = layout->paper_height - layout->top - COLUMN_LINES * LINE;
    layout->first_bottom = layout->bottom;
    for (int round = 0; round < BLOCKS; round++)
        check_blocks(&random, round, &balanced);
    ck_assert_uint_gt(balanced, BLOCKS / 3);
    layout_drop(layout);
}
END_TEST

/* Below what opens a part text begins, in all columns that have room for it: also where less of a paragraph
 * stands in one than had room, so that some can follow in the next. */
START_TEST(text_begins_below_what_opens_a_part)
{
    enum { LEFT = 5 };
    layout = columned(2, 0);
    GlyphLine line[20] = {{0}};
    GlyphPara one = {.line = line, .lines = 2}, six = {.line = line, .lines = 6},
              many = {.line = line, .lines = 20};
    Spec heading = {.para = &one}, opening = {.para = &six}, text = {.para = &many};
    const Style *style = &layout->style[STYLE_body];
    float bottom = (float)(layout->paper_height - layout->bottom);
    Unit units[12] = {
        {.kind = UNIT_TEXT, .spec = &heading, .style = style, .keep_next = true},
        {.kind = UNIT_TEXT, .spec = &opening, .style = style, .leads_on = true},
    };
    units[2] = (Unit){.kind = UNIT_DRAWING, .height = 4 * LINE};
    for (size_t i = 3; i < 12; i++)
        units[i] = (Unit){.kind = UNIT_TEXT, .spec = &text, .style = style};
    Document *document = document_new(text_words(kit.text));
    Composer c = {.l = layout, .diags = kit.diags, .d = document};
    c.place = (Place){.open = true,
                      .in_columns = true,
                      .begins = true,
                      .opening = true,
                      .band_top = bottom - LEFT * (float)style->leading,
                      .y = bottom - LEFT * (float)style->leading,
                      .foot = {bottom, bottom}};
    plan_pages(&c, units, 12, true);
    ck_assert_uint_ge(c.plan.starts.n, 2);
    ck_assert_uint_eq(c.plan.starts.at[0].unit, 1);
    ck_assert_uint_eq(c.plan.starts.at[0].line, 2);
    ck_assert(!c.plan.starts.at[0].page);
    ck_assert_uint_eq(c.plan.starts.at[1].unit, 1);
    ck_assert_uint_eq(c.plan.starts.at[1].line, 4);
    ck_assert(c.plan.starts.at[1].page);
    plan_drop(&c.plan);
    document_drop(document);
    layout_drop(layout);
}
END_TEST

/* What is left of a paragraph stands in the other column rather than overleaf with a box about it, though the box then begins
 * the page; but not if the box says how far it holds. */
START_TEST(the_rest_of_a_paragraph_fills_the_other_column)
{
    enum { LEFT = 3, LINES = 5 };
    layout = columned(2, 0);
    GlyphLine line[20] = {{0}};
    GlyphPara five = {.line = line, .lines = LINES}, many = {.line = line, .lines = 20};
    Spec short_text = {.para = &five}, text = {.para = &many};
    const Style *style = &layout->style[STYLE_body];
    float bottom = (float)(layout->paper_height - layout->bottom);
    for (int caveat = 0; caveat < 2; caveat++) {
        Unit units[8] = {{.kind = UNIT_TEXT, .spec = &short_text, .style = style},
                         {.kind = UNIT_OPEN, .follows = true, .caveat = caveat, .whole = true},
                         {.kind = UNIT_DRAWING, .height = 5 * LINE},
                         {.kind = UNIT_CLOSE}};
        for (size_t i = 4; i < 8; i++)
            units[i] = (Unit){.kind = UNIT_TEXT, .spec = &text, .style = style};
        Document *document = document_new(text_words(kit.text));
        Composer c = {.l = layout, .diags = kit.diags, .d = document};
        float top = bottom - LEFT * (float)style->leading;
        c.place = (Place){.open = true,
                          .in_columns = true,
                          .bound = true, /* to its heading */
                          .band_top = top,
                          .y = top,
                          .foot = {bottom, bottom}};
        plan_pages(&c, units, 8, true);
        ck_assert_uint_ge(c.plan.starts.n, 2);
        bool fills = !c.plan.starts.at[0].page && c.plan.starts.at[0].unit == 0 &&
                     c.plan.starts.at[1].page && c.plan.starts.at[1].unit == 1;
        ck_assert(fills == !caveat);
        plan_drop(&c.plan);
        document_drop(document);
    }
    layout_drop(layout);
}
END_TEST

/* ---- where columns end ------------------------------------------------------------------------ */

/* Plans units in two columns of COLUMN_LINES lines. */
static void plan_two_columns(Composer *c, const Unit *units, size_t n)
{
    float leading = (float)layout->style[STYLE_body].leading;
    layout->bottom = layout->paper_height - layout->top - COLUMN_LINES * (double)leading;
    layout->first_bottom = layout->bottom;
    *c = (Composer){.l = layout, .diags = kit.diags, .d = document_new(text_words(kit.text))};
    c->place.in_columns = true;
    plan_pages(c, units, n, true);
}

static void drop_plan(Composer *c)
{
    plan_drop(&c->plan);
    document_drop(c->d);
}

/* The second of two columns begins with a line of a unit; there is no other page. */
static void check_second_column(const Unit *units, size_t n, size_t unit, uint32_t line)
{
    Composer c;
    plan_two_columns(&c, units, n);
    ck_assert_uint_eq(c.plan.starts.n, 1);
    ck_assert_uint_eq(c.plan.starts.at[0].unit, unit);
    ck_assert_uint_eq(c.plan.starts.at[0].line, line);
    drop_plan(&c);
}

/* A word goes on in the next column where columns are then level. */
START_TEST(words_go_on_in_level_columns)
{
    layout = columned(2, 0);
    GlyphLine line[4] = {{0}, {.flags = LINE_HYPHENATED}};
    GlyphPara para = {.line = line, .lines = 4};
    Spec text = {.para = &para};
    const Style *style = &layout->style[STYLE_body];
    Unit units[3] = {{.kind = UNIT_DRAWING, .height = 5 * (float)style->leading, .keep_next = true},
                     {.kind = UNIT_TEXT, .spec = &text, .style = style},
                     {.kind = UNIT_DRAWING, .height = 5 * (float)style->leading}};
    check_second_column(units, 3, 1, 2);
    layout_drop(layout);
}
END_TEST

/* A title begins the page on which columns hold all of the few short texts below it: not half of them do where none is
 * broken, and one column has more of them than the other. */
START_TEST(few_texts_need_room_for_the_longest_column)
{
    layout = columned(2, 0);
    GlyphLine line[2] = {{0}};
    GlyphPara one = {.line = line, .lines = 1}, two = {.line = line, .lines = 2};
    Spec title = {.para = &one}, text = {.para = &two};
    const Style *style = &layout->style[STYLE_body];
    const Unit item = {.kind = UNIT_TEXT, .spec = &text, .style = style};
    for (int left = 2; left < 6; left++) {
        float above = (COLUMN_LINES - 1 - (float)left - 0.5f) * (float)style->leading;
        const Unit units[] = {{.kind = UNIT_DRAWING, .height = above, .span = true},
                              {.kind = UNIT_TEXT,
                               .spec = &title,
                               .style = style,
                               .span = true,
                               .opens = true,
                               .keep_next = true},
                              item,
                              item,
                              item};
        Composer c;
        plan_two_columns(&c, units, 0);
        c.place.in_columns = false;
        plan_pages(&c, units, 5, true);
        ck_assert_msg(c.plan.starts.n == (left < 4), "%d lines are left below the title", left);
        drop_plan(&c);
    }
    layout_drop(layout);
}
END_TEST

/* What says what follows over all columns stands above it in columns that are level all the same. */
START_TEST(columns_are_level_above_what_they_lead_on_to)
{
    layout = columned(2, 0);
    GlyphLine line[5] = {{0}};
    GlyphPara para = {.line = line, .lines = 5};
    Spec text = {.para = &para};
    const Style *style = &layout->style[STYLE_body];
    Unit units[3] = {{.kind = UNIT_TEXT, .spec = &text, .style = style},
                     {.kind = UNIT_TEXT, .spec = &text, .style = style, .leads_on = true},
                     {.kind = UNIT_DRAWING, .height = 4 * LINE, .span = true}};
    check_second_column(units, 3, 1, 0);
    layout_drop(layout);
}
END_TEST

/* Fewer lines than all columns can have a share of don't stand alone above what goes over all of them. */
START_TEST(no_scrap_above_what_goes_over_all_columns)
{
    layout = columned(2, 0);
    GlyphLine line[2 * COLUMN_LINES + 5] = {{0}};
    GlyphPara para = {.line = line};
    Spec text = {.para = &para};
    Unit units[2] = {{.kind = UNIT_TEXT, .spec = &text, .style = &layout->style[STYLE_body]},
                     {.kind = UNIT_DRAWING, .height = LINE, .span = true}};
    for (uint32_t more = 2; more <= 5; more++) {
        Composer c;
        para.lines = 2 * COLUMN_LINES + more;
        plan_two_columns(&c, units, 2);
        ck_assert_uint_eq(c.plan.starts.n, 3);
        ck_assert(c.plan.starts.at[1].page);
        ck_assert_uint_le(c.plan.starts.at[1].line, para.lines - 4);
        ck_assert_uint_le(c.plan.starts.at[2].line, para.lines - 2);
        drop_plan(&c);
    }
    layout_drop(layout);
}
END_TEST

/* ---- of random reports ---------------------------------------------------------------------- */

static int column_of(const Layout *l, float x)
{
    return (int)floorf((x - (float)l->left + 0.5f) / (float)(l->text_width + l->gutter));
}

/* Downwards in a column, then at the top of the next; nothing below the frame; no heading at a foot; no
 * single line of a longer text by itself. */
static void check_columns(const Document *d, const Layout *l, int seed)
{
    float bottom = (float)(l->paper_height - l->bottom);
    for (uint32_t page = 0; page < d->pages.n; page++) {
        const Draw *last = NULL;
        for (uint32_t i = d->pages.at[page].first; i < d->pages.at[page].end; i++) {
            const Draw *draw = &d->draws.at[i];
            if (!draw_is_content(d, draw))
                continue;
            uint32_t lines = draw->text.end - draw->text.first, all = draw->text.para->lines;
            MUST_SAY(draw_foot(draw) <= bottom, "report %d, page %u: below the frame", seed,
                     page + 1);
            MUST_SAY(lines == all || lines >= 2 || draw_is_in_note(d, draw),
                     "report %d, page %u: a line alone", seed, page + 1);
            MUST_SAY(lines == all || all >= ORPHANS + WIDOWS || draw_is_in_note(d, draw),
                     "report %d, page %u: a short text is parted", seed, page + 1);
            if (last && node_is_heading(d, draw_owner(last)))
                MUST_SAY(draw->y > last->y, "report %d, page %u: a heading at a foot", seed,
                         page + 1);
            last = draw;
        }
        MUST_SAY(!last || !node_is_heading(d, draw_owner(last)),
                 "report %d, page %u: a heading alone", seed, page + 1);
    }
}

/* Where the footnotes of a column begin, or its foot. */
static float rule_of(const Document *d, uint32_t page, const Layout *l, int column)
{
    for (uint32_t i = d->pages.at[page].first; i < d->pages.at[page].end; i++) {
        const Draw *draw = &d->draws.at[i];
        if (draw_is_note_rule(draw, l) && column_of(l, draw->x) == column)
            return draw->y;
    }
    return (float)(l->paper_height - l->bottom);
}

static void check_notes(const Document *d, const Layout *l, int seed)
{
    for (uint32_t page = 0; page < d->pages.n; page++) {
        for (uint32_t i = d->pages.at[page].first; i < d->pages.at[page].end; i++) {
            const Draw *draw = &d->draws.at[i];
            if (!draw_is_content(d, draw))
                continue;
            float rule = rule_of(d, page, l, column_of(l, draw->x));
            if (draw_is_in_note(d, draw))
                MUST_SAY(draw->y > rule, "report %d, page %u: a note above its rule", seed,
                         page + 1);
            else
                MUST_SAY(draw_foot(draw) < rule, "report %d, page %u: text below the rule", seed,
                         page + 1);
        }
    }
}

START_TEST(nothing_is_lost_and_promises_hold)
{
    ReportKit reports;
    report_kit_open(&reports, &kit);
    Layout *one = columned(1, 0);
    layout = columned(_i, 0.5);
    for (int seed = 1; seed <= REPORTS; seed++) {
        unsigned notes;
        Report *report = random_report(&reports, seed, &notes);
        Document *single = kit_compose(&kit, report, one);
        Document *d = kit_compose(&kit, report, layout);
        check_whole(d, seed);
        MUST_SAY(count_texts(d) == count_texts(single), "report %d: a text is lost", seed);
        check_columns(d, layout, seed);
        check_notes(d, layout, seed);
        check_note_pages(d, notes, 0, seed);
        free(diags_text(kit.diags, diags_print));
        document_drop(single);
        document_drop(d);
        report_drop(report);
    }
    layout_drop(one);
    layout_drop(layout);
    report_kit_close(&reports);
}
END_TEST

/* ---- what floats ------------------------------------------------------------------------------ */

enum { TEXTS = 30 };

/* Paragraphs, a table over all columns, and more of them, of lengths that differ by round; in some rounds with notes. */
static Report *report_with_table(ReportKit *reports, int round, unsigned *notes)
{
    Random random = {(uint64_t)round};
    StrBuf text = {0};
    *notes = round % 3 ? 0 : TEXTS;
    strbuf_add_text(&text, "---\ntitle: Spalter\n---\n# Tema: Et {#et}\n\nIndledning.\n");
    for (int i = 0; i < TEXTS; i++) {
        strbuf_add_text(&text, "\n");
        if (i == 4 + round % 6) {
            strbuf_add_text(&text, "| A | B | C | D |\n|---|---|---|---|\n");
            for (int row = 0; row < 8; row++)
                strbuf_add_text(&text,
                                "| nu | i bydelen og hos kommunen | at finde lettere hjælp ved "
                                "kommunen | hos borgerne i bydelen |\n");
            strbuf_add_text(&text, "\nTabel: Efter bydel\n\n");
        }
        add_random_words(&text, &random, 30 + random_below(&random, 70));
        if (*notes)
            strbuf_addf(&text, "[^n%d].\n\n[^n%d]: Nummer %d", i, i, i);
        strbuf_add_text(&text, ".\n");
    }
    Report *report = report_of(reports, text.p);
    strbuf_drop(&text);
    return report;
}

/* What stands on one page is drawn in the order of the structure. */
static void check_order(const Document *d, int round)
{
    for (uint32_t page = 0; page < d->pages.n; page++) {
        Node last = 0;
        for (uint32_t i = d->pages.at[page].first; i < d->pages.at[page].end; i++) {
            if (!draw_is_content(d, &d->draws.at[i]) || draw_is_in_note(d, &d->draws.at[i]))
                continue;
            Node node = draw_owner(&d->draws.at[i]);
            MUST_SAY(node >= last, "report %d, page %u: drawn in another order than read", round,
                     page + 1);
            last = node;
        }
    }
}

static bool is_body(const Document *d, const Draw *draw)
{
    return draw && document_role(d, draw_owner(draw)) == ROLE_P &&
           draw->text.leading == (float)layout->style[STYLE_body].leading;
}

/* A paragraph is indented where it begins below another, wherever it has moved to, and flush below a table. */
static void check_indents(const Document *d, int round)
{
    bool *begun = mem_zalloc(d->nodes.n * sizeof *begun);
    const Draw *above = NULL;
    for (uint32_t i = 0; i < d->draws.n; i++) {
        const Draw *draw = &d->draws.at[i];
        if (!draw_is_content(d, draw) || draw_is_in_note(d, draw))
            continue;
        if (is_body(d, draw) && !begun[draw_owner(draw)])
            MUST_SAY((draw->text.para->line[0].x > 0) == is_body(d, above),
                     "report %d: a paragraph is indented where it shouldn't be, or not", round);
        begun[draw_owner(draw)] = true;
        above = draw;
    }
    mem_free(begun);
}

/* The first text of a page, or the lowest of those in a column of it; or NULL. */
static const Draw *first_text(const Document *d, uint32_t page)
{
    for (uint32_t i = d->pages.at[page].first; i < d->pages.at[page].end; i++)
        if (draw_is_content(d, &d->draws.at[i]))
            return &d->draws.at[i];
    return NULL;
}

static float foot_of_column(const Document *d, uint32_t page, int column)
{
    float foot = 0;
    for (uint32_t i = d->pages.at[page].first; i < d->pages.at[page].end; i++)
        if (draw_is_content(d, &d->draws.at[i]) && column_of(layout, d->draws.at[i].x) == column)
            foot = fmaxf(foot, draw_foot(&d->draws.at[i]) + d->draws.at[i].text.leading);
    return foot;
}

typedef struct {
    int floating, whole, parted; /* tables that text from behind stands above, and how */
} Floated;

/* The texts behind a table that stand on pages before it. */
static void count_floated(const Document *d, uint32_t page, Node table, Floated *n)
{
    Node last = NODE_NONE;
    for (uint32_t i = 0; i < d->pages.at[page].first; i++)
        if (draw_is_content(d, &d->draws.at[i]) && draw_owner(&d->draws.at[i]) > table &&
            !draw_is_in_note(d, &d->draws.at[i]))
            last = draw_owner(&d->draws.at[i]);
    if (last == NODE_NONE)
        return;
    bool parted = false;
    for (uint32_t i = d->pages.at[page].first; i < d->draws.n; i++)
        parted |= draw_is_content(d, &d->draws.at[i]) && draw_owner(&d->draws.at[i]) == last;
    n->floating++;
    n->parted += parted;
    n->whole += !parted;
}

/* Above a table that has no room below the columns text from behind it fills them, and it begins the next page. */
START_TEST(text_fills_columns_above_what_floats)
{
    ReportKit reports;
    report_kit_open(&reports, &kit);
    layout = columned(_i, 0);
    layout->style[STYLE_body].indent = 12;
    Floated n = {0, 0, 0};
    for (int round = 0; round < FLOATED; round++) {
        unsigned notes;
        Report *report = report_with_table(&reports, round, &notes);
        Document *d = kit_compose(&kit, report, layout);
        float bottom = (float)(layout->paper_height - layout->bottom);
        check_whole(d, round);
        check_order(d, round);
        check_indents(d, round);
        check_note_pages(d, notes, 0, round);
        for (uint32_t page = 1; page < d->pages.n; page++) {
            const Draw *first = first_text(d, page);
            if (!first || draw_inside(d, first, ROLE_TABLE) == NODE_NONE)
                continue;
            count_floated(d, page, draw_owner(first), &n);
            for (int column = 0; column < _i; column++)
                MUST_SAY(foot_of_column(d, page - 1, column) > bottom - 4 * first->text.leading,
                         "report %d: column %d ends above the foot of page %u", round, column + 1,
                         page);
        }
        document_drop(d);
        report_drop(report);
    }
    ck_assert_int_gt(n.whole, 0);
    ck_assert_int_gt(n.parted, FLOATED / 12);
    layout_drop(layout);
    report_kit_close(&reports);
}
END_TEST

/* Where hardly anything may move above a table, that is torn rather than that much of a page stays empty. */
START_TEST(tables_leave_little_above_the_foot)
{
    ReportKit reports;
    report_kit_open(&reports, &kit);
    layout = columned(2, 0);
    for (int words = 100; words < 700; words += 20) {
        Random random = {(uint64_t)words};
        StrBuf text = {0};
        strbuf_add_text(&text, "---\ntitle: Spalter\n---\n# Tema: Et {#et}\n\nIndledning.\n\n");
        add_random_words(&text, &random, (uint32_t)words);
        strbuf_add_text(&text, ".\n\n| A | B | C |\n|---|---|---|\n");
        for (int row = 0; row < 16; row++)
            strbuf_add_text(&text,
                            "| nu | i bydelen og hos kommunen, hvor de er | at finde lettere "
                            "hjælp ved kommunen end hos andre |\n");
        strbuf_add_text(&text, "\nTabel: Efter bydel\n\n");
        add_random_words(&text, &random, 40);
        strbuf_add_text(&text, ".\n\n## Mere\n\nOg nu er det slut.\n");
        Report *report = report_of(&reports, text.p);
        Document *d = kit_compose(&kit, report, layout);
        float bottom = (float)(layout->paper_height - layout->bottom);
        const Draw *first = d->pages.n > 1 ? first_text(d, 1) : NULL;
        if (first && draw_inside(d, first, ROLE_TABLE) != NODE_NONE)
            MUST_SAY(fmaxf(foot_of_column(d, 0, 0), foot_of_column(d, 0, 1)) >
                         bottom - 10 * (float)layout->style[STYLE_body].leading,
                     "with %d words much of the page stays empty", words);
        document_drop(d);
        report_drop(report);
        strbuf_drop(&text);
    }
    layout_drop(layout);
    report_kit_close(&reports);
}
END_TEST

/* ---- boxes that are joined --------------------------------------------------------------------- */

typedef struct {
    float inset; /* of its first baseline; less than 0 where it goes on from elsewhere */
    bool head;   /* nothing stands above it in its column */
} BoxTop;

static BoxTop top_of_box(const Document *d, uint32_t page, const Draw *box)
{
    BoxTop top = {-1, true};
    for (uint32_t i = d->pages.at[page].first; i < d->pages.at[page].end; i++) {
        const Draw *draw = &d->draws.at[i];
        if (!draw_is_content(d, draw) || column_of(layout, draw->x) != column_of(layout, box->x))
            continue;
        top.head &= draw->y >= box->y;
        bool first = draw->y >= box->y && draw->y < box->y + box->h && top.inset < 0;
        if (first && draw->text.first == 0)
            top.inset = draw->y - box->y;
        else if (first)
            break;
    }
    return top;
}

/* Beside each other all stand as far below the tops of their boxes; below each other there is a joint. */
START_TEST(joined_boxes_beside_each_other_are_level)
{
    ReportKit reports;
    report_kit_open(&reports, &kit);
    layout = columned(2, 0);
    layout->box.padding = 2;
    layout->box.joint = 7;
    int joined = 0, beside = 0;
    float alone = 0; /* the inset of a box that is joined to none above it */
    for (uint32_t words = 60; words < 300; words += 10) {
        Random random = {words};
        StrBuf text = {0};
        strbuf_add_text(&text, "---\ntitle: Spalter\n---\n# Tema: Et {#et}\n\n");
        add_random_words(&text, &random, words);
        for (int box = 0; box < 3; box++) {
            strbuf_add_text(&text, ".\n\n> [!FORBEHOLD] Det\n> ");
            add_random_words(&text, &random, 60);
        }
        strbuf_add_text(&text, ".\n");
        Report *report = report_of(&reports, text.p);
        Document *d = kit_compose(&kit, report, layout);
        for (uint32_t page = 0; page < d->pages.n; page++) {
            int boxes = 0;
            for (uint32_t i = d->pages.at[page].first; i < d->pages.at[page].end; i++) {
                const Draw *box = &d->draws.at[i];
                if (box->kind != DRAW_FILL ||
                    box->line.colour != layout->colour[COLOUR_caution_tint])
                    continue;
                BoxTop top = top_of_box(d, page, box);
                bool joint = boxes++ > 0 && !top.head;
                joined += joint;
                beside += boxes > 1 && top.head;
                alone = alone > 0 ? alone : top.inset;
                MUST_SAY(top.inset < 0 || fabsf(top.inset - alone - (joint ? 5 : 0)) < 0.01f,
                         "with %u words: %g points below the top of box %d", words,
                         (double)top.inset, boxes);
            }
        }
        document_drop(d);
        report_drop(report);
        strbuf_drop(&text);
    }
    ck_assert_int_gt(joined, 0);
    ck_assert_int_gt(beside, 0);
    layout_drop(layout);
    report_kit_close(&reports);
}
END_TEST

/* ---- code over all columns -------------------------------------------------------------------- */

/* Where rules over all columns are, and the code between them. */
typedef struct {
    const Draw *rule[2], *first, *last;
    uint32_t rule_page[2], first_page, last_page;
    unsigned rules;
} RuledCode;

static bool is_rule_over_all(const Draw *draw)
{
    return draw->kind == DRAW_FILL && draw->h > 0 && draw->h < 1 &&
           draw->line.colour == layout->colour[COLOUR_line] &&
           draw->w > (float)layout_live_width(layout) - 1;
}

static RuledCode ruled_code(const Document *d)
{
    RuledCode found = {.rules = 0};
    for (uint32_t page = 0; page < d->pages.n; page++) {
        for (uint32_t i = d->pages.at[page].first; i < d->pages.at[page].end; i++) {
            const Draw *draw = &d->draws.at[i];
            if (is_rule_over_all(draw) && found.rules++ < 2) {
                found.rule[found.rules - 1] = draw;
                found.rule_page[found.rules - 1] = page;
            }
            if (!draw_is_content(d, draw) || draw_inside(d, draw, ROLE_CODE) == NODE_NONE)
                continue;
            found.first_page = found.first ? found.first_page : page;
            found.first = found.first ? found.first : draw;
            found.last_page = page;
            found.last = draw;
        }
    }
    return found;
}

static Document *compose_code(ReportKit *reports, uint32_t words, int lines, const char *line)
{
    Random random = {words};
    StrBuf text = {0};
    strbuf_add_text(&text, "---\ntitle: Spalter\n---\n# Tema: Et {#et}\n\nIndledning.\n\n");
    add_random_words(&text, &random, words);
    strbuf_add_text(&text, ":\n\n```\n");
    for (int i = 0; i < lines; i++)
        strbuf_add_text(&text, line);
    strbuf_add_text(&text, "```\n\n");
    add_random_words(&text, &random, 60);
    strbuf_add_text(&text, ".\n");
    Report *report = report_of(reports, text.p);
    Document *d = kit_compose(&kit, report, layout);
    report_drop(report);
    strbuf_drop(&text);
    return d;
}

#define WIDE_LINE "en linje, som er for lang til en spalte og går hen over begge\n"

/* One stands above the first line of code and one below the last, on their pages. */
static void check_ruled(const Document *d)
{
    float leading = (float)layout->style[STYLE_code].leading;
    RuledCode c = ruled_code(d);
    MUST(c.rules == 2 && c.first);
    MUST(c.rule_page[0] == c.first_page && c.rule_page[1] == c.last_page);
    float above = c.first->y - c.rule[0]->y, below = c.rule[1]->y - draw_foot(c.last);
    MUST(above > 0 && above < 2 * leading && below > 0 && below < 2 * leading);
}

/* Also where the page has room for all of the code, but not for the rule below it. */
START_TEST(code_that_cuts_columns_has_rules)
{
    enum { LINES = 14 }; /* more than are kept whole */
    ReportKit reports;
    report_kit_open(&reports, &kit);
    layout = columned(2, 0);
    for (uint32_t words = 100; words <= 200; words += 20) {
        double bottom = layout->bottom;
        Document *whole = compose_code(&reports, words, LINES, WIDE_LINE);
        check_ruled(whole);
        RuledCode c = ruled_code(whole);
        ck_assert_uint_eq(c.first_page, c.last_page);
        layout->bottom = layout->first_bottom = layout->paper_height - (double)c.rule[1]->y + 1;
        Document *broken = compose_code(&reports, words, LINES, WIDE_LINE);
        check_ruled(broken);
        ck_assert_uint_gt(broken->pages.n, whole->pages.n);
        layout->bottom = layout->first_bottom = bottom;
        document_drop(whole);
        document_drop(broken);
    }
    layout_drop(layout);
    report_kit_close(&reports);
}
END_TEST

START_TEST(code_within_its_column_has_no_rules)
{
    ReportKit reports;
    report_kit_open(&reports, &kit);
    for (int columns = 1; columns <= 2; columns++) {
        layout = columned(columns, 0);
        Document *d = compose_code(&reports, 300, 3, columns == 1 ? WIDE_LINE : "kort\n");
        ck_assert_uint_eq(ruled_code(d).rules, 0);
        document_drop(d);
        layout_drop(layout);
    }
    report_kit_close(&reports);
}
END_TEST

Suite *columns_suite(void)
{
    Suite *s = suite_create("columns");
    TCase *c = tcase_create("columns");
    tcase_add_checked_fixture(c, begin, end);
    tcase_set_timeout(c, 120);
    tcase_add_loop_test(c, no_other_way_is_better, 2, 4);
    tcase_add_test(c, text_begins_below_what_opens_a_part);
    tcase_add_test(c, the_rest_of_a_paragraph_fills_the_other_column);
    tcase_add_test(c, words_go_on_in_level_columns);
    tcase_add_test(c, few_texts_need_room_for_the_longest_column);
    tcase_add_test(c, columns_are_level_above_what_they_lead_on_to);
    tcase_add_test(c, no_scrap_above_what_goes_over_all_columns);
    tcase_add_loop_test(c, nothing_is_lost_and_promises_hold, 2, 4);
    tcase_add_loop_test(c, text_fills_columns_above_what_floats, 2, 4);
    tcase_add_test(c, tables_leave_little_above_the_foot);
    tcase_add_test(c, joined_boxes_beside_each_other_are_level);
    tcase_add_test(c, code_that_cuts_columns_has_rules);
    tcase_add_test(c, code_within_its_column_has_no_rules);
    suite_add_tcase(s, c);
    return s;
}
