/* The pictures of a report's folder, each read once. */
#ifndef COMMAND_PICTURES_H
#define COMMAND_PICTURES_H

#include "base/diag.h"
#include "image/image.h"

typedef struct Pictures Pictures;

/* `folder` is borrowed. */
Pictures *pictures_new(const char *folder);
void pictures_drop(Pictures *pictures);

/* What one document asks through. Several can ask at the same time. */
typedef struct {
    Pictures *pictures;
    Diags *diags;
    double dpi,
        width; /* pictures are sampled down to so many dots an inch over this width (points) */
    bool grey;
} PictureView;

/* A PageImage, with a PictureView as its context: the picture at a path in the report's folder, or
 * NULL with an error reported. Paths stay inside the folder, also through symbolic links. */
const Image *pictures_get(void *context, Str name, Pos pos);

#endif
