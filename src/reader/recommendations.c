#include <string.h>

#include "base/utf8.h"
#include "reader/internal.h"

typedef void ReadField(Reader *r, Recommendation *to, Inline *value, Pos pos);

static void read_responsible(Reader *r, Recommendation *to, Inline *value, Pos pos)
{
    (void)pos;
    to->responsible = inlines_plain(r, value);
}

static void read_deadline(Reader *r, Recommendation *to, Inline *value, Pos pos)
{
    (void)pos;
    to->deadline = inlines_plain(r, value);
    date_parse(to->deadline, &to->deadline_date);
}

static void read_economy(Reader *r, Recommendation *to, Inline *value, Pos pos)
{
    (void)pos;
    Str text = inlines_plain(r, value);
    to->economy = terms_match(r->terms, WORD_within, text)  ? ECONOMY_WITHIN
                  : terms_match(r->terms, WORD_needs, text) ? ECONOMY_NEEDS
                                                            : ECONOMY_WORDS;
    to->economy_words = text;
}

static void read_basis(Reader *r, Recommendation *to, Inline *value, Pos pos)
{
    (void)r;
    (void)pos;
    to->basis = value;
}

static void read_status(Reader *r, Recommendation *to, Inline *value, Pos pos)
{
    (void)pos;
    to->status = inlines_plain(r, value);
    to->ongoing = terms_match(r->terms, WORD_ongoing, to->status);
}

static void read_origin(Reader *r, Recommendation *to, Inline *value, Pos pos)
{
    Str text = inlines_plain(r, value);
    if (terms_match(r->terms, WORD_stated, text)) {
        to->origin = ORIGIN_STATED;
    } else if (terms_match(r->terms, WORD_derived, text)) {
        to->origin = ORIGIN_DERIVED;
    } else {
        diag_error(r->diags, pos, "unknown origin '%s'", text.p);
        diag_hint(r->diags, "'%s' or '%s'", r->terms->read[WORD_stated].at[0].p,
                  r->terms->read[WORD_derived].at[0].p);
    }
}

static const struct {
    Word word;
    ReadField *read;
} fields[] = {{WORD_responsible, read_responsible}, {WORD_deadline, read_deadline},
              {WORD_economy, read_economy},         {WORD_basis, read_basis},
              {WORD_status, read_status},           {WORD_origin, read_origin}};

/* Reads a line that opens with a known word; false when it doesn't. */
static bool read_field(Reader *r, Recommendation *to, Inline *line)
{
    Str text = inlines_opening(line), rest;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (!terms_label(r->terms, fields[i].word, text, &rest))
            continue;
        Pos pos = line->pos;
        Inline *value = inlines_skip(r, line, str_find(text, ':') + 1);
        if (value)
            fields[i].read(r, to, value, pos);
        return true;
    }
    return false;
}

/* The text so far, and one more line of it. */
static Inline *join(Reader *r, Inline *text, Inline *line)
{
    if (!text)
        return line;
    Inline *last = text;
    while (last->next)
        last = last->next;
    last->next = inline_new(r, INLINE_TEXT, line->pos);
    last->next->text = STR("\n");
    last->next->next = line;
    return text;
}

static void read_paragraph(Reader *r, Recommendation *to, Inline *in)
{
    if (!to->lead && in->kind == INLINE_STRONG) {
        to->lead = in->children;
        in = in->next ? inlines_opening(in->next).n ? inlines_skip(r, in->next, 0) : in->next
                      : NULL;
    }
    while (in) {
        Inline *rest, *line = inlines_split_line(r, in, &rest);
        if (line && !read_field(r, to, line))
            to->text = join(r, to->text, line);
        in = rest;
    }
}

static void read_item(Reader *r, cmark_node *item, size_t section)
{
    Recommendation rec = {.pos = pos_of(r, item), .section = section};
    for (cmark_node *p = cmark_node_first_child(item); p; p = cmark_node_next(p)) {
        if (cmark_node_get_type(p) != CMARK_NODE_PARAGRAPH) {
            diag_error(r->diags, pos_of(r, p), "a recommendation holds text and fields alone");
            continue;
        }
        Inline *in = inlines_read(r, p);
        if (in)
            read_paragraph(r, &rec, in);
    }
    if (!rec.lead) {
        diag_error(r->diags, rec.pos, "a recommendation opens with a sentence in bold");
        diag_hint(r->diags, "write: 1. **Giv nye virksomheder juridisk sparring.** …");
        return;
    }
    array_push(&r->recommendations, rec);
}

void recommendations_read(Reader *r, cmark_node *list, size_t section)
{
    for (cmark_node *item = cmark_node_first_child(list); item; item = cmark_node_next(item))
        read_item(r, item, section);
}
