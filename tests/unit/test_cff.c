/* Compact fonts: which CID leads to which glyph. */
#include <check.h>
#include <string.h>

#include "base/str.h"
#include "pdf/cff.h"
#include "suites.h"

enum { GLYPHS = 5, ROOM = 8 };

/* Header, an INDEX of one name, and an INDEX of one Top DICT of 17 bytes. */
static const char head[] = {1, 0, 4, 1, 0, 1, 1, 1, 2, 'A', 0, 1, 1, 1, 18};
static const char keyed[] = {(char)0x8B, (char)0x8B, (char)0x8B, 12, 30}; /* 0 0 0 ROS */
static const char named[] = {30, 0x1A, 0x5F, 12, 7};                      /* a real number */

static void add_offset(StrBuf *out, size_t offset, char operator)
{
    const char bytes[] = {29, 0, 0, (char)(offset >> 8), (char)offset, operator};
    strbuf_add(out, bytes, sizeof bytes);
}

/* As much of a font as is looked at: a Top DICT, a charset, and how many glyphs there are. */
static void make_font(StrBuf *out, const char *first, const char *charset, size_t n)
{
    size_t at = sizeof head + 17;
    strbuf_clear(out);
    strbuf_add(out, head, sizeof head);
    strbuf_add(out, first, 5);
    add_offset(out, at, 15);
    add_offset(out, at + n, 17);
    strbuf_add(out, charset, n);
    strbuf_add(out, "\0\5", 2);
}

static void check_cids(const char *first, const char *charset, size_t n, const uint16_t *expected)
{
    StrBuf font = {0};
    uint16_t cid[ROOM];
    make_font(&font, first, charset, n);
    ck_assert_uint_eq(cff_cids(font.p, font.n, cid, ROOM), GLYPHS);
    for (size_t i = 0; i < GLYPHS; i++)
        ck_assert_uint_eq(cid[i], expected[i]);
    strbuf_drop(&font);
}

START_TEST(a_font_with_names_has_the_glyphs_own_numbers)
{
    static const uint16_t own[] = {0, 1, 2, 3, 4};
    check_cids(named, "\0\0\7\0\10\0\11\0\12", 9, own);
}
END_TEST

START_TEST(charsets_of_all_formats_are_read)
{
    static const uint16_t each[] = {0, 7, 9, 300, 12}, ranges[] = {0, 7, 8, 9, 12};
    check_cids(keyed, "\0\0\7\0\11\1\54\0\14", 9, each);
    check_cids(keyed, "\1\0\7\2\0\14\0", 7, ranges);
    check_cids(keyed, "\2\0\7\0\2\0\14\0\0", 9, ranges);
}
END_TEST

/* Every beginning of the font is none, and no byte beyond it is read (as a sanitizer would tell). */
START_TEST(what_is_cut_off_is_no_font)
{
    StrBuf font = {0};
    uint16_t cid[ROOM];
    make_font(&font, keyed, "\1\0\7\2\0\14\0", 7);
    for (size_t n = 0; n < font.n; n++) {
        Str part = {font.p, n};
        ck_assert_uint_eq(cff_cids(part.p, part.n, cid, ROOM), 0);
    }
    ck_assert_uint_eq(cff_cids(font.p, font.n, cid, GLYPHS - 1), 0);
    strbuf_drop(&font);
}
END_TEST

Suite *cff_suite(void)
{
    Suite *suite = suite_create("cff");
    TCase *tests = tcase_create("charsets");
    tcase_add_test(tests, a_font_with_names_has_the_glyphs_own_numbers);
    tcase_add_test(tests, charsets_of_all_formats_are_read);
    tcase_add_test(tests, what_is_cut_off_is_no_font);
    suite_add_tcase(suite, tests);
    return suite;
}
