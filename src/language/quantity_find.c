#include <string.h>

#include "base/utf8.h"
#include "language/internal.h"

/* No word that names a number is longer. */
enum { LONGEST_LABEL = 32 };

/* So many numbers of a list ("side 4, 6 og 8") are traced back to the word that names them. */
enum { LONGEST_LIST = 8 };

typedef struct {
    const Terms *terms;
    Str text;
} Prose;

static Str from_byte(const Prose *p, size_t at)
{
    return str_cut(p->text, at, p->text.n);
}

/* ---- what stands before --------------------------------------------------------------------- */

/* Where the run of anything but spaces begins that ends at *end, which is moved before the spaces; the last
 * of it when it is too long for a label. */
static size_t token_before(const Prose *p, size_t *end)
{
    size_t at = *end, before;
    while (at && (before = scan_back(p->text, at), scan_space(from_byte(p, before))))
        at = before;
    *end = at;
    while (at && (before = scan_back(p->text, at), !scan_space(from_byte(p, before))) &&
           p->text.p[before] != '(' && *end - before <= LONGEST_LABEL)
        at = before;
    return at;
}

static bool is_list_word(const StrList *list, Str word)
{
    size_t which;
    return word.n && scan_list(word, list, &which) == word.n;
}

/* A word that makes the number behind it a name: side, nr., §; but not one of precision. */
static bool is_label(const Prose *p, Str word)
{
    if (!word.n || ascii_digit(word.p[0]))
        return false;
    if (str_ends(word, STR(":")))
        word.n--;
    return !is_list_word(&p->terms->any_precision, word) && is_list_word(&p->terms->opener, word);
}

static bool is_month(const Prose *p, Str word)
{
    for (size_t i = 0; i < 12; i++)
        if (utf8_equal_fold(word, p->terms->month[i]))
            return true;
    return false;
}

static bool joins_only(const Terms *t, Str word)
{
    return scan_text(word, t->and) == word.n || scan_text(word, t->to) == word.n;
}

/* Numbers and what joins them: "4,", "12-14", "og". */
static bool joins(const Prose *p, Str word)
{
    if (joins_only(p->terms, word))
        return true;
    bool list = str_ends(word, STR(",")) || str_ends(word, STR("-"));
    for (size_t i = 0; i < word.n; i++)
        if (ascii_letter(word.p[i]))
            return false;
    return word.n && ascii_digit(word.p[0]) && (list || ascii_digit(word.p[word.n - 1]));
}

/* Whether a word before names the number, itself ("§ 8") or as one of a list ("§ 8 og 9"). */
static bool is_named(const Prose *p, size_t at)
{
    size_t end = at;
    bool number = true;
    for (int i = 0; i < LONGEST_LIST; i++) {
        size_t begin = token_before(p, &end);
        Str word = str_cut(p->text, begin, end);
        if (is_label(p, word) || (i == 0 && is_month(p, word)))
            return true;
        if (!word.n || !joins(p, word))
            return false;
        bool digits = ascii_digit(word.p[0]);
        if (digits && number && !str_ends(word, STR(",")))
            return false;
        number = digits;
        end = begin;
    }
    return false;
}

/* ---- what is no quantity -------------------------------------------------------------------- */

/* Pairs of digits (33 66 33 66), or more of them behind a plus: how many bytes. */
static size_t telephone_at(Str s)
{
    size_t plus = s.n && s.p[0] == '+', at = plus, groups = 0, space = 0, n;
    while ((n = str_digits(s, at + space)) > 0 && (!groups || space) && (plus || n == 2)) {
        at += space + n;
        groups++;
        space = scan_space(str_cut(s, at, s.n));
    }
    return groups >= (plus ? 2 : 4) ? at : 0;
}

static size_t mark_at(Str s, const char *marks)
{
    return s.n && s.p[0] && strchr(marks, s.p[0]) ? 1 : 0;
}

/* What joins a number to the next letters or digits: 27/8, 9:30, 13a, 15-årige, 1-2-3, 1990’erne. */
static bool goes_on(const Prose *p, size_t at)
{
    Str rest = from_byte(p, at);
    size_t dash = scan_dash(rest), which;
    if (scan_letter(rest) || mark_at(rest, "_@"))
        return scan_list(rest, &p->terms->unit, &which) == 0;
    if (str_starts(rest, STR(".")) && scan_dash(from_byte(p, at + 1)))
        return true; /* "2.-3. plads" */
    size_t mark = dash ? dash : mark_at(rest, "/:'");
    mark = mark ? mark : str_starts(rest, STR(APOSTROPHE)) ? sizeof APOSTROPHE - 1 : 0;
    Str next = str_cut(rest, mark, rest.n);
    return mark && (str_digits(next, 0) || scan_letter(next));
}

/* A number that goes on from what stands before it: K-13, 5/8, ,5. */
static bool begins(const Prose *p, size_t at)
{
    size_t before = scan_back(p->text, at);
    if (before == at)
        return true;
    Str character = str_cut(p->text, before, at);
    if (mark_at(character, "/:_@#=&\\"))
        return false;
    if (scan_dash(character)) { /* a minus, or a dash within */
        size_t one_more = scan_back(p->text, before);
        return one_more == before || scan_space(from_byte(p, one_more)) ||
               p->text.p[one_more] == '(';
    }
    return scan_begins(p->text, at) && !(mark_at(character, ".,") && !scan_begins(p->text, before));
}

static bool four_bare_digits(Decimal d)
{
    return !d.decimals && d.digits >= 1900 && d.digits <= 2100;
}

/* 2011-60279 and 010190-1234 are no intervals. */
static bool is_case_number(const Taken *taken)
{
    const Quantity *q = &taken->quantity;
    if (!taken->hyphen || !taken->first.bare)
        return false;
    return q->doubtful == DOUBT_INTERVAL || four_bare_digits(q->low) != four_bare_digits(q->high);
}

static bool is_something_else(const Prose *p, size_t at, const Taken *taken)
{
    size_t end = at + taken->n, which;
    Str behind = from_byte(p, end);
    Str word = str_cut(behind, scan_spaces(behind), behind.n);
    return (taken->first.article && taken->quantity.kind == QUANTITY_NUMBER) || is_named(p, at) ||
           is_case_number(taken) || goes_on(p, end) || scan_list(word, &p->terms->part, &which) ||
           scan_list(word, &p->terms->clock, &which);
}

/* ---- what is looked for --------------------------------------------------------------------- */

typedef bool IsWanted(const Prose *p, size_t at, const Taken *taken);

static bool is_quantity(const Prose *p, size_t at, const Taken *taken)
{
    return taken->first.sound && !is_something_else(p, at, taken);
}

static bool is_doubtful(const Prose *p, size_t at, const Taken *taken)
{
    QuantityDoubt doubt = taken->first.doubt;
    bool written = doubt == DOUBT_DECIMAL || doubt == DOUBT_THOUSANDS || doubt == DOUBT_GROUPS;
    return written && taken->quantity.kind == QUANTITY_NUMBER && !is_something_else(p, at, taken);
}

/* ---- what follows --------------------------------------------------------------------------- */

/* A unit of the terms is part of the quantity; else the word that follows is its unit. */
static void find_unit(const Prose *p, Arena *arena, QuantityFound *found)
{
    Str rest = from_byte(p, found->to);
    size_t space = scan_space(rest), which, n;
    Str behind = str_cut(rest, space, rest.n);
    Quantity *q = &found->quantity;
    if (q->kind == QUANTITY_ORDINAL) {
        q->words = arena_str(arena, str_cut(behind, 0, space ? scan_word(behind) : 0));
        return;
    }
    if (q->unit.n) {
        found->known_unit = true;
    } else if ((n = scan_list(behind, &p->terms->unit, &which)) > 0) {
        q->unit = p->terms->unit.at[which];
        found->known_unit = true;
        found->to += space + n;
    } else if (space) {
        Str word = str_cut(behind, 0, scan_word(behind));
        q->unit = joins_only(p->terms, word) ? (Str){"", 0} : arena_str(arena, word);
    }
}

/* ---- all ------------------------------------------------------------------------------------ */

/* To the end of what can't be told apart: digits, letters and the marks between them. */
static size_t run_at(Str s)
{
    size_t at = 0, n = 1;
    while (n) {
        Str rest = str_cut(s, at, s.n);
        size_t mark = at ? mark_at(rest, ".,:/_@-") : 0;
        mark = mark || !at ? mark : scan_dash(rest);
        Str next = str_cut(rest, mark, rest.n);
        n = scan_letters(next) + str_digits(next, 0);
        at += n ? mark + n : 0;
    }
    return at;
}

/* A word alone may be followed by a number behind a hyphen; one with digits is a name (K13). */
static size_t word_at(Str s)
{
    size_t letters = scan_letters(s);
    bool name = str_digits(s, letters) > 0;
    return letters && !name ? letters : run_at(s);
}

/* Most words, and most characters between them, open nothing. */
static bool may_open(const Terms *t, Str s)
{
    if (scan_letter(s))
        return terms_may_open(t, s);
    return (unsigned char)s.p[0] >= 0x80 || ascii_digit(s.p[0]) || mark_at(s, "+-<>~$");
}

/* What begins there: a quantity, or else how many bytes to pass over. */
static size_t look_at(const Prose *p, size_t at, IsWanted *wanted, Taken *taken)
{
    Str rest = from_byte(p, at);
    DateFound date;
    taken->n = 0;
    if (!may_open(p->terms, rest) || !begins(p, at))
        return word_at(rest);
    size_t pass = date_at(p->terms, rest, &date);
    if (!pass)
        pass = telephone_at(rest);
    if (pass)
        return pass;
    if (!quantity_at(p->terms, rest, true, taken))
        return word_at(rest);
    if (wanted(p, at, taken))
        return 0;
    size_t number = taken->before, run = number + run_at(str_cut(rest, number, rest.n));
    pass = run > taken->n ? run : taken->n;
    taken->n = 0;
    return pass;
}

static bool find(Arena *arena, const Prose *p, size_t from, IsWanted *wanted, QuantityFound *found)
{
    Taken taken;
    for (size_t at = from; at < p->text.n;) {
        size_t pass = look_at(p, at, wanted, &taken);
        if (taken.n) {
            *found = (QuantityFound){at, at + taken.n, quantity_keep(arena, &taken), false};
            find_unit(p, arena, found);
            found->quantity.maybe_year = !found->known_unit && quantity_year(&taken);
            return true;
        }
        at += pass ? pass : 1;
    }
    return false;
}

bool quantity_find(Arena *arena, const Terms *terms, Str text, size_t from, QuantityFound *found)
{
    Prose p = {terms, text};
    return find(arena, &p, from, is_quantity, found);
}

bool quantity_find_doubtful(Arena *arena, const Terms *terms, Str text, size_t from,
                            QuantityFound *found)
{
    Prose p = {terms, text};
    return find(arena, &p, from, is_doubtful, found);
}
