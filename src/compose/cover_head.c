#include <math.h>

#include "base/utf8.h"
#include "compose/cover.h"

/* What stands above the title of a cover or of a letterhead: the sender, to whom and when, and the facts of the case. */

#define LOGO_GAP 9.0f     /* between the logo and the sender */
#define LOGO_WIDEST 0.4f  /* of the line: a wider one is set lower */
#define RULE_CLEAR 6.0f   /* between the sender and the rule */
#define FACTS_CLEAR 18.0f /* between facts without a side column and the title */
#define LABEL_CLEAR 9.0f  /* between two facts in a row */
#define LINE_GAP 3.0f     /* between an address of several lines and what stands below the date */

float cover_left(const Composer *c)
{
    return place_left(c);
}

float cover_side_left(const Composer *c)
{
    return cover_left(c) + (float)(c->l->text_width + c->l->gutter);
}

float cover_side_width(const Composer *c)
{
    return (float)layout_side_width(c->l);
}

float cover_draw(Composer *c, StyleRole role, const Piece *piece, Node node, float x, float y,
                 float width)
{
    const Style *style = style_of(c, role);
    Piece styled = *piece;
    styled.style = style;
    Spec *spec = spec_new(c, batch_arena(c), &styled, 1, node, width);
    spec->flush = true;
    spec_layout(c, c->request->worker, spec);
    spec_report(c, spec);
    if (!spec->para->lines)
        return 0;
    notes_add(c, &(Unit){.spec = spec});
    place_spec(c, spec, style, x, y);
    notes_place_marks(c, spec, y, (float)style->leading, 0, spec->para->lines);
    return spec_height(spec, style);
}

float cover_text(Composer *c, StyleRole role, Str text, Role tag, float x, float y, float width)
{
    Piece piece = {.text = text};
    if (!text.n)
        return 0;
    return cover_draw(c, role, &piece, document_node(c->d, c->root, tag), x, y, width);
}

/* ---- letterhead ----------------------------------------------------------------------------- */

/* The logo's width, 0 when there is none. */
static float draw_logo(Composer *c)
{
    const Report *r = c->e->report;
    const PageRequest *q = c->request;
    const Image *image = NULL;
    if (r->logo.n)
        image = q->image(q->context, r->logo, r->logo_pos);
    else if (c->l->logo.n)
        image = q->layout_image(q->context, c->l->logo, c->l->logo_pos);
    if (!image)
        return 0;
    float ratio = (float)image->width / (float)image->height;
    float most = LOGO_WIDEST * (float)layout_live_width(c->l);
    float width = fminf((float)c->l->cover.logo * ratio, most), height = width / ratio;
    Draw picture = {.kind = DRAW_IMAGE,
                    .owner = ARTIFACT_LAYOUT,
                    .x = cover_left(c),
                    .y = (float)c->l->cover.sender,
                    .w = width,
                    .h = height};
    picture.image = document_image(c->d, image);
    document_draw(c->d, picture);
    return width + LOGO_GAP;
}

#define RULES_APART 1.2f

/* In the layout's colour; two, a thin one below, in ink. */
static void draw_rules(Composer *c, float y)
{
    const CoverStyle *style = &c->l->cover;
    float width = (float)layout_live_width(c->l), second = (float)style->rule_double;
    uint32_t colour = colour_of(c, second > 0 ? COLOUR_ink : COLOUR_primary);
    document_fill(c->d, ARTIFACT_LAYOUT, cover_left(c), y, width, (float)style->rule_width, colour);
    if (second > 0)
        document_fill(c->d, ARTIFACT_LAYOUT, cover_left(c),
                      y + (float)style->rule_width + RULES_APART, width, second, colour);
}

/* Returns by how much a long name moves down what is below it. */
static float draw_sender(Composer *c)
{
    const Report *r = c->e->report;
    const CoverStyle *style = &c->l->cover;
    c->sender_from = draw_logo(c);
    float x = cover_left(c) + c->sender_from,
          width = cover_left(c) + (float)layout_live_width(c->l) - x;
    float y = (float)style->sender, rule = (float)style->rule;
    y += cover_text(c, STYLE_cover_organisation, r->sender.organisation, ROLE_P, x, y, width);
    y += cover_text(c, STYLE_cover_unit, r->committee, ROLE_P, x, y, width);
    float shift = fmaxf(0, y + RULE_CLEAR - rule);
    draw_rules(c, rule + shift);
    return shift;
}

/* The date beside the addressee begins where the side column's text does, or without one ends at the edge. */
static float draw_date_beside(Composer *c, Str date, float y)
{
    float x = (float)c->l->cover.date, room = (float)layout_measure(c->l) - x;
    if (cover_side_width(c) <= 0) {
        float width = fminf(room, spec_width(c, style_of(c, STYLE_body), date) + 0.1f);
        x += room - width;
        room = width;
    }
    return cover_text(c, STYLE_body, date, ROLE_P, cover_left(c) + x, y, room);
}

/* By how much lower text of that style stands on the line of the addressee: on its baseline. */
static float level_with_addressee(Composer *c, StyleRole role)
{
    return style_baseline(c, style_of(c, STYLE_cover_addressee)) -
           style_baseline(c, style_of(c, role));
}

/* The date stands beside the addressee where both have room, else below. Returns where they end. */
static float draw_address(Composer *c, float y)
{
    const Report *r = c->e->report;
    float measure = (float)layout_measure(c->l), date_x = (float)c->l->cover.date, end = y;
    Str date = {"", 0};
    strbuf_clear(&c->text);
    if (date_given(r->date))
        date_print(&c->text, c->t, r->date);
    date = kept_text(c);
    bool beside = date_x > 0 && spec_width(c, style_of(c, STYLE_body), date) <= measure - date_x;
    if (r->committee.n) {
        strbuf_clear(&c->text);
        strbuf_add_str(&c->text, c->t->print[TERM_to]);
        strbuf_add_char(&c->text, ' ');
        strbuf_add_str(&c->text, r->committee);
        end += cover_text(c, STYLE_cover_addressee, kept_text(c), ROLE_P, cover_left(c), y,
                          beside ? date_x - 8 : measure);
    }
    float lower = r->committee.n ? level_with_addressee(c, STYLE_body) : 0;
    if (beside)
        return fmaxf(end, y + draw_date_beside(c, date, y + lower));
    return end + cover_text(c, STYLE_body, date, ROLE_P, cover_left(c), end, measure);
}

/* Below the addressee, whom it binds. Returns where it ends. */
static float draw_closed(Composer *c, float y)
{
    if (!c->closed)
        return y;
    y += FACTS_CLEAR / 2;
    return y + cover_text(c, STYLE_cover_addressee, c->t->print[TERM_closed_notice], ROLE_P,
                          cover_left(c), y, (float)layout_measure(c->l));
}

static Str meeting(Composer *c)
{
    const Report *r = c->e->report;
    strbuf_clear(&c->text);
    if (date_given(r->meeting_date))
        date_print(&c->text, c->t, r->meeting_date);
    return kept_text(c);
}

static Str period(Composer *c)
{
    const Report *r = c->e->report;
    strbuf_clear(&c->text);
    if (date_given(r->period_from))
        period_print(&c->text, c->t, r->period_from, r->period_to);
    return kept_text(c);
}

typedef struct {
    Term label;
    Str value;
    bool with_date; /* of the meeting: it stands below the paper's own date */
} Fact;

enum { FACTS = 6 };

/* Dates and numbers of cases aren't broken, but behind the dash of a period: a line ends there anyway where it
 * must, and the next one would begin with the space. */
static Str unbroken(Composer *c, Str text)
{
    strbuf_clear(&c->text);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == ' ' && !str_ends(str_cut(text, 0, i), STR("–")))
            strbuf_add_text(&c->text, NO_BREAK_SPACE);
        else
            strbuf_add_char(&c->text, text.p[i]);
    }
    return kept_text(c);
}

#define FACT_GAP NO_BREAK_SPACE NO_BREAK_SPACE " "

/* What parts a fact from the one before it: a line ends where it has no room behind that. `at` is where the line
 * ends, and becomes where it does with the fact. */
static Piece gap_before(Composer *c, const Fact *fact, float *at)
{
    const Style *label = style_of(c, STYLE_side_label), *value = style_of(c, STYLE_side_value);
    float gap = spec_width(c, value, STR(FACT_GAP)), need;
    need = spec_width(c, label, c->t->print[fact->label]) +
           spec_width(c, value, STR(NO_BREAK_SPACE)) + spec_width(c, value, fact->value);
    bool ends = *at > 0 && *at + gap + need > (float)layout_measure(c->l);
    Piece piece = {.style = value, .text = *at > 0 ? STR(FACT_GAP) : STR("")};
    if (ends) {
        Inline *line_break = arena_new(&c->arena, Inline);
        *line_break = (Inline){.kind = INLINE_LINE_BREAK};
        piece = (Piece){.style = value, .inlines = line_break};
    }
    *at = ends || *at <= 0 ? need : *at + gap + need;
    return piece;
}

/* One behind another in as many lines as they need: there is no side column. */
static float draw_facts(Composer *c, const Fact *facts, float y)
{
    const Style *label = style_of(c, STYLE_side_label), *value = style_of(c, STYLE_side_value);
    Piece pieces[FACTS * 4];
    size_t n = 0;
    float at = 0;
    for (size_t i = 0; i < FACTS; i++) {
        if (!facts[i].value.n)
            continue;
        pieces[n] = gap_before(c, &facts[i], &at);
        n += pieces[n].inlines || pieces[n].text.n;
        pieces[n++] = (Piece){.style = label, .text = c->t->print[facts[i].label]};
        pieces[n++] = (Piece){.style = value, .text = STR(NO_BREAK_SPACE)};
        pieces[n++] = (Piece){.style = value, .text = unbroken(c, facts[i].value)};
    }
    if (!n)
        return y;
    Node node = document_node(c->d, c->root, ROLE_P);
    Spec *spec = spec_drawn(c, pieces, n, node, (float)layout_measure(c->l));
    place_spec(c, spec, value, cover_left(c), y);
    return y + spec_height(spec, value);
}

/* A label over its value. Returns its height. */
static float draw_fact(Composer *c, const Fact *fact, float x, float y, float width)
{
    float height = cover_text(c, STYLE_side_label, c->t->print[fact->label], ROLE_P, x, y, width);
    return height + cover_text(c, STYLE_side_value, fact->value, ROLE_P, x, y + height, width);
}

/* What a fact takes in one line and with its label over it, and the space to the next. */
static float fact_width(Composer *c, const Fact *fact)
{
    return fmaxf(spec_width(c, style_of(c, STYLE_side_label), c->t->print[fact->label]),
                 spec_width(c, style_of(c, STYLE_side_value), fact->value));
}

static float fact_step(const Composer *c)
{
    const Style *label = style_of(c, STYLE_side_label);
    return (float)(label->leading + style_of(c, STYLE_side_value)->leading + label->before);
}

/* Where facts stand below the date, in rows of one or two. */
typedef struct {
    float x, y, width;
    bool second; /* the next has room beside the last one */
    float end;
} BelowDate;

static void draw_below(Composer *c, const Fact *fact, BelowDate *at)
{
    float half = (at->width - LABEL_CLEAR) / 2;
    bool whole = fact_width(c, fact) > half, second = at->second && !whole;
    at->y = second ? at->y : fmaxf(at->y, at->end);
    float x = at->x + (second ? at->width - half : 0);
    float end = at->y + draw_fact(c, fact, x, at->y, whole ? at->width : half) +
                (float)style_of(c, STYLE_side_label)->before;
    at->end = fmaxf(at->end, end);
    at->second = !second && !whole;
}

/* Beside the addressee, which begins at y, labels over values; what is of the meeting stands below the date, the others
 * in the side column, but for what is too wide for it or would come near the title of a cover or of a letterhead: so
 * both have them in the same places. Rows of both columns are level. Returns where they end. */
static float draw_beside(Composer *c, const Fact *facts, float y, float address_end)
{
    const CoverStyle *style = &c->l->cover;
    float step = fact_step(c), side = y;
    float end = (float)fmin(style->title, style->letter_title) - TITLE_CLEAR;
    BelowDate below = {.x = cover_left(c) + (float)style->date,
                       .y = fmaxf(y + step, address_end + LINE_GAP),
                       .width = (float)(layout_measure(c->l) - style->date)};
    below.end = below.y;
    for (size_t i = 0; i < FACTS; i++) {
        if (!facts[i].value.n)
            continue;
        bool beside = !facts[i].with_date && fact_width(c, &facts[i]) <= cover_side_width(c) &&
                      side + step <= end + (float)style_of(c, STYLE_side_label)->before + 0.1f;
        if (!beside) {
            draw_below(c, &facts[i], &below);
            continue;
        }
        draw_fact(c, &facts[i], cover_side_left(c), side, cover_side_width(c));
        side += step;
    }
    return fmaxf(fmaxf(side, below.end) - (float)style_of(c, STYLE_side_label)->before,
                 address_end);
}

/* Beside the addressee, which begins at y, or below it. */
static float draw_numbers(Composer *c, float y, float address_end)
{
    const Report *r = c->e->report;
    const Fact facts[FACTS] = {{TERM_case_number, r->case_number, false},
                               {TERM_document_number, r->document_number, false},
                               {TERM_period, period(c), false},
                               {TERM_meeting_date, meeting(c), true},
                               {TERM_meeting_item, r->meeting_item, true},
                               {TERM_version, r->version, false}};
    if (cover_side_width(c) > 0)
        return draw_beside(c, facts, y, address_end) + TITLE_CLEAR;
    return draw_facts(c, facts, address_end + (float)style_of(c, STYLE_side_label)->before) +
           FACTS_CLEAR;
}

/* All above the title. Returns where that may stand at the earliest. */
float cover_head(Composer *c)
{
    float y = (float)c->l->cover.address + draw_sender(c);
    return draw_numbers(c, y, draw_closed(c, draw_address(c, y)));
}
