#include "page/internal.h"

/* The labels of ordered lists: 1. 2. 3., in a list inside one a. b. c., inside that i. ii. iii., and again. */

enum { LETTERS = 26, MOST_ROMAN = 3999 };

void numbering_add_letters(StrBuf *out, unsigned number)
{
    if (number > LETTERS)
        numbering_add_letters(out, (number - 1) / LETTERS);
    strbuf_add_char(out, (char)('a' + (number - 1) % LETTERS));
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
        numbering_add_letters(out, (unsigned)number);
    else if (numbering == NUMBERING_ROMAN)
        add_roman(out, number);
    else
        strbuf_add_int(out, number);
    strbuf_add_char(out, parenthesis ? ')' : '.');
}
