#include "language/typing.h"

#include <string.h>

#include "language/internal.h"
#include "language/interval.h"

/* A place in the text, with what is on both sides of its character. */
typedef struct {
    const Typing *typing;
    Str before, after; /* all of it */
    char next;         /* 0 at the end */
} Place;

static bool opens(const Place *p)
{
    Str b = p->before;
    return !b.n || strchr(" \n\t([{-/", b.p[b.n - 1]) || str_ends(b, STR(EN_DASH)) ||
           str_ends(b, STR("\xE2\x80\x94")) || str_ends(b, STR(NO_BREAK_SPACE));
}

static Str quotation_mark(const Place *p)
{
    return opens(p) ? p->typing->open : p->typing->close;
}

/* Only inside a word (byens' is left alone: it may be a quotation mark). */
static Str apostrophe(const Place *p)
{
    Str b = p->before;
    bool inside = b.n && (ascii_letter(b.p[b.n - 1]) || (unsigned char)b.p[b.n - 1] >= 0x80) &&
                  (ascii_letter(p->next) || (unsigned char)p->next >= 0x80);
    return p->typing->open.n && inside ? STR(APOSTROPHE) : (Str){"", 0};
}

/* More figures are a case number's: 2011-60279. */
static bool is_interval(const Place *p)
{
    enum { MOST_FIGURES = 4 };
    Str b = p->before;
    size_t figures = 0, after = str_digits(p->after, 0);
    while (figures < b.n && ascii_digit(b.p[b.n - 1 - figures]))
        figures++;
    return figures && figures <= MOST_FIGURES && after && after <= MOST_FIGURES;
}

static Str hyphen(const Place *p)
{
    Str b = p->before;
    if ((p->typing->number && is_interval(p)) ||
        (p->typing->intervals && interval_is_sure(p->typing->terms, b, p->after)))
        return STR(EN_DASH);
    bool space = b.n && strchr(" \n", b.p[b.n - 1]);
    if (p->typing->dashes && space && (p->next == ' ' || p->next == '\n'))
        return STR(EN_DASH);
    if (p->typing->minus && opens(p) && !str_ends(b, STR("-")) && !str_ends(b, STR("/")) &&
        ascii_digit(p->next))
        return STR(MINUS);
    return (Str){"", 0};
}

static bool may_change(char c)
{
    return c == '"' || c == '\'' || c == '-';
}

void typing_add(StrBuf *out, const Typing *t, Str before, Str text)
{
    for (size_t i = 0, from = 0; i < text.n; i++) {
        while (i < text.n && !may_change(text.p[i]))
            i++;
        strbuf_add(out, text.p + from, i - from);
        if (i == text.n)
            break;
        Place p = {t, i ? str_cut(text, 0, i) : before, str_cut(text, i + 1, text.n),
                   i + 1 < text.n ? text.p[i + 1] : 0};
        Str printed = text.p[i] == '"'    ? quotation_mark(&p)
                      : text.p[i] == '\'' ? apostrophe(&p)
                                          : hyphen(&p);
        if (printed.n)
            strbuf_add_str(out, printed);
        else
            strbuf_add_char(out, text.p[i]);
        from = i + 1;
    }
}
