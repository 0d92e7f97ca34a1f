/* Files and folders of the tests. */
#ifndef FOLDER_SUPPORT_H
#define FOLDER_SUPPORT_H

#include "base/str.h"

extern char folder[];

/* Fixtures: an empty folder; it and all that is in it are removed. */
void folder_begin(void);
void folder_end(void);
/* Removes a folder and all that is in it. */
void folder_remove(const char *path);
/* The path of a file that make builds; the caller frees it. */
char *build_file(const char *name);
/* Writes a file anew. */
void file_of_bytes(const char *path, Str bytes);

#endif
