#include "model/json.h"

#include <string.h>

#include "base/utf8.h"

/* What may come next. */
enum { VALUE, VALUE_OR_END, KEY, KEY_OR_END, COMMA_OR_END, NOTHING };

void json_open(Json *j, Diags *diags, uint16_t file, Str text)
{
    *j = (Json){.text = text, .diags = diags, .counted = {0, {1, 1, file}}, .expected = VALUE};
}

Pos json_pos(Json *j, size_t at)
{
    size_t column = j->counted.pos.column;
    for (size_t i = j->counted.at; i < at; i++) {
        if (j->text.p[i] == '\n') {
            j->counted.pos.line++;
            column = 1;
        } else {
            column += ((unsigned char)j->text.p[i] & 0xC0) != 0x80;
        }
    }
    j->counted.at = at;
    j->counted.pos.column = (uint16_t)(column > UINT16_MAX ? UINT16_MAX : column);
    return j->counted.pos;
}

/* Everything is over behind an error of syntax: what follows it would be guesses. */
static JsonToken broken(Json *j)
{
    j->broken = true;
    return (JsonToken){JSON_BROKEN, {"", 0}, j->counted.pos};
}

static void skip_space(Json *j)
{
    while (j->at < j->text.n && ascii_space(j->text.p[j->at]))
        j->at++;
}

static char peek(const Json *j)
{
    return j->at < j->text.n ? j->text.p[j->at] : 0;
}

static void after_value(Json *j)
{
    j->expected = j->depth ? COMMA_OR_END : NOTHING;
}

/* ---- texts ---------------------------------------------------------------------------------- */

/* The number of four hexadecimal digits, or -1. */
static int32_t four_digits(Str s)
{
    int32_t value = 0;
    if (s.n < 4)
        return -1;
    for (size_t i = 0; i < 4; i++) {
        int digit = ascii_hex(s.p[i]);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* Reads what stands behind "\u", and a second escape where two make one character; returns the number of
 * bytes, 0 when it is no character. */
static size_t unicode_escape(Str s, uint32_t *out)
{
    int32_t high = four_digits(s), low;
    if (high <= 0 || (high >= 0xDC00 && high < 0xE000))
        return 0;
    *out = (uint32_t)high;
    if (high < 0xD800 || high >= 0xE000)
        return 4;
    if (!str_starts(str_cut(s, 4, s.n), STR("\\u")))
        return 0;
    low = four_digits(str_cut(s, 6, s.n));
    if (low < 0xDC00 || low >= 0xE000)
        return 0;
    *out = 0x10000 + (((uint32_t)high - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
    return 10;
}

static char plain_escape(char c)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    const char *at = c ? strchr(names, c) : NULL;
    return at ? values[at - names] : 0;
}

/* Moves behind an escape; false when it is none, which has been reported. */
static bool pass_escape(Json *j)
{
    uint32_t c;
    size_t from = j->at++, n;
    if (plain_escape(peek(j))) {
        j->at++;
        return true;
    }
    if (peek(j) != 'u') {
        diag_error(j->diags, json_pos(j, from), "a backslash stands before what it doesn't escape");
        diag_hint(j->diags, "a backslash itself is written \\\\");
        return false;
    }
    n = unicode_escape(str_cut(j->text, j->at + 1, j->text.n), &c);
    if (!n) {
        diag_error(j->diags, json_pos(j, from), "this escape is no character");
        return false;
    }
    j->at += n + 1;
    return true;
}

/* From behind the opening quote; false when the text is broken. */
static bool pass_text(Json *j)
{
    while (j->at < j->text.n && j->text.p[j->at] != '"') {
        unsigned char c = (unsigned char)j->text.p[j->at];
        if (c < 0x20) {
            diag_error(j->diags, json_pos(j, j->at),
                       c == '\n' ? N_("this text has no end on its line")
                                 : N_("a control character in a text"));
            diag_hint(j->diags, "a line's end in a text is written \\n, a tab \\t");
            return false;
        }
        if (c != '\\')
            j->at++;
        else if (!pass_escape(j))
            return false;
    }
    if (j->at < j->text.n)
        return true;
    diag_error(j->diags, json_pos(j, j->at), "the file ends within a text");
    return false;
}

static JsonToken text_token(Json *j, JsonKind kind)
{
    Pos pos = json_pos(j, j->at);
    size_t from = ++j->at;
    if (!pass_text(j))
        return broken(j);
    return (JsonToken){kind, str_cut(j->text, from, j->at++), pos};
}

Str json_text(Arena *arena, JsonToken token)
{
    Str s = token.raw;
    if (str_find(s, '\\') == s.n)
        return arena_str(arena, s);
    char *p = arena_bytes(arena, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t c = 0;
        if (s.p[i] != '\\') {
            p[n++] = s.p[i++];
        } else if (s.p[i + 1] == 'u') {
            i += 2 + unicode_escape(str_cut(s, i + 2, s.n), &c);
            n += utf8_put(p + n, c);
        } else {
            p[n++] = plain_escape(s.p[i + 1]);
            i += 2;
        }
    }
    p[n] = 0;
    return (Str){p, n};
}

/* ---- other values --------------------------------------------------------------------------- */

static bool pass_digits(Json *j)
{
    size_t from = j->at;
    while (ascii_digit(peek(j)))
        j->at++;
    return j->at > from;
}

static bool pass_number(Json *j)
{
    j->at += peek(j) == '-';
    bool zero = peek(j) == '0';
    size_t from = j->at;
    if (!pass_digits(j) || (zero && j->at > from + 1))
        return false;
    if (peek(j) == '.') {
        j->at++;
        if (!pass_digits(j))
            return false;
    }
    if (peek(j) == 'e' || peek(j) == 'E') {
        j->at++;
        j->at += peek(j) == '+' || peek(j) == '-';
        if (!pass_digits(j))
            return false;
    }
    return true;
}

static JsonToken number_token(Json *j)
{
    Pos pos = json_pos(j, j->at);
    size_t from = j->at;
    if (!pass_number(j)) {
        diag_error(j->diags, pos, "this is no number");
        diag_hint(j->diags, "numbers are written 12, -3 or 8.4; everything else is put in quotes");
        return broken(j);
    }
    after_value(j);
    return (JsonToken){JSON_NUMBER, str_cut(j->text, from, j->at), pos};
}

static JsonToken word_token(Json *j)
{
    static const struct {
        const char *word;
        JsonKind kind;
    } words[] = {{"true", JSON_TRUE}, {"false", JSON_FALSE}, {"null", JSON_NULL}};
    Pos pos = json_pos(j, j->at);
    Str rest = str_cut(j->text, j->at, j->text.n);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        Str word = str_from(words[i].word);
        if (str_starts(rest, word) && (rest.n == word.n || !ascii_letter(rest.p[word.n]))) {
            j->at += word.n;
            after_value(j);
            return (JsonToken){words[i].kind, word, pos};
        }
    }
    if (!rest.n)
        diag_error(j->diags, pos, "the file ends where a value should stand");
    else
        diag_error(j->diags, pos, "this is no value");
    if (rest.n && (rest.p[0] == '}' || rest.p[0] == ']'))
        diag_hint(j->diags, "no comma stands behind the last value");
    else if (rest.n)
        diag_hint(j->diags, "texts stand in double quotes");
    return broken(j);
}

static JsonToken open_token(Json *j, char bracket)
{
    Pos pos = json_pos(j, j->at++);
    if (j->depth == JSON_DEEPEST) {
        diag_error(j->diags, pos, "nested too deeply");
        return broken(j);
    }
    j->open[j->depth++] = bracket;
    j->expected = bracket == '{' ? KEY_OR_END : VALUE_OR_END;
    return (JsonToken){bracket == '{' ? JSON_OBJECT : JSON_LIST, {"", 0}, pos};
}

static JsonToken close_token(Json *j)
{
    Pos pos = json_pos(j, j->at++);
    bool object = j->open[--j->depth] == '{';
    after_value(j);
    return (JsonToken){object ? JSON_OBJECT_END : JSON_LIST_END, {"", 0}, pos};
}

static JsonToken value_token(Json *j)
{
    char c = peek(j);
    if (c == '"') {
        JsonToken token = text_token(j, JSON_TEXT);
        if (token.kind == JSON_TEXT)
            after_value(j);
        return token;
    }
    if (c == '{' || c == '[')
        return open_token(j, c);
    if (c == '-' || ascii_digit(c))
        return number_token(j);
    return word_token(j);
}

static JsonToken key_token(Json *j)
{
    if (peek(j) != '"') {
        diag_error(j->diags, json_pos(j, j->at), "a key in double quotes should stand here");
        if (peek(j) == '}')
            diag_hint(j->diags, "no comma stands behind the last value");
        return broken(j);
    }
    JsonToken token = text_token(j, JSON_KEY);
    if (token.kind == JSON_BROKEN)
        return token;
    skip_space(j);
    if (peek(j) != ':') {
        diag_error(j->diags, json_pos(j, j->at), "a colon is missing behind the key '%.*s'",
                   (int)token.raw.n, token.raw.p);
        return broken(j);
    }
    j->at++;
    j->expected = VALUE;
    return token;
}

static bool at_end_of_open(const Json *j)
{
    char c = peek(j);
    return j->depth && c && c == (j->open[j->depth - 1] == '{' ? '}' : ']');
}

/* Moves behind the comma between two values; false when there is none. */
static bool pass_comma(Json *j)
{
    bool object = j->open[j->depth - 1] == '{';
    if (peek(j) == ',') {
        j->at++;
        j->expected = object ? KEY : VALUE;
        skip_space(j);
        return true;
    }
    if (object)
        diag_error(j->diags, json_pos(j, j->at), "a comma or '}' should stand here");
    else
        diag_error(j->diags, json_pos(j, j->at), "a comma or ']' should stand here");
    return false;
}

JsonToken json_next(Json *j)
{
    if (j->broken)
        return broken(j);
    skip_space(j);
    bool may_end = j->expected != VALUE && j->expected != KEY;
    if (may_end && at_end_of_open(j))
        return close_token(j);
    if (j->expected == NOTHING) {
        if (j->at == j->text.n)
            return (JsonToken){JSON_END, {"", 0}, j->counted.pos};
        diag_error(j->diags, json_pos(j, j->at), "something stands behind the end");
        return broken(j);
    }
    if (j->expected == COMMA_OR_END && !pass_comma(j))
        return broken(j);
    if (j->expected == KEY || j->expected == KEY_OR_END)
        return key_token(j);
    return value_token(j);
}

void json_skip(Json *j, JsonToken first)
{
    if (first.kind != JSON_OBJECT && first.kind != JSON_LIST)
        return;
    unsigned depth = j->depth;
    while (j->depth >= depth && json_next(j).kind != JSON_BROKEN)
        ;
}
