"""Reports for the proof: every example of the specification of GitHub's Markdown, and random ones.

generate.py PROGRAM SPEC DIR [NUMBER [SEED]]

Writes reports to DIR/reports and makes their PDFs in DIR/examples and DIR/random. The same seed gives the same
reports. An example that is refused must be told of; a random report must be made. Fails when one isn't.
"""
import concurrent.futures
import pathlib
import random
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
IMAGES = ROOT / "tests" / "reports" / "elements" / "images"
MOST_TOLD = 10  # links that lead nowhere, rows with too many cells …
EXAMPLE = re.compile(r"^`{32} example.*?\n(.*?)^\.\n.*?^`{32}$", re.M | re.S)
# A page for an example; and everything that a pack may have.
LAYOUTS = {"example": 'extends: committee-pack\noutput: "{report}.pdf"\nparts: [body]\n',
           "whole": 'extends: committee-pack\noutput: "{report}.pdf"\nparts: [cover, contents, tables-list, figures-list, '
                    "summary, body, key-figures, recommendations, open-questions, contact]\n"
                    "contents: {depth: 4, leaders: true}\n",
           "bare": 'extends: closed-pack\noutput: "{report}.pdf"\nparts: [letterhead, body]\nwrite-in: true\n'}


class Maker:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        shutil.rmtree(folder, ignore_errors=True)

    def report(self, name, text):
        folder = self.folder / "reports" / name
        (folder / "layouts").mkdir(parents=True, exist_ok=True)
        shutil.copytree(IMAGES, folder / "images", dirs_exist_ok=True)
        (folder / "report.md").write_text(text, encoding="utf-8")
        for key, value in LAYOUTS.items():
            (folder / "layouts" / f"{key}.yaml").write_text(value)
        return folder

    def build(self, kind, name, text, layout):
        """What was said; None when the PDF was made."""
        out = self.folder / kind
        out.mkdir(parents=True, exist_ok=True)
        done = subprocess.run([self.program, "build", "--lang=en", "-l", layout, "-o", out, self.report(name, text)],
                              capture_output=True, text=True, timeout=60)
        if done.returncode not in (0, 1):
            raise SystemExit(f"generate: {name}: status {done.returncode}\n{done.stderr}")
        return None if done.returncode == 0 else done.stderr

    def example(self, number, text):
        """Pictures that aren't there become one that is."""
        for _ in range(3):
            said = self.build("examples", f"example-{number:03}",
                              f"---\ntitle: Example {number}\nlanguage: en\n---\nText.\n\n{text}", "example")
            path = re.search(r"picture '(.*?)'|path '(.*?)'|: error: '(.*?)'", said or "")
            wanted = next((group for group in path.groups() if group), None) if path else None
            if not wanted or wanted not in text:
                break
            text = text.replace(wanted, "images/seal.png")
        return said


# ---- random reports ------------------------------------------------------------------------------

WORDS = ("bydel socialforvaltningen rådet møde unge indsats budgettet anbefaling og i på til den der tal samarbejde "
         "Lambeth overgangsbolig 35 pct. § 8 ca. fortrolighed æble Ørsted år").split()


class Writer:
    """One random report."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.ids, self.notes, self.figures, self.n = [], [], [], 0
        self.wanted = []  # references, to be written when all ids are known

    def some(self, least, most):
        return range(self.random.randint(least, most))

    def chance(self, one_in):
        return self.random.randrange(one_in) == 0

    def words(self, most=12):
        return " ".join(self.random.choice(WORDS) for _ in self.some(1, most))

    def new_id(self):
        self.n += 1
        self.ids.append(f"id{self.n}")
        return self.ids[-1]

    def note(self):
        self.notes.append(f"n{len(self.notes)}")
        return f"[^{self.notes[-1]}]"

    def inline(self, plain=False):
        """A sentence; a plain one may stand in titles and captions."""
        pick = self.random.randrange(18)
        text = self.words()
        parts = {0: f"**{text}**", 1: f"*{text}*", 2: f"`{text}`", 3: f"~~{text}~~",
                 4: f"[{text}](https://www.example.org/{self.n})", 5: "[Community Safety Partnership]{lang=en}",
                 6: f"***{text}***", 7: f"{text} m<sup>2</sup>", 8: f"{text} {self.small_picture()}"}
        if pick in parts:
            return parts[pick]
        if plain:
            return text
        if pick == 9:
            return text + self.note()
        if pick == 10 and self.figures:
            return f"[@{self.random.choice(self.figures)}]"
        if pick == 11:
            return f"{text} REFERENCE"
        if pick == 12:
            return f"[{self.small_picture(spoken=True)}](https://www.example.org/{self.n})"
        if pick == 13:
            return f"[{text}](REFERENCE)"
        return text

    def small_picture(self, spoken=False):
        """One that stands in a line."""
        image = self.random.choice(("seal.png", "photo.jpg", "grey.png"))
        if self.chance(5) and not spoken:
            return f'![](images/{image}){{alt=""}}'
        return f"![{self.words(3)}](images/{image})"

    def sentence(self, plain=False):
        return " ".join(self.inline(plain) for _ in self.some(1, 4)) + "."

    def paragraph(self):
        return "\n".join(self.sentence() for _ in self.some(1, 6))

    def title(self):
        return self.words(5) + (self.note() if self.chance(6) else "")

    def list(self, depth=0):
        lines, ordered, tasks = [], self.chance(3), self.chance(5)
        for number in self.some(1, 5):
            mark = f"{number + 1}." if ordered else "-"
            task = self.random.choice(("[x] ", "[ ] ")) if tasks else ""
            lines.append(f"{mark} {task}{self.sentence()}")
            if depth < 3 and self.chance(4):
                lines += ["   " + line for line in self.list(depth + 1).split("\n")]
        return "\n".join(lines)

    def table(self):
        columns = self.random.randint(1, 6)
        row = lambda: "| " + " | ".join(self.inline(True) if self.chance(2) else str(self.random.randrange(99999))  # noqa: E731
                                        for _ in range(columns)) + " |"
        marks = [self.random.choice((":--", "--:", ":-:", "---")) for _ in range(columns)]
        lines = [row(), "|" + "|".join(marks) + "|", *(row() for _ in self.some(1, 30 if self.chance(6) else 6))]
        if self.chance(2):
            lines.append(f"\nTabel: {self.words(6)}{self.note() if self.chance(5) else ''} {{#{self.new_id()}}}")
        return "\n".join(lines)

    def picture(self):
        image = self.random.choice(("seal.png", "photo.jpg", "grey.png", "palette.png"))
        if self.chance(5):
            return f'![](images/{image}){{alt=""}}'
        caption = f"\n\nFigur: {self.words(6)} {{#{self.new_id()}}}" if self.chance(2) else ""
        return f"![{self.words(6)}](images/{image}){caption}"

    def box(self):
        kind = self.random.choice(("NOTE", "FORBEHOLD", "LÆRING", "SEKRETARIAT", "OBS"))
        return f"> [!{kind}] {self.words(4)}\n> " + self.paragraph().replace("\n", "\n> ")

    def quote(self):
        return "> " + self.paragraph().replace("\n", "\n> ")

    def code(self):
        return "~~~\n" + "\n".join("  " * self.random.randrange(3) + self.words(6) for _ in self.some(1, 6)) + "\n~~~"

    def chart(self):
        if len(self.figures) < 3:
            return self.paragraph()
        figures = self.random.sample(self.figures, 3)
        return (f"~~~chart\ntype: {self.random.choice(('bars', 'columns'))}\nid: {self.new_id()}\nheadline: {self.words(5)}\n"
                f"figures: [{', '.join(figures)}]\nlabels: [En, To, Tre]\n"
                f"table: {self.random.choice(('true', 'false'))}\n~~~")

    def tiles(self):
        if not self.figures:
            return self.paragraph()
        figures = self.random.sample(self.figures, min(len(self.figures), self.random.randint(1, 5)))
        return f"~~~tiles\nfigures: [{', '.join(figures)}]\n~~~"

    def blocks(self, most=6):
        kinds = (self.paragraph, self.paragraph, self.paragraph, self.list, self.table, self.picture, self.box, self.quote,
                 self.code, self.chart, self.tiles)
        return "\n\n".join(self.pull_out(self.random.choice(kinds)()) for _ in self.some(1, most))

    def pull_out(self, block):
        """Key figures of running text that stand beside it, too, each once in a section."""
        def one(found):
            if found.group(1) in self.pulled or self.chance(3):
                return found.group()
            self.pulled.add(found.group(1))
            return found.group() + "{.fremhæv" + (f' what="{self.words(5)}"}}' if self.chance(2) else "}")
        return block if block[0] in "|>~!" else re.sub(r"\[@(K\d+)\]", one, block)

    def section(self):
        theme = not self.chance(3)
        self.pulled = set()
        text = f"# {'Tema: ' if theme else ''}{self.title()} {{#{self.new_id()}}}\n\n{self.paragraph()}\n\n"
        if not self.chance(3):
            rows = []
            for _ in self.some(3, 6):
                self.figures.append(f"K{len(self.figures) + 1}")
                caveat = self.words(4) if self.chance(3) else ""
                rows.append(f"| {self.figures[-1]} | {self.words(4)} | {self.random.choice(('', 'ca. ', 'mere end '))}"
                            f"{self.random.randint(1, 9999)} | personer | {caveat} |")
            figures = ("## Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed | Forbehold |\n|---|---|---|---|---|\n" +
                       "\n".join(rows) + "\n\n")
        else:
            figures = ""
        text += self.blocks() + "\n\n"
        for _ in self.some(0, 3):
            kind = self.random.choice(("## Besøg: ", "## Møde: ", "## ", "## "))
            more = ' place="Lambeth" date=2012-08-29' if kind not in ("## ",) else ""
            closed = " .lukket" if kind == "## " and self.chance(6) else ""
            if closed:
                text += f"## {self.words(4)} {{.lukket}}\n\n{self.words(20)}.\n\n"
                continue
            text += f"{kind}{self.title()} {{#{self.new_id()}{more}}}\n\n{self.blocks()}\n\n"
            if self.chance(2):
                text += f"### {self.title()}\n\n{self.blocks(3)}\n\n"
        text += figures
        if self.chance(2):
            text += "## Anbefalinger\n\n" + "".join(
                f"{number + 1}. **{self.words(6)}.** {self.words(15)}.\n   Oprindelse: udledt\n   Grundlag: [{self.words(2)}]"
                f"(#{self.random.choice(self.ids)})\n" for number in self.some(1, 4)) + "\n"
        return text

    def refer(self, text):
        """Words for the references: where to, now that all ids are known."""
        def one(found):
            name = self.random.choice(self.ids + self.figures)
            return f"(#{name})" if found.group().startswith("(") else f"[](#{name})"
        return re.sub(r"\(REFERENCE\)|REFERENCE", one, text)

    def report(self):
        head = ("---\ntitle: " + self.words(6) + "\nshort-title: " + self.words(2) + "\ncommittee: Udvalget\ndate: 2012-09-09\n"
                "status: draft\nsummary: " + self.words(20).replace(":", "") + "\nsender:\n  organisation: Kommunen\n"
                "  email: post@example.org\n---\n")
        text = "".join(self.section() for _ in self.some(1, 4))
        done = 0
        while done < len(self.notes):  # notes may have notes
            text += f"\n[^{self.notes[done]}]: {self.words(30) if done > 40 else self.sentence()}\n"
            done += 1
        return head + self.refer(text)


def main(args):
    if len(args) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    maker, number = Maker(args[0], pathlib.Path(args[2])), int(args[3]) if len(args) > 3 else 200
    seed = int(args[4]) if len(args) > 4 else 1
    spec = pathlib.Path(args[1]).read_text(encoding="utf-8")
    examples = [text.replace("→", "\t") for text in EXAMPLE.findall(spec)]
    layouts = ("whole", "whole", "bare")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        told = [n for n, said in enumerate(pool.map(maker.example, range(1, len(examples) + 1), examples), 1) if said]
        said = list(pool.map(lambda i: maker.build("random", f"random-{i:03}", Writer(seed * 1000003 + i).report(),
                                                   layouts[i % len(layouts)]), range(number)))
    wrong = [i for i, words in enumerate(said) if words]
    for i in wrong[:5]:
        print(f"generate: random-{i:03} was refused:\n{said[i]}", file=sys.stderr)
    made = sum(1 for _ in maker.folder.glob("*/*.pdf"))
    print(f"generated: {made} files, {len(examples)} examples of which {len(told)} are told of, {number} random reports")
    return 1 if wrong or made != len(examples) - len(told) + number or len(told) > MOST_TOLD else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
