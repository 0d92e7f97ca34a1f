#include <string.h>

#include "base/diag_internal.h"
#include "base/utf8.h"

static const char *const severities[DIAG_LEVELS] = {"error", "warning", "advice"};

static void add_string(StrBuf *out, Str s)
{
    strbuf_add_char(out, '"');
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (c == '"' || c == '\\') {
            strbuf_add_char(out, '\\');
            strbuf_add_char(out, (char)c);
        } else if (c < 0x20 || c == 0x7F) {
            strbuf_addf(out, "\\u%04x", (unsigned)c);
        } else {
            strbuf_add_utf8(out, c);
        }
    }
    strbuf_add_char(out, '"');
}

static void add_member(StrBuf *out, const char *name, Str value)
{
    strbuf_addf(out, ", \"%s\": ", name);
    add_string(out, value);
}

/* What a diagnostic is called in every language, whatever it quotes: the English words of its message
 * alone, as in nothing-has-the-id. */
static void add_code(StrBuf *out, const char *format)
{
    StrBuf words = {0}, code = {0};
    for (const char *c = format; *c; c++) {
        if (*c != '%') {
            strbuf_add_char(&words, *c == '\'' ? ' ' : *c);
            continue;
        }
        c += strspn(c + 1, "-+ #0123456789.*$hljzt") + 1;
        if (!*c)
            break;
    }
    strbuf_add_slug(&code, strbuf_str(&words));
    add_member(out, "code", strbuf_str(&code));
    strbuf_drop(&words);
    strbuf_drop(&code);
}

static void add_place(StrBuf *out, Diags *d, Pos pos)
{
    const DiagFile *file = diags_file_of(d, pos);
    if (!pos.file)
        return;
    add_member(out, "file", str_from(file->path));
    if (pos.line || file->n)
        strbuf_addf(out, ", \"line\": %u, \"column\": %u", pos.line ? (unsigned)pos.line : 1u,
                    pos.column ? pos.column : 1u);
}

static void add_related(StrBuf *out, Diags *d, const Diag *diag)
{
    strbuf_add_text(out, ", \"related\": [");
    for (size_t i = 0; i < diag->places; i++) {
        strbuf_add_text(out, i ? ", {\"message\": " : "{\"message\": ");
        add_string(out, str_from(diag->also[i].message));
        add_place(out, d, diag->also[i].pos);
        strbuf_add_char(out, '}');
    }
    strbuf_add_char(out, ']');
}

static void begin_object(StrBuf *out, const char *severity)
{
    strbuf_addf(out, "%s{\"severity\": \"%s\"", out->n ? ",\n" : "", severity);
}

static void add_one(StrBuf *out, Diags *d, const Diag *diag)
{
    begin_object(out, severities[diag->level]);
    add_code(out, diag->format);
    add_place(out, d, diag->pos);
    add_member(out, "message", str_from(diag->message));
    if (diag->hint)
        add_member(out, "hint", str_from(diag->hint));
    if (diag->places)
        add_related(out, d, diag);
    strbuf_add_char(out, '}');
}

static void add_left_out(StrBuf *out, Diags *d, DiagLevel level)
{
    StrBuf b = {0};
    diags_add_left_out(d, level, &b);
    if (b.n) {
        begin_object(out, "note");
        add_member(out, "code", STR("not-shown"));
        add_member(out, "message", strbuf_str(&b));
        strbuf_add_char(out, '}');
    }
    strbuf_drop(&b);
}

void diags_json(Diags *d, StrBuf *out)
{
    diags_settle(d);
    for (size_t i = 0; i < d->list.n; i++)
        add_one(out, d, &d->list.at[i]);
    for (int level = 0; level < DIAG_LEVELS; level++)
        add_left_out(out, d, (DiagLevel)level);
    diags_forget(d);
}
