"""PDFs in shades of grey: what a printer without colours gets."""
import re
import subprocess
import unittest

from support import LONDON, ROOT, Case, text_of, tool

PICTURES = ROOT / "tests" / "reports" / "elements"


def operators(pdf):
    """The operators that set colours on its pages."""
    plain = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", str(pdf), "-"],
                           capture_output=True, check=True).stdout
    return set(re.findall(rb"(?m)^[\d. ]+ (g|G|rg|RG|k|K|sc|SC|scn|SCN)$", plain))


class Grey(Case):
    def test_the_names_say_so_and_both_can_lie_in_one_folder(self):
        self.build(LONDON)
        before = self.contents()
        self.build(LONDON, "--grey")
        after = self.contents()
        self.assertEqual({name: after[name] for name in before}, before)
        self.assertEqual(sorted(set(after) - set(before)),
                         sorted(name.replace(".pdf", "-graa.pdf") for name in before))

    def test_nothing_on_the_pages_is_coloured(self):
        for report in (LONDON, PICTURES, ROOT / "data" / "budgetorientering-2027"):
            self.build(report, "--grey")
        for name in self.made():
            pdf = self.out / name
            tool("pdftoppm", "-r", 20, pdf, self.folder / "page")
            pages = sorted(self.folder.glob("page-*.ppm"))
            self.assertTrue(pages)
            for page in pages:
                data = page.read_bytes().split(b"\n", 3)[3]
                self.assertTrue(data[0::3] == data[1::3] == data[2::3], f"{name}: {page.name}")
                page.unlink()
            for row in tool("pdfimages", "-list", pdf).splitlines()[2:]:
                self.assertEqual(row.split()[5], "gray", name)

    def test_only_black_ink_is_asked_for(self):
        self.build(LONDON, "--grey", "-l", "committee-pack-booklet", "-l", "committee-pack")
        for name in self.made():
            self.assertEqual(operators(self.out / name), {b"g", b"G"}, name)

    def test_the_text_is_the_same(self):
        self.build(LONDON, "-l", "committee-pack")
        self.build(LONDON, "-l", "committee-pack", "--grey")
        colour, grey = (text_of(self.out / f"{LONDON.name}-pakke{end}.pdf", "-layout")
                        for end in ("", "-graa"))
        self.assertEqual(grey, colour)

    def test_a_layout_may_be_grey_by_itself(self):
        report = self.report("---\ntitle: Prøve\n---\n# Tema: Vand {#vand}\n\nOm vand.\n")
        self.layout(report, "mono", 'extends: committee-pack\ngrey: true\ncover: {least-pages: 0}\noutput: "{report}-mono.pdf"\n')
        self.build(report, "-l", "mono")
        self.assertEqual(self.made(), ["prove-mono.pdf"])
        self.assertEqual(operators(self.out / "prove-mono.pdf"), {b"g", b"G"})

    def test_a_report_in_english_has_an_english_name(self):
        self.build(self.report("---\ntitle: Test\nlanguage: en\n---\n# Theme: Water {#water}\n\nOn it.\n"),
                   "--grey", "-l", "theme-briefing")
        self.assertEqual(self.made(), ["prove-water-grey.pdf"])


if __name__ == "__main__":
    unittest.main()
