#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
/* after jpeglib.h, which it needs */
#include <jerror.h>

#include "base/mem.h"
#include "image/image_internal.h"

/* libjpeg reports an error by a jump. All that must outlive it stands here, in the caller's frame,
 * and the function that sets the jump has no variables of its own. */
typedef struct {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    jmp_buf escape;
    const ImageJob *job;
    const ImageJpegClean *clean;
    bool check_only; /* decode all data, but keep nothing */
    bool odd;        /* readable, but libjpeg wondered */
    int code;        /* libjpeg's, of the error */
    char text[JMSG_LENGTH_MAX];
    ImageCanvas canvas;
    unsigned char *row, *rgb;
} Reader;

static Reader *reader_of(j_common_ptr jpeg)
{
    return jpeg->client_data;
}

_Noreturn static void on_error(j_common_ptr jpeg)
{
    Reader *reader = reader_of(jpeg);
    reader->code = jpeg->err->msg_code;
    jpeg->err->format_message(jpeg, reader->text);
    longjmp(reader->escape, 1);
}

/* Warnings after which part of the picture is guessed. */
static bool is_damage(int code)
{
    return code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER || code == JWRN_HUFF_BAD_CODE ||
           code == JWRN_ARITH_BAD_CODE || code == JWRN_MUST_RESYNC;
}

static void on_message(j_common_ptr jpeg, int level)
{
    if (level >= 0) {
        return; /* a trace */
    }
    if (is_damage(jpeg->err->msg_code))
        on_error(jpeg);
    reader_of(jpeg)->odd = true;
}

static void on_output(j_common_ptr jpeg)
{
    (void)jpeg; /* nothing is printed */
}

static void open_stream(Reader *reader)
{
    jpeg_create_decompress(&reader->jpeg);
    jpeg_mem_src(&reader->jpeg, reader->clean->stream, (unsigned long)reader->clean->size);
    jpeg_read_header(&reader->jpeg, TRUE);
    if (reader->jpeg.image_width != reader->clean->width ||
        reader->jpeg.image_height != reader->clean->height) {
        ERREXIT(&reader->jpeg, JERR_BAD_LENGTH);
    }
}

/* Every coded bit is read, but no more is computed than must be. */
static void choose_check(struct jpeg_decompress_struct *jpeg)
{
    jpeg->scale_num = 1;
    jpeg->scale_denom = 8;
    if (jpeg->jpeg_color_space == JCS_YCbCr)
        jpeg->out_color_space = JCS_GRAYSCALE;
}

/* Lets libjpeg halve the picture, up to three times, on the way to a smaller size: that averages
 * just as well, and quicker. */
static void choose_decode(struct jpeg_decompress_struct *jpeg, const ImageCanvas *canvas)
{
    static const J_COLOR_SPACE spaces[] = {[1] = JCS_GRAYSCALE, [3] = JCS_RGB, [4] = JCS_CMYK};
    jpeg->out_color_space = spaces[jpeg->num_components];
    jpeg->scale_num = 1;
    for (jpeg->scale_denom = 8; jpeg->scale_denom > 1; jpeg->scale_denom /= 2) {
        if (jpeg->image_width / jpeg->scale_denom >= canvas->width &&
            jpeg->image_height / jpeg->scale_denom >= canvas->height) {
            return;
        }
    }
}

static const unsigned char *convert_row(Reader *reader)
{
    const struct jpeg_decompress_struct *jpeg = &reader->jpeg;
    if (jpeg->out_color_space != JCS_CMYK)
        return reader->row;
    size_t size = (size_t)jpeg->output_width * 4;
    for (size_t i = 0; i < size && reader->clean->inverted; i++)
        reader->row[i] = (unsigned char)(255 - reader->row[i]);
    image_cmyk_to_rgb(reader->row, jpeg->output_width, reader->rgb);
    return reader->rgb;
}

static void read_rows(Reader *reader)
{
    struct jpeg_decompress_struct *jpeg = &reader->jpeg;
    while (jpeg->output_scanline < jpeg->output_height) {
        JSAMPROW row = reader->row;
        jpeg_read_scanlines(jpeg, &row, 1);
        if (!reader->check_only)
            image_canvas_add_row(&reader->canvas, convert_row(reader));
    }
}

static void read_stream(Reader *reader)
{
    struct jpeg_decompress_struct *jpeg = &reader->jpeg;
    open_stream(reader);
    if (reader->check_only) {
        choose_check(jpeg);
    } else {
        reader->canvas.width = jpeg->image_width;
        reader->canvas.height = jpeg->image_height;
        image_fit(reader->job, reader->clean->orientation, &reader->canvas.width,
                  &reader->canvas.height);
        choose_decode(jpeg, &reader->canvas);
    }
    jpeg_start_decompress(jpeg);
    reader->row = mem_alloc((size_t)jpeg->output_width * (unsigned)jpeg->output_components);
    if (!reader->check_only) {
        reader->rgb = mem_alloc((size_t)jpeg->output_width * 3);
        image_canvas_open(&reader->canvas, jpeg->output_width, jpeg->output_height,
                          jpeg->num_components == 1 ? 1 : 3, false);
    }
    read_rows(reader);
    jpeg_finish_decompress(jpeg);
}

static bool run(Reader *reader)
{
    if (setjmp(reader->escape) != 0)
        return false;
    read_stream(reader);
    return true;
}

static ImageStatus fail(const Reader *reader)
{
    switch (reader->code) {
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_CCIR601_NOTIMPL:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
    case JERR_NOTIMPL:
    case JERR_NOT_COMPILED:
    case JERR_SOF_UNSUPPORTED:
        return image_fail(reader->job, IMAGE_UNSUPPORTED, "unsupported JPEG: %s", reader->text);
    case JERR_OUT_OF_MEMORY:
    case JERR_NO_BACKING_STORE:
        return image_fail(reader->job, IMAGE_TOO_LARGE, "the JPEG is too large: %s", reader->text);
    default:
        return image_fail(reader->job, IMAGE_BROKEN, "the JPEG is broken: %s", reader->text);
    }
}

static ImageStatus decode(Reader *reader, bool check_only)
{
    reader->check_only = check_only;
    reader->jpeg.err = jpeg_std_error(&reader->errors);
    reader->jpeg.client_data = reader;
    reader->errors.error_exit = on_error;
    reader->errors.emit_message = on_message;
    reader->errors.output_message = on_output;
    bool done = run(reader);
    jpeg_destroy_decompress(&reader->jpeg);
    mem_free(reader->row);
    mem_free(reader->rgb);
    if (!done) {
        image_canvas_drop(&reader->canvas);
        return fail(reader);
    }
    return IMAGE_OK;
}

static ImageStatus to_pixels(const ImageJob *job, const ImageJpegClean *clean, Image *out)
{
    Reader reader = {.job = job, .clean = clean};
    ImageStatus status = decode(&reader, false);
    if (status == IMAGE_OK)
        image_canvas_finish(&reader.canvas, clean->orientation, out);
    return status;
}

static void keep_stream(ImageJpegClean *clean, Image *out)
{
    out->coding = IMAGE_JPEG;
    out->colour = clean->components == 1 ? IMAGE_GREY : IMAGE_RGB;
    out->width = clean->width;
    out->height = clean->height;
    out->data = mem_realloc(clean->stream, clean->size);
    out->size = clean->size;
    clean->stream = NULL;
}

static bool may_keep(const ImageJob *job, const ImageJpegClean *clean)
{
    unsigned width = clean->width, height = clean->height;
    image_fit(job, clean->orientation, &width, &height);
    if (job->wish.grey && clean->components > 1)
        return false;
    return clean->keepable && clean->orientation == 1 && width == clean->width &&
           height == clean->height;
}

static ImageStatus keep_or_decode(const ImageJob *job, ImageJpegClean *clean, Image *out)
{
    if (may_keep(job, clean)) {
        Reader reader = {.job = job, .clean = clean};
        ImageStatus status = decode(&reader, true);
        if (status != IMAGE_OK)
            return status;
        /* Where libjpeg wondered, other readers may stumble, and bytes may hide in the gaps. */
        if (!reader.odd) {
            keep_stream(clean, out);
            return IMAGE_OK;
        }
    }
    return to_pixels(job, clean, out);
}

ImageStatus image_from_jpeg(const ImageJob *job, Image *out)
{
    ImageJpegClean clean;
    ImageStatus status = image_jpeg_clean(job, &clean);
    if (status == IMAGE_OK)
        status = keep_or_decode(job, &clean, out);
    if (status == IMAGE_OK) {
        out->from_jpeg = true;
        image_set_dpi(out, clean.dpi_x, clean.dpi_y, clean.width, clean.height, clean.orientation);
    }
    image_jpeg_clean_drop(&clean);
    return status;
}
