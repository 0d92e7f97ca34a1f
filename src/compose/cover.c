#include <math.h>

#include "base/utf8.h"
#include "compose/cover.h"

#define THEMES_CLEAR 36.0f       /* above the list of themes, … */
#define SHORT_THEMES_CLEAR 18.0f /* … and above rows of a line */
#define CONTACT_CLEAR 24.0f      /* between the themes and the sender's address */

/* The kicker and the title, which is the document's first heading. Returns where they end. */
static float draw_title(Composer *c, Str kicker, const Piece *title, float y)
{
    const Style *kicker_style = style_of(c, STYLE_kicker), *style = style_of(c, STYLE_title);
    float width = (float)layout_live_width(c->l);
    if (kicker.n)
        y += cover_text(c, STYLE_kicker, kicker, ROLE_P, cover_left(c), y, width) +
             (float)kicker_style->after;
    Str destination = c->e->theme ? c->e->theme->section->id : STR("del-forside");
    document_destination(c->d, destination, 0, fmaxf(0, y - 6));
    y += cover_draw(c, STYLE_title, title, document_node(c->d, c->root, ROLE_H1), cover_left(c), y,
                    width);
    return y + (float)style->after;
}

/* On small paper the layout may ask for too much. */
static void check_room(Composer *c, float y, Pos pos, bool sender)
{
    enum { LEAST_WIDTH = 480 }; /* points: less is no paper of letters */
    const Layout *l = c->l;
    if (y <= place_bottom(c))
        return;
    if (sender)
        diag_error(c->diags, pos, "title and sender are too long for one page");
    else
        diag_error(c->diags, pos, "the title is too long for one page");
    if (l->paper_width < LEAST_WIDTH)
        diag_hint(c->diags,
                  "a smaller 'title' among the 'styles' of the layout '%.*s', and higher places in "
                  "its 'cover', give it room; or shorten it",
                  (int)l->name.n, l->name.p);
    else if (sender)
        diag_hint(c->diags, "shorten the title, or leave lines of the address out");
    else
        diag_hint(c->diags, "what it says beyond a line or two can stand in the summary");
    c->failed = true;
}

/* ---- a lead that has no room below the title ------------------------------------------------- */

static Spec *lead_text(Composer *c, Node node)
{
    Piece piece = {.style = style_of(c, STYLE_lead), .text = c->e->report->summary};
    Spec *spec = spec_new(c, batch_arena(c), &piece, 1, node, (float)layout_measure(c->l));
    spec->flush = true;
    return spec;
}

static float lead_height(Composer *c)
{
    Spec *spec = lead_text(c, NODE_NONE);
    spec_layout(c, c->request->worker, spec);
    return c->e->report->summary.n ? spec_height(spec, style_of(c, STYLE_lead)) : 0;
}

/* It goes on from here over pages, as other text does. */
static void add_lead_in_flow(Composer *c)
{
    const Style *style = style_of(c, STYLE_lead);
    Spec *spec = spec_queue(c, lead_text(c, document_node(c->d, c->root, ROLE_P)));
    flow_unit(c, (Unit){.kind = UNIT_TEXT,
                        .width = spec->measure,
                        .style = style,
                        .after = (float)style->after,
                        .spec = spec});
}

static size_t count_words(Str text)
{
    size_t n = 0;
    while (str_next_word(&text).n)
        n++;
    return n;
}

/* About how many of its words have room in a height, in whole lines. */
static size_t words_with_room(Composer *c, float room)
{
    float leading = (float)style_of(c, STYLE_lead)->leading;
    float share = floorf(fmaxf(0, room) / leading) * leading / lead_height(c);
    return (size_t)(share * (float)count_words(c->e->report->summary));
}

void cover_tell(Composer *c)
{
    const Report *r = c->e->report;
    if (!c->own->lead.behind)
        return;
    diag_advice(c->diags, r->summary_pos,
                "the summary has no room on the cover in the layout '%.*s', and stands on a page "
                "behind it",
                (int)c->l->name.n, c->l->name.p);
    if (c->own->lead.words)
        diag_hint(c->diags, "there is room for about %zu of its %zu words", c->own->lead.words,
                  count_words(r->summary));
}

/* ---- the cover ------------------------------------------------------------------------------ */

/* The names of a theme's visits: "Bikeworks, Clarity og Clear on Media". */
static Str visits_of(Composer *c, const EditionSection *s)
{
    size_t n = 0, at = 0;
    for (const Block *b = s->blocks; b; b = b->next)
        n += b->kind == BLOCK_VISIT;
    strbuf_clear(&c->text);
    for (const Block *b = s->blocks; b; b = b->next) {
        if (b->kind != BLOCK_VISIT)
            continue;
        terms_add_joiner(&c->text, c->t, at++, n);
        inlines_text(&c->text, c->t, b->inlines);
    }
    return kept_text(c);
}

typedef struct {
    const EditionSection *section;
    Spec *name, *visits;
    float before, height;
} ThemeRow;

static Spec *laid_out(Composer *c, StyleRole role, Str text, float width)
{
    Piece piece = {.style = style_of(c, role), .text = text};
    return spec_laid_out(c, batch_arena(c), &piece, 1, NODE_NONE, width);
}

/* Text that ends with a space nobody sees, which parts it from what follows in the same link. */
static Spec *parted(Composer *c, StyleRole role, Str text, const Inline *in, float width)
{
    const Style *style = style_of(c, role);
    Piece pieces[] = {
        {.style = style, .text = text, .inlines = in, .quiet_links = true, .without_notes = true},
        {.style = style, .text = STR(NO_BREAK_SPACE)}};
    float space = spec_width(c, style, pieces[1].text);
    return spec_laid_out(c, batch_arena(c), pieces, text.n || in ? 2 : 1, NODE_NONE, width + space);
}

/* `share` is that of the space in it. */
static ThemeRow theme_row(Composer *c, const EditionSection *s, float share)
{
    float width = (float)layout_measure(c->l) - (float)c->l->cover.entry_indent -
                  (float)c->l->cover.entry_page;
    ThemeRow row = {.section = s};
    row.name = parted(c, STYLE_cover_entry, (Str){"", 0}, s->section->title, width);
    row.visits = parted(c, STYLE_cover_note, visits_of(c, s), NULL, width);
    row.before = (float)c->l->cover.entry_before * share;
    row.height = row.before + (float)c->l->cover.entry_after * share +
                 spec_height(row.name, style_of(c, STYLE_cover_entry)) +
                 spec_height(row.visits, style_of(c, STYLE_cover_note));
    return row;
}

static void draw_line(Composer *c, float y)
{
    document_fill(c->d, ARTIFACT_LAYOUT, cover_left(c), y - 0.375f, (float)layout_measure(c->l),
                  0.75f, colour_of(c, COLOUR_primary));
}

static Node entry_link(Composer *c, Str id, Str title)
{
    Node link = document_node(c->d, document_node(c->d, c->root, ROLE_P), ROLE_LINK);
    StrBuf text = {0};
    strbuf_addf(&text, "#%.*s", (int)id.n, id.p);
    Str target = document_str(c->d, strbuf_str(&text));
    strbuf_clear(&text);
    terms_fill(&text, c->t->print[TERM_link_to], &(TermField){"text", title}, 1);
    document_detail(c->d, link)->target = target;
    document_detail(c->d, link)->contents = document_str(c->d, strbuf_str(&text));
    strbuf_drop(&text);
    return link;
}

/* "3 " */
static Piece theme_number(Composer *c, unsigned theme)
{
    strbuf_clear(&c->text);
    strbuf_addf(&c->text, "%u" NO_BREAK_SPACE, theme);
    return (Piece){.text = arena_str(&c->arena, strbuf_str(&c->text))};
}

static void draw_link_area(Composer *c, Node link, float x, float y, float width, float height)
{
    document_draw(
        c->d, (Draw){.kind = DRAW_AREA, .owner = link, .x = x, .y = y, .w = width, .h = height});
}

/* The whole row is a link to its theme. */
static void draw_theme(Composer *c, const ThemeRow *row, float y)
{
    const EditionSection *s = row->section;
    const Style *entry = style_of(c, STYLE_cover_entry), *page = style_of(c, STYLE_cover_page);
    Node link = entry_link(c, s->section->id, plain_text(c, s->section->title));
    Piece number = theme_number(c, s->theme);
    draw_line(c, y);
    float top = y + row->before, alone = spec_height(row->name, entry);
    float shift = row->visits->para->lines
                      ? 0 /* it is as high as a name with what it holds */
                      : (alone - (float)style_of(c, STYLE_numeral)->leading) / 2;
    cover_draw(c, STYLE_numeral, &number, link, cover_left(c), top + shift,
               (float)c->l->cover.entry_indent);
    float x = cover_left(c) + (float)c->l->cover.entry_indent;
    row->name->node = row->visits->node = link;
    place_spec(c, row->name, entry, x, top);
    if (row->visits->para->lines)
        place_spec(c, row->visits, style_of(c, STYLE_cover_note), x,
                   top + spec_height(row->name, entry));
    float baseline = top + style_baseline(c, entry);
    wait_add(c, page, link, WAIT_SIDE_PAGE, s->section->id,
             cover_left(c) + (float)layout_measure(c->l) - (float)c->l->cover.entry_page, baseline,
             (float)c->l->cover.entry_page);
    draw_link_area(c, link, cover_left(c), y, (float)layout_measure(c->l), row->height);
}

typedef struct {
    Spec *spec;
    StyleRole role;
    float gap;          /* above it */
    const Inline *link; /* the same, where it is an address */
} ContactLine;

typedef struct {
    ContactLine *at;
    size_t n;
    float height;
    bool whole; /* nothing of the sender is left out */
} Contact;

/* In the side column, or as wide as the text. */
static float contact_width(const Composer *c)
{
    return cover_side_width(c) > 0 ? cover_side_width(c) : (float)layout_measure(c->l);
}

static bool has_line(Composer *c, Str text)
{
    return spec_width(c, style_of(c, STYLE_side_value), text) <= contact_width(c);
}

static void contact_line(Composer *c, Contact *contact, StyleRole role, Str text, float gap)
{
    if (!text.n)
        return;
    if (!contact->n)
        gap = 0;
    Spec *spec = laid_out(c, role, text, contact_width(c));
    contact->at[contact->n++] = (ContactLine){spec, role, gap, NULL};
    contact->height += gap + spec_height(spec, style_of(c, role));
}

static void contact_label(Composer *c, Contact *contact, Term label, Str value)
{
    if (!value.n)
        return;
    if (cover_side_width(c) <= 0) {
        strbuf_clear(&c->text);
        strbuf_add_str(&c->text, c->t->print[label]);
        strbuf_add_char(&c->text, ' ');
        strbuf_add_str(&c->text, value);
        contact_line(c, contact, STYLE_side_value, kept_text(c), 0);
        return;
    }
    contact_line(c, contact, STYLE_side_label, c->t->print[label],
                 (float)style_of(c, STYLE_side_label)->before);
    contact_line(c, contact, STYLE_side_value, value, 0);
}

static void contact_mail(Composer *c, Contact *contact, Str address)
{
    bool above = cover_side_width(c) > 0; /* its label stands */
    contact_label(c, contact, TERM_email, address);
    if (!address.n)
        return;
    strbuf_clear(&c->text);
    strbuf_add_str(&c->text, above ? STR("") : c->t->print[TERM_email]);
    strbuf_add_text(&c->text, above ? "" : " ");
    contact->at[contact->n - 1].link = mail_link(c, kept_text(c), address);
}

/* The report's, where it has room on a line. */
static void contact_web(Composer *c, Contact *contact)
{
    bool beside = cover_side_width(c) > 0, web = contact_shows_web(c);
    contact->whole = !web || has_line(c, web_words(c));
    if (!web || !contact->whole)
        return;
    contact_line(c, contact, STYLE_side_value, web_words(c),
                 beside ? (float)style_of(c, STYLE_side_label)->before : 0);
    contact->at[contact->n - 1].link = web_link(c);
}

/* In one line where there is room for a long one. */
static void contact_address(Composer *c, Contact *contact)
{
    const Sender *s = &c->e->report->sender;
    Str line = contact_in_one_line(c, s->address, s->address_lines);
    bool one = cover_side_width(c) <= 0 && has_line(c, line);
    if (one)
        contact_line(c, contact, STYLE_side_value, line, 0);
    for (size_t i = 0; i < s->address_lines && !one; i++)
        contact_line(c, contact, STYLE_side_value, s->address[i], 0);
}

static Contact sender_contact(Composer *c)
{
    const Sender *s = &c->e->report->sender;
    Contact contact = {.at = arena_array(batch_arena(c), s->address_lines + 8, ContactLine)};
    contact_line(c, &contact, STYLE_side_label, s->unit, 0);
    contact_address(c, &contact);
    contact_label(c, &contact, TERM_phone, s->phone);
    contact_mail(c, &contact, s->email);
    contact_label(c, &contact, TERM_ean, s->ean);
    contact_web(c, &contact);
    return contact;
}

static void draw_contact(Composer *c, const Contact *contact, float y)
{
    float x = cover_side_width(c) > 0 ? cover_side_left(c) : cover_left(c);
    for (size_t i = 0; i < contact->n; i++) {
        const ContactLine *line = &contact->at[i];
        const Style *style = style_of(c, line->role);
        y += line->gap;
        if (line->link) {
            Piece piece = {.inlines = line->link};
            y += cover_draw(c, line->role, &piece, document_node(c->d, c->root, ROLE_P), x, y,
                            line->spec->measure);
            continue;
        }
        spec_report(c, line->spec);
        line->spec->node = document_node(c->d, c->root, ROLE_P);
        if (line->spec->para->lines)
            place_spec(c, line->spec, style, x, y);
        y += spec_height(line->spec, style);
    }
}

typedef struct {
    ThemeRow *at;
    size_t n;
    float height;
} ThemeRows;

static ThemeRows theme_rows(Composer *c, float share)
{
    ThemeRows rows = {.at = arena_array(batch_arena(c), c->e->sections, ThemeRow)};
    for (size_t i = 0; i < c->e->sections; i++) {
        if (!c->e->section[i].theme)
            continue;
        rows.at[rows.n] = theme_row(c, &c->e->section[i], share);
        rows.height += rows.at[rows.n++].height;
    }
    return rows;
}

/* ---- themes in rows of a line --------------------------------------------------------------- */

#define LISTED_NUMBER 14.0f /* room for a number, … */
#define LISTED_PAGE 40.0f   /* … and for a page */

/* Themes, and what stands beside them, with their pages, down one column and then the next. */
typedef struct {
    const Entry *entry;
    size_t n, columns;
    float width, gap;   /* of a column, and between two */
    float number, page; /* room in it for those */
} Listing;

static size_t themes_of(const Composer *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->e->sections; i++)
        n += c->e->section[i].theme != 0;
    return n;
}

/* Whether one looks for it by its page: not the summary, which stands below, nor its sources and changes. */
static bool is_sought(const Composer *c, const Entry *entry)
{
    bool sought = true;
    for (size_t i = 0; i < c->e->sections; i++) {
        const Section *section = c->e->section[i].section;
        bool aside = section->kind == SECTION_SUMMARY || section->kind == SECTION_SOURCES ||
                     section->kind == SECTION_CHANGES;
        sought &= !aside || !str_equal(section->id, entry->destination);
    }
    return sought;
}

/* The themes, or all of the contents' first level that is sought. */
static void list_entries(Composer *c, Listing *l, bool all)
{
    Entry *entry = arena_array(batch_arena(c), c->entries.n, Entry);
    l->n = 0;
    for (size_t i = 0; i < c->entries.n; i++) {
        const Entry *e = &c->entries.at[i];
        if (e->level == 1 && entry_is_shown(c, e) && (all ? is_sought(c, e) : e->theme != 0))
            entry[l->n++] = *e;
    }
    l->entry = entry;
}

static Spec *listed_name(Composer *c, const Listing *l, const Entry *entry)
{
    return parted(c, STYLE_contents_2, entry->title, NULL, l->width - l->number - l->page);
}

/* Number, name and page in as many lines as the name needs; returns their height. */
static float draw_listed(Composer *c, const Listing *l, const Entry *entry, float x, float y)
{
    const Style *style = style_of(c, STYLE_contents_2), *page = style_of(c, STYLE_contents_page);
    Node link = entry_link(c, entry->destination, entry->title);
    float level = style_baseline(c, style) - style_baseline(c, style_of(c, STYLE_contents_label));
    if (entry->theme) {
        Piece number = theme_number(c, entry->theme);
        cover_draw(c, STYLE_contents_label, &number, link, x, y + level, l->number + 4);
    }
    Spec *name = listed_name(c, l, entry);
    float height = spec_height(name, style);
    spec_report(c, name);
    name->node = link;
    place_spec(c, name, style, x + l->number, y);
    wait_add(c, page, link, WAIT_SIDE_PAGE, entry->destination, x + l->width - l->page,
             y + style_baseline(c, style), l->page);
    draw_link_area(c, link, x, y, l->width, height);
    return height;
}

static float listing_gap(const Composer *c)
{
    return (float)style_of(c, STYLE_contents_1)->before;
}

static size_t listing_rows(const Listing *l)
{
    return (l->n + l->columns - 1) / l->columns;
}

/* Between its rules. */
static float listing_height(Composer *c, const Listing *l)
{
    float y = 0, highest = 0;
    for (size_t i = 0; i < l->n; i++) {
        y = i % listing_rows(l) ? y : 0;
        y += spec_height(listed_name(c, l, &l->entry[i]), style_of(c, STYLE_contents_2));
        highest = fmaxf(highest, y);
    }
    return highest + 2 * listing_gap(c);
}

/* With a rule above and below; returns where they end. */
static float draw_listing(Composer *c, const Listing *l, float y)
{
    float top = y + listing_gap(c), end = top;
    for (size_t i = 0; i < l->n; i++) {
        size_t column = i / listing_rows(l);
        float x = cover_left(c) + (float)column * (l->width + l->gap);
        y = i % listing_rows(l) ? y : top;
        y += draw_listed(c, l, &l->entry[i], x, y);
        end = fmaxf(end, y);
    }
    draw_line(c, top - listing_gap(c));
    draw_line(c, end + listing_gap(c));
    return end + listing_gap(c);
}

#define LEAST_SPACE 0.75f /* of that in its rows, where many themes are to have room */

enum { CONTENTS_LEAST = 3 }; /* fewer lines would look lost on a cover */

/* Rows of a line for themes that have no room else; where they haven't either, the contents have to do. */
static void draw_short_themes(Composer *c, float top, float bottom)
{
    Listing one = {.columns = 1,
                   .width = (float)layout_measure(c->l),
                   .number = (float)c->l->cover.entry_indent,
                   .page = (float)c->l->cover.entry_page};
    list_entries(c, &one, false);
    float height = listing_height(c, &one);
    if (one.n < CONTENTS_LEAST || bottom - height < top + SHORT_THEMES_CLEAR)
        return;
    draw_listing(c, &one, bottom - height);
}

/* Themes end on the last line of the page, in rows that are closer to each other where they have no room
 * otherwise; the sender stands beside them, or below where there is no side column. */
static void draw_themes(Composer *c, const Contact *contact, float top)
{
    float bottom = place_bottom(c);
    bool below = cover_side_width(c) <= 0 && contact->n;
    float foot = below ? contact->height + CONTACT_CLEAR : 0;
    ThemeRows rows = theme_rows(c, 1);
    if (bottom - rows.height - foot < top + THEMES_CLEAR)
        rows = theme_rows(c, LEAST_SPACE);
    float y = bottom - rows.height - foot;
    if (y < top + THEMES_CLEAR) {
        draw_short_themes(c, top, bottom - foot);
        draw_contact(c, contact, bottom - contact->height);
        return;
    }
    float before = rows.n ? rows.at[0].before : 0;
    float beside = below ? bottom - contact->height : fminf(y + before, bottom - contact->height);
    for (size_t i = 0; i < rows.n; i++) {
        draw_theme(c, &rows.at[i], y);
        y += rows.at[i].height;
    }
    if (rows.n)
        draw_line(c, y);
    draw_contact(c, contact, beside);
}

/* The lead has its place but where a short title ends more than half a line of it above: they belong together. */
static float lead_top(const Composer *c, float title_end)
{
    float lead = (float)c->l->cover.lead;
    bool near = lead - title_end < (float)style_of(c, STYLE_title)->leading / 2;
    return near ? fmaxf(lead, title_end) : title_end;
}

/* What has to stand below the title, beside the lead: the sender, but where that stands in the side column or a part
 * says it as well. */
static float below_lead(const Composer *c, const Contact *contact)
{
    bool elsewhere = cover_side_width(c) > 0 || layout_has_part(c->l, PART_CONTACT);
    return elsewhere ? 0 : CONTACT_CLEAR + contact->height;
}

/* The lead at y, or nothing, where it has no room and stands behind the cover. Returns where the title and it end. */
static float draw_lead(Composer *c, const Contact *contact, float title_end)
{
    Str lead = c->e->report->summary;
    float y = lead_top(c, title_end), bottom = place_bottom(c) - below_lead(c, contact);
    c->own->lead.behind = lead.n && y + lead_height(c) > bottom;
    if (!c->own->lead.behind)
        return y + cover_text(c, STYLE_lead, lead, ROLE_P, cover_left(c), y,
                              (float)layout_measure(c->l));
    c->own->lead.words = words_with_room(c, bottom - y);
    return title_end;
}

static void add_cover(Composer *c)
{
    const Report *r = c->e->report;
    Piece title = {.text = r->title};
    flow_flush(c);
    place_new_page(c, true, true);
    float top = (float)c->l->cover.title;
    float title_end = draw_title(c, r->genre, &title, fmaxf(top, cover_head(c)));
    Contact contact = sender_contact(c);
    float y = draw_lead(c, &contact, title_end);
    check_room(c, y, r->title_pos, false);
    bool beside = cover_side_width(c) > 0;
    float needed = beside ? title_end + contact.height : y + CONTACT_CLEAR + contact.height;
    if (!beside && layout_has_part(c->l, PART_CONTACT) && needed > place_bottom(c))
        contact = (Contact){.n = 0}; /* that part says it */
    else
        check_room(c, needed, r->title_pos, true);
    draw_themes(c, &contact, y);
    c->own->contact_on_cover = contact.whole && contact.n;
    c->place.y = place_bottom(c);
    c->place.empty = c->place.begins = false;
    if (c->own->lead.behind)
        add_lead_in_flow(c);
}

/* ---- contents below a letterhead ------------------------------------------------------------ */

enum { LISTED_LEAST = 3 }; /* fewer themes are named by the summary */

/* Where they have room, with the themes all else that the contents would have. */
static float draw_listed_parts(Composer *c, float y)
{
    Listing listing = {.columns = (size_t)c->l->columns,
                       .width = (float)c->l->text_width,
                       .gap = (float)c->l->gutter,
                       .number = LISTED_NUMBER,
                       .page = LISTED_PAGE};
    bool room = false;
    for (int themes = 0; themes < 2 && !room; themes++) {
        list_entries(c, &listing, !themes);
        room = y + listing_height(c, &listing) <= place_bottom(c);
    }
    return room ? draw_listing(c, &listing, y) + (float)style_of(c, STYLE_lead)->after : y;
}

/* "Afrapportering: Studietur til London 2012 · Tema 1" */
static Str parent_of(Composer *c)
{
    const Report *r = c->e->report;
    StrBuf text = {0};
    strbuf_add_str(&text, r->genre);
    strbuf_add_text(&text, r->genre.n ? ": " : "");
    strbuf_add_str(&text, report_short_title(r));
    strbuf_add_text(&text, " · ");
    strbuf_add_str(&text, theme_label(c, c->e->theme->theme));
    Str kept = arena_str(batch_arena(c), strbuf_str(&text));
    strbuf_drop(&text);
    return kept;
}

/* A briefing stands alone, but its numbers are those of the pack: that has to be said of those that don't begin at 1,
 * "Tabeller og figurer har numre som i pakken"; of proposals it is said above them. Else it is empty. */
static Str numbers_of_pack(Composer *c)
{
    const Edition *e = c->e;
    Term words[2];
    size_t n = 0;
    if (!e->theme)
        return (Str){"", 0};
    if (e->tables && e->table[0]->number > 1)
        words[n++] = TERM_word_tables;
    if (e->pictures && e->picture[0]->number > 1)
        words[n++] = TERM_word_figures;
    return references_sentence(c, words, n, TERM_numbers_of_pack, TERM_numbers_of_pack);
}

/* In the side column, level with the end of the kicker that begins at y, if that leaves the column free. Returns
 * whether it does. */
static bool draw_numbers_beside(Composer *c, Str text, Str kicker, float y)
{
    const Style *style = style_of(c, STYLE_source), *above = style_of(c, STYLE_kicker);
    if (cover_side_width(c) <= 0 || spec_width(c, above, kicker) > (float)c->l->text_width)
        return false;
    float height = spec_height(laid_out(c, STYLE_source, text, cover_side_width(c)), style);
    float top = y + (float)above->leading - height;
    if (top < y - TITLE_CLEAR)
        return false;
    cover_text(c, STYLE_source, text, ROLE_P, cover_side_left(c), top, cover_side_width(c));
    return true;
}

/* Below the title of a page that has no such column. Returns where it ends. */
static float draw_below_title(Composer *c, Str text, float y)
{
    return y + (float)style_of(c, STYLE_title)->after +
           cover_text(c, STYLE_source, text, ROLE_P, cover_left(c), y, (float)layout_measure(c->l));
}

/* Whether kicker and title leave the side column free. */
static bool has_free_side(Composer *c, Str kicker, const Piece *title)
{
    Piece styled = *title;
    styled.style = style_of(c, STYLE_title);
    float wide =
        fmaxf(spec_width(c, style_of(c, STYLE_kicker), kicker), spec_pieces_width(c, &styled, 1));
    return cover_side_width(c) > 0 && wide <= (float)c->l->text_width;
}

/* What one who has the briefing alone must know, beside its title, below the line of a kicker that begins at y. Returns
 * where the side column is free again. */
static float draw_note_beside(Composer *c, Str note, float y)
{
    const Style *above = style_of(c, STYLE_kicker);
    y += (float)(above->leading + above->after);
    return y + SIDE_GAP +
           cover_text(c, STYLE_source, note, ROLE_P, cover_side_left(c), y, cover_side_width(c));
}

/* Whether it has room below y. */
static bool check_note(Composer *c, Str note, float y)
{
    float side = cover_side_width(c), width = side > 0 ? side : (float)layout_measure(c->l);
    float height = spec_height(laid_out(c, STYLE_source, note, width), style_of(c, STYLE_source));
    if (y + height <= place_bottom(c))
        return true;
    diag_error(c->diags, c->e->report->briefing_note_pos,
               "'briefing-note' has no room on the first page of a briefing");
    diag_hint(c->diags, "what it says beyond a few lines can stand in the text");
    c->failed = true;
    return false;
}

/* Beside the lead that follows, or below the title where there is no such column. Returns where that ends. */
static float add_note(Composer *c, Str note, float y)
{
    const Style *style = style_of(c, STYLE_source);
    float width = cover_side_width(c);
    if (width <= 0)
        return draw_below_title(c, note, y);
    Spec *spec = spec_text(c, style, note, document_node(c->d, c->root, ROLE_P), width);
    Sides sides = {.n = 1, .at = {{.spec = spec, .style = style}}};
    sides_pend(c, &sides);
    return y;
}

static void add_letterhead(Composer *c)
{
    const Report *r = c->e->report;
    const EditionSection *theme = c->e->theme;
    Piece title = {.text = theme ? (Str){"", 0} : r->title,
                   .inlines = theme ? theme->section->title : NULL};
    flow_flush(c);
    place_new_page(c, true, true);
    Str kicker = theme ? parent_of(c) : r->genre;
    float y = fmaxf((float)c->l->cover.letter_title, cover_head(c));
    Str numbers = numbers_of_pack(c), note = theme ? r->briefing_note : (Str){"", 0};
    bool below = numbers.n && !draw_numbers_beside(c, numbers, kicker, y);
    float top = y, side = 0;
    y = draw_title(c, kicker, &title, y);
    if (below)
        y = draw_below_title(c, numbers, y);
    if (note.n && !check_note(c, note, y))
        return;
    if (note.n && has_free_side(c, kicker, &title))
        side = draw_note_beside(c, note, top);
    else if (note.n)
        y = add_note(c, note, y);
    float after = (float)style_of(c, STYLE_lead)->after;
    bool lead = !theme && r->summary.n;
    bool goes_on = lead && y + lead_height(c) + after > place_bottom(c);
    if (lead && !goes_on)
        y += cover_text(c, STYLE_lead, r->summary, ROLE_P, cover_left(c), y,
                        (float)layout_measure(c->l)) +
             after;
    if (!theme && c->l->cover.themes && themes_of(c) >= LISTED_LEAST)
        y = draw_listed_parts(c, y);
    check_room(c, y, title_place(c), false);
    c->place.y = y;
    c->place.side_y = fmaxf(y, side);
    c->place.after = 0;
    c->place.empty = c->place.begins = false;
    c->place.bound = theme && theme->blocks &&
                     theme->blocks->kind == BLOCK_PARAGRAPH; /* the lead */
    c->below_letterhead = true;
    if (goes_on)
        add_lead_in_flow(c);
}

const PartRule part_cover = {.add = add_cover};
const PartRule part_letterhead = {.add = add_letterhead};
