/* The days of a report beside or below its contents: reports with visits at random are composed, and it is
 * looked whether each day and each visit stands there once, in order, on the page of the contents, and on
 * nothing else. */
#include "base/utf8.h"
#include "body_support.h"
#include "suites.h"

static Layout *pack;

static void begin(void)
{
    body_begin();
    pack = kit_layout(&kit, "committee-pack");
    pack->contents.least_pages = pack->cover.least_pages = 0;
}

static void end(void)
{
    layout_drop(pack);
    body_end();
}

/* ---- reports -------------------------------------------------------------------------------- */

enum { MOST_VISITS = 30, DAYS = 31, LONGEST_PERIOD = 7 };

typedef struct {
    unsigned visits, first, last, day[MOST_VISITS]; /* of March 2026, which begins on a Sunday */
    unsigned headings;
    bool period, doubts;
} Plan;

enum { DOUBT_EVERY = 3 }; /* a visit whose date isn't certain, where there are any */

static Plan random_plan(Random *random)
{
    Plan p = {.visits = random_below(random, MOST_VISITS), .headings = random_below(random, 50)};
    unsigned length = 1 + random_below(random, random_once_in(random, 3) ? 20 : 6);
    p.first = 1 + random_below(random, DAYS - length + 1);
    p.last = p.first + length - 1;
    p.period = random_below(random, 4) > 0;
    p.doubts = random_below(random, 2) > 0;
    for (unsigned i = 0; i < p.visits; i++)
        p.day[i] = p.first + random_below(random, length);
    return p;
}

static bool is_doubtful(const Plan *p, unsigned visit)
{
    return p->doubts && visit % DOUBT_EVERY == 0;
}

static Report *report_with(const Plan *p, const char *status)
{
    StrBuf text = {0};
    strbuf_addf(&text, "---\ntitle: Dage\nstatus: %s\n", status);
    if (p->period)
        strbuf_addf(&text, "period: 2026-03-%02u/2026-03-%02u\n", p->first, p->last);
    strbuf_add_text(&text, "---\n# Afsnit\n\nTekst.\n\n");
    for (unsigned i = 0; i < p->headings; i++)
        strbuf_addf(&text, "## Overskrift %u\n\nTekst.\n\n", i);
    for (unsigned i = 0; i < p->visits; i++)
        strbuf_addf(&text, "## Besøg: Sted %u %s {#v%u date=2026-03-%02u}\n\n%sTekst.\n\n", i,
                    i % 5 ? "" : "med et navn, der er længere end de fleste", i, p->day[i],
                    is_doubtful(p, i) ? "```facts\nVært: A\nAfklares: dagen efter\n```\n\n" : "");
    Report *report = report_of(&reports, text.p);
    strbuf_drop(&text);
    return report;
}

/* ---- what is there -------------------------------------------------------------------------- */

/* With blanks for those that no line breaks at. */
static Str words_of(StrBuf *out, const Document *d, const Draw *draw)
{
    StrBuf all = {0};
    add_drawn_words(&all, d, &draw->text);
    strbuf_clear(out);
    for (size_t at = 0; at < all.n;) {
        uint32_t c = utf8_next(strbuf_str(&all), &at);
        strbuf_add_utf8(out, c == 0xA0 ? ' ' : c);
    }
    strbuf_drop(&all);
    return strbuf_str(out);
}

/* The page that a text begins on, or pages.n; and which of its draws it is. */
static uint32_t page_of(const Document *d, const char *words, uint32_t *at)
{
    StrBuf text = {0};
    uint32_t found = (uint32_t)d->pages.n;
    for (uint32_t p = 0; p < d->pages.n && found == d->pages.n; p++) {
        for (uint32_t i = d->pages.at[p].first; i < d->pages.at[p].end; i++) {
            if (d->draws.at[i].kind == DRAW_TEXT &&
                str_equal(words_of(&text, d, &d->draws.at[i]), str_from(words))) {
                found = p;
                *at = i;
                break;
            }
        }
    }
    strbuf_drop(&text);
    return found;
}

static bool apart(const Draw *a, const Draw *b)
{
    float top_a = a->y - a->text.leading * 0.6f, top_b = b->y - b->text.leading * 0.6f;
    float foot_a = a->y + a->text.leading * (float)(a->text.end - a->text.first - 1);
    float foot_b = b->y + b->text.leading * (float)(b->text.end - b->text.first - 1);
    return foot_a <= top_b || foot_b <= top_a || a->x + a->text.para->width <= b->x ||
           b->x + b->text.para->width <= a->x;
}

static void check_apart(const Document *d, uint32_t page)
{
    const Page *p = &d->pages.at[page];
    for (uint32_t i = p->first; i < p->end; i++) {
        const Draw *a = &d->draws.at[i];
        if (a->kind != DRAW_TEXT)
            continue;
        MUST_SAY(a->x + a->text.para->width < p->width, "a text leaves the page at the side");
        MUST_SAY(a->y + a->text.leading * (float)(a->text.end - a->text.first - 1) < p->height,
                 "a text leaves the page at its foot");
        for (uint32_t k = i + 1; k < p->end; k++)
            MUST_SAY(d->draws.at[k].kind != DRAW_TEXT || apart(a, &d->draws.at[k]),
                     "two texts stand on each other");
    }
}

/* ---- what must be there --------------------------------------------------------------------- */

static unsigned days_with_visits(const Plan *p)
{
    bool seen[DAYS + 1] = {0};
    unsigned n = 0;
    for (unsigned i = 0; i < p->visits; i++) {
        n += !seen[p->day[i]];
        seen[p->day[i]] = true;
    }
    return n;
}

/* Days with their visits, as they are read: a date, then names. */
static void add_expected(StrBuf *out, const Plan *p)
{
    bool all = p->period && p->last - p->first < LONGEST_PERIOD;
    for (unsigned day = 1; day <= DAYS; day++) {
        bool dated = false;
        for (unsigned i = 0; i < p->visits; i++)
            dated |= p->day[i] == day;
        if (!dated && !(all && day >= p->first && day <= p->last))
            continue;
        strbuf_addf(out, "%u. marts|", day);
        for (unsigned i = 0; i < p->visits; i++)
            if (p->day[i] == day)
                strbuf_addf(out, "Sted %u%s|%s", i,
                            i % 5 ? "" : " med et navn, der er længere end de fleste",
                            is_doubtful(p, i) ? "Afklares: dagen efter|" : "");
        if (!dated && day % 7 != 1 && day % 7 != 0) /* the 1st is a Sunday */
            strbuf_add_text(out, "Intet besøg|");
    }
}

static bool is_below(const Document *d, Node node, Node above)
{
    while (node < NODE_NONE && node != above)
        node = d->nodes.at[node].parent;
    return node == above;
}

/* All that stands in the same part of the structure as the title, but for the title and the line below it. */
static void add_found(StrBuf *out, const Document *d, const Page *page, uint32_t title)
{
    StrBuf text = {0};
    Node box = d->nodes.at[d->draws.at[title].owner].parent;
    for (uint32_t i = title + 2; i < page->end; i++) {
        const Draw *draw = &d->draws.at[i];
        if (draw->kind != DRAW_TEXT || !is_below(d, draw->owner, box) ||
            draw == &d->draws.at[title])
            continue;
        strbuf_add_str(out, words_of(&text, d, draw));
        strbuf_add_char(out, '|');
    }
    strbuf_drop(&text);
}

START_TEST(each_day_and_visit_stands_beside_or_below_the_contents)
{
    Random random = {(uint64_t)_i + 1};
    Plan plan = random_plan(&random);
    Report *report = report_with(&plan, "final");
    Document *d = kit_compose(&kit, report, pack);
    uint32_t title = 0, contents = 0, page = page_of(d, "Dag for dag", &title);
    if (page == d->pages.n) {
        ck_assert(days_with_visits(&plan) < 2 ||
                  plan.visits + plan.headings > (plan.doubts ? 15 : 20));
    } else {
        StrBuf expected = {0}, found = {0};
        ck_assert_uint_ge(days_with_visits(&plan), 2);
        ck_assert_uint_eq(page, page_of(d, "Indhold", &contents));
        add_expected(&expected, &plan);
        add_found(&found, d, &d->pages.at[page], title);
        ck_assert_str_eq(found.p, expected.p);
        check_apart(d, page);
        strbuf_drop(&expected);
        strbuf_drop(&found);
    }
    document_drop(d);
    report_drop(report);
}
END_TEST

/* What few entries leave room for stands below them at the foot, over the whole width; beside many it stands in
 * the side column. */
START_TEST(they_stand_where_the_contents_leave_room)
{
    Plan plan = {.visits = 4, .first = 2, .last = 5, .day = {2, 2, 3, 5}, .period = true};
    float side = (float)(pack->left + pack->text_width + pack->gutter);
    for (plan.headings = 2; plan.headings <= 30; plan.headings += 28) {
        Report *report = report_with(&plan, "final");
        Document *d = kit_compose(&kit, report, pack);
        uint32_t at[2];
        ck_assert_uint_eq(page_of(d, "2. marts", &at[0]), page_of(d, "3. marts", &at[1]));
        const Draw *first = &d->draws.at[at[0]], *second = &d->draws.at[at[1]];
        bool below = plan.headings == 2;
        ck_assert_float_eq_tol(first->x, below ? (float)pack->left : side, 0.1f);
        ck_assert(below ? second->y == first->y && second->x > first->x
                        : second->x == first->x && second->y > first->y);
        ck_assert(!below || first->y > (float)pack->paper_height * 0.75f);
        document_drop(d);
        report_drop(report);
    }
}
END_TEST

/* Also where names of visits take several lines, they begin no page for themselves. */
START_TEST(they_stand_on_the_page_of_the_contents)
{
    Plan plan = {.first = 2, .last = 2 + (unsigned)_i, .headings = 1, .period = true};
    for (plan.visits = 2; plan.visits < MOST_VISITS; plan.visits++) {
        for (unsigned i = 0; i < plan.visits; i++)
            plan.day[i] = plan.first + i % (plan.last - plan.first + 1);
        Report *report = report_with(&plan, "final");
        Document *d = kit_compose(&kit, report, pack);
        uint32_t title = 0, contents = 0, page = page_of(d, "Dag for dag", &title);
        ck_assert(page == d->pages.n || page == page_of(d, "Indhold", &contents));
        document_drop(d);
        report_drop(report);
    }
}
END_TEST

/* A draft asks what happens on a working day without visits, and on no other. */
START_TEST(a_draft_asks_for_days_without_visits)
{
    Plan plan = {.visits = 2, .first = 6, .last = 9, .day = {6, 7}, .headings = 2, .period = true};
    Report *report = report_with(&plan, "draft");
    Document *d = kit_compose(&kit, report, pack);
    uint32_t title = 0, page = page_of(d, "Dag for dag", &title);
    StrBuf found = {0};
    ck_assert_uint_lt(page, d->pages.n);
    add_found(&found, d, &d->pages.at[page], title);
    ck_assert_str_eq(found.p,
                     "6. marts|Sted 0 med et navn, der er længere end de fleste|7. marts|Sted 1|"
                     "8. marts|9. marts|Afklares: om der var besøg denne dag|");
    strbuf_drop(&found);
    document_drop(d);
    report_drop(report);
}
END_TEST

START_TEST(a_layout_may_do_without)
{
    Plan plan = {.visits = 2, .first = 6, .last = 7, .day = {6, 7}, .headings = 2};
    uint32_t title = 0;
    pack->contents.days = false;
    Report *report = report_with(&plan, "final");
    Document *d = kit_compose(&kit, report, pack);
    ck_assert_uint_eq(page_of(d, "Dag for dag", &title), d->pages.n);
    document_drop(d);
    report_drop(report);
}
END_TEST

Suite *days_suite(void)
{
    Suite *s = suite_create("days");
    TCase *c = tcase_create("days");
    tcase_add_checked_fixture(c, begin, end);
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, each_day_and_visit_stands_beside_or_below_the_contents, 0, 60);
    tcase_add_test(c, they_stand_where_the_contents_leave_room);
    tcase_add_loop_test(c, they_stand_on_the_page_of_the_contents, 1, 12);
    tcase_add_test(c, a_draft_asks_for_days_without_visits);
    tcase_add_test(c, a_layout_may_do_without);
    suite_add_tcase(s, c);
    return s;
}
