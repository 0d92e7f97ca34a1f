#include <string.h>

#include "tagged/internal.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
    return c && strchr("()<>[]{}/%", c) != NULL;
}

static bool is_regular(char c)
{
    return !is_blank(c) && !is_delimiter(c);
}

static int peek(const Tokens *t, size_t ahead)
{
    return t->at + ahead < t->source.n ? (unsigned char)t->source.p[t->at + ahead] : -1;
}

static void skip_blanks(Tokens *t)
{
    for (int c; (c = peek(t, 0)) >= 0; t->at++) {
        if (c == '%')
            while (peek(t, 0) >= 0 && peek(t, 0) != '\n' && peek(t, 0) != '\r')
                t->at++;
        else if (!is_blank((char)c))
            return;
    }
}

static void read_hex(Tokens *t)
{
    int high = -1;
    for (int c; (c = peek(t, 0)) >= 0 && c != '>'; t->at++) {
        int digit = ascii_hex((char)c);
        if (digit < 0)
            continue;
        if (high >= 0)
            strbuf_add_char(&t->text, (char)(high << 4 | digit));
        high = high < 0 ? digit : -1;
    }
    if (high >= 0)
        strbuf_add_char(&t->text, (char)(high << 4));
    t->at += peek(t, 0) == '>';
}

/* Behind a backslash. */
static void read_escape(Tokens *t)
{
    static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
    int c = peek(t, 0), code = 0;
    if (c < 0)
        return;
    if (c >= '0' && c <= '7') {
        for (int i = 0; i < 3 && (c = peek(t, 0)) >= '0' && c <= '7'; i++, t->at++)
            code = code * 8 + (c - '0');
        strbuf_add_char(&t->text, (char)code);
        return;
    }
    t->at++;
    const char *known = strchr(from, c);
    if (c == '\r')
        t->at += peek(t, 0) == '\n';
    else if (c != '\n')
        strbuf_add_char(&t->text, known && c ? to[known - from] : (char)c);
}

static void read_string(Tokens *t)
{
    size_t depth = 1;
    for (int c; (c = peek(t, 0)) >= 0;) {
        t->at++;
        if (c == '\\') {
            read_escape(t);
            continue;
        }
        depth += c == '(';
        if (c == ')' && --depth == 0)
            return;
        strbuf_add_char(&t->text, (char)c);
    }
}

static void read_name(Tokens *t)
{
    for (int c; (c = peek(t, 0)) >= 0 && is_regular((char)c); t->at++) {
        int high = c == '#' ? ascii_hex((char)peek(t, 1)) : -1;
        int low = high >= 0 ? ascii_hex((char)peek(t, 2)) : -1;
        if (low >= 0)
            t->at += 2;
        strbuf_add_char(&t->text, low >= 0 ? (char)(high << 4 | low) : (char)c);
    }
}

/* Where a string or another dictionary stands in a dictionary it is passed over whole. */
static Str read_dict(Tokens *t)
{
    size_t from = t->at - 2, depth = 1;
    while (depth && peek(t, 0) >= 0) {
        if (peek(t, 0) == '<' && peek(t, 1) == '<') {
            depth++, t->at += 2;
        } else if (peek(t, 0) == '>' && peek(t, 1) == '>') {
            depth--, t->at += 2;
        } else if (peek(t, 0) == '(' || peek(t, 0) == '<') {
            void (*read)(Tokens *) = peek(t, 0) == '(' ? read_string : read_hex;
            t->at++;
            read(t);
        } else {
            t->at++;
        }
    }
    return str_cut(t->source, from, t->at);
}

/* Digits with a sign and a point; false when it is something else. */
static bool parse_number(Str s, double *out)
{
    double value = 0, unit = 1;
    bool negative = s.n && s.p[0] == '-', point = false, digits = false;
    for (size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+'); i < s.n; i++) {
        if (s.p[i] == '.' && !point) {
            point = true;
        } else if (ascii_digit(s.p[i])) {
            digits = true;
            unit /= point ? 10 : 1;
            value = point ? value + unit * (s.p[i] - '0') : value * 10 + (s.p[i] - '0');
        } else {
            return false;
        }
    }
    *out = negative ? -value : value;
    return digits;
}

static Token read_word(Tokens *t)
{
    size_t from = t->at;
    while (peek(t, 0) >= 0 && is_regular((char)peek(t, 0)))
        t->at++;
    if (t->at == from) /* a lone delimiter: braces, closing signs */
        t->at++;
    Token token = {TOKEN_WORD, 0, str_cut(t->source, from, t->at)};
    if (parse_number(token.text, &token.number))
        token.kind = TOKEN_NUMBER;
    return token;
}

Token token_next(Tokens *t)
{
    skip_blanks(t);
    strbuf_clear(&t->text);
    Token token = {TOKEN_END, 0, {"", 0}};
    int c = peek(t, 0);
    if (c < 0)
        return token;
    if (c != '(' && c != '<' && c != '/' && c != '[' && c != ']')
        return read_word(t);
    t->at++;
    if (c == '[' || c == ']') {
        token.kind = c == '[' ? TOKEN_OPEN : TOKEN_CLOSE;
    } else if (c == '<' && peek(t, 0) == '<') {
        t->at++;
        token = (Token){TOKEN_DICT, 0, read_dict(t)};
    } else {
        token.kind = c == '/' ? TOKEN_NAME : TOKEN_STRING;
        (c == '/' ? read_name : c == '(' ? read_string : read_hex)(t);
        token.text = strbuf_str(&t->text);
    }
    return token;
}

/* The data end before EI that stands alone; what looks so within them is rare (8.9.7). */
void token_skip_image(Tokens *t)
{
    for (t->at++; t->at + 2 < t->source.n; t->at++) {
        const char *p = t->source.p + t->at;
        if (is_blank(p[0]) && p[1] == 'E' && p[2] == 'I' &&
            (t->at + 3 == t->source.n || is_blank(p[3]))) {
            t->at += 3;
            return;
        }
    }
    t->at = t->source.n;
}
