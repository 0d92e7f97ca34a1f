#include "language/hyphen_format.h"

#include <string.h>

bool danish_vowel(uint32_t c)
{
    if (c < 0x80)
        return c && strchr("aeiouy", (int)c);
    return (c >= 0xE0 && c <= 0xFF && c != 0xE7 && c != 0xF0 && c != 0xF1 && c != 0xF7 &&
            c != 0xFE);
}
