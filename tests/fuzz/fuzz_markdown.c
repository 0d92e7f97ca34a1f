/* The text of reports: whatever stands in it is read, checked, selected and set, and the document that comes
 * of it holds together. */
#include <string.h>
#include <unistd.h>

#include "edition/edition.h"
#include "fuzz.h"
#include "layout/layout.h"
#include "compose/compose.h"
#include "reader/reader.h"

/* What is set is kept for the next time, so it is all made anew now and then. */
enum { RUNS_OF_A_PRESS = 2000, LONGEST = 1 << 16 };

static struct {
    Diags *diags;
    Fonts *fonts;
    Text *text;
    WorkQueue *queue;
    Layout *layout;
    unsigned runs;
} press;

static char *find_layout(void *context, Str name, const char *hiding)
{
    (void)context;
    (void)hiding;
    StrBuf path = {0};
    strbuf_addf(&path, "layouts/%.*s.yaml", (int)name.n, name.p);
    return path.p;
}

static void close_press(void)
{
    text_drop(press.text);
    layout_drop(press.layout);
    fonts_drop(press.fonts);
    work_drop(press.queue);
    diags_drop(press.diags);
    memset(&press, 0, sizeof press);
}

static void open_press(void)
{
    char *conf = realpath("fonts/fonts.conf", NULL),
         *more = realpath("fonts/more-fonts.conf", NULL);
    const char *folders[] = {NULL};
    if (press.text && press.runs++ < RUNS_OF_A_PRESS) {
        free(conf);
        free(more);
        return;
    }
    if (press.text)
        close_press();
    MUST_HOLD(conf && more, "run from the project's folder");
    press.diags = diags_new();
    press.queue = work_new(1);
    press.fonts = fonts_new(conf, more, folders);
    MUST_HOLD(press.fonts, "there are no fonts");
    press.text = text_new(press.fonts, 1);
    LayoutOptions options = {.diags = press.diags, .find = find_layout};
    press.layout = layout_read(STR("committee-pack"), (Pos){0, 0, 0}, &options);
    MUST_HOLD(press.layout, "%s", diags_message(press.diags, 0));
    free(conf);
    free(more);
}

static const Image *any_image(void *context, Str path, Pos pos)
{
    static const Image image = {.colour = IMAGE_GREY, .width = 100, .height = 50};
    (void)context;
    (void)path;
    (void)pos;
    return &image;
}

static void set(const Report *report, Diags *diags)
{
    for (int closed = 0; closed < 2; closed++) {
        EditionChoice choice = {closed, {"", 0}};
        Edition *edition = edition_new(report, &choice, diags);
        PageRequest request = {.edition = edition,
                               .layout = press.layout,
                               .fonts = press.fonts,
                               .text = press.text,
                               .queue = press.queue,
                               .diags = diags,
                               .image = any_image,
                               .producer = STR("a fuzz target")};
        Document *d = compose_document(&request);
        if (d) {
            const char *fault = document_fault(d);
            MUST_HOLD(!fault || diags_count(diags, DIAG_ERROR), "%s", fault);
            document_drop(d);
        }
        edition_drop(edition);
    }
}

static const Terms *terms_of(void *context, Str language)
{
    (void)context;
    return str_equal(language, STR("da")) ? fuzz_terms("da") : fuzz_terms("en");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n > LONGEST)
        return 0;
    StrBuf text = {0};
    if (n < 3 || memcmp(data, "---", 3) != 0)
        strbuf_add_text(&text, "---\ntitle: T\nstatus: draft\n---\n");
    strbuf_add(&text, (const char *)data, n);
    char *path = fuzz_file(strbuf_str(&text));
    Diags *diags = diags_new();
    bool unreadable = false;
    ReaderOptions options = {.diags = diags, .terms = terms_of};
    open_press();
    Report *report = report_read(path, &options, &unreadable);
    MUST_HOLD(report || diags_count(diags, DIAG_ERROR), "nothing was read, and nothing said");
    if (report) {
        report_check(report, diags);
        set(report, diags);
        report_drop(report);
    }
    diags_drop(diags);
    unlink(path);
    free(path);
    strbuf_drop(&text);
    return 0;
}
