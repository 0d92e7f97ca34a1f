#include "layout/internal.h"

/* The fields that src/page fills. */
static const char *const document_fields[] = {"report", "theme", "title", "theme-title"};
static const char *const running_fields[] = {
    "theme",        "visit",  "title",  "short-title", "genre",    "report", "committee",
    "organisation", "unit",   "email",  "phone",       "ean",      "case",   "document",
    "version",      "status", "closed", "date",        "modified", "period", "meeting-date",
    "meeting-item", "page",   "pages",  "page-of",     "overleaf"};

static bool one_of(Str word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(word, str_from(words[i])))
            return true;
    return false;
}

static bool check_field(Reader *r, const ConfNode *node, const char *name, Str field,
                        const char *const *fields, size_t n)
{
    if (one_of(field, fields, n))
        return true;
    const char *nearest = diag_nearest(field, fields, n);
    diag_error(r->diags, node->pos, "'%s' has no field '{%.*s}'", name, (int)field.n, field.p);
    if (nearest)
        diag_hint(r->diags, "did you mean '{%s}'?", nearest);
    return false;
}

/* A text with fields in braces. */
static bool read_pattern(Reader *r, const ConfNode *node, const char *name,
                         const char *const *fields, size_t n, Str *out)
{
    bool good = conf_text(r->diags, node, name, out);
    Str rest = good ? *out : (Str){"", 0};
    for (size_t open = str_find(rest, '{'); open < rest.n; open = str_find(rest, '{')) {
        rest = str_cut(rest, open + 1, rest.n);
        size_t close = str_find(rest, '}');
        if (close == rest.n) {
            diag_error(r->diags, node->pos, "'%s' has a brace that isn't closed", name);
            return false;
        }
        good &= check_field(r, node, name, str_cut(rest, 0, close), fields, n);
        rest = str_cut(rest, close + 1, rest.n);
    }
    return good;
}

bool field_pieces(Reader *r, const ConfNode *node, const char *name, void *field)
{
    Pieces *p = field;
    if (!conf_is(r->diags, node, CONF_LIST, name))
        return false;
    p->n = 0;
    p->at = arena_array(&r->layout->arena, node->n, Str);
    for (size_t i = 0; i < node->n; i++) {
        Str *piece = &p->at[p->n];
        p->n += read_pattern(r, node->item[i], name, running_fields,
                             sizeof running_fields / sizeof *running_fields, piece);
    }
    return true;
}

void read_output(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    Str *output = &r->layout->output;
    bool good = read_pattern(r, node, name, document_fields,
                             sizeof document_fields / sizeof *document_fields, output);
    if (good && !str_ends(*output, STR(".pdf"))) /* it could be the report's own name */
        diag_error(r->diags, node->pos, "'%s' must end in '.pdf'", name);
    r->layout->output_pos = node->pos;
}

void read_pages_of(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    conf_text(r->diags, node, name, &r->layout->pages_of);
    r->layout->pages_of_pos = node->pos;
}

void read_document_title(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    read_pattern(r, node, name, document_fields, sizeof document_fields / sizeof *document_fields,
                 &r->layout->document_title);
}
