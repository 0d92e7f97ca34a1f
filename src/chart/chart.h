/* Key figures and tables to drawings. docs/report-format.md says which chart is for what. */
#ifndef CHART_CHART_H
#define CHART_CHART_H

#include "base/diag.h"
#include "document/document.h"
#include "layout/layout.h"
#include "report/report.h"
#include "text/text.h"

typedef struct {
    const Font *font;
    const Style *style;
    uint8_t features; /* of the font: FEATURE_TABULAR … */
} ChartText;

typedef struct {
    const Layout *layout;
    const Terms *terms;
    Text *text;
    unsigned thread; /* of the Text */
    FontsFallback fallback;
    const Hyphenation *hyphenation;
    ChartText label, value, axis;
    float width; /* to fill */
    float
        height; /* that bars beside their labels may fill, as those of a chart beside it do; 0: none */
    const uint32_t *
        name_lines; /* that each row's name takes at least where it stands above its bar, as in the chart
                                 * beside it; NULL: as many as it has */
    float
        closer; /* the share of its height that a plot gives up, as far as its texts and bars let it */
    float
        closest; /* … and the most that it gives in any form: what the source line explains is seen in all */
    Diags *diags;
    Pos pos; /* of the chart */
} ChartRequest;

/* Drawings have their origin at the chart's upper left corner; whoever places them names their
 * owner. */
typedef struct {
    Draw *draw;
    size_t draws;
    float height;
    Str alternative; /* the headline, and every value in words */
    Str target;      /* "Mål: 100 pct.", or empty */
    Str source_more; /* what the source line must say besides: where an axis begins, what is missing */
    Str unit; /* what the values are of, where neither they nor the headline and subtitle say it */
    bool as_bars;      /* the parts of a whole, since their names have no room below one bar */
    const Str *series; /* names; NULL when there is but one */
    size_t series_n;
    Str corner;       /* what the rows are, where there are series and their table says it */
    const Str *label; /* of each row */
    const Str *value; /* row by row, in words */
    const uint32_t *name_lines; /* of each row's name, where it stands above its bar; else NULL */
    size_t rows;
} Chart;

/* Makes a chart; what it holds lives in the arena and the Text. False when it would mislead or has no
 * values, which is reported. */
bool chart_make(Arena *arena, const ChartRequest *request, const ChartSpec *spec,
                const Report *report, Chart *out);

/* Whether all is there that a chart is made of: report_check tells of what is missing. Only then may it be made. */
bool chart_has_data(const ChartSpec *spec, const Report *report);

/* Reports what keeps charts of a report that report_check has passed over from being made, in any part of it, as
 * chart_make does. */
void charts_check(const Report *report, Diags *diags);

#endif
