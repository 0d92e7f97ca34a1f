/* Where words are divided. How well it does on a thousand words: tests/hyphenation. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "language/hyphenate.h"

#include "folder_support.h"
#include "page_support.h"
#include "suites.h"

enum { ROOM = 200 };

static HyphenData *data;
static Hyphenation *hyphenation;
static Diags *diags;
static char *path;

static void begin(void)
{
    path = build_file("hyphenation.dat");
    data = hyphen_data_open(path);
    ck_assert_msg(data != NULL, "%s", path);
    hyphenation = hyphenation_new(data);
    diags = diags_new();
}

static void end(void)
{
    hyphenation_drop(hyphenation);
    hyphen_data_drop(data);
    diags_drop(diags);
    mem_free(path);
}

/* The word with = at joints, - inside parts and ~ where it is divided in emergencies. */
static void divide(const Hyphenation *h, const char *language, const char *word, StrBuf *out)
{
    HyphenBreak at[ROOM];
    Str text = str_from(word);
    size_t from = 0, n = hyphenate(h, str_from(language), text, at, ROOM);
    strbuf_clear(out);
    for (size_t i = 0; i < n; i++) {
        ck_assert_uint_gt(at[i].at, from);
        ck_assert_uint_lt(at[i].at, text.n);
        strbuf_add(out, word + from, at[i].at - from);
        strbuf_add_char(out, "=-~"[at[i].kind]);
        from = at[i].at;
    }
    strbuf_add(out, word + from, text.n - from);
}

/* Words as they should come out, divided by the language's rules. */
static void check_words(const char *language, const char *const *words, size_t n)
{
    StrBuf out = {0};
    for (size_t i = 0; i < n; i++) {
        char plain[ROOM];
        size_t k = 0;
        for (const char *c = words[i]; *c; c++)
            if (!strchr("=-~", *c))
                plain[k++] = *c;
        plain[k] = 0;
        divide(hyphenation, language, plain, &out);
        ck_assert_str_eq(out.p, words[i]);
    }
    strbuf_drop(&out);
}

#define CHECK_WORDS(language, ...)                                                                 \
    do {                                                                                           \
        static const char *const words[] = {__VA_ARGS__};                                          \
        check_words(language, words, sizeof words / sizeof *words);                                \
    } while (0)

START_TEST(compounds_part_at_their_joints)
{
    CHECK_WORDS("da", "bolig=sel-ska-ber", "soci~al=\xC3\xB8~ko-no-mi-ske",
                "arbejds=mar-keds=po~li-tik", "part-ner=vold", "b\xC3\xB8r~ne=ha~ve=klasse",
                "for-valt-nin-gerne");
}
END_TEST

START_TEST(short_beginnings_and_ends_stay)
{
    CHECK_WORDS("da", "alene", "teg-nene", "emnerne", "udvik-ling", "opga~ve=l\xC3\xB8s-ning");
}
END_TEST

START_TEST(half_words_that_mislead_are_for_emergencies)
{
    CHECK_WORDS("da", "klub~ben", "fri~sten", "bud-get");
}
END_TEST

START_TEST(names_and_signs)
{
    CHECK_WORDS("da",
                "K\xC3\xB8"
                "benhavn",
                "Lambeth", "Cameron", "Soci~al=for-valt-nin-gen", "(bolig=sel-skab),",
                "\xE2\x80\x9D"
                "bolig=sel-skab\xE2\x80\x9D",
                "bolig2selskab", "post@boligselskab.dk", "BOLIGSELSKAB");
}
END_TEST

START_TEST(other_languages)
{
    CHECK_WORDS("de", "Donau-dampf=schiff=fahrt", "Kran-ken=ver-si-che-rung");
    CHECK_WORDS("en-GB", "com-mit-tee");
    CHECK_WORDS("sv", "kom-mun-sty-rel-sen");
    CHECK_WORDS("nb", "sosial-for-valt-nin-gen");
    CHECK_WORDS("no", "sosial-for-valt-nin-gen");
    CHECK_WORDS("is", "sveit-ar-stj\xC3\xB3rn-ar-menn");
    CHECK_WORDS("fr", "administration");
    ck_assert(hyphenation_knows(hyphenation, STR("da-DK")));
    ck_assert(!hyphenation_knows(hyphenation, STR("fr")));
}
END_TEST

START_TEST(very_long_words)
{
    StrBuf word = {0};
    HyphenBreak at[ROOM];
    for (int i = 0; i < 15; i++)
        strbuf_add_text(&word, "bolig");
    ck_assert_uint_gt(hyphenate(hyphenation, STR("da"), strbuf_str(&word), at, ROOM), 10);
    ck_assert_uint_eq(hyphenate(hyphenation, STR("da"), strbuf_str(&word), at, 2), 2);
    for (int i = 0; i < 100; i++)
        strbuf_add_text(&word, "bolig");
    ck_assert_uint_eq(hyphenate(hyphenation, STR("da"), strbuf_str(&word), at, ROOM), 0);
    strbuf_drop(&word);
}
END_TEST

/* ---- exceptions ----------------------------------------------------------------------------- */

static void read_exceptions(const char *text)
{
    uint16_t file = diags_file(diags, "orddeling.txt", NULL, 0);
    hyphenation_read_exceptions(hyphenation, diags, file, str_from(text));
}

START_TEST(exceptions_come_first)
{
    Hash before = hyphenation_hash(hyphenation);
    read_exceptions("# words of ours\nBo-lig=selskab\n\n  samarbejde   # never\n\xC3\xA6g=ge=ur\n");
    ck_assert_uint_eq(diags_count(diags, DIAG_ERROR), 0);
    ck_assert(!hash_equal(before, hyphenation_hash(hyphenation)));
    CHECK_WORDS("da", "bo-lig=selskab", "Bo-lig=selskab.", "bo-lig=selskabs", "bolig=sel-ska-ber",
                "samarbejde", "\xC3\xA6g=ge=ur");
    CHECK_WORDS("fr", "bo-lig=selskab");
}
END_TEST

START_TEST(a_later_exception_wins)
{
    read_exceptions("bo-ligselskab\n");
    hyphenation_add_exception(hyphenation, diags, (Pos){1, 1, 0}, STR("bolig=selskab"));
    CHECK_WORDS("da", "bolig=selskab");
}
END_TEST

START_TEST(wrong_exceptions_have_positions)
{
    static const Pos expected[] = {{2, 1, 0}, {3, 4, 0}, {4, 4, 0}, {5, 3, 0}, {6, 4, 0}};
    read_exceptions("god=dag\n-abc\n ab1c\nab--cd\nto ord\nab-c=\n");
    ck_assert_uint_eq(diags_count(diags, DIAG_ERROR), 5);
    for (size_t i = 0; i < 5; i++) {
        ck_assert_uint_eq(diags_pos(diags, i).line, expected[i].line);
        if (i < 4)
            ck_assert_uint_eq(diags_pos(diags, i).column, expected[i].column);
    }
    ck_assert_uint_eq(diags_pos(diags, 4).column, 5);
}
END_TEST

START_TEST(without_data_exceptions_alone_count)
{
    Hyphenation *bare = hyphenation_new(NULL);
    StrBuf out = {0};
    hyphenation_add_exception(bare, diags, (Pos){1, 1, 0}, STR("bolig=selskab"));
    divide(bare, "da", "boligselskab", &out);
    ck_assert_str_eq(out.p, "bolig=selskab");
    divide(bare, "da", "boligselskaber", &out);
    ck_assert_str_eq(out.p, "boligselskaber");
    strbuf_drop(&out);
    hyphenation_drop(bare);
}
END_TEST

/* ---- the file ------------------------------------------------------------------------------- */

/* Divides some words by a file that may be damaged. */
static bool try_file(const char *name)
{
    static const char *const words[] = {"socialforvaltningernes", "arbejdsmarkedspolitik",
                                        "Krankenversicherung", "administration"};
    static const char *const languages[] = {"da", "de", "en", "sv", "is"};
    HyphenData *damaged = hyphen_data_open(name);
    if (!damaged)
        return false;
    Hyphenation *h = hyphenation_new(damaged);
    StrBuf out = {0};
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < 4; k++)
            divide(h, languages[i], words[k], &out);
    strbuf_drop(&out);
    hyphenation_drop(h);
    hyphen_data_drop(damaged);
    return true;
}

START_TEST(a_damaged_file_divides_wrongly_at_worst)
{
    StrBuf whole = {0};
    char name[4096];
    Random random = {7};
    ck_assert_int_eq(file_read(path, 64 << 20, &whole), 0);
    snprintf(name, sizeof name, "%s/damaged.dat", folder);
    for (int i = 0; i < 60; i++) {
        StrBuf damaged = {0};
        strbuf_add_str(&damaged, strbuf_str(&whole));
        for (int k = 0; k < 20000; k++) {
            /* the header and the table of languages every other time */
            size_t at = i % 2 ? random_below(&random, (uint32_t)damaged.n)
                              : 24 + random_below(&random, 400);
            damaged.p[at] = (char)random_next(&random);
            if (i % 2 == 0 && k > i / 2)
                break;
        }
        file_of_bytes(name, strbuf_str(&damaged));
        try_file(name);
        strbuf_drop(&damaged);
    }
    strbuf_drop(&whole);
}
END_TEST

START_TEST(what_is_no_such_file_is_refused)
{
    StrBuf whole = {0};
    char name[4096];
    ck_assert_int_eq(file_read(path, 64 << 20, &whole), 0);
    snprintf(name, sizeof name, "%s/cut.dat", folder);
    static const size_t sizes[] = {0, 10, 24, 100, 5000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        file_of_bytes(name, (Str){whole.p, sizes[i]});
        errno = 1;
        ck_assert(!try_file(name) && errno == 0);
    }
    whole.p[8]++; /* another version */
    file_of_bytes(name, strbuf_str(&whole));
    ck_assert(!try_file(name));
    whole.p[8]--;
    whole.p[12]++; /* another order of bytes */
    file_of_bytes(name, strbuf_str(&whole));
    ck_assert(!try_file(name));
    ck_assert(!hyphen_data_open("/nowhere/hyphenation.dat") && errno == ENOENT);
    strbuf_drop(&whole);
}
END_TEST

Suite *hyphenation_suite(void)
{
    Suite *s = suite_create("hyphenation");
    TCase *c = tcase_create("words");
    tcase_add_checked_fixture(c, begin, end);
    tcase_add_checked_fixture(c, folder_begin, folder_end);
    tcase_set_timeout(c, 60);
    tcase_add_test(c, compounds_part_at_their_joints);
    tcase_add_test(c, short_beginnings_and_ends_stay);
    tcase_add_test(c, half_words_that_mislead_are_for_emergencies);
    tcase_add_test(c, names_and_signs);
    tcase_add_test(c, other_languages);
    tcase_add_test(c, very_long_words);
    tcase_add_test(c, exceptions_come_first);
    tcase_add_test(c, a_later_exception_wins);
    tcase_add_test(c, wrong_exceptions_have_positions);
    tcase_add_test(c, without_data_exceptions_alone_count);
    tcase_add_test(c, a_damaged_file_divides_wrongly_at_worst);
    tcase_add_test(c, what_is_no_such_file_is_refused);
    suite_add_tcase(s, c);
    return s;
}
