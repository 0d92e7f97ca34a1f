"""What compares pages with their pictures: that it finds what a reader would see, and nothing else."""
import importlib.machinery
import importlib.util
import sys
import unittest

from support import Case, HEAD, ROOT

sys.path.insert(0, str(ROOT / "tests" / "look"))
import raster  # noqa: E402
LOADER = importlib.machinery.SourceFileLoader("look", str(ROOT / "tests" / "look" / "run"))
look = importlib.util.module_from_spec(importlib.util.spec_from_loader("look", LOADER))
LOADER.exec_module(look)

FIGURES = """
~~~tiles
figures: [K1, K2]
~~~

{}

## Nøgletal

| Id | Nøgletal | Værdi | Enhed |
|---|---|---|---|
| K1 | Andel | 12 | pct. |
| K2 | Personer | ca. 1.200 | personer |
"""
TEXT = "Et afsnit, der fylder flere linjer, fordi der står meget i det, som alle skal læse, før de går hjem. " * 4


class Look(Case):
    def pages(self, text=TEXT, layout=""):
        report = self.report(HEAD + "# Tema: Vand {#vand}\n" + FIGURES.format(text))
        self.layout(report, "se", "extends: theme-briefing\nparts: [body]\n" + layout)
        self.clear()
        self.build(report, "-l", "se")
        return raster.pages(self.out / "prove-vand.pdf", look.DPI)

    def same(self, one, other, limits=look.POPPLER):
        return raster.Difference(one, other).within(limits)

    def test_pictures_are_read_as_they_were_written(self):
        page = self.pages()[0]
        read = raster.read_grey_png(raster.grey_png(page))
        self.assertEqual((read.width, read.height), (page.width, page.height))
        self.assertLessEqual(max(abs(a - b) for a, b in zip(read.data, page.data)), 8)
        self.assertTrue(self.same(read, page))
        odd = raster.Picture(3, 2, 1, bytes([0, 17, 255, 34, 51, 68]))
        self.assertEqual(raster.read_grey_png(raster.grey_png(odd)).data, odd.data)

    def test_what_a_reader_sees_is_found(self):
        before = self.pages()[0]
        for change in ("margins: {top: 88}", "styles: {body: {size: 11.5}}", "tile: {gap: 40}",
                       'colours: {tint: "#ffffff"}'):
            after = self.pages(layout=change + "\n")[0]
            self.assertFalse(self.same(before, after), change)
        self.assertFalse(self.same(before, self.pages(TEXT.replace("læse", "skrive"))[0]), "a word")

    def test_other_colours_are_found(self):
        """That are as light: a caution that looks like other text."""
        def hues(layout=""):
            self.pages("> [!FORBEHOLD] Se dig for\n> Isen er tynd.\n", layout)
            return raster.hues(raster.pages(self.out / "prove-vand.pdf", look.DPI, colour=True)[0])
        before = hues()
        self.assertIsNone(raster.hues_differ(before, hues('colours: {ink: "#1d252a"}\n')))
        for change in ('caution: "#1b2328"', 'primary: "#5a1f4d"'):
            self.assertIsNotNone(raster.hues_differ(before, hues("colours: {" + change + "}\n")), change)

    def test_what_nobody_sees_is_not(self):
        before = self.pages()[0]
        self.assertTrue(self.same(before, self.pages(layout="margins: {top: 84.01}\n")[0]))
        self.assertTrue(self.same(before, self.pages(layout='colours: {ink: "#1d252a"}\n')[0]))
        by_mupdf = raster.page_by_mupdf(self.out / "prove-vand.pdf", look.DPI, 1)
        self.assertTrue(self.same(before, by_mupdf, look.MUPDF))

    def test_pages_of_other_sizes_have_nothing_in_common(self):
        self.assertFalse(self.same(self.pages()[0], self.pages(layout="paper: A5\ncolumns: {text: 80mm}\n")[0]))


if __name__ == "__main__":
    unittest.main()
