"""Fonts of every kind: found, checked, embedded, and read back."""
import pathlib
import struct
import subprocess

from support import Case, HEAD, ROOT, expanded, run, text_of, tool

OPEN_SANS = pathlib.Path("/usr/share/fonts/truetype/open-sans/OpenSans-Regular.ttf")
INTER = pathlib.Path("/usr/share/fonts/truetype/inter-vf/Inter-roman.var.ttf")
TEXT = (HEAD + "# Tema: Vand {#vand}\n\nEn fin affære: fjorden flyder, *AVATAR*, **Toft** og kafé "
        "koster 1.234,50 kr. pr. m².\n\n## Rør\n\nMere ***om*** rør.\n")


def with_fs_type(font, value):
    """The font with another embedding permission in its OS/2 table."""
    data = bytearray(font.read_bytes())
    tables = struct.unpack(">H", data[4:6])[0]
    for i in range(tables):
        at = 12 + 16 * i
        if data[at:at + 4] == b"OS/2":
            offset = struct.unpack(">I", data[at + 8:at + 12])[0]
            data[offset + 8:offset + 10] = struct.pack(">H", value)
            return bytes(data)
    raise AssertionError("no OS/2 table")


class Fonts(Case):
    def own_layout(self, folder, lines):
        self.layout(folder, "own", "extends: committee-pack\noutput: \"own.pdf\"\n" + lines)

    def put_font(self, folder, name, data):
        (folder / "fonts").mkdir(exist_ok=True)
        (folder / "fonts" / name).write_bytes(data)

    def make(self, lines, fonts=None):
        folder = self.report(TEXT)
        self.own_layout(folder, lines)
        for name, data in (fonts or {}).items():
            self.put_font(folder, name, data)
        self.build(folder, "-l", "own")
        return self.out / "own.pdf"

    def fonts_of(self, pdf):
        lines = tool("pdffonts", pdf).splitlines()[2:]
        return {line.split()[0].replace("-Briefpack-Code-H", "").split("+")[1]: line for line in lines}

    def check_readers(self, pdf):
        """Two readers find the text, and poppler nothing to complain of."""
        done = subprocess.run(["pdftoppm", "-r", "20", str(pdf), str(self.folder / "page")],
                              capture_output=True, text=True, timeout=300)
        self.assertEqual(done.stderr, "")
        for text in (text_of(pdf), tool("mutool", "draw", "-q", "-F", "txt", pdf)):
            words = " ".join(text.split()).replace("\N{NO-BREAK SPACE}", " ")
            self.assertIn("En fin affære: fjorden flyder, AVATAR, Toft og kafé koster 1.234,50 kr. pr. m².",
                          words)

    def test_cff_outlines(self):
        pdf = self.make("family: EB Garamond 12\n")
        fonts = self.fonts_of(pdf)
        self.assertLessEqual({"EBGaramond12-Regular", "EBGaramond12-Bold", "EBGaramond12-Italic"}, set(fonts))
        self.assertIn("CID Type 0C", fonts["EBGaramond12-Regular"])
        self.check_readers(pdf)

    def test_a_family_without_bold_is_told(self):
        folder = self.report(TEXT)
        self.own_layout(folder, "family: EB Garamond 08\n")
        done = self.build(folder, "-l", "own")
        said = "layouts/own.yaml:1:1: warning: the font family 'EB Garamond 08' has no bold: what is bold looks like other text"
        self.assertEqual(done.stderr.count("has no bold"), 1, done.stderr)
        self.assertIn(said, done.stderr)
        self.assertNotIn("has no italic", done.stderr)

    def test_cff_with_small_capitals(self):
        pdf = self.make("family: EB Garamond 12\nstyles:\n  body: {small-capitals: true, figures: old-style}\n")
        self.check_readers(pdf)

    def test_variable_fonts_are_pinned(self):
        pdf = self.make("family: Inter\n")
        fonts = tool("pdffonts", pdf).splitlines()[2:]
        self.assertGreaterEqual(len(fonts), 5, fonts)  # regular, semibold, bold, italic, bold italic
        self.assertTrue(all("CID TrueType" in line for line in fonts), fonts)
        self.check_readers(pdf)
        self.assertIn(b"glyf", expanded(pdf))
        self.assertNotIn(b"fvar", expanded(pdf))

    def test_weights_of_a_variable_font_differ(self):
        light = self.make("family: Inter\nstyles:\n  body: {weight: light}\n")
        widths = text_of(light, "-bbox")
        bold = self.make("family: Inter\nstyles:\n  body: {weight: bold}\n")
        self.assertNotEqual(widths, text_of(bold, "-bbox"))

    def test_a_layout_names_a_file(self):
        pdf = self.make("family: Byens.ttf\n", {"Byens.ttf": INTER.read_bytes()})
        self.assertTrue(any("Inter" in name for name in self.fonts_of(pdf)))
        self.check_readers(pdf)

    def test_a_file_that_is_not_there(self):
        folder = self.report(TEXT)
        self.own_layout(folder, "family: Byens.ttf\n")
        done = self.build(folder, "-l", "own", status=1)
        self.assertIn("there is no font file 'Byens.ttf' in a folder fonts/", done.stderr)
        done = self.build(folder, "-l", "own", "--lang=da", status=1)
        self.assertIn("der er ingen skriftfil 'Byens.ttf' i en mappe fonts/", done.stderr)

    def test_a_file_that_may_not_be_used_in_danish(self):
        folder = self.report(TEXT)
        self.own_layout(folder, "family: Byens.ttf\n")
        self.put_font(folder, "Byens.ttf", with_fs_type(INTER, 2))
        done = self.build(folder, "-l", "own", "--lang=da", status=1)
        self.assertIn("fonts/Byens.ttf' kan ikke bruges: dens skaber", done.stderr)

    def test_own_files_win(self):
        own = OPEN_SANS.read_bytes().replace("OpenSans".encode("utf-16-be"), "OpenSanz".encode("utf-16-be"))
        own = own.replace(b"OpenSans", b"OpenSanz")
        pdf = self.make("", {"own.ttf": own})
        self.assertIn("OpenSanz", self.fonts_of(pdf))

    def test_a_configuration_of_the_report(self):
        """Also where the report is named without its whole path."""
        folder = self.report(TEXT)
        self.own_layout(folder, "")
        for name in ("fonts.conf", "more-fonts.conf"):
            self.put_font(folder, name, (ROOT / "fonts" / name).read_bytes())
        done = run("build", "-l", "own", "-o", self.out, folder.name, cwd=folder.parent)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertTrue(any("OpenSans" in name for name in self.fonts_of(self.out / "own.pdf")))

    def test_permission_to_embed(self):
        for value, why in ((2, "forbids embedding"), (0x100, "forbids subsetting"), (0x200, "bitmaps alone")):
            folder = self.report(TEXT, f"refused-{value}")
            self.own_layout(folder, "family: Byens.ttf\n")
            self.put_font(folder, "Byens.ttf", with_fs_type(INTER, value))
            done = self.build(folder, "-l", "own", status=1)
            self.assertIn("fonts/Byens.ttf' can't be used: ", done.stderr)
            self.assertIn(why, done.stderr)
        for value in (0, 4, 8, 6):
            folder = self.report(TEXT, f"taken-{value}")
            self.own_layout(folder, "family: Byens.ttf\n")
            self.put_font(folder, "Byens.ttf", with_fs_type(INTER, value))
            self.build(folder, "-l", "own")

    def test_a_broken_file_is_named(self):
        folder = self.report(TEXT)
        self.own_layout(folder, "family: Byens.otf\n")
        self.put_font(folder, "Byens.otf", b"OTTO" + bytes(200))
        done = self.build(folder, "-l", "own", status=1)
        self.assertIn("fonts/Byens.otf' can't be used: it is broken", done.stderr)

    def test_wrong_style_keys(self):
        folder = self.report(TEXT)
        self.own_layout(folder, "styles:\n  body: {figures: roman}\n  h1: {stretch-letters: 12}\n  h2: {ligature: no}\n")
        done = self.build(folder, "-l", "own", status=1)
        for line in (4, 5, 6):
            self.assertRegex(done.stderr, rf"own\.yaml:{line}:\d+: error: ")
