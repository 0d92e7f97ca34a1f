"""How a reader finds the way: names of places, references, lists, bookmarks, notes, attachments."""
import re
import unittest

from support import HEAD, LONDON, Case, expanded, text_of, tool, words_of

PLACES = HEAD + """# Tema: Vand {#vand}

Et afsnit om vand.

## Besøg: Brønden

### Det så vi

Vand.

## Besøg: Tårnet

### Det så vi

Mere vand.

| Kilde | Liter |
|---|---|
| Brønd | 12 |

Tabel: Kilder og liter

| By | Liter |
|---|---|
| Nord | 3 |

# Tema: Jord {#jord}

~~~chart
type: bars
headline: Flest kom den anden dag
figures: [K01, K02]
labels: [Første, Anden]
~~~

~~~chart
id: dage
type: bars
headline: Færrest kom den første dag
figures: [K01, K02]
labels: [Første, Anden]
~~~

## Nøgletal

| Id | Nøgletal | Værdi | Enhed |
|---|---|---|---|
| K01 | Deltagere den første dag | 12 | personer |
| K02 | Deltagere den anden dag | 20 | personer |

## Anbefalinger

1. **Mål hver brønd.** Det er nemt.
   Oprindelse: udledt
   Grundlag: [Brønden](#broenden)
"""


def places(pdf):
    """Named destinations: their page and height on it, by name."""
    rows = re.findall(r'^ *(\d+) \[ XYZ \S+ +(\S+) .*\] "(.*)"$', tool("pdfinfo", "-dests", pdf), re.M)
    return {name: (int(page), float(y)) for page, y, name in rows}


class Names(Case):
    def setUp(self):
        super().setUp()
        self.build(self.report(PLACES))
        self.pack = self.out / "prove-pakke.pdf"

    def test_everything_has_a_place(self):
        for name in ("vand", "broenden", "det-saa-vi", "taarnet", "det-saa-vi-taarnet",
                     "kilder-og-liter", "tabel-det-saa-vi-taarnet", "jord",
                     "flest-kom-den-anden-dag", "dage", "K01", "K02", "anbefaling-1"):
            self.assertIn(name, places(self.pack))
        self.assertEqual(places(self.out / "prove-vand.pdf").keys() & {"vand", "jord"}, {"vand"})

    def test_a_place_is_where_it_says(self):
        """What stands there is the first thing below it."""
        for name, words in (("det-saa-vi-taarnet", "Det så vi"), ("kilder-og-liter", "Tabel 1: Kilder"),
                            ("tabel-det-saa-vi-taarnet", "By"), ("dage", "Figur 2")):
            page, y = places(self.pack)[name]
            found = text_of(self.pack, "-f", page, "-l", page, "-x", 0, "-y", round(841.89 - y),
                            "-W", 600, "-H", 40, "-layout")
            self.assertTrue(found.strip().startswith(words), f"{name}: {found}")

    def test_names_stay_when_the_report_is_changed_elsewhere(self):
        before = places(self.pack).keys()
        changed = PLACES.replace("# Tema: Vand {#vand}", """# Tema: Luft {#luft}

Om luft.

## Besøg: Møllen

Vind.

| Vind | Dage |
|---|---|
| Nord | 1 |

Tabel: Vindens dage

# Tema: Vand {#vand}""").replace("Mere vand.", "Mere vand. " * 400).replace(
            "## Besøg: Tårnet", "## Mere om brønden\n\nDyb.\n\n## Besøg: Tårnet")
        self.build(self.report(changed))
        after = places(self.pack)
        self.assertEqual({name for name in before if name not in after}, set())
        for name, words in (("det-saa-vi-taarnet", "Det så vi"), ("kilder-og-liter", "Tabel 2: Kilder")):
            page, y = after[name]
            found = text_of(self.pack, "-f", page, "-l", page, "-x", 0, "-y", round(841.89 - y),
                            "-W", 600, "-H", 40, "-layout")
            self.assertTrue(found.strip().startswith(words), f"{name}: {found}")

    def test_every_link_of_the_reports_leads_to_a_place(self):
        self.build(LONDON)
        for pdf in self.out.iterdir():
            names = places(pdf)
            for target in re.findall(r'/Dest \((.*?)\)', expanded(pdf).decode("latin-1")):
                self.assertIn(target.replace("\\", ""), names, pdf.name)



REFERENCES = PLACES.replace("Et afsnit om vand.", """Se [](#kilder-og-liter), [](#broenden) og [](#K01). [](#dage) er god
([](#anbefaling-1)). [](#dage) er god. Se [tabellen](#kilder-og-liter) ([](#jord)) og [](#moelle).

## Møllen {#moelle .lukket}

Ikke for alle.""")


SMALL_REFERENCE = HEAD + "# Tema: Vand {#vand}\n\nSe [](#vamd).\n"


class References(Case):
    """Links whose words are made."""

    def page(self, name, number):
        return words_of(self.out / name, "-f", number, "-l", number)

    def test_words_say_what_and_where(self):
        self.build(self.report(REFERENCES))
        said = self.page("prove-pakke.pdf", 3).replace("\u00a0", " ")
        self.assertIn("nøgletallet ›Deltagere den første dag‹ på side 5. Figur 2 på side 4 er god "
                      "(anbefaling 1). Figur 2 på side 4 er god.", said)
        self.assertIn("Se tabel 1, besøget hos Brønden og", said)
        self.assertIn("Se tabellen (tema 2 på side 4) og et lukket punkt.", said)

    def test_a_briefing_says_what_is_in_the_pack_alone(self):
        self.build(self.report(REFERENCES))
        said = self.page("prove-vand.pdf", 1).replace("\u00a0", " ")
        self.assertIn("›Deltagere den første dag‹ i pakken. Figur 2 i pakken er god (anbefaling 1 i pakken).",
                      said)
        self.assertIn("Se tabel 1, besøget hos Brønden og", said)

    def test_a_closed_part_is_named_in_the_closed_pack_alone(self):
        report = self.report(REFERENCES)
        self.build(report, "-l", "closed-pack")
        said = self.page("prove-pakke-lukket.pdf", 3)
        self.assertIn("og afsnittet ›Møllen‹.", said)

    def test_numbers_are_the_same_in_pack_and_briefing(self):
        self.build(self.report(PLACES))
        for name in ("prove-pakke.pdf", "prove-jord.pdf"):
            self.assertIn("Figur 2 Færrest kom", words_of(self.out / name))

    def test_references_are_links_with_words(self):
        self.build(self.report(REFERENCES))
        pdf = expanded(self.out / "prove-pakke.pdf").decode("latin-1")
        wanted = "Gå til figur 2 på side 4".encode("utf-16-be").hex()
        self.assertTrue(wanted in pdf.lower().replace("\n", ""))
        said = tool("pdfinfo", "-struct-text", self.out / "prove-pakke.pdf").replace("\u00a0", " ")
        self.assertRegex(said, r'Reference \(inline\)\n +Link \(inline\)\n +"Figur 2 på side 4"')

    def test_english(self):
        text = REFERENCES.replace("title: Prøve", "title: Test\nlanguage: en").replace(
            "# Tema:", "# Theme:").replace("## Besøg:", "## Visit:").replace("Tabel:", "Table:").replace(
            "## Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed", "## Key figures\n\n| Id | Key figure | Value | Unit"
        ).replace("## Anbefalinger", "## Recommendations").replace("Oprindelse: udledt\n", "").replace(
            "Grundlag:", "Basis:").replace(".lukket", ".closed")
        self.build(self.report(text))
        said = self.page("prove-pakke.pdf", 3).replace("\u00a0", " ")
        self.assertIn("Se table 1, the visit to Brønden og the key figure ‘Deltagere den første dag’", said)
        self.assertIn("Figure 2 on page 4 er god (recommendation 1).", said)

    def test_an_unknown_id_is_an_error_with_a_hint(self):
        done = self.build(self.report(SMALL_REFERENCE), status=1)
        self.assertIn("report.md:6:4: error: nothing has the id 'vamd'", done.stderr)
        self.assertIn("did you mean 'vand'?", done.stderr)

    def test_headings_and_captions_need_words(self):
        text = HEAD + ("# Tema: Om [](#t) {#vand}\n\n## Se [](#t)\n\nx\n\n| A |\n|---|\n| [](#t) |\n\n"
                       "Tabel: Som [](#vand) {#t}\n")
        done = self.build(self.report(text), status=1)
        self.assertEqual(re.findall(r":(\d+:\d+): error: a reference needs words of its own here", done.stderr),
                         ["4:12", "6:7", "14:12"])

    def test_every_number_is_right_also_where_it_moves_what_it_names(self):
        """Paragraphs near the foot of a page: with the page's number they go on to the next page, where the
        table is, and without it they come back. Those have no number."""
        text, filling = HEAD, "m " * 16
        for theme, width in enumerate(range(20, 58, 2), 1):
            text += (f"# Tema: Nr {theme} {{#n{theme}}}\n\nKort.\n\n"
                     + "".join(f"Linje {line}.\\\n" for line in range(34)) + "Slut.\n\n"
                     + f"Se {'o' * width} og {filling}[](#t{theme}), som er god nok.\n\n"
                     + "| A | B |\n|---|---|\n" + "| c | d |\n" * 8 + f"\nTabel: Her {{#t{theme}}}\n\n")
        self.build(self.report(text))
        pages = text_of(self.out / "prove-pakke.pdf", "-layout").split("\f")
        at = {int(number): page for page, said in enumerate(pages, 1)
              for number in re.findall(r"^ *Tabel (\d+): Her", said, re.M)}
        self.assertEqual(len(at), 19)
        found = {"same page": 0, "other page": 0, "without": 0}
        for page, said in enumerate(pages, 1):
            said = " ".join(said.split()).replace("\u00a0", " ")
            for number, other in re.findall(r"tabel (\d+)(?: på side (\d+))?", said):
                if other:
                    self.assertEqual(int(other), at[int(number)])
                    self.assertNotEqual(int(other), page)
                kind = "other page" if other else "same page" if at[int(number)] == page else "without"
                found[kind] += 1
        self.assertEqual(sum(found.values()), 19)
        for kind, times in found.items():
            self.assertGreater(times, 0, kind)
        self.assertLess(found["without"], 6)


if __name__ == "__main__":
    unittest.main()
