/* The pictures of a report's folder, each read once. */
#ifndef COMMAND_PICTURES_H
#define COMMAND_PICTURES_H

#include "base/diag.h"
#include "image/image.h"

typedef struct Pictures Pictures;

/* `folder` is borrowed; `file` is the report's number in the diagnostics. */
Pictures *pictures_new(const char *folder, Diags *diags, uint16_t file);
void pictures_drop(Pictures *pictures);
/* Pictures are sampled down to this many dots an inch over this width (points). */
void pictures_set_resolution(Pictures *pictures, double dpi, double width);

/* A PageImage: the picture at a path in the report's folder, or NULL with an error reported. Paths
 * stay inside the folder, also through symbolic links. */
const Image *pictures_get(void *context, Str name, Pos pos);

#endif
