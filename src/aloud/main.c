/* briefpack-read-aloud: what 'briefpack read-aloud' starts, with options and, for each PDF, a path to open and a
 * name to call it by. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "aloud/aloud.h"
#include "aloud/sound.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "command/command.h"

/* A PDF may claim that a few bytes are any number of them, decompressed: that ends here. */
#define MOST_MEMORY ((rlim_t)4 << 30)

enum { LARGEST_PDF = 1 << 30, LARGEST_WORDS = 1 << 20, OPTION_PAGES = 1000 };

typedef struct {
    Telling telling;
    Diags *diags;
    Arena arena; /* of words */
    AloudPages pages;
    const char *wav;
    StrBuf out;  /* text, or what is to be spoken */
    Str speaker; /* the language of its own voice, that of the first PDF; the arena's */
    int status;
} Program;

/* ---- the words of a language ---------------------------------------------------------------------------- */

static const AloudWords *read_words_at(Program *p, const char *path)
{
    StrBuf text = {0};
    int error = file_read(path, LARGEST_WORDS, &text);
    uint16_t file = diags_file(p->diags, path, NULL, 0);
    const AloudWords *words = NULL;
    if (error)
        diag_error(p->diags, (Pos){0, 0, file}, "can't read it: %s", strerror(error));
    else
        words = words_read(&p->arena, p->diags, file, strbuf_str(&text));
    strbuf_drop(&text);
    return words;
}

/* The words of the document's language, else of that of messages. */
static const AloudWords *find_words(Program *p, Str language)
{
    static const char *const fallback[] = {"en", "da"};
    Paths paths;
    StrBuf lower = {0};
    paths_find(&paths, NULL);
    strbuf_add_lower(&lower, words_primary(language));
    char *path = paths_file(&paths, "layouts/aloud", strbuf_str(&lower), ".yaml");
    if (!path)
        path =
            paths_file(&paths, "layouts/aloud", str_from(fallback[language_is_danish()]), ".yaml");
    const AloudWords *words = path ? read_words_at(p, path) : NULL;
    if (!path)
        p->status = command_fail(
            STATUS_FILE, "there are no words for reading aloud: layouts/aloud/en.yaml is missing");
    mem_free(path);
    strbuf_drop(&lower);
    paths_drop(&paths);
    return words;
}

/* ---- one PDF ------------------------------------------------------------------------------------------------ */

typedef struct {
    Program *program;
    const TaggedPdf *pdf;
    const AloudWords *words;
    Str language; /* the PDF's, or that of the words where it has none */
} Reading;

static void write_line(void *context, const AloudLine *line)
{
    Reading *r = context;
    StrBuf *out = &r->program->out;
    if (r->program->wav) {
        voice_ssml(out, line, r->language, r->program->speaker);
        return;
    }
    voice_text(out, line, r->words, r->pdf->language);
    fwrite(out->p, 1, out->n, stdout);
    strbuf_clear(out);
}

static void read_pdf(Program *p, const TaggedPdf *pdf)
{
    const AloudWords *words = find_words(p, pdf->language);
    if (!words)
        return;
    Reading reading = {p, pdf, words, pdf->language.n ? pdf->language : words->language};
    if (!p->speaker.n)
        p->speaker = arena_str(&p->arena, words_primary(reading.language));
    aloud_read(pdf, words, &p->pages, (AloudSink){write_line, &reading});
}

static void tell_faults(Program *p, const TaggedPdf *pdf, Pos pos)
{
    Diags *d = p->diags;
    if (!pdf->language.n)
        diag_warning(d, pos, "the PDF doesn't say what language it is in, so voices can't fit it");
    if (pdf->outside)
        diag_warning(d, pos, "pages with text outside of the structure, which no one hears: %u",
                     pdf->outside);
    if (pdf->unreadable)
        diag_warning(d, pos,
                     "characters whose font doesn't say what they are, so they aren't read: %u",
                     pdf->unreadable);
    if (pdf->repeated)
        diag_warning(d, pos, "the structure holds things twice, or in a loop: they are read once");
    if (pdf->cut)
        diag_warning(d, pos, "the structure is nested too deeply: its deepest parts are left out");
}

static void tell_state(Program *p, TaggedState state, Str bytes, Pos pos)
{
    size_t begin = bytes.n < 1024 ? bytes.n : 1024;
    if (state == TAGGED_LOCKED)
        diag_error(p->diags, pos, "the PDF is encrypted, and opens with a password alone");
    else if (state == TAGGED_UNTAGGED)
        diag_error(p->diags, pos,
                   "the PDF isn't tagged: it has no structure that could be read aloud");
    else if (state == TAGGED_BROKEN && begin && memmem(bytes.p, begin, "%PDF-", 5))
        diag_error(p->diags, pos, "the PDF is broken");
    else if (state == TAGGED_BROKEN)
        diag_error(p->diags, pos, "this is no PDF");
}

static void read_file(Program *p, const char *path, const char *name)
{
    StrBuf bytes = {0};
    TaggedPdf pdf;
    Pos pos = {0, 0, diags_file(p->diags, name, NULL, 0)};
    int error = file_read(path, LARGEST_PDF, &bytes);
    if (error) {
        diag_error(p->diags, pos, "can't read it: %s", strerror(error));
        p->status = STATUS_FILE;
        strbuf_drop(&bytes);
        return;
    }
    TaggedState state = tagged_read(&pdf, strbuf_str(&bytes));
    tell_state(p, state, strbuf_str(&bytes), pos);
    if (state == TAGGED_GOOD) {
        tell_faults(p, &pdf, pos);
        read_pdf(p, &pdf);
    }
    tagged_drop(&pdf);
    strbuf_drop(&bytes);
}

/* ---- the program -------------------------------------------------------------------------------------------- */

static int read_option(Program *p, int option, const char *value)
{
    if (option == 'o')
        p->wav = value;
    if (option == OPTION_PAGES) {
        mem_free(p->pages.range);
        if (!aloud_parse_pages(str_from(value), &p->pages))
            return command_fail(STATUS_USAGE,
                                "'--pages' wants pages such as 3, 2-5 or 1,4-6, not '%s'", value);
    }
    return option == '?' ? STATUS_USAGE : STATUS_OK;
}

static int parse(Program *p, int argc, char **argv)
{
    static const struct option options[] = {{"wav", required_argument, NULL, 'o'},
                                            {"pages", required_argument, NULL, OPTION_PAGES},
                                            TELLING_OPTIONS};
    int c, status;
    while ((c = telling_option(&p->telling, argc, argv, ":o:", options)) != -1)
        if ((status = read_option(p, c, optarg)) != STATUS_OK)
            return status;
    return optind == argc ? command_fail(STATUS_USAGE, "name a PDF or a report") : STATUS_OK;
}

static void read_all(Program *p, int argc, char **argv)
{
    bool several = argc - optind > 2;
    for (int i = optind; i + 1 < argc; i += 2) {
        if (several && !p->wav)
            printf("%s%s\n\n", i > optind ? "\n" : "", argv[i + 1]);
        read_file(p, argv[i], argv[i + 1]);
    }
    if (diags_count(p->diags, DIAG_ERROR) && !p->status)
        p->status = STATUS_INPUT;
    if (p->wav && !p->status)
        p->status = sound_write(strbuf_str(&p->out), p->speaker, p->wav);
}

static void limit_memory(void)
{
#if !SANITIZED
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur > MOST_MEMORY) {
        limit.rlim_cur = MOST_MEMORY;
        (void)setrlimit(RLIMIT_AS, &limit); /* else there is none */
    }
#endif
}

int main(int argc, char **argv)
{
    Program p = {.telling = telling_new(), .diags = diags_new()};
    signal(SIGPIPE, SIG_IGN); /* a pipe that nobody reads is an error of the write */
    signal(SIGXFSZ, SIG_IGN);
    limit_memory();
    language_choose(argc, argv);
    p.status = parse(&p, argc, argv);
    diags_limit(p.diags, p.telling.most);
    if (!p.status)
        read_all(&p, argc, argv);
    telling_print(&p.telling, p.diags);
    diags_drop(p.diags);
    arena_drop(&p.arena);
    mem_free(p.pages.range);
    strbuf_drop(&p.out);
    return command_finish(p.status);
}
