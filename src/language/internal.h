/* Within the folder: what stands at the start of a text. Each function gives the number of bytes, 0 when
 * it isn't there. Capitals and small letters are alike. */
#ifndef LANGUAGE_INTERNAL_H
#define LANGUAGE_INTERNAL_H

#include "base/utf8.h"
#include "language/date.h"
#include "language/quantity.h"
#include "language/terms.h"

#define NARROW_SPACE "\xE2\x80\xAF"
#define THIN_SPACE "\xE2\x80\x89"
#define EN_DASH "\xE2\x80\x93"
#define MINUS "\xE2\x88\x92"
#define APOSTROPHE "\xE2\x80\x99"

/* One blank or line's end, no-break, narrow or thin space; any number of them. */
size_t scan_space(Str s);
size_t scan_spaces(Str s);
/* One letter; a run of them; a run with hyphens between letters. */
size_t scan_letter(Str s);
size_t scan_letters(Str s);
size_t scan_word(Str s);
/* A hyphen or an en dash. */
size_t scan_dash(Str s);
/* A minus, and what is typed for one. */
size_t scan_minus(Str s);
/* Whether words may be alike by their first bytes; most differ in them. No letter of ASCII is another case
 * of one beyond it. */
static inline bool scan_may_fold(char a, char b)
{
    return ascii_lower(a) == ascii_lower(b) ||
           ((unsigned char)a >= 0x80 && (unsigned char)b >= 0x80);
}
/* Whether two texts may begin alike but for capitals: most don't. */
static inline bool scan_may_begin_alike(Str a, Str b)
{
    return !a.n || !b.n || scan_may_fold(a.p[0], b.p[0]);
}
/* Of texts that may be alike, what scan_text says. */
size_t scan_like(Str s, Str word);
/* The text, and not as the start of a longer word. "ca" is an abbreviation's "ca.", too. */
static inline size_t scan_text(Str s, Str word)
{
    return s.n && word.n && scan_may_fold(s.p[0], word.p[0]) ? scan_like(s, word) : 0;
}
/* The longest of a list; *which is its index. */
size_t scan_list(Str s, const StrList *list, size_t *which);

/* The same where it ends with a blank or the text does. */
size_t scan_opening(Str s, const StrList *list, size_t *which);

/* The word that s ends with, with its marks but without the brackets and quotation marks before it; empty behind
 * a space. */
Str scan_word_before(Str s);
/* Where the character before s.p[at] begins; `at` itself at the start. */
size_t scan_back(Str s, size_t at);
/* Whether a word or number may begin there: no letter or digit stands before it. */
bool scan_begins(Str s, size_t at);

/* Whether a word of a date or quantity may stand there. Quick, and seldom wrong. */
bool terms_may_open(const Terms *terms, Str s);
/* A number in words: "femoghalvfjerds", and made of several ones, "to hundrede og fem". */
size_t terms_number_words(const Terms *terms, Str s, NumberWord *out);

/* The date that begins there, weekday and interval included. */
size_t date_at(const Terms *terms, Str s, DateFound *found);

/* A number, without what stands around it. */
typedef struct {
    Decimal value, meant;
    QuantityDoubt doubt;
    bool sound;   /* the language writes numbers so */
    bool plus;    /* opens with a plus */
    bool bare;    /* digits alone, without sign and marks */
    bool words;   /* in words … */
    bool article; /* … of which this is also an article */
    size_t n;     /* bytes */
} Number;
bool number_at(const Terms *terms, Str s, Number *out);

enum { MOST_PRECISION = 4 };

/* What stands before a unit, in order. */
typedef struct {
    Str precision[MOST_PRECISION];
    size_t precisions;
    Quantity quantity; /* without precision; its unit is one before the number */
    Number first;
    bool hyphen;      /* an interval with a hyphen: perhaps the number of a case */
    size_t before, n; /* bytes of the words of precision; of all, 0 when there is no number */
} Taken;
/* In running text an ordinal is followed by a small letter, and a dash with spaces parts sentences. */
size_t quantity_at(const Terms *terms, Str s, bool prose, Taken *out);
/* Moves what was taken to the arena. */
Quantity quantity_keep(Arena *arena, const Taken *taken);
/* Whether a number without a mark of thousands may be a year. */
bool quantity_year(const Taken *taken);

#endif
