#include "image/image.h"

#include <string.h>

#include "base/mem.h"
#include "image/image_internal.h"

typedef struct {
    size_t at, size;
    const char *bytes;
    const char *name;
} Signature;

/* Formats that people will try, so that the message can name them. */
static const Signature foreign[] = {
    {4, 4, "ftyp", "HEIC or AVIF"}, {0, 4, "GIF8", "GIF"},         {8, 4, "WEBP", "WebP"},
    {0, 4, "II*\0", "TIFF"},        {0, 4, "MM\0*", "TIFF"},       {0, 2, "BM", "BMP"},
    {4, 4, "jP  ", "JPEG 2000"},    {0, 2, "\xff\x0a", "JPEG XL"}, {0, 4, "%PDF", "PDF"},
    {0, 4, "<svg", "SVG"},          {0, 5, "<?xml", "SVG"},
};

ImageLimits image_default_limits(void)
{
    return (ImageLimits){.max_pixels = 100000000, .max_side = 30000, .max_bytes = 128u << 20};
}

static bool starts_with(const ImageJob *job, size_t at, const char *bytes, size_t size)
{
    return job->size >= at + size && memcmp(job->data + at, bytes, size) == 0;
}

static ImageStatus fail_unknown(const ImageJob *job)
{
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        if (starts_with(job, foreign[i].at, foreign[i].bytes, foreign[i].size)) {
            return image_fail(job, IMAGE_UNKNOWN_FORMAT,
                              "unusable picture format: %s; save it as PNG or JPEG",
                              foreign[i].name);
        }
    }
    if (job->size == 0)
        return image_fail(job, IMAGE_UNKNOWN_FORMAT,
                          "not a PNG or JPEG picture: the file is empty");
    return image_fail(job, IMAGE_UNKNOWN_FORMAT, "not a PNG or JPEG picture");
}

static ImageStatus read_job(const ImageJob *job, Image *out)
{
    if (job->size > job->limits.max_bytes) {
        return image_fail(job, IMAGE_TOO_LARGE,
                          "the picture file is too large: %zu bytes, at most %zu are read",
                          job->size, job->limits.max_bytes);
    }
    if (starts_with(job, 0, "\x89PNG\r\n\x1a\n", 8))
        return image_from_png(job, out);
    if (starts_with(job, 0, "\xff\xd8\xff", 3))
        return image_from_jpeg(job, out);
    return fail_unknown(job);
}

ImageStatus image_read(const unsigned char *data, size_t size, const ImageLimits *limits,
                       ImageWish wish, Image *out, char *message, size_t message_size)
{
    ImageJob job = {
        .data = data,
        .size = size,
        .limits = limits ? *limits : image_default_limits(),
        .wish = wish,
        .message = message,
        .message_size = message ? message_size : 0,
    };
    memset(out, 0, sizeof *out);
    if (job.message_size > 0)
        job.message[0] = 0;
    ImageStatus status = read_job(&job, out);
    if (status == IMAGE_OK && wish.grey)
        image_make_grey(out);
    return status;
}

void image_drop(Image *image)
{
    if (image) {
        mem_free(image->data);
        mem_free(image->alpha);
        memset(image, 0, sizeof *image);
    }
}
