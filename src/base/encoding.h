/* The encodings in which people's programs save text. */
#ifndef BASE_ENCODING_H
#define BASE_ENCODING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

typedef enum {
    ENCODING_UTF8,
    ENCODING_UTF16_LE,
    ENCODING_UTF16_BE,
    ENCODING_WINDOWS_1252 /* Western Europe on Windows, which Excel and Notepad call ANSI */
} Encoding;

/* Turns the bytes of a file into text: UTF-8 without a byte order mark, each line ended by \n alone.
 * Says what they were: UTF-16 is known by its mark or by the zeros of its first two characters; what is
 * neither that nor UTF-8 is Windows-1252, but for a text that is UTF-8 in other places. What means
 * nothing (half a surrogate pair, a byte without a character) stays as bytes that are no UTF-8, so that
 * utf8_invalid finds it at its place. */
Encoding encoding_decode(StrBuf *text);

/* Decodes the character of UTF-16 at s.p[*at], where two bytes must be left, and moves *at behind it. Half a
 * surrogate pair is given as it is. */
uint32_t encoding_utf16(Str s, size_t *at, bool little);
/* The character of a byte in Windows-1252, or 0 for those that mean nothing. */
uint32_t encoding_windows(unsigned char byte);

#endif
