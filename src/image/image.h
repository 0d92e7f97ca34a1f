/* PNG and JPEG to clean pixels or streams, within limits.
 *
 * Input is taken as hostile. Nothing but the picture survives: no EXIF, comments, thumbnails,
 * profiles, nor what lies hidden under fully transparent pixels (they become white). Colours are
 * taken as sRGB. The result depends on the bytes and the arguments alone. */
#ifndef IMAGE_IMAGE_H
#define IMAGE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum { IMAGE_GREY, IMAGE_RGB } ImageColour;
typedef enum { IMAGE_RAW, IMAGE_JPEG } ImageCoding;

typedef struct {
    /* RAW: 8-bit samples, rows top to bottom, no padding.
     * JPEG: a baseline or progressive stream, fit for DCTDecode as it stands. */
    ImageCoding coding;
    ImageColour colour;
    unsigned width, height; /* pixels, upright (EXIF orientation applied) */
    unsigned char *data;    /* owned */
    size_t size;
    unsigned char *alpha; /* owned: soft mask, width × height bytes, 255 = opaque; NULL if all is */
    size_t alpha_size;
    double dpi_x, dpi_y; /* of these pixels; 0 when the file does not say */
    bool from_jpeg;      /* the picture was a JPEG: image_to_jpeg costs little more */
} Image;

typedef struct {
    size_t max_pixels; /* width × height, in the file */
    unsigned max_side; /* pixels, in the file */
    size_t max_bytes;  /* of the file */
} ImageLimits;

/* How a picture is to come. */
typedef struct {
    unsigned max_width, max_height; /* pixels, upright; 0: no bound */
    bool grey;                      /* in shades of grey of the same luminance */
} ImageWish;

typedef enum {
    IMAGE_OK,
    IMAGE_UNKNOWN_FORMAT, /* neither PNG nor JPEG */
    IMAGE_BROKEN,         /* corrupt or cut short */
    IMAGE_TOO_LARGE,      /* beyond the limits */
    IMAGE_UNSUPPORTED /* a legal JPEG of a kind that hardly anyone reads (12-bit, lossless …) */
} ImageStatus;

/* 100 million pixels (A3 at 600 dpi has 70), 30,000 a side, 128 MiB a file. Reading takes up to 11
 * bytes of memory a pixel, and some seconds for the worst that fits these limits. */
ImageLimits image_default_limits(void);

/* Reads a whole PNG or JPEG file from memory; `limits` may be NULL for the default ones.
 *
 * A picture that is wider or higher than is wished is averaged down to fit, its proportions kept;
 * nothing is enlarged. An upright 8-bit grey, YCbCr or RGB JPEG that fits stays a JPEG, unless it is
 * in colour and wished grey; everything else comes as raw samples.
 *
 * On IMAGE_OK *out owns its buffers, to be given back with image_drop. Otherwise *out is empty and
 * `message` (of message_size bytes; may be NULL with 0) says why, in the manner of "the PNG is
 * broken: …", without a full stop. On IMAGE_OK it is the empty string. */
ImageStatus image_read(const unsigned char *data, size_t size, const ImageLimits *limits,
                       ImageWish wish, Image *out, char *message, size_t message_size);

/* Codes raw samples as a baseline JPEG (quality 1–100, colour at full resolution), the alpha
 * staying as it is: for a photo that had to be turned or made smaller, whose raw samples would
 * weigh ten times as much. An image that is a JPEG stays untouched. False, and the image as it
 * was, when it can't be done (a side over 65,500). */
bool image_to_jpeg(Image *image, int quality);

/* Frees what the image owns and empties it; an empty image or NULL is fine. */
void image_drop(Image *image);

#endif
