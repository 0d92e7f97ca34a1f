"""The structure of each PDF, as two readers see it, is what the report's model says."""
import copy
import json
import re
import shutil
import unittest

import structure
from expected import Expected
from structure import ALL, SAID, Element
from support import ROOT, Case, expanded, pages_of, run, tool

DATA = sorted(path for path in (ROOT / "data").iterdir() if path.is_dir())
REPORTS = sorted(path for path in (ROOT / "tests" / "reports").iterdir() if path.is_dir())
PARTS = ("-l", "committee-pack", "-l", "theme-briefing")
FEW_PAGES = 4       # that poppler reads the words of, too; see structure.poppler

# What neither data/ nor tests/reports/ have, or not together.
EVERYTHING = """---
title: Alt
case-number: "2026-1"
sender: {organisation: Sundby, unit: Sekretariatet, phone: "12345678"}
status: draft
---
# Kort fortalt

Se [](#vand), [](#kilder-tabel), [](#kurven) og [](#anbefaling-1). [](#broenden) er den ældste.[^kort]

# Tema: Vand[^tema] {#vand}

Et ledeafsnit om rent vand og OPP, som [Community Safety Partnership]{lang=en} hedder et sted.

## Rør[^overskrift] {#roer}

Rørene er ~~gamle~~ *nye* og H<sub>2</sub>O løber.[^a][^b] Se **[tabellen](#kilder-tabel)**, [](#kilder-tabel) og
<https://example.org/vand>. Skriv til <post@example.org>, eller se [`koden`](#roer). Her løber
**[@V1]{.fremhæv what="løber her om dagen"}**.

- [x] et punkt[^liste]
- [ ] et punkt om [@V3]{.fremhæv}, der venter[^punkt]

> [!NOTE] Boks[^bokstitel]
> Tekst.[^boks]
>
> 1) ét
> 2) to
>
> | A | B |
> |---|---|
> | 1 | 2 |

| Kilde[^hoved] | Liter | Sted |
|---|--:|---|
| **Øst** | | |
| Brønd[^celle] | 12 | [Hill]{lang=en} |
| **Vest** | | |
| Bæk | -3 | [](#broenden) |

Tabel: Kilder[^billedtekst] {#kilder-tabel}

Kilde: Vandværket, OPP.

Note: Målt om natten.

| Nr. | Navn |
|---|---|
| 1 | Ane |

Tabel: Uden rækkehoveder {rows=plain}

> Vi kan ikke alene.[^citat]
>
> — Lederen

## Besøg: Brønden {#broenden place="Bakken" date=2026-02-03}

Den er dyb.

### Pumpen {contact="Smeden"}

![En pumpe](photo.png)

Figur: Pumpen[^figur] {#pumpen}

![](photo.png){alt=""}

~~~tiles
figures: [V1, {figure: V2, what: er i bakken}]
source: Vandværket
~~~

~~~chart
type: bars
headline: Flere brønde end bække
figures: [V2, V3]
id: kurven
~~~

""" + "".join(f"Afsnit {i} med en kommunalbestyrelsesforordning, som rækker over linjer og sider, igen og igen.\n\n"
              for i in range(40)) + """
## Lang tabel

| Navn | Værdi |
|---|--:|
""" + "".join(f"| Række {i} | {i} |\n" for i in range(70)) + """
Tabel: Den lange

## Nøgletal

| Id | Nøgletal | Værdi | Enhed | Hvor | Forbehold |
|---|---|---|---|---|---|
| V1 | Vand om dagen | ca. 1.200 | liter | Bakken | Et skøn |
| V2 | Brønde | 12 | steder | | |
| V3 | Bække | 3-4 | steder | | Et skøn |

## Anbefalinger

1. **Bor dybere.** Det er dyrt, men OPP kan hjælpe; se [](#broenden) og [](#lufttabel).
   Grundlag: [brønden](#broenden), [@V1]
   Status: i gang
   Oprindelse: udtalt
   Frist: 2027-01-31

## Lukket {.lukket}

Hemmeligt.

# Tema: Luft {#luft}

Ingen vand her, se [](#roer), [](#broenden) og [røret](#roer).

| A | B |
|---|---|
| 1 | 2 |

Tabel: Luften {#lufttabel}

## Anbefalinger

1. **Luk vinduet.** Nu.
   Grundlag: [luften](#luft)
   Status: I gang
2. **Åbn det igen.**
   Grundlag: [](#lufttabel)
   Status: udsat

# Ordliste

- **Borough:** [Lambeth]{lang=en} og andre.
- **OPP:** offentlig-privat partnerskab.

""" + "".join(f"[^{name}]: Note om {name}.{more}\n\n" for name, more in {
    "kort": "", "tema": "", "overskrift": "", "a": "", "b": " Se også.[^inde]", "inde": "", "liste": "", "punkt": "", "bokstitel": "",
    "boks": "", "hoved": "", "celle": "", "billedtekst": "", "citat": "\n\n    - med en liste\n", "figur": ""}.items())


def model_of(report):
    done = run("model", "--no-places", report)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout)


def everything(case):
    """A report of all of it, and its PDFs."""
    report = case.report(EVERYTHING, "alt")
    shutil.copy(ROOT / "tests" / "reports" / "elements" / "images" / "seal.png", report / "photo.png")
    case.build(report, *PARTS)
    return report


class Structure(Case):
    def same(self, expected, pdf):
        """Both readers see what is expected, and all that is marked is in the tree once."""
        read = structure.Read(pdf)
        self.assertIsNone(structure.difference(expected, read.tree), f"{pdf.name}, MuPDF")
        if len(read.used) <= FEW_PAGES:
            self.assertIsNone(structure.difference(expected, structure.poppler(pdf), SAID), f"{pdf.name}, poppler")
        else:
            seen = structure.difference(structure.wordless(expected),
                                        structure.wordless(structure.poppler(pdf, texts=False)), structure.BARE)
            self.assertIsNone(seen, f"{pdf.name}, poppler")
        for page, used in enumerate(read.used, 1):
            self.assertEqual(set(used) - {1}, set(), f"{pdf.name}: content of page {page}")
        return read

    def check(self, report):
        """The pack and each theme's briefing; returns how MuPDF reads each, by name."""
        self.build(report, *PARTS)
        model = model_of(report)
        reads = {}
        for theme in [None, *(each["id"] for each in model.get("sections", [])
                              if each.get("kind") == "theme" and not each.get("closed"))]:
            pdf = self.out / f"{report.name}-{theme or 'pakke'}.pdf"
            expected = Expected(model, theme)
            contact = "del-kontakt" in tool("pdfinfo", "-dests", pdf)
            early = pdf.name == "budgetorientering-2027-pakke.pdf"  # alone on its page it would be
            reads[pdf] = self.same(expected.briefing() if theme else expected.pack(pages_of(pdf), contact, early), pdf)
        return reads

    def test_of_every_report(self):
        for report in DATA + REPORTS:
            with self.subTest(report=report.name):
                for pdf, read in self.check(report).items():
                    self.links(pdf, read)
                    self.pages(read)

    def test_of_closed_packs(self):
        for report in (everything(self), ROOT / "tests" / "reports" / "elements"):
            self.build(report, "-l", "closed-pack")
            pdf = self.out / f"{report.name}-pakke-lukket.pdf"
            read = self.same(Expected(model_of(report), closed=True).pack(pages_of(pdf)), pdf)
            self.assertIn("Lukket", read.tree.words())

    def test_of_a_paper_without_a_pack(self):
        report = ROOT / "data" / "indstilling-natbus"
        self.build(report, "-l", "indstilling")
        self.same(Expected(model_of(report)).body(), self.out / "indstilling-natbus.pdf")

    def test_of_everything(self):
        for pdf, read in self.check(everything(self)).items():
            self.links(pdf, read)
            self.pages(read)

    # ---- what isn't text ----------------------------------------------------------------------

    def links(self, pdf, read):
        """Links lead to places that are there, on the page that they name, and say so; notes lead back."""
        rows = re.findall(r'^ *(\d+) \[ XYZ .*\] "(.*)"$', tool("pdfinfo", "-dests", pdf), re.M)
        page_of = {name: int(page) for page, name in rows}
        found = [element for element in read.tree.walk() if element.role == "Link"]
        for link in found:
            words, target = structure.plain(link.words()), link.said["target"]
            self.assertTrue(link.said.get("contents"), f"{pdf.name}: {words}")
            if not target.startswith("#"):
                continue
            self.assertIn(target[1:], page_of, pdf.name)
            number = re.search(r"(?:^side|\bside|\bpage) (\d+)\)?$", words)
            if number:
                self.assertEqual(int(number.group(1)), page_of[target[1:]], f"{pdf.name}: {words}")
        targets = [link.said["target"] for link in found]
        notes = [element for element in read.tree.walk() if element.role == "Note"]
        for number in range(1, len(notes) + 1):
            self.assertIn(f"#note:{number}", targets)
            self.assertEqual(targets.count(f"#mark:{number}"), 1)

    def pages(self, read):
        """Folios are artifacts, and no figure is without a place."""
        for number, artifacts in enumerate(read.artifacts, 1):
            self.assertRegex(artifacts, rf"(Side|Page) {number} (af|of) {len(read.artifacts)}")
        for element in read.tree.walk():
            if element.role == "Figure":
                left, bottom, right, top = element.said["BBox"]
                self.assertTrue(0 <= left < right and 0 <= bottom < top, element.said)

    def test_heads_and_feet_are_artifacts_of_the_page(self):
        everything(self)
        content = expanded(self.out / "alt-vand.pdf")
        pages = pages_of(self.out / "alt-vand.pdf")
        self.assertEqual(content.count(b"/Artifact <</Type /Pagination /Subtype /Header"), pages)
        self.assertEqual(content.count(b"/Artifact <</Type /Pagination /Subtype /Footer"), pages)

    def test_repeated_heads_are_artifacts(self):
        everything(self)
        read = structure.Read(self.out / "alt-vand.pdf")
        over = [page for page in read.artifacts if "NavnVærdi" in page]
        self.assertGreater(len(over), 0)
        said = structure.plain(read.tree.words())
        self.assertEqual(said.count("NavnVærdi"), 1)
        self.assertIn("fortsættes på næste side", "".join(read.artifacts))
        self.assertNotIn("fortsætte", said)

    def test_links_of_numbers_say_where_they_lead(self):
        everything(self)
        read = structure.Read(self.out / "alt-pakke.pdf")
        said = [element.said["contents"] for element in read.tree.walk() if element.role == "Link"]
        self.assertIn("Gå til anbefaling 1: Bor dybere.", said)
        self.assertIn("Gå til note 1", said)


# ---- that it can fail --------------------------------------------------------------------------

def first(tree, role, which=lambda element: True):
    """The first element of a type, and what it stands in."""
    for holder in tree.walk():
        for kid in holder.kids:
            if isinstance(kid, Element) and kid.role == role and which(kid):
                return holder, kid
    raise AssertionError(f"no {role} to break")


def drop(role):
    def change(tree):
        holder, kid = first(tree, role)
        holder.kids.remove(kid)
    return change


def drop_pull_out(tree):
    holder, kid = first(tree, "Div", lambda element: "løber her" in element.words())
    holder.kids.remove(kid)


def say(role, name, value):
    def change(tree):
        first(tree, role, lambda element: element.said.get(name))[1].said[name] = value
    return change


def swap(tree):
    paragraphs = [i for i, kid in enumerate(tree.kids) if kid.role == "P" and kid.words().startswith("Afsnit")]
    one, other = paragraphs[:2]
    tree.kids[one], tree.kids[other] = tree.kids[other], tree.kids[one]


def twice(tree):
    tree.kids.append(copy.deepcopy(tree.kids[-1]))


def level(tree):
    first(tree, "H3")[1].role = "H2"


def one_letter(tree):
    holder, kid = first(tree, "P", lambda element: element.words().startswith("Den er dyb"))
    kid.kids = ["Den er dyp."]


def unnest(tree):
    """What is in a box stands behind it."""
    holder, box = first(tree, "Div")
    at = holder.kids.index(box)
    holder.kids[at + 1:at + 1] = [box.kids.pop()]


def plain_words(role):
    """What is marked within a text is text like any other."""
    def change(tree):
        holder, kid = first(tree, role)
        holder.kids[holder.kids.index(kid)] = kid.words()
    return change


def data_for_head(tree):
    first(tree, "TH", lambda element: element.said.get("Scope") == "Row")[1].role = "TD"


def columns_swapped(tree):
    row = first(tree, "TR", lambda element: element.kids[0].role == "TH" and element.kids[1].role == "TD")[1]
    row.kids[0], row.kids[1] = row.kids[1], row.kids[0]


# What is changed in what is expected, and whether pdfinfo tells of it.
FAULTS = {
    "a paragraph that isn't there": (drop("P"), True), "a list that isn't there": (drop("L"), True),
    "a note that isn't there": (drop("Note"), True), "a row that isn't there": (drop("TR"), True),
    "a caption that isn't there": (drop("Caption"), True), "a figure that isn't there": (drop("Figure"), True),
    "an entry of the contents that isn't there": (drop("TOCI"), True),
    "a label that isn't there": (drop("Lbl"), True),
    "two paragraphs swapped": (swap, True), "an element twice": (twice, True), "a heading's level": (level, True),
    "one letter": (one_letter, True), "a box's end": (unnest, True), "a link": (plain_words("Link"), True),
    "a mark": (plain_words("Reference"), True), "a row's head": (data_for_head, True),
    "two cells swapped": (columns_swapped, True), "a scope": (say("TH", "Scope", "Row"), True),
    "the heads of a cell": (say("TD", "Headers", "Liter"), True), "a span of columns": (say("TH", "ColSpan", "2"), True),
    "a list's numbers": (say("L", "ListNumbering", "Decimal"), True),
    "an alternative text": (say("Figure", "Alt", ""), False), "a language": (say("Span", "Lang", "fr"), False),
    "an expansion": (say("Span", "E", "noget"), False), "a link's target": (say("Link", "target", "#nowhere"), False),
    "a pull-out that isn't there": (drop_pull_out, True),
    "a task's state": (say("Lbl", "ActualText", "?"), False),
}


class Faults(Case):
    def setUp(self):
        super().setUp()
        self.model = model_of(everything(self))
        self.pack = self.out / "alt-pakke.pdf"

    def test_each_fault_is_found_by_the_readers_that_can(self):
        trees = [(structure.Read(self.pack).tree, ALL), (structure.poppler(self.pack), SAID)]
        expected = Expected(self.model).pack(pages_of(self.pack))
        for what, (change, told) in FAULTS.items():
            wrong = copy.deepcopy(expected)
            change(wrong)
            for tree, names in trees[:1 + told]:
                with self.subTest(fault=what, names=len(names)):
                    self.assertIsNone(structure.difference(expected, tree, names))
                    self.assertIsNotNone(structure.difference(wrong, tree, names))

    def test_another_report_is_another_structure(self):
        self.model["title"] += "!"
        seen = structure.difference(Expected(self.model).pack(pages_of(self.pack)), structure.Read(self.pack).tree)
        self.assertIn("expected: H1 Alt!", seen)


if __name__ == "__main__":
    unittest.main()
