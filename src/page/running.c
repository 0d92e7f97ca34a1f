#include <math.h>

#include "base/utf8.h"
#include "page/internal.h"

/* The running head and foot of a page, and the words that say what is special about its copy. */

#define BETWEEN " \xC2\xB7 "

/* How the fields of a line are filled. */
typedef struct {
    bool foot;
    enum { THEME_WHOLE, THEME_NUMBER, THEME_NONE } theme;
} Wording;

static void add_labelled(StrBuf *out, Str label, Str value)
{
    if (!value.n)
        return;
    strbuf_add_str(out, label);
    strbuf_add_char(out, ' ');
    strbuf_add_str(out, value);
}

/* "Tema 1  Dagtilbud" at the head, where it is a title; "Tema 1: Dagtilbud" in the line at the foot. */
static void add_theme(Composer *c, Wording w, StrBuf *out)
{
    const Place *p = &c->place;
    const Inline *title = w.foot ? p->foot_running : p->running;
    unsigned theme = w.foot ? p->foot_theme : p->running_theme;
    if (!title || w.theme == THEME_NONE)
        return;
    if (theme) {
        strbuf_add_str(out, c->t->print[TERM_theme]);
        strbuf_addf(out, " %u", theme);
        if (w.theme == THEME_NUMBER)
            return;
        strbuf_add_text(out, w.foot ? ": " : NO_BREAK_SPACE NO_BREAK_SPACE " ");
    }
    inlines_text(out, c->t, title);
}

/* At the head, what the page goes on with within its theme. */
static void add_visit(Composer *c, Wording w, StrBuf *out)
{
    if (!w.foot)
        inlines_text(out, c->t, c->place.visit);
}

static void add_date(const Composer *c, StrBuf *out, Date date)
{
    if (date_given(date))
        date_print(out, c->t, date);
}

static void add_meeting_date(const Composer *c, StrBuf *out)
{
    StrBuf date = {0};
    add_date(c, &date, c->e->report->meeting_date);
    add_labelled(out, c->t->print[TERM_meeting_date], strbuf_str(&date));
    strbuf_drop(&date);
}

/* "Lukket", and "Udkast", in this order. */
static void add_status(const Composer *c, StrBuf *out)
{
    bool draft = c->e->report->draft;
    if (c->closed)
        strbuf_add_str(out, c->t->print[TERM_closed_copy]);
    if (c->closed && draft)
        strbuf_add_text(out, BETWEEN);
    if (draft)
        strbuf_add_str(out, c->t->print[TERM_draft]);
}

/* Facts that need more than their text. */
static void add_made_field(Composer *c, Str name, Wording w, StrBuf *out)
{
    const Report *r = c->e->report;
    if (str_equal(name, STR("theme")))
        add_theme(c, w, out);
    else if (str_equal(name, STR("visit")))
        add_visit(c, w, out);
    else if (str_equal(name, STR("date")))
        add_date(c, out, r->date);
    else if (str_equal(name, STR("modified")))
        add_date(c, out, r->modified);
    else if (str_equal(name, STR("meeting-date")))
        add_meeting_date(c, out);
    else if (str_equal(name, STR("period")) && date_given(r->period_from))
        period_print(out, c->t, r->period_from, r->period_to);
    else if (str_equal(name, STR("closed")))
        strbuf_add_str(out, c->closed ? c->t->print[TERM_closed_copy] : STR(""));
    else if (str_equal(name, STR("status")))
        add_status(c, out);
    else if (str_equal(name, STR("page")))
        strbuf_add_int(out, document_page_count(c->d));
    else if (str_equal(name, STR("pages")))
        strbuf_add_char(out, FOLIO_PAGES);
    else if (str_equal(name, STR("page-of")))
        strbuf_add_char(out, FOLIO_PAGE_OF);
    else if (str_equal(name, STR("overleaf")))
        strbuf_add_char(out, FOLIO_OVERLEAF);
}

/* A field of a running head or foot, with the word that says what it is where nobody would know; nothing
 * when what it stands for is not there. */
static void add_field(Composer *c, Str name, Wording w, StrBuf *out)
{
    const Report *r = c->e->report;
    const struct {
        const char *name;
        Str value;
        Term label;
    } facts[] = {{"report", r->name, TERM_COUNT},
                 {"title", r->title, TERM_COUNT},
                 {"short-title", report_short_title(r), TERM_COUNT},
                 {"genre", r->genre, TERM_COUNT},
                 {"committee", r->committee, TERM_COUNT},
                 {"organisation", r->sender.organisation, TERM_COUNT},
                 {"unit", r->sender.unit, TERM_COUNT},
                 {"email", r->sender.email, TERM_COUNT},
                 {"phone", r->sender.phone, TERM_phone},
                 {"ean", r->sender.ean, TERM_ean},
                 {"case", r->case_number, TERM_case_number},
                 {"document", r->document_number, TERM_document_number},
                 {"version", r->version, TERM_version},
                 {"meeting-item", r->meeting_item, TERM_meeting_item}};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (!str_equal(name, str_from(facts[i].name)))
            continue;
        if (facts[i].label == TERM_COUNT)
            strbuf_add_str(out, facts[i].value);
        else
            add_labelled(out, c->t->print[facts[i].label], facts[i].value);
        return;
    }
    add_made_field(c, name, w, out);
}

/* A piece with its fields; false when one of them is empty. */
static bool add_piece(Composer *c, Str piece, Wording w, StrBuf *out)
{
    while (piece.n) {
        size_t open = str_find(piece, '{'), close = str_find(piece, '}');
        strbuf_add_str(out, str_cut(piece, 0, open));
        if (open == piece.n)
            break;
        size_t before = out->n;
        Str name = str_cut(piece, open + 1, close);
        add_field(c, name, w, out);
        if (out->n == before)
            return false;
        piece = str_cut(piece, close + 1, piece.n);
    }
    return true;
}

static bool has_field(Str piece, const char *field)
{
    for (; piece.n; piece = str_cut(piece, 1, piece.n))
        if (str_starts(piece, str_from(field)))
            return true;
    return false;
}

/* Whether a piece says a number, a date, an address or a name: a part of one is wrong or says nothing. */
static bool is_fact(Str piece)
{
    static const char *const fields[] = {
        "{email}", "{phone}",    "{ean}",    "{case}",         "{document}",     "{version}",
        "{date}",  "{modified}", "{period}", "{meeting-date}", "{meeting-item}", "{visit}"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (has_field(piece, fields[i]))
            return true;
    return false;
}

/* Pieces three spaces apart; an empty field takes its piece with it. Facts from `facts_end` on are left out. */
static Str fill_some_pieces(Composer *c, const Pieces *pieces, Wording w, size_t facts_end)
{
    strbuf_clear(&c->text);
    for (size_t i = 0; i < pieces->n; i++) {
        if (i >= facts_end && is_fact(pieces->at[i]))
            continue;
        size_t before = c->text.n;
        if (before)
            strbuf_add_text(&c->text, has_field(pieces->at[i], "{visit}")
                                          ? BETWEEN
                                          : NO_BREAK_SPACE NO_BREAK_SPACE " ");
        if (!add_piece(c, pieces->at[i], w, &c->text))
            c->text.n = before;
    }
    return kept_text(c);
}

static Str fill_pieces(Composer *c, const Pieces *pieces, Wording w)
{
    return fill_some_pieces(c, pieces, w, pieces->n);
}

/* Whether a text of a head or foot waits for where pages and parts are. */
static bool is_folio(Str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == FOLIO_PAGES || text.p[i] == FOLIO_PAGE_OF || text.p[i] == FOLIO_OVERLEAF)
            return true;
    return false;
}

/* The word for a closed copy stands out where it opens a text. */
static size_t running_pieces(Composer *c, Str text, StyleRole role, Piece piece[2])
{
    Str closed = c->t->print[TERM_closed_copy];
    size_t n = 0;
    if (c->closed && str_starts(text, closed)) {
        const Style *ink = style_coloured(c, role, COLOUR_ink);
        Inline *strong = strong_inline(&c->arena, (Pos){0}, closed);
        piece[n++] = (Piece){.style = ink, .inlines = strong};
        text = str_cut(text, closed.n, text.n);
    }
    if (text.n)
        piece[n++] = (Piece){.style = style_of(c, role), .text = text};
    return n;
}

#define STATUS_GAP 12.0f /* to what stands on its line */

/* Some number of pages for that which isn't known yet. */
static Str with_room_for_folios(Composer *c, Str text)
{
    const TermField fields[] = {{"page", STR("888")}, {"pages", STR("888")}};
    strbuf_clear(&c->text);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == FOLIO_PAGE_OF)
            terms_fill(&c->text, c->t->print[TERM_page_of], fields, 2);
        else if (text.p[i] == FOLIO_OVERLEAF)
            strbuf_add_str(&c->text, c->t->print[TERM_overleaf]);
        else if (text.p[i] == FOLIO_PAGES)
            strbuf_add_text(&c->text, "888");
        else
            strbuf_add_char(&c->text, text.p[i]);
    }
    return kept_text(c);
}

static float running_width(Composer *c, Str text, StyleRole role)
{
    text = with_room_for_folios(c, text);
    return text.n ? spec_width(c, style_of(c, role), text) : 0;
}

/* What is overleaf is said where it has room beside the rest of the line. */
static Str with_overleaf(Composer *c, Str text)
{
    const Layout *l = c->l;
    size_t at = str_find(text, FOLIO_OVERLEAF);
    if (at == text.n)
        return text;
    Wording foot = {.foot = true};
    float left = running_width(c, fill_pieces(c, &l->foot_left, foot), STYLE_foot_left),
          right = running_width(c, fill_pieces(c, &l->foot_right, foot), STYLE_foot_right);
    if (left + right + STATUS_GAP <= place_width(c))
        return text;
    strbuf_clear(&c->text);
    strbuf_add_str(&c->text, str_cut(text, 0, at));
    strbuf_add_str(&c->text, str_cut(text, at + 1, text.n));
    return kept_text(c);
}

/* ---- what has no room beside the rest of its line --------------------------------------------- */

/* How wide what stands at the left of a line may be, and what stands at its right. */
typedef struct {
    float left, right;
} Rooms;

/* The longer one gives way; where both take more than half, each has half. */
static Rooms share_line(float width, float left, float right)
{
    float half = width / 2;
    Rooms rooms = {width, width};
    if (left <= 0 || right <= 0 || left + right <= width)
        return rooms;
    rooms.left = right <= half ? width - right : left <= half ? left : half;
    rooms.right = width - rooms.left;
    return rooms;
}

/* `taken` of the line is something else's. */
static Rooms rooms_of(Composer *c, Str left, Str middle, Str right, bool foot, float taken)
{
    StyleRole left_role = foot ? STYLE_foot_left : STYLE_head_left,
              right_role = foot ? STYLE_foot_right : STYLE_head_right;
    float between = running_width(c, middle, right_role);
    taken += STATUS_GAP + (between > 0 ? between + STATUS_GAP : 0);
    return share_line(place_width(c) - taken, running_width(c, left, left_role),
                      running_width(c, right, right_role));
}

#define ELLIPSIS "\xE2\x80\xA6"

/* As many of its words as have room, and an ellipsis. */
static Str shortened(Composer *c, Str text, const Style *style, float room)
{
    if (is_folio(text) || spec_width(c, style, text) <= room)
        return text;
    for (size_t n = text.n; n-- > 0;) {
        if (text.p[n] != ' ')
            continue;
        strbuf_clear(&c->text);
        strbuf_add_str(&c->text, str_trim(str_cut(text, 0, n)));
        strbuf_add_text(&c->text, ELLIPSIS);
        if (spec_width(c, style, strbuf_str(&c->text)) <= room)
            return kept_text(c);
    }
    return text; /* a word that is longer than its line */
}

/* Whether it does, in a theme with a number. */
static bool names_visit(const Composer *c, const Pieces *pieces, Wording w)
{
    bool names = !w.foot && w.theme == THEME_WHOLE && c->place.visit && c->place.running_theme;
    for (size_t i = 0; names && i < pieces->n; i++)
        if (has_field(pieces->at[i], "{visit}"))
            return true;
    return false;
}

/* The pieces of a side with so much room: a theme has only its number where it leaves no room for a visit, and then the
 * last facts are left out, or else words. */
static Str fitting_pieces(Composer *c, const Pieces *pieces, Wording w, const Style *style,
                          float room)
{
    Str whole = with_overleaf(c, fill_pieces(c, pieces, w)), text = whole;
    if (names_visit(c, pieces, w) && !is_folio(text) && spec_width(c, style, text) > room) {
        Str less = fill_pieces(c, pieces, (Wording){.theme = THEME_NUMBER});
        if (spec_width(c, style, less) <= room)
            return less;
    }
    for (size_t n = pieces->n; n-- > 0 && !is_folio(text) && spec_width(c, style, text) > room;)
        text = fill_some_pieces(c, pieces, w, n);
    return shortened(c, text.n ? text : whole, style, room);
}

/* One side of a head or foot, with its capitals centred at the given height. On left-hand pages what else
 * stands at the right stands at the left. */
static void draw_running(Composer *c, Str text, StyleRole role, double centre, Node artifact,
                         TextAlign align)
{
    const Style *style = style_of(c, role);
    float width = place_width(c);
    float top = (float)(centre - style->leading / 2);
    if (place_is_left_hand(c) && align != TEXT_CENTRE)
        align = align == TEXT_LEFT ? TEXT_RIGHT : TEXT_LEFT;
    if (is_folio(text)) {
        wait_add(c, style, artifact, WAIT_FOLIO, text, place_left(c),
                 top + style_baseline(c, style), width);
        array_last(&c->waiting).align = align;
        return;
    }
    Piece piece[2];
    size_t n = running_pieces(c, text, role, piece);
    if (n)
        place_pieces(c, piece, n, artifact, align, place_left(c), top, width);
}

/* What stands in a head or foot. */
typedef struct {
    Str left, middle, right;
} Line;

/* `taken` as in rooms_of. */
static Line line_of(Composer *c, const Pieces *left, const Pieces *middle, const Pieces *right,
                    Wording w, float taken)
{
    StyleRole left_role = w.foot ? STYLE_foot_left : STYLE_head_left,
              right_role = w.foot ? STYLE_foot_right : STYLE_head_right;
    Line line = {with_overleaf(c, fill_pieces(c, left, w)),
                 with_overleaf(c, fill_pieces(c, middle, w)),
                 with_overleaf(c, fill_pieces(c, right, w))};
    Rooms rooms = rooms_of(c, line.left, line.middle, line.right, w.foot, taken);
    line.left = fitting_pieces(c, left, w, style_of(c, left_role), rooms.left);
    line.middle = shortened(c, line.middle, style_of(c, right_role), place_width(c));
    line.right = fitting_pieces(c, right, w, style_of(c, right_role), rooms.right);
    return line;
}

/* Of the words for a draft and a closed copy. */
static float status_width(Composer *c)
{
    StrBuf text = {0};
    add_status(c, &text);
    float width = text.n ? spec_width(c, style_of(c, STYLE_draft), strbuf_str(&text)) : 0;
    strbuf_drop(&text);
    return width;
}

static bool is_status_beside_head(const Composer *c)
{
    const Layout *l = c->l;
    double apart = fabs(l->head_draft - l->head_centre);
    return l->head_draft > 0 && apart < style_of(c, STYLE_draft)->leading;
}

static Line head_line(Composer *c, Wording w)
{
    const Layout *l = c->l;
    float status = is_status_beside_head(c) ? status_width(c) : 0;
    return line_of(c, &l->head_left, &l->head_middle, &l->head_right, w,
                   status > 0 ? status + STATUS_GAP : 0);
}

static void draw_head(Composer *c, const Line *line)
{
    const Layout *l = c->l;
    draw_running(c, line->left, STYLE_head_left, l->head_centre, ARTIFACT_HEADER, TEXT_LEFT);
    draw_running(c, line->middle, STYLE_head_right, l->head_centre, ARTIFACT_HEADER, TEXT_CENTRE);
    draw_running(c, line->right, STYLE_head_right, l->head_centre, ARTIFACT_HEADER, TEXT_RIGHT);
    if (l->head_rule_width > 0)
        document_line(c->d, ARTIFACT_HEADER, place_left(c), (float)l->head_rule, place_width(c), 0,
                      (float)l->head_rule_width, colour_of(c, COLOUR_line));
}

/* So much of its line is taken at its end by what the head has at its right. */
static float taken_by_head(Composer *c, Str right)
{
    bool beside = style_of(c, STYLE_draft)->align == ALIGN_RIGHT && is_status_beside_head(c);
    float width = beside ? running_width(c, right, STYLE_head_right) : 0;
    return width > 0 ? width + STATUS_GAP : 0;
}

/* "Lukket · Udkast": that it is closed is a fact, bold and in ink; that it is a draft a reservation, and has its
 * colour. */
static size_t status_pieces(Composer *c, Piece pieces[2])
{
    const Style *style = style_of(c, STYLE_draft);
    bool closed = c->closed, draft = c->e->report->draft;
    size_t n = 0;
    strbuf_clear(&c->text);
    if (closed) {
        strbuf_add_str(&c->text, c->t->print[TERM_closed_copy]);
        strbuf_add_text(&c->text, draft ? BETWEEN : "");
        Inline *strong = strong_inline(&c->arena, (Pos){0}, kept_text(c));
        pieces[n++] =
            (Piece){.style = style_coloured(c, STYLE_draft, COLOUR_ink), .inlines = strong};
    }
    if (draft)
        pieces[n++] = (Piece){.style = style, .text = c->t->print[TERM_draft]};
    return n;
}

/* Whether a cover or letterhead says at its head who the sender is, or to whom it goes. */
static bool is_headed(const Composer *c)
{
    const Report *r = c->e->report;
    bool head = layout_has_part(c->l, PART_COVER) || layout_has_part(c->l, PART_LETTERHEAD);
    return head && (r->sender.organisation.n || r->committee.n);
}

/* Whether they stand on a line with the sender's name at the head of a cover or letterhead: if both have room there. */
static bool is_status_beside_sender(Composer *c)
{
    Str sender = c->e->report->sender.organisation;
    bool right = style_of(c, STYLE_draft)->align == ALIGN_RIGHT;
    return is_headed(c) && right && sender.n &&
           c->sender_from + spec_width(c, style_of(c, STYLE_cover_organisation), sender) +
                   STATUS_GAP + status_width(c) <=
               place_width(c);
}

/* Where they would stand on the sender they have a line above it. */
static float clear_of_sender(const Composer *c, float top, const Style *style)
{
    float sender = (float)c->l->cover.sender, above = sender - (float)style->leading;
    bool on_it = is_headed(c) && top > above && top < (float)c->l->cover.rule;
    return on_it ? fmaxf(0, above) : top;
}

static float status_top(Composer *c, bool bare)
{
    const Style *style = style_of(c, STYLE_draft), *name = style_of(c, STYLE_cover_organisation);
    const Layout *l = c->l;
    float top = (float)(l->head_draft - style->leading / 2);
    if (!bare)
        return top;
    if (!is_status_beside_sender(c))
        return clear_of_sender(c, top, style);
    return (float)l->cover.sender + style_baseline(c, name) - style_baseline(c, style);
}

/* On every page, also a bare one, which has no head: sheets get mixed. It is mirrored with the text at the outer edge,
 * which it stands beside. Screen readers say it with the document's title. */
static void draw_status(Composer *c, const Line *head, bool bare)
{
    const Style *style = style_of(c, STYLE_draft);
    Piece pieces[2];
    size_t n = status_pieces(c, pieces);
    if (!n || c->l->head_draft <= 0)
        return;
    float taken = bare ? 0 : taken_by_head(c, head->right);
    bool mirrored = place_is_left_hand(c) && style->align == ALIGN_RIGHT;
    place_pieces(c, pieces, n, ARTIFACT_HEADER, mirrored ? TEXT_LEFT : style_align(style),
                 place_left(c) + (mirrored ? taken : 0), status_top(c, bare),
                 place_width(c) - taken);
}

void running_draw_foot(Composer *c)
{
    const Layout *l = c->l;
    double centre = l->foot_centre - l->paper_height + (double)place_paper_height(c);
    Wording w = {.foot = true};
    Line line = line_of(c, &l->foot_left, &l->foot_middle, &l->foot_right, w, 0);
    draw_running(c, line.left, STYLE_foot_left, centre, ARTIFACT_FOOTER, TEXT_LEFT);
    draw_running(c, line.middle, STYLE_foot_right, centre, ARTIFACT_FOOTER, TEXT_CENTRE);
    draw_running(c, line.right, STYLE_foot_right, centre, ARTIFACT_FOOTER, TEXT_RIGHT);
    if (l->foot_rule_width > 0)
        document_line(c->d, ARTIFACT_FOOTER, place_left(c),
                      (float)(centre - l->foot_centre + l->foot_rule), place_width(c), 0,
                      (float)l->foot_rule_width, colour_of(c, COLOUR_line));
}

/* A title says what the head would; but in a briefing that of the theme alone, with which it begins: others stand on
 * sheets that may get lost among those of other themes. */
static bool says_theme(const Composer *c)
{
    return !c->e->theme || document_page_count(c->d) == 1;
}

void running_draw_head(Composer *c, bool opens, bool bare)
{
    Line line = {.left = {"", 0}};
    if (!bare)
        line = head_line(c, (Wording){.theme = opens && says_theme(c) ? THEME_NONE : THEME_WHOLE});
    draw_status(c, &line, bare);
    if (!bare)
        draw_head(c, &line);
}
