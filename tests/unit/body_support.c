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
