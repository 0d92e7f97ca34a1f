/* Finished documents to where they are wanted: files in a folder, or in memory for another program. The files of one report
 * are a set: they take their names when all of them are complete, and what stood there before stays
 * until then. */
#ifndef DELIVER_DELIVER_H
#define DELIVER_DELIVER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

typedef struct Delivery Delivery;

/* Nothing is written yet. The folder must exist; `folder` is borrowed. Without one the files stay in memory,
 * and are never published. */
Delivery *delivery_new(const char *folder);
/* What was not published is gone. */
void delivery_drop(Delivery *delivery);

/* A file of a delivery, which owns it. Several can be written at the same time. */
typedef struct OutFile DeliveryFile;

/* Begins a file. The name is checked: ASCII letters, digits, hyphen, underscore and full stop, 100
 * characters at most, no full stop first, not used before in this delivery. NULL, with an error
 * reported at `pos`, when it can't be used. */
DeliveryFile *delivery_begin(Delivery *delivery, Str name, Diags *diags, Pos pos);
/* Writes to a DeliveryFile; it is a PdfSink. */
bool delivery_write(void *file, const void *bytes, size_t n);
/* Ends it: everything is on the disk. Returns 0 or errno. */
int delivery_end(DeliveryFile *file);

/* Gives all files their names. Returns 0 or errno; *path is then the file that could not be had. */
int delivery_publish(Delivery *delivery, const char **path);

/* A descriptor of a finished file for another program, which the caller closes; -1 with errno. */
int delivery_share(const Delivery *delivery, size_t i);

size_t delivery_count(const Delivery *delivery);
const char *delivery_path(const Delivery *delivery, size_t i);
size_t delivery_size(const Delivery *delivery, size_t i);

#endif
