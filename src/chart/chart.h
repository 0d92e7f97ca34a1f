/* Key figures to a drawing. */
#ifndef CHART_CHART_H
#define CHART_CHART_H

#include "document/document.h"
#include "layout/layout.h"
#include "report/report.h"
#include "text/text.h"

typedef struct {
    const Font *font;
    const Style *style;
} ChartText;

typedef struct {
    const Layout *layout;
    const Terms *terms;
    Text *text;
    unsigned thread; /* of the Text */
    FontsFallback fallback;
    const Hyphenation *hyphenation;
    ChartText label, value;
    float width; /* to fill */
} ChartRequest;

/* Drawings have their origin at the chart's upper left corner; whoever places them names their
 * owner. */
typedef struct {
    Draw *draw;
    size_t draws;
    float height;
    Str alternative; /* the headline, and every value in words */
} Chart;

/* Makes a chart; what it holds lives in the arena and the Text. Returns NULL, or why it would
 * mislead: then there is no chart. */
const char *chart_make(Arena *arena, const ChartRequest *request, const ChartSpec *spec,
                       const Report *report, Chart *out);

#endif
