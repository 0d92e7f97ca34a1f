#include "sheet/sheet.h"

#include <math.h>

uint32_t sheet_sides(SheetKind kind, uint32_t pages)
{
    if (kind == SHEET_TWO_UP)
        return (pages + 1) / 2;
    return (pages + 3) / 4 * 2; /* a folded sheet has four pages on its two sides */
}

void sheet_pages(SheetKind kind, uint32_t pages, uint32_t side, uint32_t half[2])
{
    if (kind == SHEET_TWO_UP) {
        half[0] = 2 * side;
        half[1] = 2 * side + 1;
        return;
    }
    /* Outermost sheet first: its front has the last page and the first, its back the second and
     * the last but one. */
    uint32_t last = (pages + 3) / 4 * 4 - 1;
    half[side % 2 == 0] = side;
    half[side % 2 != 0] = last - side;
}

static bool lies(const Page *page)
{
    return page->width > page->height;
}

/* A page that lies otherwise than the first is turned, with its head to the left, so that it fills its half
 * as the others do. None is enlarged: where it has room it keeps its size. */
static void place_page(Document *to, const Document *from, uint32_t page, float x, float width,
                       float height)
{
    if (page >= from->pages.n)
        return;
    const Page *p = &from->pages.at[page];
    bool turned = lies(p) != lies(&from->pages.at[0]);
    float across = turned ? p->height : p->width, down = turned ? p->width : p->height;
    float scale = fminf(1, fminf(width / across, height / down));
    float left = x + (width - across * scale) / 2, top = (height - down * scale) / 2;
    document_draw(to, (Draw){.kind = DRAW_PUSH,
                             .owner = ARTIFACT_LAYOUT,
                             .x = left,
                             .y = turned ? top + down * scale : top,
                             .w = scale,
                             .h = turned ? 1 : 0});
    for (uint32_t i = p->first; i < p->end; i++)
        if (from->draws.at[i].kind != DRAW_AREA)
            document_draw(to, from->draws.at[i]);
    document_draw(to, (Draw){.kind = DRAW_POP, .owner = ARTIFACT_LAYOUT});
}

Document *sheet_impose(const Document *from, SheetKind kind, SheetPaper paper)
{
    Document *to = document_new(from->words);
    uint32_t pages = document_page_count(from);
    to->tagged = false;
    to->grey = from->grey;
    to->metadata = from->metadata;
    for (size_t i = 0; i < from->images.n; i++)
        document_image(to, from->images.at[i]);
    for (uint32_t side = 0; side < sheet_sides(kind, pages); side++) {
        uint32_t half[2];
        float width = paper.height, height = paper.width;
        sheet_pages(kind, pages, side, half);
        document_page(to, width, height);
        place_page(to, from, half[0], 0, width / 2, height);
        place_page(to, from, half[1], width / 2, width / 2, height);
    }
    return to;
}
