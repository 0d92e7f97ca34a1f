/* The words of reading aloud in the language of a document: layouts/aloud/LANGUAGE.yaml. */
#ifndef ALOUD_WORDS_H
#define ALOUD_WORDS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

/* clang-format off */

/* The keys of `say:` and of `count:`, with _ for -. */
#define ALOUD_SAID(X)                                                                             \
    X(document) X(no_title) X(page) X(heading) X(plain_heading) X(title) X(list_end)              \
    X(contents_end) X(table) X(table_end) X(column_heads) X(group_head) X(row) X(empty) X(figure)               \
    X(figure_without_text) X(formula) X(formula_without_text) X(caption) X(link) X(note)          \
    X(note_mark) X(reference) X(quotation) X(quotation_end) X(inline_quotation) X(code)           \
    X(inline_code) X(field) X(annotation) X(aside) X(index) X(in_language) X(unknown_language)

#define ALOUD_COUNTED(X) X(pages) X(list) X(contents) X(columns) X(rows)
/* clang-format on */

#define ALOUD_ENUM_SAID(name) SAY_##name,
#define ALOUD_ENUM_COUNTED(name) COUNT_##name,
typedef enum { ALOUD_SAID(ALOUD_ENUM_SAID) SAY_KINDS } AloudSay;
typedef enum { ALOUD_COUNTED(ALOUD_ENUM_COUNTED) COUNT_KINDS } AloudCount;

typedef struct {
    Str tag, name;
} AloudLanguage;

typedef struct {
    Str language;
    Str say[SAY_KINDS];
    Str one[COUNT_KINDS], many[COUNT_KINDS]; /* with {n} */
    AloudLanguage *known;
    size_t languages;
} AloudWords;

/* Reads such a file; all is required, and NULL given with what is wrong reported. The result lives in the
 * arena. */
const AloudWords *words_read(Arena *arena, Diags *diags, uint16_t file, Str text);

/* Adds "Liste med 4 punkter". */
void words_add_count(const AloudWords *words, AloudCount count, size_t n, StrBuf *out);
/* Adds "på engelsk". */
void words_add_language(const AloudWords *words, Str tag, StrBuf *out);
/* Whether two tags (BCP 47) are of one language, whatever the region; no tag is of any. */
bool words_same_language(Str a, Str b);
/* The first part of a tag, which names the language. */
Str words_primary(Str tag);

#endif
