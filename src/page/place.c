#include <math.h>

#include "page/internal.h"

enum { MOST_IN_WHOLE_BOX = 64 };

#define LITTLE 0.4f /* of the page: where less is used, a part may follow, … */
#define MOST 0.75f  /* … and where less than this, back matter */

float place_paper_height(const Composer *c)
{
    return (float)(c->place.turned ? c->l->paper_width : c->l->paper_height);
}

static float page_width(const Composer *c)
{
    return (float)(c->place.turned ? c->l->paper_height : c->l->paper_width);
}

float place_width(const Composer *c)
{
    return page_width(c) - (float)(c->l->left + c->l->right);
}

/* The number of the page that is being filled, or of the next where none is. */
static uint32_t page_number(const Composer *c)
{
    return document_page_count(c->d) + (c->place.open ? 0 : 1);
}

static float page_bottom(const Composer *c)
{
    const Layout *l = c->l;
    return place_paper_height(c) - (float)(page_number(c) == 1 ? l->first_bottom : l->bottom) -
           pullback_shorter(c);
}

float place_column_bottom(const Composer *c, unsigned column)
{
    return c->place.open ? c->place.foot[column] : page_bottom(c);
}

float place_bottom(const Composer *c)
{
    float bottom = place_column_bottom(c, c->place.column);
    for (unsigned i = 1; i < (unsigned)c->l->columns && !c->place.in_columns; i++)
        bottom = fminf(bottom, place_column_bottom(c, i));
    return bottom;
}

float place_top(const Composer *c)
{
    return (float)(page_number(c) == 1 ? c->l->first_top : c->l->top);
}

bool place_is_left_hand(const Composer *c)
{
    return c->l->two_sided && page_number(c) % 2 == 0;
}

static float page_left(const Composer *c)
{
    return (float)(place_is_left_hand(c) ? c->l->right : c->l->left);
}

float place_column_left(const Composer *c, unsigned column)
{
    return page_left(c) + (float)column * (float)(c->l->text_width + c->l->gutter);
}

float place_most_carried(const Composer *c)
{
    float top = c->place.in_columns ? c->place.band_top : (float)c->l->top;
    return fminf(place_bottom(c) - top, measure_page(c)) * MOST_CARRIED;
}

float place_left(const Composer *c)
{
    return place_column_left(c, c->place.column);
}

static float left(const Composer *c)
{
    return place_left(c);
}

void place_spec(Composer *c, const Spec *s, const Style *style, float x, float y)
{
    document_draw(c->d, spec_draw(c, s, style, x, y));
}

void place_pieces(Composer *c, const Piece *pieces, size_t n, Node artifact, TextAlign align,
                  float x, float y, float width)
{
    Spec *s = spec_new(c, batch_arena(c), pieces, n, artifact, width);
    s->align = align;
    spec_layout(c, c->request->worker, s);
    place_spec(c, s, pieces[0].style, x, y);
}

void place_line(Composer *c, Str text, const Style *style, Node artifact, TextAlign align, float x,
                float y, float width)
{
    Piece piece = {.style = style, .text = text};
    place_pieces(c, &piece, 1, artifact, align, x, y, width);
}

/* ---- boxes ---------------------------------------------------------------------------------- */

static void open_box(Composer *c, OpenBox box)
{
    float x = left(c) + box.x;
    box.top = c->place.y;
    box.fill_draw = document_fill(c->d, ARTIFACT_LAYOUT, x, box.top, box.width, 0, box.fill);
    box.bar_draw =
        document_fill(c->d, ARTIFACT_LAYOUT, x, box.top, box.bar.width, 0, box.bar.colour);
    array_push(&c->place.boxes, box);
}

/* Gives the box on this page its height. */
static void end_box(Composer *c, const OpenBox *box, float bottom)
{
    c->d->draws.at[box->fill_draw].h = bottom - box->top;
    c->d->draws.at[box->bar_draw].h = bottom - box->top;
}

/* Those beyond the first `outside` ones, so far as the page has them. */
static void end_boxes_beyond(Composer *c, size_t outside, float bottom)
{
    for (size_t i = outside; i < c->place.boxes.n; i++)
        end_box(c, &c->place.boxes.at[i], bottom);
}

static void end_boxes(Composer *c)
{
    end_boxes_beyond(c, 0, c->place.y);
}

static void open_boxes_beyond(Composer *c, size_t outside)
{
    size_t boxes = c->place.boxes.n;
    c->place.boxes.n = outside;
    for (size_t i = outside; i < boxes; i++)
        open_box(c, c->place.boxes.at[i]);
}

/* They go on at the top of a page or column. */
static void open_boxes_again(Composer *c)
{
    open_boxes_beyond(c, 0);
}

static OpenBox box_of(const Unit *u)
{
    return (OpenBox){.x = u->x, .width = u->width, .fill = u->fill, .bar = u->bar};
}

void place_boxes_again(Composer *c, const Unit *unit, size_t n, float y)
{
    float before = c->place.y;
    size_t outside = c->place.boxes.n;
    for (size_t i = 0; i < n; i++) {
        if (unit[i].kind == UNIT_OPEN)
            array_push(&c->place.boxes, box_of(&unit[i]));
        c->place.boxes.n -= unit[i].kind == UNIT_CLOSE;
    }
    c->place.y = y;
    open_boxes_beyond(c, outside);
    c->place.y = before;
}

void place_boxes_end(Composer *c, size_t outside, float y)
{
    end_boxes_beyond(c, outside, y);
    c->place.boxes.n = outside;
}

/* ---- pages ---------------------------------------------------------------------------------- */

void place_finish_page(Composer *c)
{
    Place *p = &c->place;
    if (!p->open)
        return;
    spread_page(c);
    pull_outs_settle(c, page_bottom(c));
    end_boxes(c);
    bands_end_page(c);
    running_draw_foot(c);
    p->open = false;
}

void place_finish_part(Composer *c)
{
    bands_end(c);
    faults_look_at_last(c);
    place_finish_page(c);
    while (c->place.notes[0].n) {
        place_new_page(c, false, false);
        place_finish_page(c);
    }
}

/* The running head names what begins: of a page that it opens, but not at the foot of the page before. The foot says the
 * same of its page, and what begins first on it where nothing goes on at its head. */
static void take_coming(Composer *c)
{
    Place *p = &c->place;
    uint32_t page = document_page_count(c->d);
    if (p->coming) {
        p->running = p->coming->running;
        p->running_theme = p->coming->running_theme;
        p->running_on = p->coming->running_on;
        p->running_from = page;
    } else if (p->running_on && page > p->running_from) {
        p->running = p->running_on;
    }
    p->coming = NULL;
    if (p->at_head || !p->foot_running) {
        p->foot_running = p->running;
        p->foot_theme = p->running_theme;
    }
}

void place_new_page(Composer *c, bool opens, bool bare)
{
    Place *p = &c->place;
    place_finish_page(c);
    document_page(c->d, page_width(c), place_paper_height(c));
    p->open = p->empty = p->at_head = true;
    take_coming(c);
    running_draw_head(c, opens, bare);
    p->y = p->side_y = p->beside = place_top(c);
    p->wide = false;
    p->after = p->slack = 0;
    p->gaps = 0;
    p->after_open = false;
    for (size_t i = 0; i < PAGE_COLUMNS; i++) {
        p->filled[i] = p->signs[i] = p->y;
        p->foot[i] = page_bottom(c);
    }
    bands_open(c);
    open_boxes_again(c);
}

/* The next column of the page, or the next page. */
static void go_on(Composer *c, bool page, bool opens)
{
    if (page || !c->place.in_columns) {
        place_new_page(c, opens, false);
        return;
    }
    end_boxes(c);
    bands_next_column(c);
    open_boxes_again(c);
}

/* Where what doesn't fit is broken, whatever the plan. */
static bool on_last_column(const Composer *c)
{
    return !c->place.in_columns || c->place.column + 1 == (unsigned)c->l->columns;
}

/* ---- drawing units -------------------------------------------------------------------------- */

static void draw_rule(Composer *c, float x, float y, float width, Rule rule)
{
    if (rule.width > 0)
        document_fill(c->d, ARTIFACT_LAYOUT, left(c) + x, y, width, rule.width, rule.colour);
}

/* Of a row that ends at y. It takes no more of that than rules between rows do where there is room below it, or the last
 * row would have less air than others. */
static void draw_rule_below(Composer *c, float x, float y, float width, Rule rule)
{
    float top = y - fminf(rule.width, (float)c->l->table.rule_row);
    draw_rule(c, x, fminf(top, fmaxf(y, place_bottom(c)) - rule.width), width, rule);
}

/* Draws lines [from, to) of a paragraph, the first with its box at y. */
static void draw_lines(Composer *c, const Spec *s, const Style *style, float x, float y,
                       uint32_t from, uint32_t to)
{
    if (from >= to || !s->para->lines)
        return;
    place_spec(c, s, style, x, y);
    DrawnText *text = &array_last(&c->d->draws).text;
    text->first = from;
    text->end = to;
    notes_place_marks(c, s, y, (float)style->leading, from, to);
    references_place(c, s, from, to);
}

static void draw_path(Composer *c, Node owner, Path path, const PathStep *step)
{
    Arena *arena = &c->d->arena;
    path.step = arena_copy(arena, step, path.steps, sizeof *step);
    document_draw(c->d, (Draw){.kind = DRAW_PATH,
                               .owner = owner,
                               .path = arena_copy(arena, &path, 1, sizeof path)});
}

#define TASK_BOX 0.66f /* of the size of the letters beside it */

/* A box with its foot on the baseline, and a tick in it. */
static void draw_task(Composer *c, const Unit *u, const ItemMark *mark, float baseline)
{
    float x = left(c) + mark->x;
    float size = (float)u->style->size * TASK_BOX, top = baseline - size;
    uint32_t colour = colour_of(c, COLOUR_primary);
    const PathStep box[] = {{'m', x, top},
                            {'l', x + size, top},
                            {'l', x + size, baseline},
                            {'l', x, baseline},
                            {'z', 0, 0}};
    const PathStep tick[] = {{'m', x + 0.2f * size, top + 0.5f * size},
                             {'l', x + 0.42f * size, top + 0.74f * size},
                             {'l', x + 0.82f * size, top + 0.22f * size}};
    Path path = {.steps = 5, .stroke = true, .stroke_colour = colour, .width = 0.75f};
    draw_path(c, mark->node, path, box);
    path.steps = 3;
    path.width = 1.25f;
    if (mark->task == TASK_DONE)
        draw_path(c, mark->node, path, tick);
}

/* A square, half as high as small letters. */
static void draw_bullet(Composer *c, const Unit *u, const ItemMark *mark, float baseline)
{
    float size = (float)c->l->list.bullet;
    const Face *face = &style_font(c, u->style, false, false)->face;
    float middle = baseline - (float)(u->style->size * face->x_height / face->upem / 2);
    document_fill(c->d, mark->node, left(c) + mark->x, middle - size / 2, size, size,
                  colour_of(c, COLOUR_primary));
}

/* Capitals stand in the middle of their lines. */
static float capital_top(Composer *c, const Style *style)
{
    return (float)style->leading - style_baseline(c, style);
}

/* Where the box of a number's line begins, beside a line whose box begins at y. */
static float number_top(Composer *c, const Unit *u, const ItemMark *mark, float y)
{
    if (mark->hangs)
        return y + capital_top(c, u->style) - capital_top(c, mark->style);
    return y + style_baseline(c, u->style) - style_baseline(c, mark->style);
}

static void draw_marks(Composer *c, const Unit *u, float y)
{
    float baseline = y + style_baseline(c, u->style);
    for (const ItemMark *m = u->mark; m; m = m->next) {
        if (m->number)
            place_spec(c, m->number, m->style, left(c) + m->x, number_top(c, u, m, y));
        else if (m->task != TASK_NONE)
            draw_task(c, u, m, baseline);
        else
            draw_bullet(c, u, m, baseline);
    }
}

/* The line of the unit that the next page begins with, or the number of its lines. */
static uint32_t planned_line(const Composer *c, uint32_t lines)
{
    const Plan *plan = &c->plan;
    if (plan->next < plan->starts.n && plan->starts.at[plan->next].unit == c->place.unit)
        return plan->starts.at[plan->next].line;
    return lines;
}

/* A hook before each of the lines [from, to) that goes on with the one above it, the first of them with
 * its box at y. */
static void draw_turn_signs(Composer *c, const Unit *u, float y, uint32_t from, uint32_t to)
{
    const Style *style = u->style;
    float size = (float)style->size, x = left(c) + u->x + 0.5f * size;
    for (uint32_t i = from; u->turn_signs && i < to && i < u->spec->para->lines; i++) {
        if (!(u->spec->para->line[i].flags & LINE_TURNED))
            continue;
        float foot = y + (float)(i - from) * (float)style->leading + style_baseline(c, style) -
                     0.27f * size;
        const PathStep hook[] = {
            {'m', x, foot - 0.4f * size},  {'l', x, foot},
            {'l', x + 0.75f * size, foot}, {'m', x + 0.5f * size, foot - 0.22f * size},
            {'l', x + 0.78f * size, foot}, {'l', x + 0.5f * size, foot + 0.22f * size}};
        Path path = {
            .steps = 6, .stroke = true, .stroke_colour = colour_of(c, COLOUR_muted), .width = 0.6f};
        draw_path(c, ARTIFACT_LAYOUT, path, hook);
    }
}

static void place_text(Composer *c, const Unit *u)
{
    Place *p = &c->place;
    uint32_t lines = measure_lines(u), done = 0;
    float leading = (float)u->style->leading;
    draw_marks(c, u, p->y);
    while (done < lines) {
        uint32_t to = planned_line(c, lines);
        draw_lines(c, u->spec, u->style, left(c) + u->x, p->y, done, to);
        draw_turn_signs(c, u, p->y, done, to);
        pull_outs_place(c, u, p->y, done, to);
        p->y += (float)(to - done) * leading;
        done = to;
        p->empty = p->begins = false;
        if (done < lines) {
            go_on(c, c->plan.starts.at[c->plan.next].page, false);
            c->plan.next++;
        }
    }
}

#define DOTS 0.75f
#define OF_SIZE (1.0f / 12) /* dots to write on are as heavy as the text asks for */

static void draw_dashes(Composer *c, float x, float y, float width, float weight)
{
    document_draw(c->d, (Draw){.kind = DRAW_LINE,
                               .owner = ARTIFACT_LAYOUT,
                               .x = x,
                               .y = y,
                               .w = width,
                               .line = {colour_of(c, COLOUR_axis), weight, 2 * weight}});
}

static float weight_to_write(const Composer *c)
{
    return fmaxf(DOTS, (float)style_of(c, STYLE_table_cell)->size * OF_SIZE);
}

static void draw_dots(Composer *c, const CellBox *cell, float x, float y)
{
    const Style *style = style_of(c, STYLE_table_cell);
    draw_dashes(c, x, y + style_baseline(c, style) + 2, cell->width, weight_to_write(c));
}

#define LEADER_GAP 6.0f /* between a text and its leader */

/* From the end of a cell's last line to its right edge; all leaders of a page have their dots in line. */
static void draw_leader(Composer *c, const CellBox *cell, float x, float bottom)
{
    const CellText *t = &cell->text[cell->texts - 1];
    const GlyphPara *para = t->spec->para;
    float from = x + t->shift + para->line[para->lines - 1].width + LEADER_GAP;
    float weight = cell->to_write ? weight_to_write(c) : DOTS, pitch = 4 * weight;
    float start = ceilf(from / pitch) * pitch;
    float end = x + cell->width - (cell->to_write ? 0 : LEADER_GAP);
    if (end > start)
        draw_dashes(c, start, bottom - (float)t->style->leading + style_baseline(c, t->style),
                    end - start, weight);
}

/* How far the drawing of a cell has come: rows that are too high go on over several pages. */
typedef struct {
    size_t text;
    uint32_t line;
} CellCursor;

/* Draws what of a cell fits above `bottom`; true when all of it is drawn. */
static bool draw_cell(Composer *c, const CellBox *cell, float x, float y, float bottom,
                      CellCursor *at)
{
    if (cell->dotted && !cell->texts)
        draw_dots(c, cell, x, y + cell->down);
    if (cell->wait && at->text == 0) {
        wait_add(c, cell->wait_style, cell->node, cell->wait, cell->target, x,
                 y + style_baseline(c, cell->wait_style), cell->width);
        at->text = 1;
    }
    for (; at->text < cell->texts; at->text++, at->line = 0) {
        const CellText *t = &cell->text[at->text];
        float leading = (float)t->style->leading;
        y += at->line ? 0 : t->before;
        uint32_t lines = t->spec->para->lines - at->line;
        float room = bottom - y + FULL;
        uint32_t fit = room > 0 ? (uint32_t)(room / leading) : 0;
        uint32_t take = fit < lines ? fit : lines;
        draw_lines(c, t->spec, t->style, x + t->shift, y, at->line, at->line + take);
        at->line += take;
        y += (float)take * leading;
        if (take < lines)
            return false;
    }
    if (cell->leader && cell->texts && cell->text[cell->texts - 1].spec->para->lines)
        draw_leader(c, cell, x, y);
    return true;
}

static bool draw_cells(Composer *c, const CellBox *cell, size_t n, float x, float y, float bottom,
                       CellCursor *at)
{
    bool any = n && (cell->at_foot || cell[n - 1].at_foot);
    float height = any ? measure_row(cell, n, 0, 0) : 0;
    bool all = true, fits = y + height <= bottom + FULL;
    for (size_t i = 0; i < n; i++) {
        float down = cell[i].at_foot && fits ? height - measure_cell(&cell[i]) : 0;
        all &= draw_cell(c, &cell[i], left(c) + x + cell[i].x, y + down, bottom, &at[i]);
    }
    return all;
}

/* ---- tables over pages ---------------------------------------------------------------------- */

/* Footnotes that go on from the page before want all the room that is left; below a table's sign they begin
 * where the plan has it. */
static void keep_clear(Composer *c, float y)
{
    Place *p = &c->place;
    for (unsigned i = 0; i < PAGE_COLUMNS; i++)
        if (!p->in_columns || i == p->column)
            p->signs[i] = y;
}

/* The next column says by itself that a table goes on; on the next page nobody looks for it. */
static void end_table_page(Composer *c, const TableHead *t, bool page)
{
    const Style *style = style_of(c, STYLE_table_continues);
    float width = t->width;
    draw_rule_below(c, t->x, c->place.y, width, t->outer);
    c->place.y = table_notes_draw(c, t->notes, left(c) + t->x, c->place.y, !page);
    if (!page)
        return;
    place_line(c, c->t->print[TERM_continues], style, ARTIFACT_LAYOUT, TEXT_RIGHT, left(c) + t->x,
               c->place.y + CONTINUES_GAP, width);
    keep_clear(c, c->place.y + measure_continues(c, true));
}

static void repeat_title(Composer *c, const TableHead *t, bool page)
{
    if (!t->title.n)
        return;
    const Spec *s = table_title_again(c, t, page ? document_page_count(c->d) - 1 : 0);
    const Spec *key = table_key_again(c, t);
    const Style *style = table_title_style(c, t);
    place_spec(c, s, style, left(c) + t->x, c->place.y);
    if (key)
        place_spec(c, key, style_of(c, STYLE_source), left(c) + t->x,
                   c->place.y + spec_height(s, style) + (float)style->after);
    c->place.y += table_title_height(c, t, s, key);
}

/* Above a row, as close as that is. */
static void repeat_head(Composer *c, const Unit *row, bool page)
{
    Place *p = &c->place;
    const TableHead *t = row->table;
    float kept = 1 - row->given;
    repeat_title(c, t, page);
    draw_rule(c, t->x, p->y, t->width, t->outer);
    if (measure_repeats(c, t)) {
        CellCursor *at = arena_zalloc(batch_arena(c), t->cells * sizeof *at);
        float padding = t->padding * kept;
        draw_cells(c, t->cell, t->cells, t->x, p->y + padding, place_bottom(c), at);
        p->y += measure_row(t->cell, t->cells, padding, padding);
        draw_rule(c, t->x, p->y - t->below.width, t->width, t->below);
    }
    if (t->group) {
        float padding = (float)c->l->table.row_padding * kept;
        float before = (float)c->l->table.group_before * kept;
        place_spec(c, t->group, t->group_style, left(c) + t->x, p->y + before);
        p->y += spec_height(t->group, t->group_style) + before + padding;
        draw_rule(c, t->x, p->y - t->group_rule.width, t->width, t->group_rule);
    }
    p->empty = p->begins = false;
}

/* A row that has room. Returns where it ends. */
static float draw_row(Composer *c, const Unit *u, float y)
{
    CellCursor *at = arena_zalloc(batch_arena(c), u->cells * sizeof *at);
    float end = y + measure_unit(u);
    draw_rule(c, u->x, y, u->width, u->rule);
    draw_cells(c, u->cell, u->cells, u->x, y + u->top, UNBOUNDED, at);
    draw_rule_below(c, u->x, end, u->width, u->rule_below);
    return end;
}

static float cell_leading(const Unit *u)
{
    float leading = 0;
    for (size_t i = 0; i < u->cells; i++)
        for (size_t k = 0; k < u->cell[i].texts; k++)
            leading = fmaxf(leading, (float)u->cell[i].text[k].style->leading);
    return leading;
}

/* A row that is broken where the page ends. */
static void place_large_row(Composer *c, const Unit *u)
{
    Place *p = &c->place;
    CellCursor *at = arena_zalloc(batch_arena(c), u->cells * sizeof *at);
    float continues = u->last_row ? 0 : measure_continues(c, notes_room(c) > 0);
    draw_rule(c, u->x, p->y, u->width, u->rule);
    for (bool first = true;; first = false) {
        /* Where footnotes leave no room, at least a line is drawn. */
        float bottom = place_bottom(c) - notes_room(c) - u->bottom - continues;
        if (u->table)
            bottom -= table_notes_height(u->table->notes, false);
        if (!first)
            bottom = fmaxf(bottom, p->y + u->top + cell_leading(u));
        bool all = draw_cells(c, u->cell, u->cells, u->x, p->y + u->top, bottom, at);
        p->empty = p->begins = false;
        p->y = all && first ? p->y + measure_unit(u) : fmaxf(p->y, bottom + u->bottom);
        if (all)
            break;
        bool page = on_last_column(c);
        if (u->table)
            end_table_page(c, u->table, page);
        go_on(c, page, false);
        if (u->table)
            repeat_head(c, u, page);
    }
    draw_rule_below(c, u->x, p->y, u->width, u->rule_below);
}

static void place_row(Composer *c, const Unit *u)
{
    if (measure_is_large(c, u))
        place_large_row(c, u);
    else
        c->place.y = draw_row(c, u, c->place.y);
    if (!u->table)
        return;
    if (u->group)
        u->table->group = u->group;
    table_notes_use(u->table->notes, u->note, false);
    if (u->last_row)
        c->place.y = table_notes_draw(c, u->table->notes, left(c) + u->x, c->place.y, false);
}

/* ---- other units ---------------------------------------------------------------------------- */

static void place_rule(Composer *c, const Unit *u)
{
    draw_rule(c, u->x, c->place.y, u->width, u->rule);
    c->place.y += u->height;
}

static void place_image(Composer *c, const Unit *u)
{
    float x = left(c) + u->x;
    Draw draw = {.kind = DRAW_IMAGE,
                 .owner = u->node,
                 .x = x,
                 .y = c->place.y,
                 .w = u->width,
                 .h = u->height};
    draw.image = u->image;
    document_draw(c->d, draw);
    document_set_box(c->d, u->node, x, c->place.y, u->width, u->height);
    c->place.y += u->height;
}

#define PLACE_ABOVE 6.0f

void place_mark(Composer *c, Str name, float y)
{
    if (name.n)
        document_destination(c->d, name, left(c), fmaxf(0, y - PLACE_ABOVE));
}

static void place_drawing(Composer *c, const Unit *u)
{
    for (size_t i = 0; i < u->drawings; i++) {
        Draw draw = u->drawing[i];
        draw.x += left(c) + u->x;
        draw.y += c->place.y;
        document_draw(c->d, draw);
    }
    for (size_t i = 0; i < u->boxes; i++) {
        const DrawingBox *box = &u->box[i];
        place_mark(c, box->destination, c->place.y);
        document_set_box(c->d, box->node, left(c) + u->x + box->x, c->place.y + box->y, box->width,
                         box->height);
    }
    c->place.y += u->height;
}

/* Whether the plan begins the next page or column with a unit. */
static bool begins_page(const Composer *c, size_t unit)
{
    const Plan *plan = &c->plan;
    if (plan->next >= plan->starts.n)
        return false;
    PageStart start = plan->starts.at[plan->next];
    return start.unit == unit && start.line == 0;
}

static void place_open(Composer *c, const Unit *u)
{
    open_box(c, box_of(u));
    if (u->rule.width > 0 && !c->place.empty) {
        float inset = u->bar.width + (float)c->l->box.padding_side;
        draw_rule(c, u->x + inset, c->place.y, u->width - 2 * inset + u->bar.width, u->rule);
    }
    c->place.y += measure_open(c, u, c->place.empty);
    c->place.after_open = true;
}

static void place_close(Composer *c, const Unit *u)
{
    OpenBox box = array_last(&c->place.boxes);
    /* Its padding gives way at the page's foot: nothing but padding would be on the next page. */
    float bottom = fmaxf(c->place.y, place_bottom(c) - notes_room(c));
    float padding = u->bottom;
    if (begins_page(c, c->place.unit + 1)) /* what is joined to it stands elsewhere */
        padding = fminf(padding, (float)c->l->box.padding);
    c->place.y = fminf(c->place.y + padding, bottom);
    end_box(c, &box, c->place.y);
    c->place.boxes.n--;
}

/* They come before the unit's own text, as in the structure. */
static void place_sides(Composer *c, const Unit *u, float top)
{
    float x = left(c) + (float)(c->l->text_width + c->l->gutter);
    float y = fmaxf(top - (u->sides ? u->side[0].rise : 0), c->place.side_y);
    if (u->sides)
        pull_outs_settle(c, y - SIDE_GAP);
    for (size_t i = 0; i < u->sides; i++) {
        draw_rule(c, x - left(c), y, (float)layout_side_width(c->l), u->side[i].rule);
        y += u->side[i].before;
        place_spec(c, u->side[i].spec, u->side[i].style, x + u->side[i].x, y);
        y += spec_height(u->side[i].spec, u->side[i].style);
    }
    if (u->sides)
        c->place.side_y = y + SIDE_GAP;
}

static void break_page(Composer *c, const Unit *u, bool page)
{
    bool goes_on = unit_goes_on(u);
    if (goes_on)
        end_table_page(c, u->table, page);
    go_on(c, page, u->opens);
    if (goes_on && u->group)
        u->table->group = NULL; /* a group begins here: its own row says which */
    if (goes_on)
        repeat_head(c, u, page);
}

static float gap_above(const Composer *c, const Unit *u)
{
    const Place *p = &c->place;
    if (p->empty || p->after_open || (p->in_columns && p->begins) || u->kind == UNIT_CLOSE)
        return 0;
    float gap = fmaxf(p->after, u->before);
    if (p->unit > 0 && gap > 0)
        gap -= c->plan.tighten.at[c->plan.next] * measure_give(c, u - 1, u);
    return gap;
}

/* Whether so much stands on the page that a part had better begin on the next, whatever room it needs. */
static bool is_used(const Composer *c, UnitKind before)
{
    float used = fmaxf(c->place.y, c->place.side_y) - place_top(c);
    return used > measure_page(c) * (before == UNIT_BACK_BREAK ? MOST : LITTLE);
}

static void break_where_asked(Composer *c, const Unit *u)
{
    bands_end(c);
    if (!unit_lets_follow(u) || is_used(c, u->kind))
        place_finish_part(c);
    if (u->kind == UNIT_TURN)
        c->place.turned = u->turned;
    c->place.bound = c->place.led = false;
    c->place.visit = NULL;
    c->place.fresh = !c->place.open;
    c->part++;
}

static void (*const placers[])(Composer *, const Unit *) = {
    [UNIT_TEXT] = place_text,   [UNIT_ROW] = place_row,         [UNIT_RULE] = place_rule,
    [UNIT_IMAGE] = place_image, [UNIT_DRAWING] = place_drawing, [UNIT_OPEN] = place_open,
    [UNIT_CLOSE] = place_close};

void place_unit_at(Composer *c, const Unit *u, float y, uint32_t from, uint32_t to)
{
    float before = c->place.y;
    if (!from)
        place_mark(c, u->destination, y);
    if (u->kind == UNIT_TEXT) {
        if (!from)
            draw_marks(c, u, y);
        draw_lines(c, u->spec, u->style, left(c) + u->x, y, from, to);
        draw_turn_signs(c, u, y, from, to);
    } else if (u->kind == UNIT_ROW) {
        draw_row(c, u, y);
    } else if (u->kind == UNIT_CLOSE) {
        end_box(c, &array_last(&c->place.boxes), y + u->bottom);
        c->place.boxes.n--;
    } else {
        c->place.y = y;
        placers[u->kind](c, u);
        c->place.y = before;
    }
}

static void stand_at_foot(Composer *c, const Unit *u)
{
    float y = fmaxf(c->place.y, place_bottom(c) - notes_room(c) - measure_unit(u));
    c->place.slack = y - c->place.y;
    c->place.y = y;
}

static void place_one(Composer *c, const Unit *u)
{
    Place *p = &c->place;
    float gap = gap_above(c, u);
    float y = p->empty ? p->y : measure_clear(c, u, p->y + gap, p->side_y);
    if (!p->empty && !p->boxes.n)
        y = measure_level(c, u, p->band_top, y, gap);
    p->coming = u->sets_running ? u : NULL;
    p->visit = u->visit;
    if (!p->open) {
        place_new_page(c, u->opens, false);
    } else if (begins_page(c, p->unit)) {
        for (; begins_page(c, p->unit); c->plan.next++) /* a column may be too low for it */
            break_page(c, u, c->plan.starts.at[c->plan.next].page);
    } else {
        faults_look_at_hole(c, y - p->y - gap);
        p->y = y;
    }
    take_coming(c);
    bands_hold(c, u);
    p->at_head &= u->opens;
    if (!p->empty && u->begins_part) {
        p->gaps++;
        p->y += spread_above(c, u);
    }
    if (u->at_foot)
        stand_at_foot(c, u);
    float top = p->y;
    place_mark(c, u->destination, top);
    p->after_open = false;
    bool wide = measure_is_wide(c, u);
    if (wide)
        pull_outs_settle(c, top - SIDE_GAP);
    else if (p->wide)
        p->beside = top;
    if (!u->sides_follow)
        place_sides(c, u, top);
    placers[u->kind](c, u);
    if (u->sides_follow)
        place_sides(c, u, top);
    p->wide = wide || u->opens;
    p->empty &= u->kind == UNIT_OPEN;
    p->begins = false;
    p->after = u->after;
    p->bound = u->keep_next;
    p->led = u->leads_on;
    p->below_title = p->title;
    p->title = u->opens;
    p->opening = u->opens || (p->opening && u->span);
}

/* A plan that is made again later had better not begin inside a box: it may be one that is kept whole,
 * and so has few units. */
static size_t outside_boxes(const Composer *c, const Unit *units, size_t n)
{
    size_t depth = c->place.boxes.n, outside = n;
    for (size_t i = 0; i < n; i++) {
        depth += units[i].kind == UNIT_OPEN;
        depth -= units[i].kind == UNIT_CLOSE;
        if (!depth)
            outside = i + 1;
    }
    return outside + MOST_IN_WHOLE_BOX >= n ? outside : n;
}

static void begin_part(Composer *c)
{
    Place *p = &c->place;
    if (p->fresh) {
        p->part_page = page_number(c);
        p->part_begun = c->part;
        p->part_faults = c->faults.n - c->plan.faults.n;
    }
    p->fresh = false;
}

size_t place_units(Composer *c, size_t n)
{
    size_t known = c->units.n;
    if (n < known)
        n = outside_boxes(c, c->units.at, n);
    for (size_t i = 0; i < n;) {
        array_reserve(&c->units, known + 1); /* for the rest of a paragraph that is parted */
        Unit *units = c->units.at;
        if (unit_is_break(&units[i])) {
            break_where_asked(c, &units[i++]);
            continue;
        }
        if (c->l->columns > 1 && !units[i].span)
            bands_begin(c, &units[i]);
        else
            bands_end(c);
        if (c->l->columns > 1 && units[i].floated)
            place_finish_page(c);
        size_t end = i + closer_plan(c, units + i, known - i, n == known);
        n += c->units.n - known;
        known = c->units.n;
        begin_part(c);
        for (c->place.unit = 0; i < end && i < n; i++, c->place.unit++)
            place_one(c, &units[i]);
        c->place.last = faults_place(units, i - 1);
    }
    return n;
}
