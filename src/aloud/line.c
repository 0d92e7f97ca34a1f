#include "aloud/internal.h"
#include "base/utf8.h"

bool aloud_has_page(const AloudPages *pages, uint32_t page)
{
    for (size_t i = 0; i < pages->n; i++)
        if (page + 1 >= pages->range[i].first && page + 1 <= pages->range[i].last)
            return true;
    return pages->n == 0;
}

static void forget(Speaker *s)
{
    s->pieces.n = 0;
    strbuf_clear(&s->text);
    s->has_text = s->lead = s->has_last = s->wants_blank = false;
}

/* A hyphen that parted a word at the end of a line is not said. */
static void drop_soft_hyphen(Speaker *s)
{
    if (!str_ends(strbuf_str(&s->text), STR(SOFT_HYPHEN)))
        return;
    s->text.n -= sizeof SOFT_HYPHEN - 1;
    for (size_t i = s->pieces.n; i-- > 0 && s->pieces.at[i].to > s->text.n;)
        s->pieces.at[i].to = s->text.n;
}

static void give(Speaker *s, bool page)
{
    s->shown.n = 0;
    for (size_t i = 0; i < s->pieces.n; i++) {
        const LinePiece *p = &s->pieces.at[i];
        Str text = str_cut(strbuf_str(&s->text), p->from, p->to);
        if (text.n || p->kind != PIECE_TEXT)
            array_push(&s->shown, (Piece){p->kind, text, p->language});
    }
    AloudLine line = {page, page ? 0 : s->depth - s->outdent, s->shown.at, s->shown.n};
    s->outdent &= page;
    s->sink.line(s->sink.context, &line);
}

void line_piece(Speaker *s, PieceKind kind, Str text)
{
    LinePiece piece = {kind, s->text.n, s->text.n, {"", 0}};
    if (!s->pieces.n)
        s->line_page = s->page;
    strbuf_add_str(&s->text, text);
    piece.to = s->text.n;
    array_push(&s->pieces, piece);
}

static void tell_page(Speaker *s, uint32_t page)
{
    StrBuf text = {0};
    s->page = s->line_page = page;
    if (!aloud_has_page(s->pages, page))
        return;
    read_pattern(s, SAY_page, "label", s->pdf->label[page], &text);
    line_piece(s, PIECE_SIGN, strbuf_str(&text));
    give(s, true);
    forget(s);
    strbuf_drop(&text);
}

void line_end(Speaker *s)
{
    uint32_t page = s->next_page;
    drop_soft_hyphen(s);
    if (s->pieces.n && (s->collects || aloud_has_page(s->pages, s->line_page)))
        give(s, false);
    forget(s);
    s->next_page = TAG_NO_PAGE;
    if (page != TAG_NO_PAGE)
        tell_page(s, page);
}

void line_begin(Speaker *s)
{
    if (!s->lead)
        line_end(s);
    s->lead = false;
}

void line_go_to(Speaker *s, uint32_t page)
{
    if (s->collects || page == TAG_NO_PAGE || page >= s->pdf->pages || page == s->page)
        return;
    s->next_page = page;
    line_end(s);
}

void line_lead(Speaker *s, uint32_t page, Str text)
{
    line_end(s);
    line_go_to(s, page);
    line_piece(s, PIECE_SIGN, text);
    s->lead = true;
}

void line_say(Speaker *s, uint32_t page, Str text)
{
    line_lead(s, page, text);
    line_end(s);
}

void line_hang(Speaker *s)
{
    s->depth++;
    s->outdent = true;
}

void line_unhang(Speaker *s)
{
    line_end(s);
    s->depth--;
    s->outdent = false;
}

void line_drop(Speaker *s)
{
    array_drop(&s->pieces);
    array_drop(&s->shown);
    strbuf_drop(&s->text);
}

/* ---- text ------------------------------------------------------------------------------------------------ */

/* The text that stands last in the line, whatever signs are behind it. */
static Str newest_text(const Speaker *s)
{
    for (size_t i = s->pieces.n; i-- > 0;)
        if (s->pieces.at[i].kind == PIECE_TEXT)
            return str_cut(strbuf_str(&s->text), s->pieces.at[i].from, s->pieces.at[i].to);
    return (Str){"", 0};
}

static bool ends_open(Str text)
{
    return text.n && !tagged_ends_in_blank(text);
}

/* Whether the newest piece is text of the language. */
static bool continues(const Speaker *s, Str language)
{
    const LinePiece *last = s->pieces.n ? &array_last(&s->pieces) : NULL;
    return last && last->kind == PIECE_TEXT && str_equal(last->language, language);
}

/* Adds text to the newest piece, or to a new one where the language changes or a sign stands before. */
static void add(Speaker *s, Str text, Str language)
{
    Str before = newest_text(s);
    while (text.n && ascii_space(text.p[0]) && before.n && !ends_open(before))
        text = str_cut(text, 1, text.n);
    if (!text.n)
        return;
    if (!continues(s, language)) {
        line_piece(s, PIECE_TEXT, (Str){"", 0});
        array_last(&s->pieces).language = language;
    }
    strbuf_add_str(&s->text, text);
    array_last(&s->pieces).to = s->text.n;
    s->has_text = true;
}

/* Adds text without the soft hyphens that it has before its end. */
static void add_whole_words(Speaker *s, Str text, Str language)
{
    enum { LENGTH = sizeof SOFT_HYPHEN - 1 };
    size_t from = 0;
    for (size_t i = 0; i + LENGTH < text.n; i++)
        if (str_starts(str_cut(text, i, text.n), STR(SOFT_HYPHEN))) {
            add(s, str_cut(text, from, i), language);
            from = i + LENGTH;
        }
    add(s, str_cut(text, from, text.n), language);
}

/* Where the first word ends. */
static size_t first_blank(Str text)
{
    size_t i = 0;
    while (i < text.n && !ascii_space(text.p[i]))
        i++;
    return i;
}

/* Notes that what comes stands on a page. */
static void expect_page(Speaker *s, uint32_t page)
{
    if (!s->collects && page < s->pdf->pages)
        s->next_page = page == s->page ? TAG_NO_PAGE : page;
}

/* Whether what comes is another word, as far as places tell. */
static bool is_apart(const Speaker *s, Str before, Str text, const TagRun *first)
{
    TagStep step = s->has_last ? tagged_step(&s->last, first) : TAG_JOINED;
    bool leftward = tagged_is_leftward(before) || tagged_is_leftward(text);
    return step == TAG_LINE ? !s->pdf->spaced : step == TAG_GAP && !leftward;
}

void line_text(Speaker *s, Str text, const TagRun *first, const TagRun *last, Str language)
{
    if (!text.n)
        return;
    Str before = newest_text(s);
    bool apart = s->wants_blank || is_apart(s, before, text, first);
    bool touches = ends_open(before) && !ascii_space(text.p[0]);
    bool blank = touches && apart && tagged_takes_blank(before);
    bool goes_on = touches && !blank;
    drop_soft_hyphen(s);
    expect_page(s, first->page);
    if (s->next_page != TAG_NO_PAGE &&
        goes_on) { /* a word is said to its end before the page is told */
        size_t end = first_blank(text);
        add_whole_words(s, str_cut(text, 0, end), language);
        text = str_cut(text, end, text.n);
    }
    if (s->next_page != TAG_NO_PAGE && text.n)
        line_end(s);
    else if (blank)
        add(s, STR(" "), language);
    add_whole_words(s, text, language);
    s->last = *last;
    s->has_last = true;
    s->lead = s->wants_blank = false;
}
