"""What the program says in Danish, and when it does."""
import json
import re
import unittest

from support import HEAD, LONDON, ROOT, SMALL, Case, run

WRONG = HEAD + "# Tema: Vand {#vand}\n\n[et](#vnad) [@K1]\n"
PATH = {"PATH": "/usr/bin:/bin"}


class Language(unittest.TestCase):
    def language(self, *options, **environment):
        said = run("check", *options, "/nowhere", env={**PATH, **environment}).stderr
        return {"error": "en", "fejl": "da"}[re.match(r"/nowhere: (\w+): ", said).group(1)]

    def test_the_environment_decides(self):
        for language, environment in (
                ("en", {}),
                ("da", {"LANG": "da_DK.UTF-8"}),
                ("da", {"LANG": "da"}),
                ("da", {"LANG": "da_DK"}),
                ("en", {"LANG": "dav_KE.UTF-8"}),
                ("en", {"LANG": "de_DE.UTF-8"}),
                ("en", {"LANG": "C", "LANGUAGE": "da"}),
                ("da", {"LANG": "C.UTF-8", "LANGUAGE": "da"}),
                ("en", {"LANG": "da_DK.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}),
                ("da", {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "da_DK.UTF-8"}),
                ("en", {"LC_MESSAGES": "da_DK.UTF-8", "LC_ALL": "C"}),
                ("da", {"LC_MESSAGES": "en_GB.UTF-8", "LC_ALL": "da_DK.UTF-8"}),
                ("da", {"LANG": "da_DK.UTF-8", "LC_ALL": "", "LANGUAGE": ""}),
                ("en", {"LANG": "da_DK.UTF-8", "LANGUAGE": "en:da"}),
                ("da", {"LANG": "en_GB.UTF-8", "LANGUAGE": "fo:da:en"}),
                ("da", {"LANG": "da_DK.UTF-8", "LANGUAGE": "fo:sv"})):
            self.assertEqual(self.language(**environment), language, environment)

    def test_an_option_comes_first(self):
        self.assertEqual(self.language("--lang=da"), "da")
        self.assertEqual(self.language("--lang", "en", LANG="da_DK.UTF-8"), "en")
        self.assertEqual(self.language("--lang=da", LC_ALL="C"), "da")


class Danish(Case):
    def test_errors(self):
        report = self.report(WRONG)
        done = run("check", "--lang=da", report)
        self.assertEqual(done.stderr,
                         f"{report}/report.md:6:1: fejl: intet har id'et 'vnad'\n"
                         "     6 | [et](#vnad) [@K1]\n       | ^\n  tip: mente du 'vand'?\n"
                         f"{report}/report.md:6:13: fejl: der er intet nøgletal 'K1'\n"
                         "     6 | [et](#vnad) [@K1]\n       |             ^\n")

    def test_numbers(self):
        text = HEAD + "# Tema: Vand {#vand}\n\n[et](#a)\n\n[to](#b)\n\n[tre](#c)\n"
        for most, told in ((2, "bemærk: 1 fejl mere er ikke vist"), (1, "bemærk: 2 fejl mere er ikke vist")):
            self.assertIn(told, run("check", "--lang=da", f"--max-errors={most}", self.report(text)).stderr)

    def test_what_was_made(self):
        done = self.build(self.report(SMALL), "--lang=da")
        self.assertRegex(done.stdout, r"prove-pakke\.pdf: \d+ sider?, \d+ kB\n")

    def test_help(self):
        text = run("--help", "--lang=da").stdout
        self.assertIn("Afslutningskode", text)
        for command in re.findall(r"^  briefpack ([a-z-]+) ", text, re.M):
            danish, english = (run(command, "--help", f"--lang={lang}").stdout for lang in ("da", "en"))
            self.assertNotEqual(danish, english)
            self.assertEqual(*(re.findall(r"(?<!\S)--?[a-z][a-z-]*", text) for text in (danish, english)))
            self.assertLessEqual(max(map(len, danish.splitlines())), 100)

    def test_wrong_usage(self):
        done = run("chek", env={**PATH, "LANG": "da_DK.UTF-8"})
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stderr, "briefpack: fejl: der er ingen kommando 'chek'; mente du 'check'?\n"
                         "  tip: 'briefpack --help' viser, hvordan det bruges\n")

    def test_the_pdfs_are_the_same(self):
        made = []
        for language in ("en", "da"):
            self.build(LONDON, f"--lang={language}")
            made.append(self.contents())
        self.assertEqual(*made)

    def test_everything_that_is_said_of_wrong_reports(self):
        """The same is said in both languages, and nothing of it in English."""
        for path in sorted((ROOT / "tests" / "golden").glob("*.said")):
            report = path.with_suffix(".md")
            danish, english = (json.loads(run("check", "--json", f"--lang={lang}", report).stdout)
                               for lang in ("da", "en"))
            self.assertEqual([(one["code"], one.get("line"), "hint" in one) for one in danish],
                             [(one["code"], one.get("line"), "hint" in one) for one in english])
            for one, other in zip(danish, english):
                self.assertNotEqual(one["message"], other["message"])
                if "did you mean" not in other.get("hint", ""):
                    continue
                self.assertEqual(one["hint"].split("'")[1:], other["hint"].split("'")[1:])


if __name__ == "__main__":
    unittest.main()
