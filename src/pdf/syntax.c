#include "pdf/syntax.h"

#include <string.h>

#include "base/utf8.h"

static void add_hex(StrBuf *out, unsigned char byte)
{
    static const char digits[] = "0123456789ABCDEF";
    strbuf_add_char(out, digits[byte >> 4]);
    strbuf_add_char(out, digits[byte & 15]);
}

void syntax_text(StrBuf *out, Str utf8)
{
    StrBuf wide = {0};
    strbuf_add_utf16be(&wide, 0xFEFF);
    for (size_t i = 0; i < utf8.n;)
        strbuf_add_utf16be(&wide, utf8_next(utf8, &i));
    syntax_hex(out, strbuf_str(&wide));
    strbuf_drop(&wide);
}

void syntax_hex(StrBuf *out, Str bytes)
{
    strbuf_reserve(out, 2 * bytes.n + 2);
    strbuf_add_char(out, '<');
    for (size_t i = 0; i < bytes.n; i++)
        add_hex(out, (unsigned char)bytes.p[i]);
    strbuf_add_char(out, '>');
}

void syntax_bytes(StrBuf *out, Str bytes)
{
    strbuf_reserve(out, 2 * bytes.n + 2);
    strbuf_add_char(out, '(');
    for (size_t i = 0; i < bytes.n; i++) {
        char c = bytes.p[i];
        if (c == '(' || c == ')' || c == '\\')
            strbuf_add_char(out, '\\');
        if (c == '\r')
            strbuf_add(out, "\\r", 2);
        else
            strbuf_add_char(out, c);
    }
    strbuf_add_char(out, ')');
}

void syntax_name(StrBuf *out, Str name)
{
    strbuf_add_char(out, '/');
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if (c > ' ' && c < 0x7F && !strchr("()<>[]{}/%#", c)) {
            strbuf_add_char(out, (char)c);
        } else {
            strbuf_add_char(out, '#');
            add_hex(out, c);
        }
    }
}

void syntax_ref(StrBuf *out, uint32_t object)
{
    strbuf_add_int(out, object);
    strbuf_add(out, " 0 R", 4);
}

void syntax_key_ref(StrBuf *out, const char *key, uint32_t object)
{
    strbuf_add_text(out, key);
    strbuf_add_char(out, ' ');
    syntax_ref(out, object);
}

void syntax_number(StrBuf *out, double value)
{
    strbuf_add_fixed(out, value, 3);
    strbuf_add_char(out, ' ');
}
