/* What is promised of pages, each held against what doesn't plan: all ways to break a small part, found without
 * any costs; and what stands on the pages of some thousand reports. */
#include <check.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#include "plan_support.h"
#include "suites.h"

#if SANITIZED
enum { PARTS = 2000, CLOSER = 200, REPORTS = 100 };
#else
enum { PARTS = 20000, CLOSER = 2000, REPORTS = 700 };
#endif

static Kit kit;
static Layout *layout;
static Document *document; /* without a page */

static void begin(void)
{
    kit_open(&kit, 1);
    layout = kit_layout(&kit, "committee-pack");
    document = document_new(text_words(kit.text));
}

static void end(void)
{
    document_drop(document);
    layout_drop(layout);
    kit_close(&kit);
}

static void set_page(float lines)
{
    layout->bottom = layout->paper_height - layout->top - (double)(lines * LINE);
    layout->first_bottom = layout->bottom;
}

static void drop(Composer *c)
{
    plan_drop(&c->plan);
    plan_drop(&c->plan_best);
    array_drop(&c->best);
    array_drop(&c->scaled);
    array_drop(&c->apart);
    array_drop(&c->unmoved);
    array_drop(&c->faults);
    array_drop(&c->parts);
    arena_drop(&c->arena);
}

/* ---- what is parted, where all ways are looked at -------------------------------------------- */

enum { MOST_LINES = 9, LEAST_PAGE = 9, POSITIONS = MOST_UNITS * MOST_LINES };

/* A part of paragraphs, headings and things that aren't broken. */
typedef struct {
    Unit unit[MOST_UNITS];
    Spec spec[MOST_UNITS];
    GlyphPara para[MOST_UNITS];
    GlyphLine line[MOST_UNITS][MOST_LINES];
    Pos pos[MOST_UNITS];
    TextRun run;
    size_t n;
} Passage;

static void add_text(Passage *p, Random *random, uint32_t lines, bool heading)
{
    size_t i = p->n++;
    for (uint32_t k = 0; k < lines; k++) {
        bool hyphen = !heading && k + 1 < lines && random_once_in(random, 4);
        p->line[i][k] = (GlyphLine){.flags = hyphen ? LINE_HYPHENATED : 0};
    }
    p->pos[i] = (Pos){(uint32_t)i + 1, 1, 0};
    p->para[i] = (GlyphPara){.line = p->line[i], .lines = lines};
    p->spec[i] = (Spec){.run = &p->run, .pos = &p->pos[i], .runs = 1, .para = &p->para[i]};
    p->unit[i] = (Unit){.kind = UNIT_TEXT,
                        .width = 100,
                        .spec = &p->spec[i],
                        .style = &layout->style[heading ? STYLE_h3 : STYLE_body],
                        .keep_next = heading,
                        .whole = !heading && random_once_in(random, 8),
                        .before = LINE * (float)random_below(random, 2),
                        .after = LINE * (float)random_below(random, 3) / 2};
}

static void fill_part(Passage *p, Random *random)
{
    p->n = 0;
    for (uint32_t n = 2 + random_below(random, MOST_UNITS - 1); n > 0; n--) {
        uint32_t choice = random_below(random, 7);
        if (choice == 0 && n > 1)
            add_text(p, random, 1 + random_below(random, 2), true);
        else if (choice == 1)
            p->unit[p->n++] = (Unit){.kind = UNIT_RULE,
                                     .width = 100,
                                     .height = LINE * (float)(1 + random_below(random, 6))};
        else
            add_text(p, random, 1 + random_below(random, MOST_LINES), false);
    }
}

static uint32_t lines_of(const Passage *p, size_t i)
{
    return p->unit[i].kind == UNIT_TEXT ? p->para[i].lines : 1;
}

static float line_of(const Passage *p, size_t i)
{
    return p->unit[i].kind == UNIT_TEXT ? LINE : p->unit[i].height;
}

/* What is wrong with a page that begins with a line of a unit. */
static void count_faults(const Passage *p, size_t i, uint32_t line, unsigned faults[FAULT_COUNT])
{
    if (!line) {
        faults[FAULT_STRANDED] += p->unit[i - 1].keep_next;
        return;
    }
    uint32_t lines = lines_of(p, i);
    faults[FAULT_HYPHEN] += p->line[i][line - 1].flags != 0;
    if (p->unit[i].whole || p->unit[i].keep_next)
        faults[FAULT_PARTED]++;
    else if (line == 1)
        faults[FAULT_ORPHAN]++;
    else
        faults[FAULT_WIDOW] += line + 1 == lines;
}

static bool is_right(const Passage *p, size_t i, uint32_t line)
{
    unsigned faults[FAULT_COUNT] = {0};
    count_faults(p, i, line, faults);
    for (int k = 0; k < FAULT_COUNT; k++)
        if (faults[k])
            return false;
    return true;
}

/* Marks where the pages can begin that follow one, if nothing is wrong with them; true when the part can end
 * on that page. */
static bool mark_next(const Passage *p, size_t i, uint32_t line, float page,
                      bool can[MOST_UNITS][MOST_LINES])
{
    float y = 0;
    for (bool first = true; i < p->n; i++, line = 0, first = false) {
        if (!first && is_right(p, i, 0))
            can[i][0] = true;
        if (!first)
            y += fmaxf(p->unit[i - 1].after, p->unit[i].before);
        for (bool top = true; line < lines_of(p, i); line++, top = false) {
            if (!top && is_right(p, i, line))
                can[i][line] = true;
            y += line_of(p, i);
            if (y > page)
                return false;
        }
    }
    return true;
}

/* Whether there is any way to break the part with nothing wrong. */
static bool can_be_right(const Passage *p, float page)
{
    bool can[MOST_UNITS][MOST_LINES] = {{true}};
    for (size_t i = 0; i < p->n; i++)
        for (uint32_t line = 0; line < lines_of(p, i); line++)
            if (can[i][line] && mark_next(p, i, line, page, can))
                return true;
    return false;
}

static void check_part(const Passage *p, const Plan *plan, float page, int round)
{
    unsigned told[FAULT_COUNT] = {0}, there[FAULT_COUNT] = {0};
    for (size_t i = 0; i < plan->faults.n; i++)
        told[plan->faults.at[i].kind]++;
    for (size_t i = 0; i < plan->starts.n; i++)
        count_faults(p, plan->starts.at[i].unit, plan->starts.at[i].line, there);
    for (int k = 0; k < FAULT_COUNT; k++)
        MUST_SAY(told[k] == there[k], "round %d: %u faults of kind %d, and %u are told", round,
                 there[k], k, told[k]);
    MUST_SAY(!plan->faults.n || !can_be_right(p, page), "round %d: there is a better way", round);
}

/* Nothing is stranded, alone, divided or parted at the end of a page, where there is a way without that; else
 * it is told what is. */
START_TEST(only_what_nothing_helps_is_parted)
{
    static Passage part;
    Random random = {11};
    unsigned faulty = 0, pages = 0;
    for (int round = 0; round < PARTS; round++) {
        float lines = (float)(LEAST_PAGE + random_below(&random, 9));
        fill_part(&part, &random);
        set_page(lines);
        Composer c = {.l = layout, .d = document};
        MUST(plan_pages(&c, part.unit, part.n, true) == part.n);
        check_part(&part, &c.plan, lines * LINE + 0.01f, round);
        faulty += c.plan.faults.n > 0;
        pages += c.plan.pages;
        drop(&c);
    }
    ck_assert_uint_gt(faulty, PARTS / 500);
    ck_assert_uint_gt(pages, PARTS * 2);
}
END_TEST

/* Once each, with page, PDF and place; not where the report puts it off. */
START_TEST(what_nothing_helps_is_told)
{
    Str off = STR("pages");
    Report report = {.name = STR("tur"), .terms = kit.terms, .title_pos = {2, 8, 0}};
    Edition edition = {.report = &report};
    Composer c = {.l = layout, .d = document, .e = &edition, .diags = kit.diags};
    array_push(&c.faults, ((Fault){FAULT_STRANDED, {7, 1, 0}, 3}));
    array_push(&c.faults, ((Fault){FAULT_WIDOW, {9, 4, 0}, 4}));
    array_push(&c.faults, ((Fault){FAULT_LITTLE, {0, 0, 0}, 12}));
    faults_tell(&c);
    check_messages(
        kit.diags,
        "7:1: a heading stands at the foot of page 3 of 'tur-pakke.pdf', without what follows it [pages]\n"
        "9:4: the last line of a paragraph stands alone at the head of page 4 of 'tur-pakke.pdf' [pages]\n"
        "2:8: page 12 of 'tur-pakke.pdf' is nearly empty: a part ends on it [pages]\n");
    free(diags_text(kit.diags, diags_print));
    report.off = &off;
    report.offs = 1;
    faults_tell(&c);
    check_messages(kit.diags, "");
    drop(&c);
}
END_TEST

/* ---- parts that are set closer ---------------------------------------------------------------- */

enum { STEPS = 8, CLOSER_UNITS = 9 };
#define CLOSER_PAGE 14.0f
/* As the file closer.c says. */
#define SAVED_PAGE 100.0f
#define HOLES 250.0f
#define FILLED 150.0f
#define A_STEP 10.0f
#define ROUNDING 0.5f
#define SPACE 0.5f

/* The cheapest of all ways to break the units, at a step; its cost is with that of what pages cost each that begin. */
typedef struct {
    float cost, last;
    uint32_t pages;
} Way;

/* Height of a page, or more than any page where it can't be. */
static float height_between(const Unit *u, size_t from, size_t to, float space)
{
    float y = 0;
    for (size_t i = from; i < to; i++) {
        y += i > from ? fmaxf(u[i - 1].after, u[i].before) * space : 0;
        y += u[i].height;
    }
    return y;
}

/* What comes behind the units may stand on their last page. */
static bool followed;

static Way cheapest(const Unit *u, size_t n, int step, float price)
{
    Way best = {FLT_MAX, 0, 0};
    float space = 1 - (float)step / STEPS * (1 - SPACE), page = CLOSER_PAGE * LINE;
    for (unsigned breaks = 0; breaks < 1u << n; breaks += 2) {
        Way way = {0, 0, 0};
        size_t from = 0;
        for (size_t to = 1; to <= n && way.cost < FLT_MAX; to++) {
            if (to < n && !(breaks >> to & 1))
                continue;
            float y = height_between(u, from, to, space), missing = (page - y) / LINE;
            bool can = y <= page + FULL && (to == n || !u[to - 1].keep_next);
            float cost = to < n                   ? cost_of_missing(missing) + price
                         : way.pages && !followed ? cost_of_last(y / LINE, CLOSER_PAGE)
                                                  : 0;
            way = (Way){can ? way.cost + cost : FLT_MAX, y, way.pages + 1};
            from = to;
        }
        if (way.cost < best.cost)
            best = way;
    }
    return best;
}

static size_t fill_units(Unit *u, Random *random)
{
    size_t n = 3 + random_below(random, CLOSER_UNITS - 2);
    for (size_t i = 0; i < n; i++) {
        float height = LINE / 2 + (float)random_below(random, 9000) / 100;
        u[i] = (Unit){.kind = UNIT_RULE,
                      .width = 100,
                      .height = height,
                      .before = (float)random_below(random, 24),
                      .after = (float)random_below(random, 18),
                      .keep_next = i + 1 < n && random_once_in(random, 6)};
    }
    return n;
}

/* What a step costs more than what the pages are worth that it saves; more than any if there is no such way. */
static float cost_at(const Unit *as_is, size_t n, int step, const Way *apart)
{
    Way way = cheapest(as_is, n, step, SAVED_PAGE);
    return way.pages > apart->pages ? FLT_MAX : way.cost - SAVED_PAGE * (float)(apart->pages - 1);
}

/* Whether a step saves as many pages as the last one does, and at least one. */
static bool saves_pages(const Unit *as_is, size_t n, int step, const Way *apart)
{
    size_t least = cheapest(as_is, n, STEPS, SAVED_PAGE).pages;
    return least < apart->pages && cheapest(as_is, n, step, SAVED_PAGE).pages <= least &&
           cost_at(as_is, n, step, apart) <= apart->cost;
}

/* What is paid for a step that fills holes: more where it saves no page. */
static float paid_at(const Unit *as_is, size_t n, int step, const Way *apart)
{
    bool saves = cheapest(as_is, n, step, SAVED_PAGE).pages < apart->pages;
    return cost_at(as_is, n, step, apart) + A_STEP * (float)step + (saves ? 0 : FILLED);
}

/* Where the last page may be as it is: the step with the fewest holes, if that is worth it. */
static void check_holes(const Unit *as_is, size_t n, const Way *apart, int step, int round)
{
    float chosen = step ? paid_at(as_is, n, step, apart) : apart->cost;
    MUST_SAY(step % 2 == 0, "round %d: step %d isn't tried", round, step);
    MUST_SAY(chosen <= apart->cost + 0.1f, "round %d: step %d fills no holes", round, step);
    for (int other = 2; other <= STEPS; other += 2)
        MUST_SAY(chosen <= paid_at(as_is, n, other, apart) + 0.1f,
                 "round %d: step %d was chosen, %d is better", round, step, other);
}

static bool is_kept(const Unit *u, const Unit *as_is, float space)
{
    return fabsf(u->before - as_is->before * space) < 0.01f &&
           fabsf(u->after - as_is->after * space) < 0.01f;
}

/* Space is taken evenly but on pages that have room for it, no more of it than saves a page where that would have little on it, and else where there are
 * holes. Returns what it was taken for. */
typedef enum { NOTHING, A_PAGE, HOLES_FILLED } Reason;

static Reason check_closer(const Unit *as_is, const Unit *u, size_t n, const Composer *c, int round)
{
    Way apart = cheapest(as_is, n, 0, 0);
    int step = (int)lroundf(c->closer * STEPS);
    float space = 1 - c->closer * (1 - SPACE);
    bool more = apart.pages > 1, holes = more && layout->last_page.holes && apart.cost >= HOLES;
    bool little = more && !followed &&
                  apart.last < (float)layout->last_page.little * CLOSER_PAGE * LINE;
    for (size_t page = 0, from = 0; page < c->plan.pages; page++) {
        size_t to = page < c->plan.starts.n ? c->plan.starts.at[page].unit : n;
        bool known = !followed || page + 1 < c->plan.pages;
        float left = CLOSER_PAGE * LINE - height_between(as_is, from, to, 1);
        for (; from < to; from++) {
            bool apart_now = is_kept(&u[from], &as_is[from], 1);
            MUST_SAY(apart_now || is_kept(&u[from], &as_is[from], space),
                     "round %d: space isn't taken evenly", round);
            MUST_SAY(!step || !known || left < ROUNDING + 0.1f || apart_now,
                     "round %d: space isn't given back", round);
            MUST_SAY(!step || left > ROUNDING - 0.1f || is_kept(&u[from], &as_is[from], space),
                     "round %d: space has no room", round);
        }
    }
    MUST_SAY(!step || little || holes, "round %d: set closer without need", round);
    if (little && step && saves_pages(as_is, n, step, &apart) &&
        !(step > 1 && saves_pages(as_is, n, step - 1, &apart)))
        return A_PAGE;
    MUST_SAY(!little || !saves_pages(as_is, n, STEPS, &apart), "round %d: step %d saves no page",
             round, step);
    if (holes)
        check_holes(as_is, n, &apart, step, round);
    else
        MUST_SAY(!step, "round %d: step %d helps not", round, step);
    return step ? HOLES_FILLED : NOTHING;
}

/* Or holes, where the layout wants that: in every other round. */
START_TEST(space_is_taken_where_it_saves_a_page_or_holes)
{
    Random random = {5};
    unsigned set[HOLES_FILLED + 1] = {0}, set_followed = 0;
    layout->last_page =
        (LastPageStyle){.little = 0.4, .leading = 1, .space = (double)SPACE, .rows = 1};
    set_page(CLOSER_PAGE);
    for (int round = 0; round < CLOSER; round++) {
        Unit as_is[CLOSER_UNITS] = {0}, u[CLOSER_UNITS + 1];
        size_t n = fill_units(as_is, &random);
        layout->last_page.holes = round % 2 == 0;
        followed = round % 4 == 0;
        if (cheapest(as_is, n, 0, 0).cost >= FLT_MAX)
            continue;
        memcpy(u, as_is, sizeof as_is);
        u[n] = (Unit){.kind = UNIT_PART_BREAK};
        Composer c = {.l = layout, .d = document, .place = {.fresh = true}};
        MUST(closer_plan(&c, u, followed ? n + 1 : n, true) == n);
        set[check_closer(as_is, u, n, &c, round)]++;
        set_followed += followed && c.closer > 0;
        drop(&c);
    }
    ck_assert_uint_gt(set[A_PAGE], CLOSER / 50);
    ck_assert_uint_gt(set[HOLES_FILLED], CLOSER / 200);
    ck_assert_uint_gt(set_followed, CLOSER / 400);
}
END_TEST

/* Two pages of a part that was set closer when it was made before, each with rows below what fills them so far, as high as
 * they then are. */
static size_t fill_two_pages(Unit *u, float first, float second, float row)
{
    size_t n = 0;
    for (int page = 0; page < 2; page++) {
        u[n++] = (Unit){.kind = UNIT_RULE, .width = 100, .height = page ? second : first};
        for (int i = 0; i < 4; i++)
            u[n++] = (Unit){
                .kind = UNIT_ROW, .whole = true, .top = row / 2, .bottom = row / 2, .given = 0.25f};
    }
    return n;
}

/* How far apart the rows of the two pages stand then, where another part follows or none. */
static void set_two_pages(float first, float second, UnitKind behind, float row[2])
{
    Unit u[11];
    size_t n = fill_two_pages(u, first, second, 12);
    u[n] = (Unit){.kind = behind};
    Composer c = {.l = layout, .d = document, .place = {.fresh = true}};
    pullback_part(&c, 0)->closer = 0.5f;
    MUST(closer_plan(&c, u, n + 1, true) == n);
    ck_assert_uint_eq(c.plan.pages, 2);
    row[0] = u[1].top + u[1].bottom;
    row[1] = u[n - 1].top + u[n - 1].bottom;
    drop(&c);
}

/* Rows have what they gave where their page has room, also where it isn't known yet what else the last page of the part
 * holds: there they keep what they have. */
START_TEST(rows_give_nothing_on_pages_that_have_room)
{
    float row[2];
    layout->last_page = (LastPageStyle){.little = 0.4, .leading = 1, .space = 1, .rows = 0.5};
    set_page(CLOSER_PAGE);
    float page = CLOSER_PAGE * LINE, full = page - 48, roomy = page - 48 - 20;
    set_two_pages(roomy, roomy, UNIT_NEW_PAGE, row);
    ck_assert_float_eq_tol(row[0], 16, 0.01f);
    ck_assert_float_eq_tol(row[1], 16, 0.01f);
    set_two_pages(roomy, roomy, UNIT_PART_BREAK, row);
    ck_assert_float_eq_tol(row[0], 16, 0.01f);
    ck_assert_float_eq_tol(row[1], 12, 0.01f);
    set_two_pages(full, roomy, UNIT_NEW_PAGE, row);
    ck_assert_float_eq_tol(row[0], 12, 0.01f);
    ck_assert_float_eq_tol(row[1], 16, 0.01f);
}
END_TEST

/* ---- the pages of reports --------------------------------------------------------------------- */

static bool is_in_table(const Document *d, const Draw *draw)
{
    return draw_inside(d, draw, ROLE_TABLE) != NODE_NONE;
}

/* The text of a page itself: notes stand at the foot of their column, whatever their marks are in. */
static bool is_above_notes(const Document *d, const Draw *draw)
{
    return draw_is_content(d, draw) && !draw_is_in_note(d, draw);
}

typedef struct {
    const Draw *draw;
    uint32_t page; /* from 0 */
} Seen;

/* What a reader finds wrong where a text follows another on the next page or column. */
static void look_between(const Document *d, Seen a, Seen b, unsigned faults[FAULT_COUNT])
{
    const DrawnText *above = &a.draw->text, *below = &b.draw->text;
    bool page = a.page != b.page;
    bool column = b.draw->y < a.draw->y - 1 ||
                  (b.draw->x > a.draw->x + 100 && b.draw->y <= a.draw->y + 1);
    if (!page && !column)
        return;
    if (node_is_heading(d, draw_owner(a.draw)) && below->para != above->para)
        faults[FAULT_STRANDED]++;
    if (below->para != above->para || !below->first || is_in_table(d, b.draw))
        return;
    faults[FAULT_HYPHEN] += page && above->para->line[above->end - 1].flags & LINE_HYPHENATED;
    if (above->end - above->first == 1 && !above->first)
        faults[FAULT_ORPHAN]++;
    else
        faults[FAULT_WIDOW] += below->end - below->first == 1 && below->end == below->para->lines;
}

/* A line of a paragraph in the column itself, rather than in a list or box. */
static bool is_running(const Document *d, const Draw *draw)
{
    static const Role others[] = {ROLE_LI, ROLE_DIV, ROLE_BLOCK_QUOTE, ROLE_NOTE};
    bool running = document_role(d, draw_owner(draw)) == ROLE_P && draw->text.para->lines > 1 &&
                   draw->text.leading > LINE * 0.97f && draw->text.leading < LINE * 1.01f;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        running &= draw_inside(d, draw, others[i]) == NODE_NONE;
    return running;
}

/* All of the report's own lines have the same leading on a page and the next, but where a part begins. */
static void check_rhythm(const Document *d, const Draw *draw, float *leading, unsigned *closer,
                         int seed)
{
    if (!is_running(d, draw))
        return;
    *closer += draw->text.leading < LINE * 0.999f;
    MUST_SAY(*leading <= 0 || fabsf(draw->text.leading - *leading) < 0.001f,
             "report %d: lines are %g and %g apart", seed, (double)*leading,
             (double)draw->text.leading);
    *leading = draw->text.leading;
}

static void look_at_pages(const Document *d, unsigned faults[FAULT_COUNT], unsigned *closer,
                          int seed)
{
    Seen last = {NULL, 0};
    float leading = 0;
    for (uint32_t page = 0; page < d->pages.n; page++)
        for (uint32_t i = d->pages.at[page].first; i < d->pages.at[page].end; i++) {
            const Draw *draw = &d->draws.at[i];
            if (!is_above_notes(d, draw))
                continue;
            Seen now = {draw, page};
            if (last.draw)
                look_between(d, last, now, faults);
            if (page != last.page && document_role(d, draw_owner(draw)) != ROLE_P)
                leading = document_role(d, draw_owner(draw)) == ROLE_H1 ? 0 : leading;
            if (draw->text.leading > 30) /* a title: a part begins */
                leading = 0;
            check_rhythm(d, draw, &leading, closer, seed);
            last = now;
        }
}

/* The lines of all columns of a page stand level, where no table goes over them. Returns how many paragraphs
 * were compared. */
static unsigned check_level(const Document *d, uint32_t page, int seed)
{
    const Draw *first = NULL;
    unsigned n = 0;
    for (uint32_t i = d->pages.at[page].first; i < d->pages.at[page].end; i++)
        if (draw_is_content(d, &d->draws.at[i]) && is_in_table(d, &d->draws.at[i]))
            return 0;
    for (uint32_t i = d->pages.at[page].first; i < d->pages.at[page].end; i++) {
        const Draw *draw = &d->draws.at[i];
        if (!draw_is_content(d, draw) || !is_running(d, draw))
            continue;
        first = first ? first : draw;
        float lines = (draw->y - first->y) / draw->text.leading;
        MUST_SAY(fabsf(lines - roundf(lines)) < 0.01f, "report %d, page %u: lines aren't level",
                 seed, page + 1);
        n += fabsf(draw->x - first->x) > 1;
    }
    return n;
}

/* Boxes of few lines stand on one page and in one column. Returns how many there are. */
static unsigned check_boxes(const Document *d, const Layout *by, int seed)
{
    enum { FEW = 8 };
    unsigned n = 0;
    for (uint32_t i = 0, end; i < d->draws.n; i = end) {
        const Draw *first = &d->draws.at[i], *last = first;
        Node box = is_above_notes(d, first) ? draw_inside(d, first, ROLE_DIV) : NODE_NONE;
        uint32_t lines = 0;
        for (end = i; end < d->draws.n; end++) {
            const Draw *draw = &d->draws.at[end];
            if (is_above_notes(d, draw) && draw_inside(d, draw, ROLE_DIV) != box)
                break;
            if (!is_above_notes(d, draw))
                continue;
            lines += draw->text.end - draw->text.first;
            last = draw;
        }
        if (box == NODE_NONE || lines > FEW)
            continue;
        n++;
        MUST_SAY(last->y >= first->y - 1 && draw_foot(last) - first->y < LINE * (FEW + 2) &&
                     fabsf(last->x - first->x) < (float)by->text_width,
                 "report %d: a small box is parted", seed);
    }
    return n;
}

/* How far down the last page is used, of all of it; 1 where a part begins on it. */
static float use_of_last(const Document *d, const Layout *by)
{
    const Page *page = &d->pages.at[d->pages.n - 1];
    float foot = (float)by->top, height = (float)(by->paper_height - by->top - by->bottom);
    for (uint32_t i = page->first; i < page->end; i++) {
        const Draw *draw = &d->draws.at[i];
        if (!draw_is_content(d, draw))
            continue;
        if (document_role(d, draw_owner(draw)) == ROLE_H1 || draw_is_in_note(d, draw))
            return 1;
        foot = fmaxf(foot, draw_foot(draw));
    }
    return (foot - (float)by->top) / height;
}

typedef struct {
    unsigned faults[FAULT_COUNT];
    bool last; /* page is nearly empty */
} Told;

/* Of a document of so many pages. */
static Told what_was_told(uint32_t pages)
{
    static const char *const words[FAULT_COUNT] = {
        "is parted", "a heading stands", "the first line", "the last line",
        "a word is", "is nearly",        "leaves a hole"};
    Told told = {{0}, false};
    char last[32];
    snprintf(last, sizeof last, "page %u of ", pages);
    for (size_t i = 0; diags_message(kit.diags, i); i++)
        for (int k = 0; k < FAULT_COUNT; k++) {
            const char *message = diags_message(kit.diags, i);
            told.faults[k] += strstr(message, words[k]) != NULL;
            told.last |= k == FAULT_LITTLE && strstr(message, words[k]) && strstr(message, last);
        }
    free(diags_text(kit.diags, diags_print));
    return told;
}

typedef struct {
    unsigned pages, little, closer, notes, level, boxes; /* notes: short ones that are parted */
} Totals;

static unsigned count_parted_notes(const Document *d)
{
    enum { SHORT = 4 };
    unsigned n = 0;
    for (uint32_t i = 0; i < d->draws.n; i++) {
        const DrawnText *text = &d->draws.at[i].text;
        n += draw_is_content(d, &d->draws.at[i]) && draw_is_in_note(d, &d->draws.at[i]) &&
             text->para->lines <= SHORT && text->end < text->para->lines;
    }
    return n;
}

static void check_report(const Document *d, const Layout *by, int seed, Totals *totals)
{
    unsigned there[FAULT_COUNT] = {0};
    Told told = what_was_told(document_page_count(d));
    look_at_pages(d, there, &totals->closer, seed);
    /* a line of what should have been kept whole is told as that */
    for (int k = FAULT_STRANDED; k <= FAULT_HYPHEN; k++)
        MUST_SAY(
            told.faults[k] <= there[k] && told.faults[k] + told.faults[FAULT_PARTED] >= there[k],
            "report %d: %u faults of kind %d, and %u are told", seed, there[k], k, told.faults[k]);
    float use = use_of_last(d, by), line = LINE / (float)(by->paper_height - by->top - by->bottom);
    MUST_SAY(!told.last || use < 0.2f || use >= 1,
             "report %d: the last page isn't as empty as is told", seed);
    MUST_SAY(told.last || d->pages.n == 1 || use > 0.2f - 2 * line,
             "report %d: the last page is nearly empty, and it isn't told", seed);
    for (uint32_t page = 0; by->column_grid && page < d->pages.n; page++)
        totals->level += check_level(d, page, seed);
    totals->boxes += check_boxes(d, by, seed);
    totals->notes += count_parted_notes(d);
    totals->little += told.faults[FAULT_LITTLE];
    totals->pages += document_page_count(d);
}

/* In columns and on pages that are all different; `one` has a single column as wide, so that its paragraphs are
 * the same. */
static void set_report(Layout *by, Layout *one, Random *random)
{
    by->last_page.leading = 0.98;
    by->columns = 1 + (int)random_below(random, 3);
    by->column_grid = by->columns > 1 && random_once_in(random, 2);
    for (int i = 0; i < SPAN_COUNT; i++)
        by->span[i] = !by->column_grid && (i == SPAN_h1 || i == SPAN_lead);
    by->gutter = 12 + random_below(random, 12);
    by->text_width = (layout_live_width(by) - by->gutter * (by->columns - 1)) / by->columns;
    one->text_width = by->text_width;
    by->bottom = by->paper_height - by->top - (double)LINE * (20 + random_below(random, 26));
    by->first_bottom = by->bottom;
}

START_TEST(reports_keep_what_is_promised)
{
    ReportKit reports;
    Totals totals = {0};
    Layout *one = kit_body_layout(&kit), *by = kit_body_layout(&kit);
    report_kit_open(&reports, &kit);
    for (int seed = _i * REPORTS; seed < (_i + 1) * REPORTS; seed++) {
        Random random = {(uint64_t)seed + 77};
        unsigned notes;
        set_report(by, one, &random);
        Report *report = random_report(&reports, seed + 1000, &notes);
        Document *single = kit_compose(&kit, report, one);
        free(diags_text(kit.diags, diags_print));
        Document *d = kit_compose(&kit, report, by);
        check_whole(d, seed);
        MUST_SAY(count_texts(d) == count_texts(single), "report %d: a text is lost", seed);
        check_note_pages(d, notes, 0, seed);
        check_report(d, by, seed, &totals);
        document_drop(single);
        document_drop(d);
        report_drop(report);
    }
    ck_assert_uint_gt(totals.closer, 0);
    ck_assert_uint_gt(totals.boxes, REPORTS / 4);
    ck_assert_uint_gt(totals.level, totals.pages / 10);
    /* Below what goes over all columns these may be lower than a note. */
    ck_assert_uint_le(totals.notes, totals.pages / 3000);
    ck_assert_uint_le(totals.little, 1 + totals.pages / 300);
    layout_drop(one);
    layout_drop(by);
    report_kit_close(&reports);
}
END_TEST

Suite *pages_suite(void)
{
    Suite *s = suite_create("pages");
    TCase *c = tcase_create("pages");
    tcase_add_checked_fixture(c, begin, end);
    tcase_set_timeout(c, 240);
    tcase_add_test(c, only_what_nothing_helps_is_parted);
    tcase_add_test(c, what_nothing_helps_is_told);
    tcase_add_test(c, space_is_taken_where_it_saves_a_page_or_holes);
    tcase_add_test(c, rows_give_nothing_on_pages_that_have_room);
    tcase_add_loop_test(c, reports_keep_what_is_promised, 0, 3);
    suite_add_tcase(s, c);
    return s;
}
