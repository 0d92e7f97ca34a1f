#include <string.h>

#include "image/image_internal.h"

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT 3
#define HEADER_SIZE 8
#define ENTRY_SIZE 12

typedef struct {
    const unsigned char *data;
    size_t size;
    bool big_endian;
} Tiff;

static unsigned get_short(const Tiff *tiff, size_t at)
{
    const unsigned char *p = tiff->data + at;
    return tiff->big_endian ? (unsigned)p[0] << 8 | p[1] : (unsigned)p[1] << 8 | p[0];
}

static uint32_t get_long(const Tiff *tiff, size_t at)
{
    uint32_t first = get_short(tiff, at), second = get_short(tiff, at + 2);
    return tiff->big_endian ? first << 16 | second : second << 16 | first;
}

static bool is_tiff(const Tiff *tiff)
{
    const char *magic = tiff->big_endian ? "MM\0*" : "II*\0";
    return tiff->size >= HEADER_SIZE && memcmp(tiff->data, magic, 4) == 0;
}

/* The entry's value if it is an orientation, else 0. */
static unsigned orientation_of(const Tiff *tiff, size_t entry)
{
    bool fits = get_short(tiff, entry) == TAG_ORIENTATION &&
                get_short(tiff, entry + 2) == TYPE_SHORT && get_long(tiff, entry + 4) == 1;
    return fits ? get_short(tiff, entry + 8) : 0;
}

unsigned image_exif_orientation(const unsigned char *data, size_t size)
{
    Tiff tiff = {data, size, size > 0 && data[0] == 'M'};
    if (!is_tiff(&tiff))
        return 1;
    size_t directory = get_long(&tiff, 4);
    if (directory < HEADER_SIZE || directory > size - 2)
        return 1;
    unsigned entries = get_short(&tiff, directory);
    size_t at = directory + 2;
    for (unsigned i = 0; i < entries && size - at >= ENTRY_SIZE; i++, at += ENTRY_SIZE) {
        unsigned value = orientation_of(&tiff, at);
        if (value != 0)
            return value <= 8 ? value : 1;
    }
    return 1;
}
