#include "proof/internal.h"

/* Key figures that are cited nowhere though others are, and ids of tables and pictures that nothing leads
 * to: written for something that has since gone, or misspelt where they are asked for. */

typedef struct {
    bool *cited; /* each key figure of the report */
    bool any;    /* one is */
    Map led_to;  /* ids that links and charts lead to */
} Unused;

static void cite(const Proof *proof, Unused *u, const KeyFigure *figure)
{
    if (figure)
        u->cited[figure - proof->report->figure] = u->any = true;
}

static void cite_id(const Proof *proof, Unused *u, Str id)
{
    if (id.n)
        cite(proof, u, report_figure(proof->report, id));
}

static void cite_drawn(const Proof *proof, Unused *u, const Block *b)
{
    for (; b; b = b->next) {
        for (size_t i = 0; b->kind == BLOCK_TILES && i < b->tiles->n; i++)
            cite_id(proof, u, b->tiles->tile[i].figure);
        if (b->kind == BLOCK_CHART) {
            for (size_t i = 0; i < b->chart->n; i++)
                cite_id(proof, u, b->chart->figure[i]);
            cite_id(proof, u, b->chart->target);
            cite_id(proof, u, b->chart->total);
            if (b->chart->from.n)
                map_put(&u->led_to, b->chart->from, 0);
        }
        cite_drawn(proof, u, b->children);
    }
}

static void *begin(Proof *proof)
{
    const Report *r = proof->report;
    Unused *u = arena_new(&proof->arena, Unused);
    u->cited = arena_zalloc(&proof->arena, r->figures * sizeof *u->cited);
    for (size_t i = 0; i < r->sections; i++)
        cite_drawn(proof, u, r->section[i].blocks);
    return u;
}

static void passage(Proof *proof, void *state, const Passage *p)
{
    Unused *u = state;
    for (size_t i = 0; i < p->segments; i++) {
        cite(proof, u, p->segment[i].figure);
        Str target = p->segment[i].text;
        if (p->kind == PASSAGE_ADDRESS && str_starts(target, STR("#")))
            map_put(&u->led_to, str_cut(target, 1, target.n), 0);
    }
}

static void tell_ids(Proof *proof, const Unused *u, const Block *b)
{
    uint32_t found;
    for (; b; b = b->next) {
        bool may = b->kind == BLOCK_TABLE || b->kind == BLOCK_IMAGE || b->kind == BLOCK_CHART;
        if (may && b->id.n && !map_get(&u->led_to, b->id, &found) && !proof_accepts(proof, b->id)) {
            diag_advice(proof->diags, b->pos, "nothing leads to the id '%.*s' [unused]",
                        (int)b->id.n, b->id.p);
            diag_hint(proof->diags, "write [words](#%.*s) where it is spoken of, or leave it out",
                      (int)b->id.n, b->id.p);
        }
        tell_ids(proof, u, b->children);
    }
}

/* Where no figure is cited, the tables are meant to speak for themselves. */
static void end(Proof *proof, void *state)
{
    Unused *u = state;
    const Report *r = proof->report;
    for (size_t i = 0; u->any && i < r->figures; i++) {
        const KeyFigure *f = &r->figure[i];
        if (u->cited[i] || proof_accepts(proof, f->id))
            continue;
        diag_advice(proof->diags, f->pos, "the key figure '%.*s' is cited nowhere [unused]",
                    (int)f->id.n, f->id.p);
        diag_hint(proof->diags, "[@%.*s] prints it in the text", (int)f->id.n, f->id.p);
    }
    for (size_t i = 0; i < r->sections; i++)
        tell_ids(proof, u, r->section[i].blocks);
    map_drop(&u->led_to);
}

const Check check_unused = {"unused", begin, passage, NULL, end};
