#include "base/utf8.h"

/* Length of a well-formed sequence at p, or 0 (Unicode 15, table 3-7). */
static size_t sequence(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80)
        return 1;
    size_t need = p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : p[0] < 0xF5 ? 4 : 0;
    if (!need || n < need)
        return 0;
    unsigned low = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
    unsigned high = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < need; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return need;
}

uint32_t utf8_next_beyond_ascii(Str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.p + *at;
    size_t n = sequence(p, s.n - *at);
    if (!n) {
        *at += 1;
        return UTF8_REPLACEMENT;
    }
    uint32_t c = p[0] & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++)
        c = c << 6 | (p[i] & 0x3Fu);
    *at += n;
    return c;
}

size_t utf8_put(char *out, uint32_t c)
{
    unsigned char *o = (unsigned char *)out;
    if (c < 0x80) {
        o[0] = (unsigned char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n; i-- > 1; c >>= 6)
        o[i] = (unsigned char)(0x80 | (c & 0x3F));
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    o[0] = (unsigned char)(lead[n] | c);
    return n;
}

bool utf8_is_odd(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == UTF8_REPLACEMENT;
}

size_t utf8_invalid(Str s)
{
    for (size_t i = 0; i < s.n;) {
        size_t n = sequence((const unsigned char *)s.p + i, s.n - i);
        if (!n)
            return i;
        i += n;
    }
    return s.n;
}

size_t utf8_length(Str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

size_t utf8_bytes(Str s, size_t n)
{
    size_t at = 0;
    while (n-- > 0 && at < s.n)
        utf8_next(s, &at);
    return at;
}

size_t utf8_start(Str s, size_t at)
{
    while (at > 0 && at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80)
        at--;
    return at;
}

void strbuf_add_utf8(StrBuf *b, uint32_t c)
{
    char bytes[4];
    strbuf_add(b, bytes, utf8_put(bytes, c));
}

void strbuf_add_utf16be(StrBuf *b, uint32_t c)
{
    if (c >= 0x10000) {
        c -= 0x10000;
        strbuf_add_utf16be(b, 0xD800 + (c >> 10));
        c = 0xDC00 + (c & 0x3FF);
    }
    strbuf_add_char(b, (char)(c >> 8));
    strbuf_add_char(b, (char)c);
}

uint32_t utf8_lower(uint32_t c)
{
    if (c >= 'A' && c <= 'Z')
        return c + 32;
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7)
        return c + 32;
    if (c >= 0x100 && c <= 0x137 && c != 0x130 && c != 0x131)
        return c | 1;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
        return c + (c & 1);
    if (c >= 0x14A && c <= 0x177)
        return c | 1;
    return c == 0x178 ? 0xFF : c;
}

bool utf8_equal_fold(Str a, Str b)
{
    size_t i = 0, j = 0;
    while (i < a.n && j < b.n) {
        bool ascii = ((unsigned char)a.p[i] | (unsigned char)b.p[j]) < 0x80;
        if (ascii ? ascii_lower(a.p[i++]) != ascii_lower(b.p[j++])
                  : utf8_lower(utf8_next(a, &i)) != utf8_lower(utf8_next(b, &j)))
            return false;
    }
    return i == a.n && j == b.n;
}

size_t utf8_find_fold(Str s, Str part, size_t from)
{
    for (size_t at = from; at + part.n <= s.n; at++)
        if (utf8_equal_fold(str_cut(s, at, at + part.n), part))
            return at;
    return s.n;
}

void strbuf_plain_spaces(StrBuf *b)
{
    size_t to = 0;
    for (size_t i = 0; i < b->n; i++) {
        bool no_break = str_starts(str_cut(strbuf_str(b), i, b->n), STR("\xC2\xA0"));
        b->p[to++] = no_break ? ' ' : b->p[i];
        i += no_break;
    }
    b->n = to;
}

void strbuf_add_lower(StrBuf *b, Str s)
{
    for (size_t i = 0; i < s.n;)
        strbuf_add_utf8(b, utf8_lower(utf8_next(s, &i)));
}

Str arena_lower(Arena *arena, Str s)
{
    StrBuf b = {0};
    strbuf_add_lower(&b, s);
    Str lower = arena_str(arena, strbuf_str(&b));
    strbuf_drop(&b);
    return lower;
}

/* ASCII spellings of U+00C0 … U+017F after folding to small letters; "-" separates. */
static const char *latin_ascii(uint32_t c)
{
    static const char *const from_e0[32] = {
        "a", "a", "a", "a", "a", "aa", "ae", "c", "e",  "e", "e", "e", "i", "i", "i",  "i",
        "d", "n", "o", "o", "o", "o",  "o",  "-", "oe", "u", "u", "u", "u", "y", "th", "y"};
    static const char from_100[] =
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllll"
        "nnnnnnnnnoooooo--rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    static const char letters[] = "a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l\0m\0n\0o\0p\0q\0r\0s\0t\0"
                                  "u\0v\0w\0x\0y\0z";
    if (c == 0xDF)
        return "ss";
    if (c >= 0xE0 && c <= 0xFF)
        return from_e0[c - 0xE0];
    if (c == 0x152 || c == 0x153)
        return "oe";
    if (c >= 0x100 && c <= 0x17F && from_100[c - 0x100] != '-')
        return letters + 2 * (from_100[c - 0x100] - 'a');
    return "-";
}

void strbuf_add_slug(StrBuf *b, Str s)
{
    bool gap = false, any = false;
    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_lower(utf8_next(s, &i));
        char ascii[2] = {(char)c, 0};
        const char *add = c >= 0x80                                       ? latin_ascii(c)
                          : ascii_letter((char)c) || ascii_digit((char)c) ? ascii
                                                                          : "-";
        if (c == 0x2019 || c == '\'')
            continue;
        if (add[0] == '-') {
            gap = any;
            continue;
        }
        if (gap)
            strbuf_add_char(b, '-');
        strbuf_add_text(b, add);
        gap = false;
        any = true;
    }
}
