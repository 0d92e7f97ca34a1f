/* What the files that divide words share. */
#ifndef LANGUAGE_HYPHEN_INTERNAL_H
#define LANGUAGE_HYPHEN_INTERNAL_H

#include "base/arena.h"
#include "base/map.h"
#include "language/hyphen_format.h"
#include "language/hyphenate.h"

/* A net where it lies. */
typedef struct {
    const uint32_t *at;
    uint32_t n;
    uint32_t first
        [HYPHEN_CODES]; /* index of the root's edge for each code, or n: it has one for most letters, and every
                                   * search begins there */
} Net;

/* A language where it lies. */
typedef struct {
    const uint8_t *code; /* HYPHEN_LETTERS of them */
    Net joints, inside, parts;
    const uint8_t *value;
    uint32_t values;
    bool danish;
} Language;

/* Whether the node says something, and what. */
typedef struct {
    uint32_t edges; /* index; UINT32_MAX for none */
    bool says;
    uint32_t what;
} NetNode;

#define NET_ROOT ((NetNode){0, false, 0})

/* Follows the edge of a code; false when there is none. */
bool net_step(const Net *net, NetNode *node, uint8_t code);

/* A word as letters, in small letters. */
typedef struct {
    uint32_t letter[HYPHEN_LONGEST];
    uint8_t code[HYPHEN_LONGEST];      /* in the language's nets; 0 for a letter that they lack */
    uint32_t byte[HYPHEN_LONGEST + 1]; /* where it begins in the text */
    size_t n;
    bool capital;  /* began with a capital */
    bool capitals; /* has one behind its first letter */
} Letters;

/* What may happen before a letter of a word. */
enum { MARK_NONE = 0, MARK_JOINT, MARK_INSIDE, MARK_EMERGENCY };

/* Adds a character, which begins with a byte of the text; false when it is no letter, or one too many. */
bool letters_add(Letters *word, uint32_t character, size_t byte);
/* Whether there is a vowel among letters [from, to). */
bool letters_have_vowel(const Letters *word, size_t from, size_t to);

/* ---- hyphen_exceptions.c --------------------------------------------------------------------- */

typedef struct {
    Arena arena;
    Map words;       /* their value is the index of their marks */
    StrBuf marks;    /* one for each letter */
    HashState *hash; /* of all that the answers depend on, … */
    Hash value;      /* … and what it comes to */
} Exceptions;

/* `before` is a hash of what else the answers depend on. */
void exceptions_init(Exceptions *exceptions, Hash before);
void exceptions_drop(Exceptions *exceptions);
/* Sets the marks of a word that is an exception; false when it isn't. */
bool exceptions_find(const Exceptions *exceptions, const Letters *word, uint8_t *mark);
Exceptions *hyphenation_exceptions(Hyphenation *hyphenation);

/* ---- hyphen_file.c --------------------------------------------------------------------------- */

const Language *hyphen_language(const HyphenData *data, Str tag);
Hash hyphen_data_hash(const HyphenData *data);

/* ---- hyphen_patterns.c ----------------------------------------------------------------------- */

/* Sets odd[i] where the patterns of a net divide before letter i of letters
 * [from, to) taken as a word (Liang, Word Hy-phen-a-tion by Com-put-er, 1983). */
void patterns_divide(const Language *language, const Net *net, const Letters *word, size_t from,
                     size_t to, uint8_t *odd);

/* ---- hyphen_split.c -------------------------------------------------------------------------- */

typedef enum {
    SPLIT_UNKNOWN, /* some part is known to no dictionary */
    SPLIT_NAME,    /* it is a name */
    SPLIT_KNOWN
} SplitResult;
/* Splits a word into parts: sets mark[i] to MARK_JOINT where a part begins with letter i, and to
 * MARK_INSIDE behind a prefix or before a suffix. */
SplitResult split_word(const Language *language, const Letters *word, uint8_t *mark);
/* Whether letters [at, to) are a word that a prefix [from, at) may stand before: any word, but when
 * it begins with a vowel, as half words do, only a common or long one, or behind a long prefix. */
bool split_follows(const Language *language, const Letters *word, size_t from, size_t at,
                   size_t to);
/* Whether letters [from, to) could be read as a compound of what is before and behind letter `at`. */
bool split_reads_as_compound(const Language *language, const Letters *word, size_t from, size_t at,
                             size_t to);

/* ---- hyphen_danish.c ------------------------------------------------------------------------- */

/* Sets mark[i] inside the part [from, to) of a Danish word. */
void danish_divide(const Language *language, const Letters *word, size_t from, size_t to,
                   uint8_t *mark);

#endif
