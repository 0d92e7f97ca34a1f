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

/* ---- characters and lines ------------------------------------------------------------------- */

static uint32_t first_character(Str s)
{
    size_t at = 0;
    return s.n ? utf8_next(s, &at) : 0;
}

static bool is_letter(uint32_t c)
{
    return (c < 0x80 && ascii_letter((char)c)) || (c >= 0xC0 && c < 0x2000);
}

static bool is_capital(uint32_t c)
{
    return is_letter(c) && utf8_lower(c) != c;
}

static Str behind(Str s, size_t n)
{
    return str_cut(s, n, s.n);
}

static bool opens_blank(Str s)
{
    return s.n && (ascii_blank(s.p[0]) || str_starts(s, STR(NO_BREAK_SPACE)));
}

static size_t run_length(Str s, char c)
{
    size_t n = 0;
    while (n < s.n && s.p[n] == c)
        n++;
    return n;
}

static Str trimmed_behind(Str s)
{
    while (s.n && ascii_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

static bool ends_sentence(Str s)
{
    s = trimmed_behind(s);
    return s.n && strchr(".:;,!?", s.p[s.n - 1]);
}

/* Where text begins in the first line of a node, and in those that follow. */
static Str first_line(Reader *r, cmark_node *node)
{
    Place at = source_place(r, node);
    Str line = reader_line(r, at.line);
    return str_trim(str_cut(line, at.byte < line.n ? at.byte : line.n, line.n));
}

static Str next_line(Reader *r, uint32_t number)
{
    Str line = reader_line(r, number);
    return trimmed_behind(behind(line, source_line_text(line)));
}

static bool is_type(cmark_node *node, const char *type)
{
    return node && strcmp(cmark_node_get_type_string(node), type) == 0;
}

/* Whether another line that stands by itself begins so: a paragraph of several lines, or several of one. */
static bool another(const Lines *l, bool begins(Str line))
{
    cmark_node *next = cmark_node_next(l->node);
    return (l->line.n > 1 && begins(l->line.at[1])) ||
           (is_type(next, "paragraph") && begins(first_line(l->r, next)));
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
    return false;
}

/* Letters are what becomes of bullets that were signs of another font. */
static bool pasted_bullet(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    size_t at = 0;
    uint32_t c = s.n ? utf8_next(s, &at) : 0;
    Str rest = behind(s, at);
    if (is_bullet(c))
        return opens_blank(rest) || is_letter(first_character(rest));
    bool letter = c == 'o' || c == 0xA7 || c == 'v' || c == 'q' || c == 0xD8 || c == 0xFC;
    return letter &&
           (str_starts(rest, STR("\t")) || (c == 'o' && opens_blank(rest) && i == 0 && rest.n > 1));
}

static bool begins_with_dash(Str s)
{
    size_t at = 0;
    uint32_t c = s.n ? utf8_next(s, &at) : 0;
    return ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) && opens_blank(behind(s, at));
}

static bool dashes(const Lines *l, size_t i)
{
    return i == 0 && begins_with_dash(l->line.at[0]) && another(l, begins_with_dash);
}

static bool begins_with_glued_hyphen(Str s)
{
    return s.n > 1 && strchr("-*+", s.p[0]) && is_letter(first_character(behind(s, 1))) &&
           str_find(behind(s, 1), s.p[0]) + 1 == s.n;
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
            return !is_type(cmark_node_parent(l->node), "tasklist") ||
                   cmark_node_previous(l->node) != NULL;
    return false;
}

/* What numbers an item. */
typedef struct {
    Str word;      /* 2, b, ii */
    size_t length; /* with its marks */
    char before, behind;
    bool blank; /* one follows */
} Enumerator;

static Enumerator enumerator_of(Str s)
{
    Enumerator e = {.before = s.n && s.p[0] == '(' ? '(' : 0};
    size_t from = e.before != 0, to = from;
    bool digits = from < s.n && ascii_digit(s.p[from]);
    while (to < s.n && to < from + 4 && (digits ? ascii_digit(s.p[to]) : ascii_letter(s.p[to])))
        to++;
    if (to == from || to >= s.n || !strchr(".)", s.p[to]))
        return e;
    e.word = str_cut(s, from, to);
    e.behind = s.p[to];
    e.blank = opens_blank(behind(s, to + 1));
    e.length = e.blank || is_letter(first_character(behind(s, to + 1))) ? to + 1 : 0;
    return e;
}

static long number_of(Str digits)
{
    long n = 0;
    for (size_t i = 0; i < digits.n; i++)
        n = 10 * n + (digits.p[i] - '0');
    return n;
}

static bool counts_on(Str a, Str b)
{
    if (ascii_digit(a.p[0]) && ascii_digit(b.p[0]))
        return number_of(b) == number_of(a) + 1;
    if (a.n == 1 && b.n == 1)
        return b.p[0] == a.p[0] + 1;
    return utf8_equal_fold(a, STR("i")) && utf8_equal_fold(b, STR("ii"));
}

static bool opens_month(const Terms *t, Str s)
{
    s = str_trim(s);
    size_t n = 0;
    while (n < s.n && (ascii_letter(s.p[n]) || (s.p[n] & 0x80)))
        n++;
    for (size_t i = 0; n && i < 12; i++)
        if (utf8_equal_fold(str_cut(s, 0, n), t->month[i]))
            return true;
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
           counts_on(a.word, b.word) && !opens_month(l->r->terms, behind(s, a.length));
}

static bool pandoc_number(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    size_t close = str_find(s, ')');
    return str_starts(s, STR("#. ")) ||
           (str_starts(s, STR("(@")) && close < s.n && opens_blank(behind(s, close + 1)));
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
    return n && i == 0 && str_starts(behind(s, n), STR(NO_BREAK_SPACE));
}

static bool definition(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    return s.n > 2 && s.p[0] == ':' && ascii_blank(s.p[1]);
}

/* ---- headings ------------------------------------------------------------------------------- */

static bool glued_heading(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    size_t n = run_length(s, '#');
    uint32_t c = first_character(behind(s, n));
    if (n < 1 || n > 6)
        return false;
    return c == 0xA0 || (n == 1 ? i == 0 && is_capital(c) : is_letter(c) || (c >= '0' && c <= '9'));
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
    Str rest = behind(s, at);
    return l->line.n == 1 && parts > 1 && s.n < LONGEST && opens_blank(rest) &&
           is_capital(first_character(str_trim(rest))) && !ends_sentence(s);
}

static bool bold_heading(const Lines *l, size_t i)
{
    enum { LONGEST = 80 };
    Str s = l->line.at[i];
    cmark_node *next = cmark_node_next(l->node);
    if (l->line.n > 1 || s.n < 5 || s.n > LONGEST || !next || is_type(next, "heading") ||
        !is_type(cmark_node_parent(l->node), "document"))
        return false;
    Str mark = str_cut(s, 0, 2), inner = str_cut(s, 2, s.n - 2);
    return (str_equal(mark, STR("**")) || str_equal(mark, STR("__"))) && str_ends(s, mark) &&
           !memmem(inner.p, inner.n, mark.p, 2) && !ends_sentence(inner);
}

/* ---- boxes ---------------------------------------------------------------------------------- */

static bool fenced_box(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    size_t colons = run_length(s, ':');
    return (colons > 2 && colons < s.n) || str_starts(s, STR("!!! ")) || str_starts(s, STR("??? "));
}

static bool box_without_quotation(const Lines *l, size_t i)
{
    Str s = l->line.at[i];
    size_t close = str_find(s, ']');
    return i == 0 && str_starts(s, STR("[!")) && close > 2 && close < s.n &&
           !(close + 1 < s.n && strchr("([", s.p[close + 1])) &&
           !is_type(cmark_node_parent(l->node), "block_quote");
}

static bool box_without_mark(const Lines *l, size_t i)
{
    static const Word words[] = {WORD_box_note, WORD_box_caveat, WORD_box_meaning,
                                 WORD_box_secretariat, WORD_box_closed};
    Str s = l->line.at[i], name = str_cut(s, 1, str_find(s, ']'));
    if (i > 0 || !str_starts(s, STR("[")) || cmark_node_previous(l->node) ||
        !is_type(cmark_node_parent(l->node), "block_quote"))
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
    return end > at + 1 && end < s.n && strchr(".:", s.p[end]) && opens_blank(behind(s, end + 1));
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
    {definition, DIAG_WARNING, N_("'%.*s' looks like a definition and is set as text"),
     N_("write terms as a list: '- **Term:** what it means'")},
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
    {kept_lines, DIAG_WARNING, N_("the lines from '%.*s' on are set as one paragraph"),
     N_("a backslash at the end of a line breaks it there")},
    {numbered_caption, DIAG_WARNING, CAPTION,
     N_("leave out the number: the word is followed by a colon")},
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
    array_push(&l.line, first_line(r, node));
    for (uint32_t number = first + 1; number <= last; number++)
        array_push(&l.line, next_line(r, number));
    for (size_t i = 0; i < l.line.n && !check_line(&l, i);)
        i++;
    array_drop(&l.line);
}

/* ---- blocks that are not what was meant ----------------------------------------------------- */

static bool is_key_line(Str s)
{
    size_t n = 0;
    while (n < s.n && (ascii_letter(s.p[n]) || (s.p[n] & 0x80) || s.p[n] == '-' || s.p[n] == '_'))
        n++;
    return n > 0 && n < s.n && s.p[n] == ':' && (n + 1 == s.n || ascii_blank(s.p[n + 1]));
}

/* The line that makes a heading of those above it, or 0: cmark's headings end anywhere behind it. */
static uint32_t underline_of(Reader *r, cmark_node *heading)
{
    uint32_t line = (uint32_t)cmark_node_get_start_line(heading) + r->line_offset,
             last = (uint32_t)cmark_node_get_end_line(heading) + r->line_offset;
    if (source_is_heading(first_line(r, heading)))
        return 0;
    while (++line <= last)
        if (source_is_underline(next_line(r, line)))
            return line;
    return 0;
}

static bool has_keys(Reader *r, uint32_t first, uint32_t end)
{
    for (uint32_t line = first; line < end; line++)
        if (!is_key_line(next_line(r, line)))
            return false;
    return first < end;
}

/* "-----   -----" */
static bool is_parted(Str rule)
{
    size_t parts = 0, shortest = SIZE_MAX;
    for (size_t i = 0; i < rule.n;) {
        size_t n = run_length(behind(rule, i), '-');
        parts += n > 0;
        shortest = n && n < shortest ? n : shortest;
        i += n ? n : 1;
    }
    return parts > 1 && shortest > 1 && shortest < SIZE_MAX;
}

void foreign_check_rule(Reader *r, cmark_node *node)
{
    Place at = source_place(r, node);
    cmark_node *next = cmark_node_next(node);
    if (is_parted(first_line(r, node))) {
        diag_warning(r->diags, pos_of(r, node),
                     "this looks like part of a table and is set as a rule");
        diag_hint(r->diags, "write rows as '| a | b |', and below the first one '|---|---|'");
    }
    if (!is_type(next, "heading"))
        return;
    uint32_t from = (uint32_t)cmark_node_get_start_line(next) + r->line_offset;
    if (from == at.line + 1 && has_keys(r, from, underline_of(r, next))) {
        diag_warning(r->diags, pos_of(r, node),
                     "this looks like front matter and is set as a rule and a heading");
        diag_hint(r->diags, "front matter opens the file, and there is one alone");
    }
}

void foreign_check_heading(Reader *r, cmark_node *node)
{
    enum { LONGEST = 200 };
    uint32_t from = (uint32_t)cmark_node_get_start_line(node) + r->line_offset,
             under = cmark_node_get_heading_level(node) == 2 ? underline_of(r, node) : 0;
    if (!under)
        return;
    size_t length = 0;
    for (uint32_t line = from; line < under; line++)
        length += next_line(r, line).n;
    if (length > LONGEST || str_ends(next_line(r, under - 1), STR("."))) {
        diag_warning(r->diags, pos_of(r, node),
                     "this paragraph is a heading, since hyphens stand in the line below it");
        diag_hint(r->diags, "an empty line above the hyphens makes them a rule");
    }
}

/* Whether another item of the list counts on from this one. */
static bool goes_on(Reader *r, cmark_node *item, Enumerator e)
{
    cmark_node *next = cmark_node_next(item);
    Enumerator other = next ? enumerator_of(first_line(r, next)) : (Enumerator){0};
    return other.length && counts_on(e.word, other.word);
}

/* A paragraph that begins with "27. august" or "2012." */
static void check_first_item(Reader *r, cmark_node *list)
{
    cmark_node *item = cmark_node_first_child(list);
    int start = cmark_node_get_list_start(list);
    Str line = first_line(r, item);
    Enumerator e = enumerator_of(line);
    bool year = start >= 1900 && start <= 2100,
         day = start <= 31 && opens_month(r->terms, behind(line, e.length));
    if (cmark_node_get_list_type(list) != CMARK_ORDERED_LIST || !e.length || e.behind != '.' ||
        !(year || day) || goes_on(r, item, e))
        return;
    diag_warning(r->diags, pos_of(r, item),
                 "this is an item of a list, since it begins with '%.*s.'", (int)e.word.n,
                 e.word.p);
    diag_hint(r->diags, "write '%.*s\\.' if it is no number of an item", (int)e.word.n, e.word.p);
}

static bool check_indent(Reader *r, cmark_node *above, cmark_node *node)
{
    if (cmark_node_get_start_column(node) <= cmark_node_get_start_column(above))
        return false;
    diag_warning(r->diags, pos_of(r, node),
                 "this is indented, but too little to stand below the item above it");
    diag_hint(r->diags, "indent it as far as the text of that item");
    return true;
}

void foreign_check_list(Reader *r, cmark_node *list)
{
    cmark_node *first = cmark_node_first_child(list), *next = cmark_node_next(list);
    if (!first)
        return;
    check_first_item(r, list);
    bool bullets = cmark_node_get_list_type(list) == CMARK_BULLET_LIST;
    for (cmark_node *item = cmark_node_next(first); bullets && item; item = cmark_node_next(item))
        if (check_indent(r, first, item))
            break;
    if (is_type(next, "list") &&
        cmark_node_get_start_line(next) == cmark_node_get_end_line(list) + 1)
        check_indent(r, list, next);
}

/* Words, or what begins like a block, are seldom meant as code because blanks stand before them. */
static bool is_prose(Str s)
{
    size_t words = 0;
    Enumerator e = enumerator_of(s);
    if (e.length && e.blank)
        return true;
    if (s.n > 2 && ascii_blank(s.p[1]) && strchr("-*+>|#", s.p[0]))
        return true;
    for (size_t i = 0; i < s.n; i++) {
        words += s.p[i] == ' ' && !is_capital(first_character(behind(s, i + 1)));
        if (strchr("{}<>=;$\\|`_/", s.p[i]))
            return false;
    }
    return words > 2 && is_capital(first_character(s));
}

static bool is_closed(Reader *r, cmark_node *node, char mark, size_t length)
{
    uint32_t last = (uint32_t)cmark_node_get_end_line(node) + r->line_offset;
    Str line = str_trim(next_line(r, last));
    return cmark_node_get_end_line(node) > cmark_node_get_start_line(node) &&
           run_length(line, mark) == line.n && line.n >= length;
}

void foreign_check_code(Reader *r, cmark_node *node, Str info)
{
    static const char *const kinds[] = {"chart", "tiles"};
    int length = 0, offset = 0;
    char mark = 0;
    if (!cmark_node_get_fenced(node, &length, &offset, &mark)) {
        if (is_prose(first_line(r, node))) {
            diag_warning(r->diags, pos_of(r, node),
                         "these lines are set as code, since blanks stand before them");
            diag_hint(r->diags, "take the blanks away, or put lines of ~~~ around what is code");
        }
        return;
    }
    if (!is_closed(r, node, mark, (size_t)length)) {
        diag_warning(r->diags, pos_of(r, node), "this block is not ended");
        diag_hint(r->diags, "a line with the same marks as its first ends it");
    }
    while (info.n && strchr("{.", info.p[0]))
        info = behind(info, 1);
    if (str_ends(info, STR("}")))
        info.n--;
    info = str_trim(info);
    if (info.n && diag_nearest(info, kinds, 2)) {
        diag_warning(r->diags, pos_of(r, node),
                     "this is set as code: '%.*s' is neither 'chart' nor 'tiles'", (int)info.n,
                     info.p);
        diag_hint_nearest(r->diags, info, kinds, 2);
    }
}
