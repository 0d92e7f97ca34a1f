#include "base/colour.h"
#include "base/mem.h"
#include "image/image_internal.h"

void image_make_grey(Image *image)
{
    size_t pixels = (size_t)image->width * image->height;
    if (image->coding != IMAGE_RAW || image->colour == IMAGE_GREY)
        return;
    colour_greys(image->data, pixels, image->data);
    image->data = mem_realloc(image->data, pixels);
    image->size = pixels;
    image->colour = IMAGE_GREY;
}
