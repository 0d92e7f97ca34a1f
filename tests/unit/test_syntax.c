/* PDF syntax: what is printed is read back by the rules of ISO 32000-1, 7.3. */
#include <check.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "pdf/syntax.h"

#include "page_support.h"
#include "suites.h"

/* ---- numbers -------------------------------------------------------------------------------- */

static void check_number(double value, const char *expected)
{
    StrBuf out = {0};
    syntax_number(&out, value);
    ck_assert_msg(strcmp(out.p, expected) == 0, "'%s' instead of '%s'", out.p, expected);
    strbuf_drop(&out);
}

START_TEST(numbers_have_at_most_three_decimals)
{
    check_number(0, "0 ");
    check_number(1, "1 ");
    check_number(-1, "-1 ");
    check_number(0.5, "0.5 ");
    check_number(-0.5, "-0.5 ");
    check_number(0.05, "0.05 ");
    check_number(0.001, "0.001 ");
    check_number(1.0005, "1.001 ");
    check_number(595.27559, "595.276 ");
    check_number(14400, "14400 ");
    check_number(1e6, "1000000 ");
    check_number(123456.75, "123456.75 ");
}
END_TEST

/* A minus zero would be a number, too, but bytes must not depend on how a zero came about. */
START_TEST(what_rounds_to_nothing_is_zero)
{
    check_number(-0.0, "0 ");
    check_number(0.0004, "0 ");
    check_number(-0.0004, "0 ");
    check_number(1e-300, "0 ");
}
END_TEST

/* PDF knows neither exponents nor NaN. */
START_TEST(numbers_are_plain)
{
    Random random = {7};
    for (int i = 0; i < 20000; i++) {
        double value =
            ldexp((double)random_next(&random) - 2147483648.0, -(int)random_below(&random, 40));
        StrBuf out = {0};
        syntax_number(&out, value);
        ck_assert_uint_eq(strspn(out.p, "-0123456789. "), out.n);
        ck_assert_uint_eq(str_find(strbuf_str(&out), ' '), out.n - 1);
        ck_assert_double_eq_tol(strtod(out.p, NULL), value, 0.00051);
        strbuf_drop(&out);
    }
    check_number(NAN, "0 ");
    check_number(INFINITY, "0 ");
    check_number(-INFINITY, "0 ");
}
END_TEST

START_TEST(numbers_have_a_point_in_every_locale)
{
    ck_assert(comma_locale_begin());
    check_number(0.5, "0.5 ");
    check_number(1234.567, "1234.567 ");
    comma_locale_end();
}
END_TEST

/* ---- byte strings --------------------------------------------------------------------------- */

/* Reads a string in parentheses; gives what follows it. */
static const char *read_string(const char *p, const char *end, StrBuf *out)
{
    int depth = 1;
    ck_assert_int_eq(*p++, '(');
    for (; p < end; p++) {
        char c = *p;
        if (c == '\\') {
            c = *++p;
            c = c == 'r' ? '\r' : c == 'n' ? '\n' : c;
        } else if (c == '\r') {
            c = '\n'; /* so a reader takes it, with a line feed behind it or not */
        } else if (c == '(') {
            depth++;
        } else if (c == ')' && --depth == 0) {
            return p + 1;
        }
        strbuf_add_char(out, c);
    }
    ck_abort_msg("a string without an end");
    return end;
}

static void check_bytes(Str bytes)
{
    StrBuf out = {0}, back = {0};
    syntax_bytes(&out, bytes);
    ck_assert_ptr_eq(read_string(out.p, out.p + out.n, &back), out.p + out.n);
    ck_assert_uint_eq(back.n, bytes.n);
    if (bytes.n)
        ck_assert_mem_eq(back.p, bytes.p, bytes.n);
    strbuf_drop(&out);
    strbuf_drop(&back);
}

START_TEST(byte_strings_hold_every_byte)
{
    char all[256];
    for (int i = 0; i < 256; i++) {
        all[i] = (char)i;
        check_bytes((Str){all + i, 1});
    }
    check_bytes((Str){all, 256});
    check_bytes((Str){"", 0});
    check_bytes(STR("a\r\nb\rc\nd"));
    check_bytes(STR("\\"));
    check_bytes(STR(")("));
    check_bytes(STR("(((\\)"));
}
END_TEST

START_TEST(byte_strings_are_read_back)
{
    Random random = {11};
    for (int i = 0; i < 2000; i++) {
        char bytes[40];
        size_t n = random_below(&random, sizeof bytes);
        for (size_t k = 0; k < n; k++)
            bytes[k] = "()\\\r\nabcr\xE6"[random_below(&random, 10)];
        check_bytes((Str){bytes, n});
    }
}
END_TEST

START_TEST(what_was_there_stays)
{
    StrBuf out = {0};
    strbuf_add_text(&out, "/F ");
    syntax_bytes(&out, STR("a(b"));
    syntax_text(&out, STR("A"));
    syntax_name(&out, STR("N"));
    syntax_number(&out, 2);
    syntax_ref(&out, 3);
    ck_assert_str_eq(out.p, "/F (a\\(b)<FEFF0041>/N2 3 0 R");
    strbuf_drop(&out);
}
END_TEST

/* ---- names ---------------------------------------------------------------------------------- */

static void check_name(Str name, const char *expected)
{
    StrBuf out = {0};
    syntax_name(&out, name);
    ck_assert_str_eq(out.p, expected);
    strbuf_drop(&out);
}

START_TEST(names_are_escaped)
{
    check_name(STR("ABCDEF+OpenSans-Bold"), "/ABCDEF+OpenSans-Bold");
    check_name(STR("text/csv"), "/text#2Fcsv");
    check_name(STR("a b"), "/a#20b");
    check_name(STR("#"), "/#23");
    check_name(STR("\xC3\xA6"), "/#C3#A6");
    check_name(STR(""), "/");
}
END_TEST

/* Only regular characters stand for themselves (7.2.2), and none of them is escaped. */
START_TEST(names_hold_every_byte)
{
    for (int i = 1; i < 256; i++) {
        char byte = (char)i, expected[8] = {'/', byte, 0};
        bool regular = i > 0x20 && i < 0x7F && !strchr("()<>[]{}/%#", i);
        if (!regular)
            snprintf(expected, sizeof expected, "/#%02X", (unsigned)i);
        check_name((Str){&byte, 1}, expected);
    }
}
END_TEST

/* ---- text strings --------------------------------------------------------------------------- */

static void check_text(Str text, const char *expected)
{
    StrBuf out = {0};
    syntax_text(&out, text);
    ck_assert_str_eq(out.p, expected);
    strbuf_drop(&out);
}

START_TEST(text_is_utf16)
{
    check_text(STR(""), "<FEFF>");
    check_text(STR("A"), "<FEFF0041>");
    check_text(STR("\xC3\xA6\xC3\xB8\xC3\xA5"), "<FEFF00E600F800E5>");
    check_text(STR("\xE2\x82\xAC"), "<FEFF20AC>");
    check_text(STR("\xF0\x9F\x98\x80"), "<FEFFD83DDE00>");
    check_text(STR("\xF4\x8F\xBF\xBF"), "<FEFFDBFFDFFF>");
    check_text(STR("\xF0\x90\x80\x80"), "<FEFFD800DC00>");
    check_text(STR(">)\\("), "<FEFF003E0029005C0028>");
    check_text((Str){"a\0b", 3}, "<FEFF006100000062>");
    check_text(STR("a\xFF"), "<FEFF0061FFFD>");
}
END_TEST

static unsigned unit_at(const char *hex)
{
    char digits[5] = {hex[0], hex[1], hex[2], hex[3], 0};
    return (unsigned)strtoul(digits, NULL, 16);
}

START_TEST(text_of_every_character_is_read_back)
{
    for (uint32_t c = 1; c < 0x110000; c += c < 0x3000 ? 1 : 37) {
        StrBuf in = {0}, out = {0};
        if (c >= 0xD800 && c < 0xE000)
            continue;
        strbuf_add_utf8(&in, c);
        syntax_text(&out, strbuf_str(&in));
        ck_assert_uint_eq(out.n, c < 0x10000 ? 10 : 14);
        uint32_t back = unit_at(out.p + 5);
        if (c >= 0x10000) {
            ck_assert_uint_eq(back >> 10, 0xD800 >> 10);
            back = 0x10000 + ((back & 0x3FF) << 10) + (unit_at(out.p + 9) & 0x3FF);
        }
        ck_assert_uint_eq(back, c);
        strbuf_drop(&in);
        strbuf_drop(&out);
    }
}
END_TEST

/* ---- references ----------------------------------------------------------------------------- */

START_TEST(references)
{
    StrBuf out = {0};
    syntax_ref(&out, 12);
    syntax_key_ref(&out, "/P", 4294967295u);
    ck_assert_str_eq(out.p, "12 0 R/P 4294967295 0 R");
    strbuf_drop(&out);
}
END_TEST

Suite *syntax_suite(void)
{
    Suite *suite = suite_create("syntax");
    TCase *tests = tcase_create("syntax");
    tcase_add_test(tests, numbers_have_at_most_three_decimals);
    tcase_add_test(tests, what_rounds_to_nothing_is_zero);
    tcase_add_test(tests, numbers_are_plain);
    tcase_add_test(tests, numbers_have_a_point_in_every_locale);
    tcase_add_test(tests, byte_strings_hold_every_byte);
    tcase_add_test(tests, byte_strings_are_read_back);
    tcase_add_test(tests, what_was_there_stays);
    tcase_add_test(tests, names_are_escaped);
    tcase_add_test(tests, names_hold_every_byte);
    tcase_add_test(tests, text_is_utf16);
    tcase_add_test(tests, text_of_every_character_is_read_back);
    tcase_add_test(tests, references);
    suite_add_tcase(suite, tests);
    return suite;
}
