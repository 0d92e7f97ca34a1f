#include "reader/foreign.h"

#include <string.h>

#include "base/utf8.h"

/* What Word, Pandoc and other kinds of Markdown have and this one hasn't is text, which says nothing of what was
 * meant. It is told by how lines begin. */

typedef struct {
    Reader *r;
    cmark_node *node; /* the paragraph */
    ARRAY(Str) line;  /* as in the source, from the first character on */
} Lines;

static bool ends_sentence(Str s)
{
    s = line_without_end(s);
    return s.n && strchr(".:;,!?", s.p[s.n - 1]);
}

/* Whether another line that stands by itself begins so: a paragraph of several lines, or several of one. */
static bool another(const Lines *l, bool begins(Str line))
{
    cmark_node *next = cmark_node_next(l->node);
    return (l->line.n > 1 && begins(l->line.at[1])) ||
           (node_is(next, "paragraph") && begins(node_first_line(l->r, next)));
}

/* Whether the writer breaks the line at its end. */
static bool breaks_line(const Lines *l, size_t i)
{
    uint32_t first = (uint32_t)cmark_node_get_start_line(l->node) + l->r->line_offset;
    Str line = reader_line(l->r, first + (uint32_t)i);
    return str_ends(line, STR("\\")) || str_ends(line, STR("  ")) || str_ends(line, STR(">"));
}

/* ---- lists ---------------------------------------------------------------------------------- */

static bool is_bullet(uint32_t c)
{
    static const uint32_t bullets[] = {0x2022, 0xB7,   0x2023, 0x2043, 0x2219, 0x25A0, 0x25A1,
                                       0x25AA, 0x25AB, 0x25B6, 0x25BA, 0x25C6, 0x25CB, 0x25CF,
                                       0x25D8, 0x25E6, 0x2605, 0x2713, 0x2714, 0x2756, 0x27A2,
                                       0x27A4, 0xF0A7, 0xF0B7, 0xF0D8, 0xF0FC};
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
        if (bullets[i] == c)
            return true;
    bool circled = c >= 0x2460 && c <= 0x249B, box = c >= 0x2610 && c <= 0x2612;
    return circled || box;
}

/* Letters are what becomes of bullets that were signs of another font. */
static bool pasted_bullet(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    size_t at = 0;
    uint32_t c = s.n ? utf8_next(s, &at) : 0;
    Str rest = line_behind(s, at);
    if (is_bullet(c))
        return line_opens_blank(rest) || character_is_letter(line_first(rest));
    bool letter = c == 'o' || c == 0xA7 || c == 'v' || c == 'q' || c == 0xD8 || c == 0xFC;
    return letter && (str_starts(rest, STR("\t")) ||
                      (c == 'o' && line_opens_blank(rest) && i == 0 && rest.n > 1));
}

static bool begins_with_dash(Str s)
{
    size_t at = 0;
    uint32_t c = s.n ? utf8_next(s, &at) : 0;
    return ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) && line_opens_blank(line_behind(s, at));
}

static bool dashes(const Lines *l, size_t i)
{
    return i == 0 && begins_with_dash(l->line.at[0]) && another(l, begins_with_dash);
}

static bool begins_with_glued_hyphen(Str s)
{
    return s.n > 1 && strchr("-*+", s.p[0]) && character_is_letter(line_first(line_behind(s, 1))) &&
           str_find(line_behind(s, 1), s.p[0]) + 1 == s.n;
}

static bool glued_marks(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    return i == 0 && (str_starts(s, STR("-[ ] ")) || str_starts(s, STR("-[x] ")) ||
                      (begins_with_glued_hyphen(s) && another(l, begins_with_glued_hyphen)));
}

static bool bare_task(const Lines *l, size_t i)
{
    static const char *const boxes[] = {"[] ", "[ ] ", "[x] ", "[X] "};
    for (size_t k = 0; i == 0 && k < sizeof boxes / sizeof *boxes; k++)
        if (str_starts(l->line.at[0], str_from(boxes[k])))
            return !node_is(cmark_node_parent(l->node), "tasklist") ||
                   cmark_node_previous(l->node) != NULL;
    return false;
}

/* Two lines that count on and would be set as one paragraph. */
static bool numbered_lines(const Lines *l, size_t i)
{
    if (i + 1 >= l->line.n)
        return false;
    Str s = l->line.at[i];
    Enumerator a = enumerator_of(s), b = enumerator_of(l->line.at[i + 1]);
    return a.length && b.length && a.before == b.before && a.behind == b.behind &&
           a.blank == b.blank && (a.blank || ascii_digit(a.word.p[0])) &&
           enumerators_follow(a.word, b.word) &&
           !line_opens_month(l->r->terms, line_behind(s, a.length));
}

static bool pandoc_number(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    size_t close = str_find(s, ')');
    return str_starts(s, STR("#. ")) ||
           (str_starts(s, STR("(@")) && close < s.n && line_opens_blank(line_behind(s, close + 1)));
}

/* A mark with a blank behind it that is none to Markdown. */
static bool mark_and_hard_blank(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    size_t n = 0;
    if (s.n && strchr("-*+", s.p[0]))
        n = 1;
    while (!strchr("-*+", s.n ? s.p[0] : '-') && n < s.n && ascii_digit(s.p[n]))
        n++;
    if (n && n < s.n && ascii_digit(s.p[0]))
        n = strchr(".)", s.p[n]) ? n + 1 : 0;
    return n && i == 0 && str_starts(line_behind(s, n), STR(NO_BREAK_SPACE));
}

static bool definition(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    return s.n > 2 && s.p[0] == ':' && ascii_blank(s.p[1]);
}

/* "Dato: 12. maj" */
static bool opens_with_label(Str s)
{
    enum { LONGEST = 40 };
    size_t n = 0;
    while (n < s.n && n < LONGEST && !strchr(".:;,!?()[]<>|*_`", s.p[n]))
        n++;
    return n + 1 < s.n && s.p[n] == ':' && ascii_blank(s.p[n + 1]) &&
           character_is_capital(line_first(s));
}

/* "Stk. 2. Text": a word and a number that counts on in the next line. */
static bool same_word_counts(Str a, Str b)
{
    size_t n = str_find(a, ' ');
    if (!n || n >= a.n || !str_starts(b, str_cut(a, 0, n + 1)))
        return false;
    Str x = line_behind(a, n + 1), y = line_behind(b, n + 1);
    x.n = line_digits(x);
    y.n = line_digits(y);
    return x.n && y.n && x.n < 4 && y.n < 4 && enumerators_follow(x, y);
}

/* Lines that were meant to stay apart. */
static bool labelled_lines(const Lines *l, size_t i)
{
    if (i + 1 >= l->line.n || breaks_line(l, i))
        return false;
    Str a = l->line.at[i], b = l->line.at[i + 1];
    return (opens_with_label(a) && opens_with_label(b)) || same_word_counts(a, b);
}

/* "[1]: Text" */
static bool footnote_without_mark(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    size_t n = str_starts(s, STR("[")) ? 1 + line_digits(line_behind(s, 1)) : 0;
    return n > 1 && str_starts(line_behind(s, n), STR("]: "));
}

/* ---- headings ------------------------------------------------------------------------------- */

static bool glued_heading(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    size_t n = line_run(s, '#');
    uint32_t c = line_first(line_behind(s, n));
    if (n < 1 || n > 6)
        return false;
    return c == 0xA0 || (n == 1 ? i == 0 && character_is_capital(c)
                                : character_is_letter(c) || (c >= '0' && c <= '9'));
}

/* "1.2 Baggrund" */
static bool numbered_heading(const Lines *l, size_t i)
{
    enum { LONGEST = 100 };
    Str s = l->line.at[i];
    size_t at = 0, parts = 0;
    while (at < s.n && ascii_digit(s.p[at])) {
        size_t from = at;
        while (at < s.n && ascii_digit(s.p[at]))
            at++;
        if (at - from > 2)
            return false;
        parts++;
        at += at < s.n && s.p[at] == '.';
    }
    Str rest = line_behind(s, at);
    return l->line.n == 1 && parts > 1 && s.n < LONGEST && line_opens_blank(rest) &&
           character_is_capital(line_first(str_trim(rest))) && !ends_sentence(s);
}

/* "== Baggrund ==" */
static bool wiki_heading(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    size_t n = line_run(s, '=');
    return n > 1 && n < 7 && line_opens_blank(line_behind(s, n)) && s.n > 2 * n &&
           line_run(line_behind(s, s.n - n), '=') == n;
}

static bool bold_heading(const Lines *l, size_t i)
{
    enum { LONGEST = 80 };
    Str s = l->line.at[i];
    cmark_node *next = cmark_node_next(l->node);
    if (l->line.n > 1 || s.n < 5 || s.n > LONGEST || !next || node_is(next, "heading") ||
        !node_is(cmark_node_parent(l->node), "document"))
        return false;
    Str mark = str_cut(s, 0, 2), inner = str_cut(s, 2, s.n - 2);
    return (str_equal(mark, STR("**")) || str_equal(mark, STR("__"))) && str_ends(s, mark) &&
           !memmem(inner.p, inner.n, mark.p, 2) && !ends_sentence(inner);
}

/* ---- boxes ---------------------------------------------------------------------------------- */

static bool fenced_box(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    size_t colons = line_run(s, ':');
    return (colons > 2 && colons < s.n) || str_starts(s, STR("!!! ")) || str_starts(s, STR("??? "));
}

static bool box_without_quotation(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    size_t close = str_find(s, ']');
    return i == 0 && str_starts(s, STR("[!")) && close > 2 && close < s.n &&
           !(close + 1 < s.n && strchr("([", s.p[close + 1])) &&
           !node_is(cmark_node_parent(l->node), "block_quote");
}

static bool box_without_mark(const Lines *l, size_t i)
{
    static const Word words[] = {WORD_box_note, WORD_box_caveat, WORD_box_meaning,
                                 WORD_box_secretariat, WORD_box_closed};
    Str s = l->line.at[i], name = str_cut(s, 1, str_find(s, ']'));
    if (i > 0 || !str_starts(s, STR("[")) || cmark_node_previous(l->node) ||
        !node_is(cmark_node_parent(l->node), "block_quote"))
        return false;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (terms_match(l->r->terms, words[k], name))
            return true;
    return false;
}

/* ---- tables --------------------------------------------------------------------------------- */

static bool hyphens(const Lines *l, size_t i)
{
    return hyphen_columns(l->line.at[i]) > 0;
}

static bool grid(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    return s.n > 3 && s.p[0] == '+' && strchr("-=", s.p[1]) && s.p[1] == s.p[2] &&
           s.p[s.n - 1] == '+';
}

/* Bars that part cells: with a blank beside them, or in a row that opens with one. */
static size_t count_bars(Str s)
{
    size_t n = 0;
    bool row = str_starts(s, STR("|"));
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\\')
            i++;
        else if (s.p[i] == '|')
            n += row ||
                 (i > 0 && i + 1 < s.n && ascii_blank(s.p[i - 1]) && ascii_blank(s.p[i + 1]));
    return n;
}

static bool bars(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    size_t n = count_bars(s);
    if (i + 1 < l->line.n && hyphens(l, i + 1))
        return false; /* that line says more */
    if (n > 1 && s.p[0] == '|' && s.p[s.n - 1] == '|')
        return true;
    return n && i + 1 < l->line.n && (n > 1 || s.p[0] != '|') && count_bars(l->line.at[i + 1]) == n;
}

static bool kept_lines(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    return str_starts(s, STR("| ")) && count_bars(s) == 1 && i + 1 < l->line.n &&
           str_starts(l->line.at[i + 1], STR("|"));
}

static size_t count_tabs(Str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\t';
    return n;
}

static bool tabs(const Lines *l, size_t i)
{
    size_t n = count_tabs(l->line.at[i]);
    return n && i + 1 < l->line.n && count_tabs(l->line.at[i + 1]) == n;
}

/* ---- captions and contents ------------------------------------------------------------------ */

static bool has_word(const Lines *l, Word word, bool number)
{
    Str s = l->line.at[0], rest;
    if (!number)
        return terms_label(l->r->terms, word, s, &rest);
    size_t at = str_find(s, ' ');
    if (!terms_match(l->r->terms, word, str_cut(s, 0, at)))
        return false;
    size_t end = at + 1;
    while (end < s.n && (ascii_digit(s.p[end]) ||
                         (s.p[end] == '.' && end + 1 < s.n && ascii_digit(s.p[end + 1]))))
        end++;
    return end > at + 1 && end < s.n && strchr(".:", s.p[end]) &&
           line_opens_blank(line_behind(s, end + 1));
}

static bool numbered_caption(const Lines *l, size_t i)
{
    return i == 0 && l->line.n == 1 &&
           (has_word(l, WORD_table, true) || has_word(l, WORD_figure, true));
}

static bool lonely_caption(const Lines *l, size_t i)
{
    return i == 0 && l->line.n == 1 &&
           (has_word(l, WORD_table, false) || has_word(l, WORD_figure, false));
}

static bool contents(const Lines *l, size_t i)
{
    static const char *const marks[] = {"[TOC]", "[[TOC]]", "[[_TOC_]]", "{{TOC}}", "{:toc}"};
    for (size_t k = 0; i == 0 && l->line.n == 1 && k < sizeof marks / sizeof *marks; k++)
        if (utf8_equal_fold(l->line.at[0], str_from(marks[k])))
            return true;
    return false;
}

/* ---- the whole of a paragraph --------------------------------------------------------------- */

#define HEADING N_("'%.*s' looks like a heading and is set as text")
#define LIST N_("'%.*s' looks like an item of a list and is set as text")
#define TABLE N_("'%.*s' looks like a row of a table and is set as text")
#define LINES N_("the lines from '%.*s' on are set as one paragraph")
#define BOX N_("'%.*s' looks like the head of a box and is set as text")
#define CAPTION N_("'%.*s' looks like a caption and is set as text")

static const struct {
    bool (*is)(const Lines *l, size_t i);
    DiagLevel level;
    const char *what, *hint;
} looks[] = {
    {glued_heading, DIAG_WARNING, HEADING, N_("put an ordinary blank behind the '#'")},
    {pasted_bullet, DIAG_WARNING, LIST, N_("begin each item with '- '")},
    {dashes, DIAG_WARNING, LIST, N_("begin each item with '- '")},
    {glued_marks, DIAG_WARNING, LIST, N_("put a blank behind the mark of each item")},
    {mark_and_hard_blank, DIAG_WARNING, LIST,
     N_("the blank behind the mark is one where no line breaks: write an ordinary one")},
    {bare_task, DIAG_WARNING, LIST, N_("tasks are written '- [ ] …' and '- [x] …'")},
    {numbered_lines, DIAG_WARNING, LIST,
     N_("items begin with '- ' or '1. '; an empty line stands above the first")},
    {pandoc_number, DIAG_WARNING, LIST, N_("items that have numbers begin with '1. '")},
    {labelled_lines, DIAG_WARNING, LINES, N_("a backslash at the end of a line breaks it there")},
    {footnote_without_mark, DIAG_WARNING, N_("'%.*s' looks like a footnote and is set as text"),
     N_("a footnote is a line '[^1]: …', and its mark is [^1]")},
    {definition, DIAG_WARNING, N_("'%.*s' looks like a definition and is set as text"),
     N_("write terms as a list: '- **Term:** what it means'")},
    {wiki_heading, DIAG_WARNING, HEADING, N_("headings begin with '## ' or '### '")},
    {fenced_box, DIAG_WARNING, BOX,
     N_("a box is a quotation: '> [!NOTE]', and '>' before each of its lines")},
    {box_without_quotation, DIAG_WARNING, BOX,
     N_("a box is a quotation: '> [!NOTE]', and '>' before each of its lines")},
    {box_without_mark, DIAG_WARNING, BOX,
     N_("an exclamation mark stands before the word: [!NOTE]")},
    {hyphens, DIAG_WARNING, TABLE,
     N_("the first line and the line of hyphens need as many cells as each other")},
    {grid, DIAG_WARNING, TABLE,
     N_("write rows as '| a | b |', and below the first one '|---|---|'")},
    {bars, DIAG_WARNING, TABLE,
     N_("write rows as '| a | b |', and below the first one '|---|---|'")},
    {tabs, DIAG_WARNING, TABLE,
     N_("write rows as '| a | b |', and below the first one '|---|---|'")},
    {kept_lines, DIAG_WARNING, LINES, N_("a backslash at the end of a line breaks it there")},
    {numbered_caption, DIAG_WARNING, CAPTION,
     N_("leave out the number: tables and pictures are numbered in the PDF")},
    {lonely_caption, DIAG_ADVICE, CAPTION,
     N_("a caption stands right below or above its table or picture; charts have a headline")},
    {contents, DIAG_WARNING, N_("'%.*s' is printed as text"),
     N_("the contents are made without being asked for")},
    {numbered_heading, DIAG_ADVICE, HEADING, N_("headings begin with '## ' or '### '")},
    {bold_heading, DIAG_ADVICE, HEADING, N_("headings begin with '## ' or '### '")}};
enum { LOOKS = sizeof looks / sizeof *looks };

static void say(Diags *diags, DiagLevel level, Pos pos, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_say(diags, level, pos, format, args);
    va_end(args);
}

/* One of several that follow each other is enough. */
static void report(const Lines *l, size_t look, size_t i)
{
    Reader *r = l->r;
    uint32_t first = (uint32_t)cmark_node_get_start_line(l->node) + r->line_offset;
    bool goes_on = r->foreign.end && r->foreign.look == look && first <= r->foreign.end + 2;
    r->foreign.look = look;
    r->foreign.end = first + (uint32_t)l->line.n - 1;
    if (goes_on)
        return;
    Str line = reader_line(r, first + (uint32_t)i), shown = text_shown(l->line.at[i]);
    Pos pos = source_pos(r, (Place){first + (uint32_t)i, (size_t)(l->line.at[i].p - line.p)});
    say(r->diags, looks[look].level, pos, looks[look].what, (int)shown.n, shown.p);
    diag_hint(r->diags, looks[look].hint, 0);
}

static bool check_line(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    for (size_t k = 0; s.n && k < LOOKS; k++)
        if (looks[k].is(l, i)) {
            report(l, k, i);
            return true;
        }
    return false;
}

void foreign_check_paragraph(Reader *r, cmark_node *node)
{
    uint32_t first = (uint32_t)cmark_node_get_start_line(node) + r->line_offset;
    uint32_t last = (uint32_t)cmark_node_get_end_line(node) + r->line_offset;
    Lines l = {.r = r, .node = node};
    array_push(&l.line, node_first_line(r, node));
    for (uint32_t number = first + 1; number <= last; number++)
        array_push(&l.line, line_in_block(r, number));
    for (size_t i = 0; i < l.line.n && !check_line(&l, i);)
        i++;
    array_drop(&l.line);
}
