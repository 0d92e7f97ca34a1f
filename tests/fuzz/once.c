/* Runs a fuzz target on files, each once: what was found stays a test, without libFuzzer. */
#include "base/file.h"
#include "fuzz.h"

enum { MOST_BYTES = 1 << 24 };

int main(int count, char **path)
{
    for (int i = 1; i < count; i++) {
        StrBuf text = {0};
        MUST_HOLD(file_read(path[i], MOST_BYTES, &text) == 0, "%s can't be read", path[i]);
        fprintf(stderr, "%s\n", path[i]); /* of a crash this is the last that is said */
        LLVMFuzzerTestOneInput((const uint8_t *)text.p, text.n);
        strbuf_drop(&text);
    }
    printf("%d inputs\n", count - 1);
    return 0;
}
