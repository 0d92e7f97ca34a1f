#include "compose/internal.h"

/* Pages with lines to write on, where a booklet would else have a blank leaf at its end. */

#define LINE_PITCH 24.0f /* for a pen */
#define LINE_WIDTH 0.5f

enum { FOLDED = 4 }; /* pages of a sheet */

unsigned lined_wanted(const Composer *c)
{
    unsigned over = document_page_count(c->d) % FOLDED, blank = over ? FOLDED - over : 0;
    bool booklet = c->l->sheets == SHEETS_BOOKLET && c->l->note_pages && !c->l->run_on;
    return booklet && blank > 1 ? blank - 1 : 0; /* the outside may be blank */
}

void lined_add_page(Composer *c)
{
    const Style *title = style_of(c, STYLE_h2);
    float left = measure_page(c) - (float)(title->leading + title->after);
    size_t lines = (size_t)(left / LINE_PITCH);
    flow_new_page(c);
    part_title_here(c, STR(""), NULL, c->t->print[TERM_own_notes], STYLE_h2, (Str){"", 0});
    for (size_t i = 1; i < lines; i++)
        flow_unit(c, (Unit){.kind = UNIT_RULE,
                            .width = (float)layout_live_width(c->l),
                            .before = LINE_PITCH,
                            .rule = {LINE_WIDTH, colour_of(c, COLOUR_axis)}});
}
