"""Pictures in lines of text, as other programs read the PDFs."""
import json
import re
import shutil
import unittest

from support import HEAD, ROOT, Case, Structure, run, pages_of, text_of, tool, words_at

IMAGES = ROOT / "tests" / "reports" / "elements" / "images"
BODY = """# Tema: Kort ![et segl](images/seal.png) i titler {#kort}

Se tegnet ![rødt kryds](images/seal.png) på kortet.
Et foto ![af salen](images/photo.jpg) og pynt ![](images/grey.png){alt=""} i linjen, så den er længere end én linje på siden.
Her er [et link ![med segl](images/seal.png)](https://example.org/a) og
[![kortet](images/seal.png)](https://example.org/b) i sætningen.[^n]

[^n]: En note med ![et segl](images/seal.png) i.

| Hvad ![et hoved](images/seal.png) | Tal |
|---|---|
| Kryds ![i cellen](images/seal.png) | 12 |

Tabel: Det hele ![i teksten](images/seal.png)

- et punkt ![segl](images/seal.png)
"""


class Pictures(Case):
    def pictures(self, body=BODY, name="prove"):
        report = self.report(HEAD + body, name)
        self.layout(report, "pakke", "extends: committee-pack\ncover: {least-pages: 0}\ncontents: {least-pages: 0}\n")
        shutil.copytree(IMAGES, report / "images", dirs_exist_ok=True)
        return report

    def made_of(self, body=BODY):
        self.build(self.pictures(body), "-l", "pakke")
        return self.out / "prove-pakke.pdf"

    def test_text_fills_what_a_figure_leaves_and_is_read_behind_it(self):
        """On some page a chart or a picture has no room: text from below it stands above, and still the figure is read first."""
        chart = "~~~chart\ntype: columns\nheadline: Flere {n}\nfrom: t\nsource: Nord\n~~~\n\n"
        picture = "![Et kort](images/skybrud.jpg)\n\nFigur: Flere {n} {{#p{n}}}\n\n"
        lines = "Her står noget om sagen, som fylder flere linjer på siden, når det bliver sagt på denne måde, og som ikke er til at komme uden om. "
        for name, figure in (("chart", chart), ("picture", picture)):
            body = "# Tema: A {#a}\n\nOm.\n\n| Sted | Antal |\n|---|---|\n| Nord | 7 |\n| Syd | 9 |\n\nTabel: T {#t}\n\n"
            for n in range(12):
                body += f"Før{n}: {lines * 4}\n\n" + figure.format(n=n) + f"Efter{n}: {lines * 2}\n\n"
            with self.subTest(name):
                pdf = self.made_of(body)
                pages = [words_at(pdf, page) for page in range(1, pages_of(pdf) + 1)]
                swapped = 0
                for n in range(12):
                    place = {word[2]: (page, word[1]) for page, words in enumerate(pages) for word in words
                             if word[2] in (f"Før{n}:", f"Efter{n}:")}
                    figures = [(page, words[i][1]) for page, words in enumerate(pages) for i in range(len(words) - 1)
                               if words[i][2] == "Flere" and words[i + 1][2] == str(n)]
                    self.assertLess(place[f"Før{n}:"], figures[0])
                    self.assertLessEqual(figures[0][0], place[f"Før{n}:"][0] + 1)
                    swapped += place[f"Efter{n}:"] < figures[0]
                self.assertGreater(swapped, 0)
                said = tool("pdfinfo", "-struct-text", pdf)
                for n in range(12):
                    places = [said.index(f"Før{n}:"), said.index(f"Flere {n}"), said.index(f"Efter{n}:")]
                    self.assertEqual(places, sorted(places))

    def test_they_are_figures_in_the_line(self):
        structure = Structure(self.made_of())
        figures = structure.of("Figure")
        said = sorted(structure.found[ref]["/Alt"].removeprefix("u:") for ref in figures)
        self.assertEqual(said, sorted(["af salen", "et hoved", "et segl", "et segl", "i cellen", "i teksten", "kortet",
                                       "med segl", "rødt kryds", "segl"]))
        roles = {}
        for ref, figure in figures.items():
            self.assertEqual(structure.attribute(ref, "/Placement"), "/Inline")
            left, bottom, right, top = structure.attribute(ref, "/BBox")
            self.assertTrue(0 < left < right < 595 and 0 < bottom < top < 842)
            roles.setdefault(structure.found[figure["/P"]]["/S"], []).append(figure)
        self.assertEqual({role: len(found) for role, found in roles.items()},
                         {"/H2": 1, "/P": 3, "/Link": 2, "/TH": 2, "/Caption": 1, "/LBody": 1})

    def test_lines_keep_their_distance(self):
        """Pictures stand between the line above and the baseline."""
        body = "# Tema: Kort {#kort}\n\n" + ("Se tegnet {} på kortet over bydelen. " * 12)
        tops = []
        for what in ("X", "![et kryds](images/photo.jpg)"):
            pdf = self.made_of(body.replace("{}", what) + "\n")
            tops.append(sorted({y for _, y, word in words_at(pdf) if word == "tegnet"}))
        for lines in tops:
            steps = {round(b - a, 2) for a, b in zip(lines, lines[1:])}
            self.assertLessEqual(len(steps), 2)
        self.assertAlmostEqual(tops[0][1] - tops[0][0], tops[1][1] - tops[1][0], 2)
        structure = Structure(pdf)
        boxes = sorted((structure.attribute(ref, "/BBox") for ref in structure.of("Figure")), key=lambda box: -box[1])
        leading = tops[1][1] - tops[1][0]
        for left, bottom, right, top in boxes:
            self.assertLess(top - bottom, leading)
            self.assertAlmostEqual((right - left) / (top - bottom), 1.6, 1)
        rows = sorted({round(box[1], 1) for box in boxes}, reverse=True)
        for higher, lower in zip(rows, rows[1:]):
            self.assertAlmostEqual(higher - lower, leading, 1)

    def test_text_and_places_that_repeat_it(self):
        pdf = self.made_of()
        text = " ".join(text_of(pdf).split())
        self.assertIn("Se tegnet på kortet. Et foto og pynt i linjen", text)
        self.assertNotIn("rødt kryds", text)
        self.assertNotIn("\ufffc", text)
        self.assertIn("Kort et segl i titler", text)  # in the contents
        outline = json.loads(tool("qpdf", "--json", "--json-key=outlines", pdf))["outlines"]
        self.assertIn("Kort et segl i titler", json.dumps(outline, ensure_ascii=False))

    def test_links_have_the_picture_in_them(self):
        pdf = self.made_of()
        structure = Structure(pdf)
        boxes = {structure.found[ref]["/Alt"].removeprefix("u:"): structure.attribute(ref, "/BBox")
                 for ref in structure.of("Figure")}
        links = [o for o in structure.objects.values() if isinstance(o, dict) and o.get("/Subtype") == "/Link"]
        for end, alt in (("/b", "kortet"), ("/a", "med segl")):
            link = next(o for o in links if json.dumps(o.get("/A", "")).endswith(end + '"}'))
            self.assertIn(alt, link["/Contents"])
            left, _, right, _ = boxes[alt]
            self.assertLessEqual(link["/Rect"][0], left + 0.1)
            self.assertGreaterEqual(link["/Rect"][2], right - 0.1)

    def test_each_file_is_in_the_pdf_once(self):
        rows = [row.split() for row in tool("pdfimages", "-list", self.made_of()).splitlines()[2:]]
        pictures = {(row[3], row[4], row[8]) for row in rows if row[2] == "image"}
        objects = {row[10] for row in rows if row[2] == "image"}
        self.assertEqual(pictures, {("60", "40", "image"), ("160", "100", "jpeg"), ("90", "50", "image")})
        self.assertEqual(len(objects), 3)

    def test_in_grey_they_are_grey(self):
        self.build(self.pictures(), "--grey", "-l", "committee-pack")
        for row in tool("pdfimages", "-list", self.out / "prove-pakke-graa.pdf").splitlines()[2:]:
            self.assertEqual(row.split()[5], "gray")

    def test_they_are_said(self):
        said = run("read-aloud", self.made_of(), "--lang=da").stdout
        self.assertIn("Overskrift 2: Kort [Billede: et segl] i titler", said)
        self.assertIn("Se tegnet [Billede: rødt kryds] på kortet. Et foto [Billede: af salen] og pynt i linjen", said)
        self.assertIn("[link: et link [Billede: med segl]] og [link: [Billede: kortet]] i sætningen.", said)
        self.assertIn("Hvad et hoved: Kryds [Billede: i cellen]", said)
        self.assertIn("• et punkt [Billede: segl]", said)

    def test_the_model_has_them(self):
        report = self.pictures()
        again = report.parent / "model.json"
        self.assertEqual(run("model", "-o", again, report).returncode, 0)
        self.build(report, "-l", "committee-pack")
        before = self.contents()
        self.clear()
        self.build(again, "-l", "committee-pack")
        self.assertEqual(self.contents(), before)

    def test_a_layout_has_a_logo(self):
        """In the folder of the file that names it; that of the report goes before it."""
        report = self.report(HEAD + "# Tema: A {#a}\n\nTekst.\n")
        self.layout(report, "base", "extends: theme-briefing\nlogo: pictures/seal.png\n")
        self.layout(report, "own", 'extends: base\noutput: "{report}-{theme}-own.pdf"\n')
        shutil.copytree(IMAGES, report / "layouts" / "pictures")

        def sizes():
            self.build(report, "-l", "own")
            return re.findall(r"image +(\d+) +(\d+)", tool("pdfimages", "-list", self.out / "prove-a-own.pdf"))
        of_layout = sizes()
        self.assertEqual(len(of_layout), 1)
        shutil.copy(IMAGES / "photo.jpg", report / "mine.jpg")
        (report / "report.md").write_text(HEAD.replace("title:", "logo: mine.jpg\ntitle:", 1) + "# Tema: A {#a}\n\nTekst.\n")
        self.assertNotEqual(sizes(), of_layout)
        self.assertEqual(len(sizes()), 1)

    def test_a_logo_of_a_layout_stays_in_its_folder(self):
        report = self.report(HEAD + "# Tema: A {#a}\n\nTekst.\n")
        shutil.copy(IMAGES / "seal.png", report / "seal.png")
        for path, why in (("../seal.png", "the logo '../seal.png' is outside the layout's folder"),
                          (str(report / "seal.png"), "must begin in the layout's folder, not with '/'"),
                          ("none.png", "can't read the picture 'none.png'")):
            self.layout(report, "own", f"extends: theme-briefing\nlogo: {path}\n")
            done = self.build(report, "-l", "own", status=1)
            self.assertRegex(done.stderr, "own.yaml:2:7: error: .*" + re.escape(why))

    def test_pictures_that_are_missing_are_told_at_once(self):
        """By a check, and where nothing is made because of another error."""
        report = self.report(HEAD.replace("title:", "logo: none.png\ntitle:", 1) +
                             "# Tema: A {#a}\n\nSe ![kort](a.png) her.[^n]\n\n![Kort](b.png)\n\n[^n]: Se ![c](c.png).\n")
        wanted = [(2, "none.png"), (7, "a.png"), (9, "b.png"), (11, "c.png")]
        for arguments in (("check", report), ("build", "-o", self.out, "-l", "none-such", report)):
            done = run(*arguments)
            self.assertEqual(done.returncode, 1 if arguments[0] == "check" else done.returncode)
            self.assertNotEqual(done.returncode, 0)
            told = re.findall(r"report.md:(\d+):\d+: error: can't read the picture '(.*?)'", done.stderr)
            self.assertEqual([(int(line), name) for line, name in told], wanted)

    def test_one_that_becomes_a_stamp_is_told(self):
        report = self.pictures("# Tema: Kort {#kort}\n\n<sub>Et ![lille](images/photo.jpg) foto</sub>.\n")
        done = self.build(report, "-l", "committee-pack")
        self.assertIn("report.md:6:9: warning: this picture is set as high as its line", done.stderr)
        self.assertNotIn("warning", self.build(self.pictures(), "-l", "committee-pack").stderr)


if __name__ == "__main__":
    unittest.main()
