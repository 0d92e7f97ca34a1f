#include "compose/widths.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* A broken cell costs so much of a line, the more the fewer lines it has: two lines instead of one are
 * seen, seven instead of six aren't. */
#define BROKEN 0.6f
/* Heads are read across: a third line of one costs so many lines, and each further one. */
#define HIGH_HEAD 8.0f
enum { HEAD_LINES = 2 };
/* A word that is divided at the joint of a compound costs so many lines, in a head fewer: heads are read
 * once. Between syllables it costs more. */
#define DIVIDED 4.0f
#define DIVIDED_HEAD 1.0f
#define SYLLABLES 3
/* A cell with a word that is broken anywhere costs so many lines. */
#define BROKEN_WORD 12.0f
#define ROUNDING 0.05f

enum {
    MOST_WIDTHS = 64,      /* of a column that are tried */
    MOST_STEPS = 400,      /* from a cell's natural width to its least */
    MOST_WORK = 1 << 22,   /* heights of rows that are looked at when all ways are tried */
    MOST_EXCHANGES = 1000, /* between two columns */
    TALLEST = 3            /* cells of a row: one stays when two columns are left out */
};

/* ---- a cell --------------------------------------------------------------------------------- */

/* Lines that are being filled. */
typedef struct {
    float width;  /* that they may have */
    float at;     /* of the line so far */
    float needed; /* where it is narrower than this, lines are others */
    unsigned lines;
    unsigned joints, syllables; /* where words are divided */
    bool empty, over;
} Filling;

static void next_line(Filling *f)
{
    f->needed = fmaxf(f->needed, f->at);
    f->lines++;
    f->at = 0;
    f->empty = true;
}

static bool has_room(const Filling *f, float width)
{
    return f->at + width <= f->width + ROUNDING;
}

static bool parts_word(const TextPart *part)
{
    return part->parting == TEXT_PARTS_JOINT || part->parting == TEXT_PARTS_SYLLABLES;
}

/* The end of the word that begins with a part, and its width. */
static size_t word_end(const WidthText *t, size_t from, float *width)
{
    size_t end = from;
    *width = 0;
    do
        *width += t->part[end++].width;
    while (end < t->parts && parts_word(&t->part[end]));
    return end;
}

/* The end of what stays together of a word that is divided. */
static size_t piece_end(const WidthText *t, size_t from, size_t end, bool joints, float *width)
{
    size_t to = from;
    *width = 0;
    do
        *width += t->part[to++].width;
    while (to < end && joints && t->part[to].parting != TEXT_PARTS_JOINT);
    return to;
}

/* Width of the widest piece of a word, with its hyphen. */
static float widest_piece(const WidthText *t, size_t from, size_t end, bool joints)
{
    float widest = 0, width;
    for (size_t i = from, to; i < end; i = to) {
        to = piece_end(t, i, end, joints, &width);
        widest = fmaxf(widest, width + (to < end ? t->part[to].hyphen : 0));
    }
    return widest;
}

/* At its joints where that is enough, as the paragraph will be. */
static void fill_divided(Filling *f, const WidthText *t, size_t from, size_t end)
{
    float widest = widest_piece(t, from, end, true), width;
    bool joints = widest <= f->width + ROUNDING;
    if (joints)
        f->needed = fmaxf(f->needed, widest);
    for (size_t i = from, to; i < end; i = to) {
        to = piece_end(t, i, end, joints, &width);
        float space = i == from && !f->empty ? t->part[i].space : 0;
        float hyphen = to < end ? t->part[to].hyphen : 0;
        if (!f->empty && !has_room(f, space + width + hyphen)) {
            f->at += i > from ? t->part[i].hyphen : 0;
            next_line(f);
            f->joints += i > from && joints;
            f->syllables += i > from && !joints;
            space = 0;
        }
        f->at += space + width;
        f->empty = false;
        f->over |= !has_room(f, hyphen);
    }
}

static void fill_word(Filling *f, const WidthText *t, size_t from, size_t end, float width)
{
    float space = f->empty ? 0 : t->part[from].space;
    if (width > f->width + ROUNDING) {
        fill_divided(f, t, from, end);
        return;
    }
    if (!f->empty && !has_room(f, space + width)) {
        next_line(f);
        space = 0;
    }
    f->at += space + width;
    f->empty = false;
}

static Filling fill(const WidthText *t, float width)
{
    Filling f = {.width = width, .empty = true};
    for (size_t i = 0, end; i < t->parts; i = end) {
        float word;
        end = word_end(t, i, &word);
        if (i > 0 && t->part[i].parting == TEXT_PARTS_LINES)
            next_line(&f);
        fill_word(&f, t, i, end, word);
    }
    if (t->parts)
        next_line(&f);
    return f;
}

typedef struct {
    float height, broken;
    float needed; /* where it is narrower, it is set otherwise */
    unsigned joints, syllables;
    unsigned beyond; /* lines that a head has beyond what it may */
    bool over;
} Set;

static Set set_cell(const WidthCell *cell, float width)
{
    Set set = {0};
    for (size_t i = 0; i < cell->texts; i++) {
        const WidthText *t = &cell->text[i];
        Filling f = fill(t, width);
        set.height += t->before + (float)f.lines * t->leading;
        if (f.lines > 1)
            set.broken += t->leading * BROKEN * (1 - 1 / (float)f.lines);
        if (cell->head && f.lines > HEAD_LINES)
            set.beyond += f.lines - HEAD_LINES;
        set.needed = fmaxf(set.needed, f.needed);
        set.joints += f.joints;
        set.syllables += f.syllables;
        set.over |= f.over;
    }
    return set;
}

float widths_cell(const WidthCell *cell, float width, unsigned *divided, bool *over)
{
    Set set = set_cell(cell, width);
    if (divided)
        *divided += set.joints + set.syllables;
    if (over)
        *over |= set.over;
    return set.height;
}

float widths_least(const WidthCell *cell, bool divide)
{
    float least = 0;
    for (size_t i = 0; i < cell->texts; i++) {
        const WidthText *t = &cell->text[i];
        for (size_t k = 0, end; k < t->parts; k = end) {
            float width;
            end = word_end(t, k, &width);
            least = fmaxf(least, divide ? widest_piece(t, k, end, false) : width);
        }
    }
    return least;
}

static unsigned most_lines(const WidthCell *cell, float width)
{
    unsigned most = 0;
    for (size_t i = 0; i < cell->texts; i++) {
        unsigned lines = fill(&cell->text[i], width).lines;
        most = lines > most ? lines : most;
    }
    return most;
}

float widths_folded(const WidthCell *cell, unsigned lines)
{
    float low = widths_least(cell, false), high = low;
    for (size_t i = 0; i < cell->texts; i++)
        for (size_t k = 0; k < cell->text[i].parts; k++)
            high += cell->text[i].part[k].width + cell->text[i].part[k].space;
    if (most_lines(cell, low) <= lines)
        return low;
    while (high - low > ROUNDING) {
        float middle = (low + high) / 2;
        *(most_lines(cell, middle) <= lines ? &high : &low) = middle;
    }
    return high;
}

/* What a cell costs beside its height. */
static float price(const WidthCell *cell, const Set *set)
{
    float line = cell->texts ? cell->text[0].leading : 0;
    float divided = (float)(set->joints + SYLLABLES * set->syllables);
    float broken = set->over ? line * BROKEN_WORD : 0;
    float high = line * HIGH_HEAD * (float)set->beyond;
    return set->broken + broken + high + divided * line * (cell->head ? DIVIDED_HEAD : DIVIDED);
}

float widths_cost(const WidthTable *t, const float *width)
{
    float *height = mem_array(t->rows + 1, sizeof *height), cost = 0;
    for (size_t row = 0; row < t->rows; row++)
        height[row] = t->base[row];
    for (size_t i = 0; i < t->cells; i++) {
        const WidthCell *cell = &t->cell[i];
        Set set = set_cell(cell, width[cell->column]);
        height[cell->row] = fmaxf(height[cell->row], set.height);
        cost += price(cell, &set);
    }
    for (size_t row = 0; row < t->rows; row++)
        cost += height[row];
    mem_free(height);
    return cost;
}

/* ---- the widths that are worth trying -------------------------------------------------------- */

/* Of a column, widest first. */
typedef struct {
    size_t n;
    float width[MOST_WIDTHS];
    float price[MOST_WIDTHS];
    float *height; /* of each row at each width */
} Choices;

typedef struct {
    float height;
    uint32_t column;
} Tall;

/* The tallest cells of a row, the tallest first. */
typedef struct {
    Tall cell[TALLEST];
} Tallest;

typedef struct {
    const WidthTable *t;
    Choices *of;   /* each column */
    size_t *at;    /* its choice */
    float *others; /* of each row: its height without one or two of the columns */
    Tallest *tallest;
    bool divides; /* some choice divides a word: a narrower column may then cost less */
} Search;

static int falling(const void *pa, const void *pb)
{
    float a = *(const float *)pa, b = *(const float *)pb;
    return a > b ? -1 : a < b;
}

typedef ARRAY(float) Floats;

/* The narrowest widths at which a cell still has so many lines. */
static void add_steps(const WidthTable *t, const WidthCell *cell, Floats *out)
{
    float least = t->least[cell->column], width = t->widest[cell->column], last = FLT_MAX;
    Set set = set_cell(cell, width);
    for (int i = 0; i < MOST_STEPS && width >= least; i++) {
        last = fmaxf(set.needed + ROUNDING, least);
        width = fminf(set.needed - ROUNDING, width - ROUNDING);
        Set next = set_cell(cell, width);
        if (next.height > set.height || next.joints != set.joints ||
            next.syllables != set.syllables || width < least)
            array_push(out, fminf(last, t->widest[cell->column]));
        set = next;
    }
}

/* Widths that differ, no more than can be tried, with the widest and the narrowest among them. */
static void keep_choices(Choices *choices, Floats *all)
{
    size_t n = 0;
    qsort(all->at, all->n, sizeof *all->at, falling);
    for (size_t i = 0; i < all->n; i++)
        if (!n || all->at[i] < all->at[n - 1] - ROUNDING || i + 1 == all->n)
            all->at[n++] = all->at[i];
    choices->n = n < MOST_WIDTHS ? n : MOST_WIDTHS;
    for (size_t i = 0; i < choices->n; i++)
        choices->width[i] = choices->n < 2 ? all->at[0] : all->at[i * (n - 1) / (choices->n - 1)];
}

static void find_choices(Search *s)
{
    const WidthTable *t = s->t;
    Floats all = {0};
    for (size_t k = 0; k < t->columns; k++) {
        all.n = 0;
        array_push(&all, t->widest[k]);
        for (size_t i = 0; i < t->cells && t->widest[k] > t->least[k] + ROUNDING; i++)
            if (t->cell[i].column == k)
                add_steps(t, &t->cell[i], &all);
        if (t->least[k] < t->widest[k])
            array_push(&all, t->least[k]);
        keep_choices(&s->of[k], &all);
    }
    array_drop(&all);
}

static float *heights_at(const Search *s, size_t k, size_t choice)
{
    return s->of[k].height + choice * s->t->rows;
}

static void weigh_choices(Search *s)
{
    const WidthTable *t = s->t;
    for (size_t k = 0; k < t->columns; k++)
        s->of[k].height = mem_zalloc((s->of[k].n * t->rows + 1) * sizeof(float));
    for (size_t i = 0; i < t->cells; i++) {
        const WidthCell *cell = &t->cell[i];
        Choices *choices = &s->of[cell->column];
        for (size_t c = 0; c < choices->n; c++) {
            Set set = set_cell(cell, choices->width[c]);
            heights_at(s, cell->column, c)[cell->row] = set.height;
            choices->price[c] += price(cell, &set);
            s->divides |= set.joints || set.syllables;
        }
    }
}

/* ---- the search ----------------------------------------------------------------------------- */

static float width_of(const Search *s, size_t k)
{
    return s->of[k].width[s->at[k]];
}

static float width_of_all(const Search *s)
{
    float sum = 0;
    for (size_t k = 0; k < s->t->columns; k++)
        sum += width_of(s, k);
    return sum;
}

/* Of heights, which are numbers always: fmaxf, which minds others, is a call for each cell. */
static float larger(float a, float b)
{
    return a > b ? a : b;
}

/* Puts a cell among the tallest of its row if it is one of them. */
static void keep_tall(Tallest *row, Tall cell)
{
    size_t at = TALLEST;
    while (at > 0 && cell.height > row->cell[at - 1].height)
        at--;
    for (size_t i = TALLEST - 1; i > at; i--)
        row->cell[i] = row->cell[i - 1];
    if (at < TALLEST)
        row->cell[at] = cell;
}

/* Looks at all cells once, for any number of calls of take_others. */
static void find_tallest(Search *s)
{
    const WidthTable *t = s->t;
    for (size_t row = 0; row < t->rows; row++)
        for (size_t i = 0; i < TALLEST; i++)
            s->tallest[row].cell[i].height = -FLT_MAX;
    for (size_t k = 0; k < t->columns; k++) {
        const float *height = heights_at(s, k, s->at[k]);
        for (size_t row = 0; row < t->rows; row++)
            keep_tall(&s->tallest[row], (Tall){height[row], (uint32_t)k});
    }
}

/* Heights of rows without columns a and b, of which b may be a. */
static void take_others(Search *s, size_t a, size_t b)
{
    const WidthTable *t = s->t;
    for (size_t row = 0; row < t->rows; row++) {
        const Tall *cell = s->tallest[row].cell;
        size_t i = 0;
        while (i < TALLEST && (cell[i].column == a || cell[i].column == b))
            i++;
        s->others[row] = i < TALLEST ? larger(t->base[row], cell[i].height) : t->base[row];
    }
}

static float cost_with(const Search *s, size_t a, size_t at_a, size_t b, size_t at_b)
{
    const float *x = heights_at(s, a, at_a), *y = heights_at(s, b, at_b);
    float cost = s->of[a].price[at_a] + (a == b ? 0 : s->of[b].price[at_b]);
    for (size_t row = 0; row < s->t->rows; row++)
        cost += larger(s->others[row], larger(x[row], y[row]));
    return cost;
}

/* Makes the narrowing that costs least for what it gains. */
static bool narrow(Search *s, float over)
{
    float best = FLT_MAX;
    size_t column = 0, to = 0;
    find_tallest(s);
    for (size_t k = 0; k < s->t->columns; k++) {
        if (s->at[k] + 1 >= s->of[k].n)
            continue;
        take_others(s, k, k);
        float now = cost_with(s, k, s->at[k], k, s->at[k]);
        for (size_t c = s->at[k] + 1; c < s->of[k].n; c++) {
            float gain = fminf(width_of(s, k) - s->of[k].width[c], over);
            float ratio = (cost_with(s, k, c, k, c) - now) / fmaxf(gain, ROUNDING / 2);
            if (ratio < best) {
                best = ratio;
                column = k;
                to = c;
            }
        }
    }
    if (best < FLT_MAX)
        s->at[column] = to;
    return best < FLT_MAX;
}

/* The widest choice of a column that has room. */
static size_t widest_within(const Search *s, size_t k, float room)
{
    size_t c = 0;
    while (c + 1 < s->of[k].n && s->of[k].width[c] > room + ROUNDING / 4)
        c++;
    return c;
}

/* Lets one column have another width, and a second what that leaves, where it makes the table cheaper. */
static bool exchange(Search *s, size_t a, size_t b)
{
    float room = s->t->room - width_of_all(s) + width_of(s, a) + width_of(s, b);
    take_others(s, a, b);
    float best = cost_with(s, a, s->at[a], b, s->at[b]) - ROUNDING;
    size_t at_a = s->at[a], at_b = s->at[b];
    for (size_t c = 0; c < s->of[a].n; c++) {
        size_t d = widest_within(s, b, room - s->of[a].width[c]);
        if (s->of[a].width[c] + s->of[b].width[d] > room + ROUNDING / 2)
            continue;
        float cost = cost_with(s, a, c, b, d);
        if (cost < best) {
            best = cost;
            at_a = c;
            at_b = d;
        }
    }
    bool better = at_a != s->at[a] || at_b != s->at[b];
    s->at[a] = at_a;
    s->at[b] = at_b;
    if (better)
        find_tallest(s);
    return better;
}

static void improve(Search *s)
{
    int left = MOST_EXCHANGES;
    find_tallest(s);
    for (bool better = true; better && left > 0;) {
        better = false;
        for (size_t a = 0; a < s->t->columns; a++)
            for (size_t b = 0; b < s->t->columns && left > 0; b++)
                if (a != b && s->of[a].n > 1 && s->of[b].n > 1 && exchange(s, a, b)) {
                    better = true;
                    left--;
                }
    }
}

/* ---- all ways ------------------------------------------------------------------------------- */

/* Costs are sums of many floats: a bound is one only so far. */
#define BOUND_ROUNDING 0.9999f

typedef struct {
    Search *s;
    size_t *
        order; /* of columns: as they stand, but that with the most widths, which takes what is left, last */
    float *
        height; /* of each row: its height with the columns before the k-th in that order, for each k */
    float *rest;    /* and what it has at least with those from the k-th on */
    float *cheaply; /* what those cost at least, without heights */
    size_t *best;
    float cost;
} Trial;

/* Whether there are so few ways that all can be tried; what the last column has is what is left. */
static bool can_try_all(const Search *s)
{
    double work = (double)(s->t->rows + 1) * (double)s->t->columns;
    size_t largest = 1;
    for (size_t k = 0; k < s->t->columns; k++) {
        work *= (double)s->of[k].n;
        largest = s->of[k].n > largest ? s->of[k].n : largest;
    }
    return work / (s->divides ? 1 : (double)largest) < MOST_WORK;
}

/* What all choices cost, of which the last has just been made. */
static float cost_of_choices(const Trial *trial)
{
    const Search *s = trial->s;
    size_t rows = s->t->rows, last = trial->order[s->t->columns - 1];
    const float *others = trial->height + (s->t->columns - 1) * rows;
    const float *height = heights_at(s, last, s->at[last]);
    float cost = 0;
    for (size_t k = 0; k < s->t->columns; k++)
        cost += s->of[k].price[s->at[k]];
    for (size_t row = 0; row < rows; row++)
        cost += larger(others[row], height[row]);
    return cost;
}

/* The last column gets what the others leave. */
static void try_last(Trial *trial, float room)
{
    Search *s = trial->s;
    size_t last = trial->order[s->t->columns - 1], c = widest_within(s, last, room);
    if (s->of[last].width[c] > room + ROUNDING / 2)
        return;
    do {
        s->at[last] = c++;
        float cost = cost_of_choices(trial);
        if (cost < trial->cost) {
            trial->cost = cost;
            for (size_t k = 0; k < s->t->columns; k++)
                trial->best[k] = s->at[k];
        }
    } while (s->divides && c < s->of[last].n);
}

/* Adds the heights of the k-th column in order; gives what all rows cost at least then. */
static float add_heights(Trial *trial, size_t k, size_t choice)
{
    const Search *s = trial->s;
    size_t rows = s->t->rows;
    const float *before = trial->height + k * rows, *rest = trial->rest + (k + 1) * rows;
    const float *height = heights_at(s, trial->order[k], choice);
    float *with = trial->height + (k + 1) * rows, least = 0;
    for (size_t row = 0; row < rows; row++) {
        with[row] = larger(before[row], height[row]);
        least += larger(with[row], rest[row]);
    }
    return least;
}

/* Sets the columns from the k-th in order on, unless what those before cost is too much already. */
static void try_from(Trial *trial, size_t k, float room, float price)
{
    Search *s = trial->s;
    if (k + 1 == s->t->columns) {
        try_last(trial, room);
        return;
    }
    size_t column = trial->order[k];
    const Choices *of = &s->of[column];
    for (size_t c = 0; c < of->n; c++) {
        if (of->width[c] > room + ROUNDING / 2)
            continue;
        s->at[column] = c;
        float with = price + of->price[c];
        float least = add_heights(trial, k, c) + with + trial->cheaply[k + 1];
        if (least * BOUND_ROUNDING < trial->cost)
            try_from(trial, k + 1, room - of->width[c], with);
    }
}

static void find_bounds(Trial *trial)
{
    const Search *s = trial->s;
    size_t rows = s->t->rows, columns = s->t->columns;
    for (size_t row = 0; row < rows; row++)
        trial->height[row] = s->t->base[row];
    for (size_t k = columns; k-- > 0;) {
        const Choices *of = &s->of[trial->order[k]];
        float *rest = trial->rest + k * rows, price = FLT_MAX;
        for (size_t row = 0; row < rows; row++)
            rest[row] = FLT_MAX;
        for (size_t c = 0; c < of->n; c++) {
            const float *height = heights_at(s, trial->order[k], c);
            for (size_t row = 0; row < rows; row++)
                rest[row] = height[row] < rest[row] ? height[row] : rest[row];
            price = fminf(price, of->price[c]);
        }
        for (size_t row = 0; row < rows; row++)
            rest[row] = larger(rest[row], rest[row + rows]);
        trial->cheaply[k] = trial->cheaply[k + 1] + price;
    }
}

static void try_all(Search *s)
{
    size_t rows = s->t->rows, columns = s->t->columns, last = 0;
    Trial trial = {.s = s,
                   .order = mem_zalloc((columns + 1) * sizeof(size_t)),
                   .height = mem_zalloc((columns + 1) * (rows + 1) * sizeof(float)),
                   .rest = mem_zalloc((columns + 1) * (rows + 1) * sizeof(float)),
                   .cheaply = mem_zalloc((columns + 1) * sizeof(float)),
                   .best = mem_zalloc((columns + 1) * sizeof(size_t)),
                   .cost = FLT_MAX};
    for (size_t k = 0; k < columns; k++)
        last = s->of[k].n > s->of[last].n ? k : last;
    for (size_t k = 0, at = 0; k < columns; k++)
        if (k != last)
            trial.order[at++] = k;
    if (columns > 0) {
        trial.order[columns - 1] = last;
        find_bounds(&trial);
        try_from(&trial, 0, s->t->room, 0);
    }
    for (size_t k = 0; k < columns && trial.cost < FLT_MAX; k++)
        s->at[k] = trial.best[k];
    mem_free(trial.order);
    mem_free(trial.height);
    mem_free(trial.rest);
    mem_free(trial.cheaply);
    mem_free(trial.best);
}

/* ---- the whole ------------------------------------------------------------------------------ */

/* What the choices leave goes to those whose lines are broken, by what they lack: unless words are then
 * divided worse, which can be where the whole of a compound's parts just gets room. */
static void share_rest(const Search *s, float *width)
{
    const WidthTable *t = s->t;
    float left = t->room, lack = 0;
    for (size_t k = 0; k < t->columns; k++) {
        width[k] = width_of(s, k);
        left -= width[k];
        lack += t->widest[k] - width[k];
    }
    float share = lack > 0 ? fminf(1, fmaxf(0, left) / lack) : 0, before = widths_cost(t, width);
    for (size_t k = 0; k < t->columns; k++)
        width[k] += (t->widest[k] - width[k]) * share;
    if (widths_cost(t, width) > before)
        for (size_t k = 0; k < t->columns; k++)
            width[k] = width_of(s, k);
}

void widths_choose(const WidthTable *t, float *width)
{
    Search s = {.t = t,
                .of = mem_zalloc((t->columns + 1) * sizeof(Choices)),
                .at = mem_zalloc((t->columns + 1) * sizeof(size_t)),
                .others = mem_zalloc((t->rows + 1) * sizeof(float)),
                .tallest = mem_zalloc((t->rows + 1) * sizeof(Tallest))};
    find_choices(&s);
    weigh_choices(&s);
    if (can_try_all(&s)) {
        for (size_t k = 0; k < t->columns; k++)
            s.at[k] = s.of[k].n - 1;
        try_all(&s);
    } else {
        for (float over; (over = width_of_all(&s) - t->room) > ROUNDING / 2;)
            if (!narrow(&s, over))
                break;
        improve(&s);
    }
    share_rest(&s, width);
    for (size_t k = 0; k < t->columns; k++)
        mem_free(s.of[k].height);
    mem_free(s.of);
    mem_free(s.at);
    mem_free(s.others);
    mem_free(s.tallest);
}
