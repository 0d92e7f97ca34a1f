#include "text/breaks.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "base/mem.h"
#include "base/utf8.h"

struct Breaks {
    UBreakIterator *icu; /* opened when it is first needed */
    UText *text;
};

Breaks *breaks_new(void)
{
    return mem_zalloc(sizeof(Breaks));
}

void breaks_drop(Breaks *b)
{
    if (!b)
        return;
    if (b->icu)
        ubrk_close(b->icu);
    utext_close(b->text);
    mem_free(b);
}

/* ---- by ICU --------------------------------------------------------------------------------- */

static void require(UErrorCode code)
{
    if (code == U_MEMORY_ALLOCATION_ERROR)
        mem_fail();
}

void breaks_find_icu(Breaks *b, Str text, uint8_t *allowed)
{
    UErrorCode code = U_ZERO_ERROR;
    memset(allowed, 0, text.n);
    b->text = utext_openUTF8(b->text, text.p, (int64_t)text.n, &code);
    require(code);
    code = U_ZERO_ERROR;
    if (!b->icu)
        b->icu = ubrk_open(UBRK_LINE, "da", NULL, 0, &code);
    require(code);
    if (!b->icu) { /* ICU's data is not there: break at spaces */
        for (size_t i = 1; i < text.n; i++)
            allowed[i] = text.p[i - 1] == ' ' && text.p[i] != ' ';
        return;
    }
    code = U_ZERO_ERROR;
    ubrk_setUText(b->icu, b->text, &code);
    require(code);
    for (int32_t at = ubrk_next(b->icu); at != UBRK_DONE; at = ubrk_next(b->icu))
        if ((size_t)at < text.n)
            allowed[at] = 1;
}

/* ---- by the rules for common text ----------------------------------------------------------- */

/* The classes of UAX #14 that Danish and English prose is made of. */
typedef enum { AL, NU, IS, EX, OP, CP, QU, GL, SP, HY, BA, OTHER } Class;

static Class class_of(uint32_t c)
{
    static const char is[] = ".,:;", ex[] = "!?";
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return AL;
    if (c >= '0' && c <= '9')
        return NU;
    if (c == ' ')
        return SP;
    if (c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7 && (c < 0x1C0 || c > 0x1C3))
        return AL;
    if (c < 0x80 && c && strchr(is, (int)c))
        return IS;
    if (c < 0x80 && c && strchr(ex, (int)c))
        return EX;
    switch (c) {
    case '&':
    case '@':
    case '#':
    case '*':
    case '=':
    case '_':
    case 0xA7:
    case 0xBD:
        return AL;
    case '-':
        return HY;
    case 0x2013:
        return BA;
    case '(':
        return OP;
    case ')':
        return CP;
    case '"':
    case '\'':
    case 0x2018:
    case 0x2019:
    case 0x201C:
    case 0x201D:
    case 0xAB:
    case 0xBB:
        return QU;
    case 0xA0:
        return GL;
    default:
        return OTHER;
    }
}

/* Whether a line may break between neighbours of these classes (the rules' numbers are those of
 * UAX #14, revision 49). */
static bool break_between(Class before, Class after)
{
    if (after == SP || before == GL)
        return false; /* LB7, LB12 */
    if (after == GL)
        return before == HY || before == BA; /* LB12a */
    if (after == CP || after == EX || after == IS)
        return false; /* LB13 */
    if (before == OP || before == QU || after == QU)
        return false; /* LB14, LB19 */
    if (after == HY || after == BA)
        return false; /* LB21 */
    if (before == HY)
        return after != NU; /* LB25 */
    if (before == AL || before == NU)
        return false; /* LB23, LB25, LB28, LB30: before letters, digits and brackets */
    if (before == IS)
        return after == OP; /* LB25, LB29 */
    if (before == CP)
        return after == OP; /* LB30 */
    return true;
}

/* Whether it may break after spaces that follow the first and precede the second; `next` follows
 * that one. */
static bool break_after_space(Class before, Class after, Class next)
{
    if (after == IS && next == NU)
        return before != OP; /* ICU's own: ".5" is a number */
    if (after == CP || after == EX || after == IS)
        return false; /* LB13 */
    if (before == OP)
        return false;                      /* LB14 */
    return !(before == QU && after == OP); /* LB15, LB18 */
}

static bool find_simple(Str text, uint8_t *allowed)
{
    Class before = OTHER; /* of the last character that is no space */
    bool space = false, lone_hyphen = false;
    for (size_t i = 0; i < text.n;) {
        size_t at = i;
        Class c = class_of(utf8_next(text, &i));
        if (c == OTHER || (c == HY && space && before == OP))
            return false; /* "( -a" is beyond these rules */
        memset(allowed + at, 0, i - at);
        if (c == SP) {
            space = true;
            continue;
        }
        size_t peek = i;
        Class next = i < text.n ? class_of(utf8_next(text, &peek)) : OTHER;
        if (lone_hyphen && c == AL && !space)
            allowed[at] = 0; /* ICU's own: a hyphen before a word belongs to it */
        else if (space)
            allowed[at] = break_after_space(before, c, next);
        else if (at > 0)
            allowed[at] = break_between(before, c);
        lone_hyphen = c == HY && (space || at == 0);
        before = c;
        space = false;
    }
    return true;
}

void breaks_find(Breaks *b, Str text, uint8_t *allowed)
{
    if (!find_simple(text, allowed))
        breaks_find_icu(b, text, allowed);
}
