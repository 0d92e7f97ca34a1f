"""Characters that no font has."""
import subprocess
import sys

from support import ROOT, Case, HEAD, words_of

TEXT = HEAD + "# Tema: Tegn {#tegn}\n\nEt tegn \U00050005, som ingen skrift har, og ord bagefter.\n"


class Missing(Case):
    def test_is_an_error_where_it_stands(self):
        done = self.build(self.report(TEXT), status=1)
        self.assertIn("report.md:6:9: error: no font has the character U+50005", done.stderr)
        self.assertIn("--replace-missing", done.stderr)
        self.assertEqual(self.made(), [])

    def test_a_mark_stands_for_it_when_asked(self):
        done = self.build(self.report(TEXT), "-l", "committee-pack", "--replace-missing")
        self.assertIn("report.md:6:9: warning: no font has the character U+50005", done.stderr)
        self.assertIn("Et tegn \U00050005, som ingen skrift har, og ord bagefter.",
                      words_of(self.out / "prove-pakke.pdf"))

    def test_a_letter_whose_font_lacks_its_mark(self):
        """The mark alone stands in other fonts, and is set there: x with a cedilla."""
        text = HEAD + "# Tema: Tegn {#tegn}\n\nFør x\u0327 og så \U0001d49c\u0327 ord.\n"
        said = "no font has the letter U+1D49C '\U0001d49c' with the mark U+0327"
        self.assertIn(f"report.md:6:14: error: {said}\n", self.build(self.report(text), status=1).stderr)
        done = self.build(self.report(text), "-l", "committee-pack", "--replace-missing")
        self.assertIn(f"report.md:6:14: warning: {said}; a mark stands for it\n", done.stderr)
        pdf = self.out / "prove-pakke.pdf"
        self.assertIn("Før x\u0327 og så \U0001d49c\u0327 ord.", words_of(pdf))
        checked = subprocess.run([sys.executable, ROOT / "tests" / "conformance" / "reader.py", pdf],
                                 capture_output=True, text=True, timeout=300)
        self.assertEqual(checked.returncode, 0, checked.stdout)  # notdef
