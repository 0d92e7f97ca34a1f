#include "base/encoding.h"

#include <string.h>

#include "base/utf8.h"

/* ---- telling them apart --------------------------------------------------------------------- */

/* A text that is UTF-8 but for a few bytes was damaged; in one of another encoding a pair of letters
 * looks like a character of UTF-8 hardly ever ("CAFÉ”" does). */
enum { DAMAGED = 16 };

static bool looks_like_windows(Str s)
{
    size_t good = 0, bad = 0;
    for (size_t at = 0; at < s.n;) {
        if (!(s.p[at] & 0x80)) {
            at++;
            continue;
        }
        bool ok = utf8_next(s, &at) != UTF8_REPLACEMENT;
        good += ok;
        bad += !ok;
    }
    return good * DAMAGED < bad;
}

static bool zeros(Str s, size_t first)
{
    return s.n >= 4 && s.n % 2 == 0 && !s.p[first] && !s.p[first + 2] && s.p[1 - first] &&
           s.p[3 - first];
}

static Encoding recognise(Str s)
{
    if (str_starts(s, STR("\xFF\xFE")) || zeros(s, 1))
        return ENCODING_UTF16_LE;
    if (str_starts(s, STR("\xFE\xFF")) || zeros(s, 0))
        return ENCODING_UTF16_BE;
    return utf8_invalid(s) < s.n && looks_like_windows(s) ? ENCODING_WINDOWS_1252 : ENCODING_UTF8;
}

/* ---- Windows-1252 --------------------------------------------------------------------------- */

/* What 0x80 … 0x9F mean, 0 for nothing; the rest is as in Unicode
 * (unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT). */
static const uint16_t windows[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

uint32_t encoding_windows(unsigned char byte)
{
    return byte >= 0x80 && byte < 0xA0 ? windows[byte - 0x80] : byte;
}

static void decode_windows(StrBuf *out, Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        uint32_t character = encoding_windows(c);
        if (c < 0x80 || !character)
            strbuf_add_char(out, (char)c);
        else
            strbuf_add_utf8(out, character);
    }
}

/* ---- UTF-16 --------------------------------------------------------------------------------- */

static uint32_t unit_at(Str s, size_t at, size_t high)
{
    return (uint32_t)(unsigned char)s.p[at + high] << 8 | (unsigned char)s.p[at + 1 - high];
}

uint32_t encoding_utf16(Str s, size_t *at, bool little)
{
    uint32_t c = unit_at(s, *at, little);
    *at += 2;
    if (c < 0xD800 || c >= 0xDC00 || *at + 1 >= s.n)
        return c;
    uint32_t low = unit_at(s, *at, little);
    if (low < 0xDC00 || low >= 0xE000)
        return c;
    *at += 2;
    return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
}

/* Halves of surrogate pairs become what UTF-8 forbids. */
static void decode_utf16(StrBuf *out, Str s, bool little)
{
    size_t at = s.n >= 2 && unit_at(s, 0, little) == 0xFEFF ? 2 : 0;
    while (at + 1 < s.n)
        strbuf_add_utf8(out, encoding_utf16(s, &at, little));
    if (at < s.n)
        strbuf_add_char(out, '\xFF');
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void drop_mark(StrBuf *text)
{
    if (!str_starts(strbuf_str(text), STR("\xEF\xBB\xBF")))
        return;
    text->n -= 3;
    memmove(text->p, text->p + 3, text->n + 1);
}

/* \r\n and \r become \n. */
static void mend_line_ends(StrBuf *text)
{
    size_t from = str_find(strbuf_str(text), '\r'), to = from;
    if (from == text->n)
        return;
    for (; from < text->n; from++) {
        char c = text->p[from];
        if (c == '\r' && from + 1 < text->n && text->p[from + 1] == '\n')
            continue;
        text->p[to++] = c == '\r' ? '\n' : c;
    }
    text->n = to;
    text->p[to] = 0;
}

Encoding encoding_decode(StrBuf *text)
{
    Str bytes = strbuf_str(text);
    Encoding encoding = recognise(bytes);
    StrBuf out = {0};
    if (encoding == ENCODING_UTF8) {
        drop_mark(text);
        mend_line_ends(text);
        return encoding;
    }
    strbuf_reserve(&out, bytes.n + bytes.n / 8);
    if (encoding == ENCODING_WINDOWS_1252)
        decode_windows(&out, bytes);
    else
        decode_utf16(&out, bytes, encoding == ENCODING_UTF16_LE);
    strbuf_drop(text);
    *text = out;
    mend_line_ends(text);
    return encoding;
}
