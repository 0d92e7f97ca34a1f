#include "page/plan.h"

/* What is kept of the cheapest way: where pages begin, how tight each is, and what could not be helped. */

static void add_fault(Plan *plan, const Search *s, FaultKind kind, size_t i, uint32_t page)
{
    array_push(&plan->faults, ((Fault){kind, faults_place(s->unit, i), page}));
}

/* What is wrong with a paragraph that is parted before one of its lines. `page` is that of the line. */
static void find_fault_in_text(Plan *plan, const Search *s, const PageStart *start, uint32_t page)
{
    const Unit *u = &s->unit[start->unit];
    uint32_t above = page - start->page, lines = measure_lines(u);
    if (start->page && u->spec->para->line[start->line - 1].flags & LINE_HYPHENATED)
        add_fault(plan, s, FAULT_HYPHEN, start->unit, above);
    if (!start->parted)
        return;
    bool whole = (s->room->keep.at[start->unit] & KEEP_WHOLE) != 0;
    if (whole || (start->line >= ORPHANS && lines - start->line >= WIDOWS))
        add_fault(plan, s, FAULT_PARTED, start->unit, above);
    else if (start->line < ORPHANS)
        add_fault(plan, s, FAULT_ORPHAN, start->unit, above);
    else
        add_fault(plan, s, FAULT_WIDOW, start->unit, page);
}

static void find_faults(Plan *plan, const Search *s, uint32_t page, bool overfull)
{
    plan->faults.n = 0;
    for (size_t i = 0; i < plan->starts.n; i++) {
        const PageStart *start = &plan->starts.at[i];
        page += start->page;
        const Unit *above = start->unit ? &s->unit[start->unit - 1] : NULL;
        if (start->line)
            find_fault_in_text(plan, s, start, page);
        else if (start->parted && above && above->kind == UNIT_TEXT && above->keep_next)
            add_fault(plan, s, FAULT_STRANDED, start->unit - 1, page - start->page);
        else if (start->parted)
            add_fault(plan, s, FAULT_PARTED, start->unit, page - start->page);
    }
    if (overfull)
        add_fault(plan, s, FAULT_PARTED, s->n - 1, page);
}

static void sum_up(Composer *c, const Search *s)
{
    Plan *plan = &c->plan;
    const Reached *end = &s->room->nodes.at[s->end];
    plan->pages = 1;
    for (size_t i = 0; i < plan->starts.n; i++)
        plan->pages += plan->starts.at[i].page;
    plan->cost = end->cost;
    plan->ends = s->ends && s->n;
    plan->whole = s->balances && s->n;
    find_faults(plan, s, document_page_count(c->d) + (c->place.open ? 0 : 1), end->parted && s->n);
}

static void reverse(float *at, size_t n)
{
    for (size_t i = 0, j = n; i + 1 < j; i++) {
        float first = at[i];
        at[i] = at[--j];
        at[j] = first;
    }
}

void plan_keep(Composer *c, const Search *s, uint32_t balanced)
{
    Plan *plan = &c->plan;
    size_t behind = 0; /* starts behind that of the page */
    plan->starts.n = plan->tighten.n = plan->white.n = plan->next = 0;
    for (uint32_t node = s->end; node != s->root; node = s->room->nodes.at[node].from) {
        const Reached *n = &s->room->nodes.at[node];
        if (node == balanced)
            behind = plan->starts.n;
        array_push(&plan->tighten, n->tighten);
        array_push(&plan->white, n->white);
        if (node != s->end)
            array_push(&plan->starts, plan_start(s, node));
    }
    for (size_t i = 0, j = plan->starts.n; i + 1 < j; i++) {
        PageStart start = plan->starts.at[i];
        plan->starts.at[i] = plan->starts.at[--j];
        plan->starts.at[j] = start;
    }
    reverse(plan->tighten.at, plan->tighten.n);
    reverse(plan->white.at, plan->white.n);
    plan->balanced = balanced == NOWHERE   ? SIZE_MAX
                     : balanced == s->root ? 0
                                           : plan->starts.n - behind;
    sum_up(c, s);
}
