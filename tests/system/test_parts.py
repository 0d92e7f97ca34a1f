"""What the parts of a document show, and where."""
import re
import unittest
import xml.etree.ElementTree as xml

from support import (DATA, HEAD, ROOT, Case, Structure, pages_of, text_of, tool, words_at, words_of,
                     words_with_places)

FILLER = "Et afsnit, der kun er der for at fylde. " * 60 + "\n\n"
SENDER = "sender: {organisation: Byen, unit: Kontoret, address: [Gaden 1], phone: '12345678', email: post@by.dk}\n"
ADVICE = """## Anbefalinger

1. **Grav en brønd.** Den giver vand.
   Oprindelse: udledt
   Grundlag: [@K1]
"""
FIGURES = """## Nøgletal

| Id | Nøgletal | Værdi | Enhed |
|---|---|---|---|
| K1 | Huse med vand | 12 | pct. |
| K2 | Brønde | 7 | brønde |
| K3 | Rør | mange | |
"""


def head(*lines):
    return HEAD.replace("---\ntitle", "---\n" + "".join(lines) + "title", 1)


class Parts(Case):
    def pages(self, text, layout="", base="committee-pack", name="prove"):
        report = self.report(text)
        self.layout(report, "egen", f'extends: {base}\noutput: "{name}.pdf"\n' + layout)
        self.said = self.build(report, "-l", "egen").stderr
        self.pdf = self.out / f"{name}.pdf"
        return text_of(self.pdf, "-layout").split("\f")[:-1]


class RunningHead(Parts):
    def test_the_contents_name_no_later_page(self):
        pages = self.pages(head("short-title: Kort\n") + FILLER * 3 + "## Vand\n\n" + FILLER * 6,
                           "parts: [cover, contents, body]\n")
        heads = [page.strip().split("\n")[0].split("   ")[0] for page in pages]
        self.assertGreater(len(heads), 5)
        self.assertNotIn("Indhold", heads[2:])
        self.assertEqual(heads[2], "Kort")  # before the first heading nothing stands at the left
        self.assertEqual(heads[-1], "Vand")

    def test_a_foot_names_nothing_that_begins_on_the_next_page(self):
        pages = self.pages(HEAD + "# Vand\n\n" + FILLER * 3 + "# Luft\n\n" + FILLER * 3,
                           "parts: [body]\nfoot: {left: ['{theme}'], right: []}\n")
        feet = [page.strip().split("\n")[-1].strip() for page in pages]
        begin = next(i for i, page in enumerate(pages) if re.search(r"(?m)^\s*Luft\s*$", page.strip().rpartition("\n")[0]))
        self.assertGreater(begin, 1)
        self.assertEqual(feet, ["Vand"] * begin + ["Luft"] * (len(pages) - begin))

    def test_a_foot_names_what_its_page_begins_with(self):
        """What begins further down is named on the next page, unless nothing goes on above it."""
        text = "## Vand\n\n" + FILLER + "## Luft\n\n" + FILLER * 3
        layout = "parts: [body]\nfoot: {left: ['{theme}'], right: []}\n"
        pages = self.pages(HEAD + text, layout)
        begin = next(i for i, page in enumerate(pages) if "\nLuft\n" in re.sub(r" +", "", page).rpartition("\n\n")[0])
        feet = [page.strip().split("\n")[-1].strip() for page in pages]
        self.assertFalse(pages[begin].strip().startswith("Luft"))
        self.assertEqual(feet, ["Vand"] * (begin + 1) + ["Luft"] * (len(pages) - begin - 1))
        first = self.pages(HEAD + "Et afsnit.\n\n" + text, layout)[0]
        self.assertEqual(first.strip().split("\n")[-1].strip(), "Vand")

    def test_what_has_no_room_is_shortened(self):
        """Nothing lies on anything else in a head or foot, however long the theme's title is."""
        title = "Samarbejde mellem kommune og boligselskaber om unge i udsatte byområder og om deres forældre"
        shortened = 0
        for base, name in (("tablet", ""), ("large-print", ""), ("notat", ""), ("committee-pack", ""), ("committee-pack-booklet", "sheets: none\n")):
            for n in (20, 45, 70, len(title)):
                self.pages(head("status: draft\n").replace("Prøve", "Socialudvalgets studietur til London") +
                           f"# Tema: {title[:n]} {{#a}}\n\n" + FILLER * 6, name, base=base)
                places = words_with_places(self.pdf)
                for page in range(3, 6):
                    words = sorted((w[2], w[1], w[3], w[5]) for w in places if w[0] == page)
                    for (y, _, end, a), (y2, start, _, b) in zip(words, words[1:]):
                        self.assertTrue(y != y2 or start > end - 0.5, (base, n, page, a, b))
                    shortened += any(word[3].endswith("\u2026") for word in words)
        self.assertGreater(shortened, 5)

    def test_a_fact_that_has_no_room_is_left_out_whole(self):
        committee, shown = "Folkeoplysningsudvalget i ", set()
        for more in range(4, 60, 4):
            self.pages(head("case-number: 2025-77310\n", "document-number: 2026-33017\n", "date: 2026-01-12\n",
                            f"committee: {committee + 'Byen ' * (more // 4)}\n") + "# Tema: Vand\n\nOm.\n",
                       "sheets: none\nfoot: {left: ['{committee}', '{case}', '{date}', '{document}']}\n",
                       base="committee-pack-booklet")
            foot = max(words_with_places(self.pdf), key=lambda word: word[2])[2]
            words = " ".join(word[5] for word in words_with_places(self.pdf) if abs(word[2] - foot) < 3)
            for fact in ("Sagsnr. 2025-77310", "12. januar 2026", "Dokumentnr. 2026-33017"):
                self.assertEqual(fact.split()[0] in words, fact in words, words)
            shown.add(words.count("20"))
        self.assertGreater(len(shown), 2)


class Short(Parts):
    def test_few_pages_begin_with_a_letterhead(self):
        pages = self.pages(head(SENDER) + "Om vand.\n\n## Rør\n\nMere.\n")
        self.assertEqual(len(pages), 1)
        self.assertNotIn("Indhold", pages[0])
        self.assertIn("Rør", pages[0])

    def test_the_lead_is_as_far_from_the_title_without_a_summary(self):
        tops = []
        for text in (head("summary: Alfa om vand.\n") + "Beta.\n", HEAD + "Alfa om vand.\n\nBeta.\n"):
            self.pages(text)
            tops += [y for _, y, word in words_at(self.pdf, 1) if word == "Alfa"]
        self.assertEqual(len(tops), 2)
        self.assertAlmostEqual(*tops, delta=0.05)

    def test_many_have_cover_and_contents(self):
        pages = self.pages(HEAD + "# Vand\n\n" + FILLER * 8)
        self.assertGreaterEqual(len(pages), 6)
        self.assertIn("Indhold", pages[1])

    def test_a_glossary_that_would_stand_alone_stands_below_the_key_figures(self):
        advice = "".join(f"{i}. **Grav brønd nummer {i}.** Den gamle er tør.\n   Grundlag: [vandet](#vand)\n" for i in range(1, 60))
        for rows, moved in ((4, True), (23, False)):  # of key figures: few leave room for it, a page full of them doesn't
            figures = "## Nøgletal\n\n|Id|Nøgletal|Værdi|\n|-|-|-|\n" + "".join(f"|N{i}|Dybde {i}|{i}|\n" for i in range(1, rows + 1))
            for lines in range(0, 90, 9):
                pages = self.pages(HEAD + "# Tema: Vand {#vand}\n\nOm.\n\n" + figures + "\n## Anbefalinger\n\n" +
                                   "\n".join(advice.split("\n")[:120 - lines - lines % 2]) + "\n\n# Ordliste\n\n- **Brønd:** Et hul.\n")
                at = {word: next(i for i, page in enumerate(pages) if word in page) for word in ("Et hul.", "Grav brønd nummer 1.")}
                if at["Et hul."] < at["Grav brønd nummer 1."]:
                    self.assertTrue(moved, lines)
                    break
            else:
                self.assertFalse(moved)

    def test_contents_leave_out_headings_that_are_alike(self):
        for sections, listed in ((2, True), (3, False)):
            text = "".join(f"# Tema: Vand {i} {{#v{i}}}\n\nOm.\n\n## Rør\n\nTekst.\n\n## Kun {i}\n\nTekst.\n\n" + FILLER * 3
                           for i in range(1, sections + 1))
            for depth, shown in (("auto", listed), (2, True)):
                contents = self.pages(HEAD + text, f"contents: {{least-pages: 0, depth: {depth}}}\n")[1]
                self.assertIn("Kun 1", contents)
                self.assertEqual(len(re.findall(r"\bRør\b", contents)), sections if shown else 0, (sections, depth))

    def test_contents_lead_into_six_pages_at_least(self):
        """The cover and they themselves are none of them."""
        both = set()
        for sections in range(3, 9):
            pages = self.pages(HEAD + "".join(f"# Tema: Vand {i}\n\nOm.\n\n" for i in range(sections)), "parts: [cover, contents, body]\n")
            contents = any("Indhold" in page for page in pages)
            self.assertEqual(contents, sections >= 6, sections)
            both.add((contents, sections + 1 + contents == len(pages)))
        self.assertIn((True, True), both)
        self.assertIn((False, True), both)

    def test_a_layout_may_have_them_always(self):
        pages = self.pages(HEAD + "# Vand\n\nOm.\n", "cover: {least-pages: 0}\ncontents: {least-pages: 0}\n")
        self.assertEqual(len(pages), 3)
        self.assertIn("Indhold", pages[1])


class Contents(Parts):
    TEXT = HEAD + "".join(f"# Del {i}\n\n" + "".join(f"## Afsnit {i}.{k}\n\nx\n\n" for k in range(8)) for i in range(8))

    def test_they_keep_to_one_page(self):
        pages = self.pages(self.TEXT)
        self.assertIn("Del 7", pages[1])
        self.assertNotIn("Afsnit", pages[1])

    def test_they_may_have_more(self):
        pages = self.pages(self.TEXT, "contents: {depth: 2}\n")
        self.assertIn("Afsnit 7.7", pages[2])
        self.assertEqual(pages[2].split("\n")[0].split("   ")[0].strip(), "Indhold, fortsat")

    def test_a_foot_says_from_the_second_page_on_that_they_go_on(self):
        pages = self.pages(self.TEXT, "contents: {depth: 2}\nfoot: {left: ['{theme}']}\n")
        self.assertNotIn("fortsat", pages[1])
        self.assertEqual(pages[1].count("Indhold"), 2)  # as a title and at the foot
        self.assertEqual(pages[2].count("Indhold, fortsat"), 2)  # at the head and foot

    def test_two_levels_take_at_most_so_many_pages(self):
        text = HEAD + "".join(f"# Del {i}\n\nx\n\n" + "".join(f"## Afsnit {i}.{k}\n\nx\n\n" for k in range(9))
                              for i in range(7))
        for most, both in ((1, False), (2, True), (3, True)):
            pages = self.pages(text, f"contents: {{depth: auto, most-pages: {most}}}\n")
            self.assertIn("Del 1", pages[1])
            self.assertEqual("Afsnit 1.2" in pages[1], both, most)

    def test_entries_stay_with_their_section(self):
        """At each turn a section has its first two entries below it, and its last two stand together."""
        titles = range(3, 12)
        for shift in range(6):
            text = HEAD + "".join(f"# Fyld {i}\n\nx\n\n" for i in range(shift))
            text += "".join(f"# Del {i}\n\n" + "".join(f"## Afsnit {i}.{k}\n\nx\n\n" for k in range(i % 4 + 2))
                            for i in titles)
            for page in self.pages(text, "contents: {depth: 2, least-pages: 0}\n")[1:3]:
                lines = [line.split()[:2] for line in page.split("\n") if line.split()[:1] in (["Del"], ["Afsnit"])]
                if len(lines) < 5:  # a page of the text itself
                    continue
                self.assertNotIn("Del", [word for word, _ in lines[-2:]])
                self.assertTrue(lines[0][0] == "Del" or lines[1][0] == "Afsnit")

    def test_entries_that_go_on_are_indented(self):
        title = "Et afsnit med et navn, der er så langt, at det ikke kan stå på en linje, og som derfor går videre på den næste"
        pages = self.pages(HEAD + "# Vand\n\n" + FILLER * 8 + f"## {title}\n\nx\n")
        rows = [line for line in pages[1].split("\n") if line.strip()]
        first = next(i for i, line in enumerate(rows) if "Et afsnit med" in line)
        self.assertGreater(len(rows[first + 1]) - len(rows[first + 1].lstrip()),
                           len(rows[first]) - len(rows[first].lstrip()))

    def test_numbers_of_three_figures_stay_on_their_line(self):
        pages = self.pages(HEAD + "# Vand\n\n" + FILLER * 190 + "# Luft\n\nOm.\n", base="large-print")
        self.assertGreater(len(pages), 100)
        self.assertRegex(pages[1], rf"Luft +{len(pages)}\n")

    def test_the_contact_is_a_bookmark_alone(self):
        pages = self.pages(head(SENDER) + "# Vand\n\n" + FILLER * 8)
        self.assertNotIn("Kontakt", pages[1])
        self.assertIn("Kontakt", tool("qpdf", "--json", "--json-key=outlines", self.pdf))

    def test_the_contact_has_one_form(self):
        """Alone on a page or not; and its addresses aren't broken where they have room."""
        email = "forvaltningens-postkasse@sundby-kommune.example"
        sender = SENDER.replace("post@by.dk", email)
        forms = set()
        for times in (2, *range(21, 30)):
            said = self.pages(head(sender) + "# Vand\n\n" + "Vand.\n\n" * times, "cover: {least-pages: 99}\n")[-1]
            lines = [line.strip() for line in said.split("Kontakt")[1].split("\n") if line.strip()]
            self.assertIn(f"E-mail {email}", said.replace("\u00a0", "").replace("  ", " "))
            heights = [y for _, y, word in words_at(self.pdf) if word in ("Kontakt", "Telefon", "E-mail")]
            forms.add((tuple(lines[:-1]), tuple(round(y - heights[0], 1) for y in heights)))
        self.assertEqual(len(forms), 1)

    def test_it_begins_no_page_where_the_cover_shows_it(self):
        """For any length of the text; but it stays where the cover has no room for the web address on a line."""
        for web, stays in (("by.dk", False), ("by.dk/" + "langt-" * 12 + "navn", True)):
            gone = 0
            for times in range(1, 12):
                pages = self.pages(head(SENDER, f"url: https://{web}\n") + ADVICE.split("\n\n")[0] + "\n\n" +
                                   "1. **Grav en brønd.** Den giver vand.\n   Oprindelse: udledt\n" * times,
                                   "cover: {least-pages: 0}\n", base="large-print")
                gone += "Kontakt" not in pages[-1]
                self.assertIn("Telefon", pages[0])
                self.assertEqual(stays, web not in pages[0])
                self.assertIn("Kontakt" if stays else "Grav", pages[-1])
            self.assertEqual(stays, gone == 0)


class Covers(Parts):
    FACTS = ("committee: Udvalget\n", "date: 2026-01-05\n", 'case-number: "1"\n', 'document-number: "2"\n',
             "period: 2026-01-01/2026-12-31\n", 'meeting: {date: 2026-02-03, item: "4"}\n', 'version: "5"\n')

    def top(self, *lines):
        self.pages(head(*lines) + "# Vand\n\nOm.\n", "cover: {least-pages: 0}\n")
        return next(y for _, y, word in words_at(self.pdf) if word == "Prøve")

    def test_the_title_has_its_place(self):
        self.assertEqual(self.top(), self.top(*self.FACTS))
        said = text_of(self.pdf, "-f", 1, "-l", 1)
        for fact in ("Periode", "3. februar 2026", "Dagsordenspunkt", "Version"):
            self.assertIn(fact, said)

    def test_what_is_of_the_meeting_stands_below_the_date(self):
        for facts in (self.FACTS, self.FACTS[:3] + self.FACTS[5:6]):
            self.top(*facts)
            at = {word: (x, y) for x, y, word in reversed(words_at(self.pdf, 1))}
            self.assertAlmostEqual(at["Mødedato"][0], at["5."][0], 0)
            self.assertLess(at["5."][1], at["Mødedato"][1])
            self.assertEqual(at["Dagsordenspunkt"][1], at["Mødedato"][1])
            self.assertGreater(at["Sagsnr."][0], at["Mødedato"][0] + 50)

    def test_facts_are_set_alike(self):
        """Labels over values, in rows that are level across the page."""
        self.top(*self.FACTS)
        words = [word for word in words_at(self.pdf, 1) if word[1] < 230]
        at = {word: (x, y) for x, y, word in reversed(words)}
        rows = (("5.", "Sagsnr."), ("Periode", "Dokumentnr."), ("Mødedato", "Dagsordenspunkt", "Version"))
        for label in [label for row in rows for label in row[row[0] == "5.":]]:
            x, y = at[label]
            below = [word for word in words if abs(word[0] - x) < 1 and 8 < word[1] - y < 13]
            self.assertEqual(len(below), 1, label)
        for row in rows[1:]:
            self.assertEqual(len({at[label][1] for label in row}), 1, row)


class LongSummaries(Parts):
    """Nothing of them is cut or set smaller: what has no room on a cover stands behind it."""

    WORDS = [f"ord{i}" for i in range(100, 250)]
    FRONT = "genre: Orientering\n" + SENDER + "summary: " + " ".join(WORDS) + "\n"

    def summary(self):
        return [word for word in words_of(self.pdf).split() if word.startswith("ord")]

    def test_it_stands_behind_the_cover(self):
        for base in ("large-print", "tablet"):
            pages = self.pages(head(self.FRONT) + "# Vand\n\nOm.\n", "cover: {least-pages: 0}\n", base)
            self.assertNotIn("ord100", pages[0])
            self.assertIn("post@by.dk", pages[0])
            self.assertIn("ord180", pages[1])
            self.assertEqual(self.summary(), self.WORDS)
            self.assertIn("report.md:4:10: advice: the summary has no room on the cover in the layout 'egen', and "
                          "stands on a page behind it", self.said)
            room = int(re.search(r"there is room for about (\d+) of its 150 words", self.said).group(1))
            for words, page in ((room - 10, 0), (room + 10, 1)):
                front = self.FRONT[:self.FRONT.index(f" ord{100 + words}")] + "\n"
                pages = self.pages(head(front) + "# Vand\n\nOm.\n", "cover: {least-pages: 0}\n", base)
                self.assertIn("ord100", pages[page])

    def test_one_longer_than_a_page_goes_on(self):
        words = [f"ord{i}" for i in range(500)]
        self.pages(head(SENDER, "summary: " + " ".join(words) + "\n") + "# Vand\n\nOm.\n",
                   "cover: {least-pages: 0}\n", "tablet")
        self.assertEqual(self.summary(), words)

    def test_below_a_letterhead_it_goes_on(self):
        """Without a word of a cover, which there is none of."""
        pages = self.pages(head(self.FRONT) + "# Vand\n\nOm.\n", "cover: {least-pages: 99}\n", "large-print")
        self.assertIn("ord100", pages[0])
        self.assertIn("ord249", pages[1])
        self.assertEqual(self.summary(), self.WORDS)
        self.assertNotIn("summary", self.said)


class Closed(Parts):
    def test_a_copy_with_closed_parts_says_so(self):
        pages = self.pages(HEAD + "# Vand {.lukket}\n\n" + FILLER * 8, base="closed-pack")
        for page in pages:
            self.assertIn("Lukket", page.split("Et afsnit")[0])
        self.assertRegex(tool("pdfinfo", self.pdf), r"Title: +Prøve \(lukket\)\n")
        self.assertEqual(tool("pdfinfo", "-struct-text", self.pdf).count("Lukket"), 1) # on the cover

    def test_it_says_below_the_addressee_what_that_means(self):
        notice = "Lukket: indeholder punkter, der ikke er offentlige. Må ikke deles."
        secret = "# Vand\n\nOm.\n\n# Hemmeligt {.lukket}\n\nOm.\n"
        for more in ("", "cover: {least-pages: 0}\n"):
            self.pages(head("committee: Udvalget\n") + secret, more, base="closed-pack")
            at = {word: (x, y) for x, y, word in reversed(words_at(self.pdf, 1))}
            self.assertIn(notice, " ".join(text_of(self.pdf, "-l", 1).split()))
            self.assertLess(at["Til"][1], at["Lukket:"][1])
            self.assertLess(at["Lukket:"][1], at["Prøve"][1])
            self.assertEqual(" ".join(tool("pdfinfo", "-struct-text", self.pdf).split()).count("Lukket: indeholder"), 1)

    def test_its_feet_say_it_too(self):
        for page in self.pages(head("committee: Udvalget\n") + "# Vand {.lukket}\n\n" + FILLER * 8, base="closed-pack"):
            self.assertRegex(page.rstrip().split("\n")[-1], "Lukket +Udvalget")

    def test_an_open_one_does_not(self):
        self.assertNotIn("Lukket", "".join(self.pages(HEAD + "# Vand\n\nOm.\n\n# Hemmeligt {.lukket}\n\nOm.\n")))

    def test_its_mark_has_another_colour_than_caveats(self):
        self.pages(head("status: draft\n") + "# Vand {.lukket}\n\nOm.\n", base="closed-pack")
        drawn = re.findall(r'color="#(..)\w+"[^>]* c="([LU])"', tool("mutool", "draw", "-q", "-F", "stext", self.pdf))
        red = {letter: int(value, 16) for value, letter in drawn}
        self.assertLess(red["L"], 0x40)     # ink …
        self.assertGreater(red["U"], 0x80)  # … and caution

    def test_one_without_any_is_told_and_not_marked(self):
        told = "the report has nothing closed: what the layout 'egen' makes is as the open papers are, and isn't marked"
        pages = self.pages(head("committee: Udvalget\nstatus: draft\n") + "# Vand\n\nOm.\n", base="closed-pack")
        self.assertNotIn("lukket", "".join(pages).lower())
        self.assertIn("Udkast", pages[0])
        self.assertRegex(tool("pdfinfo", self.pdf), r"Title: +Prøve \(udkast\)\n")
        self.assertEqual(self.said.count(told), 1, self.said)
        for one in ("# Hemmeligt {.lukket}\n\nOm.\n", "# Vand\n\n> [!LUKKET] Hemmeligt\n> Om.\n",
                    "# Vand\n\nOm.[^en]\n\n[^en]: Note.\n\n    > [!LUKKET] Hemmeligt\n    > Om.\n"):
            self.pages(HEAD + "# Luft\n\nOm.\n\n" + one, base="closed-pack")
            self.assertNotIn(told, self.said)


class AfterTheSummary(Parts):
    def test_a_common_section_follows_where_little_stands(self):
        followed = 0
        for paragraphs in range(9, 24):
            text = "# Kort fortalt\n\n" + "Her er det hele sagt i korte træk. \n\n" * paragraphs * 2 + "Slutord.\n\n"
            self.pages(HEAD + text + "# Baggrund\n\nBagtekst.\n\n# Tema: Vand\n\nTemaord.\n")
            at = {word: (page, y) for page in range(1, pages_of(self.pdf) + 1)
                  for _, y, word in words_at(self.pdf, page) if word in ("Slutord.", "Bagtekst.", "Temaord.")}
            follows = at["Bagtekst."][0] == at["Slutord."][0]
            self.assertEqual(follows, at["Slutord."][1] < 84 + 675 * 0.4 - 12, paragraphs)
            self.assertGreater(at["Temaord."][0], at["Bagtekst."][0])
            followed += follows
        self.assertTrue(0 < followed < 15)

    def test_whatever_stands_between_them_that_is_shown_elsewhere(self):
        self.pages(HEAD + "# Kort fortalt\n\n" + "Slutord.\n\n"
                   "# Anbefalinger\n\nAlle skal drøftes.\n\n# Baggrund\n\nBagtekst.\n\n"
                   "# Tema: Vand\n\nTemaord.\n\n## Anbefalinger\n\n1. **Gør det.** Det hjælper.\n",
                   "parts: [summary, body, recommendations]\n")
        page_of = {word: page for page in range(1, pages_of(self.pdf) + 1)
                   for _, _, word in words_at(self.pdf, page) if word in ("Slutord.", "Bagtekst.")}
        self.assertEqual(page_of["Bagtekst."], page_of["Slutord."])


class OneShare(Parts):
    """A bar that is a share, in the outline of its whole."""
    def test_the_table_below_a_chart_says_what_its_rows_are(self):
        chart = "# Vand\n\nOm.\n\n~~~chart\ntype: lines\nheadline: Brønde\nfrom: t\ntable: true\n~~~\n\n"
        table = "| Målt i | Nord | Syd |\n|---|---|---|\n| 2010 | 1 | 2 |\n| 2011 | 3 | 4 |\n\nTabel: T {#t}\n"
        self.assertEqual(self.pages(HEAD + chart + table)[0].count("Målt i"), 2)

    def test_a_chart_has_the_sources_of_its_figures(self):
        figures = FIGURES.replace("Enhed |", "Enhed | Kilde |").replace("|---|---|---|---|", "|---|---|---|---|---|")
        figures = figures.replace("pct. |", "pct. | BBR |").replace("7 | brønde |", "7 | pct. | Vandværket |")
        chart = "# Vand\n\nOm.\n\n~~~chart\ntype: bars\nheadline: Brønde\nfigures: [K1, K2]\n{}~~~\n\n"
        for own, said in (("", "Kilde: BBR; Vandværket."), ("source: kommunen\n", "Kilde: kommunen.")):
            text = self.pages(HEAD + chart.format(own) + figures)[0]
            self.assertEqual(re.findall("Kilde: [^.]*[.]", text)[0], said)

    CHART = "# Vand\n\nOm.\n\n~~~chart\ntype: bars\nheadline: Brønde\nlabels: [{}]\nfigures: [K1]\n{}~~~\n\n" + \
            "## Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed |\n|---|---|---|---|\n| K1 | Andel | 89 | pct. |\n"

    def test_the_whole_is_named_as_such(self):
        self.assertRegex(self.pages(HEAD + self.CHART.format("Trygge", ""))[0], "Trygge +I alt 100 pct[.]")
        english = HEAD.replace("title:", "language: en\ntitle:") + self.CHART.format("Safe", "").replace("pct.", "%")
        english = english.replace("Nøgletal", "Key figures", 1).replace("| Id | Nøgletal | Værdi | Enhed |", "| Id | Key figure | Value | Unit |")
        self.assertRegex(self.pages(english)[0], "Safe +100% in all")

    def test_it_is_left_out_where_it_has_no_room(self):
        name = "Trygge når de går hjem om aftenen efter mørkets frembrud i"
        chart = self.CHART.format(name, "width: half\n")
        beside = chart[chart.index("~~~"):chart.index("## ")]
        page = self.pages(HEAD + chart.replace("## ", beside + "## "))[0]
        self.assertIn("89 pct.", page)
        self.assertNotIn("100", page)


class StackedRecords(Parts):
    def test_all_numbers_are_of_one_size(self):
        """Also behind a word of precision, where one is too wide for the columns."""
        figures = FIGURES.replace("7 | brønde", "mellem 12.500.000 og 13.750.000 | kr.").replace("| mange | |", "| ca. 44 | rør |")
        self.pages(HEAD + "# Tema: A {#a}\n\nOm.\n\n" + figures, base="large-print")
        heights = {word: round(bottom - top) for _, _, top, _, bottom, word in words_with_places(self.pdf)}
        self.assertEqual(heights["12"], heights["44"])


class NarrowTiles(Parts):
    """In three columns of text."""
    REPORT = "# Tema: A {#a}\n\nOm.\n\n~~~tiles\nfigures: [K1, K2]\n~~~\n\n" + FIGURES.replace("12 | pct.", "ca. 12.000 | kr.").replace(
        "7 | brønde", "1.234.567.890 | kr.")

    def test_texts_stand_below_their_numbers(self):
        self.pages(HEAD + self.REPORT, "columns: {count: 3, gutter: 8mm}\nspan: [h1, lead, chart]\n")
        words = [word for page in range(1, pages_of(self.pdf) + 1) for _, _, word in words_at(self.pdf, page)]
        self.assertIn("huse", words)  # not letter by letter

    def test_a_number_that_is_parted_is_told(self):
        report = self.report(HEAD + self.REPORT)
        self.layout(report, "smal", "extends: committee-pack\ncolumns: {count: 3, gutter: 8mm}\nspan: [h1, lead, chart]\n")
        said = self.build(report, "-l", "smal").stderr
        self.assertRegex(said, r"report.md:\d+:15: warning: the number of 'K2' has no room in one line of a tile")
        self.assertNotIn("the number of 'K1'", said)


class Summaries(Parts):
    TILES = "# Kort fortalt\n\nOm.\n\n```tiles\nfigures: [K1, K2]\nsource: Vandet\n```\n\n# Vand\n\nTekst.\n\n"

    def test_tiles_say_where_all_figures_are(self):
        """With a link; not where these are no part, nor below tiles of another section."""
        told = "Alle nøgletal med forbehold: side"
        for parts, where in (("[summary, body, key-figures]", 1), ("[summary, body]", 0)):
            self.pages(HEAD + self.TILES + FIGURES, f"parts: {parts}\n")
            self.assertEqual(words_of(self.pdf).count(f"Kilde: Vandet. {told}"), where)
            self.assertEqual(tool("pdfinfo", "-dests", self.pdf).count("del-noegletal"), where)
        self.pages(HEAD + self.TILES.replace("# Kort fortalt", "# Luft") + FIGURES, "parts: [body, key-figures]\n")
        self.assertNotIn(told, words_of(self.pdf))


class TilesBelowEachOther(Parts):
    def test_none_is_alone_on_its_page(self):
        figures = FIGURES + "".join(f"| K{i} | Sted {i} | {i}00 | liter |\n" for i in range(4, 7))
        tiles = "```tiles\nfigures: [K1, K2, K4, K5, K6]\n```\n\n"
        split = set()
        for lines in range(1, 20):
            pages = self.pages(HEAD + "# Vand\n\n" + "Et afsnit om vand.\n\n" * lines + tiles + figures, base="large-print")
            numbers = [len(re.findall(r"^ *(?:12|7|[456]00) +(?:pct|brønde|liter)", part, re.M))
                       for part in "\f".join(pages).split("Alle nøgletal")[0].split("\f")]
            self.assertEqual(sum(numbers), 5)
            self.assertNotIn(1, numbers)
            split.add(tuple(n for n in numbers if n))
        self.assertGreater(len(split), 1, split)


class Booklets(Parts):
    def sides(self, paragraphs):
        self.pages(HEAD + "# Vand\n\n" + FILLER * paragraphs, base="committee-pack-booklet")
        return [words_at(self.pdf, page + 1) for page in range(pages_of(self.pdf))]

    def test_numbers_stand_at_the_outer_edges(self):
        for side in self.sides(6)[1:]:
            numbers = [x for x, y, word in side if word == "Side" and y > 540]
            self.assertTrue(numbers)
            for x in numbers:
                self.assertTrue(x < 100 or x > 740, x)

    def test_the_section_stands_at_the_outer_edges(self):
        """Above the number, so that thumbing through shows it; not where its title stands."""
        self.pages(head("short-title: Kort\n") + "# Vand\n\n" + FILLER * 8, base="committee-pack-booklet")
        outer, fold = [], []
        for page in range(1, pages_of(self.pdf) + 1):
            top = [(x, word) for x, y, word in words_at(self.pdf, page) if y < 36]
            outer += [x for x, word in top if word == "Vand"]
            fold += [x for x, word in top if word == "Kort"]
        self.assertGreater(len(outer), 4)
        self.assertTrue(all(x < 60 or x > 740 for x in outer), outer)
        self.assertTrue(all(300 < x < 520 for x in fold), fold)
        self.assertGreater(len(fold), len(outer))  # the page with the title has the other alone

    def test_a_blank_leaf_has_lines_to_write_on(self):
        wanted = {0: 0, 1: 2, 2: 1, 3: 0}
        seen = set()
        for paragraphs in range(4, 16):
            sides = self.sides(paragraphs)
            noted = sum(word == "Noter" for side in sides for _, _, word in side)
            pages = max(int(word) for side in sides for _, y, word in side if y > 540 and word.isdigit())
            self.assertEqual(noted, wanted[(pages - noted) % 4], pages)
            self.assertLess(4 * ((pages + 3) // 4) - pages, 2)  # at most the outside is blank
            seen.add((pages - noted) % 4)
        self.assertEqual(seen, set(wanted))

    def test_nothing_is_printed_too_small(self):
        """As it lies on the sheet, whatever that scales: the house's floor, but for raised marks of notes."""
        for report in sorted(DATA.iterdir()):
            self.build(report, "-l", "committee-pack-booklet")
            pdf = self.out / f"{report.name}-haefte.pdf"
            self.assertIn("(A4)", tool("pdfinfo", pdf))
            drawn = [(float(font.get("size")), "".join(char.get("c") for char in font.iter("char")))
                     for font in xml.fromstring(tool("mutool", "draw", "-q", "-F", "stext", pdf)).iter("font")]
            self.assertGreater(len(drawn), 40)
            self.assertEqual([text for size, text in drawn if size < 7.99 and not text.isdigit()], [], pdf.name)

    def test_facts_begin_their_lines_at_the_margin(self):
        """A period that has no room behind the others begins one, whole."""
        begun = 0
        for digits in range(30, 50, 4):
            self.pages(head(f"case-number: '{'1' * digits}'\nperiod: 2027-01-01/2027-12-31\n") + "Om vand.\n",
                       base="committee-pack-booklet")
            words = words_at(self.pdf, 1)
            left = min(x for x, y, word in words)
            for (_, above, last), (x, y, word) in zip(words, words[1:]):
                self.assertFalse(last == "–" and y > above)
                if word == "Periode" and y > above:
                    begun += 1
                    self.assertAlmostEqual(x, left, delta=0.1, msg=word)
        self.assertGreater(begun, 0)

    def test_the_last_entry_of_a_glossary_begins_no_page_alone(self):
        entry = "- **Ord{0:02}:** En forklaring, der er så lang, at den tager mere end én linje i stor skrift.\n"
        ends = set()
        for n in range(5, 17):
            self.build(self.report(HEAD + "# Tema: Vand {#vand}\n\nOm ord.\n\n# Ordliste\n\n" +
                                   "".join(entry.format(i) for i in range(n)) + "\n# Kilder\n\nAlt er fra Nord.\n"), "-l", "large-print")
            pages = [len(re.findall(r"Ord\d\d", page)) for page in text_of(self.out / "prove-stor-skrift.pdf").split("\f")]
            pages = [entries for entries in pages if entries]
            self.assertEqual(sum(pages), n)
            self.assertGreater(pages[-1], 1, pages)
            ends.add(len(pages))
        self.assertGreater(len(ends), 1)

    def test_a_glossary_says_on_later_pages_that_it_goes_on(self):
        entries = "".join(f"- **Ord{i:02}:** En forklaring på ordet.\n" for i in range(30))
        self.build(self.report(HEAD + "# Tema: Vand {#vand}\n\nOm ord.\n\n# Ordliste\n\n" + entries), "-l", "large-print")
        pages = [page for page in text_of(self.out / "prove-stor-skrift.pdf").split("\f") if re.search(r"Ord\d\d", page)]
        self.assertGreater(len(pages), 2)
        self.assertEqual(["Ordliste, fortsat" in page for page in pages], [False] + [True] * (len(pages) - 1))

    def test_a_glossary_follows_where_it_has_room(self):
        """Below recommendations, on their page while it has room there; else on the next, whole."""
        alone = below = 0
        for rows in range(1, 30, 4):
            said = "".join(f"{i}. **Luk brønd {i}.** Den er tør.\n   Oprindelse: udtalt\n" for i in range(1, rows + 1))
            terms = "".join(f"- **Ord {i}:** hvad det er.\n" for i in range(30))
            self.pages(head() + "## Anbefalinger\n\n" + said + "\n# Ordliste\n\n" + terms)
            texts = [words_of(self.pdf, "-f", page, "-l", page) for page in range(1, pages_of(self.pdf) + 1)]
            page = next(i for i, text in enumerate(texts) if "Ord 0" in text and "hvad det er" in text)
            self.assertIn("Ord 29", texts[page])
            follows = "Luk brønd" in texts[page]
            below += follows
            alone += not follows
        self.assertGreater(below, 0)
        self.assertGreater(alone, 0)

    def test_a_short_paper_has_no_cover(self):
        self.build(DATA / "indstilling-natbus", "-l", "committee-pack-booklet")
        first = words_of(self.out / "indstilling-natbus-haefte.pdf", "-f", 1, "-l", 1)
        self.assertIn("Natbus til havnebyen", first)
        self.assertIn("indstiller", first)


TWO = """2. **Luk en brønd.** Den er tør.
   Oprindelse: udtalt
   Grundlag: [vandet](#vand), [@K1]
"""
INTRODUCTION = "# Anbefalinger {#om-raadene}\n\nUdvalget vælger blandt rådene. Se [figuren](#vand).\n\n"


class Facts(Parts):
    def test_lines_of_a_value_begin_below_its_first_letter(self):
        """Also behind a label that takes more than a quarter of the line."""
        self.pages(HEAD + "# Vand\n\nTekst.\n\n## Besøg: Brønden {organisation=\"" + "Ordet " * 12 + "\"}\n\nTekst.\n",
                   base="large-print")
        lines = {}
        for x, y, word in words_at(self.pdf):
            if word == "Ordet":
                lines.setdefault(round(y), []).append(x)
        self.assertGreater(len(lines), 1)
        self.assertLess(max(map(min, lines.values())) - min(map(min, lines.values())), 0.1)


class Recommendations(Parts):
    def test_the_key_has_the_kinds_that_occur(self):
        self.pages(HEAD + "# Vand {#vand}\n\nOm.\n\n" + ADVICE + TWO + "\n" + FIGURES)
        said = words_of(self.pdf)
        self.assertIn("Behov: et udtalt ønske. Læring: udledt af sekretariatet.", said)
        self.assertNotIn("I gang:", said)

    def test_a_key_that_has_no_room_in_a_line_has_one_for_each_kind(self):
        third = "3. **Fyld brønden.** Den er tom.\n   Oprindelse: udtalt\n   Status: i gang\n"
        text = HEAD + "# Vand {#vand}\n\n## Besøg: Brønden\n\nVi så.\n\n" + ADVICE + TWO + third + "\n" + FIGURES
        for base, lines in (("committee-pack", 1), ("large-print", 3)):
            self.pages(text, base=base)
            at = [y for _, y, word in words_at(self.pdf) if word.startswith(("Behov:", "gang:", "Læring:"))]
            self.assertEqual((len(at), len(set(at))), (3, lines), base)

    def test_the_key_stands_again_where_the_layout_says_so(self):
        many = "".join(f"{i}. **Grav brønd nummer {i}.** Den gamle er tør, og naboerne har længe bedt om en ny.\n"
                       "   Oprindelse: udtalt\n   Grundlag: [vandet](#vand)\n" for i in range(2, 40))
        text = HEAD + "# Vand {#vand}\n\nOm.\n\n" + ADVICE + many + "\n" + FIGURES
        for again in ("true", "false"):
            pages = [page for page in self.pages(text, f"repeat-key: {again}\n") if "Anbefalinger til drøftelse, fortsat" in page]
            self.assertGreater(len(pages), 1)
            for page in pages:
                self.assertEqual("Behov: et udtalt ønske. Læring: udledt af sekretariatet." in page, again == "true")

    def test_what_all_share_is_in_the_head(self):
        for origin, head in (("udledt", "Anbefaling, udledt af sekretariatet"), ("udtalt", "Anbefaling, der er udtalt"),
                             ("udtalt af forvaltningen", "Anbefaling, udtalt af forvaltningen")):
            for base in ("committee-pack", "tablet"):
                self.pages(HEAD + "# Vand\n\nOm.\n\n" + ADVICE.replace("udledt", origin) + FIGURES, base=base)
                said = words_of(self.pdf)
                self.assertIn(head, said)
                for kind in ("Læring", "Behov"):
                    self.assertNotIn(kind, said)

    def test_who_said_it_stands_with_each_unless_it_is_one(self):
        by = TWO.replace("udtalt", "Udtalt af Køkkenet")
        head = HEAD + "# Vand {#vand}\n\nOm.\n\n"
        self.pages(head + ADVICE + by + "\n" + FIGURES)
        said = words_of(self.pdf)
        self.assertIn("Behov: fra Køkkenet. Læring:", said)
        self.assertNotIn("udtalt", said)
        other = "3. **Fyld brønden.** Den er tom.\n   Oprindelse: udtalt{}\n   Grundlag: [vandet](#vand)\n"
        for base in ("committee-pack", "tablet"):
            for who, name in ((" af brandvæsenet", ", udtalt af brandvæsenet"), ("", "")):
                self.pages(head + ADVICE + by + other.format(who) + "\n" + FIGURES, base=base)
                said = words_of(self.pdf)
                self.assertIn("Behov: et udtalt ønske. Læring:", said)
                self.assertIn("Behov, udtalt af Køkkenet", said)
                self.assertIn(f"Behov{name}", said)
                self.assertEqual(said.count("Behov,"), 2 if name else 1)
        self.pages(head + ADVICE.replace("udledt", "udtalt af bydelen") + by + "\n" + FIGURES)
        said = words_of(self.pdf)
        self.assertIn("Anbefaling, der er udtalt", said)
        self.assertIn("Udtalt af Køkkenet", said)
        self.assertIn("Udtalt af bydelen", said)
        self.assertNotIn("Behov", said)

    def test_what_is_under_way_is_a_kind(self):
        self.pages(HEAD + "# Vand {#vand}\n\nOm.\n\n" + ADVICE + "   Status: i gang\n" + TWO + "   Status: i gang\n\n" + FIGURES)
        said = words_of(self.pdf)
        self.assertIn("I gang: opgave, der løber. Læring:", said)
        self.assertIn("I gang Vandet, side 1", words_of(self.pdf, "-raw"))
        self.assertEqual(said.count("Status: i gang"), 1)  # of the lesson

    def test_what_the_report_says_of_them_stands_above_them_with_the_key_beside_it(self):
        text = HEAD + "# Vand {#vand}\n\nOm. Se [](#om-raadene).\n\n" + ADVICE + TWO + "\n" + FIGURES + "\n" + INTRODUCTION
        pages = self.pages(text)
        self.assertRegex(pages[-1], r"drøftelse\s+Udvalget vælger blandt rådene. Se figuren, side 1.\s+Behov: et udtalt ønske.")
        self.assertEqual("".join(pages).count("Udvalget vælger"), 1)
        self.assertNotIn("plain text", self.said)
        self.pages(text, base="tablet")  # has no side column
        self.assertRegex(words_of(self.pdf), "Se figuren, side 1. Behov: et udtalt ønske. Læring")
        bold = [text for text in tool("mutool", "draw", "-q", "-F", "stext", self.pdf).split("<font ")
                if "Bold" in text.split(">")[0]]
        said = ["".join(re.findall(r' c="(.)"', text)) for text in bold]
        self.assertEqual(said.count("Behov"), 2)  # in the key, and before its basis

    def test_without_any_it_is_a_section(self):
        self.assertIn("Udvalget vælger", "".join(self.pages(HEAD + "# Vand {#vand}\n\nOm.\n\n" + INTRODUCTION)))

    def test_figures_of_a_basis_are_printed_unless_they_stand_at_its_places(self):
        body = ("# Tema: Teams {#teams}\n\nEt team.\n\n## Køkkenet {#k}\n\nDer er [@A].\n\n### Ovnen {#o}\n\n~~~tiles\nfigures: [B, A]\n~~~\n\n"
                "## Besøg: Huset {#h}\n\n- Her er [@C].\n\n## Skabet {#s}\n\nx\n\n# Andet {#andet}\n\nDer er [@D].\n\n## Nøgletal\n\n"
                "| Id | Nøgletal | Værdi | Enhed |\n|---|---|---|---|\n" + "".join(f"| {i} | Tal {i} | {n} | dage |\n" for n, i in enumerate("ABCDE", 1)))
        for basis, said in (("[Køkkenet](#k), [@A], [@B], [@C]", ["Køkkenet", "Tal C (3 dage)"]),
                            ("[Ovnen](#o), [@B], [@A], [@D]", ["Ovnen", "Tal D (4 dage)"]),
                            ("[Huset](#h), [@C], [@A]", ["Huset", "Tal A (1 dage)"]),
                            ("[Skabet](#s), [@C]; [@D]", ["Skabet", "Tal C (3 dage)", "Tal D (4 dage)"]),
                            ("[Teams](#teams), [@A], [@C], [@D]", ["Teams", "Tal D (4 dage)"]),
                            ("[Andet](#andet), [@E]", ["Andet"]),  # its section's
                            ("[Huset](#h), [Køkkenet](#k), [@A], [@C]", ["Huset", "Køkkenet"]),
                            ("mødet, [@A]", ["Mødet", "Tal A (1 dage)"]),
                            ("[@A; @B]", ["Tal A (1 dage)", "Tal B (2 dage)"]),
                            ("[Huset](#h), [@A; @C; @D]", ["Huset", "Tal A (1 dage)", "Tal D (4 dage)"]),
                            ("[@A], [@B], mødet", ["Tal A (1 dage)", "Tal B (2 dage)", "Mødet"]),
                            ("[Køkkenet](#k), [@A], [@B], mødet", ["Køkkenet", "Mødet"]),
                            ("[@A], [@B]", ["Tal A (1 dage)", "Tal B (2 dage)"])):
            self.pages(HEAD + body + f"\n## Anbefalinger\n\n1. **Grav.**\n   Grundlag: {basis}\n")
            row = re.search(r"Grundlag.*? 1 Grav\. (.*?) (?:Ansvarlig, frist|Side \d)", words_of(self.pdf))
            self.assertEqual(re.sub(r", side \d", "", row[1]), " ".join(said), basis)

    def test_a_column_to_write_on_leaves_its_room_to_the_basis(self):
        """Where that makes rows lower: its line need only be as long as a pen needs."""
        advice = "".join(f"{i}. **{lead}** {text}\n   Grundlag: [Pris og spild](#vand)\n{given}" for i, (lead, text, given) in enumerate((
            ("Fortsæt forsøget i et år.", "Så er der tal for to skoleår, før byrådet beslutter sig.",
             "   Oprindelse: udledt\n   Ansvarlig: Skole og Fritid\n   Frist: 2026-08-10\n   Økonomi: kræver ressourcer\n"),
            ("Lav mindre mad om fredagen.", "Køkkenet kan nøjes med tre fjerdedele af en almindelig dag.",
             "   Oprindelse: udtalt\n   Ansvarlig: Køkkenet på Fjordskolen\n   Frist: 2026-08-17\n   Økonomi: inden for rammen\n"),
            ("Hold prisen på 22 kr. til sommeren 2027.", "En højere pris kan koste tilslutning.",
             "   Oprindelse: udledt\n   Økonomi: inden for rammen\n")), 1))
        self.pages(HEAD + "# Vand {#vand}\n\nOm.\n\n## Anbefalinger\n\n" + advice)
        lines = " / ".join(" ".join(line.split()) for line in text_of(self.pdf, "-raw").splitlines())
        self.assertEqual(lines.count("Pris og spild, side 1"), 3, lines)

    def test_their_own_section_names_no_group(self):
        own = INTRODUCTION + "## Anbefalinger\n\n" + "".join(
            f"{i}. **Grav nummer {i} her.**\n   Grundlag: [her](#vand)\n" for i in (1, 2)) + "\n"
        for base in ("committee-pack", "tablet"):
            self.pages(HEAD + "# Vand {#vand}\n\nOm.\n\n" + own, base=base)
            self.assertEqual(words_of(self.pdf).count("Anbefalinger"), 1)
            self.pages(HEAD + "# Vand {#vand}\n\nOm.\n\n" + ADVICE + FIGURES + "\n" + own, base=base)
            self.assertEqual(words_of(self.pdf).count("Anbefalinger"), 1)
            self.assertRegex(words_of(self.pdf), "Grav en brønd.*For hele rapporten 2 Grav nummer 1")

    def test_in_the_rows_where_no_section_has_two(self):
        one = "1. **Grav nummer {} her.**\n   Grundlag: [her](#s1)\n"
        two = "".join(f"# Sted {i} {{#s{i}}}\n\nx\n\n## Anbefalinger\n\n{one.format(i)}\n" for i in (1, 2))
        self.pages(HEAD + two)
        said = " ".join(tool("pdfinfo", "-struct-text", self.pdf).split())
        self.assertRegex(said, "Sted 1.{,40}Grav nummer 1 her")
        self.assertNotIn("ColSpan", said)
        self.pages(HEAD + two + one.replace("1.", "2.").format(3))
        self.assertIn("Grundlag Sted 1 1 Grav nummer 1 her.", words_of(self.pdf))
        self.assertIn("ColSpan", tool("pdfinfo", "-struct-text", self.pdf))

    def test_a_date_stands_on_one_line(self):
        rows = "".join(f"{i}. **Grav en meget dyb brønd nummer {i} ved vejen.** Den giver vand til alle huse ved vejen.\n"
                       "   Grundlag: [stedet for brønden](#vand)\n   Ansvarlig: Beskæftigelsesforvaltningen\n"
                       "   Frist: 2027-09-30\n   Økonomi: kræver ressourcer\n" for i in range(1, 4))
        self.pages(HEAD + "# Vand {#vand}\n\nOm.\n\n## Anbefalinger\n\n" + rows)
        lines = {y for x, y, word in words_at(self.pdf) if word in ("30.", "september", "2027")}
        self.assertEqual(len(lines), 3)

    def test_each_place_has_a_line_of_its_own(self):
        places = "".join(f"# {name} {{#{name[:2].lower()}}}\n\nOm.\n\n" for name in ("Vand", "Brønde og rør", "Huse"))
        self.pages(HEAD + places + "## Anbefalinger\n\n1. **Grav.** En brønd.\n"
                   "   Grundlag: [vand](#va), [brønde og rør](#br); [huse](#hu)\n   Frist: 2027-12-31\n")
        found = [(y, word) for _, y, word in words_at(self.pdf) if word in ("Vand,", "Brønde", "rør,", "Huse,")][-4:]
        self.assertEqual([word for _, word in found], ["Vand,", "Brønde", "rør,", "Huse,"])
        self.assertEqual(len({y for y, _ in found}), 3)
        self.assertNotIn(";", words_of(self.pdf))

    def test_a_figure_has_its_name(self):
        self.pages(HEAD + "# Vand\n\nOm.\n\n" + ADVICE + FIGURES)
        self.assertIn("Huse med vand (12 pct.)", words_of(self.pdf))

    def test_and_no_unit_that_its_name_says(self):
        self.pages(HEAD + "# Vand\n\nOm.\n\n" + ADVICE + FIGURES.replace("Huse med vand", "Vandhuse med tag").replace("pct.", "huse"))
        self.assertIn("12 vandhuse med tag, side 2", words_of(self.pdf))

    def test_whose_number_stands_first_where_its_first_word_is_what_is_counted(self):
        for name, unit, said in (("Huse, der står", "huse", "12 huse, der står, side 2"), ("It-systemer", "systemer", "12 it-systemer,"),
                                 ("EU-borgere", "borgere", "12 EU-borgere,"), ("BUPL-børn", "børn", "12 BUPL-børn,"),
                                 ("Sundby-borgere", "borgere", "12 Sundby-borgere,"), ("Tomme pladser", "pladser", "Tomme pladser (12),"),
                                 ("Londonere", "Londonere", "12 Londonere,"), ("Øer i fjorden", "øer i", "12 øer i fjorden,")):
            self.pages(HEAD + "# Vand\n\nOm.\n\n" + ADVICE + FIGURES.replace("Huse med vand", name).replace("pct.", unit))
            self.assertIn(said, words_of(self.pdf))
        self.pages(HEAD + "# Vand\n\nOm.\n\n" + ADVICE + FIGURES.replace("Huse med vand", "Vandhuse").replace("12 | pct.", "ukendt | huse"))
        self.assertIn("Vandhuse (ukendt)", words_of(self.pdf))

    def test_a_record_says_so_behind_a_colon(self):
        for figures, said in ((FIGURES, "Grundlag: Huse med vand (12 pct.),"), (FIGURES.replace("pct.", "huse"), "Grundlag: 12 huse med vand,")):
            self.pages(HEAD + "# Vand\n\nOm.\n\n" + ADVICE + figures, base="tablet")
            self.assertIn(said, words_of(self.pdf))

    def test_and_its_page_where_that_is_another(self):
        text = HEAD + "# Vand\n\nOm.\n\n" + ADVICE + FIGURES
        self.pages(text)
        self.assertIn("Huse med vand (12 pct.), side 2", words_of(self.pdf))
        self.pages(text, base="notat")
        self.assertIn("Huse med vand (12 pct.)", words_of(self.pdf))
        self.assertNotIn("12 pct.), side", words_of(self.pdf))

    def test_but_not_behind_words(self):
        self.pages(HEAD + "# Vand\n\nOm.\n\n" + ADVICE.replace("[@K1]", "andelen er [@K1]") + FIGURES)
        self.assertIn("Andelen er 12 pct.", words_of(self.pdf))

    def test_one_sentence_for_what_is_not_given(self):
        self.pages(HEAD + "# Vand\n\nOm.\n\n" + ADVICE + FIGURES)
        self.assertIn("Ansvarlig, frist og økonomi er ikke oplyst for noget punkt.", words_of(self.pdf))
        self.pages(HEAD + "# Vand\n\nOm.\n\n" + ADVICE + "   Frist: 2027-01-01\n   Ansvarlig: Byen\n\n" + FIGURES)
        self.assertIn("Økonomi er ikke oplyst for noget punkt.", words_of(self.pdf))

    def test_the_economy_stands_below_a_proposal_that_its_column_would_squeeze(self):
        given = ("   Frist: 2027-12-31\n   Ansvarlig: Beskæftigelsesforvaltningen\n", "   Økonomi: inden for rammen\n")
        self.pages(HEAD + "# Vand\n\nOm.\n\n" + ADVICE + given[0] + given[1] + "\n" + FIGURES)
        said = words_of(self.pdf)
        self.assertRegex(said, r"Ansvarlig Frist Grav .*Den giver vand. Økonomi: inden for rammen")
        self.assertNotIn("ikke oplyst", said)
        self.pages(HEAD + "# Vand\n\nOm.\n\n" + ADVICE + given[1] + "\n" + FIGURES)
        self.assertIn("Grundlag Økonomi Grav", words_of(self.pdf))
        self.assertNotIn("Økonomi:", words_of(self.pdf))

    def test_and_so_in_each_briefing(self):
        theme = "# Tema: {0} {{#{0}}}\n\nOm.\n\n" + ADVICE
        self.build(self.report(HEAD + theme.format("vand") +
                               "   Frist: 2027-12-31\n   Ansvarlig: Beskæftigelsesforvaltningen\n   Økonomi: inden for rammen\n\n" +
                               theme.format("luft") + "   Økonomi: kræver ressourcer\n\n" + FIGURES), "-l", "theme-briefing")
        for theme, economy in (("vand", "inden for rammen"), ("luft", "kræver ressourcer")):
            self.assertIn(f"Økonomi: {economy}", words_of(self.out / f"prove-{theme}.pdf"))

    def test_a_table_that_goes_on_says_so(self):
        many = "".join(f"{i}. **Gør nummer {i} for byen.** Det koster.\n   Grundlag: [vand](#vand)\n" for i in range(1, 31))
        pages = self.pages(HEAD + "# Vand {#vand}\n\n" + "## Anbefalinger\n\n" + many)
        self.assertIn("Anbefalinger til drøftelse, fortsat", pages[-1])
        sizes = {}  # of each font's text: the title as a heading, and the rest as large as the text
        for font in xml.fromstring(tool("mutool", "draw", "-q", "-F", "stext", self.pdf)).iter("font"):
            sizes["".join(char.get("c") for char in font.iter("char")).strip()] = float(font.get("size"))
        self.assertAlmostEqual(sizes["Anbefalinger til drøftelse,"], 15, delta=0.1)
        self.assertAlmostEqual(next(size for text, size in sizes.items() if text.startswith("fortsat fra side")),
                               10.5, delta=0.1)
        self.assertNotIn("fortsat", tool("pdfinfo", "-struct-text", self.pdf))

    def test_proposals_have_the_most_room(self):
        advice = ADVICE.replace("vand.", "vand til alle huse ved vejen, også dem, der ligger langt fra åen.")
        long = advice + "   Ansvarlig: Beskæftigelsesforvaltningen\n   Frist: når budgettet er vedtaget\n\n"
        for base, stacked in (("committee-pack", False), ("tablet", True)):
            self.pages(HEAD + "# Vand\n\nOm.\n\n" + long + FIGURES, base=base)
            left = {word.rstrip(","): x for x, _, word in words_at(self.pdf)}
            if stacked:
                self.assertEqual(left["Grundlag:"], left["Anbefaling"])  # no column: the words of a record say what they are
            else:
                edges = [left[head] for head in ("Anbefaling", "Grundlag", "Ansvarlig", "Frist")]
                widths = [b - a for a, b in zip(edges, edges[1:])]
                self.assertGreater(widths[0], max(widths[1:]))

    def test_eight_proposals_share_a_page(self):
        """Half a line is free between two of them, no more."""
        self.build(ROOT / "data" / "budgetorientering-2027", "-l", "committee-pack")
        self.assertNotIn("Anbefalinger til drøftelse, fortsat", words_of(self.out / "budgetorientering-2027-pakke.pdf"))

    def test_an_overview_of_statuses_that_differ(self):
        two = ADVICE + "   Status: i gang\n2. **Grav en til.**\n   Grundlag: [@K2]\n3. **Grav igen.**\n   Grundlag: [@K2]\n"
        self.pages(HEAD + "# Vand\n\nOm.\n\n" + two + "\n" + FIGURES)
        self.assertNotIn("Overblik efter status", words_of(self.pdf))
        self.pages(HEAD + "# Vand\n\nOm.\n\n" + two + "   Status: afsluttet\n\n" + FIGURES)
        self.assertIn("Overblik efter status", words_of(self.pdf))
        self.assertNotIn("ikke oplyst 1", words_of(self.pdf))


class Handouts(Parts):
    def sheet(self, *parts, front=HEAD):
        self.pages(front + "# Tema: Vand {#vand}\n\nOm vand.\n\n" + "".join(parts), base="handout")
        return words_of(self.pdf)

    def test_key_figures_become_tiles(self):
        said = self.sheet("De har [@K2].\n\n", FIGURES)
        self.assertIn("7 12 pct. brønde huse med vand", said)  # side by side
        self.assertNotIn("mange", said)

    def test_a_small_table_stands_for_a_chart(self):
        rows = "".join(f"| Sted {i} | {i} |\n" for i in range(4))
        said = self.sheet("| Sted | Antal |\n|---|---|\n" + rows + "\nTabel: Steder {#steder}\n")
        self.assertIn("Sted 3 3", said)

    def test_a_table_that_takes_a_page_goes(self):
        rows = "".join(f"| Sted {i} {'ord ' * 60}| {i} |\n" for i in range(9))
        advice = "".join(f"{i}. **Gør nummer {i} for byen.**\n   Grundlag: [vand](#vand)\n" for i in range(1, 9))
        said = self.sheet("| Sted | Antal |\n|---|---|\n" + rows + "\nTabel: Steder {#steder}\n\n## Anbefalinger\n\n", advice)
        self.assertNotIn("Sted 3", said)
        self.assertEqual(pages_of(self.pdf), 1)

    def test_else_what_it_is_about(self):
        said = self.sheet("## Rør\n\nDe er lange. De er dyre.\n\n## Pumper\n\n- en\n")
        self.assertIn("Det handler det om 1 Rør: De er lange. De er dyre. 2 Pumper: en", said)

    def test_whole_sentences_of_it(self):
        said = self.sheet("## Rør\n\nDe er lange. Her er de:\n\n- et\n\n## Pumper\n\n" + "De pumper vand op. " * 30 +
                          "\n\n### Store\n\n- En stor. Den larmer.\n- En til\n")
        self.assertRegex(said, r"1 Rør: De er lange\. 2 Pumper: (De pumper vand op\. ){16}3 Store: En stor; En til")

    def test_none_is_made_of_a_lead(self):
        report = self.report(HEAD + "# Tema: Vand {#vand}\n\nOm vand.\n")
        done = self.build(report, "-l", "handout")
        self.assertIn("'Vand' has nothing but its title and lead for the layout 'handout'", done.stderr)
        self.assertEqual(self.made(), [])

    def test_a_theme_with_too_long_a_table_is_told_so(self):
        for rows, told in ((13, True), (12, False)):
            table = "| a | b |\n|---|---|\n" + "| x | y |\n" * rows
            done = self.build(self.report(HEAD + "# Tema: Vand\n\nOm vand.\n\n" + table), "-l", "handout")
            self.assertEqual("the table of 'Vand' is too long for the layout 'handout'" in done.stderr, told)
            self.assertEqual("8:1: note: it has 13 rows; at most 12 are shown" in done.stderr, told)
            self.assertNotIn("nothing but its title", done.stderr)
            self.assertEqual(len(self.made()), not told)

    def test_a_sheet_has_the_notes_and_the_source_of_its_table(self):
        for text in ("Tabel: Spild\n\n| Spild |\n|---|\n| 7 |\n\nNote: Kun køkkenet.\n\n", "| Spild |\n|---|\n| 7 |\n\nTabel: Spild\n\nNote: Kun køkkenet.\n\nKilde: Byen\n\n"):
            said = self.sheet("## Rør\n\nDe er lange.\n\n" + text + "Og mere tekst her.\n\n")
            self.assertIn("Note: Kun køkkenet.", said)
            self.assertEqual("Kilde: Byen" in said, "Kilde" in text)
            self.assertNotIn("Og mere tekst", said)

    def test_a_sheet_has_the_table_that_says_what_it_is(self):
        plain, listed, named = ("| Plan |\n|---|\n| x |\n\n", "1. Mel\n\n   | Tid |\n   |---|\n   | 1 |\n\n",
                                "| Spild |\n|---|\n| 7 |\n\nTabel: Spild i køkkenet\n\n")
        for text, shown in ((listed + plain + named, "Spild"), (listed + plain, "Plan"), (listed, None), (listed + named, "Spild")):
            said = self.sheet("## Rør\n\nDe er lange.\n\n" + text)
            self.assertEqual([word for word in ("Tid", "Plan", "Spild") if word in said.split()], [shown] if shown else [], text)

    def test_a_sheet_without_its_long_table_says_so(self):
        long, short = ("## Rør\n\n| a | b |\n|---|---|\n" + "| x | y |\n" * rows + "\n" for rows in (13, 2))
        for text, told in ((long, True), (short, False), (short + long, False), ("> [!LÆRING]\n> Ja.\n\n" + long, False)):
            done = self.build(self.report(HEAD + "# Tema: Vand\n\nOm vand.\n\n" + text), "-l", "handout")
            self.assertEqual("warning: the layout 'handout' shows no table of more than 12 rows" in done.stderr, told, text)

    def test_the_contact_is_small_and_at_the_foot(self):
        self.sheet("## Rør\n\nDe er lange.\n", front=head(SENDER))
        bottoms = [float(line.split('yMax="')[1].split('"')[0])
                   for line in text_of(self.pdf, "-bbox").split("\n") if ">post@by.dk<" in line]
        self.assertGreater(max(bottoms), 740)
        self.assertEqual(len(Structure(self.pdf).of("H2")), 1)  # "Det handler det om"

    def test_it_says_what_it_is(self):
        said = self.sheet("## Rør\n\nDe er lange.\n", front=head("genre: Opdigtet\n"))
        self.assertIn("Opdigtet · Tema 1 på ét ark", said)


class Briefings(Parts):
    def briefing(self, text, front=HEAD):
        return self.pages(front + "# Tema: Vand {#vand}\n\n" + text, base="theme-briefing")

    def test_they_say_what_they_are_part_of(self):
        self.assertIn("Afrapportering: Kort · Tema 1",
                      self.briefing("Om.\n", head("genre: Afrapportering\n", "short-title: Kort\n"))[0].replace("\u00a0", " "))

    def test_short_parts_begin_no_page(self):
        pages = self.briefing("x\n\n" + "Et afsnit om vand.\n\n" * 3 + ADVICE + FIGURES)
        self.assertEqual(len(pages), 1)

    def test_a_dozen_figures_begin_no_page(self):
        more = "".join(f"| K{i} | Brønde i gade {i} | {i} | brønde |\n" for i in range(4, 14))
        pages = self.briefing("x\n\n" + "Et afsnit om vand.\n\n" * 3 + FIGURES.rstrip("\n") + "\n" + more)
        self.assertEqual(len(pages), 1)

    def test_a_contact_is_not_alone(self):
        for lines in range(18, 34):
            pages = self.briefing("x\n\n" + "Et afsnit om vand.\n\n" * lines, head(SENDER))
            if len(pages) > 1:
                break
        self.assertIn("Et afsnit", pages[-1])


class Questions(Parts):
    BOX = "> [!SEKRETARIAT] Hvilket navn\n> Kilden siger GB. Hvad skal stå? Og hvornår?\n\n"

    def test_what_is_asked_and_where(self):
        self.pages(head("status: draft\n") + "# Vand\n\nOm.\n\n" + self.BOX)
        said = words_of(self.pdf)
        table = said[said.index("Skal afklares"):]
        self.assertIn("1 Hvilket navn Hvad skal stå? Og hvornår? 1", table)
        self.assertNotIn("Kilden siger", table)
        self.assertNotIn("side 1", table)

    def test_few_begin_no_page(self):
        """But below recommendations that leave room for them."""
        for questions, follows in ((1, True), (8, True), (9, False)):
            pages = self.pages(head("status: draft\n") + "# Tema: Vand {#vand}\n\nOm.\n\n" + self.BOX * questions +
                               ADVICE.replace("[@K1]", "[vandet](#vand)"))
            page = next(page for page in pages if "Skal afklares" in page)
            self.assertEqual("Grav en brønd" in page, follows, questions)


if __name__ == "__main__":
    unittest.main()
