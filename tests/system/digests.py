"""PDFs of several reports and layouts, made once, and their digests, with which others are compared."""
import hashlib
import pathlib
import subprocess
import tempfile

from support import LONDON, PROGRAM, ROOT, Case

REPORTS = [LONDON, *sorted((ROOT / "tests" / "reports").iterdir())]
LAYOUTS = ["committee-pack", "theme-briefing", "committee-pack-booklet", "closed-pack"]


def digests(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(pathlib.Path(folder).iterdir())}


def make(out, *arguments, reports=tuple(REPORTS), **options):
    """Everything in a new folder; the digests by name."""
    out.mkdir()
    layouts = [word for layout in LAYOUTS for word in ("-l", layout)]
    done = subprocess.run([str(PROGRAM), "build", "-o", str(out), *layouts, *map(str, arguments),
                           *map(str, reports)], capture_output=True, text=True, timeout=300, **options)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return digests(out)


class Digests(Case):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            cls.expected = make(pathlib.Path(folder) / "expected")
        assert len(cls.expected) > 20

    def make(self, name, *arguments, **options):
        return make(self.folder / name, *arguments, **options)
