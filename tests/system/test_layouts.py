"""Layouts: what is listed, and where they are found."""
import json
import os
import re
import shutil
import xml.etree.ElementTree as xml

from support import LONDON, ROOT, SMALL, Case, Structure, pages_of, run, text_of, tool, words_at, words_of

OWN = "extends: theme-briefing\ndescription: Vores egen.\noutput: \"egen-{theme}.pdf\"\n"


class Listing(Case):
    def setUp(self):
        super().setUp()
        self.config = self.folder / "config"
        self.of_user = self.config / "briefpack" / "layouts"
        self.of_user.mkdir(parents=True)
        self.environment = {**os.environ, "XDG_CONFIG_HOME": str(self.config)}

    def listed(self, *arguments, status=0):
        done = run("layouts", "--json", *arguments, env=self.environment)
        self.assertEqual(done.returncode, status, done.stderr)
        return json.loads(done.stdout)

    def test_every_layout_of_the_project_has_a_description(self):
        found = {one["name"]: one for one in self.listed() if one["folder"] == str(ROOT / "layouts")}
        self.assertEqual(sorted(found), sorted(path.stem for path in (ROOT / "layouts").glob("*.yaml")))
        for one in found.values():
            self.assertTrue(one["description"], one["name"])
        pack = found["committee-pack"]
        self.assertEqual((pack["for-each"], pack["extends"], pack["edition"], pack["sheets"]),
                         ("report", "house", "open", "none"))
        self.assertEqual(pack["paper"], {"name": "A4", "width": 210, "height": 297})
        self.assertEqual(found["closed-pack"]["edition"], "closed")
        booklet = found["committee-pack-booklet"]
        self.assertEqual((booklet["sheets"], booklet["paper"]["name"], booklet["sheet-paper"]),
                         ("booklet", "A5", {"width": 210, "height": 297}))
        self.assertNotIn("sheet-paper", pack)
        self.assertEqual(found["theme-briefing"]["for-each"], "theme")
        self.assertNotIn("for-each", found["house"])

    def test_folders_come_in_the_order_in_which_they_are_searched(self):
        report = self.report(SMALL)
        self.layout(report, "theme-briefing", OWN)
        (self.of_user / "theme-briefing.yaml").write_text(OWN)
        (self.of_user / "mine.yaml").write_text("extends: theme-briefing\n")
        found = self.listed(report)
        named = [one for one in found if one["name"] == "theme-briefing"]
        self.assertEqual([one["folder"] for one in named],
                         [str(report / "layouts"), str(self.of_user), str(ROOT / "layouts")])
        self.assertNotIn("hidden-by", named[0])
        self.assertEqual({one["hidden-by"] for one in named[1:]}, {named[0]["file"]})
        # What hides another may extend it, through all of them.
        self.assertEqual([one["output"] for one in named], ["egen-{theme}.pdf"] * 2 + ["{report}-{theme}.pdf"])
        text = run("layouts", report, env=self.environment).stdout
        self.assertIn(f"{report}/layouts:\n  theme-briefing", text)
        self.assertEqual(text.count("hidden by"), 2)
        self.assertIn("Vores egen.", text)
        danish = run("layouts", "--lang=da", report, env=self.environment).stdout
        self.assertIn("skjules af", danish)

    def test_the_first_that_is_found_is_built(self):
        report = self.report(SMALL)
        (self.of_user / "theme-briefing.yaml").write_text(OWN.replace("egen-", "bruger-"))
        self.build(report, "-l", "theme-briefing", env=self.environment)
        self.assertEqual(self.made(), ["bruger-vand.pdf"])
        self.layout(report, "theme-briefing", OWN)
        self.clear()
        self.build(report, "-l", "theme-briefing", env=self.environment)
        self.assertEqual(self.made(), ["egen-vand.pdf"])

    def test_what_is_wrong_is_told_and_the_rest_is_listed(self):
        report = self.report(SMALL)
        self.layout(report, "wrong", "extends: theme-brifing\n")
        done = run("layouts", report)
        self.assertEqual(done.returncode, 1)
        self.assertIn("wrong.yaml:1:10: error: there is no layout 'theme-brifing'", done.stderr)
        self.assertIn("did you mean 'theme-briefing'?", done.stderr)
        self.assertRegex(done.stdout, "wrong +has errors")
        self.assertIn("committee-pack", done.stdout)
        self.assertEqual(run("layouts", self.folder / "none").returncode, 3)
        self.assertEqual(run("layouts", report, report).returncode, 2)

    def test_pale_text_keeps_a_layout_from_being_used(self):
        report = self.report(SMALL)
        self.layout(report, "pale", "extends: committee-pack\nstyles:\n  kicker: {colour: secondary}\n")
        done = self.build(report, "-l", "pale", status=1)
        self.assertIn("pale.yaml:3:20: error: the style 'kicker' has a contrast of 3.39 on the page and needs 4.5",
                      done.stderr)
        self.assertIn('hint: the nearest darker colour of text with enough is "#497f7d"', done.stderr)
        self.layout(report, "pale", 'extends: committee-pack\nstyles:\n  kicker: {colour: "#497f7d"}\n')
        self.build(report, "-l", "pale")
        self.assertEqual(pages_of(self.out / "prove-pakke.pdf"), 1)


FACTS = """---
title: Prøve af felter
short-title: Felter
committee: Socialudvalget
date: 2026-03-02
case-number: "2026-17"
document-number: "9"
version: "2"
status: draft
meeting: {date: 2026-03-12, item: "4"}
sender: {organisation: Byen, unit: Forvaltningen, phone: "33 17 33 17", email: post@example.dk, ean: "5798009683052"}
---
"""
# A theme with key figures, whose rows follow.
COUNTED = FACTS + ("# Tema: A {#a}\n\nOm a.\n\n## Nøgletal\n\n"
                   "| Id | Nøgletal | Værdi | Enhed |\n|---|---|---|---|\n")
LONG = "# Tema: Vand {#vand}\n\nIndledning.\n\n" + "\n\n".join(
    " ".join(f"ord{part}x{i}" for i in range(90)) for part in range(33)) + "\n"


class Pages(Case):
    def made_by(self, text, layout):
        report = self.report(text)
        self.layout(report, "mine", 'extends: committee-pack\noutput: "mine.pdf"\n' + layout)
        self.build(report, "-l", "mine")
        return self.out / "mine.pdf"

    def test_charts_and_spaces_are_closer_only_on_pages_that_need_it(self):
        section = ("## Om{0}\n\n| Ret | Antal |\n|---|---|\n" + "".join(f"| Fisk{i} | {i} |\n" for i in range(1, 6)) +
                   "\nTabel: Fisk {{#t{0}}}\n\n~~~chart\ntype: columns\nheadline: Top{0}\nfrom: t{0}\nsource: Bund{0}\n~~~\n\n")
        words = "Her står en linje i et afsnit, som er så lang som målet tillader den. "
        pages = set()
        for lines in range(4, 40, 2):
            pdf = self.made_by(FACTS + "# Tema: A {#a}\n\n" + section.format(1) + words * lines + "\n\n" +
                               section.format(2) + section.format(3), "parts: [body]\n")
            for page in range(1, pages_of(pdf) + 1):
                at = {word.strip("."): y for _, y, word in words_at(pdf, page)}
                whole = [i for i in "123" if f"Om{i}" in at and at[f"Om{i}"] < at.get(f"Bund{i}", 0)]
                if len(whole) == 1:
                    i, end = whole[0], max(y for y in at.values() if y < 770)
                    chart, section_above = at[f"Bund{i}"] - at[f"Top{i}"], at[f"Top{i}"] - at[f"Om{i}"]
                    pages.add((round(chart), round(section_above), 747 - end))
        charts, most = (max(page[i] for page in pages) for i in (0, 1))
        for chart, above, white in pages:
            self.assertLess(white, charts - chart + most - above + 15 if (chart, above) != (charts, most) else 800, pages)
        self.assertEqual({(chart == charts, above == most) for chart, above, _ in pages},
                         {(False, False), (True, False), (True, True)})

    def test_charts_are_lower_where_that_saves_a_page(self):
        table = "| Navn | Antal |\n|---|--:|\n| Nord | 12 |\n| Syd | 17 |\n\nTabel: Antal {#antal}\n"
        chart = "\n~~~chart\ntype: columns\nheadline: Figur nummer %d\nfrom: antal\nsource: Kilden\n~~~\n"
        text = FACTS + "# Tema: Vand {#vand}\n\n" + table + "".join(chart % i for i in range(3))
        pages, plots = {}, {}
        for charts in (1, 0.6):
            layout = f"parts: [body]\nlast-page: {{little: 0.4, leading: 1, space: 1, rows: 1, charts: {charts}}}\n"
            pdf = self.made_by(text, layout)
            pages[charts] = pages_of(pdf)
            words = [(page, y, word) for page in range(1, pages[charts] + 1) for _, y, word in words_at(pdf, page)]
            values = [(page, y) for page, y, word in words if word == "17"][1:]
            sources = [(page, y) for page, y, word in words if word == "Kilde:"]
            heads = [(page, y) for page, y, word in words if word == "nummer"]
            self.assertEqual((len(values), len(heads), len(sources)), (3, 3, 3))
            for head, value, source in zip(heads, values, sources):
                self.assertEqual(head[0], source[0])
                self.assertLess(head[1], value[1])
                self.assertLess(value[1], source[1])
                plots.setdefault(charts, []).append(round(source[1] - value[1]))
        self.assertEqual(pages, {1: 2, 0.6: 1})
        self.assertEqual(len(set(plots[1])), 1)
        self.assertEqual(len(set(plots[0.6])), 1)
        self.assertLess(plots[0.6][0], plots[1][0] - 10)

    def test_left_hand_pages_are_mirrors(self):
        pdf = self.made_by(FACTS + LONG, "parts: [body]\ntwo-sided: true\nmargins: {inner: 100, outer: 50}\n"
                           "foot: {left: ['inde'], middle: ['midt'], right: ['{page} af {pages}']}\n")
        pages = pages_of(pdf)
        self.assertGreater(pages, 3)
        for page in range(1, pages + 1):
            words = words_at(pdf, page)
            body = min(x for x, _, word in words if word.startswith("ord"))
            foot = {word: x for x, _, word in words}
            self.assertAlmostEqual(body, 100 if page % 2 else 50, delta=1)
            self.assertEqual(foot["inde"] < foot["midt"] < foot[str(pages)], page % 2 == 1)
            self.assertIn(f"{page} af {pages}", words_of(pdf, "-f", page, "-l", page))
        self.assertEqual(tool("qpdf", "--check", pdf).count("No syntax"), 1)

    def test_facts_stand_in_the_same_places_on_covers_and_letterheads(self):
        text = FACTS.replace("status: draft", "period: 2026-01-01/2026-12-31") + "# Tema: Vand {#vand}\n\nOm vand.\n"
        facts = ("Sagsnr.", "Dokumentnr.", "Periode", "Mødedato", "Dagsordenspunkt", "Version", "januar")
        found = []
        for first in ("cover", "letterhead"):
            pdf = self.made_by(text, f"parts: [{first}, body]\ncover: {{least-pages: 1}}\n")
            found.append(sorted(at for at in words_at(pdf, 1) if at[2] in facts and at[1] < 230))
        self.assertEqual(*found)
        self.assertEqual(len(found[0]), len(facts), found)

    def test_the_date_is_level_with_the_addressee(self):
        """Though it is smaller: on one baseline."""
        self.build(ROOT / "data" / "indstilling-natbus", "-l", "indstilling")
        lines = {}
        for char, y in re.findall(r'unicode="(.)"[^>]* y="([\d.]+)"',
                                  tool("mutool", "trace", self.out / "indstilling-natbus.pdf", "1")):
            lines[y] = lines.get(y, "") + char
        self.assertIn("TilTrafikudvalget16.november2026", [line.replace(" ", "").replace("\xa0", "")
                                                           for line in lines.values()])

    def test_first_lines_of_a_proposal_and_its_basis_are_on_one_line(self):
        """Though the basis is smaller; also below the section that a row says over them."""
        for report, proposal in (
                (LONDON, "Vurder, om reformer opdeler København.Læring"),
                (ROOT / "data" / "budgetorientering-2027", "Prøv mellemformer på fire skoler.Hver tiende elev")):
            self.build(report, "-l", "committee-pack")
            pdf = self.out / f"{report.name}-pakke.pdf"
            page = next(page for page in range(pages_of(pdf), 0, -1)
                        if proposal[:12] in text_of(pdf, "-f", page, "-l", page))
            lines = {}
            for char, y in re.findall(r'unicode="(.)"[^>]* y="([\d.]+)"', tool("mutool", "trace", pdf, str(page))):
                lines[round(float(y))] = lines.get(round(float(y)), "") + char
            self.assertTrue(any(proposal.replace(" ", "") in line.replace(" ", "") for line in lines.values()), lines)

    def test_many_themes_stand_in_rows_of_a_line_on_the_cover(self):
        for many, listed in ((16, True), (60, False)):
            themes = "".join(f"# Tema: Navn{i}x\n\nOm.\n\n" for i in range(1, many + 1))
            pdf = self.made_by(FACTS + themes, "parts: [cover, body]\ncover: {least-pages: 1}\n")
            at = [y for _, y, word in words_at(pdf, 1) if re.fullmatch(r"Navn\d+x", word)]
            self.assertEqual(len(at), many if listed else 0)
        self.assertTrue(all(abs(b - a - 15) < 0.1 for a, b in zip(at, at[1:])), at)

    def test_a_briefing_says_that_it_has_the_numbers_of_the_pack(self):
        table = "# Tema: {0} {{#{0}}}\n\nOm.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\nTabel: Om {0}\n\n"
        self.build(self.report(FACTS + table.format("et") + table.format("to") + "# Tema: tre {#tre}\n\nOm.\n"))
        told = {name: "Tabeller har numre som i pakken." in words_of(self.out / f"prove-{name}.pdf", "-l", 1)
                for name in ("pakke", "et", "to", "tre")}
        self.assertEqual(told, {"pakke": False, "et": False, "to": True, "tre": False})

    def test_above_its_proposals_too(self):
        """Where they don't begin at 1."""
        one = "# Tema: {0} {{#{0}}}\n\nOm.\n\n## Anbefalinger\n\n1. **Gør {0}.** Nu.\n   Grundlag: [{0}](#{0})\n\n"
        self.build(self.report(FACTS + one.format("et") + one.format("to").replace("1. **", "2. **")))
        told = {name: "Anbefalinger har numre som i pakken. Nr." in words_of(self.out / f"prove-{name}.pdf")
                for name in ("pakke", "et", "to")}
        self.assertEqual(told, {"pakke": False, "et": False, "to": True})

    def test_what_a_briefing_needs_to_be_read_alone(self):
        """Beside its title, beside its lead where that goes over all columns, or below it where no column is beside the text; not in
        the pack."""
        head = FACTS.replace("status: draft", "briefing-note: Minus er en besparelse.")
        report = self.report(head + "# Tema: et {#et}\n\nManchet.\n\nTekst.\n")
        self.build(report)
        self.assertNotIn("Minus er", words_of(self.out / "prove-pakke.pdf"))
        at = {word: (x, y) for x, y, word in words_at(self.out / "prove-et.pdf", 1)}
        self.assertGreater(at["Minus"][0], at["Manchet."][0] + 300)
        self.assertTrue(at["Tema"][1] < at["Minus"][1] < at["Manchet."][1], at)
        self.build(self.report(head + "# Tema: Socioøkonomiske virksomheder og deres vilkår {#to}\n\nManchet.\n", "to"))
        at = {word: (x, y) for x, y, word in words_at(self.out / "to-to.pdf", 1)}
        self.assertGreater(at["Minus"][0], at["Manchet."][0] + 300)
        self.assertAlmostEqual(at["Minus"][1], at["Manchet."][1], delta=8)
        self.layout(report, "smal", 'extends: tablet\nfor-each: theme\noutput: "smal-{theme}.pdf"\nparts: [letterhead, body]\n')
        self.build(report, "-l", "smal")
        at = {word: y for _, y, word in words_at(self.out / "smal-et.pdf", 1)}
        self.assertTrue(at["et"] < at["Minus"] < at["Manchet."], at)

    def test_a_period_stands_on_one_line_of_a_narrow_cover(self):
        text = FACTS.replace("status: draft", "period: 2026-01-01/2026-12-31") + "# Et\n\nTekst.\n"
        self.build(self.report(text), "-l", "tablet")
        at = {word: y for _, y, word in words_at(self.out / "prove-tablet.pdf", 1)}
        self.assertEqual(at["Periode"], at["december"])

    def test_a_lead_stands_below_its_title(self):
        def gap(title):
            pdf = self.made_by(FACTS.replace("title: Prøve af felter", f"title: {title}\nsummary: Manchet om det.") +
                               "# Et\n\nTekst.\n", "parts: [cover, body]\ncover: {least-pages: 1}\n")
            at = {word: y for _, y, word in words_at(pdf, 1)}
            return at["Manchet"] - at[title.split()[-1]]
        self.assertAlmostEqual(gap("Kort"), gap("En meget lang titel på en sag om vand i byen og på landet og i havnen"), delta=6)

    def test_a_lead_stays_with_the_title_of_a_briefing(self):
        """Though a visit behind it, which has no room there, begins the next page."""
        title = ("Lange ord og navne, herunder Folkeoplysningsudvalgets Underudvalg for "
                 "Lokaletildelingsspørgsmål i Yderområderne")
        visit = ("## Besøg: Sammenslutningen af Grundejer- og Lejerforeninger {organisation=\"" + "Foreningen af huse " * 10 +
                 "\" place=\"" + "Et hus i en gade " * 9 + "\" date=2026-01-05}\n\nMange navne.\n\n> " + "Et citat. " * 80)
        report = self.report(FACTS + f"# Tema: {title} {{#p}}\n\nManchetten om det.\n\n{visit}\n")
        self.build(report, "-l", "theme-briefing")
        pdf = self.out / "prove-p.pdf"
        self.assertIn("Manchetten", words_of(pdf, "-f", 1, "-l", 1))
        self.assertIn("Mange navne", words_of(pdf, "-f", 2, "-l", 2))

    def test_a_draft_says_so_beside_the_text_at_the_outer_edge(self):
        themes = "".join(f"# Tema: Vand{i}\n\nIndledning.\n\n## Mere\n\n" + "Et kort afsnit.\n\n" * 70 for i in range(3))
        pdf = self.made_by(FACTS + themes, "parts: [body]\ntwo-sided: true\nhead: {left: ['{theme}'], right: [ydre]}\n")
        opened = set()
        for page in range(1, pages_of(pdf) + 1):
            head = sorted((x, word) for x, y, word in words_at(pdf, page) if y < 60)
            at = {word: x for x, word in head}
            names = [word for _, word in head]
            opened.add((page % 2, "Tema" in at))
            self.assertEqual(names[-2:] if page % 2 else names[:2], ["Udkast", "ydre"] if page % 2 else ["ydre", "Udkast"])
            self.assertLess(abs(at["Udkast"] - at["ydre"]), 50)
        self.assertEqual(len(opened), 4, opened)  # also left-hand pages that open a theme, without its name
        self.assertEqual(tool("qpdf", "--check", pdf).count("No syntax"), 1)

    def test_the_first_page_has_margins_of_its_own(self):
        pdf = self.made_by(FACTS + LONG, "parts: [body]\nfirst-page: {top: 300, bottom: 200}\n")
        ys = [[y for _, y, word in words_at(pdf, page) if word.startswith("ord")] for page in (1, 2)]
        self.assertGreater(min(ys[0]), 300)
        self.assertLess(max(ys[0]), 842 - 200)
        self.assertLess(min(ys[1]), 110)
        self.assertGreater(max(ys[1]), 842 - 200)

    def test_an_opener_lists_the_visits_of_its_theme(self):
        visit = "## Besøg: %s {#%s}\n\n" + ("ord " * 100 + "\n\n") * 5
        text = FACTS + "# Tema: Vand\n\nIndledning.\n\nTekst.\n\n" + "".join(
            visit % (name, name.lower()) for name in ("Rosenby", "Kildevang", "Bakkely"))
        pdf = self.made_by(text, "parts: [body]\n")
        page = {name: next(n for n in range(1, pages_of(pdf) + 1) if n > 1 and name in words_of(pdf, "-f", n, "-l", n))
                for name in ("Kildevang", "Bakkely")}
        first = words_of(pdf, "-f", 1, "-l", 1)
        self.assertIn("I dette tema", first)
        words = [word for x, _, word in words_at(pdf, 1) if x > 420]
        for name, number in page.items():
            self.assertEqual(words[words.index(name) + 1], str(number))
        pdf = self.made_by(text, "parts: [body]\nopener: {inside: false}\n")
        self.assertNotIn("I dette tema", words_of(pdf))

    def test_an_opener_names_what_of_its_theme_stands_behind_all(self):
        """In the side column, or where there is none in a line; in bookmarks, too."""
        advice = "## Anbefalinger\n\n1. **Gør det.** Nu.\n   Grundlag: [vand](#vand)\n{}\n"
        figures = "## Nøgletal\n\n|Id|Nøgletal|Værdi|\n|-|-|-|\n|A{0}|Dyb{0}|7|\n\n"
        text = FACTS + "# Tema: Vand {#vand}\n\nIndledning.\n\nTekst.\n\n" + figures.format(1) + \
            advice.format("2. **Gør mere.** Nu.\n   Grundlag: [vand](#vand)\n") + \
            "# Tema: Ild {#ild}\n\nIndledning.\n\nTekst.\n\n" + figures.format(2) + advice.format("")
        for base, shape in (("committee-pack", r"Se også Nøgletal {} Anbefaling {} {}"),
                            ("tablet", r"Nøgletal: side {}\. Anbefaling {}: side {}\.")):
            report = self.report(text)
            self.layout(report, "egen", f"extends: {base}\noutput: egen.pdf\nparts: [body, key-figures, recommendations]\n")
            self.build(report, "-l", "egen")
            pdf = self.out / "egen.pdf"
            page = {word: next(n for n in range(pages_of(pdf), 0, -1) if word in words_of(pdf, "-f", n, "-l", n))
                    for word in ("Dyb1", "Dyb2", "Alle", "Gør")}
            for n, (figure, numbers) in enumerate((("Dyb1", "1–2"), ("Dyb2", "3")), 1):
                self.assertRegex(words_of(pdf, "-f", n, "-l", n).replace("\u00a0", " "),
                                 shape.format(page[figure], numbers, page["Gør"]))
            said = json.loads(tool("qpdf", "--json", "--json-key=outlines", pdf))["outlines"]
            for part in said[-2:]:
                self.assertEqual([kid["title"].replace("\u00a0", " ") for kid in part["kids"]], ["Tema 1: Vand", "Tema 2: Ild"])

    def test_the_contact_stands_as_far_from_the_text_as_a_section(self):
        at = {word: y for _, y, word in words_at(self.made_by(FACTS + "# Tema: Vand\n\nIndledning.\n\nSidste.\n",
                                                              "parts: [body, contact]\n"), 1)}
        self.assertGreater(at["Kontakt"] - at["Sidste."], 15 + 24 + 6 - 3)

    def test_an_openers_list_is_level_with_a_box_and_indents_stops(self):
        text = FACTS + ("# Tema: Vand\n\nIndledning.\n\n> [!FORBEHOLD] Boks\n> Tekst.\n\n## Besøg: Rosenby\n\nOrd.\n\n"
                        "### Stop: Kildevang\n\nOrd.\n\n")
        first = words_at(self.made_by(text, "parts: [body]\n"), 1)
        at = {word: (x, y) for x, y, word in reversed(first) if x > 420 or word == "Boks"}
        self.assertGreater(at["Kildevang"][0], at["Rosenby"][0] + 8)
        self.assertLess(abs(at["Boks"][1] - at["tema"][1]), 4)

    def test_a_theme_is_named_at_the_foot_as_in_a_sentence(self):
        pdf = self.made_by(FACTS + "# Tema: Vand\n\nTekst.\n", "parts: [body]\nfoot: {left: ['{theme}'], right: []}\n")
        self.assertIn("Tema 1: Vand", words_of(pdf))

    def heads(self, title, name, visit="'{theme}', '{visit}'"):
        """What the pages say at the head, where a visit with a stop, a section and a theme follow each other."""
        long = "Et kort afsnit.\n\n" * 60
        text = (f"# Tema: {title}\n\nManchet.\n\n## Besøg: {name}\n\n{long}### Porten {{contact=\"Vagten\"}}\n\n{long}"
                f"## Mere\n\n{long}# Tema: Luft\n\n{long}")
        pdf = self.made_by(FACTS + text, f"parts: [body]\nhead: {{left: [{visit}], right: []}}\n")
        return [re.sub(r"Udkast|\s+", " ", words_of(pdf, "-f", page, "-l", page, "-H", 54, "-W", 600, "-x", 0, "-y", 0)).strip()
                for page in range(1, pages_of(pdf) + 1)]

    def test_a_head_names_the_visit_that_the_page_goes_on_with(self):
        heads = [head for i, head in enumerate(self.heads("Vand", "Rosenby")) if head]
        self.assertEqual(list(dict.fromkeys(heads)),
                         ["Tema 1 Vand · Rosenby", "Tema 1 Vand", "Tema 2 Luft"])

    def test_a_long_theme_has_its_number_beside_the_visit(self):
        long = "Virksomheder og deres vilkår i byen og på landet og i havnen og i skoven og ude"
        self.assertEqual(list(dict.fromkeys(head for head in self.heads(long, "Rosenby ved Kildevang") if head))[:2],
                         ["Tema 1 · Rosenby ved Kildevang", f"Tema 1 {long}"])
        self.assertIn(f"Tema 1 {long}", self.heads(long, "Rosenby ved Kildevang", "'{theme}'"))
        self.assertNotIn("Tema 1", self.heads(long, long * 2))

    def test_every_fact_may_stand_in_a_foot(self):
        fields = ("title short-title committee organisation unit email phone ean case document version status "
                  "date meeting-date meeting-item").split()
        for at in range(0, len(fields), 5):
            foot = ", ".join("'{%s}'" % field for field in fields[at:at + 5])
            pdf = self.made_by(FACTS + "# Et\n\nTekst.\n",
                               f"parts: [body]\nfoot: {{left: [{foot}, 'A {{genre}}'], right: []}}\n")
            text = words_of(pdf)
            for one in (["Prøve af felter", "Socialudvalget", "Byen", "Forvaltningen"],
                        ["post@example.dk", "Telefon 33 17 33 17", "EAN-nummer 5798009683052", "Sagsnr. 2026-17",
                         "Dokumentnr. 9"],
                        ["Version 2", "Udkast", "2. marts 2026", "Mødedato 12. marts 2026",
                         "Dagsordenspunkt 4"])[at // 5]:
                self.assertIn(one, text.replace("\u00a0", " "))
            self.assertNotRegex(text, r"\bA\b")  # a piece whose field is empty


class Columns(Case):
    def test_text_goes_down_and_over(self):
        report = self.report(FACTS + LONG)
        self.layout(report, "mine", 'extends: committee-pack\noutput: "mine.pdf"\nparts: [body]\n'
                    "columns: {count: 3, gutter: 12}\n")
        self.build(report, "-l", "mine")
        pdf = self.out / "mine.pdf"
        expected = re.findall(r"ord\w+", LONG)
        for text in (tool("pdfinfo", "-struct-text", pdf), tool("mutool", "draw", "-q", "-F", "txt", pdf)):
            self.assertTrue(re.findall(r"ord\w+", text) == expected)
        step = (210 - 22 - 18) * 72 / 25.4 / 3 + 4  # a column and the gutter: three columns, two gutters
        seen = []
        for page in range(1, pages_of(pdf) + 1):
            words = [(int((x - 60) // step), y, x, word) for x, y, word in words_at(pdf, page)
                     if word.startswith("ord")]
            seen += [word for _, _, _, word in sorted(words)]
        self.assertTrue(seen == expected)
        ends = [max(y for at, y, _, _ in words if at == column) for column in range(3)]
        self.assertLess(max(ends) - min(ends), 45)  # on the last page they are as long as each other

    def made_in_columns(self, source, theme):
        """The briefing of a theme in two columns, and in one."""
        report = self.folder / source.name
        shutil.copytree(source, report)
        for name, columns in (("to", "{count: 2, gutter: 8mm}"), ("en", "{text: 170mm}")):
            self.layout(report, name, f'extends: theme-briefing\noutput: "{name}.pdf"\ncolumns: {columns}\n')
        self.build(report, "-l", "to", "-l", "en", "-t", theme)
        return self.out / "to.pdf", self.out / "en.pdf"

    def test_the_structure_is_that_of_one_column(self):
        def roles(pdf):
            return re.sub(r"(?m)^ +(Object \d|/BBox ).*\n", "", tool("pdfinfo", "-struct", pdf))
        two, one = map(roles, self.made_in_columns(LONDON, "partnervold"))
        self.assertGreater(one.count("\n"), 100)
        self.assertMultiLineEqual(two, one)

    def test_words_are_read_in_the_order_of_one_column(self):
        def letters(pdf):
            said = " ".join(re.findall(r'"(.*?)"', tool("pdfinfo", "-struct-text", pdf)))
            return re.sub(r"[\W\d]+", "", said)
        two, one = map(letters, self.made_in_columns(ROOT / "tests" / "reports" / "elements", "dele"))
        self.assertGreater(len(one), 300)
        self.assertEqual(two, one)


class Looks(Case):
    """The layouts that owe nothing to the house's style."""

    def test_they_carry_every_report(self):
        for layout in ("notat", "large-print", "tablet"):
            self.assertNotIn("extends", (ROOT / "layouts" / f"{layout}.yaml").read_text())
            for report in sorted((ROOT / "data").iterdir()):
                done = run("build", "-l", layout, "-o", self.out, report)
                self.assertEqual(done.returncode, 0, done.stderr)
                own = run("check", report).stderr.count("warning:")
                self.assertEqual(done.stderr.count("warning:"), own, f"{layout}: {done.stderr}")

    def test_nothing_in_large_print_is_small(self):
        self.build(LONDON, "-l", "large-print")
        text = tool("mutool", "draw", "-q", "-F", "stext", self.out / "studietur-london-2012-stor-skrift.pdf")
        small = set()
        for line in re.findall(r"<line .*?</line>", text, re.S):
            y = float(re.search(r'bbox="\S+ (\S+)', line).group(1))
            for size, run_ in re.findall(r'<font [^>]*size="([\d.]+)">(.*?)</font>', line, re.S):
                self.assertGreaterEqual(float(size), 14)
                if float(size) < 18 and y < 770:
                    small |= set(re.findall(r' c="(.)"', run_))
        self.assertEqual(small, set())

    def test_tables_that_are_too_wide_are_stacked(self):
        words = ["Ejendomsadministration", "Arbejdsmarkedsudvalget", "Beskæftigelsesindsatsen", "Integrationspolitikken"]
        rows = "".join(f"| {word} |" + "".join(f" {word}{i} |" for i in range(3)) + "\n" for word in words)
        report = self.report(FACTS + "# Et\n\n| Område | Udvalg | Forvaltning | Ansvar |\n|---|---|---|---|\n" + rows)
        self.build(report, "-l", "large-print")
        pdf = self.out / "prove-stor-skrift.pdf"
        structure = tool("pdfinfo", "-struct-text", pdf)
        self.assertEqual([structure.count(role + " ") + structure.count(role + "\n") for role in ("THead", "TR")], [1, 5])
        self.assertEqual(len(re.findall(r"^\s*TH\b(?!ead)", structure, re.M)), 8)
        self.assertEqual(len(re.findall(r"^\s*TD\b", structure, re.M)), 12)
        shown = words_of(pdf)
        for word in words:
            for cell in (word, *(f"{word}{i}" for i in range(3))):
                self.assertEqual(len(re.findall(rf"\b{cell}\b", shown)), 1)
        self.assertEqual(shown.count("Forvaltning "), 4)  # once for each row
        self.assertEqual(len(re.findall(r"\bOmråde\b", structure)), 1)  # the rows' names are headlines without a label

    def test_a_block_of_a_stacked_table_is_cut_only_where_it_is_long(self):
        words = ["Ejendomsadministration", "Arbejdsmarkedsudvalget", "Beskæftigelsesindsatsen", "Integrationspolitikken"]
        rows = "".join(f"| Nummer {i} |" + "".join(f" {word}{i} |" for word in words) + "\n" for i in range(12))
        report = self.report(FACTS + "# Et\n\nTabel: Udvalg\n\n| Område | Udvalg | Forvaltning | Ansvar | Politik |\n"
                             "|---|---|---|---|---|\n" + rows + "| Lang | " + "mange ord " * 250 + "| a | b | c |\n")
        self.build(report, "-l", "large-print")
        pdf = self.out / "prove-stor-skrift.pdf"
        pages = [words_of(pdf, "-f", n, "-l", n) for n in range(1, pages_of(pdf) + 1)]
        for i in range(12):
            page = next(page for page in pages if f"Nummer {i} " in page)
            for word in words:
                self.assertIn(f"{word}{i}", page)
        on = [page for page in pages if "mange ord" in page]
        self.assertGreater(len(on), 1)
        self.assertEqual(sum(page.count("mange") for page in on), 250)
        for page in on[1:]:
            self.assertRegex(page, r"^Udkast Tabel 1: Udvalg, fortsat fra side \d+ Område Lang, fortsat ")
        read = Structure(pdf)
        self.assertEqual(len(read.of("TH")), 5 + 13)

    def test_names_stand_over_numbers_that_are_many(self):
        names = ["Beskæftigelsesforanstaltninger i området", "Integrationspolitikkens uddannelsesforløb"]
        rows = "".join(f"| {name} |" + "".join(f" {n}.23{i},5 |" for i in range(5)) + "\n" for n, name in enumerate(names, 1))
        report = self.report(FACTS + "# Et\n\n| Projekt | Regnskab 2025 | Budget 2026 | Forslag 2027 | Overslag 2028 | "
                             "Overslag 2029 |\n|---|--:|--:|--:|--:|--:|\n" + rows)
        self.build(report, "-l", "large-print")
        pdf = self.out / "prove-stor-skrift.pdf"
        shown = words_of(pdf)
        self.assertEqual(shown.count("Regnskab"), 1)  # no label in each row, and no word divided
        at = {word: (x, y) for x, y, word in words_at(pdf, pages_of(pdf))}
        for n, name in enumerate(names, 1):
            self.assertGreater(at[f"{n}.230,5"][1], at[name.split()[0]][1])
            self.assertEqual(len({at[f"{n}.23{i},5"][1] for i in range(5)}), 1)
        structure = tool("pdfinfo", "-struct-text", pdf)
        self.assertEqual(len(re.findall(r"^\s*TH\b(?!ead)", structure, re.M)), 8)
        self.assertEqual(len(re.findall(r"^\s*TD\b", structure, re.M)), 10)

    def test_key_figures_are_records_on_narrow_pages(self):
        """Number and unit large, and the caveat in the record itself: no page has letters, or labels in each row."""
        report = self.report(FACTS + "# Tema: A {#a}\n\nOm a.\n\n## Nøgletal\n\n"
                             "| Id | Nøgletal | Værdi | Enhed | Hvor | Forbehold |\n|---|---|---|---|---|---|\n" +
                             "".join(f"| K{i} | Tal nummer {i} | ca. {i + 10} | pct. | Lambeth | Skøn {i} |\n"
                                     for i in range(12)))
        self.build(report, "-l", "tablet")
        pdf = self.out / "prove-tablet.pdf"
        shown = words_of(pdf)
        self.assertNotIn("Enhed", shown)
        pages = [words_of(pdf, "-f", str(n), "-l", str(n)) for n in range(1, pages_of(pdf) + 1)]
        for i in range(12):
            page = next(page for page in pages if f"Skøn {i}" in page)
            self.assertRegex(page, rf"ca\. {i + 10} pct\.\s*Tal nummer {i}\s*Lambeth\s*Forbehold: Skøn {i}\b")

    def test_precision_words_without_room_beside_their_number_stand_above_it(self):
        """Whole: "mere end" is never torn."""
        report = self.report(FACTS + "# Tema: A {#a}\n\nOm a.\n\n## Nøgletal\n\n"
                             "| Id | Nøgletal | Værdi | Enhed | Hvor |\n|---|---|---|---|---|\n"
                             "| K1 | Talte sprog | anslået mere end 150 | sprog | Lambeth |\n"
                             "| K2 | Sprog i alt | mere end 15 | år | Lambeth |\n")
        for layout, name in (("tablet", "tablet"), ("large-print", "stor-skrift")):
            with self.subTest(layout):
                self.build(report, "-l", layout)
                at = {word: y for _, y, word in words_at(self.out / f"prove-{name}.pdf")}
                self.assertAlmostEqual(at["anslået"], at["Talte"], delta=2)
                self.assertGreater(at["150"], at["anslået"] + 5)
                self.assertLess(abs(at["15"] - at["år"]), 20)

    def test_units_without_room_stand_below_before_precision_words_stand_above(self):
        """A bound is read with its number, except where the unit is a sign that belongs to the number."""
        report = self.report(COUNTED +
                             "| K1 | Alfa | anslået 250 | bander |\n"
                             "| K3 | Gamma | 62 mio. | indbyggere i alle landdistrikterne |\n"
                             "| K2 | Beta | anslået mere end 27,5 | mio. kr. |\n")
        self.build(report, "-l", "large-print")
        at = {word: y for _, y, word in reversed(words_at(self.out / "prove-stor-skrift.pdf"))}
        self.assertLess(abs(at["250"] - at["anslået"]), 20)
        self.assertGreater(at["bander"], at["250"] + 20)
        self.assertGreater(at["27,5"], at["mere"] + 20)
        self.assertLess(abs(at["27,5"] - at["kr."]), 20)

    def test_units_of_a_table_stand_beside_their_numbers_where_they_have_room(self):
        def below(unit):
            report = self.report(COUNTED +
                                 f"| K1 | Alfa | 62 mio. | {unit} |\n| K2 | Beta | 4 | lande |\n"
                                 "| K3 | Gamma | 7 | pct. |\n| K6 | Epsilon | 9 mio. | kr. |\n\n"
                                 "# Tema: B {#b}\n\nOm b.\n\n## Nøgletal\n\n"
                                 "| Id | Nøgletal | Værdi | Enhed |\n|---|---|---|---|\n| K4 | Delta | 5 | skoler |\n")
            self.build(report, "-l", "tablet")
            at = {word: (x, y) for x, y, word in words_at(self.out / "prove-tablet.pdf")}
            return {number: at[name][1] - at[number][1] > 20 for number, name in
                    (("62", unit.split()[0]), ("4", "lande"), ("7", "pct."), ("9", "kr."), ("5", "skoler"))}
        self.assertEqual(below("indbyggere"), {n: False for n in ("62", "4", "7", "9", "5")})
        self.assertEqual(below("indbyggere i landdistrikterne"),
                         {"62": True, "4": False, "7": False, "9": False, "5": False})

    def test_one_unit_stands_alike_at_all_numbers_of_a_table(self):
        """Below them all, where it has no room beside one of them."""
        report = self.report(COUNTED +
                             "| K1 | Alfa | 62 mio. | indbyggere |\n| K2 | Beta | 4 | lande |\n"
                             "| K3 | Gamma | 5 mio. | indbyggere |\n"
                             "| K4 | Delta | 7 | personer i landdistrikterne |\n")
        self.build(report, "-l", "tablet")
        words = words_at(self.out / "prove-tablet.pdf")
        at = {word: y for _, y, word in words}
        units = sorted(y for _, y, word in words if word == "indbyggere")
        self.assertEqual([unit - at[number] > 20 for number, unit in zip(("62", "5"), units)], [True, True], words)
        self.assertLess(at["lande"] - at["4"], 20)

    def test_signs_of_several_words_stand_beside_their_number_in_tiles(self):
        """Also where another unit has no room beside its number, and all others of the list stand apart."""
        report = self.report(FACTS + "# Tema: A {#a}\n\nOm a.\n\n```tiles\nfigures: [K1, K2]\n```\n\n## Nøgletal\n\n"
                             "| Id | Nøgletal | Værdi | Enhed |\n|---|---|---|---|\n"
                             "| K1 | Sæder i salen | 480 | siddepladser med bord og stol |\n| K2 | Underskud | 17,5 | mio. kr. |\n")
        self.build(report, "-l", "large-print")
        words = words_at(self.out / "prove-stor-skrift.pdf", 1)
        at = {word: (x, y) for x, y, word in reversed(words)}
        self.assertLess(at["kr."][0], at["underskud"][0])
        self.assertLess(at["17,5"][0], at["kr."][0])
        self.assertLess(abs(at["17,5"][1] - at["kr."][1]), 24, at)

    def test_rows_are_closer_only_on_pages_that_need_it(self):
        """Where a part is set closer to save a page, and another page of it ends short."""
        table = ("| Nr | Hvad |\n|---|---|\n" + "".join(f"| {{0}}{i} | Noget |\n" for i in range(1, 11)) + "\n")
        words = "Her står en linje i et afsnit, som er så lang som målet tillader den. "
        seen = set()
        for lines in range(4, 30):
            report = self.report(FACTS + "# Tema: A {#a}\n\n" + table.format("A") + (words * 8 + "\n\n") * 3 +
                                 table.format("B") + table.format("C") + (words * lines) + "\n\n" + table.format("D"))
            self.layout(report, "mine", 'extends: committee-pack\noutput: "mine.pdf"\nparts: [body]\n')
            self.build(report, "-l", "mine")
            pdf = self.out / "mine.pdf"
            pages = {}
            for page in range(1, pages_of(pdf) + 1):
                at = {word: y for _, y, word in words_at(pdf, page)}
                rows = [at[f"{name}{i + 1}"] - at[f"{name}{i}"] for name in "ABCD" for i in range(1, 10)
                        if f"{name}{i}" in at and f"{name}{i + 1}" in at]
                end = max(y for y in at.values() if y < 770)
                if rows:
                    self.assertAlmostEqual(min(rows), max(rows), delta=0.1)
                    pages[page] = (rows[0], (18 - rows[0]) * len(rows), 747 - end)
            for page, (pitch, given, white) in pages.items():
                if pitch < 17.9:
                    self.assertLess(white, given + 15, (lines, pages))
            seen.add(tuple(sorted(pitch < 17.9 for pitch, _, _ in pages.values())))
        self.assertIn((False, True), [pages[::len(pages) - 1] for pages in seen if len(pages) > 1], seen)

    def test_the_head_of_a_table_that_is_set_closer_is_as_close_on_each_page(self):
        rows = "".join(f"| R{i} | Noget |\n" for i in range(1, 75))
        report = self.report(FACTS + "# Tema: A {#a}\n\n| Hoved | Hvad |\n|---|---|\n" + rows + "\n")
        for kept in ("1", "0.5"):
            self.layout(report, "mine", 'extends: committee-pack\noutput: "mine.pdf"\nparts: [body]\n'
                        f"last-page: {{little: 0.95, leading: 1, space: 1, rows: {kept}}}\n")
            self.build(report, "-l", "mine")
            pdf = self.out / "mine.pdf"
            self.assertEqual(pages_of(pdf), 2 if kept == "0.5" else 3)
            gaps = []
            for page in range(1, pages_of(pdf) + 1):
                at = {word: y for _, y, word in words_at(pdf, page)}
                first = min(y for word, y in at.items() if re.fullmatch(r"R\d+", word))
                gaps.append(first - at["Hoved"])
            self.assertAlmostEqual(min(gaps), max(gaps), delta=0.1)
            self.assertLess(gaps[0], 19 if kept == "0.5" else 21)

    def test_a_part_that_is_set_closer_keeps_the_leading_of_a_grid(self):
        self.build(LONDON, "-l", "notat")
        pdf = self.out / f"{LONDON.name}-notat.pdf"
        steps = []
        for page in range(2, 13):  # text; recommendations and notes have leadings of their own
            ys = sorted({round(y, 2) for x, y, _ in words_at(pdf, page) if x < 290})
            steps += [b - a for a, b in zip(ys, ys[1:])]
        on_grid, closer = (sum(low <= step < high for step in steps) for low, high in ((13.95, 14.05), (13.3, 13.9)))
        self.assertGreater(on_grid, 200)
        self.assertLess(closer * 20, on_grid)

    def test_recommendations_are_records_on_narrow_pages(self):
        report = self.report(FACTS + "# Tema: A {#a}\n\nOm a.\n\n## Anbefalinger\n\n" +
                             "".join(f"1. **Gør nummer {i}.** Det hjælper.\n   Grundlag: [afsnittet](#a)\n"
                                     "   Ansvarlig: Forvaltningen\n   Frist: 2027-12-31\n   Økonomi: inden for rammen\n"
                                     for i in range(3)))
        self.build(report, "-l", "tablet")
        shown = [line.replace("\N{NO-BREAK SPACE}", " ").strip()
                 for line in tool("pdftotext", "-layout", self.out / "prove-tablet.pdf", "-").split("\n")]
        for fields in (r"Grundlag: Afsnittet", r"Ansvarlig: Forvaltningen +Frist: 31", r"Økonomi: inden"):  # a line each
            self.assertEqual(sum(bool(re.match(fields, line)) for line in shown), 3, shown)
        self.assertIn("Grundlag: Afsnittet, side 1", shown)

    def test_the_theme_of_a_record_looks_like_a_kicker(self):
        """Where each theme has one proposal, and its name stands in the record."""
        themes = "".join(f"# Tema: {name} {{#{name}}}\n\nOm det.\n\n## Anbefalinger\n\n"
                         f"1. **Gør noget.** Det hjælper.\n   Grundlag: [afsnittet](#{name})\n\n"
                         for name in ("alfa", "beta", "gamma"))
        self.build(self.report(FACTS + themes), "-l", "tablet")
        pdf = self.out / "prove-tablet.pdf"
        shown = tool("pdftohtml", "-xml", "-stdout", "-i", "-f", pages_of(pdf), pdf)
        colour = dict(re.findall(r'<fontspec id="(\d+)"[^>]*color="(#\w+)"', shown))
        looks = {colour[font] for font in re.findall(r'font="(\d+)"><b>Tema\W\d: (?:alfa|beta|gamma)</b>', shown)}
        ink = {colour[font] for font in re.findall(r'font="(\d+)"><b>Gør noget', shown)}
        self.assertEqual(len(looks), 1, shown)
        self.assertNotEqual(looks, ink)

    def test_whom_to_write_to_is_a_link(self):
        def links(email):
            report = self.report(FACTS.replace("email: post@example.dk", f"email: {email}") + "# Et\n\nTekst.\n")
            self.build(report)
            said = tool("qpdf", "--json", self.out / "prove-pakke.pdf")
            return said.count('"u:mailto:post@example.dk"'), said.count('"u:Skriv til post@example.dk"')
        self.assertEqual(links("post@example.dk"), (1, 1))
        self.assertEqual(links("i receptionen"), (0, 0))

    def test_the_last_record_has_another_on_its_page(self):
        self.build(LONDON, "-l", "tablet")
        pages = tool("pdftotext", self.out / f"{LONDON.name}-tablet.pdf", "-").split("\f")
        last = next(page for page in pages if "Drøft konkrete sager" in page)
        self.assertIn("Lær flere at opdage vold", last)

    def test_the_last_record_may_go_with_the_contact_alone(self):
        """Else the one before it leaves more than half a page."""
        address = "address: [Torvet 1, Gade 2, 8000 By], unit"
        advice = "".join(f"1. **Gør {name}.** Det hjælper.\n   Grundlag: [afsnittet](#a)\n   Ansvarlig: Skole og Fritid\n"
                         "   Frist: 2026-08-10\n   Økonomi: inden for rammen, hvis der bliver råd til det\n"
                         for name in ("alfa", "beta", "gamma"))
        self.build(self.report(FACTS.replace("unit", address) + "# Tema: A {#a}\n\nOm a.\n\n## Anbefalinger\n\n" + advice),
                   "-l", "tablet")
        pages = text_of(self.out / "prove-tablet.pdf").split("\f")
        last = next(page for page in pages if "gamma" in page)
        self.assertIn("Kontakt", last)
        self.assertNotIn("beta", last)

    def test_records_say_on_which_pages_what_they_rest_on_stands(self):
        """All pages of a section of at most four, where it ends on another than it begins on; of a longer one those of its own text."""
        words = "Her står en linje i et afsnit, som er så lang som målet tillader den. "
        seen = set()
        for lines in (0, 10, 20, 24, 28, 32, 40, 60, 100):
            for behind in ("## Siden\n\nMere.\n\n", "## Besøg: Siden\n\nMere.\n\n",
                           "### Siden\n\n" + (words * 4 + "\n\n") * 40 + "## Sidst\n\nMere.\n\n"):
                report = self.report(FACTS + "# Tema: A {#a}\n\nOm a.\n\n## Først {#f}\n\n" + (words * 4 + "\n\n") * (lines // 4) +
                                     "Enden.\n\n" + behind + "## Anbefalinger\n\n"
                                     "1. **Gør det.** Det hjælper.\n   Grundlag: [afsnittet](#f)\n")
                for layout, suffix in (("tablet", "tablet"), ("committee-pack", "pakke"), ("notat", "notat")):
                    if layout != "tablet" and behind.startswith("###"):  # the whole section has few pages there
                        continue
                    self.build(report, "-l", layout)
                    pages = text_of(self.out / f"prove-{suffix}.pdf").split("\f")
                    first, last = (next(i + 1 for i, page in enumerate(pages) if word in page and "Indhold" not in page)
                                   for word in ("Først\n", "Enden."))
                    said = re.search("Afsnittet,\\s+side\\s(\\d+)(?:–(\\d+))?", " ".join(pages))
                    wanted = (str(first), str(last) if first < last < first + 4 else None)
                    self.assertEqual(said.groups(), wanted, (layout, lines, behind[:20]))
                    seen.add((layout, last - first))
        self.assertTrue({("tablet", n) for n in (0, 1, 2)} <= seen and {("notat", 0), ("notat", 1), ("committee-pack", 1)} <= seen, seen)
        self.assertGreaterEqual(max(n for _, n in seen), 4)

    def test_records_have_a_line_to_write_on_where_others_say_who(self):
        def lines(*owners):
            self.build(self.report(FACTS + "# Tema: A {#a}\n\nOm a.\n\n## Anbefalinger\n\n" + "".join(
                f"1. **Gør det.** Det hjælper.\n   Grundlag: [afsnittet](#a)\n{owner}" for owner in owners)), "-l", "tablet")
            shown = tool("pdftotext", "-layout", self.out / "prove-tablet.pdf", "-")
            shown = shown.replace("\N{NO-BREAK SPACE}", " ")
            return [line.strip() for line in shown.split("\n") if re.match(r" *(Ansvarlig|Frist).*:", line)]
        given = "   Ansvarlig: Byen\n"
        self.assertEqual(lines(given, "", ""), ["Ansvarlig: Byen", "Ansvarlig:", "Ansvarlig:"])
        self.assertEqual(lines("", ""), [])
        self.assertEqual(lines("   Frist: 2027-01-01\n" + given, "")[-1], "Ansvarlig · Frist:")

    def test_lines_to_write_on_are_as_heavy_as_the_type(self):
        found = {}
        for layout, suffix in (("tablet", "tablet"), ("large-print", "stor-skrift")):
            self.build(self.report(FACTS + "# Tema: A {#a}\n\nOm a.\n\n## Anbefalinger\n\n" +
                                   "1. **Gør det.** Det hjælper.\n   Grundlag: [afsnittet](#a)\n   Ansvarlig: Byen\n"
                                   "2. **Gør mere.** Det hjælper.\n   Grundlag: [afsnittet](#a)\n"), "-l", layout)
            drawn = tool("mutool", "trace", self.out / f"prove-{suffix}.pdf")
            found[layout] = {float(weight) for weight in re.findall(r'linewidth="([\d.]+)"[^>]*dash_phase', drawn)}
        self.assertEqual(found, {"tablet": {1.0}, "large-print": {1.5}})

    def test_a_basis_says_what_is_to_be_known_of_its_key_figure(self):
        for row, words in (("Støtte | 8,4 | pct. | Kun visiteret støtte", "Støtte (8,4 pct.; kun visiteret støtte), side"),
                           ("Støtte | 8,4 | pct. | ", "Støtte (8,4 pct.), side"),
                           ("Svømmehaller med tag | 2 | svømmehaller | DMI har talt",
                            "2 svømmehaller med tag (DMI har talt), side")):
            self.build(self.report(FACTS + "# Tema: A {#a}\n\nOm [@K1].\n\n## Nøgletal\n\n"
                                   "| Id | Nøgletal | Værdi | Enhed | Forbehold |\n|---|---|---|---|---|\n| K1 | " + row +
                                   " |\n\n## Anbefalinger\n\n1. **Gør det.** Det hjælper.\n   Grundlag: [@K1]\n"),
                       "-l", "tablet")
            self.assertIn("Grundlag: " + words, words_of(self.out / "prove-tablet.pdf"))

    def test_paragraphs_are_indented_where_they_follow_another(self):
        report = self.report(SMALL.replace("Mere om rør.", "Første rør.\n\nAndet rør.\n\n- Tredje rør\n\nFjerde rør."))
        self.layout(report, "mine", 'extends: theme-briefing\noutput: "mine.pdf"\nstyles: {body: {indent: 20}}\n')
        self.build(report, "-l", "mine")
        at = {word: x for x, _, word in words_at(self.out / "mine.pdf", 1)}
        self.assertAlmostEqual(at["Andet"] - at["Første"], 20, delta=0.5)
        self.assertAlmostEqual(at["Tredje"] - at["Første"], 12, delta=0.5)
        self.assertAlmostEqual(at["Fjerde"], at["Første"], delta=0.5)

    def test_parts_may_follow_each_other_on_a_page(self):
        report = self.report(SMALL + "\n# Tema: Ild {#ild}\n\nOm ild.\n\n# Efterskrift\n\nSlut.\n")
        for run_on, pages in (("false", 3), ("true", 1)):
            self.layout(report, "mine", 'extends: committee-pack\noutput: "mine.pdf"\n'
                        f"parts: [letterhead, body, contact]\nrun-on: {run_on}\n")
            self.build(report, "-l", "mine")
            self.assertEqual(pages_of(self.out / "mine.pdf"), pages)

    def test_a_common_section_behind_a_theme_begins_a_page(self):
        """Whatever stands between them that is shown elsewhere."""
        for between in ("", "# Anbefalinger\n\nAlle skal drøftes.\n\n"):
            report = self.report(SMALL + "\n# Tema: Ild {#ild}\n\nOm ild.\n\n## Anbefalinger\n\n1. **Gør det.** Det hjælper.\n"
                                 "   Grundlag: [ild](#ild)\n\n" + between + "# Efterskrift\n\nSlut.\n\n# Efterskrift to\n\nHelt slut.\n")
            self.build(report)
            pages = text_of(self.out / "prove-pakke.pdf").split("\f")
            theme, after, other = (next(i for i, page in enumerate(pages) if words in page)
                                   for words in ("Om ild.", "Slut.", "Helt slut."))
            self.assertGreater(after, theme, between)
            self.assertEqual(after, other, between)

    def test_annexes_stand_behind_what_is_proposed(self):
        """They begin a page where more than a little stands on it; without a part of their own the body has them."""
        rows = "".join(f"| Vej {i} | {i} |\n" for i in range(1, 30))
        table = f"| Vej | Nr. |\n|---|--:|\n{rows}\n"
        text = (SMALL + "\n## Anbefalinger\n\n1. **Gør det.** Det hjælper.\n   Grundlag: [dem](#bilag-2-roer)\n\n"
                "# Bilag: veje\n\nAlle veje.\n\n" + table + "# Bilag 2: rør {#bilag-2-roer}\n\nAlle rør.\n\n# Bilag\n\nAndet.\n\n"
                "# Bilagsmappen\n\nDen er blå.\n\n# Ordliste\n\n- **Ord:** Det.\n")
        self.build(report := self.report(text))
        pages = text_of(self.out / "prove-pakke.pdf").split("\f")
        folder, advice, terms, roads, pipes, other = (
            next(i for i, page in enumerate(pages) if words in page)
            for words in ("Den er blå.", "Gør det.", "Det.", "Alle veje.", "Alle rør.", "Andet."))
        self.assertLess(folder, advice)
        self.assertLessEqual(advice, terms)
        self.assertLessEqual(terms, roads)
        self.assertGreater(pipes, roads)
        self.assertEqual(pipes, other)
        self.assertNotIn("Alle veje.", words_of(self.out / "prove-vand.pdf"))
        self.layout(report, "mine", 'extends: committee-pack\noutput: "mine.pdf"\nparts: [body, recommendations]\n')
        self.build(report, "-l", "mine")
        words = words_of(self.out / "mine.pdf")
        self.assertLess(words.index("Alle veje."), words.index("Gør det."))

    def test_a_table_that_opens_a_part_begins_the_page_that_spares_it_another(self):
        """Where parts follow each other on a page; not where it has as many pages either way."""
        self.layout(report := self.report(""), "mine", 'extends: committee-pack\noutput: "mine.pdf"\n'
                    "parts: [body, key-figures]\nrun-on: true\n")
        pages = {}
        for rows in (44, 58, 74):
            figures = "".join(f"| R{i:02} | Ting {i} | {i} | stk. | | |\n" for i in range(1, rows + 1))
            (report / "report.md").write_text(
                FACTS + "# Tema: A {#a}\n\n" + "Linje i et afsnit.\n\n" * 10 + "## Nøgletal\n\n"
                "| Id | Nøgletal | Værdi | Enhed | Forbehold | Kilde |\n|---|---|---|---|---|---|\n" + figures)
            self.build(report, "-l", "mine")
            made = self.out / "mine.pdf"
            pages[rows] = [text_of(made, "-f", page, "-l", page).count("stk.")
                           for page in range(1, pages_of(made) + 1)]
        self.assertEqual(pages[58][0], 0, pages)
        self.assertEqual([len(pages[rows]) for rows in pages], [2, 3, 3], pages)
        for rows in (44, 74):
            self.assertGreater(pages[rows][0], 8, pages)

    def test_no_page_ends_within_brackets(self):
        """What they say of a figure isn't said overleaf, while a line or two remain free instead."""
        words = "En linje i et afsnit om noget, der kan være så langt, som det skal. "
        bracketed = "Byen har 250 (kilden er ikke oplyst, og det er året heller ikke, så tallet bør ikke stå alene) af dem. "
        self.layout(report := self.report(""), "mine", 'extends: committee-pack\noutput: "mine.pdf"\nparts: [body]\n')
        parted = 0
        for fill in range(14, 30):
            (report / "report.md").write_text(FACTS + "# Tema: A {#a}\n\n" + "Linje i et afsnit.\n\n" * fill +
                                              (words * 2 + bracketed) * 5 + "\n")
            self.build(report, "-l", "mine")
            pages = [text_of(self.out / "mine.pdf", "-f", page, "-l", page)
                     for page in range(1, pages_of(self.out / "mine.pdf") + 1)]
            parted += len(pages) > 1 and "(" in pages[0] and "(" in pages[1]
            for page in pages:
                self.assertEqual(page.count("("), page.count(")"), pages)
        self.assertGreater(parted, 0)

    def test_the_line_below_a_table_that_goes_on_has_a_style_of_its_own(self):
        rows = "".join(f"| Række {i} | {i} |\n" for i in range(90))
        report = self.report(FACTS + "# Tema: A {#a}\n\n| Navn | Tal |\n|---|--:|\n" + rows)
        for style, size in (("head-left", "8"), ("table-continues", "13")):
            self.layout(report, "mine", 'extends: committee-pack\noutput: "mine.pdf"\n'
                        f"parts: [body]\nstyles: {{{style}: {{size: 13}}}}\n")
            self.build(report, "-l", "mine")
            fonts = xml.fromstring(tool("mutool", "draw", "-q", "-F", "stext", self.out / "mine.pdf", "1")).iter("font")
            self.assertEqual([(font.get("name"), font.get("size")) for font in fonts
                              if "".join(char.get("c") for char in font.iter("char")) == "fortsættes på næste side"],
                             [("OpenSans-Semibold", size)])

    def test_a_table_leaves_no_rows_to_a_last_page_that_has_enough(self):
        """Also where much of what follows are notes, which stand side by side."""
        self.layout(report := self.report(""), "mine", 'extends: notat\noutput: "mine.pdf"\nparts: [key-figures]\n')
        head = ("Linje.\n\n## Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed | Forbehold | Kilde |\n"
                "|---|---|---|---|---|---|\n")
        row = "| R{0} | Ting {0} | {0} | stk. | Oplyst i ord af nummer {0}, som ikke ved det helt præcist | |\n"
        for first in (22, 26):
            rows = [row.format(10 + i) for i in range(46)]
            (report / "report.md").write_text(
                FACTS + "# Tema: A {#a}\n\n" + head + "".join(rows[:first]) + "\n# Tema: B {#b}\n\n" + head +
                "".join(rows[first:]))
            self.build(report, "-l", "mine")
            made = self.out / "mine.pdf"
            self.assertEqual([text_of(made, "-f", page, "-l", page).count("stk.") for page in (1, 2)], [29, 17])

    def test_three_lines_stand_below_the_head_of_a_visit(self):
        """Or none: where a page has room for them, the next is no fuller with one more."""
        self.layout(report := self.report(""), "mine", 'extends: committee-pack\noutput: "mine.pdf"\nparts: [body]\n')
        below = set()
        table = "| Nr | Hvad |\n|---|---|\n" + "".join(f"| {i} | Noget |\n" for i in range(8)) + "\n"
        for lines in range(12, 26):
            (report / "report.md").write_text(
                FACTS + "# Tema: A {#a}\n\n" + ("Linje i et afsnit. " * 6 + "\n\n") + "Linje i et afsnit.\n\n" * 17 +
                "## Besøg: Nord {#nord place=\"Nord\" date=2026-03-02}\n\n" +
                "Her står et afsnit, som er langt nok til at fylde fem linjer på siden. " * 5 + "\n\n" +
                "Linje i et afsnit.\n\n" * lines + table + "Linje i et afsnit.\n\n" * 20)
            self.build(report, "-l", "mine")
            below.add(len({round(y) for _, y, word in words_at(self.out / "mine.pdf", 1)
                           if word in ("Her", "fylde", "fem", "langt", "siden.")}))
        self.assertTrue(3 in below and not below & {1, 2}, below)

    def test_the_space_above_a_visit_gives_where_that_keeps_a_page_whole(self):
        """As that above a section does: by six points at most, and only for what else had no room."""
        self.layout(report := self.report(""), "mine", 'extends: committee-pack\noutput: "mine.pdf"\nparts: [body]\n'
                    "last-page: {little: 0.01}\n")
        gaps = set()
        for lines in range(10, 20):
            for more in range(3):
                (report / "report.md").write_text(
                    FACTS + "# Tema: A {#a}\n\nOver besøget.\n\n## Besøg: Nord {#nord date=2026-03-02}\n\n" +
                    "Linje i et afsnit.\n\n" * lines + ("- Punkt\n" * (more + 2) + "\n") * 2 +
                    "> [!LÆRING] Udledt\n> Det lærte vi.\n")
                self.build(report, "-l", "mine")
                at = {word: y for _, y, word in words_at(self.out / "mine.pdf", 1)}
                gaps.add(round(at["Besøg"] - at["Over"], 1))
        self.assertTrue(max(gaps) - 6.1 < min(gaps) < max(gaps) - 1, gaps)

    def test_heads_name_what_goes_on_also_where_parts_begin_no_page(self):
        report = self.report(SMALL + "\n# Tema: Ild {#ild}\n\n" + "Om ild.\n\n" * 60 + "# Efterskrift\n\nSlut.\n")
        self.layout(report, "mine", 'extends: committee-pack\noutput: "mine.pdf"\nparts: [letterhead, body]\n'
                    "run-on: true\n")
        self.build(report, "-l", "mine")
        heads = [text_of(self.out / "mine.pdf", "-f", page, "-l", page).strip().split("\n")[0] for page in (1, 2)]
        self.assertNotIn("Ild", heads[0])
        self.assertRegex(heads[1], r"^Tema 2\s+Ild")
