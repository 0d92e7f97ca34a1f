/* Tables are made here at random, and what is chosen for their columns is held against all other ways. */
#include <check.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "compose/widths.h"

#include "page_support.h"
#include "suites.h"

enum { MOST_COLUMNS = 8, MOST_ROWS = 12 };

typedef struct {
    Random random;
    Arena arena;
    ARRAY(WidthCell) cells;
    float base[MOST_ROWS], least[MOST_COLUMNS], widest[MOST_COLUMNS], divided[MOST_COLUMNS];
    WidthTable table;
} Maker;

static float random_width(Maker *m, float least, float most)
{
    return least + (most - least) * (float)random_below(&m->random, 1000) / 1000;
}

/* Words of one to four parts, some of which are divided at joints alone. */
static WidthText make_text(Maker *m, uint32_t words)
{
    TextPart *part = arena_array(&m->arena, 4 * words + 1, TextPart);
    size_t n = 0;
    for (uint32_t i = 0; i < words; i++) {
        uint32_t parts = random_once_in(&m->random, 3) ? 1 + random_below(&m->random, 4) : 1;
        for (uint32_t k = 0; k < parts; k++)
            part[n++] = (TextPart){
                .width = random_width(m, 5, 30),
                .space = k ? 0 : 2.3f,
                .hyphen = k ? 3 : 0,
                .parting = k == 0 ? (i && !random_once_in(&m->random, 20) ? TEXT_PARTS_WORDS
                                                                          : TEXT_PARTS_LINES)
                           : random_once_in(&m->random, 2) ? TEXT_PARTS_JOINT
                                                           : TEXT_PARTS_SYLLABLES};
    }
    return (WidthText){part, n, 12, 0};
}

static float natural_of(const WidthCell *cell)
{
    float width = 0, line = 0;
    for (size_t i = 0; i < cell->text->parts; i++) {
        const TextPart *p = &cell->text->part[i];
        line = p->parting == TEXT_PARTS_LINES ? p->width : line + p->space + p->width;
        width = fmaxf(width, line);
    }
    return width;
}

static void add_cell(Maker *m, uint32_t row, uint32_t column, uint32_t words)
{
    WidthText *text = arena_new(&m->arena, WidthText);
    *text = make_text(m, words);
    WidthCell cell = {row, column, text, 1, row == 0};
    m->widest[column] = fmaxf(m->widest[column], natural_of(&cell));
    m->least[column] = fmaxf(m->least[column], widths_least(&cell, false));
    m->divided[column] = fmaxf(m->divided[column], widths_least(&cell, true));
    array_push(&m->cells, cell);
}

/* `tight` leaves so little room that words have to be divided. */
static void make_table(Maker *m, uint64_t seed, uint32_t columns, uint32_t rows, bool tight)
{
    *m = (Maker){.random = {seed}};
    for (uint32_t row = 0; row < rows; row++) {
        m->base[row] = random_once_in(&m->random, 3) ? 12 : 0;
        for (uint32_t k = 0; k < columns; k++) {
            uint32_t most = random_once_in(&m->random, 4) ? 30 : 4;
            add_cell(m, row, k, random_below(&m->random, most));
        }
    }
    float least = 0, widest = 0, divided = 0;
    for (uint32_t k = 0; k < columns; k++) {
        least += m->least[k];
        widest += m->widest[k];
        divided += m->divided[k];
    }
    m->table = (WidthTable){.columns = columns,
                            .rows = rows,
                            .cell = m->cells.at,
                            .cells = m->cells.n,
                            .base = m->base,
                            .least = tight ? m->divided : m->least,
                            .widest = m->widest};
    m->table.room = tight ? random_width(m, divided, least) : random_width(m, least, widest);
}

static void drop(Maker *m)
{
    array_drop(&m->cells);
    arena_drop(&m->arena);
}

static void check_bounds(const Maker *m, const float *width, bool tight, uint64_t seed)
{
    const WidthTable *t = &m->table;
    float sum = 0;
    for (size_t k = 0; k < t->columns; k++) {
        MUST_SAY(width[k] >= t->least[k] - 0.1f && width[k] <= t->widest[k] + 0.2f,
                 "table %d: column %d is out of its bounds", (int)seed, (int)k);
        sum += width[k];
    }
    MUST_SAY(sum <= t->room + 0.1f, "table %d is wider than its room", (int)seed);
    for (size_t i = 0; i < t->cells; i++) {
        unsigned divided = 0;
        bool over = false;
        widths_cell(&t->cell[i], width[t->cell[i].column], &divided, &over);
        MUST_SAY(!over, "table %d: cell %d is wider than its column", (int)seed, (int)i);
        MUST_SAY(tight || !divided, "table %d: a word of cell %d is divided", (int)seed, (int)i);
    }
}

START_TEST(columns_hold_their_cells_and_the_table_its_measure)
{
    for (uint64_t seed = 1; seed <= 6000; seed++) {
        Maker m;
        float width[MOST_COLUMNS];
        bool tight = seed % 3 == 0;
        make_table(&m, seed, 1 + (uint32_t)(seed % MOST_COLUMNS),
                   1 + (uint32_t)(seed / 8 % MOST_ROWS), tight);
        widths_choose(&m.table, width);
        check_bounds(&m, width, tight, seed);
        drop(&m);
    }
}
END_TEST

/* All ways, a step apart, that leave nothing of the room. */
static float best_of_all(const WidthTable *t, float step)
{
    float width[3], best = FLT_MAX;
    for (int i = 0; t->least[0] + (float)i * step <= t->widest[0]; i++) {
        width[0] = t->least[0] + (float)i * step;
        if (t->columns == 2) {
            width[1] = fminf(t->room - width[0], t->widest[1]);
            if (width[1] >= t->least[1])
                best = fminf(best, widths_cost(t, width));
            continue;
        }
        for (int k = 0; t->least[1] + (float)k * step <= t->widest[1]; k++) {
            width[1] = t->least[1] + (float)k * step;
            width[2] = fminf(t->room - width[0] - width[1], t->widest[2]);
            if (width[2] >= t->least[2])
                best = fminf(best, widths_cost(t, width));
        }
    }
    return best;
}

/* None by more than a line, and all together hardly. */
START_TEST(no_other_widths_are_clearly_better)
{
    double chosen = 0, possible = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        Maker m;
        float width[3];
        uint32_t columns = 2 + (uint32_t)(seed % 2);
        make_table(&m, seed, columns, 1 + (uint32_t)(seed % 5), seed % 4 == 0);
        widths_choose(&m.table, width);
        float cost = widths_cost(&m.table, width);
        float best = best_of_all(&m.table, columns == 2 ? 0.5f : 4);
        MUST_SAY(cost <= best * 1.02f + 12, "table %d costs %d, and could cost %d", (int)seed,
                 (int)cost, (int)best);
        chosen += (double)cost;
        possible += (double)best;
        drop(&m);
    }
    ck_assert_double_le(chosen, possible * 1.001);
}
END_TEST

/* Where too many ways would have to be tried, no exchange between two columns is better. */
START_TEST(no_exchange_is_better)
{
    for (uint64_t seed = 1; seed <= 40; seed++) {
        Maker m;
        float width[MOST_COLUMNS];
        make_table(&m, seed, MOST_COLUMNS, MOST_ROWS, false);
        widths_choose(&m.table, width);
        float cost = widths_cost(&m.table, width);
        for (size_t a = 0; a < MOST_COLUMNS; a++)
            for (size_t b = 0; b < MOST_COLUMNS; b++)
                for (int by = 1; by < 200; by++) {
                    float other[MOST_COLUMNS];
                    memcpy(other, width, sizeof other);
                    other[a] += (float)by;
                    other[b] -= (float)by;
                    if (a == b || other[b] < m.table.least[b] || other[a] > m.table.widest[a])
                        break;
                    MUST_SAY(widths_cost(&m.table, other) >= cost - 6,
                             "table %d: %d points for column %d from %d would be better", (int)seed,
                             (int)by, (int)a, (int)b);
                }
        drop(&m);
    }
}
END_TEST

START_TEST(folded_heads_are_as_narrow_as_two_lines_can_be)
{
    static const float words[][3] = {
        {60, 25, 0}, {25, 60, 0}, {30, 30, 30}, {10, 20, 60}, {40, 0, 0}};
    static const float widths[] = {60, 60, 62.3f, 60, 40};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        TextPart part[3];
        size_t n = 0;
        for (; n < 3 && words[i][n] > 0; n++)
            part[n] = (TextPart){.width = words[i][n], .space = 2.3f, .parting = TEXT_PARTS_WORDS};
        WidthText text = {part, n, 12, 0};
        WidthCell cell = {0, 0, &text, 1, true};
        ck_assert_float_eq_tol(widths_folded(&cell, 2), widths[i], 0.15f);
        MUST_SAY(n < 2 || widths_folded(&cell, 1) > widths[i] + 10, "head %d: one line is no wider",
                 (int)i);
    }
}
END_TEST

Suite *widths_suite(void)
{
    Suite *suite = suite_create("widths");
    TCase *tests = tcase_create("random");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, columns_hold_their_cells_and_the_table_its_measure);
    tcase_add_test(tests, no_other_widths_are_clearly_better);
    tcase_add_test(tests, no_exchange_is_better);
    tcase_add_test(tests, folded_heads_are_as_narrow_as_two_lines_can_be);
    suite_add_tcase(suite, tests);
    return suite;
}
