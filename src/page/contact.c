#include "base/utf8.h"
#include "page/internal.h"

/* Whom to write or call: the address first, then how to reach it, all in one type. */

/* The report's address stands with the contact, where the layout has no part for it. */
static bool shows_address(const Composer *c)
{
    return c->e->report->url.n && !layout_has_part(c->l, PART_LINK);
}

static bool has_contact(const Composer *c)
{
    const Sender *s = &c->e->report->sender;
    return s->unit.n || s->address_lines || s->phone.n || s->email.n || s->ean.n;
}

static void add_contact_entries(Composer *c)
{
    if (!has_contact(c))
        return;
    entry_add(c, 1, 0, c->t->print[TERM_contact], CONTACT_PLACE);
    array_last(&c->entries).unlisted = true; /* it stands last, and at the sender on the cover */
}

/* The heading, below a rule where the contact isn't small. */
static void add_heading(Composer *c)
{
    const Style *style = style_of(c, c->small_contact ? STYLE_side_label : STYLE_h2);
    float width = (float)c->l->text_width, rule = (float)c->l->chart.rule;
    Node node = document_node(c->d, c->root, c->part_role);
    Unit u = {.kind = UNIT_TEXT,
              .width = width,
              .style = style,
              .keep_next = true,
              .before = (float)style->before,
              .after = (float)style->after,
              .destination = CONTACT_PLACE,
              .spec = spec_text(c, style, c->t->print[TERM_contact], node, width)};
    if (!c->small_contact) {
        flow_unit(c, (Unit){.kind = UNIT_RULE,
                            .width = width,
                            .before = u.before,
                            .after = (float)c->l->box.title_gap * 2,
                            .height = rule,
                            .rule = {rule, colour_of(c, COLOUR_ink)},
                            .keep_next = true,
                            .destination = CONTACT_PLACE});
        u.before = 0;
        u.destination = (Str){"", 0};
    }
    flow_unit(c, u);
}

/* "3366 1475   post@example.org" */
static Str how_to_reach(Composer *c)
{
    const Sender *s = &c->e->report->sender;
    strbuf_clear(&c->text);
    strbuf_add_str(&c->text, s->phone);
    if (s->phone.n && s->email.n)
        strbuf_add_text(&c->text, NO_BREAK_SPACE NO_BREAK_SPACE " ");
    strbuf_add_str(&c->text, s->email);
    return kept_text(c);
}

/* "Rådhuset, 1599 København V" */
static Str in_one_line(Composer *c, const Str *text, size_t n)
{
    strbuf_clear(&c->text);
    for (size_t i = 0; i < n; i++) {
        strbuf_add_text(&c->text, c->text.n && text[i].n ? ", " : "");
        strbuf_add_str(&c->text, text[i]);
    }
    return kept_text(c);
}

/* Beside other parts, in few lines. */
static void panel_of_contact(Panel *p)
{
    Composer *c = p->c;
    const Sender *s = &c->e->report->sender;
    panel_line(p, STYLE_side_label, c->t->print[TERM_contact]);
    panel_line(p, STYLE_side_value, in_one_line(c, (Str[]){s->organisation, s->unit}, 2));
    panel_line(p, STYLE_side_value, in_one_line(c, s->address, s->address_lines));
    panel_line(p, STYLE_side_value, how_to_reach(c));
}

enum { MOST_LINES = 16, WAYS = 4 };

/* Lines of the contact that stand one below another. */
typedef struct {
    CellText text[MOST_LINES];
    size_t n;
    float width;
} Lines;

static void add_spec(Lines *lines, const Style *style, Spec *spec)
{
    spec->flush = true;
    lines->text[lines->n++] = (CellText){.spec = spec, .style = style};
}

/* The sender. */
static void gather_address(Composer *c, const Style *style, Lines *lines)
{
    const Sender *s = &c->e->report->sender;
    for (size_t i = 0; i < s->address_lines + 2 && lines->n < MOST_LINES - WAYS; i++) {
        Str text = i == 0 ? s->organisation : i == 1 ? s->unit : s->address[i - 2];
        if (text.n)
            add_spec(lines, style,
                     spec_text(c, style, text, document_node(c->d, c->root, ROLE_P), lines->width));
    }
}

/* "Telefon  3366 1475" */
static void gather_way(Composer *c, const Style *style, Lines *lines, Term label, Str value)
{
    if (!value.n)
        return;
    Node node = document_node(c->d, c->root, ROLE_P);
    Piece pieces[] = {{.style = style, .text = c->t->print[label]},
                      {.style = style, .text = STR(NO_BREAK_SPACE " ")},
                      {.style = style, .text = value}};
    add_spec(lines, style,
             spec_queue(c, spec_new(c, batch_arena(c), pieces, 3, node, lines->width)));
}

static void gather_ways(Composer *c, const Style *style, Lines *lines)
{
    const Sender *s = &c->e->report->sender;
    gather_way(c, style, lines, TERM_phone, s->phone);
    gather_way(c, style, lines, TERM_email, s->email);
    gather_way(c, style, lines, TERM_ean, s->ean);
    if (shows_address(c))
        add_spec(lines, style,
                 spec_inlines(c, style, web_link(c), document_node(c->d, c->root, ROLE_P),
                              lines->width));
}

static CellBox cell_of(Composer *c, const Lines *lines, float x)
{
    return (CellBox){.text = arena_copy(batch_arena(c), lines->text, lines->n, sizeof(CellText)),
                     .texts = lines->n,
                     .x = x,
                     .width = lines->width,
                     .node = c->root};
}

/* Side by side where there is room for a side column; else one below the other. Never torn apart. */
static void add_lines(Composer *c, const Style *style)
{
    float width = (float)c->l->text_width, gap = (float)c->l->table.column_gap;
    bool beside = layout_side_width(c->l) > 0;
    Lines address = {.width = beside ? (width - gap) / 2 : width};
    Lines ways = {.width = address.width};
    CellBox *cell = arena_array(batch_arena(c), 2, CellBox);
    gather_address(c, style, &address);
    gather_ways(c, style, &ways);
    Unit u = {.kind = UNIT_ROW, .width = width, .whole = true, .cells = 1, .cell = cell};
    cell[0] = cell_of(c, &address, 0);
    cell[1] = cell_of(c, &ways, beside && address.n ? address.width + gap : 0);
    if (beside || !address.n || !ways.n) {
        cell += !address.n;
        u.cell = cell;
        u.cells = address.n && ways.n ? 2 : 1;
        flow_unit(c, u);
        return;
    }
    u.keep_next = true;
    flow_unit(c, u);
    u.keep_next = false;
    u.cell = cell + 1;
    u.before = (float)style->after;
    flow_unit(c, u);
}

static void add_contact(Composer *c)
{
    if (!has_contact(c))
        return;
    if (c->small_contact && c->units.n && !unit_is_break(&array_last(&c->units)))
        array_last(&c->units).keep_next = true; /* even so it has no page to itself */
    add_heading(c);
    add_lines(c, style_of(c, c->small_contact ? STYLE_side_value : STYLE_body));
}

const PartRule part_contact = {add_contact_entries, add_contact, has_contact, panel_of_contact};
