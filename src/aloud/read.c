#include "aloud/internal.h"
#include "base/mem.h"

/* ---- words ---------------------------------------------------------------------------------------------- */

void read_pattern(const Speaker *s, AloudSay say, const char *field, Str value, StrBuf *out)
{
    TermField fields = {field, value};
    terms_fill(out, read_word(s, say), &fields, 1);
}

static void say_counted(Speaker *s, uint32_t node, AloudCount count, size_t n)
{
    StrBuf text = {0};
    words_add_count(s->words, count, n, &text);
    line_say(s, read_find(s, node)->page, strbuf_str(&text));
    strbuf_drop(&text);
}

static void say(Speaker *s, AloudSay word)
{
    line_say(s, TAG_NO_PAGE, read_word(s, word));
}

/* ---- content -------------------------------------------------------------------------------------------- */

/* The first or the last run that an element has. */
static const TagRun *find_run(const Speaker *s, uint32_t node, bool last)
{
    const TagNode *n = read_find(s, node);
    for (uint32_t i = 0; i < n->kids; i++) {
        const TagKid *kid = &s->pdf->kids.at[n->first_kid + (last ? n->kids - 1 - i : i)];
        const TagRun *run = NULL;
        if (kid->kind == TAG_KID_TEXT)
            run = &s->pdf->runs.at[last ? kid->end - 1 : kid->first];
        else if (kid->kind == TAG_KID_NODE)
            run = find_run(s, kid->first, last);
        if (run)
            return run;
    }
    return NULL;
}

/* What is read instead of what an element has. It stands where that stands, or nowhere. */
static void read_instead(Speaker *s, uint32_t node, Str text)
{
    const TagRun *first = find_run(s, node, false), *last = find_run(s, node, true);
    TagRun nowhere = {.page = read_find(s, node)->page};
    if (!s->collects && nowhere.page == TAG_NO_PAGE)
        nowhere.page = s->page;
    s->has_last &= first != NULL;
    line_text(s, text, first ? first : &nowhere, last ? last : &nowhere, s->language);
    s->has_last &= first != NULL;
    if (last && last->text.n && ascii_space(last->text.p[last->text.n - 1]))
        s->wants_blank = true;
}

/* A picture's own text is read by its own function. */
static bool is_picture(const TagNode *n)
{
    return n->tag == TAG_Figure || n->tag == TAG_Formula;
}

static bool has_replacement(const TagNode *n, Str *text)
{
    *text = n->has_actual_text ? n->actual_text : n->expansion.n ? n->expansion : n->alternative;
    return n->has_actual_text || n->expansion.n || (n->has_alternative && !is_picture(n));
}

static void read_runs(Speaker *s, const TagKid *kid)
{
    for (uint32_t i = kid->first; i < kid->end; i++) {
        const TagRun *run = &s->pdf->runs.at[i];
        line_text(s, run->text, run, run, run->language.n ? run->language : s->language);
    }
}

static void read_kids(Speaker *s, uint32_t node)
{
    const TagNode *n = read_find(s, node);
    for (uint32_t i = n->first_kid; i < n->first_kid + n->kids; i++) {
        const TagKid *kid = &s->pdf->kids.at[i];
        if (kid->kind == TAG_KID_NODE)
            read_node(s, kid->first);
        else if (kid->kind == TAG_KID_TEXT)
            read_runs(s, kid);
    }
}

void read_content(Speaker *s, uint32_t node)
{
    Str text;
    if (has_replacement(read_find(s, node), &text))
        read_instead(s, node, text);
    else
        read_kids(s, node);
}

/* ---- groups, paragraphs and headings ---------------------------------------------------------------------- */

/* A paragraph where lines aren't to end. */
static void read_flat(Speaker *s, uint32_t node)
{
    s->wants_blank = true;
    read_content(s, node);
    s->wants_blank = true;
}

static void read_group(Speaker *s, uint32_t node)
{
    if (s->flat) {
        read_flat(s, node);
        return;
    }
    line_begin(s);
    s->lead = s->pieces.n && !s->has_text;
    read_content(s, node);
    line_end(s);
}

/* An element that the file doesn't explain is a part of its paragraph, or a group. */
static void read_unknown(Speaker *s, uint32_t node)
{
    if (s->in_paragraph)
        read_content(s, node);
    else
        read_group(s, node);
}

static void read_nothing(Speaker *s, uint32_t node)
{
    (void)s;
    (void)node;
}

/* Everything up to the end of the line is of one paragraph. */
static void read_line(Speaker *s, uint32_t node)
{
    bool outer = s->in_paragraph;
    s->in_paragraph = true;
    read_content(s, node);
    s->in_paragraph = outer;
    line_end(s);
}

static void read_paragraph(Speaker *s, uint32_t node)
{
    if (s->flat) {
        read_flat(s, node);
        return;
    }
    line_begin(s);
    read_line(s, node);
}

static void read_heading(Speaker *s, uint32_t node)
{
    const TagNode *n = read_find(s, node);
    StrBuf sign = {0}, level = {0};
    strbuf_add_int(&level, n->level);
    if (n->tag == TAG_Title)
        strbuf_add_str(&sign, read_word(s, SAY_title));
    else if (!n->level)
        strbuf_add_str(&sign, read_word(s, SAY_plain_heading));
    else
        read_pattern(s, SAY_heading, "level", strbuf_str(&level), &sign);
    line_lead(s, n->page, strbuf_str(&sign));
    strbuf_drop(&sign);
    strbuf_drop(&level);
    s->lead = false;
    read_line(s, node);
}

/* A paragraph, or several, behind a sign. */
static void read_signed(Speaker *s, uint32_t node, AloudSay say)
{
    bool outer = s->in_paragraph;
    line_lead(s, read_find(s, node)->page, read_word(s, say));
    line_hang(s);
    s->in_paragraph = false;
    read_content(s, node);
    s->in_paragraph = outer;
    line_unhang(s);
}

static void read_note(Speaker *s, uint32_t node)
{
    read_signed(s, node, SAY_note);
}

static void read_aside(Speaker *s, uint32_t node)
{
    read_signed(s, node, SAY_aside);
}

static void read_index(Speaker *s, uint32_t node)
{
    read_signed(s, node, SAY_index);
}

static void read_caption(Speaker *s, uint32_t node)
{
    line_lead(s, read_find(s, node)->page, read_word(s, SAY_caption));
    read_group(s, node);
}

static void read_deeper(Speaker *s, uint32_t node)
{
    bool outer = s->in_paragraph;
    s->in_paragraph = false;
    s->depth++;
    read_content(s, node);
    line_end(s);
    s->depth--;
    s->in_paragraph = outer;
}

static void read_quotation(Speaker *s, uint32_t node)
{
    line_say(s, read_find(s, node)->page, read_word(s, SAY_quotation));
    read_deeper(s, node);
    say(s, SAY_quotation_end);
}

/* ---- within a line ------------------------------------------------------------------------------------------ */

static void read_within(Speaker *s, uint32_t node, AloudSay say)
{
    bool lead = s->lead;
    line_go_to(s, s->has_text ? TAG_NO_PAGE : read_find(s, node)->page);
    line_piece(s, PIECE_OPEN, read_word(s, say));
    s->lead = lead;
    read_content(s, node);
    line_piece(s, PIECE_CLOSE, (Str){"", 0});
}

static void read_code(Speaker *s, uint32_t node)
{
    if (s->in_paragraph)
        read_within(s, node, SAY_inline_code);
    else
        read_signed(s, node, SAY_code);
}

static void read_quote(Speaker *s, uint32_t node)
{
    read_within(s, node, SAY_inline_quotation);
}

/* What the annotation of a link says, where it has no text. */
static Str object_words(const Speaker *s, uint32_t node)
{
    const TagNode *n = read_find(s, node);
    for (uint32_t i = n->first_kid; i < n->first_kid + n->kids; i++) {
        const TagKid *kid = &s->pdf->kids.at[i];
        if (kid->kind == TAG_KID_OBJECT) {
            const TagObject *o = &s->pdf->objects.at[kid->first];
            return o->contents.n ? o->contents : o->address;
        }
    }
    return (Str){"", 0};
}

static void read_link(Speaker *s, uint32_t node)
{
    size_t before = s->text.n;
    if (s->in_reference) {
        read_content(s, node);
        return;
    }
    read_within(s, node, SAY_link);
    if (!find_run(s, node, false) && s->text.n <= before + read_word(s, SAY_link).n) {
        s->pieces.n--;
        read_instead(s, node, object_words(s, node));
        line_piece(s, PIECE_CLOSE, (Str){"", 0});
    }
}

static void read_annotation(Speaker *s, uint32_t node)
{
    line_piece(s, PIECE_OPEN, read_word(s, SAY_annotation));
    read_content(s, node);
    if (!find_run(s, node, false))
        read_instead(s, node, object_words(s, node));
    line_piece(s, PIECE_CLOSE, (Str){"", 0});
}

/* References lead to notes by marks of a few characters, and elsewhere by words; in a table of contents every entry
 * is one. */
static void read_reference(Speaker *s, uint32_t node)
{
    enum { LONGEST_MARK = 6 };
    StrBuf words = {0};
    if (s->collects) /* the words go without their notes */
        return;
    if (s->in_contents) {
        read_content(s, node);
        return;
    }
    read_words(s, node, &words);
    bool outer = s->in_reference;
    s->in_reference = true;
    read_within(s, node, words.n <= LONGEST_MARK ? SAY_note_mark : SAY_reference);
    s->in_reference = outer;
    strbuf_drop(&words);
}

static void read_form(Speaker *s, uint32_t node)
{
    const TagNode *n = read_find(s, node);
    for (uint32_t i = n->first_kid; i < n->first_kid + n->kids; i++) {
        const TagKid *kid = &s->pdf->kids.at[i];
        if (kid->kind != TAG_KID_OBJECT)
            continue;
        const TagObject *o = &s->pdf->objects.at[kid->first];
        line_piece(s, PIECE_OPEN, read_word(s, SAY_field));
        read_instead(s, node, o->field);
        if (o->value.n)
            read_instead(s, node, STR(" "));
        read_instead(s, node, o->value);
        line_piece(s, PIECE_CLOSE, (Str){"", 0});
    }
    read_content(s, node);
}

/* ---- pictures -------------------------------------------------------------------------------------------------- */

static void read_captions(Speaker *s, uint32_t node)
{
    const TagNode *n = read_find(s, node);
    for (uint32_t i = n->first_kid; i < n->first_kid + n->kids; i++) {
        const TagKid *kid = &s->pdf->kids.at[i];
        if (kid->kind == TAG_KID_NODE && read_find(s, kid->first)->tag == TAG_Caption)
            read_caption(s, kid->first);
    }
}

/* The description alone is read of a picture that has one, and else what text it has. */
static void read_picture(Speaker *s, uint32_t node)
{
    const TagNode *n = read_find(s, node);
    bool figure = n->tag == TAG_Figure, described = n->alternative.n || n->has_actual_text;
    AloudSay word = described ? (figure ? SAY_figure : SAY_formula)
                    : figure  ? SAY_figure_without_text
                              : SAY_formula_without_text;
    bool outer = s->in_paragraph, within = outer || n->in_line;
    if (within)
        line_piece(s, PIECE_OPEN, read_word(s, word));
    else
        line_lead(s, n->page, read_word(s, word));
    s->lead = false;
    s->in_paragraph = true;
    if (described)
        read_instead(s, node, n->has_actual_text ? n->actual_text : n->alternative);
    else
        read_kids(s, node);
    s->in_paragraph = outer;
    if (within) {
        line_piece(s, PIECE_CLOSE, (Str){"", 0});
        return;
    }
    line_end(s);
    if (described)
        read_captions(s, node);
}

/* ---- lists ------------------------------------------------------------------------------------------------------- */

static size_t count_kids(const Speaker *s, uint32_t node, Tag tag)
{
    size_t count = 0;
    const TagNode *n = read_find(s, node);
    for (uint32_t i = n->first_kid; i < n->first_kid + n->kids; i++)
        if (s->pdf->kids.at[i].kind == TAG_KID_NODE)
            count += read_find(s, s->pdf->kids.at[i].first)->tag == tag;
    return count;
}

static void read_list(Speaker *s, uint32_t node)
{
    say_counted(s, node, COUNT_list, count_kids(s, node, TAG_LI));
    read_deeper(s, node);
    say(s, SAY_list_end);
}

/* What stands in an item goes on the line of its label. */
static void read_item(Speaker *s, uint32_t node)
{
    bool outer = s->in_paragraph;
    line_end(s);
    line_hang(s);
    s->in_paragraph = false;
    s->lead = true;
    read_content(s, node);
    line_unhang(s);
    s->in_paragraph = outer;
}

static void read_label(Speaker *s, uint32_t node)
{
    bool lead = s->lead, outer = s->in_paragraph;
    s->in_paragraph = true;
    read_content(s, node);
    s->in_paragraph = outer;
    s->lead = lead;
    s->wants_blank = true;
}

static void read_contents(Speaker *s, uint32_t node)
{
    bool outer = s->in_contents;
    if (!outer)
        say_counted(s, node, COUNT_contents, count_kids(s, node, TAG_TOCI));
    else
        line_end(s);
    s->in_contents = true;
    bool hangs = outer && read_find(s, read_find(s, node)->parent)->tag == TAG_TOCI;
    s->depth -= hangs; /* the entry that these belong to hangs out already */
    read_deeper(s, node);
    s->depth += hangs;
    s->in_contents = outer;
    if (!outer)
        say(s, SAY_contents_end);
}

/* ---- all --------------------------------------------------------------------------------------------------------- */

static void (*const readers[TAG_COUNT])(Speaker *, uint32_t) = {
    [TAG_Annot] = read_annotation,
    [TAG_Art] = read_group,
    [TAG_Artifact] = read_nothing,
    [TAG_Aside] = read_aside,
    [TAG_BibEntry] = read_content,
    [TAG_BlockQuote] = read_quotation,
    [TAG_Caption] = read_caption,
    [TAG_Code] = read_code,
    [TAG_Div] = read_group,
    [TAG_Document] = read_group,
    [TAG_DocumentFragment] = read_group,
    [TAG_Em] = read_content,
    [TAG_FENote] = read_note,
    [TAG_Figure] = read_picture,
    [TAG_Form] = read_form,
    [TAG_Formula] = read_picture,
    [TAG_H] = read_heading,
    [TAG_Index] = read_index,
    [TAG_L] = read_list,
    [TAG_LBody] = read_content,
    [TAG_LI] = read_item,
    [TAG_Lbl] = read_label,
    [TAG_Link] = read_link,
    [TAG_NonStruct] = read_unknown,
    [TAG_Note] = read_note,
    [TAG_P] = read_paragraph,
    [TAG_Part] = read_group,
    [TAG_Private] = read_nothing,
    [TAG_Quote] = read_quote,
    [TAG_RB] = read_content,
    [TAG_RP] = read_nothing,
    [TAG_RT] = read_content,
    [TAG_Reference] = read_reference,
    [TAG_Ruby] = read_content,
    [TAG_Sect] = read_group,
    [TAG_Span] = read_content,
    [TAG_Strong] = read_content,
    [TAG_Sub] = read_content,
    [TAG_TBody] = read_group,
    [TAG_TD] = read_group,
    [TAG_TFoot] = read_group,
    [TAG_TH] = read_group,
    [TAG_THead] = read_group,
    [TAG_TOC] = read_contents,
    [TAG_TOCI] = read_item,
    [TAG_TR] = read_group,
    [TAG_Table] = read_table,
    [TAG_Title] = read_heading,
    [TAG_WP] = read_content,
    [TAG_WT] = read_content,
    [TAG_Warichu] = read_content,
    [TAG_UNKNOWN] = read_unknown,
};

void read_spoken(Speaker *s, uint32_t node, void (*reader)(Speaker *, uint32_t))
{
    const TagNode *n = read_find(s, node);
    Str outer = s->language;
    if (n->language.n)
        s->language = n->language;
    reader(s, node);
    s->language = outer;
}

void read_node(Speaker *s, uint32_t node)
{
    read_spoken(s, node, readers[read_find(s, node)->tag]);
}

static void collect(void *context, const AloudLine *line)
{
    StrBuf *out = context;
    if (out->n && line->pieces)
        strbuf_add_char(out, ' ');
    for (size_t i = 0; i < line->pieces; i++)
        if (line->piece[i].kind == PIECE_TEXT)
            strbuf_add_str(out, line->piece[i].text);
}

void read_words(const Speaker *s, uint32_t node, StrBuf *out)
{
    Speaker inner = {.pdf = s->pdf,
                     .words = s->words,
                     .pages = s->pages,
                     .sink = {collect, out},
                     .collects = true,
                     .page = TAG_NO_PAGE,
                     .next_page = TAG_NO_PAGE,
                     .language = s->language};
    read_content(&inner, node);
    line_end(&inner);
    line_drop(&inner);
}

/* "Dokument: Titel, på dansk, 24 sider" */
static void say_document(Speaker *s)
{
    StrBuf text = {0};
    if (s->pdf->title.n)
        read_pattern(s, SAY_document, "title", s->pdf->title, &text);
    else
        strbuf_add_str(&text, read_word(s, SAY_no_title));
    if (s->pdf->language.n) {
        strbuf_add_text(&text, ", ");
        words_add_language(s->words, s->pdf->language, &text);
    }
    strbuf_add_text(&text, ", ");
    words_add_count(s->words, COUNT_pages, s->pdf->pages, &text);
    line_piece(s, PIECE_SIGN, strbuf_str(&text));
    line_end(s);
    strbuf_drop(&text);
}

void aloud_read(const TaggedPdf *pdf, const AloudWords *words, const AloudPages *pages,
                AloudSink sink)
{
    AloudPages all = {NULL, 0};
    Speaker s = {.pdf = pdf,
                 .words = words,
                 .pages = &all,
                 .sink = sink,
                 .page = TAG_NO_PAGE,
                 .next_page = TAG_NO_PAGE,
                 .language = pdf->language};
    say_document(&s);
    s.pages = pages;
    read_node(&s, 0);
    line_end(&s);
    line_drop(&s);
}

/* ---- which pages ---------------------------------------------------------------------------------------------- */

static bool parse_number(Str text, size_t *at, uint32_t *out)
{
    enum { LARGEST = 100000000 };
    size_t from = *at;
    for (*out = 0; *at < text.n && ascii_digit(text.p[*at]) && *out < LARGEST; ++*at)
        *out = *out * 10 + (uint32_t)(text.p[*at] - '0');
    return *at > from && *out > 0;
}

bool aloud_parse_pages(Str text, AloudPages *pages)
{
    *pages = (AloudPages){NULL, 0};
    pages->range = mem_array(text.n + 1, sizeof *pages->range);
    for (size_t at = 0; at < text.n; at++) {
        uint32_t first, last;
        if (!parse_number(text, &at, &first))
            return false;
        last = first;
        if (at < text.n && text.p[at] == '-') {
            at++;
            last = UINT32_MAX;
            if (at < text.n && text.p[at] != ',' && !parse_number(text, &at, &last))
                return false;
        }
        if (last < first || (at < text.n && (text.p[at] != ',' || at + 1 == text.n)))
            return false;
        pages->range[pages->n].first = first;
        pages->range[pages->n++].last = last;
    }
    return pages->n > 0;
}
