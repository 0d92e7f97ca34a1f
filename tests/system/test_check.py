"""The command check: what it says, in which form, and with which exit status."""
import json
import os
import pty
import re
import unittest

import jsonschema

from support import HEAD, LONDON, PROGRAM, ROOT, SMALL, Case, run

SCHEMA = json.loads((ROOT / "docs" / "diagnostics.schema.json").read_text())
WRONG = HEAD + "# Tema: Vand {#vand}\n\n[et](#vnad) [@K1]\n\n[to](#ingen)\n"


class Said(Case):
    def check(self, *arguments, status=0, **options):
        done = run("check", *arguments, **options)
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def test_a_report_that_is_well(self):
        done = self.check(LONDON)
        self.assertEqual((done.stdout, done.stderr), ("", ""))
        self.assertEqual(self.check(LONDON, "--json").stdout, "[]\n")

    def test_all_that_is_wrong(self):
        done = self.check(self.report(WRONG), status=1)
        self.assertEqual(re.findall(r"report\.md:(\d+:\d+): error: ", done.stderr), ["6:1", "6:13", "8:1"])
        self.assertIn("  hint: did you mean 'vand'?\n", done.stderr)
        self.assertEqual(done.stdout, "")

    def test_several_reports(self):
        good, bad = self.report(SMALL, "good"), self.report(WRONG, "bad")
        done = self.check(good, bad, self.folder / "none", status=3)
        self.assertIn(f"{bad}/report.md:6:1: error: ", done.stderr)
        self.assertIn(f"{self.folder}/none: error: can't read it", done.stderr)

    def test_build_says_the_same(self):
        report = self.report(WRONG)
        self.assertEqual(self.check(report, status=1).stderr, self.build(report, status=1).stderr)

    def test_what_is_wrong_in_a_recommendation_without_a_sentence(self):
        """All of it at once."""
        report = self.report(HEAD + "# Tema: Vand {#vand}\n\nOm.\n\n## Anbefalinger\n\n1. Gør noget.\n"
                             "   Grundlag: [x](#nix)\n   Oprindelse: rygte\n")
        said = self.check(report, status=1).stderr
        self.assertEqual(sorted(re.findall(r"report\.md:(\d+):\d+: error", said)), ["10", "11", "12"])

    def test_ids_that_a_spreadsheet_gets_wrong(self):
        report = self.report(HEAD + "# Tema: Vand {#vand}\n\nOm.\n\n## Ungehuset {#ungehuset}\n\nOm.\n\n## Nøgletal\n\n"
                             "| Id | Nøgletal | Værdi | Enhed |\n|---|---|---|---|\n| K1 | A | 50 | pct. |\n")
        for basis, told in (("ungehuzet", ["ungehuzet"]), ("K77, ungehuset", ["K77"]), ("statistik", []), ("A7", []),
                            ("Ungehuset", ["Ungehuset"])):
            (report / "anbefalinger.csv").write_text(f"Anbefaling;Tema;Grundlag\nGør noget.;vand;{basis}\n")
            said = self.check(report).stderr
            self.assertEqual(re.findall("warning: nothing has the id '(.*?)', so it is plain text", said), told, said)
        for basis, told in (("K1 K2", True), ("K1 og ungehuset", True), ("besøg i ungehuset", False)):
            (report / "anbefalinger.csv").write_text(f"Anbefaling;Tema;Grundlag\nGør noget.;vand;{basis}\n")
            self.assertEqual("'K1' is an id, but stands among words" in self.check(report).stderr, told)

    def test_charts_are_checked_without_drawing(self):
        chart = "~~~chart\ntype: {}\nheadline: H\nsource: S\n{}\n~~~\n\n"
        table = "| A | B | C |\n|---|---|---|\n| a | 1 | 2 |\n| b | 3 | 4 |\n\nTabel: T {#t}\n\n"
        text = (HEAD + "# Tema: Vand {#vand}\n\nOm vand.\n\n" + table + chart.format("shares", "figures: [K1, K2]") +
                chart.format("bars", "from: t") + chart.format("bars", "figures: [K1, K2]\nlabels: [x]") +
                chart.format("bars", "figures: [K1, K2]\nemphasis: y") + chart.format("bars", "figures: [K1, K2]") +
                "## Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed |\n|---|---|---|---|\n"
                "| K1 | A | 50 | pct. |\n| K2 | B | 70 | pct. |\n")
        report = self.report(text)
        said = self.check(report, status=1).stderr
        charts = [number for number, line in enumerate(text.split("\n"), 1) if line == "~~~chart"]
        self.assertEqual(re.findall(r"report\.md:(\d+):1: error: (.*)", said), list(zip(map(str, charts), (
            "this chart would mislead: its parts are per cent and don't sum to 100",
            "this type of chart shows one series; 'grouped' shows several",
            "this chart has 1 'labels' for 2 'figures'",
            "nothing in this chart is called 'y'"))))
        self.assertEqual(self.build(report, status=1).stderr, said)

    def test_warnings_are_no_errors(self):
        self.assertIn(" warning: ", self.check(self.report(HEAD + "Tekst.\n")).stderr)

    def test_no_more_than_the_first(self):
        text = HEAD + "# Tema: Vand {#vand}\n\n" + "".join(f"[x](#q{i})\n\n" for i in range(1000))
        report = self.report(text)
        for options, shown in (((), 100), (("--max-errors=7",), 7), (("--max-errors", "0"), 1000)):
            said = self.check(*options, report, status=1).stderr
            lines = [int(line) for line in re.findall(r"report\.md:(\d+):1: error: ", said)]
            self.assertEqual(lines, list(range(6, 6 + 2 * shown, 2)))
            self.assertEqual(f"note: {1000 - shown} more errors are not shown" in said, shown < 1000)
            found = json.loads(self.check("--json", *options, report, status=1).stdout)
            self.assertEqual(sum(one["severity"] == "error" for one in found), shown)
            self.assertEqual(found[-1]["code"] == "not-shown", shown < 1000)


    def test_no_report_here_has_a_fault(self):
        """Proofreading may advise, but warns of nothing in the reports of the project."""
        for report in sorted((ROOT / "data").iterdir()):
            found = json.loads(run("check", "--json", report).stdout)
            self.assertEqual([one for one in found if re.search(r" \[[a-z]+\]$", one["message"])
                              and one["severity"] != "advice"], [], report)

    def test_how_hard_it_is_to_read(self):
        text = HEAD + "# Tema: Vand {#vand}\n\nDet er vand. Det er socialudvalgets vand.\n\n# A\x1b[1m 010170-1234\n"
        done = self.check("--lix", self.report(text), status=1)
        self.assertEqual(done.stdout, "  words  LIX\n"
                                      "      7   18  very easy     Vand\n"
                                      "      0    0  very easy     A?[1m ******-****\n"
                                      "      7   18  very easy     the whole report\n")
        self.assertEqual(self.check("--lix", LONDON).stdout.count("\n"), 11)
        self.check("--lix", "--json", LONDON, status=2)


class Json(Case):
    def found(self, *reports):
        done = run("check", "--json", *reports)
        self.assertEqual(done.stderr, "")
        found = json.loads(done.stdout)
        jsonschema.Draft202012Validator(SCHEMA).validate(found)
        return found

    def test_members(self):
        report = self.report(WRONG)
        self.assertEqual(self.found(report)[0],
                         {"severity": "error", "code": "nothing-has-the-id", "file": f"{report}/report.md",
                          "line": 6, "column": 1, "message": "nothing has the id 'vnad'",
                          "hint": "did you mean 'vand'?"})

    def test_reports_one_after_the_other(self):
        reports = [self.report(WRONG, name) for name in "ba"]
        files = [one["file"] for one in self.found(*reports, self.folder / "none")]
        self.assertEqual(files, [f"{report}/report.md" for report in reports for _ in range(3)]
                         + [f"{self.folder}/none"])

    def test_whatever_a_report_quotes(self):
        text = HEAD + '# Tema: Vand {#vand}\n\n[x](<#"\x7f\t\U0001F600>)\n'
        self.assertEqual(self.found(self.report(text))[0]["message"],
                         "nothing has the id '\"\x7f\t\U0001F600'")
        self.assertGreater(len(self.found(self.report(text.encode() + b"\xff\xfe"))), 0)
        odd = self.folder / os.fsdecode(b"\xff\"x.md")
        odd.write_text(WRONG)
        self.assertTrue(self.found(odd)[0]["file"].endswith('\ufffd"x.md'))

    def test_the_code_is_of_every_language(self):
        report = self.report(WRONG)
        codes = [[one["code"] for one in json.loads(run("check", "--json", f"--lang={lang}", report).stdout)]
                 for lang in ("da", "en")]
        self.assertEqual(*codes)


class Colours(Case):
    def coloured(self, *options, terminal=False, **environment):
        """Whether what is said on standard error has colours."""
        report = self.report(WRONG)
        environment = {"PATH": os.environ["PATH"], "TERM": "xterm", **environment}
        if not terminal:
            return "\033[" in run("check", *options, report, env=environment).stderr
        try:
            child, screen = pty.fork()
        except OSError as error:
            self.skipTest(f"no terminal can be made here: {error}")
        if child == 0:
            os.execve(PROGRAM, [str(PROGRAM), "check", *options, str(report)], environment)
        said = b""
        try:
            while chunk := os.read(screen, 65536):
                said += chunk
        except OSError:
            pass  # a terminal ends so
        os.close(screen)
        os.waitpid(child, 0)
        self.assertIn(b"error", said)
        return b"\033[" in said

    def test_when(self):
        self.assertFalse(self.coloured())
        self.assertTrue(self.coloured("--color=always", NO_COLOR="1"))
        self.assertTrue(self.coloured(terminal=True))
        self.assertTrue(self.coloured("--color=auto", terminal=True))
        self.assertFalse(self.coloured("--color=never", terminal=True))
        self.assertFalse(self.coloured(terminal=True, NO_COLOR="1"))
        self.assertTrue(self.coloured(terminal=True, NO_COLOR=""))
        self.assertFalse(self.coloured(terminal=True, TERM="dumb"))


if __name__ == "__main__":
    unittest.main()
