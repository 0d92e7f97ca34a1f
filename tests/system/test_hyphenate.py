"""Dividing words: the command, what it takes, and how well it does on words marked by hand."""
import importlib.util
import re
import shutil
import subprocess
import unittest

from support import HEAD, PROGRAM, ROOT, SMALL, Case, run, text_of

LONG = ("arbejdsmarkedspolitik socialforvaltningen kommunalbestyrelsen boligselskaberne "
        "sundhedsforvaltningen beskæftigelsesindsatsen ").split()


def score_module():
    spec = importlib.util.spec_from_file_location("score", ROOT / "tests" / "hyphenation" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Command(Case):
    def test_words(self):
        done = run("hyphenate", "boligselskab", "Socialforvaltningen")
        self.assertEqual((done.returncode, done.stdout), (0, "bolig=sel-skab\nSocial=for-valt-nin-gen\n"))
        done = run("hyphenate", "--emergency", "Socialforvaltningen")
        self.assertEqual(done.stdout, "Soci~al=for-valt-nin-gen\n")

    def test_standard_input(self):
        done = run("hyphenate", input="boligselskab\n\nto  (arbejdsmarked), f.eks.\nslut")
        self.assertEqual(done.stdout, "bolig=sel-skab\n\nto  (arbejds=mar-ked), f.eks.\nslut")

    def test_other_languages(self):
        self.assertEqual(run("hyphenate", "--language=en", "committee").stdout, "com-mit-tee\n")
        done = run("hyphenate", "--language", "xx", "committee")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("words of the language 'xx' can't be divided", done.stderr)

    def test_exceptions(self):
        file = self.folder / "orddeling.txt"
        file.write_text("bo-ligselskab # ours\n")
        done = run("hyphenate", f"--exceptions={file}", "boligselskabs", "boligselskaber")
        self.assertEqual(done.stdout, "bo-ligselskabs\nbolig=sel-ska-ber\n")
        file.write_text("godt\nbolig--selskab\n")
        done = run("hyphenate", f"--exceptions={file}", "boligselskab")
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn(f"{file}:2:7: error: '-' doesn't stand between two letters", done.stderr)
        self.assertEqual(run("hyphenate", "--exceptions=/none", "ord").returncode, 3)

    def test_without_its_file(self):
        """A program that stands alone: one command needs the file, the other does without."""
        alone = self.folder / "bin" / "briefpack"
        alone.parent.mkdir()
        shutil.copy(PROGRAM, alone)
        for folder in ("layouts", "fonts"):
            shutil.copytree(ROOT / folder, self.folder / folder)
        done = subprocess.run([alone, "hyphenate", "boligselskab"], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        report = self.report(SMALL)
        done = subprocess.run([alone, "build", "-o", self.out, report], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr.count("warning: words are not divided"), 1, done.stderr)
        (alone.parent / "hyphenation.dat").write_bytes(b"briefhyp" + bytes(500))
        done = subprocess.run([alone, "build", "-o", self.out, report], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("warning: words are not divided, since this is for another program", done.stderr)


class Narrow(Case):
    """A report in a layout with a narrow column."""

    def lines(self, text, body, more="", orddeling=None, width="52mm"):
        report = self.report(HEAD + "# Tema: Vand {#vand}\n\n## Rør\n\n" + text + "\n")
        self.layout(report, "narrow", "extends: house\nfor-each: report\noutput: narrow.pdf\nparts: [body]\n"
                    f"columns: {{text: {width}, gutter: 4mm}}\nstyles:\n  body: {{{body}}}\n{more}")
        if orddeling is not None:
            (report / "orddeling.txt").write_text(orddeling)
        self.build(report, "-l", "narrow")
        return text_of(self.out / "narrow.pdf", "-layout")

    def hyphens(self, lines):
        return re.findall("(\\w+)\u00ad$", lines, re.M)


class Reports(Narrow):
    """A narrow layout divides long words; what is read is whole."""

    def test_a_style_divides_or_does_not(self):
        text = " ".join(LONG * 3) + "."  # each is narrower than the line
        self.assertEqual(self.hyphens(self.lines(text, "hyphenate: false")), [])
        divided = self.hyphens(self.lines(text, "hyphenate: true"))
        self.assertGreater(len(divided), 3)
        for part in divided:
            self.assertTrue(any(word.startswith(part) for word in LONG), part)

    def test_exceptions_of_report_and_layout(self):
        text = " ".join(["boligselskaberne"] * 30) + "."
        never = self.hyphens(self.lines(text, "hyphenate: true", orddeling="boligselskaberne\n"))
        self.assertEqual(never, [])
        layout = self.lines(text, "hyphenate: true", "divisions: [boligselska-berne]\n", "")
        self.assertEqual(set(self.hyphens(layout)), {"boligselska"})
        both = self.lines(text, "hyphenate: true", "divisions: [boligselska-berne]\n", "boligselskaberne\n")
        self.assertEqual(self.hyphens(both), [])

    def test_wrong_exceptions(self):
        report = self.report(SMALL)
        (report / "orddeling.txt").write_text("vand=rør\nvand rør\n")
        for command in ("check", "build"):
            options = ["-o", self.out] if command == "build" else []
            done = run(command, *options, report)
            self.assertEqual(done.returncode, 1)
            self.assertIn(f"{report}/orddeling.txt:2:5: error: ' ' is no letter of a word", done.stderr)
        self.assertEqual(list(self.out.iterdir()), [])

    def test_a_word_wider_than_its_line(self):
        """Even where words aren't divided: first at joints."""
        word = "socialforvaltningsmedarbejderuddannelsesprogram"
        parts = self.hyphens(self.lines(word, "hyphenate: false, size: 14", width="40mm"))
        self.assertGreaterEqual(len(parts), 1)
        joints = ["social", "socialforvaltnings", "forvaltnings", "forvaltningsmedarbejder", "medarbejder",
                  "medarbejderuddannelses", "uddannelses"]
        for part in parts:
            self.assertIn(part, joints)


class Typing(Narrow):
    """Quotation marks and dashes by a layout, never in code or in what others said."""

    def test_off_and_on(self):
        text = 'Han sagde "ja" - tit, `"nej" - x`.\n\n> Hun: "ja" - aldrig.'
        off = self.lines(text, "hyphenate: false", "typing: {dashes: false}\n", width="120mm")
        self.assertIn('Han sagde "ja" - tit, "nej" - x.', off)
        on = self.lines(text, "hyphenate: false", "typing: {quotes: »…«, dashes: true}\n", width="120mm")
        self.assertIn('Han sagde »ja« – tit, "nej" - x.', on.replace("\u00a0", " "))
        self.assertIn('Hun: "ja" - aldrig.', on)

    def test_intervals_in_the_house(self):
        lines = self.lines("Fra -6 til 2-4 i 2023-2027, for 0-2-årige, sag 2026-0098, `1-2`.", "hyphenate: false",
                           width="170mm")
        self.assertIn("Fra −6 til 2–4 i 2023–2027, for 0–2-årige, sag 2026-0098, 1-2.", lines)

    def test_intervals_in_the_words_of_key_figures(self):
        """In tiles, pull-outs, tables and records as in the text."""
        report = self.report(SMALL.replace("Mere om rør.", "Om [@K1]{.fremhæv}.\n\n```tiles\nfigures: [K1, K2]\n```\n\n## Nøgletal\n\n"
                                           "| Id | Nøgletal | Værdi | Enhed | Hvor | Periode | Forbehold |\n|---|---|---|---|---|---|---|\n"
                                           "| K1 | Rør | 12-14 | km | Byen | 2023-2025 | Målt 2-3 gange |\n"
                                           "| K2 | Brønde | 7 | brønde | Byen | 2020-2022 | Sag 2026-0098 |"))
        for layout in ("committee-pack", "tablet"):
            self.build(report, "-l", layout)
        self.assertEqual(len(self.made()), 2)
        for pdf in self.made():
            text = text_of(self.out / pdf)
            self.assertEqual(set(re.findall(r"(?<![-\d])\d+[-–]\d+(?![-\d])", text)),
                             {"12–14", "2023–2025", "2–3", "2020–2022", "2026-0098"})


class Quality(unittest.TestCase):
    """Words marked by hand from Retskrivningsordbogen, §§ 15-17 (tests/hyphenation)."""

    def check(self, name):
        score = score_module()
        words = score.read_list(name)
        s = score.score(words, score.by_briefpack(words))
        self.assertGreaterEqual(len(words), 400)
        self.assertGreaterEqual(sum("=" in w for w in words) / len(words), 0.45)
        self.assertGreaterEqual(s.precision, 99, s.faults)
        self.assertGreaterEqual(s.recall, 96, s.faults)
        self.assertGreaterEqual(s.joint_recall, 97, s.faults)

    def test_the_list_to_tune_with(self):
        self.check("tune")

    def test_the_list_held_out(self):
        self.check("held-out")


if __name__ == "__main__":
    unittest.main()
