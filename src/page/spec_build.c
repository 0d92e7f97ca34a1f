#include <math.h>

#include "base/utf8.h"
#include "language/nobreak.h"
#include "language/typing.h"
#include "page/elements.h"

/* How the text that is being added looks. */
typedef struct {
    const Style *style;
    bool bold, italic, code, strike, link, quiet_links, without_notes, number, pages;
    bool names, name;     /* what links say is one, and this is one */
    float scale, rise;    /* of the style's size */
    const Note *note;     /* its mark is being added */
    uint32_t reference;   /* its words are being added */
    const Inline *pulled; /* this figure is being added */
    Str language;
    Element *element;
} Look;

typedef struct {
    Composer *c;
    Arena *arena;
    SpecBuilding *a;
    Look look;
    bool any_element, artifact;
    bool too_many; /* runs: the rest looks like the last one */
    bool given;    /* what is added is a field as it was given, perhaps a case number */
    bool stop;     /* the last thing added was a figure that ends with a full stop */
    size_t start;  /* of the open run */
    Pos start_pos;
} Builder;

/* ---- runs ----------------------------------------------------------------------------------- */

/* Lines of type name their runs with 16 bits. */
enum { MOST_RUNS = UINT16_MAX - 1 };

#define MARK_SCALE 0.65f /* of raised and lowered letters */
#define LEAST_NOTE 7.0f  /* points: a smaller number of a note reads as a dagger */
#define MARK_RISE 0.36f
#define MARK_DROP (-0.14f)

static float size_of(const Look *k)
{
    return (float)k->style->size * k->scale;
}

static float rise_of(const Look *k)
{
    return (float)k->style->rise + (float)k->style->size * k->rise;
}

static bool same_look(const TextRun *r, const TextRun *other)
{
    return r->font == other->font && r->size == other->size && r->rise == other->rise &&
           r->colour == other->colour && r->flags == other->flags &&
           r->features == other->features && r->hyphenate == other->hyphenate &&
           r->name == other->name && str_equal(r->language, other->language);
}

/* Small letters of code are as high as those of the text around it. */
static float code_scale(const Builder *b, const Look *k, const Font *font)
{
    const Font *around = style_font(b->c, k->style, false, false);
    const Face *own = &font->face, *other = &around->face;
    if (own->x_height <= 0 || other->x_height <= 0)
        return 1;
    return (float)other->x_height * (float)own->upem / ((float)own->x_height * (float)other->upem);
}

static uint8_t figures_of_number(const Style *s)
{
    Style tabular = *s;
    tabular.figures = FIGURES_TABULAR;
    return style_features(&tabular);
}

/* Whose font it has: the mark of a note that of the number before the note. */
static const Style *type_of(const Composer *c, const Look *k)
{
    return k->code ? style_of(c, STYLE_code) : k->note ? style_of(c, STYLE_note_number) : k->style;
}

/* Ends the run that was being added to. */
static void end_run(Builder *b)
{
    size_t n = b->a->text.n - b->start;
    const Look *k = &b->look;
    if (!n)
        return;
    const Style *style = type_of(b->c, k);
    const Font *font = style_font(b->c, style, k->bold, k->italic);
    uint32_t colour = k->link && !k->quiet_links ? style_of(b->c, STYLE_link)->colour
                                                 : k->style->colour;
    uint8_t flags = (uint8_t)((k->link && !k->quiet_links && !k->note ? RUN_UNDERLINE : 0) |
                              (k->strike ? RUN_STRIKE : 0) | (k->code ? RUN_VERBATIM : 0));
    BuiltRun *last = b->a->runs.n ? &array_last(&b->a->runs) : NULL;
    TextRun run = {.text = {NULL, n},
                   .font = font,
                   .language = k->language,
                   .size = size_of(k) * (k->code ? code_scale(b, k, font) : 1),
                   .rise = rise_of(k),
                   .colour = colour,
                   .flags = flags,
                   .features = (k->number ? figures_of_number(style) : style_features(style)) |
                               (k->code ? FEATURE_NO_LIGATURES : 0),
                   .hyphenate = k->style->hyphenate && !k->code,
                   .name = k->name};
    b->too_many |= b->a->runs.n >= MOST_RUNS;
    if (last && (b->too_many || (last->element == k->element && last->note == k->note &&
                                 last->reference == k->reference && last->pulled == k->pulled &&
                                 !last->image && same_look(&last->run, &run)))) {
        last->run.text.n += n;
    } else {
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): an array that is full grows */
        array_push(&b->a->runs, ((BuiltRun){.run = run,
                                            .pos = b->start_pos,
                                            .element = k->element,
                                            .note = k->note,
                                            .pulled = k->pulled,
                                            .reference = k->reference}));
    }
    b->start = b->a->text.n;
}

static void begin_run(Builder *b, Pos pos)
{
    if (b->a->text.n == b->start)
        b->start_pos = pos;
}

/* A figure ends with its unit's full stop ("35 pct."), which the sentence's own would double. */
static Str without_double_stop(Builder *b, Str text)
{
    bool twice = b->stop && str_starts(text, STR(".")) && !str_starts(text, STR(".."));
    b->stop = false;
    return twice ? str_cut(text, 1, text.n) : text;
}

/* The text of a report's own words, which is nobody else's and no code. */
static void add_own_text(Builder *b, Str text)
{
    const TypingStyle *style = &b->c->l->typing;
    Typing typing = {style->open,      style->close,   style->dashes, style->minus,
                     style->intervals, b->look.number, b->c->t};
    if (b->c->quoting)
        typing = (Typing){.number = b->look.number};
    typing.minus |= b->look.number;
    typing.intervals &= !b->given;
    if (!typing_changes(&typing)) {
        nobreak_add(&b->a->text, b->c->t, text);
        return;
    }
    StrBuf printed = {0};
    typing_add(&printed, &typing, strbuf_str(&b->a->text), text);
    nobreak_add(&b->a->text, b->c->t, strbuf_str(&printed));
    strbuf_drop(&printed);
}

static Element *new_element(Builder *b, const Inline *in, Role role, Element *parent);

static void add_expanded(Builder *b, size_t at, size_t end, const Abbreviation *abbreviation)
{
    Look before = b->look;
    b->a->text.n = at;
    end_run(b);
    b->look.element = new_element(b, NULL, ROLE_SPAN, before.element);
    b->look.element->abbreviation = abbreviation;
    b->look.element->at = at;
    b->a->text.n = end;
    end_run(b);
    b->look = before;
}

/* Whether capitals that belong together may begin with a byte: most of them are small letters. */
static bool may_begin_capitals(char c)
{
    return (unsigned char)c >= 0x80 || ascii_digit(c) || ascii_lower(c) != c;
}

/* Screen readers say what abbreviations stand for that the report explains. */
static void expand_abbreviations(Builder *b, size_t from)
{
    Str text = strbuf_str(&b->a->text);
    if (b->artifact || b->c->explaining || b->look.note)
        return;
    for (size_t at = from; at < text.n;) {
        size_t n = may_begin_capitals(text.p[at]) ? glossary_capitals(text, at) : 0;
        uint32_t index;
        if (n && map_get(&b->c->abbreviation_of, str_cut(text, at, at + n), &index))
            add_expanded(b, at, at + n, &b->c->abbreviation[index]);
        if (n)
            at += n;
        else
            utf8_next(text, &at);
    }
    b->a->text.n = text.n;
}

static void add_text(Builder *b, Str text)
{
    size_t from = b->a->text.n;
    bool own = str_equal(b->look.language, b->c->t->language);
    if (own && !b->look.code)
        add_own_text(b, text);
    else
        strbuf_add_str(&b->a->text, text);
    for (size_t i = from; i < b->a->text.n; i++)
        if (b->a->text.p[i] == '\n')
            b->a->text.p[i] = ' ';
    if (own && !b->look.code && b->c->abbreviation_of.n)
        expand_abbreviations(b, from);
}

/* ---- inlines -------------------------------------------------------------------------------- */

static void add_inlines(Builder *b, const Inline *in);

/* What is pulled out has a run of its own, so that its line is known. */
static void begin_pulled(Builder *b, const Inline *in)
{
    end_run(b);
    b->look.pulled = in;
    begin_run(b, in->pos);
}

static void add_figure(Builder *b, const Inline *in)
{
    const KeyFigure *f = in->figure;
    bool pulled = pull_out_is(b->c, in);
    if (!f)
        return; /* report_check has told */
    if (pulled)
        begin_pulled(b, in);
    quantity_print_with_unit(&b->a->text, b->c->t, &f->value, f->unit);
    b->stop = b->a->text.n && b->a->text.p[b->a->text.n - 1] == '.';
    if (pulled)
        end_run(b);
    b->look.pulled = NULL;
}

/* Adds what is inside an inline with another look. */
static void add_with(Builder *b, const Inline *children, Look look)
{
    Look before = b->look;
    end_run(b);
    b->look = look;
    add_inlines(b, children);
    end_run(b);
    b->look = before;
}

static Element *new_element(Builder *b, const Inline *in, Role role, Element *parent)
{
    if (b->artifact)
        return b->look.element;
    Element *e = arena_new(b->arena, Element);
    e->in = in;
    e->abbreviation = NULL;
    e->role = role;
    e->parent = parent;
    if (e->parent)
        e->parent->has_children = true;
    b->any_element = true;
    return e;
}

static bool leads_somewhere(const Builder *b, Str target)
{
    return !str_starts(target, STR("#")) || notes_is_target(target) ||
           references_lead(b->c, target);
}

/* "tabel 3 på side 7" */
static void add_reference(Builder *b, const Inline *in)
{
    Look look = b->look, before = b->look;
    end_run(b);
    Str text = references_text(b->c, in);
    look.reference = in->number;
    if (!look.link && references_lead(b->c, in->target)) {
        Element *reference = new_element(b, in, ROLE_REFERENCE, look.element);
        look.element = new_element(b, in, ROLE_LINK, reference);
        if (look.element)
            look.element->text = text;
        look.link = true;
    }
    b->look = look;
    begin_run(b, in->pos);
    add_text(b, references_printed(b->c, text, strbuf_str(&b->a->text)));
    end_run(b);
    b->look = before;
}

static void add_link(Builder *b, const Inline *in)
{
    Look look = b->look;
    if (inline_is_reference(in)) {
        add_reference(b, in);
        return;
    }
    bool leads = !look.link && leads_somewhere(b, in->target);
    bool with_page = leads && look.pages && in->number;
    look.name = look.names;
    if (leads) {
        look.element = new_element(b, in, ROLE_LINK, look.element);
        look.link = true;
    }
    if (with_page)
        look.reference = in->number;
    add_with(b, in->children, look);
    if (!with_page)
        return;
    begin_run(b, in->pos);
    add_text(b, references_page_behind(b->c, in));
}

static void add_span(Builder *b, const Inline *in)
{
    Look look = b->look;
    if (in->language.n) {
        look.element = new_element(b, in, ROLE_SPAN, look.element);
        look.language = in->language;
    }
    add_with(b, in->children, look);
}

/* Between two marks that stand together, as high as they. */
static void add_comma(Builder *b, const Look *mark)
{
    Look before = b->look;
    b->look.scale = mark->scale;
    b->look.rise = mark->rise;
    strbuf_add_char(&b->a->text, ',');
    end_run(b);
    b->look = before;
}

/* A raised number that leads to the note. Within a link it is no link of its own. */
static void add_note(Builder *b, const Inline *in)
{
    Look look = b->look, before = b->look;
    if (look.without_notes)
        return;
    look.scale *= fmaxf(MARK_SCALE, LEAST_NOTE / size_of(&look));
    look.rise += MARK_RISE;
    look.note = in->note;
    if (!look.link) {
        Element *reference = new_element(b, in, ROLE_REFERENCE, look.element);
        look.element = new_element(b, in, ROLE_LINK, reference);
        look.link = true;
    }
    end_run(b);
    if (b->a->runs.n && array_last(&b->a->runs).note)
        add_comma(b, &look);
    b->look = look;
    begin_run(b, in->pos);
    strbuf_add_int(&b->a->text, notes_number(b->c, in->note));
    end_run(b);
    b->look = before;
}

static void add_code(Builder *b, const Inline *in)
{
    Look before = b->look;
    end_run(b);
    begin_run(b, in->pos);
    b->look.code = true;
    b->look.element = new_element(b, in, ROLE_CODE, before.element);
    add_text(b, in->text);
    end_run(b);
    b->look = before;
}

/* As high as its line at most, so that lines keep their distance: from the baseline to the line's top. */
static float width_in_line(Builder *b, const Inline *in, const Image *image)
{
    const float stamp = 4; /* times smaller: nobody sees what it shows */
    double width = image_natural_width(image);
    double height = width * image->height / image->width;
    double most = (double)(style_baseline(b->c, b->look.style) * b->look.scale);
    if (height > most * (double)stamp) {
        diag_warning(b->c->diags, in->pos,
                     "this picture is set as high as its line, a small part of its own height");
        diag_hint(b->c->diags, "give it a line of its own");
    }
    return (float)(height > most ? width * most / height : width);
}

static void add_image(Builder *b, const Inline *in)
{
    Composer *c = b->c;
    if (b->look.without_notes) {
        add_with(b, in->children, b->look);
        return;
    }
    const Image *image = c->request->image(c->request->context, in->target, in->pos);
    Element *around = b->look.element;
    end_run(b);
    if (!image || b->a->runs.n >= MOST_RUNS) {
        b->too_many |= image != NULL;
        return;
    }
    if (in->children)
        b->look.element = new_element(b, in, ROLE_FIGURE, around);
    b->any_element = true;
    strbuf_add_text(&b->a->text, TEXT_OBJECT);
    TextRun run = {.text = {NULL, b->a->text.n - b->start},
                   .font = style_font(c, b->look.style, false, false),
                   .language = b->look.language,
                   .size = size_of(&b->look),
                   .rise = rise_of(&b->look),
                   .object = width_in_line(b, in, image)};
    array_push(&b->a->runs, ((BuiltRun){.run = run,
                                        .pos = in->pos,
                                        .element = b->look.element,
                                        .image = document_image(c->d, image) + 1,
                                        .decoration = !in->children}));
    b->start = b->a->text.n;
    b->look.element = around;
}

/* Whether all that is emphasised is words in another language. */
static bool is_foreign(const Builder *b, const Inline *in)
{
    if (!str_equal(b->look.language, b->c->t->language))
        return true;
    for (; in && in->kind == INLINE_SPAN && in->language.n;)
        in = in->next;
    return !in;
}

/* Without italics the words of other languages look like the text: they need no emphasis. */
static void add_emphasis(Builder *b, const Inline *in)
{
    Look look = b->look;
    if (b->c->l->upright)
        look.italic = !is_foreign(b, in->children);
    else
        look.italic = !look.italic;
    add_with(b, in->children, look);
}

static void add_inline(Builder *b, const Inline *in)
{
    Look look = b->look;
    begin_run(b, in->pos);
    switch (in->kind) {
    case INLINE_TEXT:
        add_text(b, without_double_stop(b, in->text));
        break;
    case INLINE_FIGURE:
        add_figure(b, in);
        break;
    case INLINE_LINE_BREAK:
        strbuf_add_char(&b->a->text, '\n');
        break;
    case INLINE_CODE:
        add_code(b, in);
        break;
    case INLINE_EMPHASIS:
        add_emphasis(b, in);
        break;
    case INLINE_STRONG:
        look.bold = true;
        add_with(b, in->children, look);
        break;
    case INLINE_STRIKE:
        look.strike = true;
        add_with(b, in->children, look);
        break;
    case INLINE_SUPER:
    case INLINE_SUB:
        look.rise += in->kind == INLINE_SUPER ? MARK_RISE * look.scale : MARK_DROP * look.scale;
        look.scale *= MARK_SCALE;
        add_with(b, in->children, look);
        break;
    case INLINE_NOTE:
        add_note(b, in);
        break;
    case INLINE_LINK:
        add_link(b, in);
        break;
    case INLINE_SPAN:
        add_span(b, in);
        break;
    case INLINE_IMAGE:
        add_image(b, in);
        break;
    }
}

static void add_inlines(Builder *b, const Inline *in)
{
    for (; in; in = in->next)
        add_inline(b, in);
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void keep_runs(Builder *b, Spec *spec)
{
    Str text = arena_str(b->arena, strbuf_str(&b->a->text));
    size_t at = 0;
    spec->runs = b->a->runs.n;
    spec->run = arena_array(b->arena, spec->runs, TextRun);
    spec->pos = arena_array(b->arena, spec->runs, Pos);
    for (size_t i = 0; i < spec->runs; i++) {
        const BuiltRun *built = &b->a->runs.at[i];
        if (built->image && !spec->image)
            spec->image = arena_zalloc(b->arena, spec->runs * sizeof *spec->image);
        if (built->image)
            spec->image[i] = built->image;
        spec->run[i] = built->run;
        spec->pos[i] = built->pos;
        spec->run[i].text = str_cut(text, at, at + built->run.text.n);
        at += built->run.text.n;
    }
}

/* Remembers marks of notes that stand here for the first time in the document. */
static void keep_marks(Builder *b, Spec *spec)
{
    Notes *notes = &b->c->notes;
    size_t n = 0;
    for (size_t i = 0; i < spec->runs; i++)
        n += b->a->runs.at[i].note != NULL;
    if (!n || b->artifact || spec->node == NODE_NONE)
        return;
    NoteMark *mark = arena_array(b->arena, n, NoteMark);
    spec->mark = mark;
    for (size_t i = 0; i < spec->runs; i++) {
        const Note *note = b->a->runs.at[i].note;
        if (!note || notes->marked[note->index])
            continue;
        notes->marked[note->index] = true;
        mark[spec->marks++] = (NoteMark){(uint32_t)i, notes_number(b->c, note)};
    }
}

static void keep_references(Builder *b, Spec *spec)
{
    size_t n = 0;
    for (size_t i = 0; i < spec->runs; i++)
        n += b->a->runs.at[i].reference != 0;
    if (!n || b->artifact || spec->node == NODE_NONE)
        return;
    ReferenceMark *mark = arena_array(b->arena, n, ReferenceMark);
    spec->reference = mark;
    for (size_t i = 0; i < spec->runs; i++)
        if (b->a->runs.at[i].reference)
            mark[spec->references++] = (ReferenceMark){(uint32_t)i, b->a->runs.at[i].reference};
}

static void keep_pulls(Builder *b, Spec *spec)
{
    size_t n = 0;
    for (size_t i = 0; i < spec->runs; i++)
        n += b->a->runs.at[i].pulled != NULL;
    if (!n || b->artifact || spec->node == NODE_NONE)
        return;
    PullMark *pull = arena_array(b->arena, n, PullMark);
    spec->pull = pull;
    for (size_t i = 0; i < spec->runs; i++)
        if (b->a->runs.at[i].pulled)
            pull[spec->pulls++] = (PullMark){(uint32_t)i, b->a->runs.at[i].pulled};
}

static void add_part(uint32_t *part, size_t *n, uint32_t at)
{
    if (at && (!*n || part[*n - 1] != at))
        part[(*n)++] = at;
}

/* What is made of several pieces reads as the report does, whatever name it begins with, and so does what a
 * recommendation is founded on: names that links say are parts of it as pieces are. */
static void keep_parts(Builder *b, Spec *spec, const Piece *pieces, size_t n)
{
    if ((n < 2 && !pieces[0].names) || !bidi_needed(strbuf_str(&b->a->text)))
        return;
    uint32_t *part = arena_array(b->arena, spec->runs + b->a->parts.n, uint32_t), at = 0;
    size_t parts = 0, next = 0;
    for (size_t i = 0; i < spec->runs; i++) {
        const TextRun *run = &spec->run[i];
        if (i && (run->name || run[-1].name))
            add_part(part, &parts, at);
        at += (uint32_t)run->text.n;
        while (next < b->a->parts.n && b->a->parts.at[next] < at)
            add_part(part, &parts, b->a->parts.at[next++]);
    }
    spec->composed = (BidiComposed){b->c->t->language, part, parts};
}

Spec *spec_new(Composer *c, Arena *arena, const Piece *pieces, size_t n, Node node, float measure)
{
    Builder b = {.c = c, .arena = arena, .artifact = node_is_artifact(node), .a = &c->building};
    strbuf_clear(&b.a->text);
    b.a->runs.n = b.a->parts.n = 0;
    Spec *spec = arena_new(arena, Spec);
    *spec = (Spec){.node = node,
                   .measure = measure,
                   .style = pieces[0].style,
                   .align = style_align(pieces[0].style)};
    for (size_t i = 0; i < n; i++) {
        b.look = (Look){.style = pieces[i].style,
                        .quiet_links = pieces[i].quiet_links,
                        .without_notes = pieces[i].without_notes,
                        .code = pieces[i].code,
                        .number = pieces[i].number,
                        .pages = pieces[i].pages,
                        .names = pieces[i].names,
                        .scale = 1,
                        .language = c->t->language};
        if (pieces[i].refers)
            b.look.element = new_element(&b, NULL, ROLE_REFERENCE, NULL);
        if (!spec->source)
            spec->source = pieces[i].inlines;
        b.given = pieces[i].text.n > 0 && !pieces[i].prose;
        if (pieces[i].text.n)
            add_text(&b, pieces[i].text);
        else
            add_inlines(&b, pieces[i].inlines);
        end_run(&b);
        array_push(&b.a->parts, (uint32_t)b.a->text.n);
    }
    if (b.too_many) {
        diag_error(c->diags, b.a->runs.at[0].pos,
                   "this paragraph changes its look more than %d times", MOST_RUNS);
        c->failed = true;
    }
    elements_leave_explained(b.a);
    keep_runs(&b, spec);
    keep_parts(&b, spec, pieces, n);
    keep_marks(&b, spec);
    keep_references(&b, spec);
    keep_pulls(&b, spec);
    if (b.any_element && !b.artifact && node != NODE_NONE)
        elements_give(c, arena, b.a, spec);
    return spec;
}
