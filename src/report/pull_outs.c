#include "base/array.h"
#include "base/map.h"
#include "report/internal.h"

/* Pull-outs stand in the side column, level with a line of the text that prints them: with paragraphs and lists
 * alone, and not with what is said below a table. */

typedef struct {
    Diags *diags;
    const Terms *terms;
    Map ids;          /* of those of this section, to their numbers in `first` … */
    ARRAY(Pos) first; /* … where they stand */
    bool may_stand;   /* what is looked at stands in the text itself */
} PullOuts;

static void refuse(PullOuts *p, const Inline *in)
{
    diag_error(p->diags, in->pos, "the key figure '%.*s' can't be pulled out here", (int)in->text.n,
               in->text.p);
    diag_hint(p->diags, "pull it out of a paragraph or list that stands in the text itself");
}

static void check_one(PullOuts *p, const Inline *in)
{
    uint32_t first;
    if (!p->may_stand) {
        refuse(p, in);
    } else if (map_get(&p->ids, in->text, &first)) {
        diag_error(p->diags, in->pos, "the key figure '%.*s' is pulled out twice in this section",
                   (int)in->text.n, in->text.p);
        diag_also(p->diags, p->first.at[first], "it was pulled out here first");
    } else {
        map_put(&p->ids, in->text, (uint32_t)p->first.n);
        array_push(&p->first, in->pos);
    }
}

static void check_inlines(void *context, Inline *in)
{
    for (; in; in = in->next) {
        if (in->kind == INLINE_FIGURE && in->pull_out)
            check_one(context, in);
        check_inlines(context, in->children);
    }
}

static void check_blocks(PullOuts *p, const Block *b)
{
    bool outside = p->may_stand, noted = false;
    for (; b; b = b->next) {
        noted = block_takes_notes(b) || (noted && block_is_note(p->terms, b));
        p->may_stand = outside && b->kind == BLOCK_PARAGRAPH && !noted;
        block_each_inlines(b, check_inlines, p);
        p->may_stand = outside && b->kind != BLOCK_BOX && b->kind != BLOCK_QUOTE;
        check_blocks(p, b->children);
    }
    p->may_stand = outside;
}

static void check_apart(PullOuts *p, Inline *in)
{
    p->may_stand = false;
    check_inlines(p, in);
}

/* The terms of a glossary stand in columns of their own. */
static void check_section(PullOuts *p, const Section *s)
{
    map_drop(&p->ids);
    p->first.n = 0;
    check_apart(p, s->title);
    p->may_stand = s->kind != SECTION_GLOSSARY;
    check_blocks(p, s->blocks);
}

void pull_outs_check(const Report *report, Diags *diags)
{
    PullOuts p = {.diags = diags, .terms = report->terms};
    for (size_t i = 0; i < report->sections; i++)
        check_section(&p, &report->section[i]);
    p.may_stand = false;
    for (size_t i = 0; i < report->notes; i++)
        check_blocks(&p, report->note[i]->blocks);
    for (size_t i = 0; i < report->recommendations; i++) {
        check_apart(&p, report->recommendation[i].lead);
        check_apart(&p, report->recommendation[i].text);
        check_apart(&p, report->recommendation[i].basis);
    }
    map_drop(&p.ids);
    array_drop(&p.first);
}
