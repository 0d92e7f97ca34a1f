#include "chart/chart.h"

#include <string.h>

#include "chart/internal.h"

static Str spoken(const Value *v)
{
    return v->missing ? STR("\xE2\x80\x93") : v->spoken;
}

/* "Overskrift: Lambeth ca. 270.000 indbyggere; Tower Hamlets 254.000 indbyggere" */
static void add_spoken(const Builder *b, StrBuf *out, const Row *row)
{
    strbuf_add_str(out, row->label);
    for (size_t k = 0; k < b->series_n; k++) {
        const Value *v = &row->value[k];
        strbuf_add_text(out, k ? ", " : " ");
        if (b->series[k].n) {
            strbuf_add_str(out, b->series[k]);
            strbuf_add_char(out, ' ');
        }
        strbuf_add_str(out, spoken(v));
    }
}

static Str target_of(const Builder *b)
{
    StrBuf s = {0};
    if (b->target.spoken.n)
        terms_fill(&s, b->q->terms->print[TERM_target_is], &(TermField){"value", b->target.spoken},
                   1);
    return keep_text(b, &s);
}

static Str alternative(const Builder *b, Str target)
{
    StrBuf s = {0};
    strbuf_add_str(&s, b->spec->headline);
    strbuf_add_char(&s, ':');
    for (size_t i = 0; i < b->rows; i++) {
        strbuf_add_text(&s, i ? "; " : " ");
        add_spoken(b, &s, &b->row[i]);
    }
    strbuf_add_text(&s, target.n ? "; " : "");
    strbuf_add_str(&s, target);
    return keep_text(b, &s);
}

/* For a table below the chart. */
static void keep_values(const Builder *b, Chart *out)
{
    Str *label = arena_array(b->arena, b->rows, Str);
    Str *value = arena_array(b->arena, b->rows * b->series_n, Str);
    for (size_t i = 0; i < b->rows; i++) {
        label[i] = b->row[i].label;
        for (size_t k = 0; k < b->series_n; k++)
            value[i * b->series_n + k] = spoken(&b->row[i].value[k]);
    }
    out->corner = b->corner;
    out->label = label;
    out->value = value;
    out->name_lines = b->name_lines;
    out->rows = b->rows;
    out->series_n = b->series_n;
    if (b->series[0].n)
        out->series = arena_copy(b->arena, b->series, b->series_n, sizeof(Str));
}

bool chart_make(Arena *arena, const ChartRequest *request, const ChartSpec *spec,
                const Report *report, Chart *out)
{
    static float (*const draw[CHART_TYPES])(Builder *) = {
        [CHART_BARS] = draw_bars,         [CHART_COLUMNS] = draw_columns,
        [CHART_GROUPED] = draw_grouped,   [CHART_SHARES] = draw_shares,
        [CHART_PROGRESS] = draw_progress, [CHART_DOTS] = draw_dots,
        [CHART_SLOPE] = draw_slope,       [CHART_LINES] = draw_lines,
        [CHART_PANELS] = draw_panels};
    Builder b = {.arena = arena, .q = request, .spec = spec, .report = report, .lowest = 1};
    *out = (Chart){.draws = 0};
    if (!data_read(&b))
        return false;
    out->height = draw[spec->type](&b);
    note_marks(&b);
    out->draw = arena_copy(arena, b.draws.at, b.draws.n, sizeof *out->draw);
    out->draws = b.draws.n;
    out->target = target_of(&b);
    out->alternative = alternative(&b, out->target);
    out->unit = data_unit_unsaid(&b);
    out->as_bars = b.as_bars;
    out->source_more = arena_str(arena, strbuf_str(&b.source));
    keep_values(&b, out);
    array_drop(&b.draws);
    strbuf_drop(&b.source);
    return true;
}
