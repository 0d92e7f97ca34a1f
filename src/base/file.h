/* Whole files in, complete files out. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Reads a file of at most `limit` bytes; adds it to `out`. Returns 0 or errno (EFBIG when it is
 * larger, EISDIR for a folder). */
int file_read(const char *path, size_t limit, StrBuf *out);
bool file_exists(const char *path);
bool file_is_folder(const char *path);
/* A path that exists as seen from a folder that it is in, once every link is followed: "." for the folder
 * itself, NULL elsewhere. The caller frees. */
char *file_seen_from(const char *folder, const char *path);
bool file_is_inside(const char *folder, const char *path);
/* The folder that a path is in, "." when it names none; the caller frees. */
char *file_folder(const char *path);
/* dir + "/" + name; the caller frees. */
char *file_join(const char *dir, const char *name);

/* Writes n bytes to a descriptor. Returns 0 or errno. */
int file_write(int fd, const void *bytes, size_t n);

/* An output file that is complete or absent: it has no name while it is written (O_TMPFILE; where
 * the system lacks that, a hidden temporary name in the same folder), then it is flushed to the
 * disk and takes its name in one step. What stood under the name before stays until then. A file in
 * the place of another needs the temporary name for a moment (linkat replaces nothing, rename
 * does); what a run that was killed in it leaves, the next run of the same output removes.
 * Errors are sticky: the first one is kept and later calls do nothing. */
typedef struct OutFile OutFile;

/* Never NULL; a failure to open shows in outfile_error. */
OutFile *outfile_open(const char *path);
/* One that stays in memory and is never published; the name is for messages alone. */
OutFile *outfile_open_memory(const char *name);
void outfile_write(OutFile *file, const void *bytes, size_t n);
/* Writes what is buffered and waits until it is on the disk. Returns 0 or errno. */
int outfile_finish(OutFile *file);
/* Gives the finished file its name. Returns 0 or errno. The name itself is safe once its folder is
 * synced, too. */
int outfile_publish(OutFile *file);
void file_sync_folder(const char *folder);
/* A new descriptor of the file, which other programs inherit and the caller closes; -1 with errno. */
int outfile_share(const OutFile *file);
int outfile_error(const OutFile *file);
size_t outfile_size(const OutFile *file);
const char *outfile_path(const OutFile *file);
/* Releases it; what was not published is gone. */
void outfile_drop(OutFile *file);

#endif
