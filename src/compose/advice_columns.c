#include <math.h>

#include "compose/advice.h"

/* Which columns a table of recommendations has, and how wide they are. */

static bool is_given(const Recommendation *r, int kind)
{
    return (kind == RESPONSIBLE && r->responsible.n) || (kind == DEADLINE && r->deadline.n) ||
           (kind == ECONOMY && r->economy != ECONOMY_NONE);
}

/* By any of the table, or what is to be given at all: by any of the report that isn't closed. The briefings of its
 * themes have the same columns, and lines to write on where others have what is given. */
static bool any_given(const Advice *a, int kind)
{
    const Report *report = a->c->e->report;
    for (size_t i = 0; i < a->n; i++)
        if (is_given(a->list[i].recommendation, kind))
            return true;
    for (size_t i = 0; i < report->recommendations && kind != ECONOMY; i++) {
        const Recommendation *r = &report->recommendation[i];
        if (!report->section[r->section].closed && is_given(r, kind))
            return true;
    }
    return false;
}

void advice_choose_columns(Advice *a)
{
    for (int kind = 0; kind < KINDS; kind++) {
        bool by_hand = a->c->l->write_in && (kind == RESPONSIBLE || kind == DEADLINE);
        if (kind <= BASIS || by_hand || any_given(a, kind))
            a->kind[a->columns++] = kind;
    }
}

/* Its column is the last. */
static void fold_economy(Advice *a)
{
    a->economy_below = advice_has_column(a, ECONOMY);
    a->columns -= a->economy_below;
}

/* Whether there is a line to write on in a column. */
static bool has_dots(Advice *a, size_t column)
{
    bool dotted = false;
    for (size_t row = 0; row < a->n && !dotted; row++) {
        CellContent content = {.comma = -1};
        advice_cell(a, row, column, &content);
        dotted = content.dotted;
    }
    return dotted;
}

#define NUMBER_WIDTH 16.0f

/* As long as a pen needs. */
static const float line_to_write[KINDS] = {[RESPONSIBLE] = 61, [DEADLINE] = 47};

/* All that may be read in one line or in several is as wide as makes the table lowest, and what is left is the
 * proposals'. */
void advice_set_columns(Advice *a, TableColumn *column)
{
    column[0] = (TableColumn){.width = NUMBER_WIDTH};
    column[1] = (TableColumn){.rest = true};
    for (size_t i = 2; i < a->columns; i++) {
        column[i].least = has_dots(a, i) ? line_to_write[a->kind[i]] : 0;
    }
}

/* ---- texts that have room in brief ----------------------------------------------------------- */

/* Of what stands in a cell, but for what stands over its row. */
static float cell_height(Advice *a, size_t row, size_t column, float width)
{
    Arena scratch = {0};
    CellContent content = {.comma = -1};
    float height = 0;
    advice_cell(a, row, column, &content);
    for (size_t i = content.over; i < content.parts; i++) {
        const CellPart *part = &content.part[i];
        height +=
            spec_height(spec_laid_out(a->c, &scratch, part->piece, part->pieces, NODE_NONE, width),
                        cell_part_style(part));
    }
    arena_drop(&scratch);
    return height;
}

/* Whether a row is as high with the text as without it. */
static bool costs_nothing(Advice *a, size_t row, const float *width)
{
    float without = 0;
    a->explained[row] = false;
    for (size_t i = 0; i < a->columns; i++)
        without = fmaxf(without, cell_height(a, row, i, width[i]));
    a->explained[row] = true;
    return cell_height(a, row, 1, width[1]) <= without + FULL;
}

/* The widths of columns as they are without any of the texts, which they keep. */
static bool measure_without(Advice *a, const TableSpec *table, TableColumn *column,
                            float width[KINDS])
{
    TableSpec measured = *table;
    measured.pos = (Pos){0, 0, 0};
    if (!table_measure(a->c, &measured, width))
        return false;
    for (size_t i = 2; i < a->columns; i++)
        column[i].width = column[i].width > 0 ? column[i].width : width[i];
    return table_measure(a->c, &measured, width);
}

void advice_keep_texts(Advice *a, const TableSpec *table, TableColumn *column)
{
    Composer *c = a->c;
    float width[KINDS];
    if (!c->own->brief || c->l->brief != BRIEF_NEEDED)
        return;
    bool known = !table->records && measure_without(a, table, column, width);
    a->explained = arena_zalloc(&c->arena, a->n * sizeof *a->explained);
    for (size_t row = 0; row < a->n; row++) {
        bool has_text = a->list[row].recommendation->text;
        a->explained[row] = has_text &&
                            (c->own->explained || (known && costs_nothing(a, row, width)));
        c->own->unexplained += has_text && !a->explained[row];
    }
}

/* ---- fields of records ---------------------------------------------------------------------- */

/* Where one has a line to write on, none shares its lines: a name and a date want all of it. */
bool advice_pairs(Advice *a, float width)
{
    float gap = (float)a->c->l->table.column_gap;
    bool fit = true;
    for (size_t i = 0; i < a->n && fit; i++) {
        Piece responsible = advice_field(a, a->list[i].recommendation, RESPONSIBLE);
        Piece deadline = advice_field(a, a->list[i].recommendation, DEADLINE);
        fit = responsible.inlines && deadline.inlines &&
              spec_pieces_width(a->c, &responsible, 1) + gap <= HALF * width &&
              spec_pieces_width(a->c, &deadline, 1) <= HALF * width;
    }
    return fit;
}

#define RECORD_PADDING 6.0f
#define WRITE_IN_PADDING 7.5f /* for a pen */
/* Half a line of a proposal is free between two of them. */
#define PADDING_OF_LINE 0.25f

float advice_row_padding(const Composer *c)
{
    float line = (float)style_of(c, STYLE_proposal)->leading;
    return c->l->write_in        ? WRITE_IN_PADDING
           : table_in_records(c) ? RECORD_PADDING
                                 : fmaxf(line * PADDING_OF_LINE, (float)c->l->table.row_padding);
}

/* ---- in all documents of a kind the same ---------------------------------------------------- */

enum {
    MEASURED_MOST = 64
}; /* proposals; of more each so many-th, so that documents of many themes aren't slower */

/* The words alone: what they refer to may not be in this document. */
static void measured_cell(void *context, size_t row, size_t column, CellContent *content)
{
    Advice *a = context;
    advice_cell(a, row, column, content);
    for (size_t i = 0; i < content->parts; i++) {
        for (size_t k = 0; k < content->part[i].pieces; k++) {
            Piece *piece = &content->part[i].piece[k];
            piece->text = piece->inlines ? plain_text(a->c, piece->inlines) : piece->text;
            piece->inlines = NULL;
        }
    }
}

/* Those of the whole report but of what is closed, which mustn't be felt. */
static EditionRecommendation *gather_all(Composer *c, size_t *n)
{
    const Report *report = c->e->report;
    size_t step = (report->recommendations + MEASURED_MOST - 1) / MEASURED_MOST;
    EditionRecommendation *list = arena_array(&c->arena, MEASURED_MOST, EditionRecommendation);
    *n = 0;
    for (size_t i = 0; i < report->recommendations; i += step) {
        const Recommendation *r = &report->recommendation[i];
        if (!report->section[r->section].closed)
            list[(*n)++] = (EditionRecommendation){.recommendation = r, .number = 1};
    }
    return list;
}

/* Whether a table of them stands on its page as it is, with columns so wide. */
static bool measure_columns(Advice *a, float width[KINDS])
{
    Composer *c = a->c;
    TableColumn column[KINDS] = {{0}};
    advice_set_columns(a, column);
    TableSpec spec = {.rows = a->n,
                      .columns = a->columns,
                      .column = column,
                      .cell = measured_cell,
                      .context = a,
                      .head = true,
                      .width = (float)layout_live_width(c->l),
                      .row_padding = advice_row_padding(c)};
    return table_measure(c, &spec, width);
}

/* The proposals are what the table is for: so much of its width is theirs, or the economy has no column. */
#define LEAST_OF_PROPOSALS 0.4f

static void measure_all(Advice *a)
{
    Composer *c = a->c;
    float width[KINDS] = {0};
    advice_choose_columns(a);
    bool fits = measure_columns(a, width);
    float least = LEAST_OF_PROPOSALS * (float)layout_live_width(c->l);
    if (advice_has_column(a, ECONOMY) && (!fits || width[1] < least)) {
        c->own->economy_below = true;
        fold_economy(a);
        fits = measure_columns(a, width);
    }
    for (size_t i = 2; i < a->columns && fits; i++)
        c->own->advice[a->kind[i]] = width[i];
}

/* Documents of themes are laid side by side: their columns are as wide as one table of all recommendations, with
 * all their text, would have them. */
static void measure_common(Composer *c)
{
    if (c->own->advice_known)
        return;
    Advice all = {.c = c};
    bool brief = c->own->brief;
    c->own->brief = false;
    c->own->advice_known = true;
    all.list = gather_all(c, &all.n);
    all.shared = advice_shared_originator(all.list, all.n);
    all.voice = advice_shared_voice(all.list, all.n);
    all.pages = layout_has_part(c->l, PART_BODY) ? BASIS_ANY_PAGES : BASIS_NO_PAGES;
    if (all.n)
        measure_all(&all);
    strbuf_drop(&all.scratch);
    c->own->brief = brief;
}

void advice_use_common_widths(const Advice *a, TableColumn *column)
{
    const float *common = a->c->own->advice;
    measure_common(a->c);
    for (size_t i = 2; i < a->columns; i++)
        column[i].width = common[a->kind[i]] > 0 ? common[a->kind[i]] : column[i].width;
}

void advice_place_economy(Advice *a)
{
    if (!advice_has_column(a, ECONOMY))
        return;
    measure_common(a->c);
    if (a->c->own->economy_below)
        fold_economy(a);
}
