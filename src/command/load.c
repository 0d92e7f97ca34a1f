#include "command/load.h"

#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "model/model.h"
#include "proof/proof.h"
#include "reader/reader.h"

enum { LARGEST_TERMS = 1 << 20 };

static const Terms *find_terms(void *context, Str language)
{
    Load *l = context;
    if (l->terms && str_equal(language, l->terms_language))
        return l->terms;
    char *path = paths_file(&l->paths, "layouts/terms", language, ".yaml");
    if (!path)
        return NULL;
    StrBuf text = {0};
    int error = file_read(path, LARGEST_TERMS, &text);
    uint16_t file = diags_file(l->diags, path, text.p, text.n);
    mem_free(path);
    if (error) {
        diag_error(l->diags, (Pos){0, 0, file}, "can't read it: %s", strerror(error));
        return NULL;
    }
    l->terms = terms_read(&l->arena, l->diags, file, strbuf_str(&text));
    l->terms_language = arena_str(&l->arena, language);
    return l->terms;
}

static bool is_model(const char *path)
{
    return str_ends(str_from(path), STR(".json")) && !file_is_folder(path);
}

static Report *read_report(Load *l, const char *path, bool *unreadable)
{
    ModelInput input = {l->diags, find_terms, l};
    ReaderOptions options = {l->diags, find_terms, l};
    return is_model(path) ? model_read(path, &input, unreadable)
                          : report_read(path, &options, unreadable);
}

void load_report(Load *l, const char *path, const Telling *telling)
{
    bool unreadable = false;
    *l = (Load){.diags = diags_new()};
    diags_limit(l->diags, telling->most);
    paths_find(&l->paths, path);
    l->report = read_report(l, path, &unreadable);
    if (unreadable)
        l->status = STATUS_FILE;
    if (!l->report)
        return;
    divide_load(&l->divide, l->diags, l->report->folder);
    report_check(l->report, l->diags);
    proof_check(l->report, l->diags);
}

int load_status(const Load *l)
{
    return l->status || !diags_count(l->diags, DIAG_ERROR) ? l->status : STATUS_INPUT;
}

void load_drop(Load *l)
{
    report_drop(l->report);
    divide_drop(&l->divide);
    diags_drop(l->diags);
    paths_drop(&l->paths);
    arena_drop(&l->arena);
}

char *load_guess_layout(void *load, Str name)
{
    const Load *l = load;
    return paths_nearest(&l->paths, "layouts", name, ".yaml");
}

char *load_find_layout(void *load, Str name, const char *hiding)
{
    const Load *l = load;
    return paths_layout(&l->paths, name, hiding);
}

Fonts *load_fonts(Load *l)
{
    const char *folders[5] = {NULL};
    char *folder[4];
    char *conf = paths_file(&l->paths, "fonts", STR("fonts"), ".conf");
    char *more = paths_file(&l->paths, "fonts", STR("more-fonts"), ".conf");
    Fonts *fonts = NULL;
    size_t n = 0;
    for (size_t i = 0; i < l->paths.n; i++) {
        folder[i] = file_join(l->paths.folder[i], "fonts");
        if (file_is_folder(folder[i]))
            folders[n++] = folder[i];
    }
    if (conf && more) {
        fonts = fonts_new(conf, more, folders);
    } else {
        diag_error(l->diags, (Pos){0, 0, 0},
                   conf ? N_("the file 'fonts/more-fonts.conf' is missing")
                        : N_("the file 'fonts/fonts.conf' is missing"));
        l->status = STATUS_FILE;
    }
    for (size_t i = 0; i < l->paths.n; i++)
        mem_free(folder[i]);
    mem_free(conf);
    mem_free(more);
    return fonts;
}
