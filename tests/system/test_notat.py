"""What long papers in columns, on tablets and in large print need: themes that open well, lists of them, records, and
tables that go on."""
import re
import subprocess
import sys
import unittest

from support import ROOT, WORD, Case, pages_of, text_of, tool, words_with_places, words_at

HEAD = "---\ntitle: Prøve\ndate: 2026-08-12\ncommittee: Udvalget\n---\n"


def theme(number, sentences):
    return (f"# Tema: Emne{number}\n\nIndledning om emnet.\n\n" +
            "\n\n".join(f"Tekst{number} " + "og noget mere om sagen " * 5 + "her." for _ in range(sentences)) + "\n\n")


class Notat(Case):
    def pdf(self, text, layout="notat", suffix="notat"):
        self.build(self.report(text), "-l", layout)
        return self.out / f"prove-{suffix}.pdf"

    def test_the_date_ends_at_the_edge(self):
        pdf = self.pdf(HEAD + theme(1, 3))
        right = max(word[3] for word in words_with_places(pdf) if word[0] == 1)
        year = next(word for word in words_with_places(pdf) if word[5] == "2026")
        self.assertAlmostEqual(year[3], 595.28 - 25 * 72 / 25.4, delta=1)
        self.assertGreaterEqual(right + 3, year[3])

    def test_the_contact_is_as_wide_as_what_is_above_it(self):
        sender = HEAD.replace("date:", "sender: {organisation: Byen, address: [Torvet 1, 9998 Byen], phone: 70 00 00 00, "
                              "email: by@by.example}\ndate:", 1)
        table = "| Sted " * 6 + "|\n" + "|---" * 6 + "|\n" + "| Nord " * 6 + "|\n\nTabel: Steder\n"
        for last, beside in ((table, True), ("Mere tekst. " * 40 + "\n", False)):
            at = {word: (x, y) for x, y, word in words_at(self.pdf(sender + "# A\n\nTekst.\n\n" + last))}
            self.assertEqual(at["Telefon"][0] > at["Torvet"][0] + 200, beside, at)
            self.assertEqual(at["Telefon"][1] - at["Kontakt"][1] < 20, beside, at)

    def test_a_note_is_as_wide_as_its_table(self):
        """Below one over all columns of text it stands in no column, and what follows is below both."""
        note = "Note: " + "Her står meget " * 7
        for heads, wide in ((6, True), (2, False)):
            table = ("| Sted " * heads + "|\n" + "|---" * heads + "|\n" + "| Nord " * heads + "|\n")
            pdf = self.pdf(HEAD + "# A\n\n" + "Noget tekst i en spalte. " * 20 + "\n\n" + table + "\nTabel: Steder\n\n" + note +
                           "\n\n## Efter\n\n" + "Mere tekst. " * 40 + "\n")
            words = [word for word in words_with_places(pdf) if word[5] in ("meget", "Efter")]
            right = max(word[3] for word in words if word[5] == "meget")
            self.assertEqual(right > 595 / 2 + 20, wide, words)

    def test_charts_have_the_figures_of_their_styles(self):
        text = ("# Tema: A {#a}\n\nOm.\n\n## B\n\nIfa8b.\n\n~~~chart\ntype: bars\nheadline: Mange\nfrom: t\nsource: Nord\n~~~\n\n"
                "| Sted | Antal |\n|---|---|\n| Ufa8b | 7 |\n| Beta | 9 |\n\nTabel: T {#t}\n")
        drawn = re.findall(r'unicode="(.)" glyph="(\w+)"', tool("mutool", "trace", self.pdf(HEAD + text)))
        letters = "".join(letter for letter, _ in drawn)
        eights = {first: {drawn[at.start()][1] for at in re.finditer(f"(?<={first}fa)8(?=b)", letters)} for first in "IU"}
        self.assertEqual(letters.count("Ufa8b"), 2)  # the label of the chart, and the cell
        self.assertEqual([len(eights[first]) for first in "IU"], [1, 1])
        self.assertNotEqual(eights["I"], eights["U"])  # old-style in the text, lining in both of these

    def test_numbers_to_copy_have_lining_figures(self):
        """An old-style 1 of a book's type looks like a Roman one."""
        head = HEAD.replace("date:", 'case-number: "Ifa8b"\nsender: {unit: Byen, phone: "Ufa8b"}\ndate:', 1)
        drawn = re.findall(r'unicode="(.)" glyph="(\w+)"', tool("mutool", "trace", self.pdf(head + "# A\n\n| Sted | Ord |\n|---|---|\n| Afa8b | ja |\n")))
        letters = "".join(letter for letter, _ in drawn)
        eights = {first: {drawn[at.start()][1] for at in re.finditer(f"(?<={first}fa)8(?=b)", letters)} for first in "AIU"}
        self.assertGreater(letters.count("Ifa8b"), 1)  # in the letterhead and at the foot
        self.assertEqual(eights["I"], eights["A"])  # as in a table's cell
        self.assertEqual(eights["U"], eights["A"])

    def gaps_of(self, pdf, mark):
        """The spaces between words on each line that begins with a word of this beginning, in tenths of a point."""
        lines = re.findall(r'<line[^>]*>(.*?)</line>', tool("pdftotext", "-bbox-layout", pdf, "-"), re.S)
        found = []
        for words in ([list(map(float, w[:4])) + [w[4]] for w in WORD.findall(line)] for line in lines):
            if words and words[0][4].startswith(mark):
                found.append({round(b[0] - a[2], 1) for a, b in zip(words, words[1:])})
        return found

    def test_lists_and_boxes_are_ragged_beside_justified_text(self):
        prose = lambda mark: " ".join(f"{mark}{'aeiou'[i * 7 % 5] * (i % 4)} ord{'et' * (i % 3)} som vi har" for i in range(60))
        text = f"# Tema: A {{#a}}\n\nOm.\n\n{prose('T')}.\n\n- {prose('L')}.\n\n> {prose('B')}.\n"
        layout = "extends: notat\nstyles:\n  body: {align: justify}\noutput: \"{report}-notat.pdf\"\n"
        for ragged in (True, False):
            report = self.report(HEAD + text)
            (report / "layouts").mkdir(exist_ok=True)
            (report / "layouts" / "fyldt.yaml").write_text(layout + ("" if ragged else "list: {align: text}\nbox: {align: text}\n"))
            self.build(report, "-l", "fyldt")
            pdf = self.out / "prove-notat.pdf"
            for mark, even in (("T", False), ("L", ragged), ("B", ragged)):
                with self.subTest(ragged=ragged, mark=mark):
                    lines = self.gaps_of(pdf, mark)
                    self.assertGreater(len(lines), 2)
                    gaps = set().union(*lines)
                    self.assertEqual(max(gaps) - min(gaps) < 0.25, even, lines)

    def test_three_themes_are_listed_with_their_pages(self):
        for count, listed in ((2, False), (3, True), (7, True)):
            with self.subTest(count):
                pdf = self.pdf(HEAD + "".join(theme(i, 12) for i in range(1, count + 1)))
                first = text_of(pdf, "-f", "1", "-l", "1", "-layout").split("Tema 1")[0]
                self.assertEqual(len(re.findall(r"Emne\d +side \d", first)), count if listed else 0)
                for name, page in re.findall(r"(Emne\d) +side (\d)", first):
                    self.assertIn(name, text_of(pdf, "-f", page, "-l", page))

    def test_what_is_behind_the_themes_is_listed_with_them(self):
        """But not the summary, which stands below, nor its sources."""
        text = "".join(theme(i, 12) for i in range(1, 5)) + "# Bilag: takster\n\nTakster.\n\n# Ordliste\n\n- **Ord:** Det.\n\n# Kilder\n\nDet hele.\n"
        pdf = self.pdf(HEAD + "# Kort fortalt\n\nDet hele.\n\n" + text)
        first = re.split("\nKort fortalt", text_of(pdf, "-f", "1", "-l", "1", "-layout"))[0]
        listed = re.findall(r"(Emne\d|Bilag: takster|Kort fortalt|Ordliste|Kilder) +side (\d+)", first)
        pages = dict(listed)
        names = ["Emne1", "Emne2", "Emne3", "Emne4", "Ordliste", "Bilag: takster"]
        self.assertEqual(sorted(pages), sorted(names))
        self.assertEqual([pages[name] for name in names], sorted(pages.values(), key=int))
        self.assertIn("Takster.", text_of(pdf, "-f", dict(listed)["Bilag: takster"]))

    def test_a_theme_has_six_lines_below_its_title(self):
        for above in range(6, 30):
            pdf = self.pdf(HEAD + theme(1, above) + theme(2, 14))
            words = words_with_places(pdf)
            title = next(word for word in words if word[5] == "Emne2" and word[4] - word[2] > 20)
            below = {(word[1] < 290, round(word[2])) for word in words
                     if word[0] == title[0] and title[4] + 30 < word[2] < 760}
            self.assertGreaterEqual(len(below), 6, above)  # in both columns

    def test_a_table_below_a_title_has_a_third_of_each_column(self):
        rows = "".join(f"| Række{i:02} | {i} |\n" for i in range(60))
        for above in range(6, 26):
            pdf = self.pdf(HEAD + theme(1, above) + "# Tema: Emne2\n\nOm det.\n\n| Hvad | Tal |\n|---|--:|\n" + rows)
            words = words_with_places(pdf)
            title = next(word for word in words if word[5] == "Emne2" and word[4] - word[2] > 20)
            there = [word for word in words if word[0] == title[0] and word[5].startswith("Række")]
            self.assertGreater(len(there), 20, above)

    def test_notes_below_columns_are_drawn_as_they_are_read(self):
        for count in (25, 90):  # over two columns, and over pages, too
            caveats = {1: "usikkert", 3: "skøn", count - 2: "usikkert"}
            rows = "".join(f"| K{i} | Antal {i} | {i + 10} | {caveats.get(i, '')} |\n" for i in range(count))
            pdf = self.pdf(HEAD + "# Tema: Et\n\nOm det.\n\n## Nøgletal\n\n| Id | Nøgletal | Værdi | Forbehold |\n"
                           "|---|---|---|---|\n" + rows)
            done = subprocess.run([sys.executable, ROOT / "tests" / "conformance" / "reader.py", pdf],
                                  capture_output=True, text=True, timeout=300)
            self.assertEqual(done.returncode, 0, done.stdout)  # content-order
            notes = [word[:2] for word in words_with_places(pdf) if word[5].lower().startswith("usikkert")]
            self.assertEqual(len(set(notes)), 2, notes)  # each below its column

    def test_a_glossary_is_terms(self):
        text = HEAD + theme(1, 3) + "# Ordliste\n\n- **CCTV:** kameraer på gaden.\n- **CIC:** selskabsform.\n"
        for layout, suffix in (("notat", "notat"), ("tablet", "tablet"), ("large-print", "stor-skrift")):
            with self.subTest(layout):
                words = words_with_places(self.pdf(text, layout, suffix))
                term = next(word for word in words if word[5] == "CCTV")
                meaning = next(word for word in words if word[5] == "kameraer")
                self.assertAlmostEqual(term[1], meaning[1], delta=1)
                self.assertGreater(meaning[2], term[2] + 8)

    def test_questions_that_go_on_say_so_in_as_many_lines_as_it_takes(self):
        boxes = "".join(f"> [!SEKRETARIAT] Et spørgsmål om emne nummer {i}\n> Hvad er det, der skal siges om det? "
                        "Og hvorfor skal det siges?\n\n" for i in range(12))
        pdf = self.pdf(HEAD.replace("date:", "status: draft\ndate:") + theme(1, 3) + boxes, "large-print", "stor-skrift")
        words = words_with_places(pdf)
        first = next(word[0] for word in words if word[5] == "afklares," and word[4] - word[2] > 35)
        page = [word for word in words if word[0] == pages_of(pdf) and word[2] > 60]
        title = [word for word in page if word[5] in ("Skal", "fortsat", "fra", str(pages_of(pdf) - 1))]
        self.assertGreater(pages_of(pdf), first)
        self.assertEqual([word[5] for word in title[:3]], ["Skal", "fortsat", "fra"])
        self.assertGreater(title[1][2], title[0][2] + 10)
        head = next(word for word in page if word[5] == "Nr.")
        self.assertGreater(head[2], max(word[4] for word in title[:3]) - 3)

    def test_a_record_may_stand_alone_at_the_edge_of_a_page(self):
        """Two of them on each side would leave holes of more than a third of a page."""
        rows = "\n".join(f"| K{i:02} | Et tal om sagen nummer {i} | {i + 10} | kr. | Byen | | Kilde | Et forbehold om tallet, "
                         "som fylder et par linjer, når skriften er stor |" for i in range(1, 30))
        text = HEAD + theme(1, 3) + ("# Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed | Hvor | Periode | Kilde | Forbehold |\n"
                                     "|---|---|---|---|---|---|---|---|\n" + rows + "\n")
        pdf = self.pdf(text, "large-print", "stor-skrift")
        words = words_with_places(pdf)
        first = next(word[0] for word in words if word[5] == "11")
        lasts = {}
        for page, _, _, _, bottom, word in words:
            if bottom < 740:
                lasts[page] = max(lasts.get(page, 0), bottom)
        for page in range(first, max(lasts)):
            self.assertGreater(lasts[page], 72 + (842 - 72 - 94) * 0.66, page)

    def test_long_names_stand_over_their_numbers(self):
        rows = "\n".join(f"| Et navn på et projekt, som er ganske langt, nummer {i} | Afdelingen | {i},5 | 2{i},0 | 3{i},0 | 4{i},0 |"
                         for i in range(6))
        text = (HEAD + theme(1, 1) + "Tabel: Projekter\n\n| Projekt | Udvalg | I alt | 2026 | 2027 | 2028 |\n|---|---|--:|--:|--:|--:|\n" +
                rows + "\n")
        words = words_with_places(self.pdf(text, "tablet", "tablet"))
        name = [word for word in words if word[5] in ("projekt,", "langt,", "nummer")][:3]
        self.assertEqual(len({round(word[2]) for word in name}), 1)


class Code(Case):
    def test_it_stands_half_a_line_from_the_text(self):
        """In a layout that has no space around paragraphs."""
        self.build(self.report(HEAD + "# Tema: A {#a}\n\nOm.\n\n## B\n\nOver:\n\n```\nkode\n```\n\nUnder.\n"), "-l", "notat")
        pdf, = self.out.glob("*.pdf")
        at = {word: y for _, y, word in words_at(pdf)}
        self.assertGreater(at["kode"] - at["Over:"], 18)

    def test_what_introduces_it_stands_in_its_column(self):
        for n in range(1, 9):
            text = "Ord. " * 12 * n + "\n\nSådan:\n\n```\nkode\n" + "x\n" * 5 + "```\n\nEfter. " + "Ord. " * 60
            self.build(self.report(HEAD + "# Tema: A {#a}\n\nOm.\n\n## B\n\n" + text + "\n"), "-l", "notat")
            pdf, = self.out.glob("*.pdf")
            at = {word: (x, y) for x, y, word in words_at(pdf)}
            self.assertLess(abs(at["kode"][0] - at["Sådan:"][0]), 20)
            self.assertLess(at["Sådan:"][1], at["kode"][1])

    def test_it_goes_over_both_columns_where_a_line_would_turn(self):
        for wide, line in ((False, "y = f(x)"), (True, "y = f(" + "x + " * 14 + "z)")):
            text = "Ord. " * 60 + "\n\nSådan gør man, når der er flere:\n\n```\nkode\n" + line + "\nslut\n```\n\n" + "Efter. " * 90
            self.build(self.report(HEAD + "# Tema: A {#a}\n\nOm.\n\n## B\n\n" + text + "\n"), "-l", "notat")
            pdf, = self.out.glob("*.pdf")
            words = words_at(pdf)
            at = {word: (x, y) for x, y, word in words}
            with self.subTest(wide):
                code = [(x, y) for x, y, word in words if word in ("y", "z)", "f(x)")]
                self.assertEqual(len({round(y) for _, y in code}), 1)  # it has not turned
                beside = {word for x, y, word in words if at["kode"][1] - 2 < y < at["slut"][1] + 2}
                self.assertEqual(bool(beside & {"Ord.", "Efter."}), not wide)
                above = {x > 300 for x, y, word in words if y < at["kode"][1] and word == "Ord."}
                self.assertEqual(above, {False, True} if wide else {False})


if __name__ == "__main__":
    unittest.main()
