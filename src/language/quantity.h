/* Values as people write them, in tables and in running text: numbers, intervals, ranks, words. */
#ifndef LANGUAGE_QUANTITY_H
#define LANGUAGE_QUANTITY_H

#include "language/decimal.h"
#include "language/terms.h"

typedef enum { QUANTITY_NUMBER, QUANTITY_INTERVAL, QUANTITY_ORDINAL, QUANTITY_WORDS } QuantityKind;

/* What is strange about a value. Where the language decides, the value is read as the language says and
 * only doubtful; else it is QUANTITY_WORDS. */
typedef enum {
    DOUBT_NONE,
    DOUBT_DECIMAL,   /* in words; "5.0" in Danish: `meant` is 5,0 */
    DOUBT_THOUSANDS, /* "5,000" in Danish, read as 5 with three decimals, or "1,250,000", in words:
                        `meant` is 5.000 */
    DOUBT_GROUPS,    /* in words; digits in no groups that a language has: "1.25.000", "007" */
    DOUBT_LENGTH,    /* in words; more digits than DECIMAL_MOST */
    DOUBT_INTERVAL,  /* an interval that falls: "mellem 15 og 4", low > high */
    DOUBT_SPAN,      /* "20-25.000": `meant` is 20.000 as its lower end */
    DOUBT_REST       /* in words; something follows that is no unit: "12 (2011)", "12-" */
} QuantityDoubt;

typedef struct {
    QuantityKind kind;
    QuantityDoubt doubtful;
    bool
        maybe_year; /* 1900 to 2100 without a thousands mark and with nothing beside it: printed so */
    bool plus;      /* what is not below zero is written with a plus */
    Str precision;     /* ca., mere end …, or empty */
    Decimal low, high; /* equal unless an interval */
    Decimal meant;     /* with DOUBT_DECIMAL, _THOUSANDS and _SPAN: what was most likely meant */
    Str scale;         /* mio., mia., or empty */
    Str unit;          /* beside the number: "pct." (also for "Pct"), "pund i timen", or empty */
    Str words;         /* behind an ordinal ("største"), or the whole of a value in words */
} Quantity;

/* Reads a value; strings of the result live in the arena or are those of the terms. Never fails: what is
 * no number is QUANTITY_WORDS. */
Quantity quantity_read(Arena *arena, const Terms *terms, Str text);

/* In every part: they print the same, too. */
bool quantity_equal(const Quantity *a, const Quantity *b);

typedef struct {
    size_t from,
        to; /* bytes of the text: precision words, number, scale, and a unit of the terms */
    Quantity quantity;
    bool
        known_unit; /* quantity.unit is a unit of the terms; else it is the word that follows, or empty
                        where none does or it only joins ("12 og 14") */
} QuantityFound;

/* The next quantity of a text at or after a byte; false when there is none. Never one in words. What only
 * looks like a quantity is passed over: dates, times, telephone and case numbers, ids (K13), what a word
 * of the terms' `opener` names (§ 8, side 4, nr. 2 og 3), fractions, words that are also articles (en, et),
 * compounds (15-årige), and numbers that the language doesn't write so. A year is found, as maybe_year. "fra
 * 12 til 14" is a change: two quantities, the first without a unit. A text read from one `to` to the next takes
 * time linear in its size. */
bool quantity_find(Arena *arena, const Terms *terms, Str text, size_t from, QuantityFound *found);

/* The next number that is written in doubt (DOUBT_DECIMAL, _THOUSANDS, _GROUPS), with its words of precision,
 * scale and unit. Its value is 0 where the language doesn't write numbers so. What only looks like a quantity is
 * passed over as above, but whether "2.1" counts or names is left to the caller. */
bool quantity_find_doubtful(Arena *arena, const Terms *terms, Str text, size_t from,
                            QuantityFound *found);

/* Bounds with the scale multiplied in: 1,2 mio. is 1200000. False when the value is in words, an ordinal,
 * or too large. */
bool quantity_bounds(const Terms *terms, const Quantity *quantity, Decimal *low, Decimal *high);

/* Whether two units are the same, such as pct. and %; an abbreviation may lack its full stop. */
bool quantity_same_unit(const Terms *terms, Str a, Str b);

/* Gives a value the unit that its column says. False when the value itself says another, which it then
 * keeps: both are for the message. */
bool quantity_set_unit(const Terms *terms, Quantity *quantity, Str unit);

/* Moves the scale of a column's unit to a value that has none: "mio. kr.", and in English "£m" and "£ million". What is
 * left lives in the arena. */
void quantity_take_scale(Arena *arena, const Terms *terms, Quantity *quantity, Str *unit);

/* Adds a number: "254.000", "8,4". */
void decimal_print(StrBuf *out, const Terms *terms, Decimal d);
/* Adds the number itself: "254.000", "8,4", "12–14", "2. største", or the words. */
void quantity_print(StrBuf *out, const Terms *terms, const Quantity *quantity);
/* Adds the whole, with no-break spaces: precision word, number, scale, unit. An empty unit is that of the
 * quantity itself. */
void quantity_print_with_unit(StrBuf *out, const Terms *terms, const Quantity *quantity, Str unit);

/* What is written around a number, for a unit, or the quantity's own where that is empty. The texts are parts of these. */
typedef struct {
    Str before; /* right before it: "£", or empty */
    Str close;  /* right behind it: the scale "m" of "£5m", or empty */
    Str scale;  /* behind a blank: "mio.", or empty */
    Str unit;   /* without what stands before … */
    bool tight; /* … right behind the number, without a blank: "35%" */
} QuantityParts;
QuantityParts quantity_parts(const Terms *terms, const Quantity *quantity, Str unit);
/* Adds what of them stands apart from the number: "mio. indbyggere", with a no-break space. */
void quantity_print_apart(StrBuf *out, const QuantityParts *parts);

/* Adds the number with what is written right at it: "−£3.5m", "254.000". */
void quantity_print_joined(StrBuf *out, const Terms *terms, const Quantity *quantity, Str unit);
/* Adds number and unit for columns of their own: "3.5" and "£m", "5m" and "bathers", "1,2" and "mio. kr.", with no-break
 * spaces. */
void quantity_print_column(StrBuf *out, const Terms *terms, const Quantity *quantity, Str unit);
void quantity_print_unit(StrBuf *out, const Terms *terms, const Quantity *quantity, Str unit);
/* Whether a unit is a sign of its number and no word for what is counted: "pct.", "%", "km"; "år", too, is as
 * short. */
bool quantity_unit_is_sign(Str unit);
/* Whether all words of a unit are: "mio. kr." */
bool quantity_unit_is_signs(Str unit);

#endif
