/* Settings: what is read, and what is said of what can't be, with exact places. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "conf/conf.h"

#include "page_support.h"
#include "suites.h"

static Arena arena;
static Diags *diags;
static uint16_t file;

static void begin(void)
{
    arena = (Arena){0};
    diags = diags_new();
}

static void end(void)
{
    diags_drop(diags);
    arena_drop(&arena);
}

static ConfNode *read_bytes(const char *text, size_t n)
{
    file = diags_file(diags, "x.yaml", mem_strndup(text, n), n);
    return conf_read(&arena, diags, file, (Str){text, n}, 1);
}

static ConfNode *read_text(const char *text)
{
    return read_bytes(text, strlen(text));
}

static void check_text(const ConfNode *node, const char *expected)
{
    ck_assert_ptr_nonnull(node);
    ck_assert_int_eq(node->kind, CONF_SCALAR);
    ck_assert_msg(str_equal(node->text, str_from(expected)), "'%.*s' instead of '%s'",
                  (int)node->text.n, node->text.p, expected);
}

START_TEST(a_tree_with_places)
{
    ConfNode *root = read_text("# comment\n"
                               "a: 1\n"
                               "b:\n"
                               "  - x\n"
                               "  - {c: 'd', e: [f, g]}\n"
                               "h: |\n"
                               "  two\n"
                               "  lines\n"
                               "i: >-\n"
                               "  one\n"
                               "  line\n");
    ck_assert_ptr_nonnull(root);
    check_messages(diags, "");
    ck_assert_int_eq(root->kind, CONF_MAP);
    ck_assert_uint_eq(root->n, 4);
    check_text(conf_get(root, "a"), "1");
    const ConfNode *b = conf_get(root, "b");
    ck_assert_int_eq(b->kind, CONF_LIST);
    ck_assert_uint_eq(b->n, 2);
    ck_assert_uint_eq(b->item[0]->pos.line, 4);
    ck_assert_uint_eq(b->item[0]->pos.column, 5);
    check_text(conf_get(b->item[1], "c"), "d");
    ck_assert(conf_get(b->item[1], "c")->quoted);
    ck_assert(!conf_get(root, "a")->quoted);
    check_text(conf_get(b->item[1], "e")->item[1], "g");
    check_text(conf_get(root, "h"), "two\nlines\n");
    check_text(conf_get(root, "i"), "one line");
    ck_assert_ptr_null(conf_get(root, "nothing"));
    check_text(root->key[2], "h");
    ck_assert_uint_eq(root->key[2]->pos.line, 6);
}
END_TEST

START_TEST(columns_count_characters)
{
    ConfNode *root = read_text("\xC3\xA6\xC3\xB8\xC3\xA5: x\n");
    ck_assert_uint_eq(root->item[0]->pos.column, 6);
}
END_TEST

START_TEST(empty_is_nothing)
{
    ck_assert_ptr_null(read_text(""));
    ck_assert_ptr_null(read_text("# only a comment\n"));
    check_messages(diags, "");
}
END_TEST

START_TEST(line_ends_of_any_system)
{
    ConfNode *root = read_text("a: 1\r\nb: two words\r\n");
    check_text(conf_get(root, "b"), "two words");
}
END_TEST

/* ---- what is broken ------------------------------------------------------------------------- */

static void check_broken(const char *text, uint32_t line)
{
    size_t before = diags_count(diags, DIAG_ERROR);
    ck_assert_msg(read_text(text) == NULL, "%s", text);
    ck_assert_msg(diags_count(diags, DIAG_ERROR) > before, "%s", text);
    ck_assert_msg(diags_pos(diags, before).line == line, "%s: line %u", text,
                  diags_pos(diags, before).line);
}

START_TEST(broken_yaml_has_a_place)
{
    check_broken("a: [1, 2\n", 2);
    check_broken("a: 'x\n", 2);
    check_broken("a: 1\n b: 2\n", 2);
    check_broken("a: 1\n\tb: 2\n", 2);
    check_broken("a: {b: 1\nc: 2\n", 2);
    check_broken("a: @x\n", 1);
    check_broken("a: 1\n---\nb: 2\n", 2);
}
END_TEST

START_TEST(anchors_aliases_and_tags_are_errors)
{
    check_broken("a: &x 1\nb: *x\n", 1);
    check_broken("a: !!str 1\n", 1);
    check_broken("a: &x [1]\n", 1);
}
END_TEST

START_TEST(bytes_that_are_no_text)
{
    ck_assert_ptr_null(read_bytes("a: \xFF\n", 5));
    ck_assert_uint_ge(diags_count(diags, DIAG_ERROR), 1);
    size_t before = diags_count(diags, DIAG_ERROR);
    ck_assert_ptr_null(read_bytes("a: x\0y\n", 7));
    ck_assert_uint_gt(diags_count(diags, DIAG_ERROR), before);
}
END_TEST

START_TEST(nesting_has_an_end)
{
    StrBuf text = {0};
    for (int i = 0; i < 20000; i++)
        strbuf_add_char(&text, '[');
    ck_assert_ptr_null(read_text(text.p));
    ck_assert_uint_ge(diags_count(diags, DIAG_ERROR), 1);
    strbuf_drop(&text);
}
END_TEST

/* Whatever the bytes: a tree or an error, never both absent unless nothing was there. */
START_TEST(random_text_is_read_or_refused)
{
    static const char alphabet[] = "ab:-[]{},'\"#|>&*!%@ \n\n\t?x1";
    Random random = {5};
    for (int i = 0; i < 20000; i++) {
        char text[40];
        size_t n = random_below(&random, sizeof text);
        for (size_t k = 0; k < n; k++)
            text[k] = alphabet[random_below(&random, sizeof alphabet - 1)];
        size_t before = diags_count(diags, DIAG_ERROR);
        ConfNode *root = conf_read(&arena, diags, file, (Str){text, n}, 1);
        MUST(!root || diags_count(diags, DIAG_ERROR) == before);
        MUST(!root || root->kind != CONF_SCALAR || root->n == 0);
    }
}
END_TEST

/* ---- types ---------------------------------------------------------------------------------- */

START_TEST(types_are_checked)
{
    ConfNode *root = read_text("t: text\n"
                               "l: [1]\n"
                               "b: true\n"
                               "n: -3.5\n"
                               "m: {a: 1}\n"
                               "q: '7'\n");
    Str text;
    bool truth = false;
    double number = 0;
    size_t choice = 9;
    static const char *const words[] = {"text", "other"};
    ck_assert(conf_text(diags, conf_get(root, "t"), "t", &text) && str_equal(text, STR("text")));
    ck_assert(conf_bool(diags, conf_get(root, "b"), "b", &truth) && truth);
    ck_assert(conf_number(diags, conf_get(root, "n"), "n", &number) && number == -3.5);
    ck_assert(conf_choice(diags, conf_get(root, "t"), "t", words, 2, &choice) && choice == 0);
    ck_assert(conf_is(diags, conf_get(root, "m"), CONF_MAP, "m"));
    check_messages(diags, "");
    ck_assert(!conf_text(diags, conf_get(root, "l"), "l", &text));
    ck_assert(!conf_bool(diags, conf_get(root, "t"), "t", &truth));
    ck_assert(!conf_number(diags, conf_get(root, "t"), "t", &number));
    ck_assert(!conf_number(diags, conf_get(root, "q"), "q", &number));
    ck_assert(!conf_number(diags, conf_get(root, "m"), "m", &number));
    ck_assert(!conf_is(diags, conf_get(root, "m"), CONF_LIST, "m"));
    ck_assert(!conf_choice(diags, conf_get(root, "b"), "b", words, 2, &choice));
    ck_assert_uint_eq(diags_count(diags, DIAG_ERROR), 7);
    for (size_t i = 0; i < 7; i++)
        ck_assert_uint_gt(diags_pos(diags, i).line, 0);
}
END_TEST

typedef struct {
    int a, b;
} Seen;

static void read_a(void *context, const char *name, const ConfNode *value)
{
    ck_assert_str_eq(name, "alpha");
    check_text(value, "1");
    ((Seen *)context)->a++;
}

static void read_b(void *context, const char *name, const ConfNode *value)
{
    (void)name;
    (void)value;
    ((Seen *)context)->b++;
}

START_TEST(unknown_and_repeated_keys_are_all_told)
{
    static const ConfKey keys[] = {{"alpha", read_a}, {"beta", read_b}};
    Seen seen = {0};
    ConfNode *root = read_text("alpha: 1\n"
                               "alhpa: 2\n"
                               "beta: 3\n"
                               "beta: 4\n"
                               "zzzzzz: 5\n");
    conf_keys(diags, root, "the test", keys, 2, &seen);
    ck_assert_int_eq(seen.a, 1);
    ck_assert_uint_eq(diags_count(diags, DIAG_ERROR), 3);
    char *said = diags_text(diags, diags_print);
    ck_assert_ptr_nonnull(strstr(said, "x.yaml:2:1: error: "));
    ck_assert_ptr_nonnull(strstr(said, "alpha"));
    ck_assert_ptr_nonnull(strstr(said, "x.yaml:4:1: error: "));
    ck_assert_ptr_nonnull(strstr(said, "x.yaml:5:1: error: "));
    free(said);
}
END_TEST

START_TEST(a_list_has_no_keys)
{
    static const ConfKey keys[] = {{"alpha", read_a}};
    Seen seen = {0};
    conf_keys(diags, read_text("- alpha\n"), "the test", keys, 1, &seen);
    ck_assert_int_eq(seen.a, 0);
    ck_assert_uint_eq(diags_count(diags, DIAG_ERROR), 1);
}
END_TEST

START_TEST(numbers_have_a_point_in_every_locale)
{
    static const char *const good[] = {"0", "12", "-3.5", "0.125", "1000000"};
    static const double values[] = {0, 12, -3.5, 0.125, 1000000};
    static const char *const bad[] = {"",    "x",    "1,5", "1e400", "nan", "inf",
                                      "0x1", "1.5 ", "--1", "1.2.3", "."};
    bool danish = comma_locale_begin();
    double number;
    for (size_t i = 0; i < 5; i++)
        ck_assert(conf_parse_number(str_from(good[i]), &number) && number == values[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!conf_parse_number(str_from(bad[i]), &number), "'%s'", bad[i]);
    comma_locale_end();
    ck_assert(danish);
}
END_TEST

Suite *conf_suite(void)
{
    Suite *suite = suite_create("conf");
    TCase *tests = tcase_create("conf");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_tree_with_places);
    tcase_add_test(tests, columns_count_characters);
    tcase_add_test(tests, empty_is_nothing);
    tcase_add_test(tests, line_ends_of_any_system);
    tcase_add_test(tests, broken_yaml_has_a_place);
    tcase_add_test(tests, anchors_aliases_and_tags_are_errors);
    tcase_add_test(tests, bytes_that_are_no_text);
    tcase_add_test(tests, nesting_has_an_end);
    tcase_add_test(tests, random_text_is_read_or_refused);
    tcase_add_test(tests, types_are_checked);
    tcase_add_test(tests, unknown_and_repeated_keys_are_all_told);
    tcase_add_test(tests, a_list_has_no_keys);
    tcase_add_test(tests, numbers_have_a_point_in_every_locale);
    suite_add_tcase(suite, tests);
    return suite;
}
