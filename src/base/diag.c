#include "base/diag.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"

/* What fits in a terminal; longer source lines are shown around the column. */
enum { SHOWN_CHARACTERS = 96 };

typedef struct {
    char *path, *text;
    size_t n;
} DiagFile;

typedef struct {
    DiagLevel level;
    Pos pos;
    size_t order;
    char *message, *hint;
} Diag;

struct Diags {
    const Diags *stem; /* that has the files of a branch */
    ARRAY(DiagFile) files;
    ARRAY(Diag) list;
    size_t count[2];
};

Diags *diags_new(void)
{
    Diags *d = mem_zalloc(sizeof *d);
    array_push(&d->files, ((DiagFile){mem_strndup("briefpack", 9), NULL, 0}));
    return d;
}

static void forget(Diags *d)
{
    for (size_t i = 0; i < d->list.n; i++) {
        mem_free(d->list.at[i].message);
        mem_free(d->list.at[i].hint);
    }
    d->list.n = 0;
}

void diags_drop(Diags *d)
{
    if (!d)
        return;
    forget(d);
    for (size_t i = 0; i < d->files.n; i++) {
        mem_free(d->files.at[i].path);
        mem_free(d->files.at[i].text);
    }
    array_drop(&d->files);
    array_drop(&d->list);
    mem_free(d);
}

Diags *diags_branch(const Diags *d)
{
    Diags *branch = mem_zalloc(sizeof *branch);
    branch->stem = d;
    return branch;
}

void diags_join(Diags *d, Diags *branch)
{
    for (size_t i = 0; i < branch->list.n; i++) {
        Diag *diag = &branch->list.at[i];
        d->count[diag->level]++;
        array_push(&d->list,
                   ((Diag){diag->level, diag->pos, d->list.n, diag->message, diag->hint}));
        diag->message = diag->hint = NULL;
    }
    diags_drop(branch);
}

uint16_t diags_file(Diags *d, const char *path, char *text, size_t n)
{
    if (d->files.n >= UINT16_MAX) {
        mem_free(text);
        return 0;
    }
    array_push(&d->files, ((DiagFile){mem_strndup(path, strlen(path)), text, text ? n : 0}));
    return (uint16_t)(d->files.n - 1);
}

void diags_release_text(Diags *d, uint16_t file)
{
    mem_free(d->files.at[file].text);
    d->files.at[file].text = NULL;
}

const char *diags_path(const Diags *d, uint16_t file)
{
    d = d->stem ? d->stem : d;
    return file < d->files.n ? d->files.at[file].path : d->files.at[0].path;
}

static void add(Diags *d, DiagLevel level, Pos pos, const char *format, va_list args)
{
    StrBuf b = {0};
    strbuf_vaddf(&b, format, args);
    array_push(&d->list, ((Diag){level, pos, d->list.n, b.p ? b.p : mem_strndup("", 0), NULL}));
    d->count[level]++;
}

void diag_error(Diags *d, Pos pos, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(d, DIAG_ERROR, pos, format, args);
    va_end(args);
}

void diag_warning(Diags *d, Pos pos, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(d, DIAG_WARNING, pos, format, args);
    va_end(args);
}

void diag_hint(Diags *d, const char *format, ...)
{
    if (!d->list.n || !format[0])
        return;
    StrBuf b = {0};
    va_list args;
    va_start(args, format);
    strbuf_vaddf(&b, format, args);
    va_end(args);
    mem_free(array_last(&d->list).hint);
    array_last(&d->list).hint = b.p;
}

size_t diags_count(const Diags *d, DiagLevel level)
{
    return d->count[level];
}

const char *diags_message(const Diags *d, size_t i)
{
    return i < d->list.n ? d->list.at[i].message : NULL;
}

Pos diags_pos(const Diags *d, size_t i)
{
    return i < d->list.n ? d->list.at[i].pos : (Pos){0};
}

static int by_place(const void *pa, const void *pb)
{
    const Diag *a = pa, *b = pb;
    if (a->pos.file != b->pos.file)
        return a->pos.file < b->pos.file ? -1 : 1;
    if (a->pos.line != b->pos.line)
        return a->pos.line < b->pos.line ? -1 : 1;
    if (a->pos.column != b->pos.column)
        return a->pos.column < b->pos.column ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

/* Where a line of a file begins; diagnostics come in order, so that it is searched for from the one
 * before. */
typedef struct {
    uint16_t file;
    uint32_t line;
    size_t at;
} LineStart;

static Str line_of(LineStart *start, Str text, Pos pos)
{
    if (start->file != pos.file || start->line > pos.line)
        *start = (LineStart){pos.file, 1, 0};
    for (; start->line < pos.line && start->at < text.n; start->line++)
        start->at += str_find(str_cut(text, start->at, text.n), '\n') + 1;
    if (start->at >= text.n)
        return (Str){"", 0};
    Str rest = str_cut(text, start->at, text.n);
    rest.n = str_find(rest, '\n');
    if (str_ends(rest, STR("\r")))
        rest.n--;
    return rest;
}

/* Prints n characters of the line from the given one; controls and broken bytes show as '?', so
 * that a hostile report can't steer the terminal. */
static void print_shown(FILE *out, Str line, size_t from, size_t n)
{
    size_t at = 0;
    for (size_t k = 0; at < line.n && k < from + n; k++) {
        size_t start = at;
        uint32_t c = utf8_next(line, &at);
        if (k < from)
            continue;
        bool odd = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == UTF8_REPLACEMENT;
        if (c == '\t')
            fputc(' ', out);
        else if (odd)
            fputc('?', out);
        else
            fwrite(line.p + start, 1, at - start, out);
    }
}

/* What is quoted may hold what a terminal takes for a command. */
static void print_text(FILE *out, const char *text)
{
    print_shown(out, str_from(text), 0, SIZE_MAX);
}

static void print_line(FILE *out, Str line, Pos pos)
{
    size_t column = pos.column ? pos.column - 1u : 0;
    size_t from = column > SHOWN_CHARACTERS * 3 / 4 ? column - SHOWN_CHARACTERS / 2 : 0;
    fprintf(out, "%6u | ", (unsigned)pos.line);
    print_shown(out, line, from, SHOWN_CHARACTERS);
    fputc('\n', out);
    if (pos.column)
        fprintf(out, "       | %*s^\n", (int)(column - from), "");
}

/* Reads a text again that was released. */
static void want_text(DiagFile *file)
{
    StrBuf text = {0};
    if (file->text || !file->n)
        return;
    if (file_read(file->path, 2 * file->n, &text) == 0 && text.n) {
        file->text = text.p;
        file->n = text.n;
    } else {
        strbuf_drop(&text);
    }
}

static void print_one(Diags *d, const Diag *g, LineStart *start, FILE *out)
{
    DiagFile *file = &d->files.at[g->pos.file < d->files.n ? g->pos.file : 0];
    if (g->pos.line)
        want_text(file);
    print_text(out, file->path);
    if (g->pos.line || file->n) /* what is said of a whole text stands at its beginning */
        fprintf(out, ":%u:%u", g->pos.line ? (unsigned)g->pos.line : 1u,
                g->pos.column ? g->pos.column : 1u);
    fputs(g->level == DIAG_ERROR ? ": error: " : ": warning: ", out);
    print_text(out, g->message);
    fputc('\n', out);
    if (g->pos.line && file->text)
        print_line(out, line_of(start, (Str){file->text, file->n}, g->pos), g->pos);
    if (g->hint) {
        fputs("  hint: ", out);
        print_text(out, g->hint);
        fputc('\n', out);
    }
}

static bool same_place(Pos a, Pos b)
{
    return a.file == b.file && a.line == b.line && a.column == b.column;
}

static bool said_before(const Diags *d, size_t i)
{
    const Diag *diag = &d->list.at[i];
    while (i-- > 0 && same_place(d->list.at[i].pos, diag->pos))
        if (d->list.at[i].level == diag->level && strcmp(d->list.at[i].message, diag->message) == 0)
            return true;
    return false;
}

void diags_print(Diags *d, FILE *out)
{
    if (d->list.n)
        qsort(d->list.at, d->list.n, sizeof d->list.at[0], by_place);
    LineStart start = {0};
    for (size_t i = 0; i < d->list.n; i++)
        if (!said_before(d, i))
            print_one(d, &d->list.at[i], &start, out);
    forget(d);
}

/* Levenshtein's distance of two short words, counted no further than a bound. */
static size_t distance(Str a, Str b)
{
    enum { LONGEST = 40 };
    size_t row[LONGEST + 1];
    if (a.n > LONGEST || b.n > LONGEST)
        return LONGEST;
    for (size_t j = 0; j <= b.n; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t change = diagonal + (ascii_lower(a.p[i - 1]) != ascii_lower(b.p[j - 1]));
            size_t best = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
            diagonal = row[j];
            row[j] = change < best ? change : best;
        }
    }
    return row[b.n];
}

const char *diag_nearest(Str word, const char *const *candidates, size_t n)
{
    const char *best = NULL;
    size_t least = word.n / 3 + 2; /* beyond this the guess confuses more than it helps */
    for (size_t i = 0; i < n; i++) {
        size_t d = distance(word, str_from(candidates[i]));
        if (d < least) {
            least = d;
            best = candidates[i];
        }
    }
    return best;
}
