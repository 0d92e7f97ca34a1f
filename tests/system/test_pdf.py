"""The PDFs as other programs read them."""
import json
import os
import re
import unittest

from support import HEAD, LONDON, ROOT, Case, Structure, pages_of, run, text_of, tool, words_at, words_of

REPORTS = [LONDON, *sorted((ROOT / "tests" / "reports").iterdir())]
LAYOUTS = ["committee-pack", "theme-briefing", "committee-pack-booklet", "closed-pack"]


class Every(Case):
    """What holds of every PDF."""

    def setUp(self):
        super().setUp()
        layouts = [word for layout in LAYOUTS for word in ("-l", layout)]
        done = run("build", "-o", self.out, *layouts, *REPORTS)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.pdfs = sorted(self.out.iterdir())
        self.assertGreater(len(self.pdfs), 20)

    def test_qpdf_finds_nothing_wrong(self):
        for pdf in self.pdfs:
            said = tool("qpdf", "--check", pdf)
            self.assertIn("No syntax or stream encoding errors found", said, pdf.name)

    def test_all_fonts_are_embedded_subsets_with_unicode(self):
        for pdf in self.pdfs:
            rows = tool("pdffonts", pdf).splitlines()[2:]
            self.assertTrue(rows, pdf.name)
            for row in rows:
                self.assertRegex(row, r"^[A-Z]{6}\+\S+ .* yes yes yes +\d+ +0$", pdf.name)

    def test_what_the_lines_announce_is_true(self):
        done = run("build", "-o", self.out, LONDON)
        for line in done.stdout.splitlines():
            path, pages, size = re.match(r"(.+\.pdf): (\d+) pages?, (\d+) kB$", line).groups()
            self.assertIn(f"Pages:           {pages}\n", tool("pdfinfo", path))
            self.assertEqual(int(size), (os.stat(path).st_size + 999) // 1000)
            self.assertLess(int(size), 150, "the London pack can be mailed")

    def test_information(self):
        for pdf in self.pdfs:
            said = tool("pdfinfo", pdf)
            for pattern in (r"^Title: +\S", r"^Tagged: +(yes|no)$", r"^Encrypted: +no$",
                            r"^Page size: +(595|841|842)", r"^PDF version: +1\.7$"):
                self.assertRegex(said, re.compile(pattern, re.M), pdf.name)
            tagged = "haefte" not in pdf.name
            self.assertEqual("Tagged:          yes" in said, tagged, pdf.name)

    def test_no_page_is_empty(self):
        for pdf in self.pdfs:
            pages = text_of(pdf).split("\f")[:-1]
            for number, page in enumerate(pages, 1):
                self.assertTrue(page.strip(), f"{pdf.name}, page {number}")

    def test_no_script_no_action_no_form(self):
        for pdf in self.pdfs:
            everything = json.dumps(json.loads(tool("qpdf", "--json", pdf)))
            for name in ("/JavaScript", "/JS", "/Launch", "/AcroForm", "/OpenAction", "/AA", "/Encrypt"):
                self.assertNotIn(f'"{name}"', everything, pdf.name)


class Breaks(Case):
    """What can't all be on one page is broken, but not after each of its parts."""

    def test_a_title_above_a_lead_of_many_pages(self):
        self.build(self.report(HEAD + "# Tema: Vand {#vand}\n\n" + "ord " * 3000 + "\n"))
        page = words_of(self.out / "prove-pakke.pdf", "-f", "3", "-l", "3")
        self.assertRegex(page, "Tema.1 Vand ord ord ord")

    def test_headings_alone(self):
        headings = "".join(f"## Afsnit {i}\n\n" for i in range(100))
        self.build(self.report(HEAD + "# Tema: Vand {#vand}\n\n" + headings + "Tekst.\n"))
        self.assertLess(pages_of(self.out / "prove-vand.pdf"), 10)


    def test_key_figures_follow_where_little_stands_on_the_page(self):
        table = ("\n## Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed |\n|---|---|---|---|\n"
                 "| K1 | Folk | 7 | personer |\n")
        for paragraphs, pages in ((2, 1), (30, 2)):
            text = "# Tema: Vand {#vand}\n\n" + "Et afsnit om vand.\n\n" * paragraphs
            self.build(self.report(HEAD + text + table))
            self.assertEqual(pages_of(self.out / "prove-vand.pdf"), pages)


class Charts(Case):
    def chart(self, rows, more=""):
        table = "| Sted | Antal |\n|---|---|\n" + "".join(f"| Sted {i} | {i} |\n" for i in range(1, rows + 1))
        return self.report(HEAD + "# Tema: A {#a}\n\n~~~chart\ntype: bars\nheadline: Mange\nfrom: t\n" + more + "~~~\n\n"
                           + table + "\nTabel: T {#t}\n")

    def test_one_that_fills_a_page(self):
        self.build(self.chart(24), "-l", "theme-briefing")

    def test_one_that_is_higher_than_a_page_is_a_table_in_its_stead(self):
        """With number, headline, subtitle and source; it goes on over pages as tables do."""
        done = self.build(self.chart(40, "subtitle: Antal pr. sted\nsource: Nord\nid: d\n"), "-l", "theme-briefing")
        self.assertIn("report.md:6:1: advice: this chart is higher than a page of the layout 'theme-briefing', and is "
                      "set as a table there", done.stderr)
        pdf = self.out / "prove-a.pdf"
        text = words_of(pdf)
        for words in ("Figur 1 Mange Antal pr. sted", "Sted 40 40 Kilde: Nord.", "Figur 1: Mange, fortsat fra side 1"):
            self.assertIn(words, text)
        structure = Structure(pdf)
        self.assertEqual(structure.of("Figure"), {})
        div = structure.above(next(iter(structure.of("Caption"))), "Div")
        self.assertEqual([structure.found[kid]["/S"] for kid in structure.kids(div)], ["/Caption", "/Table", "/P"])
        told = run("read-aloud", "--lang=da", pdf).stdout
        self.assertLess(told.index("Mange"), told.index("Sted 40"))

    def test_a_table_has_as_many_rows_as_there_are_figures(self):
        for rows in (60, 61, 300):
            self.build(self.chart(rows), "-l", "theme-briefing")
            text = words_of(self.out / "prove-a.pdf")
            self.assertEqual(text.count(f"Sted {rows} {rows} "), 2, rows)  # of the chart, and the table that it is from

    def test_the_table_in_its_stead_has_the_target(self):
        rows = "".join(f"| K{i} | Sted {i} | {i} | pct. |\n" for i in range(1, 60))
        figures = ", ".join(f"K{i}" for i in range(1, 59))
        self.build(self.report(HEAD + "# Tema: A {#a}\n\n~~~chart\ntype: progress\nheadline: Så langt er vi\n"
                               f"figures: [{figures}]\ntarget: K59\nsource: Nord\n~~~\n\n"
                               f"## Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed |\n|---|---|---|---|\n{rows}"), "-l", "tablet")
        self.assertIn("Kilde: Nord. Mål: 59 pct.", words_of(self.out / "prove-tablet.pdf"))

    def test_a_handout_is_without_one_that_is_higher_than_a_page(self):
        done = self.build(self.chart(50), "-l", "handout")
        self.assertIn("'A' has no room for its part 'chart' in the layout 'handout'", done.stderr)
        self.assertNotIn("Mange", words_of(self.out / "prove-a-handout.pdf"))

    def test_two_side_by_side_share_their_heights(self):
        one = "~~~chart\ntype: bars\nheadline: Mange\nfrom: t\nwidth: half\nsource: Nord\n~~~\n\n"
        two = ("~~~chart\ntype: bars\nheadline: Få\nsubtitle: Antal\nfrom: u\nwidth: half\n"
               "source: Syd! Skøn\n~~~\n\n")
        tables = ("| Sted | Antal |\n|---|---|\n| Alfa | 7 |\n| Beta | 8 |\n\nTabel: T {#t}\n\n"
                  "| Sted | Antal |\n|---|---|\n| Gamma | 3 |\n\nTabel: U {#u}\n")
        self.build(self.report(HEAD + "# Tema: A {#a}\n\n" + one + two + tables), "-l", "theme-briefing")
        text = text_of(self.out / "prove-a.pdf", "-layout")
        self.assertRegex(text, r"Alfa +7 +Gamma +3", "plots begin at one height")
        self.assertRegex(text, r"Kilde: Nord\. +Kilde: Syd! Skøn\.")

    def test_rows_of_a_pair_are_level_where_names_stand_above_bars(self):
        one = "~~~chart\ntype: bars\nheadline: Mange\nfrom: t\nwidth: half\n~~~\n\n"
        two = "~~~chart\ntype: bars\nheadline: Få\nfrom: u\nwidth: half\n~~~\n\n"
        tables = ("| Sted | Antal |\n|---|---|\n| Alfa | 7 |\n| Beta med et langt navn til | 12.950–13.020 |\n| Kappa | 9 |\n\n"
                  "Tabel: T {#t}\n\n| Sted | Antal |\n|---|---|\n| Gamma | 3 |\n| Delta | 8.000–8.100 |\n| Sigma | 5 |\n\nTabel: U {#u}\n")
        self.build(self.report(HEAD + "# Tema: A {#a}\n\n" + one + two + tables), "-l", "tablet")
        at = {word: (x, y) for x, y, word in reversed(words_at(self.out / "prove-tablet.pdf"))}
        self.assertGreater(at["til"][1], at["Beta"][1], "the name takes two lines")
        for name, beside in (("Alfa", "Gamma"), ("til", "Delta"), ("Kappa", "Sigma")):
            self.assertAlmostEqual(at[name][1], at[beside][1], delta=0.1)
            self.assertLess(at[name][0], at[beside][0])

    def test_one_of_half_the_width_that_were_a_tower_is_as_wide_as_all(self):
        rows = "".join(f"| Et sted med nummer {i} | {i + 3} | {i + 7} |\n" for i in range(6))
        for more in ("", "width: half\n"):
            self.build(self.report(HEAD + f"# Tema: A {{#a}}\n\n~~~chart\ntype: grouped\nheadline: Mange\nfrom: t\n{more}~~~\n\n"
                                   f"| Sted | Nord | Syd |\n|---|---|---|\n{rows}\nTabel: T {{#t}}\n"), "-l", "tablet")
            boxes = [word for word in words_at(self.out / "prove-tablet.pdf") if word[2] in ("Mange", "13")]
            places = boxes if not more else places
            self.assertEqual(boxes, places)

    def test_a_source_stays_near_a_plot_that_is_much_lower_than_its_neighbour(self):
        one = "~~~chart\ntype: bars\nheadline: Mange\nfrom: t\nwidth: half\nsource: Nord\n~~~\n\n"
        two = "~~~chart\ntype: bars\nheadline: Få\nfrom: u\nwidth: half\nsource: Syd\n~~~\n\n"
        rows = "".join(f"| Sted{i} | 7 |\n" for i in range(6))
        tables = (f"| Sted | Antal |\n|---|---|\n{rows}\nTabel: T {{#t}}\n\n"
                  "| Sted | Antal |\n|---|---|\n| Gamma | 3 |\n\nTabel: U {#u}\n")
        self.build(self.report(HEAD + "# Tema: A {#a}\n\n" + one + two + tables), "-l", "theme-briefing")
        at = {word: y for _, y, word in reversed(words_at(self.out / "prove-a.pdf", 1))}
        self.assertLess(at["Syd."] - at["Gamma"], 30)
        self.assertLess(at["Nord."] - at["Sted5"], 30)
        self.assertGreater(at["Nord."] - at["Syd."], 60)


class Tables(Case):
    def test_only_wide_columns_break(self):
        """A column that takes no more than its share isn't broken for the sake of a wide one."""
        self.build(ROOT / "tests" / "reports" / "tables")
        text = text_of(self.out / "tables-tabeller.pdf", "-layout")
        rows = [line.split() for line in text.splitlines() if re.match(r" *Post \d", line)]
        self.assertEqual(len(rows), 120)
        for number, row in enumerate(rows, 1):
            self.assertEqual(row[:2], ["Post", str(number)])
            noted = number % 3 == 0 and number % 7 != 0
            self.assertEqual(row[-2:] == ["se", "note"], noted, row)


class London(Case):
    def setUp(self):
        super().setUp()
        self.build(LONDON)
        self.pack = self.out / "studietur-london-2012-pakke.pdf"
        self.briefing = self.out / "studietur-london-2012-bander.pdf"

    def test_running_heads_and_feet(self):
        pages = text_of(self.pack, "-layout").split("\f")[:-1]
        for number, page in enumerate(pages, 1):
            self.assertIn(f"Side {number} af {len(pages)}", page)

    def test_a_briefing_names_its_theme_on_every_page_but_the_first(self):
        heads = [page.strip().split("\n")[0] for page in text_of(self.briefing, "-layout").split("\f")[:-1]]
        self.assertNotIn("Tema 2", heads[0])
        for head in heads[1:]:
            self.assertRegex(head, r"^Tema 2 +Bander og kriminalitetstruede unge .*Udkast ")

    def test_contents_name_the_right_pages(self):
        # Without the days beside them.
        contents = text_of(self.pack, "-layout", "-f", 2, "-l", 2, "-x", 0, "-y", 0, "-W", 425, "-H", 842)
        lines = re.findall(r"^ *(?:Tema \d+ +)?(\S.*?)  +(\d+)$", contents, re.M)
        self.assertGreater(len(lines), 25)
        pages = text_of(self.pack, "-raw").split("\f")[:-1]  # line by line, not what stands beside them
        for title, number in lines:
            self.assertIn(" ".join(title.split()), " ".join(pages[int(number) - 1].split()))

    def test_contents_end_before_the_days_beside_them(self):
        self.assertEqual(text_of(self.pack, "-f", 2, "-l", 2, "-x", 412, "-y", 84, "-W", 20, "-H", 600).strip(), "")

    def test_bookmarks(self):
        items = json.loads(tool("qpdf", "--json", "--json-key=outlines", self.pack))["outlines"]
        titles = [item["title"] for item in items]
        for title in ("Kort fortalt", "Socioøkonomiske virksomheder", "Alle nøgletal",
                      "Anbefalinger til drøftelse"):
            self.assertTrue(any(title in found for found in titles), f"{title}: {titles}")
        pages = [item["destpageposfrom1"] for item in items]
        self.assertEqual(pages, sorted(pages))

    def test_the_structure_begins_with_the_title_and_has_one_first_heading_a_part(self):
        said = tool("pdfinfo", "-struct", self.pack)
        self.assertIn("Document", said)
        for name in ("H1", "H2", "P", "L", "LI", "Lbl", "LBody", "Table", "THead", "TBody", "TR", "TH",
                     "TD", "TOC", "TOCI", "Link"):
            self.assertRegex(said, re.compile(rf"^ *{name}\b", re.M), name)
        levels = [int(level) for level in re.findall(r"^ *H(\d)\b", said, re.M)]
        self.assertEqual(levels[0], 1)
        for before, after in zip(levels, levels[1:]):
            self.assertLessEqual(after, before + 1)

    def test_structure_text_is_in_the_order_of_reading(self):
        said = " ".join(tool("pdfinfo", "-struct-text", self.briefing).split())
        order = ["Bander og kriminalitetstruede unge", "Tower Hamlets", "Nøgletal", "Anbefalinger"]
        places = [said.find(word) for word in order]
        self.assertNotIn(-1, places)
        self.assertEqual(places, sorted(places))

    def test_letters_are_read_back(self):
        said = words_of(self.pack)
        for word in ("Socialudvalgets", "Københavns", "socioøkonomiske", "–"):
            self.assertIn(word, said)
        self.assertNotIn("\ufffd", said)

    def test_a_line_copied_from_a_page_is_the_text(self):
        report = (LONDON / "report.md").read_text()
        lead = "Der findes ingen personnumre. Befolkningen bliver i stedet talt"
        self.assertIn(lead, " ".join(report.split()))
        self.assertIn(lead, words_of(self.pack))

    def test_questions_to_the_secretariat_are_for_drafts_alone(self):
        report = (LONDON / "report.md").read_text()
        self.assertIn("status: draft", report)
        self.assertIn("Skal afklares", words_of(self.pack))
        final = self.report(report.replace("status: draft", "status: final"), "endelig")
        done = self.build(final)
        self.assertIn("warning", done.stderr)
        for name in ("endelig-pakke.pdf", "endelig-bander.pdf", "endelig-socio.pdf",
                     "endelig-partnervold.pdf"):
            said = words_of(self.out / name)
            self.assertNotIn("Skal afklares", said)
            self.assertNotIn("Til sekretariatet", said)

    def test_every_key_figure_and_recommendation_is_in_the_pack(self):
        said = re.sub(r"\s", "", text_of(self.pack, "-raw"))
        report = (LONDON / "report.md").read_text()
        rows = re.findall(r"^\| (K\d\d\w?) \| (.*?) \|", report, re.M)
        self.assertEqual(len(rows), 49)
        for number, name in rows:
            self.assertIn(re.sub(r"\s", "", name), said, number)
        for lead in re.findall(r"^\d+\. \*\*(.*?)\*\*\s", report, re.M):
            plain = re.sub(r"\[([^]]*)\](\([^)]*\)|\{[^}]*\})", r"\1", lead)
            if "@" not in plain:
                self.assertIn(re.sub(r"\s", "", plain), said)

    def test_a_closed_part_is_in_the_closed_pack_alone(self):
        elements = ROOT / "tests" / "reports" / "elements"
        self.build(elements, "-l", "committee-pack", "-l", "closed-pack")
        secret = "Det her må kun nogle læse."
        self.assertNotIn(secret, words_of(self.out / "elements-pakke.pdf"))
        self.assertIn(secret, words_of(self.out / "elements-pakke-lukket.pdf"))
        everything = tool("qpdf", "--json", "--json-stream-data=none",
                          self.out / "elements-pakke.pdf")
        self.assertIn("Det første sted", everything)
        self.assertNotIn("Lukket del", everything)


if __name__ == "__main__":
    unittest.main()
