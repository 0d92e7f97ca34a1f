#include "plan_support.h"

#include <math.h>
#include <stdio.h>

/* ---- blocks --------------------------------------------------------------------------------- */

#define SHORT_FREE 5.0f
#define SHORT_MORE 8.0f
#define LAST_SHARE 0.25f
#define MISSING_COST 40.0f

void add_rule_unit(Blocks *b, uint32_t lines, bool keep_next, bool leads_on)
{
    b->lines[b->n] = (float)lines;
    b->unit[b->n++] = (Unit){.kind = UNIT_RULE,
                             .width = 100,
                             .height = (float)lines * LINE,
                             .keep_next = keep_next,
                             .leads_on = leads_on};
}

float lines_between(const Blocks *b, size_t from, size_t to)
{
    float lines = 0;
    for (size_t i = from; i < to; i++)
        lines += b->lines[i];
    return lines;
}

float cost_of_missing(float lines)
{
    float more = fmaxf(0, lines - SHORT_FREE);
    return lines * lines + SHORT_MORE * more * more;
}

float cost_of_last(float lines, float page)
{
    return fmaxf(0, LAST_SHARE * page - lines) * MISSING_COST;
}

/* ---- words ---------------------------------------------------------------------------------- */

void add_random_words(StrBuf *out, Random *random, uint32_t n)
{
    static const char *const words[] = {"borgerne", "i",  "bydelen", "har",   "fået", "lettere",
                                        "ved",      "at", "finde",   "hjælp", "hos",  "kommunen"};
    for (uint32_t i = 0; i < n; i++) {
        strbuf_add_text(out, i ? " " : "");
        strbuf_add_text(out, words[random_below(random, 12)]);
    }
}

/* ---- where things stand --------------------------------------------------------------------- */

Node draw_owner(const Draw *draw)
{
    return draw->text.owner ? draw->text.owner[0] : draw->owner;
}

bool draw_is_content(const Document *d, const Draw *draw)
{
    return draw->kind == DRAW_TEXT && draw->text.para && draw->text.end > draw->text.first &&
           draw_owner(draw) < d->nodes.n;
}

bool draw_is_in_note(const Document *d, const Draw *draw)
{
    Node node = draw_owner(draw);
    while (node != NODE_NONE && document_role(d, node) != ROLE_NOTE)
        node = d->nodes.at[node].parent;
    return node != NODE_NONE;
}

float draw_foot(const Draw *draw)
{
    return draw->y + (float)(draw->text.end - draw->text.first - 1) * draw->text.leading;
}

bool draw_is_note_rule(const Draw *draw, const Layout *layout)
{
    return draw->kind == DRAW_FILL && fabsf(draw->w - (float)layout->note.rule) < 0.01f;
}

void check_note_pages(const Document *d, unsigned notes, unsigned inner, int seed)
{
    for (unsigned i = 1; i <= notes; i++) {
        char mark[24], note[24];
        snprintf(mark, sizeof mark, "mark:%u", i);
        snprintf(note, sizeof note, "note:%u", i);
        const Destination *from = document_find_destination(d, str_from(mark));
        const Destination *to = document_find_destination(d, str_from(note));
        MUST_SAY(from && to, "report %d: note %u is nowhere", seed, i);
        MUST_SAY(i > notes - inner || from->page == to->page,
                 "report %d: note %u stands on page %u, its mark on %u", seed, i, to->page + 1,
                 from->page + 1);
    }
}
