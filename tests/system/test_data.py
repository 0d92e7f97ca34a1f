"""The reports that are shipped in data/."""
import re
import unittest

from support import ROOT, Case, pages_of, run, text_of, tool

REPORTS = sorted((ROOT / "data").iterdir())


class Shipped(Case):
    def test_nothing_is_said_of_them(self):
        for report in REPORTS:
            done = run("build", "-o", self.out, report)
            self.assertEqual((done.returncode, done.stderr), (0, ""), report.name)

    def test_no_level_of_headings_is_skipped(self):
        for report in REPORTS:
            self.build(report)
        for pdf in sorted(self.out.iterdir()):
            levels = [int(level) for level in re.findall(r"^ *H([1-6])\b", tool("pdfinfo", "-struct", pdf), re.M)]
            self.assertEqual(levels[0], 1, pdf.name)
            for one, next_one in zip(levels, levels[1:]):
                self.assertLessEqual(next_one, one + 1, pdf.name)

    def test_what_is_invented_says_so(self):
        for report in REPORTS:
            if report.name != "studietur-london-2012":
                self.assertRegex((report / "report.md").read_text(), "> \\[!NOTE\\] Eksempel: opdigtet indhold\n")

    def test_an_indstilling_has_two_pages(self):
        self.build(ROOT / "data" / "indstilling-natbus")
        self.assertEqual(self.made(), ["indstilling-natbus.pdf"])
        pdf = self.out / "indstilling-natbus.pdf"
        self.assertEqual(pages_of(pdf), 2)
        first = text_of(pdf, "-l", "1")
        self.assertIn("Natbus til havnebyen", first)
        self.assertIn("at natbuslinje 93N", first, "the text begins below the letterhead")

    def test_a_budget_has_many_pages_tables_and_notes(self):
        self.build(ROOT / "data" / "budgetorientering-2027")
        pdf = self.out / "budgetorientering-2027-pakke.pdf"
        self.assertIn(pages_of(pdf), range(28, 40))
        text = text_of(pdf, "-layout")
        self.assertIn("fortsættes på næste side", text)
        self.assertRegex(text, r"Ændring af kassen +−18,7")
        self.assertRegex(text, r"(?m)^ *1 +Omregningen er sket", "a footnote at the foot of its page")

    def test_names_come_through(self):
        self.build(ROOT / "data" / "navne-og-sprog")
        text = text_of(self.out / "navne-og-sprog-pakke.pdf")
        for name in ("Þórdís Guðmundsdóttir", "Łukasz Święćkowski", "İpek Yıldız-Çağlar", "Nguyễn Thị Hồng Phượng",
                     "Ελένη Παπαδοπούλου", "Юлия Сергеевна Щербакова"):
            self.assertIn(name, text)


if __name__ == "__main__":
    unittest.main()
