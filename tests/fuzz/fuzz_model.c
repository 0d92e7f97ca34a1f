/* Report models: what is read is printed so that it is read as the same again. */
#include "fuzz.h"
#include "model/model.h"

static void add(void *context, const char *bytes, size_t n)
{
    strbuf_add(context, bytes, n);
}

/* The model of the model in a text; empty when that is none. */
static StrBuf printed(Str text)
{
    Diags *diags = diags_new();
    ModelInput input = {diags, fuzz_find_terms, NULL};
    StrBuf copy = {0}, out = {0};
    strbuf_add_str(&copy, text);
    Report *report = model_read_text("layouts/fuzz.json", copy, &input);
    MUST_HOLD(report || diags_count(diags, DIAG_ERROR), "nothing is said of a broken model");
    if (report) {
        ModelOutput output = {diags, "layouts", add, &out, true};
        report_check(report, diags);
        model_write(report, &output);
        report_drop(report);
    }
    diags_drop(diags);
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    StrBuf once = printed((Str){(const char *)data, n});
    if (once.n) {
        StrBuf twice = printed(strbuf_str(&once));
        MUST_HOLD(str_equal(strbuf_str(&once), strbuf_str(&twice)), "%s\nbecame\n%s", once.p,
                  twice.n ? twice.p : "nothing");
        strbuf_drop(&twice);
    }
    strbuf_drop(&once);
    return 0;
}
