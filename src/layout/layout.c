#include "layout/layout.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "layout/internal.h"

/* No layout file is larger, and no chain of extends longer. */
enum { LARGEST_FILE = 1 << 20, LONGEST_CHAIN = 8 };

#define LEAST_SIDE 48 /* points: no note is legible in a narrower column */

/* ---- what is made --------------------------------------------------------------------------- */

static void read_for_each(void *context, const char *name, const ConfNode *node)
{
    static const char *const words[] = {"report", "theme"};
    Reader *r = context;
    size_t choice;
    if (conf_choice(r->diags, node, name, words, 2, &choice))
        r->layout->for_each = (ForEach)choice;
    r->for_each_seen = true;
}

static void read_attach(void *context, const char *name, const ConfNode *node)
{
    static const char *const words[] = {"none", "figures"};
    Reader *r = context;
    size_t choice;
    if (conf_choice(r->diags, node, name, words, 2, &choice))
        r->layout->attach_figures = choice == 1;
}

static void read_edition(void *context, const char *name, const ConfNode *node)
{
    static const char *const words[] = {"open", "closed"};
    Reader *r = context;
    size_t choice;
    if (conf_choice(r->diags, node, name, words, 2, &choice))
        r->layout->closed = choice == 1;
}

static void read_sheets(void *context, const char *name, const ConfNode *node)
{
    static const char *const words[] = {"none", "two-up", "booklet"};
    Reader *r = context;
    size_t choice;
    if (conf_choice(r->diags, node, name, words, 3, &choice))
        r->layout->sheets = (Sheets)choice;
}

static void read_description(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    Str *text = &r->layout->description;
    if (!conf_text(r->diags, node, name, text))
        return;
    for (size_t i = 0; i < text->n; i++) {
        unsigned char byte = (unsigned char)text->p[i];
        if (byte < 0x20 || byte == 0x7F) {
            diag_error(r->diags, node->pos, "'%s' must be one line", name);
            return;
        }
    }
}

/* In the folder of the file that names it, whichever layout extends that. */
static void read_logo(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    Layout *l = r->layout;
    Str path;
    if (!conf_text(r->diags, node, name, &path))
        return;
    char *folder = file_folder(r->path);
    l->logo = path;
    l->logo_pos = node->pos;
    l->logo_folder = arena_str(&l->arena, str_from(folder));
    mem_free(folder);
}

static void skip_extends(void *context, const char *name, const ConfNode *node)
{
    (void)context; /* read before everything else */
    (void)name;
    (void)node;
}

/* ---- files ---------------------------------------------------------------------------------- */

static void read_file(Reader *r, Str name, Pos asked, const char *hiding);

/* What is said of one file alone. */
static void read_base(Reader *r, const ConfNode *base, Str own)
{
    Str name;
    if (!base || !conf_text(r->diags, base, "extends", &name))
        name = (Str){"", 0};
    else
        read_file(r, name, base->pos, str_equal(name, own) ? r->path : NULL);
    r->layout->extends = name;
    r->layout->description = (Str){"", 0};
}

static void read_root(Reader *r, const ConfNode *root, Str name)
{
    static const ConfKey keys[] = {{"extends", skip_extends},
                                   {"description", read_description},
                                   {"paper", read_paper},
                                   {"margins", read_group},
                                   {"columns", read_group},
                                   {"head", read_group},
                                   {"foot", read_group},
                                   {"family", read_family},
                                   {"fallback", read_fallback},
                                   {"divisions", read_divisions},
                                   {"colours", read_colours},
                                   {"styles", read_styles},
                                   {"table", read_group},
                                   {"list", read_group},
                                   {"box", read_group},
                                   {"chart", read_group},
                                   {"tile", read_group},
                                   {"note", read_group},
                                   {"last-page", read_group},
                                   {"summary", read_group},
                                   {"opener", read_group},
                                   {"typing", read_group},
                                   {"image", read_group},
                                   {"output", read_output},
                                   {"document-title", read_document_title},
                                   {"pages-of", read_pages_of},
                                   {"for-each", read_for_each},
                                   {"parts", read_parts},
                                   {"attach", read_attach},
                                   {"edition", read_edition},
                                   {"sheets", read_sheets},
                                   {"sheet-paper", read_sheet_paper},
                                   {"write-in", read_root_field},
                                   {"repeat-key", read_root_field},
                                   {"grey", read_root_field},
                                   {"most-pages", read_root_field},
                                   {"run-on", read_root_field},
                                   {"spread", read_root_field},
                                   {"note-pages", read_root_field},
                                   {"brief", read_root_field},
                                   {"emphasis", read_root_field},
                                   {"extract", read_group},
                                   {"first-page", read_group},
                                   {"span", read_span},
                                   {"cover", read_group},
                                   {"logo", read_logo},
                                   {"two-sided", read_root_field},
                                   {"contents", read_group},
                                   {"fill", read_fill},
                                   {"may-leave-out", read_may_leave_out}};
    uint16_t file = r->file;
    const char *path = r->path;
    read_base(r, conf_get(root, "extends"), name);
    r->file = file;
    r->path = path;
    conf_keys(r->diags, root, NULL, keys, sizeof keys / sizeof *keys, r);
}

static void hint_layout(const Reader *r, Str name)
{
    char *meant = r->options->guess ? r->options->guess(r->options->context, name) : NULL;
    if (meant)
        diag_hint(r->diags, "did you mean '%s'?", meant);
    else
        diag_hint(r->diags, "'briefpack layouts' lists those that there are; your own stand in the "
                            "folder 'layouts' of the report's");
    mem_free(meant);
}

static void read_file(Reader *r, Str name, Pos asked, const char *hiding)
{
    if (++r->chain > LONGEST_CHAIN) {
        diag_error(r->diags, asked, "layouts extend each other without end");
        return;
    }
    char *path = r->options->find(r->options->context, name, hiding);
    if (!path) {
        diag_error(r->diags, asked, "there is no layout '%.*s'", (int)name.n, name.p);
        hint_layout(r, name);
        return;
    }
    StrBuf text = {0};
    int error = file_read(path, LARGEST_FILE, &text);
    r->file = diags_file(r->diags, path, text.p, text.n);
    Pos whole = {0, 0, r->file};
    if (error)
        diag_error(r->diags, whole, "can't read it: %s", strerror(error));
    const ConfNode *root =
        error ? NULL : conf_read(&r->layout->arena, r->diags, r->file, strbuf_str(&text), 1);
    r->path = path;
    if (root)
        read_root(r, root, name);
    r->layout->pos = whole;
    mem_free(path);
}

/* Columns share the page; the first page is as the others are where nothing else is said. */
static void resolve_page(Layout *l)
{
    double live = layout_live_width(l);
    if (l->columns > 1)
        l->text_width = (live - l->gutter * (l->columns - 1)) / l->columns;
    else if (l->text_width <= 0)
        l->text_width = live;
    if (l->first_top <= 0)
        l->first_top = l->top;
    if (l->first_bottom <= 0)
        l->first_bottom = l->bottom;
    if (l->sheet_width <= 0) {
        l->sheet_width = l->paper_width;
        l->sheet_height = l->paper_height;
    }
}

static void resolve_colours(Layout *l)
{
    for (size_t i = 0; i < STYLE_COUNT; i++)
        if (l->style[i].colour_role >= 0)
            l->style[i].colour = l->colour[l->style[i].colour_role];
}

static void check_colours(Reader *r)
{
    for (size_t i = 0; i < COLOUR_COUNT; i++) {
        StrBuf name = {0};
        layout_add_colour_name(&name, (ColourRole)i);
        if (!r->colour_seen[i])
            diag_error(r->diags, r->layout->pos, "the colour '%s' is missing", name.p);
        strbuf_drop(&name);
    }
}

static void check_styles(Reader *r)
{
    for (size_t i = 0; i < STYLE_COUNT; i++) {
        const Style *s = &r->layout->style[i];
        StrBuf name = {0};
        layout_add_style_name(&name, (StyleRole)i);
        if (!r->seen[i])
            diag_error(r->diags, r->layout->pos, "the style '%s' is missing", name.p);
        else if (s->size < 1 || s->leading < s->size * 0.5 || s->size > 200 || !s->family.n)
            diag_error(r->diags, r->layout->pos,
                       "the style '%s' needs a family, a size and a leading", name.p);
        strbuf_drop(&name);
    }
}

static void check(Reader *r)
{
    Layout *l = r->layout;
    l->makes_file = l->output.n && r->parts_seen && r->for_each_seen;
    if (!l->makes_file && r->options->bases)
        return;
    if (!l->makes_file) {
        diag_error(r->diags, l->pos,
                   !l->output.n     ? N_("'%.*s' makes no file by itself: it lacks 'output'")
                   : !r->parts_seen ? N_("'%.*s' makes no file by itself: it lacks 'parts'")
                                    : N_("'%.*s' makes no file by itself: it lacks 'for-each'"),
                   (int)l->name.n, l->name.p);
        return;
    }
    check_colours(r);
    check_styles(r);
    double live = layout_live_width(l);
    double height = l->paper_height - fmax(l->top, l->first_top) - fmax(l->bottom, l->first_bottom);
    if (!(live > 72 && height > 72 && l->text_width > 36 && l->text_width <= live + 0.01))
        diag_error(r->diags, l->pos, "paper, margins and columns leave no room for text");
}

Layout *layout_read(Str name, Pos asked, const LayoutOptions *options)
{
    Layout *l = mem_zalloc(sizeof *l);
    size_t errors = diags_count(options->diags, DIAG_ERROR);
    Reader r = {.layout = l, .options = options, .diags = options->diags};
    l->name = arena_str(&l->arena, name);
    l->attach_figures = true;
    l->columns = 1;
    l->box.joint = 6;
    l->span[SPAN_h1] = l->span[SPAN_lead] = true;
    l->image_resolution = 200;
    l->extract = (ExtractStyle){.tiles = 5, .lessons = 6};
    l->contents.depth = 2;
    l->contents.most_pages = 1;
    l->document_title = STR("{title}");
    read_file(&r, l->name, asked, NULL);
    resolve_colours(l);
    resolve_page(l);
    if (diags_count(options->diags, DIAG_ERROR) == errors)
        check(&r);
    if (diags_count(options->diags, DIAG_ERROR) == errors && l->makes_file)
        contrast_check(l, &r.said_at, r.diags);
    if (l->grey)
        layout_make_grey(l);
    if (diags_count(options->diags, DIAG_ERROR) == errors)
        return l;
    layout_drop(l);
    return NULL;
}

void layout_drop(Layout *l)
{
    if (!l)
        return;
    arena_drop(&l->arena);
    mem_free(l);
}

double layout_side_width(const Layout *l)
{
    double rest = layout_live_width(l) - l->text_width - l->gutter;
    return l->columns > 1 || rest < LEAST_SIDE ? 0 : rest;
}
