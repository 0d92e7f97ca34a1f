#include "base/map.h"
#include "base/utf8.h"
#include "report/report.h"

/* ---- ids ------------------------------------------------------------------------------------ */

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

/* An id of a text that nothing else has: partnervold, partnervold-2 … */
static Str made_of(Ids *ids, const Inline *title)
{
    Report *r = ids->report;
    StrBuf text = {0}, slug = {0};
    inlines_text(&text, r->terms, title);
    strbuf_add_slug(&slug, strbuf_str(&text));
    if (!slug.n)
        strbuf_add_text(&slug, "afsnit");
    size_t stem = slug.n;
    uint32_t n;
    if (map_get(&ids->taken, str_cut(strbuf_str(&slug), 0, stem), &n)) {
        do {
            slug.n = stem;
            strbuf_addf(&slug, "-%u", (unsigned)(n = n < 2 ? 2 : n + 1));
        } while (map_get(&ids->taken, strbuf_str(&slug), &(uint32_t){0}));
        map_put(&ids->taken, arena_str(&r->arena, str_cut(strbuf_str(&slug), 0, stem)), n);
    }
    Str id = arena_str(&r->arena, strbuf_str(&slug));
    map_put(&ids->taken, id, 0);
    strbuf_drop(&text);
    strbuf_drop(&slug);
    return id;
}

static void assign_blocks(Ids *ids, Block *b)
{
    for (; b; b = b->next) {
        if (!b->id.n && (b->kind == BLOCK_HEADING || b->kind == BLOCK_VISIT))
            b->id = made_of(ids, b->inlines);
        assign_blocks(ids, b->children);
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
            s->id = made_of(&ids, s->title);
        assign_blocks(&ids, s->blocks);
    }
    map_drop(&ids.taken);
}

/* ---- closed parts --------------------------------------------------------------------------- */

/* Marks what stands below a closed heading, up to the next one of its level. */
static void close_below(Block *list)
{
    int closed_level = 0;
    for (Block *b = list; b; b = b->next) {
        int level = b->kind == BLOCK_HEADING                                           ? b->level
                    : b->kind == BLOCK_VISIT                                           ? 2
                    : b->kind == BLOCK_KEY_FIGURES || b->kind == BLOCK_RECOMMENDATIONS ? 2
                                                                                       : 9;
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
