#include "command/pictures.h"

#include <pthread.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

enum {
    QUALITY = 88, /* of a photograph that had to be decoded: no difference is seen in print */
    MOST_PIXELS = 20000
};

typedef struct Picture Picture;
struct Picture {
    Picture *next;
    char *path;
    ImageWish wish;
    bool ready;
    Image *image;      /* NULL when it can't be used */
    const char *wrong; /* a msgid with its name, and the reason where there is one */
    char *reason;
};

struct Pictures {
    const char *folder;
    Picture *first;
    pthread_mutex_t lock;
    pthread_cond_t read;
};

Pictures *pictures_new(const char *folder)
{
    Pictures *p = mem_zalloc(sizeof *p);
    p->folder = folder;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->read, NULL);
    return p;
}

void pictures_drop(Pictures *p)
{
    if (!p)
        return;
    for (Picture *next, *i = p->first; i; i = next) {
        next = i->next;
        if (i->image)
            image_drop(i->image);
        mem_free(i->image);
        mem_free(i->reason);
        mem_free(i->path);
        mem_free(i);
    }
    pthread_cond_destroy(&p->read);
    pthread_mutex_destroy(&p->lock);
    mem_free(p);
}

static void fail(Picture *picture, const char *wrong, const char *reason)
{
    picture->wrong = wrong;
    picture->reason = mem_strndup(reason, strlen(reason));
}

static void decode(Picture *picture, Str bytes, const ImageLimits *limits)
{
    char message[200] = "";
    Image *image = mem_zalloc(sizeof *image);
    ImageStatus status = image_read((const unsigned char *)bytes.p, bytes.n, limits, picture->wish,
                                    image, message, sizeof message);
    if (status != IMAGE_OK) {
        fail(picture, N_("can't use the picture '%.*s': %s"), message);
        mem_free(image);
        return;
    }
    if (image->from_jpeg && image->coding == IMAGE_RAW)
        image_to_jpeg(image, QUALITY);
    picture->image = image;
}

/* Where a picture is looked for, and what is said of one that lies elsewhere. */
typedef struct {
    const char *folder, *absolute, *outside;
} Place;

static void read_picture(const Place *place, Picture *picture, Str name)
{
    ImageLimits limits = image_default_limits();
    StrBuf bytes = {0};
    if (name.n && name.p[0] == '/') {
        fail(picture, place->absolute, "");
        return;
    }
    if (file_exists(picture->path) && !file_is_inside(place->folder, picture->path)) {
        fail(picture, place->outside, "");
        return;
    }
    int error = file_read(picture->path, limits.max_bytes, &bytes);
    if (error)
        fail(picture, N_("can't read the picture '%.*s': %s"), strerror(error));
    else
        decode(picture, strbuf_str(&bytes), &limits);
    strbuf_drop(&bytes);
}

static Picture *find(const Pictures *p, const char *path, ImageWish wish)
{
    Picture *i = p->first;
    while (i && (i->wish.max_width != wish.max_width || i->wish.grey != wish.grey ||
                 strcmp(i->path, path) != 0))
        i = i->next;
    return i;
}

PictureView pictures_view(Pictures *pictures, Diags *diags, const Layout *layout)
{
    return (PictureView){.pictures = pictures,
                         .diags = diags,
                         .dpi = layout->image_resolution,
                         .width = layout_live_width(layout),
                         .grey = layout->grey,
                         .layout_folder = layout->logo_folder};
}

static unsigned width_in_pixels(const PictureView *view)
{
    double pixels = view->dpi * view->width / 72;
    return pixels < 1 ? 1 : pixels > MOST_PIXELS ? MOST_PIXELS : (unsigned)pixels;
}

static const Image *get(const PictureView *view, const Place *place, Str name, Pos pos)
{
    Pictures *p = view->pictures;
    char *copy = mem_strndup(name.p, name.n), *path = file_join(place->folder, copy);
    ImageWish wish = {.max_width = width_in_pixels(view), .grey = view->grey};
    mem_free(copy);
    pthread_mutex_lock(&p->lock);
    Picture *picture = find(p, path, wish);
    if (picture) {
        mem_free(path);
        while (!picture->ready)
            pthread_cond_wait(&p->read, &p->lock);
    } else {
        picture = mem_zalloc(sizeof *picture);
        *picture = (Picture){.next = p->first, .path = path, .wish = wish};
        p->first = picture;
        pthread_mutex_unlock(&p->lock);
        read_picture(place, picture, name);
        pthread_mutex_lock(&p->lock);
        picture->ready = true;
        pthread_cond_broadcast(&p->read);
    }
    pthread_mutex_unlock(&p->lock);
    if (picture->wrong)
        diag_error(view->diags, pos, picture->wrong, (int)name.n, name.p, picture->reason);
    return picture->image;
}

const Image *pictures_get(void *context, Str name, Pos pos)
{
    const PictureView *view = context;
    Place place = {view->pictures->folder,
                   N_("the picture's path '%.*s' must begin in the report's folder, not with '/'"),
                   N_("the picture '%.*s' is outside the report's folder")};
    return get(view, &place, name, pos);
}

const Image *pictures_get_of_layout(void *context, Str name, Pos pos)
{
    const PictureView *view = context;
    Place place = {view->layout_folder.p,
                   N_("the logo's path '%.*s' must begin in the layout's folder, not with '/'"),
                   N_("the logo '%.*s' is outside the layout's folder")};
    return get(view, &place, name, pos);
}

/* ---- all of a report ------------------------------------------------------------------------ */

static void try_picture(void *context, Str path, Pos pos)
{
    pictures_get(context, path, pos);
}

void pictures_check(const Report *report, Diags *diags)
{
    Pictures *pictures = pictures_new(report->folder);
    PictureView view = {.pictures = pictures, .diags = diags, .dpi = 72, .width = 72};
    report_each_picture(report, try_picture, &view);
    pictures_drop(pictures);
}
