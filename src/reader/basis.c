#include <string.h>

#include "base/utf8.h"
#include "reader/sheets.h"

/* In a spreadsheet the basis of a recommendation may be ids alone, "lambeth, K18": they become the links
 * and figures that a writer of Markdown would have made of them. */

typedef struct {
    Str id;
    const Inline *title; /* NULL for a key figure */
} Target;

typedef struct {
    Reader *r;
    ARRAY(Target) targets;
    Map number; /* of an id's target */
    int hints;
} Basis;

static void learn(Basis *b, Str id, const Inline *title)
{
    if (!id.n || !map_put(&b->number, id, (uint32_t)b->targets.n))
        return;
    array_push(&b->targets, ((Target){id, title}));
}

static void learn_blocks(Basis *b, const Block *block)
{
    for (; block; block = block->next) {
        const Inline *title = block->kind == BLOCK_TABLE   ? block->table->caption
                              : block->kind == BLOCK_IMAGE ? block->caption
                                                           : block->inlines;
        if (title)
            learn(b, block->id, title);
        learn_blocks(b, block->children);
    }
}

static void learn_all(Basis *b)
{
    const Report *report = b->r->report;
    for (size_t i = 0; i < report->figures; i++)
        learn(b, report->figure[i].id, NULL);
    for (size_t i = 0; i < report->sections; i++) {
        if (report->section[i].title)
            learn(b, report->section[i].id, report->section[i].title);
        learn_blocks(b, report->section[i].blocks);
    }
}

static const Target *find_target(const Basis *b, Str id)
{
    uint32_t at;
    return map_get(&b->number, id, &at) && at < b->targets.n ? &b->targets.at[at] : NULL;
}

/* ---- one basis ------------------------------------------------------------------------------ */

/* A list of inlines while it is made of a text. */
typedef struct {
    Basis *b;
    const Inline *from;
    Inline *first, **end;
} Made;

static Pos pos_at(const Inline *in, size_t at)
{
    return text_pos(in->pos, in->text, at);
}

static void append(Made *m, Inline *in)
{
    *m->end = in;
    m->end = &in->next;
}

static void append_text(Made *m, Str text, Pos pos)
{
    if (!text.n)
        return;
    Inline *in = inline_new(m->b->r, INLINE_TEXT, pos);
    in->text = text;
    append(m, in);
}

static void append_target(Made *m, const Target *target, Pos pos)
{
    Reader *r = m->b->r;
    Inline *in = inline_new(r, target->title ? INLINE_LINK : INLINE_FIGURE, pos);
    if (target->title) {
        char *p = arena_bytes(r->arena, target->id.n + 1);
        *p = '#';
        memcpy(p + 1, target->id.p, target->id.n);
        in->target = (Str){p, target->id.n + 1};
        in->children = (Inline *)target->title;
    } else {
        in->text = target->id;
    }
    append(m, in);
}

static size_t letters_before_digits(Str word)
{
    size_t letters = 0, end;
    while (letters < word.n && ascii_letter(word.p[letters]))
        letters++;
    for (end = letters; end < word.n && ascii_digit(word.p[end]);)
        end++;
    return letters && end > letters && end == word.n ? letters : 0;
}

/* "K77", where there are key figures K1 and K2. */
static bool is_like_figure(const Basis *b, Str word)
{
    size_t letters = letters_before_digits(word);
    for (size_t i = 0; i < b->targets.n && letters; i++) {
        Str id = b->targets.at[i].id;
        if (!b->targets.at[i].title && letters_before_digits(id) == letters &&
            memcmp(id.p, word.p, letters) == 0)
            return true;
    }
    return false;
}

/* "K1 K2" and "K1 og nordhuset" are no ids, though each is. */
static bool tell_figure_in_words(Basis *b, Str text, Pos pos)
{
    for (Str rest = text, word; (word = str_next_word(&rest)).n;) {
        const Target *target = find_target(b, word);
        if (word.n == text.n || !target || target->title || b->hints++ >= MOST_HINTS)
            continue;
        diag_warning(b->r->diags, pos,
                     "'%.*s' is an id, but stands among words, and so is plain text", (int)word.n,
                     word.p);
        diag_hint(b->r->diags, "ids are parted by commas");
        return true;
    }
    return false;
}

static bool is_id_but_for_case(const Basis *b, Str word)
{
    for (size_t i = 0; i < b->targets.n; i++)
        if (utf8_equal_fold(b->targets.at[i].id, word))
            return true;
    return false;
}

/* One word in small letters, or with a digit or hyphen in it, was likely meant as an id that it is near to. */
static void check_unknown(Basis *b, Str word, Pos pos)
{
    if (tell_figure_in_words(b, word, pos))
        return;
    bool like_id = (word.n && ascii_letter(word.p[0]) && word.p[0] >= 'a') ||
                   is_id_but_for_case(b, word);
    for (size_t i = 0; i < word.n; i++) {
        if (ascii_space(word.p[i]))
            return;
        like_id |= ascii_digit(word.p[i]) || word.p[i] == '-';
    }
    if (!like_id || b->hints++ >= MOST_HINTS)
        return;
    Arena scratch = {0};
    const char **names = arena_array(&scratch, b->targets.n, const char *);
    for (size_t i = 0; i < b->targets.n; i++)
        names[i] = arena_strndup(&scratch, b->targets.at[i].id.p, b->targets.at[i].id.n);
    const char *nearest = diag_nearest(word, names, b->targets.n);
    if (nearest || is_like_figure(b, word))
        diag_warning(b->r->diags, pos, "nothing has the id '%.*s', so it is plain text",
                     (int)word.n, word.p);
    if (nearest)
        diag_hint(b->r->diags, "did you mean '%s'?", nearest);
    arena_drop(&scratch);
}

static bool separates(char c)
{
    return c == ',' || c == ';' || c == '\n';
}

static void read_text(Made *m)
{
    Str s = m->from->text;
    size_t told = 0;
    for (size_t i = 0, end; i < s.n; i = end + 1) {
        for (end = i; end < s.n && !separates(s.p[end]);)
            end++;
        Str word = str_trim(str_cut(s, i, end));
        size_t at = (size_t)(word.p - s.p);
        Str id = str_starts(word, STR("#")) ? str_cut(word, 1, word.n) : word;
        const Target *target = find_target(m->b, id);
        if (!word.n)
            continue;
        if (!target) {
            check_unknown(m->b, id, pos_at(m->from, at));
            continue;
        }
        append_text(m, str_cut(s, told, at), pos_at(m->from, told));
        append_target(m, target, pos_at(m->from, at));
        told = at + word.n;
        if (end < s.n && s.p[end] == '\n') {
            append_text(m, STR(", "), pos_at(m->from, end));
            told = end + 1;
        }
    }
    append_text(m, str_cut(s, told, s.n), pos_at(m->from, told));
}

static Inline *resolved(Basis *b, Inline *list)
{
    Made m = {.b = b, .end = &m.first};
    for (Inline *in = list, *next; in; in = next) {
        next = in->next;
        in->next = NULL;
        m.from = in;
        if (in->kind == INLINE_TEXT)
            read_text(&m);
        else
            append(&m, in);
    }
    return m.first;
}

void basis_resolve(Reader *r, const Sheets *sheets)
{
    Basis b = {.r = r};
    if (!sheets->recommendations.n)
        return;
    learn_all(&b);
    for (size_t i = 0; i < sheets->recommendations.n; i++) {
        Recommendation *rec = &r->report->recommendation[sheets->recommendations.at[i].at];
        rec->basis = resolved(&b, rec->basis);
    }
    map_drop(&b.number);
    array_drop(&b.targets);
}
