#include <string.h>

#include "base/mem.h"
#include "image/image_internal.h"

/* What a fully transparent pixel shows: the page is white, and a viewer that smooths colour and
 * mask apart from each other must not draw a dark fringe. */
#define UNSEEN 255

static uint64_t divide_round(uint64_t a, uint64_t b)
{
    return (a + b / 2) / b;
}

static unsigned at_least_one(uint64_t value)
{
    return value > 0 ? (unsigned)value : 1;
}

void image_fit(const ImageJob *job, unsigned orientation, unsigned *width, unsigned *height)
{
    bool turned = image_is_turned(orientation);
    uint64_t w = *width, h = *height;
    uint64_t max_w = turned ? job->wish.max_height : job->wish.max_width;
    uint64_t max_h = turned ? job->wish.max_width : job->wish.max_height;
    max_w = max_w == 0 || max_w > w ? w : max_w;
    max_h = max_h == 0 || max_h > h ? h : max_h;
    if (max_w * h <= max_h * w) {
        *width = (unsigned)max_w;
        *height = at_least_one(divide_round(h * max_w, w));
    } else {
        *height = (unsigned)max_h;
        *width = at_least_one(divide_round(w * max_h, h));
    }
}

static unsigned samples_of(const ImageCanvas *canvas)
{
    return canvas->channels + (canvas->has_alpha ? 1 : 0);
}

void image_canvas_open(ImageCanvas *canvas, unsigned source_width, unsigned source_height,
                       unsigned channels, bool has_alpha)
{
    size_t pixels = (size_t)canvas->width * canvas->height;
    canvas->source_width = source_width;
    canvas->source_height = source_height;
    canvas->channels = channels;
    canvas->has_alpha = has_alpha;
    canvas->opaque = true;
    canvas->room = source_height;
    canvas->colour = mem_alloc(pixels * channels);
    canvas->alpha = has_alpha ? mem_alloc(pixels) : NULL;
    if (canvas->width != source_width || canvas->height != source_height) {
        size_t row = (size_t)canvas->width * samples_of(canvas) * sizeof(uint64_t);
        canvas->across = mem_zalloc(row);
        canvas->sum = mem_zalloc(row);
    }
}

static void put_pixel(ImageCanvas *canvas, size_t at, const unsigned char *colour,
                      unsigned char alpha)
{
    unsigned char *to = canvas->colour + at * canvas->channels;
    if (alpha == 0) {
        memset(to, UNSEEN, canvas->channels);
    } else {
        memcpy(to, colour, canvas->channels);
    }
    canvas->alpha[at] = alpha;
    canvas->opaque = canvas->opaque && alpha == 255;
}

static void put_row(ImageCanvas *canvas, const unsigned char *samples)
{
    size_t at = (size_t)canvas->row++ * canvas->width;
    unsigned channels = canvas->channels;
    if (!canvas->has_alpha) {
        memcpy(canvas->colour + at * channels, samples, (size_t)canvas->width * channels);
        return;
    }
    for (unsigned x = 0; x < canvas->width; x++, samples += channels + 1)
        put_pixel(canvas, at + x, samples, samples[channels]);
}

/* Box averaging in whole numbers: along an axis of s source and d target pixels, a source pixel is
 * d wide and a target pixel s wide, so that every overlap is a whole number. */

static void sum_pixel(uint64_t *sums, const unsigned char *samples, unsigned channels,
                      bool has_alpha, uint64_t share)
{
    if (has_alpha) {
        share *= samples[channels];
        sums[channels] += share;
    }
    for (unsigned i = 0; i < channels; i++)
        sums[i] += share * samples[i];
}

static void sum_across(ImageCanvas *canvas, const unsigned char *samples)
{
    unsigned n = samples_of(canvas), room = canvas->source_width;
    uint64_t *sums = canvas->across;
    memset(sums, 0, (size_t)canvas->width * n * sizeof *sums);
    for (unsigned x = 0; x < canvas->source_width; x++, samples += n) {
        unsigned share = canvas->width < room ? canvas->width : room;
        sum_pixel(sums, samples, canvas->channels, canvas->has_alpha, share);
        room -= share;
        if (room == 0) {
            share = canvas->width - share;
            room = canvas->source_width - share;
            sums += n;
            if (share > 0)
                sum_pixel(sums, samples, canvas->channels, canvas->has_alpha, share);
        }
    }
}

static void put_summed_pixel(ImageCanvas *canvas, size_t at, const uint64_t *sums)
{
    uint64_t whole = (uint64_t)canvas->source_width * canvas->source_height;
    unsigned channels = canvas->channels;
    uint64_t weight = canvas->has_alpha ? sums[channels] : whole;
    unsigned char colour[3] = {0};
    for (unsigned i = 0; i < channels && weight > 0; i++)
        colour[i] = (unsigned char)divide_round(sums[i], weight);
    if (canvas->has_alpha) {
        put_pixel(canvas, at, colour, (unsigned char)divide_round(weight, whole));
    } else {
        memcpy(canvas->colour + at * channels, colour, channels);
    }
}

static void put_summed_row(ImageCanvas *canvas)
{
    unsigned n = samples_of(canvas);
    size_t at = (size_t)canvas->row++ * canvas->width;
    for (unsigned x = 0; x < canvas->width; x++)
        put_summed_pixel(canvas, at + x, canvas->sum + (size_t)x * n);
    memset(canvas->sum, 0, (size_t)canvas->width * n * sizeof *canvas->sum);
    canvas->room = canvas->source_height;
}

static void sum_down(ImageCanvas *canvas, unsigned share)
{
    size_t n = (size_t)canvas->width * samples_of(canvas);
    for (size_t i = 0; i < n; i++)
        canvas->sum[i] += canvas->across[i] * share;
    canvas->room -= share;
}

static void add_scaled_row(ImageCanvas *canvas, const unsigned char *samples)
{
    sum_across(canvas, samples);
    for (unsigned left = canvas->height; left > 0;) {
        unsigned share = left < canvas->room ? left : canvas->room;
        sum_down(canvas, share);
        left -= share;
        if (canvas->room == 0)
            put_summed_row(canvas);
    }
}

void image_canvas_add_row(ImageCanvas *canvas, const unsigned char *samples)
{
    if (canvas->row >= canvas->height)
        return;
    if (canvas->sum) {
        add_scaled_row(canvas, samples);
    } else {
        put_row(canvas, samples);
    }
}

void image_canvas_finish(ImageCanvas *canvas, unsigned orientation, Image *out)
{
    unsigned width = canvas->width, height = canvas->height;
    bool turned = image_is_turned(orientation);
    out->coding = IMAGE_RAW;
    out->colour = canvas->channels == 1 ? IMAGE_GREY : IMAGE_RGB;
    out->width = turned ? height : width;
    out->height = turned ? width : height;
    out->size = (size_t)width * height * canvas->channels;
    out->data = image_turn(canvas->colour, width, height, canvas->channels, orientation);
    canvas->colour = NULL;
    if (!canvas->opaque) {
        out->alpha_size = (size_t)width * height;
        out->alpha = image_turn(canvas->alpha, width, height, 1, orientation);
        canvas->alpha = NULL;
    }
    image_canvas_drop(canvas);
}

void image_canvas_drop(ImageCanvas *canvas)
{
    mem_free(canvas->across);
    mem_free(canvas->sum);
    mem_free(canvas->colour);
    mem_free(canvas->alpha);
    memset(canvas, 0, sizeof *canvas);
}
