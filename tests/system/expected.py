"""What a report's model says that the structure of its PDFs must be.

Written by what docs/ say of reports and parts, and knows nothing of how pages are made: from `briefpack model`
to the elements that a screen reader meets, in the order in which a person reads."""
import copy
import datetime
import pathlib
import re
import urllib.parse

from structure import ANYTHING, NUMBER, PAGE, PAGES, Element, plain

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINES = 40                                          # of contents on a page; with more only their first level is shown
DAYS_LINES = 20                                     # of contents that leave room for the days below them
COMMON_HEADINGS = 3                                 # alike: none of them is among the contents
FEW_PAGES = 6                                       # with cover and contents: fewer need no cover, …
CONTENTS_PAGES = 8                                  # … and fewer no contents, which lead into six of them
ELSEWHERE = ("glossary", "sources", "changes")      # sections that are parts of their own, as the annexes are


def terms(language):
    """The fixed words of a language and its months."""
    text = (ROOT / "layouts" / "terms" / f"{language}.yaml").read_text()
    found = {}
    for key, value in re.findall(r"^  ([a-z-]+): (.*)$", text.split("\nread:")[0], re.M):
        found[key] = re.sub(r"\s+#.*$", "", value).strip('"')
    found["months"] = re.search(r"^  months: \[(.*)\]$", text, re.M).group(1).split(", ")
    found["dates"] = dict(re.findall(r'^  (date|day|period[a-z-]*): "(.*)"$', text, re.M))
    return found


def in_ascii(address):
    """As links have it; the reports' hosts are in ASCII."""
    return urllib.parse.quote(address, safe="%/:=&?~#+!$,;'@()*[]")


def mail(address):
    return address and Element("Link", address, target=f"mailto:{address}")


def fill(text, /, **fields):
    return re.sub(r"\{(\w+)\}", lambda field: str(fields[field.group(1)]), text)


def listed(value):
    """Running text as a list of its pieces."""
    return value if isinstance(value, list) else [] if value is None else [value]


def blocks_of(value):
    return [{"kind": "paragraph", "content": block} if isinstance(block, str) else block for block in value or []]


def blocks_in(item):
    """The blocks of a list's item."""
    return blocks_of([item] if isinstance(item, str) else item["blocks"])


def opens_with_finding(flat, content):
    """Whether a point begins with bold words that are a sentence, or all of it."""
    strong = content and isinstance(content[0], dict) and content[0]["kind"] == "strong"
    return strong and (len(content) == 1 or flat(content[0]["content"])[-1:] in tuple(".?!"))


def without_see(content, links):
    """What a point says without its last sentence, where that is a link behind at most two words."""
    content = [content[0].lstrip(), *content[1:]] if content and isinstance(content[0], str) else content
    at = next((i for i, piece in enumerate(content) if links and piece is links[-1]), None)
    behind = content[at + 1:] if at is not None else [""]
    ends = not behind or (len(behind) == 1 and isinstance(behind[0], str) and behind[0].strip() == ".")
    if at is None or not ends or (at and not isinstance(content[at - 1], str)):
        return [piece for piece in content if piece]
    before = content[at - 1] if at else ""
    said, blank, see = re.fullmatch(r"(?s)(.*[.?!])?(\s*)([^.?!]*)", before).groups()
    if len(see.split()) > 2 or not (blank or at <= 1):
        return content
    return [piece for piece in (*content[:max(0, at - 1)], said) if piece]


def level_of(block):
    """Of what ends the text below other headings of its level."""
    gathered = block["kind"] in ("key-figures", "recommendations")
    return (block["level"] if block["kind"] == "heading" else 3 if block.get("stop") else
            2 if block["kind"] == "visit" or gathered else 9)


def stretch_of(blocks, place):
    """The blocks of a place, or None: a heading with what stands below it, or what has the id itself."""
    blocks = blocks_of(blocks)
    for at, block in enumerate(blocks):
        if block.get("id") == place:
            end = next((i for i in range(at + 1, len(blocks)) if level_of(blocks[i]) <= block["level"]), len(blocks)) \
                if block["kind"] == "heading" else at + 1
            return blocks[at:end]
        within = [block.get("blocks"), *(blocks_in(item) for item in block.get("items", []) if block["kind"] == "list")]
        found = next(filter(None, (stretch_of(each, place) for each in within)), None)
        if found:
            return found
    return None


def cited_in(thing):
    """The ids of the key figures that are cited or shown there."""
    if isinstance(thing, list):
        return set().union(*map(cited_in, thing))
    if not isinstance(thing, dict):
        return set()
    own = {thing["figure"]} if "figure" in thing else set()
    if thing.get("kind") == "chart":
        own |= {*thing.get("figures", []), thing.get("target"), thing.get("total")}
    return own.union(*(cited_in(value) for key, value in thing.items() if key != "figures"))


def rows_of(table):
    """The cells of its rows, the head's first."""
    return [row["cells"] if isinstance(row, dict) else row for row in table["rows"]]


def is_figure(piece):
    return isinstance(piece, dict) and piece["kind"] == "figure"


def is_reference(piece):
    return isinstance(piece, dict) and piece["kind"] == "link" and not piece.get("content")


def marks_in(value):
    """The labels of the notes that are marked in anything, in the order of reading."""
    if isinstance(value, dict):
        if value.get("closed"):
            return
        if value.get("kind") == "note":
            yield value["note"]
        for key in ("name", "title", "caption", "content", "rows", "cells", "items", "blocks"):
            yield from marks_in(value.get(key))
    elif isinstance(value, list):
        for inner in value:
            yield from marks_in(inner)


def has_closed(value):
    if isinstance(value, dict):
        return bool(value.get("closed")) or value.get("box") == "closed" or has_closed(list(value.values()))
    return isinstance(value, list) and any(has_closed(inner) for inner in value)


def is_mark(kid):
    return isinstance(kid, Element) and kid.role == "Reference"


def closed(text):
    return text if text.endswith((".", "!", "?", ":", "…")) else text + "."


MARKS = "abcdefghijkmnpqrstuvwxyz"  # of the notes of tables: l and o look like figures


def counted(number, depth):
    """The number of an item in an ordered list in so many others: 7, g or vii."""
    if depth == 1:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return letters
    if depth == 2:
        tens = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
        ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
        return "c" * (number // 100) + tens[number // 10 % 10] + ones[number % 10]
    return str(number)


def capitalised(kids):
    """With a capital where the first words are the report's own."""
    if kids and isinstance(kids[0], str):
        return [kids[0][:1].upper() + kids[0][1:], *kids[1:]]
    if kids and kids[0].role != "Span":
        kids[0].kids = capitalised(kids[0].kids)
    return kids


def written(value):
    """A value as people write it; where the model has only its number, that is told apart for them."""
    if "text" in value:
        return plain(value["text"])
    whole, _, decimals = value["low"].partition(".")
    number = f"{int(whole):,}".replace(",", ".") + (f",{decimals}" if decimals else "")
    return " ".join(filter(None, [value.get("precision"), number, value.get("scale"), value.get("unit")]))


def ids_of(value):
    """The ids of a section and all that is in it."""
    if isinstance(value, dict):
        if "id" in value and not value.get("closed"):
            yield value["id"]
        for inner in value.values():
            yield from ids_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from ids_of(inner)


def within_sentence(words):
    """With a small letter but for an abbreviation, or what may be a proper name."""
    keeps = re.match(r"[^ -]{3,}-|[^ ]*[A-ZÆØÅ][^ ]*[A-ZÆØÅ]", words)
    return words if keeps else words[:1].lower() + words[1:]


class Expected:
    """The structure of one PDF of a report: the whole, or that of the theme with an id; open, or with closed parts."""

    def __init__(self, model, theme=None, depth=2, closed=False):
        self.closed = closed            # whether closed parts are there, too
        self.model = copy.deepcopy(model)
        self.t = terms(self.model.get("language", "da"))
        self.depth = depth
        self.sections = self.model.get("sections", [])
        self.figures = {figure["id"]: figure for figure in self.model.get("figures", [])}
        self.notes = {note["label"]: note for note in self.model.get("notes", [])}
        self.draft = self.model.get("status") == "draft"
        self.theme = next((each for each in self.sections if theme and each.get("id") == theme), None)
        self.order, self.met, self.pending = [], [], []
        self.questions = []
        self.number, self.targets = {}, {}
        self.ordered = 0
        self.in_summary = False
        self.has_all_figures = False    # in a part of their own
        self.with_pages = False         # whether links say their pages behind them
        self.count()
        self.expansions = self.abbreviations()
        self.root = Element("Document")
        self.places = set(ids_of(self.theme)) if theme else set()
        for kind in ("figures", "recommendations"):
            self.places.update(each["id"] for each in self.model.get(kind, [])
                               if theme and each.get("section") == theme)
        if any(each.get("section") == theme for each in self.model.get("recommendations", []) if theme):
            for section in self.sections:
                if section.get("kind") == "recommendations":
                    self.places.update(ids_of(section))

    def hides(self, thing):
        return bool(thing.get("closed")) and not self.closed

    # ---- numbers ------------------------------------------------------------------------------

    def count(self):
        """Themes, tables, pictures and recommendations have the numbers of the pack, which begins with the summary."""
        counted = {"table": 0, "picture": 0, "theme": 0}
        order = [each for each in self.sections if each.get("kind") == "summary"]
        order += [each for each in self.sections if each.get("kind") != "summary"]
        for section in order:
            if self.hides(section):
                continue
            theme = section.get("kind") == "theme"
            counted["theme"] += theme
            self.number[id(section)] = counted["theme"]
            self.target(section, "theme" if theme else "section", counted["theme"], section.get("title"))
            self.count_blocks(section.get("blocks"), counted)
        for number, each in enumerate(self.model.get("recommendations", []), 1):
            self.target(each, "recommendation", number, each["lead"])
        for each in self.figures.values():
            self.target(each, "key-figure", 0, each["name"])

    def target(self, thing, kind, number, title):
        if thing.get("id"):
            self.targets[thing["id"]] = fill(self.t[f"reference-{kind}"], number=number, title=self.flat(title))

    def count_blocks(self, blocks, counted):
        for block in blocks_of(blocks):
            if self.hides(block):
                continue
            kind = block["kind"]
            if kind == "heading":
                self.target(block, "section", 0, block["content"])
            elif kind == "visit":
                self.target(block, "meeting" if block.get("meeting") else "visit", 0, block["name"])
            elif kind == "table" and block.get("caption"):
                counted["table"] += 1
                self.target(block, "table", counted["table"], block["caption"])
            elif kind == "chart" or kind == "image" and block.get("caption"):
                counted["picture"] += 1
                self.target(block, "figure", counted["picture"], block.get("caption"))
            self.number[id(block)] = counted["table" if kind == "table" else "picture"]
            self.count_blocks(block.get("blocks"), counted)
            for item in block.get("items", []) if kind == "list" else []:
                self.count_blocks(blocks_in(item), counted)

    # ---- words --------------------------------------------------------------------------------

    def date(self, iso):
        year, month, day = map(int, iso.split("-"))
        return fill(self.t["dates"]["date"], day=day, month=self.t["months"][month - 1], year=year)

    def period(self, value):
        first, last = (value.split("/") * 2)[:2]
        if first == last:
            return self.date(first)
        (year, month, day), (year2, month2, day2) = (map(int, part.split("-")) for part in (first, last))
        key = "period" if year != year2 else "period-year" if month != month2 else "period-month"
        months = self.t["months"]
        return fill(self.t["dates"][key], day=day, month=months[month - 1], year=year,
                    day2=day2, month2=months[month2 - 1], year2=year2)

    def abbreviations(self):
        """Terms of the glossary in capitals, and what they stand for: words in another language that their
        meaning begins with, or those whose first letters they are made of."""
        found = {}
        for section in self.sections:
            if section.get("kind") != "glossary":
                continue
            for item in (item for block in section["blocks"] if block["kind"] == "list" for item in block["items"]):
                content = listed(blocks_in(item)[0]["content"])
                term = self.flat(content[0].get("content")).rstrip(":") if isinstance(content[0], dict) else ""
                if not re.fullmatch(r"[A-ZÆØÅ]{2,}", term):
                    continue
                meaning = [piece for piece in content[1:] if not isinstance(piece, str) or piece.strip()]
                if meaning and isinstance(meaning[0], dict) and meaning[0]["kind"] == "span":
                    found[term] = (self.flat(meaning[0]["content"]), meaning[0]["language"])
                else:
                    words = self.initials(term, self.flat(meaning).strip())
                    found.update({term: (words, None)} if words else {})
        return found

    @staticmethod
    def initials(term, said):
        """The words at the head of a text whose first letters, or all of capitals, make a term."""
        letters = ""
        for word in re.finditer(r"\w+", said):
            letters += word.group() if word.group().isupper() else word.group()[0].upper()
            if letters == term:
                return said[:word.end()]
        return None

    def joined(self, names):
        """Names, the last behind an "and"."""
        return f" {self.t['list-and']} ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))

    def flat(self, content):
        """Running text without any marks."""
        return "".join(piece if isinstance(piece, str) else piece.get("text") or self.flat(
            piece.get("content") or piece.get("alt")) for piece in listed(content)
            if isinstance(piece, str) or piece["kind"] != "note")

    def expanded(self, text):
        """Text with the abbreviations that it uses marked."""
        if not self.expansions:
            return [text]
        kids, at = [], 0
        for found in re.finditer(rf"(?<![\w]){'|'.join(f'(?:{term})' for term in self.expansions)}(?![\w])", text):
            words, language = self.expansions[found.group()]
            kids += [text[at:found.start()], Element("Span", found.group(), E=words, Lang=language)]
            at = found.end()
        return [kid for kid in (*kids, text[at:]) if kid]

    def inlines(self, content, abbreviations=True):
        """Running text as texts and elements. A full stop that a unit ends with ends the sentence, too."""
        kids = []
        for piece in listed(content):
            if isinstance(piece, dict) and piece["kind"] == "note" and kids and is_mark(kids[-1]):
                kids.append(",")
            figure = kids and isinstance(kids[-1], str) and kids[-1].endswith(".")
            piece = piece[1:] if figure and isinstance(piece, str) and piece.startswith(".") else piece
            if is_reference(piece):
                kids += self.reference(piece["target"], not kids or re.search(r"[.!?:]\s*$", str(kids[-1])))
            else:
                kids += self.inline({"kind": "text", "text": piece} if isinstance(piece, str) else piece, abbreviations)
        return self.unexplained(kids)

    @staticmethod
    def unexplained(kids):
        """An abbreviation isn't expanded whose words stand right before or behind it."""
        words = [kid if isinstance(kid, str) else kid.words() for kid in kids]
        left = []
        for i, kid in enumerate(kids):
            expansion = kid.said.get("E") if isinstance(kid, Element) else None
            before, behind, wanted = (re.sub(r"\W", "", text).casefold()
                                      for text in ("".join(words[:i]), "".join(words[i + 1:]), expansion or ""))
            explained = wanted and (before.endswith(wanted) or behind.startswith(wanted))
            left.append(words[i] if explained else kid)
        return left

    def inline(self, piece, abbreviations):
        kind = piece["kind"]
        inner = self.inlines(piece.get("content"), abbreviations)
        if kind == "text":
            return self.expanded(piece["text"]) if abbreviations else [piece["text"]]
        if kind == "line-break":
            return [" "]
        if kind == "figure":
            return [self.printed(self.figures[piece["figure"]])]
        if kind == "note":
            number = self.number_of(piece["note"])
            return [Element("Reference", Element("Link", str(number), target=f"#note:{number}"))]
        if kind == "code":
            return [Element("Code", piece["text"])]
        if kind == "link":
            page = [PAGE] if self.with_pages and piece["target"].startswith("#") else []
            return [Element("Link", *inner, target=in_ascii(piece["target"])), *page] if self.has(piece["target"]) else inner
        if kind == "span":
            return [Element("Span", *inner, Lang=piece["language"])]
        if kind == "image":
            alt = self.flat(piece.get("alt"))
            return [Element("Figure", Alt=alt)] if alt else []
        return inner

    @staticmethod
    def printed(figure):
        """A key figure as it stands in text: what is said in words has its unit behind it, too."""
        text, unit = written(figure["value"]), figure.get("unit", "")
        return text if text.endswith(unit) else f"{text} {unit}"

    def reference(self, target, opens=False):
        """A link without words: what it leads to, and its page where that is another; with a capital where a
        sentence opens with it."""
        name = self.targets.get(target[1:])
        if name is None:
            return [self.t["reference-closed"]]
        recommendation = name.startswith(self.t["reference-recommendation"].split("{")[0])
        name = name[0].upper() + name[1:] if opens else name
        if not self.has(target):
            visits = [self.t[f"reference-{kind}"].split("{")[0] for kind in ("visit", "meeting")]
            away = "reference-visit-elsewhere" if name.lower().startswith(tuple(visits)) else "reference-elsewhere"
            return [fill(self.t[away], text=name)]
        page = "" if recommendation else ANYTHING
        return [Element("Reference", Element("Link", f"{name}{page}", target=target))]

    def has(self, target):
        """Whether a link leads somewhere: a briefing has only the places of its theme."""
        return not self.theme or not target.startswith("#") or target[1:] in self.places

    def number_notes(self, value):
        """Notes are numbered as they are read: those that are marked in a note behind it."""
        for label in marks_in(value):
            if label not in self.order:
                self.order.append(label)
                self.number_notes(self.notes[label]["blocks"])

    def number_of(self, label):
        if label not in self.order:
            self.order.append(label)
        if label not in self.met:
            self.met.append(label)
            self.pending.append(label)
        return self.order.index(label) + 1

    # ---- blocks -------------------------------------------------------------------------------

    def add(self, *elements):
        """Puts elements at the end of the document, and behind them the notes that they have the marks of."""
        self.root.add(*elements)
        self.settle()

    def settle(self):
        while self.pending:
            label = self.pending.pop(0)
            number = str(self.order.index(label) + 1)
            note = Element("Note", Element("Lbl", Element("Link", number, target=f"#mark:{number}")))
            self.root.add(note)
            for block in blocks_of(self.notes[label]["blocks"]):
                note.add(*self.block(block, 0))

    def put(self, blocks, level):
        for block in blocks_of(blocks):
            if block["kind"] == "visit":
                self.visit(block, level)
                continue
            self.add(*self.block(block, level))

    def block(self, block, level):
        """The elements of a block; `level` is what a heading of level 1 has in this PDF."""
        if self.hides(block):
            return []
        return getattr(self, "block_" + block["kind"].replace("-", "_"))(block, level)

    def children(self, blocks, level):
        outer, self.in_summary = self.in_summary, False
        found = [element for block in blocks_of(blocks) for element in self.block(block, level)]
        self.in_summary = outer
        return found

    def prose(self, content):
        """Running text, whose links say their pages behind them."""
        self.with_pages = True
        found = self.inlines(content)
        self.with_pages = False
        return found

    def block_paragraph(self, block, level):
        return [Element("P", *self.prose(block["content"])),
                *(Element("Div", self.large(piece["figure"], piece.get("what")))
                  for piece in self.pulled_out(block["content"]))]

    def pulled_out(self, content):
        """The key figures of running text that stand beside it, too."""
        for piece in listed(content):
            if isinstance(piece, dict):
                if piece.get("pull-out"):
                    yield piece
                yield from self.pulled_out(piece.get("content"))

    def large(self, name, what):
        """A key figure that is shown large: a sentence."""
        figure = self.figures[name]
        value = figure["value"]
        number = written(value).removesuffix(value.get("unit", "")).strip()
        said = [number, what or figure.get("what") or figure["name"][1:], figure.get("place"), figure.get("period")]
        if figure.get("caveat"):
            said.append(f"{self.t['caveat']}: {closed(figure['caveat'])}")
        return Element("P", ANYTHING.join(filter(None, said)))

    def block_heading(self, block, level):
        return [Element(f"H{min(6, block['level'] + level - 1)}", *self.inlines(block["content"]))]

    def block_list(self, block, level):
        number = block.get("start", 1)
        if block.get("ordered") and self.in_summary:
            return [self.points(block, number, level)]
        depth = self.ordered % 3 if number > 0 else 0
        names = ("Decimal", "LowerAlpha", "LowerRoman")
        found = Element("L", ListNumbering=names[depth] if block.get("ordered") else "Square")
        self.ordered += bool(block.get("ordered"))
        for item in block["items"]:
            item = {"blocks": [item]} if isinstance(item, str) else item
            label = Element("Lbl", ActualText="" if block.get("ordered") else "•")
            if item.get("task", "none") != "none":
                label.said["ActualText"] = self.t["task-done" if item["task"] == "done" else "task-open"]
            elif block.get("ordered"):
                label.add(f"{counted(number, depth)}{')' if block.get('parenthesis') else '.'}")
            number += 1
            found.add(Element("LI", label, Element("LBody", *self.children(item["blocks"], level))))
        self.ordered -= bool(block.get("ordered"))
        return [found]

    def points(self, block, number, level):
        """The numbered list of a summary: the finding, the page that the point leads to, and what there is to say."""
        found = Element("L", ListNumbering="Decimal")
        for count, item in enumerate(block["items"], number):
            blocks = blocks_of([item] if isinstance(item, str) else item["blocks"])
            content = listed(blocks[0]["content"])
            found_out = opens_with_finding(self.flat, content)
            body = Element("LBody")
            links = [piece for piece in content if isinstance(piece, dict) and piece["kind"] == "link"
                     and piece["target"].startswith("#") and self.has(piece["target"])]
            page = [Element("P", Element("Link", ANYTHING, target=links[-1]["target"]))] if links else []
            if found_out:
                body.add(Element("P", *self.prose(content[:1])), *page)
                content = without_see(content[1:], links)
            other = page and self.leads_elsewhere(content, links[-1]["target"])
            if content:
                body.add(Element("P", *(self.inlines if page and not other else self.prose)(content)),
                         *([] if found_out else page))
            body.add(*self.children(blocks[1:], level))
            found.add(Element("LI", Element("Lbl", str(count)), body))
        return found

    def leads_elsewhere(self, content, target):
        pieces = [piece for piece in listed(content) if isinstance(piece, dict)]
        return any((piece["kind"] == "link" and piece["target"].startswith("#") and piece["target"] != target
                    and self.has(piece["target"])) or self.leads_elsewhere(piece.get("content", []), target)
                   for piece in pieces)

    def block_quote(self, block, level):
        return [Element("BlockQuote", *self.children(block["blocks"], level))]

    def block_box(self, block, level):
        kind = block["box"]
        if kind == "secretariat" and not self.draft:
            return []
        label = {"caveat": "caveat", "secretariat": "to-secretariat", "meaning": "meaning", "closed": "closed"}.get(kind)
        title = self.inlines(block.get("title"))
        box = Element("Div")
        if kind == "meaning":
            box.add(Element("P", self.t[label]))
            box.add(*([Element("P", *title)] if title else []))
        elif label:
            box.add(Element("P", self.t[label], *([": ", *title] if title else [])))
        else:
            box.add(Element("P", *(title or [self.t["note"]])))
        if kind == "secretariat":
            self.questions.append((self.flat(block.get("title")), self.flat(blocks_of(block["blocks"])[0]["content"])))
        return [box.add(*self.children(block["blocks"], level))]

    def block_code(self, block, level):
        return [Element("P", Element("Code", block["code"].rstrip()))]

    def block_rule(self, block, level):
        return []

    def block_table(self, block, level):
        table = Element("Table")
        if block.get("caption"):
            table.add(Element("Caption", f"{fill(self.t['table-number'], number=self.number[id(block)])}: ",
                              *self.inlines(block["caption"])))
        rows = rows_of(block)
        names_rows = bool(self.flat(rows[0][0])) and not block.get("plain-rows")
        return [self.grid(table, [self.prose(cell) for cell in rows[0]],
                          [[self.prose(cell) for cell in row] for row in rows[1:]], names_rows)]

    def grid(self, table, heads, rows, names_rows):
        """Head and rows of a table. A row whose first cell alone says something heads those below it."""
        def is_group(row):
            return len(row) > 1 and bool(row[0]) and not any(row[1:])

        grouped = any(is_group(row) for row in rows)
        head = Element("TR", *(Element("TH", *head, Scope="Column") for head in heads))
        if any(heads) and rows:
            table.add(Element("THead", head))
        body, group = Element("TBody", *([] if rows else [head])), None
        for row in rows:
            if is_group(row) and grouped:
                group = Element("TH", *row[0], Scope="Column", ColSpan=str(len(heads)))
                body.add(Element("TR", group))
                continue
            named = Element("TH", *row[0], Scope="Row") if names_rows else None
            cells = [named or Element("TD", *row[0]), *(Element("TD", *cell) for cell in row[1:])]
            for head, cell in zip(heads, cells):
                texts = [Element("TH", *head).words(), group.words() if group else None,
                         named.words() if named and cell is not named else None]
                if grouped:
                    cell.said["Headers"] = "|".join(" ".join(text.split()) for text in texts if text)
            body.add(Element("TR", *cells))
        return table.add(body)

    def block_image(self, block, level):
        alt = self.flat(block["alt"])
        figure = [Element("Figure", Alt=alt)] if alt else []
        if not block.get("caption"):
            return figure
        caption = Element("Caption", Element("P", fill(self.t["figure-number"], number=self.number[id(block)])),
                          Element("P", *self.inlines(block["caption"])))
        return [Element("Div", caption, *figure)]

    def block_chart(self, block, level):
        caption = Element("Caption", Element("P", fill(self.t["figure-number"], number=self.number[id(block)])),
                          Element("P", block["headline"]))
        subtitle = block.get("subtitle") or self.unit_unsaid(block)
        if subtitle:
            caption.add(Element("P", subtitle))
        values = (self.values_from(block) if "from" in block else
                  [self.printed(self.figures[self.name_of(figure)]) for figure in block["figures"]])
        found = Element("Div", caption, Element("Figure", Alt=ANYTHING.join([block["headline"], *values, ""])))
        return [self.with_source(found, block, self.hatching(block, values))]

    def unit_unsaid(self, block):
        """The unit of a chart's key figures, unless it is short and stands at each of them, or the headline says it."""
        figures = [self.figures[self.name_of(figure)] for figure in block.get("figures", [])]
        unit = figures[0].get("unit", "") if figures else ""
        said = len(unit) <= 4 or unit.lower() in block["headline"].lower()
        return "" if said else unit[0].upper() + unit[1:]

    def hatching(self, block, values):
        """What the source line may say of a chart's hatching, which intervals too thin for it don't need."""
        marks = block["type"] in ("bars", "columns", "grouped", "shares", "progress") and not block.get("without-key")
        unsure = any(re.match(r"ca\.|anslået|Prognose", value) or re.search(r"\d\s*(–|-|til)\s*−?\d", value)
                     for value in values)
        return ANYTHING if marks and unsure else ""

    def with_source(self, found, block, more=""):
        source = closed(fill(self.t["source-line"], text=block["source"])) if block.get("source") else ""
        if source or more:
            found.add(Element("P", source + more))
        return found

    def table(self, name, blocks):
        """The table of that id, in these blocks or in those that are in them."""
        for block in blocks_of(blocks):
            inner = self.table(name, block.get("blocks") or [])
            if inner or (block["kind"] == "table" and block.get("id") == name):
                return inner or block
        return None

    def values_from(self, block):
        """The heads and values of the row of a table that a chart is drawn from, or the values of all rows."""
        table = next(filter(None, (self.table(block["from"], section.get("blocks") or [])
                                   for section in self.sections)))
        head, *rows = [[self.flat(cell) for cell in row] for row in rows_of(table)]
        columns = [head.index(name) for name in block.get("columns", head[1:])]
        if "row" not in block:
            return [row[column] for row in rows for column in columns]
        row = next(row for row in rows if row[0] == block["row"])
        return [text for column in columns for text in (head[column], row[column])]

    @staticmethod
    def name_of(figure):
        return figure if isinstance(figure, str) else figure["text"]

    def block_tiles(self, block, level):
        tiles = Element("L")
        for tile in block["tiles"]:
            tile = {"figure": tile} if isinstance(tile, str) else tile
            tiles.add(Element("LI", Element("LBody", self.large(tile["figure"], tile.get("what")))))
        found = self.with_source(Element("Div", tiles), block)
        if self.in_summary and self.has_all_figures:
            words = fill(self.t["figures-with-caveats"], page=fill(self.t["page"], page=NUMBER))
            source = found.kids.pop().kids if block.get("source") else []
            link = Element("Link", words, target="#del-noegletal")
            found.add(Element("P", *source, *([" "] if source else []), link))
        return [found]

    def block_key_figures(self, block, level):
        return []                       # they are in the part of that name

    def block_recommendations(self, block, level):
        return []

    def visit(self, block, level):
        if self.hides(block):
            return
        if not block.get("stop"):
            self.add(Element("P", self.t["meeting" if block.get("meeting") else "visit"]))
        self.add(Element(f"H{(3 if block.get('stop') else 2) + level - 1}", *self.inlines(block["name"])))
        facts = [("date", self.date(block["date"]) if block.get("date") else None),
                 ("organisation", block.get("organisation")), ("place", block.get("place")),
                 ("contact-person", block.get("contact"))]
        doubts = self.doubts(block)
        found = Element("Div")
        for label, value in facts:
            if value:
                found.add(Element("P", self.t[label]), Element("P", value))
            if label == "date":
                found.add(*(Element("P", f"{fact['label']}: {fact['text']}") for fact in doubts))
        for fact in block.get("facts", []):
            if fact not in doubts:
                found.add(Element("P", fact["label"]), Element("P", fact["text"]))
        if found.kids:
            self.add(found)
        self.put(block.get("blocks"), level)

    def doubts(self, visit):
        """What is to be clarified of a visit."""
        return [fact for fact in visit.get("facts", []) if fact["label"].lower() == self.t["to-clarify"].lower()]

    def pairs(self, facts, loose=False):
        found = [Element("P", text) for label, value in facts if value for text in (self.t[label], value)]
        if loose:
            self.root.add(*found)
        elif found:
            self.add(Element("Div", *found))

    # ---- parts --------------------------------------------------------------------------------

    def head(self):
        """What stands above the title: sender, addressee, date, and what identifies the paper."""
        model, sender = self.model, self.model.get("sender", {})
        meeting = model.get("meeting", {})
        for text in (sender.get("organisation"), model.get("committee"),
                     model.get("committee") and f"{self.t['to']} {model['committee']}",
                     model.get("date") and self.date(model["date"])):
            if text:
                self.root.add(Element("P", text))
        if self.closed and any(has_closed(self.model.get(kind)) for kind in ("sections", "notes")):
            self.root.add(Element("P", self.t["closed-notice"]))
        self.pairs([("case-number", model.get("case-number")), ("document-number", model.get("document-number")),
                    ("period", model.get("period") and self.period(model["period"])),
                    ("meeting-date", meeting.get("date") and self.date(meeting["date"])),
                    ("meeting-item", meeting.get("item")), ("version", model.get("version"))], loose=True)

    def cover(self):
        """The head, the title, what it is about, its themes with their pages, and the sender."""
        model, sender = self.model, self.model.get("sender", {})
        self.head()
        self.title()
        themes = [section for section in self.sections if section.get("kind") == "theme"]
        for number, section in enumerate(themes if len(themes) <= 8 else [], 1):
            names = [self.flat(block["name"]) for block in section["blocks"]
                     if isinstance(block, dict) and block["kind"] == "visit" and not self.hides(block)]
            self.root.add(Element("P", Element("Link", f"{number} {self.flat(section['title'])} {self.joined(names)} "
                                               f"{fill(self.t['page'], page=NUMBER)}", target=f"#{section['id']}")))
        for text in (sender.get("unit"), *listed(sender.get("address"))):
            if text:
                self.root.add(Element("P", text))
        self.pairs([(key, mail(sender.get(key)) if key == "email" else sender.get(key)) for key in ("phone", "email", "ean")],
                   loose=True)

    def title(self):
        if self.model.get("genre"):
            self.root.add(Element("P", self.model["genre"]))
        self.root.add(Element("H1", self.model["title"]))
        if self.model.get("summary"):
            self.root.add(Element("P", self.model["summary"]))

    def letterhead(self):
        self.head()
        told = self.numbers_of_pack() if self.theme else []
        if told:
            self.root.add(Element("P", self.have_numbers_of_pack(told)))
        if not self.theme:
            self.title()

    def numbers_of_pack(self):
        """What is numbered in the briefing's text and doesn't begin at 1."""
        firsts = {}
        def walk(blocks):
            for block in blocks_of(blocks):
                kind = "table" if block["kind"] == "table" else "figure"
                if block["kind"] == "chart" or block["kind"] in ("table", "image") and block.get("caption"):
                    firsts.setdefault(kind, self.number[id(block)])
                walk(block.get("blocks"))
        walk(self.theme.get("blocks"))
        return [kind for kind in ("table", "figure") if firsts.get(kind, 1) > 1]

    def have_numbers_of_pack(self, kinds):
        words = self.joined([self.t[f"word-{kind}s"] for kind in kinds])
        return fill(self.t["numbers-of-pack"], words=words[0].upper() + words[1:])

    def parent(self):
        """What a briefing is part of."""
        name = self.model.get("short-title") or self.model["title"]
        return f"{self.model['genre']}: {name}" if self.model.get("genre") else name

    def section(self, section, level):
        """A section with its heading, which is of this level."""
        if self.hides(section):
            return
        self.number_notes(section)
        self.in_summary = section.get("kind") == "summary"
        if section.get("kind") == "theme":
            label = f"{self.t['theme']} {self.number[id(section)]}"
            self.root.add(Element("P", f"{self.parent()} · {label}" if self.theme else label))
        if section.get("title"):
            self.add(Element(f"H{level}", *self.inlines(section["title"])))
        if section is self.theme and self.model.get("briefing-note"):
            self.add(Element("P", self.model["briefing-note"]))
        if section.get("kind") == "glossary":
            self.glossary(section)
        elif section.get("kind") == "theme":
            self.opener(section, level)
        else:
            self.put(section["blocks"], level if section.get("title") else level - 1)

    def visits(self, blocks):
        for block in blocks:
            if block["kind"] == "visit" and not self.hides(block):
                yield block
                yield from self.visits(blocks_of(block.get("blocks")))

    def top_visits(self, blocks):
        return [block for block in blocks if block["kind"] == "visit"]

    def parts_behind(self):
        """The titles of a briefing's parts behind its theme."""
        if not self.theme:
            return
        own = [each for each in self.model.get("figures", []) if each.get("section") == self.theme["id"]]
        proposals = [each for each in self.model.get("recommendations", []) if each.get("section") == self.theme["id"]]
        if own:
            yield self.t["key-figures"]
        if proposals:
            yield self.t["recommendations" if len(proposals) > 1 else "recommendation"]

    def behind(self, section):
        """What of a theme stands in parts behind all themes: words, and where they lead."""
        own = [each["id"] for each in self.model.get("figures", []) if each.get("section") == section["id"]]
        if own:
            yield self.t["key-figures"], f"#{own[0]}"
        every = self.model.get("recommendations", [])
        numbers = [number for number, each in enumerate(every, 1) if each.get("section") == section["id"]]
        if numbers:
            several = len(numbers) > 1
            said = f"{numbers[0]}–{numbers[-1]}" if several else numbers[0]
            yield fill(self.t["theme-proposals" if several else "theme-proposal"], numbers=said), ANYTHING

    def opener(self, section, level):
        """A theme, with its visits and what stands behind it beside the text below its lead and tiles, with their pages."""
        blocks = [block for block in blocks_of(section["blocks"]) if not self.hides(block)]
        below = 0
        for kind in ("paragraph", "tiles"):
            below += below < len(blocks) and blocks[below]["kind"] == kind
        text = blocks[below:below + 2]
        text = text[1:] if text and text[0]["kind"] == "heading" else text[:1]
        visits = list(self.visits(blocks))
        behind = [] if self.theme else list(self.behind(section))
        if below and len(visits) + len(behind) > 1 and text and text[0]["kind"] in ("paragraph", "list", "quote", "box"):
            self.put(blocks[:below], level)
            inside = Element("Div", Element("P", self.t["in-this-theme" if visits else "see-also"]))
            for visit in self.top_visits(blocks) if self.theme else visits:
                inside.add(Element("P", Element("Link", self.flat(visit["name"]), target=f"#{visit.get('id', ANYTHING)}")),
                           Element("P", NUMBER))
            for title, target in behind:
                inside.add(Element("P", Element("Link", title, target=target)), Element("P", NUMBER))
            for title in self.parts_behind():
                inside.add(Element("P", Element("Link", title, target=ANYTHING)), Element("P", NUMBER))
            self.add(inside)
            blocks = blocks[below:]
        self.put(blocks, level)

    def glossary(self, section):
        found = Element("L")
        for block in blocks_of(section["blocks"]):
            for item in block["items"]:
                content = listed(blocks_in(item)[0]["content"])
                rest = [content[1].lstrip(), *content[2:]] if isinstance(content[1], str) else content[1:]
                found.add(Element("LI", Element("Lbl", self.flat(content[0]["content"]).rstrip(":")),
                                  Element("LBody", *self.inlines(rest, abbreviations=False))))
        self.add(found)

    def value_cells(self, figure):
        """Precision, number and unit apart, as the columns of a table have them."""
        value, unit = figure["value"], figure.get("unit", "")
        text, precision = written(value), value.get("precision", "")
        rest = text.removeprefix(precision).strip()
        tail = " ".join(filter(None, [value.get("scale"), unit]))
        number = rest.removesuffix(tail).strip() if tail else rest
        return precision, number, tail

    def key_figures(self, level):
        figures = self.model.get("figures", [])
        if self.theme:
            figures = [figure for figure in figures if figure.get("section") == self.theme["id"]]
        if not figures:
            return
        self.add(Element(f"H{level}", self.t["key-figures" if self.theme else "all-key-figures"]))
        columns = ["figure", "precision", "value", "unit", "where", "period"]
        rows, caveats, section = [], [], None
        for figure in figures:
            name = [figure["name"]]
            if figure.get("caveat"):
                if figure["caveat"] not in caveats:
                    caveats.append(figure["caveat"])
                name.append(Element("Reference", f" {MARKS[caveats.index(figure['caveat'])]}"))
            cells = [figure["name"], *self.value_cells(figure), figure.get("place", ""), figure.get("period", "")]
            if not self.theme and figure.get("section") != section:
                section = figure.get("section")
                rows.append((self.group_of(section), None))
            rows.append((name, cells))
        shown = [i for i in range(6) if any(cells and cells[i] for _, cells in rows)]
        heads = [[self.t[f"column-{columns[i]}"]] for i in shown]
        self.add(self.grid(Element("Table"), heads, [
            [[group_or_name]] + [[] for _ in shown[1:]] if cells is None else
            [[*self.expanded(group_or_name[0]), *group_or_name[1:]]] + [self.expanded(cells[i]) if cells[i] else []
                                                                       for i in shown[1:]]
            for group_or_name, cells in rows], names_rows=True))
        if caveats:
            found = Element("L", ListNumbering="Decimal")
            for i, caveat in enumerate(caveats):
                found.add(Element("LI", Element("Lbl", MARKS[i]), Element("LBody", *self.expanded(closed(caveat)))))
            self.add(found)
        sources = list(dict.fromkeys(figure["source"] for figure in figures if figure.get("source")))
        if sources:
            self.add(Element("P", closed(fill(self.t["source-line"], text="; ".join(sources)))))

    def group_of(self, identifier):
        section = next(section for section in self.sections if section.get("id") == identifier)
        title = self.flat(section["title"])
        if section.get("kind") != "theme":
            return title
        return f"{self.t['theme']} {self.number[id(section)]}: {title}"

    def recommendations(self, level):
        every = self.model.get("recommendations", [])
        numbers = {id(each): number for number, each in enumerate(every, 1)}
        shown = [each for each in every if not self.theme or each.get("section") == self.theme["id"]]
        if not shown:
            return
        self.add(Element(f"H{level}", self.t["recommendations" if len(shown) > 1 else "recommendation"]))
        shared = self.shared_kind(shown)
        self.introduction(self.kinds(shown), level, bool(self.theme) and numbers[id(shown[0])] > 1)
        self.statuses([(numbers[id(each)], each) for each in shown])
        columns = ["responsible", "deadline", "economy"]
        given = [any(each.get(name) and (name != "economy" or each[name] != "none")
                     for each in (shown if name == "economy" else every)) for name in columns]
        of_all = f"column-proposal-{shared}" if shared else "column-proposal"
        self.voice = self.shared_voice(shown)
        proposal = fill(self.t["column-proposal-stated-by"], who=self.voice) if shared == "stated" and self.voice else self.t[of_all]
        heads = [[self.t["column-number"]], [proposal], [self.t["column-basis"]]]
        below = all(given)              # with six columns the proposal had too little room: the economy is said in it
        own = given[:2] if below else given
        heads += [[self.t[f"column-{name}"]] for name, any_given in zip(columns, own) if any_given]
        rows, section = [], None
        of_part = all(self.section_of(each).get("kind") == "recommendations" for each in shown)
        alone = len(shown) > 1 and all(one.get("section") != other.get("section") for one, other in zip(shown, shown[1:]))
        for each in shown:
            cells = [[str(numbers[id(each)])], self.proposal(each, below), self.basis(each, shared)]
            if self.theme or of_part:
                pass
            elif alone:
                cells[1].insert(0, Element("P", self.section_title(each)))
            elif each.get("section") != section:
                section = each.get("section")
                rows.append([[self.section_title(each)]] + [[] for _ in heads[1:]])
            told = [each.get("responsible"), each.get("deadline-date") and self.date(each["deadline-date"]) or
                    each.get("deadline"), self.economy(each)]
            cells += [[text] if text else [] for text, any_given in zip(told, own) if any_given]
            rows.append(cells)
        self.add(self.grid(Element("Table"), heads, rows, names_rows=True))
        words = [self.t[f"word-{name}"] for name, any_given in zip(columns, given) if not any_given]
        if words:
            joined = self.joined(words)
            self.add(Element("P", fill(self.t["not-given-several" if len(words) > 1 else "not-given"],
                                       words=joined[0].upper() + joined[1:])))

    def section_of(self, each):
        return next(other for other in self.sections if other.get("id") == each.get("section"))

    def section_title(self, each):
        section = self.section_of(each)
        return self.t["whole"] if section.get("kind") == "recommendations" else self.group_of(section["id"])

    @staticmethod
    def kind(each):
        """Who stands behind a recommendation; what is under way is nobody's need any longer."""
        origin = each.get("origin", "none")
        return "ongoing" if each.get("ongoing") and origin != "derived" else origin

    def shared_kind(self, shown):
        kinds = {self.kind(each) for each in shown}
        return kinds.pop() if len(kinds) == 1 and kinds != {"none"} else None

    def shared_voice(self, shown):
        """Who said what is stated, where that is one."""
        voices = {each.get("stated-by") for each in shown if self.kind(each) == "stated"}
        return voices.pop() if len(voices) == 1 else None

    def kinds(self, shown):
        """The key to the kinds of recommendation that there are, where they differ."""
        if self.shared_kind(shown):
            return []
        kinds = {self.kind(each) for each in shown}
        voice = self.shared_voice(shown)
        return [fill(self.t[key], who=voice) for kind, key in (
            ("stated", "key-stated-by" if voice else "key-stated"), ("ongoing", "key-ongoing"),
            ("derived", "key-derived")) if kind in kinds]

    def introduction(self, kinds, level, goes_on):
        """What the report says of its recommendations, with the key beside it, else the key in one line; and whose their
        numbers are, where those don't begin at 1."""
        own = [section for section in self.sections if section.get("kind") == "recommendations"]
        blocks = [block for section in own for block in blocks_of(section.get("blocks"))]
        beside = blocks and blocks[0]["kind"] == "paragraph"
        if kinds and beside:
            self.add(Element("Div", *(Element("P", kind) for kind in kinds)))
        self.put(blocks, level)
        line = [*([] if beside else kinds), *([self.have_numbers_of_pack(["proposal"])] if goes_on else [])]
        if line:
            self.add(Element("P", " ".join(line)))

    def economy(self, each):
        known = {"within": "economy-within", "needs": "economy-needs"}
        return self.t[known[each["economy"]]] if each.get("economy") in known else each.get("economy-words")

    def proposal(self, each, economy_below):
        found = [Element("P", *self.inlines(each["lead"]))]
        if each.get("text"):
            found.append(Element("P", *self.inlines(each["text"])))
        if economy_below and self.economy(each):
            found.append(Element("P", f"{self.t['column-economy']}: {self.economy(each)}"))
        if each.get("status") and self.kind(each) != "ongoing":
            found.append(Element("P", fill(self.t["status-line"], text=each["status"])))
        return found

    def basis(self, each, shared):
        kind = self.kind(each)
        label = self.t[f"origin-{kind}"] if kind not in ("none", shared) else None
        if kind != "derived" and each.get("stated-by") not in (None, self.voice):
            said = fill(self.t["stated-by"], who=each["stated-by"])
            label = f"{label}, {said}" if label else said[0].upper() + said[1:]
        found = [Element("P", label)] if label else []
        parts, part, told = [], [], self.told(each)
        for piece in [*listed(each.get("basis")), ","]:
            text = piece if isinstance(piece, str) else piece.get("text", "") if piece["kind"] == "text" else ""
            if part and all(map(is_figure, part)) and text.strip() == self.t["list-and"]:
                text = piece = ","
            begins = re.fullmatch(r"(?s)\s*[,;]\s*(\S.*?)\s*", text)
            if begins and part and all(map(is_figure, part)):
                parts, part, text = [*parts, part], [], begins[1]
                piece = text
            ends = re.fullmatch(r"(?s)(.*?)[,;]\s*", text)
            if not ends:
                part.append(piece)
                continue
            part += [ends[1]] if ends[1].strip() else []
            parts += [part] if part else []
            part = []
        kids = []
        for part in parts:
            if all(is_figure(one) and one["figure"] in told for one in part):
                continue
            kids += [" "] if kids else []  # each in a line of its own
            kids += capitalised(self.basis_part(part))
        return found + ([Element("P", *kids)] if kids else [])

    def told(self, each):
        """The key figures that stand at the places which a basis names."""
        found = set()
        for piece in listed(each.get("basis")):
            if not isinstance(piece, dict) or piece["kind"] != "link" or not piece["target"].startswith("#"):
                continue
            place = piece["target"][1:]
            for section in self.model.get("sections", []):
                whole = section.get("id") == place
                found |= cited_in(section.get("blocks", []) if whole else stretch_of(section.get("blocks"), place) or [])
                found |= {figure["id"] for figure in self.model.get("figures", []) if whole and figure.get("section") == place}
        return found

    def basis_part(self, part):
        kids, bare, named, caveat = [], None, False, None
        if isinstance(part[0], dict) and part[0]["kind"] == "figure":
            figure = self.figures[part[0]["figure"]]
            caveat = within_sentence(figure.get("caveat", ""))
            unit, name = figure.get("unit", ""), figure["name"]
            if len(unit) >= 4 and re.search(re.escape(unit) + "(?=[ ,]|$)", name, re.I):
                bare = self.printed(figure).removesuffix(unit).strip()  # its name says what is counted
            if bare and re.match("[^ ]*" + re.escape(unit) + "(?=[ ,]|$)", name, re.I) and re.search("[0-9]", bare):
                bare += " " + within_sentence(name)
            else:
                kids += self.expanded(f"{name} (")
                named = True
        for piece in part:
            kids += self.expanded(bare) if bare and piece is part[0] else self.inlines([piece])
            if named and piece is part[0]:
                kids.append(f"; {caveat})" if caveat else ")")
            if isinstance(piece, dict) and piece["kind"] == "figure" and self.has(f"#{piece['figure']}"):
                words = kids if piece is part[0] else [kids.pop()]
                kids = [*kids[:len(kids) - len(words)], Element("Link", *words, target=f"#{piece['figure']}")]
            if caveat and not named and piece is part[0]:
                kids.append(f" ({caveat})")
            if isinstance(piece, dict) and piece["kind"] == "link" and piece["target"].startswith("#") and \
                    not is_reference(piece) and self.has(piece["target"]):
                kids.append(f", {PAGES}")
            elif isinstance(piece, dict) and piece["kind"] == "figure":
                kids.append(ANYTHING)  # its page, where that is another
        return kids

    def statuses(self, shown):
        by_status = {}
        for number, each in shown:
            by_status.setdefault(each.get("status", "").casefold(), []).append((number, each))
        named = [status for status in by_status if status]
        if len(named) < 2:
            return
        rows = []
        for status in named:
            found = by_status[status]
            links = []
            for number, each in found:
                links += [", "] if links else []
                links.append(Element("Link", str(number), target=f"#{each['id']}"))
            rows.append([[found[0][1]["status"]], [str(len(found))], links])
        table = Element("Table", Element("Caption", self.t["status-overview"]))
        self.add(self.grid(table, [[self.t[f"column-{name}"]] for name in ("status", "count", "numbers")], rows, True))

    def open_questions(self, level):
        if not self.questions:
            return
        self.add(Element(f"H{level}", self.t["open-questions"]))
        rows = [[[str(number)], self.question(title, text), [Element("Link", NUMBER, target=f"#{ANYTHING}")]]
                for number, (title, text) in enumerate(self.questions, 1)]
        self.add(self.grid(Element("Table"), [[self.t["column-number"]], [self.t["question"]],
                                              [self.t["column-page"]]], rows, True))

    def question(self, title, text):
        """A question's title with what it asks, which is a part of its first paragraph."""
        asks = [Element("P", ANYTHING)] if "?" in text else []
        return [Element("P", *self.expanded(title)), *asks] if title else [Element("P", *self.expanded(text))]

    def contact(self, level):
        sender = self.model.get("sender", {})
        if not any(sender.get(key) for key in ("unit", "address", "phone", "email", "ean")):
            return
        self.add(Element(f"H{level}", self.t["contact"]))
        for text in (sender.get("organisation"), sender.get("unit"), *listed(sender.get("address"))):
            if text:
                self.add(Element("P", text))
        for key in ("phone", "email", "ean"):
            if sender.get(key):
                said = f"{self.t[key]}\N{NO-BREAK SPACE} "
                self.add(Element("P", said, mail(sender[key])) if key == "email" else Element("P", said + sender[key]))
        if self.model.get("url"):
            shown = re.sub(r"^[a-z]+://|/$", "", self.model["url"])
            self.add(Element("P", Element("Link", shown, target=in_ascii(self.model["url"]))))

    def contents(self, after):
        """The headings of the first levels behind it, each in the one above it; themes with their number."""
        toc = Element("TOC")
        open_items = [(1, toc)]
        label = ""
        headings = [element.words() for element in self.root.kids[after:] if element.role == "H3"]
        for element in self.root.kids[after:]:
            found = re.fullmatch(r"H([2-6])", element.role)
            unlisted = (element.words() == self.t["contact"]
                        or element.role == "H3" and headings.count(element.words()) >= COMMON_HEADINGS)
            if not found or int(found.group(1)) > self.depth + 1 or unlisted:
                label = element.words() if element.role == "P" else ""
                continue
            level = int(found.group(1))
            while open_items[-1][0] >= level:
                open_items.pop()
            holder = open_items[-1][1]
            if holder.role == "TOCI":
                inner = next((kid for kid in holder.kids if kid.role == "TOC"), None)
                holder = inner or holder.add(Element("TOC")).kids[-1]
            title = "".join(kid if isinstance(kid, str) else kid.words() for kid in element.kids
                            if isinstance(kid, str) or kid.role != "Reference")
            theme = f"{label} " if level == 2 and label.startswith(f"{self.t['theme']} ") else ""
            item = Element("TOCI", Element("Reference", Element("Link", f"{theme}{title} {NUMBER}", target=f"#{ANYTHING}")))
            holder.add(item)
            open_items.append((level, item))
            label = ""
        lines = len([element for element in toc.walk() if element.role == "TOCI"])
        if lines > LINES:
            for item in toc.kids:
                item.kids = [kid for kid in item.kids if kid.role != "TOC"]
        if toc.kids:
            found = [toc, *self.days()] if lines <= DAYS_LINES else [*self.days(), toc]
            self.root.kids[after:after] = [Element("H2", self.t["contents"]), *found]

    def days(self):
        """The days of the report with the visits on each; nothing where fewer than two days have any."""
        visits = [block for section in self.sections if not self.hides(section) for block in blocks_of(section["blocks"])
                  if block["kind"] == "visit" and block.get("date") and not self.hides(block)]
        days = {}
        for visit in visits:
            days.setdefault(datetime.date.fromisoformat(visit["date"]), []).append(visit)
        if len(days) < 2:
            return
        first, _, last = self.model.get("period", "").partition("/")
        if first:
            first, last = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last or first)
            if (last - first).days < 7:
                for more in range((last - first).days + 1):
                    days.setdefault(first + datetime.timedelta(more), [])
        meetings = {bool(visit.get("meeting")) for visit in visits}
        what = "day-visits-and-meetings" if len(meetings) > 1 else "day-meetings" if True in meetings else "day-visits"
        found = Element("L")
        for day in sorted(days):
            label = (fill(self.t["dates"]["day"], day=day.day, month=self.t["months"][day.month - 1])
                     if min(days).year == max(days).year else self.date(day.isoformat()))
            item = Element("LI", Element("Lbl", label))
            names = []
            for visit in days[day]:
                names.append(Element("P", Element("Link", self.flat(visit["name"]),
                                                  target=f"#{visit.get('id', ANYTHING)}")))
                names += [Element("P", f"{fact['label']}: {fact['text']}") for fact in self.doubts(visit)]
            if not names and day.isoweekday() <= 5:
                names = [Element("P", f"{self.t['to-clarify']}: {self.t['day-undated']}"
                                 if self.model.get("status") == "draft" else self.t["day-empty"])]
            if names:
                item.add(Element("LBody", *names))
            found.add(item)
        period = self.period(f"{min(days).isoformat()}/{max(days).isoformat()}")
        yield Element("Div", Element("H2", self.t["day-by-day"]), Element("P", f"{self.t[what]}, {period}"), found)

    def pack(self, pages, contact=True, glossary_early=False):
        """The parts of layouts/committee-pack.yaml; few pages have a letterhead, and some more no contents. The contact may
        be left out where a cover shows it, and a glossary that saves a page so stands before the recommendations."""
        self.has_all_figures = True
        if pages < FEW_PAGES - 1:
            self.letterhead()
        else:
            self.cover()
        after = len(self.root.kids)
        self.whole("summary")
        for section in self.sections:
            if section.get("kind") not in ("summary", "annex", *ELSEWHERE) and not (
                    section.get("kind") == "recommendations" and self.model.get("recommendations")):
                self.section(section, 2)
        self.key_figures(2)
        if glossary_early:
            self.whole("glossary")
        self.recommendations(2)
        for kind in ELSEWHERE[glossary_early:]:
            self.whole(kind)
        self.open_questions(2)
        self.whole("annex")
        if contact or pages < FEW_PAGES - 1:
            self.contact(2)
        if pages >= CONTENTS_PAGES:
            self.contents(after)
        return self.root

    def whole(self, kind):
        for section in self.sections:
            if section.get("kind") == kind:
                self.section(section, 2)

    def briefing(self):
        """The parts of layouts/theme-briefing.yaml."""
        self.letterhead()
        self.section(self.theme, 1)
        self.key_figures(2)
        self.recommendations(2)
        self.contact(2)
        return self.root

    def body(self):
        """A paper of letterhead, body and contact."""
        self.letterhead()
        for section in self.sections:
            self.section(section, 2)
        self.contact(2)
        return self.root
