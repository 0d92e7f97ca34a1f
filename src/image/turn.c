#include <string.h>

#include "base/mem.h"
#include "image/image_internal.h"

/* How the stored rows and columns lie, by EXIF orientation: whether columns run from the right,
 * rows from the bottom, and whether rows are to become columns. */
typedef struct {
    bool mirror_x, mirror_y, turned;
} Turn;

static const Turn turns[9] = {
    [2] = {true, false, false}, [3] = {true, true, false}, [4] = {false, true, false},
    [5] = {false, false, true}, [6] = {false, true, true}, [7] = {true, true, true},
    [8] = {true, false, true},
};

bool image_is_turned(unsigned orientation)
{
    return turns[orientation].turned;
}

unsigned char *image_turn(unsigned char *samples, unsigned width, unsigned height,
                          unsigned channels, unsigned orientation)
{
    if (orientation == 1)
        return samples;
    Turn turn = turns[orientation];
    unsigned out_width = turn.turned ? height : width, out_height = turn.turned ? width : height;
    unsigned char *turned = mem_alloc((size_t)width * height * channels), *to = turned;
    for (unsigned y = 0; y < out_height; y++) {
        for (unsigned x = 0; x < out_width; x++, to += channels) {
            unsigned column = turn.turned ? y : x, row = turn.turned ? x : y;
            column = turn.mirror_x ? width - 1 - column : column;
            row = turn.mirror_y ? height - 1 - row : row;
            memcpy(to, samples + ((size_t)row * width + column) * channels, channels);
        }
    }
    mem_free(samples);
    return turned;
}
