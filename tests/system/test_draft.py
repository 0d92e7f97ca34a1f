"""What says that a report is a draft: a word on every page, and the document's title."""
import sys
import unittest

from support import Case, HEAD, ROOT, pages_of, text_of, tool, words_at, words_with_places

sys.path.insert(0, str(ROOT / "tests" / "look"))
import raster  # noqa: E402

BODY = "# Tema: Vand {#vand}\n\nEt afsnit om vand.\n\n# Tema: Luft {#luft}\n\nEt afsnit om luft.\n"
DRAFT = HEAD.replace("title: Prøve\n", "title: Prøve\ncase-number: 12-34\nstatus: draft\n") + BODY


class Draft(Case):
    def test_every_page_says_it(self):
        self.build(self.report(DRAFT), "-l", "committee-pack")
        pdf = self.out / "prove-pakke.pdf"
        for page in range(1, pages_of(pdf) + 1):
            self.assertIn("Udkast", text_of(pdf, "-f", page, "-l", page).split("\n"))

    def test_covers_of_tablets_say_it(self):
        report = self.report(DRAFT)
        self.layout(report, "plade", "extends: tablet\ncover: {least-pages: 0}\n")
        self.build(report, "-l", "plade")
        pdf = self.out / "prove-tablet.pdf"
        for page in range(1, pages_of(pdf) + 1):
            words = [word for _, y, word in words_at(pdf, page) if y < 40]
            self.assertEqual(words.count("Udkast"), 1)
            self.assertTrue(page == 1 or words[-4:-2] == ["Udkast", str(page)], words)

    def test_it_stands_on_a_line_with_the_sender(self):
        """Unless the name takes the line."""
        for name, level in (("Sundby", True), ("Sundby Kommunes meget lange forvaltningsnavn " * 2, False)):
            self.build(self.report(DRAFT.replace("title:", f"sender: {{organisation: {name.strip()}}}\ntitle:", 1)),
                       "-l", "notat")
            at = {word: y for _, y, word in reversed(words_at(self.out / "prove-notat.pdf", 1))}
            self.assertEqual(abs(at["Udkast"] - at["Sundby"]) < 4, level, at)

    def test_it_stands_clear_of_a_sender_whose_line_has_no_room(self):
        report = self.report(DRAFT.replace("title:", "sender: {organisation: Øster og Vester Skærninge Kommune}\ntitle:", 1))
        self.build(report, "-l", "large-print")
        words = words_with_places(self.out / "prove-stor-skrift.pdf")
        first = {word: (top, bottom) for page, _, top, _, bottom, word in reversed(words) if page == 1}
        self.assertLess(first["Udkast"][1] - 3, first["Kommune"][0] + 3)  # boxes are higher than letters
        self.assertLess(first["Udkast"][0], first["Kommune"][0] - 20)

    def test_a_wide_logo_leaves_it_off_the_senders_name(self):
        """A logo takes some of the line, but never most of it."""
        for name, level in (("Nørre Sønderby", True), ("Nørre Sønderby og Omegns Kommunale Fællesskab", False)):
            logo = f"sender: {{organisation: {name}}}\nlogo: wide.png\ntitle:"
            report = self.report(DRAFT.replace("title:", logo, 1))
            (report / "wide.png").write_bytes(raster.png(2000, 20, 8, 0, [bytes(2000)] * 20))
            self.build(report, "-l", "committee-pack")
            words = words_at(self.out / "prove-pakke.pdf", 1)
            sender = next(place[:2] for place in words if place[2] == "Nørre")
            draft = next(place[1] for place in words if place[2] == "Udkast")
            self.assertEqual(abs(sender[1] - draft) < 6, level)
            self.assertLess(sender[0], 595 / 2)

    def test_screen_readers_hear_it_once_with_the_title(self):
        self.build(self.report(DRAFT))
        for pdf in self.made():
            self.assertNotIn("Udkast", tool("pdfinfo", "-struct-text", self.out / pdf))
            info = tool("pdfinfo", self.out / pdf)
            self.assertRegex(info, r"Title: .*Prøve \(udkast\)\n")
            self.assertRegex(info, r"Keywords: +12-34, Udkast\n")

    def test_what_is_final_says_nothing(self):
        self.build(self.report(DRAFT.replace("draft", "final")))
        for pdf in self.made():
            self.assertNotIn("dkast", text_of(self.out / pdf) + tool("pdfinfo", self.out / pdf))

    def test_a_layout_may_leave_the_word_out(self):
        report = self.report(DRAFT)
        self.layout(report, "bar", "extends: committee-pack\nhead: {draft: 0}\n")
        self.build(report, "-l", "bar")
        self.assertNotIn("Udkast", text_of(self.out / "prove-pakke.pdf"))


if __name__ == "__main__":
    unittest.main()
