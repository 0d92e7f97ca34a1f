#include "base/utf8.h"
#include "compose/internal.h"

/* What a recommendation is founded on, as it is printed: the places that it names, with their pages, and those of its key
 * figures that don't stand at one of these. */

typedef struct {
    Inline *first, *last;
} Chain;

typedef struct {
    Composer *c;
    const Recommendation *recommendation;
    Chain *part;
    size_t parts;
    bool apart; /* each part has a line of its own */
    BasisPages pages;
} Basis;

static void append(Chain *chain, Inline *in)
{
    if (!in)
        return;
    if (chain->last)
        chain->last->next = in;
    else
        chain->first = in;
    while (in->next)
        in = in->next;
    chain->last = in;
}

/* A page as wide as most. */
enum { ANY_PAGE = 88 };

static bool leads_to_place(const Inline *in)
{
    return in->kind == INLINE_LINK && str_starts(in->target, STR("#"));
}

static Str place_of(const Inline *in)
{
    return str_cut(in->target, 1, in->target.n);
}

static PageSpan any_page(const Basis *b, const Inline *in)
{
    bool any = b->pages == BASIS_ANY_PAGES && (leads_to_place(in) || in->kind == INLINE_FIGURE);
    return (PageSpan){any ? ANY_PAGE : 0, 0};
}

/* Whether it is a key figure whose row stands in this document. */
static bool leads_to_row(const Basis *b, const Inline *in)
{
    return in->kind == INLINE_FIGURE && in->figure && edition_has(b->c->e, in->figure->id) &&
           references_has(b->c, in->figure->id);
}

/* A sheet has none of what its proposals rest on: that stands in the pack. */
static PageSpan page_of_pack(const Basis *b, const Inline *in)
{
    if (!b->c->own->paged)
        return (PageSpan){0, 0};
    if (leads_to_place(in))
        return pages_in_pack(b->c, place_of(in));
    bool figure = in->kind == INLINE_FIGURE && in->figure;
    return figure ? pages_in_pack(b->c, in->figure->id) : (PageSpan){0, 0};
}

/* Of what a link into the document leads to, or of a key figure's row, which may stand on the same page; else none. */
static PageSpan pages_of(const Basis *b, const Inline *in)
{
    Composer *c = b->c;
    if (b->pages != BASIS_PAGES)
        return any_page(b, in);
    if (!layout_has_part(c->l, PART_BODY))
        return page_of_pack(b, in);
    if (leads_to_place(in) && in->children && references_lead(c, in->target))
        return references_pages(c, place_of(in));
    bool row = leads_to_row(b, in);
    return (PageSpan){row ? references_page_from(c, in->figure->id, b->recommendation->id) : 0, 0};
}

/* What it printed, as an inline; the buffer is dropped. */
static Inline *printed(const Basis *b, Pos pos, StrBuf *text)
{
    Arena *arena = &b->c->arena;
    Inline *in = text_inline(arena, pos, arena_str(arena, strbuf_str(text)));
    strbuf_drop(text);
    return in;
}

/* ", side 6" or ", side 6–7" behind what it is the page of; where parts have lines of their own it may begin one, else it isn't
 * torn from the last word before it. */
static Inline *page_behind(const Basis *b, const Inline *in)
{
    Composer *c = b->c;
    PageSpan pages = pages_of(b, in);
    if (!pages.first)
        return NULL;
    StrBuf text = {0};
    strbuf_add_text(&text, b->apart ? ", " : "," NO_BREAK_SPACE);
    strbuf_add_str(&text, page_span_words(c, pages));
    return printed(b, in->pos, &text);
}

/* "Børn med støtte (" before a key figure that no words stand before; in brief its name alone. */
static Inline *name_before(const Basis *b, const Inline *in)
{
    if (in->kind != INLINE_FIGURE || !in->figure || !in->figure->name.n)
        return NULL;
    StrBuf text = {0};
    strbuf_add_str(&text, in->figure->name);
    strbuf_add_text(&text, b->c->own->brief ? "" : " (");
    return printed(b, in->pos, &text);
}

/* Letters before a hyphen that are no name: it-systemer, s-tog. */
enum { LONGEST_OF_ABBREVIATION = 2 };

/* Several capitals are an abbreviation's, and what stands before a hyphen may be a name. */
static bool keeps_capital(Str word)
{
    size_t at = 0, letters = 0, capitals = 0, before_hyphen = 0;
    while (at < word.n) {
        uint32_t letter = utf8_next(word, &at);
        capitals += utf8_lower(letter) != letter;
        before_hyphen = letter == '-' && !before_hyphen ? letters : before_hyphen;
        letters++;
    }
    return capitals > 1 || before_hyphen > LONGEST_OF_ABBREVIATION;
}

/* With a small letter where that can't be wrong. */
static void add_within_sentence(StrBuf *text, Str words)
{
    size_t at = 0;
    if (!keeps_capital(str_cut(words, 0, str_find(words, ' '))))
        strbuf_add_utf8(text, utf8_lower(utf8_next(words, &at)));
    strbuf_add_str(text, str_cut(words, at, words.n));
}

/* The name as it stands behind a number: its first word as the unit is written, if it is that. */
static void add_counted_name(StrBuf *text, const KeyFigure *f)
{
    Str name = f->name;
    if (!utf8_equal_fold(str_cut(name, 0, f->unit.n), f->unit)) {
        add_within_sentence(text, name);
        return;
    }
    strbuf_add_str(text, f->unit);
    strbuf_add_str(text, str_cut(name, f->unit.n, name.n));
}

/* Whether the first word of its name says what its number counts. */
static bool counts_its_name(const KeyFigure *f)
{
    const Quantity *value = &f->value;
    Str before;
    bool number = value->kind == QUANTITY_NUMBER || value->kind == QUANTITY_INTERVAL;
    return number && !value->plus && value->low.digits >= 0 && !value->scale.n &&
           words_name_unit(f->name, f->unit, &before) && str_find(before, ' ') == before.n;
}

/* The number without the unit that its name says, but never without its words of precision: a bound isn't exact. */
static void add_number_alone(StrBuf *text, const Basis *b, const KeyFigure *f)
{
    Quantity value = f->value;
    value.unit = (Str){"", 0};
    quantity_print_with_unit(text, b->c->t, &value, value.unit);
}

/* "mere end 2 svømmehaller, hvis tag skal skiftes" */
static Inline *counted_name(const Basis *b, const Inline *in)
{
    StrBuf text = {0};
    add_number_alone(&text, b, in->figure);
    strbuf_add_text(&text, NO_BREAK_SPACE);
    add_counted_name(&text, in->figure);
    return printed(b, in->pos, &text);
}

/* Of a figure whose name before it says what it counts. */
static Inline *number_alone(const Basis *b, const Inline *in)
{
    StrBuf text = {0};
    add_number_alone(&text, b, in->figure);
    return printed(b, in->pos, &text);
}

/* With a capital where its first words are the report's own. */
static void capitalise(Composer *c, Inline *in)
{
    if (in->kind == INLINE_TEXT) {
        in->text = references_capital(c, in->text);
    } else if (in->children && in->kind != INLINE_SPAN) {
        Inline *first = arena_new(&c->arena, Inline);
        *first = *in->children;
        capitalise(c, first);
        in->children = first;
    }
}

/* Takes the comma or semicolon that text ends with, if any, which ends a part. */
static bool ends_part(Inline *in)
{
    Str text = str_trim(in->text);
    if (in->kind != INLINE_TEXT || !text.n ||
        (text.p[text.n - 1] != ',' && text.p[text.n - 1] != ';'))
        return false;
    in->text = str_cut(in->text, 0, (size_t)(text.p - in->text.p) + text.n - 1);
    return true;
}

/* Behind key figures alone a comma parts them from the words that follow: takes it. */
static bool opens_part(Inline *in)
{
    Str text = in->kind == INLINE_TEXT ? str_trim(in->text) : (Str){"", 0};
    if (text.n < 2 || (text.p[0] != ',' && text.p[0] != ';'))
        return false;
    in->text = str_trim(str_cut(text, 1, text.n));
    return true;
}

/* "og" between those of one bracket: [@K1; @K2]. */
static bool joins_figures(const Basis *b, const Inline *in)
{
    return in->kind == INLINE_TEXT && in->next && in->next->kind == INLINE_FIGURE &&
           str_equal(str_trim(in->text), b->c->t->print[TERM_list_and]);
}

/* A key figure that opens its part, with its name before it. Returns whether what its name opened is still open. */
static bool append_named(const Basis *b, Chain *part, Inline *in, Inline *name)
{
    if (!b->c->own->brief && counts_its_name(in->figure)) {
        append(part, counted_name(b, in));
        return false;
    }
    append(part, name);
    if (b->c->own->brief)
        return false;
    append(part, figure_names_unit(in->figure) ? number_alone(b, in) : in);
    if (!in->figure->caveat.n)
        append(part, text_inline(&b->c->arena, in->pos, STR(")")));
    return in->figure->caveat.n > 0;
}

/* What is to be known of a key figure stands behind its number: "(8,4 pct.; kun visiteret støtte)". */
static Inline *caveat_behind(const Basis *b, const Inline *in, bool open)
{
    if (b->c->own->brief || !in->figure->caveat.n)
        return NULL;
    StrBuf text = {0};
    strbuf_add_text(&text, open ? "; " : " (");
    add_within_sentence(&text, in->figure->caveat);
    strbuf_add_text(&text, ")");
    return printed(b, in->pos, &text);
}

/* The words of a key figure lead to its row, as those of a place lead there, if it is in the document. */
static Inline *to_row(const Basis *b, const Inline *in, Inline *words)
{
    if (b->pages != BASIS_PAGES || !leads_to_row(b, in))
        return words;
    Inline *link = link_to(b->c, in->figure->id, (Str){"", 0}, in->pos);
    link->children = words;
    return link;
}

/* A piece of a part, with the page of what it leads to and the name of its key figure. */
static void append_piece(const Basis *b, Chain *part, Inline *in)
{
    Inline *name = part->first ? NULL : name_before(b, in);
    Inline *page = page_behind(b, in);
    Chain words = {0};
    bool open = name && append_named(b, &words, in, name);
    if (!name && (in->kind != INLINE_TEXT || in->text.n))
        append(&words, in);
    Inline *caveat = name ? caveat_behind(b, in, open) : NULL;
    if (open) /* a bracket is of the link as a whole */
        append(&words, caveat);
    append(part, to_row(b, in, words.first));
    if (!open)
        append(part, caveat);
    append(part, page);
}

typedef struct {
    Chain chain;
    bool figures, told; /* all of it are key figures; they stand at places of the basis */
} BasisPart;

static const BasisPart whole_part = {.figures = true, .told = true};

static void end_part(Basis *b, BasisPart *part)
{
    if (part->chain.first && !part->told)
        b->part[b->parts++] = part->chain;
    *part = whole_part;
}

/* Cuts it into its parts, without those that stand at its places. */
static void find_parts(Basis *b, const Inline *basis)
{
    BasisPart part = whole_part;
    for (const Inline *in = basis; in; in = in->next) {
        Inline *copy = arena_copy(&b->c->arena, in, 1, sizeof *in);
        copy->next = NULL;
        bool after_figure = part.chain.first && part.figures;
        if (after_figure && joins_figures(b, in)) {
            end_part(b, &part);
            continue;
        }
        if (after_figure && opens_part(copy))
            end_part(b, &part);
        bool ends = ends_part(copy), blank = ends && !str_trim(copy->text).n;
        part.figures &= copy->kind == INLINE_FIGURE || blank;
        part.told &= blank || (copy->kind == INLINE_FIGURE && copy->told);
        append_piece(b, &part.chain, copy);
        if (ends || !in->next)
            end_part(b, &part);
    }
}

static bool has_comma(const Composer *c, const Chain *part, size_t parts)
{
    bool has = false;
    for (size_t i = 0; i < parts && !has; i++) {
        StrBuf text = {0};
        inlines_text(&text, c->t, part[i].first);
        has = str_find(strbuf_str(&text), ',') < text.n;
        strbuf_drop(&text);
    }
    return has;
}

/* What stands between parts in one line: those with commas in them need more than one to part them. */
static Inline *between(const Basis *b, Pos pos, bool commas)
{
    if (!b->apart)
        return text_inline(&b->c->arena, pos, commas ? STR("; ") : STR(", "));
    Inline *in = arena_new(&b->c->arena, Inline);
    *in = (Inline){.kind = INLINE_LINE_BREAK, .pos = pos};
    return in;
}

Inline *basis_inlines(Composer *c, const Recommendation *r, bool apart, BasisPages pages)
{
    size_t most = 1;
    for (const Inline *in = r->basis; in; in = in->next)
        most++;
    Basis b = {.c = c, .recommendation = r, .apart = apart, .pages = pages};
    b.part = arena_array(&c->arena, most, Chain);
    find_parts(&b, r->basis);
    bool commas = has_comma(c, b.part, b.parts);
    Chain all = {0};
    for (size_t i = 0; i < b.parts; i++) {
        Inline *first = b.part[i].first;
        if (i)
            append(&all, between(&b, first->pos, commas));
        if (!i || apart)
            capitalise(c, first);
        append(&all, first);
    }
    return all.first;
}
