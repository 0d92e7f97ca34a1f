#include "page_support.h"

#include <check.h>
#include <locale.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

/* ---- random numbers: splitmix64 (Vigna) ----------------------------------------------------- */

uint32_t random_next(Random *random)
{
    uint64_t z = random->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (uint32_t)((z ^ (z >> 31)) >> 32);
}

uint32_t random_below(Random *random, uint32_t n)
{
    return (uint32_t)((uint64_t)random_next(random) * n >> 32);
}

bool random_once_in(Random *random, uint32_t n)
{
    return random_below(random, n) == 0;
}

/* ---- the locale ----------------------------------------------------------------------------- */

#define LOCALE "da_DK.UTF-8"

static void make_locale(char *path)
{
    char program[] = "localedef", i[] = "-i", from[] = "da_DK", f[] = "-f", map[] = "UTF-8";
    char *arguments[] = {program, i, from, f, map, path, NULL};
    pid_t child;
    if (posix_spawnp(&child, program, NULL, NULL, arguments, environ) == 0)
        waitpid(child, NULL, 0);
}

bool comma_locale_begin(void)
{
    char folder[4096], path[4200];
    ssize_t n = readlink("/proc/self/exe", folder, sizeof folder - 16);
    ck_assert_int_gt(n, 0);
    folder[n] = 0;
    snprintf(strrchr(folder, '/'), 16, "/locale");
    snprintf(path, sizeof path, "%s/" LOCALE, folder);
    if (!file_is_folder(path)) {
        mkdir(folder, 0777);
        make_locale(path);
    }
    setenv("LOCPATH", folder, 1);
    return setlocale(LC_ALL, LOCALE) && strcmp(localeconv()->decimal_point, ",") == 0;
}

void comma_locale_end(void)
{
    setlocale(LC_ALL, "C");
    unsetenv("LOCPATH");
}

/* ---- what was said -------------------------------------------------------------------------- */

char *diags_text(Diags *diags, void (*print)(Diags *diags, FILE *out))
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    ck_assert_ptr_nonnull(out);
    print(diags, out);
    ck_assert_int_eq(fclose(out), 0);
    return text;
}

void check_messages(const Diags *diags, const char *expected)
{
    StrBuf said = {0};
    for (size_t i = 0; diags_message(diags, i); i++)
        strbuf_addf(&said, "%u:%u: %s\n", diags_pos(diags, i).line, diags_pos(diags, i).column,
                    diags_message(diags, i));
    ck_assert_str_eq(said.p ? said.p : "", expected);
    strbuf_drop(&said);
}

/* ---- setting type --------------------------------------------------------------------------- */

const Terms *terms_of_language(Arena *arena, Diags *diags, const char *language)
{
    char path[64];
    StrBuf text = {0};
    snprintf(path, sizeof path, "layouts/terms/%s.yaml", language);
    ck_assert_msg(file_read(path, 1 << 20, &text) == 0, "%s: run from the project's folder", path);
    uint16_t file = diags_file(diags, path, text.p, text.n);
    const Terms *terms = terms_read(arena, diags, file, strbuf_str(&text));
    ck_assert_msg(terms != NULL, "%s", diags_message(diags, 0));
    return terms;
}

/* fontconfig looks for names without a folder in its own. */
static Fonts *open_fonts(void)
{
    char *conf = realpath("fonts/fonts.conf", NULL);
    char *more = realpath("fonts/more-fonts.conf", NULL);
    const char *folders[] = {NULL};
    ck_assert(conf && more);
    Fonts *fonts = fonts_new(conf, more, folders);
    ck_assert_ptr_nonnull(fonts);
    free(conf);
    free(more);
    return fonts;
}

void kit_open(Kit *kit, unsigned threads)
{
    *kit = (Kit){.diags = diags_new(), .queue = work_new(threads)};
    kit->terms = terms_of_language(&kit->arena, kit->diags, "da");
    kit->fonts = open_fonts();
    kit->text = text_new(kit->fonts, threads);
}

void kit_close(Kit *kit)
{
    text_drop(kit->text);
    fonts_drop(kit->fonts);
    work_drop(kit->queue);
    diags_drop(kit->diags);
    arena_drop(&kit->arena);
}

static char *find_layout(void *context, Str name, const char *hiding)
{
    (void)context;
    (void)hiding;
    StrBuf path = {0};
    strbuf_addf(&path, "layouts/%.*s.yaml", (int)name.n, name.p);
    return path.p;
}

Layout *kit_layout(Kit *kit, const char *name)
{
    LayoutOptions options = {.diags = kit->diags, .find = find_layout};
    Layout *layout = layout_read(str_from(name), (Pos){0, 0, 0}, &options);
    ck_assert_msg(layout != NULL, "%s: %s", name, diags_message(kit->diags, 0));
    kit->fallback = fonts_fallback_list(kit->fonts, layout->fallback, layout->fallbacks);
    return layout;
}

Layout *kit_body_layout(Kit *kit)
{
    Layout *layout = kit_layout(kit, "committee-pack");
    layout->part[0] = PART_BODY;
    layout->parts = 1;
    return layout;
}

void kit_check_clean(const Kit *kit)
{
    ck_assert_msg(diags_count(kit->diags, DIAG_ERROR) == 0, "%s", diags_message(kit->diags, 0));
}

const Font *kit_font(Kit *kit, const Layout *layout, StyleRole role)
{
    const Style *style = &layout->style[role];
    const char *why = "";
    const Font *font = fonts_get(kit->fonts, style->family, style->weight, style->italic, &why);
    ck_assert_msg(font != NULL, "%s", why);
    return font;
}

const GlyphPara *kit_para(Kit *kit, const Font *font, float size, const char *text, float measure)
{
    TextRun run = {.text = str_from(text), .font = font, .language = STR("da-DK"), .size = size};
    TextRequest request = {
        .run = &run, .runs = 1, .measure = measure, .align = TEXT_LEFT, .fallback = kit->fallback};
    return text_paragraph(kit->text, 0, &request);
}

static const Image *grey_image(void *context, Str path, Pos pos)
{
    static const Image image = {.colour = IMAGE_GREY, .width = 100, .height = 50};
    (void)context;
    (void)path;
    (void)pos;
    return &image;
}

PageRequest kit_request(Kit *kit, const Edition *edition, const Layout *layout)
{
    return (PageRequest){.edition = edition,
                         .layout = layout,
                         .fonts = kit->fonts,
                         .text = kit->text,
                         .queue = kit->queue,
                         .diags = kit->diags,
                         .image = grey_image,
                         .producer = STR("a test")};
}

Document *kit_compose(Kit *kit, const Report *report, const Layout *layout)
{
    EditionChoice choice = {false, {"", 0}};
    Edition *edition = edition_new(report, &choice, NULL);
    PageRequest request = kit_request(kit, edition, layout);
    Document *d = compose_document(&request);
    edition_drop(edition);
    ck_assert_ptr_nonnull(d);
    ck_assert_msg(document_fault(d) == NULL, "%s", document_fault(d));
    return d;
}
