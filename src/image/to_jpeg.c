#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include "base/mem.h"
#include "image/image.h"

/* As in jpeg.c: what must outlive a jump stands in the caller's frame. */
typedef struct {
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    jmp_buf escape;
    const Image *image;
    int quality;
    struct jpeg_destination_mgr target;
    unsigned char *stream;
    size_t size; /* of the room, in the end of the stream */
} Writer;

#define FIRST_SIZE 65536

_Noreturn static void on_error(j_common_ptr jpeg)
{
    Writer *writer = jpeg->client_data;
    longjmp(writer->escape, 1);
}

static void on_output(j_common_ptr jpeg)
{
    (void)jpeg; /* nothing is printed */
}

/* Room grows by doubling; libjpeg's own jpeg_mem_dest loses its buffer at an error. */

static void give_room(Writer *writer, size_t used, size_t size)
{
    writer->stream = mem_realloc(writer->stream, size);
    writer->size = size;
    writer->target.next_output_byte = writer->stream + used;
    writer->target.free_in_buffer = size - used;
}

static void on_start(j_compress_ptr jpeg)
{
    give_room(jpeg->client_data, 0, FIRST_SIZE);
}

static boolean on_full(j_compress_ptr jpeg)
{
    Writer *writer = jpeg->client_data;
    give_room(writer, writer->size, writer->size * 2);
    return TRUE;
}

static void on_end(j_compress_ptr jpeg)
{
    Writer *writer = jpeg->client_data;
    writer->size -= writer->target.free_in_buffer;
}

static void choose(Writer *writer)
{
    struct jpeg_compress_struct *jpeg = &writer->jpeg;
    bool grey = writer->image->colour == IMAGE_GREY;
    jpeg->image_width = writer->image->width;
    jpeg->image_height = writer->image->height;
    jpeg->input_components = grey ? 1 : 3;
    jpeg->in_color_space = grey ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, writer->quality, TRUE);
    jpeg->optimize_coding = TRUE;
    jpeg->write_JFIF_header = FALSE;
    /* Coloured lettering blurs when its colour has half the resolution. */
    jpeg->comp_info[0].h_samp_factor = 1;
    jpeg->comp_info[0].v_samp_factor = 1;
}

static void write_stream(Writer *writer)
{
    struct jpeg_compress_struct *jpeg = &writer->jpeg;
    jpeg_create_compress(jpeg);
    writer->target.init_destination = on_start;
    writer->target.empty_output_buffer = on_full;
    writer->target.term_destination = on_end;
    jpeg->dest = &writer->target;
    choose(writer);
    jpeg_start_compress(jpeg, TRUE);
    size_t row_size = writer->image->size / writer->image->height;
    while (jpeg->next_scanline < jpeg->image_height) {
        JSAMPROW row = writer->image->data + jpeg->next_scanline * row_size;
        jpeg_write_scanlines(jpeg, &row, 1);
    }
    jpeg_finish_compress(jpeg);
}

static bool run(Writer *writer)
{
    if (setjmp(writer->escape) != 0)
        return false;
    write_stream(writer);
    return true;
}

static void take_stream(Image *image, Writer *writer)
{
    mem_free(image->data);
    image->data = mem_realloc(writer->stream, writer->size);
    image->size = writer->size;
    image->coding = IMAGE_JPEG;
    writer->stream = NULL;
}

bool image_to_jpeg(Image *image, int quality)
{
    if (image->coding == IMAGE_JPEG)
        return true;
    if (image->width > JPEG_MAX_DIMENSION || image->height > JPEG_MAX_DIMENSION)
        return false;
    Writer writer = {.image = image, .quality = quality};
    writer.jpeg.err = jpeg_std_error(&writer.errors);
    writer.jpeg.client_data = &writer;
    writer.errors.error_exit = on_error;
    writer.errors.output_message = on_output;
    bool done = run(&writer);
    jpeg_destroy_compress(&writer.jpeg);
    if (done)
        take_stream(image, &writer);
    mem_free(writer.stream);
    return done;
}
