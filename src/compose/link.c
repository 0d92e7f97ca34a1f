#include <math.h>
#include <string.h>

#include "barcode/qr.h"
#include "compose/internal.h"
#include "document/address.h"

/* Where the whole is to be found: its address, and the same as a QR code. */

#define CODE_SIZE 62.0f /* 22 mm: read from the hand */
#define CODE_GAP 12.0f

Str web_address(Composer *c)
{
    Str url = c->e->report->url;
    strbuf_clear(&c->text);
    if (!str_starts(url, STR("https://")) && !str_starts(url, STR("http://")))
        strbuf_add_text(&c->text, "https://");
    strbuf_add_str(&c->text, url);
    Str address = arena_str(&c->arena, strbuf_str(&c->text));
    strbuf_clear(&c->text);
    return address;
}

static Inline *link_with(Composer *c, Str target, Str words, Pos pos)
{
    Inline *text = arena_new(&c->arena, Inline), *link = arena_new(&c->arena, Inline);
    *text = (Inline){.kind = INLINE_TEXT, .pos = pos, .text = words};
    *link = (Inline){.kind = INLINE_LINK, .pos = pos, .children = text, .target = target};
    return link;
}

Inline *link_to(Composer *c, Str id, Str words, Pos pos)
{
    strbuf_clear(&c->text);
    strbuf_add_char(&c->text, '#');
    strbuf_add_str(&c->text, id);
    Str target = arena_str(&c->arena, strbuf_str(&c->text));
    strbuf_clear(&c->text);
    return link_with(c, target, words, pos);
}

Str web_words(Composer *c)
{
    Str address = web_address(c), shown = str_cut(address, str_find(address, '/') + 2, address.n);
    if (str_ends(shown, STR("/")))
        shown.n--;
    return shown;
}

const Inline *web_link(Composer *c)
{
    return link_with(c, web_address(c), web_words(c), c->e->report->url_pos);
}

/* An address has one @ in it, no blank, and something on both sides. */
static bool is_mail(Str address)
{
    size_t at = str_find(address, '@');
    return at > 0 && at + 1 < address.n && str_find(address, ' ') == address.n &&
           str_find(str_cut(address, at + 1, address.n), '@') == address.n - at - 1;
}

const Inline *mail_link(Composer *c, Str label, Str address)
{
    Pos none = {0, 0, 0};
    Inline *words = text_inline(&c->arena, none, address);
    if (is_mail(address)) {
        strbuf_clear(&c->text);
        strbuf_add_text(&c->text, "mailto:");
        strbuf_add_str(&c->text, address);
        Str target = arena_str(&c->arena, strbuf_str(&c->text));
        strbuf_clear(&c->text);
        words = link_with(c, target, address, none);
    }
    if (!label.n)
        return words;
    Inline *before = text_inline(&c->arena, none, label);
    before->next = words;
    return before;
}

PageSpan pages_in_pack(const Composer *c, Str id)
{
    const Document *pack = c->request->pack;
    const Destination *place = pack ? document_find_destination(pack, id) : NULL;
    return place ? (PageSpan){place->page + 1, place->last + 1} : (PageSpan){0, 0};
}

static unsigned theme_in_pack(const Composer *c)
{
    return c->e->theme ? pages_in_pack(c, c->e->theme->section->id).first : 0;
}

Str place_in_pack(Composer *c)
{
    const Edition *e = c->e;
    unsigned theme = theme_in_pack(c), proposals = 0;
    if (!theme)
        return (Str){"", 0};
    if (e->recommendations)
        proposals = pages_in_pack(c, e->recommendation[0].recommendation->id).first;
    const TermField fields[] = {{"theme", page_words(c, theme)},
                                {"proposals", page_words(c, proposals)}};
    strbuf_clear(&c->text);
    terms_fill(&c->text, c->t->print[proposals ? TERM_in_pack_proposals : TERM_in_pack], fields, 2);
    return kept_text(c);
}

/* ---- the code ------------------------------------------------------------------------------- */

static void add_box(PathStep *step, float x, float y, float w, float h)
{
    step[0] = (PathStep){'m', x, y};
    step[1] = (PathStep){'l', x + w, y};
    step[2] = (PathStep){'l', x + w, y + h};
    step[3] = (PathStep){'l', x, y + h};
    step[4] = (PathStep){'z', 0, 0};
}

/* One path of a box for each stretch of dark modules in a row; the quiet zone counts into the size. */
static const Path *path_of(Composer *c, const QrCode *code)
{
    enum { STEPS = 5 };
    Path *path = arena_new(&c->d->arena, Path);
    size_t most = code->side * (code->side + 1) / 2, n = 0;
    PathStep *step = arena_array(&c->d->arena, most * STEPS, PathStep);
    float module = CODE_SIZE / (float)(code->side + 2 * QR_QUIET);
    for (size_t row = 0; row < code->side; row++) {
        const unsigned char *dark = code->dark + row * code->side;
        for (size_t from = 0, to; from < code->side; from = to + 1) {
            for (to = from; to < code->side && dark[to]; to++)
                continue;
            if (to > from)
                add_box(step + STEPS * n++, (float)from * module, (float)row * module,
                        (float)(to - from) * module, module);
        }
    }
    *path = (Path){.step = step,
                   .steps = (uint32_t)(STEPS * n),
                   .fill = true,
                   .fill_colour = colour_of(c, COLOUR_ink)};
    return path;
}

/* The code stands on the left edge: of its quiet zone only what is not paper anyway needs room. Returns its
 * width. */
static float add_code(Panel *p, Str address)
{
    Composer *c = p->c;
    QrCode code;
    StrBuf text = {0};
    address_print(&text, address);
    bool made = qr_make(strbuf_str(&text), &code);
    strbuf_clear(&text);
    if (!made) {
        strbuf_drop(&text);
        return 0; /* report_check has told what can't be one */
    }
    float quiet = CODE_SIZE * QR_QUIET / (float)(code.side + 2 * QR_QUIET);
    float size = CODE_SIZE - 2 * quiet;
    Node figure = document_node(c->d, p->parent, ROLE_FIGURE);
    terms_fill(&text, c->t->print[TERM_qr_code], &(TermField){"address", address}, 1);
    Str alternative = document_str(c->d, strbuf_str(&text));
    document_detail(c->d, figure)->alternative = alternative;
    panel_draw(p, (Draw){.kind = DRAW_PATH, .owner = figure, .y = p->y, .path = path_of(c, &code)});
    array_push(&p->boxes,
               ((DrawingBox){.node = figure, .x = p->x, .y = p->y, .width = size, .height = size}));
    qr_drop(&code);
    strbuf_drop(&text);
    return size + quiet;
}

/* Where its proposals stand in the pack is said above them. */
static bool says_place(const Composer *c)
{
    return !c->e->recommendations && theme_in_pack(c);
}

static bool has_address(const Composer *c)
{
    return c->e->report->url.n > 0;
}

static bool has_link(const Composer *c)
{
    return has_address(c) || says_place(c);
}

static void panel_of_link(Panel *p)
{
    Composer *c = p->c;
    Piece label = {.style = style_of(c, STYLE_side_label), .text = c->t->print[TERM_whole_report]};
    Piece value[2];
    size_t n = 0;
    float top = p->y, code = has_address(c) ? add_code(p, web_address(c)) : 0;
    float left = code > 0 ? code + CODE_GAP : 0;
    if (has_address(c))
        value[n++] = (Piece){.style = style_of(c, STYLE_side_value), .inlines = web_link(c)};
    if (says_place(c))
        value[n++] = (Piece){.style = style_of(c, STYLE_side_value), .text = place_in_pack(c)};
    panel_text(p, &label, 1, document_node(c->d, p->parent, ROLE_P), left, p->width - left);
    for (size_t i = 0; i < n; i++)
        panel_text(p, &value[i], 1, document_node(c->d, p->parent, ROLE_P), left, p->width - left);
    p->y = fmaxf(p->y, top + code);
}

static void add_link(Composer *c)
{
    part_add_alone(c, &part_link, (float)c->l->text_width);
}

const PartRule part_link = {.add = add_link, .has = has_link, .panel = panel_of_link};
