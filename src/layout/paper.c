#include "layout/internal.h"

/* Two lengths: width and height. */
static void read_size(Reader *r, const ConfNode *node, const char *name)
{
    double size[2];
    if (node->n != 2) {
        diag_error(r->diags, node->pos, "'%s' must be a name or [width, height]", name);
        return;
    }
    for (size_t i = 0; i < 2; i++)
        if (!field_length(r, node->item[i], name, &size[i]))
            return;
    r->layout->paper = (Str){"", 0};
    r->layout->paper_width = size[0];
    r->layout->paper_height = size[1];
}

/* By name in millimetres (ISO 216; ANSI/ASME Y14.1), as it stands or on its side. */
void read_paper(void *context, const char *name, const ConfNode *node)
{
    static const char landscape[] = " landscape";
    static const struct {
        const char *name;
        double width, height;
    } papers[] = {{"A3", 297, 420},         {"A4", 210, 297},       {"A5", 148, 210},
                  {"A6", 105, 148},         {"B4", 250, 353},       {"B5", 176, 250},
                  {"Letter", 215.9, 279.4}, {"Legal", 215.9, 355.6}};
    enum { PAPERS = sizeof papers / sizeof *papers };
    Reader *r = context;
    Str text;
    if (node->kind == CONF_LIST) {
        read_size(r, node, name);
        return;
    }
    if (!conf_text(r->diags, node, name, &text))
        return;
    bool turned = str_ends(text, str_from(landscape));
    Str plain = turned ? str_cut(text, 0, text.n - (sizeof landscape - 1)) : text;
    const char *names[PAPERS];
    for (size_t i = 0; i < PAPERS; i++) {
        names[i] = papers[i].name;
        if (!str_equal(plain, str_from(papers[i].name)))
            continue;
        double width = papers[i].width * MM, height = papers[i].height * MM;
        r->layout->paper = text;
        r->layout->paper_width = turned ? height : width;
        r->layout->paper_height = turned ? width : height;
        return;
    }
    unknown_name(r, node->pos, N_("there is no paper '%.*s'"), text, names, PAPERS);
}
