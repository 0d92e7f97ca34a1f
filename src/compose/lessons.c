#include <math.h>

#include "base/utf8.h"
#include "compose/internal.h"
#include "language/sentence.h"

/* What a sheet says in a sentence each, or in several where these have room. What can be learnt: the first of each box of that kind ([!LÆRING]), and of each item
 * below a heading that says so ("Læring"). Where nothing can be learnt, and nothing is shown large either, what it is
 * about: what stands first below each of its headings. */

typedef struct {
    const Inline *
        place; /* the name of the visit or stop that it is from, or the heading above; may be NULL */
    const Inline *words; /* may be NULL below a heading */
    const Inline *who;   /* says so; may be NULL */
    Pos pos;
} Lesson;

typedef struct {
    const Composer *c;
    Arena *arena; /* NULL: they are only counted */
    Lesson *lesson;
    size_t n, room;
    const Block **from; /* where each stands; may be NULL */
    bool of_all;        /* one is of no place in particular */
    bool shortened;     /* one could be told in more sentences */
} Lessons;

/* ---- sentences ------------------------------------------------------------------------------ */

static size_t text_length(const Composer *c, const Inline *in)
{
    Inline alone = *in;
    StrBuf text = {0};
    alone.next = NULL;
    inlines_text(&text, c->t, &alone);
    size_t n = text.n;
    strbuf_drop(&text);
    return n;
}

/* A copy of what makes the first n bytes of the text. */
static const Inline *cut_inlines(const Composer *c, Arena *arena, const Inline *in, size_t n)
{
    Inline *first = NULL, **end = &first;
    for (; in && n; in = in->next) {
        size_t length = text_length(c, in), take = length < n ? length : n;
        Inline *copy = arena_new(arena, Inline);
        *copy = *in;
        copy->next = NULL;
        if (take < length && (in->kind == INLINE_TEXT || in->kind == INLINE_CODE))
            copy->text = str_cut(in->text, 0, take);
        else if (take < length && in->children)
            copy->children = (Inline *)(uintptr_t)cut_inlines(c, arena, in->children, take);
        *end = copy;
        end = &copy->next;
        n -= take;
    }
    return first;
}

/* Bytes of the first sentence. */
static size_t first_sentence(const Composer *c, const Inline *in, Str text)
{
    size_t n = sentence_first(c->t, text);
    size_t bold = in && in->kind == INLINE_STRONG ? text_length(c, in) : 0;
    if (n <= bold) /* a phrase in bold opens what it is the name of */
        n = bold + sentence_first(c->t, str_cut(text, bold, text.n));
    return n;
}

/* … up to the last that limits what is said, or of the first. */
static size_t limited_sentences(const Composer *c, const Inline *in, Str text)
{
    size_t n = first_sentence(c, in, text);
    for (size_t at = sentence_first(c->t, text), more; at < text.n; at += more) {
        more = sentence_first(c->t, str_cut(text, at, text.n));
        if (!more)
            break;
        if (terms_mentions(&c->t->read[WORD_limits], str_cut(text, at, at + more)) && at + more > n)
            n = at + more;
    }
    return n;
}

enum { MOST_WORDS = 320 }; /* bytes of several sentences */

/* … of whole ones, at least one; none that only leads on to what isn't there. */
static size_t first_sentences(const Composer *c, Str text)
{
    size_t n = sentence_first(c->t, text);
    for (size_t more = n; more && n < text.n;) {
        Str rest = str_cut(text, n, text.n);
        more = sentence_first(c->t, rest);
        if (n + more > MOST_WORDS || str_ends(str_trim(str_cut(rest, 0, more)), STR(":")))
            break;
        n += more;
    }
    return n;
}

typedef enum { SAY_FIRST, SAY_ITEM, SAY_LESSON, SAY_SEVERAL } Say;

/* Without the full stop, where another item goes on; that of an abbreviation stays. */
static size_t without_stop(const Terms *t, Str text, size_t n)
{
    Str said = str_trim(str_cut(text, 0, n));
    bool stop = str_ends(said, STR(".")) && sentence_ends(t, said);
    return stop ? (size_t)(said.p - text.p) + said.n - 1 : n;
}

static const Inline *sentences(Lessons *l, const Inline *in, Say say)
{
    const Composer *c = l->c;
    StrBuf buf = {0};
    inlines_text(&buf, c->t, in);
    Str text = strbuf_str(&buf);
    size_t n = say == SAY_FIRST     ? first_sentence(c, in, text)
               : say == SAY_ITEM    ? without_stop(c->t, text, first_sentence(c, in, text))
               : say == SAY_SEVERAL ? first_sentences(c, text)
                                    : limited_sentences(c, in, text);
    size_t several = say == SAY_LESSON ? first_sentences(c, text) : 0;
    if (several > n && c->own->whole_lessons)
        n = several;
    l->shortened |= several > n;
    strbuf_drop(&buf);
    return cut_inlines(c, l->arena, in, n);
}

static const Block *item_with_words(const Block *item)
{
    while (item && (!item->children || item->children->kind != BLOCK_PARAGRAPH))
        item = item->next;
    return item;
}

/* What a list's items open with: "Bogstaver; Tal og tegn". */
static const Inline *items_in_one(Lessons *l, const Block *list)
{
    Inline *first = NULL, **end = &first;
    for (const Block *item = item_with_words(list->children), *next; item; item = next) {
        next = item_with_words(item->next);
        if (first) {
            *end = text_inline(l->arena, item->pos, STR("; "));
            end = &(*end)->next;
        }
        *end =
            (Inline *)(uintptr_t)sentences(l, item->children->inlines, next ? SAY_ITEM : SAY_FIRST);
        while (*end)
            end = &(*end)->next;
    }
    return first;
}

/* ---- finding them --------------------------------------------------------------------------- */

static void add_lesson(Lessons *l, const Inline *place, const Block *from)
{
    const Block *text = from->children;
    while (text && text->kind != BLOCK_PARAGRAPH)
        text = text->next;
    if (!text || l->n == l->room)
        return;
    bool box = from->kind == BLOCK_BOX;
    if (l->from)
        l->from[l->n] = from;
    l->of_all |= !box;
    if (l->arena)
        l->lesson[l->n] = (Lesson){place, sentences(l, text->inlines, SAY_LESSON),
                                   box ? from->inlines : NULL, text->pos};
    l->n++;
}

static bool is_heading_of_lessons(const Composer *c, const Block *b)
{
    StrBuf text = {0};
    inlines_text(&text, c->t, b->inlines);
    bool is = terms_match(c->t, WORD_lessons, str_trim(strbuf_str(&text)));
    strbuf_drop(&text);
    return is;
}

static void find_lessons(Lessons *l, const Block *list, const Inline *place)
{
    bool below = false; /* a heading of lessons */
    for (const Block *b = list; b; b = b->next) {
        if (b->kind == BLOCK_HEADING)
            below = is_heading_of_lessons(l->c, b);
        else if (b->kind == BLOCK_BOX && b->box == BOX_MEANING)
            add_lesson(l, place, b);
        else if (b->kind == BLOCK_LIST && below)
            for (const Block *item = b->children; item; item = item->next)
                add_lesson(l, NULL, item);
        else
            find_lessons(l, b->children, b->kind == BLOCK_VISIT ? b->inlines : place);
    }
}

static void find_all(Lessons *l)
{
    const Edition *e = l->c->e;
    if (e->theme)
        find_lessons(l, e->theme->blocks, NULL);
    for (size_t i = 0; !e->theme && i < e->sections; i++)
        find_lessons(l, e->section[i].blocks, NULL);
}

static const Inline *words_below(Lessons *l, const Block *heading)
{
    const Block *first = heading->next;
    if (!l->arena || !first)
        return NULL;
    return first->kind == BLOCK_PARAGRAPH ? sentences(l, first->inlines, SAY_SEVERAL)
           : first->kind == BLOCK_LIST    ? items_in_one(l, first)
                                          : NULL;
}

static size_t count_headings(const Block *list, int level)
{
    size_t n = 0;
    for (const Block *b = list; b; b = b->next)
        n += b->kind == BLOCK_HEADING && b->level <= level;
    return n;
}

/* Headings of the theme, and those below them where there is room for all. */
static void find_subjects(Lessons *l)
{
    const Block *list = l->c->e->theme ? l->c->e->theme->blocks : NULL;
    int level = count_headings(list, 3) <= l->room ? 3 : 2;
    for (const Block *b = list; b && l->n < l->room; b = b->next) {
        if (b->kind != BLOCK_HEADING || b->level > level)
            continue;
        if (l->arena)
            l->lesson[l->n] = (Lesson){b->inlines, words_below(l, b), NULL, b->pos};
        l->n++;
    }
}

/* Tells whether they are lessons. */
static bool find_lessons_or_subjects(Lessons *l)
{
    const Composer *c = l->c;
    find_all(l);
    bool lessons = l->n > 0;
    if (!lessons && !part_tiles.has(c) && !part_chart.has(c))
        find_subjects(l);
    return lessons;
}

static bool has_lessons(const Composer *c)
{
    Lessons l = {.c = c, .room = 1};
    if (c->l->extract.lessons)
        find_lessons_or_subjects(&l);
    return l.n > 0;
}

void lessons_tell_cut(Composer *c)
{
    Lessons l = {.c = c, .room = SIZE_MAX};
    size_t most = (size_t)c->l->extract.lessons;
    if (!part_is_shown(c, PART_LESSONS) || !most)
        return;
    find_all(&l);
    if (l.n <= most)
        return;
    diag_advice(c->diags, title_place(c), "the layout '%.*s' shows %zu of the %zu lessons here",
                (int)c->l->name.n, c->l->name.p, most, l.n);
    diag_hint(c->diags, "the first ones; 'extract' of the layout says how many");
}

LessonsShown lessons_shown(const Composer *c, Arena *arena)
{
    Lessons l = {.c = c, .room = (size_t)c->l->extract.lessons};
    l.from = arena_array(arena, l.room + 1, const Block *);
    bool any = l.room && find_lessons_or_subjects(&l);
    return (LessonsShown){l.from, any ? l.n : 0, any ? l.of_all : l.n > 0};
}

/* ---- setting them --------------------------------------------------------------------------- */

enum { PIECES = 6 };

/* Whether the words begin with the name of the place, and what they are behind it. */
static bool opens_with_place(Composer *c, const Lesson *lesson, Inline **rest)
{
    const Inline *words = lesson->words;
    Str name = plain_text(c, lesson->place);
    if (!words || words->kind != INLINE_TEXT || !name.n || words->text.n <= name.n ||
        words->text.p[name.n] != ' ' || !utf8_equal_fold(str_cut(words->text, 0, name.n), name))
        return false;
    *rest = arena_copy(batch_arena(c), words, 1, sizeof *words);
    (*rest)->text = str_cut(words->text, name.n, words->text.n);
    return true;
}

/* "Bikeworks: Deltagere bliver valgt efter vilje.", "Bikeworks vælger efter vilje." and, where another says so than the
 * title does, "(I gang i forvaltningen)". */
static size_t pieces_of(Composer *c, const Lesson *lesson, Str who, Piece *pieces)
{
    const Style *style = style_of(c, STYLE_body), *small = style_of(c, STYLE_source);
    const Inline *words = lesson->words;
    Inline *rest = NULL;
    bool runs_on = lesson->place && opens_with_place(c, lesson, &rest);
    size_t n = 0;
    if (lesson->place) {
        Inline *name = arena_new(batch_arena(c), Inline);
        *name = (Inline){.kind = INLINE_STRONG, .children = (Inline *)(uintptr_t)lesson->place};
        pieces[n++] =
            (Piece){.style = style, .inlines = name, .quiet_links = true, .without_notes = true};
        if (words && !runs_on)
            pieces[n++] = (Piece){.style = style, .text = STR(": ")};
    }
    if (words)
        pieces[n++] = (Piece){.style = style,
                              .inlines = runs_on ? rest : words,
                              .quiet_links = true,
                              .without_notes = true};
    if (!lesson->who || str_equal(plain_text(c, lesson->who), who))
        return n;
    pieces[n++] = (Piece){.style = small, .text = STR(" (")};
    pieces[n++] = (Piece){.style = small, .inlines = lesson->who, .without_notes = true};
    pieces[n++] = (Piece){.style = small, .text = STR(")")};
    return n;
}

static bool has_room(const Panel *p, const Piece *pieces, size_t n)
{
    Composer *c = p->c;
    float width = p->width - (float)c->l->list.number_indent;
    Spec *spec = spec_laid_out(c, batch_arena(c), pieces, n, NODE_NONE, width);
    return p->y + spec_height(spec, pieces[0].style) <= measure_page(c);
}

static void draw_lesson(Panel *p, const Piece *pieces, size_t n, size_t number, Node list)
{
    Composer *c = p->c;
    const Style *numbers = style_of(c, STYLE_list_number);
    float indent = (float)c->l->list.number_indent, top = p->y;
    Node item = document_node(c->d, list, ROLE_LI);
    strbuf_clear(&c->text);
    strbuf_add_int(&c->text, (int)number);
    Piece label = {.style = numbers, .text = kept_text(c)};
    panel_text(p, &label, 1, document_node(c->d, item, ROLE_LBL), 0, indent);
    p->y = top;
    Node node = document_node(c->d, document_node(c->d, item, ROLE_LBODY), ROLE_P);
    panel_text(p, pieces, n, node, indent, p->width - indent);
    p->y += (float)c->l->list.item_gap;
}

static size_t count_who(Composer *c, const Lessons *l, Str who)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++)
        n += str_equal(plain_text(c, l->lesson[i].who), who);
    return n;
}

/* Who says so of most of them, where somebody says so of each; or empty. */
static Str usual_who(Composer *c, const Lessons *l)
{
    for (size_t i = 0; i < l->n; i++)
        if (!l->lesson[i].who)
            return (Str){"", 0};
    for (size_t i = 0; i < l->n; i++) {
        Str who = plain_text(c, l->lesson[i].who);
        if (2 * count_who(c, l, who) > l->n)
            return who;
    }
    return (Str){"", 0};
}

/* With who says so at the right on its line, or where that has no room below it. */
static void draw_title(Panel *p, Term heading, Str who)
{
    Composer *c = p->c;
    const Style *style = style_of(c, STYLE_h2), *small = style_of(c, STYLE_source);
    Str words = c->t->print[heading];
    Piece title = {.style = style, .text = words}, by = {.style = small, .text = who};
    float top = p->y, width = who.n ? spec_width(c, small, who) : 0;
    panel_text(p, &title, 1, document_node(c->d, p->parent, c->own->part_role), 0, p->width);
    float end = p->y;
    bool beside = spec_width(c, style, words) + (float)c->l->box.padding_side + width <= p->width;
    if (beside)
        p->y = top + style_baseline(c, style) - style_baseline(c, small);
    if (who.n)
        panel_text(p, &by, 1, document_node(c->d, p->parent, ROLE_P), beside ? p->width - width : 0,
                   beside ? width + 1 : p->width);
    p->y = fmaxf(end, p->y) + (float)style->after;
}

static void panel_of_lessons(Panel *p)
{
    Composer *c = p->c;
    size_t most = (size_t)c->l->extract.lessons;
    Lessons l = {.c = c, .arena = batch_arena(c), .room = most};
    l.lesson = arena_array(l.arena, most, Lesson);
    Term heading = find_lessons_or_subjects(&l) ? TERM_meaning : TERM_subjects;
    c->own->lessons_shortened |= l.shortened;
    Str who = usual_who(c, &l);
    draw_title(p, heading, who);
    Node list = document_node(c->d, p->parent, ROLE_L);
    document_detail(c->d, list)->numbering = NUMBERING_DECIMAL;
    for (size_t i = 0; i < l.n; i++) {
        Piece pieces[PIECES];
        size_t n = pieces_of(c, &l.lesson[i], who, pieces);
        if (i && !has_room(p, pieces, n)) {
            c->own->lessons_cut = true;
            if (!c->own->whole_lessons)
                diag_warning(c->diags, l.lesson[i].pos,
                             "this lesson and those behind it have no room on one page");
            return;
        }
        draw_lesson(p, pieces, n, i + 1, list);
    }
}

static void add_lessons(Composer *c)
{
    part_add_alone(c, &part_lessons, (float)c->l->text_width);
}

const PartRule part_lessons = {.add = add_lessons, .has = has_lessons, .panel = panel_of_lessons};
