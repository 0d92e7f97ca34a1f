#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "tagged/internal.h"

/* Forms within forms, saved graphics states and marks within marks that are followed; operands that an operator may
 * have, and the content of all pages and forms together. */
enum { DEEPEST_FORM = 12, MOST_STATES = 256, MOST_MARKS = 256, MOST_OPERANDS = 64 };

/* A file ends its lines with blanks that does so this many times as often as not. */
enum { LINES_RATIO = 3 };

#define MOST_CONTENT ((size_t)1 << 28)

/* A gap between words, and a step to another line, in parts of the type's size. */
#define WORD_GAP 0.15
#define LINE_STEP 0.6

typedef struct {
    double a, b, c, d, e, f;
} Matrix;

typedef struct {
    Matrix user;
    const TagFont *font;
    double size, character_space, word_space, scale, leading;
} State;

/* A stretch between BDC and EMC. */
typedef struct {
    bool marked, artifact, replaced;
    uint32_t id;
    Str language, replacement;
} Mark;

/* What is read, one form within the other. */
typedef struct Content Content;
struct Content {
    Reading *r;
    const Content *outer; /* that draws this form */
    uint64_t form;
    uint32_t page, stream;
    State state, saved[MOST_STATES];
    size_t states;
    Matrix text, line;
    Mark mark[MOST_MARKS];
    size_t marks; /* may be more than are kept */
    StrBuf run, decoded;
    TagRun place; /* of the run */
    bool has_place;
    bool leftward; /* the run is, in part */
    bool open;     /* a TagMark is, for the marks' innermost id */
    unsigned depth;
    Tokens *tokens;
    Object resources;
    Token operand[MOST_OPERANDS];
    size_t operands;
    ARRAY(Token) list; /* the array among them */
    Arena scratch;     /* texts of operands */
};

static Matrix multiply(Matrix m, Matrix n)
{
    return (Matrix){m.a * n.a + m.b * n.c,       m.a * n.b + m.b * n.d,
                    m.c * n.a + m.d * n.c,       m.c * n.b + m.d * n.d,
                    m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f};
}

static const Matrix identity = {1, 0, 0, 1, 0, 0};

/* ---- marks ------------------------------------------------------------------------------------------ */

static const Mark *innermost(const Content *c)
{
    for (size_t i = c->marks; i-- > 0;)
        if (i < MOST_MARKS && c->mark[i].marked)
            return &c->mark[i];
    return NULL;
}

static bool in_artifact(const Content *c)
{
    for (size_t i = 0; i < c->marks && i < MOST_MARKS; i++)
        if (c->mark[i].artifact)
            return true;
    return false;
}

static Str language_of(const Content *c)
{
    for (size_t i = c->marks; i-- > 0;)
        if (i < MOST_MARKS && c->mark[i].language.n)
            return c->mark[i].language;
    return (Str){"", 0};
}

/* Whether the text drawn is not what is read. */
static bool is_replaced(const Content *c)
{
    for (size_t i = 0; i < c->marks && i < MOST_MARKS; i++)
        if (c->mark[i].replaced)
            return true;
    return false;
}

/* Ends the run, which is the current mark's or, without one, lost. */
static void end_run(Content *c)
{
    TaggedPdf *pdf = c->r->pdf;
    if (c->run.n && c->open) {
        c->place.text = object_clean(&pdf->arena, strbuf_str(&c->run), true);
        c->place.language = language_of(c);
        array_push(&pdf->runs, c->place);
        array_last(&c->r->marks).end = (uint32_t)pdf->runs.n;
    }
    strbuf_clear(&c->run);
    c->has_place = c->leftward = false;
}

static void close_mark(Content *c)
{
    end_run(c);
    c->open = false;
}

/* Opens the innermost mark again, where text needs it. */
static void need_mark(Content *c)
{
    const Mark *mark = innermost(c);
    uint32_t runs = (uint32_t)c->r->pdf->runs.n;
    if (c->open || !mark)
        return;
    array_push(&c->r->marks,
               (TagMark){c->stream, mark->id, (uint32_t)c->r->marks.n, runs, runs, false});
    c->open = true;
}

static Object resource(const Content *c, const char *kind, Str name)
{
    Object all = object_get(c->r->q, c->resources, kind);
    Object found = object_get_named(c->r->q, all, name);
    object_release(c->r->q, all);
    return found;
}

static Object find_properties(const Content *c, const Token *operand)
{
    if (operand->kind == TOKEN_NAME)
        return resource(c, "/Properties", operand->text);
    if (operand->kind != TOKEN_DICT)
        return qpdf_oh_new_null(c->r->q);
    char *source = mem_strndup(operand->text.p, operand->text.n);
    Object parsed = qpdf_oh_parse(c->r->q, source);
    mem_free(source);
    return parsed;
}

static void read_properties(Content *c, const Token *operand, Mark *mark)
{
    Arena *arena = &c->r->pdf->arena;
    qpdf_data q = c->r->q;
    Object properties = find_properties(c, operand);
    long long id = object_integer(q, properties, "/MCID", 0, INT32_MAX, -1);
    if (id >= 0) {
        mark->marked = true;
        mark->id = (uint32_t)id;
    }
    object_text(arena, q, properties, "/Lang", &mark->language);
    mark->replaced = object_text(arena, q, properties, "/ActualText", &mark->replacement) ||
                     object_text(arena, q, properties, "/E", &mark->replacement) ||
                     object_text(arena, q, properties, "/Alt", &mark->replacement);
    object_release(q, properties);
}

/* "/P <</MCID 0>> BDC", "/Artifact BMC" */
static void begin_mark(Content *c, bool has_properties)
{
    size_t operands = has_properties ? 2 : 1;
    Mark mark = {.marked = false};
    if (c->operands >= operands) {
        const Token *tag = &c->operand[c->operands - operands];
        mark.artifact = tag->kind == TOKEN_NAME && str_equal(tag->text, STR("Artifact"));
    }
    if (has_properties && c->operands)
        read_properties(c, &c->operand[c->operands - 1], &mark);
    if (mark.marked)
        close_mark(c);
    else if (mark.language.n)
        end_run(c);
    if (c->marks < MOST_MARKS)
        c->mark[c->marks] = mark;
    c->marks++;
}

static void add_replacement(Content *c, const Mark *mark);

static void end_mark(Content *c)
{
    if (!c->marks)
        return;
    Mark *mark = c->marks <= MOST_MARKS ? &c->mark[c->marks - 1] : NULL;
    bool closes = mark && mark->marked, speaks = mark && mark->language.n;
    if (mark && mark->replaced) {
        mark->replaced = false;
        if (!is_replaced(c))
            add_replacement(c, mark);
    }
    if (closes)
        close_mark(c);
    else if (speaks)
        end_run(c);
    c->marks--;
}

/* ---- text --------------------------------------------------------------------------------------------- */

static void position(const Content *c, float *x, float *y, float *size)
{
    Matrix m = multiply(c->text, c->state.user);
    *x = (float)m.e;
    *y = (float)m.f;
    *size = (float)(fabs(c->state.size) * sqrt(fabs(m.a * m.d - m.b * m.c)));
}

TagStep tagged_step(const TagRun *before, const TagRun *text)
{
    double larger = (double)(text->size > before->size ? text->size : before->size);
    if (before->page != text->page || fabs((double)(text->y - before->end_y)) > LINE_STEP * larger)
        return TAG_LINE;
    double gap = (double)(text->x - before->end_x);
    bool apart = before->measured && text->measured && (gap > WORD_GAP * larger || gap < -larger);
    return apart ? TAG_GAP : TAG_JOINED;
}

bool tagged_is_leftward(Str s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if ((c >= 0x590 && c < 0x900) || (c >= 0xFB1D && c < 0xFE00) || (c >= 0xFE70 && c < 0xFF00))
            return true;
    }
    return false;
}

bool tagged_ends_in_blank(Str s)
{
    return s.n && (ascii_space(s.p[s.n - 1]) || str_ends(s, STR(NO_BREAK_SPACE)));
}

/* After a hyphen that parts a word, or that lines end with, the word goes on. */
bool tagged_takes_blank(Str s)
{
    return s.n && !tagged_ends_in_blank(s) && s.p[s.n - 1] != '-' &&
           !str_ends(s, STR(SOFT_HYPHEN)) && !str_ends(s, STR("\xE2\x80\x90"));
}

/* Parts text from the text before. Whether the end of a line parts words is known when all is read. */
static void part(Content *c, TagStep step, Str text)
{
    Str before = strbuf_str(&c->run);
    if (!before.n || is_replaced(c))
        return;
    if (step == TAG_LINE) {
        c->r->lines_ended += tagged_ends_in_blank(before);
        c->r->lines_open += tagged_takes_blank(before);
    }
    bool blank = text.n && (ascii_space(text.p[0]) || str_starts(text, STR(NO_BREAK_SPACE)));
    if (!tagged_takes_blank(before) || blank)
        return;
    if (step == TAG_LINE)
        strbuf_add_char(&c->run, '\n');
    else if (step == TAG_GAP && !c->leftward)
        strbuf_add_char(&c->run, ' ');
}

/* Notes where text stands that begins now. */
static void begin_text(Content *c, Str text)
{
    TagRun place = {.page = c->page, .measured = c->state.font && c->state.font->measured};
    position(c, &place.x, &place.y, &place.size);
    place.end_x = place.x;
    place.end_y = place.y;
    if (c->has_place)
        part(c, tagged_step(&c->place, &place), text);
    else
        c->place = place;
    c->has_place = true;
    c->place.measured = place.measured;
}

static void end_text(Content *c)
{
    position(c, &c->place.end_x, &c->place.end_y, &c->place.size);
}

static void add_replacement(Content *c, const Mark *mark)
{
    need_mark(c);
    if (!c->has_place)
        begin_text(c, mark->replacement);
    strbuf_add_str(&c->run, mark->replacement);
}

static void advance(Content *c, double width)
{
    c->text.e += width * c->text.a;
    c->text.f += width * c->text.b;
}

/* What is outside of all marks isn't kept: only that it is there. */
static void note_outside(Content *c, size_t from)
{
    if (!innermost(c) && !in_artifact(c) &&
        str_trim(str_cut(strbuf_str(&c->run), from, c->run.n)).n)
        c->r->outside[c->page] = true;
}

/* Reads the codes of a string, and moves on behind it. */
static void decode(Content *c, Str s, bool silent)
{
    const State *state = &c->state;
    strbuf_clear(&c->decoded);
    for (size_t at = 0; at < s.n;) {
        FontCode code;
        bool known = font_next(state->font, str_cut(s, at, s.n), &code, &c->decoded);
        c->r->pdf->unreadable += !known && !silent;
        at += code.bytes;
        advance(c, ((double)code.width / 1000 * state->size + state->character_space +
                    (code.blank ? state->word_space : 0)) *
                       state->scale);
    }
}

static void show(Content *c, Str s)
{
    bool artifact = in_artifact(c), replaced = is_replaced(c);
    if (!c->state.font || !s.n)
        return;
    Matrix start = c->text;
    decode(c, s, artifact || replaced);
    if (artifact)
        return;
    Matrix end = c->text;
    size_t from = c->run.n;
    c->text = start;
    need_mark(c);
    c->leftward |= tagged_is_leftward(strbuf_str(&c->decoded));
    begin_text(c, strbuf_str(&c->decoded));
    c->text = end;
    if (!replaced)
        strbuf_add_str(&c->run, strbuf_str(&c->decoded));
    note_outside(c, from);
    end_text(c);
}

/* ---- operators (annex A) -------------------------------------------------------------------------------- */

static double number(const Content *c, size_t from_last)
{
    return from_last < c->operands && c->operand[c->operands - 1 - from_last].kind == TOKEN_NUMBER
               ? c->operand[c->operands - 1 - from_last].number
               : 0;
}

static Matrix matrix(const Content *c)
{
    return (Matrix){number(c, 5), number(c, 4), number(c, 3),
                    number(c, 2), number(c, 1), number(c, 0)};
}

static Str string(const Content *c)
{
    return c->operands && c->operand[c->operands - 1].kind == TOKEN_STRING
               ? c->operand[c->operands - 1].text
               : (Str){"", 0};
}

static void move_line(Content *c, double x, double y)
{
    c->line = multiply((Matrix){1, 0, 0, 1, x, y}, c->line);
    c->text = c->line;
}

static void do_save(Content *c)
{
    if (c->states < MOST_STATES)
        c->saved[c->states] = c->state;
    c->states++;
}

static void do_restore(Content *c)
{
    if (!c->states)
        return;
    c->states--;
    if (c->states < MOST_STATES)
        c->state = c->saved[c->states];
}

static void do_transform(Content *c)
{
    c->state.user = multiply(matrix(c), c->state.user);
}

static void do_begin_text(Content *c)
{
    c->text = c->line = identity;
}

static void do_font(Content *c);
static void do_form(Content *c);

static void do_character_space(Content *c)
{
    c->state.character_space = number(c, 0);
}

static void do_word_space(Content *c)
{
    c->state.word_space = number(c, 0);
}

static void do_scale(Content *c)
{
    c->state.scale = number(c, 0) / 100;
}

static void do_leading(Content *c)
{
    c->state.leading = number(c, 0);
}

static void do_move(Content *c)
{
    move_line(c, number(c, 1), number(c, 0));
}

static void do_move_leading(Content *c)
{
    c->state.leading = -number(c, 0);
    do_move(c);
}

static void do_matrix(Content *c)
{
    c->text = c->line = matrix(c);
}

static void do_next_line(Content *c)
{
    move_line(c, 0, -c->state.leading);
}

static void do_show(Content *c)
{
    show(c, string(c));
}

/* Strings, and how far to go back between them. */
static void do_show_list(Content *c)
{
    for (size_t i = 0; i < c->list.n; i++) {
        const Token *item = &c->list.at[i];
        if (item->kind == TOKEN_STRING)
            show(c, item->text);
        else if (item->kind == TOKEN_NUMBER)
            advance(c, -item->number / 1000 * c->state.size * c->state.scale);
    }
}

static void do_show_line(Content *c)
{
    do_next_line(c);
    do_show(c);
}

static void do_show_spaced(Content *c)
{
    c->state.word_space = number(c, 2);
    c->state.character_space = number(c, 1);
    do_show_line(c);
}

static void do_begin(Content *c)
{
    begin_mark(c, false);
}

static void do_begin_properties(Content *c)
{
    begin_mark(c, true);
}

static void do_image(Content *c)
{
    token_skip_image(c->tokens);
}

typedef struct {
    const char *name;
    void (*run)(Content *c);
} Operator;

static void run_operator(Content *c, Str name)
{
    static const Operator operators[] = {
        {"BDC", do_begin_properties},
        {"BMC", do_begin},
        {"EMC", end_mark},
        {"Tj", do_show},
        {"TJ", do_show_list},
        {"'", do_show_line},
        {"\"", do_show_spaced},
        {"Td", do_move},
        {"TD", do_move_leading},
        {"Tm", do_matrix},
        {"T*", do_next_line},
        {"Tf", do_font},
        {"BT", do_begin_text},
        {"Tc", do_character_space},
        {"Tw", do_word_space},
        {"Tz", do_scale},
        {"TL", do_leading},
        {"q", do_save},
        {"Q", do_restore},
        {"cm", do_transform},
        {"Do", do_form},
        {"ID", do_image},
    };
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (str_equal(name, str_from(operators[i].name))) {
            operators[i].run(c);
            return;
        }
}

/* ---- fonts and forms -------------------------------------------------------------------------------------- */

static void do_font(Content *c)
{
    if (c->operands < 2 || c->operand[c->operands - 2].kind != TOKEN_NAME)
        return;
    c->state.size = number(c, 0);
    c->state.font = NULL;
    Object dict = resource(c, "/Font", c->operand[c->operands - 2].text);
    uint64_t id = object_identity(c->r->q, dict);
    for (size_t i = 0; id && i < c->r->fonts.n && !c->state.font; i++)
        if (c->r->fonts.at[i]->identity == id)
            c->state.font = c->r->fonts.at[i];
    if (!c->state.font && object_is_dict(c->r->q, dict)) {
        array_push(&c->r->fonts, font_new(c->r->q, dict));
        c->state.font = array_last(&c->r->fonts);
    }
    object_release(c->r->q, dict);
}

static void run_stream(Content *c, Str source);

static uint32_t stream_of_form(Reading *r, uint64_t form)
{
    uint32_t known = contents_form(r, form);
    if (known != UINT32_MAX)
        return known;
    array_push(&r->forms, form);
    return (uint32_t)(r->pdf->pages + r->forms.n - 1);
}

static Matrix form_matrix(qpdf_data q, Object form)
{
    double n[6] = {1, 0, 0, 1, 0, 0};
    Object list = object_get(q, form, "/Matrix");
    for (size_t i = 0; i < 6 && object_count(q, list) == 6; i++) {
        Object item = qpdf_oh_get_array_item(q, list, (int)i);
        n[i] = object_number_of(q, item, n[i]);
        object_release(q, item);
    }
    object_release(q, list);
    return (Matrix){n[0], n[1], n[2], n[3], n[4], n[5]};
}

/* A form whose content has marks of its own is a stream by itself (14.7.4.2). */
static void run_form(Content *c, Object form, Str source)
{
    qpdf_data q = c->r->q;
    Content inner = {.r = c->r,
                     .outer = c,
                     .form = object_identity(q, form),
                     .page = c->page,
                     .stream = c->stream,
                     .depth = c->depth + 1};
    Object resources = object_get(q, form, "/Resources");
    Object parents = object_get(q, form, "/StructParents");
    bool own = qpdf_oh_is_integer(q, parents);
    inner.resources = object_is_dict(q, resources) ? resources : c->resources;
    inner.state = c->state;
    inner.state.user = multiply(form_matrix(q, form), c->state.user);
    if (own)
        inner.stream = stream_of_form(c->r, inner.form);
    close_mark(c);
    if (!own && innermost(c))
        inner.mark[inner.marks++] = *innermost(c);
    if (in_artifact(c))
        inner.mark[inner.marks++] = (Mark){.artifact = true};
    run_stream(&inner, source);
    object_release(q, parents);
    object_release(q, resources);
}

/* Whether a form draws itself. */
static bool is_drawn(const Content *c, uint64_t form)
{
    for (; c; c = c->outer)
        if (c->outer && c->form == form)
            return true;
    return false;
}

static void do_form(Content *c)
{
    if (!c->operands || c->operand[c->operands - 1].kind != TOKEN_NAME || c->depth >= DEEPEST_FORM)
        return;
    qpdf_data q = c->r->q;
    Object form = resource(c, "/XObject", c->operand[c->operands - 1].text);
    size_t n = 0;
    char *data = NULL;
    if (c->r->budget && !is_drawn(c, object_identity(q, form)) &&
        str_equal(object_name(&c->r->pdf->arena, q, form, "/Subtype"), STR("Form")))
        data = object_data(q, form, &n);
    if (data)
        run_form(c, form, (Str){data, n});
    free(data); /* qpdf's own */
    object_release(q, form);
}

/* ---- streams ------------------------------------------------------------------------------------------------ */

/* What an operator works on; texts are copied, since the tokens' are passing. */
static Token keep(Content *c, Token token)
{
    if (token.kind == TOKEN_STRING || token.kind == TOKEN_NAME)
        token.text = arena_str(&c->scratch, token.text);
    return token;
}

static void push_operand(Content *c, Token token)
{
    if (c->operands == MOST_OPERANDS) {
        memmove(c->operand, c->operand + 1, (MOST_OPERANDS - 1) * sizeof *c->operand);
        c->operands--;
    }
    c->operand[c->operands++] = keep(c, token);
}

static void end_operands(Content *c)
{
    c->operands = c->list.n = 0;
    arena_reset(&c->scratch);
}

/* The array that TJ shows. */
static void read_list(Content *c)
{
    Token token;
    c->list.n = 0;
    while ((token = token_next(c->tokens)).kind != TOKEN_CLOSE && token.kind != TOKEN_END)
        array_push(&c->list, keep(c, token));
}

static void run_stream(Content *c, Str source)
{
    Tokens tokens = {.source = source};
    Reading *r = c->r;
    r->budget -= source.n < r->budget ? source.n : r->budget;
    if (!r->budget)
        return;
    c->tokens = &tokens;
    for (Token token; (token = token_next(&tokens)).kind != TOKEN_END;) {
        if (token.kind == TOKEN_OPEN) {
            read_list(c);
        } else if (token.kind == TOKEN_WORD) {
            run_operator(c, token.text);
            end_operands(c);
        } else if (token.kind != TOKEN_CLOSE) {
            push_operand(c, token);
        }
    }
    close_mark(c);
    c->tokens = NULL;
    strbuf_drop(&tokens.text);
    strbuf_drop(&c->run);
    strbuf_drop(&c->decoded);
    array_drop(&c->list);
    arena_drop(&c->scratch);
}

/* Resources may be those of the pages above (7.7.3.4). */
static Object inherited(qpdf_data q, Object page, const char *key)
{
    enum { DEEPEST_PAGE = 64 };
    Object at = qpdf_oh_new_object(q, page), found = object_get(q, at, key);
    for (int i = 0; i < DEEPEST_PAGE && qpdf_oh_is_null(q, found); i++) {
        Object parent = object_get(q, at, "/Parent");
        object_release(q, at);
        object_release(q, found);
        at = parent;
        found = object_get(q, at, key);
    }
    object_release(q, at);
    return found;
}

static void read_page(Reading *r, uint32_t i)
{
    qpdf_data q = r->q;
    unsigned char *data = NULL;
    size_t n = 0;
    Object page = qpdf_get_page_n(q, i);
    Content c = {.r = r, .page = i, .stream = i, .text = identity, .line = identity};
    c.resources = inherited(q, page, "/Resources");
    c.state = (State){.user = identity, .scale = 1};
    if (!(qpdf_oh_get_page_content_data(q, page, &data, &n) & QPDF_ERRORS) && data)
        run_stream(&c, (Str){(char *)data, n});
    free(data); /* qpdf's own */
    object_release(q, c.resources);
    object_release(q, page);
}

/* Where lines end with blanks, those without one end within a word. */
static void end_lines(Reading *r)
{
    TaggedPdf *pdf = r->pdf;
    pdf->spaced = r->lines_ended > LINES_RATIO * r->lines_open;
    for (size_t i = 0; i < pdf->runs.n; i++) {
        Str *text = &pdf->runs.at[i].text;
        if (str_find(*text, '\n') == text->n)
            continue;
        char *to = arena_bytes(&pdf->arena, text->n);
        size_t n = 0;
        for (size_t k = 0; k < text->n; k++)
            if (text->p[k] != '\n')
                to[n++] = text->p[k];
            else if (!pdf->spaced)
                to[n++] = ' ';
        *text = (Str){to, n};
    }
}

static int by_mark(const void *pa, const void *pb)
{
    const TagMark *a = pa, *b = pb;
    if (a->stream != b->stream)
        return a->stream < b->stream ? -1 : 1;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

void contents_read(Reading *r)
{
    r->budget = MOST_CONTENT;
    r->outside = mem_zalloc(r->pdf->pages + 1);
    for (uint32_t i = 0; i < r->pdf->pages; i++)
        read_page(r, i);
    for (uint32_t i = 0; i < r->pdf->pages; i++)
        r->pdf->outside += r->outside[i];
    mem_free(r->outside);
    end_lines(r);
    if (r->marks.n)
        qsort(r->marks.at, r->marks.n, sizeof *r->marks.at, by_mark);
}

uint32_t contents_form(const Reading *r, uint64_t form)
{
    for (size_t i = 0; i < r->forms.n; i++)
        if (r->forms.at[i] == form)
            return (uint32_t)(r->pdf->pages + i);
    return UINT32_MAX;
}

TagMark *contents_find(Reading *r, uint32_t stream, uint32_t id, size_t *n)
{
    TagMark key = {.stream = stream, .id = id};
    size_t from = 0, to = r->marks.n;
    while (from < to) {
        size_t middle = (from + to) / 2;
        if (by_mark(&r->marks.at[middle], &key) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    TagMark *first = r->marks.n ? &r->marks.at[from] : NULL;
    for (to = from;
         to < r->marks.n && r->marks.at[to].stream == stream && r->marks.at[to].id == id;)
        to++;
    *n = to - from;
    return first;
}
