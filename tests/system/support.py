"""What the system tests share: the program, small reports, and readers of PDF files."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("BUILD", ROOT / "build"))
PROGRAM = BUILD / "briefpack"
SANITIZED = "-fsanitize" in (BUILD / "flags").read_text()
DATA = ROOT / "data"
LONDON = DATA / "studietur-london-2012"

# What is said is compared in English, whatever the terminal's language.
os.environ.update(LC_ALL="C.UTF-8", LANGUAGE="")

HEAD = "---\ntitle: Prøve\n---\n"
SMALL = HEAD + "# Tema: Vand {#vand}\n\nEt afsnit om vand.\n\n## Rør\n\nMere om rør.\n"


def run(*arguments, **options):
    """Runs briefpack; output is text, the environment the test's own."""
    options.setdefault("timeout", 300)
    return subprocess.run([str(PROGRAM), *map(str, arguments)], capture_output=True, text=True,
                          **options)


def tool(*command, stdin=None):
    """Output of a tool of the system, which must succeed."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=300,
                          input=stdin)
    if done.returncode != 0:
        raise AssertionError(f"{command[0]} failed: {done.stderr}")
    return done.stdout


def expanded(pdf):
    """A PDF's bytes with no object and no stream compressed."""
    done = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", pdf, "-"], capture_output=True, timeout=300)
    if done.returncode != 0:
        raise AssertionError(f"qpdf failed: {done.stderr}")
    return done.stdout


def pages_of(pdf):
    return int(re.search(r"^Pages:\s+(\d+)", tool("pdfinfo", pdf), re.M).group(1))


def text_of(pdf, *options):
    return tool("pdftotext", *options, pdf, "-")


def words_of(pdf, *options):
    """The text with a blank between its words, wherever lines and pages end."""
    return " ".join(text_of(pdf, *options).split())


def words_at(pdf, page=None):
    """The words of a page, or of all, and where they begin: (x, y, word)."""
    found = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>(.*?)</word>',
                       text_of(pdf, "-bbox", *(("-f", page, "-l", page) if page else ())))
    return [(float(x), float(y), word) for x, y, word in found]


WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>')


def words_with_places(pdf):
    """(page, left, top, right, bottom, word) of each word."""
    text = tool("pdftotext", "-bbox", pdf, "-")
    found = []
    for page, part in enumerate(text.split("<page ")[1:], 1):
        found += [(page, *map(float, match[:4]), match[4]) for match in WORD.findall(part)]
    return found


class Structure:
    """The structure elements of a PDF, as their dictionaries with a parent."""

    def __init__(self, pdf):
        self.objects = {key[4:]: value["value"]
                        for key, value in json.loads(tool("qpdf", "--json", "--json-key=qpdf", pdf))["qpdf"][1].items()
                        if "value" in value}
        self.found = {ref: o for ref, o in self.objects.items() if isinstance(o, dict) and "/S" in o and "/P" in o}

    def of(self, role):
        return {ref: o for ref, o in self.found.items() if o["/S"] == "/" + role}

    def kids(self, ref):
        """References to child elements, in order."""
        kids = self.found[ref].get("/K", [])
        return [kid for kid in (kids if isinstance(kids, list) else [kids]) if kid in self.found]

    def above(self, ref, role):
        while self.found[ref]["/S"] != "/" + role:
            ref = self.found[ref]["/P"]
        return ref

    def attribute(self, ref, name):
        a = self.found[ref].get("/A", {})
        return (self.objects[a] if isinstance(a, str) else a).get(name)

    def ids(self):
        """What the tree of IDs leads to."""
        root = next(o for o in self.objects.values() if isinstance(o, dict) and o.get("/Type") == "/StructTreeRoot")
        names = [name for leaf in self.objects[root["/IDTree"]]["/Kids"] for name in self.objects[leaf]["/Names"]]
        return dict(zip(names[::2], names[1::2]))


class Case(unittest.TestCase):
    """A test with a folder of its own."""

    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="briefpack-"))
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.out = self.folder / "out"
        self.out.mkdir()

    def report(self, text, name="prove"):
        """A report with this text; bytes are written as they are."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        data = text if isinstance(text, bytes) else text.encode()
        (folder / "report.md").write_bytes(data)
        return folder

    def layout(self, report, name, text):
        """A layout of the report's own."""
        (report / "layouts").mkdir(exist_ok=True)
        (report / "layouts" / f"{name}.yaml").write_text(text)

    def build(self, report, *arguments, status=0, **options):
        done = run("build", "-o", self.out, *arguments, report, **options)
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def made(self):
        return sorted(path.name for path in self.out.iterdir())

    def contents(self):
        """The bytes of what was made, by name."""
        return {path.name: path.read_bytes() for path in self.out.iterdir()}

    def clear(self):
        """Removes what was made."""
        for path in self.out.iterdir():
            path.unlink()
