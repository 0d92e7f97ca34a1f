#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <png.h>

#include "base/mem.h"
#include "base/message.h"
#include "image/image_internal.h"

/* No chunk that makes the picture comes near to this, IDAT aside. */
#define CHUNK_BYTES_MAX (8u << 20)

/* Deflate can't do better (258 bytes from 2 bits). */
#define DEFLATE_RATIO_MAX 1032

#define INCH_IN_M 0.0254

/* libpng reports an error by a jump. All that must outlive it stands here, in the caller's frame,
 * and the function that sets the jump has no variables of its own. */
typedef struct {
    png_structp png;
    png_infop info;
    jmp_buf escape;
    const ImageJob *job;
    size_t at; /* in the job's data */
    unsigned orientation;
    double dpi_x, dpi_y;
    uint32_t width, height;
    char text[128]; /* of the error */
    ImageCanvas canvas;
    unsigned char *pixels;
} Reader;

static uint32_t get_long(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

_Noreturn static void on_error(png_structp png, png_const_charp text)
{
    Reader *reader = png_get_error_ptr(png);
    snprintf(reader->text, sizeof reader->text, "%s", text);
    longjmp(reader->escape, 1);
}

static void on_warning(png_structp png, png_const_charp text)
{
    (void)png; /* harmless, or found again as an error */
    (void)text;
}

static png_voidp allocate(png_structp png, png_alloc_size_t size)
{
    (void)png;
    return mem_alloc(size);
}

static void release(png_structp png, png_voidp block)
{
    (void)png;
    mem_free(block);
}

static void read_bytes(png_structp png, png_bytep to, size_t size)
{
    Reader *reader = png_get_io_ptr(png);
    if (size > reader->job->size - reader->at)
        png_error(png, gettext("it ends too early"));
    memcpy(to, reader->job->data + reader->at, size);
    reader->at += size;
}

static void open_file(Reader *reader)
{
    reader->png = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, reader, on_error, on_warning,
                                           NULL, allocate, release);
    reader->info = reader->png ? png_create_info_struct(reader->png) : NULL;
    if (!reader->info) {
        snprintf(reader->text, sizeof reader->text, "%s", "another libpng than at build time");
        longjmp(reader->escape, 1);
    }
    png_structp png = reader->png;
    png_set_read_fn(png, reader, read_bytes);
    png_set_user_limits(png, reader->job->limits.max_side, reader->job->limits.max_side);
    png_set_chunk_malloc_max(png, CHUNK_BYTES_MAX);
    png_set_chunk_cache_max(png, 1);
    png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
    /* Skips, unread, all that neither makes the picture nor is asked for below. */
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_AS_DEFAULT, (png_const_bytep) "eXIf\0pHYs",
                                2);
}

static void read_dpi(Reader *reader)
{
    png_uint_32 x = 0, y = 0;
    int unit = PNG_RESOLUTION_UNKNOWN;
    if (png_get_pHYs(reader->png, reader->info, &x, &y, &unit) && unit == PNG_RESOLUTION_METER) {
        reader->dpi_x = x * INCH_IN_M;
        reader->dpi_y = y * INCH_IN_M;
    }
}

static void read_orientation(Reader *reader)
{
    png_uint_32 size = 0;
    png_bytep exif = NULL;
    if (png_get_eXIf_1(reader->png, reader->info, &size, &exif) && exif)
        reader->orientation = image_exif_orientation(exif, size);
}

/* Before room is made for the pixels: is it possible at all that they follow? */
static void check_plausible(Reader *reader)
{
    uint64_t row = png_get_rowbytes(reader->png, reader->info);
    if (row * reader->height / DEFLATE_RATIO_MAX > reader->job->size)
        png_error(reader->png, gettext("it is too short for its size in pixels"));
}

static void prepare(Reader *reader)
{
    reader->width = png_get_image_width(reader->png, reader->info);
    reader->height = png_get_image_height(reader->png, reader->info);
    check_plausible(reader);
    read_dpi(reader);
    read_orientation(reader);
    png_set_expand(reader->png); /* palettes, few bits, tRNS */
    png_set_scale_16(reader->png);
}

static void open_canvas(Reader *reader, unsigned samples)
{
    reader->canvas.width = reader->width;
    reader->canvas.height = reader->height;
    image_fit(reader->job, reader->orientation, &reader->canvas.width, &reader->canvas.height);
    image_canvas_open(&reader->canvas, reader->width, reader->height, samples < 3 ? 1 : 3,
                      samples % 2 == 0);
}

/* A plain picture needs one row at a time, an interlaced one all of them in several passes. */
static void read_rows(Reader *reader, int passes, size_t row_size)
{
    bool interlaced = passes > 1;
    reader->pixels = mem_alloc(interlaced ? row_size * reader->height : row_size);
    for (int pass = 0; pass < passes; pass++) {
        unsigned char *row = reader->pixels;
        for (uint32_t y = 0; y < reader->height; y++, row += interlaced ? row_size : 0) {
            png_read_row(reader->png, row, NULL);
            if (pass == passes - 1)
                image_canvas_add_row(&reader->canvas, row);
        }
    }
}

static void read_file(Reader *reader)
{
    open_file(reader);
    png_read_info(reader->png, reader->info);
    prepare(reader);
    int passes = png_set_interlace_handling(reader->png);
    png_read_update_info(reader->png, reader->info);
    open_canvas(reader, png_get_channels(reader->png, reader->info));
    read_rows(reader, passes, png_get_rowbytes(reader->png, reader->info));
    png_read_end(reader->png, NULL);
}

static bool run(Reader *reader)
{
    if (setjmp(reader->escape) != 0)
        return false;
    read_file(reader);
    return true;
}

/* Reads the size itself, so that the caller's limits hold before libpng sees anything. */
static ImageStatus check_header(const ImageJob *job)
{
    if (job->size < 24 || memcmp(job->data + 12, "IHDR", 4) != 0)
        return image_fail(job, IMAGE_BROKEN, "the PNG is broken: no header");
    return image_check_size(job, get_long(job->data + 16), get_long(job->data + 20));
}

static ImageStatus decode(Reader *reader, Image *out)
{
    ImageStatus status = IMAGE_OK;
    if (run(reader)) {
        image_canvas_finish(&reader->canvas, reader->orientation, out);
        image_set_dpi(out, reader->dpi_x, reader->dpi_y, reader->width, reader->height,
                      reader->orientation);
    } else {
        image_canvas_drop(&reader->canvas);
        status = image_fail(reader->job, IMAGE_BROKEN, "the PNG is broken: %s", reader->text);
    }
    png_destroy_read_struct(&reader->png, &reader->info, NULL);
    mem_free(reader->pixels);
    return status;
}

ImageStatus image_from_png(const ImageJob *job, Image *out)
{
    ImageStatus status = check_header(job);
    if (status != IMAGE_OK)
        return status;
    Reader reader = {.job = job, .orientation = 1};
    return decode(&reader, out);
}
