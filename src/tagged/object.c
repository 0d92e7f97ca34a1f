#include <stdlib.h>

#include "base/utf8.h"
#include "tagged/internal.h"

bool object_is_dict(qpdf_data q, Object o)
{
    return qpdf_oh_is_dictionary(q, o) || qpdf_oh_is_stream(q, o);
}

Object object_get(qpdf_data q, Object o, const char *key)
{
    if (qpdf_oh_is_dictionary(q, o))
        return qpdf_oh_get_key(q, o, key);
    if (!qpdf_oh_is_stream(q, o))
        return qpdf_oh_new_null(q);
    Object dict = qpdf_oh_get_dict(q, o);
    Object value = qpdf_oh_get_key(q, dict, key);
    object_release(q, dict);
    return value;
}

Object object_get_named(qpdf_data q, Object o, Str name)
{
    StrBuf key = {0};
    strbuf_addf(&key, "/%.*s", (int)name.n, name.p);
    Object value = object_get(q, o, key.p);
    strbuf_drop(&key);
    return value;
}

uint64_t object_identity(qpdf_data q, Object o)
{
    int id = qpdf_oh_get_object_id(q, o), generation = qpdf_oh_get_generation(q, o);
    return id > 0 ? (uint64_t)id << 20 | (uint32_t)(generation & 0xFFFFF) : 0;
}

/* Controls, signs that turn the direction of what follows: not for terminals; and characters of
 * private use, which mean nothing to others. */
static uint32_t harmless(uint32_t c, bool lines)
{
    bool turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    bool private = (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
    if (turns || private)
        return 0;
    return utf8_is_odd(c) && !(lines && c == '\n') && c != UTF8_REPLACEMENT ? ' ' : c;
}

Str object_clean(Arena *arena, Str s, bool lines)
{
    StrBuf out = {0};
    for (size_t at = 0; at < s.n;) {
        uint32_t c = harmless(utf8_next(s, &at), lines);
        if (c)
            strbuf_add_utf8(&out, c);
    }
    Str copy = arena_str(arena, strbuf_str(&out));
    strbuf_drop(&out);
    return copy;
}

bool object_text_of(Arena *arena, qpdf_data q, Object o, Str *out)
{
    size_t n = 0;
    if (!qpdf_oh_is_string(q, o))
        return false;
    const char *p = qpdf_oh_get_binary_utf8_value(q, o, &n);
    *out = object_clean(arena, (Str){p, n}, false);
    return true;
}

bool object_text(Arena *arena, qpdf_data q, Object dict, const char *key, Str *out)
{
    Object o = object_get(q, dict, key);
    bool found = object_text_of(arena, q, o, out);
    object_release(q, o);
    return found;
}

Str object_name_of(Arena *arena, qpdf_data q, Object o)
{
    if (!qpdf_oh_is_name(q, o))
        return (Str){"", 0};
    const char *name = qpdf_oh_get_name(q, o);
    return arena_str(arena, str_from(name + 1));
}

Str object_name(Arena *arena, qpdf_data q, Object dict, const char *key)
{
    Object o = object_get(q, dict, key);
    Str name = object_name_of(arena, q, o);
    object_release(q, o);
    return name;
}

double object_number_of(qpdf_data q, Object o, double otherwise)
{
    return qpdf_oh_is_number(q, o) ? qpdf_oh_get_numeric_value(q, o) : otherwise;
}

double object_number(qpdf_data q, Object dict, const char *key, double otherwise)
{
    Object o = object_get(q, dict, key);
    double number = object_number_of(q, o, otherwise);
    object_release(q, o);
    return number;
}

long long object_integer(qpdf_data q, Object dict, const char *key, long long least, long long most,
                         long long otherwise)
{
    long long value = otherwise;
    Object o = object_get(q, dict, key);
    if (qpdf_oh_is_integer(q, o))
        value = qpdf_oh_get_int_value(q, o);
    object_release(q, o);
    return value >= least && value <= most ? value : otherwise;
}

size_t object_count(qpdf_data q, Object array)
{
    int n = qpdf_oh_is_array(q, array) ? qpdf_oh_get_array_n_items(q, array) : 0;
    return n > 0 ? (size_t)n : 0;
}

char *object_data(qpdf_data q, Object stream, size_t *n)
{
    unsigned char *bytes = NULL;
    QPDF_BOOL filtered = QPDF_FALSE;
    if (!qpdf_oh_is_stream(q, stream))
        return NULL;
    int status = qpdf_oh_get_stream_data(q, stream, qpdf_dl_generalized, &filtered, &bytes, n);
    if ((status & QPDF_ERRORS) || !filtered) {
        free(bytes);
        return NULL;
    }
    return (char *)bytes;
}
