"""How a reader finds the way: names of places, references, lists, bookmarks, notes, attachments."""
import json
import re
import unittest

from support import HEAD, LONDON, ROOT, Case, expanded, text_of, tool, words_of

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
        said = self.page("prove-pakke.pdf", 2).replace("\u00a0", " ")
        self.assertIn("nøgletallet ›Deltagere den første dag‹ på side 4. Figur 2 på side 3 er god "
                      "(anbefaling 1). Figur 2 på side 3 er god.", said)
        self.assertIn("Se tabel 1, besøget hos Brønden og", said)
        self.assertIn("Se tabellen (tema 2 på side 3) og et lukket punkt.", said)

    def test_a_link_with_words_says_its_page(self):
        """For those who read on paper: once, and not where it stands itself or beside its page; in a table if the layout wants that."""
        text = HEAD + """# Kort fortalt

Se [de store tal](#jord), om [vand](#vand) og **[alt](#kort) her**, og [jord](#jord) ([](#jord)).

1. **Vandet stiger.** Det er nyt. Se [tema 1](#vand).
2. **Jorden falder.** Se [tema 2](#jord) om det.

| A |
|---|
| [Jord](#jord) |

# Tema: Vand {#vand}

Se [tema 2](#jord).

# Tema: Jord {#jord}

Jord.
""".replace("# Kort fortalt", "# Kort fortalt {#kort}")
        report = self.report(text)
        self.build(report, "-l", "large-print")
        said = self.page("prove-stor-skrift.pdf", 1).replace("\u00a0", " ")
        self.assertIn("Se de store tal, side 3, om vand (side 2) og alt her, og jord (tema 2 på side 3).", said)
        self.assertIn("Det er nyt. Se tema 1, side 2.", said)
        self.assertIn("Se tema 2 (side 3) om det.", said)
        self.assertRegex(said, r"A Jord( |$)(?!,|\()")
        self.assertIn("Se tema 2, side 3.", self.page("prove-stor-skrift.pdf", 2).replace("\u00a0", " "))
        self.build(report, "-l", "committee-pack")
        said = self.page("prove-pakke.pdf", 1).replace("\u00a0", " ")
        self.assertIn("om vand (side 2)", said)
        self.assertEqual(len(re.findall(r"[Ss]ide \d", said)), 7)  # beside both points, in the table, and in the foot
        self.assertNotIn("tema 1, side", said)
        self.assertIn("Se tema 2 om det.", said)

    def test_points_that_lead_to_several_places_say_the_pages_of_all(self):
        text = HEAD + """# Kort fortalt {#kort}

1. **Vandet stiger.** Se [vandet](#vand) og [tema 2](#jord).
2. **Se [tema 2](#jord).**
3. **Jorden falder.** Det står i [tema 1](#vand). Se [tema 2](#jord).

# Tema: Vand {#vand}

Vand.

# Tema: Jord {#jord}

Jord.
"""
        self.build(self.report(text), "-l", "committee-pack")
        said = self.page("prove-pakke.pdf", 1).replace("\u00a0", " ")
        for sentence in ("Se vandet (side 2) og tema 2, side 3.", "Se tema 2, side 3.", "Det står i tema 1, side 2. Side 3"):
            self.assertIn(sentence, said)
        self.assertEqual(len(re.findall("Side [23]", said)), 2)

    def test_a_briefing_says_what_is_in_the_pack_alone(self):
        self.build(self.report(REFERENCES))
        said = self.page("prove-vand.pdf", 1).replace("\u00a0", " ")
        self.assertIn("›Deltagere den første dag‹ i pakken. Figur 2 i pakken er god (anbefaling 1 i pakken).",
                      said)
        self.assertIn("Se tabel 1, besøget hos Brønden og", said)

    def test_a_closed_part_is_named_in_the_closed_pack_alone(self):
        report = self.report(REFERENCES)
        self.build(report, "-l", "closed-pack")
        said = self.page("prove-pakke-lukket.pdf", 2)
        self.assertIn("og afsnittet ›Møllen‹.", said)

    def test_numbers_are_the_same_in_pack_and_briefing(self):
        self.build(self.report(PLACES))
        for name in ("prove-pakke.pdf", "prove-jord.pdf"):
            self.assertIn("Figur 2 Færrest kom", words_of(self.out / name))

    def test_references_are_links_with_words(self):
        self.build(self.report(REFERENCES))
        pdf = expanded(self.out / "prove-pakke.pdf").decode("latin-1")
        wanted = "Gå til figur 2 på side 3".encode("utf-16-be").hex()
        self.assertTrue(wanted in pdf.lower().replace("\n", ""))
        said = tool("pdfinfo", "-struct-text", self.out / "prove-pakke.pdf").replace("\u00a0", " ")
        self.assertRegex(said, r'Reference \(inline\)\n +Link \(inline\)\n +"Figur 2 på side 3"')

    def test_english(self):
        text = REFERENCES.replace("title: Prøve", "title: Test\nlanguage: en").replace(
            "# Tema:", "# Theme:").replace("## Besøg:", "## Visit:").replace("Tabel:", "Table:").replace(
            "## Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed", "## Key figures\n\n| Id | Key figure | Value | Unit"
        ).replace("## Anbefalinger", "## Recommendations").replace("Oprindelse: udledt\n", "").replace(
            "Grundlag:", "Basis:").replace(".lukket", ".closed")
        self.build(self.report(text))
        said = self.page("prove-pakke.pdf", 2).replace("\u00a0", " ")
        self.assertIn("Se table 1, the visit to Brønden og the key figure ‘Deltagere den første dag’", said)
        self.assertIn("Figure 2 on page 3 er god (recommendation 1).", said)

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
        text, filling = HEAD, "min " * 10
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



LONG = "En meget lang titel om vandet i brønden, der ikke kan stå på én linje i indholdsfortegnelsen uden at brydes"


class Contents(Case):
    def setUp(self):
        super().setUp()
        text = HEAD.replace("title: Prøve", "title: Prøve\nshort-title: Kort titel")
        for theme in range(1, 21):
            text += f"# Tema: Emne {theme} {{#e{theme}}}\n\nTekst.\n\n"
            text += "".join(f"## Punkt {theme}.{n}[^n{theme}]\n\nTekst.\n\n### Under {theme}.{n}\n\nTekst.\n\n"
                            for n in range(1, 4))
            text += f"[^n{theme}]: Note {theme}.\n\n"
            text += f"| A | B |\n|---|---|\n| c | d |\n\nTabel: Tal {theme}[^t{theme}]\n\n[^t{theme}]: Om tal {theme}.\n\n"
        text += f"# {LONG}\n\n" + "Tekst om noget.\n\n" * 80
        text += "![Et segl](seal.png)\n\nFigur: Byens segl\n"
        self.folder_of = self.report(text)
        seal = ROOT / "tests" / "reports" / "elements" / "images" / "seal.png"
        (self.folder_of / "seal.png").write_bytes(seal.read_bytes())

    def make(self, contents):
        parts = "[cover, contents, tables-list, figures-list, body]"
        self.layout(self.folder_of, "mine", 'extends: committee-pack\noutput: "{report}-pakke.pdf"\n'
                    f"parts: {parts}\ncontents: {contents}\n")
        self.build(self.folder_of, "-l", "mine")
        self.pdf = self.out / "prove-pakke.pdf"
        return text_of(self.pdf, "-layout").replace("\u00a0", " ").split("\f")[:-1]

    def entries(self, pages, title):
        """The lines of a list, which begins on the page with this title: what stands before the number."""
        found = []
        first = next(n for n, page in enumerate(pages) if page.strip().split("\n")[1:] and re.search(
            rf"^ *{title}$", page, re.M))
        for page in pages[first:]:
            rows = re.findall(r"^ *(\S.*?)  +(\d+)$", page, re.M)
            if not rows:
                break
            found += [(" ".join(row.split()), int(number)) for row, number in rows]
            if page is not pages[first] and not page.strip().endswith(f"af {len(pages)}"):
                break
        return found

    def test_depth(self):
        for depth, shown, hidden in ((1, "Emne 3", "Punkt 3.1"), (2, "Punkt 3.1", "Under 3.1"), (3, "Under 3.1", None)):
            pages = self.make(f"{{depth: {depth}}}")
            titles = " ".join(title for title, _ in self.entries(pages, "Indhold"))
            self.assertIn(shown, titles)
            if hidden:
                self.assertNotIn(hidden, titles)

    def test_every_entry_names_its_page_over_several_pages(self):
        pages = self.make("{depth: 3}")
        rows = [(title, page) for title, page in self.entries(pages, "Indhold") if "Emne" in title or "Punkt" in title
                or "Under" in title]
        self.assertEqual(len(rows), 20 * 7)
        self.assertIn("Punkt 12.1", " ".join(pages[2].split()) + " ".join(pages[3].split()))
        for title, page in rows:
            name = re.sub(r"^Tema \d+ ", "", title)
            theme = int(re.search(r"\d+", name).group())
            mark = f"({2 * theme - 1})?" if "Punkt" in name else ""
            self.assertRegex(" ".join(pages[page - 1].split()), re.escape(name) + mark + " Tekst")

    def test_the_number_of_a_long_title_stands_on_its_last_line(self):
        pages = self.make("{depth: 1}")
        self.assertRegex(pages[1] + pages[2], r"En meget lang titel[^\n\d]*\n")
        last = LONG.split()[-1]
        self.assertRegex(pages[1] + pages[2], last + r" +\d+\n")

    def test_lists_of_tables_and_figures(self):
        pages = self.make("{depth: 1}")
        rows = self.entries(pages, "Tabeller")
        tables = [(title, page) for title, page in rows if title.startswith("Tabel ")]
        self.assertEqual([title for title, _ in tables], [f"Tabel {n} Tal {n}" for n in range(1, 21)])
        for number, (_, page) in enumerate(tables, 1):
            self.assertIn(f"Tabel {number}: Tal {number}", " ".join(pages[page - 1].split()))
        figures = [row for row in self.entries(pages, "Figurer") if row[0].startswith("Figur")]
        self.assertEqual([title for title, _ in figures], ["Figur 1 Byens segl"])
        self.assertIn("Figur 1 Byens segl", " ".join(pages[figures[0][1] - 1].split()))
        self.assertIn(("Tabeller", 3), self.entries(pages, "Indhold"))

    def test_what_there_is_none_of_has_no_list(self):
        self.layout(report := self.report(PLACES.replace("Tabel:", "Tekst:")), "mine",
                    'extends: committee-pack\noutput: "{report}-pakke.pdf"\nparts: [tables-list, figures-list, body]\n')
        self.build(report, "-l", "mine")
        said = words_of(self.out / "prove-pakke.pdf")
        self.assertNotIn("Tabeller", said)
        self.assertTrue(said.startswith("Kort titel Figurer Figur 1 Flest kom") or "Figurer Figur 1 Flest kom" in said)

    def test_leaders_end_in_line(self):
        self.make("{depth: 1, leaders: true}")
        dashed = expanded(self.pdf).count(b" d\n") + expanded(self.pdf).count(b"] 0 d")
        self.make("{depth: 1, leaders: false}")
        self.assertGreater(dashed, expanded(self.pdf).count(b" d\n") + expanded(self.pdf).count(b"] 0 d"))

    def test_bookmarks_are_the_headings_by_level(self):
        self.make("{depth: 1}")
        items = json.loads(tool("qpdf", "--json", "--json-key=outlines", self.pdf))["outlines"]
        theme = next(item for item in items if item["title"].endswith("Emne 2"))
        self.assertEqual([kid["title"] for kid in theme["kids"]], [f"Punkt 2.{n}" for n in range(1, 4)])
        self.assertEqual([kid["title"] for kid in theme["kids"][0]["kids"]], ["Under 2.1"])
        self.assertFalse(theme["open"])
        objects = json.loads(tool("qpdf", "--json", "--json-key=qpdf", self.pdf))
        things = [thing["value"] for thing in objects["qpdf"][1].values() if isinstance(thing.get("value"), dict)]
        counts = [thing["/Count"] for thing in things if "/First" in thing and "/Count" in thing]
        # Closed items say how many would be seen if they were opened; the root how many are.
        self.assertEqual(counts.count(-3), 20)
        self.assertEqual(counts.count(-1), 60)
        self.assertEqual(counts.count(len(items)), 1)

    def test_running_heads_folios_and_labels(self):
        pages = self.make("{depth: 3}")
        heads = [" ".join(page.strip().split("\n")[0].split()) for page in pages]
        self.assertEqual(heads[1], "Kort titel")
        self.assertEqual(heads[2], "Indhold, fortsat Kort titel")
        self.assertTrue(heads[-1].startswith("En meget lang titel"), heads[-1])
        self.assertNotIn("Note", " ".join(heads))
        labels = json.loads(tool("qpdf", "--json", "--json-key=pagelabels", self.pdf))["pagelabels"]
        self.assertEqual([(label["index"], label["label"]) for label in labels], [(0, {"/S": "/D", "/St": 1})]
                         if "/St" in labels[0]["label"] else [(0, {"/S": "/D"})])
        for number, page in enumerate(pages, 1):
            self.assertIn(f"Side {number} af {len(pages)}", page)


if __name__ == "__main__":
    unittest.main()
