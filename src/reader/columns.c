#include "reader/internal.h"

void columns_hint(Reader *r, const Columns *set)
{
    StrBuf b = {0};
    for (size_t i = 0; i < set->n; i++) {
        strbuf_add_text(&b, i ? ", " : "");
        strbuf_add_str(&b, terms_word(r->terms, set->word[i]));
    }
    diag_hint(r->diags, "the columns are %s", b.p);
    strbuf_drop(&b);
}

/* The one that was likely meant, else all. */
static void hint_meant(Reader *r, const Columns *set, Str heading)
{
    const char *word[KNOWN_COLUMNS];
    for (size_t i = 0; i < set->n; i++)
        word[i] = terms_word(r->terms, set->word[i]).p;
    if (!diag_hint_nearest(r->diags, heading, word, set->n))
        columns_hint(r, set);
}

static void report_heading(Reader *r, const Columns *set, Str heading, Pos pos, bool known)
{
    if (known) {
        diag_error(r->diags, pos, "there are two columns '%.*s'", (int)heading.n, heading.p);
        return;
    }
    diag_error(r->diags, pos, "unknown column '%.*s'", (int)heading.n, heading.p);
    hint_meant(r, set, heading);
}

size_t column_of_heading(const Terms *t, const Columns *set, Str heading)
{
    size_t i = 0;
    while (i < set->n && !terms_match(t, set->word[i], heading))
        i++;
    return i;
}

static bool check_required(Reader *r, const Columns *set, Pos head, const size_t *column)
{
    bool complete = true;
    for (size_t i = 0; i < set->required; i++) {
        if (column[i] != NO_COLUMN)
            continue;
        Str word = terms_word(r->terms, set->word[i]);
        diag_error(r->diags, head, "the column '%.*s' is missing", (int)word.n, word.p);
        complete = false;
    }
    return complete;
}

bool columns_find(Reader *r, const Columns *set, const Str *heading, const Pos *pos, size_t n,
                  size_t *column)
{
    for (size_t i = 0; i < set->n; i++)
        column[i] = NO_COLUMN;
    for (size_t j = 0; j < n; j++) {
        if (!heading[j].n)
            continue;
        size_t i = column_of_heading(r->terms, set, heading[j]);
        if (i < set->n && column[i] == NO_COLUMN)
            column[i] = j;
        else
            report_heading(r, set, heading[j], pos[j], i < set->n);
    }
    return check_required(r, set, n ? pos[0] : (Pos){0, 0, r->file}, column);
}
