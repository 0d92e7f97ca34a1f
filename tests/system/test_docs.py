"""What the documentation says is so."""
import re
import subprocess
import shutil
import unittest

from support import LONDON, ROOT, Case, run, text_of

PAGES = [ROOT / "README.md", ROOT / "NEWS.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(path, language):
    """The examples of a page in a language."""
    found = re.findall(rf"^(`{{3,}}){language}\n(.*?)^\1$", path.read_text(), re.M | re.S)
    return [text for _, text in found]


class Pages(unittest.TestCase):
    def test_links_lead_somewhere(self):
        for page in PAGES:
            for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", re.sub(r"(`{3,}).*?\1|`[^`]*`", "",
                                                                         page.read_text(), flags=re.S)):
                if not re.match(r"[a-z]+:", target):
                    self.assertTrue((page.parent / target).exists(), f"{page.name}: {target}")

    def test_files_that_are_named_exist(self):
        for page in PAGES:
            for name in re.findall(r"`((?:src|docs|tests|tools|layouts|data|fonts)/[\w./-]+)`",
                                   page.read_text()):
                if not re.search(r"[A-Z]{4}", name.removesuffix("README.md")):
                    self.assertTrue((ROOT / name).exists(), f"{page.name}: {name}")

    def test_targets_that_are_named_exist(self):
        targets = re.search(r"^TARGETS := (.*)$", (ROOT / "Makefile").read_text(), re.M).group(1).split()
        for page in PAGES:
            for name in re.findall(r"`make ([a-z][a-z-]*)", page.read_text()):
                self.assertIn(name, [*targets, "clean"], page.name)

    def test_the_colours_are_those_of_the_house(self):
        done = subprocess.run([ROOT / "tools" / "design", "check"], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (0, ""))

    def test_the_version_is_one(self):
        version = re.search(r"^VERSION := (\S+)$", (ROOT / "Makefile").read_text(), re.M).group(1)
        self.assertEqual(run("--version").stdout, f"briefpack {version}\n")
        self.assertIn(version, (ROOT / "NEWS.md").read_text())
        self.assertIn(f"briefpack {version}", (ROOT / "docs" / "briefpack.1").read_text())

    def test_options_are_the_same_in_help_and_manual(self):
        helps = [run("--help").stdout]
        commands = re.findall(r"^  briefpack ([a-z-]+) ", helps[0], re.M)
        helps += [run(command, "--help").stdout for command in commands]
        shown = set(re.findall(r"(?<!\S)(--?[a-z][a-z-]*)", "\n".join(helps)))
        manual = (ROOT / "docs" / "briefpack.1").read_text().replace("\\-", "-")
        told = {option for line in re.findall(r"^\.BR? -.*$", manual, re.M)
                for option in re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)", line)}
        told |= set(re.findall(r"^\.B briefpack (--[a-z]+)$", manual, re.M))
        self.assertEqual(shown, told)
        for command, text in zip(commands, helps[1:]):
            self.assertTrue(text.startswith(f"briefpack {command} "))
            self.assertIn(f".B briefpack {command}\n", manual)

    def test_every_layout_style_and_colour_is_documented(self):
        page = (ROOT / "docs" / "layout-format.md").read_text()
        house = (ROOT / "layouts" / "house.yaml").read_text()
        header = (ROOT / "src" / "layout" / "layout.h").read_text()
        for table, text, mark in (("LAYOUT_COLOURS", page, "`{}`"), ("LAYOUT_STYLES", house, "\n  {}:")):
            names = re.search(rf"#define {table}\(X\)(.*?)\n(?:/\*|\n)", header, re.S).group(1)
            for name in re.findall(r"X\((\w+)\)", names):
                self.assertIn(mark.format(name.replace("_", "-")), text, table)


class Matterhorn(unittest.TestCase):
    """The table of failure conditions in docs/conformance.md."""

    # Entries of each checkpoint of version 1.1.
    ENTRIES = (7, 4, 3, 1, 3, 4, 2, 2, 8, 1, 7, 1, 8, 7, 5, 3, 3, 2, 4, 3, 1, 1, 1, 1, 1, 2, 1, 18, 1, 2, 30)

    def setUp(self):
        page = (ROOT / "docs" / "conformance.md").read_text()
        self.intro = page.split("## The Matterhorn Protocol")[1].split("\n| |")[0]
        self.rows = re.findall(r"^\| (\d\d-\d\d\d) \| (.+?) \| (.+?) \| (.+?) \|$", page, re.M)

    def test_every_condition_is_there_once(self):
        every = [f"{checkpoint:02}-{number:03}" for checkpoint, entries in enumerate(self.ENTRIES, 1)
                 for number in range(1, entries + 1)]
        self.assertEqual([row[0] for row in self.rows], every)

    def test_each_is_of_one_kind(self):
        kinds = [row[2] for row in self.rows]
        self.assertEqual(set(kinds), {"enforced", "not applicable", "the author's duty"})
        for kind in set(kinds):
            self.assertRegex(" ".join(self.intro.split()), rf"{kinds.count(kind)} are \*{kind}\*")

    def test_what_is_named_exists(self):
        faults = (ROOT / "tests" / "conformance" / "faults.py").read_text()
        reader = (ROOT / "tests" / "conformance" / "reader.py").read_text()
        named = 0
        for number, _, _, how in self.rows:
            for name in re.findall(r"`([^`]+)`", how):
                test = re.fullmatch(r"(test_\w+\.(?:py|c)): (\w+)", name)
                if name.startswith("ua1-"):
                    self.assertIn(f'"{name}"', faults, number)
                elif name.startswith("reader-"):
                    self.assertIn(f'"{name.removeprefix("reader-")}"', reader, number)
                elif test:
                    file, function = test.groups()
                    folder = "unit" if file.endswith(".c") else "system"
                    opening = f"START_TEST({function})" if folder == "unit" else f"def {function}(self):"
                    self.assertIn(opening, (ROOT / "tests" / folder / file).read_text(), number)
                else:
                    continue
                named += 1
        self.assertGreater(named, 90)

    def test_what_is_enforced_names_its_proof(self):
        for number, _, kind, how in self.rows:
            if kind == "enforced":
                self.assertRegex(how, r"`[\w-]+[^`]*`|veraPDF|types are H1 to H6|10-001", number)


class Examples(Case):
    def test_reports(self):
        """Each example of a report's text, in a report that has what it refers to."""
        extra = {"strategi": "\n## Strategi {#strategi}\n\nTekst.\n",
                 "lambeth": "\n## Lambeth {#lambeth}\n\nTekst.\n"}
        figures = ("\n## Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed |\n|---|---|---|---|\n"
                   + "".join(f"| K{i:02} | Tal {i} | {i + 1} | personer |\n" for i in range(60)))
        found = blocks(ROOT / "docs" / "report-format.md", "markdown")
        self.assertGreaterEqual(len(found), 2)
        for example in found:
            text = example if example.startswith("---\n") else (
                "---\ntitle: T\n---\n# Tema: T {#t}\n\nTekst.\n\n"
                + ("## Anbefalinger\n\n" if example.startswith("1. **") else "") + example)
            for name, part in extra.items():
                if f"(#{name})" in text and f"{{#{name}" not in text:
                    text += part
            if "## Nøgletal" not in text:
                text += figures
            report = self.report(text)
            shutil.copytree(ROOT / "tests" / "reports" / "elements" / "images", report / "images", dirs_exist_ok=True)
            done = run("build", "-o", self.out, report)
            self.assertEqual(done.returncode, 0, f"{example}\n{done.stderr}")
            self.assertNotIn(": warning: ", done.stderr, example)

    def test_spreadsheets(self):
        """The examples of both, beside a report that has what they refer to."""
        found = blocks(ROOT / "docs" / "report-format.md", "csv")
        self.assertEqual([example.split(";")[0] for example in found], ["Id", "Anbefaling"])
        report = self.report("---\ntitle: T\n---\n# Tema: Partnervold {#partnervold}\n\nTekst.\n\n"
                             "## Besøg: Lambeth {#lambeth}\n\nTekst med [@K46].\n")
        for name, example in zip(("noegletal.csv", "anbefalinger.csv"), found):
            (report / name).write_text(example)
        done = self.build(report)
        self.assertNotIn("error", done.stderr)
        self.assertIn("8,4", text_of(self.out / "prove-partnervold.pdf"))

    def test_layouts(self):
        """Each makes its PDFs of a real report, and what a pack is made of it without a warning."""
        found = blocks(ROOT / "docs" / "layout-format.md", "yaml")
        self.assertGreaterEqual(len(found), 3)
        for example in found:
            report = self.folder / "london"
            if not report.exists():
                shutil.copytree(LONDON, report)
            self.layout(report, "mine", example)
            done = run("build", "-o", self.out, "-l", "mine", report)
            self.assertEqual(done.returncode, 0, f"{example}\n{done.stderr}")
            whole = re.search(r'^output: "\{report\}([^{}"]*)"$', example, re.M)
            if whole:
                self.assertNotIn("warning", done.stderr, example)
                self.assertIn("Bikeworks", text_of(self.out / f"london{whole.group(1)}"))

    def test_the_report_of_the_readme(self):
        lines = (ROOT / "README.md").read_text().splitlines()
        first = lines.index("    ---")
        end = next(i for i in range(first, len(lines)) if lines[i] and not lines[i].startswith("    "))
        example = "\n".join(line[4:] for line in lines[first:end])
        self.build(self.report(example, "min-rapport"))
        self.assertEqual(self.made(), ["min-rapport-pakke.pdf", "min-rapport-partnervold.pdf"])
        wrong = self.build(self.report(example.replace("[@K46]", "[@K64]"), "min-rapport"), status=1)
        said = next(i for i in range(end, len(lines)) if "error: there is no key figure" in lines[i])
        told = [line.split("report.md:")[-1].split() for line in wrong.stderr.splitlines()[:4]]
        self.assertEqual(told, [line.split("report.md:")[-1].split() for line in lines[said:said + 4]])

    def test_a_copy_of_the_shipped_report(self):
        copy = self.folder / "kopi"
        shutil.copytree(LONDON, copy)
        self.build(copy)
        self.assertEqual(len(self.made()), 4)


if __name__ == "__main__":
    unittest.main()
