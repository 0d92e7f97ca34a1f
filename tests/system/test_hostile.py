"""What no report has, through the whole program: an answer, soon, and nothing outside of the folder."""
import os
import re
import shutil
import unittest

from support import HEAD, ROOT, SANITIZED, Case, run, tool

# Generous: each takes a second or less; what takes the square of its size would take minutes.
SECONDS = 600 if SANITIZED else 60
MANY = 2000 if SANITIZED else 20000


class Text(Case):
    def told(self, text, *words, status=1):
        done = run("build", "-o", self.out, self.report(HEAD + "# A\n\nTekst.\n\n" + text), timeout=SECONDS)
        self.assertEqual(done.returncode, status, done.stderr[-2000:])
        for word in words:
            self.assertIn(word, done.stderr)
        self.assertEqual(bool(self.made()), status == 0)

    def test_set_without_errors(self):
        texts = {"brackets": "[" * MANY, "emphasis": "*a " * MANY, "backticks": "`a " * MANY,
                 "lesser than": "<" * MANY, "a list": "- a\n" * MANY, "tasks": "- [x] a\n" * MANY,
                 "footnotes": "".join(f"a[^n{i}]\n\n" for i in range(MANY))
                              + "".join(f"[^n{i}]: b\n" for i in range(MANY)),
                 "spans": "[a]{lang=en} " * MANY, "strikes": "~a~ " * MANY, "tags": "<b>a</b> " * MANY,
                 "rows": "|a|b|\n|-|-|\n" + "|1|2|\n" * MANY, "columns": "|a" * 256 + "|\n" + "|-" * 256 + "|\n",
                 "broken lines": "a\\\n" * MANY, "a long line": "ord " * 50 * MANY, "code": "```\n" + "x\n" * MANY + "```\n"}
        for name, text in texts.items():
            with self.subTest(name):
                self.clear()
                self.told(text, status=0)

    def test_deep_nesting(self):
        for text in (">" * MANY + "a", "- " * MANY + "a", "*a **b " * MANY + "c" + " d** e*" * MANY,
                     "[" * MANY + "a" + "]{lang=en}" * MANY, "x <b>" * MANY,
                     "".join("  " * i + "- a\n" for i in range(200))):
            with self.subTest(text[:20]):
                self.told(text, "nested more than 64 levels deep")

    def test_limits_are_told(self):
        self.told("|a" * 257 + "|\n" + "|-" * 257 + "|\n", "report.md:9:1: error: a table has at most 256 columns")
        self.told("|a" * 256 + "|\n" + "|-" * 256 + "|\n" + "|x|\n" * 8000, "at most 2000000 cells")
        self.told("[a](http://b.c/" + "d" * 3000 + ")", "this address is longer than 2048 characters")
        self.told("## a {" + "x=1 " * 2000 + "}\n\nb\n", "these attributes are longer than 4096 characters")
        self.told("www.a.b" + ")" * 2000, "more than 1000 parentheses")
        self.told("x[^0]\n\n" + "".join(f"[^{i}]: a[^{i + 1}]\n" for i in range(MANY)) + f"[^{MANY}]: b\n",
                  "footnotes have their marks in each other more than 16 deep")
        self.told("[a]{lang=en} " * 40000, "changes its look more than 65534 times")

    def test_bytes_that_are_no_text(self):
        self.told("a\0b", "NUL")

    def test_front_matter(self):
        anchors = "a: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(9))
        for yaml in (anchors, "x: " + "[" * MANY, "x: " + "{a: " * MANY, "- " * MANY, "x: !!int 3",
                     "".join(f"k{i}: v\n" for i in range(MANY)), "title: a\n" * MANY, "title: " + "a" * 50 * MANY + "\n\tb: c",
                     "layouts: [" + "a, " * MANY + "]", "sender: {address: [" + "a, " * MANY + "]}x", "? " * MANY, "'" * MANY):
            with self.subTest(yaml[:20]):
                report = self.report(f"---\n{yaml}\n---\n# A\n\nb\n")
                done = run("build", "-o", self.out, report, timeout=SECONDS)
                self.assertIn(done.returncode, (1, 2), done.stderr[-2000:])
                self.assertRegex(done.stderr, r"report\.md:\d+:\d+: error: ")
                self.assertEqual(self.made(), [])


class Paths(Case):
    """Nothing outside of the report's folder is read or written."""

    def setUp(self):
        super().setUp()
        shutil.copy(ROOT / "tests/reports/elements/images/seal.png", self.folder / "outside.png")

    def refused(self, text, head="title: T"):
        report = self.report(f"---\n{head}\n---\n# A\n\nb\n\n{text}\n")
        (report / "inside").mkdir(exist_ok=True)
        for name, target in (("link.png", self.folder / "outside.png"), ("folder", self.folder)):
            if not (report / name).is_symlink():
                os.symlink(target, report / name)
        done = run("build", "-o", self.out, report, timeout=SECONDS)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertRegex(done.stderr, r"report\.md:\d+:\d+: error: ")
        self.assertEqual(self.made(), [])
        return done.stderr

    def test_pictures(self):
        for path in ("../outside.png", str(self.folder / "outside.png"), "link.png", "folder/outside.png",
                     "inside/../../outside.png", "/etc/passwd", "/dev/zero", "file:///etc/passwd", "http://a.b/c.png"):
            with self.subTest(path):
                self.refused(f"![x]({path})")

    def test_the_logo(self):
        for path in ("../outside.png", str(self.folder / "outside.png"), "link.png", "folder/outside.png"):
            with self.subTest(path):
                self.refused("", f"title: T\nlogo: {path}")

    def test_a_word_of_more_letters_than_16_bits_count(self):
        self.build(self.report(HEAD + "# Tema: A {#a}\n\n" + "x" * 65541 + " slut.\n"), "-l", "committee-pack")
        text = tool("pdftotext", self.out / "prove-pakke.pdf", "-")
        self.assertEqual(text.count("x"), 65541)
        self.assertIn("slut.", text)

    def test_ids_of_themes(self):
        for name in ("../x", "/tmp/x", "a/b", "..", ".", "a\\b", "a b", "æ"):
            with self.subTest(name):
                self.refused(f"# Tema: X {{#{name}}}\n\nc")

    def test_titles_of_themes_stay_in_the_folder(self):
        before = sorted(os.listdir(self.folder))
        self.build(self.report(HEAD + "# Tema: ../../etc/passwd\n\na\n\n# Tema: " + "lang " * 12 + "\n\nb\n"))
        self.assertTrue(all(re.fullmatch(r"[a-z0-9.-]{1,120}", name) for name in self.made()), self.made())
        self.assertEqual(sorted(set(os.listdir(self.folder)) - {"prove"}), sorted(set(before) - {"prove"}))


if __name__ == "__main__":
    unittest.main()
