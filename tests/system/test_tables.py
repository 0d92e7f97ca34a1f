"""Tables as a reader sees them: where numbers stand, how columns and pages are broken, what is read aloud."""
import re
import unittest
import xml.etree.ElementTree as xml

from support import HEAD, ROOT, Case, Structure, text_of, tool, words_at, words_of, words_with_places


class Line:
    """Characters of one size that stand beside each other; marks of notes are left out."""

    def __init__(self, page, node):
        self.page = page
        self.size = max(float(font.get("size")) for font in node.iter("font"))
        chars = [char for font in node.iter("font") if float(font.get("size")) == self.size
                 for char in font.iter("char")]
        self.font = next(node.iter("font")).get("name")
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


class Directions(Case):
    def test_what_reads_from_the_right_ends_with_its_column(self):
        """Not beside the next one, where a column is wider than its cells; at the table's edge in the last."""
        name, long_name = "רחל", "Julija Sergejevna"
        self.build(self.report(HEAD + f"# Tema: A {{#a}}\n\nTekst.\n\n## B\n\n| Sprog | Navn | Andet | Igen |\n|---|---|---|---|\n"
                               f"| Russisk | {long_name} | Beta | Kort |\n| Hebraisk | {name} | Gamma | {name} |\n\nTabel: T {{#t}}\n"))
        words = [word for word in words_with_places(self.out / "prove-a.pdf")]
        hebrew = sorted(word for word in words if name[0] in word[5])  # the rightmost letter
        long_end = next(word[3] for word in words if word[5] == "Sergejevna")
        self.assertEqual(len(hebrew), 2)
        self.assertAlmostEqual(hebrew[0][3], long_end, delta=1)
        self.assertGreater(next(word[1] for word in words if word[5] == "Gamma") - long_end, 30)
        self.assertGreater(hebrew[1][3], next(word[3] for word in words if word[5] == "Kort") + 30)

    def test_a_name_that_reads_from_the_right_stands_over_its_numbers(self):
        heads = ("Udgifter til boligsociale indsatser i kommunen", "Modtagere af boligsociale indsatser",
                 "Boligselskabernes samarbejdspartnerskaber")
        for name in ("אבגדה", "Abgdh"):
            done = self.build(self.report(HEAD + "# Tema: A {#a}\n\nTekst.\n\n| A | " + " | ".join(heads) +
                                          f" |\n|---|---|---|---|\n| {name} | 4567 | 12 | 3 |\n"), "-l", "large-print")
            self.assertEqual(done.stderr, "")
            words = words_with_places(self.out / "prove-stor-skrift.pdf")
            lines = {word[2] for word in words if set(word[5]) <= set(name) and 580 < word[2] < 700}
            self.assertEqual(len(lines), 1, words)


class Figures(Case):
    """Tables of key figures."""

    def figures(self, rows):
        table = "\n".join(f"| K{i} | {name} | {value} | {unit} | {where} |"
                          for i, (name, value, unit, where) in enumerate(rows))
        self.build(self.report(HEAD + "# Tema: A {#a}\n\nTekst.\n\n## Nøgletal\n\n"
                               "| Id | Nøgletal | Værdi | Enhed | Hvor |\n|---|---|---|---|---|\n" + table + "\n"))
        return lines_of(self.out / "prove-a.pdf")

    def test_precision_words_are_broken_before_many_names_are(self):
        """One row has two lines, and no other."""
        name = "Nedskæring i boroughs’ samlede indtægter fra staten i {}"
        rows = [(name.format(i), "35", "mio. indbyggere", "Storbritannien") for i in range(8)]
        rows[3] = ("Talte sprog", "anslået mere end 150", "sprog", "Storbritannien")
        texts = [line.text.strip() for line in self.figures(rows)]
        for i in (0, 1, 2, 4, 5, 6, 7):
            self.assertIn(name.format(i), texts)
        self.assertIn("anslået", texts)
        self.assertIn("mere end", texts)

    def test_few_decimals_take_no_room_from_the_other_numbers(self):
        rooms = []
        for decimals in ("8,4", "8"):
            lines = self.figures([("Arbejdsløshed", decimals, "pct.", "")] + [(f"Tal {i}", "62", "pct.", "") for i in range(9)])
            line = {line.text: line for line in lines}
            rooms.append(line["pct."].left - line["62"].right)
        self.assertLess(rooms[0] - rooms[1], 9)

    def test_words_stand_in_the_stead_of_numbers_and_use_the_empty_unit(self):
        rows = [("Budget", "på sidste års niveau", "", "Lambeth"), ("Møder", "5.000", "anmeldelser", "Lambeth")]
        line = {line.text: line for line in self.figures(rows)}
        words = line["på sidste års niveau"]
        self.assertLess(words.left, line["5.000"].left + 1)
        self.assertGreater(words.right, line["anmeldelser"].left)
        self.assertLess(words.right, line["Lambeth"].left - 8)

    def test_words_end_where_whole_numbers_end(self):
        """In a column that is widened for one word, and in the room of an empty cell before it for several."""
        rows = [("Flertal", "over halvdelen", "af byen", "Lambeth"), ("Møder", "62,5", "pct.", "Lambeth"),
                ("Budget", "på sidste års niveau", "", "Lambeth"), ("Børn", "8", "pct.", "Lambeth")]
        line = {line.text: line for line in self.figures(rows)}
        for words in ("halvdelen", "på sidste års niveau"):
            self.assertAlmostEqual(line[words].right, line["8"].right, delta=0.3)
            self.assertLess(line[words].right, line["62,5"].right - 3)


ADVICE = """
# Tema: A {#a}

Tekst.

## Nøgletal

| Id | Nøgletal | Værdi | Enhed |
|---|---|---|---|
| K1 | Møder, der er holdt | 12 | møder |

## Besøg hos naboerne {#naboer}

Et besøg.

## Anbefalinger

1. **Hold flere møder.** Det hjælper.
   Grundlag: [@K1], [naboerne](#naboer), [tal, der er samlet](https://www.example.org/)
"""


class Records(Case):
    """Key figures on narrow pages: the value at the left, with the unit beside it where there is room."""

    def beside(self, too_wide):
        figures = "| K1 | Børn i alt | 172.000 | børn |\n" + "| K2 | Politi | 70 | anholdelser om måneden |\n" * too_wide
        self.build(self.report(HEAD + "# Tema: A {#a}\n\nTekst.\n\n## Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed |\n"
                               "|---|---|---|---|\n" + figures), "-l", "large-print")
        pdf, = self.out.glob("*stor-skrift.pdf")
        texts = [line.text.strip() for line in lines_of(pdf)] # without what is smaller on the same line
        self.assertIn("172.000", texts)
        return "børn" not in texts

    def test_the_column_is_widened_for_units_where_all_of_them_then_stand_beside(self):
        self.assertTrue(self.beside(False))
        self.assertFalse(self.beside(True))


class Basis(Case):
    """What recommendations are founded on."""

    def basis(self, layout, more=""):
        self.build(self.report(HEAD + ADVICE + more), "-l", layout)
        return max(self.out.glob("*.pdf"), key=lambda pdf: pdf.stat().st_mtime_ns)

    def test_parts_are_told_from_commas_and_figures_stand_where_no_place_is_named(self):
        more = "2. **Hold færre.** Det er nok.\n   Grundlag: [@K1], [@K1]\n"
        text = " ".join(text_of(self.basis("theme-briefing", more)).split())
        self.assertIn("Naboerne, side 1 Tal, der er samlet", text)
        self.assertNotIn("samlet Møder", text)
        self.assertIn("12 møder, der er holdt 12 møder, der er holdt", text)

    def test_a_bound_stays_one_before_its_name_and_behind_it(self):
        figures = ("| K2 | Boliger uden varme | mere end 12 | boliger |\n| K3 | Nøgler i omløb | ca. 12-14 | nøgler |\n"
                   "| K4 | Antal store sager | op til 7 | sager |\n")
        more = "2. **Find varmen.** Gør det nu.\n   Grundlag: [@K2], [@K3], [@K4]\n"
        text = HEAD + ADVICE.replace("\n\n## Besøg", "\n" + figures + "\n## Besøg") + more
        for layout in ("theme-briefing", "tablet"):
            self.build(self.report(text), "-l", layout)
            pdf = max(self.out.glob("*.pdf"), key=lambda pdf: pdf.stat().st_mtime_ns)
            said = words_of(pdf).replace("\u00a0", " ")
            self.assertRegex(said, "Mere end 12 boliger uden varme", layout)
            self.assertRegex(said, "[Cc]a. 12–14 nøgler i omløb", layout)
            self.assertRegex(said, r"Antal store sager \(op til 7\)", layout)

    def test_a_page_is_never_torn(self):
        more = "".join(f"{i}. **Sig ja nummer {i} til det hele.** Det er godt for alle.\n   Ansvarlig: Beskæftigelsesforvaltningen\n"
                       f"   Frist: 2027-09-30\n   Økonomi: kræver ressourcer\n   Grundlag: [{'et navn ' * i}](#naboer), [igen](#naboer)\n"
                       for i in range(2, 9))
        texts = [line.text.replace("\u00a0", " ") for line in lines_of(self.basis("theme-briefing", more))]
        self.assertGreater(sum("side 1" in text for text in texts), 14)
        for text in texts:
            self.assertNotRegex(text, r"^1[;,]|\bside$")

    def test_handouts_name_places_alone(self):
        text = " ".join(text_of(self.basis("handout")).split())
        self.assertIn("Naboerne, side 1 Tal, der er samlet", text)
        self.assertNotIn("12 møder", text.split("Grundlag")[1])
        self.assertNotIn("; Møder", text)

    def test_alone_beside_the_proposals_it_has_the_room_of_what_is_left_out(self):
        wide = "{}".join(("2. **Sig ja.** Det er godt.\n   Grundlag: ", "\n"))
        long = "det, som naboerne har sagt om det hele i lang tid"
        texts = [line.text for line in lines_of(self.basis("theme-briefing", wide.format(long)))]
        self.assertIn("D" + long[1:], texts)


HIGH = """
# Tema: A {#a}

Tekst.

| Hvis … | Ændrer udgiften, mio. kr. | Bemærkning |
|---|---:|---|
| Flere fødsler end ventet | 2–6 | Hver ekstra årgang på 50 børn koster 4 mio. kr. |
| Færre forældre vælger privat pasning | 1–3 | Tilskuddet er lavere end prisen på en kommunal plads |
| Sygefravær falder mod landsgennemsnittet | −9 til −4 | Forudsætter, at vikarkorpset er fuldt bemandet |

| Projekt | I alt | Til og med 2026 | 2027 | 2028 | 2029 |
|---|---:|---:|---:|---:|---:|
| Børnehuset Kløvermarken | 62,0 | 41,0 | 16,0 | 5,0 | 0,0 |
| Legepladser, sikkerhed | 9,0 | 3,0 | 3,0 | 3,0 | 0,0 |
"""


class High(Case):
    def test_heads_have_two_lines_at_most(self):
        """Where what stands in other columns can be broken instead."""
        for layout in ("tablet", "large-print"):
            with self.subTest(layout):
                self.build(self.report(HEAD + HIGH), "-l", layout)
                pdf = max(self.out.glob("*.pdf"), key=lambda path: path.stat().st_mtime_ns)
                texts = [line.text.strip() for line in lines_of(pdf)]
                self.assertIn("Ændrer udgiften,", texts)
                self.assertEqual(sum(text.startswith("Til og") for text in texts), 1, texts)
                self.assertTrue({"Til", "og"}.isdisjoint(texts), texts)


class Alike(Case):
    def test_tables_with_the_same_heads_are_set_alike(self):
        """In a layout that stacks tables, also one that stands before the one that has no room."""
        head = "| Område | Regnskab 2025 | Budget 2026 | Forslag 2027 | Ændring |\n|---|---:|---:|---:|---:|\n"
        row = "| {} | 1.412,1 | 1.418,7 | 1.415,9 | −2,8 |\n"
        first = head + row.format("Parkdrift") * 2
        second = head + row.format("Specialpædagogikkontorerne") * 2
        for tables in ([first], [first, second], [second, first]):
            with self.subTest(len(tables)):
                self.build(self.report(HEAD + "# Tema: A {#a}\n\nTekst.\n\n" + "\n\nMere.\n\n".join(tables)),
                           "-l", "large-print")
                pdf, = self.out.glob("*stor-skrift.pdf")
                lines = lines_of(pdf)
                names = [line for line in lines if line.text.strip() == "Parkdrift"]
                numbers = {(line.page, round(line.y)) for line in lines if line.text.strip() == "1.412,1"}
                beside = {(line.page, round(line.y)) in numbers for line in names}
                self.assertEqual(beside, {len(tables) == 1})
                if len(tables) > 1: # the columns come nearer to each other before their heads are broken
                    self.assertEqual(sum("Regnskab 2025" in line.text for line in lines), 2)

    def test_only_a_sum_has_its_name_on_the_line_of_its_numbers(self):
        """Where names stand over numbers: the sum beside its own name, in its own colour, and no other, short as it is."""
        head = "| Område | Regnskab 2025 | Budget 2026 | Forslag 2027 | Ændring |\n|---|---:|---:|---:|---:|\n"
        rows = "".join(f"| {name} | 1.412,1 | {number} | 1.415,9 | −2,8 |\n" for name, number in
                       (("Specialpædagogikkontorerne", "1,1"), ("Parkdrift", "2,2"), ("IT", "4,4"), ("I alt", "3,3")))
        for layout in ("tablet", "large-print"):
            with self.subTest(layout):
                self.build(self.report(HEAD + "# Tema: A {#a}\n\nTekst.\n\n" + head + rows), "-l", layout)
                pdf = max(self.out.glob("*.pdf"), key=lambda path: path.stat().st_mtime_ns)
                at = {line.text.strip(): line for line in lines_of(pdf)}
                self.assertAlmostEqual(at["I alt"].y, at["3,3"].y, delta=0.1)
                self.assertEqual(at["I alt"].font, at["3,3"].font)
                self.assertLess(at["Parkdrift"].y, at["2,2"].y - 10)
                self.assertLess(at["IT"].y, at["4,4"].y - 10)
                self.assertLess(at["Specialpædagogikkontorerne"].y, at["1,1"].y - 10)


class Heads(Case):
    """Heads of columns of numbers."""
    HEAD = "| {} | Regnskab 2025 | Budget 2026 | Forslag 2027 | Ændring |\n|---|---:|---:|---:|---:|\n"

    def pdf(self, text, layout):
        self.build(self.report(HEAD + "# Tema: A {#a}\n\nTekst.\n\n" + text), "-l", layout)
        return max(self.out.glob("*.pdf"), key=lambda path: path.stat().st_mtime_ns)

    def test_equal_heads_are_broken_alike(self):
        """Whatever the names beside them are: where one is broken all are, in every table with these heads."""
        row = "| {} | 1.412,1 | 1.418,7 | 1.415,9 | −2,8 |\n"
        long = "Vejenes vedligeholdelse, renhold og belysning"
        for names in (("Veje", long), (long, "Veje"), ("Veje", "Parker")):
            with self.subTest(names=names):
                tables = [self.HEAD.format("Område") + row.format(name) * 2 for name in names]
                lines = lines_of(self.pdf("\n\nMere.\n\n".join(tables), "tablet"))
                texts = [line.text.strip() for line in lines]
                broken = texts.count("Regnskab")
                self.assertIn(broken, (0, 2))
                for text in ("Regnskab", "Budget", "Forslag"):
                    self.assertEqual(texts.count(text), broken, text)
                for text in ("Regnskab 2025", "Budget 2026", "Forslag 2027"):
                    self.assertEqual(texts.count(text), 2 - broken, text)

    def test_no_two_columns_of_numbers_are_nearer_than_the_gap(self):
        """In every layout, also in tables that hardly have room."""
        gaps = {"notat": 4, "tablet": 4, "large-print": 5, "committee-pack": 4, "theme-briefing": 4}
        number = re.compile(r"[−+]?[\d.]+,\d")
        for columns in range(3, 10):
            head = "| Projekt | " + " | ".join(f"T.o.m. {2020 + k}" for k in range(columns)) + " |\n"
            rule = "|---|" + "---:|" * columns + "\n"
            rows = "".join(f"| {name} | " + " | ".join(f"{base + k * step},{k}" for k in range(columns)) + " |\n"
                           for name, base, step in (("Ombygning af Solgården", 7, 3), ("Veje", 1, 140), ("I alt", 995, 10)))
            for layout, gap in gaps.items():
                with self.subTest(layout=layout, columns=columns):
                    found = [word for word in words_with_places(self.pdf(head + rule + rows, layout))
                             if number.fullmatch(word[5])]
                    at = {}
                    for word in found:
                        at.setdefault((word[0], round(word[2])), []).append(word)
                    beside = [pair for row in at.values() for pair in zip(row, row[1:])]
                    self.assertEqual(len(found), 3 * columns)
                    for left, right in beside:
                        self.assertGreater(right[1] - left[3], gap / 25.4 * 72 - 0.3, (left[5], right[5]))


class InColumns(Case):
    def test_a_table_goes_over_all_columns_where_it_would_have_many_more_lines_in_one(self):
        """And so do those with the same heads; one with few broken cells stays in its column."""
        head = "| Hvis … | Mio. kr. | {} |\n|---|---:|---|\n"
        long = head.format("Bemærkning") + "".join(
            f"| {name} | {n}–6 | {what} |\n" for n, name, what in
            ((1, "Flere fødsler end ventet", "Ti børn koster 4 mio."), (2, "Færre vælger privat pasning", "Et dyrt tilskud mindre"),
             (3, "Sygefravær som i landet", "Vikarerne er fuldt bemandet")))
        short = "| Krig i Europa | 4–6 | Energi |\n| Fred | 5–6 | Nej |\n"
        like, other = head.format("Bemærkning") + short, head.format("Bemærket") + short
        self.build(self.report(HEAD + "# Tema: A {#a}\n\nTekst.\n\n" + "\n\nMere.\n\n".join((like, other, long))), "-l", "notat")
        lines = lines_of(next(self.out.glob("*notat.pdf")))
        self.assertIn("Færre vælger privat pasning", [line.text.strip() for line in lines])
        names = [line.left for line in lines if line.text.strip() == "Hvis …"]
        last = [line.left for line in lines if line.text.strip() in ("Bemærkning", "Bemærket")]
        like, other = [end - begin for begin, end in zip(names, last)][:2]
        self.assertGreater(like, 1.4 * other)

    def test_a_table_with_nothing_beside_it_goes_over_all_columns(self):
        """And so do those with the same heads; a note below it doesn't count."""
        def small(end, note=""):
            return f"| Sted | 2027 | {end} |\n|---|--:|--:|\n| Nord | 1,0 | 2,0 |\n| Syd | 3,0 | 4,0 |\n{note}\n"
        wide = "| Hvad | 2025 | 2026 | 2027 | 2028 | 2029 |\n|---|--:|--:|--:|--:|--:|\n| Alt | 1 | 2 | 3 | 4 | 5 |\n\n"
        text = "Der er meget at sige om vand og brønde. " * 12 + "\n\n"
        for note in ("", "\nNote: Målt om natten.\n"):
            self.build(self.report(HEAD + "# Tema: A {#a}\n\n" + text + "## Andet\n\n" + small("x") + text + wide
                                   + "## Alene\n\n" + small("z", note) + wide
                                   + text + small("z") + text), "-l", "notat")
            widths = {"x": [], "z": []}
            for page in (1, 2):
                words = words_at(next(self.out.glob("*notat.pdf")), page)
                for begin, y in [(x, y) for x, y, word in words if word == "Sted"]:
                    end, name = next((x, word) for x, other, word in words if abs(other - y) < 3 and word in widths)
                    widths[name].append(end - begin)
            self.assertEqual([len(found) for found in widths.values()], [1, 2])
            self.assertLess(widths["x"][0], 250)
            self.assertGreater(min(widths["z"]), 300)

    def test_a_table_of_very_few_rows_is_not_torn_over_columns(self):
        self.build(ROOT / "data" / "budgetorientering-2027", "-l", "notat")
        text = text_of(self.out / "budgetorientering-2027-notat.pdf")
        self.assertIn("Tabel 6: Forslagenes virkning", text)
        self.assertNotIn("Tabel 6, fortsat", text)


class Text(Case):
    def lefts(self, rows):
        self.build(self.report(HEAD + "# Tema: Ord {#ord}\n\nOm ord.\n\n" + rows))
        return {line.text: line for line in lines_of(self.out / "prove-ord.pdf")}

    def test_links_in_cells_say_their_pages_where_the_layout_wants_that(self):
        text = (HEAD + "# Oversigt\n\n| Hvor | Antal |\n|---|--:|\n| [Vandet](#vand) | 3 |\n\nTabel: Alt\n\n"
                "# Tema: Vand {#vand}\n\nOm vand.\n")
        for layout, name, said in (("committee-pack", "pakke", "Vandet, side 2"), ("tablet", "tablet", "Vandet")):
            self.build(self.report(text), "-l", layout)
            texts = [line.text.replace("\xa0", " ") for line in lines_of(self.out / f"prove-{name}.pdf")]
            self.assertIn(said, texts)

    def test_a_period_alone_is_called_one(self):
        """In records, where no column's head says what it is."""
        self.build(self.report(HEAD + "# Tema: A {#a}\n\nOm [@V1] og [@V2].\n\n## Nøgletal\n\n"
                               "| Id | Nøgletal | Værdi | Enhed | Hvor | Periode |\n|---|---|---|---|---|---|\n"
                               "| V1 | Brønde før 2030 | 12 | steder | | 2026 |\n| V2 | Bække | 3 | steder | Bakken | 2025 |\n"),
                   "-l", "tablet")
        texts = [line.text for line in lines_of(next(self.out.glob("*-tablet.pdf")))]
        self.assertIn("Periode: 2026", texts)
        self.assertIn("Bakken, 2025", texts)

    def test_heads_are_broken_before_the_names_of_rows(self):
        rows = "".join(f"| {name} | 12.602 | 12.644 | 12.701 | 57 |\n" for name in ("Dagtilbud", "Ældre og sundhed", "Skoler"))
        self.build(self.report(HEAD + "# Tema: A {#a}\n\n| Udvalg | 2025 | 2026 | 2027 | Ændring 2026–2027 |\n|---|---:|---:|---:|---:|\n" +
                               rows + "\nTabel: Årsværk\n"), "-l", "tablet")
        texts = [line.text for line in lines_of(next(self.out.glob("*-tablet.pdf")))]
        self.assertIn("Ældre og sundhed", texts)
        self.assertNotIn("Ændring 2026–2027", texts)

    def test_columns_of_text_share_the_room_by_their_widths(self):
        line = self.lefts("| Sprog | Navn | Mærke |\n|---|---|---|\n| Islandsk | Thordis | et mærke, som er noget længere |\n")
        texts = ("Islandsk", "Thordis", "et mærke, som er noget længere")
        lefts = [line[text].left for text in texts]
        widths = [line[text].right - line[text].left for text in texts]
        gap, end = 4 * 72 / 25.4, 595.28 - 18 * 72 / 25.4
        rooms = [right - left - gap for left, right in zip(lefts, [*lefts[1:], end + gap])]
        for width, room in zip(widths, rooms):
            self.assertAlmostEqual(room / width, sum(rooms) / sum(widths), delta=0.05)

    def test_columns_of_numbers_are_even_and_apart_from_words(self):
        line = self.lefts("| Post | Enhed | 2025 | 2026 | 2027 |\n|---|---|---|---|---|\n"
                          "| Børn | pladser | 1 | 345 | 12.345 |\n")
        steps = [line[b].right - line[a].right for a, b in (("1", "345"), ("345", "12.345"))]
        self.assertAlmostEqual(steps[0], steps[1], delta=0.2)
        self.assertAlmostEqual(steps[0], 22 * 72 / 25.4, delta=1)
        self.assertGreater(line["1"].left - line["pladser"].right, 6 * 72 / 25.4)

    def test_numbers_keep_together_at_the_right(self):
        line = self.lefts("| Post | Enhed | 2025 | 2026 |\n|---|---|---|---|\n| Børn | pladser | 12 | 345 |\n")
        self.assertAlmostEqual(line["345"].right, 595.28 - 18 * 72 / 25.4, delta=0.5)
        self.assertLess(line["345"].left - line["12"].right, 60)
        self.assertGreater(line["pladser"].left, 200)


WORDS = ("Virksomhed Organisationsform Beskæftigelsesindsats Finansieringskilde Samarbejdspartnere Socialtilsyn "
         "Uddannelsesforløb Resultatopgørelse").split()


def table_of(words, rows=3):
    row = "| " + " | ".join(words) + " |\n"
    return "\n" + row + "|---" * len(words) + "|\n" + row * rows + "\n"


class Wide(Case):
    def sizes(self, pdf):
        """Width and height of each page."""
        said = tool("pdfinfo", "-f", "1", "-l", "99", pdf)
        return [(float(w), float(h)) for w, h in re.findall(r"size: +([\d.]+) x ([\d.]+)", said)]

    def wide(self, words, layout="", name="bred"):
        report = self.report(HEAD + f"# Tema: Bred {{#{name}}}\n\nFør.\n\n## Heraf\n" + table_of(words) +
                             "## Videre\n\nEfter.\n")
        self.layout(report, "theme-briefing-own", "extends: theme-briefing\noutput: \"own.pdf\"\n" + layout)
        done = self.build(report, "-l", "theme-briefing-own")
        return done.stderr, self.out / "own.pdf"

    def test_a_table_that_is_too_wide_turns_its_page_with_its_heading(self):
        said, pdf = self.wide(WORDS)
        self.assertIn("report.md:10:1: advice: this table is too wide for the page, and stands on one in landscape",
                      said)
        sizes = self.sizes(pdf)
        turned = [number for number, (width, height) in enumerate(sizes, 1) if width > height]
        self.assertEqual(turned, [2])
        lines = lines_of(pdf)
        where = {line.text: line.page for line in lines}
        self.assertEqual([where["Før."], where["Heraf"], where["Efter."]], [1, 2, 3])
        page = [line for line in lines if line.page == 2]
        width, height = sizes[1]
        for line in page:  # upright, inside the margins of the page as it lies, its foot at its foot
            self.assertTrue(50 < line.left < line.right < width - 45 and 20 < line.y < height - 30, line.text)
        self.assertTrue(any(line.text.startswith("Side 2 af") and line.y > height - 80 for line in page))
        text = text_of(pdf)
        for word in WORDS:
            self.assertEqual(text.count(word), 4, word)

    def gathered(self, layout):
        """Key figures and recommendations that are too wide for a page that stands upright."""
        long = "Beskæftigelsesforvaltningens koordinationsudvalgssekretariat"
        report = self.report(HEAD + f"""# Tema: Bred {{#bred}}

Før.

## Nøgletal

| Id | Nøgletal | Værdi | Enhed | Hvor | Periode | Forbehold |
|---|---|---|---|---|---|---|
| K1 | Specialundervisningsforanstaltningerne | 1.254.000,55 | undervisningstimer | Gennemførelsesforvaltningen | Budgetopfølgningsperioden | Et skøn |
| K2 | Kontanthjælpsmodtagerfremskrivningen | 12 | arbejdsmarkedsparate | Kommunalbestyrelsesmedlemmer | 2012 | Et andet |

## Anbefalinger

1. **Arbejdsmarkedsuddannelsesinstitutionernes samarbejdsmuligheder drøftes.** Det er godt.
   Ansvarlig: {long}
   Frist: budgetopfølgningstidspunktet
   Grundlag: [Arbejdsmarkedsuddannelsesinstitutionerne](https://www.example.org/)
   Oprindelse: udledt
""")
        self.layout(report, "own", f"extends: committee-pack\noutput: own.pdf\ntable: {{smallest: 1}}\n{layout}")
        done = self.build(report, "-l", "own")
        return done.stderr, self.out / "own.pdf"

    def test_key_figures_and_recommendations_turn_their_pages_with_what_stands_under_them(self):
        said, pdf = self.gathered("margins: {left: 50mm}\ncolumns: {text: 98mm}\n")
        self.assertEqual(said.count("advice: this table is too wide for the page, and stands on one in landscape"), 2, said)
        turned = {number for number, (width, height) in enumerate(self.sizes(pdf), 1) if width > height}
        pages = {}
        for line in lines_of(pdf):
            pages.setdefault(line.text, set()).add(line.page)
        for title, below in (("Alle nøgletal", "Et andet"), ("Anbefaling til drøftelse", "Økonomi er ikke oplyst")):
            page = max(pages[title])
            self.assertIn(page, turned)
            self.assertTrue(any(text.startswith(below) and page in where for text, where in pages.items()), below)

    def test_a_table_that_is_a_little_too_wide_is_set_smaller(self):
        said, pdf = self.wide(WORDS[:7], "table: {smallest: 0.7, turn: false}\n")
        match = re.search(r"too wide for the page, and is set in (\d+) per cent of its size", said)
        self.assertTrue(match, said)
        sizes = {line.size for line in lines_of(pdf) if line.text in WORDS}
        self.assertEqual(len(sizes), 1)
        self.assertAlmostEqual(sizes.pop(), 9 * int(match[1]) / 100, delta=0.01)
        self.assertTrue(all(width < height for width, height in self.sizes(pdf)))

    def test_what_has_no_room_at_all_is_told_once(self):
        said, pdf = self.wide(WORDS * 4)
        self.assertEqual(said.count("warning: this table is too wide for its page"), 1)
        self.assertNotIn("a word is too long", said)
        self.assertIn("hint: leave out columns", said)
        sizes = self.sizes(pdf)
        for line in lines_of(pdf):
            self.assertLess(line.right, max(sizes[line.page - 1]) - 45)

    def test_numbers_are_never_broken(self):
        words = [f"Måned nummer {i}" for i in range(18)]
        row = "| Navn | " + " | ".join(f"{i + 1}.234,5" for i in range(18)) + " |\n"
        self.build(self.report(HEAD + "# Tema: Tal {#tal}\n\nFør.\n\n| Post | " + " | ".join(words) + " |\n" +
                               "|---" * 19 + "|\n" + row * 3))
        text = text_of(self.out / "prove-tal.pdf")
        for i in range(18):
            self.assertEqual(text.count(f"{i + 1}.234,5"), 3 + (i < 8) * 3, i)

    def test_shares_of_a_layout_are_checked(self):
        report = self.report(HEAD + "# Tema: A {#a}\n\nTekst.\n")
        self.layout(report, "own", "extends: house\ntable: {smallest: 1.5}\n")
        done = self.build(report, "-l", "own", status=1)
        self.assertIn("own.yaml:2:19: error: 'smallest' must be above 0, and 1 at most", done.stderr)


GROUPS = """
# Tema: Tal {#tal}

Tallene.

| Post | 2024 | 2025 |
|---|---|---|
| **Drift** | | |
| Løn | 10 | 12,5 |
| Husleje | 9,75 | 8 |
| Drift i alt | 19,75 | 20,5 |
| **Anlæg** | | |
| Ombygning | 100 | 0 |
| I alt | 119,75 | 20,5 |

| Navn | Tal |
|---|---|
| En | 1 |
"""


class Reading(Case):
    def setUp(self):
        super().setUp()
        self.build(self.report(HEAD + GROUPS))
        self.read = Structure(self.out / "prove-tal.pdf")

    def test_cells_name_their_heads_where_heads_stand_between_rows(self):
        grouped, plain = self.read.of("Table")
        ids = self.read.ids()
        cells = [ref for ref in self.read.of("TD") if self.read.above(ref, "Table") == grouped]
        self.assertEqual(len(cells), 10)
        for ref in cells:
            heads = [ids[name] for name in self.read.attribute(ref, "/Headers")]
            self.assertEqual([self.read.found[head]["/S"] for head in heads], ["/TH"] * 3)
            self.assertEqual([self.read.attribute(head, "/Scope") for head in heads], ["/Column", "/Column", "/Row"])
            column, group, row = heads
            cell_row, head_row = self.read.found[ref]["/P"], self.read.found[column]["/P"]
            self.assertEqual(self.read.kids(cell_row).index(ref), self.read.kids(head_row).index(column))
            self.assertEqual(self.read.found[row]["/P"], cell_row)
            rows = self.read.kids(self.read.above(ref, "TBody"))
            groups = [kid for tr in rows[:rows.index(cell_row)] for kid in self.read.kids(tr)
                      if self.read.attribute(kid, "/ColSpan") == 3]
            self.assertEqual(group, groups[-1])
        for ref in self.read.of("TD"):
            if self.read.above(ref, "Table") == plain:
                self.assertIsNone(self.read.attribute(ref, "/Headers"))

    def test_ids_are_in_order_and_lead_to_what_has_them(self):
        ids = self.read.ids()
        self.assertEqual(list(ids), sorted(ids))
        self.assertEqual(len(ids), 3 + 2 + 5)
        for name, ref in ids.items():
            self.assertEqual(self.read.found[ref]["/ID"], name)

    def test_totals_are_bold_below_their_parts(self):
        sizes = {line.text: line for line in lines_of(self.out / "prove-tal.pdf")}
        for text in ("Drift i alt", "I alt", "119,75", "19,75"):
            self.assertIn("Bold", sizes[text].font, text)
        for text in ("Løn", "100", "9,75"):
            self.assertNotIn("Bold", sizes[text].font, text)
        self.assertAlmostEqual(comma_of(sizes["119,75"]), comma_of(sizes["9,75"]), delta=0.1)


class Pages(Case):
    """Tables that go on over pages, of many lengths and with text before them."""

    def tables(self, rows, lines, groups):
        body = []
        for i in range(rows):
            if groups and i % groups == 0:
                body.append(f"| **Gruppe {i // groups}** | | |")
            body.append(f"| Række {i} | ord {i} | {i} |")
        body.append("| I alt | | 99 |")
        before = "\n\n".join(f"Afsnit {i}." for i in range(lines))
        return before + "\n\nTabel: Rækker\n\n| Post | Ord | Tal |\n|---|---|---|\n" + "\n".join(body) + "\n\nEfter.\n"

    def test_no_row_stands_alone(self):
        for rows, lines, groups in ((33, 3, 0), (34, 3, 0), (35, 3, 0), (36, 3, 0), (37, 3, 0), (38, 3, 0), (39, 3, 0),
                                    (40, 3, 0), (41, 3, 0), (30, 12, 0), (31, 14, 0), (40, 16, 7), (41, 18, 9),
                                    (42, 20, 4), (75, 2, 11), (76, 2, 11), (77, 2, 11), (78, 2, 11), (130, 5, 13)):
            with self.subTest((rows, lines, groups)):
                self.build(self.report(HEAD + "# Tema: A {#a}\n\n" + self.tables(rows, lines, groups)))
                self.check_pages(self.out / "prove-a.pdf", rows, groups)

    def test_no_table_begins_with_a_row_alone(self):
        """Not even where the row's group has no other."""
        rows = "".join(f"| **Gruppe {i}** | |\n| Række {i} | {i} |\n" for i in range(12))
        for lines in range(10, 18):
            with self.subTest(lines):
                before = "\n\n".join(f"Afsnit {i}." for i in range(lines))
                self.build(self.report(HEAD + f"# Tema: A {{#a}}\n\n{before}\n\n| Post | Tal |\n|---|---|\n{rows}\nEfter.\n"))
                at = {line.text.strip(): line.page for line in lines_of(self.out / "prove-a.pdf")}
                self.assertEqual(at["Række 0"], at["Række 1"])

    def test_the_title_of_one_that_goes_on_takes_no_more_than_its_lines(self):
        rows = "".join(f"| Række {i} | {i} |\n" for i in range(50))
        tables = "".join(f"| Post | Tal |\n|---|---|\n{rows}\nTabel: Rækker {'i' * (29 + i)}\n\n" for i in range(10))
        self.build(self.report(HEAD + f"# Tema: A {{#a}}\n\n{tables}"), "-l", "tablet")
        lines = lines_of(next(self.out.glob("*-tablet.pdf")))
        steps = {round(head.y - title.y, 1) for title, head in zip(lines, lines[1:])
                 if re.match("Tabel .*, fortsat fra", title.text) and head.text == "Post"}
        self.assertEqual(len(steps), 1)
        self.assertEqual({line.text.startswith("Tabel") for line in lines if "fortsat fra" in line.text}, {False, True})

    def test_a_last_row_in_bold_is_a_total(self):
        """Whatever its name: it looks like other totals, and stays with the row above."""
        rows = "| **Drift** | **4** |\n| Renter | 2 |\n"
        self.build(self.report(HEAD + "# Tema: A {#a}\n\n" + "".join(
            f"| Post | Tal |\n|---|--:|\n{rows}| {last} |\n\nTekst.\n\n" for last in ("**Kassen** | **6**", "I alt | 7", "Rest | **8**"))),
            "-l", "tablet")
        drawn = tool("mutool", "trace", next(self.out.glob("*-tablet.pdf")))
        colours = {}
        for colour, body in re.findall(r'<fill_text [^>]*?color="([^"]*)"[^>]*>(.*?)</fill_text>', drawn, re.S):
            colours["".join(re.findall(r'unicode="(.)"', body))] = colour
        self.assertEqual(colours["Kassen"], colours["I alt"])
        self.assertNotEqual(colours["Rest"], colours["I alt"])
        self.assertNotEqual(colours["Drift"], colours["I alt"])

    def test_the_comma_behind_a_title_is_of_the_title(self):
        rows = "".join(f"| Række {i} | {i} |\n" for i in range(50))
        tables = "".join(f"| Post | Tal |\n|---|---|\n{rows}\nTabel: {name}\n\n" for name in ("Udgifter, kr.", "Udgifter"))
        self.build(self.report(HEAD + f"# Tema: A {{#a}}\n\n{tables}"))
        on = [line.text for line in lines_of(self.out / "prove-a.pdf") if "fortsat" in line.text]
        self.assertEqual({re.sub(r"\d+$", "", text) for text in on},
                         {"Tabel 1: Udgifter, kr., fortsat fra side ", "Tabel 2: Udgifter, fortsat fra side "})
        drawn = re.findall(r"<fill_text .*?</fill_text>", tool("mutool", "trace", self.out / "prove-a.pdf"), re.S)
        runs = {"".join(re.findall(r'unicode="(.)"', run)) for run in drawn}
        for title in ("Udgifter, kr.,", "Udgifter,"):
            self.assertTrue(any(run.endswith(title) for run in runs), title)

    def test_what_says_that_one_goes_on_is_clear_of_footnotes(self):
        for lines in range(8):
            with self.subTest(lines):
                before = "\n".join(f"- Punkt {i}" for i in range(lines))
                rows = "".join(f"| Række {i}{'[^a]' * (i == 1)} | {i} |\n" for i in range(40))
                self.build(self.report(HEAD + f"# Tema: A {{#a}}\n\nTekst.\n\n{before}\n\n| Post | Tal |\n|---|---|\n"
                                       f"{rows}\n[^a]: En note.\n"), "-l", "large-print")
                found = {(line.page, line.text): line for line in lines_of(next(self.out.glob("*-stor-skrift.pdf")))}
                page, note = next((page, line) for (page, text), line in found.items() if text == "En note.")
                on = found[page, "fortsættes på næste side"]
                below, rule, above = 5.5, 1.5 + 9, 19  # of its line, over the note, of the note's line
                self.assertGreater(note.y - on.y, below + 9 + rule + above)

    def check_pages(self, pdf, rows, groups):
        lines = lines_of(pdf)
        page = {line.text: line.page for line in lines}
        of_rows = [page[f"Række {i}"] for i in range(rows)]
        used = sorted(set(of_rows))
        for number in used:
            self.assertGreaterEqual(of_rows.count(number) + (number == page["I alt"]), 2, number)
            heads = [line for line in lines if line.page == number and line.text == "Post"]
            self.assertEqual(len(heads), 1)
            if number != used[0]:
                self.assertIn(f"Tabel 1: Rækker, fortsat fra side {number - 1}",
                              [line.text for line in lines if line.page == number])
            goes_on = any(line.text == "fortsættes på næste side" for line in lines if line.page == number)
            self.assertEqual(goes_on, number != used[-1])
        self.assertEqual(page["I alt"], of_rows[-1], "a total stays with the row before")
        for i in range(0, rows, groups or rows):
            if groups:
                self.assertEqual(page[f"Gruppe {i // groups}"], of_rows[i])
        read = Structure(pdf)
        self.assertEqual(len(read.of("Table")), 1)
        self.assertEqual(len(read.of("THead")), 1)
        scopes = [read.attribute(ref, "/Scope") for ref in read.of("TH")]
        self.assertNotIn(None, scopes)
        self.assertEqual(scopes.count("/Row"), rows + 1)


class Notes(Case):
    def table(self, caveats):
        rows = "\n".join(f"| K{i} | Tal nummer {i} | {i} | møder | {caveat} |" for i, caveat in enumerate(caveats))
        self.build(self.report(HEAD + "# Tema: A {#a}\n\nTekst.\n\n## Nøgletal\n\n"
                               "| Id | Nøgletal | Værdi | Enhed | Forbehold |\n|---|---|---|---|---|\n" + rows + "\n"))
        return self.out / "prove-a.pdf"

    def letters(self, lines, notes):
        """The letter before each note, and where that stands: its column, and its height."""
        for note in notes:
            beside = [line for line in lines if line.page == note.page and abs(line.y - note.y) < 0.1 and
                      line.left < note.left and note.left - line.left < 40]
            self.assertEqual(len(beside), 1)
            letter = beside[0].text
            yield (len(letter), letter), (round(note.left), note.y)

    def test_notes_stand_on_the_pages_of_their_rows(self):
        """However many rows a table of key figures has, and on each of the pages where rows use them."""
        for rows in range(24, 90, 9):
            with self.subTest(rows):
                caveats = ["Alle steder" if i % 5 == 0 else f"Særlig nummer {i}" if i % 7 == 0 else "" for i in range(rows)]
                lines = lines_of(self.table(caveats))
                pages = {line.page: line.y for line in lines if line.text.startswith("Tal nummer")}
                lowest = {page: max(line.y for line in lines if line.page == page and
                                    line.text.startswith("Tal nummer")) for page in pages}
                for page in pages:
                    used = {caveats[int(line.text.split()[2])] + "." for line in lines
                            if line.page == page and line.text.startswith("Tal nummer")} - {"."}
                    notes = [line for line in lines if line.page == page and
                             line.text.startswith(("Alle steder", "Særlig"))]
                    self.assertEqual(sorted(line.text for line in notes), sorted(used))
                    letters = sorted(self.letters(lines, notes), key=lambda letter: letter[0])
                    self.assertEqual([place for _, place in letters], sorted(place for _, place in letters))
                    for line in notes:
                        self.assertGreater(line.y, lowest[page])

    def test_a_note_is_read_once(self):
        read = Structure(self.table(["Alle steder"] * 90))
        self.assertEqual(len(read.of("LI")), 1)

    def test_notes_fill_one_column_and_then_the_other(self):
        """A note is a sentence, whether its full stop is there or not."""
        lines = {line.text: line for line in lines_of(self.table([f"Nummer {word}" for word in ("a", "b.", "c", "d", "e", "f")]))}
        for one, next_one in ("ab", "bc", "de", "ef"):
            self.assertGreater(lines[f"Nummer {next_one}."].y, lines[f"Nummer {one}."].y)
            self.assertAlmostEqual(lines[f"Nummer {next_one}."].left, lines[f"Nummer {one}."].left, delta=0.1)
        self.assertAlmostEqual(lines["Nummer a."].y, lines["Nummer d."].y, delta=0.1)
        self.assertGreater(lines["Nummer d."].left, lines["Nummer a."].right)
        self.assertAlmostEqual(lines["a"].y, lines["Nummer a."].y, delta=0.1)

    def test_no_letter_looks_like_a_figure(self):
        lines = [line.text.strip() for line in lines_of(self.table([f"Særlig nummer {i}" for i in range(26)]))]
        self.assertLess({"k", "n", "p", "z"}, set(lines))
        self.assertIn("aaSærlignummer24", "".join(lines).replace(" ", ""))
        self.assertFalse({"l", "o"} & set(lines))

    def test_a_note_that_is_long_stands_below_the_name(self):
        text = text_of(self.table(["Kort", "langt " * 2000]))
        self.assertIn("Forbehold: langt langt", text)
        self.assertEqual(text.count("langt"), 2000)


class LongHeads(Case):
    def test_a_head_that_fills_pages_is_not_repeated(self):
        """Nor does it, or a footnote that fills pages, keep rows from having room."""
        head = " ".join(f"ord{i}" for i in range(1500))
        self.build(self.report(HEAD + f"# Tema: A {{#a}}\n\nTekst.\n\n| {head} | B |\n|---|---|\n" +
                               "| række[^1] | 1 |\n" * 60 + "\n[^1]: " + "note " * 2500 + "\n"), timeout=60)
        text = text_of(self.out / "prove-a.pdf")
        self.assertEqual(len(re.findall(r"\bord7\b", text)), 1)
        self.assertEqual(text.count("række"), 60)


class Widths(Case):
    """Over a whole page the eye would lose a row of two cells."""

    def right(self, table):
        self.build(self.report(HEAD + "# Tema: A {#a}\n\nTekst.\n\n" + table + "\nMere tekst.\n"))
        return max(line.right for line in lines_of(self.out / "prove-a.pdf") if line.text in ("7", "Syv"))

    def test_two_columns_stand_in_the_text_column(self):
        text, page = 22 * 72 / 25.4 + 126.5 * 72 / 25.4, 595.28 - 18 * 72 / 25.4
        self.assertAlmostEqual(self.right("| A | B |\n|---|--:|\n| 1 | 7 |\n"), text, 0)
        self.assertAlmostEqual(self.right("| A | B | C |\n|---|---|--:|\n| 1 | 2 | 7 |\n"), page, 0)
        long = "Ord som står på en linje " * 3
        self.assertAlmostEqual(self.right(f"| A | B |\n|---|--:|\n| {long}{long} | 7 |\n"), page, 0)


class Sources(Case):
    def test_sources_of_key_figures_stand_below_their_table(self):
        rows = "".join(f"| K{i} | Tal {i} | {i + 2} | stk. | Her | | {source} |\n"
                       for i, source in enumerate(("Nord", "Syd", "Nord", "")))
        head = "| Id | Nøgletal | Værdi | Enhed | Hvor | Forbehold | Kilde |\n|---|---|---|---|---|---|---|\n"
        self.build(self.report(HEAD + "# Tema: A {#a}\n\nTekst.\n\n## Nøgletal\n\n" + head + rows))
        for pdf in ("prove-pakke.pdf", "prove-a.pdf"):
            lines = lines_of(self.out / pdf)
            source = [line for line in lines if line.text.startswith("Kilde: ")]
            self.assertEqual([line.text for line in source], ["Kilde: Nord; Syd."])
            last = next(line for line in lines if line.text == "Tal 3")
            self.assertEqual(source[0].page, last.page)
            self.assertGreater(source[0].y, last.y)
        bare = rows.replace("Nord", "").replace("Syd", "")
        self.build(self.report(HEAD + "# Tema: A {#a}\n\nTekst.\n\n## Nøgletal\n\n" + head + bare))
        self.assertNotIn("Kilde", text_of(self.out / "prove-pakke.pdf"))

    def test_what_is_said_below_a_table_stays_with_it(self):
        for rows in range(36, 48, 2):
            with self.subTest(rows):
                body = "\n".join(f"| Række {i} | {i} |" for i in range(rows))
                self.build(self.report(HEAD + "# Tema: A {#a}\n\nTekst.\n\n| Post | Tal |\n|---|---|\n" + body +
                                       "\n\nKilde: Lambeth\n\nAnm.: Foreløbige tal.\n\nNote: er et ord.\n\n"
                                       "Almindelig tekst.\n\nKilde: ikke under en tabel.\n"))
                where = {line.text: line for line in lines_of(self.out / "prove-a.pdf")}
                last = where[f"Række {rows - 2}"]
                for text in ("Kilde: Lambeth", "Anm.: Foreløbige tal.", "Note: er et ord."):
                    self.assertEqual(where[text].page, last.page, text)
                    self.assertEqual(where[text].size, 8, text)
                self.assertGreater(where["Kilde: ikke under en tabel."].size, 9)


if __name__ == "__main__":
    unittest.main()
