#include <stdlib.h>

#include "base/encoding.h"
#include "base/utf8.h"
#include "tagged/internal.h"

/* ---- CMaps: what codes are (ISO 32000-1, 9.7.5), and what they mean (9.10.3) ---------------------- */

/* In bytes. */
enum { LONGEST_CODE = 4 };

typedef struct {
    CodeMap *map;
    Arena *arena;
    Tokens tokens;
} Reader;

static bool parse_code(Str s, uint32_t *code, unsigned *bytes)
{
    *code = 0;
    *bytes = (unsigned)s.n;
    for (size_t i = 0; i < s.n; i++)
        *code = *code << 8 | (unsigned char)s.p[i];
    return s.n >= 1 && s.n <= LONGEST_CODE;
}

/* UTF-16BE: all but the last character as text, the last by itself. First halves of
 * surrogate pairs without the second mean nothing. */
static void read_target(Arena *arena, Str s, CodeRange *range)
{
    StrBuf text = {0};
    range->last = 0;
    for (size_t at = 0; at + 1 < s.n;) {
        uint32_t c = encoding_utf16(s, &at, false);
        if (c >= 0xD800 && c < 0xDC00)
            continue;
        if (range->last)
            strbuf_add_utf8(&text, range->last);
        range->last = c >= 0xDC00 && c < 0xE000 ? UTF8_REPLACEMENT : c;
    }
    range->text = arena_str(arena, strbuf_str(&text));
    strbuf_drop(&text);
}

/* The next two codes of equal length; false at the end of a list. */
static bool read_span(Reader *r, bool single, CodeRange *range)
{
    unsigned bytes;
    Token token = token_next(&r->tokens);
    *range = (CodeRange){.text = {"", 0}};
    if (token.kind != TOKEN_STRING || !parse_code(token.text, &range->low, &range->bytes))
        return false;
    range->high = range->low;
    if (single)
        return true;
    token = token_next(&r->tokens);
    return token.kind == TOKEN_STRING && parse_code(token.text, &range->high, &bytes) &&
           bytes == range->bytes;
}

static void read_spaces(Reader *r)
{
    CodeRange range;
    while (read_span(r, false, &range))
        array_push(&r->map->spaces, (CodeSpace){range.low, range.high, range.bytes});
}

/* A target for each code. */
static void read_targets(Reader *r, CodeRange range)
{
    uint32_t last = range.high;
    for (Token token; (token = token_next(&r->tokens)).kind == TOKEN_STRING; range.low++) {
        range.high = range.low;
        read_target(r->arena, token.text, &range);
        if (range.low <= last)
            array_push(&r->map->ranges, range);
    }
}

static void read_texts(Reader *r, bool single)
{
    CodeRange range;
    while (read_span(r, single, &range)) {
        Token token = token_next(&r->tokens);
        if (token.kind == TOKEN_OPEN) {
            read_targets(r, range);
        } else if (token.kind == TOKEN_STRING) {
            read_target(r->arena, token.text, &range);
            array_push(&r->map->ranges, range);
        } else if (token.kind != TOKEN_NAME) {
            return;
        }
    }
}

static void read_cids(Reader *r, bool single)
{
    CodeRange range;
    while (read_span(r, single, &range)) {
        Token token = token_next(&r->tokens);
        if (token.kind != TOKEN_NUMBER)
            return;
        range.cid = token.number >= 0 && token.number < 1e6 ? (uint32_t)token.number : 0;
        array_push(&r->map->ranges, range);
    }
}

static int by_code(const void *pa, const void *pb)
{
    const CodeRange *a = pa, *b = pb;
    if (a->bytes != b->bytes)
        return a->bytes < b->bytes ? -1 : 1;
    return a->low != b->low ? (a->low < b->low ? -1 : 1)
                            : (a->high > b->high) - (a->high < b->high);
}

void codes_read(CodeMap *map, Arena *arena, Str source)
{
    Reader r = {map, arena, {.source = source}};
    for (Token token; (token = token_next(&r.tokens)).kind != TOKEN_END;) {
        if (token.kind != TOKEN_WORD)
            continue;
        if (str_equal(token.text, STR("begincodespacerange")))
            read_spaces(&r);
        else if (str_equal(token.text, STR("beginbfchar")))
            read_texts(&r, true);
        else if (str_equal(token.text, STR("beginbfrange")))
            read_texts(&r, false);
        else if (str_equal(token.text, STR("begincidchar")))
            read_cids(&r, true);
        else if (str_equal(token.text, STR("begincidrange")))
            read_cids(&r, false);
    }
    strbuf_drop(&r.tokens.text);
    if (map->ranges.n)
        qsort(map->ranges.at, map->ranges.n, sizeof *map->ranges.at, by_code);
}

void codes_drop(CodeMap *map)
{
    array_drop(&map->ranges);
    array_drop(&map->spaces);
}

const CodeRange *codes_find(const CodeMap *map, uint32_t code, unsigned bytes)
{
    size_t from = 0, to = map->ranges.n;
    while (from < to) {
        size_t middle = (from + to) / 2;
        const CodeRange *r = &map->ranges.at[middle];
        if (r->bytes < bytes || (r->bytes == bytes && r->low <= code))
            from = middle + 1;
        else
            to = middle;
    }
    const CodeRange *r = from ? &map->ranges.at[from - 1] : NULL;
    return r && r->bytes == bytes && code <= r->high ? r : NULL;
}

unsigned codes_first(const CodeMap *map, Str s, unsigned otherwise)
{
    uint32_t code = 0;
    for (unsigned bytes = 1; bytes <= LONGEST_CODE && bytes <= s.n; bytes++) {
        code = code << 8 | (unsigned char)s.p[bytes - 1];
        for (size_t i = 0; i < map->spaces.n; i++) {
            const CodeSpace *space = &map->spaces.at[i];
            if (space->bytes == bytes && code >= space->low && code <= space->high)
                return bytes;
        }
    }
    return otherwise <= s.n ? otherwise : (unsigned)s.n;
}
