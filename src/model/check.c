#include "model/in.h"

/* What a block stands in. */
typedef enum { IN_SECTION, IN_VISIT, IN_STOP, IN_BLOCK } Place;

typedef struct {
    In *in;
    int level; /* of the last heading */
} Check;

static Pos json_of(const Block *b)
{
    return ((const ReadBlock *)(const void *)b)->json;
}

static bool has_place(const Block *b, Place place)
{
    if (b->kind == BLOCK_HEADING)
        return place != IN_BLOCK;
    if (b->kind == BLOCK_KEY_FIGURES || b->kind == BLOCK_RECOMMENDATIONS)
        return place == IN_SECTION;
    if (b->kind == BLOCK_VISIT)
        return b->visit->stop ? place == IN_VISIT : place == IN_SECTION;
    return true;
}

static void complain_of_place(const Check *c, const Block *b)
{
    const char *kind = block_shape.kinds->at[b->kind];
    diag_error(c->in->diags, json_of(b), "what is of kind '%s' can't stand here", kind);
    if (b->kind == BLOCK_VISIT)
        diag_hint(c->in->diags, "visits stand in sections, and stops in visits");
    else if (b->kind == BLOCK_HEADING)
        diag_hint(c->in->diags, "headings stand in sections, visits and stops");
    else
        diag_hint(c->in->diags, "it stands in a section");
}

/* Readers of the PDF go from heading to heading: none may be missing between two of them. */
static void check_level(Check *c, Block *b, Place place)
{
    static const int above[] = {[IN_SECTION] = 1, [IN_VISIT] = 2, [IN_STOP] = 3, [IN_BLOCK] = 6};
    int level = b->level;
    if (b->kind == BLOCK_HEADING && level <= above[place]) {
        diag_error(c->in->diags, json_of(b), "this heading's level must be more than %d",
                   above[place]);
    } else if (b->kind == BLOCK_HEADING && level > c->level + 1) {
        level = c->level + 1;
        diag_warning(c->in->diags, b->pos, "this heading skips a level; it is set as level %d",
                     level);
        b->level = level;
    }
    if (level)
        c->level = level;
}

static Place inside_of(const Block *b)
{
    if (b->kind == BLOCK_VISIT)
        return b->visit->stop ? IN_STOP : IN_VISIT;
    return IN_BLOCK;
}

static void check_blocks(Check *c, Block *b, Place place)
{
    for (; b; b = b->next) {
        if (has_place(b, place))
            check_level(c, b, place);
        else
            complain_of_place(c, b);
        check_blocks(c, b->children, inside_of(b));
    }
}

void content_check(In *in)
{
    Check c = {.in = in};
    for (size_t i = 0; i < in->sections.n; i++) {
        c.level = 1;
        check_blocks(&c, in->sections.at[i].blocks, IN_SECTION);
    }
    for (size_t i = 0; i < in->notes.n; i++)
        check_blocks(&c, in->notes.at[i]->blocks, IN_BLOCK);
}
