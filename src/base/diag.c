#include "base/diag.h"

#include <stdlib.h>
#include <string.h>

#include "base/cpr.h"
#include "base/diag_internal.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"

enum {
    LONGEST_MESSAGE = 1000, /* bytes; what quotes more than this is cut */
    MOST_PLACES = 10,
    SLACK = 64,      /* kept beyond the limit, so that settling is rare */
    LOOKED_BACK = 64 /* at one place, for what is said twice */
};

Diags *diags_new(void)
{
    Diags *d = mem_zalloc(sizeof *d);
    array_push(&d->files, ((DiagFile){.path = mem_strndup("briefpack", 9)}));
    return d;
}

void diags_limit(Diags *d, size_t most)
{
    d->most = most;
}

static void drop_one(Diag *diag)
{
    for (size_t i = 0; i < diag->places; i++)
        mem_free(diag->also[i].message);
    mem_free(diag->also);
    mem_free(diag->message);
    mem_free(diag->hint);
}

void diags_forget(Diags *d)
{
    for (size_t i = 0; i < d->list.n; i++)
        drop_one(&d->list.at[i]);
    d->list.n = 0;
    for (int level = 0; level < DIAG_LEVELS; level++)
        d->held[level] = d->left_out[level].n = 0;
}

void diags_drop(Diags *d)
{
    if (!d)
        return;
    diags_forget(d);
    for (size_t i = 0; i < d->files.n; i++) {
        mem_free(d->files.at[i].path);
        mem_free(d->files.at[i].text);
        mem_free(d->files.at[i].line);
    }
    for (int level = 0; level < DIAG_LEVELS; level++)
        array_drop(&d->left_out[level]);
    array_drop(&d->files);
    array_drop(&d->list);
    mem_free(d);
}

Diags *diags_branch(const Diags *d)
{
    Diags *branch = mem_zalloc(sizeof *branch);
    branch->stem = d;
    branch->most = d->most;
    return branch;
}

uint16_t diags_file(Diags *d, const char *path, char *text, size_t n)
{
    if (d->files.n >= UINT16_MAX) {
        mem_free(text);
        return 0;
    }
    array_push(
        &d->files,
        ((DiagFile){.path = mem_strndup(path, strlen(path)), .text = text, .n = text ? n : 0}));
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

DiagFile *diags_file_of(Diags *d, Pos pos)
{
    return &d->files.at[pos.file < d->files.n ? pos.file : 0];
}

/* ---- those that are kept -------------------------------------------------------------------- */

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

static bool same_place(Pos a, Pos b)
{
    return a.file == b.file && a.line == b.line && a.column == b.column;
}

static bool said_before(const Diag *list, size_t n, const Diag *diag)
{
    size_t end = n > LOOKED_BACK ? n - LOOKED_BACK : 0;
    while (n-- > end && same_place(list[n].pos, diag->pos))
        if (list[n].level == diag->level && strcmp(list[n].message, diag->message) == 0)
            return true;
    return false;
}

static uint64_t hash_of(const Diag *diag)
{
    uint64_t part[] = {diag->pos.file, diag->pos.line, diag->pos.column,
                       hash_bytes(diag->message, strlen(diag->message)).low};
    return hash_bytes(part, sizeof part).low;
}

void diags_settle(Diags *d)
{
    Diag *list = d->list.at;
    size_t n = d->list.n, kept = 0;
    if (n)
        qsort(list, n, sizeof list[0], by_place);
    for (int level = 0; level < DIAG_LEVELS; level++)
        d->held[level] = 0;
    for (size_t i = 0; i < n; i++) {
        size_t *held = &d->held[list[i].level];
        bool repeated = said_before(list, kept, &list[i]);
        if (!repeated && (!d->most || *held < d->most)) {
            list[kept++] = list[i];
            ++*held;
            continue;
        }
        if (!repeated)
            array_push(&d->left_out[list[i].level], hash_of(&list[i]));
        drop_one(&list[i]);
    }
    d->list.n = kept;
}

static void keep(Diags *d, Diag diag)
{
    if (d->most && d->held[diag.level] / 2 >= d->most && d->held[diag.level] > SLACK)
        diags_settle(d);
    diag.order = d->given++;
    array_push(&d->list, diag);
    d->held[diag.level]++;
}

void diags_join(Diags *d, Diags *branch)
{
    for (size_t i = 0; i < branch->list.n; i++)
        keep(d, branch->list.at[i]);
    for (int level = 0; level < DIAG_LEVELS; level++) {
        d->count[level] += branch->count[level];
        for (size_t i = 0; i < branch->left_out[level].n; i++)
            array_push(&d->left_out[level], branch->left_out[level].at[i]);
    }
    branch->list.n = 0;
    diags_drop(branch);
}

/* ---- what is said --------------------------------------------------------------------------- */

/* The text of a message in the language of the run, or NULL for nothing. */
static char *said(const char *format, va_list args)
{
    StrBuf b = {0};
    strbuf_vaddf(&b, gettext(format), args);
    cpr_mask(b.p, b.n);
    if (b.n <= LONGEST_MESSAGE)
        return b.p;
    b.n = utf8_start(strbuf_str(&b), LONGEST_MESSAGE);
    strbuf_add_text(&b, "…");
    return b.p;
}

void diag_say(Diags *d, DiagLevel level, Pos pos, const char *format, va_list args)
{
    char *message = said(format, args);
    d->count[level]++;
    keep(d, (Diag){.level = level,
                   .pos = pos,
                   .format = format,
                   .message = message ? message : mem_strndup("", 0)});
}

void diag_error(Diags *d, Pos pos, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_say(d, DIAG_ERROR, pos, format, args);
    va_end(args);
}

void diag_warning(Diags *d, Pos pos, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_say(d, DIAG_WARNING, pos, format, args);
    va_end(args);
}

void diag_advice(Diags *d, Pos pos, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_say(d, DIAG_ADVICE, pos, format, args);
    va_end(args);
}

void diag_also(Diags *d, Pos pos, const char *format, ...)
{
    Diag *newest = d->list.n ? &array_last(&d->list) : NULL;
    if (!newest || newest->places == MOST_PLACES)
        return;
    va_list args;
    va_start(args, format);
    char *message = said(format, args);
    va_end(args);
    newest->also = mem_realloc(newest->also, (newest->places + 1) * sizeof *newest->also);
    newest->also[newest->places++] = (DiagPlace){pos, message ? message : mem_strndup("", 0)};
}

void diag_hint(Diags *d, const char *format, ...)
{
    if (!d->list.n || !format[0])
        return;
    va_list args;
    va_start(args, format);
    mem_free(array_last(&d->list).hint);
    array_last(&d->list).hint = said(format, args);
    va_end(args);
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

static const char *left_out_format(DiagLevel level, size_t n)
{
    if (level == DIAG_ERROR)
        return ngettext("%zu more error is not shown; --max-errors=0 shows all",
                        "%zu more errors are not shown; --max-errors=0 shows all", n);
    if (level == DIAG_WARNING)
        return ngettext("%zu more warning is not shown; --max-errors=0 shows all",
                        "%zu more warnings are not shown; --max-errors=0 shows all", n);
    return ngettext("%zu more piece of advice is not shown; --max-errors=0 shows all",
                    "%zu more pieces of advice are not shown; --max-errors=0 shows all", n);
}

static int by_hash(const void *pa, const void *pb)
{
    const uint64_t *a = pa, *b = pb;
    return (*a > *b) - (*a < *b);
}

void diags_add_left_out(Diags *d, DiagLevel level, StrBuf *out)
{
    uint64_t *hash = d->left_out[level].at;
    size_t n = 0;
    if (d->left_out[level].n)
        qsort(hash, d->left_out[level].n, sizeof hash[0], by_hash);
    for (size_t i = 0; i < d->left_out[level].n; i++)
        n += !i || hash[i] != hash[i - 1];
    if (n)
        strbuf_addf(out, left_out_format(level, n), n);
}
