#include "compose/tables.h"
#include "language/numeral.h"

/* Width of a piece of a line up to a byte of its text. */
static float width_to(const GlyphWord *word, const GlyphRun *run, size_t byte)
{
    int32_t width = 0;
    for (uint16_t i = 0; i < word->n; i++)
        if (word->glyph[i].cluster < byte)
            width += word->glyph[i].advance;
    return (float)width * run->size * word->scale / (float)word->face->upem;
}

/* The text of a line up to what is raised: the mark of a note is no figure of the number. */
static uint32_t line_text(const Composer *c, const GlyphPara *para, StrBuf *text)
{
    const GlyphLine *line = para->line;
    uint32_t run = line->run, p = line->first;
    for (; p < line->end; p++) {
        run = para_run_of(para, p, run);
        if (para->run[run].rise > 0)
            break;
        strbuf_add_str(text, words_at(text_words(c->request->text), para->piece[p])->text);
    }
    return p;
}

float table_comma(TableBuilder *b, const Spec *spec)
{
    const Composer *c = b->c;
    const GlyphPara *para = spec->para;
    strbuf_clear(&b->text);
    if (!para->lines)
        return 0;
    uint32_t run = para->line->run, end = line_text(c, para, &b->text);
    size_t comma = numeral_comma(c->t, strbuf_str(&b->text)), at = 0;
    float width = 0;
    for (uint32_t p = para->line->first; p < end && at < comma; p++) {
        const GlyphWord *word = words_at(text_words(c->request->text), para->piece[p]);
        run = para_run_of(para, p, run);
        width += width_to(word, &para->run[run], comma - at);
        at += word->text.n;
    }
    return width;
}
