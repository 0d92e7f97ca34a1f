/* Tables of random words and numbers are composed, and looked at as a reader would: nothing stands beyond the
 * margins or on top of its neighbour, and no word is broken anywhere without being told. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report_support.h"
#include "suites.h"

#if SANITIZED
enum { REPORTS = 50, TABLES = 10 };
#else
enum { REPORTS = 250, TABLES = 10 };
#endif

#define TOLERANCE 0.1f
#define LETTER 10.0f /* where a table has no room, a letter may be wider than its column */

static const char *const words[] = {"og",
                                    "af",
                                    "sag",
                                    "borgere",
                                    "kommunen",
                                    "forvaltning",
                                    "boligselskaber",
                                    "socialudvalget",
                                    "beskæftigelsesindsats",
                                    "uddannelsesinstitutioner",
                                    "sagsbehandlingstid",
                                    "[link](https://example.org/en-lang-adresse/der-fortsætter)",
                                    "**fed**",
                                    "m²",
                                    "<br>",
                                    "Ældre- og handicapforvaltningen"};
static const char *const numbers[] = {"1.234,5", "12",         "-3,5",        "ca. 260", "12-14",
                                      "8 %",     "0,25 %",     "-",           "ukendt",  "+1",
                                      "",        "7 mio. kr.", "mere end 1 %"};

static void add_cell(Random *random, StrBuf *out, bool number, uint32_t most)
{
    strbuf_add_text(out, " ");
    if (number) {
        strbuf_add_text(out, numbers[random_below(random, sizeof numbers / sizeof *numbers)]);
    } else {
        for (uint32_t n = random_below(random, most); n > 0; n--) {
            strbuf_add_text(out, words[random_below(random, sizeof words / sizeof *words)]);
            strbuf_add_char(out, ' ');
        }
    }
    strbuf_add_text(out, " |");
}

static void add_table(Random *random, StrBuf *out)
{
    uint32_t columns = 1 + random_below(random, random_once_in(random, 30) ? 30 : 7);
    uint32_t rows = 1 + random_below(random, random_once_in(random, 6) ? 60 : 6);
    uint32_t numeric = random_next(random), most = random_once_in(random, 3) ? 25 : 4;
    strbuf_add_text(out, "\n|");
    for (uint32_t k = 0; k < columns; k++)
        add_cell(random, out, false, 4);
    strbuf_add_text(out, "\n|");
    for (uint32_t k = 0; k < columns; k++)
        strbuf_add_text(out, random_once_in(random, 3) ? "--:|" : "---|");
    for (uint32_t row = 0; row < rows; row++) {
        strbuf_add_text(out, "\n|");
        for (uint32_t k = 0; k < columns; k++)
            add_cell(random, out, numeric >> k % 32 & 1, most);
    }
    strbuf_add_text(out, "\n\nTekst.\n");
}

/* A line of type on its page. */
typedef struct {
    float left, right, y;
} Set;
typedef ARRAY(Set) Sets;

static void add_lines(const Draw *draw, Sets *out, bool *emergency)
{
    const DrawnText *text = &draw->text;
    *emergency |= text->para->emergency;
    for (uint32_t i = text->first; i < text->end; i++) {
        const GlyphLine *line = &text->para->line[i];
        float left = draw->x + line->x, y = draw->y + (float)(i - text->first) * text->leading;
        if (line->width > 0)
            array_push(out, ((Set){left, left + line->width, y}));
    }
}

static bool on_top(const Set *a, const Set *b, float tolerance)
{
    return fabsf(a->y - b->y) < 3 && a->left < b->right - tolerance &&
           b->left < a->right - tolerance;
}

/* Returns whether a word is broken where none may be. */
static bool check_page(const Document *d, const Layout *l, uint32_t page, float tolerance, int seed)
{
    Sets sets = {0};
    bool emergency = false;
    const Page *p = &d->pages.at[page];
    for (uint32_t i = p->first; i < p->end; i++)
        if (d->draws.at[i].kind == DRAW_TEXT && d->draws.at[i].text.para)
            add_lines(&d->draws.at[i], &sets, &emergency);
    for (size_t i = 0; i < sets.n; i++) {
        const Set *a = &sets.at[i];
        MUST_SAY(a->left >= (float)l->left - tolerance &&
                     a->right <= p->width - (float)l->right + tolerance,
                 "report %d, page %u: a line from %d to %d is beyond the margins", seed, page + 1,
                 (int)a->left, (int)a->right);
        for (size_t k = i + 1; k < sets.n; k++)
            MUST_SAY(!on_top(a, &sets.at[k], tolerance),
                     "report %d, page %u: two lines at %d, %d and %d", seed, page + 1, (int)a->y,
                     (int)a->left, (int)sets.at[k].left);
    }
    array_drop(&sets);
    return emergency;
}

static void check_report(ReportKit *reports, const Layout *layout, int seed)
{
    Random random = {(uint64_t)seed};
    StrBuf text = {0};
    strbuf_add_text(&text, "---\ntitle: Tabeller\n---\n# Tema: Tabeller\n");
    for (int i = 0; i < TABLES; i++)
        add_table(&random, &text);
    Report *report = report_of(reports, text.p);
    Document *d = kit_compose(reports->kit, report, layout);
    char *said = report_said(reports);
    bool emergency = false, told = strstr(said, "too wide for its page") != NULL;
    for (uint32_t page = 0; page < document_page_count(d); page++)
        emergency |= check_page(d, layout, page, told ? LETTER : TOLERANCE, seed);
    MUST_SAY(!emergency || told, "report %d: a word is broken: %s", seed, said);
    free(said);
    document_drop(d);
    report_drop(report);
    strbuf_drop(&text);
}

START_TEST(cells_keep_to_their_columns_and_tables_to_their_pages)
{
    Kit kit;
    ReportKit reports;
    kit_open(&kit, 2);
    report_kit_open(&reports, &kit);
    Layout *layout = kit_body_layout(&kit);
    for (int seed = 1; seed <= REPORTS; seed++)
        check_report(&reports, layout, seed);
    layout_drop(layout);
    report_kit_close(&reports);
    kit_close(&kit);
}
END_TEST

Suite *tables_suite(void)
{
    Suite *suite = suite_create("tables");
    TCase *tests = tcase_create("random");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, cells_keep_to_their_columns_and_tables_to_their_pages);
    suite_add_tcase(suite, tests);
    return suite;
}
