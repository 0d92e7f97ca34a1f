/* Tagged PDFs, whoever wrote them, and what is said of them. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "aloud/aloud.h"
#include "base/file.h"
#include "base/mem.h"

#include "suites.h"

static Arena arena;
static Diags *diags;
static const AloudWords *words;
static StrBuf pdf, said;

static const AloudWords *words_of(const char *path)
{
    StrBuf text = {0};
    ck_assert_int_eq(file_read(path, 1 << 20, &text), 0);
    const AloudWords *read =
        words_read(&arena, diags, diags_file(diags, path, NULL, 0), strbuf_str(&text));
    strbuf_drop(&text);
    return read;
}

static void begin(void)
{
    arena = (Arena){0};
    diags = diags_new();
    words = words_of("layouts/aloud/da.yaml");
    ck_assert_ptr_nonnull(words);
}

static void end(void)
{
    strbuf_drop(&pdf);
    strbuf_drop(&said);
    pdf = said = (StrBuf){0};
    diags_drop(diags);
    arena_drop(&arena);
}

/* ---- PDFs: a page, its content, and the structure's root as object 5; the font is object 6 ---------- */

#define FONT                                                                                       \
    "6 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n"

#define TRAILER "trailer<</Root 1 0 R>>\n"

static void add_stream(int number, const char *dict, const char *data)
{
    strbuf_addf(&pdf, "%d 0 obj<<%s/Length %zu>>stream\n%s\nendstream endobj\n", number, dict,
                strlen(data), data);
}

static void make(const char *content, const char *objects)
{
    strbuf_clear(&pdf);
    strbuf_add_text(
        &pdf, "%PDF-1.7\n"
              "1 0 obj<</Type/Catalog/Pages 2 0 R/Lang(da-DK)/StructTreeRoot 5 0 R>>endobj\n"
              "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
              "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources"
              "<</Font<</F 6 0 R>>/XObject<</X 7 0 R>>/Properties<</Q<</MCID 0>>>>>>>>endobj\n");
    add_stream(4, "", content);
    strbuf_add_text(&pdf, objects);
    strbuf_add_text(&pdf, TRAILER);
}

/* Adds an object behind those that were made. */
static void add_more(int number, const char *dict, const char *data)
{
    pdf.n -= strlen(TRAILER);
    add_stream(number, dict, data);
    strbuf_add_text(&pdf, TRAILER);
}

static void add_line(void *context, const AloudLine *line)
{
    TaggedPdf *document = context;
    voice_text(&said, line, words, document->language);
}

/* All that is said, but for the first line, which tells of the document, and the blank one behind it. */
static const char *read_pages(const char *range, TaggedPdf *document)
{
    AloudPages pages = {NULL, 0};
    if (range)
        ck_assert(aloud_parse_pages(str_from(range), &pages));
    ck_assert_int_eq(tagged_read(document, strbuf_str(&pdf)), TAGGED_GOOD);
    strbuf_clear(&said);
    aloud_read(document, words, &pages, (AloudSink){add_line, document});
    mem_free(pages.range);
    const char *rest = strchr(said.p, '\n') + 1;
    return rest + (*rest == '\n');
}

static void check_said(const char *content, const char *objects, const char *expected)
{
    TaggedPdf document;
    make(content, objects);
    ck_assert_str_eq(read_pages(NULL, &document), expected);
    tagged_drop(&document);
}

#define TEXT(id, x, y, text)                                                                       \
    "/P<</MCID " #id ">>BDC BT /F 10 Tf 1 0 0 1 " #x " " #y " Tm (" text ")Tj ET EMC\n"

/* ---- text -------------------------------------------------------------------------------------------- */

START_TEST(lines_end_words_where_the_file_has_no_blanks)
{
    check_said(
        "/P<</MCID 0>>BDC BT /F 10 Tf 14 TL 50 700 Td (Hver uge)Tj T*(m\\370des vi)Tj T*(her)Tj ET EMC",
        FONT "5 0 obj<</K<</S/P/Pg 3 0 R/K 0>>>>endobj\n", "Side 1\nHver uge mødes vi her\n");
}
END_TEST

START_TEST(lines_end_within_words_where_others_end_with_blanks)
{
    check_said("/P<</MCID 0>>BDC BT /F 10 Tf 14 TL 50 700 Td (Hver )Tj T*(uge )Tj T*(m\\370des )Tj "
               "T*(vi )Tj T*(i kommune)Tj T*(salen)Tj ET EMC",
               FONT "5 0 obj<</K<</S/P/Pg 3 0 R/K 0>>>>endobj\n",
               "Side 1\nHver uge mødes vi i kommunesalen\n");
}
END_TEST

START_TEST(words_cut_by_hyphens_are_one)
{
    check_said(
        "/P<</MCID 0>>BDC BT /F 10 Tf 14 TL 50 700 Td (kommu)Tj /Span<</ActualText<FEFF00AD>>>BDC (-)Tj "
        "EMC T*(nen og social\\255)Tj T*(udvalget)Tj ET EMC",
        FONT "5 0 obj<</K<</S/P/Pg 3 0 R/K 0>>>>endobj\n", "Side 1\nkommunen og socialudvalget\n");
}
END_TEST

START_TEST(gaps_part_words)
{
    check_said(
        "/P<</MCID 0>>BDC BT /F 10 Tf 50 700 Td [(To)-400(ord og k)20(erning)]TJ ET EMC",
        "6 0 obj<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 32/LastChar 126/Widths["
        "500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 "
        "500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 "
        "500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 "
        "500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500 500]>>endobj\n"
        "5 0 obj<</K<</S/P/Pg 3 0 R/K 0>>>>endobj\n",
        "Side 1\nTo ord og kerning\n");
}
END_TEST

START_TEST(fonts_say_what_their_codes_mean)
{
    TaggedPdf document;
    make(
        "/P<</MCID 0>>BDC BT /F 10 Tf 50 700 Td <000100020005>Tj ET EMC",
        "6 0 obj<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</W[0[500 500 500]]>>]"
        "/ToUnicode 8 0 R>>endobj\n5 0 obj<</K<</S/P/Pg 3 0 R/K 0>>>>endobj\n");
    add_more(
        8, "",
        "1 begincodespacerange <0000><FFFF> endcodespacerange 1 beginbfchar <0001><00660069> endbfchar "
        "1 beginbfrange <0002><0005><00E6> endbfrange");
    ck_assert_str_eq(read_pages(NULL, &document), "Side 1\nfiæé\n");
    ck_assert_uint_eq(document.unreadable, 0);
    tagged_drop(&document);
}
END_TEST

START_TEST(meanings_may_be_pairs_or_halves_of_them)
{
    TaggedPdf document;
    make("/P<</MCID 0>>BDC BT /F 10 Tf 50 700 Td <01020304>Tj ET EMC",
         "6 0 obj<</Type/Font/Subtype/Type1/BaseFont/X/ToUnicode 8 0 R>>endobj\n"
         "5 0 obj<</K<</S/P/Pg 3 0 R/K 0>>>>endobj\n");
    add_more(8, "",
             "4 beginbfchar <01><D834DD1E> <02><D8340061> <03><0062DD1E> <04><0063D834> endbfchar");
    ck_assert_str_eq(read_pages(NULL, &document), "Side 1\n\xF0\x9D\x84\x9E"
                                                  "ab\xEF\xBF\xBD"
                                                  "c\n");
    tagged_drop(&document);
}
END_TEST

START_TEST(differences_name_glyphs)
{
    check_said(
        "/P<</MCID 0>>BDC BT /F 10 Tf 50 700 Td (\\001\\002\\003\\004)Tj ET EMC",
        "6 0 obj<</Type/Font/Subtype/Type1/BaseFont/X/Encoding<</Differences[1/Aring/f_i/uni00F8.alt"
        "/u1D11E]>>>>endobj\n5 0 obj<</K<</S/P/Pg 3 0 R/K 0>>>>endobj\n",
        "Side 1\nÅfiø\xF0\x9D\x84\x9E\n");
}
END_TEST

START_TEST(codes_without_a_meaning_are_counted)
{
    TaggedPdf document;
    make("/P<</MCID 0>>BDC BT /F 10 Tf 50 700 Td <00010002>Tj ET EMC",
         "6 0 obj<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<<>>]>>endobj\n"
         "5 0 obj<</K<</S/P/Pg 3 0 R/K 0>>>>endobj\n");
    ck_assert_str_eq(read_pages(NULL, &document), "");
    ck_assert_uint_eq(document.unreadable, 2);
    tagged_drop(&document);
}
END_TEST

START_TEST(what_is_drawn_for_the_eye_alone_is_skipped)
{
    TaggedPdf document;
    make("/Artifact BMC BT /F 10 Tf 50 780 Td (Sidehoved)Tj ET EMC" TEXT(
             0, 50, 700, "Tekst") "BT /F 10 Tf 50 20 Td (Glemt)Tj ET",
         FONT "5 0 obj<</K<</S/P/Pg 3 0 R/K 0>>>>endobj\n");
    ck_assert_str_eq(read_pages(NULL, &document), "Side 1\nTekst\n");
    ck_assert_uint_eq(document.outside, 1);
    tagged_drop(&document);
}
END_TEST

START_TEST(expansions_and_replacements_are_read)
{
    check_said(
        TEXT(0, 50, 700, "Jf. ") "/Span<</MCID 1/E(bekendtg\\370relse)>>BDC BT /F 10 Tf 70 700 Td (bek.)Tj ET EMC" TEXT(
            2, 100, 700, " nr. 7"),
        FONT
        "5 0 obj<</K<</S/P/Pg 3 0 R/K[<</S/Span/E(J\\346vnf\\370r)/Pg 3 0 R/K 0>> 1 2]>>>>endobj\n",
        "Side 1\nJævnfør bekendtgørelse nr. 7\n");
}
END_TEST

START_TEST(languages_are_told)
{
    check_said(
        "/P<</MCID 0>>BDC BT /F 10 Tf 50 700 Td (Et )Tj /Span<</Lang(en-GB)>>BDC (borough)Tj EMC ( er en bydel.)Tj ET EMC" TEXT(
            1, 50, 650, "Und Deutsch"),
        FONT "5 0 obj<</K[<</S/P/Pg 3 0 R/K 0>><</S/P/Lang(de)/Pg 3 0 R/K 1>>]>>endobj\n",
        "Side 1\nEt [på engelsk: borough] er en bydel.\n[på tysk: Und Deutsch]\n");
}
END_TEST

START_TEST(forms_belong_to_where_they_are_drawn)
{
    TaggedPdf document;
    make("/P<</MCID 0>>BDC /X Do EMC", FONT "5 0 obj<</K<</S/P/Pg 3 0 R/K 0>>>>endobj\n");
    add_more(7, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "BT /F 10 Tf (i en form)Tj ET /X Do");
    ck_assert_str_eq(read_pages(NULL, &document), "Side 1\ni en form\n");
    tagged_drop(&document);
}
END_TEST

START_TEST(marks_of_forms_are_their_own)
{
    TaggedPdf document;
    make(TEXT(0, 50, 700, "Side") "/X Do", FONT
         "5 0 obj<</K[<</S/P/K<</Type/MCR/Pg 3 0 R/Stm 7 0 R/MCID 0>>>><</S/P/Pg 3 0 R/K 0>>]>>"
         "endobj\n");
    add_more(7, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/StructParents 1", TEXT(0, 5, 5, "Form"));
    ck_assert_str_eq(read_pages(NULL, &document), "Side 1\nForm\nSide\n");
    tagged_drop(&document);
}
END_TEST

/* ---- elements ------------------------------------------------------------------------------------------ */

START_TEST(headings_have_levels_and_roles_are_mapped)
{
    check_said(TEXT(0, 50, 700, "Et") TEXT(1, 50, 680, "To") TEXT(2, 50, 660, "Syv")
                   TEXT(3, 50, 640, "Uden"),
               FONT "5 0 obj<</RoleMap<</Heading#201/Kop/Kop/H1>>/K[<</S/Heading#201/Pg 3 0 R/K 0>>"
                    "<</S/H2/Pg 3 0 R/K 1>><</S/H7/Pg 3 0 R/K 2>><</S/H/Pg 3 0 R/K 3>>]>>endobj\n",
               "Side 1\nOverskrift 1: Et\nOverskrift 2: To\nOverskrift 7: Syv\nOverskrift: Uden\n");
}
END_TEST

START_TEST(roles_have_names_of_any_bytes)
{
    check_said(TEXT(0, 50, 700, "Et"),
               FONT "5 0 obj<</RoleMap<</\xDC"
                    "berschrift/H3>>/K<</S/#DCberschrift/Pg 3 0 R/K 0>>>>endobj\n",
               "Side 1\nOverskrift 3: Et\n");
}
END_TEST

START_TEST(lists_are_counted_and_nest)
{
    check_said(
        TEXT(0, 50, 700, "1.") TEXT(1, 70, 700, "Et") TEXT(2, 70, 680, "Indre")
            TEXT(3, 50, 660, "2.") TEXT(4, 70, 660, "To") TEXT(5, 70, 640, "mere"),
        FONT "5 0 obj<</K<</S/L/K["
             "<</S/LI/K[<</S/Lbl/Pg 3 0 R/K 0>><</S/LBody/Pg 3 0 R/K[1 <</S/L/K<</S/LI/K<</S/LBody"
             "/Pg 3 0 R/K 2>>>>>>]>>]>>"
             "<</S/LI/K[<</S/Lbl/Pg 3 0 R/K 3>><</S/LBody/K[<</S/P/Pg 3 0 R/K 4>>"
             "<</S/P/Pg 3 0 R/K 5>>]>>]>>]>>>>endobj\n",
        "Side 1\nListe med 2 punkter\n  1. Et\n    Liste med 1 punkt\n      Indre\n"
        "    Slut på liste\n  2. To\n    mere\nSlut på liste\n");
}
END_TEST

#define HEADS FONT "5 0 obj<</ClassMap<</C<</O/Table/Scope/Column>>>>/K<</S/Table/K["

START_TEST(cells_have_the_heads_of_row_and_column)
{
    check_said(
        TEXT(0, 50, 700, "Sted") TEXT(1, 90, 700, "Tal") TEXT(2, 50, 680, "Vest")
            TEXT(3, 90, 680, "7") TEXT(4, 10, 720, "Steder"),
        HEADS
        "<</S/Caption/Pg 3 0 R/K 4>>"
        "<</S/THead/K<</S/TR/K[<</S/TH/Pg 3 0 R/K 0>>"
        "<</S/TH/Pg 3 0 R/K 1/A<</O/Table/Scope/Column>>>>]>>>>"
        "<</S/TBody/K[<</S/TR/K[<</S/TH/Pg 3 0 R/K 2/A[<</O/Layout>> 0 <</O/Table/Scope/Row>>]"
        ">><</S/TD/Pg 3 0 R/K 3>>]>>"
        "<</S/TR/K[<</S/TD>><</S/TD>>]>>]>>]>>>>endobj\n",
        "Side 1\nTabel med 2 kolonner og 3 rækker: Steder\n  Kolonner: Sted; Tal\n  Række 2\n"
        "    Sted: Vest\n    Vest, Tal: 7\n  Række 3\n    Sted: tom\n    Tal: tom\nSlut på tabel\n");
}
END_TEST

START_TEST(heads_span_reach_down_and_are_named)
{
    check_said(
        TEXT(0, 50, 700, "Tid") TEXT(1, 90, 700, "Personer") TEXT(2, 90, 690, "M")
            TEXT(3, 130, 690, "K") TEXT(4, 50, 680, "2026") TEXT(5, 90, 680, "7")
                TEXT(6, 130, 680, "9") TEXT(7, 90, 670, "8") TEXT(8, 130, 670, "6"),
        HEADS "<</S/TR/K[<</S/TH/Pg 3 0 R/K 0/ID(t)/C/C/A<</O/Table/RowSpan 2>>>>"
              "<</S/TH/Pg 3 0 R/K 1/C[/C]/A<</O/Table/ColSpan 2>>>>]>>"
              "<</S/TR/K[<</S/TH/Pg 3 0 R/K 2/C/C/ID(m)>><</S/TH/Pg 3 0 R/K 3/C/C>>]>>"
              "<</S/TR/K[<</S/TH/Pg 3 0 R/K 4/A<</O/Table/Scope/Row/RowSpan 2>>>>"
              "<</S/TD/Pg 3 0 R/K 5>><</S/TD/Pg 3 0 R/K 6>>]>>"
              "<</S/TR/K[<</S/TD/Pg 3 0 R/K 7>>"
              "<</S/TD/Pg 3 0 R/K 8/A<</O/Table/Headers[(m)(t)(nix)]>>>>]>>]>>>>endobj\n",
        "Side 1\nTabel med 3 kolonner og 4 rækker\n  Kolonner: Tid; Personer\n  Kolonner: M; K\n"
        "  Række 3\n    Tid: 2026\n    2026, Personer, M: 7\n    2026, Personer, K: 9\n"
        "  Række 4\n    2026, Personer, M: 8\n    M, Tid: 6\nSlut på tabel\n");
}
END_TEST

START_TEST(groups_of_rows_have_heads_between)
{
    check_said(
        TEXT(0, 50, 700, "A") TEXT(1, 90, 700, "B") TEXT(2, 50, 690, "Nord") TEXT(3, 50, 680, "1")
            TEXT(4, 90, 680, "2") TEXT(5, 50, 670, "Syd") TEXT(6, 50, 660, "3")
                TEXT(7, 90, 660, "4"),
        HEADS "<</S/TR/K[<</S/TH/Pg 3 0 R/K 0/C/C>><</S/TH/Pg 3 0 R/K 1/C/C>>]>>"
              "<</S/TR/K<</S/TH/Pg 3 0 R/K 2/C/C/A<</O/Table/ColSpan 2>>>>>>"
              "<</S/TR/K[<</S/TD/Pg 3 0 R/K 3>><</S/TD/Pg 3 0 R/K 4>>]>>"
              "<</S/TR/K<</S/TH/Pg 3 0 R/K 5/C/C/A<</O/Table/ColSpan 2>>>>>>"
              "<</S/TR/K[<</S/TD/Pg 3 0 R/K 6>><</S/TD/Pg 3 0 R/K 7>>]>>]>>>>endobj\n",
        "Side 1\nTabel med 2 kolonner og 5 rækker\n  Kolonner: A; B\n  Gruppe: Nord\n  Række 3\n"
        "    A, Nord: 1\n    B, Nord: 2\n  Gruppe: Syd\n  Række 5\n    A, Syd: 3\n    B, Syd: 4\n"
        "Slut på tabel\n");
}
END_TEST

START_TEST(pictures_say_their_text_and_caption)
{
    check_said(
        TEXT(0, 50, 700, "Lambeth 270") TEXT(1, 50, 680, "Et foto"),
        FONT "5 0 obj<</K[<</S/Figure/Alt(S\\370jler)/Pg 3 0 R/K[0 <</S/Caption/K 1>>]>>"
             "<</S/Figure>><</S/Formula/Alt(a lig b)>>]>>endobj\n",
        "Side 1\nBillede: Søjler\nBilledtekst: Et foto\nBillede uden beskrivelse\nFormel: a lig b\n");
}
END_TEST

START_TEST(links_notes_and_quotations_are_told)
{
    check_said(
        TEXT(0, 50, 700, "Se ") TEXT(1, 64, 700, "aftalen") TEXT(2, 100, 700, ".")
            TEXT(3, 104, 700, "1") TEXT(4, 50, 680, "1") TEXT(5, 60, 680, "Fra 2011.")
                TEXT(6, 50, 660, "Tak.") TEXT(7, 50, 640, "x = 1"),
        FONT
        "5 0 obj<</K[<</S/P/Pg 3 0 R/K[0 <</S/Link/K[1 <</Type/OBJR/Obj 8 0 R>>]>> 2 <</S/Reference/K"
        "<</S/Link/K 3>>>>]>><</S/Note/K[<</S/Lbl/Pg 3 0 R/K 4>><</S/P/Pg 3 0 R/K 5>>]>>"
        "<</S/BlockQuote/K<</S/P/Pg 3 0 R/K 6>>>><</S/Code/Pg 3 0 R/K 7>>"
        "<</S/P/K<</S/Link/Pg 3 0 R/K<</Type/OBJR/Obj 8 0 R>>>>>>"
        "<</S/P/K<</S/Form/Pg 3 0 R/K<</Type/OBJR/Obj 9 0 R>>>>>>]>>endobj\n"
        "8 0 obj<</Type/Annot/Subtype/Link/Contents(til aftalen)/A<</URI(x)>>>>endobj\n"
        "9 0 obj<</Type/Annot/Subtype/Widget/T(navn)/TU(Dit navn)/V(Bo)>>endobj\n",
        "Side 1\nSe [link: aftalen]. [note: 1]\nFodnote: 1 Fra 2011.\nCitat\n  Tak.\nSlut på citat\n"
        "Kode: x = 1\n[link: til aftalen]\n[Felt: Dit navn Bo]\n");
}
END_TEST

/* ---- pages ------------------------------------------------------------------------------------------------ */

/* Three pages, each with two lines of a text; labels A, iii and 9-1. */
static void make_pages(void)
{
    static const char *const lines[] = {TEXT(0, 50, 700, "Et m\\370de i kom"),
                                        TEXT(0, 50, 700, "munen om ") TEXT(1, 50, 650, "Slut"),
                                        TEXT(0, 50, 700, "vand")};
    strbuf_clear(&pdf);
    strbuf_add_text(
        &pdf,
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/Lang(da)/StructTreeRoot 5 0 R/PageLabels"
        "<</Nums[0<</S/A>>1<</S/r/St 3>>2<</S/D/P(9-)>>]>>>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R 13 0 R 23 0 R]/Count 3/Resources<</Font<</F 6 0 R>>>>>>endobj\n");
    for (int i = 0; i < 3; i++) {
        strbuf_addf(&pdf,
                    "%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents %d 0 R>>endobj\n",
                    10 * i + 3, 10 * i + 4);
        add_stream(10 * i + 4, "", lines[i]);
    }
    strbuf_add_text(
        &pdf, FONT
        "5 0 obj<</K[<</S/P/K[<</Type/MCR/Pg 3 0 R/MCID 0>><</S/Span/ActualText<FEFF00AD>/Pg 3 0 R>>"
        "<</Type/MCR/Pg 13 0 R/MCID 0>><</Type/MCR/Pg 23 0 R/MCID 0>>]>><</S/P/Pg 13 0 R/K 1>>]>>"
        "endobj\ntrailer<</Root 1 0 R>>\n");
}

START_TEST(pages_are_told_between_words)
{
    TaggedPdf document;
    make_pages();
    ck_assert_str_eq(read_pages(NULL, &document),
                     "Side A\nEt møde i kommunen\n\nSide iii\nom\n\nSide 9-1\n"
                     "vand\n\nSide iii\nSlut\n");
    tagged_drop(&document);
}
END_TEST

START_TEST(some_pages_are_read_alone)
{
    TaggedPdf document;
    make_pages();
    ck_assert_str_eq(read_pages("2", &document), "Side iii\nom\n\nSide iii\nSlut\n");
    tagged_drop(&document);
}
END_TEST

START_TEST(ranges_of_pages)
{
    static const char *const wrong[] = {"",   "0",     "2-1",         "a",  "1,",
                                        ",1", "1-2-3", "99999999999", "-3", "1 2"};
    AloudPages pages;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_msg(!aloud_parse_pages(str_from(wrong[i]), &pages), "%s", wrong[i]);
        mem_free(pages.range);
    }
    ck_assert(aloud_parse_pages(STR("1,4-6,9-"), &pages));
    ck_assert(aloud_has_page(&pages, 0) && !aloud_has_page(&pages, 1) &&
              !aloud_has_page(&pages, 2));
    ck_assert(aloud_has_page(&pages, 3) && aloud_has_page(&pages, 5) && !aloud_has_page(&pages, 6));
    ck_assert(aloud_has_page(&pages, 8) && aloud_has_page(&pages, 1000));
    mem_free(pages.range);
}
END_TEST

/* ---- what is wrong ------------------------------------------------------------------------------------------ */

START_TEST(loops_and_repetitions_are_read_once)
{
    TaggedPdf document;
    make(TEXT(0, 50, 700, "Tekst"),
         FONT "5 0 obj<</K 8 0 R>>endobj\n8 0 obj<</S/Sect/K[9 0 R 8 0 R 9 0 R 10 0 R]>>endobj\n"
              "9 0 obj<</S/P/Pg 3 0 R/K[0 0 8 0 R]>>endobj\n10 0 obj[10 0 R 9 0 R]endobj\n");
    ck_assert_str_eq(read_pages(NULL, &document), "Side 1\nTekst\n");
    ck_assert(document.repeated);
    ck_assert(!document.cut);
    tagged_drop(&document);
}
END_TEST

START_TEST(deep_trees_are_cut)
{
    enum { DEPTH = 5000 };
    TaggedPdf document;
    StrBuf objects = {0};
    strbuf_add_text(&objects, FONT "5 0 obj<</K[100 0 R <</S/P/Pg 3 0 R/K 0>>]>>endobj\n");
    for (int i = 0; i < DEPTH; i++)
        strbuf_addf(&objects, "%d 0 obj<</S/Table/K<</S/TR/K<</S/TH/K %d 0 R>>>>>>endobj\n",
                    100 + i, 101 + i);
    make(TEXT(0, 50, 700, "Tekst"), objects.p);
    strbuf_drop(&objects);
    ck_assert_ptr_nonnull(strstr(read_pages(NULL, &document), "\nTekst\n"));
    ck_assert(document.cut);
    tagged_drop(&document);
}
END_TEST

START_TEST(damaged_trees_are_read_as_far_as_they_go)
{
    static const char *const roots[] = {
        "5 0 obj<</K 7>>endobj\n",
        "5 0 obj<</K[null true (x) -1 99999999999 <</S 3/K<</Type/MCR>>>>]>>endobj\n",
        "5 0 obj<</K<</S/Table/K<</S/TR/K<</S/TD/A<</O/Table/ColSpan 999999999/RowSpan -5>>>>>>>>>>endobj\n",
        "5 0 obj<</RoleMap<</A/B/B/A>>/K<</S/A/Pg 9 0 R/K[0 1 2]>>>>endobj\n",
        "5 0 obj<</K<</S/TH/K<</S/LI/K<</S/TOCI/K<</S/Lbl/K<</S/Caption>>>>>>>>>>>>endobj\n",
        "5 0 obj<</K<</S/Link/K<</Type/OBJR/Obj 5 0 R>>>>>>endobj\n",
    };
    static const char *const contents[] = {
        "EMC EMC Q Q BT (x)Tj /F 10 Tf <</MCID 0>>BDC (y",
        "/P<</MCID 0/ActualText(x)>>BDC /P<</MCID 0>>BDC [(a)[(b)]TJ <<<<>> 1 2 BDC EMC EMC ID EI",
        "/P /Q BDC BT /F 1e9 Tf 9 9 9 9 9 9 9 Tm (\\",
    };
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        for (size_t k = 0; k < sizeof contents / sizeof *contents; k++) {
            TaggedPdf document;
            StrBuf objects = {0};
            strbuf_addf(&objects, "%s%s", FONT, roots[i]);
            make(contents[k], objects.p);
            read_pages(NULL, &document);
            tagged_drop(&document);
            strbuf_drop(&objects);
        }
}
END_TEST

START_TEST(what_is_no_tagged_pdf_is_known)
{
    TaggedPdf document;
    ck_assert_int_eq(tagged_read(&document, STR("%PDF-1.7\nnothing")), TAGGED_BROKEN);
    tagged_drop(&document);
    ck_assert_int_eq(tagged_read(&document, STR("")), TAGGED_BROKEN);
    tagged_drop(&document);
    make("", "5 0 obj<<>>endobj\n");
    ck_assert_int_eq(tagged_read(&document, strbuf_str(&pdf)), TAGGED_UNTAGGED);
    tagged_drop(&document);
}
END_TEST

/* ---- words and voices ---------------------------------------------------------------------------------------- */

START_TEST(every_language_has_its_words)
{
    const AloudWords *english = words_of("layouts/aloud/en.yaml");
    ck_assert_ptr_nonnull(english);
    ck_assert_uint_eq(english->languages, words->languages);
    for (size_t i = 0; i < words->languages; i++)
        ck_assert(str_equal(english->known[i].tag, words->known[i].tag));
}
END_TEST

START_TEST(words_that_lack_are_told)
{
    uint16_t file = diags_file(diags, "xx.yaml", NULL, 0);
    ck_assert_ptr_null(words_read(&arena, diags, file,
                                  STR("language: xx\nsay: {page: Side}\ncount: {list: [a]}\n")));
    ck_assert_uint_ge(diags_count(diags, DIAG_ERROR), SAY_KINDS);
    ck_assert_ptr_null(words_read(&arena, diags, file, STR("")));
}
END_TEST

START_TEST(speech_has_the_voice_of_each_language)
{
    Piece pieces[] = {{PIECE_SIGN, STR("Overskrift 2"), STR("")},
                      {PIECE_TEXT, STR("A & B <"), STR("da-DK")},
                      {PIECE_TEXT, STR("borough"), STR("en-GB")}};
    AloudLine line = {false, 2, pieces, 3};
    voice_ssml(&said, &line, STR("da"), STR("da"));
    ck_assert_str_eq(
        said.p, "<p>Overskrift 2, A &#38; B &#60;<voice xml:lang=\"en-GB\">borough</voice></p>\n");
    strbuf_clear(&said);
    line.pieces = 1;
    voice_ssml(&said, &line, STR("en"), STR("da"));
    ck_assert_str_eq(said.p, "<p><voice xml:lang=\"en\">Overskrift 2</voice></p>\n");
}
END_TEST

Suite *aloud_suite(void)
{
    Suite *suite = suite_create("aloud");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, begin, end);
    tcase_add_test(all, lines_end_words_where_the_file_has_no_blanks);
    tcase_add_test(all, lines_end_within_words_where_others_end_with_blanks);
    tcase_add_test(all, words_cut_by_hyphens_are_one);
    tcase_add_test(all, gaps_part_words);
    tcase_add_test(all, fonts_say_what_their_codes_mean);
    tcase_add_test(all, meanings_may_be_pairs_or_halves_of_them);
    tcase_add_test(all, differences_name_glyphs);
    tcase_add_test(all, codes_without_a_meaning_are_counted);
    tcase_add_test(all, what_is_drawn_for_the_eye_alone_is_skipped);
    tcase_add_test(all, expansions_and_replacements_are_read);
    tcase_add_test(all, languages_are_told);
    tcase_add_test(all, forms_belong_to_where_they_are_drawn);
    tcase_add_test(all, marks_of_forms_are_their_own);
    tcase_add_test(all, headings_have_levels_and_roles_are_mapped);
    tcase_add_test(all, roles_have_names_of_any_bytes);
    tcase_add_test(all, lists_are_counted_and_nest);
    tcase_add_test(all, cells_have_the_heads_of_row_and_column);
    tcase_add_test(all, heads_span_reach_down_and_are_named);
    tcase_add_test(all, groups_of_rows_have_heads_between);
    tcase_add_test(all, pictures_say_their_text_and_caption);
    tcase_add_test(all, links_notes_and_quotations_are_told);
    tcase_add_test(all, pages_are_told_between_words);
    tcase_add_test(all, some_pages_are_read_alone);
    tcase_add_test(all, ranges_of_pages);
    tcase_add_test(all, loops_and_repetitions_are_read_once);
    tcase_add_test(all, deep_trees_are_cut);
    tcase_add_test(all, damaged_trees_are_read_as_far_as_they_go);
    tcase_add_test(all, what_is_no_tagged_pdf_is_known);
    tcase_add_test(all, every_language_has_its_words);
    tcase_add_test(all, words_that_lack_are_told);
    tcase_add_test(all, speech_has_the_voice_of_each_language);
    suite_add_tcase(suite, all);
    return suite;
}
