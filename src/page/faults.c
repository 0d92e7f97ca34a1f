#include <math.h>

#include "page/internal.h"

/* What no arrangement of pages could help is told when they are made: of the last pass alone, since pages of
 * those before may be others. */

#define CODE "pages" /* under which it is put off */

Pos faults_place(const Unit *units, size_t i)
{
    for (size_t k = i + 1; k-- > 0;) {
        const Unit *u = &units[k];
        const Spec *spec = u->spec;
        for (size_t cell = 0; !spec && cell < u->cells; cell++)
            spec = u->cell[cell].texts ? u->cell[cell].text[0].spec : NULL;
        if (spec && spec->runs && spec->pos[0].line)
            return spec->pos[0];
    }
    return (Pos){0, 0, 0};
}

void faults_keep(Composer *c)
{
    for (size_t i = 0; i < c->plan.faults.n; i++)
        array_push(&c->faults, c->plan.faults.at[i]);
}

void faults_look_at_last(Composer *c)
{
    const Place *p = &c->place;
    uint32_t page = document_page_count(c->d);
    float used = fmaxf(p->y, p->side_y) - place_top(c), notes = 0;
    for (unsigned i = 0; i < (unsigned)c->l->columns; i++)
        notes = fmaxf(notes, notes_all(c, i));
    if (!p->open)
        return;
    PartPages *part = pullback_part(c, p->part_begun);
    part->pages = page - p->part_page + 1;
    part->used = used + notes;
    part->page = measure_page(c) + part->shorter;
    part->faults = c->faults.n - p->part_faults;
    part->alone = p->part_begun == c->part && !p->part_whole;
    if (pullback_is_little(part))
        array_push(&c->faults, ((Fault){FAULT_LITTLE, p->last, page}));
}

/* Less is seen as space around a figure. */
#define HOLE_LINES 2.0f

void faults_look_at_hole(Composer *c, float height)
{
    const Place *p = &c->place;
    if (p->pulled.n && height > HOLE_LINES * (float)style_of(c, STYLE_body)->leading)
        array_push(&c->faults,
                   ((Fault){FAULT_HOLE, array_last(&p->pulled).pos, document_page_count(c->d)}));
}

static const char *const messages[FAULT_COUNT] = {
    [FAULT_PARTED] =
        N_("what belongs together here has no room on one page, and is parted on page %u of "
           "'%.*s' [pages]"),
    [FAULT_STRANDED] =
        N_("a heading stands at the foot of page %u of '%.*s', without what follows it "
           "[pages]"),
    [FAULT_ORPHAN] =
        N_("the first line of a paragraph stands alone at the foot of page %u of '%.*s' [pages]"),
    [FAULT_WIDOW] =
        N_("the last line of a paragraph stands alone at the head of page %u of '%.*s' [pages]"),
    [FAULT_HYPHEN] = N_("a word is divided at the foot of page %u of '%.*s' [pages]"),
    [FAULT_LITTLE] = N_("page %u of '%.*s' is nearly empty: a part ends on it [pages]"),
    [FAULT_HOLE] = N_("what is pulled out here leaves a hole in the text on page %u of '%.*s': "
                      "what follows it goes over the side column [pages]")};

void faults_tell(Composer *c)
{
    StrBuf name = {0};
    if (c->faults.n && !report_puts_off(c->e->report, STR(CODE)))
        edition_fill_pattern(&name, c->l->output, c->e);
    for (size_t i = 0; i < c->faults.n && name.n; i++) {
        const Fault *fault = &c->faults.at[i];
        Pos pos = fault->pos.line ? fault->pos : title_place(c);
        diag_warning(c->diags, pos, messages[fault->kind], fault->page, (int)name.n, name.p);
        if (fault->kind == FAULT_LITTLE)
            diag_hint(c->diags, "with so much less text the part would end on the page before");
        else if (fault->kind == FAULT_HOLE)
            diag_hint(c->diags, "pull out a figure that more text follows");
    }
    strbuf_drop(&name);
}
