#include "report/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

void report_drop(Report *report)
{
    if (!report)
        return;
    mem_free(report->folder);
    map_drop(&report->figure_of);
    arena_drop(&report->arena);
    mem_free(report);
}

Str report_name_of(Arena *arena, const char *path)
{
    static const char *const endings[] = {".md", ".json"};
    char *whole = realpath(path, NULL);
    Str s = str_from(whole ? whole : path);
    while (s.n > 1 && s.p[s.n - 1] == '/')
        s.n--;
    size_t slash = s.n;
    while (slash > 0 && s.p[slash - 1] != '/')
        slash--;
    Str name = str_cut(s, slash, s.n);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_ends(name, str_from(endings[i])))
            name.n -= strlen(endings[i]);
    StrBuf slug = {0};
    strbuf_add_slug(&slug, name);
    if (!slug.n)
        strbuf_add_text(&slug, "report");
    name = arena_str(arena, strbuf_str(&slug));
    strbuf_drop(&slug);
    free(whole);
    return name;
}

const char *const chart_type_names[CHART_TYPES] = {
    [CHART_BARS] = "bars",     [CHART_COLUMNS] = "columns",   [CHART_GROUPED] = "grouped",
    [CHART_SHARES] = "shares", [CHART_PROGRESS] = "progress", [CHART_DOTS] = "dots",
    [CHART_SLOPE] = "slope",   [CHART_LINES] = "lines",       [CHART_PANELS] = "panels"};

Str report_short_title(const Report *report)
{
    return report->short_title.n ? report->short_title : report->title;
}

bool report_puts_off(const Report *report, Str code)
{
    for (size_t i = 0; i < report->offs; i++)
        if (str_equal(report->off[i], code))
            return true;
    return false;
}

static const Table *find_table(const Block *b, Str id)
{
    for (; b; b = b->next) {
        if (b->kind == BLOCK_TABLE && str_equal(block_name(b), id))
            return b->table;
        const Table *inside = find_table(b->children, id);
        if (inside)
            return inside;
    }
    return NULL;
}

const Table *report_table(const Report *report, Str id)
{
    const Table *table = NULL;
    for (size_t i = 0; i < report->sections && !table && id.n; i++)
        table = find_table(report->section[i].blocks, id);
    return table;
}

enum { SHORTEST_NOUN = 4 };

bool words_name_unit(Str words, Str unit, Str *before)
{
    for (size_t at = 0; unit.n >= SHORTEST_NOUN && at + unit.n <= words.n; at++) {
        Str rest = str_cut(words, at + unit.n, words.n);
        bool ends = !rest.n || rest.p[0] == ' ' || rest.p[0] == ',';
        *before = str_cut(words, 0, at);
        if (ends && utf8_equal_fold(str_cut(words, at, at + unit.n), unit))
            return true;
    }
    return false;
}

bool figure_names_unit(const KeyFigure *figure)
{
    Str before;
    return !figure->value.scale.n && words_name_unit(figure->name, figure->unit, &before);
}

const KeyFigure *report_figure(const Report *report, Str id)
{
    uint32_t at = 0;
    if (report->figure_of.n)
        return map_get(&report->figure_of, id, &at) ? &report->figure[at] : NULL;
    while (at < report->figures && !str_equal(report->figure[at].id, id))
        at++;
    return at < report->figures ? &report->figure[at] : NULL;
}

bool block_takes_notes(const Block *b)
{
    return b->kind == BLOCK_TABLE || (b->kind == BLOCK_IMAGE && b->caption);
}

static bool begins_with(const Terms *terms, const Block *b, Word word)
{
    Str rest;
    bool text = b->kind == BLOCK_PARAGRAPH && b->inlines && b->inlines->kind == INLINE_TEXT;
    return text && terms_label(terms, word, b->inlines->text, &rest);
}

bool block_is_source(const Terms *terms, const Block *b)
{
    return begins_with(terms, b, WORD_column_source);
}

int block_level(const Block *b)
{
    enum { VISIT = 2, STOP = 3 };
    return b->kind == BLOCK_HEADING ? b->level
           : b->kind == BLOCK_VISIT ? (b->visit->stop ? STOP : VISIT)
           : b->kind == BLOCK_KEY_FIGURES || b->kind == BLOCK_RECOMMENDATIONS ? VISIT
                                                                              : NO_LEVEL;
}

bool block_is_note(const Terms *terms, const Block *b)
{
    return block_is_source(terms, b) || begins_with(terms, b, WORD_table_note);
}

void block_each_inlines(const Block *b, InlinesVisitor *visit, void *context)
{
    visit(context, b->inlines);
    if (b->kind == BLOCK_IMAGE)
        visit(context, b->caption);
    if (b->kind != BLOCK_TABLE)
        return;
    visit(context, b->table->caption);
    for (size_t i = 0; i < b->table->rows * b->table->columns; i++)
        visit(context, b->table->cell[i].inlines);
}

void inlines_each_note(const Inline *in, NoteVisitor *visit, void *context)
{
    for (; in; in = in->next) {
        if (in->kind == INLINE_NOTE)
            visit(context, in->note);
        inlines_each_note(in->children, visit, context);
    }
}

typedef struct {
    NoteVisitor *visit;
    void *context;
} NoteWalk;

static void walk_notes(void *context, Inline *in)
{
    const NoteWalk *w = context;
    inlines_each_note(in, w->visit, w->context);
}

void block_each_note(const Block *b, NoteVisitor *visit, void *context)
{
    block_each_inlines(b, walk_notes, &(NoteWalk){visit, context});
}

void blocks_each_note(const Block *b, NoteVisitor *visit, void *context)
{
    for (; b; b = b->next) {
        block_each_note(b, visit, context);
        blocks_each_note(b->children, visit, context);
    }
}

Str code_language(Str info)
{
    Str braces = str_cut(info, str_find(info, '{'), info.n);
    const char *at = braces.n ? memmem(braces.p, braces.n, "lang=", 5) : NULL;
    if (!at || !(at[-1] == '{' || ascii_space(at[-1])))
        return (Str){"", 0};
    Str value = str_cut(braces, (size_t)(at - braces.p) + 5, braces.n);
    bool quoted = str_starts(value, STR("\""));
    value = str_cut(value, quoted, value.n);
    size_t end = 0;
    while (end < value.n && !strchr(quoted ? "\"}" : " \t}", value.p[end]))
        end++;
    return str_cut(value, 0, end);
}

bool inline_is_reference(const Inline *in)
{
    return in->kind == INLINE_LINK && !in->children && str_starts(in->target, STR("#"));
}

static void add_figure(StrBuf *out, const Terms *terms, const Inline *in)
{
    if (in->figure)
        quantity_print_with_unit(out, terms, &in->figure->value, in->figure->unit);
    else
        strbuf_add_str(out, in->text);
}

/* A line's end in the source is a space. */
static void add_text(StrBuf *out, Str text)
{
    size_t from = out->n;
    strbuf_add_str(out, text);
    for (size_t i = from; i < out->n; i++)
        if (out->p[i] == '\n')
            out->p[i] = ' ';
}

void inlines_text(StrBuf *out, const Terms *terms, const Inline *in)
{
    for (; in; in = in->next) {
        if (in->kind == INLINE_TEXT || in->kind == INLINE_CODE)
            add_text(out, in->text);
        else if (in->kind == INLINE_LINE_BREAK)
            strbuf_add_char(out, ' ');
        else if (in->kind == INLINE_FIGURE)
            add_figure(out, terms, in);
        else
            inlines_text(out, terms, in->children);
    }
}
