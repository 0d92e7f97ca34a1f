#include "layout/internal.h"

#include <string.h>

#define NAME(name) #name,
const char *const layout_colour_names[] = {LAYOUT_COLOURS(NAME)};
const char *const layout_style_names[] = {LAYOUT_STYLES(NAME)};
#undef NAME

/* Names are written with hyphens in the file. */
static bool same_name(Str text, const char *name)
{
    size_t n = strlen(name);
    if (text.n != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (text.p[i] != (name[i] == '_' ? '-' : name[i]))
            return false;
    return true;
}

static void add_name(StrBuf *out, const char *name)
{
    for (; *name; name++)
        strbuf_add_char(out, *name == '_' ? '-' : *name);
}

void layout_add_style_name(StrBuf *out, StyleRole role)
{
    add_name(out, layout_style_names[role]);
}

void layout_add_colour_name(StrBuf *out, ColourRole role)
{
    add_name(out, layout_colour_names[role]);
}

size_t find_name(Str text, const char *const *names, size_t n)
{
    size_t i = 0;
    while (i < n && !same_name(text, names[i]))
        i++;
    return i;
}

__attribute__((format(printf, 3, 0))) void
unknown_name(Reader *r, Pos pos, const char *format, Str text, const char *const *names, size_t n)
{
    Arena scratch = {0};
    const char **hyphened = arena_array(&scratch, n, const char *);
    StrBuf hyphens = {0};
    for (size_t i = 0; i < n; i++) {
        strbuf_clear(&hyphens);
        add_name(&hyphens, names[i]);
        hyphened[i] = arena_strndup(&scratch, hyphens.p, hyphens.n);
    }
    strbuf_drop(&hyphens);
    diag_error(r->diags, pos, format, (int)text.n, text.p);
    diag_hint_nearest(r->diags, text, hyphened, n);
    arena_drop(&scratch);
}
