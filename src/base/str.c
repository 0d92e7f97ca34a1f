#include "base/str.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

int str_compare(Str a, Str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

Str str_trim(Str s)
{
    while (s.n && ascii_space(s.p[0]))
        s.p++, s.n--;
    while (s.n && ascii_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

bool str_is_id(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!ascii_letter(s.p[i]) && !ascii_digit(s.p[i]) && s.p[i] != '-' && s.p[i] != '_')
            return false;
    return s.n > 0;
}

Str str_next_word(Str *text)
{
    size_t from = 0, to;
    while (from < text->n && ascii_space(text->p[from]))
        from++;
    for (to = from; to < text->n && !ascii_space(text->p[to]);)
        to++;
    Str word = str_cut(*text, from, to);
    *text = str_cut(*text, to, text->n);
    return word;
}

size_t str_find(Str s, char c)
{
    const char *at = s.n ? memchr(s.p, c, s.n) : NULL;
    return at ? (size_t)(at - s.p) : s.n;
}

size_t str_digits(Str s, size_t at)
{
    size_t end = at;
    while (end < s.n && ascii_digit(s.p[end]))
        end++;
    return end - at;
}

void strbuf_drop(StrBuf *b)
{
    mem_free(b->p);
    *b = (StrBuf){0};
}

void strbuf_reserve(StrBuf *b, size_t n)
{
    if (b->cap - b->n > n)
        return;
    size_t cap = b->cap ? b->cap : 32;
    while (cap - b->n <= n) {
        if (cap > SIZE_MAX / 2)
            mem_fail();
        cap *= 2;
    }
    b->p = mem_realloc(b->p, cap);
    b->cap = cap;
}

void strbuf_add_int(StrBuf *b, int64_t v)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do
        digits[--at] = (char)('0' + u % 10);
    while (u /= 10);
    if (v < 0)
        digits[--at] = '-';
    strbuf_add(b, digits + at, sizeof digits - at);
}

void strbuf_add_fixed(StrBuf *b, double v, int decimals)
{
    static const double power[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    double scaled = v * power[decimals];
    if (!(fabs(scaled) < 9e15))
        scaled = 0;
    int64_t t = llround(scaled);
    if (t < 0) {
        strbuf_add_char(b, '-');
        t = -t;
    }
    int64_t unit = (int64_t)power[decimals], fraction = t % unit;
    strbuf_add_int(b, t / unit);
    if (!fraction)
        return;
    char digits[6] = {0};
    int n = decimals;
    for (int i = decimals; i-- > 0; fraction /= 10)
        digits[i] = (char)('0' + fraction % 10);
    while (digits[n - 1] == '0')
        n--;
    strbuf_add_char(b, '.');
    strbuf_add(b, digits, (size_t)n);
}

void strbuf_vaddf(StrBuf *b, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    size_t room = b->cap - b->n;
    int n = vsnprintf(room ? b->p + b->n : NULL, room, format, args);
    if (n > 0 && (size_t)n >= room) {
        strbuf_reserve(b, (size_t)n);
        vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
    }
    b->n += n > 0 ? (size_t)n : 0;
    va_end(again);
}

void strbuf_addf(StrBuf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    strbuf_vaddf(b, format, args);
    va_end(args);
}
