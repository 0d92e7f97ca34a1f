/* Print sheets: every page once, where it belongs, at the right size. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "sheet/sheet.h"

#include "suites.h"

enum { MOST = 40 };

/* ---- order ---------------------------------------------------------------------------------- */

static void check_each_once(SheetKind kind, uint32_t pages)
{
    unsigned seen[MOST] = {0};
    uint32_t half[2];
    for (uint32_t side = 0; side < sheet_sides(kind, pages); side++) {
        sheet_pages(kind, pages, side, half);
        for (int i = 0; i < 2; i++)
            if (half[i] < pages)
                seen[half[i]]++;
    }
    for (uint32_t i = 0; i < pages; i++)
        ck_assert_msg(seen[i] == 1, "page %u of %u is there %u times", i + 1, pages, seen[i]);
}

START_TEST(every_page_is_there_once)
{
    for (uint32_t pages = 0; pages <= MOST; pages++) {
        check_each_once(SHEET_TWO_UP, pages);
        check_each_once(SHEET_BOOKLET, pages);
    }
}
END_TEST

START_TEST(there_are_no_more_sides_than_needed)
{
    for (uint32_t pages = 0; pages <= MOST; pages++) {
        ck_assert_uint_eq(sheet_sides(SHEET_TWO_UP, pages), pages / 2 + pages % 2);
        uint32_t sides = sheet_sides(SHEET_BOOKLET, pages);
        ck_assert_uint_eq(sides % 2, 0); /* whole sheets */
        ck_assert_uint_ge(2 * sides, pages);
        ck_assert(sides == 0 || 2 * sides < pages + 4);
    }
}
END_TEST

START_TEST(two_up_is_in_order)
{
    uint32_t next = 0, half[2];
    for (uint32_t side = 0; side < sheet_sides(SHEET_TWO_UP, MOST); side++) {
        sheet_pages(SHEET_TWO_UP, MOST, side, half);
        ck_assert_uint_eq(half[0], next++);
        ck_assert_uint_eq(half[1], next++);
    }
}
END_TEST

/* Where the leaves of a folded stack lie: leaf 0 is the left half of the first sheet's back … Folding
 * it as paper is folded gives the order in which it is read. */
static void fold(uint32_t pages, uint32_t *read)
{
    uint32_t sheets = sheet_sides(SHEET_BOOKLET, pages) / 2, n = 0;
    uint32_t front[2] = {0}, back[2] = {0};
    for (uint32_t i = 0; i < sheets; i++) { /* right halves of the fronts, from outside in */
        sheet_pages(SHEET_BOOKLET, pages, 2 * i, front);
        sheet_pages(SHEET_BOOKLET, pages, 2 * i + 1, back);
        read[n++] = front[1];
        read[n++] = back[0]; /* printed behind it: turned over the short edge */
    }
    for (uint32_t i = sheets; i-- > 0;) { /* left halves of the fronts, from inside out */
        sheet_pages(SHEET_BOOKLET, pages, 2 * i, front);
        sheet_pages(SHEET_BOOKLET, pages, 2 * i + 1, back);
        read[n++] = back[1];
        read[n++] = front[0];
    }
}

START_TEST(a_folded_booklet_reads_in_order)
{
    for (uint32_t pages = 1; pages <= MOST; pages++) {
        uint32_t read[MOST + 4] = {0};
        fold(pages, read);
        for (uint32_t i = 0; i < 2 * sheet_sides(SHEET_BOOKLET, pages); i++)
            ck_assert_uint_eq(read[i], i);
    }
}
END_TEST

START_TEST(spreads_stand_side_by_side)
{
    for (uint32_t pages = 1; pages <= MOST; pages++) {
        uint32_t sides = sheet_sides(SHEET_BOOKLET, pages), half[2] = {0};
        for (uint32_t side = 0; side < sides; side++) {
            sheet_pages(SHEET_BOOKLET, pages, side, half);
            ck_assert_uint_eq(half[0] + half[1], 2 * sides - 1);
            ck_assert_uint_eq(half[1] % 2, 0); /* odd page numbers are on the right */
        }
        ck_assert(half[1] == half[0] + 1); /* the middle is a spread */
    }
}
END_TEST

START_TEST(a_booklet_of_eight)
{
    static const uint32_t expected[][2] = {{7, 0}, {1, 6}, {5, 2}, {3, 4}};
    for (uint32_t side = 0; side < 4; side++) {
        uint32_t half[2];
        sheet_pages(SHEET_BOOKLET, 8, side, half);
        ck_assert_uint_eq(half[0], expected[side][0]);
        ck_assert_uint_eq(half[1], expected[side][1]);
    }
}
END_TEST

/* ---- what is on the sheets ------------------------------------------------------------------ */

/* Page i has a rectangle of colour i + 1, an area and a destination. */
static Document *pages_of(uint32_t pages, float width, float height)
{
    Document *d = document_new(NULL);
    Node root = document_node(d, NODE_NONE, ROLE_DOCUMENT);
    Node link = document_node(d, root, ROLE_LINK);
    d->metadata.title = document_str(d, STR("Title"));
    d->metadata.language = document_str(d, STR("da-DK"));
    for (uint32_t i = 0; i < pages; i++) {
        document_page(d, width, height);
        document_fill(d, root, 10, 20, 30, 40, i + 1);
        document_draw(d, (Draw){.kind = DRAW_AREA, .owner = link, .w = 5, .h = 5});
        document_line(d, ARTIFACT_FOOTER, 10, 70, 30, 0, 1, 0);
    }
    return d;
}

/* The rectangle that a page takes on a sheet. */
typedef struct {
    float x, y, w, h;
    uint32_t page;
} Placed;

/* Reads back one page: PUSH, what it has, POP. */
static Placed read_placed(const Document *d, uint32_t *at, float width, float height)
{
    const Draw *draw = &d->draws.at[*at];
    Placed placed = {draw->x, draw->y, draw->w * width, draw->w * height, draw[1].line.colour - 1};
    ck_assert_int_eq(draw[0].kind, DRAW_PUSH);
    ck_assert_float_eq(draw[0].h, 0); /* upright */
    ck_assert_int_eq(draw[1].kind, DRAW_FILL);
    ck_assert_float_eq(draw[1].x, 10);
    ck_assert_float_eq(draw[1].y, 20);
    ck_assert_int_eq(draw[2].kind, DRAW_LINE);
    ck_assert_int_eq(draw[3].kind, DRAW_POP);
    *at += 4;
    return placed;
}

static void check_side(const Document *from, const Document *to, SheetKind kind, uint32_t side)
{
    const Page *sheet = &to->pages.at[side], *page = &from->pages.at[0];
    uint32_t at = sheet->first, half[2];
    ck_assert_float_eq(sheet->width, page->height);
    ck_assert_float_eq(sheet->height, page->width);
    sheet_pages(kind, document_page_count(from), side, half);
    for (int i = 0; i < 2; i++) {
        if (half[i] >= document_page_count(from))
            continue;
        Placed p = read_placed(to, &at, page->width, page->height);
        float left = i ? sheet->width / 2 : 0, right = left + sheet->width / 2;
        ck_assert_uint_eq(p.page, half[i]);
        ck_assert_float_ge(p.x, left - 0.01f);
        ck_assert_float_le(p.x + p.w, right + 0.01f);
        ck_assert_float_ge(p.y, -0.01f);
        ck_assert_float_le(p.y + p.h, sheet->height + 0.01f);
        /* in the middle of its half, and as large as it can be */
        ck_assert_float_eq_tol(p.x - left, right - p.x - p.w, 0.01f);
        ck_assert_float_eq_tol(p.y, sheet->height - p.y - p.h, 0.01f);
        ck_assert(p.w > sheet->width / 2 - 0.01f || p.h > sheet->height - 0.01f);
        ck_assert_float_eq_tol(p.w / p.h, page->width / page->height, 0.0001f);
    }
    ck_assert_uint_eq(at, sheet->end);
}

static void check_sheets(uint32_t pages, float width, float height, SheetKind kind)
{
    Document *from = pages_of(pages, width, height),
             *to = sheet_impose(from, kind, (SheetPaper){width, height});
    ck_assert_uint_eq(document_page_count(to), sheet_sides(kind, pages));
    for (uint32_t side = 0; side < document_page_count(to); side++)
        check_side(from, to, kind, side);
    document_drop(to);
    document_drop(from);
}

START_TEST(pages_fill_their_halves)
{
    static const float sizes[][2] = {{595.28f, 841.89f}, {612, 792}, {300, 300}, {200, 900}};
    for (int i = 0; i < 4; i++) {
        for (uint32_t pages = 0; pages <= 9; pages++) {
            check_sheets(pages, sizes[i][0], sizes[i][1], SHEET_TWO_UP);
            check_sheets(pages, sizes[i][0], sizes[i][1], SHEET_BOOKLET);
        }
    }
}
END_TEST

/* A5 on A4: the halves are half a millimetre wider than the pages. */
START_TEST(a_page_that_has_room_keeps_its_size)
{
    static const float sizes[][2] = {{419.53f, 595.28f}, {297.64f, 419.53f}};
    for (int i = 0; i < 2; i++) {
        Document *from = pages_of(2, sizes[i][0], sizes[i][1]);
        Document *to = sheet_impose(from, SHEET_TWO_UP, (SheetPaper){595.28f, 841.89f});
        uint32_t at = 0;
        for (int half = 0; half < 2; half++) {
            Placed p = read_placed(to, &at, sizes[i][0], sizes[i][1]);
            ck_assert_float_eq_tol(p.w, sizes[i][0], 0.001f);
            ck_assert_float_eq_tol(p.h, sizes[i][1], 0.001f);
            ck_assert_float_eq_tol(p.x + p.w / 2, (0.25f + 0.5f * (float)half) * 841.89f, 0.01f);
            ck_assert_float_eq_tol(p.y + p.h / 2, 595.28f / 2, 0.01f);
        }
        document_drop(to);
        document_drop(from);
    }
}
END_TEST

/* Its head is at the left of its half, and its left side below. */
START_TEST(a_page_in_landscape_is_turned)
{
    Document *from = pages_of(1, 600, 800);
    document_page(from, 800, 600);
    document_fill(from, 0, 80, 60, 30, 40, 2);
    Document *to = sheet_impose(from, SHEET_TWO_UP, (SheetPaper){600, 800});
    uint32_t at = 0;
    read_placed(to, &at, 600, 800);
    const Draw *push = &to->draws.at[at];
    ck_assert_int_eq(push->kind, DRAW_PUSH);
    ck_assert_float_eq(push->h, 1);
    ck_assert_float_eq_tol(push->w, 400.0f / 600, 0.001f); /* halves are 400 by 600 */
    ck_assert_float_eq_tol(push->x, 400, 0.01f);
    ck_assert_float_le(push->y, 600 + 0.01f);
    ck_assert_float_ge(push->y - 800 * push->w, -0.01f);
    document_drop(to);
    document_drop(from);
}
END_TEST

START_TEST(sheets_have_no_structure)
{
    Document *from = pages_of(5, 400, 600),
             *to = sheet_impose(from, SHEET_BOOKLET, (SheetPaper){400, 600});
    ck_assert(from->tagged && !to->tagged);
    ck_assert_uint_eq(to->nodes.n, 0);
    ck_assert_uint_eq(to->outline.n, 0);
    ck_assert_uint_eq(to->destinations.n, 0);
    ck_assert(str_equal(to->metadata.title, STR("Title")));
    ck_assert(str_equal(to->metadata.language, STR("da-DK")));
    for (size_t i = 0; i < to->draws.n; i++)
        ck_assert_int_ne(to->draws.at[i].kind, DRAW_AREA);
    document_drop(to);
    document_drop(from);
}
END_TEST

START_TEST(pictures_keep_their_numbers)
{
    Image images[3] = {
        {.width = 1, .height = 1}, {.width = 2, .height = 2}, {.width = 3, .height = 3}};
    Document *from = pages_of(3, 400, 600);
    for (int i = 2; i >= 0; i--) {
        Draw draw = {.kind = DRAW_IMAGE, .owner = ARTIFACT_LAYOUT};
        draw.image = document_image(from, &images[i]);
        document_draw(from, draw);
    }
    Document *to = sheet_impose(from, SHEET_TWO_UP, (SheetPaper){400, 600});
    int next = 2;
    for (size_t i = 0; i < to->draws.n; i++)
        if (to->draws.at[i].kind == DRAW_IMAGE)
            ck_assert_ptr_eq(to->images.at[to->draws.at[i].image], &images[next--]);
    ck_assert_int_eq(next, -1);
    document_drop(to);
    document_drop(from);
}
END_TEST

Suite *sheet_suite(void)
{
    Suite *suite = suite_create("sheet");
    TCase *tests = tcase_create("sheet");
    tcase_add_test(tests, every_page_is_there_once);
    tcase_add_test(tests, there_are_no_more_sides_than_needed);
    tcase_add_test(tests, two_up_is_in_order);
    tcase_add_test(tests, a_folded_booklet_reads_in_order);
    tcase_add_test(tests, spreads_stand_side_by_side);
    tcase_add_test(tests, a_booklet_of_eight);
    tcase_add_test(tests, pages_fill_their_halves);
    tcase_add_test(tests, a_page_that_has_room_keeps_its_size);
    tcase_add_test(tests, a_page_in_landscape_is_turned);
    tcase_add_test(tests, sheets_have_no_structure);
    tcase_add_test(tests, pictures_keep_their_numbers);
    suite_add_tcase(suite, tests);
    return suite;
}
