"""Footnotes: on the page of their mark, in the order of reading, and on over pages with a sign."""
import re
import subprocess
import sys
import unittest
from random import Random

from support import HEAD, ROOT, Case, pages_of, text_of, tool, words_of, words_with_places

NAMES = ("tema", "to", "inde", "liste", "overskrift", "bokstitel", "boks", "billedtekst", "hoved", "celle")
NOTED = HEAD + """# Tema: Vand[^tema] {#vand}

Et afsnit.[^to] Og igen.[^to]

- punkt[^liste]

## Rør[^overskrift]

> [!NOTE] Boks[^bokstitel]
> Tekst.[^boks]

| Kilde[^hoved] | Liter |
|---|---|
| Brønd[^celle] | 12 |

Tabel: Kilder[^billedtekst]

""" + "".join(f"[^{name}]: Note om {name}.{' Se.[^inde]' if name == 'to' else ''}\n" for name in NAMES)


LONG = ("forvaltningens beskæftigelsesindsats ungdomsuddannelserne integrationsindsatsen kommunalbestyrelsen og i "
        "boligselskaberne behandlingstilbuddene af en til sundhedsforvaltningen socialforvaltningen").split()


def long_notes(words):
    """Two notes of so many words, far from each other."""
    text = HEAD + "# Tema: Vand\n\nx\n\nOrd.[^a]\n\n" + "Mere tekst. " * 900
    return (text + "\n\nOgså.[^b]\n\n" + "Mere tekst. " * 900
            + "\n\n[^a]: " + "Om vand. " * words + "\n\n[^b]: " + "Om jord. " * words + "\n")


def overprinted(places):
    """Pairs of words that are printed over each other: more than the space around their letters."""
    found, pages = [], {}
    for place in places:
        pages.setdefault(place[0], []).append(place)
    for page, words in pages.items():
        for i, (_, left, top, right, bottom, word) in enumerate(words):
            for _, left2, top2, right2, bottom2, word2 in words[:i]:
                high = min(bottom, bottom2) - max(top, top2)
                wide = min(right, right2) - max(left, left2)
                if wide > 0.5 and high > 0.3 * min(bottom - top, bottom2 - top2):
                    found.append((page, word2, word))
    return found


class Notes(Case):
    def test_numbers_of_two_digits_are_clear_of_their_text(self):
        marks = "".join(f"Ord.[^n{i}]\n\n" for i in range(1, 13))
        notes = "".join(f"[^n{i}]: Note{i} her.\n" for i in range(1, 13))
        self.build(self.report(HEAD + f"# Tema: Vand\n\n{marks}\n{notes}"), "-l", "tablet")
        words = words_with_places(self.out / "prove-tablet.pdf")
        gaps = [b[1] - a[3] for a, b in zip(words, words[1:]) if a[5] == "12" and b[5] == "Note12"]
        self.assertEqual(len(gaps), 1)
        self.assertGreater(gaps[0], 6)  # points, half the size

    def test_each_stands_on_the_page_of_its_mark(self):
        self.build(self.report(NOTED))
        for pdf, page in (("prove-pakke.pdf", "1"), ("prove-vand.pdf", "1")):
            said = words_of(self.out / pdf, "-f", page, "-l", page)
            for name in NAMES:
                self.assertIn(f"Note om {name}.", said, pdf)
                self.assertEqual(words_of(self.out / pdf).count(f"Note om {name}."), 1, pdf)
            self.assertIn("Et afsnit.2 Og igen.2", said)

    def test_they_stand_in_the_order_of_their_numbers(self):
        """A note that is marked in another has the next number."""
        self.build(self.report(NOTED))
        said = words_of(self.out / "prove-vand.pdf")
        for number, name in enumerate(NAMES, 1):
            self.assertIn(f"{number} Note om {name}.", said)
        places = [said.index(f"Note om {name}.") for name in NAMES]
        self.assertEqual(places, sorted(places))

    def test_thirty_on_a_page(self):
        text = HEAD + "# Tema: Vand\n\nx\n\n" + " ".join(f"Ord[^n{i}]" for i in range(30)) + "\n\n"
        report = self.report(text + "".join(f"[^n{i}]: Om {i}.\n" for i in range(30)))
        self.layout(report, "tekst", "extends: committee-pack\nparts: [body]\n")
        self.build(report, "-l", "tekst")
        page = words_of(self.out / "prove-pakke.pdf", "-f", "1", "-l", "1")
        for i in range(30):
            self.assertIn(f"{i + 1} Om {i}.", page)

    def test_a_mark_stands_above_its_note(self):
        self.build(self.report(NOTED))
        rows = re.findall(r'^ *(\d+) \[ XYZ \S+ +(\S+) .*\] "((?:note|mark):\d+)"$',
                          tool("pdfinfo", "-dests", self.out / "prove-vand.pdf"), re.M)
        places = {name: (int(page), float(height)) for page, height, name in rows}
        for number in (1, 2, *range(4, len(NAMES) + 1)):
            self.assertEqual(places[f"note:{number}"][0], places[f"mark:{number}"][0])
            self.assertLess(places[f"note:{number}"][1], places[f"mark:{number}"][1])
        self.assertEqual(len(places), 2 * len(NAMES))

    def pages(self, name):
        pdf = self.out / name
        return [words_of(pdf, "-f", page, "-l", page) for page in range(1, pages_of(pdf) + 1)]

    def test_a_long_one_goes_on_with_a_sign(self):
        self.build(self.report(long_notes(1500)))
        pages = self.pages("prove-vand.pdf")
        for note, words in (("note 1", "Om vand."), ("note 2", "Om jord.")):
            noted = [number for number, page in enumerate(pages) if words in page]
            self.assertGreater(len(noted), 2)
            for number, page in enumerate(pages):
                self.assertEqual(f"{note}, fortsat" in page, number in noted[1:], (note, number))
                self.assertEqual(f"{note} fortsættes" in page, number in noted[:-1], (note, number))
            self.assertEqual(" ".join(pages).count(words), 1500)

    def long_words(self, base, named):
        """Twelve notes of long words, each with its note's number behind it where it is `named`: (page, …, word)."""
        random = Random(3)
        text = HEAD + "# Tema: Vand\n\nx\n\n"
        for i in range(12):
            noted = [f"{word}{i}" for word in LONG] if named else LONG
            text += " ".join(random.choices(LONG, k=random.randrange(30, 120))) + f".[^n{i}]\n\n"
            text += f"[^n{i}]: " + " ".join(random.choices(noted, k=random.randrange(60, 500))) + ".\n\n"
        report = self.report(text)
        self.layout(report, "egen", f"extends: {base}\noutput: egen.pdf\nparts: [body]\n"
                    "styles: {note: {size: 8.5, leading: 11, hyphenate: true}}\n")
        self.build(report, "-l", "egen")
        return words_with_places(self.out / "egen.pdf")

    def test_no_word_goes_on_over_the_page(self):
        ends = []
        for base in ("tablet", "theme-briefing"):
            places = [place for place in self.long_words(base, False)
                      if place[5].strip("\u00ad.").lower() in " ".join(LONG)]
            for page in {place[0] for place in places}:
                here = [place for place in places if place[0] == page]
                ends.append(max(here, key=lambda place: (round(place[2]), place[1]))[5])
        self.assertGreater(len(ends), 30)
        self.assertEqual([end for end in ends if end.endswith("\u00ad")], [])

    def test_one_goes_on_when_those_before_it_have_ended(self):
        pages = {}
        for page, *_, word in self.long_words("tablet", True):
            if re.fullmatch(r"[a-zæøå]+\d+\.?", word, re.I):
                pages.setdefault(int(re.search(r"\d+", word).group()), set()).add(page)
        for note, stands in pages.items():
            for before in range(note):
                both = stands & pages[before] - {min(stands)}
                self.assertLessEqual(both, {max(pages[before])}, (before, note))

    def test_signs_are_clear_of_that_of_a_table(self):
        rows = "".join(f"| Post {i} | rådet møder unge i byen og hjælper dem på vej |\n" for i in range(40))
        report = self.report(HEAD + "# Tema: Vand\n\nx\n\nOrd.[^a]\n\n| Navn | Tekst |\n|---|---|\n" + rows
                             + "\n[^a]: " + "Om vand og jord i byen. " * 60 + "\n")
        signs = 0
        for layout, pdf in (("large-print", "prove-stor-skrift.pdf"), ("tablet", "prove-tablet.pdf")):
            self.build(report, "-l", layout)
            for page in self.pages(pdf):
                signs += "fortsættes på næste side" in page and "note 1, fortsat" in page
            self.assertEqual(overprinted(words_with_places(self.out / pdf)), [], layout)
        self.assertGreater(signs, 0)

    def several_notes(self, layout, pdf, more=""):
        """The pages of a report with five notes that go on at the same time."""
        text = HEAD + "# Tema: Vand\n\nx\n\n" + "".join(
            f"Ord.[^{i}]\n\n" + "rådet møder unge i byen. " * 36 + "\n\n" for i in range(5))
        report = self.report(text + "".join(f"[^{i}]: " + f"Om nummer{i}. " * 300 + "\n\n" for i in range(5)))
        self.layout(report, "egen", f"extends: {layout}\noutput: {pdf}\n{more}")
        self.build(report, "-l", "egen")
        self.assertEqual(overprinted(words_with_places(self.out / pdf)), [], layout)
        return self.pages(pdf)

    def test_several_that_go_on_have_one_sign(self):
        for layout in ("large-print", "tablet", "notat"):
            pages = self.several_notes(layout, f"{layout}.pdf")
            self.assertTrue(any("note 4 og 5, fortsat" in page for page in pages), layout)
            self.assertLessEqual(max(page.count("fortsat") for page in pages), 2 if layout == "notat" else 1)
            self.assertEqual("fortsættes" in " ".join(pages), layout != "tablet")  # whose margin has no room
            if layout == "large-print":
                self.assertTrue(any("note 1–3 fortsættes" in page for page in pages))

    def test_the_sign_over_notes_names_those_that_stand_there(self):
        signs = 0
        for page in self.several_notes("large-print", "stor.pdf"):
            sign = re.search(r"note (\d)(?: og (\d))?, fortsat", page)
            if not sign:
                continue
            for number in range(1, 6):
                named = str(number) in sign.groups()
                self.assertLessEqual(named, f"Om nummer{number - 1}." in page, (number, page))
                signs += named
        self.assertGreater(signs, 5)

    def test_one_with_a_mark_in_it_stays_with_its_heading(self):
        words = " ".join(f"ord{i} om vand" for i in range(200))
        report = self.report(HEAD + "# Tema: Vand\n\nx\n\n" + "Tekst. " * 60 + "\n\n## Besøg: Værket[^a] {#v}\n\nTekst.\n\n"
                             + f"[^a]: {words}.[^b]\n\n[^b]: Kort note.\n")
        for layout, pdf in (("tablet", "prove-tablet.pdf"), ("large-print", "prove-stor-skrift.pdf")):
            done = self.build(report, "-l", layout)
            self.assertNotIn("[pages]", done.stderr)
            pages = [page for page in self.pages(pdf) if "ord0 om" in page]
            self.assertEqual([("Besøg Værket1" in page, "ord199" in page) for page in pages], [(True, False)])
            self.assertEqual(len(re.findall("2 Kort note", " ".join(self.pages(pdf)))), 1)

    def test_in_columns_they_are_drawn_as_they_are_read(self):
        self.several_notes("notat", "notat.pdf")
        reader = subprocess.run([sys.executable, ROOT / "tests" / "conformance" / "reader.py", self.out / "notat.pdf"],
                                capture_output=True, text=True, timeout=300)
        self.assertEqual((reader.returncode, re.findall("FAIL.*", reader.stdout)), (0, []))

    def test_a_sign_without_room_is_left_out(self):
        pages = self.several_notes("large-print", "stor.pdf", "note: {rule: 150mm}\n")
        self.assertNotIn("fortsat", " ".join(pages))
        self.assertTrue(any("note 1–3 fortsættes" in page for page in pages))

    def test_signs_are_not_read_aloud(self):
        self.build(self.report(long_notes(600)))
        self.assertIn("note 1 fortsættes", words_of(self.out / "prove-vand.pdf"))
        said = tool("pdfinfo", "-struct-text", self.out / "prove-vand.pdf")
        self.assertIn("Om vand.", said)
        self.assertNotIn("note 1", said)

    def test_in_columns_each_column_has_its_sign(self):
        self.build(self.report(long_notes(1500)), "-l", "notat")
        said = text_of(self.out / "prove-notat.pdf", "-layout")
        both = re.findall(r"note 1 fortsættes +note 1 fortsættes", said.replace("\u00a0", " "))
        self.assertGreater(len(both), 2)
        begun, going_on = said.count("note 1, fortsat"), said.count("note 1 fortsættes")
        self.assertEqual(begun, going_on)

    def test_short_ones_have_no_sign(self):
        self.build(self.report(NOTED))
        self.assertNotIn("forts", words_of(self.out / "prove-pakke.pdf"))


if __name__ == "__main__":
    unittest.main()
