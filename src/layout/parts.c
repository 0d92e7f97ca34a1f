#include "layout/internal.h"

static const char *const part_names[PART_COUNT] = {[PART_LETTERHEAD] = "letterhead",
                                                   [PART_COVER] = "cover",
                                                   [PART_CONTENTS] = "contents",
                                                   [PART_TABLES_LIST] = "tables-list",
                                                   [PART_FIGURES_LIST] = "figures-list",
                                                   [PART_SUMMARY] = "summary",
                                                   [PART_BODY] = "body",
                                                   [PART_KEY_FIGURES] = "key-figures",
                                                   [PART_RECOMMENDATIONS] = "recommendations",
                                                   [PART_OPEN_QUESTIONS] = "open-questions",
                                                   [PART_CONTACT] = "contact",
                                                   [PART_TITLE] = "title",
                                                   [PART_TILES] = "tiles",
                                                   [PART_CHART] = "chart",
                                                   [PART_TABLE] = "table",
                                                   [PART_LESSONS] = "lessons",
                                                   [PART_CAVEATS] = "caveats",
                                                   [PART_LINK] = "link",
                                                   [PART_GLOSSARY] = "glossary",
                                                   [PART_SOURCES] = "sources",
                                                   [PART_CHANGES] = "changes",
                                                   [PART_ANNEXES] = "annexes"};

/* Those that can stand side by side. */
static bool is_panel(size_t part)
{
    return part == PART_CHART || part == PART_LESSONS || part == PART_CAVEATS ||
           part == PART_CONTACT || part == PART_LINK;
}

static bool read_part(Reader *r, const ConfNode *node, const char *name, bool beside, double share)
{
    size_t part;
    Layout *l = r->layout;
    if (!conf_choice(r->diags, node, name, part_names, PART_COUNT, &part))
        return false;
    if (layout_has_part(l, (Part)part)) {
        diag_error(r->diags, node->pos, "the part '%s' comes twice", part_names[part]);
        return false;
    }
    if (share > 0 && !is_panel(part)) {
        diag_error(r->diags, node->pos, "the part '%s' can't stand beside others",
                   part_names[part]);
        return false;
    }
    l->place[part] = (PartPlace){beside, share};
    l->part[l->parts++] = (Part)part;
    return true;
}

/* "lessons" or "lessons: 7": its share of the width. */
static bool read_share(Reader *r, const ConfNode *node, const char *name, const ConfNode **part,
                       double *share)
{
    *part = node;
    *share = 1;
    if (node->kind != CONF_MAP)
        return true;
    if (node->n != 1) {
        diag_error(r->diags, node->pos, "'%s' wants one name here, with its share of the width",
                   name);
        return false;
    }
    *part = node->key[0];
    if (!conf_number(r->diags, node->item[0], name, share))
        return false;
    if (*share <= 0)
        diag_error(r->diags, node->item[0]->pos, "a share of the width must be above 0");
    return *share > 0;
}

/* Parts that stand side by side. */
static void read_row(Reader *r, const ConfNode *row, const char *name)
{
    bool beside = false;
    for (size_t i = 0; i < row->n; i++) {
        const ConfNode *part;
        double share;
        if (read_share(r, row->item[i], name, &part, &share))
            beside |= read_part(r, part, name, beside, share);
    }
}

static size_t count_items(const ConfNode *list)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++)
        n += list->item[i]->kind == CONF_LIST ? list->item[i]->n : 1;
    return n;
}

void read_parts(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    r->parts_seen = true;
    if (!conf_is(r->diags, node, CONF_LIST, name))
        return;
    r->layout->parts = 0;
    r->layout->part = arena_array(&r->layout->arena, count_items(node), Part);
    for (size_t i = 0; i < node->n; i++) {
        if (node->item[i]->kind == CONF_LIST)
            read_row(r, node->item[i], name);
        else
            read_part(r, node->item[i], name, false, 0);
    }
}

/* A list of what goes over all columns. */
void read_span(void *context, const char *name, const ConfNode *node)
{
#define NAME(name) #name,
    static const char *const words[] = {LAYOUT_SPANS(NAME)};
#undef NAME
    Reader *r = context;
    if (!conf_is(r->diags, node, CONF_LIST, name))
        return;
    for (size_t i = 0; i < SPAN_COUNT; i++)
        r->layout->span[i] = false;
    for (size_t i = 0; i < node->n; i++) {
        size_t choice;
        if (conf_choice(r->diags, node->item[i], name, words, SPAN_COUNT, &choice))
            r->layout->span[choice] = true;
    }
}

static Part *read_part_names(Reader *r, const char *name, const ConfNode *node, size_t *n)
{
    Part *list = arena_array(&r->layout->arena, node->n, Part);
    *n = 0;
    for (size_t i = 0; i < node->n; i++) {
        size_t part;
        if (conf_choice(r->diags, node->item[i], name, part_names, PART_COUNT, &part))
            list[(*n)++] = (Part)part;
    }
    return list;
}

void read_may_leave_out(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    Layout *l = r->layout;
    if (conf_is(r->diags, node, CONF_LIST, name))
        l->may_leave_out = read_part_names(r, name, node, &l->may_leave_outs);
}

void read_fill(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    Layout *l = r->layout;
    if (conf_is(r->diags, node, CONF_LIST, name))
        l->fill = read_part_names(r, name, node, &l->fills);
}

const char *layout_part_name(Part part)
{
    return part_names[part];
}

bool layout_has_part(const Layout *l, Part part)
{
    for (size_t i = 0; i < l->parts; i++)
        if (l->part[i] == part)
            return true;
    return false;
}
