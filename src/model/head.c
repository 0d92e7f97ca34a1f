#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "model/in.h"

enum { LARGEST_SOURCE = 512 << 20, MOST_SOURCES = 1000 };

/* Values that weren't met are JSON_END. */
typedef struct {
    bool object;
    JsonToken version, language, folder;
    ARRAY(JsonToken) files;
} Head;

static void take_files(In *in, Head *h, JsonToken value)
{
    if (!value_is(in, "files", value, JSON_LIST))
        return;
    while ((value = json_next(&in->json)).kind != JSON_LIST_END && value.kind != JSON_BROKEN)
        if (value_is(in, "files", value, JSON_TEXT))
            array_push(&h->files, value);
}

static void take(In *in, Head *h, Str key, JsonToken value)
{
    if (str_equal(key, STR(MODEL_VERSION_KEY))) {
        h->version = value;
        json_skip(&in->json, value);
    } else if (str_equal(key, STR("language")) && value.kind == JSON_TEXT) {
        h->language = value;
    } else if (str_equal(key, STR("folder"))) {
        if (value_is(in, "folder", value, JSON_TEXT))
            h->folder = value;
    } else if (str_equal(key, STR("files"))) {
        take_files(in, h, value);
    } else {
        json_skip(&in->json, value);
    }
}

/* Goes through the whole file; false when it is no JSON, which has been reported. */
static bool scan(In *in, Head *h)
{
    JsonToken token = json_next(&in->json);
    h->object = token.kind == JSON_OBJECT;
    if (!h->object)
        json_skip(&in->json, token);
    while (h->object && (token = json_next(&in->json)).kind == JSON_KEY)
        take(in, h, token.raw, json_next(&in->json));
    if (token.kind == JSON_BROKEN)
        return false;
    return json_next(&in->json).kind != JSON_BROKEN;
}

static bool check_version(In *in, const Head *h)
{
    Pos pos = h->version.kind ? h->version.pos : (Pos){1, 1, in->file};
    Str raw = h->version.raw;
    StrBuf known = {0};
    strbuf_add_int(&known, MODEL_VERSION);
    bool good = h->version.kind == JSON_NUMBER && str_equal(raw, strbuf_str(&known));
    strbuf_drop(&known);
    if (good)
        return true;
    if (!h->object)
        diag_error(in->diags, pos, "a report model is one JSON object");
    else if (!h->version.kind)
        diag_error(in->diags, pos, "'%s' is missing", MODEL_VERSION_KEY);
    else
        diag_error(in->diags, pos, "version '%.*s' of the format is unknown", (int)raw.n, raw.p);
    diag_hint(in->diags, "this program reads files that say  \"%s\": %d", MODEL_VERSION_KEY,
              MODEL_VERSION);
    return false;
}

/* Paths lead nowhere but into the folder of the file, through symbolic links neither. NULL when they do,
 * or when there is nothing. */
static char *path_inside(const char *base, Str name)
{
    char *copy = mem_strndup(name.p, name.n);
    char *path = file_join(base, copy);
    bool inside = name.n && name.p[0] != '/' && file_is_inside(base, path);
    mem_free(copy);
    if (inside)
        return path;
    mem_free(path);
    return NULL;
}

static bool find_folder(In *in, const Head *h, const char *base)
{
    if (!h->folder.kind) {
        in->report->folder = mem_strndup(base, strlen(base));
        return true;
    }
    Str name = json_text(in->arena, h->folder);
    char *path = path_inside(base, name);
    if (path && file_is_folder(path)) {
        in->report->folder = path;
        return true;
    }
    mem_free(path);
    in->report->folder = mem_strndup(base, strlen(base));
    diag_error(in->diags, h->folder.pos, "there is no folder '%s' in the folder of this file",
               name.p);
    return false;
}

/* The number of a file that positions are of; 0 when it can't be read here. Its text is read again should
 * something be said of it. */
static uint16_t known_file(In *in, const char *base, Str name)
{
    char *path = path_inside(base, name);
    StrBuf text = {0};
    uint16_t file = 0;
    if (path && !file_is_folder(path) && file_read(path, LARGEST_SOURCE, &text) == 0) {
        file = diags_file(in->diags, path, text.p, text.n);
        diags_release_text(in->diags, file);
    } else {
        strbuf_drop(&text);
    }
    mem_free(path);
    return file;
}

static bool find_files(In *in, const Head *h, const char *base)
{
    if (h->files.n > MOST_SOURCES) {
        diag_error(in->diags, h->files.at[MOST_SOURCES].pos, "there are more than %d files",
                   MOST_SOURCES);
        return false;
    }
    for (size_t i = 0; i < h->files.n; i++)
        array_push(&in->places, known_file(in, base, json_text(in->arena, h->files.at[i])));
    return true;
}

static bool find_terms(In *in, const Head *h, const ModelInput *input)
{
    Report *r = in->report;
    Str language = h->language.kind ? json_text(in->arena, h->language) : STR("da");
    r->terms = input->terms(input->context, language);
    r->language = language;
    if (r->terms)
        return true;
    Pos pos = h->language.kind ? h->language.pos : (Pos){0, 0, in->file};
    diag_error(in->diags, pos, "there are no terms for the language '%.*s'", (int)language.n,
               language.p);
    return false;
}

bool head_read(In *in, Str text, const char *base, const ModelInput *input)
{
    Head h = {0};
    json_open(&in->json, in->diags, in->file, text);
    bool good = scan(in, &h) && check_version(in, &h);
    if (good) {
        good &= find_folder(in, &h, base);
        good &= find_files(in, &h, base);
        good &= find_terms(in, &h, input);
    }
    array_drop(&h.files);
    json_open(&in->json, in->diags, in->file, text);
    return good;
}
