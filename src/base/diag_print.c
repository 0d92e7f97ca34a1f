#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/cpr.h"
#include "base/diag_internal.h"
#include "base/mem.h"
#include "base/utf8.h"

/* What fits in a terminal; longer source lines are shown around the column. */
enum { SHOWN_COLUMNS = 96, MIDDLE = 48, LATEST_CARET = 72 };

#define BOLD "1"
#define GREEN "1;32"
#define CYAN "1;36"

typedef struct {
    const char *name, *colour;
} Label;

static const Label labels[DIAG_LEVELS] = {[DIAG_ERROR] = {N_("error"), "1;31"},
                                          [DIAG_WARNING] = {N_("warning"), "1;35"},
                                          [DIAG_ADVICE] = {N_("advice"), CYAN}};
static const Label place_label = {N_("note"), CYAN};
static const Label hint_label = {N_("hint"), GREEN};

typedef struct {
    Diags *d;
    FILE *out;
    bool coloured;
    locale_t unicode; /* which knows how wide characters are; made when one is met beyond ASCII */
    bool asked;
} Printer;

static void begin_colour(const Printer *p, const char *colour)
{
    if (p->coloured)
        fprintf(p->out, "\033[%sm", colour);
}

static void end_colour(const Printer *p)
{
    if (p->coloured)
        fputs("\033[0m", p->out);
}

/* ---- text ----------------------------------------------------------------------------------- */

static void print_text(const Printer *p, Str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (c == '\t')
            fputc(' ', p->out);
        else if (utf8_is_odd(c))
            fputc('?', p->out);
        else
            fwrite(text.p + start, 1, at - start, p->out);
    }
}

static bool is_ascii(Str s)
{
    unsigned char any = 0;
    for (size_t i = 0; i < s.n; i++)
        any |= (unsigned char)s.p[i];
    return any < 0x80;
}

/* How many columns of a terminal the character takes; 1 where the system doesn't know. */
static size_t width_of(uint32_t c)
{
    int width = utf8_is_odd(c) ? 1 : wcwidth((wchar_t)c);
    return width < 0 ? 1 : (size_t)width;
}

static size_t columns_of(Printer *p, Str s)
{
    size_t columns = 0;
    if (is_ascii(s))
        return s.n;
    if (!p->asked)
        p->unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    p->asked = true;
    locale_t before = p->unicode ? uselocale(p->unicode) : (locale_t)0;
    for (size_t at = 0; at < s.n;)
        columns += width_of(utf8_next(s, &at));
    if (p->unicode)
        uselocale(before);
    return columns;
}

/* ---- a line with its caret ------------------------------------------------------------------ */

static void print_line(Printer *p, Str line, Pos pos, const char *colour)
{
    size_t caret = utf8_bytes(line, pos.column ? pos.column - 1u : 0), from = 0;
    size_t indent = columns_of(p, str_cut(line, 0, caret));
    if (indent > LATEST_CARET) {
        /* no character is wider than two columns */
        size_t skipped = utf8_length(str_cut(line, 0, caret));
        from = utf8_bytes(line, skipped > MIDDLE ? skipped - MIDDLE : 0);
        indent = columns_of(p, str_cut(line, from, caret));
        for (; indent > LATEST_CARET; indent = columns_of(p, str_cut(line, from, caret)))
            utf8_next(line, &from);
    }
    Str rest = str_cut(line, from, line.n);
    rest.n = utf8_bytes(rest, SHOWN_COLUMNS);
    while (columns_of(p, rest) > SHOWN_COLUMNS)
        rest.n = utf8_bytes(rest, utf8_length(rest) - 1);
    fprintf(p->out, "%6u | ", (unsigned)pos.line);
    print_text(p, rest);
    fputc('\n', p->out);
    if (!pos.column)
        return;
    fprintf(p->out, "       | %*s", (int)indent, "");
    begin_colour(p, colour);
    fputc('^', p->out);
    end_colour(p);
    fputc('\n', p->out);
}

/* A number that identifies a person is never shown whole, whatever is wrong beside it. */
static void print_quoted(Printer *p, Str line, Pos pos, const char *colour)
{
    StrBuf masked = {0};
    strbuf_add_str(&masked, line);
    cpr_mask_source(masked.p, masked.n);
    print_line(p, strbuf_str(&masked), pos, colour);
    strbuf_drop(&masked);
}

/* ---- one diagnostic ------------------------------------------------------------------------- */

static void print_place(Printer *p, Pos pos, Label label, const char *message)
{
    DiagFile *file = diags_file_of(p->d, pos);
    Str line = diags_line(p->d, pos);
    begin_colour(p, BOLD);
    print_text(p, str_from(file->path));
    if (pos.line || file->n) /* what is said of a whole text stands at its beginning */
        fprintf(p->out, ":%u:%u", pos.line ? (unsigned)pos.line : 1u, pos.column ? pos.column : 1u);
    fputc(':', p->out);
    end_colour(p);
    fputc(' ', p->out);
    begin_colour(p, label.colour);
    fprintf(p->out, "%s:", gettext(label.name));
    end_colour(p);
    fputc(' ', p->out);
    print_text(p, str_from(message));
    fputc('\n', p->out);
    if (pos.line && file->text)
        print_quoted(p, line, pos, label.colour);
}

static void print_one(Printer *p, const Diag *diag)
{
    print_place(p, diag->pos, labels[diag->level], diag->message);
    for (size_t i = 0; i < diag->places; i++)
        print_place(p, diag->also[i].pos, place_label, diag->also[i].message);
    if (!diag->hint)
        return;
    fputs("  ", p->out);
    begin_colour(p, hint_label.colour);
    fprintf(p->out, "%s:", gettext(hint_label.name));
    end_colour(p);
    fputc(' ', p->out);
    print_text(p, str_from(diag->hint));
    fputc('\n', p->out);
}

/* One write for all: standard error has no buffer. */
static void print_all(Diags *d, FILE *out, bool coloured)
{
    if (!d->list.n)
        return;
    char *text = NULL;
    size_t n = 0;
    Printer p = {.d = d, .out = open_memstream(&text, &n), .coloured = coloured};
    if (!p.out)
        mem_fail();
    diags_settle(d);
    for (size_t i = 0; i < d->list.n; i++)
        print_one(&p, &d->list.at[i]);
    for (int level = 0; level < DIAG_LEVELS; level++) {
        StrBuf b = {0};
        diags_add_left_out(d, (DiagLevel)level, &b);
        if (b.n)
            print_place(&p, (Pos){0}, place_label, b.p);
        strbuf_drop(&b);
    }
    diags_forget(d);
    if (p.unicode)
        freelocale(p.unicode);
    if (fclose(p.out) != 0)
        mem_fail();
    fwrite(text, 1, n, out);
    free(text);
}

void diags_print(Diags *d, FILE *out)
{
    print_all(d, out, false);
}

void diags_print_coloured(Diags *d, FILE *out)
{
    print_all(d, out, true);
}
