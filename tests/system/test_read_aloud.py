"""What a screen reader says of finished PDFs."""
import os
import pathlib
import random
import re
import shutil
import subprocess
import tempfile
import unittest
import wave

from support import BUILD, HEAD, LONDON, ROOT, SANITIZED, Case, run, tool

DATA = ROOT / "data"
GOLDEN = ROOT / "tests" / "golden" / "aloud"


def aloud(*arguments, status=0, **options):
    done = run("read-aloud", *arguments, **options)
    if done.returncode != status:
        raise AssertionError(f"ended with {done.returncode}: {done.stderr}")
    return done


def words_of(said):
    """What is said, without where pages begin: that is the layout's."""
    said = re.sub(r"^Side .*\n", "", said, flags=re.M)
    said = re.sub(r"(?<=\d) sider$|(?<=side.)\d+\b|(?<= )\d+(?=\]$)", "N", said, flags=re.M)
    return said.split()


class Data(Case):
    """One PDF of each kind that the reports of data/ have. UPDATE_GOLDEN=1 renews what they say."""

    def check(self, name, *arguments):
        said = aloud(*arguments).stdout
        golden = GOLDEN / f"{name}.txt"
        if os.environ.get("UPDATE_GOLDEN"):
            golden.write_text(said)
        self.assertEqual(words_of(said), words_of(golden.read_text()))

    def test_a_recommendation(self):
        self.check("indstilling", DATA / "indstilling-natbus")

    def test_a_pack(self):
        self.check("pakke", DATA / "navne-og-sprog", "-l", "committee-pack")

    def test_a_briefing(self):
        self.check("briefing", "-t", "partnervold", DATA / "studietur-london-2012")

    def test_tables(self):
        self.check("tabeller", "-l", "theme-briefing", "-t", "dagtilbud", DATA / "budgetorientering-2027")


class Reports(Case):
    def test_a_report_is_read_as_it_would_be_built(self):
        report = LONDON
        self.build(report)
        names = ["pakke", "socio", "bander", "partnervold"]
        paths = [self.out / f"{report.name}-{name}.pdf" for name in names]
        of_files = aloud(*paths).stdout.replace(f"{self.out}/", "")
        here = aloud(report, cwd=self.out).stdout
        self.assertEqual(here, of_files)
        self.assertEqual(len(self.made()), 4)

    def test_layouts_and_themes_choose(self):
        said = aloud("-t", "bander", LONDON).stdout
        self.assertRegex(said, r"\ADokument: Bander.*, på dansk, \d+ sider\n\nSide 1\n")
        self.assertNotIn(".pdf", said)
        done = run("read-aloud", "-t", "nix", LONDON)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("the report has no theme 'nix'", done.stderr)

    def test_errors_of_a_report_are_told(self):
        done = aloud(self.report(HEAD + "# Tema: A\n\n[@K1]\n"), status=1)
        self.assertIn("report.md:6:1: error: there is no key figure 'K1'", done.stderr)
        self.assertEqual(done.stdout, "")

    def test_sheets_have_nothing_to_read(self):
        done = aloud("-l", "committee-pack-booklet", DATA / "studietur-london-2012", status=2)
        self.assertIn("sheets for the printer have nothing to read aloud", done.stderr)

    def test_everything_that_text_can_have(self):
        report = self.report(HEAD + """# Tema: Vand {#vand}

Et [link](https://example.org/vand) og [thank you]{lang=en}, og en note[^a]. Se [rør](#ror).

- Et punkt
- To punkter
  1. Indre

> Citatet.

## Rør {#ror}

| Sted | Længde | Note |
|------|-------:|------|
| Nord |     12 |      |
| Syd  |      7 | kort |

Tabel: Rør

[^a]: Noten.
""")
        self.layout(report, "pakke", "extends: committee-pack\ncover: {least-pages: 0}\ncontents: {least-pages: 0}\n")
        said = aloud("-l", "pakke", report).stdout
        for text in ("Et [link: link] og [på engelsk: thank you], og en note [note: 1]. Se [link: rør].",
                     "Fodnote: [link: 1] Noten.",
                     "Liste med 2 punkter\n  • Et punkt\n  • To punkter\n    Liste med 1 punkt\n      1. Indre\n"
                     "    Slut på liste\nSlut på liste\n",
                     "Citat\n  Citatet.\nSlut på citat\n",
                     "Overskrift 3: Rør\nTabel med 3 kolonner og 3 rækker: Tabel\u00a01: Rør\n  Kolonner: Sted; Længde; Note\n"
                     "  Række 2\n    Sted: Nord\n    Nord, Længde: 12\n    Nord, Note: tom\n"
                     "  Række 3\n    Sted: Syd\n    Syd, Længde: 7\n    Syd, Note: kort\nSlut på tabel\n",
                     "Indholdsfortegnelse med 1 punkt\n  [link: Tema\u00a01\u00a0Vand\u00a03]\n    [link: Rør\u00a03]\n"
                     "Slut på indholdsfortegnelse\n"):
            self.assertIn(text, said)

    def test_words_are_those_of_the_document(self):
        english = self.report(HEAD.replace("title", "language: en\ntitle") + "# Theme: Water\n\n- One\n\n- Two\n")
        said = aloud("--lang=da", "-l", "committee-pack", english).stdout
        self.assertIn("Document: Prøve, in English, 1 page\n\nPage 1\nHeading 1: Prøve\n", said)
        self.assertIn("List with 2 items\n", said)

    def test_words_cut_at_line_ends_are_whole(self):
        word = "Menneskerettighedsorganisationsmedlemskab"
        said = aloud("-l", "committee-pack", self.report(HEAD + "# Ord\n\n" + f"ord {word} " * 60 + "\n")).stdout
        self.assertEqual(said.count(word), 60)
        self.assertNotIn("\u00ad", said)


class Pages(Case):
    def test_ranges(self):
        self.build(LONDON, "-l", "committee-pack")
        pdf = self.out / f"{LONDON.name}-pakke.pdf"
        pages = lambda *options: re.findall(r"^Side (\d+)$", aloud(*options, pdf).stdout, re.M)
        self.assertEqual(pages("--pages=2"), ["2"])
        self.assertEqual(sorted(set(pages("--pages=2-4,7")), key=int), ["2", "3", "4", "7"])
        whole = aloud(pdf).stdout
        self.assertIn(aloud("--pages=1", pdf).stdout, whole)
        for wrong in ("0", "4-2", "x", ""):
            done = aloud(f"--pages={wrong}", pdf, status=2)
            self.assertIn("'--pages' wants pages such as", done.stderr)


class Files(Case):
    """PDFs that are not as they should be."""

    def setUp(self):
        super().setUp()
        self.build(LONDON, "-t", "partnervold")
        self.pdf = self.out / f"{LONDON.name}-partnervold.pdf"

    def refuse(self, path, message, status=1):
        done = aloud(path, status=status)
        self.assertEqual(done.stdout, "")
        self.assertIn(f"{path}: error: {message}\n", done.stderr)

    def changed(self, name, *options):
        path = self.folder / name
        tool("qpdf", *options, self.pdf, path)
        return path

    def test_a_file_that_is_not_there(self):
        self.refuse(self.folder / "nix.pdf", "can't read it: No such file or directory", status=3)

    def test_a_file_that_is_no_pdf(self):
        path = self.folder / "text.pdf"
        path.write_text("Kære udvalg\n")
        self.refuse(path, "this is no PDF")

    def test_a_file_that_is_broken(self):
        path = self.folder / "half.pdf"
        path.write_bytes(self.pdf.read_bytes()[:2000])
        self.refuse(path, "the PDF is broken")

    def test_a_file_with_a_password(self):
        path = self.changed("locked.pdf", "--encrypt", "hemmelig", "ejer", "256", "--")
        self.refuse(path, "the PDF is encrypted, and opens with a password alone")

    def test_a_file_that_anyone_may_open(self):
        path = self.changed("open.pdf", "--encrypt", "", "ejer", "256", "--")
        self.assertEqual(aloud(path).stdout, aloud(self.pdf).stdout)

    def test_a_file_without_structure(self):
        self.build(LONDON, "-l", "committee-pack-booklet")
        self.refuse(next(self.out.glob("*haefte*.pdf"), None) or next(
            path for path in self.out.iterdir() if path != self.pdf),
            "the PDF isn't tagged: it has no structure that could be read aloud")

    def test_it_is_said_in_danish(self):
        path = self.folder / "text.pdf"
        path.write_text("x")
        self.assertIn("fejl: det er ikke en PDF\n", aloud("--lang=da", path, status=1).stderr)

    def test_other_ways_to_write_a_file_change_nothing(self):
        said = aloud(self.pdf).stdout
        for name, options in (("objects.pdf", ["--object-streams=generate"]), ("linear.pdf", ["--linearize"]),
                              ("qdf.pdf", ["--qdf"])):
            self.assertEqual(aloud(self.changed(name, *options)).stdout, said, name)

    def test_a_loop_in_the_structure_ends(self):
        path = self.changed("qdf.pdf", "--qdf", "--object-streams=disable")
        data = path.read_bytes()
        document = re.search(rb"/K \[\s*(\d+) 0 R\s*\]\s*/ParentTree ", data).group(1)
        heading = re.search(rb"/K \d+(\s*/P \d+ 0 R\s*/Pg \d+ 0 R\s*/S /H2\s)", data)
        looped = data[:heading.start()] + b"/K " + document + b" 0 R" + heading.group(1) + data[heading.end():]
        path.write_bytes(looped)
        done = aloud(path)
        self.assertIn("warning: the structure holds things twice, or in a loop: they are read once", done.stderr)
        self.assertIn("Overskrift 1: Partnervold\n", done.stdout)

    def test_damage_anywhere_is_survived(self):
        path = self.changed("qdf.pdf", "--qdf", "--object-streams=disable")
        data = path.read_bytes()
        chance = random.Random(7)
        for attempt in range(20 if SANITIZED else 60):
            damaged = bytearray(data)
            for _ in range(chance.choice((1, 20, 400))):
                at = chance.randrange(len(damaged))
                if chance.random() < 0.5:
                    damaged[at] = chance.choice(b"0123456789<>[]()/ R%\n")
                else:
                    other = chance.randrange(len(damaged) - 40)
                    damaged[at:at + 20] = damaged[other:other + 20]
            path.write_bytes(damaged)
            done = run("read-aloud", path, timeout=60)
            self.assertIn(done.returncode, (0, 1), f"attempt {attempt}: {done.stderr[-2000:]}")

    def test_text_outside_of_the_structure_is_told(self):
        path = self.changed("qdf.pdf", "--qdf", "--object-streams=disable")
        data = path.read_bytes()
        path.write_bytes(data.replace(b"/P<</MCID 0>>BDC", b"/P<</MCIX 0>>BDC", 1))
        self.assertIn("warning: pages with text outside of the structure, which no one hears: 1", aloud(path).stderr)

    def test_wrong_usage(self):
        self.assertIn("name a PDF or a report", aloud(status=2).stderr)
        self.assertIn("'--pags=1'; did you mean '--pages'?", aloud("--pags=1", self.pdf, status=2).stderr)


class Sound(Case):
    def setUp(self):
        super().setUp()
        self.spoken = self.report(HEAD + "# Tema: Vand\n\nKort.\n")
        self.wav = self.folder / "x.wav"

    def test_it_speaks(self):
        done = aloud("--wav", self.wav, self.spoken)
        self.assertEqual(done.stdout, "")
        with wave.open(str(self.wav)) as sound:
            seconds = sound.getnframes() / sound.getframerate()
        self.assertGreater(seconds, 5)

    def test_each_language_has_its_voice(self):
        danish, english = (self.report(HEAD + f"# Tema: Vand\n\n[Social enterprise]{{lang={tag}}}.\n", tag)
                           for tag in ("da", "en"))
        sounds = []
        for report in (danish, english):
            aloud("-o", self.wav, "-l", "committee-pack", report)
            sounds.append(self.wav.read_bytes())
        self.assertFalse(sounds[0] == sounds[1])

    def test_without_the_speaker_nothing_is_written(self):
        done = aloud("--wav", self.wav, self.spoken, status=3, env={**os.environ, "PATH": str(self.folder)})
        self.assertIn("error: espeak-ng is not installed, which makes the sound\n", done.stderr)
        self.assertFalse(self.wav.exists())

    def test_a_file_that_cannot_be_written(self):
        done = aloud("--wav", self.folder / "nix" / "x.wav", self.spoken, status=3)
        self.assertIn("can't write", done.stderr)


class Program(unittest.TestCase):
    def test_making_pdfs_loads_no_reader_of_pdfs(self):
        self.assertNotIn("libqpdf", tool("ldd", BUILD / "briefpack"))
        self.assertIn("libqpdf", tool("ldd", BUILD / "briefpack-read-aloud"))

    def test_a_reader_that_is_missing_is_told(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="briefpack-", dir=BUILD))
        self.addCleanup(shutil.rmtree, folder)
        shutil.copy(BUILD / "briefpack", folder)
        done = subprocess.run([folder / "briefpack", "read-aloud", "x.pdf"], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 3)
        self.assertIn("error: can't start '/usr/local/libexec/briefpack/briefpack-read-aloud': No such file",
                      done.stderr)


if __name__ == "__main__":
    unittest.main()
