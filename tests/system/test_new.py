"""The command new: a report to start from."""
import json
import os
import re
import unittest

from support import ROOT, SMALL, Case, run, text_of


class New(Case):
    def new(self, folder, *arguments, status=0, **options):
        done = run("new", folder, *arguments, **options)
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def test_what_it_makes_is_without_a_finding(self):
        for language in ("da", "en"):
            folder = self.folder / f"ny-{language}"
            self.assertIn(f"{folder}/report.md", self.new(folder, f"--lang={language}").stdout)
            self.assertEqual(run("check", "--json", folder).stdout, "[]\n")
            self.assertEqual(self.build(folder).stderr, "")
            text = text_of(self.out / f"{folder.name}-pakke.pdf")
            self.assertIn("Vestby" if language == "da" else "Westby", text)
            self.assertNotIn("--", text)

    def test_it_shows_every_part_of_a_report(self):
        for language in ("da", "en"):
            folder = self.folder / language
            self.new(folder, "--lang", language)
            model = json.loads(run("model", folder).stdout)
            kinds = set(re.findall(r'"kind": "([a-z-]+)"', json.dumps(model)))
            self.assertLessEqual({"theme", "visit", "box", "table", "list", "paragraph"}, kinds)
            for part in ("figures", "recommendations", "notes"):
                self.assertTrue(model[part], part)

    def test_danish_unless_english_is_asked_for(self):
        for environment in ({}, {"LANG": "en_GB.UTF-8"}):
            self.new("ny", cwd=self.folder, env={"PATH": os.environ["PATH"], **environment})
            self.assertIn("# Tema: ", (self.folder / "ny" / "report.md").read_text())
            os.remove(self.folder / "ny" / "report.md")  # an empty folder may be filled

    def test_nothing_is_written_over(self):
        report = self.report(SMALL)
        taken = self.folder / "taken"
        taken.write_text("")
        for there in (report, taken, f"{report}/"):
            self.assertIn("is there already", self.new(there, status=3).stderr)
        self.assertEqual((report / "report.md").read_text(), SMALL)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["out", "prove", "taken"])

    def test_a_place_that_is_not_there(self):
        self.assertIn("No such file", self.new(self.folder / "none" / "x", status=3).stderr)
        self.assertEqual(list(self.folder.iterdir()), [self.out])

    def test_others_may_read_it(self):
        for mask, mode in ((0o022, 0o755), (0o077, 0o700)):
            folder = self.folder / oct(mask)
            self.new(folder, umask=mask)
            self.assertEqual(folder.stat().st_mode & 0o777, mode)

    def test_wrong_usage(self):
        for arguments in ((), ("a", "b"), ("",), ("--lang=sv", "a")):
            self.assertEqual(run("new", *arguments, cwd=self.folder).returncode, 2, arguments)

    def test_a_template_of_the_users_own(self):
        own = self.folder / "briefpack" / "templates" / "da"
        own.mkdir(parents=True)
        (own / "report.md").write_text(SMALL)
        self.new(self.folder / "ny", env={**os.environ, "XDG_CONFIG_HOME": str(self.folder)})
        self.assertEqual((self.folder / "ny" / "report.md").read_text(), SMALL)

    def test_both_languages_explain_the_same(self):
        templates = [(ROOT / "templates" / language / "report.md").read_text() for language in ("da", "en")]
        self.assertEqual(*(len(re.findall("<!--", text)) for text in templates))
        self.assertEqual(*(len(re.findall(r"^#+ ", text, re.M)) for text in templates))


if __name__ == "__main__":
    unittest.main()
