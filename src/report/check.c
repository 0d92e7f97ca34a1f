#include <string.h>

#include "base/array.h"
#include "base/map.h"
#include "report/glossary.h"
#include "report/internal.h"

/* A hint looks at every id that there is; who misspells more ids than this knows by then. */
enum { MOST_HINTS = 50 };

/* More than this no QR code holds with ease. */
enum { LONGEST_ADDRESS = 300 };

typedef struct {
    Str text;
    Pos pos;
    bool figure;
} GivenId;

typedef struct {
    Report *report;
    Diags *diags;
    Map ids; /* to their numbers in `id` */
    ARRAY(GivenId) id;
    unsigned unknown;
    bool any_text;
} Check;

static void add_id(Check *c, Str id, Pos pos, bool figure)
{
    uint32_t first;
    if (!id.n)
        return;
    if (map_get(&c->ids, id, &first) && first < c->id.n) {
        diag_error(c->diags, pos, "the id '%.*s' is used twice", (int)id.n, id.p);
        diag_also(c->diags, c->id.at[first].pos, "it was given here first");
        return;
    }
    map_put(&c->ids, id, (uint32_t)c->id.n);
    array_push(&c->id, ((GivenId){id, pos, figure}));
}

static void collect_blocks(Check *c, const Block *b)
{
    for (; b; b = b->next) {
        add_id(c, block_name(b), b->pos, false);
        c->any_text |= b->kind != BLOCK_HEADING && b->kind != BLOCK_RULE;
        collect_blocks(c, b->children);
    }
}

static void collect_ids(Check *c)
{
    const Report *r = c->report;
    for (size_t i = 0; i < r->sections; i++) {
        add_id(c, r->section[i].id, r->section[i].pos, false);
        collect_blocks(c, r->section[i].blocks);
    }
    for (size_t i = 0; i < r->notes; i++)
        collect_blocks(c, r->note[i]->blocks);
    for (size_t i = 0; i < r->recommendations; i++)
        add_id(c, r->recommendation[i].id, r->recommendation[i].pos, false);
    for (size_t i = 0; i < r->figures; i++)
        add_id(c, r->figure[i].id, r->figure[i].pos, true);
}

static bool known_id(const Check *c, Str id)
{
    uint32_t index;
    return map_get(&c->ids, id, &index);
}

/* Where a figure is wanted only figures' ids are meant. */
static void hint_nearest_id(Check *c, Str id, bool figure)
{
    Arena scratch = {0};
    size_t n = 0;
    if (c->unknown++ >= MOST_HINTS)
        return;
    const char **names = arena_array(&scratch, c->id.n, const char *);
    for (size_t i = 0; i < c->id.n; i++)
        if (c->id.at[i].figure || !figure)
            names[n++] = arena_strndup(&scratch, c->id.at[i].text.p, c->id.at[i].text.n);
    diag_hint_nearest(c->diags, id, names, n);
    arena_drop(&scratch);
}

static const KeyFigure *find_figure(Check *c, Str id, Pos pos)
{
    const KeyFigure *figure = report_figure(c->report, id);
    if (figure)
        return figure;
    diag_error(c->diags, pos, "there is no key figure '%.*s'", (int)id.n, id.p);
    hint_nearest_id(c, id, true);
    return NULL;
}

/* Whether an address says how it is to be followed; a single letter is a drive. */
static bool has_scheme(Str address)
{
    size_t n = 0;
    while (n < address.n && (ascii_letter(address.p[n]) || ascii_digit(address.p[n]) ||
                             address.p[n] == '+' || address.p[n] == '-' || address.p[n] == '.'))
        n++;
    return n > 1 && n < address.n && address.p[n] == ':';
}

/* A PDF stands alone: what is beside the report, or below an address of its own, isn't there. */
static void check_target(Check *c, const Inline *link)
{
    Str address = link->target;
    int n = (int)address.n;
    if (!n || has_scheme(address))
        return;
    diag_warning(c->diags, link->pos, "'%.*s' is no whole address, so the link leads nowhere", n,
                 address.p);
    if (known_id(c, address))
        diag_hint(c->diags, "did you mean '#%.*s'?", n, address.p);
    else if (str_starts(address, STR("www.")))
        diag_hint(c->diags, "did you mean 'https://%.*s'?", n, address.p);
    else if (str_find(address, '@') < address.n)
        diag_hint(c->diags, "did you mean 'mailto:%.*s'?", n, address.p);
    else
        diag_hint(c->diags, "addresses begin with https://, those in the report with #");
}

/* BCP 47: letters, and then more of them or digits behind hyphens. */
static bool is_language(Str tag)
{
    enum { LONGEST_SUBTAG = 8 };
    size_t length = 0;
    bool first = true;
    for (size_t i = 0; i < tag.n; i++) {
        char c = tag.p[i];
        if (c == '-' && length) {
            length = 0;
            first = false;
        } else if ((ascii_letter(c) || (!first && ascii_digit(c))) && length < LONGEST_SUBTAG) {
            length++;
        } else {
            return false;
        }
    }
    return length > 0;
}

static void check_language(Check *c, Str tag, Pos pos)
{
    if (!tag.n || is_language(tag))
        return;
    diag_error(c->diags, pos, "'%.*s' is no language", (int)tag.n, tag.p);
    diag_hint(c->diags, "languages are written as en, de or pt-BR");
}

static bool is_decoration_alone(const Inline *in)
{
    bool picture = false;
    for (; in; in = in->next) {
        if (in->kind != INLINE_IMAGE || in->children)
            return false;
        picture = true;
    }
    return picture;
}

static void check_inlines(void *context, Inline *in)
{
    Check *c = context;
    for (; in; in = in->next) {
        if (in->kind == INLINE_SPAN)
            check_language(c, in->language, in->pos);
        if (in->kind == INLINE_FIGURE)
            in->figure = find_figure(c, in->text, in->pos);
        if (in->kind == INLINE_LINK && str_starts(in->target, STR("#"))) {
            Str id = str_cut(in->target, 1, in->target.n);
            in->number = (uint32_t)++c->report->references;
            if (!known_id(c, id)) {
                diag_error(c->diags, in->pos, "nothing has the id '%.*s'", (int)id.n, id.p);
                hint_nearest_id(c, id, false);
            }
        } else if (in->kind == INLINE_LINK) {
            check_target(c, in);
        }
        if (in->kind == INLINE_IMAGE && in->text.n) {
            diag_warning(c->diags, in->pos, "the title of a picture in a line is not printed");
            diag_hint(c->diags, "a picture on a line of its own has a caption");
        }
        if (in->kind == INLINE_LINK && is_decoration_alone(in->children)) {
            diag_error(c->diags, in->pos, "this link is a picture that says nothing");
            diag_hint(c->diags, "the picture's alternative text says where the link leads");
        }
        check_inlines(c, in->children);
    }
}

static void check_chart_values(Check *c, const ChartSpec *chart, Pos pos)
{
    if (!chart->n && !chart->from.n)
        diag_error(c->diags, pos, "this chart has neither 'figures' nor a table that it is 'from'");
    else if (chart->n && chart->from.n)
        diag_error(c->diags, pos, "this chart has both 'figures' and a table that it is 'from'");
    else if ((chart->row.n || chart->columns) && !chart->from.n)
        diag_error(c->diags, pos, "'row' and 'columns' are of a table: this chart is 'from' none");
    else if (chart->labels && chart->labels != chart->n)
        diag_error(c->diags, pos, "this chart has %zu 'labels' for %zu 'figures'", chart->labels,
                   chart->n);
}

static void check_chart(Check *c, const ChartSpec *chart, Pos pos)
{
    check_chart_values(c, chart, pos);
    for (size_t i = 0; i < chart->n; i++)
        find_figure(c, chart->figure[i], chart->figure_pos[i]);
    if (chart->target.n)
        find_figure(c, chart->target, chart->target_pos);
    if (chart->total.n)
        find_figure(c, chart->total, chart->total_pos);
    if (chart->from.n && !report_table(c->report, chart->from)) {
        diag_error(c->diags, chart->from_pos, "no table has the id '%.*s'", (int)chart->from.n,
                   chart->from.p);
        if (!known_id(c, chart->from))
            hint_nearest_id(c, chart->from, false);
    }
}

static void check_tiles(Check *c, const TileSpec *tiles)
{
    for (size_t i = 0; i < tiles->n; i++)
        find_figure(c, tiles->tile[i].figure, tiles->tile[i].pos);
}

static void check_visit(Check *c, const Block *b)
{
    const Report *r = c->report;
    Date d = b->visit->date;
    if (!date_given(d) || !date_given(r->period_from))
        return;
    if (date_compare(d, r->period_from) < 0 || date_compare(d, r->period_to) > 0)
        diag_warning(c->diags, b->pos, "the date of this visit is outside the report's period");
}

/* Headings and captions stand in lists, bookmarks and running heads, too, where no pages are known. */
static void refuse_references(Check *c, const Inline *in)
{
    for (; in; in = in->next) {
        if (inline_is_reference(in)) {
            diag_error(c->diags, in->pos, "a reference needs words of its own here");
            diag_hint(c->diags, "write [words](%.*s)", (int)in->target.n, in->target.p);
        }
        refuse_references(c, in->children);
    }
}

static void check_titles(Check *c, const Block *b)
{
    if (b->kind == BLOCK_HEADING || b->kind == BLOCK_VISIT || b->kind == BLOCK_BOX ||
        b->kind == BLOCK_IMAGE || b->kind == BLOCK_KEY_FIGURES || b->kind == BLOCK_RECOMMENDATIONS)
        refuse_references(c, b->inlines);
    if (b->kind == BLOCK_IMAGE)
        refuse_references(c, b->caption);
    if (b->kind == BLOCK_TABLE)
        refuse_references(c, b->table->caption);
}

static void check_blocks(Check *c, Block *b)
{
    for (; b; b = b->next) {
        check_titles(c, b);
        block_each_inlines(b, check_inlines, c);
        if (b->kind == BLOCK_CODE)
            check_language(c, code_language(b->info), b->pos);
        if (b->kind == BLOCK_CHART)
            check_chart(c, b->chart, b->pos);
        else if (b->kind == BLOCK_TILES)
            check_tiles(c, b->tiles);
        else if (b->kind == BLOCK_VISIT)
            check_visit(c, b);
        check_blocks(c, b->children);
    }
}

static void check_recommendation(Check *c, const Recommendation *r)
{
    check_inlines(c, r->lead);
    check_inlines(c, r->text);
    check_inlines(c, r->basis);
    if (!r->basis)
        diag_warning(c->diags, r->pos, "this recommendation names no basis");
}

/* Of a web page, with http(s):// or without: www.example.org/page. */
static void check_address(Check *c)
{
    Str url = c->report->url, rest = url;
    if (str_starts(url, STR("https://")) || str_starts(url, STR("http://")))
        rest = str_cut(url, str_find(url, '/') + 2, url.n);
    size_t host = str_find(rest, '/');
    bool good = str_find(rest, '.') < host && rest.p[0] != '.' && str_find(rest, ':') >= host;
    for (size_t i = 0; i < url.n && good; i++)
        good = (unsigned char)url.p[i] > ' ' && !strchr("<>\"{}|\\^`", url.p[i]);
    if (good && url.n > LONGEST_ADDRESS) {
        diag_error(c->diags, c->report->url_pos, "this address is longer than %d characters",
                   LONGEST_ADDRESS);
        diag_hint(c->diags, "a short one can be typed, too");
    }
    if (!url.n || good)
        return;
    diag_error(c->diags, c->report->url_pos, "'url' is no web address: '%.*s'", (int)url.n, url.p);
    diag_hint(c->diags, "write it as https://www.example.org/page or www.example.org/page");
}

static void check_whole(Check *c)
{
    const Report *r = c->report;
    Pos whole = {0, 0, r->file};
    size_t themes = 0;
    for (size_t i = 0; i < r->sections; i++)
        themes += r->section[i].kind == SECTION_THEME;
    if (!c->any_text) {
        diag_error(c->diags, whole, "the report has no text");
        diag_hint(c->diags, "write headings and paragraphs below the front matter");
    } else if (!themes && !r->layouts) { /* who names layouts knows what is made */
        diag_warning(c->diags, whole, "the report has no theme, so it gets no theme briefings");
        Str word = terms_word(r->terms, WORD_theme);
        diag_hint(c->diags, "'# %.*s: …' opens a theme", (int)word.n, word.p);
    }
}

/* Of two figures with an id, an error elsewhere, the first counts. */
static void index_figures(Report *r)
{
    for (size_t i = r->figures; i-- > 0;)
        map_put(&r->figure_of, r->figure[i].id, (uint32_t)i);
}

void report_check(Report *report, Diags *diags)
{
    Check c = {.report = report, .diags = diags};
    report->references = 0;
    index_figures(report);
    collect_ids(&c);
    for (size_t i = 0; i < report->sections; i++) {
        check_inlines(&c, report->section[i].title);
        refuse_references(&c, report->section[i].title);
        check_blocks(&c, report->section[i].blocks);
    }
    for (size_t i = 0; i < report->notes; i++)
        check_blocks(&c, report->note[i]->blocks);
    for (size_t i = 0; i < report->recommendations; i++)
        check_recommendation(&c, &report->recommendation[i]);
    for (size_t i = 0; i < report->figures; i++)
        figure_check_value(&report->figure[i], report->terms, diags);
    basis_settle(report);
    closed_check(report, diags);
    pull_outs_check(report, diags);
    glossary_check(report, diags);
    check_address(&c);
    check_whole(&c);
    map_drop(&c.ids);
    array_drop(&c.id);
}
