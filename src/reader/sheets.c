#include "reader/sheets.h"

#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"

/* ---- the files ------------------------------------------------------------------------------ */

typedef void ReadSheet(Reader *r, Sheets *sheets, const char *path);

/* A pipe would never end, and a link may lead anywhere. */
static bool may_be_read(Reader *r, const char *path)
{
    struct stat st;
    bool inside = file_is_inside(r->report->folder, path);
    if (inside && stat(path, &st) == 0 && S_ISREG(st.st_mode))
        return true;
    Pos whole = {0, 0, diags_file(r->diags, path, NULL, 0)};
    if (inside)
        diag_error(r->diags, whole, "can't read it: it is no file");
    else
        diag_error(r->diags, whole, "this is outside the report's folder");
    return false;
}

/* What lies beside the report and looks as if it belonged to it is not passed over in silence. */
static void warn_of_other(Reader *r, Str name)
{
    static const char *const endings[] = {".xlsx", ".xls", ".ods"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        StrBuf other = {0};
        strbuf_add_str(&other, str_cut(name, 0, name.n - strlen(".csv")));
        strbuf_add_text(&other, endings[i]);
        char *path = file_join(r->report->folder, other.p);
        if (file_exists(path)) {
            diag_warning(r->diags, (Pos){0, 0, r->file}, "'%s' is not read", other.p);
            diag_hint(r->diags, "save it from the spreadsheet program as '%.*s'", (int)name.n,
                      name.p);
        }
        mem_free(path);
        strbuf_drop(&other);
    }
}

/* The file under the first of its names that is there. */
static void read_one(Reader *r, Sheets *sheets, Word word, ReadSheet *read)
{
    const StrList *names = &r->terms->read[word];
    char *first = NULL;
    for (size_t i = 0; i < names->n; i++) {
        char *path = file_join(r->report->folder, names->at[i].p);
        if (!file_exists(path)) {
            mem_free(path);
        } else if (!first) {
            first = path;
        } else {
            diag_error(r->diags, (Pos){0, 0, diags_file(r->diags, path, NULL, 0)},
                       "'%s' is read already, so this is not", first);
            mem_free(path);
        }
    }
    if (first && may_be_read(r, first))
        read(r, sheets, first);
    for (size_t i = 0; !first && i < names->n; i++)
        if (str_ends(names->at[i], STR(".csv")))
            warn_of_other(r, names->at[i]);
    mem_free(first);
}

void sheets_read(Reader *r, Sheets *sheets)
{
    read_one(r, sheets, WORD_key_figures_file, figures_read_sheet);
    read_one(r, sheets, WORD_recommendations_file, recommendations_read_sheet);
}

/* ---- sections by name ----------------------------------------------------------------------- */

#define NOWHERE UINT32_MAX

/* Sections as rows name them, and what they show. */
typedef struct {
    Reader *r;
    Report *report;
    Map by_id, by_title; /* NOWHERE where several sections have a title */
    Arena scratch;
    bool *shows[2];  /* for each section, whether it has a place for figures, recommendations */
    size_t whole[2]; /* the section of those that belong to the whole report, or NOWHERE */
    unsigned hints;  /* given so far */
} Places;

static void learn_sections(Places *p)
{
    for (size_t i = 0; i < p->report->sections; i++) {
        const Section *s = &p->report->section[i];
        StrBuf b = {0};
        uint32_t other;
        inlines_text(&b, p->r->terms, s->title);
        Str title = arena_lower(&p->scratch, str_trim(strbuf_str(&b)));
        strbuf_drop(&b);
        map_put(&p->by_id, s->id, (uint32_t)i);
        if (title.n)
            map_put(&p->by_title, title,
                    map_get(&p->by_title, title, &other) ? NOWHERE : (uint32_t)i);
    }
}

static void hint_sections(Places *p, Str name)
{
    size_t n = 0;
    if (p->hints++ >= MOST_HINTS)
        return;
    const char **names = arena_array(&p->scratch, p->by_id.n, const char *);
    for (size_t i = 0; i < p->report->sections; i++) {
        Str id = p->report->section[i].id;
        if (id.n && n < p->by_id.n)
            names[n++] = arena_strndup(&p->scratch, id.p, id.n);
    }
    diag_hint_nearest(p->r->diags, name, names, n);
}

/* The section of an id or a title. */
static bool find_section(Places *p, const Claim *claim, size_t *section)
{
    Str name = claim->theme, rest;
    uint32_t at;
    if (map_get(&p->by_id, name, &at)) {
        *section = at;
        return true;
    }
    if (terms_label(p->r->terms, WORD_theme, name, &rest))
        name = rest;
    if (!map_get(&p->by_title, arena_lower(&p->scratch, name), &at)) {
        diag_error(p->r->diags, claim->pos, "there is no theme or section '%.*s'", (int)name.n,
                   name.p);
        hint_sections(p, name);
        return false;
    }
    if (at == NOWHERE) {
        diag_error(p->r->diags, claim->pos, "several sections are called '%.*s'", (int)name.n,
                   name.p);
        diag_hint(p->r->diags, "write the id of one instead");
        return false;
    }
    *section = at;
    return true;
}

/* ---- where a section shows them ------------------------------------------------------------- */

enum { FIGURES, RECOMMENDATIONS };

static const BlockKind block_kind[2] = {BLOCK_KEY_FIGURES, BLOCK_RECOMMENDATIONS};

static bool has_block(const Block *b, BlockKind kind, bool open)
{
    for (; b; b = b->next)
        if ((b->kind == kind && !(open && b->closed)) || has_block(b->children, kind, open))
            return true;
    return false;
}

/* What belongs to no theme is shown where the report itself shows such: in its first common section with
 * the heading. */
static void learn_places(Places *p)
{
    size_t n = p->report->sections;
    for (int kind = 0; kind < 2; kind++) {
        p->shows[kind] = arena_zalloc(&p->scratch, (n + 1) * sizeof(bool));
        p->whole[kind] = NOWHERE;
        for (size_t i = n; i-- > 0;) {
            const Section *s = &p->report->section[i];
            p->shows[kind][i] = has_block(s->blocks, block_kind[kind], false);
            if (s->kind != SECTION_THEME && !s->closed &&
                has_block(s->blocks, block_kind[kind], true))
                p->whole[kind] = i;
        }
    }
}

/* Gives a section a place at its end, under the heading that the language has for it. */
static void add_block(Places *p, size_t section, int kind, Pos pos)
{
    Reader *r = p->r;
    Block **end = &p->report->section[section].blocks;
    if (p->shows[kind][section])
        return;
    p->shows[kind][section] = true;
    while (*end)
        end = &(*end)->next;
    Block *b = *end = block_new(r, block_kind[kind], pos);
    b->level = 2;
    b->inlines = inline_new(r, INLINE_TEXT, pos);
    b->inlines->text =
        terms_word(r->terms, kind == FIGURES ? WORD_key_figures : WORD_recommendations);
}

static size_t add_section(Places *p, Pos pos)
{
    Report *report = p->report;
    Inline *title = inline_new(p->r, INLINE_TEXT, pos);
    title->text = p->r->terms->print[TERM_whole];
    Section *list = arena_array(&report->arena, report->sections + 1, Section);
    if (report->sections)
        memcpy(list, report->section, report->sections * sizeof *list);
    list[report->sections] = (Section){.kind = SECTION_WHOLE, .pos = pos, .title = title};
    report->section = list;
    return report->sections++;
}

/* Where the report has no place for what belongs to no theme, it gets a section for it. */
static size_t whole_section(Places *p, int kind, Pos pos)
{
    if (p->whole[kind] == NOWHERE)
        p->whole[kind] = p->report->sections &&
                                 p->report->section[p->report->sections - 1].kind == SECTION_WHOLE
                             ? p->report->sections - 1
                             : add_section(p, pos);
    return p->whole[kind];
}

/* Where a row belongs that names no section, or one that isn't there. */
static size_t section_of(Places *p, const Claim *claim, int kind)
{
    size_t section;
    bool whole = !claim->theme.n || terms_match(p->r->terms, WORD_whole, claim->theme);
    return !whole && find_section(p, claim, &section) ? section
                                                      : whole_section(p, kind, claim->pos);
}

/* ---- order ---------------------------------------------------------------------------------- */

/* Copies n things of a size, ordered by section; those of one section keep their order. */
static void *ordered(Places *p, const void *from, size_t n, size_t size,
                     size_t (*section)(const void *thing))
{
    size_t sections = p->report->sections;
    size_t *next = arena_zalloc(&p->scratch, (sections + 1) * sizeof *next);
    char *to = arena_alloc(p->r->arena, n * size);
    for (size_t i = 0; i < n; i++)
        next[section((const char *)from + i * size) + 1]++;
    for (size_t i = 0; i < sections; i++)
        next[i + 1] += next[i];
    for (size_t i = 0; i < n; i++) {
        const char *thing = (const char *)from + i * size;
        memcpy(to + next[section(thing)]++ * size, thing, size);
    }
    return to;
}

static size_t figure_section(const void *figure)
{
    return ((const KeyFigure *)figure)->section;
}

static size_t recommendation_section(const void *recommendation)
{
    return ((const Recommendation *)recommendation)->section;
}

/* ---- figures and recommendations ------------------------------------------------------------ */

static void place_figure(Places *p, const Claim *claim)
{
    KeyFigure *f = &p->report->figure[claim->at];
    if (!claim->own && !claim->theme.n)
        return;
    size_t section = section_of(p, claim, FIGURES);
    if (claim->own) {
        f->section = section;
        add_block(p, section, FIGURES, f->pos);
    } else if (f->section != section) {
        diag_warning(p->r->diags, claim->pos, "the key figure '%.*s' stands in another section",
                     (int)f->id.n, f->id.p);
        diag_also(p->r->diags, f->pos, "it is shown here");
    }
}

static void place_recommendation(Places *p, const Claim *claim)
{
    Recommendation *rec = &p->report->recommendation[claim->at];
    rec->section = section_of(p, claim, RECOMMENDATIONS);
    add_block(p, rec->section, RECOMMENDATIONS, rec->pos);
}

/* A heading without a table or list is right where a spreadsheet has rows for it. */
static void check_unfilled(Places *p, const Sheets *sheets)
{
    const Report *report = p->report;
    bool *figures = arena_zalloc(&p->scratch, report->sections * sizeof *figures);
    bool *recommendations = arena_zalloc(&p->scratch, report->sections * sizeof *figures);
    for (size_t i = 0; i < sheets->figures.n; i++)
        figures[report->figure[sheets->figures.at[i].at].section] = true;
    for (size_t i = 0; i < sheets->recommendations.n; i++)
        recommendations[report->recommendation[sheets->recommendations.at[i].at].section] = true;
    for (size_t i = 0; i < p->r->unfilled.n; i++) {
        const Unfilled *u = &p->r->unfilled.at[i];
        if (u->block->kind == BLOCK_KEY_FIGURES && !figures[u->section])
            diag_error(p->r->diags, u->block->pos, "there is no table under this heading");
        if (u->block->kind == BLOCK_RECOMMENDATIONS && !recommendations[u->section])
            diag_error(p->r->diags, u->block->pos, "there is no numbered list under this heading");
    }
}

/* Numbers say where a recommendation is among all, so those that were given before the rows had their place
 * count no more. */
static void drop_numbers(Report *report, const Sheets *sheets)
{
    size_t next = 0;
    for (size_t i = 0; i < report->recommendations; i++) {
        const Claim *claim = next < sheets->recommendations.n ? &sheets->recommendations.at[next]
                                                              : NULL;
        bool own = claim && claim->at == i;
        next += own;
        if (!own || !claim->named)
            report->recommendation[i].id = (Str){"", 0};
    }
}

static void order(Places *p, const Sheets *sheets)
{
    Report *report = p->report;
    drop_numbers(report, sheets);
    report->figure =
        ordered(p, report->figure, report->figures, sizeof *report->figure, figure_section);
    report->recommendation = ordered(p, report->recommendation, report->recommendations,
                                     sizeof *report->recommendation, recommendation_section);
    report_number_recommendations(report);
}

void sheets_place(Reader *r, Sheets *sheets)
{
    Report *report = r->report;
    Places p = {.r = r, .report = report};
    bool any = sheets->figures.n || sheets->recommendations.n;
    if (any) {
        learn_sections(&p);
        learn_places(&p);
    }
    for (size_t i = 0; i < sheets->figures.n; i++)
        place_figure(&p, &sheets->figures.at[i]);
    for (size_t i = 0; i < sheets->recommendations.n; i++)
        place_recommendation(&p, &sheets->recommendations.at[i]);
    basis_resolve(r, sheets);
    check_unfilled(&p, sheets);
    if (any)
        order(&p, sheets);
    map_drop(&p.by_id);
    map_drop(&p.by_title);
    arena_drop(&p.scratch);
    map_drop(&sheets->figure_of);
    map_drop(&sheets->recommendation_of);
    array_drop(&sheets->leads);
    array_drop(&sheets->figures);
    array_drop(&sheets->recommendations);
}
