#include "command/pictures.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/file.h"
#include "base/mem.h"

enum { QUALITY = 88 /* of a photograph that had to be decoded: no difference is seen in print */ };

typedef struct {
    char *path;
    unsigned width; /* that it was sampled down to at most */
    Image *image;   /* NULL when it can't be used, which has been reported */
} Picture;

struct Pictures {
    const char *folder;
    Diags *diags;
    uint16_t file;
    unsigned width; /* in pixels */
    ARRAY(Picture) list;
};

Pictures *pictures_new(const char *folder, Diags *diags, uint16_t file)
{
    Pictures *p = mem_zalloc(sizeof *p);
    *p = (Pictures){.folder = folder, .diags = diags, .file = file};
    return p;
}

void pictures_drop(Pictures *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->list.n; i++) {
        if (p->list.at[i].image)
            image_drop(p->list.at[i].image);
        mem_free(p->list.at[i].image);
        mem_free(p->list.at[i].path);
    }
    array_drop(&p->list);
    mem_free(p);
}

void pictures_set_resolution(Pictures *p, double dpi, double width)
{
    double pixels = dpi * width / 72;
    p->width = pixels < 1 ? 1 : pixels > 20000 ? 20000 : (unsigned)pixels;
}

/* Whether the file is inside the folder once every link is followed. */
static bool inside(const char *folder, const char *path)
{
    char *root = realpath(folder, NULL), *real = realpath(path, NULL);
    size_t n = root ? strlen(root) : 0;
    bool ok = root && real && strncmp(root, real, n) == 0 &&
              (real[n] == '/' || (n == 1 && root[0] == '/'));
    free(root);
    free(real);
    return ok;
}

static Image *read_image(Pictures *p, const char *path, Str name, Pos pos)
{
    StrBuf bytes = {0};
    char message[200] = "";
    ImageLimits limits = image_default_limits();
    int error = file_read(path, limits.max_bytes, &bytes);
    if (error) {
        diag_error(p->diags, pos, "can't read the picture '%.*s': %s", (int)name.n, name.p,
                   error == EFBIG ? "it is too large" : strerror(error));
        strbuf_drop(&bytes);
        return NULL;
    }
    Image *image = mem_zalloc(sizeof *image);
    ImageStatus status = image_read((const unsigned char *)(bytes.p ? bytes.p : ""), bytes.n,
                                    &limits, p->width, 0, image, message, sizeof message);
    strbuf_drop(&bytes);
    if (status != IMAGE_OK) {
        diag_error(p->diags, pos, "can't use the picture '%.*s': %s", (int)name.n, name.p, message);
        mem_free(image);
        return NULL;
    }
    if (image->from_jpeg && image->coding == IMAGE_RAW)
        image_to_jpeg(image, QUALITY);
    return image;
}

const Image *pictures_get(void *context, Str name, Pos pos)
{
    Pictures *p = context;
    char *copy = mem_strndup(name.p, name.n), *path = file_join(p->folder, copy);
    Picture picture = {.path = path, .width = p->width};
    mem_free(copy);
    for (size_t i = 0; i < p->list.n; i++) {
        if (strcmp(p->list.at[i].path, path) == 0 && p->list.at[i].width == p->width) {
            mem_free(path);
            return p->list.at[i].image;
        }
    }
    if (name.n && name.p[0] == '/')
        diag_error(p->diags, pos, "a picture's path begins in the report's folder, not with '/'");
    else if (file_exists(path) && !inside(p->folder, path))
        diag_error(p->diags, pos, "the picture '%.*s' is outside the report's folder", (int)name.n,
                   name.p);
    else
        picture.image = read_image(p, path, name, pos);
    array_push(&p->list, picture);
    return picture.image;
}
