#include <string.h>

#include "base/mem.h"
#include "base/message.h"
#include "image/image_internal.h"

/* ITU-T T.81, table B.1 */
enum {
    MARKER_SOF0 = 0xC0, /* baseline */
    MARKER_SOF1 = 0xC1, /* extended sequential */
    MARKER_SOF2 = 0xC2, /* progressive */
    MARKER_DHT = 0xC4,
    MARKER_SOF9 = 0xC9,  /* sequential, arithmetic */
    MARKER_SOF10 = 0xCA, /* progressive, arithmetic */
    MARKER_DAC = 0xCC,
    MARKER_RST0 = 0xD0,
    MARKER_RST7 = 0xD7,
    MARKER_SOI = 0xD8,
    MARKER_EOI = 0xD9,
    MARKER_SOS = 0xDA,
    MARKER_DQT = 0xDB,
    MARKER_DNL = 0xDC,
    MARKER_DRI = 0xDD,
    MARKER_DHP = 0xDE, /* hierarchical */
    MARKER_EXP = 0xDF,
    MARKER_APP0 = 0xE0,
    MARKER_APP1 = 0xE1,
    MARKER_APP14 = 0xEE,
    MARKER_APP15 = 0xEF,
    MARKER_COM = 0xFE
};

#define INCH_IN_CM 2.54

/* A photograph has ten or so; a thousand nearly empty ones would cost a second each to decode. */
#define SCANS_MAX 100

/* Bytes before the first copied segment: SOI and an Adobe segment. */
#define HEAD_SIZE (2 + ADOBE_SIZE)
#define ADOBE_SIZE 16

typedef struct {
    const ImageJob *job;
    size_t at; /* in the job's data */
    ImageJpegClean *out;
    unsigned frame; /* the SOF marker seen, or 0 */
    unsigned scans;
    unsigned char ids[4]; /* of the components */
    bool has_jfif, has_adobe, has_exif, has_tables;
    unsigned adobe_transform;
    bool at_end;
} Walk;

/* What stands between a segment's length and its end. */
typedef struct {
    const unsigned char *data;
    size_t size;
} Payload;

static unsigned get_short(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static bool payload_starts(Payload payload, size_t least, const char *bytes, size_t size)
{
    return payload.size >= least && memcmp(payload.data, bytes, size) == 0;
}

static void copy(Walk *walk, const unsigned char *data, size_t size)
{
    memcpy(walk->out->stream + walk->out->size, data, size);
    walk->out->size += size;
}

static ImageStatus broken(const Walk *walk, const char *why)
{
    return image_fail(walk->job, IMAGE_BROKEN, "the JPEG is broken: %s", gettext(why));
}

static ImageStatus unsupported(const Walk *walk, const char *what)
{
    return image_fail(walk->job, IMAGE_UNSUPPORTED, "unsupported JPEG: %s", gettext(what));
}

/* Segments that are dropped, but first read for what the picture needs. */

static void read_jfif(Walk *walk, Payload payload)
{
    if (!payload_starts(payload, 14, "JFIF", 5))
        return;
    walk->has_jfif = true;
    double scale = payload.data[7] == 1 ? 1 : payload.data[7] == 2 ? INCH_IN_CM : 0;
    walk->out->dpi_x = get_short(payload.data + 8) * scale;
    walk->out->dpi_y = get_short(payload.data + 10) * scale;
}

static void read_exif(Walk *walk, Payload payload)
{
    if (!walk->has_exif && payload_starts(payload, 6, "Exif\0", 6)) {
        walk->has_exif = true;
        walk->out->orientation = image_exif_orientation(payload.data + 6, payload.size - 6);
    }
}

static void read_adobe(Walk *walk, Payload payload)
{
    if (payload_starts(payload, 12, "Adobe", 5)) {
        walk->has_adobe = true;
        walk->adobe_transform = payload.data[11];
    }
}

static void read_application(Walk *walk, unsigned marker, Payload payload)
{
    if (walk->scans > 0)
        return;
    switch (marker) {
    case MARKER_APP0:
        read_jfif(walk, payload);
        break;
    case MARKER_APP1:
        read_exif(walk, payload);
        break;
    case MARKER_APP14:
        read_adobe(walk, payload);
        break;
    default:
        break;
    }
}

/* Segments that make the picture. */

static void copy_segment(Walk *walk, unsigned marker, Payload payload)
{
    const unsigned char code[2] = {0xff, (unsigned char)marker};
    copy(walk, code, 2);
    copy(walk, payload.data - 2, payload.size + 2);
}

static ImageStatus check_frame(const Walk *walk, Payload payload)
{
    if (payload.data[0] != 8)
        return unsupported(walk, N_("not 8 bits a sample"));
    if (get_short(payload.data + 1) == 0)
        return unsupported(walk, N_("its height is left open"));
    if (payload.data[5] != 1 && payload.data[5] != 3 && payload.data[5] != 4)
        return unsupported(walk, N_("neither grey, RGB nor CMYK"));
    return image_check_size(walk->job, get_short(payload.data + 3), get_short(payload.data + 1));
}

static ImageStatus take_frame(Walk *walk, unsigned marker, Payload payload)
{
    if (walk->frame != 0 || payload.size < 6 || payload.size != 6 + 3u * payload.data[5])
        return broken(walk, N_("wrong frame header"));
    ImageStatus status = check_frame(walk, payload);
    if (status != IMAGE_OK)
        return status;
    walk->frame = marker;
    walk->out->height = get_short(payload.data + 1);
    walk->out->width = get_short(payload.data + 3);
    walk->out->components = payload.data[5];
    for (unsigned i = 0; i < walk->out->components; i++)
        walk->ids[i] = payload.data[6 + 3 * i];
    copy_segment(walk, marker, payload);
    return IMAGE_OK;
}

/* Where the coded data that start at walk->at end: at a marker that isn't a restart, or at the end
 * of the file. */
static size_t coded_end(const Walk *walk)
{
    const unsigned char *data = walk->job->data;
    size_t size = walk->job->size, at = walk->at;
    for (;;) {
        const unsigned char *found = memchr(data + at, 0xff, size - at);
        if (!found)
            return size;
        size_t first = (size_t)(found - data);
        for (at = first; at < size && data[at] == 0xff;)
            at++;
        if (at == size)
            return size;
        if (data[at] != 0 && (data[at] < MARKER_RST0 || data[at] > MARKER_RST7))
            return first;
    }
}

static ImageStatus take_scan(Walk *walk, Payload payload)
{
    if (walk->frame == 0)
        return broken(walk, N_("a scan without a frame"));
    if (++walk->scans > SCANS_MAX) {
        return image_fail(walk->job, IMAGE_TOO_LARGE, "the JPEG has more than %d scans", SCANS_MAX);
    }
    copy_segment(walk, MARKER_SOS, payload);
    size_t end = coded_end(walk);
    copy(walk, walk->job->data + walk->at, end - walk->at);
    walk->at = end;
    return IMAGE_OK;
}

static ImageStatus take_segment(Walk *walk, unsigned marker, Payload payload)
{
    switch (marker) {
    case MARKER_SOF0:
    case MARKER_SOF1:
    case MARKER_SOF2:
    case MARKER_SOF9:
    case MARKER_SOF10:
        return take_frame(walk, marker, payload);
    case MARKER_SOS:
        return take_scan(walk, payload);
    case MARKER_DHT:
        walk->has_tables = true; /* fall through */
    case MARKER_DQT:
    case MARKER_DRI:
    case MARKER_DAC:
        copy_segment(walk, marker, payload);
        return IMAGE_OK;
    default:
        read_application(walk, marker, payload);
        return IMAGE_OK;
    }
}

static bool is_known(unsigned marker)
{
    return (marker >= MARKER_SOF0 && marker < MARKER_RST0) ||
           (marker >= MARKER_EOI && marker <= MARKER_APP15) || marker == MARKER_COM;
}

/* Lossless and hierarchical frames, JPEG's own reserved ones included. */
static bool is_rare(unsigned marker)
{
    switch (marker) {
    case MARKER_SOF0:
    case MARKER_SOF1:
    case MARKER_SOF2:
    case MARKER_SOF9:
    case MARKER_SOF10:
    case MARKER_DHT:
    case MARKER_DAC:
        return false;
    case MARKER_DHP:
    case MARKER_EXP:
        return true;
    default:
        return marker < MARKER_RST0;
    }
}

/* The next marker, behind whatever fills the gap; 0 at the end of the file. */
static unsigned next_marker(Walk *walk)
{
    const unsigned char *data = walk->job->data;
    while (walk->job->size - walk->at >= 2) {
        unsigned code = data[walk->at + 1];
        if (data[walk->at++] == 0xff && code != 0xff && code != 0) {
            walk->at++;
            return code;
        }
    }
    return 0;
}

static ImageStatus step(Walk *walk)
{
    unsigned marker = next_marker(walk);
    size_t left = walk->job->size - walk->at;
    if (marker == 0)
        return broken(walk, N_("it ends too early"));
    if (!is_known(marker))
        return broken(walk, N_("unknown marker"));
    if (is_rare(marker))
        return unsupported(walk, N_("lossless or hierarchical"));
    if (marker == MARKER_EOI) {
        walk->at_end = true;
        return IMAGE_OK;
    }
    const unsigned char *segment = walk->job->data + walk->at;
    size_t length = left < 2 ? 0 : get_short(segment);
    if (length < 2 || length > left)
        return broken(walk, N_("wrong segment length"));
    walk->at += length;
    return take_segment(walk, marker, (Payload){segment + 2, length - 2});
}

/* Whether three components are RGB: the rules of libjpeg, which everybody follows. */
static bool is_rgb(const Walk *walk)
{
    if (walk->has_jfif)
        return false;
    return walk->has_adobe ? walk->adobe_transform == 0 : memcmp(walk->ids, "RGB", 3) == 0;
}

/* With JFIF's segment gone, the colours must not depend on it: says by an Adobe segment of our own
 * what would otherwise be guessed wrong. */
static bool needs_adobe(const Walk *walk)
{
    if (walk->out->components == 3)
        return is_rgb(walk) || memcmp(walk->ids, "RGB", 3) == 0;
    return walk->out->components == 4 && walk->has_adobe;
}

static unsigned adobe_transform(const Walk *walk)
{
    return walk->out->components == 3 ? !is_rgb(walk) : walk->adobe_transform;
}

static void finish(Walk *walk)
{
    static const unsigned char eoi[] = {0xff, MARKER_EOI};
    static const unsigned char head[HEAD_SIZE] = {0xff, MARKER_SOI, 0xff, MARKER_APP14, 0, 14, 'A',
                                                  'd',  'o',        'b',  'e',          0, 100};
    ImageJpegClean *out = walk->out;
    copy(walk, eoi, 2);
    memcpy(out->stream, head, HEAD_SIZE);
    if (needs_adobe(walk)) {
        out->stream[HEAD_SIZE - 1] = (unsigned char)adobe_transform(walk);
    } else {
        out->size -= ADOBE_SIZE;
        memmove(out->stream + 2, out->stream + HEAD_SIZE, out->size - 2);
    }
    out->inverted = out->components == 4 && walk->has_adobe;
    /* libjpeg lends tables to a frame of a film that has none; others don't. */
    out->keepable = out->components != 4 && walk->has_tables &&
                    (walk->frame == MARKER_SOF0 || walk->frame == MARKER_SOF2);
}

ImageStatus image_jpeg_clean(const ImageJob *job, ImageJpegClean *clean)
{
    memset(clean, 0, sizeof *clean);
    clean->orientation = 1;
    clean->stream = mem_alloc(job->size + HEAD_SIZE);
    clean->size = HEAD_SIZE;
    Walk walk = {.job = job, .at = 2, .out = clean};
    ImageStatus status = IMAGE_OK;
    while (status == IMAGE_OK && !walk.at_end)
        status = step(&walk);
    if (status == IMAGE_OK && walk.scans == 0)
        status = broken(&walk, N_("no picture in it"));
    if (status == IMAGE_OK)
        finish(&walk);
    return status;
}

void image_jpeg_clean_drop(ImageJpegClean *clean)
{
    mem_free(clean->stream);
    memset(clean, 0, sizeof *clean);
}
