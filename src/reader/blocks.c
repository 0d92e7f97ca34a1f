#include <cmark-gfm-core-extensions.h>
#include <string.h>

#include "base/utf8.h"
#include "reader/foreign.h"

Block *block_new(Reader *r, BlockKind kind, Pos pos)
{
    Block *b = arena_new(r->arena, Block);
    b->kind = kind;
    b->pos = pos;
    return b;
}

/* ---- blocks without a meaning of their own -------------------------------------------------- */

typedef Block *ReadBlock(Reader *r, cmark_node *node);

static bool is_caption(Reader *r, cmark_node *node, Word word)
{
    Str rest;
    cmark_node *text = node ? cmark_node_first_child(node) : NULL;
    if (!text || cmark_node_get_type(node) != CMARK_NODE_PARAGRAPH ||
        cmark_node_get_type(text) != CMARK_NODE_TEXT)
        return false;
    return terms_label(r->terms, word, str_from(cmark_node_get_literal(text)), &rest);
}

static bool opens_note(const Reader *r, Str text)
{
    Str rest;
    return terms_label(r->terms, WORD_column_source, text, &rest) ||
           terms_label(r->terms, WORD_table_note, text, &rest);
}

/* The first end of a line of a text behind which another paragraph begins, or the text's length. */
static size_t paragraph_end(const Reader *r, const Inline *in)
{
    uint32_t number = in->pos.line;
    size_t at = str_find(in->text, '\n');
    for (; at < in->text.n; number++) {
        Str rest = str_cut(in->text, at + 1, in->text.n);
        size_t length = str_find(rest, '\n');
        if (attributes_end(r, number) || opens_note(r, str_cut(rest, 0, length)))
            break;
        at += 1 + length;
    }
    return at;
}

/* Cuts off the lines that are none of the same paragraph: a note or source begins one, and so does what stands below
 * attributes. */
static Inline *cut_paragraph(Reader *r, Inline *in)
{
    for (; in; in = in->next) {
        Inline *next = in->next;
        size_t end = in->kind == INLINE_TEXT ? paragraph_end(r, in) : 0;
        if (in->kind == INLINE_TEXT && end < in->text.n) {
            Inline *rest = inline_split(r, in, end);
            in->next = NULL;
            return inlines_skip(r, rest, 1);
        }
        if (next && next->kind == INLINE_LINE_BREAK && opens_note(r, inlines_opening(next->next))) {
            in->next = NULL;
            return next->next;
        }
    }
    return NULL;
}

/* The inlines of a caption without "Tabel:"; what stands right below it goes behind the block that it names. */
static Inline *read_caption(Reader *r, cmark_node *node, Block *named)
{
    Inline *in = inlines_read(r, node);
    Inline *caption = inlines_skip(r, in, str_find(in->text, ':') + 1);
    for (Inline *rest = cut_paragraph(r, caption); rest; rest = cut_paragraph(r, rest)) {
        named->next = block_new(r, BLOCK_PARAGRAPH, rest->pos);
        named = named->next;
        named->inlines = rest;
    }
    return caption;
}

bool is_picture_alone(cmark_node *paragraph)
{
    if (cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH)
        return false;
    cmark_node *first = cmark_node_first_child(paragraph);
    return first && cmark_node_get_type(first) == CMARK_NODE_IMAGE && !cmark_node_next(first);
}

void picture_without_words(Reader *r, Pos pos)
{
    diag_error(r->diags, pos, "this picture has no alternative text");
    diag_hint(r->diags, "say what it shows between the brackets; {alt=\"\"} marks decoration");
}

static Block *picture_of(Reader *r, const Inline *in)
{
    Block *b = block_new(r, BLOCK_IMAGE, in->pos);
    b->text = in->target;
    b->inlines = in->children;
    if (in->text.n) { /* its title, where there is no other caption */
        b->caption = inline_new(r, INLINE_TEXT, in->pos);
        b->caption->text = in->text;
    }
    return b;
}

static Block *read_image(Reader *r, cmark_node *node)
{
    static const char *const allowed[] = {"alt", NULL};
    Inline *in = inlines_read(r, node);
    const Attributes *a = attributes_of(r, node);
    Pos alt_pos = {0};
    attributes_allow(r, a, allowed);
    attributes_get(a, "alt", &alt_pos);
    Block *b = picture_of(r, in);
    if (!b->inlines && !alt_pos.line && !in->decoration)
        picture_without_words(r, b->pos);
    b->id = a->id;
    return b;
}

static bool begins_line(const Inline *in)
{
    return !in || in->kind == INLINE_LINE_BREAK ||
           (in->kind == INLINE_TEXT && str_starts(in->text, STR("\n")));
}

static bool ends_line(const Inline *in)
{
    return !in || in->kind == INLINE_LINE_BREAK ||
           (in->kind == INLINE_TEXT && str_ends(in->text, STR("\n")));
}

/* A paragraph's words before a picture, without the line's end between them. NULL when there are none. */
static Block *words_before(Block *paragraph, Inline *last, Inline *before_last)
{
    if (!last)
        return NULL;
    last->next = NULL;
    if (last->kind == INLINE_TEXT && last->text.n > 1) {
        last->text.n--;
        return paragraph;
    }
    if (!before_last)
        return NULL;
    before_last->next = NULL;
    return paragraph;
}

/* What follows a picture in its paragraph, without the line's end between them. NULL when nothing does. */
static Block *words_behind(Reader *r, Inline *picture)
{
    Inline *rest = picture->next;
    picture->next = NULL;
    if (rest)
        rest = rest->kind == INLINE_TEXT ? inlines_skip(r, rest, 1) : rest->next;
    if (!rest)
        return NULL;
    Block *b = block_new(r, BLOCK_PARAGRAPH, rest->pos);
    b->inlines = rest;
    return b;
}

/* Pictures that have a line of a paragraph to themselves part it. */
static Block *split_at_pictures(Reader *r, Block *paragraph)
{
    Block *first = NULL, **end = &first;
    while (paragraph) {
        Inline *before_last = NULL, *last = NULL, *in = paragraph->inlines;
        for (; in && !(in->kind == INLINE_IMAGE && ends_line(last) && begins_line(in->next));
             in = in->next) {
            before_last = last;
            last = in;
        }
        *end = in ? words_before(paragraph, last, before_last) : paragraph;
        if (*end)
            end = &(*end)->next;
        if (!in)
            break;
        paragraph = words_behind(r, in);
        *end = picture_of(r, in);
        end = &(*end)->next;
    }
    return first;
}

static Block *read_paragraph(Reader *r, cmark_node *node)
{
    if (is_picture_alone(node))
        return read_image(r, node);
    Block *b = block_new(r, BLOCK_PARAGRAPH, pos_of(r, node));
    b->inlines = inlines_read(r, node);
    foreign_check_paragraph(r, node);
    return b->inlines ? split_at_pictures(r, b) : NULL;
}

static Block *read_list(Reader *r, cmark_node *node)
{
    Block *b = block_new(r, BLOCK_LIST, pos_of(r, node));
    b->list = (List){
        cmark_node_get_list_type(node) == CMARK_ORDERED_LIST, cmark_node_get_list_tight(node) != 0,
        cmark_node_get_list_delim(node) == CMARK_PAREN_DELIM, cmark_node_get_list_start(node)};
    foreign_check_list(r, node);
    b->children = blocks_read(r, cmark_node_first_child(node));
    return b;
}

static Block *read_item(Reader *r, cmark_node *node)
{
    Block *b = block_new(r, BLOCK_ITEM, pos_of(r, node));
    b->children = blocks_read(r, cmark_node_first_child(node));
    return b;
}

static Block *read_task(Reader *r, cmark_node *node)
{
    Block *b = read_item(r, node);
    b->task = cmark_gfm_extensions_get_tasklist_item_checked(node) ? TASK_DONE : TASK_OPEN;
    return b;
}

static const struct {
    Word word;
    BoxKind kind;
} boxes[] = {{WORD_box_note, BOX_NOTE},
             {WORD_box_caveat, BOX_CAVEAT},
             {WORD_box_meaning, BOX_MEANING},
             {WORD_box_secretariat, BOX_SECRETARIAT},
             {WORD_box_closed, BOX_CLOSED}};
enum { BOXES = sizeof boxes / sizeof *boxes };

/* "[!NOTE] title" at the head of a quotation; *length is that of the tag. */
static bool box_tag(Reader *r, const Inline *first, BoxKind *kind, size_t *length, Pos *unknown)
{
    Str text = inlines_opening(first);
    size_t close = str_find(text, ']');
    if (!str_starts(text, STR("[!")) || close == text.n)
        return false;
    *length = close + 1;
    for (size_t i = 0; i < BOXES; i++) {
        if (terms_match(r->terms, boxes[i].word, str_cut(text, 2, close))) {
            *kind = boxes[i].kind;
            return true;
        }
    }
    *unknown = first->pos;
    return false;
}

static Block *read_box(Reader *r, Block *b, BoxKind kind, size_t tag_length)
{
    Block *paragraph = b->children;
    Inline *rest = NULL;
    b->kind = BLOCK_BOX;
    b->box = kind;
    b->closed = kind == BOX_CLOSED;
    Inline *line = inlines_split_line(r, paragraph->inlines, &rest);
    b->inlines = line ? inlines_skip(r, line, tag_length) : NULL;
    paragraph->inlines = rest;
    if (!rest)
        b->children = paragraph->next;
    return b;
}

static void hint_boxes(Reader *r, Str name)
{
    const char *names[BOXES];
    for (size_t i = 0; i < BOXES; i++)
        names[i] = terms_word(r->terms, boxes[i].word).p;
    const char *nearest = diag_nearest(name, names, BOXES);
    if (nearest)
        diag_hint(r->diags, "did you mean [!%s]?", nearest);
    else
        diag_hint(r->diags, "boxes are [!%s], [!%s], [!%s], [!%s] and [!%s]", names[0], names[1],
                  names[2], names[3], names[4]);
}

static Block *read_quote(Reader *r, cmark_node *node)
{
    Block *b = block_new(r, BLOCK_QUOTE, pos_of(r, node));
    b->children = blocks_read(r, cmark_node_first_child(node));
    if (!b->children || b->children->kind != BLOCK_PARAGRAPH)
        return b->children ? b : NULL;
    BoxKind kind;
    size_t length = 0;
    Pos unknown = {0};
    Inline *first = b->children->inlines;
    if (box_tag(r, first, &kind, &length, &unknown))
        return read_box(r, b, kind, length);
    if (unknown.line) {
        diag_error(r->diags, unknown, "unknown box '%.*s'", (int)length, first->text.p);
        hint_boxes(r, str_cut(first->text, 2, length - 1));
    }
    return b;
}

/* Lines of code that look like footnotes or definitions of links are none. */
static void skip_code(Reader *r, cmark_node *node)
{
    uint32_t first = (uint32_t)cmark_node_get_start_line(node) + r->line_offset;
    uint32_t last = (uint32_t)cmark_node_get_end_line(node) + r->line_offset;
    footnotes_skip_code(r, first, last);
    definitions_skip_code(r, first, last);
}

static Str info_of(cmark_node *node)
{
    return str_trim(str_from(cmark_node_get_fence_info(node)));
}

static void tell_misplaced_facts(Reader *r, Pos pos)
{
    diag_error(r->diags, pos, "facts stand right below the heading of a visit, meeting or stop");
}

static Block *read_code(Reader *r, cmark_node *node)
{
    skip_code(r, node);
    Pos pos = pos_of(r, node);
    Str text = str_from(cmark_node_get_literal(node));
    Str info = info_of(node);
    if (str_equal(info, STR("chart"))) {
        Block *chart = block_new(r, BLOCK_CHART, pos);
        chart->chart = chart_read(r, text, pos, &chart->id);
        return chart->chart ? chart : NULL;
    }
    if (str_equal(info, STR("tiles"))) {
        Block *tiles = block_new(r, BLOCK_TILES, pos);
        tiles->tiles = tiles_read(r, text, pos);
        return tiles->tiles ? tiles : NULL;
    }
    if (str_equal(info, STR("facts"))) {
        tell_misplaced_facts(r, pos);
        return NULL;
    }
    foreign_check_code(r, node, info);
    Block *b = block_new(r, BLOCK_CODE, pos);
    b->text = arena_str(r->arena, text);
    b->info = arena_str(r->arena, info);
    return b;
}

static Block *read_rule(Reader *r, cmark_node *node)
{
    foreign_check_rule(r, node);
    return block_new(r, BLOCK_RULE, pos_of(r, node));
}

static Block *read_html_block(Reader *r, cmark_node *node)
{
    skip_code(r, node);
    html_left_out(r, str_from(cmark_node_get_literal(node)), pos_of(r, node), true);
    return NULL;
}

/* A heading inside a list or a quotation is a bold line: it has no place in the outline. */
static Block *read_inner_heading(Reader *r, cmark_node *node)
{
    Block *b = block_new(r, BLOCK_PARAGRAPH, pos_of(r, node));
    b->inlines = inline_new(r, INLINE_STRONG, b->pos);
    b->inlines->children = inlines_read(r, node);
    diag_warning(r->diags, b->pos, "a heading inside a list or quotation is set as a bold line");
    return b;
}

/* Ids, names and values that stand under no heading of key figures. */
static void check_for_figures(Reader *r, const Table *t, Pos pos)
{
    static const Word words[] = {WORD_column_id, WORD_column_figure, WORD_column_value};
    enum { WORDS = sizeof words / sizeof *words };
    size_t found = 0;
    StrBuf head = {0};
    for (size_t i = 0; t->rows && i < t->columns; i++) {
        strbuf_clear(&head);
        inlines_text(&head, r->terms, t->cell[i].inlines);
        for (size_t k = 0; k < WORDS; k++)
            found += terms_match(r->terms, words[k], str_trim(strbuf_str(&head)));
    }
    strbuf_drop(&head);
    if (found < WORDS)
        return;
    Str heading = terms_word(r->terms, WORD_key_figures);
    diag_warning(r->diags, pos, "this table looks like key figures, and is an ordinary one");
    diag_hint(r->diags, "key figures are the first table below a heading '## %.*s'", (int)heading.n,
              heading.p);
}

static Block *read_table_block(Reader *r, cmark_node *node)
{
    Block *b = block_new(r, BLOCK_TABLE, pos_of(r, node));
    b->table = table_read(r, node);
    check_for_figures(r, b->table, b->pos);
    return b;
}

static ReadBlock *reader_for(cmark_node *node)
{
    static const struct {
        const char *type;
        ReadBlock *read;
    } readers[] = {{"paragraph", read_paragraph},
                   {"list", read_list},
                   {"item", read_item},
                   {"tasklist", read_task},
                   {"block_quote", read_quote},
                   {"code_block", read_code},
                   {"thematic_break", read_rule},
                   {"html_block", read_html_block},
                   {"heading", read_inner_heading},
                   {"table", read_table_block}};
    const char *type = cmark_node_get_type_string(node);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (strcmp(type, readers[i].type) == 0)
            return readers[i].read;
    return NULL;
}

/* Gives a table or picture the caption that stands beside it; true when it is one. */
static bool take_caption(Reader *r, Block *b, cmark_node *next)
{
    static const char *const allowed[] = {"rows", NULL};
    if (b && b->kind == BLOCK_TABLE && is_caption(r, next, WORD_table)) {
        Table *table = (Table *)b->table;
        const Attributes *a = attributes_of(r, next);
        attributes_allow(r, a, allowed);
        table->caption = read_caption(r, next, b);
        table->row_heads &= !attributes_say(r, a, "rows", STR("plain"));
        b->id = a->id;
        return true;
    }
    if (b && b->kind == BLOCK_IMAGE && is_caption(r, next, WORD_figure)) {
        const Attributes *a = attributes_of(r, next);
        attributes_allow(r, a, allowed + 1);
        b->caption = read_caption(r, next, b);
        if (a->id.n)
            b->id = a->id;
        return true;
    }
    return false;
}

static bool is_table(cmark_node *node)
{
    return node && strcmp(cmark_node_get_type_string(node), "table") == 0;
}

static bool is_picture(cmark_node *node)
{
    return node && is_picture_alone(node);
}

/* Whether they are a table and its caption, or a picture and its caption. */
static bool belong(Reader *r, cmark_node *caption, cmark_node *named)
{
    return (is_table(named) && is_caption(r, caption, WORD_table)) ||
           (is_picture(named) && is_caption(r, caption, WORD_figure));
}

/* The caption below what this one stands above, or NULL. */
static cmark_node *next_caption(Reader *r, cmark_node *caption)
{
    cmark_node *named = cmark_node_next(caption), *after = cmark_node_next(named);
    return belong(r, after, named) ? after : NULL;
}

/* Whether the captions of a run of tables and captions by turns, from this one on, can all stand above: the last is
 * followed by a table that has none below. */
static bool can_all_stand_above(Reader *r, cmark_node *caption)
{
    while (caption && belong(r, caption, cmark_node_next(caption))) {
        caption = next_caption(r, caption);
        if (!caption)
            return true;
    }
    return false;
}

/* The same; a run is judged once, at its first caption. */
static bool may_stand_above(Reader *r, cmark_node *caption)
{
    bool known = caption == r->captions.at || caption == r->captions.next;
    if (!belong(r, caption, cmark_node_next(caption)))
        return false;
    if (!known) {
        r->captions.above = can_all_stand_above(r, caption);
        r->captions.told = false;
    }
    r->captions.at = caption;
    r->captions.next = next_caption(r, caption);
    return r->captions.above;
}

/* A caption may stand over what it names, when that has none below, or one that what is below that wants above. */
static bool is_caption_above(Reader *r, cmark_node *node)
{
    return !r->gathering && may_stand_above(r, node);
}

/* A title is the caption of a picture that has no other. */
static bool has_title(const Block *b)
{
    return b && b->kind == BLOCK_IMAGE && b->caption;
}

/* Of a caption that is taken for what stands above it, where all of the run might be meant for what stands below them. */
static void check_caption_between(Reader *r, cmark_node *caption)
{
    if (!may_stand_above(r, caption) || r->captions.told)
        return;
    r->captions.told = true;
    diag_advice(r->diags, pos_of(r, caption),
                "this caption may belong to what stands above it or below it, and is taken for "
                "that above");
    diag_hint(r->diags, "a sentence or a line '<!-- -->' parts it from what it isn't of");
}

static Block *last_of(Block *b)
{
    while (b && b->next)
        b = b->next;
    return b;
}

/* A block, or several that one paragraph has become. */
static Block *read_block(Reader *r, cmark_node *node, cmark_node **next)
{
    if (is_caption_above(r, node)) {
        cmark_node *named = cmark_node_next(node);
        Block *b = reader_for(named)(r, named);
        take_caption(r, b, node);
        *next = cmark_node_next(named);
        return b;
    }
    ReadBlock *read = reader_for(node);
    Block *b = NULL;
    if (read)
        b = read(r, node);
    else
        diag_warning(r->diags, pos_of(r, node), "this has no place in a report: '%s'",
                     cmark_node_get_type_string(node));
    *next = cmark_node_next(node);
    Block *last = last_of(b);
    bool titled = *next && has_title(last) && may_stand_above(r, *next);
    if (*next && !titled && take_caption(r, last, *next)) {
        check_caption_between(r, *next);
        *next = cmark_node_next(*next);
    }
    return b;
}

Block *blocks_read(Reader *r, cmark_node *node)
{
    Block *first = NULL, **end = &first;
    if (!node || !nesting_enter(r, pos_of(r, node)))
        return NULL;
    while (node) {
        *end = read_block(r, node, &node);
        while (*end)
            end = &(*end)->next;
    }
    nesting_leave(r);
    return first;
}

/* ---- the document: sections, visits, stops -------------------------------------------------- */

/* Where the next block goes. */
typedef struct {
    Reader *r;
    Block **end; /* of the innermost list */
    Block *visit, *stop;
    Block *gathering; /* the key-figures or recommendations block that is open, or NULL */
    bool filled;      /* it has its table or list */
    int level;        /* of the last heading */
} Outline;

static void append(Outline *o, Block *b)
{
    *o->end = b;
    o->end = &last_of(b)->next;
}

/* Leaves visits and stops that a heading of this level ends. */
static void close_to(Outline *o, int level)
{
    if (o->gathering && !o->filled)
        array_push(&o->r->unfilled, ((Unfilled){o->gathering, o->r->sections.n - 1}));
    if (o->gathering)
        o->end = &o->gathering->next;
    o->gathering = NULL;
    if (o->stop && level <= 3) {
        o->end = &o->stop->next;
        o->stop = NULL;
    }
    if (o->visit && level <= 2) {
        o->end = &o->visit->next;
        o->visit = NULL;
    }
}

static void new_section(Outline *o, Pos pos)
{
    Section s = {.pos = pos};
    array_push(&o->r->sections, s);
    o->visit = o->stop = o->gathering = NULL;
    o->level = 1;
}

/* Sections move while they are collected, so their first block is linked when they are complete. */
static void begin_blocks(Outline *o, Block **first)
{
    o->end = first;
}

/* What a section is by its title. */
static SectionKind kind_by_title(const Reader *r, const Inline *title)
{
    static const struct {
        Word word;
        SectionKind kind;
    } kinds[] = {{WORD_summary, SECTION_SUMMARY},
                 {WORD_glossary, SECTION_GLOSSARY},
                 {WORD_sources, SECTION_SOURCES},
                 {WORD_changes, SECTION_CHANGES},
                 {WORD_recommendations, SECTION_RECOMMENDATIONS}};
    for (size_t i = 0; title && !title->next && i < sizeof kinds / sizeof *kinds; i++)
        if (terms_match(r->terms, kinds[i].word, inlines_opening(title)))
            return kinds[i].kind;
    Str rest; /* "Bilag 2: takster" */
    bool annex = title && terms_opening(r->terms, WORD_annex, inlines_opening(title), &rest);
    return annex ? SECTION_ANNEX : SECTION_COMMON;
}

/* "Tema 1", "Tema – vold" */
static void check_for_theme(Reader *r, const Inline *title)
{
    Str text = inlines_opening(title);
    Str word = terms_word(r->terms, WORD_theme), rest = str_cut(text, word.n, text.n);
    if (!terms_match(r->terms, WORD_theme, str_cut(text, 0, word.n)) ||
        !ascii_blank(rest.n ? rest.p[0] : 0))
        return;
    diag_advice(r->diags, title->pos, "this opens no theme, since no colon follows the word");
    diag_hint(r->diags, "'# %.*s: …' opens a theme", (int)word.n, word.p);
}

static void read_section_heading(Outline *o, cmark_node *node, Block **first)
{
    static const char *const allowed[] = {"date", NULL};
    Reader *r = o->r;
    close_to(o, 1);
    new_section(o, pos_of(r, node));
    begin_blocks(o, first);
    Section *s = &array_last(&r->sections);
    const Attributes *a = attributes_of(r, node);
    Inline *title = inlines_read(r, node);
    Str rest;
    if (terms_label(r->terms, WORD_theme, inlines_opening(title), &rest)) {
        s->kind = SECTION_THEME;
        title = inlines_skip(r, title, str_find(title->text, ':') + 1);
    } else {
        s->kind = kind_by_title(r, title);
        if (title)
            check_for_theme(r, title);
    }
    if (!title)
        diag_error(r->diags, s->pos, "this heading is empty");
    attributes_allow(r, a, allowed);
    attributes_date(r, a, "date", &s->date);
    s->title = title;
    s->id = a->id;
    s->closed = a->closed;
}

static Visit *new_visit(Reader *r, const Attributes *a, bool meeting, bool stop)
{
    static const char *const allowed[] = {"organisation", "place", "date", "contact", NULL};
    Visit *v = arena_new(r->arena, Visit);
    *v = (Visit){.meeting = meeting,
                 .stop = stop,
                 .organisation = attributes_get(a, "organisation", NULL),
                 .place = attributes_get(a, "place", NULL),
                 .contact = attributes_get(a, "contact", NULL)};
    attributes_allow(r, a, allowed);
    attributes_date(r, a, "date", &v->date);
    return v;
}

/* Opens a visit, a stop, or an ordinary heading. */
static void place_heading(Outline *o, Block *b, int level, const Attributes *a)
{
    static const char *const none[] = {NULL};
    Reader *r = o->r;
    Str rest;
    Str text = inlines_opening(b->inlines);
    bool visit = level == 2 && terms_label(r->terms, WORD_visit, text, &rest);
    bool meeting = level == 2 && terms_label(r->terms, WORD_meeting, text, &rest);
    append(o, b);
    if (visit || meeting) {
        b->inlines = inlines_skip(r, b->inlines, str_find(text, ':') + 1);
        b->kind = BLOCK_VISIT;
        b->visit = new_visit(r, a, meeting, false);
        o->visit = b;
        o->end = &b->children;
    } else if (level == 3 && o->visit) {
        b->kind = BLOCK_VISIT;
        b->visit = new_visit(r, a, false, true);
        o->stop = b;
        o->end = &b->children;
    } else {
        attributes_allow(r, a, none);
    }
}

static int mended_level(Outline *o, Pos pos, int level)
{
    if (level > o->level + 1) {
        diag_warning(o->r->diags, pos, "this heading skips a level; it is set as level %d",
                     o->level + 1);
        level = o->level + 1;
    }
    o->level = level;
    return level;
}

static void read_heading(Outline *o, cmark_node *node)
{
    Reader *r = o->r;
    Block *b = block_new(r, BLOCK_HEADING, pos_of(r, node));
    foreign_check_heading(r, node);
    const Attributes *a = attributes_of(r, node);
    b->level = mended_level(o, b->pos, cmark_node_get_heading_level(node));
    b->inlines = inlines_read(r, node);
    b->id = a->id;
    b->closed = a->closed;
    close_to(o, b->level);
    if (!b->inlines)
        diag_error(r->diags, b->pos, "this heading is empty");
    Str text = b->inlines && !b->inlines->next ? inlines_opening(b->inlines) : (Str){"", 0};
    bool figures = b->level == 2 && terms_match(r->terms, WORD_key_figures, text);
    bool advice = b->level == 2 && terms_match(r->terms, WORD_recommendations, text);
    if (b->level > 2 && terms_match(r->terms, WORD_recommendations, text)) {
        diag_warning(r->diags, b->pos, "this is an ordinary heading, and what is below it text");
        diag_hint(r->diags, "recommendations are the list below a heading '## %.*s'", (int)text.n,
                  text.p);
    }
    if (!figures && !advice) {
        place_heading(o, b, b->level, a);
        return;
    }
    b->kind = figures ? BLOCK_KEY_FIGURES : BLOCK_RECOMMENDATIONS;
    append(o, b);
    o->gathering = b;
    o->filled = false;
    o->end = &b->children;
}

/* Key figures and recommendations are taken out of the text. */
static bool gather(Outline *o, cmark_node *node)
{
    if (!o->gathering || o->filled)
        return false;
    Gathered to = {o->r->sections.n - 1, o->gathering->closed};
    const char *type = cmark_node_get_type_string(node);
    if (o->gathering->kind == BLOCK_KEY_FIGURES && strcmp(type, "table") == 0)
        figures_read(o->r, node, to);
    else if (o->gathering->kind == BLOCK_RECOMMENDATIONS && strcmp(type, "list") == 0)
        recommendations_read(o->r, node, to);
    else
        return false;
    o->filled = true;
    return true;
}

/* The facts of the visit or stop whose heading stands above them. */
static bool take_facts(Outline *o, cmark_node *node)
{
    Block *of = o->stop ? o->stop : o->visit;
    if (cmark_node_get_type(node) != CMARK_NODE_CODE_BLOCK ||
        !str_equal(info_of(node), STR("facts")) || !of || of->children || of->visit->facts)
        return false;
    Visit *visit = arena_copy(o->r->arena, of->visit, 1, sizeof *of->visit);
    skip_code(o->r, node);
    facts_read(o->r, visit, str_from(cmark_node_get_literal(node)), pos_of(o->r, node));
    of->visit = visit;
    return true;
}

static bool is_section_heading(cmark_node *node)
{
    return cmark_node_get_type(node) == CMARK_NODE_HEADING &&
           cmark_node_get_heading_level(node) == 1;
}

void blocks_read_document(Reader *r, cmark_node *document)
{
    Block *first = NULL;
    Outline o = {.r = r, .end = &first};
    for (cmark_node *node = cmark_node_first_child(document), *next; node; node = next) {
        next = cmark_node_next(node);
        if (is_section_heading(node)) {
            if (r->sections.n)
                array_last(&r->sections).blocks = first;
            first = NULL;
            read_section_heading(&o, node, &first);
            continue;
        }
        if (!r->sections.n) {
            new_section(&o, pos_of(r, node)); /* text before the first level-1 heading */
            begin_blocks(&o, &first);
        }
        if (cmark_node_get_type(node) == CMARK_NODE_HEADING) {
            read_heading(&o, node);
        } else if (!gather(&o, node) && !take_facts(&o, node)) {
            r->gathering = o.gathering && !o.filled;
            Block *b = read_block(r, node, &next);
            if (b)
                append(&o, b);
            r->gathering = false;
        }
        cmark_node_free(node);
    }
    if (r->sections.n) {
        close_to(&o, 1);
        array_last(&r->sections).blocks = first;
    }
}
