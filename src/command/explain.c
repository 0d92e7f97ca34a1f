#include <libintl.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/cpr.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/work.h"
#include "command/load.h"
#include "command/pictures.h"
#include "compose/compose.h"

/* Tells why lines are broken where they are: for each line that was chosen, what it costs and what the
 * whole paragraph would cost if the line ended elsewhere. */

/* Of a line's alternatives those are told that are at least so long, to the measure. */
#define SHORTEST_TOLD 0.6
/* Makes a place compulsory, or forbids it; nothing else costs nearly as much. */
#define COMPULSION 1e12

typedef struct {
    Telling telling;
    const char *layout;
    Load load;
    Text *text;
    uint32_t from, to; /* lines of the report */
    size_t told;       /* paragraphs */
    ARRAY(BreakLine) weighed;
} Explain;

/* ---- which paragraphs ----------------------------------------------------------------------- */

/* Where in the report the text begins that an id names, and where the next heading ends it. */
typedef struct {
    Str id;
    uint32_t from, to;
} Range;

static void see(Range *range, Str id, Pos pos)
{
    if (str_equal(id, range->id))
        range->from = pos.line;
    else if (range->from && pos.line > range->from && pos.line < range->to)
        range->to = pos.line;
}

static void see_blocks(Range *range, const Block *block)
{
    for (; block; block = block->next) {
        bool heading = block->kind == BLOCK_HEADING || block->kind == BLOCK_VISIT;
        if (heading || str_equal(block->id, range->id))
            see(range, block->id, block->pos);
        see_blocks(range, block->children);
    }
}

static bool find_range(Explain *e, Str id)
{
    const Report *report = e->load.report;
    Range range = {id, 0, UINT32_MAX};
    for (size_t i = 0; i < report->sections; i++) {
        see(&range, report->section[i].id, report->section[i].pos);
        see_blocks(&range, report->section[i].blocks);
    }
    e->from = range.from;
    e->to = range.to;
    return range.from > 0;
}

/* ---- one paragraph -------------------------------------------------------------------------- */

static void remember(void *context, const BreakLine *line)
{
    Explain *e = context;
    for (size_t i = 0; i < e->weighed.n; i++)
        if (e->weighed.at[i].from == line->from && e->weighed.at[i].to == line->to)
            return; /* weighed again when all lines were looked at */
    array_push(&e->weighed, *line);
}

static void print_text(Str text)
{
    for (size_t i = 0; i < text.n;) {
        char utf8[5];
        uint32_t c = utf8_next(text, &i);
        if (c == 0xAD)
            continue;
        c = c == '\n' ? ' ' : utf8_is_odd(c) ? '?' : c;
        size_t n = utf8_put(utf8, c);
        fwrite(utf8, 1, n, stdout);
    }
}

/* The text between two points; the last words of it when it is long. */
static Str text_between(const TextBreaking *b, long from, size_t to)
{
    return str_trim(str_cut(b->text, from < 0 ? 0 : b->next[from], b->next[to]));
}

static Str tail(Str text)
{
    enum { LONGEST = 24 };
    size_t from = text.n > LONGEST ? text.n - LONGEST : 0;
    while (from > 0 && from < text.n && text.p[from] != ' ')
        from++;
    return from < text.n ? str_trim(str_cut(text, from, text.n)) : text;
}

static bool goes_from_to(const uint32_t *chosen, size_t lines, long from, size_t to)
{
    size_t i = 0;
    while (i < lines && chosen[i] < to)
        i++;
    return i < lines && chosen[i] == to && (i ? (long)chosen[i - 1] : -1) == from;
}

static void hear_nothing(void *context, const BreakLine *line)
{
    (void)context;
    (void)line;
}

/* What the paragraph costs at best when one of its lines goes from a to b. The end makes up for what draws
 * the lines there, so that a way past it is among the bad ones. Shortcuts that take no cost to be below 0
 * are not for one who listens. */
static double cost_with(const TextBreaking *b, long from, size_t to)
{
    const BreakTrace all = {hear_nothing, NULL};
    BreakPoint *point = mem_array(b->points, sizeof *point);
    uint32_t *chosen = mem_array(b->points, sizeof *chosen);
    memcpy(point, b->point, b->points * sizeof *point);
    for (size_t i = from < 0 ? 0 : (size_t)from + 1; i < to; i++)
        point[i].cost += 4 * COMPULSION;
    point[to].cost -= COMPULSION;
    if (from >= 0)
        point[from].cost -= COMPULSION;
    point[b->points - 1].cost += (from < 0 ? 1 : 2) * COMPULSION;
    size_t lines = break_lines(point, b->points, b->style, &all, chosen);
    double cost = goes_from_to(chosen, lines, from, to)
                      ? break_demerits(b->point, b->points, b->style, chosen, lines)
                      : BREAK_IMPOSSIBLE;
    mem_free(point);
    mem_free(chosen);
    return cost;
}

static void print_line(const TextBreaking *b, const BreakLine *line)
{
    static const char *const fits[] = {N_("tight"), N_("decent"), N_("loose"), N_("very loose")};
    const BreakPoint *end = &b->point[line->to];
    printf(gettext("width %.1f, ratio %.2f, badness %.0f, demerits %.0f, %s"), line->width,
           line->ratio, line->badness, line->demerits, gettext(fits[line->fit]));
    if (end->hyphen > 0)
        fputs(gettext(", hyphen"), stdout);
    if (end->cost > 0)
        printf(gettext(", place %.0f"), end->cost);
    putchar('\n');
}

static void print_alternative(const TextBreaking *b, const BreakLine *line, double least)
{
    double cost = cost_with(b, line->from, line->to);
    fputs(gettext("       not \""), stdout);
    print_text(tail(text_between(b, line->from, line->to)));
    fputs("\": ", stdout);
    print_line(b, line);
    if (cost >= BREAK_IMPOSSIBLE)
        puts(gettext("           the rest could not be set"));
    else
        printf(gettext("           the paragraph would cost %.0f, %.0f more\n"), cost,
               cost - least);
}

static void explain_line(Explain *e, const TextBreaking *b, size_t i, double least)
{
    long from = i ? (long)b->chosen[i - 1] : -1;
    for (size_t k = 0; k < e->weighed.n; k++) {
        const BreakLine *line = &e->weighed.at[k];
        if (line->from != from || line->to != b->chosen[i])
            continue;
        printf("  %3zu  \"", i + 1);
        print_text(text_between(b, from, line->to));
        fputs("\"\n       ", stdout);
        print_line(b, line);
    }
    for (size_t k = 0; k < e->weighed.n; k++) {
        const BreakLine *line = &e->weighed.at[k];
        bool other = line->from == from && line->to != b->chosen[i];
        if (other && line->width > b->style->measure * SHORTEST_TOLD)
            print_alternative(b, line, least);
    }
}

static void explain_masked(Explain *e, const TextBreaking *b)
{
    static const char *const fills[] = {N_("ragged"), N_("justified"), N_("centred")};
    double least = break_demerits(b->point, b->points, b->style, b->chosen, b->lines);
    printf(gettext("measure %.1f, %s, lines %zu, places %zu, weighed %zu, demerits %.0f\n"),
           b->style->measure, gettext(fills[b->style->fill]), b->lines, b->points, e->weighed.n,
           least);
    for (size_t i = 0; i < b->lines; i++)
        explain_line(e, b, i, least);
}

static void explain_paragraph(void *context, const TextBreaking *b)
{
    TextBreaking masked = *b;
    char *text = mem_strndup(b->text.p, b->text.n);
    cpr_mask(text, b->text.n);
    masked.text.p = text;
    explain_masked(context, &masked);
    mem_free(text);
}

static void inspect(void *context, const TextRequest *request, Pos pos)
{
    Explain *e = context;
    if (pos.file != e->load.report->file || pos.line < e->from || pos.line >= e->to)
        return;
    TextTrace trace = {remember, explain_paragraph, e};
    e->weighed.n = 0;
    printf("%s:%u:%u: ", diags_path(e->load.diags, pos.file), (unsigned)pos.line,
           (unsigned)pos.column);
    text_trace(e->text, 0, request, &trace);
    e->told++;
}

/* ---- the command ---------------------------------------------------------------------------- */

static void compose(Explain *e, const Layout *layout, Fonts *fonts)
{
    EditionChoice choice = {.closed = layout->closed};
    Edition *edition = edition_new(e->load.report, &choice, NULL);
    WorkQueue *queue = work_new(1);
    Hyphenation *hyphenation = divide_for_layout(&e->load.divide, e->load.diags, layout);
    Pictures *pictures = pictures_new(e->load.report->folder);
    PictureView view = pictures_view(pictures, e->load.diags, layout);
    e->text = text_new(fonts, 1);
    PageRequest request = {.edition = edition,
                           .layout = layout,
                           .fonts = fonts,
                           .text = e->text,
                           .queue = queue,
                           .hyphenation = hyphenation,
                           .diags = e->load.diags,
                           .image = pictures_get,
                           .layout_image = pictures_get_of_layout,
                           .context = &view,
                           .inspect = inspect,
                           .inspect_context = e,
                           .replace_missing = true,
                           .producer = STR("briefpack")};
    document_drop(compose_document(&request));
    text_drop(e->text);
    pictures_drop(pictures);
    hyphenation_drop(hyphenation);
    work_drop(queue);
    edition_drop(edition);
}

static int explain_id(Explain *e, Str id)
{
    LayoutOptions options = {.diags = e->load.diags,
                             .find = load_find_layout,
                             .context = &e->load,
                             .guess = load_guess_layout};
    if (!find_range(e, id))
        return command_fail(STATUS_INPUT, "the report has nothing with the id '%.*s'", (int)id.n,
                            id.p);
    Layout *layout = layout_read(str_from(e->layout), (Pos){0, 0, 0}, &options);
    Fonts *fonts = layout ? load_fonts(&e->load) : NULL;
    if (fonts)
        compose(e, layout, fonts);
    bool told = e->told > 0;
    if (!told)
        telling_print(&e->telling, e->load.diags);
    fonts_drop(fonts);
    layout_drop(layout);
    return told ? STATUS_OK : STATUS_INPUT;
}

/* "folder#id" */
static int explain(Explain *e, const char *argument)
{
    const char *mark = strrchr(argument, '#');
    if (!mark || !mark[1])
        return command_fail(STATUS_USAGE, "'%s' names no part of a report: REPORT#id", argument);
    char *path = mem_strndup(argument, (size_t)(mark - argument));
    load_report(&e->load, path, &e->telling);
    int status = e->load.status ? e->load.status : STATUS_INPUT;
    if (e->load.report)
        status = explain_id(e, str_from(mark + 1));
    else
        telling_print(&e->telling, e->load.diags);
    load_drop(&e->load);
    array_drop(&e->weighed);
    mem_free(path);
    return status;
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {{"layout", required_argument, NULL, 'l'},
                                            TELLING_OPTIONS};
    Explain e = {.telling = telling_new(), .layout = "committee-pack"};
    int option;
    while ((option = telling_option(&e.telling, argc, argv, ":l:", options)) != -1) {
        if (option == '?')
            return STATUS_USAGE;
        e.layout = optarg;
    }
    if (optind + 1 != argc)
        return command_fail(STATUS_USAGE, "name one part of a report: REPORT#id");
    return explain(&e, argv[optind]);
}

const Command command_explain_breaks = {
    .name = "explain-breaks",
    .summary = N_("tell why lines end where they do"),
    .help =
        N_("briefpack explain-breaks [OPTION]… REPORT#id\n"
           "\n"
           "Sets the text under the heading with that id and tells, for each line, what it costs,\n"
           "where else it could have ended, and what the paragraph would have cost then. For the\n"
           "engineer: docs/typography.md says what the numbers mean.\n"
           "\n"
           "  -l, --layout=LAYOUT   as this layout has it (default: committee-pack)\n"),
    .run = run,
};
