/* UTF-8, UTF-16 and the few facts about characters that are not worth a library. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

#define NO_BREAK_SPACE "\xC2\xA0"

enum { UTF8_REPLACEMENT = 0xFFFD };

/* Behind utf8_next. */
uint32_t utf8_next_beyond_ascii(Str s, size_t *at);
/* Decodes the character at s.p[*at] and moves *at behind it. Ill-formed input gives U+FFFD for one
 * byte. *at must be less than s.n. */
static inline uint32_t utf8_next(Str s, size_t *at)
{
    unsigned char c = (unsigned char)s.p[*at];
    return c < 0x80 ? (*at += 1, c) : utf8_next_beyond_ascii(s, at);
}
/* Whether a character may not reach a terminal from a report: controls, line ends, what is ill-formed, and
 * those that turn the direction of what follows. */
bool utf8_is_odd(uint32_t c);
/* Whether it is one of the combining marks U+0300 to U+036F. */
static inline bool utf8_is_mark(uint32_t c)
{
    return c >= 0x300 && c <= 0x36F;
}
/* Writes c (at most 4 bytes) to out and returns the number of bytes. */
size_t utf8_put(char *out, uint32_t c);
/* Position of the first byte that is not well-formed UTF-8 (Unicode 15, table 3-7), or s.n. */
size_t utf8_invalid(Str s);
/* Number of characters (code points). */
size_t utf8_length(Str s);
/* Number of bytes of the first n characters, or of all. */
size_t utf8_bytes(Str s, size_t n);
/* Where the character begins that the byte `at` is part of; s.n at the end. */
size_t utf8_start(Str s, size_t at);
void strbuf_add_utf8(StrBuf *b, uint32_t c);
/* Appends c as UTF-16BE, as PDF text strings want it. */
void strbuf_add_utf16be(StrBuf *b, uint32_t c);

/* Small letters for ASCII, Latin-1 and Latin Extended-A; other characters unchanged. Enough to
 * compare the fixed words of European languages. */
uint32_t utf8_lower(uint32_t c);
bool utf8_equal_fold(Str a, Str b);
/* Where a part stands from a byte on, capitals and small letters alike; s.n where it doesn't. */
size_t utf8_find_fold(Str s, Str part, size_t from);
/* Makes no-break spaces (U+00A0) ordinary ones. */
void strbuf_plain_spaces(StrBuf *b);
/* Appends s in small letters. */
void strbuf_add_lower(StrBuf *b, Str s);
/* A copy in small letters, the arena's. */
Str arena_lower(Arena *arena, Str s);

/* An id for links and file names: a–z, 0–9 and hyphens; æ, ø, å become ae, oe, aa, other accented
 * Latin letters lose the accent; the rest separates. */
void strbuf_add_slug(StrBuf *b, Str s);

#endif
