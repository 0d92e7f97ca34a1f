#include <math.h>

#include "chart/internal.h"

/* One, two or five times a power of ten, at least as large as a rough step. */
static double round_step(double rough, int *decimals)
{
    double power = pow(10, floor(log10(rough)));
    double times = rough / power;
    double step = times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10;
    int exponent = (int)floor(log10(step * power) + 1e-9);
    *decimals = exponent < 0 ? -exponent : 0;
    return step * power;
}

Scale scale_of(double least, double most, bool zero)
{
    Scale s = {.ticks = 1};
    if (zero) {
        least = fmin(least, 0);
        most = fmax(most, 0);
    }
    if (most - least < 1e-12 * fmax(1, fabs(most))) { /* one value: some room around it */
        double room = most == 0 ? 1 : fabs(most) / 10;
        least -= zero && least >= 0 ? 0 : room;
        most += room;
    }
    s.step = round_step((most - least) / 4, &s.decimals);
    s.from = floor(least / s.step + 1e-9) * s.step;
    while (scale_end(&s) < most - 1e-9 * s.step)
        s.ticks++;
    return s;
}

double scale_end(const Scale *s)
{
    return s->from + s->step * (s->ticks - 1);
}

static Str number_text(const Builder *b, double value, int decimals)
{
    StrBuf text = {0};
    double scaled = round(value * pow(10, decimals));
    decimal_print(&text, b->q->terms, (Decimal){(int64_t)scaled, decimals});
    return keep_text(b, &text);
}

Str tick_text(const Builder *b, const Scale *s, int tick)
{
    return number_text(b, s->from + s->step * tick, s->decimals);
}

void note_in_source(Builder *b, Str text)
{
    if (!text.n)
        return;
    if (b->source.n)
        strbuf_add_text(&b->source, str_ends(strbuf_str(&b->source), STR(".")) ? " " : ". ");
    strbuf_add_str(&b->source, text);
}

void note_marks(Builder *b)
{
    const Str *print = b->q->terms->print;
    if (b->spec->without_key)
        return;
    if (b->unsure)
        note_in_source(b, print[TERM_hatched_unsure]);
    if (b->spans)
        note_in_source(b, print[TERM_open_span]);
    if (b->dashed)
        note_in_source(b, print[TERM_dashed_estimate]);
    if (b->open)
        note_in_source(b, print[TERM_open_mark_unsure]);
    if (b->joined_unsure)
        note_in_source(b, print[TERM_dashed_unsure]);
}

void note_axis(Builder *b, const Scale *s)
{
    StrBuf text = {0};
    if (fabs(s->from) < 1e-9 * s->step)
        return;
    terms_fill(&text, b->q->terms->print[TERM_axis_begins],
               &(TermField){"value", tick_text(b, s, 0)}, 1);
    note_in_source(b, strbuf_str(&text));
    strbuf_drop(&text);
}
