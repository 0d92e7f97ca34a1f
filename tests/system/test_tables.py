"""Tables as a reader sees them: where numbers stand, how columns and pages are broken, what is read aloud."""
import re
import unittest
import xml.etree.ElementTree as xml

from support import HEAD, Case, text_of, tool


class Line:
    """Characters of one size that stand beside each other; marks of notes are left out."""

    def __init__(self, page, node):
        self.page = page
        self.size = max(float(font.get("size")) for font in node.iter("font"))
        chars = [char for font in node.iter("font") if float(font.get("size")) == self.size
                 for char in font.iter("char")]
        self.text = "".join(char.get("c") for char in chars).replace("\u00a0", " ")
        quads = [list(map(float, char.get("quad").split())) for char in chars]
        self.lefts = [quad[0] for quad in quads]
        self.rights = [quad[2] for quad in quads]
        self.left, self.right, self.y = self.lefts[0], self.rights[-1], float(chars[0].get("y"))


def lines_of(pdf):
    """All lines of a PDF, in the order in which they are drawn."""
    pages = xml.fromstring(tool("mutool", "draw", "-q", "-F", "stext", pdf)).iter("page")
    return [Line(number, node) for number, page in enumerate(pages, 1) for node in page.iter("line")]


def comma_of(line):
    """Where the decimal comma stands, or where the whole part of the (second) number ends."""
    match = re.search(r"^\D*?[−+±(]* ?(?:[\d.]+(?:–| til ))?[−]?[\d.]*\d", line.text)
    return line.rights[match.end() - 1]


NUMBERS = """
# Tema: Tal {#tal}

Tallene.

| Post | 2024 | 2025 | Ændring | Andel | Bemærkning |
|---|---:|---|---:|---:|---|
| Hjemmepleje | 1.234,5 | 1.301 | 66,5 | 12,5 % | ny |
| Botilbud | 254 | ca. 260 | 6 | 8 % | skønnet |
| Herberger | 8,4 | 4,9[^b] | -3,5 | 0,25 % | 12 |
| Natcaféer | 12-14 | 15–20 | +1 | mere end 1 % | interval |
| Værested | - | 3[^c] | – | (7) | nyt |
| Misbrug | ukendt | 17,25 | ± 2 | under 1,5 pct. | |
| Støtte | -112 til -104 | 7 mio. kr. | -1.250,75 | **9,5** | |
| **I alt** | **1.508,9** | **1.601,15** | 69 | 100 % | |

[^b]: En note.
[^c]: En note til.
"""

COLUMNS = (("1.234,5", "254", "8,4", "12–14", "−112 til −104", "1.508,9"),
           ("1.301", "ca. 260", "4,9", "15–20", "3", "17,25", "7 mio. kr.", "1.601,15"),
           ("66,5", "6", "−3,5", "+1", "± 2", "−1.250,75", "69"),
           ("12,5 %", "8 %", "0,25 %", "mere end 1 %", "(7)", "under 1,5 pct.", "9,5", "100 %"))


class Numbers(Case):
    def setUp(self):
        super().setUp()
        self.build(self.report(HEAD + NUMBERS))
        self.lines = lines_of(self.out / "prove-tal.pdf")

    def line(self, text):
        found = [line for line in self.lines if line.text == text]
        self.assertEqual(len(found), 1, f"{text}: {[line.text for line in self.lines]}")
        return found[0]

    def test_commas_stand_under_each_other(self):
        """With signs, precision words, intervals, marks of notes, units, brackets, and in bold."""
        for column in COLUMNS:
            places = {text: comma_of(self.line(text)) for text in column}
            self.assertLess(max(places.values()) - min(places.values()), 0.1, places)

    def test_heads_end_where_their_columns_end(self):
        for head, text in (("2024", "1.508,9"), ("2025", "7 mio. kr."), ("Andel", "under 1,5 pct.")):
            self.assertAlmostEqual(self.line(head).right, self.line(text).right, delta=0.3)

    def test_a_typed_hyphen_is_a_minus_in_numbers_alone(self):
        text = text_of(self.out / "prove-tal.pdf")
        self.assertIn("−3,5", text)
        self.assertNotIn("-", text.split("Tallene.")[1].split("I alt")[0])

    def test_words_among_numbers_end_at_the_comma(self):
        self.assertAlmostEqual(self.line("ukendt").right, comma_of(self.line("254")), delta=0.2)
        self.assertAlmostEqual(self.line("12").left, self.line("interval").left, delta=1)


class Notes(Case):
    def test_notes_stay_with_the_last_rows(self):
        """However many rows a table of key figures has, two of them stand above its notes."""
        for rows in range(24, 40, 3):
            with self.subTest(rows):
                table = "\n".join(f"| K{i} | Tal nummer {i} | {i} | møder | Forbehold nummer {i} |"
                                  if i > rows - 12 else f"| K{i} | Tal nummer {i} | {i} | møder | |"
                                  for i in range(rows))
                self.build(self.report(HEAD + "# Tema: A {#a}\n\nTekst.\n\n## Nøgletal\n\n"
                                       "| Id | Nøgletal | Værdi | Enhed | Forbehold |\n|---|---|---|---|---|\n"
                                       + table + "\n"))
                lines = lines_of(self.out / "prove-a.pdf")
                note = next(line.page for line in lines if line.text.startswith("Forbehold nummer"))
                above = [line for line in lines if line.page == note and line.text.startswith("Tal nummer")]
                self.assertGreaterEqual(len(above), 2)
                self.assertEqual({line.page for line in lines if line.text.startswith("Forbehold nummer")}, {note})


if __name__ == "__main__":
    unittest.main()
