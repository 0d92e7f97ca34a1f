#include "report/glossary.h"

#include "base/array.h"
#include "base/map.h"
#include "base/utf8.h"

/* ---- entries -------------------------------------------------------------------------------- */

static Inline *text_copy(Arena *arena, const Inline *in, size_t from)
{
    Inline *copy = arena_new(arena, Inline);
    *copy = *in;
    copy->text = str_cut(in->text, from, in->text.n);
    return copy;
}

/* Without the colon or full stop that ends a term, and blanks. */
static Str without_end(Str term)
{
    term = str_trim(term);
    while (term.n && (str_ends(term, STR(":")) || str_ends(term, STR("."))))
        term = str_trim(str_cut(term, 0, term.n - 1));
    return term;
}

/* What follows a term, without a colon and blanks before it. */
static const Inline *meaning_from(Arena *arena, const Inline *in)
{
    if (!in || in->kind != INLINE_TEXT)
        return in;
    size_t from = 0;
    while (from < in->text.n && (ascii_space(in->text.p[from]) || in->text.p[from] == ':'))
        from++;
    return from < in->text.n ? text_copy(arena, in, from) : in->next;
}

static Str kept_text(Arena *arena, const Terms *terms, const Inline *in)
{
    StrBuf text = {0};
    inlines_text(&text, terms, in);
    Str kept = arena_str(arena, without_end(strbuf_str(&text)));
    strbuf_drop(&text);
    return kept;
}

bool glossary_entry(Arena *arena, const Terms *terms, const Block *item, GlossaryEntry *entry)
{
    const Block *only = item->children;
    if (!only || only->next || only->kind != BLOCK_PARAGRAPH || item->task != TASK_NONE)
        return false;
    const Inline *first = only->inlines;
    *entry = (GlossaryEntry){.pos = first->pos};
    if (first->kind == INLINE_STRONG) {
        entry->term = kept_text(arena, terms, first->children);
        entry->meaning = meaning_from(arena, first->next);
        return entry->term.n > 0;
    }
    size_t colon = first->kind == INLINE_TEXT ? str_find(first->text, ':') : 0;
    if (first->kind != INLINE_TEXT || colon == first->text.n)
        return false;
    entry->term = without_end(str_cut(first->text, 0, colon));
    entry->meaning = meaning_from(arena, text_copy(arena, first, colon));
    return entry->term.n > 0;
}

/* ---- abbreviations -------------------------------------------------------------------------- */

static bool is_letter(uint32_t c)
{
    return (c < 0x80 && ascii_letter((char)c)) ||
           (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7);
}

static bool is_capital(uint32_t c)
{
    return is_letter(c) && utf8_lower(c) != c;
}

static bool is_digit(uint32_t c)
{
    return c < 0x80 && ascii_digit((char)c);
}

static bool is_word_before(Str text, size_t at)
{
    if (!at)
        return false;
    size_t before = utf8_start(text, at - 1);
    uint32_t c = utf8_next(text, &before);
    return is_letter(c) || is_digit(c);
}

size_t glossary_capitals(Str text, size_t at)
{
    size_t end = at, capitals = 0;
    for (size_t next = at; next < text.n; end = next) {
        uint32_t c = utf8_next(text, &next);
        if (!is_capital(c) && !is_digit(c)) {
            if (is_letter(c))
                return 0;
            break;
        }
        capitals += is_capital(c);
    }
    return capitals >= 2 && !is_word_before(text, at) ? end - at : 0;
}

/* Words of a phrase: what blanks and hyphens part. */
typedef struct {
    Str text;
    size_t at; /* behind the word */
} Words;

static bool parts_words(char c)
{
    return ascii_space(c) || c == '-' || c == ',' || c == '(' || c == ')';
}

static Str next_word(Words *w)
{
    while (w->at < w->text.n && parts_words(w->text.p[w->at]))
        w->at++;
    size_t from = w->at;
    while (w->at < w->text.n && !parts_words(w->text.p[w->at]))
        w->at++;
    return str_cut(w->text, from, w->at);
}

static uint32_t letter_at(Str letters, size_t *at)
{
    return *at < letters.n ? utf8_lower(utf8_next(letters, at)) : 0;
}

/* Takes the letters that a word begins with from those that are left; `inside` takes letters within it, too,
 * otherwise only capitals there: "UK". */
static size_t take_letters(Str word, Str letters, size_t at, bool inside)
{
    bool first = true;
    for (size_t i = 0; i < word.n; first = false) {
        uint32_t c = utf8_next(word, &i);
        size_t next = at;
        uint32_t wanted = letter_at(letters, &next);
        if (!wanted)
            break;
        if (utf8_lower(c) == wanted && (first || inside || is_capital(c)))
            at = next;
        else if (first)
            break;
    }
    return at;
}

/* The words that the letters begin, up to the one with the last letter: as few bytes of the text as that, or
 * 0. The first word has the first letter. */
static size_t phrase_of(Str letters, Str text, bool inside)
{
    Words words = {text, 0};
    size_t at = take_letters(next_word(&words), letters, 0, inside);
    while (at > 0 && at < letters.n && words.at < text.n)
        at = take_letters(next_word(&words), letters, at, inside);
    return at == letters.n ? words.at : 0;
}

/* Up to the end of the sentence. */
static Str first_sentence(Str text)
{
    size_t end = 0;
    while (end < text.n && !(text.p[end] == '.' && (end + 1 == text.n || text.p[end + 1] == ' ')) &&
           text.p[end] != ';')
        end++;
    return str_cut(text, 0, end);
}

static bool expand(Arena *arena, const Terms *terms, const GlossaryEntry *entry, Abbreviation *out)
{
    if (!entry->meaning || glossary_capitals(entry->term, 0) != entry->term.n)
        return false;
    *out = (Abbreviation){.abbreviation = entry->term};
    if (entry->meaning->kind == INLINE_SPAN) {
        out->expansion = kept_text(arena, terms, entry->meaning->children);
        out->language = entry->meaning->language;
        return out->expansion.n > 0;
    }
    Str text = first_sentence(kept_text(arena, terms, entry->meaning));
    size_t n = phrase_of(entry->term, text, false);
    out->expansion = str_cut(text, 0, n ? n : phrase_of(entry->term, text, true));
    return out->expansion.n > 0;
}

/* Letters and digits alone, all of them small. */
static void add_letters(StrBuf *out, Str text)
{
    for (size_t i = 0; i < text.n;) {
        uint32_t c = utf8_next(text, &i);
        if (is_letter(c) || is_digit(c))
            strbuf_add_utf8(out, utf8_lower(c));
    }
}

bool glossary_is_beside(Str text, size_t from, size_t to, Str expansion)
{
    /* Bytes of blanks and signs, and of letters that are longer in capitals. */
    enum { BETWEEN = 24 };
    size_t most = 2 * expansion.n + BETWEEN;
    size_t left = from > most ? utf8_start(text, from - most) : 0;
    size_t right = to + most < text.n ? utf8_start(text, to + most) : text.n;
    StrBuf words = {0}, before = {0}, behind = {0};
    add_letters(&words, expansion);
    add_letters(&before, str_cut(text, left, from));
    add_letters(&behind, str_cut(text, to, right));
    Str wanted = strbuf_str(&words);
    bool beside = wanted.n && (str_ends(strbuf_str(&before), wanted) ||
                               str_starts(strbuf_str(&behind), wanted));
    strbuf_drop(&words);
    strbuf_drop(&before);
    strbuf_drop(&behind);
    return beside;
}

/* ---- all of them ---------------------------------------------------------------------------- */

typedef void SeeEntry(void *context, const GlossaryEntry *entry);

/* Calls back for each entry of the report's glossaries; what entries need lives in the arena. */
static void each_entry(Arena *arena, const Report *r, bool closed, SeeEntry *see, void *context)
{
    GlossaryEntry entry;
    for (size_t i = 0; i < r->sections; i++) {
        const Section *s = &r->section[i];
        if (s->kind != SECTION_GLOSSARY || (s->closed && !closed))
            continue;
        for (const Block *b = s->blocks; b; b = b->next) {
            bool shown = b->kind == BLOCK_LIST && (!b->closed || closed);
            for (const Block *item = shown ? b->children : NULL; item; item = item->next)
                if (glossary_entry(arena, r->terms, item, &entry))
                    see(context, &entry);
        }
    }
}

typedef struct {
    Diags *diags;
    Arena arena;
    Map first; /* of each term in small letters, its place in: */
    ARRAY(Pos) pos;
} Terminology;

static void check_entry(void *context, const GlossaryEntry *entry)
{
    Terminology *t = context;
    uint32_t at;
    Str term = arena_lower(&t->arena, entry->term);
    if (!map_get(&t->first, term, &at)) {
        map_put(&t->first, term, (uint32_t)t->pos.n);
        array_push(&t->pos, entry->pos);
        return;
    }
    diag_warning(t->diags, entry->pos, "'%.*s' is explained twice", (int)entry->term.n,
                 entry->term.p);
    diag_also(t->diags, t->pos.at[at], "the other one is here");
}

void glossary_check(const Report *report, Diags *diags)
{
    Terminology t = {.diags = diags};
    each_entry(&t.arena, report, true, check_entry, &t);
    map_drop(&t.first);
    array_drop(&t.pos);
    arena_drop(&t.arena);
}

typedef struct {
    Arena *arena;
    const Terms *terms;
    ARRAY(Abbreviation) found;
} Abbreviations;

static void add_entry(void *context, const GlossaryEntry *entry)
{
    Abbreviations *a = context;
    Abbreviation abbreviation;
    if (expand(a->arena, a->terms, entry, &abbreviation))
        array_push(&a->found, abbreviation);
}

size_t glossary_abbreviations(Arena *arena, const Report *r, bool closed, const Abbreviation **out)
{
    Abbreviations a = {.arena = arena, .terms = r->terms};
    each_entry(arena, r, closed, add_entry, &a);
    size_t n = a.found.n;
    *out = arena_copy(arena, a.found.at, n, sizeof **out);
    array_drop(&a.found);
    return n;
}
