/* What the tests of page, chart, sheet and pdf share: fonts, words and layouts of the house, random
 * numbers that are the same every time, and a locale with a decimal comma. */
#ifndef PAGE_SUPPORT_H
#define PAGE_SUPPORT_H

#include <check.h>
#include <stdio.h>

#include "layout/layout.h"
#include "compose/compose.h"

/* Like ck_assert and ck_assert_msg, for what is asked a million times: those write to a file each time. */
#define MUST(condition)                                                                            \
    do {                                                                                           \
        if (!(condition))                                                                          \
            ck_abort_msg("%s", #condition);                                                        \
    } while (0)
#define MUST_SAY(condition, ...)                                                                   \
    do {                                                                                           \
        if (!(condition))                                                                          \
            ck_abort_msg(__VA_ARGS__);                                                             \
    } while (0)

/* ---- random numbers ------------------------------------------------------------------------- */

typedef struct {
    uint64_t state;
} Random;

uint32_t random_next(Random *random);
/* From 0 to n - 1. */
uint32_t random_below(Random *random, uint32_t n);
/* True once in n times. */
bool random_once_in(Random *random, uint32_t n);

/* ---- the locale ----------------------------------------------------------------------------- */

/* Makes Danish the program's locale; false when it can't be had. It lies beside the program, where it
 * is made when it isn't there. */
bool comma_locale_begin(void);
void comma_locale_end(void);

/* ---- what was said -------------------------------------------------------------------------- */

/* What `print`, diags_print or diags_print_coloured, writes; the caller frees. It is forgotten. */
char *diags_text(Diags *diags, void (*print)(Diags *diags, FILE *out));

/* All messages, a line each with its place: "line:column: message". */
void check_messages(const Diags *diags, const char *expected);

/* ---- setting type --------------------------------------------------------------------------- */

/* The words of a language of the project, "da" or "en"; the arena and `diags` keep them. */
const Terms *terms_of_language(Arena *arena, Diags *diags, const char *language);

typedef struct {
    Diags *diags;
    Arena arena;
    const Terms *terms;
    Fonts *fonts;
    Text *text;
    WorkQueue *queue;
    FontsFallback fallback; /* of the layout that was read last */
} Kit;

/* Everything that a document is made with, for so many threads. */
void kit_open(Kit *kit, unsigned threads);
void kit_close(Kit *kit);
/* A layout of the project; the caller drops it. */
Layout *kit_layout(Kit *kit, const char *name);
/* Fails when an error was reported. */
void kit_check_clean(const Kit *kit);
/* A font of a style of a layout. */
const Font *kit_font(Kit *kit, const Layout *layout, StyleRole role);

/* The layout committee-pack with nothing but the report's text; the caller drops it. */
Layout *kit_body_layout(Kit *kit);

/* To compose an edition; every picture in it is the same grey one. */
PageRequest kit_request(Kit *kit, const Edition *edition, const Layout *layout);
/* The open edition of a report as a layout has it; the caller drops it. Fails when there is none, or its
 * structure is broken. */
Document *kit_compose(Kit *kit, const Report *report, const Layout *layout);

/* A paragraph of one run. */
const GlyphPara *kit_para(Kit *kit, const Font *font, float size, const char *text, float measure);

#endif
