/* What a report's text becomes: the model, field by field. What is said of wrong text: the goldens. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

#include "report_support.h"
#include "suites.h"

static Kit kit;
static ReportKit reports;
static Report *report;

static void begin(void)
{
    kit_open(&kit, 1);
    report_kit_open(&reports, &kit);
    report = NULL;
}

static void end(void)
{
    if (report)
        report_drop(report);
    report_kit_close(&reports);
    kit_close(&kit);
}

#define HEAD "---\ntitle: T\n---\n"

/* ---- front matter --------------------------------------------------------------------------- */

START_TEST(front_matter)
{
    report = report_of(&reports, "---\n"
                                 "title: \"A title: with a colon?\"\n"
                                 "short-title: Short\n"
                                 "genre: Orientering\n"
                                 "committee: Udvalget\n"
                                 "date: 2012-09-09\n"
                                 "modified: 2012-09-10\n"
                                 "period: 2012-08-27/2012-08-30\n"
                                 "case-number: 0012\n"
                                 "document-number: '7'\n"
                                 "meeting: {date: 2012-09-20, item: 4}\n"
                                 "sender:\n"
                                 "  organisation: Kommunen\n"
                                 "  unit: Sekretariatet\n"
                                 "  address: [En vej 1, 9999 By]\n"
                                 "  phone: 12 34\n"
                                 "  email: a@example.org\n"
                                 "  ean: 579\n"
                                 "language: en\n"
                                 "summary: >-\n"
                                 "  Two\n"
                                 "  lines.\n"
                                 "status: draft\n"
                                 "version: 2\n"
                                 "layouts: [committee-pack]\n"
                                 "---\n"
                                 "# Theme: One\n\nText.\n");
    check_str(report->title, "A title: with a colon?");
    check_str(report->short_title, "Short");
    check_str(report->genre, "Orientering");
    check_str(report->committee, "Udvalget");
    check_str(report->case_number, "0012");
    check_str(report->document_number, "7");
    check_str(report->meeting_item, "4");
    check_str(report->summary, "Two lines.");
    check_str(report->version, "2");
    check_str(report->sender.unit, "Sekretariatet");
    check_str(report->sender.phone, "12 34");
    ck_assert_uint_eq(report->sender.address_lines, 2);
    check_str(report->sender.address[1], "9999 By");
    ck_assert_int_eq(report->date.day, 9);
    ck_assert_int_eq(report->modified.day, 10);
    ck_assert_int_eq(report->period_to.day, 30);
    ck_assert_int_eq(report->meeting_date.month, 9);
    ck_assert(report->draft);
    ck_assert_uint_eq(report->layouts, 1);
    check_str(report->layout[0], "committee-pack");
    ck_assert_ptr_eq(report->terms, reports.english);
    ck_assert_int_eq(report->section[0].kind, SECTION_THEME);
}
END_TEST

START_TEST(little_is_required)
{
    report = report_of(&reports, "---\ntitle: 7\n---\nText.\n");
    check_str(report->title, "7");
    ck_assert(!date_given(report->date) && !report->draft);
    ck_assert_uint_eq(report->committee.n, 0);
    ck_assert_uint_eq(report->sections, 1);
    ck_assert_int_eq(report->section[0].kind, SECTION_COMMON);
}
END_TEST

START_TEST(a_byte_order_mark_and_line_ends_of_windows)
{
    report =
        report_of(&reports, "\xEF\xBB\xBF---\r\ntitle: T\r\n---\r\n# Tema: A\r\n\r\nEt\r\nto.\r\n");
    check_str(report->title, "T");
    check_inlines(&kit, report->section[0].title, "A");
    check_inlines(&kit, report->section[0].blocks->inlines, "Et to.");
}
END_TEST

/* ---- sections ------------------------------------------------------------------------------- */

START_TEST(sections_know_what_they_are)
{
    report = report_of(&reports, HEAD "# Kort fortalt\n\nA.\n\n"
                                      "# Baggrund {#bag}\n\nB.\n\n"
                                      "# TEMA: Et & to {#et date=2012-08-28}\n\nC.\n\n"
                                      "# Tema: Lukket {.lukket}\n\nD.\n");
    ck_assert_uint_eq(report->sections, 4);
    ck_assert_int_eq(report->section[0].kind, SECTION_SUMMARY);
    ck_assert_int_eq(report->section[1].kind, SECTION_COMMON);
    check_str(report->section[1].id, "bag");
    ck_assert_int_eq(report->section[2].kind, SECTION_THEME);
    check_inlines(&kit, report->section[2].title, "Et & to");
    check_str(report->section[2].id, "et");
    ck_assert(report->section[3].closed && !report->section[2].closed);
    check_str(report->section[3].id, "lukket");
    ck_assert_uint_eq(report->section[2].pos.line, 12);
}
END_TEST

static const Block *block(size_t section, size_t i)
{
    const Block *b = report->section[section].blocks;
    while (i-- > 0 && b)
        b = b->next;
    ck_assert_ptr_nonnull(b);
    return b;
}

START_TEST(visits_hold_what_follows)
{
    report = report_of(
        &reports,
        HEAD "# Tema: T\n\nL.\n\n"
             "## Bes\xC3\xB8g: Stedet {#s place=\"By, land\" date=2012-08-28 contact=\"A. B.\"}\n\n"
             "En.\n\n### Bes\xC3\xB8g: Et stop\n\nTo.\n\n"
             "## M\xC3\xB8"
             "de: Andet\n\nTre.\n\n## Andet\n\nFire.\n");
    const Block *visit = block(0, 1), *meeting = block(0, 2);
    ck_assert_int_eq(visit->kind, BLOCK_VISIT);
    check_inlines(&kit, visit->inlines, "Stedet");
    check_str(visit->visit->place, "By, land");
    check_str(visit->visit->contact, "A. B.");
    ck_assert_int_eq(visit->visit->date.day, 28);
    ck_assert(!visit->visit->meeting && !visit->visit->stop);
    check_inlines(&kit, visit->children->inlines, "En.");
    const Block *stop = visit->children->next;
    ck_assert(stop->kind == BLOCK_VISIT && stop->visit->stop);
    check_inlines(&kit, stop->children->inlines, "To.");
    ck_assert(meeting->visit->meeting);
    ck_assert_int_eq(block(0, 3)->kind, BLOCK_HEADING);
    ck_assert_int_eq(block(0, 3)->level, 2);
    check_inlines(&kit, block(0, 4)->inlines, "Fire.");
}
END_TEST

START_TEST(closed_is_inherited)
{
    report = report_of(&reports, HEAD "# A\n\nx\n\n## Lukket {.lukket}\n\ny\n\n### Under\n\nz\n\n"
                                      "## \xC3\x85"
                                      "bent\n\nw\n\n> [!LUKKET] Lov\n> v\n");
    ck_assert(!block(0, 0)->closed);
    for (size_t i = 1; i < 5; i++)
        ck_assert_msg(block(0, i)->closed, "%zu", i);
    ck_assert(!block(0, 5)->closed && !block(0, 6)->closed);
    ck_assert(block(0, 7)->closed);
}
END_TEST

/* ---- text ----------------------------------------------------------------------------------- */

static const Inline *nth(const Inline *in, size_t i)
{
    while (i-- > 0 && in)
        in = in->next;
    ck_assert_ptr_nonnull(in);
    return in;
}

START_TEST(inlines_have_their_kinds)
{
    report = report_of(&reports, HEAD "# A {#a}\n\n**f***k*~~s~~`c`[l](#a)[ord]{lang=en}<br>x\n");
    static const InlineKind kinds[] = {INLINE_STRONG,     INLINE_EMPHASIS, INLINE_STRIKE,
                                       INLINE_CODE,       INLINE_LINK,     INLINE_SPAN,
                                       INLINE_LINE_BREAK, INLINE_TEXT};
    const Inline *in = block(0, 0)->inlines;
    for (size_t i = 0; i < 8; i++, in = in->next)
        ck_assert_msg(in && in->kind == kinds[i], "%zu", i);
    in = block(0, 0)->inlines;
    check_str(nth(in, 4)->target, "#a");
    check_str(nth(in, 5)->language, "en");
    ck_assert_uint_eq(nth(in, 4)->pos.column, 17);
}
END_TEST

START_TEST(words_behind_marks_have_attributes)
{
    report = report_of(&reports,
                       HEAD "# A {#a}\n\n**f**{lang=en}`c`{lang=\"de\"} [l](#a){lang=en}x "
                            "*k*{0} *k*\\{lang=en}\n");
    static const InlineKind kinds[] = {INLINE_STRONG, INLINE_CODE, INLINE_TEXT, INLINE_LINK};
    const Inline *in = block(0, 0)->inlines;
    for (size_t i = 0; i < 4; i++, in = in->next) {
        const Inline *marked = kinds[i] == INLINE_TEXT ? in : in->children;
        ck_assert_int_eq(marked->kind, kinds[i]);
        ck_assert_ptr_null(kinds[i] == INLINE_TEXT ? NULL : marked->next);
    }
    in = block(0, 0)->inlines;
    check_str(nth(in, 0)->language, "en");
    check_str(nth(in, 1)->language, "de");
    ck_assert_uint_eq(nth(in, 3)->pos.column, 30);
    check_inlines(&kit, in, "fc lx k{0} k{lang=en}");
}
END_TEST

START_TEST(several_figures_are_cited_at_once)
{
    report = report_of(&reports,
                       HEAD "# Tema: T {#t}\n\n[@A1;@B2] [@A1; @B2;\n@A1] \\[@A1; @B2]\n\n"
                            "## N\xC3\xB8gletal\n\n| Id | N\xC3\xB8gletal | V\xC3\xA6rdi |\n"
                            "|---|---|---|\n| A1 | Et | 5 |\n| B2 | To | 7 |\n");
    const Inline *in = block(0, 0)->inlines;
    check_inlines(&kit, in, "5 og 7 5, 7 og 5 [@A1; @B2]");
    ck_assert_uint_eq(nth(in, 0)->pos.column, 1);
    check_str(nth(in, 2)->text, "B2");
    ck_assert_uint_eq(nth(in, 2)->pos.column, 6);
    ck_assert_uint_eq(nth(in, 8)->pos.line, 7);
    ck_assert_uint_eq(nth(in, 8)->pos.column, 1);
}
END_TEST

START_TEST(places_behind_a_broken_line_are_right)
{
    report = report_of(&reports, HEAD "# A {#a}\n\nen\\\nto [l](#a)\\\n  tre [m](#a)\n");
    const Inline *in = block(0, 0)->inlines;
    size_t links = 0;
    for (; in; in = in->next)
        if (in->kind == INLINE_LINK) {
            ck_assert_uint_eq(in->pos.line, links ? 8 : 7);
            ck_assert_uint_eq(in->pos.column, links ? 7 : 4);
            links++;
        }
    ck_assert_uint_eq(links, 2);
}
END_TEST

START_TEST(notes_are_apart_from_their_marks)
{
    report = report_of(&reports,
                       HEAD "# A[^b] {#a}\n\nx[^a], y[^b].\n\n- z[^c]\n\n"
                            "[^a]: En, se[^d].\n\n    To.\n\n[^b]: B.\n[^c]: C.\n[^d]: D.\n");
    static const char *const labels[] = {"b", "a", "c", "d"};
    ck_assert_uint_eq(report->notes, 4);
    for (size_t i = 0; i < 4; i++) {
        check_str(report->note[i]->label, labels[i]);
        ck_assert_uint_eq(report->note[i]->index, i);
    }
    check_inlines(&kit, report->section[0].title, "A");
    const Note *a = report->note[1];
    ck_assert_uint_eq(a->pos.line, 10);
    ck_assert_uint_eq(a->pos.column, 1);
    check_inlines(&kit, a->blocks->inlines, "En, se.");
    check_inlines(&kit, a->blocks->next->inlines, "To.");
    const Inline *in = block(0, 0)->inlines;
    ck_assert_int_eq(nth(in, 1)->kind, INLINE_NOTE);
    ck_assert_ptr_eq(nth(in, 1)->note, a);
    ck_assert_ptr_eq(nth(in, 3)->note, report->note[0]);
    ck_assert_uint_eq(nth(in, 3)->pos.column, 9);
}
END_TEST

START_TEST(lists_know_their_tasks_and_marks)
{
    report = report_of(&reports, HEAD "# A {#a}\n\n3) et\n4) to\n\n- [x] tre\n- [ ] fire\n- fem\n");
    ck_assert(block(0, 0)->list.ordered && block(0, 0)->list.parenthesis);
    ck_assert_int_eq(block(0, 0)->list.start, 3);
    const Block *item = block(0, 1)->children;
    ck_assert_int_eq(item->task, TASK_DONE);
    check_inlines(&kit, item->children->inlines, "tre");
    ck_assert_int_eq(item->next->task, TASK_OPEN);
    ck_assert_int_eq(item->next->next->task, TASK_NONE);
}
END_TEST

START_TEST(tags_with_a_meaning_are_read)
{
    report = report_of(&reports,
                       HEAD "# A {#a}\n\nx<SUP>*y*</SUP><sub>2</sub><kbd>a b</kbd><br/>"
                            "<strong>[@K1]</strong>\n\n## N\xC3\xB8gletal\n\n"
                            "| Id | N\xC3\xB8gletal | V\xC3\xA6rdi |\n|-|-|-|\n| K1 | a | 1 |\n");
    static const InlineKind kinds[] = {INLINE_TEXT, INLINE_SUPER,      INLINE_SUB,
                                       INLINE_CODE, INLINE_LINE_BREAK, INLINE_STRONG};
    const Inline *in = block(0, 0)->inlines;
    for (size_t i = 0; i < 6; i++)
        ck_assert_int_eq(nth(in, i)->kind, kinds[i]);
    ck_assert_int_eq(nth(in, 1)->children->kind, INLINE_EMPHASIS);
    check_str(nth(in, 3)->text, "a b");
    ck_assert_int_eq(nth(in, 5)->children->kind, INLINE_FIGURE);
}
END_TEST

START_TEST(captions_stand_over_or_under)
{
    report = report_of(&reports, HEAD "# A {#a}\n\nTabel: Over {#o}\n\n| a |\n|-|\n| b |\n\n"
                                      "| c |\n|-|\n| d |\n\nTabel: Under\nto linjer {#u}\n\n"
                                      "![x](y.png \"Titel\")\n\nSlut.\n");
    check_inlines(&kit, block(0, 0)->table->caption, "Over");
    check_str(block(0, 0)->id, "o");
    check_inlines(&kit, block(0, 1)->table->caption, "Under to linjer");
    check_inlines(&kit, block(0, 2)->caption, "Titel");
    ck_assert_int_eq(block(0, 3)->kind, BLOCK_PARAGRAPH);
}
END_TEST

START_TEST(captions_end_at_their_attributes_and_at_a_note)
{
    report =
        report_of(&reports, HEAD
                  "# A {#a}\n\n| a |\n|-|\n| b |\n\nTabel: Under {#u}\n"
                  "Kilde: os\nNote: to\nlinjer\n\nTabel: Over *to*\nlinjer\n"
                  "Kilde: dem\n\n| c |\n|-|\n| d |\n\nKilde: igen\n\n![x](y.png)\n\n"
                  "Figur: Billede {#f}\nmere\n\n| e |\n|-|\n| f |\n\nTabel: Brudt  \nKilde: z\n");
    check_inlines(&kit, block(0, 0)->table->caption, "Under");
    check_str(block(0, 0)->id, "u");
    check_inlines(&kit, block(0, 1)->inlines, "Kilde: os");
    check_inlines(&kit, block(0, 2)->inlines, "Note: to linjer");
    check_inlines(&kit, block(0, 3)->table->caption, "Over to linjer");
    check_inlines(&kit, block(0, 4)->inlines, "Kilde: dem");
    check_inlines(&kit, block(0, 5)->inlines, "Kilde: igen");
    check_inlines(&kit, block(0, 6)->caption, "Billede");
    check_inlines(&kit, block(0, 7)->inlines, "mere");
    check_inlines(&kit, block(0, 8)->table->caption, "Brudt");
    check_inlines(&kit, block(0, 9)->inlines, "Kilde: z");
    ck_assert_ptr_null(block(0, 9)->next);
}
END_TEST

#define TABLE(word) "| a |\n|-|\n| " word " |\n\n"
#define CAPTION(word) "Tabel: " word "\n\n"

/* Whether each table has the caption that its cell says; a cell "-" has none. */
static void check_captions(const char *text)
{
    if (report)
        report_drop(report);
    report = report_of(&reports, text);
    for (const Block *b = block(0, 0); b; b = b->next) {
        if (b->kind != BLOCK_TABLE)
            continue;
        Str cell = b->table->cell[1].inlines->text;
        ck_assert_int_eq(!b->table->caption, str_equal(cell, STR("-")));
        if (b->table->caption)
            ck_assert(str_equal(cell, b->table->caption->text));
    }
}

START_TEST(captions_of_a_run_of_tables_go_to_the_right_ones)
{
    check_captions(HEAD "# A\n\n" CAPTION("1") TABLE("1") CAPTION("2") TABLE("2") CAPTION("3")
                       TABLE("3"));
    check_captions(HEAD "# A\n\n" TABLE("1") CAPTION("1") TABLE("2") CAPTION("2"));
    check_captions(HEAD "# A\n\n" CAPTION("1") TABLE("1") TABLE("2") CAPTION("2"));
    check_captions(HEAD "# A\n\n" TABLE("1") CAPTION("1") CAPTION("2") TABLE("2"));
    check_captions(HEAD "# A\n\n" CAPTION("1") TABLE("1") TABLE("-") "> Citat\n\n" CAPTION("3")
                       TABLE("3"));
    check_captions(HEAD "# A\n\n" CAPTION("1") TABLE("1") "Kilde: B\n\n" CAPTION("2") TABLE("2"));
    check_captions(HEAD "# A\n\n" TABLE("-") "<!-- -->\n\n" CAPTION("2") TABLE("2"));
    check_captions(HEAD "# A\n\n" TABLE("1") CAPTION("1") "<!-- -->\n\n" TABLE("-"));
    char *said = report_said(&reports);
    ck_assert_ptr_null(strstr(said, "caption"));
    free(said);
}
END_TEST

START_TEST(captions_of_a_run_of_pictures_go_to_the_right_ones)
{
    report = report_of(&reports,
                       HEAD "# A\n\nFigur: 1\n\n![x](y.png)\n\nFigur: 2\n\n"
                            "![x](y.png)\n\n" CAPTION("3")
                                TABLE("3") "![x](y.png \"4\")\n\nFigur: 5\n\n![x](y.png)\n");
    check_inlines(&kit, block(0, 0)->caption, "1");
    check_inlines(&kit, block(0, 1)->caption, "2");
    check_inlines(&kit, block(0, 2)->table->caption, "3");
    check_inlines(&kit, block(0, 3)->caption, "4");
    check_inlines(&kit, block(0, 4)->caption, "5");
}
END_TEST

START_TEST(a_caption_between_two_tables_without_another_is_told)
{
    report = report_of(&reports,
                       HEAD "# A\n\n" TABLE("a") CAPTION("a") TABLE("b") CAPTION("b") TABLE("-"));
    check_inlines(&kit, block(0, 0)->table->caption, "a");
    check_inlines(&kit, block(0, 1)->table->caption, "b");
    ck_assert_ptr_null(block(0, 2)->table->caption);
    char *said = report_said(&reports);
    const char *told = strstr(said, "this caption may belong to what stands above it or below it");
    ck_assert_ptr_nonnull(strstr(said, "10:1: advice: this caption"));
    ck_assert(told && !strstr(told + 1, "this caption"));
    free(said);
}
END_TEST

START_TEST(key_figures_are_read_and_referred_to)
{
    report = report_of(&reports, HEAD "# Tema: T {#t}\n\nDer er [@\xC3\x86"
                                      "2].\n\n## N\xC3\xB8gletal\n\n"
                                      "| Kilde | Id | N\xC3\xB8gletal | V\xC3\xA6rdi | Enhed |\n"
                                      "|---|---|---|---|---|\n"
                                      "| A | K1 | Et | ca. 5 | \xC3\xA5r |\n"
                                      "| | \xC3\x86"
                                      "2 | To | 7,5 | pct. |\n");
    ck_assert_uint_eq(report->figures, 2);
    check_str(report->figure[0].source, "A");
    check_str(report->figure[0].value.precision, "ca.");
    check_str(report->figure[1].unit, "pct.");
    ck_assert_uint_eq(report->figure[1].pos.line, 13);
    ck_assert_ptr_eq(report_figure(report, STR("\xC3\x86"
                                               "2")),
                     &report->figure[1]);
    ck_assert_ptr_null(report_figure(report, STR("K3")));
    const Inline *in = block(0, 0)->inlines;
    while (in->kind != INLINE_FIGURE)
        in = in->next;
    ck_assert_ptr_eq(in->figure, &report->figure[1]);
    check_inlines(&kit, block(0, 0)->inlines, "Der er 7,5\xC2\xA0pct..");
    ck_assert_int_eq(block(0, 1)->kind, BLOCK_KEY_FIGURES);
}
END_TEST

START_TEST(recommendations_are_read)
{
    report = report_of(&reports, HEAD "# Tema: T {#t}\n\nL.\n\n## Anbefalinger\n\n"
                                      "1. **G\xC3\xB8r det.** Fordi.\n"
                                      "   Oprindelse: udledt\n"
                                      "   Grundlag: [t](#t)\n"
                                      "   Ansvarlig: Nogen\n"
                                      "   Frist: 2013-01-31\n"
                                      "   \xC3\x98konomi: kr\xC3\xA6ver ressourcer\n"
                                      "   Status: i gang\n"
                                      "2. **Og det.**\n"
                                      "   Oprindelse: udtalt\n"
                                      "   Grundlag: [t](#t)\n"
                                      "   Frist: snarest\n");
    ck_assert_uint_eq(report->recommendations, 2);
    const Recommendation *r = report->recommendation;
    check_inlines(&kit, r->lead, "G\xC3\xB8r det.");
    check_inlines(&kit, r->text, "Fordi.");
    ck_assert_int_eq(r->origin, ORIGIN_DERIVED);
    check_str(r->responsible, "Nogen");
    ck_assert_int_eq(r->deadline_date.day, 31);
    ck_assert_int_eq(r->economy, ECONOMY_NEEDS);
    ck_assert(r->ongoing);
    ck_assert_int_eq(r[1].origin, ORIGIN_STATED);
    ck_assert(!date_given(r[1].deadline_date));
    check_str(r[1].deadline, "snarest");
    ck_assert_int_eq(r[1].economy, ECONOMY_NONE);
}
END_TEST

START_TEST(fields_have_several_words)
{
    report = report_of(&reports, HEAD "# Tema: T {#t}\n\nL.\n\n## Anbefalinger\n\n"
                                      "1. **G\xC3\xB8r det.**\n"
                                      "   Basis: [t](#t)\n"
                                      "   Ansvar: Nogen\n"
                                      "   Deadline: 1. maj 2026\n"
                                      "   Finansiering: inden for rammen\n");
    const Recommendation *r = report->recommendation;
    ck_assert_ptr_null(r->text);
    ck_assert_ptr_nonnull(r->basis);
    check_str(r->responsible, "Nogen");
    ck_assert_int_eq(r->deadline_date.month, 5);
    ck_assert_int_eq(r->economy, ECONOMY_WITHIN);
}
END_TEST

START_TEST(tables_know_their_shape)
{
    report = report_of(&reports,
                       HEAD "# A\n\nx\n\n| N | B | |\n|--|--:|:-:|\n| a | 1 |\n| b | 2 | c |\n\n"
                            "Tabel: Navn {#n rows=plain}\n");
    const Block *b = block(0, 1);
    ck_assert_int_eq(b->kind, BLOCK_TABLE);
    ck_assert_uint_eq(b->table->rows, 3);
    ck_assert_uint_eq(b->table->columns, 3);
    ck_assert_int_eq(b->table->align[1], COLUMN_RIGHT);
    ck_assert_int_eq(b->table->align[2], COLUMN_CENTRE);
    check_inlines(&kit, b->table->cell[3 + 1].inlines, "1");
    ck_assert_ptr_null(b->table->cell[3 + 2].inlines);
    ck_assert(!b->table->row_heads);
    check_inlines(&kit, b->table->caption, "Navn");
    check_str(b->id, "n");
}
END_TEST

START_TEST(ids_are_made_of_words_and_kept_apart)
{
    report = report_of(&reports, HEAD
                       "# Tema: En \xC3\xB8\n\nx\n\n## En \xC3\xB8\n\ny\n\n## En \xC3\xB8\n\nz\n");
    check_str(report->section[0].id, "en-oe");
    ck_assert(!str_equal(block(0, 1)->id, report->section[0].id));
    ck_assert(!str_equal(block(0, 1)->id, block(0, 3)->id));
    ck_assert(block(0, 1)->id.n && block(0, 3)->id.n);
}
END_TEST

START_TEST(names_are_made_of_captions_and_headings)
{
    report = report_of(
        &reports,
        HEAD "# Tema: Vand {#v}\n\nx\n\n## Set\n\n| A |\n|---|\n| b |\n\nTabel: En *god* ting\n\n"
             "| A |\n|---|\n| b |\n\n# Tema: Jord {#j}\n\nx\n\n## Set\n\n| A |\n|---|\n| b |\n\n"
             "Tabel: En god ting\n\n| A |\n|---|\n| b |\n\nTabel: Se {#given}\n\n"
             "| A |\n|---|\n| b |\n\nTabel: Set\n");
    check_str(block(0, 1)->id, "set");
    check_str(block(0, 2)->name, "en-god-ting");
    check_str(block(0, 2)->id, "");
    check_str(block(0, 3)->name, "tabel-set");
    check_str(block(1, 1)->id, "set-j");
    check_str(block(1, 2)->name, "en-god-ting-set-j");
    check_str(block(1, 3)->name, "given");
    check_str(block(1, 4)->name, "set-set-j");
}
END_TEST

START_TEST(names_are_made_of_the_beginning_of_a_long_caption)
{
    report = report_of(
        &reports, HEAD
        "# Tema: Vand {#v}\n\nx\n\n| A |\n|---|\n| b |\n\nTabel: Halvtreds Halvtreds Halvtreds "
        "Halvtreds Halvtreds Halvtreds Halvtreds\n");
    check_str(block(0, 1)->name, "halvtreds-halvtreds-halvtreds-halvtreds-halvtreds-halvtreds");
}
END_TEST

/* ---- whatever comes ------------------------------------------------------------------------- */

static void mutate(StrBuf *text, Random *random)
{
    static const char *const pieces[] = {"#", "\n\n",  "|",    "[",  "](",    "{",  "}",
                                         "`", "```\n", "> [!", "@K", "---\n", "\\", "\xC3",
                                         "*", "1. ",   "- ",   "\t", "<",     ":"};
    for (uint32_t n = 1 + random_below(random, 6); n > 0 && text->n > 10; n--) {
        size_t at = random_below(random, (uint32_t)text->n);
        size_t length = random_below(random, 60) % (text->n - at);
        switch (random_below(random, 4)) {
        case 0: /* without a stretch */
            memmove(text->p + at, text->p + at + length, text->n - at - length);
            text->n -= length;
            break;
        case 1:
            text->p[at] = (char)random_next(random);
            break;
        case 2: /* cut short */
            text->n = random_once_in(random, 8) ? at : text->n;
            break;
        default: {
            const char *piece = pieces[random_below(random, 20)];
            StrBuf out = {0};
            strbuf_add(&out, text->p, at);
            strbuf_add_text(&out, piece);
            strbuf_add(&out, text->p + at, text->n - at);
            strbuf_drop(text);
            *text = out;
        }
        }
    }
}

START_TEST(mutations_are_read_or_refused)
{
    StrBuf london = {0};
    Random random = {11};
    ck_assert_int_eq(file_read("data/studietur-london-2012/report.md", 1 << 20, &london), 0);
    for (int i = 0; i < 150; i++) {
        Diags *before = kit.diags;
        kit.diags = diags_new();
        StrBuf text = {0};
        strbuf_add_str(&text, strbuf_str(&london));
        mutate(&text, &random);
        Report *made = report_of_bytes(&reports, strbuf_str(&text));
        if (made)
            report_check(made, kit.diags);
        MUST(made || diags_count(kit.diags, DIAG_ERROR) > 0);
        for (size_t k = 0; diags_message(kit.diags, k); k++)
            MUST(*diags_message(kit.diags, k));
        if (made)
            report_drop(made);
        free(report_said(&reports));
        strbuf_drop(&text);
        diags_drop(kit.diags);
        kit.diags = before;
    }
    strbuf_drop(&london);
}
END_TEST

/* They may go on in another line, and stand further out than columns are counted. */
START_TEST(attributes_have_places)
{
    StrBuf text = {0};
    strbuf_add_text(&text, HEAD "# A\n\nEt [ord]{lang=en\nnope=1}.\n\n## ");
    for (int i = 0; i < UINT16_MAX; i++)
        strbuf_add_char(&text, 'a');
    strbuf_add_text(&text, " {#b nope=1}\n");
    Report *made = report_of_bytes(&reports, strbuf_str(&text));
    ck_assert_str_eq(diags_message(kit.diags, 0), "unknown attribute 'nope'");
    ck_assert_uint_eq(diags_pos(kit.diags, 0).line, 7);
    ck_assert_uint_eq(diags_pos(kit.diags, 0).column, 1);
    ck_assert_uint_eq(diags_pos(kit.diags, 1).line, 9);
    ck_assert_uint_eq(diags_pos(kit.diags, 1).column, UINT16_MAX);
    report_drop(made);
    strbuf_drop(&text);
}
END_TEST

START_TEST(deep_nesting_has_an_end)
{
    StrBuf text = {0};
    strbuf_add_text(&text, HEAD "# A\n\n");
    for (int i = 0; i < 3000; i++)
        strbuf_add_text(&text, "> ");
    strbuf_add_text(&text, "x\n\n");
    for (int i = 0; i < 3000; i++)
        strbuf_add_text(&text, "[");
    for (int i = 0; i < 3000; i++)
        strbuf_add_text(&text, "*a **b ");
    Report *made = report_of_bytes(&reports, strbuf_str(&text));
    ck_assert(made || diags_count(kit.diags, DIAG_ERROR) > 0);
    if (made)
        report_drop(made);
    strbuf_drop(&text);
}
END_TEST

Suite *reader_suite(void)
{
    Suite *suite = suite_create("reader");
    TCase *tests = tcase_create("reader");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, front_matter);
    tcase_add_test(tests, little_is_required);
    tcase_add_test(tests, a_byte_order_mark_and_line_ends_of_windows);
    tcase_add_test(tests, sections_know_what_they_are);
    tcase_add_test(tests, visits_hold_what_follows);
    tcase_add_test(tests, closed_is_inherited);
    tcase_add_test(tests, inlines_have_their_kinds);
    tcase_add_test(tests, words_behind_marks_have_attributes);
    tcase_add_test(tests, several_figures_are_cited_at_once);
    tcase_add_test(tests, places_behind_a_broken_line_are_right);
    tcase_add_test(tests, notes_are_apart_from_their_marks);
    tcase_add_test(tests, lists_know_their_tasks_and_marks);
    tcase_add_test(tests, tags_with_a_meaning_are_read);
    tcase_add_test(tests, captions_stand_over_or_under);
    tcase_add_test(tests, captions_end_at_their_attributes_and_at_a_note);
    tcase_add_test(tests, captions_of_a_run_of_tables_go_to_the_right_ones);
    tcase_add_test(tests, captions_of_a_run_of_pictures_go_to_the_right_ones);
    tcase_add_test(tests, a_caption_between_two_tables_without_another_is_told);
    tcase_add_test(tests, key_figures_are_read_and_referred_to);
    tcase_add_test(tests, recommendations_are_read);
    tcase_add_test(tests, fields_have_several_words);
    tcase_add_test(tests, tables_know_their_shape);
    tcase_add_test(tests, ids_are_made_of_words_and_kept_apart);
    tcase_add_test(tests, names_are_made_of_captions_and_headings);
    tcase_add_test(tests, names_are_made_of_the_beginning_of_a_long_caption);
    tcase_add_test(tests, mutations_are_read_or_refused);
    tcase_add_test(tests, attributes_have_places);
    tcase_add_test(tests, deep_nesting_has_an_end);
    suite_add_tcase(suite, tests);
    return suite;
}
