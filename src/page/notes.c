#include "base/mem.h"
#include "page/internal.h"

/* Footnotes: raised numbers in the text, and the texts of the notes at the end of their section. */

#define RULE_LENGTH 72.0f /* over the notes; shorter than any table's */
#define RULE_WIDTH 0.5f
#define RULE_BEFORE 18.0f
#define RULE_AFTER 6.0f
#define LABEL_GAP 4.0f   /* between a number and its text */
#define PLACE_ABOVE 6.0f /* where a link leads: so far over the line */

/* Names of places that no id can have. */
#define NOTE_PLACE "note:"
#define MARK_PLACE "mark:"

void notes_begin(Composer *c)
{
    Notes *n = &c->notes;
    size_t notes = c->e->report->notes;
    notes_release(c);
    n->number = mem_zalloc((notes + 1) * sizeof *n->number);
    n->marked = mem_zalloc((notes + 1) * sizeof *n->marked);
}

void notes_release(Composer *c)
{
    array_drop(&c->notes.met);
    mem_free(c->notes.number);
    mem_free(c->notes.marked);
    c->notes = (Notes){.number = NULL};
}

unsigned notes_number(Composer *c, const Note *note)
{
    Notes *n = &c->notes;
    if (!n->number[note->index]) {
        array_push(&n->met, note);
        n->number[note->index] = (unsigned)n->met.n;
    }
    return n->number[note->index];
}

static void number_one(void *context, const Note *note)
{
    notes_number(context, note);
}

void notes_number_blocks(Composer *c, const Block *blocks)
{
    if (c->e->report->notes)
        blocks_each_note(blocks, number_one, c);
}

void notes_number_inlines(Composer *c, const Inline *inlines)
{
    if (c->e->report->notes)
        inlines_each_note(inlines, number_one, c);
}

/* "#note:7" */
static Str place(Composer *c, const char *name, unsigned number)
{
    StrBuf text = {0};
    strbuf_addf(&text, "#%s%u", name, number);
    Str kept = arena_str(&c->arena, strbuf_str(&text));
    strbuf_drop(&text);
    return kept;
}

static Str without_hash(Str target)
{
    return str_cut(target, 1, target.n);
}

Str notes_target(Composer *c, const Note *note)
{
    return place(c, NOTE_PLACE, notes_number(c, note));
}

bool notes_is_target(Str target)
{
    return str_starts(target, STR("#" NOTE_PLACE)) || str_starts(target, STR("#" MARK_PLACE));
}

/* The line that the paragraph's run begins in. */
static uint32_t line_of_run(const GlyphPara *para, uint32_t source)
{
    uint32_t run = 0;
    while (run + 1 < para->runs && para->run[run].source != source)
        run++;
    uint32_t line = 0;
    while (line + 1 < para->lines && para->line[line].end <= para->run[run].first)
        line++;
    return line;
}

void notes_place_marks(Composer *c, const Spec *spec, float y, float leading, uint32_t from,
                       uint32_t to)
{
    for (size_t i = 0; i < spec->marks; i++) {
        uint32_t line = line_of_run(spec->para, spec->mark[i].run);
        if (line < from || line >= to)
            continue;
        Str name = without_hash(place(c, MARK_PLACE, spec->mark[i].number));
        float at = y + (float)(line - from) * leading - PLACE_ABOVE;
        document_destination(c->d, name, at < 0 ? 0 : at);
    }
}

/* ---- the texts ------------------------------------------------------------------------------ */

static void add_rule(Composer *c)
{
    flow_unit(c, (Unit){.kind = UNIT_RULE,
                        .width = RULE_LENGTH,
                        .before = RULE_BEFORE,
                        .after = RULE_AFTER,
                        .height = RULE_WIDTH,
                        .rule = {RULE_WIDTH, colour_of(c, COLOUR_axis)},
                        .keep_next = true});
}

/* The number before a note leads back to its mark. */
static void pend_label(Composer *c, Node note, unsigned number, bool marked, float width)
{
    const Style *style = style_of(c, STYLE_note);
    Node label = document_node(c->d, note, ROLE_LBL);
    Inline *words = arena_new(batch_arena(c), Inline), *link = arena_new(batch_arena(c), Inline);
    strbuf_clear(&c->text);
    strbuf_add_int(&c->text, number);
    *words = (Inline){.kind = INLINE_TEXT, .text = kept_text(c)};
    *link = (Inline){.kind = INLINE_LINK, .children = words};
    link->target = place(c, MARK_PLACE, number);
    Piece piece = {.style = style, .inlines = marked ? link : words, .quiet_links = true};
    c->pending.label = spec_queue(c, spec_new(c, batch_arena(c), &piece, 1, label, width));
    c->pending.label_style = style;
    c->pending.label_node = label;
    c->pending.label_x = 0;
}

static float label_width(Composer *c)
{
    StrBuf widest = {0};
    strbuf_add_int(&widest, (int64_t)c->notes.met.n);
    float width = spec_width(c, style_of(c, STYLE_note), strbuf_str(&widest)) + LABEL_GAP;
    strbuf_drop(&widest);
    return width;
}

static void add_note(Composer *c, const Note *note, float indent)
{
    const Style *style = style_of(c, STYLE_note);
    unsigned number = notes_number(c, note);
    const Block *blocks = edition_note(c->e, note);
    Column col = text_column(c);
    Node node = document_node(c->d, col.parent, ROLE_NOTE);
    notes_number_blocks(c, blocks);
    pend_label(c, node, number, c->notes.marked[note->index], indent);
    col = (Column){.x = indent, .width = col.width - indent, .parent = node, .style = style};
    c->pending.label_destination = without_hash(notes_target(c, note));
    blocks_add(c, blocks, col);
    flow_label(c);
}

void notes_flush(Composer *c)
{
    Notes *n = &c->notes;
    if (n->shown == n->met.n)
        return;
    add_rule(c);
    float indent = label_width(c);
    while (n->shown < n->met.n) /* their texts may have marks of others */
        add_note(c, n->met.at[n->shown++], indent);
    flow_after(c, RULE_BEFORE);
}
