/* Runs, shaping and paragraphs: whatever the text, the lines say all of it in order, follow each other, and
 * none is wider than the measure unless a single letter is. The first bytes choose how it is set. */
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "text/text.h"

enum { OPTIONS = 6, MOST_RUNS = 4 };

/* Opened once and never closed. */
typedef struct {
    Fonts *fonts;
    const Font *font[3];
    FontsFallback fallback;
    Hyphenation *hyphenation; /* NULL where the program's data isn't built */
} Kit;

static const Kit *kit(void)
{
    static Kit k;
    const char *folders[] = {NULL}, *why;
    if (k.fonts)
        return &k;
    char *conf = realpath("fonts/fonts.conf", NULL);
    char *more = realpath("fonts/more-fonts.conf", NULL);
    MUST_HOLD(conf && more, "run from the project's folder");
    const Str families[] = {STR("Noto Sans"), STR("DejaVu Sans")};
    k.fonts = fonts_new(conf, more, folders);
    k.font[0] = fonts_get(k.fonts, STR("Open Sans"), 400, false, &why);
    k.font[1] = fonts_get(k.fonts, STR("Open Sans"), 700, true, &why);
    k.font[2] = fonts_get(k.fonts, STR("Vollkorn"), 400, false, &why);
    MUST_HOLD(k.font[0] && k.font[1] && k.font[2], "the fonts of the house are missing");
    k.fallback = fonts_fallback_list(k.fonts, families, 2);
    HyphenData *data = hyphen_data_open("build/hyphenation.dat");
    k.hyphenation = data ? hyphenation_new(data) : NULL;
    free(conf);
    free(more);
    return &k;
}

/* Cuts the text into runs of different fonts and languages, at places that `seed` chooses. */
static size_t cut_runs(const Kit *k, Str text, uint8_t seed, TextRun *run)
{
    size_t n = 1 + seed % MOST_RUNS, from = 0;
    for (size_t i = 0; i < n; i++) {
        size_t to = i + 1 == n ? text.n : text.n * (i + 1) / n;
        while (to < text.n && ((unsigned char)text.p[to] & 0xC0) == 0x80)
            to++;
        to = to < from ? from : to;
        run[i] = (TextRun){.text = str_cut(text, from, to),
                           .font = k->font[(seed + i) % 3],
                           .language = (seed >> i & 1) != 0 ? STR("en") : STR("da-DK"),
                           .size = 8 + (float)((seed + 3 * i) % 9),
                           .features = (uint8_t)(seed & 31),
                           .hyphenate = (seed & 2) != 0};
        from = to;
    }
    return n;
}

/* Blanks, ends of lines and what shows only where a line ends. */
static bool is_said(uint32_t c)
{
    return c != ' ' && c != 0xAD && c != 0x200B && c != 0x85 && c != 0x2028 && c != 0x2029 &&
           !(c >= '\t' && c <= '\r');
}

static void add_said(StrBuf *out, Str text)
{
    for (size_t i = 0; i < text.n;) {
        size_t at = i;
        if (is_said(utf8_next(text, &i)))
            strbuf_add(out, text.p + at, i - at);
    }
}

static void check_text(const Text *text, const GlyphPara *p, const TextRequest *q)
{
    StrBuf have = {0}, want = {0};
    for (uint32_t i = 0; i < p->pieces; i++)
        add_said(&have, words_at(text_words(text), p->piece[i])->text);
    for (size_t i = 0; i < q->runs; i++)
        add_said(&want, q->run[i].text);
    MUST_HOLD(str_equal(strbuf_str(&have), strbuf_str(&want)), "'%.*s' became '%.*s'", (int)want.n,
              want.p ? want.p : "", (int)have.n, have.p ? have.p : "");
    strbuf_drop(&have);
    strbuf_drop(&want);
}

static void check_lines(const GlyphPara *p, const TextRequest *q)
{
    const float most_hang = 20; /* of the largest type that is set here */
    for (uint32_t l = 0; l < p->lines; l++) {
        const GlyphLine *line = &p->line[l];
        MUST_HOLD(line->first == (l ? p->line[l - 1].end : 0) && line->end >= line->first,
                  "line %u doesn't go on where the one before ends", l);
        MUST_HOLD(isfinite(line->x) && isfinite(line->width) && isfinite(line->extra),
                  "line %u has no place", l);
        MUST_HOLD(fabsf(line->scale - 1) <= q->letters + 0.031F, "line %u is stretched too far", l);
        MUST_HOLD(line->width <= q->measure + (q->hang ? most_hang : 0.05F) ||
                      p->least > q->measure - q->indent - 0.05F,
                  "line %u is %f wide in %f", l, (double)line->width, (double)q->measure);
    }
    MUST_HOLD(!p->lines || p->line[p->lines - 1].end == p->pieces, "pieces are on no line");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    Str text = {(const char *)data + OPTIONS, n > OPTIONS ? n - OPTIONS : 0};
    if (!text.n || utf8_invalid(text) < text.n || memchr(text.p, 0, text.n))
        return 0; /* readers let nothing else through */
    const Kit *k = kit();
    TextRun run[MOST_RUNS];
    TextRequest request = {.run = run,
                           .runs = cut_runs(k, text, data[0], run),
                           .measure = 20 + (float)data[1] * 2,
                           .align = (TextAlign)(data[2] % 4),
                           .indent = (float)(data[3] % 15),
                           .letters = (float)(data[4] % 4) / 100,
                           .hang = (data[5] & 1) != 0,
                           .fallback = k->fallback,
                           .hyphenation = k->hyphenation};
    Text *set = text_new(k->fonts, 1);
    const GlyphPara *p = text_paragraph(set, 0, &request);
    check_text(set, p, &request);
    check_lines(p, &request);
    text_drop(set);
    return 0;
}
