#include "layout/internal.h"

typedef struct {
    Str name; /* empty when only a size is given */
    double width, height;
} Paper;

/* Two lengths: width and height. */
static bool read_size(Reader *r, const ConfNode *node, const char *name, Paper *paper)
{
    double size[2];
    if (node->n != 2) {
        diag_error(r->diags, node->pos, "'%s' must be a name or [width, height]", name);
        return false;
    }
    for (size_t i = 0; i < 2; i++)
        if (!field_length(r, node->item[i], name, &size[i]))
            return false;
    *paper = (Paper){{"", 0}, size[0], size[1]};
    return true;
}

/* By name in millimetres (ISO 216; ANSI/ASME Y14.1), as it stands or on its side. */
static bool read_one(Reader *r, const ConfNode *node, const char *name, Paper *paper)
{
    static const char landscape[] = " landscape";
    static const struct {
        const char *name;
        double width, height;
    } papers[] = {{"A3", 297, 420},         {"A4", 210, 297},       {"A5", 148, 210},
                  {"A6", 105, 148},         {"B4", 250, 353},       {"B5", 176, 250},
                  {"Letter", 215.9, 279.4}, {"Legal", 215.9, 355.6}};
    enum { PAPERS = sizeof papers / sizeof *papers };
    Str text;
    if (node->kind == CONF_LIST)
        return read_size(r, node, name, paper);
    if (!conf_text(r->diags, node, name, &text))
        return false;
    bool turned = str_ends(text, str_from(landscape));
    Str plain = turned ? str_cut(text, 0, text.n - (sizeof landscape - 1)) : text;
    const char *names[PAPERS];
    for (size_t i = 0; i < PAPERS; i++) {
        names[i] = papers[i].name;
        if (!str_equal(plain, str_from(papers[i].name)))
            continue;
        double width = papers[i].width * MM, height = papers[i].height * MM;
        *paper = (Paper){text, turned ? height : width, turned ? width : height};
        return true;
    }
    unknown_name(r, node->pos, N_("there is no paper '%.*s'"), text, names, PAPERS);
    return false;
}

void read_paper(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    Paper paper;
    if (!read_one(r, node, name, &paper))
        return;
    r->layout->paper = paper.name;
    r->layout->paper_width = paper.width;
    r->layout->paper_height = paper.height;
}

void read_sheet_paper(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    Paper paper;
    if (!read_one(r, node, name, &paper))
        return;
    r->layout->sheet_width = paper.width;
    r->layout->sheet_height = paper.height;
}
