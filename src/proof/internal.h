/* What the files of this folder share.
 *
 * walk.c turns the report into passages of plain text, scan.c finds the words, names and numbers of
 * each, and every check of the table in proof.c is then given the passage; it says what it finds, or
 * remembers it until the report ends. No text is kept, so that a report of any size can be checked. */
#ifndef PROOF_INTERNAL_H
#define PROOF_INTERNAL_H

#include "base/array.h"
#include "base/map.h"
#include "proof/proof.h"

typedef enum {
    PASSAGE_TEXT,    /* a paragraph, an item, a recommendation, a summary */
    PASSAGE_TITLE,   /* a heading, the title of a box or chart */
    PASSAGE_CELL,    /* of a table */
    PASSAGE_CAPTION, /* of a table or picture */
    PASSAGE_FIELD,   /* of a key figure, a visit, the front matter */
    PASSAGE_CODE,
    PASSAGE_ADDRESS /* of a link or a file */
} PassageKind;

enum { NOWHERE = -1 };

/* A field stands on the line of its figure or visit, or a few below that of its recommendation. */
enum { FIELD_LINES = 12, FRONT_MATTER_LINES = 100 };

/* Stands in a passage for a key figure that is cited there, and for code. */
#define FIGURE_MARK "\xEF\xBF\xBC"
/* Stands in a passage for a line break that the author asked for. */
#define BREAK_MARK "\xE2\x80\xA8"

/* A part of a passage that comes from one inline or field. */
typedef struct {
    size_t at; /* in the passage's text */
    Str text;  /* the inline's, which stays as long as the report */
    Pos pos;
    uint32_t
        lines; /* among which a field stands from pos on; 0 where pos is where the text begins */
    const KeyFigure *figure; /* NULL unless it is one */
    bool foreign;            /* in another language than the report */
} Segment;

typedef struct {
    PassageKind kind;
    Str text; /* valid until the next passage; a line's end in the source is a blank */
    const Segment *segment;
    size_t segments;
    int section;        /* index in the report, or NOWHERE */
    const Block *visit; /* that it stands in, or NULL */
    bool open;          /* shown in open editions, too */
    bool doubted;       /* in a caveat or question, which quotes what may be wrong */
    bool quoted;        /* in a quotation that is set apart */
    bool names;         /* is the name of a place, visit or contact */
    bool plain;         /* words alone: the author's marks have no meaning in it */
} Passage;

/* A word that begins with a capital letter. */
typedef struct {
    size_t from, to;
    bool opens;    /* a sentence, quotation or title: any word would have a capital here */
    bool follows;  /* only a space parts it from the one before in the list */
    bool capitals; /* all its letters are */
} Capitalised;

/* What scan.c finds in a passage. */
typedef struct {
    const Terms *terms;
    ARRAY(Capitalised) names;
    ARRAY(size_t) numbers; /* where a number's first digit is */
    size_t words, long_words, sentences;
    Map abbreviations; /* in small letters */
} Scan;

/* A place in the report that is found out when it is needed. */
typedef struct {
    Pos pos;
    uint32_t lines;
    Str text; /* of the inline or field */
    size_t at;
} Place;

typedef struct Proof Proof;

/* One kind of check. `begin` gives its state, which `end` frees; any of the functions may be NULL. */
typedef struct {
    const char *code; /* silences it in the front matter */
    void *(*begin)(Proof *proof);
    void (*passage)(Proof *proof, void *state, const Passage *passage);
    void (*table)(Proof *proof, void *state, const Block *block, const Passage *where);
    void (*end)(Proof *proof, void *state);
} Check;

enum { MOST_CHECKS = 16 };

struct Proof {
    const Report *report;
    const Terms *terms;
    Diags *diags;
    Arena arena; /* for what checks keep */
    const Check *check[MOST_CHECKS];
    void *state[MOST_CHECKS];
    size_t checks;
    Map accepted;  /* words that the author says are right */
    Scan scan;     /* of the current passage */
    size_t places; /* that were asked for */
};

extern const Check check_paragraphs, check_lix, check_cpr, check_private, check_names, check_bands,
    check_dates, check_numbers, check_tables, check_shares, check_figures, check_unused,
    check_marks;

/* walk.c */
/* Hands every passage and table of the report to the checks. */
void proof_walk(Proof *proof);
/* The text of a cell that is one text, else empty. */
Str cell_text(const Table *table, size_t row, size_t column);

/* proof.c */
void proof_passage(Proof *proof, const Passage *passage);
void proof_table(Proof *proof, const Block *block, const Passage *where);
/* Whether the author says that these words are right as they are. */
bool proof_accepts(const Proof *proof, Str words);

/* scan.c */
/* What is looked up lives in the arena. */
void scan_begin(Scan *scan, Arena *arena, const Terms *terms);
void scan_passage(Scan *scan, Str text);
void scan_drop(Scan *scan);
/* The bytes of the letter at `at`, or 0 when there is no letter. */
size_t letter_at(Str s, size_t at);
/* The sentence around a byte of a text, so far as it is near. */
Str sentence_around(const Terms *terms, Str s, size_t at);
bool is_capital_at(Str s, size_t at);
/* Where the word that ends before the blanks before a byte begins. */
size_t word_start(Str s, size_t at);
/* Where the word at a byte ends: letters, digits, and the hyphens and apostrophes between them. */
size_t word_end(Str s, size_t at);

/* tables.c */
/* What a digit at the end of a number is worth: 100.000 in 1,2 mio. */
double quantity_step(const Terms *terms, const Quantity *quantity);

/* place.c */
Place passage_place(const Passage *passage, size_t at);
/* Columns on later lines of a paragraph come from the source, as far as it is there. Where very many are
 * asked for, they are those of their paragraphs, so that time stays linear. */
Pos place_pos(Proof *proof, Place place);
/* Whether a byte is of another language than the report. */
bool passage_is_foreign(const Passage *passage, size_t at);
Pos passage_pos(Proof *proof, const Passage *passage, size_t at);

#endif
