#include <string.h>

#include "base/utf8.h"
#include "language/hyphen_internal.h"

void exceptions_init(Exceptions *e, Hash before)
{
    *e = (Exceptions){.hash = hash_begin()};
    hash_update(e->hash, &before, sizeof before);
    e->value = hash_value(e->hash);
}

void exceptions_drop(Exceptions *e)
{
    map_drop(&e->words);
    strbuf_drop(&e->marks);
    arena_drop(&e->arena);
    hash_end(e->hash);
}

/* The letters in UTF-8. */
static Str text_of(const Letters *w, char text[HYPHEN_LONGEST * 2])
{
    size_t n = 0;
    for (size_t i = 0; i < w->n; i++)
        n += utf8_put(text + n, w->letter[i]);
    return (Str){text, n};
}

bool exceptions_find(const Exceptions *e, const Letters *w, uint8_t *mark)
{
    char text[HYPHEN_LONGEST * 2];
    size_t letters = w->n;
    uint32_t at;
    if (!e->words.n)
        return false;
    Str word = text_of(w, text);
    bool found = map_get(&e->words, word, &at);
    if (!found && str_ends(word, STR("s"))) {
        found = map_get(&e->words, str_cut(word, 0, word.n - 1), &at);
        letters--;
    }
    if (found)
        memcpy(mark, e->marks.p + at, letters);
    return found;
}

static void keep(Exceptions *e, const Letters *w, const uint8_t *mark)
{
    char text[HYPHEN_LONGEST * 2];
    Str word = arena_str(&e->arena, text_of(w, text));
    map_put(&e->words, word, (uint32_t)e->marks.n);
    strbuf_add(&e->marks, (const char *)mark, w->n);
    hash_update(e->hash, word.p, word.n);
    hash_update(e->hash, mark, w->n);
}

/* A line of the file, while it is read. */
typedef struct {
    Diags *diags;
    Pos pos; /* of the character that is looked at */
    Letters letters;
    uint8_t mark[HYPHEN_LONGEST];
} Line;

static bool fail(const Line *l, const char *format, Str subject)
{
    diag_error(l->diags, l->pos, format, (int)subject.n, subject.p);
    diag_hint(
        l->diags,
        "write one word a line, as in bolig=sel-skab: = at the joints of a compound, - at other "
        "places where it may be divided");
    return false;
}

/* Takes the next character of a word; `last` is true for the one at its end. */
static bool take(Line *l, uint32_t c, Str character, bool last)
{
    Letters *w = &l->letters;
    if (c == '-' || c == '=') {
        if (!w->n || last || l->mark[w->n])
            return fail(l, N_("'%.*s' doesn't stand between two letters"), character);
        l->mark[w->n] = c == '=' ? MARK_JOINT : MARK_INSIDE;
    } else if (!letters_add(w, c, 0)) {
        return fail(l, N_("'%.*s' is no letter of a word"), character);
    }
    if (w->n == HYPHEN_LONGEST)
        return fail(l, N_("at '%.*s' the word is longer than any"), character);
    return true;
}

static bool read_word(Line *l, Str word)
{
    l->letters.n = 0;
    memset(l->mark, MARK_NONE, sizeof l->mark);
    for (size_t i = 0; i < word.n; l->pos.column++) {
        size_t at = i;
        uint32_t c = utf8_next(word, &i);
        if (!take(l, c, str_cut(word, at, i), i == word.n))
            return false;
    }
    return true;
}

void hyphenation_add_exception(Hyphenation *h, Diags *diags, Pos pos, Str word)
{
    Exceptions *e = hyphenation_exceptions(h);
    Line l = {.diags = diags, .pos = pos};
    if (read_word(&l, word))
        keep(e, &l.letters, l.mark);
    e->value = hash_value(e->hash);
}

void hyphenation_read_exceptions(Hyphenation *h, Diags *diags, uint16_t file, Str text)
{
    for (Pos pos = {1, 0, file}; text.n; pos.line++) {
        size_t end = str_find(text, '\n');
        Str line = str_cut(text, 0, end);
        Str word = str_trim(str_cut(line, 0, str_find(line, '#')));
        text = str_cut(text, end < text.n ? end + 1 : end, text.n);
        pos.column = (uint16_t)(word.p - line.p + 1);
        if (word.n)
            hyphenation_add_exception(h, diags, pos, word);
    }
}
