"""briefpack explain-breaks: why lines end where they do."""
import re

from support import Case, HEAD, LONDON, run

TEXT = HEAD + """# Tema: Vand {#vand}

Kommunen har i flere år arbejdet med at samle indsatsen, så de unge møder færre voksne, og hver voksen
ser flere unge. Det har taget tid, det har kostet, og det virker.

## Rør {#roer}

Andet.
"""


class Explain(Case):
    def test_a_paragraph(self):
        done = run("explain-breaks", f"{self.report(TEXT)}#vand")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"report\.md:6:1: measure \d+\.\d, ragged, lines 3, places \d+, ")
        lines = re.findall(r'^ +\d+  "(.*)"$', done.stdout, re.M)
        said = " ".join(" ".join(lines).split())
        self.assertIn("Kommunen har i flere år arbejdet med at samle indsatsen, så de unge møder", said)
        self.assertTrue(said.endswith("det har kostet, og det virker."))
        self.assertNotIn("Andet", done.stdout)

    def test_nothing_would_have_cost_less(self):
        done = run("explain-breaks", f"{LONDON}#besparelser")
        more = [int(n) for n in re.findall(r"would cost \d+, (-?\d+) more", done.stdout)]
        self.assertGreater(len(more), 30)
        self.assertGreaterEqual(min(more), 0)

    def test_no_paragraph_costs_less_than_one_of_its_lines(self):
        done = run("explain-breaks", f"{LONDON}#besparelser")
        told = re.findall(r"demerits (\d+), [^\n]*\n +the paragraph would cost (\d+),", done.stdout)
        self.assertGreater(len(told), 30)
        for line, paragraph in told:
            self.assertGreaterEqual(int(paragraph), int(line))

    def test_what_must_not_reach_a_terminal(self):
        text = TEXT.replace("Kommunen", "\x1b[31mKommunen\u202e om 010190-1234")
        done = run("explain-breaks", f"{self.report(text)}#vand")
        self.assertIn('"?[31mKommunen? om ******-**** har', done.stdout)
        for odd in ("\x1b", "\u202e", "1234"):
            self.assertNotIn(odd, done.stdout)

    def test_an_id_that_is_not_there(self):
        done = run("explain-breaks", f"{self.report(TEXT)}#luft")
        self.assertEqual(done.returncode, 1)
        self.assertIn("the report has nothing with the id 'luft'", done.stderr)

    def test_wrong_usage(self):
        for arguments in ([], [self.report(TEXT)], ["a#b", "c#d"], ["-x"]):
            self.assertEqual(run("explain-breaks", *arguments).returncode, 2)

    def test_another_layout(self):
        folder = self.report(TEXT)
        self.layout(folder, "own", "extends: committee-pack\noutput: own.pdf\nstyles:\n"
                    "  body: {align: justify}\n  lead: {align: justify}\n")
        done = run("explain-breaks", "-l", "own", f"{folder}#vand")
        self.assertIn(", justified, lines 3", done.stdout)
