#include <math.h>

#include "base/utf8.h"
#include "compose/blocks.h"

#define MOST_HUNG 0.5f /* of the width: a value with less room goes on below its label */

/* Without a side column what would stand there is a line of the text: "Dato  29. august 2012"; where it takes more
 * lines they stand below the value. */
static void add_fact(Composer *c, Str label, Str value, bool doubt, Node parent)
{
    const Style *name = style_of(c, STYLE_side_label), *text = style_of(c, STYLE_side_value);
    if (doubt) {
        name = style_coloured(c, STYLE_side_label, COLOUR_caution);
        text = style_coloured(c, STYLE_side_value, COLOUR_caution);
    }
    float width = (float)c->l->text_width;
    Node node = document_node(c->d, parent, ROLE_P);
    Piece pieces[] = {{.style = name, .text = label},
                      {.style = text, .text = STR(NO_BREAK_SPACE " ")},
                      {.style = text, .text = value}};
    Spec *spec = spec_new(c, batch_arena(c), pieces, 3, node, width);
    float value_at = spec_width(c, name, label) +
                     spec_width(c, text, STR(NO_BREAK_SPACE NO_BREAK_SPACE));
    spec->turn = value_at <= width * MOST_HUNG ? value_at : 0;
    Unit u = text_unit(text, spec_queue(c, spec), 0, width);
    u.before = u.after = 0;
    u.keep_next = true;
    flow_unit(c, u);
}

void side_add(Composer *c, Sides *s, Str label, Str value, Node parent)
{
    const Style *name = style_of(c, STYLE_side_label), *text = style_of(c, STYLE_side_value);
    float width = (float)layout_side_width(c->l);
    if (!value.n)
        return;
    if (width <= 0) {
        add_fact(c, label, value, false, parent);
        return;
    }
    Node label_node = document_node(c->d, parent, ROLE_P);
    Node value_node = document_node(c->d, parent, ROLE_P);
    s->at[s->n] = (Side){.spec = spec_text(c, name, label, label_node, width),
                         .style = name,
                         .before = s->n ? (float)name->before : 0};
    s->at[s->n + 1] = (Side){.spec = spec_text(c, text, value, value_node, width), .style = text};
    s->n += 2;
}

void sides_pend(Composer *c, const Sides *sides)
{
    if (layout_side_width(c->l) <= 0) {
        const Style *value = style_of(c, STYLE_side_value);
        flow_after(c, (float)fmax(value->after, style_of(c, STYLE_body)->after));
        return;
    }
    c->pending.side = arena_copy(batch_arena(c), sides->at, sides->n, sizeof(Side));
    c->pending.sides = sides->n;
}

static Str printed_date(Composer *c, Date date)
{
    strbuf_clear(&c->text);
    if (date_given(date))
        date_print(&c->text, c->t, date);
    return kept_text(c);
}

bool fact_is_doubt(const Composer *c, const VisitFact *fact)
{
    return utf8_equal_fold(fact->label, c->t->print[TERM_to_clarify]);
}

void doubt_pieces(Composer *c, const VisitFact *fact, Piece pieces[2])
{
    labelled_pieces(c, style_of(c, STYLE_tile_caveat), fact->label, fact->pos, fact->text, pieces);
}

static void add_doubt(Composer *c, Sides *s, const VisitFact *fact, Node parent)
{
    const Style *style = style_of(c, STYLE_tile_caveat);
    Piece pieces[2];
    doubt_pieces(c, fact, pieces);
    Node node = document_node(c->d, parent, ROLE_P);
    float width = (float)layout_side_width(c->l);
    Spec *spec = spec_queue(c, spec_new(c, batch_arena(c), pieces, 2, node, width));
    s->at[s->n] = (Side){.spec = spec, .style = style, .before = s->n ? DOUBT_GAP : 0};
    s->n++;
}

/* What is to be clarified stands right below the date, which it is mostly about; else facts keep their order. */
static void add_facts(Composer *c, Sides *s, const Visit *v, bool doubts, Node parent)
{
    bool beside = layout_side_width(c->l) > 0;
    for (size_t i = 0; i < v->facts; i++) {
        const VisitFact *fact = &v->fact[i];
        bool doubt = fact_is_doubt(c, fact);
        if (doubt != doubts)
            continue;
        if (doubt && beside)
            add_doubt(c, s, fact, parent);
        else if (doubt)
            add_fact(c, fact->label, fact->text, true, parent);
        else
            side_add(c, s, fact->label, fact->text, parent);
    }
}

/* Date, organisation, place, contact and what else is known stand in the side column, level with the text that
 * follows. */
static void add_visit_sides(Composer *c, const Visit *v, Node parent)
{
    Sides s = {.n = 0};
    bool any = date_given(v->date) || v->organisation.n || v->place.n || v->contact.n || v->facts;
    if (!any)
        return;
    Node box = document_node(c->d, parent, ROLE_DIV);
    const Str *print = c->t->print;
    side_add(c, &s, print[TERM_date], printed_date(c, v->date), box);
    add_facts(c, &s, v, true, box);
    side_add(c, &s, print[TERM_organisation], v->organisation, box);
    side_add(c, &s, print[TERM_place], v->place, box);
    side_add(c, &s, print[TERM_contact_person], v->contact, box);
    add_facts(c, &s, v, false, box);
    sides_pend(c, &s);
}

/* Whether notes can stand beside what these blocks begin with. */
static bool begins_with_text(const Block *list)
{
    static const bool is_text[] = {
        [BLOCK_PARAGRAPH] = true, [BLOCK_HEADING] = true, [BLOCK_LIST] = true,
        [BLOCK_QUOTE] = true,     [BLOCK_BOX] = true,     [BLOCK_CODE] = true,
        [BLOCK_VISIT] = true,     [BLOCK_TILES] = false};
    return list && is_text[list->kind];
}

void sides_alone(Composer *c, const Block *children, const Style *heading)
{
    const Style *style = style_of(c, STYLE_body);
    if (!c->pending.sides || begins_with_text(children))
        return;
    flow_after(c, 0);
    Spec *spec = spec_text(c, style, STR(""), ARTIFACT_LAYOUT, 1);
    Unit u = text_unit(style, spec, 0, 1);
    u.before = 0;
    u.after = (float)heading->after;
    u.keep_next = children != NULL;
    flow_unit(c, u);
}

static void add_visit_head(Composer *c, const Block *b, Column *col)
{
    float width = span_width(c, col, SPAN_h2);
    const Style *kicker = style_of(c, STYLE_kicker);
    Rule rule = {2.25f, colour_of(c, COLOUR_primary)};
    flow_unit(c, (Unit){.kind = UNIT_RULE,
                        .x = 0,
                        .width = width,
                        .before = (float)c->l->style[STYLE_h2].before,
                        .after = 9,
                        .height = rule.width,
                        .rule = rule,
                        .heads_visit = true,
                        .keep_next = true});
    Node node = document_node(c->d, col->parent, ROLE_P);
    Str text = c->t->print[b->visit->meeting ? TERM_meeting : TERM_visit];
    Unit u = text_unit(kicker, spec_text(c, kicker, text, node, col->width), col->x, col->width);
    u.keep_next = true;
    u.before = 0;
    u.destination = b->id;
    flow_unit(c, u);
}

void visit_add(Composer *c, const Block *b, Column *col)
{
    bool stop = b->visit->stop;
    const Style *style = style_of(c, stop ? STYLE_h3 : STYLE_h2);
    if (!stop)
        add_visit_head(c, b, col);
    Node node = document_node(c->d, col->parent, heading_role(c, stop ? 3 : 2));
    Column wide = stop ? *col : column_spread(c, col, SPAN_h2);
    Unit u =
        text_unit(style, spec_inlines(c, style, b->inlines, node, wide.width), wide.x, wide.width);
    u.keep_next = true;
    if (stop)
        u.destination = b->id;
    else
        u.before = 0;
    flow_unit(c, u);
    const Inline *around = c->visit;
    c->visit = stop ? around : b->inlines;
    add_visit_sides(c, b->visit, col->parent);
    sides_alone(c, b->children, style);
    blocks_add(c, b->children, *col);
    c->visit = around;
}
