#include <string.h>

#include "base/mem.h"
#include "reader/internal.h"

/* cmark-gfm drops footnotes that nothing refers to, and tells neither the label of a footnote nor where a
 * second one of the same label was. So the lines that look like footnotes are gathered from the source,
 * and behind the text cmark is given a paragraph with a mark for each: all are kept, and those that are
 * asked for by no other mark are reported. */

/* CommonMark, 4.7: link labels are shorter than this. */
enum { LONGEST_LABEL = 1000 };

/* Length of "[^label]", 0 when the text doesn't begin with one. */
static size_t mark_length(Str s)
{
    if (!str_starts(s, STR("[^")))
        return 0;
    size_t i = 2;
    s = str_cut(s, 0, LONGEST_LABEL); /* many marks may open that none closes */
    while (i < s.n && s.p[i] != ']' && !ascii_space(s.p[i]))
        i++;
    return i > 2 && i < s.n && s.p[i] == ']' ? i + 1 : 0;
}

void footnotes_look_at_line(Reader *r, Str line, uint32_t number)
{
    size_t at = source_skip_containers(line);
    Str rest = str_cut(line, at, line.n);
    size_t n = mark_length(rest);
    if (!n || n >= rest.n || rest.p[n] != ':')
        return;
    size_t column = at + 1; /* what stands before it is ASCII */
    NoteLine found = {.label = str_cut(rest, 2, n - 1),
                      .pos = {number, pos_column(column), r->file}};
    array_push(&r->note_lines, found);
}

void footnotes_feed(Reader *r, cmark_parser *parser)
{
    StrBuf *text = &r->behind;
    strbuf_add_text(text, "\n");
    for (size_t i = 0; i < r->note_lines.n; i++) {
        strbuf_add_text(text, "\n[^");
        strbuf_add_str(text, r->note_lines.at[i].label);
        strbuf_add_text(text, "]\n");
    }
    definitions_add_labels(r, text);
    if (r->note_lines.n || r->links.n)
        cmark_parser_feed(parser, text->p, text->n);
}

/* The first that stands in a line from `line` on. */
static size_t first_from(const Reader *r, uint32_t line)
{
    size_t low = 0, high = r->note_lines.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (r->note_lines.at[middle].pos.line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static NoteLine *line_of(const Reader *r, uint32_t line)
{
    size_t i = first_from(r, line);
    return i < r->note_lines.n && r->note_lines.at[i].pos.line == line ? &r->note_lines.at[i]
                                                                       : NULL;
}

/* A code block without an end takes the marks behind the text, too. */
static void take_from_code(Reader *r, cmark_node *node)
{
    while (node && cmark_node_last_child(node))
        node = cmark_node_last_child(node);
    cmark_node_type type = node ? cmark_node_get_type(node) : CMARK_NODE_NONE;
    if (type != CMARK_NODE_CODE_BLOCK && type != CMARK_NODE_HTML_BLOCK)
        return;
    /* Blank lines before the end of the text belong to the block as well. */
    Str literal = str_from(cmark_node_get_literal(node)), marks = str_trim(strbuf_str(&r->behind));
    Str whole = str_trim(literal);
    if (!str_ends(whole, marks))
        return;
    r->marks_lost = true;
    diag_warning(r->diags, pos_of(r, node), "this block is not ended");
    char *kept = mem_strndup(whole.p, whole.n - marks.n);
    cmark_node_set_literal(node, kept);
    mem_free(kept);
}

/* Takes the marks and labels behind the text away again; the footnotes stand below them. */
static void take_marks(Reader *r, cmark_node *document, uint32_t last_line)
{
    cmark_node *node = cmark_node_last_child(document), *before;
    while (node && cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_DEFINITION)
        node = cmark_node_previous(node);
    for (size_t i = r->links.n;
         node && (uint32_t)cmark_node_get_start_line(node) + r->line_offset > last_line;
         node = before) {
        before = cmark_node_previous(node);
        if (i > 0)
            definitions_take_label(r, --i, node);
        cmark_node_free(node);
    }
    take_from_code(r, node);
}

void footnotes_collect(Reader *r, cmark_node *document, uint32_t last_line)
{
    if (!r->note_lines.n && !r->links.n)
        return;
    take_marks(r, document, last_line);
    for (cmark_node *n = cmark_node_first_child(document), *next; n; n = next) {
        next = cmark_node_next(n);
        if (cmark_node_get_type(n) != CMARK_NODE_FOOTNOTE_DEFINITION)
            continue;
        uint32_t line = (uint32_t)cmark_node_get_start_line(n) + r->line_offset;
        NoteLine *at = line_of(r, line);
        Note *note = arena_new(r->arena, Note);
        note->pos = at ? at->pos : pos_of(r, n);
        note->label = at ? arena_str(r->arena, at->label) : (Str){"", 0};
        if (at)
            at->kept = true;
        array_push(&r->definitions, ((NoteDefinition){n, note, false}));
        cmark_node_unlink(n);
    }
}

/* The literal of a mark is the number of the definition. */
const Note *footnote_of(Reader *r, cmark_node *mark)
{
    double number;
    const char *literal = cmark_node_get_literal(mark);
    if (!conf_parse_number(str_from(literal), &number) || number < 1 ||
        number > (double)r->definitions.n)
        return NULL;
    NoteDefinition *d = &r->definitions.at[(size_t)number - 1];
    if (!d->used) {
        d->used = true;
        d->note->index = r->notes.n;
        array_push(&r->notes, d);
    }
    return d->note;
}

static void report_unused(Reader *r, Str label, Pos pos)
{
    diag_warning(r->diags, pos, "the footnote '%.*s' is left out: nothing refers to it",
                 (int)label.n, label.p);
    diag_hint(r->diags, "write [^%.*s] where its mark is to stand", (int)label.n, label.p);
}

/* Lines that look like footnotes and became none: a second one of a label, when it isn't code. */
static void report_lost(Reader *r)
{
    Map first = {0};
    for (size_t i = 0; i < r->note_lines.n; i++)
        if (r->note_lines.at[i].kept)
            map_put(&first, r->note_lines.at[i].label, (uint32_t)i);
    for (size_t i = 0; i < r->note_lines.n; i++) {
        const NoteLine *l = &r->note_lines.at[i];
        uint32_t number;
        if (l->kept || l->code)
            continue;
        if (!map_get(&first, l->label, &number)) {
            if (r->marks_lost)
                report_unused(r, l->label, l->pos);
            continue;
        }
        diag_error(r->diags, l->pos, "the footnote '%.*s' is given twice", (int)l->label.n,
                   l->label.p);
        diag_also(r->diags, r->note_lines.at[number].pos, "it was given here first");
    }
    map_drop(&first);
}

void footnotes_read(Reader *r)
{
    for (size_t i = 0; i < r->notes.n; i++) { /* notes may have marks of others */
        const NoteDefinition *d = r->notes.at[i];
        d->note->blocks = blocks_read(r, cmark_node_first_child(d->node));
        if (!d->note->blocks) {
            diag_warning(r->diags, d->note->pos, "the footnote '%.*s' is empty",
                         (int)d->note->label.n, d->note->label.p);
        }
    }
    for (size_t i = 0; i < r->definitions.n; i++) {
        NoteDefinition *d = &r->definitions.at[i];
        if (!d->used)
            report_unused(r, d->note->label, d->note->pos);
        cmark_node_free(d->node);
    }
    report_lost(r);
}

/* A label that is nearly the one that was meant, or NULL; only for the first ones. */
static const char *nearest_label(Reader *r, Arena *scratch, Str label)
{
    size_t n = r->note_lines.n;
    if (r->undefined++ >= MOST_HINTS)
        return NULL;
    const char **names = arena_array(scratch, n + 1, const char *);
    for (size_t i = 0; i < n; i++) {
        Str name = r->note_lines.at[i].label;
        names[i] = arena_strndup(scratch, name.p, name.n);
    }
    return diag_nearest(label, names, n);
}

void footnotes_check_mark(Reader *r, Str text, size_t at, Pos pos)
{
    text = str_cut(text, at, text.n);
    size_t n = mark_length(text);
    if (!n)
        return;
    Arena scratch = {0};
    Str label = str_cut(text, 2, n - 1);
    diag_error(r->diags, pos, "there is no footnote '%.*s'", (int)label.n, label.p);
    const char *nearest = nearest_label(r, &scratch, label);
    if (nearest)
        diag_hint(r->diags, "did you mean [^%s]?", nearest);
    else
        diag_hint(r->diags, "its text is a line that begins with [^%.*s]:", (int)label.n, label.p);
    arena_drop(&scratch);
}

void footnotes_release(Reader *r)
{
    array_drop(&r->note_lines);
    array_drop(&r->definitions);
    array_drop(&r->notes);
    strbuf_drop(&r->behind);
}

void footnotes_skip_code(Reader *r, uint32_t first, uint32_t last)
{
    for (size_t i = first_from(r, first);
         i < r->note_lines.n && r->note_lines.at[i].pos.line <= last; i++)
        r->note_lines.at[i].code = true;
}
