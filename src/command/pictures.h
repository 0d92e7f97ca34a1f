/* The pictures of a report's folder, each read once. */
#ifndef COMMAND_PICTURES_H
#define COMMAND_PICTURES_H

#include "base/diag.h"
#include "image/image.h"
#include "layout/layout.h"
#include "report/report.h"

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
    Str layout_folder;
} PictureView;

/* Of a document in a layout. */
PictureView pictures_view(Pictures *pictures, Diags *diags, const Layout *layout);

/* A PageImage, with a PictureView as its context: the picture at a path in the report's folder, or
 * NULL with an error reported. Paths stay inside the folder, also through symbolic links. */
const Image *pictures_get(void *context, Str name, Pos pos);
/* The same in the layout's folder. */
const Image *pictures_get_of_layout(void *context, Str name, Pos pos);
/* Reads all pictures that a report names, and reports those that can't be used. */
void pictures_check(const Report *report, Diags *diags);

#endif
