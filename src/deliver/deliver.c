#include "deliver/deliver.h"

#include <string.h>

#include "base/array.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { LONGEST_NAME = 100, SHOWN_NAME = 60 };

struct Delivery {
    const char *folder;
    ARRAY(OutFile *) files;
};

Delivery *delivery_new(const char *folder)
{
    Delivery *d = mem_zalloc(sizeof *d);
    d->folder = folder;
    return d;
}

void delivery_drop(Delivery *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < d->files.n; i++)
        outfile_drop(d->files.at[i]);
    array_drop(&d->files);
    mem_free(d);
}

static bool name_char(char c)
{
    return ascii_letter(c) || ascii_digit(c) || c == '-' || c == '_' || c == '.';
}

static const char *objection(const Delivery *d, Str name, const char *path)
{
    if (!name.n || name.p[0] == '.')
        return N_("the output's name '%.*s%s' is empty or hidden");
    if (name.n > LONGEST_NAME)
        return N_("the output's name '%.*s%s' is longer than 100 characters");
    for (size_t i = 0; i < name.n; i++)
        if (!name_char(name.p[i]))
            return N_("the output's name '%.*s%s' has other characters than a–z, A–Z, 0–9, hyphen, "
                      "underscore and full stop");
    for (size_t i = 0; i < d->files.n; i++)
        if (strcmp(outfile_path(d->files.at[i]), path) == 0)
            return N_("the output's name '%.*s%s' is that of another file of this run");
    return NULL;
}

DeliveryFile *delivery_begin(Delivery *d, Str name, Diags *diags, Pos pos)
{
    char *copy = mem_strndup(name.p, name.n);
    char *path = d->folder ? file_join(d->folder, copy) : mem_strndup(name.p, name.n);
    const char *why = objection(d, name, path);
    size_t shown = utf8_start(name, name.n < SHOWN_NAME ? name.n : SHOWN_NAME);
    if (why)
        diag_error(diags, pos, why, (int)shown, copy, shown < name.n ? "…" : "");
    else
        array_push(&d->files, d->folder ? outfile_open(path) : outfile_open_memory(path));
    mem_free(copy);
    mem_free(path);
    return why ? NULL : array_last(&d->files);
}

bool delivery_write(void *context, const void *bytes, size_t n)
{
    DeliveryFile *f = context;
    outfile_write(f, bytes, n);
    return !outfile_error(f);
}

int delivery_end(DeliveryFile *f)
{
    return outfile_finish(f);
}

int delivery_publish(Delivery *d, const char **path)
{
    for (size_t i = 0; i < d->files.n; i++) {
        int error = outfile_publish(d->files.at[i]);
        if (error) {
            *path = outfile_path(d->files.at[i]);
            return error;
        }
    }
    file_sync_folder(d->folder);
    return 0;
}

int delivery_share(const Delivery *d, size_t i)
{
    return outfile_share(d->files.at[i]);
}

size_t delivery_count(const Delivery *d)
{
    return d->files.n;
}

const char *delivery_path(const Delivery *d, size_t i)
{
    return outfile_path(d->files.at[i]);
}

size_t delivery_size(const Delivery *d, size_t i)
{
    return outfile_size(d->files.at[i]);
}
