#include "text/bidi.h"

#include <string.h>
#include <unicode/ubidi.h>

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

uint8_t bidi_levels(Str text, uint8_t *levels)
{
    UErrorCode code = U_ZERO_ERROR;
    UChar *wide = mem_array(text.n + 1, sizeof *wide);
    size_t *from = mem_array(text.n + 1, sizeof *from);
    int32_t n = 0;
    for (size_t i = 0; i < text.n;) {
        size_t at = i;
        uint32_t c = utf8_next(text, &i);
        from[n] = at;
        if (c >= 0x10000) {
            wide[n++] = (UChar)(0xD800 + ((c - 0x10000) >> 10));
            from[n] = at;
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        wide[n++] = (UChar)c;
    }
    from[n] = text.n;
    UBiDi *bidi = ubidi_openSized(n, 0, &code);
    require(code);
    ubidi_setPara(bidi, wide, n, UBIDI_DEFAULT_LTR, NULL, &code);
    const UBiDiLevel *found = ubidi_getLevels(bidi, &code);
    require(code);
    for (int32_t k = 0; k < n; k++)
        memset(levels + from[k], found[k], from[k + 1] - from[k]);
    uint8_t base = ubidi_getParaLevel(bidi);
    ubidi_close(bidi);
    mem_free(wide);
    mem_free(from);
    return base;
}

void bidi_order(const uint8_t *levels, uint32_t n, int32_t *order)
{
    ubidi_reorderVisual(levels, (int32_t)n, order);
}
