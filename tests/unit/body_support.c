#include "body_support.h"

Kit kit;
ReportKit reports;
Layout *layout;

void body_begin(void)
{
    kit_open(&kit, 1);
    report_kit_open(&reports, &kit);
    layout = kit_body_layout(&kit);
}

void body_end(void)
{
    layout_drop(layout);
    report_kit_close(&reports);
    kit_close(&kit);
}

void add_drawn_words(StrBuf *out, const Document *d, const DrawnText *text)
{
    const GlyphPara *para = text->para;
    if (text->first >= text->end)
        return;
    for (uint32_t p = para->line[text->first].first; p < para->line[text->end - 1].end; p++)
        strbuf_add_str(out, words_at(d->words, para->piece[p])->text);
}

const Draw *find(const Document *d, const char *words)
{
    const Draw *found = NULL;
    for (uint32_t i = 0; i < d->draws.n && !found; i++) {
        const Draw *draw = &d->draws.at[i];
        if (draw->kind != DRAW_TEXT)
            continue;
        StrBuf text = {0};
        add_drawn_words(&text, d, &draw->text);
        if (str_starts(strbuf_str(&text), str_from(words)))
            found = draw;
        strbuf_drop(&text);
    }
    ck_assert_msg(found != NULL, "'%s' is nowhere", words);
    return found;
}
