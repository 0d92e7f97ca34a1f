#!/usr/bin/env python3
"""Checks in PDF files what veraPDF does not see: that their parts agree with each other.

reader.py [FILE_OR_DIR...] [--sheets FILE_OR_DIR...] [--must-fail FILE_OR_DIR... [-- FILE_OR_DIR...]]

One problem a line: `FAIL file: check: what`. Exit status 0
when every file was read, every good one is free of problems and every must-fail one
has some; 1 otherwise, also when nothing was checked. A must-fail file named
`fault__reader-info-title.pdf` must have a problem of the check `info-title`. Sheets to print have
no structure, and say so.
"""
import datetime
import hashlib
import multiprocessing
import os
import re
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict, namedtuple

sys.dont_write_bytecode = True
from pdfdoc import Font, PdfError, Pdf, Stream, is_ref, operations, text

SHOWN = 5           # problems of one check in one file
# What every tagged file of ours has: a file for which one of these never ran proves nothing.
ALWAYS = ("file", "info-title", "parent-tree", "mcid-exists",
          "elem-parent", "page-label", "language", "font-tag", "inactive")
ALWAYS_ON_SHEETS = ("file", "info-title", "font-tag", "inactive")
OPTIONS = {"--": "good", "--sheets": "sheets", "--must-fail": "must-fail"}

NS = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
INFO_XMP = {
    "/Title": "dc:title",
    "/Author": "dc:creator",
    "/Subject": "dc:description",
    "/Keywords": "pdf:Keywords",
    "/Creator": "xmp:CreatorTool",
    "/Producer": "pdf:Producer",
    "/CreationDate": "xmp:CreateDate",
    "/ModDate": "xmp:ModifyDate",
}
PDF_DATE = re.compile(
    r"^D:(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d))?)?)?)?)?"
    r"(?:(Z)(?:00'?00'?)?|([+-]\d\d)'?(?:(\d\d)'?)?)?$")
XMP_DATE = re.compile(
    r"^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?"
    r"(?:(Z)|([+-]\d\d):(\d\d))?)?)?)?$")
# RFC 5646, langtag and privateuse.
LANGUAGE = re.compile(
    r"^(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+)$", re.IGNORECASE)
SUBSET_NAME = re.compile(r"^/[A-Z]{6}\+.")
# Numbers behind the page and the type in a destination array (ISO 32000-1, table 151).
DEST_SIZES = {"/XYZ": 3, "/Fit": 0, "/FitH": 1, "/FitV": 1, "/FitR": 4, "/FitB": 0,
              "/FitBH": 1, "/FitBV": 1}
SHOW = {"Tj", "TJ", "'", '"'}
# What documents to be read have not: forms and XFA, layers, article threads, scripts and other triggers.
INACTIVE = {"/AcroForm", "/OCProperties", "/Threads", "/AA", "/Collection", "/Requirements", "/NeedsRendering"}
ACTIONS = {"/GoTo", "/URI"}
XOBJECTS = {"/Image", "/Form"}


class Element:
    """A structure element, and the one it stands in (None at the top)."""

    def __init__(self, ref, parent, entry):
        self.ref, self.parent, self.entry = ref, parent, entry
        self.type = entry.get("/S", "")

    def __str__(self):
        return f"{self.ref} ({self.type.removeprefix('/')})"


class Content:
    """The marked content of a page or form: MCIDs in order, and the text of each."""

    def __init__(self):
        self.mcids = []
        self.numbers = frozenset()
        self.text = defaultdict(str)
        self.languages = []
        self.codes = set()      # (Font, code) pairs that are shown


class Reader:
    """Reads one file. `problems` are (check, message) pairs."""

    def __init__(self, path, sheets=False):
        self.path = path
        self.sheets = sheets
        self.checks = Counter()
        self.problems = []
        self.pdf = None
        self.pages = []
        self.page_number = {}
        self.elements = {}
        self.order = defaultdict(list)      # container -> MCIDs in logical order
        self.owners = defaultdict(list)     # (container, MCID) -> elements
        self.objects = defaultdict(list)    # ref of an annotation or XObject -> elements
        self.contents = {}                  # container -> Content
        self.parent_tree = {}
        self.fonts = {}
        self.names = {}
        self.last_bookmark = 0

    def check(self, name, good, message):
        """Counts a check; `message` (text, or a function that gives it) is for a failed one."""
        self.checks[name] += 1
        if not good:
            self.problems.append((name, message() if callable(message) else message))
        return bool(good)

    def run(self):
        try:
            self.pdf = Pdf(self.path)
            self.pages = self.pdf.pages()
            self.page_number = {ref: i + 1 for i, ref in enumerate(self.pages)}
            for step in (self.file, self.info, self.structure, self.content, self.parents,
                         self.keys, self.annotations, self.order_of_content, self.tables,
                         self.identifiers, self.inactive, self.page_labels, self.destinations, self.outline,
                         self.languages, self.font_names, self.glyphs, self.attachments):
                if not self.sheets or step not in (self.structure, self.parents):
                    step()
            if self.sheets:
                self.no_structure()
        except (PdfError, RecursionError, ValueError, TypeError, KeyError, AttributeError,
                IndexError) as error:
            self.problems.append(("unreadable", f"{type(error).__name__}: {error}"))
            return
        for name in ALWAYS_ON_SHEETS if self.sheets else ALWAYS:
            if not self.checks[name]:
                self.problems.append(("nothing-checked", f"no check of {name} was made"))

    def place(self, container):
        number = self.page_number.get(container)
        return f"page {number}" if number else f"form {container}"

    # ---- the file ---------------------------------------------------------

    def file(self):
        """qpdf has no warning (a duplicate key is one), no reference dangles, one of each root."""
        self.check("file", not self.pdf.warnings, lambda: "; ".join(self.pdf.warnings))
        self.check("file", self.pages, "no page")
        types = Counter()
        for ref, value in self.pdf.objects.items():
            types[self.pdf.dict(value).get("/Type")] += 1
            for target in references(value):
                self.check("dangling", self.pdf.objects.get(target) is not None,
                           lambda r=ref, t=target: f"{r} refers to {t}, which isn't there")
        for kind in ("/Catalog", "/StructTreeRoot", "/Outlines"):
            self.check("one-root", types[kind] <= 1, f"{types[kind]} objects of type {kind}")

    # ---- metadata ---------------------------------------------------------

    def info(self):
        """Info and XMP say the same, both ways; dates to the second and the same offset."""
        info = self.pdf.dict(self.pdf.trailer.get("/Info"))
        xmp = self.xmp()
        for key, name in INFO_XMP.items():
            ours, theirs = text(self.pdf.get(info.get(key))), xmp.get(name)
            if ours is None and theirs is None:
                continue
            check = "info-" + key[1:].lower()
            if key.endswith("Date"):
                ours, theirs = date(PDF_DATE, ours), date(XMP_DATE, theirs)
            elif key == "/Author" and theirs is not None and ours in (", ".join(theirs), "; ".join(theirs)):
                theirs = ours
            elif theirs is not None:
                theirs = theirs[0] if len(theirs) == 1 else theirs
            self.check(check, ours == theirs and ours is not None,
                       f"{key} is {ours!r} in Info, {name} is {theirs!r} in XMP")
        self.check("info-title", "/Title" in info, "no /Title in Info")
        spoken = [text(self.pdf.get(self.pdf.catalog().get("/Lang")))]
        if "dc:language" in xmp:
            self.check("xmp-language", xmp["dc:language"][:1] == spoken,
                       f"dc:language is {xmp['dc:language']}, the catalog's Lang {spoken[0]}")

    def xmp(self):
        """XMP properties as lists of their values; of alternatives only x-default's."""
        stream = self.pdf.get(self.pdf.catalog().get("/Metadata"))
        if not isinstance(stream, Stream):
            raise PdfError("no XMP")
        try:
            root = ElementTree.fromstring(stream.data)
        except ElementTree.ParseError as error:
            raise PdfError(f"XMP: {error}") from error
        found = {}
        for about in root.iter(f"{{{NS['rdf']}}}Description"):
            pairs = [(key, [value]) for key, value in about.attrib.items()]
            pairs += [(child.tag, self.xmp_values(child)) for child in about]
            for key, values in pairs:
                name = short_name(key)
                if name:
                    self.check("xmp-once", name not in found, f"{name} stands twice in XMP")
                    found[name] = values
        return found

    def xmp_values(self, node):
        items = list(node.iter(f"{{{NS['rdf']}}}li"))
        for item in items:
            spoken = item.get(XML_LANG)
            if spoken not in (None, "x-default"):
                self.language(spoken, "XMP")
        if node.find("rdf:Alt", NS) is not None:
            items = [item for item in items if item.get(XML_LANG) == "x-default"]
        return [item.text or "" for item in items] if items else [node.text or ""]

    # ---- the structure tree -----------------------------------------------

    def structure(self):
        """Every element names its real parent, stands in the tree once, and none is outside."""
        root_ref = self.pdf.catalog().get("/StructTreeRoot")
        root = self.pdf.dict(root_ref)
        if not self.check("structure", root, "no structure tree"):
            return
        stack = [(kid, root_ref, None) for kid in reversed(self.pdf.list(root.get("/K")))]
        while stack:
            value, parent_ref, parent = stack.pop()
            if not (parent and self.leaf(parent, value)):
                stack.extend(reversed(self.element(value, parent_ref, parent)))
        for ref, value in self.pdf.objects.items():
            entry = value if isinstance(value, dict) else {}
            if entry.get("/Type") == "/StructElem" or {"/S", "/P"} <= entry.keys() and "/K" in entry:
                self.check("elem-reached", ref in self.elements, f"element {ref} is not in the tree")

    def no_structure(self):
        """Sheets to print have no structure and promise none."""
        catalog = self.pdf.catalog()
        for key in ("/StructTreeRoot", "/MarkInfo"):
            self.check("no-structure", key not in catalog, f"sheets have {key}")
        said = self.pdf.get(catalog.get("/Metadata")).data
        self.check("no-structure", b"pdfuaid:part" not in said, "sheets claim to be PDF/UA")

    def element(self, value, parent_ref, parent):
        """Takes in one element; returns its kids, with their parent."""
        if not self.check("elem-direct", is_ref(value), f"an element in {parent_ref} is no object of its own"):
            return []
        entry = self.pdf.dict(value)
        if not self.check("elem-once", value not in self.elements, f"element {value} stands twice in the tree"):
            return []
        node = Element(value, parent, entry)
        self.elements[value] = node
        self.check("elem-type", node.type, f"element {value} has no type")
        self.check("elem-parent", entry.get("/P") == parent_ref,
                   lambda: f"element {node} names {entry.get('/P')} as its parent, but stands in {parent_ref}")
        return [(kid, value, node) for kid in self.pdf.list(entry.get("/K"))]

    def leaf(self, node, kid):
        """Takes in a marked content or object reference; False for what is an element."""
        item = self.pdf.get(kid)
        if isinstance(item, int) and not isinstance(item, bool):
            self.own(node, node.entry.get("/Pg"), item)
        elif not isinstance(item, dict):
            self.check("elem-kid", False, f"element {node} has the kid {kid!r}")
        elif "/MCID" in item:
            self.own(node, item.get("/Stm") or item.get("/Pg") or node.entry.get("/Pg"), item["/MCID"])
        elif "/Obj" in item:
            self.objects[item["/Obj"]].append(node)
            page = item.get("/Pg") or node.entry.get("/Pg")
            self.check("objr-page", page in self.page_number, f"element {node}: OBJR without a page")
        else:
            return False
        return True

    def own(self, node, container, number):
        self.owners[container, number].append(node)
        self.order[container].append(number)

    # ---- page content -----------------------------------------------------

    def content(self):
        """Scans every page and form; marked content and q/Q are balanced in each."""
        for page in self.pages:
            self.contents[page] = self.scan(page, self.pdf.content(page), self.pdf.inherited(page, "/Resources"))
        for ref, value in self.pdf.objects.items():
            if isinstance(value, Stream) and value.dict.get("/Subtype") == "/Form":
                self.contents[ref] = self.scan(ref, value.data, value.dict.get("/Resources"))

    def scan(self, container, data, resources):
        """Reads marked content, with the text that each MCID shows."""
        found, marks, fonts, depth, font = Content(), [], [], 0, None
        resources = self.pdf.dict(resources)
        font_dict = self.pdf.dict(resources.get("/Font"))
        for op in operations(data):
            if op.name in ("BDC", "BMC"):
                marks.append(self.mark(found, op, resources))
            elif op.name == "EMC":
                if self.check("content-nesting", marks, f"{self.place(container)}: EMC without BDC"):
                    marks.pop()
            elif op.name == "q":
                fonts.append(font)
                depth += 1
            elif op.name == "Q":
                if self.check("content-nesting", depth, f"{self.place(container)}: Q without q"):
                    font, depth = fonts.pop(), depth - 1
            elif op.name == "Tf":
                font = self.font(font_dict.get(op.operands[0]))
            elif op.name in SHOW:
                self.show(found, marks, font, op.operands[-1])
        self.check("content-nesting", not marks, f"{self.place(container)}: {len(marks)} BDC without EMC")
        self.check("content-nesting", not depth, f"{self.place(container)}: {depth} q without Q")
        found.numbers = frozenset(found.mcids)
        return found

    def mark(self, found, op, resources):
        """Takes in one BDC or BMC; returns its MCID, and whether its text is replaced."""
        props = op.operands[1] if op.name == "BDC" else {}
        if isinstance(props, str):
            props = self.pdf.dict(self.pdf.dict(resources.get("/Properties")).get(props))
        number = props.get("/MCID")
        if number is not None:
            found.mcids.append(number)
        if "/Lang" in props:
            found.languages.append(spelled(props["/Lang"]))
        replacement = spelled(props.get("/ActualText"))
        return number, replacement, [False]

    def show(self, found, marks, font, operand):
        string = b"".join(part for part in operand if isinstance(part, bytes)) \
            if isinstance(operand, list) else operand
        if font:
            found.codes.update((font, code) for code in font.codes(string))
        number = next((mark[0] for mark in reversed(marks) if mark[0] is not None), None)
        for _, replacement, used in marks:
            if replacement is not None:
                if not used[0]:
                    found.text[number] += replacement
                used[0] = True
                return
        found.text[number] += font.text(string) if font else ""

    def font(self, ref):
        if ref is not None and str(ref) not in self.fonts:
            self.fonts[str(ref)] = Font(self.pdf, ref)
        return self.fonts.get(str(ref))

    # ---- structure and content, both ways ----------------------------------

    def parents(self):
        """Content, ParentTree and /K name each other, one to one."""
        root = self.pdf.dict(self.pdf.catalog().get("/StructTreeRoot"))
        pairs = self.pdf.tree(root.get("/ParentTree"), "/Nums")
        keys = [key for key, _ in pairs]
        self.check("parent-tree-keys", keys == sorted(set(keys)), "keys of the ParentTree aren't ascending")
        self.limits(root.get("/ParentTree"), "/Nums", "ParentTree")
        following = root.get("/ParentTreeNextKey")
        self.check("parent-tree-keys", following is None or not keys or following > max(keys),
                   f"ParentTreeNextKey is {following}")
        self.parent_tree = dict(pairs)
        for container, content in self.contents.items():
            self.container(container, content)
        for (container, number), nodes in self.owners.items():
            content = self.contents.get(container)
            self.check("mcid-exists", content and number in content.numbers,
                       lambda c=container, n=number, e=nodes[0]:
                       f"element {e} names MCID {n} of {self.place(c)}, which has none")

    def container(self, container, content):
        """One page or form against its entry in the ParentTree."""
        place = self.place(container)
        for number, times in Counter(content.mcids).items():
            self.check("mcid-once", times == 1, f"{place}: MCID {number} stands {times} times")
        key = self.pdf.dict(container).get("/StructParents")
        if key is None:
            self.check("parent-tree-keys", not content.mcids, f"{place} has marked content and no StructParents")
            return
        entry = self.pdf.get(self.parent_tree.get(key))
        if not self.check("parent-tree-keys", isinstance(entry, list),
                          f"{place}: StructParents {key} is no array in the ParentTree"):
            return
        for number in content.mcids:
            said = entry[number] if number < len(entry) else None
            nodes = self.owners.get((container, number), [])
            self.check("parent-tree", len(nodes) == 1 and said == nodes[0].ref,
                       lambda n=number, s=said, e=nodes:
                       f"{place}: MCID {n} is of {self.elements.get(s, s)} by the ParentTree, "
                       f"of {' and '.join(map(str, e)) or 'none'} by /K")
        for number, said in enumerate(entry):
            self.check("parent-tree", said is None or number in content.numbers,
                       lambda n=number: f"{place}: the ParentTree has MCID {n}, the content has not")

    def keys(self):
        """Every key of the ParentTree is used by one page, form or annotation."""
        users = defaultdict(list)
        for ref, value in self.pdf.objects.items():
            entry = self.pdf.dict(value)
            for name in ("/StructParents", "/StructParent"):
                if name in entry:
                    users[entry[name]].append(ref)
        for key in set(users) | set(self.parent_tree):
            self.check("parent-tree-keys", len(users[key]) == 1 and key in self.parent_tree,
                       lambda k=key: f"ParentTree key {k} is used by {users[k] or 'none'}"
                       f"{'' if k in self.parent_tree else ' and missing'}")

    def limits(self, root, leaf, name):
        """/Limits of a tree's nodes are the first and last key below them."""
        def visit(value, top):
            node = self.pdf.dict(value)
            flat = self.pdf.list(node.get(leaf))[0::2]
            ends = [(flat[0], flat[-1])] if flat else []
            ends += [pair for kid in self.pdf.list(node.get("/Kids")) for pair in [visit(kid, False)] if pair]
            span = (ends[0][0], ends[-1][1]) if ends else None
            if not top:
                limits = self.pdf.list(node.get("/Limits"))
                self.check("tree-limits", span and tuple(limits) == span,
                           f"{name}: a node's Limits are {limits}, its keys {span}")
            return span
        visit(root, True)

    def annotations(self):
        """An annotation's StructParent leads to an element whose /K has an OBJR to it."""
        shown = set()
        for page in self.pages:
            for ref in self.pdf.list(self.pdf.dict(page).get("/Annots")):
                annotation = self.pdf.dict(ref)
                place = f"{self.place(page)}: annotation {ref}"
                if not self.check("annotation", is_ref(ref), f"{place} is no object of its own"):
                    continue
                shown.add(ref)
                self.check("annotation-page", annotation.get("/P") in (None, page), f"{place} is of another page")
                if annotation.get("/Subtype") == "/Popup":
                    continue
                said = self.parent_tree.get(annotation.get("/StructParent"))
                nodes = self.objects.get(ref, [])
                self.check("annotation", len(nodes) == 1 and said == nodes[0].ref,
                           lambda p=place, s=said, e=nodes:
                           f"{p} is of {self.elements.get(s, s)} by the ParentTree, "
                           f"of {' and '.join(map(str, e)) or 'none'} by OBJR")
        for ref, nodes in self.objects.items():
            if self.pdf.dict(ref).get("/Type") != "/XObject":
                self.check("annotation", ref in shown, f"element {nodes[0]} has {ref}, which is on no page")

    def order_of_content(self):
        """A page's content is drawn in logical order. Footnotes are read behind their paragraph and drawn at the
        foot of the page; the head of a table whose rows are blocks is drawn within its first row. Each of these
        is in order by itself."""
        for container, content in self.contents.items():
            read = defaultdict(list)
            for number in self.order[container]:
                if number in content.numbers:
                    read[self.layer(container, number)].append(number)
            for layer, numbers in read.items():
                owned = set(numbers)
                drawn = [number for number in content.mcids if number in owned]
                wrong = next(((one, other) for one, other in zip(numbers, drawn) if one != other), None)
                self.check("content-order", wrong is None, lambda c=container, n=layer, w=wrong:
                           f"{self.place(c)}, {n}: MCID {w[1]} is drawn where MCID {w[0]} is read")

    def layer(self, container, number):
        """What is drawn in an order of its own that a marked content belongs to."""
        node = self.owners[container, number][0]
        while node and node.type not in ("/Note", "/THead"):
            node = node.parent
        return node.type if node else "text"

    # ---- tables and identifiers --------------------------------------------

    def tables(self):
        """Every TH has a Scope: veraPDF is content when some TH reaches each TD."""
        for node in self.elements.values():
            if node.type == "/TH":
                scopes = [entry.get("/Scope") for entry in self.pdf.attributes(node.entry) if "/Scope" in entry]
                self.check("th-scope", scopes and scopes[0] in ("/Row", "/Column", "/Both"),
                           f"element {node} has the Scope {scopes}")

    def identifiers(self):
        """Element IDs are unique and stand in the IDTree; Headers name IDs that exist."""
        root = self.pdf.dict(self.pdf.catalog().get("/StructTreeRoot"))
        tree = dict(self.pdf.tree(root.get("/IDTree"), "/Names"))
        self.limits(root.get("/IDTree"), "/Names", "IDTree")
        found = {}
        for node in self.elements.values():
            name = node.entry.get("/ID")
            if name is not None:
                self.check("element-id", name not in found, f"ID {name} stands twice")
                found[name] = node.ref
        for name in sorted(set(found) | set(tree)):
            self.check("element-id", tree.get(name) == found.get(name),
                       f"ID {name} is of {found.get(name)}, in the IDTree of {tree.get(name)}")
        for node in self.elements.values():
            for entry in self.pdf.attributes(node.entry):
                for name in self.pdf.list(entry.get("/Headers")):
                    self.check("element-id", name in found, f"element {node} has an unknown header {name}")

    # ---- what is not there -------------------------------------------------

    def inactive(self):
        """No form, layer, thread, script, sound or film, no action but links, no annotation but theirs; no
        encryption; no XObject that refers to another file, or is tagged and drawn twice; no role map."""
        self.check("inactive", "/Encrypt" not in self.pdf.trailer, "the file is encrypted")
        self.check("inactive", "/RoleMap" not in self.pdf.dict(self.pdf.catalog().get("/StructTreeRoot")),
                   "there is a role map, though all types are standard ones")
        for key in ("/JavaScript", "/Renditions", "/AlternatePresentations"):
            self.check("inactive", key not in self.pdf.dict(self.pdf.catalog().get("/Names")), f"there are names of {key}")
        for ref, value in self.pdf.objects.items():
            for entry in dicts(value):
                self.inactive_dict(ref, entry)
        used = Counter(ref for page in self.pages for ref in references(
            self.pdf.dict(self.pdf.inherited(page, "/Resources")).get("/XObject")))
        for ref, content in self.contents.items():
            self.check("xobject", ref in self.page_number or not content.mcids or used[ref] <= 1,
                       lambda r=ref: f"form {r} is tagged and drawn {used[r]} times")

    def inactive_dict(self, ref, entry):
        """One dict, which may be part of an object."""
        active = sorted(INACTIVE & entry.keys())
        self.check("inactive", not active, lambda: f"{ref} has {' '.join(active)}")
        kind, subtype = entry.get("/Type"), entry.get("/Subtype")
        if kind == "/Annot":
            self.check("inactive", subtype == "/Link", lambda: f"{ref} is an annotation of type {subtype}")
        if kind == "/XObject":
            self.check("xobject", subtype in XOBJECTS and "/Ref" not in entry, lambda: f"{ref} is an XObject {subtype}")
        action = entry.get("/S")
        if kind == "/Action" or {"/JS", "/URI", "/Launch"} & entry.keys():
            self.check("inactive", action in ACTIONS, lambda: f"{ref} is an action {action}")

    # ---- navigation --------------------------------------------------------

    def page_labels(self):
        """Every page's label is its physical number."""
        labels = sorted(self.pdf.tree(self.pdf.catalog().get("/PageLabels"), "/Nums"), key=lambda pair: pair[0])
        self.limits(self.pdf.catalog().get("/PageLabels"), "/Nums", "PageLabels")
        self.check("page-label", labels and labels[0][0] == 0, "no page label for the first page")
        self.check("page-label", all(key < len(self.pages) for key, _ in labels), "a label behind the last page")
        for i in range(len(self.pages)):
            start, value = max((pair for pair in labels if pair[0] <= i), key=lambda pair: pair[0], default=(0, {}))
            entry = self.pdf.dict(value)
            number = str(entry.get("/St", 1) + i - start) if entry.get("/S") == "/D" else ""
            label = (text(self.pdf.get(entry.get("/P"))) or "") + number
            self.check("page-label", label == str(i + 1), f"page {i + 1} has the label {label!r}")

    def destinations(self):
        """Named destinations are well-formed, and every use of a name or page finds it."""
        catalog = self.pdf.catalog()
        trees = self.pdf.dict(catalog.get("/Names"))
        for tree in trees:
            pairs = self.pdf.tree(trees[tree], "/Names")
            self.check("name-tree", ascending([key for key, _ in pairs]),
                       f"keys of the name tree {tree} aren't ascending")
            self.limits(trees[tree], "/Names", f"name tree {tree}")
        self.names = dict(self.pdf.tree(trees.get("/Dests"), "/Names"))
        self.names.update(self.pdf.dict(catalog.get("/Dests")))
        for name, value in self.names.items():
            self.destination(value, f"named destination {text(name) or name}")
        self.destination_of({"/Dest" if isinstance(self.pdf.get(catalog.get("/OpenAction")), list) else "/A":
                             catalog.get("/OpenAction")}, "OpenAction")
        for page in self.pages:
            for ref in self.pdf.list(self.pdf.dict(page).get("/Annots")):
                self.destination_of(self.pdf.dict(ref), f"{self.place(page)}: annotation {ref}")

    def destination_of(self, entry, what):
        """The destination of an annotation or outline item, or None; checks it."""
        action = self.pdf.dict(entry.get("/A"))
        value = entry.get("/Dest")
        if value is None and action.get("/S") == "/GoTo":
            value = action.get("/D")
        return None if value is None else self.destination(value, what)

    def destination(self, value, what):
        """Checks a destination, by name or array; returns its page or None."""
        target = self.pdf.get(value)
        if isinstance(target, str):
            if not self.check("dest-name", target in self.names, f"{what}: no destination is named {target}"):
                return None
            target = self.pdf.get(self.names[target])
        if isinstance(target, dict):
            target = self.pdf.get(target.get("/D"))
        if not self.check("dest-form", isinstance(target, list) and len(target) >= 2, f"{what}: {target!r}"):
            return None
        page, kind, numbers = target[0], target[1], target[2:]
        self.check("dest-form", DEST_SIZES.get(kind) == len(numbers), f"{what}: {target!r}")
        if not self.check("dest-page", page in self.page_number, f"{what}: {page} is no page"):
            return None
        box = self.pdf.list(self.pdf.inherited(page, "/MediaBox"))
        if kind == "/XYZ" and len(box) == 4:
            left, top = numbers[0], numbers[1]
            self.check("dest-place", (left is None or box[0] <= left <= box[2]) and
                       (top is None or box[1] <= top <= box[3]), f"{what}: {target!r} is off the page")
        return page

    def outline(self):
        """Outline items are linked rightly, have a title, and lead to a page that says it."""
        root_ref = self.pdf.catalog().get("/Outlines")
        seen = set()

        def level(parent_ref, depth):
            parent, previous, shown = self.pdf.dict(parent_ref), None, 0
            ref = parent.get("/First")
            while ref is not None:
                if not self.check("outline", ref not in seen and depth < 32, f"outline item {ref} comes twice"):
                    break
                seen.add(ref)
                item = self.pdf.dict(ref)
                self.check("outline", item.get("/Parent") == parent_ref and item.get("/Prev") == previous,
                           f"outline item {ref} names another parent or predecessor")
                self.outline_item(ref, item)
                below = level(ref, depth + 1)
                count = item.get("/Count", 0)
                self.check("outline", abs(count) == below, f"outline item {ref} counts {count}, has {below}")
                shown += 1 + (below if count > 0 else 0)
                previous, ref = ref, item.get("/Next")
            self.check("outline", parent.get("/Last") == previous, f"{parent_ref}: Last isn't the last item")
            return shown

        if root_ref is not None:
            self.last_bookmark = 0
            shown = level(root_ref, 0)
            count = self.pdf.dict(root_ref).get("/Count", 0)
            self.check("outline", count == shown, f"the outline counts {count} items, shows {shown}")

    def outline_item(self, ref, item):
        title = text(self.pdf.get(item.get("/Title"))) or ""
        self.check("outline-title", title.strip(), f"outline item {ref} has no title")
        page = self.destination_of(item, f"outline item {ref}")
        if self.check("outline", page, f"outline item {ref} leads nowhere"):
            number = self.page_number[page]
            self.check("outline-order", number >= self.last_bookmark,
                       f"outline item {ref} leads back, to {self.place(page)}")
            self.last_bookmark = number
            self.check("outline-text", letters(title) in letters(self.page_text(page)),
                       f"outline item {ref}: {self.place(page)} doesn't say {title!r}")

    def page_text(self, page):
        """A page's text as drawn; an element's ActualText stands for what it replaces, and a picture's Alt for it."""
        content, said, words = self.contents[page], set(), []
        for number in content.mcids:
            owner = node = (self.owners.get((page, number)) or [None])[0]
            while node and "/ActualText" not in node.entry:
                node = node.parent
            if node is None:
                alt = owner.entry.get("/Alt") if owner else None
                words.append(content.text[number] or text(self.pdf.get(alt)) or "")
            elif node.ref not in said:
                said.add(node.ref)
                words.append(text(self.pdf.get(node.entry["/ActualText"])) or "")
        return "".join(words)

    # ---- languages, fonts, attachments --------------------------------------

    def language(self, value, what):
        self.check("language", isinstance(value, str) and LANGUAGE.match(value), f"{what}: language {value!r}")

    def languages(self):
        self.language(text(self.pdf.get(self.pdf.catalog().get("/Lang"))), "catalog")
        for node in self.elements.values():
            if "/Lang" in node.entry:
                self.language(text(self.pdf.get(node.entry["/Lang"])), f"element {node}")
        for container, content in self.contents.items():
            for spoken in content.languages:
                self.language(spoken, self.place(container))

    def font_names(self):
        """Fonts carry a subset tag, say one name throughout, and no two programs share it."""
        programs = defaultdict(set)
        for ref, value in self.pdf.objects.items():
            font = self.pdf.dict(value)
            if font.get("/Type") != "/Font" or font.get("/Subtype") == "/Type3":
                continue
            names = {font.get("/BaseFont")}
            whole = font.get("/BaseFont") or ""
            for part in [font] + [self.pdf.dict(kid) for kid in self.pdf.list(font.get("/DescendantFonts"))]:
                descriptor = self.pdf.dict(part.get("/FontDescriptor"))
                names |= {part.get("/BaseFont"), descriptor.get("/FontName", part.get("/BaseFont"))}
                programs[part.get("/BaseFont")] |= {
                    descriptor[key] for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor}
            self.check("font-tag", all(name and SUBSET_NAME.match(name) for name in names),
                       f"font {ref} has the names {names}")
            # A Type0 font on CFF outlines is named after its CMap too (ISO 32000-1, 9.7.6.1).
            self.check("font-name", all(name == whole or whole.startswith(f"{name}-") for name in names),
                       f"font {ref} has the names {names}")
        for name, files in programs.items():
            self.check("font-name", len(files) <= 1, f"fonts {sorted(files)} share the name {name}")

    def glyphs(self):
        """No code that is shown leads to glyph 0 through CIDToGIDMap."""
        shown = set().union(*(content.codes for content in self.contents.values()))
        maps = {}
        for ref, font in self.fonts.items():
            for part in self.pdf.list(self.pdf.dict(ref if is_ref(ref) else {}).get("/DescendantFonts")):
                stream = self.pdf.get(self.pdf.dict(part).get("/CIDToGIDMap"))
                maps[font] = stream.data if isinstance(stream, Stream) else None
        for font, code in shown:
            if font.composite:
                cid, table = font.cid(code), maps.get(font)
                glyph = cid if table is None else int.from_bytes(table[2 * cid:2 * cid + 2], "big")
                self.check("notdef", glyph, f"font {font.name}: code {code.hex()} shows glyph 0")

    def attachments(self):
        """Attachments are as long as they say, and those of AF and EmbeddedFiles are the same."""
        catalog = self.pdf.catalog()
        tree = self.pdf.tree(self.pdf.dict(catalog.get("/Names")).get("/EmbeddedFiles"), "/Names")
        listed = {value for _, value in tree}
        associated = set(self.pdf.list(catalog.get("/AF")))
        if listed or associated:
            self.check("attachment", listed == associated,
                       f"EmbeddedFiles has {sorted(map(str, listed))}, AF {sorted(map(str, associated))}")
        for ref in listed | associated:
            spec = self.pdf.dict(ref)
            stream = self.pdf.get(self.pdf.dict(spec.get("/EF")).get("/F"))
            if not self.check("attachment", isinstance(stream, Stream), f"{ref} embeds no file"):
                continue
            params = self.pdf.dict(stream.dict.get("/Params"))
            self.check("attachment", params.get("/Size") in (None, len(stream.data)),
                       f"{ref} says {params.get('/Size')} bytes, has {len(stream.data)}")
            said = params.get("/CheckSum")
            self.check("attachment", said is None or said_bytes(said) == hashlib.md5(stream.data).digest(),
                       f"{ref} has another checksum")


# ---- values -------------------------------------------------------------------

def references(value):
    """Every reference within a value."""
    if isinstance(value, Stream):
        value = value.dict
    if isinstance(value, dict):
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)
    elif is_ref(value):
        yield value


def dicts(value):
    """Every dict within a value, and itself."""
    if isinstance(value, Stream):
        value = value.dict
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from dicts(part)
    elif isinstance(value, list):
        for part in value:
            yield from dicts(part)


def short_name(tag):
    """`{http://purl.org/dc/elements/1.1/}title` as `dc:title`; None for other schemas."""
    for prefix, space in NS.items():
        if prefix != "rdf" and tag.startswith(f"{{{space}}}"):
            return f"{prefix}:{tag[len(space) + 2:]}"
    return None


def date(form, value):
    """A PDF or XMP date as ISO 8601 text, in its own zone; as it stands when malformed."""
    value = value[0] if isinstance(value, list) else value
    match = form.match(value or "")
    if not match:
        return value
    year, month, day, hour, minute, second, zulu, zone, zone_minute = match.groups()
    zone_hours = int(zone or 0)
    offset = datetime.timedelta(hours=zone_hours,
                                minutes=int(zone_minute or 0) * (-1 if (zone or "").startswith("-") else 1))
    known = datetime.timezone(offset) if zulu or zone else None
    try:
        return datetime.datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0),
                                 int(second or 0), tzinfo=known).isoformat()
    except ValueError:
        return value


def spelled(string):
    """A string of a content stream as text, None for None."""
    if not isinstance(string, bytes):
        return text(string)
    if string.startswith(b"\xfe\xff"):
        return string[2:].decode("utf-16-be", "replace")
    return string.decode("latin-1")


def ascending(keys):
    """Whether a name tree's keys ascend as bytes. qpdf's JSON doesn't tell which encoding they
    have, so one is enough: UTF-16 for all, UTF-16 where ASCII won't do, or PDFDocEncoding."""
    def utf16(key):
        return b"\xfe\xff" + key[2:].encode("utf-16-be")

    forms = (utf16, lambda key: key[2:].encode("ascii") if key.isascii() else utf16(key),
             lambda key: key[2:].encode("latin-1", "replace"))
    for form in forms:
        found = [bytes.fromhex(key[2:]) if key.startswith("b:") else form(key) for key in keys]
        if all(one < other for one, other in zip(found, found[1:])):
            return True
    return False


def said_bytes(value):
    if value.startswith("b:"):
        return bytes.fromhex(value[2:])
    return value[2:].encode("latin-1", "replace")


def letters(words):
    """What must agree between a heading and its bookmark: letters and digits."""
    return "".join(c for c in unicodedata.normalize("NFKC", words).casefold() if c.isalnum())


# ---- the whole run --------------------------------------------------------------

def pdfs(path):
    if not os.path.isdir(path):
        return [path]
    return sorted(os.path.join(folder, name) for folder, _, names in os.walk(path)
                  for name in names if name.lower().endswith(".pdf"))


def expected(path):
    """The checks that a file's name promises to fail."""
    name = os.path.splitext(os.path.basename(path))[0]
    marks = name.rpartition("__")[2].split("+") if "__" in name else []
    return {mark.removeprefix("reader-") for mark in marks}


Found = namedtuple("Found", "path kind problems checks")


def read(file):
    path, kind = file
    reader = Reader(path, kind == "sheets")
    reader.run()
    return Found(path, kind, reader.problems, reader.checks.total())


def show(mark, path, found):
    """Prints the first few problems of each check."""
    times = Counter()
    for check, message in found:
        times[check] += 1
        if times[check] <= SHOWN:
            print(f"{mark} {path}: {check}: {message}")
    for check, number in times.items():
        if number > SHOWN:
            print(f"{mark} {path}: {check}: and {number - SHOWN} more")


def report_good(found):
    """Prints what was found in a good file; returns the number of troubles."""
    show("FAIL", found.path, found.problems)
    if not found.problems:
        print(f"ok   {found.path}  ({found.checks} checks)")
    return len(found.problems)


def report_must_fail(found):
    """Returns 0 when the file was refused for what its name says, 1 otherwise."""
    seen = sorted({check for check, _ in found.problems})
    missing = sorted(expected(found.path) - set(seen))
    unread = {"unreadable", "nothing-checked"} & set(seen) - expected(found.path)
    if unread:
        print(f"FAIL must-fail {found.path} was not checked")
        show("    ", found.path, found.problems)
    elif not seen:
        print(f"FAIL must-fail {found.path} was accepted")
    elif missing:
        print(f"FAIL must-fail {found.path}: expected {' '.join(missing)}, got {' '.join(seen)}")
        show("    ", found.path, found.problems)
    else:
        print(f"ok   must-fail {found.path}  refused by {' '.join(seen)}")
        return 0
    return 1


def main(args):
    files, kind, troubles = {}, "good", 0
    for arg in args:
        if arg in OPTIONS:
            kind = OPTIONS[arg]
            continue
        found = pdfs(arg)
        if not found:
            print(f"FAIL no PDF in folder: {arg}")
            troubles += 1
        for path in found:
            if files.setdefault(path, kind) != kind:
                print(f"FAIL listed as two kinds: {path}")
                troubles += 1
    checks = refused = 0
    with multiprocessing.Pool() as pool:
        for found in pool.imap(read, files.items(), chunksize=4):
            fails = found.kind == "must-fail"
            checks += found.checks
            trouble = report_must_fail(found) if fails else report_good(found)
            refused += 1 if fails and not trouble else 0
            troubles += trouble
    if not checks:
        print("FAIL nothing was checked")
        troubles += 1
    print(f"{len(files)} files, {checks} checks, {refused} refused as they must be, {troubles} troubles")
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
