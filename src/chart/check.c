#include "chart/internal.h"

bool chart_has_data(const ChartSpec *spec, const Report *report)
{
    for (size_t i = 0; i < spec->n; i++)
        if (!report_figure(report, spec->figure[i]))
            return false;
    return (!spec->labels || spec->labels == spec->n) &&
           (!spec->target.n || report_figure(report, spec->target)) &&
           (!spec->total.n || report_figure(report, spec->total)) &&
           (spec->n || report_table(report, spec->from));
}

static void check(const Block *b, const Report *report, Diags *diags)
{
    Arena arena = {0};
    ChartRequest request = {.terms = report->terms, .diags = diags, .pos = b->pos};
    Builder builder = {.arena = &arena, .q = &request, .spec = b->chart, .report = report};
    if (chart_has_data(b->chart, report))
        data_read(&builder);
    arena_drop(&arena);
}

static void check_blocks(const Block *b, const Report *report, Diags *diags)
{
    for (; b; b = b->next) {
        if (b->kind == BLOCK_CHART)
            check(b, report, diags);
        check_blocks(b->children, report, diags);
    }
}

void charts_check(const Report *report, Diags *diags)
{
    for (size_t i = 0; i < report->sections; i++)
        check_blocks(report->section[i].blocks, report, diags);
    for (size_t i = 0; i < report->notes; i++)
        check_blocks(report->note[i]->blocks, report, diags);
}
