#include "page/page.h"

/* The labels of ordered lists: 1. 2. 3., in a list inside one a. b. c., inside that i. ii. iii., and again. */

enum { MOST_ROMAN = 3999 };

static void add_letters(StrBuf *out, Str letters, unsigned number)
{
    if (number > letters.n)
        add_letters(out, letters, (number - 1) / (unsigned)letters.n);
    strbuf_add_char(out, letters.p[(number - 1) % letters.n]);
}

void numbering_add_mark(StrBuf *out, unsigned number)
{
    add_letters(out, STR("abcdefghijkmnpqrstuvwxyz"), number);
}

static void add_roman(StrBuf *out, int number)
{
    static const struct {
        int value;
        const char *text;
    } signs[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                 {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                 {5, "v"},    {4, "iv"},   {1, "i"}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        for (; number >= signs[i].value; number -= signs[i].value)
            strbuf_add_text(out, signs[i].text);
}

Numbering numbering_of(const Composer *c, int first, int last)
{
    static const Numbering levels[] = {NUMBERING_DECIMAL, NUMBERING_LETTERS, NUMBERING_ROMAN};
    bool decimal = c->l->list.decimal || first < 1 || last > MOST_ROMAN;
    return decimal ? NUMBERING_DECIMAL : levels[c->ordered % (sizeof levels / sizeof *levels)];
}

void numbering_add(StrBuf *out, Numbering numbering, int number, bool parenthesis)
{
    if (numbering == NUMBERING_LETTERS)
        add_letters(out, STR("abcdefghijklmnopqrstuvwxyz"), (unsigned)number);
    else if (numbering == NUMBERING_ROMAN)
        add_roman(out, number);
    else
        strbuf_add_int(out, number);
    strbuf_add_char(out, parenthesis ? ')' : '.');
}
