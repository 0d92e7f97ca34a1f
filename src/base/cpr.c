#include "base/cpr.h"

#include <string.h>

#include "base/utf8.h"

enum { BIRTH = 6, SERIAL = 4, WORD_BEFORE = 24 };

static int two_digits(const char *p)
{
    return (p[0] - '0') * 10 + (p[1] - '0');
}

/* The century is in the serial number's first digit, but every fourth year is a leap year in all of
 * them: 1900 had no 29 February, yet nobody born then is told apart from one born in 2000. */
static bool is_birthday(const char *p)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int day = two_digits(p), month = two_digits(p + 2), year = two_digits(p + 4);
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] &&
           (month != 2 || day < 29 || year % 4 == 0);
}

static size_t space_at(Str s, size_t at)
{
    if (at < s.n && ascii_space(s.p[at]))
        return 1;
    return str_starts(str_cut(s, at, s.n), STR(NO_BREAK_SPACE)) ? 2 : 0;
}

static size_t dash_at(Str s, size_t at)
{
    Str rest = str_cut(s, at, s.n);
    if (str_starts(rest, STR("-")))
        return 1;
    /* hyphen, no-break hyphen, figure dash, en dash, minus */
    bool dash = str_starts(rest, STR("\xE2\x80\x90")) || str_starts(rest, STR("\xE2\x80\x91")) ||
                str_starts(rest, STR("\xE2\x80\x92")) || str_starts(rest, STR("\xE2\x80\x93")) ||
                str_starts(rest, STR("\xE2\x88\x92"));
    return dash ? 3 : 0;
}

static size_t separator_at(Str s, size_t at)
{
    size_t n = space_at(s, at);
    n += dash_at(s, at + n);
    return n + space_at(s, at + n);
}

static bool checks_out(const char *birth, const char *serial)
{
    static const int weight[] = {4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
    int sum = 0;
    for (size_t i = 0; i < BIRTH + SERIAL; i++)
        sum += weight[i] * ((i < BIRTH ? birth[i] : serial[i - BIRTH]) - '0');
    return sum % 11 == 0;
}

static bool is_called_cpr(Str s, size_t at)
{
    size_t from = at > WORD_BEFORE ? at - WORD_BEFORE : 0;
    for (size_t i = from; i + 3 <= at; i++)
        if (ascii_lower(s.p[i]) == 'c' && ascii_lower(s.p[i + 1]) == 'p' &&
            ascii_lower(s.p[i + 2]) == 'r')
            return true;
    return false;
}

/* Part of a longer number, of a word, of a chain such as 2012-010170-1234. */
static bool goes_on_before(Str s, size_t at)
{
    if (!at)
        return false;
    char c = s.p[at - 1];
    bool joined = at >= 2 && (ascii_blank(c) || c == '-' || c == '.' || c == ',' || c == '/');
    return ascii_digit(c) || ascii_letter(c) || c == '-' || (joined && ascii_digit(s.p[at - 2]));
}

static bool goes_on_behind(Str s, size_t end)
{
    if (end >= s.n)
        return false;
    char c = s.p[end];
    bool joined = end + 1 < s.n && (ascii_blank(c) || c == '-' || c == '/' || c == ',');
    return ascii_digit(c) || ascii_letter(c) || (joined && ascii_digit(s.p[end + 1]));
}

/* Bytes of a date of birth, and its digits: "010170", or "01 01 70" and the like in three parts; else 0. */
static size_t birth_at(Str s, size_t at, char birth[BIRTH])
{
    enum { PART = 2, PARTS = 3, STEP = PART + 1 };
    size_t digits = str_digits(s, at), from = at;
    if (digits >= BIRTH) {
        memcpy(birth, s.p + at, BIRTH);
        return BIRTH;
    }
    for (size_t i = 0; i < PARTS; i++, from += STEP) {
        if (str_digits(s, from) != PART)
            return 0;
        if (i && (s.p[from - 1] != s.p[at + PART] || !strchr(" .-/", s.p[from - 1])))
            return 0;
        memcpy(birth + i * PART, s.p + from, PART);
    }
    return PARTS * STEP - 1;
}

/* What else parts the halves of a number that is called one: "120371/1233". */
static size_t any_separator_at(Str s, size_t at)
{
    size_t n = separator_at(s, at);
    return n ? n : at < s.n && (s.p[at] == '/' || s.p[at] == '.') ? 1 : 0;
}

/* The bytes of the number that begins at `at`, or 0. */
static size_t cpr_length(Str s, size_t at)
{
    char birth[BIRTH];
    size_t digits = str_digits(s, at), n = birth_at(s, at, birth), serial = at + n;
    bool together = digits == BIRTH + SERIAL;
    if (!n || (n == BIRTH && digits != BIRTH && !together) || !is_birthday(birth) ||
        goes_on_before(s, at))
        return 0;
    bool called = is_called_cpr(s, at);
    if (!together) {
        size_t gap = called ? any_separator_at(s, serial) : separator_at(s, serial);
        bool dash = gap && dash_at(s, serial + space_at(s, serial)) > 0;
        serial += gap;
        if (!gap || str_digits(s, serial) != SERIAL || (n != BIRTH && !dash && !called))
            return 0;
    }
    if (goes_on_behind(s, serial + SERIAL))
        return 0;
    if (together && !checks_out(s.p + at, s.p + serial) && !called)
        return 0;
    return serial + SERIAL - at;
}

bool cpr_find(Str s, size_t from, size_t *at, size_t *n)
{
    for (size_t i = from; i < s.n; i++) {
        if (!ascii_digit(s.p[i]))
            continue;
        *at = i;
        *n = cpr_length(s, i);
        if (*n)
            return true;
        i += str_digits(s, i) - 1;
    }
    return false;
}

void cpr_mask(char *text, size_t length)
{
    size_t n;
    for (size_t at = 0; cpr_find((Str){text, length}, at, &at, &n); at += n)
        for (size_t i = at; i < at + n; i++)
            if (ascii_digit(text[i]))
                text[i] = '*';
}

/* ---- in a source ---------------------------------------------------------------------------- */

/* Bytes from one sign up to another that ends what it opens; 0 where that is missing or far. */
static size_t enclosed(Str rest, char end)
{
    enum { FURTHEST = 40 };
    size_t n = str_find(str_cut(rest, 0, FURTHEST), end);
    return n < rest.n && rest.p[n] == end ? n + 1 : 0;
}

/* A digit, or the number of its character: "&#50;", "&#x32;". */
typedef struct {
    size_t at, n;
} Digit;

/* 0 when there is none. */
static char digit_at(Str s, size_t at, size_t *n)
{
    *n = 1;
    if (at < s.n && ascii_digit(s.p[at]))
        return s.p[at];
    Str rest = str_cut(s, at, s.n);
    bool hex = str_starts(rest, STR("&#x")) || str_starts(rest, STR("&#X"));
    size_t i = hex ? 3 : 2;
    unsigned code = 0;
    if (!str_starts(rest, STR("&#")))
        return 0;
    for (; i < rest.n && code < 256 && ascii_digit(rest.p[i]); i++)
        code = code * (hex ? 16 : 10) + (unsigned)(rest.p[i] - '0');
    *n = i + 1;
    return i < rest.n && rest.p[i] == ';' && code >= '0' && code <= '9' ? (char)code : 0;
}

/* Bytes of what may stand between digits of one number, and between its halves. */
static size_t between(Str s, size_t at, bool halves)
{
    size_t from = at, n;
    for (; at < s.n && !digit_at(s, at, &n); at += n) {
        char c = s.p[at];
        Str rest = str_cut(s, at, s.n);
        n = c == '&'             ? enclosed(rest, ';')
            : c == '<'           ? enclosed(rest, '>')
            : c == '{' && halves ? enclosed(rest, '}')
            : c == '(' && halves ? enclosed(rest, ')')
                                 : 0;
        n = n ? n : (c & 0x80) || (c && strchr("*_~`\\", c)) ? 1 : 0;
        n = n ? n : halves && c && strchr(" \t-[](){}", c) ? 1 : 0;
        if (!n)
            break;
    }
    return at - from;
}

/* Where the digits of a number that begins at `at` are; false when there is none. */
static bool find_digits(Str s, size_t at, Digit digit[BIRTH + SERIAL])
{
    char birth[BIRTH], c;
    size_t n;
    for (size_t i = 0; i < BIRTH + SERIAL; i++) {
        if (i && !digit_at(s, at, &n))
            at += between(s, at, i == BIRTH);
        c = digit_at(s, at, &n);
        if (!c)
            return false;
        if (i < BIRTH)
            birth[i] = c;
        digit[i] = (Digit){at, n};
        at += n;
    }
    return is_birthday(birth) && !digit_at(s, at, &n);
}

void cpr_mask_source(char *text, size_t length)
{
    Digit digit[BIRTH + SERIAL];
    Str s = {text, length};
    for (size_t i = 0, n; i < length; i++) {
        bool begins = digit_at(s, i, &n) && !(i && ascii_digit(text[i - 1]));
        if (!begins || !find_digits(s, i, digit))
            continue;
        bool together = digit[BIRTH + SERIAL - 1].at - digit[0].at == BIRTH + SERIAL - 1;
        for (size_t k = 0; !together && k < BIRTH + SERIAL; k++)
            for (size_t at = digit[k].at; at < digit[k].at + digit[k].n; at++)
                if (ascii_digit(text[at]))
                    text[at] = '*';
    }
    cpr_mask(text, length);
}
