/* Set type as data: faces, the glyphs of words, the lines of paragraphs. Made by the folder text,
 * placed in a document, written by the folder pdf; no shaping library is known here.
 *
 * A face's lengths are in font units, upem of them to the em. */
#ifndef GLYPH_FACE_H
#define GLYPH_FACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* A glyph and the text that it stands for: what a PDF font has one code for. */
typedef struct {
    uint32_t glyph;
    int32_t advance;
    Str text;
} GlyphPair;

/* Where a variable font is pinned: the value of an axis, in the axis' own units. */
typedef struct {
    uint32_t tag;
    float value;
} FaceAxis;

enum { FACE_AXES = 8 };

typedef struct FacePairs FacePairs;

typedef struct {
    char *path;
    int index;                 /* of the face in the file */
    const unsigned char *data; /* the file */
    size_t size;
    unsigned upem;
    bool cff;      /* outlines in a CFF table, else TrueType's */
    unsigned axes; /* of a variable font, 0 for others */
    FaceAxis axis[FACE_AXES];
    int ascent, descent, cap_height, x_height, box[4];
    double italic_angle; /* degrees, negative when leaning right */
    double weight;       /* 100 to 900 */
    char name[64];       /* PostScript name */
    uint32_t number;     /* in the order of loading; tells faces apart in hashes */
    FacePairs *pairs;
} Face;

/* Sets up and releases what a face remembers of its glyphs. */
FacePairs *face_pairs_new(void);
void face_pairs_drop(FacePairs *pairs);

/* The number of the pair of a glyph and its text, which is new or was asked for before. Numbers go
 * from 0 but in an order that depends on threads: sort pairs before they show in a file. Safe from
 * several threads. */
uint32_t face_pair(const Face *face, uint32_t glyph, Str text, int32_t advance);
/* The pair with a number that face_pair gave; it stays where it is. */
const GlyphPair *face_pair_at(const Face *face, uint32_t pair);
uint32_t face_pair_count(const Face *face);

#endif
