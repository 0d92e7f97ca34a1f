/* Text: Str borrows bytes, StrBuf owns them. Both are UTF-8 unless said otherwise. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    const char *p; /* not zero-terminated */
    size_t n;
} Str;

#define STR(literal) ((Str){("" literal), sizeof(literal) - 1})

/* What is asked of every character of a report is defined here, so that compilers see into it. */

/* Of what is zero-terminated, or NULL for an empty one. */
static inline Str str_from(const char *s)
{
    return (Str){s ? s : "", s ? strlen(s) : 0};
}
static inline bool str_equal(Str a, Str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
/* Byte order, shorter first; stable in every locale. */
int str_compare(Str a, Str b);
static inline bool str_starts(Str s, Str prefix)
{
    return s.n >= prefix.n && str_equal((Str){s.p, prefix.n}, prefix);
}
static inline bool str_ends(Str s, Str suffix)
{
    return s.n >= suffix.n && str_equal((Str){s.p + s.n - suffix.n, suffix.n}, suffix);
}
/* Without ASCII blanks, tabs and line ends at both ends. */
Str str_trim(Str s);
/* Position of the first byte c, or s.n. */
size_t str_find(Str s, char c);
/* Bytes [from, to), as far as there are so many. */
static inline Str str_cut(Str s, size_t from, size_t to)
{
    if (to > s.n)
        to = s.n;
    if (from > to)
        from = to;
    return (Str){from ? s.p + from : s.p, to - from};
}
/* The first word of a text, which loses it: what stands between ASCII blanks and line ends. Empty behind the last. */
Str str_next_word(Str *text);
/* How many ASCII digits stand at byte `at`, one behind the other. */
size_t str_digits(Str s, size_t at);
static inline bool str_empty(Str s)
{
    return s.n == 0;
}

/* ASCII only, whatever the locale. */
static inline bool ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool ascii_blank(char c)
{
    return c == ' ' || c == '\t';
}
static inline bool ascii_space(char c)
{
    return ascii_blank(c) || c == '\n' || c == '\r';
}
static inline char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}
static inline bool ascii_letter(char c)
{
    c = ascii_lower(c);
    return c >= 'a' && c <= 'z';
}
/* What a hexadecimal digit is worth, or -1. */
static inline int ascii_hex(char c)
{
    c = ascii_lower(c);
    return ascii_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Whether it may be an id: letters, digits, hyphens and underscores, at least one. */
bool str_is_id(Str s);

static inline bool ascii_punctuation(char c)
{
    return c > ' ' && c < 0x7F && !ascii_letter(c) && !ascii_digit(c);
}

typedef struct {
    char *p; /* owned; zero-terminated once something was added */
    size_t n, cap;
} StrBuf;

/* A StrBuf of zeros is empty and ready. */
void strbuf_drop(StrBuf *b);
static inline void strbuf_clear(StrBuf *b)
{
    b->n = 0;
}
/* Makes room for n more bytes and a zero. */
void strbuf_reserve(StrBuf *b, size_t n);
static inline void strbuf_add(StrBuf *b, const char *p, size_t n)
{
    if (b->cap - b->n <= n)
        strbuf_reserve(b, n);
    if (n)
        memcpy(b->p + b->n, p, n);
    b->n += n;
    b->p[b->n] = 0;
}
static inline void strbuf_add_str(StrBuf *b, Str s)
{
    strbuf_add(b, s.p, s.n);
}
static inline void strbuf_add_text(StrBuf *b, const char *s) /* zero-terminated */
{
    strbuf_add(b, s, strlen(s));
}
static inline void strbuf_add_char(StrBuf *b, char c)
{
    if (b->cap - b->n < 2)
        strbuf_reserve(b, 1);
    b->p[b->n++] = c;
    b->p[b->n] = 0;
}
void strbuf_add_int(StrBuf *b, int64_t v);
/* A decimal number with at most `decimals` (0 to 6) digits after the point, trailing zeros left
 * out, the same in every locale. NaN and infinities are printed as 0. */
void strbuf_add_fixed(StrBuf *b, double v, int decimals);
/* printf without floating point: %f and %g obey the locale, so use strbuf_add_fixed. */
void strbuf_addf(StrBuf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void strbuf_vaddf(StrBuf *b, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
static inline Str strbuf_str(const StrBuf *b)
{
    return (Str){b->p ? b->p : "", b->n};
}

#endif
