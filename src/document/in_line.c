#include "document/document.h"

/* Pictures in lines of text. They stand on the baseline. */

Draw document_image_in_line(const Document *d, const Draw *text, const GlyphLine *line,
                            uint32_t piece, uint32_t run, float x, float baseline)
{
    const GlyphPara *para = text->text.para;
    const GlyphRun *r = &para->run[run];
    const GlyphWord *word = words_at(d->words, para->piece[piece]);
    uint32_t index = text->text.image[r->source] - 1;
    const Image *image = d->images.at[index];
    float room = piece_width(word, r, line), width = room / line->scale;
    float height = width * (float)image->height / (float)image->width;
    return (Draw){.kind = DRAW_IMAGE,
                  .owner = text->text.owner ? text->text.owner[r->source] : text->owner,
                  .x = x + (room - width) / 2, /* justified text stretches letters, not pictures */
                  .y = baseline - r->rise - height,
                  .w = width,
                  .h = height,
                  .image = index};
}

static void box_on_line(Document *d, const Draw *text, const GlyphLine *line, float baseline)
{
    const GlyphPara *para = text->text.para;
    float left = text->x + line->x, x = left;
    uint32_t run = line->run;
    for (uint32_t i = line->first; i < line->end; i++) {
        run = para_run_of(para, i, run);
        if (text->text.image[para->run[run].source]) {
            float at = line->flags & LINE_BIDI ? left + para->piece_x[i] : x;
            Draw image = document_image_in_line(d, text, line, i, run, at, baseline);
            if (!node_is_artifact(image.owner) && document_role(d, image.owner) == ROLE_FIGURE)
                document_set_box(d, image.owner, image.x, image.y, image.w, image.h);
        }
        x += piece_width(words_at(d->words, para->piece[i]), &para->run[run], line);
    }
}

void document_box_images_in_lines(Document *d)
{
    for (size_t i = 0; i < d->draws.n; i++) {
        const Draw *draw = &d->draws.at[i];
        if (draw->kind != DRAW_TEXT || !draw->text.image)
            continue;
        for (uint32_t l = draw->text.first; l < draw->text.end; l++)
            box_on_line(d, draw, &draw->text.para->line[l],
                        draw->y + (float)(l - draw->text.first) * draw->text.leading);
    }
}
