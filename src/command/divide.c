#include "command/divide.h"

#include <errno.h>
#include <string.h>

#include "base/encoding.h"
#include "base/file.h"
#include "base/mem.h"

enum { LARGEST_EXCEPTIONS = 4 << 20 };

HyphenData *divide_open(char **path)
{
    *path = paths_hyphenation();
    return hyphen_data_open(*path);
}

/* The text of a file and its number; false when it can't be read, which is reported. */
static bool read_file(Diags *diags, const char *path, uint16_t *file, Str *out)
{
    StrBuf text = {0};
    int error = file_read(path, LARGEST_EXCEPTIONS, &text);
    encoding_decode(&text);
    *file = diags_file(diags, path, text.p, text.n);
    *out = strbuf_str(&text);
    if (error)
        diag_error(diags, (Pos){0, 0, *file}, "can't read it: %s", strerror(error));
    return !error;
}

bool divide_read(Hyphenation *hyphenation, Diags *diags, const char *path)
{
    uint16_t file;
    Str text;
    bool read = read_file(diags, path, &file, &text);
    if (read)
        hyphenation_read_exceptions(hyphenation, diags, file, text);
    return read;
}

static void open_data(Divide *d, Diags *diags)
{
    char *path;
    d->data = divide_open(&path);
    if (!d->data) {
        Pos pos = {0, 0, diags_file(diags, path, NULL, 0)};
        if (errno)
            diag_warning(diags, pos, "words are not divided, since this can't be read: %s",
                         strerror(errno));
        else
            diag_warning(diags, pos, "words are not divided, since this is for another program");
        diag_hint(diags, "make install puts it in its place");
    }
    mem_free(path);
}

void divide_load(Divide *d, Diags *diags, const char *folder)
{
    char *path = file_join(folder, "orddeling.txt");
    open_data(d, diags);
    d->hyphenation = hyphenation_new(d->data);
    if (file_exists(path) && read_file(diags, path, &d->file, &d->exceptions))
        hyphenation_read_exceptions(d->hyphenation, diags, d->file, d->exceptions);
    mem_free(path);
}

void divide_drop(Divide *d)
{
    hyphenation_drop(d->hyphenation);
    hyphen_data_drop(d->data);
}

Hyphenation *divide_for_layout(const Divide *d, Diags *diags, const Layout *layout)
{
    Hyphenation *h = hyphenation_new(d->data);
    for (size_t i = 0; i < layout->divisions; i++)
        hyphenation_add_exception(h, diags, layout->division[i].pos, layout->division[i].word);
    if (d->file)
        hyphenation_read_exceptions(h, diags, d->file, d->exceptions);
    return h;
}
