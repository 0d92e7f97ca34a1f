/* Page breaks: against every other way to break the same units, and what holds of paragraphs, boxes and
 * last pages. */
#include <check.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#include "plan_support.h"
#include "report_support.h"
#include "suites.h"

enum { PAGE_LINES = 45 };
#define STRANDED 200.0f /* to leave behind what opens a list, as the file plan.h says */

static Kit kit;
static Layout *layout;
static Document *document; /* without a page */

static void begin(void)
{
    kit_open(&kit, 1);
    layout = kit_layout(&kit, "committee-pack");
    layout->bottom = layout->paper_height - layout->top - PAGE_LINES * LINE;
    layout->first_bottom = layout->bottom;
    document = document_new(text_words(kit.text));
}

static void end(void)
{
    document_drop(document);
    layout_drop(layout);
    kit_close(&kit);
}

/* ---- against all other ways ----------------------------------------------------------------- */

static Blocks random_blocks(Random *random)
{
    Blocks b = {.n = 0};
    for (uint32_t n = 2 + random_below(random, MOST_UNITS - 1); n > 0; n--) {
        uint32_t lines = 1 + random_below(random, random_once_in(random, 3) ? 40 : 12);
        bool keep_next = n > 1 && random_once_in(random, 4);
        add_rule_unit(&b, lines, keep_next, random_once_in(random, 4));
    }
    return b;
}

/* The cost of a page from one block to another; FLT_MAX when it can't be. */
static float cost_of_page(const Blocks *b, size_t from, size_t to, bool first)
{
    float lines = lines_between(b, from, to);
    if (lines > PAGE_LINES)
        return FLT_MAX;
    if (to == b->n)
        return first ? 0 : cost_of_last(lines, PAGE_LINES);
    if (b->unit[to - 1].keep_next)
        return FLT_MAX;
    return cost_of_missing(PAGE_LINES - lines) + (b->unit[to - 1].leads_on ? STRANDED : 0);
}

/* `breaks` has a bit for each block that begins a page. */
static float cost_of(const Blocks *b, unsigned breaks)
{
    float cost = 0;
    size_t from = 0;
    for (size_t i = 1; i <= b->n; i++) {
        if (i < b->n && !(breaks >> i & 1))
            continue;
        float page = cost_of_page(b, from, i, from == 0);
        if (page >= FLT_MAX)
            return FLT_MAX;
        cost += page;
        from = i;
    }
    return cost;
}

static float least_cost(const Blocks *b)
{
    float least = FLT_MAX;
    for (unsigned breaks = 0; breaks < 1u << b->n; breaks += 2)
        least = fminf(least, cost_of(b, breaks));
    return least;
}

static Composer composer(Diags *diags)
{
    return (Composer){.l = layout, .diags = diags, .d = document};
}

START_TEST(no_other_way_is_better)
{
    Random random = {7};
    size_t compared = 0;
    for (int round = 0; round < 3000; round++) {
        Blocks b = random_blocks(&random);
        Composer c = composer(kit.diags);
        unsigned breaks = 0;
        MUST(plan_pages(&c, b.unit, b.n, true) == b.n);
        for (size_t i = 0; i < c.plan.starts.n; i++) {
            MUST(c.plan.starts.at[i].line == 0 && c.plan.starts.at[i].unit > 0);
            breaks |= 1u << c.plan.starts.at[i].unit;
        }
        float least = least_cost(&b);
        MUST_SAY(least >= FLT_MAX || cost_of(&b, breaks) <= least + 0.01f,
                 "round %d: %g is not the least, %g", round, (double)cost_of(&b, breaks),
                 (double)least);
        compared += least < FLT_MAX && c.plan.starts.n > 0;
        plan_drop(&c.plan);
    }
    ck_assert_uint_gt(compared, 500);
}
END_TEST

START_TEST(a_bound_on_the_cost_changes_no_plan_within_it)
{
    Random random = {11};
    size_t compared = 0;
    for (int round = 0; round < 1000; round++) {
        Blocks b = random_blocks(&random);
        Composer c = composer(kit.diags), within = composer(kit.diags);
        plan_pages(&c, b.unit, b.n, true);
        plan_pages_within(&within, b.unit, b.n, true, c.plan.cost);
        MUST(within.plan.cost == c.plan.cost && within.plan.starts.n == c.plan.starts.n);
        for (size_t i = 0; i < c.plan.starts.n; i++)
            MUST(within.plan.starts.at[i].unit == c.plan.starts.at[i].unit);
        if (c.plan.starts.n && c.plan.cost >= 1) {
            plan_pages_within(&within, b.unit, b.n, true, c.plan.cost - 0.5f);
            MUST(within.plan.cost > c.plan.cost - 0.5f);
            compared++;
        }
        plan_drop(&c.plan);
        plan_drop(&within.plan);
    }
    ck_assert_uint_gt(compared, 300);
}
END_TEST

START_TEST(what_can_not_be_kept_is_told)
{
    TextRun run = {.text = STR("Overskrift")};
    Pos pos = {7, 1, 0};
    GlyphLine line = {0};
    GlyphPara para = {.line = &line, .lines = 1};
    Spec spec = {.run = &run, .pos = &pos, .runs = 1, .para = &para};
    Unit units[] = {
        {.kind = UNIT_TEXT, .spec = &spec, .style = &layout->style[STYLE_h2], .keep_next = true},
        {.kind = UNIT_DRAWING, .height = PAGE_LINES * LINE}};
    Composer c = composer(kit.diags);
    plan_pages(&c, units, 2, true);
    ck_assert_uint_eq(c.plan.starts.n, 1);
    ck_assert_uint_eq(c.plan.faults.n, 1);
    ck_assert_int_eq(c.plan.faults.at[0].kind, FAULT_STRANDED);
    ck_assert_uint_eq(c.plan.faults.at[0].pos.line, 7);
    ck_assert_uint_eq(c.plan.faults.at[0].page, 1);
    plan_drop(&c.plan);
}
END_TEST

START_TEST(a_thing_higher_than_the_page_has_one_of_its_own)
{
    Unit units[] = {{.kind = UNIT_DRAWING, .height = 3 * LINE},
                    {.kind = UNIT_DRAWING, .height = (PAGE_LINES + 9) * LINE},
                    {.kind = UNIT_DRAWING, .height = 3 * LINE}};
    Composer c = composer(kit.diags);
    plan_pages(&c, units, 3, true);
    ck_assert_uint_eq(c.plan.starts.n, 2);
    plan_drop(&c.plan);
}
END_TEST

/* A page holds what it can of a paragraph, however short the next one is before a figure. */
START_TEST(text_is_not_turned_over_that_has_room)
{
    GlyphLine line[6] = {{0}};
    GlyphPara para = {.line = line, .lines = 6};
    Spec spec = {.para = &para};
    Unit units[] = {{.kind = UNIT_DRAWING, .height = (PAGE_LINES - 8) * LINE},
                    {.kind = UNIT_TEXT, .spec = &spec, .style = &layout->style[STYLE_body]},
                    {.kind = UNIT_DRAWING, .height = (PAGE_LINES - 9) * LINE},
                    {.kind = UNIT_DRAWING, .height = 20 * LINE}};
    Composer c = composer(kit.diags);
    plan_pages(&c, units, 4, true);
    ck_assert_uint_eq(c.plan.starts.n, 2);
    ck_assert_uint_eq(c.plan.starts.at[0].unit, 2);
    ck_assert_uint_eq(c.plan.starts.at[1].unit, 3);
    plan_drop(&c.plan);
}
END_TEST

/* It isn't torn to fill the next page; where a box must begin that, lines go along that it is about; all of it, if they left a
 * gap. */
START_TEST(text_is_not_torn_that_has_room)
{
    GlyphLine line[10] = {{0}};
    GlyphPara longer = {.line = line, .lines = 10}, shorter = {.line = line, .lines = 4};
    Spec ten = {.para = &longer}, four = {.para = &shorter};
    const Style *style = &layout->style[STYLE_body];
    Unit filling[] = {{.kind = UNIT_DRAWING, .height = (PAGE_LINES - 10) * LINE},
                      {.kind = UNIT_TEXT, .spec = &ten, .style = style},
                      {.kind = UNIT_DRAWING, .height = (PAGE_LINES - 10) * LINE},
                      {.kind = UNIT_DRAWING, .height = 20 * LINE}};
    Unit boxed[] = {{.kind = UNIT_DRAWING, .height = (PAGE_LINES - 4) * LINE},
                    {.kind = UNIT_TEXT, .spec = &four, .style = style},
                    {.kind = UNIT_OPEN, .whole = true, .follows = true},
                    {.kind = UNIT_TEXT, .spec = &ten, .style = style},
                    {.kind = UNIT_CLOSE}};
    Unit alone[5];
    memcpy(alone, boxed, sizeof boxed);
    alone[0].height = (PAGE_LINES - 6) * LINE;
    const struct {
        const Unit *unit;
        size_t n, starts;
        uint32_t line;
    } all[] = {{filling, 4, 2, 0}, {boxed, 5, 1, 2}, {alone, 5, 1, 0}};
    for (size_t i = 0; i < 3; i++) {
        Composer c = composer(kit.diags);
        plan_pages(&c, all[i].unit, all[i].n, true);
        ck_assert_uint_ge(c.plan.starts.n, 1);
        ck_assert_uint_eq(c.plan.starts.at[0].line, all[i].line);
        ck_assert_uint_eq(c.plan.starts.at[0].unit, all[i].starts);
        plan_drop(&c.plan);
    }
}
END_TEST

/* Items of a line each fill their page, but the last two. */
START_TEST(lists_fill_their_page)
{
    GlyphLine line[1] = {{0}};
    GlyphPara one = {.line = line, .lines = 1};
    Spec item = {.para = &one};
    Unit units[17] = {{.kind = UNIT_DRAWING, .height = (PAGE_LINES - 10) * LINE}};
    ItemMark mark = {0};
    for (unsigned i = 0; i < 14; i++)
        units[1 + i] = (Unit){.kind = UNIT_TEXT,
                              .spec = &item,
                              .style = &layout->style[STYLE_body],
                              .mark = &mark,
                              .item = i,
                              .items = 14};
    /* The next page would be short by a line less with an item more. */
    units[15] = (Unit){.kind = UNIT_DRAWING, .height = (PAGE_LINES - 12) * LINE};
    units[16] = (Unit){.kind = UNIT_DRAWING, .height = PAGE_LINES * LINE};
    Composer c = composer(kit.diags);
    plan_pages(&c, units, 17, true);
    ck_assert_uint_ge(c.plan.starts.n, 1);
    ck_assert_uint_eq(c.plan.starts.at[0].unit, 11);
    plan_drop(&c.plan);
}
END_TEST

/* So do rows of a long table, though the next page would be short by a line less with a row more. */
START_TEST(long_tables_fill_their_page)
{
    TableHead head = {0};
    Unit units[43] = {{.kind = UNIT_DRAWING, .height = (PAGE_LINES - 10) * LINE}};
    for (unsigned i = 0; i < 40; i++)
        units[1 + i] = (Unit){.kind = UNIT_ROW,
                              .table = &head,
                              .top = LINE,
                              .first_row = i == 0,
                              .last_row = i == 39,
                              .keep_next = i == 0 || i == 38};
    units[41] = (Unit){.kind = UNIT_DRAWING, .height = (PAGE_LINES - 38) * LINE};
    units[42] = (Unit){.kind = UNIT_DRAWING, .height = PAGE_LINES * LINE};
    Composer c = composer(kit.diags);
    plan_pages(&c, units, 43, true);
    ck_assert_uint_ge(c.plan.starts.n, 1);
    ck_assert_uint_eq(c.plan.starts.at[0].unit, 10); /* a line is for what says that it goes on */
    plan_drop(&c.plan);
}
END_TEST

/* A thing and a table, with rows of one line or two that are bound as those of tables are; returns how many units. */
static size_t random_table(Unit *unit, TableHead *table, Random *random)
{
    size_t rows = 3 + random_below(random, 20), n = 0;
    unit[n++] = (Unit){.kind = UNIT_DRAWING, .height = (float)random_below(random, 30) * LINE};
    for (size_t row = 0; row < rows; row++)
        unit[n++] = (Unit){.kind = UNIT_ROW,
                           .table = table,
                           .top = (float)(1 + random_below(random, 2)) * LINE,
                           .first_row = row == 0,
                           .last_row = row + 1 == rows,
                           .leads_on = rows <= 10 && row + 1 < rows,
                           .keep_next = row == 0 || row + 2 == rows};
    return n;
}

/* Where a page ends before a row: as many rows as can't be parted from it have no room above. */
static void check_torn(const Unit *unit, size_t from, size_t at, int round)
{
    size_t next = at;
    float height = 0;
    for (size_t i = from; i < at; i++)
        height += measure_unit(&unit[i]);
    for (; !unit[next].last_row; next++)
        height += measure_unit(&unit[next]);
    height += measure_unit(&unit[next]);
    MUST_SAY(height > PAGE_LINES * LINE + 0.1f, "round %d: all rows have room", round);
    if (!unit[at - 1].leads_on)
        return;
    size_t last = next + 1;
    for (; next > at; next--) {
        height -= measure_unit(&unit[next]);
        bool may_end = !unit[next - 1].keep_next && last - next >= 3;
        MUST_SAY(!may_end || height > PAGE_LINES * LINE - CONTINUES_ROOM,
                 "round %d: a row has room", round);
    }
}

/* However short the next page is: a table that has room is whole, and one of few rows fills its page. */
START_TEST(tables_are_not_torn_that_have_room)
{
    Random random = {3};
    size_t split = 0;
    for (int round = 0; round < 2000; round++) {
        Unit unit[4 * 32];
        TableHead table[4] = {{.cells = 0}};
        size_t n = 0;
        for (size_t i = 0; i < 4; i++)
            n += random_table(unit + n, &table[i], &random);
        Composer c = composer(kit.diags);
        MUST(plan_pages(&c, unit, n, true) == n);
        for (size_t i = 0, from = 0; i < c.plan.starts.n; i++) {
            size_t at = c.plan.starts.at[i].unit;
            if (unit_goes_on(&unit[at])) {
                check_torn(unit, from, at, round);
                split++;
            }
            from = at;
        }
        plan_drop(&c.plan);
    }
    ck_assert_uint_gt(split, 500);
}
END_TEST

/* Of records, which may stand alone at a page's head, the last takes another along. */
START_TEST(the_last_record_is_not_alone)
{
    enum { RECORDS = 11 };
    TableHead table = {.cells = 0};
    Unit unit[RECORDS + 1] = {{.kind = UNIT_RULE}};
    for (size_t i = 0; i < RECORDS; i++)
        unit[i] = (Unit){.kind = UNIT_ROW,
                         .table = &table,
                         .top = 4.25f * LINE,
                         .first_row = i == 0,
                         .last_row = i + 1 == RECORDS};
    unit[RECORDS] = (Unit){.kind = UNIT_DRAWING, .height = 20 * LINE};
    Composer c = composer(kit.diags);
    MUST(plan_pages(&c, unit, RECORDS + 1, true) == RECORDS + 1);
    ck_assert_uint_eq(c.plan.starts.n, 1);
    ck_assert_uint_le(c.plan.starts.at[0].unit, RECORDS - 2);
    plan_drop(&c.plan);
}
END_TEST

/* Nor the first or last of a group, where that costs few lines. */
START_TEST(no_row_of_a_group_is_alone)
{
    enum { ROWS = 70 };
    GlyphLine line[1] = {{0}};
    GlyphPara para = {.line = line, .lines = 1};
    Spec title = {.para = &para};
    TableHead table = {.group_style = &layout->style[STYLE_body]};
    for (size_t at = 30; at < PAGE_LINES; at++) {
        Unit unit[ROWS] = {{.kind = UNIT_RULE}};
        for (size_t i = 0; i < ROWS; i++)
            unit[i] = (Unit){.kind = UNIT_ROW,
                             .table = &table,
                             .top = LINE,
                             .first_row = i == 0,
                             .last_row = i + 1 == ROWS};
        unit[at].group = &title;
        unit[at].keep_next = true;
        Composer c = composer(kit.diags);
        MUST(plan_pages(&c, unit, ROWS, true) == ROWS);
        MUST(c.plan.starts.n == 1);
        size_t start = c.plan.starts.at[0].unit;
        ck_assert_msg(start != at + 2 && start + 1 != at, "a group at %zu: a page begins at %zu",
                      at, start);
        plan_drop(&c.plan);
    }
}
END_TEST

/* A table that leaves rows to its last page, which else had hardly any, leaves whole groups where they had room. */
START_TEST(a_group_that_has_room_is_not_torn)
{
    enum { MOST = 2 * PAGE_LINES };
    GlyphLine line[1] = {{0}};
    GlyphPara para = {.line = line, .lines = 1};
    Spec title = {.para = &para};
    TableHead table = {.group_style = &layout->style[STYLE_body]};
    unsigned torn = 0;
    for (size_t rows = PAGE_LINES + 4; rows < MOST; rows++) {
        for (size_t group = 3; group < 9; group++) {
            Unit unit[MOST] = {{.kind = UNIT_RULE}};
            for (size_t i = 0; i < rows; i++)
                unit[i] = (Unit){.kind = UNIT_ROW,
                                 .table = &table,
                                 .top = LINE,
                                 .group = i % group ? NULL : &title,
                                 .keep_next = i % group == 0,
                                 .first_row = i == 0,
                                 .last_row = i + 1 == rows};
            Composer c = composer(kit.diags);
            MUST(plan_pages(&c, unit, rows, true) == rows);
            size_t at = c.plan.starts.at[0].unit, rest = (group - at % group) % group;
            /* What is left needs more than one row. */
            torn += rest == 1 && at + rest < PAGE_LINES - 2;
            plan_drop(&c.plan);
        }
    }
    ck_assert_uint_eq(torn, 0);
}
END_TEST

/* Rows that had room aren't torn off where what is bound to the last of them had none. */
START_TEST(rows_go_along_with_what_is_bound_below_them)
{
    enum { ROWS = 10, BOUND = 12 };
    TableHead table = {.cells = 0};
    Unit unit[ROWS + 2] = {{.kind = UNIT_DRAWING, .height = (PAGE_LINES - 2 * ROWS - 8) * LINE}};
    for (size_t row = 0; row < ROWS; row++)
        unit[1 + row] = (Unit){.kind = UNIT_ROW,
                               .table = &table,
                               .top = 2 * LINE,
                               .first_row = row == 0,
                               .last_row = row + 1 == ROWS,
                               .leads_on = row + 1 < ROWS,
                               .keep_next = row + 1 == ROWS};
    unit[ROWS + 1] = (Unit){.kind = UNIT_DRAWING, .height = BOUND * LINE};
    Composer c = composer(kit.diags);
    MUST(plan_pages(&c, unit, ROWS + 2, true) == ROWS + 2);
    ck_assert_uint_eq(c.plan.starts.n, 1);
    ck_assert_uint_gt(c.plan.starts.at[0].unit, ROWS - 4);
    ck_assert_uint_le(c.plan.starts.at[0].unit, ROWS);
    ck_assert_float_lt(c.plan.cost, 2000); /* torn off they cost ten times that */
    plan_drop(&c.plan);
}
END_TEST

/* A caveat and what is asked of it, as one box with a rule between, are read as one; but where the caveat would begin a
 * page, lines below what it is about, only the question does. */
START_TEST(a_small_joined_box_is_whole)
{
    enum { EACH = 4, HOLE = 3 };
    GlyphLine line[EACH] = {{0}};
    GlyphPara para = {.line = line, .lines = EACH};
    Spec spec = {.para = &para};
    Unit text = {.kind = UNIT_TEXT, .spec = &spec, .style = &layout->style[STYLE_body]};
    Unit open = {.kind = UNIT_OPEN, .whole = true, .follows = true}, joined = open;
    joined.rule.width = 0.4f;
    for (int above = PAGE_LINES - 3 * EACH; above < PAGE_LINES; above++) {
        Unit units[] = {{.kind = UNIT_DRAWING, .height = (float)above * LINE},
                        text,
                        open,
                        text,
                        {.kind = UNIT_CLOSE},
                        joined,
                        text,
                        {.kind = UNIT_CLOSE},
                        {.kind = UNIT_DRAWING, .height = (PAGE_LINES - 9) * LINE}};
        Composer c = composer(kit.diags);
        plan_pages(&c, units, 9, true);
        size_t second = c.plan.starts.at[0].unit;
        int left = PAGE_LINES - above - EACH; /* below the text */
        bool parted = left >= EACH && left < 2 * EACH && left > HOLE;
        ck_assert_msg(parted ? second == 5 : second <= 2 || second == 8,
                      "%d lines above: a page begins with unit %zu", above, second);
        plan_drop(&c.plan);
    }
}
END_TEST

/* Between items of the outer list rather than of a list within one of them, where that costs few lines. */
START_TEST(lists_are_split_between_outer_items)
{
    enum { ITEMS = 3, ALL = 2 * ITEMS + 2, ROOM = 4 };
    GlyphLine line[1] = {{0}};
    GlyphPara para = {.line = line, .lines = 1};
    Spec spec = {.para = &para};
    ItemMark mark = {0};
    Unit unit[ALL] = {{.kind = UNIT_DRAWING, .height = (PAGE_LINES - ROOM) * LINE}};
    for (unsigned i = 0; i < 2 * ITEMS; i++) { /* 1. 2. a. b. c. 3. */
        bool inner = i > 1 && i < 2 + ITEMS;
        unit[1 + i] = (Unit){.kind = UNIT_TEXT,
                             .spec = &spec,
                             .style = &layout->style[STYLE_body],
                             .mark = &mark,
                             .item = inner   ? i - 2
                                     : i < 2 ? i
                                             : ITEMS - 1,
                             .items = ITEMS,
                             .lists = inner ? 2 : 1,
                             .leads_on = i == 1};
    }
    unit[ALL - 1] = (Unit){.kind = UNIT_DRAWING, .height = (PAGE_LINES - 5) * LINE};
    Composer c = composer(kit.diags);
    MUST(plan_pages(&c, unit, ALL, true) == ALL);
    ck_assert_uint_eq(c.plan.starts.at[0].unit, 2);
    plan_drop(&c.plan);
}
END_TEST

/* A short list goes over whole, but behind an item that is as long as a paragraph it may go on. */
START_TEST(lists_of_long_items_are_split_sooner)
{
    GlyphLine line[7] = {{0}};
    for (uint32_t lines = 2; lines < 4; lines++) {
        GlyphPara first = {.line = line, .lines = lines}, seven = {.line = line, .lines = 7};
        Spec opens = {.para = &first}, goes_on = {.para = &seven};
        ItemMark mark = {0};
        Unit unit[5] = {{.kind = UNIT_DRAWING, .height = (PAGE_LINES - 7) * LINE}};
        for (unsigned i = 0; i < 3; i++)
            unit[1 + i] = (Unit){.kind = UNIT_TEXT,
                                 .spec = i ? &goes_on : &opens,
                                 .style = &layout->style[STYLE_body],
                                 .mark = &mark,
                                 .item = i,
                                 .items = 3,
                                 .lists = 1};
        unit[4] = (Unit){.kind = UNIT_DRAWING, .height = 20 * LINE};
        Composer c = composer(kit.diags);
        MUST(plan_pages(&c, unit, 5, true) == 5);
        ck_assert_uint_eq(c.plan.starts.at[0].unit, lines == 3 ? 2 : 1);
        plan_drop(&c.plan);
    }
}
END_TEST

/* Of a list's items a caveat takes two along, not the last alone. */
START_TEST(no_last_item_goes_with_a_caveat_alone)
{
    enum { ITEMS = 3, ROOM = 5 };
    GlyphLine line[3] = {{0}};
    GlyphPara one = {.line = line, .lines = 1}, three = {.line = line, .lines = 3};
    Spec item = {.para = &one}, text = {.para = &three};
    const Style *style = &layout->style[STYLE_body];
    ItemMark mark = {0};
    Unit unit[ITEMS + 5] = {
        {.kind = UNIT_DRAWING, .height = (PAGE_LINES - ROOM) * LINE, .leads_on = true}};
    for (unsigned i = 0; i < ITEMS; i++)
        unit[1 + i] = (Unit){.kind = UNIT_TEXT,
                             .spec = &item,
                             .style = style,
                             .mark = &mark,
                             .item = i,
                             .items = ITEMS,
                             .lists = 1};
    unit[ITEMS + 1] =
        (Unit){.kind = UNIT_OPEN, .follows = true, .caveat = true, .whole = true, .fill = 1};
    unit[ITEMS + 2] = (Unit){.kind = UNIT_TEXT, .spec = &text, .style = style};
    unit[ITEMS + 3] = (Unit){.kind = UNIT_CLOSE};
    unit[ITEMS + 4] = (Unit){.kind = UNIT_DRAWING, .height = 20 * LINE};
    Composer c = composer(kit.diags);
    plan_pages(&c, unit, ITEMS + 5, true);
    ck_assert_uint_eq(c.plan.starts.at[0].unit, 2);
    plan_drop(&c.plan);
}
END_TEST

/* A caveat takes along what it is about where another box begins the page alone. */
START_TEST(a_caveat_stands_with_what_it_is_about)
{
    enum { LINES = 5, LEFT = 3 };
    GlyphLine line[LINES] = {{0}};
    GlyphPara para = {.line = line, .lines = LINES};
    Spec spec = {.para = &para};
    for (int caveat = 0; caveat < 2; caveat++) {
        Unit text = {.kind = UNIT_TEXT, .spec = &spec, .style = &layout->style[STYLE_body]};
        Unit about = text;
        about.whole = true;
        Unit units[] = {{.kind = UNIT_DRAWING, .height = (PAGE_LINES - LINES - LEFT) * LINE},
                        about,
                        {.kind = UNIT_OPEN, .whole = true, .follows = true, .caveat = caveat > 0},
                        text,
                        {.kind = UNIT_CLOSE},
                        {.kind = UNIT_DRAWING, .height = (PAGE_LINES - 2 * LINES - 2) * LINE}};
        Composer c = composer(kit.diags);
        plan_pages(&c, units, 6, true);
        ck_assert_uint_eq(c.plan.starts.at[0].unit, caveat ? 1 : 2);
        plan_drop(&c.plan);
    }
}
END_TEST

/* The last part, if it just has room on one: nothing is left above the title at a page's head. */
START_TEST(a_last_part_that_fills_a_page_begins_one)
{
    enum { LINES = PAGE_LINES - 1, ALL = LINES + 2 };
    GlyphLine line[1] = {{0}};
    GlyphPara para = {.line = line, .lines = 1};
    Spec title = {.para = &para};
    Unit unit[ALL] = {{.kind = UNIT_DRAWING, .height = 28 * LINE}};
    unit[1] = (Unit){.kind = UNIT_TEXT,
                     .spec = &title,
                     .style = &layout->style[STYLE_body],
                     .before = 2 * LINE,
                     .keep_next = true,
                     .opens = true};
    for (size_t i = 2; i < ALL; i++)
        unit[i] = (Unit){.kind = UNIT_DRAWING, .height = LINE};
    Composer c = composer(kit.diags);
    MUST(plan_pages(&c, unit, ALL, true) == ALL);
    ck_assert_uint_eq(c.plan.starts.n, 1);
    ck_assert_uint_eq(c.plan.starts.at[0].unit, 1);
    plan_drop(&c.plan);
}
END_TEST

/* A title and its lead don't stand at a page's foot without what they open. */
START_TEST(titles_are_not_left_behind)
{
    GlyphLine line[3] = {{0}};
    GlyphPara title = {.line = line, .lines = 1}, lead = {.line = line, .lines = 3};
    Spec head = {.para = &title}, text = {.para = &lead};
    const Style *style = &layout->style[STYLE_body];
    for (int above = PAGE_LINES / 2; above < PAGE_LINES; above++) {
        Unit units[] = {
            {.kind = UNIT_DRAWING, .height = (float)above * LINE},
            {.kind = UNIT_TEXT, .spec = &head, .style = style, .keep_next = true, .opens = true},
            {.kind = UNIT_TEXT, .spec = &text, .style = style, .whole = true, .leads_on = true},
            {.kind = UNIT_DRAWING, .height = 20 * LINE},
            {.kind = UNIT_DRAWING, .height = (PAGE_LINES - 6) * LINE}};
        Composer c = composer(kit.diags);
        plan_pages(&c, units, 5, true);
        size_t second = c.plan.starts.at[0].unit;
        ck_assert_msg(second == 1 || second == 4, "%d lines above: a page begins with unit %zu",
                      above, second);
        plan_drop(&c.plan);
    }
}
END_TEST

/* Neither does a heading with the few lines that say what follows, where that costs less than twelve lines. */
START_TEST(headings_with_what_they_announce_are_not_left_behind)
{
    GlyphLine line[6] = {{0}};
    GlyphPara title = {.line = line, .lines = 1}, few = {.line = line, .lines = 3},
              more = {.line = line, .lines = 6};
    Spec head = {.para = &title}, announcement = {.para = &few}, text = {.para = &more};
    const Style *style = &layout->style[STYLE_body];
    for (int above = PAGE_LINES - 11; above < PAGE_LINES - 4; above++) {
        Unit units[] = {{.kind = UNIT_DRAWING, .height = (float)above * LINE},
                        {.kind = UNIT_TEXT, .spec = &head, .style = style, .keep_next = true},
                        {.kind = UNIT_TEXT, .spec = &announcement, .style = style},
                        {.kind = UNIT_DRAWING, .height = 20 * LINE}};
        for (int i = 0; i < 2; i++) {
            Composer c = composer(kit.diags);
            units[2].spec = i ? &text : &announcement;
            plan_pages(&c, units, 4, true);
            size_t second = c.plan.starts.at[0].unit;
            bool fits = above + 1 + (i ? 6 : 3) <= PAGE_LINES;
            ck_assert_msg(second == (i && fits ? 3 : 1) || (i && !fits),
                          "%d lines above: a page begins with unit %zu", above, second);
            plan_drop(&c.plan);
        }
    }
}
END_TEST

/* The head of a visit with its facts may stand without the figure below it, with as few lines of text. */
START_TEST(heads_with_facts_are_not_stranded)
{
    GlyphLine line[3] = {{0}};
    GlyphPara one = {.line = line, .lines = 1}, few = {.line = line, .lines = 3};
    Spec title = {.para = &one}, text = {.para = &few};
    const Style *style = &layout->style[STYLE_body];
    const Unit head = {.kind = UNIT_TEXT, .spec = &title, .style = style, .keep_next = true};
    for (int facts = 2; facts < 5; facts++) {
        Unit units[8] = {{.kind = UNIT_DRAWING, .height = (PAGE_LINES - 9) * LINE}};
        size_t n = 1;
        while (n <= (size_t)facts)
            units[n++] = head;
        units[n++] = (Unit){.kind = UNIT_TEXT, .spec = &text, .style = style};
        units[n++] = (Unit){.kind = UNIT_DRAWING, .height = 20 * LINE, .floats = FLOATING_FIGURE};
        Composer c = composer(kit.diags);
        plan_pages(&c, units, n, true);
        ck_assert_uint_eq(c.plan.starts.at[0].unit, facts < 4 ? 1 : n - 1);
        plan_drop(&c.plan);
    }
}
END_TEST

/* The title of a part that stands below others has six lines of it below, or begins a page. */
START_TEST(parts_have_lines_below_their_title)
{
    GlyphLine line[2] = {{0}};
    GlyphPara one = {.line = line, .lines = 1}, two = {.line = line, .lines = 2};
    Spec title = {.para = &one}, text = {.para = &two};
    const Style *h1 = &layout->style[STYLE_h1], *body = &layout->style[STYLE_body];
    for (int above = PAGE_LINES - 14; above < PAGE_LINES; above++) {
        Unit units[26] = {
            {.kind = UNIT_DRAWING, .height = (float)above * LINE},
            {.kind = UNIT_TEXT, .spec = &title, .style = h1, .keep_next = true, .opens = true}};
        for (size_t i = 2; i < 26; i++)
            units[i] = (Unit){.kind = UNIT_TEXT, .spec = &text, .style = body};
        Composer c = composer(kit.diags);
        plan_pages(&c, units, 26, true);
        size_t second = c.plan.starts.at[0].unit;
        ck_assert_msg(second == 1 || second >= 5, "%d lines above: a page begins with unit %zu",
                      above, second);
        plan_drop(&c.plan);
    }
}
END_TEST

/* ---- figures that change places with text ----------------------------------------------------- */

/* Of a figure of `height` lines, with its caption above it or none, and a text of eight lines behind. */
static size_t units_around_figure(Unit *unit, const Spec *text, float above, float height,
                                  bool caption)
{
    const Style *style = &layout->style[STYLE_body];
    size_t n = 0;
    unit[n++] = (Unit){.kind = UNIT_DRAWING, .height = above * LINE};
    if (caption)
        unit[n++] = (Unit){.kind = UNIT_RULE,
                           .height = LINE,
                           .floats = FLOATING_FIGURE,
                           .keep_next = true,
                           .whole = true};
    unit[n++] = (Unit){.kind = UNIT_DRAWING, .height = height * LINE, .floats = FLOATING_FIGURE};
    for (int i = 0; i < 5; i++)
        unit[n++] = (Unit){.kind = UNIT_TEXT, .spec = (Spec *)text, .style = style};
    return n;
}

/* Of the texts [from, to) in the order of the units, how many stand before the figure. */
static size_t texts_above(const Unit *unit, size_t n)
{
    size_t texts = 0;
    for (size_t i = 1; i < n && !unit[i].floats; i++)
        texts += unit[i].kind == UNIT_TEXT;
    return texts;
}

/* How many texts had best stand above the figure of these units: tried one by one. */
static size_t best_above(const Unit *unit, size_t n, size_t figure)
{
    Composer c = composer(kit.diags);
    Unit moved[10];
    size_t best = 0;
    plan_pages(&c, unit, n, true);
    float least = c.plan.cost - 20;
    bool moves = c.plan.starts.n && c.plan.starts.at[0].unit == 1;
    for (size_t texts = 1; moves && texts <= 3; texts++) {
        moved[0] = unit[0];
        for (size_t i = 1; i < n; i++)
            moved[i] = i <= texts            ? unit[i + figure]
                       : i <= texts + figure ? unit[i - texts]
                                             : unit[i];
        plan_pages(&c, moved, n, true);
        bool begins = false;
        for (size_t i = 0; i < c.plan.starts.n; i++)
            begins |= c.plan.starts.at[i].unit == 1 + texts;
        if (begins && c.plan.cost < least) {
            best = texts;
            least = c.plan.cost;
        }
    }
    plan_drop(&c.plan);
    return best;
}

/* A figure without room moves on whole, and texts that have room fill what it leaves, where that is better. */
START_TEST(text_fills_what_a_figure_leaves)
{
    GlyphLine line[8] = {{0}};
    GlyphPara longer = {.line = line, .lines = 8}, shorter = {.line = line, .lines = 3};
    Spec eight = {.para = &longer}, three = {.para = &shorter};
    size_t found[4] = {0};
    for (int round = 0; round < 4 * PAGE_LINES; round++) {
        Unit unit[10];
        bool caption = round % 2;
        int lines = round / 4;
        float above = (float)lines;
        size_t n = units_around_figure(unit, round & 2 ? &eight : &three, above, 24, caption);
        size_t best = best_above(unit, n, 1 + caption);
        Composer c = composer(kit.diags);
        plan_pages(&c, unit, n, true);
        floats_plan(&c, unit, n, n);
        size_t texts = texts_above(unit, n);
        MUST_SAY(texts == best, "%g lines above: %zu texts, not %zu", (double)above, texts, best);
        MUST_SAY(unit[1 + texts].floats && unit[1 + texts + caption].floats,
                 "%g lines above: parted", (double)above);
        found[texts]++;
        plan_drop(&c.plan);
        array_drop(&c.unmoved);
    }
    for (size_t i = 0; i < 3; i++)
        ck_assert_msg(found[i] > 5, "%zu texts above only %zu times", i, found[i]);
}
END_TEST

/* A figure that has room where it is moves on, too, where that spares a later page its hole; not where there is none. */
START_TEST(a_figure_moves_on_where_a_later_page_is_better_for_it)
{
    GlyphLine line[8] = {{0}};
    GlyphPara eight = {.line = line, .lines = 8};
    Spec text = {.para = &eight};
    const Unit paragraph = {.kind = UNIT_TEXT, .spec = &text, .style = &layout->style[STYLE_body]};
    for (int hole = 0; hole < 2; hole++) {
        Unit unit[] = {{.kind = UNIT_DRAWING, .height = (PAGE_LINES - 25) * LINE},
                       {.kind = UNIT_DRAWING, .height = 14 * LINE, .floats = FLOATING_FIGURE},
                       paragraph,
                       paragraph,
                       {.kind = UNIT_DRAWING, .height = (PAGE_LINES - 21) * LINE},
                       {.kind = UNIT_DRAWING, .height = (hole ? 20 : 15) * LINE}};
        Composer c = composer(kit.diags);
        plan_pages(&c, unit, 6, true);
        float cost = c.plan.cost;
        floats_plan(&c, unit, 6, 6);
        ck_assert_int_eq(unit[3].floats, hole ? FLOATING_FIGURE : FLOATING_NOT);
        ck_assert(hole ? c.plan.cost < cost - 20 : c.plan.cost <= cost);
        plan_drop(&c.plan);
        array_drop(&c.unmoved);
    }
}
END_TEST

/* Two figures right below each other move on together, and a text goes above both, though a box behind it says what all of
 * that means; not if the box says how far the text holds. */
START_TEST(text_fills_what_two_figures_leave)
{
    GlyphLine line[6] = {{0}};
    GlyphPara six = {.line = line, .lines = 6};
    Spec text = {.para = &six};
    const Style *style = &layout->style[STYLE_body];
    for (int of_all = 0; of_all < 2; of_all++) {
        Unit figure = {.kind = UNIT_DRAWING, .height = 14 * LINE, .floats = FLOATING_FIGURE};
        Unit unit[] = {{.kind = UNIT_DRAWING, .height = (PAGE_LINES - 8) * LINE},
                       figure,
                       figure,
                       {.kind = UNIT_TEXT, .spec = &text, .style = style},
                       {.kind = UNIT_OPEN, .follows = true, .of_all = of_all},
                       {.kind = UNIT_DRAWING, .height = 4 * LINE},
                       {.kind = UNIT_CLOSE}};
        size_t n = sizeof unit / sizeof *unit;
        Composer c = composer(kit.diags);
        plan_pages(&c, unit, n, true);
        floats_plan(&c, unit, n, n);
        ck_assert_int_eq(unit[1].kind, of_all ? UNIT_TEXT : UNIT_DRAWING);
        ck_assert(unit[2].floats == FLOATING_FIGURE);
        plan_drop(&c.plan);
        array_drop(&c.unmoved);
    }
}
END_TEST

/* A heading, a table of eight rows of two lines with its caption and a note, three texts of four lines, and what else
 * fills the page, with `above` lines over it. */
static size_t units_around_table(Unit *unit, TableHead *table, Spec *one, Spec *text, int above)
{
    const Style *style = &layout->style[STYLE_body];
    size_t n = 0;
    unit[n++] = (Unit){.kind = UNIT_DRAWING, .height = (float)above * LINE};
    unit[n++] = (Unit){.kind = UNIT_TEXT, .spec = one, .style = style, .keep_next = true};
    unit[n++] = (Unit){.kind = UNIT_TEXT,
                       .spec = one,
                       .style = style,
                       .keep_next = true,
                       .floats = FLOATING_TABLE};
    for (int row = 0; row < 8; row++)
        unit[n++] = (Unit){.kind = UNIT_ROW,
                           .table = table,
                           .top = 2 * LINE,
                           .first_row = row == 0,
                           .last_row = row == 7,
                           .leads_on = row < 7,
                           .keep_next = row == 7};
    unit[n++] = (Unit){.kind = UNIT_TEXT, .spec = one, .style = style, .whole = true};
    for (int i = 0; i < 3; i++)
        unit[n++] = (Unit){.kind = UNIT_TEXT, .spec = text, .style = style};
    unit[n++] = (Unit){.kind = UNIT_DRAWING, .height = 20 * LINE};
    return n;
}

/* A small table without room is whole on the next page, and texts that have room stand between it and its heading: not
 * where footnotes would change their order, nor where it is announced. */
START_TEST(text_fills_what_a_table_leaves)
{
    enum { CAPTION = 2 };
    GlyphLine line[4] = {{0}};
    GlyphPara single = {.line = line, .lines = 1}, longer = {.line = line, .lines = 4};
    size_t moved = 0;
    for (int round = 0; round < 4 * PAGE_LINES; round++) {
        NoteMark mark = {0};
        Spec one = {.para = &single}, four = {.para = &longer}, last = one;
        TableHead table = {.cells = 0};
        Unit unit[20];
        int above = round / 4, kind = round % 4;
        size_t n = units_around_table(unit, &table, &one, &four, above);
        last.mark = four.mark = kind & 1 ? &mark : NULL;
        last.marks = four.marks = kind & 1;
        unit[11].spec = kind & 2 ? &last : &one;
        Composer c = composer(kit.diags);
        plan_pages(&c, unit, n, true);
        floats_plan(&c, unit, n, n);
        size_t texts = 0;
        while (!unit[CAPTION + texts].floats)
            texts++;
        MUST_SAY(texts <= 3 && unit[CAPTION + texts + 9].whole, "%d lines above: parted", above);
        MUST_SAY(!texts || kind != 3, "%d lines above: notes change their order", above);
        moved += texts > 0;
        plan_drop(&c.plan);
        array_drop(&c.unmoved);
    }
    ck_assert_uint_gt(moved, 20);
}
END_TEST

/* Tiles of two rows have a whole box below them: it stands above where it has room and they have none. Over figures,
 * and where it is about what is above it, it stays. */
START_TEST(boxes_fill_what_tiles_leave)
{
    enum { BOX = 4, ROWS = 16 };
    GlyphLine line[BOX] = {{0}};
    GlyphPara para = {.line = line, .lines = BOX};
    Spec spec = {.para = &para};
    const Style *style = &layout->style[STYLE_body];
    for (int round = 0; round < 3 * PAGE_LINES; round++) {
        int above = round / 3, kind = round % 3;
        Floating floats = kind == 1 ? FLOATING_FIGURE : FLOATING_TILES;
        Unit row = {.kind = UNIT_DRAWING, .height = ROWS * LINE / 2, .floats = floats};
        Unit units[] = {{.kind = UNIT_DRAWING, .height = (float)above * LINE},
                        row,
                        row,
                        {.kind = UNIT_OPEN, .whole = true, .follows = kind == 2},
                        {.kind = UNIT_TEXT, .spec = &spec, .style = style},
                        {.kind = UNIT_CLOSE},
                        {.kind = UNIT_DRAWING, .height = 20 * LINE}};
        units[1].keep_next = true;
        units[2].follows = true;
        Composer c = composer(kit.diags);
        plan_pages(&c, units, 7, true);
        bool begins = c.plan.starts.n && c.plan.starts.at[0].unit == 1;
        floats_plan(&c, units, 7, 7);
        bool moved = units[1].kind == UNIT_OPEN;
        MUST_SAY(!moved || (kind == 0 && begins), "%d lines above, kind %d: moved", above, kind);
        MUST_SAY(moved || kind || !begins || PAGE_LINES - above < BOX + 1, "%d lines above: stays",
                 above);
        MUST_SAY(!moved || units[3].kind == UNIT_CLOSE, "%d lines above: parted", above);
        plan_drop(&c.plan);
        array_drop(&c.unmoved);
    }
}
END_TEST

/* What announces something, what a box is about, an item of a list, a heading and what begins a part stay; and a
 * figure stays with what announces it. */
START_TEST(what_belongs_together_does_not_change_places)
{
    GlyphLine line[8] = {{0}};
    GlyphPara para = {.line = line, .lines = 8};
    Spec text = {.para = &para};
    ItemMark mark = {.x = 0};
    for (int i = 0; i < 8; i++) {
        Unit unit[10];
        size_t n = units_around_figure(unit, &text, PAGE_LINES - 12, 15, false);
        unit[0].leads_on = i == 0;
        unit[2].leads_on = i == 1;
        unit[3].follows = i == 2;
        unit[2].mark = i == 3 ? &mark : NULL;
        unit[2].keep_next = i == 4;
        unit[2].begins_part = i == 5;
        unit[2].sets_running = i == 6;
        unit[1].floats = i == 7 ? FLOATING_NOT : FLOATING_FIGURE;
        Composer c = composer(kit.diags);
        plan_pages(&c, unit, n, true);
        floats_plan(&c, unit, n, n);
        MUST_SAY(unit[1].kind == UNIT_DRAWING, "%d: it has changed places", i);
        plan_drop(&c.plan);
        array_drop(&c.unmoved);
    }
}
END_TEST

/* A last part that has room on a page isn't begun on the page before, unless little stands there. */
START_TEST(a_last_part_of_one_page_stands_on_one)
{
    for (int above = 4; above < PAGE_LINES; above++) {
        Blocks b = {.n = 0};
        add_rule_unit(&b, (uint32_t)above, false, false);
        for (int i = 0; i < 10; i++)
            add_rule_unit(&b, 3, false, false);
        b.unit[1].opens = true;
        Composer c = composer(kit.diags);
        plan_pages(&c, b.unit, b.n, true);
        bool whole = !c.plan.starts.n || c.plan.starts.at[0].unit == 1;
        bool fits = lines_between(&b, 0, b.n) <= PAGE_LINES;
        ck_assert_msg(whole == (fits || above > 2 * PAGE_LINES / 5), "%d lines above", above);
        plan_drop(&c.plan);
    }
}
END_TEST

/* ---- of reports ----------------------------------------------------------------------------- */

/* Lines of text on a page, heading and all. */
static uint32_t lines_on(const Document *d, uint32_t page)
{
    uint32_t lines = 0;
    for (uint32_t i = d->pages.at[page].first; i < d->pages.at[page].end; i++)
        if (draw_is_content(d, &d->draws.at[i]))
            lines += d->draws.at[i].text.end - d->draws.at[i].text.first;
    return lines;
}

/* Two lines at least on each side. */
static void check_splits(const Document *d)
{
    for (uint32_t i = 0; i < d->draws.n; i++) {
        const Draw *draw = &d->draws.at[i];
        if (!draw_is_content(d, draw) ||
            (draw->text.first == 0 && draw->text.end == draw->text.para->lines))
            continue;
        ck_assert_uint_ge(draw->text.end - draw->text.first, 2);
        ck_assert_msg(!(draw->text.para->line[draw->text.end - 1].flags & LINE_HYPHENATED) ||
                          draw->text.end == draw->text.para->lines,
                      "a hyphen at the foot of a page");
    }
}

/* However long the text is, its last page is not nearly empty. */
START_TEST(last_pages_are_not_nearly_empty)
{
    ReportKit reports;
    report_kit_open(&reports, &kit);
    Layout *pack = kit_body_layout(&kit);
    for (int paragraphs = 5; paragraphs < 32; paragraphs++) {
        StrBuf text = {0};
        strbuf_add_text(&text, "---\ntitle: Prøve\n---\n# Tema: Et {#et}\n\nIndledning.\n");
        for (int i = 0; i < paragraphs; i++) {
            strbuf_add_text(&text, "\n");
            for (int k = 0; k < 8 + (i * 5 + paragraphs) % 9; k++)
                strbuf_add_text(&text, "Borgerne i bydelen har fået lettere ved at finde hjælp. ");
            strbuf_add_text(&text, "\n");
        }
        Report *report = report_of(&reports, text.p);
        Document *d = kit_compose(&kit, report, pack);
        uint32_t pages = document_page_count(d);
        if (pages > 1)
            ck_assert_uint_ge(lines_on(d, pages - 1), 7);
        check_splits(d);
        kit_check_clean(&kit);
        document_drop(d);
        report_drop(report);
        strbuf_drop(&text);
    }
    layout_drop(pack);
    report_kit_close(&reports);
}
END_TEST

/* ---- footnotes ------------------------------------------------------------------------------ */

typedef struct {
    StrBuf text, notes;
    unsigned n, inner; /* notes; those in the text of others */
} Noted;

/* Words with a mark in their midst; now and then the note goes over pages, or has one itself. */
static void add_noted(Noted *r, Random *random, uint32_t words)
{
    unsigned number = ++r->n;
    add_random_words(&r->text, random, 1 + words / 2);
    strbuf_addf(&r->text, "[^n%u] ", number);
    add_random_words(&r->text, random, 1 + words / 2);
    strbuf_addf(&r->notes, "[^n%u]: ", number);
    add_random_words(&r->notes, random,
                     random_once_in(random, 25) ? 1500 : 2 + random_below(random, 60));
    if (random_once_in(random, 12)) {
        strbuf_addf(&r->notes, "[^n%u]\n[^n%u]: Et ord mere", r->n + 1, r->n + 1);
        r->n++;
        r->inner++;
    }
    strbuf_add_text(&r->notes, "\n");
}

static void add_noted_block(Noted *r, Random *random)
{
    switch (random_below(random, 9)) {
    case 0:
        strbuf_add_text(&r->text, "\n## ");
        add_noted(r, random, 4);
        strbuf_add_text(&r->text, "\n\n");
        add_random_words(&r->text, random, 40);
        break;
    case 1:
        strbuf_add_text(&r->text, "\n| A | B |\n|---|---|\n");
        for (int i = 0; i < 5; i++) {
            strbuf_add_text(&r->text, "| ");
            add_noted(r, random, 3);
            strbuf_add_text(&r->text, " | 7 |\n");
        }
        break;
    case 2:
        strbuf_add_text(&r->text, "\n- ");
        add_noted(r, random, 20);
        strbuf_add_text(&r->text, "\n- ");
        add_noted(r, random, 20);
        break;
    default:
        strbuf_add_text(&r->text, "\n");
        for (uint32_t n = random_below(random, 4); n > 0; n--)
            add_noted(r, random, 30);
        add_random_words(&r->text, random, 20 + random_below(random, 200));
    }
    strbuf_add_text(&r->text, "\n");
}

/* The footnotes' rule on a page, or the foot of the page. */
static float rule_on(const Document *d, uint32_t page, const Layout *by)
{
    for (uint32_t i = d->pages.at[page].first; i < d->pages.at[page].end; i++) {
        const Draw *draw = &d->draws.at[i];
        if (draw_is_note_rule(draw, by))
            return draw->y;
    }
    return (float)(by->paper_height - by->bottom);
}

/* Texts above the rule, notes below it, and nothing below the frame. */
static void check_note_places(const Document *d, const Layout *by, int seed)
{
    float bottom = (float)(by->paper_height - by->bottom);
    for (uint32_t page = 0; page < d->pages.n; page++) {
        float rule = rule_on(d, page, by), last = 0;
        for (uint32_t i = d->pages.at[page].first; i < d->pages.at[page].end; i++) {
            const Draw *draw = &d->draws.at[i];
            if (!draw_is_content(d, draw))
                continue;
            float end = draw_foot(draw);
            MUST_SAY(end <= bottom, "report %d, page %u: below the frame", seed, page + 1);
            if (!draw_is_in_note(d, draw)) {
                MUST_SAY(end < rule, "report %d, page %u: text below the rule", seed, page + 1);
                continue;
            }
            MUST_SAY(draw->y > rule, "report %d, page %u: a note above the rule", seed, page + 1);
            MUST_SAY(draw->y >= last - 0.1f, "report %d, page %u: notes out of order", seed,
                     page + 1);
            last = draw->y;
        }
    }
}

START_TEST(notes_stand_on_the_page_of_their_mark)
{
    ReportKit reports;
    report_kit_open(&reports, &kit);
    Layout *pack = kit_body_layout(&kit);
    for (int seed = 1; seed <= 200; seed++) {
        Random random = {(uint64_t)seed};
        Noted r = {.n = 0};
        strbuf_add_text(&r.text, "---\ntitle: Noter\n---\n# Tema: Et {#et}\n\nIndledning.\n");
        for (uint32_t n = 1 + random_below(&random, 25); n > 0; n--)
            add_noted_block(&r, &random);
        strbuf_add_text(&r.text, "\n");
        strbuf_add_str(&r.text, strbuf_str(&r.notes));
        Report *report = report_of(&reports, r.text.p);
        ck_assert_uint_eq(report->notes, r.n);
        Document *d = kit_compose(&kit, report, pack);
        check_note_places(d, pack, seed);
        check_note_pages(d, r.n, r.inner, seed);
        document_drop(d);
        report_drop(report);
        strbuf_drop(&r.text);
        strbuf_drop(&r.notes);
    }
    layout_drop(pack);
    report_kit_close(&reports);
}
END_TEST

START_TEST(thirty_notes_stand_on_one_page)
{
    ReportKit reports;
    report_kit_open(&reports, &kit);
    Layout *pack = kit_body_layout(&kit);
    StrBuf text = {0};
    strbuf_add_text(&text, "---\ntitle: Noter\n---\n# Tema: Et {#et}\n\nIndledning.\n\n");
    for (int i = 1; i <= 30; i++)
        strbuf_addf(&text, "Ord%d[^%d] ", i, i);
    for (int i = 1; i <= 30; i++)
        strbuf_addf(&text, "\n%s[^%d]: Note", i == 1 ? "\n" : "", i);
    Report *report = report_of(&reports, text.p);
    Document *d = kit_compose(&kit, report, pack);
    ck_assert_uint_eq(document_page_count(d), 1);
    check_note_pages(d, 30, 0, 0);
    document_drop(d);
    report_drop(report);
    strbuf_drop(&text);
    layout_drop(pack);
    report_kit_close(&reports);
}
END_TEST

Suite *plan_suite(void)
{
    Suite *s = suite_create("plan");
    TCase *c = tcase_create("plan");
    tcase_add_checked_fixture(c, begin, end);
    tcase_set_timeout(c, 120);
    tcase_add_test(c, no_other_way_is_better);
    tcase_add_test(c, a_bound_on_the_cost_changes_no_plan_within_it);
    tcase_add_test(c, what_can_not_be_kept_is_told);
    tcase_add_test(c, a_thing_higher_than_the_page_has_one_of_its_own);
    tcase_add_test(c, text_is_not_turned_over_that_has_room);
    tcase_add_test(c, text_is_not_torn_that_has_room);
    tcase_add_test(c, lists_fill_their_page);
    tcase_add_test(c, long_tables_fill_their_page);
    tcase_add_test(c, tables_are_not_torn_that_have_room);
    tcase_add_test(c, the_last_record_is_not_alone);
    tcase_add_test(c, no_row_of_a_group_is_alone);
    tcase_add_test(c, a_group_that_has_room_is_not_torn);
    tcase_add_test(c, rows_go_along_with_what_is_bound_below_them);
    tcase_add_test(c, a_small_joined_box_is_whole);
    tcase_add_test(c, lists_are_split_between_outer_items);
    tcase_add_test(c, lists_of_long_items_are_split_sooner);
    tcase_add_test(c, no_last_item_goes_with_a_caveat_alone);
    tcase_add_test(c, a_caveat_stands_with_what_it_is_about);
    tcase_add_test(c, a_last_part_that_fills_a_page_begins_one);
    tcase_add_test(c, titles_are_not_left_behind);
    tcase_add_test(c, headings_with_what_they_announce_are_not_left_behind);
    tcase_add_test(c, heads_with_facts_are_not_stranded);
    tcase_add_test(c, parts_have_lines_below_their_title);
    tcase_add_test(c, text_fills_what_a_figure_leaves);
    tcase_add_test(c, a_figure_moves_on_where_a_later_page_is_better_for_it);
    tcase_add_test(c, text_fills_what_two_figures_leave);
    tcase_add_test(c, text_fills_what_a_table_leaves);
    tcase_add_test(c, boxes_fill_what_tiles_leave);
    tcase_add_test(c, what_belongs_together_does_not_change_places);
    tcase_add_test(c, a_last_part_of_one_page_stands_on_one);
    tcase_add_test(c, last_pages_are_not_nearly_empty);
    tcase_add_test(c, notes_stand_on_the_page_of_their_mark);
    tcase_add_test(c, thirty_notes_stand_on_one_page);
    suite_add_tcase(s, c);
    return s;
}
