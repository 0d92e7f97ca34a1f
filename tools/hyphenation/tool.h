/* Makes the file that words are divided by (src/language/hyphen_format.h tells its form) from
 * Debian's dictionary hunspell-da and its patterns hyphen-*. */
#ifndef HYPHENATION_TOOL_H
#define HYPHENATION_TOOL_H

#include "base/arena.h"
#include "base/array.h"
#include "base/str.h"
#include "language/hyphen_format.h"

_Noreturn void tool_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A whole file, which the caller drops. */
StrBuf tool_read(const char *path);
/* Cuts the first line off. */
bool tool_line(Str *rest, Str *line);

/* ---- net.c: smallest automata ---------------------------------------------------------------- */

/* Words as codes, with what is said of each; the order doesn't matter. */
typedef struct {
    const uint8_t *code;
    uint32_t n, says;
} NetKey;

typedef ARRAY(NetKey) NetKeys;
typedef ARRAY(uint32_t) NetWords;

/* Adds the net of the keys to `out`, which must be empty. Of equal keys the first counts. */
void net_write(NetKeys *keys, NetWords *out);

/* ---- hunspell.c: the forms of the words of a dictionary -------------------------------------- */

/* What a form may be. */
enum { FORM_WHOLE = 1, FORM_FIRST = 2, FORM_LAST = 4, FORM_NAME = 8, FORM_GUESS = 16 };

typedef struct {
    Str form;
    uint32_t word; /* number of the dictionary's word that it is a form of */
    uint8_t roles;
} Form;

typedef struct {
    Arena arena;
    ARRAY(Str) words;
    ARRAY(Form) forms;
} Dictionary;

/* Reads a dictionary in hunspell's format (man 5 hunspell), as far as the Danish one uses it:
 * suffixes that go on to suffixes, and the flags for the parts of compounds. `more` has words of our
 * own. */
void dictionary_read(Dictionary *dictionary, const char *aff, const char *dic, const char *more);
void dictionary_drop(Dictionary *dictionary);

/* ---- parts.c: which words are parts, and how likely ------------------------------------------ */

typedef struct {
    Str text;
    uint32_t says;
} Part;

typedef ARRAY(Part) Parts;

/* Texts of the result live in the arena and the dictionary. */
void parts_find(const Dictionary *dictionary, Arena *arena, Parts *parts);

/* ---- patterns.c ------------------------------------------------------------------------------ */

/* A pattern without its digits, and its digits. */
typedef struct {
    Str letters; /* UTF-8, with . for the word's ends */
    Str values;  /* one byte more than it has letters */
} Pattern;

typedef struct {
    Arena arena;
    ARRAY(Pattern) joints, inside;
} Patterns;

/* Reads patterns in libhyphen's format, which is TeX's with settings in capitals; those that change
 * letters are left out. */
void patterns_read(Patterns *patterns, const char *path);
void patterns_drop(Patterns *patterns);

#endif
