#include "base/utf8.h"
#include "proof/internal.h"

enum {
    LONG_WORD = 6,          /* letters; a longer word counts as long in LIX */
    LONGEST_SENTENCE = 1000 /* bytes before and behind a place that are read as its sentence */
};

/* What a byte may begin. */
typedef enum { SPACE, SMALL, CAPITAL, DIGIT, STOP, OPENER, MANY, OTHER } ByteClass;

static ByteClass class_of(unsigned char c)
{
    if (c >= 0x80)
        return MANY;
    if (c >= 'a' && c <= 'z')
        return SMALL;
    if (c >= 'A' && c <= 'Z')
        return CAPITAL;
    if (ascii_space((char)c))
        return SPACE;
    if (ascii_digit((char)c))
        return DIGIT;
    if (c == '.' || c == '!' || c == '?' || c == ':')
        return STOP;
    return c == '"' || c == '\'' || c == '(' || c == '[' ? OPENER : OTHER;
}

/* Letters of all scripts; punctuation, symbols and pictures are none. */
static bool is_letter(uint32_t c)
{
    if (c < 0xC0)
        return c == 0xB5;
    return c != 0xD7 && c != 0xF7 && (c < 0x2000 || c > 0x2BFF) && (c < 0x3000 || c > 0x303F) &&
           c < 0xF000;
}

size_t letter_at(Str s, size_t at)
{
    if (at >= s.n)
        return 0;
    unsigned char c = (unsigned char)s.p[at];
    if (c < 0x80)
        return ascii_letter(s.p[at]);
    size_t end = at;
    return is_letter(utf8_next(s, &end)) ? end - at : 0;
}

bool is_capital_at(Str s, size_t at)
{
    if (at >= s.n)
        return false;
    if ((unsigned char)s.p[at] < 0x80)
        return s.p[at] >= 'A' && s.p[at] <= 'Z';
    uint32_t c = utf8_next(s, &at);
    return is_letter(c) && utf8_lower(c) != c;
}

/* A hyphen or apostrophe between letters belongs to the word. */
static size_t joint_at(Str s, size_t at)
{
    if (at >= s.n || ascii_space(s.p[at]))
        return 0;
    size_t n = (s.p[at] == '-' || s.p[at] == '\'')                    ? 1
               : str_starts(str_cut(s, at, s.n), STR("\xE2\x80\x99")) ? 3
                                                                      : 0;
    return n && letter_at(s, at + n) ? n : 0;
}

typedef struct {
    size_t end, letters;
} ScannedWord;

/* Most of a report are small letters of ASCII, æ, ø and å, which open with one byte, and spaces. */
static inline size_t common_letter(Str s, size_t at)
{
    char c = s.p[at];
    if (c >= 'a' && c <= 'z')
        return 1;
    return (unsigned char)c == 0xC3 && at + 1 < s.n && (unsigned char)s.p[at + 1] > 0xB7 ? 2 : 0;
}

/* What goes on a word at a byte that is no common letter: its length, 0 where the word ends. */
static size_t word_part(Str s, size_t at, size_t *letters)
{
    char c = s.p[at];
    if (ascii_space(c) || c == '.' || c == ',')
        return 0;
    size_t n = letter_at(s, at);
    *letters += n != 0;
    if (n || ascii_digit(c))
        return n ? n : 1;
    return joint_at(s, at);
}

static ScannedWord word_at(Str s, size_t at)
{
    size_t letters = 0, n;
    while (at < s.n) {
        while (at < s.n && (n = common_letter(s, at)) != 0) {
            at += n;
            letters++;
        }
        if (at >= s.n || (n = word_part(s, at, &letters)) == 0)
            break;
        at += n;
    }
    return (ScannedWord){at, letters};
}

/* Bytes: what is longer is no word. */
enum { LONGEST_WORD = 200 };

size_t word_start(Str s, size_t at)
{
    while (at > 0 && ascii_space(s.p[at - 1]))
        at--;
    size_t end = at; /* beyond this it is no word */
    while (at > 0 && !ascii_space(s.p[at - 1]) && s.p[at - 1] != '(' && end - at < LONGEST_WORD)
        at--;
    return at;
}

size_t word_end(Str s, size_t at)
{
    return word_at(s, at).end;
}

/* Digits with the separators between them. */
static size_t number_end(Str s, size_t at)
{
    while (at < s.n && (ascii_digit(s.p[at]) || ((s.p[at] == '.' || s.p[at] == ',') &&
                                                 at + 1 < s.n && ascii_digit(s.p[at + 1]))))
        at++;
    return at;
}

static bool is_opening_quote(Str rest)
{
    return str_starts(rest, STR("\xE2\x80\x9C")) || str_starts(rest, STR("\xE2\x80\x9D")) ||
           str_starts(rest, STR("\xE2\x80\x9E")) || str_starts(rest, STR("\xE2\x80\x98")) ||
           str_starts(rest, STR("\xC2\xAB")) || str_starts(rest, STR("\xC2\xBB")) ||
           str_starts(rest, STR("\xE2\x80\x93"));
}

/* Farther from a full stop than this, no word follows it: a line may be a million colons. */
enum { FARTHEST_WORD = 64 };

/* What follows a full stop, without spaces, closing quotes and brackets. */
static size_t skip_to_word(Str s, size_t at)
{
    size_t end = at + FARTHEST_WORD < s.n ? at + FARTHEST_WORD : s.n;
    while (at < end && !letter_at(s, at) && !ascii_digit(s.p[at]) &&
           !str_starts(str_cut(s, at, s.n), STR(FIGURE_MARK)))
        at++;
    return at;
}

static void add_abbreviations(Scan *scan, Arena *arena, const StrList *list)
{
    for (size_t i = 0; i < list->n; i++) {
        if (str_ends(list->at[i], STR(".")))
            map_put(&scan->abbreviations, arena_lower(arena, list->at[i]), 0);
    }
}

void scan_begin(Scan *scan, Arena *arena, const Terms *t)
{
    *scan = (Scan){.terms = t};
    add_abbreviations(scan, arena, &t->unit);
    add_abbreviations(scan, arena, &t->opener);
    add_abbreviations(scan, arena, &t->any_precision);
    add_abbreviations(scan, arena, &t->scale);
}

/* Whether the word before a full stop at `at` is an abbreviation: ca., bl.a., an initial. */
static bool is_abbreviation(const Scan *scan, Str s, size_t at)
{
    enum { LONGEST_ABBREVIATION = 12 };
    char word[LONGEST_ABBREVIATION + 1];
    size_t from = at;
    while (from > 0 && !ascii_space(s.p[from - 1]) && at - from <= LONGEST_ABBREVIATION)
        from--;
    size_t n = at + 1 - from;
    if (n > LONGEST_ABBREVIATION)
        return false;
    if ((n == 2 && ascii_letter(s.p[from])) || str_find(str_cut(s, from, at), '.') < n - 1)
        return true;
    for (size_t i = 0; i < n; i++)
        word[i] = ascii_lower(s.p[from + i]);
    uint32_t found;
    return map_get(&scan->abbreviations, (Str){word, n}, &found);
}

/* Abbreviations are shorter than this. */
enum { SURELY_WORD = 6 };

/* Whether what ends before a full stop is no abbreviation, so that a number behind it opens a sentence. */
static bool is_whole_word(const Terms *t, Str s, size_t at)
{
    size_t start = word_start(s, at);
    return at - start >= SURELY_WORD && word_end(s, start) == at && letter_at(s, start) &&
           !terms_names_number(t, str_cut(s, start, at));
}

/* Whether the word behind a full stop at `at` opens a sentence: a capital letter does, a key figure, and a
 * number behind a whole word ("med nikotin. 10 pct. er", but not "nr. 10" and "27. august"). */
static bool opens_sentence(const Terms *t, Str s, size_t at, size_t next)
{
    return is_capital_at(s, next) || str_starts(str_cut(s, next, s.n), STR(FIGURE_MARK)) ||
           (ascii_digit(s.p[next]) && is_whole_word(t, s, at));
}

/* Whether the mark at `at` ends a sentence: at the end of the text, or before what opens the next one. After
 * an abbreviation it doesn't: what is then taken for a name wrongly is seen by nobody. */
static bool ends_sentence(const Scan *scan, Str s, size_t at)
{
    if (at + 1 < s.n && (letter_at(s, at + 1) || ascii_digit(s.p[at + 1])))
        return false;
    size_t next = skip_to_word(s, at + 1);
    if (next >= s.n)
        return true;
    if (s.p[at] != '.')
        return true;
    return opens_sentence(scan->terms, s, at, next) && !is_abbreviation(scan, s, at);
}

typedef struct {
    Scan *scan;
    Str s;
    bool opens;       /* the next word opens a sentence */
    bool abbreviated; /* or may do so */
    bool unfinished;  /* words stand behind the last sentence's end */
} Scanner;

static bool all_capitals(Str word)
{
    size_t letters = 0;
    for (size_t at = 0, n; at < word.n; at += n ? n : 1) {
        n = letter_at(word, at);
        if (n && !is_capital_at(word, at))
            return false;
        letters += n != 0;
    }
    return letters > 1;
}

static void add_name(Scanner *r, size_t at, const ScannedWord *w)
{
    Scan *scan = r->scan;
    size_t before = scan->names.n ? array_last(&scan->names).to : 0;
    size_t gap = at - before;
    bool follows = scan->names.n && !r->opens &&
                   ((gap == 1 && ascii_space(r->s.p[before])) ||
                    (gap == 2 && str_starts(str_cut(r->s, before, at), STR(NO_BREAK_SPACE))));
    array_push(&scan->names, ((Capitalised){.from = at,
                                            .to = w->end,
                                            .opens = r->opens || r->abbreviated,
                                            .follows = follows,
                                            .capitals = all_capitals(str_cut(r->s, at, w->end))}));
}

static void count_word(Scanner *r)
{
    r->scan->words++;
    r->opens = r->abbreviated = false;
    r->unfinished = true;
}

static size_t scan_word(Scanner *r, size_t at)
{
    ScannedWord w = word_at(r->s, at);
    r->scan->long_words += w.letters > LONG_WORD;
    if (!common_letter(r->s, at) && is_capital_at(r->s, at))
        add_name(r, at, &w);
    count_word(r);
    return w.end;
}

static size_t scan_number(Scanner *r, size_t at)
{
    array_push(&r->scan->numbers, at);
    count_word(r);
    return number_end(r->s, at);
}

static size_t scan_stop(Scanner *r, size_t at)
{
    if (ends_sentence(r->scan, r->s, at)) {
        r->scan->sentences += r->unfinished;
        r->unfinished = false;
        r->opens = true;
    } else {
        r->abbreviated = true;
    }
    return at + 1;
}

static size_t scan_many(Scanner *r, size_t at)
{
    if (letter_at(r->s, at))
        return scan_word(r, at);
    Str rest = str_cut(r->s, at, r->s.n);
    if (str_starts(rest, STR(FIGURE_MARK)))
        count_word(r);
    else if (is_opening_quote(rest) || str_starts(rest, STR(BREAK_MARK)))
        r->abbreviated = true;
    utf8_next(r->s, &at);
    return at;
}

void scan_passage(Scan *scan, Str text)
{
    Scanner r = {scan, text, true, false, false};
    scan->names.n = scan->numbers.n = 0;
    scan->words = scan->long_words = scan->sentences = 0;
    for (size_t i = 0; i < text.n;) {
        switch (class_of((unsigned char)text.p[i])) {
        case SMALL:
        case CAPITAL:
            i = scan_word(&r, i);
            break;
        case DIGIT:
            i = scan_number(&r, i);
            break;
        case STOP:
            i = scan_stop(&r, i);
            break;
        case MANY:
            i = scan_many(&r, i);
            break;
        case OPENER:
            r.abbreviated = true;
            i++;
            break;
        case SPACE:
        case OTHER:
            i++;
        }
    }
    scan->sentences += r.unfinished;
}

void scan_drop(Scan *scan)
{
    array_drop(&scan->names);
    array_drop(&scan->numbers);
    map_drop(&scan->abbreviations);
}

static bool is_end(const Terms *t, Str s, size_t at)
{
    if (s.p[at] != '.' && s.p[at] != '!' && s.p[at] != '?')
        return false;
    if (at + 1 == s.n)
        return true;
    size_t next = skip_to_word(s, at + 1);
    return ascii_space(s.p[at + 1]) &&
           (is_capital_at(s, next) ||
            (next < s.n && ascii_digit(s.p[next]) && is_whole_word(t, s, at)));
}

Str sentence_around(const Terms *t, Str s, size_t at)
{
    size_t first = at > LONGEST_SENTENCE ? at - LONGEST_SENTENCE : 0, from = at, to = at;
    size_t last = s.n - at > LONGEST_SENTENCE ? at + LONGEST_SENTENCE : s.n;
    while (from > first && !is_end(t, s, from - 1))
        from--;
    while (to < last && !is_end(t, s, to))
        to++;
    return str_cut(s, from, to);
}
