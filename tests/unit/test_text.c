/* Setting type: breaks against ICU and against every way to break, paragraphs as pure functions. */
#include <check.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/breaks.h"
#include "text/linebreak.h"
#include "text/text.h"

#include "folder_support.h"
#include "page_support.h"
#include "suites.h"

/* ---- where lines may break ------------------------------------------------------------------ */

static const char *const pieces[] = {
    "a", "b", "k", "\xC3\xB8", "\xC3\x85", "1", "2", "0", " ", " ", " ", "  ", ".", ",", ":", ";",
    "!", "?", "(", ")", "\"", "'", "\xE2\x80\x99", "\xE2\x80\x9C", "\xC2\xBB", "\xC2\xAB", "-",
    "\xE2\x80\x93", "\xC2\xA0", "\xC2\xA7", "&", "*", "=", "#", "@", "_", "\xC2\xBD",
    /* beyond the quick rules */
    "%", "/", "$", "\xC2\xA3", "\xE2\x82\xAC", "\xE2\x80\xA6", "\xE2\x80\x94", "[", "]",
    "\xE4\xB8\xAD", "\xD7\xA9", "\xD8\xB3", "\xF0\x9F\x8C\xB3", "\xE2\x80\x8B", "\xC3\x97",
    "\xE2\x81\xA0", "\\", "~"};

enum { COMMON = 37, PIECES = sizeof pieces / sizeof *pieces };

static void check_breaks(Breaks *quick, Breaks *icu, const StrBuf *text)
{
    uint8_t found[400], expected[400];
    Str s = strbuf_str(text);
    memset(found, 7, sizeof found);
    memset(expected, 7, sizeof expected);
    breaks_find(quick, s, found);
    breaks_find_icu(icu, s, expected);
    for (size_t i = 1; i < s.n; i++)
        MUST_SAY(found[i] == expected[i], "'%s': a break before byte %zu: %d", text->p, i,
                 found[i]);
    MUST(found[s.n] == 7);
}

START_TEST(breaks_are_those_of_unicode)
{
    Breaks *quick = breaks_new(), *icu = breaks_new();
    Random random = {21};
    StrBuf text = {0};
    for (int i = 0; i < 60000; i++) {
        strbuf_clear(&text);
        uint32_t most = random_once_in(&random, 3) ? PIECES : COMMON;
        for (uint32_t n = 1 + random_below(&random, 24); n > 0; n--)
            strbuf_add_text(&text, pieces[random_below(&random, most)]);
        check_breaks(quick, icu, &text);
    }
    strbuf_drop(&text);
    breaks_drop(quick);
    breaks_drop(icu);
}
END_TEST

/* ---- which breaks are chosen ---------------------------------------------------------------- */

enum { MOST_POINTS = 14 };

typedef struct {
    BreakPoint point[MOST_POINTS];
    size_t n;
    BreakStyle style;
} Problem;

/* Words of random widths; some may be hyphenated, some lines must end. */
static BreakPoint random_point(Random *random, double *x, uint32_t *spaces, double space, bool last)
{
    *x += 2 + random_below(random, random_once_in(random, 12) ? 120 : 25);
    BreakPoint b = {.to = *x, .spaces = *spaces, .forced = last};
    if (!last && random_once_in(random, 4)) {
        b.hyphen = 2;
    } else {
        *x += space;
        ++*spaces;
        b.forced = last || random_once_in(random, 15);
        b.dash = random_once_in(random, 8);
    }
    b.from = *x;
    b.next_spaces = *spaces;
    b.hang = random_once_in(random, 5) ? 1.5 : 0;
    b.rest = random_once_in(random, 3) ? (BreakRest)random_below(random, RESTS) : REST_TEXT;
    b.cost = random_once_in(random, 6) ? random_below(random, 5000) : 0;
    if (random_once_in(random, 20))
        b.cost = 1e8;
    return b;
}

static Problem make_problem(Random *random)
{
    Problem p = {.n = 1 + random_below(random, MOST_POINTS)};
    p.style = (BreakStyle){.measure = 30 + random_below(random, 60),
                           .space = 3,
                           .fill = (BreakFill)random_below(random, 3),
                           .letters = random_once_in(random, 2) ? 0.02 : 0,
                           .indent = random_once_in(random, 2) ? 8 : 0};
    double x = 0;
    uint32_t spaces = 0;
    for (size_t i = 0; i < p.n; i++)
        p.point[i] = random_point(random, &x, &spaces, p.style.space, i + 1 == p.n);
    return p;
}

/* The demerits of a set of breaks: bit i breaks at point i. */
static double demerits_of(const Problem *p, uint32_t set)
{
    uint32_t chosen[MOST_POINTS];
    size_t lines = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        bool taken = i + 1 == p->n || set & 1U << i;
        if (p->point[i].forced && !taken)
            return BREAK_IMPOSSIBLE;
        if (taken)
            chosen[lines++] = i;
    }
    return break_demerits(p->point, p->n, &p->style, chosen, lines);
}

static double least_demerits(const Problem *p)
{
    double best = BREAK_IMPOSSIBLE;
    for (uint32_t set = 0; set < 1U << (p->n - 1); set++)
        best = fmin(best, demerits_of(p, set));
    return best;
}

START_TEST(no_way_to_break_is_better)
{
    Random random = {22};
    size_t possible = 0;
    while (possible < 10000) {
        Problem p = make_problem(&random);
        uint32_t chosen[MOST_POINTS];
        size_t lines = break_lines(p.point, p.n, &p.style, NULL, chosen);
        MUST(p.n >= 1 && lines >= 1 && chosen[lines - 1] == p.n - 1);
        for (size_t k = 1; k < lines; k++)
            MUST(chosen[k] > chosen[k - 1]);
        double best = least_demerits(&p);
        if (best >= BREAK_IMPOSSIBLE)
            continue; /* some line is overfull whatever is done */
        double ours = break_demerits(p.point, p.n, &p.style, chosen, lines);
        possible++;
        MUST_SAY(ours <= best * (1 + 1e-9), "paragraph %zu: %f, not %f", possible, ours, best);
    }
}
END_TEST

START_TEST(forced_breaks_are_kept_whatever_fits)
{
    Random random = {23};
    for (int i = 0; i < 20000; i++) {
        Problem p = make_problem(&random);
        uint32_t chosen[MOST_POINTS];
        size_t lines = break_lines(p.point, p.n, &p.style, NULL, chosen), at = 0;
        for (size_t k = 0; k < p.n; k++) {
            while (at < lines && chosen[at] < k)
                at++;
            MUST(!p.point[k].forced || (at < lines && chosen[at] == k));
        }
    }
}
END_TEST

/* ---- paragraphs ----------------------------------------------------------------------------- */

static Kit kit;
static Layout *layout;
static const Font *fonts[3];

static void begin(void)
{
    kit_open(&kit, 8);
    layout = kit_layout(&kit, "committee-pack");
    fonts[0] = kit_font(&kit, layout, STYLE_body);
    fonts[1] = kit_font(&kit, layout, STYLE_h1);
    fonts[2] = kit_font(&kit, layout, STYLE_kicker);
}

static void end(void)
{
    layout_drop(layout);
    kit_close(&kit);
}

enum { MOST_RUNS = 4 };

typedef struct {
    StrBuf text[MOST_RUNS];
    TextRun run[MOST_RUNS];
    TextRequest request;
} Sample;

static const char *const words[] = {
    "og", "kommunen", "Socialudvalget", "virksomheder", "\xC3\xB8", "\xC3\x85rhus", "12.500",
    "pct.", "partner\xC2\xADvolds\xC2\xADindsats", "London", "(2012)", "\xE2\x80\x93", "fi",
    "AVATAR", "To", "l\xC3\xA6", "cafe\xCC\x81",
    "Speciall\xC3\xA6gepraksisplanl\xC3\xA6gningsstabiliseringsperiode",
    /* beyond one script */
    "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", "\xCE\xBA\xCF\x8C\xCF\x83\xCE\xBC\xCE\xB5",
    "\xD0\xBC\xD0\xB8\xD1\x80", "\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7", "\n"};

enum { PLAIN = 18, WORDS = sizeof words / sizeof *words };

static void sample_make(Sample *s, Random *random, TextAlign align)
{
    size_t runs = 1 + random_below(random, MOST_RUNS);
    uint32_t most = random_once_in(random, 4) ? WORDS : PLAIN;
    memset(s, 0, sizeof *s);
    for (size_t r = 0; r < runs; r++) {
        for (uint32_t n = 1 + random_below(random, 30); n > 0; n--) {
            strbuf_add_text(&s->text[r], words[random_below(random, most)]);
            if (!random_once_in(random, 25))
                strbuf_add_char(&s->text[r], ' ');
        }
        s->run[r] = (TextRun){.text = strbuf_str(&s->text[r]),
                              .font = fonts[random_below(random, 3)],
                              .language = random_once_in(random, 5) ? STR("en") : STR("da-DK"),
                              .size = 8 + (float)random_below(random, 8)};
        if (random_once_in(random, 8)) {
            s->run[r].text = STR(TEXT_OBJECT);
            s->run[r].object = 1 + (float)random_below(random, 100);
        }
    }
    s->request = (TextRequest){.run = s->run,
                               .runs = runs,
                               .measure = 40 + (float)random_below(random, 400),
                               .align = align,
                               .fallback = kit.fallback};
}

static void sample_drop(Sample *s)
{
    for (size_t r = 0; r < MOST_RUNS; r++)
        strbuf_drop(&s->text[r]);
}

/* All that shows of a paragraph, words by what they say. */
static void describe(Text *text, const GlyphPara *p, StrBuf *out)
{
    strbuf_clear(out);
    for (uint32_t l = 0; l < p->lines; l++) {
        const GlyphLine *line = &p->line[l];
        strbuf_addf(out, "line %u-%u %u ", line->first, line->end, line->flags);
        strbuf_add_fixed(out, line->x, 4);
        strbuf_add_char(out, ' ');
        strbuf_add_fixed(out, line->width, 4);
        strbuf_add_char(out, ' ');
        strbuf_add_fixed(out, line->extra, 6);
        strbuf_add_char(out, '\n');
    }
    for (uint32_t r = 0; r < p->runs; r++)
        strbuf_addf(out, "run %u %u\n", p->run[r].first, p->run[r].source);
    for (uint32_t i = 0; i < p->pieces; i++) {
        const GlyphWord *w = words_at(text_words(text), p->piece[i]);
        strbuf_addf(out, "%s %d %u '%.*s'\n", w->face->name, w->width, w->flags, (int)w->text.n,
                    w->text.p);
    }
}

typedef struct {
    Sample *sample;
    size_t n;
    const GlyphPara **found;
} Setting;

static void set_one(void *context, size_t i, unsigned worker)
{
    Setting *s = context;
    s->found[i] = text_paragraph(kit.text, worker, &s->sample[i % s->n].request);
}

START_TEST(a_paragraph_is_a_pure_function)
{
    enum { SAMPLES = 120, TIMES = 6 };
    Sample *sample = mem_array(SAMPLES, sizeof *sample);
    const GlyphPara **found = mem_zalloc(SAMPLES * TIMES * sizeof(GlyphPara *));
    Random random = {24};
    StrBuf first = {0}, second = {0};
    for (int i = 0; i < SAMPLES; i++)
        sample_make(&sample[i], &random, (TextAlign)random_below(&random, 4));
    Setting setting = {sample, SAMPLES, found};
    WorkQueue *queue = work_new(7);
    work_run(queue, SAMPLES * TIMES, 1, set_one, &setting);
    for (int i = 0; i < SAMPLES; i++)
        for (int k = 1; k < TIMES; k++)
            MUST(found[i] == found[i + k * SAMPLES]);
    /* set by itself, in another order, with nothing before it */
    for (int i = SAMPLES - 1; i >= 0; i -= 7) {
        Text *alone = text_new(kit.fonts, 1);
        describe(kit.text, found[i], &first);
        describe(alone, text_paragraph(alone, 0, &sample[i].request), &second);
        ck_assert_str_eq(first.p, second.p);
        text_drop(alone);
    }
    for (int i = 0; i < SAMPLES; i++)
        sample_drop(&sample[i]);
    work_drop(queue);
    strbuf_drop(&first);
    strbuf_drop(&second);
    mem_free(sample);
    mem_free(found);
}
END_TEST

static double spaces_at_end(const GlyphPara *p, const GlyphLine *line)
{
    double width = 0;
    for (uint32_t i = line->end; i > line->first; i--) {
        const GlyphWord *w = words_at(text_words(kit.text), p->piece[i - 1]);
        if (!(w->flags & WORD_SPACE))
            break;
        width += piece_width(w, &p->run[para_run_of(p, i - 1, line->run)], line);
    }
    return width;
}

static void check_line(const Sample *s, const GlyphPara *p, uint32_t l, TextAlign align)
{
    const GlyphLine *line = &p->line[l];
    float measure = s->request.measure;
    double width = 0;
    for (uint32_t i = line->first; i < line->end; i++)
        width += piece_width(words_at(text_words(kit.text), p->piece[i]),
                             &p->run[para_run_of(p, i, line->run)], line);
    width -= spaces_at_end(p, line);
    if (!(line->flags & LINE_HYPHENATED))
        MUST_SAY(fabs(width - line->width) < 0.02, "width %f, said %f", width, line->width);
    MUST_SAY(line->width <= measure + 0.02 || p->least > measure, "%f wide in %f", line->width,
             measure);
    if (align == TEXT_LEFT || align == TEXT_JUSTIFY)
        MUST(fabsf(line->x) < 0.01F || line->flags & LINE_BIDI);
    if (align == TEXT_RIGHT && line->width <= measure)
        MUST(fabsf(line->x + line->width - measure) < 0.02F);
    if (align == TEXT_CENTRE && line->width <= measure)
        MUST(fabsf(line->x * 2 + line->width - measure) < 0.05F);
    MUST(line->end >= line->first && (l == 0 || line->first == p->line[l - 1].end));
}

/* Without spaces and hyphens, soft ones too, and pictures: those that were added are nothing of the text. */
static void add_letters(StrBuf *out, Str text)
{
    for (size_t k = 0; k < text.n; k++) {
        if (str_starts(str_cut(text, k, text.n), STR(TEXT_OBJECT)))
            k += 2;
        else if (str_starts(str_cut(text, k, text.n), STR("\xC2\xAD")))
            k++;
        else if (text.p[k] != ' ' && text.p[k] != '\n' && text.p[k] != '-')
            strbuf_add_char(out, text.p[k]);
    }
}

static void said(const GlyphPara *p, StrBuf *out)
{
    strbuf_clear(out);
    for (uint32_t i = 0; i < p->pieces; i++)
        add_letters(out, words_at(text_words(kit.text), p->piece[i])->text);
}

static void asked(const Sample *s, StrBuf *out)
{
    strbuf_clear(out);
    for (size_t r = 0; r < s->request.runs; r++)
        add_letters(out, s->run[r].text);
}

START_TEST(lines_fit_and_say_it_all)
{
    Random random = {25};
    StrBuf want = {0}, have = {0};
    for (int i = 0; i < 3000; i++) {
        Sample s;
        TextAlign align = (TextAlign)random_below(&random, 4);
        sample_make(&s, &random, align);
        const GlyphPara *p = text_paragraph(kit.text, 0, &s.request);
        float widest = 0;
        for (uint32_t l = 0; l < p->lines; l++) {
            check_line(&s, p, l, align);
            widest = fmaxf(widest, p->line[l].width);
        }
        MUST(fabsf(widest - p->width) < 0.02F);
        MUST(p->lines == 0 || p->line[p->lines - 1].end == p->pieces);
        said(p, &have);
        asked(&s, &want);
        MUST_SAY(str_equal(strbuf_str(&have), strbuf_str(&want)), "said %s\nasked %s",
                 have.p ? have.p : "", want.p ? want.p : "");
        sample_drop(&s);
    }
    strbuf_drop(&want);
    strbuf_drop(&have);
}
END_TEST

/* Sets Danish text of 10 points as a style has it: alignment, measure, and what else it says of lines. */
static const GlyphPara *set_as(const char *text, TextRequest style)
{
    TextRun run = {.text = str_from(text), .font = fonts[0], .language = STR("da-DK"), .size = 10};
    style.run = &run;
    style.runs = 1;
    return text_paragraph(kit.text, 0, &style);
}

static const GlyphPara *set_line(const char *text, TextAlign align, float measure)
{
    return set_as(text, (TextRequest){.measure = measure, .align = align});
}

START_TEST(justified_lines_fill_the_measure)
{
    const char *text =
        "Et afsnit med mange korte ord, der kan deles mellem linjer, s\xC3\xA5 at hver "
        "linje kan fyldes ud til kanten og kun den sidste er kortere end de andre.";
    const GlyphPara *p = set_line(text, TEXT_JUSTIFY, 250);
    ck_assert_uint_gt(p->lines, 2);
    for (uint32_t l = 0; l + 1 < p->lines; l++)
        ck_assert(fabsf(p->line[l].width - 250) < 0.05F);
    ck_assert(p->line[p->lines - 1].width < 249);
}
END_TEST

/* The texts of lines, with a bar between them. */
static const char *lines_of(const GlyphPara *p, StrBuf *out)
{
    strbuf_clear(out);
    for (uint32_t l = 0; l < p->lines; l++) {
        if (l)
            strbuf_add_char(out, '|');
        for (uint32_t i = p->line[l].first; i < p->line[l].end; i++)
            strbuf_add_str(out, words_at(text_words(kit.text), p->piece[i])->text);
    }
    return out->n ? out->p : "";
}

static uint32_t first_glyph(const char *text, const char *language)
{
    TextRun run = {
        .text = str_from(text), .font = fonts[0], .language = str_from(language), .size = 10};
    TextRequest request = {.run = &run, .runs = 1, .measure = 250};
    const GlyphPara *p = text_paragraph(kit.text, 0, &request);
    const GlyphWord *w = words_at(text_words(kit.text), p->piece[p->line[0].first]);
    return face_pair_at(w->face, w->glyph[0].pair)->glyph;
}

/* The house's font draws them with cedillas where the language is Romanian. */
START_TEST(commas_below_stay_commas)
{
    static const char *const commas[] = {"\xC8\x98", "\xC8\x99", "\xC8\x9A", "\xC8\x9B"};
    static const char *const cedillas[] = {"\xC5\x9E", "\xC5\x9F", "\xC5\xA2", "\xC5\xA3"};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_uint_eq(first_glyph(commas[i], "ro"), first_glyph(commas[i], "da"));
        ck_assert_uint_ne(first_glyph(commas[i], "ro"), first_glyph(cedillas[i], "da"));
    }
}
END_TEST

static const GlyphPara *set_heading(const char *text, bool balance, float measure)
{
    return set_as(text, (TextRequest){.measure = measure, .balance = balance});
}

START_TEST(headings_are_balanced)
{
    StrBuf b = {0};
    const char *text = "Systematisk arbejde har f\xC3\xA5"
                       "et sektoren til at vokse";
    ck_assert_str_eq(lines_of(set_heading(text, false, 220), &b),
                     "Systematisk arbejde har f\xC3\xA5"
                     "et sektoren til |at vokse");
    ck_assert_str_eq(lines_of(set_heading(text, true, 220), &b),
                     "Systematisk arbejde har |f\xC3\xA5"
                     "et sektoren til at vokse");
    for (int step = 40; step < 300; step += 3) {
        float measure = (float)step;
        const GlyphPara *plain = set_heading(text, false, measure);
        const GlyphPara *even = set_heading(text, true, measure);
        ck_assert_uint_eq(even->lines, plain->lines);
        ck_assert_float_le(even->width, measure + 0.1f);
    }
    strbuf_drop(&b);
}
END_TEST

static const GlyphPara *set_name(const char *name, const char *behind, float measure)
{
    TextRun run[] = {
        {.text = str_from(name),
         .font = fonts[0],
         .language = STR("da-DK"),
         .size = 10,
         .name = true},
        {.text = str_from(behind), .font = fonts[0], .language = STR("da-DK"), .size = 10}};
    TextRequest request = {.run = run, .runs = 2, .measure = measure};
    return text_paragraph(kit.text, 0, &request);
}

/* The first words of the last would fit the first line, and the comma is the better place all the same. */
START_TEST(names_are_rather_broken_behind_them)
{
    StrBuf b = {0};
    const char *behind = ", side\xC2\xA0"
                         "15";
    const GlyphPara *one = set_name("K\xC3\xB8"
                                    "benhavns indsatser",
                                    behind, 120);
    ck_assert_str_eq(lines_of(one, &b), "K\xC3\xB8"
                                        "benhavns indsatser, |side\xC2\xA0"
                                        "15");
    ck_assert_str_eq(lines_of(set_name("A bc def, ghi jkl", behind, 60), &b),
                     "A bc def, |ghi jkl, |side\xC2\xA0"
                     "15");
    ck_assert_str_eq(lines_of(set_name("Merpris ved (19 pct.)", behind, 75), &b),
                     "Merpris ved |(19 pct.), |side\xC2\xA0"
                     "15");
    ck_assert_str_eq(lines_of(set_name("tag der skal skiftes snart", behind, 75), &b),
                     "tag der skal |skiftes snart, |side\xC2\xA0"
                     "15");
    ck_assert_str_eq(lines_of(set_name("Tower Hamlets", behind, 45), &b),
                     "Tower |Hamlets, |side\xC2\xA0"
                     "15");
    strbuf_drop(&b);
}
END_TEST

START_TEST(intervals_stay_on_their_line)
{
    StrBuf b = {0};
    for (int step = 75; step < 200; step += 2) {
        float measure = (float)step;
        lines_of(set_line("Rejsen 27.\xE2\x80\x93"
                          "30. august tager fx 6\xE2\x80\x93"
                          "12 timer, men nord\xE2\x80\x93syd er kort.",
                          TEXT_LEFT, measure),
                 &b);
        ck_assert_msg(!strstr(b.p, "6\xE2\x80\x93|"), "%s", b.p);
        ck_assert_msg(!strstr(b.p, "27.\xE2\x80\x93|"), "%s", b.p);
    }
    strbuf_drop(&b);
}
END_TEST

/* Before what belongs to them, not where a line would be far too short. */
START_TEST(words_of_one_letter_end_no_line)
{
    StrBuf b = {0};
    for (int measure = 150; measure < 400; measure += 5) {
        lines_of(
            set_line("Vi tog fra Bangladesh. I forhold til planen gik a family i byen langs en "
                     "å i god tid, som I ved, og å i æ å hos os.",
                     TEXT_LEFT, (float)measure),
            &b);
        ck_assert_msg(!strstr(b.p, " I |") && !strstr(b.p, " i |") && !strstr(b.p, " a |"), "%s",
                      b.p);
    }
    lines_of(set_line("Vi var i administrationsbygningen", TEXT_LEFT, 125), &b);
    ck_assert_str_eq(b.p, "Vi var i |administrationsbygningen");
    lines_of(set_line("Jákup Ølvisson í Dímun", TEXT_LEFT, 90), &b);
    ck_assert_str_eq(b.p, "Jákup Ølvisson |í Dímun");
    strbuf_drop(&b);
}
END_TEST

/* Where a space would do, though the line is far shorter; where none would, they do. */
START_TEST(names_are_broken_at_no_hyphen_of_their_own)
{
    StrBuf b = {0};
    for (int measure = 70; measure < 79; measure += 4) {
        lines_of(set_line("İpek Yıldız-Çağlar", TEXT_LEFT, (float)measure), &b);
        ck_assert_str_eq(b.p, "İpek |Yıldız-Çağlar");
    }
    lines_of(set_line("İpek Yıldız-Çağlar", TEXT_LEFT, 54), &b);
    ck_assert_str_eq(b.p, "İpek Yıldız-|Çağlar");
    lines_of(set_line("En hel nat-time", TEXT_LEFT, 65), &b);
    ck_assert_str_eq(b.p, "En hel nat-|time");
    strbuf_drop(&b);
}
END_TEST

/* At no measure of these does a line end at a tie. */
static void check_ties_hold(const char *text, TextAlign align, int from, int to)
{
    StrBuf b = {0};
    for (int measure = from; measure < to; measure += 5) {
        const char *lines = lines_of(set_line(text, align, (float)measure), &b);
        ck_assert_msg(!strstr(lines, NO_BREAK_SPACE "|"), "%s", lines);
    }
    strbuf_drop(&b);
}

START_TEST(justified_lines_end_at_a_tie_before_they_get_holes)
{
    StrBuf b = {0};
    const char *text = "England har 52\xC2\xA0mio.\xC2\xA0indbyggere, og Wales har 3.";
    ck_assert_ptr_nonnull(
        strstr(lines_of(set_line(text, TEXT_JUSTIFY, 115), &b), "52\xC2\xA0mio.\xC2\xA0|indb"));
    /* never in narrow text that is ragged, nor before a figure or a dash */
    ck_assert_ptr_null(strstr(lines_of(set_line(text, TEXT_LEFT, 115), &b), "\xC2\xA0|"));
    check_ties_hold("Det begynder kl.\xC2\xA0"
                    "9, jf. lovens \xC2\xA7\xC2\xA0"
                    "8, i salen\xC2\xA0"
                    "\xE2\x80\x93 og varer til kl.\xC2\xA0"
                    "12 i alt.",
                    TEXT_JUSTIFY, 60, 160);
    /* nor in a date, nor before a short word */
    check_ties_hold(
        "Linjerne kører fra den 27.\xC2\xA0"
        "september med mere end 20\xC2\xA0mio.\xC2\xA0kr. og otte kunder pr.\xC2\xA0nat i "
        "hele byen.",
        TEXT_JUSTIFY, 90, 220);
    strbuf_drop(&b);
}
END_TEST

static const char *label_lines(const char *text, float measure, bool label, StrBuf *b)
{
    TextRun run = {.text = str_from(text), .font = fonts[0], .language = STR("da"), .size = 9};
    TextRequest request = {
        .run = &run, .runs = 1, .measure = measure, .label = label, .fallback = kit.fallback};
    return lines_of(text_paragraph(kit.text, 0, &request), b);
}

/* What nobody sees at its end counts for no word. */
START_TEST(labels_end_in_no_short_word_and_begin_a_line_with_a_sentence)
{
    static const struct {
        const char *text;
        float measure;
        const char *plain, *label;
    } texts[] = {
        {"Afklares: om det var denne dag", 118, "Afklares: om det var denne |dag",
         "Afklares: om det var |denne dag"},
        {"efterslæb på vedligehold af skoler\xC2\xA0", 138,
         "efterslæb på vedligehold af |skoler\xC2\xA0",
         "efterslæb på vedligehold |af skoler\xC2\xA0"},
        {"dækkes af egne indtægter. Målet er 100 pct.", 150,
         "dækkes af egne indtægter. Målet |er 100 pct.",
         "dækkes af egne indtægter. |Målet er 100 pct."},
        /* at the cost of no line */
        {"en sætning, som er meget lang. Ja, den er lang.", 118,
         "en sætning, som er meget |lang. Ja, den er lang.",
         "en sætning, som er meget |lang. Ja, den er lang."},
        /* nor with a scrap above it */
        {"Hvilket år og hvilken definition gælder for de to beløb? Er det sidste en median "
         "eller et gennemsnit?",
         186,
         "Hvilket år og hvilken definition gælder for |de to beløb? Er det sidste en median eller "
         "|et gennemsnit?",
         "Hvilket år og hvilken definition gælder for |de to beløb? Er det sidste en median eller "
         "|et gennemsnit?"},
        /* where there is room for text */
        {"Afklares: om det var denne dag", 300, "Afklares: om det var denne dag",
         "Afklares: om det var denne dag"}};
    StrBuf b = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ck_assert_str_eq(label_lines(texts[i].text, texts[i].measure, false, &b), texts[i].plain);
        ck_assert_str_eq(label_lines(texts[i].text, texts[i].measure, true, &b), texts[i].label);
    }
    strbuf_drop(&b);
}
END_TEST

/* In a Danish sentence; a text that is longer than a line is broken all the same. */
START_TEST(words_of_another_direction_stay_together)
{
    StrBuf b = {0};
    const char *name = "\xD7\xA8\xD7\x97\xD7\x9C \xD7\x9C\xD7\x95\xD7\x99";
    StrBuf text = {0};
    strbuf_addf(&text,
                "Brevet til %s (nr. 17) blev sendt samme dag, og sagen om %s er ikke afgjort.",
                name, name);
    for (int measure = 90; measure < 300; measure += 3) {
        lines_of(set_line(text.p, TEXT_LEFT, (float)measure), &b);
        const char *first = strstr(b.p, name);
        ck_assert_msg(first && strstr(first + 1, name), "%d: %s", measure, b.p);
    }
    const GlyphPara *p = set_line(text.p, TEXT_LEFT, 30);
    ck_assert_ptr_null(strstr(lines_of(p, &b), name));
    strbuf_drop(&b);
    strbuf_drop(&text);
}
END_TEST

START_TEST(ragged_lines_end_at_a_tie_before_they_are_far_too_short)
{
    StrBuf b = {0};
    const char *lines = lines_of(set_line("Den tredje sektor rummer i hele England ca.\xC2\xA0"
                                          "55.000\xC2\xA0"
                                          "virksomhedsdannelser, den 28.\xC2\xA0"
                                          "september 35\xC2\xA0pct. af dem.",
                                          TEXT_LEFT, 300),
                                 &b);
    ck_assert_ptr_nonnull(strstr(lines, "55.000\xC2\xA0|virk"));
    check_ties_hold("I alt 35\xC2\xA0pct. af de mange, den 28.\xC2\xA0"
                    "september og ca.\xC2\xA0"
                    "400.000.000.000 andre, som ikke er her.",
                    TEXT_LEFT, 250, 400);
    strbuf_drop(&b);
}
END_TEST

/* A font's own space may be narrow: a third of it less, and words run together. */
START_TEST(spaces_are_no_narrower_than_a_sixth_of_an_em)
{
    const char *why;
    const Font *vollkorn = fonts_get(kit.fonts, STR("Vollkorn"), 400, false, &why);
    TextRun run = {
        .text = STR("De ansatte er især hjemløse, tidligere kriminelle og folk med besvær. De "
                    "fleste er afvist, men tre kældre skal sikres, før der igen kan bo nogen."),
        .font = vollkorn,
        .language = STR("da"),
        .size = 10};
    float space = kit_para(&kit, vollkorn, 10, "a a", 500)->width -
                  kit_para(&kit, vollkorn, 10, "aa", 500)->width;
    float least = space;
    for (int measure = 120; measure < 300; measure++) {
        TextRequest request = {
            .run = &run, .runs = 1, .measure = (float)measure, .align = TEXT_JUSTIFY};
        const GlyphPara *p = text_paragraph(kit.text, 0, &request);
        for (uint32_t i = 0; i + 1 < p->lines; i++)
            least = fminf(least, space + p->line[i].extra);
    }
    ck_assert_float_gt(least, 1.59F);
    ck_assert_float_lt(least, 1.75F); /* they are shrunk, though */
}
END_TEST

START_TEST(justified_lines_stretch_ties_as_other_spaces)
{
    const GlyphPara *p = set_line("I England bor 52\xC2\xA0mio. mennesker, som er mange, og mange "
                                  "flere end i Wales.",
                                  TEXT_JUSTIFY, 130);
    const GlyphLine *line = &p->line[0];
    float tie = 0, space = 0;
    ck_assert_float_gt(line->extra, 0.1f);
    ck_assert_float_eq_tol(line->width, 130, 0.05f);
    for (uint32_t i = line->first; i + 1 < line->end; i++) {
        const GlyphWord *w = words_at(text_words(kit.text), p->piece[i]);
        if (str_equal(w->text, STR(" ")))
            space = piece_width(w, &p->run[0], line);
        if (str_equal(w->text, STR("\xC2\xA0")))
            tie = piece_width(w, &p->run[0], line);
    }
    ck_assert_float_gt(tie, 2);
    ck_assert_float_eq_tol(tie, space, 0.01f);
}
END_TEST

START_TEST(a_paragraph_with_a_line_of_holes_is_ragged)
{
    /* Nothing in the long word can be divided. */
    const GlyphPara *p =
        set_line("og en Speciallaegepraksisplanlaegningsstabilisering er lang og "
                 "tager en linje for sig, mens andre ord, som er korte, ikke g\xC3\xB8r det.",
                 TEXT_JUSTIFY, 222);
    ck_assert_uint_gt(p->lines, 2);
    ck_assert_float_lt(p->line[0].width, 120);
    for (uint32_t i = 0; i < p->lines; i++)
        ck_assert_float_le(fabsf(p->line[i].extra), 0.001f);
}
END_TEST

static const char *const prose =
    "Kommunen har i flere \xC3\xA5r arbejdet med at samle indsatsen, s\xC3\xA5 de unge m\xC3\xB8"
    "der f\xC3\xA6rre voksne, og hver voksen ser flere unge. Det har taget tid, det har kostet, og det "
    "virker: i dag g\xC3\xA5r ni ud af ti i skole, i arbejde eller i praktik.";

static const GlyphPara *set_prose(TextAlign align, float measure, float indent, float letters,
                                  bool hang)
{
    return set_as(prose, (TextRequest){.measure = measure,
                                       .align = align,
                                       .indent = indent,
                                       .letters = letters,
                                       .hang = hang});
}

static char last_letter(const GlyphPara *p, const GlyphLine *line)
{
    for (uint32_t i = line->end; i > line->first; i--) {
        const GlyphWord *w = words_at(text_words(kit.text), p->piece[i - 1]);
        if (!(w->flags & WORD_SPACE))
            return w->text.p[w->text.n - 1];
    }
    return 0;
}

START_TEST(punctuation_hangs_only_where_the_style_says_so)
{
    int hanging = 0;
    for (int width = 176; width < 320; width += 7) {
        float measure = (float)width;
        const GlyphPara *p = set_prose(TEXT_JUSTIFY, measure, 0, 0, true);
        const GlyphPara *plain = set_prose(TEXT_JUSTIFY, measure, 0, 0, false);
        for (uint32_t l = 0; l + 1 < p->lines; l++) {
            char last = last_letter(p, &p->line[l]);
            bool hangs = p->line[l].width > measure + 0.5F;
            MUST(hangs == (strchr(",.:", last) != NULL));
            MUST(p->line[l].width < measure + 3);
            hanging += hangs;
        }
        for (uint32_t l = 0; l + 1 < plain->lines; l++)
            MUST(fabsf(plain->line[l].width - measure) < 0.05F);
    }
    ck_assert_int_gt(hanging, 10);
}
END_TEST

START_TEST(letters_stretch_within_their_bound_alone)
{
    float most = 0;
    for (int width = 176; width < 320; width += 7) {
        float measure = (float)width;
        const GlyphPara *p = set_prose(TEXT_JUSTIFY, measure, 0, 0.02F, false);
        for (uint32_t l = 0; l + 1 < p->lines; l++) {
            MUST(fabsf(p->line[l].scale - 1) <= 0.0201F);
            MUST(fabsf(p->line[l].width - measure) < 0.05F);
            most = fmaxf(most, fabsf(p->line[l].scale - 1));
        }
        p = set_prose(TEXT_LEFT, measure, 0, 0.02F, false);
        for (uint32_t l = 0; l < p->lines; l++)
            MUST(p->line[l].scale == 1);
    }
    ck_assert(most > 0.005F);
}
END_TEST

START_TEST(first_lines_are_indented_and_last_ones_are_longer)
{
    int set = 0, short_ends = 0;
    for (int width = 150; width < 320; width += 2) {
        float measure = (float)width;
        const GlyphPara *p = set_prose(TEXT_LEFT, measure, 40, 0, false);
        MUST(p->line[0].x == 40 && p->line[0].width <= measure - 40);
        for (uint32_t l = 1; l < p->lines; l++)
            MUST(p->line[l].x == 0);
        set++;
        short_ends += p->line[p->lines - 1].width < 40;
    }
    ck_assert_int_lt(short_ends, set / 10); /* where the words leave no other way */
}
END_TEST

START_TEST(an_endless_measure_gives_the_natural_and_the_least_width)
{
    Random random = {26};
    for (int i = 0; i < 400; i++) {
        Sample s;
        sample_make(&s, &random, TEXT_LEFT);
        s.request.measure = 1e7F;
        const GlyphPara *wide = text_paragraph(kit.text, 0, &s.request);
        MUST(wide->least <= wide->width + 0.02F && !wide->emergency);
        s.request.measure = wide->least + 0.1F;
        MUST_SAY(!text_paragraph(kit.text, 0, &s.request)->emergency, "%s", s.text[0].p);
        s.request.measure = wide->width + 0.1F;
        MUST(text_paragraph(kit.text, 0, &s.request)->lines == wide->lines);
        sample_drop(&s);
    }
}
END_TEST

START_TEST(a_word_that_is_too_long_is_broken_anywhere)
{
    const GlyphPara *p = kit_para(&kit, fonts[0], 10, words[17], 60);
    ck_assert(p->emergency);
    ck_assert_uint_gt(p->lines, 3);
    for (uint32_t l = 0; l < p->lines; l++)
        ck_assert(p->line[l].width <= 60.02F);
}
END_TEST

/* "Se ▮ her" with an object of a width. */
static const GlyphPara *with_object(float object, float measure, TextAlign align,
                                    const char *behind)
{
    TextRun run[3] = {{.text = STR("Se tegnet ")}, {.text = STR(TEXT_OBJECT), .object = object}};
    run[2].text = str_from(behind);
    for (int i = 0; i < 3; i++) {
        run[i].font = fonts[0];
        run[i].language = STR("da-DK");
        run[i].size = 10;
    }
    TextRequest q = {
        .run = run, .runs = 3, .measure = measure, .align = align, .fallback = kit.fallback};
    return text_paragraph(kit.text, 0, &q);
}

/* Width of the object, whose piece is the only one of its run, and its line. */
static float object_width(const GlyphPara *p, uint32_t *line)
{
    uint32_t run = 0;
    while (p->run[run].source != 1)
        run++;
    *line = 0;
    while (p->line[*line].end <= p->run[run].first)
        ++*line;
    const GlyphWord *w = words_at(text_words(kit.text), p->piece[p->run[run].first]);
    ck_assert(w->flags & WORD_OBJECT);
    ck_assert_uint_eq(w->text.n + w->n, 0);
    return piece_width(w, &p->run[run], &p->line[*line]);
}

START_TEST(objects_stand_in_lines_as_words_do)
{
    uint32_t line;
    const GlyphPara *p = with_object(30, 500, TEXT_LEFT, " p\xC3\xA5 kortet.");
    const GlyphPara *without = with_object(0.5f, 500, TEXT_LEFT, " p\xC3\xA5 kortet.");
    ck_assert_float_eq_tol(object_width(p, &line), 30, 0.001f);
    ck_assert_float_eq_tol(p->width - without->width, 29.5f, 0.001f);
    ck_assert_uint_eq(p->lines + p->missing_count, 1);
    ck_assert(p != with_object(31, 500, TEXT_LEFT, " p\xC3\xA5 kortet."));
    /* a line may begin with it, but no full stop behind it does */
    p = with_object(30, 60, TEXT_LEFT, ". Og s\xC3\xA5 videre.");
    object_width(p, &line);
    ck_assert_uint_eq(line, 1);
    ck_assert_uint_gt(p->line[1].end - p->line[1].first, 1);
    p = with_object(30, 60, TEXT_JUSTIFY, "x");
    object_width(p, &line);
    ck_assert_uint_eq(line, 1);
}
END_TEST

START_TEST(an_object_is_no_wider_than_its_line)
{
    uint32_t line;
    const GlyphPara *p = with_object(300, 80, TEXT_LEFT, " her");
    ck_assert_float_eq_tol(object_width(p, &line), 80, 0.001f);
    for (uint32_t i = 0; i < p->lines; i++)
        ck_assert_float_le(p->line[i].width, 80.001f);
    ck_assert(!p->emergency);
}
END_TEST

START_TEST(soft_hyphens_show_only_where_a_line_ends)
{
    const char *text = "partner\xC2\xADvolds\xC2\xADindsats";
    const GlyphPara *wide = kit_para(&kit, fonts[0], 10, text, 500);
    const GlyphPara *narrow = kit_para(&kit, fonts[0], 10, text, 70);
    ck_assert_uint_eq(wide->lines, 1);
    ck_assert_uint_eq(wide->line[0].flags & LINE_HYPHENATED, 0);
    ck_assert_uint_eq(narrow->lines, 2);
    ck_assert_uint_ne(narrow->line[0].flags & LINE_HYPHENATED, 0);
    ck_assert_uint_eq(narrow->line[1].flags & LINE_HYPHENATED, 0);
    ck_assert(!narrow->emergency);
}
END_TEST

/* So no page ends with one, be it the text's own or not; one before a space ends a word. */
START_TEST(a_hyphen_within_a_word_divides_it)
{
    const GlyphPara *within = set_line("offentlig-private partnerskaber", TEXT_LEFT, 60);
    ck_assert_uint_ne(within->line[0].flags & LINE_HYPHENATED, 0);
    const GlyphPara *before = set_line("offentlig- og privat", TEXT_LEFT, 60);
    ck_assert_uint_gt(before->lines, 1);
    ck_assert_uint_eq(before->line[0].flags & LINE_HYPHENATED, 0);
}
END_TEST

/* A loss would read as a gain at the head of a line. */
START_TEST(signs_stay_with_their_money)
{
    static const char *const wrong[] = {"\xE2\x88\x92|", "-|", "+|", "\xC2\xB1|", "c.|"};
    StrBuf b = {0};
    for (int measure = 40; measure < 300; measure += 2) {
        lines_of(set_line("a loss of \xE2\x88\x92\xC2\xA3"
                          "0.3m and -\xE2\x82\xAC"
                          "5 or +$7, \xC2\xB1\xC2\xA3"
                          "5m, c.\xC2\xA3"
                          "4 and (\xE2\x88\x92\xC2\xA3"
                          "12m), \xC2\xA3"
                          "1.2m-\xC2\xA3"
                          "1.4m again",
                          TEXT_LEFT, (float)measure),
                 &b);
        for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
            ck_assert_msg(!strstr(b.p, wrong[i]), "%s", b.p);
    }
    strbuf_drop(&b);
}
END_TEST

/* "2027-" would begin an interval. */
START_TEST(a_number_stays_with_the_word_that_it_is_part_of)
{
    StrBuf b = {0};
    bool hyphen = false;
    for (int measure = 75; measure < 200; measure += 2) {
        lines_of(set_line("alle udgifter i 2027-priser til offentlig-private steder", TEXT_LEFT,
                          (float)measure),
                 &b);
        ck_assert_ptr_nonnull(b.p);
        ck_assert_msg(!strstr(b.p, "2027-|"), "%s", b.p);
        hyphen |= strstr(b.p, "offentlig-|") != NULL;
    }
    ck_assert(hyphen);
    strbuf_drop(&b);
}
END_TEST

START_TEST(line_ends_and_no_break_spaces_are_obeyed)
{
    const GlyphPara *p = kit_para(&kit, fonts[0], 10, "a\nb\n\nc", 500);
    ck_assert_uint_eq(p->lines, 4);
    p = kit_para(&kit, fonts[0], 10, "aaaa 35\xC2\xA0pct.", 55);
    ck_assert_uint_eq(p->lines, 2);
    ck_assert(str_equal(words_at(text_words(kit.text), p->piece[0])->text, STR("aaaa")));
    ck_assert_uint_eq(kit_para(&kit, fonts[0], 10, "", 100)->lines, 0);
}
END_TEST

START_TEST(hebrew_reads_from_the_right)
{
    const GlyphPara *p =
        kit_para(&kit, fonts[0], 10, "\xD7\x90\xD7\x91 \xD7\x92\xD7\x93 12 \xD7\x94", 500);
    ck_assert_ptr_nonnull(p->piece_x);
    ck_assert_uint_ne(p->line[0].flags & LINE_BIDI, 0);
    /* the first word stands to the right of the second, and so on */
    float last = 1e9F;
    for (uint32_t i = 0; i < p->pieces; i++) {
        const GlyphWord *w = words_at(text_words(kit.text), p->piece[i]);
        if (w->flags & WORD_SPACE)
            continue;
        ck_assert(p->piece_x[i] < last);
        last = p->piece_x[i];
    }
    const GlyphPara *danish = kit_para(&kit, fonts[0], 10, "dansk \xD7\x90\xD7\x91 igen", 500);
    ck_assert(danish->piece_x[0] < 0.01F);
}
END_TEST

static void check_levels(const char *text, const char *language, size_t name, const char *levels,
                         unsigned base)
{
    uint8_t found[64];
    uint32_t part = (uint32_t)name;
    BidiComposed composed = {str_from(language), &part, 1};
    ck_assert_uint_eq(bidi_levels(str_from(text), &composed, found), base);
    for (size_t i = 0; text[i]; i++)
        ck_assert_msg(found[i] == (uint8_t)(levels[i] - '0'), "byte %zu of '%s': %d", i, text,
                      found[i]);
}

START_TEST(composed_texts_read_as_their_language)
{
    check_levels("\xD7\x90\xD7\x91: ord", "da", 4, "111100000", 0);
    check_levels("\xD7\x90\xD7\x91: 12 ord", "da", 4, "111100000000", 0); /* not "12 :name" */
    check_levels("\xD7\x90!: ord", "da", 3, "11100000", 0);               /* its own mark */
    check_levels("A \xD7\x90: 12 ord", "da", 4, "001100000000", 0);
    check_levels("ord: \xD7\x90", "he", 3, "2221111", 1);
    check_levels("\xD7\x90: \xD7\x91", "da", 2, "111111", 1); /* nothing of it is Danish */
    check_levels("\xD7\x90\xD7\x91: ord", "", 4, "111111222", 1);
}
END_TEST

START_TEST(characters_without_a_font_are_told)
{
    const char *text = "ab\xF4\x8F\xBF\xBD c\xEE\x80\x80"; /* of the private use areas */
    const GlyphPara *p = kit_para(&kit, fonts[0], 10, text, 500);
    ck_assert_uint_eq(p->missing_count, 2);
    ck_assert_uint_eq(p->missing[0].character, 0x10FFFD);
    ck_assert_uint_eq(p->missing[0].source, 0);
    ck_assert_uint_eq(p->missing[1].character, 0xE000);
    for (uint32_t i = 0; i < p->pieces; i++) {
        const GlyphWord *w = words_at(text_words(kit.text), p->piece[i]);
        for (int g = 0; g < w->n && !(w->flags & WORD_MISSING); g++)
            ck_assert_uint_ne(face_pair_at(w->face, w->glyph[g].pair)->glyph, 0);
    }
}
END_TEST

START_TEST(letters_and_their_marks_share_a_font)
{
    /* m with a macron and dotless i with a dot: Open Sans has the letters, but not the marks */
    const GlyphPara *p =
        kit_para(&kit, fonts[0], 10, "m\xCC\x84 \xC4\xB1\xCC\x87 cafe\xCC\x81", 500);
    ck_assert_uint_eq(p->missing_count, 0);
    for (uint32_t i = 0; i < p->pieces; i++) {
        const GlyphWord *w = words_at(text_words(kit.text), p->piece[i]);
        ck_assert_uint_eq(w->flags & WORD_MISSING, 0);
        ck_assert((w->face == &fonts[0]->face) == (i != 0 && i != 2));
    }
}
END_TEST

/* Left and right edge, foot and head of a glyph where it stands in its word, in font units. */
typedef struct {
    double left, right, foot, head;
} Ink;

static Ink ink_of(const GlyphWord *w, int nth)
{
    hb_glyph_extents_t e;
    double x = 0;
    for (int i = 0; i < nth; i++)
        x += w->glyph[i].advance;
    const Glyph *g = &w->glyph[nth];
    MUST(hb_font_get_glyph_extents(font_of_face(w->face)->hb_font,
                                   face_pair_at(w->face, g->pair)->glyph, &e));
    x += g->dx + e.x_bearing;
    return (Ink){x, x + e.width, g->dy + e.y_bearing + e.height, g->dy + e.y_bearing};
}

/* A letter with one mark: what is copied is both, and the mark is clear of the middle of its letter. */
static void check_mark(const Font *font, const char *text, bool below)
{
    const GlyphPara *p = kit_para(&kit, font, 10, text, 500);
    MUST(p->pieces == 1 && p->missing_count == 0);
    const GlyphWord *w = words_at(text_words(kit.text), p->piece[0]);
    StrBuf said = {0};
    for (int i = 0; i < w->n; i++)
        strbuf_add_str(&said, face_pair_at(w->face, w->glyph[i].pair)->text);
    MUST_SAY(said.p && strcmp(said.p, text) == 0, "%s: another text", text);
    strbuf_drop(&said);
    if (w->n == 1) /* a fallback has it as one */
        return;
    MUST(w->n == 2);
    Ink letter = ink_of(w, 0), mark = ink_of(w, 1);
    double middle = (mark.left + mark.right) / 2;
    MUST_SAY(middle > letter.left && middle < letter.right, "%s in %s: %g of %g to %g", text,
             w->face->name, middle, letter.left, letter.right);
    MUST_SAY(below ? mark.head < letter.foot : mark.foot > letter.head, "%s in %s", text,
             w->face->name);
}

/* What is under Q may stand beside its tail. */
START_TEST(marks_stand_over_and_under_their_letters)
{
    static const char *const letters[] = {"x", "q", "\xC5\x8B", "X", "\xC5\x8A", "Q"};
    static const char *const over[] = {"\xCC\x81", "\xCC\x87", "\xCC\x83"};
    static const char *const under[] = {"\xCC\xA3", "\xCC\xB1"};
    static const char *const families[] = {"Open Sans", "Vollkorn"};
    const char *why;
    char text[8];
    for (size_t i = 0; i < 4; i++) {
        const Font *font = fonts_get(kit.fonts, str_from(families[i / 2]), 400, i % 2, &why);
        ck_assert_msg(font != NULL, "%s", why);
        for (size_t k = 0; k < sizeof letters / sizeof *letters; k++) {
            for (size_t m = 0; m < sizeof over / sizeof *over; m++) {
                snprintf(text, sizeof text, "%s%s", letters[k], over[m]);
                check_mark(font, text, false);
            }
            for (size_t m = 0; m < sizeof under / sizeof *under && *letters[k] != 'Q'; m++) {
                snprintf(text, sizeof text, "%s%s", letters[k], under[m]);
                check_mark(font, text, true);
            }
        }
    }
}
END_TEST

/* What the font attaches to the middle of its letter stays there: e with acute in one, and a breve above it. A
 * second mark goes above a first that was moved, and a horn, which belongs to the upper right, is left alone. */
START_TEST(marks_are_stacked_and_left_where_the_font_has_them)
{
    const char *why;
    const Font *vollkorn = fonts_get(kit.fonts, STR("Vollkorn"), 400, false, &why);
    const GlyphPara *p = kit_para(&kit, vollkorn, 10, "e\xCC\x81\xCC\x86 q\xCC\x9B", 500);
    const GlyphWord *attached = words_at(text_words(kit.text), p->piece[0]);
    const GlyphWord *aside = words_at(text_words(kit.text), p->piece[2]);
    p = kit_para(&kit, fonts[0], 10, "q\xCC\x83\xCC\x81", 500);
    const GlyphWord *stacked = words_at(text_words(kit.text), p->piece[0]);
    ck_assert(attached->n == 2 && stacked->n == 3 && aside->n == 2);
    ck_assert(attached->glyph[1].dx == -15 && attached->glyph[1].dy == 264);
    Ink letter = ink_of(stacked, 0), tilde = ink_of(stacked, 1), acute = ink_of(stacked, 2);
    ck_assert(tilde.foot > letter.head && acute.foot > tilde.head);
    ck_assert(fabs(acute.left + acute.right - tilde.left - tilde.right) <= 2);
    ck_assert(aside->glyph[1].dx == 0 && aside->glyph[1].dy == 0);
}
END_TEST

/* Height of the small letters of a word, in points of text of size 10. */
static double small_letters(const GlyphWord *w)
{
    return 10.0 * w->face->x_height * (double)w->scale / w->face->upem;
}

START_TEST(small_letters_of_a_fallback_are_as_high)
{
    const char *why;
    const Font *garamond = fonts_get(kit.fonts, STR("EB Garamond 12"), 400, false, &why);
    ck_assert_msg(garamond != NULL, "%s", why);
    ck_assert(garamond->face.cff && !fonts[0]->face.cff);
    /* letters, and Armenian ones that the family lacks */
    const GlyphPara *p = kit_para(&kit, garamond, 10, "abc \xD5\xA2\xD5\xA3", 500);
    const GlyphWord *own = words_at(text_words(kit.text), p->piece[0]);
    const GlyphWord *other = words_at(text_words(kit.text), p->piece[2]);
    ck_assert(own->face == &garamond->face && other->face != own->face);
    ck_assert(own->scale == 1 && other->scale < 1);
    ck_assert(fabs(small_letters(own) - small_letters(other)) < 0.05);
}
END_TEST

/* A word of Greek in one font, that of other words where it has all letters of it; a sign may be of another. */
START_TEST(a_word_is_set_in_one_font)
{
    static const struct {
        const char *text;
        bool own;
        uint32_t pieces;
    } cases[] = {
        {"\u0395\u03BB\u03AD\u03BD\u03B7", true, 1},                    /* Ελένη */
        {"\u1F08\u03B8\u03B7\u03BD\u03B1\u1FD6\u03BF\u03C2", false, 1}, /* Ἀθηναῖος */
        {"\u1F08\u03C1\u03B9\u03C3\u03C4\u03BF", false, 1},             /* Ἀριστο */
        {"\u0391\u0313\u03C1\u03B9\u03C3\u03C4\u03BF", false, 1},       /* in parts */
        {"\u03B1\u0301\u03BB\u03C2", true, 1},                          /* άλς */
        {"abc\u2B0Cdef", true, 3},
    };
    const char *why;
    const Font *vollkorn = fonts_get(kit.fonts, STR("Vollkorn"), 400, false, &why);
    ck_assert_msg(vollkorn != NULL, "%s", why);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const GlyphPara *p = kit_para(&kit, vollkorn, 10, cases[i].text, 500);
        const GlyphWord *w = words_at(text_words(kit.text), p->piece[0]);
        MUST_SAY(p->pieces == cases[i].pieces, "%s: %u pieces", cases[i].text, p->pieces);
        MUST_SAY((w->face == &vollkorn->face) == cases[i].own, "%s in %s", cases[i].text,
                 w->face->name);
    }
}
END_TEST

START_TEST(variable_fonts_are_pinned_to_what_is_asked)
{
    const char *why;
    const Font *regular = fonts_get(kit.fonts, STR("Inter"), 400, false, &why);
    const Font *bold = fonts_get(kit.fonts, STR("Inter"), 700, false, &why);
    const Font *italic = fonts_get(kit.fonts, STR("Inter"), 400, true, &why);
    ck_assert(regular && bold && italic);
    ck_assert(regular->face.axes > 0 && regular != bold && regular != italic);
    ck_assert(regular->face.weight == 400 && bold->face.weight == 700);
    ck_assert_ptr_eq(bold, fonts_get(kit.fonts, STR("Inter"), 700, false, &why));
    float light = kit_para(&kit, regular, 10, "mellemrum", 500)->width;
    ck_assert(kit_para(&kit, bold, 10, "mellemrum", 500)->width > light * 1.02F);
}
END_TEST

static float width_with(const Font *font, const char *text, uint8_t features)
{
    TextRun run = {.text = str_from(text),
                   .font = font,
                   .language = STR("da-DK"),
                   .size = 10,
                   .features = features};
    TextRequest request = {.run = &run, .runs = 1, .measure = 500};
    return text_paragraph(kit.text, 0, &request)->width;
}

START_TEST(features_are_asked_of_the_font)
{
    const char *why;
    const Font *garamond = fonts_get(kit.fonts, STR("EB Garamond 12"), 400, false, &why);
    ck_assert_ptr_nonnull(garamond);
    ck_assert(width_with(garamond, "1111", 0) < width_with(garamond, "2000", 0) - 0.1F);
    ck_assert(fabsf(width_with(garamond, "1111", FEATURE_TABULAR) -
                    width_with(garamond, "2000", FEATURE_TABULAR)) < 0.01F);
    ck_assert(width_with(garamond, "sagen", FEATURE_SMALL_CAPITALS) !=
              width_with(garamond, "sagen", 0));
    const Font *vollkorn = fonts_get(kit.fonts, STR("Vollkorn"), 400, false, &why);
    ck_assert_ptr_nonnull(vollkorn);
    ck_assert(width_with(vollkorn, "ffi", FEATURE_NO_LIGATURES) != width_with(vollkorn, "ffi", 0));
}
END_TEST

static bool uses_face(const GlyphPara *p, const char *name)
{
    for (uint32_t i = 0; i < p->pieces; i++)
        if (strstr(words_at(text_words(kit.text), p->piece[i])->face->name, name))
            return true;
    return false;
}

START_TEST(fallback_families_are_the_requests_own)
{
    const Str serif[] = {STR("Noto Serif")}, sans[] = {STR("DejaVu Sans")};
    TextRun run = {.text = STR("a\xE2\x86\x92\xD5\x80"), /* an arrow and a letter of Armenian */
                   .font = fonts[0],
                   .language = STR("da-DK"),
                   .size = 10};
    TextRequest request = {.run = &run, .runs = 1, .measure = 500};
    request.fallback = fonts_fallback_list(kit.fonts, serif, 1);
    const GlyphPara *one = text_paragraph(kit.text, 0, &request);
    request.fallback = fonts_fallback_list(kit.fonts, sans, 1);
    const GlyphPara *two = text_paragraph(kit.text, 0, &request);
    ck_assert(uses_face(two, "DejaVuSans"));
    ck_assert(!uses_face(one, "DejaVuSans") || !uses_face(two, "NotoSerif"));
    ck_assert_ptr_ne(one, two);
    ck_assert_uint_eq(one->missing_count + two->missing_count, 0);
    ck_assert_uint_eq(fonts_fallback_list(kit.fonts, sans, 1), request.fallback);
}
END_TEST

/* ---- Unicode's own test -------------------------------------------------------------------- */

enum { CASE_BYTES = 200 };

/* A line of LineBreakTest.txt: text, and 1 where a line may begin. */
typedef struct {
    char text[CASE_BYTES];
    size_t n;
    uint8_t allowed[CASE_BYTES];
} BreakCase;

/* "× 0023 ÷ 0020 ÷\t# …" */
static bool read_case(const char *line, BreakCase *out)
{
    out->n = 0;
    memset(out->allowed, 0, sizeof out->allowed);
    for (const char *p = line; *p && *p != '#';) {
        char *end;
        if (*p == ' ' || *p == '\t' || *p == '\n') {
            p++;
        } else if ((unsigned char)*p == 0xC3) { /* both signs are two bytes: C3 97 and C3 B7 */
            out->allowed[out->n] = (unsigned char)p[1] == 0xB7;
            p += 2;
        } else {
            uint32_t c = (uint32_t)strtoul(p, &end, 16);
            MUST(end > p && out->n + 8 < CASE_BYTES);
            out->n += utf8_put(out->text + out->n, c);
            p = end;
        }
    }
    return out->n > 0;
}

typedef struct {
    uint8_t allowed[CASE_BYTES];
} Places;

static void note_places(void *context, const TextBreaking *breaking)
{
    Places *places = context;
    for (size_t i = 0; i < breaking->points; i++)
        places->allowed[breaking->next[i]] = 1;
}

/* Where our final opportunities differ from Unicode's on purpose. */
enum {
    SAME,
    BLANK_AT_HEAD,
    TAB_IS_BLANK,
    HYPHEN_OF_WORD,
    STOP_OF_NUMBER,
    ADDRESS,
    TAILORINGS,
    UNKNOWN = TAILORINGS
};

/* How many of the strings' bytes stand before a byte of the text, or 0. */
static size_t stands_before(const BreakCase *test, size_t at, const char *const *strings)
{
    for (; *strings; strings++) {
        size_t n = strlen(*strings);
        if (at >= n && memcmp(test->text + at - n, *strings, n) == 0)
            return n;
    }
    return 0;
}

/* All before a byte is blank back to a line's head. */
static bool at_head(const BreakCase *test, size_t at)
{
    static const char *const blanks[] = {" ", "\t", "\xE2\x80\x8B", NULL};
    static const char *const ends[] = {"\n", "\v", "\f", "\r", "\xC2\x85", NULL};
    size_t n;
    while ((n = stands_before(test, at, blanks)) > 0)
        at -= n;
    return at == 0 || stands_before(test, at, ends) > 0;
}

/* A stop and a digit behind it. */
static bool is_decimal(const BreakCase *test, size_t at)
{
    return at + 1 < test->n && strchr(".,:", test->text[at]) && ascii_digit(test->text[at + 1]);
}

static int why_other(const BreakCase *test, size_t at, bool ours)
{
    static const char *const marks[] = {"\xCC\x88", NULL}; /* the test's only mark, U+0308 */
    size_t before = at - stands_before(test, at, marks);
    if (at_head(test, at))
        return BLANK_AT_HEAD;
    if (!ours && test->text[before - 1] == '-' && (before == 1 || test->text[before - 2] == ' '))
        return HYPHEN_OF_WORD;
    if (!ours && strchr(".,:", test->text[before - 1]) && ascii_digit(test->text[at]))
        return STOP_OF_NUMBER;
    if (ours && is_decimal(test, at))
        return STOP_OF_NUMBER;
    if (!ours && test->text[at] == '\t')
        return TAB_IS_BLANK;
    return memmem(test->text, test->n, "://", 3) ? ADDRESS : UNKNOWN;
}

static void find_places(const BreakCase *test, Places *out)
{
    TextRun run = {
        .text = {test->text, test->n}, .font = fonts[0], .language = STR("da-DK"), .size = 10};
    TextRequest request = {.run = &run, .runs = 1, .measure = 1e6F, .fallback = kit.fallback};
    TextTrace trace = {NULL, note_places, out};
    memset(out, 0, sizeof *out);
    text_trace(kit.text, 0, &request, &trace);
}

/* Counts the places of a line that differ, by why they do. */
static void compare_case(const BreakCase *test, const char *line, size_t *count)
{
    Places ours;
    find_places(test, &ours);
    for (size_t i = 1; i < test->n; i++) {
        if (((unsigned char)test->text[i] & 0xC0) == 0x80)
            continue;
        int why = ours.allowed[i] == test->allowed[i] ? SAME : why_other(test, i, ours.allowed[i]);
        MUST_SAY(why != UNKNOWN, "ours is %d before byte %zu of %s", ours.allowed[i], i, line);
        count[why]++;
    }
}

/* Of our last opportunities, after all rules; docs/typography.md says why some differ. */
START_TEST(breaks_pass_the_test_of_unicode)
{
    static const char *const why[] = {
        [SAME] = "are Unicode's",
        [BLANK_AT_HEAD] = "differ: blanks at the head of a line are dropped",
        [TAB_IS_BLANK] = "differ: a tab is a blank like a space",
        [HYPHEN_OF_WORD] = "differ: a hyphen before a word belongs to it",
        [STOP_OF_NUMBER] = "differ: a stop before a digit belongs to it",
        [ADDRESS] = "differ: addresses break by a style guide"};
    FILE *file = fopen("/usr/share/unicode/auxiliary/LineBreakTest.txt", "r");
    char line[1000];
    size_t cases = 0, count[TAILORINGS] = {0};
    ck_assert_msg(file != NULL, "install unicode-data");
    while (fgets(line, sizeof line, file)) {
        BreakCase test;
        if (read_case(line, &test)) {
            compare_case(&test, line, count);
            cases++;
        }
    }
    fclose(file);
    for (int i = 0; i < TAILORINGS; i++)
        printf("LineBreakTest: %6zu places %s\n", count[i], why[i]);
    ck_assert_uint_gt(cases, 7000);
    ck_assert_uint_gt(count[SAME], 15000);
}
END_TEST

/* Where lines may begin in a text, marked with |. */
static void check_places(const char *marked)
{
    BreakCase test = {.n = 0};
    Places ours;
    StrBuf found = {0};
    for (const char *p = marked; *p; p++)
        if (*p != '|')
            test.text[test.n++] = *p;
    find_places(&test, &ours);
    for (size_t i = 0; i < test.n; i++) {
        if (i && ours.allowed[i])
            strbuf_add_char(&found, '|');
        strbuf_add_char(&found, test.text[i]);
    }
    ck_assert_str_eq(found.p, marked);
    strbuf_drop(&found);
}

START_TEST(addresses_break_where_the_guide_says)
{
    check_places("se |https://|www|.kk|.dk|/politik|/udvalg|?id|=|12345|&|side|=|2|-flere, |og");
    check_places("(www|.kk|.dk|/indhold|_a|/tekst|~bruger|#afsnit)");
    check_places("skriv |til |social@|kk.dk.");
    check_places("anne-marie.holm@|kk.dk");
    check_places("folkeoplysning|-fritid|-kultur|.og|_ejendomme@|skaerninge.example");
    check_places("post@|social|-og|-sundhed.byen|.example");
    check_places("og/|eller |nord-|syd");
}
END_TEST

START_TEST(spaces_and_joiners_hold_or_part_as_unicode_says)
{
    check_places("a\xC2\xA0"
                 "b |c\xE2\x80\xAF"
                 "d |e\t|f"); /* no-break and narrow no-break space, tab */
    check_places("a\xE2\x80\x91"
                 "b |c\xE2\x81\xA0"
                 "d");                  /* no-break hyphen, word joiner */
    check_places("a\xE2\x80\x8B|b-|c"); /* zero-width space, hyphen */
}
END_TEST

START_TEST(soft_hyphens_hold_where_a_font_lacks_a_letter)
{
    /* U+2011 and Armenian from other fonts */
    check_places("ab\xC2\xAD|cd\xD5\xA2\xC2\xAD|\xD5\xA3 ");
    check_places("ab\xC2\xAD) |cd");
}
END_TEST

/* ---- words that are divided ------------------------------------------------------------------ */

static HyphenData *data;
static Hyphenation *hyphenation;

static void begin_dividing(void)
{
    char *path = build_file("hyphenation.dat");
    begin();
    data = hyphen_data_open(path);
    ck_assert_msg(data != NULL, "%s", path);
    mem_free(path);
    hyphenation = hyphenation_new(data);
}

static void end_dividing(void)
{
    hyphenation_drop(hyphenation);
    hyphen_data_drop(data);
    end();
}

static TextRun divided_run(Str text, const Font *font)
{
    return (TextRun){
        .text = text, .font = font, .language = STR("da-DK"), .size = 10.5F, .hyphenate = true};
}

static TextRequest divided_request(const TextRun *run, size_t runs, float measure)
{
    return (TextRequest){.run = run,
                         .runs = runs,
                         .measure = measure,
                         .fallback = kit.fallback,
                         .hyphenation = hyphenation};
}

static const GlyphPara *set_divided(const TextRun *run, size_t runs, float measure)
{
    TextRequest request = divided_request(run, runs, measure);
    return text_paragraph(kit.text, 0, &request);
}

static const GlyphWord *first_word(const GlyphPara *p)
{
    return words_at(text_words(kit.text), p->piece[0]);
}

START_TEST(a_joint_of_a_compound_parts_a_ligature)
{
    const char *why;
    const Font *font = fonts_get(kit.fonts, STR("DejaVu Sans"), 400, false, &why);
    ck_assert_msg(font != NULL, "%s", why);
    TextRun joint = divided_run(STR("chefindk\xC3\xB8"
                                    "ber"),
                                font);
    TextRun plain = divided_run(STR("fine"), font);
    const GlyphWord *word = first_word(set_divided(&joint, 1, 500));
    ck_assert_uint_eq(word->n, utf8_length(word->text));
    ck_assert_uint_eq(first_word(set_divided(&plain, 1, 500))->n, 3); /* fi, n, e */
}
END_TEST

static size_t last_word(Str line)
{
    size_t at = line.n;
    while (at > 0 && line.p[at - 1] != ' ')
        at--;
    return at;
}

/* How far a line of ragged text would have reached without the part of a word at its end. */
static float without_part(Str line)
{
    TextRun run = divided_run(str_trim(str_cut(line, 0, last_word(line))), fonts[0]);
    return set_divided(&run, 1, 1000)->width;
}

static void check_hyphens(float measure, size_t *hyphens, size_t *needless)
{
    TextRun run = divided_run(
        STR("Kommunalbestyrelsen drøftede i Havnepladsens forsamlingshus, hvordan "
            "beskæftigelsesindsatsen forventes omlagt, når sekretariatet og "
            "Børnerådgivningen finder behovet ændret i løbet af budgetforhandlingerne."),
        fonts[0]);
    StrBuf b = {0};
    Str rest = str_from(lines_of(set_divided(&run, 1, measure), &b));
    while (rest.n) {
        size_t end = str_find(rest, '|');
        Str line = str_cut(rest, 0, end);
        rest = end < rest.n ? str_cut(rest, end + 1, rest.n) : (Str){"", 0};
        if (!str_ends(line, STR("\xC2\xAD")))
            continue;
        float part = without_part(line) / measure;
        ++*hyphens;
        *needless += part > 0.83f; /* for the lines that follow */
        size_t at = last_word(line);
        bool name = at > 0 && (line.p[at] == 'H' || line.p[at] == 'B');
        ck_assert_msg(!name || part < 0.76f, "a name is divided: %.*s", (int)line.n, line.p);
    }
    strbuf_drop(&b);
}

START_TEST(justified_lines_divide_no_name)
{
    TextRun run[] = {
        divided_run(STR("Islændinge har sjældent slægtsnavne. "), fonts[0]),
        divided_run(STR("Jón Einarsson"), fonts[0]),
        divided_run(STR(" er søn af Einar, og hans søster hedder "), fonts[0]),
        divided_run(STR("Sigríður Einarsdóttir"), fonts[0]),
        divided_run(STR(". De står begge under fornavnet i telefonbogen, som bestyrelsen så."),
                    fonts[0])};
    run[1].language = run[3].language = STR("is");
    StrBuf b = {0};
    size_t hyphens = 0;
    for (int measure = 190; measure < 360; measure++) {
        TextRequest request = divided_request(run, sizeof run / sizeof *run, (float)measure);
        request.align = TEXT_JUSTIFY;
        Str rest = str_from(lines_of(text_paragraph(kit.text, 0, &request), &b));
        while (rest.n) {
            size_t end = str_find(rest, '|');
            Str line = str_cut(rest, 0, end);
            rest = end < rest.n ? str_cut(rest, end + 1, rest.n) : (Str){"", 0};
            bool hyphen = str_ends(line, STR("\xC2\xAD"));
            hyphens += hyphen;
            ck_assert_msg(!hyphen || !strchr("ES", line.p[last_word(line)]), "%d: %.*s", measure,
                          (int)line.n, line.p);
        }
    }
    ck_assert_uint_gt(hyphens, 0);
    strbuf_drop(&b);
}
END_TEST

START_TEST(ragged_lines_are_divided_only_where_they_would_be_short)
{
    size_t hyphens = 0, needless = 0;
    for (int measure = 200; measure < 420; measure += 3)
        check_hyphens((float)measure, &hyphens, &needless);
    ck_assert_uint_gt(hyphens, 20);
    ck_assert_uint_le(needless * 10, hyphens);
}
END_TEST

/* The lines that were chosen among all, with every word divided. */
typedef struct {
    double width[64];
    bool hyphen[64];
    size_t n;
} ChosenLines;

static void keep_chosen(void *context, const TextBreaking *b)
{
    ChosenLines *out = context;
    out->n = b->lines;
    MUST(b->lines <= 64);
    for (size_t i = 0; i < b->lines; i++) {
        const BreakPoint *end = &b->point[b->chosen[i]];
        out->width[i] = end->to + end->hyphen - (i ? b->point[b->chosen[i - 1]].from : 0);
        out->hyphen[i] = end->hyphen > 0;
    }
}

/* Returns how many of its lines end in a hyphen. */
static size_t check_undivided(const TextRequest *request)
{
    const GlyphPara *p = text_paragraph(kit.text, 0, request);
    ChosenLines all;
    TextTrace trace = {NULL, keep_chosen, &all};
    size_t hyphens = 0;
    text_trace(kit.text, 0, request, &trace);
    MUST(p->lines == all.n);
    for (uint32_t l = 0; l < p->lines; l++) {
        MUST(((p->line[l].flags & LINE_HYPHENATED) != 0) == all.hyphen[l]);
        MUST(request->align != TEXT_LEFT || fabs((double)p->line[l].width - all.width[l]) < 0.5);
        hyphens += all.hyphen[l];
    }
    return hyphens;
}

START_TEST(lines_are_the_best_also_where_no_word_need_be_divided)
{
    static const char *const text[] = {
        ("Kommunalbestyrelsen drøftede i Havnepladsens forsamlingshus, hvordan indsatsen "
         "forventes omlagt, når sekretariatet finder behovet ændret i løbet af forhandlingerne "
         "om budgettet, og hvem der skal høres, før det sker."),
        ("Målet er, at ingen, der har fulgt programmet, igen får brug for et herberg, og at ni af "
         "ti slipper ud af permanent hjemløshed, som det er lykkedes i andre byer med en "
         "tilsvarende boligforsyning og et tættere samarbejde.")};
    size_t paragraphs[2] = {0};
    for (int measure = 120; measure < 480; measure++) {
        for (size_t i = 0; i < 4; i++) {
            TextRun run = divided_run(str_from(text[i / 2]), fonts[0]);
            TextRequest request = divided_request(&run, 1, (float)measure);
            request.align = i % 2 ? TEXT_JUSTIFY : TEXT_LEFT;
            paragraphs[check_undivided(&request) > 0]++;
        }
    }
    ck_assert_uint_gt(paragraphs[0], 300);
    ck_assert_uint_gt(paragraphs[1], 300);
}
END_TEST

START_TEST(a_word_of_two_styles_is_not_divided)
{
    TextRun whole = divided_run(STR("kommunalbestyrelsen"), fonts[0]);
    TextRun parts[2] = {divided_run(STR("kommunal"), fonts[0]),
                        divided_run(STR("bestyrelsen"), fonts[1])};
    ck_assert_uint_eq(set_divided(&whole, 1, 80)->lines, 2);
    const GlyphPara *p = set_divided(parts, 2, 100);
    for (uint32_t l = 0; l < p->lines; l++)
        ck_assert_uint_eq(p->line[l].flags & LINE_HYPHENATED, 0);
}
END_TEST

/* What is asked of the lines of a text: how many there are, and how many look wrong. */
typedef struct {
    unsigned lines, hyphens, short_lines, short_ends, scraps, three_hyphens;
} Looks;

/* Whether a line is one short word, or what the line above left of one. */
static bool is_scrap(const GlyphPara *p, uint32_t l)
{
    size_t letters = 0;
    for (uint32_t i = p->line[l].first; i < p->line[l].end; i++) {
        const GlyphWord *w = words_at(text_words(kit.text), p->piece[i]);
        if (w->flags & WORD_SPACE)
            return false;
        letters += utf8_length(w->text);
    }
    return letters < 6 || p->line[l - 1].flags & LINE_HYPHENATED;
}

static void judge(const GlyphPara *p, float measure, Looks *looks)
{
    unsigned hyphens = 0;
    for (uint32_t l = 0; l < p->lines; l++) {
        const GlyphLine *line = &p->line[l];
        bool last = l + 1 == p->lines, hyphen = (line->flags & LINE_HYPHENATED) != 0;
        hyphens = hyphen ? hyphens + 1 : 0;
        looks->lines++;
        looks->hyphens += hyphen;
        looks->three_hyphens += hyphens > 2;
        looks->short_lines += !last && line->width < measure * 0.75F;
        looks->short_ends += last && l > 0 && line->width < measure * 0.1F;
        looks->scraps += last && l > 0 && is_scrap(p, l);
    }
}

static void judge_report(const StrBuf *report, float measure, Looks *looks)
{
    Str rest = strbuf_str(report);
    while (rest.n) {
        size_t end = str_find(rest, '\n');
        Str text = str_cut(rest, 0, end);
        bool is_prose = text.n > 100 && !strchr("|#>-*[`", text.p[0]);
        TextRun run = divided_run(text, fonts[0]);
        if (is_prose)
            judge(set_divided(&run, 1, measure), measure, looks);
        rest = str_cut(rest, end < rest.n ? end + 1 : end, rest.n);
    }
}

/* Takes out what braces say of a key figure: nobody reads it in its line. */
static void drop_pull_outs(StrBuf *text)
{
    size_t to = 0;
    for (size_t i = 0; i < text->n; i++) {
        if (str_starts(str_cut(strbuf_str(text), i, text->n), STR("{.")))
            i += str_find(str_cut(strbuf_str(text), i, text->n), '}');
        else
            text->p[to++] = text->p[i];
    }
    text->n = to;
}

START_TEST(a_paragraph_ends_in_no_scrap_of_a_word)
{
    static const char *const text[] = {
        "I Danmark er en socioøkonomisk virksomhed kendetegnet ved disse træk:",
        ("Målet er, at ingen, der har fulgt programmet, igen får brug for et herberg, og at ni af "
         "ti slipper ud af permanent hjemløshed."),
        "Romertal læses som tal, så at Frederik IX altid står før Frederik X, når lister sorteres."};
    unsigned scraps[2] = {0};
    for (int measure = 210; measure < 420; measure++) {
        for (size_t i = 0; i < 6; i++) {
            TextRun run = divided_run(str_from(text[i / 2]), fonts[0]);
            TextRequest request = divided_request(&run, 1, (float)measure);
            request.align = i % 2 ? TEXT_JUSTIFY : TEXT_LEFT;
            const GlyphPara *p = text_paragraph(kit.text, 0, &request);
            scraps[i % 2] += p->lines > 1 && is_scrap(p, p->lines - 1);
        }
    }
    ck_assert_uint_eq(scraps[0], 0);
    ck_assert_uint_le(scraps[1], 40); /* of 630: else spaces would be about twice as wide */
}
END_TEST

/* The report's lines, joined to paragraphs. */
static void read_report(StrBuf *out)
{
    ck_assert_int_eq(file_read("data/studietur-london-2012/report.md", 1 << 24, out), 0);
    drop_pull_outs(out);
    for (size_t i = 1; i + 1 < out->n; i++)
        if (out->p[i] == '\n' && out->p[i - 1] != '\n' && out->p[i + 1] != '\n')
            out->p[i] = ' ';
}

/* As the house asks: no line under three quarters of the measure but the last, no last line of one short
 * word, at most two hyphens in a row, and few hyphens in all. */
START_TEST(the_lines_of_a_report_look_as_they_should)
{
    StrBuf report = {0};
    read_report(&report);
    for (int width = 215; width < 380; width += 48) {
        float measure = (float)width;
        Looks looks = {0};
        judge_report(&report, measure, &looks);
        ck_assert_uint_gt(looks.lines, 300);
        ck_assert_uint_eq(looks.three_hyphens, 0);
        unsigned most = measure < 260 ? 2 : 0; /* names that nothing divides, in a narrow column */
        ck_assert_msg(looks.short_lines <= most, "%u of %u lines are short in %f",
                      looks.short_lines, looks.lines, (double)measure);
        ck_assert_msg(looks.short_ends * 200 <= looks.lines, "%u of %u lines end too soon in %f",
                      looks.short_ends, looks.lines, (double)measure);
        ck_assert_msg(looks.scraps == 0, "%u of %u lines are scraps in %f", looks.scraps,
                      looks.lines, (double)measure);
        ck_assert_msg(looks.hyphens * 10 < looks.lines, "%u hyphens on %u lines in %f",
                      looks.hyphens, looks.lines, (double)measure);
    }
    strbuf_drop(&report);
}
END_TEST

/* ---- fonts ---------------------------------------------------------------------------------- */

START_TEST(the_same_font_is_the_same)
{
    const char *why = "";
    const Font *regular = fonts_get(kit.fonts, STR("Open Sans"), 400, false, &why);
    ck_assert_ptr_nonnull(regular);
    ck_assert_ptr_eq(regular, fonts_get(kit.fonts, STR("Open Sans"), 400, false, &why));
    const Font *bold = fonts_get(kit.fonts, STR("Open Sans"), 700, false, &why);
    const Font *italic = fonts_get(kit.fonts, STR("Open Sans"), 400, true, &why);
    ck_assert(bold && italic && bold != regular && italic != regular && italic != bold);
    ck_assert(bold->face.weight > 600 && italic->face.italic_angle < 0);
    ck_assert_uint_gt(regular->face.upem, 0);
    ck_assert_str_eq(regular->face.name, "OpenSans");
}
END_TEST

START_TEST(a_family_that_is_not_there_says_so)
{
    const char *why = NULL;
    ck_assert_ptr_null(fonts_get(kit.fonts, STR("No Such Family"), 400, false, &why));
    ck_assert_ptr_nonnull(why);
    const char *again = NULL;
    ck_assert_ptr_null(fonts_get(kit.fonts, STR("No Such Family"), 400, false, &again));
    ck_assert_str_eq(why, again);
}
END_TEST

START_TEST(ligatures_and_marks_keep_their_text)
{
    const GlyphPara *p = kit_para(&kit, fonts[0], 10, "fi cafe\xCC\x81 \xC3\xA6", 500);
    StrBuf text = {0};
    for (uint32_t i = 0; i < p->pieces; i++)
        strbuf_add_str(&text, words_at(text_words(kit.text), p->piece[i])->text);
    MUST(text.p);
    ck_assert_ptr_nonnull(strstr(text.p, "fi "));
    ck_assert_ptr_nonnull(strstr(text.p, "\xC3\xA6"));
    strbuf_drop(&text);
}
END_TEST

/* ---- all ------------------------------------------------------------------------------------ */

static void add_paragraphs(Suite *suite)
{
    TCase *tests = tcase_create("paragraphs");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_paragraph_is_a_pure_function);
    tcase_add_test(tests, lines_fit_and_say_it_all);
    tcase_add_test(tests, justified_lines_fill_the_measure);
    tcase_add_test(tests, commas_below_stay_commas);
    tcase_add_test(tests, ragged_lines_end_at_a_tie_before_they_are_far_too_short);
    tcase_add_test(tests, labels_end_in_no_short_word_and_begin_a_line_with_a_sentence);
    tcase_add_test(tests, words_of_another_direction_stay_together);
    tcase_add_test(tests, headings_are_balanced);
    tcase_add_test(tests, names_are_rather_broken_behind_them);
    tcase_add_test(tests, intervals_stay_on_their_line);
    tcase_add_test(tests, words_of_one_letter_end_no_line);
    tcase_add_test(tests, names_are_broken_at_no_hyphen_of_their_own);
    tcase_add_test(tests, justified_lines_end_at_a_tie_before_they_get_holes);
    tcase_add_test(tests, spaces_are_no_narrower_than_a_sixth_of_an_em);
    tcase_add_test(tests, justified_lines_stretch_ties_as_other_spaces);
    tcase_add_test(tests, a_paragraph_with_a_line_of_holes_is_ragged);
    tcase_add_test(tests, punctuation_hangs_only_where_the_style_says_so);
    tcase_add_test(tests, letters_stretch_within_their_bound_alone);
    tcase_add_test(tests, first_lines_are_indented_and_last_ones_are_longer);
    tcase_add_test(tests, an_endless_measure_gives_the_natural_and_the_least_width);
    tcase_add_test(tests, a_word_that_is_too_long_is_broken_anywhere);
    tcase_add_test(tests, objects_stand_in_lines_as_words_do);
    tcase_add_test(tests, an_object_is_no_wider_than_its_line);
    tcase_add_test(tests, soft_hyphens_show_only_where_a_line_ends);
    tcase_add_test(tests, a_hyphen_within_a_word_divides_it);
    tcase_add_test(tests, a_number_stays_with_the_word_that_it_is_part_of);
    tcase_add_test(tests, signs_stay_with_their_money);
    tcase_add_test(tests, line_ends_and_no_break_spaces_are_obeyed);
    tcase_add_test(tests, hebrew_reads_from_the_right);
    tcase_add_test(tests, composed_texts_read_as_their_language);
    tcase_add_test(tests, characters_without_a_font_are_told);
    tcase_add_test(tests, fallback_families_are_the_requests_own);
    tcase_add_test(tests, breaks_pass_the_test_of_unicode);
    tcase_add_test(tests, addresses_break_where_the_guide_says);
    tcase_add_test(tests, spaces_and_joiners_hold_or_part_as_unicode_says);
    tcase_add_test(tests, soft_hyphens_hold_where_a_font_lacks_a_letter);
    tcase_add_test(tests, letters_and_their_marks_share_a_font);
    tcase_add_test(tests, marks_stand_over_and_under_their_letters);
    tcase_add_test(tests, marks_are_stacked_and_left_where_the_font_has_them);
    tcase_add_test(tests, small_letters_of_a_fallback_are_as_high);
    tcase_add_test(tests, a_word_is_set_in_one_font);
    tcase_add_test(tests, variable_fonts_are_pinned_to_what_is_asked);
    tcase_add_test(tests, features_are_asked_of_the_font);
    tcase_add_test(tests, the_same_font_is_the_same);
    tcase_add_test(tests, a_family_that_is_not_there_says_so);
    tcase_add_test(tests, ligatures_and_marks_keep_their_text);
    suite_add_tcase(suite, tests);
}

static void add_dividing(Suite *suite)
{
    TCase *tests = tcase_create("dividing");
    tcase_add_checked_fixture(tests, begin_dividing, end_dividing);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_joint_of_a_compound_parts_a_ligature);
    tcase_add_test(tests, justified_lines_divide_no_name);
    tcase_add_test(tests, ragged_lines_are_divided_only_where_they_would_be_short);
    tcase_add_test(tests, lines_are_the_best_also_where_no_word_need_be_divided);
    tcase_add_test(tests, a_word_of_two_styles_is_not_divided);
    tcase_add_test(tests, a_paragraph_ends_in_no_scrap_of_a_word);
    tcase_add_test(tests, the_lines_of_a_report_look_as_they_should);
    suite_add_tcase(suite, tests);
}

Suite *text_suite(void)
{
    Suite *suite = suite_create("text");
    TCase *tests = tcase_create("breaks");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, breaks_are_those_of_unicode);
    tcase_add_test(tests, no_way_to_break_is_better);
    tcase_add_test(tests, forced_breaks_are_kept_whatever_fits);
    suite_add_tcase(suite, tests);
    add_paragraphs(suite);
    add_dividing(suite);
    return suite;
}
