"""Characters that no font has."""
from support import Case, HEAD, words_of

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
