/* Shared by the files of image/ only. */
#ifndef IMAGE_INTERNAL_H
#define IMAGE_INTERNAL_H

#include <stdint.h>

#include "image/image.h"

/* What the caller of image_read asked for. */
typedef struct {
    const unsigned char *data;
    size_t size;
    ImageLimits limits;
    ImageWish wish;
    char *message;
    size_t message_size;
} ImageJob;

/* Writes the message and gives the status back, so that a caller can return it at once. */
__attribute__((format(printf, 3, 4))) ImageStatus
image_fail(const ImageJob *job, ImageStatus status, const char *format, ...);

/* To be asked before anything is allocated by these numbers. */
ImageStatus image_check_size(const ImageJob *job, uint32_t width, uint32_t height);

ImageStatus image_from_png(const ImageJob *job, Image *out);
ImageStatus image_from_jpeg(const ImageJob *job, Image *out);

/* EXIF orientation 1–8 of a TIFF block (what follows "Exif\0\0"); 1 when it is absent or odd. */
unsigned image_exif_orientation(const unsigned char *data, size_t size);

/* Orientations 5–8 exchange width and height. */
bool image_is_turned(unsigned orientation);

/* Turns samples upright. Takes the buffer (width and height before the turn), gives one back. */
unsigned char *image_turn(unsigned char *samples, unsigned width, unsigned height,
                          unsigned channels, unsigned orientation);

/* Where decoded rows go: averaged down if need be, alpha in a plane of its own. */
typedef struct {
    unsigned source_width, source_height;
    unsigned width, height;
    unsigned channels; /* colour alone: 1 or 3 */
    bool has_alpha;
    bool opaque;            /* so far */
    unsigned row;           /* the next one to be written */
    unsigned room;          /* what the row being summed still takes, in 1/source_height of a row */
    uint64_t *across, *sum; /* one row, channels and alpha; NULL when nothing is scaled */
    unsigned char *colour, *alpha;
} ImageCanvas;

/* The size that a picture will have on its canvas: within the job's bounds, not yet turned. */
void image_fit(const ImageJob *job, unsigned orientation, unsigned *width, unsigned *height);

/* The width and height to be reached are set by the caller beforehand, none above the source's. */
void image_canvas_open(ImageCanvas *canvas, unsigned source_width, unsigned source_height,
                       unsigned channels, bool has_alpha);
/* source_width pixels of interleaved samples, alpha last; source_height such rows are due. */
void image_canvas_add_row(ImageCanvas *canvas, const unsigned char *samples);
/* Moves the finished planes into *out, upright. */
void image_canvas_finish(ImageCanvas *canvas, unsigned orientation, Image *out);
void image_canvas_drop(ImageCanvas *canvas);

/* Says how densely the source's pixels lie, once *out has its final size. */
void image_set_dpi(Image *out, double dpi_x, double dpi_y, unsigned source_width,
                   unsigned source_height, unsigned orientation);

/* Makes raw samples grey; those that are grey stay. */
void image_make_grey(Image *image);

/* Ink coverage (0 = none, 255 = full) to sRGB as coated paper shows it. */
void image_cmyk_to_rgb(const unsigned char *cmyk, size_t pixels, unsigned char *rgb);

/* A JPEG stream reduced to what makes the picture, and what its dropped segments said. */
typedef struct {
    unsigned width, height;
    unsigned components; /* 1 grey, 3 YCbCr or RGB, 4 CMYK or YCCK */
    bool keepable;       /* every PDF reader can decode the stream */
    bool inverted;       /* CMYK with 0 for full ink, as Adobe writes it */
    unsigned orientation;
    double dpi_x, dpi_y;
    unsigned char *stream; /* owned */
    size_t size;
} ImageJpegClean;

/* Checks markers and limits, not the coded samples. *clean is to be dropped in any case. */
ImageStatus image_jpeg_clean(const ImageJob *job, ImageJpegClean *clean);
void image_jpeg_clean_drop(ImageJpegClean *clean);

#endif
