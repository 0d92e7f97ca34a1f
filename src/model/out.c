#include "model/out.h"

enum { INDENT = 2, FULL = 1 << 16 };

static void flush(Out *o)
{
    o->sink(o->context, strbuf_str(&o->text).p, o->text.n);
    strbuf_clear(&o->text);
}

static void new_line(Out *o)
{
    if (o->text.n > FULL)
        flush(o);
    strbuf_add_char(&o->text, '\n');
    strbuf_reserve(&o->text, o->indent * INDENT);
    for (size_t i = 0; i < o->indent * INDENT; i++)
        strbuf_add_char(&o->text, ' ');
}

void out_next(Out *o)
{
    if (o->inside)
        strbuf_add_text(&o->text, o->flat ? ", " : ",");
    if (!o->flat)
        new_line(o);
    o->inside = true;
}

void out_open(Out *o, char bracket)
{
    strbuf_add_char(&o->text, bracket);
    o->indent++;
    o->inside = false;
}

void out_close(Out *o, char bracket)
{
    o->indent--;
    if (o->inside && !o->flat)
        new_line(o);
    strbuf_add_char(&o->text, bracket);
    o->inside = true;
}

void out_open_flat(Out *o, char bracket)
{
    o->flat++;
    out_open(o, bracket);
}

void out_close_flat(Out *o, char bracket)
{
    out_close(o, bracket);
    o->flat--;
}

void out_open_if_filled(Out *o, const char *key)
{
    o->waiting = key;
}

void out_close_if_filled(Out *o)
{
    if (!o->waiting)
        out_close(o, '}');
    o->waiting = NULL;
}

void out_key(Out *o, const char *key)
{
    const char *object = o->waiting;
    o->waiting = NULL;
    if (object) {
        out_key(o, object);
        out_open(o, '{');
    }
    out_next(o);
    out_text(o, str_from(key));
    strbuf_add_text(&o->text, ": ");
}

static void add_escape(StrBuf *b, char c)
{
    if (c == '\n')
        strbuf_add_text(b, "\\n");
    else if (c == '\t')
        strbuf_add_text(b, "\\t");
    else if (c == '"' || c == '\\')
        strbuf_addf(b, "\\%c", c);
    else
        strbuf_addf(b, "\\u%04x", (unsigned)c);
}

void out_text(Out *o, Str text)
{
    StrBuf *b = &o->text;
    size_t from = 0;
    strbuf_add_char(b, '"');
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        strbuf_add_str(b, str_cut(text, from, i));
        add_escape(b, text.p[i]);
        from = i + 1;
    }
    strbuf_add_str(b, str_cut(text, from, text.n));
    strbuf_add_char(b, '"');
}

void out_int(Out *o, int64_t number)
{
    strbuf_add_int(&o->text, number);
}

void out_raw(Out *o, const char *json)
{
    strbuf_add_text(&o->text, json);
}

void out_finish(Out *o)
{
    strbuf_add_char(&o->text, '\n');
    flush(o);
    strbuf_drop(&o->text);
}
