/* Colours: their contrast, and the shades of grey of a layout. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/colour.h"
#include "base/file.h"

#include "page_support.h"
#include "suites.h"

#define NEAR(a, b, d) (fabs((a) - (b)) <= (d))

enum { COLOURS = 20000 };

static Kit kit;
static Layout *layout;

static void begin(void)
{
    kit_open(&kit, 1);
    layout = kit_layout(&kit, "committee-pack");
}

static void end(void)
{
    layout_drop(layout);
    kit_close(&kit);
}

/* Values of WCAG's own examples and of CIE's tables. */
START_TEST(contrast_and_lightness_are_those_of_the_standards)
{
    ck_assert(NEAR(colour_contrast(0x000000, 0xFFFFFF), 21, 1e-9));
    ck_assert(NEAR(colour_contrast(0xFFFFFF, 0x777777), 4.48, 0.01));
    ck_assert(NEAR(colour_contrast(0x0000FF, 0xFFFFFF), 8.59, 0.01));
    ck_assert(NEAR(colour_lightness(0xFFFFFF), 100, 1e-6));
    ck_assert(NEAR(colour_lightness(0x777777), 50.03, 0.01));
    ck_assert(NEAR(colour_lightness(0x010101), 0.27, 0.01));
    ck_assert_uint_eq(colour_clearer(0x000000, 0xFFFFFF, 0x12464a), 0xFFFFFF);
    ck_assert_uint_eq(colour_clearer(0x000000, 0xFFFFFF, 0xb4d3ce), 0x000000);
}
END_TEST

START_TEST(a_shade_has_the_luminance_of_its_colour)
{
    Random random = {7};
    for (Colour v = 0; v < 256; v++) { /* shades stay what they are */
        Colour grey = v << 16 | v << 8 | v;
        MUST(colour_grey(grey) == grey);
        MUST(colour_grey_of_lightness(colour_lightness(grey)) == grey);
    }
    static unsigned char rgb[3 * COLOURS], shade[sizeof rgb];
    for (size_t i = 0; i < sizeof rgb; i++)
        rgb[i] = (unsigned char)random_next(&random);
    memcpy(shade, rgb, sizeof rgb);
    colour_greys(shade, COLOURS, shade);
    for (size_t i = 0; i < COLOURS; i++) {
        const unsigned char *p = rgb + 3 * i;
        Colour c = (Colour)p[0] << 16 | (Colour)p[1] << 8 | p[2], grey = colour_grey(c);
        MUST((grey & 0xFF) * 0x010101 == grey);
        MUST(NEAR(colour_lightness(grey), colour_lightness(c), 0.6));
        MUST(abs((int)shade[i] - (int)(grey & 0xFF)) <= 1);
    }
}
END_TEST

/* "  ink: "#1b2328"   # 15.9  text": what stands behind a colour is its contrast on white, and what a role
 * is used for needs so much. */
START_TEST(the_house_says_its_contrasts_truly)
{
    StrBuf text = {0};
    size_t said = 0;
    ck_assert_int_eq(file_read("layouts/house.yaml", 1 << 20, &text), 0);
    for (char *line = strtok(text.p, "\n"); line; line = strtok(NULL, "\n")) {
        char *hex = strstr(line, ": \"#"), *behind = hex ? strstr(hex, " # ") : NULL, *end;
        if (!behind || !ascii_digit(behind[3 + strspn(behind + 3, " ")]))
            continue;
        Colour colour = (Colour)strtoul(hex + 4, &end, 16);
        double contrast = strtod(behind + 3, NULL);
        ck_assert(*end == '"');
        ck_assert_msg(NEAR(colour_contrast(colour, 0xFFFFFF), contrast, 0.051), "%s: %f", line,
                      colour_contrast(colour, 0xFFFFFF));
        said++;
    }
    ck_assert_uint_ge(said, 8);
    strbuf_drop(&text);
}
END_TEST

static const ColourRole text_roles[] = {COLOUR_ink, COLOUR_primary, COLOUR_primary_text,
                                        COLOUR_caution, COLOUR_muted};

static void check_contrasts(const Layout *l, const char *what)
{
    static const ColourRole grounds[] = {COLOUR_paper, COLOUR_tint, COLOUR_caution_tint};
    for (size_t i = 0; i < sizeof text_roles / sizeof *text_roles; i++)
        for (size_t k = 0; k < 3; k++)
            MUST_SAY(colour_contrast(l->colour[text_roles[i]], l->colour[grounds[k]]) >= 4.5,
                     "%s: text %zu on %zu", what, i, k);
    MUST_SAY(colour_contrast(l->colour[COLOUR_secondary], l->colour[COLOUR_paper]) >= 3, "%s",
             what);
    MUST_SAY(colour_contrast(l->colour[COLOUR_axis], l->colour[COLOUR_paper]) >= 3, "%s", what);
}

static void check_apart(const Layout *l, const char *what)
{
    static const ColourRole series[] = {COLOUR_primary, COLOUR_secondary, COLOUR_tertiary,
                                        COLOUR_paper};
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < i; k++)
            MUST_SAY(fabs(colour_lightness(l->colour[series[i]]) -
                          colour_lightness(l->colour[series[k]])) > 17.5,
                     "%s: series %d and %d", what, k, i);
}

static void check_grey(const Layout *l, const char *what)
{
    for (int i = 0; i < COLOUR_COUNT; i++)
        MUST_SAY((l->colour[i] & 0xFF) * 0x010101 == l->colour[i], "%s: role %d", what, i);
    for (int i = 0; i < STYLE_COUNT; i++)
        MUST_SAY((l->style[i].colour & 0xFF) * 0x010101 == l->style[i].colour, "%s: style %d", what,
                 i);
}

START_TEST(the_house_keeps_its_contrasts_in_grey)
{
    check_contrasts(layout, "in colour");
    Colour before[COLOUR_COUNT];
    memcpy(before, layout->colour, sizeof before);
    layout_make_grey(layout);
    check_grey(layout, "the house");
    check_contrasts(layout, "the house");
    check_apart(layout, "the house");
    for (int i = 0; i < COLOUR_COUNT; i++)
        ck_assert(NEAR(colour_lightness(layout->colour[i]), colour_lightness(before[i]), 1));
}
END_TEST

/* Any colours that people choose, on paper and tints that are light. */
START_TEST(colours_of_a_users_own_stay_readable_and_apart)
{
    Random random = {11};
    for (int i = 0; i < 3000; i++) {
        char what[32];
        snprintf(what, sizeof what, "layout %d", i);
        for (int k = 0; k < COLOUR_COUNT; k++)
            layout->colour[k] = random_next(&random) & 0xFFFFFF;
        layout->colour[COLOUR_paper] = 0xFFFFFF;
        layout->colour[COLOUR_tint] |= 0xE0E0E0;
        layout->colour[COLOUR_caution_tint] |= 0xE0E0E0;
        layout_make_grey(layout);
        check_grey(layout, what);
        check_contrasts(layout, what);
        check_apart(layout, what);
    }
}
END_TEST

Suite *colour_suite(void)
{
    Suite *suite = suite_create("colour");
    TCase *tests = tcase_create("colour");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, contrast_and_lightness_are_those_of_the_standards);
    tcase_add_test(tests, a_shade_has_the_luminance_of_its_colour);
    tcase_add_test(tests, the_house_says_its_contrasts_truly);
    tcase_add_test(tests, the_house_keeps_its_contrasts_in_grey);
    tcase_add_test(tests, colours_of_a_users_own_stay_readable_and_apart);
    suite_add_tcase(suite, tests);
    return suite;
}
