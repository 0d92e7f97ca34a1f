#include <string.h>

#include "base/diag_internal.h"
#include "base/encoding.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"

/* Reads a text again that was released, as it was read. */
static void want_text(DiagFile *file)
{
    enum { MOST_BYTES = 4 }; /* for one of UTF-8: the line's end of UTF-16 */
    StrBuf text = {0};
    if (file->text || !file->n)
        return;
    int error = file_read(file->path, MOST_BYTES * (file->n + 1), &text);
    encoding_decode(&text);
    if (!error && text.n) {
        file->text = text.p;
        file->n = text.n;
    } else {
        strbuf_drop(&text);
    }
}

static void find_lines(DiagFile *file)
{
    size_t n = 1;
    for (size_t i = 0; i < file->n; i++)
        n += file->text[i] == '\n';
    file->line = mem_array(n, sizeof *file->line);
    file->line[0] = 0;
    file->lines = 1;
    for (size_t i = 0; i < file->n; i++)
        if (file->text[i] == '\n')
            file->line[file->lines++] = i + 1;
}

static Str line_of(DiagFile *file, uint32_t number)
{
    if (!file->line)
        find_lines(file);
    if (number > file->lines)
        return (Str){"", 0};
    Str rest = str_cut((Str){file->text, file->n}, file->line[number - 1], file->n);
    rest.n = str_find(rest, '\n');
    if (str_ends(rest, STR("\r")))
        rest.n--;
    return rest;
}

Str diags_line(Diags *d, Pos pos)
{
    DiagFile *file = diags_file_of(d, pos);
    if (pos.line)
        want_text(file);
    return pos.line && file->text ? line_of(file, pos.line) : (Str){"", 0};
}

/* Words that the source parts or marks in another way than the report does are found by their first. */
static const char *find_words(Str line, Str words)
{
    const char *found = memmem(line.p, line.n, words.p, words.n);
    size_t first = 0;
    while (first < words.n && !ascii_space(words.p[first]))
        first++;
    return found || !first ? found : memmem(line.p, line.n, words.p, first);
}

static bool find_on_line(Diags *d, Pos *pos, Str words)
{
    Str line = diags_line(d, *pos);
    size_t start = utf8_bytes(line, pos->column ? pos->column - 1u : 0);
    const char *found = find_words(str_cut(line, start, line.n), words);
    if (!found)
        return false;
    size_t column = utf8_length(str_cut(line, 0, (size_t)(found - line.p))) + 1;
    pos->column = (uint16_t)(column > UINT16_MAX ? UINT16_MAX : column);
    return true;
}

Pos diags_find(Diags *d, Pos from, uint32_t lines, Str words)
{
    Pos at = from;
    for (uint32_t i = 0; from.line && words.n && i < lines; i++) {
        if (find_on_line(d, &at, words))
            return at;
        at.line++;
        at.column = 1;
    }
    return from;
}
