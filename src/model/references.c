#include "base/map.h"
#include "base/mem.h"
#include "model/in.h"

/* Each looks at all ids. */
enum { MOST_HINTS = 20 };

/* The index of what a reference means, of n things; n when there is no such thing. */
static size_t find(const Reference *r, const Map *ids, size_t n)
{
    uint32_t index;
    if (r->id.n)
        return map_get(ids, r->id, &index) ? index : n;
    return r->number >= 1 && r->number <= n ? r->number - 1 : n;
}

static void hint_nearest(In *in, Str id, const Map *ids)
{
    size_t n = 0;
    if (in->hints++ >= MOST_HINTS)
        return;
    const char **names = mem_array(ids->n, sizeof *names);
    for (size_t i = 0; i < ids->cap; i++)
        if (ids->slot[i].used)
            names[n++] = ids->slot[i].key.p;
    diag_hint_nearest(in->diags, id, names, n);
    mem_free(names);
}

static size_t find_section(In *in, const Map *ids, size_t reference)
{
    if (reference >= in->references.n)
        return 0; /* that it is missing was said */
    const Reference *r = &in->references.at[reference];
    size_t i = find(r, ids, in->sections.n);
    if (i < in->sections.n)
        return i;
    if (r->id.n) {
        diag_error(in->diags, r->pos, "there is no section '%.*s'", (int)r->id.n, r->id.p);
        hint_nearest(in, r->id, ids);
    } else {
        diag_error(in->diags, r->pos, "there is no section of the number %zu", r->number);
    }
    return 0;
}

static void resolve_sections(In *in)
{
    Map ids = {0};
    for (size_t i = in->sections.n; i-- > 0;) /* the first of an id that is given twice */
        if (in->sections.at[i].id.n)
            map_put(&ids, in->sections.at[i].id, (uint32_t)i);
    for (size_t i = 0; i < in->figures.n; i++)
        in->figures.at[i].section = find_section(in, &ids, in->figures.at[i].section);
    for (size_t i = 0; i < in->proposals.n; i++)
        in->proposals.at[i].section = find_section(in, &ids, in->proposals.at[i].section);
    map_drop(&ids);
}

static void collect_labels(In *in, Map *labels)
{
    for (size_t i = 0; i < in->notes.n; i++) {
        const Note *note = in->notes.at[i];
        if (note->label.n && !map_put(labels, note->label, (uint32_t)i))
            diag_error(in->diags, note->pos, "the footnote '%.*s' is given twice",
                       (int)note->label.n, note->label.p);
        if (!note->blocks)
            diag_warning(in->diags, note->pos, "the footnote '%.*s' is empty", (int)note->label.n,
                         note->label.p);
    }
}

static void resolve_mark(In *in, const Map *labels, NoteMark mark, bool *used)
{
    const Reference *r = &in->references.at[mark.reference];
    size_t i = find(r, labels, in->notes.n);
    if (i < in->notes.n) {
        mark.in->note = in->notes.at[i];
        used[i] = true;
    } else if (r->id.n) {
        diag_error(in->diags, r->pos, "there is no footnote '%.*s'", (int)r->id.n, r->id.p);
        hint_nearest(in, r->id, labels);
    } else {
        diag_error(in->diags, r->pos, "there is no footnote of the number %zu", r->number);
    }
}

static void resolve_notes(In *in)
{
    Map labels = {0};
    bool *used = mem_zalloc(in->notes.n);
    collect_labels(in, &labels);
    for (size_t i = 0; i < in->marks.n; i++)
        resolve_mark(in, &labels, in->marks.at[i], used);
    for (size_t i = 0; i < in->notes.n; i++) {
        const Note *note = in->notes.at[i];
        if (!used[i])
            diag_warning(in->diags, note->pos,
                         "the footnote '%.*s' is left out: nothing refers to it",
                         (int)note->label.n, note->label.p);
    }
    mem_free(used);
    map_drop(&labels);
}

void references_resolve(In *in)
{
    resolve_sections(in);
    resolve_notes(in);
}
