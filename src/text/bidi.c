#include "text/bidi.h"

#include <string.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>

#include "base/mem.h"
#include "base/utf8.h"

bool bidi_needed(Str text)
{
    for (size_t i = 0; i < text.n;) {
        /* Hebrew, the first script that reads from the right, begins at U+0590: bytes D6 90. */
        if ((unsigned char)text.p[i] < 0xD6) {
            i++;
            continue;
        }
        uint32_t c = utf8_next(text, &i);
        if ((c >= 0x590 && c <= 0x8FF) || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
            (c >= 0x2066 && c <= 0x2069) || (c >= 0xFB1D && c <= 0xFEFC) ||
            (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF))
            return true;
    }
    return false;
}

static void require(UErrorCode code)
{
    if (U_FAILURE(code))
        mem_fail();
}

/* ---- composed texts ------------------------------------------------------------------------- */

enum { LONGEST_LANGUAGE = 64 };

static bool reads_from_right(Str language)
{
    char name[LONGEST_LANGUAGE + 1] = "";
    if (language.n > LONGEST_LANGUAGE)
        return false;
    memcpy(name, language.p, language.n);
    return uloc_isRightToLeft(name);
}

/* Whether any of its letters reads in that direction. */
static bool has_letter(Str text, bool right)
{
    for (size_t i = 0; i < text.n;) {
        UCharDirection is = u_charDirection((UChar32)utf8_next(text, &i));
        if (right ? is == U_RIGHT_TO_LEFT || is == U_RIGHT_TO_LEFT_ARABIC : is == U_LEFT_TO_RIGHT)
            return true;
    }
    return false;
}

/* ---- levels --------------------------------------------------------------------------------- */

/* The text as ICU has it, with the marks that part what is composed: no bytes of the text stand for those. */
typedef struct {
    UChar *unit;
    size_t *from; /* the byte of each unit */
    int32_t n;
} Wide;

enum { MARKS = 3 }; /* at the beginning and the end of a part, and between two */

static void add_unit(Wide *w, size_t at, uint32_t unit)
{
    w->from[w->n] = at;
    w->unit[w->n++] = (UChar)unit;
}

static void add_part(Wide *w, Str text, size_t start, size_t end)
{
    for (size_t i = start; i < end;) {
        size_t at = i;
        uint32_t c = utf8_next(text, &i);
        if (c >= 0x10000) {
            add_unit(w, at, 0xD800 + ((c - 0x10000) >> 10));
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        add_unit(w, at, c);
    }
}

/* Parts that read against the paragraph alone are isolates; the marks between them hold the others apart. */
static void add_parts(Wide *w, Str text, const BidiComposed *composed, bool right)
{
    enum { LRM = 0x200E, RLM = 0x200F, LRI = 0x2066, RLI = 0x2067, PDI = 0x2069 };
    size_t start = 0;
    for (size_t k = 0; k <= composed->parts; k++) {
        size_t end = k < composed->parts ? composed->part[k] : text.n;
        Str part = str_cut(text, start, end);
        bool against = has_letter(part, !right) && !has_letter(part, right);
        if (k)
            add_unit(w, start, right ? RLM : LRM);
        if (against)
            add_unit(w, start, right ? LRI : RLI);
        add_part(w, text, start, end);
        if (against)
            add_unit(w, end, PDI);
        start = end;
    }
}

static uint8_t find_levels(const Wide *w, UBiDiLevel base, uint8_t *levels)
{
    UErrorCode code = U_ZERO_ERROR;
    UBiDi *bidi = ubidi_openSized(w->n, 0, &code);
    require(code);
    ubidi_setPara(bidi, w->unit, w->n, base, NULL, &code);
    const UBiDiLevel *found = ubidi_getLevels(bidi, &code);
    require(code);
    for (int32_t k = 0; k < w->n; k++)
        memset(levels + w->from[k], found[k], w->from[k + 1] - w->from[k]);
    uint8_t level = ubidi_getParaLevel(bidi);
    ubidi_close(bidi);
    return level;
}

uint8_t bidi_levels(Str text, const BidiComposed *composed, uint8_t *levels)
{
    bool right = composed->language.n && reads_from_right(composed->language);
    bool as_language = composed->language.n && has_letter(text, right);
    size_t most = text.n + 1 + MARKS * (composed->parts + 1);
    Wide w = {.unit = mem_array(most, sizeof *w.unit), .from = mem_array(most, sizeof *w.from)};
    if (as_language)
        add_parts(&w, text, composed, right);
    else
        add_part(&w, text, 0, text.n);
    w.from[w.n] = text.n;
    uint8_t base = find_levels(&w, as_language ? right : UBIDI_DEFAULT_LTR, levels);
    mem_free(w.unit);
    mem_free(w.from);
    return base;
}

void bidi_order(const uint8_t *levels, uint32_t n, int32_t *order)
{
    ubidi_reorderVisual(levels, (int32_t)n, order);
}
