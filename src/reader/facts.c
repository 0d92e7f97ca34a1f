#include "reader/internal.h"

enum { LONGEST = 200 }; /* bytes: more is text */

static void read_fact(Reader *r, Visit *visit, const ConfNode *map, size_t i)
{
    Str label = str_trim(map->key[i]->text), text;
    if (!conf_once(r->diags, map, i) || !conf_text(r->diags, map->item[i], "facts", &text))
        return;
    text = str_trim(text);
    if (!label.n || !text.n)
        diag_error(r->diags, map->item[i]->pos, "this fact says nothing");
    else if (text.n > LONGEST)
        diag_error(r->diags, map->item[i]->pos,
                   "this fact is too long: a few words stand beside the text");
    else
        ((VisitFact *)visit->fact)[visit->facts++] = (VisitFact){label, text, map->key[i]->pos};
}

void facts_read(Reader *r, Visit *visit, Str yaml, Pos pos)
{
    const ConfNode *root = conf_read(r->arena, r->diags, r->file, yaml, pos.line + 1);
    if (!root || !conf_is(r->diags, root, CONF_MAP, "facts"))
        return;
    if (root->n > MOST_FACTS) {
        diag_error(r->diags, root->key[MOST_FACTS]->pos, "there are more than %d facts",
                   MOST_FACTS);
        diag_hint(r->diags, "what is more belongs into the text");
        return;
    }
    visit->fact = arena_array(r->arena, root->n, VisitFact);
    for (size_t i = 0; i < root->n; i++)
        read_fact(r, visit, root, i);
}
