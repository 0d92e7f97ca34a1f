#include <math.h>

#include "compose/internal.h"

void panel_draw(Panel *p, Draw draw)
{
    draw.x += p->x;
    array_push(&p->draws, draw);
}

void panel_fill(Panel *p, float x, float y, float width, float height, uint32_t colour)
{
    panel_draw(p, (Draw){.kind = DRAW_FILL,
                         .owner = ARTIFACT_LAYOUT,
                         .x = x,
                         .y = y,
                         .w = width,
                         .h = height,
                         .line = {.colour = colour}});
}

void panel_text(Panel *p, const Piece *pieces, size_t n, Node node, float x, float width)
{
    Composer *c = p->c;
    Spec *spec = spec_drawn(c, pieces, n, node, width);
    panel_draw(p, spec_draw(c, spec, pieces[0].style, x, p->y));
    p->y += spec_height(spec, pieces[0].style);
}

void panel_line(Panel *p, StyleRole role, Str text)
{
    Piece piece = {.style = style_of(p->c, role), .text = text};
    if (text.n)
        panel_text(p, &piece, 1, document_node(p->c->d, p->parent, ROLE_P), 0, p->width);
}

void panels_gather(Arena *arena, Panel *panel, size_t n, Unit *unit)
{
    size_t draws = 0, boxes = 0;
    unit->height = 0;
    unit->drawings = unit->boxes = 0;
    for (size_t i = 0; i < n; i++) {
        draws += panel[i].draws.n;
        boxes += panel[i].boxes.n;
        unit->height = fmaxf(unit->height, panel[i].y);
        unit->width = fmaxf(unit->width, panel[i].x + panel[i].width);
    }
    Draw *all = arena_array(arena, draws, Draw);
    DrawingBox *box = arena_array(arena, boxes, DrawingBox);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < panel[i].draws.n; k++)
            all[unit->drawings++] = panel[i].draws.at[k];
        for (size_t k = 0; k < panel[i].boxes.n; k++)
            box[unit->boxes++] = panel[i].boxes.at[k];
        array_drop(&panel[i].draws);
        array_drop(&panel[i].boxes);
    }
    unit->drawing = all;
    unit->box = box;
}

void panels_flow(Composer *c, Panel *panel, size_t n, Unit unit)
{
    unit.kind = UNIT_DRAWING;
    panels_gather(batch_arena(c), panel, n, &unit);
    flow_unit(c, unit);
}

/* ---- parts side by side --------------------------------------------------------------------- */

static Unit unit_of_parts(const Composer *c)
{
    return (Unit){.before = (float)c->l->chart.before, .after = (float)c->l->chart.after};
}

static void add_alone(Composer *c, const PartRule *rule, float width, Unit unit)
{
    Panel panel = {.c = c, .width = width, .parent = c->root};
    rule->panel(&panel);
    panels_flow(c, &panel, 1, unit);
}

void part_add_alone(Composer *c, const PartRule *rule, float width)
{
    if (rule->has(c))
        add_alone(c, rule, width, unit_of_parts(c));
}

/* Below the one that is shortest; read, and so drawn, behind all of them. */
static void add_below(Panel *panel, size_t n, const PartRule *rule)
{
    const Panel *shortest = panel;
    for (size_t i = 1; i < n; i++)
        shortest = panel[i].y < shortest->y ? &panel[i] : shortest;
    panel[n] = (Panel){.c = panel->c,
                       .x = shortest->x,
                       .y = shortest->y + (float)panel->c->l->chart.before,
                       .width = shortest->width,
                       .parent = shortest->parent};
    rule->panel(&panel[n]);
}

void parts_add_row(Composer *c, const PartRule *const *rules, size_t from, size_t to)
{
    const Layout *l = c->l;
    Panel panel[PART_COUNT];
    Part part[PART_COUNT];
    const PartRule *below = NULL;
    double shares = 0;
    size_t n = 0;
    for (size_t i = from; i < to; i++) {
        Part p = c->own->order[i];
        if (c->own->left_out[p] || !rules[p]->has(c))
            continue;
        if (p == PART_CAVEATS) {
            below = rules[p];
            continue;
        }
        part[n++] = p;
        shares += l->place[p].share;
    }
    Unit unit = unit_of_parts(c);
    unit.at_foot = to == l->parts && l->run_on;
    if (n < 2 || (c->own->stacked && !unit.at_foot)) {
        for (size_t i = 0; i < n; i++)
            if (n == 1 && part[i] == PART_CONTACT) /* small here, too */
                add_alone(c, rules[part[i]], (float)layout_live_width(l), unit);
            else
                rules[part[i]]->add(c);
        if (below)
            below->add(c);
        return;
    }
    float gap = (float)l->chart.gap, x = 0;
    float room = (float)layout_live_width(l) - gap * (float)(n - 1);
    for (size_t i = 0; i < n; i++) {
        float width = room * (float)(l->place[part[i]].share / shares);
        panel[i] = (Panel){.c = c, .x = x, .width = width, .parent = c->root};
        rules[part[i]]->panel(&panel[i]);
        x += width + gap;
    }
    if (below)
        add_below(panel, n, below);
    panels_flow(c, panel, n + (below != NULL), unit);
}
