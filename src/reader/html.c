#include <string.h>

#include "base/utf8.h"
#include "reader/internal.h"

/* Tags that mean here what Markdown has no mark for, or what it has. */
static const HtmlTag tags[] = {
    {"br", INLINE_LINE_BREAK}, {"sup", INLINE_SUPER},     {"sub", INLINE_SUB},
    {"b", INLINE_STRONG},      {"strong", INLINE_STRONG}, {"i", INLINE_EMPHASIS},
    {"em", INLINE_EMPHASIS},   {"s", INLINE_STRIKE},      {"del", INLINE_STRIKE},
    {"code", INLINE_CODE},     {"kbd", INLINE_CODE}};

const HtmlTag *html_tag(Str html, bool *closes)
{
    *closes = str_starts(html, STR("</"));
    size_t from = *closes ? 2 : 1, to = from;
    while (to < html.n &&
           (ascii_letter(html.p[to]) || ascii_digit(html.p[to]) || html.p[to] == '-'))
        to++;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (utf8_equal_fold(str_cut(html, from, to), str_from(tags[i].name)))
            return &tags[i];
    return NULL;
}

/* Whether anything but tags, comments and blanks stands in it. */
static bool has_words(Str html)
{
    bool tag = false;
    for (size_t i = 0; i < html.n; i++) {
        if (html.p[i] == '<')
            tag = true;
        else if (html.p[i] == '>')
            tag = false;
        else if (!tag && !ascii_space(html.p[i]))
            return true;
    }
    return false;
}

/* Without the comments that it begins with. */
static Str without_comments(Str html)
{
    html = str_trim(html);
    while (str_starts(html, STR("<!--"))) {
        const char *end = memmem(html.p, html.n, "-->", 3);
        if (!end)
            return html;
        html = str_trim(str_cut(html, (size_t)(end - html.p) + 3, html.n));
    }
    return html;
}

/* What tags that are left out are called here. */
static const struct {
    const char *name, *hint;
} others[] = {{"a", N_("a link is [words](address)")},
              {"img", N_("a picture is ![what it shows](images/name.png)")},
              {"u", N_("underlined words look like a link; bold ones are **words**")},
              {"mark", N_("there is no mark for highlighting; bold words are **words**")},
              {"h1", N_("headings begin with '# ', '## ' or '### '")},
              {"h2", N_("headings begin with '# ', '## ' or '### '")},
              {"h3", N_("headings begin with '# ', '## ' or '### '")},
              {"ul", N_("items begin with '- ' or '1. '")},
              {"ol", N_("items begin with '- ' or '1. '")},
              {"li", N_("items begin with '- ' or '1. '")},
              {"table", N_("write rows as '| a | b |', and below the first one '|---|---|'")}};

static Str tag_name(Str html)
{
    size_t n = 1;
    while (n < html.n && (ascii_letter(html.p[n]) || ascii_digit(html.p[n]) || html.p[n] == '-'))
        n++;
    return str_cut(html, 1, n);
}

static void hint_tag(Reader *r, Str html)
{
    Str name = tag_name(html);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (utf8_equal_fold(name, str_from(others[i].name)))
            diag_hint(r->diags, others[i].hint, 0);
}

void html_left_out(Reader *r, Str html, Pos pos, bool block)
{
    Str rest = without_comments(html);
    if (!rest.n)
        return;
    Str before = str_cut(html, 0, (size_t)(rest.p - html.p));
    uint32_t skipped = text_line_ends(before);
    pos.line += skipped;
    if (skipped)
        pos.column = 1;
    else if (pos.column + before.n < UINT16_MAX)
        pos.column = (uint16_t)(pos.column + utf8_length(before));
    uint32_t lines = text_line_ends(rest) + 1;
    Str piece = text_shown(source_line_at(rest, 0));
    if (lines == 1)
        diag_warning(r->diags, pos, "HTML is left out: %.*s", (int)piece.n, piece.p);
    else
        diag_warning(r->diags, pos, "%u lines of HTML are left out: %.*s", (unsigned)lines,
                     (int)piece.n, piece.p);
    if (str_starts(rest, STR("<!--")))
        diag_hint(r->diags, "a comment ends with -->");
    else if (!block || !has_words(rest))
        hint_tag(r, rest);
    else
        diag_hint(r->diags, "the words in it are left out, too; write them without the tags");
}
