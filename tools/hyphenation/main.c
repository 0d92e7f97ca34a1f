#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "tool.h"

enum { LARGEST_FILE = 64 << 20 };

/* The languages, and the name of the file with their patterns. */
static const struct {
    const char *name, *file;
} languages[] = {{"da", "hyph_da_DK"}, {"en", "hyph_en_GB"}, {"sv", "hyph_sv_SE"},
                 {"nb", "hyph_nb_NO"}, {"nn", "hyph_nn_NO"}, {"de", "hyph_de_DE"},
                 {"is", "hyph_is_IS"}};

enum { LANGUAGES = sizeof languages / sizeof *languages };

void tool_fail(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("hyphenation-data: error: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

StrBuf tool_read(const char *path)
{
    StrBuf text = {0};
    int error = file_read(path, LARGEST_FILE, &text);
    if (error)
        tool_fail("%s: %s", path, strerror(error));
    return text;
}

bool tool_line(Str *rest, Str *line)
{
    if (!rest->n)
        return false;
    size_t end = str_find(*rest, '\n');
    *line = str_cut(*rest, 0, end);
    *rest = str_cut(*rest, end < rest->n ? end + 1 : end, rest->n);
    return true;
}

/* ---- letters -------------------------------------------------------------------------------- */

/* The codes of a language's letters, given in the order in which they turn up. */
typedef struct {
    uint8_t code[HYPHEN_LETTERS];
    uint8_t last;
} Alphabet;

/* False when a letter is beyond what a net can tell apart. */
static bool encode(Alphabet *a, Str text, uint8_t *code, uint32_t *n)
{
    *n = 0;
    for (size_t i = 0; i < text.n;) {
        uint32_t c = utf8_next(text, &i);
        if (c >= HYPHEN_LETTERS || (!a->code[c] && a->last + 1 >= HYPHEN_CODES))
            return false;
        if (!a->code[c])
            a->code[c] = ++a->last;
        code[(*n)++] = a->code[c];
    }
    return true;
}

static void add_key(Arena *arena, NetKeys *keys, Alphabet *a, Str text, uint32_t says)
{
    uint8_t *code = arena_alloc(arena, text.n);
    uint32_t n;
    if (encode(a, text, code, &n) && n > 0 && n < HYPHEN_LONGEST)
        array_push(keys, ((NetKey){code, n, says}));
}

/* ---- the file ------------------------------------------------------------------------------- */

static HyphenPlace add_bytes(StrBuf *file, const void *p, size_t n, size_t size)
{
    while (file->n % 4)
        strbuf_add_char(file, 0);
    HyphenPlace place = {(uint32_t)file->n, (uint32_t)n};
    if (n)
        strbuf_add(file, p, n * size);
    return place;
}

static HyphenPlace add_net(StrBuf *file, NetKeys *keys)
{
    NetWords words = {0};
    net_write(keys, &words);
    HyphenPlace place = add_bytes(file, words.at, words.n, sizeof *words.at);
    array_drop(&words);
    keys->n = 0;
    return place;
}

/* The same values often stand behind many patterns. */
static uint32_t value_index(StrBuf *values, Str value)
{
    Str all = strbuf_str(values);
    for (size_t at = 0, n; at < all.n; at += n + 1) {
        n = (unsigned char)all.p[at];
        if (str_equal(str_cut(all, at + 1, at + 1 + n), value))
            return (uint32_t)at;
    }
    char count = (char)value.n;
    strbuf_add(values, &count, 1);
    strbuf_add_str(values, value);
    return (uint32_t)all.n;
}

static HyphenPlace add_patterns(StrBuf *file, Arena *arena, Alphabet *a, StrBuf *values,
                                const Pattern *pattern, size_t n)
{
    NetKeys keys = {0};
    for (size_t i = 0; i < n; i++)
        add_key(arena, &keys, a, pattern[i].letters, value_index(values, pattern[i].values));
    HyphenPlace place = add_net(file, &keys);
    array_drop(&keys);
    return place;
}

static HyphenPlace add_parts(StrBuf *file, Arena *arena, Alphabet *a, const char *folder,
                             const char *more)
{
    StrBuf aff = {0}, dic = {0};
    Dictionary dictionary = {0};
    Parts parts = {0};
    NetKeys keys = {0};
    strbuf_addf(&aff, "%s/da_DK.aff", folder);
    strbuf_addf(&dic, "%s/da_DK.dic", folder);
    dictionary_read(&dictionary, aff.p, dic.p, more);
    parts_find(&dictionary, arena, &parts);
    for (size_t i = 0; i < parts.n; i++)
        add_key(arena, &keys, a, parts.at[i].text, parts.at[i].says);
    HyphenPlace place = add_net(file, &keys);
    array_drop(&keys);
    array_drop(&parts);
    dictionary_drop(&dictionary);
    strbuf_drop(&aff);
    strbuf_drop(&dic);
    return place;
}

/* Where it all comes from. */
typedef struct {
    const char *patterns, *dictionary; /* folders of hyph_*.dic and of da_DK.aff and .dic */
    const char *words;                 /* a file with words of our own */
} Sources;

static HyphenLanguage add_language(StrBuf *file, size_t number, const Sources *sources)
{
    HyphenLanguage l = {.name = ""};
    Patterns patterns = {0};
    Alphabet alphabet = {.last = 0};
    StrBuf path = {0}, values = {0};
    strbuf_addf(&path, "%s/%s.dic", sources->patterns, languages[number].file);
    patterns_read(&patterns, path.p);
    memcpy(l.name, languages[number].name, strlen(languages[number].name));
    l.joints = add_patterns(file, &patterns.arena, &alphabet, &values, patterns.joints.at,
                            patterns.joints.n);
    l.inside = add_patterns(file, &patterns.arena, &alphabet, &values, patterns.inside.at,
                            patterns.inside.n);
    if (number == 0)
        l.parts = add_parts(file, &patterns.arena, &alphabet, sources->dictionary, sources->words);
    l.values = add_bytes(file, values.p, values.n, 1);
    l.codes = add_bytes(file, alphabet.code, HYPHEN_LETTERS, 1);
    patterns_drop(&patterns);
    strbuf_drop(&path);
    strbuf_drop(&values);
    return l;
}

static void write_file(const char *path, const StrBuf *file)
{
    OutFile *out = outfile_open(path);
    outfile_write(out, file->p, file->n);
    int error = outfile_finish(out);
    if (!error)
        error = outfile_publish(out);
    if (error)
        tool_fail("%s: %s", path, strerror(error));
    outfile_drop(out);
}

int main(int argc, char **argv)
{
    if (argc != 5)
        tool_fail("it wants PATTERNS DICTIONARY WORDS FILE");
    Sources sources = {argv[1], argv[2], argv[3]};
    HyphenHeader header = {{0}, HYPHEN_VERSION, HYPHEN_ORDER, 0, LANGUAGES};
    HyphenLanguage language[LANGUAGES];
    StrBuf file = {0};
    memcpy(header.magic, HYPHEN_MAGIC, sizeof header.magic);
    memset(language, 0, sizeof language);
    add_bytes(&file, &header, 1, sizeof header);
    add_bytes(&file, language, LANGUAGES, sizeof *language);
    for (size_t i = 0; i < LANGUAGES; i++)
        language[i] = add_language(&file, i, &sources);
    while (file.n % 4)
        strbuf_add_char(&file, 0);
    header.size = (uint32_t)file.n;
    memcpy(file.p, &header, sizeof header);
    memcpy(file.p + sizeof header, language, sizeof language);
    write_file(argv[4], &file);
    printf("hyphenation: %zu bytes for %d languages\n", file.n, LANGUAGES);
    strbuf_drop(&file);
    return 0;
}
