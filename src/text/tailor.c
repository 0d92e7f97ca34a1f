#include "text/tailor.h"

#include <stdbool.h>
#include <string.h>

/* An address keeps so many characters together at either end. */
enum { ADDRESS_EDGE = 4 };
/* What stands before the @ of a mail address, and behind it, is divided when it is longer. */
enum { LONG_NAME = 24, LONG_DOMAIN = 24 };

static size_t end_of_token(Str text, size_t from)
{
    while (from < text.n && !ascii_space(text.p[from]))
        from++;
    return from;
}

static bool has(Str token, const char *what)
{
    return memmem(token.p, token.n, what, strlen(what)) != NULL;
}

/* "https://…", "www.…", "navn@sted.dk". */
static bool is_address(Str token)
{
    size_t at = str_find(token, '@');
    bool mail = at > 0 && at < token.n && str_find(str_cut(token, at, token.n), '.') + at < token.n;
    return has(token, "://") || mail || str_starts(token, STR("www.")) ||
           str_starts(token, STR("(www."));
}

static bool one_of(char c, const char *list)
{
    return c && strchr(list, c) != NULL;
}

/* Whether a line may begin with byte i of an address. */
static bool breaks_at(Str token, size_t i)
{
    char before = token.p[i - 1], c = token.p[i];
    if (c == '/')
        return before != '/' && before != ':';
    if (before == '/')
        return i >= 2 && token.p[i - 2] == '/'; /* behind a double slash */
    return one_of(before, ":=&") || one_of(c, "~.,-_?#%=&@");
}

static size_t last_dot(Str token)
{
    size_t at = token.n;
    while (at > 0 && token.p[at - 1] != '.')
        at--;
    return at > 0 ? at - 1 : token.n;
}

/* The same of a mail address: nobody's name is divided, but the long one of an office is. */
static bool breaks_mail_at(Str token, size_t i)
{
    size_t at = str_find(token, '@');
    bool long_name = at > LONG_NAME, long_domain = token.n - at > LONG_DOMAIN;
    return token.p[i - 1] == '@' || (long_name && i < at && one_of(token.p[i], ".-_")) ||
           (long_domain && (i == last_dot(token) || (i > at && token.p[i] == '-')));
}

static void tailor_address(Str token, uint8_t *allowed)
{
    bool mail = str_find(token, '@') < token.n && !has(token, "://");
    while (token.n && one_of(token.p[token.n - 1], ".,;:!?)\"'"))
        token.n--; /* the sentence's */
    for (size_t i = 1; i < token.n; i++) {
        bool edge = i < ADDRESS_EDGE || i + ADDRESS_EDGE > token.n;
        bool breaks = mail ? breaks_mail_at(token, i) : breaks_at(token, i);
        allowed[i] = breaks && !edge ? BREAK_ADDRESS : BREAK_NEVER;
    }
}

/* "6–12", "27.–30.": what is an interval isn't read where the line goes on. */
static void tailor_intervals(Str text, uint8_t *allowed)
{
    const Str dash = STR("\xE2\x80\x93");
    for (size_t i = 1; i + dash.n < text.n; i++) {
        if (text.p[i] != dash.p[0] || !str_starts(str_cut(text, i, text.n), dash) ||
            !ascii_digit(text.p[i + dash.n]))
            continue;
        bool stop = i > 1 && text.p[i - 1] == '.';
        if (ascii_digit(text.p[i - 1 - stop]))
            allowed[i + dash.n] = BREAK_NEVER;
    }
}

/* "2027-priser": the year alone would look like the beginning of an interval. */
static void tailor_numbered(Str text, uint8_t *allowed)
{
    for (size_t i = 1; i + 1 < text.n; i++)
        if (text.p[i] == '-' && ascii_digit(text.p[i - 1]) && ascii_letter(text.p[i + 1]))
            allowed[i + 1] = BREAK_NEVER;
}

/* A sign of a number, or the letters and stops of "c.£4" and "£1.2m-£1.4m". */
static bool belongs_to_amount(Str before)
{
    static const char *const signs[] = {"\xE2\x88\x92", "\xC2\xB1",     "\xE2\x80\x93",
                                        "\xE2\x89\x88", "\xE2\x89\xA4", "\xE2\x89\xA5"};
    char last = before.p[before.n - 1];
    bool belongs = !(last & 0x80) && !ascii_space(last);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        belongs |= str_ends(before, str_from(signs[i]));
    return belongs;
}

/* "−£3m", "±€5", "c.$4": what stands before an amount of money, its sign above all, isn't left on the line above. */
static void tailor_amounts(Str text, uint8_t *allowed)
{
    static const char *const signs[] = {"$", "\xC2\xA3", "\xC2\xA5", "\xE2\x82\xAC"};
    for (size_t i = 1; i < text.n; i++)
        for (size_t k = 0; k < sizeof signs / sizeof *signs; k++) {
            Str sign = str_from(signs[k]), rest = str_cut(text, i, text.n);
            if (str_starts(rest, sign) && rest.n > sign.n && ascii_digit(rest.p[sign.n]) &&
                belongs_to_amount(str_cut(text, 0, i)))
                allowed[i] = BREAK_NEVER;
        }
}

void tailor_breaks(Str text, uint8_t *allowed)
{
    tailor_amounts(text, allowed);
    tailor_intervals(text, allowed);
    tailor_numbered(text, allowed);
    if (!has(text, "://") && !has(text, "www.") && !has(text, "@"))
        return;
    for (size_t i = 0; i < text.n;) {
        size_t end = end_of_token(text, i);
        Str token = str_cut(text, i, end);
        if (is_address(token))
            tailor_address(token, allowed + i);
        i = end + 1;
    }
}
