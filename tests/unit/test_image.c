/* Pictures are made here with libpng and libjpeg, in memory, and read back. */
#include <check.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>

#include "base/colour.h"
#include "image/image.h"

#include "suites.h"

typedef struct {
    unsigned char *data;
    size_t size;
} Bytes;

static void append(Bytes *bytes, const void *data, size_t size)
{
    bytes->data = realloc(bytes->data, bytes->size + size + 1);
    ck_assert_ptr_nonnull(bytes->data);
    if (size > 0)
        memcpy(bytes->data + bytes->size, data, size);
    bytes->size += size;
}

static Bytes splice(const Bytes *bytes, size_t at, const void *data, size_t size)
{
    Bytes whole = {0};
    append(&whole, bytes->data, at);
    append(&whole, data, size);
    append(&whole, bytes->data + at, bytes->size - at);
    return whole;
}

static bool contains(const unsigned char *data, size_t size, const char *text)
{
    return memmem(data, size, text, strlen(text)) != NULL;
}

/* Reading, with everything that must hold of any result. */

static void check_sound(ImageStatus status, const Image *image, const char *message)
{
    if (status != IMAGE_OK) {
        ck_assert_ptr_null(image->data);
        ck_assert_ptr_null(image->alpha);
        ck_assert_uint_gt(strlen(message), 0);
        ck_assert_int_ne(message[strlen(message) - 1], '.');
        return;
    }
    size_t pixels = (size_t)image->width * image->height;
    ck_assert_str_eq(message, "");
    ck_assert_uint_gt(pixels, 0);
    ck_assert_ptr_nonnull(image->data);
    if (image->coding == IMAGE_RAW)
        ck_assert_uint_eq(image->size, pixels * (image->colour == IMAGE_GREY ? 1 : 3));
    ck_assert_uint_eq(image->alpha_size, image->alpha ? pixels : 0);
}

static bool wish_grey;

/* From a copy of the exact size, so that a read past the end is seen by AddressSanitizer. */
static ImageStatus read_within(const Bytes *bytes, const ImageLimits *limits, unsigned max_width,
                               unsigned max_height, Image *image)
{
    char message[200];
    unsigned char *copy = malloc(bytes->size);
    if (bytes->size > 0)
        memcpy(copy, bytes->data, bytes->size);
    ImageStatus status = image_read(copy, bytes->size, limits,
                                    (ImageWish){max_width, max_height, wish_grey}, image, message,
                                    sizeof message);
    free(copy);
    check_sound(status, image, message);
    return status;
}

static Image read_fine(const Bytes *bytes, unsigned max_width, unsigned max_height)
{
    Image image;
    ck_assert_int_eq(read_within(bytes, NULL, max_width, max_height, &image), IMAGE_OK);
    return image;
}

static ImageStatus status_of(const Bytes *bytes)
{
    Image image;
    ImageStatus status = read_within(bytes, NULL, 0, 0, &image);
    image_drop(&image);
    return status;
}

/* Making PNGs. Samples are numbers of the given depth, which the test packs itself. */

typedef struct {
    unsigned width, height;
    int depth, type;
    bool interlaced;
    const uint16_t *samples;
    unsigned palette_size;
    const png_color *palette;
    unsigned trans_size;
    const unsigned char *trans;       /* palette */
    const png_color_16 *trans_colour; /* grey and RGB */
    unsigned dots_x, dots_y;          /* a metre */
    const unsigned char *exif;
    unsigned exif_size;
} PngSpec;

static unsigned samples_a_pixel(int type)
{
    return (type & PNG_COLOR_MASK_COLOR && type != PNG_COLOR_TYPE_PALETTE ? 3u : 1u) +
           (type & PNG_COLOR_MASK_ALPHA ? 1u : 0u);
}

static void write_png_bytes(png_structp png, png_bytep data, size_t size)
{
    append(png_get_io_ptr(png), data, size);
}

static void set_png_info(png_structp png, png_infop info, const PngSpec *spec)
{
    png_text text = {.compression = PNG_TEXT_COMPRESSION_NONE};
    char key[] = "Comment", value[] = "secret";
    text.key = key;
    text.text = value;
    png_set_IHDR(png, info, spec->width, spec->height, spec->depth, spec->type,
                 spec->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_text(png, info, &text, 1);
    png_set_gAMA(png, info, 1.0);
    if (spec->palette)
        png_set_PLTE(png, info, spec->palette, (int)spec->palette_size);
    if (spec->trans || spec->trans_colour)
        png_set_tRNS(png, info, spec->trans, (int)spec->trans_size, spec->trans_colour);
    if (spec->dots_x)
        png_set_pHYs(png, info, spec->dots_x, spec->dots_y, PNG_RESOLUTION_METER);
    if (spec->exif) {
        png_bytep exif = malloc(spec->exif_size);
        memcpy(exif, spec->exif, spec->exif_size);
        png_set_eXIf_1(png, info, spec->exif_size, exif);
        free(exif);
    }
}

static void pack_row(const PngSpec *spec, unsigned y, unsigned char *row)
{
    unsigned count = spec->width * samples_a_pixel(spec->type), depth = (unsigned)spec->depth;
    for (unsigned i = 0; i < count; i++) {
        unsigned value = spec->samples[(size_t)y * count + i];
        if (depth == 16) {
            row[2 * i] = (unsigned char)(value >> 8);
            row[2 * i + 1] = (unsigned char)value;
        } else {
            unsigned bit = i * depth;
            row[bit / 8] = (unsigned char)(row[bit / 8] | value << (8 - depth - bit % 8));
        }
    }
}

static Bytes make_png(const PngSpec *spec)
{
    Bytes bytes = {0};
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &bytes, write_png_bytes, NULL);
    set_png_info(png, info, spec);
    png_write_info(png, info);
    size_t size = png_get_rowbytes(png, info);
    png_bytep *rows = calloc(spec->height, sizeof *rows);
    for (unsigned y = 0; y < spec->height; y++) {
        rows[y] = calloc(1, size);
        pack_row(spec, y, rows[y]);
    }
    png_write_image(png, rows);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    for (unsigned y = 0; y < spec->height; y++)
        free(rows[y]);
    free(rows);
    return bytes;
}

/* The same numbers every time. */
static uint16_t *make_samples(size_t count, unsigned most)
{
    uint16_t *samples = calloc(count, sizeof *samples);
    uint32_t state = 12345;
    for (size_t i = 0; i < count; i++) {
        state = state * 1664525u + 1013904223u;
        samples[i] = (uint16_t)((state >> 12) % (most + 1));
    }
    return samples;
}

static unsigned to_8_bits(unsigned value, int depth)
{
    unsigned most = (1u << depth) - 1;
    return (value * 255 + most / 2) / most;
}

/* PNG kinds */

typedef struct {
    int type, depth;
} Kind;

static const Kind kinds[] = {
    {PNG_COLOR_TYPE_GRAY, 1},      {PNG_COLOR_TYPE_GRAY, 2},       {PNG_COLOR_TYPE_GRAY, 4},
    {PNG_COLOR_TYPE_GRAY, 8},      {PNG_COLOR_TYPE_GRAY, 16},      {PNG_COLOR_TYPE_RGB, 8},
    {PNG_COLOR_TYPE_RGB, 16},      {PNG_COLOR_TYPE_GRAY_ALPHA, 8}, {PNG_COLOR_TYPE_GRAY_ALPHA, 16},
    {PNG_COLOR_TYPE_RGB_ALPHA, 8}, {PNG_COLOR_TYPE_RGB_ALPHA, 16},
};
static const Kind palette_kinds[] = {
    {PNG_COLOR_TYPE_PALETTE, 1},
    {PNG_COLOR_TYPE_PALETTE, 2},
    {PNG_COLOR_TYPE_PALETTE, 4},
    {PNG_COLOR_TYPE_PALETTE, 8},
};
#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

/* Odd sizes, so that rows end within a byte and interlacing has empty passes. */
static const unsigned sides[][2] = {{1, 1}, {3, 2}, {13, 11}, {33, 9}};

static void check_samples(const Image *image, const uint16_t *samples, Kind kind)
{
    unsigned n = samples_a_pixel(kind.type), colours = n < 3 ? 1 : 3;
    ck_assert_int_eq(image->coding, IMAGE_RAW);
    ck_assert_int_eq(image->colour, colours == 1 ? IMAGE_GREY : IMAGE_RGB);
    for (size_t i = 0; i < (size_t)image->width * image->height; i++) {
        unsigned alpha = n % 2 ? 255 : to_8_bits(samples[i * n + n - 1], kind.depth);
        if (n % 2 == 0) {
            ck_assert_ptr_nonnull(image->alpha);
            ck_assert_uint_eq(image->alpha[i], alpha);
        }
        for (unsigned c = 0; c < colours; c++) {
            unsigned expected = alpha ? to_8_bits(samples[i * n + c], kind.depth) : 255;
            ck_assert_uint_eq(image->data[i * colours + c], expected);
        }
    }
}

static void check_kind(Kind kind, unsigned width, unsigned height, bool interlaced)
{
    size_t count = (size_t)width * height * samples_a_pixel(kind.type);
    uint16_t *samples = make_samples(count, (1u << kind.depth) - 1);
    PngSpec spec = {.width = width,
                    .height = height,
                    .depth = kind.depth,
                    .type = kind.type,
                    .interlaced = interlaced,
                    .samples = samples};
    Bytes png = make_png(&spec);
    Image image = read_fine(&png, 0, 0);
    ck_assert_uint_eq(image.width, width);
    ck_assert_uint_eq(image.height, height);
    check_samples(&image, samples, kind);
    ck_assert_uint_eq(image.alpha != NULL, samples_a_pixel(kind.type) % 2 == 0);
    ck_assert(!image.from_jpeg && image.dpi_x == 0 && image.dpi_y == 0);
    image_drop(&image);
    free(png.data);
    free(samples);
}

START_TEST(png_kinds_are_exact)
{
    for (int i = 0; i < COUNT(sides); i++) {
        check_kind(kinds[_i], sides[i][0], sides[i][1], false);
        check_kind(kinds[_i], sides[i][0], sides[i][1], true);
    }
}
END_TEST

static void check_palette(int depth, bool interlaced, unsigned trans_size)
{
    enum { WIDTH = 13, HEIGHT = 7 };
    unsigned colours = 1u << depth;
    png_color palette[256];
    unsigned char trans[256];
    for (unsigned i = 0; i < 256; i++) {
        palette[i] = (png_color){(png_byte)(i * 3), (png_byte)(255 - i), (png_byte)(i * 7)};
        trans[i] = (unsigned char)(i * 50);
    }
    uint16_t *samples = make_samples(WIDTH * HEIGHT, colours - 1);
    PngSpec spec = {.width = WIDTH,
                    .height = HEIGHT,
                    .depth = depth,
                    .type = PNG_COLOR_TYPE_PALETTE,
                    .interlaced = interlaced,
                    .samples = samples,
                    .palette_size = colours,
                    .palette = palette,
                    .trans_size = trans_size,
                    .trans = trans_size ? trans : NULL};
    Bytes png = make_png(&spec);
    Image image = read_fine(&png, 0, 0);
    ck_assert_int_eq(image.colour, IMAGE_RGB);
    ck_assert_uint_eq(image.alpha != NULL, trans_size > 0);
    for (size_t i = 0; i < WIDTH * HEIGHT; i++) {
        unsigned index = samples[i], alpha = index < trans_size ? trans[index] : 255;
        ck_assert_uint_eq(image.data[3 * i], alpha ? palette[index].red : 255);
        ck_assert_uint_eq(image.data[3 * i + 1], alpha ? palette[index].green : 255);
        ck_assert_uint_eq(image.data[3 * i + 2], alpha ? palette[index].blue : 255);
        ck_assert_uint_eq(image.alpha ? image.alpha[i] : 255, alpha);
    }
    image_drop(&image);
    free(png.data);
    free(samples);
}

START_TEST(png_palettes_are_exact)
{
    int depth = palette_kinds[_i].depth;
    check_palette(depth, false, 0);
    check_palette(depth, true, 0);
    check_palette(depth, false, 2);
    check_palette(depth, true, depth == 8 ? 200 : 1);
}
END_TEST

START_TEST(png_key_colour_is_transparent)
{
    static const int depths[] = {1, 2, 4, 8, 16};
    for (int i = 0; i < COUNT(depths); i++) {
        const uint16_t samples[] = {0, 1, 1, 0};
        png_color_16 key = {.gray = 1};
        PngSpec spec = {.width = 4,
                        .height = 1,
                        .depth = depths[i],
                        .type = PNG_COLOR_TYPE_GRAY,
                        .samples = samples,
                        .trans_colour = &key};
        Bytes png = make_png(&spec);
        Image image = read_fine(&png, 0, 0);
        ck_assert_int_eq(image.colour, IMAGE_GREY);
        ck_assert_mem_eq(image.alpha, "\xff\0\0\xff", 4);
        ck_assert_mem_eq(image.data, "\0\xff\xff\0", 4);
        image_drop(&image);
        free(png.data);
    }
}
END_TEST

START_TEST(png_key_colour_is_compared_at_16_bits)
{
    /* the second pixel is the key's colour at 8 bits only */
    const uint16_t samples[] = {0x1234, 0x5678, 0x9abc, 0x1234, 0x5678, 0x9abd};
    png_color_16 key = {.red = 0x1234, .green = 0x5678, .blue = 0x9abc};
    PngSpec spec = {.width = 2,
                    .height = 1,
                    .depth = 16,
                    .type = PNG_COLOR_TYPE_RGB,
                    .samples = samples,
                    .trans_colour = &key};
    Bytes png = make_png(&spec);
    Image image = read_fine(&png, 0, 0);
    ck_assert_mem_eq(image.alpha, "\0\xff", 2);
    ck_assert_mem_eq(image.data, "\xff\xff\xff\x12\x56\x9a", 6);
    image_drop(&image);
    free(png.data);
}
END_TEST

START_TEST(png_opaque_alpha_is_left_out)
{
    const uint16_t samples[] = {1, 2, 3, 255, 4, 5, 6, 255};
    PngSpec spec = {
        .width = 2, .height = 1, .depth = 8, .type = PNG_COLOR_TYPE_RGB_ALPHA, .samples = samples};
    Bytes png = make_png(&spec);
    Image image = read_fine(&png, 0, 0);
    ck_assert_ptr_null(image.alpha);
    ck_assert_mem_eq(image.data, "\1\2\3\4\5\6", 6);
    image_drop(&image);
    free(png.data);
}
END_TEST

START_TEST(png_colour_under_full_transparency_is_gone)
{
    const uint16_t samples[] = {'s', 'e', 'c', 0, 'r', 'e', 't', 1};
    PngSpec spec = {
        .width = 2, .height = 1, .depth = 8, .type = PNG_COLOR_TYPE_RGB_ALPHA, .samples = samples};
    Bytes png = make_png(&spec);
    Image image = read_fine(&png, 0, 0);
    ck_assert_mem_eq(image.data, "\xff\xff\xffret", 6);
    ck_assert_mem_eq(image.alpha, "\0\1", 2);
    image_drop(&image);
    free(png.data);
}
END_TEST

START_TEST(png_dpi_follows_the_pixels)
{
    uint16_t *samples = make_samples(40 * 20, 255);
    PngSpec spec = {.width = 40,
                    .height = 20,
                    .depth = 8,
                    .type = PNG_COLOR_TYPE_GRAY,
                    .samples = samples,
                    .dots_x = 11811,
                    .dots_y = 5906};
    Bytes png = make_png(&spec);
    Image image = read_fine(&png, 0, 0);
    ck_assert_double_eq_tol(image.dpi_x, 300, 0.01);
    ck_assert_double_eq_tol(image.dpi_y, 150, 0.02);
    image_drop(&image);
    image = read_fine(&png, 10, 0);
    ck_assert_double_eq_tol(image.dpi_x, 75, 0.01);
    ck_assert_double_eq_tol(image.dpi_y, 37.5, 0.01);
    image_drop(&image);
    free(png.data);
    free(samples);
}
END_TEST

/* Sampling down */

static Image read_scaled(const PngSpec *spec, unsigned max_width, unsigned max_height)
{
    Bytes png = make_png(spec);
    Image image = read_fine(&png, max_width, max_height);
    free(png.data);
    return image;
}

START_TEST(fits_within_both_bounds)
{
    static const unsigned cases[][6] = {
        {100, 50, 0, 0, 100, 50},  {100, 50, 40, 0, 40, 20},  {100, 50, 0, 10, 20, 10},
        {100, 50, 40, 40, 40, 20}, {50, 100, 40, 40, 20, 40}, {100, 50, 200, 200, 100, 50},
        {100, 1, 10, 10, 10, 1},   {1, 100, 10, 10, 1, 10},   {100, 50, 100, 50, 100, 50},
        {100, 50, 99, 50, 99, 50}, {3, 3, 1, 1, 1, 1},
    };
    for (int i = 0; i < COUNT(cases); i++) {
        const unsigned *c = cases[i];
        uint16_t *samples = make_samples((size_t)c[0] * c[1], 255);
        PngSpec spec = {.width = c[0],
                        .height = c[1],
                        .depth = 8,
                        .type = PNG_COLOR_TYPE_GRAY,
                        .samples = samples};
        Image image = read_scaled(&spec, c[2], c[3]);
        ck_assert_uint_eq(image.width, c[4]);
        ck_assert_uint_eq(image.height, c[5]);
        image_drop(&image);
        free(samples);
    }
}
END_TEST

START_TEST(averages_whole_boxes)
{
    const uint16_t samples[] = {
        0,  10, 100, 100, /**/
        20, 30, 100, 104, /**/
        1,  1,  255, 255, /**/
        1,  2,  255, 255,
    };
    PngSpec spec = {
        .width = 4, .height = 4, .depth = 8, .type = PNG_COLOR_TYPE_GRAY, .samples = samples};
    Image image = read_scaled(&spec, 2, 0);
    const unsigned char expected[] = {15, 101, 1, 255};
    ck_assert_mem_eq(image.data, expected, 4);
    image_drop(&image);
}
END_TEST

START_TEST(averages_parts_of_pixels)
{
    /* three to two: each takes one and a half */
    const uint16_t samples[] = {0, 90, 180, 0, 90, 180, 0, 90, 180};
    PngSpec spec = {
        .width = 3, .height = 3, .depth = 8, .type = PNG_COLOR_TYPE_GRAY, .samples = samples};
    for (int interlaced = 0; interlaced < 2; interlaced++) {
        spec.interlaced = interlaced;
        Image image = read_scaled(&spec, 2, 2);
        const unsigned char expected[] = {30, 150, 30, 150};
        ck_assert_mem_eq(image.data, expected, 4);
        image_drop(&image);
    }
}
END_TEST

START_TEST(averages_premultiplied)
{
    /* red beside transparent green is half-transparent red, not brown */
    const uint16_t samples[] = {255, 0, 0, 255, 0, 255, 0, 0, 200, 0, 0, 255,
                                100, 0, 0, 85,  1, 2,   3, 0, 4,   5, 6, 0};
    PngSpec spec = {
        .width = 6, .height = 1, .depth = 8, .type = PNG_COLOR_TYPE_RGB_ALPHA, .samples = samples};
    Image image = read_scaled(&spec, 3, 0);
    ck_assert_uint_eq(image.height, 1);
    const unsigned char expected[] = {255, 0, 0, 175, 0, 0, 255, 255, 255};
    ck_assert_mem_eq(image.data, expected, 9);
    const unsigned char alpha[] = {128, 170, 0};
    ck_assert_mem_eq(image.alpha, alpha, 3);
    image_drop(&image);
}
END_TEST

START_TEST(averaging_keeps_flat_colours)
{
    uint16_t samples[31 * 29 * 4];
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i += 4) {
        samples[i] = 255;
        samples[i + 1] = 77;
        samples[i + 2] = 0;
        samples[i + 3] = 200;
    }
    PngSpec spec = {.width = 31,
                    .height = 29,
                    .depth = 8,
                    .type = PNG_COLOR_TYPE_RGB_ALPHA,
                    .samples = samples};
    for (unsigned width = 1; width < 31; width++) {
        Image image = read_scaled(&spec, width, 0);
        ck_assert_uint_eq(image.width, width);
        for (size_t i = 0; i < image.alpha_size; i++) {
            ck_assert_mem_eq(image.data + 3 * i, "\xff\x4d\0", 3);
            ck_assert_uint_eq(image.alpha[i], 200);
        }
        image_drop(&image);
    }
}
END_TEST

/* Making JPEGs */

typedef struct {
    unsigned width, height;
    int components; /* of the samples */
    J_COLOR_SPACE space, coded;
    int quality;
    bool progressive, arithmetic, half_colour, no_jfif, no_adobe, restarts, rgb_ids;
    int orientation; /* an EXIF segment when not 0 */
    bool little_endian;
    unsigned dots_x, dots_y;
    int unit;
    const unsigned char *samples;
} JpegSpec;

static Bytes make_exif(int orientation, bool little_endian)
{
    static const unsigned char big[] = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 2,
                                        /* a maker, then the orientation */
                                        1, 15, 0, 2, 0, 0, 0, 4, 'P', 'h', 'o', 0, 1, 18, 0, 3, 0,
                                        0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    static const unsigned char little[] = {'I', 'I', 42, 0, 8, 0,   0,   0,   2, 0,  15, 1, 2,
                                           0,   4,   0,  0, 0, 'P', 'h', 'o', 0, 18, 1,  3, 0,
                                           1,   0,   0,  0, 0, 0,   0,   0,   0, 0,  0,  0};
    Bytes exif = {0};
    append(&exif, little_endian ? little : big, sizeof big);
    exif.data[little_endian ? 30 : 31] = (unsigned char)orientation;
    return exif;
}

static void write_markers(struct jpeg_compress_struct *jpeg, const JpegSpec *spec)
{
    static const unsigned char secret[] = "secret place";
    if (spec->orientation) {
        Bytes exif = make_exif(spec->orientation, spec->little_endian);
        Bytes whole = {0};
        append(&whole, "Exif\0\0", 6);
        append(&whole, exif.data, exif.size);
        append(&whole, secret, sizeof secret);
        jpeg_write_marker(jpeg, JPEG_APP0 + 1, whole.data, (unsigned)whole.size);
        free(exif.data);
        free(whole.data);
    }
    for (int i = 2; i < 16; i++)
        jpeg_write_marker(jpeg, JPEG_APP0 + i, secret, sizeof secret);
    jpeg_write_marker(jpeg, JPEG_COM, secret, sizeof secret);
}

static void set_jpeg(struct jpeg_compress_struct *jpeg, const JpegSpec *spec)
{
    jpeg->image_width = spec->width;
    jpeg->image_height = spec->height;
    jpeg->input_components = spec->components;
    jpeg->in_color_space = spec->space;
    jpeg_set_defaults(jpeg);
    if (spec->coded != JCS_UNKNOWN)
        jpeg_set_colorspace(jpeg, spec->coded);
    jpeg_set_quality(jpeg, spec->quality ? spec->quality : 100, TRUE);
    if (!spec->half_colour) {
        jpeg->comp_info[0].h_samp_factor = 1;
        jpeg->comp_info[0].v_samp_factor = 1;
    }
    for (int i = 0; i < 3 && spec->rgb_ids; i++)
        jpeg->comp_info[i].component_id = (unsigned char)"RGB"[i];
    jpeg->arith_code = spec->arithmetic;
    jpeg->restart_interval = spec->restarts ? 1 : 0;
    jpeg->write_JFIF_header = jpeg->write_JFIF_header && !spec->no_jfif;
    jpeg->write_Adobe_marker = jpeg->write_Adobe_marker && !spec->no_adobe;
    jpeg->density_unit = (UINT8)spec->unit;
    jpeg->X_density = (UINT16)spec->dots_x;
    jpeg->Y_density = (UINT16)spec->dots_y;
    if (spec->progressive)
        jpeg_simple_progression(jpeg);
}

static Bytes make_jpeg(const JpegSpec *spec)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *stream = NULL;
    unsigned long size = 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &stream, &size);
    set_jpeg(&jpeg, spec);
    jpeg_start_compress(&jpeg, TRUE);
    write_markers(&jpeg, spec);
    size_t row_size = (size_t)spec->width * (unsigned)spec->components;
    unsigned char *row = malloc(row_size);
    while (jpeg.next_scanline < jpeg.image_height) {
        memcpy(row, spec->samples + jpeg.next_scanline * row_size, row_size);
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    free(row);
    return (Bytes){stream, size};
}

/* A smooth slope in each component, which JPEG keeps nearly exactly. */
static unsigned char *make_slope(unsigned width, unsigned height, unsigned components)
{
    unsigned char *samples = malloc((size_t)width * height * components), *to = samples;
    for (unsigned y = 0; y < height; y++) {
        for (unsigned x = 0; x < width; x++) {
            for (unsigned c = 0; c < components; c++) {
                unsigned along = c == 0 ? x * 255 / width : y * 255 / height;
                *to++ = (unsigned char)(c == 2 ? 255 - along : along);
            }
        }
    }
    return samples;
}

static JpegSpec colour_spec(unsigned width, unsigned height, const unsigned char *samples)
{
    return (JpegSpec){
        .width = width, .height = height, .components = 3, .space = JCS_RGB, .samples = samples};
}

static void check_near(const unsigned char *got, const unsigned char *expected, size_t size,
                       int tolerance)
{
    for (size_t i = 0; i < size; i++) {
        int distance = abs(got[i] - expected[i]);
        ck_assert_msg(distance <= tolerance, "sample %zu is %d, not %d", i, got[i], expected[i]);
    }
}

/* Decodes a kept stream as a PDF reader would: without a JFIF segment. Gives samples. */
static unsigned char *decode_stream(const Image *image)
{
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, image->data, (unsigned long)image->size);
    jpeg_read_header(&jpeg, TRUE);
    ck_assert(!jpeg.saw_JFIF_marker);
    jpeg_start_decompress(&jpeg);
    ck_assert_uint_eq(jpeg.output_width, image->width);
    ck_assert_uint_eq(jpeg.output_height, image->height);
    ck_assert_int_eq(jpeg.output_components, image->colour == IMAGE_GREY ? 1 : 3);
    size_t row_size = (size_t)jpeg.output_width * (unsigned)jpeg.output_components;
    unsigned char *samples = malloc(row_size * jpeg.output_height);
    while (jpeg.output_scanline < jpeg.output_height) {
        JSAMPROW row = samples + jpeg.output_scanline * row_size;
        jpeg_read_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_decompress(&jpeg);
    ck_assert_int_eq(errors.num_warnings, 0);
    jpeg_destroy_decompress(&jpeg);
    return samples;
}

/* Whether a segment with that marker stands anywhere before the coded data. */
static bool has_segment(const unsigned char *data, size_t size, unsigned marker)
{
    for (size_t at = 2; at + 4 <= size && data[at] == 0xff && data[at + 1] != 0xda;) {
        if (data[at + 1] == marker)
            return true;
        at += 2 + ((size_t)data[at + 2] << 8) + data[at + 3];
    }
    return false;
}

static void check_stream_clean(const Image *image, bool adobe)
{
    ck_assert_int_eq(image->coding, IMAGE_JPEG);
    for (unsigned marker = 0xe0; marker <= 0xef; marker++) {
        bool expected = marker == 0xee && adobe;
        ck_assert_int_eq(has_segment(image->data, image->size, marker), expected);
    }
    ck_assert(!has_segment(image->data, image->size, 0xfe));
    ck_assert(!contains(image->data, image->size, "secret"));
    ck_assert(!contains(image->data, image->size, "JFIF"));
    ck_assert_mem_eq(image->data, "\xff\xd8", 2);
    ck_assert_mem_eq(image->data + image->size - 2, "\xff\xd9", 2);
}

/* Reads a JPEG that is to be kept, and checks what it shows. */
static void check_kept(const JpegSpec *spec, bool adobe, int tolerance)
{
    Bytes jpeg = make_jpeg(spec);
    Image image = read_fine(&jpeg, 0, 0);
    check_stream_clean(&image, adobe);
    ck_assert(image.from_jpeg);
    ck_assert_int_eq(image.colour, spec->components == 1 ? IMAGE_GREY : IMAGE_RGB);
    ck_assert_ptr_null(image.alpha);
    unsigned char *samples = decode_stream(&image);
    size_t size = (size_t)spec->width * spec->height * (unsigned)spec->components;
    check_near(samples, spec->samples, size, tolerance);
    free(samples);
    image_drop(&image);
    free(jpeg.data);
}

START_TEST(jpeg_stays_and_loses_its_segments)
{
    unsigned char *samples = make_slope(45, 37, 3);
    JpegSpec spec = colour_spec(45, 37, samples);
    for (int i = 0; i < 16; i++) {
        spec.progressive = i & 1;
        spec.half_colour = i & 2;
        spec.restarts = i & 4;
        spec.orientation = i & 8 ? 1 : 0;
        check_kept(&spec, false, spec.half_colour ? 12 : 4);
    }
    free(samples);
}
END_TEST

START_TEST(jpeg_grey_stays)
{
    unsigned char *samples = make_slope(45, 37, 1);
    JpegSpec spec = {
        .width = 45, .height = 37, .components = 1, .space = JCS_GRAYSCALE, .samples = samples};
    check_kept(&spec, false, 2);
    spec.progressive = true;
    check_kept(&spec, false, 2);
    free(samples);
}
END_TEST

/* In grey, with the luminance of each pixel; where that is wished a JPEG in colour doesn't stay one. */
START_TEST(colours_become_grey)
{
    unsigned char *samples = make_slope(45, 37, 3);
    JpegSpec spec = colour_spec(45, 37, samples);
    Bytes jpeg = make_jpeg(&spec);
    Image colour = read_fine(&jpeg, 20, 0);
    wish_grey = true;
    Image grey = read_fine(&jpeg, 20, 0), whole = read_fine(&jpeg, 0, 0);
    Bytes stream = {NULL, 0};
    JpegSpec single = {
        .width = 45, .height = 37, .components = 1, .space = JCS_GRAYSCALE, .samples = samples};
    stream = make_jpeg(&single);
    Image kept = read_fine(&stream, 0, 0);
    ck_assert_int_eq(kept.coding, IMAGE_JPEG);
    image_drop(&kept);
    free(stream.data);
    wish_grey = false;
    ck_assert_int_eq(colour.colour, IMAGE_RGB);
    ck_assert_int_eq(grey.colour, IMAGE_GREY);
    ck_assert_int_eq(whole.colour, IMAGE_GREY);
    ck_assert_int_eq(whole.coding, IMAGE_RAW);
    ck_assert(whole.from_jpeg);
    for (size_t i = 0; i < grey.size; i++) {
        const unsigned char *p = colour.data + 3 * i;
        Colour shade = colour_grey((Colour)p[0] << 16 | (Colour)p[1] << 8 | p[2]);
        ck_assert_int_le(abs((int)(shade & 0xFF) - (int)grey.data[i]), 1);
    }
    image_drop(&colour);
    image_drop(&grey);
    image_drop(&whole);
    free(jpeg.data);
    free(samples);
}
END_TEST

/* RGB-coded, by Adobe's marker or by its component names, or YCbCr that only JFIF tells. */
START_TEST(jpeg_colour_coding_is_kept)
{
    unsigned char *samples = make_slope(45, 37, 3);
    JpegSpec spec = colour_spec(45, 37, samples);
    spec.coded = JCS_RGB;
    check_kept(&spec, true, 2);
    spec.no_adobe = true;
    check_kept(&spec, true, 2);
    spec = colour_spec(45, 37, samples);
    spec.rgb_ids = true;
    check_kept(&spec, true, 4);
    spec.rgb_ids = false;
    spec.no_jfif = true;
    check_kept(&spec, false, 4);
    free(samples);
}
END_TEST

START_TEST(jpeg_dpi_is_read)
{
    unsigned char *samples = make_slope(48, 36, 3);
    JpegSpec spec = colour_spec(48, 36, samples);
    static const double expected[] = {0, 300, 300 * 2.54};
    for (int unit = 0; unit < 3; unit++) {
        spec.unit = unit;
        spec.dots_x = 300;
        spec.dots_y = 150;
        Bytes jpeg = make_jpeg(&spec);
        Image image = read_fine(&jpeg, 0, 0);
        ck_assert_double_eq_tol(image.dpi_x, expected[unit], 1e-9);
        ck_assert_double_eq_tol(image.dpi_y, expected[unit] / 2, 1e-9);
        image_drop(&image);
        free(jpeg.data);
    }
    spec.unit = 1;
    spec.orientation = 6;
    Bytes jpeg = make_jpeg(&spec);
    Image image = read_fine(&jpeg, 18, 0);
    ck_assert_uint_eq(image.width, 18);
    ck_assert_uint_eq(image.height, 24);
    ck_assert_double_eq_tol(image.dpi_x, 75, 1e-9);
    ck_assert_double_eq_tol(image.dpi_y, 150, 1e-9);
    image_drop(&image);
    free(jpeg.data);
    free(samples);
}
END_TEST

/* Orientation: a picture of six blocks, A to F, two across and three down, and how each orientation
 * is to be seen. */

enum { BLOCK = 16, ACROSS = 2, DOWN = 3 };

static const char *const seen[] = {
    [1] = "AB/CD/EF", [2] = "BA/DC/FE", [3] = "FE/DC/BA", [4] = "EF/CD/AB",
    [5] = "ACE/BDF",  [6] = "ECA/FDB",  [7] = "FDB/ECA",  [8] = "BDF/ACE"};

static unsigned char level(int letter)
{
    return (unsigned char)(20 + 40 * (letter - 'A'));
}

static void check_seen(const Image *image, unsigned block, const char *pattern)
{
    unsigned samples = image->colour == IMAGE_GREY ? 1 : 3;
    unsigned across = (unsigned)strcspn(pattern, "/");
    ck_assert_int_eq(image->coding, IMAGE_RAW);
    ck_assert_uint_eq(image->width, across * block);
    ck_assert_uint_eq(image->height, (unsigned)strlen(pattern + 1) / across * block);
    for (unsigned y = 0; y < image->height; y++) {
        for (unsigned x = 0; x < image->width; x++) {
            unsigned char expected = level(pattern[y / block * (across + 1) + x / block]);
            check_near(image->data + ((size_t)y * image->width + x) * samples, &expected, 1, 3);
        }
    }
}

static unsigned char *make_blocks(unsigned components)
{
    unsigned char *samples = malloc(BLOCK * ACROSS * BLOCK * DOWN * components), *to = samples;
    for (int y = 0; y < BLOCK * DOWN; y++) {
        for (int x = 0; x < BLOCK * ACROSS; x++, to += components)
            memset(to, level('A' + y / BLOCK * ACROSS + x / BLOCK), components);
    }
    return samples;
}

START_TEST(jpeg_is_turned_upright)
{
    for (int components = 1; components <= 3; components += 2) {
        unsigned char *samples = make_blocks((unsigned)components);
        JpegSpec spec = {.width = BLOCK * ACROSS,
                         .height = BLOCK * DOWN,
                         .samples = samples,
                         .components = components,
                         .orientation = _i,
                         .space = components == 1 ? JCS_GRAYSCALE : JCS_RGB};
        for (int i = 0; i < 2; i++) {
            spec.little_endian = i;
            Bytes jpeg = make_jpeg(&spec);
            Image image = read_fine(&jpeg, 0, 0);
            if (_i == 1) {
                ck_assert_int_eq(image.coding, IMAGE_JPEG);
            } else {
                check_seen(&image, BLOCK, seen[_i]);
            }
            image_drop(&image);
            unsigned bound = BLOCK / 4 * (_i > 4 ? DOWN : ACROSS);
            image = read_fine(&jpeg, bound, 0);
            check_seen(&image, BLOCK / 4, seen[_i]);
            image_drop(&image);
            free(jpeg.data);
        }
        free(samples);
    }
}
END_TEST

START_TEST(png_is_turned_upright)
{
    uint16_t samples[ACROSS * DOWN];
    for (int i = 0; i < ACROSS * DOWN; i++)
        samples[i] = level('A' + i);
    Bytes exif = make_exif(_i, false);
    PngSpec spec = {.width = ACROSS,
                    .height = DOWN,
                    .depth = 8,
                    .type = PNG_COLOR_TYPE_GRAY,
                    .samples = samples,
                    .exif = exif.data,
                    .exif_size = (unsigned)exif.size};
    Image image = read_scaled(&spec, 0, 0);
    check_seen(&image, 1, seen[_i]);
    image_drop(&image);
    free(exif.data);
}
END_TEST

START_TEST(odd_exif_is_ignored)
{
    unsigned char *samples = make_slope(16, 16, 3);
    JpegSpec spec = colour_spec(16, 16, samples);
    for (int orientation = 9; orientation < 256; orientation += 13) {
        spec.orientation = orientation;
        Bytes jpeg = make_jpeg(&spec);
        Image image = read_fine(&jpeg, 0, 0);
        ck_assert_int_eq(image.coding, IMAGE_JPEG);
        image_drop(&image);
        free(jpeg.data);
    }
    /* cut short or pointing beyond its end, it must not be read past */
    spec.orientation = 6;
    Bytes jpeg = make_jpeg(&spec);
    unsigned char *tiff = memmem(jpeg.data, jpeg.size, "Exif", 4);
    for (size_t at = 6; at < 20; at++) {
        for (int value = 0; value < 256; value += 5) {
            unsigned char kept = tiff[at];
            tiff[at] = (unsigned char)value;
            ck_assert_int_eq(status_of(&jpeg), IMAGE_OK);
            tiff[at] = kept;
        }
    }
    free(jpeg.data);
    free(samples);
}
END_TEST

/* CMYK */

static const struct {
    unsigned char ink[4], rgb[3];
} inks[] = {
    {{0, 0, 0, 0}, {255, 255, 255}},   {{255, 0, 0, 0}, {0, 159, 227}},
    {{0, 255, 0, 0}, {230, 0, 126}},   {{0, 0, 255, 0}, {255, 237, 0}},
    {{0, 255, 255, 0}, {227, 13, 23}}, {{0, 0, 0, 255}, {32, 32, 30}},
    {{0, 0, 0, 128}, {157, 157, 156}},
};

static void check_cmyk(JpegSpec spec, bool inverted)
{
    for (int i = 0; i < COUNT(inks); i++) {
        unsigned char samples[16 * 16 * 4];
        for (size_t k = 0; k < sizeof samples; k++) {
            unsigned char ink = inks[i].ink[k % 4];
            samples[k] = (unsigned char)(inverted ? 255 - ink : ink);
        }
        spec.samples = samples;
        Bytes jpeg = make_jpeg(&spec);
        Image image = read_fine(&jpeg, 0, 0);
        ck_assert_int_eq(image.coding, IMAGE_RAW);
        ck_assert_int_eq(image.colour, IMAGE_RGB);
        for (size_t k = 0; k < image.size; k += 3)
            check_near(image.data + k, inks[i].rgb, 3, 6);
        image_drop(&image);
        free(jpeg.data);
    }
}

START_TEST(jpeg_cmyk_becomes_rgb)
{
    JpegSpec spec = {.width = 16, .height = 16, .components = 4, .space = JCS_CMYK};
    check_cmyk(spec, true);
    spec.progressive = true;
    check_cmyk(spec, true);
    spec.coded = JCS_YCCK;
    check_cmyk(spec, true);
    spec.coded = JCS_CMYK;
    spec.no_adobe = true;
    check_cmyk(spec, false);
}
END_TEST

/* JPEGs that become samples, or nothing */

START_TEST(jpeg_arithmetic_coding_is_decoded)
{
    unsigned char *samples = make_slope(45, 37, 3);
    JpegSpec spec = colour_spec(45, 37, samples);
    spec.arithmetic = true;
    for (int i = 0; i < 2; i++) {
        spec.progressive = i;
        Bytes jpeg = make_jpeg(&spec);
        Image image = read_fine(&jpeg, 0, 0);
        ck_assert_int_eq(image.coding, IMAGE_RAW);
        check_near(image.data, samples, image.size, 4);
        image_drop(&image);
        free(jpeg.data);
    }
    free(samples);
}
END_TEST

START_TEST(jpeg_is_sampled_down)
{
    unsigned char *samples = make_slope(256, 128, 3);
    JpegSpec spec = colour_spec(256, 128, samples);
    Bytes jpeg = make_jpeg(&spec);
    for (unsigned width = 1; width < 256; width += 3) {
        Image image = read_fine(&jpeg, width, 0);
        ck_assert_int_eq(image.coding, IMAGE_RAW);
        ck_assert(image.from_jpeg);
        ck_assert_uint_eq(image.width, width);
        for (unsigned x = 0; x < width; x++) {
            double expected = (x + 0.5) * 255 / width;
            ck_assert_double_eq_tol(image.data[3 * x], expected, 5);
        }
        image_drop(&image);
    }
    free(jpeg.data);
    free(samples);
}
END_TEST

/* Where the frame header's marker code stands. */
static unsigned char *frame_of(const Bytes *jpeg)
{
    unsigned char *found = memmem(jpeg->data, jpeg->size, "\xff\xc0\0\x11\x08", 5);
    ck_assert_ptr_nonnull(found);
    return found + 1;
}

START_TEST(jpeg_rare_kinds_are_refused)
{
    unsigned char *samples = make_slope(16, 16, 3);
    JpegSpec spec = colour_spec(16, 16, samples);
    Bytes jpeg = make_jpeg(&spec);
    unsigned char *frame = frame_of(&jpeg);
    static const unsigned char rare[] = {0xc3, 0xc5, 0xc6, 0xc7, 0xc8,
                                         0xcb, 0xcd, 0xce, 0xcf, 0xde};
    for (int i = 0; i < COUNT(rare); i++) {
        frame[0] = rare[i];
        ck_assert_int_eq(status_of(&jpeg), IMAGE_UNSUPPORTED);
    }
    frame[0] = 0xc1;
    frame[3] = 12;
    ck_assert_int_eq(status_of(&jpeg), IMAGE_UNSUPPORTED);
    frame[0] = 0xc0;
    frame[3] = 8;
    frame[5] = 0; /* no height until a DNL segment */
    ck_assert_int_eq(status_of(&jpeg), IMAGE_UNSUPPORTED);
    free(jpeg.data);
    spec.components = 2;
    spec.space = JCS_UNKNOWN;
    jpeg = make_jpeg(&spec);
    ck_assert_int_eq(status_of(&jpeg), IMAGE_UNSUPPORTED);
    free(jpeg.data);
    free(samples);
}
END_TEST

START_TEST(jpeg_bytes_outside_segments_are_gone)
{
    unsigned char *samples = make_slope(45, 37, 3);
    JpegSpec spec = colour_spec(45, 37, samples);
    Bytes jpeg = make_jpeg(&spec);
    append(&jpeg, "secret", 6); /* after the end, as phones put films there */
    Bytes gap = splice(&jpeg, (size_t)(frame_of(&jpeg) - jpeg.data) - 1, "secret\0\xff\xff", 9);
    Image image = read_fine(&gap, 0, 0);
    check_stream_clean(&image, false);
    image_drop(&image);
    free(gap.data);
    /* behind the last coded bits, where only decoding finds them */
    gap = splice(&jpeg, jpeg.size - 8, "secretsecretsecretsecret", 24);
    image = read_fine(&gap, 0, 0);
    ck_assert_int_eq(image.coding, IMAGE_RAW);
    check_near(image.data, samples, image.size, 4);
    image_drop(&image);
    free(gap.data);
    free(jpeg.data);
    free(samples);
}
END_TEST

/* Damage */

static Bytes small_png(bool interlaced)
{
    static const uint16_t samples[] = {10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120,
                                       10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120};
    static const unsigned char exif[] = "MM\0*\0\0\0\x08\0\0";
    PngSpec spec = {.width = 3,
                    .height = 2,
                    .depth = 8,
                    .type = PNG_COLOR_TYPE_RGB_ALPHA,
                    .interlaced = interlaced,
                    .samples = samples,
                    .dots_x = 5000,
                    .dots_y = 5000,
                    .exif = exif,
                    .exif_size = sizeof exif};
    return make_png(&spec);
}

static Bytes small_jpeg(int variant)
{
    unsigned char samples[4 * 24 * 20];
    for (size_t i = 0; i < sizeof samples; i++)
        samples[i] = (unsigned char)(i * i / 7);
    JpegSpec spec = colour_spec(24, 20, samples);
    spec.orientation = variant & 1 ? 6 : 0;
    spec.progressive = variant & 2;
    spec.restarts = variant & 4;
    spec.half_colour = variant & 4;
    spec.quality = 60;
    if (variant & 8) {
        spec.components = 4;
        spec.space = JCS_CMYK;
    }
    return make_jpeg(&spec);
}

static void check_cut(const Bytes *bytes)
{
    for (size_t size = 0; size < bytes->size; size++) {
        Bytes cut = {bytes->data, size};
        ck_assert_int_ne(status_of(&cut), IMAGE_OK);
    }
}

START_TEST(png_cut_short_is_broken)
{
    Bytes png = small_png(_i);
    ck_assert_int_eq(status_of(&png), IMAGE_OK);
    check_cut(&png);
    free(png.data);
}
END_TEST

START_TEST(jpeg_cut_short_is_broken)
{
    Bytes jpeg = small_jpeg(_i);
    ck_assert_int_eq(status_of(&jpeg), IMAGE_OK);
    check_cut(&jpeg);
    free(jpeg.data);
}
END_TEST

START_TEST(jpeg_with_data_missing_is_broken)
{
    Bytes jpeg = small_jpeg(_i);
    Bytes cut = {0};
    append(&cut, jpeg.data, jpeg.size - 40);
    append(&cut, "\xff\xd9", 2);
    ck_assert_int_eq(status_of(&cut), IMAGE_BROKEN);
    free(cut.data);
    free(jpeg.data);
}
END_TEST

static const unsigned char masks[] = {0x01, 0x80, 0xff, 0x10};

START_TEST(png_changed_anywhere_is_broken)
{
    Bytes png = small_png(_i);
    for (size_t at = 0; at < png.size; at++) {
        for (int i = 0; i < COUNT(masks); i++) {
            png.data[at] ^= masks[i];
            ck_assert_int_ne(status_of(&png), IMAGE_OK);
            png.data[at] ^= masks[i];
        }
    }
    free(png.data);
}
END_TEST

/* Much of a JPEG's damage can't be told; but nothing may break, and what is kept must be decodable
 * without a warning. */
START_TEST(jpeg_changed_anywhere_is_harmless)
{
    Bytes jpeg = small_jpeg(_i);
    for (size_t at = 0; at < jpeg.size; at++) {
        /* a mask a byte: with those of the other variants, every one meets every place */
        unsigned char mask = masks[(at + (size_t)_i + (size_t)_i / 4) % COUNT(masks)];
        Image image;
        jpeg.data[at] ^= mask;
        ImageStatus status = read_within(&jpeg, NULL, 0, 0, &image);
        if (status == IMAGE_OK && image.coding == IMAGE_JPEG)
            free(decode_stream(&image));
        image_drop(&image);
        jpeg.data[at] ^= mask;
    }
    free(jpeg.data);
}
END_TEST

START_TEST(same_input_gives_same_output)
{
    Bytes png = small_png(true), jpeg = small_jpeg(_i);
    for (int i = 0; i < 2; i++) {
        const Bytes *bytes = i ? &jpeg : &png;
        Image first = read_fine(bytes, 2, 0), second = read_fine(bytes, 2, 0);
        ck_assert_uint_eq(first.size, second.size);
        ck_assert_mem_eq(first.data, second.data, first.size);
        image_drop(&first);
        image_drop(&second);
    }
    free(png.data);
    free(jpeg.data);
}
END_TEST

/* Limits */

static void put_long(unsigned char *to, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        to[i] = (unsigned char)(value >> (24 - 8 * i));
}

static uint32_t crc(const unsigned char *data, size_t size)
{
    uint32_t value = 0xffffffffu;
    for (size_t i = 0; i < size; i++) {
        value ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            value = value >> 1 ^ (value & 1 ? 0xedb88320u : 0);
    }
    return ~value;
}

static Bytes png_claiming(uint32_t width, uint32_t height)
{
    Bytes png = small_png(false);
    put_long(png.data + 16, width);
    put_long(png.data + 20, height);
    put_long(png.data + 29, crc(png.data + 12, 17));
    return png;
}

static void check_claim(uint32_t width, uint32_t height, ImageStatus expected)
{
    Bytes png = png_claiming(width, height);
    ck_assert_int_eq(status_of(&png), expected);
    free(png.data);
}

START_TEST(png_bombs_are_refused)
{
    check_claim(0x7fffffff, 0x7fffffff, IMAGE_TOO_LARGE);
    check_claim(0xffffffff, 0xffffffff, IMAGE_TOO_LARGE);
    check_claim(30001, 1, IMAGE_TOO_LARGE);
    check_claim(1, 30001, IMAGE_TOO_LARGE);
    check_claim(20000, 20000, IMAGE_TOO_LARGE);
    check_claim(0, 5, IMAGE_BROKEN);
    check_claim(5, 0, IMAGE_BROKEN);
    check_claim(10000, 10000, IMAGE_BROKEN); /* allowed, but not in so few bytes */
    const ImageLimits none = {SIZE_MAX, 0xffffffff, SIZE_MAX};
    Bytes png = png_claiming(0x7fffffff, 0x7fffffff);
    Image image;
    ck_assert_int_eq(read_within(&png, &none, 0, 0, &image), IMAGE_TOO_LARGE);
    free(png.data);
}
END_TEST

START_TEST(jpeg_bombs_are_refused)
{
    Bytes jpeg = small_jpeg(0);
    unsigned char *frame = frame_of(&jpeg);
    memset(frame + 4, 0xff, 4);
    ck_assert_int_eq(status_of(&jpeg), IMAGE_TOO_LARGE);
    for (int i = 0; i < 4; i += 2) {
        frame[4 + i] = 0x27; /* 10,000 */
        frame[5 + i] = 0x10;
    }
    ck_assert_int_eq(status_of(&jpeg), IMAGE_BROKEN);
    free(jpeg.data);
}
END_TEST

START_TEST(jpeg_with_too_many_scans_is_refused)
{
    Bytes jpeg = small_jpeg(2);
    unsigned char *scan = memmem(jpeg.data, jpeg.size, "\xff\xda", 2);
    Bytes bomb = {0};
    append(&bomb, jpeg.data, (size_t)(scan - jpeg.data));
    for (int i = 0; i < 101; i++)
        append(&bomb, scan, 2 + (size_t)scan[3]);
    append(&bomb, "\xff\xd9", 2);
    ck_assert_int_eq(status_of(&bomb), IMAGE_TOO_LARGE);
    free(bomb.data);
    free(jpeg.data);
}
END_TEST

START_TEST(limits_hold)
{
    Bytes both[] = {small_png(false), small_jpeg(1)};
    static const size_t sizes[][2] = {{3, 2}, {24, 20}}; /* as stored */
    for (int i = 0; i < 2; i++) {
        size_t pixels = sizes[i][0] * sizes[i][1];
        unsigned side = (unsigned)sizes[i][0];
        const ImageLimits fine = {pixels, side, both[i].size};
        const ImageLimits tight[] = {{pixels - 1, side, both[i].size},
                                     {pixels, side - 1, both[i].size},
                                     {pixels, side, both[i].size - 1},
                                     {0, 0, 0}};
        Image image;
        ck_assert_int_eq(read_within(&both[i], &fine, 0, 0, &image), IMAGE_OK);
        image_drop(&image);
        for (int k = 0; k < COUNT(tight); k++)
            ck_assert_int_eq(read_within(&both[i], &tight[k], 0, 0, &image), IMAGE_TOO_LARGE);
        free(both[i].data);
    }
}
END_TEST

START_TEST(other_formats_are_named)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *name;
    } cases[] = {{"", 0, "empty"},
                 {"GIF89a......", 12, "GIF"},
                 {"RIFF....WEBP", 12, "WebP"},
                 {"\0\0\0\x18"
                  "ftypheic",
                  12, "HEIC"},
                 {"<svg xmlns=", 11, "SVG"},
                 {"hello", 5, "not a PNG or JPEG"}};
    for (int i = 0; i < COUNT(cases); i++) {
        char message[100];
        Image image;
        ImageStatus status = image_read((const unsigned char *)cases[i].bytes, cases[i].size, NULL,
                                        (ImageWish){0}, &image, message, sizeof message);
        ck_assert_int_eq(status, IMAGE_UNKNOWN_FORMAT);
        ck_assert_msg(strstr(message, cases[i].name) != NULL, "%s: %s", cases[i].name, message);
    }
}
END_TEST

START_TEST(message_is_optional)
{
    Image image;
    char small[4] = "????";
    ck_assert_int_eq(image_read(NULL, 0, NULL, (ImageWish){0}, &image, NULL, 0),
                     IMAGE_UNKNOWN_FORMAT);
    ck_assert_int_eq(image_read(NULL, 0, NULL, (ImageWish){0}, &image, small, 4),
                     IMAGE_UNKNOWN_FORMAT);
    ck_assert_str_eq(small, "not");
    image_drop(&image);
    image_drop(NULL);
}
END_TEST

/* Coding samples as a JPEG again */

START_TEST(samples_become_a_jpeg)
{
    for (int components = 1; components <= 3; components += 2) {
        unsigned char *samples = make_slope(50, 300, (unsigned)components);
        JpegSpec spec = {.width = 50,
                         .height = 300,
                         .components = components,
                         .orientation = 3,
                         .space = components == 1 ? JCS_GRAYSCALE : JCS_RGB,
                         .samples = samples};
        Bytes jpeg = make_jpeg(&spec);
        Image image = read_fine(&jpeg, 0, 0), raw = read_fine(&jpeg, 0, 0);
        ck_assert_int_eq(image.coding, IMAGE_RAW);
        ck_assert(image_to_jpeg(&image, 95));
        check_stream_clean(&image, false);
        ck_assert_uint_lt(image.size, raw.size / 2);
        unsigned char *decoded = decode_stream(&image);
        check_near(decoded, raw.data, raw.size, 6);
        Bytes stream = {image.data, image.size};
        Image again = read_fine(&stream, 0, 0);
        ck_assert_uint_eq(again.size, image.size);
        ck_assert_mem_eq(again.data, image.data, image.size);
        image_drop(&image);
        image_drop(&raw);
        image_drop(&again);
        free(decoded);
        free(jpeg.data);
        free(samples);
    }
}
END_TEST

START_TEST(jpeg_coding_that_outgrows_its_buffer)
{
    uint16_t *samples = make_samples(300 * 300 * 4, 255);
    PngSpec spec = {.width = 300,
                    .height = 300,
                    .depth = 8,
                    .type = PNG_COLOR_TYPE_RGB_ALPHA,
                    .samples = samples};
    Image image = read_scaled(&spec, 0, 0);
    ck_assert(image_to_jpeg(&image, 100));
    ck_assert_uint_gt(image.size, 65536);
    ck_assert_uint_eq(image.alpha_size, 300 * 300);
    free(decode_stream(&image));
    size_t size = image.size;
    ck_assert(image_to_jpeg(&image, 50)); /* no second loss */
    ck_assert_uint_eq(image.size, size);
    image_drop(&image);
    free(samples);
}
END_TEST

START_TEST(jpeg_coding_of_too_long_a_side_fails)
{
    Image image = {.width = 65501, .height = 1, .colour = IMAGE_GREY, .size = 65501};
    image.data = calloc(1, image.size);
    ck_assert(!image_to_jpeg(&image, 90));
    ck_assert_int_eq(image.coding, IMAGE_RAW);
    free(image.data);
}
END_TEST

static void add_png_tests(Suite *suite)
{
    TCase *tests = tcase_create("png");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, png_kinds_are_exact, 0, COUNT(kinds));
    tcase_add_loop_test(tests, png_palettes_are_exact, 0, COUNT(palette_kinds));
    tcase_add_test(tests, png_key_colour_is_transparent);
    tcase_add_test(tests, png_key_colour_is_compared_at_16_bits);
    tcase_add_test(tests, png_opaque_alpha_is_left_out);
    tcase_add_test(tests, png_colour_under_full_transparency_is_gone);
    tcase_add_test(tests, png_dpi_follows_the_pixels);
    tcase_add_loop_test(tests, png_is_turned_upright, 1, 9);
    tcase_add_loop_test(tests, png_cut_short_is_broken, 0, 2);
    tcase_add_loop_test(tests, png_changed_anywhere_is_broken, 0, 2);
    tcase_add_test(tests, png_bombs_are_refused);
    suite_add_tcase(suite, tests);
}

static void add_scaling_tests(Suite *suite)
{
    TCase *tests = tcase_create("scaling");
    tcase_add_test(tests, fits_within_both_bounds);
    tcase_add_test(tests, averages_whole_boxes);
    tcase_add_test(tests, averages_parts_of_pixels);
    tcase_add_test(tests, averages_premultiplied);
    tcase_add_test(tests, averaging_keeps_flat_colours);
    suite_add_tcase(suite, tests);
}

static void add_jpeg_tests(Suite *suite)
{
    TCase *tests = tcase_create("jpeg");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, jpeg_stays_and_loses_its_segments);
    tcase_add_test(tests, jpeg_grey_stays);
    tcase_add_test(tests, colours_become_grey);
    tcase_add_test(tests, jpeg_colour_coding_is_kept);
    tcase_add_test(tests, jpeg_dpi_is_read);
    tcase_add_loop_test(tests, jpeg_is_turned_upright, 1, 9);
    tcase_add_test(tests, odd_exif_is_ignored);
    tcase_add_test(tests, jpeg_cmyk_becomes_rgb);
    tcase_add_test(tests, jpeg_arithmetic_coding_is_decoded);
    tcase_add_test(tests, jpeg_is_sampled_down);
    tcase_add_test(tests, jpeg_rare_kinds_are_refused);
    tcase_add_test(tests, jpeg_bytes_outside_segments_are_gone);
    tcase_add_loop_test(tests, jpeg_cut_short_is_broken, 0, 16);
    tcase_add_loop_test(tests, jpeg_with_data_missing_is_broken, 0, 16);
    tcase_add_loop_test(tests, jpeg_changed_anywhere_is_harmless, 0, 16);
    tcase_add_test(tests, jpeg_bombs_are_refused);
    tcase_add_test(tests, jpeg_with_too_many_scans_is_refused);
    suite_add_tcase(suite, tests);
}

static void add_common_tests(Suite *suite)
{
    TCase *tests = tcase_create("common");
    tcase_add_loop_test(tests, same_input_gives_same_output, 0, 16);
    tcase_add_test(tests, limits_hold);
    tcase_add_test(tests, other_formats_are_named);
    tcase_add_test(tests, message_is_optional);
    tcase_add_test(tests, samples_become_a_jpeg);
    tcase_add_test(tests, jpeg_coding_that_outgrows_its_buffer);
    tcase_add_test(tests, jpeg_coding_of_too_long_a_side_fails);
    suite_add_tcase(suite, tests);
}

Suite *image_suite(void)
{
    Suite *suite = suite_create("image");
    add_png_tests(suite);
    add_scaling_tests(suite);
    add_jpeg_tests(suite);
    add_common_tests(suite);
    return suite;
}
