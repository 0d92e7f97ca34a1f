#include "base/map.h"
#include "base/utf8.h"
#include "report/report.h"

/* ---- ids ------------------------------------------------------------------------------------ */

enum { MOST_LEVEL = 6 }; /* of headings */

typedef struct {
    Report *report;
    Map taken;
} Ids;

static void take(Ids *ids, Str id)
{
    if (id.n)
        map_put(&ids->taken, id, 0);
}

static void take_given(Ids *ids, const Block *b)
{
    for (; b; b = b->next) {
        take(ids, b->id);
        take_given(ids, b->children);
    }
}

/* A name that nothing else has: partnervold, partnervold-lambeth under the heading lambeth, then
 * partnervold-lambeth-2. What stands under other headings doesn't change it. */
static Str unique(Ids *ids, StrBuf *slug, Str parent)
{
    Report *r = ids->report;
    uint32_t n;
    if (parent.n && map_get(&ids->taken, strbuf_str(slug), &n)) {
        strbuf_add_char(slug, '-');
        strbuf_add_str(slug, parent);
    }
    size_t stem = slug->n;
    if (map_get(&ids->taken, strbuf_str(slug), &n)) {
        do {
            slug->n = stem;
            strbuf_addf(slug, "-%u", (unsigned)(n = n < 2 ? 2 : n + 1));
        } while (map_get(&ids->taken, strbuf_str(slug), &(uint32_t){0}));
        map_put(&ids->taken, arena_str(&r->arena, str_cut(strbuf_str(slug), 0, stem)), n);
    }
    Str id = arena_str(&r->arena, strbuf_str(slug));
    map_put(&ids->taken, id, 0);
    return id;
}

/* A name for what has this text, or is of that kind when the text has no letters. */
static Str made_of(Ids *ids, Str text, Str kind, Str parent)
{
    StrBuf slug = {0};
    strbuf_add_slug(&slug, text);
    if (!slug.n)
        strbuf_add_slug(&slug, kind);
    Str id = unique(ids, &slug, parent);
    strbuf_drop(&slug);
    return id;
}

static Str made_of_title(Ids *ids, const Inline *title, Str parent)
{
    StrBuf text = {0};
    inlines_text(&text, ids->report->terms, title);
    Str id = made_of(ids, strbuf_str(&text), STR("afsnit"), parent);
    strbuf_drop(&text);
    return id;
}

/* Blocks under each other's headings. */
typedef struct {
    Str heading[MOST_LEVEL + 1]; /* its id, at each level; that of the section at 1 */
} Above;

static Str parent_of(const Above *above, int level)
{
    Str parent = {"", 0};
    for (int i = 1; i < level && i <= MOST_LEVEL; i++)
        if (above->heading[i].n)
            parent = above->heading[i];
    return parent;
}

static int level_of(const Block *b)
{
    return b->kind == BLOCK_VISIT     ? (b->visit->stop ? 3 : 2)
           : b->kind == BLOCK_HEADING ? b->level
                                      : 0;
}

/* What comes now stands under this heading. */
static void enter(Above *above, const Block *b)
{
    int level = level_of(b);
    if (!level || level > MOST_LEVEL)
        return;
    above->heading[level] = b->id;
    for (int i = level + 1; i <= MOST_LEVEL; i++)
        above->heading[i] = (Str){"", 0};
}

static void name_headings(Ids *ids, Block *b, Above above)
{
    for (; b; b = b->next) {
        int level = level_of(b);
        if (level && !b->id.n)
            b->id = made_of_title(ids, b->inlines, parent_of(&above, level));
        enter(&above, b);
        name_headings(ids, b->children, above);
    }
}

/* Names are for addresses: so much of a sentence is enough. */
enum { LONGEST_NAME = 60 };

static Str start_of(Str text)
{
    if (text.n <= LONGEST_NAME)
        return text;
    size_t n = LONGEST_NAME;
    while (n > 0 && text.p[n] != ' ')
        n--;
    return str_cut(text, 0, n ? n : LONGEST_NAME);
}

static void name_shown(Ids *ids, Block *b, const Above *above)
{
    const Terms *t = ids->report->terms;
    StrBuf text = {0};
    if (b->id.n) {
        b->name = b->id;
        return;
    }
    if (b->kind == BLOCK_CHART)
        strbuf_add_str(&text, b->chart->headline);
    else
        inlines_text(&text, t, b->kind == BLOCK_TABLE ? b->table->caption : b->caption);
    Str kind = terms_word(t, b->kind == BLOCK_TABLE ? WORD_table : WORD_figure);
    Str parent = parent_of(above, MOST_LEVEL + 1);
    if (!text.n) {
        strbuf_add_str(&text, kind);
        strbuf_add_char(&text, ' ');
        strbuf_add_str(&text, parent);
        parent = (Str){"", 0};
    }
    b->name = made_of(ids, start_of(str_trim(strbuf_str(&text))), kind, parent);
    strbuf_drop(&text);
}

static void name_all_shown(Ids *ids, Block *b, Above above)
{
    for (; b; b = b->next) {
        enter(&above, b);
        if (b->kind == BLOCK_TABLE || b->kind == BLOCK_CHART || b->kind == BLOCK_IMAGE)
            name_shown(ids, b, &above);
        name_all_shown(ids, b->children, above);
    }
}

void report_number_recommendations(Report *report)
{
    StrBuf id = {0};
    for (size_t i = 0; i < report->recommendations; i++) {
        strbuf_clear(&id);
        strbuf_addf(&id, "anbefaling-%zu", i + 1);
        if (!report->recommendation[i].id.n)
            report->recommendation[i].id = arena_str(&report->arena, strbuf_str(&id));
    }
    strbuf_drop(&id);
}

static void assign_ids(Report *report)
{
    Ids ids = {.report = report};
    for (size_t i = 0; i < report->sections; i++) {
        take(&ids, report->section[i].id);
        take_given(&ids, report->section[i].blocks);
    }
    for (size_t i = 0; i < report->notes; i++)
        take_given(&ids, report->note[i]->blocks);
    for (size_t i = 0; i < report->figures; i++)
        take(&ids, report->figure[i].id);
    for (size_t i = 0; i < report->recommendations; i++)
        take(&ids, report->recommendation[i].id);
    for (size_t i = 0; i < report->sections; i++) {
        Section *s = &report->section[i];
        if (!s->id.n && s->title && s->kind != SECTION_WHOLE)
            s->id = made_of_title(&ids, s->title, (Str){"", 0});
        name_headings(&ids, s->blocks, (Above){.heading[1] = s->id});
    }
    /* After all headings, whose names are older. */
    for (size_t i = 0; i < report->sections; i++)
        name_all_shown(&ids, report->section[i].blocks,
                       (Above){.heading[1] = report->section[i].id});
    for (size_t i = 0; i < report->notes; i++)
        name_all_shown(&ids, report->note[i]->blocks, (Above){.heading[1] = {"", 0}});
    map_drop(&ids.taken);
}

/* ---- closed parts --------------------------------------------------------------------------- */

/* Marks what stands below a closed heading, up to the next one of its level. */
static void close_below(Block *list)
{
    int closed_level = 0;
    for (Block *b = list; b; b = b->next) {
        int level = block_level(b);
        if (closed_level && level <= closed_level)
            closed_level = 0;
        if (!closed_level && b->closed && b->kind == BLOCK_HEADING)
            closed_level = level;
        b->closed |= closed_level != 0;
        close_below(b->children);
    }
}

/* ---- units ---------------------------------------------------------------------------------- */

/* A unit may stand beside the value or in its own column. Where both say one, report_check asks whether it is
 * the same. */
static void settle_units(Report *report)
{
    for (size_t i = 0; i < report->figures; i++) {
        KeyFigure *f = &report->figure[i];
        if (!f->unit.n)
            f->unit = f->value.unit;
        else
            quantity_set_unit(report->terms, &f->value, f->unit);
    }
}

void report_complete(Report *report)
{
    settle_units(report);
    for (size_t i = 0; i < report->sections; i++)
        close_below(report->section[i].blocks);
    report_number_recommendations(report);
    assign_ids(report);
}
