/* What the files of this folder share. Lengths are in points, y grows downward from the plot's top. */
#ifndef CHART_INTERNAL_H
#define CHART_INTERNAL_H

#include "base/array.h"
#include "chart/chart.h"
#include "language/date.h"

/* Between a label and its bar, and a bar and its value. */
#define LABEL_GAP 12.0f
#define VALUE_GAP 5.0f
#define AXIS_WIDTH 0.9f
#define OUTLINE 0.75f
/* An arrow beyond the end of a bar says that its value is a bound. */
#define ARROW_GAP 1.8f
#define ARROW_LENGTH 5.0f
/* Of a row, above and below its label together. */
#define PADDING 6.0f
/* Texts never come closer to each other. */
#define TEXT_GAP 4.0f

/* The end of a line and what it stands for; marks grow with the layout's (mark_scale). */
#define GRID 0.4f
#define STORY 2.25f
#define REST 1.5f
#define END_DOT 3.0f
#define LEADER 0.6f
#define MOVED 6.0f /* a label that stands further than this from its point has a leader … */
#define LEADER_ROOM 10.0f /* … which has so much more room, or it would be too steep to follow */
#define LEADER_CLEAR 2.0f /* before its label */

/* What upright plots keep where they give, in lines of values. */
#define LEAST_PLOT 4.0f
/* Between a plot and the times below it. */
#define BELOW_PLOT 4.0f

enum { MOST_SERIES = 4 };

typedef struct {
    bool missing;
    bool estimate; /* somebody's own */
    bool named;    /* … which its own text says, since the chart's words don't */
    bool forecast; /* an interval whose row or series says that it is one */
    PrecisionKind kind;
    double low, high; /* with the scale in them, unless it is that of all */
    const Quantity *quantity;
    Str unit;
    Str scale;   /* that of all, or empty: "mio." of the unit "mio. kr.", … */
    Str counted; /* … and what it multiplies: "kr." */
    Str text;    /* beside the mark: precision word and number, and short units */
    Str spoken;  /* with the unit in any case */
} Value;

typedef struct {
    Str label;
    bool emphasis;
    Value value[MOST_SERIES];
} Row;

typedef struct {
    float x, y;
} Point;

typedef struct {
    Arena *arena;
    const ChartRequest *q;
    const ChartSpec *spec;
    const Report *report;
    Row *row;
    size_t rows;
    uint32_t *name_lines; /* of each row, once its name stands above its bar */
    Str corner;           /* of the table, above the rows' names */
    Str caption;          /* of the table */
    Str series[MOST_SERIES];
    size_t series_n;
    bool emphasised; /* one row or series is */
    bool of_whole;   /* the only value is a share of 100 */
    Str scale;       /* of all values, which the unit says then: "402" of "mio. kr."; or empty */
    Value target;
    Value total;        /* of all parts, or what a single share is of */
    bool has_total;     /* the table has a row of it */
    double least, most; /* of all values; bars' zero isn't in them */
    bool unsure;        /* values are hatched, since they are about right */
    bool spans;         /* intervals have a white end that can be seen */
    bool dashed;        /* own estimates are, which their texts alone call so */
    bool open;          /* marks of uncertain values are */
    bool joined_unsure; /* lines between dots are dashed, since one of them is about right */
    float lowest;       /* the share of a length that is left of it in the plot's lowest form */
    bool as_bars;       /* parts of a whole that have no room in one bar */
    ARRAY(Draw) draws;
    StrBuf source; /* what the source line must say besides */
} Builder;

/* ---- data.c --------------------------------------------------------------------------------- */

/* The values of the chart; false, with the reason reported, when there are none or they would mislead. */
bool data_read(Builder *b);
/* The first value that isn't missing, or NULL. */
const Value *data_first(const Builder *b);
/* The value of a key figure; false, with the reason reported, when it has no length or isn't confirmed. */
bool data_figure(Builder *b, Str id, Value *out);
/* Makes its texts of its quantity. */
void data_name(const Builder *b, Value *value);
/* Whether a text has one of the words. */
bool data_has_word(const Builder *b, Str text, Word word);
/* What the values are of, where the chart's words don't say it, and the values themselves don't, either; else empty. */
Str data_unit_unsaid(const Builder *b);
/* The unit that a head says in brackets, behind its last comma or "i", or is: "Andel (pct.)", "Udgift,
 * mio. kr.", "Udgift i 1.000 kr."; else empty. */
Str data_unit_of_head(const Builder *b, Str head);

/* ---- honest.c ------------------------------------------------------------------------------- */

/* Whether nothing of the values, and nothing of how their chart is to draw them, would mislead; else the reason is
 * reported. */
bool honest_values(Builder *b);
bool honest_chart(Builder *b);
/* Whether the first values of the rows make a total, as far as they are rounded. */
bool honest_sum(const Builder *b, const Value *total);
/* tools/messages knows it. */
#define refuse(b, why) (diag_error((b)->q->diags, (b)->q->pos, why), false)

/* ---- draw.c --------------------------------------------------------------------------------- */

/* The text in the arena; the buffer is dropped. */
Str keep_text(const Builder *b, StrBuf *text);
Colour colour_of(const Builder *b, ColourRole role);
const GlyphPara *lay_out(const Builder *b, const ChartText *look, Str text, float measure);
/* The rows' labels for the left side, and the width of the widest. */
const GlyphPara **lay_out_labels(const Builder *b, float *width);
/* Of one line. */
float text_width(const Builder *b, const ChartText *look, Str text);
float capital_height(const ChartText *look);
void add_fill(Builder *b, float x, float y, float w, float h, Colour colour);
void add_line(Builder *b, float x, float y, float x2, float y2, float width, float dash,
              Colour colour);
void add_path(Builder *b, const PathStep *step, size_t n, Path path);
/* Its lines' middle is at `middle`. Returns its right end. */
float add_text(Builder *b, const ChartText *look, const GlyphPara *para, float x, float middle);
/* A text of one line. */
float add_words(Builder *b, const ChartText *look, Str text, float x, float middle);
float add_words_left(Builder *b, const ChartText *look, Str text, float right, float middle);
/* A rectangle in the fill of a series. */
typedef enum { FILL_PRIMARY, FILL_SECONDARY, FILL_TERTIARY, FILL_WHITE } Fill;
Colour colour_of_fill(const Builder *b, Fill fill);
void add_box(Builder *b, Fill fill, float x, float y, float w, float h);
/* The thin frame of the rest of what a bar is part of, open to the bar's end. */
void add_frame(Builder *b, float from, float y, float to, float h);
/* Of an interval that takes so much. */
float span_outline(const Builder *b, float length);
/* Whether a forecast is hatched to its farther end: its span is so short that its white would be one with the lines around
 * it, and nothing that the source line explains. */
bool is_hatched_whole(const Builder *b, const Value *v, float length);
/* Of a whole bar. */
float bar_outline(const Builder *b);
/* From the nearer end of an interval to the farther, with a line at both: it begins on the outline of what reaches to
 * the nearer, or there would be two. */
void add_span(Builder *b, float x, float y, float w, float h);
/* Its white is explained where it is seen; `joined`: it begins on an outline, which its length is without. */
void note_span(Builder *b, float length, bool joined);
/* A rectangle as the certainty of its value wants it: `fill` where that is sure. */
void add_measured(Builder *b, const Value *value, Fill fill, float x, float y, float w, float h);
/* Where one row is emphasised the others are lighter. */
Fill fill_of_row(const Builder *b, const Row *row);
void add_dot(Builder *b, float x, float y, float radius, bool filled, Colour colour);
/* How much larger marks are than those of the house's bars: what is read from afar has coarse hatching, thick lines
 * and large dots. */
float mark_scale(const Builder *b);
/* Whether the layout has no other colour for what is said less loudly: its lines are as dark as its text, too. */
bool is_ink_only(const Builder *b);
/* Of lines that aren't emphasised. */
Colour rest_colour(const Builder *b);
/* Lines from point to point, in dashes of a length where that isn't 0; they go on around corners. */
void add_polyline(Builder *b, const Point *point, size_t n, float width, float dash, Colour colour);
/* Between the end of a line and what stands beside it. */
float room_of_mark(const Builder *b);
/* From a point, at its mark's edge, to a label beside it that had to be moved. */
void add_leader(Builder *b, float x, float y, float label, float middle);
/* How far from its point a label may be moved before it has a leader. */
float moved_most(const Builder *b);
/* A bar from x0 along the axis to the value, as its certainty wants it; returns where it ends. `unit` is
 * points for one, below 0 to the left. */
float add_bar(Builder *b, const Value *value, Fill fill, float zero, float unit, float y, float h);
/* Whether a value is about right at best: its mark says so, too. */
bool is_unsure(const Value *v);
/* Whether its farther end is below zero, however short its bar. */
bool is_left(const Value *v);
/* How much further than its value a bar reaches. */
float bar_more(const Builder *b, const Value *value);

/* ---- scale.c -------------------------------------------------------------------------------- */

typedef struct {
    double from, step;
    int ticks; /* the first is at `from` */
    int decimals;
} Scale;

/* Three to five round ticks that hold all values. `zero` makes the scale begin at zero. */
Scale scale_of(double least, double most, bool zero);
double scale_end(const Scale *scale);
Str tick_text(const Builder *b, const Scale *scale, int tick);
/* Adds a sentence to what the source line says besides the source; an empty one adds nothing. */
void note_in_source(Builder *b, Str text);
/* Notes in the source line what hatching and white mean, where there is any. */
void note_marks(Builder *b);
/* Notes in the source line where an axis begins, unless that is at zero. */
void note_axis(Builder *b, const Scale *scale);

/* ---- times.c -------------------------------------------------------------------------------- */

typedef enum {
    TIME_NONE,
    TIME_YEAR,
    TIME_SEASON, /* 2025/26 */
    TIME_QUARTER,
    TIME_MONTH,
    TIME_DATE
} TimeKind;

/* The year that a label is of, "2026" or "Prognose 2026", and nothing else in figures; false where it is of none. */
bool label_year(Str label, double *year);
/* What kind of time a label is, and when that begins, in years; of a season its middle. */
TimeKind label_time(const Terms *terms, Str label, double *at);
/* Whether it can be told which of two times is the earlier one: a month may be in the year beside it. */
bool times_compare(TimeKind a, TimeKind b);

/* ---- plot.c --------------------------------------------------------------------------------- */

/* A plot of values over time; its series are numbered by k. */
typedef struct {
    Scale scale;
    float left, top, width, height;
    float hang;       /* that the times below it may stand out on both sides */
    const float *x;   /* of each row, from 0 to 1 */
    size_t from, end; /* the series in it */
} Plot;

/* A rectangle that something takes. */
typedef struct {
    float left, top, right, bottom;
} Taken;

/* What texts in a plot keep below, and clear of. */
typedef struct {
    float top;
    const Taken *taken;
    size_t n;
} Limits;

typedef enum { MARK_DOT, MARK_SQUARE, MARK_DIAMOND, MARK_TRIANGLE } Mark;

/* How a line is drawn, and the mark at its end. */
typedef struct {
    Colour colour;
    float width, dash;
    Mark mark;
} LineLook;

Scale value_scale(const Builder *b);
float widest_tick(const Builder *b, const Scale *scale);
/* That the numbers of an axis need at least, with as much white between them as they are high. */
float height_of_ticks(const Builder *b, const Scale *scale);
/* Times of one kind stand as far apart as they are; other labels evenly. From 0 to 1. */
float *places(const Builder *b);
float y_of(const Plot *plot, double value);
/* The last row that has a value of the series, or b->rows. */
size_t last_row(const Builder *b, size_t k);
/* Whether a plot is wide enough to see anything in it, and for its times. */
bool plot_has_room(const Builder *b, float width);
void add_grid(Builder *b, const Plot *plot, bool numbered);
/* As many of the times as have room, evenly; the first, the last and the marked one before others. */
void add_times(Builder *b, const Plot *plot, size_t marked);
/* The row that a line's headline is about: one that is emphasised, else the value that lies furthest above or below
 * both of its ends; b->rows where there is none between them. */
size_t marked_row(const Builder *b, size_t k);
/* Above its point what the marked row's value needs. */
float room_above_mark(const Builder *b);
/* The first of some middles at which a line of text keeps clear of all lines, and of leaders but that of the series
 * `own` (none: b->series_n); false where none does. */
bool find_room(const Builder *b, const Plot *plot, const Point *middle, size_t n, float width,
               size_t own, Limits limits, Taken *out);
/* Makes it white, before lines are drawn. Returns the left end of the text's middle. */
Point clear_room(Builder *b, const Taken *t);
/* The marked row's value beside its point, if it has room. Lines, and then its dot, are drawn on it. */
bool add_marked(Builder *b, const Plot *plot, size_t k, size_t row, Limits limits);
void add_marked_dot(Builder *b, const Plot *plot, size_t k, size_t row, LineLook look);
/* Where values are missing the line is dotted; true when that is so. Uncertain values have open marks on it. */
bool add_series(Builder *b, const Plot *plot, size_t k, LineLook look);
/* At the end of a line. */
void add_mark(Builder *b, float x, float y, LineLook look, const Value *value);
void note_dotted(Builder *b, bool dotted);

/* ---- the types: each draws its plot and returns its height ---------------------------------- */

float draw_bars(Builder *b);
float draw_columns(Builder *b);
float draw_grouped(Builder *b);
float draw_shares(Builder *b);
float draw_progress(Builder *b);
float draw_dots(Builder *b);
float draw_slope(Builder *b);
float draw_lines(Builder *b);
float draw_panels(Builder *b);

/* A height or distance that gives, but not below what stands in it needs. */
float given(const Builder *b, double height, float least);
/* … and in the lowest form of the chart. */
float given_at_most(const Builder *b, double height, float least);

/* Pushes middles, which are in order, apart until neighbours are `gap` or more from each other, within [top, bottom],
 * and each no further from where it was than that needs. */
void push_apart(float *middle, size_t n, float gap, float top, float bottom);

#endif
