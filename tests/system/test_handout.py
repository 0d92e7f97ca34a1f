"""One theme on one sheet."""
import re
import shutil
import unittest

from support import HEAD, LONDON, ROOT, Case, pages_of, run, text_of, tool, words_at, words_of

LESSON = "> [!LÆRING] Udledt\n> Lektien fra {} er kort. Resten af boksen står kun i pakken.\n\n"
FIGURES = """## Nøgletal

| Id | Nøgletal | Værdi | Enhed |
|---|---|---|---|
| K1 | Andel | 12 | pct. |
"""
CHART = "~~~chart\ntype: bars\nheadline: {}\nfigures: [K1]\n{}~~~\n\n"
ADVICE = "## Anbefalinger\n\n{}"


def advice(n):
    return ADVICE.format("".join(f"{i}. **Gør nummer {i} for byen.** Det koster.\n   Grundlag: [vand](#vand)\n"
                                 for i in range(1, n + 1)))


def theme(*parts):
    return HEAD + "# Tema: Vand {#vand}\n\nOm vand.\n\n" + "".join(parts)


class Directions(Case):
    """A name that reads from the right doesn't turn the Danish words behind it."""

    def test_a_lesson_of_a_visit(self):
        self.build(self.report(theme("## Besøg: שלום\n\nVi så.\n\n", LESSON.format("det"))), "-l", "handout")
        words = words_at(self.out / "prove-vand-handout.pdf")
        name, first, last = (next(x for x, _, word in words if wanted in word) for wanted in ("ם", "Lektien", "kort"))
        self.assertTrue(name < first < last, (name, first, last))

    def test_what_a_recommendation_is_founded_on(self):
        advice = ADVICE.format("1. **Gør noget.** Det koster.\n   Grundlag: [שלום](#s) i Zoo\n")
        self.build(self.report(theme("## שלום {#s}\n\nOm.\n\n", advice)), "-l", "committee-pack")
        words = words_at(self.out / "prove-pakke.pdf")
        x, y = next((x, y) for x, y, word in words if word == "Zoo")
        before = [word for at, row, word in sorted(words) if abs(row - y) < 3 and at < x]
        self.assertEqual(before[-3:], ["side", "1", "i"])
        self.assertIn("ם", before)


class London(Case):
    def setUp(self):
        super().setUp()
        self.said = self.build(LONDON, "-l", "handout").stderr

    def test_one_sheet_for_each_theme(self):
        self.assertEqual(self.made(), [f"{LONDON.name}-{theme}-handout.pdf"
                                       for theme in ("bander", "partnervold", "socio")])
        for name in self.made():
            self.assertLessEqual(pages_of(self.out / name), 2, name)
        self.assertNotIn("no room", self.said)

    def test_what_is_on_it(self):
        words = words_of(self.out / f"{LONDON.name}-socio-handout.pdf")
        for part in ("Tema 1 på ét ark", "Socioøkonomiske virksomheder", "ca. 55.000", "Det kan vi lære",
                     "Det kan vi lære Udledt af sekretariatet 1",
                     "2 Bikeworks vælger deltagere efter vilje og møder dem, hvor de er. Det kan København overveje i egne",
                     "Reserverede kontrakter kan være en vej, hvis juraen holder.",
                     "Forbehold: Reglerne om udbud er ikke afklaret. Det er uklart, om",
                     "Bikeworks er 20 procentpoint fra målet", "Anbefalinger til drøftelse",
                     "15 Sæt klare mål på alle niveauer.", "Sekretariatet", "Hele rapporten"):
            self.assertIn(part, words)
        self.assertNotIn("side 0", words)  # of what isn't in this PDF

    def test_each_page_names_the_theme(self):
        pdf = self.out / f"{LONDON.name}-bander-handout.pdf"
        for page in (1, 2):
            words = words_of(pdf, "-f", page, "-l", page)
            self.assertIn("Bander og kriminalitetstruede unge", words)
            self.assertRegex(words, r"Socialudvalget\s+Sagsnr. 2011-60279\s+9. september 2012\s+(Anbefalinger: se bagsiden\s+)?Side \d af 2")  # the foot
        self.assertTrue(words.startswith("Tema 2 Bander og kriminalitetstruede unge Udkast"), words)

    def test_the_front_says_what_stands_on_the_back(self):
        for theme, told in (("bander", [True, False]), ("partnervold", [True, False]), ("socio", [True, False])):
            pdf = self.out / f"{LONDON.name}-{theme}-handout.pdf"
            self.assertEqual(["Anbefalinger: se bagsiden" in words_of(pdf, "-f", page, "-l", page)
                              for page in range(1, len(told) + 1)], told, theme)

    def test_columns_are_as_wide_on_all_sheets(self):
        heads = ("Anbefaling", "Anbefaling,", "Grundlag", "Ansvarlig", "Frist")
        places = set()
        for name in self.made():
            pdf = self.out / name
            words = words_at(pdf, pages_of(pdf))
            row = next(y for _, y, word in words if word == "Grundlag")
            found = [(x, word) for x, y, word in words if word in heads and y == row]
            self.assertEqual(len(found), 4, found)
            places.add(tuple(x for x, _ in found))
        self.assertEqual(len(places), 1, places)

    def test_it_says_where_more_of_it_stands_in_the_pack(self):
        """What its proposals rest on is there."""
        self.build(LONDON, "-l", "committee-pack")
        pack = self.out / f"{LONDON.name}-pakke.pdf"
        pages = [words_of(pack, "-f", page, "-l", page) for page in range(1, pages_of(pack) + 1)]
        for theme in ("bander", "partnervold", "socio"):
            pdf = self.out / f"{LONDON.name}-{theme}-handout.pdf"
            said = re.search(r"Temaet står i pakken fra side (\d+), anbefalinger med samme nummer fra side (\d+)\.",
                             words_of(pdf, "-f", 2))
            title = words_of(pdf, "-f", 2).split("Udkast")[0].split(maxsplit=2)[2]  # "Tema 2 Bander og …"
            first = re.search(r"Ansvarlig (?:Frist )?\d+ (\S+ \S+ \S+)", words_of(pdf, "-f", 2, "-raw")).group(1)
            themes, proposals = (pages[int(page) - 1] for page in said.groups())
            self.assertIn("I dette tema", themes)
            self.assertIn(title.strip(), themes)
            self.assertIn(first, proposals)

    def test_a_basis_has_its_page_in_the_pack_where_all_have_room(self):
        self.build(LONDON, "-l", "committee-pack")
        pack = self.out / f"{LONDON.name}-pakke.pdf"
        for theme, place in (("bander", "Mobile Outreach Team"), ("partnervold", "GAIA"), ("socio", "Clarity")):
            words = words_of(self.out / f"{LONDON.name}-{theme}-handout.pdf", "-f", 2)
            said = set(re.findall(place + r", side (\d+)", words))
            self.assertEqual(len(said), theme != "socio", theme)
            self.assertEqual(words.count("Grundlagets sidetal er pakkens."), len(said))
            for page in said:
                self.assertIn(place, words_of(pack, "-f", page, "-l", page))

    def test_texts_of_proposals_come_back_where_all_have_room(self):
        words = words_of(self.out / f"{LONDON.name}-socio-handout.pdf", "-f", 2)
        for text in ("Det gælder opstart", "Fx mellem kommunen", "Det gør man i den britiske offentlige sektor."):
            self.assertIn(text, words)
        self.assertEqual(re.findall("advice: (.*)", self.said), [])

    def test_what_introduces_proposals_stands_where_it_has_room(self):
        """Beside thirteen brief proposals, too; its title and it stand on the side of their table."""
        for theme in ("socio", "bander"):
            words = words_of(self.out / f"{LONDON.name}-{theme}-handout.pdf", "-f", 2)
            self.assertIn("Anbefalinger til drøftelse Udvalget skal ikke beslutte noget nu.", words)
            self.assertEqual(words.count("Behov: fra forvaltningen."), 1)

    def test_one_side_where_that_does(self):
        pages = {theme: pages_of(self.out / f"{LONDON.name}-{theme}-handout.pdf") for theme in ("bander", "partnervold", "socio")}
        self.assertEqual(pages, {"bander": 2, "partnervold": 2, "socio": 2})
        shutil.copytree(LONDON, self.folder / "london")
        text = (LONDON / "report.md").read_text().replace("[!FORBEHOLD]", "[!NOTE]")
        self.assertIn("Afsender og år er ikke oplyst; GAIA eller GAIS skal afklares", text)  # of the chart's figure
        self.report(text.replace("Afsender og år er ikke oplyst; GAIA eller GAIS skal afklares", ""), "london")
        said = self.build(self.folder / "london", "-l", "handout", "-t", "partnervold").stderr
        self.assertEqual(sorted(re.findall("advice: (.*)", said)),
                         ["'Partnervold' leaves out the text of 6 of 6 recommendations in the layout 'handout'",
                          "'Partnervold' leaves out what introduces its recommendations in the layout 'handout'"])
        self.assertEqual(pages_of(self.out / "london-partnervold-handout.pdf"), 1)
        words = words_of(self.out / "london-partnervold-handout.pdf")
        self.assertIn("Anbefaling, udledt af sekretariatet", words)
        self.assertNotIn("Lambeth bevarede budgettet", words)  # that would take another side …
        words = words_of(self.out / f"{LONDON.name}-bander-handout.pdf")
        self.assertIn("Faldet i kriminalitet kan også skyldes partnerskaberne.", words)  # … and this takes none
        self.assertRegex(words, "Københavns indsatser, side 14–15 Partnerskabet i Tower Hamlets, side 15–16")

    def test_the_code_leads_to_the_report(self):
        address = re.search(r"^url: (.*)$", (LONDON / "report.md").read_text(), re.M).group(1)
        for name in self.made():
            pdf = self.out / name
            tool("pdftoppm", "-r", 100, "-f", pages_of(pdf), pdf, self.folder / "page")
            (page,) = self.folder.glob("page-*.ppm")
            self.assertEqual(tool("zbarimg", "-q", "--raw", page).strip(), address)
            page.unlink()
            structure = tool("pdfinfo", "-struct", pdf)
            self.assertIn("Figure", structure)
            self.assertIn(f'"/URI": "u:{address}"', tool("qpdf", "--json", pdf))  # the printed one is a link

    def test_it_is_read_in_order(self):
        words = " ".join(tool("pdfinfo", "-struct-text",
                              self.out / f"{LONDON.name}-partnervold-handout.pdf").split())
        order = [words.index(part) for part in ("på ét ark", "lang tradition", "5.000", "Det kan vi lære",
                                                "Når krisecentret", "Svar fra 700", "Anbefalinger", "Kontakt",
                                                "Hele rapporten")]
        self.assertEqual(order, sorted(order))


class Pack(Case):
    """The pages of the pack that a sheet names."""
    BOTH = theme(FIGURES, advice(2), "\n# Tema: Luft {#luft}\n\nOm luft.\n\n## Besøg: Sted\n\nVi så.\n\n"
                 + LESSON.format("sted") + "## Anbefalinger\n\n3. **Gør mere.** Det koster.\n   Grundlag: [vand](#vand)\n")
    NUMBERS = "Anbefalinger har numre som i pakken."

    def front(self, more="", layout="handout", text=BOTH):
        self.said = self.build(self.report(text.replace("title:", f"{more}title:", 1)), "-l", layout).stderr
        return words_of(self.out / "prove-luft-handout.pdf")

    def test_only_of_a_pack_that_is_made_of_the_report(self):
        for listed, said in (("", True), ("layouts: [notat, committee-pack]\n", True), ("layouts: [notat]\n", False)):
            words = self.front(listed)
            self.assertEqual("Temaet står i pakken fra side" in words, said, listed)
            self.assertEqual(self.NUMBERS in words, not said, listed)

    def test_beside_the_address_where_there_are_no_proposals(self):
        text = self.BOTH.split("## Anbefalinger\n\n3.")[0]
        self.assertRegex(self.front("url: https://kbh.example/v\n", text=text),
                         r"Hele rapporten kbh\.example/v Temaet står i pakken fra side \d\.")

    def test_a_closed_theme_is_not_in_the_open_pack(self):
        text = self.BOTH.replace("# Tema: Luft {#luft}", "# Tema: Luft {#luft .lukket}")
        report = self.report(text)
        self.layout(report, "lukket", 'extends: handout\nedition: closed\noutput: "{report}-{theme}-handout.pdf"\n')
        self.build(report, "-l", "lukket")
        self.assertIn(self.NUMBERS, words_of(self.out / "prove-luft-handout.pdf"))
        self.assertIn("Temaet står i pakken fra side", words_of(self.out / "prove-vand-handout.pdf"))

    def test_what_is_wrong_with_the_pack_is_told_once(self):
        image = "![x](nope.png)\n\n"
        report = self.report(self.BOTH.replace("Om luft.\n", "Om luft.\n\n" + image))
        done = run("build", "-o", self.out, "-l", "handout", report)
        self.assertEqual(done.stderr.count("error:"), 1, done.stderr)
        self.assertIn("can't read the picture 'nope.png'", done.stderr)
        self.assertEqual((done.returncode, self.made()), (1, []))

    def test_a_layout_without_a_pack(self):
        report = self.report(self.BOTH.replace("title:", "layouts: [theme-briefing]\ntitle:", 1))
        self.layout(report, "ark", "extends: handout\npages-of: theme-briefing\n")
        done = self.build(report, "-l", "ark", status=1)
        self.assertIn("ark.yaml:2:11: error: the layout 'theme-briefing' makes no PDF of the whole report, whose "
                      "pages could be said", done.stderr)
        self.assertEqual(self.made(), [])

    def test_a_layout_that_is_not_there(self):
        report = self.report(self.BOTH.replace("title:", "layouts: [pakke]\ntitle:", 1))
        self.layout(report, "ark", "extends: handout\npages-of: pakke\n")
        done = self.build(report, "-l", "ark", status=1)
        self.assertRegex(done.stderr, r"ark.yaml:2:11: error: .*pakke")


class Table(Case):
    """Of a theme without a chart."""
    TEXT = theme("| Sted[^s] | Tal |\n|---|---:|\n| Nord[^n] | 1 |\n| Syd | 2 |\n\nTabel: Vand efter sted {#t-vand}\n\n",
                 FIGURES, advice(1), "\n[^s]: Efter brønd.[^b]\n[^n]: Uden havnen.\n[^b]: De dybe.\n")

    def setUp(self):
        super().setUp()
        text = self.TEXT.replace("title:", 'date: 2012-09-09\ndocument-number: "2026-98-12"\nversion: "2"\ntitle:', 1)
        self.build(self.report(text), "-l", "handout")
        self.pdf, = self.out.glob("*.pdf")
        self.words = words_of(self.pdf)

    def test_its_caption_has_no_number(self):
        self.assertIn("Vand efter sted", self.words)
        self.assertNotIn("Tabel 1", self.words)

    def test_its_notes_stand_under_it(self):
        """In the order of their numbers, and read there; those of notes behind them."""
        structure = " ".join(tool("pdfinfo", "-struct-text", self.pdf).split())
        for said in (self.words, structure):
            at = [said.index(text) for text in ("Syd", "Efter brønd.", "Uden havnen.", "De dybe.", "Anbefaling")]
            self.assertEqual(at, sorted(at))
        self.assertEqual(structure.count("Note"), 3)

    def test_the_foot_says_which_edition_it_is(self):
        self.assertRegex(self.words, r"9\. september 2012\s+Dokumentnr\. 2026-98-12\s+Version 2\b.*Side 1 af 1")


class Spread(Case):
    """What is left over on a page goes between its parts."""

    def tops(self, layout):
        report = self.report(theme(LESSON.format("vandet"), FIGURES, advice(2)))
        self.layout(report, "ark", f'extends: handout\noutput: "ark.pdf"\n{layout}')
        self.build(report, "-l", "ark")
        at = {}
        for _, y, word in words_at(self.out / "ark.pdf"):
            at.setdefault(word, y)
        return [at[word] for word in ("Om", "12", "Det", "Anbefalinger")]

    def test_evenly_and_no_more_than_the_layout_says(self):
        without, some = self.tops("spread: 0\n"), self.tops("spread: 10\n")
        for i, (less, more) in enumerate(zip(without, some)):
            self.assertAlmostEqual(more - less, 10 * i, delta=0.1)

    def test_no_more_than_there_is(self):
        tops = self.tops("spread: 1000\n")
        more = [b - a for a, b in zip(self.tops("spread: 0\n"), tops)]
        self.assertGreater(more[1], 50)
        self.assertAlmostEqual(more[2], 2 * more[1], delta=0.1)
        self.assertAlmostEqual(more[3], 3 * more[1], delta=0.1)
        self.assertLess(tops[3], 770)
        self.assertEqual(pages_of(self.out / "ark.pdf"), 1)

    def test_it_does_not_gather_at_the_foot(self):
        self.build(ROOT / "data" / "navne-og-sprog", "-l", "handout", "-t", "raekkefoelge")
        at = {word: y for _, y, word in words_at(self.out / "navne-og-sprog-raekkefoelge-handout.pdf")}
        above_table, above_contact = at["Fornavn"] - at["Afrika"], at["Kontakt"] - at["Vietnamesisk"]
        self.assertLess(abs(above_contact - above_table), 40)


class Parts(Case):
    def sheet(self, text, layout=""):
        report = self.report(text)
        self.layout(report, "ark", 'extends: handout\noutput: "{report}-{theme}.pdf"\n' + layout)
        return report

    def words(self):
        return words_of(self.out / "prove-vand.pdf")

    def test_the_chart_that_is_the_main_one(self):
        charts = CHART.format("Den første", "") + CHART.format("Den vigtigste", "main: true\n")
        self.build(self.sheet(theme(charts, FIGURES)), "-l", "ark")
        self.assertIn("Den vigtigste", self.words())
        self.assertNotIn("Den første", self.words())

    def test_a_chart_that_no_sheet_shows(self):
        charts = CHART.format("Den første", "main: false\n")
        self.build(self.sheet(theme(charts, FIGURES, LESSON.format("vandet"))), "-l", "ark")
        self.assertNotIn("Den første", self.words())
        self.assertIn("Lektien fra vandet er kort.", self.words())
        self.build(self.sheet(theme(charts, CHART.format("Den anden", ""), FIGURES)), "-l", "ark")
        self.assertIn("Den anden", self.words())

    def test_a_chart_stands_below_the_lessons_where_that_saves_a_side(self):
        """Beside them it would be more than twice as high."""
        for towns in (2, 5):
            rows = "".join(f"| Klitby-Overstrand {i} | 1,{i}0 | 2,{i}0 |\n" for i in range(1, towns + 1))
            self.build(self.report(theme(
                LESSON.format("det"), "~~~chart\ntype: grouped\nheadline: For lavt\nfrom: t\n~~~\n\n",
                "| Kommune | første gang | i dag |\n|---|--:|--:|\n" + rows + "\nTabel: Højder {#t}\n\n",
                FIGURES, "".join(f"| K{i} | Andel i by nummer {i} | {i} | pct. |\n" for i in range(2, 6)), "\n",
                advice(4))), "-l", "handout")
            pdf = self.out / "prove-vand-handout.pdf"
            at = {word: (x, y) for x, y, word in words_at(pdf)}
            self.assertEqual(pages_of(pdf), 1)
            self.assertEqual(at["lavt"][1] > at["Lektien"][1] + 15, towns == 5, at)

    def test_lists_below_a_heading_that_says_so(self):
        self.build(self.sheet(theme("## Læring\n\n- En sætning. Og en til.\n- Den anden\n\n## Andet\n\n- Ikke den.\n")),
                   "-l", "ark")
        self.assertRegex(self.words(), "Det kan vi lære 1 En sætning. Og en til. 2 Den anden(?! Og)")
        self.assertNotIn("Ikke den", self.words())

    CAVEAT = "> [!FORBEHOLD] {}\n> Se dig for.\n\n"

    def caveats(self, *parts, layout=""):
        """Which of the caveats Et and To are on the sheet."""
        self.said = self.build(self.sheet(theme(*parts), layout), "-l", "ark").stderr
        return re.findall(r"Forbehold: (\w+)\. Se dig for\.", self.words())

    def test_caveats_of_what_is_shown(self):
        one, two = self.CAVEAT.format("Et"), self.CAVEAT.format("To")
        lesson, listed = LESSON.format("dem"), "## Læring\n\n- En sætning.\n\n"
        self.assertEqual(self.caveats(one, "## Andet\n\n", two, "## Mere\n\n", FIGURES), ["Et"])  # the lead's
        self.assertEqual(self.caveats("## Besøg: A\n\n", one, "## Besøg: B\n\n", lesson, two), ["To"])
        self.assertEqual(self.caveats("## A\n\n", one, "## B\n\nDer er [@K1].\n\n", two, FIGURES), ["To"])
        self.assertEqual(self.caveats("## A\n\n", one, "### B\n\n", CHART.format("Et diagram", ""), "## C\n\n", two, FIGURES),
                         ["Et"])
        self.assertEqual(self.caveats("## A\n\n", one, "## B\n\n", two, listed), ["Et", "To"])  # of the whole theme
        self.assertEqual(self.caveats("## A\n\n", one, "Der er [@K1].\n\n## Besøg: B\n\n", lesson, FIGURES,
                                      layout="extract: {tiles: 0, lessons: 6}\n"), [])

    def test_a_caveat_is_about_the_figures_right_above_it(self):
        """Most of them must be on the sheet, though another figure of their section is."""
        figures = FIGURES + "| K2 | Huse | 7 | huse |\n| K3 | Rør | 5 | rør |\n"
        for cited, shown in (("[@K1]", ["Et"]), ("[@K1], [@K2] og [@K3]", []), ("[@K1] og [@K2]", ["Et"])):
            text = "## B\n\n" + LESSON.format("dem") + f"Der er {cited}.\n\n" + self.CAVEAT.format("Et")
            self.assertEqual(self.caveats(text, figures, layout="extract: {tiles: 1, lessons: 6}\n"), shown, cited)

    def test_a_caveat_below_a_lesson_goes_with_it(self):
        """Whatever the text above the lesson cites; other boxes, as a question, part it from its figures no more."""
        figures = FIGURES + "| K2 | Huse | 7 | huse |\n"
        for box, shown in ((LESSON.format("dem"), ["Et"]), ("> [!SEKRETARIAT]\n> Er det nok?\n\n", [])):
            text = "## A\n\nDer er [@K1].\n\n## B\n\nDer er [@K2].\n\n" + box + self.CAVEAT.format("Et") + LESSON.format("os")
            self.assertEqual(self.caveats(text, figures, layout="extract: {tiles: 1, lessons: 6}\n"), shown)

    def test_caveats_of_the_figures_of_a_chart(self):
        """Each is said once, and without a chart not here."""
        rows = "".join(f"| K{i} | Svar | {i} | pct. | {place} | {said} |\n" for i, place, said in (
            (5, "Nord", "Kun to"), (6, "Syd", "Kun to"), (7, "Øst", ""), (8, "Vest", "Usikkert.")))
        figures = FIGURES + "\n## Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed | Hvor | Forbehold |\n|---|---|---|---|---|---|\n" + rows
        chart = "~~~chart\ntype: bars\nheadline: Svarene\nfigures: [K5, K6, K7, K8]\n~~~\n\n"
        for text, said in ((chart, True), ("", False)):
            self.build(self.sheet(theme(LESSON.format("A"), text, figures), "extract: {tiles: 0, lessons: 6}\n"), "-l", "ark")
            for sentence in ("Forbehold: Svar (Nord); Svar (Syd): Kun to.", "Forbehold: Svar (Vest): Usikkert."):
                self.assertEqual(self.words().count(sentence), said)

    def test_tiles_are_of_other_figures_than_the_charts(self):
        figures = FIGURES + "| K2 | Huse i byen | 7 | kr. |\n"
        for chart, texts in ((CHART.format("Et diagram", ""), (0, 1)), ("", (1, 1))):
            self.build(self.sheet(theme(chart, figures)), "-l", "ark")
            self.assertEqual(tuple(self.words().count(text) for text in (" andel", "huse i byen")), texts)

    def test_caveats_that_have_no_room_are_told(self):
        texts = [self.CAVEAT.format("Et").replace("Se dig for.", "Se dig for i mørket, når det regner. " * 40), advice(14), FIGURES]
        self.caveats(*texts, layout="most-pages: 1\nmay-leave-out: [caveats, recommendations]\n")
        self.assertIn("no room for its part 'caveats'", self.said)
        self.assertNotIn("mørket", self.words())

    def test_a_caveat_as_long_as_a_page_is_told(self):
        long = self.CAVEAT.format("To").replace("Se dig for.", "Se dig for i mørket, når det regner. " * 240)
        for caveats, shown in ((self.CAVEAT.format("Et") + long, ["Et"]), (long, [])):
            self.assertEqual(self.caveats(caveats, FIGURES), shown)
            self.assertIn("this caveat and those behind it have no room on one page", self.said)

    def test_a_caveat_may_be_all_title(self):
        self.caveats("> [!FORBEHOLD] Et\n\n", "> [!FORBEHOLD] To\n> - Se dig for.\n> - Gå hjem.\n\n", FIGURES)
        self.assertIn("Forbehold: Et Forbehold: To. Se dig for. Gå hjem.", self.words())

    def test_caveats_stand_below_what_is_shorter(self):
        lessons = "## Læring\n\n" + "- En sætning.\n" * 6 + "\n"
        for less, more, at_left in (("## Læring\n\n- En sætning.\n\n", CHART.format("Et diagram", ""), True),
                                    (lessons, CHART.format("Et diagram", ""), False)):
            self.caveats(self.CAVEAT.format("Et"), less, more, FIGURES)
            x, = (x for x, _, word in words_at(self.out / "prove-vand.pdf") if word == "Forbehold:")
            self.assertEqual(x < 200, at_left)
            drawn = text_of(self.out / "prove-vand.pdf", "-raw")
            self.assertLess(drawn.index("Et diagram"), drawn.index("Forbehold:"))  # as it is read

    def test_who_says_so_stands_once_where_it_is_one(self):
        for second, times in (("Udledt", 1), ("I gang", 1)):
            lessons = LESSON.format("A") + LESSON.format("B").replace("Udledt", second)
            self.build(self.sheet(theme(lessons)), "-l", "ark")
            self.assertEqual(self.words().count("Udledt"), times)
            self.assertEqual("(I gang)" in self.words(), second == "I gang")
            self.assertEqual("Det kan vi lære Udledt 1" in self.words(), second == "Udledt")

    def test_who_else_says_so_stands_behind_the_lesson(self):
        lessons = "".join(LESSON.format(name) for name in "ABC").replace("Udledt", "I gang", 1)
        self.build(self.sheet(theme(lessons)), "-l", "ark")
        self.assertIn("Det kan vi lære Udledt 1", self.words())
        self.assertEqual(self.words().count("Udledt"), 1)
        self.assertIn("A er kort. Resten af boksen står kun i pakken. (I gang) 2", self.words())
        self.build(self.sheet(theme(lessons.replace("Udledt", "", 1))), "-l", "ark")
        self.assertEqual(self.words().count("(Udledt)"), 1)  # nobody's lesson isn't somebody's

    def test_a_name_that_opens_its_lesson_is_said_once(self):
        visit = "## Besøg: Brønden\n\n> [!LÆRING]\n> {} giver vand.\n\n"
        self.build(self.sheet(theme(visit.format("Brønden"))), "-l", "ark")
        self.assertIn("1 Brønden giver vand.", self.words())
        self.build(self.sheet(theme(visit.format("Brøndene"))), "-l", "ark")
        self.assertIn("1 Brønden: Brøndene giver vand.", self.words())

    def test_lessons_are_told_in_several_sentences_where_all_of_them_have_room(self):
        """At most about 320 letters of each: nobody reads a page at a meeting."""
        lesson = LESSON.format("{0}").replace("pakken.", "pakken, {0}. " + "Den er lang. " * 20 + "Slut {0}.")
        seen = set()
        for proposals in range(6, 20):
            self.build(self.sheet(theme(*(lesson.format(name) for name in "ABCD"), advice(proposals))), "-l", "ark")
            words, sheet = self.words(), self.out / "prove-vand.pdf"
            told = [f"pakken, {name}. Den er lang." in words for name in "ABCD"]
            self.assertEqual(told, [told[0]] * 4)
            self.assertTrue(all(f"Lektien fra {name} er kort." in words for name in "ABCD"))
            self.assertNotIn("Slut", words)
            end = max(y for _, y, word in words_at(sheet, pages_of(sheet)) if y < 760)
            self.assertEqual(told[0] or pages_of(sheet) == 1 and end > 600, True, proposals)
            seen.add(told[0])
        self.assertEqual(seen, {True, False})

    def test_what_limits_a_lesson_is_not_cut(self):
        first, last = "Grav en brønd" + " igen" * 40 + ".", " Til sidst" + " igen" * 40 + "."
        for limit, kept in (("Den holder, hvis det regner", True), ("Den holder til hvisken", False)):
            limit += " meget" * 20 + "."
            self.build(self.sheet(theme(f"> [!LÆRING] X\n> {first} {limit} {last}\n\n")), "-l", "ark")
            self.assertEqual(limit[:15] in self.words(), kept)
            self.assertNotIn("Til sidst", self.words())

    def test_what_has_no_room_goes_in_the_layouts_order_and_is_told(self):
        text = theme(LESSON.format("vandet"), CHART.format("Et diagram", ""), FIGURES, advice(21))
        done = self.build(self.sheet(text, "most-pages: 1\nextract: {tiles: 0, lessons: 6}\n"
                          "may-leave-out: [lessons, chart, recommendations]\n"),
                          "-l", "ark")
        told = re.findall(r"'Vand' has no room for its part '([a-z]+)' in the layout 'ark'", done.stderr)
        self.assertEqual(told, ["lessons", "chart"])
        self.assertEqual(pages_of(self.out / "prove-vand.pdf"), 1)
        self.assertNotIn("Lektien", self.words())
        self.assertIn("Gør nummer 21", self.words())

    def test_a_basis_has_no_page_of_the_sheet(self):
        for more, said in (("", "Vand, side 1"), ('pages-of: ""\n', "Vand")):
            self.build(self.sheet(theme(FIGURES, advice(2)), more), "-l", "ark")
            self.assertEqual(re.findall("Vand(?:,? side .)?", self.words().split("Grundlag ")[1]), [said, said])

    def test_brief_always_or_never(self):
        for brief, there in (("true", False), ("false", True), ("needed", True)):
            self.build(self.sheet(theme(FIGURES, advice(2)), f"brief: {brief}\n"), "-l", "ark")
            self.assertEqual("Det koster." in self.words(), there, brief)
            # What no row has is said where nothing is left out for want of room.
            self.assertEqual("Økonomi er ikke oplyst" in self.words(), brief == "false")

    def test_brief_where_that_saves_a_page(self):
        lengths = []
        for n in range(6, 24):
            self.build(self.sheet(theme(FIGURES, advice(n))), "-l", "ark")
            lengths.append((pages_of(self.out / "prove-vand.pdf"), "Det koster." in self.words()))
        self.assertEqual(lengths[0], (1, True))
        self.assertIn((1, False), lengths)
        self.assertIn((2, True), lengths)
        self.assertEqual(lengths, sorted(lengths, key=lambda each: (each[0], not each[1])))

    def test_texts_that_make_no_row_higher_stay(self):
        """The others come back all at once, or not at all; how many are left out is told."""
        short, long = "Det koster.", "Det koster meget, og det tager ganske lang tid at blive helt færdig."
        seen = set()
        for n in range(8, 16):
            rows = "".join(f"{i}. **Gør nummer {i}.** {long if i % 3 else short}\n   Grundlag: [vand](#vand)\n"
                           f"   Oprindelse: {'udledt' if i % 2 else 'udtalt'}\n" for i in range(1, n + 1))
            done = self.build(self.sheet(theme(FIGURES, ADVICE.format(rows))), "-l", "ark")
            words, less = self.words(), n - n // 3
            self.assertEqual(words.count(short), n // 3, n)
            told = re.findall("'Vand' leaves out the text of ([0-9]+) of ([0-9]+) recommendations", done.stderr)
            self.assertEqual(told, [] if words.count("ganske lang tid") == less else [(str(less), str(n))])
            self.assertIn(words.count("ganske lang tid"), (0, less))
            seen.add((pages_of(self.out / "prove-vand.pdf"), bool(told)))
        self.assertLessEqual({(1, False), (1, True)}, seen)

    INTRODUCTION = "\n# Anbefalinger\n\nUdvalget skal tage stilling nu. "

    def test_what_introduces_comes_back_where_texts_do_not(self):
        long = "Det koster meget, og det tager ganske lang tid at blive helt færdig."
        seen = set()
        for n in range(8, 32):
            rows = "".join(f"{i}. **Gør nummer {i}.** {long}\n   Grundlag: [vand](#vand)\n" for i in range(1, n // 2 + 4))
            introduction = self.INTRODUCTION + "Det er vigtigt for byen. " * (n % 2 * 7) + "\n"
            done = self.build(self.sheet(theme(FIGURES, ADVICE.format(rows), introduction)), "-l", "ark")
            words = self.words()
            told = [what in done.stderr for what in ("leaves out the text of", "leaves out what introduces")]
            there = ["ganske lang tid" not in words, "Udvalget skal tage stilling nu." not in words]
            self.assertEqual(told, there, n)
            seen.add(tuple(told))
        self.assertLessEqual({(False, False), (True, False), (False, True)}, seen)

    def test_the_front_says_what_stands_on_the_back_without_its_introduction(self):
        lessons = "".join(f"## Besøg: Sted {i} {{#s{i}}}\n\n" + LESSON.format(f"sted {i} " * 9) for i in range(6))
        caveats = self.CAVEAT.format("Et").replace("Se dig for.", "Se dig for i mørket, når det regner. " * 12) * 4
        introduction = self.INTRODUCTION + "Det er vigtigt for byen. " * 20
        seen = set()
        for n in (12, 16, 20, 24):
            report = self.sheet(theme(caveats, lessons, CHART.format("Et", ""), FIGURES, advice(n), introduction))
            done = self.build(report, "-l", "ark")
            pdf = self.out / "prove-vand.pdf"
            front, back = (words_of(pdf, "-f", page, "-l", page) for page in (1, 2))
            self.assertIn("Anbefalinger til drøftelse", back)
            self.assertIn("Anbefalinger: se bagsiden", front)
            seen.add("leaves out what introduces" in done.stderr)
        self.assertEqual(seen, {False, True})

    def test_columns_like_those_of_other_sheets_cost_no_page(self):
        """Another theme's owner and basis need wide columns, which leave this one's proposals two lines."""
        other = ("# Tema: Luft {#luft}\n\n## Anbefalinger\n\n1. **Gør alt.** Det koster.\n"
                 "   Grundlag: [forvaltningens undersøgelse af luften](#luft), [målinger](#luft)\n"
                 "   Ansvarlig: Kommunalbestyrelsessekretariatsbetjeningen\n   Frist: 2. kvartal 2027\n")
        begins = []
        for n in (8, 14, 18, 22):
            text = theme(advice(n).replace("for byen.", "for byens vand og dens brønde.")) + other
            self.build(self.sheet(text), "-l", "ark", "-t", "vand")
            pdf = self.out / "prove-vand.pdf"
            self.assertEqual(pages_of(pdf), 1, n)
            begins.append(next(x for x, _, word in words_at(pdf, 1) if word == "Grundlag"))
        self.assertLess(max(begins[:2]), min(begins[2:]) - 50)

    def test_where_nothing_may_go_it_is_an_error(self):
        report = self.sheet(theme(advice(60)), "most-pages: 1\nmay-leave-out: [chart]\n")
        done = self.build(report, "-l", "ark", status=1)
        self.assertRegex(done.stderr, r"report.md:4:1: error: 'Vand' takes \d pages in the layout 'ark', "
                                      "which has at most 1")
        self.assertEqual(self.made(), [])

    def test_many_lessons_and_tiles_stay_within_the_sheet(self):
        text = theme("".join(f"## Besøg: Sted {i} {{#s{i}}}\n\n" + LESSON.format(f"sted {i}")
                             for i in range(40)))
        done = self.build(self.sheet(text), "-l", "ark")
        self.assertEqual(re.findall(r"Sted (\d+): Lektien", self.words()), list("012345"))
        self.assertRegex(done.stderr, r"report.md:\d+:1: advice: the layout 'ark' shows 6 of the 40 lessons here")

    def test_tiles_that_are_not_shown_are_told(self):
        names = [f"K{i}" for i in range(1, 8)]
        rows = "".join(f"| {name} | Tal nummer {i} | {i}2 | pct. |\n" for i, name in enumerate(names))
        figures = FIGURES.split("| K1")[0] + rows
        for n, told in ((7, True), (5, False)):
            tiles = f"~~~tiles\nfigures: [{', '.join(names[:n])}]\n~~~\n\n"
            done = self.build(self.sheet(theme(tiles, figures), "extract: {tiles: 5}\n"), "-l", "ark")
            self.assertEqual(f"advice: the layout 'ark' shows 5 of these {n} tiles" in done.stderr, told, done.stderr)

    def test_an_address_with_danish_letters_is_read_from_its_code(self):
        url = "www.rødgrød.dk/børn?å=1"
        report = self.report(theme(LESSON.format("vandet")).replace("title:", f"url: {url}\ntitle:", 1))
        self.build(report, "-l", "handout")
        pdf = self.out / "prove-vand-handout.pdf"
        tool("pdftoppm", "-r", 150, "-singlefile", pdf, self.folder / "page")
        encoded = "https://www.xn--rdgrd-vuad.dk/b%C3%B8rn?%C3%A5=1"
        self.assertEqual(tool("zbarimg", "-q", "--raw", self.folder / "page.ppm").strip(), encoded)
        self.assertIn(f'"/URI": "u:{encoded}"', tool("qpdf", "--json", pdf))
        self.assertIn(url, words_of(pdf))

    def test_an_address_that_is_too_long(self):
        report = self.report(HEAD.replace("---\n", f"---\nurl: www.example.org/{'a' * 300}\n", 1) + "# Tema: A {#a}\n\nT.\n")
        self.assertIn("report.md:2:6: error: this address is longer than 300 characters",
                      self.build(report, status=1).stderr)

    def test_a_sheet_of_the_whole_report(self):
        report = self.sheet(theme(LESSON.format("vandet")), "for-each: report\n")
        done = run("build", "-o", self.out, "-l", "ark", report)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Lektien fra vandet", words_of(self.out / "prove-.pdf"))

    def test_other_layouts_show_the_address_with_the_contact(self):
        for sender in ("{unit: Sekretariatet, email: a@example.org}", "{organisation: Byen}"):
            lines = f"sender: {sender}\nurl: www.example.org/vand/\n"
            self.build(self.report(theme().replace("title:", lines + "title:", 1)), "-l", "theme-briefing")
            pdf = self.out / "prove-vand.pdf"
            self.assertRegex(words_of(pdf), "Kontakt .*www.example.org/vand")
            self.assertIn('"u:https://www.example.org/vand/"', tool("qpdf", "--json", pdf))

    def test_an_address_that_is_none(self):
        for url in ("ftp://example.org", "example", "www.example.org/a b", "https://", "'javascript:alert(1)'"):
            report = self.report(HEAD.replace("---\n", f"---\nurl: {url}\n", 1) + "# Tema: A {#a}\n\nTekst.\n")
            done = self.build(report, status=1)
            self.assertIn("report.md:2:6: error: 'url' is no web address", done.stderr)


if __name__ == "__main__":
    unittest.main()
