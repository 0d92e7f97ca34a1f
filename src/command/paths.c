#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/file.h"
#include "base/mem.h"
#include "command/command.h"

#ifndef BRIEFPACK_DATA
#define BRIEFPACK_DATA "/usr/local/share/briefpack"
#endif

#ifndef BRIEFPACK_LOCALE
#define BRIEFPACK_LOCALE "/usr/local/share/locale"
#endif

#ifndef BRIEFPACK_HELPERS
#define BRIEFPACK_HELPERS "/usr/local/libexec/briefpack"
#endif

enum { LONGEST_PATH = 4096 };

static void add(Paths *p, char *folder)
{
    if (folder)
        p->folder[p->n++] = folder;
}

static char *user_folder(void)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    if (config && config[0] == '/')
        return file_join(config, "briefpack");
    return home && home[0] == '/' ? file_join(home, ".config/briefpack") : NULL;
}

/* Cuts the last part off a path; false when nothing is left. */
static bool go_up(char *path)
{
    char *slash = strrchr(path, '/');
    if (!slash || slash == path)
        return false;
    *slash = 0;
    return true;
}

static void find_program(char path[LONGEST_PATH])
{
    ssize_t n = readlink("/proc/self/exe", path, LONGEST_PATH - 1);
    path[n > 0 ? n : 0] = 0;
}

/* A program that was built but not installed lies in its project, in build/ or a folder of that, and
 * the layouts with it. */
static char *program_folder(void)
{
    enum { LEVELS = 3 };
    char path[LONGEST_PATH];
    find_program(path);
    for (int level = 0; level < LEVELS && go_up(path); level++) {
        char *layouts = file_join(path, "layouts/terms");
        bool there = level > 0 && file_is_folder(layouts);
        mem_free(layouts);
        if (there)
            return mem_strndup(path, strlen(path));
    }
    return mem_strndup(BRIEFPACK_DATA, strlen(BRIEFPACK_DATA));
}

/* That a report is in, or is itself. */
static char *report_folder(const char *report)
{
    return file_is_folder(report) ? mem_strndup(report, strlen(report)) : file_folder(report);
}

void paths_find(Paths *p, const char *report)
{
    *p = (Paths){.n = 0};
    add(p, report ? report_folder(report) : NULL);
    add(p, user_folder());
    add(p, mem_strndup("/etc/briefpack", 14));
    add(p, program_folder());
}

void paths_drop(Paths *p)
{
    for (size_t i = 0; i < p->n; i++)
        mem_free(p->folder[i]);
    p->n = 0;
}

/* Names are names, not paths. */
static bool is_plain(Str name)
{
    if (!name.n || name.p[0] == '.')
        return false;
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] == '/' || !name.p[i])
            return false;
    return true;
}

/* In the folders from the first on, or only in those behind the one that has the path `behind`. */
static char *find_file(const Paths *p, const char *behind, const char *kind, Str name,
                       const char *ending)
{
    StrBuf file = {0};
    char *found = NULL;
    bool looks = !behind;
    if (!is_plain(name))
        return NULL;
    strbuf_addf(&file, "%s/%.*s%s", kind, (int)name.n, name.p, ending);
    for (size_t i = 0; i < p->n && !found; i++) {
        char *path = file_join(p->folder[i], file.p);
        if (looks && file_exists(path))
            found = path;
        looks |= behind && strcmp(path, behind) == 0;
        if (!found)
            mem_free(path);
    }
    strbuf_drop(&file);
    return found;
}

char *paths_file(const Paths *p, const char *kind, Str name, const char *ending)
{
    return find_file(p, NULL, kind, name, ending);
}

char *paths_layout(const Paths *p, Str name, const char *hiding)
{
    return find_file(p, hiding, "layouts", name, ".yaml");
}

/* What was built beside a program that wasn't installed, or NULL; `is_there` says whether it was. */
static char *beside_program(const char *name, bool (*is_there)(const char *path))
{
    char path[LONGEST_PATH];
    find_program(path);
    if (!go_up(path))
        return NULL;
    char *built = file_join(path, name);
    if (is_there(built))
        return built;
    mem_free(built);
    return NULL;
}

char *paths_hyphenation(void)
{
    char *built = beside_program("hyphenation.dat", file_exists);
    return built ? built : file_join(BRIEFPACK_DATA, "hyphenation.dat");
}

char *paths_helper(const char *name)
{
    char *built = beside_program(name, file_exists);
    return built ? built : file_join(BRIEFPACK_HELPERS, name);
}

char *paths_messages(void)
{
    char *built = beside_program("locale", file_is_folder);
    return built ? built : mem_strndup(BRIEFPACK_LOCALE, strlen(BRIEFPACK_LOCALE));
}

typedef ARRAY(char *) Names;

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_names(Names *names, const char *folder, const char *ending)
{
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        Str file = str_from(entry->d_name);
        if (str_ends(file, str_from(ending)))
            array_push(names, mem_strndup(file.p, file.n - strlen(ending)));
    }
    if (dir)
        closedir(dir);
}

static void sort_names(Names *names)
{
    if (names->n) /* folders are read in any order */
        qsort(names->at, names->n, sizeof names->at[0], by_bytes);
}

static size_t first_of_name(const PathsFiles *files, const char *name)
{
    size_t i = 0;
    while (i < files->n && strcmp(files->at[i].name, name) != 0)
        i++;
    return i;
}

void paths_files(const Paths *p, const char *kind, const char *ending, PathsFiles *out)
{
    for (size_t i = 0; i < p->n; i++) {
        Names names = {0};
        char *folder = file_join(p->folder[i], kind);
        add_names(&names, folder, ending);
        sort_names(&names);
        for (size_t k = 0; k < names.n; k++) {
            StrBuf path = {0};
            strbuf_addf(&path, "%s/%s%s", folder, names.at[k], ending);
            size_t first = first_of_name(out, names.at[k]);
            array_push(out, ((PathsFile){names.at[k], path.p, mem_strndup(folder, strlen(folder)),
                                         first}));
        }
        array_drop(&names);
        mem_free(folder);
    }
}

void paths_files_drop(PathsFiles *files)
{
    for (size_t i = 0; i < files->n; i++) {
        mem_free(files->at[i].name);
        mem_free(files->at[i].path);
        mem_free(files->at[i].folder);
    }
    array_drop(files);
}

char *paths_nearest(const Paths *p, const char *kind, Str name, const char *ending)
{
    Names names = {0};
    for (size_t i = 0; i < p->n; i++) {
        char *folder = file_join(p->folder[i], kind);
        add_names(&names, folder, ending);
        mem_free(folder);
    }
    sort_names(&names);
    const char *nearest = diag_nearest(name, (const char *const *)names.at, names.n);
    char *copy = nearest ? mem_strndup(nearest, strlen(nearest)) : NULL;
    for (size_t i = 0; i < names.n; i++)
        mem_free(names.at[i]);
    array_drop(&names);
    return copy;
}
