#include "layout/internal.h"

#include <math.h>

#include "base/mem.h"

/* Of anything that is counted. */
enum { MOST = 1000 };

#define LARGEST 14400 /* points: no page of a PDF is larger (ISO 32000-1, annex C) */

/* "12" is points, "22mm" millimetres. */
static bool read_length(Reader *r, const ConfNode *node, const char *name, double *out)
{
    Str text;
    if (!conf_text(r->diags, node, name, &text))
        return false;
    double unit = 1;
    if (str_ends(text, STR("mm")))
        unit = MM, text.n -= 2;
    else if (str_ends(text, STR("pt")))
        text.n -= 2;
    double value;
    if (!conf_parse_number(str_trim(text), &value)) {
        diag_error(r->diags, node->pos, "'%s' must be a length, such as 12 (points) or 22mm", name);
        return false;
    }
    *out = value * unit;
    return true;
}
bool field_length(Reader *r, const ConfNode *node, const char *name, void *field)
{
    double length;
    if (!read_length(r, node, name, &length))
        return false;
    if (length < 0 || length > LARGEST) {
        diag_error(r->diags, node->pos, "'%s' must be from 0 to %d points", name, LARGEST);
        return false;
    }
    *(double *)field = length;
    return true;
}

/* Up, or down when it is below 0. */
bool field_rise(Reader *r, const ConfNode *node, const char *name, void *field)
{
    return read_length(r, node, name, field);
}

bool field_number(Reader *r, const ConfNode *node, const char *name, void *field)
{
    return conf_number(r->diags, node, name, field);
}

/* A part of something, up to the whole of it. */
bool field_share(Reader *r, const ConfNode *node, const char *name, void *field)
{
    double *share = field;
    if (!field_number(r, node, name, share))
        return false;
    if (*share <= 0 || *share > 1)
        diag_error(r->diags, node->pos, "'%s' must be above 0, and 1 at most", name);
    return *share > 0 && *share <= 1;
}

bool read_whole(Reader *r, const ConfNode *node, const char *name, int least, int most, int *out)
{
    double value;
    if (!conf_number(r->diags, node, name, &value))
        return false;
    if (value < least || value > most || value != floor(value)) {
        diag_error(r->diags, node->pos, "'%s' must be a whole number from %d to %d", name, least,
                   most);
        return false;
    }
    *out = (int)value;
    return true;
}

bool field_count(Reader *r, const ConfNode *node, const char *name, void *field)
{
    return read_whole(r, node, name, 0, MOST, field);
}

bool field_bool(Reader *r, const ConfNode *node, const char *name, void *field)
{
    return conf_bool(r->diags, node, name, field);
}

bool field_brief(Reader *r, const ConfNode *node, const char *name, void *field)
{
    static const char *const words[] = {"false", "true", "needed"};
    size_t choice;
    if (!conf_choice(r->diags, node, name, words, 3, &choice))
        return false;
    *(Brief *)field = (Brief)choice;
    return true;
}

bool field_text(Reader *r, const ConfNode *node, const char *name, void *field)
{
    return conf_text(r->diags, node, name, field);
}

const Field *find_field(const Field *fields, size_t n, Str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(name, str_from(fields[i].name)))
            return &fields[i];
    return NULL;
}

void read_fields(Reader *r, const ConfNode *map, const char *what, const Field *fields, size_t n,
                 void *base)
{
    if (!conf_is(r->diags, map, CONF_MAP, what))
        return;
    for (size_t i = 0; i < map->n; i++) {
        const Field *f = find_field(fields, n, map->key[i]->text);
        if (f) {
            if (conf_once(r->diags, map, i))
                f->read(r, map->item[i], f->name, (char *)base + f->offset);
            continue;
        }
        const char **names = mem_array(n, sizeof *names);
        for (size_t j = 0; j < n; j++)
            names[j] = fields[j].name;
        unknown_name(r, map->key[i]->pos, N_("unknown key '%.*s'"), map->key[i]->text, names, n);
        mem_free(names);
    }
}
