"""The text of a PDF is the text of its report: every word, in order, in two readers.

The words are cmark-gfm's, a parser that isn't ours to test here. Line-end hyphens are undone, and where
an address or a word that no line could hold was parted, the parts are joined; nothing else is.

Poppler gives every word that reads from the right, but not always their order where figures stand
between them in a line that reads from the left; there its words are counted and MuPDF's are ordered."""
import re
import unittest
import xml.etree.ElementTree as ElementTree

from support import Case, ROOT, pages_of, text_of, tool

BLOCKS = ("paragraph", "heading", "table_cell", "code_block")
FIGURE = re.compile(r"\[@[^\]]*\]")
ATTRIBUTES = re.compile(r"\{[^{}]*\}")
# What the report says to the program and not to its readers.
FIELD = re.compile(r"^(Ansvarlig|Frist|Økonomi|Grundlag|Status|Oprindelse|Responsible|Deadline|Economy|"
                   r"Basis|Origin):")
BOX = re.compile(r"^\[!\w+\] ?")
NUMBER = r"-?\d[\d.,]*"
NUMBER_CELL = re.compile(rf"{NUMBER}(?:-\d[\d.,]*| til {NUMBER})?")
CAPTION = re.compile(r"^(Tabel|Figur|Table|Figure): ")
FIGURES_TABLE = re.compile(r"^(Id|Nøgletal|Key figure)$")
LABEL = re.compile(r"^(Tema|Besøg|Møde|Stop|Theme|Visit|Meeting): ")
DRAWN = re.compile(r"(type|figures|columns|rows):")  # a chart, or tiles
LINKED = "\N{OBJECT REPLACEMENT CHARACTER}"  # behind a link into the report, whose page may follow it
PAGE = "(?:{s}*,{s}+\\w+{s}+\\d+|{s}+\\(\\w+{s}+\\d+\\))?"
SPACES = "[\\s\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}]"
SOFT = "\N{SOFT HYPHEN}"
FROM_RIGHT = re.compile("[\u0590-\u08ff]")
CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def local(node):
    return node.tag.split("}")[1]


def inline_text(node):
    """What a block's inlines print; what a picture shows is said, not printed."""
    parts = []
    silent = {words for image in node.iter() if local(image) == "image" for words in image.iter()}
    ends = {list(link.iter())[-1] for link in node.iter() if local(link) == "link"
            and link.get("destination", "").startswith("#")}
    for child in node.iter():
        kind = local(child)
        if child in silent:
            parts.append(" " if kind == "image" else "")
        elif kind in ("text", "code"):
            parts.append((child.text or "") + (LINKED if child in ends else ""))
        elif kind in ("softbreak", "linebreak"):
            parts.append("\n")
        elif kind == "footnote_reference":
            parts.append("[@note]")
    return "".join(parts)


def printed(text):
    """The text without what is written for the program."""
    text = "\n".join(line for line in text.split("\n") if not FIELD.match(line))
    text = LABEL.sub("", CAPTION.sub("", BOX.sub("", text)))
    text = ATTRIBUTES.sub("", text)
    return re.sub(r"\[([^\[\]@]+)\]", r"\1", text).strip()


def number_in_cell(text):
    """In a cell that is a number alone, a hyphen before digits is printed as a minus, and one between as a dash."""
    if not NUMBER_CELL.fullmatch(text.strip()):
        return text
    return re.sub(r"(?<!\d)-", "−", text).replace("-", "–")


def tree_of(markdown):
    """The elements of a report's body."""
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.S)
    xml = tool("cmark-gfm", "-e", "table", "-e", "strikethrough", "-e", "tasklist", "-e", "footnotes", "--to",
               "xml", stdin=body)
    xml = re.sub(r"<!DOCTYPE[^>]*>", "", xml).replace("<<unknown> />", "<footnote_reference />")
    xml = xml.replace("<<unknown>>", "<footnote_definition>").replace("</<unknown>>", "</footnote_definition>")
    return ElementTree.fromstring(xml)


def notes_of(markdown):
    """The texts of a report's footnotes."""
    found = []
    for node in tree_of(markdown).iter():
        if local(node) == "footnote_definition":
            walk(node, found, False)
    return [text for text, _ in found]


def blocks_of(markdown):
    """(text, whether it stands where the report has it) of each block of a report."""
    found, summary = [], False
    for child in tree_of(markdown):
        if local(child) == "heading" and child.get("level") == "1":
            summary = inline_text(child).startswith("Kort fortalt")
        if summary and local(child) == "list" and child.get("type") == "ordered":
            for item in child:
                add_point(item[0], found)
                for block in item[1:]:
                    walk(block, found, True)
        else:
            walk(child, found, True)
    return found


def add_point(paragraph, found):
    """A point of a summary: the finding, and apart from it the rest, without a last sentence that is but a link."""
    pieces = list(paragraph)
    if [local(piece) for piece in pieces[-2:]] == ["link", "text"] and pieces[-1].text == ".":
        before, see = "".join(map(inline_text, pieces[:-2])), re.compile(r"(?:(?<=[.?!])\s+)\S+\s$")
        rest = see.sub("", before) if see.search(before) else inline_text(paragraph)
    else:
        rest = inline_text(paragraph)
    finding = inline_text(pieces[0]) if local(pieces[0]) == "strong" else ""
    found += [(printed(text), True) for text in (finding, rest[len(finding):]) if text.strip()]


def walk(node, found, ordered):
    kind = local(node)
    if kind == "code_block" and DRAWN.match(node.text or ""):
        return
    if kind == "code_block" and node.get("info") == "facts":  # beside the text
        for line in node.text.strip().split("\n"):
            label, text = re.fullmatch(r'"?(.+?)"?: (.+)', line).groups()
            found.extend([(label, False), (text, False)])
        return
    if kind == "paragraph" and [local(child) for child in node] == ["image"]:
        return  # its words are for who can't see it
    if kind == "table":
        heads = [inline_text(cell) for cell in node.iter() if local(cell) == "table_cell"][:2]
        if any(FIGURES_TABLE.match(head.strip()) for head in heads):
            return
        ordered = False
    if kind in ("footnote_definition", "html_block"):
        ordered = False
    if kind in BLOCKS:
        text = inline_text(node) if kind != "code_block" else node.text or ""
        if kind == "table_cell":
            text = number_in_cell(text)
        caption = CAPTION.match(text)
        if printed(text):
            found.append((printed(text), ordered and not caption))
        return
    for child in node:
        walk(child, found, ordered)


def word_pattern(word):
    """A word as a reader may give it back: parted where it is an address or too long for a line, with a dash or minus
    for the hyphen that was typed for want of one, and the page of a link behind it."""
    if LINKED in word:
        return PAGE.format(s=SPACES).join(map(word_pattern, word.split(LINKED)))
    parted = "://" in word or "@" in word or len(word) > 40
    return "".join(("[-–−]" if c == "-" else re.escape(c)) + (f"{SPACES}*" if parted or c in "-–/" else "") for c in word)


def pattern(text):
    """The words of a block with blanks between them; a figure is whatever the program prints for it, and where a page
    ends between two words it may end with a figure that was pulled out of them."""
    pieces = []
    pulled = f"|{SPACES}.{{0,120}}?\f{SPACES}*" if re.search(FIGURE, text) else ""
    for piece in re.split(FIGURE, text.replace(SOFT, "")):
        words = [word_pattern(word) for word in re.split(SPACES + "+", piece)]
        pieces.append(f"(?:{SPACES}+{pulled})".join(words))
    return re.compile(".{0,90}?".join(pieces), re.S)


def without_notes(text, notes):
    """A text without the footnotes at the feet of its pages, where a paragraph may be parted that goes on overleaf."""
    for note in notes:
        text = re.sub(f"{SPACES}([0-9]+{SPACES}+)?{pattern(note).pattern}", " ", text, flags=re.S)
    return text


def undone(text):
    """The text that a reader gave, with the hyphens at the ends of its lines undone."""
    return re.sub(SOFT + r"\s*", "", text)


def openings(blocks):
    """The first words of each block, and of what follows each figure in it, to search for."""
    pieces = [piece.strip(" .,;:)") for block, _ in blocks for piece in re.split(FIGURE, block.replace(SOFT, ""))]
    words = [re.split(SPACES + "+", piece.split(LINKED)[0])[:8] for piece in pieces]
    return [" ".join(some) for some in words if len(some) > 2]


TERM = re.compile(r"[^:]{1,60}:\s")

LAYOUT = """extends: {extends}
output: "text.pdf"
parts: [body]
edition: closed
head: {{draft: 0, left: [], right: []}}
foot: {{left: [], right: []}}
"""


class Text(Case):
    def read(self, folder, layout):
        """The pages of a report with nothing on them but its body, in two readers."""
        copy = self.folder / folder.name
        if not copy.exists():
            tool("cp", "-r", folder, copy)
        self.layout(copy, "text", LAYOUT.format(extends=layout))
        self.build(copy, "-l", "text")
        pdf = self.out / "text.pdf"
        texts = {"poppler": text_of(pdf, "-raw"),
                 "mutool": tool("mutool", "draw", "-q", "-F", "txt", pdf)}
        return texts, undone(CONTROLS.sub("", text_of(pdf)))

    def lost_words(self, blocks, text, loose, notes=()):
        """Words of blocks that are not found in order; those of blocks with words from the right are looked
        for one by one in `loose`, if that is given."""
        at, lost, body = 0, [], without_notes(text, notes)
        for block, ordered in blocks:
            if loose and FROM_RIGHT.search(block):
                lost += [word for word in re.split(SPACES + "+", block.replace(LINKED, ""))
                         if not re.search(word_pattern(word.strip(",.:;()")), loose)]
                continue
            place = (body, at) if ordered else (text,)
            found = pattern(block).search(*place)
            if not found and TERM.match(block):  # a glossary's terms stand on lines of their own, without colons
                found = pattern(block.replace(":", "", 1)).search(*place)
            if not found:
                lost += block.split()
            elif ordered:
                at = found.end()
        return lost

    def check(self, folder, layout="committee-pack"):
        markdown = (folder / "report.md").read_text()
        blocks, notes = blocks_of(markdown), notes_of(markdown)
        words = sum(len(block.split()) for block, _ in blocks)
        self.assertTrue(words)
        texts, loose = self.read(folder, layout)
        for reader, text in texts.items():
            lost = self.lost_words(blocks, undone(text), loose if reader == "poppler" else None, notes)
            print(f"{folder.name}: {words - len(lost)} of {words} words in order ({reader})")
            self.assertEqual(lost, [], f"{reader}, {folder.name}")

    def found(self, pdf, needles):
        """Those that MuPDF's search finds on some page."""
        file = self.folder / "needles.txt"
        file.write_text("\n".join(needles))
        counts = tool("mutool", "run", ROOT / "tests" / "system" / "search.js", pdf, file).split()
        self.assertEqual(len(counts), len(needles))
        return {needle for needle, count in zip(needles, counts) if count != "0"}

    def check_search(self, folder):
        """Who searches for how a paragraph begins is taken to it, also over ends of lines and hyphens there,
        in the PDF as it is made: with heads, feet, contents and tables. A search keeps to one page."""
        self.build(folder, "-l", "committee-pack")
        pdf = self.out / f"{folder.name}-pakke.pdf"
        phrases = openings(blocks_of((folder / "report.md").read_text()))
        self.assertGreater(len(phrases), 3)
        found = self.found(pdf, phrases + ["findes ikke i nogen rapport"])
        # The terms of a glossary stand on lines of their own, without their colons.
        bare = {phrase: phrase.replace(":", "", 1) for phrase in phrases if phrase not in found}
        shown = self.found(pdf, list(bare.values())) if bare else set()
        parted = [phrase for phrase in bare if bare[phrase] not in shown]
        self.assertLess(len(parted), pages_of(pdf) / 4 + 1)
        words = [word for phrase in parted for word in phrase.split()]
        self.assertEqual(self.found(pdf, words + ["uopfindelig"]), set(words))
        self.assertNotIn("findes ikke i nogen rapport", found)

    def test_fonts_of_every_kind(self):
        for layout in ("cff", "variable"):
            with self.subTest(layout):
                self.check(ROOT / "tests" / "reports" / "typefaces", layout)

    def test_ligatures_and_points_of_text_from_the_right(self):
        """Poppler doesn't put points (vowels) to their letters."""
        ligatures = "السلام لا إله إلا الله والأول"
        points = "בְּרֵאשִׁית בָּרָא אֱלֹהִים עַל שָׁלוֹם كِتَابٌ مَدْرَسَة"
        folder = self.report(f"---\ntitle: T\n---\n# A\n\n{ligatures}\n\n{points}\n")
        texts, loose = self.read(folder, "committee-pack")
        for word in ligatures.split():
            self.assertIn(word, loose)
        for word in (ligatures + " " + points).split():
            self.assertIn(word, undone(texts["mutool"]))

    def test_a_lost_word_is_noticed(self):
        blocks = [("En fin sag om vand", True), ("og noget mere", True)]
        self.assertEqual(self.lost_words(blocks, "En fin sag om\nvand og noget mere", None), [])
        self.assertTrue(self.lost_words(blocks, "En fn sag om vand og noget mere", None))
        self.assertTrue(self.lost_words(blocks, "og noget mere En fin sag om vand", None))

    def test_only_a_footnote_may_part_a_paragraph(self):
        blocks, notes = [("En fin sag om vand", True), ("Kun i dag", False)], ["Kun i dag"]
        parted = "En fin sag\n1\n{}\n\fom vand"
        self.assertEqual(self.lost_words(blocks, parted.format("Kun i dag"), None, notes), [])
        self.assertEqual(self.lost_words(blocks, parted.format("Kun i går") + " Kun i dag", None, notes),
                         ["En", "fin", "sag", "om", "vand"])


def add_reports():
    data = sorted((ROOT / "data").iterdir())
    for folder in data:
        name = "test_search_in_" + re.sub(r"\W", "_", folder.name)
        setattr(Text, name, lambda self, folder=folder: self.check_search(folder))
    folders = data + sorted((ROOT / "tests" / "reports").iterdir())
    for folder in folders:
        if (folder / "report.md").exists():
            name = "test_" + re.sub(r"\W", "_", folder.name)
            setattr(Text, name, lambda self, folder=folder: self.check(folder))


add_reports()

if __name__ == "__main__":
    unittest.main()
