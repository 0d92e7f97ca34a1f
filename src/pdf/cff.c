#include "pdf/cff.h"

#include <stdbool.h>

/* A cursor that never leaves the font; `bad` once it would have. */
typedef struct {
    const unsigned char *p;
    size_t n, at;
    bool bad;
} Cursor;

static uint32_t take(Cursor *c, size_t bytes)
{
    uint32_t value = 0;
    if (bytes > c->n - c->at) {
        c->bad = true;
        return 0;
    }
    for (; bytes > 0; bytes--)
        value = value << 8 | c->p[c->at++];
    return value;
}

static void move_to(Cursor *c, size_t at)
{
    c->bad |= at > c->n;
    c->at = at > c->n ? c->n : at;
}

/* Steps over an INDEX (5); *first and *end are where its first object lies, *count how many it has. */
static void skip_index(Cursor *c, size_t *count, size_t *first, size_t *end)
{
    *count = take(c, 2);
    *first = *end = c->at;
    if (!*count)
        return;
    size_t size = take(c, 1);
    if (size < 1 || size > 4) {
        c->bad = true;
        return;
    }
    uint32_t second = 0, last = 0;
    for (size_t i = 0; i <= *count && !c->bad; i++) {
        last = take(c, size);
        second = i == 1 ? last : second;
    }
    size_t base = c->at - 1; /* offsets count from 1 */
    *first = base + 1;
    *end = base + second;
    move_to(c, base + last);
}

/* What of the Top DICT (9) matters here. */
typedef struct {
    bool cid_keyed;
    size_t charset, char_strings;
} Top;

/* An operand of a DICT (4), for one that is an integer. */
static int32_t operand(Cursor *c, uint32_t b)
{
    if (b == 28)
        return (int16_t)take(c, 2);
    if (b == 29)
        return (int32_t)take(c, 4);
    if (b >= 32 && b <= 246)
        return (int32_t)b - 139;
    if (b >= 247 && b <= 250)
        return ((int32_t)b - 247) * 256 + (int32_t)take(c, 1) + 108;
    if (b >= 251 && b <= 254)
        return -((int32_t)b - 251) * 256 - (int32_t)take(c, 1) - 108;
    if (b == 30) /* a real number: nibbles up to one that is 15 */
        while (!c->bad && (b & 15) != 15 && b >> 4 != 15)
            b = take(c, 1);
    return 0;
}

static Top read_top(Cursor *c, size_t end)
{
    enum { CHARSET = 15, CHAR_STRINGS = 17, ESCAPE = 12, ROS = 30 };
    Top top = {0};
    int32_t last = 0;
    while (!c->bad && c->at < end) {
        uint32_t b = take(c, 1);
        if (b > 21) {
            last = operand(c, b);
            continue;
        }
        if (b == ESCAPE)
            top.cid_keyed |= take(c, 1) == ROS;
        else if (b == CHARSET)
            top.charset = last < 0 ? c->n : (size_t)last;
        else if (b == CHAR_STRINGS)
            top.char_strings = last < 0 ? c->n : (size_t)last;
    }
    return top;
}

/* Charsets of all three formats (13); glyph 0 is in none of them. */
static void read_charset(Cursor *c, uint16_t *cid, size_t glyphs)
{
    uint32_t format = take(c, 1);
    c->bad |= format > 2;
    for (size_t glyph = 1; glyph < glyphs && !c->bad;) {
        uint32_t first = take(c, 2), left = format ? take(c, format) : 0;
        for (uint32_t i = 0; i <= left && glyph < glyphs; i++)
            cid[glyph++] = (uint16_t)(first + i);
    }
}

size_t cff_cids(const void *cff, size_t n, uint16_t *cid, size_t room)
{
    Cursor c = {.p = cff, .n = n};
    size_t count, first, end;
    move_to(&c, 2);
    move_to(&c, take(&c, 1)); /* the header's size */
    skip_index(&c, &count, &first, &end);
    skip_index(&c, &count, &first, &end);
    if (c.bad || !count || end > n)
        return 0;
    c.at = first;
    Top top = read_top(&c, end);
    move_to(&c, top.char_strings);
    size_t glyphs = take(&c, 2);
    if (c.bad || !top.char_strings || glyphs > room)
        return 0;
    for (size_t i = 0; i < glyphs; i++)
        cid[i] = (uint16_t)i;
    if (top.cid_keyed && top.charset > 2) { /* 0 to 2 are charsets of Adobe's own */
        move_to(&c, top.charset);
        read_charset(&c, cid, glyphs);
    }
    return c.bad ? 0 : glyphs;
}
