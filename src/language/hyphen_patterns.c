#include <string.h>

#include "language/hyphen_internal.h"

/* The values of one pattern that ends here, seen from its first letter. */
static void apply(const Language *language, uint32_t index, uint8_t *value, size_t room)
{
    if (index >= language->values)
        return;
    uint32_t n = language->value[index];
    for (uint32_t i = 0; i < n && i < room && index + 1 + i < language->values; i++) {
        uint8_t v = language->value[index + 1 + i];
        if (v > value[i])
            value[i] = v;
    }
}

void patterns_divide(const Language *language, const Net *net, const Letters *word, size_t from,
                     size_t to, uint8_t *odd)
{
    uint8_t text[HYPHEN_LONGEST + 2], value[HYPHEN_LONGEST + 3] = {0};
    size_t n = to - from;
    text[0] = text[n + 1] = language->code['.'];
    memcpy(text + 1, word->code + from, n);
    for (size_t start = 0; start < n + 2; start++) {
        NetNode node = NET_ROOT;
        for (size_t i = start; i < n + 2 && text[i] && net_step(net, &node, text[i]); i++)
            if (node.says)
                apply(language, node.what, value + start, n + 3 - start);
    }
    for (size_t i = 0; i < n; i++)
        odd[from + i] = i > 0 && value[i + 1] % 2;
}
