#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum { BUFFER = 128 << 10 };

#define OPEN_FILES "/proc/self/fd" /* where a file without a name can be given one */

int file_read(const char *path, size_t limit, StrBuf *out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    struct stat st;
    int error = fstat(fd, &st) < 0 ? errno : S_ISDIR(st.st_mode) ? EISDIR : 0;
    size_t total = 0;
    if (!error && S_ISREG(st.st_mode) && st.st_size > 0) {
        if ((size_t)st.st_size > limit)
            error = EFBIG;
        else
            strbuf_reserve(out, (size_t)st.st_size + 1);
    }
    while (!error) {
        strbuf_reserve(out, 4096);
        ssize_t n = read(fd, out->p + out->n, out->cap - out->n - 1);
        if (n == 0)
            break;
        if (n < 0 && errno != EINTR)
            error = errno;
        if (n > 0)
            out->n += (size_t)n, total += (size_t)n;
        if (total > limit)
            error = EFBIG;
    }
    if (out->p)
        out->p[out->n] = 0;
    close(fd);
    return error;
}

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool file_is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

char *file_seen_from(const char *folder, const char *path)
{
    char *root = realpath(folder, NULL), *real = realpath(path, NULL), *seen = NULL;
    size_t n = root ? strlen(root) : 0;
    if (root && real && strncmp(root, real, n) == 0 &&
        (!real[n] || real[n] == '/' || (n == 1 && root[0] == '/'))) {
        const char *rest = real + n + (real[n] == '/');
        seen = *rest ? mem_strndup(rest, strlen(rest)) : mem_strndup(".", 1);
    }
    free(root);
    free(real);
    return seen;
}

bool file_is_inside(const char *folder, const char *path)
{
    char *seen = file_seen_from(folder, path);
    bool inside = seen != NULL;
    mem_free(seen);
    return inside;
}

char *file_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return mem_strndup(".", 1);
    return mem_strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

char *file_join(const char *dir, const char *name)
{
    StrBuf b = {0};
    strbuf_add_text(&b, dir);
    if (b.n && b.p[b.n - 1] != '/')
        strbuf_add_char(&b, '/');
    strbuf_add_text(&b, name);
    return b.p;
}

struct OutFile {
    char *path;      /* the name it will have */
    char *temporary; /* the name it has until then, if it is named */
    int fd, error;
    bool named, finished; /* has the temporary name; may be published */
    size_t size, used;
    char *buffer;
};

enum { TEMPORARY_ROOM = 16, ATTEMPTS = 100 };

/* A hidden name beside the final one. It is the same in every run, so that a run finds what an
 * earlier, killed one left; a live run keeps its file locked. */
static void set_temporary(OutFile *f, unsigned attempt)
{
    const char *slash = strrchr(f->path, '/');
    const char *name = slash ? slash + 1 : f->path;
    snprintf(f->temporary, strlen(f->path) + TEMPORARY_ROOM, "%.*s.%s.%u.tmp",
             (int)(name - f->path), f->path, name, attempt);
}

/* Whether the name is still that of the open file. */
static bool is_named(int fd, const char *path)
{
    struct stat open_file, named;
    return fstat(fd, &open_file) == 0 && lstat(path, &named) == 0 &&
           open_file.st_ino == named.st_ino && open_file.st_dev == named.st_dev;
}

/* Removes a temporary file that no run holds. Whoever has the lock of a file may take its name
 * away; hence the name is looked at once more under the lock. */
static bool remove_abandoned(const char *temporary)
{
    int fd = open(temporary, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT;
    bool removed = flock(fd, LOCK_EX | LOCK_NB) == 0 &&
                   (!is_named(fd, temporary) || unlink(temporary) == 0);
    close(fd);
    return removed;
}

/* Calls `take` with one temporary name after the other until one is free. */
static int take_temporary(OutFile *f, int (*take)(OutFile *f))
{
    int error = EEXIST;
    for (unsigned attempt = 0; attempt < ATTEMPTS && error == EEXIST; attempt++) {
        set_temporary(f, attempt);
        error = take(f);
        if (error == EEXIST && remove_abandoned(f->temporary))
            error = take(f);
    }
    f->named = !error;
    return error;
}

static int create_named(OutFile *f)
{
    f->fd = open(f->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (f->fd < 0)
        return errno;
    if ((flock(f->fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) &&
        is_named(f->fd, f->temporary))
        return 0;
    close(f->fd); /* another run took it for abandoned before it was locked */
    f->fd = -1;
    return EEXIST;
}

/* EISDIR, EINVAL and ENOENT come from kernels, EOPNOTSUPP from file systems, that lack O_TMPFILE. */
static bool lacks_unnamed_files(int error, const char *folder)
{
    return error == EOPNOTSUPP || error == EISDIR || error == EINVAL ||
           (error == ENOENT && file_is_folder(folder));
}

static int open_output(OutFile *f, const char *folder)
{
    if (file_exists(OPEN_FILES)) {
        f->fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
        if (f->fd < 0 && !lacks_unnamed_files(errno, folder))
            return errno;
    }
    if (f->fd < 0)
        return take_temporary(f, create_named);
    (void)flock(f->fd, LOCK_EX | LOCK_NB); /* nobody else can have it open */
    return 0;
}

static OutFile *new_output(const char *path)
{
    OutFile *f = mem_zalloc(sizeof *f);
    f->path = mem_strndup(path, strlen(path));
    f->buffer = mem_alloc(BUFFER);
    f->temporary = mem_alloc(strlen(path) + TEMPORARY_ROOM); /* publishing asks for no memory */
    f->fd = -1;
    return f;
}

OutFile *outfile_open_memory(const char *name)
{
    OutFile *f = new_output(name);
    f->fd = memfd_create(name, MFD_CLOEXEC);
    f->error = f->fd < 0 ? errno : 0;
    return f;
}

int outfile_share(const OutFile *f)
{
    return dup(f->fd);
}

OutFile *outfile_open(const char *path)
{
    OutFile *f = new_output(path);
    if (file_is_folder(path)) {
        f->error = EISDIR;
        return f;
    }
    char *folder = file_folder(path);
    f->error = open_output(f, folder);
    mem_free(folder);
    return f;
}

int file_write(int fd, const void *bytes, size_t n)
{
    for (const char *p = bytes; n;) {
        ssize_t done = write(fd, p, n);
        if (done < 0 && errno != EINTR)
            return errno;
        if (done > 0)
            p += done, n -= (size_t)done;
    }
    return 0;
}

static void write_through(OutFile *f, const void *bytes, size_t n)
{
    if (!f->error)
        f->error = file_write(f->fd, bytes, n);
}

static void flush(OutFile *f)
{
    write_through(f, f->buffer, f->used);
    f->used = 0;
}

void outfile_write(OutFile *f, const void *bytes, size_t n)
{
    if (f->error || !n)
        return;
    f->size += n;
    if (f->used + n > BUFFER)
        flush(f);
    if (n > BUFFER) {
        write_through(f, bytes, n);
        return;
    }
    memcpy(f->buffer + f->used, bytes, n);
    f->used += n;
}

int outfile_finish(OutFile *f)
{
    if (!f->error)
        flush(f);
    if (!f->error && fsync(f->fd) < 0)
        f->error = errno;
    f->finished = !f->error;
    return f->error;
}

static int link_to(const OutFile *f, const char *name)
{
    char self[sizeof OPEN_FILES + 16];
    snprintf(self, sizeof self, OPEN_FILES "/%d", f->fd);
    return linkat(AT_FDCWD, self, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0 ? 0 : errno;
}

static int link_temporary(OutFile *f)
{
    return link_to(f, f->temporary);
}

void file_sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fsync(fd); /* some file systems refuse; the names are then as safe as they make them */
    close(fd);
}

int outfile_publish(OutFile *f)
{
    if (!f->finished)
        return f->error ? f->error : EINVAL;
    if (!f->named)
        f->error = link_to(f, f->path);
    /* An unnamed file can't take a name that is in use, so it takes a temporary one first. */
    if (f->error == EEXIST)
        f->error = take_temporary(f, link_temporary);
    if (!f->error && f->named && rename(f->temporary, f->path) < 0)
        f->error = errno;
    if (f->error)
        return f->error;
    f->named = f->finished = false;
    return 0;
}

int outfile_error(const OutFile *f)
{
    return f->error;
}

size_t outfile_size(const OutFile *f)
{
    return f->size;
}

const char *outfile_path(const OutFile *f)
{
    return f->path;
}

void outfile_drop(OutFile *f)
{
    if (!f)
        return;
    if (f->named)
        unlink(f->temporary);
    if (f->fd >= 0)
        close(f->fd);
    mem_free(f->temporary);
    mem_free(f->buffer);
    mem_free(f->path);
    mem_free(f);
}
