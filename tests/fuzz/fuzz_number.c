/* Numbers, dates and quantities: whatever is read is printed so that it is read as the same again, and what
 * is found in running text lies within it, in order. */
#include <string.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "language/date.h"
#include "language/nobreak.h"
#include "language/quantity.h"

static void print(StrBuf *out, const Terms *terms, const Quantity *q)
{
    quantity_print_with_unit(out, terms, q, (Str){"", 0});
}

static void check_value(Arena *arena, const Terms *terms, Str text)
{
    StrBuf once = {0}, twice = {0}, tied = {0};
    Quantity q = quantity_read(arena, terms, text);
    print(&once, terms, &q);
    Quantity again = quantity_read(arena, terms, strbuf_str(&once));
    print(&twice, terms, &again);
    bool words = q.kind == QUANTITY_WORDS;
    MUST_HOLD(words || quantity_equal(&q, &again), "'%.*s' is another quantity", (int)once.n,
              once.p);
    MUST_HOLD(!words || again.kind == QUANTITY_WORDS, "'%.*s' is in words no more", (int)once.n,
              once.p);
    MUST_HOLD(str_equal(strbuf_str(&once), strbuf_str(&twice)), "'%.*s' and '%.*s' differ",
              (int)once.n, once.p, (int)twice.n, twice.p);
    Decimal low, high;
    if (quantity_bounds(terms, &q, &low, &high))
        MUST_HOLD((q.doubtful == DOUBT_INTERVAL) == (decimal_compare(high, low) < 0),
                  "an interval falls undoubted, or is doubted and doesn't");
    nobreak_add(&tied, terms, text);
    strbuf_drop(&once);
    strbuf_drop(&twice);
    strbuf_drop(&tied);
}

static void check_prose(Arena *arena, const Terms *terms, Str text)
{
    QuantityFound f;
    for (size_t at = 0; quantity_find(arena, terms, text, at, &f); at = f.to) {
        MUST_HOLD(f.from >= at && f.to > f.from && f.to <= text.n,
                  "a quantity lies outside of its text");
        MUST_HOLD(f.quantity.kind != QUANTITY_WORDS, "a quantity in words was found");
    }
    for (size_t at = 0; quantity_find_doubtful(arena, terms, text, at, &f); at = f.to) {
        MUST_HOLD(f.from >= at && f.to > f.from && f.to <= text.n,
                  "a doubtful number lies outside of its text");
        MUST_HOLD(f.quantity.doubtful, "a number that isn't doubtful was found as such");
    }
    DateFound d;
    for (size_t at = 0; date_find(terms, text, at, &d); at = d.to) {
        MUST_HOLD(d.from >= at && d.to > d.from && d.to <= text.n,
                  "a date lies outside of its text");
        MUST_HOLD(d.date.month >= 1 && d.date.month <= 12 && d.second.month <= 12,
                  "a date has no month");
        if (!d.impossible && d.date.year)
            MUST_HOLD(date_weekday(d.date) >= 1 && date_weekday(d.date) <= 7,
                      "a date has no weekday");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    Str text = {(const char *)data, n};
    if (!n || utf8_invalid(text) < n)
        return 0; /* readers let nothing else through */
    Arena arena = {0};
    for (int i = 0; i < 2; i++) {
        const Terms *terms = fuzz_terms(i ? "en" : "da");
        check_value(&arena, terms, text);
        check_prose(&arena, terms, text);
    }
    arena_drop(&arena);
    return 0;
}
