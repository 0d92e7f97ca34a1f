"""Bad input gets a clear error with its place, all errors of a run at once, and leaves nothing half-done.
What is said of wrong reports, word by word, stands in tests/golden."""
import os
import random
import re
import shutil
import unittest

from support import HEAD, LONDON, ROOT, SANITIZED, SMALL, Case, run, words_of

RUNS = int(os.environ.get("FUZZ_RUNS", "60" if SANITIZED else "300"))
PLACE = re.compile(r"^(.*\.(?:md|yaml)(?::\d+:\d+)?|briefpack): (error|warning): \S", re.M)


class Reports(Case):
    def check_refused(self, text, *said, status=1):
        report = self.report(text)
        done = self.build(report, status=status)
        self.assertEqual(self.made(), [])
        for words in said:
            self.assertIn(words, done.stderr)
        self.assertRegex(done.stderr, PLACE)
        return done

    def test_an_unknown_key(self):
        self.check_refused("---\ntitle: T\ncomittee: U\n---\nTekst.\n", "report.md:3:1: error: unknown key",
                           "did you mean 'committee'?")

    def test_a_wrong_type(self):
        self.check_refused("---\ntitle: [T]\ndate: maybe\n---\nTekst.\n", "report.md:2:8: error: ",
                           "report.md:3:7: error: ")

    def test_broken_yaml(self):
        self.check_refused("---\ntitle: 'T\n---\nTekst.\n", "error: broken YAML")

    def test_a_key_twice(self):
        self.check_refused("---\ntitle: T\ntitle: U\n---\nTekst.\n", "report.md:3:1: error: ")

    def test_invalid_utf8(self):
        self.check_refused(HEAD.encode() + "# A\n\n".encode() + b"b\xe6r\n",
                           "report.md:6:2: error: this is not UTF-8")

    def test_what_utf16_does_not_allow(self):
        text = (HEAD + "# A\n\nx\n").encode("utf-16")
        self.check_refused(text + b"a\0\0\xd8b\0", "report.md:7:2: error: this is half a character of UTF-16")
        self.check_refused(text + b"a", "report.md:7:1: error: this is half a character of UTF-16")
        self.check_refused(text + b"\0\0", "report.md:7:1: error: there is a NUL byte")

    def test_a_nul_byte(self):
        self.check_refused(HEAD.encode() + b"a\0b\n", "report.md:4:2: error: there is a NUL byte")

    def test_no_text(self):
        self.check_refused(HEAD, "error: the report has no text")
        self.check_refused("", "report.md")

    def test_all_errors_at_once(self):
        text = ("---\ntitel: T\ndate: 2012-13-01\n---\n# Tema: A {#a}\n\n[x](#y) [@K1]\n\n"
                "> [!NOTTE] z\n> w\n\n## B {#a}\n\nv\n")
        done = self.check_refused(text)
        self.assertEqual(done.stderr.count(": error: "), 7, done.stderr)

    def test_pictures(self):
        secret = self.folder / "secret.png"
        shutil.copy(ROOT / "tests" / "reports" / "elements" / "images" / "seal.png", secret)
        report = self.report(HEAD + "# A\n\nx\n\n![a](none.png)\n\n![b](broken.png)\n\n![c](link.png)\n\n"
                             "![d](../secret.png)\n\n![e](/etc/passwd)\n\n![f](text.png)\n")
        whole = secret.read_bytes()
        (report / "broken.png").write_bytes(whole[:len(whole) // 2])
        (report / "text.png").write_text("no picture")
        (report / "link.png").symlink_to(secret)
        done = self.build(report, status=1)
        for line, words in ((8, "No such file"), (10, "broken.png"), (12, "outside the report's folder"),
                            (14, "outside the report's folder"), (16, "not with '/'"), (18, "text.png")):
            self.assertRegex(done.stderr, rf"report\.md:{line}:1: error: .*{re.escape(words)}")
        self.assertEqual(self.made(), [])

    def test_a_character_without_a_font(self):
        done = self.build(self.report(HEAD + "# A\n\nab \U0010fffd cd\n"), status=1)
        self.assertRegex(done.stderr, r"report\.md:6:4: error: .*U\+10FFFD")

    def test_characters_are_told_where_they_are_written(self):
        """Not where they are printed: figures are longer than what stands for them."""
        text = HEAD + ("# Tema: Tegn {#tegn}\n\nEfter [@K1] et tegn: \U000f0000, **fed \U000f0001** og\n"
                       "linjen efter \U000f0002.\n\n- Punkt [æøå](#tegn) \U000f0003\n\n"
                       "| Post | Tegn |\n|---|---|\n| æøå | \U000f0004 |\n\n## Nøgletal\n\n"
                       "| Id | Nøgletal | Værdi | Enhed |\n|---|---|---|---|\n"
                       "| K1 | Folk | ca. 1.234.567 | personer |\n")
        done = self.check_refused(text)
        found = re.findall(r"report\.md:(\d+):(\d+): error: no font has the character U\+F000(\d)",
                           done.stderr)
        self.assertEqual(found, [("6", "22", "0"), ("6", "31", "1"), ("7", "14", "2"),
                                 ("9", "22", "3"), ("13", "9", "4")], done.stderr)

    def test_all_kinds_of_errors_at_once(self):
        """Those of the report, of its layouts, of pictures and of fonts."""
        report = self.report("---\ntitle: T\nlayouts: [own, none]\n---\n\n# Tema: A {#a}\n\n"
                             "[x](#q) \U000f0000\n\n![b](no.png)\n")
        self.layout(report, "own", 'extends: closed-pack\noutput: "{x}.pdf"\n')
        done = self.build(report, "-l", "committee-pack", "-l", "own", status=1)
        for said in ("report.md:8:1: error: nothing has the id 'q'",
                     "report.md:8:9: error: no font has the character",
                     "report.md:10:1: error: can't read the picture 'no.png'",
                     "own.yaml:2:9: error: 'output' has no field '{x}'"):
            self.assertIn(said, done.stderr)
        self.assertEqual(self.made(), [])

    def test_a_first_page_that_has_no_room(self):
        long = "ord " * 900
        lines = "".join(f"    - Linje {i}\n" for i in range(60))
        for head, said in ((f"title: {long}\n", "the title is too long for one page"),
                           (f"title: T\nsender:\n  address:\n{lines}",
                            "title and sender are too long")):
            self.check_refused(f"---\n{head}---\nTekst.\n", "report.md:2:8: error: " + said)
        small = self.report(f"---\ntitle: {long}\n---\nTekst.\n")
        self.layout(small, "lille", "extends: committee-pack\npaper: A5\ncolumns: {text: 200}\n")
        said = self.build(small, "-l", "lille", status=1).stderr
        self.assertIn("report.md:2:8: error: the title is too long for one page", said)
        self.assertIn("hint: a smaller 'title' among the 'styles' of the layout 'lille'", said)
        for title in ("Vand", "Vandløb og vandværker og deres vilkår i byen"):
            self.check_refused(f"---\ntitle: T\nbriefing-note: {long}\n---\n# Tema: {title}\n\nTekst.\n",
                               "report.md:3:16: error: 'briefing-note' has no room on the first page of a briefing")
        self.build(self.report(f"---\ntitle: T\nsummary: {long}\n---\nTekst.\n"))

    def test_encodings_and_line_ends_make_no_difference(self):
        self.build(self.report(SMALL))
        before = self.contents()
        for text in (SMALL.replace("\n", "\r\n"), SMALL.replace("\n", "\r"), "\ufeff" + SMALL,
                     SMALL.replace("\n", "\r", 3).replace("vand.\n", "vand.\r\n"),
                     SMALL.encode("utf-16"), SMALL.encode("utf-16-le"), SMALL.encode("utf-16-be"),
                     SMALL.encode("cp1252")):
            done = self.build(self.report(text))
            for name, data in before.items():
                self.assertEqual((self.out / name).read_bytes(), data)
        self.assertEqual(done.stderr.splitlines()[1:], [
            "     2 | title: Prøve", "       |          ^",
            "  hint: if this line looks right, save the file as UTF-8, and all is well"])
        self.assertIn("report.md:2:10: warning: the file is not UTF-8; it is read as Windows-1252",
                      done.stderr)

    def test_places_in_a_file_that_was_converted(self):
        for encoding in ("utf-16", "cp1252"):
            text = SMALL.replace("\n", "\r\n") + "\r\ræø [x](#y)\n"
            self.check_refused(text.encode(encoding),
                               "report.md:13:4: error: nothing has the id 'y'\n    13 | æø [x](#y)\n")

    def test_older_files_stay(self):
        report = self.report(SMALL)
        self.build(report)
        before = self.contents()
        self.build(self.report(SMALL + "\n[x](#nowhere)\n"), status=1)
        self.assertEqual(self.contents(), before)


class Files(Case):
    def check_unreadable(self, path, words):
        done = run("build", "-o", self.out, path)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn(words, done.stderr)
        self.assertIn(str(path), done.stderr)
        self.assertEqual(self.made(), [])

    def test_a_report_that_is_not_there(self):
        self.check_unreadable(self.folder / "none", "No such file")
        self.check_unreadable(self.folder / "none.md", "No such file")

    def test_a_folder_without_a_report(self):
        (self.folder / "empty").mkdir()
        self.check_unreadable(self.folder / "empty", "report.md")

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_a_report_that_may_not_be_read(self):
        report = self.report(SMALL)
        (report / "report.md").chmod(0)
        self.check_unreadable(report / "report.md", "Permission denied")

    def test_a_spreadsheet_that_is_not_read_is_told(self):
        report = self.report(SMALL)
        (report / "noegletal.xlsx").write_bytes(b"PK")
        done = self.build(report)
        self.assertIn("report.md:1:1: warning: 'noegletal.xlsx' is not read", done.stderr)
        self.assertIn("as 'noegletal.csv'", done.stderr)

    def test_spreadsheets_that_are_no_files(self):
        report, outside = self.report(SMALL), self.folder / "outside.csv"
        outside.write_text("Anbefaling\nKom.\n")
        (report / "anbefalinger.csv").symlink_to(outside)
        os.mkfifo(report / "noegletal.csv")
        done = self.build(report, status=1, timeout=20)
        self.assertIn("anbefalinger.csv: error: this is outside the report's folder", done.stderr)
        self.assertIn("noegletal.csv: error: can't read it", done.stderr)
        self.assertEqual(self.made(), [])

    def test_two_spreadsheets_of_a_kind(self):
        report = self.report(SMALL)
        for name in ("noegletal.csv", "nøgletal.csv"):
            (report / name).write_text("Id;Nøgletal;Værdi\nK1;Rør;5\n")
        done = self.build(report, status=1)
        self.assertIn("nøgletal.csv: error: ", done.stderr)

    def test_a_report_that_is_a_folder(self):
        (self.folder / "x" / "report.md").mkdir(parents=True)
        done = run("build", "-o", self.out, self.folder / "x")
        self.assertEqual(done.returncode, 3, done.stderr)


class Layouts(Case):
    def test_a_layout_that_is_not_there(self):
        done = self.build(self.report(SMALL), "-l", "comittee-pack", "-l", "nope", status=2)
        self.assertIn("there is no layout 'comittee-pack'\n  hint: did you mean 'committee-pack'?\n", done.stderr)
        self.assertIn("there is no layout 'nope'", done.stderr)

    def test_a_layout_that_the_report_names(self):
        text = SMALL.replace("title: Prøve", "title: Prøve\nlayouts: [nowhere]")
        done = self.build(self.report(text), status=1)
        self.assertRegex(done.stderr, r"report\.md:3:11: error: .*nowhere")

    def test_a_broken_layout(self):
        report = self.report(SMALL)
        self.layout(report, "mine", "extends: committee-pack\npaper: A9\ncolour: x\nparts: body\n")
        done = self.build(report, "-l", "mine", status=1)
        for place in ("mine.yaml:2:8", "mine.yaml:3:1", "mine.yaml:4:8"):
            self.assertIn(place + ": error: ", done.stderr)

    def test_a_family_that_is_not_there(self):
        report = self.report(SMALL)
        self.layout(report, "mine", "extends: committee-pack\nfamily: No Such Family\n")
        done = self.build(report, "-l", "mine", status=1)
        self.assertIn("No Such Family", done.stderr)
        self.assertEqual(self.made(), [])

    def test_a_broken_font(self):
        report = self.report(SMALL)
        (report / "fonts").mkdir()
        font = next(path for path in
                    sorted(ROOT.joinpath("/usr/share/fonts").rglob("OpenSans-Regular.ttf")))
        whole = font.read_bytes()
        good = self.build(report)
        self.assertEqual(good.returncode, 0)
        for size in (len(whole) // 2, 2000, 100, 0):
            (report / "fonts" / "OpenSans-Regular.ttf").write_bytes(whole[:size])
            done = run("build", "-o", self.out, report)
            self.assertIn(done.returncode, (0, 1, 3), done.stderr)
            if done.returncode:
                self.assertIn("font", done.stderr)

    def test_a_layout_of_the_reports_own(self):
        report = self.report(SMALL)
        self.layout(report, "mine", "extends: committee-pack\noutput: '{report}-mit.pdf'\n")
        self.build(report, "-l", "mine")
        self.assertEqual(self.made(), ["prove-mit.pdf"])

    def test_fields_amid_the_text_of_a_foot(self):
        report = self.report(SMALL.replace("title: ", "case-number: 12-34\ntitle: ", 1))
        self.layout(report, "foot", 'extends: house\nfor-each: report\noutput: "{report}.pdf"\n'
                    'parts: [body]\nfoot:\n  left: ["Til {title} ({case}).", "Ej {version}", "Slut"]\n')
        self.build(report, "-l", "foot")
        text = words_of(self.out / "prove.pdf")
        self.assertIn("Til Prøve (Sagsnr. 12-34). Slut", text)
        self.assertNotIn("Ej", text)

    def test_an_output_name_that_leaves_the_folder(self):
        report = self.report(SMALL)
        self.layout(report, "mine", "extends: committee-pack\noutput: '../{report}.pdf'\n")
        done = self.build(report, "-l", "mine", status=1)
        self.assertIn("mine.yaml:2:9: error: ", done.stderr)

    def test_an_unknown_theme(self):
        done = self.build(self.report(SMALL), "-t", "vann", status=2)
        self.assertIn("the report has no theme 'vann'", done.stderr)
        self.assertIn("did you mean 'vand'?", done.stderr)


class Fuzz(Case):
    def mutate(self, data, choose):
        pieces = (b"#", b"\n\n", b"|", b"[", b"](", b"{", b"}", b"`", b"```\n", b"> [!", b"[@K", b"---\n", b"\\",
                  b"\xc3", b"**", b"1. ", b"- ", b"\t", b"<", b"!", b"\r", b"\xef\xbb\xbf")
        for _ in range(choose.randint(1, 8)):
            at, length = choose.randrange(len(data)), choose.randrange(200)
            kind = choose.randrange(6)
            if kind == 0:
                data = data[:at] + data[at + length:]
            elif kind == 1:
                data = data[:at] + bytes([choose.randrange(256)]) + data[at + 1:]
            elif kind == 2:
                data = data[:at] + data[at:at + length] * 2 + data[at + length:]
            elif kind == 3:
                data = data[:at] + choose.choice(pieces) + data[at:]
            elif kind == 4:
                lines = data.split(b"\n")
                one, two = choose.randrange(len(lines)), choose.randrange(len(lines))
                lines[one], lines[two] = lines[two], lines[one]
                data = b"\n".join(lines)
            elif choose.random() < 0.2:
                data = data[:at]
            if not data:
                return b"x"
        return data

    def test_mutations(self):
        sources = [(LONDON / "report.md").read_bytes(),
                   (ROOT / "tests" / "reports" / "elements" / "report.md").read_bytes()]
        choose = random.Random(7)
        report = self.report("")
        shutil.copytree(ROOT / "tests" / "reports" / "elements" / "images", report / "images")
        made = 0
        for number in range(RUNS):
            (report / "report.md").write_bytes(self.mutate(choose.choice(sources), choose))
            self.clear()
            done = run("build", "-o", self.out, report, errors="replace")
            self.assertIn(done.returncode, (0, 1), f"mutation {number}: {done.stderr[-2000:]}")
            errors = sum(kind == "error" for _, kind in PLACE.findall(done.stderr))
            self.assertEqual(done.returncode, 1 if errors else 0, f"mutation {number}: {done.stderr}")
            for path in self.out.iterdir():
                data = path.read_bytes()
                self.assertTrue(data.startswith(b"%PDF-1.7") and data.endswith(b"%%EOF\n"), number)
                made += 1
            self.assertTrue(errors == 0 or not self.made())
        self.assertGreater(made, RUNS // 10)


if __name__ == "__main__":
    unittest.main()
