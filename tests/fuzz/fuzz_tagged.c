/* PDFs that are read aloud: whatever they are, reading ends, and what is said can be shown. */
#include "aloud/aloud.h"
#include "base/file.h"
#include "base/utf8.h"
#include "fuzz.h"

static const AloudWords *words_of_danish(void)
{
    static Arena arena;
    static const AloudWords *words;
    StrBuf text = {0};
    if (words)
        return words;
    Diags *diags = diags_new();
    MUST_HOLD(file_read("layouts/aloud/da.yaml", 1 << 20, &text) == 0, "there are no words");
    words = words_read(&arena, diags, diags_file(diags, "da.yaml", NULL, 0), strbuf_str(&text));
    MUST_HOLD(words, "the words are wrong");
    strbuf_drop(&text);
    diags_drop(diags);
    return words;
}

static void check_line(void *context, const AloudLine *line)
{
    const TaggedPdf *pdf = context;
    StrBuf out = {0};
    voice_text(&out, line, words_of_danish(), pdf->language);
    Str said = strbuf_str(&out);
    MUST_HOLD(utf8_invalid(said) == said.n, "a line is no UTF-8");
    for (size_t i = line->page, at = i; at < said.n;) {
        uint32_t c = utf8_next(said, &at);
        MUST_HOLD(!utf8_is_odd(c) || c == UTF8_REPLACEMENT || at == said.n, "a line holds U+%04X",
                  (unsigned)c);
    }
    voice_ssml(&out, line, pdf->language, STR("da"));
    strbuf_drop(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    TaggedPdf pdf;
    AloudPages all = {NULL, 0};
    if (tagged_read(&pdf, (Str){(const char *)data, n}) == TAGGED_GOOD)
        aloud_read(&pdf, words_of_danish(), &all, (AloudSink){check_line, &pdf});
    tagged_drop(&pdf);
    return 0;
}
