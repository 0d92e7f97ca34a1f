#include <string.h>

#include "base/diag.h"
#include "base/utf8.h"

enum { LONGEST = 40 };

/* Small letters of a word; false when it is longer than any that is compared. */
static bool letters_of(Str s, uint32_t *out, size_t *n)
{
    *n = 0;
    for (size_t at = 0; at < s.n;) {
        if (*n == LONGEST)
            return false;
        out[(*n)++] = utf8_lower(utf8_next(s, &at));
    }
    return true;
}

/* How many letters were left out, put in, changed, or changed places with their neighbour (optimal
 * string alignment; F. Damerau, 1964). */
static size_t distance(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    size_t rows[3][LONGEST + 1];
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = above[j - 1] + (a[i - 1] != b[j - 1]);
            best = above[j] + 1 < best ? above[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
    }
    return rows[n % 3][m];
}

const char *diag_nearest(Str word, const char *const *candidates, size_t n)
{
    uint32_t a[LONGEST], b[LONGEST];
    size_t letters, others;
    const char *best = NULL;
    if (!letters_of(word, a, &letters))
        return NULL;
    /* beyond a third of its letters, or half of a short word, the guess confuses more than it helps */
    size_t least = letters / 3 + 2 < (letters + 1) / 2 ? letters / 3 + 2 : (letters + 1) / 2;
    for (size_t i = 0; i < n; i++) {
        if (!letters_of(str_from(candidates[i]), b, &others))
            continue;
        size_t d = distance(a, letters, b, others);
        if (d < least) {
            least = d;
            best = candidates[i];
        }
    }
    return best;
}

bool diag_hint_nearest(Diags *d, Str word, const char *const *candidates, size_t n)
{
    const char *nearest = diag_nearest(word, candidates, n);
    if (nearest)
        diag_hint(d, "did you mean '%s'?", nearest);
    return nearest != NULL;
}
