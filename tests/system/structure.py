"""Structure trees of PDFs as two readers see them, and as lines that can be compared.

poppler (pdfinfo) and MuPDF (structure.js) read tree and text with parsers, interpreters of content and
ToUnicode of their own. An element is a line: its type, what it says of itself, its text with what is inline in
it; what it holds is indented below it."""
import json
import pathlib
import re

from support import tool

INLINE = {"Link", "Span", "Code", "Reference"}
# What elements say of themselves: pdfinfo tells these of each, these with the texts, and MuPDF these, too.
BARE = ("Scope", "ColSpan", "ListNumbering")
SAID = (*BARE, "Headers")
ALL = (*SAID, "Alt", "Lang", "E", "ActualText", "target")


class Element:
    """One element: its type, what it says, and its kids, which are elements and texts."""

    def __init__(self, role, *kids, **said):
        self.role, self.kids, self.said = role, list(kids), said

    def add(self, *kids):
        self.kids += kids
        return self

    def walk(self):
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def words(self):
        """The text of all that is in it, as a screen reader takes it."""
        if "ActualText" in self.said:
            return self.said["ActualText"]
        return "".join(kid if isinstance(kid, str) else kid.words() for kid in self.kids)


def plain(text):
    """Blanks are alike, however they are made; where a word may be divided isn't heard."""
    return " ".join(text.replace("\N{SOFT HYPHEN}", "").split())


# ---- as lines -------------------------------------------------------------------------------

def said_of(element, names):
    found = [f"{name}={plain(element.said[name])}" for name in names if element.said.get(name)]
    return f"[{' '.join(found)}]" if found else ""


def inline(kid, names):
    if isinstance(kid, str):
        return kid
    inner = "".join(inline(each, names) for each in kid.kids)
    return f"<{kid.role}{said_of(kid, names)}>{inner}</>"


def is_inline(kid):
    return isinstance(kid, str) or kid.role in INLINE


def lines_of(element, names, depth=0):
    """An element and all that is in it, an element a line. What a figure draws isn't read: its Alt is."""
    kids = [] if element.role == "Figure" else element.kids
    # A lone paragraph in an item or a cell is its text.
    if element.role in ("LBody", "TD", "TH") and len(kids) == 1 and not is_inline(kids[0]) and kids[0].role == "P":
        kids = kids[0].kids
    first = 0
    while first < len(kids) and is_inline(kids[first]):
        first += 1
    text = "".join(inline(kid, names) for kid in kids[:first])
    yield f"{element.role}{said_of(element, names)} {plain(text)}".rstrip(), depth
    for kid in kids[first:]:
        if not is_inline(kid):
            yield from lines_of(kid, names, depth + 1)
        elif plain(inline(kid, names)):
            yield f"text {plain(inline(kid, names))}", depth + 1


def lines(element, names=ALL):
    return ["  " * depth + line for line, depth in lines_of(element, names)]


def wordless(element):
    """The same tree without its texts."""
    return Element(element.role, *(wordless(kid) for kid in element.kids if isinstance(kid, Element)), **element.said)


# ---- compared -------------------------------------------------------------------------------

NUMBER = "\N{WHITE SQUARE}"        # in what is expected: some number
ANYTHING = "\N{HORIZONTAL ELLIPSIS}\N{WHITE SQUARE}"       # some words, or none
PAGES = "\N{PILCROW SIGN}\N{WHITE SQUARE}"       # "side 6" or "side 6–7"
PAGE = "\N{SECTION SIGN}\N{WHITE SQUARE}"       # the page of a link, or none where it stands there itself


def fits(expected, read):
    if NUMBER not in expected:
        return expected == read
    pattern = re.escape(expected).replace(re.escape(ANYTHING), ".*").replace(
        re.escape(PAGE), r"(?:, \w+ \d+| \(\w+ \d+\))?").replace(
        re.escape(PAGES), r"\w+ \d+(?:-\d+)?").replace(re.escape(NUMBER), r"\d+")
    return re.fullmatch(pattern, read) is not None


def difference(expected, read, names=ALL):
    """The first place where a tree isn't what is expected, with what stands before it; None for none."""
    ours, theirs = lines(expected, names), lines(read, names)
    for i in range(max(len(ours), len(theirs))):
        one, other = ((*found[i:i + 1], "  (the end)")[0] for found in (ours, theirs))
        if not fits(typed(one), typed(other)):
            return "\n".join([*theirs[max(0, i - 3):i], f"expected: {one.strip()}", f"read:     {other.strip()}"])
    return None


def typed(line):
    """Numbers are set with a true minus and a dash between them: both are hyphens where they are typed."""
    return re.sub(r"(?<![^\W\d])[−–](?=\d)", "-", line)


# ---- poppler --------------------------------------------------------------------------------

ELEMENT = re.compile(r"^( *)(\w+)(?: <(\w+)>)?(?: \((?:block|inline)\))?:?$")
ATTRIBUTE = re.compile(r"^ +/(\w+) (.*)$")


def heads_by_name(root, named, heads):
    """Headers are told as the texts of the heads that they name."""
    for element, names in heads:
        element.said["Headers"] = "|".join(plain(named[name].words()) for name in names)


def poppler(pdf, texts=True):
    """The tree that pdfinfo prints: two blanks a level, texts in quotation marks. With texts it takes half a
    second a page, since it draws the page anew for each element."""
    root, stack, named, heads = None, [], {}, []
    for line in tool("pdfinfo", "-struct-text" if texts else "-struct", pdf).splitlines():
        text = re.match(r'^( *)"(.*)"$', line)
        attribute, element = ATTRIBUTE.match(line), ELEMENT.match(line)
        if text:
            stack[len(text.group(1)) // 2 - 1].add(text.group(2))
        elif attribute:
            name, value = attribute.groups()
            if name == "Headers":
                heads.append((stack[-1], re.findall(r"\((\w+)\)", value)))
            elif name in SAID:
                stack[-1].said[name] = value.lstrip("/")
        elif re.match(r"^ *Object \d+ \d+$|^$", line):
            continue
        elif element:
            depth = len(element.group(1)) // 2
            new = Element(element.group(2))
            del stack[depth:]
            if stack:
                stack[-1].add(new)
            else:
                root = new
            stack.append(new)
            if element.group(3):
                named[element.group(3)] = new
        else:
            raise AssertionError(f"pdfinfo prints what isn't known: {line!r}")
    heads_by_name(root, named, heads)
    return root


# ---- MuPDF ----------------------------------------------------------------------------------

class Read:
    """A document as MuPDF reads it: the tree, each page's artifacts, how often each marked content is used."""

    def __init__(self, pdf):
        script = pathlib.Path(__file__).with_name("structure.js")
        found = json.loads(tool("mutool", "run", script, pdf))
        self.artifacts, self.used = [plain(page) for page in found["artifacts"]], found["used"]
        self.named, heads = {}, []
        self.tree = self.element(found["tree"], heads)
        heads_by_name(self.tree, self.named, heads)

    def element(self, entry, heads):
        kids = [kid if isinstance(kid, str) else self.element(kid, heads) for kid in entry["kids"]]
        new = Element(entry["S"], *kids)
        for name, value in entry.items():
            if name == "Headers":
                heads.append((new, value))
            elif name == "ID":
                self.named[value] = new
            elif name not in ("S", "kids"):
                new.said[name] = value
        return new
