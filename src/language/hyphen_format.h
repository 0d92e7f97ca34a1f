/* The file of what words are divided by.
 *
 * It is written by tools/hyphenation and read where it lies in memory. Its numbers are of four
 * bytes in the machine's own order, which the header tells. Whatever it says is checked against its
 * size when it is opened or followed, so that a damaged file gives wrong divisions at worst.
 *
 * A net is an automaton over letters. A letter is a code from 1 to 63. A node is, where something is
 * known of the letters that lead to it, a word that says it, and then a word for each edge; an edge
 * holds the index of the node that it leads to. The root is at index 0 and says nothing. */
#ifndef LANGUAGE_HYPHEN_FORMAT_H
#define LANGUAGE_HYPHEN_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#define HYPHEN_MAGIC "briefhyp"
enum {
    HYPHEN_VERSION = 1,
    HYPHEN_ORDER = 0x01020304,
    HYPHEN_CODES = 64,      /* letters that a net can tell apart */
    HYPHEN_LETTERS = 0x180, /* characters from 0 that may have a code: Latin */
    HYPHEN_NAME = 8,        /* bytes of a language's name, zeros included */
    HYPHEN_MOST_LANGUAGES = 32,
    HYPHEN_LONGEST = 160 /* letters; what has more is no word */
};

/* Edges. */
#define EDGE_TARGET 0x00FFFFFFu
#define EDGE_CODE(edge) ((edge) >> 24 & 63u)
#define EDGE_SAYS (1u << 30) /* the node that it leads to says something */
#define EDGE_LAST (1u << 31) /* of its node */
/* What a node says has this bit when it has no edges. */
#define NODE_LEAF (1u << 31)

/* What a node of the parts says: three costs in bits, 255 where the part can't be that, and three
 * facts. */
enum { PART_NEVER = 255 };
#define PART_WHOLE(says) ((says)&255u)        /* a word by itself */
#define PART_FIRST(says) ((says) >> 8 & 255u) /* with its linking letter, before another part */
#define PART_LAST(says) ((says) >> 16 & 255u) /* behind another part */
#define PART_NAME (1u << 24)
#define PART_PREFIX (1u << 25) /* as a first part it makes no compound: for-, under- */
#define PART_SUFFIX (1u << 26) /* as a last part it makes none: -hed */

/* What a node of patterns says: the index of its values; a byte tells how many they are. */

typedef struct {
    uint32_t offset, count; /* of bytes from the file's start, of things there */
} HyphenPlace;

typedef struct {
    char name[HYPHEN_NAME]; /* the primary subtag: "da" */
    HyphenPlace codes;      /* bytes, one for each of the HYPHEN_LETTERS */
    HyphenPlace joints;     /* a net of patterns that find joints; empty for most languages */
    HyphenPlace inside;     /* a net of patterns */
    HyphenPlace values;     /* bytes */
    HyphenPlace parts;      /* a net of parts; Danish alone has one */
} HyphenLanguage;

typedef struct {
    char magic[8];
    uint32_t version, order, size, languages; /* size in bytes; HyphenLanguage follows */
} HyphenHeader;

/* Whether a small letter is a vowel in Danish; every part of a compound has one. */
bool danish_vowel(uint32_t letter);

#endif
