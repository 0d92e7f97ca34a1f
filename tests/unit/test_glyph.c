/* The stores that threads share: pairs of a face, shaped words. */
#include <check.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/work.h"
#include "glyph/para.h"

#include "page_support.h"
#include "suites.h"

enum { ASKED = 60000, DIFFERENT = 9000 };

typedef struct {
    Face face;
    Words *words;
    uint32_t number[DIFFERENT]; /* one more than what was given first */
    const GlyphWord *word[DIFFERENT];
    atomic_int wrong;
} Shared;

static size_t text_of(size_t which, char *text)
{
    return (size_t)snprintf(text, 16, "t%zu", which % 700);
}

static void ask_pair(void *context, size_t i, unsigned worker)
{
    Shared *s = context;
    size_t which = (i * 7919) % DIFFERENT;
    char text[16];
    Str str = {text, text_of(which, text)};
    (void)worker;
    uint32_t pair = face_pair(&s->face, (uint32_t)which, str, (int32_t)which * 3);
    const GlyphPair *at = face_pair_at(&s->face, pair);
    if (at->glyph != which || at->advance != (int32_t)which * 3 || !str_equal(at->text, str))
        atomic_fetch_add(&s->wrong, 1);
    uint32_t before = 0;
    if (!__atomic_compare_exchange_n(&s->number[which], &before, pair + 1, false, __ATOMIC_SEQ_CST,
                                     __ATOMIC_SEQ_CST) &&
        before != pair + 1)
        atomic_fetch_add(&s->wrong, 1);
}

START_TEST(a_pair_has_one_number_for_all_threads)
{
    Shared *s = mem_zalloc(sizeof *s);
    s->face.pairs = face_pairs_new();
    WorkQueue *queue = work_new(7);
    work_run(queue, ASKED, 1, ask_pair, s);
    ck_assert_int_eq(atomic_load(&s->wrong), 0);
    ck_assert_uint_eq(face_pair_count(&s->face), DIFFERENT);
    bool *seen = mem_zalloc(DIFFERENT);
    for (size_t i = 0; i < DIFFERENT; i++) {
        MUST(s->number[i] >= 1 && s->number[i] <= DIFFERENT && !seen[s->number[i] - 1]);
        seen[s->number[i] - 1] = true;
    }
    /* the same glyph with another text is another pair */
    ck_assert_uint_eq(face_pair(&s->face, 1, STR("other"), 3), DIFFERENT);
    mem_free(seen);
    work_drop(queue);
    face_pairs_drop(s->face.pairs);
    mem_free(s);
}
END_TEST

static void ask_word(void *context, size_t i, unsigned worker)
{
    Shared *s = context;
    size_t which = (i * 104729) % DIFFERENT;
    Hash key = hash_bytes(&which, sizeof which);
    const GlyphWord *found = words_find(s->words, key);
    (void)worker;
    if (!found) {
        GlyphWord *mine = mem_zalloc(sizeof *mine);
        mine->width = (int32_t)which;
        found = words_keep(s->words, key, mine);
        if (found != mine)
            mem_free(mine);
    }
    if (found->width != (int32_t)which || words_at(s->words, found->id) != found)
        atomic_fetch_add(&s->wrong, 1);
    const GlyphWord *none = NULL;
    if (!__atomic_compare_exchange_n(&s->word[which], &none, found, false, __ATOMIC_SEQ_CST,
                                     __ATOMIC_SEQ_CST) &&
        none != found)
        atomic_fetch_add(&s->wrong, 1);
}

START_TEST(a_word_is_kept_once_for_all_threads)
{
    Shared *s = mem_zalloc(sizeof *s);
    s->words = words_new();
    WorkQueue *queue = work_new(7);
    work_run(queue, ASKED, 1, ask_word, s);
    ck_assert_int_eq(atomic_load(&s->wrong), 0);
    ck_assert_uint_eq(words_count(s->words).kept, DIFFERENT);
    ck_assert_uint_ge(words_numbered(s->words), DIFFERENT);
    for (size_t i = 0; i < DIFFERENT; i++) {
        GlyphWord *word = (GlyphWord *)(uintptr_t)s->word[i];
        ck_assert_uint_lt(word->id, words_numbered(s->words));
        mem_free(word);
    }
    work_drop(queue);
    words_drop(s->words);
    mem_free(s);
}
END_TEST

START_TEST(runs_are_found_from_any_piece)
{
    static const GlyphRun runs[] = {{.first = 0}, {.first = 3}, {.first = 4}, {.first = 9}};
    static const uint32_t expected[] = {0, 0, 0, 1, 2, 2, 2, 2, 2, 3, 3};
    GlyphPara p = {.run = runs, .runs = 4, .pieces = 11};
    for (uint32_t from = 0; from < 4; from++)
        for (uint32_t i = 0; i < 11; i++)
            if (expected[i] >= from)
                ck_assert_uint_eq(para_run_of(&p, i, from), expected[i]);
}
END_TEST

Suite *glyph_suite(void)
{
    Suite *suite = suite_create("glyph");
    TCase *tests = tcase_create("glyph");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_pair_has_one_number_for_all_threads);
    tcase_add_test(tests, a_word_is_kept_once_for_all_threads);
    tcase_add_test(tests, runs_are_found_from_any_piece);
    suite_add_tcase(suite, tests);
    return suite;
}
