#include <stddef.h>
#include <string.h>

#include "conf/conf.h"
#include "reader/internal.h"

static Str line_at(Str text, size_t at)
{
    Str line = source_line_at(text, at);
    while (line.n && ascii_blank(line.p[line.n - 1]))
        line.n--;
    return line;
}

size_t frontmatter_length(Str text, Str *yaml)
{
    if (!str_equal(line_at(text, 0), STR("---")))
        return 0;
    size_t from = str_find(text, '\n') + 1;
    for (size_t at = from; at < text.n;) {
        Str line = line_at(text, at);
        size_t next = at + str_find(str_cut(text, at, text.n), '\n') + 1;
        if (str_equal(line, STR("---")) || str_equal(line, STR("..."))) {
            *yaml = str_cut(text, from, at);
            return next > text.n ? text.n : next;
        }
        at = next;
    }
    return 0;
}

Str frontmatter_language(const ConfNode *root)
{
    const ConfNode *node = conf_get(root, "language");
    return node && node->kind == CONF_SCALAR ? node->text : STR("da");
}

/* Offsets tell the readers below which field of the report a key fills. */
typedef struct {
    const char *name;
    size_t offset;
} Field;

static const Field text_fields[] = {
    {"title", offsetof(Report, title)},
    {"short-title", offsetof(Report, short_title)},
    {"genre", offsetof(Report, genre)},
    {"committee", offsetof(Report, committee)},
    {"case-number", offsetof(Report, case_number)},
    {"document-number", offsetof(Report, document_number)},
    {"language", offsetof(Report, language)},
    {"summary", offsetof(Report, summary)},
    {"version", offsetof(Report, version)},
    {"logo", offsetof(Report, logo)},
    {"url", offsetof(Report, url)},
    {"briefing-note", offsetof(Report, briefing_note)},
    {"organisation", offsetof(Report, sender.organisation)},
    {"unit", offsetof(Report, sender.unit)},
    {"phone", offsetof(Report, sender.phone)},
    {"email", offsetof(Report, sender.email)},
    {"ean", offsetof(Report, sender.ean)},
    {"item", offsetof(Report, meeting_item)},
};

static const Field date_fields[] = {
    {"date", offsetof(Report, date)},
    {"modified", offsetof(Report, modified)},
};

static const Field *find_field(const Field *fields, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(fields[i].name, name) == 0)
            return &fields[i];
    return NULL;
}

static void read_text(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    Str text;
    if (!conf_text(r->diags, node, name, &text))
        return;
    const Field *f = find_field(text_fields, sizeof text_fields / sizeof *text_fields, name);
    *(Str *)(void *)((char *)r->report + f->offset) = str_trim(text);
    if (strcmp(name, "title") == 0)
        r->report->title_pos = node->pos;
    if (strcmp(name, "summary") == 0)
        r->report->summary_pos = node->pos;
    if (strcmp(name, "logo") == 0)
        r->report->logo_pos = node->pos;
    if (strcmp(name, "url") == 0)
        r->report->url_pos = node->pos;
    if (strcmp(name, "briefing-note") == 0)
        r->report->briefing_note_pos = node->pos;
}

static bool parse_date(Reader *r, const char *name, const ConfNode *node, Str text, Date *out)
{
    if (date_parse(text, out))
        return true;
    diag_error(r->diags, node->pos, "'%s' is no date: '%.*s'", name, (int)text.n, text.p);
    diag_hint(r->diags, "dates are written year-month-day: 2012-08-29");
    return false;
}

static void read_date(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    Str text;
    if (!conf_text(r->diags, node, name, &text))
        return;
    const Field *f = find_field(date_fields, sizeof date_fields / sizeof *date_fields, name);
    parse_date(r, name, node, text, (Date *)(void *)((char *)r->report + f->offset));
}

static void read_meeting_date(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    Str text;
    if (conf_text(r->diags, node, name, &text))
        parse_date(r, name, node, text, &r->report->meeting_date);
}

static void read_period(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    Str text;
    if (!conf_text(r->diags, node, name, &text))
        return;
    size_t slash = str_find(text, '/');
    Date from, to;
    if (!parse_date(r, name, node, str_trim(str_cut(text, 0, slash)), &from))
        return;
    to = from;
    if (slash < text.n &&
        !parse_date(r, name, node, str_trim(str_cut(text, slash + 1, text.n)), &to))
        return;
    if (date_compare(from, to) > 0) {
        diag_error(r->diags, node->pos, "the period ends before it begins");
        return;
    }
    r->report->period_from = from;
    r->report->period_to = to;
}

static void read_status(void *context, const char *name, const ConfNode *node)
{
    static const char *const words[] = {"final", "draft"};
    Reader *r = context;
    size_t choice;
    if (conf_choice(r->diags, node, name, words, 2, &choice))
        r->report->draft = choice == 1;
}

static void read_address(void *context, const char *name, const ConfNode *node)
{
    Reader *r = context;
    Sender *s = &r->report->sender;
    size_t n = node->kind == CONF_LIST ? node->n : 1;
    s->address = arena_array(r->arena, n, Str);
    for (size_t i = 0; i < n; i++) {
        const ConfNode *line = node->kind == CONF_LIST ? node->item[i] : node;
        if (conf_text(r->diags, line, name, &s->address[s->address_lines]))
            s->address_lines++;
    }
}

static void read_sender(void *context, const char *name, const ConfNode *node)
{
    static const ConfKey keys[] = {{"organisation", read_text}, {"unit", read_text},
                                   {"address", read_address},   {"phone", read_text},
                                   {"email", read_text},        {"ean", read_text}};
    Reader *r = context;
    conf_keys(r->diags, node, name, keys, sizeof keys / sizeof *keys, r);
}

static void read_meeting(void *context, const char *name, const ConfNode *node)
{
    static const ConfKey keys[] = {{"date", read_meeting_date}, {"item", read_text}};
    Reader *r = context;
    conf_keys(r->diags, node, name, keys, sizeof keys / sizeof *keys, r);
}

TextList texts_read(Reader *r, const char *name, const ConfNode *node)
{
    TextList list = {0};
    if (!conf_is(r->diags, node, CONF_LIST, name))
        return list;
    list.at = arena_array(r->arena, node->n, Str);
    list.pos = arena_array(r->arena, node->n, Pos);
    for (size_t i = 0; i < node->n; i++)
        if (conf_text(r->diags, node->item[i], name, &list.at[list.n]))
            list.pos[list.n++] = node->item[i]->pos;
    return list;
}

static void read_layouts(void *context, const char *name, const ConfNode *node)
{
    Report *to = ((Reader *)context)->report;
    TextList list = texts_read(context, name, node);
    to->layout = list.at;
    to->layout_pos = list.pos;
    to->layouts = list.n;
}

static void read_private(void *context, const char *name, const ConfNode *node)
{
    Report *to = ((Reader *)context)->report;
    TextList list = texts_read(context, name, node);
    to->private_name = list.at;
    to->private_pos = list.pos;
    to->private_names = list.n;
}

static void read_off(void *context, const char *name, const ConfNode *node)
{
    Report *to = ((Reader *)context)->report;
    TextList list = texts_read(context, name, node);
    to->off = list.at;
    to->off_pos = list.pos;
    to->offs = list.n;
}

static void read_accept(void *context, const char *name, const ConfNode *node)
{
    Report *to = ((Reader *)context)->report;
    TextList list = texts_read(context, name, node);
    to->accepted = list.at;
    to->accepted_pos = list.pos;
    to->accepteds = list.n;
}

static void read_checks(void *context, const char *name, const ConfNode *node)
{
    static const ConfKey keys[] = {{"off", read_off}, {"accept", read_accept}};
    Reader *r = context;
    conf_keys(r->diags, node, name, keys, sizeof keys / sizeof *keys, r);
}

static void complain_of_title(Reader *r, const ConfNode *node)
{
    if (node && node->kind != CONF_SCALAR)
        return; /* that was said */
    diag_error(r->diags, node ? node->pos : (Pos){1, 1, r->file},
               node ? N_("the title is empty") : N_("the front matter has no 'title'"));
    diag_hint(r->diags, "write a line such as  title: Studietur til London");
}

void frontmatter_read(Reader *r, const ConfNode *root)
{
    static const ConfKey keys[] = {
        {"title", read_text},      {"short-title", read_text}, {"genre", read_text},
        {"committee", read_text},  {"date", read_date},        {"modified", read_date},
        {"period", read_period},   {"case-number", read_text}, {"document-number", read_text},
        {"meeting", read_meeting}, {"sender", read_sender},    {"language", read_text},
        {"summary", read_text},    {"status", read_status},    {"version", read_text},
        {"logo", read_text},       {"url", read_text},         {"layouts", read_layouts},
        {"private", read_private}, {"checks", read_checks},    {"briefing-note", read_text}};
    if (root)
        conf_keys(r->diags, root, NULL, keys, sizeof keys / sizeof *keys, r);
    if (root && root->kind == CONF_MAP && !r->report->title.n)
        complain_of_title(r, conf_get(root, "title"));
}
