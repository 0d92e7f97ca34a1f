"""PDF files as Python values, through qpdf's JSON.

A document's objects are dicts, lists, numbers, booleans, None and strings. Strings
are as in qpdf's JSON, version 2: "/Name", "12 0 R", "u:text", "b:hex". A stream is
a Stream with its dict and its decoded data. Content streams have a tokeniser here.
"""
import base64
import json
import os
import re
import subprocess
import tempfile

REFERENCE = re.compile(r"^\d+ \d+ R$")


class PdfError(Exception):
    """A file that can't be read, or one that isn't built as expected."""


class Stream:
    """A stream object: its dict, and its data without compression."""

    def __init__(self, dict_, data):
        self.dict = dict_
        self.data = data


def is_ref(value):
    return isinstance(value, str) and REFERENCE.match(value) is not None


def text(value):
    """The characters of a string object; None for what is not a string."""
    if not isinstance(value, str):
        return None
    if value.startswith("u:"):
        return value[2:]
    if value.startswith("b:"):
        return bytes.fromhex(value[2:]).decode("latin-1")
    return None


class Pdf:
    """All objects of one file, by reference ("12 0 R"), and its trailer."""

    def __init__(self, path):
        self.path = path
        self.warnings = []
        whole = self._read(path)
        try:
            self.header, objects = whole["qpdf"]
        except (KeyError, ValueError) as error:
            raise PdfError(f"qpdf wrote unknown JSON: {error}") from error
        self.trailer = objects.pop("trailer")["value"]
        self.objects = {}
        for key, entry in objects.items():
            self.objects[key.removeprefix("obj:")] = self._object(entry)

    def _read(self, path):
        done = subprocess.run(
            ["qpdf", "--json=2", "--json-key=qpdf", "--json-stream-data=inline",
             "--decode-level=generalized", path], capture_output=True, check=False)
        said = done.stderr.decode("utf-8", "replace").splitlines()
        if done.returncode not in (0, 3):
            raise PdfError("; ".join(said) or f"qpdf ended with {done.returncode}")
        self.warnings = [line for line in said if "operation succeeded" not in line]
        if done.returncode == 3 and not self.warnings:
            self.warnings = ["qpdf warns, but says nothing"]
        return json.loads(done.stdout)

    @staticmethod
    def _object(entry):
        if "stream" not in entry:
            return entry["value"]
        stream = entry["stream"]
        return Stream(stream["dict"], base64.b64decode(stream.get("data", "")))

    def get(self, value):
        """The object behind a reference, or the value itself."""
        for _ in range(32):
            if not is_ref(value):
                return value
            value = self.objects.get(value)
        raise PdfError("references that only lead to references")

    def dict(self, value):
        """The dict of an object or stream; an empty one for anything else."""
        value = self.get(value)
        if isinstance(value, Stream):
            return value.dict
        return value if isinstance(value, dict) else {}

    def list(self, value):
        """The elements of an array; a lone object, or a reference to one, counts as one, null as none."""
        found = self.get(value)
        if isinstance(found, list):
            return found
        return [] if found is None else [value]

    def catalog(self):
        return self.dict(self.trailer.get("/Root"))

    def pages(self):
        """References of the pages, in order."""
        found, seen = [], set()

        def visit(ref):
            if ref in seen:
                raise PdfError(f"page tree visits {ref} twice")
            seen.add(ref)
            node = self.dict(ref)
            if "/Kids" in node:
                for kid in self.list(node["/Kids"]):
                    visit(kid)
            elif node:
                found.append(ref)

        visit(self.catalog().get("/Pages"))
        return found

    def inherited(self, page, key):
        """A page's entry, or that of the nearest ancestor that has it."""
        node = self.dict(page)
        for _ in range(64):
            if key in node or "/Parent" not in node:
                return self.get(node.get(key))
            node = self.dict(node["/Parent"])
        raise PdfError("page tree is too deep")

    def content_streams(self, page):
        """References of a page's content streams, in order."""
        return self.list(self.dict(page).get("/Contents"))

    def content(self, page):
        """A page's content: its streams with a line end between."""
        return b"\n".join(self.get(ref).data for ref in self.content_streams(page)
                          if isinstance(self.get(ref), Stream))

    def tree(self, root, leaf):
        """(key, value) pairs of a name tree (leaf /Names) or number tree (/Nums)."""
        pairs, seen = [], set()

        def visit(value):
            if is_ref(value):
                if value in seen:
                    raise PdfError(f"tree visits {value} twice")
                seen.add(value)
            node = self.dict(value)
            flat = self.list(node.get(leaf))
            pairs.extend(zip(flat[0::2], flat[1::2]))
            for kid in self.list(node.get("/Kids")):
                visit(kid)

        visit(root)
        return pairs

    def attributes(self, element):
        """The attribute dicts of a structure element, those of its classes included."""
        values = [value for value in self.list(element.get("/A")) if not isinstance(value, int)]
        classes = self.dict(self.dict(self.catalog().get("/StructTreeRoot")).get("/ClassMap"))
        for name in self.list(element.get("/C")):
            if isinstance(name, str):
                values += self.list(classes.get(name))
        return [self.dict(value) for value in values]

    def add(self, value):
        """Adds an object; returns its reference."""
        number = 1 + max(int(ref.split()[0]) for ref in self.objects)
        self.objects[f"{number} 0 R"] = value
        return f"{number} 0 R"

    def save(self, path, *options):
        """Writes the file through qpdf, streams as they are in memory."""
        objects = {}
        for ref, value in self.objects.items():
            if isinstance(value, Stream):
                data = base64.b64encode(value.data).decode("ascii")
                objects["obj:" + ref] = {"stream": {"dict": value.dict, "data": data}}
            else:
                objects["obj:" + ref] = {"value": value}
        objects["trailer"] = {"value": self.trailer}
        header = dict(self.header, maxobjectid=max(int(r.split()[0]) for r in self.objects))
        with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
            json.dump({"version": 2, "parameters": {"decodelevel": "generalized"},
                       "qpdf": [header, objects]}, file)
        try:
            done = subprocess.run(
                ["qpdf", "--json-input", file.name, path, "--deterministic-id",
                 "--stream-data=preserve", "--object-streams=disable",
                 "--newline-before-endstream", *options],
                capture_output=True, check=False)
        finally:
            os.unlink(file.name)
        if done.returncode not in (0, 3):
            raise PdfError(done.stderr.decode("utf-8", "replace"))


# ---- content streams ----------------------------------------------------------

TOKEN = re.compile(rb"""
    (?P<space>[\x00\t\n\f\r\ ]+|%[^\r\n]*)
  | (?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?=[\x00\t\n\f\r\ ()<>\[\]{}/%]|$))
  | (?P<name>/[^\x00\t\n\f\r\ ()<>\[\]{}/%]*)
  | (?P<open><<|\[)
  | (?P<close>>>|\])
  | (?P<hex><[0-9A-Fa-f\x00\t\n\f\r\ ]*>)
  | (?P<string>\()
  | (?P<word>[^\x00\t\n\f\r\ ()<>\[\]{}/%]+)
""", re.VERBOSE)
PLAIN_STRING = re.compile(rb"[^()\\\r]*\)")
STRING_PART = re.compile(rb"[^()\\\r]+|\\[0-7]{1,3}|\\\r\n|\\.|\r\n?|[()]", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f",
           b"\n": b"", b"\r": b"", b"\r\n": b""}
INLINE_END = re.compile(rb"[\x00\t\n\f\r ]EI(?=[\x00\t\n\f\r ]|$)")
KEYWORDS = {b"true": True, b"false": False, b"null": None}


class Operation:
    """One operator with its operands; start and end are offsets into the content."""

    __slots__ = ("name", "operands", "start", "end")

    def __init__(self, name, operands, start, end):
        self.name, self.operands, self.start, self.end = name, operands, start, end


def _name(raw):
    """A name as qpdf's JSON has it: #xx resolved, UTF-8."""
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), raw)
    return plain.decode("utf-8", "surrogateescape")


def _escape(part):
    if part[1:2].isdigit() and part[1] < 0x38:
        return bytes([int(part[1:], 8) & 255])
    return ESCAPES.get(part[1:], part[1:])


def _string(data, at):
    """The literal string whose first byte stands at `at`, and the offset behind its ")"."""
    plain = PLAIN_STRING.match(data, at)
    if plain:
        return plain.group()[:-1], plain.end()
    out, depth = [], 1
    while True:
        match = STRING_PART.match(data, at)
        if not match:
            raise PdfError("content: a string without its end")
        part, at = match.group(), match.end()
        if part == b"(":
            depth += 1
        elif part == b")":
            depth -= 1
            if depth == 0:
                return b"".join(out), at
        if part[:1] == b"\\":
            out.append(_escape(part))
        else:
            out.append(b"\n" if part[:1] == b"\r" else part)


def _hex(raw):
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", raw)
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _close(stack, kind):
    """Ends the array or dict that was opened last; returns it as a value."""
    if len(stack) < 2 or stack[-1][0] != (b"<<" if kind == b">>" else b"["):
        raise PdfError(f"content: {kind.decode()} that closes nothing")
    items = stack.pop()[1]
    if kind == b"]":
        return items
    if len(items) % 2 or not all(isinstance(key, str) for key in items[0::2]):
        raise PdfError("content: a dict of bad pairs")
    return dict(zip(items[0::2], items[1::2]))


def operations(data):
    """Every Operation of a content stream. Strings are bytes, names "/Name"."""
    stack, start, at, end = [(b"", [])], None, 0, len(data)
    while at < end:
        match = TOKEN.match(data, at)
        if not match:
            raise PdfError(f"content: byte {data[at]:#04x} at {at}")
        kind, raw, before = match.lastgroup, match.group(), at
        at = match.end()
        if kind == "space":
            continue
        start = before if start is None else start
        operands = stack[-1][1]
        if kind == "number":
            operands.append(float(raw) if b"." in raw else int(raw))
        elif kind == "name":
            operands.append(_name(raw))
        elif kind == "hex":
            operands.append(_hex(raw))
        elif kind == "string":
            value, at = _string(data, at)
            operands.append(value)
        elif kind == "open":
            stack.append((raw, []))
        elif kind == "close":
            value = _close(stack, raw)
            stack[-1][1].append(value)
        elif raw in KEYWORDS:
            operands.append(KEYWORDS[raw])
        elif raw == b"BI":
            continue
        else:
            if raw == b"ID":
                match = INLINE_END.search(data, at)
                if not match:
                    raise PdfError("content: an inline image without its end")
                at = match.end()
            if len(stack) > 1:
                raise PdfError(f"content: operator {raw!r} inside an array or dict")
            yield Operation(raw.decode("latin-1"), operands, start, at)
            stack, start = [(b"", [])], None
    if stack != [(b"", [])]:
        raise PdfError("content: operands without an operator at the end")


# ---- fonts --------------------------------------------------------------------

CMAP_BLOCK = re.compile(rb"begin(codespacerange|bfchar|bfrange|cidchar|cidrange)(.*?)end\1", re.DOTALL)
CMAP_ITEM = re.compile(rb"<([0-9A-Fa-f\s]*)>|\[([^\]]*)\]|(\d+)")


class CMap:
    """A CMap stream: `sizes` of its codes in bytes, and code bytes to text or CID."""

    def __init__(self, data):
        self.sizes = set()
        self.map = {}
        for kind, body in CMAP_BLOCK.findall(data):
            items = [self._item(match) for match in CMAP_ITEM.finditer(body)]
            if kind == b"codespacerange":
                self.sizes.update(len(low) for low in items[0::2])
            elif kind in (b"bfchar", b"cidchar"):
                self.map.update(zip(items[0::2], items[1::2]))
            else:
                for low, high, to in zip(items[0::3], items[1::3], items[2::3]):
                    self._range(low, high, to)

    @staticmethod
    def _item(match):
        if match[1] is not None:
            return _hex(match[1])
        if match[2] is not None:
            return [_hex(part) for part in re.findall(rb"<([^>]*)>", match[2])]
        return int(match[3])

    @staticmethod
    def written(pairs):
        """A ToUnicode CMap of these pairs."""
        sizes = {len(code) for code in pairs}
        spaces = "".join(f"<{'00' * n}> <{'FF' * n}>\n" for n in sorted(sizes))
        lines = "".join(f"1 beginbfchar\n<{code.hex()}> <{to.hex()}>\nendbfchar\n" for code, to in pairs.items())
        return ("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                f"{len(sizes)} begincodespacerange\n{spaces}endcodespacerange\n{lines}"
                "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").encode("ascii")

    def _range(self, low, high, to):
        first = int.from_bytes(low, "big")
        for step in range(int.from_bytes(high, "big") - first + 1):
            code = (first + step).to_bytes(len(low), "big")
            if isinstance(to, list):
                self.map[code] = to[step] if step < len(to) else b""
            elif isinstance(to, int):
                self.map[code] = to + step
            else:
                value = int.from_bytes(to, "big") + step
                self.map[code] = value.to_bytes(len(to), "big")


class Font:
    """How a font's codes are cut from a string, which text and which CID they give."""

    def __init__(self, pdf, value):
        font = pdf.dict(value)
        self.name = font.get("/BaseFont", "")
        self.unicode = self._cmap(pdf, font.get("/ToUnicode"))
        self.composite = font.get("/Subtype") == "/Type0"
        self.encoding = self._cmap(pdf, font.get("/Encoding")) if self.composite else None
        if self.encoding:
            self.sizes = sorted(self.encoding.sizes)
        else:
            self.sizes = [2 if self.composite else 1]

    @staticmethod
    def _cmap(pdf, value):
        stream = pdf.get(value)
        return CMap(stream.data) if isinstance(stream, Stream) else None

    def codes(self, string):
        """The codes of a shown string. With codes of several sizes, the mapped one counts."""
        at = 0
        while at < len(string):
            size = self.sizes[0] if self.sizes else 1
            if len(self.sizes) > 1:
                size = next((s for s in self.sizes if string[at:at + s] in self.encoding.map), size)
            yield string[at:at + size]
            at += size

    def cid(self, code):
        if self.encoding:
            return self.encoding.map.get(code, 0)
        return int.from_bytes(code, "big")

    def text(self, string):
        if not self.unicode:
            return ""
        return "".join(self.unicode.map.get(code, b"").decode("utf-16-be", "replace")
                       for code in self.codes(string))
