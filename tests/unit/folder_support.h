/* A folder for the files of a test. */
#ifndef FOLDER_SUPPORT_H
#define FOLDER_SUPPORT_H

#include "base/str.h"

extern char folder[];

/* Fixtures: an empty folder; it and all that is in it are removed. */
void folder_begin(void);
void folder_end(void);
/* Removes a folder and all that is in it. */
void folder_remove(const char *path);
/* Writes a file anew. */
void file_of_bytes(const char *path, Str bytes);

#endif
