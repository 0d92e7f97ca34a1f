/* JSON as tokens. What the model is as JSON, and what is said of wrong models: tests/system/test_model.py. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/json.h"
#include "suites.h"

static Diags *diags;
static Arena arena;
static Json json;

static void begin(void)
{
    diags = diags_new();
}

static void end(void)
{
    diags_drop(diags);
    arena_drop(&arena);
    arena = (Arena){0};
}

static void open_text(const char *text)
{
    json_open(&json, diags, 0, str_from(text));
}

/* Reads everything; true when nothing was wrong. */
static bool is_json(const char *text)
{
    JsonToken token;
    open_text(text);
    do
        token = json_next(&json);
    while (token.kind != JSON_END && token.kind != JSON_BROKEN);
    return token.kind == JSON_END;
}

START_TEST(good_documents)
{
    static const char *const good[] = {"{}",
                                       "[]",
                                       "  [ ]\r\n\t",
                                       "0",
                                       "-0",
                                       "-12.50e+10",
                                       "1E9",
                                       "\"\"",
                                       "true",
                                       "null",
                                       "[1, [2], {\"a\": {}, \"b\": [null, false]}]",
                                       "{\"a\": 1, \"a\": 2}",
                                       "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e6\\uD83D\\ude00\"",
                                       "\"\x7F æ 😀\""};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert_msg(is_json(good[i]), "%s: %s", good[i], diags_message(diags, 0));
    ck_assert_uint_eq(diags_count(diags, DIAG_ERROR), 0);
}
END_TEST

START_TEST(broken_documents)
{
    static const char *const broken[] = {"",
                                         " ",
                                         "{",
                                         "[",
                                         "]",
                                         "[1",
                                         "[1,",
                                         "[1,]",
                                         "[,1]",
                                         "[1 2]",
                                         "{\"a\"}",
                                         "{\"a\":}",
                                         "{\"a\":1,}",
                                         "{\"a\" 1}",
                                         "{a: 1}",
                                         "{1: 1}",
                                         "[1}",
                                         "{]",
                                         "{} {}",
                                         "[] ,",
                                         "01",
                                         "1.",
                                         ".5",
                                         "+1",
                                         "1e",
                                         "-",
                                         "0x10",
                                         "NaN",
                                         "tru",
                                         "truex",
                                         "'a'",
                                         "\"a",
                                         "\"\\\"",
                                         "\"\\x\"",
                                         "\"\\u12\"",
                                         "\"\\u12g4\"",
                                         "\"a\nb\"",
                                         "\"a\tb\"",
                                         "// c\n1",
                                         "[1] x",
                                         "\"\\u0000\"",
                                         "\"\\ud800\"",
                                         "\"\\udc00\"",
                                         "\"\\ud800\\u0041\"",
                                         "{\"a\":1 \"b\":2}"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        size_t before = diags_count(diags, DIAG_ERROR);
        ck_assert_msg(!is_json(broken[i]), "%s", broken[i]);
        ck_assert_msg(diags_count(diags, DIAG_ERROR) == before + 1, "%s", broken[i]);
        ck_assert_int_eq(json_next(&json).kind, JSON_BROKEN);
    }
}
END_TEST

START_TEST(texts)
{
    open_text("[\"a\\u00e6\\uD83D\\ude00\\/\\n\", \"b\"]");
    json_next(&json);
    Str text = json_text(&arena, json_next(&json));
    ck_assert_str_eq(text.p, "aæ😀/\n");
    ck_assert_uint_eq(text.n, strlen(text.p));
    ck_assert_str_eq(json_text(&arena, json_next(&json)).p, "b");
}
END_TEST

static void check_pos(JsonToken token, JsonKind kind, unsigned line, unsigned column)
{
    ck_assert_int_eq(token.kind, kind);
    ck_assert_uint_eq(token.pos.line, line);
    ck_assert_uint_eq(token.pos.column, column);
}

START_TEST(positions_count_characters)
{
    open_text("{\"æø\": [1,\n  true]}");
    check_pos(json_next(&json), JSON_OBJECT, 1, 1);
    check_pos(json_next(&json), JSON_KEY, 1, 2);
    check_pos(json_next(&json), JSON_LIST, 1, 8);
    check_pos(json_next(&json), JSON_NUMBER, 1, 9);
    check_pos(json_next(&json), JSON_TRUE, 2, 3);
    check_pos(json_next(&json), JSON_LIST_END, 2, 7);
    check_pos(json_next(&json), JSON_OBJECT_END, 2, 8);
    ck_assert_int_eq(json_next(&json).kind, JSON_END);
}
END_TEST

START_TEST(skipping)
{
    open_text("{\"a\": {\"b\": [1, {}]}, \"c\": 2}");
    json_next(&json);
    json_next(&json);
    json_skip(&json, json_next(&json));
    ck_assert(str_equal(json_next(&json).raw, STR("c")));
    json_skip(&json, json_next(&json));
    ck_assert_int_eq(json_next(&json).kind, JSON_OBJECT_END);
}
END_TEST

START_TEST(depth_is_limited)
{
    enum { DEEP = 100000 };
    char *text = malloc(2 * DEEP + 1);
    ck_assert_ptr_nonnull(text);
    memset(text, '[', DEEP);
    memset(text + DEEP, ']', DEEP);
    text[2 * DEEP] = 0;
    ck_assert(!is_json(text));
    ck_assert_str_eq(diags_message(diags, 0), "nested too deeply");
    ck_assert_uint_eq(diags_pos(diags, 0).column, JSON_DEEPEST + 1);
    memmove(text + JSON_DEEPEST, text + 2 * DEEP - JSON_DEEPEST, JSON_DEEPEST + 1);
    ck_assert(is_json(text));
    free(text);
}
END_TEST

Suite *model_suite(void)
{
    Suite *s = suite_create("model");
    TCase *c = tcase_create("json");
    tcase_add_checked_fixture(c, begin, end);
    tcase_add_test(c, good_documents);
    tcase_add_test(c, broken_documents);
    tcase_add_test(c, texts);
    tcase_add_test(c, positions_count_characters);
    tcase_add_test(c, skipping);
    tcase_add_test(c, depth_is_limited);
    suite_add_tcase(s, c);
    return s;
}
