"""The command build as its users meet it."""
import re
import subprocess
import unittest

from support import HEAD, LONDON, PROGRAM, ROOT, SMALL, Case, run


class Outputs(Case):
    def test_a_pack_and_a_briefing_for_each_theme(self):
        self.build(LONDON)
        self.assertEqual(self.made(), [
            "studietur-london-2012-bander.pdf", "studietur-london-2012-pakke.pdf",
            "studietur-london-2012-partnervold.pdf", "studietur-london-2012-socio.pdf"])

    def test_one_theme_alone(self):
        self.build(LONDON, "-t", "partnervold")
        self.assertEqual(self.made(), ["studietur-london-2012-partnervold.pdf"])

    def test_one_layout_alone(self):
        self.build(LONDON, "-l", "committee-pack")
        self.assertEqual(self.made(), ["studietur-london-2012-pakke.pdf"])

    def test_the_report_names_its_layouts(self):
        text = SMALL.replace("title: Prøve", "title: Prøve\nlayouts: [theme-briefing]")
        self.build(self.report(text))
        self.assertEqual(self.made(), ["prove-vand.pdf"])

    def test_a_single_file_is_a_report(self):
        path = self.folder / "notat.md"
        path.write_text(SMALL)
        self.build(path)
        self.assertEqual(self.made(), ["notat-pakke.pdf", "notat-vand.pdf"])

    def test_without_a_theme_the_pack_alone_and_a_warning(self):
        done = self.build(self.report(HEAD + "# Vand\n\nTekst.\n"))
        self.assertEqual(self.made(), ["prove-pakke.pdf"])
        self.assertIn("warning: the report has no theme", done.stderr)

    def test_lines_tell_what_was_made(self):
        done = self.build(self.report(SMALL))
        for line in done.stdout.splitlines():
            self.assertRegex(line, r"/prove-(pakke|vand)\.pdf: \d+ pages?, \d+ kB$")
        self.assertEqual(len(done.stdout.splitlines()), 2)

    def test_two_reports_of_one_name_are_an_error(self):
        one = self.report(SMALL)
        (self.folder / "other").mkdir()
        two = self.folder / "other" / "prove"
        two.mkdir()
        (two / "report.md").write_text(SMALL)
        done = run("build", "-o", self.out, one, two)
        self.assertEqual(done.returncode, 1)
        self.assertIn("was already made from another report", done.stderr)


class Usage(unittest.TestCase):
    def check(self, arguments, text):
        done = run(*arguments)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn(text, done.stderr)
        self.assertEqual(done.stdout, "")

    def test_wrong_usage(self):
        self.check([], "say what to do")
        self.check(["biuld"], "did you mean 'build'?")
        self.check(["build"], "name a report")
        self.check(["build", "--nope", "x"], "unknown option '--nope'\n")
        self.check(["build", "-x", "x"], "unknown option '-x'\n")
        self.check(["check", "--max-error=x", "x"], "'--max-errors' wants a number, not 'x'")
        self.check(["check", "--maxerrors=1", "x"], "did you mean '--max-errors'?")
        self.check(["check", "--color=red", "x"], "wants auto, always or never, not 'red'")
        self.check(["check", "--lang", "de", "x"], "wants da or en, not 'de'")
        self.check(["build", "-o"], "wants a value")
        self.check(["build", "-j", "0", "x"], "from 1 to 256")

    def test_help_and_version(self):
        text = run("--help").stdout
        self.assertIn("Exit status", text)
        self.assertEqual(run("help").stdout, text)
        self.assertEqual(run("-h").stdout, text)
        for command in re.findall(r"^  briefpack ([a-z-]+) ", text, re.M):
            own = run(command, "--help")
            self.assertEqual(own.returncode, 0)
            self.assertIn(f"briefpack {command} ", own.stdout)
            self.assertEqual(run("help", command).stdout, own.stdout)
            self.assertEqual(run(command, "x", "-h").stdout, own.stdout)
        self.assertRegex(run("--version").stdout, r"^briefpack \d+\.\d+\.\d+\n$")

    def test_bash_completes_commands_and_options(self):
        def completed(*words):
            script = (f'. {ROOT}/tools/completion.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _briefpack; '
                      'printf "%s\\n" "${COMPREPLY[@]}"')
            return subprocess.run(["bash", "-c", script, "bash", str(PROGRAM), *words], capture_output=True,
                                  text=True, check=True).stdout.split()
        self.assertEqual(completed("che"), ["check"])
        self.assertLessEqual({"new", "check", "build", "--version"}, set(completed("")))
        self.assertEqual(completed("check", "--j"), ["--json"])
        self.assertEqual(completed("build", "--la"), ["--layout", "--lang"])
        self.assertEqual(completed("build", "--lang", ""), ["da", "en"])
        self.assertEqual(completed("build", "--lang", "="), ["da", "en"])
        self.assertEqual(completed("build", "--color", "=", "a"), ["auto", "always"])
        self.assertEqual(completed("help", "la"), ["layouts"])
        self.assertEqual(completed("he"), ["help"])
        self.assertEqual(completed("build", "x"), [])

    def test_output_that_can_not_be_written(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([str(PROGRAM), "--help"], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"can't write to standard output", done.stderr)

    def test_standard_streams_that_are_closed(self):
        """What is opened afterwards doesn't get into their place."""
        for closed, status in ((">&-", 3), ("2>&-", 2), ("<&- >&- 2>&-", 2)):
            command = "--help" if status == 3 else "nonsense"
            done = subprocess.run(["sh", "-c", f'"$0" {command} {closed}', str(PROGRAM)], capture_output=True)
            self.assertEqual(done.returncode, status, closed)


if __name__ == "__main__":
    unittest.main()
