#include <math.h>
#include <string.h>

#include "compose/tables.h"
#include "compose/widths.h"

/* Rows whose cells are measured together, and rows that are weighed when columns have too little room: of
 * a longer table each so many-th, with its head. */
enum { MEASURED_ROWS = 512, WEIGHED_ROWS = 256, WEIGHED_CELLS = 4096 };

#define ROUNDING 0.05f

/* Columns of a table that is too wide come so much nearer to each other: their heads do, not their numbers. */
#define LEAST_GAP 0.5f
/* Rather than that heads are broken they come so much nearer. */
#define GAP_OF_WHOLE_HEADS 0.75f

/* So many words of cells may be divided, and one more for so many cells, before a table is too wide. */
enum { FEW_DIVIDED = 1, CELLS_FOR_DIVIDED = 20 };

typedef enum {
    FIT_WHOLE,   /* no word has to be divided */
    FIT_DIVIDED, /* words are divided where they may be */
    FIT_BROKEN   /* words are broken anywhere */
} FitKind;

/* How a table has room on a page. */
typedef struct {
    float scale; /* of its size */
    float gap;   /* between columns */
    bool turned;
    bool good;
    bool long_names; /* what names a row has three lines or more */
    FitKind kind;
    size_t divided; /* words of its cells, not of heads */
    float whole;    /* the width of its columns, were no word divided … */
    float lack;     /* … and if all were, for the room that there is */
    float height;   /* for what it were without a line broken */
    float names; /* height of the lines that what names the rows is broken into, beyond one each */
} Fit;

static bool is_numbers(const TableBuilder *b, size_t i)
{
    const TableColumn *column = &b->t->column[i];
    return !column->rest && column->width <= 0 && (column->decimal || column->align == TEXT_RIGHT);
}

/* ---- what cells take without a line broken -------------------------------------------------- */

/* Paragraphs of some cells, measured in parallel. */
typedef struct {
    Spec *spec;
    uint32_t column;
    bool loose, number;
    float comma;
} Measured;

typedef struct {
    Composer *c;
    ARRAY(Measured) cells;
} Measuring;

static void lay_out_one(void *context, size_t i, unsigned thread)
{
    Measuring *m = context;
    spec_layout(m->c, thread, m->cells.at[i].spec);
}

static void add_measured(TableBuilder *b, Measuring *m, Arena *scratch, size_t row, uint32_t column)
{
    CellContent content;
    table_cell(b, row, column, &content);
    if (row == b->t->rows && b->fold[column] > 0)
        return;
    for (size_t i = 0; i < content.parts; i++) {
        const CellPart *part = &content.part[i];
        Spec *spec = spec_new(b->c, scratch, part->piece, part->pieces, NODE_NONE, UNBOUNDED);
        spec->cell = true;
        bool loose = table_is_loose(b, row, column, &content) || content.words;
        array_push(&m->cells, ((Measured){spec, column, loose, content.number, content.comma}));
    }
}

static void take_width(TableBuilder *b, const Measured *m)
{
    const GlyphPara *para = m->spec->para;
    uint32_t k = m->column;
    float comma = m->number ? table_comma(b, m->spec) : m->comma;
    if (m->loose) {
        b->loose[k] = fmaxf(b->loose[k], para->least);
    } else if (b->t->column[k].decimal && comma >= 0) {
        b->comma[k] = fmaxf(b->comma[k], comma);
        b->after[k] = fmaxf(b->after[k], para->width - comma);
    } else {
        b->natural[k] = fmaxf(b->natural[k], para->width);
        b->least[k] = fmaxf(b->least[k], para->least);
    }
}

/* Goes through all cells, a few rows at a time. */
static void measure(TableBuilder *b)
{
    Measuring m = {.c = b->c};
    Arena scratch = {0};
    size_t rows = b->t->rows + b->t->head;
    for (size_t row = 0; row < rows; row++) {
        for (uint32_t k = b->above; k < b->t->columns; k++)
            add_measured(b, &m, &scratch, row, k);
        if (row % MEASURED_ROWS != MEASURED_ROWS - 1 && row + 1 < rows)
            continue;
        work_run(b->c->request->queue, m.cells.n, 128, lay_out_one, &m);
        for (size_t i = 0; i < m.cells.n; i++)
            take_width(b, &m.cells.at[i]);
        m.cells.n = 0;
        arena_reset(&scratch);
    }
    arena_drop(&scratch);
    array_drop(&m.cells);
}

/* Rounded up a little, so that rounding breaks no line. */
static float roomy(float width)
{
    return ceilf(width * 10 + 1) / 10;
}

static float full_gap(const TableBuilder *b)
{
    return (float)b->c->l->table.column_gap;
}

/* From the leftmost figure of a column to the rightmost. */
static float numbers_width(const TableBuilder *b, size_t column)
{
    return b->comma[column] + fmaxf(b->after[column], b->t->column[column].decimals);
}

/* Of the numbers with what keeps them apart where the columns are nearer to each other. */
static float least_for_numbers(const TableBuilder *b, size_t column)
{
    float apart = column > b->above ? full_gap(b) - b->gap : 0;
    return numbers_width(b, column) + apart;
}

/* Columns of numbers give nothing but what their heads want beyond them; columns of a set width are
 * wider for a long word alone. */
static void set_bounds(TableBuilder *b)
{
    for (size_t i = 0; i < b->t->columns; i++) {
        const TableColumn *column = &b->t->column[i];
        float *natural = &b->natural[i], *least = &b->least[i];
        if (b->loose[i] > 0)
            b->comma[i] = fmaxf(b->comma[i], b->loose[i] + 0.1f);
        if (column->decimal)
            *least = fmaxf(*least, least_for_numbers(b, i));
        *natural = fmaxf(*natural, b->fold[i]);
        *least = fmaxf(*least, b->fold[i]);
        if (column->width > 0)
            *natural = fmaxf(column->width, *least);
        *least = fmaxf(*least, column->least);
        *least = roomy(*least);
        *natural = fmaxf(roomy(*natural), *least);
        if (column->width > 0)
            *least = *natural;
    }
}

static float sum(const float *v, size_t n)
{
    float total = 0;
    for (size_t i = 0; i < n; i++)
        total += v[i];
    return total;
}

/* ---- which lines to break ------------------------------------------------------------------- */

typedef struct {
    TableBuilder *b;
    Arena arena;
    ARRAY(WidthCell) cells;
    float *base;           /* of rows */
    float *word, *divided; /* of columns: the widest word, and the widest part of one … */
    float *named;          /* … where no word of a head is divided */
    bool all;              /* rows are weighed */
    float whole;           /* width of the longest words of all columns */
    float lack;            /* of the room for their parts: above 1, those are broken */
    TextParts parts;
} Weighing;

static void add_weighed_text(Weighing *w, const CellPart *part, WidthText *text)
{
    Composer *c = w->b->c;
    Spec *spec = spec_new(c, &w->arena, part->piece, part->pieces, NODE_NONE, UNBOUNDED);
    TextRequest request = spec_request(c, spec);
    text_parts(c->request->text, c->request->worker, &request, &w->parts);
    *text = (WidthText){.parts = w->parts.n,
                        .leading = (float)cell_part_style(part)->leading,
                        .before = part->before};
    text->part = arena_copy(&w->arena, w->parts.at, w->parts.n, sizeof *w->parts.at);
}

/* Numbers are never broken, nor does it show where words among them are. */
static void add_weighed(Weighing *w, size_t row, size_t at, uint32_t column)
{
    TableBuilder *b = w->b;
    CellContent content;
    table_cell(b, row, column, &content);
    bool head = row == b->t->rows;
    if (b->t->column[column].decimal && (content.number || content.comma >= 0 || !head)) {
        if (content.parts)
            w->base[at] = fmaxf(w->base[at], (float)cell_part_style(&content.part[0])->leading);
        return;
    }
    WidthText *text = arena_array(&w->arena, content.parts, WidthText);
    for (size_t i = 0; i < content.parts; i++)
        add_weighed_text(w, &content.part[i], &text[i]);
    WidthCell cell = {(uint32_t)at, column, text, content.parts, head};
    w->word[column] = fmaxf(w->word[column], widths_least(&cell, false));
    w->divided[column] = fmaxf(w->divided[column], widths_least(&cell, true));
    w->named[column] = fmaxf(w->named[column], widths_least(&cell, !head));
    array_push(&w->cells, cell);
}

/* Returns how many rows. */
static size_t add_weighed_rows(Weighing *w)
{
    const TableSpec *t = w->b->t;
    size_t all = t->rows + t->head, most = WEIGHED_CELLS / t->columns;
    most = most > WEIGHED_ROWS ? WEIGHED_ROWS : most;
    size_t step = (all + most - 1) / most, n = 0;
    w->all = step == 1;
    w->base = arena_zalloc(&w->arena, (all / step + 2) * sizeof(float));
    for (size_t row = 0; row < all; row += step, n++) {
        size_t from_head = all - 1 - row; /* the head is the last row */
        for (uint32_t k = w->b->above; k < t->columns; k++)
            add_weighed(w, from_head, n, k);
    }
    return n;
}

/* A column may be as narrow as its widest word, its numbers, and the width that was set for it. */
static void lower_least(TableBuilder *b, const float *word)
{
    for (size_t i = 0; i < b->t->columns; i++) {
        float widest = b->t->column[i].decimal ? fmaxf(word[i], least_for_numbers(b, i)) : word[i];
        widest = fmaxf(widest, fmaxf(b->t->column[i].width, b->t->column[i].least));
        b->least[i] = fminf(b->least[i], roomy(widest));
    }
}

/* Addresses may be broken. Where the words have no room, they are divided; where not even their parts
 * have, those are broken. */
static FitKind set_least_by_words(Weighing *w, float room)
{
    TableBuilder *b = w->b;
    size_t n = b->t->columns;
    if (w->all)
        lower_least(b, w->word);
    w->whole = sum(b->least, n);
    if (w->whole <= room)
        return FIT_WHOLE;
    lower_least(b, w->named);
    if (sum(b->least, n) > room)
        lower_least(b, w->divided);
    float least = sum(b->least, n);
    w->lack = least / room;
    if (least <= room)
        return FIT_DIVIDED;
    for (size_t i = 0; i < n; i++) /* heads are broken before numbers are */
        if (b->t->column[i].decimal)
            b->least[i] = fminf(b->least[i], roomy(least_for_numbers(b, i)));
    least = sum(b->least, n);
    for (size_t i = 0; i < n && least > room; i++)
        b->least[i] *= room / least;
    return FIT_BROKEN;
}

/* Words of cells that are divided; those of heads are read once. */
static size_t count_divided(const Weighing *w)
{
    unsigned divided = 0;
    for (size_t i = 0; i < w->cells.n; i++)
        if (!w->cells.at[i].head)
            widths_cell(&w->cells.at[i], w->b->width[w->cells.at[i].column], &divided, NULL);
    return divided;
}

/* Whether a row's name has so many lines that it had better stand over its numbers. */
static bool has_long_names(const Weighing *w)
{
    const float two_lines = 2.5f;
    for (size_t i = 0; i < w->cells.n; i++) {
        const WidthCell *cell = &w->cells.at[i];
        if (!cell->head && cell->column == w->b->t->head_column && cell->texts == 1 &&
            widths_cell(cell, w->b->width[cell->column], NULL, NULL) >
                two_lines * cell->text->leading)
            return true;
    }
    return false;
}

/* Height of what names the rows, in a column so wide. */
static float names_height(const Weighing *w, float width)
{
    float height = 0;
    for (size_t i = 0; i < w->cells.n; i++) {
        const WidthCell *cell = &w->cells.at[i];
        if (!cell->head && cell->column == w->b->t->head_column)
            height += widths_cell(cell, width, NULL, NULL);
    }
    return height;
}

/* Height of all rows, with columns so wide. */
static float height_of(Weighing *w, size_t rows, const float *width)
{
    float *height = arena_copy(&w->arena, w->base, rows, sizeof *height), all = 0;
    for (size_t i = 0; i < w->cells.n; i++) {
        const WidthCell *cell = &w->cells.at[i];
        float h = widths_cell(cell, width[cell->column], NULL, NULL);
        height[cell->row] = fmaxf(height[cell->row], h);
    }
    for (size_t row = 0; row < rows; row++)
        all += height[row];
    return all;
}

static void weigh(TableBuilder *b, float room, Fit *fit)
{
    size_t n = b->t->columns;
    Weighing w = {.b = b};
    w.word = arena_zalloc(&w.arena, 3 * n * sizeof *w.word);
    w.divided = w.word + n;
    w.named = w.divided + n;
    WidthTable table = {.columns = n, .rows = add_weighed_rows(&w), .room = room};
    fit->kind = set_least_by_words(&w, room);
    fit->whole = w.whole;
    fit->lack = w.lack;
    table.cell = w.cells.at;
    table.cells = w.cells.n;
    table.base = w.base;
    table.least = b->least;
    table.widest = b->natural;
    widths_choose(&table, b->width);
    fit->divided = fit->kind == FIT_WHOLE ? 0 : count_divided(&w);
    if (b->c->l->table.stack) /* there is a better way than to divide words */
        fit->good = fit->kind == FIT_WHOLE;
    else
        fit->good = fit->kind != FIT_BROKEN &&
                    fit->divided <= FEW_DIVIDED + w.cells.n / CELLS_FOR_DIVIDED;
    fit->long_names = has_long_names(&w);
    size_t names = b->t->head_column;
    if (b->t->row_heads)
        fit->names = names_height(&w, b->width[names]) - names_height(&w, b->natural[names]);
    fit->height = height_of(&w, table.rows, b->width) /
                  fmaxf(1, height_of(&w, table.rows, b->natural));
    array_drop(&w.cells);
    array_drop(&w.parts);
    arena_drop(&w.arena);
}

/* ---- heads of numbers ----------------------------------------------------------------------- */

/* Heads that are no wider than this, in the size of their type, stay on a line: "I alt" */
#define SHORT_HEAD 4.0f

typedef struct {
    float width, folded; /* on one line, and on two */
} Head;

/* The head of a column of numbers; of others, of one word, and where lines are broken as they were typed nothing. */
static Head head_of(Weighing *w, size_t k)
{
    TableBuilder *b = w->b;
    Head head = {0, 0};
    CellContent content;
    table_cell(b, b->t->rows, k, &content);
    if (!is_numbers(b, k) || b->t->column[k].align != TEXT_RIGHT || content.comma >= 0 ||
        content.parts != 1)
        return head;
    WidthText text;
    add_weighed_text(w, &content.part[0], &text);
    for (size_t i = 1; i < text.parts; i++)
        if (text.part[i].parting == TEXT_PARTS_LINES)
            return head;
    WidthCell cell = {.text = &text, .texts = 1, .head = true};
    head.width = widths_folded(&cell, 1);
    head.folded = widths_folded(&cell, 2);
    return head.folded < head.width ? head : (Head){0, 0};
}

/* Breaks the heads of numbers in two lines, all of them but short ones: where depends on nothing but their words,
 * so that tables with the same heads look alike. Returns whether one then is narrower. */
static bool fold_heads(TableBuilder *b)
{
    size_t n = b->t->columns;
    Weighing w = {.b = b};
    Head *head = arena_array(&w.arena, n, Head);
    float widest = SHORT_HEAD * (float)style_of(b->c, STYLE_table_head)->size * b->scale;
    bool any = false;
    for (size_t k = b->above; k < n && b->t->head; k++) {
        head[k] = head_of(&w, k);
        widest = fmaxf(widest, head[k].folded);
    }
    for (size_t k = b->above; k < n && b->t->head; k++) {
        b->fold[k] = head[k].width > widest ? roomy(head[k].folded) : 0;
        any |= b->fold[k] > 0;
    }
    array_drop(&w.parts);
    arena_drop(&w.arena);
    return any;
}

/* Whether a column of numbers is narrower than its head. */
static bool breaks_head(TableBuilder *b)
{
    Weighing w = {.b = b};
    bool breaks = false;
    for (size_t k = b->above; k < b->t->columns && b->t->head && !breaks; k++)
        breaks = head_of(&w, k).width > b->width[k] + ROUNDING;
    array_drop(&w.parts);
    arena_drop(&w.arena);
    return breaks;
}

/* ---- the whole ------------------------------------------------------------------------------ */

/* Columns of numbers are as wide as each other where there is room, up to so many times the size of their type:
 * 18 mm at 9 points. */
#define EVEN 5.67f
/* Numbers behind words stand so much farther from them than from numbers, in that size: 6 mm rather than 4. */
#define BEHIND_WORDS 0.63f

/* What columns of numbers lack to be so wide. */
static float lack_to(const TableBuilder *b, float width)
{
    float lack = 0;
    for (size_t i = 0; i < b->t->columns; i++)
        lack += is_numbers(b, i) ? fmaxf(0, width - b->width[i]) : 0;
    return lack;
}

static void even_numbers(TableBuilder *b, float left)
{
    float size = (float)style_of(b->c, STYLE_table_cell)->size * b->scale;
    float low = 0, high = EVEN * size;
    for (size_t i = 1; i < b->t->columns; i++) {
        float more = fminf(fmaxf(left, 0), BEHIND_WORDS * size);
        if (!is_numbers(b, i) || is_numbers(b, i - 1))
            continue;
        b->width[i] += more;
        left -= more;
    }
    if (lack_to(b, high) <= left)
        low = high;
    while (high - low > ROUNDING)
        *(lack_to(b, (low + high) / 2) <= left ? &low : &high) = (low + high) / 2;
    for (size_t i = 0; i < b->t->columns; i++)
        if (is_numbers(b, i))
            b->width[i] = fmaxf(b->width[i], low);
}

/* Numbers get what keeps them apart, and columns of text share the rest, so that they look even. */
static void share_left(TableBuilder *b, float room)
{
    size_t n = b->t->columns;
    even_numbers(b, room - sum(b->width, n));
    float left = room - sum(b->width, n), text = 0;
    for (size_t i = b->above; i < n; i++)
        text += b->t->column[i].rest ? b->width[i] : 0;
    for (size_t i = b->above; i < n && left > 0; i++)
        if (b->t->column[i].rest)
            b->width[i] *= 1 + left / text;
        else if (text <= 0 && b->above) /* numbers alone are spread */
            b->width[i] += left / (float)(n - 1);
}

/* Numbers stand at the right of their column. */
static void place_columns(TableBuilder *b, float room)
{
    size_t n = b->t->columns;
    float x = 0;
    share_left(b, room);
    if (b->above)
        b->width[0] = b->room;
    for (size_t i = b->above; i < n; i++) {
        const TableColumn *column = &b->t->column[i];
        if (column->decimal && b->width[i] > roomy(numbers_width(b, i)))
            b->comma[i] += b->width[i] - numbers_width(b, i);
        b->comma[i] = fminf(b->comma[i], b->width[i]); /* of a table that is too wide */
        b->x[i] = x;
        x += b->width[i] + b->gap;
    }
}

/* Between the margins of a page that is turned. */
static float turned_width(const Layout *l)
{
    return (float)(l->paper_height - l->left - l->right);
}

static Fit fit_once(TableBuilder *b, bool folded)
{
    size_t n = b->t->columns;
    float *const arrays[] = {b->natural, b->least, b->loose, b->comma, b->after, b->fold};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        memset(arrays[i], 0, n * sizeof(float));
    b->folded = folded && fold_heads(b);
    float room = b->room - b->gap * (float)(n - 1 - b->above);
    measure(b);
    set_bounds(b);
    Fit fit = {.good = true,
               .kind = FIT_WHOLE,
               .height = 1,
               .scale = b->scale,
               .gap = b->gap,
               .turned = b->turned};
    if (sum(b->natural, n) > room)
        weigh(b, room, &fit);
    else
        memcpy(b->width, b->natural, n * sizeof(float));
    return fit;
}

/* Heads are broken before names of rows are: a head is read once. */
static Fit fit_names(TableBuilder *b, Fit whole)
{
    Fit folded = fit_once(b, true);
    return b->folded && folded.names < whole.names ? folded : fit_once(b, false);
}

/* Where the head of one column of numbers is broken, all are. */
static Fit fit(TableBuilder *b, float scale, float gap, bool turned)
{
    b->scale = scale;
    b->gap = gap;
    b->turned = turned;
    b->room = turned ? turned_width(b->c->l) : b->t->width;
    Fit fit = fit_once(b, b->agreed);
    if (!b->folded && fit.whole > 0 && breaks_head(b))
        fit = fit_once(b, true);
    else if (!b->folded && fit.names > 0)
        fit = fit_names(b, fit);
    place_columns(b, b->room - gap * (float)(b->t->columns - 1 - b->above));
    return fit;
}

/* Sets the table so that all words have room: with narrower gaps, and if that isn't enough smaller, as far as
 * the layout lets it. */
static Fit fit_smaller(TableBuilder *b, const Fit *full)
{
    float gaps = (float)(b->t->columns - 1), least = full_gap(b) * LEAST_GAP;
    float smallest = b->c->l->table.smallest > 0 ? (float)b->c->l->table.smallest : 1;
    float gap = gaps > 0 ? (b->room - full->whole) / gaps : 0;
    if (gap >= least) {
        Fit closer = fit(b, 1, gap, full->turned);
        return closer.good ? closer : fit(b, 1, least, full->turned);
    }
    float scale = floorf((b->room - least * gaps) / full->whole * 100) / 100;
    return fit(b, fminf(1, fmaxf(smallest, scale)), least, full->turned);
}

static bool is_better(const Fit *fit, const Fit *than)
{
    if (fit->good != than->good)
        return fit->good;
    if (fit->kind != than->kind)
        return fit->kind < than->kind;
    return fit->kind == FIT_BROKEN ? fit->lack < than->lack : fit->divided < than->divided;
}

/* Tries a page, in the table's size and smaller. */
static void try_page(TableBuilder *b, bool turned, Fit *best)
{
    Fit full = fit(b, 1, full_gap(b), turned);
    if (best->scale <= 0 || is_better(&full, best))
        *best = full;
    if (full.good)
        return;
    Fit small = fit_smaller(b, &full);
    if (is_better(&small, best))
        *best = small;
}

static bool is_set(const TableBuilder *b, const Fit *fit)
{
    return b->turned == fit->turned && b->scale >= fit->scale && b->scale <= fit->scale &&
           b->gap >= fit->gap && b->gap <= fit->gap;
}

static void tell(const TableBuilder *b, const Fit *fit)
{
    Diags *diags = b->c->diags;
    Pos pos = b->t->pos;
    int percent = (int)lroundf(fit->scale * 100);
    if (!pos.line)
        return;
    if (fit->kind == FIT_BROKEN) {
        diag_warning(diags, pos,
                     "this table is too wide for its page, and its words are broken anywhere");
        diag_hint(diags, "leave out columns, use shorter words or make two tables of it");
    } else if (fit->turned && percent < 100) {
        diag_advice(diags, pos,
                    "this table is too wide for the page: it is set in %d per cent of its size, "
                    "on a page in landscape",
                    percent);
    } else if (fit->turned) {
        diag_advice(diags, pos,
                    "this table is too wide for the page, and stands on one in landscape");
    } else if (percent < 100) {
        diag_advice(diags, pos,
                    "this table is too wide for the page, and is set in %d per cent of its size",
                    percent);
    }
}

/* How tables are set, the more room it takes the longer: in a column of text, over all of them, with names over the
 * numbers, and as blocks. */
typedef enum { FORM_NARROW, FORM_COLUMNS, FORM_ABOVE, FORM_STACKED } Form;

/* What tables with the same heads agreed on: the form that takes most room, and whether heads are broken. */
typedef struct {
    Str key;
    Form form;
    bool known, folded;
} Agreed;

enum { FOLDED = 4 }; /* beside the form */

static void heed(TableBuilder *b, const Agreed *agreed, Form form)
{
    b->agreed = agreed->folded && agreed->form == form;
}

/* What would have more lines than this, as many as it has over all columns of text, goes over all. */
#define MOST_NARROWED 1.5f

/* So many columns have heads of three lines there: they go over all, too. Of so few the eye would lose the row
 * over the whole width of a page. */
enum { MANY_COLUMNS = 6, FEW_COLUMNS = 2 };

/* Whether a table has room in a column of text, in not many more lines than over all of them. */
static bool fits_narrow(TableBuilder *b, float wide)
{
    bool columns = b->c->l->columns > 1;
    Fit narrow = fit(b, 1, full_gap(b), false);
    float most = columns ? MOST_NARROWED : 1;
    if (!narrow.good || sum(b->natural, b->t->columns) > b->room * most)
        return false;
    if (narrow.height <= most)
        return true;
    b->t->width = wide;
    bool good = narrow.height <= most * fit(b, 1, full_gap(b), false).height;
    b->t->width = b->t->narrow;
    fit(b, 1, full_gap(b), false);
    return good;
}

/* Beside columns of text a table stays in its own where it can; and beside a side column one of few columns,
 * if nothing in it wraps. */
static bool fits_column(TableBuilder *b, const Agreed *agreed)
{
    float wide = b->t->width;
    size_t most = b->c->l->columns > 1 ? MANY_COLUMNS - 1 : FEW_COLUMNS;
    if (b->t->narrow <= 0 || b->t->narrow >= wide || b->t->columns > most ||
        agreed->form > FORM_NARROW)
        return false;
    b->t->width = b->t->narrow;
    heed(b, agreed, FORM_NARROW);
    if (fits_narrow(b, wide))
        return true;
    b->t->width = wide;
    return false;
}

/* How far apart the columns of numbers were with each head on one line. */
static float gap_of_whole_heads(TableBuilder *b)
{
    size_t n = b->t->columns;
    Weighing w = {.b = b};
    float left = b->room;
    for (size_t k = b->above; k < n; k++)
        left -= fmaxf(b->natural[k], roomy(head_of(&w, k).width));
    array_drop(&w.parts);
    arena_drop(&w.arena);
    return left / (float)(n - 1 - b->above);
}

/* Rather with heads that are nearer to each other than with broken ones. */
static bool fits_with_gap(TableBuilder *b, float gap)
{
    Fit wide = fit(b, 1, gap, false);
    if (!wide.good || b->agreed || !b->folded)
        return wide.good;
    float closer = gap_of_whole_heads(b);
    if (closer < full_gap(b) * GAP_OF_WHOLE_HEADS || !fit(b, 1, closer, false).good || b->folded)
        fit(b, 1, gap, false);
    return true;
}

/* Sets what names the rows over their numbers, where most columns are of numbers and have room so. */
static bool fits_below_names(TableBuilder *b)
{
    size_t n = b->t->columns, numbers = 0;
    for (size_t i = 1; i < n; i++)
        numbers += is_numbers(b, i);
    if (!b->t->row_heads || numbers < 2 || numbers * 2 < n - 1)
        return false;
    b->above = true;
    b->above = fits_with_gap(b, full_gap(b)) || fits_with_gap(b, full_gap(b) * LEAST_GAP);
    return b->above;
}

/* ---- like tables alike ---------------------------------------------------------------------- */

/* What the heads say, and how wide the table may be; kept with the composer. */
static Str form_key(TableBuilder *b)
{
    Composer *c = b->c;
    StrBuf key = {0};
    strbuf_add_int(&key, (int64_t)b->t->width);
    for (size_t k = 0; k < b->t->columns; k++) {
        CellContent content;
        table_cell(b, b->t->rows, k, &content);
        strbuf_add_text(&key, "|");
        for (size_t i = 0; i < content.parts; i++) {
            const Piece *piece = &content.part[i].piece[0];
            strbuf_add_str(&key, piece->text.n ? piece->text : plain_text(c, piece->inlines));
        }
    }
    Str kept = arena_str(&c->words, strbuf_str(&key));
    strbuf_drop(&key);
    return kept;
}

static Agreed agreed_of(TableBuilder *b)
{
    Agreed agreed = {.form = FORM_NARROW};
    uint32_t kept;
    if (!b->t->head)
        return agreed;
    agreed.key = form_key(b);
    agreed.known = map_get(&b->c->own->form_of, agreed.key, &kept);
    if (agreed.known) {
        agreed.form = (Form)(kept % FOLDED);
        agreed.folded = kept / FOLDED;
    }
    if (agreed.form == FORM_NARROW && map_get(&b->c->lone, agreed.key, &kept))
        agreed.form = FORM_COLUMNS;
    return agreed;
}

/* Keeps how the table is set for those like it; others that were set before have to be set again. */
static void agree(TableBuilder *b, const Agreed *agreed, Form form)
{
    if (!b->t->head)
        return;
    bool more = form > agreed->form, fresh = more || (b->folded && !agreed->folded);
    uint32_t folded = b->folded || (agreed->folded && !more);
    if (fresh || !agreed->known)
        map_put(&b->c->own->form_of, agreed->key, (uint32_t)form + FOLDED * folded);
    b->c->uneven |= agreed->known && fresh;
}

/* Stacks the table where it has no room otherwise, or where one like it has none; returns how it is set. */
static Form stack(TableBuilder *b, const Fit *best, const Agreed *agreed)
{
    heed(b, agreed, FORM_ABOVE);
    bool below = (!best->good || best->long_names) && fits_below_names(b);
    Form form = below ? FORM_ABOVE : best->good ? FORM_COLUMNS : FORM_STACKED;
    form = form > agreed->form ? form : agreed->form;
    if (form == FORM_ABOVE && !b->above && !fits_below_names(b))
        form = FORM_STACKED;
    heed(b, agreed, form);
    b->stacked = form == FORM_STACKED;
    if (form == FORM_COLUMNS && (best->long_names || !is_set(b, best)))
        fit(b, best->scale, best->gap, best->turned);
    if (b->stacked) {
        b->above = false;
        fit(b, 1, full_gap(b), false);
        b->width[0] = b->room; /* the head that pages repeat */
        b->folded = false;
    }
    return form;
}

/* ---- all ------------------------------------------------------------------------------------ */

/* On a page as it lies or turned. */
static void find_room(TableBuilder *b, Fit *best)
{
    if (!best->good && b->t->may_turn && b->c->l->table.turn)
        try_page(b, true, best);
    if (!is_set(b, best))
        fit(b, best->scale, best->gap, best->turned);
    b->broken = best->kind == FIT_BROKEN;
    tell(b, best);
}

void table_set_widths(TableBuilder *b)
{
    Fit best = {0};
    Form form = FORM_NARROW;
    Agreed agreed = agreed_of(b);
    if (fits_column(b, &agreed)) {
        b->form = agreed.key;
    } else {
        form = FORM_COLUMNS;
        heed(b, &agreed, form);
        try_page(b, false, &best);
        if (b->c->l->table.stack)
            form = stack(b, &best, &agreed);
        else
            find_room(b, &best);
    }
    agree(b, &agreed, form);
}
