#include <stdarg.h>
#include <stdio.h>

#include "base/message.h"
#include "image/image_internal.h"

/* Below this, no product of a pixel count and a sample (or two) overflows, whatever limits the
 * caller sets. */
#define PIXELS_CEILING (UINT64_C(1) << 40)

ImageStatus image_fail(const ImageJob *job, ImageStatus status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (job->message_size > 0)
        vsnprintf(job->message, job->message_size, gettext(format), args);
    va_end(args);
    return status;
}

ImageStatus image_check_size(const ImageJob *job, uint32_t width, uint32_t height)
{
    const ImageLimits *limits = &job->limits;
    uint64_t pixels = (uint64_t)width * height;
    if (pixels == 0)
        return image_fail(job, IMAGE_BROKEN, "the picture has no width or no height");
    if (width > limits->max_side || height > limits->max_side || pixels > limits->max_pixels ||
        pixels > PIXELS_CEILING || pixels > SIZE_MAX / 64) {
        return image_fail(job, IMAGE_TOO_LARGE,
                          "the picture is too large: %lu by %lu pixels, at most %u a side and %zu "
                          "in all are read",
                          (unsigned long)width, (unsigned long)height, limits->max_side,
                          limits->max_pixels);
    }
    return IMAGE_OK;
}

void image_set_dpi(Image *out, double dpi_x, double dpi_y, unsigned source_width,
                   unsigned source_height, unsigned orientation)
{
    /* Outside of this it is not a density but a mistake. */
    const double least = 1, most = 20000;
    if (!(dpi_x >= least && dpi_x <= most && dpi_y >= least && dpi_y <= most))
        return;
    bool turned = image_is_turned(orientation);
    out->dpi_x = (turned ? dpi_y : dpi_x) * out->width / (turned ? source_height : source_width);
    out->dpi_y = (turned ? dpi_x : dpi_y) * out->height / (turned ? source_width : source_height);
}
