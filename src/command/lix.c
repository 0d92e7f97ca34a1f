#include <libintl.h>
#include <stdio.h>

#include "base/cpr.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "command/command.h"
#include "command/lix.h"
#include "proof/proof.h"

/* How LIX is read (C. H. Björnsson, 1968): from which value on. */
static const struct {
    int from;
    const char *is;
} scale[] = {{55, N_("very hard")},
             {45, N_("hard")},
             {35, N_("medium")},
             {25, N_("easy")},
             {0, N_("very easy")}};

static const char *word_for(int lix)
{
    size_t i = 0;
    while (lix < scale[i].from)
        i++;
    return gettext(scale[i].is);
}

/* On one line, without what a terminal would obey. */
static void print_title(FILE *out, const Report *report, const Inline *title)
{
    StrBuf text = {0};
    inlines_text(&text, report->terms, title);
    cpr_mask(text.p, text.n);
    Str s = strbuf_str(&text);
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t c = utf8_next(s, &at);
        if (utf8_is_odd(c))
            fputc('?', out);
        else
            fwrite(s.p + from, 1, at - from, out);
    }
    strbuf_drop(&text);
}

static void print_row(FILE *out, const Readability *r)
{
    int lix = readability_lix(r);
    fprintf(out, "%7zu %4d  ", r->words, lix);
    const char *word = word_for(lix);
    size_t width = utf8_length(str_from(word));
    fprintf(out, "%s%*s  ", word, (int)(width < 12 ? 12 - width : 0), "");
}

void lix_print(FILE *out, const Report *report)
{
    Readability *section = mem_zalloc(report->sections * sizeof *section), all = {0, 0, 0};
    proof_readability(report, section);
    fprintf(out, "%7s %4s\n", gettext("words"), "LIX");
    for (size_t i = 0; i < report->sections; i++) {
        print_row(out, &section[i]);
        print_title(out, report, report->section[i].title);
        fputc('\n', out);
        all.words += section[i].words;
        all.long_words += section[i].long_words;
        all.sentences += section[i].sentences;
    }
    print_row(out, &all);
    fprintf(out, "%s\n", gettext("the whole report"));
    mem_free(section);
}
