/* Setting type by itself: words and paragraphs a second, with the stores empty and full. Usage:
 * micro REPORT.md HYPHENATION.dat; whatever stands between empty lines and is long enough is a paragraph. Run in the project's folder. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "base/file.h"
#include "base/mem.h"
#include "text/shape.h"
#include "text/text.h"

#define MEASURE 358.6F /* points, of the house's text column */
enum { MOST_PLACES = 160, LONG_ENOUGH = 120, LARGEST = 1 << 28, TIMES = 3 };

typedef ARRAY(Str) Strs;

typedef struct {
    StrBuf file;
    Strs paragraphs, words;
    Fonts *fonts;
    const Font *font;
    HyphenData *data;
    Hyphenation *hyphenation;
} Bench;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void fail(const char *what)
{
    fprintf(stderr, "micro: %s\n", what);
    exit(1);
}

static void cut(Strs *out, Str text, char at, size_t least)
{
    while (text.n) {
        size_t n = str_find(text, at);
        if (n >= least)
            array_push(out, str_cut(text, 0, n));
        text = str_cut(text, n < text.n ? n + 1 : n, text.n);
    }
}

/* Line ends within a paragraph are spaces. */
static void join_lines(StrBuf *text)
{
    for (size_t i = 1; i + 1 < text->n; i++)
        if (text->p[i] == '\n' && text->p[i - 1] != '\n' && text->p[i + 1] != '\n')
            text->p[i] = ' ';
}

static void begin(Bench *b, const char *path, const char *data)
{
    const char *folders[] = {NULL}, *why = "";
    if (file_read(path, LARGEST, &b->file))
        fail("can't read the text");
    join_lines(&b->file);
    cut(&b->paragraphs, strbuf_str(&b->file), '\n', LONG_ENOUGH);
    for (size_t i = 0; i < b->paragraphs.n; i++)
        cut(&b->words, b->paragraphs.at[i], ' ', 1);
    char *conf = realpath("fonts/fonts.conf", NULL),
         *more = realpath("fonts/more-fonts.conf", NULL);
    if (!conf || !more)
        fail("run it in the project's folder");
    b->fonts = fonts_new(conf, more, folders);
    b->font = fonts_get(b->fonts, STR("Open Sans"), 400, false, &why);
    if (!b->font)
        fail(why);
    free(conf);
    free(more);
    b->data = hyphen_data_open(data);
    if (!b->data)
        fail("can't read the hyphenation");
    b->hyphenation = hyphenation_new(b->data);
}

static void report(const char *what, double seconds, size_t words, size_t paragraphs)
{
    printf("%-52s %9.1f ms %12.0f words/s", what, seconds * 1e3, (double)words / seconds);
    if (paragraphs)
        printf(" %10.0f paragraphs/s", (double)paragraphs / seconds);
    putchar('\n');
}

static double shape_all(const Bench *b, Shaper *shaper)
{
    ShapeStyle style = {.font = b->font,
                        .script = HB_SCRIPT_LATIN,
                        .language = hb_language_from_string("da", -1),
                        .scale = 1};
    double start = now();
    for (size_t i = 0; i < b->words.n; i++)
        shape_word(shaper, &style, b->words.at[i]);
    return now() - start;
}

static void bench_shaping(const Bench *b)
{
    double cold = 1e9, warm = 1e9;
    for (int k = 0; k < TIMES; k++) {
        Arena kept = {0};
        Shaper shaper = {words_new(), hb_buffer_create(), &kept};
        double first = shape_all(b, &shaper), second = shape_all(b, &shaper);
        cold = first < cold ? first : cold;
        warm = second < warm ? second : warm;
        hb_buffer_destroy(shaper.buffer);
        words_drop(shaper.words);
        arena_drop(&kept);
    }
    report("shaping, no word shaped before", cold, b->words.n, 0);
    report("shaping, every word shaped before", warm, b->words.n, 0);
}

static void bench_hyphenation(const Bench *b)
{
    double best = 1e9;
    for (int k = 0; k < TIMES; k++) {
        HyphenBreak at[MOST_PLACES];
        double start = now();
        for (size_t i = 0; i < b->words.n; i++)
            hyphenate(b->hyphenation, STR("da"), b->words.at[i], at, MOST_PLACES);
        double t = now() - start;
        best = t < best ? t : best;
    }
    report("hyphenation, every word anew", best, b->words.n, 0);
}

/* All paragraphs at a measure that differs a little, so that none is found as it was. */
static double set_all(const Bench *b, Text *text, TextAlign align, bool divide, float measure)
{
    double start = now();
    for (size_t i = 0; i < b->paragraphs.n; i++) {
        TextRun run = {.text = b->paragraphs.at[i],
                       .font = b->font,
                       .language = STR("da-DK"),
                       .size = 10.5F,
                       .hyphenate = divide};
        TextRequest request = {.run = &run,
                               .runs = 1,
                               .measure = measure,
                               .align = align,
                               .hyphenation = divide ? b->hyphenation : NULL};
        text_paragraph(text, 0, &request);
    }
    return now() - start;
}

static void bench_paragraphs(const Bench *b, TextAlign align, bool divide, const char *name)
{
    double time[3] = {1e9, 1e9, 1e9};
    static const char *const state[] = {"stores empty", "words shaped before", "set before"};
    for (int k = 0; k < TIMES; k++) {
        Text *text = text_new(b->fonts, 1);
        const float measure[] = {MEASURE, MEASURE - 0.1F, MEASURE};
        for (int s = 0; s < 3; s++) {
            double t = set_all(b, text, align, divide, measure[s]);
            time[s] = t < time[s] ? t : time[s];
        }
        text_drop(text);
    }
    for (int s = 0; s < 3; s++) {
        char what[80];
        snprintf(what, sizeof what, "%s, %s", name, state[s]);
        report(what, time[s], b->words.n, b->paragraphs.n);
    }
}

int main(int count, char **argument)
{
    Bench b = {.fonts = NULL};
    if (count != 3)
        fail("usage: micro REPORT.md HYPHENATION.dat");
    begin(&b, argument[1], argument[2]);
    printf("%zu words in %zu paragraphs, one thread, best of %d\n", b.words.n, b.paragraphs.n,
           TIMES);
    bench_shaping(&b);
    bench_hyphenation(&b);
    bench_paragraphs(&b, TEXT_LEFT, false, "ragged");
    bench_paragraphs(&b, TEXT_LEFT, true, "ragged, divided");
    bench_paragraphs(&b, TEXT_JUSTIFY, true, "justified, divided");
    hyphenation_drop(b.hyphenation);
    hyphen_data_drop(b.data);
    fonts_drop(b.fonts);
    array_drop(&b.paragraphs);
    array_drop(&b.words);
    strbuf_drop(&b.file);
    return 0;
}
