#include <string.h>

#include "page/internal.h"

/* Units that are laid out together: enough to keep threads busy, few enough to bound the memory. The
 * last ones wait for the next batch, since a heading looks at what follows it, and if they can all of the last
 * part do: a part is planned best when all of it is known. */
enum { BATCH = 4096, LOOK_AHEAD = 96 };

static void lay_out_one(void *context, size_t i, unsigned thread)
{
    Composer *c = context;
    spec_layout(c, thread, c->specs.at[i]);
}

static void lay_out(Composer *c)
{
    work_run(c->request->queue, c->specs.n, 64, lay_out_one, c);
    for (size_t i = 0; i < c->specs.n; i++)
        if (c->specs.at[i]->para->missing_count || c->specs.at[i]->para->emergency)
            spec_report(c, c->specs.at[i]);
    for (size_t i = 0; c->request->inspect && i < c->specs.n; i++)
        spec_inspect(c, c->specs.at[i]);
    c->specs.n = 0;
}

/* What belongs to something that goes over all columns goes over them, too. */
static void spread(Composer *c)
{
    Unit *units = c->units.at;
    for (size_t i = c->units.n; c->l->columns > 1 && i-- > 1;)
        units[i - 1].span |= units[i - 1].keep_next && units[i].span;
}

/* How many of the units that wait may be placed. None may wait for a second batch: its memory is used again. */
static size_t ready(const Composer *c)
{
    for (size_t i = c->units.n; i-- > c->waited;)
        if (c->units.at[i].kind == UNIT_NEW_PAGE)
            return i + 1;
    return c->units.n - LOOK_AHEAD;
}

static void place(Composer *c, size_t n)
{
    lay_out(c);
    spread(c);
    pullback_set_units(c);
    n = place_units(c, n);
    c->units.n -= n;
    memmove(c->units.at, c->units.at + n, c->units.n * sizeof *c->units.at);
    c->waited = c->units.n;
    /* What the batch before last lived in is free: its last units were placed just now. */
    c->current ^= 1;
    arena_reset(batch_arena(c));
}

static void take_marks(Pending *p, Unit *u)
{
    u->mark = p->mark;
    p->mark = p->last_mark = NULL;
    if (u->mark && u->spec)
        u->spec->flush = true;
    if (p->mark_destination.n)
        u->destination = p->mark_destination;
    p->mark_destination = (Str){"", 0};
}

/* Notes stand beside text, and beside the title of a box that is signed. */
static bool takes_sides(const Composer *c, const Unit *u)
{
    bool title = u->kind == UNIT_ROW && !u->table && !measure_is_wide(c, u);
    return (u->kind == UNIT_TEXT || title) && !u->sides;
}

static void take_pending(Composer *c, Unit *u)
{
    Pending *p = &c->pending;
    if (p->has_before) {
        u->before = p->before;
        p->has_before = false;
    }
    if (p->destination.n && !u->destination.n) {
        u->destination = p->destination;
        p->destination = (Str){"", 0};
    }
    if (p->begins_part && !unit_is_break(u)) {
        u->begins_part = true;
        p->begins_part = false;
    }
    if (p->ends_running && !unit_is_break(u)) {
        u->sets_running = true;
        p->ends_running = false;
    }
    if (c->e->theme)
        u->sets_running = false; /* its head names the theme throughout */
    if (u->kind == UNIT_TEXT)
        take_marks(p, u);
    if (!takes_sides(c, u))
        return;
    u->side = p->side;
    u->sides = p->sides;
    p->side = NULL;
    p->sides = 0;
}

/* A mark waits for the text of a box; beside all else it has no place. */
static bool takes_no_mark(const Unit *u)
{
    return u->kind != UNIT_TEXT && u->kind != UNIT_OPEN && !unit_is_break(u);
}

/* What is wider than a column, and all that stands in a box that is. */
static bool is_spanning(Composer *c, const Unit *u)
{
    bool span = c->spanning > 0 || measure_is_wide(c, u);
    if (c->l->columns == 1)
        return false;
    c->spanning += span && u->kind == UNIT_OPEN;
    c->spanning -= span && u->kind == UNIT_CLOSE;
    return span;
}

Unit text_unit(const Style *style, Spec *spec, float x, float width)
{
    return (Unit){.kind = UNIT_TEXT,
                  .x = x,
                  .width = width,
                  .before = (float)style->before,
                  .after = (float)style->after,
                  .keep_next = style->keep_next,
                  .spec = spec,
                  .style = style};
}

void flow_unit(Composer *c, Unit unit)
{
    if (c->units.n >= c->waited + BATCH)
        place(c, ready(c));
    if (takes_no_mark(&unit))
        flow_lone_mark(c);
    take_pending(c, &unit);
    unit.span = is_spanning(c, &unit);
    unit.item = c->item;
    unit.items = c->items;
    unit.lists = c->lists;
    unit.visit = c->visit;
    array_push(&c->units, unit);
    notes_add(c, &unit);
}

void flow_mark(Composer *c, ItemMark mark)
{
    Pending *p = &c->pending;
    ItemMark *kept = arena_new(batch_arena(c), ItemMark);
    *kept = mark;
    if (p->mark)
        p->last_mark->next = kept;
    else
        p->mark = kept;
    p->last_mark = kept;
}

void flow_lone_mark(Composer *c)
{
    if (!c->pending.mark)
        return;
    const Style *style = style_of(c, STYLE_body);
    Unit u = {.kind = UNIT_TEXT, .style = style, .width = 1, .keep_next = true};
    u.spec = spec_text(c, style, STR(""), ARTIFACT_LAYOUT, 1);
    flow_unit(c, u);
}

void flow_after(Composer *c, float after)
{
    if (c->units.n)
        array_last(&c->units).after = after;
}

void flow_flush(Composer *c)
{
    if (c->units.n)
        place(c, c->units.n);
}

static void add_break(Composer *c, UnitKind kind)
{
    c->below_letterhead = false;
    if (!c->l->run_on)
        flow_unit(c, (Unit){.kind = kind});
}

void flow_new_page(Composer *c)
{
    add_break(c, UNIT_NEW_PAGE);
}

void flow_part_break(Composer *c)
{
    add_break(c, UNIT_PART_BREAK);
}

void flow_back_break(Composer *c)
{
    add_break(c, UNIT_BACK_BREAK);
}

/* What is bound to what follows turns with it. */
void flow_turn(Composer *c, bool turned)
{
    size_t at = c->units.n;
    while (turned && at > 0 && c->units.at[at - 1].keep_next &&
           !unit_is_break(&c->units.at[at - 1]))
        at--;
    array_push(&c->units, ((Unit){.kind = UNIT_TURN, .turned = turned}));
    Unit turn = array_last(&c->units);
    memmove(c->units.at + at + 1, c->units.at + at, (c->units.n - 1 - at) * sizeof turn);
    c->units.at[at] = turn;
}
