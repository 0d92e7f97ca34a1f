/* QR codes: what every code has, and what can't be one. Whether readers understand them: test_handout.py. */
#include <check.h>
#include <string.h>

#include "barcode/qr.h"
#include "document/address.h"

#include "page_support.h"
#include "suites.h"

enum { FINDER = 7 };

/* The mark of a corner: a dark frame, a light one, and a dark square (ISO/IEC 18004, 6.3.3.1). */
static bool has_finder(const QrCode *code, size_t top, size_t left)
{
    for (size_t y = 0; y < FINDER; y++)
        for (size_t x = 0; x < FINDER; x++) {
            size_t edge = y < x ? y : x, far = FINDER - 1 - (y > x ? y : x);
            size_t ring = edge < far ? edge : far;
            if (code->dark[(top + y) * code->side + left + x] != (ring != 1))
                return false;
        }
    return true;
}

START_TEST(codes_have_their_marks)
{
    Random random = {3};
    for (size_t n = 1; n < 2300; n += 1 + n / 3) {
        char text[2400];
        for (size_t i = 0; i < n; i++)
            text[i] = (char)('!' + random_below(&random, 90));
        QrCode code;
        MUST(qr_make((Str){text, n}, &code));
        MUST(code.side >= 21 && code.side <= 177 && code.side % 4 == 1);
        MUST(has_finder(&code, 0, 0) && has_finder(&code, 0, code.side - FINDER) &&
             has_finder(&code, code.side - FINDER, 0));
        MUST(!has_finder(&code, code.side - FINDER, code.side - FINDER));
        for (size_t i = 0; i < code.side * code.side; i++)
            MUST(code.dark[i] <= 1);
        qr_drop(&code);
    }
}
END_TEST

START_TEST(what_is_no_code)
{
    static char long_text[4000];
    QrCode code;
    memset(long_text, 'x', sizeof long_text);
    ck_assert(!qr_make((Str){"", 0}, &code));
    ck_assert(!qr_make((Str){"a\0b", 3}, &code));
    ck_assert(!qr_make((Str){long_text, sizeof long_text}, &code));
    ck_assert_ptr_null(code.dark);
}
END_TEST

/* Of hosts and of the rest of addresses; what is in ASCII stays. */
START_TEST(addresses_are_written_in_ascii)
{
    static const struct {
        const char *address, *printed;
    } cases[] = {{"https://www.example.org/a%20b?c=d#e", "https://www.example.org/a%20b?c=d#e"},
                 {"https://www.k\xC3\xB8"
                  "benhavn.dk/b\xC3\xB8rn",
                  "https://www.xn--kbenhavn-54a.dk/b%C3%B8rn"},
                 {"https://\xC3\xA6.dk:80/", "https://xn--6ca.dk:80/"},
                 {"mailto:s\xC3\xB8ren@k\xC3\xB8"
                  "benhavn.dk",
                  "mailto:s%C3%B8ren@xn--kbenhavn-54a.dk"},
                 {"mappe/\xC3\xA5r.pdf", "mappe/%C3%A5r.pdf"},
                 {"https://\xFF\xC3\xB8/", "https://%FF%C3%B8/"},
                 {"", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        StrBuf out = {0};
        address_print(&out, str_from(cases[i].address));
        ck_assert_msg(str_equal(strbuf_str(&out), str_from(cases[i].printed)), "%s: %.*s",
                      cases[i].address, (int)out.n, out.p);
        strbuf_drop(&out);
    }
}
END_TEST

Suite *barcode_suite(void)
{
    Suite *suite = suite_create("barcode");
    TCase *tests = tcase_create("barcode");
    tcase_add_test(tests, codes_have_their_marks);
    tcase_add_test(tests, what_is_no_code);
    tcase_add_test(tests, addresses_are_written_in_ascii);
    suite_add_tcase(suite, tests);
    return suite;
}
