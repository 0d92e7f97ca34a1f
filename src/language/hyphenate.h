/* Where a word may be divided at the end of a line.
 *
 * A Danish word is first split into the parts that it is made of (bolig=selskab), then each part by
 * the patterns of hyphen-da and the rules of Retskrivningsordbogen, §§ 15–17. Other languages have
 * their patterns alone. What is needed comes from one file that is made when the program is built
 * and mapped into memory. docs/typography.md tells how well it does. */
#ifndef LANGUAGE_HYPHENATE_H
#define LANGUAGE_HYPHENATE_H

#include "base/diag.h"
#include "base/hash.h"
#include "base/str.h"

/* From the best place to the worst. */
typedef enum {
    HYPHEN_JOINT,    /* between two parts of a compound */
    HYPHEN_INSIDE,   /* inside a part */
    HYPHEN_EMERGENCY /* right, but read badly: leaves two letters of a part, falls between two vowels,
                      * or makes of the word's beginning another word */
} HyphenKind;

typedef struct {
    uint32_t at; /* byte of the word with which the next line begins */
    HyphenKind kind;
} HyphenBreak;

/* Words of fewer letters are not divided, and this many letters stay together at either end. */
enum { HYPHEN_SHORTEST = 6, HYPHEN_EDGE = 3 };

/* The mapped file. It may be shared by threads and must outlive what uses it. */
typedef struct HyphenData HyphenData;

/* Maps the file. NULL with errno set when it can't be mapped, with errno 0 when it is not a file
 * that this program can use (another version, another order of bytes, cut off). */
HyphenData *hyphen_data_open(const char *path);
void hyphen_data_drop(HyphenData *data);

/* What a document divides its words by: the data, and exceptions of its own. */
typedef struct Hyphenation Hyphenation;

/* `data` is borrowed and may be NULL: then only words with an exception are divided. */
Hyphenation *hyphenation_new(const HyphenData *data);
void hyphenation_drop(Hyphenation *hyphenation);

/* Reads exceptions: one word a line, with - where it may be divided and = at the joints of a
 * compound; a word with neither is never divided. What follows a # is a remark. An exception holds
 * for every language and also for the word with an s behind it. What is wrong is reported with its
 * position in `file`; the rest counts. */
void hyphenation_read_exceptions(Hyphenation *hyphenation, Diags *diags, uint16_t file, Str text);

/* One exception by itself. */
void hyphenation_add_exception(Hyphenation *hyphenation, Diags *diags, Pos pos, Str word);

/* A hash of what the answers depend on. */
Hash hyphenation_hash(const Hyphenation *hyphenation);

/* Whether words of a language (BCP 47) can be divided. */
bool hyphenation_knows(const Hyphenation *hyphenation, Str language);

/* Finds where a word of a language may be divided, in ascending order; writes at most `max` places
 * and returns how many. Quotation marks, brackets and full stops around the word are let be; what
 * has digits or other signs inside is no word and isn't divided. Safe from several threads. */
size_t hyphenate(const Hyphenation *hyphenation, Str language, Str word, HyphenBreak *out,
                 size_t max);

#endif
