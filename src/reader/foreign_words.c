#include <string.h>

#include "reader/foreign.h"

/* A mark in a text, and what follows the text. */
typedef struct {
    Reader *r;
    Str text;
    size_t at;
    const Inline *next;
} Mark;

/* How far behind a mark the one is looked for that ends it. */
enum { FURTHEST = 200 };

static bool is_word(char c)
{
    return ascii_letter(c) || ascii_digit(c) || (c & 0x80);
}

/* The character before the mark; a blank where the text begins. */
static char before(const Mark *m)
{
    return m->at ? m->text.p[m->at - 1] : ' ';
}

/* So many bytes behind the mark's first; a blank where the text ends. */
static char ahead(const Mark *m, size_t n)
{
    return m->at + n < m->text.n ? m->text.p[m->at + n] : ' ';
}

static Str from_mark(const Mark *m)
{
    return str_cut(m->text, m->at, m->at + FURTHEST);
}

/* Length of what opens and ends with the mark, of n bytes, and has no blanks at its inner ends; else 0. */
static size_t enclosed(const Mark *m, size_t n)
{
    Str s = from_mark(m);
    if (s.n <= n || ascii_space(s.p[n]) || s.p[n] == s.p[0])
        return 0;
    for (size_t i = n + 1; i + n <= s.n; i++)
        if (memcmp(s.p + i, s.p, n) == 0 && !ascii_space(s.p[i - 1]))
            return i + n;
    return 0;
}

/* ==words== */
static size_t marked(const Mark *m)
{
    return ahead(m, 1) == '=' && before(m) != '=' && !is_word(before(m)) ? enclosed(m, 2) : 0;
}

/* $x^2$, but not $5 and US$. */
static size_t formula(const Mark *m)
{
    bool two = ahead(m, 1) == '$';
    size_t n = enclosed(m, two ? 2 : 1);
    Str inner = str_cut(m->text, m->at + 1, m->at + (n ? n - 1 : 1));
    bool sure = two || (inner.n == 1 && ascii_letter(inner.p[0]));
    for (size_t i = 0; i < inner.n; i++)
        sure |= strchr("\\^_=", inner.p[i]) != NULL;
    return sure && !ascii_digit(ahead(m, n)) ? n : 0;
}

/* x^2^ */
static size_t raised(const Mark *m)
{
    Str s = from_mark(m);
    for (size_t i = 1; i < s.n && !ascii_space(s.p[i]); i++)
        if (s.p[i] == '^')
            return i > 1 ? i + 1 : 0;
    return 0;
}

/* ^[a note] */
static size_t inline_note(const Mark *m)
{
    return ahead(m, 1) == '[' ? 2 : 0;
}

/* [[page]] */
static size_t wiki_link(const Mark *m)
{
    Str s = from_mark(m);
    const char *end = s.n > 4 ? memmem(s.p, s.n, "]]", 2) : NULL;
    bool named = str_starts(s, STR("[[")) && s.n > 2 && s.p[2] != '[' && s.p[2] != ']';
    return named && end ? (size_t)(end - s.p) + 2 : 0;
}

/* [words](no address), [words] (address) */
static size_t broken_link(const Mark *m)
{
    if (ahead(m, 1) == '(')
        return 2;
    bool last = m->at + 3 == m->text.n && m->next && m->next->kind == INLINE_LINK;
    return last && ahead(m, 1) == ' ' && ahead(m, 2) == '(' ? 3 : 0;
}

/* (words)[address] */
static size_t turned_link(const Mark *m)
{
    Str s = from_mark(m);
    return str_starts(s, STR(")[http")) || str_starts(s, STR(")[www.")) || str_starts(s, STR(")[#"))
               ? 2
               : 0;
}

/* Whether another such mark stands behind a blank, where it would end words if it stood at them. */
static bool ends_behind_blank(const Mark *m, size_t n)
{
    Str s = from_mark(m);
    for (size_t i = n + 1; i + n <= s.n; i++)
        if (memcmp(s.p + i, s.p, n) == 0 && ascii_space(s.p[i - 1]) &&
            (i + n == s.n || !is_word(s.p[i + n])) && (i + n == s.n || s.p[i + n] != s.p[0]))
            return true;
    return false;
}

/* **words without an end, **words ** */
static size_t emphasis(const Mark *m)
{
    size_t n = 0;
    char c = m->text.p[m->at];
    if (!ascii_space(before(m)) && !strchr("(\"'", before(m)))
        return 0;
    while (ahead(m, n) == c)
        n++;
    if (n > 3 || !is_word(ahead(m, n)))
        return 0;
    return n > 1 || (c == '*' && ends_behind_blank(m, n)) ? n : 0;
}

/* :smile: */
static size_t emoji(const Mark *m)
{
    size_t n = 1;
    while (
        ascii_lower(ahead(m, n)) == ahead(m, n) &&
        (ascii_letter(ahead(m, n)) || (n > 1 && (ascii_digit(ahead(m, n)) || ahead(m, n) == '_'))))
        n++;
    bool alone = (ascii_space(before(m)) || before(m) == '(') && !is_word(ahead(m, n + 1));
    return n > 2 && ahead(m, n) == ':' && alone ? n + 1 : 0;
}

static size_t latex(const Mark *m)
{
    static const char *const commands[] = {
        "newpage", "pagebreak", "clearpage", "newline", "linebreak", "begin",
        "end",     "textbf",    "textit",    "emph",    "section",   "vspace",
        "hspace",  "footnote",  "cite",      "ref",     "label",     "noindent"};
    Str s = from_mark(m);
    size_t n = 1;
    while (n < s.n && ascii_letter(s.p[n]))
        n++;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (str_equal(str_cut(s, 1, n), str_from(commands[i])))
            return is_word(before(m)) || ahead(m, n) == '\\' ? 0 : n;
    return 0;
}

/* &name; that is no character's; the source has it with the ampersand's own name where it is meant as text. */
static size_t entity(const Mark *m)
{
    size_t n = 1;
    while (ascii_letter(ahead(m, n)) && n < 32)
        n++;
    return n > 3 && ahead(m, n) == ';' && !is_word(before(m)) ? n + 1 : 0;
}

/* <!- words -> */
static size_t comment(const Mark *m)
{
    return ahead(m, 1) == '!' && strchr("- ", ahead(m, 2)) && m->at + 2 < m->text.n ? 3 : 0;
}

/* %%words%% */
static size_t hidden(const Mark *m)
{
    Str s = from_mark(m);
    const char *end = s.n > 4 && ahead(m, 1) == '%' ? memmem(s.p + 2, s.n - 2, "%%", 2) : NULL;
    return end && end > s.p + 2 && !is_word(before(m)) ? (size_t)(end - s.p) + 2 : 0;
}

#define TEXT N_("'%.*s' is printed as text")
#define LINK N_("'%.*s' looks like part of a link and is text")

static const struct {
    char mark;
    size_t (*length)(const Mark *m);
    const char *what, *hint;
} looks[] = {
    {'=', marked, TEXT, N_("there is no mark for highlighting; bold words are **words**")},
    {'$', formula, TEXT, N_("formulas are not set; write <sup> and <sub>, or a picture")},
    {'^', inline_note, TEXT, N_("write [^label] here, and the note in a line '[^label]: …'")},
    {'^', raised, TEXT, N_("raised characters stand between <sup> and </sup>")},
    {'[', wiki_link, TEXT, N_("a link within the report is [words](#id)")},
    {']', broken_link, LINK,
     N_("write [words](address): no blank before the parenthesis, none in the address")},
    {')', turned_link, LINK, N_("write [words](address)")},
    {'*', emphasis, TEXT, N_("marks stand right at the words, before and behind them: **words**")},
    {'_', emphasis, TEXT, N_("marks stand right at the words, before and behind them: **words**")},
    {':', emoji, TEXT, N_("write the character itself")},
    {'\\', latex, TEXT,
     N_("commands of LaTeX have no meaning here; where pages end is for the layout")},
    {'&', entity, TEXT, N_("no character has this name")},
    {'%', hidden, TEXT, N_("a comment is written <!-- … -->")},
    {'<', comment, TEXT, N_("a comment is written <!-- … -->")}};
enum { LOOKS = sizeof looks / sizeof *looks };

/* Whether it is told; a text may have many marks, but one of a kind in each is enough. */
static bool check_mark(const Mark *m, size_t look, Pos pos)
{
    Reader *r = m->r;
    Str shown = text_shown(str_cut(m->text, m->at, m->at + looks[look].length(m)));
    if (!source_stands_at(r, pos, str_cut(shown, 0, 2)))
        return false; /* by an escape or the character's name */
    diag_warning(r->diags, pos, looks[look].what, (int)shown.n, shown.p);
    diag_hint(r->diags, looks[look].hint, 0);
    return true;
}

void foreign_check_text(Reader *r, const Inline *text)
{
    bool told[LOOKS] = {false};
    Mark m = {.r = r, .text = text->text, .next = text->next};
    Walk walk = source_walk(text);
    for (; m.at < m.text.n; m.at++) {
        char c = m.text.p[m.at];
        if (is_word(c) || c == ' ')
            continue;
        for (size_t k = 0; k < LOOKS; k++) {
            if (looks[k].mark != c || told[k] || !looks[k].length(&m))
                continue;
            told[k] = check_mark(&m, k, source_walk_to(r, &walk, m.at));
        }
    }
}
