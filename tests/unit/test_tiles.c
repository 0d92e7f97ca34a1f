/* Tiles: reports with figures made at random are composed, and the rows looked at: do they fill their
 * width, is every text within its tile, do numbers and caveats stand on common lines? */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#include "body_support.h"
#include "suites.h"

enum { MOST = 8 };
#define TOLERANCE 0.05f
#define NO_BREAK_SPACE "\xC2\xA0"

/* ---- composing ------------------------------------------------------------------------------ */

static Report *report_with(const char *tiles, const char *rows)
{
    StrBuf text = {0};
    strbuf_addf(
        &text,
        "---\ntitle: Fliser\n---\n# Tema: Tal {#tal}\n\nTekst.\n\n```tiles\n%s\n```\n\n"
        "Mere tekst.\n\n## Nøgletal\n\n"
        "|Id|Nøgletal|Værdi|Enhed|Hvor|Periode|Forbehold|Kilde|Flise|\n|-|-|-|-|-|-|-|-|-|\n%s",
        tiles, rows);
    Report *report = report_of(&reports, text.p);
    strbuf_drop(&text);
    return report;
}

/* ---- figures at random ---------------------------------------------------------------------- */

static const char *pick(Random *random, const char *const *words, uint32_t n)
{
    return words[random_below(random, n)];
}

static void add_random_row(StrBuf *rows, Random *random, unsigned i)
{
    static const char *const names[] = {
        "Borgere", "CCTV-kameraer på de større gader",
        "Deltagere ude af permanent hjemløshed, der selv siger, at de har fået det bedre",
        "Socialforvaltningens specialundervisningstilbud"};
    static const char *const values[] = {
        "7",           "5.000",      "ca. 55.000",  "mere end 27 mia.", "12-14",
        "254.000.000", "2. største", "anslået 250", "1.234.567,89"};
    static const char *const units[] = {"", "pct.", "anholdelser om måneden", "kr.", "indbyggere"};
    static const char *const places[] = {"", "Lambeth", "Hammersmith og Fulham og et sted mere"};
    static const char *const caveats[] = {
        "", "Skøn", "Egen vurdering; der findes ingen statistik, og afsenderen er ikke oplyst"};
    strbuf_addf(rows, "|K%u|%s|%s|%s|%s|2012|%s|Kilden|\n", i, pick(random, names, 4),
                pick(random, values, 9), pick(random, units, 5), pick(random, places, 3),
                pick(random, caveats, 3));
}

static Report *random_report(Random *random, unsigned n)
{
    StrBuf tiles = {0}, rows = {0};
    strbuf_add_text(&tiles, "figures: [");
    for (unsigned i = 0; i < n; i++) {
        strbuf_addf(&tiles, "%sK%u", i ? ", " : "", i);
        add_random_row(&rows, random, i);
    }
    strbuf_add_text(&tiles, "]");
    Report *report = report_with(tiles.p, rows.p);
    strbuf_drop(&tiles);
    strbuf_drop(&rows);
    return report;
}

/* ---- looking at them ------------------------------------------------------------------------ */

typedef struct {
    uint32_t page;
    float x, y, w, h;
    float number, caveat; /* baselines: of the first text, of the last line; 0 when there is none */
} Box;

typedef struct {
    Box at[MOST];
    size_t n;
} Boxes;

static bool is_style(const GlyphPara *para, StyleRole role)
{
    return para->run[para->runs - 1].size == (float)layout->style[role].size &&
           para->run[para->runs - 1].colour == layout->style[role].colour;
}

/* A text belongs to the tile that was drawn last and must lie in it. */
static void take_text(Box *box, const Draw *d)
{
    float last = d->y + d->text.leading * (float)(d->text.end - 1);
    /* Each ends with a blank that nobody sees. */
    float width = d->text.para->width - 0.26f * d->text.para->run[d->text.para->runs - 1].size;
    ck_assert_msg(d->x >= box->x && d->x + width <= box->x + box->w,
                  "a text at %g, %g wide, leaves its tile at %g, %g wide, at the side",
                  (double)d->x, (double)d->text.para->width, (double)box->x, (double)box->w);
    ck_assert_msg(box->number > 0 || d->text.para->lines == 1 || box->w > layout->text_width,
                  "a number is broken");
    ck_assert_msg(d->y > box->y && last < box->y + box->h, "a text leaves its tile");
    if (box->number <= 0)
        box->number = d->y;
    if (is_style(d->text.para, STYLE_tile_caveat))
        box->caveat = last;
}

static bool is_tile(const Draw *d)
{
    return d->kind == DRAW_FILL && d->line.colour == layout->colour[COLOUR_tint] && d->w > 20;
}

static bool within(const Draw *d, const Box *box)
{
    return d->y > box->y && d->y < box->y + box->h;
}

static Boxes find_tiles(const Document *d)
{
    Boxes boxes = {.n = 0};
    for (uint32_t p = 0; p < d->pages.n; p++) {
        for (uint32_t i = d->pages.at[p].first; i < d->pages.at[p].end; i++) {
            const Draw *draw = &d->draws.at[i];
            if (is_tile(draw)) {
                ck_assert_uint_lt(boxes.n, MOST);
                boxes.at[boxes.n++] = (Box){p, draw->x, draw->y, draw->w, draw->h, 0, 0};
            } else if (draw->kind == DRAW_TEXT && boxes.n && boxes.at[boxes.n - 1].page == p &&
                       within(draw, &boxes.at[boxes.n - 1])) {
                take_text(&boxes.at[boxes.n - 1], draw);
            }
        }
    }
    return boxes;
}

static bool same(float a, float b)
{
    return fabsf(a - b) < TOLERANCE;
}

/* Checks the row that begins with a tile; returns how many are in it. */
static size_t check_row(const Box *box, size_t left_over)
{
    float live = (float)layout_live_width(layout), caveat = 0;
    size_t n = 1;
    while (n < left_over && same(box[n].y, box->y) && box[n].page == box->page)
        n++;
    ck_assert(same(box[0].x, (float)layout->left));
    ck_assert(same(box[n - 1].x + box[n - 1].w, (float)layout->left + live));
    for (size_t i = 0; i < n; i++) {
        ck_assert(same(box[i].w, box->w) && same(box[i].h, box->h));
        ck_assert_msg(same(box[i].number, box->number), "numbers stand on different lines");
        if (i > 0)
            ck_assert(same(box[i].x - box[i - 1].x - box[i - 1].w, (float)layout->tile.gap));
        if (box[i].caveat > 0)
            ck_assert_msg(caveat <= 0 || same(box[i].caveat, caveat),
                          "caveats end on different lines");
        caveat = box[i].caveat > 0 ? box[i].caveat : caveat;
    }
    return n;
}

static void check_rows(Random *random, unsigned n)
{
    Report *report = random_report(random, n);
    Document *d = kit_compose(&kit, report, layout);
    Boxes boxes = find_tiles(d);
    ck_assert_uint_eq(boxes.n, n);
    size_t before = 0;
    for (size_t i = 0; i < n;) {
        size_t row = check_row(&boxes.at[i], n - i);
        ck_assert_msg(row >= before && row <= (size_t)layout->tile.across, "a shorter row follows");
        before = row;
        i += row;
    }
    document_drop(d);
    report_drop(report);
}

START_TEST(rows_are_filled)
{
    Random random = {(uint64_t)_i + 1};
    for (unsigned n = 1; n <= MOST; n++)
        check_rows(&random, n);
}
END_TEST

/* Of a narrow page, a wide one and any between, with numbers of any size. */
START_TEST(rows_are_filled_at_any_measure)
{
    Random random = {(uint64_t)_i + 101};
    double size = layout->style[STYLE_tile_number].size, alone = layout->tile.alone;
    for (unsigned n = 1; n <= MOST; n++) {
        double live = 260 + random_below(&random, 500),
               larger = 1 + random_below(&random, 6) / 10.0;
        layout->paper_width = live + layout->left + layout->right;
        layout->text_width = live * 0.75;
        layout->tile.across = 1 + (int)random_below(&random, 6);
        layout->tile.alone = random_once_in(&random, 3) ? 0 : fmin(alone, live / 2);
        layout->style[STYLE_tile_number].size = size * larger;
        layout->style[STYLE_tile_number].leading = size * larger + 3;
        check_rows(&random, n);
    }
}
END_TEST

/* How many stand in each row, such as 23 for two and three. */
static unsigned split_of(const char *tiles, const char *rows)
{
    Report *report = report_with(tiles, rows);
    Document *d = kit_compose(&kit, report, layout);
    Boxes boxes = find_tiles(d);
    unsigned split = 0;
    for (size_t i = 0; i < boxes.n;) {
        size_t row = check_row(&boxes.at[i], boxes.n - i);
        split = split * 10 + (unsigned)row;
        i += row;
    }
    document_drop(d);
    report_drop(report);
    return split;
}

START_TEST(shorter_rows_come_first)
{
    static const unsigned split[MOST + 1] = {0, 1, 2, 3, 4, 23, 33, 34, 44};
    StrBuf rows = {0};
    for (unsigned i = 0; i < MOST; i++)
        strbuf_addf(&rows, "|K%u|Tal|%u|pct.|||||\n", i, i);
    for (unsigned n = 1; n <= MOST; n++) {
        StrBuf tiles = {0};
        strbuf_add_text(&tiles, "figures: [K0");
        for (unsigned i = 1; i < n; i++)
            strbuf_addf(&tiles, ", K%u", i);
        strbuf_add_text(&tiles, "]");
        ck_assert_uint_eq(split_of(tiles.p, rows.p), split[n]);
        strbuf_drop(&tiles);
    }
    strbuf_drop(&rows);
}
END_TEST

START_TEST(large_numbers_get_wider_tiles)
{
    const char *tiles = "figures: [A, B, C, D]";
    ck_assert_uint_eq(split_of(tiles, "|A|Tal|1|||||\n|B|Tal|2|||||\n|C|Tal|3|||||\n"
                                      "|D|Tal|254.000.000|||||\n"),
                      22);
}
END_TEST

/* ---- words ---------------------------------------------------------------------------------- */

/* With spaces of every kind as such. */
static void add_words(const Document *d, const Draw *draw, StrBuf *out)
{
    StrBuf words = {0};
    add_drawn_words(&words, d, &draw->text);
    for (Str rest = strbuf_str(&words); rest.n;) {
        bool space = str_starts(rest, STR(NO_BREAK_SPACE));
        strbuf_add_str(out, space ? STR(" ") : str_cut(rest, 0, 1));
        rest = str_cut(rest, space ? 2 : 1, rest.n);
    }
    strbuf_drop(&words);
}

/* What a screen reader says of the only tile: all texts in their order. */
static char *words_in(const Document *d, const Box *box)
{
    StrBuf text = {0};
    Node node = NODE_NONE;
    for (uint32_t i = 0; i < d->draws.n; i++) {
        const Draw *draw = &d->draws.at[i];
        if (draw->kind != DRAW_TEXT || !within(draw, box) || draw->x > box->x + box->w)
            continue;
        ck_assert_msg(node == NODE_NONE || node == draw->owner, "a tile is one paragraph");
        node = draw->owner;
        add_words(d, draw, &text);
    }
    ck_assert_int_eq(document_role(d, node), ROLE_P);
    ck_assert_int_eq(document_role(d, d->nodes.at[node].parent), ROLE_LBODY);
    return text.p;
}

static char *read_aloud(const char *tiles, const char *row)
{
    Report *report = report_with(tiles, row);
    Document *d = kit_compose(&kit, report, layout);
    Boxes boxes = find_tiles(d);
    ck_assert_uint_eq(boxes.n, 1);
    char *text = words_in(d, &boxes.at[0]);
    document_drop(d);
    report_drop(report);
    return text;
}

START_TEST(a_tile_reads_as_a_sentence)
{
    static const struct {
        const char *tiles, *row, *words;
    } cases[] = {
        {"figures: [K]", "|K|Adspurgte med det bedre|ca. 60|pct.|Tower Hamlets|2011|Skøn||\n",
         "ca. 60 pct. adspurgte med det bedre Tower Hamlets, 2011 Forbehold: Skøn. "},
        {"figures: [{figure: K, what: følger gadelivet}]", "|K|Overvågning|380|kameraer||||\n",
         "380 kameraer følger gadelivet "},
        {"figures: [K]", "|K|CCTV-kameraer|3|||||\n", "3 CCTV-kameraer "},
        {"figures: [K]", "|K|Sociale virksomheder|55.000|meget små virksomheder i hele byen||||\n",
         "55.000 meget små virksomheder i hele byen, sociale virksomheder "},
        {"figures: [K]", "|K|Sociale virksomheder i byen|55.000|virksomheder||||\n",
         "55.000 sociale virksomheder i byen "},
        {"figures: [{figure: K, what: nye borgere over 80 år}]", "|K|Nye|310|borgere||||\n",
         "310 nye borgere over 80 år "},
        {"figures: [{figure: K, what: besøg på biblioteker}]", "|K|Bib|1,1 mio.|besøg||||\n",
         "1,1 mio. besøg på biblioteker "},
        {"figures: [K]", "|K|Besøg|ca. 1,2 mio.|besøg||||\n", "ca. 1,2 mio. besøg "},
        {"figures: [{figure: K, what: besøg}]", "|K|Bib|12|Besøg||||\n", "12 besøg "},
        {"figures: [{figure: K, what: af byens borgere}]", "|K|Nye|310|borgere||||\n",
         "310 borgere af byens borgere "},
        {"figures: [{figure: K, what: brugere}]", "|K|Nye|310|borgere||||\n",
         "310 borgere brugere "},
        {"figures: [K]", "|K|Børn med støtte|8,4|pct.|Sundby||||af børnene får støtte|\n",
         "8,4 pct. af børnene får støtte Sundby "},
        {"figures: [{figure: K, what: i alt}]", "|K|Børn med støtte|8,4|pct.|||||af børnene|\n",
         "8,4 pct. i alt "},
    };
    char *text = read_aloud(cases[_i].tiles, cases[_i].row);
    ck_assert_str_eq(text, cases[_i].words);
    mem_free(text);
}
END_TEST

static const Draw *text_of_style(const Document *d, StyleRole role)
{
    for (uint32_t i = 0; i < d->draws.n; i++)
        if (d->draws.at[i].kind == DRAW_TEXT && is_style(d->draws.at[i].text.para, role))
            return &d->draws.at[i];
    return NULL;
}

/* Rows without a fill: a rule above and below each, one between two, "mia. pund" below its number, not beside. */
START_TEST(rows_are_closed_and_units_stay_whole)
{
    layout_drop(layout);
    layout = kit_layout(&kit, "large-print");
    layout->style[STYLE_tile_unit].colour = 0x010101;
    Report *report =
        report_with("figures: [{figure: A, what: i samlet omsætning}, B]",
                    "|A|Omsætning|mere end 27 mia.|pund|Byen|2012|||\n|B|Andre|9|||||\n");
    Document *d = kit_compose(&kit, report, layout);
    float rules[4] = {0};
    unsigned n = 0;
    for (uint32_t i = 0; i < d->draws.n; i++) {
        const Draw *draw = &d->draws.at[i];
        bool rule = draw->kind == DRAW_FILL && same(draw->h, (float)layout->tile.rule) &&
                    draw->line.colour == layout->colour[COLOUR_primary] && draw->w > 300 &&
                    draw->y > (float)layout->cover.rule + 20;
        if (rule && n < 4)
            rules[n++] = draw->y;
    }
    ck_assert_uint_eq(n, 4);
    ck_assert(rules[0] < rules[1] && same(rules[1], rules[2]) && rules[2] < rules[3]);
    ck_assert(rules[3] < rules[2] + 90); /* not one of the table's */
    const Draw *unit = text_of_style(d, STYLE_tile_unit);
    ck_assert_ptr_nonnull(unit);
    ck_assert(same(unit->x, (float)layout->left));
    ck_assert(unit->y > rules[0] + 30 && unit->y < rules[1]);
    document_drop(d);
    report_drop(report);
    char *text = read_aloud("figures: [{figure: A, what: i samlet omsætning}]",
                            "|A|Omsætning|mere end 27 mia.|pund|Byen|2012|||\n");
    ck_assert_str_eq(text, "mere end 27 mia. pund i samlet omsætning Byen, 2012 ");
    mem_free(text);
}
END_TEST

/* Four stand in one row where a multiple goes to the next line with its unit; whose unit is said elsewhere keeps its own. */
START_TEST(a_multiple_opens_the_next_line_with_its_unit)
{
    static const struct {
        const char *unit, *what, *text;
        bool row;
    } cases[] = {
        {"pund", "i samlet omsætning", "mere end 27 mia. pund i samlet omsætning Byen, 2012 ",
         true},
        {"pund", "pund i omsætning", "mere end 27 mia. pund i omsætning Byen, 2012 ", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        StrBuf tiles = {0}, rows = {0};
        strbuf_addf(&tiles, "figures: [{figure: A, what: %s}, B, C, D]", cases[i].what);
        strbuf_addf(&rows,
                    "|A|Omsætning|mere end 27 mia.|%s|Byen|2012|||\n"
                    "|B|Andre|9|||||\n|C|Flere|8|||||\n|D|Resten|7|||||\n",
                    cases[i].unit);
        Report *report = report_with(tiles.p, rows.p);
        Document *d = kit_compose(&kit, report, layout);
        Boxes boxes = find_tiles(d);
        ck_assert_uint_eq(boxes.n, 4);
        ck_assert_msg(same(boxes.at[0].y, boxes.at[3].y) == cases[i].row, "%s", cases[i].what);
        char *text = words_in(d, &boxes.at[0]);
        ck_assert_str_eq(text, cases[i].text);
        mem_free(text);
        document_drop(d);
        report_drop(report);
        strbuf_drop(&tiles);
        strbuf_drop(&rows);
    }
}
END_TEST

/* Beside a number with its unit below it a caveat stands right below the text that it is about. */
START_TEST(a_caveat_follows_its_text_beside_a_number)
{
    layout_drop(layout);
    layout = kit_layout(&kit, "large-print");
    layout->style[STYLE_tile_where].colour = 0x010101;
    layout->style[STYLE_tile_caveat].colour = 0x020202;
    Report *report = report_with("figures: [{figure: A, what: i omsætning}]",
                                 "|A|Omsætning|mere end 27 mia.|pund|Byen|2012|Skøn||\n");
    Document *d = kit_compose(&kit, report, layout);
    const Draw *where = text_of_style(d, STYLE_tile_where);
    const Draw *caveat = text_of_style(d, STYLE_tile_caveat);
    const TileStyle *s = &layout->tile;
    ck_assert(where && caveat);
    ck_assert(same(caveat->x, where->x));
    ck_assert(
        same(caveat->y - where->y, (float)(layout->style[STYLE_tile_where].leading +
                                           s->caveat_before + s->caveat_rule + s->caveat_gap)));
    ck_assert(s->caveat_rule <= 0);
    for (uint32_t i = 0; i < d->draws.n; i++) /* what has no height would be drawn as a hair */
        ck_assert(d->draws.at[i].kind != DRAW_FILL || d->draws.at[i].h > 0);
    document_drop(d);
    report_drop(report);
}
END_TEST

/* Below each other units stand beside all numbers or none; a sign stays with its number, and the words of precision above
 * both. */
START_TEST(units_of_rows_have_one_form)
{
    layout_drop(layout);
    layout = kit_layout(&kit, "large-print");
    const char *tiles = "figures: [{figure: A, what: alfa}, {figure: B, what: beta}, C]";
    const char *sign = "|C|Andel|anslået mere end 50|pct.||||\n";
    for (int i = 0; i < 2; i++) {
        StrBuf rows = {0};
        strbuf_addf(&rows, "|A|Tal|380|kameraer||||\n|B|Tal|%s|anmeldelser||||\n%s",
                    i ? "ca. 125.000" : "ca. 5", sign);
        Report *report = report_with(tiles, rows.p);
        Document *d = kit_compose(&kit, report, layout);
        ck_assert_int_eq(find(d, i ? "kameraer alfa" : "alfa") != NULL, true);
        ck_assert_int_eq(find(d, i ? "anmeldelser beta" : "beta") != NULL, true);
        const Draw *above = find(d, "anslået mere end"),
                   *number = find(d, "50" NO_BREAK_SPACE "pct.");
        ck_assert(above && number && above->x == number->x && above->y < number->y);
        document_drop(d);
        report_drop(report);
        strbuf_drop(&rows);
    }
}
END_TEST

static float top_of_capitals(const Draw *draw)
{
    const float capitals = 0.714f; /* of Open Sans */
    return draw->y - capitals * draw->text.para->run[0].size;
}

/* In the table of key figures. */
START_TEST(a_records_number_begins_as_high_as_its_name)
{
    layout_drop(layout);
    layout = kit_layout(&kit, "large-print");
    Report *report =
        report_with("figures: [{figure: A, what: beta}]", "|A|Alfa|380|kameraer||||\n");
    Document *d = kit_compose(&kit, report, layout);
    const Draw *name = find(d, "Alfa");
    size_t i = (size_t)(name - d->draws.at);
    while (d->draws.at[--i].kind != DRAW_TEXT)
        continue;
    ck_assert(d->draws.at[i].text.para->run[0].size > name->text.para->run[0].size);
    ck_assert(same(top_of_capitals(&d->draws.at[i]), top_of_capitals(name)));
    document_drop(d);
    report_drop(report);
}
END_TEST

/* A value in words that takes two lines, in the table of key figures. */
START_TEST(words_of_a_record_stand_on_the_lines_of_its_name)
{
    layout_drop(layout);
    layout = kit_layout(&kit, "large-print");
    Report *report = report_with("figures: [{figure: A, what: beta}]",
                                 "|A|Tal|380|kameraer||||\n|B|Alfa|på sidste års niveau|||||\n");
    Document *d = kit_compose(&kit, report, layout);
    const Draw *name = find(d, "Alfa"), *words = find(d, "på sidste års niveau");
    ck_assert(words && words->text.para->lines == 2);
    ck_assert(same(words->text.leading, name->text.leading));
    ck_assert(same(words->y, name->y));
    document_drop(d);
    report_drop(report);
}
END_TEST

static uint32_t page_of(const Document *d, const Draw *draw)
{
    uint32_t page = 0;
    while (d->pages.at[page].end <= (uint32_t)(draw - d->draws.at))
        page++;
    return page;
}

/* Whether, below so many lines, of three tiles or four that stand below each other only the last goes overleaf. */
static bool leaves_one(unsigned lines, bool four, const char *behind)
{
    StrBuf text = {0};
    strbuf_add_text(&text, "---\ntitle: Fliser\n---\n# Tema: Et\n\nTekst.\n\n");
    for (unsigned i = 0; i < lines; i++)
        strbuf_add_text(&text, "En linje.\n\n");
    strbuf_addf(&text,
                "```tiles\nfigures: [{figure: A, what: et}, {figure: A, what: to}, %s"
                "{figure: A, what: tre}]\n```\n\n%s# Tema: To\n\nTekst.\n\n## Nøgletal\n\n"
                "|Id|Nøgletal|Værdi|\n|-|-|-|\n|A|Tal|7|\n",
                four ? "{figure: A, what: mere}, " : "", behind);
    Report *report = report_of(&reports, text.p);
    Document *d = kit_compose(&kit, report, layout);
    uint32_t first = page_of(d, find(d, "et")), second = page_of(d, find(d, "to")),
             before = page_of(d, find(d, four ? "mere" : "to")), last = page_of(d, find(d, "tre"));
    ck_assert_uint_eq(first, second); /* none is alone at the foot */
    document_drop(d);
    report_drop(report);
    strbuf_drop(&text);
    return last > before;
}

/* The last of three stands alone at the head of a page where text follows it, not where the page would have no more;
 * that of four nowhere. */
START_TEST(the_last_row_goes_overleaf_where_text_follows)
{
    layout_drop(layout);
    layout = kit_layout(&kit, "large-print");
    layout->last_page.little = 0;
    const char *elsewhere = "## Nøgletal\n\n|Id|Nøgletal|Værdi|\n|-|-|-|\n|B|Andet|9|\n\n";
    const char *headed = "## Om\n\nTekst.\n\nTekst.\n\nTekst.\n\nTekst.\n\nTekst.\n\nTekst.\n\n";
    unsigned followed = 0;
    for (unsigned lines = 1; lines < 22; lines++) {
        ck_assert(!leaves_one(lines, false, ""));
        ck_assert(!leaves_one(lines, false, elsewhere));
        ck_assert(!leaves_one(lines, true, headed));
        followed += leaves_one(lines, false, "Tekst.\n\nTekst.\n\n");
    }
    ck_assert_uint_gt(followed, 0);
}
END_TEST

static bool document_says(const Document *d, const char *wanted)
{
    bool found = false;
    for (uint32_t i = 0; i < d->draws.n && !found; i++) {
        StrBuf text = {0};
        if (d->draws.at[i].kind == DRAW_TEXT)
            add_words(d, &d->draws.at[i], &text);
        found = text.n && strcmp(text.p, wanted) == 0;
        strbuf_drop(&text);
    }
    return found;
}

START_TEST(the_source_is_named_once)
{
    static const struct {
        const char *tiles, *line;
    } cases[] = {{"figures: [A, B, C]", "Kilde: Politiet; Byrådet."},
                 {"figures: [A, B]\nsource: oplyst på turen", "Kilde: oplyst på turen."}};
    Report *report = report_with(cases[_i].tiles, "|A|Tal|1|||||Politiet|\n|B|Tal|2|||||Byrådet|\n"
                                                  "|C|Tal|3|||||Politiet|\n");
    Document *d = kit_compose(&kit, report, layout);
    ck_assert(document_says(d, cases[_i].line));
    document_drop(d);
    report_drop(report);
}
END_TEST

/* The wide one has room in the row of two, the others keep their order. */
START_TEST(one_large_number_changes_no_rows)
{
    const char *tiles = "figures: [A, B, C, D, E]";
    const char *rows = "|A|Alfa|1|||||\n|B|Beta|2|||||\n|C|Gamma|254.000.000|||||\n"
                       "|D|Delta|4|||||\n|E|Epsilon|5|||||\n";
    ck_assert_uint_eq(split_of(tiles, rows), 23);
    Report *report = report_with(tiles, rows);
    Document *d = kit_compose(&kit, report, layout);
    ck_assert_float_eq(find(d, "alfa")->y, find(d, "gamma")->y);
    ck_assert_float_lt(find(d, "gamma")->y, find(d, "beta")->y);
    ck_assert_float_eq(find(d, "beta")->y, find(d, "epsilon")->y);
    document_drop(d);
    report_drop(report);
}
END_TEST

/* What is to be decided stands above the figures of a summary where the layout says so, and there alone. */
START_TEST(a_box_may_stand_above_the_tiles_of_a_summary)
{
    static const char *const heads[] = {"Kort fortalt", "Tema: Tal"};
    for (int i = 0; i < 4; i++) {
        bool summary = i / 2 == 0, first = i % 2 == 0;
        StrBuf text = {0};
        strbuf_addf(
            &text,
            "---\ntitle: Fliser\n---\n# %s\n\nTekst.\n\n```tiles\nfigures: [{figure: A, what: flise}]\n```\n\n"
            "> [!NOTE] Beslutning\n> Ja.\n\n# Tema: Andet\n\nTekst.\n\n"
            "## Nøgletal\n\n|Id|Nøgletal|Værdi|\n|-|-|-|\n|A|Tal|7|\n",
            heads[!summary]);
        Report *report = report_of(&reports, text.p);
        layout->box_first = first;
        Document *d = kit_compose(&kit, report, layout);
        bool above = find(d, "Beslutning")->y < find(d, "flise")->y;
        ck_assert(above == (summary && first));
        document_drop(d);
        report_drop(report);
        strbuf_drop(&text);
    }
}
END_TEST

static size_t count_texts(const Document *d, const char *words)
{
    size_t n = 0;
    for (size_t i = 0; i < d->draws.n; i++) {
        StrBuf text = {0};
        if (d->draws.at[i].kind == DRAW_TEXT)
            add_drawn_words(&text, d, &d->draws.at[i].text);
        n += str_starts(strbuf_str(&text), str_from(words));
        strbuf_drop(&text);
    }
    return n;
}

/* Those of a summary say what they are where the layout says so, and where no heading of the report does. */
START_TEST(tiles_of_a_summary_may_have_a_title)
{
    static const char *const heads[] = {"# Kort fortalt\n\nTekst.\n\n",
                                        "# Kort fortalt\n\nTekst.\n\n## Tallene\n\n",
                                        "# Tema: Tal\n\nTekst.\n\n"};
    for (size_t i = 0; i < 6; i++) {
        bool titled = i % 2 == 0;
        StrBuf text = {0};
        strbuf_addf(
            &text,
            "---\ntitle: Fliser\n---\n%s```tiles\nfigures: [{figure: A, what: flise}]\n```\n\n"
            "# Tema: Andet\n\nTekst.\n\n## Nøgletal\n\n|Id|Nøgletal|Værdi|\n|-|-|-|\n|A|Tal|7|\n",
            heads[i / 2]);
        Report *report = report_of(&reports, text.p);
        layout->tiles_titled = titled;
        Document *d = kit_compose(&kit, report, layout);
        bool says = count_texts(d, "Udvalgte") == 1;
        ck_assert(says == (titled && i / 2 == 0));
        ck_assert(!says || find(d, "Udvalgte")->y < find(d, "flise")->y);
        document_drop(d);
        report_drop(report);
        strbuf_drop(&text);
    }
    layout->tiles_titled = false;
}
END_TEST

Suite *tiles_suite(void)
{
    Suite *s = suite_create("tiles");
    TCase *c = tcase_create("tiles");
    tcase_add_checked_fixture(c, body_begin, body_end);
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, rows_are_filled, 0, 40);
    tcase_add_loop_test(c, rows_are_filled_at_any_measure, 0, 40);
    tcase_add_test(c, tiles_of_a_summary_may_have_a_title);
    tcase_add_test(c, shorter_rows_come_first);
    tcase_add_test(c, large_numbers_get_wider_tiles);
    tcase_add_test(c, one_large_number_changes_no_rows);
    tcase_add_test(c, rows_are_closed_and_units_stay_whole);
    tcase_add_test(c, a_multiple_opens_the_next_line_with_its_unit);
    tcase_add_test(c, a_caveat_follows_its_text_beside_a_number);
    tcase_add_test(c, units_of_rows_have_one_form);
    tcase_add_test(c, a_records_number_begins_as_high_as_its_name);
    tcase_add_test(c, words_of_a_record_stand_on_the_lines_of_its_name);
    tcase_add_test(c, the_last_row_goes_overleaf_where_text_follows);
    tcase_add_loop_test(c, a_tile_reads_as_a_sentence, 0, 13);
    tcase_add_loop_test(c, the_source_is_named_once, 0, 2);
    tcase_add_test(c, a_box_may_stand_above_the_tiles_of_a_summary);
    suite_add_tcase(s, c);
    return s;
}
