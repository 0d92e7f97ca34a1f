"""Spreadsheets beside the report, with the bytes that Excel and LibreOffice write, through to the PDFs."""
import csv
import io
import subprocess
import unittest

from support import HEAD, SANITIZED, Case, run, tool, words_of

REPORT = HEAD + ("# Tema: Vand {#vand}\n\nDer er [@K1] og [@K2].\n\n## Besøg: Værket {#vaerket}\n\nTekst.\n\n"
                 "# Tema: El\n\nOm el.\n")
FIGURES = [["Id", "Nøgletal", "Præcision", "Værdi", "Enhed", "Forbehold", "Tema"],
           ["K1", 'Rør; "store"', "ca.", "254.000,5", "m", "Talt\ni 2012 – af os", "vand"],
           ["K2", "Fald", "", "-3,5", "pct.", "", "Vand"],
           [""] * 7,
           ["K3", "Samlet, i alt", "", "27", "mia. €", "", ""]]
ADVICE = [["Anbefaling", "Tekst", "Tema", "Grundlag", "Oprindelse", "Frist"],
          ["Hold øje.", 'Med *alt* "det"\nog [@K1].', "vand", "vaerket, K2", "udledt", "01-03-2013"],
          ["Spar.", "", "", "[el](#el)", "udtalt", ""]]


def written(rows, separator, end, quoting=csv.QUOTE_MINIMAL):
    """Within a cell Excel breaks lines by \\n, whatever ends its rows."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    return out.getvalue()


# Their names in the lists of both programs.
DIALECTS = {
    "CSV, in Danish": lambda rows: written(rows, ";", "\r\n").encode("cp1252"),
    "CSV UTF-8": lambda rows: b"\xef\xbb\xbf" + written(rows, ";", "\r\n").encode(),
    "Unicode text": lambda rows: b"\xff\xfe" + written(rows, "\t", "\r\n").encode("utf-16-le"),
    "Text CSV, all quoted": lambda rows: written(rows, ",", "\n", csv.QUOTE_ALL).encode(),
    "with Excel's first line": lambda rows: ("sep=|\r\n" + written(rows, "|", "\r\n")).encode("cp1252"),
    "with empty columns": lambda rows: written([["", *row, "", ""] for row in rows], ";", "\r",
                                                csv.QUOTE_ALL).encode(),
}


class Spreadsheets(Case):
    def beside(self, text=REPORT, name="prove", **files):
        """A report with files beside it: their names with _ for hyphens, without ending."""
        report = self.report(text, name)
        for file, data in files.items():
            data = data if isinstance(data, bytes) else data.encode()
            (report / (file.replace("_", "-") + ".csv")).write_bytes(data)
        return report

    def text(self, name):
        return words_of(self.out / name, "-layout")

    def test_every_program_gives_the_same(self):
        expected = None
        for name, write in DIALECTS.items():
            with self.subTest(name):
                done = self.build(self.beside(noegletal=write(FIGURES), anbefalinger=write(ADVICE)))
                self.assertNotIn("warning", done.stderr)
                expected = expected or self.contents()
                self.assertEqual(self.contents(), expected)
        self.assertIn("Der er ca. 254.000,5 m og −3,5 pct.", self.text("prove-vand.pdf"))
        pack = self.text("prove-pakke.pdf")
        for words in ("Tema 1: Vand Rør", "For hele rapporten Samlet, i alt 27 mia. €",
                      "Talt i 2012 – af os", "Værket, side", "1. marts"):
            self.assertIn(words, pack)

    def test_a_report_in_english(self):
        text = "---\ntitle: T\nlanguage: en\n---\n# Theme: Water\n\nThere are [@K1].\n"
        report = self.beside(text, key_figures="Id,Key figure,Value,Unit\nK1,Pipes,\"1,500.5\",km\n",
                             recommendations="Recommendation,Theme,Origin\nSave.,water,derived\n")
        self.build(report)
        self.assertIn("There are 1,500.5 km", self.text("prove-pakke.pdf"))
        self.assertIn("Save.", self.text("prove-pakke.pdf"))

    def test_the_words_of_a_tile(self):
        text = HEAD + "# Tema: Vand {#vand}\n\n~~~tiles\nfigures: [K2]\n~~~\n\nDer er [@K2].\n"
        self.build(self.beside(text, noegletal="Id;Nøgletal;Værdi;Enhed;Flise;Tema\n"
                               "K2;Børn med støtte;8,4;pct.;af børnene får støtte;vand\n"))
        pack = self.text("prove-pakke.pdf")
        self.assertIn("8,4 pct. af børnene får støtte", pack)
        self.assertIn("Børn med støtte 8,4 pct.", pack)
        self.assertEqual(pack.count("af børnene får støtte"), 1)

    def test_a_report_of_one_file_has_none(self):
        report = self.beside(REPORT.replace("Der er [@K1] og [@K2].", "Intet."), noegletal="what?\n")
        self.build(report / "report.md")
        self.assertIn("0 embedded files", tool("pdfdetach", "-list", self.out / "report-pakke.pdf"))

    def test_two_values_show_both_places(self):
        text = REPORT + "\n## Nøgletal\n\n| Id | Nøgletal | Værdi |\n|---|---|---|\n| K1 | Rør | 5.000 |\n"
        report = self.beside(text, noegletal="Id;Nøgletal;Værdi\nK2;Fald;1\nK1;Rør;5.001\n")
        done = self.build(report, status=1)
        self.assertIn("noegletal.csv:3:8: error: the key figure 'K1' has two values, '5.000' and '5.001'",
                      done.stderr)
        self.assertRegex(done.stderr, r"report\.md:20:1: .*\n    20 \| \| K1 \| Rør \| 5.000 \|")
        self.assertEqual(self.made(), [])

    def test_a_file_that_is_too_large(self):
        report = self.beside(noegletal="")
        with (report / "noegletal.csv").open("r+b") as file:
            file.truncate((256 << 20) + 1)
        done = self.build(report, status=1)
        self.assertIn("noegletal.csv: error: can't read it: File too large", done.stderr)

    @unittest.skipIf(SANITIZED, "what poppler takes out of a PDF")
    def test_what_a_pdf_carries_is_read_back(self):
        self.build(self.beside(noegletal=DIALECTS["CSV, in Danish"](FIGURES)))
        attached = []
        for name in ("prove", "igen"):
            subprocess.run(["pdfdetach", "-save", "1", "-o", self.folder / "carried.csv",
                            self.out / f"{name}-pakke.pdf"], check=True, capture_output=True)
            attached.append((self.folder / "carried.csv").read_bytes())
            self.build(self.beside(name="igen", noegletal=attached[-1]))
        self.assertEqual(attached[0], attached[1])
        rows = list(csv.reader(io.StringIO(attached[0].decode("utf-8-sig")), delimiter=";"))
        self.assertEqual([row[0] for row in rows], ["Id", "K1", "K2", "K3"])
        self.assertEqual(rows[1][-1], "Vand")

    def test_a_hundred_thousand_rows(self):
        rows = "".join(f"K{i};Ting {i};ca.;{i};m;Nr. {i};vand\n" for i in range(1, 100_001))
        report = self.beside(REPORT.replace("[@K2]", "[@K99999]"),
                             noegletal=";".join(FIGURES[0]) + "\n" + rows)
        done = run("check", report)
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])


if __name__ == "__main__":
    unittest.main()
