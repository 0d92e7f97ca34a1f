#include <math.h>

#include "base/utf8.h"
#include "compose/internal.h"

/* Whom to write or call: the address first, then how to reach it, all in one type. */

bool contact_shows_web(const Composer *c)
{
    return c->e->report->url.n && !layout_has_part(c->l, PART_LINK);
}

static bool has_contact(const Composer *c)
{
    const Sender *s = &c->e->report->sender;
    return s->unit.n || s->address_lines || s->phone.n || s->email.n || s->ean.n ||
           contact_shows_web(c);
}

static void add_contact_entries(Composer *c)
{
    if (has_contact(c)) /* it stands last, and at the sender on the cover */
        entry_add_unlisted(c, 1, c->t->print[TERM_contact], CONTACT_PLACE);
}

/* It goes over all columns of text where what is above it does. */
static float width_of(const Composer *c)
{
    bool wide = c->units.n && array_last(&c->units).span;
    return (float)(wide ? layout_live_width(c->l) : c->l->text_width);
}

static bool is_wide(const Composer *c, float width)
{
    return width > (float)c->l->text_width;
}

/* A hairline ties the columns below it together. */
static void add_rule(Composer *c, float before, float width)
{
    float heavy = (float)c->l->table.rule_row;
    flow_unit(c, (Unit){.kind = UNIT_RULE,
                        .width = width,
                        .before = before,
                        .after = (float)style_of(c, STYLE_h2)->after,
                        .height = heavy,
                        .rule = {heavy, colour_of(c, COLOUR_axis)},
                        .keep_next = true,
                        .destination = CONTACT_PLACE});
}

/* As quiet as what stands below it. Its rule is as far from what is above it as a section is, or it would look like
 * that of a footnote; a heading without one as far as a heading in the text. */
static void add_heading(Composer *c, float width)
{
    const Style *style = style_of(c, STYLE_side_label);
    float before = fmaxf((float)style->before, (float)style_of(c, STYLE_h3)->before);
    bool ruled = c->l->columns == 1 || is_wide(c, width);
    if (ruled)
        add_rule(c, fmaxf(before, (float)style_of(c, STYLE_h2)->before), width);
    Node node = document_node(c->d, c->root, c->own->part_role);
    flow_unit(c, (Unit){.kind = UNIT_TEXT,
                        .width = width,
                        .style = style,
                        .keep_next = true,
                        .before = ruled ? 0 : before,
                        .after = (float)style->after,
                        .destination = ruled ? (Str){"", 0} : CONTACT_PLACE,
                        .spec = spec_text(c, style, c->t->print[TERM_contact], node, width)});
}

/* "Telefon  3366 1475" */
static Str labelled(Composer *c, Term label, Str value)
{
    if (!value.n)
        return value;
    strbuf_clear(&c->text);
    strbuf_add_str(&c->text, c->t->print[label]);
    strbuf_add_text(&c->text, NO_BREAK_SPACE " ");
    strbuf_add_str(&c->text, value);
    return kept_text(c);
}

/* "E-mail  post@example.dk", behind some text. */
static const Inline *mail_line(Composer *c, Str before)
{
    strbuf_clear(&c->text);
    strbuf_add_str(&c->text, before);
    strbuf_add_str(&c->text, c->t->print[TERM_email]);
    strbuf_add_text(&c->text, NO_BREAK_SPACE " ");
    return mail_link(c, kept_text(c), c->e->report->sender.email);
}

/* On one line where it has room there. */
static void add_ways_to_reach(Panel *p)
{
    Composer *c = p->c;
    const Sender *s = &c->e->report->sender;
    const Style *style = style_of(c, STYLE_side_value);
    Str phone = labelled(c, TERM_phone, s->phone), email = labelled(c, TERM_email, s->email);
    strbuf_clear(&c->text);
    strbuf_add_str(&c->text, phone);
    strbuf_add_text(&c->text, NO_BREAK_SPACE NO_BREAK_SPACE " ");
    Str before = kept_text(c);
    bool both = phone.n && email.n &&
                spec_width(c, style, before) + spec_width(c, style, email) <= p->width;
    if (!both)
        panel_line(p, STYLE_side_value, phone);
    if (!email.n)
        return;
    Piece piece = {.style = style, .inlines = mail_line(c, both ? before : (Str){"", 0})};
    panel_text(p, &piece, 1, document_node(c->d, p->parent, ROLE_P), 0, p->width);
}

Str contact_in_one_line(Composer *c, const Str *text, size_t n)
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
    panel_line(p, STYLE_side_value, contact_in_one_line(c, (Str[]){s->organisation, s->unit}, 2));
    panel_line(p, STYLE_side_value, contact_in_one_line(c, s->address, s->address_lines));
    add_ways_to_reach(p);
}

enum { NAMES = 2, WAYS = 4 };

/* Lines of the contact that stand one below another. */
typedef struct {
    Spec **spec;
    size_t n;
    float width;
} Lines;

/* The sender. */
static void gather_address(Composer *c, const Style *style, Lines *lines)
{
    const Sender *s = &c->e->report->sender;
    for (size_t i = 0; i < s->address_lines + NAMES; i++) {
        Str text = i == 0 ? s->organisation : i == 1 ? s->unit : s->address[i - NAMES];
        if (text.n)
            lines->spec[lines->n++] =
                spec_text(c, style, text, document_node(c->d, c->root, ROLE_P), lines->width);
    }
}

static void gather_way(Composer *c, const Style *style, Lines *lines, Term label, Str value)
{
    if (value.n)
        lines->spec[lines->n++] = spec_text(c, style, labelled(c, label, value),
                                            document_node(c->d, c->root, ROLE_P), lines->width);
}

static void gather_ways(Composer *c, const Style *style, Lines *lines)
{
    const Sender *s = &c->e->report->sender;
    gather_way(c, style, lines, TERM_phone, s->phone);
    if (s->email.n)
        lines->spec[lines->n++] = spec_inlines(c, style, mail_line(c, (Str){"", 0}),
                                               document_node(c->d, c->root, ROLE_P), lines->width);
    gather_way(c, style, lines, TERM_ean, s->ean);
    if (contact_shows_web(c))
        lines->spec[lines->n++] =
            spec_inlines(c, style, web_link(c), document_node(c->d, c->root, ROLE_P), lines->width);
}

static CellBox cell_of(Composer *c, const Style *style, const Lines *lines, float x)
{
    CellText *text = arena_array(batch_arena(c), lines->n, CellText);
    for (size_t i = 0; i < lines->n; i++) {
        lines->spec[i]->flush = true;
        text[i] = (CellText){.spec = lines->spec[i], .style = style};
    }
    return (CellBox){
        .text = text, .texts = lines->n, .x = x, .width = lines->width, .node = c->root};
}

static void add_beside(Composer *c, const Style *style, const Lines *address, const Lines *ways,
                       float width)
{
    CellBox *cell = arena_array(batch_arena(c), 2, CellBox);
    cell[0] = cell_of(c, style, address, 0);
    cell[1] = cell_of(c, style, ways, width - ways->width);
    flow_unit(c, (Unit){.kind = UNIT_ROW, .width = width, .whole = true, .cells = 2, .cell = cell});
}

static void add_below(Composer *c, const Style *style, const Lines *lines, float before)
{
    for (size_t i = 0; i < lines->n; i++) {
        lines->spec[i]->flush = true;
        flow_unit(c, (Unit){.kind = UNIT_TEXT,
                            .width = lines->width,
                            .style = style,
                            .before = i ? 0 : before,
                            .keep_next = true,
                            .spec = lines->spec[i]});
    }
}

enum { MOST_BESIDE = 8 }; /* lines of an address, which may be broken */

/* How wide the ways to reach the sender are on lines of their own: an address of theirs isn't broken. */
static float ways_width(Composer *c, const Style *style)
{
    const Sender *s = &c->e->report->sender;
    const Str way[] = {labelled(c, TERM_phone, s->phone), labelled(c, TERM_email, s->email),
                       labelled(c, TERM_ean, s->ean),
                       contact_shows_web(c) ? web_words(c) : (Str){"", 0}};
    float width = 0;
    for (size_t i = 0; i < WAYS; i++)
        width = fmaxf(width, way[i].n ? ceilf(spec_width(c, style, way[i])) : 0);
    return width;
}

/* Side by side where the page has room for two columns, unless the address has less than a third then; else one below
 * the other. Never torn apart. */
static void add_lines(Composer *c, const Style *style, float width)
{
    const Sender *s = &c->e->report->sender;
    size_t most = s->address_lines + NAMES;
    bool wide = is_wide(c, width);
    float gap = (float)(wide ? c->l->gutter : c->l->table.column_gap);
    float ways_room = fmaxf((width - gap) / 2, ways_width(c, style));
    bool beside = (wide || layout_side_width(c->l) > 0) && s->address_lines <= MOST_BESIDE &&
                  (s->organisation.n || s->unit.n || s->address_lines) &&
                  (s->phone.n || s->email.n || s->ean.n || contact_shows_web(c)) &&
                  width - gap - ways_room >= width / 3;
    Lines address = {.spec = arena_array(batch_arena(c), most, Spec *),
                     .width = beside ? width - gap - ways_room : width};
    Lines ways = {.spec = arena_array(batch_arena(c), WAYS, Spec *),
                  .width = beside ? ways_room : width};
    gather_address(c, style, &address);
    gather_ways(c, style, &ways);
    if (beside) {
        add_beside(c, style, &address, &ways, width);
        return;
    }
    add_below(c, style, &address, 0);
    add_below(c, style, &ways, address.n ? (float)style->after : 0);
    array_last(&c->units).keep_next = false;
}

static void add_contact(Composer *c)
{
    if (!has_contact(c))
        return;
    float width = width_of(c);
    if (c->own->contact_alone && c->units.n && !unit_is_break(&array_last(&c->units)))
        array_last(&c->units).keep_next = true; /* so that it hasn't a page to itself */
    add_heading(c, width);
    add_lines(c, style_of(c, STYLE_side_value), width);
}

const PartRule part_contact = {add_contact_entries, add_contact, has_contact, panel_of_contact};
