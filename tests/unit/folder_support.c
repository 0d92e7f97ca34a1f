#include "folder_support.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

char folder[] = "/tmp/briefpack-unit-XXXXXX";

void folder_begin(void)
{
    memcpy(folder + sizeof folder - 7, "XXXXXX", 7);
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

void folder_remove(const char *path)
{
    ck_assert_int_eq(nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

void folder_end(void)
{
    folder_remove(folder);
}

char *build_file(const char *name)
{
    const char *build = getenv("BUILD");
    return file_join(build ? build : "build", name);
}

void file_of_bytes(const char *path, Str bytes)
{
    FILE *out = fopen(path, "wb");
    ck_assert_msg(out != NULL, "%s", path);
    ck_assert_uint_eq(fwrite(bytes.p, 1, bytes.n, out), bytes.n);
    ck_assert_int_eq(fclose(out), 0);
}
