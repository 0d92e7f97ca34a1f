#include <string.h>

#include "base/utf8.h"
#include "reader/sheets.h"

typedef void ReadField(Reader *r, Recommendation *to, Inline *value, Pos pos);

static void read_responsible(Reader *r, Recommendation *to, Inline *value, Pos pos)
{
    (void)pos;
    to->responsible = inlines_plain(r, value);
}

/* A text that is a date and nothing else, as people and spreadsheets write it. */
static bool is_date(const Terms *t, Str text, Date *out)
{
    DateFound found;
    if (date_parse(text, out))
        return true;
    if (!date_find(t, text, 0, &found) || found.from > 0 || found.to < text.n)
        return false;
    if (found.impossible || !found.date.year || found.second.month)
        return false;
    *out = found.date;
    return true;
}

static void read_deadline(Reader *r, Recommendation *to, Inline *value, Pos pos)
{
    (void)pos;
    to->deadline = inlines_plain(r, value);
    is_date(r->terms, to->deadline, &to->deadline_date);
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
    Str text = inlines_plain(r, value), by;
    if (terms_match(r->terms, WORD_stated, text)) {
        to->origin = ORIGIN_STATED;
    } else if (terms_opening(r->terms, WORD_stated_by, text, &by) && by.n) {
        to->origin = ORIGIN_STATED;
        to->stated_by = arena_str(r->arena, by);
    } else if (terms_match(r->terms, WORD_derived, text)) {
        to->origin = ORIGIN_DERIVED;
    } else {
        diag_error(r->diags, pos, "unknown origin '%s'", text.p);
        diag_hint(r->diags, "'%s', '%s …' or '%s'", terms_word(r->terms, WORD_stated).p,
                  terms_word(r->terms, WORD_stated_by).p, terms_word(r->terms, WORD_derived).p);
    }
}

/* The columns of a spreadsheet. From the first field on, each is in a list a line that opens with its
 * word, too. */
enum { LEAD, TEXT, THEME, ID, FIELDS, COLUMNS = FIELDS + 6 };

static const Word words[COLUMNS] = {WORD_column_recommendation,
                                    WORD_column_text,
                                    WORD_column_theme,
                                    WORD_column_id,
                                    WORD_responsible,
                                    WORD_deadline,
                                    WORD_economy,
                                    WORD_basis,
                                    WORD_status,
                                    WORD_origin};

static ReadField *const fields[COLUMNS - FIELDS] = {read_responsible, read_deadline, read_economy,
                                                    read_basis,       read_status,   read_origin};

static const Columns columns = {words, COLUMNS, LEAD + 1};

/* One of a list, and where each of its fields is. */
typedef struct {
    Recommendation rec;
    Pos given[COLUMNS - FIELDS];
} Item;

static bool is_first(Reader *r, Item *item, size_t field, Str label, Pos pos)
{
    Pos *first = &item->given[field];
    if (!first->line) {
        *first = pos;
        return true;
    }
    diag_error(r->diags, pos, "'%.*s' is given twice", (int)label.n, label.p);
    diag_also(r->diags, *first, "the other one is here");
    return false;
}

/* Reads a line that opens with a known word; false when it doesn't. */
static bool read_field(Reader *r, Item *item, Inline *line)
{
    Str text = inlines_opening(line), rest;
    for (size_t i = FIELDS; i < COLUMNS; i++) {
        if (!terms_label(r->terms, words[i], text, &rest))
            continue;
        Pos pos = line->pos;
        size_t colon = str_find(text, ':');
        bool first = is_first(r, item, i - FIELDS, str_trim(str_cut(text, 0, colon)), pos);
        Inline *value = inlines_skip(r, line, colon + 1);
        if (value && first)
            fields[i - FIELDS](r, &item->rec, value, pos);
        return true;
    }
    return false;
}

/* A line whose opening is nearly one of the known words. */
static void check_label(Reader *r, const Inline *line)
{
    Str text = inlines_opening(line), label = str_cut(text, 0, str_find(text, ':'));
    const char *names[COLUMNS - FIELDS];
    for (size_t i = FIELDS; i < COLUMNS; i++)
        names[i - FIELDS] = terms_word(r->terms, words[i]).p;
    if (label.n == text.n || str_find(label, ' ') < label.n ||
        !diag_nearest(label, names, COLUMNS - FIELDS))
        return;
    diag_warning(r->diags, line->pos, "'%.*s:' is printed as text", (int)label.n, label.p);
    diag_hint_nearest(r->diags, label, names, COLUMNS - FIELDS);
}

static void read_paragraph(Reader *r, Item *item, Inline *in)
{
    Recommendation *to = &item->rec;
    if (!to->lead && in->kind == INLINE_STRONG) {
        to->lead = in->children;
        in = in->next ? inlines_opening(in->next).n ? inlines_skip(r, in->next, 0) : in->next
                      : NULL;
    }
    Inline *last = NULL;
    while (in) {
        Inline *rest, *line = inlines_split_line(r, in, &rest);
        if (line && !read_field(r, item, line)) {
            check_label(r, line);
            to->text = inlines_join_lines(r, to->text, &last, line);
        }
        in = rest;
    }
}

static void read_item(Reader *r, cmark_node *node, Gathered to)
{
    Item item = {.rec = {.pos = pos_of(r, node), .section = to.section, .closed = to.closed}};
    Recommendation *rec = &item.rec;
    for (cmark_node *p = cmark_node_first_child(node); p; p = cmark_node_next(p)) {
        if (cmark_node_get_type(p) != CMARK_NODE_PARAGRAPH) {
            diag_error(r->diags, pos_of(r, p), "a recommendation holds text and fields alone");
            continue;
        }
        Inline *in = inlines_read(r, p);
        if (in)
            read_paragraph(r, &item, in);
    }
    if (!rec->lead) {
        diag_error(r->diags, rec->pos, "a recommendation opens with a sentence in bold");
        diag_hint(r->diags, "write: 1. **Giv nye virksomheder juridisk sparring.** …");
        rec->lead = rec->text; /* so that its fields are checked, too */
    }
    if (rec->lead)
        array_push(&r->recommendations, *rec);
}

void recommendations_read(Reader *r, cmark_node *list, Gathered to)
{
    for (cmark_node *item = cmark_node_first_child(list); item; item = cmark_node_next(item))
        read_item(r, item, to);
}

/* ---- spreadsheets --------------------------------------------------------------------------- */

/* An id is part of links. */
static Str read_id(Reader *r, CsvCell cell)
{
    if (!cell.text.n || str_is_id(cell.text))
        return arena_str(r->arena, cell.text);
    diag_error(r->diags, cell.pos, "an id is made of a–z, 0–9, hyphen and underscore");
    return (Str){"", 0};
}

/* The lead is set in bold, whether or not the cell says so. */
static Inline *without_bold(Inline *lead)
{
    return lead && lead->kind == INLINE_STRONG && !lead->next ? lead->children : lead;
}

/* What was moved into a spreadsheet may have been left in the report. */
static void check_repeated(Reader *r, Sheets *sheets, const Recommendation *rec)
{
    Str lead = inlines_plain(r, rec->lead);
    uint32_t first;
    if (!map_get(&sheets->recommendation_of, lead, &first)) {
        map_put(&sheets->recommendation_of, lead, (uint32_t)sheets->leads.n);
        array_push(&sheets->leads, rec->pos);
        return;
    }
    diag_warning(r->diags, rec->pos, "this recommendation is there twice");
    diag_also(r->diags, sheets->leads.at[first], "the other one is here");
}

static void read_sheet_row(Reader *r, Sheets *sheets, Sheet *s)
{
    CsvCell theme = sheet_cell(s, THEME);
    Recommendation rec = {.pos = sheet_cell(s, LEAD).pos, .id = read_id(&s->r, sheet_cell(s, ID))};
    rec.lead = without_bold(sheet_inlines(s, LEAD));
    rec.text = sheet_inlines(s, TEXT);
    for (size_t i = FIELDS; i < COLUMNS; i++) {
        Inline *value = sheet_inlines(s, i);
        if (value)
            fields[i - FIELDS](&s->r, &rec, value, sheet_cell(s, i).pos);
    }
    if (!rec.lead) {
        diag_error(r->diags, s->csv.row, "a recommendation needs a sentence that says it");
        return;
    }
    check_repeated(r, sheets, &rec);
    array_push(&sheets->recommendations, ((Claim){.at = r->recommendations.n,
                                                  .theme = arena_str(r->arena, theme.text),
                                                  .pos = theme.pos,
                                                  .own = true,
                                                  .named = rec.id.n > 0}));
    array_push(&r->recommendations, rec);
}

void recommendations_read_sheet(Reader *r, Sheets *sheets, const char *path)
{
    Sheet s;
    for (size_t i = 0; i < r->recommendations.n; i++) {
        Str lead = inlines_plain(r, r->recommendations.at[i].lead);
        map_put(&sheets->recommendation_of, lead, (uint32_t)sheets->leads.n);
        array_push(&sheets->leads, r->recommendations.at[i].pos);
    }
    if (sheet_open(&s, r, path, &columns))
        while (sheet_row(&s))
            read_sheet_row(r, sheets, &s);
    sheet_close(&s);
}
